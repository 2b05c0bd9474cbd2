"""Figures and digests in documents: exact ends, words, and what tells one from another."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from commed.codec import dump_instrument, dump_register, instrument_from, read_json, register_from
from commed.codec.digests import digest
from commed.codec.documents import NotWritable
from commed.errors import CommedError
from commed.loading import example, instrument
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.resources import Population
from commed.records.statements import (
    ReportedFigure,
)
from commed.references import Collection
from commed.register import Register
from commed.wording import WordingConvention, parse_quantity

OWN = WordingConvention(near=Fraction(1, 2), about=Fraction(1, 7), odd=Fraction(1, 3))
DAY = date(2018, 6, 1)


def through_json(plain: dict[str, Any]) -> Any:
    return read_json(json.dumps(plain, ensure_ascii=False, allow_nan=False))


# --- the packaged documents ------------------------------------------------------------


def test_the_packaged_documents_come_through_unchanged() -> None:
    register, law = example("longquanyi-2019"), instrument("cn-chengdu-2017")
    assert register_from(through_json(dump_register(register))) == register
    assert instrument_from(through_json(dump_instrument(law))) == law


def test_a_document_says_its_format_and_leaves_out_what_is_not_known() -> None:
    plain = dump_register(example("longquanyi-2019"))
    assert plain["format"] == "commed.register/1"
    assert "complete" not in plain
    assert plain["reported_figures"][0]["quantity"] == "40余支"
    assert dump_instrument(instrument("cn-chengdu-2017"))["format"] == "commed.instrument/1"


def test_a_digest_is_the_sha_256_of_canonical_json() -> None:
    register = example("longquanyi-2019")
    plain = {key: part for key, part in dump_register(register).items() if key != "format"}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest(register) == hashlib.sha256(canonical.encode()).hexdigest()


def test_source_and_note_stand_last_in_a_record() -> None:
    for station in dump_register(example("longquanyi-2019"))["workstations"]:
        assert list(station)[-2:] == ["source", "note"]


def test_a_digest_is_hexadecimal_and_of_the_value_not_of_the_object() -> None:
    register = example("longquanyi-2019")
    assert len(digest(register)) == 64
    assert int(digest(register), 16) > 0
    assert digest(evolve(register)) == digest(register)


@pytest.mark.parametrize(
    "change",
    [
        {"honours": ()},
        {"complete": [Collection.TEAMS]},
        {"populations": [Population(division="510112", on=DAY, persons=1)]},
    ],
)
def test_a_change_changes_the_digest(change: dict[str, Any]) -> None:
    register = example("longquanyi-2019")
    assert digest(evolve(register, **change)) != digest(register)


class Beside(Register):
    """Stand for a register whose rosters lie in a table."""


def test_a_register_with_a_table_beside_it_is_refused_with_what_to_do() -> None:
    beside = Beside(jurisdiction="510112", divisions=[Division(id="510112", name="龙泉驿区")])
    for write in (dump_register, digest):
        with pytest.raises(NotWritable) as refused:
            write(beside)
        assert str(refused.value) == (
            "a register with a table beside it cannot be written: write the register that it was "
            "attached to, and keep the table"
        )


# --- figures, one by one ---------------------------------------------------------------


def stated(quantity: Quantity) -> Register:
    lists: dict[str, Any] = {
        "divisions": [Division(id="510112", name="龙泉驿区")],
        "reported_figures": [
            ReportedFigure(id="f", about="数", quantity=quantity, division="510112", stated_on=DAY)
        ],
    }
    return Register(jurisdiction="510112", **lists)


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (parse_quantity("近10万人次"), "近10万人次"),
        (
            parse_quantity("近10人", convention=OWN),
            {
                "interval": {"low": 5, "high": 10, "high_closed": False},
                "unit": "persons",
                "wording": "近10人",
            },
        ),
        (
            Quantity(Interval(Fraction(1, 3), None), Unit.RATIO),
            {"interval": {"low": "1/3", "high": None, "high_closed": False}, "unit": "ratio"},
        ),
        (
            Quantity(Interval.exactly(-2), Unit.YUAN, "亏损两元"),
            {"interval": {"low": -2, "high": -2}, "unit": "yuan", "wording": "亏损两元"},
        ),
        (
            Quantity(Interval.exactly(3), Unit.TEAMS),
            {"interval": {"low": 3, "high": 3}, "unit": "teams"},
        ),
        (
            Quantity(Interval(None, None), Unit.NUMBER),
            {
                "interval": {
                    "low": None,
                    "high": None,
                    "low_closed": False,
                    "high_closed": False,
                },
                "unit": "number",
            },
        ),
    ],
)
def test_a_figure_is_written_in_words_only_where_they_say_it_all(
    quantity: Quantity, written: Any
) -> None:
    plain = dump_register(stated(quantity))
    assert plain["reported_figures"][0]["quantity"] == written
    assert register_from(through_json(plain)) == stated(quantity)


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("0.1", Fraction(1, 10)),
        ("1.50", Fraction(3, 2)),
        ("-2e3", Fraction(-2000)),
        ("7", Fraction(7)),
        ('"1/3"', Fraction(1, 3)),
        ('"-0.125"', Fraction(-1, 8)),
        ('"0012"', Fraction(12)),
    ],
)
def test_a_number_is_read_exactly_as_it_stands(written: str, exact: Fraction) -> None:
    plain = dump_register(stated(Quantity(Interval(-(10**6), None), Unit.YUAN)))
    text = json.dumps(plain).replace("-1000000", written)
    assert register_from(read_json(text)).reported_figures[0].quantity.interval.low == exact


@pytest.mark.parametrize(
    ("persons", "written"),
    [
        (12, 12),
        ("12人", "12人"),
        ("12", "12"),
        ("近100人", "近100人"),
        (
            Quantity(Interval.exactly(12), Unit.PERSONS, "一打"),
            {"interval": {"low": 12, "high": 12}, "unit": "persons", "wording": "一打"},
        ),
        (
            Quantity(Interval(5, 7), Unit.PERSONS),
            {"interval": {"low": 5, "high": 7}, "unit": "persons"},
        ),
    ],
)
def test_a_count_is_written_as_the_number_it_is(persons: Any, written: Any) -> None:
    lists: dict[str, Any] = {
        "divisions": [Division(id="510112", name="龙泉驿区")],
        "populations": [Population(division="510112", on=DAY, persons=persons)],
    }
    register = Register(jurisdiction="510112", **lists)
    plain = dump_register(register)
    assert plain["populations"][0]["persons"] == written
    again = register_from(through_json(plain))
    assert again == register
    assert again.populations[0].persons.wording == register.populations[0].persons.wording


@pytest.mark.parametrize("number", [10**50, Fraction(1, 10**45), Fraction(10**41 + 1, 3)])
def test_a_number_too_long_for_documents_is_refused_at_once_or_comes_through(
    number: int | Fraction,
) -> None:
    try:
        register = stated(Quantity(Interval.exactly(number), Unit.YUAN))
    except CommedError:
        return
    assert register_from(through_json(dump_register(register))) == register


@pytest.mark.parametrize("low", [Decimal("0.5"), Fraction(1, 2), "0.5", "1/2"])
def test_an_end_may_be_given_as_any_exact_number(low: Any) -> None:
    interval = {"low": low, "high": None}
    figure = {"interval": interval, "unit": "ratio"}
    given = dump_register(stated(Quantity.exactly(1, Unit.RATIO)))
    given["reported_figures"][0]["quantity"] = figure
    read = register_from(given).reported_figures[0].quantity
    assert read.interval == Interval(Fraction(1, 2), None)
