"""Spans of whole days. There is no clock here: every date is given."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from commed.checks import Checked
from commed.errors import Problem

__all__ = ["Period", "covers"]

_DAY = timedelta(days=1)


@frozen(order=True)
class Period(Checked):
    """A span of days (期间), the first and the last included."""

    first: date
    last: date

    def _contradictions(self) -> Iterable[Problem]:
        if self.first > self.last:
            yield Problem("last", f"expected a day not before {self.first}, found {self.last}")

    @classmethod
    def day(cls, day: date) -> "Period":
        """Return this one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return this calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return this calendar year (自然年)."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def last_full_year(cls, before: date) -> "Period":
        """Return the calendar year before the one that `before` lies in; year 1 has none before."""
        return cls.year(max(before.year - 1, 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, other: "Period") -> bool:
        """Whether every day of this lies in the other."""
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        if self == Period.year(self.first.year):
            return str(self.first.year)
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def covers(parts: Iterable[Period], whole: Period) -> bool:
    """Whether every day of `whole` lies in some one of the parts."""
    reached = whole.first
    for part in sorted(parts):
        if part.first > reached:
            return False
        if part.last >= whole.last:
            return True
        reached = max(reached, part.last + _DAY)
    return False
