"""Learning teams that met: sharp bounds, against every way to complete the records.

A team that is recorded at the district lies in this township or in another, one without themes
works on a theme or not, and one that no event names met or not where events are not all listed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed.indicators import Measurement, measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.organisations import Workstation
from commed.records.resources import Population
from commed.references import Collection
from commed.register import Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
YEAR, LAST = Period.year(2018), date(2018, 12, 31)
BRUSH, HEALTH = "书法", "健康"
STATIONS = {"plum": HERE, "pine": THERE}
LISTS = {"teams": Collection.TEAMS, "events": Collection.EVENTS}


@frozen(kw_only=True)
class Team:
    """A team: where it is recorded, on what it works, when it stood, and on which day it met."""

    place: str = HERE
    station: str | None = None
    themes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    met: date | None = None

    def stands(self) -> bool:
        return (self.since or LAST) <= LAST <= (self.until or LAST)

    def asked(
        self, place: str = HERE, theme: str | None = None, station: str | None = None
    ) -> list[bool]:
        """Return whether it is asked for, in every way there is."""
        lies = [self.place.startswith(place)]
        if self.place == DISTRICT != place:
            lies = [True, False]
        works = [theme in self.themes] if theme is None or self.themes else [True, False]
        belongs = [self.station == station] if self.station else [True, False]
        ways = product(
            lies, [True] if theme is None else works, [True] if station is None else belongs
        )
        return sorted({all(way) for way in ways})

    def met_in(self, period: Period, *, events: bool) -> list[bool]:
        """Return whether it met in the period, in every way there is."""
        if self.met is not None and self.met in period:
            return [True]
        stood = (self.since or period.last) <= period.last
        stood &= (self.until or period.first) >= period.first
        return [True, False] if stood and not events else [False]


teams = st.builds(
    Team,
    place=st.sampled_from([HERE, THERE, DISTRICT]),
    station=st.sampled_from([None, *STATIONS]),
    themes=st.sampled_from([(), (BRUSH,), (BRUSH, HEALTH)]),
    since=st.sampled_from([None, date(2018, 1, 1), LAST, date(2019, 1, 1)]),
    met=st.sampled_from([None, date(2017, 12, 31), date(2018, 3, 1), LAST, date(2019, 1, 1)]),
) | st.builds(
    Team,
    until=st.sampled_from([date(2018, 12, 30), LAST]),
    met=st.sampled_from([None, date(2018, 1, 1)]),
)
several = st.lists(teams, max_size=4)
wholes = st.fixed_dictionaries({"teams": st.booleans(), "events": st.booleans()})


def registered(
    told: Sequence[Team], *, population: Interval | None = None, **whole: bool
) -> Register:
    populations = [] if population is None else [Quantity(population, Unit.PERSONS)]
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)],
        "workstations": [Workstation(id=k, name=k, division=v) for k, v in STATIONS.items()],
        "teams": [
            LearningTeam(
                id=f"t{index}",
                division=team.place,
                workstation=team.station,
                themes=team.themes,
                since=team.since,
                until=team.until,
            )
            for index, team in enumerate(told)
        ],
        "events": [
            LearningEvent(id=f"e{index}", date=team.met, division=HERE, team=f"t{index}")
            for index, team in enumerate(told)
            if team.met is not None
        ],
        "populations": [
            Population(division=HERE, on=LAST, persons=persons) for persons in populations
        ],
        "complete": [LISTS[name] for name in LISTS if whole.get(name, True)],
    }
    return Register(jurisdiction=DISTRICT, **lists)


def worlds(
    told: Sequence[Team], period: Period = YEAR, *, events: bool = True, **narrowed: Any
) -> Iterator[list[tuple[bool, bool]]]:
    """Yield of each team that is asked for, in every way there is, if it stood and if it met."""
    choices = [
        [
            (team.stands(), met) if is_asked else None
            for is_asked in team.asked(**narrowed)
            for met in team.met_in(period, events=events)
        ]
        for team in told
    ]
    for world in product(*choices):
        yield [team for team in world if team is not None]


def active(
    told: Sequence[Team], period: Period = YEAR, *, whole: Any, **narrowed: Any
) -> Interval | None:
    """Return the hull of the teams that met; one list that is whole bounds them."""
    counts = {
        sum(met for _, met in world)
        for world in worlds(told, period, events=whole["events"], **narrowed)
    }
    expected = Interval(min(counts), None if not any(whole.values()) else max(counts))
    return None if expected == Interval(0, None) else expected


def active_share(told: Sequence[Team], period: Period = YEAR, **known: Any) -> Interval | None:
    """Return the hull of the share of the teams standing on the last day that met."""
    found = []
    for world in worlds(told, period, **known):
        standing = [met for stands, met in world if stands]
        if standing:
            found.append(Fraction(sum(standing), len(standing)))
    return Interval(min(found), max(found)) if found else None


def is_told(measurement: Measurement) -> bool:
    """Whether what is not exact says what it needs, and what is exact needs nothing."""
    is_exact = measurement.value is not None and measurement.value.is_exact
    return is_exact is not bool(measurement.needs)


# --- active-teams ----------------------------------------------------------------------


@given(told=several, whole=wholes, place=st.sampled_from([HERE, DISTRICT]))
def test_the_bounds_of_the_active_teams_are_sharp(told: list[Team], whole: Any, place: str) -> None:
    register = registered(told, **whole)
    measurement = measure("active-teams", register, period=YEAR, division=place)
    assert measurement.value == active(told, whole=whole, place=place)
    assert is_told(measurement)


@given(told=several, whole=wholes)
def test_the_bounds_of_the_active_teams_are_sharp_by_theme_and_by_organiser(
    told: list[Team], whole: Any
) -> None:
    register = registered(told, **whole)
    asked: Any = {"period": YEAR, "division": HERE}
    for theme, part in measure("active-teams", register, **asked, by="theme").items():
        assert part.value == active(told, whole=whole, theme=theme)
        assert is_told(part)
    by_station = measure("active-teams", register, **asked, by="organiser")
    assert set(by_station) == {"plum"}
    assert by_station["plum"].value == active(told, whole=whole, station="plum")


@given(told=several)
def test_a_team_is_active_in_each_month_in_which_it_met(told: list[Team]) -> None:
    split = measure("active-teams", registered(told), period=YEAR, division=HERE, by="month")
    whole = {"teams": True, "events": True}
    for month, part in enumerate(split.values(), 1):
        assert part.value == active(told, Period.month(2018, month), whole=whole)


def test_a_team_that_met_twice_is_one_active_team() -> None:
    first = registered([Team(met=date(2018, 3, 1))])
    again = LearningEvent(id="again", date=date(2018, 4, 1), division=THERE, team="t0")
    register = commed.Register(
        jurisdiction=DISTRICT,
        divisions=first.divisions,
        workstations=first.workstations,
        teams=first.teams,
        events=(*first.events, again),
        complete=first.complete,
    )
    assert measure("active-teams", register, period=YEAR).value == Interval.exactly(1)


def test_the_coverage_of_a_place_names_its_own_teams_alone() -> None:
    register = registered([Team(place=HERE), Team(place=THERE)])
    (told,) = measure("active-teams", register, period=YEAR, division=HERE).coverage
    assert told.records == 1


# --- active-team-share -----------------------------------------------------------------


@given(told=several, events=st.booleans(), place=st.sampled_from([HERE, DISTRICT]))
def test_the_bounds_of_the_share_of_active_teams_are_sharp(
    *, told: list[Team], events: bool, place: str
) -> None:
    register = registered(told, events=events)
    measurement = measure("active-team-share", register, period=YEAR, division=place)
    assert measurement.value == active_share(told, events=events, place=place)
    assert is_told(measurement)


@given(told=several, events=st.booleans())
def test_the_bounds_of_the_share_of_active_teams_are_sharp_by_theme_and_by_organiser(
    *, told: list[Team], events: bool
) -> None:
    register = registered(told, events=events)
    asked: Any = {"period": YEAR, "division": HERE}
    for theme, part in measure("active-team-share", register, **asked, by="theme").items():
        assert part.value == active_share(told, events=events, theme=theme)
    part = measure("active-team-share", register, **asked, where={"organiser": "plum"})
    assert part.value == active_share(told, events=events, station="plum")


@given(told=several, events=st.booleans())
def test_without_all_teams_there_is_no_share_of_them(*, told: list[Team], events: bool) -> None:
    register = registered(told, teams=False, events=events)
    measurement = measure("active-team-share", register, period=YEAR, division=HERE)
    assert measurement.value is None
    assert Collection.TEAMS in {need.collection for need in measurement.needs}


def test_a_team_that_met_and_then_ended_is_active_and_not_in_the_share() -> None:
    ended = Team(met=date(2018, 1, 1), until=date(2018, 12, 30))
    register = registered([ended, Team()])
    assert measure("active-teams", register, period=YEAR).value == Interval.exactly(1)
    assert measure("active-team-share", register, period=YEAR).value == Interval.exactly(0)


# --- learning-teams and teams-per-10000-residents --------------------------------------


def standing(told: Sequence[Team], day: date, *, listed: bool, **narrowed: Any) -> Interval:
    on_the_day = [team for team in told if (team.since or day) <= day <= (team.until or day)]
    counts = {sum(world) for world in product(*(team.asked(**narrowed) for team in on_the_day))}
    return Interval(min(counts), max(counts) if listed else None)


@given(told=several, listed=st.booleans())
def test_the_bounds_of_the_teams_are_sharp_by_month_and_division_and_organiser(
    *, told: list[Team], listed: bool
) -> None:
    register = registered(told, teams=listed)

    def expected(day: date = LAST, **narrowed: Any) -> Interval | None:
        found = standing(told, day, listed=listed, **narrowed)
        return None if found == Interval(0, None) else found

    by_month = measure("learning-teams", register, period=YEAR, division=HERE, by="month")
    assert len(by_month) == 12
    for month, part in enumerate(by_month.values(), 1):
        assert part.value == expected(Period.month(2018, month).last)
        assert is_told(part)
    by_place = measure("learning-teams", register, period=YEAR, by="division")
    assert {key: part.value for key, part in by_place.items()} == {
        place: expected(place=place) for place in (HERE, THERE)
    }
    by_station = measure("learning-teams", register, period=YEAR, by="organiser")
    assert {key: part.value for key, part in by_station.items()} == {
        station: expected(place=DISTRICT, station=station) for station in STATIONS
    }


@given(
    told=several,
    listed=st.booleans(),
    persons=st.tuples(st.integers(1, 9000), st.integers(0, 9000)),
    theme=st.sampled_from([None, BRUSH]),
)
def test_the_bounds_of_the_teams_for_each_resident_are_sharp(
    *, told: list[Team], listed: bool, persons: tuple[int, int], theme: str | None
) -> None:
    fewest, most = persons[0], sum(persons)
    register = registered(told, teams=listed, population=Interval(fewest, most))
    is_known = theme is None or any(theme in team.themes for team in told)
    measurement = measure(
        "teams-per-10000-residents",
        register,
        period=YEAR,
        division=HERE,
        where={"theme": theme} if theme and is_known else None,
    )
    count = standing(told, LAST, listed=listed, theme=theme if is_known else None)
    low = Fraction(int(count.low or 0), most) * 10_000
    high = None if count.high is None else Fraction(int(count.high), fewest) * 10_000
    assert measurement.value == (None if count == Interval(0, None) else Interval(low, high))
    assert is_told(measurement)


@pytest.mark.parametrize("population", [None, Interval(0, 0)])
def test_without_residents_there_is_no_number_for_each(population: Interval | None) -> None:
    register = registered([Team()], population=population)
    measurement = measure("teams-per-10000-residents", register, period=YEAR, division=HERE)
    assert measurement.value is None
    assert {need.collection for need in measurement.needs} == {Collection.POPULATIONS}


def test_the_example_is_measured_as_it_was_made_up() -> None:
    register, year = commed.example("made-up-district"), Period.year(2024)
    found = {
        indicator: measure(indicator, register, period=year).value
        for indicator in ("active-teams", "active-team-share", "teams-per-10000-residents")
    }
    assert found == {
        "active-teams": Interval.exactly(2),
        "active-team-share": Interval.exactly(Fraction(2, 3)),
        "teams-per-10000-residents": Interval.exactly(30),
    }


def test_a_team_that_did_not_stand_in_the_period_did_not_meet_in_it() -> None:
    told = [
        Team(until=date(2010, 1, 1)),
        Team(since=date(2030, 1, 1)),
        Team(),
    ]
    register = registered(told, events=False)
    assert measure("active-teams", register, period=YEAR).value == Interval(0, 1)
