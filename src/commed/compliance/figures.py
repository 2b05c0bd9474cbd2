"""Duties about figures: an indicator compares to a threshold."""

from collections.abc import Callable, Mapping

from commed.compliance.rulings import Case, Ruling, judge
from commed.indicators import Timing, definition, measure
from commed.labels import Label
from commed.law.conditions import IndicatorCompares, Operator
from commed.periods import Period
from commed.quantities import Quantity, UnitMismatch
from commed.truth import Truth

_COMPARISONS: Mapping[Operator, Callable[[Quantity, Quantity], Truth]] = {
    Operator.AT_LEAST: lambda observed, threshold: observed >= threshold,
    Operator.MORE_THAN: lambda observed, threshold: observed > threshold,
    Operator.AT_MOST: lambda observed, threshold: observed <= threshold,
    Operator.LESS_THAN: lambda observed, threshold: observed < threshold,
}


@judge.register
def _(condition: IndicatorCompares, case: Case) -> Ruling:
    asked, threshold = definition(condition.indicator), condition.threshold
    if threshold.unit is not asked.unit:
        raise UnitMismatch(
            f"{asked.id} is measured in {asked.unit.label_en}, its threshold is given in "
            f"{threshold.unit.label_en}"
        )
    on_a_day = asked.timing is Timing.STOCK
    measured = measure(
        asked.id, case.register, period=Period.day(case.on) if on_a_day else case.period
    )
    observed = measured.quantity
    required = _required(condition)
    if observed is None:
        return Ruling(
            truth=Truth.UNKNOWN,
            because=Label(
                zh=f"{asked.label.zh}无从测算，要求{required.zh}",
                en=f"{asked.label.en}: cannot be measured, required {required.en}",
            ),
            needs=measured.needs,
            required=threshold,
        )
    truth = _COMPARISONS[condition.operator](observed, threshold)
    return Ruling(
        truth=truth,
        because=Label(
            zh=f"{asked.label.zh}{observed.interval}，要求{required.zh}",
            en=f"{asked.label.en}: {observed.interval} found, required {required.en}",
        ),
        evidence=measured.evidence,
        needs=measured.needs if truth is Truth.UNKNOWN else (),
        observed=observed,
        required=threshold,
        shortfall=_shortfall(observed, condition) if truth is Truth.FALSE else None,
    )


def _required(condition: IndicatorCompares) -> Label:
    operator, threshold = condition.operator, condition.threshold
    figure = f"{threshold.interval}{threshold.unit.label_zh}"
    comes_after = operator in {Operator.AT_LEAST, Operator.AT_MOST}
    return Label(
        zh=f"{figure}{operator.label_zh}" if comes_after else f"{operator.label_zh}{figure}",
        en=f"{operator.label_en} {threshold.interval}",
    )


def _shortfall(observed: Quantity, condition: IndicatorCompares) -> Quantity:
    """Return how far a figure is from its threshold, on the side that is wrong."""
    if condition.operator in {Operator.AT_LEAST, Operator.MORE_THAN}:
        return condition.threshold - observed
    return observed - condition.threshold
