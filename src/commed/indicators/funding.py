"""Funds (经费): what was budgeted and paid, by whom, for what.

An amount is counted once: what is `included_in` another record that counts adds nothing. One
whose whole lies outside the question, as a transfer from the city's budget lies outside the
district, counts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from math import inf
from typing import NamedTuple

from attrs import evolve, frozen

from commed.evidence import ASKER, Need
from commed.indicators.bounds import Count, share
from commed.indicators.dimensions import PLACES
from commed.indicators.grounds import (
    complete_list,
    counted,
    divided,
    narrowed_by_reports,
    per_resident,
    quotient,
)
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.quantities import Interval, Quantity, Unit
from commed.records.resources import Funding, FundingStage
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_IDS = {stage: f"funds-{stage.value}" for stage in FundingStage}
_NOTHING = Interval.exactly(0)
_ABOVE_ZERO = Interval(0, None, low_closed=False)


@frozen
class _Money:
    """Money that counts: the part that was asked for, and the rest."""

    part: Interval
    rest: Interval

    def __add__(self, other: "_Money") -> "_Money":
        if self is _NO_MONEY:
            return other
        return _Money(self.part + other.part, self.rest + other.rest)


_NO_MONEY = _Money(_NOTHING, _NOTHING)


class _Books(NamedTuple):
    """The records of one stage that count for a question, and by their keys whether surely."""

    question: Question
    records: Sequence[Funding]
    standing: Mapping[str, Truth]

    @classmethod
    def of(cls, stage: FundingStage, question: Question) -> "_Books":
        records: list[Funding] = []
        standing: dict[str, Truth] = {}
        for funding in question.register.fundings:
            if funding.stage is stage:
                truth = _counts(funding, question)
                if truth is not Truth.FALSE:
                    records.append(funding)
                    standing[funding.id] = truth
        return cls(question, records, standing)

    def money(self) -> _Money:
        """Return all that counts, each amount once."""
        fundings = self.question.register.fundings
        wholes = [funding for funding in fundings if funding.included_in is None]
        if len(wholes) == len(fundings):
            return sum([self._split(each, [], _NO_MONEY) for each in self.records], _NO_MONEY)
        parts = defaultdict[str | None, list[Funding]](list)
        for funding in fundings:
            parts[funding.included_in].append(funding)
        order = list(wholes)
        for funding in order:  # grows: a whole comes before its parts
            order += parts[funding.id]
        found = dict[str, _Money]()
        for funding in reversed(order):
            inside = parts[funding.id]
            below = sum((found[each.id] for each in inside), _NO_MONEY)
            found[funding.id] = self._split(funding, inside, below)
        return sum((found[each.id] for each in wholes), _NO_MONEY)

    def _split(self, funding: Funding, inside: list[Funding], below: _Money) -> _Money:
        """Return the money of a record and of its parts, which come to `below`."""
        counts = self.standing.get(funding.id)
        if counts is None:
            return below
        if counts is Truth.TRUE:
            return self._surely(funding, inside, below)
        return self._possibly(funding, inside, below)

    def _surely(self, funding: Funding, inside: list[Funding], below: _Money) -> _Money:
        amount, is_asked_for = funding.amount.interval, self._is_asked_for(funding)
        if is_asked_for is None:
            sure = (each for each in inside if self.standing.get(each.id) is Truth.TRUE)
            told = (each.amount.interval for each in sure)
            untold = _up_to(_left(amount, sum(told, _NOTHING)))
            return below + _Money(untold, untold)
        if not is_asked_for:
            return _Money(below.part, _left(amount, below.part))
        if self.question.level is None:
            return _Money(amount, _NOTHING)
        return _Money(_left(amount, below.rest), below.rest)

    def _possibly(self, funding: Funding, inside: list[Funding], below: _Money) -> _Money:
        """Return what may count of a record: what its parts leave over, or nothing."""
        parts = (each.amount.interval for each in inside)
        own = _up_to(_left(funding.amount.interval, sum(parts, _NOTHING)))
        is_asked_for = self._is_asked_for(funding)
        if is_asked_for and self.question.level is None:
            return _Money(below.part + below.rest + own, _NOTHING)
        part = _NOTHING if is_asked_for is False else own
        rest = _NOTHING if is_asked_for else own
        return below + _Money(part, rest)

    def _is_asked_for(self, funding: Funding) -> bool | None:
        """Whether it is of the use and from the level asked for; None where that is not told."""
        question, is_told = self.question, True
        if question.use is None and question.level is None:
            return True
        for wanted, given in ((question.use, funding.use), (question.level, funding.origin)):
            if wanted is None or given == wanted:
                continue
            if given is not None:
                return False
            is_told = False
        return True if is_told else None

    def is_whole(self) -> bool:
        """Whether all records are there."""
        question = self.question
        return question.register.is_complete(
            Collection.FUNDINGS, question.division, question.period
        )


def _counts(funding: Funding, question: Question) -> Truth:
    """Return whether a record counts: not known where it spans more than was asked for."""
    inside = question.register.lies_within(funding.division, question.division)
    asked = question.period
    if asked is None or funding.period.within(asked):
        return inside
    return inside & Truth.of(None if funding.period.overlap(asked) else False)


def _up_to(amount: Interval) -> Interval:
    """Return any part of an amount."""
    return Interval.hull([_NOTHING, amount])


def _left(amount: Interval, taken: Interval) -> Interval:
    """Return what is left of an amount, nothing at least."""
    left = amount - taken
    return left.intersection(Interval(0, None)) or _NOTHING


def _funds(stage: FundingStage, question: Question) -> Answer:
    books = _Books.of(stage, question)
    whole_list = books.is_whole()
    part = books.money().part
    recorded = part if whole_list else Interval(part.low, None, part.low_closed)
    value, evidence, conflicts = narrowed_by_reports(
        _IDS[stage], Unit.YUAN, recorded, question, on_a_day=False
    )
    return counted(
        value,
        Unit.YUAN,
        coverage=(Coverage(Collection.FUNDINGS, len(books.records), whole_list),),
        needs=chain(_needs(question, whole_list=whole_list), conflicts),
        evidence=(*map(evidence_of, books.records), *evidence),
    )


def _needs(question: Question, *, whole_list: bool) -> Iterator[Need]:
    details = _DETAILS if whole_list else None
    yield complete_list(Collection.FUNDINGS, question, of=details)


def _total(stage: FundingStage) -> Callable[[Question], Answer]:
    return partial(_funds, stage)


def _per_resident(stage: FundingStage) -> Callable[[Question], Answer]:
    return lambda question: per_resident(_funds(stage, question), question)


def _execution_rate(question: Question) -> Answer:
    paid, budgeted = _funds(FundingStage.PAID, question), _funds(FundingStage.BUDGETED, question)
    coverage = paid.coverage + budgeted.coverage
    return quotient(paid, budgeted, _ABOVE_ZERO, coverage=coverage)


def _share(stage: FundingStage) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        if question.use is None and question.level is None:
            return Answer(value=None, needs=(_which_use(question),))
        books = _Books.of(stage, question)
        everything = _Books.of(stage, question._replace(use=None, level=None))
        money, whole_list = books.money(), books.is_whole()
        return divided(
            share(_span(money.part), _span(money.rest)) if whole_list else None,
            Quantity(money.part, Unit.YUAN),
            Quantity(everything.money().part, Unit.YUAN),
            coverage=(Coverage(Collection.FUNDINGS, len(books.records), whole_list),),
            needs=_needs(question, whole_list=whole_list),
            evidence=tuple(map(evidence_of, books.records)),
        )

    return compute


def _span(amount: Interval) -> tuple[Count, Count]:
    return amount.low or 0, inf if amount.high is None else amount.high


def _which_use(question: Question) -> Need:
    need = complete_list(Collection.FUNDINGS, question)
    what = Label(zh="所问的用途或层级", en="the use, or the level, that is asked for")
    return evolve(need, what=what, supplier=ASKER)


_DETAILS = Label(
    zh="经费（期间、区划、层级、用途和确切数额）",
    en="fundings, with the period, place, level, use and exact amount of each",
)
_REQUIRES = Label(zh="经费记录的完整清单", en="the complete list of fundings")
_LOWER_BOUND = Label(
    zh="清单不全时只给下界；期间部分重叠的，数额可全计可不计",
    en="a lower bound where the list is partial; an amount for a span that reaches beyond the "
    "period may count or not",
)
_SOURCE = Label(
    zh="社区教育示范区评估标准（2010）按常住人口人均经费设最低额；公式为本库所定",
    en="the demonstration standard of 2010 sets a least amount per resident; the formula is this "
    "library's",
)
_RESIDENTS = Label(zh="常住人口", en="resident population")
_DIMENSIONS = ("year", *PLACES, "use", "level")


def _family(stage: FundingStage) -> tuple[Definition, ...]:
    zh, en = stage.label_zh, stage.label_en
    amount = Label(zh=f"社区教育经费（{zh}）", en=f"funds {en}")
    return (
        Definition(
            id=_IDS[stage],
            label=amount,
            formula=Label(
                zh=f"期内{zh}的经费之和；包含在另一笔已计经费中的不重复计",
                en=f"sum of the amounts {en} for the period; what is included in another amount "
                "that counts is not counted again",
            ),
            unit=Unit.YUAN,
            timing=Timing.FLOW,
            source=_SOURCE,
            requires=_REQUIRES,
            when_partial=_LOWER_BOUND,
            compute=_total(stage),
            dimensions=_DIMENSIONS,
        ),
        Definition(
            id=f"{_IDS[stage]}-per-resident",
            label=Label(zh=f"人均社区教育经费（{zh}）", en=f"funds {en} per resident"),
            formula=Label(zh=f"{amount.zh} ÷ 常住人口", en=f"{amount.en} / resident population"),
            unit=Unit.YUAN_PER_PERSON,
            timing=Timing.FLOW,
            source=_SOURCE,
            requires=Label(zh=f"{_REQUIRES.zh}；常住人口", en=f"{_REQUIRES.en}; the residents"),
            when_partial=Label(
                zh="分子给出上下界；无人口数则无值",
                en="the numerator is bounded; without a population there is no value",
            ),
            compute=_per_resident(stage),
            base=_RESIDENTS,
            dimensions=_DIMENSIONS,
        ),
        Definition(
            id=f"{_IDS[stage]}-share",
            label=Label(zh=f"经费占比（{zh}，按用途或层级）", en=f"share of the funds {en}"),
            formula=Label(
                zh=f"{amount.zh}中某一用途（或来自某一层级）的部分 ÷ {amount.zh}",
                en=f"the part of the {amount.en} that is for one use, or from one level / all",
            ),
            unit=Unit.RATIO,
            within=SHARE,
            timing=Timing.FLOW,
            source=Label(
                zh="宁波市终身教育促进条例第二十一条为一线职工教育经费占比设下限",
                en="art. 21 of Ningbo's regulation sets a least share of training funds for "
                "front-line staff",
            ),
            requires=Label(
                zh=f"{_REQUIRES.zh}，注明用途、层级",
                en=f"{_REQUIRES.en}, with the use and the level of each",
            ),
            when_partial=Label(
                zh="用途未注明的部分可全计可不计；清单不全则无值",
                en="what is not told the use of may count or not; no value where the list is "
                "partial",
            ),
            compute=_share(stage),
            base=amount,
            dimensions=_DIMENSIONS,
        ),
    )


DEFINITIONS = (
    *_family(FundingStage.BUDGETED),
    *_family(FundingStage.PAID),
    Definition(
        id="funds-execution-rate",
        label=Label(zh="预算执行率", en="budget execution rate"),
        formula=Label(
            zh="社区教育经费（实际支出）÷ 社区教育经费（预算安排）",
            en="funds paid / funds budgeted",
        ),
        unit=Unit.RATIO,
        timing=Timing.FLOW,
        source=Label(
            zh="社区教育示范区评估标准（2010）要求经费拨付到位；公式为本库所定",
            en="the demonstration standard of 2010 asks that the funds be paid; the formula is "
            "this library's",
        ),
        requires=_REQUIRES,
        when_partial=Label(
            zh="分子、分母各给出上下界；预算无从得知则无值",
            en="both amounts are bounded; no value where the budget is not known",
        ),
        compute=_execution_rate,
        base=Label(zh="社区教育经费（预算安排）", en="funds budgeted"),
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of funds."""
