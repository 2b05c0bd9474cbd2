"""argparse in two languages: help that wraps Chinese too, and errors in the reader's words."""

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from commed.errors import CommedError, Words
from commed.report.lines import wrapped
from commed.report.markup import visible

__all__ = ["Parser", "Unreadable", "language_in"]

_LANGUAGES = ("en", "zh")
_WIDEST = 100


class Unreadable(CommedError, ValueError):
    """What was given cannot be read as what it should be."""


def language_in(words: Sequence[str]) -> str:
    """Return the language that a command line asks for, before anything of it is understood."""
    language = "en"
    for at, word in enumerate(words):
        if word == "--":
            break
        name, equals, given = word.partition("=")
        if name == "--lang":
            asked = given if equals else "".join(words[at + 1 : at + 2])
            language = asked if asked in _LANGUAGES else language
    return language


class _Help(argparse.HelpFormatter):
    """Help whose lines fit the terminal, where a Chinese sign takes two columns."""

    def __init__(self, prog: str, *, language: str) -> None:
        margin = {"en": 2, "zh": 5}[language]  # in usage argparse takes a sign for a column
        width = min(shutil.get_terminal_size().columns, _WIDEST) - margin
        super().__init__(prog, max_help_position=26, width=width)
        self._language = language

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        own = Words("usage: ", "用法：").in_language(self._language)
        super().add_usage(usage, actions, groups, own if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Wrap each line for itself; what is indented goes on deeper below."""
        lines = list[str]()
        for line in text.split("\n"):
            own = indent + " " * (len(line) - len(line.lstrip()))
            lines += wrapped(line.strip(), width, own, own + own[:2]) or [""]
        return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """A parser that speaks English or Chinese.

    `actions` are its arguments and options; `offered` is what completion offers for each.
    """

    def __init__(self, *, language: str = "en", **settings: Any) -> None:
        super().__init__(
            **settings,
            add_help=False,
            allow_abbrev=False,
            formatter_class=partial(_Help, language=language),
        )
        self.language = language
        self.actions: list[argparse.Action] = []
        self.offered: dict[str, tuple[str, ...]] = {}
        self._given = self.add_argument_group(self.say(Words("arguments", "参数")))
        self._chosen = self.add_argument_group(self.say(Words("options", "选项")))
        self.takes("-h", "--help", about=Words("show this help", "显示本帮助"), action="help")
        self.takes(
            "--lang",
            about=Words("English or Chinese (default: en)", "英文或中文（默认：en）"),
            choices=_LANGUAGES,
            default=language,
        )

    def say(self, words: Words) -> str:
        """Return words in the language of the parser."""
        return words.in_language(self.language)

    def takes(
        self,
        *names: str,
        about: Words,
        reads: Callable[[str], Any] | None = None,
        offered: Iterable[str] = (),
        **settings: Any,
    ) -> None:
        """Add an argument, or an option where its name begins with a dash.

        `reads` makes a value of what is given, or raises `Unreadable`.
        """
        if reads is not None:
            settings["type"] = partial(self._read, reads)
        group = self._chosen if names[0].startswith("-") else self._given
        action = group.add_argument(*names, help=self.say(about), **settings)
        self.actions.append(action)
        self.offered[action.dest] = tuple(offered) or tuple(map(str, action.choices or ()))

    def _read(self, reads: Callable[[str], Any], given: str) -> Any:
        try:
            return reads(given)
        except Unreadable as unreadable:
            raise argparse.ArgumentTypeError(unreadable.told(self.language)) from None

    def format_help(self) -> str:
        """Return the help; in Chinese, with the colon of Chinese after its headings."""
        text = super().format_help()
        return (
            re.sub(r"^(\w+):$", r"\1：", text, flags=re.MULTILINE)
            if self.language == "zh"
            else text
        )

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the command line, and end with 2."""
        self.print_usage(sys.stderr)
        told = message if self.language == "en" else _in_chinese(message)
        wrong = self.say(Words(": error: ", "：错误："))
        line = f"{self.prog}{wrong}{visible(told)}"
        at_a_terminal = sys.stderr is not None and sys.stderr.isatty()
        lines = wrapped(line, shutil.get_terminal_size().columns) if at_a_terminal else [line]
        self.exit(2, "".join(f"{each}\n" for each in lines))


_MESSAGES = {
    r"argument (\S+): (.*)": "参数{0}：{1}",
    r"the following arguments are required: (.*)": "缺少参数：{0}",
    r"unrecognized arguments: (.*)": "无法识别的参数：{0}",
    r"invalid choice: (.*) \(choose from (.*)\)": "不能是{0}（可选：{1}）",
    r"expected one argument": "需要一个值",
    r"expected at least one argument": "至少需要一个值",
    r"ignored explicit argument (.*)": "不接受值{0}",
}


def _in_chinese(message: str) -> str:
    """Return what argparse says in Chinese; what is not known stays as it is."""
    for pattern, zh in _MESSAGES.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return zh.format(*map(_in_chinese, found.groups()))
    return message
