"""Regularity: months and weeks with an event and the longest gap, told again day by day.

Here every station is followed through the calendar one day at a time. Where the list of events
is partial, any further days of events complete it; where the first day of a station is not
known, any day up to the one it was seen on does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.indicators import measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval
from commed.records.learning import LearningEvent
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.references import Collection
from commed.register import Completeness, Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
START, END = date(2023, 11, 20), date(2024, 4, 10)
SPAN = Period(START, END)
SHARES = ("active-months", "active-weeks")
ALL = (*SHARES, "longest-gap")

days = st.dates(START, END)
periods = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))


@st.composite
def stations(draw: st.DrawFn, *, seen: bool = False) -> tuple[Workstation, ...]:
    """Draw up to three stations, some set up or closed on the way."""
    made = []
    for index in range(draw(st.integers(1, 3))):
        first, last = sorted([draw(days), draw(days)])
        known: dict[str, Any] = {
            "seen" if seen and draw(st.booleans()) else "since": draw(
                st.sampled_from([None, first])
            ),
            "until": draw(st.sampled_from([None, last])),
        }
        place = draw(st.sampled_from([HERE, THERE]))
        made.append(Workstation(id=f"s{index}", name="s", division=place, **known))
    return tuple(made)


def held(*told: tuple[str, date]) -> tuple[LearningEvent, ...]:
    return tuple(
        LearningEvent(id=f"e{index}", date=day, workstation=station)
        for index, (station, day) in enumerate(told)
    )


@st.composite
def registers(draw: st.DrawFn, *, seen: bool = False) -> Register:
    """Draw stations and their events, which may fall before they opened or after they closed."""
    known = draw(stations(seen=seen))
    keys = st.sampled_from([station.id for station in known])
    return registered(known, held(*draw(st.lists(st.tuples(keys, days), max_size=12))))


def registered(
    stations: Sequence[Workstation],
    events: Sequence[LearningEvent] = (),
    claims: Iterable[Any] = (Collection.WORKSTATIONS, Collection.EVENTS),
    **lists: Any,
) -> Register:
    return Register(
        jurisdiction=DISTRICT,
        divisions=tuple(Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)),
        workstations=tuple(stations),
        events=tuple(events),
        complete=tuple(claims),
        **lists,
    )


# --- the same again, day by day --------------------------------------------------------


def each_day(period: Period) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)


def stood(station: Workstation, day: date) -> bool:
    return (station.since or day) <= day <= (station.until or day)


def of_month(day: date) -> tuple[int, int, int]:
    """Return the month of a day, and how many days that month has."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.year, day.month, (following - day.replace(day=1)).days


def of_week(day: date) -> tuple[int, int, int]:
    return *day.isocalendar()[:2], 7


Calendar = Callable[[date], tuple[int, int, int]]
CALENDARS: dict[str, Calendar] = {"active-months": of_month, "active-weeks": of_week}


def spans(register: Register, period: Period, calendar: Calendar) -> Iterator[bool]:
    """Yield of every station and whole span, in which it stood throughout, if it held an event."""
    for station in register.workstations:
        events = {event.date for event in register.events if event.workstation == station.id}
        counted = defaultdict(list)
        for day in each_day(period):
            if stood(station, day):
                counted[calendar(day)].append(day in events)
        yield from (any(held) for span, held in counted.items() if len(held) == span[-1])


def brute_share(register: Register, period: Period, indicator: str) -> Fraction | None:
    found = list(spans(register, period, CALENDARS[indicator]))
    return Fraction(sum(found), len(found)) if found else None


def brute_gap(register: Register, period: Period) -> int | None:
    gaps = []
    for station in register.workstations:
        events = {event.date for event in register.events if event.workstation == station.id}
        quiet = [day not in events for day in each_day(period) if stood(station, day)]
        gaps += (
            [max(len(list(run)) * is_quiet for is_quiet, run in groupby(quiet))] if quiet else []
        )
    return max(gaps, default=None)


def brute(register: Register, period: Period, indicator: str) -> Interval | None:
    if indicator == "longest-gap":
        value: Fraction | int | None = brute_gap(register, period)
    else:
        value = brute_share(register, period, indicator)
    return None if value is None else Interval.exactly(value)


def is_within(found: Interval | None, bounds: Interval | None) -> bool:
    return found is None or (bounds is not None and found.intersection(bounds) == found)


def hull(found: Iterable[Interval | None]) -> Interval | None:
    """Return the smallest interval of those that have a value."""
    values = [each for each in found if each is not None]
    return Interval.hull(values) if values else None


# --- where everything is recorded ------------------------------------------------------


@pytest.mark.parametrize("indicator", ALL)
@given(register=registers(), period=periods)
def test_it_is_what_following_each_station_day_by_day_tells(
    indicator: str, register: Register, period: Period
) -> None:
    measurement = measure(indicator, register, period=period)
    assert measurement.value == brute(register, period, indicator)
    assert bool(measurement.needs) is (measurement.value is None)


@pytest.mark.parametrize("indicator", ALL)
@given(register=registers())
def test_each_station_and_each_quarter_and_year_is_measured_as_if_asked_alone(
    indicator: str, register: Register
) -> None:
    by_station = measure(indicator, register, period=SPAN, by="organiser")
    assert set(by_station) == {station.id for station in register.workstations}
    for station in register.workstations:
        alone = evolve(register, workstations=(station,), events=())
        own = [event for event in register.events if event.workstation == station.id]
        expected = brute(evolve(alone, events=tuple(own)), SPAN, indicator)
        assert by_station[station.id].value == expected
    by_year = measure(indicator, register, period=SPAN, by="year")
    assert {key: part.value for key, part in by_year.items()} == {
        "2023": brute(register, Period(START, date(2023, 12, 31)), indicator),
        "2024": brute(register, Period(date(2024, 1, 1), END), indicator),
    }
    by_quarter = measure(indicator, register, period=SPAN, by="quarter")
    assert set(by_quarter) == {"2023-Q4", "2024-Q1", "2024-Q2"}
    assert by_quarter["2024-Q1"].value == brute(register, Period.quarter(2024, 1), indicator)


@pytest.mark.parametrize("indicator", ALL)
@given(register=registers(), period=periods)
def test_a_place_is_measured_by_its_own_stations(
    indicator: str, register: Register, period: Period
) -> None:
    split = measure(indicator, register, period=period, by="township")
    for place in (HERE, THERE):
        own = tuple(each for each in register.workstations if each.division == place)
        keys = {station.id for station in own}
        events = tuple(event for event in register.events if event.workstation in keys)
        expected = brute(evolve(register, workstations=own, events=events), period, indicator)
        assert split[place].value == (expected if own else None)


CLOSING = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "share", "gap"),
    [(CLOSING, 1, 28), (CLOSING + timedelta(days=1), 0, 29), (date(2024, 1, 31), 0, 29)],
    ids=["on its last day", "after it closed", "before it opened"],
)
def test_an_event_counts_on_the_days_on_which_its_station_stood(
    day: date, share: int, gap: int
) -> None:
    station = Workstation(id="s0", name="s", division=HERE, since=date(2024, 2, 1), until=CLOSING)
    register = registered([station], held(("s0", day)))
    months = measure("active-months", register, period=Period.year(2024))
    assert months.value == Interval.exactly(share)
    assert months.denominator is not None
    assert months.denominator.interval == Interval.exactly(1)
    assert measure("longest-gap", register, period=Period.year(2024)).value == Interval.exactly(gap)


@pytest.mark.parametrize(
    ("last", "months"), [(date(2024, 2, 28), 1), (date(2024, 2, 29), 2), (date(2023, 2, 28), 2)]
)
def test_february_is_whole_with_its_last_day(last: date, months: int) -> None:
    register = registered([Workstation(id="s0", name="s", division=HERE)])
    asked = Period(date(last.year, 1, 1), last)
    denominator = measure("active-months", register, period=asked).denominator
    assert denominator is not None
    assert denominator.interval == Interval.exactly(months)


def test_a_week_over_the_end_of_the_year_counts_once_in_the_whole_and_in_neither_year() -> None:
    monday, sunday = date(2024, 12, 30), date(2025, 1, 5)
    station = Workstation(id="s0", name="s", division=HERE, since=monday, until=sunday)
    register = registered([station], held(("s0", date(2024, 12, 31)), ("s0", sunday)))
    asked = Period(date(2024, 12, 1), date(2025, 1, 31))
    assert measure("active-weeks", register, period=asked).value == Interval.exactly(1)
    split = measure("active-weeks", register, period=asked, by="year")
    assert [part.value for part in split.values()] == [None, None]


# --- where something is not recorded ---------------------------------------------------

PLACE = st.sampled_from([DISTRICT, HERE])
LISTED = st.none() | periods
FURTHER = st.lists(st.tuples(st.sampled_from(["s0", "s1", "s2"]), days), max_size=8)


@pytest.mark.parametrize("indicator", ALL)
@given(register=registers(), period=periods, further=FURTHER, place=PLACE, listed=LISTED)
def test_the_bounds_are_sharp_where_events_are_not_all_listed(
    *,
    indicator: str,
    register: Register,
    period: Period,
    further: list[tuple[str, date]],
    place: str,
    listed: Period | None,
) -> None:
    claims = [Completeness(collection=Collection.EVENTS, division=place, period=listed)]
    partial = evolve(register, complete=(Collection.WORKSTATIONS, *claims))
    whole = {each.id for each in register.workstations if each.division.startswith(place)}

    def completed(told: Iterable[tuple[str, date]]) -> Interval | None:
        kept = [(event.workstation or "", event.date) for event in register.events]
        more = [(key, day) for key, day in told if key in keys and is_open(key, day)]
        return brute(evolve(register, events=held(*kept, *more)), period, indicator)

    def is_open(key: str, day: date) -> bool:
        return key not in whole or not (listed is None or day in listed)

    keys = {each.id for each in register.workstations}
    measurement = measure(indicator, partial, period=period)
    every = completed((key, day) for key in keys for day in each_day(period))
    some = completed(further)
    assert measurement.value == hull([completed([]), every])
    assert is_within(some, measurement.value)
    assert bool(measurement.needs) is not (every is not None and completed([]) == every)


def openings(register: Register) -> Iterator[Register]:
    """Yield the register with every first day that its first station may have had."""
    first, *others = register.workstations
    if first.seen is None or first.since is not None:
        yield register
        return
    ends = Period(START - timedelta(days=1), first.seen)
    for day in each_day(ends):
        known = evolve(first, since=day, seen=None)
        yield evolve(register, workstations=(known, *others))


@settings(max_examples=30)
@given(register=registers(seen=True))
def test_no_first_day_of_a_station_gives_a_value_outside_the_bounds(register: Register) -> None:
    first, *others = register.workstations
    known = [evolve(each, since=each.since or each.seen, seen=None) for each in others]
    register = evolve(register, workstations=(first, *known))
    for indicator in ALL:
        found = {brute(each, SPAN, indicator) for each in openings(register)}
        value = measure(indicator, register, period=SPAN).value
        assert all(is_within(each, value) for each in found)
        if indicator == "longest-gap":
            assert value == hull(found)


@pytest.mark.parametrize("indicator", ALL)
@given(register=registers(), adrift=st.sets(st.sampled_from(["s0", "s1", "s2"])), period=periods)
def test_the_bounds_are_sharp_where_the_place_of_a_station_is_not_known(
    indicator: str, register: Register, adrift: set[str], period: Period
) -> None:
    placed = [
        evolve(each, division=DISTRICT) if each.id in adrift else each
        for each in register.workstations
    ]
    choices = [[HERE, THERE] if each.id in adrift else [each.division] for each in placed]
    found = []
    for world in product(*choices):
        here = [each for each, place in zip(placed, world, strict=True) if place == HERE]
        keys = {each.id for each in here}
        own = tuple(event for event in register.events if event.workstation in keys)
        found.append(
            brute(evolve(register, workstations=tuple(here), events=own), period, indicator)
        )
    known = evolve(register, workstations=tuple(placed))
    assert measure(indicator, known, period=period, division=HERE).value == hull(found)


@pytest.mark.parametrize("indicator", SHARES)
@given(register=registers(), period=periods)
def test_without_all_stations_there_is_no_share(
    indicator: str, register: Register, period: Period
) -> None:
    measurement = measure(indicator, evolve(register, complete=(Collection.EVENTS,)), period=period)
    assert measurement.value is None
    assert Collection.WORKSTATIONS in {need.collection for need in measurement.needs}


@given(register=registers(), period=periods, more=stations(), told=FURTHER)
def test_without_all_stations_the_whole_period_may_be_a_gap(
    register: Register,
    period: Period,
    more: tuple[Workstation, ...],
    told: list[tuple[str, date]],
) -> None:
    value = measure(
        "longest-gap", evolve(register, complete=(Collection.EVENTS,)), period=period
    ).value
    gap = brute_gap(register, period)
    assert value == (None if gap is None else Interval(gap, period.length))
    unlisted = tuple(evolve(each, id=f"unlisted-{each.id}") for each in more)
    keys = {each.id for each in unlisted}
    events = [(f"unlisted-{key}", day) for key, day in told if f"unlisted-{key}" in keys]
    events += [(event.workstation or "", event.date) for event in register.events]
    known = registered((*register.workstations, *unlisted), held(*events))
    assert value is None or is_within(brute(known, period, "longest-gap"), value)


@pytest.mark.parametrize("indicator", ALL)
def test_without_a_period_there_is_no_value_and_the_need_says_so(indicator: str) -> None:
    measurement = measure(indicator, registered([Workstation(id="s", name="s", division=HERE)]))
    assert measurement.value is None
    assert [need.what.en for need in measurement.needs] == ["a period to measure over"]


@pytest.mark.parametrize("indicator", ALL)
def test_where_there_is_no_station_nothing_is_measured(indicator: str) -> None:
    measurement = measure(indicator, registered([]), period=SPAN)
    assert measurement.value is None
    assert measurement.needs


@pytest.mark.parametrize("indicator", ALL)
def test_an_event_of_another_body_is_none_of_the_station(indicator: str) -> None:
    school = Organisation(id="o", name="o", kind=OrganisationKind.SCHOOL, division=HERE)
    station = Workstation(id="s0", name="s", division=HERE)
    of_other = LearningEvent(id="e", date=date(2024, 1, 9), workstation="o", division=HERE)
    register = registered([station], [of_other], organisations=(school,))
    assert measure(indicator, register, period=SPAN).value == brute(register, SPAN, indicator)


@pytest.mark.parametrize("indicator", ALL)
def test_an_event_of_which_no_body_is_recorded_may_be_the_stations(indicator: str) -> None:
    day, asked = date(2024, 1, 9), Period.month(2024, 1)
    station = Workstation(id="s0", name="s", division=HERE)
    register = registered([station], [LearningEvent(id="e", date=day, division=HERE)])
    value = measure(indicator, register, period=asked).value
    ends = [
        brute(each, asked, indicator)
        for each in (register, registered([station], held(("s0", day))))
    ]
    assert value == hull(ends)


@pytest.mark.parametrize("indicator", ALL)
def test_the_part_of_the_period_whose_events_are_all_listed_bounds_the_rest(indicator: str) -> None:
    asked, half = Period.year(2024), Period(date(2024, 1, 1), date(2024, 6, 30))
    station = Workstation(id="s0", name="s", division=HERE)
    claims = (Collection.WORKSTATIONS, Completeness(collection=Collection.EVENTS, period=half))
    later = held(*(("s0", day) for day in each_day(Period(date(2024, 7, 1), asked.last))))
    ends = [
        brute(each, asked, indicator)
        for each in (registered([station]), registered([station], later))
    ]
    value = measure(indicator, registered([station], claims=claims), period=asked).value
    assert value == hull(ends)


def test_where_no_station_stood_in_the_period_there_is_no_gap() -> None:
    closed = Workstation(id="s0", name="s", division=HERE, until=date(2020, 1, 1))
    assert measure("longest-gap", registered([closed]), period=SPAN).value is None


def test_without_all_stations_one_of_unknown_place_bounds_no_gap_from_below() -> None:
    coarse = Workstation(id="s0", name="s", division=DISTRICT)
    register = registered([coarse], claims=(Collection.EVENTS,))
    value = measure("longest-gap", register, period=SPAN, division=HERE).value
    assert value == Interval(0, SPAN.length)


def test_the_station_months_are_exact_where_it_stood_for_sure() -> None:
    register = registered(
        [Workstation(id="s0", name="s", division=HERE)], claims=(Collection.WORKSTATIONS,)
    )
    for indicator, number in (("active-months", 12), ("active-weeks", 52)):
        base = measure(indicator, register, period=Period.year(2024)).denominator
        assert base is not None
        assert base.interval == Interval.exactly(number)
