"""Figures that keep their inexactness: intervals with a unit, in exact arithmetic."""

from commed.quantities.constraints import Counts, Measures, Statable
from commed.quantities.intervals import Interval
from commed.quantities.quantity import Quantity, reckoned
from commed.quantities.units import Unit, UnitMismatch

__all__ = [
    "Counts",
    "Interval",
    "Measures",
    "Quantity",
    "Statable",
    "Unit",
    "UnitMismatch",
    "reckoned",
]
