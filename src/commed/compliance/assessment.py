"""Assessments: every duty of an instrument judged on a register, as of one day."""

from collections.abc import Mapping
from datetime import date

from attrs import frozen

# The modules that give the condition nodes their meaning register it as they are imported.
from commed.compliance import (  # noqa: F401
    combinations,
    conferences,
    deeds,
    events,
    figures,
    organisations,
)
from commed.compliance.readings import read_every_way
from commed.compliance.rulings import Case, Ruling, judge, united
from commed.compliance.verdicts import Verdict, tally
from commed.evidence import CIVIL_AFFAIRS, Evidence, Need, by_supplier
from commed.indicators.catalogue import recorded_place
from commed.labels import Label
from commed.law.instrument import Instrument, Obligation, Provision
from commed.periods import Period
from commed.places import Division, DivisionCode
from commed.quantities import Quantity
from commed.references import Collection
from commed.register import Register
from commed.sources import Citation, TextStatus

__all__ = ["Assessment", "Finding", "assess"]


@frozen(kw_only=True, slots=False)
class Finding:
    """One obligation judged (判定).

    `because` says why, `needs` what would settle an undetermined verdict; `observed`,
    `required` and `shortfall` are figures where the duty is about one.
    """

    obligation: Obligation
    citation: Citation
    text_status: TextStatus
    verdict: Verdict
    because: Label
    evidence: tuple[Evidence, ...] = ()
    needs: tuple[Need, ...] = ()
    observed: Quantity | None = None
    required: Quantity | None = None
    shortfall: Quantity | None = None
    ruling: Ruling | None = None

    @property
    def is_breach(self) -> bool:
        """Whether a duty that binds (应当, 不得) is not met."""
        return self.verdict is Verdict.NOT_MET and self.obligation.modality.binds

    @property
    def is_practised(self) -> bool:
        """Whether what is allowed or encouraged (可以, 鼓励) is done."""
        return self.verdict is Verdict.MET and self.obligation.modality.leaves_free

    def __repr__(self) -> str:
        return f"<Finding {self.obligation.id}: {self.verdict.label_en}>"

    def __str__(self) -> str:
        return f"{self.citation.place.en} {self.obligation.id}: {self.verdict.label_en}"


@frozen(kw_only=True, slots=False)
class Assessment:
    """All findings of one instrument on one register at one date (评估).

    It judges `division`; a yearly duty was judged on `period`.
    """

    register: Register
    instrument: Instrument
    division: str
    on: date
    period: Period
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        judged = f"{self.instrument.id} on {self.division}, {self.on}"
        return f"<Assessment of {judged}: {tally(self.count)}>"

    def __getitem__(self, obligation: str) -> Finding:
        for finding in self.findings:
            if finding.obligation.id == obligation:
                return finding
        raise KeyError(obligation)

    def requests(self) -> Mapping[Label, tuple[Need, ...]]:
        """Return the request list by who can supply the records (按提供单位分列的补证清单)."""
        return by_supplier(self.needs)

    def count(self, verdict: Verdict) -> int:
        """Return how many findings have this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The duties that bind and are not met."""
        return tuple(finding for finding in self.findings if finding.is_breach)

    @property
    def practised(self) -> tuple[Finding, ...]:
        """What is allowed or encouraged, and done (已践行的鼓励事项)."""
        return tuple(finding for finding in self.findings if finding.is_practised)

    @property
    def needs(self) -> tuple[Need, ...]:
        """Every record that would settle something, each once: the request list (补证清单)."""
        return united(finding.needs for finding in self.findings)


def assess(
    register: Register,
    instrument: Instrument,
    *,
    on: date,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
) -> Assessment:
    """Judge every duty of an instrument on what is recorded, as of one day.

    A duty about a year is judged on `period`; by default the last full calendar year
    before `on`. `division` of None is the register's jurisdiction. Raises
    `UnsupportedQuestion` for a division that is not recorded.
    """
    place = recorded_place(register, division)
    period = period or Period.last_full_year(on)
    findings = []
    for provision, obligation, citation, status in instrument.cited:
        case = Case(register, instrument, obligation, place, on, period)
        findings.append(_finding(provision, citation, status, case))
    return Assessment(
        register=register,
        instrument=instrument,
        division=place,
        on=on,
        period=period,
        findings=tuple(findings),
    )


def _finding(provision: Provision, citation: Citation, status: TextStatus, case: Case) -> Finding:
    if (aside := _aside(provision, case)) is not None:
        verdict, because, needs = aside
        return Finding(
            obligation=case.obligation,
            citation=citation,
            text_status=status,
            verdict=verdict,
            because=because,
            needs=needs,
        )
    condition = case.obligation.condition
    ruling = read_every_way(case) if condition is None else judge(condition, case)
    return Finding(
        obligation=case.obligation,
        citation=citation,
        text_status=status,
        verdict=ruling.verdict,
        because=ruling.because,
        evidence=ruling.evidence,
        needs=ruling.needs,
        observed=ruling.observed,
        required=ruling.required,
        shortfall=ruling.shortfall,
        ruling=ruling,
    )


_Aside = tuple[Verdict, Label, tuple[Need, ...]]


def _aside(provision: Provision, case: Case) -> _Aside | None:
    """Return verdict, reason and needs of a duty that is not judged there and then, or None."""
    if not case.instrument.in_force(provision, case.on):
        return Verdict.NOT_IN_FORCE, _out_of_force(case.on), ()
    if (another := _another_bears(case)) is not None:
        return Verdict.NOT_APPLICABLE, another, ()
    register, law_of = case.register, case.instrument.jurisdiction
    if law_of is None or law_of in register.lineage(case.place):
        return None
    home = register.division(case.place)
    if register.is_adrift(case.place):
        whether = _whether_inside(home, law_of)
        return Verdict.UNDETERMINED, whether.what, (whether,)
    return Verdict.NOT_APPLICABLE, _elsewhere(home, law_of), ()


def _out_of_force(on: date) -> Label:
    return Label(zh=f"该规定在{on}未施行", en=f"the provision is not in force on {on}")


def _another_bears(case: Case) -> Label | None:
    """Return why the duty is not one of this level, or None where it is."""
    bearer = case.obligation.bearer
    if not bearer.levels:
        return None
    home = case.register.division(case.place)
    if home.level in bearer.levels:
        return None
    return Label(
        zh=f"义务主体为{bearer.name.zh}，{home.name}属{home.level.label_zh}",
        en=f"the duty is borne by {bearer.name.en}; {home.name} is a {home.level.label_en}",
    )


def _whether_inside(home: Division, law_of: str) -> Need:
    """Return the need of knowing where the jurisdiction lies, as the law hangs on that."""
    return Need(
        what=Label(
            zh=f"{home.name}是否位于{law_of}之内",
            en=f"whether {home.name} ({home.id}) lies in {law_of}, where this is law",
        ),
        collection=Collection.DIVISIONS,
        division=home.id,
        supplier=CIVIL_AFFAIRS,
    )


def _elsewhere(home: Division, law_of: str) -> Label:
    return Label(
        zh=f"本法规施行于{law_of}，{home.name}（{home.id}）不在其内",
        en=f"this is law in {law_of}, and {home.name} ({home.id}) is not recorded to lie in it",
    )
