"""What all indicators of participation together cost, against two passes written by hand.

All compute the same numbers over the same attendances: attendances, learners, learners who came
again, minutes, online attendances, and the learners of each of eight groups; one pass in plain
Python over the same objects, and polars (eager) over a table of the same rows. A register keeps
who belongs to which groups: the first question takes longer than those that follow, and stands
apart. Run with ``python -m pytest tests/benchmarks/test_participation_time.py -q -s``.
"""

import gc
import random
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from math import log2
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl
import pytest
from attrs import evolve

from commed import (
    Attendance,
    Collection,
    Division,
    LearnerGroup,
    LearningEvent,
    Level,
    Mode,
    Period,
    Population,
    Register,
    Workstation,
    measure,
    measure_all,
)
from commed.indicators import learning_time, participation

ROUNDS = 5
YEAR = Period.year(2018)
EACH = 20
INDICATORS = [each.id for each in (*participation.DEFINITIONS, *learning_time.DEFINITIONS)]
SIZES = [10_000, 100_000, 1_000_000]
LARGEST = 10_000_000
GROUPS = [group.value for group in LearnerGroup]


def district(attendances: int) -> Register:
    """A district of 100 communities; at each event twenty of 80,000 learners."""
    chance = random.Random(1)  # noqa: S311 - not a secret
    kinds = list(LearnerGroup)
    people = [
        Attendance(f"{key}", tuple(chance.sample(kinds, chance.choice([0, 1, 1, 2, 3]))))
        for key in range(80_000)
    ]
    modes = [Mode.ON_SITE, Mode.ON_SITE, Mode.ON_SITE, Mode.ONLINE]
    communities = [
        Division(id=f"c{i}", name="社区", level=Level.COMMUNITY, within="510112")
        for i in range(100)
    ]
    held = [
        LearningEvent(
            id=f"e{i}",
            date=date(2018, 1, 1) + timedelta(days=i % 365),
            workstation=f"w{i % 100}",
            minutes=30 + i % 90,
            mode=modes[i % 4],
            attendances=[
                Attendance(who.learner, who.groups) for who in chance.sample(people, EACH)
            ],
        )
        for i in range(attendances // EACH)
    ]
    day: Any = {"division": "510112", "on": date(2018, 12, 31)}
    return Register(
        jurisdiction="510112",
        divisions=[Division(id="510112", name="区"), *communities],
        workstations=[Workstation(id=f"w{i}", name="站", division=f"c{i}") for i in range(100)],
        events=held,
        populations=[
            Population(persons=800_000, **day),
            *(Population(persons=100_000, group=group, **day) for group in LearnerGroup),
        ],
        complete=[Collection.EVENTS, Collection.ATTENDANCES],
    )


def one_pass(register: Register) -> list[int]:
    first, last = YEAR.first, YEAR.last
    times = minutes = online = 0
    learners, again = set[str](), set[str]()
    groups: dict[LearnerGroup, set[str]] = {group: set() for group in LearnerGroup}
    for event in register.events:
        if first <= event.date <= last:
            came = len(event.attendances)
            times += came
            minutes += came * (event.minutes or 0)
            if event.mode is Mode.ONLINE:
                online += came
            for attendance in event.attendances:
                learner = attendance.learner
                if learner in learners:
                    again.add(learner)
                else:
                    learners.add(learner)
                for group in attendance.groups or ():
                    groups[group].add(learner)
    return [times, len(learners), len(again), minutes, online, *map(len, groups.values())]


def table(register: Register) -> pl.DataFrame:
    rows = (
        (
            event.date,
            event.mode and event.mode.value,
            event.minutes,
            attendance.learner,
            *(group in (attendance.groups or ()) for group in LearnerGroup),
        )
        for event in register.events
        for attendance in event.attendances
    )
    names = ["date", "mode", "minutes", "learner", *GROUPS]
    return pl.DataFrame(rows, schema=names, orient="row")


def on_polars(table: pl.DataFrame) -> list[int]:
    year = table.filter(pl.col("date").is_between(YEAR.first, YEAR.last))
    learners = year.group_by("learner").agg(
        pl.len().alias("times"), *(pl.col(group).any() for group in GROUPS)
    )
    return [
        len(year),
        len(learners),
        int((learners["times"] > 1).sum()),
        int(year["minutes"].sum()),
        int((year["mode"] == "online").sum()),
        *(int(learners[group].sum()) for group in GROUPS),
    ]


def measured(register: Register) -> list[int]:
    register.memo.clear()
    found = measure_all(register, INDICATORS, period=YEAR)
    reach = measure("distinct-learners", register, period=YEAR, by="group")
    rates = measure("participation-rate", register, period=YEAR, by="group")
    assert len(rates) == len(reach)
    numerators = [
        found[key].numerator
        for key in (
            "person-times",
            "distinct-learners",
            "repeat-rate",
            "learning-minutes",
            "digital-share",
        )
    ]
    exact = [numerator.interval for numerator in numerators if numerator is not None]
    exact += [each.value for each in reach.values() if each.value is not None]
    return [int(interval.low or 0) for interval in exact if interval.is_exact]


def seconds(work: Callable[[Any], list[int]], given: Any) -> float:
    gc.collect()
    start = perf_counter()
    work(given)
    return perf_counter() - start


def anew(register: Register) -> Register:
    """Return a register that nothing was asked of yet."""
    return evolve(register)


@pytest.fixture(scope="module")
def medians() -> dict[int, dict[str, float]]:
    """Median seconds of every contestant at each size, their order shuffled."""
    found = {}
    for size in (*SIZES, LARGEST):
        register = district(size)
        contestants: dict[str, tuple[Callable[[Any], list[int]], Callable[[], Any]]] = {
            "measured first": (measured, lambda: anew(register)),  # noqa: B023 - used at once
            "measured": (measured, lambda: register),  # noqa: B023
        }
        if size < LARGEST:
            rows = table(register)
            contestants["one pass"] = (one_pass, lambda: register)  # noqa: B023
            contestants["polars"] = (on_polars, lambda: rows)  # noqa: B023
            assert measured(register) == one_pass(register) == on_polars(rows)
        runs: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(ROUNDS):
            for name in random.sample(list(contestants), len(contestants)):
                work, given = contestants[name]
                runs[name].append(seconds(work, given()))
        found[size] = {name: median(times) for name, times in runs.items()}
        told = ", ".join(f"{name} {time * 1000:.1f} ms" for name, time in found[size].items())
        print(f"{size:>9} attendances: {told}")  # noqa: T201
    return found


def test_all_indicators_are_one_and_a_half_times_as_fast_as_a_single_pass(
    medians: dict[int, dict[str, float]],
) -> None:
    last = medians[SIZES[-1]]
    for name in ("measured", "measured first"):
        print(f"one pass takes {last['one pass'] / last[name]:.2f} times {name}")  # noqa: T201
    assert last["one pass"] >= 1.5 * last["measured"]
    assert last["measured first"] <= 1.3 * last["one pass"]


def test_all_indicators_take_at_most_nine_times_as_long_as_polars(
    medians: dict[int, dict[str, float]],
) -> None:
    last = medians[SIZES[-1]]
    for name in ("measured", "measured first"):
        print(f"{name} takes {last[name] / last['polars']:.2f} times polars")  # noqa: T201
        assert last[name] <= 9 * last["polars"]


def test_time_grows_linearly(medians: dict[int, dict[str, float]]) -> None:
    sizes = [*SIZES, LARGEST]
    for name in ("measured", "measured first"):
        for smaller, larger in (*pairwise(sizes), (sizes[0], sizes[-1])):
            growth = medians[larger][name] / medians[smaller][name]
            doubling = growth ** (1 / log2(larger / smaller))
            print(f"{name}, {smaller} to {larger}: {doubling:.2f} per doubling")  # noqa: T201
            assert doubling <= 2.2


def test_memory_is_at_most_that_of_the_sets_of_learners() -> None:
    register = district(SIZES[-1])
    measured(register)  # what is kept once and for all is not counted

    def peak(work: Callable[[Register], list[int]]) -> int:
        gc.collect()
        tracemalloc.start()
        work(register)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    ours, theirs = peak(measured), peak(one_pass)
    print(f"extra memory: {ours / 1e6:.1f} MB, one pass {theirs / 1e6:.1f} MB")  # noqa: T201
    assert ours <= 1.1 * theirs
