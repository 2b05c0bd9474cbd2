"""Sharp bounds of shares and ratios whose parts hang together: pure arithmetic.

A numerator and a denominator that count the same things cannot both be at their worst: dividing
one interval by the other would be too wide. `Count` is an exact number or infinity.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf

from attrs import frozen

from commed.quantities import Interval
from commed.truth import Truth

__all__ = [
    "Attended",
    "Count",
    "Lot",
    "Span",
    "interval",
    "minutes_per_learner",
    "returning_share",
    "share",
    "share_of_lots",
    "span",
]

Count = int | Fraction | float
"""An exact number, or infinity; never another float."""

Span = tuple[Count, Count]
"""At least, and at most."""

Lot = tuple[Truth, Span, Span]
"""Whether it counts, and as a whole; how much of it is part, and how much rest."""


def interval(least: Count, most: Count) -> Interval:
    """Return the numbers from the least to the most, without end where that is infinity."""
    return Interval(int(least), None if most == inf else int(most))


def span(truths: Iterable[Truth]) -> tuple[int, int]:
    """Return how many of these are true, at least and at most."""
    found = list(truths)
    surely = found.count(Truth.TRUE)
    return surely, surely + found.count(Truth.UNKNOWN)


def share(part: Span, rest: Span) -> Interval | None:
    """Return part / (part + rest), or None where there is surely neither.

    What may belong to either counts in the most of both.
    """
    return share_of_lots([(Truth.TRUE, part, rest)])


def share_of_lots(lots: Iterable[Lot]) -> Interval | None:
    """Return part / (part + rest) over lots that surely or possibly count, each lot as a whole."""
    counting = [lot for lot in lots if lot[0] is not Truth.FALSE and (lot[1][1] or lot[2][1])]
    if not counting:
        return None
    low, low_closed = _lowest_of_lots(counting)
    high, high_closed = _lowest_of_lots([(truth, rest, part) for truth, part, rest in counting])
    return Interval(low, 1 - high, low_closed, high_closed)


def _lowest_of_lots(lots: Iterable[Lot]) -> tuple[Fraction, bool]:
    """Return the lowest share: all sure lots, and those of the others that lower it."""
    chosen = _EMPTY
    for truth, part, rest in sorted(lots, key=_by_lowest_share):
        together = _added(chosen, (part, rest))
        must_count = chosen == _EMPTY or truth is Truth.TRUE
        if must_count or _lowest_share(*together)[0] < _lowest_share(*chosen)[0]:
            chosen = together
    return _lowest_share(*chosen)


_EMPTY: tuple[Span, Span] = ((0, 0), (0, 0))


def _by_lowest_share(lot: Lot) -> tuple[bool, Fraction, bool]:
    truth, part, rest = lot
    lowest, is_reached = _lowest_share(part, rest)
    return truth is not Truth.TRUE, lowest, not is_reached


def _added(one: tuple[Span, Span], other: tuple[Span, Span]) -> tuple[Span, Span]:
    (part, rest), (more_part, more_rest) = one, other
    return (
        (part[0] + more_part[0], part[1] + more_part[1]),
        (rest[0] + more_rest[0], rest[1] + more_rest[1]),
    )


def _lowest_share(part: Span, rest: Span) -> tuple[Fraction, bool]:
    """Return the lowest share, and whether it is reached."""
    least, most = part[0], rest[1]
    if not most:
        return Fraction(1), True
    if most == inf or not least:
        return Fraction(0), not least
    return Fraction(least) / Fraction(least + most), True


@frozen(kw_only=True)
class Attended:
    """One event: its persons at least and at most, and how many of them are named.

    `once` of the named came to no other event. `minutes` of None may be any whole number.
    """

    least: int
    most: Count
    named: int
    once: int = 0
    minutes: int | None = None

    @property
    def unnamed(self) -> Count:
        """How many unnamed places may be taken."""
        return self.most - self.named


def returning_share(named: int, again: int, events: Sequence[Attended]) -> Interval | None:
    """Return the share of learners who came twice or more, where every event is here.

    `named` persons are named, `again` of them at two events or more. The share is lowest where
    every unnamed place is a stranger's. It is highest where those who came once take unnamed
    places at other events: the least event may need strangers for that, and an event may have
    more guests of its own than the others have places.
    """
    strangers = sum(event.unnamed for event in events)
    if not named + strangers:
        return None
    if strangers == inf:
        low = Interval(0, None, low_closed=not again)
    else:
        low = Interval(Fraction(again, int(named + strangers)), None)
    highest = _highest_returning(named, again, events)
    return low.intersection(Interval(0, highest))


def _highest_returning(named: int, again: int, events: Sequence[Attended]) -> Fraction:
    largest = max(events, key=lambda event: event.least)
    forced = max(0, largest.least - named)
    learners = named + forced
    if not learners:
        return Fraction(sum(event.unnamed > 0 for event in events) > 1)
    places = [min(event.unnamed, learners) for event in events]
    if forced:
        elsewhere = sum(places) - min(largest.unnamed, learners)
        return 1 - Fraction(int(max(0, largest.once + forced - elsewhere)), learners)
    guests = named - again
    crowded = max(event.once + free for event, free in zip(events, places, strict=True))
    seated = min(guests, sum(places), guests + sum(places) - crowded)
    return Fraction(int(again + seated), learners)


def minutes_per_learner(named: int, events: Sequence[Attended]) -> Interval | None:
    """Return the minutes of all persons together for each learner, where every event is here.

    They are fewest where unnamed places at short events are taken by strangers, and most where
    no more learners than must be take every place they can.
    """
    if not named + sum(event.unnamed for event in events):
        return None
    fewest, is_reached = _fewest_minutes(named, events)
    return Interval(fewest, _most_minutes(named, events), low_closed=is_reached)


def _fewest_minutes(named: int, events: Sequence[Attended]) -> tuple[Fraction, bool]:
    minutes = sum((event.minutes or 1) * event.least for event in events)
    learners = named + sum(event.least - event.named for event in events)
    for event in sorted(events, key=lambda event: event.minutes or 1):
        each, more = event.minutes or 1, event.most - event.least
        if more and (not learners or each * learners < minutes):
            if more == inf:
                return Fraction(each), not learners
            minutes, learners = minutes + each * int(more), learners + int(more)
    return Fraction(minutes, learners), True


def _most_minutes(named: int, events: Sequence[Attended]) -> Fraction | None:
    learners = max([1, named, *(event.least for event in events)])
    minutes = 0
    for event in events:
        came = int(min(event.most, learners))
        if came and event.minutes is None:
            return None
        minutes += came * (event.minutes or 0)
    return Fraction(minutes, learners)
