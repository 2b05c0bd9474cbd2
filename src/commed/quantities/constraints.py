"""What a field that holds a quantity may ask of it."""

from typing import ClassVar

from attrs import frozen

from commed.errors import InvalidValue, Words
from commed.quantities.quantity import Quantity
from commed.quantities.units import Unit

__all__ = ["Counts", "Measures", "Statable"]


@frozen
class Measures:
    """The quantity is in this unit, and no part of it lies below zero."""

    unit: Unit

    @property
    def expected(self) -> Words:
        """The unit in words."""
        zh = self.unit.label_zh
        return Words(
            f"a quantity in {self.unit.label_en} ({zh}), not below zero",
            f"以“{zh}”为单位、不小于零的数量",
        )

    def allows(self, value: Quantity, /) -> bool:
        """Whether it has this unit, and none of it is negative."""
        return (
            value.unit is self.unit and value.interval.low is not None and value.interval.low >= 0
        )


@frozen
class Statable:
    """The quantity is one that people state: its ends have at most 40 digits."""

    expected: ClassVar[Words] = Words(
        "a figure whose ends have at most 40 digits", "两端均不超过40位数字的数量"
    )

    def allows(self, value: Quantity, /) -> bool:
        """Whether both ends, as fractions, are short enough."""
        ends = (value.interval.low, value.interval.high)
        return all(
            abs(end.numerator) < _TOO_LONG and end.denominator < _TOO_LONG
            for end in ends
            if end is not None
        )


_TOO_LONG = 10**40


@frozen
class Counts:
    """The quantity counts something in this unit: it holds a whole number, none below zero."""

    unit: Unit

    @property
    def expected(self) -> Words:
        """The unit in words."""
        zh = self.unit.label_zh
        return Words(
            f"a count in {self.unit.label_en} ({zh}), not below zero",
            f"以“{zh}”为单位、不小于零的计数",
        )

    def allows(self, value: Quantity, /) -> bool:
        """Whether it has this unit, and some whole number lies inside, none below zero."""
        if not Measures(self.unit).allows(value):
            return False
        try:
            value.interval.whole()
        except InvalidValue:
            return False
        return True
