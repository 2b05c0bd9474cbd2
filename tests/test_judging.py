"""Judging: papers, words, conditions made of conditions, and nodes of one's own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import frozen

from commed.compliance import Case, Ruling, judge
from commed.evidence import Evidence, Need
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    AnyOf,
    Attested,
    Condition,
    DocumentIssued,
    Not,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.records.statements import Attestation, Document, DocumentKind, Topic
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


def town(key: str) -> Division:
    return Division(id=key, name=key, level=Level.TOWNSHIP, within=HOME)


PLAN = DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN, topic=Topic.COMMUNITY_EDUCATION)
PAPERS = {"complete": [Collection.DOCUMENTS]}


def paper(**fields: Any) -> Document:
    given: dict[str, Any] = {
        "id": "plan",
        "title": "规划",
        "kind": DocumentKind.DEVELOPMENT_PLAN,
        "division": HOME,
        "issued_on": EARLIER,
        "topics": [Topic.COMMUNITY_EDUCATION],
    }
    return Document(**given | fields)


class TestDocumentIssued:
    def test_true_where_one_is_in_force(self) -> None:
        came = ruling(PLAN, register(documents=[paper()]))
        assert came.truth is Truth.TRUE
        assert came.evidence == (Evidence(Collection.DOCUMENTS, "plan", "规划"),)
        assert came.because == Label(
            zh="2019-04-26有效的纳入社区教育内容的国民经济和社会发展规划记录在案：规划",
            en="economic and social development plan that treats community education, in force on "
            "2019-04-26, on record: 规划",
        )
        assert came.needs == ()

    def test_false_where_a_whole_list_has_none(self) -> None:
        came = ruling(PLAN, register(**PAPERS))
        assert came.truth is Truth.FALSE
        assert came.needs == ()

    def test_unknown_where_a_partial_list_has_none(self) -> None:
        came = ruling(PLAN, register())
        assert came.truth is Truth.UNKNOWN
        (need,) = came.needs
        assert (need.collection, need.division) == (Collection.DOCUMENTS, HOME)
        assert need.supplier.en == "the government"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"issued_on": ON}, Truth.TRUE),
            ({"issued_on": LATER}, Truth.FALSE),
            ({"period": Period.year(2019)}, Truth.TRUE),
            ({"period": Period(EARLIER, ON)}, Truth.TRUE),
            ({"period": Period.year(2018)}, Truth.FALSE),
            ({"kind": DocumentKind.WORK_PLAN}, Truth.FALSE),
            ({"topics": [Topic.LIFELONG_EDUCATION], "topics_complete": True}, Truth.FALSE),
            ({"topics": [Topic.LIFELONG_EDUCATION]}, Truth.UNKNOWN),
            ({"topics": []}, Truth.UNKNOWN),
            ({"division": "t"}, Truth.FALSE),
        ],
    )
    def test_kind_topic_place_and_time_decide(
        self, fields: dict[str, Any], expected: Truth
    ) -> None:
        known = register(town("t"), documents=[paper(**fields)], **PAPERS)
        assert truth(PLAN, known) is expected

    def test_a_paper_of_unknown_topics_is_told_and_asked_after(self) -> None:
        came = ruling(PLAN, register(documents=[paper(topics=[])], **PAPERS))
        assert keys(came.evidence) == ["plan"]
        assert wanted(came.needs) == [Collection.DOCUMENTS]

    def test_whole_lists_of_the_parts_say_nothing_of_the_papers_of_the_whole(self) -> None:
        claims = [
            Completeness(collection=Collection.DOCUMENTS, division="t"),
            Completeness(collection=Collection.DIVISIONS, level=Level.TOWNSHIP),
        ]
        assert truth(PLAN, register(town("t"), complete=claims)) is Truth.UNKNOWN

    def test_where_no_topic_is_asked_any_will_do(self) -> None:
        any_plan = DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN)
        came = ruling(any_plan, register(documents=[paper(topics=[], topics_complete=True)]))
        assert came.truth is Truth.TRUE
        assert "treats" not in came.because.en


def word(**fields: Any) -> Attestation:
    given: dict[str, Any] = {
        "id": "word",
        "instrument": "law",
        "duty": "duty",
        "division": HOME,
        "holds": True,
        "on": EARLIER,
        "statement": "已办",
    }
    return Attestation(**given | fields)


class TestAttested:
    def test_true_where_somebody_affirms_it(self) -> None:
        came = ruling(Attested(), register(attestations=[word()]))
        assert came.truth is Truth.TRUE
        assert came.evidence == (Evidence(Collection.ATTESTATIONS, "word", "已办"),)
        assert came.because.en == "the attestation of 2018-12-31 (word) affirms it"
        assert came.because.zh == "2018-12-31的认定（word）确认"

    def test_false_where_somebody_denies_it(self) -> None:
        came = ruling(Attested(), register(attestations=[word(holds=False)]))
        assert came.truth is Truth.FALSE
        assert came.because.en == "the attestation of 2018-12-31 (word) denies it"
        assert came.because.zh == "2018-12-31的认定（word）否认"
        assert came.needs == ()

    def test_unknown_where_nobody_says_so_and_the_bearer_is_asked(self) -> None:
        came = ruling(Attested(), register(complete=[Collection.ATTESTATIONS]))
        assert came.truth is Truth.UNKNOWN
        assert came.because == Label(zh="尚无认定", en="nobody answerable has attested it")
        (need,) = came.needs
        assert need.collection is Collection.ATTESTATIONS
        assert need.supplier == DUTY.bearer.name
        assert need.what == Label(
            zh="对“duty”（义务）的认定", en="an attestation on 'duty' (a duty)"
        )

    @pytest.mark.parametrize(
        ("words", "expected", "told"),
        [
            ([word(id="old", on=date(2017, 5, 1)), word(holds=False)], Truth.FALSE, ["word"]),
            ([word(id="new", on=ON, holds=False), word()], Truth.FALSE, ["new"]),
            ([word(id="future", on=LATER, holds=False), word()], Truth.TRUE, ["word"]),
            ([word(id="over", on=ON, until=ON, holds=False), word()], Truth.FALSE, ["over"]),
            (
                [
                    word(id="over", on=date(2019, 4, 1), until=date(2019, 4, 25), holds=False),
                    word(),
                ],
                Truth.TRUE,
                ["word"],
            ),
            ([word(until=date(2019, 4, 25))], Truth.UNKNOWN, []),
            ([word(), word(id="twin")], Truth.TRUE, ["word", "twin"]),
            ([word(), word(id="twin", holds=False)], Truth.UNKNOWN, ["word", "twin"]),
            ([word(instrument="other")], Truth.UNKNOWN, []),
            ([word(duty="other")], Truth.UNKNOWN, []),
            ([word(division="t")], Truth.UNKNOWN, []),
        ],
    )
    def test_the_latest_word_that_is_good_on_the_day_counts(
        self, words: list[Attestation], expected: Truth, told: list[str]
    ) -> None:
        came = ruling(Attested(), register(town("t"), attestations=words))
        assert came.truth is expected
        assert keys(came.evidence) == told

    def test_all_words_of_the_day_are_named(self) -> None:
        came = ruling(Attested(), register(attestations=[word(), word(id="twin")]))
        assert came.because.zh == "2018-12-31的认定（word、twin）确认"

    def test_words_of_one_day_that_contradict_each_other_are_said_to(self) -> None:
        came = ruling(Attested(), register(attestations=[word(), word(id="twin", holds=False)]))
        assert came.because.en == "the attestations of 2018-12-31 contradict each other"
        assert came.because.zh == "2018-12-31的认定相互矛盾"
        assert wanted(came.needs) == [Collection.ATTESTATIONS]

    def test_each_question_of_a_duty_has_its_own_word(self) -> None:
        known = register(attestations=[word(duty="duty/plan")])
        assert truth(Attested(question="plan"), known) is Truth.TRUE
        assert truth(Attested(question="funds"), known) is Truth.UNKNOWN
        assert truth(Attested(), known) is Truth.UNKNOWN
        (need,) = ruling(Attested(question="funds"), known).needs
        assert "'duty/funds'" in need.what.en


YES, NO, OPEN = Attested(question="yes"), Attested(question="no"), Attested(question="open")
THREE = register(
    attestations=[word(id="y", duty="duty/yes"), word(id="n", duty="duty/no", holds=False)]
)


def both(*conditions: Condition) -> AllOf:
    return AllOf(conditions=conditions)


def either(*conditions: Condition) -> AnyOf:
    return AnyOf(conditions=conditions)


class TestCombinations:
    @pytest.mark.parametrize(
        ("condition", "expected", "told"),
        [
            (both(YES, YES), Truth.TRUE, ["y"]),
            (both(YES, NO, OPEN), Truth.FALSE, ["n"]),
            (both(YES, OPEN), Truth.UNKNOWN, []),
            (either(NO, YES, OPEN), Truth.TRUE, ["y"]),
            (either(NO, NO), Truth.FALSE, ["n"]),
            (either(NO, OPEN), Truth.UNKNOWN, []),
            (Not(condition=YES), Truth.FALSE, ["y"]),
            (Not(condition=NO), Truth.TRUE, ["n"]),
            (Not(condition=OPEN), Truth.UNKNOWN, []),
        ],
    )
    def test_the_parts_that_decide_are_the_ground(
        self, condition: Condition, expected: Truth, told: list[str]
    ) -> None:
        came = ruling(condition, THREE)
        assert came.truth is expected
        assert keys(came.evidence) == told
        assert bool(came.needs) is (expected is Truth.UNKNOWN)

    def test_only_what_is_open_is_asked_for_and_only_once(self) -> None:
        came = ruling(both(OPEN, YES, OPEN), THREE)
        (need,) = came.needs
        assert "'duty/open'" in need.what.en

    def test_every_reason_that_decides_is_told_in_order(self) -> None:
        came = ruling(either(YES, NO, YES), THREE)
        affirmed = "the attestation of 2018-12-31 (y) affirms it"
        assert came.because.en == f"{affirmed}; {affirmed}"
        assert came.because.zh.count("；") == 1

    def test_a_negation_says_that_it_must_not_hold(self) -> None:
        because = ruling(Not(condition=YES), THREE).because
        assert because.en.startswith("it must not hold: ")
        assert because.zh.startswith("要求其不成立：")

    def test_the_rulings_it_rests_on_are_kept(self) -> None:
        came = ruling(both(YES, Not(condition=OPEN)), THREE)
        first, second = came.parts
        assert (first.truth, second.truth) == (Truth.TRUE, Truth.UNKNOWN)
        assert second.parts[0].truth is Truth.UNKNOWN


class TestANodeOfOnesOwn:
    def test_without_a_meaning_it_is_refused_and_the_way_out_is_told(self) -> None:
        @frozen(kw_only=True)
        class Sunny(Condition):
            test = "sunny"

        with pytest.raises(NotImplementedError, match=r"Sunny.*@judge\.register"):
            ruling(Sunny(), register())

    def test_with_a_meaning_it_takes_part(self) -> None:
        @frozen(kw_only=True)
        class Rainy(Condition):
            test = "rainy"

        @judge.register
        def _(condition: Rainy, case: Case) -> Ruling:
            said = Label(zh="下雨", en=f"{condition.test} at {case.place}")
            return Ruling(truth=Truth.TRUE, because=said)

        came = ruling(Not(condition=Rainy()), register())
        assert came.truth is Truth.FALSE
        assert came.because.en == "it must not hold: rainy at 510112"
