"""Verbs that go beyond one figure: its spread over places, its change, what a sample tells."""

from decimal import Decimal
from fractions import Fraction

from commed.checks import found
from commed.indicators.balance import Balance, balanced
from commed.indicators.catalogue import Where, definition, measure, questioned
from commed.indicators.change import Change
from commed.indicators.measurement import UnsupportedQuestion
from commed.indicators.voice import Estimate, estimated
from commed.periods import Period
from commed.places import DivisionCode, Level
from commed.records.surveys import SurveyQuestion
from commed.register import Register

__all__ = ["balance", "change", "estimate"]


def balance(
    indicator: str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    across: Level | None = None,
) -> Balance:
    """Return how evenly an indicator per head is spread over the parts of a division (均衡).

    The parts are the divisions of the level `across`, by default of the next lower level that
    any is recorded of. A count or an amount is divided by the residents of each part. Raises as
    `measure` does.
    """
    return balanced(definition(indicator), questioned(register, period, division), across)


def change(
    indicator: str,
    register: Register,
    *,
    earlier: Period,
    later: Period,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
) -> Change:
    """Return how an indicator changed from one period to a later one (变化).

    Raises as `measure` does.
    """
    before, after = (
        measure(indicator, register, period=period, division=division, where=where)
        for period in (earlier, later)
    )
    return Change(earlier=before, later=after)


def estimate(
    question: SurveyQuestion | str,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    confidence: Fraction | Decimal = Decimal("0.95"),
) -> Estimate:
    """Return what surveys tell of everybody, at a confidence strictly between 0 and 1 (抽样估计).

    Raises `UnsupportedQuestion` for another confidence, and as `measure` does.
    """
    if not _is_between_0_and_1(confidence):
        raise UnsupportedQuestion(
            "expected an exact confidence strictly between 0 and 1, such as Decimal('0.95'), "
            f"found {found(confidence)}"
        )
    kinds = {each.value: each for each in SurveyQuestion}
    asked_of = kinds.get(question) if isinstance(question, str) else question
    if not isinstance(asked_of, SurveyQuestion):
        raise UnsupportedQuestion(
            f"no survey asks {found(question)}; is it one of {', '.join(kinds)}?"
        )
    asked = questioned(register, period, division)
    return estimated(asked_of, asked, Fraction(confidence))


def _is_between_0_and_1(confidence: object) -> bool:
    if isinstance(confidence, Decimal):
        return confidence.is_finite() and 0 < confidence < 1
    return isinstance(confidence, Fraction) and 0 < confidence < 1
