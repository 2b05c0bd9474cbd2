"""Stated figures held against the records."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.indicators import UnsupportedQuestion
from commed.indicators.reconciliation import Consistency, Reconciliation, reconcile
from commed.loading import example
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, UnitMismatch
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.organisations import Workstation
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import Register

HOME, NORTH = "510112", "510112001"
YEAR = Period.year(2018)
WHOLE = (Collection.EVENTS, Collection.ATTENDANCES, Collection.TEAMS)


def figure(quantity: str, **fields: Any) -> ReportedFigure:
    given: dict[str, Any] = {
        "id": "f",
        "about": "参与",
        "quantity": quantity,
        "indicator": "person-times",
        "division": HOME,
        "stated_on": date(2019, 4, 26),
        "period": YEAR,
    }
    return ReportedFigure(**given | fields)


def event(key: str, headcount: int, workstation: str | None = "north") -> LearningEvent:
    return LearningEvent(
        id=key,
        date=date(2018, 6, 1),
        division=NORTH,
        workstation=workstation,
        headcount=headcount,
    )


def register(*figures: ReportedFigure, **lists: Any) -> Register:
    given: dict[str, Any] = {
        "divisions": [
            Division(id=HOME, name="区"),
            Division(id=NORTH, name="北街道", level=Level.TOWNSHIP),
        ],
        "workstations": [
            Workstation(id=key, name=key, division=NORTH) for key in ("north", "other")
        ],
        "events": [event("e", 30), event("g", 15)],
        "complete": WHOLE,
    }
    return Register(jurisdiction=HOME, reported_figures=list(figures), **given | lists)


def held(stated: ReportedFigure, **lists: Any) -> Reconciliation:
    (found,) = reconcile(register(stated, **lists))
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("45人次", Consistency.CONSISTENT),
        ("40余人次", Consistency.CONSISTENT),
        ("约50人次", Consistency.CONSISTENT),
        ("不少于45人次", Consistency.CONSISTENT),
        ("50余人次", Consistency.CONTRADICTED),
        ("超过45人次", Consistency.CONTRADICTED),
        ("近45人次", Consistency.CONTRADICTED),
    ],
)
def test_records_that_are_whole_decide(words: str, expected: Consistency) -> None:
    assert held(figure(words)).consistency is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("40余人次", Consistency.UNDETERMINED),
        ("不少于45人次", Consistency.CONSISTENT),
        ("不到45人次", Consistency.CONTRADICTED),
    ],
)
def test_partial_records_bound_from_below(words: str, expected: Consistency) -> None:
    assert held(figure(words), complete=()).consistency is expected


def test_what_is_stated_beyond_the_records_is_told_in_the_unit() -> None:
    found = held(figure("70余万人次"))
    assert found.excess == Interval(700_000 - 45, 800_000 - 45, high_closed=False)
    assert found.because.en == "stated [700000, 800000) person-times, recorded 45"
    assert found.because.zh == "称[700000, 800000)人次，记录为45"
    assert str(found) == f"f: contradicted: {found.because.en}"


def test_a_figure_never_supports_itself() -> None:
    found = held(figure("70余万人次"), events=[], complete=())
    assert (found.consistency, found.excess) == (Consistency.UNDETERMINED, None)
    assert found.because.en.endswith("the records tell nothing of it")


def test_a_figure_of_some_bodies_is_held_against_what_they_did() -> None:
    of_other = figure("15人次", organisations=["other"])
    shared = [event("e", 30), event("g", 15, "other")]
    assert held(of_other, events=shared).consistency is Consistency.CONSISTENT
    unsigned = [*shared, event("h", 5, None)]
    assert held(of_other, events=unsigned).consistency is Consistency.UNDETERMINED


def test_a_figure_of_teams_is_held_on_its_day() -> None:
    teams = [LearningTeam(id="t", workstation="north"), LearningTeam(id="u", workstation="other")]
    stated = figure("1支", indicator="learning-teams", period=None, organisations=["north"])
    assert held(stated, teams=teams).consistency is Consistency.CONSISTENT
    closed = [LearningTeam(id="t", workstation="north", until=date(2019, 1, 1))]
    assert held(stated, teams=closed).consistency is Consistency.CONTRADICTED
    then = figure("1支", indicator="learning-teams", organisations=["north"])
    assert held(then, teams=closed).consistency is Consistency.CONSISTENT


def test_the_coverage_of_some_stations_is_theirs_alone() -> None:
    home = Division(id="home", name="社区", level=Level.COMMUNITY, within=NORTH)
    lists: dict[str, Any] = {
        "divisions": [Division(id=HOME, name="区"), Division(id=NORTH, name="北街道"), home],
        "workstations": [
            Workstation(id="north", name="北", division="home"),
            Workstation(id="other", name="他", division=NORTH, until=date(2017, 1, 1)),
        ],
        "complete": [Collection.DIVISIONS, Collection.WORKSTATIONS],
    }
    asked = {"indicator": "workstation-coverage", "period": Period.day(date(2018, 12, 31))}
    by_north = figure("100%", organisations=["north"], **asked)
    by_other = figure("100%", organisations=["other"], **asked)
    assert held(by_north, **lists).consistency is Consistency.CONSISTENT
    assert held(by_other, **lists).consistency is Consistency.CONTRADICTED


def test_a_figure_of_no_known_period_decides_nothing() -> None:
    found = held(figure("45人次", period=None))
    assert (found.consistency, found.recorded) == (Consistency.UNDETERMINED, None)
    assert "期间不明" in found.because.zh


def test_figures_are_picked_by_period_and_division() -> None:
    known = register(
        figure("45人次"),
        figure("45人次", id="north", division=NORTH),
        figure("1人次", id="later", period=Period.year(2019)),
        figure("1个", id="no-indicator", indicator=None),
        figure("45人次", id="yearly", period=None, yearly=True),
    )
    assert [one.figure.id for one in reconcile(known)] == ["f", "north", "later", "yearly"]
    assert [one.figure.id for one in reconcile(known, period=YEAR)] == ["f", "north", "yearly"]
    assert [one.figure.id for one in reconcile(known, division=NORTH)] == ["north"]


def test_a_division_that_is_not_recorded_is_refused() -> None:
    with pytest.raises(UnsupportedQuestion, match="not recorded"):
        reconcile(register(), division="510121")


def test_a_figure_in_another_unit_is_refused() -> None:
    with pytest.raises(UnitMismatch, match="'f'"):
        reconcile(register(figure("45人")))


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_exact_figure_is_consistent_just_where_it_is_the_record(
    stated: int, recorded: int
) -> None:
    events = [event("e", recorded)] if recorded else []
    found = held(figure(f"{stated}人次"), events=events)
    same = stated == recorded
    assert found.consistency is (Consistency.CONSISTENT if same else Consistency.CONTRADICTED)
    assert found.excess == Interval.exactly(stated - recorded)


def test_the_case_has_no_records_to_hold_its_figures_against() -> None:
    found = reconcile(example("longquanyi-2019"))
    assert len(found) == 3
    assert {one.consistency for one in found} == {Consistency.UNDETERMINED}


def test_what_is_not_measured_by_body_is_not_held_against_the_records_of_all() -> None:
    money: Any = {"quantity": "300元", "indicator": "funds-paid", "organisations": ["north"]}
    found = held(figure(**money), complete=[Collection.FUNDINGS])
    assert found.consistency is Consistency.UNDETERMINED
    assert found.recorded is None
    assert found.because.en.endswith("which is not measured by body")
