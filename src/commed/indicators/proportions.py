"""Shares seen in a sample: between which ends the share among all lies, at a confidence.

Nothing is rounded to the nearest. Each end is a decimal number that is proved, in whole numbers
or in sums rounded to one side, to lie no further in than the true bound.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import ceil, floor, isqrt

from commed.quantities import Interval
from commed.quantities.enclosures import DIGITS, outward

__all__ = ["DEFAULT_CONFIDENCE", "clopper_pearson", "normal_quantile", "wilson"]

DEFAULT_CONFIDENCE = Fraction(95, 100)
"""In what part of many samples such an interval holds the true share."""

_STEPS: int = 10**DIGITS
"""How many steps there are to 1: ends are whole numbers of steps."""

_GUARD = 3 * DIGITS


def wilson(
    positive: Interval, answered: int, confidence: Fraction = DEFAULT_CONFIDENCE
) -> Interval:
    """Return the Wilson score interval (威尔逊区间) of a share, between 0 and 1.

    Of those who `answered`, `positive` said yes: an interval where their number is not exactly
    known, whose fewest give the lower end and whose most give the upper. Raises `ValueError`
    where nobody answered, `positive` is not within 0 and `answered`, or the confidence is not
    strictly within 0 and 1.
    """
    fewest, most = _checked(positive, answered)
    wide = _quantile(confidence)[1]

    def low(count: Fraction) -> Fraction:
        spread = _root_above(count * (answered - count) / answered + wide**2 / 4)
        return max(Fraction(0), (count + wide**2 / 2 - wide * spread) / (answered + wide**2))

    return outward(_mirrored(low, fewest, answered - most))


def clopper_pearson(
    positive: Interval, answered: int, confidence: Fraction = DEFAULT_CONFIDENCE
) -> Interval:
    """Return the exact binomial interval (克洛珀–皮尔逊区间) of a share, between 0 and 1.

    Whatever the true share, it holds it at least as often as the confidence says; `wilson` does so
    about as often on average, and is mostly narrower.
    Where `positive` is an interval, its ends are taken outwards to whole numbers. Raises
    `ValueError` as `wilson` does. Takes a second or so where a million answered.
    """
    fewest, most = _checked(positive, answered)
    context = _context(ROUND_FLOOR, _GUARD)
    risk = _decimal((1 - _within_0_and_1(confidence)) / 2, context)
    return _mirrored(
        lambda count: _least_share(floor(count), answered, risk), fewest, answered - most
    )


def normal_quantile(confidence: Fraction) -> Interval:
    """Return how far from its mean, in standard deviations, a normal variable strays at most.

    It does so with this probability: 1.96 (标准正态分布双侧分位数) for 0.95. Raises `ValueError`
    where the confidence is not strictly within 0 and 1.
    """
    return Interval(*_quantile(confidence))


def _checked(positive: Interval, answered: int) -> tuple[Fraction, Fraction]:
    if answered < 1:
        raise ValueError(f"expected at least 1 answer, found {answered}")
    low, high = positive.low, positive.high
    if low is None or high is None or low < 0 or high > answered:
        message = f"expected between 0 and {answered} positive answers, found {positive}"
        raise ValueError(message)
    return low, high


def _within_0_and_1(confidence: Fraction) -> Fraction:
    if not 0 < confidence < 1:
        message = f"expected a confidence above 0 and below 1, found {confidence}"
        raise ValueError(message)
    return confidence


def _mirrored(low: Callable[[Fraction], Fraction], yes: Fraction, no: Fraction) -> Interval:
    """Return the interval from a lower bound: the most yes are one less the fewest no."""
    return Interval(low(yes), 1 - low(no))


def _root_above(value: Fraction) -> Fraction:
    scale = 10**_GUARD
    return Fraction(isqrt(floor(value * scale**2)) + 1, scale)


def _context(rounding: str, digits: int) -> Context:
    return Context(prec=digits, rounding=rounding, Emax=MAX_EMAX, Emin=MIN_EMIN)


def _decimal(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


# The binomial tail. Up to the share seen, P(X >= count) grows with the true share; the lower
# bound is where it reaches the risk.


def _least_share(count: int, answered: int, risk: Decimal) -> Fraction:
    """Return the greatest number of steps at which so many yes are proved to be this unlikely."""
    context = _context(ROUND_CEILING, _GUARD)
    ways = _ways(count, answered, context)

    def tail(step: int) -> Decimal:
        yes = _power(step, count, context)
        no = _power(_STEPS - step, answered - count, context)
        first = context.multiply(ways, context.multiply(yes, no))
        sums = context.multiply(first, _sum_over_first(step, count, answered))
        return context.scaleb(sums, -DIGITS * answered - _GUARD)

    below_share_seen = range(1, ceil(Fraction(count * _STEPS, answered)))
    return Fraction(bisect_right(below_share_seen, risk, key=tail), _STEPS)


def _ways(chosen: int, total: int, context: Context) -> Decimal:
    """Return a bound of the binomial coefficient, whose exact digits would take too long."""
    ways, fewer = Decimal(1), min(chosen, total - chosen)
    for index in range(1, fewer + 1):
        ways = context.divide(context.multiply(ways, total - fewer + index), index)
    return ways


def _power(base: int, exponent: int, context: Context) -> Decimal:
    """Return a bound of the power: that of `decimal` is not rounded to the side asked for."""
    power = Decimal(1)
    for bit in f"{exponent:b}":
        power = context.multiply(power, power)
        if bit == "1":
            power = context.multiply(power, base)
    return power


def _sum_over_first(step: int, count: int, answered: int) -> int:
    """Return, rounded up, 10**_GUARD times P(X >= count) / P(X = count).

    Each term is less than the one before, by a ratio that falls: once a term is negligible, a
    geometric series bounds the rest.
    """
    term: int = 10**_GUARD
    total, negligible = term, 10 ** (_GUARD // 2)
    for successes in range(count, answered):
        up, down = (answered - successes) * step, (successes + 1) * (_STEPS - step)
        if term < negligible:
            return total + -(-term * up // (down - up))
        term = -(-term * up // down)
        total += term
    return total


# The normal quantile z. The confidence is sqrt(2 / pi) exp(-z² / 2) (z + z³/3 + z⁵/(3·5) + …).


@cache
def _quantile(confidence: Fraction) -> tuple[Fraction, Fraction]:
    """Return the steps next to the quantile, each proved to be on its side of it.

    The true values grow with the step, so what one comparison proves holds beyond it.
    """
    rarely = ceil(1 / (1 - _within_0_and_1(confidence)))
    digits = _GUARD + len(str(rarely))
    below, above = (_context(side, digits) for side in (ROUND_FLOOR, ROUND_CEILING))
    least, most = (confidence**2 * pi / 2 for pi in _pi(digits))
    # exp(-z² / 2) is no less than 1 - confidence, and so z² no more than twice the bits of rarely
    steps = range(1, _STEPS * (isqrt(2 * rarely.bit_length()) + 1))
    low = bisect_right(steps, _decimal(least, below), key=lambda z: _confidence_at(z, above))
    high = bisect_left(steps, _decimal(most, above), key=lambda z: _confidence_at(z, below))
    return Fraction(low, _STEPS), Fraction(high + 1, _STEPS)


def _confidence_at(step: int, context: Context) -> Decimal:
    """Return a bound, on the side the context rounds to, of confidence² pi / 2 at so many steps."""
    upwards = context.rounding == ROUND_CEILING
    square = Decimal(f"{step**2}e-{2 * DIGITS}")
    negligible = Decimal(f"1e-{context.prec}")
    term = total = Decimal(1)
    odd = 1
    while term > negligible or odd < 2 * square:
        odd += 2
        term = context.divide(context.multiply(term, square), odd)
        total = context.add(total, term)
    if upwards:  # each further term is at most half the one before
        total = context.add(total, term)
    to_the_side = context.next_plus if upwards else context.next_minus
    density = to_the_side(context.exp(square.copy_negate()))  # rounded to the nearest by `decimal`
    return context.multiply(context.multiply(density, square), context.multiply(total, total))


def _pi(digits: int) -> tuple[Fraction, Fraction]:
    """Return numbers below and above pi by Machin's formula, 16 arctan 1/5 - 4 arctan 1/239."""
    (least, most), (less, more) = _arctan(5, digits), _arctan(239, digits)
    return 16 * least - 4 * more, 16 * most - 4 * less


def _arctan(reciprocal: int, terms: int) -> tuple[Fraction, Fraction]:
    """Return two sums next to each other of the alternating series: the true value is between."""
    series = ((2 * k + 1, (-1) ** k) for k in range(terms))
    *_, one, other = accumulate(Fraction(sign, odd * reciprocal**odd) for odd, sign in series)
    return min(one, other), max(one, other)
