"""Roots and logarithms of exact numbers, enclosed: the true value lies between the ends.

What is irrational has no exact fraction. Each function returns an interval whose ends have at
most `digits` decimal places and are rounded outwards, and that is exact where the result is.
"""

from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from commed.quantities.intervals import Interval

__all__ = ["DIGITS", "logarithm", "outward", "root"]

DIGITS = 12
"""How many decimal places the ends of an enclosure have."""

_GUARD = 12


def outward(interval: Interval, digits: int = DIGITS) -> Interval:
    """Return the interval widened to ends of so many decimal places; exact numbers stay."""
    if interval.is_exact:
        return interval
    scale = 10**digits
    low, high = interval.low, interval.high
    rounded_low = None if low is None else Fraction(low * scale // 1, scale)
    rounded_high = None if high is None else Fraction(-(-high * scale // 1), scale)
    return Interval(
        rounded_low,
        rounded_high,
        interval.low_closed or rounded_low != low,
        interval.high_closed or rounded_high != high,
    )


def root(value: Fraction, degree: int = 2, digits: int = DIGITS) -> Interval:
    """Return the root of a number that is not below zero: the square root by default."""
    if value < 0 or degree < 1:
        raise ValueError(
            f"expected a number not below 0 and a degree of at least 1, found {value}, {degree}"
        )
    exact = Fraction(_whole_root(value.numerator, degree), _whole_root(value.denominator, degree))
    if exact**degree == value:
        return Interval.exactly(exact)
    scale = 10**digits
    below = _whole_root(value.numerator * scale**degree // value.denominator, degree)
    return Interval(Fraction(below, scale), Fraction(below + 1, scale))


def logarithm(value: Fraction, digits: int = DIGITS) -> Interval:
    """Return the natural logarithm of a number above zero."""
    if value <= 0:
        raise ValueError(f"expected a number above 0, found {value}")
    if value == 1:
        return Interval.exactly(0)
    context = Context(prec=digits + _GUARD, rounding=ROUND_FLOOR)
    below = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    log = context.ln(below)  # rounded to the nearest, so one step more on both sides
    left_out = Fraction(10) ** (1 - context.prec)  # relative to `below`, at the most
    if not log:
        return outward(Interval(0, left_out), digits)
    low, high = Fraction(context.next_minus(log)), Fraction(context.next_plus(log))
    return outward(Interval(low, high + left_out), digits)


def _whole_root(value: int, degree: int) -> int:
    """Return the greatest whole number whose power is no greater than the value."""
    if value <= 1 or degree == 1:
        return value
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
