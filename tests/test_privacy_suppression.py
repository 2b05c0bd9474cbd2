"""Suppression held against an attacker who tries every table that fits what is published."""

import pickle
import time
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed.errors import InvalidValue
from commed.evidence import Evidence
from commed.indicators import Measurement, definition
from commed.privacy import Published, Withheld, suppressed
from commed.quantities import Interval, Quantity, Unit
from commed.references import Collection

Bounds = tuple[int, int | None]
MOST = 60


def times(low: int, high: int | None = -1) -> Measurement:
    """Return a measurement of so many person-times: exactly `low` if no `high` is given."""
    interval = Interval(low, low if high == -1 else high)
    quantity = Quantity(interval, Unit.PERSON_TIMES)
    return Measurement(
        indicator=definition("person-times"),
        division="d",
        period=None,
        value=interval,
        numerator=quantity,
        denominator=None,
        coverage=(),
        evidence=(),
        needs=(),
    )


def rate(numerator: int, denominator: int) -> Measurement:
    return evolve(
        times(numerator),
        indicator=definition("participation-rate"),
        value=Interval.exactly(Fraction(numerator, denominator)),
        numerator=Quantity.exactly(numerator, Unit.PERSONS),
        denominator=Quantity.exactly(denominator, Unit.PERSONS),
    )


def silent() -> Measurement:
    return evolve(times(0), value=None, numerator=None)


def bounds(measured: Measurement) -> Bounds:
    assert measured.value is not None
    assert measured.value.low is not None
    return int(measured.value.low), None if measured.value.high is None else int(
        measured.value.high
    )


# --- the attacker ----------------------------------------------------------------------

Path = tuple[str, ...]


class Attacker:
    """Knows what is published, that parts add up, and what no withheld cell falls below.

    A set of counts is a number here: bit 5 is set where 5 is possible.
    """

    def __init__(self, published: Published, least: Mapping[Path, int]) -> None:
        self.published = published
        self.least = least

    def could_be(self, path: Path, value: int) -> bool:
        """Whether some table fits in which the cell at `path` has this value: all are tried."""
        return self._sums(self.published, (), path, value) != 0

    def _sums(self, of: Published, at: Path, path: Path, value: int) -> int:
        sums = 1
        for key, part in of.parts.items():
            here = (*at, key)
            possible = (
                between(self.least.get(here, 0), None) if part is None else between(*bounds(part))
            )
            if key in of.inside:
                possible &= self._sums(of.inside[key], here, path, value)
            if here == path:
                possible &= 1 << value
            sums = added(sums, possible)
        return sums if of.whole is None else sums & between(*bounds(of.whole))


def between(low: int, high: int | None) -> int:
    """Return all counts from `low` to `high`, of those that are looked at."""
    return sum(1 << count for count in range(low, min(MOST, MOST if high is None else high) + 1))


def added(one: int, two: int) -> int:
    """Return every sum of a count of one and a count of the other."""
    sums = 0
    for count in range(MOST + 1):
        if one >> count & 1:
            sums |= two << count
    return sums & between(0, MOST)


Drawn = tuple[int, int, int]
"""A count with what its interval adds below and above."""


def drawn(count: int) -> st.SearchStrategy[Drawn]:
    slack = st.integers(0, 3)
    return st.just((count, 0, 0)) | st.tuples(st.just(count), slack, slack)


def measured(cell: Drawn) -> Measurement:
    count, below, above = cell
    return times(max(0, count - below), count + above)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Drawn, dict[str, tuple[Drawn, dict[str, Drawn]]]]:
    """Draw counts in two levels that add up, and how exactly each is known."""
    splits = draw(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), max_size=4))
    parts = {}
    for number, counts in enumerate(splits):
        inside = {f"{number}.{at}": draw(drawn(count)) for at, count in enumerate(counts)}
        parts[f"{number}"] = (draw(drawn(sum(counts))), inside if draw(st.booleans()) else {})
    return draw(drawn(sum(map(sum, splits)))), parts


def built(table: tuple[Drawn, dict[str, tuple[Drawn, dict[str, Drawn]]]]) -> dict[str, Any]:
    whole, parts = table
    return {
        "whole": measured(whole),
        "parts": {key: measured(part) for key, (part, _) in parts.items()},
        "inside": {
            key: {below: measured(cell) for below, cell in split.items()}
            for key, (_, split) in parts.items()
            if split
        },
    }


def withheld(published: Published, at: Path = ()) -> list[Path]:
    found = [(*at, key) for key, part in published.parts.items() if part is None]
    for key, below in published.inside.items():
        found += withheld(below, (*at, key))
    return found


rules = st.fixed_dictionaries({"fewer_than": st.integers(2, 4), "show_zero": st.booleans()})


@given(tables(), rules)
def test_a_withheld_cell_could_be_small_and_could_be_large(
    table: tuple[Drawn, dict[str, tuple[Drawn, dict[str, Drawn]]]], rule: dict[str, Any]
) -> None:
    """Whether or not it is known of each withheld cell that it is no zero, where it is none."""
    fields = built(table)
    published = suppressed(**fields, **rule)
    least = 1 if rule["show_zero"] else 0
    true: dict[Path, Measurement] = {(key,): part for key, part in fields["parts"].items()}
    true |= {
        (on, key): part for on, split in fields["inside"].items() for key, part in split.items()
    }
    floors = {path: min(least, bounds(part)[0]) for path, part in true.items()}
    for path in withheld(published):
        if len(path) > 1 and published.inside[path[0]].whole is None:
            floors[path] = 0  # zeros are withheld there
    for attacker in (Attacker(published, {}), Attacker(published, floors)):
        for path in withheld(published):
            for value in range(least, rule["fewer_than"] + 1):
                assert attacker.could_be(path, value), (path, value, str(published))


@given(tables(), rules)
def test_no_small_cell_is_shown_and_nothing_shown_is_changed(
    table: tuple[Drawn, dict[str, tuple[Drawn, dict[str, Drawn]]]], rule: dict[str, Any]
) -> None:
    fields = built(table)
    inside = fields["inside"]
    published = suppressed(**fields, **rule)

    def check(of: Published, split: Mapping[str, Measurement], total: Measurement) -> None:
        assert list(of.parts) == list(split)
        cells: list[tuple[str | None, Measurement | None, Measurement]] = [(None, of.whole, total)]
        cells += [(key, of.parts[key], split[key]) for key in split]
        for key, seen, true in cells:
            low, high = bounds(true)
            small = low < rule["fewer_than"] and (high != 0 or not rule["show_zero"])
            assert (seen is None) == (key in of.why)
            if seen is None:
                assert of.why[key] is (Withheld.SMALL if small else Withheld.DERIVABLE)
            else:
                assert seen is true
                assert not small
        for part, below in of.inside.items():
            assert of.parts[part] is below.whole
            check(below, inside[part], split[part])

    check(published, fields["parts"], fields["whole"])
    assert set(published.inside) == set(inside)


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(2, 12))
def test_as_few_cells_as_can_be_are_withheld(counts: list[int], fewer_than: int) -> None:
    """Tried against every other choice, on tables that add up and are known exactly."""
    whole = sum(counts)
    parts = {f"{number}": times(count) for number, count in enumerate(counts)}
    published = suppressed(parts, times(whole), fewer_than=fewer_than)
    small = {number for number, count in enumerate(counts) if 0 < count < fewer_than}
    others = [number for number, count in enumerate(counts) if count >= fewer_than]

    def is_safe(chosen: set[int]) -> bool:
        largest = sum(counts[number] for number in chosen) - (len(chosen) - 1)
        return not chosen or (len(chosen) > 1 and largest >= fewer_than)

    sizes = [
        size
        for size in range(len(others) + 1)
        if any(is_safe(small | set(more)) for more in combinations(others, size))
    ]
    shows_whole = bool(sizes) and (whole >= fewer_than or whole == 0)
    assert (published.whole is not None) == shows_whole
    assert len(withheld(published)) == len(small) + (min(sizes) if shows_whole else 0)


# --- by example ------------------------------------------------------------------------


def shown(published: Published) -> dict[str | None, str]:
    cells: list[tuple[str | None, Measurement | None]] = [(None, published.whole)]
    cells += published.parts.items()
    return {key: "-" if part is None else str(part.value) for key, part in cells}


def test_one_small_cell_takes_the_smallest_other_with_it() -> None:
    parts = {"a": times(3), "b": times(40), "c": times(20), "d": times(20), "e": times(0)}
    published = suppressed(parts, times(83))
    assert shown(published) == {None: "83", "a": "-", "b": "40", "c": "-", "d": "20", "e": "0"}
    assert published.why == {"a": Withheld.SMALL, "c": Withheld.DERIVABLE}


def test_small_cells_that_hold_enough_together_need_no_other() -> None:
    parts = {"a": times(6), "b": times(5), "c": times(30)}
    assert shown(suppressed(parts, times(41))) == {None: "41", "a": "-", "b": "-", "c": "30"}
    parts = {"a": times(5), "b": times(5), "c": times(30)}
    assert shown(suppressed(parts, times(40))) == {None: "40", "a": "-", "b": "-", "c": "-"}


def test_where_nothing_else_helps_the_whole_is_withheld() -> None:
    parts = {"a": times(5), "b": times(5)}
    published = suppressed(parts, times(10))
    assert shown(published) == {None: "-", "a": "-", "b": "-"}
    assert published.why[None] is Withheld.DERIVABLE


def test_a_small_whole_is_withheld_with_its_parts() -> None:
    published = suppressed({"a": times(4), "b": times(0)}, times(4))
    assert shown(published) == {None: "-", "a": "-", "b": "0"}
    assert published.why == {None: Withheld.SMALL, "a": Withheld.SMALL}


def test_zeros_are_shown_unless_they_are_asked_to_be_hidden() -> None:
    parts = {"a": times(0), "b": times(50), "c": times(60)}
    assert shown(suppressed(parts, times(110)))["a"] == "0"
    hidden = suppressed(parts, times(110), show_zero=False)
    assert shown(hidden) == {None: "110", "a": "-", "b": "-", "c": "60"}


def test_a_count_that_may_be_small_is_small() -> None:
    parts = {"a": times(0, 30), "b": times(9, 12), "c": times(10, 12), "d": times(50, None)}
    published = suppressed(parts, times(90, None))
    assert [key for key, why in published.why.items() if why is Withheld.SMALL] == ["a", "b"]


def test_an_interval_may_hide_a_cell_already() -> None:
    published = suppressed({"a": times(3), "b": times(50, 80)}, times(50, 80))
    assert shown(published) == {None: "[50, 80]", "a": "-", "b": "[50, 80]"}
    unbounded = suppressed({"a": times(3), "b": times(50, None)}, times(60))
    assert shown(unbounded)["b"] == "[50, ∞)"
    endless = suppressed({"a": times(3), "b": times(50)}, times(50, None))
    assert shown(endless) == {None: "[50, ∞)", "a": "-", "b": "50"}


def test_parts_that_pass_the_whole_tell_nothing_of_the_others() -> None:
    """Learners of two months: who came in both is one person of the whole."""
    published = suppressed({"a": times(40), "b": times(35), "c": times(3)}, times(50))
    assert shown(published) == {None: "50", "a": "40", "b": "35", "c": "-"}


def test_parts_that_are_known_to_overlap_need_not_add_up() -> None:
    parts = {"a": times(12), "b": times(3), "c": times(2)}
    assert shown(suppressed(parts, times(16))) == {None: "16", "a": "-", "b": "-", "c": "-"}
    published = suppressed(parts, times(16), overlapping=True)
    assert shown(published) == {None: "16", "a": "12", "b": "-", "c": "-"}
    alone = suppressed({"a": times(12), "b": times(6)}, times(16), overlapping=True)
    assert shown(alone) == {None: "16", "a": "-", "b": "-"}  # 4 at least are in b


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.integers(2, 4),
    st.data(),
)
def test_of_overlapping_parts_none_can_be_derived(
    counts: list[int], fewer_than: int, data: st.DataObject
) -> None:
    """Who attacks knows that no part passes the whole, and that together they reach it."""
    total = data.draw(st.integers(max(counts), sum(counts)))
    parts = {f"{number}": times(count) for number, count in enumerate(counts)}
    published = suppressed(parts, times(total), fewer_than=fewer_than, overlapping=True)
    if published.whole is None:
        return
    hidden = withheld(published)
    reached = sum(bounds(part)[0] for part in published.parts.values() if part is not None)
    for _ in hidden:
        possible = {
            value
            for value in range(1, total + 1)
            if reached + value + (len(hidden) - 1) * total >= total
        }
        assert possible >= set(range(1, fewer_than + 1))


def test_a_rate_is_withheld_for_what_it_is_computed_from() -> None:
    parts = {"a": rate(4, 400), "b": rate(40, 50), "c": rate(60, 700), "d": rate(0, 9)}
    published = suppressed(parts, rate(104, 1159))
    assert shown(published) == {
        None: "104/1159",
        "a": "-",
        "b": "-",
        "c": "3/35",
        "d": "-",
    }
    assert published.why["b"] is Withheld.DERIVABLE


def test_a_rate_that_shows_no_counts_may_be_small() -> None:
    blind = evolve(rate(40, 100), numerator=None, denominator=None)
    parts = {"a": blind, "b": rate(40, 500), "c": rate(50, 500), "d": silent_rate()}
    published = suppressed(parts, rate(130, 1200))
    assert published.why == {"a": Withheld.SMALL}
    assert published.parts["d"] is parts["d"]


def silent_rate() -> Measurement:
    return evolve(rate(1, 2), value=None, numerator=None, denominator=None)


def test_what_cannot_show_its_parts_is_withheld_with_all_inside() -> None:
    parts = {"1": times(10), "2": times(50), "3": times(40)}
    inside = {
        "1": {"1.1": times(5), "1.2": times(5)},
        "3": {"3.1": times(21), "3.2": times(19)},
        "2": {"2.1": times(30), "2.2": times(20)},
    }
    published = suppressed(parts, times(100), inside=inside)
    assert shown(published) == {None: "100", "1": "-", "2": "50", "3": "-"}
    assert shown(published.inside["1"]) == {None: "-", "1.1": "-", "1.2": "-"}
    assert shown(published.inside["2"]) == {None: "50", "2.1": "30", "2.2": "20"}
    assert shown(published.inside["3"]) == {None: "-", "3.1": "-", "3.2": "-"}
    assert str(published).splitlines()[:4] == [
        "in all: 100 person-times",
        "1: withheld",
        "  1.1: withheld",
        "  1.2: withheld",
    ]


def test_what_has_no_value_is_called_so() -> None:
    published = suppressed({"a": silent(), "b": times(20)}, times(20))
    assert str(published) == "in all: 20 person-times\na: no value\nb: 20 person-times"


def test_nothing_of_a_withheld_measurement_is_left() -> None:
    trace = Evidence(Collection.EVENTS, "telltale-event", "telltale")
    parts = {"a": evolve(times(3), evidence=(trace,), where=(("telltale", "a"),)), "b": times(40)}
    published = suppressed(parts, times(43))
    assert "telltale" not in repr(published)
    assert "telltale" not in str(published)
    fields = (published.whole, dict(published.parts), dict(published.why))
    assert b"telltale" not in pickle.dumps([str(part) for part in fields])
    assert "SMALL" not in repr(published)


def test_the_split_of_a_register_is_published() -> None:
    district, year = commed.example("made-up-district"), commed.Period.year(2024)
    parts = commed.measure("person-times", district, period=year, by="quarter")
    whole = commed.measure("person-times", district, period=year)
    published = suppressed(parts, whole, fewer_than=5)
    assert list(published.why) == ["2024-Q3", "2024-Q4"]


def test_the_communities_of_a_province_are_decided_at_once() -> None:
    parts = {f"{number}": times(number % 40) for number in range(5000)}
    whole = times(sum(number % 40 for number in range(5000)))
    begun = time.process_time()
    suppressed(parts, whole)
    assert time.process_time() - begun < 5


# --- misuse ----------------------------------------------------------------------------

GOOD: dict[str, Any] = {"parts": {"a": times(3), "b": times(40)}, "whole": times(43)}


@pytest.mark.parametrize(
    ("fields", "path", "told"),
    [
        ({"whole": 43}, "whole", "expected what measure(...) returned, found 43"),
        ({"parts": [times(3)]}, "parts", "expected what measure(..., by=...) returned"),
        (
            {"parts": {"a": 3}},
            "parts",
            "expected what measure(..., by=...) returned, found {'a': 3}",
        ),
        ({"inside": [1]}, "inside", "expected a split for each of some keys, found [1]"),
        (
            {"inside": {"a": 3}},
            "inside['a']",
            "expected what measure(..., by=...) returned, found 3",
        ),
        ({"inside": {"z": {"y": times(1)}}}, "inside", "expected the key of one part, found 'z'"),
        ({"inside": {"a": {"a": times(3)}}}, "inside", "expected the key of one part, found 'a'"),
        ({"fewer_than": 1}, "fewer_than", "expected a whole number of at least 2, found 1"),
        ({"fewer_than": 2.5}, "fewer_than", "expected a whole number of at least 2, found 2.5"),
        ({"fewer_than": True}, "fewer_than", "expected a whole number of at least 2, found True"),
        ({"whole": rate(43, 100)}, "parts", "expected participation-rate, as the whole is, found"),
        (
            {"inside": {"a": {"c": rate(3, 4)}}},
            "inside['a']",
            "expected person-times, as the whole is, found participation-rate",
        ),
        (
            {"parts": {}, "whole": evolve(times(9), numerator=None, value=None)},
            "whole",
            "person-times: expected counts of persons or person-times, found none that shows any",
        ),
    ],
)
def test_misuse_is_told(fields: dict[str, Any], path: str, told: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        suppressed(**{**GOOD, **fields})
    (problem,) = caught.value.problems
    assert problem.path == path
    assert problem.message.startswith(told)


def test_splits_that_run_in_a_circle_are_refused() -> None:
    circle = {"x": {"y": times(3)}, "y": {"x": times(3)}}
    with pytest.raises(InvalidValue) as caught:
        suppressed(**GOOD, inside=circle)
    assert [problem.path for problem in caught.value.problems] == ["inside", "inside"]
