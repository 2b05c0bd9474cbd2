"""A register's document laid out as rows of cells, sheet by sheet (写成表格)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commed.tables.kinds import Cell
from commed.tables.layout import Column, Sheet

__all__ = ["rows"]

_Record = Mapping[str, Any]


def rows(sheet: Sheet, document: _Record) -> Iterator[list[Cell]]:
    """Yield the rows of a sheet, each with a cell for every column."""
    if sheet.is_register:
        yield _cells(sheet.columns, document)
    elif sheet.below is None:
        for record in _at(document, sheet.path) or ():
            yield _cells(sheet.columns, record)
    else:
        for key, record in _owned(sheet, sheet.below, document):
            yield [key, *_cells(sheet.columns[1:], record)]


def _owned(sheet: Sheet, above: Sheet, document: _Record) -> Iterator[tuple[str, _Record]]:
    """Yield the entries of a list inside records, each with the key of its record."""
    key = above.key
    for owner in _at(document, above.path) or ():
        for record in _at(owner, sheet.path) or ():
            yield _at(owner, key.path if key else ()), record


def _cells(columns: Sequence[Column], record: _Record) -> list[Cell]:
    plain = [_at(record, column.path) for column in columns]
    return [
        None if value is None else column.kind.shown(value)
        for column, value in zip(columns, plain, strict=True)
    ]


def _at(record: Any, path: Sequence[str]) -> Any:
    """Return what stands at a place in a record, None where there is nothing."""
    for name in path:
        if record is None:
            return None
        record = record.get(name)
    return record
