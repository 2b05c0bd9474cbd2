"""``commed measure`` and ``commed indicators``: what can be measured, and what it comes to."""

import argparse

from commed.cli.command import (
    PERIODS,
    Command,
    Exit,
    period,
    takes_a_format,
    takes_a_register,
)
from commed.cli.console import Console
from commed.cli.parser import Parser, Unreadable
from commed.cli.reading import Impossible, register_of
from commed.codec.results import dump_measurement
from commed.errors import Words
from commed.indicators import catalogue, families, measure
from commed.indicators.dimensions import DIMENSIONS
from commed.report import render_measurement, render_split

__all__ = ["INDICATORS", "MEASURE"]


def _where(text: str) -> tuple[str, str]:
    dimension, equals, key = text.partition("=")
    if not (dimension and equals and key):
        raise Unreadable(
            Words(
                f"{text!r} is no narrowing such as group=elderly",
                f"{text!r}不是group=elderly这样的限定",
            )
        )
    return dimension, key


def _takes_what_to_measure(parser: Parser) -> None:
    parser.takes(
        "indicator",
        about=Words("an id that 'commed indicators' lists", "commed indicators所列的标识"),
        metavar="INDICATOR",
        offered=catalogue(),
    )
    takes_a_register(parser)
    parser.takes(
        "--period",
        about=Words(f"{PERIODS} (default: all that is recorded)", f"{PERIODS}（默认：全部记录）"),
        reads=period,
        metavar="PERIOD",
    )
    parser.takes(
        "--division",
        about=Words(
            "the key of a division (default: the jurisdiction)", "行政区划的标识（默认：整个辖区）"
        ),
        metavar="KEY",
    )
    parser.takes(
        "--where",
        about=Words(
            "narrow the question, as in group=elderly; may be given several times",
            "限定范围，如group=elderly；可多次给出",
        ),
        reads=_where,
        action="append",
        default=[],
        metavar="DIMENSION=KEY",
        offered=(f"{dimension}=" for dimension in DIMENSIONS),
    )
    parser.takes(
        "--by",
        about=Words(
            f"split the result by one of {', '.join(DIMENSIONS)}",
            f"按维度拆分：{'、'.join(DIMENSIONS)}",
        ),
        choices=list(DIMENSIONS),
        metavar="DIMENSION",
    )
    takes_a_format(parser, "text", "json")


def _measure(options: argparse.Namespace, console: Console) -> Exit:
    register, where = register_of(options.register, console), dict(options.where)
    if len(where) < len(options.where):
        raise Impossible(
            Words(
                "narrow each dimension to one key: one is given more than once with --where",
                "每个维度只能限定一个键：某一维度在--where中给出了多次",
            )
        )
    asked = {"period": options.period, "division": options.division, "where": where}
    language, width = console.language, console.width
    if options.by is None:
        found = measure(options.indicator, register, **asked)
        if options.format == "json":
            console.print_json(dump_measurement(found))
        else:
            console.print(render_measurement(found, language=language, width=width), end="")
        return Exit.DONE
    parts = dict(measure(options.indicator, register, by=options.by, **asked))
    if options.format == "json":
        console.print_json({key: dump_measurement(each) for key, each in parts.items()})
    else:
        console.print(render_split(parts, language=language, width=width), end="")
    return Exit.DONE


def _indicators(options: argparse.Namespace, console: Console) -> Exit:
    if options.format == "json":
        labels = {key: each.label for key, each in catalogue().items()}
        console.print_json({key: {"zh": label.zh, "en": label.en} for key, label in labels.items()})
        return Exit.DONE
    for family, definitions in families().items():
        console.print(family.in_language(console.language))
        named = [(each.id, each.label.in_language(console.language)) for each in definitions]
        console.print_columns(named, 2)
    return Exit.DONE


MEASURE = Command(
    name="measure",
    does=Words("measure one indicator on a register", "在登记册上测算一个指标"),
    more=Words(
        "The value is a range, as wide as the records leave it; what would make it exact is named. "
        "Where nothing can be said there is no value, and never a zero.",
        "数值是一个范围，记录有多确切，范围就有多窄，并说明补哪些材料才能确切。"
        "说不出的没有数值，不当作零。",
    ),
    examples=(
        (
            "commed measure person-times --period 2018",
            Words("attendances in a year", "一年的参与人次"),
        ),
        (
            "commed measure person-times year.json --by month --period 2018",
            Words("month by month", "逐月"),
        ),
        (
            "commed measure distinct-learners year.json --where group=elderly",
            Words("of one group alone", "只看某一群体"),
        ),
    ),
    takes=_takes_what_to_measure,
    run=_measure,
)
"""The command ``commed measure``."""

INDICATORS = Command(
    name="indicators",
    does=Words("list what can be measured", "列出可以测算的指标"),
    more=Words(
        "Each indicator by its id, in families. The reference tells the formula of each.",
        "按类列出指标及其标识；各指标的公式见参考文档。",
    ),
    examples=(("commed indicators --lang zh", Words("with their Chinese names", "中文名称")),),
    takes=lambda parser: takes_a_format(parser, "text", "json"),
    run=_indicators,
)
"""The command ``commed indicators``."""
