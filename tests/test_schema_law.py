"""What the codec accepts the schema accepts; so what the schema refuses the codec refuses."""

import copy
import importlib.util
import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from commed.codec import (
    dump_instrument,
    dump_register,
    instrument_from,
    overlay_from,
    read_json,
    register_from,
)
from commed.codec.results import dump_assessment, dump_inspection, dump_measurement
from commed.codec.schemas import schema
from commed.compliance import assess
from commed.errors import InvalidDocument, Problem
from commed.indicators import catalogue, measure
from commed.inspection import inspect
from commed.law.instrument import Instrument
from commed.loading import example, examples, instrument, instruments
from commed.periods import Period
from commed.register import Register

pytestmark = pytest.mark.exhaustive
laws = settings(deadline=None, max_examples=20)
Place = tuple[str | int, ...]
READERS: dict[str, Callable[[Any], object]] = {
    "register": register_from,
    "instrument": instrument_from,
    "overlay": overlay_from,
}


def drawn_by(module: str, name: str) -> Any:
    """Return a strategy of another file of tests."""
    file = Path(__file__).parent / f"{module}.py"
    spec = importlib.util.spec_from_file_location(f"{module}_drawn", file)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return getattr(loaded, name)


registers: st.SearchStrategy[Register] = drawn_by("test_codec_round_trip", "registers")
laws_drawn: st.SearchStrategy[Instrument] = drawn_by("test_codec_instruments", "instruments")


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def refusals(name: str, document: Any) -> list[str]:
    """Return what the schema refuses in a document, once that went through JSON."""
    errors = validator(name).iter_errors(json.loads(json.dumps(document)))
    return [f"{error.json_path}: {error.message}"[:200] for error in errors]


def problems(name: str, document: Any) -> tuple[Problem, ...]:
    """Return what the codec refuses in a document, once that went through JSON."""
    try:
        READERS[name](read_json(json.dumps(document)))
    except InvalidDocument as invalid:
        return tuple(invalid.problems)
    return ()


def overlay_of(law: Instrument) -> dict[str, Any]:
    plain = dump_instrument(law)
    kept = ("sources", "provisions", "gaps", "since", "since_source", "until")
    overlay = {key: plain[key] for key in kept if key in plain}
    return {"format": "commed.overlay/1", "completes": law.id, **overlay}


# --- what is written is allowed ---


@laws
@given(registers)
def test_the_schema_allows_every_register_that_is_written(register: Register) -> None:
    assert refusals("register", dump_register(register)) == []


@laws
@given(laws_drawn)
def test_the_schema_allows_every_instrument_that_is_written(law: Instrument) -> None:
    assert refusals("instrument", dump_instrument(law)) == []


@laws
@given(laws_drawn)
def test_the_schema_allows_every_overlay_that_is_read(law: Instrument) -> None:
    assert problems("overlay", overlay_of(law)) == ()
    assert refusals("overlay", overlay_of(law)) == []


@pytest.mark.parametrize("name", examples())
def test_the_schema_allows_the_bundled_registers(name: str) -> None:
    assert refusals("register", dump_register(example(name))) == []


@pytest.mark.parametrize("name", instruments())
def test_the_schema_allows_the_packaged_instruments(name: str) -> None:
    assert refusals("instrument", dump_instrument(instrument(name))) == []
    assert refusals("overlay", overlay_of(instrument(name))) == []


# --- what is damaged and still read is allowed ---

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 7, 2.0, 0.5, -0.5, 1e20, 10**6, 10**45),
    *("", " ", "x", " x", "x ", "x\n", "a\u0007b", "a\u200bb", "\u3000x", "a\u200db", "\ud800"),
    *("2018-02-30", "2018-13-01", "2018-1-1", "20180101", "0000-01-01", "9999-12-31"),
    *("近10万人次", " 近 10 人", "４０餘", "多", "1/0", "-0", "1/3", "-1", "1.50", "9" * 41),
    *("510112", "shall", "community", "attested", "commed.register/1", "person-times"),
    *([], {}, [None], ["x"], [[]], {"no": "use"}, {"test": "attested"}, {"zh": "一", "en": "one"}),
    {"interval": {"low": "-0", "high": None}, "unit": "persons"},
    {"interval": {"low": 0.5, "high": "7/2", "low_closed": False}, "unit": "yuan"},
    {"interval": {"low": None, "high": 3}, "unit": "persons", "wording": "三人以下"},
    {"first": "2018-01-01", "last": "2018-12-31"},
]


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where anything stands in a document, itself left out."""
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    for step, part in steps:
        yield (*place, step)
        if isinstance(part, dict | list):
            yield from places(part, (*place, step))


def at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


def damaged(document: Any, place: Place, how: str, value: Any = None) -> Any:
    """Return a copy with something put in, taken out or put beside at one place."""
    copied = copy.deepcopy(document)
    parent, last = at(copied, place[:-1]), place[-1]
    if how == "taken out":
        del parent[last]
    elif how == "put beside":
        parent.update(unheard_of=value) if isinstance(parent, dict) else parent.append(value)
    else:
        parent[last] = copy.deepcopy(value)
    return copied


def often_damaged(name: str, sound: Any, chance: random.Random) -> None:
    """Damage a document in many ways, one at a time, and ask both of each."""
    where = list(places(sound))
    for _ in range(12):
        place = chance.choice(where)
        how = chance.choice(["put in", "put in", "put in", "taken out", "put beside"])
        of_its_own = at(sound, chance.choice(where))
        value = chance.choice([chance.choice(VALUES), of_its_own])
        document = damaged(sound, place, how, value)
        refused = refusals(name, document)
        if refused:
            assert problems(name, document), (place, how, value, refused)


def listed(plain: Any) -> Any:
    return json.loads(json.dumps(plain))


@laws
@given(registers, st.randoms(use_true_random=False))
def test_a_register_that_the_schema_refuses_the_codec_refuses(
    register: Register, chance: random.Random
) -> None:
    often_damaged("register", listed(dump_register(register)), chance)


@laws
@given(laws_drawn, st.randoms(use_true_random=False))
def test_an_instrument_that_the_schema_refuses_the_codec_refuses(
    law: Instrument, chance: random.Random
) -> None:
    often_damaged("instrument", listed(dump_instrument(law)), chance)
    often_damaged("overlay", listed(overlay_of(law)), chance)


# --- what the codec refuses in one place, the schema mostly refuses ---


def kind(place: Place) -> Place:
    """Return what is left of a place where the entries of a list are all alike."""
    return tuple(step for step in place if isinstance(step, str))


def slim(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the entries that hold nothing of a new kind."""
    seen: set[Place] = set()
    slimmed: dict[str, Any] = {}
    for key, part in document.items():
        slimmed[key] = part if not isinstance(part, list) else []
        for entry in part if isinstance(part, list) else ():
            kinds = {(key, *kind(place)) for place in places(entry)}
            slimmed[key] += [] if kinds <= seen else [entry]
            seen |= kinds
    return slimmed


DOCUMENTS = {
    "register": slim(listed(dump_register(example("made-up-district")))),
    "instrument": slim(listed(dump_instrument(instrument("cn-chengdu-2017")))),
}
MISTAKES = [
    *(None, True, -1, 0.5, 1e20, "", "x ", "x\n", "a\u200bb", "2018-13-01", "近10万人次", "1/0"),
    *("-1", "510112", [], {}, [None], ["x"], {"no": "use"}),
]


def is_of_its_own(problem: Problem) -> bool:
    """Whether a problem hangs on no other record."""
    elsewhere = ("expected the key of a record", "expected a key of its own")
    return not problem.message.startswith(elsewhere)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_of_what_the_codec_refuses_in_one_place_the_schema_refuses_most(name: str) -> None:
    sound = DOCUMENTS[name]
    both: list[str] = []
    codec_alone: list[str] = []
    for place in list({kind(place): place for place in places(sound)}.values())[::3]:
        documents = [damaged(sound, place, "put in", value) for value in MISTAKES]
        documents += [damaged(sound, place, how, 1) for how in ("taken out", "put beside")]
        for document in documents:
            told = [problem for problem in problems(name, document) if is_of_its_own(problem)]
            is_allowed = not told or validator(name).is_valid(listed(document))
            if told:
                (codec_alone if is_allowed else both).append(f"{place} {told[0]}")
    assert len(both) > 300
    assert len(both) / (len(both) + len(codec_alone)) > 0.95, codec_alone


# --- results ---


@pytest.mark.parametrize("register", examples())
@pytest.mark.parametrize("law", instruments())
def test_the_schema_allows_every_assessment_of_what_is_packaged(register: str, law: str) -> None:
    for day in (date(1990, 1, 1), date(2019, 4, 26), date(2025, 6, 1)):
        judged = dump_assessment(assess(example(register), instrument(law), on=day))
        assert refusals("assessment", judged) == []


def test_the_schema_allows_the_report_of_an_inspection() -> None:
    register, law = example("longquanyi-2019"), instrument("cn-chengdu-2017")
    report = dump_inspection(inspect(register, law, instrument("cn-chengdu-2017-43")))
    assert refusals("inspection", report) == []
    assert refusals("inspection", report | {"assessments": [{}]})
    assert refusals("inspection", report | {"recommendations": [{"text": 7, "findings": []}]})


@pytest.mark.parametrize("register", examples())
def test_the_schema_allows_every_measurement_of_what_is_packaged(register: str) -> None:
    for indicator in catalogue():
        for period in (None, Period.year(2018), Period.year(2024)):
            measured = measure(indicator, example(register), period=period)
            assert refusals("measurement", dump_measurement(measured)) == []


@laws
@given(registers, laws_drawn, st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_schema_allows_every_assessment(register: Register, law: Instrument, on: date) -> None:
    assert refusals("assessment", dump_assessment(assess(register, law, on=on))) == []


@laws
@given(registers, st.sampled_from(sorted(catalogue())), st.sampled_from(["", "theme", "level"]))
def test_the_schema_allows_every_measurement(register: Register, indicator: str, by: str) -> None:
    found = [measure(indicator, register, period=Period.year(2018))]
    if by in catalogue()[indicator].dimensions:
        found += measure(indicator, register, period=Period.year(2018), by=by).values()
    for each in found:
        assert refusals("measurement", dump_measurement(each)) == []


@pytest.mark.parametrize("key", ["findings", "on", "commed"])
def test_the_schema_of_results_refuses_what_is_no_result(key: str) -> None:
    judged = dump_assessment(
        assess(example(examples()[0]), instrument(instruments()[0]), on=date(2019, 4, 26))
    )
    assert refusals("assessment", judged | {key: 7})
    del judged[key]
    assert refusals("assessment", judged)
