"""Regularity (常态化): how steadily workstations hold events.

An event held by a station after it had closed counts for participation; it says nothing of the
regularity of a station, whose months and weeks are those in which it stood on every day.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import and_, invert

from attrs import frozen

from commed.evidence import Need
from commed.indicators.bounds import Lot, Span, interval, share_of_lots, span
from commed.indicators.dimensions import PLACES
from commed.indicators.elsewhere import elsewhere
from commed.indicators.grounds import a_period, complete_list, divided
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Quantity, Unit
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

Spans = Callable[[Period], Iterable[Period]]


def _stations(question: Question) -> dict[Workstation, Truth]:
    """Return the stations that surely or possibly are asked for."""
    register = question.register
    return {
        station: asked_for
        for station in register.workstations
        if (
            asked_for := register.lies_within(station.division, question.division)
            & question.asks_of(station.id)
        )
        is not Truth.FALSE
    }


Days = Mapping[str | None, list[date]]


def _days_held(question: Question, period: Period) -> Days:
    """Return the days of the period on which each body held an event, in order."""
    days: defaultdict[str | None, set[date]] = defaultdict(set)
    for bodies in question.register.events_at.values():
        for body, events in bodies.items():
            days[body].update(event.date for event in events if event.date in period)
    for body, kept in elsewhere(question.register).days(period).items():
        days[body].update(kept)
    return {body: sorted(held) for body, held in days.items()}


def _held_in(span_of_days: Period, days: Sequence[date]) -> bool:
    """Whether one of the days, which are in order, lies in the span."""
    nearest = bisect_left(days, span_of_days.first)
    return nearest < len(days) and days[nearest] <= span_of_days.last


@frozen
class _Held:
    """The days of a period on which a station surely and possibly held an event, in order."""

    surely: list[date]
    possibly: list[date]


def _held(station: Workstation, days: Days, question: Question, period: Period) -> _Held:
    """Return the days on which a station held an event.

    One of which no body is recorded may be the station's, and so may any on a day whose events
    are not all listed.
    """
    surely = days.get(station.id, [])
    possibly = {*surely, *days.get(None, [])}
    is_complete = question.register.is_complete
    if not is_complete(Collection.EVENTS, station.division, period):
        possibly.update(
            day
            for day in _each_day(period)
            if not is_complete(Collection.EVENTS, station.division, Period.day(day))
        )
    return _Held(surely, sorted(possibly))


def _each_day(period: Period) -> Iterator[date]:
    return (period.first + timedelta(days=count) for count in range(period.length))


def _active(spans: Spans, unit: Unit) -> Callable[..., Answer]:
    def compute(question: Question) -> Answer:
        if question.period is None:
            return Answer(value=None, needs=(a_period(question),))
        stations = _stations(question)
        days = _days_held(question, question.period)
        all_spans = list(spans(question.period))
        lots, held = list[Lot](), list[_Held]()
        counted = list[tuple[Truth, Span]]()
        for station, inside in stations.items():
            here = _held(station, days, question, question.period)
            stood = [
                station.standing(each.first) & station.standing(each.last) for each in all_spans
            ]
            active = [_is_active(each, here) for each in all_spans]
            lot = span(map(and_, stood, active))
            others = span(map(and_, stood, map(invert, active)))
            lots.append((inside, lot, others))
            counted.append((inside, span(stood)))
            held.append(here)
        all_stations = _all_stations(question)
        return divided(
            share_of_lots(lots) if all_stations else None,
            Quantity(interval(*_total((inside, part) for inside, part, _ in lots)), unit),
            Quantity(interval(*_total(counted)), unit),
            coverage=(Coverage(Collection.WORKSTATIONS, len(stations), all_stations),),
            needs=_needs(question, stations, held),
            evidence=tuple(map(evidence_of, stations)),
        )

    return compute


def _total(spans: Iterable[tuple[Truth, Span]]) -> Span:
    """Return how many months or weeks there are of all stations together."""
    counting = list(spans)
    return (
        sum(least for inside, (least, _) in counting if inside is Truth.TRUE),
        sum(most for _, (_, most) in counting),
    )


def _is_active(span_of_days: Period, held: _Held) -> Truth:
    if _held_in(span_of_days, held.surely):
        return Truth.TRUE
    return Truth.of(None if _held_in(span_of_days, held.possibly) else False)


def _longest_gap(question: Question) -> Answer:
    if question.period is None:
        return Answer(value=None, needs=(a_period(question),))
    stations = _stations(question)
    days = _days_held(question, question.period)
    gaps, held = list[tuple[bool, int, int]](), list[_Held]()
    for station, inside in stations.items():
        here = _held(station, days, question, question.period)
        surely, possibly = _windows(station, question.period)
        if possibly is not None:
            is_sure = inside is Truth.TRUE and surely is not None
            gaps.append((is_sure, _gap(here.possibly, surely), _gap(here.surely, possibly)))
            held.append(here)
    all_stations = _all_stations(question)
    value = None
    if gaps:
        most = max(most for _, _, most in gaps) if all_stations else question.period.length
        sure = [least for is_sure, least, _ in gaps if is_sure]
        if not sure:  # one of these is there, or one that is not listed
            sure = [min(least for _, least, _ in gaps) if all_stations else 0]
        value = interval(max(sure), most)
    needs = _needs(question, stations, held)
    return Answer(
        value=value,
        numerator=None if value is None else Quantity(value, Unit.DAYS),
        coverage=(Coverage(Collection.WORKSTATIONS, len(stations), all_stations),),
        evidence=tuple(map(evidence_of, stations)),
        needs=() if value is not None and value.is_exact else tuple(needs),
    )


def _windows(station: Workstation, period: Period) -> tuple[Period | None, Period | None]:
    """Return the days of the period on which a station surely, and on which it possibly stood."""
    until = station.until or period.last
    known_from = station.since or station.seen or period.first
    possible_from = station.since or period.first
    return _between(known_from, until, period), _between(possible_from, until, period)


def _between(first: date, last: date, period: Period) -> Period | None:
    return Period(first, last).overlap(period) if first <= last else None


def _gap(days: Sequence[date], window: Period | None) -> int:
    """Return the longest run of days in the window on which nothing was held."""
    if window is None:
        return 0
    inside = [day.toordinal() for day in days if day in window]
    edges = [window.first.toordinal() - 1, *inside, window.last.toordinal() + 1]
    return max(0, *(later - earlier - 1 for earlier, later in pairwise(edges)))


def _all_stations(question: Question) -> bool:
    return question.register.is_complete(
        Collection.WORKSTATIONS, question.division, question.period
    )


def _needs(
    question: Question, stations: Mapping[Workstation, Truth], held: Iterable[_Held]
) -> list[Need]:
    needs = []
    if not _all_stations(question) or not stations:
        needs.append(complete_list(Collection.WORKSTATIONS, question))
    if any(each.surely != each.possibly for each in held):
        needs.append(complete_list(Collection.EVENTS, question))
    needs.append(complete_list(Collection.WORKSTATIONS, question, of=_DETAILS))
    return needs


_DETAILS = Label(
    zh="社区教育工作站所在区划、设立和撤销日期",
    en="workstations, with the place of each one and the days it was set up and closed",
)
_REQUIRES = Label(
    zh="社区教育工作站的完整清单及设立、撤销日期；学习活动的完整清单及举办工作站",
    en="the complete list of workstations, with the days they were set up and closed; the "
    "complete list of events, with the station that held each",
)
_WHEN_PARTIAL = Label(
    zh="活动清单不全时，未见活动的月（周）可能有活动；工作站清单不全则无值",
    en="where the list of events is partial, a span without an event may have had one; without "
    "the whole list of workstations no value",
)
_SOURCE = Label(
    zh="龙泉驿区执法检查报道（2019）称活动常态化开展，未给口径；公式为本库所定",
    en="the 2019 report calls activities regular, without a definition; the formula is this "
    "library's",
)
_DIMENSIONS = (*PLACES, "organiser", "quarter", "year")

DEFINITIONS = (
    Definition(
        id="active-months",
        label=Label(zh="有活动月份占比", en="share of months with an event"),
        formula=Label(
            zh="各工作站有活动的整月数之和 ÷ 各工作站整月存在的月数之和；只计期内完整的自然月",
            en="months in which a station held an event, summed over stations / months in which "
            "it stood on every day; whole calendar months of the period alone",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=_REQUIRES,
        when_partial=_WHEN_PARTIAL,
        compute=_active(Period.months, Unit.MONTHS),
        base=Label(zh="工作站月数", en="station-months"),
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="active-weeks",
        label=Label(zh="有活动周占比", en="share of weeks with an event"),
        formula=Label(
            zh="各工作站有活动的整周数之和 ÷ 各工作站整周存在的周数之和；只计期内完整的周，"
            "周一至周日",
            en="weeks in which a station held an event, summed over stations / weeks in which it "
            "stood on every day; whole weeks of the period alone, Monday to Sunday",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=_REQUIRES,
        when_partial=_WHEN_PARTIAL,
        compute=_active(Period.weeks, Unit.WEEKS),
        base=Label(zh="工作站周数", en="station-weeks"),
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="longest-gap",
        label=Label(zh="最长活动间断", en="longest gap between events"),
        formula=Label(
            zh="各工作站在期内连续无活动的最长天数，取各站之最；期首、期末和工作站存续期之首末"
            "均为界",
            en="most days in a row without an event at a station, the worst of all stations; the "
            "period's ends, and the station's own, are ends of a gap",
        ),
        unit=Unit.DAYS,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=_REQUIRES,
        when_partial=Label(
            zh="活动清单不全时，记录所见间断只是上界；工作站清单不全时以全期为上界",
            en="where the list of events is partial, the gap on record is an upper bound alone; "
            "where the list of workstations is, the whole period is",
        ),
        compute=_longest_gap,
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of regularity."""
