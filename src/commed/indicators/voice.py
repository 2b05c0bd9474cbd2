"""Voice (群众评价): awareness, approval and satisfaction, as surveys of a sample tell them."""

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from commed.evidence import EDUCATION, Evidence, Need
from commed.indicators import proportions
from commed.indicators.dimensions import PLACES
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.quantities import Interval, Quantity, Unit
from commed.records.surveys import Survey, SurveyQuestion
from commed.references import Collection
from commed.register import evidence_of

__all__ = ["DEFINITIONS", "Estimate", "estimated"]


@frozen(kw_only=True)
class Estimate:
    """What surveys of a sample tell of everybody (抽样估计).

    `positive` of the `answered` said yes, in all surveys together; both are None where the size
    of no sample is known. `asked` is None where a survey does not tell how many were asked.
    `point` is the share among those who answered. `confidence` is that of the two intervals.
    """

    question: SurveyQuestion
    division: str
    confidence: Fraction
    point: Interval | None
    positive: Interval | None
    answered: int | None
    asked: int | None
    evidence: tuple[Evidence, ...]
    needs: tuple[Need, ...]

    @property
    def wilson(self) -> Interval | None:
        """The share among all, by Wilson's score interval (威尔逊区间)."""
        if self.positive is None or self.answered is None:
            return None
        return proportions.wilson(self.positive, self.answered, self.confidence)

    @property
    def clopper_pearson(self) -> Interval | None:
        """The share among all, by the exact binomial interval (克洛珀–皮尔逊区间)."""
        if self.positive is None or self.answered is None:
            return None
        return proportions.clopper_pearson(self.positive, self.answered, self.confidence)

    @property
    def non_response(self) -> Fraction | None:
        """The share of those asked who did not answer (无应答率); None where that is not told."""
        if self.asked is None or self.answered is None:
            return None
        return 1 - Fraction(self.answered, self.asked)

    def __str__(self) -> str:
        sample = "" if self.answered is None else f" of {self.answered} who answered"
        lines = [f"{self.question.label_en}, {self.division}: {self.point or 'no value'}{sample}"]
        if self.wilson is not None:
            level = Interval.exactly(self.confidence * 100)
            lines.append(f"  at {level}% confidence {self.wilson} of all (Wilson)")
        if self.non_response is not None:
            lines.append(f"  not answered: {Interval.exactly(self.non_response)} of those asked")
        lines += [f"  needs {need}" for need in self.needs]
        return "\n".join(lines)


def estimated(
    asked_of: SurveyQuestion,
    question: Question,
    confidence: Fraction = proportions.DEFAULT_CONFIDENCE,
) -> Estimate:
    """Return what the surveys of just this division and period tell.

    Surveys whose size is known are pooled; beside them, those without a size are left out.
    """
    surveys = [survey for survey in _surveys(question) if survey.question is asked_of]
    sized = [survey for survey in surveys if survey.answered is not None]
    answered = sum(survey.answered or 0 for survey in sized)
    positive = sum(map(_positive, sized), Interval.exactly(0))
    point = None
    if sized:
        point = positive / Interval.exactly(answered)
    elif surveys:
        point = Interval.hull(map(_share, surveys))
    all_tell = bool(sized) and all(survey.asked is not None for survey in sized)
    return Estimate(
        question=asked_of,
        division=question.division,
        confidence=confidence,
        point=point,
        positive=positive if sized else None,
        answered=answered if sized else None,
        asked=sum(survey.asked or 0 for survey in sized) if all_tell else None,
        evidence=tuple(map(evidence_of, sized or surveys)),
        needs=() if sized else (_survey_needed(asked_of, question),),
    )


def _surveys(question: Question) -> list[Survey]:
    """Return the surveys of just this division and period."""
    return [
        survey
        for survey in question.register.surveys
        if survey.division == question.division
        and (question.period is None or survey.on in question.period)
    ]


def _share(survey: Survey) -> Interval:
    """Return the share that a survey states, which cannot be more than all."""
    stated = Interval(0, None) if survey.share is None else survey.share.interval
    return stated.intersection(Interval(0, 1)) or stated


def _positive(survey: Survey) -> Interval:
    """Return how many said yes, of a survey whose size is known."""
    if survey.positive is not None:
        return Interval.exactly(survey.positive)
    return _share(survey) * Interval.exactly(survey.answered or 0)


def _survey_needed(
    asked_of: SurveyQuestion, question: Question, *, everybody: bool = False
) -> Need:
    zh, en = asked_of.label_zh, asked_of.label_en
    larger = Label(zh=f"样本更大的{zh}调查", en=f"a survey of {en} that asks more people")
    sized = Label(zh=f"{zh}调查结果及样本量", en=f"a survey of {en}, with how many answered")
    return Need(
        what=larger if everybody else sized,
        collection=Collection.SURVEYS,
        division=question.division,
        period=question.period,
        supplier=EDUCATION,
    )


def _share_of_all(asked_of: SurveyQuestion) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        found = estimated(asked_of, question)
        positive, answered = found.positive, found.answered
        return Answer(
            value=found.wilson or found.point,
            numerator=None if positive is None else Quantity(positive, Unit.PERSONS),
            denominator=None if answered is None else Quantity.exactly(answered, Unit.PERSONS),
            coverage=(Coverage(Collection.SURVEYS, len(found.evidence), complete=False),),
            evidence=found.evidence,
            needs=found.needs or (_survey_needed(asked_of, question, everybody=True),),
        )

    return compute


def _response_rate(question: Question) -> Answer:
    surveys = _surveys(question)
    told = [survey for survey in surveys if None not in {survey.answered, survey.asked}]
    answered = sum(survey.answered or 0 for survey in told)
    asked = sum(survey.asked or 0 for survey in told)
    need = Need(
        what=Label(
            zh="各次调查的发放数和有效回收数",
            en="how many each survey asked, and how many answered",
        ),
        collection=Collection.SURVEYS,
        division=question.division,
        period=question.period,
        supplier=EDUCATION,
    )
    is_known = bool(told) and len(told) == len(surveys)
    return Answer(
        value=Interval.exactly(Fraction(answered, asked)) if is_known else None,
        numerator=Quantity.exactly(answered, Unit.PERSONS) if is_known else None,
        denominator=Quantity.exactly(asked, Unit.PERSONS) if is_known else None,
        coverage=(Coverage(Collection.SURVEYS, len(told), complete=False),),
        evidence=tuple(map(evidence_of, told)),
        needs=() if is_known else (need,),
    )


_SOURCE = Label(
    zh="社区教育示范区评估标准（2010）要求知晓度、认同度和满意度，所见摘要未载抽样口径；口径为本库所定",
    en="the demonstration standard of 2010 asks for it; the summary that is known does not tell "
    "how to sample, so the method is this library's",
)
_DIMENSIONS = ("quarter", "year", *PLACES)


def _definition(asked_of: SurveyQuestion) -> Definition:
    zh, en = asked_of.label_zh, asked_of.label_en
    return Definition(
        id=asked_of.value,
        label=asked_of.label,
        formula=Label(
            zh=f"{zh}：答“是”的人数 ÷ 作答人数；取95%置信度的威尔逊区间，作为全体的占比",
            en=f"{en}: those who said yes / those who answered; the value is what that tells of "
            "all, Wilson's interval at 95% confidence",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=Label(zh="本区划、本期的调查及样本量", en="surveys of just this division, sized"),
        when_partial=Label(
            zh="样本量不明时只取所报占比，不作推断；多次调查合并计算；无应答不推断其意见",
            en="where no size is known, the shares as stated, and nothing is inferred; surveys are "
            "pooled; those who did not answer are not guessed at",
        ),
        compute=_share_of_all(asked_of),
        base=Label(zh="作答人数", en="those who answered"),
        dimensions=_DIMENSIONS,
    )


DEFINITIONS = (
    *map(_definition, SurveyQuestion),
    Definition(
        id="survey-response-rate",
        label=Label(zh="问卷应答率", en="survey response rate"),
        formula=Label(
            zh="各次调查作答人数之和 ÷ 受访人数之和",
            en="those who answered / those who were asked, in all surveys together",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(zh="各次调查的受访和作答人数", en="how many each survey asked and answered"),
        when_partial=Label(
            zh="有一次调查未注明人数则无值", en="no value where a survey does not tell them"
        ),
        compute=_response_rate,
        base=Label(zh="受访人数", en="those who were asked"),
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of voice."""
