"""Whatever is fed to the readers is read or refused with its problems: nothing else happens."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import (
    dump_instrument,
    dump_register,
    instrument_from,
    read_json,
    read_toml,
    register_from,
)
from commed.codec.results import dump_assessment
from commed.compliance import assess
from commed.errors import InvalidDocument
from commed.indicators import catalogue, measure
from commed.law.instrument import Instrument
from commed.loading import example, instrument, load_instrument, load_register
from commed.register import Register

pytestmark = pytest.mark.exhaustive
many = settings(deadline=None, max_examples=100)
Read = Callable[[Any], object]
Place = tuple[str | int, ...]
CASE, LAW, DAY = example("longquanyi-2019"), instrument("cn-chengdu-2017"), date(2019, 4, 26)

HAND_MADE: dict[str, Any] = {
    "format": "commed.register/1",
    "jurisdiction": "510112",
    "divisions": [{"id": "510112", "name": "区"}, {"id": "510112001", "name": "街道"}],
    "teams": [{"id": "t", "division": "510112", "themes": ["a"], "since": "2018-01-01"}],
    "events": [
        {
            "id": "e",
            "date": "2018-05-01",
            "division": "510112001",
            "team": "t",
            "attendances": [{"learner": "x"}, {"learner": "y"}],
            "headcount": {"persons": "近10人"},
            "mode": "online",
            "minutes": 90,
        }
    ],
    "populations": [
        {
            "division": "510112",
            "on": "2018-12-31",
            "persons": {"interval": {"low": "1/2", "high": 9}, "unit": "persons"},
        }
    ],
    "documents": [
        {
            "id": "d",
            "title": "规划",
            "kind": "development-plan",
            "division": "510112",
            "issued_on": "2016-01-01",
            "period": {"first": "2016-01-01", "last": "2020-12-31"},
            "topics": ["community-education"],
        }
    ],
    "attestations": [
        {
            "id": "a",
            "instrument": "law",
            "duty": "duty",
            "division": "510112",
            "holds": True,
            "on": "2018-01-01",
        }
    ],
    "reported_figures": [
        {
            "id": "f",
            "about": "人次",
            "quantity": "70余万人次",
            "indicator": "person-times",
            "division": "510112",
            "stated_on": "2019-01-01",
            "yearly": True,
        }
    ],
    "complete": [{"collection": "divisions", "level": "township"}],
}
VALID: dict[str, tuple[Read, dict[str, Any]]] = {
    "example": (register_from, dump_register(CASE)),
    "register": (register_from, HAND_MADE),
    "instrument": (instrument_from, dump_instrument(LAW)),
}
WORDS = [
    "",
    " ",
    "510112",
    "2018-02-30",
    "0001-01-01",
    "9999-12-31",
    "近10万人次",
    "百",
    "1/0",
    "\x00",
    "\ud800",
    "commed.register/1",
    "community-education",
    "condition",
    "id",
    "test",
    "not",
]
LITERALS = ["NaN", "-Infinity", "1e999999999", "9" * 5000, "-0", "0.5", "1e2", "12", "-7"]
words = st.sampled_from(WORDS) | st.text(max_size=3)
plain = st.one_of(st.none(), st.booleans(), words, st.sampled_from(LITERALS).map(read_json))
anything = st.recursive(
    plain,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(words, parts, max_size=3),
    max_leaves=6,
)


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where anything stands in a document, itself left out."""
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    for step, part in steps:
        yield (*place, step)
        if isinstance(part, dict | list | tuple):
            yield from places(part, (*place, step))


def listed(node: Any) -> Any:
    """Return a copy in lists and dicts, as a reader of JSON gives it."""
    return json.loads(json.dumps(node))


DOCUMENTS = {name: (read, listed(found)) for name, (read, found) in VALID.items()}
PLACES = {name: list(places(found)) for name, (_, found) in DOCUMENTS.items()}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Read, Any]:
    """Draw a valid document with something taken out, replaced or put in."""
    name = draw(st.sampled_from(sorted(DOCUMENTS)))
    read, sound = DOCUMENTS[name]
    document = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(PLACES[name]))
        parent = document
        try:
            for step in way:
                parent = parent[step]
            if draw(st.booleans()):
                del parent[last]
            elif isinstance(parent, dict) and draw(st.booleans()):
                parent[draw(words)] = draw(anything)
            else:
                parent[last] = draw(anything)
        except (KeyError, IndexError, TypeError):
            break  # an earlier damage took that place away
    return read, document


def read_or_refused(read: Read, given: Any) -> object:
    """Return what was read, None where it was refused with problems that say something."""
    refused: list[InvalidDocument] = []
    found: object = None
    try:
        found = read(given)
    except InvalidDocument as invalid:
        refused.append(invalid)
    for error in refused:
        assert error.problems
        assert all(problem.message for problem in error.problems)
        assert len(str(error).splitlines()) >= 1 + len(error.problems)
    return found


@many
@given(anything)
def test_anything_is_read_or_refused(found: Any) -> None:
    read_or_refused(register_from, found)
    read_or_refused(instrument_from, found)


@many
@given(st.dictionaries(words, anything, max_size=3))
def test_any_object_is_read_or_refused(found: dict[str, Any]) -> None:
    read_or_refused(load_register, {"format": "commed.register/1"} | found)
    read_or_refused(load_instrument, {"format": "commed.instrument/1"} | found)


@settings(many, max_examples=200)
@given(damaged())
def test_a_damaged_document_is_read_or_refused(given_one: tuple[Read, Any]) -> None:
    read_or_refused(*given_one)


def used(found: object) -> None:
    """Judge, measure and write what was read."""
    if isinstance(found, Register):
        assert assess(found, LAW, on=DAY).findings
        assert all(measure(indicator, found) for indicator in catalogue())
        assert register_from(read_json(json.dumps(dump_register(found)))) == found
    if isinstance(found, Instrument):
        judged = assess(CASE, found, on=DAY)
        assert json.dumps(dump_assessment(judged))
        assert len(found.ledger()) == len(found.provisions) + len(found.gaps)
        assert instrument_from(read_json(json.dumps(dump_instrument(found)))) == found


@settings(many, max_examples=200)
@given(damaged())
def test_whatever_is_read_can_be_judged_measured_and_written(given_one: tuple[Read, Any]) -> None:
    used(read_or_refused(*given_one))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_all_days_are_days(name: str, day: str) -> None:
    read, sound = DOCUMENTS[name]
    for place in PLACES[name]:
        document = copy.deepcopy(sound)
        *way, last = place
        parent = document
        for step in way:
            parent = parent[step]
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(parent[last])):
            parent[last] = day
            used(read_or_refused(read, document))


@many
@given(st.text(max_size=20) | st.text('{}[]":,0e-. \n', max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refused(read_json, text)
    read_or_refused(read_toml, text)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=12))
def test_any_bytes_in_a_file_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "file.json"
    file.write_bytes(content)
    read_or_refused(load_register, file)
    read_or_refused(load_instrument, str(file))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_key_taken_out_alone_is_told_or_may_be_left_out(name: str) -> None:
    read, sound = DOCUMENTS[name]
    for *way, last in PLACES[name]:
        document = copy.deepcopy(sound)
        parent = document
        for step in way:
            parent = parent[step]
        del parent[last]
        read_or_refused(read, document)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_value_replaced_by_an_object_of_no_use_is_refused(name: str) -> None:
    read, sound = DOCUMENTS[name]
    for place in PLACES[name]:
        document = copy.deepcopy(sound)
        parent = document
        for step in place[:-1]:
            parent = parent[step]
        parent[place[-1]] = {"no": "use"}
        with pytest.raises(InvalidDocument) as caught:
            read(document)
        top = str(place[0])
        assert any(problem.path.startswith(top) for problem in caught.value.problems), place


def test_a_sound_document_is_read(tmp_path: Path) -> None:
    for name, (read, document) in DOCUMENTS.items():
        assert read(document) is not None, name
    file = tmp_path / "register.json"
    file.write_text(json.dumps(HAND_MADE), encoding="utf-8")
    assert load_register(file) == register_from(HAND_MADE)
