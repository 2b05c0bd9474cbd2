"""Completing knowledge: what is undetermined names its needs, and supplying them settles it.

Each packaged instrument is judged where almost nothing is recorded. Somebody then answers each
request, as the offices that are asked would; at the end nothing is left undetermined.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed import (
    Assessment,
    Attestation,
    Division,
    Document,
    Finding,
    Funding,
    Honour,
    Inspection,
    Instrument,
    JointConference,
    LearningEvent,
    LearningTeam,
    Level,
    Organisation,
    OrganisationKind,
    Period,
    Population,
    Register,
    Staffing,
    Survey,
    SurveyQuestion,
    Topic,
    Verdict,
    Workstation,
    assess,
)
from commed.evidence import Need
from commed.indicators import definition
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    ConferenceMembers,
    ConferenceOffice,
    DocumentIssued,
    EventInWindow,
    EveryDivisionHas,
    HonourAwarded,
    IndicatorCompares,
    IndicatorGrows,
    InspectionHeld,
    Not,
    Operator,
    OrganisationExists,
    When,
    leaves,
)
from commed.law.instrument import Bearer, Modality, Obligation, Provision, Reading
from commed.quantities import Quantity
from commed.records.resources import FundingStage, StaffRole
from commed.records.statements import DocumentKind
from commed.references import Collection
from commed.register import Completeness
from commed.sources import Source, TextStatus
from commed.windows import LastWeek, Span

ON, YEAR = date(2019, 4, 26), Period.year(2018)
LONG_AGO = date(2010, 1, 1)
ROUNDS = 6
PLACES = {
    "cn-chengdu-2017": ["510100", "510112"],
    "cn-chengdu-2017-43": ["510100"],
    "cn-moe-2010-demonstration": ["510112"],
    "cn-ningbo-2015": ["330200", "330212", "330212001"],
    "cn-shanghai-2011": ["310000", "310115", "310115001"],
}
CASES = [(key, place) for key, places in PLACES.items() for place in places]
PARTS = (("-town", Level.TOWNSHIP), ("-lane", Level.COMMUNITY))


def test_every_packaged_instrument_is_completed() -> None:
    assert set(PLACES) == set(commed.instruments())


def almost_empty(place: str) -> Register:
    return Register(jurisdiction=place, divisions=[Division(id=place, name="某地")])


def asked_in(law: Instrument, *kinds: type) -> Iterator[Any]:
    for _, duty in law.obligations:
        for condition in duty.conditions:
            yield from (leaf for leaf in leaves(condition) if isinstance(leaf, kinds))


@frozen
class Office:
    """Who answers requests: `has_all` of the offices that have whatever they are asked for.

    The others have but an empty list, a word against it, and money that grew less.
    """

    law: Instrument
    has_all: bool

    def answer(self, known: Register, need: Need) -> Register:
        """Add the records that a request asks for, and say that their list is whole."""
        name = need.collection.value
        listed = getattr(known, name, ())  # a roster is a part of its event: it has no list
        added = [each for each in self.records(known, need) if each not in listed]
        claim = Completeness(collection=need.collection, division=need.division, period=need.period)
        more: dict[str, Any] = {name: [*listed, *added]} if added else {}
        if added and need.collection in _NAMES_BODIES:
            units = [each for each in self.units(need.division) if each not in known.organisations]
            more["organisations"] = [*known.organisations, *units]
        return evolve(known, complete=[*known.complete, claim], **more)

    def records(self, known: Register, need: Need) -> list[Any]:
        """Return what this office records on a request."""
        match need.collection:
            case Collection.DIVISIONS:
                return self.divisions(known, need.division)
            case Collection.ATTESTATIONS:
                return self.words(need)
            case Collection.POPULATIONS:
                last = (need.period or YEAR).last
                return [Population(division=need.division, on=last, persons=100)]
            case Collection.SURVEYS:
                return self.surveys(need)
            case Collection.FUNDINGS:
                return self.fundings(need)
            case _:
                return self.listed(known, need) if self.has_all else []

    def units(self, place: str) -> list[Organisation]:
        """Return the units that the law names, and one that honours and inspects."""
        named = [name for leaf in asked_in(self.law, ConferenceMembers) for name in leaf.names]
        named += [leaf.name for leaf in asked_in(self.law, ConferenceOffice)]
        kind = OrganisationKind.MEMBER_UNIT
        return [
            Organisation(id=f"{place}-{name}", name=name, kind=kind, division=place)
            for name in dict.fromkeys([*named, "政府"])
        ]

    def divisions(self, known: Register, place: str) -> list[Division]:
        home = known.division(place)
        return [
            Division(id=f"{place}{ending}", name="某处", level=level, within=place)
            for ending, level in PARTS
            if home.level.is_above(level)
        ]

    def words(self, need: Need) -> list[Attestation]:
        told = re.search(r"attestation on '([^']+)'|attest one of: ([^,]+),", need.what.en)
        assert told is not None, need
        (duty,) = filter(None, told.groups())
        return [
            Attestation(
                id=f"{duty}-{need.division}",
                instrument=self.law.id,
                duty=duty,
                division=need.division,
                holds=self.has_all or told[2] is not None,
                on=ON,
            )
        ]

    def surveys(self, need: Need) -> list[Survey]:
        return [
            Survey(
                id=f"{question.value}-{need.period}",
                division=need.division,
                on=(need.period or YEAR).last,
                question=question,
                positive=1000 if self.has_all else 0,
                answered=1000,
            )
            for question in SurveyQuestion
        ]

    def fundings(self, need: Need) -> list[Funding]:
        """Tell the money of a year, apart by every use that the law asks after."""
        period = need.period or YEAR
        grown = (period.last.year - 2000) * (1 if self.has_all else -1)
        comparisons = asked_in(self.law, IndicatorCompares, IndicatorGrows)
        uses = {part.key for leaf in comparisons for part in leaf.where if part.dimension == "use"}
        return [
            Funding(
                id=f"{stage.value}-{use}-{period}-{need.division}",
                division=need.division,
                period=period,
                amount=100 + grown,
                stage=stage,
                origin=Level.COUNTY,
                use=use,
            )
            for stage in FundingStage
            for use in sorted(uses) or [None]
        ]

    def listed(self, known: Register, need: Need) -> list[Any]:
        """Return one record of every kind that the list can hold, in every division."""
        place, inside = need.division, [each.id for each in known.divisions]
        themes = sorted({str(leaf.theme) for leaf in asked_in(self.law, EventInWindow)})
        day = (need.period or YEAR).first
        units = [each.id for each in self.units(place)]
        offices = [leaf.name for leaf in asked_in(self.law, ConferenceOffice)]
        titles = {leaf.title or "先进" for leaf in asked_in(self.law, HonourAwarded)}
        laws = {leaf.instrument or self.law.id for leaf in asked_in(self.law, InspectionHeld)}
        held: dict[Collection, list[Any]] = {
            Collection.JOINT_CONFERENCES: [
                JointConference(
                    id=f"{place}-meeting",
                    name="联席会",
                    division=place,
                    members=units,
                    office_at=next((f"{place}-{name}" for name in offices), None),
                )
            ],
            Collection.HONOURS: [
                Honour(
                    id=f"{place}-{title}",
                    title=title,
                    division=place,
                    awarded_on=day,
                    awarded_by=units[-1],
                )
                for title in sorted(titles)
            ],
            Collection.INSPECTIONS: [
                Inspection(
                    id=f"{place}-{law}",
                    on=day,
                    instrument=law,
                    division=place,
                    inspector=units[-1],
                    inspected=units[-1],
                )
                for law in sorted(laws)
            ],
            Collection.ORGANISATIONS: [
                Organisation(id=f"{kind.value}-{at}", name="机构", division=at, kind=kind)
                for kind in OrganisationKind
                if kind not in _ELSEWHERE
                for at in inside
            ],
            Collection.WORKSTATIONS: [
                Workstation(id=f"{at}-w", name="站", division=at) for at in inside
            ],
            Collection.STAFFINGS: [
                Staffing(id=f"{place}-{role.value}", on=ON, role=role, persons=9, division=place)
                for role in StaffRole
            ],
            Collection.TEAMS: [LearningTeam(id=f"{place}-{n}", division=place) for n in range(100)],
            Collection.EVENTS: [
                LearningEvent(id=f"{day}", date=day, division=place, themes=themes)
            ],
            Collection.DOCUMENTS: [
                Document(
                    id=f"{kind.value}-{place}",
                    title="文件",
                    kind=kind,
                    division=place,
                    issued_on=LONG_AGO,
                    period=Period(LONG_AGO, date(2030, 12, 31)),
                    topics=list(Topic),
                    published=True,
                )
                for kind in DocumentKind
            ],
        }
        return held.get(need.collection, [])


_NAMES_BODIES = {Collection.JOINT_CONFERENCES, Collection.HONOURS, Collection.INSPECTIONS}
_ELSEWHERE = {OrganisationKind.WORKSTATION, OrganisationKind.JOINT_CONFERENCE}


def completed(law: Instrument, place: str, *, has_all: bool) -> Assessment:
    """Judge and answer every request, over and over, until nothing is asked any more."""
    known, office = almost_empty(place), Office(law, has_all)
    for _ in range(ROUNDS):
        assessment = assess(known, law, on=ON)
        for need in assessment.needs:
            known = office.answer(known, need)
    return assess(known, law, on=ON)


def cases() -> Iterator[Any]:
    for key, place in CASES:
        yield pytest.param(key, place, True)
        yield pytest.param(key, place, False)


@pytest.mark.parametrize(("key", "place", "has_all"), list(cases()))
def test_supplying_what_is_needed_leaves_nothing_undetermined(
    key: str, place: str, *, has_all: bool
) -> None:
    law = commed.instrument(key)
    before = assess(almost_empty(place), law, on=ON)
    assert before.count(Verdict.UNDETERMINED)
    after = completed(law, place, has_all=has_all)
    left = [each for each in after.findings if each.verdict is Verdict.UNDETERMINED]
    assert not left, [(each.obligation.id, list(map(str, each.needs))) for each in left]
    assert after.count(Verdict.MET if has_all else Verdict.NOT_MET)
    assert not after.needs


@pytest.mark.parametrize(("key", "place"), CASES)
def test_what_is_undetermined_names_its_needs_and_nothing_else_does(key: str, place: str) -> None:
    for finding in assess(almost_empty(place), commed.instrument(key), on=ON).findings:
        assert bool(finding.needs) is (finding.verdict is Verdict.UNDETERMINED)


# --- one condition alone ---------------------------------------------------------------

HOME, WORDS = "330212", Label(zh="义务", en="a duty")
STATION, SCHOOL = OrganisationKind.WORKSTATION, OrganisationKind.SCHOOL


def law(condition: Condition) -> Instrument:
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
        since=date(2015, 3, 1),
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[Provision(article=1, summary=WORDS, source="text", obligations=[duty])],
    )


def compares(indicator: str, threshold: int | Fraction) -> IndicatorCompares:
    figure = Quantity.exactly(threshold, definition(indicator).unit)
    return IndicatorCompares(indicator=indicator, operator=Operator.AT_LEAST, threshold=figure)


FIGURES: list[tuple[str, int | Fraction]] = [
    ("person-times", 0),
    ("participation-rate", 0),
    ("workstation-coverage", 1),
    ("population-coverage", 1),
    ("three-level-coverage", 1),
    ("institutions", 2),
    ("workstations", 1),
    ("learning-teams", 9),
    ("teams-per-10000-residents", 9),
    ("active-teams", 0),
    ("funds-budgeted", 100),
    ("funds-paid-per-resident", 1),
    ("awareness", Fraction(4, 5)),
]
SINGLE: list[Condition] = [
    Attested(),
    Attested(question="asked"),
    OrganisationExists(kinds=[STATION], anywhere=True),
    OrganisationExists(kinds=[SCHOOL], level=Level.TOWNSHIP),
    OrganisationExists(kinds=[OrganisationKind.JOINT_CONFERENCE]),
    EveryDivisionHas(kinds=[SCHOOL], level=Level.TOWNSHIP),
    EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY),
    EveryDivisionHas(kinds=[SCHOOL], level=Level.COUNTY),
    *(EventInWindow(month=10, week=week) for week in LastWeek),
    EventInWindow(month=10, week=LastWeek.LAST_WHOLE, theme="终身学习"),
    DocumentIssued(kind=DocumentKind.WORK_PLAN),
    DocumentIssued(kind=DocumentKind.WORK_PLAN, topic=Topic.LIFELONG_EDUCATION, published=True),
    DocumentIssued(kind=DocumentKind.WORK_PLAN, yearly=True),
    DocumentIssued(kind=DocumentKind.STATISTICS, yearly=True, within=Span(days=90)),
    ConferenceMembers(names=["市教育局", "市妇联"]),
    ConferenceOffice(name="市教育局"),
    HonourAwarded(),
    HonourAwarded(title="示范区", own=True),
    HonourAwarded(own=True, yearly=True),
    InspectionHeld(),
    InspectionHeld(instrument="another", yearly=True),
    IndicatorGrows(indicator="funds-budgeted", years=3),
    IndicatorGrows(indicator="funds-paid", strictly=False),
    *(compares(indicator, threshold) for indicator, threshold in FIGURES),
]


def finding(condition: Condition, *, has_all: bool) -> Finding:
    return completed(law(condition), HOME, has_all=has_all)["duty"]


def settles(condition: Condition, *, has_all: bool) -> bool:
    came = finding(condition, has_all=has_all)
    return came.verdict is not Verdict.UNDETERMINED and not came.needs


@pytest.mark.parametrize("has_all", [True, False])
@pytest.mark.parametrize("condition", SINGLE, ids=str)
def test_each_condition_alone_is_settled(condition: Condition, *, has_all: bool) -> None:
    assert assess(almost_empty(HOME), law(condition), on=ON)["duty"].needs
    assert settles(condition, has_all=has_all)


@pytest.mark.parametrize("kinds", [[STATION, SCHOOL], [SCHOOL, STATION]])
@pytest.mark.parametrize("every", [True, False])
def test_one_of_two_lists_is_settled_too(kinds: list[OrganisationKind], *, every: bool) -> None:
    condition = (
        EveryDivisionHas(kinds=kinds, level=Level.COMMUNITY)
        if every
        else OrganisationExists(kinds=kinds, anywhere=True)
    )
    assert settles(condition, has_all=False)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(parts, min_size=1, max_size=3)

    def counted(found: list[Condition]) -> st.SearchStrategy[Condition]:
        return st.builds(AtLeastOf, count=st.integers(1, len(found)), conditions=st.just(found))

    return st.one_of(
        st.builds(AllOf, conditions=some),
        st.builds(AnyOf, conditions=some),
        some.flatmap(counted),
        st.builds(Not, condition=parts),
        st.builds(When, condition=parts, then=parts),
    )


trees = st.recursive(st.sampled_from(SINGLE), combined, max_leaves=5)


@settings(max_examples=80)
@given(trees, st.booleans())
def test_conditions_made_of_them_are_settled_too(tree: Condition, has_all: bool) -> None:  # noqa: FBT001
    assert settles(tree, has_all=has_all)


@settings(max_examples=80)
@given(st.lists(trees, min_size=2, max_size=3), st.booleans())
def test_duties_with_two_readings_are_settled_too(
    found: list[Condition],
    has_all: bool,  # noqa: FBT001
) -> None:
    one = law(found[0])
    readings = [
        Reading(id=f"r{n}", label=WORDS, condition=condition) for n, condition in enumerate(found)
    ]
    duty = evolve(one.provisions[0].obligations[0], condition=None, readings=readings)
    read = evolve(one, provisions=[evolve(one.provisions[0], obligations=[duty])])
    before = assess(almost_empty(HOME), read, on=ON)["duty"]
    assert bool(before.needs) is (before.verdict is Verdict.UNDETERMINED)
    after = completed(read, HOME, has_all=has_all)["duty"]
    assert (after.verdict is not Verdict.UNDETERMINED, after.needs) == (True, ())
