"""Papers that are due within a span: counted in days, months or years, without the first day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.compliance import Finding, Verdict, assess
from commed.errors import InvalidValue
from commed.labels import Label
from commed.law.conditions import DocumentIssued
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision
from commed.loading import load_instrument
from commed.periods import Period
from commed.places import Division
from commed.records.statements import Document, DocumentKind
from commed.references import Collection
from commed.register import Register
from commed.sources import Source, TextStatus
from commed.windows import Span, statutory_period

HOME = "330212"
WORDS = Label(zh="义务", en="a duty")
SINCE = date(2017, 2, 1)


def law(condition: DocumentIssued, since: date | None = None) -> Instrument:
    duty = Obligation(
        id="duty",
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=Modality.SHALL,
        condition=condition,
    )
    return Instrument(
        id="law",
        title=WORDS,
        since=SINCE,
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[
            Provision(article=1, summary=WORDS, source="text", obligations=[duty], since=since)
        ],
    )


def finding(
    condition: DocumentIssued, on: date, *papers: Document, since: date | None = None
) -> Finding:
    known = Register(
        jurisdiction=HOME,
        divisions=[Division(id=HOME, name="鄞州区")],
        documents=papers,
        complete=[Collection.DOCUMENTS],
    )
    return assess(known, law(condition, since), on=on)["duty"]


def paper(issued_on: date, **fields: Any) -> Document:
    kind = DocumentKind.REPORT
    return Document(id="d", title="报告", kind=kind, division=HOME, issued_on=issued_on, **fields)


class TestSpans:
    @given(
        st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.integers(0, 9),
        st.integers(0, 30),
        st.integers(1, 400),
    )
    def test_one_is_the_statutory_period_after_a_day(
        self, day: date, years: int, months: int, days: int
    ) -> None:
        span = Span(years=years, months=months, days=days)
        assert span.after(day) == statutory_period(day, years=years, months=months, days=days)
        assert day not in span.after(day)

    @given(st.dates(), st.integers(1, 36_600))
    def test_so_many_days_are_as_many_as_the_calendar_has(self, day: date, days: int) -> None:
        found = Span(days=days).after(day)
        assert found.last.toordinal() == min(day.toordinal() + days, date.max.toordinal())

    @pytest.mark.parametrize("wrong", [{}, {"days": 0}, {"days": -1}, {"months": 40_000}])
    def test_one_of_nothing_or_out_of_measure_is_refused(self, wrong: dict[str, int]) -> None:
        with pytest.raises(InvalidValue):
            Span(**wrong)


YEARLY = DocumentIssued(kind=DocumentKind.REPORT, yearly=True, within=Span(days=90))
OF_2018 = {"period": Period.year(2018)}


class TestAfterTheYear:
    @pytest.mark.parametrize(
        ("issued", "verdict"),
        [
            (date(2018, 12, 1), Verdict.MET),
            (date(2019, 1, 1), Verdict.MET),
            (date(2019, 3, 31), Verdict.MET),
            (date(2019, 4, 1), Verdict.NOT_MET),
        ],
    )
    def test_ninety_days_end_on_31_march(self, issued: date, verdict: Verdict) -> None:
        came = finding(YEARLY, date(2019, 4, 26), paper(issued, **OF_2018))
        assert came.verdict is verdict
        assert "report, for 2018, issued by 2019-03-31" in came.because.en
        assert "2018的报告（2019-03-31以前印发）" in came.because.zh

    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            (date(2019, 1, 1), Verdict.UNDETERMINED),
            (date(2019, 3, 30), Verdict.UNDETERMINED),
            (date(2019, 3, 31), Verdict.NOT_MET),
        ],
    )
    def test_until_they_are_over_it_is_not_yet_due(self, on: date, verdict: Verdict) -> None:
        came = finding(YEARLY, on)
        assert came.verdict is verdict
        assert ("not yet due" in came.because.en) is bool(came.needs)

    def test_one_that_is_issued_later_is_not_known_before(self) -> None:
        late = paper(date(2019, 3, 20), **OF_2018)
        assert finding(YEARLY, date(2019, 3, 19), late).verdict is Verdict.UNDETERMINED
        assert finding(YEARLY, date(2019, 3, 20), late).verdict is Verdict.MET


SOON = DocumentIssued(kind=DocumentKind.REPORT, within=Span(months=6))


class TestAfterTheDutyBecameLaw:
    @pytest.mark.parametrize(
        ("issued", "verdict"),
        [
            (date(2016, 1, 1), Verdict.MET),
            (date(2017, 8, 1), Verdict.MET),
            (date(2017, 8, 2), Verdict.NOT_MET),
        ],
    )
    def test_six_months_end_on_the_same_day(self, issued: date, verdict: Verdict) -> None:
        assert finding(SOON, date(2019, 4, 26), paper(issued)).verdict is verdict

    def test_a_provision_of_its_own_time_begins_it(self) -> None:
        came = finding(SOON, date(2019, 4, 26), paper(date(2018, 9, 1)), since=date(2018, 3, 1))
        assert came.verdict is Verdict.MET
        assert "issued by 2018-09-01" in came.because.en

    def test_until_they_are_over_it_is_not_yet_due(self) -> None:
        assert finding(SOON, date(2017, 7, 31)).verdict is Verdict.UNDETERMINED
        assert finding(SOON, date(2017, 8, 1)).verdict is Verdict.NOT_MET


def test_at_the_end_of_the_calendar_it_is_judged_all_the_same() -> None:
    never = DocumentIssued(kind=DocumentKind.REPORT, within=Span(years=9000))
    assert finding(never, date(2019, 4, 26)).verdict is Verdict.UNDETERMINED
    assert finding(YEARLY, date.max).verdict is Verdict.NOT_MET


def test_a_span_is_written_in_a_file() -> None:
    text = {
        "format": "commed.instrument/1",
        "id": "law",
        "title": {"zh": "义务", "en": "a duty"},
        "since": SINCE,
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
        "provisions": [
            {
                "article": 1,
                "source": "text",
                "summary": {"zh": "义务", "en": "a duty"},
                "obligations": [
                    {
                        "id": "duty",
                        "duty": {"zh": "义务", "en": "a duty"},
                        "modality": "shall",
                        "bearer": {"name": {"zh": "义务", "en": "a duty"}},
                        "condition": {
                            "test": "document-issued",
                            "kind": "report",
                            "yearly": True,
                            "within": {"days": 90},
                        },
                    }
                ],
            }
        ],
    }
    assert load_instrument(text) == law(YEARLY)
