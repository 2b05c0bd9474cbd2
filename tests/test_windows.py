"""Statutory windows: the last week of a month and what is held in it; periods that are counted."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.compliance import Case, Ruling, judge
from commed.indicators.elsewhere import elsewhere
from commed.labels import Label
from commed.law.conditions import Attested, EventInWindow
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.records.learning import LearningEvent
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth
from commed.windows import LastWeek, statutory_period

HOME, CITY, TOWN = "330212", "330200", "330212001"
YEARS, OCTOBER, SUNDAY = range(2015, 2027), 10, 6
THEME, OTHER = "终身教育", "消防"
WORDS = Label(zh="义务", en="a duty")
BEARER = Bearer(name=Label(zh="区政府", en="the district"))
DUTY = Obligation(
    id="duty", duty=WORDS, bearer=BEARER, modality=Modality.SHALL, condition=Attested()
)
SOURCES = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
LAW = Instrument(id="law", title=WORDS, since=date(2015, 3, 1), sources=SOURCES)
DAY = timedelta(days=1)
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
every_reading = pytest.mark.parametrize("week", LastWeek)
every_year = pytest.mark.parametrize("year", YEARS)


def walk(year: int, month: int, week: LastWeek) -> list[date]:
    """Return the days of the last week, found by walking the calendar day by day."""
    days = [date(year, month, 1 + n) for n in range(monthrange(year, month)[1])]
    if week is LastWeek.LAST_SEVEN_DAYS:
        return days[-7:]
    last = max(days)
    if week is LastWeek.LAST_WHOLE:
        while last.weekday() != SUNDAY:
            last -= DAY
    else:
        while last.weekday() != SUNDAY:
            last += DAY
    return sorted(last - n * DAY for n in range(7))


def each_day(period: Period) -> Iterator[date]:
    return (period.first + n * DAY for n in range(period.length))


class TestDays:
    @every_reading
    @every_year
    def test_they_are_those_of_a_walk_through_the_calendar(self, year: int, week: LastWeek) -> None:
        for month in range(1, 13):
            assert list(each_day(week.days(year, month))) == walk(year, month, week)

    @every_year
    def test_each_reading_is_what_its_words_say(self, year: int) -> None:
        for month in range(1, 13):
            whole_month = Period.month(year, month)
            whole, begun, seven = (week.days(year, month) for week in LastWeek)
            assert [days.length for days in (whole, begun, seven)] == [7, 7, 7]
            assert whole in list(whole_month.weeks())
            assert not any(later.first > whole.first for later in whole_month.weeks())
            assert whole_month.last in begun
            assert begun.first.weekday() == 0
            assert (seven.last, seven.within(whole_month)) == (whole_month.last, True)
            assert (begun.first - whole.first).days in {0, 7}

    def test_they_are_one_where_the_month_ends_on_a_sunday(self) -> None:
        week = Period(date(2021, 10, 25), date(2021, 10, 31))
        assert {reading.days(2021, OCTOBER) for reading in LastWeek} == {week}

    def test_the_week_that_holds_the_last_day_may_reach_into_the_next_year(self) -> None:
        assert LastWeek.LAST_BEGUN.days(2018, 12) == Period(date(2018, 12, 31), date(2019, 1, 6))

    def test_at_the_end_of_the_calendar_they_are_those_that_there_are(self) -> None:
        last = date(9999, 12, 31)
        assert LastWeek.LAST_BEGUN.days(9999, 12) == Period(date(9999, 12, 27), last)
        assert LastWeek.LAST_SEVEN_DAYS.days(9999, 12) == Period(date(9999, 12, 25), last)
        assert LastWeek.LAST_WHOLE.days(9999, 12) == Period(date(9999, 12, 20), date(9999, 12, 26))

    @every_reading
    def test_at_its_beginning_there_is_a_week(self, week: LastWeek) -> None:
        assert week.days(1, 1).length == 7
        assert list(each_day(week.days(1, 1))) == walk(1, 1, week)


# --- statutory periods -----------------------------------------------------------------


class TestStatutoryPeriod:
    @pytest.mark.parametrize(
        ("begins", "counted", "first", "last"),
        [
            ("2019-04-26", {"days": 1}, "2019-04-27", "2019-04-27"),
            ("2019-04-26", {"days": 30}, "2019-04-27", "2019-05-26"),
            ("2019-12-31", {"days": 1}, "2020-01-01", "2020-01-01"),
            ("2019-04-26", {"months": 1}, "2019-04-27", "2019-05-26"),
            ("2019-01-31", {"months": 1}, "2019-02-01", "2019-02-28"),
            ("2020-01-31", {"months": 1}, "2020-02-01", "2020-02-29"),
            ("2019-03-31", {"months": 1}, "2019-04-01", "2019-04-30"),
            ("2019-02-28", {"months": 1}, "2019-03-01", "2019-03-28"),
            ("2019-11-30", {"months": 3}, "2019-12-01", "2020-02-29"),
            ("2019-04-26", {"years": 1}, "2019-04-27", "2020-04-26"),
            ("2020-02-29", {"years": 1}, "2020-03-01", "2021-02-28"),
            ("2020-02-29", {"years": 4}, "2020-03-01", "2024-02-29"),
            ("2019-01-30", {"years": 1, "months": 1, "days": 1}, "2019-01-31", "2020-03-01"),
            ("9999-12-30", {"days": 1}, "9999-12-31", "9999-12-31"),
        ],
    )
    def test_the_first_day_does_not_count_and_the_last_one_does(
        self, begins: str, counted: dict[str, int], first: str, last: str
    ) -> None:
        expected = Period(date.fromisoformat(first), date.fromisoformat(last))
        assert statutory_period(date.fromisoformat(begins), **counted) == expected

    @given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 10_000))
    def test_of_days_there_are_as_many_as_are_counted(self, begins: date, days: int) -> None:
        came = statutory_period(begins, days=days)
        assert (came.first, came.length) == (begins + DAY, days)

    @given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 240))
    def test_months_end_on_the_same_day_or_on_the_last_of_a_month_that_lacks_it(
        self, begins: date, months: int
    ) -> None:
        last = statutory_period(begins, months=months).last
        ahead = begins.month - 1 + months
        year, month = begins.year + ahead // 12, ahead % 12 + 1
        assert last == date(year, month, min(begins.day, monthrange(year, month)[1]))

    @given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 90))
    def test_a_year_is_twelve_months(self, begins: date, years: int) -> None:
        of_months = statutory_period(begins, months=12 * years)
        assert statutory_period(begins, years=years) == of_months

    @pytest.mark.parametrize(
        "counted",
        [{}, {"days": 0}, {"days": -1}, {"years": 1, "days": -1}, {"months": -1, "years": 1}],
    )
    def test_where_nothing_is_counted_or_it_is_counted_back_it_is_refused(
        self, counted: dict[str, int]
    ) -> None:
        with pytest.raises(ValueError, match="expected a number of years, months or days above"):
            statutory_period(date(2019, 4, 26), **counted)

    @pytest.mark.parametrize(
        ("begins", "counted"),
        [
            (date.max, {"days": 1}),
            (date(9999, 12, 30), {"days": 2}),
            (date(9999, 12, 1), {"months": 1}),
            (date(9000, 1, 1), {"years": 1000}),
            (date(2019, 1, 1), {"days": 10**12}),
            (date(2019, 1, 1), {"years": 10**12}),
        ],
    )
    def test_one_that_outlasts_the_calendar_is_refused(
        self, begins: date, counted: dict[str, int]
    ) -> None:
        with pytest.raises(ValueError, match=f"begins on {begins} outlasts the calendar"):
            statutory_period(begins, **counted)


# --- an event is held in it ------------------------------------------------------------


def register(*events: LearningEvent, **lists: Any) -> Register:
    divisions = [
        Division(id=CITY, name="宁波市"),
        Division(id=HOME, name="鄞州区"),
        Division(id=TOWN, name="街道"),
        Division(id="330203", name="海曙区"),
        Division(id="lost", name="某村", level=Level.COMMUNITY),
    ]
    return Register(jurisdiction=HOME, divisions=divisions, events=events, **lists)


class Beside(Register):
    """Stand for a register whose events are kept elsewhere: one on the last day of any period."""

    def asked(self, period: Period) -> list[LearningEvent]:
        return [event(period.last)]


@elsewhere.register
def _(register: Beside) -> Any:
    return SimpleNamespace(events=register.asked)


def event(day: date, **fields: Any) -> LearningEvent:
    given: dict[str, Any] = {"id": f"e-{day}", "date": day, "division": HOME, "themes": [THEME]}
    return LearningEvent(**given | fields)


def ruling(
    known: Register,
    year: int,
    week: LastWeek,
    theme: str | None = THEME,
    on: date | None = None,
) -> Ruling:
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=HOME,
        on=on or date(year + 1, 3, 1),
        period=Period.year(year),
    )
    return judge(EventInWindow(month=OCTOBER, week=week, theme=theme), case)


WHOLE: dict[str, Any] = {"complete": [Collection.EVENTS]}


@every_reading
@every_year
class TestEveryOctober:
    def test_an_event_of_a_day_inside_meets_it(self, year: int, week: LastWeek) -> None:
        for day in walk(year, OCTOBER, week):
            came = ruling(register(event(day)), year, week)
            assert (came.truth, came.needs) == (T, ())
            assert [piece.key for piece in came.evidence] == [f"e-{day}"]

    def test_an_event_that_is_kept_elsewhere_meets_it(self, year: int, week: LastWeek) -> None:
        beside = Beside(jurisdiction=HOME, divisions=[Division(id=HOME, name="鄞州区")])
        came = ruling(beside, year, week)
        assert came.truth is T
        assert [piece.key for piece in came.evidence] == [f"e-{walk(year, OCTOBER, week)[-1]}"]

    def test_events_just_outside_do_not(self, year: int, week: LastWeek) -> None:
        days = walk(year, OCTOBER, week)
        outside = [event(days[0] - DAY), event(days[-1] + DAY)]
        assert ruling(register(*outside, **WHOLE), year, week).truth is F
        partial = ruling(register(*outside), year, week)
        assert (partial.truth, partial.evidence) == (U, ())
        assert [need.period for need in partial.needs] == [week.days(year, OCTOBER)]

    def test_the_readings_agree_on_the_days_they_share_alone(
        self, year: int, week: LastWeek
    ) -> None:
        for other in LastWeek:
            for day in walk(year, OCTOBER, other):
                expected = Truth.of(day in walk(year, OCTOBER, week))
                assert ruling(register(event(day), **WHOLE), year, week).truth is expected

    def test_an_event_of_the_year_before_or_after_does_not_count(
        self, year: int, week: LastWeek
    ) -> None:
        elsewhen = [event(walk(near, OCTOBER, week)[3]) for near in (year - 1, year + 1)]
        assert ruling(register(*elsewhen, **WHOLE), year, week).truth is F

    def test_absence_counts_on_a_list_that_is_whole_for_the_window(
        self, year: int, week: LastWeek
    ) -> None:
        days = walk(year, OCTOBER, week)
        for first, last, expected in (
            (days[0], days[-1], F),
            (days[0] + DAY, days[-1], U),
            (days[0], days[-1] - DAY, U),
        ):
            claim = Completeness(collection=Collection.EVENTS, period=Period(first, last))
            came = ruling(register(complete=[claim]), year, week)
            assert came.truth is expected
            assert bool(came.needs) is (expected is U)


@every_reading
class TestOneOctober:
    inside: ClassVar[dict[LastWeek, date]] = {
        LastWeek.LAST_WHOLE: date(2018, OCTOBER, 22),
        LastWeek.LAST_BEGUN: date(2018, 11, 4),
        LastWeek.LAST_SEVEN_DAYS: date(2018, OCTOBER, 31),
    }

    @pytest.mark.parametrize(
        ("themes", "partial", "whole"),
        [([THEME], T, T), ([OTHER, THEME], T, T), ([], U, U), ([OTHER], U, F)],
    )
    def test_its_theme_is_the_one_or_another_or_not_known(
        self, week: LastWeek, themes: list[str], partial: Truth, whole: Truth
    ) -> None:
        one = event(self.inside[week], themes=themes)
        assert ruling(register(one), 2018, week).truth is partial
        assert ruling(register(one, **WHOLE), 2018, week).truth is whole

    @pytest.mark.parametrize("themes", [[THEME], [], [OTHER]])
    def test_where_no_theme_is_asked_for_any_event_is_one(
        self, week: LastWeek, themes: list[str]
    ) -> None:
        one = event(self.inside[week], themes=themes)
        assert ruling(register(one), 2018, week, None).truth is T

    @pytest.mark.parametrize(
        ("place", "partial", "whole"),
        [(HOME, T, T), (TOWN, T, T), (CITY, U, U), ("lost", U, U), ("330203", U, F)],
    )
    def test_its_place_lies_inside_or_elsewhere_or_is_not_known(
        self, week: LastWeek, place: str, partial: Truth, whole: Truth
    ) -> None:
        one = event(self.inside[week], division=place)
        assert ruling(register(one), 2018, week).truth is partial
        assert ruling(register(one, **WHOLE), 2018, week).truth is whole

    def test_a_sure_event_settles_it_beside_one_that_is_not_sure(self, week: LastWeek) -> None:
        sure, unsure = event(self.inside[week]), event(self.inside[week], id="unsure", themes=[])
        came = ruling(register(unsure, sure), 2018, week)
        assert (came.truth, came.needs) == (T, ())
        assert [piece.key for piece in came.evidence] == [sure.id]

    def test_an_unsure_event_names_what_would_settle_it(self, week: LastWeek) -> None:
        came = ruling(register(event(self.inside[week], themes=[]), **WHOLE), 2018, week)
        assert came.truth is U
        assert [need.collection for need in came.needs] == [Collection.EVENTS]
        assert [piece.collection for piece in came.evidence] == [Collection.EVENTS]

    def test_before_the_window_is_over_absence_proves_nothing(self, week: LastWeek) -> None:
        window = week.days(2018, OCTOBER)
        for on, expected in (
            (window.first - DAY, U),
            (window.first, U),
            (window.last - DAY, U),
            (window.last, F),
        ):
            came = ruling(register(**WHOLE), 2018, week, on=on)
            assert came.truth is expected
            assert [need.period for need in came.needs] == ([window] if expected is U else [])
            assert ("not yet due" in came.because.en) is (expected is U)
            assert ("期限未满" in came.because.zh) is (expected is U)

    def test_an_event_meets_it_from_its_day_on_and_not_before(self, week: LastWeek) -> None:
        window = week.days(2018, OCTOBER)
        known = register(event(window.last), **WHOLE)
        before = ruling(known, 2018, week, on=window.last - DAY)
        assert (before.truth, before.evidence) == (U, ())
        assert ruling(known, 2018, week, on=window.last).truth is T
        early = register(event(window.first), **WHOLE)
        assert ruling(early, 2018, week, on=window.first).truth is T

    def test_it_says_the_window_and_the_reading_in_both_languages(self, week: LastWeek) -> None:
        because = ruling(register(), 2018, week).because
        window = str(week.days(2018, OCTOBER))
        for told, reading in ((because.zh, week.label_zh), (because.en, week.label_en)):
            assert window in told
            assert reading in told
            assert THEME in told
