"""commed: community-education law and its metrics (社区教育立法与指标).

Records of a jurisdiction make a `Register`; `measure` computes an indicator on it, as an
interval that names what is missing; `assess` judges it under an `Instrument`, duty by duty.

The names below are loaded when they are first used, so that importing commed costs little.
Where it is imported in IPython or Jupyter, values show themselves there.
"""

import sys
from importlib import import_module

from commed.version import __version__ as __version__

_ROOMS = {
    "codec": ("dump_instrument", "dump_register"),
    "codec.digests": ("digest",),
    "codec.results": ("dump_assessment", "dump_inspection", "dump_measurement"),
    "compliance": (
        "Assessment",
        "Finding",
        "Verdict",
        "add_condition",
        "assess",
    ),
    "compliance.following": ("Course", "FollowUp", "NotComparable", "Step", "follow_up"),
    "compliance.many": ("assess_many",),
    "compliance.rollup": ("RollUp", "roll_up"),
    "errors": ("CommedError", "InvalidDocument", "InvalidValue", "Problem"),
    "evidence": ("Evidence", "Need"),
    "indicators": (
        "Measurement",
        "UnknownIndicator",
        "UnsupportedQuestion",
        "measure",
        "measure_all",
    ),
    "indicators.balance": ("Balance",),
    "indicators.change": ("Change", "Direction"),
    "indicators.comparing": ("balance", "change", "estimate"),
    "indicators.inequality": ("Bounds",),
    "indicators.reconciliation": ("Consistency", "Reconciliation", "reconcile"),
    "indicators.voice": ("Estimate",),
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
    "report": ("render_html", "render_markdown", "render_text"),
    "sources": ("Citation", "Source", "TextStatus"),
    "tables": ("write_tables", "write_template"),
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


def load_ipython_extension(shell: object) -> None:
    """Let values show themselves in an IPython shell (``%load_ext commed``)."""
    import_module("commed.notebook").install(shell)


def unload_ipython_extension(shell: object) -> None:
    """Let an IPython shell show values as plain text (``%unload_ext commed``)."""
    import_module("commed.notebook").uninstall(shell)


def _show_ourselves() -> None:
    """Tell the IPython shell that imports this, if one does, how to show our values."""
    ask = getattr(sys.modules.get("IPython"), "get_ipython", None)
    if ask is not None and (shell := ask()) is not None:
        load_ipython_extension(shell)


_show_ourselves()
