"""Indicators: what inspections and statistics count, defined so that nobody can mistake it."""

from commed.indicators.catalogue import (
    UnknownIndicator,
    catalogue,
    definition,
    families,
    measure,
    measure_all,
)
from commed.indicators.measurement import (
    Coverage,
    Definition,
    Measurement,
    Timing,
    UnsupportedQuestion,
)

__all__ = [
    "Coverage",
    "Definition",
    "Measurement",
    "Timing",
    "UnknownIndicator",
    "UnsupportedQuestion",
    "catalogue",
    "definition",
    "families",
    "measure",
    "measure_all",
]
