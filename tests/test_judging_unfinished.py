"""Figures of a period that is not over: what is yet to come may change them, and they say so."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.compliance import Case, Ruling, judge
from commed.evidence import EDUCATION, FINANCE, Need
from commed.labels import Label
from commed.law.conditions import (
    Attested,
    Condition,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    Operator,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division
from commed.quantities import Quantity, Unit
from commed.records.learning import LearningEvent, Mode
from commed.records.resources import Funding, FundingStage, Population, Staffing, StaffRole
from commed.references import Collection
from commed.register import Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, YEAR = "330212", Period.year(2019)
MIDDLE, END = date(2019, 6, 30), date(2019, 12, 31)
WORDS = Label(zh="义务", en="a duty")
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
DUTY = Obligation(
    id="duty",
    duty=WORDS,
    bearer=Bearer(name=WORDS),
    modality=Modality.SHALL,
    condition=Attested(),
)
LAW = Instrument(
    id="law",
    title=WORDS,
    since=date(2015, 3, 1),
    sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
)


def register(**lists: Any) -> Register:
    complete = [Collection.EVENTS, Collection.FUNDINGS, Collection.ATTENDANCES]
    divisions = [Division(id=HOME, name="鄞州区")]
    return Register(jurisdiction=HOME, divisions=divisions, complete=complete, **lists)


def ruling(condition: Condition, known: Register, on: date, period: Period = YEAR) -> Ruling:
    case = Case(register=known, instrument=LAW, obligation=DUTY, place=HOME, on=on, period=period)
    return judge(condition, case)


def event(on: date, count: int) -> LearningEvent:
    return LearningEvent(id=f"{on}", date=on, division=HOME, headcount=count)


def compares(indicator: str, operator: Operator, number: int, unit: Unit) -> IndicatorCompares:
    threshold = Quantity.exactly(number, unit)
    return IndicatorCompares(indicator=indicator, operator=operator, threshold=threshold)


TWO = register(
    events=[event(date(2019, 3, 1), 40), event(date(2019, 9, 1), 40)],
    populations=[Population(division=HOME, on=END, persons=40)],
)


class TestASum:
    @pytest.mark.parametrize(
        ("operator", "number", "in_the_middle", "at_the_end"),
        [
            (Operator.AT_LEAST, 40, T, T),
            (Operator.AT_LEAST, 80, U, T),
            (Operator.AT_LEAST, 81, U, F),
            (Operator.MORE_THAN, 40, U, T),
            (Operator.AT_MOST, 39, F, F),
            (Operator.AT_MOST, 80, U, T),
            (Operator.LESS_THAN, 40, F, F),
            (Operator.LESS_THAN, 81, U, T),
        ],
    )
    def test_what_it_has_reached_or_gone_beyond_stands_and_nothing_else(
        self, operator: Operator, number: int, in_the_middle: Truth, at_the_end: Truth
    ) -> None:
        condition = compares("person-times", operator, number, Unit.PERSON_TIMES)
        for on, expected in ((MIDDLE, in_the_middle), (END, at_the_end)):
            came = ruling(condition, TWO, on)
            assert came.truth is expected
            assert bool(came.needs) is (expected is U)

    def test_what_is_open_says_how_far_it_is_and_asks_for_the_whole_period(self) -> None:
        came = ruling(
            compares("person-times", Operator.AT_LEAST, 80, Unit.PERSON_TIMES), TWO, MIDDLE
        )
        assert "40 so far; 2019 is not over" in came.because.en
        assert "至今40，2019未满" in came.because.zh
        assert (str(came.observed), str(came.required)) == ("40 person-times", "80 person-times")
        assert came.needs == (
            Need(
                what=Label(
                    zh="期满后整个期间的学习活动记录",
                    en="the learning events of the whole period, once it is over",
                ),
                collection=Collection.EVENTS,
                division=HOME,
                period=YEAR,
                supplier=EDUCATION,
            ),
        )

    @pytest.mark.parametrize(("number", "truth"), [(40, T), (41, U), (80, U)])
    def test_on_its_first_day_that_day_counts_and_no_later_one(
        self, number: int, truth: Truth
    ) -> None:
        first = event(YEAR.first, 40)
        known = register(events=[first, event(date(2019, 9, 1), 40)])
        condition = compares("person-times", Operator.AT_LEAST, number, Unit.PERSON_TIMES)
        assert ruling(condition, known, YEAR.first).truth is truth

    def test_what_it_is_narrowed_to_stays_so_until_the_day(self) -> None:
        online = evolve(event(date(2019, 3, 1), 40), mode=Mode.ONLINE)
        on_site = evolve(event(date(2019, 3, 2), 40), mode=Mode.ON_SITE)
        condition = evolve(
            compares("person-times", Operator.AT_LEAST, 41, Unit.PERSON_TIMES),
            where=[Narrowing(dimension="mode", key="online")],
        )
        came = ruling(condition, register(events=[online, on_site]), MIDDLE)
        assert (came.truth, str(came.observed)) == (U, "40 person-times")

    @pytest.mark.parametrize("number", [1, 100])
    def test_before_it_has_begun_nothing_is_held(self, number: int) -> None:
        condition = compares("person-times", Operator.AT_LEAST, number, Unit.PERSON_TIMES)
        assert ruling(condition, TWO, date(2018, 12, 31)).truth is U

    @settings(max_examples=60)
    @given(
        st.lists(st.tuples(st.dates(YEAR.first, YEAR.last), st.integers(1, 9)), max_size=4),
        st.sampled_from(Operator),
        st.integers(1, 20),
        st.dates(date(2018, 6, 1), date(2020, 6, 1)),
        st.sampled_from(["person-times", "person-times-per-resident"]),
    )
    def test_what_is_judged_before_the_end_is_never_overturned_by_it(
        self,
        held: list[tuple[date, int]],
        operator: Operator,
        number: int,
        on: date,
        indicator: str,
    ) -> None:
        known = register(
            events=[event(day, count) for day, count in dict(held).items()],
            populations=[Population(division=HOME, on=END, persons=1)],
        )
        per_one = indicator != "person-times"
        unit = Unit.PERSON_TIMES_PER_PERSON if per_one else Unit.PERSON_TIMES
        condition = compares(indicator, operator, number, unit)
        before, after = ruling(condition, known, on), ruling(condition, known, END)
        assert before.truth in {U, after.truth}
        assert before.truth is after.truth or on < END


def test_a_share_may_rise_and_fall_until_the_end() -> None:
    for operator in Operator:
        condition = compares("person-times-per-resident", operator, 1, Unit.PERSON_TIMES_PER_PERSON)
        assert ruling(condition, TWO, MIDDLE).truth is U
        assert ruling(condition, TWO, END).truth is not U


def test_days_of_training_are_told_anew_and_do_not_add_up() -> None:
    told = Staffing(
        id="s", division=HOME, role=StaffRole.FULL_TIME, on=MIDDLE, persons=2, training_days=9
    )
    condition = compares("training-days", Operator.AT_LEAST, 5, Unit.DAYS)
    known = register(staffings=[told])
    assert ruling(condition, known, MIDDLE).truth is U


def money(year: int, amount: int) -> Funding:
    return Funding(
        id=f"{year}",
        division=HOME,
        period=Period.year(year),
        amount=amount,
        stage=FundingStage.BUDGETED,
    )


class TestMoney:
    known = register(fundings=[money(2018, 90), money(2019, 100), money(2020, 95)])

    @pytest.mark.parametrize(("number", "in_the_middle", "at_the_end"), [(100, T, T), (101, U, F)])
    def test_a_budget_of_the_year_counts_from_its_beginning(
        self, number: int, in_the_middle: Truth, at_the_end: Truth
    ) -> None:
        condition = compares("funds-budgeted", Operator.AT_LEAST, number, Unit.YUAN)
        assert ruling(condition, self.known, MIDDLE).truth is in_the_middle
        assert ruling(condition, self.known, END).truth is at_the_end

    def test_growth_that_is_there_stands_and_a_fall_may_yet_be_made_good(self) -> None:
        grows = IndicatorGrows(indicator="funds-budgeted")
        assert ruling(grows, self.known, MIDDLE).truth is T
        fall, later = Period.year(2020), date(2020, 6, 30)
        came = ruling(grows, self.known, later, fall)
        assert (came.truth, len(came.needs), came.shortfall) == (U, 1, None)
        assert "95 so far; 2020 is not over" in came.because.en
        assert (str(came.observed), str(came.required)) == ("95 yuan", "100 yuan")
        assert [each.key for each in came.evidence] == ["2020"]
        assert came.needs[0].supplier == FINANCE
        assert ruling(grows, self.known, fall.last, fall).truth is F
