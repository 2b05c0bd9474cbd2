"""People, money, staff and surveys: figures in their unit that fit together."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from commed.errors import InvalidValue
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import Headcount, LearningEvent, Mode
from commed.records.resources import (
    Funding,
    FundingStage,
    Population,
    PopulationBase,
    Staffing,
    StaffRole,
)
from commed.records.surveys import Survey, SurveyQuestion
from commed.wording import UnreadableQuantity

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)

SAMPLES: dict[type, dict[str, Any]] = {
    LearningEvent: {
        "id": "event",
        "date": DAY,
        "division": PLACE,
        "mode": Mode.ON_SITE,
        "attendances": ["a", "b"],
        "headcount": "40余人",
    },
    Headcount: {"persons": 5},
    Population: {"division": PLACE, "on": LAST, "persons": "约90万人"},
    Funding: {
        "id": "grant",
        "division": PLACE,
        "period": Period.year(2018),
        "amount": "300万元",
        "stage": FundingStage.BUDGETED,
    },
    Staffing: {
        "id": "staff",
        "on": LAST,
        "role": StaffRole.FULL_TIME,
        "persons": "10余人",
        "division": PLACE,
    },
    Survey: {
        "id": "survey",
        "division": PLACE,
        "on": DAY,
        "question": SurveyQuestion.SATISFACTION,
        "positive": 3,
        "answered": 4,
        "asked": 5,
    },
}


def record(made: type, **changes: Any) -> Any:
    """Build the sample of this type with some of its fields changed."""
    return made(**SAMPLES[made] | changes)


def faults(made: type, **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        record(made, **changes)
    assert caught.value.subject == made.__name__
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("given_as", "low", "high"),
    [
        (5, Interval.exactly(5), None),
        ("40余人", Interval(40, 50, high_closed=False), "40余人"),
        ("三十人", Interval.exactly(30), "三十人"),
        ("12", Interval.exactly(12), "12"),
        (Quantity.exactly(7, Unit.PERSONS), Interval.exactly(7), None),
    ],
)
def test_a_number_of_persons_is_given_as_such_as_a_number_or_in_words(
    given_as: Any, low: Interval, high: str | None
) -> None:
    persons = Headcount(given_as).persons
    assert (persons.interval, persons.unit, persons.wording) == (low, Unit.PERSONS, high)
    assert record(LearningEvent, headcount=given_as, attendances=[]).headcount == Headcount(persons)
    assert record(Population, persons=given_as).persons == persons
    assert record(LearningEvent, headcount=Headcount(given_as), attendances=[]) == record(
        LearningEvent, headcount=given_as, attendances=[]
    )


@pytest.mark.parametrize(("made", "field"), [(Headcount, "persons"), (Population, "persons")])
@pytest.mark.parametrize(
    "wrong",
    [
        -1,
        Quantity.exactly(5, Unit.PERSON_TIMES),
        Quantity(Interval(-1, 5), Unit.PERSONS),
        Quantity(Interval(None, 5), Unit.PERSONS),
        Quantity.exactly(Fraction(1, 2), Unit.PERSONS),
    ],
)
def test_persons_are_counted_whole_and_in_persons(made: type, field: str, wrong: Any) -> None:
    ((path, message),) = faults(made, **{field: wrong})
    assert path == field
    assert message.startswith("expected a count in persons (人), not below zero, found ")


@pytest.mark.parametrize("wrong", [None, "许多人", "5人次", 2.5, True])
@pytest.mark.parametrize("made", [Headcount, Population])
def test_what_is_no_number_of_persons_is_refused(made: type, wrong: Any) -> None:
    with pytest.raises((InvalidValue, UnreadableQuantity)):
        record(made, persons=wrong)


def test_a_population_is_known_by_division_day_and_base() -> None:
    assert record(Population).key == "510112/2018-12-31/resident"
    registered = record(Population, base=PopulationBase.REGISTERED)
    assert registered.key == "510112/2018-12-31/registered"


@pytest.mark.parametrize(
    ("made", "field", "given_as", "low"),
    [
        (Funding, "amount", "300万元", 3_000_000),
        (Funding, "amount", 12, 12),
        (Survey, "share", "95%", Fraction(95, 100)),
        (Survey, "share", Quantity.exactly(Fraction(1, 3), Unit.RATIO), Fraction(1, 3)),
        (Staffing, "persons", "10余人", 10),
    ],
)
def test_a_figure_is_given_as_such_as_a_number_or_in_words(
    made: type, field: str, given_as: Any, low: Fraction | int
) -> None:
    alone = {"positive": None} if made is Survey else {}
    quantity = getattr(record(made, **alone | {field: given_as}), field)
    assert quantity.interval.low == low
    assert record(made, **alone | {field: quantity}) == record(made, **alone | {field: given_as})


@pytest.mark.parametrize(
    ("made", "field", "unit"),
    [(Funding, "amount", Unit.YUAN), (Survey, "share", Unit.RATIO)],
)
def test_a_figure_is_in_its_unit_and_not_below_zero(made: type, field: str, unit: Unit) -> None:
    for wrong in (
        Quantity.exactly(5, Unit.PERSONS),
        Quantity(Interval(-1, 1), unit),
        Quantity(Interval(None, 1), unit),
    ):
        ((path, message),) = faults(made, **{field: wrong})
        assert path == field
        expected = f"expected a quantity in {unit.label_en} ({unit.label_zh}), not below zero"
        assert message.startswith(expected)


def test_staff_belongs_to_an_organisation_or_a_division() -> None:
    assert faults(Staffing, division=None) == [
        ("", "expected an 'organisation' or a 'division', found neither: say whose")
    ]
    assert record(Staffing, division=None, organisation="station").organisation == "station"
    assert faults(Staffing, training_days=-1) == [
        ("training_days", "expected a number of at least 0, found -1")
    ]


EITHER = ("positive", "expected either 'positive' or a 'share', one of them")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"positive": None}, [EITHER]),
        ({"share": "75%"}, [EITHER]),
        (
            {"answered": None, "asked": None},
            [("answered", "expected how many answered, beside 'positive'")],
        ),
        ({"positive": 5}, [("positive", "expected at most the 4 of 'answered', found 5")]),
        ({"asked": 3}, [("answered", "expected at most the 3 of 'asked', found 4")]),
        (
            {"positive": None, "share": "超过100%"},
            [("share", "expected a share of at most 1, found (1, ∞)")],
        ),
        (
            {"positive": 6, "share": "101%", "asked": 3},
            [
                ("answered", "expected at most the 3 of 'asked', found 4"),
                EITHER,
                ("positive", "expected at most the 4 of 'answered', found 6"),
                ("share", "expected a share of at most 1, found 1.01"),
            ],
        ),
    ],
)
def test_the_numbers_of_a_survey_fit_together(
    changes: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    assert faults(Survey, **changes) == told


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"asked": None},
        {"positive": 4, "asked": 4},
        {"positive": 0},
        {"positive": None, "share": "100%"},
        {"positive": None, "share": "95%以上", "answered": None, "asked": None},
    ],
)
def test_a_survey_may_be_known_by_its_numbers_or_its_share(changes: dict[str, Any]) -> None:
    assert record(Survey, **changes) == record(Survey, **changes)
