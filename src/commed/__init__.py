"""commed: community-education law and its metrics (社区教育立法与指标).

Records of a jurisdiction make a `Register`; `measure` computes an indicator on it, as an
interval that names what is missing; `assess` judges it under an `Instrument`, duty by duty.

The names below are loaded when they are first used, so that importing commed costs little.
"""

from importlib import import_module

from commed.version import __version__ as __version__

_ROOMS = {
    "codec": (
        "digest",
        "dump_assessment",
        "dump_inspection",
        "dump_instrument",
        "dump_measurement",
        "dump_register",
    ),
    "compliance": (
        "Assessment",
        "Course",
        "Finding",
        "FollowUp",
        "NotComparable",
        "RollUp",
        "Step",
        "Verdict",
        "add_condition",
        "assess",
        "assess_many",
        "follow_up",
        "roll_up",
    ),
    "errors": ("CommedError", "InvalidDocument", "InvalidValue", "Problem"),
    "evidence": ("Evidence", "Need"),
    "indicators": (
        "Balance",
        "Bounds",
        "Change",
        "Consistency",
        "Direction",
        "Estimate",
        "Measurement",
        "Reconciliation",
        "UnknownIndicator",
        "UnsupportedQuestion",
        "balance",
        "change",
        "estimate",
        "measure",
        "measure_all",
        "reconcile",
    ),
    "inspection": ("InspectionReport", "Remedy", "UnknownInspection", "inspect"),
    "labels": ("Label",),
    "law.instrument": ("Instrument", "Modality", "Obligation", "Provision"),
    "loading": (
        "UnknownName",
        "example",
        "examples",
        "instrument",
        "instruments",
        "load_instrument",
        "load_register",
    ),
    "periods": ("Period",),
    "places": ("Division", "DivisionCode", "Level"),
    "privacy": ("Published", "Withheld", "pseudonymise", "suppressed"),
    "quantities": ("Interval", "Quantity", "Unit", "UnitMismatch"),
    "records.inspections": ("Inspection", "Recommendation"),
    "records.learning": (
        "ActivityPlan",
        "Attendance",
        "GroupCount",
        "Headcount",
        "LearnerGroup",
        "LearningEvent",
        "LearningTeam",
        "Mode",
    ),
    "records.organisations": (
        "JointConference",
        "Organisation",
        "OrganisationKind",
        "Workstation",
    ),
    "records.resources": (
        "Funding",
        "FundingStage",
        "Population",
        "PopulationBase",
        "StaffRole",
        "Staffing",
    ),
    "records.statements": (
        "Attestation",
        "Document",
        "DocumentKind",
        "Honour",
        "ReportedFigure",
        "Topic",
    ),
    "records.surveys": ("Survey", "SurveyQuestion"),
    "recurrences": ("Recurrence",),
    "references": ("Collection",),
    "register": ("Completeness", "Register"),
    "report": ("render_text",),
    "sources": ("Citation", "Source", "TextStatus"),
    "truth": ("Truth",),
    "windows": ("statutory_period",),
    "wording": ("UnreadableQuantity", "WordingConvention", "parse_quantity"),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    if name in _HOMES:
        value = getattr(import_module(f"commed.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    if name in _ROOMS and "." not in name:
        return import_module(f"commed.{name}")
    raise AttributeError(f"module 'commed' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
