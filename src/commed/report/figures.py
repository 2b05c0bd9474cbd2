"""Figures as people read them. Rounding happens here and nowhere else, half-up."""

from fractions import Fraction
from math import floor

from commed.quantities import Interval, Quantity, Unit

__all__ = ["figure", "rounded"]


def rounded(value: Fraction) -> str:
    """Return a number with at most two decimal places, four below one, rounded half-up.

    Half-up means away from zero; a ≈ before the number says that rounding changed it.
    """
    places = 2 if abs(value) >= 1 else 4
    scale = 10**places
    digits = floor(abs(value) * scale + Fraction(1, 2))
    whole, rest = divmod(digits, scale)
    decimals = f".{rest:0{places}}".rstrip("0") if rest else ""
    sign = "-" if value < 0 and digits else ""
    changed = "" if Fraction(digits, scale) == abs(value) else "≈"
    return f"{changed}{sign}{whole:,}{decimals}"


def figure(quantity: Quantity, language: str) -> str:
    """Return a quantity in words: 40 to under 50 teams, 40至不满50支."""
    is_ratio = quantity.unit is Unit.RATIO
    interval = quantity.interval * Interval.exactly(100) if is_ratio else quantity.interval
    unit = "%" if is_ratio else quantity.unit.label.in_language(language)
    gap = "" if is_ratio or language == "zh" else " "
    return f"{_range(interval, language)}{gap}{unit}"


def _range(interval: Interval, language: str) -> str:
    low = None if interval.low is None else rounded(interval.low)
    high = None if interval.high is None else rounded(interval.high)
    if interval.is_exact and low is not None:
        return low
    above = "" if interval.low_closed else ("超过" if language == "zh" else "more than ")
    below = "" if interval.high_closed else ("不满" if language == "zh" else "under ")
    if low is not None and high is not None:
        return (
            f"{above}{low}至{below}{high}" if language == "zh" else f"{above}{low} to {below}{high}"
        )
    if low is not None:
        at_least = above or ("不少于" if language == "zh" else "at least ")
        return f"{at_least}{low}"
    if high is not None:
        at_most = below or ("不超过" if language == "zh" else "at most ")
        return f"{at_most}{high}"
    return "任意值" if language == "zh" else "any"
