"""Statutory windows and periods: spans of days that a law names in words (法定期间)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from attrs import frozen
from dateutil.relativedelta import SU, relativedelta

from commed.checks import AtLeast, AtMost, Checked
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.periods import Period

__all__ = ["LastWeek", "Span", "statutory_period"]

_SIX_DAYS = timedelta(days=6)
_LATEST = date.max - _SIX_DAYS


class LastWeek(LabelledEnum):
    """What 'the last week of a month' may mean (某月最后一周的理解); weeks begin on Monday."""

    LAST_WHOLE = (
        "last-whole",
        "完整落在当月的最后一周",
        "the last week that lies whole in the month",
    )
    LAST_BEGUN = "last-begun", "当月最后一日所在的一周", "the week that holds the month's last day"
    LAST_SEVEN_DAYS = "last-seven-days", "当月最后七日", "the last seven days of the month"

    def days(self, year: int, month: int) -> Period:
        """Return the days that it means in that month of that year."""
        last = Period.month(year, month).last
        if self is LastWeek.LAST_WHOLE:
            last += relativedelta(weekday=SU(-1))
        elif self is LastWeek.LAST_BEGUN:
            first = last - timedelta(days=last.weekday())
            return Period(first, min(first, _LATEST) + _SIX_DAYS)
        return Period(last - _SIX_DAYS, last)


def statutory_period(begins: date, *, years: int = 0, months: int = 0, days: int = 0) -> Period:
    """Return a period counted in days, months or years from an event (期间的计算).

    By the Civil Code the day on which it begins does not count; the last day does. A month that
    lacks the day ends it: one month from 31 January ends with February. Raises `ValueError`
    where nothing is counted, or the calendar ends before it does.
    """
    if min(years, months, days) < 0 or not (years or months or days):
        raise ValueError("expected a number of years, months or days above zero")
    try:
        last = begins + relativedelta(years=years, months=months, days=days)
        return Period(begins + timedelta(days=1), last)
    except (OverflowError, ValueError):
        raise ValueError(f"the period that begins on {begins} outlasts the calendar") from None


_Count = Annotated[int, AtLeast(0), AtMost(36_600)]


@frozen(kw_only=True)
class Span(Checked):
    """So many years, months and days that a law gives (期间)."""

    years: _Count = 0
    months: _Count = 0
    days: _Count = 0

    def _contradictions(self) -> Iterable[Problem]:
        if not (self.years or self.months or self.days):
            yield Problem(
                "",
                "expected a number of 'years', 'months' or 'days' above zero",
                "应填大于零的'years'、'months'或'days'",
            )

    def after(self, day: date) -> Period:
        """Return the days that it holds, of which `day` is none, as far as the calendar goes."""
        try:
            return statutory_period(day, years=self.years, months=self.months, days=self.days)
        except ValueError:
            return Period(day, date.max)
