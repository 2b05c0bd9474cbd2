"""The greatest inequality where values are only known to lie within intervals.

An index is a convex function of the values that grows with their scale, divided by their total.
So it is greatest with each value at one of its ends, or in the limit: a unit without a high end can
come to have all of the total but a vanishing part.

Where people may be split, the maximum of each index has its own way to be found or bounded.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from operator import add, mul
from typing import NamedTuple, Self

from attrs import frozen

from commed.indicators.branching import Case, Choices, Peak, Unit, greatest
from commed.indicators.extremes import ONE, Box, inner_product, logarithms
from commed.indicators.layers import Area

__all__ = ["Peak", "greatest_gini", "greatest_spread", "greatest_theil"]


def greatest_gini(box: Box) -> Peak:
    """Return the greatest Gini coefficient."""
    return greatest(box, lambda ratio: 1 - 1 / ratio, _Layers.of)


def greatest_spread(box: Box) -> Peak:
    """Return the greatest of 1 + the square of the coefficient of variation."""
    return greatest(box, lambda ratio: ratio, lambda units: _Squares.of(units, lambda y: y**2))


def greatest_theil(box: Box) -> Peak:
    """Return the step above the greatest Theil index, or one of the next few."""
    logs = logarithms(box.levels, Fraction(1))
    return greatest(box, _log_above, lambda units: _Products.of(units, lambda y: y * logs[y][1]))


def _log_above(ratio: Fraction) -> Fraction:
    return -_log_below(1 / ratio)


def _log_below(ratio: Fraction) -> Fraction:
    return Fraction(logarithms([1], ratio)[1][0], ONE)


class _Sums(NamedTuple):
    """The total of the values, and the sum of a convex curve taken at each."""

    total: int
    curve: int

    def plus(self, other: "_Sums") -> "_Sums":
        return _Sums(self.total + other.total, self.curve + other.curve)


@frozen
class _Curve(ABC):
    """An index that follows from two sums, and grows with that of the curve.

    Where people may be split, the greatest index is met by raising the units to their high ends
    in the order of their steepness, as long as the index grows. So at most one unit is split.
    """

    everyone: int
    lowest: _Sums
    uncertain: Sequence[Unit]
    rises: Sequence[_Sums]

    @classmethod
    def of(cls, units: Sequence[Unit], curve: Callable[[int], int]) -> Self:
        """Return the index of these units by a curve."""

        def sums(value: int, weight: int) -> _Sums:
            return _Sums(weight * value, weight * curve(value))

        def rise(unit: Unit) -> _Sums:
            low, high = (sums(end, unit.weight) for end in (unit.low, unit.high))
            return _Sums(high.total - low.total, high.curve - low.curve)

        def steepness(unit: Unit) -> Fraction:
            step = rise(unit)
            return Fraction(step.curve, step.total)

        uncertain = [unit for unit in units if unit.low < unit.high]
        uncertain.sort(key=steepness, reverse=True)
        lowest = [sums(unit.low, unit.weight) for unit in units]
        return cls(
            sum(unit.weight for unit in units),
            _Sums(*map(sum, zip(*lowest, strict=True))),
            uncertain,
            [rise(unit) for unit in uncertain],
        )

    @property
    def steps(self) -> int:
        """How many steps it takes to prove something of a case."""
        return len(self.uncertain)

    def case(self, choices: Choices) -> Case:
        """Return what is proved of a case."""
        here = self.lowest
        for choice, rise in zip(choices, self.rises, strict=True):
            if choice:
                here = here.plus(rise)
        for place, (choice, rise) in enumerate(zip(choices, self.rises, strict=True)):
            if choice is None:
                if not self.grows(here, rise):
                    break
                there = here.plus(rise)
                if not self.grows(there, rise):
                    reached = max(self.value(here), self.value(there))
                    return Case(choices, self.peak(here, rise), reached, place)
                here = there
        value = self.value(here)
        return Case(choices, value, value, 0)

    @abstractmethod
    def value(self, sums: _Sums) -> Fraction:
        """Return the index."""

    @abstractmethod
    def grows(self, sums: _Sums, rise: _Sums) -> bool:
        """Whether the index grows from these sums along the rise."""

    @abstractmethod
    def peak(self, sums: _Sums, rise: _Sums) -> Fraction:
        """Return the greatest index on the way along a rise at whose end it no longer grows."""


class _Squares(_Curve):
    """1 + the square of the coefficient of variation: everyone * squares / total²."""

    def value(self, sums: _Sums) -> Fraction:
        return Fraction(self.everyone * sums.curve, sums.total**2)

    def grows(self, sums: _Sums, rise: _Sums) -> bool:
        return rise.curve * sums.total > 2 * sums.curve * rise.total

    def peak(self, sums: _Sums, rise: _Sums) -> Fraction:
        short = rise.curve * sums.total - sums.curve * rise.total
        return Fraction(self.everyone * rise.curve**2, 4 * rise.total * short)


class _Products(_Curve):
    """The Theil index, rounded up: products / total - ln(total / everyone).

    Products are of each value and the step above its logarithm.
    """

    def value(self, sums: _Sums) -> Fraction:
        mean = Fraction(sums.total, self.everyone)
        return Fraction(sums.curve, sums.total * ONE) - _log_below(mean)

    def grows(self, sums: _Sums, rise: _Sums) -> bool:
        return rise.curve * sums.total > (sums.curve + sums.total * ONE) * rise.total

    def peak(self, sums: _Sums, rise: _Sums) -> Fraction:
        short = rise.curve * sums.total - sums.curve * rise.total
        mean = Fraction(short, rise.total * ONE * self.everyone)
        return Fraction(rise.curve, rise.total * ONE) - 1 - _log_below(mean)


@frozen
class _Layers:
    """The Gini coefficient by layers of values, which lie between neighbouring ends.

    With `above` for the weight of those above a layer, it is
    1 - sum(height * above²) / (everyone * sum(height * above)).
    """

    everyone: int
    heights: Sequence[int]
    above: Sequence[int]
    uncertain: Sequence[Unit]
    spans: Sequence[slice]

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Self:
        """Return the layers of these units; `above` is for all of them at their low ends."""
        finer = [unit._replace(weight=unit.weight << _FINER) for unit in units]
        everyone = sum(unit.weight for unit in finer)
        ends = sorted({0, *(end for unit in units for end in unit[:2])})
        place = {end: index for index, end in enumerate(ends)}
        starting: Counter[int] = Counter()
        for unit in finer:
            starting[unit.low] += unit.weight
        below = accumulate(starting[end] for end in ends[:-1])
        uncertain = [unit for unit in finer if unit.low < unit.high]
        return cls(
            everyone,
            [high - low for low, high in pairwise(ends)],
            [everyone - weight for weight in below],
            uncertain,
            [slice(place[unit.low], place[unit.high]) for unit in uncertain],
        )

    @property
    def steps(self) -> int:
        """How many steps it takes to prove something of a case."""
        return sum(10 + span.stop - span.start for span in self.spans)

    def case(self, choices: Choices) -> Case:
        """Return what is proved of a case."""
        units = self.uncertain
        start = [
            unit.weight // 2 if choice is None else unit.weight * choice
            for unit, choice in zip(units, choices, strict=True)
        ]
        free = [place for place, choice in enumerate(choices) if choice is None]
        parts = self._settled(start, free, _nearest_part)
        reached = self._gini(self._raised(self._settled(parts, free, _nearest_end)))
        if not free:
            return Case(choices, reached, reached, 0)
        split = max(
            free,
            key=lambda place: (
                parts[place]
                * (units[place].weight - parts[place])
                * (units[place].high - units[place].low)
            ),
        )
        return Case(choices, self._bound(choices, self._raised(parts)), reached, split)

    def _raised(self, parts: Sequence[int]) -> list[int]:
        """Return `above` with a part of each unit at its high end."""
        steps = [0] * (len(self.heights) + 1)
        for span, part in zip(self.spans, parts, strict=True):
            steps[span.start] += part
            steps[span.stop] -= part
        return list(map(add, self.above, accumulate(steps)))

    def _gini(self, above: Sequence[int]) -> Fraction:
        products = list(map(mul, self.heights, above))
        return 1 - Fraction(inner_product(products, above), self.everyone * sum(products))

    def _settled(
        self, start: Sequence[int], free: Sequence[int], rounded: Callable[[int, int], int]
    ) -> list[int]:
        """Return the parts after moving each free one to where the index is greatest, in turn.

        That is repeated until hardly anything moves. Nothing is proved by it.
        """
        parts = list(start)
        for _ in range(_PASSES):
            above = self._raised(parts)
            area = Area(self.heights, above)
            products = list(map(mul, self.heights, above))
            middle = inner_product(products, above) // sum(products)
            moved = False
            for place in free:
                unit, span = self.uncertain[place], self.spans[place]
                height = unit.high - unit.low
                excess = 2 * area.within(span) - middle * height
                part = rounded(parts[place] - excess // (2 * height), unit.weight)
                change, parts[place] = part - parts[place], part
                if change:
                    area.lift(span, change)
                    moved = moved or abs(change) << _FINER // 2 > unit.weight
            if not moved:
                break
        return parts

    def _bound(self, choices: Choices, guess: Sequence[int]) -> Fraction:
        """Return an upper bound, whatever the guess of `above` at the greatest index.

        above² is no less than guess * (2 * above - guess), which makes the ratio to be subtracted
        one of two sums over units. The least such ratio is found from any other: raising those
        units that add less than the ratio gives a smaller one, until there is none.
        """
        products = list(map(mul, self.heights, guess))
        upto = [0, *accumulate(products)]
        top = 2 * inner_product(products, self.above) - inner_product(products, guess)
        bottom = inner_product(self.heights, self.above)
        free = []
        for unit, span, choice in zip(self.uncertain, self.spans, choices, strict=True):
            more = 2 * unit.weight * (upto[span.stop] - upto[span.start])
            total = unit.weight * (unit.high - unit.low)
            if choice is None:
                free.append((more, total))
            elif choice:
                top, bottom = top + more, bottom + total
        least, last = Fraction(top, bottom), None
        while least != last:
            last = least
            raised = [step for step in free if step[0] < last * step[1]]
            least = Fraction(
                top + sum(more for more, _ in raised), bottom + sum(total for _, total in raised)
            )
        return 1 - least / self.everyone


_FINER = 32
"""By how many bits weights are made finer, so that `above` can be a whole number anywhere."""

_PASSES = 20


def _nearest_part(wish: int, weight: int) -> int:
    return min(max(wish, 0), weight)


def _nearest_end(wish: int, weight: int) -> int:
    return weight if 2 * wish > weight else 0
