"""The greatest index where each unit is at one of its two ends: branch and bound (分支定界).

Such choices are too many to try them all. Where only some are made, and the people of each other
unit may be split between its two ends, the greatest index is no smaller, and it is found at once or
nearly so. Deciding the units one by one, always in the case that promises most, closes the gap.

That ends with a proof where few units are uncertain, and nearly always where many are; but in the
worst case it would take for ever, and so it is given a limit.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

from attrs import frozen

from commed.indicators.extremes import Box

__all__ = ["Case", "Choices", "Peak", "Relaxation", "Unit", "greatest"]

_FEW = 12
"""So many uncertain units are decided to the end, in fewer than 2**13 cases."""

_EFFORT = 2**18
"""So many steps are made where there are more, in a second or two; a case takes 100 at least."""


class Unit(NamedTuple):
    """A unit by the ends of its value and its weight."""

    low: int
    high: int
    weight: int


Choices = tuple[bool | None, ...]
"""Of each uncertain unit, whether it is at its high end; None where that is not decided."""


@frozen
class Case:
    """What is proved where some units are decided.

    The index is nowhere above `bound`, and it is `reached` somewhere. `split` is the unit to
    decide next where the two differ.
    """

    choices: Choices
    bound: Fraction
    reached: Fraction
    split: int


class Relaxation(Protocol):
    """An index where the people of a unit may be split between its two ends."""

    @property
    def uncertain(self) -> Sequence[Unit]:
        """The units whose two ends differ."""

    @property
    def steps(self) -> int:
        """How many steps it takes to prove something of a case."""

    def case(self, choices: Choices, /) -> Case:
        """Return what is proved of a case."""


@frozen
class Peak:
    """An upper bound of an index.

    `reached` is False where values come near to it only; `proved` says that no bound is lower.
    """

    value: Fraction
    reached: bool
    proved: bool


def greatest(
    box: Box,
    alone: Callable[[Fraction], Fraction],
    relaxed: Callable[[Sequence[Unit]], Relaxation],
) -> Peak:
    """Return the greatest index; `alone` gives it where one unit has the whole total.

    What it is given is the weight of all divided by that of the unit.
    """
    total, everyone = sum(box.lows), sum(box.weights)
    units = list(zip(box.lows, box.highs, box.weights, strict=True))
    most = alone(Fraction(everyone, min(box.weights)))
    takers = [
        (weight, low != total)
        for low, high, weight in units
        if high is None or (low == total and high)
    ]
    limit, reached = Fraction(0), True
    if takers:
        weight, only_nearly = min(takers)
        limit, reached = alone(Fraction(everyone, weight)), not only_nearly
    if limit == most or not total:
        return Peak(limit, reached, proved=True)
    bounded = [Unit(low, low if high is None else high, weight) for low, high, weight in units]
    value, proved = _search(relaxed(bounded), limit)
    if value < limit:
        return Peak(limit, reached, proved=True)
    return Peak(min(value, most), reached=True, proved=proved)


def _search(relaxation: Relaxation, floor: Fraction) -> tuple[Fraction, bool]:
    """Return the greatest index, and True; or an upper bound, and False.

    What is below the floor may be given without a proof.
    """
    units = relaxation.uncertain
    limit = 2 ** (_FEW + 1) if len(units) <= _FEW else _EFFORT // (100 + relaxation.steps)
    case = relaxation.case((None,) * len(units))
    best, cases, queue = case.reached, 1, [(-case.bound, 1, case)]
    while -queue[0][0] > best and -queue[0][0] >= floor and cases < limit:
        for choices in _branches(heappop(queue)[2], units):
            case = relaxation.case(choices)
            best, cases = max(best, case.reached), cases + 1
            heappush(queue, (-case.bound, cases, case))
    bound = max(best, -queue[0][0])
    return bound, bound == best


def _branches(case: Case, units: Sequence[Unit]) -> Iterator[Choices]:
    """Yield the choices with one more unit at its low end, and at its high end.

    Of units that are alike, the first ones are the high ones.
    """
    split = units[case.split]
    for high in (False, True):
        yield tuple(
            high
            if place == case.split
            or (choice is None and unit == split and (place < case.split) == high)
            else choice
            for place, (choice, unit) in enumerate(zip(case.choices, units, strict=True))
        )
