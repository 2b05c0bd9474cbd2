"""Laws of the library that hold for whoever embeds it: to be called from a test."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice, zip_longest
from typing import Any, TypeVar

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from commed.checks import found
from commed.codec import dump_register
from commed.codec.results import dump_assessment
from commed.compliance import assess
from commed.errors import Problem
from commed.indicators import measure
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.quantities import Interval
from commed.register import Register
from commed.testing._documents import plain
from commed.testing._instruments import INSTRUMENTS
from commed.testing._registers import REGISTERS
from commed.testing._results import ASKED

__all__ = ["check_assessment_stable", "check_counts", "check_round_trip"]

_Stored = TypeVar("_Stored")
_Law = Callable[[st.DataObject], None]
_Counted = Interval | Fraction | Decimal | int | None
_SHOWN = 5
_NOTHING = object()
_DATES = st.dates(date(2018, 1, 1), date(2020, 12, 31))


_SETTINGS = hypothesis.settings(
    deadline=None, phases=set(hypothesis.Phase) - {hypothesis.Phase.explain}
)


def _hold(law: _Law, chosen: hypothesis.settings | None) -> None:
    (chosen or _SETTINGS)(given(st.data())(law))()


def check_round_trip(
    store: Callable[[Register], _Stored],
    load: Callable[[_Stored], Register],
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    settings: hypothesis.settings | None = None,
) -> None:
    """Check that what is stored and loaded again is what it was (存取一致).

    `store` takes a register and returns whatever `load` needs to find it again: a row's key, a
    text. `of` draws the registers. Raises `AssertionError`, which names the fields that differ.
    """

    def law(data: st.DataObject) -> None:
        register = data.draw(of, label="register")
        again: object = load(store(register))
        if again != register:
            raise AssertionError(f"what was loaded {_unlike(register, again)}")

    _hold(law, settings)


def _unlike(register: Register, again: object) -> str:
    if not isinstance(again, Register):
        return f"is no Register: {found(again)}"
    told = _differences(dump_register(register), dump_register(again))
    return f"differs from what was stored\n{told}"


def check_counts(
    count: Callable[[Register, Period | None, str], _Counted],
    indicator: str = "person-times",
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    settings: hypothesis.settings | None = None,
) -> None:
    """Check that a count of your own agrees with an indicator (统计一致).

    `count` takes a register, a period (None for all that is recorded) and the key of a recorded
    division. A number must lie in the interval that `commed.measure` gives, an `Interval` must
    be equal to it, and None must stand where it has no value. Raises `AssertionError`.
    """

    def law(data: st.DataObject) -> None:
        register = data.draw(of, label="register")
        period = data.draw(ASKED, label="period")
        division = data.draw(
            st.sampled_from([each.id for each in register.divisions]), label="division"
        )
        counted = count(register, period, division)
        measured = measure(indicator, register, period=period, division=division).value
        if not _agrees(counted, measured):
            when = "all time" if period is None else period
            raise AssertionError(
                f"{indicator} of {division!r} in {when}: expected {_expected(counted, measured)}, "
                f"counted {counted}"
            )

    _hold(law, settings)


def _agrees(counted: _Counted, measured: Interval | None) -> bool:
    if counted is None or measured is None or isinstance(counted, Interval):
        return counted == measured
    return counted in measured


def _expected(counted: _Counted, measured: Interval | None) -> str:
    if measured is None or isinstance(counted, Interval):
        return str(measured)
    return f"a number in {measured}"


def check_assessment_stable(
    judge: Callable[[Register, Instrument, date], bytes | str],
    *,
    of: st.SearchStrategy[Register] = REGISTERS,
    under: st.SearchStrategy[Instrument] = INSTRUMENTS,
    settings: hypothesis.settings | None = None,
) -> None:
    """Check that your pipeline writes the assessment that the library writes (评估可复现).

    `judge` takes a register, an instrument and a day, and returns JSON. Asked twice it must give
    the same bytes, and they must hold what `commed.dump_assessment` gives. `of` draws the
    registers, `under` the instruments. Raises `AssertionError`, which names what differs.
    """

    def law(data: st.DataObject) -> None:
        register = data.draw(of, label="register")
        instrument = data.draw(under, label="instrument")
        on = data.draw(_DATES, label="on")
        first, second = judge(register, instrument, on), judge(register, instrument, on)
        if first != second:
            raise AssertionError("asked twice, the pipeline wrote two different assessments")
        expected = json.loads(json.dumps(dump_assessment(assess(register, instrument, on=on))))
        if (told := json.loads(first)) != expected:
            raise AssertionError(
                f"the assessment differs from commed's\n{_differences(expected, told)}"
            )

    _hold(law, settings)


def _differences(expected: Any, given_one: Any) -> str:
    """Return the first places in which two documents differ, a line for each."""
    told = (
        f"  {Problem(path or 'the whole', f'expected {_shown(one)}, found {_shown(other)}')}"
        for path, one, other in _differing(plain(expected), plain(given_one), ())
    )
    return "\n".join(islice(told, _SHOWN))


def _shown(value: object) -> str:
    return "nothing" if value is _NOTHING else found(value)


def _differing(one: Any, other: Any, place: tuple[str | int, ...]) -> Iterator[Any]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in {**one, **other}:
            yield from _differing(one.get(key, _NOTHING), other.get(key, _NOTHING), (*place, key))
    elif isinstance(one, list) and isinstance(other, list):
        for index, (left, right) in enumerate(zip_longest(one, other, fillvalue=_NOTHING)):
            yield from _differing(left, right, (*place, index))
    elif one != other:
        yield Problem("", "").under(*place).path, one, other
