"""Inequality: bounds hold whatever the values are, and are reached where they are called sharp.

What an index is, is told anew here: by its definition to 40 digits, by PySAL and numpy to theirs.
The greatest is held against every choice of ends, the least against a search for the best level.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inequality.gini import Gini  # type: ignore[import-untyped]
from inequality.theil import Theil, TheilD  # type: ignore[import-untyped]

from commed.errors import InvalidValue
from commed.indicators.inequality import (
    Bounds,
    Weighted,
    best_to_worst,
    gini,
    share_below,
    theil,
    theil_decomposed,
    variation,
    weight_below,
)
from commed.quantities import Interval

Index = Callable[[Sequence[Weighted]], Bounds]
Oracle = Callable[[Sequence[Fraction], Sequence[Fraction]], Fraction]

DIGITS = Context(prec=40)
SAME = Fraction(1, 10**30)
ROUNDED = Fraction(2, 10**12)
NEAR = 1e-9  # as far as the oracles in floats are trusted
FAR = 10**30  # a value of those that are unbounded
ONE = Fraction(1)


def weighted_sum(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return sum((y * w for y, w in zip(values, weights, strict=True)), Fraction(0))


def decimal(number: Fraction) -> Decimal:
    return DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def log(number: Fraction) -> Fraction:
    return Fraction(decimal(number).ln(DIGITS))


def gini_by_pairs(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    apart = [weighted_sum([abs(y - z) for z in values], weights) for y in values]
    return weighted_sum(apart, weights) / (2 * sum(weights) * weighted_sum(values, weights))


def theil_by_shares(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    mean = weighted_sum(values, weights) / sum(weights)
    parts = [y / mean * log(y / mean) if y else Fraction(0) for y in values]
    return weighted_sum(parts, weights) / sum(weights)


def variation_by_moments(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    mean = weighted_sum(values, weights) / sum(weights)
    squares = weighted_sum([(y / mean - 1) ** 2 for y in values], weights)
    return Fraction(decimal(squares / sum(weights)).sqrt(DIGITS))


ORACLES: dict[str, tuple[Index, Oracle]] = {
    "gini": (gini, gini_by_pairs),
    "theil": (theil, theil_by_shares),
    "variation": (variation, variation_by_moments),
}
against_its_definition = pytest.mark.parametrize(
    ("index", "oracle"), ORACLES.values(), ids=ORACLES.keys()
)
each_index = pytest.mark.parametrize("index", [gini, theil, variation])


def known(*values: Fraction | int, weights: Sequence[Fraction | int] = ()) -> list[Weighted]:
    """Make units of known values, each of weight 1 where no weights are given."""
    return [
        Weighted(Interval.exactly(value), Fraction(weight))
        for value, weight in zip(values, weights or [1] * len(values), strict=True)
    ]


def within(*ends: tuple[int, int | None], weights: Sequence[int] = ()) -> list[Weighted]:
    """Make units by the ends of their values."""
    return [
        Weighted(Interval(low, high), Fraction(weight))
        for (low, high), weight in zip(ends, weights or [1] * len(ends), strict=True)
    ]


def exactly(value: Fraction | int) -> Bounds:
    return Bounds(Interval.exactly(value), attained=True)


def ends(bounds: Bounds) -> tuple[Fraction, Fraction]:
    assert bounds.interval is not None
    assert bounds.interval.low is not None
    assert bounds.interval.high is not None
    return bounds.interval.low, bounds.interval.high


def low_of(unit: Weighted) -> Fraction:
    assert unit.value.low is not None
    return unit.value.low


def high_of(unit: Weighted) -> Fraction:
    return Fraction(FAR) if unit.value.high is None else unit.value.high


def weights_of(units: Sequence[Weighted]) -> list[Fraction]:
    return [unit.weight for unit in units]


def choices_of_ends(units: Sequence[Weighted]) -> Iterator[tuple[Fraction, ...]]:
    """Yield those where the index is defined."""
    return filter(any, product(*({low_of(unit), high_of(unit)} for unit in units)))


def near_level(units: Sequence[Weighted], level: Fraction) -> list[Fraction]:
    return [max(low_of(unit), min(level, high_of(unit))) for unit in units]


def least_seen(units: Sequence[Weighted], oracle: Oracle) -> Fraction:
    """Search for the best level: next to the best of the ends, by thirds."""
    bounded = {low_of(unit) for unit in units} | {high_of(unit) for unit in units} - {FAR}
    levels = sorted(bounded - {0}) or [ONE]

    def seen(level: Fraction) -> Fraction:
        return oracle(near_level(units, level), weights_of(units))

    found = [seen(level) for level in levels]
    best = min(found)
    for place in range(len(levels) - 1):
        if best in found[place : place + 2]:
            low, high = levels[place : place + 2]
            for _ in range(40):
                third = (high - low) / 3
                if seen(low + third) <= seen(high - third):
                    high -= third
                else:
                    low += third
            best = min(best, seen(low))
    return best


numbers = st.sampled_from([*map(Fraction, range(13)), *(Fraction(n, 7) for n in range(1, 99, 9))])
weighings = st.sampled_from([*map(Fraction, (1, 1, 1, 2, 3, 50))])
shares = st.sampled_from([Fraction(n, 24) for n in range(25)])


@st.composite
def uncertain(draw: st.DrawFn, *, unbounded: bool = True) -> Weighted:
    low, width = draw(numbers), draw(numbers)
    high = None if unbounded and draw(st.integers(0, 5)) == 0 else low + width
    return Weighted(Interval(low, high), draw(weighings))


def lists(unit: st.SearchStrategy[Weighted], most: int = 5) -> st.SearchStrategy[list[Weighted]]:
    """Draw units whose total may be above 0."""
    return st.lists(unit, min_size=1, max_size=most).filter(lambda units: any(map(high_of, units)))


known_units = lists(st.builds(Weighted, numbers.map(Interval.exactly), weighings))
uncertain_units = lists(uncertain())


def values_within(units: Sequence[Weighted], at: Sequence[Fraction]) -> list[Fraction]:
    """Pick a value of each, at a share of the way between its ends; of those unbounded up to 40."""
    return [
        low_of(unit) + share * (min(high_of(unit), low_of(unit) + 40) - low_of(unit))
        for unit, share in zip(units, at, strict=False)
    ]


few = settings(max_examples=50)
five_shares = st.lists(shares, min_size=5, max_size=5)


# Known values


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 5)), min_size=1, max_size=12))
def test_known_values_agree_with_other_libraries(units: list[tuple[int, int]]) -> None:
    values, counts = zip(*units, strict=True)
    assume(any(values))
    heads = np.repeat(np.array(values, dtype=float), counts)
    others = {gini: Gini(heads).g, theil: Theil(heads).T, variation: heads.std() / heads.mean()}
    for index, other in others.items():
        bounds = index(known(*values, weights=counts))
        assert [float(end) for end in ends(bounds)] == pytest.approx([other, other], abs=NEAR)
        assert bounds.attained


@against_its_definition
@given(units=known_units)
def test_known_values_give_what_the_definition_does(
    index: Index, oracle: Oracle, units: list[Weighted]
) -> None:
    value = oracle([low_of(unit) for unit in units], weights_of(units))
    low, high = ends(index(units))
    assert low - SAME <= value <= high + SAME
    assert high - low <= ROUNDED
    assert low == high or index is not gini


def test_known_values_give_what_can_be_told_by_hand() -> None:
    units = known(1, 3)
    assert gini(units) == exactly(Fraction(1, 4))
    assert variation(units) == exactly(Fraction(1, 2))
    assert best_to_worst(units) == exactly(3)
    low, high = ends(theil(known(0, 5)))
    assert low < log(Fraction(2)) < high <= low + ROUNDED


@each_index
@few
@given(value=numbers.filter(bool), weights=st.lists(weighings, min_size=1, max_size=5))
def test_equal_values_are_not_unequal(index: Index, value: Fraction, weights: Any) -> None:
    assert index(known(*[value] * len(weights), weights=weights)) == exactly(0)


@each_index
@few
@given(units=known_units, part=shares, data=st.data())
def test_a_gift_from_rich_to_poor_makes_units_less_unequal(
    index: Index, units: list[Weighted], part: Fraction, data: st.DataObject
) -> None:
    assume(len(units) > 1)
    rich, poor, *others = data.draw(st.permutations(units))
    all_given = (low_of(rich) - low_of(poor)) / (1 / rich.weight + 1 / poor.weight)
    after = known(
        low_of(rich) - part * all_given / rich.weight,
        low_of(poor) + part * all_given / poor.weight,
        weights=[rich.weight, poor.weight],
    )
    assert ends(index([*after, *others]))[0] <= ends(index(units))[1]


# Values that lie between two ends


@against_its_definition
@given(units=uncertain_units, at=five_shares)
def test_an_index_lies_within_its_bounds_whatever_the_values_are(
    index: Index, oracle: Oracle, units: list[Weighted], at: list[Fraction]
) -> None:
    values = values_within(units, at)
    assume(any(values))
    low, high = ends(index(units))
    assert low - SAME <= oracle(values, weights_of(units)) <= high + SAME


@against_its_definition
@few
@given(units=uncertain_units)
def test_the_greatest_index_is_met_at_some_ends_or_far_out(
    index: Index, oracle: Oracle, units: list[Weighted]
) -> None:
    greatest = max(oracle(values, weights_of(units)) for values in choices_of_ends(units))
    bounds = index(units)
    assert bounds.attained
    assert -SAME <= ends(bounds)[1] - greatest <= ROUNDED


@against_its_definition
@settings(max_examples=25)
@given(units=uncertain_units)
def test_the_least_index_is_met_near_some_level(
    index: Index, oracle: Oracle, units: list[Weighted]
) -> None:
    low, _ = ends(index(units))
    assert -SAME <= least_seen(units, oracle) - low <= ROUNDED


@each_index
@few
@given(units=uncertain_units, factor=numbers.filter(bool), other=numbers.filter(bool))
def test_neither_currency_nor_order_nor_how_heads_are_counted_matters(
    index: Index, units: list[Weighted], factor: Fraction, other: Fraction
) -> None:
    times = Interval.exactly(factor)
    changed = [Weighted(unit.value * times, unit.weight * other) for unit in reversed(units)]
    assert index(changed) == index(units)


@each_index
@few
@given(units=known_units, copies=st.integers(2, 4))
def test_a_unit_of_more_heads_counts_as_so_many_units(
    index: Index, units: list[Weighted], copies: int
) -> None:
    copied = [unit for unit in units for _ in range(copies)]
    assert index(copied) == index(units)


@each_index
@few
@given(units=lists(uncertain()), at=five_shares, to=five_shares)
def test_the_more_is_known_the_closer_the_bounds(
    index: Index, units: list[Weighted], at: list[Fraction], to: list[Fraction]
) -> None:
    pairs = zip(values_within(units, at), values_within(units, to), units, strict=True)
    closer = [Weighted(Interval(min(a, b), max(a, b)), unit.weight) for a, b, unit in pairs]
    assume(any(map(high_of, closer)))
    (low, high), (least, greatest) = ends(index(closer)), ends(index(units))
    assert least <= low <= high <= greatest


@each_index
def test_one_unit_is_equal_to_itself(index: Index) -> None:
    for unit in [(3, 3), (3, 7), (0, 7), (0, None), (3, None)]:
        assert index(within(unit)) == exactly(0)


@each_index
def test_intervals_that_overlap_may_hold_equal_values(index: Index) -> None:
    low, high = ends(index(within((1, 4), (3, 9), (4, 5), (2, None))))
    assert low == 0 < high


def test_the_best_level_may_lie_inside_an_interval() -> None:
    """Here at 40/8: the least of 3 (2² + y² + 6²) / (2 + y + 6)² is at 5."""
    low, _ = ends(variation(within((2, 2), (1, 8), (6, 6))))
    assert low <= variation_by_moments([Fraction(2), Fraction(5), Fraction(6)], [ONE] * 3)
    assert float(low) == pytest.approx((3 * 65 / 13**2 - 1) ** 0.5)


# Values without a high end


def is_open(bounds: Bounds) -> bool:
    assert bounds.interval is not None
    return not bounds.interval.high_closed


@each_index
def test_one_that_has_no_high_end_comes_near_to_having_all(index: Index) -> None:
    bounds = index(within((1, 2), (1, None), (3, 3), weights=[2, 1, 1]))
    assert ends(bounds)[1] == ends(index(known(1, 0, weights=[1, 3])))[1]
    assert is_open(bounds)
    assert bounds.attained


@each_index
def test_far_out_the_smaller_one_counts(index: Index) -> None:
    both = index(within((1, None), (1, None), (1, 1), weights=[5, 2, 3]))
    small = index(within((1, 1), (1, None), (1, 1), weights=[5, 2, 3]))
    assert ends(both)[1] == ends(small)[1]
    assert is_open(both)


@each_index
def test_a_small_one_with_a_high_end_may_count_more(index: Index) -> None:
    bounded = index(within((1, 1), (0, 99), weights=[50, 1]))
    both = index(within((1, None), (0, 99), weights=[50, 1]))
    assert ends(both)[1] == ends(bounded)[1]
    assert not is_open(both)


@each_index
def test_what_is_come_near_to_may_be_met_as_well(index: Index) -> None:
    others = within((0, 0), (0, 3), weights=[1, 2])
    assert not is_open(index([*within((2, None)), *others]))
    # as far out, half of the people have all; at the ends, the others have
    assert not is_open(gini(within((0, None), (1, 1), (0, 0), weights=[2, 1, 1])))


# Zero, and nothing


@each_index
def test_where_all_may_be_zero_one_alone_may_have_all(index: Index) -> None:
    alone = ends(index(known(1, 0, 0, weights=[1, 1, 2])))[1]
    for highs in [(5, 3, 9), (None, 3, 9), (None, None, None)]:
        bounds = index(within(*((0, high) for high in highs), weights=[1, 1, 2]))
        assert bounds == Bounds(Interval(0, alone), attained=True)


@pytest.mark.parametrize("index", [gini, theil, variation, best_to_worst])
@pytest.mark.parametrize("units", [[], known(0), known(0, 0, 0)], ids=["none", "one", "all"])
def test_where_there_is_surely_nothing_no_index_is_defined(
    index: Index, units: list[Weighted]
) -> None:
    assert index(units) == Bounds(None, attained=True)


# Many units

Draw = np.random.Generator


def fivehundredths(value: int) -> tuple[int, int]:
    return 95 * value, 105 * value


MAKES: dict[str, Callable[[Draw, int], tuple[int, int]]] = {
    "alike": lambda _, __: (1, 10),
    "nested": lambda _, place: (1000 - 10 * place, 1001 + 11 * place),
    "wide": lambda draw, place: (int(draw.integers(300)), 300 + int(draw.integers(30 * place + 1))),
    "nearly zero": lambda draw, _: (int(draw.integers(2)), 10**4),
    "known to 5 %": lambda draw, _: fivehundredths(int(draw.lognormal(7, 0.6))),
}


def many(make: str, count: int, seed: int = 0) -> list[Weighted]:
    """Make units of as many heads as communities have."""
    draw = np.random.default_rng(seed)
    pairs = [MAKES[make](draw, place) for place in range(count)]
    return within(*pairs, weights=draw.integers(500, 20_000, count).tolist())


def greatest_at(choices: Any, units: Sequence[Weighted]) -> dict[Index, float]:
    """Return the greatest of each index at choices of high ends, told in floats."""
    lows, highs, weights = (
        np.array([float(number) for number in row])
        for row in zip(*((low_of(u), high_of(u), u.weight) for u in units), strict=True)
    )
    values = np.where(choices, highs, lows)
    everyone, totals = weights.sum(), values @ weights
    relative = values * everyone / totals[:, None]
    logs = np.log(np.where(relative > 0, relative, 1))
    order = np.argsort(values, axis=1)
    ranked = np.take_along_axis(values, order, axis=1) * weights[order]
    ranks = 2 * np.cumsum(weights[order], axis=1) - weights[order] - everyone
    greatest = {
        gini: (ranked * ranks).sum(axis=1) / (everyone * totals),
        theil: (relative * logs) @ weights / everyone,
        variation: np.sqrt((relative - 1) ** 2 @ weights / everyone),
    }
    return {index: float(found.max()) for index, found in greatest.items()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", MAKES)
def test_the_greatest_of_twelve_is_always_found(make: str, seed: int) -> None:
    units = many(make, 12, seed)
    everything = (np.arange(2**12)[:, None] >> np.arange(12)) & 1
    for index, greatest in greatest_at(everything == 1, units).items():
        bounds = index(units)
        assert bounds.attained
        assert float(ends(bounds)[1]) == pytest.approx(greatest, rel=NEAR)


def greatest_above_some_level(units: Sequence[Weighted]) -> dict[Index, float]:
    middles = np.array([float(low_of(unit) + high_of(unit)) for unit in units])
    return greatest_at(middles > np.sort(middles)[:, None], units)


@each_index
def test_two_hundred_communities_are_bounded_sharply(index: Index) -> None:
    units = many("known to 5 %", 200)
    bounds, seen = index(units), greatest_above_some_level(units)[index]
    assert bounds.attained
    assert seen - NEAR <= ends(bounds)[1] <= 1.001 * seen


@each_index
def test_so_many_that_look_alike_are_not_decided_to_the_end(index: Index) -> None:
    units = many("alike", 30)
    by_weight = sorted(units, key=lambda unit: unit.weight)
    bounds = index(by_weight)
    seen = greatest_at(np.tri(30, dtype=bool), by_weight)[index]
    assert not bounds.attained
    assert seen - NEAR <= ends(bounds)[1] <= 1.001 * seen


@each_index
def test_what_is_not_decided_is_no_more_than_where_one_has_all(index: Index) -> None:
    units = many("nearly zero", 150)
    smallest = min(weights_of(units))
    alone = known(1, 0, weights=[smallest, sum(weights_of(units)) - smallest])
    seen = greatest_at(np.eye(150, dtype=bool), units)[index]
    assert seen - NEAR <= ends(index(units))[1] <= ends(index(alone))[1]


# The best by the worst


def best_by_worst(values: Sequence[Fraction], _: Sequence[Fraction]) -> Fraction:
    return max(values) / min(values)


@given(units=lists(uncertain().filter(low_of)))
def test_the_best_by_the_worst_is_met_at_both_ends(units: list[Weighted]) -> None:
    bounds = best_to_worst(units)
    assert bounds.attained
    assert bounds.interval is not None
    assert bounds.interval.low == least_seen(units, best_by_worst)
    greatest = max(best_by_worst(values, []) for values in choices_of_ends(units))
    unbounded = len(units) > 1 and any(unit.value.high is None for unit in units)
    assert bounds.interval.high == (None if unbounded else greatest)


def test_the_best_by_a_worst_that_may_be_zero_is_unbounded() -> None:
    assert best_to_worst(within((0, 2), (4, 6))).interval == Interval(2, None)
    assert best_to_worst(within((0, 0), (4, 6))).interval is None
    assert best_to_worst(within((0, 2))) == exactly(1)


# What is below a floor


@given(units=lists(uncertain()), floor=numbers)
def test_what_is_below_a_floor_is_met_at_both_ends(units: list[Weighted], floor: Fraction) -> None:
    for index, weights in [
        (share_below, [ONE] * len(units)),
        (weight_below, weights_of(units)),
    ]:
        below = [
            weighted_sum([Fraction(value < floor) for value in values], weights) / sum(weights)
            for values in product(*((low_of(unit), high_of(unit)) for unit in units))
        ]
        assert index(units, floor) == Bounds(Interval(min(below), max(below)), attained=True)


def test_a_value_at_the_floor_is_not_below_it() -> None:
    ten = Fraction(10)
    units = [
        Weighted(Interval(5, 10, high_closed=False), Fraction(1)),
        *within((5, 10), (10, 12), (3, 3), weights=[2, 3, 4]),
    ]
    assert share_below(units, ten).interval == Interval(Fraction(2, 4), Fraction(3, 4))
    assert weight_below(units, ten).interval == Interval(Fraction(5, 10), Fraction(7, 10))
    assert share_below(known(0, 0), ten) == exactly(1)


def test_of_no_units_no_share_is_below_a_floor() -> None:
    assert share_below([], ONE) == weight_below([], ONE) == Bounds(None, attained=True)


# Within groups and between them


@few
@given(st.lists(st.lists(st.integers(1, 100), min_size=1, max_size=4), min_size=1, max_size=4))
def test_the_parts_agree_with_another_library(groups: list[list[int]]) -> None:
    values = np.array([[float(value)] for group in groups for value in group])
    partition = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    other = TheilD(values, partition)
    inside, between = theil_decomposed([known(*group) for group in groups])
    for bounds, expected in [(inside, other.wg[0]), (between, other.bg[0])]:
        assert [float(end) for end in ends(bounds)] == pytest.approx([expected] * 2, abs=NEAR)


@few
@given(st.lists(known_units | st.just([]), min_size=1, max_size=4))
def test_the_parts_add_up_to_the_whole(groups: list[list[Weighted]]) -> None:
    inside, between = theil_decomposed(groups)
    whole = theil([unit for group in groups for unit in group])
    if whole.interval is None:
        assert inside == between == whole
        return
    assert inside.interval is not None
    assert between.interval is not None
    assert inside.attained
    assert between.attained
    low, high = ends(Bounds(inside.interval + between.interval, attained=True))
    assert ends(whole)[0] <= high
    assert ends(whole)[1] >= low >= high - 2 * ROUNDED


@few
@given(groups=st.lists(lists(uncertain(), most=3), min_size=1, max_size=3), at=five_shares)
def test_the_parts_lie_within_their_bounds_whatever_the_values_are(
    groups: list[list[Weighted]], at: list[Fraction]
) -> None:
    inside, between = theil_decomposed(groups)
    sampled = [values_within(group, at[place:]) for place, group in enumerate(groups)]
    assume(any(map(any, sampled)))
    weights = [weights_of(group) for group in groups]
    totals = list(map(weighted_sum, sampled, weights))
    heads = [sum(each, Fraction(0)) for each in weights]
    means = [total / count for total, count in zip(totals, heads, strict=True)]
    own = [
        theil_by_shares(*pair) if any(pair[0]) else ONE
        for pair in zip(sampled, weights, strict=True)
    ]
    mean = weighted_sum(own, totals) / sum(totals)
    low, high = ends(inside)
    assert low - SAME <= mean <= high + SAME
    low, high = ends(between)
    assert low - SAME <= theil_by_shares(means, heads) <= high + SAME
    assert between.attained


def test_within_groups_of_one_unit_all_are_equal() -> None:
    inside, between = theil_decomposed([within((1, 4)), within((2, None)), []])
    assert inside == exactly(0)
    assert between == theil(within((1, 4), (2, None)))


def test_within_groups_of_uncertain_values_the_part_is_only_enclosed() -> None:
    inside, between = theil_decomposed([within((1, 4), (2, 3)), within((5, 6), (0, 2))])
    assert not inside.attained
    assert between.attained


# What is refused


@pytest.mark.parametrize(
    ("value", "weight", "path"),
    [
        (Interval(-1, 2), ONE, "value"),
        (Interval(None, 2), ONE, "value"),
        (Interval(1, 2), Fraction(0), "weight"),
        (Interval(1, 2), Fraction(-3), "weight"),
        (Interval(1, 2), 0.5, "weight"),
        (3, ONE, "value"),
    ],
)
def test_a_unit_has_a_value_and_heads(value: Any, weight: Any, path: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        Weighted(value, weight)
    assert isinstance(caught.value, InvalidValue)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_floor_is_an_exact_number() -> None:
    floor: Any = 0.5
    with pytest.raises(InvalidValue, match="a float is not exact"):
        share_below(known(1), floor)
