"""What must hold of the border, whatever is brought to it: read, or refused with its problems.

Each target takes a text; what it may raise stands beside it. All else is a defect: another
exception, a problem that says nothing, a value that is not the same after dumping and reading,
and any text of moderate length that takes more than a second.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from time import thread_time
from typing import Any

from attrs import frozen

from commed.codec import (
    Lines,
    dump_instrument,
    dump_register,
    instrument_from,
    overlay_from,
    read_json,
    read_toml,
    register_from,
    register_with_lines,
)
from commed.codec.digests import digest
from commed.errors import CommedError, InvalidDocument, InvalidValue
from commed.law.overlay import completed
from commed.loading import instrument, instruments
from commed.periods import Period
from commed.places import DivisionCode
from commed.quantities import Unit
from commed.recurrences import Recurrence
from commed.register import Register
from commed.wording import UnreadableQuantity, parse_quantity

__all__ = ["LONGEST", "TARGETS", "Hang", "Target", "checked", "read_instrument", "read_register"]

LONGEST = 1.0
"""Seconds of processor time that one input may take."""

_DAY = date(2018, 1, 1)


class Hang(AssertionError):
    """An input took longer than it may."""


@frozen
class Target:
    """A reader of text, and the error by which it refuses one."""

    read: Callable[[str], object]
    refuses_by: type[CommedError]


def read_register(document: object) -> object:
    """Read a register; whatever is read is the same after dumping and reading, and has a digest."""
    return _same_again(register_from(document))


def _same_again(register: Register) -> Register:
    again = register_from(read_json(json.dumps(dump_register(register))))
    assert again == register
    assert digest(again) == digest(register)
    return register


def read_instrument(document: object) -> object:
    """Read an instrument; whatever is read is the same after dumping and reading."""
    law = instrument_from(document)
    again = instrument_from(read_json(json.dumps(dump_instrument(law))))
    assert again == law
    assert digest(again) == digest(law)
    return law


_REST = {
    "format": "commed.register/1",
    "jurisdiction": "510112",
    "divisions": [{"id": "510112", "name": "龙泉驿区"}],
    "events": [{"id": "own", "date": "2018-01-01", "division": "510112"}],
}


def _read_lines(text: str) -> object:
    """Read events up to the first blank line, and attendances after it."""
    events, _, attendances = text.partition("\n\n")
    beside = (_lines("events", events), _lines("attendances", attendances))
    return _same_again(register_with_lines(_REST, *beside))


def _lines(name: str, text: str) -> Lines:
    return Lines(name, lambda: text.splitlines(keepends=True))


def _read_overlay(text: str) -> object:
    overlay = overlay_from(read_toml(text))
    return [completed(instrument(key), overlay) for key in instruments()[:1]]


def _read_quantity(text: str) -> object:
    for unit in (Unit.PERSONS, Unit.RATIO):
        with suppress(UnreadableQuantity):
            assert parse_quantity(text, unit=unit).unit is unit
    quantity = parse_quantity(text)
    assert quantity.wording is not None
    assert parse_quantity(quantity.wording) == quantity
    return quantity


def _read_recurrence(text: str) -> object:
    planned = Recurrence(_DAY, text)
    days = planned.days(Period.year(2018))
    assert all(day.year == _DAY.year for day in days)
    return planned


def _read_code(text: str) -> object:
    code = above = DivisionCode(text)
    assert DivisionCode(str(code)) == code
    while above.parent is not None:
        assert above.parent.level.is_above(above.level)
        above = above.parent
    return code


TARGETS: Mapping[str, Target] = {
    "register": Target(lambda text: read_register(read_json(text)), InvalidDocument),
    "lines": Target(_read_lines, InvalidDocument),
    "instrument": Target(lambda text: read_instrument(read_toml(text)), InvalidDocument),
    "json": Target(lambda text: read_instrument(read_json(text)), InvalidDocument),
    "overlay": Target(_read_overlay, InvalidDocument),
    "quantity": Target(_read_quantity, UnreadableQuantity),
    "recurrence": Target(_read_recurrence, InvalidValue),
    "code": Target(_read_code, InvalidValue),
}
"""Every reader by its name; an instrument is read from TOML, and from JSON, as it is dumped."""


def checked(read: Callable[[Any], object], refuses_by: type[CommedError], given: Any) -> bool:
    """Return whether it is read; raise where it is neither read nor refused as it should be."""
    start = thread_time()
    is_read = True
    try:
        read(given)
    except refuses_by as error:
        if type(error) is not refuses_by:
            raise
        is_read = False
        _says_something(error)
    if (taken := thread_time() - start) > LONGEST:
        raise Hang(f"{taken:.1f} s")
    return is_read


def _says_something(error: CommedError) -> None:
    assert str(error)
    if isinstance(error, InvalidValue):
        assert error.problems
        for problem in error.problems:
            assert isinstance(problem.path, str)
            assert isinstance(problem.message, str)
            assert problem.message
