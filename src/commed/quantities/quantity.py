"""Quantities: an interval with its unit."""

from typing import Annotated

from attrs import field, frozen

from commed.checks import Checked, Written, setters
from commed.quantities.intervals import ExactNumber, Interval
from commed.quantities.units import Unit, UnitMismatch
from commed.truth import Truth

__all__ = ["Quantity", "reckoned"]


@frozen(order=False)
class Quantity(Checked):
    """A figure: an interval with its unit, and the words it was stated in, if any (量).

    The words tell where the interval comes from; two quantities are equal when interval
    and unit are. Units that do not fit raise `UnitMismatch`.
    """

    interval: Interval
    unit: Unit
    wording: Annotated[str, Written()] | None = field(default=None, eq=False)

    @classmethod
    def exactly(cls, value: ExactNumber, unit: Unit) -> "Quantity":
        """Return a figure that is known exactly."""
        return cls(Interval.exactly(value), unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return reckoned(self.interval + self._like(other, "added to"), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return reckoned(self.interval - self._like(other, "lessened by"), self.unit)

    def __mul__(self, other: "Quantity") -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return reckoned(self.interval * other.interval, self.unit * other.unit)

    def __truediv__(self, other: "Quantity") -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return reckoned(self.interval / other.interval, self.unit / other.unit)

    def __lt__(self, other: "Quantity") -> Truth:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.interval < self._like(other, "compared with")

    def __le__(self, other: "Quantity") -> Truth:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.interval <= self._like(other, "compared with")

    def __gt__(self, other: "Quantity") -> Truth:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.interval > self._like(other, "compared with")

    def __ge__(self, other: "Quantity") -> Truth:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.interval >= self._like(other, "compared with")

    def _like(self, other: "Quantity", verb: str) -> Interval:
        if self.unit is not other.unit:
            raise UnitMismatch(f"{self.unit.label_en} cannot be {verb} {other.unit.label_en}")
        return other.interval

    def in_language(self, language: str) -> str:
        """Return the interval with its unit: in Chinese for ``zh``, in English for ``en``."""
        blank = {"zh": "", "en": " "}[language]
        return f"{self.interval}{blank}{self.unit.label.in_language(language)}"

    def __str__(self) -> str:
        return self.in_language("en")


def reckoned(interval: Interval, unit: Unit) -> Quantity:
    """Return a figure that was reckoned, and so needs no check."""
    quantity = object.__new__(Quantity)
    _set_interval(quantity, interval)
    _set_unit(quantity, unit)
    _set_wording(quantity, None)
    return quantity


_set_interval, _set_unit, _set_wording = setters(Quantity)
