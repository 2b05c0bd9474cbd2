"""The network (办学网络): which institutions and workstations there are, and when they open."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import inf

from commed.indicators.bounds import Span, interval, share, span
from commed.indicators.coverage import covered_communities
from commed.indicators.dimensions import PLACES, TIMES
from commed.indicators.grounds import complete_list, counted, divided
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.places import Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.organisations import INSTITUTIONS, WEEK, Organisation, Workstation
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]


def _standing(bodies: Iterable[Organisation], question: Question) -> dict[Organisation, Truth]:
    """Return those of the bodies that surely or possibly stand in the division on the last day."""
    around = question.register.around(question.division)
    return {
        body: truth
        for body in bodies
        if body.division in around
        and (
            truth := body.standing(question.last)
            & around[body.division]
            & question.asks_of(body.id)
        )
        is not Truth.FALSE
    }


def _is_whole(collection: Collection, question: Question) -> bool:
    return question.register.is_complete(collection, question.division, question.day)


def _count(
    bodies: Mapping[Organisation, Truth], collection: Collection, unit: Unit, question: Question
) -> Answer:
    whole_list = _is_whole(collection, question)
    least, most = span(bodies.values())
    details = _DETAILS if whole_list else None
    return counted(
        interval(least, most if whole_list else inf),
        unit,
        coverage=(Coverage(collection, len(bodies), whole_list),),
        needs=[complete_list(collection, question, of=details)],
        evidence=tuple(map(evidence_of, bodies)),
    )


def _institutions(question: Question) -> Answer:
    register = question.register
    institutions = _standing(
        (
            body
            for body in register.organisations
            if (body.kind in INSTITUTIONS if question.kind is None else body.kind is question.kind)
            and question.level in {None, register.division(body.division).level}
        ),
        question,
    )
    return _count(institutions, Collection.ORGANISATIONS, Unit.INSTITUTIONS, question)


def _workstations(question: Question) -> Answer:
    stations = _standing(question.register.workstations, question)
    return _count(stations, Collection.WORKSTATIONS, Unit.ITEMS, question)


def _demonstration_share(question: Question) -> Answer:
    stations = {
        station: truth
        for station, truth in _standing(question.register.workstations, question).items()
        if isinstance(station, Workstation)
    }
    is_one = {station: Truth.of(station.demonstration) for station in stations}
    part = span(truth & is_one[station] for station, truth in stations.items())
    rest = span(truth & ~is_one[station] for station, truth in stations.items())
    whole_list = _is_whole(Collection.WORKSTATIONS, question)
    details = _DEMONSTRATION if whole_list and stations else None
    return divided(
        share(part, rest) if whole_list else None,
        Quantity(interval(*part), Unit.ITEMS),
        Quantity(interval(*span(stations.values())), Unit.ITEMS),
        coverage=(Coverage(Collection.WORKSTATIONS, len(stations), whole_list),),
        needs=[complete_list(Collection.WORKSTATIONS, question, of=details)],
        evidence=tuple(map(evidence_of, stations)),
    )


def _opening_hours(question: Question) -> Answer:
    stations = _standing(question.register.workstations, question)
    hours = [
        (_hours(station), truth is Truth.TRUE)
        for station, truth in stations.items()
        if isinstance(station, Workstation)
    ]
    whole_list = _is_whole(Collection.WORKSTATIONS, question)
    details = _HOURS if whole_list and stations else None
    sure = [each for each, is_sure in hours if is_sure]
    total = sum((each for each, _ in hours), Interval.exactly(0))
    low = sum((each for each in sure), Interval.exactly(0)).low
    return divided(
        _mean(hours) if whole_list else None,
        Quantity(Interval(low, total.high), Unit.HOURS),
        Quantity(interval(*span(stations.values())), Unit.ITEMS),
        coverage=(Coverage(Collection.WORKSTATIONS, len(stations), whole_list),),
        needs=[complete_list(Collection.WORKSTATIONS, question, of=details)],
        evidence=tuple(map(evidence_of, stations)),
    )


def _hours(station: Workstation) -> Interval:
    week = Interval(0, WEEK.high)
    stated = week if station.weekly_hours is None else station.weekly_hours.interval
    return stated.intersection(week) or week


def _mean(values: list[tuple[Interval, bool]]) -> Interval | None:
    """Return the bounds of the mean of values, some of which may not count."""
    if not values:
        return None
    low, low_closed = _lowest_mean(
        [((value.low or Fraction(0), value.low_closed), is_sure) for value, is_sure in values]
    )
    high, high_closed = _lowest_mean(
        [((-(value.high or Fraction(0)), value.high_closed), is_sure) for value, is_sure in values]
    )
    return Interval(low, -high, low_closed, high_closed)


def _lowest_mean(ends: list[tuple[tuple[Fraction, bool], bool]]) -> tuple[Fraction, bool]:
    """Return the lowest mean of the sure values and any of the others; whether it is reached."""
    chosen = [end for end, is_sure in ends if is_sure]
    optional = [end for end, is_sure in ends if not is_sure]
    for end in sorted(optional, key=lambda end: (end[0], not end[1])):
        if not chosen or end[0] * len(chosen) < sum(value for value, _ in chosen):
            chosen.append(end)
    return sum((value for value, _ in chosen), Fraction(0)) / len(chosen), all(
        closed for _, closed in chosen
    )


_LEVELS = (Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY)


def _network_coverage(question: Question) -> Answer:
    own = question.register.division(question.division).level
    levels = [
        level for level in _LEVELS if question.level in {None, level} and not level.is_above(own)
    ]
    covered: Span = (0, 0)
    lacking: Span = (0, 0)
    needs, coverage, is_known = [], [], True
    for level in levels:
        with_one, all_of_them = _covered_at(level, question)
        coverage.append(Coverage(Collection.DIVISIONS, all_of_them or 0, all_of_them is not None))
        if all_of_them is None:
            is_known = False
            needs.append(complete_list(Collection.DIVISIONS, question, of=level.label))
            continue
        covered = (covered[0] + with_one[0], covered[1] + with_one[1])
        lacking = (lacking[0] + all_of_them - with_one[1], lacking[1] + all_of_them - with_one[0])
        if with_one[0] != with_one[1]:
            needs.append(complete_list(_bodies_of(level), question))
    if not levels or (is_known and not covered[1] and not lacking[1]):
        needs.append(complete_list(Collection.DIVISIONS, question))
    return divided(
        share(covered, lacking) if is_known else None,
        Quantity(interval(*covered), Unit.ITEMS),
        Quantity.exactly(int(covered[0] + lacking[1]), Unit.ITEMS),
        coverage=tuple(coverage),
        needs=needs,
    )


def _bodies_of(level: Level) -> Collection:
    is_community = level is Level.COMMUNITY
    return Collection.WORKSTATIONS if is_community else Collection.ORGANISATIONS


def _covered_at(level: Level, question: Question) -> tuple[Span, int | None]:
    """Return how many divisions of a level are covered, and how many there are in all.

    That is None where their list is not whole.
    """
    if level is Level.COMMUNITY:
        return covered_communities(question)
    register = question.register
    inside = register.divisions_within(question.division, level, question.day)
    whole_list = register.is_complete(Collection.DIVISIONS, question.division, question.day, level)
    if not whole_list or Truth.UNKNOWN in inside.values():
        return (0, 0), None
    return span(_has_institution(division, question) for division in inside), len(inside)


def _has_institution(division: str, question: Question) -> Truth:
    register = question.register
    whole_list = register.is_complete(Collection.ORGANISATIONS, division, question.day)
    has = Truth.of(False if whole_list else None)
    for body in register.organisations:
        if body.division == division and body.kind in INSTITUTIONS:
            has |= body.standing(question.last)
    return has


_DETAILS = Label(
    zh="机构所在区划、设立和撤销日期",
    en="bodies, with the place of each one and the days it was set up and closed",
)
_DEMONSTRATION = Label(
    zh="示范工作站认定情况", en="workstations, with which of them are demonstration stations"
)
_HOURS = Label(
    zh="社区教育工作站每周开放时间", en="workstations, with the opening hours of each week"
)
_STATIONS = Label(zh="社区教育工作站的完整清单", en="the complete list of workstations")
_SOURCE = Label(zh="本库定义", en="this library's definition")
_LOWER_BOUND = Label(
    zh="清单不全时只给下界；所在区划或存续不明的计入上界",
    en="a lower bound where the list is partial; a body of unknown place or dates counts towards "
    "the upper bound",
)

DEFINITIONS = (
    Definition(
        id="three-level-coverage",
        label=Label(zh="三级网络覆盖率", en="coverage of the three-level network"),
        formula=Label(
            zh="设有本级社区教育机构的区（市）县、乡镇（街道）数与设有社区教育工作站的村（社区）数"
            "之和 ÷ 三级区划总数，按期末计",
            en="districts and townships with an institution of their own level, and communities "
            "with a workstation / all divisions of the three levels, on the last day",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.STOCK,
        source=Label(
            zh="社区教育示范区评估标准（2010）列区县、街道（乡镇）、居（村）委会三级机构；"
            "公式为本库所定",
            en="the demonstration standard of 2010 names institutions at three levels; the "
            "formula is this library's",
        ),
        requires=Label(
            zh="三级区划的完整清单；机构和工作站的完整清单",
            en="the complete lists of divisions at the three levels, of institutions and of "
            "workstations",
        ),
        when_partial=Label(
            zh="机构清单不全时给出上下界；某级区划清单不全则无值",
            en="bounded where the lists of bodies are partial; no value where a list of divisions "
            "is",
        ),
        compute=_network_coverage,
        base=Label(zh="三级区划总数", en="divisions of the three levels"),
        dimensions=(*TIMES, *PLACES, "level"),
    ),
    Definition(
        id="institutions",
        label=Label(zh="社区教育机构数", en="community-education institutions"),
        formula=Label(
            zh="期末存在的社区大学、学院、中心、学校数，不含工作站",
            en="universities, colleges, centres and schools of community education that stand on "
            "the last day; workstations are counted apart",
        ),
        unit=Unit.INSTITUTIONS,
        timing=Timing.STOCK,
        source=Label(
            zh="教职成司函〔2016〕57号按级统计机构",
            en="the national survey of 2016 counts institutions by level",
        ),
        requires=Label(zh="机构的完整清单", en="the complete list of organisations"),
        when_partial=_LOWER_BOUND,
        compute=_institutions,
        dimensions=(*TIMES, *PLACES, "organiser", "level", "kind"),
    ),
    Definition(
        id="workstations",
        label=Label(zh="社区教育工作站数", en="workstations"),
        formula=Label(
            zh="期末存在的社区教育工作站数", en="workstations that stand on the last day"
        ),
        unit=Unit.ITEMS,
        timing=Timing.STOCK,
        source=_SOURCE,
        requires=_STATIONS,
        when_partial=_LOWER_BOUND,
        compute=_workstations,
        dimensions=(*TIMES, *PLACES, "organiser"),
    ),
    Definition(
        id="demonstration-share",
        label=Label(zh="示范工作站占比", en="share of demonstration workstations"),
        formula=Label(
            zh="示范工作站数 ÷ 社区教育工作站数，按期末计",
            en="demonstration workstations / workstations, on the last day",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.STOCK,
        source=_SOURCE,
        requires=Label(
            zh=f"{_STATIONS.zh}及示范认定", en=f"{_STATIONS.en}, with which are demonstrations"
        ),
        when_partial=Label(
            zh="认定不明的可算可不算；清单不全则无值",
            en="a station of which it is not known may count or not; no value where the list is "
            "partial",
        ),
        compute=_demonstration_share,
        base=Label(zh="社区教育工作站数", en="workstations"),
        dimensions=(*TIMES, *PLACES, "organiser"),
    ),
    Definition(
        id="opening-hours",
        label=Label(zh="每周开放时间", en="opening hours a week"),
        formula=Label(
            zh="各工作站每周开放小时数之和 ÷ 工作站数，按期末计",
            en="sum over the workstations that stand on the last day of their hours a week / "
            "workstations",
        ),
        unit=Unit.HOURS_A_WEEK,
        timing=Timing.STOCK,
        source=_SOURCE,
        requires=Label(
            zh=f"{_STATIONS.zh}及每周开放时间", en=f"{_STATIONS.en}, with their weekly hours"
        ),
        when_partial=Label(
            zh="开放时间不明的按0至168小时计；清单不全则无值",
            en="hours that are not known are anything from 0 to 168; no value where the list is "
            "partial",
        ),
        compute=_opening_hours,
        base=Label(zh="社区教育工作站数", en="workstations"),
        dimensions=(*TIMES, *PLACES, "organiser"),
    ),
)
"""The indicators of the network."""
