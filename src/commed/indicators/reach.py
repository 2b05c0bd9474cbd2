"""Reach: how many learners of each group took part (重点人群参与).

A learner belongs to a group as of the day of an event: who turned 60 in June is one of the
elderly from then on, and whoever came both before and after is counted among them once.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import inf
from operator import attrgetter

from attrs import evolve

from commed.evidence import ORGANISERS, Need
from commed.indicators.attendance import bearing, persons_at, tally
from commed.indicators.bounds import Count, interval
from commed.indicators.elsewhere import elsewhere, rosters
from commed.indicators.measurement import Question
from commed.labels import Label
from commed.quantities import Interval
from commed.records.learning import Headcount, LearnerGroup, LearningEvent
from commed.references import Collection

__all__ = ["attendances_of", "groups_needed", "learners_of"]

_Groups = tuple[LearnerGroup, ...] | None

_groups_of = attrgetter("groups")


class _Members:
    """Who of some events belonged to which groups on the day, by all the groups together."""

    def __init__(self) -> None:
        self.names: defaultdict[_Groups, set[str]] = defaultdict(set)

    def meet(self, event: LearningEvent) -> None:
        names = self.names
        for attendance in event.attendances:
            names[attendance.groups].add(attendance.learner)

    def surely(self, group: LearnerGroup) -> set[str]:
        return set().union(*(names for key, names in self.names.items() if key and group in key))

    def possibly(self, group: LearnerGroup) -> set[str]:
        return self.surely(group) | self.names.get(None, set())


class _Counted:
    """How many of a group there were among those who are counted and not named."""

    def __init__(self, most: Count) -> None:
        self.least: int = 0
        self.most: Count = most
        self.largest: int = 0

    def add(self, counted: Interval, *, is_inside: bool) -> None:
        self.most += inf if counted.high is None else int(counted.high)
        if is_inside:
            self.least += int(counted.low or 0)
            self.largest = max(self.largest, int(counted.low or 0))


def learners_of(question: Question, group: LearnerGroup) -> Interval:
    """Return how many learners of one group there were, whatever group the question asks for."""
    return evolve(question, group=None).once(_learners)[group]


def attendances_of(question: Question, group: LearnerGroup) -> Interval:
    """Return how often learners of one group came, whatever group the question asks for."""
    return evolve(question, group=None).once(_attendances)[group]


def groups_needed(question: Question) -> Need:
    """Return the need of the groups that learners belonged to."""
    return Need(
        what=_GROUPS,
        collection=Collection.ATTENDANCES,
        division=question.division,
        period=question.period,
        supplier=ORGANISERS,
    )


def _learners(question: Question) -> Mapping[LearnerGroup, Interval]:
    certain, doubtful = _Members(), _Members()
    for event, is_inside in bearing(question):
        (certain if is_inside else doubtful).meet(event)
    kept = elsewhere(question.register).members(question)
    return {
        group: interval(
            max(len(certain.surely(group)) + kept[group].learners[0], counted.largest),
            len(certain.possibly(group) | doubtful.possibly(group))
            + kept[group].learners[1]
            + counted.most,
        )
        for group, counted in _unnamed(question).items()
    }


def _attendances(question: Question) -> Mapping[LearnerGroup, Interval]:
    certain, doubtful = Counter[_Groups](), Counter[_Groups]()
    for event, is_inside in bearing(question):
        (certain if is_inside else doubtful).update(map(_groups_of, event.attendances))

    def named(times: Counter[_Groups], group: LearnerGroup) -> int:
        return sum(count for key, count in times.items() if key and group in key)

    every = certain + doubtful
    kept = elsewhere(question.register).members(question)
    return {
        group: interval(
            named(certain, group) + kept[group].attendances[0] + counted.least,
            named(every, group) + every[None] + kept[group].attendances[1] + counted.most,
        )
        for group, counted in _unnamed(question).items()
    }


def _unnamed(question: Question) -> Mapping[LearnerGroup, _Counted]:
    """Return how many of each group there may be among those whom no roster names."""
    if question.once(tally).all_named:
        return {group: _Counted(0) for group in LearnerGroup}
    whole_list = question.register.is_complete(
        Collection.EVENTS, question.division, question.period
    )
    persons = persons_at(question)
    of_any_group: Count = question.once(rosters).unnamed if whole_list else inf
    told: list[tuple[Headcount, bool]] = []
    for event, is_inside in bearing(question):
        if event.headcount is not None and event.headcount.groups:
            told.append((event.headcount, is_inside))
        else:
            of_any_group += persons(event, is_inside)[1] - len(event.attendances)
    counted = {group: _Counted(of_any_group) for group in LearnerGroup}
    for headcount, is_inside in told:
        for group, of_group in counted.items():
            of_group.add(headcount.of_group(group), is_inside=is_inside)
    return counted


_GROUPS = Label(
    zh="每位学习者所属人群（或分人群人数）",
    en="the groups that each learner belonged to, or headcounts by group",
)
