"""Conditions made of conditions: all of, any of, not."""

from collections.abc import Sequence

from commed.compliance.rulings import Case, Ruling, joined, judge, united
from commed.labels import Label
from commed.law.conditions import AllOf, AnyOf, Not
from commed.truth import Truth, all_of, any_of


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
        needs=part.needs,
        parts=(part,),
    )
