"""Tables as they come from a file, whatever the format (读入的表格)."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from commed.errors import InvalidDocument, Problem, Words
from commed.tables.kinds import Cell

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "TOO_LARGE", "Grid", "letters", "unreadable"]

MOST_ROWS = 1_048_576
"""The most rows that a sheet may have, as in a workbook (行数上限)."""
MOST_COLUMNS = 256
"""The most columns that a sheet may have (列数上限)."""
MOST_BYTES = 256 * 2**20
"""The most bytes that the files of a register may hold, unpacked (解压后的字节上限)."""

TOO_LARGE = Words(
    f"expected at most {MOST_BYTES} bytes, found more", f"应至多{MOST_BYTES}字节，实际更多"
)
"""What is told of files that hold more."""


@frozen
class Grid:
    """A sheet or file: what it is called, what problems name it by, and its rows.

    `rows` are read once, each with its number, counted from 1, and its cells from the first
    column on. `merged` are the ranges of cells that were made one.
    """

    name: str
    shown: str
    rows: Iterable[tuple[int, Sequence[Cell]]]
    merged: Sequence[str] = ()

    def bounded(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Yield the rows; raises `InvalidDocument` where there are more than any register has."""
        for number, cells in self.rows:
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise unreadable(
                    self.shown,
                    Words(
                        f"expected at most {MOST_ROWS} rows and {MOST_COLUMNS} columns",
                        f"应至多{MOST_ROWS}行、{MOST_COLUMNS}列",
                    ),
                )
            yield number, cells


def unreadable(place: str, what: Words) -> InvalidDocument:
    """Return the error of a file that cannot be read at all."""
    return InvalidDocument("register", [Problem(place, what.en, what.zh)])


def letters(number: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B, …, Z, AA."""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
