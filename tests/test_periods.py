"""Periods: sets of days, written as their first and last."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.periods import Period, covers

days = st.dates(date(2019, 12, 26), date(2020, 1, 6))
periods = st.tuples(days, days).map(lambda two: Period(min(two), max(two)))


def days_of(period: Period) -> set[date]:
    length = (period.last - period.first).days + 1
    return {period.first + timedelta(offset) for offset in range(length)}


@given(periods, days)
def test_a_period_holds_its_first_day_its_last_and_all_between(period: Period, day: date) -> None:
    assert (day in period) == (day in days_of(period))


@given(periods, periods)
def test_within_is_to_be_a_part(one: Period, other: Period) -> None:
    assert one.within(other) == (days_of(one) <= days_of(other))


@given(st.lists(periods), periods)
def test_parts_cover_a_whole_where_they_leave_no_day_out(
    parts: list[Period], whole: Period
) -> None:
    covered = set().union(*map(days_of, parts))
    assert covers(iter(parts), whole) == (days_of(whole) <= covered)


def test_parts_that_meet_cover_what_they_make_up() -> None:
    months = [Period.month(2019, month) for month in range(1, 13)]
    assert covers(reversed(months), Period.year(2019))
    assert not covers(months[:5] + months[6:], Period.year(2019))


def test_what_goes_on_for_ever_covers_the_last_day_there_is() -> None:
    always = Period(date.min, date.max)
    assert covers([always], always)


@given(periods, periods)
def test_periods_are_ordered_by_their_first_day(one: Period, other: Period) -> None:
    if one < other:
        assert (one.first, one.last) < (other.first, other.last)


@pytest.mark.parametrize(
    ("period", "first", "last", "shown"),
    [
        (Period.day(date(2019, 4, 26)), date(2019, 4, 26), date(2019, 4, 26), "2019-04-26"),
        (Period.month(2020, 2), date(2020, 2, 1), date(2020, 2, 29), "2020-02-01 to 2020-02-29"),
        (Period.month(2019, 12), date(2019, 12, 1), date(2019, 12, 31), "2019-12-01 to 2019-12-31"),
        (Period.year(2018), date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (
            Period(date(2018, 1, 1), date(2019, 12, 31)),
            date(2018, 1, 1),
            date(2019, 12, 31),
            "2018-01-01 to 2019-12-31",
        ),
    ],
)
def test_a_period_is_written_as_shortly_as_it_can_be(
    period: Period, first: date, last: date, shown: str
) -> None:
    assert (period.first, period.last, str(period)) == (first, last, shown)


@given(st.dates(min_value=date(2, 1, 1)))
def test_the_last_full_year_ended_with_the_last_december(day: date) -> None:
    year = Period.last_full_year(day)
    assert year == Period.year(day.year - 1)
    assert year.last + timedelta(1) == date(day.year, 1, 1)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(InvalidValue) as caught:
        Period(date(2019, 4, 26), date(2019, 4, 25))
    (problem,) = caught.value.problems
    assert problem.path == "last"
    assert problem.message == "expected a day not before 2019-04-26, found 2019-04-25"


@pytest.mark.parametrize("moment", [datetime(2019, 4, 26, 9, 30), "2019-04-26", None])  # noqa: DTZ001
def test_a_period_is_made_of_days(moment: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Period(moment, moment)
    assert [problem.path for problem in caught.value.problems] == ["first", "last"]
    assert all(problem.message.startswith("expected a date") for problem in caught.value.problems)


def test_what_merely_equals_a_day_or_a_year_is_refused_though_that_was_asked_for() -> None:
    class Moment(date):
        pass

    assert Period.day(date(2018, 1, 1)).first == Period.year(2018).first == Moment(2018, 1, 1)
    with pytest.raises(InvalidValue):
        Period.day(Moment(2018, 1, 1))
    with pytest.raises(TypeError):
        Period.year(2018.0)  # type: ignore[arg-type]
