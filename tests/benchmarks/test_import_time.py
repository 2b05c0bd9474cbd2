"""What importing commed costs, as a ratio against importing attrs in the same run.

Run with ``python -m pytest tests/benchmarks -q -s``.
"""

import random
import subprocess
import sys
from statistics import median
from time import perf_counter

import pytest

ROUNDS = 15
PROGRAMS = {
    "nothing": "pass",
    "attrs": "import attrs",
    "commed": "import commed",
    "every public name": "import commed; [getattr(commed, name) for name in commed.__all__]",
    "the bundled case judged": (
        "import commed, datetime; commed.assess(commed.example('longquanyi-2019'), "
        "commed.instrument('cn-chengdu-2017'), on=datetime.date(2019, 4, 26))"
    ),
}


def seconds(program: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own text
    return perf_counter() - start


@pytest.fixture(scope="module")
def net() -> dict[str, float]:
    """Median seconds of each program, the bare interpreter's taken off; order shuffled."""
    runs: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS):
        for name in random.sample(list(PROGRAMS), len(PROGRAMS)):
            runs[name].append(seconds(PROGRAMS[name]))
    bare = median(runs["nothing"])
    return {name: median(times) - bare for name, times in runs.items() if name != "nothing"}


def test_importing_commed_costs_at_most_twice_importing_attrs(net: dict[str, float]) -> None:
    for name, time in net.items():
        print(f"{name:>24}: {time * 1000:6.1f} ms, {time / net['attrs']:.2f} times attrs")  # noqa: T201
    assert net["commed"] <= 2 * net["attrs"]
