"""Lines of text that fit a width: wrapped, in columns, in colour where a terminal shows them."""

import re
from collections.abc import Iterable, Iterator

import wcwidth

from commed.compliance import Verdict
from commed.report.page import Page

__all__ = ["Lines", "wrapped"]

_COLOURS = {
    Verdict.MET: "32",
    Verdict.NOT_MET: "1;31",
    Verdict.UNDETERMINED: "33",
    Verdict.NOT_APPLICABLE: "2",
    Verdict.NOT_IN_FORCE: "2",
}
_BOLD = "1"
_GAP = "  "


_JOINED = "\u0300-\u036f\u200c\u200d\ufe0e\ufe0f"  # parts of the sign before them
_WIDE = "\u2e80-\U0003ffff"
_UNIT = re.compile(
    rf"(\s*)([（《〔“‘「【]*(?:[^\s{_WIDE}（《〔“‘「【]+|\S)[，。；：、！？）》〕”’」】…{_JOINED}]*)"
)
"""What no line is broken within: a word, or a Chinese sign, with the marks that belong to it."""


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines of at most so many columns; a Chinese sign takes two.

    The first line begins with `first`, the others with `rest`. A line breaks at a blank or beside a
    Chinese sign, and never before a mark that closes what it stands after; a word that has no room
    on any line breaks where it must.
    """
    lines, line, begun = list[str](), first, False
    for gap, unit in _UNIT.findall(re.sub(r"[\t\n\v\f\r]", " ", text)):
        longer = f"{line}{gap}{unit}"
        if begun and _columns(longer) > width:
            lines.append(line)
            longer = f"{rest}{unit}"
        *full, line = _pieces(longer, width, rest)
        lines += full
        begun = True
    return [*lines, line] if begun else lines


def _columns(text: str) -> int:
    return len(text) if text.isascii() and text.isprintable() else wcwidth.width(text)


def _pieces(line: str, width: int, rest: str) -> Iterator[str]:
    """Yield a line, or where it is too long its pieces, the later ones after `rest`."""
    if _columns(line) <= width:
        yield line
        return
    piece, begun = "", False
    for sign in wcwidth.iter_graphemes(line):
        if begun and _columns(f"{piece}{sign}") > width:
            yield piece
            piece = rest
        piece, begun = f"{piece}{sign}", True
    yield piece


class Lines:
    """Lines of text in one language, wrapped to a width that counts Chinese signs as two.

    In `colour` verdicts and headings are marked by the escape sequences of terminals.
    """

    def __init__(self, page: Page, width: int, *, colour: bool = False) -> None:
        self.page = page
        self._width = width
        self._colour = colour
        self._lines: list[str] = []

    def write(self, text: str, indent: int = 0, mark: str = "") -> None:
        """Add a paragraph; what does not fit goes on below where it began, after the `mark`."""
        first = " " * indent + mark
        rest = " " * (indent + wcwidth.width(mark))
        self._lines += wrapped(text, self._width, first, rest)

    def heading(self, text: str) -> None:
        """Add a heading, underlined."""
        lines = wrapped(text, self._width)
        under = "-" * max(map(wcwidth.width, lines), default=0)
        self._lines += ["", *(self._painted(line, _BOLD) for line in lines), under]

    def gap(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def columns(self, rows: Iterable[tuple[str, str]], indent: int = 0) -> None:
        """Add rows of two cells, the second of each at the same place.

        A first cell that takes more than half of the width has its second below it.
        """
        rows = list(rows)
        room = self._width // 2 - indent
        widths = [wcwidth.width(first) for first, _ in rows]
        column = max((width for width in widths if width <= room), default=0)
        for (first, second), width in zip(rows, widths, strict=True):
            if width > column:
                self.write(first, indent)
                self.write(second, indent + column + len(_GAP))
            else:
                self.write(second, indent, f"{first}{' ' * (column - width)}{_GAP}")

    def verdict(self, verdict: Verdict, text: str) -> str:
        """Return words on a verdict, in its colour."""
        return self._painted(text, _COLOURS[verdict])

    def _painted(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text

    @property
    def text(self) -> str:
        """All lines together."""
        return "".join(f"{line}\n" for line in self._lines)
