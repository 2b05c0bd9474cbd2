"""Opens files: a user's own, and the packaged instruments and examples."""

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from commed.codec import (
    instrument_from,
    is_overlay,
    overlay_from,
    read_json,
    read_toml,
    register_from,
)
from commed.errors import CommedError, InvalidDocument, Problem
from commed.law.instrument import Instrument
from commed.law.overlay import completed
from commed.register import Register

__all__ = [
    "UnknownName",
    "example",
    "examples",
    "instrument",
    "instruments",
    "load_instrument",
    "load_register",
]

_Path = str | os.PathLike[str]


class UnknownName(CommedError, LookupError):
    """Nothing of this name is packaged; the message lists what is."""


def load_register(source: _Path | Mapping[str, Any]) -> Register:
    """Return the register in a JSON file, or in data that was read already.

    Raises `InvalidDocument` with every problem and its path, and `OSError` where the file
    cannot be opened.
    """
    if isinstance(source, Mapping):
        return register_from(source)
    return register_from(read_json(_text(Path(source))))


def load_instrument(source: _Path | Mapping[str, Any]) -> Instrument:
    """Return the instrument in a TOML file, or in data that was read already.

    An overlay (``format = "commed.overlay/1"``) gives the packaged instrument that it
    completes, completed. Raises `InvalidDocument` with every problem and its path, and
    `OSError` where the file cannot be opened.
    """
    plain = source if isinstance(source, Mapping) else read_toml(_text(Path(source)))
    if not is_overlay(plain):
        return instrument_from(plain)
    overlay = overlay_from(plain)
    try:
        return completed(instrument(overlay.completes), overlay)
    except UnknownName as unknown:
        raise InvalidDocument("overlay", [Problem("completes", str(unknown))]) from None


def instruments() -> tuple[str, ...]:
    """Return the ids of the packaged instruments."""
    return _names(_INSTRUMENTS)


@cache
def instrument(name: str) -> Instrument:
    """Return a packaged instrument by its id; raises `UnknownName`."""
    return instrument_from(read_toml(_text(_packaged(_INSTRUMENTS, name, ".toml"))))


def examples() -> tuple[str, ...]:
    """Return the names of the packaged example registers."""
    return _names(_EXAMPLES)


@cache
def example(name: str) -> Register:
    """Return a packaged example register by its name; raises `UnknownName`."""
    return register_from(read_json(_text(_packaged(_EXAMPLES, name, ".json"))))


_DATA = files("commed") / "data"
_INSTRUMENTS = _DATA / "instruments"
_EXAMPLES = _DATA / "examples"


def _names(folder: Traversable) -> tuple[str, ...]:
    return tuple(sorted(Path(entry.name).stem for entry in folder.iterdir()))


def _packaged(folder: Traversable, name: str, ending: str) -> Traversable:
    if name not in _names(folder):
        raise UnknownName(
            f"nothing packaged is called {name!r}; there is {', '.join(_names(folder))}"
        )
    return folder / f"{name}{ending}"


def _text(file: Path | Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"expected text in UTF-8; byte {error.start} is not"
        raise InvalidDocument(file.name, [Problem("", message)]) from None
