"""Intervals of a share seen in a sample: on the outer side of the true bounds, by 2e-12 at most.

What the ends are is told anew here: by statsmodels and published tables to their digits, by the
defining equations exactly.
"""

from decimal import Decimal
from fractions import Fraction
from math import comb, factorial
from statistics import NormalDist
from typing import Protocol

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

from commed.indicators.proportions import (
    DEFAULT_CONFIDENCE,
    clopper_pearson,
    normal_quantile,
    wilson,
)
from commed.quantities import Interval

NEAR = 1e-9  # as far as the oracles, which are floats, are trusted
CLOSE = Fraction(2, 10**12)
ONE = Interval.exactly(1)
PI = Fraction(Decimal("3.14159265358979323846264338327950288419716939937510"))


class Method(Protocol):
    def __call__(
        self, positive: Interval, answered: int, confidence: Fraction = ..., /
    ) -> Interval: ...


METHODS: dict[str, Method] = {"wilson": wilson, "beta": clopper_pearson}
each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

confidences = st.sampled_from(
    [Fraction(parts, 1000) for parts in (1, 50, 333, 500, 683, 800, 900, 950, 990, 999)]
)


@st.composite
def samples(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    """Draw how many said yes and how many answered; often nobody or everybody said yes."""
    answered = draw(st.integers(1, most))
    positive = draw(st.integers(0, answered) | st.sampled_from([0, 1, answered - 1, answered]))
    return positive, answered


def ends(interval: Interval) -> tuple[Fraction, Fraction]:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


def of(method: Method, positive: int | Fraction, answered: int, confidence: Fraction) -> Interval:
    return method(Interval.exactly(positive), answered, confidence)


def lies_in(inner: Interval, outer: Interval) -> bool:
    return inner.intersection(outer) == inner


@pytest.mark.parametrize("name", METHODS)
@given(sample=samples(), confidence=confidences)
@example(sample=(10_000, 10_000), confidence=DEFAULT_CONFIDENCE)
@example(sample=(4_321, 10_000), confidence=Fraction(999_999, 10**6))
@example(sample=(500_000, 10**6), confidence=DEFAULT_CONFIDENCE)
@example(sample=(999_999, 10**6), confidence=Fraction(99, 100))
def test_statsmodels_finds_the_same_ends(
    name: str, sample: tuple[int, int], confidence: Fraction
) -> None:
    theirs = proportion_confint(*sample, alpha=float(1 - confidence), method=name)
    ours = ends(of(METHODS[name], *sample, confidence))
    assert [float(end) for end in ours] == pytest.approx(theirs, rel=0, abs=NEAR)


NEWCOMBE = {  # Statistics in Medicine 17 (1998), pages 857-872: score, then exact
    (81, 263): (("0.2553", "0.3662"), ("0.2527", "0.3676")),
    (15, 148): (("0.0624", "0.1605"), ("0.0578", "0.1617")),
    (0, 20): (("0.0000", "0.1611"), ("0.0000", "0.1684")),
    (1, 29): (("0.0061", "0.1718"), ("0.0009", "0.1776")),
}


@pytest.mark.parametrize("sample", NEWCOMBE, ids=str)
def test_the_ends_are_those_that_newcombe_published(sample: tuple[int, int]) -> None:
    for method, published in zip((wilson, clopper_pearson), NEWCOMBE[sample], strict=True):
        positive, answered = sample
        found = ends(method(Interval.exactly(positive), answered))
        assert tuple(f"{float(end):.4f}" for end in found) == published


def discord(share: Fraction, positive: Fraction, answered: int) -> Fraction:
    """Tell by how many squared standard errors a share differs from the one seen."""
    variance = answered * share * (1 - share)
    return (positive - answered * share) ** 2 / variance


@given(samples(most=10**6), st.integers(0, 9), confidences)
def test_the_lower_end_of_wilson_solves_its_equation(
    sample: tuple[int, int], tenths: int, confidence: Fraction
) -> None:
    positive, answered = Fraction(sample[0] * 10 - tenths, 10), sample[1]
    assume(positive > 0)
    narrow, wide = ends(normal_quantile(confidence))
    low, _ = ends(of(wilson, positive, answered, confidence))
    assert low == 0 or discord(low, positive, answered) >= narrow**2
    inside = low + CLOSE
    assert inside >= positive / answered or discord(inside, positive, answered) <= wide**2


def tail(share: Fraction, least: int, answered: int) -> Fraction:
    """Tell exactly how likely so many or more say yes."""
    return sum(
        (
            comb(answered, count) * share**count * (1 - share) ** (answered - count)
            for count in range(least, answered + 1)
        ),
        Fraction(0),
    )


@given(samples(most=25), confidences)
@example((1, 1), DEFAULT_CONFIDENCE)
@example((7, 25), Fraction(1, 3))
def test_at_the_lower_end_of_clopper_and_pearson_the_sample_is_unlikely_and_inside_it_is_not(
    sample: tuple[int, int], confidence: Fraction
) -> None:
    low, _ = ends(of(clopper_pearson, *sample, confidence))
    if sample[0] == 0:
        assert low == 0
        return
    assert tail(low, *sample) <= (1 - confidence) / 2
    assert tail(low + CLOSE, *sample) > (1 - confidence) / 2


@given(confidences, st.integers(1, 12))
def test_clopper_and_pearson_hold_any_true_share_often_enough(
    confidence: Fraction, answered: int
) -> None:
    intervals = [of(clopper_pearson, yes, answered, confidence) for yes in range(answered + 1)]
    for share in (Fraction(twentieths, 20) for twentieths in range(21)):
        likelihoods = [
            comb(answered, yes) * share**yes * (1 - share) ** (answered - yes)
            for yes, interval in enumerate(intervals)
            if share in interval
        ]
        assert sum(likelihoods) >= confidence


@each_method
@given(sample=samples(), confidence=confidences)
def test_yes_and_no_mirror_each_other(
    method: Method, sample: tuple[int, int], confidence: Fraction
) -> None:
    positive, answered = sample
    mirrored = of(method, answered - positive, answered, confidence)
    assert mirrored == ONE - of(method, positive, answered, confidence)


@each_method
@given(sample=samples(), confidence=confidences)
def test_the_share_seen_lies_inside(
    method: Method, sample: tuple[int, int], confidence: Fraction
) -> None:
    interval = of(method, *sample, confidence)
    assert Fraction(*sample) in interval
    assert lies_in(interval, Interval(0, 1))


@each_method
@given(sample=samples(), confidence=confidences)
def test_the_ends_have_at_most_twelve_decimals(
    method: Method, sample: tuple[int, int], confidence: Fraction
) -> None:
    for end in ends(of(method, *sample, confidence)):
        assert (end * 10**12).denominator == 1


@each_method
@pytest.mark.parametrize("answered", [1, 7, 1000])
def test_where_all_agree_one_end_is_exact(method: Method, answered: int) -> None:
    assert method(Interval.exactly(0), answered).low == 0
    assert method(Interval.exactly(answered), answered).high == 1


@each_method
@given(sample=samples(), confidence=confidences)
def test_one_more_yes_gives_higher_ends(
    method: Method, sample: tuple[int, int], confidence: Fraction
) -> None:
    positive, answered = sample
    assume(positive < answered)
    low, high = ends(of(method, positive, answered, confidence))
    higher_low, higher_high = ends(of(method, positive + 1, answered, confidence))
    assert low < higher_low
    assert high < higher_high


@each_method
@given(sample=samples(), confidence=confidences, other=confidences)
def test_more_confidence_gives_a_wider_interval(
    method: Method, sample: tuple[int, int], confidence: Fraction, other: Fraction
) -> None:
    less, more = sorted((confidence, other))
    assert lies_in(of(method, *sample, less), of(method, *sample, more))


@each_method
@given(sample=samples(most=300), times=st.integers(2, 5), confidence=confidences)
def test_more_answers_with_the_same_share_give_a_narrower_interval(
    method: Method, sample: tuple[int, int], times: int, confidence: Fraction
) -> None:
    positive, answered = sample
    larger = of(method, positive * times, answered * times, confidence)
    assert lies_in(larger, of(method, positive, answered, confidence))
    assert larger != of(method, positive, answered, confidence)


@given(samples(), st.data(), confidences)
def test_an_inexact_number_of_yes_counts_at_its_ends(
    sample: tuple[int, int], data: st.DataObject, confidence: Fraction
) -> None:
    most, answered = sample
    fewest = data.draw(st.fractions(0, most, max_denominator=100))
    low, _ = ends(of(wilson, fewest, answered, confidence))
    _, high = ends(of(wilson, most, answered, confidence))
    assert wilson(Interval(fewest, most), answered, confidence) == Interval(low, high)


def test_an_inexact_number_of_yes_is_taken_outwards_to_whole_people() -> None:
    stated = Interval(Fraction(23, 10), Fraction(41, 10))
    assert clopper_pearson(stated, 10) == clopper_pearson(Interval(2, 5), 10)
    few, many = (ends(clopper_pearson(Interval.exactly(yes), 10)) for yes in (2, 5))
    assert clopper_pearson(stated, 10) == Interval(few[0], many[1])


@each_method
def test_the_confidence_is_ninety_five_percent_unless_told(method: Method) -> None:
    assert method(Interval.exactly(3), 10) == of(method, 3, 10, Fraction("0.95"))


def area(z: Fraction) -> Fraction:
    """Tell the area under exp(-t²/2) from 0 to z: π/2 is the square of all of it."""
    terms = (
        Fraction((-1) ** k, 2**k * factorial(k) * (2 * k + 1)) * z ** (2 * k + 1) for k in range(80)
    )
    return sum(terms, Fraction(0))


@pytest.mark.parametrize(
    "confidence",
    ["0.001", "0.3", "0.5", "0.8", "0.9", "0.95", "0.99", "0.999", "0.999999"],
)
def test_the_quantile_lies_between_its_ends_and_they_are_neighbours(confidence: str) -> None:
    low, high = ends(normal_quantile(Fraction(confidence)))
    sought = Fraction(confidence) ** 2 * PI / 2
    assert area(low) ** 2 < sought < area(high) ** 2
    assert high - low == Fraction(1, 10**12)


@given(st.fractions(Fraction(1, 10**6), 1 - Fraction(1, 10**10), max_denominator=10**10))
def test_the_standard_library_finds_the_same_quantile(confidence: Fraction) -> None:
    theirs = -NormalDist().inv_cdf(float((1 - confidence) / 2))
    ours = [float(end) for end in ends(normal_quantile(confidence))]
    assert ours == pytest.approx([theirs, theirs], rel=0, abs=NEAR)


def test_the_quantile_is_enclosed_where_floats_give_up() -> None:
    low, high = ends(normal_quantile(1 - Fraction(1, 10**40)))
    theirs = -NormalDist().inv_cdf(0.5e-40)
    assert float(low) == pytest.approx(theirs, rel=0, abs=NEAR)
    assert high - low == Fraction(1, 10**12)
    assert normal_quantile(Fraction(1, 10**20)) == Interval(0, Fraction(1, 10**12))


@each_method
@pytest.mark.parametrize(
    ("positive", "answered", "reason"),
    [
        (Interval(0, 0), 0, "expected at least 1 answer, found 0"),
        (Interval(0, 0), -5, "expected at least 1 answer, found -5"),
        (Interval(3, 11), 10, r"expected between 0 and 10 positive answers, found \[3, 11\]"),
        (Interval(-1, 3), 10, r"expected between 0 and 10 positive answers, found \[-1, 3\]"),
        (Interval(3, None), 10, r"expected between 0 and 10 positive answers, found \[3, ∞\)"),
        (Interval(None, 3), 10, r"expected between 0 and 10 positive answers, found \(-∞, 3\]"),
    ],
)
def test_more_yes_than_answers_are_refused(
    method: Method, positive: Interval, answered: int, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        method(positive, answered)


@pytest.mark.parametrize("percent", [-1, 0, 100, 9500])
def test_a_confidence_that_is_no_part_of_one_is_refused(percent: int) -> None:
    confidence = Fraction(percent, 100)
    reason = f"expected a confidence above 0 and below 1, found {confidence}"
    with pytest.raises(ValueError, match=reason):
        normal_quantile(confidence)
    for method in METHODS.values():
        with pytest.raises(ValueError, match=reason):
            of(method, 3, 10, confidence)
