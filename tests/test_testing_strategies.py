"""The strategies: every public type has one, and what they draw is valid and hangs together."""

import json
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import commed
from commed import testing
from commed.checks import AtLeast, AtMost, Checked, NotEmpty
from commed.codec import (
    dump_instrument,
    dump_register,
    instrument_from,
    overlay_from,
    read_json,
    register_from,
)
from commed.codec.converter import CONVERTER
from commed.compliance import assess
from commed.errors import InvalidValue
from commed.indicators import catalogue, measure_all
from commed.law.conditions import AllOf, Condition, IndicatorCompares, When, leaves
from commed.law.instrument import Instrument, LedgerEntry
from commed.law.overlay import Overlay
from commed.periods import Period
from commed.places import DivisionCode, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent
from commed.records.organisations import OrganisationKind
from commed.records.surveys import Survey
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Register

laws = settings(deadline=None, max_examples=40)
few = settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
FACE: Any = commed
TESTING: Any = testing
PUBLIC = [
    value
    for value in (getattr(commed, name) for name in FACE.__all__)
    if isinstance(value, type) and not issubclass(value, Exception)
]
STRATEGIES = [
    name for name in TESTING.__all__ if name.islower() and name.partition("_")[0] != "check"
]
ASKING_MORE: dict[str, dict[str, Any]] = {
    "faulty_documents": {"faults": 1},
    "strategy_of": {"cls": Period},
}


def strategy(name: str) -> st.SearchStrategy[Any]:
    drawn: st.SearchStrategy[Any] = getattr(testing, name)(**ASKING_MORE.get(name, {}))
    return drawn


def through_json(plain: dict[str, Any]) -> Any:
    return read_json(json.dumps(plain, ensure_ascii=False, allow_nan=False))


# --- every type ------------------------------------------------------------------------


@pytest.mark.parametrize("cls", PUBLIC, ids=lambda cls: cls.__name__)
def test_from_type_draws_every_public_type(cls: type) -> None:
    @few
    @given(st.from_type(cls))
    def law(value: object) -> None:
        assert isinstance(value, cls)

    law()


def test_every_public_type_is_drawn_by_a_strategy_with_a_name() -> None:
    drawn: set[type] = set()

    for name in STRATEGIES:

        @settings(few, max_examples=1)
        @given(strategy(name))
        def gather(value: object) -> None:
            drawn.add(type(value))

        gather()
    assert [cls for cls in PUBLIC if cls not in drawn and not issubclass(cls, Enum)] == []
    assert len(PUBLIC) > 60


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_draws(name: str) -> None:
    @few
    @given(strategy(name))
    def law(_: object) -> None: ...

    law()


def test_what_is_neither_a_record_nor_public_is_left_to_hypothesis() -> None:
    assert testing.strategy_of(LedgerEntry) is NotImplemented
    assert isinstance(find(st.from_type(LedgerEntry), lambda _: True), LedgerEntry)


def test_all_names_are_listed_and_no_other_is_there() -> None:
    assert set(TESTING.__all__) <= set(dir(testing))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        TESTING.nothing  # noqa: B018 - looking it up is what is tried


@frozen(kw_only=True)
class Site(Checked):
    """A record of somebody who embeds the library."""

    seats: Annotated[int, AtLeast(1), AtMost(3)]
    hours: tuple[Annotated[int, AtLeast(0)], ...]
    days: Annotated[tuple[date, ...], NotEmpty()]
    share: Fraction
    level: Annotated[Level, "of the division"] | None = None


@laws
@given(st.from_type(Survey) | testing.strategy_of(Site))
def test_a_record_of_your_own_is_drawn_from_its_annotations(value: Site | Survey) -> None:
    assert isinstance(value, Survey) or (1 <= value.seats <= 3 and value.days)


# --- what is written and read again ----------------------------------------------------


@laws
@given(testing.registers())
def test_a_drawn_register_written_and_read_is_the_same(register: Register) -> None:
    assert register_from(through_json(dump_register(register))) == register


@settings(laws, max_examples=100)
@given(testing.instruments())
def test_a_drawn_instrument_written_and_read_is_the_same(instrument: Instrument) -> None:
    assert instrument_from(through_json(dump_instrument(instrument))) == instrument


@laws
@given(testing.overlays())
def test_a_drawn_overlay_written_and_read_is_the_same(overlay: Overlay) -> None:
    plain = {"format": "commed.overlay/1", **CONVERTER.unstructure(overlay)}
    assert overlay_from(through_json(plain)) == overlay


@laws
@given(testing.conditions())
def test_a_drawn_condition_written_and_read_is_the_same(condition: Condition) -> None:
    plain = CONVERTER.unstructure(condition, Condition)
    assert CONVERTER.structure(through_json(plain), Condition) == condition


RECORDS = [
    name for name in testing._records.__all__ if name not in {"problems", "evidence", "needs"}
]


@pytest.mark.parametrize("name", RECORDS)
def test_a_drawn_record_written_and_read_is_the_same(name: str) -> None:
    @few
    @given(strategy(name))
    def law(value: object) -> None:
        plain = through_json(CONVERTER.unstructure(value))
        assert CONVERTER.structure(plain, type(value)) == value

    law()


@laws
@given(testing.documents())
def test_a_drawn_document_is_read(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document
    assert dump_register(register_from(document))["format"] == document["format"]


# --- what is asked for is drawn --------------------------------------------------------


@laws
@given(testing.registers(divisions=1, events=0, others=0))
def test_a_register_may_be_asked_to_be_empty(register: Register) -> None:
    assert [division.level for division in register.divisions] == [Level.COUNTY]
    for collection in set(Collection) - {Collection.DIVISIONS, Collection.ATTENDANCES}:
        assert getattr(register, collection.value) == ()


@laws
@given(testing.registers(divisions=3, events=2, others=1, learners=2))
def test_a_register_has_the_sizes_that_are_asked_for(register: Register) -> None:
    assert len(register.divisions) <= 3
    assert len(register.events) <= 2
    assert len(register.workstations) <= 1
    assert len({who.learner for event in register.events for who in event.attendances}) <= 2


@laws
@given(testing.registers(complete=True), testing.registers(complete=False))
def test_a_register_is_as_complete_as_asked(whole: Register, part: Register) -> None:
    assert {claim.collection for claim in whole.complete} == set(Collection)
    assert part.complete == ()


@laws
@given(testing.registers(during=Period.year(2020)))
def test_events_lie_in_the_period_that_is_asked_for(register: Register) -> None:
    assert all(event.date in Period.year(2020) for event in register.events)


@pytest.mark.exhaustive
def test_every_indicator_has_some_register_that_tells_something_of_it() -> None:
    told: set[str] = set()

    @settings(deadline=None, max_examples=200, derandomize=True, database=None)
    @given(testing.registers(complete=True))
    def gather(register: Register) -> None:
        for indicator, measured in measure_all(register, period=Period.year(2018)).items():
            if measured.value is not None and measured.value.low:
                told.add(indicator)

    gather()
    narrowed_only = {"funds-budgeted-share", "funds-paid-share"}
    assert len(set(catalogue()) - told - narrowed_only) <= 5


def depth(condition: Condition) -> int:
    parts = [getattr(condition, name, None) for name in ("condition", "then")]
    below = [*getattr(condition, "conditions", ()), *(part for part in parts if part is not None)]
    return 1 + max(map(depth, below)) if below else 0


@laws
@given(testing.conditions(depth=1, indicators=["learning-teams"]))
def test_a_condition_is_as_deep_as_asked_and_asks_for_these_indicators(
    condition: Condition,
) -> None:
    assert depth(condition) <= 1
    asked = {leaf.indicator for leaf in leaves(condition) if isinstance(leaf, IndicatorCompares)}
    assert asked <= {"learning-teams"}


def test_conditions_are_trees() -> None:
    assert depth(find(testing.conditions(depth=3), lambda each: depth(each) == 3)) == 3
    assert isinstance(find(testing.conditions(), lambda each: isinstance(each, When)), When)
    assert isinstance(find(testing.conditions(), lambda each: isinstance(each, AllOf)), AllOf)


@laws
@given(testing.instruments(duties=3), testing.instruments(provisions=0))
def test_an_instrument_has_the_duties_that_are_asked_for(
    full: Instrument, bare: Instrument
) -> None:
    assert len(list(full.obligations)) >= 3
    assert bare.provisions == ()


@laws
@given(testing.registers(), testing.instruments(duties=1), st.dates(date(2018, 1, 1)))
def test_whatever_is_drawn_can_be_judged(
    register: Register, instrument: Instrument, on: date
) -> None:
    assert assess(register, instrument, on=on).findings


@laws
@given(testing.intervals(exact=True), testing.intervals(exact=False, bounded=True))
def test_an_interval_is_as_exact_as_asked(exact: Interval, wide: Interval) -> None:
    assert exact.is_exact
    assert not wide.is_exact
    assert wide.is_bounded


@laws
@given(testing.intervals(ends=st.integers(3, 4)))
def test_the_ends_of_an_interval_are_those_asked_for(interval: Interval) -> None:
    assert {interval.low, interval.high} <= {None, 3, 4, 5}


@laws
@given(
    testing.quantities(unit=Unit.TEAMS, exact=True),
    testing.quantities(unit=testing.units(counting=True), exact=False),
    testing.quantities(),
)
def test_a_quantity_has_the_unit_that_is_asked_for(
    teams: Quantity, counted: Quantity, any_one: Quantity
) -> None:
    assert teams.unit is Unit.TEAMS
    assert teams.interval.is_exact
    assert counted.unit.is_count
    assert not counted.interval.is_exact
    assert any_one.interval.low is not None
    assert any_one.interval.low >= 0


@pytest.mark.parametrize("level", Level)
def test_a_code_is_of_the_level_that_is_asked_for(level: Level) -> None:
    @few
    @given(testing.division_codes(level=level))
    def law(code: DivisionCode) -> None:
        assert code.level is level

    law()


@laws
@given(testing.periods(within=Period.year(2018)), testing.days(first=date(2099, 12, 1)))
def test_spans_and_days_lie_where_they_are_asked_for(span: Period, day: date) -> None:
    assert span.within(Period.year(2018))
    assert day >= date(2099, 12, 1)


@laws
@given(
    testing.recurrences(first=st.just(date(2018, 6, 1)), rule=st.just("FREQ=DAILY")),
    testing.activity_plans(sessions=testing.recurrences(first=st.just(date.max))),
)
def test_a_recurrence_has_the_rule_and_the_days_that_are_asked_for(
    daily: Recurrence, plan: commed.ActivityPlan
) -> None:
    assert daily.rule == "FREQ=DAILY"
    assert plan.sessions.first == date.max


# --- a field of one's own --------------------------------------------------------------


@laws
@given(
    st.tuples(
        testing.learning_events(minutes=st.just(90), plan=st.none()),
        testing.organisations(kind=st.just(OrganisationKind.SCHOOL)),
        testing.divisions(id=st.just("510112")),
        testing.divisions(id=testing.division_codes()),
        testing.surveys(positive=st.just(3)),
        testing.surveys(share=st.just("80%")),
        testing.reported_figures(indicator=st.just("learning-teams")),
        testing.obligations(readings=st.just(())),
        testing.obligations(condition=st.none()),
        testing.obligations(condition=testing.conditions(depth=0)),
        testing.provisions(obligations=st.tuples(testing.obligations())),
    )
)
def test_a_field_is_drawn_from_the_strategy_given_for_it(drawn: tuple[Any, ...]) -> None:
    event, school, home, other, counted, shared, figure, duty, read, judged, lays_down = drawn
    assert event.minutes == 90
    assert event.planned_for is None
    assert school.kind is OrganisationKind.SCHOOL
    assert home.level is Level.COUNTY
    assert other.code is not None
    assert counted.positive == 3
    assert shared.positive is None
    assert figure.quantity.unit is Unit.TEAMS
    assert duty.condition is not None
    assert read.readings
    assert depth(judged.condition) == 0
    assert lays_down.obligations


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"minutes": st.just(0)}, "minutes"),
        ({"division": st.none(), "workstation": st.none()}, ""),
        ({"plan": st.none(), "planned_for": testing.days()}, "planned_for"),
    ],
)
def test_what_is_given_and_cannot_be_is_told(fields: dict[str, Any], path: str) -> None:
    @few
    @given(testing.learning_events(**fields))
    def law(_: LearningEvent) -> None: ...

    with pytest.raises(InvalidValue) as caught:
        law()
    assert [problem.path for problem in caught.value.problems] == [path]
