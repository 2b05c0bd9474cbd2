"""Duties about the joint conference: its members one by one, and where its office is."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed.compliance import Case, Finding, Ruling, Verdict, assess, judge
from commed.evidence import EDUCATION, Need
from commed.labels import Label
from commed.law.conditions import Attested, Condition, ConferenceMembers, ConferenceOffice
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.records.organisations import JointConference, Organisation, OrganisationKind
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, AWAY, ON = "510100", "510112", date(2019, 4, 26)
WORDS = Label(zh="义务", en="a duty")
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
NAMES = ("市教育局", "市妇联", "市科协")
MEMBERS = ConferenceMembers(names=NAMES)
OFFICE = ConferenceOffice(name="市教育局")
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
WHOLE = [Collection.JOINT_CONFERENCES]


def of_the_year(year: int) -> list[Completeness]:
    return [Completeness(collection=Collection.JOINT_CONFERENCES, period=Period.year(year))]


def unit(name: str) -> Organisation:
    return Organisation(id=name, name=name, kind=OrganisationKind.MEMBER_UNIT, division=HOME)


def conference(*members: str, key: str = "meeting", **fields: Any) -> JointConference:
    given: dict[str, Any] = {"id": key, "name": "市联席会议", "division": HOME, "members": members}
    return JointConference(**given | fields)


def register(*conferences: JointConference, complete: Any = ()) -> Register:
    named = {name for each in conferences for name in (*each.members, each.office_at) if name}
    return Register(
        jurisdiction=HOME,
        divisions=[
            Division(id=HOME, name="成都市"),
            Division(id=AWAY, name="龙泉驿区", level=Level.COUNTY),
        ],
        organisations=[unit(name) for name in sorted(named)],
        joint_conferences=conferences,
        complete=complete,
    )


def ruling(condition: Condition, known: Register) -> Ruling:
    case = Case(
        register=known, instrument=LAW, obligation=DUTY, place=HOME, on=ON, period=Period.year(2018)
    )
    return judge(condition, case)


def asked_for(*, zh: str, en: str) -> tuple[Need, ...]:
    """Return the one need of what the education department can tell of the conference here."""
    what, collection = Label(zh=zh, en=en), Collection.JOINT_CONFERENCES
    return (Need(what=what, collection=collection, division=HOME, supplier=EDUCATION),)


class TestMembers:
    def test_all_of_them_meet_it_though_neither_list_is_whole(self) -> None:
        came = ruling(MEMBERS, register(conference(*NAMES, "市司法局")))
        assert (came.truth, came.needs, came.shortfall) == (T, (), None)
        assert [each.key for each in came.evidence] == ["meeting", *NAMES]
        assert str(came.observed) == str(came.required) == "3 items"
        assert came.because.en == "of the 3 units named, 3 are members of 市联席会议"
        assert came.because.zh == "所列3个单位中有3个是市联席会议的成员"

    def test_a_unit_may_bear_the_name_of_its_place_before_its_own(self) -> None:
        assert ruling(MEMBERS, register(conference(*(f"成都{each}" for each in NAMES)))).truth is T

    def test_one_that_is_missing_is_named_and_asked_for_on_a_partial_list(self) -> None:
        came = ruling(MEMBERS, register(conference("市教育局", "市科协"), complete=WHOLE))
        assert (came.truth, came.observed, came.shortfall) == (U, None, None)
        assert "not among them: 市妇联 (its list of members is partial)" in came.because.en
        assert "未见市妇联（成员名单不全）" in came.because.zh
        assert came.needs == asked_for(
            zh="联席会成员的完整名单（所列3个单位按所列名称登记：市教育局、市妇联、市科协）",
            en="the complete list of the joint conference's members (these 3 units by the names "
            "given: 市教育局, 市妇联, 市科协)",
        )

    def test_on_whole_lists_it_breaks_it_and_the_shortfall_counts_them(self) -> None:
        known = register(conference("市科协", "市司法局", members_complete=True), complete=WHOLE)
        came = ruling(MEMBERS, known)
        assert (came.truth, came.needs) == (F, ())
        assert came.because.en.endswith("not among them: 市教育局, 市妇联")
        assert came.because.zh.endswith("，未见市教育局、市妇联")
        assert (str(came.observed), str(came.shortfall)) == ("1 items", "2 items")

    def test_another_conference_that_is_not_on_record_may_have_them(self) -> None:
        came = ruling(MEMBERS, register(conference("市科协", members_complete=True)))
        assert (came.truth, len(came.needs)) == (U, 1)
        assert "the list of joint conferences is partial" in came.because.en
        assert "联席会清单不全" in came.because.zh

    @pytest.mark.parametrize(
        ("complete", "truth", "en", "zh"),
        [
            (WHOLE, F, "not on the complete list: {}", "完整清单中没有{}"),
            (of_the_year(2019), F, "not on the complete list: {}", "完整清单中没有{}"),
            ((), U, "not on record, but the list is partial: {}", "记录中没有{}，但清单不全"),
            (
                of_the_year(2018),
                U,
                "not on record, but the list is partial: {}",
                "记录中没有{}，但清单不全",
            ),
        ],
    )
    @pytest.mark.parametrize("condition", [MEMBERS, OFFICE])
    def test_without_a_conference_its_list_of_that_day_decides(
        self, condition: Condition, complete: Any, truth: Truth, en: str, zh: str
    ) -> None:
        elsewhere = conference(*NAMES, key="elsewhere", division=AWAY, office_at="市教育局")
        gone = conference(*NAMES, key="gone", until=date(2018, 1, 1), office_at="市教育局")
        came = ruling(condition, register(elsewhere, gone, complete=complete))
        assert came.truth is truth
        assert bool(came.needs) is (truth is U)
        assert came.because.en == en.format("joint conference of this jurisdiction")
        assert came.because.zh == zh.format("本级联席会")

    def test_one_that_may_not_have_stood_yet_leaves_it_open_and_says_so(self) -> None:
        came = ruling(MEMBERS, register(conference(*NAMES, seen=date(2019, 6, 1)), complete=WHOLE))
        assert (came.truth, len(came.needs)) == (U, 1)
        assert came.because.en.endswith("not certain to stand that day")
        assert came.because.zh.endswith("未能确定其当日存在")

    def test_of_two_the_one_that_comes_nearer_is_told(self) -> None:
        two = (conference("市科协", key="a"), conference("市妇联", "市科协", key="b"))
        assert [each.key for each in ruling(MEMBERS, register(*two)).evidence][:1] == ["b"]
        better = (*two, conference(*NAMES, key="c"))
        came = ruling(MEMBERS, register(*better))
        assert (came.truth, came.evidence[0].key) == (T, "c")

    @settings(max_examples=60)
    @given(st.sets(st.sampled_from((*NAMES, "市司法局"))), st.data())
    def test_what_becomes_known_of_them_never_overturns_it(
        self, there: set[str], data: st.DataObject
    ) -> None:
        whole = register(conference(*sorted(there), members_complete=True), complete=WHOLE)
        left = data.draw(st.sets(st.sampled_from(sorted(there)))) if there else set()
        claims = data.draw(st.sampled_from([(), WHOLE]))
        complete = left == there and data.draw(st.booleans())
        known = register(conference(*sorted(left), members_complete=complete), complete=claims)
        before, after = ruling(MEMBERS, known), ruling(MEMBERS, whole)
        assert before.truth in {after.truth, U}
        assert bool(before.needs) is (before.truth is U)
        assert after.truth is Truth.of(set(NAMES) <= there)


class TestOffice:
    @pytest.mark.parametrize(
        ("at", "truth"), [("市教育局", T), ("成都市教育局", T), ("市民政局", F), (None, U)]
    )
    def test_the_unit_where_it_is_decides(self, at: str | None, truth: Truth) -> None:
        came = ruling(OFFICE, register(conference(office_at=at), complete=WHOLE))
        assert came.truth is truth
        assert [each.key for each in came.evidence] == ["meeting", *([at] if at else [])]
        assert bool(came.needs) is (truth is U)
        assert (at or "not recorded where the office") in came.because.en
        assert (at or "未登记市联席会议的办公室") in came.because.zh

    def test_where_it_is_not_recorded_it_is_asked_for(self) -> None:
        assert ruling(OFFICE, register(conference())).needs == asked_for(
            zh="联席会办公室设在何单位（要求为市教育局）",
            en="the unit that has the office of the joint conference (required: 市教育局)",
        )


class TestTheNoticeOf2017:
    """成办函〔2017〕43号: 27 members, and the office in the education bureau."""

    law = commed.instrument("cn-chengdu-2017-43")
    names = next(
        duty.condition.names
        for _, duty in law.obligations
        if isinstance(duty.condition, ConferenceMembers)
    )

    def finding(self, duty: str, *conferences: JointConference) -> Finding:
        return assess(register(*conferences, complete=WHOLE), self.law, on=ON)[duty]

    def test_it_names_27_units_each_once(self) -> None:
        assert len(set(self.names)) == len(self.names) == 27

    def test_with_all_of_them_it_is_met(self) -> None:
        came = self.finding("art-8-members", conference(*self.names))
        assert came.verdict is Verdict.MET

    def test_each_one_that_is_missing_is_missed_by_its_name(self) -> None:
        for missing in self.names:
            there = [name for name in self.names if name != missing]
            came = self.finding("art-8-members", conference(*there, members_complete=True))
            assert (came.verdict, str(came.shortfall)) == (Verdict.NOT_MET, "1 items")
            assert came.because.zh.endswith(f"未见{missing}")
            assert not came.is_breach  # the binding words were not read

    def test_where_the_office_is_is_recorded_and_how_it_is_staffed_is_attested(self) -> None:
        elsewhere = self.finding("art-9-office", conference(office_at="市民政局"))
        assert elsewhere.verdict is Verdict.NOT_MET
        there = self.finding("art-9-office", conference(office_at="市教育局"))
        assert there.verdict is Verdict.UNDETERMINED
        assert [need.collection for need in there.needs] == [Collection.ATTESTATIONS]
