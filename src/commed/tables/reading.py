"""Registers read from workbooks and from folders of CSV files (读取表格)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from commed.errors import Words
from commed.register import Register
from commed.tables import folder
from commed.tables.extra import need_openpyxl
from commed.tables.gathering import gathered
from commed.tables.grids import unreadable
from commed.tables.writing import WORKBOOK

__all__ = ["are_tables", "register_in_tables"]


def are_tables(path: Path) -> bool:
    """Whether a path leads to tables: a folder of CSV files, or the file of a spreadsheet."""
    return path.suffix.lower() in {WORKBOOK, *_OTHERS} or bool(folder.files(path))


def register_in_tables(path: Path, read: Callable[[dict[str, Any]], Register]) -> Register:
    """Return the register in a workbook or in a folder of CSV files.

    `read` makes the register of the document that the tables hold. Raises `InvalidDocument` with
    every problem, each with its sheet, cell and heading; `MissingExtra` for a workbook without
    openpyxl; and `OSError`.
    """
    if path.is_dir():
        with folder.opened(path) as grids:
            return gathered(grids, read)
    if path.suffix.lower() != WORKBOOK:
        raise unreadable(path.name, _OTHERS[path.suffix.lower()])
    need_openpyxl()
    from commed.tables.workbook import opened  # noqa: PLC0415 - of the extra

    with opened(path) as grids:
        return gathered(grids, read)


_SAVE_AS = Words(
    "expected a workbook (.xlsx) or a folder of CSV files: save it as .xlsx",
    "应为工作簿（.xlsx）或CSV文件夹：请另存为.xlsx",
)
_THE_FOLDER = Words(
    "expected the folder that the CSV files are in, found one of them: name the folder",
    "应为CSV文件所在的文件夹，实为其中一个文件：请指明文件夹",
)
_OTHERS = {
    ".csv": _THE_FOLDER,
    ".et": _SAVE_AS,
    ".ods": _SAVE_AS,
    ".xls": _SAVE_AS,
    ".xlsb": _SAVE_AS,
    ".xlsm": _SAVE_AS,
}
