"""Enclosures: the true root or logarithm lies between ends that are rounded outwards.

What is true is told by `decimal` at 60 digits, and by powers, which are exact. The ends stand at
most two units of the last decimal place apart, and are one number where the result has an exact
fraction. The laws hold as well for numbers that no float holds, such as 10 to the power of 4000.
"""

from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.quantities import Interval
from commed.quantities.enclosures import DIGITS, logarithm, outward, root

laws = settings(deadline=None, max_examples=100)
TRUTH = Context(prec=60)
SLACK = Fraction(1, 10**45)  # far below the last place that is asked for

positive = st.one_of(
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6),
    st.builds(Fraction, st.integers(1, 10**60), st.integers(1, 10**60)),
    st.builds(lambda near: 1 + Fraction(1, near), st.integers(2, 10**30)),
    st.builds(lambda near: 1 - Fraction(1, near), st.integers(2, 10**30)),
)
digits = st.integers(0, 25)
HUGE = [
    Fraction(10**300),
    Fraction(1, 10**300),
    Fraction(10**300 + 1, 3),
    Fraction(7, 10**300 - 1),
    Fraction(7**4733),  # 4000 digits
    Fraction(2 * 10**3999 + 1, 10**3999 - 1),
    Fraction(1, 7**4733),
]


def ends(enclosure: Interval) -> tuple[Fraction, Fraction]:
    assert enclosure.low is not None
    assert enclosure.high is not None
    return enclosure.low, enclosure.high


def true_logarithm(value: Fraction) -> Fraction:
    """Return the logarithm to 60 digits, of a number next to 1 by its series."""
    rest = value - 1
    if abs(rest) < Fraction(1, 10**10):
        return rest - rest**2 / 2 + rest**3 / 3 - rest**4 / 4 + rest**5 / 5
    over, under = (TRUTH.ln(Decimal(part)) for part in (value.numerator, value.denominator))
    return Fraction(over) - Fraction(under)


def check_form(enclosure: Interval, places: int) -> None:
    """Check that the ends are closed, close together, and have so many decimal places."""
    low, high = ends(enclosure)
    assert high - low <= Fraction(2, 10**places)
    if not enclosure.is_exact:
        assert enclosure.low_closed
        assert enclosure.high_closed
        assert (low * 10**places).denominator == (high * 10**places).denominator == 1


# --- roots -----------------------------------------------------------------------------


def check_root(value: Fraction, degree: int, places: int) -> None:
    enclosure = root(value, degree, places)
    low, high = ends(enclosure)
    check_form(enclosure, places)
    assert low >= 0
    assert low**degree <= value <= high**degree
    assert enclosure.is_exact == (low**degree == value == high**degree)


@laws
@given(positive, st.integers(1, 7), digits)
def test_a_root_lies_between_the_ends(value: Fraction, degree: int, places: int) -> None:
    check_root(value, degree, places)


@pytest.mark.parametrize("degree", [1, 2, 3, 10])
@pytest.mark.parametrize("value", HUGE)
def test_the_root_of_a_huge_or_a_tiny_number_lies_between_the_ends(
    value: Fraction, degree: int
) -> None:
    check_root(value, degree, DIGITS)


@laws
@given(positive)
def test_the_square_root_of_twelve_places_is_the_one_by_default(value: Fraction) -> None:
    assert root(value) == root(value, 2, 12)
    low, high = ends(root(value))
    square = TRUTH.sqrt(TRUTH.divide(Decimal(value.numerator), Decimal(value.denominator)))
    near = Fraction(square) * SLACK
    assert low - near <= Fraction(square) <= high + near


@laws
@given(st.fractions(min_value=0, max_denominator=10**9), st.integers(1, 7), digits)
def test_the_root_of_a_power_is_exact(base: Fraction, degree: int, places: int) -> None:
    assert root(base**degree, degree, places) == Interval.exactly(base)


def test_a_whole_number_of_thousands_of_digits_has_its_exact_root() -> None:
    base = 3**4200 + 1
    assert root(Fraction(base**2)) == Interval.exactly(base)
    assert root(Fraction(1, base**3), 3) == Interval.exactly(Fraction(1, base))
    low, high = ends(root(Fraction(base**2 - 1)))
    assert (low < base, high - low) == (True, Fraction(1, 10**12))


@laws
@given(positive, st.integers(2, 5), st.integers(0, 12))
def test_more_digits_enclose_no_less_closely(value: Fraction, degree: int, places: int) -> None:
    narrow, wide = root(value, degree, places + 3), root(value, degree, places)
    assert narrow.intersection(wide) == narrow


@pytest.mark.parametrize("value", [Fraction(-1), Fraction(-1, 10**300)])
def test_a_number_below_zero_has_no_root(value: Fraction) -> None:
    with pytest.raises(ValueError, match="expected a number not below 0 and a degree of"):
        root(value)
    assert root(Fraction(0)) == Interval.exactly(0)


def test_a_root_between_whole_numbers_lies_between_them() -> None:
    assert root(Fraction(2), 2, 0) == root(Fraction(3), 2, 0) == Interval(1, 2)
    assert root(Fraction(5), 2, 0) == root(Fraction(8), 2, 0) == Interval(2, 3)


# --- logarithms ------------------------------------------------------------------------


def check_logarithm(value: Fraction, places: int) -> None:
    enclosure = logarithm(value, places)
    low, high = ends(enclosure)
    check_form(enclosure, places)
    truth = true_logarithm(value)
    near = abs(truth) * SLACK
    assert low - near <= truth <= high + near
    assert enclosure.is_exact == (value == 1)


@laws
@given(positive, digits)
def test_a_logarithm_lies_between_the_ends(value: Fraction, places: int) -> None:
    check_logarithm(value, places)


@pytest.mark.parametrize("value", HUGE)
def test_the_logarithm_of_a_huge_or_a_tiny_number_lies_between_the_ends(value: Fraction) -> None:
    check_logarithm(value, DIGITS)


@pytest.mark.parametrize("places", [12, 30, 40])
@pytest.mark.parametrize(
    "value", [Fraction(7, 3), Fraction(1, 10**9), 1 + Fraction(1, 10**30), 1 - Fraction(1, 10**30)]
)
def test_a_logarithm_has_as_many_places_as_are_asked_for(value: Fraction, places: int) -> None:
    check_logarithm(value, places)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("tenths", range(-9, 10))
def test_a_logarithm_next_to_a_decimal_is_not_rounded_past_it(tenths: int, side: int) -> None:
    there = Fraction(TRUTH.exp(Decimal(tenths) / 10))
    check_logarithm(there + side * Fraction(1, 10**20), 1)


@laws
@given(positive)
def test_the_logarithm_has_the_sign_of_the_distance_from_one(value: Fraction) -> None:
    assert logarithm(value) == logarithm(value, 12)
    low, high = ends(logarithm(value))
    step = Fraction(1, 10**12)
    if value > 1 + 2 * step:
        assert low >= 0
        assert high > 0
    if value < 1 - 2 * step:
        assert low < 0
        assert high <= 0


@laws
@given(positive, positive)
def test_the_logarithm_of_a_product_may_be_the_sum(one: Fraction, other: Fraction) -> None:
    both = logarithm(one) + logarithm(other)
    assert both.intersection(logarithm(one * other)) is not None
    assert logarithm(1 / one).intersection(-logarithm(one)) is not None


@pytest.mark.parametrize("places", [0, 1, 12, 40])
def test_the_logarithm_of_one_is_exactly_zero(places: int) -> None:
    assert logarithm(Fraction(1), places) == Interval.exactly(0)


@pytest.mark.parametrize("value", [Fraction(0), Fraction(-1), Fraction(-1, 10**300)])
def test_a_number_not_above_zero_has_no_logarithm(value: Fraction) -> None:
    with pytest.raises(ValueError, match=r"expected a number above 0, found (0|-1)"):
        logarithm(value)


# --- rounding outwards -----------------------------------------------------------------

numbers = st.fractions(min_value=-(10**6), max_value=10**6) | st.decimals(
    -(10**6), 10**6, places=3
).map(Fraction)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted([draw(numbers), draw(numbers)])
    if low == high:
        return Interval.exactly(low)
    return Interval(
        draw(st.sampled_from([low, None])),
        draw(st.sampled_from([high, None])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@laws
@given(intervals(), digits)
def test_what_is_rounded_outwards_holds_all_it_held(interval: Interval, places: int) -> None:
    assert outward(interval, places).intersection(interval) == interval
    assert outward(interval) == outward(interval, 12)


@laws
@given(numbers, digits)
def test_an_exact_number_stays_as_it_is(value: Fraction, places: int) -> None:
    assert outward(Interval.exactly(value), places) == Interval.exactly(value)


@laws
@given(intervals(), digits)
def test_an_end_moves_by_less_than_one_unit_and_not_where_it_need_not(
    interval: Interval, places: int
) -> None:
    rounded, unit = outward(interval, places), Fraction(1, 10**places)
    if not interval.is_exact:
        for before, after in ((interval.low, rounded.low), (interval.high, rounded.high)):
            assert (before is None) == (after is None)
            if before is not None and after is not None:
                assert (after / unit).denominator == 1
                assert abs(after - before) < unit
                assert (after == before) == ((before / unit).denominator == 1)


@laws
@given(intervals(), digits)
def test_an_end_that_stays_stays_open_and_one_that_moves_is_closed(
    interval: Interval, places: int
) -> None:
    rounded = outward(interval, places)
    assert rounded.low_closed == (interval.low_closed or rounded.low != interval.low)
    assert rounded.high_closed == (interval.high_closed or rounded.high != interval.high)


@laws
@given(intervals(), digits)
def test_rounding_outwards_again_changes_nothing(interval: Interval, places: int) -> None:
    once = outward(interval, places)
    assert outward(once, places) == once


@pytest.mark.parametrize(
    ("interval", "rounded"),
    [
        (Interval(Fraction(1, 3), Fraction(2, 3)), "[0.33, 0.67]"),
        (Interval(Fraction(-1, 3), Fraction(1, 3), low_closed=False), "[-0.34, 0.34]"),
        (Interval(Fraction(1, 4), Fraction(1, 2), low_closed=False), "(0.25, 0.5]"),
        (Interval(0, Fraction(1, 10**300), low_closed=False), "(0, 0.01]"),
        (Interval(None, Fraction(1, 3)), "(-∞, 0.34]"),
        (Interval(Fraction(1, 2), None, low_closed=False), "(0.5, ∞)"),
        (Interval.exactly(Fraction(1, 3)), "1/3"),
    ],
)
def test_rounding_outwards_in_words(interval: Interval, rounded: str) -> None:
    assert str(outward(interval, 2)) == rounded
