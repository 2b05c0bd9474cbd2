"""What a table of attendances tells a register: what is asked alone, and what is asked together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import evolve, field, frozen

from commed.frames.asking import Site, needed, place_of, whole
from commed.frames.counting import (
    asked,
    asked_together,
    attended_of,
    members_of,
    rosters_of,
)
from commed.frames.tables import NONE, Table
from commed.indicators.elsewhere import Members, Rosters
from commed.indicators.measurement import Question
from commed.periods import Period
from commed.records.learning import LearnerGroup, LearningEvent
from commed.register import Register
from commed.truth import Truth

__all__ = ["Kept"]


@frozen(eq=False)
class Kept:
    """The events of a register whose rosters a table keeps (数据表中的名册)."""

    register: Register
    table: Table
    _expected: dict[Hashable, "Split"] = field(factory=dict, init=False)

    @property
    def sites(self) -> Iterator[tuple[str, str | None]]:
        """Each division that an event counts in, with the body that held it."""
        for site in self.table.sites:
            yield place_of(site, self.register), site[1] or None

    @property
    def themes(self) -> Iterator[str]:
        """Every theme of an event."""
        for text in self.table.themes:
            yield from self.table.columns.parted(text)

    def days(self, period: Period) -> Mapping[str | None, Iterable[date]]:
        """Return the days of the period on which each body held an event."""
        days: defaultdict[str | None, list[date]] = defaultdict(list)
        for row in self.table.distinct(period, "workstation", "date"):
            days[row["workstation"] or None].append(row["date"])
        return days

    def teams(self, period: Period | None) -> Iterator[str]:
        """Return the teams that met in the period."""
        if self.register.teams:
            needed(self.table, "team")
            yield from (row["team"] for row in self.table.distinct(period, "team") if row["team"])

    def sessions(self, period: Period) -> Iterator[tuple[str, date]]:
        """Return each plan, and day of it, that an event of the period carried out."""
        if self.register.plans:
            needed(self.table, "plan")
            for row in self.table.distinct(period, "plan", "date"):
                if row["plan"]:
                    yield row["plan"], row["date"]

    def events(self, period: Period) -> Iterator[LearningEvent]:
        """Return the events of a short period, without rosters, in the order of their keys."""
        told = ("event", "date", "division", "workstation", "themes")
        rows = self.table.distinct(period, *told)
        for row in sorted(rows, key=lambda row: str(row["event"])):
            yield LearningEvent(
                id=str(row["event"]),
                date=row["date"],
                division=row["division"] or None,
                workstation=row["workstation"] or None,
                themes=self.table.columns.parted(row["themes"] or NONE),
            )

    def expect(self, questions: Iterable[Question]) -> None:
        """Be told of the parts of a split, to count together those that differ in place alone."""
        parts = {each.asked: each for each in (each._replace(group=None) for each in questions)}
        rest = {(each.period, each.theme, each.mode, each.team) for each in parts.values()}
        if len(rest) == 1 and rest.pop()[1:] == (None, None, None):
            split = Split(self.register, self.table, tuple(parts.values()))
            for part in parts:
                self._expected.setdefault(part, split)

    def rosters(self, question: Question) -> Rosters:
        """Return what the rosters tell of a question."""
        split = self._expected.get(question.asked)
        told = None if split is None else split.rosters.get(question.asked)
        if told is None:
            told = rosters_of(asked(self.table, question)).get(0, Rosters())
        return evolve(told, attended=lambda: attended_of(asked(self.table, question)))

    def members(self, question: Question) -> Mapping[LearnerGroup, Members]:
        """Return how many of each group the rosters name."""
        split = self._expected.get(question.asked)
        told = None if split is None else split.members.get(question.asked)
        return members_of(asked(self.table, question))[0] if told is None else told


@frozen(eq=False)
class Split:
    """Questions of one period that ask of different places or bodies (按地点或单位拆分的问题).

    Those that some site only possibly lies in, and those that share one, must be asked alone.
    """

    register: Register
    table: Table
    questions: tuple[Question, ...]

    @cached_property
    def rosters(self) -> Mapping[Hashable, Rosters]:
        """What the rosters tell of each question that is counted together with the others."""
        apart, sites = self._parts
        found = rosters_of(asked_together(self.table, apart, sites)) if sites else {}
        return {
            question.asked: self._claimed(question, found.get(number, Rosters()))
            for number, question in enumerate(apart)
        }

    @cached_property
    def members(self) -> Mapping[Hashable, Mapping[LearnerGroup, Members]]:
        """How many of each group the rosters name, for the same questions."""
        apart, sites = self._parts
        found = members_of(asked_together(self.table, apart, sites)) if sites else {}
        nobody = dict.fromkeys(LearnerGroup, Members())
        return {each.asked: found.get(number, nobody) for number, each in enumerate(apart)}

    def _claimed(self, question: Question, found: Rosters) -> Rosters:
        """Return the rosters as the claims on the whole question tell of them."""
        if whole(self.table, question, None) is not None:
            return found
        return evolve(found, lots=tuple(evolve(lot, is_whole=True) for lot in found.lots))

    @cached_property
    def _parts(self) -> tuple[Sequence[Question], Mapping[Site, int]]:
        """The questions that can be asked together, and the place in their list of each site."""
        apart, places = list[Question](), dict[Site, int]()
        for question in self.questions:
            truths = {site: self._inside(site, question) for site in self.table.sites}
            inside = {site for site, truth in truths.items() if truth is Truth.TRUE}
            if Truth.UNKNOWN not in truths.values() and inside.isdisjoint(places):
                places.update(dict.fromkeys(inside, len(apart)))
                apart.append(question)
        return apart, places

    def _inside(self, site: Site, question: Question) -> Truth:
        place = place_of(site, self.register)
        within = self.register.lies_within(place, question.division)
        return within & question.asks_of(site[1] or None)
