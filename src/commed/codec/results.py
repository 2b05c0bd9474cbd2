"""Results as JSON-ready data: these only go out."""

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve
from cattrs import Converter

from commed.codec.converter import shown_fraction
from commed.codec.digests import digest
from commed.compliance import Assessment, Finding, Ruling
from commed.indicators import Measurement
from commed.inspection import InspectionReport
from commed.register import Register
from commed.version import __version__

__all__ = ["dump_assessment", "dump_inspection", "dump_measurement"]

_RESULTS = Converter()
_RESULTS.register_unstructure_hook(date, date.isoformat)
_RESULTS.register_unstructure_hook(Fraction, shown_fraction)


def dump_measurement(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as JSON-ready data."""
    plain = _RESULTS.unstructure(measurement)
    del plain["indicator"]
    return {
        "format": "commed.measurement/1",
        "indicator": measurement.indicator.id,
        "label": _RESULTS.unstructure(measurement.indicator.label),
        "unit": measurement.unit.value,
        **plain,
    }


def dump_assessment(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as JSON-ready data.

    It names the library's version and the digests of register and instrument, so that it
    can be replayed. A register whose rosters lie in a table has no digest: it is None.
    """
    register, instrument = assessment.register, assessment.instrument
    return {
        "format": "commed.assessment/1",
        "commed": __version__,
        "jurisdiction": register.jurisdiction,
        "division": assessment.division,
        "register_digest": digest(register) if type(register) is Register else None,
        "instrument": instrument.id,
        "instrument_digest": digest(instrument),
        "on": assessment.on.isoformat(),
        "period": _RESULTS.unstructure(assessment.period),
        "findings": [_finding(finding) for finding in assessment.findings],
        "ledger": [_RESULTS.unstructure(entry) for entry in instrument.ledger()],
    }


def dump_inspection(report: InspectionReport) -> dict[str, Any]:
    """Return an inspection's report as JSON-ready data, with every assessment in it."""
    inspection = report.inspection
    return {
        "format": "commed.inspection/1",
        "inspection": _RESULTS.unstructure(inspection),
        "assessments": [dump_assessment(each) for each in report.assessments],
        "recommendations": [
            {
                "text": recommendation.text,
                "findings": [
                    {"obligation": finding.obligation.id, "verdict": finding.verdict.value}
                    for finding in report.findings_on(recommendation)
                ],
            }
            for recommendation in inspection.recommendations
        ],
        "reconciliations": [
            {
                "figure": each.figure.id,
                "consistency": each.consistency.value,
                "because": _RESULTS.unstructure(each.because),
                "excess": _RESULTS.unstructure(each.excess),
            }
            for each in report.reconciliations
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    obligation = finding.obligation
    plain = _RESULTS.unstructure(evolve(finding, ruling=None))
    del plain["obligation"], plain["ruling"]
    return {
        "obligation": obligation.id,
        "duty": _RESULTS.unstructure(obligation.duty),
        "bearer": _RESULTS.unstructure(obligation.bearer),
        "modality": obligation.modality.value,
        "is_breach": finding.is_breach,
        "is_practised": finding.is_practised,
        "readings": [
            {"id": reading.id, "label": _RESULTS.unstructure(reading.label)}
            for reading in obligation.readings
        ],
        **plain,
        "trace": None if finding.ruling is None else _trace(finding.ruling),
    }


def _trace(ruling: Ruling) -> dict[str, Any]:
    return {
        "truth": ruling.truth.value,
        "because": _RESULTS.unstructure(ruling.because),
        "parts": [_trace(part) for part in ruling.parts],
    }
