"""The command ``template``: empty tables for a clerk to fill."""

import argparse
from pathlib import Path

from commed.cli.command import Command, Exit
from commed.cli.console import Console
from commed.cli.parser import Parser
from commed.cli.reading import Impossible
from commed.errors import Words
from commed.report.markup import visible
from commed.tables import write_template

__all__ = ["TEMPLATE"]


def _takes_a_place(parser: Parser) -> None:
    parser.takes(
        "place",
        about=Words(
            "a workbook (.xlsx), or else a folder of CSV files", "工作簿（.xlsx），或者CSV文件夹"
        ),
        type=Path,
        metavar="OUT.xlsx",
    )


def _template(options: argparse.Namespace, console: Console) -> Exit:
    place: Path = options.place
    name = visible(place)
    if place.exists():
        raise Impossible(
            Words(
                f"{name} is there already, and may hold what somebody filled in: name another",
                f"{name}已经存在，里面可能有填好的内容：请换一个名称",
            )
        )
    write_template(place)
    written = console.say(Words("written", "已写出"))
    console.print(f"{name}{console.colon}{written}")
    return Exit.DONE


TEMPLATE = Command(
    name="template",
    does=Words("write a workbook for a clerk to fill", "生成供填写的工作簿"),
    more=Words(
        "It explains itself; validate, inspect and measure read it. What is there already is not "
        "written over.",
        "工作簿中有填表说明，填好后可用validate、inspect、measure读取。已有的文件不会被覆盖。",
    ),
    examples=(
        ("commed template year.xlsx", Words("a workbook", "工作簿")),
        ("commed template year", Words("a folder of CSV files", "CSV文件夹")),
    ),
    takes=_takes_a_place,
    run=_template,
)
"""The command ``commed template``."""
