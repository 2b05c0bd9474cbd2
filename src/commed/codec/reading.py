"""Text into plain data, without losing or repairing anything."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from commed.errors import InvalidDocument, Problem

__all__ = ["Unreadable", "is_reasonable", "read_json", "read_toml"]

_LONGEST_NUMBER = 40


class Unreadable:
    """A number that stands in a document but is none that can be reckoned with."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def read_json(text: str) -> Any:
    """Return what a JSON text holds, numbers exact.

    Raises `InvalidDocument` for what is not JSON, and for a key that stands twice in one
    object. NaN, infinities and absurd numbers are kept as `Unreadable`, for the reader of
    the document to refuse in their place.
    """
    repeated = False

    def an_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        result = _Object(pairs)
        if len(result) < len(pairs):
            repeated = True
            result.repeated = [key for key, n in Counter(key for key, _ in pairs).items() if n > 1]
        return result

    try:
        document = json.loads(
            text,
            object_pairs_hook=an_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=Unreadable,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InvalidDocument("JSON", [Problem("", f"{place}: {error.msg}")]) from None
    except RecursionError:
        raise InvalidDocument("JSON", [Problem("", "nested too deeply to be read")]) from None
    if repeated:
        raise InvalidDocument("JSON", _repeated_keys(document, ""))
    return document


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds, numbers exact; raises `InvalidDocument`."""
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDocument("TOML", [Problem("", str(error))]) from None
    except ValueError:  # an integer of more digits than Python reads
        raise InvalidDocument("TOML", [Problem("", "a number is too long to be read")]) from None
    except RecursionError:
        raise InvalidDocument("TOML", [Problem("", "nested too deeply to be read")]) from None


class _Object(dict[str, Any]):
    repeated: list[str]

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = []


def _repeated_keys(node: object, path: str) -> Iterator[Problem]:
    if isinstance(node, _Object):
        for key in node.repeated:
            problem = Problem(path, f"the key {key!r} stands twice in one object: keep one")
            yield problem
        for key, value in node.items():
            yield from _repeated_keys(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _repeated_keys(value, f"{path}[{index}]")


def _whole(text: str) -> int | Unreadable:
    return int(text) if len(text) <= _LONGEST_NUMBER else Unreadable(text)


def _decimal(text: str) -> Decimal | Unreadable:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond reckoning
        return Unreadable(text)
    return number if len(text) <= _LONGEST_NUMBER and is_reasonable(number) else Unreadable(text)


def is_reasonable(number: Decimal) -> bool:
    """Whether a number is finite, and neither end of it is absurdly far from the point."""
    return number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER
