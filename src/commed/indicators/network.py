"""The network (办学网络): which communities have a workstation."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from commed.indicators.grounds import complete_list
from commed.indicators.measurement import Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.periods import Period
from commed.places import Level
from commed.quantities import Interval, Unit
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_COMMUNITIES = Label(zh="村（社区）", en="villages and neighbourhoods (communities)")


@frozen(kw_only=True)
class _Station:
    """A workstation that surely or possibly serves a community of the division.

    `serves` are the communities on record that it may serve, those that surely lie where it is
    recorded first, so that the others are left to others; `or_adrift` are those of which it is
    not known whether they lie inside; `or_unlisted` says that it may serve one not on record.
    """

    record: Workstation
    serves: tuple[str, ...]
    or_adrift: tuple[str, ...]
    surely: bool
    or_unlisted: bool


@frozen(kw_only=True)
class _Lists:
    """What is listed of the division on the day, and whether the lists are whole.

    `adrift` are communities on record that may lie inside or outside.
    """

    communities: frozenset[str]
    adrift: frozenset[str]
    all_communities: bool
    all_stations: bool


def _workstation_coverage(question: Question) -> Answer:
    lists = _lists(question)
    stations = _stations(lists, question)
    share = _share(stations, lists)
    needs = []
    if not lists.all_communities or not lists.communities:
        needs.append(complete_list(Collection.DIVISIONS, question, of=_COMMUNITIES))
    if not lists.all_stations:
        needs.append(complete_list(Collection.WORKSTATIONS, question))
    if not all(station.surely and len(station.serves) == 1 for station in stations):
        needs.append(complete_list(Collection.WORKSTATIONS, question, of=_DETAILS))
    return Answer(
        value=share,
        coverage=(
            Coverage(Collection.DIVISIONS, len(lists.communities), lists.all_communities),
            Coverage(Collection.WORKSTATIONS, len(stations), lists.all_stations),
        ),
        evidence=tuple(evidence_of(station.record) for station in stations),
        needs=() if share is not None and share.is_exact else tuple(needs),
    )


_DETAILS = Label(
    zh="社区教育工作站及其所服务的村（社区）、设立和撤销日期",
    en="workstations, with the community each one serves and the days it was set up and closed",
)


def _day(question: Question) -> Period | None:
    return None if question.period is None else Period.day(question.period.last)


def _communities(question: Question, place: str) -> dict[str, Truth]:
    """Return the communities on record that surely or possibly lie in a division."""
    register = question.register
    return {
        division.id: inside
        for division in register.divisions
        if division.level is Level.COMMUNITY
        and (inside := register.lies_within(division.id, place)) is not Truth.FALSE
    }


def _all_listed(question: Question, place: str) -> bool:
    return question.register.is_complete(
        Collection.DIVISIONS, place, _day(question), Level.COMMUNITY
    )


def _lists(question: Question) -> _Lists:
    inside = _communities(question, question.division)
    return _Lists(
        communities=frozenset(key for key, truth in inside.items() if truth is Truth.TRUE),
        adrift=frozenset(key for key, truth in inside.items() if truth is Truth.UNKNOWN),
        all_communities=Truth.UNKNOWN not in inside.values()
        and _all_listed(question, question.division),
        all_stations=question.register.is_complete(
            Collection.WORKSTATIONS, question.division, _day(question)
        ),
    )


def _stations(lists: _Lists, question: Question) -> list[_Station]:
    register = question.register
    day = None if question.period is None else question.period.last
    found = []
    for station in register.workstations:
        standing = station.standing(day) & question.asks_of(station.id)
        inside = register.lies_within(station.division, question.division)
        if (standing & inside) is Truth.FALSE:
            continue
        choices = {station.division: Truth.TRUE}
        all_choices_listed = True
        if register.division(station.division).level is not Level.COMMUNITY:
            choices = _communities(question, station.division)
            all_choices_listed = _all_listed(question, station.division)
        serves_inside = inside is Truth.TRUE or (
            all_choices_listed and bool(choices) and choices.keys() <= lists.communities
        )
        serves = sorted(
            lists.communities & choices.keys(),
            key=lambda key: (choices[key] is not Truth.TRUE, key),
        )
        found.append(
            _Station(
                record=station,
                serves=tuple(serves),
                surely=standing is Truth.TRUE and serves_inside,
                or_adrift=tuple(sorted(choices.keys() & lists.adrift)),
                or_unlisted=not all_choices_listed and not lists.all_communities,
            )
        )
    return found


def _share(stations: Sequence[_Station], lists: _Lists) -> Interval | None:
    """Return the sharp bounds of the share of communities that are served.

    Divisions nest, so letting the station of the narrowest choice serve first is the best
    that can be done, for the fewest communities and for the most.
    """
    fewest: set[str] = set()
    most: set[str] = set()
    unlisted = 0
    for station in sorted(stations, key=_choices):
        if station.surely and station.serves and fewest.isdisjoint(station.serves):
            fewest.add(station.serves[0])
        free = [key for key in (*station.serves, *station.or_adrift) if key not in most]
        if free:
            most.add(free[0])
        elif station.or_unlisted:
            unlisted += 1
    known = len(lists.communities)
    if lists.all_communities:
        if not known:
            return None
        highest = len(most) if lists.all_stations else known
        return Interval(Fraction(len(fewest), known), Fraction(highest, known))
    unlisted += len(most - lists.communities)
    if not lists.all_stations or not known + unlisted:
        return None
    # Any number of communities that are not on record may be without a station.
    some_served = any(station.surely and _choices(station) > (0, False) for station in stations)
    served = len(most & lists.communities) + unlisted
    return Interval(0, Fraction(served, known + unlisted), low_closed=not some_served)


def _choices(station: _Station) -> tuple[int, bool]:
    """Return how many communities on record a station may serve, and whether any other."""
    return len(station.serves) + len(station.or_adrift), station.or_unlisted


DEFINITIONS = (
    Definition(
        id="workstation-coverage",
        label=Label(zh="社区教育工作站覆盖率", en="workstation coverage"),
        formula=Label(
            zh="有社区教育工作站的村（社区）数 ÷ 村（社区）总数，按期末计",
            en="communities with a workstation / all communities, on the last day",
        ),
        unit=Unit.RATIO,
        timing=Timing.STOCK,
        source=Label(
            zh="条例草案第六条第三款要求村（社区）设工作站；公式为本库所定",
            en="art. 6 para. 3 of the draft asks for workstations in villages and neighbourhoods; "
            "the formula is this library's",
        ),
        requires=Label(
            zh="村（社区）的完整清单；社区教育工作站的完整清单及其所服务的村（社区）",
            en="the complete list of communities; the complete list of workstations, with the "
            "community each one serves",
        ),
        when_partial=Label(
            zh="缺一份清单时给出上下界，两份皆缺则无值",
            en="bounded where one of the lists is partial, no value where both are",
        ),
        compute=_workstation_coverage,
        base=_COMMUNITIES,
    ),
)
"""The indicators of the network."""
