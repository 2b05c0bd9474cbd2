"""Who learned what, where and when: teams, events, attendances, headcounts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import AtLeast, Checked, Name, Text, array
from commed.errors import InvalidValue, Problem
from commed.labels import LabelledEnum
from commed.places import division_id
from commed.quantities import Counts, Interval, Quantity, Statable, Unit
from commed.records.base import Record
from commed.references import Collection, DivisionId, Identifies, OrganisationId, TeamId
from commed.truth import Truth
from commed.wording import persons

__all__ = ["Attendance", "Headcount", "LearningEvent", "LearningTeam", "Mode"]


class Mode(LabelledEnum):
    """How an event is held (开展方式)."""

    ON_SITE = "on-site", "线下", "on site"
    ONLINE = "online", "线上", "online"
    MIXED = "mixed", "线上线下结合", "on site and online"


@frozen(kw_only=True)
class LearningTeam(Record):
    """A learning team (学习型团队) and the themes (主题) it works on.

    Give the `workstation` (any organisation) it belongs to, or the `division`, or both.
    Without themes recorded, its themes are unknown. `since` and `until` are its first and
    last day; without them it is recorded as standing.
    """

    id: Annotated[Name, Identifies(Collection.TEAMS)]
    name: Text | None = None
    workstation: OrganisationId | None = None
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    themes: tuple[Text, ...] = field(default=(), converter=array)
    since: dt.date | None = None
    until: dt.date | None = None

    def _contradictions(self) -> Iterable[Problem]:
        yield from _nowhere(self)
        if self.since is not None and self.until is not None and self.until < self.since:
            yield Problem("until", f"expected a day not before {self.since}, found {self.until}")

    def standing(self, on: dt.date | None) -> Truth:
        """Return whether it stood on that day; ``None`` asks whether it ever did."""
        ended = on is not None and self.until is not None and on > self.until
        unborn = on is not None and self.since is not None and on < self.since
        return Truth.of(not ended and not unborn)

    def on_theme(self, theme: str) -> Truth:
        """Return whether it works on this theme: unknown where no theme is recorded."""
        return Truth.of(theme in self.themes if self.themes else None)


@frozen
class Attendance(Checked):
    """One learner at one event (参与). `learner` is an opaque key, never a name or number."""

    learner: Name


@frozen
class Headcount(Checked):
    """How many persons took part, where only their number is known (人数统计)."""

    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)


def _headcount(value: Headcount | Quantity | int | str) -> Headcount:
    return value if isinstance(value, Headcount) else Headcount(value)


def _attendances(items: Iterable[Attendance | str]) -> tuple[Attendance, ...]:
    listed = array(items)
    if not isinstance(listed, tuple):
        return listed
    return tuple(_attendance(item) for item in listed)


def _attendance(item: Attendance | str) -> Attendance:
    """Return the attendance of a learner; what names none is left for the check to refuse."""
    try:
        return Attendance(item) if isinstance(item, str) else item
    except InvalidValue:
        return item  # type: ignore[return-value]


@frozen(kw_only=True)
class LearningEvent(Record):
    """One held learning activity (学习活动): one date, one place.

    Who took part may be known by name (`attendances`), by number (`headcount`), or both;
    the roster may then be shorter than the headcount, never longer. Give the `workstation`
    (any organisation) that held it, or the `division` it took place in, or both: the
    division decides where it counts. `team` is the learning team that met, if one did.
    """

    id: Annotated[Name, Identifies(Collection.EVENTS)]
    date: dt.date
    workstation: OrganisationId | None = None
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    team: TeamId | None = None
    title: Text | None = None
    minutes: Annotated[int, AtLeast(1)] | None = None
    mode: Mode | None = None
    themes: tuple[Text, ...] = field(default=(), converter=array)
    audience: Text | None = None
    attendances: tuple[Attendance, ...] = field(default=(), converter=_attendances)
    headcount: Headcount | None = field(default=None, converter=optional(_headcount))

    def _contradictions(self) -> Iterable[Problem]:
        yield from _nowhere(self)
        if len(self.attendances) > 1:
            yield from self._repeated_learners()
        if self.headcount is not None:
            counted = self.headcount.persons.interval
            if (counted < Interval.exactly(len(self.attendances))) is Truth.TRUE:
                yield Problem(
                    "headcount",
                    f"expected at least the {len(self.attendances)} persons of the roster, "
                    f"found {counted}",
                )

    def _repeated_learners(self) -> Iterable[Problem]:
        times = Counter(attendance.learner for attendance in self.attendances)
        if len(times) < len(self.attendances):
            for index, attendance in enumerate(self.attendances):
                if times[attendance.learner] > 1:
                    yield Problem(
                        f"attendances[{index}].learner",
                        f"expected each learner once at one event, found "
                        f"{attendance.learner!r} {times[attendance.learner]} times",
                    )


def _nowhere(record: LearningTeam | LearningEvent) -> Iterable[Problem]:
    if record.workstation is None and record.division is None:
        yield Problem("", "expected a 'workstation' or a 'division', found neither: say where")
