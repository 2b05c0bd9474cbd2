"""What must hold for a duty to be met: a closed set of small typed nodes.

A condition is data. What each node means on a register is told in `commed.compliance`.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar

from attrs import field, frozen

from commed.checks import Checked, Name, NotEmpty, array
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.places import Level
from commed.quantities import Quantity, Statable
from commed.records.organisations import OrganisationKind
from commed.records.statements import DocumentKind, Topic

__all__ = [
    "NODES",
    "AllOf",
    "AnyOf",
    "Attested",
    "Condition",
    "DocumentIssued",
    "EveryDivisionHas",
    "IndicatorCompares",
    "Not",
    "Operator",
    "OrganisationExists",
    "leaves",
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
            yield Problem("anywhere", "expected either a 'level' or 'anywhere', found both")


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
class IndicatorCompares(Condition):
    """An indicator compares to a threshold in its own unit (指标达到阈值)."""

    test = "indicator-compares"
    indicator: Name
    operator: Operator
    threshold: Annotated[Quantity, Statable()]

    def _contradictions(self) -> Iterable[Problem]:
        if not self.threshold.interval.is_exact:
            yield Problem("threshold", f"expected an exact figure, found {self.threshold}")


@frozen(kw_only=True)
class DocumentIssued(Condition):
    """A document of this kind is in force on the day (已印发文件), and treats `topic`."""

    test = "document-issued"
    kind: DocumentKind
    topic: Topic | None = None


@frozen(kw_only=True)
class Attested(Condition):
    """Somebody answerable says so (须经认定): no record can decide it.

    An attestation names the instrument and the duty; where one duty asks several questions,
    `question` tells them apart: the attestation then names ``duty/question``.
    """

    test = "attested"
    question: Name | None = None


Conditions = Annotated[tuple[Condition, ...], NotEmpty()]


@frozen(kw_only=True)
class AllOf(Condition):
    """Every one of these holds (全部满足)."""

    test = "all-of"
    conditions: Conditions = field(converter=array)


@frozen(kw_only=True)
class AnyOf(Condition):
    """At least one of these holds (任一满足)."""

    test = "any-of"
    conditions: Conditions = field(converter=array)


@frozen(kw_only=True)
class Not(Condition):
    """This does not hold (不成立)."""

    test = "not"
    condition: Condition


NODES: Mapping[str, type[Condition]] = MappingProxyType(
    {
        node.test: node
        for node in (
            OrganisationExists,
            EveryDivisionHas,
            IndicatorCompares,
            DocumentIssued,
            Attested,
            AllOf,
            AnyOf,
            Not,
        )
    }
)
"""Every node by the name it has in instrument files."""


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the nodes that ask something of the register, from left to right."""
    match condition:
        case AllOf(conditions=parts) | AnyOf(conditions=parts):
            for part in parts:
                yield from leaves(part)
        case Not(condition=part):
            yield from leaves(part)
        case _:
            yield condition
