"""Edges of judging: what was issued too late, what is asked of too much, and whom to ask."""

from datetime import date
from typing import Any

import pytest

from commed import (
    Collection,
    Division,
    Document,
    DocumentKind,
    Instrument,
    InvalidDocument,
    InvalidValue,
    Level,
    Period,
    Register,
    Verdict,
    assess,
    dump_instrument,
    load_instrument,
)
from commed.compliance import Finding
from commed.evidence import FINANCE
from commed.labels import Label
from commed.law.conditions import (
    Condition,
    DocumentIssued,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    Operator,
)
from commed.law.instrument import Bearer, Modality, Obligation, Provision
from commed.quantities import Quantity, Unit
from commed.sources import Source, TextStatus

WORDS = Label(zh="义务", en="duty")
HALF: Any = {"operator": Operator.AT_LEAST, "threshold": Quantity.exactly(1, Unit.RATIO)}


def law(condition: Condition) -> Instrument:
    duty = Obligation(
        id="duty",
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=Modality.SHALL,
        condition=condition,
    )
    source: Any = Source(id="s", title="t", status=TextStatus.ENACTED)
    return Instrument(
        id="law",
        title=WORDS,
        since=date(1, 1, 1),
        sources=[source],
        provisions=[Provision(article=1, summary=WORDS, source="s", obligations=[duty])],
    )


def judged(condition: Condition, *, on: date = date(2019, 4, 26), **lists: Any) -> Finding:
    places = [Division(id="home", name="某区", level=Level.COUNTY)]
    known = Register(jurisdiction="home", divisions=places, **lists)
    return assess(known, law(condition), on=on)["duty"]


def narrowed(**where: str) -> list[Narrowing]:
    return [Narrowing(dimension=dimension, key=key) for dimension, key in where.items()]


@pytest.mark.parametrize(
    ("issued", "verdict"),
    [(date(2019, 4, 26), Verdict.MET), (date(2019, 4, 27), Verdict.UNDETERMINED)],
)
def test_a_yearly_paper_counts_once_it_is_issued(issued: date, verdict: Verdict) -> None:
    paper = Document(
        id="plan",
        title="计划",
        kind=DocumentKind.WORK_PLAN,
        division="home",
        issued_on=issued,
        period=Period.year(2018),
    )
    condition = DocumentIssued(kind=DocumentKind.WORK_PLAN, yearly=True)
    assert judged(condition, documents=[paper]).verdict is verdict


@pytest.mark.parametrize("indicator", ["funds-paid-share", "funds-execution-rate"])
def test_what_no_money_is_recorded_for_is_asked_of_the_finance_department(indicator: str) -> None:
    condition = IndicatorCompares(indicator=indicator, where=narrowed(use="书"), **HALF)
    finding = judged(condition, complete=[Collection.FUNDINGS])
    assert finding.verdict is Verdict.UNDETERMINED
    assert {(need.collection, need.supplier) for need in finding.needs} == {
        (Collection.FUNDINGS, FINANCE)
    }


def test_what_nothing_is_recorded_for_at_all_is_still_undetermined() -> None:
    condition = IndicatorCompares(
        indicator="participation-gini",
        operator=Operator.AT_MOST,
        threshold=Quantity.exactly(1, Unit.NUMBER),
        where=narrowed(theme="书"),
    )
    finding = judged(condition)
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.needs


@pytest.mark.parametrize("dimension", ["month", "quarter", "year"])
def test_growth_is_not_of_a_part_of_the_year(dimension: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        IndicatorGrows(indicator="person-times", where=narrowed(**{dimension: "2018"}))
    assert [problem.path for problem in caught.value.problems] == ["where[0].dimension"]


@pytest.mark.parametrize("kind", [IndicatorGrows, IndicatorCompares])
def test_a_dimension_is_narrowed_once(kind: Any) -> None:
    twice = [*narrowed(use="书"), *narrowed(use="茶")]
    more = HALF if kind is IndicatorCompares else {}
    with pytest.raises(InvalidValue) as caught:
        kind(indicator="funds-paid-share", where=twice, **more)
    assert [problem.path for problem in caught.value.problems] == ["where[1].dimension"]


@pytest.mark.parametrize("years", [0, 101])
def test_growth_is_over_a_century_at_most(years: int) -> None:
    with pytest.raises(InvalidValue):
        IndicatorGrows(indicator="funds-paid", years=years)


@pytest.mark.parametrize("on", [date(1, 5, 1), date(2, 5, 1), date(3, 5, 1)])
def test_before_the_first_year_nothing_grew(on: date) -> None:
    finding = judged(IndicatorGrows(indicator="funds-paid", years=9), on=on)
    assert finding.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("dimension", "key", "path"),
    [
        ("colour", "red", "where[0].dimension"),
        ("theme", "书", "where[0].dimension"),
        ("level", "contry", "where[0].key"),
        ("level", "county", None),
        ("use", "书", None),
    ],
)
def test_a_narrowing_that_cannot_be_is_told_when_the_law_is_read(
    dimension: str, key: str, path: str | None
) -> None:
    condition = IndicatorGrows(indicator="funds-paid", where=narrowed(**{dimension: key}))
    document = dump_instrument(law(condition))
    if path is None:
        assert load_instrument(document) == law(condition)
        return
    with pytest.raises(InvalidDocument) as caught:
        load_instrument(document)
    where = "provisions[0].obligations[0].condition."
    assert [problem.path for problem in caught.value.problems] == [where + path]
