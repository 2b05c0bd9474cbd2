"""Documents in and out, each with its format and version."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from attrs import evolve
from cattrs.errors import BaseValidationError

from commed.codec.converter import CONVERTER
from commed.codec.problems import problems_of
from commed.codec.reading import TOO_DEEP, json_and_repeated, without_collecting
from commed.codec.swift import Odd, SwiftReader
from commed.codec.versions import INSTRUMENT, OVERLAY, REGISTER, Format
from commed.errors import CommedError, InvalidDocument, InvalidValue, Problem
from commed.law.instrument import Instrument, Obligation
from commed.law.overlay import Overlay
from commed.places import Division
from commed.records.resources import Funding, Population
from commed.references import broken_links, links
from commed.register import Register, entangled

__all__ = [
    "NOT_SWIFT",
    "NotWritable",
    "dump_instrument",
    "dump_register",
    "instrument_from",
    "is_overlay",
    "overlay_from",
    "register_from",
    "register_in",
]

_T = TypeVar("_T", Register, Instrument, Overlay)
_Record = TypeVar("_Record", Division, Funding, Population, Obligation)


def register_from(document: object) -> Register:
    """Return the register that a document holds.

    Raises `InvalidDocument` with every problem, dangling references included.
    """
    with without_collecting():
        try:
            return _swiftly(document, SwiftReader())
        except NOT_SWIFT:
            return _value_from(Register, REGISTER, document)


def register_in(text: str) -> Register:
    """Return the register that a JSON text holds.

    Raises `InvalidDocument` with every problem, keys that stand twice in one object among them.
    """
    with without_collecting():
        reader = SwiftReader()
        try:
            return _swiftly(reader.document(text), reader)
        except NOT_SWIFT:
            return _with_care(text)


def _with_care(text: str) -> Register:
    document, problems = json_and_repeated(text)
    try:
        register = _value_from(Register, REGISTER, document)
    except InvalidDocument as invalid:
        problems.extend(invalid.problems)
    else:
        if not problems:
            return register
    raise InvalidDocument(REGISTER.name, problems)


class NotWritable(CommedError, TypeError):
    """A register that no document can hold (不可写出): its rosters lie in a table."""


NOT_SWIFT = (Odd, InvalidValue, BaseValidationError, RecursionError)
"""What says that a document is not plainly right."""


def _swiftly(document: object, reader: SwiftReader) -> Register:
    body, problems = REGISTER.body(document)
    if problems:
        raise Odd
    events = reader.events(body.pop("events", []))
    return evolve(CONVERTER.structure(body, Register), events=events)


def instrument_from(document: object) -> Instrument:
    """Return the instrument that a document holds; raises `InvalidDocument`."""
    return _value_from(Instrument, INSTRUMENT, document)


def is_overlay(document: object) -> bool:
    """Whether a document says that it is an overlay."""
    return OVERLAY.is_of(document)


def overlay_from(document: object) -> Overlay:
    """Return the overlay that a document holds; raises `InvalidDocument`."""
    return _value_from(Overlay, OVERLAY, document)


def dump_register(register: Register) -> dict[str, Any]:
    """Return a register as JSON-ready data; reading it again gives an equal register.

    Raises `NotWritable` for one whose rosters lie in a table.
    """
    if type(register) is not Register:
        raise NotWritable(
            "a register with a table beside it cannot be written: write the register that it was "
            "attached to, and keep the table"
        )
    return {"format": str(REGISTER), **CONVERTER.unstructure(register)}


def dump_instrument(instrument: Instrument) -> dict[str, Any]:
    """Return an instrument as JSON-ready data; reading it again gives an equal instrument."""
    return {"format": str(INSTRUMENT), **CONVERTER.unstructure(instrument)}


def _value_from(cls: type[_T], form: Format, document: object) -> _T:
    body, problems = form.body(document)
    try:
        value = CONVERTER.structure(body, cls)
    except Exception as error:  # noqa: BLE001 - what the document did not cause is raised again
        problems += _problems(error, cls, body)
    else:
        if not problems:
            return value
    raise InvalidDocument(form.name, problems)


def _problems(error: Exception, cls: type, body: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a document's fields, and with the references between them."""
    try:
        problems = list(problems_of(error))
    except RecursionError:
        return [TOO_DEEP]
    if cls is Overlay:  # what it refers to may stand in the instrument that it completes
        return problems
    told = {problem.path for problem in problems}
    between = chain(broken_links(links(cls, body, _raw_field)), _BETWEEN[cls](body))
    return [*problems, *(problem for problem in between if problem.path not in told)]


def _between_records(body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong between those records of a register that are right by themselves."""
    return entangled(
        _sound(body, "divisions", Division),
        _sound(body, "fundings", Funding),
        _sound(body, "populations", Population),
    )


def _between_texts(body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the sources that duties of an instrument name and nothing lists."""
    known = [_raw_field(source, "id") for source in _entries(body, "sources")]
    for at, provision in enumerate(_entries(body, "provisions")):
        for index, obligation in _sound(provision, "obligations", Obligation):
            for problem in obligation.unknown_sources(known):
                yield problem.under("provisions", at, "obligations", index)


_BETWEEN: Mapping[type, Callable[[Mapping[str, Any]], Iterator[Problem]]] = {
    Register: _between_records,
    Instrument: _between_texts,
}


def _sound(body: object, name: str, cls: type[_Record]) -> Iterator[tuple[int, _Record]]:
    """Yield the entries of a list that are right by themselves, each with its place."""
    for index, entry in enumerate(_entries(body, name)):
        try:
            value = CONVERTER.structure(entry, cls)
        except Exception:  # noqa: BLE001, S112 - what is wrong with it is told already
            continue
        yield index, value


def _entries(body: object, name: str) -> Sequence[Any]:
    entries = _raw_field(body, name)
    return entries if isinstance(entries, list | tuple) else ()


def _raw_field(node: object, name: str) -> object:
    return node.get(name) if isinstance(node, Mapping) else None
