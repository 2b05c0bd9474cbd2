"""Documents: what is written and read again is what it was."""

import json
import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import (
    digest,
    dump_instrument,
    dump_register,
    instrument_from,
    read_json,
    register_from,
)
from commed.errors import CommedError
from commed.indicators import catalogue
from commed.labels import Label
from commed.law.conditions import (
    NODES,
    AllOf,
    AnyOf,
    Attested,
    Condition,
    DocumentIssued,
    EveryDivisionHas,
    IndicatorCompares,
    Not,
    Operator,
    OrganisationExists,
)
from commed.law.instrument import (
    Bearer,
    Gap,
    Instrument,
    Modality,
    Obligation,
    Provision,
    Reading,
)
from commed.loading import example, instrument
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.inspections import Inspection, Recommendation
from commed.records.learning import Attendance, Headcount, LearningEvent, LearningTeam, Mode
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import Population, PopulationBase
from commed.records.statements import (
    Attestation,
    Document,
    DocumentKind,
    Honour,
    ReportedFigure,
    Topic,
)
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.wording import WordingConvention, parse_quantity

laws = settings(deadline=None, max_examples=100)
DIVISIONS = ("510112", "510112001", "village", "adrift")
BODIES = ("centre", "bureau", "station", "conference")
SOURCES, TEAMS = ("report", "notice"), ("readers",)
DAY = date(2018, 6, 1)

signs = st.characters(exclude_categories=["Cc", "Cs"])
texts = st.text(signs, min_size=1, max_size=6).filter(lambda text: text == text.strip())
labels = st.builds(Label, zh=texts, en=texts)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
spans = st.integers(0, 800).map(lambda days: timedelta(days))
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


times = st.sampled_from(
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
    attendances=st.lists(texts, max_size=2, unique=True).map(lambda keys: map(Attendance, keys)),
    headcount=maybe(
        st.builds(Headcount, st.just(Quantity(Interval(2, None), Unit.PERSONS, "两人以上")))
        | st.builds(Headcount, st.integers(2, 99))
    ),
)
populations = st.builds(
    Population,
    division=divisions,
    on=days,
    persons=persons,
    base=st.sampled_from(PopulationBase),
    **noted,
)


@st.composite
def reported(draw: st.DrawFn) -> ReportedFigure:
    indicator = draw(maybe(st.sampled_from(sorted(catalogue()))))
    units = st.sampled_from(Unit) if indicator is None else st.just(catalogue()[indicator].unit)
    when = draw(st.sampled_from([{"yearly": True}, {"period": Period.year(2018)}, {}]))
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


registers = st.builds(
    Register,
    jurisdiction=st.just("510112"),
    sources=st.tuples(*map(source, SOURCES)),
    divisions=st.tuples(
        st.builds(Division, id=st.just("510112"), name=texts),
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
    organisations=st.tuples(
        standing(Organisation, "centre", kind=organisations),
        standing(Organisation, "bureau", kind=organisations),
    ),
    workstations=st.tuples(workstations),
    joint_conferences=st.tuples(conferences),
    teams=st.tuples(teams),
    events=up_to_one(events),
    populations=up_to_one(populations),
    reported_figures=up_to_one(reported()),
    documents=up_to_one(documents),
    attestations=up_to_one(attestations),
    honours=up_to_one(honours),
    inspections=up_to_one(inspections),
    complete=several(claims),
)


# --- instruments -----------------------------------------------------------------------


def comparisons(indicator: str) -> st.SearchStrategy[Condition]:
    unit = catalogue()[indicator].unit
    exact = st.builds(Quantity, numbers.map(Interval.exactly), st.just(unit))
    in_words = st.sampled_from(["3", "1万", "百分之二" if unit is Unit.RATIO else "两百"])
    return st.builds(
        IndicatorCompares,
        indicator=st.just(indicator),
        operator=st.sampled_from(Operator),
        threshold=exact | in_words.map(lambda text: parse_quantity(text, unit=unit)),
    )


kinds = st.lists(st.sampled_from(OrganisationKind), min_size=1, max_size=2)
levels = st.sampled_from(Level)
leaves = st.one_of(
    st.builds(OrganisationExists, kinds=kinds, level=maybe(levels)),
    st.builds(OrganisationExists, kinds=kinds, anywhere=st.booleans()),
    st.builds(EveryDivisionHas, level=levels, kinds=kinds),
    st.sampled_from(sorted(catalogue())).flatmap(comparisons),
    st.builds(
        DocumentIssued, kind=st.sampled_from(DocumentKind), topic=maybe(st.sampled_from(Topic))
    ),
    st.builds(Attested, question=maybe(texts)),
)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    lists = st.lists(parts, min_size=1, max_size=2)
    return st.one_of(
        st.builds(AllOf, conditions=lists),
        st.builds(AnyOf, conditions=lists),
        st.builds(Not, condition=parts),
    )


conditions = st.recursive(leaves, combined, max_leaves=4)


def readings(key: str) -> st.SearchStrategy[Reading]:
    return st.builds(Reading, id=st.just(key), label=labels, condition=conditions)


def duties(key: str) -> st.SearchStrategy[Obligation]:
    said: dict[str, Any] = {
        "id": st.just(key),
        "duty": labels,
        "bearer": st.builds(Bearer, name=labels, levels=several(levels)),
        "modality": st.sampled_from(Modality),
        "source": maybe(st.just("text")),
        "note": maybe(labels),
    }
    two = st.tuples(readings("every"), readings("some"))
    return st.builds(Obligation, condition=conditions, **said) | st.builds(
        Obligation, readings=two, **said
    )


articles = st.integers(1, 99)
placed: dict[str, Any] = {
    "article": articles,
    "paragraph": maybe(articles),
    "item": maybe(articles),
    "summary": labels,
    "source": st.just("text"),
    "since": st.sampled_from([None, DAY]),
    "until": st.sampled_from([None, DAY]),
}
provisions = st.tuples(
    st.builds(Provision, obligations=st.tuples(duties("first"), duties("second")), **placed),
    st.builds(Provision, not_modelled=labels, **placed),
)
gaps = st.builds(Gap, from_article=st.just(7), to_article=maybe(st.integers(7, 99)), reason=labels)
instruments = st.builds(
    Instrument,
    id=texts,
    title=labels,
    jurisdiction=maybe(texts),
    since=st.just(DAY),
    since_source=maybe(st.just("text")),
    until=st.sampled_from([None, date(2030, 1, 1)]),
    sources=st.tuples(source("text")),
    provisions=provisions,
    gaps=several(gaps),
)


# --- the laws --------------------------------------------------------------------------


def through_json(plain: dict[str, Any]) -> Any:
    return read_json(json.dumps(plain, ensure_ascii=False, allow_nan=False))


@laws
@given(registers)
def test_a_register_written_and_read_is_the_same(register: Register) -> None:
    assert register_from(through_json(dump_register(register))) == register


@laws
@given(instruments)
def test_an_instrument_written_and_read_is_the_same(law: Instrument) -> None:
    assert instrument_from(through_json(dump_instrument(law))) == law


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


@laws
@given(instruments, instruments)
def test_instruments_that_differ_have_another_digest(one: Instrument, other: Instrument) -> None:
    assert (digest(one) == digest(other)) is (dump_instrument(one) == dump_instrument(other))


# --- the packaged documents ------------------------------------------------------------


def test_the_packaged_documents_come_through_unchanged() -> None:
    register, law = example("longquanyi-2019"), instrument("cn-chengdu-2017")
    assert register_from(through_json(dump_register(register))) == register
    assert instrument_from(through_json(dump_instrument(law))) == law


def test_a_document_says_its_format_and_leaves_out_what_is_not_known() -> None:
    plain = dump_register(example("longquanyi-2019"))
    assert plain["format"] == "commed.register/1"
    assert "complete" not in plain
    assert plain["reported_figures"][0]["quantity"] == "40余支"
    assert dump_instrument(instrument("cn-chengdu-2017"))["format"] == "commed.instrument/1"


def test_a_digest_is_hexadecimal_and_of_the_value_not_of_the_object() -> None:
    register = example("longquanyi-2019")
    assert len(digest(register)) == 64
    assert int(digest(register), 16) > 0
    assert digest(evolve(register)) == digest(register)


@pytest.mark.parametrize(
    "change",
    [
        {"honours": ()},
        {"complete": [Collection.TEAMS]},
        {"populations": [Population(division="510112", on=DAY, persons=1)]},
    ],
)
def test_a_change_changes_the_digest(change: dict[str, Any]) -> None:
    register = example("longquanyi-2019")
    assert digest(evolve(register, **change)) != digest(register)


# --- figures, one by one ---------------------------------------------------------------


def stated(quantity: Quantity) -> Register:
    lists: dict[str, Any] = {
        "divisions": [Division(id="510112", name="龙泉驿区")],
        "reported_figures": [
            ReportedFigure(id="f", about="数", quantity=quantity, division="510112", stated_on=DAY)
        ],
    }
    return Register(jurisdiction="510112", **lists)


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (parse_quantity("近10万人次"), "近10万人次"),
        (
            parse_quantity("近10人", convention=OWN),
            {
                "interval": {"low": 5, "high": 10, "high_closed": False},
                "unit": "persons",
                "wording": "近10人",
            },
        ),
        (
            Quantity(Interval(Fraction(1, 3), None), Unit.RATIO),
            {"interval": {"low": "1/3", "high": None, "high_closed": False}, "unit": "ratio"},
        ),
        (
            Quantity(Interval.exactly(-2), Unit.YUAN, "亏损两元"),
            {"interval": {"low": -2, "high": -2}, "unit": "yuan", "wording": "亏损两元"},
        ),
        (
            Quantity(Interval(None, None), Unit.NUMBER),
            {
                "interval": {
                    "low": None,
                    "high": None,
                    "low_closed": False,
                    "high_closed": False,
                },
                "unit": "number",
            },
        ),
    ],
)
def test_a_figure_is_written_in_words_only_where_they_say_it_all(
    quantity: Quantity, written: Any
) -> None:
    plain = dump_register(stated(quantity))
    assert plain["reported_figures"][0]["quantity"] == written
    assert register_from(through_json(plain)) == stated(quantity)


@pytest.mark.parametrize(
    ("persons", "written"),
    [
        (12, 12),
        ("12人", "12人"),
        ("12", "12"),
        ("近100人", "近100人"),
        (
            Quantity(Interval(5, 7), Unit.PERSONS),
            {"interval": {"low": 5, "high": 7}, "unit": "persons"},
        ),
    ],
)
def test_a_count_is_written_as_the_number_it_is(persons: Any, written: Any) -> None:
    lists: dict[str, Any] = {
        "divisions": [Division(id="510112", name="龙泉驿区")],
        "populations": [Population(division="510112", on=DAY, persons=persons)],
    }
    register = Register(jurisdiction="510112", **lists)
    plain = dump_register(register)
    assert plain["populations"][0]["persons"] == written
    assert register_from(through_json(plain)) == register


@pytest.mark.parametrize("number", [10**50, Fraction(1, 10**45), Fraction(10**41 + 1, 3)])
def test_a_number_however_long_comes_through(number: int | Fraction) -> None:
    register = stated(Quantity(Interval.exactly(number), Unit.YUAN))
    assert register_from(through_json(dump_register(register))) == register


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
    assert {field.name for field in fields(Register)} == {"jurisdiction", "complete"} | {
        collection.value for collection in Collection if collection is not Collection.ATTENDANCES
    }


def test_every_node_is_among_the_drawn() -> None:
    assert set(NODES.values()) == {
        OrganisationExists,
        EveryDivisionHas,
        IndicatorCompares,
        DocumentIssued,
        Attested,
        AllOf,
        AnyOf,
        Not,
    }
