"""Voice: what surveys tell of everybody is what one survey of all who answered would tell.

The intervals are held against statsmodels; who did not answer is not guessed at.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

import commed
from commed.evidence import EDUCATION
from commed.indicators import Measurement, UnsupportedQuestion, measure
from commed.indicators.comparing import estimate
from commed.indicators.voice import Estimate
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.surveys import Survey, SurveyQuestion
from commed.references import Collection
from commed.register import Register

HERE, PART, ELSEWHERE = "510112", "510112001", "510113"
YEAR = Period.year(2024)
NEAR = 1e-9  # as far as the oracle, which is a float, is trusted
SATISFIED = SurveyQuestion.SATISFACTION
RATE = "survey-response-rate"


def register(*told: dict[str, Any]) -> Register:
    fixed: dict[str, Any] = {"division": HERE, "on": date(2024, 6, 1), "question": SATISFIED}
    surveys: Any = [Survey(**fixed | {"id": f"s{index}"} | each) for index, each in enumerate(told)]
    places: Any = [Division(id=key, name=key) for key in (HERE, PART, ELSEWHERE)]
    return Register(jurisdiction=HERE, divisions=places, surveys=surveys)


def found(*told: dict[str, Any], **question: Any) -> Estimate:
    return estimate(SATISFIED, register(*told), **{"period": YEAR} | question)


def measured(indicator: str, *told: dict[str, Any]) -> Measurement:
    return measure(indicator, register(*told), period=YEAR)


def sized(positive: int, answered: int, asked: int | None = None) -> dict[str, Any]:
    return {"positive": positive, "answered": answered, "asked": asked}


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return float(interval.low), float(interval.high)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    """Draw how many said yes, how many answered, and how many were asked."""
    asked = draw(st.integers(1, 300))
    answered = draw(st.integers(1, asked))
    return draw(st.integers(0, answered)), answered, asked


confidences = st.sampled_from(
    [Decimal("0.9"), Decimal("0.95"), Decimal("0.99"), Fraction(9, 10), Fraction(99, 100)]
)


# --- one survey of everybody -----------------------------------------------------------


@given(st.lists(samples(), min_size=1, max_size=4), confidences)
def test_surveys_are_pooled_as_if_they_were_one(
    told: list[tuple[int, int, int]], confidence: Fraction | Decimal
) -> None:
    positive, answered, asked = (sum(column) for column in zip(*told, strict=True))
    pooled = found(*(sized(*each) for each in told), confidence=confidence)
    one = found(sized(positive, answered, asked), confidence=confidence)
    for each in (pooled, one):
        assert each.point == Interval.exactly(Fraction(positive, answered))
        assert each.positive == Interval.exactly(positive)
        assert (each.answered, each.asked) == (answered, asked)
        assert each.confidence == Fraction(confidence)
        assert each.non_response == 1 - Fraction(answered, asked)
        assert each.needs == ()
        assert each.wilson == one.wilson
        assert each.clopper_pearson == one.clopper_pearson
    assert len(pooled.evidence) == len(told)
    alpha = float(1 - Fraction(confidence))
    for method, ours in (("wilson", pooled.wilson), ("beta", pooled.clopper_pearson)):
        theirs = proportion_confint(positive, answered, alpha=alpha, method=method)
        assert ends(ours) == pytest.approx(theirs, rel=0, abs=NEAR)


@pytest.mark.parametrize("question", SurveyQuestion)
def test_the_indicator_is_the_interval_of_wilson_at_95_percent(question: SurveyQuestion) -> None:
    told = sized(84, 100) | {"question": question}
    measurement = measured(question.value, told)
    estimated = estimate(question, register(told), period=YEAR, confidence=Fraction(95, 100))
    assert measurement.value == estimated.wilson
    assert ends(measurement.value) == pytest.approx(
        proportion_confint(84, 100, alpha=0.05, method="wilson"), rel=0, abs=NEAR
    )
    assert measurement.unit is Unit.RATIO
    assert measurement.numerator == Quantity.exactly(84, Unit.PERSONS)
    assert measurement.denominator == Quantity.exactly(100, Unit.PERSONS)
    assert [need.what.en for need in measurement.needs] == [
        f"a survey of {question.label_en} that asks more people"
    ]
    for other in set(SurveyQuestion) - {question}:
        assert measured(other.value, told).value is None


def test_a_question_may_be_named_by_its_key_and_is_asked_at_95_percent() -> None:
    known = register(sized(8, 10))
    assert estimate("satisfaction", known) == estimate(
        SATISFIED, known, confidence=Fraction(95, 100)
    )


def test_more_confidence_is_wider_and_either_interval_holds_the_point() -> None:
    told = sized(30, 40)
    inner, outer = (found(told, confidence=Decimal(level)) for level in ("0.9", "0.99"))
    for narrow, wide in (
        (inner.wilson, outer.wilson),
        (inner.clopper_pearson, outer.clopper_pearson),
    ):
        assert narrow is not None
        assert wide is not None
        assert Fraction(3, 4) in narrow
        assert narrow.intersection(wide) == narrow != wide


@pytest.mark.parametrize(
    "apart",
    [
        {"division": PART},
        {"division": ELSEWHERE},
        {"on": date(2023, 12, 31)},
        {"on": date(2025, 1, 1)},
        {"question": SurveyQuestion.AWARENESS},
    ],
    ids=["part", "elsewhere", "before", "after", "question"],
)
def test_a_survey_of_another_place_time_or_question_is_left_out(apart: dict[str, Any]) -> None:
    own, other = sized(8, 10, 12), sized(1, 50, 60) | apart
    assert found(own, other) == found(own)
    alone = found(other)
    assert (alone.point, alone.evidence) == (None, ())
    split = measure("satisfaction", register(own, other), period=YEAR, by="township")
    assert (split[PART].value is not None) == (apart.get("division") == PART)


def test_the_first_and_last_day_count_and_without_a_period_every_day_does() -> None:
    told = [sized(1, 2) | {"on": day} for day in (YEAR.first, YEAR.last, date(1999, 1, 1))]
    assert found(*told).answered == 4
    assert found(*told, period=None).answered == 6


# --- who did not answer, and shares alone ----------------------------------------------


def test_non_response_is_told_where_every_survey_tells_it() -> None:
    assert found(sized(5, 10, 40), sized(5, 10, 10)).non_response == Fraction(3, 5)
    partly = found(sized(5, 10, 40), sized(5, 10))
    assert (partly.asked, partly.non_response, partly.answered) == (None, None, 20)
    assert partly.wilson == found(sized(10, 20)).wilson


def test_a_share_without_a_size_is_a_point_and_nothing_is_inferred() -> None:
    alone = found({"share": "80%以上", "asked": 100})
    assert alone.point == Interval(Fraction(4, 5), 1)
    assert (alone.positive, alone.answered, alone.asked) == (None, None, None)
    assert (alone.wilson, alone.clopper_pearson, alone.non_response) == (None, None, None)
    assert [(need.collection, need.supplier) for need in alone.needs] == [
        (Collection.SURVEYS, EDUCATION)
    ]
    assert measured("satisfaction", {"share": "80%以上"}).value == alone.point
    both = found({"share": "80%以上"}, {"share": "70%"})
    assert both.point == Interval(Fraction(7, 10), 1)


@pytest.mark.parametrize(
    ("words", "low", "high"), [("80%", 80, 80), ("80%以上", 80, 100), ("75%至85%", 75, 85)]
)
def test_a_share_with_a_size_tells_how_many_said_yes(words: str, low: int, high: int) -> None:
    told = found({"share": words, "answered": 100, "asked": 125})
    assert told.positive == Interval(low, high)
    assert told.point == Interval(Fraction(low, 100), Fraction(high, 100))
    assert told.non_response == Fraction(1, 5)
    fewest, most = (found(sized(count, 100)) for count in (low, high))
    for ours, least, greatest in (
        (told.wilson, fewest.wilson, most.wilson),
        (told.clopper_pearson, fewest.clopper_pearson, most.clopper_pearson),
    ):
        assert ends(ours) == (ends(least)[0], ends(greatest)[1])


def test_counts_and_sized_shares_are_pooled_and_unsized_ones_left_out() -> None:
    mixed = found(sized(90, 100, 100), {"share": "75%至85%", "answered": 100}, {"share": "1%"})
    assert mixed.positive == Interval(165, 175)
    assert mixed.answered == 200
    assert mixed.asked is None
    assert {evidence.key for evidence in mixed.evidence} == {"s0", "s1"}


def test_no_survey_gives_no_value_and_a_need() -> None:
    nothing = found()
    assert (nothing.point, nothing.wilson, nothing.clopper_pearson) == (None, None, None)
    assert [need.what.en for need in nothing.needs] == [
        "a survey of satisfaction, with how many answered"
    ]
    measurement = measured("satisfaction")
    assert (measurement.value, measurement.numerator, measurement.denominator) == (None, None, None)
    assert measurement.needs == nothing.needs


# --- the response rate -----------------------------------------------------------------


@given(st.lists(samples(), min_size=1, max_size=4))
def test_the_response_rate_is_of_all_surveys_together(told: list[tuple[int, int, int]]) -> None:
    _, answered, asked = (sum(column) for column in zip(*told, strict=True))
    rate = measured(RATE, *(sized(*each) for each in told))
    assert rate.value == Interval.exactly(Fraction(answered, asked))
    assert rate.numerator == Quantity.exactly(answered, Unit.PERSONS)
    assert rate.denominator == Quantity.exactly(asked, Unit.PERSONS)
    assert rate.needs == ()


@pytest.mark.parametrize("untold", [sized(1, 2), {"share": "80%", "asked": 9}, {"share": "80%"}])
def test_there_is_no_response_rate_where_a_survey_does_not_tell(untold: dict[str, Any]) -> None:
    for told in ((untold,), (sized(1, 2, 3), untold)):
        rate = measured(RATE, *told)
        assert rate.value is None
        assert [need.collection for need in rate.needs] == [Collection.SURVEYS]
    assert measured(RATE).value is None
    apart = untold | {"division": PART}
    assert measured(RATE, sized(1, 2, 3), apart).value == Interval.exactly(Fraction(2, 3))


# --- what is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    "confidence",
    [
        0.95,
        0,
        1,
        95,
        True,
        "0.95",
        None,
        Decimal(0),
        Decimal(1),
        Decimal(95),
        Fraction(-1, 2),
        Fraction(3, 2),
        Decimal("Infinity"),
        Decimal("-Infinity"),
        Decimal("NaN"),
        Decimal("sNaN"),
    ],
    ids=repr,
)
def test_another_confidence_is_refused_and_one_is_suggested(confidence: Any) -> None:
    with pytest.raises(UnsupportedQuestion, match=r"strictly between 0 and 1.*Decimal\('0.95'\)"):
        found(sized(8, 10), confidence=confidence)


@pytest.mark.parametrize(
    "question",
    ["happiness", "Satisfaction", "满意度", "", None, 5],
)
def test_an_unknown_question_is_refused_and_the_known_are_told(question: Any) -> None:
    with pytest.raises(UnsupportedQuestion, match="awareness, approval, satisfaction"):
        estimate(question, register(sized(8, 10)))


def test_an_unknown_place_and_a_period_that_is_none_are_refused() -> None:
    with pytest.raises(UnsupportedQuestion, match="not recorded"):
        found(sized(8, 10), division="510999")
    with pytest.raises(UnsupportedQuestion, match="expected a period"):
        found(sized(8, 10), period=2024)


def test_an_estimate_reads_well() -> None:
    known = commed.example("made-up-district")
    told = str(estimate("satisfaction", known, period=YEAR, confidence=Decimal("0.9")))
    head, interval, silent = told.splitlines()
    assert head == "satisfaction, district: 0.85 of 200 who answered"
    assert interval.startswith("  at 90% confidence [0.80")
    assert interval.endswith("] of all (Wilson)")
    assert silent == "  not answered: 0.2 of those asked"
    approval = str(estimate("approval", known, period=YEAR)).splitlines()
    assert approval[0] == "approval, district: [0.8, 1]"
    assert approval[1:] == [
        f"  needs {need}" for need in estimate("approval", known, period=YEAR).needs
    ]
    nothing = str(estimate("approval", known, period=Period.year(1999)))
    assert nothing.splitlines()[0] == "approval, district: no value"
