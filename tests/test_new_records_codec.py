"""Groups, plans, opening hours and divisions in time, in documents: read strictly, kept whole.

What is wrong in a document is told with its path. What is written and read again is what it was,
whatever the order of its keys, and so is its digest. Documents that know nothing of the new fields
are still read.
"""

import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed.codec import read_json
from commed.codec.digests import digest
from commed.errors import InvalidDocument
from commed.loading import load_register
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
    LearningTeam,
)
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.recurrences import Recurrence
from commed.register import Register

laws = settings(deadline=None, max_examples=40)
DAY = date(2024, 1, 12)


def document(**lists: Any) -> dict[str, Any]:
    """Return a document with a record of each new kind, some lists put in place of its own."""
    event = {"id": "e", "date": "2024-01-12", "division": "d", "plan": "p"}
    plan = {"id": "p", "workstation": "w", "team": "t", "sessions": {"first": "2024-01-12"}}
    own: dict[str, Any] = {
        "divisions": [{"id": "d", "name": "区", "level": "county", "since": "2020-01-01"}],
        "workstations": [{"id": "w", "name": "站", "division": "d", "weekly_hours": 40}],
        "teams": [{"id": "t", "division": "d"}],
        "plans": [plan],
        "events": [event | {"headcount": {"persons": 5}}],
    }
    for name, changes in lists.items():
        own[name] = [own[name][0] | changes]
    return {"format": "commed.register/1", "jurisdiction": "d"} | own


def problems(**lists: Any) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as caught:
        load_register(document(**lists))
    return {problem.path: problem.message for problem in caught.value.problems}


def test_the_sample_document_is_read() -> None:
    register = load_register(document())
    assert register.plans[0].sessions == Recurrence(DAY)
    assert register.divisions[0].since == date(2020, 1, 1)
    assert register.workstations[0].weekly_hours == Quantity.exactly(40, Unit.HOURS)


@pytest.mark.parametrize(
    ("lists", "path", "words"),
    [
        ({"plans": {"team": "x"}}, "plans[0].team", "under 'teams', found 'x'"),
        ({"plans": {"workstation": "v"}}, "plans[0].workstation", "'organisations', found 'v'"),
        ({"plans": {"division": "x"}}, "plans[0].division", "under 'divisions', found 'x'"),
        ({"events": {"plan": "q"}}, "events[0].plan", "under 'plans', found 'q'"),
        ({"events": {"team": "x"}}, "events[0].team", "under 'teams', found 'x'"),
        ({"teams": {"workstation": "v"}}, "teams[0].workstation", "'organisations', found 'v'"),
        (
            {"events": {"headcount": {"persons": 5, "groups": [{"group": "old", "persons": 2}]}}},
            "events[0].headcount.groups[0].group",
            "expected one of 'elderly', 'youth', ",
        ),
        (
            {"events": {"headcount": None, "attendances": [{"learner": "a", "groups": ["old"]}]}},
            "events[0].attendances[0].groups[0]",
            "found 'old'",
        ),
        (
            {"events": {"headcount": {"persons": 1, "groups": [{"group": "youth", "persons": 2}]}}},
            "events[0].headcount.groups[0].persons",
            "expected at most the 1 persons of the headcount, found 2",
        ),
        ({"plans": {"cancled": []}}, "plans[0].cancled", "unknown key; did you mean 'cancelled'?"),
        ({"plans": {"sessions": None}}, "plans[0].sessions", "expected an object, found None"),
        (
            {"plans": {"cancelled": ["2024-01-13"]}},
            "plans[0].cancelled[0]",
            "expected a planned day, found 2024-01-13",
        ),
        (
            {"plans": {"sessions": {"first": "2024-01-12", "rule": "FREQ=WEEKLI"}}},
            "plans[0].sessions.rule",
            "expected DAILY, WEEKLY, MONTHLY or YEARLY as FREQ, found 'WEEKLI'",
        ),
        (
            {"plans": {"sessions": {"first": "2024-01-12", "rule": "FREQ=WEEKLY;BYDAY=MO"}}},
            "plans[0].sessions.first",
            "expected a day of the rule, as 2024-01-15, found 2024-01-12",
        ),
        (
            {"plans": {"sessions": {"first": "2024-01-12", "without": ["12 January"]}}},
            "plans[0].sessions.without[0]",
            "expected a date written as 2018-12-31",
        ),
        (
            {"events": {"plan": None, "planned_for": "2024-01-12"}},
            "events[0].planned_for",
            "'plan'",
        ),
        (
            {"workstations": {"weekly_hours": 169}},
            "workstations[0].weekly_hours",
            "at most the 168",
        ),
        ({"workstations": {"weekly_hours": "9人"}}, "workstations[0].weekly_hours", "hours and"),
        ({"divisions": {"until": "2019-12-31"}}, "divisions[0].until", "not before 2020-01-01"),
    ],
)
def test_what_is_wrong_in_a_document_is_told_with_its_path(
    lists: dict[str, Any], path: str, words: str
) -> None:
    told = problems(**lists)
    assert list(told) == [path]
    assert words in told[path]


def test_a_document_tells_the_sessions_of_a_plan() -> None:
    sessions = {
        "first": "2024-01-12",
        "rule": "FREQ=WEEKLY;COUNT=3",
        "also": ["2024-01-13"],
        "without": ["2024-01-19"],
    }
    cancelled = ["2024-01-13", "2024-01-26"]
    register = load_register(document(plans={"sessions": sessions, "cancelled": cancelled}))
    read = register.plans[0]
    assert [day.day for day in read.sessions.days(Period.year(2024))] == [12, 13, 26]
    assert [day.isoformat() for day in read.cancelled] == cancelled
    dumped = commed.dump_register(register)["plans"][0]
    assert json.loads(json.dumps(dumped["sessions"])) == sessions


NEW = {"plans", "groups", "group", "plan", "planned_for", "weekly_hours", "surveys", "fundings"}


def without_new(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            key: without_new(part)
            for key, part in node.items()
            if key not in NEW and not (key in {"since", "until"} and "level" in node)
        }
    return [without_new(part) for part in node] if isinstance(node, list | tuple) else node


def test_a_document_from_before_the_new_fields_is_still_read() -> None:
    lists = {name: part for name, part in document().items() if name != "plans"}
    old = load_register(without_new(lists))
    assert (old.plans, old.events[0].plan, old.workstations[0].weekly_hours) == ((), None, None)
    assert old.divisions[0].stood_in(Period.day(date.min))
    assert commed.dump_register(old) == without_new(commed.dump_register(old))
    assert set(digest(old)) <= set("0123456789abcdef")


# --- there and back --------------------------------------------------------------------


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


groups = st.lists(st.sampled_from(LearnerGroup), max_size=3, unique=True)
persons = st.integers(0, 9) | st.sampled_from(["7人左右", "3至5人", "2人以上", "不足8人"])
near = st.integers(0, 6).map(lambda more: DAY + timedelta(more))


@st.composite
def headcounts(draw: st.DrawFn) -> Headcount:
    counts = [GroupCount(group, draw(persons)) for group in draw(groups)]
    return Headcount(Quantity(Interval(9, draw(maybe(st.just(12)))), Unit.PERSONS), counts)


rosters = st.lists(st.builds(Attendance, st.sampled_from("abc"), maybe(groups)), max_size=3).filter(
    lambda roster: len({attendance.learner for attendance in roster}) == len(roster)
)
days = st.lists(near, max_size=3)
rules = st.none() | st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;COUNT=7", "FREQ=MONTHLY;BYDAY=2FR"])


@st.composite
def registers(draw: st.DrawFn) -> Register:
    since, until = draw(st.sampled_from([(None, None), (DAY, None), (None, DAY), (DAY, DAY)]))
    recurrence = Recurrence(DAY, draw(rules), draw(days), draw(days))
    planned = recurrence.days(Period(DAY, DAY + timedelta(40)))
    cancelled = draw(st.lists(st.sampled_from(planned), unique=True)) if planned else []
    weekly = draw(maybe(st.sampled_from([40, Decimal("37.5"), "30小时以上", "近40小时"])))
    roster, team = draw(rosters), draw(maybe(st.just("t")))
    headcount = draw(headcounts()) if not roster else None
    of_plan: dict[str, Any] = draw(
        st.sampled_from([{}, {"plan": "p"}, {"plan": "p", "planned_for": DAY}])
    )
    crowds = {group: draw(persons) for group in [None, *draw(groups)]}
    return Register(
        jurisdiction="d",
        divisions=[Division(id="d", name="区", level=Level.COUNTY, since=since, until=until)],
        workstations=[Workstation(id="w", name="站", division="d", weekly_hours=weekly)],
        teams=[LearningTeam(id="t", division="d")],
        plans=[
            ActivityPlan(id="p", division="d", sessions=recurrence, cancelled=cancelled, team=team)
        ],
        events=[
            LearningEvent(
                id="e", date=DAY, division="d", attendances=roster, headcount=headcount, **of_plan
            )
        ],
        populations=[
            Population(division="d", on=DAY, persons=crowd, group=group)
            for group, crowd in crowds.items()
        ],
    )


def shuffled(node: Any, order: random.Random) -> Any:
    if isinstance(node, Mapping):
        keys = order.sample(sorted(node), len(node))
        return {key: shuffled(node[key], order) for key in keys}
    return [shuffled(part, order) for part in node] if isinstance(node, list | tuple) else node


@laws
@given(registers(), st.randoms())
def test_what_is_written_and_read_is_the_same_in_any_order_of_keys(
    register: Register, order: random.Random
) -> None:
    plain = commed.dump_register(register)
    again = load_register(read_json(json.dumps(shuffled(plain, order), ensure_ascii=False)))
    assert again == register
    assert digest(again) == digest(register)
    assert commed.dump_register(again) == plain


@laws
@given(registers(), registers())
def test_registers_that_differ_have_different_digests(one: Register, other: Register) -> None:
    if one != other:
        assert digest(one) != digest(other)


def test_no_group_and_no_word_on_groups_are_written_apart() -> None:
    known: dict[str, Any] = {"learner": "a", "groups": []}
    unknown: dict[str, Any] = {"learner": "a"}
    digests = set()
    for attendance in (known, unknown):
        read = load_register(document(events={"headcount": None, "attendances": [attendance]}))
        (dumped,) = commed.dump_register(read)["events"][0]["attendances"]
        assert {key: list(part) for key, part in dumped.items() if key == "groups"} == {
            key: part for key, part in attendance.items() if key == "groups"
        }
        digests.add(digest(read))
    assert len(digests) == 2
