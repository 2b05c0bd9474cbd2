"""What fields can be made to contradict each other, in one record that has no other fault."""

from collections.abc import Mapping
from typing import Any

from commed.law.instrument import Gap, Provision
from commed.periods import Period
from commed.places import Division
from commed.records.learning import ActivityPlan, LearningEvent, LearningTeam
from commed.records.organisations import JointConference, Organisation, Workstation
from commed.records.resources import Staffing
from commed.records.statements import Attestation, Honour, ReportedFigure
from commed.records.surveys import Survey
from commed.register import Completeness

__all__ = ["ABSENT", "CONTRADICTIONS", "Contradiction"]

ABSENT = object()
"""Stands for a key that is taken away."""

Contradiction = tuple[Mapping[str, Any], str]
"""What the fields are changed to, and the field at which it is told, '' for the record."""

_EARLY, _LATE = "2018-01-01", "2018-01-02"
_ENDS_FIRST = {"since": _LATE, "until": _EARLY}, "until"
_SEEN_TOO = {**_ENDS_FIRST[0], "seen": ABSENT}, "until"
_NOWHERE = {"workstation": ABSENT, "division": ABSENT}, ""
_NOBODYS = {"organisation": ABSENT, "division": ABSENT}, ""

CONTRADICTIONS: Mapping[type, tuple[Contradiction, ...]] = {
    Period: (({"first": _LATE, "last": _EARLY}, "last"),),
    Division: (_ENDS_FIRST,),
    Organisation: (_SEEN_TOO,),
    Workstation: (_SEEN_TOO,),
    JointConference: (_SEEN_TOO,),
    LearningTeam: (_ENDS_FIRST, _NOWHERE),
    LearningEvent: (({"planned_for": _EARLY, "plan": ABSENT}, "planned_for"), _NOWHERE),
    ActivityPlan: (_NOWHERE,),
    Staffing: (_NOBODYS,),
    Honour: (_NOBODYS,),
    Survey: (({"positive": ABSENT, "share": ABSENT}, "positive"),),
    ReportedFigure: (({"yearly": True, "period": {"first": _EARLY, "last": _LATE}}, "yearly"),),
    Attestation: (({"on": _LATE, "until": _EARLY}, "until"),),
    Completeness: (({"collection": "events", "level": "county"}, "level"),),
    Provision: (_ENDS_FIRST,),
    Gap: (({"from_article": 2, "to_article": 1}, "to_article"),),
}
"""The ways in which the fields of a record can contradict each other."""
