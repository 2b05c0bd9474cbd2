"""Strategies for the small values: keys, days, periods, codes, divisions, recurrences."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from commed.periods import Period
from commed.places import Division, DivisionCode, Level
from commed.recurrences import Recurrence
from commed.testing._pens import DAYS, TEXTS, Pen, drawn_by, told_together

__all__ = ["days", "division_codes", "names", "periods", "planned", "recurrences", "texts"]

_YES = st.booleans()
_SPANS = st.integers(0, 800)
_ONES = st.integers(1, 99)
_THREES = st.integers(1, 999)
_PROVINCES = st.integers(10, 89)
_LEVELS = st.sampled_from(Level)


def texts() -> st.SearchStrategy[str]:
    """Draw words for people that every text field takes."""
    return TEXTS


def names() -> st.SearchStrategy[str]:
    """Draw opaque keys that every key field takes."""
    return TEXTS


def days(*, first: date = date(1949, 10, 1), last: date = date(2099, 12, 31)) -> Any:
    """Draw days, both ends included."""
    return st.dates(first, last)


def periods(*, within: Period | None = None) -> st.SearchStrategy[Period]:
    """Draw spans of days (期间); `within` bounds both ends."""
    if within is None:
        return _PERIODS
    inside = st.dates(within.first, within.last)
    return st.builds(_between, inside, inside)


def _between(one: date, other: date) -> Period:
    return Period(min(one, other), max(one, other))


_CALENDAR = st.integers(1950, 2098).map(Period.year)
_PERIODS = _CALENDAR | st.builds(
    lambda first, span: Period(first, _after(first, span)), DAYS, _SPANS
)


@drawn_by(Period)
def _period(pen: Pen) -> Period:
    first = pen.draw(pen.days)
    if pen.yes():
        return Period.year(first.year)
    return Period(first, _after(first, pen.draw(_SPANS)))


def division_codes(*, level: Level | None = None) -> st.SearchStrategy[DivisionCode]:
    """Draw codes of divisions (行政区划代码), real or not, of one level or of any."""
    return _division_codes(_LEVELS if level is None else st.just(level))


@st.composite
def _division_codes(draw: st.DrawFn, levels: st.SearchStrategy[Level]) -> DivisionCode:
    level = draw(levels)
    digits = f"{draw(_PROVINCES)}"
    if level is Level.PROVINCE:
        return DivisionCode(f"{digits}0000")
    digits = f"{digits}{draw(_ONES):02}"
    if level is Level.CITY:
        return DivisionCode(f"{digits}00")
    digits = f"{digits}{draw(_ONES):02}"
    for _ in range([Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY].index(level)):
        digits = f"{digits}{draw(_THREES):03}"
    return DivisionCode(digits)


_CODES = division_codes()


@drawn_by(DivisionCode)
def _code(pen: Pen) -> DivisionCode:
    return pen.draw(_CODES)


@told_together(Division)
def _division(pen: Pen, known: dict[str, Any]) -> dict[str, Any]:
    """Tell a code, or another key and the level."""
    key = known.get("id") or (pen.draw(_CODES) if pen.yes() else f"区划 {pen.draw(TEXTS)}")
    has_code = isinstance(key, DivisionCode) or key.isdigit()
    return {"id": key, "level": None if has_code else pen.draw(_LEVELS)}


_RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=YEARLY",
    "FREQ=WEEKLY;BYDAY={weekday}",
    "FREQ=MONTHLY;BYDAY={ordinal}{weekday}",
    "FREQ=MONTHLY;BYMONTHDAY={day}",
    "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
)
_ENDS = ("", ";COUNT=1", ";COUNT=3", ";UNTIL={until}")
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FORMS = st.sampled_from(_RULES)
_ENDINGS = st.sampled_from(_ENDS)
_LATEST = date.max.year - 100  # a rule with COUNT must come to its end


def recurrences(
    *, first: st.SearchStrategy[date] = DAYS, rule: st.SearchStrategy[str | None] | None = None
) -> st.SearchStrategy[Recurrence]:
    """Draw planned days that recur (周期性安排): their first day, their rule, exceptions to it."""
    return _recurrences(first, rule)


@st.composite
def _recurrences(
    draw: st.DrawFn,
    first: st.SearchStrategy[date],
    rule: st.SearchStrategy[str | None] | None,
) -> Recurrence:
    start = draw(first)
    also: list[date] = draw(st.lists(_near(start), max_size=2)) if draw(_YES) else []
    without: list[date] = draw(st.lists(_near(start), max_size=2)) if draw(_YES) else []
    said = _fitting(draw, start) if rule is None else draw(rule)
    return Recurrence(first=start, rule=said, also=also, without=without)


def _near(day: date) -> st.SearchStrategy[date]:
    return st.integers(0, 60).map(lambda number: _after(day, number))


def _after(day: date, number: int) -> date:
    return date.fromordinal(min(day.toordinal() + number, date.max.toordinal()))


def _fitting(draw: st.DrawFn, first: date) -> str | None:
    """Draw a rule that the first day is a day of."""
    if draw(_YES) or first.year > _LATEST:
        return None
    return (draw(_FORMS) + draw(_ENDINGS)).format(
        weekday=_WEEK[first.weekday()],
        ordinal=(first.day + 6) // 7,
        day=first.day,
        month=first.month,
        until=f"{min(first.year + 2, 9999)}1231",
    )


def planned(sessions: Recurrence) -> Sequence[date]:
    """Return the days that are planned in the first weeks, of which some may be cancelled."""
    return sessions.days(Period(sessions.first, _after(sessions.first, 60)))


@drawn_by(Recurrence)
def _recurrence(pen: Pen) -> Recurrence:
    return pen.draw(_recurrences(pen.days, None))
