"""What a condition is judged on, what it comes to, and where each node's meaning is kept.

Nothing is guessed: what the records leave open is unknown, and the ruling names the records
that would settle it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import singledispatch
from typing import NamedTuple, TypeVar

from attrs import frozen

from commed.compliance.verdicts import Verdict
from commed.evidence import Evidence, Need
from commed.labels import Label
from commed.law.conditions import Condition, add_node
from commed.law.instrument import Instrument, Obligation
from commed.periods import Period
from commed.quantities import Quantity
from commed.records.base import Record
from commed.register import Register, evidence_of
from commed.truth import Truth

__all__ = ["Case", "Ruling", "add_condition", "existence", "joined", "judge", "united"]

_T = TypeVar("_T")
_Recorded = TypeVar("_Recorded", bound=Record)
_Node = TypeVar("_Node", bound=Condition)


class Case(NamedTuple):
    """What a condition is judged on: the register, the duty, the place, the day and the period."""

    register: Register
    instrument: Instrument
    obligation: Obligation
    place: str
    on: date
    period: Period


@frozen(kw_only=True, slots=False)
class Ruling:
    """What a condition comes to (条件判定), and why; `parts` are the rulings it rests on.

    `applies` tells whether what it says applies at all: of the whole duty, only that counts.
    """

    truth: Truth
    because: Label
    evidence: tuple[Evidence, ...] = ()
    needs: tuple[Need, ...] = ()
    observed: Quantity | None = None
    required: Quantity | None = None
    shortfall: Quantity | None = None
    parts: tuple["Ruling", ...] = ()
    applies: Truth = Truth.TRUE

    @property
    def verdict(self) -> Verdict:
        """The verdict on a duty that comes to this."""
        if self.applies is Truth.TRUE:
            return Verdict.of(self.truth)
        return Verdict.NOT_APPLICABLE if self.applies is Truth.FALSE else Verdict.UNDETERMINED


def united(groups: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    """Return the items of all groups in order, each once."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def joined(labels: Sequence[Label]) -> Label:
    """Return the labels as one, in order."""
    return Label(
        zh="；".join(label.zh for label in labels), en="; ".join(label.en for label in labels)
    )


def existence(
    found: Mapping[_Recorded, Truth],
    what: Label,
    needs: tuple[Need, ...],
    *,
    whole_list: bool,
    is_over: bool,
) -> Ruling:
    """Return whether one of these records counts.

    Absence proves something on a whole list, once the time for it is over.
    """
    for truth, zh, en in (
        (Truth.TRUE, "记录在案", "on record"),
        (Truth.UNKNOWN, "未能确定是否符合", "on record, but not certain to be such"),
    ):
        evidence = tuple(evidence_of(record) for record, own in found.items() if own is truth)
        if evidence:
            names = "、".join(piece.name for piece in evidence)
            return Ruling(
                truth=truth,
                because=Label(zh=f"{what.zh}{zh}：{names}", en=f"{what.en}, {en}: {names}"),
                evidence=evidence,
                needs=needs if truth is Truth.UNKNOWN else (),
            )
    if not is_over:
        zh, en = f"记录中没有{what.zh}，但期限未满", f"not on record, and not yet due: {what.en}"
    elif not whole_list:
        zh = f"记录中没有{what.zh}，但清单不全"
        en = f"not on record, but the list is partial: {what.en}"
    else:
        because = Label(zh=f"完整清单中没有{what.zh}", en=f"not on the complete list: {what.en}")
        return Ruling(truth=Truth.FALSE, because=because)
    return Ruling(truth=Truth.UNKNOWN, because=Label(zh=zh, en=en), needs=needs)


@singledispatch
def judge(condition: Condition, case: Case) -> Ruling:
    """Return what a condition comes to on a case.

    A node type of your own takes part once it is registered:
    ``@judge.register`` on a function of a condition and a case.
    """
    raise NotImplementedError(
        f"no meaning is registered for {type(condition).__name__}; decorate a function with "
        "@judge.register"
    )


def add_condition(node: type[_Node], meaning: Callable[[_Node, Case], Ruling]) -> None:
    """Give a condition node of your own (自定条件) its name in instrument files, and its meaning.

    Raises `ValueError` where it has no name, or another node has it.
    """
    add_node(node)
    judge.register(node, meaning)
