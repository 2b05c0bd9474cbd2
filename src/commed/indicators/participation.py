"""Participation: how often people took part, how many people, and what share of residents.

人次 counts attendances, 人数 counts distinct learners. Only distinct learners divided by the
residents are a participation rate (参与率); attendances divided by the residents are
attendances per resident (人均参与次数), in another unit.
"""

from collections.abc import Iterator

from attrs import frozen

from commed.evidence import ORGANISERS, Evidence, Need
from commed.indicators.grounds import (
    ANYTHING,
    complete_list,
    narrowed_by_reports,
    population_of,
    which_is_right,
)
from commed.indicators.measurement import Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent
from commed.references import Collection
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_PERSON_TIMES = "person-times"
_LEARNERS = "distinct-learners"


@frozen(kw_only=True)
class _Tally:
    """The events that bear on a question, counted once for every indicator."""

    attendances: Interval
    learners: Interval
    coverage: tuple[Coverage, ...]
    needs: tuple[Need, ...]
    names_needed: tuple[Need, ...]


def _tally(question: Question) -> _Tally:
    """Count attendances and learners, with sharp bounds.

    Of every event at least its roster and its headcount took part. The persons counted but
    not named may be the same at all events, and may be named at others: so there are at
    least as many learners as names, and as the largest event had persons; at most, every
    unnamed one is a person of its own.
    """
    register = question.register
    asked = (question.division, question.period)
    whole_list = register.is_complete(Collection.EVENTS, *asked)
    whole_rosters = register.is_complete(Collection.ATTENDANCES, *asked)
    certain_names: set[str] = set()
    doubtful_names: set[str] = set()
    least_times = largest_event = 0
    most_times: int | None = 0 if whole_list else None
    most_unnamed: int | None = most_times
    events = open_places = open_counts = open_names = 0
    for event, is_inside in _events(question):
        names = [attendance.learner for attendance in event.attendances]
        least, most = _persons(
            event,
            whole_roster=whole_rosters or _is_whole(event, question, is_inside=is_inside),
        )
        events += 1
        open_places += not is_inside
        open_counts += least != most
        open_names += most != len(names)
        (certain_names if is_inside else doubtful_names).update(names)
        if is_inside:
            least_times += least
            largest_event = max(largest_event, least)
        most_times = None if most_times is None or most is None else most_times + most
        most_unnamed = (
            None if most_unnamed is None or most is None else most_unnamed + most - len(names)
        )
    needs = [] if whole_list else [complete_list(Collection.EVENTS, question)]
    if open_places:
        needs.append(_of_events(open_places, _PLACE, Collection.EVENTS, question))
    if open_counts:
        needs.append(_of_events(open_counts, _COUNT, Collection.ATTENDANCES, question))
    names_needed = (
        [_of_events(open_names, _NAMES, Collection.ATTENDANCES, question)] if open_names else []
    )
    return _Tally(
        attendances=Interval(least_times, most_times),
        learners=Interval(
            max(len(certain_names), largest_event),
            None if most_unnamed is None else len(certain_names | doubtful_names) + most_unnamed,
        ),
        coverage=(Coverage(Collection.EVENTS, events, whole_list and not open_counts),),
        needs=tuple(needs),
        names_needed=tuple(names_needed),
    )


def _events(question: Question) -> Iterator[tuple[LearningEvent, bool]]:
    """Yield each event that surely (True) or possibly (False) lies in the division."""
    register, period = question.register, question.period
    holds: dict[tuple[str, str | None], Truth] = {}  # many events share a place and a body
    for event in register.events:
        if period is None or event.date in period:
            where = (register.place_of(event), event.workstation)
            if where not in holds:
                in_place = register.lies_within(where[0], question.division)
                holds[where] = in_place & question.asks_of(event.workstation)
            inside = holds[where]
            if inside is not Truth.FALSE:
                yield event, inside is Truth.TRUE


def _is_whole(event: LearningEvent, question: Question, *, is_inside: bool) -> bool:
    """Return whether the roster of an event is claimed to be whole.

    If an event that may lie outside lies inside, then what is claimed of the inside holds of it.
    """
    register = question.register
    place = register.place_of(event) if is_inside else question.division
    return register.is_complete(Collection.ATTENDANCES, place, Period.day(event.date))


def _persons(event: LearningEvent, *, whole_roster: bool) -> tuple[int, int | None]:
    """Return the least and the greatest number of persons at an event."""
    named = len(event.attendances)
    if event.headcount is not None:
        counted = event.headcount.persons.interval.whole()
        high = None if counted.high is None else int(counted.high)
        return max(named, int(counted.low or 0)), high
    return named, named if whole_roster else None


def _of_events(events: int, what: Label, collection: Collection, question: Question) -> Need:
    return Need(
        what=Label(
            zh=f"{events}场活动{what.zh}",
            en=f"{what.en} of {events} event{'' if events == 1 else 's'}",
        ),
        collection=collection,
        division=question.division,
        period=question.period,
        supplier=ORGANISERS,
    )


_PLACE = Label(zh="的举办地点（在本区划之内或之外）", en="the place, inside this division or not,")
_COUNT = Label(zh="的确切人数或完整名册", en="the exact headcount, or the whole roster,")
_NAMES = Label(zh="的完整名册", en="the whole roster")


@frozen(kw_only=True)
class _Stated:
    """The tally, narrowed by what was stated of attendances and of learners."""

    attendances: Interval
    learners: Interval
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Need, ...]


def _stated(tally: _Tally, question: Question) -> _Stated:
    """Narrow both figures by what was stated of either.

    Nobody learns without coming: there are at most as many learners as attendances, at least
    as many attendances as learners, and somebody learned where anybody came.
    """
    times, of_times, times_conflict = narrowed_by_reports(
        _PERSON_TIMES, Unit.PERSON_TIMES, tally.attendances, question, on_a_day=False
    )
    learners, of_learners, learners_conflict = narrowed_by_reports(
        _LEARNERS, Unit.PERSONS, tally.learners, question, on_a_day=False
    )
    evidence = (*of_times, *of_learners)
    conflicts = (*times_conflict, *learners_conflict)
    attendances = times.intersection(Interval(learners.low, None))
    capped = learners.intersection(Interval(min(1, times.low or 0), times.high))
    if attendances is None or capped is None:
        attendances, capped = tally.attendances, tally.learners
        conflicts, evidence = (*conflicts, which_is_right(evidence, question)), ()
    return _Stated(attendances=attendances, learners=capped, evidence=evidence, conflicts=conflicts)


def _person_times(question: Question) -> Answer:
    tally = _tally(question)
    stated = _stated(tally, question)
    needs = (*tally.needs, *stated.conflicts)
    return _count(stated.attendances, Unit.PERSON_TIMES, tally, stated.evidence, needs)


def _distinct_learners(question: Question) -> Answer:
    tally = _tally(question)
    stated = _stated(tally, question)
    needs = (*tally.needs, *tally.names_needed, *stated.conflicts)
    return _count(stated.learners, Unit.PERSONS, tally, stated.evidence, needs)


def _count(
    value: Interval,
    unit: Unit,
    tally: _Tally,
    evidence: tuple[Evidence, ...],
    needs: tuple[Need, ...],
) -> Answer:
    known = None if value == ANYTHING else value
    return Answer(
        value=known,
        numerator=None if known is None else Quantity(known, unit),
        coverage=tally.coverage,
        evidence=evidence,
        needs=() if value.is_exact else needs,
    )


def _per_resident(count: Answer, question: Question) -> Answer:
    residents, evidence, needs = population_of(question)
    value = None
    if residents is not None and count.numerator is not None:
        value = (count.numerator / residents).interval
    return Answer(
        value=value,
        numerator=count.numerator,
        denominator=residents,
        coverage=count.coverage,
        evidence=(*count.evidence, *evidence),
        needs=() if value is not None and value.is_exact else (*needs, *count.needs),
    )


def _participation_rate(question: Question) -> Answer:
    return _per_resident(_distinct_learners(question), question)


def _person_times_per_resident(question: Question) -> Answer:
    return _per_resident(_person_times(question), question)


_PARTIAL = Label(
    zh="名册或活动清单不全时给出上下界；未点名者至多各为一人，至少彼此重合",
    en="bounded where rosters or the list of events are partial: the unnamed are at most all "
    "different persons, at least all the same",
)
_EVENTS_NEEDED = Label(
    zh="本区划、本期的学习活动及其名册或人数",
    en="the events of the division and period, with rosters or headcounts",
)
_RESIDENTS = Label(zh="常住人口", en="resident population")
_EVENTS_AND_RESIDENTS = Label(
    zh=f"{_EVENTS_NEEDED.zh}；常住人口",
    en=f"{_EVENTS_NEEDED.en}; the resident population",
)

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
    ),
    Definition(
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
    ),
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
    ),
)
"""The indicators of participation."""
