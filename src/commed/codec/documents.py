"""Documents in and out, each with its format and version."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from commed.codec.converter import CONVERTER
from commed.codec.problems import problems_of
from commed.codec.versions import INSTRUMENT, OVERLAY, REGISTER, Format
from commed.errors import InvalidDocument, Problem
from commed.law.instrument import Instrument
from commed.law.overlay import Overlay
from commed.references import broken_links, links
from commed.register import Register

__all__ = [
    "digest",
    "dump_instrument",
    "dump_register",
    "instrument_from",
    "is_overlay",
    "overlay_from",
    "register_from",
]

_T = TypeVar("_T", Register, Instrument, Overlay)


def register_from(document: object) -> Register:
    """Return the register that a document holds.

    Raises `InvalidDocument` with every problem, dangling references included.
    """
    return _value_from(Register, REGISTER, document)


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
    """Return a register as JSON-ready data; reading it again gives an equal register."""
    return {"format": str(REGISTER), **CONVERTER.unstructure(register)}


def dump_instrument(instrument: Instrument) -> dict[str, Any]:
    """Return an instrument as JSON-ready data; reading it again gives an equal instrument."""
    return {"format": str(INSTRUMENT), **CONVERTER.unstructure(instrument)}


def digest(value: Register | Instrument) -> str:
    """Return what tells this value from every other: SHA-256 of its canonical JSON."""
    canonical = json.dumps(
        CONVERTER.unstructure(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _value_from(cls: type[_T], form: Format, document: object) -> _T:
    body, problems = form.body(document)
    value: _T | None = None
    try:
        value = CONVERTER.structure(body, cls)
    except Exception as error:  # noqa: BLE001 - what the document did not cause is raised again
        problems += _problems(error, cls, body)
    if problems or value is None:
        raise InvalidDocument(form.name, problems)
    return value


def _problems(error: Exception, cls: type, body: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a document's fields, and with the references between them."""
    try:
        problems = list(problems_of(error))
    except RecursionError:
        return [Problem("", "nested too deeply to be read")]
    if cls is Overlay:  # what it refers to may stand in the instrument that it completes
        return problems
    told = {problem.path for problem in problems}
    broken = broken_links(links(cls, body, _raw_field))
    return [*problems, *(problem for problem in broken if problem.path not in told)]


def _raw_field(node: object, name: str) -> object:
    return node.get(name) if isinstance(node, Mapping) else None
