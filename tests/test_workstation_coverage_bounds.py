"""Coverage bounds: every way to complete the records lies inside, and closed ends are reached.

What is open is completed by hand here, in every way there is: a station known only to a
township or to the district serves one community there, one of unknown standing stands or not,
a list that is not whole lacks communities in any township, or stations anywhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from commed.indicators import measure
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import Completeness, Register
from commed.truth import Truth

DISTRICT = "510112"
TOWNSHIPS = ONE, TWO, THREE = "510112001", "510112002", "510112003"
A, B = "510112001001", "510112001002"
C, D = "510112002001", "510112002002"
E = "510112003001"
OPENED, DAY = date(2018, 7, 1), date(2018, 12, 31)
MOST_UNLISTED = 3

Communities = Mapping[str, str]
"""The township of each community."""


def inside(place: str, communities: Communities) -> set[str]:
    """Return the communities that lie in a district, a township, or are the place itself."""
    return {key for key, township in communities.items() if place in {key, township, township[:6]}}


@dataclass(frozen=True)
class Station:
    """A station: where it is known to serve, and whether it stands on the day."""

    division: str
    standing: Truth = Truth.TRUE

    def record(self, key: str) -> Workstation:
        days: dict[Truth, Any] = {
            Truth.TRUE: {"since": OPENED},
            Truth.UNKNOWN: {"seen": date(2019, 5, 1)},
            Truth.FALSE: {"until": OPENED},
        }
        return Workstation(id=key, name=key, division=self.division, **days[self.standing])

    def choices(self, communities: Communities) -> list[str | None]:
        """Return the communities it may serve; None is none, as it does not stand."""
        if self.standing is Truth.FALSE:
            return [None]
        served: list[str | None] = [*inside(self.division, communities)]
        return served if self.standing is Truth.TRUE else [*served, None]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is recorded, which lists are whole, and where the coverage is asked for."""

    communities: tuple[str, ...] = (C, D)
    stations: tuple[Station, ...]
    communities_whole: bool = True
    stations_whole: bool = True
    place: str = DISTRICT

    def measured(self, *more: Division, **townships: str) -> Interval | None:
        """Return what the library says; `townships` are claims for parts of the district."""
        divisions: Any = [
            *(Division(id=key, name=key) for key in (DISTRICT, *TOWNSHIPS, *self.communities)),
            *more,
        ]
        claims: Any = [
            *[Completeness(collection=Collection.DIVISIONS)] * self.communities_whole,
            *[Completeness(collection=Collection.WORKSTATIONS)] * self.stations_whole,
            *(
                Completeness(collection=Collection.DIVISIONS, division=key, level=Level.COMMUNITY)
                for key in townships.values()
            ),
        ]
        stations: Any = [made.record(f"s{index}") for index, made in enumerate(self.stations)]
        register = Register(
            jurisdiction=DISTRICT, divisions=divisions, workstations=stations, complete=claims
        )
        return measure(
            "workstation-coverage", register, period=Period(OPENED, DAY), division=self.place
        ).value

    def shares(self, most: int = MOST_UNLISTED) -> set[Fraction]:
        """Return the coverage in every completion of the records."""
        listed = {key: key[:9] for key in self.communities}
        if self.communities_whole:
            return set(shares(self, listed))
        return {
            share
            for count in range(most + 1)
            for unlisted in combinations_with_replacement(TOWNSHIPS, count)
            for share in shares(self, listed | numbered(unlisted))
        }


def numbered(townships: Sequence[str]) -> dict[str, str]:
    """Name communities that are not on record after their township."""
    met = Counter[str]()
    named = {}
    for township in townships:
        met[township] += 1
        named[f"{township}-{met[township]}"] = township
    return named


def shares(known: Known, communities: Communities) -> Iterator[Fraction]:
    """Yield the coverage for every way the stations may serve just these communities."""
    asked = inside(known.place, communities)
    covers: set[frozenset[str]] = {frozenset()}
    for station in known.stations:
        choices = station.choices(communities)
        covers = {
            cover if chosen is None else cover | {chosen}
            for cover, chosen in product(covers, choices)
        }
    for cover in covers if asked else ():
        served = len(cover & asked)
        most = served if known.stations_whole else len(asked)
        for covered in range(served, most + 1):
            yield Fraction(covered, len(asked))


@st.composite
def registers(
    draw: st.DrawFn, *, communities_whole: bool | None = None, stations_whole: bool | None = None
) -> Known:
    """Draw a register in which the second township always has a community on record."""
    communities = (C, *sorted(draw(st.sets(st.sampled_from([A, B, D, E])))))
    places = [*communities, *communities, *TOWNSHIPS, DISTRICT]
    standing = st.sampled_from([Truth.TRUE, Truth.TRUE, Truth.UNKNOWN, Truth.FALSE])
    stations = st.builds(Station, st.sampled_from(places), standing)
    return Known(
        communities=communities,
        stations=tuple(draw(st.lists(stations, max_size=3))),
        communities_whole=draw(st.booleans()) if communities_whole is None else communities_whole,
        stations_whole=draw(st.booleans()) if stations_whole is None else stations_whole,
        place=draw(st.sampled_from([DISTRICT, DISTRICT, ONE, C])),
    )


@settings(max_examples=200, deadline=None)
@given(registers())
@example(Known(communities=(A, C), stations=(Station(A), Station(ONE)), communities_whole=False))
def test_no_completion_lies_outside_the_bounds(known: Known) -> None:
    value = known.measured()
    assert all(value is None or share in value for share in known.shares())


@settings(max_examples=200, deadline=None)
@given(registers(communities_whole=True))
@example(Known(stations=(Station(DISTRICT), Station(DISTRICT))))
@example(Known(communities=(A, B, C, D), stations=(Station(A, Truth.UNKNOWN),), place=ONE))
@example(Known(communities=(C,), stations=(Station(TWO),), place=C))
def test_where_all_communities_are_listed_both_ends_are_reached(known: Known) -> None:
    found = known.shares()
    assume(found)
    assert known.measured() == Interval(min(found), max(found))


@settings(max_examples=100, deadline=None)
@given(registers(communities_whole=True))
def test_a_place_without_communities_has_no_coverage(known: Known) -> None:
    inside = [key for key in known.communities if key.startswith(known.place)]
    assert (known.measured() is None) is not bool(inside)


@settings(max_examples=200, deadline=None)
@given(registers(communities_whole=False, stations_whole=True))
@example(Known(communities=(A, C), stations=(Station(ONE), Station(A)), communities_whole=False))
@example(Known(stations=(Station(ONE), Station(ONE)), communities_whole=False))
def test_where_communities_may_be_missing_the_upper_end_is_reached(known: Known) -> None:
    value, found = known.measured(), known.shares()
    if value is None:
        assert not found - {Fraction(0)}
    else:
        assert (value.high, value.high_closed) == (max(found), True)


@settings(max_examples=200, deadline=None)
@given(registers(communities_whole=False, stations_whole=True))
@example(Known(stations=(Station(ONE),), communities_whole=False))
def test_where_communities_may_be_missing_the_lower_end_is_open_unless_nothing_may_be_covered(
    known: Known,
) -> None:
    assume(known.place != C)
    value = known.measured()
    if value is not None:
        assert value.low == 0
        assert value.low_closed is (Fraction(0) in known.shares())


@settings(max_examples=50, deadline=None)
@given(registers(communities_whole=False, stations_whole=False))
def test_where_stations_and_communities_may_be_missing_nothing_is_said(known: Known) -> None:
    assume(known.place != C)
    assert known.measured() is None


@settings(max_examples=100, deadline=None)
@given(registers(communities_whole=False), st.sampled_from(TOWNSHIPS))
@example(Known(stations=(Station(ONE),), communities_whole=False), ONE)
def test_no_completion_lies_outside_the_bounds_where_one_township_is_listed(
    known: Known, whole: str
) -> None:
    listed = {key: key[:9] for key in known.communities}
    elsewhere = [township for township in TOWNSHIPS if township != whole]
    value = known.measured(whole=whole)
    for count in range(MOST_UNLISTED + 1):
        for unlisted in combinations_with_replacement(elsewhere, count):
            for share in shares(known, listed | numbered(unlisted)):
                assert value is None or share in value


TWICE_IN_ONE = (Station(TWO), Station(ONE), Station(ONE))


@settings(max_examples=200, deadline=None)
@given(
    known=registers(),
    unplaced=st.lists(st.sampled_from(["court", "#court"]), min_size=1, max_size=2, unique=True),
    within=st.sampled_from([None, DISTRICT]),
    own=st.integers(0, 2),
)
@example(known=Known(stations=(Station(ONE),)), unplaced=["court"], within=DISTRICT, own=0)
@example(known=Known(stations=(Station(C), Station(ONE))), unplaced=["court"], within=None, own=1)
@example(
    known=Known(communities=(A, C), stations=TWICE_IN_ONE),
    unplaced=["#court"],
    within=DISTRICT,
    own=0,
)
def test_no_completion_lies_outside_the_bounds_where_a_community_is_not_placed(
    known: Known, unplaced: list[str], within: str | None, own: int
) -> None:
    served = replace(known, stations=known.stations + (Station(unplaced[0]),) * own)
    value = served.measured(
        *(Division(id=key, name=key, level=Level.COMMUNITY, within=within) for key in unplaced)
    )
    listed = {key: key[:9] for key in known.communities}
    anywhere = [*TOWNSHIPS, *["510113001"] * (within is None)]
    for townships in product(anywhere, repeat=len(unplaced)):
        for share in shares(served, listed | dict(zip(unplaced, townships, strict=True))):
            assert value is None or share in value


def test_two_stations_of_one_community_that_is_not_placed_cover_it_once() -> None:
    known = Known(communities=(C,), stations=(Station("court"), Station("court")))
    court = Division(id="court", name="court", level=Level.COMMUNITY)
    townships = [*TOWNSHIPS, "510113001"]
    found = {share for one in townships for share in shares(known, {C: TWO, "court": one})}
    assert known.measured(court) == Interval(min(found), max(found)) == Interval(0, Fraction(1, 2))
