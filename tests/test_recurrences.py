"""Planned days that recur: laws, calendars walked day by day, and the examples of RFC 5545."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
from dateutil.rrule import rrule, rrulestr
from hypothesis import assume, example, given, reject
from hypothesis import strategies as st

from commed import recurrences
from commed.errors import InvalidValue
from commed.periods import Period
from commed.recurrences import Recurrence

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = (
    "FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYSETPOS, WKST"
)
FRIDAY = date(2018, 1, 5)
ALWAYS = Period(date.min, date.max)

days = st.dates(date(2015, 1, 1), date(2026, 12, 31))
periods = st.tuples(days, days).map(lambda two: Period(min(two), max(two)))
steps = st.integers(1, 5)
weekdays = st.sets(st.sampled_from(WEEK), min_size=1)


def days_of(period: Period) -> list[date]:
    return [period.first + timedelta(n) for n in range((period.last - period.first).days + 1)]


def listed(items: Any) -> str:
    return ",".join(map(str, items))


def planned(first: date, rule: str, **more: Any) -> Recurrence:
    """Build the recurrence from the first day of the rule on, which may be later than `first`."""
    for _ in range(2):
        try:
            return Recurrence(first, rule, **more)
        except InvalidValue as error:
            start = re.search("expected a day of the rule, as ([0-9-]{10})", str(error))
            first = date.fromisoformat(start[1]) if start else first
    return reject()


def problems_of(first: Any, rule: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        Recurrence(first, rule, **more)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def numbers(highest: int, *, signed: bool = True) -> st.SearchStrategy[str]:
    """Lists of some numbers of a calendar, with those from its end."""
    from_end = st.integers(-highest, -1)
    number = st.integers(1, highest)
    return st.sets(number | from_end if signed else number, min_size=1, max_size=8).map(listed)


@st.composite
def rules(draw: st.DrawFn, weeks: st.SearchStrategy[str] | None = None) -> str:
    """Rules of every kind: those of BYWEEKNO where that is given."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    numbered = st.tuples(st.sampled_from(["", "+", "-"]), st.integers(1, 5), st.sampled_from(WEEK))
    optional: dict[str, st.SearchStrategy[str]] = {
        "INTERVAL": st.integers(1, 4).map(str),
        "BYMONTH": numbers(12, signed=False),
        "BYDAY": weekdays.map(listed),
        "WKST": st.sampled_from(WEEK),
    }
    if weeks is not None:
        frequency = "YEARLY"
        optional["BYWEEKNO"] = weeks
    elif frequency in {"MONTHLY", "YEARLY"}:
        some = st.lists(numbered.map(lambda parts: "{}{}{}".format(*parts)), min_size=1, max_size=4)
        optional["BYDAY"] |= some.map(listed)
    if frequency != "WEEKLY":
        optional["BYMONTHDAY"] = numbers(31)
    if frequency == "YEARLY":
        optional["BYYEARDAY"] = numbers(366)
    names = draw(st.sets(st.sampled_from(sorted(optional)))) | ({"BYWEEKNO"} & {*optional})
    parts = [f"{name}={draw(optional[name])}" for name in sorted(names)]
    if any(name.startswith("BY") for name in names) and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(numbers(4))}")
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if end == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    if end == "UNTIL":
        parts.append(f"UNTIL={draw(st.dates(date(2027, 1, 1), date(2040, 1, 1))):%Y%m%d}")
    return ";".join(draw(st.permutations([f"FREQ={frequency}", *parts])))


# --- Laws


@given(days, rules(), periods, st.lists(days), st.lists(days))
def test_the_days_are_inside_the_period_in_order_and_each_once(
    first: date, rule: str, period: Period, also: list[date], without: list[date]
) -> None:
    found = planned(first, rule, also=also, without=without).days(period)
    assert all(day in period for day in found)
    assert list(found) == sorted(set(found))
    assert set(also) & set(days_of(period)) - set(without) <= set(found)
    assert not set(found) & set(without)


@given(days, rules() | rules(numbers(53)), periods, st.integers(0, 10**6))
def test_the_days_of_a_period_are_those_of_its_two_parts(
    first: date, rule: str, period: Period, place: int
) -> None:
    assume(period.first < period.last)
    cut = period.first + timedelta(place % (period.last - period.first).days)
    recurrence = planned(first, rule)
    before, after = Period(period.first, cut), Period(cut + timedelta(1), period.last)
    assert recurrence.days(before) + recurrence.days(after) == recurrence.days(period)


@given(days, rules(), st.lists(days), st.lists(days))
def test_days_are_added_to_those_of_the_rule_and_then_left_out(
    first: date, rule: str, also: list[date], without: list[date]
) -> None:
    plain = planned(first, rule)
    period = Period(date(2010, 1, 1), date(2030, 1, 1))
    changed = Recurrence(plain.first, rule, also=also, without=without).days(period)
    assert changed == tuple(sorted({*plain.days(period), *also} - {*without}))


@given(days, rules())
def test_nothing_comes_before_the_first_day_and_that_day_comes(first: date, rule: str) -> None:
    recurrence = planned(first, rule)
    period = Period(recurrence.first - timedelta(800), recurrence.first)
    assert recurrence.days(period) == (recurrence.first,)


@given(days, rules().filter(lambda rule: "COUNT" not in rule and "UNTIL" not in rule), st.data())
def test_count_and_until_end_a_rule_over_all_not_within_a_period(
    first: date, rule: str, data: st.DataObject
) -> None:
    endless = planned(first, rule)
    named = endless.days(Period(endless.first, date(endless.first.year + 15, 1, 1)))
    count = data.draw(st.integers(1, len(named)))
    kept, period = named[:count], data.draw(periods)
    inside = tuple(day for day in kept if day in period)
    assert Recurrence(endless.first, f"{rule};COUNT={count}").days(period) == inside
    assert Recurrence(endless.first, f"{rule};UNTIL={kept[-1]:%Y%m%d}").days(period) == inside


@given(days, rules(), periods)
def test_the_order_of_the_parts_says_nothing(first: date, rule: str, period: Period) -> None:
    turned = ";".join(sorted(rule.split(";")))
    recurrence = planned(first, rule)
    assert Recurrence(recurrence.first, turned).days(period) == recurrence.days(period)


# --- Against a calendar walked day by day


@given(days, steps, periods)
def test_a_daily_rule_comes_every_so_many_days(first: date, step: int, period: Period) -> None:
    found = Recurrence(first, f"FREQ=DAILY;INTERVAL={step}").days(period)
    walked = [day for day in days_of(period) if day >= first and (day - first).days % step == 0]
    assert list(found) == walked


@given(days, periods)
def test_a_daily_rule_has_as_many_days_as_the_period_from_its_first_on(
    first: date, period: Period
) -> None:
    found = Recurrence(first, "FREQ=DAILY").days(period)
    assert len(found) == max(0, (period.last - max(first, period.first)).days + 1)


@given(days, steps, weekdays, st.sampled_from(WEEK), periods)
def test_a_weekly_rule_comes_on_its_weekdays_every_so_many_weeks(
    first: date, step: int, on: set[str], start: str, period: Period
) -> None:
    on |= {WEEK[first.weekday()]}
    rule = f"FREQ=WEEKLY;INTERVAL={step};BYDAY={listed(on)};WKST={start}"

    def week_of(day: date) -> date:
        while WEEK[day.weekday()] != start:
            day -= timedelta(1)
        return day

    assert list(Recurrence(first, rule).days(period)) == [
        day
        for day in days_of(period)
        if day >= first
        and WEEK[day.weekday()] in on
        and (week_of(day) - week_of(first)).days % (7 * step) == 0
    ]


@given(days, steps, st.sampled_from([*range(-5, 0), *range(1, 6)]), st.sampled_from(WEEK), periods)
def test_a_monthly_rule_comes_on_the_nth_weekday_from_either_end(
    first: date, step: int, number: int, on: str, period: Period
) -> None:
    recurrence = planned(first, f"FREQ=MONTHLY;INTERVAL={step};BYDAY={number}{on}")
    start = recurrence.first

    def is_nth(day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        place = day.day - 1 if number > 0 else length - day.day
        return place // 7 + 1 == abs(number) and WEEK[day.weekday()] == on

    def months(day: date) -> int:
        return day.year * 12 + day.month

    assert list(recurrence.days(period)) == [
        day
        for day in days_of(period)
        if day >= start and is_nth(day) and (months(day) - months(start)) % step == 0
    ]


@given(st.integers(2015, 2026), st.integers(1, 12), st.sampled_from(WEEK), periods)
def test_a_yearly_rule_comes_on_the_last_weekday_of_its_month(
    year: int, month: int, on: str, period: Period
) -> None:
    def last(year: int) -> date:
        (*_, found) = (
            day for day in days_of(Period.month(year, month)) if WEEK[day.weekday()] == on
        )
        return found

    recurrence = Recurrence(last(year), f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1{on}")
    assert list(recurrence.days(period)) == [
        day for each in range(year, 2027) if (day := last(each)) in period
    ]


@given(days, numbers(31), periods)
def test_a_monthly_rule_comes_on_days_counted_from_either_end(
    first: date, on: str, period: Period
) -> None:
    recurrence = planned(first, f"FREQ=MONTHLY;BYMONTHDAY={on}")
    wanted = {int(number) for number in on.split(",")}
    assert list(recurrence.days(period)) == [
        day
        for day in days_of(period)
        if day >= recurrence.first
        and wanted & {day.day, day.day - calendar.monthrange(day.year, day.month)[1] - 1}
    ]


@given(days, numbers(53) | st.sampled_from(["52", "53", "-52", "-53", "1", "-1"]), steps, periods)
@example(date(2010, 12, 27), "52", 1, Period.year(2011))  # dateutil leaves out 1 January 2011
@example(date(2009, 12, 28), "53", 1, Period.year(2011))  # and takes it for week 53
@example(date(2018, 1, 1), "1", 2, Period.year(2018))  # its 31 December is of the next year
@example(date(2018, 1, 1), "-52,-53", 1, Period.year(2019))
def test_numbered_weeks_are_those_of_iso_8601(
    first: date, on: str, step: int, period: Period
) -> None:
    rule = f"FREQ=YEARLY;INTERVAL={step};BYWEEKNO={on};BYDAY={listed(WEEK)}"
    recurrence = planned(first, rule)
    start, wanted = recurrence.first, {int(number) for number in on.split(",")}

    def holds(day: date) -> bool:
        year, week, _ = day.isocalendar()
        from_end = week - date(year, 12, 28).isocalendar().week - 1
        return (year - start.isocalendar().year) % step == 0 and bool(wanted & {week, from_end})

    assert list(recurrence.days(period)) == [
        day for day in days_of(period) if day >= start and holds(day)
    ]


@given(days, numbers(53), periods, st.sampled_from(WEEK))
def test_a_week_is_numbered_in_the_year_of_its_fourth_day_whichever_its_first(
    first: date, on: str, period: Period, start: str
) -> None:
    rule = f"FREQ=YEARLY;BYWEEKNO={on};BYDAY={listed(WEEK)};WKST={start}"
    recurrence, wanted = planned(first, rule), {int(number) for number in on.split(",")}

    def fourths(year: int) -> list[date]:
        return [
            day
            for day in days_of(Period.year(year))
            if WEEK[(day - timedelta(3)).weekday()] == start
        ]

    def holds(day: date) -> bool:
        back = next(n for n in range(7) if WEEK[(day - timedelta(n)).weekday()] == start)
        fourth = day - timedelta(back - 3)
        weeks = fourths(fourth.year)
        place = weeks.index(fourth)
        return bool(wanted & {place + 1, place - len(weeks)})

    short = Period(period.first, min(period.last, period.first + timedelta(400)))
    assert list(recurrence.days(short)) == [
        day for day in days_of(short) if day >= recurrence.first and holds(day)
    ]


@given(days, rules(), periods)
def test_dateutil_walks_over_the_same_days_where_it_can_be_trusted(
    first: date, rule: str, period: Period
) -> None:
    recurrence = planned(first, rule)
    assume("FREQ=WEEKLY" not in rule or "BYSETPOS" not in rule)
    assume(not ("BYDAY=" in rule and is_mixed(rule)))
    start = datetime.combine(recurrence.first, datetime.min.time())
    last = datetime.combine(period.last, datetime.min.time())
    week = "" if "WKST" in rule else ";WKST=MO"
    walked = rrulestr(rule + week, dtstart=start).between(start, last, inc=True)
    assert list(recurrence.days(period)) == [
        moment.date() for moment in walked if moment.date() in period
    ]


def is_mixed(rule: str) -> bool:
    (on,) = (part[6:].split(",") for part in rule.split(";") if part.startswith("BYDAY="))
    return len({item in WEEK for item in on}) > 1


@given(days, weekdays, numbers(4), periods, st.sampled_from(WEEK))
def test_a_weekly_rule_picks_from_whole_weeks_the_first_included(
    first: date, on: set[str], places: str, period: Period, start: str
) -> None:
    rule = f"FREQ=WEEKLY;BYDAY={listed(on)};BYSETPOS={places};WKST={start}"
    recurrence = planned(first, rule)

    def week_of(day: date) -> list[date]:
        back = next(n for n in range(7) if WEEK[(day - timedelta(n)).weekday()] == start)
        week = [day + timedelta(n - back) for n in range(7)]
        return [day for day in week if WEEK[day.weekday()] in on]

    def is_picked(day: date) -> bool:
        week = week_of(day)
        return day in week and any(
            week[place - (place > 0)] == day
            for place in map(int, places.split(","))
            if abs(place) <= len(week)
        )

    assert is_picked(recurrence.first)
    assert list(recurrence.days(period)) == [
        day for day in days_of(period) if day >= recurrence.first and is_picked(day)
    ]


# --- The examples of RFC 5545, 3.8.5.3, that are of whole days


def several(month: str, *on: int) -> list[str]:
    return [f"{month}-{day:02}" for day in on]


@pytest.mark.parametrize(
    ("first", "rule", "named"),
    [
        ("1997-09-02", "FREQ=DAILY;COUNT=10", several("1997-09", *range(2, 12))),
        (
            "1997-09-02",
            "FREQ=DAILY;INTERVAL=10;COUNT=5",
            [*several("1997-09", 2, 12, 22), *several("1997-10", 2, 12)],
        ),
        (
            "1997-09-02",
            "FREQ=WEEKLY;COUNT=10",
            [
                *several("1997-09", 2, 9, 16, 23, 30),
                *several("1997-10", 7, 14, 21, 28),
                "1997-11-04",
            ],
        ),
        (
            "1997-09-02",
            "FREQ=WEEKLY;UNTIL=19971007;WKST=SU;BYDAY=TU,TH",
            [*several("1997-09", 2, 4, 9, 11, 16, 18, 23, 25, 30), *several("1997-10", 2, 7)],
        ),
        (
            "1997-09-02",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            [*several("1997-09", 2, 4, 16, 18, 30), *several("1997-10", 2, 14, 16)],
        ),
        (
            "1997-09-05",
            "FREQ=MONTHLY;COUNT=5;BYDAY=1FR",
            ["1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05", "1998-01-02"],
        ),
        (
            "1997-09-07",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
            [
                *several("1997-09", 7, 28),
                *several("1997-11", 2, 30),
                *several("1998-01", 4, 25),
            ],
        ),
        (
            "1997-09-22",
            "FREQ=MONTHLY;COUNT=4;BYDAY=-2MO",
            ["1997-09-22", "1997-10-20", "1997-11-17", "1997-12-22"],
        ),
        (
            "1997-09-28",
            "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4",
            ["1997-09-28", "1997-10-29", "1997-11-28", "1997-12-29"],
        ),
        (
            "1997-09-30",
            "FREQ=MONTHLY;COUNT=5;BYMONTHDAY=1,-1",
            ["1997-09-30", *several("1997-10", 1, 31), *several("1997-11", 1, 30)],
        ),
        (
            "1997-09-10",
            "FREQ=MONTHLY;INTERVAL=18;COUNT=8;BYMONTHDAY=10,11,12,13,14,15",
            [*several("1997-09", *range(10, 16)), *several("1999-03", 10, 11)],
        ),
        (
            "1997-06-10",
            "FREQ=YEARLY;COUNT=4;BYMONTH=6,7",
            ["1997-06-10", "1997-07-10", "1998-06-10", "1998-07-10"],
        ),
        (
            "1997-01-01",
            "FREQ=YEARLY;INTERVAL=3;COUNT=7;BYYEARDAY=1,100,200",
            [
                *["1997-01-01", "1997-04-10", "1997-07-19"],
                *["2000-01-01", "2000-04-09", "2000-07-18", "2003-01-01"],
            ],
        ),
        (
            "1997-05-19",
            "FREQ=YEARLY;BYDAY=20MO;COUNT=3",
            ["1997-05-19", "1998-05-18", "1999-05-17"],
        ),
        (
            "1997-05-12",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3",
            ["1997-05-12", "1998-05-11", "1999-05-17"],
        ),
        (
            "1998-02-13",
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5",
            ["1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13"],
        ),
        (
            "1996-11-05",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
            ["1996-11-05", "2000-11-07", "2004-11-02"],
        ),
        (
            "1997-09-04",
            "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            ["1997-09-04", "1997-10-07", "1997-11-06"],
        ),
        (
            "1997-09-29",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4",
            ["1997-09-29", "1997-10-30", "1997-11-27", "1997-12-30"],
        ),
        (
            "1997-08-05",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
        ),
        (
            "1997-08-05",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
        ),
        (
            "2007-01-15",
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            ["2007-01-15", "2007-01-30", "2007-02-15", "2007-03-15", "2007-03-30"],
        ),
    ],
)
def test_the_examples_of_the_standard(first: str, rule: str, named: list[str]) -> None:
    recurrence = Recurrence(date.fromisoformat(first), rule)
    assert [str(day) for day in recurrence.days(ALWAYS)] == named


# --- Particular days


def test_a_learning_day_that_is_planned_once_recurs_only_where_days_are_added() -> None:
    once = Recurrence(FRIDAY)
    assert once.days(Period.year(2018)) == (FRIDAY,)
    assert once.days(Period.year(2019)) == ()
    twice = Recurrence(FRIDAY, also=[date(2019, 3, 1), FRIDAY])
    assert twice.days(ALWAYS) == (FRIDAY, date(2019, 3, 1))
    assert Recurrence(FRIDAY, also=[FRIDAY], without=[FRIDAY]).days(Period.year(2018)) == ()


def test_the_learning_week_begins_on_the_last_sunday_of_october() -> None:
    week = Recurrence(date(2015, 10, 25), "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20181231")
    found = [str(day) for day in week.days(ALWAYS)]
    assert found == ["2015-10-25", "2016-10-30", "2017-10-29", "2018-10-28"]


@pytest.mark.parametrize(
    ("first", "rule", "per_year"),
    [
        (date(2016, 2, 29), "FREQ=YEARLY", {2016: 1, 2017: 0, 2018: 0, 2019: 0, 2020: 1}),
        (date(2096, 2, 29), "FREQ=YEARLY", {2096: 1, 2100: 0, 2104: 1}),
        (date(2016, 2, 29), "FREQ=MONTHLY", {2016: 11, 2017: 11, 2020: 12}),
        (date(2016, 12, 31), "FREQ=YEARLY;BYYEARDAY=366", {2016: 1, 2017: 0, 2020: 1}),
        (date(2016, 1, 31), "FREQ=MONTHLY", {2016: 7, 2017: 7}),
        (date(2016, 2, 29), "FREQ=MONTHLY;BYMONTHDAY=-1", {2016: 11, 2017: 12}),
    ],
)
def test_days_that_a_year_does_not_have_are_skipped(
    first: date, rule: str, per_year: dict[int, int]
) -> None:
    recurrence = Recurrence(first, rule)
    assert {year: len(recurrence.days(Period.year(year))) for year in per_year} == per_year


def test_what_the_rule_leaves_open_is_taken_from_the_first_day() -> None:
    def named(rule: str, first: date = FRIDAY) -> list[str]:
        return [f"{day:%m%d}" for day in Recurrence(first, rule).days(Period.year(2018))][:3]

    assert named("FREQ=WEEKLY") == ["0105", "0112", "0119"]
    assert named("FREQ=WEEKLY;BYMONTH=1,3;INTERVAL=3") == ["0105", "0126", "0309"]
    assert named("FREQ=MONTHLY;BYMONTH=1,3") == ["0105", "0305"]
    assert named("FREQ=YEARLY") == ["0105"]
    assert named("FREQ=YEARLY;BYMONTH=1,3") == ["0105", "0305"]
    assert named("FREQ=YEARLY;BYMONTHDAY=5") == ["0105", "0205", "0305"]
    assert named("FREQ=YEARLY;BYWEEKNO=1,20") == ["0105", "0518"]  # dateutil: the whole week


def test_weekdays_with_and_without_numbers_go_together() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,2TU"  # dateutil finds no such day
    found = Recurrence(date(2018, 1, 1), rule).days(Period.month(2018, 1))
    assert [day.day for day in found] == [1, 8, 9, 15, 22, 29]
    rule = "FREQ=YEARLY;BYDAY=MO,-1FR"
    found = Recurrence(date(2018, 1, 1), rule).days(Period.year(2018))
    assert len(found) == 54
    assert date(2018, 12, 28) in found


def test_a_number_may_be_written_as_the_standard_lets_it() -> None:
    rule = "FREQ=MONTHLY;BYDAY=+01FR;BYMONTH=01,2;INTERVAL=01"
    assert Recurrence(FRIDAY, rule).days(Period.year(2018)) == (FRIDAY, date(2018, 2, 2))


def test_count_goes_on_counting_the_days_left_out() -> None:
    weekly = Recurrence(FRIDAY, "FREQ=WEEKLY;COUNT=3", without=[date(2018, 1, 12)])
    assert weekly.days(Period.year(2018)) == (FRIDAY, date(2018, 1, 19))


@pytest.mark.parametrize("start", WEEK)
@pytest.mark.parametrize("places", ["", ";BYSETPOS=1,2,-1"])
@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=YEARLY;BYWEEKNO=1,51,52,53"])
def test_the_calendar_has_a_first_and_a_last_day(rule: str, places: str, start: str) -> None:
    whole = f"{rule};BYDAY={listed(WEEK)};WKST={start}{places}"
    last = Recurrence(planned(date(9999, 12, 20), whole).first, whole)
    assert set(last.days(Period(date(9999, 1, 1), date.max))) <= set(days_of(Period.year(9999)))
    early = planned(date.min, whole)
    assert early.first in Period(date.min, date(2, 1, 1))
    assert early.days(Period.year(1))[0] == early.first


# --- Refusals


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ",
        "FREQ=",
        "FREQ==WEEKLY",
        "FREQ=WEEKLY;",
        ";FREQ=WEEKLY",
        "FREQ=WEEKLY;;COUNT=2",
        "freq=weekly",
        "FREQ=Weekly",
        "RRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY; COUNT=2",
        "FREQ=WEEKLY;COUNT= 2",
        "FREQ=WEEKLY EXDATE:20180112",
        "DTSTART:20200103 FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=２",
        "FREQ=WEEKLY;COUNT=٣",
        "FREQ=WEEKLY;COUNT=1_0",
        "FREQ=WEEKLY;COUNT=3.0",
        "FREQ=WEEKLY；COUNT=3",
        "FREQ=WEEKLY;BYDAY=FR(2)",
        "FREQ=WEEKLY;UNTIL=01/02/19",
        "每周五",
    ],
)
def test_a_rule_is_made_of_parts(rule: str) -> None:
    message = f"expected parts such as FREQ=WEEKLY;BYDAY=FR, found {rule!r}"
    assert problems_of(FRIDAY, rule) == [("rule", message)]


def test_a_rule_is_not_endless_to_read() -> None:
    ((path, message),) = problems_of(FRIDAY, "FREQ=YEARLY;BYYEARDAY=" + ",".join(["5"] * 500))
    assert path == "rule"
    assert message.startswith("expected parts such as FREQ=WEEKLY;BYDAY=FR, found 'FREQ=YEARLY")


@pytest.mark.parametrize("rule", ["", " FREQ=WEEKLY", "FREQ=WEEKLY\nCOUNT=2", "FREQ=WEEKLY\x00"])
def test_a_rule_is_a_text(rule: str) -> None:
    ((path, message),) = problems_of(FRIDAY, rule)
    assert path == "rule"
    assert message.startswith("expected a text without blanks at its ends or control characters")


@pytest.mark.parametrize(
    ("rule", "expected", "found"),
    [
        ("COUNT=3", "a part FREQ", "'COUNT=3'"),
        ("FREQ=YEARLY;BYEASTER=0", f"parts among {PARTS}", "'BYEASTER'"),
        ("FREQ=DAILY;BYHOUR=9", f"parts among {PARTS}", "'BYHOUR'"),
        ("FREQ=WEEKLY;BYWEEKDAY=FR", f"parts among {PARTS}", "'BYWEEKDAY'"),
        ("FREQ=WEEKLY;FREQ=WEEKLY", "FREQ once", "it 2 times"),
        ("FREQ=WEEKLY;BYDAY=FR;BYDAY=SA", "BYDAY once", "it 2 times"),
        ("FREQ=HOURLY", "DAILY, WEEKLY, MONTHLY or YEARLY as FREQ", "'HOURLY'"),
        ("FREQ=DAILY,WEEKLY", "DAILY, WEEKLY, MONTHLY or YEARLY as FREQ", "'DAILY,WEEKLY'"),
        ("FREQ=DAILY;INTERVAL=0", "a number from 1 to 9999 as INTERVAL", "'0'"),
        ("FREQ=DAILY;INTERVAL=-1", "a number from 1 to 9999 as INTERVAL", "'-1'"),
        ("FREQ=DAILY;INTERVAL=10000", "a number from 1 to 9999 as INTERVAL", "'10000'"),
        ("FREQ=DAILY;COUNT=0", "a number from 1 to 9999 as COUNT", "'0'"),
        ("FREQ=DAILY;COUNT=1,2", "a number from 1 to 9999 as COUNT", "'1,2'"),
        ("FREQ=DAILY;COUNT=99999999", "a number from 1 to 9999 as COUNT", "'99999999'"),
        ("FREQ=DAILY;UNTIL=2019", "a date written YYYYMMDD as UNTIL", "'2019'"),
        ("FREQ=DAILY;UNTIL=2019-01-01", "a date written YYYYMMDD as UNTIL", "'2019-01-01'"),
        ("FREQ=DAILY;UNTIL=2019W011", "a date written YYYYMMDD as UNTIL", "'2019W011'"),
        (
            "FREQ=DAILY;UNTIL=20190101T000000Z",
            "a date written YYYYMMDD as UNTIL",
            "'20190101T000000Z'",
        ),
        ("FREQ=DAILY;UNTIL=00000000", "a date written YYYYMMDD as UNTIL", "'00000000'"),
        ("FREQ=DAILY;UNTIL=20180230", "a date from 2018-01-05 on as UNTIL", "'20180230'"),
        ("FREQ=DAILY;UNTIL=20180104", "a date from 2018-01-05 on as UNTIL", "'20180104'"),
        ("FREQ=DAILY;UNTIL=20190101;COUNT=2", "UNTIL or COUNT", "both"),
        ("FREQ=WEEKLY;BYDAY=FR,", "weekdays such as FR, 2FR or -1SU as BYDAY", "'FR,'"),
        ("FREQ=WEEKLY;BYDAY=2", "weekdays such as FR, 2FR or -1SU as BYDAY", "'2'"),
        ("FREQ=MONTHLY;BYDAY=0FR", "weekdays such as FR, 2FR or -1SU as BYDAY", "'0FR'"),
        ("FREQ=MONTHLY;BYDAY=+-2FR", "weekdays such as FR, 2FR or -1SU as BYDAY", "'+-2FR'"),
        ("FREQ=YEARLY;BYDAY=54FR", "weekdays such as FR, 2FR or -1SU as BYDAY", "'54FR'"),
        ("FREQ=WEEKLY;BYDAY=2FR", "weekdays with no numbers in this BYDAY", "'2FR'"),
        ("FREQ=DAILY;BYDAY=FR,-1SA", "weekdays with no numbers in this BYDAY", "'FR,-1SA'"),
        (
            "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1FR",
            "weekdays with no numbers in this BYDAY",
            "'1FR'",
        ),
        ("FREQ=MONTHLY;BYDAY=-6FR", "weekdays with numbers up to 5 in this BYDAY", "'-6FR'"),
        (
            "FREQ=YEARLY;BYMONTH=1;BYDAY=53FR",
            "weekdays with numbers up to 5 in this BYDAY",
            "'53FR'",
        ),
        ("FREQ=YEARLY;BYMONTH=13", "numbers from 1 to 12 as BYMONTH", "'13'"),
        ("FREQ=YEARLY;BYMONTH=-1", "numbers from 1 to 12 as BYMONTH", "'-1'"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "numbers from 1 to 31 or -1 to -31 as BYMONTHDAY", "'0'"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=5,32",
            "numbers from 1 to 31 or -1 to -31 as BYMONTHDAY",
            "'5,32'",
        ),
        ("FREQ=WEEKLY;BYMONTHDAY=5", "BYMONTHDAY beside FREQ=DAILY or MONTHLY or YEARLY", "WEEKLY"),
        ("FREQ=YEARLY;BYYEARDAY=367", "numbers from 1 to 366 or -1 to -366 as BYYEARDAY", "'367'"),
        ("FREQ=MONTHLY;BYYEARDAY=5", "BYYEARDAY beside FREQ=YEARLY", "MONTHLY"),
        ("FREQ=YEARLY;BYWEEKNO=-54", "numbers from 1 to 53 or -1 to -53 as BYWEEKNO", "'-54'"),
        ("FREQ=WEEKLY;BYWEEKNO=1", "BYWEEKNO beside FREQ=YEARLY", "WEEKLY"),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=0",
            "numbers from 1 to 366 or -1 to -366 as BYSETPOS",
            "'0'",
        ),
        ("FREQ=MONTHLY;BYSETPOS=1", "a part such as BYDAY for BYSETPOS to pick from", "none"),
        ("FREQ=WEEKLY;WKST=1", "one of MO, TU, WE, TH, FR, SA, SU as WKST", "'1'"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "a rule that names a day up to 2118-12-31", "none"),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=6",
            "a rule that names a day up to 2118-12-31",
            "none",
        ),
        ("FREQ=YEARLY;COUNT=102", "102 days as COUNT up to 2118-12-31", "101"),
    ],
)
def test_a_rule_means_something_and_all_of_it_is_heeded(
    rule: str, expected: str, found: str
) -> None:
    assert problems_of(FRIDAY, rule) == [("rule", f"expected {expected}, found {found}")]


def test_every_fault_of_a_rule_is_told_at_once() -> None:
    told = problems_of(FRIDAY, "FREQ=WEEKLY;BYDAY=2XX;COUNT=0;BYHOUR=9;COUNT=0;INTERVAL=-1")
    assert [path for path, _ in told] == ["rule"] * 4
    told = problems_of(FRIDAY, "FREQ=WEEKLY;BYDAY=2FR;BYYEARDAY=5;UNTIL=20170101;COUNT=1")
    assert [path for path, _ in told] == ["rule"] * 4


@pytest.mark.parametrize(
    ("first", "rule", "start"),
    [
        (date(2018, 1, 4), "FREQ=WEEKLY;BYDAY=FR", "2018-01-05"),
        (date(2018, 1, 1), "FREQ=MONTHLY;BYDAY=-1SU", "2018-01-28"),
        (date(2018, 1, 1), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2020-02-29"),
        # Its week has picked Tuesday; dateutil, looking from the first day on, picks Friday.
        (date(2018, 1, 5), "FREQ=WEEKLY;BYDAY=TU,FR;BYSETPOS=1", "2018-01-09"),
        (date(9999, 12, 25), "FREQ=WEEKLY;BYDAY=FR,SU", "9999-12-26"),
    ],
)
def test_the_first_day_is_one_of_the_rule(first: date, rule: str, start: str) -> None:
    message = f"expected a day of the rule, as {start}, found {first}"
    assert problems_of(first, rule) == [("first", message)]
    assert str(Recurrence(date.fromisoformat(start), rule).first) == start


def test_a_recurrence_is_made_of_days() -> None:
    moment = datetime(2018, 1, 5, 9, 30)  # noqa: DTZ001
    given_texts: Any = "2018-01-05"
    assert [path for path, _ in problems_of(moment, None)] == ["first"]
    assert [path for path, _ in problems_of(None, 5)] == ["first", "rule"]
    told = problems_of(FRIDAY, "FREQ=DAILY", also=[FRIDAY, moment], without=given_texts)
    assert [path for path, _ in told] == ["also[1]", "without"]


def test_an_endless_rule_is_not_asked_for_all_its_days() -> None:
    endless = Recurrence(FRIDAY, "FREQ=DAILY")
    assert len(endless.days(Period(date(1, 1, 1), date(2118, 12, 31)))) == 36885
    with pytest.raises(InvalidValue) as caught:
        endless.days(Period(date(1, 1, 1), date(2119, 1, 1)))
    (problem,) = caught.value.problems
    assert str(problem) == (
        "period: expected at most 100 years of this rule, found 2018-01-05 to 2119-01-01"
    )


# --- Whatever is given


pieces = st.sampled_from(
    [
        *["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY"],
        *["BYWEEKNO", "BYSETPOS", "WKST", "BYEASTER", "BYHOUR", "RRULE:", "DTSTART:"],
        *["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", *WEEK, "20181231", "20190229", "Z"],
        *["0", "1", "5", "31", "-1", "53", "366", "9999", "99999", "١", "+", "T000000"],
        *["=", "=", ";", ";", ",", ":", " ", "\n", "(", "\u200c", "x"],
    ]
)
names = st.sampled_from(PARTS.split(", "))
values = st.lists(
    st.sampled_from(["1", "-1", "5", "29", "53", "366", "9999", *WEEK, "2FR", "-53SU"])
)
nearly = st.dictionaries(names, values.map(listed), max_size=5).flatmap(
    lambda parts: st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]).map(
        lambda frequency: ";".join(f"{k}={v}" for k, v in {**parts, "FREQ": frequency}.items())
    )
)


@given(st.dates(), st.text() | st.lists(pieces, max_size=30).map("".join) | nearly, st.dates())
@example(date(9999, 12, 31), "FREQ=WEEKLY;BYDAY=FR,SA,SU", date.max)  # dateutil fails on these
@example(date(1, 1, 1), "FREQ=YEARLY;BYWEEKNO=52;WKST=TU", date.min)
@example(FRIDAY, "FREQ=YEARLY;BYDAY=53FR", date(2018, 1, 1))
@example(FRIDAY, "FREQ=DAILY;UNTIL=99999999999999999999999", FRIDAY)
def test_any_text_is_a_rule_or_an_invalid_value(first: date, rule: str, day: date) -> None:
    paths, year = set(), Period.year(day.year)
    try:
        recurrence = Recurrence(first, rule)
    except InvalidValue as error:
        paths = {problem.path for problem in error.problems}
    else:
        assert recurrence.days(Period.day(first)) == (first,)
        assert set(recurrence.days(year)) <= set(days_of(year))
    assert paths <= {"first", "rule"}


def best_time(act: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return min(times)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=9999",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;COUNT=9999",
        "FREQ=DAILY;BYMONTH=1;COUNT=3131",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=WEEKLY;COUNT=5217",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYWEEKNO=1,-52;BYSETPOS=1",
    ],
)
@pytest.mark.parametrize("year", [1, 2018, 9999])
def test_one_year_of_a_rule_takes_no_more_walking_the_older_it_is(
    rule: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, walked = Recurrence(date.min, rule), years_walked(monkeypatch)
    old.days(Period.year(year))
    assert len(walked) <= (102 if "COUNT" in rule else 5)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=9999", "FREQ=YEARLY", "FREQ=WEEKLY"])
def test_which_of_many_days_are_planned_is_asked_once_a_year(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = date(2018, 1, 1)
    plan, asked = Recurrence(start, rule), [start + timedelta(n) for n in range(0, 3650, 73)]
    expected = {day for day in asked if plan.days(Period.day(day))}
    walked = years_walked(monkeypatch)
    assert plan.those_of(asked) == expected
    assert plan.those_of([]) == set()
    assert len(walked) <= 3 * 11 + 2


def years_walked(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Return a list that grows by each year whose days are looked up."""
    walked = list[date]()

    def noting(frequency: Any, start: date, **parts: Any) -> rrule:
        walked.append(start)
        return rrule(frequency, start, **parts)

    monkeypatch.setattr(recurrences, "rrule", noting)
    return walked


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31",
        "FREQ=WEEKLY;BYMONTH=1;BYDAY=MO;BYSETPOS=7",
        "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
        "FREQ=DAILY;COUNT=9999;BYMONTH=1",
    ],
)
def test_a_rule_without_days_is_refused_soon(rule: str) -> None:
    assert best_time(lambda: problems_of(date.min, rule)) < 0.2
