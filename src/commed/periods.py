"""Spans of whole days. There is no clock here: every date is given."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from attrs import frozen

from commed.checks import Checked
from commed.errors import Problem

__all__ = ["Period", "covers", "ends_before_it_begins", "not_before", "stood_in"]

_DAY = timedelta(days=1)


@frozen(order=True)
class Period(Checked):
    """A span of days (期间), the first and the last included."""

    first: date
    last: date

    def _contradictions(self) -> Iterable[Problem]:
        if self.first > self.last:
            yield not_before("last", self.first, self.last)

    @classmethod
    def day(cls, day: date) -> "Period":
        """Return this one day."""
        return _day(day)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return this calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Return this quarter of a calendar year (季度), counted from 1."""
        last = cls.month(year, 3 * quarter).last
        return cls(date(year, 3 * quarter - 2, 1), last)

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return this calendar year (自然年)."""
        return _year(year)

    @classmethod
    def last_full_year(cls, before: date) -> "Period":
        """Return the calendar year before the one that `before` lies in; year 1 has none before."""
        return cls.year(max(before.year - 1, 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, other: "Period") -> bool:
        """Whether every day of this lies in the other."""
        return other.first <= self.first and self.last <= other.last

    def overlap(self, other: "Period") -> "Period | None":
        """Return the days that lie in both, or None where none does."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def months(self) -> Iterator["Period"]:
        """Yield the calendar months that lie wholly inside."""
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13):
                if (span := Period.month(year, month)).within(self):
                    yield span

    def weeks(self) -> Iterator["Period"]:
        """Yield the weeks, Monday to Sunday, that lie wholly inside."""
        for start in range(-self.first.weekday() % 7, self.length - 6, 7):
            monday = self.first + timedelta(days=start)
            yield Period(monday, monday + timedelta(days=6))

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first.month == first.day == 1 and last == date(first.year, 12, 31):
            return str(first.year)
        return str(first) if first == last else f"{first} to {last}"


@lru_cache(maxsize=1024, typed=True)  # what merely equals a day is none
def _day(day: date) -> Period:
    return Period(day, day)


@lru_cache(maxsize=1024, typed=True)  # 2018.0 is no year, though it equals one
def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def stood_in(period: Period | None, since: date | None, until: date | None) -> bool:
    """Whether what stood from one day until another did on some day of a period.

    A day of None is not known to bound it; a period of None asks whether it ever stood.
    """
    if period is None:
        return True
    return (until is None or until >= period.first) and (since is None or since <= period.last)


def ends_before_it_begins(since: date | None, until: date | None) -> Iterator[Problem]:
    """Yield the problem of a last day that comes before the first."""
    if since is not None and until is not None and until < since:
        yield not_before("until", since, until)


def not_before(path: str, first: date, day: date) -> Problem:
    """Return the problem of a day that comes before the first one that it could be."""
    return Problem(
        path,
        f"expected a day not before {first}, found {day}",
        f"应为不早于{first}的日期，实为{day}",
    )


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
