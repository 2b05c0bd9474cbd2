"""Learning time: the minutes and hours that people spent learning, together and each."""

from collections.abc import Callable

from attrs import frozen

from commed.indicators.attendance import tally
from commed.indicators.grounds import counted, divided, per_resident
from commed.indicators.measurement import Answer, Definition, Question, Timing
from commed.indicators.participation import DIMENSIONS
from commed.labels import Label
from commed.quantities import Interval, Quantity, Unit

__all__ = ["DEFINITIONS"]


@frozen
class _Scale:
    """What time is counted in: how many minutes it has."""

    unit: Unit
    each: Unit
    minutes: int

    def of(self, minutes: Interval) -> Interval:
        """Return minutes in this unit."""
        return minutes / Interval.exactly(self.minutes)


_MINUTES = _Scale(Unit.MINUTES, Unit.MINUTES_PER_PERSON, 1)
_HOURS = _Scale(Unit.HOURS, Unit.HOURS_PER_PERSON, 60)


def _total(scale: _Scale) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        found = question.once(tally)
        needs = (*found.needs, *found.minutes_needed)
        return counted(scale.of(found.minutes), scale.unit, coverage=found.coverage, needs=needs)

    return compute


def _per_learner(scale: _Scale) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        found = question.once(tally)
        each = found.minutes_per_learner
        return divided(
            None if each is None else scale.of(each),
            Quantity(scale.of(found.minutes), scale.unit),
            Quantity(found.learners, Unit.PERSONS),
            coverage=found.coverage,
            needs=(*found.needs, *found.names_needed, *found.minutes_needed),
        )

    return compute


def _per_resident(scale: _Scale) -> Callable[[Question], Answer]:
    total = _total(scale)
    return lambda question: per_resident(total(question), question)


_SOURCE = Label(zh="本库定义", en="this library's definition")
_REQUIRES = Label(
    zh="本区划、本期的学习活动及其时长、名册或人数",
    en="the events of the division and period, with their minutes and rosters or headcounts",
)
_RESIDENTS = Label(zh="常住人口", en="resident population")


def _family(scale: _Scale) -> tuple[Definition, ...]:
    zh, en = scale.unit.label_zh, scale.unit.label_en
    return (
        Definition(
            id=f"learning-{en}",
            label=Label(zh=f"学习总时长（{zh}）", en=f"learning {en}"),
            formula=Label(
                zh=f"各场活动时长 × 参与人数之和，以{zh}计；跨零点的活动全部计入开始之日",
                en=f"sum over events of their length times their persons, in {en}; an event that "
                "lasts past midnight counts whole on the day it began",
            ),
            unit=scale.unit,
            timing=Timing.FLOW,
            source=_SOURCE,
            requires=_REQUIRES,
            when_partial=Label(
                zh="人数不明的活动给出上下界；时长不明的按至少1分钟计，无上界",
                en="bounded where persons are not known exactly; an event of unknown length lasted "
                "a minute or more",
            ),
            compute=_total(scale),
            dimensions=DIMENSIONS,
        ),
        Definition(
            id=f"learning-{en}-per-learner",
            label=Label(zh=f"人均学习时长（{zh}，按参与人数）", en=f"learning {en} per learner"),
            formula=Label(
                zh=f"学习总时长（{zh}）÷ 参与人数", en=f"learning {en} / distinct learners"
            ),
            unit=scale.each,
            timing=Timing.FLOW,
            source=_SOURCE,
            requires=_REQUIRES,
            when_partial=Label(
                zh="未点名者全为新人且在短活动时最低，彼此重合时最高；活动清单不全则无值；"
                "有活动不知是否属于所问范围时界限可靠但未必可达",
                en="lowest where the unnamed are strangers at short events, highest where they are "
                "the same; without the whole list of events no value; the bounds hold, and need "
                "not be reached, where an event may lie outside",
            ),
            compute=_per_learner(scale),
            base=Label(zh="参与人数", en="distinct learners"),
            dimensions=DIMENSIONS,
        ),
        Definition(
            id=f"learning-{en}-per-resident",
            label=Label(zh=f"人均学习时长（{zh}，按常住人口）", en=f"learning {en} per resident"),
            formula=Label(
                zh=f"学习总时长（{zh}）÷ 常住人口", en=f"learning {en} / resident population"
            ),
            unit=scale.each,
            timing=Timing.FLOW,
            source=_SOURCE,
            requires=Label(zh=f"{_REQUIRES.zh}；常住人口", en=f"{_REQUIRES.en}; the residents"),
            when_partial=Label(
                zh="分子给出上下界；无人口数则无值",
                en="the numerator is bounded; without a population there is no value",
            ),
            compute=_per_resident(scale),
            base=_RESIDENTS,
            dimensions=DIMENSIONS,
        ),
    )


DEFINITIONS = (*_family(_MINUTES), *_family(_HOURS))
"""The indicators of learning time."""
