"""Learning teams (学习型团队): how many there are, and how many of them met."""

from collections.abc import Mapping
from math import inf

from commed.evidence import Need
from commed.indicators.bounds import interval, share, span
from commed.indicators.dimensions import PLACES, TIMES
from commed.indicators.elsewhere import elsewhere
from commed.indicators.grounds import (
    complete_list,
    counted,
    divided,
    narrowed_by_reports,
    per_resident,
)
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningTeam
from commed.references import Collection
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_TEAMS = "learning-teams"


def _asks_for(team: LearningTeam, question: Question) -> Truth:
    """Return whether a team is one of those asked for, whenever it stood."""
    register = question.register
    place = register.lies_within(register.place_of(team), question.division)
    theme = Truth.TRUE if question.theme is None else team.on_theme(question.theme)
    return place & theme & question.asks_of(team.workstation)


def _stand(question: Question) -> dict[LearningTeam, Truth]:
    """Return the teams that surely or possibly stand on the last day."""
    return {
        team: truth
        for team in question.register.teams
        if (truth := team.standing(question.last) & _asks_for(team, question)) is not Truth.FALSE
    }


def _met(question: Question) -> dict[str, Truth]:
    """Return whether each team, by key, met in the period."""
    register, period = question.register, question.period
    all_events = register.is_complete(Collection.EVENTS, question.division, period)
    met = {event.team for event in register.events if period is None or event.date in period}
    met.update(elsewhere(register).teams(period))
    without = Truth.of(False if all_events else None)
    return {
        team.id: Truth.TRUE if team.id in met else without & Truth.of(team.stood_in(period))
        for team in register.teams
    }


def _lists(question: Question, truths: Mapping[LearningTeam, Truth]) -> tuple[bool, list[Need]]:
    """Return whether all teams are listed, and what would tell which of them count."""
    whole_list = question.register.is_complete(Collection.TEAMS, question.division, question.day)
    if not whole_list:
        return False, [complete_list(Collection.TEAMS, question)]
    if Truth.UNKNOWN in truths.values():
        return True, [complete_list(Collection.TEAMS, question, of=_PLACES_AND_THEMES)]
    return True, []


def _learning_teams(question: Question) -> Answer:
    stand = _stand(question)
    whole_list, needs = _lists(question, stand)
    surely, possibly = span(stand.values())
    recorded = Interval(surely, possibly if whole_list else None)
    value, evidence, conflicts = narrowed_by_reports(
        _TEAMS, Unit.TEAMS, recorded, question, on_a_day=True
    )
    coverage = (Coverage(Collection.TEAMS, possibly, whole_list),)
    return counted(
        value, Unit.TEAMS, coverage=coverage, needs=(*conflicts, *needs), evidence=evidence
    )


def _teams_per_resident(question: Question) -> Answer:
    return per_resident(_learning_teams(question), question, times=10_000)


def _active_teams(question: Question) -> Answer:
    """Count the teams that met; what no event names did not, where all events are recorded."""
    asked_for = {
        team: truth
        for team in question.register.teams
        if (truth := _asks_for(team, question)) is not Truth.FALSE
    }
    met = _met(question)
    whole_list, needs = _lists(question, asked_for)
    all_events = question.register.is_complete(
        Collection.EVENTS, question.division, question.period
    )
    least, most = span(truth & met[team.id] for team, truth in asked_for.items())
    if not all_events:
        needs.append(complete_list(Collection.EVENTS, question))
    may_be_more = not all_events and not whole_list
    coverage = (Coverage(Collection.TEAMS, len(asked_for), whole_list),)
    return counted(
        interval(least, inf if may_be_more else most), Unit.TEAMS, coverage=coverage, needs=needs
    )


def _active_share(question: Question) -> Answer:
    stand, met = _stand(question), _met(question)
    whole_list, needs = _lists(question, stand)
    part = span(truth & met[team.id] for team, truth in stand.items())
    rest = span(truth & ~met[team.id] for team, truth in stand.items())
    if any(met[team.id] is Truth.UNKNOWN for team in stand):
        needs.append(complete_list(Collection.EVENTS, question))
    if not stand:
        needs.append(complete_list(Collection.TEAMS, question))
    return divided(
        share(part, rest) if whole_list else None,
        Quantity(interval(*part), Unit.TEAMS),
        Quantity(interval(*span(stand.values())), Unit.TEAMS),
        coverage=(Coverage(Collection.TEAMS, len(stand), whole_list),),
        needs=dict.fromkeys(needs),
    )


_PLACES_AND_THEMES = Label(
    zh="学习型团队所在区划与主题", en="the divisions and themes of the learning teams"
)
_REPORT = Label(zh="龙泉驿区执法检查报道（2019）所用口径", en="as the 2019 report uses it")
_LIST = Label(zh="学习型团队清单", en="the list of learning teams")
_DIMENSIONS = (*TIMES, *PLACES, "organiser", "theme")

DEFINITIONS = (
    Definition(
        id=_TEAMS,
        label=Label(zh="学习型团队数", en="learning teams"),
        formula=Label(
            zh="期末存在的学习型团队数；可按主题分，一个团队可属多个主题",
            en="teams that stand on the last day; by theme, a team may count under several",
        ),
        unit=Unit.TEAMS,
        timing=Timing.STOCK,
        source=_REPORT,
        requires=_LIST,
        when_partial=Label(
            zh="清单不全时只给下界；主题或所在区划未记者计入上界",
            en="a lower bound where the list is partial; a team of unknown theme or place counts "
            "towards the upper bound",
        ),
        compute=_learning_teams,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="teams-per-10000-residents",
        label=Label(zh="每万人学习型团队数", en="learning teams per 10,000 residents"),
        formula=Label(
            zh="学习型团队数 ÷ 常住人口 × 10000",
            en="learning teams / resident population times 10,000",
        ),
        unit=Unit.TEAMS_PER_TEN_THOUSAND,
        timing=Timing.STOCK,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(
            zh="学习型团队清单；常住人口", en="the list of learning teams; the resident population"
        ),
        when_partial=Label(
            zh="分子给出上下界；无人口数则无值",
            en="the numerator is bounded; without a population there is no value",
        ),
        compute=_teams_per_resident,
        base=Label(zh="常住人口", en="resident population"),
        dimensions=(*TIMES, *PLACES, "theme"),
    ),
    Definition(
        id="active-teams",
        label=Label(zh="有活动的学习型团队数", en="active learning teams"),
        formula=Label(
            zh="期内至少举办过一场活动的学习型团队数",
            en="teams that met at one event or more in the period",
        ),
        unit=Unit.TEAMS,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(
            zh="学习型团队清单；学习活动的完整清单及各自的团队",
            en="the list of teams; the complete list of events, with the team of each",
        ),
        when_partial=Label(
            zh="活动清单不全时，未见活动的团队计入上界",
            en="where the list of events is partial, a team without an event counts towards the "
            "upper bound",
        ),
        compute=_active_teams,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="active-team-share",
        label=Label(zh="学习型团队活动率", en="share of teams that are active"),
        formula=Label(
            zh="期末存在的学习型团队中期内有活动的 ÷ 期末存在的学习型团队数",
            en="of the teams that stand on the last day, those that met in the period / all",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.FLOW,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(
            zh="学习型团队的完整清单；学习活动的完整清单及各自的团队",
            en="the complete list of teams; the complete list of events, with the team of each",
        ),
        when_partial=Label(
            zh="未见活动的团队可能有活动；团队清单不全则无值",
            en="a team without an event on record may have met; without the whole list of teams "
            "no value",
        ),
        compute=_active_share,
        base=Label(zh="学习型团队数", en="learning teams"),
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of learning teams."""
