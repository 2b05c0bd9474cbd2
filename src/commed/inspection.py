"""Inspections (执法检查): what was judged for one, and what became of its recommendations."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from commed.checks import one_of
from commed.compliance import Assessment, Finding, Verdict, assess
from commed.compliance.following import Step, follow_up
from commed.compliance.verdicts import tally
from commed.errors import CommedError, InvalidDocument, Problem, Words
from commed.evidence import Need, by_supplier
from commed.indicators.reconciliation import Reconciliation, reconcile
from commed.labels import Label
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.records.inspections import Inspection, Recommendation
from commed.register import Register
from commed.truth import Truth, all_of

__all__ = ["InspectionReport", "Remedy", "UnknownInspection", "inspect"]


class UnknownInspection(CommedError, LookupError):
    """No such inspection is recorded (检查不明), or the law that it was about was not given."""


@frozen(kw_only=True)
class InspectionReport:
    """An inspection with all that was judged for it (执法检查报告).

    The first of `assessments` is of the instrument whose carrying out was inspected;
    `reconciliations` hold the figures that were reported against the records.
    """

    inspection: Inspection
    assessments: tuple[Assessment, ...]
    reconciliations: tuple[Reconciliation, ...]

    def __repr__(self) -> str:
        held = f"{self.inspection.instrument} on {self.inspection.division}, {self.inspection.on}"
        return f"<InspectionReport {self.inspection.id} of {held}: {tally(self.count)}>"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding under every instrument."""
        return tuple(finding for each in self.assessments for finding in each.findings)

    def count(self, verdict: Verdict) -> int:
        """Return how many findings under every instrument have this verdict."""
        return sum(each.count(verdict) for each in self.assessments)

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The duties that bind and are not met."""
        return tuple(finding for finding in self.findings if finding.is_breach)

    def requests(self) -> Mapping[Label, tuple[Need, ...]]:
        """Return the request list by who can supply the records (按提供单位分列的补证清单)."""
        return by_supplier(need for finding in self.findings for need in finding.needs)

    def findings_on(self, recommendation: Recommendation) -> tuple[Finding, ...]:
        """Return the findings on the duties that a recommendation asks to see met."""
        return tuple(self.assessments[0][duty] for duty in recommendation.duties)

    def remedies(self, after: Assessment) -> tuple["Remedy", ...]:
        """Return what became of each recommendation by a later assessment (整改落实情况).

        Raises `NotComparable` for one of another instrument or division, or an earlier one.
        """
        followed = follow_up(self.assessments[0], after)
        return tuple(
            Remedy(
                recommendation=recommendation,
                steps=tuple(step for duty in recommendation.duties for step in followed.on(duty)),
            )
            for recommendation in self.inspection.recommendations
        )


@frozen(kw_only=True)
class Remedy:
    """What became of a recommendation (整改落实): the duties that it speaks of, step by step."""

    recommendation: Recommendation
    steps: tuple[Step, ...]

    @property
    def is_carried_out(self) -> Truth:
        """Whether every duty it speaks of is met afterwards; unknown where it speaks of none."""
        if not self.steps:
            return Truth.UNKNOWN
        return all_of(map(_is_met, self.steps))


def _is_met(step: Step) -> Truth:
    verdict = Verdict.UNDETERMINED if step.after is None else step.after.verdict
    return {Verdict.MET: Truth.TRUE, Verdict.NOT_MET: Truth.FALSE}.get(verdict, Truth.UNKNOWN)


def inspect(
    register: Register,
    *instruments: Instrument,
    inspection: str | None = None,
    period: Period | None = None,
) -> InspectionReport:
    """Judge what an inspection looked at (执法检查): its division, on its day.

    `inspection` is the key of a recorded one, None where the register records just one. The
    instrument that it names must be among `instruments`; others are judged beside it. A duty
    about a year is judged on `period`, as `assess` does.

    Raises `UnknownInspection`, and `InvalidDocument` where a recommendation speaks of a duty that
    the instrument does not have.
    """
    held = _held(register, inspection)
    own = [each for each in instruments if each.id == held.instrument]
    if len(own) != 1:
        raise UnknownInspection(
            Words(
                f"{held.id} inspected how {held.instrument!r} is carried out: give that instrument "
                "once",
                f"{held.id}检查的是{held.instrument!r}的实施情况：请给出该文件一次",
            )
        )
    others = [each for each in instruments if each.id != held.instrument]
    if unknown := list(_unknown_duties(held, own[0])):
        raise InvalidDocument(f"inspection {held.id}", unknown)
    return InspectionReport(
        inspection=held,
        assessments=tuple(
            assess(register, each, on=held.on, period=period, division=held.division)
            for each in (*own, *others)
        ),
        reconciliations=reconcile(register, division=held.division),
    )


def _held(register: Register, key: str | None) -> Inspection:
    known = {each.id: each for each in register.inspections}
    if key is None and len(known) == 1:
        return next(iter(known.values()))
    if key is None or key not in known:
        among = one_of(known) if known else Words("and none is", "而登记册中没有检查")
        raise UnknownInspection(
            Words(
                f"expected an inspection that is recorded, {among}, found {key!r}",
                f"应为已登记的检查，{among.zh}，实为{key!r}",
            )
        )
    return known[key]


def _unknown_duties(held: Inspection, instrument: Instrument) -> Iterable[Problem]:
    known = {obligation.id for _, obligation in instrument.obligations}
    for at, recommendation in enumerate(held.recommendations):
        for index, duty in enumerate(recommendation.duties):
            if duty not in known:
                yield Problem(
                    f"recommendations[{at}].duties[{index}]",
                    f"expected a duty of {instrument.id}, found {duty!r}: mend the id",
                    f"应为{instrument.id}中的义务，实为{duty!r}：请更正标识",
                )
