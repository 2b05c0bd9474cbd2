"""Suppression: what may be published of a figure that is split into parts.

A small cell points at persons. To withhold it is not enough: whoever knows the whole subtracts
the other parts. So further cells are withheld, until what is left tells too little.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from attrs import field, frozen

from commed.checks import mismatch
from commed.errors import InvalidValue, Problem, Words
from commed.indicators import Measurement
from commed.labels import LabelledEnum
from commed.personal import hidden
from commed.privacy.tables import Cell, Rule, cell_of, from_parts, from_whole, withheld

__all__ = ["Published", "Withheld", "suppressed"]

Split = Mapping[str, Measurement]


class Withheld(LabelledEnum):
    """Why a cell is not published (不予公布的理由)."""

    SMALL = "small", "数值过小", "a count of persons is or may be too small"
    DERIVABLE = "derivable", "可据以推算其他数据", "another cell could be derived from it"


@frozen(kw_only=True)
class Published:
    """What may be published of a measurement and its parts (可公布的数据).

    `whole` and each of `parts` is a measurement, or None where it is withheld; `inside` holds
    what may be published of the parts of parts. `why` is for whoever publishes, and no part of
    what is published: it would tell which of the withheld cells are small. The whole has the
    key None there.
    """

    whole: Measurement | None
    parts: Mapping[str, Measurement | None]
    inside: "Mapping[str, Published]"
    why: Mapping[str | None, Withheld] = field(repr=False)

    def __str__(self) -> str:
        return "\n".join([f"in all: {_shown(self.whole)}", *self._lines("")])

    def _lines(self, indent: str) -> Iterator[str]:
        for key, part in self.parts.items():
            yield f"{indent}{key}: {_shown(part)}"
            if key in self.inside:
                yield from self.inside[key]._lines(f"{indent}  ")  # noqa: SLF001 - of its kind


def _shown(measured: Measurement | None) -> str:
    return "withheld" if measured is None else str(measured.quantity or "no value")


def suppressed(
    parts: Split,
    whole: Measurement,
    *,
    inside: Mapping[str, Split] | None = None,
    fewer_than: int = 10,
    show_zero: bool = True,
    overlapping: bool = False,
) -> Published:
    """Return what may be published of a measurement split into parts (小数值抑制).

    `parts` is what ``measure(..., by=...)`` returned, `whole` the same measurement without
    `by`; `inside` splits parts further, by their keys. A cell is small where a count of persons
    or person-times that it shows, be it value, numerator or denominator, is or may be fewer
    than `fewer_than`, and is not surely zero; with `show_zero` false a zero is small too.

    Say that parts are `overlapping` where everybody knows so, as of groups and themes; else it
    is taken to be known that they add up to the whole, as attendances do.

    Small cells are withheld, and others beside them until each of these could, for all that is
    shown, be anything from 1 (from 0 where zeros are hidden) to `fewer_than`. Where that cannot
    be had, the whole is withheld. Inside a cell that is withheld, everything is.

    Raises `InvalidValue` where the measurements are not of one indicator, none of them counts
    persons, or `inside` splits what is no part.
    """
    tree = {} if inside is None else inside
    problems = list(_mistyped(parts, whole, tree)) or list(_faults(parts, whole, tree))
    if type(fewer_than) is not int or fewer_than <= 1:
        expected = Words("a whole number of at least 2", "不小于2的整数")
        problems.append(mismatch("fewer_than", expected, fewer_than))
    if problems:
        raise InvalidValue("suppression", problems)
    rule = Rule(fewer_than=fewer_than, show_zero=show_zero, overlapping=overlapping)
    plan = _plan(parts, whole, cell_of(whole), tree, rule)
    return _published(parts, whole, tree, plan, hides_all=False)


@frozen(kw_only=True)
class _Plan:
    """What one table withholds, and what those inside it do."""

    small: frozenset[str | None]
    keys: frozenset[str]
    hides_whole: bool
    inside: "Mapping[str, _Plan]"


def _plan(
    parts: Split, whole: Measurement, known: Cell, tree: Mapping[str, Split], rule: Rule
) -> _Plan:
    """Decide on a table after those inside it: one that cannot show its whole forces a cell.

    The tables hang together: what one shows may narrow an interval that another shows. So each
    is decided on what everybody can work out from all of them: `known` is that of the whole.
    """
    small = frozenset(key for key, part in parts.items() if rule.is_small(cell_of(part)))
    cells = {key: _from_inside(key, part, tree, rule) for key, part in parts.items()}
    if not rule.overlapping:
        known = from_parts(known, cells)
        cells = from_whole(known, cells)
    inside = {
        key: _plan(tree[key], parts[key], cell, tree, rule)
        for key, cell in cells.items()
        if key in tree
    }
    first = small | {key for key, plan in inside.items() if plan.hides_whole}
    is_small = rule.is_small(cell_of(whole))
    keys = first if is_small else withheld(known, cells, first, rule)
    return _Plan(
        small=small | {None} if is_small else small,
        keys=first if keys is None else keys,
        hides_whole=keys is None or is_small,
        inside=inside,
    )


def _from_inside(key: str, part: Measurement, tree: Mapping[str, Split], rule: Rule) -> Cell:
    """Return what everybody can work out of a part from what is inside it."""
    cell = rule.seen(cell_of(part))
    if key not in tree or rule.overlapping or rule.is_small(cell_of(part)):
        return cell
    below = {inner: _from_inside(inner, split, tree, rule) for inner, split in tree[key].items()}
    return from_parts(cell, below)


def _published(
    parts: Split, whole: Measurement, tree: Mapping[str, Split], plan: _Plan, *, hides_all: bool
) -> Published:
    hidden: set[str | None] = set(parts if hides_all else plan.keys)
    if hides_all or plan.hides_whole:
        hidden.add(None)
    return Published(
        whole=None if None in hidden else whole,
        parts=MappingProxyType(
            {key: None if key in hidden else part for key, part in parts.items()}
        ),
        inside=MappingProxyType(
            {
                key: _published(tree[key], parts[key], tree, below, hides_all=key in hidden)
                for key, below in plan.inside.items()
            }
        ),
        why=MappingProxyType(
            {
                key: Withheld.SMALL if key in plan.small else Withheld.DERIVABLE
                for key in (None, *parts)
                if key in hidden
            }
        ),
    )


# --- misuse ----------------------------------------------------------------------------


def _mistyped(parts: object, whole: object, tree: object) -> Iterator[Problem]:
    if not isinstance(whole, Measurement):
        expected = Words("what measure(...) returned", "measure(...)的结果")
        yield mismatch("whole", expected, whole)
    if not _is_split(parts):
        yield mismatch("parts", _A_SPLIT, parts)
    if not isinstance(tree, Mapping):
        expected = Words("a split for each of some keys", "若干键各自的拆分")
        yield mismatch("inside", expected, tree)
        return
    for key, split in tree.items():
        if not _is_split(split):
            yield mismatch(f"inside[{_shown_key(key)}]", _A_SPLIT, split)


_A_SPLIT = Words("what measure(..., by=...) returned", "measure(..., by=...)的结果")


def _shown_key(key: object) -> str:
    return hidden(repr(key))


def _is_split(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(part, Measurement) for part in value.values()
    )


def _faults(parts: Split, whole: Measurement, tree: Mapping[str, Split]) -> Iterator[Problem]:
    indicator = whole.indicator.id
    named = [("parts", parts), *((f"inside[{_shown_key(key)}]", tree[key]) for key in tree)]
    for path, split in named:
        others = {part.indicator.id for part in split.values()} - {indicator}
        for other in sorted(others):
            expected = Words(f"{indicator}, as the whole is", f"与整体相同的{indicator}")
            yield Problem(
                path, f"expected {expected}, found {other}", f"应为{expected.zh}，实为{other}"
            )
    everything = [whole, *chain.from_iterable(split.values() for _, split in named)]
    if not any(cell_of(measured).counts for measured in everything):
        yield Problem(
            "whole",
            f"{indicator}: expected counts of persons or person-times, found none that shows any; "
            "it cannot be told which cell is small",
            f"{indicator}：应有人数或人次的计数，实无；无从判断哪些数值过小",
        )
    times = Counter(chain.from_iterable(split for _, split in named))
    reached = set(_reached(parts, tree)) if all(times[key] == 1 for key in tree) else set(tree)
    for key in tree:
        if times[key] != 1 or key not in reached:
            yield mismatch("inside", Words("the key of one part", "某一部分的键"), key)


def _reached(parts: Split, tree: Mapping[str, Split]) -> Iterator[str]:
    for key in parts:
        yield key
        yield from _reached(tree.get(key, {}), tree)
