"""What values show of themselves at a prompt: one short line, or what makes them again."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings

import commed
from commed import Interval, Level, Period
from commed.frames import attached
from commed.labels import counted
from commed.testing import (
    attendances,
    divisions,
    intervals,
    learning_events,
    periods,
    quantities,
    registers,
)

CASE, LAW = commed.example("longquanyi-2019"), commed.instrument("cn-chengdu-2017")
ON = dt.date(2019, 4, 26)
JUDGED = commed.assess(CASE, LAW, on=ON)
HALL = commed.Division(id="hall", name="会堂", level=Level.COMMUNITY)
ALONE = commed.Register(jurisdiction="hall", divisions=[HALL])
VERDICTS = "2 met, 10 undetermined, 1 not applicable"
SHOWN: Sequence[tuple[object, str]] = [
    (
        CASE,
        (
            "<Register 510112: 1 source, 3 divisions, 8 organisations, 2 workstations, "
            "1 joint conference, 4 reported figures, 2 honours, 1 inspection>"
        ),
    ),
    (ALONE, "<Register hall: 1 division>"),
    (LAW, "<Instrument cn-chengdu-2017: 8 provisions, 13 obligations>"),
    (JUDGED, f"<Assessment of cn-chengdu-2017 on 510112, 2019-04-26: {VERDICTS}>"),
    (JUDGED["art-5-commendation"], "<Finding art-5-commendation: undetermined>"),
    (
        commed.measure("person-times", CASE, period=Period.year(2018)),
        "<Measurement person-times, 510112, 2018: [700000, 799999] person-times; 1 need>",
    ),
    (
        commed.measure("person-times", ALONE, where={"group": "elderly"}),
        "<Measurement person-times, hall, group elderly: no value; 2 needs>",
    ),
    (
        commed.measure("participation-rate", ALONE),
        "<Measurement participation-rate, hall: no value; 2 needs>",
    ),
    (
        commed.inspect(CASE, LAW),
        f"<InspectionReport inspection-2019 of cn-chengdu-2017 on 510112, 2019-04-26: {VERDICTS}>",
    ),
    (
        commed.roll_up(CASE, LAW, level=Level.COUNTY, on=ON),
        f"<RollUp of 1 division (district or county): {VERDICTS}>",
    ),
    (
        commed.roll_up(CASE, LAW, level=Level.COMMUNITY, on=ON),
        "<RollUp of 0 divisions (village or neighbourhood): no duty>",
    ),
    (
        commed.follow_up(JUDGED, JUDGED),
        (
            "<FollowUp of cn-chengdu-2017 on 510112, 2019-04-26 to 2019-04-26: "
            "10 still open, 3 unchanged>"
        ),
    ),
]


@pytest.mark.parametrize(("value", "shown"), SHOWN, ids=lambda each: type(each).__name__)
def test_what_holds_much_shows_itself_on_one_line(value: object, shown: str) -> None:
    assert repr(value) == shown


def test_nothing_is_said_of_what_holds_nothing() -> None:
    bare = commed.Instrument(id="bare", title=LAW.title, since=ON, sources=LAW.sources)
    judged = commed.assess(CASE, bare, on=ON)
    assert repr(bare) == "<Instrument bare: 0 provisions, 0 obligations>"
    assert repr(judged).endswith(": no duty>")
    assert repr(commed.follow_up(judged, judged)).endswith(": no duty>")


def test_a_register_that_is_still_being_made_can_be_shown() -> None:
    begun = object.__new__(commed.Register)
    object.__setattr__(begun, "jurisdiction", "hall")
    assert repr(begun) == "<Register hall: nothing listed>"


def test_a_register_with_a_table_does_not_show_the_table() -> None:
    row = {"event": ["tea"], "learner": ["a"], "date": [ON], "division": ["hall"]}
    shown = repr(attached(ALONE, pl.DataFrame(row)))
    assert shown == "<Attached hall: 1 division>"


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval.exactly(11), "Interval.exactly(11)"),
        (Interval(40, 50, high_closed=False), "Interval(40, 50, high_closed=False)"),
        (Interval(5, None, low_closed=False), "Interval(5, None, low_closed=False)"),
        (Interval(None, Fraction(1, 3)), "Interval(None, Fraction(1, 3))"),
    ],
)
def test_an_interval_shows_what_makes_it(interval: Interval, shown: str) -> None:
    assert repr(interval) == shown


@given(intervals() | quantities() | periods() | divisions() | attendances() | learning_events())
def test_what_holds_little_is_made_again_of_what_it_shows(value: object) -> None:
    names = {"datetime": dt, "Fraction": Fraction, **vars(commed)}
    names |= {each: getattr(commed, each) for each in dir(commed)}
    assert eval(repr(value), names) == value  # noqa: S307 - that is what is asked


@settings(max_examples=20)
@given(registers())
def test_a_register_takes_one_line_whatever_it_holds(register: commed.Register) -> None:
    assert len(repr(register).splitlines()) == 1


def test_one_thing_is_not_called_many() -> None:
    assert [counted(number, "needs") for number in (0, 1, 2)] == ["0 needs", "1 need", "2 needs"]
