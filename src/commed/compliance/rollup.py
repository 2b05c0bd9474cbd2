"""Rolling up: the same instrument judged on every division of a level, and added up."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen

from commed.compliance.assessment import Assessment, Finding, assess
from commed.compliance.verdicts import Verdict, tally
from commed.evidence import Need, by_supplier
from commed.indicators.bounds import share
from commed.labels import Label, counted
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.places import Level
from commed.quantities import Interval
from commed.register import Register
from commed.truth import Truth

__all__ = ["RollUp", "roll_up"]


@frozen(kw_only=True)
class RollUp:
    """The assessments of several divisions together (汇总).

    Every verdict is counted by itself: what is not applicable or undetermined never passes as
    met.
    """

    level: Level
    assessments: Mapping[str, Assessment]

    def __repr__(self) -> str:
        places = counted(len(self.assessments), "divisions")
        return f"<RollUp of {places} ({self.level.label_en}): {tally(self.count)}>"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every division."""
        return tuple(
            finding for assessment in self.assessments.values() for finding in assessment.findings
        )

    def requests(self) -> Mapping[Label, tuple[Need, ...]]:
        """Return the request list of all divisions, by who can supply the records."""
        return by_supplier(need for finding in self.findings for need in finding.needs)

    def count(self, verdict: Verdict) -> int:
        """Return how many findings have this verdict."""
        return sum(assessment.count(verdict) for assessment in self.assessments.values())

    @property
    def practised(self) -> tuple[Finding, ...]:
        """What is allowed or encouraged, and done (已践行的鼓励事项)."""
        return tuple(finding for finding in self.findings if finding.is_practised)

    @property
    def share_met(self) -> Interval | None:
        """The share of duties met of those met or not, once everything unknown is known.

        From the worst case, where all that is undetermined is not met, to the best, where it
        is; None where nothing is judged. What is but allowed or encouraged is no duty.
        """
        counts = Counter(
            finding.verdict
            for finding in self.findings
            if not finding.obligation.modality.leaves_free
        )
        met, unknown = counts[Verdict.MET], counts[Verdict.UNDETERMINED]
        not_met = counts[Verdict.NOT_MET]
        return share((met, met + unknown), (not_met, not_met + unknown))


def roll_up(
    register: Register,
    instrument: Instrument,
    *,
    level: Level,
    on: date,
    period: Period | None = None,
) -> RollUp:
    """Judge every recorded division of a level in the jurisdiction, and add up (逐级汇总)."""
    inside = register.divisions_within(register.jurisdiction, level, Period.day(on))
    assessments = {
        place: assess(register, instrument, on=on, period=period, division=place)
        for place, truth in inside.items()
        if truth is Truth.TRUE
    }
    return RollUp(level=level, assessments=MappingProxyType(assessments))
