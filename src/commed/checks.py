"""What a field may hold: written into its annotation, checked on every value.

A record derives from `Checked` and says what its fields may hold::

    @frozen(kw_only=True)
    class Site(Checked):
        name: Name
        seats: Annotated[int, AtLeast(1)]

Whoever builds one, by hand or from a document, is told every fault at once.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Protocol, Union, get_args, get_origin

import attrs
from attrs import frozen

from commed.errors import InvalidValue, Problem, Words
from commed.personal import hidden, is_personal, traces

__all__ = [
    "AtLeast",
    "AtMost",
    "Checked",
    "Constraint",
    "Impersonal",
    "Name",
    "NotEmpty",
    "Text",
    "Written",
    "array",
    "check_of",
    "described",
    "field_types",
    "found",
    "mismatch",
    "one_of",
    "quoted",
    "setters",
    "unwrapped",
]

_SHOWN = 40


class Constraint(Protocol):
    """What else must hold of a value that has the right type."""

    @property
    def expected(self) -> Words | str:
        """What is expected, to be read after the word 'expected'; a `str` is English alone."""

    def allows(self, value: Any, /) -> bool:
        """Whether the value is as expected."""


@frozen
class AtLeast:
    """The number is no smaller than `minimum`."""

    minimum: int

    @property
    def expected(self) -> Words:
        """The bound in words."""
        return Words(f"a number of at least {self.minimum}", f"不小于{self.minimum}的数")

    def allows(self, value: int, /) -> bool:
        """Whether the value reaches the minimum."""
        return value >= self.minimum


@frozen
class AtMost:
    """The number is no greater than `maximum`."""

    maximum: int

    @property
    def expected(self) -> Words:
        """The bound in words."""
        return Words(f"a number of at most {self.maximum}", f"不大于{self.maximum}的数")

    def allows(self, value: int, /) -> bool:
        """Whether the value keeps to the maximum."""
        return value <= self.maximum


@frozen
class NotEmpty:
    """The list holds something."""

    expected: ClassVar[Words] = Words("at least one entry", "至少一项")

    def allows(self, value: tuple[object, ...], /) -> bool:
        """Whether there is an entry."""
        return bool(value)


@frozen
class Written:
    """The text says something and holds nothing that cannot be seen."""

    expected: ClassVar[Words] = Words(
        "a text without blanks at its ends or control characters",
        "首尾没有空白、也不含控制字符的文本",
    )

    def allows(self, value: str, /) -> bool:
        """Whether the text is neither empty, nor padded, nor holds control characters."""
        if not value or value != value.strip():
            return False
        return value.isprintable() or not any(map(_is_invisible, value))


@frozen
class Impersonal:
    """Nothing in the text looks like the number or address of a person."""

    expected: ClassVar[Words] = Words(
        "a text that points at no person (leave it out, or use commed.pseudonymise)",
        "不指向任何个人的文本（请删去，或使用commed.pseudonymise）",
    )

    def allows(self, value: str, /) -> bool:
        """Whether no part of it looks like an identity number, a mobile number or an e-mail."""
        return not is_personal(value)


_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them


def _is_invisible(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _JOINERS


Text = Annotated[str, Written(), Impersonal()]
"""Words for people: a name, a note."""

Name = Annotated[str, Written(), Impersonal()]
"""An opaque key, compared letter by letter."""


def array(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return the items as a tuple; a text, a mapping, what is no list is left to the check.

    Its type says nothing of the items, for type checkers do not solve a generic converter.
    """
    if type(items) is tuple:
        return items
    if isinstance(items, str | bytes | Mapping) or not isinstance(items, Iterable):
        return items  # type: ignore[return-value]
    return tuple(items)


class Checked:
    """A value that cannot be built wrong: the base of every record."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Check each field, then, where each is right, the fields against each other."""
        cls: type = type(self)
        for name, fits, takes_none in _tests(cls):
            value = getattr(self, name)
            if (value is not None or not takes_none) and not fits(value):
                raise InvalidValue(cls.__name__, self._misfits())
        if problems := list(self._contradictions()):
            raise InvalidValue(cls.__name__, map(_impersonal, problems))

    def _misfits(self) -> Iterator[Problem]:
        cls: type = type(self)
        for name, rule in _rules(cls):
            yield from rule.problems(getattr(self, name), name)

    def _contradictions(self) -> Iterable[Problem]:
        """Return what is wrong with the fields together."""
        return ()


def setters(cls: type) -> tuple[Callable[[Any, Any], None], ...]:
    """Return what sets each field of a frozen type, for values that need no check."""
    return tuple(getattr(cls, each.name).__set__ for each in attrs.fields(cls))


def _impersonal(problem: Problem) -> Problem:
    """Return the problem without what is personal in the values that it shows."""
    zh = problem.message_zh
    return Problem(problem.path, hidden(problem.message), None if zh is None else hidden(zh))


def found(value: object, language: str = "en") -> str:
    """Return the value as a message shows it: shortened, on one line, without what is personal."""
    told = _found(value)
    return told.in_language(language)


def quoted(key: str) -> str:
    """Return a key as a message shows it: whole, without what is personal."""
    return repr(hidden(key))


def _found(value: object) -> Words:
    shown = hidden(value) if isinstance(value, str) else value
    try:
        text = str(shown) if isinstance(shown, Decimal) else repr(shown).replace("\n", " ")
    except (ValueError, RecursionError):  # more digits, or deeper lists, than Python writes
        name = type(shown).__name__
        return Words(f"a {name} too large to show", f"过大而无法显示的{name}")
    raw = value if isinstance(value, str) else text
    text = hidden(text)
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    kinds = sorted({trace.kind for trace in traces(raw)}, key=str)
    if not kinds:
        return Words(short, short)
    return Words(
        f"what looks like {' and '.join(kind.en for kind in kinds)}: {short}",
        f"疑似{'和'.join(kind.zh for kind in kinds)}：{short}",
    )


@cache
def field_types(cls: type) -> Mapping[str, Any]:
    """Return the annotation of each field that the constructor takes, by name."""
    return {field.name: field.type for field in attrs.fields(cls) if field.init}


def unwrapped(annotation: Any) -> Any:
    """Return the annotation without its constraints, and without 'or None'."""
    if get_origin(annotation) is Annotated:
        return unwrapped(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        members = [member for member in get_args(annotation) if member is not NoneType]
        return unwrapped(members[0]) if len(members) == 1 else annotation
    return annotation


def described(annotation: Any) -> Words:
    """Return what a value of this annotation is called in a message."""
    plain = unwrapped(annotation)
    if get_origin(plain) in {Union, UnionType}:
        members = [member for member in get_args(plain) if member is not NoneType]
        words = [described(member) for member in members]
        return Words(" or ".join(each.en for each in words), "或".join(each.zh for each in words))
    if get_origin(plain) is tuple:
        entry = described(get_args(plain)[0])
        return Words(f"a list, each entry {entry}", f"列表（每一项为{entry.zh}）")
    if isinstance(plain, type) and issubclass(plain, Enum):
        return one_of([repr(member.value) for member in plain])
    article = "an" if plain.__name__[0] in "AEIO" else "a"
    return _WORDS.get(plain) or Words(f"{article} {plain.__name__}", plain.__name__)


def one_of(names: Iterable[str]) -> Words:
    """Return the words for any one of these."""
    listed = list(names)
    return Words(f"one of {', '.join(listed)}", f"{'、'.join(listed)}之一")


_WORDS: Mapping[type, Words] = {
    str: Words("a text", "文本"),
    int: Words("a whole number", "整数"),
    bool: Words("true or false", "true或false"),
    date: Words("a date", "日期"),
    Fraction: Words("an exact number", "精确的数"),
}

_Check = Callable[[Any, str], Iterator[Problem]]


@frozen
class _Rule:
    """What a field may hold: whether a value fits, and what is wrong with one that does not."""

    fits: Callable[[Any], bool]
    problems: _Check
    types: AbstractSet[type] = frozenset()
    """The types whose every value fits."""
    takes_none: bool = False


def check_of(annotation: Any) -> _Check:
    """Return the function that yields the problems of a value, given its path."""
    return _rule(annotation).problems


@cache
def _tests(cls: type) -> tuple[tuple[str, Callable[[Any], bool], bool], ...]:
    """Return the fields with what tells fast whether they fit, and whether None is such a value."""
    return tuple((name, rule.fits, rule.takes_none) for name, rule in _rules(cls))


@cache
def _rules(cls: type) -> tuple[tuple[str, _Rule], ...]:
    return tuple((name, _rule(annotation)) for name, annotation in field_types(cls).items())


@cache
def _rule(annotation: Any) -> _Rule:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _constrained(_rule(parts[0]), [mark for mark in parts[1:] if _restricts(mark)])
    if origin in {Union, UnionType} and NoneType in parts:
        rest = tuple(part for part in parts if part is not NoneType)
        return _optional(_rule(Union[rest]))  # noqa: UP007 - the members are not written out
    if origin is tuple:
        return _each(_rule(parts[0]), described(annotation))
    return _typed(annotation)


def _restricts(mark: object) -> bool:
    return hasattr(mark, "allows")


def mismatch(path: str, expected: Words | str, value: object) -> Problem:
    """Return the problem of a value that is not what was expected."""
    zh = f"应为{expected.zh}，实为{found(value, 'zh')}" if isinstance(expected, Words) else None
    return Problem(path, f"expected {expected}, found {found(value)}", zh)


def _constrained(plain: _Rule, constraints: list[Constraint]) -> _Rule:
    tests = tuple(constraint.allows for constraint in constraints)

    def fits(value: Any) -> bool:
        if not plain.fits(value):
            return False
        for allows in tests:  # noqa: SIM110 - a generator would take as long as the tests
            if not allows(value):
                return False
        return True

    def problems(value: Any, path: str) -> Iterator[Problem]:
        if not plain.fits(value):
            yield from plain.problems(value, path)
            return
        for constraint in constraints:
            if not constraint.allows(value):
                yield mismatch(path, constraint.expected, value)

    return _Rule(fits, problems)


def _optional(rule: _Rule) -> _Rule:
    def problems(value: Any, path: str) -> Iterator[Problem]:
        if value is not None:
            yield from rule.problems(value, path)

    return _Rule(
        lambda value: value is None or rule.fits(value), problems, rule.types, takes_none=True
    )


def _each(rule: _Rule, expected: Words) -> _Rule:
    def problems(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, tuple):
            yield mismatch(path, expected, value)
            return
        for index, item in enumerate(value):
            yield from rule.problems(item, f"{path}[{index}]")

    def fits(value: Any) -> bool:
        if not isinstance(value, tuple):
            return False
        return set(map(type, value)) <= rule.types or all(map(rule.fits, value))

    return _Rule(fits, problems)


def _typed(annotation: Any) -> _Rule:
    expected = described(annotation)
    if annotation in _WORDS:  # bool is no int here, and a datetime no date

        def fits(value: Any) -> bool:
            return type(value) is annotation
    else:

        def fits(value: Any) -> bool:
            return isinstance(value, annotation)

    def problems(value: Any, path: str) -> Iterator[Problem]:
        if not fits(value):
            yield mismatch(path, expected, value)

    return _with_texts(_Rule(fits, problems, frozenset([annotation])), annotation)


def _with_texts(plain: _Rule, annotation: Any) -> _Rule:
    """Return the rule for a class that leaves its texts to whoever holds it, as a label does."""
    if not attrs.has(annotation) or issubclass(annotation, Checked):
        return plain
    types = field_types(annotation).items()
    texts = [(name, _rule(each)) for name, each in types if get_origin(each) is Annotated]

    def problems(value: Any, path: str) -> Iterator[Problem]:
        if not plain.fits(value):
            yield from plain.problems(value, path)
            return
        for name, rule in texts:
            yield from rule.problems(getattr(value, name), f"{path}.{name}")

    return _Rule(lambda value: not list(problems(value, "")), problems) if texts else plain
