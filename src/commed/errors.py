"""Errors: one base, and every problem of a value or document told at once."""

import re
from collections.abc import Iterable

from attrs import frozen

__all__ = ["CommedError", "InvalidDocument", "InvalidValue", "Problem"]


class CommedError(Exception):
    """The base of every error that commed raises on purpose."""


@frozen
class Problem:
    """One fault: where it is, and what was expected there, found there, and to be done.

    `path` reads like Python: ``events[3].attendances[0].learner``; it is empty for
    a fault of the whole.
    """

    path: str
    message: str

    def under(self, *parents: str | int) -> "Problem":
        """Return the same problem seen from further out; an integer is a list index."""
        path = self.path
        for parent in reversed(parents):
            step = f"[{parent}]" if isinstance(parent, int) else parent
            path = f"{step}.{path}" if path and not path.startswith("[") else step + path
        return Problem(path, self.message)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InvalidValue(CommedError, ValueError):
    """A value that cannot be: `problems` holds each fault, sorted by path.

    `subject` names what was being built, for the first line of the message.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject = subject
        self.problems = tuple(sorted(problems, key=_reading_order))
        super().__init__(subject, self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{self.subject}: {count} problem{'' if count == 1 else 's'}"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


def _reading_order(problem: Problem) -> list[tuple[bool, int, str]]:
    """Order paths as a reader would: entry 2 of a list before entry 10."""
    steps = re.split(r"([0-9]+)", problem.path)  # every second one is a number
    return [(index % 2 == 1, len(step) * (index % 2), step) for index, step in enumerate(steps)]


class InvalidDocument(InvalidValue):
    """A document, or a whole register, that cannot be read as what it claims to be."""
