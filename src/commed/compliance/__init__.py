"""Judging: one instrument on one register at one date gives one assessment."""

from commed.compliance.assessment import Assessment, Finding, assess
from commed.compliance.rulings import Case, Ruling, add_condition, judge
from commed.compliance.verdicts import Verdict

__all__ = [
    "Assessment",
    "Case",
    "Finding",
    "Ruling",
    "Verdict",
    "add_condition",
    "assess",
    "judge",
]
