"""Staff: nobody is counted twice, the last record of the year counts, and roles stay apart.

A record of a division counts everybody in it. So whatever bodies and divisions are recorded of
one true staff, that staff lies inside.
"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed.evidence import EDUCATION
from commed.indicators import Measurement, measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Population, Staffing, StaffRole
from commed.references import Collection
from commed.register import Completeness, Register

HERE, EAST, WEST, NEAR = "510112", "510112001", "510112002", "510112001001"
DIVISIONS = (HERE, EAST, WEST, NEAR)
SITES = {"of-district": HERE, "of-east": EAST, "of-west": WEST, "of-near": NEAR}
INSIDE = {HERE: DIVISIONS, EAST: (EAST, NEAR), WEST: (WEST,), NEAR: (NEAR,)}
YEAR, DAY = Period.year(2024), date(2024, 12, 31)
DAYS_EACH = "training-days-per-staff"
ROLES = [role.value for role in StaffRole]
WHOLE = [Collection.STAFFINGS]


def staff(where: str, persons: int | str | Quantity, **changes: Any) -> dict[str, Any]:
    """Tell of the full-time staff of a division or a body, on the last day of the year."""
    whose = "organisation" if where in SITES else "division"
    told = {whose: where, "persons": persons, "role": StaffRole.FULL_TIME, "on": DAY}
    return told | changes


def register(*told: dict[str, Any], **lists: Any) -> Register:
    known: dict[str, Any] = {
        "divisions": [Division(id=key, name=key) for key in DIVISIONS],
        "workstations": [Workstation(id=key, name=key, division=SITES[key]) for key in SITES],
        "staffings": [Staffing(**{"id": f"s{index}"} | each) for index, each in enumerate(told)],
        "complete": WHOLE,
    }
    return Register(**{"jurisdiction": HERE} | known | lists)


def asked(*told: dict[str, Any], indicator: str = "staff", **question: Any) -> Measurement:
    return measure(indicator, register(*told), **{"period": YEAR} | question)


def value(*told: dict[str, Any], **question: Any) -> Interval | None:
    return asked(*told, **question).value


def exactly(number: int | Fraction) -> Interval:
    return Interval.exactly(number)


# --- nobody is counted twice -----------------------------------------------------------


@pytest.mark.parametrize("inside", ["of-district", "of-east", "of-near", EAST, NEAR])
def test_a_record_of_a_division_includes_what_lies_in_it(inside: str) -> None:
    found = asked(staff(HERE, 10), staff(inside, 4))
    assert (found.value, found.needs) == (exactly(10), ())
    assert [evidence.key for evidence in found.evidence] == ["s0"]


def test_bodies_and_divisions_beside_each_other_add_up() -> None:
    told = [staff(EAST, 5), staff("of-near", 2), staff("of-west", 3), staff("of-district", 1)]
    assert value(*told) == exactly(9)
    split = measure("staff", register(*told[:3]), period=YEAR, by="township")
    assert {key: part.value for key, part in split.items()} == {EAST: exactly(5), WEST: exactly(3)}


def test_the_record_of_a_lower_division_stands_for_its_own_part_alone() -> None:
    assert value(staff(NEAR, 2), staff("of-near", 1), staff("of-east", 4)) == exactly(6)


@given(
    counts=st.fixed_dictionaries({key: st.integers(0, 3) for key in SITES}),
    bodies=st.sets(st.sampled_from(list(SITES))),
    places=st.sets(st.sampled_from(DIVISIONS)),
)
def test_whatever_is_recorded_of_one_true_staff_it_lies_inside(
    counts: dict[str, int], bodies: set[str], places: set[str]
) -> None:
    at = {SITES[key]: number for key, number in counts.items()}
    sums = {place: sum(at[part] for part in INSIDE[place]) for place in DIVISIONS}
    told = [staff(key, counts[key]) for key in sorted(bodies)]
    told += [staff(key, sums[key]) for key in sorted(places)]
    recorded = {SITES[body] for body in bodies} | {
        part for place in places for part in INSIDE[place]
    }
    all_told = all(part in recorded or not at[part] for part in DIVISIONS)
    known = register(*told, complete=WHOLE * all_told)
    for place in DIVISIONS:
        found = measure("staff", known, period=YEAR, division=place, where={"role": "full-time"})
        assert found.value is None or sums[place] in found.value
    whole = measure("staff", known, period=YEAR, where={"role": "full-time"}).value
    if HERE in places or all_told:
        assert whole == exactly(sums[HERE])
    else:
        seen = sum(at[part] for part in recorded)
        assert whole == (Interval(seen, None) if seen else None)


def test_the_staff_of_the_district_may_work_in_the_township() -> None:
    assert value(staff(HERE, 10), division=EAST) == Interval(0, 10)
    assert value(staff("of-district", 3), staff("of-east", 4), division=EAST) == Interval(4, 7)
    assert value(staff(WEST, 10), division=EAST) == exactly(0)


def test_the_own_record_of_a_division_says_it_all() -> None:
    assert value(staff(HERE, 10), staff(EAST, 4), division=EAST) == exactly(4)


def test_the_staff_of_a_body_is_within_that_of_what_lies_around_it() -> None:
    assert value(staff(HERE, 10), staff("of-east", 4), division=EAST) == Interval(4, 10)


# --- of one body -----------------------------------------------------------------------


def test_the_staff_of_one_body_is_its_own() -> None:
    told = [staff("of-east", 4), staff("of-west", 3)]
    split = measure("staff", register(*told), period=YEAR, by="organiser")
    assert {key: part.value for key, part in split.items()} == {
        "of-district": exactly(0),
        "of-east": exactly(4),
        "of-west": exactly(3),
        "of-near": exactly(0),
    }


@pytest.mark.parametrize("place", [HERE, EAST])
def test_the_record_of_a_division_adds_nothing_to_that_of_one_body(place: str) -> None:
    told = [staff(place, 10), staff("of-east", 4)]
    assert value(*told, where={"organiser": "of-east"}) == exactly(4)


def test_the_staff_of_any_body_may_be_asked_for() -> None:
    college = Organisation(
        id="college", name="college", kind=OrganisationKind.COLLEGE, division=HERE
    )
    told: Any = [staff("of-east", 4) | {"organisation": "college"}]
    known = register(*told, organisations=[college])
    asked_of = measure("staff", known, period=YEAR, where={"organiser": "college"})
    assert asked_of.value == exactly(4)


def test_whoever_the_division_counts_may_work_for_a_body_without_a_record() -> None:
    found = value(staff(HERE, 10), where={"organiser": "of-east"})
    assert found is not None
    assert exactly(0).intersection(found) == exactly(0)
    assert value(staff(WEST, 10), where={"organiser": "of-east"}, division=EAST) == exactly(0)


# --- the last of the year --------------------------------------------------------------


def test_of_a_body_the_last_record_of_the_year_counts() -> None:
    told = [
        staff("of-east", 9, on=date(2023, 12, 31)),
        staff("of-east", 6, on=date(2024, 11, 1)),
        staff("of-east", 5, on=date(2024, 3, 1)),
        staff("of-east", 7, on=date(2025, 1, 1)),
    ]
    for order in (told, told[::-1]):
        assert value(*order) == exactly(6)
        assert value(*order, period=Period.quarter(2024, 1)) == exactly(6)
        assert value(*order, period=Period.year(2023)) == exactly(9)
        assert value(*order, period=None) == exactly(7)


def test_a_record_of_another_year_is_never_used_in_its_place() -> None:
    told = [staff(HERE, 9, on=date(2023, 12, 31))]
    assert value(*told) == exactly(0)
    partial = measure("staff", register(*told, complete=()), period=YEAR)
    assert partial.value is None
    assert [need.supplier for need in partial.needs] == [EDUCATION]


def test_the_years_are_apart() -> None:
    told = [staff(HERE, 9, on=date(2023, 12, 31)), staff(HERE, 10)]
    both = Period(date(2023, 1, 1), DAY)
    split = measure("staff", register(*told), period=both, by="year")
    assert {key: part.value for key, part in split.items()} == {
        "2023": exactly(9),
        "2024": exactly(10),
    }


# --- roles, lists, inexact figures -----------------------------------------------------


def test_the_roles_are_apart_and_add_up() -> None:
    told = [
        staff(HERE, 10),
        staff("of-east", 4, role=StaffRole.PART_TIME),
        staff("of-west", 3, role=StaffRole.PART_TIME),
        staff(HERE, 30, role=StaffRole.VOLUNTEER),
    ]
    split = measure("staff", register(*told), period=YEAR, by="role")
    assert [split[role].value for role in ROLES] == [exactly(10), exactly(7), exactly(30)]
    assert value(*told) == exactly(47)
    assert value(*told, where={"role": StaffRole.VOLUNTEER}) == exactly(30)


def test_a_partial_list_gives_a_lower_bound_unless_the_division_has_its_own_record() -> None:
    told = [staff(HERE, 10), staff("of-east", 4, role=StaffRole.PART_TIME)]
    known = register(*told, complete=())
    split = measure("staff", known, period=YEAR, by="role")
    assert [split[role].value for role in ROLES] == [exactly(10), Interval(4, None), None]
    whole = measure("staff", known, period=YEAR)
    assert whole.value == Interval(14, None)
    assert [need.supplier for need in whole.needs] == [EDUCATION]
    assert [(each.records, each.complete) for each in whole.coverage] == [(2, False)]


def test_a_list_is_whole_for_the_year_it_is_claimed_for() -> None:
    claim = Completeness(collection=Collection.STAFFINGS, period=YEAR)
    known = register(staff("of-east", 4), complete=[claim])
    assert measure("staff", known, period=Period.month(2024, 3)).value == exactly(4)
    assert measure("staff", known, period=Period.year(2025)).value is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("20余人", 20, 29), ("近10人", 9, 9), ("约15人", 14, 16), ("不足3人", 0, 2), ("2至4人", 2, 4)],
)
def test_inexact_staff_is_in_whole_persons(words: str, low: int, high: int) -> None:
    found = asked(staff(HERE, words))
    assert found.value == Interval(low, high)
    assert bool(found.needs) == (low != high)


def test_staff_by_ten_thousand_residents() -> None:
    people = [Population(division=HERE, on=DAY, persons=40_000)]
    told = [staff(HERE, 10), staff(EAST, 4)]
    indicator = "staff-per-10000-residents"
    known = register(*told, populations=people)
    found = measure(indicator, known, period=YEAR, where={"role": "full-time"})
    unit = Unit.PERSONS_PER_TEN_THOUSAND
    assert found.quantity == Quantity.exactly(Fraction(5, 2), unit)
    without = asked(*told, indicator=indicator)
    assert without.value is None
    assert {need.collection for need in without.needs} == {Collection.POPULATIONS}


# --- training --------------------------------------------------------------------------


def test_the_days_of_training_add_up_like_the_staff() -> None:
    told = [
        staff(EAST, 5, training_days=20),
        staff("of-near", 2, training_days=6),
        staff("of-west", 3, training_days=1),
        staff("of-west", 3, training_days=7, role=StaffRole.PART_TIME),
    ]
    days = asked(*told, indicator="training-days")
    assert days.quantity == Quantity.exactly(28, Unit.DAYS)
    each = asked(*told, indicator=DAYS_EACH)
    assert each.quantity == Quantity.exactly(Fraction(28, 11), Unit.DAYS_PER_PERSON)
    assert each.denominator == Quantity.exactly(11, Unit.PERSONS)
    split = measure(DAYS_EACH, register(*told), period=YEAR, by="role")
    assert split["part-time"].value == exactly(Fraction(7, 3))
    assert split["volunteer"].value is None
    assert split["volunteer"].needs


def test_days_that_are_not_told_may_be_any_number() -> None:
    told = [staff("of-east", 4, training_days=8), staff("of-west", 4)]
    days = asked(*told, indicator="training-days")
    assert days.value == Interval(8, None)
    assert days.needs
    assert value(*told, indicator=DAYS_EACH) == Interval(1, None)
    assert value(told[1], indicator="training-days") is None
    assert value(told[1], indicator=DAYS_EACH) is None


@given(st.integers(0, 9), st.integers(0, 5), st.integers(0, 5))
def test_training_for_each_holds_every_staff_that_may_be(days: int, low: int, more: int) -> None:
    words = Quantity(Interval(low, low + more), Unit.PERSONS)
    told = [
        staff("of-east", 1, training_days=days),
        staff("of-west", words, training_days=2),
    ]
    found = value(*told, indicator=DAYS_EACH)
    shares = [Fraction(days + 2, 1 + persons) for persons in range(low, low + more + 1)]
    assert found == Interval(min(shares), max(shares))


def test_no_training_is_had_by_nobody() -> None:
    for days in (0, None):
        found = asked(staff(HERE, 0, training_days=days), indicator=DAYS_EACH)
        assert found.value is None
        assert found.needs


def test_the_made_up_district_has_seven_workers_and_twenty_odd_volunteers() -> None:
    known = commed.example("made-up-district")
    assert measure("staff", known, period=YEAR).value == Interval(27, 36)
    assert measure("training-days", known, period=YEAR).value == exactly(21)
    each = measure(DAYS_EACH, known, period=YEAR)
    assert each.value == Interval(Fraction(21, 36), Fraction(21, 27))
    full_time = measure(DAYS_EACH, known, period=YEAR, where={"role": "full-time"})
    assert full_time.value == exactly(5)
