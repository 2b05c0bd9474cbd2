"""The whole of the command line: its commands, and the parser that knows them."""

import argparse
from collections.abc import Mapping

from commed.cli.command import Command, Exit
from commed.cli.comparing import FOLLOW_UP, ROLL_UP
from commed.cli.completion import SHELLS, script
from commed.cli.console import Console
from commed.cli.documents import INSTRUMENTS, SCHEMA, VALIDATE
from commed.cli.inspecting import INSPECT
from commed.cli.measuring import INDICATORS, MEASURE
from commed.cli.parser import Parser
from commed.cli.tables import TEMPLATE
from commed.errors import Words
from commed.version import __version__

__all__ = ["COMMANDS", "parser"]

_DOES = Words(
    "Ask a regulation on community education: is this duty met, how do you know, and what would "
    "settle it if you don't?",
    "问一部社区教育法规：这项义务履行了没有？依据是什么？如果还说不清，补哪些材料就能说清？",
)
_FURTHER = Words(
    "'commed COMMAND --help' tells more of a command, with examples.\n\n"
    "exit codes:\n"
    "  0 done; 1 a document is invalid; 2 bad usage; 3 a breach, where --fail-on breach asked; "
    "130 interrupted",
    "commed COMMAND --help给出某一命令的说明和例子。\n\n"
    "退出码：\n"
    "  0 完成；1 文档无效；2 用法有误；3 有违反且要求了--fail-on breach；130 被中断",
)


def parser(language: str) -> Parser:
    """Return the parser of the whole command line, in a language."""
    root, _ = _parsers(language)
    return root


def _parsers(language: str) -> tuple[Parser, Mapping[str, Parser]]:
    """Return the parser of the whole and that of each command."""
    root = Parser(prog="commed", language=language)
    root.description, root.epilog = root.say(_DOES), root.say(_FURTHER)
    root.takes(
        "--version",
        about=Words("show the version", "显示版本"),
        action="version",
        version=f"commed {__version__}",
    )
    commands = root.add_subparsers(
        required=True,
        dest="command",
        metavar="COMMAND",
        title=root.say(Words("commands", "命令")),
        parser_class=Parser,
    )
    parsers = dict[str, Parser]()
    for each in COMMANDS:
        does = root.say(each.does)
        made = commands.add_parser(each.name, help=does, language=language)
        made.description = (
            f"{does[0].upper()}{does[1:]}{root.say(Words('. ', '。'))}{root.say(each.more)}"
        )
        made.epilog = _taught(each, made)
        each.takes(made)
        made.set_defaults(run=each.run, output=None)
        parsers[each.name] = made
    return root, parsers


def _taught(command: Command, made: Parser) -> str:
    examples = [f"  {line}\n      {made.say(does)}" for line, does in command.examples]
    return "\n".join([made.say(Words("examples:", "例子：")), *examples])


def _takes_a_shell(made: Parser) -> None:
    made.takes(
        "shell",
        about=Words("bash, zsh or fish", "bash、zsh或fish"),
        choices=SHELLS,
        metavar="SHELL",
    )


def _complete(options: argparse.Namespace, console: Console) -> Exit:
    root, parsers = _parsers(console.language)
    does = {each.name: console.say(each.does) for each in COMMANDS}
    console.print(script(options.shell, root, parsers, does), end="")
    return Exit.DONE


_COMPLETION = Command(
    name="completion",
    does=Words("print a script that lets a shell complete", "输出shell补全脚本"),
    more=Words(
        "It completes commands, options, and the ids of indicators and instruments. Source it "
        "where your shell starts, as in ~/.bashrc.",
        "补全命令、选项以及指标和法规文件的标识。请在shell启动时载入，例如写入~/.bashrc。",
    ),
    examples=(
        (
            "commed completion bash > commed.bash",
            Words(
                "then, in ~/.bashrc: source commed.bash", "然后在~/.bashrc中写：source commed.bash"
            ),
        ),
    ),
    takes=_takes_a_shell,
    run=_complete,
)

COMMANDS = (
    INSPECT,
    ROLL_UP,
    FOLLOW_UP,
    MEASURE,
    INDICATORS,
    INSTRUMENTS,
    TEMPLATE,
    VALIDATE,
    SCHEMA,
    _COMPLETION,
)
"""Every command, in the order of the help. To add one, write its `Command` and name it here."""
