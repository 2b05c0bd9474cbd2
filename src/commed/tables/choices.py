"""The lists that cells are chosen from, and the sheet that holds them (下拉列表)."""

from collections.abc import Iterator, Sequence

from attrs import field, frozen
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from commed.labels import LabelledEnum
from commed.tables.grids import MOST_ROWS
from commed.tables.headings import MARK
from commed.tables.kinds import Listed, YesNo
from commed.tables.layout import Column, Table

__all__ = ["Choices"]

_SPARE = 500
"""How many more bodies the list of them has room for."""


@frozen
class Choices:
    """Lists of labels, and of the keys that the tables hold, each a column of one sheet.

    Keys are listed by formulas, so that a row that is added below can be chosen at once.
    """

    tables: Sequence[Table]
    title: str = f"{MARK}选项 lists"
    columns: list[list[str]] = field(factory=list)
    labels: dict[type[LabelledEnum], str] = field(factory=dict)
    keys: dict[LabelledEnum, str] = field(factory=dict)

    def of(self, table: Table) -> Iterator[DataValidation]:
        """Yield what offers the lists of a table, one for each column that has any."""
        for index, column in enumerate(table.sheet.columns, start=2):
            formula = self._list(column)
            if formula is None:
                continue
            validation = DataValidation("list", formula1=formula, allow_blank=True)
            validation.showErrorMessage = column.refers is None and not _is_listed(column)
            validation.errorTitle = str(column)
            validation.error = column.told.zh
            letter = get_column_letter(index)
            validation.add(f"{letter}{len(table.head) + 1}:{letter}{MOST_ROWS}")
            yield validation

    def _list(self, column: Column) -> str | None:
        if isinstance(column.kind, YesNo):
            return '"是,否"'
        if column.choice is not None:
            cls = column.choice.of
            if cls not in self.labels:
                self.labels[cls] = self._add([cls.__name__, *column.choice.options])
            return self.labels[cls]
        if column.refers is not None:
            if column.refers not in self.keys:
                self.keys[column.refers] = self._of_keys(column.refers)
            return self.keys[column.refers]
        return None

    def _of_keys(self, namespace: LabelledEnum) -> str:
        """Return the formula of the keys in one sheet, or of those in several, end to end."""
        bearers = [table for table in self.tables if table.sheet.names is namespace]
        areas = [_keys_of(table) for table in bearers]
        if len(areas) == 1:
            return _filled(areas[0], f"COUNTA({areas[0]})")
        numbers = self._add(["n", *(f"=COUNTA({area})" for area in areas)])
        before, after = numbers.split(":")
        first = before.removesuffix("2")
        counts = [f"{first}{row}" for row in range(2, len(areas) + 2)]
        rows = _SPARE + sum(len(table.rows) for table in bearers)
        listed = self._add([namespace.value, *(_nth(n, areas, counts) for n in range(1, rows + 1))])
        return _filled(listed, f"SUM({before}:{after})")

    def _add(self, column: list[str]) -> str:
        """Add a column, its heading first; return the area of the rest."""
        self.columns.append(column)
        letter = get_column_letter(len(self.columns))
        return f"'{self.title}'!${letter}$2:${letter}${len(column)}"


def _is_listed(column: Column) -> bool:
    return isinstance(column.kind, Listed)


def _keys_of(table: Table) -> str:
    index = next(i for i, column in enumerate(table.sheet.columns, start=2) if column.identifies)
    letter = get_column_letter(index)
    return f"'{table.sheet.name.zh}'!${letter}${len(table.head) + 1}:${letter}${MOST_ROWS}"


def _filled(area: str, count: str) -> str:
    """Return the formula of as many cells of an area as are filled."""
    return f"OFFSET({area.partition(':')[0]},0,0,MAX(1,{count}),1)"


def _nth(number: int, areas: Sequence[str], counts: Sequence[str]) -> str:
    """Return the formula of the nth key of areas that follow each other."""
    formula, before = '""', [*counts]
    for area in reversed(areas):
        count = before.pop()
        earlier = "".join(f"-{each}" for each in before)
        reached = "+".join([*before, count])
        formula = f"IF({number}<={reached},INDEX({area},{number}{earlier}),{formula})"
    return f"={formula}"
