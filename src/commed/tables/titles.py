"""The row of headings: which column is which, and what is wrong with it (表头行)."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from attrs import frozen

from commed.errors import Words
from commed.tables.headings import MARK
from commed.tables.kinds import Cell, is_filled, told
from commed.tables.layout import Column, Sheet

__all__ = ["Titles", "nearest"]


@frozen
class Titles:
    """What stands above the columns of a sheet, as it was found.

    `mark` is the column that says which rows are not read, if there is one.
    """

    sheet: Sheet
    columns: Mapping[int, Column]
    mark: int | None
    faults: Sequence[tuple[int, Words]]

    @classmethod
    def of(cls, sheet: Sheet, cells: Sequence[Cell]) -> "Titles":
        """Return the headings in a row, each in Chinese or as documents have it."""
        names = {column.heading.zh: column for column in sheet.columns}
        names |= {column.heading.en: column for column in sheet.columns}
        columns, faults, mark = dict[int, Column](), list[tuple[int, Words]](), None
        for index, cell in enumerate(cells):
            if not is_filled(cell):
                continue
            column = names.get(cell) if isinstance(cell, str) else None
            if cell == MARK and mark is None:
                mark = index
            elif column is None:
                faults.append(
                    (index, nearest(_A_HEADING, cell, [column.heading for column in sheet.columns]))
                )
            elif column in columns.values():
                faults.append((index, _TWICE))
            else:
                columns[index] = column
        return cls(sheet, columns, mark, faults)

    @property
    def at(self) -> Mapping[str, int]:
        """Where each heading stands, by its English name."""
        return {column.heading.en: index for index, column in self.columns.items()}

    @property
    def missing(self) -> Sequence[Column]:
        """The columns that no record can do without, and that are not there."""
        there = self.at
        return [column for column in self.sheet.required if column.heading.en not in there]

    @property
    def known(self) -> frozenset[int]:
        """The columns that have a heading, be it a wrong one."""
        return frozenset({*self.columns, *(index for index, _ in self.faults)})


_A_HEADING = Words("heading", "表头")
_TWICE = Words("this heading stands twice: keep one column", "此表头重复出现：请只保留一列")


def nearest(what: Words, name: Cell, known: Sequence[Words]) -> Words:
    """Return that nothing has this name, and which may be meant."""
    names = [*(each.zh for each in known), *(each.en for each in known)]
    close = get_close_matches(name, names, n=1) if isinstance(name, str) else []
    if close:
        hint = Words(f"did you mean {close[0]!r}?", f"是否应为{close[0]!r}？")
    else:
        listed = "、".join(each.zh for each in known)
        hint = Words(f"known are {listed}", f"可用的有{listed}")
    shown = told(name)
    return Words(f"unknown {what} {shown}; {hint}", f"未知的{what.zh}{shown.zh}；{hint.zh}")
