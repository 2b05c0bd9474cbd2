"""Groups, plans, opening hours, divisions in time: records without contradiction.

What a record cannot be is refused with the path of the fault. How many of a headcount belonged to
a group is bounded sharply: every number between the bounds may be, and no other.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import (
    ActivityPlan,
    Attendance,
    GroupCount,
    Headcount,
    LearnerGroup,
    LearningEvent,
)
from commed.records.organisations import Workstation
from commed.records.resources import Funding, FundingStage, Population, Staffing, StaffRole
from commed.records.surveys import Survey, SurveyQuestion
from commed.recurrences import Recurrence
from commed.register import Register
from commed.wording import UnreadableQuantity

laws = settings(deadline=None, max_examples=60)
DAY = date(2024, 1, 12)
ELDERLY, WOMEN, YOUTH = LearnerGroup.ELDERLY, LearnerGroup.WOMEN, LearnerGroup.YOUTH


def faults(made: Any, *values: Any, **fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        made(*values, **fields)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def paths(made: Any, *values: Any, **fields: Any) -> list[str]:
    return [path for path, _ in faults(made, *values, **fields)]


# --- groups of learners ----------------------------------------------------------------


def test_no_group_is_not_the_same_as_no_word_on_groups() -> None:
    assert Attendance("a").groups is None
    assert Attendance("a", []).groups == ()
    assert Attendance("a") != Attendance("a", ())
    assert Attendance("a", iter([ELDERLY, WOMEN])).groups == (ELDERLY, WOMEN)


def test_a_group_is_named_once_and_is_one_of_those_there_are() -> None:
    told = [("groups[2]", "expected each group once, found 'elderly' again")]
    assert faults(Attendance, "a", [ELDERLY, WOMEN, ELDERLY]) == told
    assert paths(Attendance, "a", [ELDERLY, "women"]) == ["groups[1]"]
    assert paths(Attendance, "a", "elderly") == ["groups"]


whole_numbers = st.integers(0, 6)
spans = st.tuples(whole_numbers, whole_numbers | st.none()).map(
    lambda two: (two[0], None) if two[1] is None else (min(two[0], two[1]), max(two[0], two[1]))
)


def in_persons(span: tuple[int, int | None]) -> Quantity:
    return Quantity(Interval(*span), Unit.PERSONS)


@laws
@given(spans, spans)
def test_of_a_group_came_just_as_many_as_may_have_come(
    all_of_them: tuple[int, int | None], members: tuple[int, int | None]
) -> None:
    beyond = 20  # no span of these ends there
    everybody, counted = (
        range(low, (beyond if high is None else high) + 1) for low, high in (all_of_them, members)
    )
    possible = {few for few in counted for many in everybody if few <= many}
    groups = [GroupCount(ELDERLY, in_persons(members))]
    if not possible:
        assert paths(Headcount, in_persons(all_of_them), groups) == ["groups[0].persons"]
        return
    bounds = Headcount(in_persons(all_of_them), groups).of_group(ELDERLY)
    assert {few for few in range(beyond + 1) if few in bounds} == possible
    assert bounds.is_bounded == ((all_of_them[1], members[1]) != (None, None))


@given(spans)
def test_of_a_group_that_is_not_listed_any_number_may_have_come(
    everybody: tuple[int, int | None],
) -> None:
    headcount = Headcount(in_persons(everybody), [GroupCount(WOMEN, everybody[0])])
    assert headcount.of_group(YOUTH) == Interval(0, everybody[1])
    assert headcount.of_group(WOMEN) == Interval.exactly(everybody[0])


def test_a_group_is_no_larger_than_the_headcount() -> None:
    message = "expected at most the 5 persons of the headcount, found 6"
    groups = [GroupCount(ELDERLY, 6), GroupCount(WOMEN, 5)]
    assert faults(Headcount, 5, groups) == [("groups[0].persons", message)]
    assert Headcount("近50人", [GroupCount(ELDERLY, "不足6人")]).groups[0].group is ELDERLY


def test_a_group_is_counted_once() -> None:
    message = "expected each group once, found 'women' again"
    groups = [GroupCount(WOMEN, 1), GroupCount(ELDERLY, 1), GroupCount(WOMEN, 2)]
    assert faults(Headcount, 5, groups) == [("groups[2].group", message)]


def event(**fields: Any) -> LearningEvent:
    own: dict[str, Any] = {"id": "e", "date": DAY, "division": "d"}
    return LearningEvent(**own | fields)


def test_groups_are_counted_in_the_headcount_or_named_in_the_roster_not_both() -> None:
    counted = Headcount(5, [GroupCount(ELDERLY, 2)])
    assert paths(event, headcount=counted, attendances=["a"]) == ["headcount.groups"]
    assert event(headcount=counted).headcount == counted
    assert event(headcount=5, attendances=[Attendance("a", [ELDERLY])]).headcount == Headcount(5)


# --- plans -----------------------------------------------------------------------------

FRIDAYS = Recurrence(DAY, "FREQ=WEEKLY;COUNT=4", without=[date(2024, 1, 26)])


def plan(**fields: Any) -> ActivityPlan:
    own: dict[str, Any] = {"id": "p", "division": "d", "sessions": FRIDAYS}
    return ActivityPlan(**own | fields)


def test_an_event_was_planned_for_a_day_of_some_plan() -> None:
    message = "expected the 'plan' that it was planned in beside it"
    assert faults(event, planned_for=DAY) == [("planned_for", message)]
    assert event(plan="p", planned_for=DAY).planned_for == DAY
    assert event(plan="p").planned_for is None


def test_a_plan_says_where() -> None:
    assert paths(plan, division=None) == [""]
    assert plan(division=None, workstation="w").workstation == "w"


def test_a_cancelled_day_was_planned_and_is_cancelled_once() -> None:
    assert plan(cancelled=[DAY, date(2024, 2, 2)]).cancelled == (DAY, date(2024, 2, 2))
    left_out, other, over = date(2024, 1, 26), date(2024, 1, 13), date(2024, 2, 9)
    assert faults(plan, cancelled=[left_out, DAY, other, DAY, over, date.min, date.max]) == [
        ("cancelled[0]", "expected a planned day, found 2024-01-26"),
        ("cancelled[2]", "expected a planned day, found 2024-01-13"),
        ("cancelled[3]", "expected each day once, found 2024-01-12 again"),
        ("cancelled[4]", "expected a planned day, found 2024-02-09"),
        ("cancelled[5]", "expected a planned day, found 0001-01-01"),
        ("cancelled[6]", "expected a planned day, found 9999-12-31"),
    ]


# --- opening hours, divisions in time, names -------------------------------------------


def station(weekly_hours: Any) -> Workstation:
    return Workstation(id="w", name="站", division="d", weekly_hours=weekly_hours)


@pytest.mark.parametrize(
    ("given_as", "shown"),
    [
        (40, "40 hours"),
        (Decimal("37.5"), "37.5 hours"),
        ("30小时以上", "[30, ∞) hours"),
        ("20", "20 hours"),
        ("近40小时", "[36, 40) hours"),
        (168, "168 hours"),
        (0, "0 hours"),
        ("超过160小时", "(160, ∞) hours"),
    ],
)
def test_the_hours_of_a_week_in_words_or_as_a_number(given_as: Any, shown: str) -> None:
    assert str(station(given_as).weekly_hours) == shown


@pytest.mark.parametrize("hours", [169, "169小时", "超过168小时", Decimal("168.01")])
def test_a_week_has_no_more_than_its_hours(hours: Any) -> None:
    ((path, message),) = faults(station, hours)
    assert path == "weekly_hours"
    assert message.startswith("expected at most the 168 hours of a week, found ")


@pytest.mark.parametrize(
    "hours", [-1, Quantity.exactly(40, Unit.DAYS), Quantity.exactly(1, Unit.HOURS_A_WEEK)]
)
def test_the_hours_of_a_week_are_hours(hours: Any) -> None:
    ((path, message),) = faults(station, hours)
    assert path == "weekly_hours"
    assert message.startswith("expected a quantity in hours (小时), not below zero, found ")
    with pytest.raises(UnreadableQuantity, match="its unit cannot be both hours and persons"):
        station("40人")


near = st.integers(0, 6).map(lambda more: DAY + timedelta(more))


@laws
@given(st.none() | near, st.none() | near, near, near)
def test_a_division_stood_in_a_period_where_it_stood_on_one_of_its_days(
    since: date | None, until: date | None, one: date, other: date
) -> None:
    asked = Period(min(one, other), max(one, other))
    if since is not None and until is not None and until < since:
        told = [("until", f"expected a day not before {since}, found {until}")]
        assert faults(Division, id="510112", name="区", since=since, until=until) == told
        return
    division = Division(id="510112", name="区", since=since, until=until)
    days = (asked.first + timedelta(more) for more in range(asked.length))
    walked = any((since or date.min) <= day <= (until or date.max) for day in days)
    assert division.stood_in(asked) is walked
    assert division.stood_in(None) is True


def test_a_population_is_told_from_every_other_by_its_group_too() -> None:
    everybody = Population(division="d", on=DAY, persons=9)
    elderly = Population(division="d", on=DAY, persons=3, group=ELDERLY)
    assert (everybody.key, everybody.name) == ("d/2024-01-12/resident", "常住人口 2024-01-12")
    assert elderly.key == "d/2024-01-12/resident/elderly"
    assert elderly.name == "常住人口（60岁及以上老年人） 2024-01-12"
    place = [Division(id="d", name="区", level=Level.COUNTY)]
    both = Register(jurisdiction="d", divisions=place, populations=[everybody, elderly])
    assert both.populations == (everybody, elderly)
    twice = [everybody, elderly, elderly]
    assert paths(Register, jurisdiction="d", divisions=place, populations=twice) == [
        "populations[2]"
    ]


def test_money_staff_and_surveys_have_names() -> None:
    money: dict[str, Any] = {"id": "m", "division": "d", "period": Period.year(2024), "amount": 1}
    assert Funding(**money, stage=FundingStage.PAID).name == "实际支出 2024"
    assert Funding(**money, stage=FundingStage.PAID, use="场地").name == "场地 2024"
    staff = Staffing(id="s", division="d", on=DAY, role=StaffRole.VOLUNTEER, persons="20余人")
    assert staff.name == "志愿者 2024-01-12"
    question = SurveyQuestion.APPROVAL
    survey = Survey(id="v", division="d", on=DAY, question=question, share="80%以上")
    assert survey.name == "认同度 2024-01-12"
