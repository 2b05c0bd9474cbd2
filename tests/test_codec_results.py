"""Results as plain data: they go out whole, in JSON, and can be replayed."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import commed
from commed.codec import digest, dump_assessment, dump_measurement
from commed.compliance import assess
from commed.indicators import catalogue, measure
from commed.loading import example, instrument
from commed.periods import Period

REGISTER, LAW, ON = example("longquanyi-2019"), instrument("cn-chengdu-2017"), date(2019, 4, 26)
ASSESSMENT = assess(REGISTER, LAW, on=ON)
PLAIN = dump_assessment(ASSESSMENT)
FINDINGS = {finding["obligation"]: finding for finding in PLAIN["findings"]}


def traces(trace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield trace
    for part in trace["parts"]:
        yield from traces(part)


def test_an_assessment_is_plain_json() -> None:
    assert json.loads(json.dumps(PLAIN, allow_nan=False)) == json.loads(json.dumps(PLAIN))


def test_an_assessment_says_what_it_was_made_of() -> None:
    assert PLAIN["format"] == "commed.assessment/1"
    assert PLAIN["commed"] == commed.__version__
    assert (PLAIN["jurisdiction"], PLAIN["instrument"]) == ("510112", "cn-chengdu-2017")
    assert PLAIN["register_digest"] == digest(REGISTER)
    assert PLAIN["instrument_digest"] == digest(LAW)
    assert PLAIN["on"] == "2019-04-26"
    assert PLAIN["period"] == {"first": "2018-01-01", "last": "2018-12-31"}


def test_every_finding_is_told_in_order() -> None:
    told = [(finding["obligation"], finding["verdict"]) for finding in PLAIN["findings"]]
    assert told == [
        (finding.obligation.id, finding.verdict.value) for finding in ASSESSMENT.findings
    ]
    assert [finding["is_breach"] for finding in PLAIN["findings"]] == [
        finding.is_breach for finding in ASSESSMENT.findings
    ]


def test_a_finding_keeps_words_ground_and_source() -> None:
    finding = FINDINGS["art-6-2-joint-conference"]
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


def test_a_finding_of_two_readings_names_and_traces_both() -> None:
    finding = FINDINGS["art-6-3-workstations"]
    assert [reading["id"] for reading in finding["readings"]] == ["every", "some"]
    assert finding["readings"][0]["label"]["en"] == "every village and neighbourhood has one"
    assert [part["truth"] for part in finding["trace"]["parts"]] == ["unknown", "true"]
    assert finding["needs"][0]["collection"] == "divisions"
    assert finding["needs"][0]["division"] == "510112"


def test_what_was_not_judged_has_no_trace() -> None:
    assert FINDINGS["art-6-3-city-institution"]["trace"] is None


def test_every_ruling_traced_says_why() -> None:
    for finding in FINDINGS.values():
        for trace in traces(finding["trace"]) if finding["trace"] else ():
            assert trace["truth"] in {"true", "false", "unknown"}
            assert trace["because"]["zh"]
            assert trace["because"]["en"]


def test_the_ledger_goes_with_it() -> None:
    assert len(PLAIN["ledger"]) == len(LAW.ledger())
    assert PLAIN["ledger"][0]["computability"] == "not-modelled"
    assert PLAIN["ledger"][-1]["status"] is None


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
