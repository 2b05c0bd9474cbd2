"""What every report tells, in whatever form it is written."""

from collections.abc import Iterator, Mapping
from itertools import chain, takewhile

from attrs import field, frozen

from commed.compliance import Assessment, Finding, Verdict
from commed.compliance.rulings import united
from commed.evidence import Need
from commed.indicators import Measurement, Timing, catalogue, families, measure, measure_all
from commed.indicators.reconciliation import Reconciliation
from commed.inspection import InspectionReport
from commed.labels import Label
from commed.law.instrument import Instrument
from commed.law.ledger import Computability, LedgerEntry
from commed.periods import Period
from commed.places import Division, Level
from commed.register import Register

__all__ = [
    "MONTH_FIGURE",
    "PLACE_FIGURES",
    "Contents",
    "Subject",
    "contents",
    "not_judged",
    "title",
]

Subject = Assessment | InspectionReport
"""What a report may be about: one assessment, or an inspection with all of its own."""

MONTH_FIGURE = "person-times"
"""The indicator that a report tells month by month."""
PLACE_FIGURES = ("workstations", "person-times", "distinct-learners", "participation-rate")
"""The indicators that a report tells place by place."""
_LEVELS_BELOW = (Level.COMMUNITY, Level.TOWNSHIP, Level.COUNTY)


@frozen(kw_only=True)
class Contents:
    """The judgements and figures of a report (报告内容): one place, one day, one period.

    `months` are the attendances of each month, `places` the figures of each community, or of the
    lowest level that is recorded; they lack what nobody knows anything of.
    """

    assessments: tuple[Assessment, ...]
    inspection: InspectionReport | None
    figures: tuple[Measurement, ...] = field(repr=False)
    months: Mapping[str, Measurement] = field(repr=False)
    places: Mapping[str, tuple[Measurement | None, ...]] = field(repr=False)

    @property
    def first(self) -> Assessment:
        """The assessment that the report is about."""
        return self.assessments[0]

    @property
    def register(self) -> Register:
        """What was judged."""
        return self.first.register

    @property
    def place(self) -> Division:
        """The division that was judged."""
        return self.register.division(self.first.division)

    def count(self, verdict: Verdict) -> int:
        """Return how many duties of all assessments have this verdict."""
        return sum(assessment.count(verdict) for assessment in self.assessments)

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The duties that bind and are not met."""
        return tuple(finding for each in self.assessments for finding in each.breaches)

    def left_free(self, verdict: Verdict) -> int:
        """Return how much of what is allowed or encouraged (可以、鼓励) has this verdict."""
        every = chain.from_iterable(assessment.findings for assessment in self.assessments)
        return sum(
            each.verdict is verdict for each in every if each.obligation.modality.leaves_free
        )

    @property
    def needs(self) -> tuple[Need, ...]:
        """Every record that would settle something, each once (补证清单)."""
        return united(each.needs for each in self.assessments)

    @property
    def recommendations(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """What the inspectors asked for, with the findings on the duties that it speaks of."""
        held = self.inspection
        if held is None:
            return ()
        asked = held.inspection.recommendations
        return tuple((each.text, held.findings_on(each)) for each in asked)

    @property
    def reconciliations(self) -> tuple[Reconciliation, ...]:
        """What was stated to the inspectors, held against the records."""
        return () if self.inspection is None else self.inspection.reconciliations

    @property
    def with_value(self) -> tuple[Measurement, ...]:
        """The figures of which something can be said."""
        return tuple(each for each in self.figures if each.value is not None)

    @property
    def without_value(self) -> tuple[Measurement, ...]:
        """The figures of which nothing can be said."""
        return tuple(each for each in self.figures if each.value is None)

    def by_family(self) -> Mapping[Label, tuple[Measurement, ...]]:
        """Return the figures that have a value, by what they are about."""
        known = {each.indicator.id: each for each in self.with_value}
        groups = {
            label: tuple(known[each.id] for each in definitions if each.id in known)
            for label, definitions in families().items()
        }
        return {label: group for label, group in groups.items() if group}


def contents(subject: Subject) -> Contents:
    """Return what a report on this tells."""
    inspection = subject if isinstance(subject, InspectionReport) else None
    assessments = subject.assessments if isinstance(subject, InspectionReport) else (subject,)
    first = assessments[0]
    return Contents(
        assessments=assessments,
        inspection=inspection,
        figures=tuple(_figures(first)),
        months=_months(first),
        places=_places(first),
    )


def title(instrument: Instrument) -> Label:
    """Return the title as it is cited: in Chinese, between title marks."""
    return Label(zh=f"《{instrument.title.zh}》", en=instrument.title.en)


def not_judged(assessment: Assessment) -> tuple[LedgerEntry, ...]:
    """Return what of the instrument no duty stands for, each with the reason."""
    left_out = {Computability.NOT_MODELLED, Computability.NOT_KNOWN}
    ledger = assessment.instrument.ledger()
    return tuple(entry for entry in ledger if entry.computability in left_out)


def _when(assessment: Assessment, timing: Timing) -> Period:
    return assessment.period if timing is Timing.FLOW else Period.day(assessment.on)


def _figures(assessment: Assessment) -> Iterator[Measurement]:
    for timing in Timing:
        asked = [each.id for each in catalogue().values() if each.timing is timing]
        period, division = _when(assessment, timing), assessment.division
        yield from measure_all(
            assessment.register, asked, period=period, division=division
        ).values()


def _split(indicator: str, assessment: Assessment, by: str) -> Mapping[str, Measurement]:
    period = _when(assessment, catalogue()[indicator].timing)
    division = assessment.division
    return measure(indicator, assessment.register, period=period, division=division, by=by)


def _months(assessment: Assessment) -> Mapping[str, Measurement]:
    split = _split(MONTH_FIGURE, assessment, "month")
    return split if any(each.value is not None for each in split.values()) else {}


def _places(assessment: Assessment) -> Mapping[str, tuple[Measurement | None, ...]]:
    home = assessment.register.division(assessment.division).level
    for level in takewhile(lambda level: level is not home, _LEVELS_BELOW):
        columns = [_split(each, assessment, level.value) for each in PLACE_FIGURES]
        keys = dict.fromkeys(chain.from_iterable(columns))
        rows = {key: tuple(column.get(key) for column in columns) for key in keys}
        if told := {key: row for key, row in rows.items() if any(map(_has_value, row))}:
            return told
    return {}


def _has_value(measurement: Measurement | None) -> bool:
    return measurement is not None and measurement.value is not None
