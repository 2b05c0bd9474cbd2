"""What all indicators of participation together cost, against one hand-written pass.

Both compute the same numbers over the same objects: attendances, learners, learners who came
again, minutes, online attendances, and the learners of each of eight groups. Run with
``python -m pytest tests/benchmarks/test_participation_time.py -q -s``.
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

import pytest

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


def seconds(work: Callable[[Register], list[int]], register: Register) -> float:
    gc.collect()
    start = perf_counter()
    work(register)
    return perf_counter() - start


@pytest.fixture(scope="module")
def medians() -> dict[int, dict[str, float]]:
    """Median seconds of both contestants at each size, their order shuffled."""
    contestants = {"measured": measured, "one pass": one_pass}
    found = {}
    for size in SIZES:
        register = district(size)
        assert measured(register) == one_pass(register)
        runs: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(ROUNDS):
            for name in random.sample(list(contestants), 2):
                runs[name].append(seconds(contestants[name], register))
        found[size] = {name: median(times) for name, times in runs.items()}
    return found


def test_all_indicators_take_at_most_one_and_a_half_times_a_single_pass(
    medians: dict[int, dict[str, float]],
) -> None:
    for size, times in medians.items():
        ratio = times["measured"] / times["one pass"]
        print(  # noqa: T201
            f"{size:>9} attendances: {times['measured'] * 1000:7.1f} ms, {ratio:.2f} times one pass"
        )
    last = medians[SIZES[-1]]
    assert last["measured"] <= 1.5 * last["one pass"]


def test_time_grows_linearly(medians: dict[int, dict[str, float]]) -> None:
    for smaller, larger in pairwise(SIZES):
        for name in ("measured", "one pass"):
            growth = medians[larger][name] / medians[smaller][name]
            doubling = growth ** (1 / log2(larger / smaller))
            print(f"{name}, {smaller} to {larger}: {doubling:.2f} per doubling")  # noqa: T201
            assert doubling <= 2.4


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
