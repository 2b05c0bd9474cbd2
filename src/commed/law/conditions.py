"""What must hold for a duty to be met: a closed set of small typed nodes.

A condition is data. What each node means on a register is told in `commed.compliance`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, NotEmpty, array
from commed.errors import Problem
from commed.law.base import Condition
from commed.law.figures import (
    Amendment,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    Operator,
    Requirement,
)
from commed.law.recorded import (
    Attested,
    ConferenceMembers,
    ConferenceOffice,
    DocumentIssued,
    EventInWindow,
    EveryDivisionHas,
    HonourAwarded,
    InspectionHeld,
    OrganisationExists,
)

__all__ = [
    "NODES",
    "AllOf",
    "Amendment",
    "AnyOf",
    "AtLeastOf",
    "Attested",
    "Condition",
    "ConferenceMembers",
    "ConferenceOffice",
    "DocumentIssued",
    "EventInWindow",
    "EveryDivisionHas",
    "HonourAwarded",
    "IndicatorCompares",
    "IndicatorGrows",
    "InspectionHeld",
    "Narrowing",
    "Not",
    "Operator",
    "OrganisationExists",
    "Requirement",
    "When",
    "add_node",
    "leaves",
    "parts_of",
    "unknown_sources",
]


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
        ConferenceMembers,
        ConferenceOffice,
        IndicatorCompares,
        IndicatorGrows,
        DocumentIssued,
        EventInWindow,
        HonourAwarded,
        InspectionHeld,
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
