"""Strategies for results: none is made up, each is computed on a drawn register."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from commed.compliance import Assessment, Finding, assess
from commed.compliance.following import FollowUp, Step, follow_up
from commed.compliance.rollup import RollUp, roll_up
from commed.indicators import Measurement, catalogue, measure
from commed.indicators.balance import Balance
from commed.indicators.change import Change
from commed.indicators.comparing import balance, change, estimate
from commed.indicators.inequality import Bounds
from commed.indicators.reconciliation import Reconciliation, reconcile
from commed.indicators.voice import Estimate
from commed.inspection import InspectionReport, Remedy, inspect
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.places import Level
from commed.privacy import Published, suppressed
from commed.records.inspections import Inspection, Recommendation
from commed.records.organisations import Organisation, OrganisationKind
from commed.records.statements import ReportedFigure
from commed.records.surveys import SurveyQuestion
from commed.references import Collection
from commed.register import Register
from commed.testing._instruments import INSTRUMENTS, instruments
from commed.testing._pens import Pen, among, drawn_by, strategy_for
from commed.testing._registers import REGISTERS, registers

__all__ = [
    "ASKED",
    "assessments",
    "balances",
    "bounds",
    "changes",
    "estimates",
    "findings",
    "follow_ups",
    "inspection_reports",
    "measurements",
    "publications",
    "reconciliations",
    "remedies",
    "roll_ups",
    "steps",
]

ASKED = st.sampled_from(
    [None, Period.year(2017), Period.year(2018), Period.quarter(2018, 4), Period.month(2018, 6)]
)
"""The periods that are asked for: the years that drawn registers tell of, parts of them, all."""

_DATES = st.dates(date(2018, 1, 1), date(2020, 12, 31))
_WHOLE = registers(complete=True)
_DUTIFUL = instruments(duties=1)
_ALL = tuple(sorted(catalogue()))
_EVEN = ("person-times", "distinct-learners", "participation-rate", "funds-paid")
_LEVELS = st.sampled_from([Level.TOWNSHIP, Level.COMMUNITY])
_QUESTIONS = st.sampled_from(SurveyQuestion)
_CONFIDENCES = st.sampled_from([Decimal("0.9"), Decimal("0.95"), Decimal("0.99")])


@st.composite
def measurements(
    draw: st.DrawFn,
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    indicators: Sequence[str] = (),
) -> Measurement:
    """Draw measurements (测算结果) on drawn registers, of these `indicators` or of any."""
    indicator = draw(among(tuple(indicators) or _ALL))
    return measure(indicator, draw(of), period=draw(ASKED))


@st.composite
def changes(
    draw: st.DrawFn,
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    indicators: Sequence[str] = (),
) -> Change:
    """Draw the changes (变化) of an indicator from 2017 to 2018."""
    indicator = draw(among(tuple(indicators) or _ALL))
    register = draw(of)
    return change(indicator, register, earlier=Period.year(2017), later=Period.year(2018))


@st.composite
def balances(draw: st.DrawFn, *, of: st.SearchStrategy[Register] = REGISTERS) -> Balance:
    """Draw how evenly (均衡程度) a figure is spread over the parts of a drawn district."""
    indicator = draw(among(_EVEN))
    return balance(indicator, draw(of), period=draw(ASKED), across=draw(_LEVELS))


bounds = strategy_for(Bounds, "bounds", "between which ends an index lies (指数范围)")


@st.composite
def estimates(draw: st.DrawFn, *, of: st.SearchStrategy[Register] = REGISTERS) -> Estimate:
    """Draw what the surveys of a drawn register tell of everybody (抽样估计)."""
    return estimate(draw(_QUESTIONS), draw(of), confidence=draw(_CONFIDENCES))


@st.composite
def reconciliations(
    draw: st.DrawFn, *, of: st.SearchStrategy[Register] = REGISTERS
) -> Reconciliation:
    """Draw a stated figure held against the records (核对)."""
    register = draw(of)
    keys: dict[Any, Any] = {Collection.ORGANISATIONS: [body.id for body in register.bodies]}
    keys |= {Collection.SOURCES: [source.id for source in register.sources]}
    figure = Pen(draw=draw, keys=keys).built(
        ReportedFigure,
        id="the figure that is held against the records",
        indicator=draw(among(_ALL)),
        division=register.jurisdiction,
    )
    figures = (*register.reported_figures, figure)
    return reconcile(evolve(register, reported_figures=figures))[-1]


@st.composite
def publications(draw: st.DrawFn) -> Published:
    """Draw what may be published of the person-times of 2018, by quarter (可公布的数据)."""
    register, year = draw(_WHOLE), Period.year(2018)
    whole = measure("person-times", register, period=year)
    parts = measure("person-times", register, period=year, by="quarter")
    return suppressed(parts, whole, fewer_than=draw(st.integers(2, 12)))


@st.composite
def assessments(
    draw: st.DrawFn,
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    under: st.SearchStrategy[Instrument] = INSTRUMENTS,
) -> Assessment:
    """Draw assessments (评估) of drawn registers under drawn instruments."""
    register, instrument = draw(of), draw(under)
    return assess(register, instrument, on=draw(_DATES))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Draw one finding of an assessment (一项评估结论)."""
    finding: Finding = draw(among(draw(assessments(under=_DUTIFUL)).findings))
    return finding


@st.composite
def follow_ups(draw: st.DrawFn) -> FollowUp:
    """Draw what became of each duty from one day to a later one (前后对照)."""
    before = draw(assessments())
    return follow_up(before, assess(before.register, before.instrument, on=date(2021, 1, 1)))


@st.composite
def roll_ups(draw: st.DrawFn) -> RollUp:
    """Draw the assessments of all divisions of a level (汇总)."""
    level, on = draw(_LEVELS), draw(_DATES)
    return roll_up(draw(REGISTERS), draw(INSTRUMENTS), level=level, on=on)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Draw one duty on two days (一项义务的前后对照)."""
    before = draw(assessments(under=_DUTIFUL))
    after = assess(before.register, before.instrument, on=date(2021, 1, 1))
    step: Step = draw(among(follow_up(before, after).steps))
    return step


@st.composite
def inspection_reports(draw: st.DrawFn) -> InspectionReport:
    """Draw inspections with all that was judged for them (执法检查报告)."""
    register, instrument = draw(REGISTERS), draw(_DUTIFUL)
    duties = tuple(duty.id for _, duty in instrument.obligations)
    congress = Organisation(
        id="the congress that inspects",
        name="人大常委会",
        kind=OrganisationKind.CONGRESS,
        division=register.jurisdiction,
    )
    recommendation = Recommendation(text="整改", duties=[draw(among(duties))])
    inspection = Inspection(
        id="the inspection",
        on=draw(_DATES),
        instrument=instrument.id,
        division=register.jurisdiction,
        inspector=congress.id,
        inspected=congress.id,
        recommendations=[recommendation],
    )
    inspected = evolve(
        register,
        organisations=(*register.organisations, congress),
        inspections=(inspection,),
    )
    return inspect(inspected, instrument)


@st.composite
def remedies(draw: st.DrawFn) -> Remedy:
    """Draw what became of a recommendation (整改落实)."""
    report = draw(inspection_reports())
    before = report.assessments[0]
    after = assess(before.register, before.instrument, on=date(2021, 1, 1))
    return report.remedies(after)[0]


for _cls, _strategy in (
    (Measurement, measurements),
    (Change, changes),
    (Balance, balances),
    (Estimate, estimates),
    (Reconciliation, reconciliations),
    (Published, publications),
    (Assessment, assessments),
    (Finding, findings),
    (FollowUp, follow_ups),
    (RollUp, roll_ups),
    (Step, steps),
    (InspectionReport, inspection_reports),
    (Remedy, remedies),
):
    drawn_by(_cls)(lambda pen, *, _strategy=_strategy: pen.draw(_strategy()))
