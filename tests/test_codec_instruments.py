"""Instruments: what is written and read again is what it was."""

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import dump_instrument, instrument_from, read_json
from commed.codec.digests import digest
from commed.compliance.possibility import idle_parts
from commed.indicators import catalogue
from commed.indicators.dimensions import FIXED, TIMES
from commed.labels import Label
from commed.law.conditions import (
    NODES,
    AllOf,
    Amendment,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    ConferenceMembers,
    ConferenceOffice,
    DocumentIssued,
    EventInWindow,
    EveryDivisionHas,
    HonourAwarded,
    IndicatorCompares,
    IndicatorGrows,
    InspectionHeld,
    Narrowing,
    Not,
    Operator,
    OrganisationExists,
    When,
)
from commed.law.conditions import leaves as parts_of
from commed.law.instrument import (
    Bearer,
    Gap,
    Instrument,
    Modality,
    Obligation,
    Provision,
    Reading,
)
from commed.places import Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.organisations import (
    OrganisationKind,
)
from commed.records.statements import (
    DocumentKind,
    Topic,
)
from commed.sources import Source, TextStatus
from commed.windows import LastWeek, Span
from commed.wording import parse_quantity

laws = settings(deadline=None, max_examples=40)
DAY = date(2018, 6, 1)

signs = "甲近40余万人%./-\"'\\{}[]: \u3000é😀ﬁ\u200d"
texts = st.text(signs, min_size=1, max_size=4).filter(lambda text: text == text.strip())
labels = st.builds(Label, zh=texts, en=texts)
numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def several(values: st.SearchStrategy[Any], **more: Any) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2, **more)


def source(key: str) -> st.SearchStrategy[Source]:
    return st.builds(
        Source,
        id=st.just(key),
        title=texts,
        status=st.sampled_from(TextStatus),
        address=maybe(texts),
        published_on=maybe(st.just(DAY)),
        note=maybe(texts),
    )


# --- instruments -----------------------------------------------------------------------


def comparisons(indicator: str) -> st.SearchStrategy[Condition]:
    unit = catalogue()[indicator].unit
    exact = st.builds(Quantity, numbers.map(Interval.exactly), st.just(unit))
    in_words = st.sampled_from(["3", "1万", "百分之二" if unit is Unit.RATIO else "两百"])
    thresholds = exact | in_words.map(lambda text: parse_quantity(text, unit=unit))
    days = st.dates(date(2019, 1, 1), date(2019, 12, 31))
    dimensions = st.sampled_from(
        [name for name in catalogue()[indicator].dimensions if name not in {*TIMES, *FIXED}]
    )
    narrowings = st.lists(
        st.builds(Narrowing, dimension=dimensions, key=texts),
        max_size=2,
        unique_by=lambda each: each.dimension,
    )
    return st.builds(
        IndicatorGrows,
        indicator=st.just(indicator),
        years=st.integers(1, 9),
        strictly=st.booleans(),
        where=narrowings,
    ) | st.builds(
        IndicatorCompares,
        where=narrowings,
        indicator=st.just(indicator),
        operator=st.sampled_from(Operator),
        threshold=thresholds,
        amended=several(
            st.builds(Amendment, since=days, threshold=thresholds, source=maybe(st.just("text"))),
            unique_by=lambda each: each.since,
        ).map(lambda found: sorted(found, key=lambda each: each.since)),
    )


kinds = st.lists(st.sampled_from(OrganisationKind), min_size=1, max_size=2)
levels = st.sampled_from(Level)
leaves = st.one_of(
    st.builds(OrganisationExists, kinds=kinds, level=maybe(levels)),
    st.builds(OrganisationExists, kinds=kinds, anywhere=st.booleans()),
    st.builds(EveryDivisionHas, level=levels, kinds=kinds),
    st.sampled_from(sorted(catalogue())).flatmap(comparisons),
    st.builds(
        DocumentIssued,
        kind=st.sampled_from(DocumentKind),
        topic=maybe(st.sampled_from(Topic)),
        yearly=st.booleans(),
        published=st.booleans(),
        within=maybe(st.builds(Span, years=st.integers(0, 9), days=st.integers(1, 99))),
    ),
    st.builds(ConferenceMembers, names=st.lists(texts, min_size=1, max_size=3, unique=True)),
    st.builds(ConferenceOffice, name=texts),
    st.builds(HonourAwarded, title=maybe(texts), own=st.booleans(), yearly=st.booleans()),
    st.builds(InspectionHeld, instrument=maybe(texts), yearly=st.booleans()),
    st.builds(
        EventInWindow,
        month=st.integers(1, 12),
        week=st.sampled_from(LastWeek),
        theme=maybe(texts),
    ),
    st.builds(Attested, question=maybe(texts)),
)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    lists = st.lists(parts, min_size=1, max_size=2)
    return st.one_of(
        st.builds(AllOf, conditions=lists),
        st.builds(AnyOf, conditions=lists),
        st.builds(Not, condition=parts),
        st.builds(When, condition=parts, then=parts),
        st.builds(AtLeastOf, count=st.just(1), conditions=st.lists(parts, min_size=1, max_size=2)),
    )


def judges(condition: Condition) -> bool:
    return not list(idle_parts(condition))


conditions = st.recursive(leaves.filter(judges), combined, max_leaves=4).filter(judges)


def readings(key: str) -> st.SearchStrategy[Reading]:
    return st.builds(Reading, id=st.just(key), label=labels, condition=conditions)


def bearers(*judged: Condition) -> st.SearchStrategy[Bearer]:
    """Draw bearers that none of the levels asked of lies above."""
    asked = {
        leaf.level
        for condition in judged
        for leaf in parts_of(condition)
        if isinstance(leaf, OrganisationExists | EveryDivisionHas) and leaf.level is not None
    }
    reach = [level for level in Level if not any(one.is_above(level) for one in asked)]
    return st.builds(Bearer, name=labels, levels=several(st.sampled_from(reach)))


def duties(key: str) -> st.SearchStrategy[Obligation]:
    said: dict[str, Any] = {
        "id": st.just(key),
        "duty": labels,
        "modality": st.sampled_from(Modality),
        "source": maybe(st.just("text")),
        "note": maybe(labels),
    }
    two = st.tuples(readings("every"), readings("some"))
    return conditions.flatmap(
        lambda one: st.builds(Obligation, condition=st.just(one), bearer=bearers(one), **said)
    ) | two.flatmap(
        lambda read: st.builds(
            Obligation,
            readings=st.just(read),
            bearer=bearers(*(each.condition for each in read)),
            **said,
        )
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


# --- the laws ---


def through_json(plain: dict[str, Any]) -> Any:
    return read_json(json.dumps(plain, ensure_ascii=False, allow_nan=False))


@laws
@given(instruments)
def test_an_instrument_written_and_read_is_the_same(law: Instrument) -> None:
    assert instrument_from(through_json(dump_instrument(law))) == law


@laws
@given(instruments, instruments)
def test_instruments_that_differ_have_another_digest(one: Instrument, other: Instrument) -> None:
    assert (digest(one) == digest(other)) is (dump_instrument(one) == dump_instrument(other))


def test_every_node_is_among_the_drawn() -> None:
    own = {node for node in NODES.values() if node.__module__.startswith("commed.law.")}
    assert own == {
        AtLeastOf,
        EventInWindow,
        IndicatorGrows,
        When,
        OrganisationExists,
        EveryDivisionHas,
        IndicatorCompares,
        DocumentIssued,
        Attested,
        ConferenceMembers,
        ConferenceOffice,
        HonourAwarded,
        InspectionHeld,
        AllOf,
        AnyOf,
        Not,
    }
