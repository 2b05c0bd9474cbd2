"""Text into plain data, without losing or repairing anything."""

import gc
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Any

from commed.checks import quoted
from commed.codec.syntax import MARK, MARKED, fault_of_json, fault_of_toml
from commed.errors import InvalidDocument, Problem
from commed.personal import hidden

__all__ = [
    "TOO_DEEP",
    "Unreadable",
    "an_object",
    "is_reasonable",
    "json_and_repeated",
    "json_decoder",
    "plain_json",
    "read_json",
    "read_toml",
    "without_collecting",
]

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
    document, repeated = json_and_repeated(text)
    if repeated:
        raise InvalidDocument("JSON", repeated)
    return document


def json_and_repeated(text: str) -> tuple[Any, list[Problem]]:
    """Return what a JSON text holds, and a problem for each key that stands twice in one object.

    Of such a key the last value is kept, so that what else is wrong can be told as well.
    """
    with without_collecting():
        try:
            return plain_json(text, an_object), []
        except (ValueError, RecursionError):
            return _read_with_care(text)


def _read_with_care(text: str) -> tuple[Any, list[Problem]]:
    repeated = False

    def noting(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        result = _Object(pairs)
        if len(result) < len(pairs):
            repeated = True
            result.repeated = [key for key, n in Counter(key for key, _ in pairs).items() if n > 1]
        return result

    if text.startswith(MARK):
        raise InvalidDocument("JSON", [MARKED])
    try:
        document = plain_json(text, noting)
    except json.JSONDecodeError as error:
        raise InvalidDocument("JSON", [fault_of_json(error)]) from None
    except RecursionError:
        raise InvalidDocument("JSON", [TOO_DEEP]) from None
    return document, list(_repeated_keys(document)) if repeated else []


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds, numbers exact; raises `InvalidDocument`."""
    if text.startswith(MARK):
        raise InvalidDocument("TOML", [MARKED])
    if _DEEP_KEY.search(text):
        raise InvalidDocument("TOML", [TOO_DEEP])
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDocument("TOML", [fault_of_toml(error)]) from None
    except ValueError:  # an integer of more digits than Python reads
        raise InvalidDocument("TOML", [_TOO_LONG]) from None
    except RecursionError:
        raise InvalidDocument("TOML", [TOO_DEEP]) from None


TOO_DEEP = Problem("", "nested too deeply to be read", "嵌套过深，无法读取")
"""The problem of a document that the stack has no room for."""
_PART = r"""(?:[\w\-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"""(?<![\w\-."']){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{200}}""")
"""A key of more parts than any document needs; tomllib's time grows with their square."""
_TOO_LONG = Problem("", "a number is too long to be read", "有的数过长，无法读取")


class _Object(dict[str, Any]):
    repeated: list[str]

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = []


def _repeated_keys(document: object) -> Iterator[Problem]:
    """Yield each repeated key; the way to it is written out only there."""
    nodes: list[tuple[object, _Way]] = [(document, None)]
    while nodes:
        node, way = nodes.pop()
        if isinstance(node, _Object):
            for key in node.repeated:
                yield Problem(
                    "",
                    f"the key {quoted(key)} stands twice in one object: keep one",
                    f"键{quoted(key)}在同一对象中出现了两次：请只保留一个",
                ).under(*_steps(way))
            nodes += ((value, (way, key)) for key, value in node.items())
        elif isinstance(node, list):
            nodes += ((value, (way, index)) for index, value in enumerate(node))


_Way = tuple[Any, str | int] | None
"""How a value is reached: the way to what holds it, and its key or index there."""
_LONGEST_STEP = 80


def _steps(way: _Way) -> list[str | int]:
    steps: list[str | int] = []
    while way is not None:
        way, step = way
        if isinstance(step, str):
            step = hidden(step if len(step) <= _LONGEST_STEP else f"{step[:_LONGEST_STEP]}…")
        steps.append(step)
    return steps[::-1]


def _whole(text: str) -> int | Unreadable:
    return int(text) if len(text) <= _LONGEST_NUMBER else Unreadable(text)


def _decimal(text: str) -> Decimal | Unreadable:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond reckoning
        return Unreadable(text)
    return number if len(text) <= _LONGEST_NUMBER and is_reasonable(number) else Unreadable(text)


def plain_json(text: str, an_object: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """Return what a JSON text holds, its objects made of their pairs; raises `ValueError`."""
    return json.loads(text, object_pairs_hook=an_object, **_NUMBERS)


def json_decoder(an_object: Callable[[list[tuple[str, Any]]], Any]) -> json.JSONDecoder:
    """Return what decodes many small texts in the same way."""
    return json.JSONDecoder(object_pairs_hook=an_object, **_NUMBERS)


_NUMBERS: Mapping[str, Any] = {
    "parse_int": _whole,
    "parse_float": _decimal,
    "parse_constant": Unreadable,
}


def an_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs; raises `ValueError` where a key stands twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause the garbage collector: what is being read is all kept; then leave it as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def is_reasonable(number: Decimal) -> bool:
    """Whether a number is finite, and neither end of it is absurdly far from the point."""
    return number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER
