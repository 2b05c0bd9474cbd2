"""Reports as Markdown, for a wiki, a pull request or a document that is written further."""

import re
from collections.abc import Iterable, Iterator

from commed.compliance import Finding, Verdict
from commed.evidence import Need, by_supplier
from commed.indicators import definition
from commed.report.contents import (
    MONTH_FIGURE,
    PLACE_FIGURES,
    Contents,
    Subject,
    contents,
    not_judged,
    title,
)
from commed.report.page import Page

__all__ = ["render_markdown"]


def render_markdown(subject: Subject, *, language: str = "en") -> str:
    """Return a report as Markdown (Markdown报告), in Chinese (``zh``) or English (``en``).

    It is CommonMark with tables; whatever a record says stands as text and marks nothing up.
    """
    told, page = contents(subject), Page(language)
    blocks = [
        *_head(told, page),
        *_inspection(told, page),
        *_duties(told, page),
        *_requests(told, page),
        *_figures(told, page),
        *_ledger(told, page),
        f"---\n\n{page.rounding}",
    ]
    return "\n\n".join(blocks) + "\n"


_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$@!^]|(?<=www)\.|:(?=//)")


def _plain(text: object) -> str:
    """Return a text whose signs mark nothing up."""
    return _MARKS.sub(r"\\\g<0>", str(text))


def _head(told: Contents, page: Page) -> Iterator[str]:
    first, place = told.first, told.place
    yield f"# {_plain(page.say(title(first.instrument)))}"
    yield page.choose(
        f"{_plain(place.name)}（{_plain(place.id)}），{first.on}；年度义务按{first.period}判定",
        f"{_plain(place.name)} ({_plain(place.id)}) on {first.on}; yearly duties judged on "
        f"{first.period}",
    )
    counts = [
        (page.say(verdict.label), str(told.count(verdict)))
        for verdict in Verdict
        if told.count(verdict)
    ]
    breach = page.choose(
        "违反（应当、不得而不符合）", "breaches (a ‘shall’ or ‘shall not’ not met)"
    )
    heads = (page.choose("结论", "Verdict"), page.choose("义务数", "Duties"))
    yield _table(heads, [*counts, (breach, str(len(told.breaches)))])
    if practised := page.practised(told.left_free):
        yield practised


def _inspection(told: Contents, page: Page) -> Iterator[str]:
    if told.inspection is None:
        return
    yield f"## {page.choose('检查经过', 'The inspection')}"
    yield _list(
        f"{page.say(label)}{page.colon}{page.comma.join(map(_plain, texts))}"
        for label, texts in page.course(told.inspection.inspection, told.register)
    )
    if told.recommendations:
        yield f"### {page.choose('整改建议', 'Recommendations')}"
        yield _list(_asked(text, findings, page) for text, findings in told.recommendations)
    if told.reconciliations:
        yield f"### {page.choose('报告的数据与记录的核对', 'What was stated, against the records')}"
        yield _list(
            f"{_plain(each.figure.about)}{page.colon}{page.say(each.consistency.label)}"
            f"{page.comma}{_plain(page.say(each.because))}"
            for each in told.reconciliations
        )


def _asked(text: str, findings: Iterable[Finding], page: Page) -> str:
    verdicts = [
        f"{page.say(each.citation.place)} {page.say(each.verdict.label)}" for each in findings
    ]
    return page.comma.join([_plain(text), *verdicts])


def _duties(told: Contents, page: Page) -> Iterator[str]:
    yield f"## {page.choose('各项义务', 'The duties')}"
    for assessment in told.assessments:
        if len(told.assessments) > 1:
            yield f"### {_plain(page.say(title(assessment.instrument)))}"
        for finding in assessment.findings:
            yield _duty(finding, page)


def _duty(finding: Finding, page: Page) -> str:
    duty = finding.obligation
    breach = page.choose("，违反", ", a breach") if finding.is_breach else ""
    facts = [
        (page.choose("理由", "because"), page.say(finding.because)),
        *page.figures_of(finding),
        *((page.choose("依据", "rests on"), str(each)) for each in finding.evidence),
        *((page.choose("尚缺", "needs"), page.say(need.label)) for need in finding.needs),
    ]
    if duty.note is not None:
        facts.append((page.choose("说明", "note"), page.say(duty.note)))
    verdict = f"{page.say(finding.citation.place)}{page.comma}{page.say(finding.verdict.label)}"
    return "\n".join(
        [
            f"**{verdict}{breach}** ({page.say(finding.text_status.label)})  ",
            f"{page.say(duty.modality.label)}{page.colon}{_plain(page.say(duty.duty))}",
            "",
            _list(f"{name}{page.colon}{_plain(fact)}" for name, fact in facts),
        ]
    )


def _requests(told: Contents, page: Page) -> Iterator[str]:
    yield f"## {page.choose('补证清单', 'What to ask for')}"
    if not told.needs:
        yield page.choose("无须补充。", "Nothing is missing.")
    for supplier, needs in by_supplier(told.needs).items():
        yield f"### {_plain(page.say(supplier))}"
        yield _list(_plain(_request(need, page)) for need in needs)


def _request(need: Need, page: Page) -> str:
    when = "" if need.period is None else f"{page.comma}{need.period}"
    return f"{page.say(need.what)} ({need.division}{when})"


def _figures(told: Contents, page: Page) -> Iterator[str]:
    yield f"## {page.choose('指标', 'The figures')}"
    heads = (page.choose("指标", "Indicator"), page.choose("数值", "Value"))
    rows = [(page.say(each.indicator.label), page.measured(each)) for each in told.with_value]
    yield _table(heads, rows)
    without = [page.say(each.indicator.label) for each in told.without_value]
    yield f"{page.choose('无值：', 'No value: ')}{page.comma.join(without)}"
    if told.months:
        yield f"### {page.choose('各月', 'By month')}"
        heads = (page.choose("月份", "Month"), page.say(definition(MONTH_FIGURE).label))
        yield _table(heads, [(key, page.measured(each)) for key, each in told.months.items()])
    if told.places:
        yield f"### {page.choose('各地情况', 'Place by place')}"
        columns = [page.say(definition(each).label) for each in PLACE_FIGURES]
        yield _table(
            (page.choose("地方", "Place"), *columns),
            [
                (_plain(told.register.division(key).name), *map(page.measured, row))
                for key, row in told.places.items()
            ],
        )


def _ledger(told: Contents, page: Page) -> Iterator[str]:
    yield f"## {page.choose('未予判定的条文', 'What was not judged')}"
    for assessment in told.assessments:
        if len(told.assessments) > 1:
            yield f"### {_plain(page.say(title(assessment.instrument)))}"
        yield _list(
            f"{page.say(entry.place)}{page.colon}{_plain(page.say(entry.summary))}"
            for entry in not_judged(assessment)
        )


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
