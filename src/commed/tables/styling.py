"""Workbooks written through openpyxl: readable, with lists to choose from (写出工作簿)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from attrs import field, frozen
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from commed.tables.choices import Choices
from commed.tables.escapes import escaped, is_formula
from commed.tables.guide import GUIDE
from commed.tables.headings import MARK
from commed.tables.kinds import Cell, Day, Listed, Number, Written
from commed.tables.layout import Column, Table

__all__ = ["save"]


def save(tables: Sequence[Table], path: Path) -> None:
    """Write a workbook: a guide, a sheet for each table, and the lists to choose from."""
    book, choices = Workbook(write_only=True), Choices(tables)
    _write_guide(_Page(book.create_sheet(f"{MARK}说明 guide")))
    for table in tables:
        page = _Page(book.create_sheet(table.sheet.name.zh))
        for validation in choices.of(table):
            page.sheet.data_validations.append(validation)
        _write_table(page, table)
    _write_choices(_Page(book.create_sheet(choices.title)), choices)
    book.active = 1
    book.save(path)


_DARK, _PALE, _GREY = "1F5C57", "E6F0EE", "5F6B6A"
_FACE = "Calibri"
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_STYLES: dict[str, dict[str, Any]] = {
    "heading": {
        "font": Font(name=_FACE, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", _DARK),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
    "note": {
        "font": Font(name=_FACE, size=9, color=_GREY),
        "fill": PatternFill("solid", _PALE),
        "alignment": _WRAPPED,
    },
    "example": {
        "font": Font(name=_FACE, italic=True, color=_GREY),
        "fill": PatternFill("solid", _PALE),
        "alignment": _WRAPPED,
        "number_format": "@",
    },
    "text": {"alignment": _TOP, "number_format": "@"},
    "lines": {"alignment": _WRAPPED, "number_format": "@"},
    "date": {
        "alignment": Alignment(vertical="top", horizontal="left"),
        "number_format": "yyyy-mm-dd",
    },
    "number": {"alignment": _TOP, "number_format": "0"},
}


@frozen
class _Page:
    """A sheet that is being written; one cell of each style serves for all of that style."""

    sheet: Any
    cells: dict[tuple[str, bool], Any] = field(factory=dict)

    def append(self, values: Iterable[Cell], styles: Iterable[str]) -> None:
        """Write a row, cell by cell: each is gone before the next is made."""
        pairs = zip(values, styles, strict=True)
        self.sheet.append(self.cell(*pair) for pair in pairs)

    def cell(self, value: Cell, style: str, comment: Comment | None = None) -> Any:
        """Return a cell to be written at once: a text as a text, whatever it looks like."""
        if value is None:
            return None
        is_text = isinstance(value, str)
        style = style if is_text or style in {"date", "number"} else "number"
        cell = self._styled(style, quoted=isinstance(value, str) and is_formula(value))
        cell.value = escaped(value) if isinstance(value, str) else value
        cell.comment = comment
        if is_text:
            cell.data_type = "s"
        return cell

    def _styled(self, style: str, *, quoted: bool) -> Any:
        if (style, quoted) not in self.cells:
            cell = WriteOnlyCell(self.sheet)
            for name, value in _STYLES[style].items():
                setattr(cell, name, value)
            cell.quotePrefix = quoted
            self.cells[style, quoted] = cell
        return self.cells[style, quoted]


def _write_guide(page: _Page) -> None:
    _fit_to_print(page.sheet)
    for letter in "AB":
        page.sheet.column_dimensions[letter].width = 60
    for number, words in enumerate(GUIDE):
        page.sheet.row_dimensions[number + 1].height = 48 if number else 24
        style = "lines" if number else "heading"
        page.append([words.zh, words.en], [style, style])


def _write_table(page: _Page, table: Table) -> None:
    sheet, columns = page.sheet, table.sheet.columns
    sheet.sheet_properties.tabColor = _DARK
    sheet.freeze_panes = f"B{len(table.head) + 1}"
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 50
    _fit_to_print(sheet)
    sheet.print_title_rows = "1:1"
    sheet.column_dimensions["A"].width = _MARK_WIDTH
    for letter, column in _lettered(columns):
        dimension = sheet.column_dimensions[letter]
        dimension.width = _width(column)
        dimension.number_format = _STYLES[_style(column)]["number_format"]
    titles, *notes = table.head
    told = [table.sheet.explained, *(column.note.zh for column in columns)]
    comments = [Comment(text, "commed", height=90, width=240) for text in told]
    triples = zip(titles, ["heading"] * len(titles), comments, strict=True)
    sheet.append(page.cell(*triple) for triple in triples)
    for note, style in zip(notes, ["note", "example"][: len(notes)], strict=True):
        page.append(["" if cell is None else str(cell) for cell in note], [style] * len(note))
    styles = ["text", *map(_style, columns)]
    for row in table.rows:
        page.append(row, styles)


def _fit_to_print(sheet: Any) -> None:
    """Let all columns come onto one page, lying."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _write_choices(page: _Page, choices: Choices) -> None:
    page.sheet.sheet_state = "hidden"
    for row in zip_longest(*choices.columns):
        page.sheet.append(row)


_MARK_WIDTH, _WIDTH, _WIDTH_OF_WORDS = 10, 17, 32
_OF_WORDS = {
    "about",
    "address",
    "direction",
    "name",
    "note",
    "reports",
    "statement",
    "text",
    "title",
}


def _width(column: Column) -> int:
    return _WIDTH_OF_WORDS if column.heading.en in _OF_WORDS else _WIDTH


def _lettered(columns: Sequence[Column]) -> Iterator[tuple[str, Column]]:
    for index, column in enumerate(columns, start=2):
        yield get_column_letter(index), column


def _style(column: Column) -> str:
    match column.kind:
        case Listed():
            return "lines"
        case Written() if column.heading.en in _OF_WORDS:
            return "lines"
        case Day():
            return "date"
        case Number():
            return "number"
    return "text"
