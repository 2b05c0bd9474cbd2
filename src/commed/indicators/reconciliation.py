"""Reconciling: what somebody stated, held against what the records add up to."""

from attrs import frozen

from commed.indicators.catalogue import answered, definition, recorded_place
from commed.indicators.grounds import stated_in
from commed.indicators.measurement import Definition, Measurement, Question, Timing
from commed.labels import Label, LabelledEnum
from commed.periods import Period
from commed.places import DivisionCode
from commed.quantities import Interval
from commed.records.statements import ReportedFigure
from commed.register import Register
from commed.truth import Truth

__all__ = ["Consistency", "Reconciliation", "reconcile"]


class Consistency(LabelledEnum):
    """How a stated figure stands to the records (数据一致性)."""

    CONSISTENT = "consistent", "一致", "consistent"
    CONTRADICTED = "contradicted", "矛盾", "contradicted"
    UNDETERMINED = "undetermined", "无法判定", "undetermined"


@frozen(kw_only=True)
class Reconciliation:
    """One stated figure held against the records (报告数据与记录核对).

    `recorded` is the same indicator measured on the records alone, for the bodies, the place
    and the time that the figure speaks of; None where its time is not known, or where the
    indicator is not measured by body. `excess` is what
    was stated beyond what is recorded, in the same unit.
    """

    figure: ReportedFigure
    recorded: Measurement | None
    consistency: Consistency
    excess: Interval | None
    because: Label

    def __str__(self) -> str:
        return f"{self.figure.id}: {self.consistency.label_en}: {self.because.en}"


def reconcile(
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
) -> tuple[Reconciliation, ...]:
    """Hold every stated figure of an indicator against the records.

    It is consistent where the records leave no value that was not stated, contradicted where
    they leave none that was, and otherwise undetermined. `period` picks the figures of that
    period, `division` those of that division and what lies in it; None takes all.
    """
    place = recorded_place(register, division)
    figures = [
        (figure, definition(figure.indicator))
        for figure in register.reported_figures
        if figure.indicator is not None
        and register.lies_within(figure.division, place) is Truth.TRUE
    ]
    return tuple(
        _reconciled(figure, asked, register)
        for figure, asked in figures
        if period is None or _time(figure, asked) == period
    )


def _time(figure: ReportedFigure, asked: Definition) -> Period | None:
    """Return when the figure holds: over its period, or on the last day of it."""
    if asked.timing is Timing.FLOW:
        return figure.covered
    return Period.day(figure.covered.last if figure.covered else figure.stated_on)


def _reconciled(figure: ReportedFigure, asked: Definition, register: Register) -> Reconciliation:
    stated = stated_in(asked.unit, figure)
    period = _time(figure, asked)
    if period is None:
        return _undetermined(
            figure, None, Label(zh="所指期间不明", en="of a period that is not known")
        )
    if figure.organisations and "organiser" not in asked.dimensions:
        return _undetermined(
            figure, None, Label(zh="该指标不分机构测算", en="which is not measured by body")
        )
    question = Question(
        register=register,
        division=figure.division,
        period=period,
        organisations=figure.organisations,
        on_records_alone=True,
    )
    recorded = answered(asked, question)
    if recorded.value is None:
        return _undetermined(
            figure, recorded, Label(zh="记录无从测算", en="the records tell nothing of it")
        )
    both = recorded.value.intersection(stated)
    if both is None:
        consistency = Consistency.CONTRADICTED
    elif both == recorded.value:
        consistency = Consistency.CONSISTENT
    else:
        consistency = Consistency.UNDETERMINED
    return Reconciliation(
        figure=figure,
        recorded=recorded,
        consistency=consistency,
        excess=stated - recorded.value,
        because=_told(figure, Label(zh=f"记录为{recorded.value}", en=f"recorded {recorded.value}")),
    )


def _told(figure: ReportedFigure, found: Label) -> Label:
    stated, unit = figure.quantity.interval, figure.quantity.unit
    return Label(
        zh=f"称{stated}{unit.label_zh}，{found.zh}",
        en=f"stated {stated} {unit.label_en}, {found.en}",
    )


def _undetermined(
    figure: ReportedFigure, recorded: Measurement | None, found: Label
) -> Reconciliation:
    return Reconciliation(
        figure=figure,
        recorded=recorded,
        consistency=Consistency.UNDETERMINED,
        excess=None,
        because=_told(figure, found),
    )
