"""Participation against an oracle: where all is known, polars counts the same.

Every event says who came, of which groups, how long, how, on what, by whom and where, and the
lists are whole: so each figure is one number, but for the digital share where an event was held
both ways. The attendances are flattened into one table, and each figure is counted again there.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, catalogue, measure, measure_all
from commed.loading import example
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval
from commed.records.learning import Attendance, LearnerGroup, LearningEvent, Mode
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.references import Collection
from commed.register import Register

DISTRICT = "510112"
TOWNSHIPS = ("510112001", "510112002")
COMMUNITIES = ("510112001001", "510112001002", "510112002001")
STATIONS = {"one": COMMUNITIES[0], "two": COMMUNITIES[1], "three": COMMUNITIES[2]}
CLOSED = date(2019, 12, 31)
"""The last day of the first station: its later events count all the same."""
THEMES = ("书法", "健康", "法律")
WHOLE = Period(date(2019, 11, 15), date(2020, 3, 20))
YEARS = Period(date(2019, 1, 1), date(2020, 12, 31))
TIMES, LEARNERS, AGAIN, DIGITAL, MINUTES = INDICATORS = (
    "person-times",
    "distinct-learners",
    "repeat-rate",
    "digital-share",
    "learning-minutes",
)
ADDITIVE = (TIMES, MINUTES)
PLAIN = ("month", "quarter", "year", "division", "township", "community", "organiser", "mode")

EDGES = [
    *(date(2019, 11, day) for day in (14, 15, 30)),
    *(date(2019, 12, day) for day in (1, 31)),
    *(date(2020, 1, day) for day in (1, 31)),
    *(date(2020, 2, day) for day in (1, 28, 29)),
    *(date(2020, 3, day) for day in (1, 20, 21)),
]
groups = st.sets(st.sampled_from(list(LearnerGroup)[:3]), max_size=2).map(
    lambda some: tuple(sorted(some, key=list(LearnerGroup).index))
)


@st.composite
def events(draw: st.DrawFn, on: Sequence[date] = EDGES, key: str = "") -> LearningEvent:
    """Draw an event of which all is known; without a key it is numbered in its register."""
    station = draw(st.sampled_from(sorted(STATIONS)))
    return LearningEvent(
        id=key or "event",
        date=draw(st.sampled_from(on)),
        workstation=station,
        division=draw(st.none() | st.sampled_from(COMMUNITIES)),
        minutes=draw(st.sampled_from([1, 45, 120])),
        mode=draw(st.sampled_from(Mode)),
        themes=sorted(draw(st.sets(st.sampled_from(THEMES), min_size=1, max_size=2))),
        attendances=[
            Attendance(learner, draw(groups))
            for learner in sorted(draw(st.sets(st.sampled_from("abcde"), max_size=4)))
        ],
    )


def numbered(held: Sequence[LearningEvent]) -> list[LearningEvent]:
    """Give each event a key of its own."""
    return [changed(event, id=f"e{index}") for index, event in enumerate(held)]


def changed(event: LearningEvent, **told: Any) -> LearningEvent:
    kept: dict[str, Any] = {
        name: getattr(event, name)
        for name in ("date", "workstation", "division", "minutes", "mode", "themes", "attendances")
    }
    return LearningEvent(**{"id": event.id} | kept | told)


def register(held: Sequence[LearningEvent]) -> Register:
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, *TOWNSHIPS, *COMMUNITIES)],
        "workstations": [
            Workstation(id=key, name=key, division=at, until=CLOSED if key == "one" else None)
            for key, at in STATIONS.items()
        ],
        "events": held,
        "populations": [
            Population(division=key, on=date(2020, 12, 31), persons=1000) for key in COMMUNITIES
        ],
        "complete": [Collection.EVENTS, Collection.ATTENDANCES],
    }
    return Register(jurisdiction=DISTRICT, **lists)


SCHEMA: Any = {
    "date": pl.Date,
    "organiser": pl.String,
    "community": pl.String,
    "minutes": pl.Int64,
    "mode": pl.String,
    "theme": pl.List(pl.String),
    "group": pl.List(pl.String),
    "learner": pl.String,
}


def table(held: Sequence[LearningEvent]) -> pl.DataFrame:
    """Return the attendances as a table, with the keys that the dimensions split by."""
    rows = [
        {
            "date": event.date,
            "organiser": event.workstation,
            "community": event.division or STATIONS[event.workstation or ""],
            "minutes": event.minutes,
            "mode": None if event.mode is None else event.mode.value,
            "theme": list(event.themes),
            "group": [group.value for group in attendance.groups or ()],
            "learner": attendance.learner,
        }
        for event in held
        for attendance in event.attendances
    ]
    day, year = pl.col("date").dt, pl.col("date").dt.strftime("%Y")
    return pl.DataFrame(rows, SCHEMA).with_columns(
        year=year,
        month=day.strftime("%Y-%m"),
        quarter=pl.concat_str(year, pl.lit("-Q"), day.quarter()),
        township=pl.col("community").str.head(9),
        division=pl.col("community").str.head(9),
    )


def of(rows: pl.DataFrame, indicator: str) -> Interval | None:
    """Count one figure in the table, None where nobody came."""
    visits = rows.group_by("learner").agg(pl.len().alias("visits"))["visits"]
    online = rows.filter(pl.col("mode") == "online").height
    either = rows.filter(pl.col("mode") == "mixed").height
    counts = {TIMES: rows.height, LEARNERS: visits.len(), MINUTES: int(rows["minutes"].sum())}
    if indicator in counts:
        return Interval.exactly(counts[indicator])
    if rows.is_empty():
        return None
    if indicator == AGAIN:
        return Interval.exactly(Fraction(int((visits > 1).sum()), visits.len()))
    return Interval(Fraction(online, rows.height), Fraction(online + either, rows.height))


def counted(
    rows: pl.DataFrame, dimension: str, indicator: str, period: Period
) -> dict[str, Interval | None]:
    """Count one figure for every key of a dimension that anybody came under."""
    asked = rows.filter(pl.col("date").is_between(period.first, period.last))
    if dimension in {"theme", "group"}:
        asked = asked.explode(dimension).drop_nulls(dimension)
    return {str(key): of(part, indicator) for (key,), part in asked.group_by(dimension)}


def values(
    indicator: str, known: Register, dimension: str, period: Period
) -> dict[str, Interval | None]:
    found = measure(indicator, known, period=period, by=dimension)
    return {key: measurement.value for key, measurement in found.items()}


NOTHING = {TIMES: Interval.exactly(0), LEARNERS: Interval.exactly(0), MINUTES: Interval.exactly(0)}


def agree(held: Sequence[LearningEvent], period: Period) -> None:
    """Hold every figure, whole and by every dimension, against the table."""
    known, rows = register(held), table(held)
    asked = rows.filter(pl.col("date").is_between(period.first, period.last))
    for indicator in INDICATORS:
        assert measure(indicator, known, period=period).value == of(asked, indicator)
        dimensions = (*PLAIN, "theme", *["group"] * (indicator in {TIMES, LEARNERS}))
        for dimension in dimensions:
            found = values(indicator, known, dimension, period)
            expected = counted(rows, dimension, indicator, period)
            assert expected.keys() <= found.keys()
            assert found == dict.fromkeys(found, NOTHING.get(indicator)) | expected, dimension


registers = st.lists(events(), max_size=8).map(numbered)


@settings(max_examples=25)
@given(registers, st.sampled_from([WHOLE, YEARS, Period.month(2020, 2), Period.year(2020)]))
def test_every_figure_is_what_the_oracle_counts(held: list[LearningEvent], period: Period) -> None:
    agree(held, period)


@cache
def many() -> list[LearningEvent]:
    """Return some hundred events with some two thousand attendances, the same every time."""
    chance = random.Random(510112)  # noqa: S311  # nothing secret is drawn
    held = []
    for index in range(250):
        station = chance.choice(sorted(STATIONS))
        learners = chance.sample(range(400), chance.randint(0, 16))
        held.append(
            LearningEvent(
                id=f"e{index}",
                date=YEARS.first + timedelta(chance.randrange(YEARS.length)),
                workstation=station,
                division=chance.choice([None, *COMMUNITIES]),
                minutes=chance.randint(1, 240),
                mode=chance.choice(list(Mode)),
                themes=chance.sample(THEMES, chance.randint(1, 3)),
                attendances=[
                    Attendance(f"p{one}", chance.sample(list(LearnerGroup), chance.randint(0, 3)))
                    for one in learners
                ],
            )
        )
    return held


@pytest.mark.parametrize("period", [YEARS, WHOLE, Period.quarter(2020, 1)], ids=str)
def test_every_figure_of_two_thousand_attendances_is_what_the_oracle_counts(
    period: Period,
) -> None:
    assert 1800 < table(many()).height < 2200
    agree(many(), period)


def number(found: Measurement) -> Fraction:
    assert found.value is not None
    assert found.value.is_exact
    assert found.value.low is not None
    return found.value.low


@settings(max_examples=40)
@given(registers, st.sampled_from([WHOLE, YEARS]))
@case(many(), YEARS)
def test_the_parts_of_a_period_add_up_and_their_learners_are_never_fewer_than_the_whole(
    held: list[LearningEvent], period: Period
) -> None:
    known = register(held)
    for dimension in ("month", "quarter", "year", "township", "community", "organiser", "mode"):
        for indicator in (*ADDITIVE, LEARNERS):
            parts = measure(indicator, known, period=period, by=dimension).values()
            together = sum(number(part) for part in parts)
            whole = number(measure(indicator, known, period=period))
            assert together == whole if indicator in ADDITIVE else together >= whole
            assert all(number(part) <= whole for part in parts)


@settings(max_examples=40)
@given(registers, st.data())
def test_in_what_order_events_and_rosters_are_written_changes_nothing(
    held: list[LearningEvent], data: st.DataObject
) -> None:
    mixed = [
        changed(event, attendances=data.draw(st.permutations(event.attendances)))
        for event in data.draw(st.permutations(held))
    ]
    one, other = register(held), register(mixed)
    assert measure_all(one, INDICATORS, period=WHOLE) == measure_all(
        other, INDICATORS, period=WHOLE
    )
    for dimension in ("month", "community", "theme"):
        for indicator in INDICATORS:
            split = [
                measure(indicator, known, period=WHOLE, by=dimension) for known in (one, other)
            ]
            assert split[0] == split[1]


@settings(max_examples=40)
@given(registers, events(key="more"), st.data())
def test_an_event_or_an_attendance_more_never_lowers_a_count(
    held: list[LearningEvent], more: LearningEvent, data: st.DataObject
) -> None:
    grown = [[*held, more]]
    if held:
        index = data.draw(st.sampled_from(range(len(held))))
        present = {attendance.learner for attendance in held[index].attendances}
        new = Attendance(data.draw(st.sampled_from(sorted({*"abcdef"} - present))), ())
        roster = [*held[index].attendances, new]
        grown.append([*held[:index], changed(held[index], attendances=roster), *held[index + 1 :]])
    before = measure_all(register(held), [*ADDITIVE, LEARNERS], period=WHOLE)
    for events_now in grown:
        after = measure_all(register(events_now), [*ADDITIVE, LEARNERS], period=WHOLE)
        assert all(number(before[each]) <= number(after[each]) for each in before)


def one_event(on: date, **told: Any) -> LearningEvent:
    given: dict[str, Any] = {
        "id": "e",
        "date": on,
        "workstation": "one",
        "minutes": 120,
        "mode": Mode.ON_SITE,
        "attendances": [Attendance("a", ())],
    }
    return LearningEvent(**given | told)


@pytest.mark.parametrize(
    ("on", "month", "quarter"),
    [
        (date(2020, 2, 29), "2020-02", "2020-Q1"),
        (date(2019, 12, 31), "2019-12", "2019-Q4"),
        (date(2020, 6, 30), "2020-06", "2020-Q2"),
    ],
)
def test_an_event_counts_whole_on_its_date_even_if_it_lasts_past_midnight(
    on: date, month: str, quarter: str
) -> None:
    known = register([one_event(on, note="23:00–01:00")])
    for dimension, key in (("month", month), ("quarter", quarter), ("year", month[:4])):
        for indicator, whole in ((TIMES, 1), (LEARNERS, 1), (MINUTES, 120)):
            found = values(indicator, known, dimension, YEARS)
            assert found.pop(key) == Interval.exactly(whole)
            assert set(found.values()) == {Interval.exactly(0)}


def test_an_event_of_a_station_that_had_closed_counts_all_the_same() -> None:
    known = register([one_event(CLOSED + timedelta(days=31))])
    period = Period.year(2020)
    for indicator in (TIMES, LEARNERS):
        assert number(measure(indicator, known, period=period)) == 1
        by = measure(indicator, known, period=period, by="organiser")
        assert {key: number(part) for key, part in by.items()} == {"one": 1, "two": 0, "three": 0}


@pytest.mark.parametrize("period", [None, Period.year(2018), Period.year(2019)], ids=str)
@pytest.mark.parametrize("name", ["longquanyi-2019", "made-up-district"])
def test_all_together_measure_what_each_measures_alone(name: str, period: Period | None) -> None:
    together = measure_all(evolve(example(name)), period=period)
    assert list(together) == list(catalogue())
    for indicator, found in together.items():
        assert found == measure(indicator, evolve(example(name)), period=period)


ASKED = [
    (indicator, period, division)
    for indicator in (*INDICATORS, "participation-rate", "learning-hours-per-learner")
    for period in (None, WHOLE, Period.month(2020, 2))
    for division in (DISTRICT, TOWNSHIPS[0], COMMUNITIES[2])
]


@settings(max_examples=12)
@given(registers, st.permutations(ASKED))
def test_what_was_asked_before_changes_no_answer(
    held: list[LearningEvent], order: list[tuple[str, Period | None, str]]
) -> None:
    known = register(held)

    def ask(of: Register, question: tuple[str, Period | None, str]) -> list[Any]:
        indicator, period, division = question
        whole = measure(indicator, of, period=period, division=division)
        return [
            whole,
            *(
                measure(indicator, of, period=period, division=division, by=dimension)
                for dimension in ("mode", "theme", "organiser")
            ),
        ]

    first = [ask(known, question) for question in order]
    assert [ask(known, question) for question in order] == first
    assert [ask(register(held), question) for question in order] == first
    assert known == register(held)
