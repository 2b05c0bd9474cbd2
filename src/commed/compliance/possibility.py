"""Conditions that nothing recorded could ever make true, or ever make false: they judge nothing.

What a condition asks are variables: a figure, which takes any value that its indicator can have,
or a question with two answers. They are set one after the other until the condition is decided;
of a figure all that matters is on which side of each threshold it lies.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from commed.compliance.figures import COMPARISONS
from commed.errors import Problem, Words
from commed.indicators import definition
from commed.law.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Condition,
    IndicatorCompares,
    Narrowing,
    Not,
    When,
    leaves,
    parts_of,
)
from commed.quantities import Interval
from commed.truth import Truth, all_of, any_of, at_least

__all__ = ["idle_parts"]

_LONGEST_SEARCH = 100_000
"""After so many looks at its leaves and their thresholds it gets the benefit of the doubt."""


def idle_parts(condition: Condition) -> Iterator[Problem]:
    """Yield the innermost parts of a condition that can never be true, or never be false.

    Its indicators must be known, and its thresholds in their units.
    """
    below = [
        problem.under(*path) for path, part in parts_of(condition) for problem in idle_parts(part)
    ]
    if below:
        yield from below
    elif len(reached := _reached(condition)) == 1:
        words = _told(condition, *reached)
        yield Problem("", words.en, words.zh)


def _told(condition: Condition, truth: Truth) -> Words:
    is_true = truth is Truth.TRUE
    never, always = ("false", "holds") if is_true else ("true", "fails")
    if isinstance(condition, IndicatorCompares):
        asked, within = condition.indicator, definition(condition.indicator).within
        why = Words(
            f"{asked} lies within {within}: mend the operator or the threshold",
            f"{asked}总在{within}之内：请更正比较方式或阈值",
        )
    else:
        why = Words("what its parts ask hangs together: mend them", "其各部分彼此牵制：请更正")
    never_zh, always_zh = ("不成立", "成立") if is_true else ("成立", "不成立")
    return Words(
        f"can never be {never}: whatever is recorded it {always}, for {why}",
        f"永远不可能{never_zh}：无论记录了什么，它都{always_zh}，因为{why.zh}",
    )


# --- what it can come to ---------------------------------------------------------------

_Figure = tuple[str, tuple[Narrowing, ...]]


@frozen
class _Setting:
    """What some of the variables are set to: figures by what is measured, answers by who asks."""

    figures: Mapping[_Figure, Interval]
    answers: Mapping[Condition, Truth]


def _reached(condition: Condition) -> set[Truth]:
    """Return what a condition can come to, each of whose parts can be true and can be false."""
    asked = Counter(_figure(leaf) or leaf for leaf in leaves(condition))
    amended = [
        each
        for leaf in leaves(condition)
        if isinstance(leaf, IndicatorCompares)
        for each in leaf.amended
    ]
    changes = {each.since for each in amended}
    if len(asked) > 1 and max(asked.values()) == 1 and not changes:  # no part binds another
        return {Truth.TRUE, Truth.FALSE}
    days = (date.min, *changes)
    steps = _LONGEST_SEARCH // (len(days) * (asked.total() + len(amended)))
    figures = list(_figures(condition).items())
    answers = list({leaf: None for leaf in leaves(condition) if _figure(leaf) is None})
    reached = set[Truth]()
    for day in days:
        reached |= _reached_on(day, condition, figures, answers, steps)
        if len(reached) > 1:
            break
    return reached


def _reached_on(
    day: date,
    condition: Condition,
    figures: Sequence[tuple[_Figure, Sequence[Interval]]],
    answers: Sequence[Condition],
    steps: int,
) -> set[Truth]:
    reached, settings = set[Truth](), [_Setting({}, {})]
    for _ in range(steps):
        if not settings:
            return reached
        setting = settings.pop()
        truth = _truth(condition, day, setting)
        if truth is not Truth.UNKNOWN:
            reached.add(truth)
        elif len(setting.figures) < len(figures):
            figure, values = figures[len(setting.figures)]
            settings += (
                evolve(setting, figures={**setting.figures, figure: value}) for value in values
            )
        else:
            leaf = answers[len(setting.answers)]
            settings += (
                evolve(setting, answers={**setting.answers, leaf: answer})
                for answer in (Truth.TRUE, Truth.FALSE)
            )
    return {Truth.TRUE, Truth.FALSE}


def _figure(leaf: Condition) -> _Figure | None:
    return (leaf.indicator, leaf.where) if isinstance(leaf, IndicatorCompares) else None


def _figures(condition: Condition) -> Mapping[_Figure, Sequence[Interval]]:
    """Return each figure's possible values: one at each threshold, one on each side of it."""
    thresholds = defaultdict[_Figure, set[Fraction | None]](set)
    for leaf in leaves(condition):
        if isinstance(leaf, IndicatorCompares):
            asked = leaf.indicator, leaf.where
            thresholds[asked].update(each.interval.low for each in leaf.thresholds.values())
    return {
        figure: _sides(points, definition(figure[0]).within)
        for figure, points in thresholds.items()
    }


def _sides(thresholds: set[Fraction | None], within: Interval) -> Sequence[Interval]:
    """Return what lies at and around the thresholds; every indicator has a least value."""
    points = sorted(end for end in {*thresholds, within.low, within.high} if end is not None)
    middles = [(one + other) / 2 for one, other in pairwise(points)]
    values = [*points, *middles, points[-1] + 1]
    return [Interval.exactly(value) for value in values if value in within]


def _truth(condition: Condition, day: date, setting: _Setting) -> Truth:
    """Return what a condition comes to under a setting of some of its variables."""
    parts = [_truth(part, day, setting) for _, part in parts_of(condition)]
    match condition:
        case AllOf():
            return all_of(parts)
        case AnyOf():
            return any_of(parts)
        case AtLeastOf(count=count):
            return at_least(count, parts)
        case Not():
            return ~parts[0]
        case When():
            return ~parts[0] | parts[1]
    return _answer(condition, day, setting)


def _answer(leaf: Condition, day: date, setting: _Setting) -> Truth:
    if not isinstance(leaf, IndicatorCompares):
        return setting.answers.get(leaf, Truth.UNKNOWN)
    value = setting.figures.get((leaf.indicator, leaf.where))
    if value is None:
        return Truth.UNKNOWN
    return COMPARISONS[leaf.operator](value, leaf.threshold_on(day).interval)
