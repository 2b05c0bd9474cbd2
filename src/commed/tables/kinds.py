"""What a cell may hold, and how that reads as a document would write it (单元格内容).

A cell is an empty one (None), a text, a number, a yes or no, a date; or something that no record
holds, as a formula, which is kept as `Unfit` for the reader to refuse in its place. Nothing is
turned into what it is not: a number is no text, and a text that looks like a date is no date.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Protocol

from attrs import frozen

from commed.checks import found
from commed.codec import read_json
from commed.codec.reading import Unreadable
from commed.errors import CommedError, InvalidDocument, Words
from commed.labels import LabelledEnum
from commed.personal import is_personal

__all__ = [
    "NOTHING",
    "Cell",
    "Choice",
    "Day",
    "Figure",
    "Kind",
    "Listed",
    "Number",
    "Refused",
    "Unfit",
    "Written",
    "YesNo",
    "is_filled",
    "told",
]


@frozen
class Unfit:
    """What stands in a cell and is no value: what it is called, and what to do about it."""

    what: Words
    remedy: Words


Cell = str | int | float | bool | date | datetime | Unfit | None
"""What a cell of a table holds; a `datetime` is a date with a time of day."""

_Plain = Any


class Refused(CommedError, ValueError):
    """What a cell holds is not what its column takes (单元格内容不符)."""


def refused(expected: Words, cell: Cell, remedy: Words | None = None) -> Refused:
    """Return what is wrong with a cell, and what to do about it."""
    shown = told(cell)
    words = Words(f"expected {expected}, found {shown}", f"应为{expected.zh}，实为{shown.zh}")
    remedy = cell.remedy if isinstance(cell, Unfit) else remedy
    if remedy is not None:
        words = Words(f"{words}: {remedy}", f"{words.zh}：{remedy.zh}")
    return Refused(words)


def told(cell: Cell) -> Words:
    """Return what a cell holds, as a message shows it."""
    if isinstance(cell, Unfit):
        return cell.what
    if isinstance(cell, str):
        return Words(found(cell), found(cell, "zh"))
    plain = Unreadable(str(cell).upper() if isinstance(cell, bool) else str(cell))
    if is_personal(repr(plain)):
        return Words(found(plain), found(plain, "zh"))
    kind = _CALLED[type(cell)]
    return Words(f"{kind} {found(plain)}", f"{kind.zh}{found(plain, 'zh')}")


_CALLED: Mapping[type, Words] = {
    bool: Words("the logical value", "逻辑值"),
    int: Words("the number", "数字"),
    float: Words("the number", "数字"),
    date: Words("the date", "日期"),
    datetime: Words("the time", "时间"),
}


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything but blanks."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


class Kind(Protocol):
    """How the cells of a column are read and written."""

    @property
    def told(self) -> Words:
        """What to write into such a cell, for who fills it."""

    def read(self, cell: Cell) -> _Plain:
        """Return what a document holds in the place of a cell; raises `Refused`."""

    def shown(self, plain: _Plain) -> Cell:
        """Return the cell that reads as what a document holds."""


_AS_TEXT = Words(
    "format the cell as text, then type it again", "请将单元格格式设为文本，再重新输入"
)
_A_TEXT = Words("a text", "文本")


@frozen
class Written:
    """A text, and a key too: one of digits alone is a text all the same."""

    told: ClassVar[Words] = Words("a text", "文本")

    def read(self, cell: Cell) -> str:
        """Return the text as it stands."""
        if not isinstance(cell, str):
            raise refused(_A_TEXT, cell, _AS_TEXT)
        return cell

    def shown(self, plain: str) -> str:
        """Return the text as it stands."""
        return plain


_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_MOST = 10**15
"""Below this a spreadsheet keeps every digit of a number."""
_A_NUMBER = Words("a number of at most 15 digits", "至多15位的数")
_DIGITS_AS_TEXT = Words(
    "a spreadsheet keeps no more digits, so write it as text",
    "电子表格只保留这么多位，请以文本填写",
)


def _number(cell: float) -> int | Decimal:
    """Return the number that a cell shows: its shortest digits, as they were typed."""
    if abs(cell) >= _MOST or cell != cell:  # noqa: PLR0124 - not a number
        raise refused(_A_NUMBER, cell, _DIGITS_AS_TEXT)
    return int(cell) if isinstance(cell, int) or cell.is_integer() else Decimal(repr(cell))


@frozen
class Number:
    """A whole number, in a cell of either format; 12.0 is the number 12 to a spreadsheet."""

    told: ClassVar[Words] = Words("a whole number", "整数")
    _expected: ClassVar[Words] = Words("a whole number", "整数")

    def read(self, cell: Cell) -> int:
        """Return the number; digits written as text are one too."""
        if isinstance(cell, str) and _WHOLE.fullmatch(cell) and len(cell) <= _LONGEST_NUMBER:
            return int(cell)
        if not isinstance(cell, int | float) or isinstance(cell, bool):
            raise refused(self._expected, cell)
        plain = _number(cell)
        if not isinstance(plain, int):
            raise refused(self._expected, cell)
        return plain

    def shown(self, plain: int) -> int | str:
        """Return the number, as text where a spreadsheet would round it."""
        return plain if abs(plain) < _MOST else str(plain)


_LONGEST_NUMBER = 40
_FIRST_SURE_DAY = date(1900, 3, 1)  # before it spreadsheets disagree, or have no dates


@frozen
class Day:
    """A date: a cell that holds one, or a text such as 2018-12-31."""

    told: ClassVar[Words] = Words("a date, as 2018-12-31", "日期，如2018-12-31")
    _expected: ClassVar[Words] = Words(
        "a date, or a text as 2018-12-31", "日期，或形如2018-12-31的文本"
    )

    def read(self, cell: Cell) -> date | str:
        """Return the date, or the text for the document's reader to judge."""
        if type(cell) is date:
            return cell
        if not isinstance(cell, str):
            raise refused(self._expected, cell)
        return cell

    def shown(self, plain: str) -> date | str:
        """Return the date, as text where spreadsheets have none so early."""
        day = date.fromisoformat(plain)
        return day if day >= _FIRST_SURE_DAY else plain


@frozen
class YesNo:
    """Yes or no, as 是 or 否; the logical values of a spreadsheet are such too."""

    told: ClassVar[Words] = Words("是 (yes) or 否 (no)", "是或否")
    _expected: ClassVar[Words] = Words("是 (yes) or 否 (no)", "是或否")
    _words: ClassVar[Mapping[str, bool]] = {"是": True, "否": False, "TRUE": True, "FALSE": False}

    def read(self, cell: Cell) -> bool:
        """Return which it is."""
        if isinstance(cell, bool):
            return cell
        if isinstance(cell, str) and cell in self._words:
            return self._words[cell]
        raise refused(self._expected, cell)

    def shown(self, plain: bool) -> str:  # noqa: FBT001 - what is shown
        """Return the word for it."""
        return "是" if plain else "否"


@frozen
class Choice:
    """One of the members of an enumeration, by its Chinese label or by its value."""

    of: type[LabelledEnum]

    told: ClassVar[Words] = Words("one of the list", "列表中的一项")

    @property
    def options(self) -> tuple[str, ...]:
        """The labels to choose from."""
        return tuple(member.label_zh for member in self.of)

    def read(self, cell: Cell) -> str:
        """Return the value of the member."""
        values = _values(self.of)
        if not isinstance(cell, str) or cell not in values:
            raise refused(self.expected, cell)
        return values[cell]

    @property
    def expected(self) -> Words:
        """All labels."""
        labels = "、".join(self.options)
        return Words(f"one of {labels}", f"{labels}之一")

    def shown(self, plain: str) -> str:
        """Return the label of the member."""
        return _labels(self.of)[plain]


@cache
def _values(cls: type[LabelledEnum]) -> Mapping[str, str]:
    values = {member.value: member.value for member in cls}
    return values | {member.label_zh: member.value for member in cls}


@cache
def _labels(cls: type[LabelledEnum]) -> Mapping[str, str]:
    return {member.value: member.label_zh for member in cls}


_A_FIGURE = Words("a figure such as 近10万人次", "形如近10万人次的数量")


@frozen
class Figure:
    """A figure, as officials write it; where the unit is fixed, a bare number is one too.

    What no words tell is written as a document writes it, in braces. Digits that are meant as
    words, and so are kept as the wording, have an apostrophe before them.
    """

    has_unit: bool

    @property
    def told(self) -> Words:
        """What figures look like."""
        if self.has_unit:
            return Words(
                "a number or figure, as 300 or 近10万人次", "数字或数量，如300、近10万人次"
            )
        return Words("a figure with its measure word, as 近10万人次", "带量词的数量，如近10万人次")

    def read(self, cell: Cell) -> _Plain:
        """Return the number, the words or the object."""
        if isinstance(cell, str):
            return self._read_text(cell)
        if not isinstance(cell, int | float) or isinstance(cell, bool) or not self.has_unit:
            raise refused(_A_FIGURE, cell)
        return _number(cell)

    def _read_text(self, text: str) -> _Plain:
        if text.startswith("{"):
            try:
                return read_json(text)
            except InvalidDocument as invalid:
                (problem, *_) = invalid.problems
                raise Refused(Words(problem.message, problem.message_zh or "")) from None
        if text.startswith("'"):
            return text[1:]
        if self.has_unit and len(text) <= _LONGEST_NUMBER:
            if _WHOLE.fullmatch(text):
                return int(text)
            if _DECIMAL.fullmatch(text):
                return Decimal(text)
        return text

    def shown(self, plain: _Plain) -> Cell:
        """Return the number, the words or the object as a text."""
        if isinstance(plain, str):
            is_bare = _WHOLE.fullmatch(plain) or _DECIMAL.fullmatch(plain)
            return f"'{plain}" if self.has_unit and is_bare else plain
        if isinstance(plain, int):
            return plain if abs(plain) < _MOST else str(plain)
        return json.dumps(plain, ensure_ascii=False)


NOTHING = "无"
"""What a list that is known to hold nothing is written as, where an empty cell says unknown."""


@frozen
class Listed:
    """Several of a kind, each on a line of its own in the cell: no sign could part them else."""

    each: Kind
    may_be_unknown: bool

    @property
    def told(self) -> Words:
        """What an entry is, and that each has its line."""
        told = Words(f"{self.each.told}; one a line", f"{self.each.told.zh}；每行一项")
        if self.may_be_unknown:
            return Words(f"{told}; {NOTHING} for none", f"{told.zh}；没有则填“{NOTHING}”")
        return told

    def read(self, cell: Cell) -> list[_Plain]:
        """Return what each line reads as."""
        if not isinstance(cell, str):
            return [self.each.read(cell)]
        if self.may_be_unknown and cell == NOTHING:
            return []
        return [self.each.read(line) for line in cell.replace("\r\n", "\n").split("\n")]

    def shown(self, plain: list[_Plain]) -> str:
        """Return the lines of one cell."""
        return "\n".join(str(self.each.shown(each)) for each in plain) if plain else NOTHING
