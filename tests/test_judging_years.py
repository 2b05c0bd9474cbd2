"""Judging years: what grows from year to year, the money for one use, papers due yearly."""

from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
from attrs import evolve

from commed.compliance import Case, Ruling, judge
from commed.labels import Label
from commed.law.conditions import (
    Attested,
    Condition,
    DocumentIssued,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    Operator,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningTeam
from commed.records.resources import Funding, FundingStage
from commed.records.statements import Document, DocumentKind, ReportedFigure, Topic
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth, all_of
from commed.wording import parse_quantity

HOME, ON, YEAR = "330212", date(2019, 4, 26), 2018
WORDS = Label(zh="义务", en="a duty")
BEARER = Bearer(name=Label(zh="区政府", en="the district"))
DUTY = Obligation(
    id="duty", duty=WORDS, bearer=BEARER, modality=Modality.SHALL, condition=Attested()
)
SOURCES = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
LAW = Instrument(id="law", title=WORDS, since=date(2015, 3, 1), sources=SOURCES)
STAFF = "一线职工教育"
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


def register(**lists: Any) -> Register:
    return Register(jurisdiction=HOME, divisions=[Division(id=HOME, name="鄞州区")], **lists)


def ruling(condition: Condition, known: Register, on: date = ON) -> Ruling:
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=HOME,
        on=on,
        period=Period.year(YEAR),
    )
    return judge(condition, case)


def paid(year: int, amount: int | str, key: str = "all", **fields: Any) -> Funding:
    return Funding(
        id=f"{key}-{year}",
        division=HOME,
        period=Period.year(year),
        amount=amount,
        stage=FundingStage.PAID,
        **fields,
    )


def books(*amounts: int | str | None, **more: Any) -> Register:
    """Tell the money of 2018, 2017 and so on, the list whole; None is a year without a list."""
    told = {YEAR - back: amount for back, amount in enumerate(amounts) if amount is not None}
    whole = [
        Completeness(collection=Collection.FUNDINGS, period=Period.year(year)) for year in told
    ]
    fundings = [paid(year, amount) for year, amount in told.items()]
    return register(fundings=fundings, complete=whole, **more)


def grows(indicator: str = "funds-paid", **fields: Any) -> IndicatorGrows:
    return IndicatorGrows(indicator=indicator, **fields)


def step(now: int | None, before: int | None, *, strictly: bool) -> Truth:
    if now is None or before is None:
        return U
    return Truth.of(now > before or (now == before and not strictly))


class TestGrowth:
    @pytest.mark.parametrize(
        ("now", "before", "strictly", "or_not_below"),
        [
            (101, 100, T, T),
            (100, 100, F, T),
            (99, 100, F, F),
            ("约100元", 80, T, T),
            ("约100元", 90, U, T),
            ("约100元", 100, U, U),
            ("约100元", 110, F, U),
            ("约100元", 111, F, F),
            (100, "近100元", T, T),
            (90, "近100元", F, U),
            ("近100元", 100, F, F),
            ("近100元", 90, U, T),
            ("近100元", "近100元", U, U),
            ("约100元", "约100元", U, U),
            (0, 0, F, T),
        ],
    )
    def test_the_ends_of_both_years_decide(
        self, now: int | str, before: int | str, strictly: Truth, or_not_below: Truth
    ) -> None:
        known = books(now, before)
        assert ruling(grows(), known).truth is strictly
        assert ruling(grows(strictly=False), known).truth is or_not_below

    @pytest.mark.parametrize("years", [1, 2, 3])
    @pytest.mark.parametrize("strictly", [True, False])
    def test_it_grows_where_each_of_the_years_is_held_to_the_year_before(
        self, years: int, *, strictly: bool
    ) -> None:
        for amounts in product([1, 2, None], repeat=4):
            steps = [step(*pair, strictly=strictly) for pair in pairwise(amounts)]
            came = ruling(grows(years=years, strictly=strictly), books(*amounts))
            assert came.truth is all_of(steps[:years]), amounts
            assert [part.truth for part in came.parts] == steps[:years]
            assert bool(came.needs) is (came.truth is U)

    @pytest.mark.parametrize("amounts", [(None, 5), (5, None), (None, None), ("约5元", 5)])
    @pytest.mark.parametrize("strictly", [True, False])
    def test_what_is_open_names_a_need_and_the_record_settles_it(
        self, amounts: tuple[int | str | None, ...], *, strictly: bool
    ) -> None:
        condition = grows(strictly=strictly)
        before = ruling(condition, books(*amounts))
        assert before.truth is U
        assert {need.collection for need in before.needs} == {Collection.FUNDINGS}
        asked_for = {need.period for need in before.needs}
        if None in amounts:
            assert asked_for == {
                Period.year(YEAR - back) for back, each in enumerate(amounts) if each is None
            }
        after = ruling(condition, books(6, 5))
        assert (after.truth, after.needs) == (T, ())

    def test_it_says_both_years_in_both_languages(self) -> None:
        came = ruling(grows(), books(120, 100))
        assert came.because == Label(
            zh="社区教育经费（实际支出）2018年120，2017年100",
            en="funds paid: 120 in 2018, 100 in 2017",
        )
        assert [piece.key for piece in came.evidence] == ["all-2018", "all-2017"]

    def test_only_the_years_that_decide_are_told(self) -> None:
        came = ruling(grows(years=2), books(3, 1, 2))
        assert came.because.en == "funds paid: 1 in 2017, 2 in 2016"
        assert came.because.zh == "社区教育经费（实际支出）2017年1，2016年2"
        both = ruling(grows(years=2), books(1, 2, 3))
        assert (
            both.because.en == "funds paid: 1 in 2018, 2 in 2017; funds paid: 2 in 2017, 3 in 2016"
        )

    def test_a_figure_without_a_value_is_told_as_such(self) -> None:
        came = ruling(grows("funds-paid-per-resident"), books(3, 2))
        assert came.truth is U
        assert came.because.en == "funds paid per resident: no value in 2018, no value in 2017"
        assert came.because.zh == "人均社区教育经费（实际支出）2018年无值，2017年无值"
        assert (came.observed, came.required, came.shortfall) == (None, None, None)
        assert Collection.POPULATIONS in {need.collection for need in came.needs}

    @pytest.mark.parametrize(
        ("now", "before", "shortfall"),
        [
            (70, 100, Interval.exactly(30)),
            (100, 100, Interval.exactly(0)),
            ("约70元", 100, Interval(23, 37)),
            (70, "近100元", Interval(20, 30, high_closed=False)),
        ],
    )
    def test_a_year_that_fell_says_by_how_much(
        self, now: int | str, before: int | str, shortfall: Interval
    ) -> None:
        came = ruling(grows(), books(now, before))
        assert came.observed == parse_quantity(f"{now}", unit=Unit.YUAN)
        assert came.required == parse_quantity(f"{before}", unit=Unit.YUAN)
        assert came.shortfall == Quantity(shortfall, Unit.YUAN)

    def test_what_grew_or_is_open_is_short_of_nothing(self) -> None:
        for known in (books(2, 1), books(2), books("约2元", 2)):
            assert ruling(grows(), known).shortfall is None

    @pytest.mark.parametrize(("staff", "expected"), [((3, 2), T), ((2, 2), F), ((1, 2), F)])
    def test_narrowed_to_a_use_only_its_money_grows(
        self, staff: tuple[int, int], expected: Truth
    ) -> None:
        use = [Narrowing(dimension="use", key=STAFF)]
        parts = [paid(YEAR - back, amount, "staff", use=STAFF) for back, amount in enumerate(staff)]
        rest = [paid(YEAR, 1, "rest", use="其他"), paid(YEAR - 1, 9, "rest", use="其他")]
        known = register(fundings=[*parts, *rest], complete=[Collection.FUNDINGS])
        assert ruling(grows(where=use), known).truth is expected

    def test_growth_of_a_use_that_nothing_records_is_open(self) -> None:
        came = ruling(grows(where=[Narrowing(dimension="use", key=STAFF)]), books(2, 1))
        assert came.truth is U
        told = [need.period for need in came.needs if STAFF in need.what.zh]
        assert told == [Period.year(2018), Period.year(2017)]

    def test_in_the_first_year_of_all_the_records_of_a_use_are_asked_for_too(self) -> None:
        known = register(complete=[Collection.FUNDINGS])
        use = [Narrowing(dimension="use", key=STAFF)]
        for where, needs in (([], []), (use, [f"fundings that are told apart by use {STAFF}"])):
            case = Case(known, LAW, DUTY, HOME, ON, Period.year(1))
            came = judge(grows(where=where), case)
            assert came.truth is U
            assert [need.what.en for need in came.needs] == needs

    def test_growth_at_a_body_that_is_not_recorded_is_open_and_asks_for_its_records(self) -> None:
        where = [Narrowing(dimension="organiser", key="nobody")]
        came = ruling(grows("person-times", where=where), register())
        assert (came.truth, came.observed) == (U, None)
        assert {need.what.en for need in came.needs} == {
            "learning events that are told apart by organiser nobody"
        }


class TestGrowthOfAStock:
    @staticmethod
    def teams(*since: str | None, until: str | None = None) -> Register:
        days = [None if day is None else date.fromisoformat(day) for day in since]
        listed = [LearningTeam(id=f"t{n}", division=HOME, since=day) for n, day in enumerate(days)]
        if until is not None:
            listed[0] = evolve(listed[0], until=date.fromisoformat(until))
        return register(teams=listed, complete=[Collection.TEAMS])

    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            ("2018-12-31", None, T),
            ("2018-01-01", None, T),
            ("2017-12-31", None, F),
            ("2019-01-01", None, F),
            ("2018-06-01", "2018-12-30", F),
            ("2018-06-01", "2018-12-31", T),
        ],
    )
    def test_the_last_day_of_each_year_is_held_against_that_of_the_year_before(
        self, since: str, until: str | None, expected: Truth
    ) -> None:
        came = ruling(grows("learning-teams"), self.teams(since, None, until=until))
        assert came.truth is expected

    def test_the_figures_of_the_last_days_are_enough(self) -> None:
        figures = [
            ReportedFigure(
                id=f"f{year}",
                about="团队",
                quantity=words,
                indicator="learning-teams",
                division=HOME,
                stated_on=date(year, 12, 31),
                period=Period.year(year),
            )
            for year, words in ((2018, "40余支"), (2017, "近40支"))
        ]
        came = ruling(grows("learning-teams"), register(reported_figures=figures))
        assert came.truth is T
        assert [piece.key for piece in came.evidence] == ["f2018", "f2017"]


def share_of_staff(operator: Operator = Operator.AT_LEAST) -> IndicatorCompares:
    return IndicatorCompares(
        indicator="funds-paid-share",
        operator=operator,
        threshold=Quantity.exactly(Fraction(3, 5), Unit.RATIO),
        where=[Narrowing(dimension="use", key=STAFF)],
    )


def spent(staff: int | str, other: int, *, whole: bool = True) -> Register:
    fundings = [paid(YEAR, staff, "staff", use=STAFF), paid(YEAR, other, "other", use="其他")]
    return register(fundings=fundings, complete=[Collection.FUNDINGS] if whole else [])


class TestShareOfAUse:
    @pytest.mark.parametrize(
        ("staff", "at_least", "more_than"),
        [(59, F, F), (60, T, F), (61, T, T), ("约61元", U, U), ("约70元", T, T), ("近59元", F, F)],
    )
    def test_sixty_percent_is_held_on_below_and_above_its_edge(
        self, staff: int | str, at_least: Truth, more_than: Truth
    ) -> None:
        known = spent(staff, 40)
        assert ruling(share_of_staff(), known).truth is at_least
        assert ruling(share_of_staff(Operator.MORE_THAN), known).truth is more_than

    def test_below_the_edge_it_says_how_much_is_short(self) -> None:
        came = ruling(share_of_staff(), spent(50, 50))
        assert came.observed == Quantity.exactly(Fraction(1, 2), Unit.RATIO)
        assert came.shortfall == Quantity.exactly(Fraction(1, 10), Unit.RATIO)

    def test_money_not_told_the_use_of_may_lie_on_either_side(self) -> None:
        fundings = [paid(YEAR, 59, "staff", use=STAFF), paid(YEAR, 41, "untold")]
        known = register(fundings=fundings, complete=[Collection.FUNDINGS])
        assert ruling(share_of_staff(), known).truth is U
        told = [fundings[0], evolve(fundings[1], use=STAFF)]
        assert ruling(share_of_staff(), evolve(known, fundings=told)).truth is T

    def test_on_a_partial_list_it_is_open(self) -> None:
        came = ruling(share_of_staff(), spent(99, 1, whole=False))
        assert came.truth is U
        assert came.needs

    @pytest.mark.parametrize(
        ("uses", "whole"),
        [([], False), ([None], False), (["其他"], False), ([], True), ([None], True)],
    )
    def test_a_use_that_nothing_records_is_open_and_asked_after(
        self, uses: list[str | None], *, whole: bool
    ) -> None:
        fundings = [paid(YEAR, 9, "other", use=use) for use in uses]
        complete = [Collection.FUNDINGS] if whole else []
        came = ruling(share_of_staff(), register(fundings=fundings, complete=complete))
        assert came.truth is U
        assert STAFF in came.needs[0].what.zh
        assert STAFF in came.needs[0].what.en
        assert came.required == share_of_staff().threshold

    def test_a_use_that_none_of_all_payments_has_got_nothing(self) -> None:
        fundings = [paid(YEAR, 9, "other", use="其他")]
        came = ruling(share_of_staff(), register(fundings=fundings, complete=[Collection.FUNDINGS]))
        assert came.truth is F
        assert came.observed == Quantity.exactly(0, Unit.RATIO)


class TestYearlyPaper:
    paper = DocumentIssued(kind=DocumentKind.WORK_PLAN, topic=Topic.LIFELONG_EDUCATION, yearly=True)

    @staticmethod
    def issued(on: str, period: Period | None = None, **fields: Any) -> Register:
        given: dict[str, Any] = {
            "id": "plan",
            "title": "工作计划",
            "kind": DocumentKind.WORK_PLAN,
            "division": HOME,
            "issued_on": date.fromisoformat(on),
            "period": period,
            "topics": [Topic.LIFELONG_EDUCATION],
        }
        return register(documents=[Document(**given | fields)], complete=[Collection.DOCUMENTS])

    @pytest.mark.parametrize(
        ("on", "period", "expected"),
        [
            ("2018-02-01", Period.year(2018), T),
            ("2017-12-20", Period.year(2018), T),
            ("2016-05-01", Period(date(2016, 1, 1), date(2020, 12, 31)), T),
            ("2018-02-01", Period(date(2018, 1, 1), date(2018, 6, 30)), F),
            ("2018-12-20", Period.year(2019), F),
            ("2017-02-01", Period.year(2017), F),
            ("2018-01-01", None, T),
            ("2018-12-31", None, T),
            ("2017-12-31", None, F),
            ("2019-01-01", None, F),
        ],
    )
    def test_it_is_made_for_the_whole_year_or_names_no_time_and_was_issued_in_it(
        self, on: str, period: Period | None, expected: Truth
    ) -> None:
        came = ruling(self.paper, self.issued(on, period))
        assert came.truth is expected
        assert [piece.key for piece in came.evidence] == (["plan"] if expected is T else [])

    def test_a_paper_of_which_the_topic_is_not_known_leaves_it_open(self) -> None:
        came = ruling(self.paper, self.issued("2018-02-01", topics=[]))
        assert came.truth is U
        assert [need.collection for need in came.needs] == [Collection.DOCUMENTS]
        settled = self.issued("2018-02-01", topics=[], topics_complete=True)
        assert ruling(self.paper, settled).truth is F

    @pytest.mark.parametrize(
        ("claims", "expected"),
        [
            ([], U),
            ([Completeness(collection=Collection.DOCUMENTS)], F),
            ([Completeness(collection=Collection.DOCUMENTS, period=Period.year(2018))], F),
            ([Completeness(collection=Collection.DOCUMENTS, period=Period.year(2017))], U),
            ([Completeness(collection=Collection.DOCUMENTS, period=Period.day(ON))], U),
        ],
    )
    def test_absence_counts_on_a_list_that_is_whole_for_the_year(
        self, claims: list[Completeness], expected: Truth
    ) -> None:
        came = ruling(self.paper, register(complete=claims))
        assert came.truth is expected
        assert bool(came.needs) is (expected is U)
        assert "2018" in came.because.zh
        assert "for 2018" in came.because.en

    @pytest.mark.parametrize("claims", [[], [Collection.DOCUMENTS]])
    @pytest.mark.parametrize(
        ("on", "is_due"),
        [("2018-01-01", False), ("2018-12-30", False), ("2018-12-31", True), ("2019-01-01", True)],
    )
    def test_before_the_year_is_over_absence_proves_nothing(
        self, on: str, claims: list[Collection], *, is_due: bool
    ) -> None:
        came = ruling(self.paper, register(complete=claims), date.fromisoformat(on))
        assert came.truth is (F if is_due and claims else U)
        assert bool(came.needs) is (came.truth is U)
        assert ("not yet due" in came.because.en) is not is_due
        assert ("期限未满" in came.because.zh) is not is_due

    def test_one_that_is_there_meets_it_before_the_year_is_over_and_not_before_its_day(
        self,
    ) -> None:
        known = self.issued("2018-02-01")
        assert ruling(self.paper, known, date(2018, 1, 31)).truth is U
        assert ruling(self.paper, known, date(2018, 2, 1)).truth is T


class TestPublishedPaper:
    @pytest.mark.parametrize("yearly", [True, False])
    @pytest.mark.parametrize(
        ("published", "asked", "not_asked"), [(True, T, T), (False, F, T), (None, U, T)]
    )
    def test_where_the_public_must_read_it_what_is_not_recorded_is_open(
        self, asked: Truth, not_asked: Truth, *, published: bool | None, yearly: bool
    ) -> None:
        known = TestYearlyPaper.issued("2018-02-01", published=published)
        for must, expected in ((True, asked), (False, not_asked)):
            paper = DocumentIssued(kind=DocumentKind.WORK_PLAN, yearly=yearly, published=must)
            came = ruling(paper, known)
            assert came.truth is expected
            assert bool(came.needs) is (expected is U)
            assert bool(came.evidence) is (expected is not F)
            assert ("published work plan" in came.because.en) is must
            assert ("公布的工作计划" in came.because.zh) is must

    @pytest.mark.parametrize("published", [True, False, None])
    @pytest.mark.parametrize("treats", [True, False, None])
    def test_it_must_treat_its_topic_too(
        self, *, published: bool | None, treats: bool | None
    ) -> None:
        paper = DocumentIssued(
            kind=DocumentKind.WORK_PLAN, topic=Topic.LIFELONG_EDUCATION, published=True
        )
        topics = [Topic.LIFELONG_EDUCATION] if treats else []
        whole = treats is not None
        known = TestYearlyPaper.issued(
            "2018-02-01", topics=topics, topics_complete=whole, published=published
        )
        came = ruling(paper, known)
        assert came.truth is all_of([Truth.of(published), Truth.of(treats)])
        assert "published work plan that treats lifelong education" in came.because.en

    def test_one_that_is_published_settles_it_beside_one_that_is_not(self) -> None:
        secret, told = (
            TestYearlyPaper.issued("2018-02-01", id=key, published=open_).documents[0]
            for key, open_ in (("secret", False), ("told", True))
        )
        paper = DocumentIssued(kind=DocumentKind.WORK_PLAN, published=True)
        came = ruling(paper, register(documents=[secret, told]))
        assert (came.truth, [piece.key for piece in came.evidence]) == (T, ["told"])
