"""Planned days that recur: the recurrence rules of RFC 5545 (iCalendar), over whole days.

dateutil finds the days of one year that a rule names. Its own walk over the years is not
used: it goes on to the year 9999 where a rule names no day, and cuts the first week short
under BYSETPOS. Nor are its week numbers: it takes days of week 52 for days of week 53.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from itertools import chain, groupby, islice

from attrs import field, frozen
from dateutil.rrule import YEARLY, rrule, weekday

from commed.checks import Checked, Text, array, mismatch, one_of
from commed.errors import InvalidValue, Problem, Words
from commed.periods import Period

__all__ = ["Recurrence"]

_YEARS = 100  # how far one look goes


@frozen
class Recurrence(Checked):
    """The days that something is planned for (周期性安排).

    `rule` is a recurrence rule (重复规则) in capitals, without the prefix ``RRULE:``, such as
    ``FREQ=WEEKLY;BYDAY=FR;UNTIL=20181231``; None stands for the first day alone. Its parts are
    those for whole days: FREQ (DAILY, WEEKLY, MONTHLY or YEARLY), INTERVAL, COUNT or UNTIL,
    BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYSETPOS and WKST. `first` has to be a day
    of the rule; what the rule leaves open, such as the weekday, is taken from it. A rule with
    COUNT has to be over within 100 years.

    A day that does not exist is skipped (RFC 5545, 3.3.10): what recurs yearly on 29 February
    has no day in a common year, and what recurs monthly on the 31st none in June.

    `also` holds further days (RDATE), and `without` the days left out (EXDATE), even of those.
    COUNT counts the days of the rule, left out or not.
    """

    first: date
    rule: Text | None = None
    also: tuple[date, ...] = field(default=(), converter=array)
    without: tuple[date, ...] = field(default=(), converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        if self.rule is None:
            return []
        if faults := list(_misspelt(self.rule)):
            return faults
        rule = _Rule(self.first, self.rule)
        return list(rule.misused()) or rule.missed()

    def days(self, period: Period) -> tuple[date, ...]:
        """Return the days inside the period, in order and each once.

        Raise `InvalidValue` where a rule without COUNT goes on for over 100 years of the period.
        """
        named = [self.first] if self.rule is None else _Rule(self.first, self.rule).within(period)
        kept = {*named, *self.also}.difference(self.without)
        return tuple(sorted(day for day in kept if day in period))

    def those_of(self, days: Collection[date]) -> frozenset[date]:
        """Return those of the days that are planned; the rule is walked once, or once a year."""
        if not days:
            return frozenset()
        if self.rule is not None and "COUNT" in self.rule:
            spans = [Period(first=min(days), last=max(days))]
        else:
            spans = [Period.year(year) for year in {day.year for day in days}]
        return frozenset(days).intersection(chain.from_iterable(map(self.days, spans)))


@frozen
class _Form:
    """How the value of a part is written; its numbers run from 1 to the highest."""

    expected: Words
    pattern: str
    highest: int = 0

    def fits(self, value: str) -> bool:
        if not re.fullmatch(self.pattern, value):
            return False
        return all(1 <= int(number) <= self.highest for number in re.findall("[0-9]+", value))


def _listed(item: str, sign: str = ",") -> str:
    return f"{item}(?:{sign}{item})*"


def _number(highest: int) -> _Form:
    return _Form(Words(f"a number from 1 to {highest}", f"1至{highest}的数"), "[0-9]{1,4}", highest)


def _from_either_end(highest: int) -> _Form:
    expected = Words(
        f"numbers from 1 to {highest} or -1 to -{highest}", f"1至{highest}或-1至-{highest}的数"
    )
    return _Form(expected, _listed("[+-]?[0-9]{1,3}"), highest)


_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = f"(?:{'|'.join(_WEEK)})"
_FORMS: Mapping[str, _Form] = {
    "FREQ": _Form(
        Words("DAILY, WEEKLY, MONTHLY or YEARLY", "DAILY、WEEKLY、MONTHLY或YEARLY"),
        "DAILY|WEEKLY|MONTHLY|YEARLY",
    ),
    "INTERVAL": _number(9999),
    "COUNT": _number(9999),
    "UNTIL": _Form(Words("a date written YYYYMMDD", "写作YYYYMMDD的日期"), "[0-9]{8}", 99991231),
    "BYDAY": _Form(
        Words("weekdays such as FR, 2FR or -1SU", "形如FR、2FR或-1SU的星期"),
        _listed(f"([+-]?[0-9]{{1,2}})?{_DAY}"),
        53,
    ),
    "BYMONTH": _Form(Words("numbers from 1 to 12", "1至12的数"), _listed("[0-9]{1,2}"), 12),
    "BYMONTHDAY": _from_either_end(31),
    "BYYEARDAY": _from_either_end(366),
    "BYWEEKNO": _from_either_end(53),
    "BYSETPOS": _from_either_end(366),
    "WKST": _Form(one_of(_WEEK), _DAY),
}
_RULE = _listed("[A-Z]+=[A-Z0-9,+-]+", ";")
_LONGEST = 1000


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=") for part in rule.split(";"))


def _misspelt(rule: str) -> Iterator[Problem]:
    """Yield what is wrong with the parts one by one."""
    if len(rule) > _LONGEST or not re.fullmatch(_RULE, rule):
        yield mismatch("rule", _SUCH_PARTS, rule)
        return
    times = Counter(part.partition("=")[0] for part in rule.split(";"))
    if "FREQ" not in times:
        yield mismatch("rule", _A_FREQUENCY, rule)
    for name, value in _parts(rule).items():
        if name not in _FORMS:
            yield mismatch("rule", _KNOWN_PARTS, name)
        elif times[name] > 1:
            yield Problem(
                "rule",
                f"expected {name} once, found it {times[name]} times",
                f"{name}应只出现一次，实为{times[name]}次",
            )
        elif not _FORMS[name].fits(value):
            expected = _FORMS[name].expected
            yield mismatch(
                "rule", Words(f"{expected} as {name}", f"{expected.zh}（{name}）"), value
            )


_SUCH_PARTS = Words("parts such as FREQ=WEEKLY;BYDAY=FR", "形如FREQ=WEEKLY;BYDAY=FR的规则")
_A_FREQUENCY = Words("a part FREQ", "含有FREQ的规则")
_KNOWN_PARTS = Words(f"parts among {', '.join(_FORMS)}", f"{'、'.join(_FORMS)}中的部分")


_BESIDE = {  # RFC 5545, 3.3.10: beside another FREQ these must not stand
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}
_CYCLE = 146097  # days, 400 years: after them the calendar repeats itself


@frozen
class _Rule:
    """A rule whose parts are well written, and the day it starts from."""

    first: date
    parts: Mapping[str, str] = field(converter=_parts)

    def misused(self) -> Iterator[Problem]:
        """Yield what is wrong with the parts together."""
        parts, highest = self.parts, self._highest_of_weekdays()
        for name, allowed in _BESIDE.items():
            if name in parts and parts["FREQ"] not in allowed:
                yield Problem(
                    "rule",
                    f"expected {name} beside FREQ={' or '.join(allowed)}, found {parts['FREQ']}",
                    f"{name}应与FREQ={'或'.join(allowed)}同用，实为{parts['FREQ']}",
                )
        if any(int(number) > highest for number in self._numbers_of_weekdays()):
            numbers = (
                Words(f"numbers up to {highest}", f"序号不大于{highest}")
                if highest
                else Words("no numbers", "不带序号")
            )
            expected = Words(
                f"weekdays with {numbers} in this BYDAY", f"此处BYDAY中{numbers.zh}的星期"
            )
            yield mismatch("rule", expected, parts["BYDAY"])
        if "BYSETPOS" in parts and sum(name.startswith("BY") for name in parts) == 1:
            yield Problem(
                "rule",
                "expected a part such as BYDAY for BYSETPOS to pick from, found none",
                "应有可供BYSETPOS选取的部分（如BYDAY），实无",
            )
        if "UNTIL" in parts and "COUNT" in parts:
            yield Problem(
                "rule",
                "expected UNTIL or COUNT, found both",
                "UNTIL与COUNT应只用其一，实为两者并用",
            )
        if (until := self._until()) is None or until < self.first:
            expected = Words(
                f"a date from {self.first} on as UNTIL", f"不早于{self.first}的日期（UNTIL）"
            )
            yield mismatch("rule", expected, parts["UNTIL"])

    def missed(self) -> Iterator[Problem]:
        """Yield the problem where the first day is not of the rule, or COUNT is not reached."""
        last = date(min(self.first.year + _YEARS, MAXYEAR), 12, 31)
        (count,) = self._numbers("COUNT") or (1,)
        days = list(islice(self._walk(self.first, last), count))
        if not days:
            yield Problem(
                "rule",
                f"expected a rule that names a day up to {last}, found none",
                f"规则在{last}前应有日期，实无",
            )
        elif days[0] != self.first:
            yield Problem(
                "first",
                f"expected a day of the rule, as {days[0]}, found {self.first}",
                f"应为规则中的日期，如{days[0]}，实为{self.first}",
            )
        elif len(days) < count:
            yield Problem(
                "rule",
                f"expected {count} days as COUNT up to {last}, found {len(days)}",
                f"截至{last}应有COUNT所定的{count}天，实为{len(days)}天",
            )

    def within(self, period: Period) -> Iterator[date]:
        """Return the days in the period; where COUNT bounds them, those before it as well."""
        if "COUNT" in self.parts:
            return islice(self._walk(self.first, period.last), *self._numbers("COUNT"))
        since = max(self.first, period.first)
        last = min(self._until() or period.last, period.last)
        if last.year - since.year > _YEARS:
            problem = Problem(
                "period",
                f"expected at most {_YEARS} years of this rule, found {since} to {last}",
                f"此规则应至多跨{_YEARS}年，实为{since}至{last}",
            )
            raise InvalidValue("Recurrence", [problem])
        return self._walk(since, last)

    def _walk(self, since: date, last: date) -> Iterator[date]:
        """Yield the days of the rule from one day to another, at the cost of the years between."""
        # A week may lie in two years; the weeks of a year, which BYWEEKNO counts, in three.
        margin = 2 if "BYWEEKNO" in self.parts else int(self.parts["FREQ"] == "WEEKLY")
        years = range(max(since.year - margin, MINYEAR), min(last.year + margin, MAXYEAR) + 1)
        named = (day for year in years for day in self._named(year))
        (step,), start = self._numbers("INTERVAL") or (1,), self._interval(self.first)
        for interval, days in groupby(named, self._interval):
            if (interval - start) % step == 0:
                yield from (day for day in self._picked(list(days)) if since <= day <= last)

    def _interval(self, day: date) -> int:
        """Return the number of the day, week, month or year that the day lies in."""
        match self.parts["FREQ"]:
            case "DAILY":
                return day.toordinal()
            case "WEEKLY":
                return (day.toordinal() - 1 - self._week_start()) // 7
            case "MONTHLY":
                return day.year * 12 + day.month
            case _:
                return self._week(day)[0] if "BYWEEKNO" in self.parts else day.year

    def _picked(self, days: Sequence[date]) -> Sequence[date]:
        """Return the days of one interval that BYSETPOS picks."""
        if not (places := self._numbers("BYSETPOS")):
            return days
        numbered = enumerate(days, 1)
        return [day for n, day in numbered if n in places or n - len(days) - 1 in places]

    def _named(self, year: int) -> Iterator[date]:
        """Return the days of one year that the parts name, INTERVAL and BYSETPOS aside."""
        weeks, frequency = set(self._numbers("BYWEEKNO")), self.parts["FREQ"]
        # Numbered weekdays are those of the month where dateutil is told the months.
        months = self._numbers("BYMONTH") or (range(1, 13) if frequency == "MONTHLY" else ())
        monthdays, weekdays = self._numbers("BYMONTHDAY"), self._weekdays()
        if not (monthdays or weekdays or "BYYEARDAY" in self.parts):
            if frequency == "DAILY":
                weekdays = [weekday(day) for day in range(7)]
            elif frequency == "WEEKLY" or weeks:
                weekdays = [weekday(self.first.weekday())]
            else:
                months, monthdays = months or (self.first.month,), (self.first.day,)
        moments = rrule(
            YEARLY,
            date(year, 1, 1),
            interval=MAXYEAR,  # this year alone
            bymonth=months or None,
            bymonthday=monthdays or None,
            byyearday=self._numbers("BYYEARDAY") or None,
            byweekday=weekdays or None,
        )
        days = (moment.date() for moment in moments)
        return (day for day in days if not weeks or weeks.intersection(self._week(day)[1:]))

    def _numbers(self, name: str) -> tuple[int, ...]:
        return tuple(map(int, self.parts[name].split(","))) if name in self.parts else ()

    def _numbers_of_weekdays(self) -> list[str]:
        return re.findall("[0-9]+", self.parts.get("BYDAY", ""))

    def _highest_of_weekdays(self) -> int:
        """Return the highest number that a weekday may have in the month or year, if any."""
        if self.parts["FREQ"] not in {"MONTHLY", "YEARLY"} or "BYWEEKNO" in self.parts:
            return 0
        return 5 if self.parts["FREQ"] == "MONTHLY" or "BYMONTH" in self.parts else 53

    def _weekdays(self) -> list[weekday]:
        """Return the weekdays, all numbered or none: of a mixture dateutil finds no day."""
        items = self.parts["BYDAY"].split(",") if "BYDAY" in self.parts else []
        mixed = self._numbers_of_weekdays()
        every = range(1, self._highest_of_weekdays() + 1) if mixed else [None]
        split = [(_WEEK.index(item[-2:]), item[:-2]) for item in items]
        return [weekday(day, n) for day, text in split for n in ([int(text)] if text else every)]

    def _until(self) -> date | None:
        try:
            return date.fromisoformat(self.parts.get("UNTIL", "99991231"))
        except ValueError:
            return None

    def _week_start(self) -> int:
        return _WEEK.index(self.parts.get("WKST", "MO"))

    def _week(self, day: date) -> tuple[int, int, int]:
        """Return the year that counts the week of the day, and its number from either end."""
        # A week is of the year that its fourth day is of. Here that is one in the years 400 to
        # 800, for it may lie before the year 1 or after 9999.
        fourth = day.toordinal() - (day.weekday() - self._week_start()) % 7 + 3
        cycles, rest = divmod(fourth, _CYCLE)
        alike = date.fromordinal(rest + _CYCLE)
        before = (alike - date(alike.year, 1, 1)).days
        after = (date(alike.year, 12, 31) - alike).days
        return alike.year + 400 * cycles, before // 7 + 1, -(after // 7) - 1
