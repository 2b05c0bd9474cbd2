"""Judging: one instrument on one register at one date gives one assessment."""

from commed.compliance.assessment import Assessment, Finding, assess
from commed.compliance.following import Course, FollowUp, NotComparable, Step, follow_up
from commed.compliance.many import assess_many
from commed.compliance.rollup import RollUp, roll_up
from commed.compliance.rulings import Case, Ruling, add_condition, judge
from commed.compliance.verdicts import Verdict

__all__ = [
    "Assessment",
    "Case",
    "Course",
    "Finding",
    "FollowUp",
    "NotComparable",
    "RollUp",
    "Ruling",
    "Step",
    "Verdict",
    "add_condition",
    "assess",
    "assess_many",
    "follow_up",
    "judge",
    "roll_up",
]
