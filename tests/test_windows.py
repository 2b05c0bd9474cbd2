"""The last week of a month: its days on every reading, and events held inside and outside it."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest

from commed.compliance import Case, Ruling, judge
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
from commed.windows import LastWeek

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


def event(day: date, **fields: Any) -> LearningEvent:
    given: dict[str, Any] = {"id": f"e-{day}", "date": day, "division": HOME, "themes": [THEME]}
    return LearningEvent(**given | fields)


def ruling(known: Register, year: int, week: LastWeek, theme: str | None = THEME) -> Ruling:
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=HOME,
        on=date(year + 1, 3, 1),
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

    def test_it_says_the_window_and_the_reading_in_both_languages(self, week: LastWeek) -> None:
        because = ruling(register(), 2018, week).because
        window = str(week.days(2018, OCTOBER))
        for told, reading in ((because.zh, week.label_zh), (because.en, week.label_en)):
            assert window in told
            assert reading in told
            assert THEME in told
