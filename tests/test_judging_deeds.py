"""Duties about deeds on record: honours that were awarded, and inspections that were held."""

from datetime import date
from typing import Any

import pytest

import commed
from commed.compliance import Case, Ruling, judge
from commed.evidence import GOVERNMENT, Need
from commed.labels import Label
from commed.law.conditions import Attested, Condition, HonourAwarded, InspectionHeld
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.records.inspections import Inspection
from commed.records.organisations import Organisation, OrganisationKind
from commed.records.statements import Honour
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

CITY, HOME, TOWN, ON = "510100", "510112", "510112001", date(2019, 4, 26)
WORDS = Label(zh="义务", en="a duty")
TITLE = "全国社区教育示范区"
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
    since=date(2017, 1, 1),
    sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
)


def body(key: str, division: str) -> Organisation:
    return Organisation(id=key, name=key, kind=OrganisationKind.GOVERNMENT, division=division)


def register(*records: Honour | Inspection, complete: Any = ()) -> Register:
    return Register(
        jurisdiction=HOME,
        divisions=[
            Division(id=CITY, name="成都市"),
            Division(id=HOME, name="龙泉驿区"),
            Division(id=TOWN, name="龙泉街道", level=Level.TOWNSHIP, within=HOME),
        ],
        organisations=[body("city", CITY), body("home", HOME), body("town", TOWN)],
        honours=[each for each in records if isinstance(each, Honour)],
        inspections=[each for each in records if isinstance(each, Inspection)],
        complete=complete,
    )


def ruling(condition: Condition, known: Register, on: date = ON) -> Ruling:
    case = Case(
        register=known, instrument=LAW, obligation=DUTY, place=HOME, on=on, period=Period.year(2018)
    )
    return judge(condition, case)


def honour(**fields: Any) -> Honour:
    given: dict[str, Any] = {"id": "h", "title": TITLE, "awarded_on": date(2018, 6, 1)}
    if "organisation" not in fields:
        given["division"] = HOME
    return Honour(**given | fields)


class TestHonours:
    @pytest.mark.parametrize(
        ("fields", "truth"),
        [
            ({}, T),
            ({"title": "文明城区"}, F),
            ({"division": TOWN}, T),
            ({"division": CITY}, U),
            ({"organisation": "home"}, T),
            ({"organisation": "city"}, U),
            ({"awarded_on": None}, T),
            ({"awarded_on": ON}, T),
            ({"awarded_on": date(2019, 4, 27)}, F),
        ],
    )
    def test_who_bears_it_and_since_when_decides(
        self, fields: dict[str, Any], truth: Truth
    ) -> None:
        known = register(honour(**fields), complete=[Collection.HONOURS])
        came = ruling(HonourAwarded(title=TITLE), known)
        assert came.truth is truth
        assert bool(came.needs) is (truth is U)
        assert [each.key for each in came.evidence] == ([] if truth is F else ["h"])
        assert f"honour '{TITLE}'" in came.because.en
        assert f"荣誉“{TITLE}”" in came.because.zh

    @pytest.mark.parametrize(("by", "truth"), [("home", T), ("city", F), ("town", F), (None, U)])
    def test_one_of_its_own_was_awarded_by_a_body_of_the_place(
        self, by: str | None, truth: Truth
    ) -> None:
        known = register(honour(awarded_by=by), complete=[Collection.HONOURS])
        came = ruling(HonourAwarded(own=True), known)
        assert came.truth is truth
        assert "awarded by a body of this jurisdiction" in came.because.en
        assert "本级授予的" in came.because.zh

    @pytest.mark.parametrize(
        ("on", "truth"),
        [
            (date(2017, 12, 31), F),
            (date(2018, 1, 1), T),
            (date(2018, 12, 31), T),
            (date(2019, 1, 1), F),
            (None, U),
        ],
    )
    def test_a_yearly_one_is_of_the_judged_year(self, on: date | None, truth: Truth) -> None:
        known = register(honour(awarded_on=on), complete=[Collection.HONOURS])
        came = ruling(HonourAwarded(yearly=True), known)
        assert came.truth is truth
        assert "of 2018" in came.because.en
        assert "2018授予的" in came.because.zh

    def test_on_a_partial_list_absence_proves_nothing(self) -> None:
        year = Completeness(collection=Collection.HONOURS, period=Period.year(2018))
        for yearly, claims, truth in (
            (True, [year], F),
            (False, [year], U),
            (True, [], U),
            (False, [Collection.HONOURS], F),
        ):
            came = ruling(HonourAwarded(yearly=yearly), register(complete=claims))
            assert came.truth is truth
            assert bool(came.needs) is (truth is U)

    def test_before_the_year_is_over_absence_proves_nothing(self) -> None:
        known = register(complete=[Collection.HONOURS])
        came = ruling(HonourAwarded(yearly=True), known, date(2018, 12, 30))
        assert (came.truth, "not yet due" in came.because.en) == (U, True)
        assert came.needs == (
            Need(
                what=Label(zh="2018授予的荣誉、表彰", en="honour, of 2018"),
                collection=Collection.HONOURS,
                division=HOME,
                period=Period.year(2018),
                supplier=GOVERNMENT,
            ),
        )


def inspection(**fields: Any) -> Inspection:
    given: dict[str, Any] = {
        "id": "i",
        "on": date(2018, 6, 1),
        "instrument": "law",
        "division": HOME,
        "inspector": "home",
        "inspected": "town",
    }
    return Inspection(**given | fields)


class TestInspections:
    @pytest.mark.parametrize(
        ("fields", "once", "yearly"),
        [
            ({}, T, T),
            ({"on": ON}, T, F),
            ({"on": date(2019, 4, 27)}, F, F),
            ({"on": date(2017, 12, 31)}, T, F),
            ({"instrument": "another"}, F, F),
            ({"division": TOWN}, F, F),
        ],
    )
    def test_it_was_of_this_law_here_and_in_time(
        self, fields: dict[str, Any], once: Truth, yearly: Truth
    ) -> None:
        known = register(inspection(**fields), complete=[Collection.INSPECTIONS])
        for asked, truth in ((False, once), (True, yearly)):
            came = ruling(InspectionHeld(yearly=asked), known)
            assert (came.truth, came.needs) == (truth, ())
            assert ("in 2018" in came.because.en) is asked
            assert ("2018对law实施情况的执法检查" in came.because.zh) is asked

    def test_it_may_be_of_a_law_that_is_named(self) -> None:
        known = register(inspection(instrument="another"), complete=[Collection.INSPECTIONS])
        assert ruling(InspectionHeld(instrument="another"), known).truth is T

    def test_on_a_partial_list_the_inspectors_are_asked(self) -> None:
        for yearly, zh, en in ((False, "", ""), (True, "2018", ", in 2018")):
            (need,) = ruling(InspectionHeld(yearly=yearly), register()).needs
            assert need.what.zh == f"{zh}对law实施情况的执法检查"
            assert need.what.en == f"inspection of how law is carried out{en}"
            assert (need.collection, need.division) == (Collection.INSPECTIONS, HOME)
            assert need.period == (Period.year(2018) if yearly else None)
            assert need.supplier.en == "the body that inspects"

    @pytest.mark.parametrize(("year", "once", "yearly"), [(2018, U, F), (2019, F, U)])
    def test_a_list_that_is_whole_for_a_time_decides_for_that_time(
        self, year: int, once: Truth, yearly: Truth
    ) -> None:
        claim = Completeness(collection=Collection.INSPECTIONS, period=Period.year(year))
        assert ruling(InspectionHeld(), register(complete=[claim])).truth is once
        assert ruling(InspectionHeld(yearly=True), register(complete=[claim])).truth is yearly

    def test_that_of_longquanyi_is_found(self) -> None:
        known = commed.example("longquanyi-2019")
        case = Case(
            register=known,
            instrument=commed.instrument("cn-chengdu-2017"),
            obligation=DUTY,
            place=known.jurisdiction,
            on=ON,
            period=Period.year(2019),
        )
        came = judge(InspectionHeld(), case)
        assert (came.truth, len(came.evidence)) == (T, 1)
