"""Who learned what, where and when: teams, events, attendances, headcounts, plans."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import AtLeast, Checked, Name, Text, array
from commed.errors import InvalidValue, Problem
from commed.labels import LabelledEnum
from commed.periods import Period, ends_before_it_begins, stood_in
from commed.places import division_id
from commed.quantities import Counts, Interval, Quantity, Statable, Unit
from commed.records.base import Record
from commed.recurrences import Recurrence
from commed.references import (
    Collection,
    DivisionId,
    Identifies,
    OrganisationId,
    PlanId,
    TeamId,
)
from commed.truth import Truth
from commed.wording import persons

__all__ = [
    "ActivityPlan",
    "Attendance",
    "GroupCount",
    "Headcount",
    "LearnerGroup",
    "LearningEvent",
    "LearningTeam",
    "Mode",
]


class Mode(LabelledEnum):
    """How an event is held (开展方式)."""

    ON_SITE = "on-site", "线下", "on site"
    ONLINE = "online", "线上", "online"
    MIXED = "mixed", "线上线下结合", "on site and online"


class LearnerGroup(LabelledEnum):
    """A group of learners that statistics single out (重点人群); the groups overlap."""

    ELDERLY = "elderly", "60岁及以上老年人", "elderly, 60 and over"
    YOUTH = "youth", "青少年", "youth"
    NEW_RESIDENTS = "new-residents", "新市民", "new residents"
    MIGRANT_WORKERS = "migrant-workers", "进城务工人员", "migrant workers"
    UNEMPLOYED = "unemployed", "失业人员", "unemployed"
    WOMEN = "women", "妇女", "women"
    DISABLED = "disabled", "残疾人", "persons with disabilities"
    NEW_FARMERS = "new-farmers", "新型职业农民", "new professional farmers"


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
        yield from ends_before_it_begins(self.since, self.until)

    def standing(self, on: dt.date | None) -> Truth:
        """Return whether it stood on that day; ``None`` asks whether it ever did."""
        return Truth.of(self.stood_in(None if on is None else Period.day(on)))

    def stood_in(self, period: Period | None) -> bool:
        """Whether it stood on some day of a period; ``None`` asks whether it ever did."""
        return stood_in(period, self.since, self.until)

    def on_theme(self, theme: str) -> Truth:
        """Return whether it works on this theme: unknown where no theme is recorded."""
        return _on_theme(self, theme)


@lru_cache(maxsize=1024)
def _shared(groups: tuple[LearnerGroup, ...]) -> tuple[LearnerGroup, ...]:
    """Return the tuple that equals this one: millions of attendances share a few."""
    return groups


def _groups(items: Iterable[LearnerGroup]) -> tuple[LearnerGroup, ...]:
    listed = array(items)
    try:
        return _shared(listed)
    except TypeError:  # what cannot be a group is left to the check
        return listed


@frozen
class Attendance(Checked):
    """One learner at one event (参与). `learner` is an opaque key, never a name or number.

    `groups` are all the groups that the learner belonged to on that day, () where to none;
    None says that this is not known.
    """

    learner: Name
    groups: tuple[LearnerGroup, ...] | None = field(default=None, converter=optional(_groups))

    def _contradictions(self) -> Iterable[Problem]:
        if self.groups:
            yield from _repeated(self.groups, "groups")


@frozen
class GroupCount(Checked):
    """How many of those who took part belonged to a group (分人群人数)."""

    group: LearnerGroup
    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)


@frozen
class Headcount(Checked):
    """How many persons took part, where only their number is known (人数统计).

    `groups` tells how many of them belonged to some group; of one that is not listed it is
    not known. The groups overlap, so their numbers need not add up.
    """

    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)
    groups: tuple[GroupCount, ...] = field(default=(), converter=array)

    @cached_property
    def everybody(self) -> Interval:
        """How many persons took part: no fewer than any group of them."""
        counted = self.persons.interval.whole()
        least = [count.persons.interval.whole().low or Fraction(0) for count in self.groups]
        return Interval(max([counted.low or Fraction(0), *least]), counted.high)

    def of_group(self, group: LearnerGroup) -> Interval:
        """Return how many belonged to a group: any number of them where that is not known."""
        most = self.persons.interval.whole().high
        for count in self.groups:
            if count.group is group:
                counted = count.persons.interval.whole()
                ends = [end for end in (counted.high, most) if end is not None]
                return Interval(counted.low, min(ends, default=None))
        return Interval(0, most)

    def _contradictions(self) -> Iterable[Problem]:
        yield from _repeated([count.group for count in self.groups], "groups", ".group")
        everybody = self.persons.interval.whole()
        for index, count in enumerate(self.groups):
            if (count.persons.interval.whole() > everybody) is Truth.TRUE:
                yield Problem(
                    f"groups[{index}].persons",
                    f"expected at most the {self.persons.interval} persons of the headcount, "
                    f"found {count.persons.interval}",
                    f"应不多于总人数{self.persons.interval}，实为{count.persons.interval}",
                )


def _repeated(groups: Sequence[LearnerGroup], path: str, key: str = "") -> Iterable[Problem]:
    for index, group in enumerate(groups):
        if group in groups[:index]:
            yield Problem(
                f"{path}[{index}]{key}",
                f"expected each group once, found {group.value!r} again",
                f"每个人群应只出现一次，{group.value!r}重复出现",
            )


_learner_of = attrgetter("learner")


def _headcount(value: Headcount | Quantity | int | str) -> Headcount:
    return value if isinstance(value, Headcount) else Headcount(value)


def _attendances(items: Iterable[Attendance | str]) -> tuple[Attendance, ...]:
    listed = array(items)
    if not isinstance(listed, tuple):
        return listed
    if set(map(type, listed)) <= {Attendance}:
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
    division decides where it counts. `team` is the learning team that met, if one did. An
    event that lasts past midnight counts whole on its `date`, the day it began. `plan` is the
    plan that it carried out, `planned_for` the day it was planned for, if not its own.
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
    plan: PlanId | None = None
    planned_for: dt.date | None = None

    @cached_property
    def learners(self) -> tuple[str, ...]:
        """The keys of the learners on the roster, read once for every indicator."""
        return tuple(map(_learner_of, self.attendances))

    def _contradictions(self) -> Iterable[Problem]:
        yield from _nowhere(self)
        if len(set(self.learners)) < len(self.learners):
            yield from self._repeated_learners()
        if self.planned_for is not None and self.plan is None:
            yield Problem(
                "planned_for",
                "expected the 'plan' that it was planned in beside it",
                "应同时填写所属的计划'plan'",
            )
        if self.headcount is not None:
            if self.headcount.groups and self.attendances:
                yield Problem(
                    "headcount.groups",
                    "expected no numbers of groups beside a roster: write the groups into "
                    "the attendances",
                    "已有名册时不应再填各人群人数：请将人群写入attendances",
                )
            counted = self.headcount.persons.interval
            if (counted < Interval.exactly(len(self.attendances))) is Truth.TRUE:
                yield Problem(
                    "headcount",
                    f"expected at least the {len(self.attendances)} persons of the roster, "
                    f"found {counted}",
                    f"应不少于名册上的{len(self.attendances)}人，实为{counted}",
                )

    def on_theme(self, theme: str) -> Truth:
        """Return whether it is on this theme: unknown where no theme is recorded."""
        return _on_theme(self, theme)

    def _repeated_learners(self) -> Iterable[Problem]:
        times = Counter(attendance.learner for attendance in self.attendances)
        for index, attendance in enumerate(self.attendances):
            learner, often = attendance.learner, times[attendance.learner]
            if often > 1:
                yield Problem(
                    f"attendances[{index}].learner",
                    f"expected each learner once at one event, found {learner!r} {often} times",
                    f"同一活动中每名学习者应只出现一次，{learner!r}出现了{often}次",
                )


@frozen(kw_only=True)
class ActivityPlan(Record):
    """Sessions that were planned (活动计划), and those of them that were cancelled.

    Give the `workstation` (any organisation) or the `division` that they were planned for, or
    both, and the `team` whose plan it is, if it is one's. An event that carries out a session
    names this plan. A cancelled session was planned all the same.
    """

    id: Annotated[Name, Identifies(Collection.PLANS)]
    sessions: Recurrence
    title: Text | None = None
    workstation: OrganisationId | None = None
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    team: TeamId | None = None
    cancelled: tuple[dt.date, ...] = field(default=(), converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        yield from _nowhere(self)
        planned, earlier = self.sessions.those_of(self.cancelled), set[dt.date]()
        for index, day in enumerate(self.cancelled):
            if day not in planned:
                yield Problem(
                    f"cancelled[{index}]",
                    f"expected a planned day, found {day}",
                    f"应为计划中的日期，实为{day}",
                )
            elif day in earlier:
                yield Problem(
                    f"cancelled[{index}]",
                    f"expected each day once, found {day} again",
                    f"每个日期应只出现一次，{day}重复出现",
                )
            earlier.add(day)


def _on_theme(record: LearningTeam | LearningEvent, theme: str) -> Truth:
    return Truth.of(theme in record.themes if record.themes else None)


def _nowhere(record: LearningTeam | LearningEvent | ActivityPlan) -> Iterable[Problem]:
    if record.workstation is None and record.division is None:
        yield Problem(
            "",
            "expected a 'workstation' or a 'division', found neither: say where",
            "应填'workstation'或'division'，实为两者皆无：请写明在何处",
        )
