"""Every indicator by its id, and the one way to measure them."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Literal, overload

from attrs import evolve

from commed.checks import found
from commed.errors import CommedError
from commed.indicators import network, participation, teams
from commed.indicators.measurement import Definition, Measurement, Question
from commed.periods import Period
from commed.places import DivisionCode, division_id
from commed.register import Register

__all__ = [
    "UnknownIndicator",
    "UnsupportedQuestion",
    "answered",
    "catalogue",
    "definition",
    "measure",
    "recorded_place",
]


class UnknownIndicator(CommedError, LookupError):
    """No indicator has this id; the message lists those that come close."""


class UnsupportedQuestion(CommedError, ValueError):
    """The indicator is not defined for what was asked of it."""


@cache
def catalogue() -> Mapping[str, Definition]:
    """Return every indicator's definition by its id (指标目录)."""
    families = (participation.DEFINITIONS, network.DEFINITIONS, teams.DEFINITIONS)
    return MappingProxyType({each.id: each for family in families for each in family})


def definition(indicator: str) -> Definition:
    """Return the definition of this id; raises `UnknownIndicator`."""
    try:
        return catalogue()[indicator]
    except KeyError:
        close = get_close_matches(str(indicator), catalogue(), n=3, cutoff=0.4) or list(catalogue())
        raise UnknownIndicator(
            f"no indicator is called {indicator!r}; is it one of {', '.join(close)}?"
        ) from None


@overload
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    by: None = None,
) -> Measurement: ...
@overload
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    by: Literal["theme"],
) -> Mapping[str, Measurement]: ...
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    by: Literal["theme"] | None = None,
) -> Measurement | Mapping[str, Measurement]:
    """Measure one indicator on a register.

    `period` of None takes all that is recorded; `division` of None is the register's
    jurisdiction. `by` splits the result, and gives a mapping. What is not known makes a wider
    interval or a value of None, never an error, and `needs` names it.

    Raises `UnknownIndicator`, and `UnsupportedQuestion` for a division that is not recorded
    or a split that the indicator does not have.
    """
    asked = definition(indicator)
    if period is not None and not isinstance(period, Period):
        raise UnsupportedQuestion(
            f"expected a period such as Period.year(2018), found {found(period)}"
        )
    place = recorded_place(register, division)
    question = Question(register=register, division=place, period=period)
    if by is None:
        return answered(asked, question)
    if by not in asked.dimensions:
        known = ", ".join(asked.dimensions) or "none"
        raise UnsupportedQuestion(f"{indicator} cannot be split by {by!r}; it splits by: {known}")
    themes = sorted({theme for team in register.teams for theme in team.themes})
    return {theme: answered(asked, evolve(question, theme=theme)) for theme in themes}


def recorded_place(register: Register, division: str | DivisionCode | None) -> str:
    """Return the key of a recorded division, the jurisdiction's for None."""
    place = register.jurisdiction if division is None else division_id(division)
    if all(place != known.id for known in register.divisions):
        raise UnsupportedQuestion(f"division {place!r} is not recorded: add it under 'divisions'")
    return place


def answered(asked: Definition, question: Question) -> Measurement:
    """Return the measurement that answers a question."""
    answer = asked.compute(question)
    return Measurement(
        indicator=asked,
        division=question.division,
        period=question.period,
        value=answer.value,
        numerator=answer.numerator,
        denominator=answer.denominator,
        coverage=answer.coverage,
        evidence=answer.evidence,
        needs=answer.needs,
    )
