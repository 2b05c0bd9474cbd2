"""Intervals: numbers that are known to lie between two ends, in exact arithmetic."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from operator import add, mul, sub
from typing import Any

from attrs import field, frozen

from commed.checks import Checked, found, setters
from commed.errors import InvalidValue, Problem
from commed.truth import Truth

__all__ = ["ExactNumber", "Interval"]

ExactNumber = int | Decimal | Fraction
"""What an end of an interval may be given as; a float is not exact."""


def _exact(value: ExactNumber | None) -> Fraction | None:
    if value is None or isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        problem = Problem(
            "",
            f"expected an int, Decimal or Fraction, found {found(value)}; "
            "a float is not exact: write Decimal('0.1')",
            f"应为int、Decimal或Fraction，实为{found(value, 'zh')}；"
            "float不精确：请写Decimal('0.1')",
        )
        raise InvalidValue("Interval", [problem])
    if isinstance(value, Decimal) and not value.is_finite():
        problem = Problem(
            "",
            f"expected a finite number, found {value}; unbounded is None",
            f"应为有限的数，实为{value}；无界请写None",
        )
        raise InvalidValue("Interval", [problem])
    return Fraction(value)


@frozen(order=False)
class Interval(Checked):
    """All numbers between two ends (区间), each end closed (included) or open.

    An end that is None is unbounded: ``Interval(5, None)`` is 5 or more. Ends are kept as
    `fractions.Fraction`. Comparisons with ``<``, ``<=``, ``>``, ``>=`` return a `Truth`,
    which is unknown where the intervals overlap; ``==`` compares the intervals as values.
    """

    low: Fraction | None = field(converter=_exact)
    high: Fraction | None = field(converter=_exact)
    low_closed: bool = True
    high_closed: bool = True

    def __attrs_post_init__(self) -> None:
        """Open the unbounded ends, and refuse an interval that holds no number."""
        if self.low is None:
            object.__setattr__(self, "low_closed", False)
        if self.high is None:
            object.__setattr__(self, "high_closed", False)
        super().__attrs_post_init__()

    def _contradictions(self) -> Iterable[Problem]:
        if self.low is not None and self.high is not None:
            closed = self.low_closed and self.high_closed
            if self.low > self.high or (self.low == self.high and not closed):
                yield Problem(
                    "",
                    f"{self} holds no number; give the lower end first",
                    f"{self}不含任何数；请先写较小的一端",
                )

    @classmethod
    def exactly(cls, value: ExactNumber) -> "Interval":
        """Return the interval that holds this number alone."""
        number = _exact(value)
        return _between(number, number)

    @classmethod
    def hull(cls, intervals: Iterable["Interval"]) -> "Interval":
        """Return the smallest interval that holds all of these; there must be one."""
        parts = list(intervals)
        low, low_closed = min((_low(part) for part in parts), key=_low_order)
        high, high_closed = max((_high(part) for part in parts), key=_high_order)
        return _between(low, high, low_closed, high_closed)

    @property
    def is_exact(self) -> bool:
        """Whether it holds one number alone."""
        return self.number is not None

    @property
    def number(self) -> Fraction | None:
        """The number that it holds alone, None where it holds more than one."""
        low, high = self.low, self.high
        return low if low is high or low == high else None

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are numbers."""
        return self.low is not None and self.high is not None

    def __contains__(self, value: ExactNumber) -> bool:
        number = _exact(value)
        return _is_before(self.low, number, or_equal=self.low_closed) and _is_before(
            number, self.high, or_equal=self.high_closed
        )

    def intersection(self, other: "Interval") -> "Interval | None":
        """Return the numbers that both hold, or None where there is none."""
        low, low_closed = max(_low(self), _low(other), key=_low_order)
        high, high_closed = min(_high(self), _high(other), key=_high_order)
        if low is not None and high is not None:
            both_closed = low_closed and high_closed
            if low > high or (low == high and not both_closed):
                return None
        return _between(low, high, low_closed, high_closed)

    def whole(self) -> "Interval":
        """Return the smallest interval that holds the same whole numbers.

        A count is whole: [40, 50) persons are [40, 49]. Raises `InvalidValue` where no whole
        number lies inside.
        """
        low = None if self.low is None else ceil(self.low)
        high = None if self.high is None else floor(self.high)
        if low is not None and low == self.low and not self.low_closed:
            low += 1
        if high is not None and high == self.high and not self.high_closed:
            high -= 1
        return Interval(low, high)

    def __neg__(self) -> "Interval":
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return _between(low, high, self.high_closed, self.low_closed)

    def __add__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        one, two = self.number, other.number
        if one is not None and two is not None:
            return _reckoned(add, one, two)
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return _between(
            low,
            high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        one, two = self.number, other.number
        if one is not None and two is not None:
            return _reckoned(sub, one, two)
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        one, two = self.number, other.number
        if one is not None and two is not None:
            return _reckoned(mul, one, two)
        ends = [_times(one, two) for one in _ends(self) for two in _ends(other)]
        low, high = min(end[0] for end in ends), max(end[0] for end in ends)
        return _between(
            _finite(low),
            _finite(high),
            any(closed for value, closed in ends if value == low),
            any(closed for value, closed in ends if value == high),
        )

    def __truediv__(self, other: "Interval") -> "Interval":
        if not isinstance(other, Interval):
            return NotImplemented
        if 0 in other:
            raise ZeroDivisionError(f"{other} holds zero, so nothing can be divided by it")
        return self * _reciprocal(other)

    def __lt__(self, other: "Interval") -> Truth:
        if not isinstance(other, Interval):
            return NotImplemented
        return _compared(self, other, or_equal=False)

    def __le__(self, other: "Interval") -> Truth:
        if not isinstance(other, Interval):
            return NotImplemented
        return _compared(self, other, or_equal=True)

    def __gt__(self, other: "Interval") -> Truth:
        if not isinstance(other, Interval):
            return NotImplemented
        return _compared(other, self, or_equal=False)

    def __ge__(self, other: "Interval") -> Truth:
        if not isinstance(other, Interval):
            return NotImplemented
        return _compared(other, self, or_equal=True)

    def __str__(self) -> str:
        if (number := self.number) is not None:
            is_plain = number.denominator == 1 or not _is_short(number)
            return str(number) if is_plain else _decimal(number)
        ends = [end for end in (self.low, self.high) if end is not None]
        shown = _decimal if all(map(_is_short, ends)) else str
        low = "-∞" if self.low is None else shown(self.low)
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        high = "∞" if self.high is None else shown(self.high)
        return f"{left}{low}, {high}{right}"

    def __repr__(self) -> str:
        if self.is_exact:
            return f"Interval.exactly({_constructor(self.low)})"
        ends = [_constructor(self.low), _constructor(self.high)]
        if self.low is not None and not self.low_closed:
            ends.append("low_closed=False")
        if self.high is not None and not self.high_closed:
            ends.append("high_closed=False")
        return f"Interval({', '.join(ends)})"


def _constructor(end: Fraction | None) -> str:
    """Return an end as it is written in Python."""
    return str(end) if end is None or end.denominator == 1 else repr(end)


_DECIMALS = 12
_SCALE: int = 10**_DECIMALS


def _is_short(value: Fraction) -> bool:
    """Whether a number can be written as a decimal of few places."""
    return _SCALE % value.denominator == 0


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    whole, places = divmod(abs(value.numerator) * _SCALE // value.denominator, _SCALE)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{places:0{_DECIMALS}}".rstrip("0")


def _reckoned(rule: Callable[[Any, Any], Any], one: Fraction, two: Fraction) -> Interval:
    """Add, subtract or multiply; whole numbers, as most are, need no common denominator."""
    (over, under), (other_over, other_under) = one.as_integer_ratio(), two.as_integer_ratio()
    whole = under == other_under == 1
    number = Fraction(rule(over, other_over)) if whole else rule(one, two)
    return _between(number, number)


def _compared(one: Interval, other: Interval, *, or_equal: bool) -> Truth:
    """Return whether all of one lies below all of the other."""
    if _lies_below(one, other, or_equal):
        return Truth.TRUE
    return Truth.FALSE if _lies_below(other, one, not or_equal) else Truth.UNKNOWN


def _lies_below(one: Interval, other: Interval, or_equal: bool) -> bool:  # noqa: FBT001 - as named
    high, low = one.high, other.low
    if high is None or low is None:
        return False
    # the sign of low - high, without reckoning the fraction itself
    (low_over, low_under), (high_over, high_under) = low.as_integer_ratio(), high.as_integer_ratio()
    gap = low_over * high_under - high_over * low_under
    if gap:
        return gap > 0
    return or_equal or not (one.high_closed and other.low_closed)


def _is_before(one: Fraction | None, other: Fraction | None, *, or_equal: bool) -> bool:
    """Whether an end that is not bounded, or lies before the other, comes first."""
    return one is None or other is None or one < other or (or_equal and one == other)


def _between(
    low: Fraction | None,
    high: Fraction | None,
    low_closed: bool = True,  # noqa: FBT001, FBT002 - as they are in an interval
    high_closed: bool = True,  # noqa: FBT001, FBT002
) -> Interval:
    """Return the interval of ends that were reckoned, and so need no check."""
    interval = object.__new__(Interval)
    _set_low(interval, low)
    _set_high(interval, high)
    _set_low_closed(interval, low_closed and low is not None)
    _set_high_closed(interval, high_closed and high is not None)
    return interval


_set_low, _set_high, _set_low_closed, _set_high_closed = setters(Interval)
_INFINITY = float("inf")
_End = tuple[Fraction | None, bool]
_ExtendedEnd = tuple[Fraction | float, bool]


def _low(interval: Interval) -> _End:
    return interval.low, interval.low_closed


def _high(interval: Interval) -> _End:
    return interval.high, interval.high_closed


def _low_order(end: _End) -> tuple[Fraction | float, bool]:
    return (-_INFINITY if end[0] is None else end[0], not end[1])


def _high_order(end: _End) -> tuple[Fraction | float, bool]:
    return (_INFINITY if end[0] is None else end[0], end[1])


def _ends(interval: Interval) -> tuple[_ExtendedEnd, _ExtendedEnd]:
    low = -_INFINITY if interval.low is None else interval.low
    high = _INFINITY if interval.high is None else interval.high
    return (low, interval.low_closed), (high, interval.high_closed)


def _times(one: _ExtendedEnd, two: _ExtendedEnd) -> _ExtendedEnd:
    """Multiply two ends: a zero that is attained is attained times whatever the other is."""
    (left, left_closed), (right, right_closed) = one, two
    if left == 0 or right == 0:
        attained = (left == 0 and left_closed) or (right == 0 and right_closed)
        return Fraction(0), attained
    if isinstance(left, float) or isinstance(right, float):
        return (_INFINITY if (left > 0) == (right > 0) else -_INFINITY), False
    return left * right, left_closed and right_closed


def _reciprocal(interval: Interval) -> Interval:
    """Return 1 divided by an interval without zero, whose numbers so have all one sign.

    Next to an open end at zero the result is unbounded; towards infinity it nears zero.
    """
    if interval.low is None or interval.low < 0:
        return -_reciprocal(-interval)
    low = Fraction(0) if interval.high is None else 1 / interval.high
    high = None if interval.low == 0 else 1 / interval.low
    return Interval(low, high, interval.high_closed, interval.low_closed)


def _finite(value: Fraction | float) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
