"""Dimensions: what a figure may be split by, or narrowed to (分组维度).

A dimension cuts a question into parts, each under a key. Parts may overlap: a team works on
several themes, a learner belongs to several groups.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from attrs import frozen

from commed.indicators.elsewhere import elsewhere
from commed.indicators.measurement import Question, UnsupportedQuestion
from commed.labels import Label, LabelledEnum
from commed.periods import Period
from commed.places import Level
from commed.records.learning import LearnerGroup, LearningEvent, LearningTeam, Mode
from commed.records.organisations import INSTITUTIONS, OrganisationKind
from commed.records.resources import StaffRole
from commed.truth import Truth

__all__ = ["DIMENSIONS", "FIXED", "PLACES", "TIMES", "Dimension", "narrowed", "parts"]

Parts = Iterable[tuple[str, Question]]


@frozen
class Dimension:
    """One way to split a question (维度)."""

    name: str
    label: Label
    cut: Callable[[Question], Parts]


def parts(dimension: str, question: Question) -> Mapping[str, Question]:
    """Return the parts of a question by their keys."""
    found = dict(DIMENSIONS[dimension].cut(question))
    elsewhere(question.register).expect(found.values())
    return MappingProxyType(found)


def narrowed(
    question: Question, dimension: str, wanted: str, *, as_worded: bool = False
) -> Question:
    """Return the part of a question under one key; raises `UnsupportedQuestion`.

    Asked as a law words it, a use or a theme need not be on record.
    """
    if as_worded and dimension in _FREE:
        narrower: dict[str, Any] = {dimension: wanted}
        return question._replace(**narrower)
    known = dict(DIMENSIONS[dimension].cut(question))
    if wanted not in known:
        close = get_close_matches(wanted, known, n=3, cutoff=0.4) or list(known)
        among = f"; is it one of {', '.join(close)}?" if close else ": none is recorded"
        raise UnsupportedQuestion(f"no {dimension} is called {wanted!r}{among}")
    return known[wanted]


# --- by time ---------------------------------------------------------------------------


def _by_month(question: Question) -> Parts:
    asked = _asked("month", question)
    spans = ((f"{y:04}-{m:02}", Period.month(y, m)) for y in _years(asked) for m in range(1, 13))
    return _clipped(spans, asked, question)


def _by_quarter(question: Question) -> Parts:
    asked = _asked("quarter", question)
    spans = ((f"{y:04}-Q{q}", Period.quarter(y, q)) for y in _years(asked) for q in range(1, 5))
    return _clipped(spans, asked, question)


def _by_year(question: Question) -> Parts:
    asked = _asked("year", question)
    return _clipped(((f"{y:04}", Period.year(y)) for y in _years(asked)), asked, question)


def _asked(dimension: str, question: Question) -> Period:
    if question.period is None:
        raise UnsupportedQuestion(f"to split by {dimension}, say which 'period' to split")
    return question.period


def _years(period: Period) -> range:
    return range(period.first.year, period.last.year + 1)


def _clipped(spans: Iterable[tuple[str, Period]], asked: Period, question: Question) -> Parts:
    """Yield of each span the part that was asked for, so that the parts add up to the question."""
    for key, span in spans:
        part = span.overlap(asked)
        if part is not None:
            yield key, question._replace(period=part)


# --- by place --------------------------------------------------------------------------


def _by_division(question: Question) -> Parts:
    """Split into the divisions of the next lower level that any is recorded of."""
    level = question.register.division(question.division).level.below
    while level is not None:
        if found := list(_at_level(level, question)):
            yield from found
            return
        level = level.below


def _at_level(level: Level, question: Question) -> Parts:
    inside = question.register.divisions_within(question.division, level, question.period)
    for key, truth in inside.items():
        if truth is Truth.TRUE:
            yield key, question._replace(division=key)


def _by_level(level: Level) -> Callable[[Question], Parts]:
    return lambda question: _at_level(level, question)


# --- by what it is about ---------------------------------------------------------------


def _by_theme(question: Question) -> Parts:
    register = question.register
    recorded: tuple[LearningEvent | LearningTeam, ...] = (*register.teams, *register.events)
    themes = {theme for record in recorded for theme in record.themes}
    for theme in sorted(themes.union(elsewhere(register).themes)):
        yield theme, question._replace(theme=theme)


def _by_organiser(question: Question) -> Parts:
    """Split into the workstations of the division, and who held an event or has staff there."""
    register = question.register
    sites = [(place, body) for place, bodies in register.events_at.items() for body in bodies]
    sites += elsewhere(register).sites
    sites += [(register.place_of(record), record.organisation) for record in register.staffings]
    sites += [(station.division, station.id) for station in register.workstations]
    known = {
        body
        for place, body in sites
        if register.lies_within(place, question.division) is not Truth.FALSE
    }
    for body in register.bodies:
        if body.id in known:
            yield body.id, question._replace(organisations=(body.id,))


def _by_team(question: Question) -> Parts:
    register = question.register
    for team in register.teams:
        inside = register.lies_within(register.place_of(team), question.division)
        if inside is not Truth.FALSE:
            yield team.id, question._replace(team=team.id)


def _by_use(question: Question) -> Parts:
    uses = {funding.use for funding in question.register.fundings if funding.use is not None}
    for use in sorted(uses):
        yield use, question._replace(use=use)


def _fixed(dimension: str) -> Callable[[Question], Parts]:
    """Split into the members of an enumeration, whatever is recorded."""

    def cut(question: Question) -> Parts:
        for member in FIXED[dimension]:
            narrower: dict[str, Any] = {dimension: member}
            yield member.value, question._replace(**narrower)

    return cut


FIXED: Mapping[str, tuple[LabelledEnum, ...]] = MappingProxyType(
    {
        "mode": tuple(Mode),
        "group": tuple(LearnerGroup),
        "level": tuple(Level),
        "kind": tuple(kind for kind in OrganisationKind if kind in INSTITUTIONS),
        "role": tuple(StaffRole),
    }
)
"""The dimensions whose keys do not depend on what is recorded, with their members."""

_FREE = {"theme", "use"}
"""The dimensions whose keys are whatever somebody writes."""
TIMES = ("month", "quarter", "year")
"""The dimensions of time."""
PLACES = ("division", "county", "township", "community")
"""The dimensions of place: the next lower level on record, or one level by name."""

DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {
        name: Dimension(name, Label(zh=zh, en=en), cut)
        for name, zh, en, cut in (
            ("month", "月", "calendar months", _by_month),
            ("quarter", "季度", "calendar quarters", _by_quarter),
            ("year", "年", "calendar years", _by_year),
            ("division", "下一级区划", "divisions of the next lower level", _by_division),
            ("county", "区（市）县", "districts and counties", _by_level(Level.COUNTY)),
            ("township", "乡镇（街道）", "townships and subdistricts", _by_level(Level.TOWNSHIP)),
            ("community", "村（社区）", "communities", _by_level(Level.COMMUNITY)),
            ("organiser", "举办单位", "the bodies that held the events", _by_organiser),
            ("team", "学习型团队", "learning teams", _by_team),
            ("theme", "主题", "themes", _by_theme),
            ("mode", "开展方式", "on site, online, or both", _fixed("mode")),
            (
                "group",
                "人群",
                "groups of learners, which overlap",
                _fixed("group"),
            ),
            (
                "level",
                "层级",
                "the rank of the division a body belongs to",
                _fixed("level"),
            ),
            ("kind", "机构类别", "kinds of institution", _fixed("kind")),
            ("use", "用途", "what money is for", _by_use),
            (
                "role",
                "人员类别",
                "full-time, part-time, volunteers",
                _fixed("role"),
            ),
        )
    }
)
"""Every dimension by its name (全部维度)."""
