"""Teams and events: where, when, and who took part, without contradiction."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from commed.errors import InvalidValue
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import Attendance, Headcount, LearningEvent, LearningTeam, Mode
from commed.truth import Truth

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)
NOWHERE = "expected a 'workstation' or a 'division', found neither: say where"

SAMPLES: dict[type, dict[str, Any]] = {
    LearningTeam: {"id": "team", "workstation": "station", "themes": ["健康"], "since": FIRST},
    LearningEvent: {
        "id": "event",
        "date": DAY,
        "division": PLACE,
        "mode": Mode.ON_SITE,
        "attendances": ["a", "b"],
        "headcount": "40余人",
    },
    Attendance: {"learner": "a"},
    Headcount: {"persons": 5},
}


def record(made: type, **changes: Any) -> Any:
    """Build the sample of this type with some of its fields changed."""
    return made(**SAMPLES[made] | changes)


def faults(made: type, **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        record(made, **changes)
    assert caught.value.subject == made.__name__
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("made", [LearningTeam, LearningEvent])
def test_a_team_or_an_event_says_where(made: type) -> None:
    assert faults(made, division=None, workstation=None) == [("", NOWHERE)]
    for somewhere in ({"division": PLACE}, {"workstation": "station"}):
        nowhere = {"division": None, "workstation": None}
        assert record(made, **nowhere | somewhere) == record(made, **nowhere | somewhere)


def test_a_team_does_not_end_before_it_begins() -> None:
    told = ("until", "expected a day not before 2018-06-15, found 2018-01-01")
    assert faults(LearningTeam, since=DAY, until=FIRST) == [told]
    assert faults(LearningTeam, since=DAY, until=FIRST, workstation=None) == [("", NOWHERE), told]
    assert record(LearningTeam, since=DAY, until=DAY).until == DAY
    assert record(LearningTeam, since=None, until=FIRST).until == FIRST


@pytest.mark.parametrize(
    ("since", "until", "on", "standing"),
    [
        (None, None, FIRST, Truth.TRUE),
        (DAY, None, FIRST, Truth.FALSE),
        (DAY, None, DAY, Truth.TRUE),
        (DAY, None, LAST, Truth.TRUE),
        (None, DAY, FIRST, Truth.TRUE),
        (None, DAY, DAY, Truth.TRUE),
        (None, DAY, LAST, Truth.FALSE),
        (FIRST, DAY, LAST, Truth.FALSE),
        (DAY, LAST, FIRST, Truth.FALSE),
        (FIRST, LAST, DAY, Truth.TRUE),
        (FIRST, DAY, None, Truth.TRUE),
    ],
)
def test_a_team_stands_from_its_first_day_to_its_last(
    since: date | None, until: date | None, on: date | None, standing: Truth
) -> None:
    assert record(LearningTeam, since=since, until=until).standing(on) is standing


def test_the_theme_of_a_team_without_themes_is_unknown() -> None:
    assert record(LearningTeam, themes=["健康"]).on_theme("健康") is Truth.TRUE
    assert record(LearningTeam, themes=["健康"]).on_theme("书法") is Truth.FALSE
    assert record(LearningTeam, themes=[]).on_theme("健康") is Truth.UNKNOWN


def test_an_attendance_may_be_given_by_its_learner_alone() -> None:
    mixed = record(LearningEvent, attendances=["a", Attendance("b")])
    assert mixed.attendances == (Attendance("a"), Attendance("b"))
    ((path, message),) = faults(LearningEvent, attendances=["a", 5])
    assert (path, message[-7:]) == ("attendances[1]", "found 5")


def test_a_learner_is_named_once_at_one_event() -> None:
    told = "expected each learner once at one event, found"
    assert faults(LearningEvent, attendances=["a", "a"]) == [
        ("attendances[0].learner", f"{told} 'a' 2 times"),
        ("attendances[1].learner", f"{told} 'a' 2 times"),
    ]
    assert faults(LearningEvent, attendances=list("abacab"), headcount=None) == [
        ("attendances[0].learner", f"{told} 'a' 3 times"),
        ("attendances[1].learner", f"{told} 'b' 2 times"),
        ("attendances[2].learner", f"{told} 'a' 3 times"),
        ("attendances[4].learner", f"{told} 'a' 3 times"),
        ("attendances[5].learner", f"{told} 'b' 2 times"),
    ]


@pytest.mark.parametrize(
    ("headcount", "roster", "shown"),
    [
        (0, "a", "0"),
        (2, "abc", "2"),
        ("不足3人", "abc", "[0, 3)"),
        ("1至2人", "abc", "[1, 2]"),
        (Quantity(Interval(1, Fraction(5, 2)), Unit.PERSONS), "abc", "[1, 2.5]"),
    ],
)
def test_a_roster_is_never_longer_than_the_headcount(
    headcount: Any, roster: str, shown: str
) -> None:
    expected = f"expected at least the {len(roster)} persons of the roster, found {shown}"
    assert faults(LearningEvent, headcount=headcount, attendances=list(roster)) == [
        ("headcount", expected)
    ]


@pytest.mark.parametrize(
    ("headcount", "roster"),
    [(0, ""), (3, "abc"), (4, "abc"), ("不超过3人", "abc"), ("不足3人", "ab"), ("1人以上", "abc")],
)
def test_a_roster_may_be_as_long_as_the_headcount_or_shorter(headcount: Any, roster: str) -> None:
    event = record(LearningEvent, headcount=headcount, attendances=list(roster))
    assert "".join(attendance.learner for attendance in event.attendances) == roster


def test_an_event_tells_all_its_contradictions_together() -> None:
    paths = [path for path, _ in faults(LearningEvent, division=None, attendances="aab")]
    assert paths == ["attendances"]
    wrong = {"division": None, "attendances": list("aab"), "headcount": 1}
    assert [path for path, _ in faults(LearningEvent, **wrong)] == [
        "",
        "attendances[0].learner",
        "attendances[1].learner",
        "headcount",
    ]


def test_a_learner_without_a_key_is_told_in_the_place_of_the_attendance() -> None:
    with pytest.raises(InvalidValue) as caught:
        LearningEvent(id="e", date=date(2018, 1, 1), division="d", attendances=["a", ""])
    assert [str(problem) for problem in caught.value.problems] == [
        "attendances[1]: expected an Attendance, found ''"
    ]


def test_what_cannot_be_a_group_is_refused_where_it_stands() -> None:
    wrong: Any = [[]]
    with pytest.raises(InvalidValue) as caught:
        Attendance("a", wrong)
    assert [problem.path for problem in caught.value.problems] == ["groups[0]"]
