"""What the participation of ten million attendances costs, against the engine's own query.

Both count the same year of the same table: attendances, events and minutes by mode, learners,
and learners who came twice or more. The table is made on the engine, and checked once. Run with
``python -m pytest tests/benchmarks/test_frames_time.py -q -s``.
"""

import gc
import random
from collections.abc import Callable
from datetime import date
from math import log2
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import polars as pl
import pytest

from commed import frames
from commed.indicators import learning_time, measure_all, participation
from commed.periods import Period
from commed.places import Division, Level
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.references import Collection
from commed.register import Register

ROUNDS = 5
YEAR = Period.year(2018)
LARGEST = 10_000_000
DOUBLINGS = [LARGEST >> step for step in range(10, -1, -1)]
INDICATORS = [each.id for each in (*participation.DEFINITIONS, *learning_time.DEFINITIONS)]


def district() -> Register:
    communities = [
        Division(id=f"c{i}", name="社区", level=Level.COMMUNITY, within="510112")
        for i in range(100)
    ]
    day: Any = {"division": "510112", "on": date(2018, 12, 31)}
    return Register(
        jurisdiction="510112",
        divisions=[Division(id="510112", name="区"), *communities],
        workstations=[Workstation(id=f"w{i}", name="站", division=f"c{i}") for i in range(100)],
        populations=[Population(persons=800_000, **day)],
        complete=[Collection.EVENTS, Collection.ATTENDANCES],
    )


def on_polars(rows: int) -> pl.DataFrame:
    """Twenty of 800,000 learners at each event, over two years."""
    key = pl.int_range(rows, dtype=pl.Int64)
    event = key // 20
    return pl.select(
        event=pl.format("e{}", event),
        date=pl.lit(date(2018, 1, 1)) + pl.duration(days=event * 7 % 730),
        workstation=pl.format("w{}", event % 100),
        mode=pl.when(event % 4 == 0).then(pl.lit("online")).otherwise(pl.lit("on-site")),
        minutes=30 + event % 5 * 15,
        learner=pl.format("p{}", (event * 7919 + key % 20 * 40_000) % 800_000),
    )


def on_duckdb(rows: int) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.execute(
        f"""
        CREATE TABLE attendances AS
        SELECT 'e' || event AS event,
               DATE '2018-01-01' + CAST(event * 7 % 730 AS INTEGER) AS date,
               'w' || event % 100 AS workstation,
               CASE WHEN event % 4 = 0 THEN 'online' ELSE 'on-site' END AS mode,
               30 + event % 5 * 15 AS minutes,
               'p' || (event * 7919 + key % 20 * 40000) % 800000 AS learner
        FROM (SELECT range AS key, range // 20 AS event FROM range({rows}))
        """  # noqa: S608 - a number alone is put in
    )
    return connection.table("attendances")


def native_polars(table: pl.DataFrame) -> list[int]:
    year = table.lazy().filter(pl.col("date").is_between(YEAR.first, YEAR.last))
    by_mode = year.group_by("mode").agg(
        times=pl.len(), events=pl.col("event").n_unique(), minutes=pl.col("minutes").sum()
    )
    visits = year.group_by("learner").agg(visits=pl.len())
    learners = visits.select(pl.len(), again=(pl.col("visits") > 1).sum())
    modes, (found,) = by_mode.collect().rows(), learners.collect().rows()
    return _told({mode: counts for mode, *counts in modes}, *found)


def native_duckdb(table: duckdb.DuckDBPyRelation) -> list[int]:
    year = table.filter(f"date BETWEEN DATE '{YEAR.first}' AND DATE '{YEAR.last}'")
    modes = year.aggregate("mode, count(*), count(DISTINCT event), sum(minutes)", "mode").fetchall()
    visits = year.aggregate("learner, count(*) AS visits", "learner")
    (found,) = visits.aggregate("count(*), count(*) FILTER (visits > 1)").fetchall()
    return _told({mode: counts for mode, *counts in modes}, *found)


def _told(modes: dict[str, list[int]], learners: int, again: int) -> list[int]:
    times, events, minutes = (sum(each) for each in zip(*modes.values(), strict=True))
    return [int(each) for each in (times, learners, again, minutes, modes["online"][0], events)]


def measured(register: Register) -> list[int]:
    register.memo.clear()
    found = measure_all(register, INDICATORS, period=YEAR)
    asked = (
        "person-times",
        "distinct-learners",
        "repeat-rate",
        "learning-minutes",
        "digital-share",
    )
    numerators = [found[each].numerator for each in asked]
    exact = [int(each.interval.low or 0) for each in numerators if each is not None]
    return [*exact, found["person-times"].coverage[0].records]


ENGINES: dict[str, tuple[Callable[[int], Any], Callable[[Any], list[int]]]] = {
    "polars": (on_polars, native_polars),
    "duckdb": (on_duckdb, native_duckdb),
}


def seconds(work: Callable[[Any], list[int]], given: Any) -> float:
    gc.collect()
    start = perf_counter()
    work(given)
    return perf_counter() - start


def medians(contestants: dict[str, tuple[Callable[[Any], list[int]], Any]]) -> dict[str, float]:
    """Return the median seconds of each contestant, their order shuffled."""
    runs: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name in random.sample(list(contestants), len(contestants)):
            runs[name].append(seconds(*contestants[name]))
    return {name: median(times) for name, times in runs.items()}


@pytest.mark.parametrize("engine", ENGINES)
def test_participation_takes_at_most_1_2_times_the_native_query(engine: str) -> None:
    make, native = ENGINES[engine]
    table = make(LARGEST)
    start = perf_counter()
    register = frames.attached(district(), table)
    checking = perf_counter() - start
    assert measured(register) == native(table)
    times = medians({"measured": (measured, register), "native": (native, table)})
    ratio = times["measured"] / times["native"]
    print(  # noqa: T201
        f"{engine}, {LARGEST} rows: measured {times['measured']:.3f} s, native "
        f"{times['native']:.3f} s, ratio {ratio:.2f}; checked once in {checking:.1f} s"
    )
    assert ratio <= 1.2


@pytest.mark.parametrize("engine", ENGINES)
def test_time_per_doubling(engine: str) -> None:
    make, _ = ENGINES[engine]
    found = {}
    for rows in DOUBLINGS:
        register = frames.attached(district(), make(rows))
        found[rows] = medians({"measured": (measured, register)})["measured"]
        print(f"{engine}, {rows:>9} rows: {found[rows] * 1000:8.1f} ms")  # noqa: T201
    growth = (found[DOUBLINGS[-1]] / found[DOUBLINGS[0]]) ** (
        1 / log2(DOUBLINGS[-1] / DOUBLINGS[0])
    )
    print(f"{engine}: {growth:.2f} per doubling")  # noqa: T201
    assert growth <= 2.2
