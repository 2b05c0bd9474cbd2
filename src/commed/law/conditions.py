"""What must hold for a duty to be met: a closed set of small typed nodes.

A condition is data. What each node means on a register is told in `commed.compliance`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, ClassVar

from attrs import field, frozen

from commed.checks import AtLeast, AtMost, Checked, Name, NotEmpty, Text, array
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.places import Level
from commed.quantities import Quantity, Statable
from commed.records.organisations import OrganisationKind
from commed.records.statements import DocumentKind, Topic
from commed.references import SourceId, repeated_keys
from commed.windows import LastWeek

__all__ = [
    "NODES",
    "AllOf",
    "Amendment",
    "AnyOf",
    "AtLeastOf",
    "Attested",
    "Condition",
    "DocumentIssued",
    "EventInWindow",
    "EveryDivisionHas",
    "IndicatorCompares",
    "IndicatorGrows",
    "Narrowing",
    "Not",
    "Operator",
    "OrganisationExists",
    "When",
    "add_node",
    "leaves",
    "parts_of",
    "unknown_sources",
]


class Condition(Checked):
    """Base of every node (条件). `test` names the node in instrument files."""

    __slots__ = ()
    test: ClassVar[str]


Kinds = Annotated[tuple[OrganisationKind, ...], NotEmpty()]


@frozen(kw_only=True)
class OrganisationExists(Condition):
    """An organisation of one of these kinds stands on the day (设有某类机构).

    It belongs to the jurisdiction itself; with a `level`, to a division of that level inside
    the jurisdiction; with `anywhere`, to any division inside it.
    """

    test = "organisation-exists"
    kinds: Kinds = field(converter=array)
    level: Level | None = None
    anywhere: bool = False

    def _contradictions(self) -> Iterable[Problem]:
        if self.anywhere and self.level is not None:
            yield Problem(
                "anywhere",
                "expected either a 'level' or 'anywhere', found both",
                "'level'与'anywhere'应只填其一，实为两者皆有",
            )


@frozen(kw_only=True)
class EveryDivisionHas(Condition):
    """Every division of `level` has an organisation of one of these kinds (逐级全覆盖)."""

    test = "every-division-has"
    level: Level
    kinds: Kinds = field(converter=array)


class Operator(LabelledEnum):
    """How a figure compares to a threshold; 以上 and 以下 include it, 超过 and 不满 do not."""

    AT_LEAST = "at-least", "以上", "at least"
    MORE_THAN = "more-than", "超过", "more than"
    AT_MOST = "at-most", "以下", "at most"
    LESS_THAN = "less-than", "不满", "less than"


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

    def threshold_on(self, day: date) -> Quantity:
        """Return the threshold that stands on a day."""
        threshold = self.threshold
        for each in self.amended:
            if each.since <= day:
                threshold = each.threshold
        return threshold


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


@frozen(kw_only=True)
class DocumentIssued(Condition):
    """A document of this kind is in force on the day (已印发文件), and treats `topic`.

    One that is due `yearly` is made for the judged year or, where it names no time, was issued
    in it. One that must be `published` is open to the public (公布).
    """

    test = "document-issued"
    kind: DocumentKind
    topic: Topic | None = None
    yearly: bool = False
    published: bool = False


@frozen(kw_only=True)
class EventInWindow(Condition):
    """An event is held in the last week of a month of the judged year (在法定期间举办活动).

    With a `theme`, one on that theme. `week` says what 'the last week' is read as.
    """

    test = "event-in-window"
    month: Annotated[int, AtLeast(1), AtMost(12)]
    week: LastWeek
    theme: Text | None = None


@frozen(kw_only=True)
class Attested(Condition):
    """Somebody answerable says so (须经认定): no record can decide it.

    An attestation names the instrument and the duty; where one duty asks several questions,
    `question` tells them apart: the attestation then names ``duty/question``.
    """

    test = "attested"
    question: Name | None = None


Conditions = Annotated[tuple[Condition, ...], NotEmpty()]
_DEEPEST, _LARGEST = 150, 100_000


class _Compound(Condition):
    """Base of the nodes that are made of others, which may not go on without end."""

    __slots__ = ()

    def _contradictions(self) -> Iterable[Problem]:
        nodes: list[tuple[Condition, int]] = [(self, 1)]
        for seen, (node, depth) in enumerate(nodes):
            if depth > _DEEPEST or seen > _LARGEST:
                yield Problem(
                    "",
                    f"nested too deeply, or too large: expected at most {_DEEPEST} conditions "
                    f"inside one another and {_LARGEST} in all; say it in several duties",
                    f"嵌套过深或条件过多：应不超过{_DEEPEST}层、{_LARGEST}个条件；请分作几项义务",
                )
                return
            nodes += ((part, depth + 1) for _, part in parts_of(node))


@frozen(kw_only=True)
class AllOf(_Compound):
    """Every one of these holds (全部满足)."""

    test = "all-of"
    conditions: Conditions = field(converter=array)


@frozen(kw_only=True)
class AnyOf(_Compound):
    """At least one of these holds (任一满足)."""

    test = "any-of"
    conditions: Conditions = field(converter=array)


@frozen(kw_only=True)
class Not(_Compound):
    """This does not hold (不成立)."""

    test = "not"
    condition: Condition


@frozen(kw_only=True)
class AtLeastOf(_Compound):
    """At least so many of these hold (至少若干项满足)."""

    test = "at-least-of"
    count: Annotated[int, AtLeast(1)]
    conditions: Conditions = field(converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        yield from super()._contradictions()
        if self.count > len(self.conditions):
            most = len(self.conditions)
            yield Problem(
                "count",
                f"expected at most the {most} conditions, found {self.count}",
                f"应不多于所列的{most}项条件，实为{self.count}",
            )


@frozen(kw_only=True)
class When(_Compound):
    """Where the one holds, the other must (在…情形下，应当…).

    A duty whose whole condition this is does not apply where `condition` does not hold.
    """

    test = "when"
    condition: Condition
    then: Condition


_NODES: dict[str, type[Condition]] = {
    node.test: node
    for node in (
        OrganisationExists,
        EveryDivisionHas,
        IndicatorCompares,
        IndicatorGrows,
        DocumentIssued,
        EventInWindow,
        Attested,
        AllOf,
        AnyOf,
        AtLeastOf,
        Not,
        When,
    )
}
NODES: Mapping[str, type[Condition]] = MappingProxyType(_NODES)
"""Every node by the name it has in instrument files."""


def add_node(node: type[Condition]) -> None:
    """Let instrument files use a node of your own.

    Raises `ValueError` for one without a name of its own, or with a name that is taken.
    """
    if vars(node).get("test") is None:
        raise ValueError(f"{node.__name__} needs a name: a class attribute such as test = 'mine'")
    if _NODES.setdefault(node.test, node) is not node:
        raise ValueError(f"another node is called {node.test!r}")


def parts_of(condition: Condition) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    """Yield the conditions that one is made of, each with the steps that lead to it."""
    match condition:
        case AllOf(conditions=parts) | AnyOf(conditions=parts) | AtLeastOf(conditions=parts):
            for index, part in enumerate(parts):
                yield ("conditions", index), part
        case Not(condition=part):
            yield ("condition",), part
        case When(condition=part, then=other):
            yield ("condition",), part
            yield ("then",), other


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the nodes that ask something of the register, from left to right."""
    within = list(parts_of(condition))
    for _, part in within:
        yield from leaves(part)
    if not within:
        yield condition


def unknown_sources(condition: Condition, known: Container[object]) -> Iterator[Problem]:
    """Yield the sources of amended thresholds that are not among these keys."""
    for steps, part in parts_of(condition):
        for problem in unknown_sources(part, known):
            yield problem.under(*steps)
    if isinstance(condition, IndicatorCompares):
        for index, each in enumerate(condition.amended):
            if each.source is not None and each.source not in known:
                yield Problem(
                    f"amended[{index}].source",
                    f"expected the key of a record under 'sources', found {each.source!r}: "
                    "add that source or mend the key",
                    f"应为'sources'中已登记的键，实为{each.source!r}：请补录该资料来源，或更正此键",
                )
