"""Team bounds: every way to place and to theme the teams lies inside, and both ends are reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commed.indicators import measure
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval
from commed.records.learning import LearningTeam
from commed.records.organisations import Workstation
from commed.references import Collection
from commed.register import Completeness, Register

DISTRICT, HERE, THERE = "510112", "510112001", "510112002"
FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
THEMES = ("书法", "健康")


@dataclass(frozen=True)
class Team:
    """A team: its place, its themes, and when it stood."""

    division: str | None
    themes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def counts(self, theme: str | None) -> Iterator[bool]:
        """Yield whether it counts here at the end of 2018, in every way to place and theme it."""
        stands = (self.since is None or self.since <= LAST) and self.until is None
        here = {DISTRICT: (True, False), THERE: (False,)}.get(self.division or HERE, (True,))
        own = (theme in self.themes,) if self.themes or theme is None else (True, False)
        for placed, themed in product(here, own):
            yield stands and placed and (theme is None or themed)


teams = st.builds(
    Team,
    st.sampled_from([None, DISTRICT, HERE, THERE]),
    st.sampled_from([(), THEMES[:1], THEMES]),
    st.sampled_from([None, FIRST, date(2019, 1, 1)]),
    st.just(None),
) | st.builds(Team, st.just(HERE), until=st.just(date(2018, 6, 30)))


def register(told: Sequence[Team], *, listed: bool) -> Register:
    lists: Any = {
        "divisions": [Division(id=key, name=key) for key in (DISTRICT, HERE, THERE)],
        "workstations": [Workstation(id="station", name="station", division=HERE)],
        "teams": [
            LearningTeam(
                id=f"t{index}",
                division=team.division,
                workstation="station",
                themes=list(team.themes),
                since=team.since,
                until=team.until,
            )
            for index, team in enumerate(told)
        ],
        "complete": [Completeness(collection=Collection.TEAMS, division=HERE)] * listed,
    }
    return Register(jurisdiction=DISTRICT, **lists)


def numbers(told: Sequence[Team], theme: str | None) -> set[int]:
    """Return how many teams may count."""
    return {sum(world) for world in product(*(team.counts(theme) for team in told))}


@settings(deadline=None)
@given(told=st.lists(teams, max_size=4), listed=st.booleans())
def test_the_bounds_of_the_teams_are_sound_and_sharp(*, told: list[Team], listed: bool) -> None:
    known = register(told, listed=listed)
    found = numbers(told, None)
    value = measure("learning-teams", known, period=Period(FIRST, LAST), division=HERE).value
    expected = Interval(min(found), max(found) if listed else None)
    assert value == (None if expected == Interval(0, None) else expected)


@settings(deadline=None)
@given(told=st.lists(teams, max_size=4), listed=st.booleans())
def test_the_bounds_of_the_teams_on_a_theme_are_sound_and_sharp(
    *, told: list[Team], listed: bool
) -> None:
    known = register(told, listed=listed)
    split = measure("learning-teams", known, period=Period(FIRST, LAST), division=HERE, by="theme")
    assert set(split) == {theme for team in told for theme in team.themes}
    for theme, measurement in split.items():
        found = numbers(told, theme)
        expected = Interval(min(found), max(found) if listed else None)
        assert measurement.value == (None if expected == Interval(0, None) else expected)
