"""Parts of periods, numbers in print, and units per person.

Quarters, overlaps, lengths, months and weeks are what a walk over the days finds, from the first
year of the calendar to the last. An interval prints numbers of at most 12 decimal places as
decimals, and others as fractions, and never rounds one. What is divided by persons and multiplied
by them again is what it was.
"""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.periods import Period, covers
from commed.quantities import Interval, Quantity, Unit, UnitMismatch

laws = settings(deadline=None, max_examples=100)
CENTURIES = (date(MINYEAR, 1, 1), date(1899, 11, 20), date(2023, 12, 1), date(MAXYEAR, 10, 15))
starts = st.sampled_from(CENTURIES).flatmap(
    lambda day: st.integers(0, 70).map(lambda more: day + timedelta(more))
)


@st.composite
def periods(draw: st.DrawFn, longest: int = 130) -> Period:
    first = draw(starts)
    room = min(longest, (date.max - first).days)
    return Period(first, first + timedelta(draw(st.integers(0, room))))


def days_of(period: Period) -> list[date]:
    ordinals = range(period.first.toordinal(), period.last.toordinal() + 1)
    return [date.fromordinal(ordinal) for ordinal in ordinals]


# --- periods ---------------------------------------------------------------------------


@pytest.mark.parametrize("year", [MINYEAR, 1900, 2000, 2023, 2024, MAXYEAR])
def test_a_quarter_holds_the_days_of_its_three_months(year: int) -> None:
    for number in range(1, 5):
        walked = [day for day in days_of(Period.year(year)) if (day.month + 2) // 3 == number]
        assert days_of(Period.quarter(year, number)) == walked
    quarters = [Period.quarter(year, number) for number in range(1, 5)]
    assert covers(quarters, Period.year(year))
    assert sum(quarter.length for quarter in quarters) == Period.year(year).length
    assert all(one.overlap(other) is None for one, other in pairwise(quarters))


@pytest.mark.parametrize("number", [-1, 0, 5, 13])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="month"):
        Period.quarter(2024, number)


@laws
@given(periods(), periods())
def test_an_overlap_holds_the_days_that_both_hold(one: Period, other: Period) -> None:
    both = sorted({*days_of(one)} & {*days_of(other)})
    overlap = one.overlap(other)
    assert (days_of(overlap) if overlap else []) == both
    assert other.overlap(one) == overlap
    assert one.overlap(one) == one


@laws
@given(periods())
def test_a_length_is_how_many_days_there_are(period: Period) -> None:
    assert period.length == len(days_of(period))


@laws
@given(periods(longest=800))
def test_the_months_are_those_that_lie_wholly_inside(period: Period) -> None:
    held = {*days_of(period)}
    walked = [
        month
        for year, number in sorted({(day.year, day.month) for day in held})
        if {*days_of(month := Period.month(year, number))} <= held
    ]
    assert list(period.months()) == walked


@laws
@given(periods())
def test_the_weeks_run_from_monday_to_sunday_and_lie_wholly_inside(period: Period) -> None:
    days = days_of(period)
    mondays = [day for day in days[: max(len(days) - 6, 0)] if day.isoweekday() == 1]
    weeks = list(period.weeks())
    assert [week.first for week in weeks] == mondays
    assert all((week.length, week.last.isoweekday()) == (7, 7) for week in weeks)
    assert all(week.within(period) for week in weeks)


@pytest.mark.parametrize(
    ("period", "months", "weeks"),
    [
        (Period.year(MINYEAR), 12, 52),  # it begins on a Monday
        (Period.year(MAXYEAR), 12, 51),  # it begins and ends on a Friday
        (Period.day(date.min), 0, 0),
        (Period.day(date.max), 0, 0),
        (Period.month(MAXYEAR, 12), 1, 3),
        (Period(date.min, date.min + timedelta(6)), 0, 1),
        (Period(date.max - timedelta(6), date.max), 0, 0),
    ],
)
def test_the_ends_of_the_calendar_have_parts_too(period: Period, months: int, weeks: int) -> None:
    assert (len(list(period.months())), len(list(period.weeks()))) == (months, weeks)
    assert period.overlap(Period(date.min, date.max)) == period


@pytest.mark.exhaustive
def test_all_the_days_there_are_have_their_length_and_their_weeks() -> None:
    always = Period(date.min, date.max)
    assert always.length == date.max.toordinal()
    assert sum(1 for _ in always.weeks()) == (always.length - 5) // 7
    assert Period.quarter(MAXYEAR, 4).last == date.max
    assert Period.quarter(MINYEAR, 1).first == date.min


# --- numbers in print ------------------------------------------------------------------

short = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**20), 10**20),
    st.integers(0, 12),
)
any_number = short | st.fractions() | st.builds(Fraction, st.integers(), st.just(10**13))
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]{0,11}[1-9]")
FRACTION = re.compile(r"-?[1-9][0-9]*/[1-9][0-9]*")


def has_few_places(value: Fraction) -> bool:
    return (value * 10**12).denominator == 1


@laws
@given(any_number)
def test_a_number_is_printed_as_it_is(value: Fraction) -> None:
    text = str(Interval.exactly(value))
    assert Fraction(text) == value
    if value.denominator == 1:
        assert text == str(int(value))
    elif has_few_places(value):
        assert DECIMAL.fullmatch(text)
    else:
        assert FRACTION.fullmatch(text)


@laws
@given(any_number, any_number, st.tuples(st.booleans(), st.booleans()))
def test_the_ends_of_an_interval_are_decimals_where_both_can_be(
    one: Fraction, other: Fraction, closed: tuple[bool, bool]
) -> None:
    low, high = min(one, other), max(one, other)
    if low != high:
        text = str(Interval(low, high, *closed))
        first, second = text[1:-1].split(", ")
        assert (Fraction(first), Fraction(second)) == (low, high)
        assert ("/" in text) == (not (has_few_places(low) and has_few_places(high)))
        assert not ("/" in text and "." in text)
        assert (text[0] == "[", text[-1] == "]") == closed


@laws
@given(any_number, st.booleans())
def test_an_unbounded_interval_prints_its_one_end_like_a_number(
    value: Fraction,
    closed: bool,  # noqa: FBT001
) -> None:
    number = str(Interval.exactly(value))
    left, right = ("[", "]") if closed else ("(", ")")
    assert str(Interval(value, None, closed)) == f"{left}{number}, ∞)"
    assert str(Interval(None, value, high_closed=closed)) == f"(-∞, {number}{right}"
    assert str(Interval(None, None)) == "(-∞, ∞)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 10**13), "1/10000000000000"),
        (Fraction(10**15 + 1, 10**12), "1000.000000000001"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 3), "-7/3"),
        (Fraction(1, 4096), "0.000244140625"),
        (Fraction(1, 8192), "1/8192"),
        (Fraction(100), "100"),
    ],
)
def test_a_number_in_print(value: Fraction, shown: str) -> None:
    assert str(Interval.exactly(value)) == shown


# --- units per person ------------------------------------------------------------------

PER_PERSON = {
    Unit.MINUTES: Unit.MINUTES_PER_PERSON,
    Unit.HOURS: Unit.HOURS_PER_PERSON,
    Unit.DAYS: Unit.DAYS_PER_PERSON,
    Unit.YUAN: Unit.YUAN_PER_PERSON,
    Unit.PERSON_TIMES: Unit.PERSON_TIMES_PER_PERSON,
}


@pytest.mark.parametrize(("whole", "each"), list(PER_PERSON.items()))
def test_what_is_divided_by_persons_multiplies_back(whole: Unit, each: Unit) -> None:
    assert whole / Unit.PERSONS is each
    assert whole / each is Unit.PERSONS
    assert each * Unit.PERSONS is whole
    assert Unit.PERSONS * each is whole
    assert each / each is Unit.RATIO
    for plain in (Unit.RATIO, Unit.NUMBER):
        assert each * plain is plain * each is each / plain is each
    with pytest.raises(UnitMismatch):
        Unit.PERSONS / each


@given(st.sampled_from(sorted(PER_PERSON, key=str)), st.fractions(), st.integers(1, 10**9))
def test_an_amount_for_each_person_times_the_persons_is_the_amount(
    unit: Unit, amount: Fraction, persons: int
) -> None:
    whole, people = Quantity.exactly(amount, unit), Quantity.exactly(persons, Unit.PERSONS)
    assert (whole / people) * people == whole
    assert (whole / people).unit is PER_PERSON[unit]


@pytest.mark.parametrize("unit", [Unit.MINUTES, Unit.HOURS, Unit.DAYS])
def test_a_length_of_time_is_divided_by_persons_alone(unit: Unit) -> None:
    for other in {*Unit} - {unit, PER_PERSON[unit], Unit.PERSONS, Unit.RATIO, Unit.NUMBER}:
        with pytest.raises(UnitMismatch):
            unit / other
    with pytest.raises(UnitMismatch):
        unit * Unit.PERSONS


def test_of_what_is_counted_only_whole_numbers_exist() -> None:
    counts = {"person-times", "persons", "teams", "items", "institutions", "courses", "sessions"}
    assert {unit.value for unit in Unit if unit.is_count} == counts
    assert not any(unit.is_count and unit.is_plain for unit in Unit)
