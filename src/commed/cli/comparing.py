"""``commed roll-up`` and ``commed follow-up``: place by place, and before and after."""

import argparse
from pathlib import Path

from commed.cli.command import (
    Command,
    Exit,
    day,
    takes_a_day,
    takes_a_format,
    takes_a_register,
    takes_an_instrument,
    takes_fail_on,
)
from commed.cli.console import Console
from commed.cli.parser import Parser
from commed.cli.reading import day_of_inspection, law_of, register_of
from commed.codec.results import dump_assessment
from commed.compliance import assess
from commed.compliance.following import FollowUp, follow_up
from commed.compliance.rollup import roll_up
from commed.errors import Words
from commed.places import Level
from commed.report import render_follow_up, render_roll_up

__all__ = ["FOLLOW_UP", "ROLL_UP"]


def _takes_a_level(parser: Parser) -> None:
    levels = [level.value for level in Level]
    parser.takes(
        "level",
        about=Words(f"one of {', '.join(levels)}", f"{'、'.join(levels)}之一"),
        choices=levels,
        metavar="LEVEL",
    )
    takes_a_register(parser)
    takes_an_instrument(parser)
    takes_a_day(parser)
    takes_fail_on(parser)
    takes_a_format(parser, "text", "json")


def _roll_up(options: argparse.Namespace, console: Console) -> Exit:
    law, register = law_of(options.instrument), register_of(options.register, console)
    on = options.on or day_of_inspection(register)
    together = roll_up(register, law, level=Level(options.level), on=on)
    if options.format == "json":
        judged = together.assessments
        console.print_json({key: dump_assessment(each) for key, each in judged.items()})
    else:
        language, width, colour = console.language, console.width, console.colour
        text = render_roll_up(together, language=language, width=width, colour=colour)
        console.print(text, end="")
    breached = any(finding.is_breach for finding in together.findings)
    return Exit.BREACH if options.fail_on and breached else Exit.DONE


def _takes_before_and_after(parser: Parser) -> None:
    for name, about in {
        "before": Words(
            "the register as it was, - for standard input", "此前的登记册，-表示标准输入"
        ),
        "after": Words("the register as it is now", "现在的登记册"),
    }.items():
        parser.takes(name, about=about, type=Path, metavar=f"{name.upper()}.json")
    takes_an_instrument(parser)
    for name, about in {
        "--from": Words("the first day to judge", "此前判定的日期"),
        "--to": Words("the second day to judge", "此后判定的日期"),
    }.items():
        default = Words(" (default: that of the one inspection)", "（默认：唯一一次检查的日期）")
        told = Words(about.en + default.en, about.zh + default.zh)
        parser.takes(name, about=told, reads=day, metavar="DATE", dest=f"{name[2:]}_day")
    takes_a_format(parser, "text", "json")


def _follow_up(options: argparse.Namespace, console: Console) -> Exit:
    law = law_of(options.instrument)
    was, now = register_of(options.before, console), register_of(options.after, console)
    followed = follow_up(
        assess(was, law, on=options.from_day or day_of_inspection(was, "--from")),
        assess(now, law, on=options.to_day or day_of_inspection(now, "--to")),
    )
    if options.format == "json":
        console.print_json(_plain(followed))
    else:
        language, width, colour = console.language, console.width, console.colour
        text = render_follow_up(followed, language=language, width=width, colour=colour)
        console.print(text, end="")
    return Exit.DONE


def _plain(followed: FollowUp) -> list[dict[str, str | None]]:
    return [
        {
            "obligation": step.obligation,
            "before": None if step.before is None else step.before.verdict.value,
            "after": None if step.after is None else step.after.verdict.value,
            "course": step.course.value,
        }
        for step in followed.steps
    ]


ROLL_UP = Command(
    name="roll-up",
    does=Words("judge every division of a level", "逐个判定某一层级的区划并汇总"),
    more=Words(
        "Each verdict is counted by itself: what is undetermined or not applicable never passes as "
        "met.",
        "各种结论分别计数：无法判定、不适用的，都不算符合。",
    ),
    examples=(
        (
            "commed roll-up community year.json --on 2019-04-26",
            Words("a district, community by community", "逐个社区判定一个区"),
        ),
    ),
    takes=_takes_a_level,
    run=_roll_up,
)
"""The command ``commed roll-up``."""

FOLLOW_UP = Command(
    name="follow-up",
    does=Words("tell what became of each duty since", "对照前后两次，看各项义务的变化"),
    more=Words(
        "Two registers of one place are judged, each as of its day, and held against each other.",
        "对同一地方的两个登记册各按其日期判定，再逐项对照。",
    ),
    examples=(
        (
            "commed follow-up 2018.json year.json --from 2019-04-26 --to 2020-04-26",
            Words("a year later", "一年以后"),
        ),
    ),
    takes=_takes_before_and_after,
    run=_follow_up,
)
"""The command ``commed follow-up``."""
