"""The faults that a document may be given, and the places in it where each can stand.

A fault is planned so that a reader who tells every problem tells exactly this one for it: a
record that others refer to keeps its key, and fields contradict each other in a record that has
no other fault.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, get_args, get_origin

import attrs
from attrs import frozen

from commed.checks import AtLeast, AtMost, NotEmpty, Written, field_types, unwrapped
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.law.conditions import NODES, Condition
from commed.quantities import Counts, Measures, Quantity
from commed.references import Collection, Identifies, RefersTo, links
from commed.testing._contradictions import ABSENT, CONTRADICTIONS

__all__ = ["Fault", "FaultKind", "Place", "Site", "sites", "unknown_key"]

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value in a document."""

_REQUIRED = attrs.NOTHING
_WRONG: Mapping[Any, Any] = {str: 7, bool: "yes", int: "seven", Fraction: "a half"}


class FaultKind(LabelledEnum):
    """What is wrong at a place of a document (错误种类)."""

    UNKNOWN_KEY = "unknown-key", "未知键", "unknown key"
    MISSING_KEY = "missing-key", "缺少键", "missing key"
    WRONG_TYPE = "wrong-type", "类型错误", "wrong type"
    WRONG_CHOICE = "wrong-choice", "枚举值错误", "not one of the choices"
    IMPOSSIBLE_DATE = "impossible-date", "日期不存在", "a day that does not exist"
    UNREADABLE_FIGURE = "unreadable-figure", "数量无法读取", "a figure that cannot be read"
    OUT_OF_RANGE = "out-of-range", "超出范围", "out of range"
    BLANK = "blank", "空白文本", "a text that says nothing"
    CONTROL_CHARACTER = "control-character", "控制字符", "control character"
    DANGLING_REFERENCE = "dangling-reference", "引用不存在", "dangling reference"
    DUPLICATE_KEY = "duplicate-key", "键重复", "duplicate key"
    CONTRADICTION = "contradiction", "字段矛盾", "fields that contradict each other"


@frozen
class Fault:
    """One fault of a document (错误): its kind, and the path at which it must be told."""

    kind: FaultKind
    path: str


@frozen(eq=False)
class Site:
    """Where a fault can stand: what it spoils, what it needs as it is, where it is told."""

    kind: FaultKind
    spoils: Place
    spoil: Callable[[Any], None]
    told_at: Place = ()
    needs: Place | None = None

    @property
    def fault(self) -> Fault:
        """The fault that stands here."""
        return Fault(self.kind, _path(self.told_at or self.spoils))

    def clashes(self, other: "Site") -> bool:
        """Whether both cannot stand in one document and be told each by itself."""
        return (
            _holds(self.spoils, other.spoils)
            or _holds(other.spoils, self.spoils)
            or (self.needs is not None and _holds(other.spoils, self.needs))
            or (other.needs is not None and _holds(self.spoils, other.needs))
        )


def _path(place: Place) -> str:
    return Problem("", "").under(*place).path


def _holds(outer: Place, inner: Place) -> bool:
    return inner[: len(outer)] == outer


def sites(cls: type, document: Mapping[str, Any]) -> Iterator[Site]:
    """Yield every place of a valid document of this class where a fault can stand."""
    found = links(cls, document, _raw_field)
    known = {(link.mark.namespace, link.key) for link in found if isinstance(link.mark, RefersTo)}
    known |= {(Collection.SOURCES, key) for key in _sources_of_amendments(document)}
    yield _put(FaultKind.MISSING_KEY, ("format",), ABSENT)
    body = {key: value for key, value in document.items() if key != "format"}
    yield from _Walk(frozenset(known)).below(cls, body, ())


def _sources_of_amendments(node: Any) -> Iterator[str]:
    """Yield the sources that conditions refer to, wherever they stand."""
    if isinstance(node, Mapping):
        yield from (each["source"] for each in node.get("amended", ()) if "source" in each)
    parts = node.values() if isinstance(node, Mapping) else node
    for part in parts:
        if isinstance(part, Mapping | list):
            yield from _sources_of_amendments(part)


def _raw_field(node: Any, name: str) -> Any:
    return node.get(name)


def _put(kind: FaultKind, place: Place, value: Any) -> Site:
    """Return the site where one value is replaced, or taken away."""

    def spoil(document: Any) -> None:
        parent = _at(document, place[:-1])
        if value is ABSENT:
            del parent[place[-1]]
        else:
            parent[place[-1]] = value

    return Site(kind, place, spoil)


def unknown_key(place: Place) -> Site:
    """Return the site of a key that the object does not know."""
    return _put(FaultKind.UNKNOWN_KEY, place, 1)


def _at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


@frozen
class _Walk:
    """A walk over a document beside its annotations; it knows which keys are referred to."""

    referred: frozenset[tuple[LabelledEnum, str]]

    def below(self, cls: type, node: Mapping[str, Any], place: Place) -> Iterator[Site]:
        """Yield the sites of an object and of all that lies below it."""
        yield unknown_key((*place, "surprise"))
        for field in attrs.fields(cls):
            if field.init and field.name in node:
                inner = (*place, field.name)
                if field.default is _REQUIRED and self._is_free(field.type, node[field.name]):
                    yield _put(FaultKind.MISSING_KEY, inner, ABSENT)
                yield from self._value(field.type, node[field.name], inner)
        for changes, told in CONTRADICTIONS.get(cls, ()):
            yield _contradiction(place, changes, told)

    def _value(self, annotation: Any, value: Any, place: Place) -> Iterator[Site]:
        plain, marks = unwrapped(annotation), _marks(annotation)
        if self._is_free(annotation, value):
            for kind, wrong in _wrong_values(plain, marks, value, place):
                yield _put(kind, place, wrong)
        if get_origin(plain) is tuple:
            inner = get_args(plain)[0]
            for index, entry in enumerate(value):
                yield from self._value(inner, entry, (*place, index))
            yield from _copies(inner, value, place)
        elif isinstance(value, Mapping):
            test = value.get("test") if plain is Condition else None
            own = plain if test is None else NODES[test]
            yield from self.below(own, value, place)

    def _is_free(self, annotation: Any, value: Any) -> bool:
        """Whether no record refers to a key at this place or below it."""
        for mark in _marks(annotation):
            if isinstance(mark, Identifies):
                return (mark.namespace, value) not in self.referred
        plain = unwrapped(annotation)
        if get_origin(plain) is tuple:
            return all(self._is_free(get_args(plain)[0], entry) for entry in value)
        if not attrs.has(plain) or not isinstance(value, Mapping):
            return True
        types = field_types(plain)
        return all(self._is_free(types[name], value[name]) for name in types.keys() & value.keys())


def _marks(annotation: Any) -> tuple[Any, ...]:
    """Return the marks of an annotation, also where None is allowed beside it."""
    if hasattr(annotation, "__metadata__"):
        return tuple(annotation.__metadata__)
    parts = get_args(annotation)
    inner = [part for part in parts if part is not type(None)]
    is_optional = len(inner) == 1 and len(parts) > 1 and get_origin(annotation) is not tuple
    return _marks(inner[0]) if is_optional else ()


def _wrong_values(
    plain: Any, marks: tuple[Any, ...], value: Any, place: Place
) -> Iterator[tuple[FaultKind, Any]]:
    """Yield what may stand wrongly in the place of a value."""
    yield from _wrong_for(plain)
    for mark in marks:
        if isinstance(mark, AtLeast):
            yield FaultKind.OUT_OF_RANGE, mark.minimum - 1
        elif isinstance(mark, AtMost):
            yield FaultKind.OUT_OF_RANGE, mark.maximum + 1
        elif isinstance(mark, Counts | Measures):
            yield FaultKind.OUT_OF_RANGE, -1
        elif isinstance(mark, NotEmpty):
            yield FaultKind.OUT_OF_RANGE, []
        elif isinstance(mark, Written):
            yield FaultKind.BLANK, " "
            yield FaultKind.CONTROL_CHARACTER, f"{value}\x07"
        elif isinstance(mark, RefersTo) and "condition" not in place:
            # a key of its own: two records that name the same nobody may be one record twice
            yield FaultKind.DANGLING_REFERENCE, f"nobody bears the key {_path(place)}"


def _wrong_for(plain: Any) -> Iterator[tuple[FaultKind, Any]]:
    """Yield what is of no use where a value of this type is expected."""
    if get_origin(plain) is tuple:
        yield FaultKind.WRONG_TYPE, "no list"
    elif plain is Quantity:
        yield FaultKind.WRONG_TYPE, True
        yield FaultKind.UNREADABLE_FIGURE, "许多"
    elif plain is date:
        yield FaultKind.WRONG_TYPE, 20180101
        yield FaultKind.IMPOSSIBLE_DATE, "2018-02-30"
    elif issubclass(plain, Enum):
        yield FaultKind.WRONG_TYPE, 7
        yield FaultKind.WRONG_CHOICE, "no such choice"
    else:
        yield FaultKind.WRONG_TYPE, _WRONG.get(plain, [])


def _contradiction(place: Place, changes: Mapping[str, Any], told: str) -> Site:
    def spoil(document: Any) -> None:
        node = _at(document, place)
        for name, value in changes.items():
            if value is ABSENT:
                node.pop(name, None)
            else:
                node[name] = value

    told_at = (*place, told) if told else place
    return Site(FaultKind.CONTRADICTION, place, spoil, told_at)


def _copies(annotation: Any, entries: Any, place: Place) -> Iterator[Site]:
    """Yield, for each record with a key, the site of a copy of it at the end of its list."""
    plain = unwrapped(annotation)
    types = field_types(plain) if attrs.has(plain) else {}
    for key, field in types.items():
        if any(isinstance(mark, Identifies) for mark in _marks(field)):
            for index, entry in enumerate(entries):
                yield _copy(entry, (*place, index, key), (*place, len(entries)))


def _copy(entry: Any, bearer: Place, end: Place) -> Site:
    def spoil(document: Any) -> None:
        _at(document, end[:-1]).append(deepcopy(entry))

    return Site(FaultKind.DUPLICATE_KEY, end, spoil, (*end, bearer[-1]), bearer)
