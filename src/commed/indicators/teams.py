"""Learning teams (学习型团队): how many there are."""

from commed.indicators.grounds import ANYTHING, complete_list, narrowed_by_reports
from commed.indicators.measurement import Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningTeam
from commed.references import Collection
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_TEAMS = "learning-teams"


def _counts(team: LearningTeam, question: Question) -> Truth:
    register = question.register
    place = register.lies_within(register.place_of(team), question.division)
    day = None if question.period is None else question.period.last
    theme = Truth.TRUE if question.theme is None else team.on_theme(question.theme)
    return place & team.standing(day) & theme & question.asks_of(team.workstation)


def _learning_teams(question: Question) -> Answer:
    day = None if question.period is None else Period.day(question.period.last)
    whole_list = question.register.is_complete(Collection.TEAMS, question.division, day)
    counted = [_counts(team, question) for team in question.register.teams]
    surely = counted.count(Truth.TRUE)
    possibly = surely + counted.count(Truth.UNKNOWN)
    recorded = Interval(surely, possibly if whole_list else None)
    value, evidence, conflicts = narrowed_by_reports(
        _TEAMS, Unit.TEAMS, recorded, question, on_a_day=True
    )
    needs = list(conflicts)
    if not whole_list:
        needs.append(complete_list(Collection.TEAMS, question))
    elif possibly > surely:
        needs.append(complete_list(Collection.TEAMS, question, of=_PLACES_AND_THEMES))
    known = None if value == ANYTHING else value
    return Answer(
        value=known,
        numerator=None if known is None else Quantity(known, Unit.TEAMS),
        coverage=(Coverage(Collection.TEAMS, possibly, whole_list),),
        evidence=evidence,
        needs=() if value.is_exact else tuple(needs),
    )


_PLACES_AND_THEMES = Label(
    zh="学习型团队所在区划与主题", en="the divisions and themes of the learning teams"
)

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
        source=Label(zh="龙泉驿区执法检查报道（2019）所用口径", en="as the 2019 report uses it"),
        requires=Label(zh="学习型团队清单", en="the list of learning teams"),
        when_partial=Label(
            zh="清单不全时只给下界；主题或所在区划未记者计入上界",
            en="a lower bound where the list is partial; a team of unknown theme or place counts "
            "towards the upper bound",
        ),
        compute=_learning_teams,
        dimensions=("theme",),
    ),
)
"""The indicators of learning teams."""
