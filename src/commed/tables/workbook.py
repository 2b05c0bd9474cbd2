"""Workbooks (.xlsx) read through openpyxl, within bounds (读取工作簿)."""

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from commed.errors import Words
from commed.tables.escapes import unescaped
from commed.tables.grids import MOST_BYTES, TOO_LARGE, Grid, unreadable
from commed.tables.kinds import Cell, Unfit

__all__ = ["opened"]


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Grid]]:
    """Open a workbook, and give its sheets while it is open.

    Raises `InvalidDocument` for what is no workbook, is encrypted or too large, and `OSError`
    where the file cannot be opened.
    """
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # of what no cell holds
        archive = _archive(path.name, file)
        try:
            book = load_workbook(file, read_only=True, keep_links=False)
        except _BROKEN as error:
            raise unreadable(path.name, _NO_WORKBOOK) from error
        yield (_grid(path.name, archive, sheet) for sheet in book.worksheets)


_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How an encrypted workbook begins, and one in the format before 2007."""
_LOCKED = Words(
    "expected a workbook (.xlsx), found an encrypted or an old one (.xls): take the password off, "
    "or save it as .xlsx",
    "应为工作簿（.xlsx），实为加密的或旧格式（.xls）的文件：请取消密码，或另存为.xlsx",
)
_NO_WORKBOOK = Words(
    "expected a workbook (.xlsx), found a file that is none, or is broken",
    "应为工作簿（.xlsx），实为其他文件或已损坏的文件",
)
# Whatever a file that is none can lead openpyxl and the libraries below it to raise.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


def _archive(name: str, file: BinaryIO) -> ZipFile:
    if file.read(len(_OLE)) == _OLE:
        raise unreadable(name, _LOCKED)
    try:
        archive = ZipFile(file)
    except _BROKEN as error:
        raise unreadable(name, _NO_WORKBOOK) from error
    if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise unreadable(name, TOO_LARGE)
    return archive


def _grid(book: str, archive: ZipFile, sheet: Any) -> Grid:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    try:
        part = archive.read(sheet._worksheet_path)  # noqa: SLF001 - nothing else tells which it is
    except _BROKEN as error:
        raise unreadable(book, _NO_WORKBOOK) from error
    numbers = [int(found[1]) for found in _ROW.finditer(part) if found[1].isdigit()]
    if part[:2] in _UTF_16 or any(later <= row for row, later in pairwise(numbers)):
        raise unreadable(book, _NO_WORKBOOK)
    merged = [found[1].decode() for found in _MERGED.finditer(part)]
    rows = ((number, _cells(row)) for number, row in enumerate(_sound(book, sheet.rows), start=1))
    return Grid(sheet.title, sheet.title, rows, merged)


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ATTRIBUTE = rb"\s(?:[^>]{0,500}\s)?%s\s*=\s*[\"']([A-Z0-9:]{1,30})[\"']"
_ROW = re.compile(rb"<(?:\w+:)?row" + _ATTRIBUTE % b"r")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell" + _ATTRIBUTE % b"ref")


def _sound(book: str, rows: Iterable[Any]) -> Iterator[Any]:
    """Yield what can be read; raises `InvalidDocument` where that is not so."""
    each = iter(rows)
    while True:
        try:
            row = next(each)
        except StopIteration:
            return
        except _BROKEN as error:
            raise unreadable(book, _NO_WORKBOOK) from error
        yield row


def _cells(row: Iterable[Any]) -> Sequence[Cell]:
    return [None if cell.value is None else _cell(cell.value, cell.data_type) for cell in row]


def _cell(value: Any, kind: str) -> Cell:
    match kind:
        case "s":
            return unescaped(value)
        case "f":
            return _A_FORMULA
        case "e":
            return Unfit(Words(f"the error {value}", f"错误值{value}"), _CORRECT)
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, bool | int | float | date):
        return value
    return _A_TIME


_A_FORMULA = Unfit(
    Words("a formula", "公式"),
    Words("paste its value in its place", "请以“选择性粘贴—数值”代替"),
)
_A_TIME = Unfit(Words("a time", "时间"), Words("write what is meant as text", "请以文本写明"))
_CORRECT = Words("correct the cell", "请更正该单元格")
