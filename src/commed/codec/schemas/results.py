"""The schemas of results, which only go out: what `commed.codec.results` writes."""

from typing import Any

from attrs import fields_dict

from commed.codec.schemas.keywords import PLAIN, RESULT, Schema
from commed.codec.schemas.shapes import Shapes, closed, documented, told
from commed.compliance import Assessment, Finding, Ruling
from commed.indicators import Definition, Measurement
from commed.indicators.reconciliation import Reconciliation
from commed.inspection import InspectionReport
from commed.law.instrument import LedgerEntry, Obligation, Reading
from commed.records.inspections import Inspection, Recommendation

__all__ = ["assessment", "inspection", "measurement"]

_TEXT = PLAIN[str]
_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def measurement() -> tuple[Shapes, Schema]:
    """Return the schema of a measurement, and what it is made of."""
    shapes = Shapes(RESULT)
    properties = {
        "indicator": _TEXT,
        **shapes.fields(Definition, "label", "unit"),
        **shapes.fields(Measurement, *_all_but(Measurement, "indicator")),
    }
    return shapes, told(Measurement) | closed(properties)


def assessment() -> tuple[Shapes, Schema]:
    """Return the schema of an assessment, and what it is made of."""
    shapes = Shapes(RESULT)
    finding = shapes.define("Finding", lambda: told(Finding) | closed(_finding(shapes)))
    properties = {
        "commed": _TEXT,
        "jurisdiction": _TEXT,
        "division": _TEXT,
        "register_digest": {"anyOf": [_DIGEST, {"type": "null"}]},
        "instrument": _TEXT,
        "instrument_digest": _DIGEST,
        **shapes.fields(Assessment, "on", "period"),
        "findings": _list_of(finding),
        "ledger": _list_of(shapes.of(LedgerEntry)),
    }
    return shapes, told(Assessment) | closed(properties)


def inspection() -> tuple[Shapes, Schema]:
    """Return the schema of an inspection's report, and what it is made of."""
    shapes, judged = assessment()
    one = shapes.define("Assessment", lambda: documented("assessment", judged))
    finding = closed({"obligation": _TEXT, **shapes.fields(Finding, "verdict")})
    recommendation = closed(
        {**shapes.fields(Recommendation, "text"), "findings": _list_of(finding)}
    )
    held = shapes.fields(Reconciliation, "consistency", "because", "excess")
    reconciliation = closed({"figure": _TEXT, **held})
    properties = {
        "inspection": shapes.of(Inspection),
        "assessments": _list_of(one),
        "recommendations": _list_of(told(Recommendation) | recommendation),
        "reconciliations": _list_of(told(Reconciliation) | reconciliation),
    }
    return shapes, told(InspectionReport) | closed(properties)


def _finding(shapes: Shapes) -> dict[str, Schema]:
    reading = shapes.define(
        "Reading", lambda: told(Reading) | closed(shapes.fields(Reading, "id", "label"))
    )
    ruling: Schema = shapes.define("Ruling", lambda: told(Ruling) | closed(_ruling(shapes)))
    return {
        "obligation": _TEXT,
        **shapes.fields(Obligation, "duty", "bearer", "modality"),
        "is_breach": PLAIN[bool],
        "is_practised": PLAIN[bool],
        "readings": _list_of(reading),
        **shapes.fields(Finding, *_all_but(Finding, "obligation", "ruling")),
        "trace": {"anyOf": [ruling, {"type": "null"}]},
    }


def _ruling(shapes: Shapes) -> dict[str, Schema]:
    return {
        **shapes.fields(Ruling, "truth", "because"),
        "parts": _list_of({"$ref": "#/$defs/Ruling"}),
    }


def _list_of(entry: Schema) -> Schema:
    return {"type": "array", "items": entry}


def _all_but(cls: type[Any], *left_out: str) -> list[str]:
    return [name for name in fields_dict(cls) if name not in left_out]
