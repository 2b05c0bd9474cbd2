"""Duties about figures: an indicator compares to a threshold, or grows from year to year."""

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt

from attrs import evolve

from commed.compliance.rulings import Case, Ruling, joined, judge, united
from commed.evidence import Need
from commed.indicators import (
    Definition,
    Measurement,
    Timing,
    UnsupportedQuestion,
    definition,
    measure,
)
from commed.indicators.catalogue import answered, measure_as_worded
from commed.indicators.grounds import supplier_of
from commed.indicators.measurement import Question
from commed.labels import Label
from commed.law.conditions import IndicatorCompares, IndicatorGrows, Narrowing, Operator
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.references import Collection
from commed.truth import Truth, all_of

__all__ = ["COMPARISONS"]

COMPARISONS: Mapping[Operator, Callable[[Interval, Interval], Truth]] = {
    Operator.AT_LEAST: ge,
    Operator.MORE_THAN: gt,
    Operator.AT_MOST: le,
    Operator.LESS_THAN: lt,
}
"""What each operator makes of a figure and its threshold."""


@judge.register
def _(condition: IndicatorCompares, case: Case) -> Ruling:
    asked, required = definition(condition.indicator), condition.required_on(case.on)
    threshold = required.threshold
    if threshold.unit is not asked.unit:
        raise UnitMismatch(
            f"{asked.id} is measured in {asked.unit.label_en}, its threshold is given in "
            f"{threshold.unit.label_en}"
        )
    period = Period.day(case.on) if asked.timing is Timing.STOCK else case.period
    measured = _measured_until(asked, condition.where, period, case)
    observed = measured.quantity
    if observed is None:
        return Ruling(
            truth=Truth.UNKNOWN,
            because=Label(
                zh=f"{asked.label.zh}无从测算，要求{required.label.zh}",
                en=f"{asked.label.en}: cannot be measured, required {required.label.en}",
            ),
            needs=measured.needs,
            required=threshold,
        )
    truth = COMPARISONS[condition.operator](observed.interval, threshold.interval)
    if not _lasts(truth, condition.operator, measured, period, case):
        return _not_over(measured, observed, threshold, period)
    shown = str(observed.interval)
    lacking = None
    if truth is Truth.FALSE:
        lacking = _shortfall(observed, condition.operator, threshold)
    return Ruling(
        truth=truth,
        because=Label(
            zh=f"{asked.label.zh}{shown}，要求{required.label.zh}",
            en=f"{asked.label.en}: {shown} found, required {required.label.en}",
        ),
        evidence=measured.evidence,
        needs=measured.needs if truth is Truth.UNKNOWN else (),
        observed=observed,
        required=threshold,
        shortfall=lacking,
    )


_ADD_UP = frozenset(
    {
        Unit.PERSON_TIMES,
        Unit.PERSONS,
        Unit.MINUTES,
        Unit.HOURS,
        Unit.SESSIONS,
        Unit.TEAMS,
        Unit.YUAN,
    }
)
"""The units of what but grows as a period goes on."""
_FLOORS = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})


def _measured_until(
    asked: Definition, where: tuple[Narrowing, ...], period: Period, case: Case
) -> Measurement:
    """Measure a period as far as the day of judging; an event of a later day is not held yet."""
    measured = _measured(asked, where, period, case)
    if period.last <= case.on or case.on < period.first or not _rests_on_events(measured):
        return measured
    return _measured(asked, where, Period(period.first, case.on), case)


def _rests_on_events(measured: Measurement) -> bool:
    told = [each.collection for each in measured.coverage]
    told += [each.collection for each in measured.needs]
    return Collection.EVENTS in told


def _lasts(
    truth: Truth, operator: Operator, measured: Measurement, period: Period, case: Case
) -> bool:
    """Whether what a figure came to stands to the end of its period, whatever is yet to come.

    Once it is over it does. Before, a sum that has reached a least amount does, or that has
    gone beyond a greatest.
    """
    if truth is Truth.UNKNOWN or period.last <= case.on:
        return True
    if measured.unit not in _ADD_UP or measured.denominator is not None:
        return False
    has_begun = period.first <= case.on or not _rests_on_events(measured)
    return has_begun and (truth is Truth.TRUE) is (operator in _FLOORS)


def _not_over(
    measured: Measurement, observed: Quantity, required: Quantity, period: Period
) -> Ruling:
    collection = next((each.collection for each in measured.coverage), Collection.EVENTS)
    need = Need(
        what=Label(
            zh=f"期满后整个期间的{collection.label_zh}记录",
            en=f"the {collection.label_en} of the whole period, once it is over",
        ),
        collection=collection,
        division=measured.division,
        period=period,
        supplier=supplier_of(collection),
    )
    told, asked = str(observed.interval), measured.indicator.label
    return Ruling(
        truth=Truth.UNKNOWN,
        because=Label(
            zh=f"{asked.zh}至今{told}，{period}未满，仍可能变化",
            en=f"{asked.en}: {told} so far; {period} is not over, and it may change",
        ),
        evidence=measured.evidence,
        needs=(need,),
        observed=observed,
        required=required,
    )


def _measured(
    asked: Definition, where: tuple[Narrowing, ...], period: Period, case: Case
) -> Measurement:
    """Measure what a condition asks, and where nothing is recorded under its key, ask for that."""
    register, place = case.register, case.place
    if not where:
        return answered(asked, Question(register, place, period))
    keys = {each.dimension: each.key for each in where}
    try:
        return measure(asked.id, register, period=period, division=place, where=keys)
    except UnsupportedQuestion:
        plain = measure(asked.id, register, period=period, division=place)
    try:
        found = measure_as_worded(asked.id, register, period=period, division=place, where=keys)
    except UnsupportedQuestion:
        found = evolve(plain, value=None, needs=())
    return evolve(found, needs=(_records_of(where, plain), *found.needs))


def _records_of(where: tuple[Narrowing, ...], plain: Measurement) -> Need:
    keys = Label(
        zh="、".join(each.key for each in where),
        en=", ".join(f"{each.dimension} {each.key}" for each in where),
    )
    told = [each.collection for each in plain.coverage]
    told += [need.collection for need in plain.needs]
    collection = next(iter(told), Collection.EVENTS)
    return Need(
        what=Label(
            zh=f"注明“{keys.zh}”的{collection.label_zh}记录",
            en=f"{collection.label_en} that are told apart by {keys.en}",
        ),
        collection=collection,
        division=plain.division,
        period=plain.period,
        supplier=supplier_of(collection),
    )


@judge.register
def _(condition: IndicatorGrows, case: Case) -> Ruling:
    """Hold each year against the year before; a year that fell decides against it."""
    last = case.period.last.year
    first = max(last - condition.years, 1)  # no year comes before the first
    asked = definition(condition.indicator)
    steps = [_step(asked, condition, year, case) for year in range(last, first, -1)]
    if not steps:
        nothing_before = Label(zh="没有更早的年份", en="no year comes before")
        later = _measured(asked, condition.where, case.period, case)
        return Ruling(truth=Truth.UNKNOWN, because=nothing_before, needs=later.needs)
    truth = all_of(step.truth for step in steps)
    deciding = [step for step in steps if step.truth is truth]
    return Ruling(
        truth=truth,
        because=joined([step.because for step in deciding]),
        evidence=united(step.evidence for step in deciding),
        needs=united(step.needs for step in deciding),
        observed=deciding[0].observed,
        required=deciding[0].required,
        shortfall=deciding[0].shortfall,
        parts=tuple(steps),
    )


def _step(asked: Definition, condition: IndicatorGrows, year: int, case: Case) -> Ruling:
    period = _year(year, asked)
    later = _measured_until(asked, condition.where, period, case)
    earlier = _measured(asked, condition.where, _year(year - 1, asked), case)
    now, before = later.quantity, earlier.quantity
    truth, shortfall = Truth.UNKNOWN, None
    if now is not None and before is not None:
        truth = now > before if condition.strictly else now >= before
        if not _lasts(truth, Operator.MORE_THAN, later, period, case):
            return _not_over(later, now, before, period)
        shortfall = before - now if truth is Truth.FALSE else None
    zh = [_told(each, "无值") for each in (now, before)]
    en = [_told(each, "no value") for each in (now, before)]
    return Ruling(
        truth=truth,
        because=Label(
            zh=f"{asked.label.zh}{year}年{zh[0]}，{year - 1}年{zh[1]}",
            en=f"{asked.label.en}: {en[0]} in {year}, {en[1]} in {year - 1}",
        ),
        evidence=united((later.evidence, earlier.evidence)),
        needs=united((later.needs, earlier.needs)) if truth is Truth.UNKNOWN else (),
        observed=now,
        required=before,
        shortfall=shortfall,
    )


def _told(figure: Quantity | None, otherwise: str) -> str:
    return otherwise if figure is None else str(figure.interval)


def _year(year: int, asked: Definition) -> Period:
    whole = Period.year(year)
    return Period.day(whole.last) if asked.timing is Timing.STOCK else whole


def _shortfall(observed: Quantity, operator: Operator, threshold: Quantity) -> Quantity:
    """Return how far a figure is from its threshold, on the side that is wrong."""
    if operator in _FLOORS:
        return threshold - observed
    return observed - threshold
