"""Assessments and measurements as plain text, for a terminal."""

from collections.abc import Iterator

import wcwidth

from commed.compliance import Assessment, Finding, Verdict
from commed.indicators import Measurement, Timing, catalogue, measure_all
from commed.labels import Label
from commed.law.instrument import Computability
from commed.periods import Period
from commed.report.figures import figure

__all__ = ["render_measurement", "render_text"]

_WIDTH = 88


class _Page:
    """Lines of text in one language, wrapped to a width that counts Chinese signs as two."""

    def __init__(self, language: str, width: int) -> None:
        self._language = language
        self._width = width
        self._lines: list[str] = []

    def say(self, label: Label) -> str:
        return label.in_language(self._language)

    def choose(self, zh: str, en: str) -> str:
        return zh if self._language == "zh" else en

    def write(self, text: str, indent: int = 0, mark: str = "") -> None:
        first = " " * indent + mark
        rest = " " * (indent + wcwidth.wcswidth(mark))
        self._lines += wcwidth.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )

    def heading(self, zh: str, en: str) -> None:
        text = self.choose(zh, en)
        self._lines += ["", text, "-" * wcwidth.wcswidth(text)]

    def gap(self) -> None:
        self._lines.append("")

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def render_text(assessment: Assessment, *, language: str = "en", width: int = _WIDTH) -> str:
    """Return an assessment as text for a terminal, in Chinese (``zh``) or English (``en``)."""
    page = _Page(language, width)
    _head(assessment, page)
    page.heading("各项义务", "The duties")
    for finding in assessment.findings:
        _duty(finding, page)
    _figures(assessment, page)
    _requests(assessment, page)
    _ledger(assessment, page)
    return page.text


def render_measurement(
    measurement: Measurement, *, language: str = "en", width: int = _WIDTH
) -> str:
    """Return a measurement as text: value, how it came about, what is missing."""
    page = _Page(language, width)
    _measured(measurement, page)
    page.write(page.say(measurement.indicator.formula), 2, page.choose("公式：", "formula: "))
    if measurement.numerator is not None and measurement.denominator is not None:
        parts = [
            figure(part, language) for part in (measurement.numerator, measurement.denominator)
        ]
        page.write(" ÷ ".join(parts), 2, "= ")
    for evidence in measurement.evidence:
        page.write(str(evidence), 2, page.choose("依据：", "rests on: "))
    for need in measurement.needs:
        page.write(page.say(need.label), 2, page.choose("尚缺：", "needs: "))
    return page.text


def _head(assessment: Assessment, page: _Page) -> None:
    register, instrument = assessment.register, assessment.instrument
    place = register.division(assessment.division)
    page.write(page.choose(f"《{instrument.title.zh}》", instrument.title.en))
    page.write(
        page.choose(
            f"{place.name}（{place.id}），{assessment.on}；年度义务按{assessment.period}判定",
            f"{place.name} ({place.id}) on {assessment.on}; yearly duties judged on "
            f"{assessment.period}",
        )
    )
    page.gap()
    for verdict in Verdict:
        if count := assessment.count(verdict):
            page.write(f"{count:>3}  {page.say(verdict.label)}", 2)
    breaches = len(assessment.breaches)
    page.write(
        page.choose(
            f"{breaches:>3}  违反（应当、不得而不符合）",
            f"{breaches:>3}  breaches (a 'shall' or 'shall not' that is not met)",
        ),
        2,
    )


def _duty(finding: Finding, page: _Page) -> None:
    obligation = finding.obligation
    breach = page.choose("，违反", ", a breach") if finding.is_breach else ""
    page.gap()
    page.write(
        f"{page.say(finding.citation.place)}  {page.say(finding.verdict.label).upper()}{breach}"
        f"  [{page.say(finding.text_status.label)}]"
    )
    modality = page.say(obligation.modality.label)
    page.write(page.say(obligation.duty), 2, f"{modality}{page.choose('：', ': ')}")
    page.write(page.say(finding.because), 2, page.choose("理由：", "because: "))
    if obligation.note is not None:
        page.write(page.say(obligation.note), 2, page.choose("说明：", "note: "))
    for evidence in finding.evidence:
        page.write(str(evidence), 2, page.choose("依据：", "rests on: "))


def _figures(assessment: Assessment, page: _Page) -> None:
    page.heading("指标", "The figures")
    measured: list[Measurement] = []
    for timing, period in (
        (Timing.FLOW, assessment.period),
        (Timing.STOCK, Period.day(assessment.on)),
    ):
        asked = [each.id for each in catalogue().values() if each.timing is timing]
        measured += measure_all(
            assessment.register, asked, period=period, division=assessment.division
        ).values()
    for measurement in measured:
        if measurement.value is not None:
            _measured(measurement, page)
    without = [page.say(each.indicator.label) for each in measured if each.value is None]
    page.write(page.choose("、", ", ").join(without), 0, page.choose("无值：", "no value: "))


def _measured(measurement: Measurement, page: _Page) -> None:
    label = page.say(measurement.indicator.label)
    quantity = measurement.quantity
    language = page.choose("zh", "en")
    value = figure(quantity, language) if quantity else page.choose("无值", "no value")
    when = "" if measurement.period is None else f" ({measurement.period})"
    page.write(f"{label}{when}{page.choose('：', ': ')}{value}")


def _requests(assessment: Assessment, page: _Page) -> None:
    if assessment.needs:
        page.heading("补证清单", "What to ask for")
        for number, need in enumerate(assessment.needs, start=1):
            page.write(page.say(need.label), 0, f"{number:>2}. ")


def _ledger(assessment: Assessment, page: _Page) -> None:
    page.heading("未予判定的条文", "What was not judged")
    for place, reason in _not_judged(assessment, page):
        page.write(reason, 0, f"{place}{page.choose('：', ': ')}")


def _not_judged(assessment: Assessment, page: _Page) -> Iterator[tuple[str, str]]:
    for entry in assessment.instrument.ledger():
        if entry.computability in {Computability.NOT_MODELLED, Computability.NOT_KNOWN}:
            yield page.say(entry.place), page.say(entry.summary)
