"""What it costs to judge one duty, its reason, evidence and needs included.

Run with ``python -m pytest tests/benchmarks/test_judging_time.py -q -s``.
"""

from datetime import date
from statistics import median
from time import perf_counter

import pytest

import commed

ROUNDS = 200
LIMIT = 50e-6


def seconds_a_duty(register: commed.Register, instrument: commed.Instrument) -> float:
    """Median seconds of a whole assessment, by its duties."""
    runs = []
    for _ in range(ROUNDS):
        register.memo.clear()
        start = perf_counter()
        assessment = commed.assess(register, instrument, on=date(2019, 4, 26))
        runs.append((perf_counter() - start) / len(assessment.findings))
    return median(runs)


@pytest.mark.parametrize("key", ["cn-chengdu-2017", "cn-ningbo-2015", "cn-shanghai-2011"])
def test_a_duty_is_judged_in_fifty_microseconds(key: str) -> None:
    register = commed.example("longquanyi-2019")
    time = seconds_a_duty(register, commed.instrument(key))
    print(f"{key}: {time * 1e6:.1f} microseconds a duty")  # noqa: T201
    assert time <= LIMIT
