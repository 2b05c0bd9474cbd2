"""Following up: what became of each duty between two assessments (跟踪整改)."""

from attrs import frozen

from commed.compliance.assessment import Assessment, Finding
from commed.compliance.verdicts import Verdict
from commed.errors import CommedError
from commed.labels import LabelledEnum

__all__ = ["Course", "FollowUp", "NotComparable", "Step", "follow_up"]


class NotComparable(CommedError, ValueError):
    """Two assessments that are not of the same instrument and division, in order of time."""


class Course(LabelledEnum):
    """What became of a duty (整改情况)."""

    REMEDIED = "remedied", "已整改", "remedied"
    WORSENED = "worsened", "恶化", "got worse"
    SETTLED = "settled", "已查明", "became known"
    OPEN = "open", "仍未查明", "still open"
    OBSCURED = "obscured", "不再明确", "no longer known"
    UNCHANGED = "unchanged", "无变化", "unchanged"
    OTHER = "other", "适用情况变化", "came into or went out of application"


_JUDGED = {Verdict.MET, Verdict.NOT_MET}


@frozen(kw_only=True)
class Step:
    """One duty before and after; None where one of the assessments does not know it."""

    obligation: str
    before: Finding | None
    after: Finding | None

    @property
    def course(self) -> Course:
        """What became of it."""
        was = None if self.before is None else self.before.verdict
        now = None if self.after is None else self.after.verdict
        if was is now:
            return Course.OPEN if now is Verdict.UNDETERMINED else Course.UNCHANGED
        if was is Verdict.UNDETERMINED and now in _JUDGED:
            return Course.SETTLED
        if now is Verdict.UNDETERMINED and was in _JUDGED:
            return Course.OBSCURED
        if was in _JUDGED and now in _JUDGED:
            return Course.REMEDIED if now is Verdict.MET else Course.WORSENED
        return Course.OTHER


@frozen(kw_only=True)
class FollowUp:
    """Every duty before and after (前后对照)."""

    before: Assessment
    after: Assessment
    steps: tuple[Step, ...]

    def of(self, course: Course) -> tuple[Step, ...]:
        """Return the duties that took this course."""
        return tuple(step for step in self.steps if step.course is course)


def follow_up(before: Assessment, after: Assessment) -> FollowUp:
    """Return what became of each duty between two assessments of one instrument and division.

    Raises `NotComparable` for two instruments or divisions, or where the second is the earlier.
    """
    if before.instrument.id != after.instrument.id or before.division != after.division:
        raise NotComparable(
            f"expected two assessments of {before.instrument.id} on {before.division}, found one "
            f"of {after.instrument.id} on {after.division}"
        )
    if after.on < before.on:
        raise NotComparable(f"expected one not before {before.on}, found one of {after.on}")
    was = {finding.obligation.id: finding for finding in before.findings}
    now = {finding.obligation.id: finding for finding in after.findings}
    return FollowUp(
        before=before,
        after=after,
        steps=tuple(
            Step(obligation=key, before=was.get(key), after=now.get(key)) for key in {**was, **now}
        ),
    )
