"""Reach: how many learners of each group took part (重点人群参与).

A learner belongs to a group as of the day of an event: who turned 60 in June is one of the
elderly from then on, and whoever came both before and after is counted among them once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from math import inf
from operator import attrgetter

from commed.evidence import ORGANISERS, Need
from commed.indicators.attendance import gathered, persons_at, tally
from commed.indicators.bounds import Count, interval
from commed.indicators.elsewhere import elsewhere, rosters
from commed.indicators.measurement import Question
from commed.labels import Label
from commed.quantities import Interval
from commed.records.learning import Headcount, LearnerGroup, LearningEvent
from commed.references import Collection
from commed.register import Groups, Memberships

__all__ = ["attendances_of", "groups_needed", "learners_of"]

_groups_of = attrgetter("groups")


class _Members:
    """How many learners of some events belonged to which groups on the day.

    Almost everybody belongs to the same groups all along: they are counted by name alone.
    """

    def __init__(
        self, learners: AbstractSet[str], events: Iterable[LearningEvent], known: Memberships
    ) -> None:
        changed = known.changed
        self.steady = Counter(map(known.first.get, learners - changed))
        self.changed: defaultdict[Groups, set[str]] = defaultdict(set)
        if changed:
            for event in events:
                if not changed.isdisjoint(event.learners):
                    for attendance in event.attendances:
                        if attendance.learner in changed:
                            self.changed[attendance.groups].add(attendance.learner)

    def surely(self, group: LearnerGroup) -> int:
        return self._of(lambda groups: group in (groups or ()))

    def possibly(self, group: LearnerGroup) -> int:
        return self._of(lambda groups: groups is None or group in groups)

    def _of(self, fits: Callable[[Groups], bool]) -> int:
        changed = (names for groups, names in self.changed.items() if fits(groups))
        return len(set().union(*changed)) + sum(
            persons for groups, persons in self.steady.items() if fits(groups)
        )


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
    return question._replace(group=None).once(_learners)[group]


def attendances_of(question: Question, group: LearnerGroup) -> Interval:
    """Return how often learners of one group came, whatever group the question asks for."""
    return question._replace(group=None).once(_attendances)[group]


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
    events, known = question.lately(gathered), question.register.memberships
    inside = everywhere = _Members(events.surely, events.certain, known)
    if events.doubtful:
        everywhere = _Members(events.possibly, chain(events.certain, events.doubtful), known)
    kept = elsewhere(question.register).members(question)
    return {
        group: interval(
            max(inside.surely(group) + kept[group].learners[0], counted.largest),
            everywhere.possibly(group) + kept[group].learners[1] + counted.most,
        )
        for group, counted in _unnamed(question).items()
    }


def _attendances(question: Question) -> Mapping[LearnerGroup, Interval]:
    events = question.lately(gathered)
    certain, doubtful = _by_groups(events.certain), _by_groups(events.doubtful)

    def named(times: Counter[Groups], group: LearnerGroup) -> int:
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


def _by_groups(events: Iterable[LearningEvent]) -> Counter[Groups]:
    attendances = chain.from_iterable(event.attendances for event in events)
    return Counter(map(_groups_of, attendances))


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
    held = question.lately(gathered)
    for events, is_inside in ((held.certain, True), (held.doubtful, False)):
        for event in events:
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
