"""Dimensions: what a figure is split by, or narrowed to, in every way there is.

Parts of time cover the period that was asked for once, places are those on record, and the rest is
what the records name. What is no dimension of an indicator, or no key, is refused in words that
help. No mapping that is returned can be changed, and each measurement tells where it was taken.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed.indicators import (
    Measurement,
    UnknownIndicator,
    UnsupportedQuestion,
    catalogue,
    measure,
    measure_all,
)
from commed.periods import Period
from commed.places import Division, DivisionCode, Level
from commed.quantities import Interval
from commed.records.learning import LearnerGroup, Mode
from commed.records.organisations import OrganisationKind, Workstation
from commed.records.resources import StaffRole
from commed.register import Register

laws = settings(deadline=None, max_examples=40)
MADE_UP = commed.example("made-up-district")
YEAR = Period.year(2024)
EMPTY = Register(
    jurisdiction="district",
    divisions=[Division(id="district", name="某区", level=Level.COUNTY)],
)


def split(by: str, indicator: str = "person-times", **asked: Any) -> Mapping[str, Measurement]:
    return measure(indicator, MADE_UP, **{"period": YEAR} | asked, by=by)


def value(indicator: str = "person-times", **asked: Any) -> int:
    found = measure(indicator, MADE_UP, **{"period": YEAR} | asked).value
    assert found is not None
    assert found.is_exact
    return int(found.low or 0)


def refusal(indicator: str = "person-times", register: Register = MADE_UP, **asked: Any) -> str:
    with pytest.raises(UnsupportedQuestion) as caught:
        measure(indicator, register, **asked)
    return str(caught.value)


# --- time ------------------------------------------------------------------------------

first_days = st.dates(date(2022, 11, 1), date(2025, 2, 28)) | st.just(date.min)
asked_periods = st.builds(
    lambda first, length: Period(first, first + timedelta(length)),
    first_days,
    st.integers(0, 800),
) | st.integers(0, 400).map(lambda back: Period(date.max - timedelta(back), date.max))
KEYS: Mapping[str, Any] = {
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "quarter": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year:04}",
}


@laws
@given(asked_periods, st.sampled_from(sorted(KEYS)))
def test_the_parts_of_a_period_cover_it_once_under_the_keys_of_their_days(
    asked: Period, dimension: str
) -> None:
    parts = measure("person-times", EMPTY, period=asked, by=dimension)
    spans = [part.period for part in parts.values() if part.period is not None]
    assert len(spans) == len(parts)
    assert (spans[0].first, spans[-1].last) == (asked.first, asked.last)
    assert all(after.first - before.last == timedelta(1) for before, after in pairwise(spans))
    for key, span in zip(parts, spans, strict=True):
        assert KEYS[dimension](span.first) == KEYS[dimension](span.last) == key
    assert len(set(parts)) == len({KEYS[dimension](span.first) for span in spans})


def test_a_period_is_split_at_the_turns_of_the_calendar_and_clipped_at_its_ends() -> None:
    asked = Period(date(2023, 11, 15), date(2024, 5, 2))
    assert {key: str(part.period) for key, part in split("quarter", period=asked).items()} == {
        "2023-Q4": "2023-11-15 to 2023-12-31",
        "2024-Q1": "2024-01-01 to 2024-03-31",
        "2024-Q2": "2024-04-01 to 2024-05-02",
    }
    assert list(split("year", period=asked)) == ["2023", "2024"]
    assert list(split("month", period=asked))[-3:] == ["2024-03", "2024-04", "2024-05"]
    day = Period.day(date(2024, 3, 15))
    for dimension, key in (("month", "2024-03"), ("quarter", "2024-Q1"), ("year", "2024")):
        ((only, part),) = split(dimension, period=day).items()
        assert (only, part.period, part.value) == (key, day, Interval.exactly(3))


@pytest.mark.parametrize("dimension", KEYS)
def test_time_is_not_split_without_a_period(dimension: str) -> None:
    told = f"to split by {dimension}, say which 'period' to split"
    assert refusal(by=dimension) == refusal(where={dimension: "2024"}) == told


# --- places ----------------------------------------------------------------------------

WAS, IS = {"until": date(2023, 6, 30)}, {"since": date(2023, 7, 1)}


def nested(*divisions: tuple[str, Level, str, dict[str, date]]) -> Register:
    """Return a register of a city and these divisions."""
    below = [
        Division(id=key, name=key, level=level, within=within, **times)
        for key, level, within, times in divisions
    ]
    city = Division(id="510100", name="市")
    return Register(jurisdiction="510100", divisions=[city, *below])


def test_a_division_is_split_into_the_next_lower_level_that_is_recorded() -> None:
    assert list(split("division")) == ["east", "west"]
    assert list(split("division", division="east")) == ["plum-lane", "bamboo-lane"]
    assert split("division", division="plum-lane") == {}
    skipping = nested(("lane", Level.COMMUNITY, "510100", {}))
    assert list(measure("person-times", skipping, by="division")) == ["lane"]
    assert measure("person-times", EMPTY, by="division") == {}


def test_a_division_is_split_into_a_level_by_its_name() -> None:
    assert list(split("county")) == ["district"]
    assert list(split("township")) == ["east", "west"]
    assert list(split("community", division="west")) == ["orchid-lane", "pine-lane"]
    assert split("county", division="west") == split("township", division="plum-lane") == {}


@pytest.mark.parametrize(
    ("period", "stood"),
    [
        (Period.year(2022), ["old"]),
        (Period.year(2023), ["old", "new"]),
        (Period.year(2024), ["new"]),
        (Period.day(date(2023, 6, 30)), ["old"]),
        (Period.day(date(2023, 7, 1)), ["new"]),
        (None, ["old", "new"]),
    ],
)
def test_a_division_is_split_into_what_stood_in_the_period(
    period: Period | None, stood: list[str]
) -> None:
    register = nested(("old", Level.COUNTY, "510100", WAS), ("new", Level.COUNTY, "510100", IS))
    for dimension in ("division", "county"):
        assert list(measure("person-times", register, period=period, by=dimension)) == stood
    if "old" not in stood:
        message = refusal(register=register, period=period, where={"county": "old"})
        assert message == "no county is called 'old'; is it one of new?"


def test_a_division_is_narrowed_to_by_its_code_too() -> None:
    register = nested(("510112", Level.COUNTY, "510100", {}))
    coded: Any = {"county": DivisionCode("510112")}
    found = measure("person-times", register, where=coded)
    assert (found.division, found.where) == ("510112", (("county", "510112"),))


# --- what it is about ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "dimension", "values"),
    [
        ("person-times", "organiser", {"plum": 14, "bamboo": 9, "orchid": 4}),
        ("person-times", "team", {"brush": 10, "skills": 5, "choir": 0}),
        (
            "person-times",
            "theme",
            {"书法": 10, "数字技能": 6, "文艺": 4, "法治": 4, "职业技能": 5},
        ),
        ("person-times", "mode", {"on-site": 21, "online": 4, "mixed": 2}),
        (
            "distinct-learners",
            "group",
            {
                "elderly": 4,
                "youth": 1,
                "new-residents": 1,
                "migrant-workers": 1,
                "unemployed": 1,
                "women": 4,
                "disabled": 1,
                "new-farmers": 1,
            },
        ),
        (
            "institutions",
            "level",
            {"province": 0, "city": 0, "county": 1, "township": 1, "community": 0},
        ),
        ("institutions", "kind", {"university": 0, "college": 1, "centre": 0, "school": 1}),
        ("funds-budgeted", "use", {"场地": 1000, "教学活动": 1500}),
        ("training-days", "role", {"full-time": 10, "part-time": 11, "volunteer": 0}),
    ],
)
def test_a_figure_is_split_by_what_the_records_name_in_a_steady_order(
    indicator: str, dimension: str, values: dict[str, int]
) -> None:
    parts = split(dimension, indicator)
    found = {key: part.value for key, part in parts.items()}
    assert list(found.items()) == [(key, Interval.exactly(each)) for key, each in values.items()]
    for key, each in values.items():
        assert value(indicator, where={dimension: key}) == each
        assert parts[key].where == ((dimension, key),)
        assert f", {dimension} {key}: " in str(parts[key])


def test_the_parts_are_a_mapping_that_cannot_be_changed() -> None:
    parts: Any = split("mode")
    with pytest.raises(TypeError):
        parts["online"] = parts["mixed"]
    with pytest.raises(TypeError):
        del parts["online"]


@pytest.mark.parametrize(
    ("dimension", "member", "indicator"),
    [
        ("mode", Mode.ONLINE, "person-times"),
        ("group", LearnerGroup.ELDERLY, "person-times"),
        ("level", Level.TOWNSHIP, "institutions"),
        ("kind", OrganisationKind.SCHOOL, "institutions"),
        ("role", StaffRole.PART_TIME, "staff"),
    ],
)
def test_a_key_may_be_given_as_the_member_that_it_names(
    dimension: str, member: Enum, indicator: str
) -> None:
    by_member = measure(indicator, MADE_UP, period=YEAR, where={dimension: member})
    by_key = measure(indicator, MADE_UP, period=YEAR, where={dimension: member.value})
    assert by_member == by_key
    assert by_member.where == ((dimension, member.value),)


def test_several_dimensions_narrow_together_and_each_is_told() -> None:
    where: dict[str, str | Enum] = {"month": "2024-04", "mode": Mode.ONLINE, "organiser": "plum"}
    assert value(where=where | {"group": "elderly"}) == 2
    assert value(where={"theme": "数字技能", "team": "skills"}) == 2
    assert value(where={"quarter": "2024-Q2", "theme": "书法"}) == 0
    assert value(where={"year": "2024", "quarter": "2024-Q2", "month": "2024-05"}) == 3
    assert value(where={"township": "east", "community": "bamboo-lane"}) == 9
    parts = split("group", where=where)
    assert parts["youth"].where == (
        ("month", "2024-04"),
        ("mode", "online"),
        ("organiser", "plum"),
        ("group", "youth"),
    )
    assert parts["youth"].period == Period.month(2024, 4)
    assert ", month 2024-04, mode online, organiser plum, group youth: 1 " in str(parts["youth"])


def test_what_was_narrowed_is_split_within() -> None:
    assert list(split("month", where={"quarter": "2024-Q2"})) == ["2024-04", "2024-05", "2024-06"]
    assert list(split("year", where={"month": "2024-04"})) == ["2024"]
    assert list(split("community", where={"division": "west"})) == ["orchid-lane", "pine-lane"]
    by_mode = split("mode", where={"theme": "数字技能"})
    assert [part.value for part in by_mode.values()] == list(map(Interval.exactly, (0, 4, 2)))


@pytest.mark.parametrize("dimension", ["theme", "mode", "group", "organiser", "team"])
def test_what_was_narrowed_along_a_dimension_is_not_widened_along_it(dimension: str) -> None:
    for key in split(dimension):
        narrowed_to = value(where={dimension: key})
        try:
            again = split(dimension, where={dimension: key})
        except UnsupportedQuestion:
            continue
        possible = {Interval.exactly(few) for few in range(narrowed_to + 1)}
        assert {part.value for part in again.values()} <= possible


def test_the_order_of_what_is_narrowed_to_does_not_matter() -> None:
    quiet = Workstation(id="quiet", name="静里工作站", division="pine-lane")
    register = evolve(MADE_UP, workstations=[*MADE_UP.workstations, quiet])
    where = {"organiser": "quiet", "division": "east"}
    turned = dict(reversed(where.items()))
    one, other = (measure("person-times", register, where=each) for each in (where, turned))
    assert one.value == other.value


# --- what cannot be asked --------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"by": "role"}, "person-times cannot be split by 'role'; it splits by: month, quarter, "),
        ({"where": {"use": "场地"}}, "person-times cannot be split by 'use'; it splits by: month"),
        ({"by": "thème"}, "cannot be split by 'thème'; it splits by: "),
        ({"where": {"theme": "书"}}, "no theme is called '书'; is it one of 书法?"),
        ({"where": {"month": "2024-5"}}, "no month is called '2024-5'; is it one of 2024-05, "),
        ({"where": {"month": "2025-05"}}, "no month is called '2025-05'; is it one of 2024-05, "),
        ({"where": {"quarter": "Q2"}}, "no quarter is called 'Q2'; is it one of 2024-Q2"),
        ({"where": {"division": "wets"}}, "no division is called 'wets'; is it one of west"),
        ({"where": {"division": "plum-lane"}}, "no division is called 'plum-lane'; is it one of"),
        (
            {"where": {"mode": LearnerGroup.ELDERLY}},
            "no mode is called 'elderly'; is it one of on-",
        ),
        ({"where": {"group": "old"}}, "no group is called 'old'; is it one of elderly?"),
        ({"where": {"team": ""}}, "no team is called ''; is it one of brush, skills, choir?"),
        ({"where": {"organiser": 5}}, "no organiser is called '5'; is it one of plum, "),
    ],
)
def test_what_is_no_dimension_or_no_key_is_told_with_what_comes_close(
    asked: dict[str, Any], words: str
) -> None:
    assert words in refusal(**{"period": YEAR} | asked)


def test_where_nothing_is_recorded_no_key_comes_close() -> None:
    for dimension in ("team", "theme", "organiser", "division"):
        told = f"no {dimension} is called 'x': none is recorded"
        assert refusal(register=EMPTY, where={dimension: "x"}) == told


def test_several_indicators_are_those_asked_for_and_each_must_be_one() -> None:
    everything = measure_all(MADE_UP, period=YEAR)
    assert list(everything) == list(catalogue())
    assert all(found == measure(key, MADE_UP, period=YEAR) for key, found in everything.items())
    assert list(measure_all(MADE_UP, iter(["staff", "person-times"]))) == ["staff", "person-times"]
    assert measure_all(MADE_UP, [], period=YEAR) == {}
    with pytest.raises(UnknownIndicator, match="no indicator is called 'staf'; is it one of staff"):
        measure_all(MADE_UP, ["person-times", "staf"])
    with pytest.raises(UnsupportedQuestion, match="division 'x' is not recorded"):
        measure_all(MADE_UP, division="x")
