"""No text takes longer than in proportion to its length, whatever is written in it.

Each input is doubled from 10,000 signs or entries on; the median factor from one to the next is
held against ``MOST``. Processor time counts, so that other work on the machine tells little.
Run with

    python -m pytest tests/benchmarks/test_linear_time.py -q -s
"""

import gc
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from time import process_time
from typing import Any

import pytest

from commed.checks import Impersonal, Written
from commed.codec import instrument_from, read_json, read_toml, register_from
from commed.errors import CommedError
from commed.personal import hidden, traces
from commed.places import DivisionCode
from commed.privacy import pseudonymise
from commed.recurrences import Recurrence
from commed.wording import parse_quantity

FIRST, LAST = 10_000, 1_000_000
ROUNDS = 5
ENOUGH = 2.0  # seconds: nothing longer is doubled
NEGLIGIBLE = 0.002  # seconds: nothing shorter is measured well
MOST = 2.4


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quickest of some runs."""
    runs = []
    for _ in range(ROUNDS):
        gc.collect()
        start = process_time()
        with suppress(CommedError):
            work()
        runs.append(process_time() - start)
        if runs[-1] > ENOUGH / 10:
            break
    return min(runs)


def factor(given: Callable[[int], Any], work: Callable[[Any], object], first: int) -> float:
    """Print the time of each size; return the median factor from each to its double."""
    times: list[float] = []
    size = first
    while size <= LAST and (not times or times[-1] < ENOUGH):
        prepared = given(size)
        times.append(seconds(lambda prepared=prepared: work(prepared)))  # type: ignore[misc]
        size *= 2
    told = [f"{time * 1e3:.1f}" for time in times]
    grown = [after / before for before, after in pairwise(times) if before > NEGLIGIBLE]
    found = median(grown) if grown else 1.0
    print(f"{found:.2f} a doubling; ms from {first} on: {', '.join(told)}")  # noqa: T201
    return found


# --- texts ------------------------------------------------------------------------------

TEXTS: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "1" * size,
    "mobile numbers": lambda size: "13800138000" * (size // 11),
    "almost mobile numbers": lambda size: "138 0013 800 " * (size // 13) + "a",
    "almost identity numbers": lambda size: "510112200001010001" * (size // 18),
    "digits and gaps": lambda size: "1-" * (size // 2),
    "at signs": lambda size: "@" * size,
    "almost addresses": lambda size: "a@" * (size // 2),
    "dots after an at sign": lambda size: "x@" + "a." * (size // 2),
    "letters before an at sign": lambda size: "a" * size + "@",
    "paths": lambda size: "://a/" * (size // 5) + "@",
    "paths that never begin": lambda size: "://a" * (size // 4) + "@",
    "blanks": lambda size: " " * size,
    "blanks inside": lambda size: "a" + " " * size + "a",
    "blanks and digits": lambda size: "1 " * (size // 2),
    "numerals": lambda size: "一百万" * (size // 3),
    "commas": lambda size: "1" + ",000" * (size // 4),
    "full-width digits": lambda size: "１" * size,
    "joiners": lambda size: "\u200d" * size,
    "what becomes eighteen signs": lambda size: "\ufdfa" * size,
    "signs to be composed": lambda size: "e\u0301" * (size // 2),
    "parts of a rule": lambda size: "BYDAY=MO;" * (size // 9) + "FREQ=DAILY",
    "dates": lambda size: "2018-01-01" * (size // 10),
    "zeros": lambda size: "0" * size,
    "names between digits": lambda size: "a1" * (size // 2),
}


def a_register(**lists: Any) -> dict[str, Any]:
    district = {"id": "510112", "name": "区"}
    return {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [district],
    } | lists


def an_event(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"e{number}", "date": "2018-01-01", "division": "510112"} | fields


READERS: dict[str, Callable[[str], object]] = {
    "parse_quantity": parse_quantity,
    "Written": Written().allows,
    "Impersonal": Impersonal().allows,
    "hidden": hidden,
    "traces": lambda text: list(traces(text)),
    "DivisionCode": DivisionCode,
    "Recurrence": lambda text: Recurrence(date(2018, 1, 1), text),
    "pseudonymise": lambda text: pseudonymise(b"s" * 32, text),
    "read_json": read_json,
    "read_toml": read_toml,
    "a text in JSON": lambda text: read_json(json.dumps(text)),
    "a text in TOML": lambda text: read_toml(f"a = {json.dumps(text)}"),
    "a key": lambda text: register_from(a_register(**{text: 1})),
    "a name": lambda text: register_from(a_register(divisions=[{"id": "510112", "name": text}])),
    "a reference": lambda text: register_from(a_register(jurisdiction=text)),
    "a date": lambda text: register_from(a_register(events=[an_event(1, date=text)])),
    "a number": lambda text: register_from(
        a_register(
            reported_figures=[
                {
                    "id": "f",
                    "about": "数",
                    "division": "510112",
                    "stated_on": "2018-01-01",
                    "quantity": {"interval": {"low": text, "high": 1}, "unit": "items"},
                }
            ]
        )
    ),
    "the order of problems": lambda text: str(
        register_from(a_register(**{text: 1, f"{text}1": 1}))
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_in_linear_time(text: str, reader: str) -> None:
    print(f"{reader}, {text}: ", end="")  # noqa: T201
    assert factor(TEXTS[text], READERS[reader], FIRST) <= MOST


# --- documents --------------------------------------------------------------------------

WORDS = {"zh": "词", "en": "words"}


def a_law(condition: Any) -> dict[str, Any]:
    duty = {"id": "duty", "duty": WORDS, "bearer": {"name": WORDS}, "modality": "shall"}
    article = {"article": 1, "summary": WORDS, "source": "text"}
    return {
        "format": "commed.instrument/1",
        "id": "law",
        "title": WORDS,
        "since": "2017-02-01",
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
        "provisions": [article | {"obligations": [duty | {"condition": condition}]}],
    }


def asked(number: int) -> dict[str, Any]:
    return {"test": "attested", "question": f"q{number}"}


def days(size: int) -> list[str]:
    return [str(date(2018, 1, 1) + timedelta(number)) for number in range(size)]


def funds(size: int, *, last: str | None) -> dict[str, Any]:
    """Return so many funds, each a part of the next."""
    fund = {"division": "510112", "amount": 1, "stage": "budgeted"}
    year = {"first": "2018-01-01", "last": "2018-12-31"}
    fundings = [
        fund | {"id": f"f{number}", "period": year, "included_in": f"f{number + 1}"}
        for number in range(size)
    ]
    fundings[-1]["included_in"] = last
    return a_register(fundings=fundings)


def unknown_places(size: int) -> dict[str, Any]:
    division = {"name": "街道", "level": "township"}
    return a_register(
        divisions=[{"id": "510112", "name": "区"}]
        + [division | {"id": f"d{number}"} for number in range(size)],
        events=[an_event(number, division=f"x{number}") for number in range(size)],
    )


def amended(size: int) -> dict[str, Any]:
    return {
        "test": "indicator-compares",
        "indicator": "distinct-learners",
        "operator": "at-least",
        "threshold": "99人",
        "amended": [
            {"since": day, "threshold": f"{100 + number}人"}
            for number, day in enumerate(days(size))
        ],
    }


def planned(size: int) -> dict[str, Any]:
    plan = {"id": "p", "division": "510112", "cancelled": days(size)}
    return a_register(plans=[plan | {"sessions": {"first": "2018-01-01", "rule": "FREQ=DAILY"}}])


def twice(size: int) -> str:
    return '{"a": 1, "a": 2, "' + "k" * size + '": [' + "1," * size + "1]}"


Case = tuple[Callable[[int], Any], Callable[[Any], object], int]
DOCUMENTS: dict[str, Case] = {
    "nulls": (lambda size: "[" + "null," * size + "null]", read_json, FIRST),
    "events": (
        lambda size: a_register(events=list(map(an_event, range(size)))),
        register_from,
        2000,
    ),
    "nulls for events": (lambda size: a_register(events=[None] * size), register_from, 2000),
    "numbers for divisions": (lambda size: a_register(divisions=[1] * size), register_from, 2000),
    "unknown keys": (
        lambda size: a_register(**{f"k{number}": 1 for number in range(size)}),
        register_from,
        2000,
    ),
    "one key": (lambda size: a_register(events=[an_event(1)] * size), register_from, 2000),
    "all of": (
        lambda size: a_law({"test": "all-of", "conditions": list(map(asked, range(size)))}),
        instrument_from,
        2000,
    ),
    "the same again": (
        lambda size: a_law({"test": "any-of", "conditions": [asked(1)] * size}),
        instrument_from,
        2000,
    ),
    "a fund in a fund": (lambda size: funds(size, last=None), register_from, 500),
    "funds in a circle": (lambda size: funds(size, last="f0"), register_from, 500),
    "headings of TOML": (
        lambda size: "\n".join(f"[[a{number}]]" for number in range(size)),
        read_toml,
        FIRST,
    ),
    "unknown places": (unknown_places, register_from, 100),
    "amended thresholds": (lambda size: a_law(amended(size)), instrument_from, 20),
    "parts of a TOML key": (lambda size: ".".join("a" * size) + " = 1", read_toml, 2000),
    "a long key above many": (twice, read_json, 20_000),
    "marks over a letter": (
        lambda size: "a" + "\u0301" * (size // 2) + "\u0323" * (size // 2),
        lambda text: register_from(a_register(divisions=[{"id": "510112", "name": text}])),
        2000,
    ),
    "marks over a figure": (
        lambda size: "a" + "\u0301" * (size // 2) + "\u0323" * (size // 2),
        parse_quantity,
        2000,
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_in_linear_time(name: str) -> None:
    print(f"{name}: ", end="")  # noqa: T201
    assert factor(*DOCUMENTS[name]) <= MOST
