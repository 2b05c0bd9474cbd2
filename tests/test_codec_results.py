"""Results as plain data: they go out whole, in JSON, and can be replayed."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields

import commed
from commed.codec.digests import digest
from commed.codec.results import dump_assessment, dump_inspection, dump_measurement
from commed.compliance import assess
from commed.indicators import Measurement, catalogue, measure
from commed.inspection import inspect
from commed.loading import example, instrument
from commed.periods import Period
from commed.records.learning import LearningTeam
from commed.records.statements import ReportedFigure
from commed.register import Register

REGISTER, LAW, ON = example("longquanyi-2019"), instrument("cn-chengdu-2017"), date(2019, 4, 26)
ASSESSMENT = assess(REGISTER, LAW, on=ON)
Plain = dict[str, Any]


@pytest.fixture
def written() -> Plain:
    return dump_assessment(ASSESSMENT)


@pytest.fixture
def findings(written: Plain) -> dict[str, Plain]:
    return {finding["obligation"]: finding for finding in written["findings"]}


def traces(trace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield trace
    for part in trace["parts"]:
        yield from traces(part)


def test_an_assessment_is_plain_json(written: Plain) -> None:
    assert json.loads(json.dumps(written, allow_nan=False)) == json.loads(json.dumps(written))


def test_an_assessment_says_what_it_was_made_of(written: Plain) -> None:
    assert written["format"] == "commed.assessment/1"
    assert written["commed"] == commed.__version__
    assert (written["jurisdiction"], written["instrument"]) == ("510112", "cn-chengdu-2017")
    assert written["register_digest"] == digest(REGISTER)
    assert written["instrument_digest"] == digest(LAW)
    assert written["on"] == "2019-04-26"
    assert written["period"] == {"first": "2018-01-01", "last": "2018-12-31"}


def test_every_finding_is_told_in_order(written: Plain) -> None:
    told = [(finding["obligation"], finding["verdict"]) for finding in written["findings"]]
    assert told == [
        (finding.obligation.id, finding.verdict.value) for finding in ASSESSMENT.findings
    ]
    assert [finding["is_breach"] for finding in written["findings"]] == [
        finding.is_breach for finding in ASSESSMENT.findings
    ]


def test_a_finding_keeps_words_ground_and_source(findings: dict[str, Plain]) -> None:
    finding = findings["art-6-2-joint-conference"]
    assert finding["text_status"] == "quoted"
    assert finding["modality"] == "shall"
    assert finding["duty"] == {
        "zh": "建立社区教育联席会议制度",
        "en": "set up a joint conference for community education",
    }
    assert (finding["citation"]["article"], finding["citation"]["paragraph"]) == (6, 2)
    assert finding["bearer"]["levels"] == ["city", "county"]
    assert set(finding["because"]) == {"zh", "en"}
    assert [piece["key"] for piece in finding["evidence"]] == ["joint-conference"]
    assert finding["needs"] == []


def test_a_finding_of_two_readings_names_and_traces_both(findings: dict[str, Plain]) -> None:
    finding = findings["art-6-3-workstations"]
    assert [reading["id"] for reading in finding["readings"]] == ["every", "some"]
    assert finding["readings"][0]["label"]["en"] == "every village and neighbourhood has one"
    assert [part["truth"] for part in finding["trace"]["parts"]] == ["unknown", "true"]
    assert finding["needs"][0]["collection"] == "divisions"
    assert finding["needs"][0]["division"] == "510112"


def test_what_was_not_judged_has_no_trace(findings: dict[str, Plain]) -> None:
    assert findings["art-6-3-city-institution"]["trace"] is None


def test_every_ruling_traced_says_why(findings: dict[str, Plain]) -> None:
    for finding in findings.values():
        for trace in traces(finding["trace"]) if finding["trace"] else ():
            assert trace["truth"] in {"true", "false", "unknown"}
            assert trace["because"]["zh"]
            assert trace["because"]["en"]


def test_a_finding_is_written_with_all_that_is_known_of_it(findings: dict[str, Plain]) -> None:
    finding = findings["art-6-3-workstations"]
    assert list(finding) == [
        *("obligation", "duty", "bearer", "modality", "is_breach"),
        *("is_practised", "readings", "citation"),
        *("text_status", "verdict", "because", "evidence", "needs"),
        *("observed", "required", "shortfall", "trace"),
    ]
    assert [list(reading) for reading in finding["readings"]] == [["id", "label"]] * 2
    assert list(finding["trace"]) == ["truth", "because", "parts"]
    assert finding["is_breach"] is False


def test_a_measurement_is_written_with_all_that_is_known_of_it() -> None:
    plain = dump_measurement(measure("learning-teams", REGISTER, period=Period.year(2018)))
    assert list(plain)[:4] == ["format", "indicator", "label", "unit"]
    assert plain.keys() == {"format", "label", "unit", *(each.name for each in fields(Measurement))}
    assert plain["label"] == {"zh": "学习型团队数", "en": "learning teams"}


def test_an_assessment_is_written_with_all_that_is_known_of_it(written: Plain) -> None:
    assert list(written) == [
        *("format", "commed", "jurisdiction", "division", "register_digest", "instrument"),
        *("instrument_digest", "on", "period", "findings", "ledger"),
    ]
    assert written["division"] == ASSESSMENT.division


class Beside(Register):
    """Stand for a register whose rosters lie in a table."""


def test_what_was_judged_by_a_table_is_written_without_a_digest() -> None:
    beside = Beside(**{each.name: getattr(REGISTER, each.name) for each in fields(Register)})
    plain = dump_assessment(assess(beside, LAW, on=ON))
    assert plain == dump_assessment(ASSESSMENT) | {"register_digest": None}


def test_the_report_of_an_inspection_is_written_with_all_that_is_known_of_it() -> None:
    report = inspect(REGISTER, LAW)
    plain = dump_inspection(report)
    assert list(plain) == [
        *("format", "inspection", "assessments", "recommendations", "reconciliations")
    ]
    assert plain["format"] == "commed.inspection/1"
    assert plain["inspection"]["id"] == report.inspection.id
    assert plain["assessments"] == [dump_assessment(each) for each in report.assessments]
    assert plain["recommendations"] == [
        {
            "text": each.text,
            "findings": [
                {"obligation": finding.obligation.id, "verdict": finding.verdict.value}
                for finding in report.findings_on(each)
            ],
        }
        for each in report.inspection.recommendations
    ]
    assert plain["reconciliations"]
    assert [list(each) for each in plain["reconciliations"]] == [
        ["figure", "consistency", "because", "excess"]
    ] * len(report.reconciliations)
    for each, told in zip(report.reconciliations, plain["reconciliations"], strict=True):
        assert (told["figure"], told["consistency"]) == (each.figure.id, each.consistency.value)
        assert told["because"] == {"zh": each.because.zh, "en": each.because.en}
        assert (told["excess"] is None) is (each.excess is None)


def test_how_far_a_reported_figure_exceeds_the_records_is_written() -> None:
    figure = ReportedFigure(
        id="teams",
        about="学习型团队",
        quantity="5支",
        indicator="learning-teams",
        division="510112",
        stated_on=ON,
    )
    recorded = [LearningTeam(id="team", division="510112")]
    report = inspect(evolve(REGISTER, reported_figures=[figure], teams=recorded), LAW)
    (told,) = dump_inspection(report)["reconciliations"]
    assert told["excess"] == {"low": None, "high": 4, "low_closed": False, "high_closed": True}


def test_the_ledger_goes_with_it(written: Plain) -> None:
    assert len(written["ledger"]) == len(LAW.ledger())
    assert written["ledger"][0]["computability"] == "not-modelled"
    assert written["ledger"][-1]["status"] is None


@pytest.mark.parametrize("indicator", sorted(catalogue()))
@pytest.mark.parametrize("period", [None, Period.year(2018)])
def test_every_measurement_is_plain_json(indicator: str, period: Period | None) -> None:
    plain = dump_measurement(measure(indicator, REGISTER, period=period))
    assert json.loads(json.dumps(plain, allow_nan=False)) == json.loads(json.dumps(plain))
    assert (plain["format"], plain["indicator"]) == ("commed.measurement/1", indicator)
    assert plain["unit"] == catalogue()[indicator].unit.value
    assert set(plain["label"]) == {"zh", "en"}


def test_a_measurement_keeps_its_interval_and_its_ground() -> None:
    plain = dump_measurement(measure("person-times", REGISTER, period=Period.year(2018)))
    assert (plain["value"]["low"], plain["value"]["high"]) == (700_000, 799_999)
    assert plain["period"] == {"first": "2018-01-01", "last": "2018-12-31"}
    assert [piece["key"] for piece in plain["evidence"]] == ["person-times-of-the-district"]
    assert plain["coverage"] == [{"collection": "events", "records": 0, "complete": False}]
    assert plain["needs"][0]["period"] == {"first": "2018-01-01", "last": "2018-12-31"}
