"""What every family rests on: stated figures, populations, and the words for what is missing."""

from collections.abc import Iterable

from commed.errors import InvalidValue
from commed.evidence import (
    ASKER,
    CIVIL_AFFAIRS,
    EDUCATION,
    FINANCE,
    ORGANISERS,
    STATISTICS,
    Evidence,
    Need,
)
from commed.indicators.measurement import Answer, Coverage, Question
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit, UnitMismatch, reckoned
from commed.records.resources import Population, PopulationBase
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = [
    "ANYTHING",
    "a_period",
    "complete_list",
    "counted",
    "divided",
    "narrowed_by_reports",
    "per_resident",
    "population_of",
    "quotient",
    "stated_in",
    "supplier_of",
    "which_is_right",
]

ANYTHING = Interval(0, None)
"""What is known of a count where nothing is recorded."""
_ONE_OR_MORE = Interval(1, None)


def complete_list(collection: Collection, question: Question, of: Label | None = None) -> Need:
    """Return the need of a list that is whole, there and then."""
    what = of or collection.label
    return Need(
        what=Label(zh=f"{what.zh}的完整清单", en=f"the complete list of {what.en}"),
        collection=collection,
        division=question.division,
        period=question.period,
        supplier=supplier_of(collection),
    )


def supplier_of(collection: Collection) -> Label:
    """Return who keeps the records of a collection."""
    return _SUPPLIERS.get(collection, EDUCATION)


_SUPPLIERS = {
    Collection.DIVISIONS: CIVIL_AFFAIRS,
    Collection.POPULATIONS: STATISTICS,
    Collection.FUNDINGS: FINANCE,
    Collection.ATTENDANCES: ORGANISERS,
}


def narrowed_by_reports(
    indicator: str, unit: Unit, recorded: Interval, question: Question, *, on_a_day: bool
) -> tuple[Interval, tuple[Evidence, ...], tuple[Need, ...]]:
    """Narrow what the records leave open by the figures that somebody stated.

    A figure of just this place and time bounds the value on both sides, one of a part of it
    from below. Records outrank figures: a value that records bound is left alone, and a
    figure that contradicts them narrows nothing. Figures that contradict each other narrow
    nothing either, and the need says so.
    """
    if recorded.is_bounded or question.is_narrowed or question.on_records_alone:
        return recorded, (), ()
    figures = [
        (figure, bounds)
        for figure in question.register.reported_figures
        if figure.indicator == indicator
        and (bounds := _bounds(figure, unit, question, on_a_day=on_a_day)) is not None
        and _narrowed(recorded, bounds, unit) is not None
    ]
    evidence = tuple(evidence_of(figure) for figure, _ in figures)
    value: Interval | None = recorded
    for _, bounds in figures:
        value = _narrowed(value, bounds, unit) if value is not None else None
    if value is None:
        return recorded, (), (which_is_right(evidence, question),)
    return value, evidence, ()


def _narrowed(value: Interval, bounds: Interval, unit: Unit) -> Interval | None:
    """Return what lies inside both, whole numbers alone of a count, or None where nothing does."""
    both = value.intersection(bounds)
    if both is None or not unit.is_count:
        return both
    try:
        return both.whole()
    except InvalidValue:
        return None


def _bounds(
    figure: ReportedFigure, unit: Unit, question: Question, *, on_a_day: bool
) -> Interval | None:
    """Return what the figure says of the question, or None where it says nothing of it."""
    stated = stated_in(unit, figure)
    inside = question.register.lies_within(figure.division, question.division) is Truth.TRUE
    covered, asked = figure.covered, question.period
    if on_a_day:
        covered = Period.day(covered.last if covered else figure.stated_on)
        asked = asked and Period.day(asked.last)
    in_time = asked is None or (covered is not None and covered.within(asked))
    if not (inside and in_time):
        return None
    is_whole = (
        asked is not None
        and covered == asked
        and figure.division == question.division
        and not figure.organisations
    )
    return stated if is_whole else Interval(stated.low, None, stated.low_closed)


def stated_in(unit: Unit, figure: ReportedFigure) -> Interval:
    """Return what the figure states, in the unit of its indicator; raises `UnitMismatch`."""
    if figure.quantity.unit is not unit:
        raise UnitMismatch(
            f"reported figure {figure.id!r} states {figure.indicator} in "
            f"{figure.quantity.unit.label_en}; expected {unit.label_en}"
        )
    return figure.quantity.interval


def which_is_right(figures: Iterable[Evidence], question: Question) -> Need:
    """Return the need of a word on reported figures that contradict each other."""
    keys = ", ".join(dict.fromkeys(figure.key for figure in figures))
    return Need(
        what=Label(
            zh=f"相互矛盾的报告数据以何者为准：{keys}",
            en=f"which of the contradictory reported figures is right: {keys}",
        ),
        collection=Collection.REPORTED_FIGURES,
        division=question.division,
        period=question.period,
        supplier=EDUCATION,
    )


def population_of(
    question: Question,
) -> tuple[Quantity | None, tuple[Evidence, ...], tuple[Need, ...]]:
    """Return the residents that a rate is measured against, at least one of them.

    Of a question about one group they are the residents of that group. It is the figure dated
    last in the calendar year that the period ends in; without a period, the last of all. A
    figure of another year is never used in its place.
    """
    year = question.year
    residents = (question.division, PopulationBase.RESIDENT, question.group)
    figures = [
        population
        for population in question.register.populations_of.get(residents, ())
        if year is None or population.on in year
    ]
    need = Need(
        what=_residents(question),
        collection=Collection.POPULATIONS,
        division=question.division,
        period=year,
        supplier=STATISTICS,
    )
    if figures:
        population: Population = max(figures, key=lambda figure: figure.on)
        persons = population.persons.interval.whole().intersection(_ONE_OR_MORE)
        if persons is not None:
            needs = () if persons.is_exact else (need,)
            return Quantity(persons, Unit.PERSONS), (evidence_of(population),), needs
    return None, (), (need,)


def _residents(question: Question) -> Label:
    if question.group is None:
        return Label(
            zh="常住人口的确切数（须大于零）", en="the exact resident population, above zero"
        )
    group = question.group.label
    return Label(
        zh=f"常住人口中{group.zh}的确切数（须大于零）",
        en=f"the exact resident population of this group, above zero: {group.en}",
    )


def a_period(question: Question) -> Need:
    """Return the need of a period, of what is not defined over all time."""
    return Need(
        what=Label(zh="测算期间", en="a period to measure over"),
        collection=Collection.EVENTS,
        division=question.division,
        supplier=ASKER,
    )


def per_resident(count: Answer, question: Question, times: int = 1) -> Answer:
    """Return a count divided by the residents, or by so many of them."""
    residents, evidence, needs = population_of(question)
    value = None
    if residents is not None and count.numerator is not None:
        value = count.numerator.interval / residents.interval * Interval.exactly(times)
    return Answer(
        value=value,
        numerator=count.numerator,
        denominator=residents,
        coverage=count.coverage,
        evidence=(*count.evidence, *evidence),
        needs=() if value is not None and value.is_exact else (*needs, *count.needs),
    )


def quotient(
    part: Answer, whole: Answer, allowed: Interval, *, coverage: tuple[Coverage, ...]
) -> Answer:
    """Return one figure divided by another of its own, as far as that may be divided by."""
    by = None if whole.value is None else whole.value.intersection(allowed)
    return Answer(
        value=None if part.value is None or by is None else part.value / by,
        numerator=part.numerator,
        denominator=whole.numerator,
        coverage=coverage,
        evidence=tuple(dict.fromkeys(part.evidence + whole.evidence)),
        needs=tuple(dict.fromkeys(part.needs + whole.needs)),
    )


def counted(
    value: Interval,
    unit: Unit,
    *,
    coverage: tuple[Coverage, ...],
    needs: Iterable[Need],
    evidence: tuple[Evidence, ...] = (),
) -> Answer:
    """Return the answer that is a count or an amount: no value where it may be anything."""
    is_exact = value.number is not None
    known = value if is_exact or value != ANYTHING else None
    amount = None if known is None else reckoned(known, unit)
    return Answer(known, amount, None, coverage, evidence, () if is_exact else tuple(needs))


def divided(
    share: Interval | None,
    numerator: Quantity,
    denominator: Quantity,
    *,
    coverage: tuple[Coverage, ...],
    needs: Iterable[Need],
    evidence: tuple[Evidence, ...] = (),
) -> Answer:
    """Return the answer that is a part of a whole, or so much of one thing for each of another.

    Where it has no value, its parts are those of a partial list, and are not told.
    """
    return Answer(
        value=share,
        numerator=None if share is None else numerator,
        denominator=None if share is None else denominator,
        coverage=coverage,
        evidence=evidence,
        needs=() if share is not None and share.is_exact else tuple(needs),
    )
