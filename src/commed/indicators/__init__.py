"""Indicators: what inspections and statistics count, defined so that nobody can mistake it."""

from commed.indicators.balance import Balance
from commed.indicators.catalogue import (
    UnknownIndicator,
    catalogue,
    definition,
    families,
    measure,
    measure_all,
)
from commed.indicators.change import Change, Direction
from commed.indicators.comparing import balance, change, estimate
from commed.indicators.inequality import Bounds
from commed.indicators.measurement import (
    Coverage,
    Definition,
    Measurement,
    Timing,
    UnsupportedQuestion,
)
from commed.indicators.reconciliation import Consistency, Reconciliation, reconcile
from commed.indicators.voice import Estimate

__all__ = [
    "Balance",
    "Bounds",
    "Change",
    "Consistency",
    "Coverage",
    "Definition",
    "Direction",
    "Estimate",
    "Measurement",
    "Reconciliation",
    "Timing",
    "UnknownIndicator",
    "UnsupportedQuestion",
    "balance",
    "catalogue",
    "change",
    "definition",
    "estimate",
    "families",
    "measure",
    "measure_all",
    "reconcile",
]
