"""Plans (活动计划): what was planned, what of it was held, what was cancelled.

A planned session counts as held where an event that names its plan took place in the period,
on its own day or `planned_for` it. One that was cancelled, and held all the same, was held.
"""

from collections.abc import Callable, Iterator
from datetime import date
from math import inf

from attrs import frozen

from commed.errors import InvalidValue
from commed.evidence import Need
from commed.indicators.bounds import Span, interval, share_of_lots, span
from commed.indicators.dimensions import PLACES, TIMES
from commed.indicators.elsewhere import elsewhere
from commed.indicators.grounds import a_period, complete_list, counted, divided
from commed.indicators.measurement import (
    SHARE,
    Answer,
    Coverage,
    Definition,
    Question,
    Timing,
    UnsupportedQuestion,
)
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Quantity, Unit
from commed.records.learning import ActivityPlan
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]


@frozen
class _Session:
    """One planned day: whether it bears on the question, was held, was cancelled."""

    asked_for: Truth
    held: Truth
    cancelled: Truth


@frozen(kw_only=True)
class _Sessions:
    """The sessions that were planned for a period, and how well they are known."""

    plans: tuple[ActivityPlan, ...]
    by_plan: tuple[tuple[_Session, ...], ...]
    whole_list: bool
    needs: tuple[Need, ...]

    @property
    def sessions(self) -> tuple[_Session, ...]:
        """The sessions of every plan."""
        return tuple(session for sessions in self.by_plan for session in sessions)

    @property
    def planned(self) -> Span:
        """How many were planned."""
        return span(session.asked_for for session in self.sessions)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """How many plans there are."""
        return (Coverage(Collection.PLANS, len(self.plans), self.whole_list),)


def _sessions(question: Question, period: Period, *, of_teams: bool = False) -> _Sessions:
    register = question.register
    whole_list = register.is_complete(Collection.PLANS, question.division, period)
    plans = {
        plan: asked_for
        for plan in register.plans
        if (asked_for := _asks_for(plan, question)) is not Truth.FALSE
        and (plan.team is not None or not of_teams)
    }
    held = _held(question, period)
    planned = (
        tuple(_planned(plan, asked_for, held, question, period))
        for plan, asked_for in plans.items()
    )
    by_plan = tuple(sessions for sessions in planned if sessions)
    needs = [] if whole_list else [complete_list(Collection.PLANS, question)]
    if not by_plan or any(asked_for is Truth.UNKNOWN for asked_for in plans.values()):
        needs.append(complete_list(Collection.PLANS, question, of=_DETAILS))
    return _Sessions(plans=tuple(plans), by_plan=by_plan, whole_list=whole_list, needs=tuple(needs))


def _asks_for(plan: ActivityPlan, question: Question) -> Truth:
    register = question.register
    inside = register.lies_within(register.place_of(plan), question.division)
    is_teams = Truth.of(question.team is None or plan.team == question.team)
    return inside & is_teams & question.asks_of(plan.workstation)


def _held(question: Question, period: Period) -> set[tuple[str, date]]:
    """Return each plan and day that an event of the period carried out."""
    return {
        (event.plan, event.planned_for or event.date)
        for event in question.register.events
        if event.plan is not None and event.date in period
    }.union(elsewhere(question.register).sessions(period))


def _planned(
    plan: ActivityPlan,
    asked_for: Truth,
    held: set[tuple[str, date]],
    question: Question,
    period: Period,
) -> Iterator[_Session]:
    register = question.register
    otherwise = Truth.of(
        False if register.is_complete(Collection.EVENTS, register.place_of(plan), period) else None
    )
    for day in _days(plan, period):
        was_held = Truth.TRUE if (plan.id, day) in held else otherwise
        yield _Session(asked_for, was_held, ~was_held & Truth.of(day in plan.cancelled))


def _days(plan: ActivityPlan, period: Period) -> tuple[date, ...]:
    try:
        return plan.sessions.days(period)
    except InvalidValue as too_long:
        raise UnsupportedQuestion(f"plan {plan.id!r}: {too_long}") from None


def _planned_sessions(question: Question) -> Answer:
    if question.period is None:
        return Answer(value=None, needs=(a_period(question),))
    found = _sessions(question, question.period)
    least, most = found.planned
    value = interval(least, most if found.whole_list else inf)
    evidence = tuple(map(evidence_of, found.plans))
    return counted(
        value, Unit.SESSIONS, coverage=found.coverage, needs=found.needs, evidence=evidence
    )


def _share_of(
    counts: Callable[[_Session], Truth], *, of_teams: bool = False
) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        if question.period is None:
            return Answer(value=None, needs=(a_period(question),))
        found = _sessions(question, question.period, of_teams=of_teams)
        needs = list(found.needs)
        if any(session.held is Truth.UNKNOWN for session in found.sessions):
            needs.append(complete_list(Collection.EVENTS, question))
        part = span(session.asked_for & counts(session) for session in found.sessions)
        lots = (
            (
                sessions[0].asked_for,
                span(counts(session) for session in sessions),
                span(~counts(session) for session in sessions),
            )
            for sessions in found.by_plan
        )
        return divided(
            share_of_lots(lots) if found.whole_list else None,
            Quantity(interval(*part), Unit.SESSIONS),
            Quantity(interval(*found.planned), Unit.SESSIONS),
            coverage=found.coverage,
            needs=needs,
            evidence=tuple(map(evidence_of, found.plans)),
        )

    return compute


_DETAILS = Label(
    zh="活动计划及其时间、所在区划", en="activity plans, with their days and the place of each"
)
_PLANNED = Label(zh="计划活动场次", en="planned sessions")
_PLANS_AND_EVENTS = Label(
    zh="活动计划的完整清单（含取消）；学习活动的完整清单及各自所属计划",
    en="the complete list of plans, with what was cancelled; the complete list of events, with "
    "the plan of each",
)
_WHEN_PARTIAL = Label(
    zh="活动清单不全时，未见举办的场次可能已举办；计划清单不全则无值",
    en="where the list of events is partial, a session without an event may have been held; "
    "without the whole list of plans no value",
)
_DIMENSIONS = (*TIMES, *PLACES, "organiser", "team")

DEFINITIONS = (
    Definition(
        id="planned-sessions",
        label=_PLANNED,
        formula=Label(
            zh="期内计划举办的活动场次，含后来取消的；重复规则按 RFC 5545",
            en="sessions planned for days of the period, the cancelled ones included; recurrence "
            "after RFC 5545",
        ),
        unit=Unit.SESSIONS,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(zh="活动计划的完整清单", en="the complete list of activity plans"),
        when_partial=Label(zh="清单不全时只给下界", en="a lower bound where the list is partial"),
        compute=_planned_sessions,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="plan-completion",
        label=Label(zh="计划完成率", en="share of plans carried out"),
        formula=Label(
            zh="期内已举办的计划场次 ÷ 计划活动场次",
            en="planned sessions that were held in the period / planned sessions",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=_PLANS_AND_EVENTS,
        when_partial=_WHEN_PARTIAL,
        compute=_share_of(lambda session: session.held),
        base=_PLANNED,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="team-plan-completion",
        label=Label(zh="学习型团队计划完成率", en="share of teams' plans carried out"),
        formula=Label(
            zh="学习型团队的计划场次中期内已举办的 ÷ 学习型团队的计划场次",
            en="sessions of learning teams' plans held in the period / sessions of their plans",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(
            zh="龙泉驿区学习型社区评定（2020）对照各团队年度计划与实际；公式为本库所定",
            en="the district's review of 2020 checks each team's yearly plan against what was "
            "done; the formula is this library's",
        ),
        requires=_PLANS_AND_EVENTS,
        when_partial=_WHEN_PARTIAL,
        compute=_share_of(lambda session: session.held, of_teams=True),
        base=_PLANNED,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="cancellation-rate",
        label=Label(zh="活动取消率", en="cancellation rate"),
        formula=Label(
            zh="已取消且未举办的计划场次 ÷ 计划活动场次",
            en="planned sessions that were cancelled and not held / planned sessions",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=_PLANS_AND_EVENTS,
        when_partial=_WHEN_PARTIAL,
        compute=_share_of(lambda session: session.cancelled),
        base=_PLANNED,
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of plans."""
