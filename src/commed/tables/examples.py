"""The example that a template shows on each sheet (示例行)."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from commed.codec import read_json
from commed.tables.headings import MARK
from commed.tables.kinds import Cell, is_filled
from commed.tables.laying import rows
from commed.tables.layout import Column, Sheet

__all__ = ["EXAMPLE", "example_row", "is_the_example"]

EXAMPLE = f"{MARK} 例"
"""What marks the row of an example."""


def example_row(sheet: Sheet) -> list[Cell]:
    """Return the cells of the example, as texts: of a made-up register the first record."""
    return [None if cell is None else str(cell) for cell in next(rows(sheet, _register()))]


def is_the_example(sheet: Sheet, cells: Sequence[Cell], columns: Mapping[int, Column]) -> bool:
    """Whether a row still holds the example, and nothing that somebody wrote over it."""
    shown = dict(zip((each.heading.en for each in sheet.columns), example_row(sheet), strict=True))
    return all(
        cells[index] == shown[column.heading.en]
        for index, column in columns.items()
        if index < len(cells) and is_filled(cells[index])
    )


@cache
def _register() -> Mapping[str, Any]:
    path = Path(__file__).parents[1] / "data" / "tables" / "example.json"
    plain: Mapping[str, Any] = read_json(path.read_text(encoding="utf-8"))
    return plain
