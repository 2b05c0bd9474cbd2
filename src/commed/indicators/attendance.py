"""Attendance, counted once over for every indicator of participation, with sharp bounds.

Each event had at least and at most so many persons. Some are named by its roster; who takes an
unnamed place may be a stranger, or a learner that is named at another event.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache, cached_property
from math import inf
from operator import attrgetter

from attrs import frozen

from commed.evidence import ORGANISERS, Need
from commed.indicators.bounds import (
    Attended,
    Count,
    interval,
    minutes_per_learner,
    share,
)
from commed.indicators.elsewhere import Lot, rosters
from commed.indicators.grounds import complete_list
from commed.indicators.measurement import Coverage, Question
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Interval
from commed.records.learning import LearningEvent, Mode
from commed.references import Collection
from commed.truth import Truth

__all__ = ["Gathered", "Tally", "attended", "gathered", "persons_at", "tally"]

_date_of, _learners_of = attrgetter("date"), attrgetter("learners")


@frozen(kw_only=True)
class Tally:
    """What the events of a question add up to (参与情况汇总).

    `minutes` are those of all persons together, `online` the attendances of online events. A
    share is None where nobody is known to have come, or where events may be missing.
    `whole_list` says that none is. So many learners are `named` at events that surely lie
    inside, `all_named` says that every learner is; so many events, `doubts`, may lie outside.
    """

    attendances: Interval
    learners: Interval
    named: int
    whole_list: bool
    doubts: int
    minutes: Interval
    minutes_per_learner: Interval | None
    online: Interval
    share_online: Interval | None
    all_named: bool
    coverage: tuple[Coverage, ...]
    needs: tuple[Need, ...]
    names_needed: tuple[Need, ...]
    minutes_needed: tuple[Need, ...]
    modes_needed: tuple[Need, ...]


class _Sums:
    """What the events of one mode add up to, at least and at most."""

    def __init__(self) -> None:
        self.events = self.untimed = 0
        self.least = self.least_minutes = 0
        self.most: Count = 0
        self.most_minutes: Count = 0

    def add(self, times: int, minutes: int | None, least: int, most: Count) -> None:
        """Add so many events that are alike."""
        self.events += times
        self.least += times * least
        self.most += times * most
        if minutes is not None:
            self.least_minutes += times * minutes * least
            if most:
                self.most_minutes += times * minutes * most
        else:
            self.untimed += times
            self.least_minutes += times * least
            if most:
                self.most_minutes = inf

    def add_lot(self, lot: Lot) -> None:
        """Add events whose rosters are kept elsewhere."""
        self.events += lot.events
        self.least += lot.named if lot.is_inside else 0
        self.most += lot.named if lot.is_whole else inf
        if lot.is_inside:
            self.least_minutes += lot.named if lot.minutes is None else lot.minutes
        if lot.minutes is None:
            self.untimed += lot.events
            self.most_minutes = inf
        else:
            self.most_minutes += lot.minutes if lot.is_whole else inf


def tally(question: Question) -> Tally:
    """Return what the events of a question add up to; ask for it with `Question.once`."""
    return _Counting(question).result()


class _Counting:
    """One run over the events of a question.

    The unnamed persons of an event may be the same at every event, and may be named at others:
    so there are at least as many learners as names, and as the largest event had persons; at
    most, every unnamed one is a person of its own.
    """

    def __init__(self, question: Question) -> None:
        asked = (question.division, question.period)
        self.question = question
        self.whole_list = question.register.is_complete(Collection.EVENTS, *asked)
        self.persons = persons_at(question)
        self.sums = {mode: _Sums() for mode in (*Mode, None)}
        self.largest = 0
        self.unnamed: Count = 0
        self.open_counts = self.open_names = 0
        self.elsewhere = question.once(rosters)
        self.gathered = question.lately(gathered)
        self.add(self.gathered.certain, is_inside=True)
        self.add(self.gathered.doubtful, is_inside=False)
        self.add_lots()

    def add(self, events: Iterable[LearningEvent], *, is_inside: bool) -> None:
        alike = Counter(
            (event.mode, event.minutes, len(event.learners), *self.persons(event, is_inside))
            for event in events
        )
        for (mode, minutes, named, least, most), times in alike.items():
            self.sums[mode or self.question.mode].add(
                times, minutes, least if is_inside else 0, most
            )
            if most != named:
                self.open_counts += times * (least != most)
                self.open_names += times
                self.unnamed += times * (most - named)
            if is_inside:
                self.largest = max(self.largest, least)

    def add_lots(self) -> None:
        for lot in self.elsewhere.lots:
            self.sums[lot.mode or self.question.mode].add_lot(lot)
            if not lot.is_whole:
                self.open_counts += lot.events
                self.open_names += lot.events
                self.unnamed = inf

    def result(self) -> Tally:
        surely = len(self.gathered.surely) + self.elsewhere.surely
        possibly = len(self.gathered.possibly) + self.elsewhere.possibly
        beyond: Count = 0 if self.whole_list else inf
        modes = self.sums.values()
        attendances = interval(
            sum(each.least for each in modes), beyond + sum(each.most for each in modes)
        )
        learners = interval(max(surely, self.largest), beyond + possibly + self.unnamed)
        minutes = interval(
            sum(each.least_minutes for each in modes),
            beyond + sum(each.most_minutes for each in modes),
        )
        online, on_site = self.sums[Mode.ONLINE], self.sums[Mode.ON_SITE]
        mixed, unknown = self.sums[Mode.MIXED], self.sums[None]
        either = mixed.most + unknown.most
        online_span = (online.least, beyond + online.most + either)
        on_site_span = (on_site.least, beyond + on_site.most + either)
        return Tally(
            attendances=attendances,
            learners=learners,
            named=surely,
            whole_list=self.whole_list,
            doubts=self._doubts,
            minutes=minutes,
            minutes_per_learner=self._minutes_each(surely, learners, minutes),
            online=interval(*online_span),
            share_online=share(online_span, on_site_span) if self.whole_list else None,
            all_named=self.whole_list and not self.unnamed,
            coverage=self._coverage(),
            needs=self._needs(),
            names_needed=self._of(self.open_names, _NAMES),
            minutes_needed=self._of(sum(each.untimed for each in modes), _MINUTES),
            modes_needed=self._of(mixed.events + unknown.events, _MODES),
        )

    def _minutes_each(self, named: int, learners: Interval, minutes: Interval) -> Interval | None:
        """Return the minutes per learner.

        They are sharp where every event surely lies inside, and otherwise only enclosed.
        """
        if not self.whole_list or learners.high == 0:
            return None
        if self._doubts:
            return minutes / Interval(max(learners.low or 0, 1), learners.high)
        if not self.unnamed:
            return minutes / Interval.exactly(named)
        return minutes_per_learner(named, attended(self.question))

    @property
    def _doubts(self) -> int:
        return len(self.gathered.doubtful) + self.elsewhere.doubtful

    def _coverage(self) -> tuple[Coverage, ...]:
        is_whole = self.whole_list and not self.open_counts
        events = sum(each.events for each in self.sums.values())
        return (Coverage(Collection.EVENTS, events, is_whole),)

    def _needs(self) -> tuple[Need, ...]:
        whole = () if self.whole_list else (complete_list(Collection.EVENTS, self.question),)
        return (
            *whole,
            *self._of(self._doubts, _PLACE, Collection.EVENTS),
            *self._of(self.open_counts, _COUNT),
        )

    def _of(
        self, events: int, what: Label, collection: Collection = Collection.ATTENDANCES
    ) -> tuple[Need, ...]:
        """Return the need of something that so many events lack."""
        if not events:
            return ()
        need = Need(
            what=Label(
                zh=f"{events}场活动{what.zh}",
                en=f"{what.en} of {events} event{'' if events == 1 else 's'}",
            ),
            collection=collection,
            division=self.question.division,
            period=self.question.period,
            supplier=ORGANISERS,
        )
        return (need,)


@frozen
class Gathered:
    """The events that surely, and those that only possibly, bear on a question (所涉活动)."""

    certain: Sequence[LearningEvent]
    doubtful: Sequence[LearningEvent]

    @cached_property
    def surely(self) -> AbstractSet[str]:
        """The learners who are named at events that surely bear on it."""
        return _learners_at(self.certain)

    @cached_property
    def possibly(self) -> AbstractSet[str]:
        """The learners who are named at any."""
        return self.surely | _learners_at(self.doubtful) if self.doubtful else self.surely


def gathered(question: Question) -> Gathered:
    """Return the events that bear on a question; ask for them with `Question.lately`."""
    register, fits = question.register, _fitting(question)
    certain, doubtful = list[LearningEvent](), list[LearningEvent]()
    sites = (
        (lies_here & question.asks_of(body), events)
        for place, lies_here in register.around(question.division).items()
        for body, events in register.events_at.get(place, {}).items()
    )
    for inside, events in sites:
        if inside is Truth.FALSE:
            continue
        held = _during(question.period, events)
        if fits is None:
            (certain if inside is Truth.TRUE else doubtful).extend(held)
            continue
        for event in held:
            truth = inside & fits(event)
            if truth is not Truth.FALSE:
                (certain if truth is Truth.TRUE else doubtful).append(event)
    return Gathered(certain, doubtful)


def _during(period: Period | None, events: Sequence[LearningEvent]) -> Sequence[LearningEvent]:
    """Return the events of a period out of some that are in order."""
    if period is None:
        return events
    start = bisect_left(events, period.first, key=_date_of)
    return events[start : bisect_right(events, period.last, start, key=_date_of)]


def _learners_at(events: Iterable[LearningEvent]) -> set[str]:
    return set().union(*map(_learners_of, events))


def attended(
    question: Question, once_at: Callable[[LearningEvent], int] = lambda _: 0
) -> tuple[Attended, ...]:
    """Return every event as the bounds need it, all of them being surely inside.

    `once_at` tells how many came to an event and to no other, where that matters.
    """
    persons = persons_at(question)
    here = []
    for event in question.lately(gathered).certain:
        least, most = persons(event, True)  # noqa: FBT003 - as all of these are
        named, once = len(event.attendances), once_at(event)
        here.append(Attended(least=least, most=most, named=named, once=once, minutes=event.minutes))
    return (*here, *question.once(rosters).attended())


def _fitting(question: Question) -> Callable[[LearningEvent], Truth] | None:
    """Return how far an event is of the theme, mode and team asked for, None if any will do."""
    if question.theme is None and question.mode is None and question.team is None:
        return None

    def fits(event: LearningEvent) -> Truth:
        truth = Truth.of(question.team is None or event.team == question.team)
        if question.mode is not None:
            truth &= Truth.of(None if event.mode is None else event.mode is question.mode)
        if question.theme is not None:
            truth &= event.on_theme(question.theme)
        return truth

    return fits


def persons_at(question: Question) -> Callable[[LearningEvent, bool], tuple[int, Count]]:
    """Return the function that tells how many persons were at an event, at least and at most.

    If an event that may lie outside lies inside, then what is claimed of the rosters of the
    inside holds of its own.
    """
    register = question.register
    all_whole = register.is_complete(Collection.ATTENDANCES, question.division, question.period)

    @cache
    def is_whole(place: str, day: date) -> bool:
        return register.is_complete(Collection.ATTENDANCES, place, Period.day(day))

    def persons(event: LearningEvent, is_inside: bool) -> tuple[int, Count]:  # noqa: FBT001
        named = len(event.learners)
        if event.headcount is None:
            if all_whole:
                return named, named
            place = register.place_of(event) if is_inside else question.division
            return named, named if is_whole(place, event.date) else inf
        counted = event.headcount.everybody
        most = inf if counted.high is None else int(counted.high)
        return max(named, int(counted.low or 0)), most

    return persons


_PLACE = Label(
    zh="是否属于所问范围（地点、举办单位、主题、方式）",
    en="whether it belongs here (place, organiser, theme, mode)",
)
_COUNT = Label(zh="的确切人数或完整名册", en="the exact headcount, or the whole roster,")
_NAMES = Label(zh="的完整名册", en="the whole roster")
_MINUTES = Label(zh="的时长（分钟）", en="the minutes")
_MODES = Label(zh="的线上、线下人数", en="who came online and who on site")
