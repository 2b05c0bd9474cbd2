"""Reported figures: what somebody stated narrows what the records leave open, and no more."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import Register

CITY, HERE, PART, ELSEWHERE = "510100", "510112", "510112001", "510113"
YEAR, DAY, STATED = Period.year(2018), date(2018, 12, 31), date(2019, 4, 26)
TIMES, LEARNERS, TEAMS = "person-times", "distinct-learners", "learning-teams"
UNITS = {TIMES: Unit.PERSON_TIMES, LEARNERS: Unit.PERSONS, TEAMS: Unit.TEAMS}


def figure(about: str, quantity: str | Interval, **changes: Any) -> dict[str, Any]:
    """Tell of a figure for this place and year, and what is different about it."""
    stated = quantity if isinstance(quantity, str) else Quantity(quantity, unit=UNITS[about])
    told = {"indicator": about, "quantity": stated, "division": HERE, "period": YEAR}
    return told | {"stated_on": STATED} | changes


def register(*figures: dict[str, Any], **lists: Any) -> Register:
    made = [
        ReportedFigure(**{"id": f"f{index}", "about": "参与"} | told)
        for index, told in enumerate(figures)
    ]
    around = [Division(id=key, name=key) for key in (CITY, HERE, PART, ELSEWHERE)]
    station = Workstation(id="station", name="station", division=HERE)
    known: dict[str, Any] = {
        "divisions": around,
        "workstations": [station],
        "reported_figures": made,
    }
    return Register(**{"jurisdiction": HERE} | known | lists)


def event(*learners: str, **changes: Any) -> LearningEvent:
    told: dict[str, Any] = {"id": "e", "date": date(2018, 6, 15), "division": HERE}
    return LearningEvent(**told | {"attendances": list(learners)} | changes)


def measured(
    indicator: str, *figures: dict[str, Any], period: Period | None = YEAR, **lists: Any
) -> Measurement:
    return measure(indicator, register(*figures, **lists), period=period)


@pytest.mark.parametrize(
    ("indicator", "words", "low", "high"),
    [
        (TIMES, "70余万人次", 700_000, 799_999),
        (TIMES, "近10万人次", 90_000, 99_999),
        (LEARNERS, "超过300人", 301, None),
        (LEARNERS, "不足300人", 0, 299),
    ],
)
def test_a_figure_of_just_this_place_and_time_bounds_both_sides(
    indicator: str, words: str, low: int, high: int | None
) -> None:
    found = measured(indicator, figure(indicator, words))
    assert found.value == Interval(low, high)
    assert [evidence.key for evidence in found.evidence] == ["f0"]
    assert Collection.EVENTS in {need.collection for need in found.needs}


@pytest.mark.parametrize(
    "part",
    [{"division": PART}, {"organisations": ["station"]}, {"period": Period.month(2018, 6)}],
    ids=["place", "organisations", "time"],
)
@pytest.mark.parametrize(("indicator", "unit"), [(TIMES, "人次"), (LEARNERS, "人")])
def test_a_figure_of_a_part_bounds_the_whole_from_below(
    indicator: str, unit: str, part: dict[str, Any]
) -> None:
    for words, low in ((f"40余{unit}", 40), (f"超过40{unit}", 41)):
        told = figure(indicator, words, **part)
        assert measured(indicator, told).value == Interval(low, None)


@pytest.mark.parametrize(
    "apart",
    [
        {"division": CITY},
        {"division": ELSEWHERE},
        {"period": Period.year(2017)},
        {"period": Period(date(2018, 1, 1), date(2019, 1, 1))},
        {"period": None},
        {"indicator": None},
        {"indicator": TEAMS},
    ],
)
def test_a_figure_of_something_else_says_nothing(apart: dict[str, Any]) -> None:
    found = measured(TIMES, figure(TIMES, "40人次", **apart))
    assert (found.value, found.evidence) == (None, ())


@pytest.mark.parametrize(
    ("indicator", "words", "message"),
    [
        (TIMES, "40人", "'f0' states person-times in persons; expected person-times"),
        (TIMES, "40余支", "'f0' states person-times in teams; expected person-times"),
        (LEARNERS, "40人次", "'f0' states distinct-learners in person-times; expected persons"),
        (TEAMS, "40", "'f0' states learning-teams in (no unit); expected teams"),
    ],
)
def test_a_figure_in_another_unit_is_refused(indicator: str, words: str, message: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        measured(indicator, figure(indicator, words))
    assert message in str(caught.value)


def test_a_yearly_figure_is_that_of_the_last_full_year() -> None:
    told = figure(TIMES, "70余万人次", period=None, yearly=True)
    assert measured(TIMES, told).value == Interval(700_000, 799_999)
    for other in (2017, 2019):
        assert measured(TIMES, told, period=Period.year(other)).value is None


def test_a_figure_of_any_time_bounds_all_time_from_below_alone() -> None:
    for period in (YEAR, None):
        told = figure(TIMES, "40余人次", period=period)
        assert measured(TIMES, told, period=None).value == Interval(40, None)


def test_figures_narrow_together() -> None:
    told = [figure(TIMES, "40余人次"), figure(TIMES, "不少于45人次", division=PART)]
    found = measured(TIMES, *told)
    assert found.value == Interval(45, 49)
    assert {evidence.key for evidence in found.evidence} == {"f0", "f1"}


def test_a_figure_narrows_what_the_records_leave_open() -> None:
    found = measured(TIMES, figure(TIMES, "40余人次"), events=[event(headcount=45)])
    assert found.value == Interval(45, 49)


def test_an_exact_figure_leaves_nothing_to_ask() -> None:
    found = measured(TIMES, figure(TIMES, "45人次"))
    assert (found.value, found.needs) == (Interval.exactly(45), ())


@pytest.mark.parametrize("words", ["40人次", "不足45人次", "不超过44人次"])
def test_a_figure_that_contradicts_the_records_narrows_nothing(words: str) -> None:
    found = measured(TIMES, figure(TIMES, words), events=[event(headcount=45)])
    assert found.value == Interval(45, None)
    assert "f0" not in {evidence.key for evidence in found.evidence}


@pytest.mark.parametrize("words", ["3人次", "2人次", "2至3人次", "10人次"])
def test_what_the_records_bound_is_left_alone(words: str) -> None:
    whole = [Collection.EVENTS]
    found = measured(
        TIMES, figure(TIMES, words), events=[event(headcount="2至4人")], complete=whole
    )
    assert found.value == Interval(2, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [("40余人次", "近100人次"), ("不足40人次", "40人次以上"), ("超过10人次", "不足11人次")],
)
def test_figures_that_contradict_each_other_narrow_nothing_and_the_need_says_so(
    one: str, other: str
) -> None:
    found = measured(
        TIMES, figure(TIMES, one), figure(TIMES, other), events=[event("a", headcount=2)]
    )
    assert found.value == Interval(2, None)
    asked = {need.collection: need.what for need in found.needs}
    assert asked[Collection.REPORTED_FIGURES].en == (
        "which of the contradictory reported figures is right: f0, f1"
    )
    assert asked[Collection.REPORTED_FIGURES].zh == "相互矛盾的报告数据以何者为准：f0, f1"


def test_a_figure_that_holds_no_whole_number_narrows_nothing() -> None:
    found = measured(TIMES, figure(TIMES, "2.5人次"))
    assert (found.value, found.evidence) == (None, ())


def test_figures_that_contradict_each_other_leave_a_value_unknown() -> None:
    found = measured(TIMES, figure(TIMES, "40人次"), figure(TIMES, "41人次"))
    assert found.value is None
    assert Collection.REPORTED_FIGURES in {need.collection for need in found.needs}


def test_who_took_part_did_so_once_at_least() -> None:
    assert measured(LEARNERS, figure(TIMES, "40余人次")).value == Interval(1, 49)
    assert measured(LEARNERS, figure(TIMES, "不足50人次")).value == Interval(0, 49)
    assert measured(LEARNERS, figure(TIMES, "超过40人次")).value == Interval(1, None)
    assert measured(LEARNERS, figure(TIMES, "0人次")).value == Interval.exactly(0)


def test_figures_of_person_times_and_of_learners_narrow_together() -> None:
    told = [figure(TIMES, "70余万人次"), figure(LEARNERS, "30余万人")]
    assert measured(LEARNERS, *told).value == Interval(300_000, 399_999)


def test_whoever_is_stated_to_have_learned_came_once_at_least() -> None:
    assert measured(TIMES, figure(LEARNERS, "200余人")).value == Interval(200, None)


def test_person_times_that_contradict_each_other_are_told_of_learners_too() -> None:
    found = measured(LEARNERS, figure(TIMES, "40人次"), figure(TIMES, "41人次"))
    assert found.value is None
    assert Collection.REPORTED_FIGURES in {need.collection for need in found.needs}


def test_more_learners_than_person_times_are_a_contradiction() -> None:
    found = measured(LEARNERS, figure(TIMES, "100人次"), figure(LEARNERS, "200人"))
    assert found.value is None
    assert Collection.REPORTED_FIGURES in {need.collection for need in found.needs}


def test_a_rate_rests_on_stated_figures_too() -> None:
    residents = Population(division=HERE, on=DAY, persons=1000)
    told = figure(LEARNERS, "300至400人")
    rate = measured("participation-rate", told, populations=[residents])
    assert rate.value == Interval(300, 400) / Interval.exactly(1000)
    times = measured("person-times-per-resident", figure(TIMES, "500人次"), populations=[residents])
    assert times.value == Interval.exactly(500) / Interval.exactly(1000)


def test_a_figure_of_what_stands_speaks_of_its_day() -> None:
    told = figure(TEAMS, "40余支", period=None, stated_on=DAY)
    assert measured(TEAMS, told).value == Interval(40, 49)
    assert measured(TEAMS, told, period=Period.day(DAY)).value == Interval(40, 49)
    for other in (Period.year(2019), Period(date(2018, 1, 1), date(2018, 12, 30))):
        assert measured(TEAMS, told, period=other).value is None
    assert measured(TEAMS, told, period=None).value == Interval(40, None)


def test_a_figure_of_what_stood_at_the_end_of_a_period_speaks_of_that_day() -> None:
    told = figure(TEAMS, "40余支", period=Period.day(DAY), stated_on=STATED)
    assert measured(TEAMS, told).value == Interval(40, 49)
    assert measured(TEAMS, told, period=Period.day(STATED)).value is None


def test_a_figure_of_some_organisations_bounds_what_stands_from_below() -> None:
    told = figure(TEAMS, "40余支", period=None, stated_on=DAY, organisations=["station"])
    assert measured(TEAMS, told).value == Interval(40, None)


def test_a_question_of_one_theme_rests_on_no_figure() -> None:
    told = figure(TEAMS, "40余支", period=None, stated_on=DAY)
    themes: Any = ["健康"]
    known = register(told, teams=[LearningTeam(id="t", division=HERE, themes=themes)])
    found = measure(TEAMS, known, period=YEAR, by="theme")["健康"]
    assert (found.value, found.evidence) == (Interval(1, None), ())


PARTS: list[dict[str, Any]] = [
    {"division": PART},
    {"organisations": ["station"]},
    {"period": Period.month(2018, 6)},
    {"period": None},
]


@st.composite
def stated(draw: st.DrawFn, indicator: str, truth: int) -> dict[str, Any]:
    """Draw a figure that is true, of the whole or of a part of it."""
    counted = draw(st.integers(0, truth)) if draw(st.booleans()) else truth
    low = draw(st.integers(0, counted))
    high = draw(st.none() | st.integers(counted, counted + 3))
    told = figure(indicator, Interval(low, high))
    if counted == truth:
        return told
    part: dict[str, Any] = draw(st.sampled_from(PARTS))
    return told | part


@settings(deadline=None)
@given(st.data(), st.integers(2, 9), st.integers(1, 2), st.sampled_from([YEAR, None]))
def test_true_figures_never_shut_out_the_truth(
    data: st.DataObject, times: int, learners: int, asked: Period | None
) -> None:
    told = data.draw(st.lists(stated(TIMES, times) | stated(LEARNERS, learners), max_size=3))
    for indicator, truth in ((TIMES, times), (LEARNERS, learners)):
        value = measured(indicator, *told, events=[event("a")], period=asked).value
        assert value is None or truth in value


@settings(deadline=None)
@given(st.data(), st.integers(2, 9))
def test_a_true_figure_more_never_widens_a_value(data: st.DataObject, times: int) -> None:
    told = data.draw(st.lists(stated(TIMES, times), min_size=1, max_size=3))
    before, after = (
        measured(TIMES, *known, events=[event("a")]).value for known in (told[1:], told)
    )
    assert before is not None
    assert after is not None
    assert before.intersection(after) == after
