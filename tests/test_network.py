"""The network: sharp bounds of what stands, how long it opens, and whom it covers.

What the records leave open is completed here in every way there is: a body of unknown standing
stands or not, one recorded at a township or the district lies in any community there, a station
is a demonstration station or not and opens for any of its possible hours.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, measure
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.organisations import INSTITUTIONS, Organisation, OrganisationKind, Workstation
from commed.records.resources import Population
from commed.references import Collection
from commed.register import Completeness, Register

DISTRICT = "510112"
TOWNSHIPS = ONE, TWO = "510112001", "510112002"
COMMUNITIES = A, B, C, D = f"{ONE}001", f"{ONE}002", f"{TWO}001", f"{TWO}002"
PLACES = (DISTRICT, *TOWNSHIPS, *COMMUNITIES)
Days = dict[str, Any]
YEAR, DAY = Period.year(2018), date(2018, 12, 31)
STANDS: Days = {"since": date(2018, 7, 1)}
MAY_STAND: Days = {"seen": date(2019, 5, 1)}
CLOSED: Days = {"since": date(2015, 1, 1), "until": date(2018, 12, 30)}
WHOLE = (Collection.DIVISIONS, Collection.ORGANISATIONS, Collection.WORKSTATIONS)
SCHOOL, CENTRE = OrganisationKind.SCHOOL, OrganisationKind.CENTRE

Worlds = list[bool]
"""Whether something is so, in every way to complete the records."""

standings = st.sampled_from([STANDS, {}, MAY_STAND, CLOSED])
places = st.sampled_from(PLACES)
asked_places = st.sampled_from([DISTRICT, ONE, A])
hours = st.sampled_from([None, "40小时", "20至60小时", "超过50小时", "不满30小时", "100至300小时"])


def stations_of(*told: tuple[Any, ...], **more: Any) -> list[Workstation]:
    """Return stations by their places and days, and perhaps hours and standing as examples."""
    return [
        Workstation(
            id=f"s{index}",
            name="s",
            division=place,
            **days,
            **(dict(zip(("weekly_hours", "demonstration"), rest, strict=False)) | more),
        )
        for index, (place, days, *rest) in enumerate(told)
    ]


def stations(most: int = 3) -> st.SearchStrategy[list[Workstation]]:
    one = st.tuples(places, standings, hours, st.sampled_from([None, True, False]))
    return st.lists(one, max_size=most).map(lambda told: stations_of(*told))


kinds = st.sampled_from([SCHOOL, CENTRE, OrganisationKind.GOVERNMENT])
institutions = st.lists(st.tuples(places, standings, kinds), max_size=4).map(
    lambda told: [
        Organisation(id=f"o{index}", name="o", division=place, kind=kind, **days)
        for index, (place, days, kind) in enumerate(told)
    ]
)


def registered(complete: Sequence[Any] = WHOLE, **lists: Any) -> Register:
    divisions: Any = [Division(id=key, name=key) for key in PLACES]
    return Register(
        jurisdiction=DISTRICT, complete=tuple(complete), **({"divisions": divisions} | lists)
    )


def stands(body: Organisation) -> Worlds:
    """Return whether it stands on the last day, read off its days."""
    if body.until is not None and body.until < DAY:
        return [False]
    return [True] if body.seen is None else [True, False]


def lies(body: Organisation, place: str) -> Worlds:
    """Return whether it lies in a place, by every community that it may lie in."""
    if body.division.startswith(place):
        return [True]
    return [True, False] if place.startswith(body.division) else [False]


def is_there(body: Organisation, place: str) -> Worlds:
    return sorted({one and two for one, two in product(stands(body), lies(body, place))})


def hull(found: Sequence[Fraction | int], *, open_ended: bool = False) -> Interval | None:
    """Return the smallest interval of these; what may be anything, or nothing, has none."""
    if not found:
        return None
    expected = Interval(min(found), None if open_ended else max(found))
    return None if expected == Interval(0, None) else expected


def is_told(measurement: Measurement) -> bool:
    """Whether what is not exact says what it needs, and what is exact needs nothing."""
    is_exact = measurement.value is not None and measurement.value.is_exact
    return is_exact is not bool(measurement.needs)


# --- what stands -----------------------------------------------------------------------


@given(known=stations(), place=asked_places, whole=st.booleans())
def test_the_bounds_of_the_workstations_are_sharp(
    *, known: list[Workstation], place: str, whole: bool
) -> None:
    found = [sum(world) for world in product(*(is_there(station, place) for station in known))]
    register = registered(WHOLE if whole else (), workstations=known)
    measurement = measure("workstations", register, period=YEAR, division=place)
    assert measurement.value == hull(found, open_ended=not whole)
    assert is_told(measurement)


@given(known=institutions, place=asked_places, whole=st.booleans())
def test_the_bounds_of_the_institutions_are_sharp_by_level_and_by_kind(
    *, known: list[Organisation], place: str, whole: bool
) -> None:
    register = registered(WHOLE if whole else (), organisations=known)

    def expected(counted: Sequence[Organisation]) -> Interval | None:
        worlds = product(*(is_there(body, place) for body in counted))
        return hull([sum(world) for world in worlds], open_ended=not whole)

    schools = [body for body in known if body.kind in INSTITUTIONS]
    asked: Any = {"period": YEAR, "division": place}
    total = measure("institutions", register, **asked)
    assert total.value == expected(schools)
    assert is_told(total)
    by_level = measure("institutions", register, **asked, by="level")
    ranks = {6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.COMMUNITY}
    for level in Level:
        of_it = [body for body in schools if ranks[len(body.division)] is level]
        assert by_level[level.value].value == expected(of_it)
    by_kind = measure("institutions", register, **asked, by="kind")
    assert set(by_kind) == {kind.value for kind in INSTITUTIONS}
    for kind, part in by_kind.items():
        assert part.value == expected([body for body in schools if body.kind.value == kind])


def test_each_division_has_the_bodies_that_surely_lie_in_it() -> None:
    known = stations_of((A, STANDS), (A, CLOSED), (C, MAY_STAND))
    split = measure("workstations", registered(workstations=known), period=YEAR, by="division")
    assert {key: part.value for key, part in split.items()} == {
        ONE: Interval.exactly(1),
        TWO: Interval(0, 1),
    }


def test_a_station_that_closed_stands_on_its_last_day_and_not_on_the_next() -> None:
    register = registered(workstations=stations_of((A, CLOSED)))
    counts = {
        day: measure("workstations", register, period=Period.day(day)).value
        for day in (date(2018, 12, 30), DAY)
    }
    assert counts == {date(2018, 12, 30): Interval.exactly(1), DAY: Interval.exactly(0)}


# --- demonstration stations and opening hours -----------------------------------------


@given(stations(), asked_places)
def test_the_bounds_of_the_demonstration_share_are_sharp(
    known: list[Workstation], place: str
) -> None:
    choices = [
        [
            demonstration if there else None
            for there in is_there(station, place)
            for demonstration in (
                [True, False] if station.demonstration is None else [station.demonstration]
            )
        ]
        for station in known
    ]
    worlds = [[each for each in world if each is not None] for world in product(*choices)]
    found = [Fraction(sum(world), len(world)) for world in worlds if world]
    register = registered(workstations=known)
    measurement = measure("demonstration-share", register, period=YEAR, division=place)
    assert measurement.value == hull(found)
    assert is_told(measurement)


def ends(station: Workstation) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
    """Return the fewest and the most hours it may open, and whether each is reached."""
    low, high = (Fraction(0), True), (Fraction(168), True)
    if station.weekly_hours is not None:
        told = station.weekly_hours.interval
        if told.low is not None:
            low = told.low, told.low_closed
        if told.high is not None and told.high < 168:
            high = told.high, told.high_closed
    return low, high


def mean_hours(known: Sequence[Workstation], place: str) -> Interval | None:
    """Return the hull of the mean hours over every choice of stations that may stand."""
    lows: list[tuple[Fraction, bool]] = []
    highs: list[tuple[Fraction, bool]] = []
    for world in product(*(is_there(station, place) for station in known)):
        there = [ends(station) for station, is_so in zip(known, world, strict=True) if is_so]
        for found, side in ((lows, 0), (highs, 1)) if there else ():
            total = sum((each[side][0] for each in there), Fraction(0))
            found.append((total / len(there), all(each[side][1] for each in there)))
    if not lows:
        return None
    low, high = min(value for value, _ in lows), max(value for value, _ in highs)
    return Interval(low, high, (low, True) in lows, (high, True) in highs)


@given(stations(4), asked_places)
def test_the_bounds_of_the_opening_hours_are_sharp(known: list[Workstation], place: str) -> None:
    register = registered(workstations=known)
    measurement = measure("opening-hours", register, period=YEAR, division=place)
    assert measurement.value == mean_hours(known, place)
    assert is_told(measurement)


@pytest.mark.parametrize(
    "told", [("超过40小时", "40小时"), ("不满40小时", "40小时")], ids=["lowest", "highest"]
)
def test_an_end_of_the_opening_hours_is_closed_where_one_station_alone_reaches_it(
    told: tuple[str, str],
) -> None:
    known = stations_of(*((A, MAY_STAND, each) for each in told))
    register = registered(workstations=known)
    value = measure("opening-hours", register, period=YEAR).value
    assert value == mean_hours(known, DISTRICT)


def test_the_opening_hours_of_one_station_are_its_own() -> None:
    known = stations_of((A, STANDS, 30), (C, STANDS))
    split = measure("opening-hours", registered(workstations=known), period=YEAR, by="organiser")
    assert split["s0"].value == Interval.exactly(30)
    assert split["s1"].value == Interval(0, 168)


# --- coverage --------------------------------------------------------------------------


def covers(known: Sequence[Workstation]) -> Iterator[frozenset[str]]:
    """Yield the communities that have a station, in every way the stations may serve them."""
    choices: list[list[str]] = []
    for station in known:
        served = [key for key in COMMUNITIES if key.startswith(station.division)]
        choices.append([key for so in stands(station) for key in (served if so else [""])])
    for world in product(*choices):
        yield frozenset(world) - {""}


def at_level(
    level: Level, known: Sequence[Organisation], served: Sequence[Workstation], place: str
) -> tuple[list[int], int]:
    """Return how many divisions of a level may be covered, and how many there are."""
    if level is Level.COMMUNITY:
        there = [key for key in COMMUNITIES if key.startswith(place)]
        return [len(cover.intersection(there)) for cover in covers(served)], len(there)
    of_level = (DISTRICT,) if level is Level.COUNTY else TOWNSHIPS
    there = [key for key in of_level if key.startswith(place)]
    own = [body for body in known if body.kind in INSTITUTIONS and body.division in there]
    worlds = product(*([body.division if so else None for so in stands(body)] for body in own))
    return [len({*world} - {None}) for world in worlds], len(there)


LEVELS = (Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY)


@settings(max_examples=60)
@given(institutions, stations(), asked_places)
def test_the_bounds_of_the_three_level_coverage_are_sharp_and_so_are_those_of_each_level(
    known: list[Organisation], served: list[Workstation], place: str
) -> None:
    register = registered(organisations=known, workstations=served)
    asked: Any = {"period": YEAR, "division": place}
    levels = [at_level(level, known, served, place) for level in LEVELS]
    for level, (found, there) in zip(LEVELS, levels, strict=True):
        if there:
            part = measure("three-level-coverage", register, **asked, where={"level": level})
            assert part.value == hull([Fraction(number, there) for number in found])
            assert is_told(part)
    in_all = sum(there for _, there in levels)
    sums = {sum(world) for world in product(*(set(found) for found, _ in levels))}
    total = measure("three-level-coverage", register, **asked)
    assert total.value == hull([Fraction(number, in_all) for number in sums])
    assert is_told(total)


def test_a_rank_outside_the_three_levels_has_no_coverage_and_says_so() -> None:
    part = measure("three-level-coverage", registered(), period=YEAR, where={"level": "province"})
    assert part.value is None
    assert part.needs


def populations(*told: Interval | int) -> list[Population]:
    return [
        Population(
            division=key,
            on=date(2018, 6, 1),
            persons=each if isinstance(each, int) else Quantity(each, Unit.PERSONS),
        )
        for key, each in zip(COMMUNITIES, told, strict=False)
    ]


def population_shares(
    known: Sequence[Workstation], persons: Sequence[Interval | int], place: str
) -> list[Fraction]:
    """Return the coverage in every way to serve, each population at one of its ends."""
    ends = [
        {each} if isinstance(each, int) else {int(each.low or 0), int(each.high or 0)}
        for each in persons
    ]
    found = []
    for cover, world in product(set(covers(known)), product(*ends)):
        there = {k: n for k, n in zip(COMMUNITIES, world, strict=True) if k.startswith(place)}
        reached = sum(number for key, number in there.items() if key in cover)
        found.append(Fraction(reached, sum(there.values())))
    return found


exact = st.tuples(*[st.integers(1, 300)] * 4)
ranges = st.tuples(st.integers(1, 90), st.integers(0, 90)).map(
    lambda ends: Interval(ends[0], sum(ends))
)
inexact = st.tuples(*[ranges] * 4)


@given(stations(), exact, asked_places)
def test_the_bounds_of_the_population_coverage_are_sharp_where_the_residents_are_known(
    known: list[Workstation], persons: tuple[int, ...], place: str
) -> None:
    register = registered(workstations=known, populations=populations(*persons))
    measurement = measure("population-coverage", register, period=YEAR, division=place)
    assert measurement.value == hull(population_shares(known, persons, place))
    assert is_told(measurement)


fine = st.lists(st.tuples(st.sampled_from(COMMUNITIES), standings), max_size=4)


@given(fine, inexact, asked_places)
def test_the_bounds_of_the_population_coverage_are_sharp_where_each_station_serves_one_community(
    told: list[tuple[str, Days]], persons: tuple[Interval, ...], place: str
) -> None:
    known = stations_of(*told)
    register = registered(workstations=known, populations=populations(*persons))
    measurement = measure("population-coverage", register, period=YEAR, division=place)
    assert measurement.value == hull(population_shares(known, persons, place))


@settings(max_examples=60)
@given(stations(2), inexact)
@example(
    stations_of((ONE, STANDS)),
    (Interval(10, 10), Interval(9, 1000), Interval(100, 100), Interval(1, 1)),
)
def test_the_bounds_of_the_population_coverage_are_sharp_where_residents_and_places_are_inexact(
    known: list[Workstation], persons: tuple[Interval, ...]
) -> None:
    register = registered(workstations=known, populations=populations(*persons))
    measurement = measure("population-coverage", register, period=YEAR)
    assert measurement.value == hull(population_shares(known, persons, DISTRICT))


# --- lists that are not whole ----------------------------------------------------------


THREE_TO_FIVE = Interval(Fraction(3, 7), Fraction(5, 7))


@pytest.mark.parametrize(
    ("indicator", "lacking", "value"),
    [
        ("institutions", Collection.ORGANISATIONS, Interval(1, None)),
        ("workstations", Collection.WORKSTATIONS, Interval(2, None)),
        ("demonstration-share", Collection.WORKSTATIONS, None),
        ("opening-hours", Collection.WORKSTATIONS, None),
        ("three-level-coverage", Collection.DIVISIONS, None),
        ("three-level-coverage", Collection.ORGANISATIONS, THREE_TO_FIVE),
        ("three-level-coverage", Collection.WORKSTATIONS, THREE_TO_FIVE),
        ("population-coverage", Collection.DIVISIONS, None),
        ("population-coverage", Collection.POPULATIONS, None),
        ("population-coverage", Collection.WORKSTATIONS, Interval(Fraction(1, 2), 1)),
    ],
)
def test_a_partial_list_leaves_open_what_the_definition_says(
    indicator: str, lacking: Collection, value: Interval | None
) -> None:
    known = stations_of((A, STANDS), (C, STANDS), demonstration=True, weekly_hours=10)
    register = registered(
        [each for each in WHOLE if each is not lacking],
        workstations=known,
        organisations=[Organisation(id="school", name="s", kind=SCHOOL, division=ONE)],
        populations=populations(*[10] * (3 if lacking is Collection.POPULATIONS else 4)),
    )
    measurement = measure(indicator, register, period=YEAR)
    assert measurement.value == value
    assert lacking in {need.collection for need in measurement.needs}


def test_a_level_whose_divisions_are_listed_is_measured_though_another_is_not() -> None:
    townships = Completeness(collection=Collection.DIVISIONS, level=Level.TOWNSHIP)
    known = [Organisation(id="school", name="s", kind=SCHOOL, division=ONE)]
    register = registered([*WHOLE[1:], townships], organisations=known)
    split = measure("three-level-coverage", register, period=YEAR, by="level")
    assert split["county"].value == Interval.exactly(0)
    assert split["township"].value == Interval.exactly(Fraction(1, 2))
    assert split["community"].value is None


# --- divisions and stations that came and went -----------------------------------------


@pytest.mark.parametrize("end", ["since", "until"])
@pytest.mark.parametrize("day", [date(2018, 12, 30), DAY, date(2019, 1, 1)], ids=str)
@pytest.mark.parametrize("indicator", ["three-level-coverage", "population-coverage"])
def test_a_community_counts_only_where_it_stood_on_the_day(
    end: str, day: date, indicator: str
) -> None:
    divisions = [Division(id=key, name=key) for key in PLACES if key != D]
    came_or_went: Days = {end: day}
    register = registered(
        divisions=[*divisions, Division(id=D, name=D, **came_or_went)],
        workstations=stations_of((A, STANDS), (B, CLOSED), (D, STANDS)),
        populations=populations(10, 10, 10, 10),
    )
    is_counted = day <= DAY if end == "since" else day >= DAY
    where = {"level": "community"} if indicator == "three-level-coverage" else None
    value = measure(indicator, register, period=YEAR, where=where).value
    assert value == Interval.exactly(Fraction(2, 4) if is_counted else Fraction(1, 3))
