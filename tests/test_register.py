"""The register: every reference leads somewhere, and what is broken is told all at once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import pytest

from commed.errors import InvalidDocument, InvalidValue
from commed.periods import Period
from commed.places import Division, DivisionCode, Level
from commed.records.base import Record
from commed.records.inspections import Inspection
from commed.records.learning import Attendance, LearningEvent, LearningTeam
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import (
    Funding,
    FundingStage,
    Population,
    PopulationBase,
    Staffing,
    StaffRole,
)
from commed.records.statements import Attestation, Document, DocumentKind, Honour, ReportedFigure
from commed.records.surveys import Survey, SurveyQuestion
from commed.references import Collection
from commed.register import Completeness, Register, evidence_of
from commed.sources import Source, TextStatus

T = TypeVar("T")

DAY = date(2018, 6, 15)
PLACE = "510112"
HERE = Division(id=PLACE, name="龙泉驿区")


def register(**lists: Any) -> Register:
    """Build a register of one district."""
    return Register(**{"jurisdiction": PLACE, "divisions": [HERE]} | lists)


def faults(**lists: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        register(**lists)
    assert caught.value.subject == "Register"
    return [(problem.path, problem.message) for problem in caught.value.problems]


def made(kind: Callable[..., T], fields: dict[str, Any], changes: dict[str, Any]) -> T:
    """Build a record of which a test changes but a few fields."""
    return kind(**fields | changes)


def paths(**lists: Any) -> list[str]:
    return [path for path, _ in faults(**lists)]


def dangling(collection: Collection, key: str) -> str:
    return (
        f"expected the key of a record under {collection.value!r}, found {key!r}: "
        "add that record or mend the key"
    )


def body(key: str, **changes: Any) -> Organisation:
    fields = {"id": key, "name": key, "kind": OrganisationKind.MEMBER_UNIT, "division": PLACE}
    return made(Organisation, fields, changes)


def station(key: str, **changes: Any) -> Workstation:
    return made(Workstation, {"id": key, "name": key, "division": PLACE}, changes)


def conference(key: str, **changes: Any) -> JointConference:
    return made(JointConference, {"id": key, "name": key, "division": PLACE}, changes)


def team(key: str, **changes: Any) -> LearningTeam:
    return made(LearningTeam, {"id": key, "division": PLACE}, changes)


def event(key: str, **changes: Any) -> LearningEvent:
    return made(LearningEvent, {"id": key, "date": DAY, "division": PLACE}, changes)


def figure(key: str, **changes: Any) -> ReportedFigure:
    stated = {"about": key, "quantity": "5人", "division": PLACE, "stated_on": DAY}
    return made(ReportedFigure, {"id": key} | stated, changes)


def paper(key: str, **changes: Any) -> Document:
    said = {"title": key, "kind": DocumentKind.REPORT, "division": PLACE, "issued_on": DAY}
    return made(Document, {"id": key} | said, changes)


def word(key: str, **changes: Any) -> Attestation:
    said = {"instrument": "i", "duty": "d", "division": PLACE, "holds": True, "on": DAY}
    return made(Attestation, {"id": key} | said, changes)


def honour(key: str, **changes: Any) -> Honour:
    return made(Honour, {"id": key, "title": key, "division": PLACE}, changes)


def inspection(key: str, **changes: Any) -> Inspection:
    said = {"on": DAY, "instrument": "i", "division": PLACE, "inspector": "b", "inspected": "b"}
    return made(Inspection, {"id": key} | said, changes)


def residents(**changes: Any) -> Population:
    return made(Population, {"division": PLACE, "on": DAY, "persons": 5}, changes)


def funding(key: str, **changes: Any) -> Funding:
    told = {"division": PLACE, "period": Period.year(2018), "amount": 5}
    return made(Funding, {"id": key, "stage": FundingStage.PAID} | told, changes)


def staff(key: str, **changes: Any) -> Staffing:
    told = {"on": DAY, "role": StaffRole.VOLUNTEER, "persons": 5, "division": PLACE}
    return made(Staffing, {"id": key} | told, changes)


def survey(key: str, **changes: Any) -> Survey:
    told = {"division": PLACE, "on": DAY, "question": SurveyQuestion.APPROVAL, "share": "95%"}
    return made(Survey, {"id": key} | told, changes)


def source(key: str) -> Source:
    return Source(id=key, title=key, status=TextStatus.SUMMARY)


KEYED: dict[str, Callable[[str], Any]] = {
    "sources": source,
    "organisations": body,
    "workstations": station,
    "joint_conferences": conference,
    "teams": team,
    "events": event,
    "fundings": funding,
    "staffings": staff,
    "surveys": survey,
    "reported_figures": figure,
    "documents": paper,
    "attestations": word,
    "honours": honour,
}
ORG, DIV, SRC, TEAM = (
    Collection.ORGANISATIONS,
    Collection.DIVISIONS,
    Collection.SOURCES,
    Collection.TEAMS,
)
MENTIONS: list[tuple[str, Record | Completeness, str, Collection]] = [
    ("organisations", body("o", division="zz"), "division", DIV),
    ("organisations", body("o", source="zz"), "source", SRC),
    ("workstations", station("w", division="zz"), "division", DIV),
    ("joint_conferences", conference("j", division="zz"), "division", DIV),
    ("joint_conferences", conference("j", members=["j", "zz"]), "members[1]", ORG),
    ("joint_conferences", conference("j", office_at="zz"), "office_at", ORG),
    ("teams", team("t", division="zz"), "division", DIV),
    ("teams", team("t", workstation="zz"), "workstation", ORG),
    ("events", event("e", division="zz"), "division", DIV),
    ("events", event("e", workstation="zz"), "workstation", ORG),
    ("events", event("e", team="zz"), "team", TEAM),
    ("populations", residents(division="zz"), "division", DIV),
    ("fundings", funding("f", division="zz"), "division", DIV),
    ("fundings", funding("f", included_in="zz"), "included_in", Collection.FUNDINGS),
    ("staffings", staff("s", division="zz"), "division", DIV),
    ("staffings", staff("s", organisation="zz"), "organisation", ORG),
    ("surveys", survey("s", division="zz"), "division", DIV),
    ("surveys", survey("s", by="zz"), "by", ORG),
    ("reported_figures", figure("f", division="zz"), "division", DIV),
    ("reported_figures", figure("f", organisations=["zz"]), "organisations[0]", ORG),
    ("reported_figures", figure("f", stated_by="zz"), "stated_by", ORG),
    ("documents", paper("d", division="zz"), "division", DIV),
    ("documents", paper("d", issued_by="zz"), "issued_by", ORG),
    ("attestations", word("a", division="zz"), "division", DIV),
    ("attestations", word("a", by="zz"), "by", ORG),
    ("honours", honour("h", division="zz"), "division", DIV),
    ("honours", honour("h", organisation="zz"), "organisation", ORG),
    ("honours", honour("h", awarded_by="zz"), "awarded_by", ORG),
    ("inspections", inspection("i", inspected="i", inspector="zz"), "inspector", ORG),
    ("inspections", inspection("i", inspected="zz"), "inspected", ORG),
    ("inspections", inspection("i", sites=["b", "zz"]), "sites[1]", ORG),
    ("inspections", inspection("i", attended_by=["zz"]), "attended_by[0]", ORG),
    ("inspections", inspection("i", division="zz"), "division", DIV),
    ("complete", Completeness(collection=TEAM, division="zz"), "division", DIV),
]


@pytest.mark.parametrize(("collection", "told_of", "path", "sought"), MENTIONS)
def test_every_mention_leads_to_a_record(
    collection: str, told_of: Record, path: str, sought: Collection
) -> None:
    others = {} if collection == "organisations" else {"organisations": [body("b"), body("i")]}
    told = (f"{collection}[0].{path}", dangling(sought, "zz"))
    assert told in faults(**others | {collection: [told_of]})


def test_the_jurisdiction_is_recorded() -> None:
    assert faults(divisions=[]) == [("jurisdiction", dangling(DIV, PLACE))]
    assert register(jurisdiction=DivisionCode(PLACE)) == register()


@pytest.mark.parametrize("collection", KEYED)
def test_a_key_is_borne_once(collection: str) -> None:
    bearers = [KEYED[collection](key) for key in ("a", "b", "a")]
    told = f"expected a key of its own, found 'a', as at {collection}[0].id"
    assert faults(**{collection: bearers}) == [(f"{collection}[2].id", told)]


def test_organisations_of_every_type_share_their_keys() -> None:
    lists = {
        "organisations": [body("a")],
        "workstations": [station("a")],
        "joint_conferences": [conference("a")],
    }
    assert paths(**lists) == ["joint_conferences[0].id", "workstations[0].id"]


@pytest.mark.parametrize(
    ("other", "kind"), [(station("w"), "Workstation"), (conference("j"), "JointConference")]
)
def test_what_has_a_list_of_its_own_stands_there(other: Organisation, kind: str) -> None:
    assert faults(organisations=[body("b"), other]) == [
        ("organisations[1]", f"a {kind} has a list of its own: put it there")
    ]


def test_a_population_is_told_once_for_a_division_a_day_and_a_base() -> None:
    others = [
        residents(),
        residents(persons=6),
        residents(base=PopulationBase.REGISTERED),
        residents(on=date(2019, 1, 1)),
    ]
    told = "expected a key of its own, found '510112/2018-06-15/resident', as at populations[0]"
    assert faults(populations=others) == [("populations[1]", told)]


def test_all_that_is_broken_is_told_at_once() -> None:
    assert paths(
        jurisdiction="510113",
        divisions=[
            HERE,
            HERE,
            Division(id="a", name="a", level=Level.COUNTY, within="b"),
            Division(id="b", name="b", level=Level.CITY, within="a"),
            Division(id="c", name="c", level=Level.TOWNSHIP, within="nowhere"),
        ],
        organisations=[body("b"), body("b", source="unread")],
        workstations=[station("b", division="nowhere")],
        events=[event("e", team="t"), event("e", workstation="nobody", division=None)],
        populations=[residents(), residents()],
        complete=[Completeness(collection=TEAM, division="nowhere")],
    ) == [
        "complete[0].division",
        "divisions[1].id",
        "divisions[3].within",
        "divisions[4].within",
        "events[0].team",
        "events[1].id",
        "events[1].workstation",
        "jurisdiction",
        "organisations[1].id",
        "organisations[1].source",
        "populations[1]",
        "workstations[0].division",
        "workstations[0].id",
    ]


def test_what_is_no_record_is_told_at_its_place() -> None:
    mixed = {"teams": [team("t"), event("e")], "events": "e", "complete": ["events"]}
    assert paths(**mixed) == ["complete[0]", "events", "teams[1]"]
    assert paths(complete="events") == ["complete"]


def upwards(*steps: tuple[str, str, Level]) -> list[Division]:
    return [Division(id=key, name=key, level=level, within=up) for key, up, level in steps]


COUNTY, TOWNSHIP, COMMUNITY = Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([("a", "a", COUNTY)], ["a"]),
        ([("a", "b", COUNTY), ("b", "a", COUNTY)], ["a", "b"]),
        ([("a", "b", COUNTY), ("b", "a", TOWNSHIP)], ["a"]),
        ([("a", "b", COMMUNITY), ("b", "c", TOWNSHIP), ("c", "a", COUNTY)], ["c"]),
        ([("a", "b", TOWNSHIP), ("b", "c", COUNTY), ("c", "b", COUNTY)], ["b", "c"]),
        ([("a", PLACE, TOWNSHIP), ("b", "a", COUNTY)], ["b"]),
        ([("a", PLACE, TOWNSHIP), ("b", "a", COMMUNITY), ("c", PLACE, COMMUNITY)], []),
    ],
)
def test_a_division_lies_only_within_a_higher_one_so_that_none_lies_within_itself(
    steps: list[tuple[str, str, Level]], told: list[str]
) -> None:
    divisions = [HERE, *upwards(*steps)]
    where = [f"divisions[{index}].within" for index, one in enumerate(divisions) if one.id in told]
    if told:
        assert paths(divisions=divisions) == where
    else:
        assert register(divisions=divisions).division("c").within == PLACE


def test_what_a_division_wrongly_lies_within_is_named() -> None:
    ((path, message),) = faults(divisions=[HERE, *upwards(("a", PLACE, COUNTY))])
    assert path == "divisions[1].within"
    assert message == (
        "expected a division higher than a district or county, found '510112', a district or county"
    )


@pytest.mark.parametrize(
    ("steps", "circling"),
    [
        ([("a", None), ("b", "a"), ("c", "b")], []),
        ([("a", "a")], ["a"]),
        ([("a", "b"), ("b", "a"), ("c", "a")], ["a", "b"]),
        ([("a", "b"), ("b", "c"), ("c", "a"), ("d", None)], ["a", "b", "c"]),
    ],
)
def test_no_funding_is_part_of_itself(
    steps: list[tuple[str, str | None]], circling: list[str]
) -> None:
    fundings = [funding(key, included_in=whole) for key, whole in steps]
    if not circling:
        assert register(fundings=fundings).fundings == tuple(fundings)
        return
    assert faults(fundings=fundings) == [
        (f"fundings[{index}].included_in", f"{key!r} is part of itself: break the circle")
        for index, (key, _) in enumerate(steps)
        if key in circling
    ]


def test_a_level_is_claimed_of_divisions_alone() -> None:
    assert Completeness(collection=DIV, level=Level.COMMUNITY).level is Level.COMMUNITY
    with pytest.raises(InvalidValue) as caught:
        Completeness(collection=TEAM, level=Level.COMMUNITY)
    (problem,) = caught.value.problems
    assert problem.path == "level"
    assert problem.message == "expected a level only in a claim on the divisions"


def test_a_claim_may_be_given_by_its_collection_alone() -> None:
    assert register(complete=[TEAM]) == register(complete=[Completeness(collection=TEAM)])
    here = DivisionCode(PLACE)
    assert Completeness(collection=TEAM, division=here).division == PLACE


def test_a_register_is_a_value() -> None:
    lists = {"organisations": [body("b")], "events": [event("e", attendances=["a"])]}
    one, same = register(**lists), register(**lists)
    assert one.bodies
    assert (one, hash(one)) == (same, hash(same))
    assert one != register()
    with pytest.raises(AttributeError):
        one.events = ()  # type: ignore[misc]


def test_records_are_found_by_their_keys() -> None:
    bodies = (body("b"), station("w"), conference("j"))
    known = register(
        organisations=bodies[:1], workstations=bodies[1:2], joint_conferences=bodies[2:]
    )
    assert known.bodies == bodies
    assert [known.body(found.id) for found in bodies] == list(bodies)
    assert known.division(PLACE) == HERE
    for missing in (known.body, known.division, known.lineage):
        with pytest.raises(KeyError):
            missing("nobody")


def test_a_record_counts_where_it_took_place_or_else_where_its_organisation_is() -> None:
    other = Division(id="510113", name="青白江区")
    known = register(divisions=[HERE, other], workstations=[station("w", division="510113")])
    placed: Iterable[tuple[Any, str]] = [
        (station("w", division="510113"), "510113"),
        (event("e", workstation="w"), PLACE),
        (event("e", workstation="w", division=None), "510113"),
        (team("t", workstation="w"), PLACE),
        (team("t", workstation="w", division=None), "510113"),
    ]
    for record, place in placed:
        assert known.place_of(record) == place


NAMED: list[tuple[Any, Collection, str, str]] = [
    (HERE, DIV, PLACE, "龙泉驿区"),
    (body("o", name="教育局"), ORG, "o", "教育局"),
    (station("w", name="站"), Collection.WORKSTATIONS, "w", "站"),
    (conference("j", name="会"), Collection.JOINT_CONFERENCES, "j", "会"),
    (team("t", name="队"), TEAM, "t", "队"),
    (team("t"), TEAM, "t", "t"),
    (event("e", title="讲座"), Collection.EVENTS, "e", "讲座"),
    (event("e"), Collection.EVENTS, "e", "e"),
    (
        residents(),
        Collection.POPULATIONS,
        "510112/2018-06-15/resident",
        residents().name,
    ),
    (figure("f", about="参与市民"), Collection.REPORTED_FIGURES, "f", "参与市民"),
    (paper("d", title="报告"), Collection.DOCUMENTS, "d", "报告"),
    (word("a", statement="属实"), Collection.ATTESTATIONS, "a", "属实"),
    (word("a"), Collection.ATTESTATIONS, "a", "a"),
    (honour("h"), Collection.HONOURS, "h", honour("h").title),
    (inspection("i"), Collection.INSPECTIONS, "i", f"执法检查 {inspection('i').on}"),
]


@pytest.mark.parametrize(("record", "collection", "key", "name"), NAMED)
def test_evidence_names_a_record_as_people_do(
    record: Any, collection: Collection, key: str, name: str
) -> None:
    evidence = evidence_of(record)
    assert (evidence.collection, evidence.key, evidence.name) == (collection, key, name)


def test_evidence_names_a_record_of_ones_own_as_that_from_which_it_derives() -> None:
    class Decree(Document):
        pass

    decree = Decree(id="d", title="令", kind=DocumentKind.NOTICE, division=PLACE, issued_on=DAY)
    evidence = evidence_of(decree)
    assert (evidence.collection, evidence.key) == (Collection.DOCUMENTS, "d")


def test_not_every_record_can_be_evidence() -> None:
    own = Attendance(learner="w")
    with pytest.raises(TypeError, match="Attendance cannot be evidence"):
        evidence_of(own)  # type: ignore[arg-type]
