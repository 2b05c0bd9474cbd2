"""Intervals: a result holds every number that can come out, and reaches no further.

Each law is held against numbers picked from the intervals: the ends, numbers just inside
them, and numbers far out where there is no end.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import add, ge, gt, le, lt, mul, neg, sub, truediv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.checks import found
from commed.errors import InvalidValue
from commed.quantities import Interval
from commed.truth import Truth

ENDS = [Fraction(halves, 2) for halves in (-4, -1, 0, 1, 2, 5)]
JUST, FAR = Fraction(1, 1000), Fraction(10**6)
CLOSE, WIDE = Fraction(1, 20), 100
ONE, ZERO = Interval.exactly(1), Interval.exactly(0)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Draw from few enough ends that they collide."""
    low, high = draw(st.none() | st.sampled_from(ENDS)), draw(st.none() | st.sampled_from(ENDS))
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
        if low == high:
            return Interval.exactly(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


def holds(interval: Interval, number: Fraction) -> bool:
    """Tell membership apart from the library's own way."""
    low, high = interval.low, interval.high
    return (low is None or low < number or (low == number and interval.low_closed)) and (
        high is None or number < high or (high == number and interval.high_closed)
    )


def numbers_in(interval: Interval) -> list[Fraction]:
    """Pick numbers that show where the interval ends."""
    ends = [end for end in (interval.low, interval.high) if end is not None] or [Fraction(0)]
    around = [end + step for end in ends for step in (-FAR, -JUST, Fraction(0), JUST, FAR)]
    middle = sum(ends, Fraction(0)) / len(ends)
    return [number for number in (*around, middle) if holds(interval, number)]


def hugs(interval: Interval, numbers: Sequence[Fraction]) -> bool:
    """Tell whether it holds them all, and they reach or near each of its ends."""
    return (
        all(holds(interval, number) for number in numbers)
        and _reached(interval.low, min(numbers), closed=interval.low_closed)
        and _reached(interval.high, max(numbers), closed=interval.high_closed)
    )


def _reached(end: Fraction | None, extreme: Fraction, *, closed: bool) -> bool:
    if end is None:
        return abs(extreme) > WIDE
    return extreme == end if closed else abs(extreme - end) < CLOSE


holding_zero = intervals().filter(lambda interval: holds(interval, Fraction(0)))
without_zero = intervals().filter(lambda interval: not holds(interval, Fraction(0)))
near_an_end = st.builds(add, st.sampled_from(ENDS), st.sampled_from([-JUST, Fraction(0), JUST]))


@pytest.mark.parametrize("combine", [add, sub, mul])
@given(one=intervals(), other=intervals())
def test_an_operation_gives_all_that_can_come_out_and_no_more(
    combine: Callable[[Any, Any], Any], one: Interval, other: Interval
) -> None:
    results = [combine(a, b) for a in numbers_in(one) for b in numbers_in(other)]
    assert hugs(combine(one, other), results)


@given(intervals(), without_zero)
def test_a_quotient_gives_all_that_can_come_out_and_no_more(
    dividend: Interval, divisor: Interval
) -> None:
    results = [a / b for a in numbers_in(dividend) for b in numbers_in(divisor)]
    assert hugs(dividend / divisor, results)


@given(intervals(), holding_zero)
def test_nothing_is_divided_by_what_may_be_zero(dividend: Interval, divisor: Interval) -> None:
    with pytest.raises(ZeroDivisionError, match="holds zero") as caught:
        dividend / divisor
    assert str(divisor) in str(caught.value)


@pytest.mark.parametrize("combine", [add, mul])
@given(a=intervals(), b=intervals(), c=intervals())
def test_neither_order_nor_grouping_matters(
    combine: Callable[[Interval, Interval], Interval], a: Interval, b: Interval, c: Interval
) -> None:
    assert combine(a, b) == combine(b, a)
    assert combine(combine(a, b), c) == combine(a, combine(b, c))


@given(intervals())
def test_zero_and_one_leave_a_figure_as_it_is(a: Interval) -> None:
    assert a + ZERO == a - ZERO == a * ONE == a / ONE == a
    assert a * ZERO == ZERO


@given(intervals(), intervals())
def test_a_difference_is_the_sum_with_the_opposite(a: Interval, b: Interval) -> None:
    assert a - b == a + -b
    assert neg(neg(a)) == a


@given(without_zero)
def test_the_reciprocal_of_the_reciprocal_is_the_interval(a: Interval) -> None:
    assert ONE / (ONE / a) == a


@given(intervals(), intervals(), intervals())
def test_a_product_of_a_sum_lies_in_the_sum_of_products(
    a: Interval, b: Interval, c: Interval
) -> None:
    product = a * (b + c)
    assert product.intersection(a * b + a * c) == product


@pytest.mark.parametrize("compare", [lt, le, gt, ge])
@given(one=intervals(), other=intervals())
def test_a_comparison_is_known_where_all_numbers_agree(
    compare: Callable[[Any, Any], Any], one: Interval, other: Interval
) -> None:
    answers = {compare(a, b) for a in numbers_in(one) for b in numbers_in(other)}
    assert compare(one, other) is Truth.of(answers.pop() if len(answers) == 1 else None)


@pytest.mark.parametrize("compare", [lt, le, gt, ge])
def test_an_interval_is_compared_with_intervals_only(
    compare: Callable[[Any, Any], object],
) -> None:
    with pytest.raises(TypeError):
        compare(Interval(1, 2), "3")


@pytest.mark.parametrize("combine", [add, sub, mul, truediv])
def test_an_interval_is_combined_with_intervals_only(
    combine: Callable[[Any, Any], object],
) -> None:
    with pytest.raises(TypeError):
        combine(Interval(1, 2), "3")


@given(intervals(), near_an_end)
def test_membership_follows_the_ends(a: Interval, number: Fraction) -> None:
    assert (number in a) == holds(a, number)


@given(intervals(), intervals())
def test_an_intersection_holds_what_both_hold(a: Interval, b: Interval) -> None:
    shared = [n for n in numbers_in(a) + numbers_in(b) if holds(a, n) and holds(b, n)]
    common = a.intersection(b)
    assert common == b.intersection(a)
    assert hugs(common, shared) if common else not shared


@given(st.lists(intervals(), min_size=1, max_size=4))
def test_a_hull_is_the_smallest_interval_around_all(parts: list[Interval]) -> None:
    assert hugs(Interval.hull(iter(parts)), [n for part in parts for n in numbers_in(part)])


@pytest.mark.parametrize(
    ("low", "high", "en", "zh"),
    [
        (
            Decimal("NaN"),
            None,
            "expected a finite number, found NaN; unbounded is None",
            "应为有限的数，实为NaN；无界请写None",
        ),
        (
            2,
            1,
            "[2, 1] holds no number; give the lower end first",
            "[2, 1]不含任何数；请先写较小的一端",
        ),
    ],
)
def test_what_is_no_interval_is_told_in_full(low: Any, high: Any, en: str, zh: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Interval(low, high)
    (problem,) = caught.value.problems
    assert caught.value.subject == "Interval"
    assert (problem.in_language("en"), problem.in_language("zh")) == (en, zh)


@pytest.mark.parametrize("inexact", [0.1, True, "a@b.cn"])
def test_an_end_that_is_not_exact_says_what_to_write(inexact: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Interval(inexact, 1)
    (problem,) = caught.value.problems
    assert problem.in_language("en") == (
        f"expected an int, Decimal or Fraction, found {found(inexact)}; "
        "a float is not exact: write Decimal('0.1')"
    )
    assert problem.in_language("zh") == (
        f"应为int、Decimal或Fraction，实为{found(inexact, 'zh')}；float不精确：请写Decimal('0.1')"
    )
    assert caught.value.subject == "Interval"


def test_an_unbounded_figure_takes_a_factor_that_no_float_holds() -> None:
    least, most = 10**400, 10**401
    assert Interval(1, None) * Interval(least, most) == Interval(least, None)
    assert Interval(None, -1) * Interval(least, most) == Interval(None, -least)


@given(intervals())
def test_an_interval_tells_the_number_that_it_holds_alone(a: Interval) -> None:
    assert a.number == (a.low if a.low is not None and a.low == a.high else None)
    assert Interval.exactly(5).number == 5


def test_a_hull_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval.hull([])


@given(intervals())
def test_a_whole_interval_keeps_the_whole_numbers_and_ends_at_them(a: Interval) -> None:
    counts = [Fraction(n) for n in (-FAR, *range(-4, 5), FAR) if holds(a, Fraction(n))]
    if counts:
        assert hugs(a.whole(), counts)
        assert a.whole() == a.whole().whole()
    else:
        with pytest.raises(InvalidValue, match="holds no number"):
            a.whole()


def test_a_count_of_forty_odd_is_at_most_forty_nine() -> None:
    assert Interval(40, 50, high_closed=False).whole() == Interval(40, 49)


@pytest.mark.parametrize("end", [2, Decimal("2.0"), Fraction(4, 2)])
def test_an_end_is_kept_exactly_whatever_it_is_given_as(end: int | Decimal | Fraction) -> None:
    assert Interval.exactly(end) == Interval(2, 2)
    assert type(Interval.exactly(end).low) is Fraction
    assert end in Interval(1, 3)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.5, "a float is not exact"),
        (float("nan"), "a float is not exact"),
        (True, "expected an int, Decimal or Fraction, found True"),
        ("5", "expected an int, Decimal or Fraction, found '5'"),
        (Decimal("NaN"), "expected a finite number, found NaN"),
        (Decimal("sNaN"), "expected a finite number"),
        (Decimal("Infinity"), "unbounded is None"),
    ],
)
def test_what_is_no_exact_number_is_no_end(value: Any, reason: str) -> None:
    for make in (
        lambda: Interval(value, None),
        lambda: Interval(None, value),
        lambda: value in Interval(0, 1),
    ):
        with pytest.raises(InvalidValue, match=reason):
            make()


def test_whether_an_end_is_closed_is_true_or_false() -> None:
    flags: list[Any] = ["yes", 1]
    with pytest.raises(InvalidValue) as caught:
        Interval(1, 2, *flags)
    assert [problem.path for problem in caught.value.problems] == ["high_closed", "low_closed"]


@pytest.mark.parametrize(
    ("ends", "closed"),
    [((3, 2), (True, True)), ((1, 1), (True, False)), ((1, 1), (False, True))],
)
def test_an_interval_without_a_number_is_refused(
    ends: tuple[int, int], closed: tuple[bool, bool]
) -> None:
    with pytest.raises(InvalidValue, match="holds no number; give the lower end first"):
        Interval(*ends, *closed)


def test_an_unbounded_end_is_open() -> None:
    assert Interval(None, None) == Interval(None, None, low_closed=False, high_closed=False)


def test_intervals_are_equal_as_values() -> None:
    assert Interval(1, 2) == Interval(Decimal(1), Fraction(2))
    assert Interval(1, 2) != Interval(1, 2, high_closed=False)
    assert len({Interval(1, 2), Interval(Decimal(1), 2), Interval(1, 2, low_closed=False)}) == 2


SHOWN = {
    "0.5": Interval.exactly(Decimal("0.5")),
    "[1, 2]": Interval(1, 2),
    "[40, 50)": Interval(40, 50, high_closed=False),
    "(1, 2]": Interval(1, 2, low_closed=False),
    "[1/3, 1/2]": Interval(Fraction(1, 3), Fraction(1, 2)),
    "[0.25, 0.5]": Interval(Fraction(1, 4), Fraction(1, 2)),
    "[5, ∞)": Interval(5, None),
    "(-∞, 5)": Interval(None, 5, high_closed=False),
    "(-∞, ∞)": Interval(None, None),
}


@pytest.mark.parametrize("shown", SHOWN)
def test_an_interval_is_written_as_in_a_textbook(shown: str) -> None:
    assert str(SHOWN[shown]) == shown


def test_an_interval_knows_whether_it_is_exact_and_bounded() -> None:
    assert [interval.is_exact for interval in SHOWN.values()] == [True] + 8 * [False]
    assert [interval.is_bounded for interval in SHOWN.values()] == 6 * [True] + 3 * [False]
