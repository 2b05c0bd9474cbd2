"""Strategies for figures: intervals, units, quantities, conventions of wording."""

from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from hypothesis import strategies as st

from commed.quantities import Counts, Interval, Measures, Quantity, Unit
from commed.testing._pens import NUMBERS, TEXTS, Pen, drawn_by
from commed.wording import WordingConvention, parse_quantity

__all__ = ["intervals", "quantities", "units", "wording_conventions"]

_YES = st.booleans()
_WORDS = st.none() | TEXTS
_FORMS = st.sampled_from(
    ["{}", "近{}", "约{}", "{}余", "超过{}", "不足{}", "{}以上", "至多{}", "{}至30000"]
)
_SIMPLE = st.integers(10, 20000)  # 近1 would hold no whole number
_WHOLE = st.integers(0, 2000).map(Fraction)
_SIGNED = NUMBERS | NUMBERS.map(lambda number: -number)


def units(*, counting: bool = False) -> st.SearchStrategy[Unit]:
    """Draw units (计量单位); with `counting` those alone of which only whole numbers exist."""
    return st.sampled_from([unit for unit in Unit if unit.is_count or not counting])


def intervals(
    *,
    ends: st.SearchStrategy[Any] | None = None,
    exact: bool | None = None,
    bounded: bool = False,
) -> st.SearchStrategy[Interval]:
    """Draw intervals (区间), whose `ends` are drawn from any exact numbers by default.

    `exact` asks for those of one number alone, or for none of these; `bounded` for those
    without an end at infinity.
    """
    return _intervals(_SIGNED if ends is None else ends, exact, bounded)


@st.composite
def _intervals(
    draw: st.DrawFn,
    ends: st.SearchStrategy[Any],
    exact: bool | None,  # noqa: FBT001 - it is passed on
    bounded: bool,  # noqa: FBT001
) -> Interval:
    low = Fraction(draw(ends))
    if exact or (exact is None and draw(st.booleans())):
        return Interval.exactly(low)
    high = Fraction(draw(ends))
    if low == high:
        high += 1
    low, high = sorted([low, high])
    closed = draw(st.booleans()), draw(st.booleans())
    if bounded:
        return Interval(low, high, *closed)
    known = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    return Interval(low if known[0] else None, high if known[1] else None, *closed)


def quantities(
    *, unit: Unit | st.SearchStrategy[Unit] | None = None, exact: bool | None = None
) -> st.SearchStrategy[Quantity]:
    """Draw figures (量) that are not below zero: exact, between two ends, or in words.

    `unit` is one unit or a strategy for it; `exact` asks for figures that are known exactly, or
    for none of these. Of what is counted, each figure holds a whole number.
    """
    choices = unit if isinstance(unit, st.SearchStrategy) else st.just(unit) if unit else units()
    return _quantities(choices, exact)


@st.composite
def _quantities(
    draw: st.DrawFn,
    choices: st.SearchStrategy[Unit],
    exact: bool | None,  # noqa: FBT001 - it is passed on
) -> Quantity:
    unit = draw(choices)
    if exact is None and draw(_YES):
        return _worded(draw(_FORMS), draw(_SIMPLE), unit)
    words = draw(_WORDS)
    numbers = _WHOLE if unit.is_count else NUMBERS
    low = draw(numbers)
    if exact or (exact is None and draw(_YES)):
        return Quantity(Interval.exactly(low), unit, words)
    # Between numbers that are two or more apart there is always a whole one.
    high = low + 2 + draw(numbers) if draw(_YES) else None
    return Quantity(Interval(low, high, draw(_YES), draw(_YES)), unit, words)


@drawn_by(Quantity)
def _quantity(pen: Pen, *marks: Any) -> Quantity:
    fixed = [mark.unit for mark in marks if isinstance(mark, Counts | Measures)]
    quantity: Quantity = pen.draw(_of_unit(fixed[0] if fixed else None))
    return quantity


@cache
def _of_unit(unit: Unit | None) -> st.SearchStrategy[Quantity]:
    return quantities(unit=unit)


@drawn_by(Interval)
def _interval(pen: Pen) -> Interval:
    return pen.draw(_ANY_INTERVAL)


@drawn_by(WordingConvention)
def _convention(pen: Pen) -> WordingConvention:
    return pen.draw(wording_conventions())


@lru_cache(maxsize=4096)
def _worded(wording: str, number: int, unit: Unit) -> Quantity:
    return parse_quantity(wording.format(number), unit=unit)


_ANY_INTERVAL = intervals()


def wording_conventions() -> st.SearchStrategy[WordingConvention]:
    """Draw conventions of how wide inexact words are taken (约数的宽度)."""
    shares = st.fractions(0, 1, max_denominator=99).filter(lambda share: 0 < share < 1)
    odd = st.fractions(Fraction(1, 99), 9, max_denominator=99)
    return st.builds(WordingConvention, near=shares, about=shares, odd=odd)
