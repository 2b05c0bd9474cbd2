"""Strategies for the law as data: conditions, duties, provisions, instruments, overlays."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

from attrs import evolve
from hypothesis import strategies as st

from commed.checks import field_types, unwrapped
from commed.compliance.possibility import idle_parts
from commed.indicators import Definition, catalogue, definition
from commed.indicators.dimensions import FIXED, TIMES
from commed.labels import Label
from commed.law.conditions import (
    NODES,
    Amendment,
    AtLeastOf,
    Condition,
    Conditions,
    ConferenceMembers,
    EveryDivisionHas,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    OrganisationExists,
    leaves,
)
from commed.law.instrument import (
    Bearer,
    Gap,
    Instrument,
    LawKey,
    Obligation,
    Provision,
    Reading,
)
from commed.law.overlay import Overlay
from commed.quantities import Quantity
from commed.references import Collection
from commed.sources import Source
from commed.testing._pens import TEXTS, Pen, drawn_by, strategy_for, told_together
from commed.windows import Span

__all__ = [
    "INSTRUMENTS",
    "amendments",
    "bearers",
    "conditions",
    "gaps",
    "instruments",
    "narrowings",
    "obligations",
    "overlays",
    "provisions",
    "readings",
]

_SPANS = {"month": "2018-{:02}", "quarter": "2018-Q{}", "year": "20{:02}"}
_QUARTERS = 4
_SHARES = st.integers(1, 19).map(lambda number: Fraction(number, 20))
_MOST = 2000
_ALL = tuple(sorted(catalogue()))


# --- conditions ------------------------------------------------------------------------


def conditions(*, depth: int = 2, indicators: Sequence[str] = ()) -> st.SearchStrategy[Condition]:
    """Draw conditions (条件): trees of every known node, your own included.

    Above a leaf stand at most `depth` nodes. Thresholds are in the unit of their indicator, and
    it is narrowed to what it can be narrowed to. Only these `indicators` are asked for, where
    any are named.
    """
    return _conditions(depth, tuple(indicators))


@st.composite
def _conditions(draw: st.DrawFn, depth: int, indicators: tuple[str, ...]) -> Condition:
    condition: Condition = Pen(draw=draw, depth=depth, indicators=indicators).of(Condition)
    return condition


@drawn_by(Condition)
def _condition(pen: Pen) -> Any:
    nodes = tuple(NODES.values())
    if pen.depth == 0 or pen.yes():
        nodes = tuple(node for node in nodes if not _holds_others(node))
    return evolve(pen, depth=max(pen.depth - 1, 0)).of(pen.one_of(nodes))


def _holds_others(node: type) -> bool:
    return any(
        Condition in {annotation, *get_args(unwrapped(annotation))}
        for annotation in field_types(node).values()
    )


@told_together(Span)
def _span(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell some time, if it is but days."""
    return {} if any(known.values()) else {"days": pen.number(1, 90)}


@told_together(ConferenceMembers)
def _members(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    names = {pen.draw(TEXTS) for _ in range(pen.number(1, 3))}
    return {"names": tuple(sorted(names))}


@told_together(AtLeastOf)
def _at_least_of(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    parts = known.get("conditions") or pen.of(Conditions)
    return {"conditions": parts, "count": pen.number(1, len(parts))}


@told_together(IndicatorCompares)
def _compares(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    asked = definition(known.get("indicator") or pen.one_of(pen.indicators or _ALL))
    changes = sorted({pen.draw(pen.days) for _ in range(pen.number(0, 2))})
    return {
        "indicator": asked.id,
        "threshold": _threshold(pen, asked),
        "amended": tuple(
            pen.built(Amendment, since=day, threshold=_threshold(pen, asked)) for day in changes
        ),
        "where": _narrowed(pen, asked.dimensions),
    }


def _threshold(pen: Pen, asked: Definition) -> Quantity:
    """Draw a threshold that the indicator may lie above and below."""
    part = pen.draw(_SHARES)
    low = asked.within.low or Fraction(0)
    high = low + _MOST if asked.within.high is None else asked.within.high
    return Quantity.exactly(low + part * (high - low), asked.unit)


@told_together(IndicatorGrows)
def _grows(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    asked = definition(known.get("indicator") or pen.one_of(pen.indicators or _ALL))
    timeless = tuple(name for name in asked.dimensions if name not in TIMES)
    return {"indicator": asked.id, "where": _narrowed(pen, timeless)}


def _narrowed(pen: Pen, dimensions: tuple[str, ...]) -> tuple[Narrowing, ...]:
    chosen = {pen.one_of(dimensions) for _ in range(pen.number(0, 2)) if dimensions}
    return tuple(Narrowing(dimension=name, key=_key(pen, name)) for name in sorted(chosen))


def _key(pen: Pen, dimension: str) -> str:
    if dimension in FIXED:
        return str(pen.one_of(FIXED[dimension]).value)
    if dimension in _SPANS:
        return _SPANS[dimension].format(pen.number(1, _QUARTERS))
    return str(pen.draw(TEXTS))


# --- duties, provisions, instruments ---------------------------------------------------


@told_together(Obligation)
def _obligation(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell one condition, or two readings; and a bearer whom they can be asked of."""
    condition, readings = known.get("condition"), known.get("readings", ())
    if condition is None and not readings:
        if "readings" in known or ("condition" not in known and pen.yes()):
            condition = _judging(pen)
        else:
            readings = tuple(pen.built(Reading, id=f"reading-{number}") for number in (1, 2))
    asked = [condition] if condition is not None else [each.condition for each in readings]
    return {
        "condition": condition,
        "readings": readings,
        "bearer": _bearer(pen, [leaf for each in asked for leaf in leaves(each)]),
    }


@told_together(Reading)
def _reading(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    return {"condition": _judging(pen)}


def _judging(pen: Pen) -> Condition:
    """Draw a condition that may hold and may fail: if the whole cannot, a leaf of it can."""
    condition: Condition = pen.of(Condition)
    return next(leaves(condition)) if any(idle_parts(condition)) else condition


def _bearer(pen: Pen, asked: list[Condition]) -> Bearer:
    """Draw a bearer whose levels are not all below one that is asked of."""
    bearer: Bearer = pen.of(Bearer)
    levels = [
        leaf.level for leaf in asked if isinstance(leaf, EveryDivisionHas | OrganisationExists)
    ]
    too_high = (level is not None and all(map(level.is_above, bearer.levels)) for level in levels)
    return evolve(bearer, levels=()) if any(too_high) else bearer


@told_together(Provision)
def _provision(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell duties, or why there is none."""
    if "obligations" in known or ("not_modelled" not in known and pen.yes()):
        name = pen.draw(TEXTS)
        duties = (pen.built(Obligation, id=f"{name}-{n}") for n in range(pen.number(1, 2)))
        return {"obligations": tuple(duties), "not_modelled": None}
    return {"obligations": (), "not_modelled": pen.of(Label)}


def instruments(
    *, provisions: int = 4, duties: int = 0, depth: int = 2, indicators: Sequence[str] = ()
) -> st.SearchStrategy[Instrument]:
    """Draw instruments (法规、文件、标准) whose keys are unique and whose references lead on.

    They have at most so many `provisions`, and at least so many `duties` (of which one
    provision holds up to two); `depth` and `indicators` bound the conditions, as in
    `conditions`.
    """
    return _instruments(provisions, duties, depth, tuple(indicators))


@st.composite
def _instruments(
    draw: st.DrawFn, provisions: int, duties: int, depth: int, indicators: tuple[str, ...]
) -> Instrument:
    pen = Pen(draw=draw, depth=depth, indicators=indicators)
    since: date = pen.draw(pen.days)
    sources = tuple(pen.built(Source, id=f"source-{n}") for n in range(pen.number(1, 2)))
    keys = {
        Collection.SOURCES: tuple(source.id for source in sources),
        LawKey.DUTIES: (),
    }
    until: date | None = date(since.year + 10, 12, 31) if pen.yes() else None
    inside = st.dates(since, date(since.year + 9, 12, 31))
    pen = evolve(pen, keys=keys, days=inside)
    told: list[Provision] = []
    count = 0
    while count < duties or (len(told) < provisions and pen.yes()):
        has_duties = count < duties or pen.yes()
        names = [f"duty-{count + n}" for n in range(pen.number(1, 2) if has_duties else 0)]
        count += len(names)
        own = tuple(pen.built(Obligation, id=key) for key in names)
        told.append(
            pen.built(Provision, obligations=own, not_modelled=None if own else pen.of(Label))
        )
        if own and pen.yes():
            told += _amended(pen, told.pop())
    instrument: Instrument = pen.built(
        Instrument, since=since, until=until, sources=sources, provisions=tuple(told)
    )
    return instrument


def _amended(pen: Pen, provision: Provision) -> list[Provision]:
    """Draw a later text of a provision, which comes in the place of the earlier one."""
    day: date = pen.draw(pen.days)
    old = evolve(provision, since=None, until=day)
    first = provision.obligations[0]
    new = pen.built(Obligation, id=f"{first.id}-amended", amends=first.id)
    told = {"article": old.article, "paragraph": old.paragraph, "item": old.item}
    return [
        old,
        pen.built(
            Provision,
            since=day + timedelta(1),
            until=None,
            obligations=(new,),
            not_modelled=None,
            **told,
        ),
    ]


INSTRUMENTS = instruments()
"""Instruments of the sizes that are drawn where none are asked for."""


@drawn_by(Instrument)
def _instrument(pen: Pen) -> Instrument:
    return pen.draw(INSTRUMENTS)


@told_together(Overlay)
def _overlay(pen: Pen, _: dict[str, Any]) -> dict[str, Any]:
    """Tell provisions whose duties differ in their keys."""
    count = pen.number(0, 2)
    duties = [pen.built(Obligation, id=f"duty-{number}") for number in range(count)]
    told = [pen.built(Provision, obligations=(duty,), not_modelled=None) for duty in duties]
    sources = (pen.built(Source, id=f"source-{n}") for n in range(pen.number(0, 2)))
    return {"provisions": tuple(told), "sources": tuple(sources)}


obligations = strategy_for(Obligation, "obligations", "duties (义务)")
readings = strategy_for(Reading, "readings", "ways to read a duty (一种理解)")
provisions = strategy_for(Provision, "provisions", "articles and their parts (条、款、项)")
bearers = strategy_for(Bearer, "bearers", "those who carry a duty (义务主体)")
gaps = strategy_for(Gap, "gaps", "articles that are not known (文本缺口)")
narrowings = strategy_for(Narrowing, "narrowings", "what an indicator is narrowed to (限定)")
overlays = strategy_for(Overlay, "overlays", "what completes an instrument (补充文本)")
amendments = strategy_for(Amendment, "amendments", "thresholds that came later (阈值修订)")
