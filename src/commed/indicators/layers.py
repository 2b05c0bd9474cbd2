"""Sums over layers of values, while whole runs of layers are raised."""

from collections.abc import Sequence
from itertools import accumulate
from operator import mul

__all__ = ["Area"]


class Area:
    """The area under a profile of layers, each as long as its height tells.

    What runs are raised by is kept in two Fenwick trees, so that raising a run and asking for its
    area both take logarithmic time.
    """

    def __init__(self, heights: Sequence[int], profile: Sequence[int]) -> None:
        self._bottoms: list[int] = [0, *accumulate(heights)]
        self._areas: list[int] = [0, *accumulate(map(mul, heights, profile))]
        self._slopes = [0] * (len(heights) + 2)
        self._offsets = [0] * (len(heights) + 2)

    def within(self, run: slice) -> int:
        """Return the area over a run of layers."""
        return self._below(run.stop) - self._below(run.start)

    def lift(self, run: slice, change: int) -> None:
        """Raise a run of layers."""
        self._add(run.start, change)
        self._add(run.stop, -change)

    def _below(self, layer: int) -> int:
        slope = offset = 0
        place = layer + 1
        while place:
            slope += self._slopes[place]
            offset += self._offsets[place]
            place &= place - 1
        return self._areas[layer] + slope * self._bottoms[layer] - offset

    def _add(self, layer: int, change: int) -> None:
        offset = change * self._bottoms[layer]
        place = layer + 1
        while place < len(self._slopes):
            self._slopes[place] += change
            self._offsets[place] += offset
            place += place & -place
