"""Registers and templates written as workbooks and as folders of CSV files (写出表格)."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from commed.codec import dump_register
from commed.errors import CommedError, Words
from commed.register import Register
from commed.tables import folder
from commed.tables.escapes import escaped
from commed.tables.examples import EXAMPLE, example_row
from commed.tables.extra import need_openpyxl
from commed.tables.grids import MOST_ROWS
from commed.tables.headings import MARK
from commed.tables.kinds import Cell
from commed.tables.laying import rows
from commed.tables.layout import Sheet, Table, sheets

__all__ = ["WORKBOOK", "TooLarge", "write_tables", "write_template"]

_Path = str | os.PathLike[str]

WORKBOOK = ".xlsx"
"""How the name of a workbook ends."""


class TooLarge(CommedError, ValueError):
    """A register that no sheet can hold (超出表格上限): a text too long, or too many rows."""


def write_tables(register: Register, path: _Path) -> None:
    """Write a register as a workbook where `path` ends in ``.xlsx``, else as a folder of CSV files.

    `load_register` reads an equal register from it. What a spreadsheet would take for a formula
    stays a text. Raises `TooLarge`, `MissingExtra` for a workbook without openpyxl,
    `NotWritable`, and `OSError`.
    """
    _write(list(_tables(dump_register(register))), Path(path))


def write_template(path: _Path) -> None:
    """Write empty tables for a clerk to fill (空白模板), where `write_tables` writes full ones.

    In each the second row explains the headings and the third is an example: both are marked
    with #, and are not read.
    """
    _write(list(_templates()), Path(path))


def _tables(document: dict[str, Any]) -> Iterator[Table]:
    for sheet in sheets():
        yield Table(sheet, _head(sheet), [_fitting(sheet, row) for row in rows(sheet, document)])


def _templates() -> Iterator[Table]:
    for sheet in sheets():
        first = example_row(sheet)
        filled = [[None, first[0], *([None] * (len(first) - 1))]] if sheet.is_register else []
        yield Table(sheet, [*_head(sheet), [EXAMPLE, *first]], filled)


def _head(sheet: Sheet) -> list[list[Cell]]:
    return [
        [MARK, *(column.heading.zh for column in sheet.columns)],
        [f"{MARK} 注", *(f"{column.heading} ({column.note})" for column in sheet.columns)],
    ]


def _fitting(sheet: Sheet, row: list[Cell]) -> list[Cell]:
    for column, cell in zip(sheet.columns, row, strict=True):
        if isinstance(cell, str) and _length(cell) > _LONGEST:
            raise TooLarge(
                Words(
                    f"{sheet.name}, {column.heading}: expected a text of at most {_LONGEST} signs, "
                    f"which is all that a cell can hold, found {_length(cell)}",
                    f"{sheet.name.zh}·{column.heading.zh}：单元格至多容纳{_LONGEST}个字符，"
                    f"实为{_length(cell)}个",
                )
            )
    return [None, *row]


_LONGEST = 32_767


def _length(text: str) -> int:
    """Return how many signs a spreadsheet counts in a text."""
    return len(escaped(text).encode("utf-16-le")) // 2


def _write(tables: Sequence[Table], path: Path) -> None:
    for table in tables:
        if len(table.rows) > MOST_ROWS - len(table.head):
            name, most = table.sheet.name, MOST_ROWS - len(table.head)
            raise TooLarge(
                Words(
                    f"{name}: expected at most {most} rows, found {len(table.rows)}",
                    f"{name.zh}：应至多{most}行，实为{len(table.rows)}行",
                )
            )
    if path.suffix.lower() == WORKBOOK:
        need_openpyxl()
        from commed.tables.styling import save  # noqa: PLC0415 - of the extra

        save(tables, path)
    else:
        folder.written(path, {table.sheet.name.en: [*table.head, *table.rows] for table in tables})
