"""The command line: reads, calls, prints."""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import commed
from commed.codec.results import dump_assessment, dump_measurement
from commed.codec.schemas import schema, schema_names
from commed.compliance import assess
from commed.errors import CommedError, InvalidDocument, Words
from commed.indicators import catalogue, families, measure
from commed.indicators.dimensions import DIMENSIONS
from commed.inspection import InspectionReport, inspect
from commed.law.instrument import Instrument
from commed.loading import example, instrument, instruments, load_instrument, load_register
from commed.periods import Period
from commed.register import Register
from commed.report import render_html, render_markdown, render_measurement, render_text
from commed.report.contents import Subject

__all__ = ["main"]

_EXAMPLE = "longquanyi-2019"
_PERIODS = "2018, 2018-05, 2018-05-01 or 2018-05-01..2018-08-31"
_DONE, _INVALID, _USAGE, _BREACH = 0, 1, 2, 3


_RENDERERS: Mapping[str, Callable[..., str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "html": render_html,
}


class _Usage(CommedError):
    """What the user asked for cannot be done; the message says what to do instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a document is invalid, 2 bad usage, 3 a breach where ``--fail-on breach`` asked.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know no Chinese
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except InvalidDocument as invalid:
        print(invalid.told(options.lang), file=sys.stderr)
        return _INVALID
    except CommedError as error:
        print(f"commed: {error.told(options.lang)}", file=sys.stderr)
        return _USAGE
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE
    except OSError as error:
        print(f"commed: cannot open {error.filename}: {error.strerror}", file=sys.stderr)
        return _USAGE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commed",
        description="Community-education law and its metrics: judge duties, measure figures.",
    )
    parser.set_defaults(lang="en")
    parser.add_argument("--version", action="version", version=f"commed {commed.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    inspecting = commands.add_parser(
        "inspect", help="judge a register under an instrument (the bundled case by default)"
    )
    _takes_a_register(inspecting)
    inspecting.add_argument(
        "--instrument",
        default="cn-chengdu-2017",
        metavar="ID|FILE.toml",
        help="a packaged instrument's id, or a file (default: %(default)s)",
    )
    inspecting.add_argument(
        "--on",
        type=_date,
        metavar="DATE",
        help="the day to judge, as 2019-04-26 (default: that of the register's one inspection)",
    )
    inspecting.add_argument(
        "--fail-on", choices=["breach"], help="exit with 3 when a binding duty is not met"
    )
    _speaks(inspecting, formats=(*_RENDERERS, "json"))
    inspecting.set_defaults(run=_inspect)

    measuring = commands.add_parser("measure", help="measure one indicator on a register")
    measuring.add_argument(
        "indicator", metavar="INDICATOR", help="an id that 'commed indicators' lists"
    )
    _takes_a_register(measuring)
    measuring.add_argument(
        "--period",
        type=_period,
        metavar="PERIOD",
        help=f"{_PERIODS} (default: all that is recorded)",
    )
    measuring.add_argument("--division", metavar="KEY", help="default: the jurisdiction")
    measuring.add_argument(
        "--where",
        type=_where,
        action="append",
        default=[],
        metavar="DIMENSION=KEY",
        help="narrow the question, as in group=elderly; may be given several times",
    )
    measuring.add_argument("--by", choices=list(DIMENSIONS), help="split the result")
    _speaks(measuring)
    measuring.set_defaults(run=_measure)

    figures = commands.add_parser("indicators", help="list what can be measured")
    _speaks(figures)
    figures.set_defaults(run=_indicators)

    listing = commands.add_parser("instruments", help="list the packaged instruments")
    _speaks(listing)
    listing.set_defaults(run=_instruments)

    validate = commands.add_parser(
        "validate", help="check registers (.json) and instruments (.toml)"
    )
    validate.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _in_a_language(validate)
    validate.set_defaults(run=_validate)

    shape = commands.add_parser("schema", help="print the JSON Schema of a document")
    shape.add_argument(
        "name",
        nargs="?",
        choices=schema_names(),
        default="register",
        metavar="|".join(schema_names()),
        help="default: %(default)s",
    )
    shape.set_defaults(run=_schema)
    return parser


def _takes_a_register(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "register",
        nargs="?",
        type=Path,
        metavar="REGISTER.json",
        help=f"default: the bundled case {_EXAMPLE}",
    )


def _in_a_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=["en", "zh"], default="en", help="default: %(default)s")


def _speaks(command: argparse.ArgumentParser, formats: Sequence[str] = ("text", "json")) -> None:
    _in_a_language(command)
    command.add_argument("--format", choices=formats, default="text", help="default: %(default)s")


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _date(text: str) -> date:
    try:
        return _day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2019-04-26") from None


def _period(text: str) -> Period:
    try:
        if re.fullmatch(r"[0-9]{4}", text):
            return Period.year(int(text))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            return Period.month(int(text[:4]), int(text[5:]))
        first, dots, last = text.partition("..")
        return Period(_day(first), _day(last if dots else first))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no period such as {_PERIODS}") from None


def _where(text: str) -> tuple[str, str]:
    dimension, equals, key = text.partition("=")
    if not (dimension and equals and key):
        raise argparse.ArgumentTypeError(f"{text!r} is no narrowing such as group=elderly")
    return dimension, key


def _inspect(options: argparse.Namespace) -> int:
    register, law = _register(options), _instrument(options.instrument)
    subject = _subject(register, law, options.on)
    assessment = subject.assessments[0] if isinstance(subject, InspectionReport) else subject
    if options.format == "json":
        _print_json(dump_assessment(assessment))
    else:
        print(_RENDERERS[options.format](subject, language=options.lang), end="")
    return _BREACH if options.fail_on == "breach" and assessment.breaches else _DONE


def _measure(options: argparse.Namespace) -> int:
    register, where = _register(options), dict(options.where)
    if len(where) < len(options.where):
        raise _Usage(
            Words(
                "narrow each dimension to one key: one is given more than once with --where",
                "每个维度只能限定一个键：某一维度在--where中给出了多次",
            )
        )
    asked = {"period": options.period, "division": options.division, "where": where}
    if options.by is None:
        results = {"": measure(options.indicator, register, **asked)}
    else:
        results = dict(measure(options.indicator, register, by=options.by, **asked))
    if options.format == "json":
        plain = {key: dump_measurement(found) for key, found in results.items()}
        _print_json(plain[""] if options.by is None else plain)
        return _DONE
    if not results:
        print("没有可供拆分的记录" if options.lang == "zh" else "nothing on record to split by")
    for key, found in results.items():
        text = render_measurement(found, language=options.lang)
        print(f"{key}\n{text}" if key else text, end="")
    return _DONE


def _indicators(options: argparse.Namespace) -> int:
    if options.format == "json":
        labels = {key: each.label for key, each in catalogue().items()}
        _print_json({key: {"zh": label.zh, "en": label.en} for key, label in labels.items()})
        return _DONE
    for family, definitions in families().items():
        print(family.in_language(options.lang))
        for each in definitions:
            print(f"  {each.id}  {each.label.in_language(options.lang)}")
    return _DONE


def _instruments(options: argparse.Namespace) -> int:
    titles = {key: instrument(key).title for key in instruments()}
    if options.format == "json":
        _print_json({key: {"zh": title.zh, "en": title.en} for key, title in titles.items()})
    else:
        for key, title in titles.items():
            print(f"{key}  {title.in_language(options.lang)}")
    return _DONE


def _validate(options: argparse.Namespace) -> int:
    code = _DONE
    for file in options.files:
        try:
            load_instrument(file) if file.suffix == ".toml" else load_register(file)
        except InvalidDocument as invalid:
            print(f"{file}: {invalid.told(options.lang)}", file=sys.stderr)
            code = max(code, _INVALID)
        except OSError as error:
            print(f"commed: cannot open {file}: {error.strerror}", file=sys.stderr)
            code = _USAGE
        else:
            print(f"{file}: valid")
    return code


def _schema(options: argparse.Namespace) -> int:
    _print_json(schema(options.name))
    return _DONE


def _register(options: argparse.Namespace) -> Register:
    return example(_EXAMPLE) if options.register is None else load_register(options.register)


def _instrument(name: str) -> Instrument:
    return load_instrument(name) if name.endswith(".toml") else instrument(name)


def _subject(register: Register, law: Instrument, on: date | None) -> Subject:
    """Return the one inspection of this law that is recorded, or else the register judged."""
    held = [each for each in register.inspections if each.instrument == law.id]
    if on is None and len(held) == 1:
        return inspect(register, law, inspection=held[0].id)
    return assess(register, law, on=on or _day_of_inspection(register))


def _day_of_inspection(register: Register) -> date:
    days = {inspection.on for inspection in register.inspections}
    if len(days) != 1:
        raise _Usage(
            Words(
                "say which day to judge with --on DATE: the register records no one inspection",
                "请用--on DATE写明判定的日期：登记册中没有唯一的一次检查",
            )
        )
    return days.pop()


def _print_json(plain: dict[str, Any]) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2))
