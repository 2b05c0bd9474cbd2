"""Units: like is added to like, and a rate says what it is a rate of."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from operator import add, ge, gt, le, lt, mul, sub, truediv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.checks import Text
from commed.errors import CommedError, InvalidValue
from commed.quantities import (
    Counts,
    Interval,
    Measures,
    Quantity,
    Statable,
    Unit,
    UnitMismatch,
)
from commed.truth import Truth

PAIRS = list(product(Unit, repeat=2))

units = st.sampled_from(Unit)
counts = st.integers(1, 9)


def figure(value: int, unit: Unit) -> Quantity:
    return Quantity.exactly(value, unit)


def attempt(combine: Callable[[Unit, Unit], Unit], one: Unit, other: Unit) -> Unit | None:
    try:
        return combine(one, other)
    except UnitMismatch:
        return None


@pytest.mark.parametrize("combine", [add, sub, lt, le, gt, ge])
@given(one=units, other=units)
def test_only_like_is_added_to_or_compared_with_like(
    combine: Callable[[Quantity, Quantity], object], one: Unit, other: Unit
) -> None:
    if one is other:
        combine(figure(2, one), figure(1, other))
    else:
        with pytest.raises(UnitMismatch) as caught:
            combine(figure(2, one), figure(1, other))
        assert one.label_en in str(caught.value)
        assert other.label_en in str(caught.value)


@pytest.mark.parametrize(
    ("combine", "verb"),
    [
        (add, "added to"),
        (sub, "lessened by"),
        *((compare, "compared with") for compare in (lt, le, gt, ge)),
    ],
)
def test_a_mismatch_says_what_cannot_be_done(
    combine: Callable[[Quantity, Quantity], object], verb: str
) -> None:
    with pytest.raises(UnitMismatch) as caught:
        combine(figure(2, Unit.PERSONS), figure(1, Unit.TEAMS))
    assert str(caught.value) == f"persons cannot be {verb} teams"


def test_a_mismatch_can_be_caught_as_what_it_is() -> None:
    assert issubclass(UnitMismatch, CommedError)
    assert issubclass(UnitMismatch, TypeError)


@pytest.mark.parametrize("unit", Unit)
def test_like_by_like_is_a_ratio(unit: Unit) -> None:
    assert unit / unit is Unit.RATIO


def test_person_times_by_persons_is_no_participation_rate() -> None:
    attendances, learners = figure(300, Unit.PERSON_TIMES), figure(100, Unit.PERSONS)
    assert attendances / learners == figure(3, Unit.PERSON_TIMES_PER_PERSON)
    assert learners / figure(400, Unit.PERSONS) == Quantity.exactly(Fraction(1, 4), Unit.RATIO)


def test_money_by_persons_is_money_a_head() -> None:
    assert figure(600, Unit.YUAN) / figure(200, Unit.PERSONS) == figure(3, Unit.YUAN_PER_PERSON)


@pytest.mark.parametrize("plain", [Unit.RATIO, Unit.NUMBER])
@pytest.mark.parametrize("unit", [unit for unit in Unit if not unit.is_plain])
def test_a_pure_number_scales_any_figure(unit: Unit, plain: Unit) -> None:
    assert unit * plain is plain * unit is unit / plain is unit


def test_a_product_of_pure_numbers_is_a_ratio_where_one_of_them_is() -> None:
    assert Unit.NUMBER * Unit.NUMBER is Unit.NUMBER
    assert Unit.RATIO * Unit.RATIO is Unit.RATIO
    assert Unit.RATIO * Unit.NUMBER is Unit.RATIO


@pytest.mark.parametrize(("combine", "verb"), [(mul, "multiplied"), (truediv, "divided")])
def test_units_that_make_no_rate_do_not_combine(
    combine: Callable[[Unit, Unit], Unit], verb: str
) -> None:
    with pytest.raises(UnitMismatch, match=f"teams cannot be {verb} by courses"):
        combine(Unit.TEAMS, Unit.COURSES)


def test_a_person_is_no_part_of_a_person_time() -> None:
    with pytest.raises(UnitMismatch):
        Unit.PERSONS / Unit.PERSON_TIMES


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_product_of_units_has_no_order(one: Unit, other: Unit) -> None:
    assert attempt(mul, one, other) is attempt(mul, other, one)


@pytest.mark.parametrize(("dividend", "divisor"), PAIRS)
def test_multiplication_undoes_division(dividend: Unit, divisor: Unit) -> None:
    quotient = attempt(truediv, dividend, divisor)
    if quotient is not None and not dividend.is_plain:
        assert quotient * divisor is dividend
        assert divisor * quotient is dividend


@given(counts, counts)
def test_figures_are_computed_as_their_intervals_are(a: int, b: int) -> None:
    one, other = figure(a, Unit.PERSONS), figure(b, Unit.PERSONS)
    assert one + other == figure(a + b, Unit.PERSONS)
    assert one - other == figure(a - b, Unit.PERSONS)
    assert one / other == Quantity.exactly(Fraction(a, b), Unit.RATIO)
    assert one / other * other == one


@given(counts, counts)
def test_figures_are_compared_as_their_intervals_are(a: int, b: int) -> None:
    one, other = figure(a, Unit.PERSONS), figure(b, Unit.PERSONS)
    comparisons = [one < other, one <= other, one > other, one >= other]
    assert comparisons == [Truth.of(a < b), Truth.of(a <= b), Truth.of(a > b), Truth.of(a >= b)]


def test_a_comparison_of_inexact_figures_can_be_unknown() -> None:
    forty_odd = Quantity(Interval(40, 50, high_closed=False), Unit.TEAMS)
    assert (forty_odd < figure(45, Unit.TEAMS)) is Truth.UNKNOWN
    assert (forty_odd < figure(50, Unit.TEAMS)) is Truth.TRUE


@pytest.mark.parametrize("combine", [add, sub, mul, truediv, lt, le, gt, ge])
def test_a_figure_is_combined_with_figures_only(combine: Callable[[Any, Any], object]) -> None:
    with pytest.raises(TypeError):
        combine(figure(2, Unit.PERSONS), "1人")


def test_the_words_do_not_make_the_figure() -> None:
    stated = Quantity(Interval.exactly(11), Unit.PERSONS, wording="11人")
    assert stated == figure(11, Unit.PERSONS)
    assert hash(stated) == hash(figure(11, Unit.PERSONS))
    assert stated != figure(11, Unit.PERSON_TIMES)
    assert stated.wording == "11人"


def test_a_computed_figure_was_never_stated() -> None:
    stated = Quantity(Interval.exactly(11), Unit.PERSONS, wording="11人")
    assert (stated + stated).wording is None


@pytest.mark.parametrize("wording", ["", " 11人"])
def test_the_words_of_a_figure_are_words(wording: Text) -> None:
    with pytest.raises(InvalidValue, match="wording: expected a text"):
        Quantity(Interval.exactly(11), Unit.PERSONS, wording=wording)


def test_a_figure_is_written_with_its_unit() -> None:
    assert str(Quantity(Interval(40, 50, high_closed=False), Unit.TEAMS)) == "[40, 50) teams"


@pytest.mark.parametrize(
    "interval",
    [Interval.exactly(0), Interval(Fraction(3, 2), Fraction(5, 2)), Interval(5, None)],
    ids=str,
)
def test_a_count_holds_a_whole_number_and_none_below_zero(interval: Interval) -> None:
    quantity = Quantity(interval, Unit.PERSONS)
    assert Counts(Unit.PERSONS).allows(quantity)
    assert not Counts(Unit.TEAMS).allows(quantity)


@pytest.mark.parametrize(
    "interval",
    [Interval(Fraction(1, 5), Fraction(4, 5)), Interval(-1, 5), Interval(None, 5)],
    ids=str,
)
def test_a_part_of_one_and_a_lack_are_no_counts(interval: Interval) -> None:
    assert not Counts(Unit.PERSONS).allows(Quantity(interval, Unit.PERSONS))


def test_a_count_is_asked_for_in_its_unit() -> None:
    assert Counts(Unit.PERSONS).expected.en == "a count in persons (人), not below zero"


def test_what_is_expected_is_told_in_both_languages() -> None:
    assert [str(rule(Unit.TEAMS).expected) for rule in (Counts, Measures)] == [
        "a count in teams (支), not below zero",
        "a quantity in teams (支), not below zero",
    ]
    assert [rule(Unit.TEAMS).expected.zh for rule in (Counts, Measures)] == [
        "以“支”为单位、不小于零的计数",
        "以“支”为单位、不小于零的数量",
    ]
    assert str(Statable().expected) == "a figure whose ends have at most 40 digits"
    assert Statable().expected.zh == "两端均不超过40位数字的数量"


def test_a_figure_is_told_in_both_languages() -> None:
    fifty = figure(50, Unit.PERSONS)
    assert (fifty.in_language("en"), fifty.in_language("zh")) == ("50 persons", "50人")


LONGEST = 10**40 - 1


@pytest.mark.parametrize(
    ("interval", "statable"),
    [
        (Interval.exactly(LONGEST), True),
        (Interval.exactly(-LONGEST), True),
        (Interval.exactly(LONGEST + 1), False),
        (Interval.exactly(-LONGEST - 1), False),
        (Interval.exactly(Fraction(1, LONGEST)), True),
        (Interval.exactly(Fraction(1, LONGEST + 1)), False),
        (Interval(None, None), True),
        (Interval(LONGEST, None), True),
        (Interval(None, LONGEST), True),
        (Interval(1, LONGEST + 1), False),
        (Interval(LONGEST + 1, None), False),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_figure_that_people_state_has_at_most_forty_digits(
    interval: Interval, *, statable: bool
) -> None:
    assert Statable().allows(Quantity(interval, Unit.NUMBER)) is statable
