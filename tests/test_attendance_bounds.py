"""Attendance bounds: shares and learning time lie inside, and both ends are reached or neared.

What is open is completed by hand here, in every way there is: an event of unclear place lies
inside or outside, a headcount is any whole number it allows, who is counted but not named is
somebody named elsewhere, a stranger met before or a new one, a length that is not known is any
number of minutes from one, and of an event held both ways or nobody knows how, any number came
online. Where nothing bounds a number, some small ones and a huge one stand for all. Where an
event may lie outside, the share that came again and the time of each learner are only promised
to be enclosed; where events may be missing, no share has a value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from math import inf
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, bounds, measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent, Mode
from commed.references import Collection
from commed.register import Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
NAMES = "abc"
MANY, LONG = 10**7, 10**13
"""More persons, and more minutes, than anything that is bounded here adds up to."""
TINY, HUGE = Fraction(1, 1000), 10**4


@dataclass(frozen=True)
class Held:
    """An event: its roster, its headcount if there is one, its length, how and where it was.

    `guests` are those beyond the roster that its headcount tells of, at least and at most.
    """

    roster: str = ""
    guests: tuple[int, int | None] | None = None
    minutes: int | None = 60
    mode: Mode | None = Mode.ON_SITE
    where: str = HERE

    def span(self, *, rosters_whole: bool) -> tuple[int, int | None]:
        """Return how many persons it had, at least and at most."""
        named = len(self.roster)
        if self.guests is None:
            return named, named if rosters_whole else None
        least, most = self.guests
        return named + least, None if most is None else named + most

    def sizes(self, enough: int, *, rosters_whole: bool) -> Sequence[int]:
        """Return how many persons it may have had: where nothing bounds them, some and many."""
        least, most = self.span(rosters_whole=rosters_whole)
        return (*range(least, enough + 1), MANY) if most is None else range(least, most + 1)

    @property
    def lengths(self) -> tuple[int, ...]:
        return (1, LONG) if self.minutes is None else (self.minutes,)

    @property
    def inside(self) -> tuple[bool, ...]:
        return {HERE: (True,), THERE: (False,), DISTRICT: (False, True)}[self.where]


@dataclass(frozen=True)
class Crowd:
    """Who came so far: the named and the strangers, who came once and who came again."""

    once: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    strangers: int = 0
    returned: int = 0
    minutes: int = 0

    @property
    def learners(self) -> int:
        return len(self.once | self.again) + self.strangers + self.returned

    def after(self, roster: str, size: int, minutes: int) -> Iterator["Crowd"]:
        """Yield the crowds after one event more, whoever the unnamed persons are."""
        others = [name for name in NAMES if name not in roster]
        free = size - len(roster)
        if free > 2 * len(NAMES):
            yield self._with({*roster}, 0, 0, free, minutes * size)
            return
        for named in range(min(free, len(others)) + 1):
            for friends in combinations(others, named):
                places = free - named
                for met in range(min(self.strangers, places) + 1):
                    for old in range(min(self.returned, places - met) + 1):
                        come = {*roster, *friends}
                        yield self._with(come, met, places - met - old, 0, minutes * size)

    def _with(self, come: set[str], met: int, new: int, many: int, minutes: int) -> "Crowd":
        again = self.again | (self.once & come)
        return Crowd(
            (self.once | come) - again,
            again,
            self.strangers - met + new + many,
            self.returned + met,
            self.minutes + minutes,
        )


def all_that_must_be(events: Sequence[Held]) -> int:
    """Return how many learners there are at least, or one: nobody else need come again."""
    least = [event.span(rosters_whole=True)[0] for event in events]
    return max([1, len({name for event in events for name in event.roster}), *least])


def crowds(events: Sequence[Held], *, rosters_whole: bool) -> set[Crowd]:
    """Return who may have come, in every completion of the records."""
    enough = all_that_must_be(events)
    found = {Crowd()}
    for event in events:
        grown = set(found) if False in event.inside else set()
        if True in event.inside:
            sizes = event.sizes(enough, rosters_whole=rosters_whole)
            for crowd, size, minutes in product(found, sizes, event.lengths):
                grown.update(crowd.after(event.roster, size, minutes))
        found = grown
    return found


def modes(events: Sequence[Held], *, rosters_whole: bool) -> set[tuple[int, int]]:
    """Return how many attendances may have been online, and how many there may have been."""
    found = {(0, 0)}
    for event in events:
        grown = set(found) if False in event.inside else set()
        if True in event.inside:
            sizes = event.sizes(all_that_must_be(events), rosters_whole=rosters_whole)
            for (online, times), size in product(found, sizes):
                some = {0, size // 2, size} if size == MANY else range(size + 1)
                came = {Mode.ONLINE: {size}, Mode.ON_SITE: {0}}.get(event.mode or Mode.MIXED, some)
                grown.update((online + each, times + size) for each in came)
        found = grown
    return found


def is_sharp(value: Interval | None, reached: set[Fraction]) -> bool:
    """Tell whether all of these lie inside, and each end is reached, or neared where it is open."""
    if value is None or not reached:
        return value is None and not reached
    least, most = min(reached), max(reached)
    assert value.low is not None
    low = least == value.low if value.low_closed else value.low < least < value.low + TINY
    if value.high is None:
        return low and most > HUGE
    high = most == value.high if value.high_closed else value.high - TINY < most < value.high
    return low and high


def is_sound(value: Interval | None, reached: set[Fraction]) -> bool:
    """Tell whether all of these lie inside, and there is a value where there is any of them."""
    return not reached if value is None else all(each in value for each in reached)


def shares_again(worlds: set[Crowd]) -> set[Fraction]:
    return {
        Fraction(len(crowd.again) + crowd.returned, crowd.learners)
        for crowd in worlds
        if crowd.learners
    }


def minutes_each(worlds: set[Crowd]) -> set[Fraction]:
    return {Fraction(crowd.minutes, crowd.learners) for crowd in worlds if crowd.learners}


guests = st.none() | st.sampled_from(
    [(0, 0), (1, 1), (3, 3), (0, 1), (0, 3), (1, 2), (2, 3), (0, None), (1, None), (2, None)]
)


@st.composite
def held(draw: st.DrawFn, where: tuple[str, ...] = (HERE, HERE, THERE)) -> Held:
    return Held(
        "".join(sorted(draw(st.sets(st.sampled_from(NAMES))))),
        draw(guests),
        draw(st.sampled_from([1, 30, 90, None])),
        draw(st.sampled_from([*Mode, None])),
        draw(st.sampled_from(where)),
    )


# --- the arithmetic alone ----------------------------------------------------------------


def attended(events: Sequence[Held]) -> tuple[int, int, list[bounds.Attended]]:
    """Return how many are named, how many of them again, and the events as the bounds ask."""
    times = {name: sum(name in event.roster for event in events) for name in NAMES}
    told = []
    for event in events:
        least, most = event.span(rosters_whole=True)
        told.append(
            bounds.Attended(
                least=least,
                most=inf if most is None else most,
                named=len(event.roster),
                once=sum(times[name] == 1 for name in event.roster),
                minutes=event.minutes,
            )
        )
    counts = list(times.values())
    return sum(count > 0 for count in counts), sum(count > 1 for count in counts), told


@settings(max_examples=150)
@given(st.lists(held((HERE,)), min_size=1, max_size=3))
@example([Held("ab", (2, 2)), Held("c", (0, 1)), Held()])
@example([Held("a", (3, 3)), Held("", (1, 1)), Held("b", (0, None))])
@example([Held("", (0, None), None), Held("", (0, 1), 1)])
@example([Held("", (0, 0), None)])
def test_the_share_that_came_again_and_the_minutes_of_each_are_sharp(events: list[Held]) -> None:
    named, again, told = attended(events)
    worlds = crowds(events, rosters_whole=True)
    assert is_sharp(bounds.returning_share(named, again, told), shares_again(worlds))
    assert is_sharp(bounds.minutes_per_learner(named, told), minutes_each(worlds))


def test_the_share_that_came_again_is_sharp_at_any_two_events_of_two_names() -> None:
    rosters, extras = ("", "a", "b", "ab"), [*combinations(range(4), 2), (0, 0), (1, 1), (0, None)]
    each = [Held(*told) for told in product(rosters, extras)]
    for one, other in combinations(each, 2):
        named, again, told = attended([one, other])
        worlds = crowds([one, other], rosters_whole=True)
        assert is_sharp(bounds.returning_share(named, again, told), shares_again(worlds))


spans = [(low, high) for low in range(4) for high in (*range(low, 5), inf)]


@pytest.mark.parametrize("part", spans)
def test_a_share_is_sharp_whatever_its_part_and_the_rest(part: bounds.Span) -> None:
    def numbers(span: bounds.Span) -> Sequence[int]:
        low, high = int(span[0]), span[1]
        return (low, low + 1, low + 2, MANY) if high == inf else range(low, int(high) + 1)

    for rest in spans:
        both = product(numbers(part), numbers(rest))
        reached = {Fraction(one, one + other) for one, other in both if one + other}
        assert is_sharp(bounds.share(part, rest), reached)


# --- through the indicators --------------------------------------------------------------


def register(events: Sequence[Held], *, listed: bool = True, rosters_whole: bool) -> Register:
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)],
        "events": [
            LearningEvent(
                id=f"e{index}",
                date=date(2018, 6, 15),
                division=event.where,
                attendances=list(event.roster),
                headcount=None
                if event.guests is None
                else Quantity(Interval(*event.span(rosters_whole=True)), Unit.PERSONS),
                minutes=event.minutes,
                mode=event.mode,
            )
            for index, event in enumerate(events)
        ],
        "complete": [Collection.EVENTS] * listed + [Collection.ATTENDANCES] * rosters_whole,
    }
    return Register(jurisdiction=DISTRICT, **lists)


def ask(indicator: str, known: Register, mode: Mode | None = None) -> Measurement:
    where = None if mode is None else {"mode": mode}
    return measure(indicator, known, period=Period.year(2018), division=HERE, where=where)


def scaled(reached: set[Fraction], by: int) -> set[Fraction]:
    return {each / by for each in reached}


@settings(max_examples=150)
@given(events=st.lists(held(), max_size=3), rosters_whole=st.booleans())
@example(events=[Held("ab", (1, 1)), Held("ac", None, None), Held("b")], rosters_whole=False)
@example(events=[Held("abc", (0, 3)), Held("", (3, 3), 1)], rosters_whole=True)
def test_where_each_event_lies_inside_or_outside_every_figure_of_attendance_is_sharp(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, rosters_whole=rosters_whole)
    worlds = crowds(events, rosters_whole=rosters_whole)
    learners = {Fraction(crowd.learners) for crowd in worlds}
    again = ask("repeat-rate", known)
    assert is_sharp(again.value, shares_again(worlds))
    if again.numerator is not None and again.denominator is not None:
        came_again = {Fraction(len(crowd.again) + crowd.returned) for crowd in worlds}
        assert is_sound(again.numerator.interval, came_again)
        assert is_sharp(again.denominator.interval, learners)
    else:
        assert (again.value, again.numerator, again.denominator) == (None, None, None)
    for unit, minutes in (("minutes", 1), ("hours", 60)):
        each = ask(f"learning-{unit}-per-learner", known)
        assert is_sharp(each.value, scaled(minutes_each(worlds), minutes))
        assert each.denominator == again.denominator


@settings(max_examples=150)
@given(events=st.lists(held((HERE, DISTRICT, THERE)), max_size=3), rosters_whole=st.booleans())
@example(events=[Held(where=DISTRICT, guests=(1, 2), mode=Mode.ONLINE)], rosters_whole=True)
@example(events=[Held("a", mode=Mode.MIXED), Held("b", mode=None)], rosters_whole=True)
def test_totals_and_the_digital_share_are_sharp_even_where_an_event_may_lie_outside(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, rosters_whole=rosters_whole)
    worlds = modes(events, rosters_whole=rosters_whole)
    digital = ask("digital-share", known)
    reached = {Fraction(online, times) for online, times in worlds if times}
    assert is_sharp(digital.value, reached)
    if digital.numerator is not None and digital.denominator is not None:
        assert is_sharp(digital.numerator.interval, {Fraction(online) for online, _ in worlds})
        assert is_sharp(digital.denominator.interval, {Fraction(times) for _, times in worlds})
    else:
        assert (digital.value, digital.numerator, digital.denominator) == (None, None, None)
    minutes = {Fraction(crowd.minutes) for crowd in crowds(events, rosters_whole=rosters_whole)}
    for unit, each in (("minutes", 1), ("hours", 60)):
        value = ask(f"learning-{unit}", known).value or Interval(0, None)
        assert is_sharp(value, scaled(minutes, each))


@settings(max_examples=150)
@given(events=st.lists(held((HERE, DISTRICT)), max_size=3), rosters_whole=st.booleans())
@example(events=[Held("a", where=DISTRICT), Held("a"), Held("b", (0, 1))], rosters_whole=True)
def test_where_an_event_may_lie_outside_the_figures_of_each_learner_are_enclosed(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, rosters_whole=rosters_whole)
    worlds = crowds(events, rosters_whole=rosters_whole)
    assert is_sound(ask("repeat-rate", known).value, shares_again(worlds))
    for unit, minutes in (("minutes", 1), ("hours", 60)):
        value = ask(f"learning-{unit}-per-learner", known).value
        assert is_sound(value, scaled(minutes_each(worlds), minutes))


@settings(max_examples=60)
@given(events=st.lists(held((HERE, DISTRICT, THERE)), max_size=2), rosters_whole=st.booleans())
def test_where_events_may_be_missing_no_share_has_a_value_and_totals_only_a_lower_bound(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, listed=False, rosters_whole=rosters_whole)
    each = [f"learning-{unit}-per-learner" for unit in ("minutes", "hours")]
    for indicator in ("repeat-rate", "digital-share", *each):
        found = ask(indicator, known)
        assert found.value is None
        assert Collection.EVENTS in {need.collection for need in found.needs}
    least = min(crowd.minutes for crowd in crowds(events, rosters_whole=rosters_whole))
    for unit, minutes in (("minutes", 1), ("hours", 60)):
        value = ask(f"learning-{unit}", known).value
        assert (value or Interval(0, None)) == Interval(Fraction(least, minutes), None)


@settings(max_examples=100)
@given(events=st.lists(held((HERE,)), min_size=1, max_size=3), data=st.data())
def test_what_is_told_of_an_event_never_widens_a_figure(
    *, events: list[Held], data: st.DataObject
) -> None:
    index = data.draw(st.sampled_from(range(len(events))))
    sizes = events[index].sizes(9, rosters_whole=False)
    size = data.draw(st.sampled_from(sizes)) - len(events[index].roster)
    told = [*events]
    told[index] = replace(
        events[index],
        guests=(size, size),
        minutes=events[index].minutes or 45,
        mode=events[index].mode or Mode.ONLINE,
    )
    before, after = register(events, rosters_whole=False), register(told, rosters_whole=False)
    for indicator in ("repeat-rate", "digital-share", "learning-minutes-per-learner"):
        was, now = ask(indicator, before).value, ask(indicator, after).value
        assert was is None or now is None or was.intersection(now) == now


@pytest.mark.parametrize(("mode", "value"), [(Mode.ONLINE, 1), (Mode.ON_SITE, 0)])
def test_of_the_events_of_one_mode_all_were_online_or_none(mode: Mode, value: int) -> None:
    events = [Held("a", mode=mode), Held("b", mode=None)]
    digital = ask("digital-share", register(events, rosters_whole=True), mode)
    assert digital.value == Interval.exactly(value)
    assert not digital.needs
