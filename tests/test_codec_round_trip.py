"""Registers: what is written and read again is what it was."""

import json
import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import dump_register, read_json, register_from
from commed.codec.digests import digest
from commed.errors import CommedError
from commed.indicators import catalogue
from commed.labels import Label
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.inspections import Inspection, Recommendation
from commed.records.learning import (
    ActivityPlan,
    Attendance,
    Headcount,
    LearnerGroup,
    LearningEvent,
    LearningTeam,
    Mode,
)
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import (
    Funding,
    FundingStage,
    Population,
    PopulationBase,
    Staffing,
    StaffRole,
)
from commed.records.statements import (
    Attestation,
    Document,
    DocumentKind,
    Honour,
    ReportedFigure,
    Topic,
)
from commed.records.surveys import Survey, SurveyQuestion
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.wording import WordingConvention, parse_quantity

laws = settings(deadline=None, max_examples=40)
DIVISIONS = ("510112", "510112001", "village", "adrift")
BODIES = ("centre", "bureau", "station", "conference")
SOURCES, TEAMS = ("report", "notice"), ("readers",)
DAY = date(2018, 6, 1)

signs = "甲近40余万人%./-\"'\\{}[]: \u3000é😀ﬁ\u200d"
texts = st.text(signs, min_size=1, max_size=4).filter(lambda text: text == text.strip())
labels = st.builds(Label, zh=texts, en=texts)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
spans = st.integers(0, 800).map(timedelta)
periods = st.builds(lambda first, span: Period(first, first + span), days, spans)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2)


divisions, bodies = st.sampled_from(DIVISIONS), st.sampled_from(BODIES)
noted: dict[str, Any] = {"source": maybe(st.sampled_from(SOURCES)), "note": maybe(texts)}


# --- figures ---------------------------------------------------------------------------

OWN = WordingConvention(near=Fraction(1, 2), about=Fraction(1, 7), odd=Fraction(1, 3))
numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
WORDINGS = [
    "近10万人次",
    "40余支",
    "约3成",
    "百分之七",
    "1,200人",
    "３０至４０人",
    "两百所",
    "0.5%",
]


@st.composite
def intervals(draw: st.DrawFn, low: int | None = None) -> Interval:
    ends = numbers if low is None else numbers.map(abs)
    first, second = sorted([draw(ends), draw(ends)])
    if first == second:
        return Interval.exactly(first)
    lowest = first if low is not None else draw(st.sampled_from([first, None]))
    highest = draw(st.sampled_from([second, None]))
    return Interval(lowest, highest, draw(st.booleans()), draw(st.booleans()))


def worded(unit: Unit) -> st.SearchStrategy[Quantity]:
    """Draw a figure in words, read by this library's convention or by another."""
    words = st.sampled_from(["近90", "约17", "40余", "不满3", "3至5", "11", "１２", "超过2万"])
    conventions = st.sampled_from([WordingConvention(), OWN])
    return st.builds(
        lambda text, convention: parse_quantity(text, unit=unit, convention=convention),
        words,
        conventions,
    )


def quantities(unit: st.SearchStrategy[Unit]) -> st.SearchStrategy[Quantity]:
    return unit.flatmap(
        lambda one: st.builds(Quantity, intervals(), st.just(one), maybe(texts)) | worded(one)
    )


def holds_a_count(quantity: Quantity) -> bool:
    try:
        quantity.interval.whole()
    except CommedError:
        return False
    return True


persons = st.one_of(
    st.integers(0, 10**6),
    worded(Unit.PERSONS),
    st.builds(Quantity, intervals(low=0), st.just(Unit.PERSONS), maybe(texts)).filter(
        holds_a_count
    ),
)


# --- records ---------------------------------------------------------------------------


def built(record: type, key: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(record, id=st.just(key), **noted, **values)


times: st.SearchStrategy[dict[str, date]] = st.sampled_from(
    [{}, {"since": DAY}, {"until": DAY}, {"seen": DAY}, {"since": DAY, "seen": DAY, "until": DAY}]
)


def standing(record: type, key: str, **values: Any) -> st.SearchStrategy[Any]:
    plain = built(record, key, name=texts, division=divisions, **values)
    return st.tuples(plain, times).map(lambda drawn: evolve(drawn[0], **drawn[1]))


organisations = st.sampled_from(
    [kind for kind in OrganisationKind if kind.value not in {"workstation", "joint-conference"}]
)
workstations = standing(
    Workstation,
    "station",
    venues=several(texts),
    opening_hours=maybe(texts),
    weekly_hours=maybe(st.integers(0, 168) | st.just("40余小时")),
    demonstration=maybe(st.booleans()),
    themes=several(texts),
)
conferences = standing(
    JointConference,
    "conference",
    members=several(bodies),
    members_complete=st.booleans(),
    office_at=maybe(bodies),
)
teams = built(
    LearningTeam,
    "readers",
    name=maybe(texts),
    workstation=bodies,
    division=maybe(divisions),
    themes=several(texts),
    since=st.sampled_from([None, DAY]),
    until=st.sampled_from([None, DAY]),
)
groups = maybe(st.lists(st.sampled_from(LearnerGroup), unique=True))
plans = built(
    ActivityPlan,
    "plan",
    sessions=st.builds(
        Recurrence,
        first=st.just(DAY),
        rule=maybe(st.just("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3")),
        also=several(days),
        without=several(days.filter(lambda day: day != DAY)),
    ),
    cancelled=st.sampled_from([[], [DAY]]),
    title=maybe(texts),
    workstation=maybe(bodies),
    division=divisions,
    team=maybe(st.just("readers")),
)
events = built(
    LearningEvent,
    "meeting",
    date=days,
    workstation=maybe(bodies),
    division=divisions,
    team=maybe(st.just("readers")),
    title=maybe(texts),
    minutes=maybe(st.integers(1, 600)),
    mode=maybe(st.sampled_from(Mode)),
    themes=several(texts),
    audience=maybe(texts),
    attendances=st.lists(
        st.builds(Attendance, texts, groups), max_size=2, unique_by=lambda who: who.learner
    ),
    headcount=maybe(
        st.builds(Headcount, st.just(Quantity(Interval(2, None), Unit.PERSONS, "两人以上")))
        | st.builds(Headcount, st.integers(2, 99))
    ),
    plan=st.just("plan"),
    planned_for=maybe(days),
)
populations = st.builds(
    Population,
    division=divisions,
    on=days,
    persons=persons,
    base=st.sampled_from(PopulationBase),
    group=maybe(st.sampled_from(LearnerGroup)),
    **noted,
)


fundings = built(
    Funding,
    "money",
    division=divisions,
    period=periods,
    amount=st.one_of(
        st.integers(0, 10**9),
        st.decimals(0, 10**6, places=2),
        worded(Unit.YUAN),
        st.builds(Quantity, intervals(low=0), st.just(Unit.YUAN), maybe(texts)),
    ),
    stage=st.sampled_from(FundingStage),
    origin=maybe(st.sampled_from(Level)),
    use=maybe(texts),
)
staffings = built(
    Staffing,
    "staff",
    on=days,
    role=st.sampled_from(StaffRole),
    persons=persons,
    organisation=maybe(bodies),
    division=divisions,
    training_days=maybe(st.integers(0, 400)),
)
answers: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"positive": 3, "answered": 4},
        {"positive": 0, "answered": 4, "asked": 5},
        {"share": "80%以上"},
        {"share": Fraction(1, 3), "answered": 7},
        {"share": Quantity(Interval(0, 1, low_closed=False), Unit.RATIO, "多数")},
    ]
)
surveys = st.builds(
    lambda answer, **fields: Survey(**answer, **fields),
    answers,
    id=st.just("survey"),
    division=divisions,
    on=days,
    question=st.sampled_from(SurveyQuestion),
    by=maybe(bodies),
    **noted,
)


@st.composite
def reported(draw: st.DrawFn) -> ReportedFigure:
    indicator = draw(maybe(st.sampled_from(sorted(catalogue()))))
    units = st.sampled_from(Unit) if indicator is None else st.just(catalogue()[indicator].unit)
    when: dict[str, Any] = draw(
        st.sampled_from([{"yearly": True}, {"period": Period.year(2018)}, {}])
    )
    figure: ReportedFigure = draw(
        built(
            ReportedFigure,
            "figure",
            about=texts,
            quantity=quantities(units),
            indicator=st.just(indicator),
            division=divisions,
            organisations=several(bodies),
            stated_on=days,
            stated_by=maybe(bodies),
        )
    )
    return evolve(figure, **when)


documents = built(
    Document,
    "paper",
    title=texts,
    kind=st.sampled_from(DocumentKind),
    division=divisions,
    issued_on=days,
    issued_by=maybe(bodies),
    period=maybe(periods),
    topics=several(st.sampled_from(Topic)),
    topics_complete=st.booleans(),
)
attestations = built(
    Attestation,
    "word",
    instrument=texts,
    duty=texts,
    division=divisions,
    holds=st.booleans(),
    on=st.just(DAY),
    by=maybe(bodies),
    until=st.sampled_from([None, DAY]),
    statement=maybe(texts),
)
honours = built(
    Honour,
    "title",
    title=texts,
    division=maybe(divisions),
    organisation=bodies,
    awarded_on=maybe(days),
    awarded_by=maybe(bodies),
)
inspections = built(
    Inspection,
    "visit",
    on=days,
    instrument=texts,
    division=divisions,
    inspector=bodies,
    inspected=bodies,
    inspectors=maybe(st.integers(1, 99)),
    sites=several(bodies),
    attended_by=several(bodies),
    reports=several(texts),
    recommendations=several(st.builds(Recommendation, text=texts)),
    direction=several(texts),
)
claims = st.sampled_from(Collection).flatmap(
    lambda collection: st.builds(
        Completeness,
        collection=st.just(collection),
        division=maybe(divisions),
        period=maybe(periods),
        level=maybe(st.sampled_from(Level)) if collection is Collection.DIVISIONS else st.none(),
    )
)


def source(key: str) -> st.SearchStrategy[Source]:
    return st.builds(
        Source,
        id=st.just(key),
        title=texts,
        status=st.sampled_from(TextStatus),
        address=maybe(texts),
        published_on=maybe(days),
        note=maybe(texts),
    )


def up_to_one(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=1)


LISTS: dict[str, st.SearchStrategy[Any]] = {
    "sources": st.tuples(*map(source, SOURCES)),
    "divisions": st.tuples(
        st.builds(Division, id=st.just("510112"), name=texts, since=maybe(st.just(DAY))),
        st.builds(Division, id=st.just("510112001"), name=texts, within=maybe(st.just("510112"))),
        st.builds(
            Division,
            id=st.just("village"),
            name=texts,
            level=st.just(Level.COMMUNITY),
            within=st.just("510112001"),
        ),
        st.builds(Division, id=st.just("adrift"), name=texts, level=st.just(Level.TOWNSHIP)),
    ),
    "organisations": st.tuples(
        standing(Organisation, "centre", kind=organisations),
        standing(Organisation, "bureau", kind=organisations),
    ),
    "workstations": st.tuples(workstations),
    "joint_conferences": st.tuples(conferences),
    "teams": st.tuples(teams),
    "plans": st.tuples(plans),
    "events": up_to_one(events),
    "populations": up_to_one(populations),
    "fundings": up_to_one(fundings),
    "staffings": up_to_one(staffings),
    "surveys": up_to_one(surveys),
    "reported_figures": up_to_one(reported()),
    "documents": up_to_one(documents),
    "attestations": up_to_one(attestations),
    "honours": up_to_one(honours),
    "inspections": up_to_one(inspections),
    "complete": several(claims),
}
registers = st.builds(Register, jurisdiction=st.just("510112"), **LISTS)


# --- the laws ---


def through_json(plain: dict[str, Any]) -> Any:
    return read_json(json.dumps(plain, ensure_ascii=False, allow_nan=False))


@laws
@given(registers)
def test_a_register_written_and_read_is_the_same(register: Register) -> None:
    assert register_from(through_json(dump_register(register))) == register


@laws
@given(registers)
def test_writing_what_was_read_writes_the_same(register: Register) -> None:
    plain = dump_register(register)
    assert dump_register(register_from(through_json(plain))) == plain


@laws
@given(registers)
def test_a_figure_keeps_its_words_and_its_exact_ends(register: Register) -> None:
    again = register_from(through_json(dump_register(register)))
    for before, after in zip(register.reported_figures, again.reported_figures, strict=True):
        assert after.quantity.wording == before.quantity.wording
        assert after.quantity.interval == before.quantity.interval
    for one, other in zip(register.populations, again.populations, strict=True):
        assert other.persons.wording == one.persons.wording
    for paid, read in zip(register.fundings, again.fundings, strict=True):
        assert read.amount.wording == paid.amount.wording


def shuffled(node: Any, order: random.Random) -> Any:
    if isinstance(node, dict):
        keys = list(node)
        order.shuffle(keys)
        return {key: shuffled(node[key], order) for key in keys}
    return [shuffled(part, order) for part in node] if isinstance(node, list | tuple) else node


@laws
@given(registers, st.randoms())
def test_the_order_of_keys_changes_no_digest(register: Register, order: random.Random) -> None:
    again = register_from(shuffled(dump_register(register), order))
    assert digest(again) == digest(register)


@laws
@given(registers, registers)
def test_what_differs_has_another_digest(one: Register, other: Register) -> None:
    assert (digest(one) == digest(other)) is (dump_register(one) == dump_register(other))


# --- nothing is left out ---------------------------------------------------------------


def test_a_workstation_among_the_organisations_is_refused_or_comes_through() -> None:
    lists: dict[str, Any] = {
        "divisions": [Division(id="510112", name="龙泉驿区")],
        "organisations": [Workstation(id="w", name="站", division="510112", opening_hours="9-17")],
    }
    try:
        register = Register(jurisdiction="510112", **lists)
    except CommedError:
        return
    assert register_from(through_json(dump_register(register))) == register


def test_every_list_of_a_register_is_among_the_drawn() -> None:
    assert {field.name for field in fields(Register)} == {"jurisdiction", *LISTS}
