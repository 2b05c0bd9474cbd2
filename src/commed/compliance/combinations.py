"""Conditions made of conditions: all of, any of, at least so many of, not, when."""

from collections.abc import Sequence

from commed.compliance.rulings import Case, Ruling, joined, judge, united
from commed.labels import Label
from commed.law.conditions import AllOf, AnyOf, AtLeastOf, Not, When
from commed.truth import Truth, all_of, any_of, at_least


@judge.register
def _(condition: AllOf, case: Case) -> Ruling:
    parts = [judge(part, case) for part in condition.conditions]
    return _combined(all_of(part.truth for part in parts), parts)


@judge.register
def _(condition: AnyOf, case: Case) -> Ruling:
    parts = [judge(part, case) for part in condition.conditions]
    return _combined(any_of(part.truth for part in parts), parts)


def _combined(truth: Truth, parts: Sequence[Ruling]) -> Ruling:
    """Give the reasons of the parts that decide: those that came to the same as the whole."""
    deciding = [part for part in parts if part.truth is truth]
    return Ruling(
        truth=truth,
        because=joined([part.because for part in deciding]),
        evidence=united(part.evidence for part in deciding),
        needs=united(part.needs for part in deciding) if truth is Truth.UNKNOWN else (),
        parts=tuple(parts),
    )


@judge.register
def _(condition: Not, case: Case) -> Ruling:
    part = judge(condition.condition, case)
    return Ruling(
        truth=~part.truth,
        because=Label(
            zh=f"要求其不成立：{part.because.zh}", en=f"it must not hold: {part.because.en}"
        ),
        evidence=part.evidence,
        needs=part.needs if part.truth is Truth.UNKNOWN else (),
        parts=(part,),
    )


@judge.register
def _(condition: AtLeastOf, case: Case) -> Ruling:
    parts = [judge(part, case) for part in condition.conditions]
    truth = at_least(condition.count, (part.truth for part in parts))
    found = sum(part.truth is Truth.TRUE for part in parts)
    open_ones = [part for part in parts if part.truth is Truth.UNKNOWN]
    deciding = parts if truth is not Truth.UNKNOWN else open_ones
    told = joined([part.because for part in deciding])
    return Ruling(
        truth=truth,
        because=Label(
            zh=f"{len(parts)}项中满足{found}项，要求至少{condition.count}项：{told.zh}",
            en=f"{found} of {len(parts)} hold, at least {condition.count} required: {told.en}",
        ),
        evidence=united(part.evidence for part in parts),
        needs=united(part.needs for part in open_ones) if truth is Truth.UNKNOWN else (),
        parts=tuple(parts),
    )


@judge.register
def _(condition: When, case: Case) -> Ruling:
    """Where it does not apply it holds, as nothing is asked."""
    applies, holds = judge(condition.condition, case), judge(condition.then, case)
    parts = [applies, holds] if applies.truth is not Truth.FALSE else [applies]
    return Ruling(
        truth=~applies.truth | holds.truth,
        because=joined([part.because for part in parts]),
        evidence=united(part.evidence for part in parts),
        needs=united(part.needs for part in parts if part.truth is Truth.UNKNOWN),
        parts=(applies, holds),
        applies=applies.truth,
    )
