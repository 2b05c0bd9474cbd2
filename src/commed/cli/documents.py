"""Commands about documents: ``instruments`` lists, ``validate`` checks, ``schema`` describes."""

import argparse
from pathlib import Path

from commed.cli.command import Command, Exit, takes_a_format
from commed.cli.console import Console, told_of
from commed.cli.parser import Parser
from commed.cli.reading import read
from commed.codec.schemas import schema, schema_names
from commed.errors import InvalidDocument, Words
from commed.loading import instrument, instruments, load_instrument
from commed.report.markup import visible

__all__ = ["INSTRUMENTS", "SCHEMA", "VALIDATE"]


def _instruments(options: argparse.Namespace, console: Console) -> Exit:
    titles = {key: instrument(key).title for key in instruments()}
    if options.format == "json":
        console.print_json({key: {"zh": title.zh, "en": title.en} for key, title in titles.items()})
    else:
        told = [(key, title.in_language(console.language)) for key, title in titles.items()]
        console.print_columns(told)
    return Exit.DONE


def _takes_files(parser: Parser) -> None:
    parser.takes(
        "files",
        about=Words(
            "registers (.json, .xlsx, a folder of CSV files), - for JSON on standard input, and "
            "instruments (.toml)",
            "登记册（.json、.xlsx或CSV文件夹；-表示从标准输入读JSON）和法规文件（.toml）",
        ),
        nargs="+",
        type=Path,
        metavar="FILE",
    )


def _validate(options: argparse.Namespace, console: Console) -> Exit:
    code = Exit.DONE
    valid = console.say(Words("valid", "有效"))
    for file in options.files:
        name = visible(file)
        try:
            load_instrument(file) if file.suffix == ".toml" else read(file, console)
        except InvalidDocument as invalid:
            console.tell(f"{name}{console.colon}{invalid.told(console.language)}")
            code = max(code, Exit.INVALID)
        except OSError as error:
            console.complain(console.say(told_of(error)))
            code = Exit.USAGE
        else:
            console.print(f"{name}{console.colon}{valid}")
    return code


def _takes_a_name(parser: Parser) -> None:
    names = schema_names()
    parser.takes(
        "name",
        about=Words(
            f"{', '.join(names)} (default: register)", f"{'、'.join(names)}（默认：register）"
        ),
        nargs="?",
        choices=names,
        default="register",
        metavar="DOCUMENT",
    )


def _schema(options: argparse.Namespace, console: Console) -> Exit:
    console.print_json(schema(options.name))
    return Exit.DONE


INSTRUMENTS = Command(
    name="instruments",
    does=Words("list the packaged instruments", "列出随附的法规文件"),
    more=Words(
        "An instrument is a regulation, a notice or a standard, encoded as a file.",
        "法规文件指写成数据文件的条例、通知或标准。",
    ),
    examples=(("commed instruments", Words("each with its title", "标识和标题")),),
    takes=lambda parser: takes_a_format(parser, "text", "json"),
    run=_instruments,
)
"""The command ``commed instruments``."""

VALIDATE = Command(
    name="validate",
    does=Words("check registers and instruments", "检查登记册和法规文件"),
    more=Words(
        "Every problem of every file is told with its path; the first hundred of each at most.",
        "每个文件的每个问题都连同其位置列出；每个文件最多列出前一百个。",
    ),
    examples=(
        ("commed validate year.json own.toml", Words("two files at once", "一次检查两个文件")),
    ),
    takes=_takes_files,
    run=_validate,
)
"""The command ``commed validate``."""

SCHEMA = Command(
    name="schema",
    does=Words("print the JSON Schema of a document", "输出文档的JSON Schema"),
    more=Words(
        "For editors that complete and check as you write, and for programs that write registers.",
        "供编辑器在书写时补全和检查，也供写登记册的程序使用。",
    ),
    examples=(("commed schema register", Words("of a register", "登记册的模式")),),
    takes=_takes_a_name,
    run=_schema,
)
"""The command ``commed schema``."""
