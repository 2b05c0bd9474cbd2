"""Instruments: the packaged one says how well each word is known; a broken one is refused."""

from datetime import date
from typing import Any

import pytest

from commed.errors import InvalidDocument, InvalidValue
from commed.indicators import catalogue
from commed.labels import Label, LabelledEnum
from commed.law.conditions import (
    NODES,
    AllOf,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    ConferenceMembers,
    ConferenceOffice,
    DocumentIssued,
    EventInWindow,
    IndicatorCompares,
    Not,
    Operator,
    OrganisationExists,
    leaves,
)
from commed.law.instrument import (
    Bearer,
    Computability,
    Gap,
    Instrument,
    LedgerEntry,
    Modality,
    Obligation,
    Provision,
    Reading,
)
from commed.loading import instrument, instruments
from commed.places import Level
from commed.quantities import Quantity, Unit
from commed.records.organisations import OrganisationKind
from commed.records.statements import DocumentKind
from commed.sources import Source, TextStatus
from commed.windows import LastWeek

WORDS = Label(zh="词", en="words")
CHENGDU = instrument("cn-chengdu-2017")
PACKAGED = [instrument(name) for name in instruments()]


def problems(cls: type, /, **fields: Any) -> dict[str, str]:
    with pytest.raises(InvalidValue) as caught:
        cls(**fields)
    return {problem.path: problem.message for problem in caught.value.problems}


# --- the packaged ones -----------------------------------------------------------------


@pytest.mark.parametrize("law", PACKAGED, ids=instruments())
class TestThePackaged:
    def test_every_provision_has_its_place_its_source_and_its_status(self, law: Instrument) -> None:
        for provision in law.provisions:
            citation = law.citation(provision)
            assert citation.instrument == law.title
            assert citation.label.zh.startswith(f"《{law.title.zh}》第{provision.article}条")
            assert str(citation) == f"{law.title.en}, {citation.place.en}"
            assert isinstance(law.source(provision.source).status, TextStatus)

    def test_every_source_is_used_or_says_why_it_stands_there(self, law: Instrument) -> None:
        used = {law.since_source}
        used |= {provision.source for provision in law.provisions}
        used |= {duty.source for _, duty in law.obligations}
        for source in law.sources:
            assert source.id in used or source.note

    def test_every_indicator_it_names_exists_and_its_threshold_fits(self, law: Instrument) -> None:
        nodes = [
            node
            for _, duty in law.obligations
            for condition in duty.conditions
            for node in leaves(condition)
        ]
        for node in nodes:
            if isinstance(node, IndicatorCompares):
                assert node.threshold.unit is catalogue()[node.indicator].unit

    def test_no_question_of_a_duty_bears_the_name_of_a_reading(self, law: Instrument) -> None:
        for _, duty in law.obligations:
            asked = {
                node.question
                for condition in duty.conditions
                for node in leaves(condition)
                if isinstance(node, Attested)
            }
            assert not asked & {reading.id for reading in duty.readings}

    def test_the_ledger_has_every_provision_and_every_gap(self, law: Instrument) -> None:
        assert len(law.ledger()) == len(law.provisions) + len(law.gaps)


class TestChengdu:
    def test_it_is_law_in_the_city_from_its_day_on_which_is_hearsay(self) -> None:
        assert (CHENGDU.jurisdiction, CHENGDU.since, CHENGDU.until) == (
            "510100",
            date(2017, 2, 1),
            None,
        )
        assert CHENGDU.since_source is not None
        assert CHENGDU.source(CHENGDU.since_source).status is TextStatus.SUMMARY

    def test_the_ledger_tells_what_can_be_judged(self) -> None:
        told = [(entry.place.en, entry.computability) for entry in CHENGDU.ledger()]
        assert told == [
            ("art. 1", Computability.NOT_MODELLED),
            ("art. 2", Computability.NOT_MODELLED),
            ("art. 3", Computability.NOT_MODELLED),
            ("art. 4", Computability.NOT_MODELLED),
            ("art. 5", Computability.ATTESTED),
            ("art. 6 para. 1", Computability.COMPUTED),
            ("art. 6 para. 2", Computability.COMPUTED),
            ("art. 6 para. 3", Computability.COMPUTED),
            ("art. 7 and on", Computability.NOT_KNOWN),
        ]
        assert CHENGDU.ledger()[-1].place.zh == "第7条以后"

    def test_the_ledger_says_why_a_provision_is_left_out(self) -> None:
        assert [entry.summary.zh for entry in CHENGDU.ledger()][:3] == [
            "目的条款，不设义务",
            "适用范围条款，不设义务",
            "定义条款，不设义务",
        ]

    def test_what_was_read_was_a_draft(self) -> None:
        statuses = [entry.status for entry in CHENGDU.ledger()]
        assert statuses == [TextStatus.DRAFT] * 8 + [None]

    def test_only_the_joint_conference_is_quoted(self) -> None:
        own = {duty.id: duty.source for _, duty in CHENGDU.obligations if duty.source}
        assert own == {"art-6-2-joint-conference": "notice-43"}
        assert CHENGDU.source("notice-43").status is TextStatus.QUOTED

    def test_nothing_past_what_was_read_is_told(self) -> None:
        assert max(provision.article for provision in CHENGDU.provisions) == 6
        (gap,) = CHENGDU.gaps
        assert (gap.from_article, gap.to_article) == (7, None)

    def test_its_duties_are_those_of_articles_5_and_6(self) -> None:
        assert [duty.id for _, duty in CHENGDU.obligations] == [
            "art-5-commendation",
            "art-6-1-leadership",
            "art-6-1-development-plan",
            "art-6-1-support-measures",
            "art-6-2-joint-conference",
            "art-6-2-conference-work",
            "art-6-2-daily-work",
            "art-6-3-city-institution",
            "art-6-3-county-institution",
            "art-6-3-township-institutions",
            "art-6-3-workstations",
            "art-6-3-learning-organisations",
            "art-6-3-service-circle",
        ]

    def test_words_that_admit_two_readings_list_both(self) -> None:
        readings = {
            duty.id: [reading.id for reading in duty.readings]
            for _, duty in CHENGDU.obligations
            if duty.readings
        }
        assert readings == {
            "art-6-3-township-institutions": ["every", "some"],
            "art-6-3-workstations": ["every", "some"],
            "art-6-3-learning-organisations": ["teams-count", "of-their-own-kind"],
        }

    def test_binding_words_that_were_not_read_are_not_made_up(self) -> None:
        not_known = [
            duty.id for _, duty in CHENGDU.obligations if duty.modality is Modality.NOT_KNOWN
        ]
        assert not_known == ["art-5-commendation"]


# --- made by hand ----------------------------------------------------------------------

PLAN = DocumentIssued(kind=DocumentKind.WORK_PLAN)


def duty(**fields: Any) -> dict[str, Any]:
    given = {
        "id": "duty",
        "duty": WORDS,
        "bearer": Bearer(name=WORDS),
        "modality": Modality.SHALL,
        "condition": Attested(),
    }
    return given | fields


def article(*conditions: Condition, **fields: Any) -> Provision:
    given: dict[str, Any] = {"article": 1, "summary": WORDS, "source": "text"}
    duties = [
        Obligation(**duty(id=f"duty-{index}", condition=condition))
        for index, condition in enumerate(conditions)
    ]
    if not duties:
        given["not_modelled"] = WORDS
    return Provision(**given | {"obligations": duties} | fields)


def fields_of_a_law(**fields: Any) -> dict[str, Any]:
    sources = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
    return {"id": "law", "title": WORDS, "since": date(2017, 2, 1), "sources": sources} | fields


def law(**fields: Any) -> Instrument:
    return Instrument(**fields_of_a_law(**fields))


def reading(key: str) -> Reading:
    return Reading(id=key, label=WORDS, condition=Attested())


def all_of(*parts: Condition) -> AllOf:
    return AllOf(conditions=parts)


def any_of(*parts: Condition) -> AnyOf:
    return AnyOf(conditions=parts)


class TestADuty:
    def test_has_a_condition_or_readings(self) -> None:
        assert problems(Obligation, **duty(condition=None)) == {
            "condition": "expected either a 'condition' or 'readings', one of them"
        }
        both = duty(readings=[reading("a"), reading("b")])
        assert set(problems(Obligation, **both)) == {"condition"}

    def test_has_no_single_reading(self) -> None:
        one = duty(condition=None, readings=[reading("a")])
        assert problems(Obligation, **one) == {
            "readings": "expected two readings or more; one is a 'condition'"
        }

    def test_has_readings_that_can_be_told_apart(self) -> None:
        three = [reading("a"), reading("b"), reading("a")]
        told = problems(Obligation, **duty(condition=None, readings=three))
        assert told == {
            "readings[2].id": "expected a key of its own, found 'a', as at readings[0].id"
        }

    def test_asks_no_question_by_the_name_of_a_reading(self) -> None:
        plan = Reading(id="plan", label=WORDS, condition=Attested(question="plan"))
        assert problems(Obligation, **duty(condition=None, readings=[plan, reading("b")]))

    def test_gives_its_conditions_on_each_reading(self) -> None:
        two = Obligation(**duty(condition=None, readings=[reading("a"), reading("b")]))
        assert two.conditions == (Attested(), Attested())
        assert Obligation(**duty(condition=PLAN)).conditions == (PLAN,)


class TestAProvision:
    def test_lays_down_duties_or_says_why_not(self) -> None:
        bare = {"article": 1, "summary": WORDS, "source": "text"}
        assert problems(Provision, **bare) == {
            "not_modelled": "expected 'obligations', or the reason why there is none, one of them"
        }
        both = bare | {"obligations": [Obligation(**duty())], "not_modelled": WORDS}
        assert set(problems(Provision, **both)) == {"not_modelled"}

    @pytest.mark.parametrize("place", ["article", "paragraph", "item"])
    def test_is_counted_from_one(self, place: str) -> None:
        bare = {"article": 1, "summary": WORDS, "source": "text", "not_modelled": WORDS}
        assert set(problems(Provision, **bare | {place: 0})) == {place}


class TestAGap:
    def test_ends_no_earlier_than_it_begins(self) -> None:
        assert problems(Gap, from_article=7, to_article=6, reason=WORDS) == {
            "to_article": "expected an article not before 7, found 6"
        }
        assert Gap(from_article=7, to_article=7, reason=WORDS).to_article == 7


class TestAnInstrument:
    def test_tells_every_broken_reference_and_every_key_used_twice(self) -> None:
        with pytest.raises(InvalidDocument) as caught:
            law(
                since_source="nothing",
                provisions=[
                    article(Attested(), source="txt"),
                    article(Attested(), Attested()),
                ],
            )
        told = {problem.path: problem.message for problem in caught.value.problems}
        assert set(told) == {
            "since_source",
            "provisions[0].source",
            "provisions[1].obligations[0].id",
        }
        assert "did you mean 'text'?" in told["provisions[0].source"]
        assert "as at provisions[0].obligations[0].id" in told["provisions[1].obligations[0].id"]

    def test_has_a_source(self) -> None:
        assert set(problems(Instrument, **fields_of_a_law(sources=[]))) == {"sources"}

    def test_does_not_end_before_it_begins(self) -> None:
        ended = fields_of_a_law(until=date(2017, 1, 31))
        assert problems(Instrument, **ended) == {
            "until": "expected a day not before 2017-02-01, found 2017-01-31"
        }
        assert law(until=date(2017, 2, 1)).until == date(2017, 2, 1)

    def test_has_no_provision_that_ends_before_it_begins(self) -> None:
        times = {"since": date(2018, 1, 1), "until": date(2017, 1, 1)}
        bare = {"article": 1, "summary": WORDS, "source": "text", "not_modelled": WORDS}
        assert set(problems(Provision, **bare | times)) == {"until"}

    def test_gives_its_source_by_key(self) -> None:
        assert law().source("text").title == "文本"
        with pytest.raises(KeyError, match="nothing"):
            law().source("nothing")

    def test_gives_every_duty_with_its_provision_in_order(self) -> None:
        first, second = article(Attested(), article=2), article(article=1)
        one = law(provisions=[first, second])
        assert [(where.article, what.id) for where, what in one.obligations] == [(2, "duty-0")]


class TestTheLedger:
    @pytest.mark.parametrize(
        ("conditions", "computability"),
        [
            ([], Computability.NOT_MODELLED),
            ([Attested()], Computability.ATTESTED),
            ([Not(condition=Attested())], Computability.ATTESTED),
            ([PLAN], Computability.COMPUTED),
            ([all_of(Attested(), PLAN)], Computability.COMPUTED),
            ([any_of(Attested(), Not(condition=PLAN))], Computability.COMPUTED),
            ([Attested(), PLAN], Computability.COMPUTED),
        ],
    )
    def test_one_thing_that_is_computed_makes_it_computed(
        self, conditions: list[Condition], computability: Computability
    ) -> None:
        (entry,) = law(provisions=[article(*conditions)]).ledger()
        assert entry == LedgerEntry(
            place=Label(zh="第1条", en="art. 1"),
            summary=WORDS,
            computability=computability,
            status=TextStatus.ENACTED,
        )

    def test_a_gap_in_the_middle_has_two_ends(self) -> None:
        (entry,) = law(gaps=[Gap(from_article=7, to_article=9, reason=WORDS)]).ledger()
        assert entry.place == Label(zh="第7至9条", en="arts. 7 to 9")
        assert (entry.computability, entry.status) == (Computability.NOT_KNOWN, None)

    def test_conditions_are_asked_from_left_to_right(self) -> None:
        first, second, third = (Attested(question=key) for key in "abc")
        tree = all_of(first, any_of(Not(condition=second), third))
        assert list(leaves(tree)) == [first, second, third]


def terms(words: type[LabelledEnum]) -> list[tuple[str, str, str]]:
    return [(one.value, one.label_zh, one.label_en) for one in words]


class TestTerms:
    def test_how_strongly_a_provision_binds(self) -> None:
        assert terms(Modality) == [
            ("shall", "应当", "shall"),
            ("shall-not", "不得", "shall not"),
            ("may", "可以", "may"),
            ("encouraged", "鼓励", "encouraged"),
            ("not-known", "用语不明", "binding words not known"),
        ]

    def test_how_a_figure_compares(self) -> None:
        assert terms(Operator) == [
            ("at-least", "以上", "at least"),
            ("more-than", "超过", "more than"),
            ("at-most", "以下", "at most"),
            ("less-than", "不满", "less than"),
        ]

    def test_what_can_be_done_with_a_provision(self) -> None:
        assert terms(Computability) == [
            ("computed", "由记录判定", "decided from records"),
            ("attested", "须经认定", "needs somebody's word"),
            ("not-modelled", "未建模", "not modelled"),
            ("not-known", "文本未知", "text not known"),
        ]


class TestConditions:
    def test_a_node_is_called_in_documents_what_it_is(self) -> None:
        assert list(NODES)[:16] == [
            "organisation-exists",
            "every-division-has",
            "conference-members",
            "conference-office",
            "indicator-compares",
            "indicator-grows",
            "document-issued",
            "event-in-window",
            "honour-awarded",
            "inspection-held",
            "attested",
            "all-of",
            "any-of",
            "at-least-of",
            "not",
            "when",
        ]

    def test_every_node_bears_its_own_name(self) -> None:
        assert all(node.test == name for name, node in NODES.items())

    @pytest.mark.parametrize(
        ("kind", "fields", "path"),
        [
            (ConferenceMembers, {"names": []}, "names"),
            (ConferenceMembers, {"names": ["市教育局", "市妇联", "市教育局"]}, "names[2]"),
            (ConferenceOffice, {"name": ""}, "name"),
            (AllOf, {"conditions": []}, "conditions"),
            (AnyOf, {"conditions": []}, "conditions"),
            (OrganisationExists, {"kinds": []}, "kinds"),
            (AllOf, {"conditions": ["attested"]}, "conditions[0]"),
            (Not, {"condition": None}, "condition"),
            (Attested, {"question": ""}, "question"),
            (EventInWindow, {"month": 13, "week": LastWeek.LAST_WHOLE}, "month"),
            (EventInWindow, {"month": 0, "week": LastWeek.LAST_WHOLE}, "month"),
            (AtLeastOf, {"count": 2, "conditions": [Attested()]}, "count"),
            (DocumentIssued, {"kind": "work-plan"}, "kind"),
            (
                OrganisationExists,
                {"kinds": [OrganisationKind.CENTRE], "level": Level.CITY, "anywhere": True},
                "anywhere",
            ),
            (
                IndicatorCompares,
                {
                    "indicator": "",
                    "operator": Operator.AT_LEAST,
                    "threshold": Quantity.exactly(1, Unit.TEAMS),
                },
                "indicator",
            ),
        ],
    )
    def test_a_node_that_asks_nothing_sensible_is_refused(
        self, kind: type, fields: dict[str, Any], path: str
    ) -> None:
        assert set(problems(kind, **fields)) == {path}
