"""Ranges on a scale: where a bar begins and ends, in hundredths of what there is to draw on."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor, log10

from attrs import frozen

from commed.quantities import Interval

__all__ = ["Bar", "bar", "scale"]

_STEPS = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))
_ROOM = Fraction(5, 4)
_SEEN = 0.5  # hundredths: less than that cannot be seen


@frozen
class Bar:
    """A range as it is drawn: at least to `sure`, perhaps to `possible`, and on where `is_open`."""

    sure: float
    possible: float
    is_open: bool


def scale(intervals: Iterable[Interval]) -> Fraction:
    """Return a round number that all of these end below; where one has no end, there is room."""
    highest = max(map(_reach, intervals), default=Fraction(0)) or Fraction(1)
    unit = Fraction(10) ** floor(log10(highest))
    return next(step * unit for step in _STEPS if step * unit >= highest)


def _reach(interval: Interval) -> Fraction:
    if interval.high is not None:
        return interval.high
    return _ROOM * (interval.low or 0)


def bar(interval: Interval, top: Fraction) -> Bar:
    """Return how a range that begins at zero or above is drawn on a scale from zero to `top`."""
    low = interval.low or Fraction(0)
    is_open = interval.high is None
    high = top if interval.high is None else interval.high
    return Bar(_part(low, top), _part(high, top), is_open)


def _part(end: Fraction, top: Fraction) -> float:
    part = round(float(end / top) * 100, 1)
    return part if end == 0 else max(part, _SEEN)
