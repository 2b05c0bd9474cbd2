"""Hypothesis strategies for every type of commed, and laws that an embedder can check.

`registers`, `instruments` and the other strategies draw values that are valid and hang together;
`faulty_documents` draws documents with known faults; the `check_` functions hold your own
storage, counts and pipelines against the library. Needs the extra ``testing``.

Hypothesis itself loads this package, for `st.from_type`: so its names are loaded when first used.
"""

from importlib import import_module

_ROOMS = {
    "_basics": ("days", "division_codes", "names", "periods", "recurrences", "texts"),
    "_checks": ("check_assessment_stable", "check_counts", "check_round_trip"),
    "_documents": ("FaultyDocument", "documents", "faulty_documents", "nearly_valid_documents"),
    "_faults": ("Fault", "FaultKind"),
    "_figures": ("intervals", "quantities", "units", "wording_conventions"),
    "_instruments": (
        "amendments",
        "bearers",
        "conditions",
        "gaps",
        "instruments",
        "narrowings",
        "obligations",
        "overlays",
        "provisions",
        "readings",
    ),
    "_records": (
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
    ),
    "_registers": ("registers",),
    "_results": (
        "assessments",
        "balances",
        "bounds",
        "changes",
        "estimates",
        "findings",
        "follow_ups",
        "inspection_reports",
        "measurements",
        "publications",
        "reconciliations",
        "remedies",
        "roll_ups",
        "steps",
    ),
    "_types": ("strategy_of",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [*_HOMES]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'commed.testing' has no attribute {name!r}")
    import_module("commed.testing._types")  # with it comes what draws each type
    return getattr(import_module(f"commed.testing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
