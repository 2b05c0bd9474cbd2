"""The fast way in: events and attendances that are plainly right, read without ceremony.

A register holds few records of any kind but these two, which may be a million. Whatever is odd is
left to the converter, which tells what is wrong with it: so this reads nothing that the converter
would refuse, and reads the rest the same. A learner who comes often is one `Attendance`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from commed.codec.converter import CONVERTER
from commed.codec.reading import an_object, json_decoder, plain_json
from commed.records.learning import Attendance, Headcount, LearningEvent, Mode

__all__ = ["Odd", "SwiftReader"]


class Odd(Exception):
    """Something that is not plainly right: the converter shall look at it."""


class _Memo(dict[Any, Any]):
    """What plain values are read as, each read once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, plain: Any) -> Any:
        self[plain] = value = self._read(plain)
        return value


def _read(annotation: Any) -> Callable[[Any], Any]:
    return partial(CONVERTER.structure, cl=annotation)


class SwiftReader:
    """One reading of a register."""

    def __init__(self) -> None:
        self._known = _Memo(Attendance)
        self._grouped = _Memo(_of_groups)
        self._has_attendances = False
        self._conversions: Mapping[str, Callable[[Any], Any]] = {
            "date": _Memo(_read(date)).__getitem__,
            "planned_for": _read(date | None),
            "minutes": _Memo(_read(int | None)).__getitem__,
            "mode": _Memo(_read(Mode | None)).__getitem__,
            "headcount": _read(Headcount | None),
            "attendances": self._roster,
        }

    def document(self, text: str) -> Any:
        """Return what a JSON text holds, each attendance in it read already; raises `Odd`.

        They are read before there is an object for each: that takes less time, and little memory.
        """
        self._has_attendances = True
        try:
            return plain_json(text, self._object)
        except Exception as error:
            raise Odd from error

    def event_line(self, line: str) -> LearningEvent:
        """Return the event of a line; raises `Odd`."""
        try:
            return self._event(_LINES.decode(line))
        except Exception as error:
            raise Odd from error

    def attendance_line(self, line: str) -> tuple[str, Attendance]:
        """Return the event that a line names, and the attendance; raises `Odd`."""
        try:
            plain = _LINES.decode(line)
            event, attendance = plain.pop("event"), self._attendance(plain)
        except Exception as error:
            raise Odd from error
        if not isinstance(event, str):
            raise Odd
        return event, attendance

    def _object(self, pairs: list[tuple[str, Any]]) -> Any:
        if len(pairs) == 1 and pairs[0][0] == "learner":
            return self._known[pairs[0][1]]
        made = dict(pairs)
        if len(made) < len(pairs):
            raise Odd
        return self._attendance(made) if "learner" in made else made

    def events(self, plain: object) -> tuple[LearningEvent, ...]:
        """Return the events of a list; raises `Odd` unless every one is plainly right.

        What needs no conversion is left to the checks of the event itself.
        """
        if type(plain) is not list:
            raise Odd
        try:
            return tuple(map(self._event, plain))
        except Exception as error:
            raise Odd from error

    def _event(self, plain: dict[str, Any]) -> LearningEvent:
        conversions = self._conversions
        return LearningEvent(
            **{
                key: conversions[key](field) if key in conversions else field
                for key, field in plain.items()
            }
        )

    def _roster(self, plain: Any) -> tuple[Attendance, ...]:
        if type(plain) is not list:
            raise Odd
        if not self._has_attendances:
            return tuple(map(self._attendance, plain))
        if not set(map(type, plain)) <= {Attendance}:
            raise Odd
        return tuple(plain)

    def _attendance(self, plain: dict[str, Any]) -> Attendance:
        found: Attendance
        if len(plain) == 1:
            found = self._known[plain["learner"]]
            return found
        groups = plain["groups"]
        if len(plain) != 2 or type(groups) is not list:  # noqa: PLR2004 - and the learner
            raise Odd
        found = self._grouped[plain["learner"], *groups]
        return found


_LINES = json_decoder(an_object)


def _of_groups(plain: tuple[Any, ...]) -> Attendance:
    learner, *groups = plain
    return CONVERTER.structure({"learner": learner, "groups": groups}, Attendance)
