"""Indices of inequality of known values, and the least that they can be within intervals.

An index does not change when all values, or all weights, are multiplied by the same number, so
everything is done in whole numbers.

Each index is a convex function of the values that grows with their scale, divided by their total.
So, of all values between their ends, the least unequal come as near as they can to one level: the
index falls while the level rises to that, and rises thereafter.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from operator import mul
from typing import Self

from attrs import frozen

from commed.quantities import Interval
from commed.quantities.enclosures import logarithm

__all__ = [
    "ONE",
    "Box",
    "gini_at",
    "inner_product",
    "logarithms",
    "lowest_gini",
    "lowest_spread",
    "lowest_theil",
    "spread_at",
    "theil_at",
]

_FINE = 18
ONE: int = 10**_FINE
"""How many steps there are to 1 where logarithms are bounded by whole numbers of steps."""

_Fixed = Sequence[tuple[int, int]]


@frozen
class Box:
    """Units by the ends of their values and by their weights, all in whole numbers.

    A high end that is None is unbounded. Some high end is not zero.
    """

    lows: Sequence[int]
    highs: Sequence[int | None]
    weights: Sequence[int]

    @classmethod
    def of(
        cls,
        lows: Sequence[Fraction],
        highs: Sequence[Fraction | None],
        weights: Sequence[Fraction],
    ) -> Self:
        """Return the box of these numbers, multiplied so that they are whole."""
        ends = _whole([*lows, *(high or Fraction(0) for high in highs)])
        bounded = zip(highs, ends[len(lows) :], strict=True)
        return cls(
            ends[: len(lows)],
            [None if high is None else end for high, end in bounded],
            _whole(weights),
        )

    @property
    def levels(self) -> list[int]:
        """The ends above zero in rising order; where there is none, any level does."""
        return sorted({end for end in (*self.lows, *self.highs) if end}) or [1]

    def near(self, level: int) -> list[int]:
        """Return the values that come as near to the level as their ends let them."""
        return [
            max(low, level if high is None else min(level, high))
            for low, high in zip(self.lows, self.highs, strict=True)
        ]


def _whole(numbers: Sequence[Fraction]) -> list[int]:
    common = lcm(*(number.denominator for number in numbers))
    return [number.numerator * (common // number.denominator) for number in numbers]


def inner_product(one: Iterable[int], other: Iterable[int]) -> int:
    """Return the sum of the products."""
    return sum(map(mul, one, other))


def logarithms(numbers: Iterable[int], unit: Fraction) -> dict[int, tuple[int, int]]:
    """Return the steps below and above the logarithm of each number of such units.

    For zero they are zero, as its product with its logarithm is.
    """
    bounds = {0: (0, 0)}
    for number in set(numbers) - {0}:
        log = logarithm(number * unit, _FINE)
        bounds[number] = int((log.low or 0) * ONE), int((log.high or 0) * ONE)
    return bounds


def gini_at(values: Sequence[int], weights: Sequence[int]) -> Fraction:
    """Return the Gini coefficient of known values, which are not all zero."""
    ranked = sorted(zip(values, weights, strict=True))
    everyone = sum(weights)
    upto = accumulate(weight for _, weight in ranked)
    spread = sum(
        value * weight * (2 * reached - weight - everyone)
        for (value, weight), reached in zip(ranked, upto, strict=True)
    )
    return Fraction(spread, everyone * inner_product(values, weights))


def spread_at(values: Sequence[int], weights: Sequence[int]) -> Fraction:
    """Return 1 + the square of the coefficient of variation of known values, not all zero."""
    total, squares = (
        inner_product(values, weights),
        inner_product(map(mul, values, values), weights),
    )
    return Fraction(sum(weights) * squares, total**2)


def theil_at(values: Sequence[int], weights: Sequence[int]) -> Interval:
    """Return the Theil index of known values, not all zero, enclosed to less than a step."""
    total = inner_product(values, weights)
    logs = logarithms(values, Fraction(sum(weights), total))
    below, above = (
        inner_product(weights, (value * logs[value][side] for value in values)) for side in (0, 1)
    )
    return Interval(Fraction(max(0, below), total * ONE), Fraction(above, total * ONE))


def lowest_gini(box: Box) -> Fraction:
    """Return the least Gini coefficient: between two ends next to each other, one has it."""
    levels, everyone = box.levels, sum(box.weights)
    units = list(zip(box.lows, box.highs, box.weights, strict=True))

    def rises(level: int) -> bool:
        below = sum(weight for _, high, weight in units if high is not None and high <= level)
        above = sum(weight for low, _, weight in units if low > level)
        return below - above >= everyone * gini_at(box.near(level), box.weights)

    least = levels[bisect_left(levels, 1, key=rises)]
    return gini_at(box.near(least), box.weights)


def lowest_spread(box: Box) -> Fraction:
    """Return the least of 1 + the square of the coefficient of variation."""

    def slope(level: int) -> int:
        values = box.near(level)
        return inner_product(box.weights, (value * (level - value) for value in values))

    def turning(fixed: _Fixed) -> Fraction:
        squares = sum(weight * value**2 for value, weight in fixed)
        return Fraction(squares, sum(weight * value for value, weight in fixed))

    return _lowest(box, slope, turning)


def lowest_theil(box: Box) -> Fraction:
    """Return the step below the least Theil index, or the one below that."""
    logs = logarithms(box.levels, Fraction(1))

    def slope(level: int) -> int:
        values = box.near(level)
        distances = (value * (logs[level][1] - logs[value][0]) for value in values)
        return inner_product(box.weights, distances)

    def turning(fixed: _Fixed) -> Fraction:
        below = sum(weight * value * logs[value][0] for value, weight in fixed)
        total = sum(weight * value for value, weight in fixed)
        return _exponential(Fraction(below, total * ONE))

    return max(Fraction(0), logarithm(_lowest(box, slope, turning), _FINE).low or Fraction(0))


def _exponential(power: Fraction) -> Fraction:
    """Return a lower bound: `Decimal.exp` is rounded to the nearest, so one step less."""
    context = Context(prec=2 * _FINE, rounding=ROUND_FLOOR)
    quotient = context.divide(Decimal(power.numerator), Decimal(power.denominator))
    return Fraction(context.next_minus(context.exp(quotient)))


def _lowest(
    box: Box, slope: Callable[[int], int], turning: Callable[[_Fixed], Fraction]
) -> Fraction:
    """Return the level near which values are least unequal, divided by their mean.

    Below zero, `slope` proves that the index falls at a level. `turning` is the level at which it
    would turn with these units, by value and weight, fixed and the others at the level. It may be
    a rounding too low, and the result with it: the ratio rises with the level.
    """
    levels, everyone = box.levels, sum(box.weights)
    rises = bisect_left(levels, 0, key=slope)
    if rises == 0:
        total = inner_product(box.near(levels[0]), box.weights)
        return Fraction(everyone * levels[0], total)
    before, after = box.near(levels[rises - 1]), box.near(levels[rises])
    units = zip(before, after, box.weights, strict=True)
    fixed = [(value, weight) for value, later, weight in units if value == later]
    level = min(turning(fixed), Fraction(levels[rises]))
    moving = everyone - sum(weight for _, weight in fixed)
    return everyone * level / (sum(value * weight for value, weight in fixed) + moving * level)
