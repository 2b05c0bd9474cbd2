"""What every family rests on: stated figures, populations, and the words for what is missing."""

from collections.abc import Iterable

from commed.errors import InvalidValue
from commed.evidence import CIVIL_AFFAIRS, EDUCATION, STATISTICS, Evidence, Need
from commed.indicators.measurement import Question
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.records.resources import Population, PopulationBase
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = [
    "ANYTHING",
    "complete_list",
    "narrowed_by_reports",
    "population_of",
    "stated_in",
    "which_is_right",
]

ANYTHING = Interval(0, None)
"""What is known of a count where nothing is recorded."""
_ONE_OR_MORE = Interval(1, None)


def complete_list(collection: Collection, question: Question, of: Label | None = None) -> Need:
    """Return the need of a list that is whole, there and then."""
    what = of or collection.label
    is_places = collection is Collection.DIVISIONS
    return Need(
        what=Label(zh=f"{what.zh}的完整清单", en=f"the complete list of {what.en}"),
        collection=collection,
        division=question.division,
        period=question.period,
        supplier=CIVIL_AFFAIRS if is_places else EDUCATION,
    )


def narrowed_by_reports(
    indicator: str, unit: Unit, recorded: Interval, question: Question, *, on_a_day: bool
) -> tuple[Interval, tuple[Evidence, ...], tuple[Need, ...]]:
    """Narrow what the records leave open by the figures that somebody stated.

    A figure of just this place and time bounds the value on both sides, one of a part of it
    from below. Records outrank figures: a value that records bound is left alone, and a
    figure that contradicts them narrows nothing. Figures that contradict each other narrow
    nothing either, and the need says so.
    """
    narrower = question.theme is not None or bool(question.organisations)
    if recorded.is_bounded or narrower or question.on_records_alone:
        return recorded, (), ()
    figures = [
        (figure, bounds)
        for figure in question.register.reported_figures
        if figure.indicator == indicator
        and (bounds := _bounds(figure, unit, question, on_a_day=on_a_day)) is not None
        and _narrowed(recorded, bounds) is not None
    ]
    evidence = tuple(evidence_of(figure) for figure, _ in figures)
    value: Interval | None = recorded
    for _, bounds in figures:
        value = _narrowed(value, bounds) if value is not None else None
    if value is None:
        return recorded, (), (which_is_right(evidence, question),)
    return value, evidence, ()


def _narrowed(value: Interval, bounds: Interval) -> Interval | None:
    """Return the whole numbers inside both, or None where there is none."""
    both = value.intersection(bounds)
    try:
        return both and both.whole()
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

    It is the figure dated last in the calendar year that the period ends in; without a
    period, the last of all. A figure of another year is never used in its place.
    """
    year = None if question.period is None else Period.year(question.period.last.year)
    figures = [
        population
        for population in question.register.populations
        if population.division == question.division
        and population.base is PopulationBase.RESIDENT
        and (year is None or population.on in year)
    ]
    need = Need(
        what=Label(
            zh="常住人口的确切数（须大于零）", en="the exact resident population, above zero"
        ),
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
