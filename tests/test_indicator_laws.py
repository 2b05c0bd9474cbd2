"""Indicator laws: what holds between measurements, whatever is recorded."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, catalogue, measure
from commed.loading import example, examples
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity
from commed.records.learning import ActivityPlan, LearningEvent, LearningTeam, Mode
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Funding, FundingStage, Population, Staffing, StaffRole
from commed.records.statements import ReportedFigure
from commed.records.surveys import Survey, SurveyQuestion
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Completeness, Register

HERE, ONE, TWO, YARD, COURT, LANE = (
    "510112",
    "510112001",
    "510112002",
    "510112001001",
    "510112001002",
    "510112002001",
)
COMMUNITIES = (YARD, COURT, LANE)
AROUND = {HERE: (HERE,), ONE: (HERE, ONE), TWO: (HERE, TWO), YARD: (HERE, ONE, YARD)}
YEAR = Period.year(2018)
MONTHS = [Period.month(2018, month) for month in range(1, 13)]
TIMES, LEARNERS = "person-times", "distinct-learners"
Lists = dict[str, Any]

places = st.sampled_from([HERE, ONE, TWO, YARD, COURT, LANE, "adrift"])
days = st.sampled_from([date(2018, 1, 31), date(2018, 2, 1), date(2018, 12, 31), date(2019, 1, 1)])
counts: st.SearchStrategy[Any] = st.sampled_from([0, 2, 5, "2至4人", "不足5人", "2人以上"])
rosters = st.sets(st.sampled_from("abcd"), max_size=2).map(sorted)
claimed = st.sampled_from(
    [
        Collection.EVENTS,
        Collection.ATTENDANCES,
        Collection.DIVISIONS,
        Collection.WORKSTATIONS,
        Collection.TEAMS,
    ]
)
claims = st.builds(
    Completeness,
    collection=claimed,
    division=st.none() | places,
    period=st.sampled_from([None, None, YEAR, MONTHS[0]]),
)


@st.composite
def events(draw: st.DrawFn, where: st.SearchStrategy[str] = places) -> Lists:
    told: Lists = {"date": draw(days), "division": draw(where), "attendances": draw(rosters)}
    if draw(st.booleans()):
        told["headcount"] = draw(counts.filter(lambda count: count != 0 or not told["attendances"]))
    return told


def numbered(kind: Any, told: list[Lists]) -> list[Any]:
    """Give each record a key of its own."""
    return [kind(**{"id": f"{kind.__name__}-{index}"} | one) for index, one in enumerate(told)]


@st.composite
def figures(draw: st.DrawFn) -> Lists:
    indicator, unit = draw(st.sampled_from([(TIMES, "人次"), (LEARNERS, "人")]))
    low = draw(st.integers(1, 9))
    return {
        "about": "参与",
        "indicator": indicator,
        "quantity": f"{low}至{low + draw(st.integers(0, 9))}{unit}",
        "division": draw(st.sampled_from([HERE, ONE])),
        "stated_on": date(2019, 4, 26),
        "period": draw(st.sampled_from([YEAR, MONTHS[0]])),
    }


@st.composite
def registers(draw: st.DrawFn, *, with_figures: bool = False) -> Lists:
    """Draw the lists of a register of a district with two townships and a stray community."""
    stations = [
        {"name": "工作站", "division": place, "seen": date(2018, 7, 1)}
        for place in draw(st.lists(places, max_size=3))
    ]
    teams = [
        {"division": place, "themes": sorted(draw(st.sets(st.sampled_from(["健康", "书法"]))))}
        for place in draw(st.lists(places, max_size=3))
    ]
    return {
        "divisions": [
            *(Division(id=key, name=key) for key in (HERE, ONE, TWO, *COMMUNITIES)),
            Division(id="adrift", name="adrift", level=Level.COMMUNITY),
        ],
        "workstations": numbered(Workstation, stations),
        "teams": numbered(LearningTeam, teams),
        "events": numbered(LearningEvent, draw(st.lists(events(), max_size=4))),
        "populations": [
            Population(division=HERE, on=date(2018, 12, 31), persons=draw(counts))
            for _ in range(draw(st.integers(0, 1)))
        ],
        "reported_figures": numbered(
            ReportedFigure, draw(st.lists(figures(), max_size=3 * with_figures))
        ),
        "complete": draw(st.lists(claims, max_size=5)),
    }


def measured(
    indicator: str, lists: Lists, period: Period | None = YEAR, division: str = HERE
) -> Measurement:
    return measure(
        indicator, Register(jurisdiction=HERE, **lists), period=period, division=division
    )


def value(
    indicator: str, lists: Lists, period: Period | None = YEAR, division: str = HERE
) -> Interval:
    """Return what is known of a count, where no value is every number from zero."""
    return measured(indicator, lists, period, division).value or Interval(0, None)


def total(intervals: list[Interval]) -> Interval:
    found = Interval.exactly(0)
    for interval in intervals:
        found += interval
    return found


def is_at_most(one: Interval, other: Interval) -> bool:
    """Tell whether both ends of the one are no higher than those of the other."""
    assert one.low is not None
    assert other.low is not None
    if other.high is None:
        return one.low <= other.low
    return one.high is not None and one.low <= other.low and one.high <= other.high


@pytest.mark.parametrize("indicator", sorted(catalogue()))
@settings(max_examples=40, deadline=None)
@given(lists=registers(with_figures=True), data=st.data())
def test_the_order_of_the_records_changes_nothing(
    indicator: str, lists: Lists, data: st.DataObject
) -> None:
    mixed = {name: data.draw(st.permutations(listed)) for name, listed in lists.items()}
    one, other = measured(indicator, lists), measured(indicator, mixed)
    assert (one.value, one.numerator, one.denominator) == (
        other.value,
        other.numerator,
        other.denominator,
    )
    assert one.coverage == other.coverage
    assert set(one.evidence) == set(other.evidence)
    assert {need.collection for need in one.needs} == {need.collection for need in other.needs}


@settings(max_examples=60, deadline=None)
@given(registers(with_figures=True), events(), st.sampled_from([YEAR, None]), places)
def test_an_event_more_never_lowers_a_lower_bound(
    lists: Lists, more: Lists, period: Period | None, division: str
) -> None:
    added = lists | {"events": [*lists["events"], LearningEvent(id="more", **more)]}
    for indicator in (TIMES, LEARNERS):
        before = value(indicator, lists, period, division).low
        after = value(indicator, added, period, division).low
        assert before is not None
        assert after is not None
        assert before <= after


@settings(max_examples=60, deadline=None)
@given(registers(), places)
def test_the_months_add_up_to_the_year(lists: Lists, division: str) -> None:
    months = [value(TIMES, lists, month, division) for month in MONTHS]
    year = value(TIMES, lists, YEAR, division)
    assert total(months) == year
    assert is_at_most(value(LEARNERS, lists, YEAR, division), total(months))


@settings(max_examples=60, deadline=None)
@given(registers(with_figures=True), st.sampled_from([YEAR, None]), places)
def test_there_are_never_more_learners_than_person_times(
    lists: Lists, period: Period | None, division: str
) -> None:
    learners, times = (value(indicator, lists, period, division) for indicator in (LEARNERS, TIMES))
    assert learners.intersection(Interval(None, times.high)) is not None
    if not lists["reported_figures"]:
        assert is_at_most(learners, times)


@settings(max_examples=60, deadline=None)
@given(registers(), st.sampled_from([YEAR, MONTHS[0], None]), places)
def test_a_part_never_counts_more_than_the_whole(
    lists: Lists, period: Period | None, division: str
) -> None:
    for indicator in (TIMES, LEARNERS):
        part = value(indicator, lists, period, division)
        for around in AROUND.get(division, ()):
            assert is_at_most(part, value(indicator, lists, period, around))
        if period == MONTHS[0]:
            assert is_at_most(part, value(indicator, lists, YEAR, division))


def is_of_nobody(lists: Lists, division: str) -> bool:
    """Whether nobody came at all: a mean or a share of none has no value."""
    return value(LEARNERS, lists, YEAR, division) == Interval.exactly(0)


@pytest.mark.parametrize("indicator", sorted(catalogue()))
@settings(max_examples=40, deadline=None)
@given(lists=registers(), more=claims, division=places)
def test_a_claim_more_never_widens_a_value(
    indicator: str, lists: Lists, more: Completeness, division: str
) -> None:
    claimed_too = lists | {"complete": [*lists["complete"], more]}
    before = measured(indicator, lists, YEAR, division).value
    after = measured(indicator, claimed_too, YEAR, division).value
    if before is None or (after is None and is_of_nobody(claimed_too, division)):
        return
    assert after is not None
    assert before.intersection(after) == after


@pytest.mark.parametrize("indicator", sorted(catalogue()))
@settings(max_examples=60, deadline=None)
@given(lists=registers(with_figures=True), period=st.sampled_from([YEAR, None]), division=places)
def test_what_is_not_exact_says_what_would_make_it_so_and_what_is_asks_for_nothing(
    indicator: str, lists: Lists, period: Period | None, division: str
) -> None:
    found = measured(indicator, lists, period, division)
    assert bool(found.needs) is not (found.value is not None and found.value.is_exact)


@settings(max_examples=60, deadline=None)
@given(registers(with_figures=True), st.permutations("abcd"))
def test_learners_are_opaque(lists: Lists, names: list[str]) -> None:
    new = dict(zip("abcd", names, strict=True))
    renamed: list[Any] = [
        LearningEvent(
            id=event.id,
            date=event.date,
            division=event.division,
            attendances=[new[attendance.learner] for attendance in event.attendances],
            headcount=event.headcount,
        )
        for event in lists["events"]
    ]
    assert value(LEARNERS, lists) == value(LEARNERS, lists | {"events": renamed})


@pytest.mark.parametrize(
    ("rate", "count"), [("participation-rate", LEARNERS), ("person-times-per-resident", TIMES)]
)
@settings(max_examples=60, deadline=None)
@given(lists=registers(with_figures=True))
def test_a_rate_is_its_count_per_resident(rate: str, count: str, lists: Lists) -> None:
    found, counted = measured(rate, lists), measured(count, lists)
    assert found.numerator == counted.quantity
    if counted.value is None or found.denominator is None:
        assert found.value is None
    else:
        assert found.value == counted.value / found.denominator.interval
    assert set(counted.evidence) <= set(found.evidence)


@st.composite
def whole_registers(draw: st.DrawFn) -> Lists:
    """Draw a register in which all is listed, and placed in a community."""
    where = st.sampled_from(COMMUNITIES)
    held = draw(st.lists(events(where), max_size=4))
    stations = [
        {"name": "工作站", "division": place} for place in draw(st.lists(where, max_size=4))
    ]
    return {
        "divisions": [Division(id=key, name=key) for key in (HERE, ONE, TWO, *COMMUNITIES)],
        "events": numbered(LearningEvent, held),
        "workstations": numbered(Workstation, stations),
        "teams": numbered(
            LearningTeam, [{"division": place} for place in draw(st.lists(where, max_size=4))]
        ),
        "complete": list(Collection),
    }


@settings(max_examples=60, deadline=None)
@given(whole_registers())
def test_where_all_is_known_the_communities_add_up_to_the_district(lists: Lists) -> None:
    for indicator in (TIMES, "learning-teams"):
        parts = [value(indicator, lists, YEAR, place) for place in COMMUNITIES]
        assert total(parts) == value(indicator, lists)
    townships = [value(TIMES, lists, YEAR, place) for place in (ONE, TWO)]
    assert total(townships) == value(TIMES, lists)


@settings(max_examples=60, deadline=None)
@given(whole_registers())
def test_learners_of_the_district_are_no_more_than_those_of_its_communities_together(
    lists: Lists,
) -> None:
    parts = [value(LEARNERS, lists, YEAR, place) for place in COMMUNITIES]
    together = value(LEARNERS, lists)
    assert all(is_at_most(part, together) for part in parts)
    assert is_at_most(together, total(parts))


@settings(max_examples=60, deadline=None)
@given(whole_registers())
def test_where_all_is_known_coverage_is_the_share_of_the_covered(lists: Lists) -> None:
    covered = [value("workstation-coverage", lists, YEAR, place) for place in COMMUNITIES]
    assert set(covered) <= {Interval.exactly(0), Interval.exactly(1)}
    share = Interval.exactly(Fraction(covered.count(Interval.exactly(1)), len(COMMUNITIES)))
    assert value("workstation-coverage", lists) == share


# --- what an indicator can be ----------------------------------------------------------


@st.composite
def answers(draw: st.DrawFn) -> Lists:
    told: Lists = {
        "division": HERE,
        "on": draw(days),
        "question": draw(st.sampled_from(SurveyQuestion)),
    }
    if draw(st.booleans()):
        return told | {"share": draw(st.sampled_from(["0%", "近50%", "超过90%", "100%"]))}
    answered = draw(st.integers(1, 9))
    return told | {
        "positive": draw(st.integers(0, answered)),
        "answered": answered,
        "asked": draw(st.none() | st.integers(answered, 20)),
    }


@st.composite
def planned(draw: st.DrawFn) -> Lists:
    """Draw a plan of every day of a week of January, some of them cancelled."""
    week = [date(2018, 1, day) for day in range(1, 8)]
    return {
        "sessions": Recurrence(first=week[0], also=week[1:]),
        "division": draw(places),
        "team": draw(st.sampled_from([None, "LearningTeam-0"])),
        "cancelled": [day for day in week if draw(st.booleans())],
    }


@st.composite
def stated(draw: st.DrawFn) -> Lists:
    """Draw what somebody states of an indicator, be it as it may."""
    indicator = draw(st.sampled_from(sorted(catalogue())))
    low = draw(st.fractions(0, 3, max_denominator=4))
    interval = Interval(low, draw(st.sampled_from([low, low + 1, None])))
    return {
        "about": "某事",
        "indicator": indicator,
        "quantity": Quantity(interval, catalogue()[indicator].unit),
        "division": draw(st.sampled_from([HERE, ONE])),
        "stated_on": date(2019, 4, 26),
        "period": draw(st.sampled_from([YEAR, MONTHS[0]])),
    }


@st.composite
def of_every_kind(draw: st.DrawFn) -> Lists:
    """Draw a register that holds something of every kind that an indicator rests on."""
    lists = draw(registers())
    amounts: st.SearchStrategy[Any] = st.sampled_from([0, 1, 7, "近10元", "超过3元"])
    money = st.fixed_dictionaries(
        {
            "division": places,
            "period": st.sampled_from([YEAR, MONTHS[0]]),
            "amount": amounts,
            "stage": st.sampled_from(FundingStage),
            "use": st.sampled_from([None, "培训"]),
        }
    )
    workers = st.fixed_dictionaries(
        {
            "on": days,
            "role": st.sampled_from(StaffRole),
            "persons": counts,
            "division": places,
            "training_days": st.none() | st.integers(0, 9),
        }
    )
    bodies = st.fixed_dictionaries(
        {
            "name": st.just("机构"),
            "kind": st.sampled_from(
                [OrganisationKind.SCHOOL, OrganisationKind.CENTRE, OrganisationKind.COLLEGE]
            ),
            "division": places,
        }
    )
    teams = lists["teams"] or numbered(LearningTeam, [{"division": HERE}])
    held = st.fixed_dictionaries({}, optional={"mode": st.sampled_from(Mode)})
    extra = [draw(events()) | draw(held) | {"team": teams[0].id, "id": "of-a-team"}]

    def several(kind: Any, told: st.SearchStrategy[Lists]) -> list[Any]:
        return numbered(kind, draw(st.lists(told, max_size=3)))

    return lists | {
        "teams": teams,
        "events": [*lists["events"], *numbered(LearningEvent, extra)],
        "organisations": several(Organisation, bodies),
        "fundings": several(Funding, money),
        "staffings": several(Staffing, workers),
        "surveys": several(Survey, answers()),
        "plans": several(ActivityPlan, planned()),
        "reported_figures": several(ReportedFigure, stated()),
        "complete": [
            *lists["complete"],
            *draw(st.lists(st.sampled_from([*Collection]), max_size=18, unique=True)),
        ],
    }


def outside(found: Measurement) -> bool:
    """Tell whether a measured value holds anything that the indicator cannot be."""
    return (
        found.value is not None and found.value.intersection(found.indicator.within) != found.value
    )


@settings(max_examples=100, deadline=None)
@given(of_every_kind(), st.sampled_from([YEAR, MONTHS[0], None]))
def test_a_measured_value_is_one_that_the_indicator_can_have(
    lists: Lists, period: Period | None
) -> None:
    known = Register(jurisdiction=HERE, **lists)
    for place in (HERE, ONE, YARD):
        for indicator in catalogue():
            found = measure(indicator, known, period=period, division=place)
            assert not outside(found), str(found)


@pytest.mark.parametrize("name", examples())
def test_so_it_is_in_every_example_along_every_dimension(name: str) -> None:
    known = example(name)
    for indicator, asked in catalogue().items():
        for dimension in asked.dimensions:
            for found in measure(indicator, known, period=YEAR, by=dimension).values():
                assert not outside(found), str(found)
