"""Whose law it is, where it is not recorded where the jurisdiction lies."""

from datetime import date
from typing import Any

import pytest

from commed.compliance import Verdict, assess
from commed.loading import instrument
from commed.places import Division, Level
from commed.references import Collection
from commed.register import Register

DAY = date(2019, 4, 26)


def verdicts(*divisions: Division, home: str) -> set[Verdict]:
    places: Any = divisions
    register = Register(jurisdiction=home, divisions=places)
    found = assess(register, instrument("cn-chengdu-2017"), on=DAY)
    return {finding.verdict for finding in found.findings}


@pytest.mark.parametrize("level", [Level.CITY, Level.COUNTY, Level.COMMUNITY])
def test_a_jurisdiction_that_may_lie_there_is_asked_where_it_lies(level: Level) -> None:
    register = Register(
        jurisdiction="home", divisions=[Division(id="home", name="某区", level=level)]
    )
    found = assess(register, instrument("cn-chengdu-2017"), on=DAY)
    for finding in found.findings:
        levels = finding.obligation.bearer.levels
        is_ours = not levels or level in levels
        assert finding.verdict is (Verdict.UNDETERMINED if is_ours else Verdict.NOT_APPLICABLE)
    (need,) = found.needs
    assert need.collection is Collection.DIVISIONS
    assert "whether 某区 (home) lies in 510100" in str(need)
    assert "某区是否位于510100之内" in need.label.zh


def test_once_it_is_recorded_the_duties_are_judged_or_another_citys() -> None:
    there = Division(id="home", name="某区", level=Level.COUNTY, within="510100")
    chengdu = Division(id="510100", name="成都市")
    assert Verdict.NOT_APPLICABLE in verdicts(there, chengdu, home="home")
    assert Verdict.UNDETERMINED in verdicts(there, chengdu, home="home")
    elsewhere = Division(id="home", name="某区", level=Level.COUNTY, within="330200")
    ningbo = Division(id="330200", name="宁波市")
    assert verdicts(elsewhere, ningbo, home="home") == {Verdict.NOT_APPLICABLE}


def test_a_coded_jurisdiction_elsewhere_is_not_asked() -> None:
    assert verdicts(Division(id="330203", name="某区"), home="330203") == {Verdict.NOT_APPLICABLE}
