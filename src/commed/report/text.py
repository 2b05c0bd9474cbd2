"""Reports and measurements as plain text, for a terminal."""

import wcwidth

from commed.compliance import Assessment, Finding, Verdict
from commed.indicators import Measurement
from commed.records.inspections import Inspection
from commed.report.contents import Contents, Subject, contents, not_judged, title
from commed.report.page import Page

__all__ = ["render_measurement", "render_text"]

_WIDTH = 88


class _Lines:
    """Lines of text in one language, wrapped to a width that counts Chinese signs as two."""

    def __init__(self, page: Page, width: int) -> None:
        self.page = page
        self._width = width
        self._lines: list[str] = []

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

    def heading(self, text: str) -> None:
        self._lines += ["", text, "-" * wcwidth.wcswidth(text)]

    def gap(self) -> None:
        self._lines.append("")

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def render_text(subject: Subject, *, language: str = "en", width: int = _WIDTH) -> str:
    """Return a report as text for a terminal, in Chinese (``zh``) or English (``en``)."""
    told, lines = contents(subject), _Lines(Page(language), width)
    _head(told, lines)
    if told.inspection is not None:
        _inspection(told.inspection.inspection, told, lines)
    for assessment in told.assessments:
        _duties(assessment, told, lines)
    _figures(told, lines)
    _requests(told, lines)
    for assessment in told.assessments:
        _ledger(assessment, lines)
    return lines.text


def render_measurement(
    measurement: Measurement, *, language: str = "en", width: int = _WIDTH
) -> str:
    """Return a measurement as text: value, how it came about, what is missing."""
    page = Page(language)
    lines = _Lines(page, width)
    _measured(measurement, lines)
    lines.write(page.say(measurement.indicator.formula), 2, page.choose("公式：", "formula: "))
    if measurement.numerator is not None and measurement.denominator is not None:
        parts = map(page.shown, (measurement.numerator, measurement.denominator))
        lines.write(" ÷ ".join(parts), 2, "= ")
    for evidence in measurement.evidence:
        lines.write(str(evidence), 2, page.choose("依据：", "rests on: "))
    for need in measurement.needs:
        lines.write(page.say(need.label), 2, page.choose("尚缺：", "needs: "))
    return lines.text


def _head(told: Contents, lines: _Lines) -> None:
    page, first, place = lines.page, told.first, told.place
    lines.write(page.say(title(first.instrument)))
    lines.write(
        page.choose(
            f"{place.name}（{place.id}），{first.on}；年度义务按{first.period}判定",
            f"{place.name} ({place.id}) on {first.on}; yearly duties judged on {first.period}",
        )
    )
    lines.gap()
    for verdict in Verdict:
        if count := told.count(verdict):
            lines.write(f"{count:>3}  {page.say(verdict.label)}", 2)
    breach = page.choose(
        "违反（应当、不得而不符合）", "breaches (a 'shall' or 'shall not' that is not met)"
    )
    lines.write(f"{len(told.breaches):>3}  {breach}", 2)


def _inspection(held: Inspection, told: Contents, lines: _Lines) -> None:
    page = lines.page
    lines.heading(page.choose("检查经过", "The inspection"))
    for label, texts in page.course(held, told.register):
        lines.write(page.comma.join(texts), 0, f"{page.say(label)}{page.colon}")
    for recommendation, findings in told.recommendations:
        verdicts = [
            f"{page.say(each.citation.place)} {page.say(each.verdict.label)}" for each in findings
        ]
        mark = page.choose("建议：", "recommended: ")
        lines.write(page.comma.join([recommendation, *verdicts]), 0, mark)
    for each in told.reconciliations:
        verdict = f"{each.figure.about}{page.colon}{page.say(each.consistency.label)}"
        lines.write(f"{verdict}{page.choose('；', '; ')}{page.say(each.because)}")


def _duties(assessment: Assessment, told: Contents, lines: _Lines) -> None:
    page = lines.page
    duties = page.choose("各项义务", "The duties")
    lines.heading(duties if len(told.assessments) == 1 else page.say(title(assessment.instrument)))
    for finding in assessment.findings:
        _duty(finding, lines)


def _duty(finding: Finding, lines: _Lines) -> None:
    page, obligation = lines.page, finding.obligation
    breach = page.choose("，违反", ", a breach") if finding.is_breach else ""
    lines.gap()
    lines.write(
        f"{page.say(finding.citation.place)}  {page.say(finding.verdict.label).upper()}{breach}"
        f"  [{page.say(finding.text_status.label)}]"
    )
    modality = page.say(obligation.modality.label)
    lines.write(page.say(obligation.duty), 2, f"{modality}{page.colon}")
    lines.write(page.say(finding.because), 2, page.choose("理由：", "because: "))
    if obligation.note is not None:
        lines.write(page.say(obligation.note), 2, page.choose("说明：", "note: "))
    for evidence in finding.evidence:
        lines.write(str(evidence), 2, page.choose("依据：", "rests on: "))


def _figures(told: Contents, lines: _Lines) -> None:
    page = lines.page
    lines.heading(page.choose("指标", "The figures"))
    for measurement in told.with_value:
        _measured(measurement, lines)
    without = [page.say(each.indicator.label) for each in told.without_value]
    lines.write(page.comma.join(without), 0, page.choose("无值：", "no value: "))


def _measured(measurement: Measurement, lines: _Lines) -> None:
    page = lines.page
    quantity, label = measurement.quantity, page.say(measurement.indicator.label)
    value = page.shown(quantity) if quantity else page.choose("无值", "no value")
    when = "" if measurement.period is None else f" ({measurement.period})"
    lines.write(f"{label}{when}{page.colon}{value}")


def _requests(told: Contents, lines: _Lines) -> None:
    page = lines.page
    if told.needs:
        lines.heading(page.choose("补证清单", "What to ask for"))
        for number, need in enumerate(told.needs, start=1):
            lines.write(page.say(need.label), 0, f"{number:>2}. ")


def _ledger(assessment: Assessment, lines: _Lines) -> None:
    page = lines.page
    lines.heading(page.choose("未予判定的条文", "What was not judged"))
    for entry in not_judged(assessment):
        lines.write(page.say(entry.summary), 0, f"{page.say(entry.place)}{page.colon}")
