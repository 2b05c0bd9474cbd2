"""Statements and inspections: what was said, of which time, and by whom."""

from datetime import date
from typing import Any

import pytest

from commed.errors import InvalidValue
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit
from commed.records.inspections import Inspection, Recommendation
from commed.records.statements import (
    Attestation,
    Honour,
    ReportedFigure,
)
from commed.wording import UnreadableQuantity

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)

SAMPLES: dict[type, dict[str, Any]] = {
    ReportedFigure: {
        "id": "figure",
        "about": "参与市民",
        "quantity": "近10万人次",
        "division": PLACE,
        "stated_on": DAY,
        "organisations": ["station"],
        "period": Period.year(2017),
    },
    Attestation: {
        "id": "word",
        "instrument": "cn-chengdu-2017",
        "duty": "art-3",
        "division": PLACE,
        "holds": True,
        "on": DAY,
    },
    Honour: {"id": "title", "title": "示范区", "division": PLACE},
    Recommendation: {"text": "提高认识"},
    Inspection: {
        "id": "inspection",
        "on": DAY,
        "instrument": "cn-chengdu-2017",
        "division": PLACE,
        "inspector": "congress",
        "inspected": "government",
        "sites": ["station"],
        "recommendations": [Recommendation(text="提高认识")],
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


def test_a_stated_figure_keeps_its_words() -> None:
    figure = record(ReportedFigure)
    assert figure.quantity.wording == "近10万人次"
    assert figure.quantity == Quantity(
        Interval(90_000, 100_000, high_closed=False), Unit.PERSON_TIMES
    )
    assert record(ReportedFigure, quantity=figure.quantity) == figure
    ((path, message),) = faults(ReportedFigure, quantity=100_000)
    assert (path, message) == ("quantity", "expected a Quantity, found 100000")
    with pytest.raises(UnreadableQuantity, match="cannot read '很多'"):
        record(ReportedFigure, quantity="很多")


def test_a_figure_covers_its_period_or_the_last_full_year_or_nobody_knows() -> None:
    assert record(ReportedFigure).covered == Period.year(2017)
    yearly = record(ReportedFigure, period=None, yearly=True, stated_on=date(2019, 1, 1))
    assert yearly.covered == Period.year(2018)
    assert record(ReportedFigure, period=None).covered is None


def test_a_figure_is_of_every_year_or_of_a_period() -> None:
    assert faults(ReportedFigure, yearly=True) == [
        ("yearly", "expected either 'yearly' or a 'period', found both")
    ]


def test_an_attestation_holds_no_shorter_than_a_day() -> None:
    assert faults(Attestation, until=FIRST) == [
        ("until", "expected a day not before 2018-06-15, found 2018-01-01")
    ]
    assert record(Attestation, until=DAY).until == DAY


def test_an_honour_says_whose_it_is() -> None:
    assert faults(Honour, division=None) == [
        ("", "expected a 'division' or an 'organisation', found neither: say whose")
    ]
    assert record(Honour, division=None, organisation="station").organisation == "station"


def test_an_inspection_takes_one_person_at_least() -> None:
    assert faults(Inspection, inspectors=0) == [
        ("inspectors", "expected a number of at least 1, found 0")
    ]
    assert record(Inspection, inspectors=1).inspectors == 1


def test_what_was_recommended_is_told_in_words() -> None:
    assert faults(Inspection, recommendations=["提高认识"]) == [
        ("recommendations[0]", "expected a Recommendation, found '提高认识'")
    ]
    assert faults(Recommendation, text="") == [
        ("text", "expected a text without blanks at its ends or control characters, found ''")
    ]
