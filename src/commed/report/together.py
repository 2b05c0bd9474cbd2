"""Several assessments as text: place by place, and before and after."""

from commed.compliance import Assessment, Finding, Verdict
from commed.compliance.following import Course, FollowUp
from commed.compliance.rollup import RollUp
from commed.quantities import Quantity, Unit
from commed.report.contents import title
from commed.report.lines import Lines
from commed.report.page import Page
from commed.report.text import WIDTH

__all__ = ["counts", "render_follow_up", "render_roll_up"]


def counts(assessment: Assessment, lines: Lines) -> str:
    """Return how often each verdict was given, and how many duties are breached."""
    page = lines.page
    told = [
        lines.verdict(verdict, f"{number} {page.say(verdict.label)}")
        for verdict in Verdict
        if (number := assessment.count(verdict))
    ]
    if breaches := len(assessment.breaches):
        some = page.choose(f"{breaches} 违反", f"{breaches} in breach")
        told.append(lines.verdict(Verdict.NOT_MET, some))
    return page.comma.join(told)


def render_roll_up(
    together: RollUp, *, language: str = "en", width: int = WIDTH, colour: bool = False
) -> str:
    """Return a roll-up as text (汇总报告): the verdicts of each division, and the share met."""
    lines = Lines(Page(language), width, colour=colour)
    page, judged = lines.page, together.assessments
    if not judged:
        level = together.level
        zh, en = f"登记册中没有{level.label_zh}的区划", f"no {level.label_en} is on record"
        lines.write(page.choose(zh, en))
        return lines.text
    first = next(iter(judged.values()))
    lines.write(page.say(title(first.instrument)))
    lines.write(
        page.choose(
            f"各{together.level.label_zh}，{first.on}；年度义务按{first.period}判定",
            f"each {together.level.label_en} on {first.on}; yearly duties judged on {first.period}",
        )
    )
    lines.gap()
    lines.columns(
        ((_named(each, page), counts(each, lines)) for each in judged.values()),
        2,
    )
    lines.gap()
    share = together.share_met
    met = page.choose("无值", "no value")
    lines.write(
        met if share is None else page.shown(Quantity(share, Unit.RATIO)),
        0,
        page.choose("符合的比例：", "share met: "),
    )
    for supplier, needs in together.requests().items():
        lines.heading(page.choose("可询", "Ask ") + page.say(supplier))
        for number, need in enumerate(needs, start=1):
            told = page.choose(
                f"{need.what.zh}（{need.division}）", f"{need.what.en} ({need.division})"
            )
            lines.write(told, 0, f"{number:>2}. ")
    return lines.text


def render_follow_up(
    followed: FollowUp, *, language: str = "en", width: int = WIDTH, colour: bool = False
) -> str:
    """Return a follow-up as text (跟踪对照报告): how many duties took each course, and which."""
    lines = Lines(Page(language), width, colour=colour)
    page, after = lines.page, followed.after
    days = page.choose("{}至{}", "{} to {}").format(followed.before.on, after.on)
    lines.write(page.say(title(after.instrument)))
    lines.write(f"{_named(after, page)}{page.choose('，', ', ')}{days}")
    for course in Course:
        if steps := followed.of(course):
            lines.heading(f"{page.say(course.label)}{page.colon}{len(steps)}")
            lines.columns(
                (
                    step.obligation,
                    f"{_told(step.before, lines)} → {_told(step.after, lines)}",
                )
                for step in steps
            )
    return lines.text


def _named(assessment: Assessment, page: Page) -> str:
    place = assessment.register.division(assessment.division)
    return page.choose(f"{place.name}（{place.id}）", f"{place.name} ({place.id})")


def _told(finding: Finding | None, lines: Lines) -> str:
    page = lines.page
    if finding is None:
        return page.choose("无此义务", "no such duty")
    return lines.verdict(finding.verdict, page.say(finding.verdict.label))
