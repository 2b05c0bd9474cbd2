"""Indicators: what inspections and statistics count, defined so that nobody can mistake it."""

from commed.indicators.catalogue import (
    UnknownIndicator,
    UnsupportedQuestion,
    catalogue,
    definition,
    measure,
)
from commed.indicators.measurement import Coverage, Definition, Measurement, Timing

__all__ = [
    "Coverage",
    "Definition",
    "Measurement",
    "Timing",
    "UnknownIndicator",
    "UnsupportedQuestion",
    "catalogue",
    "definition",
    "measure",
]
