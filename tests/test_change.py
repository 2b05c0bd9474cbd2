"""Change: what went from one period to a later one, and no more than both values tell.

Rates are held against exact powers and against decimal arithmetic of many digits; a direction,
against every choice of two values.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.indicators import (
    Measurement,
    Timing,
    UnknownIndicator,
    UnsupportedQuestion,
    definition,
    measure,
)
from commed.indicators.change import Change, Direction
from commed.indicators.comparing import change
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.records.learning import LearningTeam
from commed.records.resources import Funding, FundingStage
from commed.references import Collection
from commed.register import Register

HERE, PART = "510112", "510112001"
FUNDS, TEAMS = "funds-budgeted", "learning-teams"
BEFORE, NOW = Period.year(2022), Period.year(2024)
ONE = Interval.exactly(1)
STEP = Fraction(1, 10**12)
MANY = Context(prec=60)
NEAR = Decimal("1e-50")  # as far as the decimal logarithm is trusted


def taken(value: Interval | None, period: Period | None, indicator: str = FUNDS) -> Measurement:
    return Measurement(
        indicator=definition(indicator),
        division=HERE,
        period=period,
        value=value,
        numerator=None,
        denominator=None,
        coverage=(),
        evidence=(),
        needs=(),
    )


def changed(
    before: Interval | int | None,
    after: Interval | int | None,
    earlier: Period | None = BEFORE,
    later: Period | None = NOW,
) -> Change:
    first, last = (
        Interval.exactly(each) if isinstance(each, int) else each for each in (before, after)
    )
    return Change(earlier=taken(first, earlier), later=taken(last, later))


def ends(interval: Interval | None) -> tuple[Fraction, Fraction]:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


def months_later(months: int) -> Period:
    """Return the day that is so many months after the first of 2022."""
    return Period.day(date(2022 + months // 12, months % 12 + 1, 1))


wholes = st.integers(1, 10**9)


# --- by how much -----------------------------------------------------------------------


@given(wholes, wholes)
def test_the_change_of_exact_values_is_exact(before: int, after: int) -> None:
    found = changed(before, after)
    assert found.absolute == Quantity.exactly(after - before, Unit.YUAN)
    assert found.relative == Interval.exactly(Fraction(after - before, before))


@st.composite
def spans(draw: st.DrawFn, least: int = 0) -> Interval:
    """Draw an interval with or without its ends; it may have no upper one."""
    low = draw(st.integers(least, least + 4))
    high = draw(st.none() | st.integers(low, low + 3))
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


def values(interval: Interval) -> Iterator[Fraction]:
    """Yield numbers of the interval: its ends, those next to them, and some between."""
    low = interval.low or Fraction(0)
    high = low + 9 if interval.high is None else interval.high
    near = Fraction(1, 1000)
    for value in (low, low + near, (low + high) / 2, high - near, high):
        if value in interval:
            yield value


@given(spans(least=1), spans())
def test_every_choice_of_two_values_lies_inside(before: Interval, after: Interval) -> None:
    found = changed(before, after)
    assert found.absolute is not None
    assert found.relative is not None
    for first, last in product(values(before), values(after)):
        assert last - first in found.absolute.interval
        assert last / first - 1 in found.relative


def test_an_interval_of_change_is_no_wider_than_it_must_be() -> None:
    found = changed(Interval(10, 20), Interval(30, 40, high_closed=False))
    assert found.absolute == Quantity(Interval(10, 30, high_closed=False), Unit.YUAN)
    assert found.relative == Interval(Fraction(1, 2), 3, high_closed=False)


@pytest.mark.parametrize(
    "before", [Interval.exactly(0), Interval(0, 5), Interval(0, None)], ids=str
)
def test_there_is_no_rate_from_what_may_be_zero(before: Interval) -> None:
    found = changed(before, 5)
    assert (found.relative, found.compound_rate) == (None, None)
    assert found.absolute is not None


def test_from_above_zero_the_rate_may_be_without_end() -> None:
    found = changed(Interval(0, 5, low_closed=False), 10)
    assert found.relative == Interval(1, None)
    assert found.compound_rate is not None
    assert found.compound_rate.high is None
    fell = changed(10, Interval(0, 5, low_closed=False))
    assert fell.relative == Interval(-1, Fraction(-1, 2), low_closed=False)


@pytest.mark.parametrize(("before", "after"), [(None, 1), (1, None), (None, None)])
def test_what_has_no_value_has_no_change(before: int | None, after: int | None) -> None:
    found = changed(before, after)
    assert (found.absolute, found.relative, found.compound_rate) == (None, None, None)
    assert found.direction is Direction.UNDETERMINED
    assert str(found) == "funds budgeted (funds-budgeted), 510112: undetermined"


# --- the yearly rate -------------------------------------------------------------------


@given(st.fractions(Fraction(1, 9), 9, max_denominator=30), st.integers(1, 8))
def test_what_grows_by_the_same_rate_each_year_has_just_that_rate(
    growth: Fraction, years: int
) -> None:
    start = Interval.exactly(1000)
    end = start * Interval.exactly(growth**years)
    found = changed(start, end, later=Period.year(2022 + years))
    assert found.compound_rate == Interval.exactly(growth - 1)


@given(wholes, wholes, st.integers(1, 100))
def test_the_rate_solves_its_equation_within_a_step_of_twelve_digits(
    before: int, after: int, months: int
) -> None:
    low, high = ends(changed(before, after, BEFORE, months_later(months)).compound_rate)
    grown = Fraction(after, before) ** 12
    assert (1 + low) ** months <= grown <= (1 + high) ** months
    assert high - low <= STEP
    if low != high:
        assert (low / STEP).denominator == (high / STEP).denominator == 1
    years = MANY.divide(Decimal(12), Decimal(months))
    ratio = MANY.ln(MANY.divide(Decimal(after), Decimal(before)))
    rate = Fraction(MANY.exp(MANY.multiply(ratio, years))) - 1
    slack = Fraction(NEAR) * (1 + abs(rate))
    assert low - slack <= rate <= high + slack


@given(spans(least=1), spans(), st.integers(1, 30))
def test_the_rate_of_every_choice_lies_inside(
    before: Interval, after: Interval, months: int
) -> None:
    found = changed(before, after, BEFORE, months_later(months)).compound_rate
    assert found is not None
    for first, last in product(values(before), values(after)):
        grown = (last / first) ** 12
        assert found.low is not None
        assert (1 + found.low) ** months <= grown
        assert found.high is None or grown <= (1 + found.high) ** months


def test_the_rate_of_an_interval_is_rounded_outwards_to_twelve_digits() -> None:
    rate = changed(Interval.exactly(1), Interval(2, 3, high_closed=False)).compound_rate
    assert rate is not None
    assert str(rate) == "[0.414213562373, 0.732050807569)"
    assert changed(1, Interval(4, 9)).compound_rate == Interval(1, 2)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (None, NOW),
        (BEFORE, None),
        (BEFORE, Period(date(2024, 1, 2), date(2024, 12, 31))),
        (Period.day(date(2023, 1, 31)), Period.day(date(2023, 2, 28))),
        (Period.day(date(2024, 2, 29)), Period.day(date(2025, 2, 28))),
        (BEFORE, BEFORE),
        (BEFORE, Period.month(2022, 1)),
        (NOW, BEFORE),
    ],
    ids=str,
)
def test_there_is_no_yearly_rate_but_over_whole_months_onwards(
    earlier: Period | None, later: Period | None
) -> None:
    found = changed(100, 121, earlier, later)
    assert found.compound_rate is None
    assert found.relative == Interval.exactly(Fraction(21, 100))
    assert found.direction is Direction.ROSE


def test_the_months_are_counted_from_first_day_to_first_day() -> None:
    quarter, next_quarter = Period.quarter(2024, 1), Period.quarter(2024, 2)
    assert changed(10, 20, quarter, next_quarter).compound_rate == Interval.exactly(15)
    assert changed(10, 11, quarter, Period.quarter(2025, 1)).compound_rate == Interval.exactly(
        Fraction(1, 10)
    )
    assert changed(100, 0).compound_rate == Interval.exactly(-1)


def test_below_zero_nothing_grows_by_a_rate() -> None:
    assert changed(10, -5).compound_rate is None
    assert changed(10, Interval(-5, 5)).compound_rate is None
    assert changed(-10, 5).compound_rate is None


def test_from_below_zero_to_below_zero_nothing_grows_by_a_rate() -> None:
    assert changed(-10, -5).compound_rate is None


# --- which way -------------------------------------------------------------------------


def way(first: Fraction, last: Fraction) -> Direction:
    if first == last:
        return Direction.UNCHANGED
    return Direction.ROSE if last > first else Direction.FELL


@given(spans(), spans())
def test_the_direction_is_told_just_where_every_choice_agrees(
    before: Interval, after: Interval
) -> None:
    ways = {way(first, last) for first, last in product(values(before), values(after))}
    expected = ways.pop() if len(ways) == 1 else Direction.UNDETERMINED
    assert changed(before, after).direction is expected


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (Interval.exactly(5), Interval.exactly(5), Direction.UNCHANGED),
        (Interval(1, 2), Interval(1, 2), Direction.UNDETERMINED),
        (Interval(1, 3), Interval(2, 4), Direction.UNDETERMINED),
        (Interval(1, 2), Interval(2, 3), Direction.UNDETERMINED),
        (Interval(1, 2, high_closed=False), Interval(2, 3), Direction.ROSE),
        (Interval(2, 3, low_closed=False), Interval(1, 2), Direction.FELL),
        (Interval(0, 2), Interval(3, None), Direction.ROSE),
        (Interval(0, None), Interval(3, None), Direction.UNDETERMINED),
    ],
)
def test_overlapping_and_touching_values_tell_no_direction(
    before: Interval, after: Interval, direction: Direction
) -> None:
    assert changed(before, after).direction is direction


# --- measured on a register ------------------------------------------------------------


def register(**lists: Any) -> Register:
    places = [Division(id=key, name=key) for key in (HERE, PART)]
    whole = [Collection.FUNDINGS, Collection.TEAMS]
    return Register(**{"jurisdiction": HERE, "divisions": places, "complete": whole} | lists)


def budgets(*amounts: int) -> Register:
    """Return a register with a budget for each year from 2022 on."""
    fundings = [
        Funding(
            id=f"f{year}",
            division=HERE,
            period=Period.year(year),
            amount=amount,
            stage=FundingStage.BUDGETED,
            use="teaching" if year % 2 else "venues",
        )
        for year, amount in enumerate(amounts, start=2022)
    ]
    return register(fundings=fundings)


def test_both_ends_are_what_measure_tells() -> None:
    known = budgets(100, 50, 121)
    found = change(FUNDS, known, earlier=BEFORE, later=NOW)
    assert found.earlier == measure(FUNDS, known, period=BEFORE)
    assert found.later == measure(FUNDS, known, period=NOW)
    assert found.compound_rate == Interval.exactly(Fraction(1, 10))
    narrowed = change(FUNDS, known, earlier=BEFORE, later=NOW, where={"use": "teaching"})
    assert (narrowed.earlier.value, narrowed.later.value) == (Interval.exactly(0),) * 2
    assert narrowed.direction is Direction.UNCHANGED
    part = change(FUNDS, known, earlier=BEFORE, later=NOW, division=PART)
    assert part.later.value == Interval(0, 121)


def test_what_stands_on_a_day_changes_from_the_end_of_one_period_to_the_end_of_the_next() -> None:
    since = [date(2020, 1, 1), date(2023, 1, 1), date(2024, 2, 1), date(2024, 12, 31)]
    teams = [LearningTeam(id=f"t{n}", division=HERE, since=day) for n, day in enumerate(since)]
    found = change(TEAMS, register(teams=teams), earlier=BEFORE, later=NOW)
    assert found.earlier.indicator.timing is Timing.STOCK
    assert found.absolute == Quantity.exactly(3, Unit.TEAMS)
    assert found.compound_rate == ONE
    days = [Period.day(period.last) for period in (BEFORE, NOW)]
    same = change(TEAMS, register(teams=teams), earlier=days[0], later=days[1])
    assert same.compound_rate == ONE


def test_two_units_are_not_held_against_each_other() -> None:
    money, teams = taken(ONE, BEFORE), taken(ONE, NOW, TEAMS)
    with pytest.raises(UnitMismatch, match="teams cannot be held against yuan"):
        Change(earlier=money, later=teams)


def test_a_change_is_refused_like_a_measurement() -> None:
    known = budgets(1)
    with pytest.raises(UnknownIndicator):
        change("funds", known, earlier=BEFORE, later=NOW)
    with pytest.raises(UnsupportedQuestion, match="not recorded"):
        change(FUNDS, known, earlier=BEFORE, later=NOW, division="510999")
    with pytest.raises(UnsupportedQuestion, match="cannot be split"):
        change(FUNDS, known, earlier=BEFORE, later=NOW, where={"role": "full-time"})


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ((100, 0, 121), "rose: 21 yuan, from 100 yuan to 121 yuan"),
        ((100, 0, 50), "fell: -50 yuan, from 100 yuan to 50 yuan"),
        ((100, 0, 100), "unchanged: 0 yuan, from 100 yuan to 100 yuan"),
    ],
)
def test_a_change_reads_well(amounts: tuple[int, ...], told: str) -> None:
    found = change(FUNDS, budgets(*amounts), earlier=BEFORE, later=NOW)
    assert str(found) == f"funds budgeted (funds-budgeted), 510112: {told}"
