"""Every indicator by its id, and the ways to measure them."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import overload

from commed.checks import found
from commed.errors import CommedError, Words
from commed.evidence import Need
from commed.indicators.dimensions import PLACES, TIMES, narrowed, parts
from commed.indicators.grounds import supplier_of
from commed.indicators.measurement import (
    Answer,
    Definition,
    Measurement,
    Question,
    UnsupportedQuestion,
)
from commed.labels import Label
from commed.periods import Period
from commed.places import DivisionCode, division_id
from commed.references import Collection
from commed.register import Register

__all__ = [
    "UnknownIndicator",
    "answered",
    "catalogue",
    "definition",
    "families",
    "measure",
    "measure_all",
    "questioned",
    "recorded_place",
]

Where = Mapping[str, str | Enum]
"""What to narrow a question to: a key, or a member of an enumeration, for each dimension."""


class UnknownIndicator(CommedError, LookupError):
    """No indicator has this id; the message lists those that come close."""


_FAMILIES = {
    "participation": (
        Label(zh="参与", en="Participation"),
        (
            "person-times distinct-learners participation-rate person-times-per-resident "
            "repeat-rate digital-share"
        ),
    ),
    "learning_time": (
        Label(zh="学习时长", en="Learning time"),
        (
            "learning-minutes learning-minutes-per-learner learning-minutes-per-resident "
            "learning-hours learning-hours-per-learner learning-hours-per-resident"
        ),
    ),
    "coverage": (
        Label(zh="覆盖", en="Coverage"),
        "workstation-coverage population-coverage",
    ),
    "network": (
        Label(zh="办学网络", en="Network"),
        "three-level-coverage institutions workstations demonstration-share opening-hours",
    ),
    "regularity": (
        Label(zh="常态化", en="Regularity"),
        "active-months active-weeks longest-gap",
    ),
    "plans": (
        Label(zh="活动计划", en="Plans"),
        "planned-sessions plan-completion team-plan-completion cancellation-rate",
    ),
    "teams": (
        Label(zh="学习型团队", en="Teams"),
        "learning-teams teams-per-10000-residents active-teams active-team-share",
    ),
    "funding": (
        Label(zh="经费", en="Funds"),
        (
            "funds-budgeted funds-budgeted-per-resident funds-budgeted-share "
            "funds-paid funds-paid-per-resident funds-paid-share funds-execution-rate"
        ),
    ),
    "staff": (
        Label(zh="人员", en="Staff"),
        "staff staff-per-10000-residents training-days training-days-per-staff",
    ),
    "voice": (
        Label(zh="群众评价", en="Voice"),
        "awareness approval satisfaction survey-response-rate",
    ),
    "balance": (
        Label(zh="均衡", en="Balance"),
        (
            "participation-gini participation-theil participation-variation "
            "participation-best-to-worst"
        ),
    ),
}
"""The module of each family, and the ids in it: a family is loaded when one of them is asked."""

_MODULES = {each: module for module, (_, ids) in _FAMILIES.items() for each in ids.split()}


@cache
def _family(module: str) -> Mapping[str, Definition]:
    return {each.id: each for each in import_module(f"commed.indicators.{module}").DEFINITIONS}


def families() -> Mapping[Label, tuple[Definition, ...]]:
    """Return the indicators by what they are about (指标分类)."""
    return MappingProxyType(
        {label: tuple(_family(module).values()) for module, (label, _) in _FAMILIES.items()}
    )


@cache
def catalogue() -> Mapping[str, Definition]:
    """Return every indicator's definition by its id (指标目录)."""
    return MappingProxyType({each: definition(each) for each in _MODULES})


def definition(indicator: str) -> Definition:
    """Return the definition of this id; raises `UnknownIndicator`."""
    try:
        return _family(_MODULES[indicator])[indicator]
    except KeyError:
        close = get_close_matches(str(indicator), _MODULES, n=3, cutoff=0.4) or list(_MODULES)
        raise UnknownIndicator(
            Words(
                f"no indicator is called {indicator!r}; is it one of {', '.join(close)}?",
                f"没有名为{indicator!r}的指标；是否为{'、'.join(close)}之一？",
            )
        ) from None


@overload
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: None = None,
) -> Measurement: ...
@overload
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: str,
) -> Mapping[str, Measurement]: ...
def measure(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: str | None = None,
) -> Measurement | Mapping[str, Measurement]:
    """Measure one indicator on a register.

    `period` of None takes all that is recorded; `division` of None is the register's
    jurisdiction. `where` narrows the question, as in ``where={"group": "elderly"}``; `by`
    splits it along a dimension, and gives a mapping. What is not known makes a wider interval
    or a value of None, never an error, and `needs` names it.

    Raises `UnknownIndicator`, and `UnsupportedQuestion` for a division or a key that is not
    recorded, or a dimension that the indicator does not have.
    """
    asked, chosen = definition(indicator), _chosen(where)
    question = _narrowest(asked, questioned(register, period, division), chosen)
    told = tuple(chosen.items())
    if by is None:
        return answered(asked, question, told)
    _check_dimension(asked, by)
    if by in chosen:
        raise UnsupportedQuestion(f"to split by {by}, do not narrow to one {by} in 'where'")
    return MappingProxyType(
        {
            key: answered(asked, part, (*told, (by, key)))
            for key, part in parts(by, question).items()
        }
    )


def measure_as_worded(
    indicator: str, register: Register, *, period: Period, division: str, where: Mapping[str, str]
) -> Measurement:
    """Measure what a law asks, whose words may name a use or a theme that nothing on record has.

    Raises as `measure` does.
    """
    asked = definition(indicator)
    question = _narrowest(asked, questioned(register, period, division), where, as_worded=True)
    return answered(asked, question, tuple(where.items()))


def measure_all(
    register: Register,
    indicators: Iterable[str] | None = None,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
) -> Mapping[str, Measurement]:
    """Measure several indicators (批量测算), by default all, counting once what they share.

    Returns them by id, and raises as `measure` does.
    """
    asked = [definition(each) for each in (catalogue() if indicators is None else indicators)]
    question = questioned(register, period, division)
    return MappingProxyType({each.id: answered(each, question) for each in asked})


def questioned(
    register: Register, period: Period | None, division: str | DivisionCode | None
) -> Question:
    """Return the question of a place and a period; raises `UnsupportedQuestion`."""
    if period is not None and not isinstance(period, Period):
        raise UnsupportedQuestion(
            f"expected a period such as Period.year(2018), found {found(period)}"
        )
    place = recorded_place(register, division)
    return Question(register, place, period)


def _narrowest(
    asked: Definition, question: Question, chosen: Mapping[str, str], *, as_worded: bool = False
) -> Question:
    if not chosen:
        return question
    for dimension in sorted(chosen, key=lambda name: name in (*PLACES, *TIMES)):
        _check_dimension(asked, dimension)
        question = narrowed(question, dimension, chosen[dimension], as_worded=as_worded)
    return question


def _chosen(where: Where | None) -> dict[str, str]:
    if where is not None and not isinstance(where, Mapping):
        raise UnsupportedQuestion(
            f"expected a mapping such as {{'group': 'elderly'}}, found {found(where)}"
        )
    if not where:
        return {}
    return {
        dimension: str(key.value if isinstance(key, Enum) else key)
        for dimension, key in where.items()
    }


def _check_dimension(asked: Definition, dimension: str) -> None:
    if dimension not in asked.dimensions:
        known = ", ".join(asked.dimensions) or "none"
        raise UnsupportedQuestion(
            f"{asked.id} cannot be split by {dimension!r}; it splits by: {known}"
        )


def recorded_place(register: Register, division: str | DivisionCode | None) -> str:
    """Return the key of a recorded division; for None the jurisdiction's, which always is."""
    if division is None:
        return register.jurisdiction
    place = division_id(division)
    try:
        return register.division(place).id
    except KeyError:
        raise UnsupportedQuestion(
            Words(
                f"division {place!r} is not recorded: add it under 'divisions'",
                f"区划{place!r}未登记：请补录于'divisions'",
            )
        ) from None


def answered(
    asked: Definition, question: Question, where: tuple[tuple[str, str], ...] = ()
) -> Measurement:
    """Return the measurement that answers a question."""
    answer = asked.compute(question)
    needs = answer.needs
    if answer.value is None and not needs:  # there is surely nothing to divide by
        needs = (_something_to_divide_by(asked, answer, question),)
    return Measurement(
        indicator=asked,
        division=question.division,
        period=question.period,
        value=answer.value,
        numerator=answer.numerator,
        denominator=answer.denominator,
        coverage=answer.coverage,
        evidence=answer.evidence,
        needs=needs,
        where=where,
    )


def _something_to_divide_by(asked: Definition, answer: Answer, question: Question) -> Need:
    base = asked.base or asked.label
    collection = answer.coverage[0].collection if answer.coverage else Collection.EVENTS
    return Need(
        what=Label(zh=f"大于零的{base.zh}", en=f"a number above zero of {base.en}"),
        collection=collection,
        division=question.division,
        period=question.period,
        supplier=supplier_of(collection),
    )
