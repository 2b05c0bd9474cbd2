"""What a field that holds a quantity may ask of it."""

from attrs import frozen

from commed.errors import InvalidValue
from commed.quantities.quantity import Quantity
from commed.quantities.units import Unit

__all__ = ["Counts", "Measures", "Statable"]


@frozen
class Measures:
    """The quantity is in this unit, and no part of it lies below zero."""

    unit: Unit

    @property
    def expected(self) -> str:
        """The unit in words."""
        return f"a quantity in {self.unit.label_en} ({self.unit.label_zh}), not below zero"

    def allows(self, value: Quantity, /) -> bool:
        """Whether it has this unit, and none of it is negative."""
        return (
            value.unit is self.unit and value.interval.low is not None and value.interval.low >= 0
        )


@frozen
class Statable:
    """The quantity is one that people state: its ends have at most 40 digits."""

    expected = "a figure whose ends have at most 40 digits"

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
    def expected(self) -> str:
        """The unit in words."""
        return f"a count in {self.unit.label_en} ({self.unit.label_zh}), not below zero"

    def allows(self, value: Quantity, /) -> bool:
        """Whether it has this unit, and some whole number lies inside, none below zero."""
        if not Measures(self.unit).allows(value):
            return False
        try:
            value.interval.whole()
        except InvalidValue:
            return False
        return True
