"""How long the report of a large district takes, and how large it is.

Run with ``python -m pytest tests/benchmarks/test_report_time.py -q -s``.
"""

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import pytest
from tests.districts import district

from commed import assess, instrument
from commed.codec import register_from
from commed.register import Register
from commed.report import render_html, render_markdown

ROUNDS, COMMUNITIES = 5, 1_000
MOST_SECONDS, MOST_BYTES = 2.0, 5_000_000


@pytest.fixture(scope="module")
def register() -> Register:
    return register_from(district(COMMUNITIES))


@pytest.mark.parametrize("render", [render_html, render_markdown])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_district_of_a_thousand_communities(
    register: Register, render: Callable[..., str], language: str
) -> None:
    assessment = assess(register, instrument("cn-chengdu-2017"), on=date(2019, 4, 26))
    times, page = [], ""
    for _ in range(ROUNDS):
        register.memo.clear()
        start = perf_counter()
        page = render(assessment, language=language)
        times.append(perf_counter() - start)
    size = len(page.encode())
    print(f"{render.__name__} {language}: {median(times):.2f} s, {size / 1e6:.2f} MB")  # noqa: T201
    assert median(times) < MOST_SECONDS
    assert size < MOST_BYTES
