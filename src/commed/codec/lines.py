"""Events and attendances in JSON Lines, beside a small register document.

Each line is an object: an event as a register lists it, or an attendance that names its ``event``.
Lines are read one by one, once. Only where anything is wrong are they read again, with care, so
that each problem is told at its line.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import evolve, field, frozen

from commed.checks import mismatch
from commed.codec.converter import AN_OBJECT
from commed.codec.documents import NOT_SWIFT, register_from
from commed.codec.reading import json_and_repeated, without_collecting
from commed.codec.swift import Odd, SwiftReader
from commed.errors import InvalidDocument, Problem, Words
from commed.records.learning import Attendance, LearningEvent
from commed.register import Register

__all__ = ["Lines", "register_with_lines"]


@frozen
class Lines:
    """A file of JSON Lines (逐行数据): what its lines are called in problems, and how to read them.

    `read` gives the lines from the first on, each time it is called.
    """

    name: str
    read: Callable[[], Iterable[str]]

    def numbered(self) -> Iterator[tuple[str, str]]:
        """Yield each line that is not blank, and where it stands."""
        for number, line in enumerate(self.read(), start=1):
            if line.strip():
                yield f"{self.name}:{number}", line


_NONE = Lines("", tuple)


def register_with_lines(
    document: Mapping[str, Any], events: Lines = _NONE, attendances: Lines = _NONE
) -> Register:
    """Return the register of a document, with the events and attendances that stand beside it.

    Raises `InvalidDocument` with every problem; what stands on a line is told as ``file:line``.
    """
    with without_collecting():
        try:
            register = register_from(document)
            more = tuple(_events(register, events, attendances))
            return evolve(register, events=more)
        except NOT_SWIFT:
            return _Care().register(document, events, attendances)


def _events(register: Register, events: Lines, attendances: Lines) -> Iterator[LearningEvent]:
    reader = SwiftReader()
    rosters = defaultdict[str, list[Attendance]](list)
    for _, line in attendances.numbered():
        key, attendance = reader.attendance_line(line)
        rosters[key].append(attendance)
    told = (reader.event_line(line) for _, line in events.numbered())
    for event in chain(register.events, told):
        roster = rosters.pop(event.id, ())
        yield evolve(event, attendances=(*event.attendances, *roster)) if roster else event
    if rosters:
        raise Odd


_OF_AN_EVENT = re.compile(r"events\[([0-9]+)\](?:\.attendances\[([0-9]+)\])?")


@frozen
class _Care:
    """A second reading, that knows where everything stands."""

    problems: list[Problem] = field(factory=list)
    events: list[Any] = field(factory=list)
    places: list[str] = field(factory=list)
    rosters: dict[int, list[str]] = field(factory=dict)

    def register(self, document: Mapping[str, Any], events: Lines, attendances: Lines) -> Register:
        own = document.get("events", [])
        self.events.extend(own if isinstance(own, list) else [])
        self.places.extend(f"events[{index}]" for index in range(len(self.events)))
        for place, plain in self._objects(events):
            self.events.append(plain)
            self.places.append(place)
        self._seat(attendances)
        whole = dict(document) | ({"events": self.events} if isinstance(own, list) else {})
        try:
            register = register_from(whole)
        except InvalidDocument as invalid:
            told = map(self._at_its_line, invalid.problems)
            raise InvalidDocument("register", [*self.problems, *told]) from None
        if self.problems:
            raise InvalidDocument("register", self.problems)
        return register

    def _objects(self, lines: Lines) -> Iterator[tuple[str, dict[str, Any]]]:
        for place, line in lines.numbered():
            try:
                plain, repeated = json_and_repeated(line.rstrip("\r\n"))
            except InvalidDocument as invalid:
                self.problems.extend(problem.under(place) for problem in invalid.problems)
                continue
            self.problems.extend(problem.under(place) for problem in repeated)
            if isinstance(plain, dict):
                yield place, plain
            else:
                self.problems.append(mismatch(place, AN_OBJECT, plain))

    def _seat(self, attendances: Lines) -> None:
        """Put each attendance into the roster of its event."""
        numbers = {
            event["id"]: number
            for number, event in enumerate(self.events)
            if isinstance(event, dict) and isinstance(event.get("id"), str)
        }
        for place, plain in self._objects(attendances):
            event = plain.pop("event", None)
            number = numbers.get(event) if isinstance(event, str) else None
            if number is None:
                expected = Words("the key of an event that is listed", "已列出的活动的标识")
                self.problems.append(mismatch(f"{place}.event", expected, event))
                continue
            roster = self.events[number].get("attendances", [])
            if not isinstance(roster, list):
                continue
            if number not in self.rosters:
                roster = [*roster]
                self.events[number] = self.events[number] | {"attendances": roster}
                own = f"{self.places[number]}.attendances"
                self.rosters[number] = [f"{own}[{seat}]" for seat in range(len(roster))]
            roster.append(plain)
            self.rosters[number].append(place)

    def _at_its_line(self, problem: Problem) -> Problem:
        told = _OF_AN_EVENT.match(problem.path)
        if told is None:
            return problem
        number, rest = int(told[1]), problem.path[told.end() :]
        seats = self.rosters.get(number, [])
        if told[2] is None:
            return evolve(problem, path=f"{self.places[number]}{rest}")
        seat = int(told[2])
        own = f"{self.places[number]}.attendances[{seat}]"
        return evolve(problem, path=f"{seats[seat] if seat < len(seats) else own}{rest}")
