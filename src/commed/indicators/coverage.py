"""Coverage (覆盖率): which communities have a workstation, and how many people live there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import inf

from attrs import frozen

from commed.evidence import Need
from commed.indicators.bounds import Count, Span, interval, share
from commed.indicators.dimensions import PLACES, TIMES
from commed.indicators.grounds import complete_list, divided, population_of
from commed.indicators.measurement import SHARE, Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.places import Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS", "covered_communities"]

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
    return Answer(
        value=share,
        coverage=_coverage(stations, lists),
        evidence=tuple(evidence_of(station.record) for station in stations),
        needs=()
        if share is not None and share.is_exact
        else tuple(_needs(stations, lists, question)),
    )


def covered_communities(question: Question) -> tuple[tuple[int, int], int | None]:
    """Return how many communities have a workstation, at least and at most, and how many there are.

    The number of all is None where their list is not whole.
    """
    lists = _lists(question)
    if not lists.all_communities:
        return (0, 0), None
    served, known = _served(_stations(lists, question)), len(lists.communities)
    return (len(served.fewest), len(served.most) if lists.all_stations else known), known


def _population_coverage(question: Question) -> Answer:
    """Measure the residents of the communities that have a workstation, out of all of them."""
    lists = _lists(question)
    stations = _stations(lists, question)
    needs = _needs(stations, lists, question)
    evidence = [evidence_of(station.record) for station in stations]
    residents: dict[str, Span] = {}
    for community in sorted(lists.communities):
        found, told, lacking = population_of(question._replace(division=community))
        evidence += told
        needs += lacking
        if found is not None:
            high = found.interval.high
            residents[community] = int(found.interval.low or 0), inf if high is None else int(high)
    if not lists.all_communities or not residents or residents.keys() != lists.communities:
        coverage = _coverage(stations, lists)
        return Answer(value=None, coverage=coverage, evidence=tuple(evidence), needs=tuple(needs))
    fewest = _fewest_residents(stations, residents)
    most = _most_residents(stations, residents) if lists.all_stations else lists.communities
    covered = _residents(fewest, residents)[0], _residents(most, residents)[1]
    others = (
        _residents(lists.communities - most, residents)[0],
        _residents(lists.communities - fewest, residents)[1],
    )
    return divided(
        share(covered, others),
        Quantity(interval(*covered), Unit.PERSONS),
        Quantity(interval(*_residents(lists.communities, residents)), Unit.PERSONS),
        coverage=_coverage(stations, lists),
        needs=needs,
        evidence=tuple(evidence),
    )


def _fewest_residents(
    stations: Sequence[_Station], residents: Mapping[str, Span]
) -> frozenset[str]:
    """Return the communities that are served where the share of residents is lowest.

    Served residents are few, others many. To serve a community costs the more of either, the
    higher the share is: so the choice is made anew at the share that it led to (Dinkelbach).
    """
    everybody, at = frozenset(residents), Fraction(1)
    while True:
        cost = {key: (1 - at) * few + at * many for key, (few, many) in residents.items()}
        served = _served(stations, cost.__getitem__).fewest
        few, many = _residents(served, residents)[0], _residents(everybody - served, residents)[1]
        found = Fraction(0) if many == inf else Fraction(few) / Fraction(few + many)
        if not 0 < found < at:
            return served
        at = found


def _most_residents(stations: Sequence[_Station], residents: Mapping[str, Span]) -> frozenset[str]:
    """Return the communities that are served where the share of residents is highest."""
    everybody, at = frozenset(residents), Fraction(0)
    while True:
        gain = {key: -((1 - at) * many + at * few) for key, (few, many) in residents.items()}
        served = _served(stations, gain.__getitem__).most
        many, few = _residents(served, residents)[1], _residents(everybody - served, residents)[0]
        found = Fraction(1) if many == inf else Fraction(many) / Fraction(few + many)
        if not at < found < 1:
            return served
        at = found


def _residents(communities: Iterable[str], residents: Mapping[str, Span]) -> Span:
    """Return how many live in these communities, at least and at most."""
    spans = [residents[community] for community in communities]
    return sum(least for least, _ in spans), sum(most for _, most in spans)


def _coverage(stations: Sequence[_Station], lists: _Lists) -> tuple[Coverage, ...]:
    return (
        Coverage(Collection.DIVISIONS, len(lists.communities), lists.all_communities),
        Coverage(Collection.WORKSTATIONS, len(stations), lists.all_stations),
    )


def _needs(stations: Sequence[_Station], lists: _Lists, question: Question) -> list[Need]:
    needs = []
    if not lists.all_communities or not lists.communities:
        needs.append(complete_list(Collection.DIVISIONS, question, of=_COMMUNITIES))
    if not lists.all_stations:
        needs.append(complete_list(Collection.WORKSTATIONS, question))
    if not all(station.surely and len(station.serves) == 1 for station in stations):
        needs.append(complete_list(Collection.WORKSTATIONS, question, of=_DETAILS))
    return needs


_DETAILS = Label(
    zh="社区教育工作站及其所服务的村（社区）、设立和撤销日期",
    en="workstations, with the community each one serves and the days it was set up and closed",
)


def _communities(question: Question, place: str) -> Mapping[str, Truth]:
    """Return the communities on record that surely or possibly lie in a division."""
    return question.register.divisions_within(place, Level.COMMUNITY, question.day)


def _all_listed(question: Question, place: str) -> bool:
    return question.register.is_complete(Collection.DIVISIONS, place, question.day, Level.COMMUNITY)


def _lists(question: Question) -> _Lists:
    inside = _communities(question, question.division)
    return _Lists(
        communities=frozenset(key for key, truth in inside.items() if truth is Truth.TRUE),
        adrift=frozenset(key for key, truth in inside.items() if truth is Truth.UNKNOWN),
        all_communities=Truth.UNKNOWN not in inside.values()
        and _all_listed(question, question.division),
        all_stations=question.register.is_complete(
            Collection.WORKSTATIONS, question.division, question.day
        ),
    )


def _stations(lists: _Lists, question: Question) -> list[_Station]:
    register = question.register
    found = []
    for station in register.workstations:
        standing = station.standing(question.last) & question.asks_of(station.id)
        inside = register.lies_within(station.division, question.division)
        if (standing & inside) is Truth.FALSE:
            continue
        choices: Mapping[str, Truth] = {station.division: Truth.TRUE}
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


@frozen
class _Served:
    """The communities that are served: if these are few, and if they are many.

    `unlisted` stations may each serve one more that is not on record.
    """

    fewest: frozenset[str]
    most: frozenset[str]
    unlisted: int


def _served(stations: Sequence[_Station], weight: Callable[[str], Count] = lambda _: 0) -> _Served:
    """Return which communities are served, each station taking the choice of the lowest weight.

    Divisions nest, so letting the station of the narrowest choice serve first is the best
    that can be done, for the fewest communities and for the most.
    """
    fewest: set[str] = set()
    most: set[str] = set()
    unlisted = 0
    for station in sorted(stations, key=_choices):
        serves = sorted(station.serves, key=weight)
        if station.surely and serves and fewest.isdisjoint(serves):
            fewest.add(serves[0])
        free = [key for key in (*serves, *station.or_adrift) if key not in most]
        if free:
            most.add(free[0])
        elif station.or_unlisted:
            unlisted += 1
    return _Served(frozenset(fewest), frozenset(most), unlisted)


def _share(stations: Sequence[_Station], lists: _Lists) -> Interval | None:
    """Return the sharp bounds of the share of communities that are served."""
    served = _served(stations)
    known = len(lists.communities)
    if lists.all_communities:
        if not known:
            return None
        highest = len(served.most) if lists.all_stations else known
        return Interval(Fraction(len(served.fewest), known), Fraction(highest, known))
    unlisted = served.unlisted + len(served.most - lists.communities)
    if not lists.all_stations or not known + unlisted:
        return None
    # Any number of communities that are not on record may be without a station.
    some_served = any(station.surely and _choices(station) > (0, False) for station in stations)
    highest = len(served.most & lists.communities) + unlisted
    return Interval(0, Fraction(highest, known + unlisted), low_closed=not some_served)


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
        within=SHARE,
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
        dimensions=(*TIMES, *PLACES, "organiser"),
    ),
    Definition(
        id="population-coverage",
        label=Label(zh="社区教育工作站人口覆盖率", en="workstation coverage of the population"),
        formula=Label(
            zh="有社区教育工作站的村（社区）的常住人口 ÷ 各村（社区）常住人口之和，按期末计",
            en="residents of communities with a workstation / residents of all communities, on the "
            "last day",
        ),
        unit=Unit.RATIO,
        within=SHARE,
        timing=Timing.STOCK,
        source=Label(zh="本库定义", en="this library's definition"),
        requires=Label(
            zh="村（社区）的完整清单及各自的常住人口；社区教育工作站的完整清单及其所服务的村（社区）",
            en="the complete list of communities, with the residents of each; the complete list of "
            "workstations, with the community each one serves",
        ),
        when_partial=Label(
            zh="工作站清单不全或服务社区不明时给出上下界；社区清单或人口不全则无值",
            en="bounded where workstations, or whom they serve, are not all known; no value where "
            "communities or their residents are not",
        ),
        compute=_population_coverage,
        base=Label(zh="各村（社区）常住人口之和", en="residents of all communities"),
        dimensions=(*TIMES, *PLACES, "organiser"),
    ),
)
"""The indicators of coverage."""
