"""What one check of a threshold costs, its result included, against rule-engine with types.

Both hold a figure against ``at least 200,000``: commed an interval, with three results, rule-engine
a number, with two. Install rule-engine, then run with
``python -m pytest tests/benchmarks/test_threshold_time.py -q -s``.
"""

import random
from collections.abc import Callable
from functools import partial
from statistics import median
from timeit import Timer
from typing import Any

import pytest

from commed import Interval, Truth
from commed.compliance.figures import COMPARISONS
from commed.law.conditions import Operator

rule_engine: Any = pytest.importorskip("rule_engine", reason="rule-engine is not installed")

ROUNDS, CHECKS, ENOUGH = 15, 20_000, 200_000
FIGURES = {
    Truth.TRUE: Interval.exactly(250_000),
    Truth.FALSE: Interval.exactly(150_000),
    Truth.UNKNOWN: Interval(150_000, 250_000),
}


def a_rule() -> Any:
    types = rule_engine.type_resolver_from_dict({"budget": rule_engine.DataType.FLOAT})
    context = rule_engine.Context(type_resolver=types)
    return rule_engine.Rule(f"budget >= {ENOUGH}", context=context)


def test_a_check_is_five_times_as_fast_as_one_of_rule_engine() -> None:
    at_least, threshold, rule = COMPARISONS[Operator.AT_LEAST], Interval.exactly(ENOUGH), a_rule()
    works: dict[str, Callable[[], object]] = {
        truth.label_en: partial(at_least, figure, threshold) for truth, figure in FIGURES.items()
    }
    works["rule-engine"] = partial(rule.matches, {"budget": 150_000.0})
    for truth in FIGURES:
        assert works[truth.label_en]() is truth
    assert works["rule-engine"]() is False
    runs: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name in random.sample(list(works), len(works)):
            runs[name].append(Timer(works[name]).timeit(CHECKS) / CHECKS)
    times = {name: median(each) for name, each in runs.items()}
    for name, time in times.items():
        ratio = times["rule-engine"] / time
        print(f"{name:>12}: {time * 1e6:.2f} microseconds, {ratio:.1f} in one of rule-engine")  # noqa: T201
        assert name == "rule-engine" or ratio >= 5
