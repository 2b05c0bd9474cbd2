"""Plans: what was planned, carried out and called off, counted again session by session.

Where the list of events is partial, each session without an event was held or not; a plan that
is recorded at the district was planned for this township or for another.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed.errors import InvalidValue
from commed.indicators import measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval
from commed.records.learning import ActivityPlan, LearningEvent, LearningTeam
from commed.records.organisations import Workstation
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Completeness, Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
FRIDAYS = tuple(date(2024, 3, day) for day in (1, 8, 15, 22, 29))
WEEKLY = "FREQ=WEEKLY;BYDAY=FR;COUNT=5"
MARCH, YEAR = Period.month(2024, 3), Period.year(2024)
SHARES = ("plan-completion", "team-plan-completion", "cancellation-rate")
WHOLE = (Collection.PLANS, Collection.EVENTS)


@frozen(kw_only=True)
class Planned:
    """A plan of five Fridays: which were held on their day, moved, or called off, by number."""

    place: str = HERE
    team: str | None = None
    station: str | None = None
    held: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    cancelled: frozenset[int] = frozenset()
    besides: int = 0

    def plan(self, key: str) -> ActivityPlan:
        return ActivityPlan(
            id=key,
            sessions=Recurrence(FRIDAYS[0], WEEKLY),
            division=self.place,
            team=self.team,
            workstation=self.station,
            cancelled=[FRIDAYS[index] for index in sorted(self.cancelled)],
        )

    def events(self, key: str) -> Iterator[LearningEvent]:
        """Yield its events: one that was moved comes on a Monday, one besides on a Tuesday."""
        days = [(FRIDAYS[index], None) for index in sorted(self.held)]
        moved = [(FRIDAYS[index] + timedelta(days=3), FRIDAYS[index]) for index in self.moved]
        besides = [(FRIDAYS[index] + timedelta(days=4), None) for index in range(self.besides)]
        for index, (day, planned_for) in enumerate([*days, *moved, *besides]):
            yield LearningEvent(
                id=f"{key}-{index}",
                date=day,
                division=self.place,
                plan=key,
                planned_for=planned_for,
            )

    def sessions(self, *, all_events: bool) -> Iterator[list[tuple[bool, bool]]]:
        """Yield in every way there is, of each session, if it was held and if it was lost."""
        done = self.held | {index for index in self.moved if index < 4}  # the last leaves March
        choices = [
            [index in done] if all_events or index in done else [True, False] for index in range(5)
        ]
        for world in product(*choices):
            yield [(was, not was and index in self.cancelled) for index, was in enumerate(world)]


numbers = st.frozensets(st.integers(0, 4), max_size=3)


def planned(*, place: str | None = None) -> st.SearchStrategy[Planned]:
    return st.builds(
        Planned,
        place=st.sampled_from([HERE, THERE] if place is None else [place]),
        team=st.sampled_from([None, "brush", "choir"]),
        station=st.sampled_from([None, "plum", "pine"]),
        held=numbers,
        moved=numbers,
        cancelled=numbers,
        besides=st.integers(0, 2),
    )


def registered(told: Sequence[Planned], complete: Sequence[Any] = WHOLE, **lists: Any) -> Register:
    keys = [f"p{index}" for index in range(len(told))]
    events = [event for key, one in zip(keys, told, strict=True) for event in one.events(key)]
    plans = tuple(one.plan(key) for key, one in zip(keys, told, strict=True))
    return Register(
        jurisdiction=DISTRICT,
        divisions=tuple(Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)),
        workstations=tuple(
            Workstation(id=key, name=key, division=place)
            for key, place in (("plum", HERE), ("pine", THERE))
        ),
        teams=tuple(LearningTeam(id=key, division=HERE) for key in ("brush", "choir")),
        complete=tuple(complete),
        **({"plans": plans, "events": tuple(events)} | lists),
    )


def values(
    told: Sequence[Planned], indicator: str, claims: Sequence[Collection] = WHOLE
) -> set[Fraction]:
    """Return the value in every way to complete the records that has one."""
    which = int(indicator == "cancellation-rate")
    sums = {0}
    counted = [one for one in told if one.team or indicator != "team-plan-completion"]
    for one in counted:
        ways = one.sessions(all_events=Collection.EVENTS in claims)
        own = {sum(session[which] for session in way) for way in ways}
        sums = {one + other for one, other in product(sums, own)}
    return {Fraction(each, 5 * len(counted)) for each in sums if counted}


def hull(found: set[Fraction]) -> Interval | None:
    return Interval(min(found), max(found)) if found else None


# --- where everything is recorded ------------------------------------------------------


@pytest.mark.parametrize("indicator", SHARES)
@given(told=st.lists(planned(), max_size=4))
def test_a_share_counts_every_session_once(indicator: str, told: list[Planned]) -> None:
    measurement = measure(indicator, registered(told), period=MARCH)
    assert measurement.value == hull(values(told, indicator))
    assert bool(measurement.needs) is (measurement.value is None)


@given(told=st.lists(planned(), max_size=4))
def test_every_session_of_a_plan_was_planned_whatever_became_of_it(told: list[Planned]) -> None:
    measurement = measure("planned-sessions", registered(told), period=MARCH)
    assert measurement.value == Interval.exactly(5 * len(told))
    assert not measurement.needs


@pytest.mark.parametrize(
    ("one", "completion", "cancellation"),
    [
        (Planned(held=frozenset({0, 1})), 2, 0),
        (Planned(moved=frozenset({0})), 1, 0),
        (Planned(held=frozenset({0}), moved=frozenset({0})), 1, 0),
        (Planned(besides=3), 0, 0),
        (Planned(cancelled=frozenset({0, 2})), 0, 2),
        (Planned(held=frozenset({0}), cancelled=frozenset({0, 2})), 1, 1),
        (Planned(moved=frozenset({0}), cancelled=frozenset({0})), 1, 0),
        (Planned(moved=frozenset({4}), cancelled=frozenset({4})), 0, 1),
    ],
    ids=[
        "held on its day",
        "moved",
        "held twice",
        "held besides",
        "cancelled",
        "cancelled and held all the same",
        "cancelled and moved",
        "moved out of the period",
    ],
)
def test_what_became_of_a_session(one: Planned, completion: int, cancellation: int) -> None:
    register = registered([one])
    completed = measure("plan-completion", register, period=MARCH).value
    assert completed == Interval.exactly(Fraction(completion, 5))
    cancelled = measure("cancellation-rate", register, period=MARCH).value
    assert cancelled == Interval.exactly(Fraction(cancellation, 5))


def test_a_session_that_was_moved_out_of_its_month_was_held_in_the_year() -> None:
    register = registered([Planned(moved=frozenset({4}))])
    assert measure("plan-completion", register, period=MARCH).value == Interval.exactly(0)
    assert measure("plan-completion", register, period=YEAR).value == Interval.exactly(
        Fraction(1, 5)
    )


def test_an_event_of_another_plan_carries_out_no_session_of_this_one() -> None:
    register = registered([Planned(held=frozenset({0, 1})), Planned()])
    assert measure("plan-completion", register, period=MARCH).value == Interval.exactly(
        Fraction(2, 10)
    )


def test_days_added_are_planned_and_days_left_out_are_not() -> None:
    sessions = Recurrence(
        FRIDAYS[0], WEEKLY, also=[date(2024, 3, 6), date(2024, 4, 3)], without=[FRIDAYS[1]]
    )
    plan = ActivityPlan(id="p", sessions=sessions, division=HERE)
    event = LearningEvent(id="e", date=FRIDAYS[1], division=HERE, plan="p")
    register = registered([], plans=(plan,), events=(event,))
    assert measure("planned-sessions", register, period=MARCH).value == Interval.exactly(5)
    assert measure("plan-completion", register, period=MARCH).value == Interval.exactly(0)


@settings(max_examples=40)
@given(told=st.lists(planned(), min_size=1, max_size=3))
def test_each_place_team_and_organiser_is_measured_by_its_own_plans(told: list[Planned]) -> None:
    register = registered(told)
    whose: dict[str, Callable[[Planned], str | None]] = {
        "township": lambda one: one.place,
        "team": lambda one: one.team,
        "organiser": lambda one: one.station,
    }
    for dimension, of in whose.items():
        # Of a plan that names no body it is not known whose it was.
        known = [one for one in told if dimension != "organiser" or one.station is not None]
        for indicator in SHARES:
            split = measure(indicator, registered(known), period=MARCH, by=dimension)
            for key, part in split.items():
                own = [one for one in known if of(one) == key]
                assert part.value == hull(values(own, indicator))
        counted = measure("planned-sessions", register, period=MARCH, by=dimension)
        for key, part in counted.items():
            surely = sum(of(one) == key for one in told)
            maybe = sum(of(one) is None for one in told) * (dimension == "organiser")
            assert part.value == Interval(5 * surely, 5 * (surely + maybe))


def test_each_month_has_its_own_sessions() -> None:
    plan = ActivityPlan(
        id="p",
        sessions=Recurrence(date(2024, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=31"),
        division=HERE,
    )
    register = registered([], plans=(plan,))
    split = measure("planned-sessions", register, period=YEAR, by="month")
    assert [key for key, part in split.items() if part.value == Interval.exactly(1)] == [
        f"2024-{month:02}" for month in (1, 3, 5, 7, 8, 10, 12)
    ]
    assert sum(part.value == Interval.exactly(0) for part in split.values()) == 5


def test_the_example_is_measured_as_it_was_made_up() -> None:
    register = commed.example("made-up-district")
    found = {
        indicator: measure(indicator, register, period=YEAR).value
        for indicator in ("planned-sessions", *SHARES)
    }
    assert found == {
        "planned-sessions": Interval.exactly(4),
        "plan-completion": Interval.exactly(Fraction(3, 4)),
        "team-plan-completion": Interval.exactly(Fraction(3, 4)),
        "cancellation-rate": Interval.exactly(Fraction(1, 4)),
    }


# --- where something is not recorded ---------------------------------------------------


@pytest.mark.parametrize("indicator", SHARES)
@settings(max_examples=40)
@given(told=st.lists(planned(), max_size=2), listed=st.sampled_from([None, HERE]))
def test_the_bounds_are_sharp_where_events_are_not_all_listed(
    indicator: str, told: list[Planned], listed: str | None
) -> None:
    claims = [Completeness(collection=Collection.EVENTS, division=listed)] * (listed is not None)
    register = registered(told, [Collection.PLANS, *claims])
    which = int(indicator == "cancellation-rate")
    counted = [one for one in told if one.team or indicator != "team-plan-completion"]
    ways = product(*(one.sessions(all_events=one.place == listed) for one in counted))
    lost = {sum(session[which] for one in way for session in one) for way in ways}
    found = {Fraction(each, 5 * len(counted)) for each in lost if counted}
    measurement = measure(indicator, register, period=MARCH)
    assert measurement.value == hull(found)
    if measurement.value is not None and not measurement.value.is_exact:
        assert {need.collection for need in measurement.needs} == {Collection.EVENTS}


@pytest.mark.parametrize("indicator", SHARES)
@settings(max_examples=40)
@given(told=st.lists(planned(), max_size=3))
def test_without_all_plans_there_is_no_share(indicator: str, told: list[Planned]) -> None:
    measurement = measure(indicator, registered(told, [Collection.EVENTS]), period=MARCH)
    assert measurement.value is None
    assert Collection.PLANS in {need.collection for need in measurement.needs}


@given(told=st.lists(planned(), max_size=3))
def test_without_all_plans_the_sessions_are_at_least_those_on_record(told: list[Planned]) -> None:
    measurement = measure("planned-sessions", registered(told, [Collection.EVENTS]), period=MARCH)
    assert measurement.value == (Interval(5 * len(told), None) if told else None)
    assert {need.collection for need in measurement.needs} == {Collection.PLANS}


@pytest.mark.parametrize("indicator", ["planned-sessions", *SHARES])
@settings(max_examples=40)
@given(
    told=st.lists(planned(place=HERE), max_size=1),
    adrift=st.lists(planned(place=DISTRICT), min_size=1, max_size=2),
    claims=st.sampled_from([WHOLE, (Collection.PLANS,)]),
)
def test_the_bounds_are_sharp_where_the_place_of_a_plan_is_not_known(
    indicator: str, told: list[Planned], adrift: list[Planned], claims: tuple[Collection, ...]
) -> None:
    register = registered([*told, *adrift], claims)
    measurement = measure(indicator, register, period=MARCH, division=HERE)
    placed = [
        [*told, *(one for one, is_here in zip(adrift, way, strict=True) if is_here)]
        for way in product([True, False], repeat=len(adrift))
    ]
    if indicator == "planned-sessions":
        assert measurement.value == hull({Fraction(5 * len(way)) for way in placed})
    else:
        found = {each for way in placed for each in values(way, indicator, claims=claims)}
        assert measurement.value == hull(found)


def test_the_number_of_planned_sessions_needs_no_events() -> None:
    measurement = measure("planned-sessions", registered([Planned()], ()), period=MARCH)
    assert {need.collection for need in measurement.needs} == {Collection.PLANS}


@pytest.mark.parametrize("indicator", ["planned-sessions", *SHARES])
def test_without_a_period_there_is_no_value_and_the_need_says_so(indicator: str) -> None:
    measurement = measure(indicator, registered([Planned()]))
    assert measurement.value is None
    assert [need.what.en for need in measurement.needs] == ["a period to measure over"]


# --- what a plan and its events may say ------------------------------------------------


@pytest.mark.parametrize(
    ("cancelled", "fault"),
    [
        ([date(2024, 3, 2)], "cancelled[0]: expected a planned day, found 2024-03-02"),
        ([FRIDAYS[1], FRIDAYS[1]], "cancelled[1]: expected each day once, found 2024-03-08 again"),
        ([date(2024, 4, 5)], "cancelled[0]: expected a planned day, found 2024-04-05"),
    ],
    ids=["not planned", "twice", "after the last"],
)
def test_only_a_planned_day_is_cancelled_and_only_once(cancelled: list[date], fault: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        ActivityPlan(
            id="p", sessions=Recurrence(FRIDAYS[0], WEEKLY), division=HERE, cancelled=cancelled
        )
    assert [str(problem) for problem in refused.value.problems] == [fault]


def test_a_plan_says_where() -> None:
    with pytest.raises(InvalidValue, match="say where"):
        ActivityPlan(id="p", sessions=Recurrence(FRIDAYS[0]))


def test_a_day_is_planned_for_only_beside_a_plan() -> None:
    with pytest.raises(InvalidValue, match="planned_for: expected the 'plan'"):
        LearningEvent(id="e", date=FRIDAYS[0], division=HERE, planned_for=FRIDAYS[1])
