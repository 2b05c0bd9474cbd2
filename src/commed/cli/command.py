"""What a command of the command line is; and the options that several of them take."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from pathlib import Path

from attrs import frozen

from commed.cli.console import Console
from commed.cli.parser import Parser, Unreadable
from commed.errors import Words
from commed.loading import instruments
from commed.periods import Period

__all__ = [
    "EXAMPLE",
    "PERIODS",
    "Command",
    "Exit",
    "day",
    "period",
    "takes_a_day",
    "takes_a_format",
    "takes_a_register",
    "takes_an_instrument",
    "takes_fail_on",
]

EXAMPLE = "longquanyi-2019"
"""The register that is taken where none is given."""
PERIODS = "2018, 2018-05, 2018-05-01, 2018-05-01..2018-08-31"
"""How a period is written."""


class Exit(IntEnum):
    """How a command ends (退出码)."""

    DONE = 0
    INVALID = 1
    USAGE = 2
    BREACH = 3


@frozen(kw_only=True)
class Command:
    """One command: what it is called, does and takes.

    `does` is its line in the list of commands, `more` what its own help says besides; `examples`
    are command lines, each with what it does.
    """

    name: str
    does: Words
    more: Words
    examples: tuple[tuple[str, Words], ...]
    takes: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Console], Exit]


def day(text: str) -> date:
    """Return the day that is written as 2019-04-26; raises `Unreadable`."""
    try:
        return _day(text)
    except ValueError:
        raise Unreadable(
            Words(f"{text!r} is no date such as 2019-04-26", f"{text!r}不是2019-04-26这样的日期")
        ) from None


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def period(text: str) -> Period:
    """Return the year, month, day or span of days that is written; raises `Unreadable`."""
    try:
        if re.fullmatch(r"[0-9]{4}", text):
            return Period.year(int(text))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            return Period.month(int(text[:4]), int(text[5:]))
        first, dots, last = text.partition("..")
        return Period(_day(first), _day(last if dots else first))
    except ValueError:
        raise Unreadable(
            Words(
                f"{text!r} is no period such as {PERIODS}", f"{text!r}不是期间；期间写作：{PERIODS}"
            )
        ) from None


def takes_a_register(parser: Parser) -> None:
    """Let a command take one register."""
    parser.takes(
        "register",
        about=Words(
            f"a register, - for standard input (default: the bundled case {EXAMPLE})",
            f"登记册，-表示标准输入（默认：随附案例{EXAMPLE}）",
        ),
        nargs="?",
        type=Path,
        metavar="REGISTER.json",
    )


def takes_fail_on(parser: Parser) -> None:
    """Let a command end with 3 where a duty is breached."""
    parser.takes(
        "--fail-on",
        about=Words(
            "end with 3 when a duty that binds is not met", "有应当、不得的义务不符合时，以3退出"
        ),
        choices=["breach"],
        metavar="breach",
    )


def takes_an_instrument(parser: Parser) -> None:
    """Let a command take the instrument to judge under."""
    parser.takes(
        "--instrument",
        about=Words(
            "the id of a packaged instrument, or a file (default: %(default)s)",
            "随附文件的标识，或TOML文件（默认：%(default)s）",
        ),
        default="cn-chengdu-2017",
        metavar="ID|FILE.toml",
        offered=instruments(),
    )


def takes_a_day(parser: Parser) -> None:
    """Let a command take the day to judge."""
    parser.takes(
        "--on",
        about=Words(
            "the day to judge, as 2019-04-26 (default: that of the register's one inspection)",
            "判定的日期，如2019-04-26（默认：登记册中唯一一次检查的日期）",
        ),
        reads=day,
        metavar="DATE",
    )


def takes_a_format(parser: Parser, *formats: str) -> None:
    """Let a command take the form of what it prints, and the file to write it to."""
    parser.takes(
        "--format",
        about=Words(f"{', '.join(formats)} (default: text)", f"{'、'.join(formats)}（默认：text）"),
        choices=formats,
        default="text",
        metavar="FORM",
    )
    parser.takes(
        "-o",
        "--output",
        about=Words("write to this file and not to the terminal", "写入此文件，不在终端显示"),
        type=Path,
        metavar="FILE",
    )
