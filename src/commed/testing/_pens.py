"""Draw a value of any type from the annotations of its fields and what they may hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import attrs
from attrs import field, frozen
from hypothesis import strategies as st

from commed.checks import AtLeast, AtMost, Checked, NotEmpty, field_types
from commed.errors import InvalidValue
from commed.labels import LabelledEnum
from commed.references import RefersTo

__all__ = [
    "DAYS",
    "NUMBERS",
    "TEXTS",
    "Pen",
    "among",
    "drawn",
    "drawn_by",
    "is_drawable",
    "strategy_for",
    "told_together",
]

DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))
"""The days of a record that stands alone."""

_T = TypeVar("_T")
_WORDS = ("社区教育", "健康", "书法", "龙泉驿区", "学习点 2", "café", "ﬁ\u200d😀", "40余", '"[]\\')
_AT = "@﹫＠"  # what holds one may look like somebody's address
_INVISIBLE: Any = ("Cc", "Cf", "Cs", "Z")
TEXTS = st.sampled_from(_WORDS) | st.text(
    st.characters(
        exclude_categories=_INVISIBLE, include_characters="\u200c", exclude_characters=_AT
    ),
    min_size=1,
    max_size=8,
)
"""Texts and keys: without blanks at their ends, and nothing in them that cannot be seen."""

NUMBERS = st.one_of(
    st.integers(0, 1000).map(Fraction),
    st.integers(0, 10**9).map(lambda number: Fraction(number, 100)),
    st.fractions(0, 10**6, max_denominator=999),
)
"""Exact numbers that are not below zero."""

_YES = st.booleans()
_BEYOND_MINIMUM = 400


@lru_cache(maxsize=2048)
def among(options: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Return the strategy that draws one of these."""
    return st.sampled_from(options)


@lru_cache(maxsize=256)
def _numbers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@frozen(kw_only=True)
class Pen:
    """What draws, and what the values it draws may speak of.

    `keys` holds, by namespace, the keys that there are; a reference into a namespace that it
    does not list may name anything. `days` are the days that records tell of, `learners` who
    took part, and `depth` is how many levels a condition may still have below it.
    """

    draw: st.DrawFn
    keys: Mapping[LabelledEnum, Sequence[str]] = field(factory=dict)
    days: st.SearchStrategy[date] = DAYS
    learners: st.SearchStrategy[str] = TEXTS
    depth: int = 2
    indicators: tuple[str, ...] = ()

    def of(self, annotation: Any) -> Any:
        """Draw a value that a field of this annotation may hold."""
        return _drawer(annotation)(self)

    def one_of(self, options: Iterable[Any]) -> Any:
        """Draw one of these."""
        return self.draw(among(tuple(options)))

    def number(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return self.draw(_numbers(low, high))

    def yes(self) -> bool:
        """Draw whether."""
        return self.draw(_YES)

    def built(
        self,
        cls: type,
        given: Mapping[str, st.SearchStrategy[Any]] | None = None,
        /,
        **told: Any,
    ) -> Any:
        """Build a value of this class: told fields as they are, given ones as they are drawn.

        What contradicts the other fields and may be left out is left out. What is told or given
        stays: where it cannot be, the `InvalidValue` says so.
        """
        given = given or {}
        values = told | {name: self.draw(strategy) for name, strategy in given.items()}
        if cls in _TOGETHER:
            values = _TOGETHER[cls](self, values) | values
        for name, annotation in field_types(cls).items():
            if name not in values:
                values[name] = self.of(annotation)
        kept = {*told, *given, *_required(cls)}
        self._place(cls, values, {*told, *given})
        while True:
            try:
                return cls(**values)
            except InvalidValue as invalid:
                doubtful = {_top(problem.path) for problem in invalid.problems}
                if not (loose := doubtful & values.keys() - kept):
                    raise
                values = {name: value for name, value in values.items() if name not in loose}

    def _place(self, cls: type, values: dict[str, Any], kept: set[str]) -> None:
        """Tell the division of a record that may name a body instead, but does not."""
        types = field_types(cls)
        bodies = {"workstation", "organisation"} & types.keys()
        if not bodies or "division" not in types.keys() - kept or values["division"] is not None:
            return
        if all(values[body] is None for body in bodies):
            values["division"] = self.of(_without_none(types["division"]))


Drawer = Callable[..., Any]
"""What draws a value with a pen, told the marks of the annotation that it is for."""

_SPECIAL: dict[type, Drawer] = {}
_Telling = Callable[[Pen, dict[str, Any]], dict[str, Any]]
_TOGETHER: dict[type, _Telling] = {}
_NAMED: set[type] = set()


def drawn_by(cls: type) -> Callable[[Drawer], Drawer]:
    """Let the decorated function draw every value of this class."""

    def keep(drawer: Drawer) -> Drawer:
        _SPECIAL[cls] = drawer
        return drawer

    return keep


def told_together(cls: type) -> Callable[[_Telling], _Telling]:
    """Let the decorated function tell, from what is known, the fields that hang together."""

    def keep(telling: _Telling) -> _Telling:
        _TOGETHER[cls] = telling
        return telling

    return keep


@cache
def _required(cls: type) -> frozenset[str]:
    fields = attrs.fields(cls)
    return frozenset(each.name for each in fields if each.default is attrs.NOTHING)


def _top(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


@cache
def _drawer(annotation: Any) -> Drawer:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _constrained(parts[0], parts[1:])
    if origin in {Union, UnionType}:
        return _optional(annotation)
    if origin is tuple:
        return _several(parts[0], 0)
    if annotation in _SPECIAL:
        return _SPECIAL[annotation]
    if issubclass(annotation, Enum):
        return _always(st.sampled_from(annotation))
    return lambda pen: pen.built(annotation)


def _always(strategy: st.SearchStrategy[Any]) -> Drawer:
    return lambda pen: pen.draw(strategy)


_SPECIAL |= {
    str: lambda pen, *_: pen.draw(TEXTS),
    bool: lambda pen: pen.yes(),
    date: lambda pen: pen.draw(pen.days),
    Fraction: _always(NUMBERS),
}


def _without_none(annotation: Any) -> Any:
    members = tuple(part for part in get_args(annotation) if part is not NoneType)
    return Union[members]  # noqa: UP007 - the members are not written out


def _optional(annotation: Any) -> Drawer:
    inner = _without_none(annotation)
    mark = _reference(inner)

    def drawn(pen: Pen) -> Any:
        if mark is not None and not _named(pen, mark):
            return None
        return pen.of(inner) if pen.yes() else None

    return drawn


def _several(inner: Any, least: int) -> Drawer:
    mark = _reference(inner)

    def drawn(pen: Pen) -> tuple[Any, ...]:
        if mark is not None and not _named(pen, mark):
            return ()
        return tuple(pen.of(inner) for _ in range(pen.number(least, least + 2)))

    return drawn


def _reference(annotation: Any) -> RefersTo | None:
    marks = get_args(annotation) if get_origin(annotation) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, RefersTo)), None)


def _named(pen: Pen, mark: RefersTo) -> bool:
    return mark.namespace not in pen.keys or bool(pen.keys[mark.namespace])


def _referring(mark: RefersTo) -> Drawer:
    def drawn(pen: Pen) -> str:
        known = pen.keys.get(mark.namespace)
        key: str = pen.draw(TEXTS if known is None else among(tuple(known)))
        return key

    return drawn


def _constrained(plain: Any, marks: tuple[Any, ...]) -> Drawer:
    if (mark := _reference(Annotated[plain, *marks])) is not None:
        return _referring(mark)
    if plain is int:
        low = max(mark.minimum for mark in marks if isinstance(mark, AtLeast))
        high = [mark.maximum for mark in marks if isinstance(mark, AtMost)]
        return lambda pen: pen.number(low, min([low + _BEYOND_MINIMUM, *high]))
    if get_origin(plain) is tuple:
        return _several(get_args(plain)[0], int(NotEmpty() in marks))
    if plain in _SPECIAL:
        special = _SPECIAL[plain]
        return lambda pen: special(pen, *marks)
    return _drawer(plain)


@st.composite
def drawn(draw: st.DrawFn, cls: type, given: Mapping[str, st.SearchStrategy[Any]]) -> Any:
    """Draw a value of this class, which stands alone."""
    pen = Pen(draw=draw)
    return pen.built(cls, given) if given else pen.of(cls)


def is_drawable(cls: type) -> bool:
    """Whether the fields of a class tell how its values are drawn."""
    return issubclass(cls, Checked) or cls in _SPECIAL or cls in _NAMED


def strategy_for(cls: type[_T], name: str, told: str) -> Callable[..., st.SearchStrategy[_T]]:
    """Return the function of this name that gives the strategy for a class."""

    def strategy(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[_T]:
        return drawn(cls, fields)

    _NAMED.add(cls)
    strategy.__name__ = strategy.__qualname__ = name
    strategy.__doc__ = f"Draw {told}; a field named here is drawn from the strategy given for it."
    return strategy
