"""Following up: what became of each duty between two assessments (跟踪整改)."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from commed.compliance.assessment import Assessment, Finding
from commed.compliance.verdicts import Verdict
from commed.errors import CommedError, Words
from commed.labels import LabelledEnum

__all__ = ["Course", "FollowUp", "NotComparable", "Step", "follow_up"]


class NotComparable(CommedError, ValueError):
    """Two assessments that cannot be held against each other (不可比).

    They are not of the same instrument and division, or not in order of time.
    """


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
    """One duty before and after (逐项对照); None where one of the assessments does not know it.

    `obligation` is its id: where it was amended in between, the later one.
    """

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

    def __repr__(self) -> str:
        took = ((course, len(self.of(course))) for course in Course)
        told = ", ".join(f"{number} {course.label_en}" for course, number in took if number)
        judged = f"{self.after.instrument.id} on {self.after.division}"
        days = f"{self.before.on} to {self.after.on}"
        return f"<FollowUp of {judged}, {days}: {told or 'no duty'}>"

    def on(self, obligation: str) -> tuple[Step, ...]:
        """Return what became of a duty, and of those that came in its place."""
        return tuple(
            step
            for step in self.steps
            if obligation in {step.obligation, step.before and step.before.obligation.id}
        )

    def of(self, course: Course) -> tuple[Step, ...]:
        """Return the duties that took this course."""
        return tuple(step for step in self.steps if step.course is course)


def follow_up(before: Assessment, after: Assessment) -> FollowUp:
    """Return what became of each duty between two assessments (跟踪对照).

    A duty that was amended in between is held against the one in whose place it came. Raises
    `NotComparable` for two instruments or divisions, or where the second is the earlier.
    """
    if before.instrument.id != after.instrument.id or before.division != after.division:
        pair = (before.instrument.id, before.division), (after.instrument.id, after.division)
        (law, place), (other_law, other_place) = pair
        raise NotComparable(
            Words(
                f"expected two assessments of {law} on {place}, found one of {other_law} on "
                f"{other_place}",
                f"应为{place}关于{law}的两次评估，实有{other_place}关于{other_law}的一次",
            )
        )
    if after.on < before.on:
        raise NotComparable(
            Words(
                f"expected one not before {before.on}, found one of {after.on}",
                f"应为不早于{before.on}的评估，实为{after.on}的评估",
            )
        )
    was = {finding.obligation.id: finding for finding in before.findings}
    lines = {finding.obligation.id: _line(finding, after) for finding in after.findings}
    replaced = {
        earlier for finding in _in_force(after) for earlier in lines[finding.obligation.id][1:]
    }
    steps = [
        Step(obligation=key, before=_latest(was, lines[key]), after=finding)
        for finding in after.findings
        if (key := finding.obligation.id) not in replaced and not _is_to_come(finding, was)
    ]
    known = {key for line in lines.values() for key in line}
    gone = [
        Step(obligation=key, before=finding, after=None)
        for key, finding in was.items()
        if key not in known
    ]
    return FollowUp(before=before, after=after, steps=(*steps, *gone))


def _is_to_come(finding: Finding, was: Mapping[str, Finding]) -> bool:
    """Whether a duty comes in the place of another, but not yet."""
    before = was.get(finding.obligation.id, finding)
    is_law = {before.verdict, finding.verdict} != {Verdict.NOT_IN_FORCE}
    return finding.obligation.amends is not None and not is_law


def _in_force(assessment: Assessment) -> Iterator[Finding]:
    return (each for each in assessment.findings if each.verdict is not Verdict.NOT_IN_FORCE)


def _line(finding: Finding, assessment: Assessment) -> list[str]:
    """Return a duty and, where it is in force, those in whose place it came, the latest first."""
    key = finding.obligation.id
    if finding.verdict is Verdict.NOT_IN_FORCE:
        return [key]
    return [duty.id for _, duty in reversed(assessment.instrument.history(key))]


def _latest(findings: Mapping[str, Finding], line: list[str]) -> Finding | None:
    """Return the finding on the one of these duties that was in force, or on the first."""
    known = [findings[key] for key in line if key in findings]
    in_force = (each for each in known if each.verdict is not Verdict.NOT_IN_FORCE)
    return next(in_force, next(iter(known), None))
