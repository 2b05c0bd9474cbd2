"""Indicators: what inspections and statistics count, defined so that nobody can mistake it."""

from commed.indicators.catalogue import (
    UnknownIndicator,
    UnsupportedQuestion,
    catalogue,
    definition,
    measure,
)
from commed.indicators.measurement import Coverage, Definition, Measurement, Timing
from commed.indicators.reconciliation import Consistency, Reconciliation, reconcile

__all__ = [
    "Consistency",
    "Coverage",
    "Definition",
    "Measurement",
    "Reconciliation",
    "Timing",
    "UnknownIndicator",
    "UnsupportedQuestion",
    "catalogue",
    "definition",
    "measure",
    "reconcile",
]
