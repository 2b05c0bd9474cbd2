"""Folders of CSV files, one for each sheet (CSV文件夹)."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from commed.errors import Words
from commed.tables.escapes import quoted_for_csv, unquoted_from_csv
from commed.tables.grids import MOST_BYTES, TOO_LARGE, Grid, unreadable
from commed.tables.kinds import Cell

__all__ = ["files", "opened", "written"]

_ENDING = ".csv"


def files(folder: Path) -> list[Path]:
    """Return the CSV files in a folder, none where it is no folder."""
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == _ENDING)


@contextmanager
def opened(folder: Path) -> Iterator[Iterator[Grid]]:
    """Open the CSV files in a folder, and give each as it is read.

    Raises `InvalidDocument` for what is too large, no text in UTF-8 or no CSV.
    """
    each = files(folder)
    if sum(file.stat().st_size for file in each) > MOST_BYTES:
        raise unreadable(folder.name, TOO_LARGE)
    with ExitStack() as stack:
        yield (
            Grid(file.stem, file.name, _rows(file.name, stack.enter_context(_reading(file))))
            for file in each
        )


def _reading(file: Path) -> TextIO:
    return file.open(encoding="utf-8-sig", newline="")


def _rows(name: str, lines: TextIO) -> Iterator[tuple[int, Sequence[Cell]]]:
    rows = csv.reader(lines, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except UnicodeDecodeError:
            raise unreadable(name, _NOT_UTF8) from None
        except csv.Error as error:
            raise unreadable(f"{name}:{rows.line_num}", _no_csv(error)) from None
        yield number, [unquoted_from_csv(cell) or None for cell in row]


_NOT_UTF8 = Words(
    "expected text in UTF-8: save the file as CSV UTF-8", "应为UTF-8编码的文本：请另存为CSV UTF-8"
)


def _no_csv(error: csv.Error) -> Words:
    return Words(f"expected CSV: {error}", f"不合CSV格式：{error}")


def written(folder: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    """Write a file for each sheet, in UTF-8 with the mark by which Excel knows it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (folder / f"{name}{_ENDING}").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_as_text(cell) for cell in row] for row in rows)


def _as_text(cell: Cell) -> str:
    return "" if cell is None else quoted_for_csv(str(cell))
