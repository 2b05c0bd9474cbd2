"""``commed inspect``: registers judged under an instrument."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from commed.cli.command import (
    EXAMPLE,
    Command,
    Exit,
    takes_a_day,
    takes_a_format,
    takes_an_instrument,
    takes_fail_on,
)
from commed.cli.console import Console, told_of
from commed.cli.parser import Parser
from commed.cli.reading import Impossible, day_of_inspection, law_of, read, register_of
from commed.codec.results import dump_assessment
from commed.compliance import Assessment, assess
from commed.errors import InvalidDocument, Words
from commed.inspection import InspectionReport, inspect
from commed.law.instrument import Instrument
from commed.register import Register
from commed.report import render_html, render_markdown, render_text
from commed.report.contents import Subject
from commed.report.markup import visible
from commed.report.together import counts

__all__ = ["INSPECT"]

_PAGES: Mapping[str, Callable[..., str]] = {"markdown": render_markdown, "html": render_html}


def _takes(parser: Parser) -> None:
    parser.takes(
        "registers",
        about=Words(
            f"a register, - for standard input (default: the bundled case {EXAMPLE}); of several "
            "each gets a line",
            f"登记册，-表示标准输入（默认：随附案例{EXAMPLE}）；给出多个时各占一行",
        ),
        nargs="*",
        type=Path,
        metavar="REGISTER.json",
    )
    takes_an_instrument(parser)
    takes_a_day(parser)
    takes_fail_on(parser)
    takes_a_format(parser, "text", *_PAGES, "json")


def _run(options: argparse.Namespace, console: Console) -> Exit:
    law = law_of(options.instrument)
    if len(options.registers) > 1:
        return _several(options, law, console)
    register = register_of(next(iter(options.registers), None), console)
    subject = _subject(register, law, options.on)
    assessment = subject.assessments[0] if isinstance(subject, InspectionReport) else subject
    if options.format == "json":
        console.print_json(dump_assessment(assessment))
    elif options.format == "text":
        width, colour = console.width, console.colour
        text = render_text(subject, language=console.language, width=width, colour=colour)
        console.print(text, end="")
    else:
        console.print(_PAGES[options.format](subject, language=console.language), end="")
    return Exit.BREACH if options.fail_on and assessment.breaches else Exit.DONE


def _subject(register: Register, law: Instrument, on: date | None) -> Subject:
    """Return the one inspection of this law that is recorded, or else the register judged."""
    held = [each for each in register.inspections if each.instrument == law.id]
    if on is None and len(held) == 1:
        return inspect(register, law, inspection=held[0].id)
    return assess(register, law, on=on or day_of_inspection(register))


def _several(options: argparse.Namespace, law: Instrument, console: Console) -> Exit:
    """Judge registers one after the other; what is wrong with one does not hide the others."""
    _refuse_what_is_for_one(options)
    codes = [Exit.DONE]
    for number, file in enumerate(options.registers, start=1):
        name = visible(file)
        told = f"{number}/{len(options.registers)}{console.colon}{name}"
        try:
            with console.busy(Words(f"reading {told}", f"正在读取{told}")):
                register = read(file, console)
        except InvalidDocument as invalid:
            console.tell(f"{name}{console.colon}{invalid.told(console.language)}")
            codes.append(Exit.INVALID)
        except OSError as error:
            console.complain(console.say(told_of(error)))
            codes.append(Exit.USAGE)
        else:
            assessment = assess(register, law, on=options.on)
            _print_in_short(name, assessment, options.format, console)
            codes.append(Exit.BREACH if options.fail_on and assessment.breaches else Exit.DONE)
    return next(
        code for code in (Exit.USAGE, Exit.INVALID, Exit.BREACH, Exit.DONE) if code in codes
    )


def _refuse_what_is_for_one(options: argparse.Namespace) -> None:
    if options.on is None:
        raise Impossible(
            Words(
                "say which day to judge several registers with --on DATE",
                "判定多个登记册时，请用--on DATE写明日期",
            )
        )
    if options.format in _PAGES:
        raise Impossible(
            Words(
                f"give one register for a report as {options.format}: several are told as text or "
                "json",
                f"{options.format}报告一次只能写一个登记册：多个登记册只能用text或json",
            )
        )


def _print_in_short(name: str, assessment: Assessment, form: str, console: Console) -> None:
    if form == "json":
        plain = {"register": name, "assessment": dump_assessment(assessment)}
        console.print_json(plain, on_one_line=True)
    else:
        console.print_columns([(name, counts(assessment, console.lines()))])


INSPECT = Command(
    name="inspect",
    does=Words("judge registers under an instrument", "按法规判定登记册"),
    more=Words(
        "Every duty of the instrument is judged on what the register records, as of one day. An "
        "undetermined verdict says what would settle it; an unmet duty is a result and no error.",
        "按登记册的记录，逐项判定某一天法规中的义务履行了没有。无法判定的，说明还需补哪些材料；"
        "不符合是判定结果，不是程序出错。",
    ),
    examples=(
        ("commed inspect", Words("judge the bundled case", "判定随附案例")),
        (
            "commed inspect year.json --on 2019-04-26 --instrument cn-ningbo-2015",
            Words("a register of your own, under another law", "按另一部法规判定自己的登记册"),
        ),
        (
            "commed inspect year.json --lang zh --format html -o report.html",
            Words("a page to open, send and print, in Chinese", "写成可打开、发送、打印的中文网页"),
        ),
        (
            "commed inspect year.json 2018.json --on 2019-04-26 --fail-on breach",
            Words("several at once, and exit code 3 for a breach", "一次判定多个，有违反时以3退出"),
        ),
        (
            "commed inspect - --format json < year.json",
            Words("from a program to a program", "从标准输入读取，供程序使用"),
        ),
    ),
    takes=_takes,
    run=_run,
)
"""The command ``commed inspect``."""
