"""What a participation indicator costs, as a ratio against a bare loop over the same objects.

Run with ``python -m pytest tests/benchmarks -q -s``.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from commed import (
    Collection,
    Division,
    LearningEvent,
    Level,
    Period,
    Register,
    Workstation,
    measure,
)

ROUNDS = 7
YEAR = Period.year(2018)


def district(events: int) -> Register:
    """A district of 100 communities; at each event twenty of 80,000 learners."""
    chance = random.Random(1)  # noqa: S311 - not a secret
    communities = [
        Division(id=f"c{i}", name="社区", level=Level.COMMUNITY, within="510112")
        for i in range(100)
    ]
    held: list[Any] = [
        LearningEvent(
            id=f"e{i}",
            date=date(2018, 1, 1) + timedelta(days=i % 365),
            workstation=f"w{i % 100}",
            attendances=[f"{learner}" for learner in chance.sample(range(80_000), 20)],
        )
        for i in range(events)
    ]
    return Register(
        jurisdiction="510112",
        divisions=[Division(id="510112", name="区"), *communities],
        workstations=[Workstation(id=f"w{i}", name="站", division=f"c{i}") for i in range(100)],
        events=held,
        complete=[Collection.EVENTS, Collection.ATTENDANCES],
    )


def bare_loop(register: Register) -> int:
    learners = set()
    for event in register.events:
        if event.date in YEAR:
            for attendance in event.attendances:
                learners.add(attendance.learner)
    return len(learners)


def measured(register: Register) -> int:
    value = measure("distinct-learners", register, period=YEAR).value
    assert value is not None
    assert value.is_exact
    return int(value.low or 0)


def seconds(work: Callable[[Register], int], register: Register) -> float:
    start = perf_counter()
    work(register)
    return perf_counter() - start


@pytest.mark.parametrize("events", [5_000, 20_000])
def test_learners_are_counted_in_at_most_thrice_the_time_of_a_bare_loop(events: int) -> None:
    register = district(events)
    assert measured(register) == bare_loop(register)
    runs: dict[str, list[float]] = {"measured": [], "bare": []}
    contestants = {"measured": measured, "bare": bare_loop}
    for _ in range(ROUNDS):
        for name in random.sample(list(contestants), 2):
            runs[name].append(seconds(contestants[name], register))
    ratio = median(runs["measured"]) / median(runs["bare"])
    print(f"{events * 20:>7} attendances: {ratio:.2f} times a bare loop")  # noqa: T201
    assert ratio <= 3
