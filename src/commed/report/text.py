"""Reports and measurements as plain text, for a terminal."""

from collections.abc import Mapping

from commed.compliance import Assessment, Finding, Verdict
from commed.indicators import Measurement
from commed.records.inspections import Inspection
from commed.report.contents import Contents, Subject, contents, not_judged, title
from commed.report.lines import Lines
from commed.report.page import Page

__all__ = ["WIDTH", "render_measurement", "render_split", "render_text"]

WIDTH = 88
"""How wide a text is that goes to no terminal, in columns: a Chinese sign takes two."""


def render_text(
    subject: Subject, *, language: str = "en", width: int = WIDTH, colour: bool = False
) -> str:
    """Return a report as text for a terminal, in Chinese (``zh``) or English (``en``).

    In `colour` the verdicts are marked by the escape sequences of terminals.
    """
    told, lines = contents(subject), Lines(Page(language), width, colour=colour)
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
    measurement: Measurement, *, language: str = "en", width: int = WIDTH
) -> str:
    """Return a measurement as text: value, how it came about, what is missing."""
    page = Page(language)
    lines = Lines(page, width)
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


def render_split(
    found: Mapping[str, Measurement], *, language: str = "en", width: int = WIDTH
) -> str:
    """Return the measurements of several parts as text: each value, and what is missing."""
    page = Page(language)
    lines = Lines(page, width)
    if not found:
        lines.write(page.choose("没有可供拆分的记录", "nothing on record to split by"))
        return lines.text
    one, *others = found.values()
    when = _when(one) if all(each.period == one.period for each in others) else ""
    lines.write(f"{page.say(one.indicator.label)}{when}")
    lines.columns(((key, page.measured(each)) for key, each in found.items()), 2)
    needs = ((need.what, need.supplier) for each in found.values() for need in each.needs)
    for what, supplier in dict.fromkeys(needs):
        told = page.choose(f"{what.zh}：可询{supplier.zh}", f"{what.en}; ask {supplier.en}")
        lines.write(told, 2, page.choose("尚缺：", "needs: "))
    return lines.text


def _head(told: Contents, lines: Lines) -> None:
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
            lines.write(lines.verdict(verdict, f"{count:>3}  {page.say(verdict.label)}"), 2)
    breach = page.choose(
        "违反（应当、不得而不符合）", "breaches (a 'shall' or 'shall not' that is not met)"
    )
    breaches = len(told.breaches)
    counted = f"{breaches:>3}  {breach}"
    lines.write(lines.verdict(Verdict.NOT_MET, counted) if breaches else counted, 2)
    if practised := page.practised(told.left_free):
        lines.gap()
        lines.write(practised, 2)


def _inspection(held: Inspection, told: Contents, lines: Lines) -> None:
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


def _duties(assessment: Assessment, told: Contents, lines: Lines) -> None:
    page = lines.page
    duties = page.choose("各项义务", "The duties")
    lines.heading(duties if len(told.assessments) == 1 else page.say(title(assessment.instrument)))
    for finding in assessment.findings:
        _duty(finding, lines)


def _duty(finding: Finding, lines: Lines) -> None:
    page, obligation = lines.page, finding.obligation
    breach = page.choose("，违反", ", a breach") if finding.is_breach else ""
    verdict = f"{page.say(finding.verdict.label).upper()}{breach}"
    lines.gap()
    lines.write(
        f"{page.say(finding.citation.place)}  {lines.verdict(finding.verdict, verdict)}"
        f"  [{page.say(finding.text_status.label)}]"
    )
    modality = page.say(obligation.modality.label)
    lines.write(page.say(obligation.duty), 2, f"{modality}{page.colon}")
    lines.write(page.say(finding.because), 2, page.choose("理由：", "because: "))
    if obligation.note is not None:
        lines.write(page.say(obligation.note), 2, page.choose("说明：", "note: "))
    for evidence in finding.evidence:
        lines.write(str(evidence), 2, page.choose("依据：", "rests on: "))


def _figures(told: Contents, lines: Lines) -> None:
    page = lines.page
    lines.heading(page.choose("指标", "The figures"))
    for measurement in told.with_value:
        _measured(measurement, lines)
    without = [page.say(each.indicator.label) for each in told.without_value]
    lines.write(page.comma.join(without), 0, page.choose("无值：", "no value: "))


def _measured(measurement: Measurement, lines: Lines) -> None:
    page = lines.page
    quantity, label = measurement.quantity, page.say(measurement.indicator.label)
    value = page.shown(quantity) if quantity else page.choose("无值", "no value")
    lines.write(f"{label}{_when(measurement)}{page.colon}{value}")


def _when(measurement: Measurement) -> str:
    return "" if measurement.period is None else f" ({measurement.period})"


def _requests(told: Contents, lines: Lines) -> None:
    page = lines.page
    if told.needs:
        lines.heading(page.choose("补证清单", "What to ask for"))
        for number, need in enumerate(told.needs, start=1):
            lines.write(page.say(need.label), 0, f"{number:>2}. ")


def _ledger(assessment: Assessment, lines: Lines) -> None:
    page = lines.page
    lines.heading(page.choose("未予判定的条文", "What was not judged"))
    for entry in not_judged(assessment):
        lines.write(page.say(entry.summary), 0, f"{page.say(entry.place)}{page.colon}")
