"""Participation: how often people took part, how many people, and what share of residents.

人次 counts attendances, 人数 counts distinct learners. Only distinct learners divided by the
residents are a participation rate (参与率); attendances divided by the residents are
attendances per resident (人均参与次数), in another unit.
"""

from attrs import frozen

from commed.evidence import Evidence, Need
from commed.indicators.attendance import Tally, tally
from commed.indicators.dimensions import PLACES, TIMES
from commed.indicators.grounds import (
    counted,
    divided,
    narrowed_by_reports,
    per_resident,
    which_is_right,
)
from commed.indicators.measurement import SHARE, Answer, Definition, Question, Timing
from commed.indicators.reach import attendances_of, groups_needed, learners_of
from commed.indicators.returning import returning
from commed.labels import Label
from commed.quantities import Interval, Quantity, Unit

__all__ = ["DEFINITIONS", "DIMENSIONS", "PARTICIPATION_RATE"]

_PERSON_TIMES = "person-times"
_LEARNERS = "distinct-learners"


@frozen(kw_only=True)
class _Counts:
    """Attendances and learners, narrowed by what was stated of them."""

    attendances: Interval
    learners: Interval
    evidence: tuple[Evidence, ...]
    needs: tuple[Need, ...]


def _everybody(question: Question) -> Tally:
    """Return the tally of all learners, whatever group the question asks for."""
    return question._replace(group=None).once(tally)


def _counts(question: Question) -> _Counts:
    """Return both figures of all learners, narrowed by what was stated of either.

    Nobody learns without coming: there are at most as many learners as attendances, at least
    as many attendances as learners, and somebody learned where anybody came.
    """
    everybody = _everybody(question)
    times, of_times, times_conflict = narrowed_by_reports(
        _PERSON_TIMES, Unit.PERSON_TIMES, everybody.attendances, question, on_a_day=False
    )
    learners, of_learners, learners_conflict = narrowed_by_reports(
        _LEARNERS, Unit.PERSONS, everybody.learners, question, on_a_day=False
    )
    evidence = (*of_times, *of_learners)
    conflicts = (*times_conflict, *learners_conflict)
    attendances = times.intersection(Interval(learners.low, None))
    capped = learners.intersection(Interval(min(1, times.low or 0), times.high))
    if attendances is None or capped is None:
        attendances, capped = everybody.attendances, everybody.learners
        conflicts, evidence = (*conflicts, which_is_right(evidence, question)), ()
    return _Counts(
        attendances=attendances,
        learners=capped,
        evidence=evidence,
        needs=(*everybody.needs, *conflicts),
    )


def _person_times(question: Question) -> Answer:
    everybody = _everybody(question)
    if question.group is not None:
        return counted(
            attendances_of(question, question.group),
            Unit.PERSON_TIMES,
            coverage=everybody.coverage,
            needs=(*everybody.needs, groups_needed(question)),
        )
    counts = question.once(_counts)
    return counted(
        counts.attendances,
        Unit.PERSON_TIMES,
        coverage=everybody.coverage,
        needs=counts.needs,
        evidence=counts.evidence,
    )


def _distinct_learners(question: Question) -> Answer:
    everybody = _everybody(question)
    if question.group is not None:
        return counted(
            learners_of(question, question.group),
            Unit.PERSONS,
            coverage=everybody.coverage,
            needs=(*everybody.needs, *everybody.names_needed, groups_needed(question)),
        )
    counts = question.once(_counts)
    return counted(
        counts.learners,
        Unit.PERSONS,
        coverage=everybody.coverage,
        needs=(*counts.needs, *everybody.names_needed),
        evidence=counts.evidence,
    )


def _participation_rate(question: Question) -> Answer:
    return per_resident(_distinct_learners(question), question)


def _person_times_per_resident(question: Question) -> Answer:
    return per_resident(_person_times(question), question)


def _repeat_rate(question: Question) -> Answer:
    found, again = question.once(tally), question.once(returning)
    return divided(
        again.share,
        Quantity(again.learners, Unit.PERSONS),
        Quantity(found.learners, Unit.PERSONS),
        coverage=found.coverage,
        needs=(*found.needs, *found.names_needed),
    )


def _digital_share(question: Question) -> Answer:
    found = question.once(tally)
    return divided(
        found.share_online,
        Quantity(found.online, Unit.PERSON_TIMES),
        Quantity(found.attendances, Unit.PERSON_TIMES),
        coverage=found.coverage,
        needs=(*found.needs, *found.modes_needed),
    )


DIMENSIONS = (*TIMES, *PLACES, "organiser", "team", "theme", "mode")
"""What the events of a question may be split by."""

_PARTIAL = Label(
    zh="名册或活动清单不全时给出上下界；未点名者至多各为一人，至少彼此重合",
    en="bounded where rosters or the list of events are partial: the unnamed are at most all "
    "different persons, at least all the same",
)
_EVENTS_NEEDED = Label(
    zh="本区划、本期的学习活动及其名册或人数",
    en="the events of the division and period, with rosters or headcounts",
)
_LEARNERS_BASE = Label(zh="参与人数", en="distinct learners")
_RESIDENTS = Label(zh="常住人口", en="resident population")
_EVENTS_AND_RESIDENTS = Label(
    zh=f"{_EVENTS_NEEDED.zh}；常住人口",
    en=f"{_EVENTS_NEEDED.en}; the resident population",
)

PARTICIPATION_RATE = Definition(
    id="participation-rate",
    label=Label(zh="参与率", en="participation rate"),
    formula=Label(zh="参与人数 ÷ 常住人口", en="distinct learners / resident population"),
    unit=Unit.RATIO,
    timing=Timing.FLOW,
    source=Label(
        zh="教职成〔2016〕4号提及参与率，未给公式；公式为本库所定",
        en="named without a formula in 教职成〔2016〕4号; the formula is this library's",
    ),
    requires=_EVENTS_AND_RESIDENTS,
    when_partial=Label(
        zh="分子给出上下界；参与者可能来自外地，故不以人口封顶；无人口数则无值",
        en="the numerator is bounded; participants may come from elsewhere, so the population "
        "is no cap; without a population there is no value",
    ),
    compute=_participation_rate,
    base=_RESIDENTS,
    dimensions=(*DIMENSIONS, "group"),
)
"""Distinct learners by residents (参与率)."""

DEFINITIONS = (
    Definition(
        id=_PERSON_TIMES,
        label=Label(zh="参与人次", en="person-times"),
        formula=Label(
            zh="各场活动参与人数之和；同一人参加两次计两次",
            en="sum of the persons at each event; one person at two events counts twice",
        ),
        unit=Unit.PERSON_TIMES,
        timing=Timing.FLOW,
        source=Label(zh="龙泉驿区执法检查报道（2019）所用口径", en="as the 2019 report uses it"),
        requires=_EVENTS_NEEDED,
        when_partial=_PARTIAL,
        compute=_person_times,
        dimensions=(*DIMENSIONS, "group"),
    ),
    Definition(
        id=_LEARNERS,
        label=Label(zh="参与人数", en="distinct learners"),
        formula=Label(
            zh="参加过至少一场活动的不同人数",
            en="number of different persons at one event or more",
        ),
        unit=Unit.PERSONS,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=_EVENTS_NEEDED,
        when_partial=_PARTIAL,
        compute=_distinct_learners,
        dimensions=(*DIMENSIONS, "group"),
    ),
    PARTICIPATION_RATE,
    Definition(
        id="person-times-per-resident",
        label=Label(zh="人均参与次数", en="person-times per resident"),
        formula=Label(zh="参与人次 ÷ 常住人口", en="person-times / resident population"),
        unit=Unit.PERSON_TIMES_PER_PERSON,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=_EVENTS_AND_RESIDENTS,
        when_partial=Label(
            zh="分子给出上下界；无人口数则无值",
            en="the numerator is bounded; without a population there is no value",
        ),
        compute=_person_times_per_resident,
        base=_RESIDENTS,
        dimensions=(*DIMENSIONS, "group"),
    ),
    Definition(
        id="repeat-rate",
        label=Label(zh="重复参与率", en="repeat rate"),
        formula=Label(
            zh="参加过两场及以上活动的人数 ÷ 参与人数",
            en="learners at two events or more / distinct learners",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=_EVENTS_NEEDED,
        when_partial=Label(
            zh="未点名者全为新人时最低，由只来过一次者占去未点名席位时最高；活动清单不全则无值；"
            "有活动不知是否属于所问范围时界限可靠但未必可达",
            en="lowest where all the unnamed are strangers, highest where those who came once take "
            "the unnamed places; without the whole list of events no value; the bounds hold, and "
            "need not be reached, where an event may lie outside",
        ),
        compute=_repeat_rate,
        base=_LEARNERS_BASE,
        dimensions=DIMENSIONS,
    ),
    Definition(
        id="digital-share",
        label=Label(zh="数字化学习占比", en="share of digital learning"),
        formula=Label(
            zh="线上活动的参与人次 ÷ 参与人次；线上线下结合的活动，线上人数不明",
            en="person-times of online events / person-times; of events held both ways it is not "
            "known how many came online",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(
            zh=f"{_EVENTS_NEEDED.zh}；活动开展方式", en=f"{_EVENTS_NEEDED.en}; their modes"
        ),
        when_partial=Label(
            zh="方式不明或线上线下结合的，人次可全计可不计；活动清单不全则无值；"
            "有活动不知是否属于所问范围时界限可靠但未必可达",
            en="attendances of unknown or mixed mode may all count or none; without the whole "
            "list of events no value; the bounds hold, and need not be reached, where an event "
            "may lie outside",
        ),
        compute=_digital_share,
        base=Label(zh="参与人次", en="person-times"),
        dimensions=DIMENSIONS,
    ),
)
"""The indicators of participation."""
