"""Conditions on figures: an indicator compares to a threshold, or grows from year to year."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, AtMost, Checked, Name, array
from commed.errors import Problem
from commed.labels import Label, LabelledEnum
from commed.law.base import Condition
from commed.quantities import Quantity, Statable
from commed.references import SourceId, repeated_keys

__all__ = [
    "Amendment",
    "IndicatorCompares",
    "IndicatorGrows",
    "Narrowing",
    "Operator",
    "Requirement",
]


class Operator(LabelledEnum):
    """How a figure compares to a threshold; 以上 and 以下 include it, 超过 and 不满 do not."""

    AT_LEAST = "at-least", "以上", "at least"
    MORE_THAN = "more-than", "超过", "more than"
    AT_MOST = "at-most", "以下", "at most"
    LESS_THAN = "less-than", "不满", "less than"

    def worded(self, threshold: Quantity) -> Label:
        """Return what a figure must be, in words: 40支以上, at least 40."""
        shown, words = str(threshold.interval), self.label_zh
        figure = f"{shown}{threshold.unit.label_zh}"
        zh = f"{figure}{words}" if self in _INCLUSIVE else f"{words}{figure}"
        return Label(zh=zh, en=f"{self.label_en} {shown}")


_INCLUSIVE = {Operator.AT_LEAST, Operator.AT_MOST}


@frozen
class Requirement:
    """A threshold that stands from a day on, and in words what a figure must be (要求)."""

    since: date
    threshold: Quantity
    label: Label


@frozen(kw_only=True)
class Narrowing(Checked):
    """What an indicator is narrowed to: a dimension, and a key of it (限定)."""

    dimension: Name
    key: Name


@frozen(kw_only=True)
class Amendment(Checked):
    """The threshold that stands from a day on (阈值修订), and where that is known from."""

    since: date
    threshold: Annotated[Quantity, Statable()]
    source: SourceId | None = None


@frozen(kw_only=True)
class IndicatorCompares(Condition):
    """An indicator compares to a threshold in its own unit (指标达到阈值).

    `where` narrows it, as to the money for one use. `amended` are the thresholds that came
    later, in the order of their days: what stands on the day of judging counts.
    """

    test = "indicator-compares"
    indicator: Name
    operator: Operator
    threshold: Annotated[Quantity, Statable()]
    amended: tuple[Amendment, ...] = field(default=(), converter=array)
    where: tuple[Narrowing, ...] = field(default=(), converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        for path, threshold in self.thresholds.items():
            if not threshold.interval.is_exact:
                yield Problem(
                    path,
                    f"expected an exact figure, found {threshold}",
                    f"应为确数，实为{threshold.in_language('zh')}",
                )
            if threshold.unit is not self.threshold.unit:
                unit = self.threshold.unit
                yield Problem(
                    path,
                    f"expected {unit.label_en}, as before, found {threshold}",
                    f"单位应同前，为“{unit.label_zh}”，实为{threshold.in_language('zh')}",
                )
        for index, (before, after) in enumerate(pairwise(self.amended), start=1):
            if after.since <= before.since:
                yield Problem(
                    f"amended[{index}].since",
                    f"expected a day after {before.since}, found {after.since}: put them in order",
                    f"应为晚于{before.since}的日期，实为{after.since}：请按先后排列",
                )
        yield from _repeated(self.where)

    @property
    def thresholds(self) -> Mapping[str, Quantity]:
        """Every threshold that stood at some time, by where it is written."""
        later = {
            f"amended[{index}].threshold": each.threshold for index, each in enumerate(self.amended)
        }
        return {"threshold": self.threshold, **later}

    @cached_property
    def _requirements(self) -> tuple[Requirement, ...]:
        """Every requirement that stood at some time, in order."""
        days = (date.min, *(each.since for each in self.amended))
        return tuple(
            Requirement(since, threshold, self.operator.worded(threshold))
            for since, threshold in zip(days, self.thresholds.values(), strict=True)
        )

    def required_on(self, day: date) -> Requirement:
        """Return what is required on a day."""
        requirement, *later = self._requirements
        for each in later:
            if each.since <= day:
                requirement = each
        return requirement

    def threshold_on(self, day: date) -> Quantity:
        """Return the threshold that stands on a day."""
        return self.required_on(day).threshold


@frozen(kw_only=True)
class IndicatorGrows(Condition):
    """An indicator grows from year to year (逐年增长).

    In each of the last `years` calendar years it is above that of the year before; where it is
    not meant `strictly`, it is not below (不下降).
    """

    test = "indicator-grows"
    indicator: Name
    years: Annotated[int, AtLeast(1), AtMost(100)] = 1
    strictly: bool = True
    where: tuple[Narrowing, ...] = field(default=(), converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        yield from _repeated(self.where)
        for index, each in enumerate(self.where):
            if each.dimension in {"month", "quarter", "year"}:
                yield Problem(
                    f"where[{index}].dimension",
                    "expected no span of time: each year is held against the year before",
                    "不应限定时段：每年都与上一年相比",
                )


def _repeated(where: tuple[Narrowing, ...]) -> Iterator[Problem]:
    return repeated_keys(
        (f"where[{index}].dimension", each.dimension) for index, each in enumerate(where)
    )
