"""Where a command prints to: how wide, in colour or not, in which language."""

import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOENT, ENOSPC, ENOTDIR
from pathlib import Path
from typing import Any, TextIO

import wcwidth

from commed.errors import Words
from commed.report.lines import Lines
from commed.report.markup import visible
from commed.report.page import Page
from commed.report.text import WIDTH

__all__ = ["Console", "told_of"]

_WIDEST, _NARROWEST = 100, 24
_CLEAR = "\r\x1b[K"
_REASONS = {
    EACCES: "没有权限",
    EISDIR: "这是一个目录",
    ENOENT: "没有这个文件",
    ENOSPC: "空间不足",
    ENOTDIR: "路径中有一段不是目录",
}


def told_of(error: OSError) -> Words:
    """Return what went wrong with a file, or with the output."""
    en = str(error.strerror or error)
    zh = _REASONS.get(error.errno or 0, en)
    if error.filename is None:
        return Words(f"cannot write the output: {en}", f"无法写出：{zh}")
    file = visible(os.fsdecode(error.filename))
    return Words(f"cannot open {file}: {en}", f"无法打开{file}：{zh}")


class Console:
    """Standard output and standard error, as the command that writes to them should know them.

    `width` and `colour` are those of the terminal, if there is one: text that is read by a program
    is of a fixed width and plain.
    """

    def __init__(self, language: str) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a terminal may know no Chinese
        self.language = language
        self._out: TextIO = sys.stdout or io.StringIO()  # none where it was closed
        self._err: TextIO = sys.stderr or io.StringIO()
        self._file: Path | None = None

    def to(self, file: Path | None) -> "Console":
        """Let what is printed go to this file, if to one, once the command is done."""
        if file is not None:
            self._out, self._file = io.StringIO(), file
        return self

    def close(self) -> None:
        """Write what is left to write."""
        if self._file is not None and isinstance(self._out, io.StringIO):
            self._file.write_text(self._out.getvalue(), encoding="utf-8", newline="\n")
        self._out.flush()

    @property
    def width(self) -> int:
        """How many columns a line may take."""
        if not self._out.isatty():
            return WIDTH
        return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))

    @property
    def colour(self) -> bool:
        """Whether to print in colour: on a terminal that knows colours, unless NO_COLOR is set."""
        return self._out.isatty() and _knows_sequences() and not os.environ.get("NO_COLOR")

    @property
    def colon(self) -> str:
        """What stands between a name and what is said of it."""
        return {"en": ": ", "zh": "："}[self.language]

    def say(self, words: Words) -> str:
        """Return words in the language that is spoken."""
        return words.in_language(self.language)

    def lines(self) -> Lines:
        """Return lines to write to, as wide as the console and in its colours."""
        return Lines(Page(self.language), self.width, colour=self.colour)

    def print(self, text: str, end: str = "\n") -> None:
        """Print a result."""
        print(text, end=end, file=self._out)

    def print_columns(self, rows: Iterable[tuple[str, str]], indent: int = 0) -> None:
        """Print rows of two cells: in columns for a reader, one line each for a program."""
        if self._out.isatty():
            lines = self.lines()
            lines.columns(rows, indent)
            self.print(lines.text, end="")
            return
        for first, second in rows:
            self.print(f"{' ' * indent}{first}  {second}")

    def print_json(self, plain: Any, *, on_one_line: bool = False) -> None:
        """Print a result as JSON."""
        self.print(json.dumps(plain, ensure_ascii=False, indent=None if on_one_line else 2))

    def tell(self, text: str) -> None:
        """Tell of a problem of a document."""
        print(text, file=self._err)

    def complain(self, text: str) -> None:
        """Tell why a command cannot be run."""
        self.tell(f"commed: {text}")

    @contextmanager
    def busy(self, words: Words) -> Iterator[None]:
        """Say what takes a while, for as long as it does, to whoever sits before a terminal."""
        if not (self._err.isatty() and _knows_sequences()):
            yield
            return
        room = shutil.get_terminal_size().columns - 1
        told = wcwidth.clip(self.say(words), 0, room)
        print(f"{_CLEAR}{told}", end="", file=self._err, flush=True)
        try:
            yield
        finally:
            print(_CLEAR, end="", file=self._err, flush=True)


def _knows_sequences() -> bool:
    return os.environ.get("TERM") != "dumb"
