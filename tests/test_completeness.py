"""Completeness: claims that a list is whole add up over time and over the parts of a place."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.periods import Period
from commed.places import Division, Level
from commed.references import Collection
from commed.register import Completeness, Register

CITY, HERE, ELSEWHERE = "510100", "510112", "510113"
ONE, TWO, YARD, COURT = "510112001", "510112002", "510112001001", "510112001002"
COVERED = (CITY, HERE, ELSEWHERE, ONE, TWO, YARD, COURT)
EVENTS, DIVISIONS = Collection.EVENTS, Collection.DIVISIONS
YEAR = Period.year(2018)
SPRING = Period(date(2018, 1, 1), date(2018, 6, 30))
AUTUMN = Period(date(2018, 7, 1), date(2018, 12, 31))


def claim(collection: Collection = EVENTS, **where: Any) -> Completeness:
    return Completeness(collection=collection, **where)


def register(*claims: Completeness, divisions: Sequence[str | Division] = COVERED) -> Register:
    """Build a register of these divisions, given as such or by their codes."""
    made: Any = [Division(id=one, name=one) if isinstance(one, str) else one for one in divisions]
    return Register(jurisdiction=HERE, divisions=made, complete=claims)


def test_a_list_is_open_unless_claimed_whole() -> None:
    assert not register().is_complete(EVENTS, HERE, YEAR)
    assert not register(claim(Collection.TEAMS)).is_complete(EVENTS, HERE, YEAR)
    assert register(claim()).is_complete(EVENTS, HERE, YEAR)


def test_a_claim_without_a_division_speaks_of_the_jurisdiction() -> None:
    known = register(claim())
    assert [place for place in COVERED if known.is_complete(EVENTS, place)] == [
        HERE,
        ONE,
        TWO,
        YARD,
        COURT,
    ]


def test_what_is_whole_for_a_place_is_whole_for_its_parts_but_not_around_it() -> None:
    known = register(claim(division=ONE))
    assert [place for place in COVERED if known.is_complete(EVENTS, place)] == [ONE, YARD, COURT]


def test_a_claim_for_a_time_speaks_of_that_time_alone() -> None:
    known = register(claim(period=SPRING))
    assert known.is_complete(EVENTS, HERE, SPRING)
    assert known.is_complete(EVENTS, HERE, Period.month(2018, 3))
    assert not known.is_complete(EVENTS, HERE, YEAR)
    assert not known.is_complete(EVENTS, HERE, Period(date(2017, 12, 31), date(2018, 1, 1)))
    assert not known.is_complete(EVENTS, HERE, None)


def test_all_time_is_whole_by_a_claim_for_all_time_alone() -> None:
    assert register(claim()).is_complete(EVENTS, HERE, None)
    assert not register(claim(period=SPRING), claim(period=AUTUMN)).is_complete(EVENTS, HERE, None)


@pytest.mark.parametrize("order", [(SPRING, AUTUMN), (AUTUMN, SPRING)])
def test_claims_add_up_over_time(order: tuple[Period, Period]) -> None:
    known = register(*(claim(period=part) for part in order))
    assert known.is_complete(EVENTS, HERE, YEAR)


def test_a_gap_of_a_day_leaves_a_list_open() -> None:
    late = Period(date(2018, 7, 2), date(2018, 12, 31))
    known = register(claim(period=SPRING), claim(period=late))
    assert not known.is_complete(EVENTS, HERE, YEAR)


BOTH = (claim(division=ONE), claim(division=TWO))


def test_claims_add_up_over_the_parts_of_a_division_whose_list_is_whole() -> None:
    parts = claim(DIVISIONS, level=Level.TOWNSHIP)
    assert register(*BOTH, parts).is_complete(EVENTS, HERE, YEAR)
    assert not register(*BOTH).is_complete(EVENTS, HERE, YEAR)
    assert not register(BOTH[0], parts).is_complete(EVENTS, HERE, YEAR)


IN_PLACES = {
    DIVISIONS,
    Collection.WORKSTATIONS,
    EVENTS,
    Collection.ATTENDANCES,
}


@pytest.mark.parametrize("collection", Collection)
def test_what_belongs_to_a_level_is_not_whole_by_the_parts(collection: Collection) -> None:
    lists = [claim(collection, division=place) for place in (ONE, TWO)]
    known = register(*lists, claim(DIVISIONS, level=Level.TOWNSHIP))
    assert known.is_complete(collection, HERE, YEAR) is (collection in IN_PLACES)


def test_claims_add_up_over_the_parts_of_parts() -> None:
    yards = (claim(division=YARD), claim(division=COURT), claim(division=TWO))
    assert register(*yards, claim(DIVISIONS)).is_complete(EVENTS, HERE, YEAR)
    assert not register(*yards[1:], claim(DIVISIONS)).is_complete(EVENTS, HERE, YEAR)


def test_claims_for_parts_and_for_times_add_up_together() -> None:
    known = register(
        claim(division=HERE, period=SPRING),
        claim(division=ONE, period=AUTUMN),
        claim(division=TWO, period=AUTUMN),
        claim(DIVISIONS),
    )
    assert known.is_complete(EVENTS, HERE, YEAR)


def test_a_division_without_recorded_parts_is_not_whole_by_them() -> None:
    known = register(claim(DIVISIONS), divisions=[HERE])
    assert not known.is_complete(EVENTS, HERE, YEAR)


def test_a_part_that_may_lie_here_must_be_whole_too() -> None:
    adrift = Division(id="adrift", name="adrift", level=Level.TOWNSHIP)
    around: list[str | Division] = [HERE, ONE, TWO, adrift]
    parts = claim(DIVISIONS)
    assert not register(*BOTH, parts, divisions=around).is_complete(EVENTS, HERE, YEAR)
    whole = claim(division="adrift")
    assert register(*BOTH, whole, parts, divisions=around).is_complete(EVENTS, HERE, YEAR)


@pytest.mark.parametrize(
    ("claimed", "whole"),
    [
        (None, [None, Level.TOWNSHIP, Level.COMMUNITY]),
        (Level.TOWNSHIP, [Level.TOWNSHIP]),
        (Level.COMMUNITY, [Level.COMMUNITY]),
    ],
)
def test_a_claim_on_a_level_speaks_of_that_level_alone(
    claimed: Level | None, whole: list[Level | None]
) -> None:
    known = register(claim(DIVISIONS, level=claimed))
    asked = [None, Level.TOWNSHIP, Level.COMMUNITY]
    assert [level for level in asked if known.is_complete(DIVISIONS, HERE, YEAR, level)] == whole


def test_communities_are_all_known_where_those_of_every_township_are() -> None:
    lists = [claim(DIVISIONS, division=place, level=Level.COMMUNITY) for place in (ONE, TWO)]
    townships = claim(DIVISIONS, level=Level.TOWNSHIP)
    assert register(*lists, townships).is_complete(DIVISIONS, HERE, YEAR, Level.COMMUNITY)
    assert not register(*lists).is_complete(DIVISIONS, HERE, YEAR, Level.COMMUNITY)
    assert not register(lists[0], townships).is_complete(DIVISIONS, HERE, YEAR, Level.COMMUNITY)


def test_a_division_is_the_whole_list_of_its_own_level() -> None:
    assert register().is_complete(DIVISIONS, YARD, YEAR, Level.COMMUNITY)
    assert not register().is_complete(DIVISIONS, YARD, YEAR)
    assert not register().is_complete(DIVISIONS, ONE, YEAR, Level.COMMUNITY)


DAYS = [date(2018, 1, 1) + timedelta(days=step) for step in range(4)]
spans = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(
    lambda ends: Period(min(ends), max(ends))
)
claims = st.builds(
    claim,
    st.sampled_from([EVENTS, EVENTS, EVENTS, Collection.TEAMS]),
    division=st.none() | st.sampled_from([HERE, ONE, ONE, TWO, TWO, YARD, YARD, COURT, COURT]),
    period=st.none() | spans,
)
listed = st.lists(claims, max_size=6)
PARTS = {HERE: (ONE, TWO), ONE: (YARD, COURT), TWO: (), YARD: (), COURT: ()}


def smallest(place: str) -> Iterator[str]:
    """Yield the smallest parts of a place."""
    if not PARTS[place]:
        yield place
    for part in PARTS[place]:
        yield from smallest(part)


def speaks_of(one: Completeness, place: str, day: date) -> bool:
    holds = one.division is None or place in set(smallest(one.division))
    return one.collection is EVENTS and holds and (one.period is None or day in one.period)


@given(listed, st.sampled_from(sorted(PARTS)), spans)
def test_a_list_is_whole_where_every_smallest_part_is_on_every_day(
    made: list[Completeness], place: str, period: Period
) -> None:
    whole = all(
        any(speaks_of(one, part, day) for one in made)
        for part in smallest(place)
        for day in DAYS
        if day in period
    )
    assert register(*made, claim(DIVISIONS)).is_complete(EVENTS, place, period) is whole


wider = st.builds(
    claim,
    st.sampled_from([EVENTS, DIVISIONS]),
    division=st.none() | st.sampled_from(COVERED),
    period=st.none() | spans,
)


@given(st.lists(claims | wider, max_size=6), claims | wider, st.none() | spans)
def test_a_claim_more_never_makes_a_list_less_whole(
    made: list[Completeness], more: Completeness, period: Period | None
) -> None:
    before, after = register(*made), register(*made, more)
    for collection in (EVENTS, DIVISIONS):
        for place in COVERED:
            assert after.is_complete(collection, place, period) or not before.is_complete(
                collection, place, period
            )
