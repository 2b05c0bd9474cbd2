"""The documents that have a schema: those that are read, and the results that only go out."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from commed.checks import mismatch, one_of
from commed.codec.schemas.keywords import READ, Schema
from commed.codec.schemas.readable import ReadShapes
from commed.codec.schemas.results import assessment, inspection, measurement
from commed.codec.schemas.shapes import Shapes, documented
from commed.errors import InvalidValue
from commed.law.instrument import Instrument
from commed.law.overlay import Overlay
from commed.register import Register

__all__ = ["schema", "schema_names"]


def schema(name: str = "register") -> dict[str, Any]:
    """Return the JSON Schema of a document, as JSON-ready data.

    `name` is one of `schema_names()`; for any other `InvalidValue` is raised. The schema allows all
    that the codec reads, and refuses what it can of the rest: what hangs on several fields or
    records only the codec tells. A condition node of your own is in it once it is added.
    """
    if name not in _MAKERS:
        raise InvalidValue("schema", [mismatch("name", one_of(_MAKERS), name)])
    shapes, body = _MAKERS[name]()
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:commed:{name}:1",
        "title": f"commed {name}",
        **documented(name, body),
        "$defs": shapes.definitions,
    }
    plain: dict[str, Any] = json.loads(json.dumps(whole))  # tuples as lists, and nothing shared
    return plain


def schema_names() -> tuple[str, ...]:
    """Return the names of the documents that have a schema."""
    return tuple(_MAKERS)


def _read(cls: type) -> tuple[Shapes, Schema]:
    shapes = ReadShapes(READ)
    return shapes, shapes.of_object(cls)


_MAKERS: Mapping[str, Callable[[], tuple[Shapes, Schema]]] = {
    "register": partial(_read, Register),
    "instrument": partial(_read, Instrument),
    "overlay": partial(_read, Overlay),
    "assessment": assessment,
    "inspection": inspection,
    "measurement": measurement,
}
