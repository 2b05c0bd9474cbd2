"""Where things stand: from a path in the document to sheet, cell and heading (定位)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from attrs import Factory, frozen

from commed.errors import Problem
from commed.tables.grids import letters
from commed.tables.layout import Column, Sheet, sheets

__all__ = ["EVERY_ROW", "Places", "Tab"]


@frozen
class Tab:
    """A sheet as it was found: its headings, and which record each row is.

    `at` tells by their English names in which column the headings stand, `rows` the number of
    each record's row, and `seats` the records that belong to each record of the sheet above.
    """

    sheet: Sheet
    shown: str
    heading_row: int
    at: Mapping[str, int]
    rows: list[int] = Factory(list)
    seats: defaultdict[int, list[int]] = Factory(partial(defaultdict, list))

    def heading(self, column: Column) -> str:
        """Return the place of a heading that is missing."""
        return f"{self.shown}!{self.heading_row}:{self.heading_row} ({column})"

    def range(self, row: int) -> str:
        """Return the place of a row, as far as there are headings."""
        return f"{self.shown}!A{row}:{letters(max(self.at.values(), default=0))}{row}"

    def cell(self, row: int, index: int) -> str:
        """Return the place of a cell."""
        return f"{self.shown}!{letters(index)}{row}"


@frozen
class _Spot:
    """A place in a table: a row, and a column of it where one is meant."""

    tab: Tab
    row: int
    column: Column | None
    inside: str

    def __str__(self) -> str:
        if self.column is None:
            return self.tab.range(self.row)
        index = self.tab.at.get(self.column.heading.en)
        place = self.tab.range(self.row) if index is None else self.tab.cell(self.row, index)
        return f"{place} ({self.column.heading.zh} {self.inside or self.column.heading})"

    def keys(self) -> Iterator[tuple[str, int, str]]:
        """Yield what says that it has been told: the cell, or its whole column."""
        heading = self.column.heading.en if self.column else ""
        for row in (self.row, EVERY_ROW):
            yield self.tab.sheet.name.en, row, heading


EVERY_ROW = 0
"""In the place of a row's number: all of them."""

_STEP = re.compile(r"([a-z_]+)|\[([0-9]+)\]")
_WITHIN_A_MESSAGE = re.compile(r"(?<=, as at )\S+$|(?<=，与)\S+(?=相同$)")
_Steps = Sequence[str | int]


@frozen
class Places:
    """All sheets that were found, and the cells of which a problem has been told already."""

    tabs: dict[str, Tab] = Factory(dict)
    told: set[tuple[str, int, str]] = Factory(set)

    def at_cells(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield a document's problems at their cells, but those of cells told already."""
        for problem in problems:
            spot, zh = self._spot(problem.path), problem.message_zh
            if spot is None:
                yield problem
            elif self.told.isdisjoint(spot.keys()):
                yield Problem(
                    str(spot),
                    _WITHIN_A_MESSAGE.sub(self._shown, problem.message),
                    None if zh is None else _WITHIN_A_MESSAGE.sub(self._shown, zh),
                )

    def _shown(self, found: re.Match[str]) -> str:
        return str(self._spot(found[0]) or found[0])

    def _spot(self, path: str) -> _Spot | None:
        """Return where a path of the document leads, None where that is no cell."""
        match [step[1] or int(step[2]) for step in _STEP.finditer(path)]:
            case [str() as name, int() as index, *rest] if name in self.tabs:
                return self._in_record(self.tabs[name], index, rest)
            case [str() as name] if any(column.path == (name,) for column in _own().columns):
                tab = self.tabs[_own().name.en]
                return _in_row(tab, tab.rows[0] if tab.rows else tab.heading_row, [name])
        return None

    def _in_record(self, tab: Tab, index: int, steps: _Steps) -> _Spot:
        for below in self.tabs.values():
            path = below.sheet.path
            if below.sheet.below is tab.sheet and tuple(steps[: len(path)]) == path:
                seat, *inside = steps[len(path) :] or [0]
                if seats := below.seats.get(index):
                    return _in_row(below, below.rows[seats[int(seat)]], inside)
        return _in_row(tab, tab.rows[index], steps)


def _own() -> Sheet:
    """Return the sheet of the register itself."""
    return sheets()[0]


def _in_row(tab: Tab, row: int, steps: _Steps) -> _Spot:
    """Return the cell of a row that holds what the steps lead to, the first if there are more."""
    names = tuple(steps)
    for column in tab.sheet.columns:
        length = min(len(column.path), len(names))
        if length and column.path[:length] == names[:length]:
            return _Spot(tab, row, column, _written(names) if names != column.path else "")
    return _Spot(tab, row, None, "")


def _written(steps: _Steps) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")
