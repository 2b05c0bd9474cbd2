"""Many divisions judged and added up, each as if the register were its own."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve

from commed.codec.results import dump_assessment
from commed.compliance import Verdict, assess
from commed.compliance.rollup import RollUp, roll_up
from commed.indicators import UnsupportedQuestion
from commed.labels import Label
from commed.law.conditions import (
    Attested,
    Condition,
    DocumentIssued,
    EveryDivisionHas,
    IndicatorCompares,
    IndicatorGrows,
    Operator,
    OrganisationExists,
    When,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision
from commed.periods import Period
from commed.places import Division, DivisionCode, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningTeam
from commed.records.organisations import OrganisationKind, Workstation
from commed.records.statements import Attestation, Document, DocumentKind
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus

HOME, ON, LATER = "330212", date(2019, 4, 26), date(2020, 4, 26)
WORDS = Label(zh="义务", en="a duty")
TOWNS = {"330212001": "东街道", "330212002": "西街道", "330212003": "南街道"}
OLD, YOUNG, ELSEWHERE = "330212009", "330212010", "330203001"
COMMUNITIES = {"east-1": "330212001", "east-2": "330212001", "west-1": "330212002"}
EVERYWHERE = [HOME, *TOWNS, *COMMUNITIES]
STATION = OrganisationKind.WORKSTATION


def duty(key: str, condition: Condition, **bearer: Any) -> Obligation:
    return Obligation(
        id=key,
        duty=WORDS,
        bearer=Bearer(name=WORDS, **bearer),
        modality=Modality.SHALL,
        condition=condition,
    )


def law(*duties: Obligation, **fields: Any) -> Instrument:
    provisions = [
        Provision(
            article=number,
            summary=WORDS,
            source="text",
            obligations=[each],
            since=date(2030, 1, 1) if each.id == "future" else None,
        )
        for number, each in enumerate(duties, start=1)
    ]
    sources = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
    given: dict[str, Any] = {"id": "law", "title": WORDS, "since": date(2015, 3, 1)}
    return Instrument(sources=sources, provisions=provisions, **given | fields)


TEAMS = IndicatorCompares(
    indicator="learning-teams",
    operator=Operator.AT_LEAST,
    threshold=Quantity.exactly(1, Unit.TEAMS),
)
LAW = law(
    duty("station", OrganisationExists(kinds=[STATION], anywhere=True)),
    duty("stations", EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY)),
    duty("teams", TEAMS),
    duty("more-teams", IndicatorGrows(indicator="learning-teams")),
    duty("plan", DocumentIssued(kind=DocumentKind.WORK_PLAN), levels=[Level.TOWNSHIP]),
    duty("word", Attested()),
    duty("when", When(condition=Attested(question="needed"), then=Attested(question="done"))),
    duty("future", Attested()),
)


def word(key: str, about: str, place: str, *, holds: bool, on: date = ON) -> Attestation:
    return Attestation(id=key, instrument="law", duty=about, division=place, holds=holds, on=on)


def register(**more: Any) -> Register:
    divisions = [
        Division(id=HOME, name="鄞州区"),
        *(Division(id=key, name=name) for key, name in TOWNS.items()),
        *(
            Division(id=key, name=key, level=Level.COMMUNITY, within=town)
            for key, town in COMMUNITIES.items()
        ),
        Division(id=OLD, name="旧街道", until=date(2019, 4, 25)),
        Division(id=YOUNG, name="新街道", since=date(2019, 4, 27)),
        Division(id=ELSEWHERE, name="外区街道"),
        Division(id="lost", name="某街道", level=Level.TOWNSHIP),
    ]
    given: dict[str, Any] = {
        "divisions": divisions,
        "workstations": [Workstation(id="w", name="站", division="east-1")],
        "teams": [
            LearningTeam(id="t1", division="330212001", since=date(2018, 5, 1)),
            LearningTeam(id="t2", division="west-1"),
        ],
        "documents": [
            Document(
                id="d",
                title="计划",
                kind=DocumentKind.WORK_PLAN,
                division="330212002",
                issued_on=date(2018, 1, 1),
            )
        ],
        "attestations": [
            word("a1", "word", "330212001", holds=True),
            word("a2", "word", "330212002", holds=False),
            word("a3", "when/needed", "330212003", holds=False),
            word("a4", "when/needed", "east-1", holds=True),
            word("a5", "when/done", "east-1", holds=False),
        ],
        "complete": [
            Collection.WORKSTATIONS,
            Completeness(collection=Collection.TEAMS, division="330212001"),
            Completeness(collection=Collection.DOCUMENTS, division="330212003"),
            Completeness(collection=Collection.DIVISIONS, level=Level.COMMUNITY),
        ],
    }
    return Register(jurisdiction=HOME, **given | more)


KNOWN = register()


# --- one division of the register ------------------------------------------------------


class TestDivision:
    @pytest.mark.parametrize("place", EVERYWHERE)
    def test_it_is_judged_as_if_the_register_were_its_own(self, place: str) -> None:
        told = assess(KNOWN, LAW, on=ON, division=place)
        alone = assess(evolve(KNOWN, jurisdiction=place), LAW, on=ON)
        assert told.findings == alone.findings
        assert told.division == alone.division == place

    def test_without_one_it_is_the_jurisdiction(self) -> None:
        assert assess(KNOWN, LAW, on=ON) == assess(KNOWN, LAW, on=ON, division=HOME)
        code = DivisionCode("330212001")
        by_code = assess(KNOWN, LAW, on=ON, division=code)
        assert by_code == assess(KNOWN, LAW, on=ON, division=code.digits)

    @pytest.mark.parametrize("unknown", ["330212099", "nowhere"])
    def test_one_that_is_not_recorded_is_refused(self, unknown: str) -> None:
        with pytest.raises(UnsupportedQuestion, match=unknown):
            assess(KNOWN, LAW, on=ON, division=unknown)

    @pytest.mark.parametrize("place", EVERYWHERE)
    def test_its_dump_names_it_and_is_the_same_for_the_same(self, place: str) -> None:
        texts = {
            json.dumps(
                dump_assessment(assess(register(), LAW, on=ON, division=place)), ensure_ascii=False
            )
            for _ in range(2)
        }
        (text,) = texts
        dump = json.loads(text)
        assert (dump["division"], dump["jurisdiction"]) == (place, HOME)
        assert [each["obligation"] for each in dump["findings"]] == [
            each.id for _, each in LAW.obligations
        ]

    @pytest.mark.parametrize("place", EVERYWHERE)
    def test_its_requests_hold_every_need_once_under_who_can_supply_it(self, place: str) -> None:
        assessment = assess(KNOWN, LAW, on=ON, division=place)
        requests = assessment.requests()
        listed = [need for needs in requests.values() for need in needs]
        assert len(listed) == len(set(listed)) == len(assessment.needs)
        assert set(listed) == {need for each in assessment.findings for need in each.needs}
        for supplier, needs in requests.items():
            assert {need.supplier for need in needs} == {supplier}
            assert list(needs) == [need for need in assessment.needs if need.supplier == supplier]


# --- many of them ----------------------------------------------------------------------


def assessed(*verdicts: Verdict) -> RollUp:
    """Return a roll-up of findings with these verdicts, each of a division of its own."""
    one = assess(KNOWN, law(duty("word", Attested())), on=ON)
    told = {
        f"d{n}": evolve(one, findings=(evolve(one.findings[0], verdict=verdict),))
        for n, verdict in enumerate(verdicts)
    }
    return RollUp(level=Level.TOWNSHIP, assessments=MappingProxyType(told))


def duty_of(rolled: RollUp, modality: Modality) -> RollUp:
    """Return a roll-up whose last finding is on what binds so strongly."""
    *others, (last, one) = rolled.assessments.items()
    finding = one.findings[0]
    bound = evolve(finding, obligation=evolve(finding.obligation, modality=modality))
    told = {**dict(others), last: evolve(one, findings=(bound,))}
    return evolve(rolled, assessments=MappingProxyType(told))


def every_way(verdicts: tuple[Verdict, ...]) -> Iterator[Fraction]:
    """Yield the share met for every way in which what is undetermined could turn out."""
    judged = [each for each in verdicts if each in OPEN]
    for way in product(*[OPEN[each] for each in judged]):
        yield Fraction(sum(way), len(way))


OPEN: Mapping[Verdict, tuple[int, ...]] = {
    Verdict.MET: (1,),
    Verdict.NOT_MET: (0,),
    Verdict.UNDETERMINED: (0, 1),
}


class TestRollUp:
    @pytest.mark.parametrize(
        ("level", "places"),
        [
            (Level.TOWNSHIP, list(TOWNS)),
            (Level.COMMUNITY, list(COMMUNITIES)),
            (Level.COUNTY, [HOME]),
            (Level.CITY, []),
        ],
    )
    def test_it_judges_each_division_that_stands_and_surely_lies_inside(
        self, level: Level, places: list[str]
    ) -> None:
        came = roll_up(KNOWN, LAW, level=level, on=ON)
        assert list(came.assessments) == places
        for place in places:
            assert came.assessments[place] == assess(KNOWN, LAW, on=ON, division=place)

    @pytest.mark.parametrize(
        ("on", "others"),
        [(date(2019, 4, 25), [OLD]), (ON, []), (date(2019, 4, 27), [YOUNG])],
    )
    def test_a_division_counts_on_the_days_that_it_stood(self, on: date, others: list[str]) -> None:
        came = roll_up(KNOWN, LAW, level=Level.TOWNSHIP, on=on)
        assert list(came.assessments) == [*TOWNS, *others]

    @pytest.mark.parametrize("level", [Level.TOWNSHIP, Level.COMMUNITY, Level.CITY])
    def test_every_verdict_is_counted_by_itself(self, level: Level) -> None:
        came = roll_up(KNOWN, LAW, level=level, on=ON)
        for verdict in Verdict:
            one_by_one = [each.verdict for each in came.findings].count(verdict)
            assert came.count(verdict) == one_by_one
            assert one_by_one == sum(each.count(verdict) for each in came.assessments.values())
        everything = len(came.assessments) * len(list(LAW.obligations))
        assert sum(map(came.count, Verdict)) == len(came.findings) == everything

    def test_all_five_verdicts_come_up(self) -> None:
        came = roll_up(KNOWN, LAW, level=Level.TOWNSHIP, on=ON)
        assert all(came.count(verdict) for verdict in Verdict)

    def test_it_is_judged_on_the_period_that_is_asked_for(self) -> None:
        came = roll_up(KNOWN, LAW, level=Level.TOWNSHIP, on=ON, period=Period.year(2017))
        assert {each.period for each in came.assessments.values()} == {Period.year(2017)}

    def test_the_share_met_is_bounded_by_every_way_it_could_turn_out(self) -> None:
        for size in range(5):
            for verdicts in product(Verdict, repeat=size):
                came = assessed(*verdicts).share_met
                if not set(verdicts) & set(OPEN):
                    assert came is None
                    continue
                shares = list(every_way(verdicts))
                assert came == Interval(min(shares), max(shares)), verdicts

    @pytest.mark.parametrize("verdict", OPEN)
    def test_what_is_but_allowed_or_encouraged_has_no_part_in_the_share(
        self, verdict: Verdict
    ) -> None:
        came = assessed(Verdict.MET, verdict)
        for modality in Modality:
            free = duty_of(came, modality)
            is_free = modality in {Modality.MAY, Modality.ENCOURAGED}
            assert free.share_met == (Interval.exactly(1) if is_free else came.share_met)
            assert len(free.practised) == (is_free and verdict is Verdict.MET)

    def test_there_is_no_share_where_nothing_is_judged(self) -> None:
        assert roll_up(KNOWN, LAW, level=Level.CITY, on=ON).share_met is None
        future = law(duty("future", Attested()))
        assert roll_up(KNOWN, future, level=Level.TOWNSHIP, on=ON).share_met is None


def test_the_requests_of_all_divisions_are_told_once_by_supplier() -> None:
    districts = roll_up(register(), LAW, level=Level.TOWNSHIP, on=ON)
    wanted = {need for finding in districts.findings for need in finding.needs}
    requests = districts.requests()
    assert wanted
    assert sorted(map(str, wanted)) == sorted(
        str(each) for own in requests.values() for each in own
    )
    assert all(need.supplier == who for who, own in requests.items() for need in own)
