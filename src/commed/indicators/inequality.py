"""Inequality (不均衡程度) between units whose values are only known to lie within intervals.

A unit may be a community, its value the hours of learning to a head, and its weight the number of
heads. Values are real numbers, not counts: every number of an interval is held possible, whatever
the values of the other units are. An open end is taken for a closed one, except at a floor.

An index is bounded over all those values for which it is defined. Where more than 12 values are
uncertain, the search for its greatest may be given up: the bound holds, but may not be attained.
"""

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from commed.checks import Checked, mismatch
from commed.errors import Problem, Words
from commed.indicators.extremes import (
    Box,
    gini_at,
    lowest_gini,
    lowest_spread,
    lowest_theil,
    spread_at,
    theil_at,
)
from commed.indicators.vertices import Peak, greatest_gini, greatest_spread, greatest_theil
from commed.quantities import Interval
from commed.quantities.enclosures import outward, root
from commed.truth import Truth

__all__ = [
    "Bounds",
    "Weighted",
    "best_to_worst",
    "gini",
    "share_below",
    "theil",
    "theil_decomposed",
    "variation",
    "weight_below",
]


@frozen
class Weighted(Checked):
    """A unit: its value to a head, and how many heads there are.

    Raises `InvalidValue`, a `ValueError`, where the value may be below 0 or the weight is not
    above 0.
    """

    value: Interval
    weight: Fraction

    def _contradictions(self) -> list[Problem]:
        problems = []
        if self.value.low is None or self.value.low < 0:
            low = self.value
            problems.append(
                Problem("value", f"expected none below 0, found {low}", f"应不小于0，实为{low}")
            )
        if self.weight <= 0:
            problems.append(mismatch("weight", Words("above 0", "大于0的数"), self.weight))
        return problems

    @property
    def least(self) -> Fraction:
        """The low end of the value."""
        return self.value.low or Fraction(0)


@frozen
class Bounds:
    """Between which ends an index lies.

    `interval` is None where the index is not defined, whatever the values are. `attained` says
    that the ends are proved to be the sharpest there are; where the index is irrational, they are
    those rounded outwards to 12 decimal places. Otherwise they may be further out than needed.
    """

    interval: Interval | None
    attained: bool


_UNDEFINED = Bounds(None, attained=True)


def gini(units: Sequence[Weighted]) -> Bounds:
    """Return the Gini coefficient (基尼系数), a ratio from 0 to below 1.

    It is the mean difference between two heads, divided by twice the mean value; not defined where
    the total is surely 0. It is exact.
    """
    box = _box(units)
    if box is None:
        return _UNDEFINED
    if _is_exact(units):
        return _exactly(gini_at(box.lows, box.weights))
    return _bounds(lowest_gini(box), greatest_gini(box))


def theil(units: Sequence[Weighted]) -> Bounds:
    """Return the Theil index T (泰尔指数), a number from 0, in nats.

    It is the mean over heads of (y / mean) ln(y / mean), where y is the value and 0 ln 0 is 0; not
    defined where the total is surely 0.
    """
    return _shown(_fine_theil(units))


def _fine_theil(units: Sequence[Weighted]) -> Bounds:
    box = _box(units)
    if box is None:
        return _UNDEFINED
    if _is_exact(units):
        return Bounds(theil_at(box.lows, box.weights), attained=True)
    return _bounds(lowest_theil(box), greatest_theil(box))


def _shown(bounds: Bounds) -> Bounds:
    """Return the bounds rounded outwards; a high end that was not reached is not then, either."""
    if bounds.interval is None:
        return bounds
    rounded = outward(bounds.interval)
    reached = bounds.interval.high_closed
    return Bounds(Interval(rounded.low, rounded.high, high_closed=reached), bounds.attained)


def variation(units: Sequence[Weighted]) -> Bounds:
    """Return the coefficient of variation (变异系数), a ratio from 0.

    It is the standard deviation over heads, who are all there are and no sample, divided by the
    mean; not defined where the total is surely 0.
    """
    box = _box(units)
    if box is None:
        return _UNDEFINED
    if _is_exact(units):
        return Bounds(root(spread_at(box.lows, box.weights) - 1), attained=True)
    peak = greatest_spread(box)
    low, high = root(lowest_spread(box) - 1).low, root(peak.value - 1).high
    return Bounds(Interval(low, high, high_closed=peak.reached), peak.proved)


def best_to_worst(units: Sequence[Weighted]) -> Bounds:
    """Return the greatest value divided by the least (最高最低比), a ratio from 1, exact.

    It is unbounded where the least may be 0, and not defined where it surely is.
    """
    highs = [unit.value.high for unit in units]
    if not units or 0 in highs:
        return _UNDEFINED
    if len(units) == 1:
        return _exactly(Fraction(1))
    worst, second = sorted(range(len(units)), key=lambda place: units[place].least)[:2]
    bounded = [high for high in highs if high is not None]
    overlap = max(unit.least for unit in units)
    low = max([Fraction(1), *(overlap / high for high in bounded)])
    if len(bounded) < len(units) or not units[worst].least:
        return Bounds(Interval(low, None), attained=True)
    high = max(
        high / units[second if place == worst else worst].least
        for place, high in enumerate(bounded)
    )
    return Bounds(Interval(low, high), attained=True)


def share_below(units: Sequence[Weighted], floor: Fraction) -> Bounds:
    """Return the share of units whose value is below a floor (低于底线的占比), from 0 to 1, exact.

    Each unit counts the same; there is none where there are no units.
    """
    return _share_below(units, [Fraction(1)] * len(units), floor)


def weight_below(units: Sequence[Weighted], floor: Fraction) -> Bounds:
    """Return the share of heads in units whose value is below a floor (低于底线的人口占比).

    It goes from 0 to 1 and is exact; there is none where there are no units.
    """
    return _share_below(units, [unit.weight for unit in units], floor)


def _share_below(units: Sequence[Weighted], weights: Sequence[Fraction], floor: Fraction) -> Bounds:
    if not units:
        return _UNDEFINED
    level, everyone = Interval.exactly(floor), sum(weights, Fraction(0))
    below = [(unit.value < level, weight) for unit, weight in zip(units, weights, strict=True)]
    surely, surely_not = (
        sum((weight for found, weight in below if found is truth), Fraction(0))
        for truth in (Truth.TRUE, Truth.FALSE)
    )
    return Bounds(Interval(surely / everyone, 1 - surely_not / everyone), attained=True)


def theil_decomposed(groups: Sequence[Sequence[Weighted]]) -> tuple[Bounds, Bounds]:
    """Return the parts of the Theil index within groups and between them (组内、组间泰尔指数).

    Between is the index of the groups' means. Within is the mean of the groups' own indices,
    weighted by their totals; where a value is not known it is only enclosed. With the same values
    the two add up to the index of all units, and they are not defined where that is not.
    """
    peopled = [group for group in groups if group]
    units = [unit for group in peopled for unit in group]
    pooled = [_pooled(group) for group in peopled]
    own = [_fine_theil(group).interval for group in peopled]
    whole, between = _fine_theil(units).interval, _fine_theil(pooled)
    if whole is None or between.interval is None:
        return _UNDEFINED, _UNDEFINED
    if _is_exact(units):
        return _shown(Bounds(_mean(own, pooled), attained=True)), _shown(between)
    mean_of_some = Interval.hull(index for index in own if index is not None)
    within = mean_of_some.intersection(whole - between.interval) or mean_of_some
    return _shown(Bounds(within, attained=within.is_exact)), _shown(between)


def _pooled(group: Sequence[Weighted]) -> Weighted:
    """Return the group as one unit, whose value is the mean."""
    weight = sum((unit.weight for unit in group), Fraction(0))
    totals = (unit.value * Interval.exactly(unit.weight) for unit in group)
    return Weighted(sum(totals, Interval.exactly(0)) / Interval.exactly(weight), weight)


def _mean(indices: Sequence[Interval | None], groups: Sequence[Weighted]) -> Interval:
    """Return the mean of the groups' indices, weighted by their known totals."""
    totals = [group.least * group.weight for group in groups]
    parts = (
        Interval.exactly(total / sum(totals)) * index
        for total, index in zip(totals, indices, strict=True)
        if index is not None
    )
    return sum(parts, Interval.exactly(0))


def _box(units: Sequence[Weighted]) -> Box | None:
    """Return the units in whole numbers; None where their total is surely 0."""
    if all(unit.value.high == 0 for unit in units):
        return None
    return Box.of(
        [unit.least for unit in units],
        [unit.value.high for unit in units],
        [unit.weight for unit in units],
    )


def _is_exact(units: Sequence[Weighted]) -> bool:
    return all(unit.value.is_exact for unit in units)


def _exactly(value: Fraction) -> Bounds:
    return Bounds(Interval.exactly(value), attained=True)


def _bounds(low: Fraction, peak: Peak) -> Bounds:
    return Bounds(Interval(low, peak.value, high_closed=peak.reached), peak.proved)
