"""Errors: one base, and every problem of a value or document told at once."""

import re
from collections.abc import Iterable
from itertools import islice

from attrs import field, frozen

__all__ = ["CommedError", "InvalidDocument", "InvalidValue", "MissingExtra", "Problem", "Words"]


@frozen
class Words:
    """What a message says, in English and in Chinese (双语用语)."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Return the Chinese words for ``zh``, the English ones for ``en``."""
        return {"zh": self.zh, "en": self.en}[language]

    def __str__(self) -> str:
        return self.en


class CommedError(Exception):
    """The base of every error that commed raises on purpose."""

    def told(self, language: str = "en") -> str:
        """Return the message in English, or for ``zh`` in Chinese where it is known in both."""
        match self.args:
            case (Words() as words,):
                return words.in_language(language)
        return str(self)


class MissingExtra(CommedError, ImportError):
    """What was asked for needs an extra that is not installed (缺少可选组件)."""

    def __init__(self, extra: str, what: Words) -> None:
        install = f"python -m pip install 'commed[{extra}]'"
        zh = f"{what.zh}需要可选组件{extra}：{install}"
        super().__init__(Words(f"{what} needs the extra {extra!r}: {install}", zh))


@frozen
class Problem:
    """One fault: where it is, and what was expected there, found there, and to be done (问题).

    `path` reads like Python: ``events[3].attendances[0].learner``; it is empty for
    a fault of the whole. `message_zh` is the message in Chinese, None where there is none, as
    of a check of your own.
    """

    path: str
    message: str
    message_zh: str | None = field(default=None, eq=False)

    def under(self, *parents: str | int) -> "Problem":
        """Return the same problem seen from further out; an integer is a list index."""
        path = self.path
        for parent in reversed(parents):
            step = f"[{parent}]" if isinstance(parent, int) else parent
            path = f"{step}.{path}" if path and not path.startswith("[") else step + path
        return Problem(path, self.message, self.message_zh)

    def in_language(self, language: str) -> str:
        """Return path and message: in Chinese for ``zh``, where that is known, else in English."""
        zh = self.message if self.message_zh is None else self.message_zh
        message = {"zh": zh, "en": self.message}[language]
        colon = {"zh": "：", "en": ": "}[language]
        return f"{self.path}{colon}{message}" if self.path else message

    def __str__(self) -> str:
        return self.in_language("en")


class InvalidValue(CommedError, ValueError):
    """A value that cannot be: `problems` holds each fault, sorted by path.

    `subject` names what was being built, for the first line of the message.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject = subject
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=_reading_order))
        super().__init__(subject, self.problems)

    def told(self, language: str = "en", at_most: int = 100) -> str:
        """Return how many problems there are, and the first of them, in English or Chinese."""
        count, more = len(self.problems), len(self.problems) - at_most
        plural = "" if count == 1 else "s"
        head = Words(f"{self.subject}: {count} problem{plural}", f"{self.subject}：{count}个问题")
        rest = Words(f"  and {more} more", f"  另有{more}项")
        shown = (f"  {each.in_language(language)}" for each in islice(self.problems, at_most))
        left = [rest.in_language(language)] if more > 0 else []
        return "\n".join([head.in_language(language), *shown, *left])

    def __str__(self) -> str:
        return self.told()


def _reading_order(problem: Problem) -> list[tuple[bool, int, str]]:
    """Order paths as a reader would: entry 2 of a list before entry 10."""
    steps = re.split(r"([0-9]+)", problem.path)  # every second one is a number
    return [(index % 2 == 1, len(step) * (index % 2), step) for index, step in enumerate(steps)]


class InvalidDocument(InvalidValue):
    """A document, or a whole register, that cannot be read as what it claims to be."""
