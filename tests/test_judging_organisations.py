"""Judging duties about organisations: one exists; every division of a level has one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from commed.compliance import Case, Ruling, judge
from commed.evidence import Evidence, Need
from commed.labels import Label
from commed.law.conditions import (
    Attested,
    Condition,
    EveryDivisionHas,
    OrganisationExists,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Quantity, Unit
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, ON = "510112", date(2019, 4, 26)
EARLIER, LATER = date(2018, 12, 31), date(2019, 5, 1)
WORDS = Label(zh="义务", en="a duty")
DUTY = Obligation(
    id="duty",
    duty=WORDS,
    bearer=Bearer(name=Label(zh="区政府", en="the district")),
    modality=Modality.SHALL,
    condition=Attested(),
)
SOURCES = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
LAW = Instrument(id="law", title=WORDS, since=date(2017, 2, 1), sources=SOURCES)


def register(*divisions: Division, **lists: Any) -> Register:
    home = Division(id=HOME, name="龙泉驿区")
    lists["divisions"] = [home, *divisions]
    return Register(jurisdiction=HOME, **lists)


def ruling(condition: Condition, known: Register) -> Ruling:
    year = Period.year(2018)
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=known.jurisdiction,
        on=ON,
        period=year,
    )
    return judge(condition, case)


def truth(condition: Condition, known: Register) -> Truth:
    return ruling(condition, known).truth


def keys(evidence: Iterable[Evidence]) -> list[str]:
    return [piece.key for piece in evidence]


def wanted(needs: Iterable[Need]) -> list[Collection]:
    return [need.collection for need in needs]


def organisation(**fields: Any) -> Organisation:
    kind = OrganisationKind.CENTRE
    given: dict[str, Any] = {"id": "body", "name": "中心", "kind": kind, "division": HOME}
    return Organisation(**given | fields)


def station(division: str, **fields: Any) -> Workstation:
    given: dict[str, Any] = {"id": f"station-{division}", "name": "站", "division": division}
    return Workstation(**given | fields)


def town(key: str, within: str | None = HOME) -> Division:
    return Division(id=key, name=key, level=Level.TOWNSHIP, within=within)


def community(key: str, within: str | None = HOME) -> Division:
    return Division(id=key, name=key, level=Level.COMMUNITY, within=within)


def exists(*kinds: OrganisationKind, **fields: Any) -> OrganisationExists:
    return OrganisationExists(kinds=kinds or (OrganisationKind.CENTRE,), **fields)


def every(level: Level, kind: OrganisationKind) -> EveryDivisionHas:
    return EveryDivisionHas(level=level, kinds=[kind])


WHOLE = {"complete": [Collection.ORGANISATIONS]}


class TestOrganisationExists:
    def test_true_where_one_stands(self) -> None:
        came = ruling(exists(), register(organisations=[organisation()]))
        assert came.truth is Truth.TRUE
        assert came.because.en == (
            "community-education centre of this jurisdiction, on record: 中心"
        )
        assert came.because.zh == "本级社区教育中心记录在案：中心"
        assert came.evidence == (Evidence(Collection.ORGANISATIONS, "body", "中心"),)
        assert came.needs == ()

    def test_false_where_a_whole_list_has_none(self) -> None:
        came = ruling(exists(), register(**WHOLE))
        assert came.truth is Truth.FALSE
        assert came.because.en.startswith("not on the complete list: ")
        assert came.because.zh.startswith("完整清单中没有")
        assert (came.evidence, came.needs) == ((), ())

    def test_unknown_where_a_partial_list_has_none(self) -> None:
        came = ruling(exists(), register())
        assert came.truth is Truth.UNKNOWN
        assert came.because == Label(
            zh="记录中没有本级社区教育中心，但清单不全",
            en="not on record, but the list is partial: community-education centre of this "
            "jurisdiction",
        )
        (need,) = came.needs
        assert (need.collection, need.division) == (Collection.ORGANISATIONS, HOME)
        assert need.what == Label(
            zh="本级社区教育中心的设立记录（名称、设立日期）",
            en="the record of a community-education centre of this jurisdiction (name, date set "
            "up)",
        )
        assert need.supplier.zh == "教育行政部门"

    def test_unknown_where_one_was_first_seen_later(self) -> None:
        came = ruling(exists(), register(organisations=[organisation(seen=LATER)], **WHOLE))
        assert came.truth is Truth.UNKNOWN
        assert came.because == Label(
            zh="本级社区教育中心未能确定是否符合：中心",
            en="community-education centre of this jurisdiction, on record, but not certain to be "
            "such: 中心",
        )
        assert keys(came.evidence) == ["body"]
        assert wanted(came.needs) == [Collection.ORGANISATIONS]

    def test_one_that_surely_stands_is_named_without_the_doubtful(self) -> None:
        bodies = [organisation(id="doubtful", seen=LATER), organisation(id="sure")]
        assert keys(ruling(exists(), register(organisations=bodies)).evidence) == ["sure"]

    @pytest.mark.parametrize("times", [{"until": EARLIER}, {"since": LATER}])
    def test_one_that_does_not_stand_on_the_day_counts_for_nothing(
        self, times: dict[str, date]
    ) -> None:
        known = register(organisations=[organisation(**times)], **WHOLE)
        assert truth(exists(), known) is Truth.FALSE

    def test_another_kind_counts_for_nothing(self) -> None:
        known = register(organisations=[organisation(kind=OrganisationKind.SCHOOL)], **WHOLE)
        assert truth(exists(), known) is Truth.FALSE
        assert truth(exists(OrganisationKind.CENTRE, OrganisationKind.SCHOOL), known) is Truth.TRUE

    def test_one_of_a_part_is_not_one_of_the_whole(self) -> None:
        known = register(town("t"), organisations=[organisation(division="t")], **WHOLE)
        assert truth(exists(), known) is Truth.FALSE
        assert truth(exists(level=Level.TOWNSHIP), known) is Truth.TRUE
        assert truth(exists(level=Level.COMMUNITY), known) is Truth.FALSE
        assert truth(exists(anywhere=True), known) is Truth.TRUE

    def test_one_outside_counts_for_nothing(self) -> None:
        away = Division(id="510107", name="武侯区")
        known = register(away, organisations=[organisation(division="510107")], **WHOLE)
        assert truth(exists(anywhere=True), known) is Truth.FALSE
        assert truth(exists(level=Level.COUNTY), known) is Truth.FALSE

    @pytest.mark.parametrize("condition", [exists(level=Level.TOWNSHIP), exists(anywhere=True)])
    def test_unknown_where_it_is_not_recorded_what_its_division_lies_in(
        self, condition: OrganisationExists
    ) -> None:
        adrift = town("t", None)
        known = register(adrift, organisations=[organisation(division="t")], **WHOLE)
        assert truth(condition, known) is Truth.UNKNOWN

    def test_a_workstation_may_serve_a_part_of_the_division_it_is_recorded_at(self) -> None:
        known = register(
            town("t"),
            community("c", within="t"),
            workstations=[station("t")],
            complete=[Collection.WORKSTATIONS],
        )
        at_a_community = exists(OrganisationKind.WORKSTATION, level=Level.COMMUNITY)
        assert truth(at_a_community, known) is Truth.UNKNOWN

    @pytest.mark.parametrize(
        ("condition", "place"),
        [
            (exists(OrganisationKind.WORKSTATION, level=Level.TOWNSHIP), "t"),
            (exists(OrganisationKind.WORKSTATION), HOME),
            (every(Level.TOWNSHIP, OrganisationKind.WORKSTATION), "t"),
        ],
    )
    def test_a_workstation_recorded_above_the_communities_is_not_surely_of_that_division(
        self, condition: Condition, place: str
    ) -> None:
        lists = [Collection.WORKSTATIONS, Collection.DIVISIONS]
        coarse = register(town("t"), workstations=[station(place)], complete=lists)
        assert truth(condition, coarse) is Truth.UNKNOWN

    def test_a_workstation_of_a_part_is_none_of_a_higher_level(self) -> None:
        known = register(
            town("t"),
            community("c", within="t"),
            workstations=[station("c")],
            complete=[Collection.WORKSTATIONS],
        )
        at_a_town = exists(OrganisationKind.WORKSTATION, level=Level.TOWNSHIP)
        assert truth(at_a_town, known) is Truth.FALSE

    def test_all_that_stand_are_told_by_name(self) -> None:
        bodies = [organisation(id="a", name="甲"), organisation(id="b", name="乙")]
        assert ruling(exists(), register(organisations=bodies)).because.zh.endswith("：甲、乙")

    @pytest.mark.parametrize(
        ("kinds", "needed"),
        [
            (OrganisationKind.WORKSTATION, Collection.WORKSTATIONS),
            (OrganisationKind.JOINT_CONFERENCE, Collection.JOINT_CONFERENCES),
            (OrganisationKind.SOCIAL_ORGANISATION, Collection.ORGANISATIONS),
        ],
    )
    def test_the_need_says_which_list(self, kinds: OrganisationKind, needed: Collection) -> None:
        assert wanted(ruling(exists(kinds), register()).needs) == [needed]
        assert truth(exists(kinds), register(complete=[needed])) is Truth.FALSE

    def test_kinds_of_two_lists_are_absent_only_from_both(self) -> None:
        either = exists(OrganisationKind.WORKSTATION, OrganisationKind.CENTRE)
        one, two = Collection.WORKSTATIONS, Collection.ORGANISATIONS
        assert truth(either, register(complete=[one])) is Truth.UNKNOWN
        assert truth(either, register(complete=[two])) is Truth.UNKNOWN
        assert truth(either, register(complete=[one, two])) is Truth.FALSE

    def test_workstations_and_conferences_are_organisations(self) -> None:
        conference = JointConference(id="jc", name="联席会", division=HOME)
        known = register(
            community("c"), workstations=[station("c")], joint_conferences=[conference]
        )
        assert truth(exists(OrganisationKind.JOINT_CONFERENCE), known) is Truth.TRUE
        assert truth(exists(OrganisationKind.WORKSTATION, anywhere=True), known) is Truth.TRUE

    @pytest.mark.parametrize(
        ("condition", "zh", "en"),
        [
            (
                exists(OrganisationKind.CENTRE, OrganisationKind.SCHOOL),
                "本级社区教育机构",
                "community-education institution of this jurisdiction",
            ),
            (
                exists(OrganisationKind.SCHOOL, OrganisationKind.WORKSTATION, anywhere=True),
                "辖区内社区教育学校或社区教育工作站",
                "community-education school or community-education workstation anywhere in",
            ),
            (
                exists(OrganisationKind.SCHOOL, level=Level.TOWNSHIP),
                "辖区内乡镇（街道）级社区教育学校",
                "community-education school on the level 'township or subdistrict'",
            ),
        ],
    )
    def test_the_reason_says_what_and_where(
        self, condition: OrganisationExists, zh: str, en: str
    ) -> None:
        because = ruling(condition, register()).because
        assert zh in because.zh
        assert en in because.en

    @pytest.mark.parametrize(
        ("period", "expected"),
        [(Period.year(2018), Truth.UNKNOWN), (Period.year(2019), Truth.FALSE)],
    )
    def test_a_list_is_whole_only_in_its_time(self, period: Period, expected: Truth) -> None:
        claim = Completeness(collection=Collection.ORGANISATIONS, period=period)
        assert truth(exists(), register(complete=[claim])) is expected

    def test_whole_lists_of_the_parts_say_nothing_of_what_belongs_to_the_whole(self) -> None:
        claims = [
            Completeness(collection=Collection.ORGANISATIONS, division="t"),
            Completeness(collection=Collection.DIVISIONS, level=Level.TOWNSHIP),
        ]
        known = register(town("t"), complete=claims)
        assert truth(exists(), known) is Truth.UNKNOWN
        assert truth(exists(anywhere=True), known) is Truth.UNKNOWN

    def test_a_station_serves_a_community_so_whole_lists_of_all_parts_are_whole(self) -> None:
        claims = [
            Completeness(collection=Collection.WORKSTATIONS, division="t"),
            Completeness(collection=Collection.DIVISIONS, level=Level.TOWNSHIP),
        ]
        known = register(town("t"), complete=claims)
        assert truth(exists(OrganisationKind.WORKSTATION, anywhere=True), known) is Truth.FALSE


EVERY = every(Level.COMMUNITY, OrganisationKind.WORKSTATION)
BOTH = {"complete": [Collection.DIVISIONS, Collection.WORKSTATIONS]}


def items(count: int) -> Quantity:
    return Quantity.exactly(count, Unit.ITEMS)


class TestEveryDivisionHas:
    def test_true_where_each_of_a_whole_list_has_one(self) -> None:
        known = register(
            community("a"),
            community("b"),
            workstations=[station("a"), station("b")],
            complete=[Collection.DIVISIONS],
        )
        came = ruling(EVERY, known)
        assert came.truth is Truth.TRUE
        assert keys(came.evidence) == ["station-a", "station-b"]
        assert (came.observed, came.required, came.shortfall) == (items(2), items(2), None)
        assert came.needs == ()
        assert "of the 2 communities (villages and neighbourhoods) on record, 2" in came.because.en
        assert "确知设有社区教育工作站的2个，确知没有的0个" in came.because.zh
        assert "partial" not in came.because.en

    def test_false_where_one_surely_has_none(self) -> None:
        known = register(community("a"), community("b"), workstations=[station("a")], **BOTH)
        came = ruling(EVERY, known)
        assert came.truth is Truth.FALSE
        assert (came.observed, came.required, came.shortfall) == (items(1), items(2), items(1))
        assert keys(came.evidence) == ["station-a"]
        assert came.needs == ()
        assert "1 are known to have none" in came.because.en

    def test_false_even_where_the_list_of_divisions_is_partial(self) -> None:
        known = register(community("a"), complete=[Collection.WORKSTATIONS])
        came = ruling(EVERY, known)
        assert came.truth is Truth.FALSE
        assert (came.observed, came.required, came.shortfall) == (items(0), None, items(1))
        assert came.needs == ()
        assert came.because.en == (
            "of the 1 communities (villages and neighbourhoods) on record (a partial list), "
            "0 are known to have a community-education workstation, 1 are known to have none"
        )
        assert came.because.zh == (
            "记录中村（社区）级区划1个（清单不全）：确知设有社区教育工作站的0个，确知没有的1个"
        )

    def test_unknown_where_there_may_be_more_divisions(self) -> None:
        known = register(community("a"), workstations=[station("a")])
        came = ruling(EVERY, known)
        assert came.truth is Truth.UNKNOWN
        assert (came.observed, came.required, came.shortfall) == (None, None, None)
        (need,) = came.needs
        assert need.collection is Collection.DIVISIONS
        assert need.what.en == "the complete list of communities (villages and neighbourhoods)"
        assert need.what.zh == "村（社区）级区划的完整清单"
        assert need.supplier.en == "the civil-affairs department"

    def test_unknown_where_there_may_be_more_bodies(self) -> None:
        known = register(community("a"), complete=[Collection.DIVISIONS])
        came = ruling(EVERY, known)
        assert came.truth is Truth.UNKNOWN
        assert (came.observed, came.required, came.shortfall) == (None, items(1), None)
        (need,) = came.needs
        assert need.collection is Collection.WORKSTATIONS
        assert need.what.en == (
            "the complete list of bodies (community-education workstation), with the division "
            "each one serves"
        )
        assert need.what.zh == "社区教育工作站的完整清单及其所服务的区划"
        assert need.supplier.en == "the education department"

    def test_unknown_where_no_division_is_on_record(self) -> None:
        came = ruling(EVERY, register())
        assert came.truth is Truth.UNKNOWN
        assert came.because.en == "no communities (villages and neighbourhoods) are on record"
        assert came.because.zh == "记录中没有村（社区）级区划"
        assert wanted(came.needs) == [Collection.DIVISIONS, Collection.WORKSTATIONS]

    def test_unknown_where_the_whole_list_has_no_such_division(self) -> None:
        came = ruling(EVERY, register(**BOTH))
        assert came.truth is Truth.UNKNOWN
        assert came.needs

    def test_unknown_where_a_division_may_lie_inside_and_may_have_none(self) -> None:
        known = register(community("a"), community("x", None), workstations=[station("a")], **BOTH)
        came = ruling(EVERY, known)
        assert came.truth is Truth.UNKNOWN
        assert came.needs

    def test_a_division_outside_is_not_asked(self) -> None:
        away = Division(id="510107", name="武侯区")
        known = register(
            away, community("a"), community("x", "510107"), workstations=[station("a")], **BOTH
        )
        assert truth(EVERY, known) is Truth.TRUE

    def test_a_workstation_recorded_coarsely_leaves_open_which_division_it_serves(self) -> None:
        known = register(
            town("t"),
            community("a", "t"),
            community("b"),
            workstations=[station("t"), station("b")],
            **BOTH,
        )
        came = ruling(EVERY, known)
        assert came.truth is Truth.UNKNOWN
        assert keys(came.evidence) == ["station-t", "station-b"]
        assert wanted(came.needs) == [Collection.WORKSTATIONS]

    def test_a_coarse_workstation_elsewhere_leaves_nothing_open(self) -> None:
        known = register(
            town("t"), town("u"), community("b", "u"), workstations=[station("t")], **BOTH
        )
        came = ruling(EVERY, known)
        assert came.truth is Truth.FALSE
        assert came.evidence == ()

    def test_where_a_town_lies_between_is_open_until_it_is_recorded(self) -> None:
        known = register(town("t"), community("b", HOME), workstations=[station("t")], **BOTH)
        assert truth(EVERY, known) is Truth.UNKNOWN

    def test_an_institution_of_the_whole_is_none_of_its_parts(self) -> None:
        each_town = every(Level.TOWNSHIP, OrganisationKind.CENTRE)
        lists = [Collection.DIVISIONS, Collection.ORGANISATIONS]
        known = register(town("t"), organisations=[organisation()], complete=lists)
        assert truth(each_town, known) is Truth.FALSE
        known = register(town("t"), organisations=[organisation(division="t")], complete=lists)
        assert truth(each_town, known) is Truth.TRUE

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"until": EARLIER}, Truth.FALSE),
            ({"since": LATER}, Truth.FALSE),
            ({"seen": LATER}, Truth.UNKNOWN),
            ({"seen": EARLIER}, Truth.TRUE),
        ],
    )
    def test_only_what_stands_on_the_day_counts(
        self, fields: dict[str, date], expected: Truth
    ) -> None:
        known = register(community("a"), workstations=[station("a", **fields)], **BOTH)
        assert truth(EVERY, known) is expected

    def test_another_kind_counts_for_nothing(self) -> None:
        school = organisation(division="a", kind=OrganisationKind.SCHOOL)
        assert truth(EVERY, register(community("a"), organisations=[school], **BOTH)) is Truth.FALSE

    def test_what_does_not_stand_is_no_evidence(self) -> None:
        known = register(community("a"), workstations=[station("a", until=EARLIER)], **BOTH)
        assert ruling(EVERY, known).evidence == ()

    def test_a_division_of_another_level_that_may_lie_inside_leaves_nothing_open(self) -> None:
        known = register(
            town("t"),
            town("adrift", None),
            community("a", "t"),
            workstations=[station("a")],
            **BOTH,
        )
        assert truth(EVERY, known) is Truth.TRUE

    @pytest.mark.parametrize(
        ("level", "plural"),
        [
            (Level.PROVINCE, "provinces"),
            (Level.CITY, "cities"),
            (Level.TOWNSHIP, "townships and subdistricts"),
        ],
    )
    def test_every_level_has_its_plural(self, level: Level, plural: str) -> None:
        needs = ruling(every(level, OrganisationKind.CENTRE), register()).needs
        assert needs[0].what.en == f"the complete list of {plural}"

    def test_a_district_is_the_only_one_of_its_level(self) -> None:
        came = ruling(every(Level.COUNTY, OrganisationKind.CENTRE), register(**WHOLE))
        assert came.truth is Truth.FALSE
        assert came.because.en.startswith("of the 1 districts and counties on record, 0 are")

    def test_the_list_of_one_level_is_enough(self) -> None:
        claim = Completeness(collection=Collection.DIVISIONS, level=Level.COMMUNITY)
        known = register(community("a"), workstations=[station("a")], complete=[claim])
        assert truth(EVERY, known) is Truth.TRUE

    def test_whole_lists_of_its_communities_do_not_tell_what_a_town_has(self) -> None:
        claims = [
            Completeness(collection=Collection.ORGANISATIONS, division="c"),
            Completeness(collection=Collection.DIVISIONS),
        ]
        known = register(town("t"), community("c", "t"), complete=claims)
        assert truth(every(Level.TOWNSHIP, OrganisationKind.CENTRE), known) is Truth.UNKNOWN


class TestDivisionsOfAnotherTime:
    schools = every(Level.TOWNSHIP, OrganisationKind.SCHOOL)

    def known(self, *towns: Division) -> Register:
        school = organisation(id="school", kind=OrganisationKind.SCHOOL, division="stands")
        whole = [Collection.ORGANISATIONS, Collection.DIVISIONS]
        return register(town("stands"), *towns, organisations=[school], complete=whole)

    @pytest.mark.parametrize(
        ("time", "counts"),
        [
            ({"until": date(2019, 4, 25)}, False),
            ({"until": ON}, True),
            ({"until": LATER}, True),
            ({"since": LATER}, False),
            ({"since": ON}, True),
            ({"since": EARLIER, "until": EARLIER}, False),
        ],
    )
    def test_only_what_stands_on_the_day_must_have_one(
        self, time: dict[str, date], *, counts: bool
    ) -> None:
        other = Division(id="other", name="other", level=Level.TOWNSHIP, within=HOME, **time)
        came = ruling(self.schools, self.known(other))
        assert came.truth is (Truth.FALSE if counts else Truth.TRUE)
        assert came.required == Quantity.exactly(2 if counts else 1, Unit.ITEMS)

    def test_one_that_is_gone_and_may_have_lain_inside_leaves_nothing_open(self) -> None:
        gone = Division(id="gone", name="gone", level=Level.TOWNSHIP, until=EARLIER)
        assert truth(self.schools, self.known(gone)) is Truth.TRUE
        assert truth(self.schools, self.known(town("adrift", None))) is Truth.UNKNOWN
