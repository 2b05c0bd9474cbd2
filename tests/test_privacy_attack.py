"""Published tables attacked by algebra and by bounds: no withheld cell can be derived from them.

The tables have three levels and counts of any size. Every attacker knows what is published, that
parts add up to their whole, and that no count is below zero or, where zeros are shown, that no cell
is withheld for being zero.
"""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from commed.indicators import Measurement, definition
from commed.privacy import Published, suppressed
from commed.quantities import Interval, Quantity, Unit

Path = tuple[str, ...]
Range = tuple[float, float]
Count = Any
"""A number, or the list of those that it adds up from."""


def times(count: int) -> Measurement:
    quantity = Quantity.exactly(count, Unit.PERSON_TIMES)
    return Measurement(
        indicator=definition("person-times"),
        division="d",
        period=None,
        value=Interval.exactly(count),
        numerator=quantity,
        denominator=None,
        coverage=(),
        evidence=(),
        needs=(),
    )


def total(count: Count) -> int:
    return count if isinstance(count, int) else sum(map(total, count))


def named(count: Count, path: Path = ()) -> Iterator[tuple[Path, Count]]:
    """Yield every cell, its parts after it; a key is told by all the numbers that lead to it."""
    yield path, count
    if not isinstance(count, int):
        for number, part in enumerate(count):
            above = path[-1] if path else ""
            yield from named(part, (*path, f"{above}/{number}"))


def published(table: Count, rule: Mapping[str, Any]) -> Published:
    inside: dict[str, dict[str, Measurement]] = {}
    for path, count in named(table):
        if path:
            above = path[-2] if len(path) > 1 else ""
            inside.setdefault(above, {})[path[-1]] = times(total(count))
    return suppressed(inside.pop(""), times(total(table)), inside=inside, **rule)


counts = st.integers(0, 12) | st.integers(0, 5_000)
communities = st.lists(counts, min_size=1, max_size=4)
townships = st.lists(counts | communities, min_size=1, max_size=4)
tables: st.SearchStrategy[Any] = st.lists(counts | communities | townships, min_size=1, max_size=5)
rules = st.fixed_dictionaries({"fewer_than": st.integers(2, 10), "show_zero": st.booleans()})


@frozen
class Cell:
    """What is published of a cell, None where it is withheld, and the cells it adds up from."""

    path: Path
    shown: int | None
    parts: "tuple[Cell, ...]"

    def below(self) -> "Iterator[Cell]":
        yield self
        for part in self.parts:
            yield from part.below()


def exact(measured: Measurement) -> int:
    assert measured.value is not None
    assert measured.value.low is not None
    return int(measured.value.low)


def cells(path: Path, shown: Measurement | None, of: Published | None) -> Cell:
    parts = {} if of is None else of.parts
    deeper = {} if of is None else of.inside
    return Cell(
        path,
        None if shown is None else exact(shown),
        tuple(cells((*path, key), part, deeper.get(key)) for key, part in parts.items()),
    )


def solved(root: Cell) -> list[Path]:
    """Return the withheld cells that the sums alone determine, by exact elimination."""
    unknowns = [cell.path for cell in root.below() if cell.shown is None]
    places = {path: number for number, path in enumerate(unknowns)}
    rows = []
    for cell in root.below():
        if cell.parts:  # the parts less the whole
            row = [Fraction(0)] * len(unknowns)
            for each, sign in [(cell, -1), *((part, 1) for part in cell.parts)]:
                if each.shown is None:
                    row[places[each.path]] += sign
            rows.append(row)
    reduced = echelon(rows)
    alone = [[at for at, factor in enumerate(row) if factor] for row in reduced]
    return [unknowns[found[0]] for found in alone if len(found) == 1]


def echelon(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the reduced row echelon form: an unknown is determined where it has a row alone."""
    done: list[list[Fraction]] = []
    for at in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[at]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [each / pivot[at] for each in pivot]
        rows, done = (
            [[x - row[at] * y for x, y in zip(row, pivot, strict=True)] for row in each]
            for each in (rows, done)
        )
        done.append(pivot)
    return done


def gathered(cell: Cell, least: Mapping[Path, int], known: dict[Path, Range]) -> Range:
    """Note how far each cell is told by what is below it."""
    low: float = least.get(cell.path, 0) if cell.shown is None else cell.shown
    high = math.inf if cell.shown is None else cell.shown
    if cell.parts:
        below = [gathered(part, least, known) for part in cell.parts]
        low = max(low, sum(part_low for part_low, _ in below))
        high = min(high, sum(part_high for _, part_high in below))
    known[cell.path] = low, high
    return low, high


def handed_down(cell: Cell, known: dict[Path, Range]) -> None:
    """Narrow each part to what its whole and the other parts leave it: in a tree that is exact."""
    low, high = known[cell.path]
    before = {part.path: known[part.path] for part in cell.parts}
    for part in cell.parts:
        others = [each for path, each in before.items() if path != part.path]
        own_low, own_high = before[part.path]
        least, most = sum(each for each, _ in others), sum(each for _, each in others)
        known[part.path] = (
            max(own_low, low - most if most < math.inf else 0),
            min(own_high, high - least),
        )
        handed_down(part, known)


def ranges(root: Cell, least: Mapping[Path, int]) -> dict[Path, Range]:
    known: dict[Path, Range] = {}
    gathered(root, least, known)
    handed_down(root, known)
    return known


@given(tables, rules)
def test_no_withheld_cell_is_determined_by_the_sums(table: Count, rule: dict[str, Any]) -> None:
    out = published(table, rule)
    assert solved(cells((), out.whole, out)) == []


@given(tables, rules)
def test_bounds_leave_each_withheld_part_all_that_is_small(
    table: Count, rule: dict[str, Any]
) -> None:
    out = published(table, rule)
    root = cells((), out.whole, out)
    least = int(rule["show_zero"])
    hidden = {cell.path for cell in root.below() if cell.shown is None}
    floors = {
        path: 0 if path[:-1] in hidden else min(least, total(count)) for path, count in named(table)
    }
    for known in (ranges(root, {}), ranges(root, floors)):
        for path in hidden - {()}:
            low, high = known[path]
            assert low <= least, (path, str(out))
            assert high >= rule["fewer_than"], (path, str(out))


def test_the_attackers_find_what_can_be_found() -> None:
    open_cell = Cell(("a",), None, ())
    root = Cell((), 12, (open_cell, Cell(("b",), 9, ()), Cell(("c",), 0, ())))
    assert solved(root) == [("a",)]
    assert ranges(root, {})["a",] == (3, 3)
    two = Cell((), 12, (open_cell, Cell(("b",), None, ()), Cell(("c",), 4, ())))
    assert solved(two) == []
    assert ranges(two, {("b",): 1})["a",] == (0, 7)
