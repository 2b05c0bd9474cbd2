"""The laws for embedders: they hold for what is right, and name what is wrong."""

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, settings

import commed
from commed import testing
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.quantities import Interval
from commed.register import Register

quick = settings(deadline=None, max_examples=40, database=None, phases=[Phase.generate])


def as_json(register: Register) -> str:
    return json.dumps(commed.dump_register(register))


def from_json(text: str) -> Register:
    return commed.load_register(json.loads(text))


def test_a_store_that_keeps_everything_passes() -> None:
    testing.check_round_trip(as_json, from_json)


def forgetful(text: str) -> Register:
    return evolve(from_json(text), complete=())


def test_a_store_that_forgets_is_told_what_it_forgot() -> None:
    with pytest.raises(AssertionError, match=r"differs from what was stored\n  complete: expected"):
        testing.check_round_trip(as_json, forgetful, settings=quick)


def test_a_store_that_changes_a_field_is_told_which() -> None:
    def renamed(text: str) -> Register:
        register = from_json(text)
        first, *others = register.divisions
        return evolve(register, divisions=[evolve(first, name="Anywhere"), *others])

    with pytest.raises(AssertionError, match=r"divisions\[0\].name: expected .*found 'Anywhere'"):
        testing.check_round_trip(as_json, renamed, settings=quick)


def test_a_store_that_gives_no_register_is_told() -> None:
    with pytest.raises(AssertionError, match="is no Register: None"):
        testing.check_round_trip(as_json, lambda _: None, settings=quick)  # type: ignore[arg-type, return-value]


def measured(register: Register, period: Period | None, division: str) -> Interval | None:
    return commed.measure("person-times", register, period=period, division=division).value


def test_a_count_that_is_the_indicator_agrees() -> None:
    testing.check_counts(measured)


def test_a_number_inside_the_interval_agrees() -> None:
    def low(register: Register, period: Period | None, division: str) -> Any:
        value = measured(register, period, division)
        return None if value is None else value.low

    testing.check_counts(low, of=testing.registers(complete=False), settings=quick)


WRONG: dict[str, tuple[Callable[[Register, Period | None, str], Any], str]] = {
    "a number outside": (lambda *_: -1, "expected a number in .*, counted -1"),
    "nothing": (lambda *_: None, "expected .*, counted None"),
    "another interval": (lambda *_: Interval(-2, -1), r"expected .*, counted \[-2, -1\]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_count_that_differs_is_told_where(name: str) -> None:
    wrong, message = WRONG[name]
    with pytest.raises(AssertionError, match=f"^person-times of '.*{message}"):
        testing.check_counts(wrong, of=testing.registers(complete=True), settings=quick)


def test_a_number_where_there_is_no_value_is_told() -> None:
    with pytest.raises(AssertionError, match="expected None, counted 0"):
        testing.check_counts(
            lambda *_: 0,
            "participation-rate",
            of=testing.registers(divisions=1, events=0, others=0),
            settings=quick,
        )


def judged(register: Register, law: Instrument, on: date) -> bytes:
    return json.dumps(commed.dump_assessment(commed.assess(register, law, on=on))).encode()


def test_a_pipeline_that_writes_the_assessment_is_stable() -> None:
    testing.check_assessment_stable(judged, settings=quick)


def test_a_pipeline_that_writes_something_else_is_told_what() -> None:
    def other(register: Register, law: Instrument, on: date) -> str:
        return json.dumps({**json.loads(judged(register, law, on)), "commed": "0"})

    with pytest.raises(AssertionError, match=r"differs from commed's\n  commed: expected"):
        testing.check_assessment_stable(other, settings=quick)


def test_a_pipeline_that_wavers_is_told() -> None:
    ticks = count()

    def wavering(*_: object) -> str:
        return str(next(ticks))

    with pytest.raises(AssertionError, match="asked twice"):
        testing.check_assessment_stable(wavering, settings=quick)
