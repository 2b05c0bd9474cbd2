"""Kleene's laws: an unknown is a truth that could still turn out either way."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from operator import and_, or_
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import CommedError
from commed.truth import Truth, UndeterminedTruth, all_of, any_of, at_least

FALSE, UNKNOWN, TRUE = Truth
OUTCOMES = {FALSE: (False,), UNKNOWN: (False, True), TRUE: (True,)}
LEARNT = [(before, after) for before in Truth for after in Truth if before in {UNKNOWN, after}]

truths = st.sampled_from(Truth)
combinations = st.sampled_from([and_, or_])
Combination = Callable[[Any, Any], Any]


def completions(known: Iterable[Truth]) -> Iterator[tuple[bool, ...]]:
    """Yield every way in which the unknowns could turn out."""
    return product(*(OUTCOMES[truth] for truth in known))


def agreed(outcomes: Iterable[bool]) -> Truth:
    """Return what all the outcomes have in common."""
    different = set(outcomes)
    return Truth.of(different.pop() if len(different) == 1 else None)


@given(combinations, truths, truths)
def test_the_order_does_not_matter(combine: Combination, a: Truth, b: Truth) -> None:
    assert combine(a, b) is combine(b, a)


@given(combinations, truths, truths, truths)
def test_the_grouping_does_not_matter(combine: Combination, a: Truth, b: Truth, c: Truth) -> None:
    assert combine(combine(a, b), c) is combine(a, combine(b, c))


@given(truths, truths, truths)
def test_and_distributes_over_or(a: Truth, b: Truth, c: Truth) -> None:
    assert a & (b | c) is (a & b) | (a & c)
    assert a | (b & c) is (a | b) & (a | c)


@given(truths, truths)
def test_de_morgan(a: Truth, b: Truth) -> None:
    assert ~(a & b) is ~a | ~b
    assert ~(a | b) is ~a & ~b


@given(truths)
def test_double_negation(a: Truth) -> None:
    assert ~~a is a


@given(truths)
def test_a_truth_with_itself_is_itself(a: Truth) -> None:
    assert a & a is a
    assert a | a is a


@given(combinations, truths, truths)
def test_a_combination_is_known_where_every_completion_agrees(
    combine: Combination, a: Truth, b: Truth
) -> None:
    assert combine(a, b) is agreed(combine(x, y) for x, y in completions([a, b]))


@given(truths)
def test_a_negation_is_known_where_every_completion_agrees(a: Truth) -> None:
    assert ~a is agreed(not x for (x,) in completions([a]))


@given(combinations, st.sampled_from(LEARNT), st.sampled_from(LEARNT))
def test_what_is_learnt_never_overturns_what_was_known(
    combine: Combination, one: tuple[Truth, Truth], other: tuple[Truth, Truth]
) -> None:
    before, after = (combine(a, b) for a, b in zip(one, other, strict=True))
    assert before in {UNKNOWN, after}
    assert ~before in {UNKNOWN, ~after}


@given(st.lists(truths, max_size=6))
def test_all_of_holds_where_each_does(known: list[Truth]) -> None:
    assert all_of(iter(known)) is agreed(map(all, completions(known)))


@given(st.lists(truths, max_size=6))
def test_any_of_holds_where_some_one_does(known: list[Truth]) -> None:
    assert any_of(iter(known)) is agreed(map(any, completions(known)))


@given(st.integers(-1, 7), st.lists(truths, max_size=6))
def test_at_least_counts_those_that_hold(count: int, known: list[Truth]) -> None:
    assert at_least(count, iter(known)) is agreed(sum(held) >= count for held in completions(known))


def test_a_known_truth_is_a_bool() -> None:
    assert [bool(FALSE), bool(TRUE)] == [False, True]
    assert [Truth.of(known) for known in (False, None, True)] == [FALSE, UNKNOWN, TRUE]


@pytest.mark.parametrize(
    "use",
    [bool, lambda truth: not truth, lambda truth: truth and 1, lambda truth: all([truth])],
    ids=["bool", "not", "and", "all"],
)
def test_an_unknown_is_never_used_as_a_bool(use: Callable[[Truth], object]) -> None:
    with pytest.raises(UndeterminedTruth, match=r"is Truth\.TRUE") as caught:
        use(UNKNOWN)
    assert isinstance(caught.value, CommedError)
    assert isinstance(caught.value, TypeError)


def test_an_unknown_says_what_to_ask_instead() -> None:
    with pytest.raises(UndeterminedTruth) as caught:
        bool(UNKNOWN)
    assert str(caught.value) == (
        "this truth is unknown, so it has no bool; ask `is Truth.TRUE`, `is Truth.FALSE` or "
        "`is Truth.UNKNOWN`"
    )


@pytest.mark.parametrize("combine", [and_, or_])
def test_a_truth_is_combined_with_truths_only(combine: Callable[[Any, Any], object]) -> None:
    with pytest.raises(TypeError):
        combine(TRUE, "true")
