"""Judging one year: the share of the money for one use, and papers that are due yearly."""

from datetime import date
from fractions import Fraction
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
    Narrowing,
    Operator,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division
from commed.quantities import Quantity, Unit
from commed.records.resources import Funding, FundingStage
from commed.records.statements import Document, DocumentKind, Topic
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

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


def ruling(condition: Condition, known: Register) -> Ruling:
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=HOME,
        on=ON,
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

    @pytest.mark.parametrize("complete", [[], [Collection.FUNDINGS]])
    @pytest.mark.parametrize("uses", [[], [None], ["其他"]])
    def test_a_use_that_nothing_records_is_open_and_asked_after(
        self, uses: list[str | None], complete: list[Collection]
    ) -> None:
        fundings = [paid(YEAR, 9, "other", use=use) for use in uses]
        came = ruling(share_of_staff(), register(fundings=fundings, complete=complete))
        assert (came.truth, came.observed) == (U, None)
        assert len(came.needs) == 1
        assert STAFF in came.needs[0].what.zh
        assert STAFF in came.needs[0].what.en
        assert came.required == share_of_staff().threshold


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
