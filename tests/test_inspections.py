"""Inspections: what was judged for one, what its recommendations speak of, and what became of them.

The law is made up: three duties that only somebody's word decides.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from commed import (
    Attestation,
    Course,
    Division,
    Inspection,
    InspectionReport,
    Instrument,
    InvalidDocument,
    Label,
    Level,
    NotComparable,
    Organisation,
    OrganisationKind,
    Recommendation,
    Register,
    Truth,
    UnknownInspection,
    Verdict,
    assess,
    dump_inspection,
    example,
    inspect,
    instrument,
)
from commed.law.conditions import Attested
from commed.law.instrument import Bearer, Modality, Obligation, Provision
from commed.sources import Source, TextStatus

SPRING, AUTUMN = date(2019, 4, 26), date(2019, 10, 26)
WORDS = Label(zh="义务", en="a duty")
PLAN, FUNDS, STAFF = "plan", "funds", "staff"


def duty(key: str, **more: Any) -> Obligation:
    return Obligation(
        id=key,
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=Modality.SHALL,
        condition=Attested(),
        **more,
    )


def provision(article: int, *duties: Obligation, **time: Any) -> Provision:
    return Provision(article=article, summary=WORDS, source="text", obligations=duties, **time)


def law(*provisions: Provision, key: str = "law") -> Instrument:
    return Instrument(
        id=key,
        title=WORDS,
        since=date(2017, 1, 1),
        sources=[Source(id="text", title="条例", status=TextStatus.ENACTED)],
        provisions=provisions,
    )


LAW = law(provision(1, duty(PLAN), duty(FUNDS)), provision(2, duty(STAFF)))


def word(key: str, *, holds: bool, on: date = SPRING) -> Attestation:
    return Attestation(
        id=f"{key}-{on}", instrument="law", duty=key, division="510112", holds=holds, on=on
    )


def held(key: str = "spring", *recommendations: Recommendation, **more: Any) -> Inspection:
    told: dict[str, Any] = {"on": SPRING, "instrument": "law", "division": "510112"} | more
    return Inspection(
        id=key,
        inspector="congress",
        inspected="government",
        recommendations=recommendations,
        **told,
    )


def register(inspections: Iterable[Inspection], *words: Attestation) -> Register:
    bodies = {"congress": OrganisationKind.CONGRESS, "government": OrganisationKind.GOVERNMENT}
    return Register(
        jurisdiction="510112",
        divisions=[Division(id="510112", name="龙泉驿区", level=Level.COUNTY)],
        organisations=[
            Organisation(id=key, name=key, kind=kind, division="510112")
            for key, kind in bodies.items()
        ],
        attestations=words,
        inspections=inspections,
    )


MEND = Recommendation(text="落实经费和人员", duties=[FUNDS, STAFF])
GENERAL = Recommendation(text="提高认识")
KNOWN = (word(PLAN, holds=True), word(FUNDS, holds=False))
REPORT = inspect(register([held("spring", MEND, GENERAL)], *KNOWN), LAW)


def later(*words: Attestation, by: Instrument = LAW, on: date = AUTUMN) -> Any:
    return assess(register([], *KNOWN, *words), by, on=on)


def test_the_division_is_judged_on_the_day_of_the_inspection() -> None:
    (assessment,) = REPORT.assessments
    assert (assessment.on, assessment.division) == (SPRING, "510112")
    assert [finding.verdict for finding in REPORT.findings] == [
        Verdict.MET,
        Verdict.NOT_MET,
        Verdict.UNDETERMINED,
    ]
    assert [finding.obligation.id for finding in REPORT.breaches] == [FUNDS]


def test_a_recommendation_leads_to_the_findings_on_its_duties() -> None:
    found = REPORT.findings_on(MEND)
    assert [finding.obligation.id for finding in found] == [FUNDS, STAFF]
    assert [finding.verdict for finding in found] == [Verdict.NOT_MET, Verdict.UNDETERMINED]
    assert REPORT.findings_on(GENERAL) == ()


def test_other_instruments_are_judged_beside_the_inspected_one() -> None:
    beside = law(provision(1, duty("other")), key="beside")
    report = inspect(register([held()]), beside, LAW)
    assert [each.instrument.id for each in report.assessments] == ["law", "beside"]
    assert [need.division for need in report.requests()[WORDS]] == ["510112"] * 4


@pytest.mark.parametrize(
    ("words", "course", "carried_out"),
    [
        ([word(FUNDS, holds=True, on=AUTUMN), word(STAFF, holds=True, on=AUTUMN)], "remedied", 1),
        ([word(FUNDS, holds=True, on=AUTUMN)], "remedied", None),
        ([word(STAFF, holds=True, on=AUTUMN)], "unchanged", 0),
    ],
)
def test_a_recommendation_is_carried_out_once_its_duties_are_met(
    words: list[Attestation], course: str, carried_out: int | None
) -> None:
    mend, general = REPORT.remedies(later(*words))
    assert mend.recommendation is MEND
    assert [step.obligation for step in mend.steps] == [FUNDS, STAFF]
    assert mend.steps[0].course is Course(course)
    assert mend.is_carried_out is Truth.of(None if carried_out is None else bool(carried_out))
    assert (general.steps, general.is_carried_out) == ((), Truth.UNKNOWN)


def test_a_duty_that_was_repealed_is_not_known_to_be_met() -> None:
    shorter = law(provision(1, duty(PLAN), duty(FUNDS)))
    done = word(FUNDS, holds=True, on=AUTUMN)
    mend, _ = REPORT.remedies(later(done, by=shorter))
    assert mend.steps[1].after is None
    assert mend.is_carried_out is Truth.UNKNOWN


def test_a_duty_that_was_amended_is_followed_into_its_new_words() -> None:
    amended = law(
        provision(1, duty(PLAN), duty(STAFF)),
        provision(2, duty(FUNDS), until=date(2019, 6, 30)),
        provision(2, duty("funds-2019", amends=FUNDS), since=date(2019, 7, 1)),
    )
    done = word("funds-2019", holds=True, on=AUTUMN)
    mend, _ = REPORT.remedies(later(done, by=amended))
    assert mend.steps[0].course is Course.REMEDIED
    assert mend.steps[0].after is not None
    assert mend.steps[0].after.obligation.id == "funds-2019"


def test_what_came_before_cannot_show_what_became_of_it() -> None:
    with pytest.raises(NotComparable):
        REPORT.remedies(later(on=date(2019, 1, 1)))


@pytest.mark.parametrize(
    ("inspections", "asked", "message"),
    [
        ([], None, "and none is, found None"),
        ([held("one"), held("two")], None, "one of one, two, found None"),
        ([held("one")], "two", "one of one, found 'two'"),
        ([held("one", instrument="other")], None, "give that instrument once"),
    ],
)
def test_what_was_inspected_must_be_known(
    inspections: list[Inspection], asked: str | None, message: str
) -> None:
    with pytest.raises(UnknownInspection, match=message):
        inspect(register(inspections), LAW, inspection=asked)


def test_an_inspection_is_picked_by_its_key() -> None:
    both = register([held("one"), held("two", on=AUTUMN)])
    assert inspect(both, LAW, inspection="two").assessments[0].on == AUTUMN


def test_a_recommendation_that_speaks_of_no_duty_of_the_law_is_told() -> None:
    wrong = Recommendation(text="落实", duties=[FUNDS, "fund"])
    with pytest.raises(InvalidDocument) as told:
        inspect(register([held("spring", GENERAL, wrong)]), LAW)
    (problem,) = told.value.problems
    assert problem.path == "recommendations[1].duties[1]"
    assert problem.message == "expected a duty of law, found 'fund': mend the id"


def test_a_report_is_written_with_all_that_was_judged() -> None:
    plain = json.loads(json.dumps(dump_inspection(REPORT)))
    assert plain["format"] == "commed.inspection/1"
    assert plain["inspection"]["id"] == "spring"
    assert [each["instrument"] for each in plain["assessments"]] == ["law"]
    assert plain["recommendations"] == [
        {
            "text": "落实经费和人员",
            "findings": [
                {"obligation": FUNDS, "verdict": "not-met"},
                {"obligation": STAFF, "verdict": "undetermined"},
            ],
        },
        {"text": "提高认识", "findings": []},
    ]


def test_the_inspection_of_longquanyi_holds_reported_figures_against_the_records() -> None:
    report: InspectionReport = inspect(example("longquanyi-2019"), instrument("cn-chengdu-2017"))
    assert report.inspection.inspectors == 11
    assert report.reconciliations
    told = dump_inspection(report)["reconciliations"]
    assert [each["figure"] for each in told] == [each.figure.id for each in report.reconciliations]
