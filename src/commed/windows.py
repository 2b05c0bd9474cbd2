"""Statutory windows: spans of days that a law names in words (法定期间)."""

from datetime import timedelta

from dateutil.relativedelta import SU, relativedelta

from commed.labels import LabelledEnum
from commed.periods import Period

__all__ = ["LastWeek"]

_SIX_DAYS = timedelta(days=6)


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
            last += relativedelta(weekday=SU(+1))
        return Period(last - _SIX_DAYS, last)
