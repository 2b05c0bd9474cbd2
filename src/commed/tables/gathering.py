"""Rows of cells gathered into a register's document, with every problem at its cell (读取表格)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import Factory, frozen

from commed.checks import mismatch
from commed.codec.reading import Unreadable
from commed.errors import InvalidDocument, Problem, Words
from commed.personal import hidden
from commed.register import Register
from commed.tables.examples import EXAMPLE, is_the_example
from commed.tables.grids import Grid
from commed.tables.headings import MARK
from commed.tables.kinds import Cell, Refused, Written, is_filled
from commed.tables.layout import Column, Sheet, sheets
from commed.tables.places import EVERY_ROW, Places, Tab
from commed.tables.titles import Titles, nearest

__all__ = ["gathered"]

_Plain = dict[str, Any]


def gathered(grids: Iterable[Grid], read: Callable[[_Plain], Register]) -> Register:
    """Return the register that tables hold, as the reader of its document returns it.

    Raises `InvalidDocument` with every problem, those of the tables and those of the document
    that they make, each with its sheet, cell and heading.
    """
    gathering = _Gathering()
    for grid in grids:
        gathering.take(grid)
    document = gathering.document()
    try:
        register = read(document)
    except InvalidDocument as invalid:
        told = gathering.places.at_cells(invalid.problems)
        raise InvalidDocument(invalid.subject, [*gathering.problems, *told]) from None
    if gathering.problems:
        raise InvalidDocument("register", gathering.problems)
    return register


@frozen
class _Gathering:
    """One reading: the problems of the tables so far, and the records of each sheet."""

    problems: list[Problem] = Factory(list)
    places: Places = Factory(Places)
    records: dict[str, list[_Plain]] = Factory(dict)
    owners: dict[str, list[Any]] = Factory(dict)

    def take(self, grid: Grid) -> None:
        """Read a sheet or file, unless its name says that it is not to be read."""
        if grid.name.startswith(MARK):
            return
        sheet = _by_name().get(grid.name)
        if sheet is None:
            known = [each.name for each in sheets()]
            self._tell(hidden(grid.shown), nearest(_A_SHEET, grid.name, known))
        elif sheet.name.en in self.records:
            self._tell(hidden(grid.shown), _TWICE)
        else:
            self._read(sheet, grid)

    def document(self) -> _Plain:
        """Return the document of what was read, each record in its place."""
        whole = self._whole()
        for sheet in sheets():
            name = sheet.name.en
            if name not in self.records or sheet.is_register:
                continue
            if sheet.below is None:
                whole[name] = self.records[name]
            else:
                self._seat(sheet, sheet.below)
        self._claims()
        return whole

    # --- one sheet ---

    def _read(self, sheet: Sheet, grid: Grid) -> None:
        rows = grid.bounded()
        number, cells = next(((n, each) for n, each in rows if any(map(is_filled, each))), (1, ()))
        titles = Titles.of(sheet, cells)
        tab = Tab(sheet, grid.shown, number, titles.at)
        self._open(tab)
        for index, words in titles.faults:
            self._tell(tab.cell(number, index), words)
        for column in titles.missing:
            self._tell(tab.heading(column), _NO_SUCH_HEADING)
            self.places.told.add((sheet.name.en, EVERY_ROW, column.heading.en))
        for area in grid.merged:
            self._tell(f"{grid.shown}!{area}", _MERGED)
        self._rows(tab, titles, rows)

    def _open(self, tab: Tab) -> None:
        name = tab.sheet.name.en
        self.places.tabs[name] = tab
        self.records[name], self.owners[name] = [], []

    def _rows(self, tab: Tab, titles: Titles, rows: Iterable[tuple[int, Sequence[Cell]]]) -> None:
        known, strays = titles.known, set[int]()
        for number, cells in rows:
            filled = [index for index, cell in enumerate(cells) if is_filled(cell)]
            if titles.mark in filled:
                mark = str(cells[titles.mark or 0])
                if mark == EXAMPLE and not is_the_example(tab.sheet, cells, titles.columns):
                    self._tell(tab.range(number), _NO_EXAMPLE)
                if not mark.startswith(MARK):
                    self._tell(f"{tab.cell(number, titles.mark or 0)} ({MARK})", _NO_MARK)
                continue
            for index in filled:
                if index not in known and index not in strays:
                    strays.add(index)
                    self._tell(tab.cell(number, index), _NO_HEADING)
            if not known.isdisjoint(filled):
                self._record(tab, number, titles, [(index, cells[index]) for index in filled])

    def _record(
        self, tab: Tab, number: int, titles: Titles, cells: Iterable[tuple[int, Cell]]
    ) -> None:
        record, owner, there = _Plain(), None, set[str]()
        for index, cell in cells:
            column = titles.columns.get(index)
            if column is None:
                continue
            there.add(column.heading.en)
            plain = self._plain(tab, number, column, cell)
            if not column.path:
                owner = plain
                continue
            *way, last = column.path
            inner = record
            for step in way:
                inner = inner.setdefault(step, {})
            inner[last] = plain
        for column in tab.sheet.required:
            if column.heading.en not in there:
                expected = column.wanted
                words = Words(f"is missing: expected {expected}", f"缺少此项：应为{expected.zh}")
                self._tell_cell(tab, number, column, words)
        tab.rows.append(number)
        self.records[tab.sheet.name.en].append(record)
        self.owners[tab.sheet.name.en].append(owner)

    def _plain(self, tab: Tab, number: int, column: Column, cell: Cell) -> Any:
        """Return what a cell reads as; one that is refused is told.

        No reader takes what then stands for it, except a number for a key: what refers to the key
        is not to blame.
        """
        try:
            return column.kind.read(cell)
        except Refused as refused:
            self._tell_cell(tab, number, column, Words(refused.told(), refused.told("zh")))
            is_key = isinstance(column.kind, Written) and type(cell) in {int, float}
            return f"{cell:.0f}" if is_key else Unreadable("")

    # --- the sheets together ---

    def _whole(self) -> _Plain:
        """Return what the register's own sheet says, which has one row."""
        sheet = sheets()[0]
        if sheet.name.en not in self.records:
            self._tell(sheet.name.zh, _NO_REGISTER)
            self._open(Tab(sheet, sheet.name.zh, 1, {}))
            self._silence(sheet)
        records, tab = self.records[sheet.name.en], self.places.tabs[sheet.name.en]
        if not records:
            if tab.at:
                self._tell(tab.shown, _NO_ROW)
            self._silence(sheet)
        for row in tab.rows[1:]:
            self._tell(tab.range(row), _ONE_ROW)
        return dict(records[0]) if records else {}

    def _silence(self, sheet: Sheet) -> None:
        """Let no more be told of the cells of a sheet."""
        told = ((sheet.name.en, EVERY_ROW, column.heading.en) for column in sheet.columns)
        self.places.told.update(told)

    def _seat(self, sheet: Sheet, above: Sheet) -> None:
        """Put each row of a list inside records into the record that it names."""
        tab, owners = self.places.tabs[sheet.name.en], self.owners[sheet.name.en]
        records, key = self.records.get(above.name.en, []), above.key
        numbers: dict[Any, int] = {}
        for place, record in enumerate(records):
            numbers.setdefault(record.get(key.path[0]) if key else None, place)
        for index, record in enumerate(self.records[sheet.name.en]):
            number = numbers.get(owners[index])
            if number is None or owners[index] is None:
                self._tell_owner(tab, tab.rows[index], above, owners[index])
                continue
            *way, last = sheet.path
            inner = records[number]
            for step in way:
                inner = inner.setdefault(step, {})
            inner.setdefault(last, []).append(record)
            tab.seats[number].append(index)

    def _tell_owner(self, tab: Tab, row: int, above: Sheet, owner: object) -> None:
        zh, en = above.name.zh, above.name.en
        expected = Words(f"the key of a row of {zh} ({en})", f"“{zh}”中某一行的编号")
        told = mismatch("", expected, owner)
        self._tell_cell(tab, row, tab.sheet.columns[0], Words(told.message, told.message_zh or ""))

    def _claims(self) -> None:
        """Tell the claims that a list is whole whose sheet is not there."""
        column = next(each for each in _complete().columns if each.path == ("collection",))
        for number, claim in enumerate(self.records.get(_complete().name.en, [])):
            name = claim.get("collection")
            if isinstance(name, str) and name not in self.records:
                tab = self.places.tabs[_complete().name.en]
                zh = _by_name()[name].name.zh
                words = Words(
                    f"the list is claimed to be whole, but there is no sheet {zh} ({name}): add it",
                    f"已声明清单完整，但没有工作表“{zh}”：请补上",
                )
                self._tell_cell(tab, tab.rows[number], column, words)

    # --- telling ---

    def _tell_cell(self, tab: Tab, row: int, column: Column, words: Words) -> None:
        """Tell what is wrong with a cell, once."""
        index, told = tab.at.get(column.heading.en), (tab.sheet.name.en, row, column.heading.en)
        if index is None or told in self.places.told:
            return
        self.places.told.add(told)
        self._tell(f"{tab.cell(row, index)} ({column})", words)

    def _tell(self, place: str, words: Words) -> None:
        self.problems.append(Problem(place, words.en, words.zh))


@cache
def _by_name() -> Mapping[str, Sheet]:
    named = {sheet.name.en: sheet for sheet in sheets()}
    return named | {sheet.name.zh: sheet for sheet in sheets()}


def _complete() -> Sheet:
    return _by_name()["complete"]


_A_SHEET = Words("sheet", "工作表")
_TWICE = Words("this sheet is there twice: keep one", "此表出现了两次：请只保留一份")
_NO_SUCH_HEADING = Words("this heading is missing: add the column", "缺少此表头：请补上该列")
_NO_HEADING = Words(
    "expected nothing where there is no heading above: give the column a heading, or empty it",
    "上方没有表头，此处应为空：请补上表头，或清空该列",
)
_NO_MARK = Words(
    f"expected nothing, or {MARK} for a row that is not to be read",
    f"应为空，或以{MARK}标明该行不读取",
)
_NO_EXAMPLE = Words(
    f"this row is marked as the example, so it is not read, but holds something else: empty the "
    f"cell with {EXAMPLE} to have it read, or delete the row",
    f"该行标为示例，不读取，但内容已被改写：若应读取，请清空“{EXAMPLE}”一格，否则请删除该行",
)
_MERGED = Words(
    "expected single cells, found merged ones: unmerge them and fill each",
    "应为单独的单元格，实为合并单元格：请取消合并并逐格填写",
)
_NO_REGISTER = Words(
    "this sheet is missing: it says what the tables are, and for which jurisdiction",
    "缺少此表：它写明格式版本和辖区",
)
_NO_ROW = Words(
    "expected one row, with the format and the jurisdiction, found none",
    "应有一行，写明格式版本和辖区，实无",
)
_ONE_ROW = Words("expected one row in this sheet, found another", "此表应只有一行，此处为多出的行")
