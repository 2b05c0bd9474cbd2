"""A table of attendances tells what the same events in a register tell, on every engine."""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from commed import frames
from commed.compliance import assess
from commed.errors import CommedError, InvalidDocument
from commed.indicators import Measurement, UnsupportedQuestion, catalogue, measure
from commed.indicators import measure_all as all_of
from commed.indicators.comparing import balance
from commed.loading import instrument, instruments
from commed.periods import Period
from commed.places import Division
from commed.records.learning import (
    ActivityPlan,
    Attendance,
    LearnerGroup,
    LearningEvent,
    LearningTeam,
    Mode,
)
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Completeness, Register
from commed.testing import registers

SEPARATOR = "¶¶"
COLUMNS = frames.Columns(separator=SEPARATOR)
SCHEMA: Any = {
    "event": pl.String,
    "date": pl.Date,
    "division": pl.String,
    "workstation": pl.String,
    "team": pl.String,
    "plan": pl.String,
    "themes": pl.String,
    "mode": pl.String,
    "minutes": pl.Int64,
    "learner": pl.String,
    "groups": pl.String,
}


def table(events: Sequence[LearningEvent]) -> pl.DataFrame:
    """Write the attendances of events into a table, a row for each."""
    rows = [
        {
            "event": event.id,
            "date": event.date,
            "division": event.division,
            "workstation": event.workstation,
            "team": event.team,
            "plan": event.plan,
            "themes": SEPARATOR.join(event.themes) or None,
            "mode": None if event.mode is None else event.mode.value,
            "minutes": event.minutes,
            "learner": one.learner,
            "groups": None if one.groups is None else SEPARATOR.join(g.value for g in one.groups),
        }
        for event in events
        for one in event.attendances
    ]
    return pl.DataFrame(rows, SCHEMA)


def parted(register: Register) -> tuple[Register, Register, pl.DataFrame]:
    """Return the register with its rosters, without them, and the rosters as a table.

    A table has no headcounts and no titles, and an event carries out its plan on its own day.
    """
    named = [event for event in register.events if event.attendances]
    plain = [evolve(e, headcount=None, title=None, planned_for=None) for e in named]
    others = [event for event in register.events if not event.attendances]
    whole = evolve(register, events=[*others, *sorted(plain, key=lambda event: event.id)])
    return whole, evolve(register, events=others), table(plain)


# --- engines ------------------------------------------------------------------------------


def _arrow(rows: pl.DataFrame) -> Any:
    pytest.importorskip("pyarrow")
    return rows.to_arrow()


def _duckdb(rows: pl.DataFrame) -> Any:
    return pytest.importorskip("duckdb").from_arrow(_arrow(rows))


def _ibis(rows: pl.DataFrame) -> Any:
    return pytest.importorskip("ibis").memtable(_arrow(rows))


def _pandas(rows: pl.DataFrame) -> Any:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    return rows.to_pandas().astype({"minutes": "Int64"})


def _pandas_on_arrow(rows: pl.DataFrame) -> Any:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    return rows.to_pandas(use_pyarrow_extension_array=True)


def _dask(rows: pl.DataFrame) -> Any:
    frame = pytest.importorskip("dask.dataframe")
    return frame.from_pandas(_pandas_on_arrow(rows), npartitions=2)


def _spark(rows: pl.DataFrame) -> Any:
    return _session().createDataFrame(_arrow(rows))


@cache
def _session() -> Any:
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is no 'java' on the path")
    builder = sql.SparkSession.builder.master("local[2]")
    for key, value in {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",  # compiling costs more than these few rows
        "spark.sql.adaptive.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


@pytest.fixture(scope="module", autouse=True)
def _stopped() -> Iterator[None]:
    yield
    if _session.cache_info().currsize:
        _session().stop()


ENGINES: dict[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda rows: rows,
    "polars-lazy": lambda rows: rows.lazy(),
    "pyarrow": _arrow,
    "pandas": _pandas,
    "pandas-on-arrow": _pandas_on_arrow,
    "duckdb": _duckdb,
    "ibis": _ibis,
    "dask": _dask,
    "spark": _spark,
}
one_at_a_time = pytest.mark.xdist_group("spark")  # a session takes long to start
on_every_engine = pytest.mark.parametrize(
    "engine",
    [pytest.param(each, marks=[one_at_a_time] if each == "spark" else []) for each in ENGINES],
)
told_by_engines = pytest.mark.filterwarnings("ignore")
"""Engines warn of their own futures."""

# --- a district ---------------------------------------------------------------------------

DISTRICT = "510112"
TOWNSHIPS = ("510112001", "510112002")
COMMUNITIES = ("510112001001", "510112001002", "510112002001")
STATIONS = {"one": COMMUNITIES[0], "two": COMMUNITIES[1], "three": COMMUNITIES[2]}
WINTER = Period(date(2019, 11, 15), date(2020, 3, 20))
EVERYTHING = tuple(Collection)
SOME_ROSTERS = (
    Collection.EVENTS,
    Collection.WORKSTATIONS,
    Collection.DIVISIONS,
    Completeness(
        collection=Collection.ATTENDANCES,
        division=TOWNSHIPS[0],
        period=Period(date(2019, 12, 1), date(2020, 2, 10)),
    ),
    Completeness(collection=Collection.ATTENDANCES, division=COMMUNITIES[2]),
)


def district(
    complete: Sequence[Collection | Completeness], *, known: bool, size: int = 120
) -> Register:
    """Return a district in which all is known of every event, or not."""
    chance = random.Random(510112)  # noqa: S311 - nothing secret is drawn
    maybe: list[None] = [] if known else [None]
    everywhere = [DISTRICT, *TOWNSHIPS, *COMMUNITIES]
    groups = [(), (LearnerGroup.ELDERLY,), (LearnerGroup.WOMEN, LearnerGroup.ELDERLY), *maybe]
    events = []
    for number in range(size):
        station = chance.choice([*maybe, *STATIONS])
        places = everywhere if station is None else [None, *COMMUNITIES]
        learners = chance.sample(range(80), chance.randint(1, 12))
        events.append(
            LearningEvent(
                id=f"e{number:03}",
                date=date(2019, 10, 1) + timedelta(chance.randrange(300)),
                workstation=station,
                division=chance.choice(places),
                team=chance.choice([None, "singers", "readers"]),
                plan=chance.choice([None, "monthly"]),
                minutes=chance.choice([30, 60, 90, *maybe]),
                mode=chance.choice([*Mode, *maybe]),
                themes=chance.choice([("书法",), ("健康", "书法"), *[() for _ in maybe]]),
                attendances=[Attendance(f"p{one}", chance.choice(groups)) for one in learners],
            )
        )
    return Register(
        jurisdiction=DISTRICT,
        divisions=[Division(id=key, name=key) for key in everywhere],
        workstations=[
            Workstation(id=key, name=key, division=at, since=date(2019, 1, 1))
            for key, at in STATIONS.items()
        ],
        teams=[
            LearningTeam(id="singers", workstation="one", themes=["音乐"]),
            LearningTeam(id="readers", division=COMMUNITIES[1], themes=["阅读"]),
        ],
        plans=[
            ActivityPlan(
                id="monthly",
                workstation="one",
                sessions=Recurrence(date(2019, 10, 1), "FREQ=DAILY"),
            )
        ],
        populations=[
            Population(division=key, on=date(2020, 6, 30), persons=1000, group=group)
            for key in everywhere
            for group in (None, LearnerGroup.ELDERLY)
        ],
        complete=complete,
        events=events,
    )


def outcome(ask: Callable[[], Any]) -> Any:
    """Return what an asked question gives, or how it is refused."""
    try:
        return ask()
    except CommedError as refused:
        return type(refused), str(refused)


Asked = tuple[str, dict[str, Any]]


def agree(whole: Register, attached: Register, questions: Sequence[Asked]) -> None:
    for indicator, told in questions:
        expected = outcome(lambda: measure(indicator, whole, **told))  # noqa: B023
        found = outcome(lambda: measure(indicator, attached, **told))  # noqa: B023
        assert found == expected, (indicator, told)


FEW: list[Asked] = [
    ("person-times", {"period": WINTER}),
    ("participation-rate", {"period": WINTER, "division": TOWNSHIPS[0]}),
    ("participation-rate", {"period": WINTER, "where": {"group": "elderly"}}),
    ("repeat-rate", {"period": WINTER, "where": {"theme": "健康"}}),
    ("digital-share", {}),
    ("learning-hours-per-learner", {"period": WINTER}),
    ("person-times", {"where": {"organiser": "two"}}),
    ("active-months", {"period": WINTER}),
    ("longest-gap", {"period": WINTER}),
    ("participation-gini", {"period": Period.year(2020)}),
    ("active-teams", {"period": WINTER}),
    ("plan-completion", {"period": WINTER}),
]


@told_by_engines
@on_every_engine
@pytest.mark.parametrize("known", [True, False], ids=["all known", "some unknown"])
def test_every_engine_tells_what_the_register_tells(engine: str, *, known: bool) -> None:
    whole, rest, rows = parted(district(EVERYTHING if known else SOME_ROSTERS, known=known))
    agree(whole, frames.attached(rest, ENGINES[engine](rows), columns=COLUMNS), FEW)


@pytest.mark.parametrize("known", [True, False], ids=["all known", "some unknown"])
@pytest.mark.parametrize("complete", [EVERYTHING, SOME_ROSTERS, ()], ids=["all", "some", "none"])
def test_every_indicator_by_every_dimension_tells_what_the_register_tells(
    complete: Sequence[Collection | Completeness], *, known: bool
) -> None:
    whole, rest, rows = parted(district(complete, known=known))
    attached = frames.attached(rest, rows.lazy(), columns=COLUMNS)
    for period in (None, WINTER):
        for indicator, definition in catalogue().items():
            splits = [{"by": dimension} for dimension in (None, *definition.dimensions)]
            agree(whole, attached, [(indicator, {"period": period, **by}) for by in splits])
        assert balance("participation-rate", attached, period=period).values == (
            balance("participation-rate", whole, period=period).values
        )


small_registers = registers(events=5, others=2, learners=4)


OF_EVENTS = [
    "person-times",
    "distinct-learners",
    "repeat-rate",
    "digital-share",
    "learning-minutes-per-learner",
    "active-weeks",
    "active-teams",
    "plan-completion",
    "participation-gini",
]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@settings(max_examples=20)
@given(
    register=small_registers,
    year=st.sampled_from([None, 2018, 2019]),
    by=st.sampled_from([None, "group", "division", "organiser", "theme", "mode", "team"]),
)
def test_whatever_is_recorded_a_table_tells_the_same(
    engine: str, register: Register, year: int | None, by: str | None
) -> None:
    whole, rest, rows = parted(register)
    attached = frames.attached(rest, ENGINES[engine](rows), columns=COLUMNS)
    period = None if year is None else Period.year(year)
    for indicator in OF_EVENTS:
        split = by if by in catalogue()[indicator].dimensions else None
        agree(whole, attached, [(indicator, {"period": period, "by": split})])


@pytest.mark.parametrize("name", instruments())
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_register_is_judged_by_its_table(name: str, engine: str) -> None:
    whole, rest, rows = parted(district(EVERYTHING, known=False))
    attached = frames.attached(rest, ENGINES[engine](rows), columns=COLUMNS)
    law, on = instrument(name), date(2020, 12, 31)
    assert assess(attached, law, on=on, period=Period.year(2020)).findings == (
        assess(whole, law, on=on, period=Period.year(2020)).findings
    )


def test_an_event_in_the_week_of_a_law_is_found_in_the_table() -> None:
    held = [
        LearningEvent(
            id=f"e{day}",
            date=date(2019, 10, day),
            division="330203",
            themes=["终身学习活动周"],
            attendances=["a"],
        )
        for day in (1, 29, 31)
    ]
    divisions = [Division(id="330203", name="海曙区")]
    whole, rest, rows = parted(Register(jurisdiction="330203", divisions=divisions, events=held))
    law, on = instrument("cn-ningbo-2015"), date(2020, 1, 31)
    attached = frames.attached(rest, rows, columns=COLUMNS)
    found = assess(attached, law, on=on)["art-29-1-activity-week"]
    assert [evidence.key for evidence in found.evidence] == ["e29", "e31"]
    assert found == assess(whole, law, on=on)["art-29-1-activity-week"]


# --- the two ways to ask ------------------------------------------------------------------


def test_a_measurement_of_a_table_is_that_of_the_register_with_it() -> None:
    whole, rest, rows = parted(district(EVERYTHING, known=True))
    where = {"group": LearnerGroup.ELDERLY}
    found = frames.measure(
        "participation-rate", rows, rest, period=WINTER, where=where, columns=COLUMNS
    )
    assert isinstance(found, Measurement)
    assert found == measure("participation-rate", whole, period=WINTER, where=where)
    split = frames.measure(
        "person-times", rows, rest, division=TOWNSHIPS[0], by="community", columns=COLUMNS
    )
    assert dict(split) == dict(
        measure("person-times", whole, division=TOWNSHIPS[0], by="community")
    )


def test_several_indicators_share_what_they_count() -> None:
    whole, rest, rows = parted(district(SOME_ROSTERS, known=False))
    attached = frames.attached(rest, rows, columns=COLUMNS)
    assert all_of(attached, period=WINTER) == all_of(whole, period=WINTER)


def test_a_table_beside_headcounts_counts_both() -> None:
    whole, _, rows = parted(district(EVERYTHING, known=True, size=20))
    counted = LearningEvent(id="counted", date=date(2020, 1, 1), workstation="one", headcount=30)
    both, rest = (
        evolve(whole, events=[*whole.events, counted]),
        evolve(whole, events=[counted]),
    )
    attached = frames.attached(rest, rows, columns=COLUMNS)
    assert all_of(attached) == all_of(both)


@pytest.mark.parametrize("tells", ["team", "plan"])
def test_what_a_table_has_no_column_for_is_refused_when_it_is_asked(tells: str) -> None:
    _, rest, rows = parted(district(EVERYTHING, known=True))
    attached = frames.attached(rest, rows.drop(tells), columns=COLUMNS)
    indicator = {"team": "active-teams", "plan": "plan-completion"}[tells]
    with pytest.raises(UnsupportedQuestion, match=rf"Columns\({tells}=\.\.\.\)"):
        measure(indicator, attached, period=WINTER)
    assert measure("person-times", attached).value is not None


def test_a_team_is_not_asked_for_where_no_column_tells_it() -> None:
    _, rest, rows = parted(district(EVERYTHING, known=True))
    attached = frames.attached(rest, rows.drop("team"), columns=COLUMNS)
    with pytest.raises(UnsupportedQuestion, match="no column that tells the team"):
        measure("person-times", attached, where={"team": "singers"})


def test_teams_and_plans_that_nobody_recorded_need_no_columns() -> None:
    whole, _, rows = parted(district(EVERYTHING, known=True))
    events = [evolve(event, team=None, plan=None) for event in whole.events]
    bare = evolve(whole, teams=[], plans=[], events=[])
    attached = frames.attached(bare, rows.drop("team", "plan"), columns=COLUMNS)
    assert all_of(attached, period=WINTER) == all_of(evolve(bare, events=events), period=WINTER)


OPTIONAL = ["mode", "minutes", "themes", "groups", "workstation"]


@pytest.mark.parametrize("left", [[each] for each in OPTIONAL] + [OPTIONAL], ids=str)
def test_a_column_that_is_not_there_leaves_it_unknown(left: list[str]) -> None:
    whole, rest, _ = parted(district(EVERYTHING, known=True, size=30))
    none: dict[str, Any] = {"mode": None, "minutes": None, "themes": (), "workstation": None}
    told = [evolve(event, division=whole.place_of(event)) for event in whole.events]
    bare = [evolve(event, **{each: none[each] for each in left if each in none}) for event in told]
    if "groups" in left:
        bare = [
            evolve(event, attendances=[Attendance(one.learner) for one in event.attendances])
            for event in bare
        ]
    rows = table(told).drop(left)
    attached = frames.attached(rest, rows, columns=COLUMNS)
    expected = evolve(rest, events=bare)
    for indicator in ("person-times", "digital-share", "learning-minutes", "active-months"):
        splits: list[dict[str, Any]] = [{}]
        if indicator == "person-times":
            splits += [{"by": by} for by in ("group", "mode", "organiser", "theme")]
        agree(expected, attached, [(indicator, {"period": WINTER, **by}) for by in splits])


def test_the_columns_may_have_other_names_and_whole_numbers_for_keys() -> None:
    whole, rest, rows = parted(district(EVERYTHING, known=True))
    numbered = rows.with_columns(
        pl.col("learner").str.strip_prefix("p").cast(pl.Int64),
        pl.col("event").str.strip_prefix("e").cast(pl.Int32),
        pl.col("workstation").cast(pl.Categorical),
        pl.col("mode").cast(pl.Enum([mode.value for mode in Mode])),
    ).rename({"learner": "who", "event": "activity"})
    columns = evolve(COLUMNS, learner="who", event="activity")
    attached = frames.attached(rest, numbered, columns=columns)
    assert all_of(attached, period=WINTER) == all_of(whole, period=WINTER)


def test_a_table_without_rows_tells_that_nobody_came_where_the_lists_are_whole() -> None:
    rest = evolve(district(EVERYTHING, known=True), events=[])
    attached = frames.attached(rest, table([]), columns=COLUMNS)
    assert all_of(attached, period=WINTER) == all_of(rest, period=WINTER)


def test_a_table_of_bodies_alone_counts_where_they_are() -> None:
    whole, rest, _ = parted(district(EVERYTHING, known=True))
    held = [evolve(event, division=None) for event in whole.events]
    attached = frames.attached(rest, table(held).drop("division"), columns=COLUMNS)
    expected = evolve(rest, events=held)
    for place in (DISTRICT, *COMMUNITIES):
        for by in (None, "organiser"):
            agree(expected, attached, [("person-times", {"division": place, "by": by})])


def test_rosters_in_the_register_beside_a_table_are_refused() -> None:
    whole, _, rows = parted(district(EVERYTHING, known=True, size=3))
    with pytest.raises(InvalidDocument) as refused:
        frames.attached(whole, rows, columns=COLUMNS)
    assert [problem.path for problem in refused.value.problems] == [
        f"events[{index}].attendances" for index in range(3)
    ]
