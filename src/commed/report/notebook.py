"""What values show in a notebook: little, in HTML that needs nothing, every text escaped."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import islice

from commed.compliance import Assessment, Finding, Verdict
from commed.compliance.following import FollowUp
from commed.compliance.rollup import RollUp
from commed.evidence import Need
from commed.indicators import Measurement
from commed.inspection import InspectionReport
from commed.labels import Label
from commed.law.instrument import Instrument
from commed.quantities import Quantity, Unit
from commed.references import Collection
from commed.register import Register
from commed.report.contents import title
from commed.report.markup import Markup, element, listed, table
from commed.report.page import SIGNS, Page

__all__ = ["render_notebook"]

_AT_MOST = 50
_WHOLE = Label(zh="完整范围", en="Whole for")
_LOOK = "max-width:70em;overflow-wrap:anywhere"


def render_notebook(value: object, *, language: str = "en") -> str:
    """Return how a notebook shows a value (笔记本中的显示), in ``zh`` or ``en``.

    The value is a `Register`, `Measurement`, `Instrument`, `Finding`, `Assessment`,
    `InspectionReport`, `RollUp` or `FollowUp`. Raises `TypeError` for any other.
    """
    return element("div", *_parts(value, Page(language)), lang=language, style=_LOOK)


@singledispatch
def _parts(value: object, page: Page) -> Iterator[Markup | None]:
    """Yield what is shown of a value, part by part."""
    name = type(value).__name__
    raise TypeError(f"{name} is shown in no way of its own, in {page.language} or otherwise")


@_parts.register
def _(register: Register, page: Page) -> Iterator[Markup | None]:
    home = register.division(register.jurisdiction)
    yield _listing(
        page.choose(f"登记册：{home.name}（{home.id}）", f"Register of {home.name} ({home.id})"),
        (page.choose("清单", "List"), page.choose("条数", "Records"), page.say(_WHOLE)),
        _lists(register, page),
        page,
    )


def _lists(register: Register, page: Page) -> Iterator[tuple[object, ...]]:
    for each in Collection:
        number = len(getattr(register, each.value, ()))
        if each is Collection.ATTENDANCES:
            number = sum(len(event.attendances) for event in register.events)
        claims = [claim for claim in register.complete if claim.collection is each]
        said = [
            page.comma.join(
                str(part)
                for part in (claim.division or register.jurisdiction, claim.period)
                if part is not None
            )
            for claim in islice(claims, _AT_MOST)
        ]
        if number or claims:
            yield page.say(each.label), f"{number:,}", page.choose("；", "; ").join(said)


@_parts.register
def _(measurement: Measurement, page: Page) -> Iterator[Markup | None]:
    asked = [measurement.division, *(f"{name} {key}" for name, key in measurement.where)]
    if measurement.period is not None:
        asked.append(str(measurement.period))
    label = f"{page.say(measurement.indicator.label)} ({page.comma.join(asked)}){page.colon}"
    quantity = measurement.quantity
    value = page.choose("无值", "no value") if quantity is None else page.shown(quantity)
    yield element("p", label, element("strong", value))
    yield element("p", page.choose("公式：", "Formula: "), page.say(measurement.indicator.formula))
    if measurement.numerator is not None and measurement.denominator is not None:
        parts = map(page.shown, (measurement.numerator, measurement.denominator))
        base = "" if measurement.base is None else f" ({page.say(measurement.base)})"
        yield element("p", "= ", " ÷ ".join(parts), base)
    yield listed(page.choose("依据", "Rests on"), _first(measurement.evidence, page))
    yield _needs(measurement.needs, page)


@_parts.register
def _(finding: Finding, page: Page) -> Iterator[Markup | None]:
    yield element(
        "p",
        page.say(finding.citation.label),
        page.colon,
        element("strong", _verdict(finding, page)),
        f" [{page.say(finding.text_status.label)}]",
    )
    modality = f"{page.say(finding.obligation.modality.label)}{page.colon}"
    yield element("p", modality, page.say(finding.obligation.duty))
    yield element("p", page.choose("理由：", "Because: "), page.say(finding.because))
    for name, figure in page.figures_of(finding):
        yield element("p", name.capitalize(), page.colon, figure)
    yield listed(page.choose("依据", "Rests on"), _first(finding.evidence, page))
    yield _needs(finding.needs, page)


@_parts.register
def _(assessment: Assessment, page: Page) -> Iterator[Markup | None]:
    place = assessment.register.division(assessment.division)
    yield element("p", element("strong", page.say(title(assessment.instrument))))
    heads = page.choose("条文 义务 结论 理由", "Article Duty Verdict Because").split()
    rows = [
        (
            page.say(each.citation.place),
            page.say(each.obligation.duty),
            _verdict(each, page),
            page.say(each.because),
        )
        for each in assessment.findings
    ]
    where = page.choose(
        f"{place.name}（{place.id}），{assessment.on}：",
        f"{place.name} ({place.id}) on {assessment.on}: ",
    )
    counts = [
        f"{assessment.count(verdict)} {page.say(verdict.label)}"
        for verdict in Verdict
        if assessment.count(verdict)
    ]
    yield _listing(where + page.comma.join(counts), heads, rows, page)
    yield _needs(assessment.needs, page)


@_parts.register
def _(report: InspectionReport, page: Page) -> Iterator[Markup | None]:
    held = report.inspection
    by = report.assessments[0].register.body(held.inspector).name
    yield element("p", page.choose(f"{held.on}，检查单位：{by}", f"Inspected on {held.on} by {by}"))
    for assessment in report.assessments:
        yield from _parts(assessment, page)
    asked = [
        page.choose("；", "; ").join(
            [each.text, *(_verdict(found, page) for found in report.findings_on(each))]
        )
        for each in held.recommendations
    ]
    yield listed(page.choose("整改建议", "Recommendations"), _first(asked, page))


@_parts.register
def _(instrument: Instrument, page: Page) -> Iterator[Markup | None]:
    since = page.choose(f"自{instrument.since}起施行", f"in force since {instrument.since}")
    heads = page.choose("条文 内容 判定 文本", "Article Content Judged Text").split()
    rows = [
        (
            page.say(entry.place),
            page.say(entry.summary),
            page.say(entry.computability.label),
            None if entry.status is None else page.say(entry.status.label),
        )
        for entry in instrument.ledger()
    ]
    told = f"{page.say(title(instrument))} ({instrument.id}){page.comma}{since}"
    yield _listing(told, heads, rows, page)


@_parts.register
def _(together: RollUp, page: Page) -> Iterator[Markup | None]:
    heads = [page.choose("地方", "Place"), *(page.say(verdict.label) for verdict in Verdict)]
    rows = (
        (each.register.division(key).name, *map(each.count, Verdict))
        for key, each in together.assessments.items()
    )
    share = together.share_met
    met = page.choose("无值", "no value")
    if share is not None:
        met = page.shown(Quantity(share, Unit.RATIO))
    told = f"{page.say(together.level.label)}{page.comma}{page.choose('符合的比例', 'share met')}"
    yield _listing(f"{told}{page.colon}{met}", heads, rows, page)


@_parts.register
def _(followed: FollowUp, page: Page) -> Iterator[Markup | None]:
    days = page.choose("{}至{}", "{} to {}").format(followed.before.on, followed.after.on)
    heads = page.choose("义务 此前 此后 情况", "Duty Before After Course").split()
    rows = (
        (
            step.obligation,
            *("" if each is None else _verdict(each, page) for each in (step.before, step.after)),
            page.say(step.course.label),
        )
        for step in followed.steps
    )
    told = f"{page.say(title(followed.after.instrument))}{page.comma}{days}"
    yield _listing(told, heads, rows, page)


def _verdict(finding: Finding, page: Page) -> str:
    breach = page.choose("，违反", ", a breach") if finding.is_breach else ""
    return f"{SIGNS[finding.verdict]} {page.say(finding.verdict.label)}{breach}"


def _needs(needs: tuple[Need, ...], page: Page) -> Markup | None:
    told = page.choose(f"尚缺{len(needs)}项", f"What would settle it: {len(needs)}")
    return listed(told, _first((page.say(need.label) for need in needs), page))


def _listing(
    caption: str, heads: Iterable[object], rows: Iterable[Iterable[object]], page: Page
) -> Markup:
    heads, rows = tuple(heads), iter(rows)
    shown = list(islice(rows, _AT_MOST))
    left = sum(1 for _ in rows)
    if left:
        shown.append((_more(left, page), *("" for _ in heads[1:])))
    return table(caption, heads, shown)


def _first(entries: Iterable[object], page: Page) -> Iterator[object]:
    rest = iter(entries)
    yield from islice(rest, _AT_MOST)
    if left := sum(1 for _ in rest):
        yield _more(left, page)


def _more(left: int, page: Page) -> str:
    return page.choose(f"另有{left}项", f"and {left} more")
