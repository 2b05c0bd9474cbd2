"""Valid documents, damaged at some places with hostile values: read, or refused as they should be.

Run from the root::

    python -m tests.fuzz.fuzz_mutations 300000 --seed 1

It tries so many documents, half of them as text, half as data that was read elsewhere, and says
how many were read. What fails is made small by Hypothesis and shown.
"""

import argparse
import copy
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from tests.fuzz.border import checked, read_instrument, read_register

from commed.codec import dump_instrument, dump_register, read_json, read_toml
from commed.errors import InvalidDocument
from commed.loading import example, examples, instrument, instruments

CORPUS = Path(__file__).parent / "corpus"
BATCH = 5_000
EDITS = (1, 1, 1, 2, 3, 6)

Place = tuple[str | int, ...]
Read = Callable[[Any], object]


class Raw:
    """A piece of JSON as it stands in a text."""

    def __init__(self, text: str) -> None:
        self.text = text


class Letters(str):
    """A text of one's own type, equal to none other: as a key it may stand twice in an object."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


WORDS = (
    *("", " ", "\x00", "a\nb", "\x1b[2J", "\ud800", "\udfff\ud800", "\u202e词", "ﷺ" * 50),
    *("词" * 20_000, "1" * 100_000, "a.b[0].c", "[0]", "id", "test", "format", "condition"),
    *("510112", "510112000", "５１０１１２", "999999", "2018-02-30", "0000-01-01", "9999-12-31"),
    *("0001-01-01", "2018-01-01T00:00:00", "近10万人次", "百分之百", "-5人", "1e5", "0.5", "1/3"),
    *("1/0", "9" * 41, "0." + "0" * 39 + "1", "NaN", "Infinity", "true", "null", "None"),
    *("13800138000", "who@example.org", "not", "all-of", "when", "attested", "shall", "complete"),
    *("commed.register/1", "commed.instrument/1", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2;COUNT=9"),
    "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366;COUNT=9999",
)
IN_BOTH: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**64, 10**39, 10**40, -(10**40), [], {}, [[]]),
    *([None] * 300, [{}], {"": {}}, {"test": "attested"}, {"low": 1, "high": 0}, list(range(99))),
    {"interval": {"low": 0, "low_closed": False, "high": 0}, "unit": "persons"},
    {"first": "9999-12-31", "last": "0001-01-01"},
    *WORDS,
)
IN_TEXT: tuple[Any, ...] = tuple(
    Raw(text)
    for text in (
        *("NaN", "Infinity", "-Infinity", "1e999999999", "-1e-999999999", "1e40", "1e41", "1E+2"),
        *("-0", "-0.0", "0.1", "1.5e0", "9" * 5_000, "0." + "1" * 5_000, "1e" + "9" * 50, "01", ""),
        *('"\\ud800"', '"\\u0000"', "[" * 400 + "]" * 400, '{"a":' * 300 + "1" + "}" * 300),
        *("[" * 5_000 + "]" * 5_000, '{"a":1,"a":2}', "undefined", "'a'", "/**/1", '"a\tb"', "]"),
    )
)
IN_DATA: tuple[Any, ...] = (
    *(
        float("nan"),
        float("inf"),
        -0.0,
        0.1,
        1e300,
        Decimal("sNaN"),
        Decimal("NaN"),
        Decimal("1e9"),
    ),
    *(Decimal("1e999999"), Decimal("0.5"), 10**5_000, -(10**4_000), b"", b"510112", (), (None,)),
    *(
        set(),
        {1},
        frozenset({"a"}),
        range(3),
        object,
        date(2018, 1, 1),
        date.max,
        Letters("510112"),
    ),
    *(datetime(2018, 1, 1, tzinfo=UTC), bytearray(b"a"), {1: 2}, {None: 1}, {b"a": 1}, 1j),
)
TEXT_VALUES, DATA_VALUES = (*IN_BOTH, *IN_TEXT), (*IN_BOTH, *IN_DATA)
KEYS = ("", "Id", "ID", "id ", "idd", "\x00", "\ud800", "词", "format", "test", "a.b", "0", "nmae")
DATA_KEYS = (*KEYS, 0, None, True, 1.5, b"id", (1, 2), date(2018, 1, 1))


def parts(node: Any) -> Iterator[tuple[str | int, Any]]:
    """Yield what stands in an object or a list, with its key or index."""
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Yield every place in a document, the document itself left out."""
    for step, part in parts(node):
        yield (*place, step)
        yield from places(part, (*place, step))


def at(document: Any, place: Place) -> Any:
    """Return what stands at a place."""
    for step in place:
        document = document[step]
    return document


def plain(document: Any) -> Any:
    """Return a copy in lists and dicts."""
    return json.loads(json.dumps(document))


def cut(document: dict[str, Any], size: int) -> Iterator[dict[str, Any]]:
    """Yield an instrument in pieces of so many provisions."""
    provisions = document["provisions"]
    for start in range(0, len(provisions), size):
        yield document | {"provisions": provisions[start : start + size]}


def sound() -> Iterator[tuple[str, Read, Any]]:
    """Yield valid documents, and such as only lack what a cut took away."""
    for name in examples():
        yield name, read_register, plain(dump_register(example(name)))
    for name in instruments():
        for number, piece in enumerate(cut(plain(dump_instrument(instrument(name))), 3)):
            yield f"{name} {number}", read_instrument, piece
    for file in sorted(CORPUS.glob("*-*.*")):
        text = file.read_text(encoding="utf-8", errors="replace")
        reads: tuple[tuple[str, Read, Any], ...] = (
            ("register-", read_register, read_json),
            ("json-", read_instrument, read_json),
            ("instrument-", read_instrument, read_toml),
        )
        for prefix, read, parsed in reads:
            try:
                if file.name.startswith(prefix):
                    document = plain(parsed(text))
                    read(document)
                    yield file.name, read, document
            except (InvalidDocument, TypeError):  # what is no valid document is no start
                continue


SOUND = tuple(sound())
PLACES = {name: tuple(places(document)) for name, _, document in SOUND}


def edited(draw: st.DrawFn, document: Any, known: tuple[Place, ...], *, is_text: bool) -> None:
    """Change a document at one place; an earlier edit may have taken that away."""
    values, keys = (TEXT_VALUES, KEYS) if is_text else (DATA_VALUES, DATA_KEYS)
    place = draw(st.sampled_from(known))
    parent, last = at(document, place[:-1]), place[-1]
    old = parent[last]
    match draw(st.integers(0, 9)):
        case 0:
            del parent[last]
        case 1:
            _twice(parent, last, copy.deepcopy(old))
        case 2:
            parent[draw(st.sampled_from(keys))] = parent.pop(last)
        case 3:
            parent[draw(st.sampled_from(keys))] = draw(st.sampled_from(values))
        case 4:
            _swap(document, place, draw(st.sampled_from(known)))
        case 5 | 6:
            parent[last] = _bent(draw, old)
        case 7:
            alike = [other for other in known if other[-1] == last]
            parent[last] = copy.deepcopy(at(document, draw(st.sampled_from(alike))))
        case _:
            parent[last] = copy.deepcopy(draw(st.sampled_from(values)))


def _twice(parent: Any, last: Any, old: Any) -> None:
    if isinstance(parent, list):
        parent.insert(last, old)
    else:
        parent[Letters(str(last))] = old


def _bent(draw: st.DrawFn, old: Any) -> Any:
    """Return something like the old value."""
    if isinstance(old, list):
        return [*old, *copy.deepcopy(old)] * draw(st.integers(1, 3))
    if isinstance(old, str):
        start = draw(st.integers(0, len(old)))
        return old[:start] + draw(st.text(max_size=3)) + old[start + 1 :]
    if type(old) is int:
        return old + draw(st.integers(-3, 3)) * 10 ** draw(st.integers(0, 41))
    return [old]


def _swap(document: Any, one: Place, other: Place) -> None:
    here = at(document, one)
    there = copy.deepcopy(at(document, other))
    at(document, other[:-1])[other[-1]] = copy.deepcopy(here)
    at(document, one[:-1])[one[-1]] = there


def written(node: Any) -> str:
    """Return a document as JSON, raw pieces as they are."""
    match node:
        case Raw():
            return node.text
        case dict():
            pairs = (f"{json.dumps(str(key))}: {written(part)}" for key, part in node.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(written, node)) + "]"
    return json.dumps(node)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Read, Any]:
    """Draw a reader and what it is given."""
    name, read, start = draw(st.sampled_from(SOUND))
    is_text = draw(st.booleans())
    document = copy.deepcopy(start)
    for _ in range(draw(st.sampled_from(EDITS))):
        with suppress(AttributeError, KeyError, IndexError, TypeError):
            edited(draw, document, PLACES[name], is_text=is_text)
    if not is_text:
        return read, document
    return (lambda text: read(read_json(text))), written(document)


def main() -> None:
    """Try as many documents as asked, in batches, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    seen: Counter[bool] = Counter()
    slowest = 0.0
    start = perf_counter()

    def one_input(pair: tuple[Read, Any]) -> None:
        nonlocal slowest
        read, document = pair
        began = perf_counter()
        seen[checked(read, InvalidDocument, document)] += 1
        slowest = max(slowest, perf_counter() - began)

    number = asked.seed * 1_000_000
    while seen.total() < asked.inputs:
        run = settings(
            max_examples=min(BATCH, asked.inputs - seen.total()),
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        seed(number)(run(given(damaged())(one_input)))()
        number += 1
    sys.stdout.write(
        f"{seen.total()} inputs in {perf_counter() - start:.0f} s: {seen[True]} read, "
        f"{seen[False]} refused, the slowest in {slowest:.2f} s\n"
    )


if __name__ == "__main__":
    main()
