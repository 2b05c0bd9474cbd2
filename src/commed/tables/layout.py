"""The sheets of a register and their columns, made from the types of its records (表格结构).

A list of the register is a sheet, and so is a list of objects inside a record, whose rows name
the record that they belong to. Every other field is a column, or, where it is an object itself,
a column for each of its fields.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache, cached_property
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import attrs
from attrs import frozen

from commed.checks import field_types, unwrapped
from commed.errors import Words
from commed.labels import LabelledEnum
from commed.quantities import Counts, Measures, Quantity
from commed.references import Collection, Identifies, RefersTo
from commed.register import Register
from commed.tables.headings import FORMAT, HEADINGS, SHEETS
from commed.tables.kinds import Cell, Choice, Day, Figure, Kind, Listed, Number, Written, YesNo

__all__ = ["Column", "Sheet", "Table", "sheets"]


@frozen(kw_only=True)
class Column:
    """A column (列): where its cells stand in a record, what it is called, what it takes.

    `path` is empty for the column that names the record a row belongs to. `refers` is the
    collection whose keys it holds, `identifies` the one that its keys are of.
    """

    path: tuple[str, ...]
    heading: Words
    kind: Kind
    is_required: bool = False
    refers: LabelledEnum | None = None
    identifies: LabelledEnum | None = None

    @property
    def choice(self) -> Choice | None:
        """The enumeration that the cells are chosen from, if they are."""
        kind = self.kind.each if isinstance(self.kind, Listed) else self.kind
        return kind if isinstance(kind, Choice) else None

    @property
    def bearers(self) -> "tuple[Sheet, ...]":
        """The sheets whose rows the cells name, if they name any."""
        return tuple(
            sheet for sheet in sheets() if self.refers is not None and sheet.names is self.refers
        )

    @property
    def told(self) -> Words:
        """What to write into the cells, for who fills them."""
        if self.refers is None:
            return self.kind.told
        zh = "、".join(sheet.name.zh for sheet in self.bearers)
        en = ", ".join(sheet.name.en for sheet in self.bearers)
        line = Words("; one a line", "；每行一项") if isinstance(self.kind, Listed) else _NONE
        return Words(f"an id of {en}{line}", f"“{zh}”中的编号{line.zh}")

    @property
    def wanted(self) -> Words:
        """What is missing where a cell is empty that must not be."""
        return self.told if self.choice is None else self.choice.expected

    @property
    def note(self) -> Words:
        """What is told of the column: whether it is required, and what to write."""
        told = self.told
        if self.is_required:
            return Words(f"required; {told}", f"必填；{told.zh}")
        return told

    def __str__(self) -> str:
        return f"{self.heading.zh} {self.heading}"


_NONE = Words("", "")


@frozen(kw_only=True)
class Sheet:
    """A sheet (工作表): the list that its rows are, and the columns.

    `path` leads to the list from a record of the sheet that it is `below`, from the register for
    a sheet below none.
    """

    name: Words
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    below: "Sheet | None" = None
    explained: str = ""

    @property
    def key(self) -> Column | None:
        """The column that identifies a row."""
        return next((column for column in self.columns if column.identifies is not None), None)

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns that no row can do without."""
        return tuple(column for column in self.columns if column.is_required)

    @property
    def names(self) -> LabelledEnum | None:
        """The namespace of the keys of its rows."""
        return self.key.identifies if self.key is not None else None

    @property
    def is_register(self) -> bool:
        """Whether it is the sheet of the register itself, whose one row is no list."""
        return not self.path


@frozen
class Table:
    """What is to be written into a sheet: the rows that explain it, and those of the records.

    Each begins with the cell that marks those rows that are not read.
    """

    sheet: Sheet
    head: Sequence[Sequence[Cell]]
    rows: Sequence[Sequence[Cell]]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return every sheet: the register's own first, and a list before the lists inside it."""
    own = Column(path=("format",), heading=FORMAT, kind=Written(), is_required=True)
    whole = Sheet(
        name=_name("register"),
        path=(),
        columns=(own, *_in_order(Register)),
        explained=_explained(Register),
    )
    return (whole, *_lists(Register, None))


def _lists(cls: type, below: Sheet | None, *way: str) -> Iterator[Sheet]:
    """Yield the sheets of the lists of objects in a class, each before those inside it."""
    for name, annotation in field_types(cls).items():
        plain, path = unwrapped(annotation), (*way, name)
        if _is_object(plain):
            yield from _lists(plain, below, *path)
        if (entry := _entry(plain)) is not None and _is_object(unwrapped(entry)):
            inner: type = unwrapped(entry)
            sheet = Sheet(
                name=_name(".".join(path)),
                path=path,
                columns=(*_owner(below), *_in_order(inner)),
                below=below,
                explained=_explained(inner),
            )
            yield sheet
            yield from _lists(inner, sheet)


def _owner(below: Sheet | None) -> Iterator[Column]:
    if below is None:
        return
    if below.below is not None or below.key is None or below.key.identifies is None:
        raise TypeError(f"no row can name a record of {below.name} by one key")
    namespace = below.key.identifies
    name = namespace.value.removesuffix("s")
    yield Column(
        path=(), heading=_heading(name), kind=Written(), is_required=True, refers=namespace
    )


def _in_order(cls: type) -> list[Column]:
    """Return the columns of a class, source and note last, as documents have them."""
    return sorted(_columns(cls), key=lambda column: column.path in _LAST)


_LAST = (("source",), ("note",))


def _columns(cls: type, *way: str, optional: bool = False) -> Iterator[Column]:
    for own in attrs.fields(cls):
        plain, path = unwrapped(own.type), (*way, own.name)
        if not own.init or ((entry := _entry(plain)) and _is_object(unwrapped(entry))):
            continue
        needed = own.default is attrs.NOTHING and not optional
        if _is_object(plain):
            yield from _columns(plain, *path, optional=not needed)
            continue
        yield Column(
            path=path,
            heading=_heading(".".join(path)),
            kind=_kind(own.type),
            is_required=needed,
            refers=_namespace(own.type, RefersTo),
            identifies=_namespace(own.type, Identifies),
        )


def _kind(annotation: Any) -> Kind:
    plain = unwrapped(annotation)
    if (entry := _entry(plain)) is not None:
        may_be_unknown = NoneType in get_args(annotation)
        if may_be_unknown and not isinstance(_kind(entry), Choice):
            raise TypeError(f"no cell can tell an empty list of {entry} from an unknown one")
        return Listed(_kind(entry), may_be_unknown)
    if plain is Quantity:
        return Figure(any(isinstance(mark, Counts | Measures) for mark in _marks(annotation)))
    if issubclass(plain, Enum):
        return Choice(plain)
    return _KINDS[plain]()


_KINDS: Mapping[type, Callable[[], Kind]] = {str: Written, int: Number, date: Day, bool: YesNo}


def _is_object(plain: Any) -> bool:
    return isinstance(plain, type) and attrs.has(plain) and plain is not Quantity


def _entry(plain: Any) -> Any:
    """Return the annotation of the entries of a list, None for what is no list."""
    return get_args(plain)[0] if get_origin(plain) is tuple else None


def _marks(annotation: Any) -> Iterator[object]:
    """Yield what the annotation, or that of its entries, is marked with."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from marks
        yield from _marks(inner)
    else:
        for part in get_args(annotation):
            yield from _marks(part)


def _namespace(annotation: Any, kind: type[RefersTo] | type[Identifies]) -> LabelledEnum | None:
    marks = (mark for mark in _marks(annotation) if isinstance(mark, kind))
    return next((mark.namespace for mark in marks), None)


def _heading(name: str) -> Words:
    return Words(name, HEADINGS[name])


def _name(name: str) -> Words:
    known = {each.value: each.label_zh for each in Collection}
    return Words(name, SHEETS.get(name) or known[name])


def _explained(cls: type) -> str:
    return (cls.__doc__ or "").partition("\n\n")[0]
