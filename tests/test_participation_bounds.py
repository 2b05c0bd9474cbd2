"""Participation bounds: every way to complete the records lies inside, and both ends are reached.

What is open is completed by hand here, in every way there is: an event of unclear place lies
inside or outside, a headcount is any whole number it allows, and who is counted but not named
is somebody named elsewhere, a stranger met before, or a new stranger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from commed.indicators import measure
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import Completeness, Register

DISTRICT, HERE, THERE, YARD = "510112", "510112001", "510112002", "510112001001"
NAMES = "abc"
SPARE = 2
"""How many persons more an event without a bound, or one that is not listed, may show here."""


@dataclass(frozen=True)
class Held:
    """An event: its place, its roster, and how many took part at least and at most.

    Without a `count` there is only the roster.
    """

    where: str
    roster: str = ""
    count: tuple[Any, int, int | None] | None = None
    when: date = date(2018, 6, 15)

    @property
    def inside(self) -> tuple[bool, ...]:
        """Whether it may have been outside, inside, or either."""
        if self.when.year != 2018 or self.where == THERE:
            return (False,)
        return (False, True) if self.where in {DISTRICT, "adrift"} else (True,)

    def sizes(self, *, rosters_whole: bool) -> range:
        """Return how many persons it may have had, some more where nothing bounds them."""
        named = len(self.roster)
        if self.count is not None:
            _, low, high = self.count
        else:
            low, high = named, named if rosters_whole else None
        low = max(low, named)
        return range(low, (low + SPARE if high is None else high) + 1)

    def is_bounded(self, *, rosters_whole: bool) -> bool:
        return rosters_whole if self.count is None else self.count[2] is not None


def halves(low: int, high: int) -> Quantity:
    """Return a count whose ends lie between the whole numbers."""
    return Quantity(Interval(Fraction(low, 2), Fraction(high, 2)), Unit.PERSONS)


COUNTS: list[tuple[Any, int, int | None]] = [
    (0, 0, 0),
    (1, 1, 1),
    (2, 2, 2),
    (3, 3, 3),
    ("2至3人", 2, 3),
    ("不足3人", 0, 2),
    ("不超过2人", 0, 2),
    (halves(1, 5), 1, 2),
    ("2人以上", 2, None),
    ("超过1人", 2, None),
]


@st.composite
def held(draw: st.DrawFn) -> Held:
    roster = "".join(sorted(draw(st.sets(st.sampled_from(NAMES), max_size=2))))
    fitting = [count for count in COUNTS if count[2] is None or count[2] >= len(roster)]
    return Held(
        draw(st.sampled_from([HERE, HERE, YARD, "station", DISTRICT, "adrift", THERE])),
        roster,
        draw(st.none() | st.sampled_from(fitting)),
        draw(st.sampled_from([date(2018, 1, 1), date(2018, 12, 31), date(2019, 1, 1)])),
    )


def register(events: Sequence[Held], *, listed: bool, rosters_whole: bool) -> Register:
    """Build the register that knows just this; 'adrift' is a community nobody has placed."""
    lists: Any = {
        "divisions": [
            *(Division(id=key, name=key) for key in (DISTRICT, HERE, THERE, YARD)),
            Division(id="adrift", name="adrift", level=Level.COMMUNITY),
        ],
        "workstations": [Workstation(id="station", name="station", division=YARD)],
        "events": [
            LearningEvent(
                id=f"e{index}",
                date=event.when,
                division=None if event.where == "station" else event.where,
                workstation="station" if event.where == "station" else None,
                attendances=list(event.roster),
                headcount=None if event.count is None else event.count[0],
            )
            for index, event in enumerate(events)
        ],
        "complete": [
            *[Completeness(collection=Collection.EVENTS)] * listed,
            *[
                Completeness(collection=Collection.ATTENDANCES, division=place)
                for place in (DISTRICT, "adrift") * rosters_whole
            ],
        ],
    }
    return Register(jurisdiction=DISTRICT, **lists)


State = tuple[int, frozenset[str], int]
"""Person-times so far, the named persons met, and how many strangers."""


def attended(state: State, roster: str, size: int) -> Iterator[State]:
    """Yield what is so after an event of this size, whoever the unnamed persons are."""
    times, known, strangers = state
    others = [name for name in NAMES if name not in roster]
    for named in range(size - len(roster) + 1):
        for friends in combinations(others, named):
            unnamed = size - len(roster) - named
            for again in range(min(strangers, unnamed) + 1):
                met = known | {*roster, *friends}
                yield times + size, met, strangers + unnamed - again


def outcomes(events: Sequence[Held], *, rosters_whole: bool) -> set[tuple[int, int]]:
    """Return person-times and distinct learners of every completion of the records."""
    found: set[tuple[int, int]] = set()
    for adrift_is_here in (False, True):
        states: set[State] = {(0, frozenset(), 0)}
        for event in events:
            inside = event.inside
            if event.where == "adrift" and len(inside) > 1:
                inside = (adrift_is_here,)
            grown = set[State]()
            for state, is_inside in product(states, inside):
                if not is_inside:
                    grown.add(state)
                    continue
                for size in event.sizes(rosters_whole=rosters_whole):
                    grown.update(attended(state, event.roster, size))
            states = grown
        found.update((times, len(known) + strangers) for times, known, strangers in states)
    return found


def bounds(indicator: str, known: Register) -> Interval:
    """Return what the library says, where no value is every number from zero."""
    value = measure(indicator, known, period=Period.year(2018), division=HERE).value
    return Interval(0, None) if value is None else value


@settings(max_examples=300, deadline=None)
@given(events=st.lists(held(), max_size=3), rosters_whole=st.booleans())
@example(events=[Held(HERE, "ab", COUNTS[3]), Held(HERE, "c", COUNTS[3])], rosters_whole=True)
@example(events=[Held(DISTRICT, "a"), Held("adrift", "", COUNTS[4])], rosters_whole=True)
@example(events=[Held("station", "ab"), Held(HERE, "b")], rosters_whole=False)
def test_where_all_events_are_listed_the_bounds_are_sound_and_sharp(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, listed=True, rosters_whole=rosters_whole)
    times, learners = zip(*outcomes(events, rosters_whole=rosters_whole), strict=True)
    bounded = all(
        event.is_bounded(rosters_whole=rosters_whole) for event in events if True in event.inside
    )
    for indicator, reached in (("person-times", times), ("distinct-learners", learners)):
        most = max(reached) if bounded else None
        assert bounds(indicator, known) == Interval(min(reached), most)


@settings(max_examples=100, deadline=None)
@given(events=st.lists(held(), max_size=2), rosters_whole=st.booleans())
def test_where_events_may_be_missing_only_the_lower_bound_holds_and_it_is_reached(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, listed=False, rosters_whole=rosters_whole)
    unlisted = Held(HERE, count=("不超过2人", 0, 2))
    worlds = outcomes([*events, unlisted], rosters_whole=rosters_whole)
    times, learners = zip(*worlds, strict=True)
    assert bounds("person-times", known) == Interval(min(times), None)
    assert bounds("distinct-learners", known) == Interval(min(learners), None)


@settings(max_examples=100, deadline=None)
@given(events=st.lists(held(), min_size=1, max_size=3), rosters_whole=st.booleans(), data=st.data())
def test_an_exact_headcount_never_widens_a_bound(
    *, events: list[Held], rosters_whole: bool, data: st.DataObject
) -> None:
    index = data.draw(st.sampled_from(range(len(events))))
    sizes = events[index].sizes(rosters_whole=rosters_whole)
    size = data.draw(st.sampled_from(sizes))
    told = [*events]
    told[index] = replace(events[index], count=(size, size, size))
    for indicator in ("person-times", "distinct-learners"):
        before, after = (
            bounds(indicator, register(known, listed=True, rosters_whole=rosters_whole))
            for known in (events, told)
        )
        assert before.intersection(after) == after


def test_a_whole_roster_bounds_an_event_that_may_lie_outside() -> None:
    event = LearningEvent(id="e", date=date(2018, 6, 15), division=DISTRICT, attendances=["a"])
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, HERE)],
        "events": [event],
        "complete": [
            Completeness(collection=collection, division=HERE)
            for collection in (Collection.EVENTS, Collection.ATTENDANCES)
        ],
    }
    known = Register(jurisdiction=DISTRICT, **lists)
    assert bounds("person-times", known) == bounds("distinct-learners", known) == Interval(0, 1)
