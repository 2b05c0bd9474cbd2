"""Following up: what became of each duty between two assessments, and whom to ask for what."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve

import commed
from commed import Assessment, Course, Finding, NotComparable, Register, Verdict, follow_up

BEFORE, AFTER = date(2019, 4, 26), date(2020, 4, 26)


def assessment(on: date = BEFORE, instrument: str = "cn-chengdu-2017") -> Assessment:
    register = commed.example("longquanyi-2019")
    return commed.assess(register, commed.instrument(instrument), on=on)


def with_verdicts(one: Assessment, verdicts: list[Verdict]) -> Assessment:
    """Return the assessment as if its first duties had come to these."""
    findings = zip(one.findings, verdicts, strict=False)
    return evolve(one, findings=tuple(evolve(finding, verdict=v) for finding, v in findings))


def course(was: Verdict, now: Verdict) -> Course:
    """Return what the two verdicts mean, told apart by cases."""
    judged = {Verdict.MET, Verdict.NOT_MET}
    if was is now:
        return Course.OPEN if was is Verdict.UNDETERMINED else Course.UNCHANGED
    if {was, now} <= judged:
        return Course.REMEDIED if now is Verdict.MET else Course.WORSENED
    if was is Verdict.UNDETERMINED and now in judged:
        return Course.SETTLED
    if now is Verdict.UNDETERMINED and was in judged:
        return Course.OBSCURED
    return Course.OTHER


def test_every_change_of_verdict_has_its_course() -> None:
    for was, now in product(Verdict, Verdict):
        before = with_verdicts(assessment(), [was])
        after = with_verdicts(assessment(AFTER), [now])
        followed = follow_up(before, after)
        (step,) = followed.steps
        assert step.course is course(was, now)
        for each in Course:
            assert followed.of(each) == ((step,) if each is step.course else ())


def test_a_duty_that_came_or_went_is_told_as_such() -> None:
    full = assessment(AFTER)
    fewer = with_verdicts(assessment(), [finding.verdict for finding in full.findings[:-1]])
    last = full.findings[-1].obligation.id
    came = follow_up(fewer, full).steps[-1]
    assert (came.obligation, came.before, came.course) == (last, None, Course.OTHER)
    went = follow_up(evolve(full, on=BEFORE), evolve(fewer, on=AFTER)).steps[-1]
    assert (went.obligation, went.after, went.course) == (last, None, Course.OTHER)


def test_each_duty_is_followed_once_in_its_order() -> None:
    before, after = assessment(), assessment(AFTER)
    followed = follow_up(before, after)
    assert [step.obligation for step in followed.steps] == [
        finding.obligation.id for finding in before.findings
    ]
    assert sum(len(followed.of(each)) for each in Course) == len(followed.steps)


@pytest.mark.parametrize(
    ("after", "told", "zh"),
    [
        (
            assessment(AFTER, "cn-ningbo-2015"),
            "cn-ningbo-2015",
            "应为510112关于cn-chengdu-2017的两次评估，实有510112关于cn-ningbo-2015的一次",
        ),
        (
            evolve(assessment(AFTER), division="tongan"),
            "on tongan",
            "应为510112关于cn-chengdu-2017的两次评估，实有tongan关于cn-chengdu-2017的一次",
        ),
        (
            assessment(date(2018, 4, 26)),
            "expected one not before 2019-04-26",
            "应为不早于2019-04-26的评估，实为2018-04-26的评估",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(after: Assessment, told: str, zh: str) -> None:
    with pytest.raises(NotComparable, match=told) as refused:
        follow_up(assessment(), after)
    assert refused.value.told("zh") == zh


def test_the_request_list_holds_every_need_once_under_who_can_supply_it() -> None:
    one = assessment()
    requests = one.requests()
    listed = [need for needs in requests.values() for need in needs]
    assert sorted(map(str, listed)) == sorted(map(str, one.needs))
    for supplier, needs in requests.items():
        assert {need.supplier for need in needs} == {supplier}
    immutable: Any = requests
    with pytest.raises(TypeError):
        immutable["anybody"] = ()


def test_a_division_is_judged_as_a_register_of_its_own_would_be() -> None:
    register = commed.example("made-up-district")
    law = commed.instrument("cn-moe-2010-demonstration")
    for division in ("district", "east", "plum-lane"):
        own: Register = evolve(register, jurisdiction=division)
        there = commed.assess(register, law, on=AFTER, division=division)
        findings: tuple[Finding, ...] = commed.assess(own, law, on=AFTER).findings
        assert there.findings == findings
        assert there.division == division
