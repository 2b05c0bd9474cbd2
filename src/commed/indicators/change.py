"""Change (变化): what an indicator is now against what it was."""

from fractions import Fraction

from attrs import frozen

from commed.indicators.measurement import Measurement
from commed.labels import LabelledEnum
from commed.quantities import Interval, Quantity, UnitMismatch
from commed.quantities.enclosures import outward, root
from commed.truth import Truth

__all__ = ["Change", "Direction"]

_MONTHS = 12


class Direction(LabelledEnum):
    """Which way a figure went (变化方向)."""

    ROSE = "rose", "上升", "rose"
    FELL = "fell", "下降", "fell"
    UNCHANGED = "unchanged", "持平", "unchanged"
    UNDETERMINED = "undetermined", "无法判定", "undetermined"


@frozen(kw_only=True)
class Change:
    """A measurement against an earlier one of the same indicator (同比、环比变化).

    Both are taken to be independent: each may lie anywhere in its interval. What needs a value
    that one of them does not have is None. Raises `UnitMismatch` for two units.
    """

    earlier: Measurement
    later: Measurement

    def __attrs_post_init__(self) -> None:
        """Refuse two indicators whose units differ."""
        if self.earlier.unit is not self.later.unit:
            raise UnitMismatch(
                f"{self.later.unit.label_en} cannot be held against {self.earlier.unit.label_en}"
            )

    @property
    def absolute(self) -> Quantity | None:
        """The later value less the earlier one (增减量), in their unit."""
        if self.earlier.quantity is None or self.later.quantity is None:
            return None
        return self.later.quantity - self.earlier.quantity

    @property
    def relative(self) -> Interval | None:
        """The change as a share of the earlier value (增长率); None where that may be zero."""
        ratio = self._ratio
        return None if ratio is None else ratio - _ONE

    @property
    def compound_rate(self) -> Interval | None:
        """The yearly rate that, compounded, makes the change (年均复合增长率).

        The years are those from the first day of the earlier period to the first day of the
        later one, which must be whole months apart. None where they are not, or where a value
        is below zero. Its ends have 12 decimal places, rounded outwards.
        """
        ratio, months = self._ratio, self._months
        before, after = self.earlier.value, self.later.value
        if ratio is None or months is None or before is None or after is None:
            return None
        if (before < _ZERO) is not Truth.FALSE or (after < _ZERO) is not Truth.FALSE:
            return None
        low = _yearly(ratio.low or Fraction(0), months).low
        high = None if ratio.high is None else _yearly(ratio.high, months).high
        return outward(Interval(low, high, ratio.low_closed, ratio.high_closed)) - _ONE

    @property
    def direction(self) -> Direction:
        """Whether it rose or fell, as far as both values tell."""
        before, after = self.earlier.value, self.later.value
        if before is None or after is None:
            return Direction.UNDETERMINED
        if (after > before) is Truth.TRUE:
            return Direction.ROSE
        if (after < before) is Truth.TRUE:
            return Direction.FELL
        is_same = before.is_exact and before == after
        return Direction.UNCHANGED if is_same else Direction.UNDETERMINED

    @property
    def _ratio(self) -> Interval | None:
        before, after = self.earlier.value, self.later.value
        if before is None or after is None or 0 in before:
            return None
        return after / before

    @property
    def _months(self) -> int | None:
        if self.earlier.period is None or self.later.period is None:
            return None
        before, after = self.earlier.period.first, self.later.period.first
        months = (after.year - before.year) * _MONTHS + after.month - before.month
        return months if before.day == after.day and months > 0 else None

    def __str__(self) -> str:
        indicator = self.later.indicator
        asked = f"{indicator.label.en} ({indicator.id}), {self.later.division}"
        line = f"{asked}: {self.direction.label_en}"
        if self.absolute is None:
            return line
        return f"{line}: {self.absolute}, from {self.earlier.quantity} to {self.later.quantity}"


_ZERO = Interval.exactly(0)
_ONE = Interval.exactly(1)


def _yearly(ratio: Fraction, months: int) -> Interval:
    """Return the growth in twelve months of what grows by this ratio in so many."""
    return root(ratio**_MONTHS, months)
