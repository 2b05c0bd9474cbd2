"""Opens files: a user's own, and the packaged instruments and examples."""

import os
from collections.abc import Iterator, Mapping
from errno import ENOENT
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from commed.codec import (
    Lines,
    instrument_from,
    is_overlay,
    overlay_from,
    read_json,
    read_toml,
    register_from,
    register_in,
    register_with_lines,
)
from commed.errors import CommedError, InvalidDocument, Problem, Words
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
    "read_register",
]

_Path = str | os.PathLike[str]


class UnknownName(CommedError, LookupError):
    """Nothing of this name is packaged; the message lists what is."""


def load_register(
    source: _Path | Mapping[str, Any],
    *,
    events: _Path | None = None,
    attendances: _Path | None = None,
) -> Register:
    """Return the register in a JSON file, in tables, or in data that was read already.

    Tables are a workbook (``.xlsx``, extra `excel`) or a folder of CSV files, as
    `commed.write_template` makes them. `events` and `attendances` are files of JSON Lines beside
    the register, read as a stream: each line an event, or an attendance with the id of its
    ``event``.

    Raises `InvalidDocument` with every problem and its path, or its cell; `MissingExtra` for a
    workbook without openpyxl; and `OSError` where a file cannot be opened.
    """
    named = {"events": events, "attendances": attendances}
    beside = {name: _lines(file) for name, file in named.items() if file is not None}

    def read(plain: Mapping[str, Any]) -> Register:
        return register_with_lines(plain, **beside) if beside else register_from(plain)

    if isinstance(source, Mapping):
        return read(source)
    path = Path(source)
    if path.suffix.lower() != ".json":
        from commed.tables import are_tables, register_in_tables  # noqa: PLC0415 - seldom needed

        if are_tables(path):
            return register_in_tables(path, read)
    return read(read_json(_text(path))) if beside else register_in(_text(path))


def read_register(stream: IO[bytes], name: str) -> Register:
    """Return the register in a stream of JSON, such as standard input; `name` is what it is called.

    Raises `InvalidDocument` with every problem and its path.
    """
    try:
        text = stream.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(name, error) from None
    return register_in(text)


def _lines(source: _Path) -> Lines:
    return Lines(Path(source).name, partial(_each, source))


def _each(source: _Path) -> Iterator[str]:
    with Path(source).open(encoding="utf-8") as file:
        try:
            yield from file
        except UnicodeDecodeError as error:
            raise _not_utf8(Path(source).name, error) from None


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
        problem = Problem("completes", unknown.told(), unknown.told("zh"))
        raise InvalidDocument("overlay", [problem]) from None


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


_DATA = Path(__file__).with_name("data")
_INSTRUMENTS = _DATA / "instruments"
_EXAMPLES = _DATA / "examples"


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(entry.stem for entry in folder.iterdir()))


def _packaged(folder: Path, name: str, ending: str) -> Path:
    if name not in _names(folder):
        known = _names(folder)
        raise UnknownName(
            Words(
                f"nothing packaged is called {name!r}; there is {', '.join(known)}",
                f"随附内容中没有{name!r}；现有{'、'.join(known)}",
            )
        )
    return folder / f"{name}{ending}"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(file.name, error) from None
    except ValueError as error:  # a name that no file can have
        raise FileNotFoundError(ENOENT, str(error), ascii(str(file))) from None


def _not_utf8(name: str, error: UnicodeDecodeError) -> InvalidDocument:
    problem = Problem(
        "",
        f"expected text in UTF-8; byte {error.start} is not",
        f"应为UTF-8编码的文本；字节{error.start}不是",
    )
    return InvalidDocument(name, [problem])
