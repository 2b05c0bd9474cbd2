"""Money, staff and surveys: what they may hold, and how they are written."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from commed.codec import dump_register, register_from
from commed.errors import InvalidValue
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.resources import Funding, FundingStage, Staffing, StaffRole
from commed.records.surveys import Survey, SurveyQuestion
from commed.register import Register
from commed.wording import parse_quantity

DAY = date(2018, 12, 31)


def funding(key: str = "f", **fields: Any) -> Funding:
    given: dict[str, Any] = {
        "id": key,
        "division": "510112",
        "period": Period.year(2018),
        "amount": 2_000_000,
        "stage": FundingStage.BUDGETED,
    }
    return Funding(**given | fields)


def staffing(**fields: Any) -> Staffing:
    given: dict[str, Any] = {
        "id": "s",
        "on": DAY,
        "role": StaffRole.FULL_TIME,
        "persons": 3,
        "division": "510112",
    }
    return Staffing(**given | fields)


def survey(**fields: Any) -> Survey:
    given: dict[str, Any] = {
        "id": "v",
        "division": "510112",
        "on": DAY,
        "question": SurveyQuestion.SATISFACTION,
    }
    return Survey(**given | fields)


def register(**lists: Any) -> Register:
    places: Any = [Division(id="510112", name="龙泉驿区")]
    return Register(jurisdiction="510112", divisions=places, **lists)


def paths(build: Any, *given: Any, **fields: Any) -> list[str]:
    with pytest.raises(InvalidValue) as caught:
        build(*given, **fields)
    return [problem.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("given", "interval"),
    [
        (2_000_000, Interval.exactly(2_000_000)),
        (Decimal("0.5"), Interval.exactly(Fraction(1, 2))),
        ("200余万元", Interval(2_000_000, 3_000_000, high_closed=False)),
        (parse_quantity("近10万元"), Interval(90_000, 100_000, high_closed=False)),
    ],
)
def test_money_is_given_as_a_number_or_in_words(given: Any, interval: Interval) -> None:
    assert funding(amount=given).amount == Quantity(interval, Unit.YUAN)


@pytest.mark.parametrize("amount", [-1, Quantity.exactly(1, Unit.PERSONS), 10**40])
def test_an_amount_that_is_no_money_is_refused(amount: Any) -> None:
    assert paths(funding, amount=amount) == ["amount"]


@pytest.mark.parametrize(
    ("parts", "circling"),
    [
        ({"a": "a"}, [0]),
        ({"a": "b", "b": "a"}, [0, 1]),
        ({"a": "b", "b": "c", "c": "b"}, [1, 2]),
    ],
)
def test_no_funding_is_part_of_itself(parts: dict[str, str], circling: list[int]) -> None:
    fundings = [funding(key, included_in=whole) for key, whole in parts.items()]
    told = paths(register, fundings=fundings)
    own = [f"fundings[{index}].included_in" for index in circling]
    assert [path for path in told if path in own] == own
    assert all(path.endswith(".included_in") for path in told)


def test_a_part_names_a_whole_on_record() -> None:
    assert paths(register, fundings=[funding(included_in="none")]) == ["fundings[0].included_in"]
    assert register(fundings=[funding("a"), funding("b", included_in="a")]).fundings


def test_staff_belong_somewhere() -> None:
    assert paths(staffing, division=None) == [""]
    assert staffing(division=None, organisation="centre").organisation == "centre"


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({}, ["positive"]),
        ({"positive": 1, "answered": 2, "share": "50%"}, ["positive"]),
        ({"positive": 1}, ["answered"]),
        ({"positive": 3, "answered": 2}, ["positive"]),
        ({"positive": 1, "answered": 3, "asked": 2}, ["answered"]),
        ({"share": "120%"}, ["share"]),
        ({"positive": -1, "answered": 0}, ["answered", "positive"]),
    ],
)
def test_a_survey_adds_up(fields: dict[str, Any], broken: list[str]) -> None:
    assert paths(survey, **fields) == broken


@pytest.mark.parametrize(
    ("build", "fields"),
    [(survey, {"share": "3人"}), (staffing, {"persons": "3支"}), (funding, {"amount": "3人"})],
)
def test_words_in_another_unit_are_refused(build: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="its unit cannot be both"):
        build(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"positive": 70, "answered": 100, "asked": 120},
        {"share": "80%以上"},
        {"share": Decimal("0.7"), "answered": 50},
        {"share": 1},
    ],
)
def test_a_survey_is_counted_or_stated(fields: dict[str, Any]) -> None:
    assert survey(**fields).question is SurveyQuestion.SATISFACTION


def test_what_is_written_is_read_again() -> None:
    known = register(
        fundings=[
            funding("total", amount="200余万元", origin=Level.COUNTY),
            funding("part", amount=Decimal("0.25"), use="一线职工", included_in="total"),
        ],
        staffings=[staffing(training_days=12), staffing(id="t", persons="10余名")],
        surveys=[
            survey(positive=70, answered=100),
            survey(id="w", share="70%以上"),
            survey(id="x", share=Fraction(1, 3)),
        ],
    )
    assert register_from(json.loads(json.dumps(dump_register(known)))) == known


@pytest.mark.parametrize(
    ("amount", "read"),
    [(7, 7), ("7元", 7), ("1万元", 10_000), (Decimal("7.5"), Fraction(15, 2))],
)
def test_an_amount_is_read_as_a_number_or_in_words(amount: Any, read: Any) -> None:
    plain = dump_register(register(fundings=[funding()]))
    plain["fundings"][0]["amount"] = amount
    assert register_from(plain).fundings[0].amount == Quantity.exactly(read, Unit.YUAN)


@pytest.mark.parametrize(
    "amount", [True, None, 7.5, [7], "7人", -7, Decimal("NaN"), Decimal("1e2000000")]
)
def test_what_is_no_amount_is_told_in_its_place(amount: Any) -> None:
    plain = dump_register(register(fundings=[funding()]))
    plain["fundings"][0]["amount"] = amount
    assert paths(register_from, plain) == ["fundings[0].amount"]
