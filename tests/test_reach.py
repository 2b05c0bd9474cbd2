"""Reach: how many learners of a group came, how often, and what share of the group's residents.

What is open is completed by hand here, in every way there is: of whom no groups are known
belongs to the group or does not; who is counted and not named is somebody named elsewhere, a
stranger met before or a new one, of the group or not, unless the headcount tells how many were;
a number may be any that is told of it, and where nothing bounds it some small ones and a huge
one stand for all. Every completion lies inside, and both ends are reached. A learner belongs to
groups as of the day of an event; groups overlap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commed.indicators import Measurement, measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import (
    Attendance,
    GroupCount,
    Headcount,
    LearnerGroup,
    LearningEvent,
    Mode,
)
from commed.records.resources import Population, PopulationBase
from commed.references import Collection
from commed.register import Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
YEAR = Period.year(2018)
DAY = date(2018, 6, 15)
TIMES, LEARNERS, RATE = "person-times", "distinct-learners", "participation-rate"
ELDERLY, WOMEN, YOUTH = LearnerGroup.ELDERLY, LearnerGroup.WOMEN, LearnerGroup.YOUTH
NAMES = "abc"
SPARE, MANY = 4, 10**6
"""How many more than must be are tried where nothing bounds a number, and the huge one."""

Span = tuple[int, int | None]
Groups = tuple[LearnerGroup, ...] | None


@dataclass(frozen=True)
class Held:
    """An event: who is named with which groups, how many there were, how many of each group."""

    roster: tuple[tuple[str, Groups], ...] = ()
    count: Span | None = None
    told: tuple[tuple[LearnerGroup, Span], ...] = ()
    where: str = HERE

    @property
    def inside(self) -> tuple[bool, ...]:
        return {HERE: (True,), THERE: (False,), DISTRICT: (False, True)}[self.where]

    def unnamed(self, *, rosters_whole: bool) -> Iterator[int]:
        """Yield how many there may have been beyond the roster."""
        named = len(self.roster)
        least, most = self.count or (named, named if rosters_whole else None)
        yield from numbers(max(0, least - named), None if most is None else most - named)

    def of(self, group: LearnerGroup, unnamed: int) -> Iterator[int]:
        """Yield how many of the unnamed may have been of a group."""
        least, most = dict(self.told).get(group, (0, None))
        most = unnamed if most is None else min(most, unnamed)
        yield from {number for number in (*numbers(least, None), most) if least <= number <= most}

    def record(self, key: str) -> LearningEvent:
        count = self.count and Headcount(
            persons(self.count), [GroupCount(group, persons(span)) for group, span in self.told]
        )
        return LearningEvent(
            id=key,
            date=DAY,
            division=self.where,
            attendances=[Attendance(learner, groups) for learner, groups in self.roster],
            headcount=count,
        )


def numbers(least: int, most: int | None) -> Iterator[int]:
    if most is not None:
        yield from range(least, most + 1)
        return
    yield from range(least, least + SPARE)
    yield MANY


def persons(span: Span) -> Quantity:
    return Quantity(Interval(*span), Unit.PERSONS)


State = tuple[int, frozenset[str], int]
"""How often somebody of the group came, which named ones, and how many strangers."""


def worlds(events: Sequence[Held], group: LearnerGroup, *, rosters_whole: bool) -> set[State]:
    """Return what is so of a group, in every completion of the records."""
    found: set[State] = {(0, frozenset(), 0)}
    for event in events:
        grown = set(found) if False in event.inside else set[State]()
        if True in event.inside:
            for state, unnamed in product(found, set(event.unnamed(rosters_whole=rosters_whole))):
                for number, known in product(
                    event.of(group, unnamed), memberships(event.roster, group)
                ):
                    grown.update(after(state, event, known, number))
        found = grown
    return found


def memberships(
    roster: tuple[tuple[str, Groups], ...], group: LearnerGroup
) -> Iterator[frozenset[str]]:
    """Yield which of the named may have been of the group on that day."""
    surely = {name for name, groups in roster if groups is not None and group in groups}
    unclear = [name for name, groups in roster if groups is None]
    for number in range(len(unclear) + 1):
        for some in combinations(unclear, number):
            yield frozenset({*surely, *some})


def after(state: State, event: Held, known: frozenset[str], number: int) -> Iterator[State]:
    """Yield what is so after so many unnamed members, whoever they are."""
    times, names, strangers = state
    here = {name for name, _ in event.roster}
    others = [name for name in NAMES if name not in here]
    for named in range(min(number, len(others)) + 1):
        for friends in combinations(others, named):
            places = number - named
            for again in {0, *range(min(strangers, places, SPARE) + 1), min(strangers, places)}:
                yield (
                    times + len(known) + number,
                    names | known | {*friends},
                    strangers + places - again,
                )


def outcome(events: Sequence[Held], group: LearnerGroup, *, rosters_whole: bool) -> list[Interval]:
    """Return the bounds of person-times and of learners that the completions reach."""
    found = worlds(events, group, rosters_whole=rosters_whole)
    counts = [times for times, _, _ in found], [len(names) + more for _, names, more in found]
    return [Interval(min(count), max(count) if max(count) < MANY else None) for count in counts]


def register(
    events: Sequence[Held | LearningEvent],
    populations: Sequence[Population] = (),
    *,
    listed: bool = True,
    rosters_whole: bool = True,
) -> Register:
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)],
        "events": [
            event if isinstance(event, LearningEvent) else event.record(f"e{index}")
            for index, event in enumerate(events)
        ],
        "populations": populations,
        "complete": [Collection.EVENTS] * listed + [Collection.ATTENDANCES] * rosters_whole,
    }
    return Register(jurisdiction=DISTRICT, **lists)


def ask(
    indicator: str, known: Register, group: LearnerGroup | None = None, period: Period = YEAR
) -> Measurement:
    where = None if group is None else {"group": group}
    return measure(indicator, known, period=period, division=HERE, where=where)


def value(indicator: str, known: Register, group: LearnerGroup | None = None) -> Interval:
    """Return what is known of a count, where no value is every number from zero."""
    return ask(indicator, known, group).value or Interval(0, None)


groups: st.SearchStrategy[Groups] = st.sampled_from(
    [None, None, (), (ELDERLY,), (WOMEN,), (WOMEN, ELDERLY)]
)
spans: st.SearchStrategy[Span] = st.sampled_from(
    [(0, 0), (1, 1), (3, 3), (0, 1), (0, 3), (1, 2), (2, 3), (0, None), (2, None)]
)


@st.composite
def held(draw: st.DrawFn, where: tuple[str, ...] = (HERE, HERE, DISTRICT, THERE)) -> Held:
    place = draw(st.sampled_from(where))
    count = draw(st.none() | spans)
    if count is not None and draw(st.booleans()):
        fitting = spans.filter(lambda span: count[1] is None or span[0] <= count[1])
        told = {group: draw(fitting) for group in draw(st.sets(st.sampled_from([ELDERLY, WOMEN])))}
        return Held((), count, tuple(told.items()), place)
    names = sorted(draw(st.sets(st.sampled_from(NAMES))))
    if count is not None and count[1] is not None:
        names = names[: count[1]]
    return Held(tuple((name, draw(groups)) for name in names), count, (), place)


@settings(max_examples=150)
@given(events=st.lists(held(), max_size=3), rosters_whole=st.booleans())
@example(
    events=[Held((("a", (WOMEN,)),)), Held((("a", None),)), Held((), (3, 3), ((ELDERLY, (2, 2)),))],
    rosters_whole=True,
)
@example(
    events=[Held((), (0, 3), ((ELDERLY, (2, None)),)), Held((("a", None),))], rosters_whole=False
)
def test_where_all_events_are_listed_the_bounds_of_a_group_are_sound_and_sharp(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, rosters_whole=rosters_whole)
    for group in (ELDERLY, WOMEN, YOUTH):
        times, learners = outcome(events, group, rosters_whole=rosters_whole)
        assert value(TIMES, known, group) == times
        assert value(LEARNERS, known, group) == learners


@settings(max_examples=60)
@given(events=st.lists(held(), max_size=2), rosters_whole=st.booleans())
def test_where_events_may_be_missing_only_the_lower_bound_of_a_group_holds(
    *, events: list[Held], rosters_whole: bool
) -> None:
    known = register(events, listed=False, rosters_whole=rosters_whole)
    for group in (ELDERLY, WOMEN, YOUTH):
        times, learners = outcome(events, group, rosters_whole=rosters_whole)
        assert value(TIMES, known, group) == Interval(times.low, None)
        assert value(LEARNERS, known, group) == Interval(learners.low, None)


@settings(max_examples=100)
@given(
    events=st.lists(held(), max_size=3),
    rosters_whole=st.booleans(),
    residents=spans.filter(lambda span: span[1] != 0),
)
def test_the_rate_of_a_group_is_its_learners_by_the_residents_of_that_group(
    *, events: list[Held], rosters_whole: bool, residents: Span
) -> None:
    people = [
        Population(division=HERE, on=DAY, persons=persons(residents), group=ELDERLY),
        Population(division=HERE, on=DAY, persons=700),
        Population(division=HERE, on=DAY, persons=50, group=WOMEN),
    ]
    known = register(events, people, rosters_whole=rosters_whole)
    low, high = residents
    found, learners = ask(RATE, known, ELDERLY), ask(LEARNERS, known, ELDERLY)
    assert found.denominator == persons((max(low, 1), high))
    assert found.numerator == learners.quantity
    assert found.value == (
        None if learners.value is None else learners.value / Interval(Fraction(max(low, 1)), high)
    )
    rates = ask(RATE, known).denominator, ask(RATE, known, WOMEN).denominator
    assert rates == (persons((700, 700)), persons((50, 50)))


def population(persons: int, group: LearnerGroup | None = None, **changed: Any) -> Population:
    told: dict[str, Any] = {"division": HERE, "on": DAY, "persons": persons, "group": group}
    return Population(**told | changed)


@pytest.mark.parametrize(
    "not_these",
    [
        [],
        [population(100)],
        [population(100, WOMEN)],
        [population(100, ELDERLY, on=date(2017, 12, 31))],
        [population(100, ELDERLY, division=DISTRICT)],
        [population(100, ELDERLY, base=PopulationBase.REGISTERED)],
        [population(0, ELDERLY)],
    ],
)
def test_without_the_residents_of_the_group_its_rate_has_no_value_and_a_need(
    not_these: list[Population],
) -> None:
    known = register([Held((("a", (ELDERLY,)),))], not_these)
    found = ask(RATE, known, ELDERLY)
    assert (found.value, found.denominator) == (None, None)
    assert found.numerator == persons((1, 1))
    (need,) = found.needs
    assert (need.collection, need.division, need.period) == (Collection.POPULATIONS, HERE, YEAR)
    assert ELDERLY.label_zh in need.what.zh
    assert ELDERLY.label_en in need.what.en


def test_the_residents_of_a_group_do_not_serve_for_everybody() -> None:
    known = register([Held((("a", (ELDERLY,)),))], [population(100, ELDERLY)])
    found = ask(RATE, known)
    assert (found.value, found.denominator) == (None, None)
    assert [need.collection for need in found.needs] == [Collection.POPULATIONS]


@settings(max_examples=60)
@given(events=st.lists(held(), max_size=3), listed=st.booleans(), rosters_whole=st.booleans())
def test_split_by_group_each_part_is_what_the_group_alone_is_told(
    *, events: list[Held], listed: bool, rosters_whole: bool
) -> None:
    people = [population(9), population(5, ELDERLY)]
    known = register(events, people, listed=listed, rosters_whole=rosters_whole)
    for indicator in (TIMES, LEARNERS, RATE):
        parts = measure(indicator, known, period=YEAR, division=HERE, by="group")
        assert list(parts) == [group.value for group in LearnerGroup]
        afresh = register(events, people, listed=listed, rosters_whole=rosters_whole)
        for group in reversed(LearnerGroup):
            assert parts[group.value] == ask(indicator, afresh, group)
            assert parts[group.value].where == (("group", group.value),)


@settings(max_examples=60)
@given(events=st.lists(held(), max_size=3), listed=st.booleans(), rosters_whole=st.booleans())
def test_no_group_counts_more_than_everybody_and_none_comes_less_often_than_it_has_learners(
    *, events: list[Held], listed: bool, rosters_whole: bool
) -> None:
    def is_at_most(one: Interval, other: Interval) -> bool:
        assert one.low is not None
        assert other.low is not None
        least = one.low <= other.low
        return least and (other.high is None or (one.high is not None and one.high <= other.high))

    known = register(events, listed=listed, rosters_whole=rosters_whole)
    for group in (ELDERLY, WOMEN, YOUTH):
        for indicator in (TIMES, LEARNERS):
            assert is_at_most(value(indicator, known, group), value(indicator, known))
        assert is_at_most(value(LEARNERS, known, group), value(TIMES, known, group))


@pytest.mark.parametrize("count", [(0, 3), (1, None)])
def test_a_headcount_is_of_no_fewer_than_any_group_of_it(count: Span) -> None:
    known = register([Held((), count, ((ELDERLY, (2, 2)), (WOMEN, (0, 1))))])
    for indicator in (TIMES, LEARNERS):
        assert value(indicator, known, ELDERLY) == Interval.exactly(2)
        assert value(indicator, known) == Interval(2, count[1])


def test_a_learner_of_two_groups_counts_in_both_and_once_among_all() -> None:
    known = register([Held((("a", (ELDERLY, WOMEN)), ("b", ())))])
    for indicator in (TIMES, LEARNERS):
        found = {group: value(indicator, known, group) for group in LearnerGroup}
        assert {group for group, of in found.items() if of == Interval.exactly(1)} == {
            ELDERLY,
            WOMEN,
        }
        assert sum(of != Interval.exactly(0) for of in found.values()) == 2
        assert value(indicator, known) == Interval.exactly(2)


def test_whose_groups_change_counts_in_each_and_once_among_all() -> None:
    def event(month: int, *belongs: LearnerGroup, mode: Mode = Mode.ON_SITE) -> LearningEvent:
        return LearningEvent(
            id=f"e{month}",
            date=date(2018, month, 1),
            division=HERE,
            attendances=[Attendance("a", belongs)],
            mode=mode,
        )

    known = register([event(1, YOUTH), event(5, YOUTH, WOMEN), event(9, ELDERLY, mode=Mode.ONLINE)])
    times = {YOUTH: 2, WOMEN: 1, ELDERLY: 1}
    for group in LearnerGroup:
        assert value(TIMES, known, group) == Interval.exactly(times.get(group, 0))
        assert value(LEARNERS, known, group) == Interval.exactly(int(group in times))
    assert value(LEARNERS, known) == Interval.exactly(1)
    in_may = ask(LEARNERS, known, YOUTH, Period.month(2018, 5)).value
    in_autumn = ask(LEARNERS, known, YOUTH, Period.month(2018, 9)).value
    assert (in_may, in_autumn) == (Interval.exactly(1), Interval.exactly(0))
    for mode, often in ((Mode.ONLINE, 1), (Mode.ON_SITE, 0)):
        both = measure(TIMES, known, period=YEAR, where={"mode": mode, "group": "elderly"})
        assert both.value == Interval.exactly(often)


def test_of_whom_it_is_known_that_they_belong_to_no_group_nothing_more_is_needed() -> None:
    none, unknown = register([Held((("a", ()),))]), register([Held((("a", None),))])
    for indicator in (TIMES, LEARNERS):
        assert ask(indicator, none, ELDERLY).value == Interval.exactly(0)
        assert not ask(indicator, none, ELDERLY).needs
        assert ask(indicator, unknown, ELDERLY).value == Interval(0, 1)
        needs = ask(indicator, unknown, ELDERLY).needs
        assert [need.collection for need in needs] == [Collection.ATTENDANCES]
        assert value(indicator, unknown) == Interval.exactly(1)
