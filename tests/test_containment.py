"""Containment: what lies in what, by codes and by what is recorded; what is not is unknown."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.periods import Period
from commed.places import Division, Level
from commed.register import Register
from commed.truth import Truth

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
CITY, HERE, ELSEWHERE = "510100", "510112", "510113"
ONE, TWO, YARD, FAR = "510112001", "510112002", "510112001001", "510113001"
DIVISIONS: Any = [
    Division(id=CITY, name="成都市"),
    Division(id=HERE, name="龙泉驿区"),
    Division(id=ELSEWHERE, name="青白江区"),
    Division(id=ONE, name="龙泉街道"),
    Division(id=TWO, name="大面街道"),
    Division(id=YARD, name="社区"),
    Division(id=FAR, name="大同街道"),
    Division(id="new", name="new", level=Level.TOWNSHIP, within=HERE),
    Division(id="lane", name="lane", level=Level.COMMUNITY, within="new"),
    Division(id="court", name="court", level=Level.COMMUNITY, within=HERE),
    Division(id="adrift", name="adrift", level=Level.TOWNSHIP),
    Division(id="inlet", name="inlet", level=Level.COMMUNITY, within="adrift"),
    Division(id="isle", name="isle", level=Level.COMMUNITY),
    Division(id="zone", name="zone", level=Level.COUNTY),
]
GEOGRAPHY = Register(jurisdiction=HERE, divisions=DIVISIONS)


@pytest.mark.parametrize(
    ("inner", "outer", "truth"),
    [
        (YARD, YARD, YES),
        (YARD, ONE, YES),
        (YARD, HERE, YES),
        (YARD, CITY, YES),
        (YARD, TWO, NO),
        (YARD, ELSEWHERE, NO),
        (ONE, TWO, NO),
        (HERE, ELSEWHERE, NO),
    ],
)
def test_codes_tell_what_lies_in_what(inner: str, outer: str, truth: Truth) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is truth


@pytest.mark.parametrize(
    ("inner", "outer", "truth"),
    [
        ("lane", "new", YES),
        ("lane", HERE, YES),
        ("lane", CITY, YES),
        ("lane", ONE, NO),
        ("lane", ELSEWHERE, NO),
        ("lane", YARD, NO),
        ("new", ONE, NO),
        ("inlet", "adrift", YES),
        ("inlet", ONE, NO),
    ],
)
def test_what_is_recorded_tells_where_no_code_does(inner: str, outer: str, truth: Truth) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is truth


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (HERE, ONE),
        (HERE, YARD),
        (CITY, HERE),
        (ONE, YARD),
        (HERE, "new"),
        (HERE, "lane"),
        ("new", "lane"),
        (HERE, "court"),
        ("adrift", "inlet"),
    ],
)
def test_what_is_recorded_more_coarsely_may_lie_inside(inner: str, outer: str) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is OPEN


@pytest.mark.parametrize(
    ("inner", "outer", "truth"),
    [
        ("adrift", HERE, OPEN),
        ("adrift", ELSEWHERE, OPEN),
        ("adrift", CITY, OPEN),
        ("adrift", "zone", OPEN),
        ("adrift", ONE, NO),
        ("adrift", "new", NO),
        ("adrift", YARD, NO),
        ("adrift", "lane", NO),
        ("inlet", HERE, OPEN),
        ("inlet", "zone", OPEN),
        ("inlet", "lane", NO),
        ("isle", ONE, OPEN),
        ("isle", "new", OPEN),
        ("isle", "adrift", OPEN),
        ("isle", "zone", OPEN),
        ("isle", YARD, NO),
        ("isle", "inlet", NO),
        ("zone", CITY, OPEN),
        ("zone", HERE, NO),
        ("zone", ONE, NO),
    ],
)
def test_what_lies_adrift_may_lie_in_anything_higher(inner: str, outer: str, truth: Truth) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is truth


@pytest.mark.parametrize(
    ("inner", "outer", "truth"),
    [
        (HERE, "adrift", OPEN),
        (CITY, "adrift", OPEN),
        (CITY, "zone", OPEN),
        (HERE, "inlet", OPEN),
        (ONE, "isle", OPEN),
        ("new", "isle", OPEN),
        ("adrift", "isle", OPEN),
        ("zone", "inlet", OPEN),
        (ONE, "adrift", NO),
        (ONE, "inlet", NO),
        (YARD, "adrift", NO),
        (YARD, "isle", NO),
        ("lane", "adrift", NO),
        (HERE, "zone", NO),
        (ONE, "zone", NO),
    ],
)
def test_what_lies_adrift_may_hold_what_is_recorded_more_coarsely(
    inner: str, outer: str, truth: Truth
) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is truth


@pytest.mark.parametrize(
    ("inner", "outer", "truth"),
    [
        ("court", HERE, YES),
        ("court", CITY, YES),
        ("court", ONE, OPEN),
        ("court", "new", OPEN),
        ("court", "adrift", OPEN),
        ("court", YARD, NO),
        ("court", "lane", NO),
        ("court", "isle", NO),
        ("court", ELSEWHERE, NO),
        ("court", FAR, NO),
        ("court", "zone", NO),
        (ONE, "court", OPEN),
        ("new", "court", OPEN),
        (FAR, "court", NO),
        ("adrift", "court", OPEN),
        (YARD, "court", NO),
        ("inlet", "court", NO),
        ("zone", "court", NO),
    ],
)
def test_a_community_whose_township_is_not_recorded_may_lie_in_any_of_its_district(
    inner: str, outer: str, truth: Truth
) -> None:
    assert GEOGRAPHY.lies_within(inner, outer) is truth


def test_what_is_recorded_outranks_the_code() -> None:
    moved: Any = [*DIVISIONS, Division(id="510113009", name="moved", within=HERE)]
    known = Register(jurisdiction=HERE, divisions=moved)
    assert known.lies_within("510113009", HERE) is YES
    assert known.lies_within("510113009", ELSEWHERE) is NO


def test_a_lineage_goes_from_the_inside_out() -> None:
    assert GEOGRAPHY.lineage(YARD) == (YARD, ONE, HERE, CITY, "510000")
    assert GEOGRAPHY.lineage("lane") == ("lane", "new", HERE, CITY, "510000")
    assert GEOGRAPHY.lineage("inlet") == ("inlet", "adrift")


class TestDivisionsWithin:
    @pytest.mark.parametrize(
        ("outer", "level", "found"),
        [
            (HERE, Level.TOWNSHIP, {ONE: YES, TWO: YES, "new": YES, "adrift": OPEN}),
            (ELSEWHERE, Level.TOWNSHIP, {FAR: YES, "adrift": OPEN}),
            (ONE, Level.COMMUNITY, {YARD: YES, "court": OPEN, "isle": OPEN}),
            ("new", Level.COMMUNITY, {"lane": YES, "court": OPEN, "isle": OPEN}),
            (HERE, Level.COUNTY, {HERE: YES}),
            (YARD, Level.PROVINCE, {}),
        ],
    )
    def test_it_tells_what_surely_and_what_possibly_lies_inside(
        self, outer: str, level: Level, found: dict[str, Truth]
    ) -> None:
        assert GEOGRAPHY.divisions_within(outer, level, None) == found

    def test_it_is_every_division_of_the_level_that_is_not_surely_outside(self) -> None:
        for outer in GEOGRAPHY.divisions:
            for level in Level:
                assert GEOGRAPHY.divisions_within(outer.id, level, None) == {
                    inner.id: truth
                    for inner in GEOGRAPHY.divisions
                    if inner.level is level
                    and (truth := GEOGRAPHY.lies_within(inner.id, outer.id)) is not NO
                }

    @pytest.mark.parametrize(
        ("period", "found"),
        [
            (None, {"old", "young", "always"}),
            (Period.day(date(2017, 12, 31)), {"old", "always"}),
            (Period.day(date(2018, 1, 1)), {"old", "always"}),
            (Period.day(date(2018, 1, 2)), {"always"}),
            (Period.day(date(2018, 6, 1)), {"young", "always"}),
            (Period.year(2018), {"old", "young", "always"}),
            (Period.year(2019), {"young", "always"}),
        ],
    )
    def test_only_what_stood_on_some_day_of_the_period_is_among_them(
        self, period: Period | None, found: set[str]
    ) -> None:
        times: dict[str, Any] = {
            "old": {"until": date(2018, 1, 1)},
            "young": {"since": date(2018, 6, 1)},
            "always": {},
        }
        towns: Any = [
            Division(id=key, name=key, level=Level.TOWNSHIP, within=HERE, **time)
            for key, time in times.items()
        ]
        known = Register(jurisdiction=HERE, divisions=[Division(id=HERE, name="区"), *towns])
        assert set(known.divisions_within(HERE, Level.TOWNSHIP, period)) == found


LEVELS = [Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY]
Ups = dict[str, str | None]


@st.composite
def geographies(draw: st.DrawFn) -> tuple[dict[str, Level], Ups, Ups]:
    """Draw where divisions without codes truly lie, and what a register knows of it."""
    levels: dict[str, Level] = {}
    truly: Ups = {}
    known: Ups = {}
    above: list[str] = []
    for level in LEVELS:
        rank = [f"{level.value}-{index}" for index in range(draw(st.integers(1, 2)))]
        for key in rank:
            levels[key] = level
            truly[key] = draw(st.sampled_from(above)) if above else None
            known[key] = draw(st.sampled_from([None, *ancestry(key, truly)[1:]]))
        above = rank
    return levels, truly, known


def ancestry(key: str, ups: Ups) -> list[str]:
    up = ups[key]
    return [key] if up is None else [key, *ancestry(up, ups)]


@given(geographies())
def test_to_know_less_never_turns_the_truth_around(
    geography: tuple[dict[str, Level], Ups, Ups],
) -> None:
    levels, truly, known = geography
    divisions: Any = [
        Division(id=key, name=key, level=level, within=known[key]) for key, level in levels.items()
    ]
    register = Register(jurisdiction="city-0", divisions=divisions)
    for inner in levels:
        for outer in levels:
            if outer in ancestry(inner, truly):
                allowed = {YES, OPEN}
            else:
                allowed = {OPEN} if inner in ancestry(outer, truly) else {NO, OPEN}
            assert register.lies_within(inner, outer) in allowed
            if outer in ancestry(inner, known):
                assert register.lies_within(inner, outer) is YES


@pytest.mark.parametrize("outer", [division.id for division in DIVISIONS])
def test_what_lies_around_is_what_each_says_of_itself(outer: str) -> None:
    truths = {each.id: GEOGRAPHY.lies_within(each.id, outer) for each in DIVISIONS}
    assert GEOGRAPHY.around(outer) == {
        key: truth for key, truth in truths.items() if truth is not NO
    }
