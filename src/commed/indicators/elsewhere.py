"""Events kept elsewhere: whose rosters a register does not hold, but somebody can count for it.

A register of millions of attendances need not hold them. Whatever does, such as a database, is
asked for what the indicators need, added up; the bounds are computed here, as for any event.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import singledispatch
from math import inf
from typing import Protocol

from attrs import frozen

from commed.indicators.bounds import Attended, Count
from commed.indicators.measurement import Question
from commed.periods import Period
from commed.records.learning import LearnerGroup, LearningEvent, Mode
from commed.register import Register

__all__ = ["Elsewhere", "Lot", "Members", "Rosters", "elsewhere", "rosters"]


@frozen(kw_only=True)
class Lot:
    """Events of one mode, and what their rosters add up to (同类活动合计).

    `minutes` are those of all their attendances together, None where it is not known how long
    they took. They surely lie inside the question, or all possibly; all rosters are claimed to
    be whole, or none is.
    """

    events: int
    named: int
    minutes: int | None
    mode: Mode | None
    is_inside: bool
    is_whole: bool


@frozen(kw_only=True)
class Rosters:
    """What the rosters kept elsewhere tell of a question (外部名册汇总).

    `surely` learners are named at events inside, `again` of them at two or more; `possibly` and
    `possibly_again` count the events that may lie inside as well. `attended` returns every
    event that is inside.
    """

    lots: tuple[Lot, ...] = ()
    surely: int = 0
    again: int = 0
    possibly: int = 0
    possibly_again: int = 0
    attended: Callable[[], Iterable[Attended]] = tuple

    @property
    def unnamed(self) -> Count:
        """How many the rosters may leave out."""
        return 0 if all(lot.is_whole for lot in self.lots) else inf

    @property
    def doubtful(self) -> int:
        """How many events may lie inside, and may not."""
        return sum(lot.events for lot in self.lots if not lot.is_inside)


@frozen
class Members:
    """Learners of one group, and their attendances: at least and at most, of those named."""

    learners: tuple[int, int] = (0, 0)
    attendances: tuple[int, int] = (0, 0)


class Elsewhere(Protocol):
    """Events whose rosters are kept outside the register (登记册之外的活动和名册)."""

    @property
    def sites(self) -> Iterable[tuple[str, str | None]]:
        """Each division that an event counts in, with the body that held it."""

    @property
    def themes(self) -> Iterable[str]:
        """Every theme of an event."""

    def days(self, period: Period) -> Mapping[str | None, Iterable[date]]:
        """Return the days of the period on which each body held an event."""

    def teams(self, period: Period | None) -> Iterable[str]:
        """Return the teams that met in the period."""

    def sessions(self, period: Period) -> Iterable[tuple[str, date]]:
        """Return each plan, and day of it, that an event of the period carried out."""

    def events(self, period: Period) -> Iterable[LearningEvent]:
        """Return the events of a short period, without their rosters."""

    def expect(self, questions: Iterable[Question]) -> None:
        """Be told of questions that may be asked one after another, and could be together."""

    def rosters(self, question: Question) -> Rosters:
        """Return what the rosters tell of a question."""

    def members(self, question: Question) -> Mapping[LearnerGroup, Members]:
        """Return how many of each group the rosters name."""


class _Nothing:
    """Nothing is kept elsewhere."""

    sites: tuple[tuple[str, str | None], ...] = ()
    themes: tuple[str, ...] = ()

    def days(self, _period: Period) -> Mapping[str | None, Iterable[date]]:
        return {}

    def teams(self, _period: Period | None) -> tuple[str, ...]:
        return ()

    def sessions(self, _period: Period) -> tuple[tuple[str, date], ...]:
        return ()

    def events(self, _period: Period) -> tuple[LearningEvent, ...]:
        return ()

    def expect(self, _questions: Iterable[Question]) -> None:
        pass

    def rosters(self, _question: Question) -> Rosters:
        return _NO_ROSTERS

    def members(self, _question: Question) -> Mapping[LearnerGroup, Members]:
        return _NO_MEMBERS


_NO_ROSTERS = Rosters()
_NO_MEMBERS = dict.fromkeys(LearnerGroup, Members())
_NOTHING = _Nothing()


@singledispatch
def elsewhere(_register: Register) -> Elsewhere:
    """Return what is kept outside a register, by its type: outside a plain one, nothing is."""
    return _NOTHING


def rosters(question: Question) -> Rosters:
    """Return what rosters kept elsewhere tell of a question; ask for it with `Question.once`."""
    return elsewhere(question.register).rosters(question)
