"""Strategies for what is recorded: a function for each type, and what their fields need."""

from typing import Any

from hypothesis import strategies as st

from commed.errors import Problem
from commed.evidence import Evidence, Need
from commed.indicators import catalogue, definition
from commed.labels import Label
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.inspections import Inspection, Recommendation
from commed.records.learning import (
    ActivityPlan,
    Attendance,
    GroupCount,
    Headcount,
    LearningEvent,
    LearningTeam,
)
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import Funding, Population, Staffing
from commed.records.statements import Attestation, Document, Honour, ReportedFigure
from commed.records.surveys import Survey
from commed.recurrences import Recurrence
from commed.register import Completeness
from commed.sources import Citation, Source
from commed.testing._basics import planned
from commed.testing._figures import quantities
from commed.testing._pens import Pen, strategy_for, told_together

__all__ = [
    "activity_plans",
    "attendances",
    "attestations",
    "citations",
    "completenesses",
    "divisions",
    "evidence",
    "fundings",
    "group_counts",
    "headcounts",
    "honours",
    "inspections",
    "issued_documents",
    "joint_conferences",
    "labels",
    "learning_events",
    "learning_teams",
    "needs",
    "organisations",
    "populations",
    "problems",
    "recommendations",
    "reported_figures",
    "sources",
    "staffings",
    "surveys",
    "workstations",
]

_OWN_TYPE = {OrganisationKind.WORKSTATION, OrganisationKind.JOINT_CONFERENCE}
_KINDS = tuple(kind for kind in OrganisationKind if kind not in _OWN_TYPE)
_HOURS = st.integers(0, 168).map(lambda number: Quantity.exactly(number, Unit.HOURS))
_SHARES = st.fractions(0, 1, max_denominator=99).map(
    lambda share: Quantity.exactly(share, Unit.RATIO)
) | st.just(Quantity(Interval(0, 1, low_closed=False), Unit.RATIO, "多数"))
_INDICATORS = st.none() | st.sampled_from(sorted(catalogue()))


# --- fields that hang together ---------------------------------------------------------


@told_together(Organisation)
def _organisation(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    return {"kind": pen.one_of(_KINDS)}


@told_together(Workstation)
def _workstation(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    return {"weekly_hours": pen.draw(_HOURS) if pen.yes() else None}


@told_together(LearningEvent)
def _event(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    learners = {pen.draw(pen.learners) for _ in range(pen.number(0, 4))}
    return {
        "attendances": tuple(pen.built(Attendance, learner=learner) for learner in sorted(learners))
    }


@told_together(ActivityPlan)
def _plan(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    sessions = known.get("sessions") or pen.of(Recurrence)
    days = planned(sessions) if pen.yes() else ()
    return {"sessions": sessions, "cancelled": days[: pen.number(0, 2)]}


@told_together(Survey)
def _survey(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell how many said yes, of how many; or the share alone."""
    positive = known.get("positive")
    answered = known.get("answered") or (positive or 0) + pen.number(1, 400)
    asked = answered + pen.number(0, 400) if pen.yes() else None
    if "share" in known or (positive is None and pen.yes()):
        return {"positive": None, "answered": answered, "asked": asked, "share": pen.draw(_SHARES)}
    positive = pen.number(0, answered) if positive is None else positive
    return {"positive": positive, "answered": answered, "asked": asked, "share": None}


@told_together(ReportedFigure)
def _figure(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell a figure in the unit of the indicator that it states, if it states one."""
    indicator = known["indicator"] if "indicator" in known else pen.draw(_INDICATORS)
    unit = None if indicator is None else definition(indicator).unit
    return {"indicator": indicator, "quantity": pen.draw(quantities(unit=unit))}


# --- one strategy for each type --------------------------------------------------------


divisions = strategy_for(Division, "divisions", "administrative areas (行政区划)")
organisations = strategy_for(Organisation, "organisations", "bodies (机构)")
workstations = strategy_for(Workstation, "workstations", "workstations (社区教育工作站)")
joint_conferences = strategy_for(JointConference, "joint_conferences", "conferences (联席会)")
learning_teams = strategy_for(LearningTeam, "learning_teams", "learning teams (学习型团队)")
activity_plans = strategy_for(ActivityPlan, "activity_plans", "planned sessions (活动计划)")
learning_events = strategy_for(LearningEvent, "learning_events", "learning events (学习活动)")
attendances = strategy_for(Attendance, "attendances", "attendances (参与)")
headcounts = strategy_for(Headcount, "headcounts", "numbers of participants (人数统计)")
group_counts = strategy_for(GroupCount, "group_counts", "numbers of a group (分人群人数)")
populations = strategy_for(Population, "populations", "populations (人口)")
fundings = strategy_for(Funding, "fundings", "money (经费)")
staffings = strategy_for(Staffing, "staffings", "numbers of staff (人员配备)")
surveys = strategy_for(Survey, "surveys", "answers to a question (问卷调查)")
reported_figures = strategy_for(ReportedFigure, "reported_figures", "stated figures (报告数据)")
issued_documents = strategy_for(Document, "issued_documents", "issued papers (文件)")
attestations = strategy_for(Attestation, "attestations", "somebody's word on a duty (证明)")
honours = strategy_for(Honour, "honours", "titles and commendations (荣誉称号)")
inspections = strategy_for(Inspection, "inspections", "inspections (执法检查)")
recommendations = strategy_for(Recommendation, "recommendations", "recommendations (整改建议)")
completenesses = strategy_for(Completeness, "completenesses", "claims of a whole list (完整性声明)")
sources = strategy_for(Source, "sources", "sources (资料来源)")
citations = strategy_for(Citation, "citations", "places in a legal text (法条引用)")
labels = strategy_for(Label, "labels", "the same words in two languages (双语标签)")
problems = strategy_for(Problem, "problems", "faults with their paths (问题)")
evidence = strategy_for(Evidence, "evidence", "records that a result rests on (依据)")
needs = strategy_for(Need, "needs", "records that would settle something (待补材料)")
