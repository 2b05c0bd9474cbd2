"""Findings: which duties are judged at all, on which reading, and what a failure means."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from commed.compliance import Assessment, Finding, Verdict, assess
from commed.labels import Label
from commed.law.conditions import Attested, Condition, DocumentIssued, IndicatorCompares, Operator
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Quantity, Unit
from commed.records.statements import Attestation, DocumentKind
from commed.references import Collection
from commed.register import Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, ON = "510112", date(2019, 4, 26)
IN_FORCE = date(2017, 2, 1)
CITY = "510100"
WORDS = Label(zh="义务", en="a duty")
PLAN = DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN)


def asked(question: str) -> Attested:
    return Attested(question=question)


def duty(condition: Condition | None = None, **fields: Any) -> Obligation:
    given: dict[str, Any] = {
        "id": "duty",
        "duty": WORDS,
        "bearer": Bearer(name=Label(zh="区政府", en="the district")),
        "modality": Modality.SHALL,
        "condition": condition,
    }
    return Obligation(**given | fields)


def read_as(first: Condition, second: Condition, **fields: Any) -> Obligation:
    strict = Reading(id="strict", label=Label(zh="从严", en="strictly"), condition=first)
    loose = Reading(id="loose", label=Label(zh="从宽", en="loosely"), condition=second)
    return duty(readings=[strict, loose], **fields)


def provision(*duties: Obligation, **fields: Any) -> Provision:
    given: dict[str, Any] = {"article": 1, "summary": WORDS, "source": "text"}
    return Provision(obligations=duties, **given | fields)


def law(*provisions: Provision, **fields: Any) -> Instrument:
    sources = [
        Source(id="text", title="文本", status=TextStatus.ENACTED),
        Source(id="draft", title="草案", status=TextStatus.DRAFT),
    ]
    given: dict[str, Any] = {"sources": sources, "provisions": provisions, "since": IN_FORCE}
    return Instrument(id="law", title=WORDS, **given | fields)


def word(about: str, *, holds: bool = True) -> Attestation:
    day = date(2019, 1, 1)
    return Attestation(id=about, instrument="law", duty=about, division=HOME, holds=holds, on=day)


def register(*words: Attestation, **lists: Any) -> Register:
    lists["divisions"] = [Division(id=HOME, name="龙泉驿区")]
    return Register(jurisdiction=HOME, attestations=words, **lists)


def judged(one: Obligation, *words: Attestation, on: date = ON) -> Finding:
    (finding,) = assess(register(*words), law(provision(one)), on=on).findings
    return finding


class TestReadings:
    @pytest.mark.parametrize(
        ("said", "verdict"),
        [
            ({"a": True, "b": True}, Verdict.MET),
            ({"a": False, "b": False}, Verdict.NOT_MET),
            ({}, Verdict.UNDETERMINED),
            ({"a": False, "b": True}, Verdict.UNDETERMINED),
            ({"a": True, "b": False}, Verdict.UNDETERMINED),
            ({"b": True}, Verdict.UNDETERMINED),
            ({"a": False}, Verdict.UNDETERMINED),
        ],
    )
    def test_only_readings_that_agree_decide(self, said: dict[str, bool], verdict: Verdict) -> None:
        words = [word(f"duty/{question}", holds=holds) for question, holds in said.items()]
        assert judged(read_as(asked("a"), asked("b")), *words).verdict is verdict

    def test_each_reading_tells_what_it_gives(self) -> None:
        finding = judged(read_as(asked("a"), asked("b")), word("duty/b"))
        strict, loose = finding.because.en.split("; ")
        assert strict == "read as 'strictly', undetermined: nobody answerable has attested it"
        assert loose.startswith("read as 'loosely', met: the attestation of 2019-01-01")
        assert finding.because.zh.startswith(
            "按“从严”理解，无法判定：尚无认定；按“从宽”理解，符合："
        )

    def test_readings_that_disagree_ask_for_an_interpretation(self) -> None:
        finding = judged(
            read_as(asked("a"), asked("b")), word("duty/a", holds=False), word("duty/b")
        )
        (need,) = finding.needs
        assert need.collection is Collection.ATTESTATIONS
        assert need.supplier == Label(zh="制定机关", en="the body that made the law")
        assert need.what.en == (
            "an interpretation that says which reading counts (attest one of: duty/strict, "
            "duty/loose)"
        )
        assert need.what.zh.startswith("以何种理解为准的解释（认定其一：duty/strict")
        assert [piece.key for piece in finding.evidence] == ["duty/a", "duty/b"]

    def test_readings_that_agree_need_no_interpretation(self) -> None:
        finding = judged(read_as(asked("a"), PLAN))
        assert [need.collection for need in finding.needs] == [
            Collection.ATTESTATIONS,
            Collection.DOCUMENTS,
        ]
        assert "interpretation" not in finding.needs[0].what.en

    @pytest.mark.parametrize(
        ("reading", "verdict"), [("strict", Verdict.NOT_MET), ("loose", Verdict.MET)]
    )
    def test_an_attestation_settles_which_reading_counts(
        self, reading: str, verdict: Verdict
    ) -> None:
        facts = [word("duty/a", holds=False), word("duty/b")]
        finding = judged(read_as(asked("a"), asked("b")), *facts, word(f"duty/{reading}"))
        assert finding.verdict is verdict
        assert finding.needs == ()
        assert finding.evidence[0].key == f"duty/{reading}"
        assert finding.because.en.startswith(
            f"the attestation of 2019-01-01 (duty/{reading}) affirms it; "
        )

    def test_a_settled_reading_still_asks_for_what_it_lacks(self) -> None:
        finding = judged(read_as(asked("a"), PLAN), word("duty/loose"))
        assert finding.verdict is Verdict.UNDETERMINED
        assert [need.collection for need in finding.needs] == [Collection.DOCUMENTS]

    @pytest.mark.parametrize("holds", [True, False])
    def test_affirming_or_denying_both_readings_settles_nothing(self, *, holds: bool) -> None:
        facts = [word("duty/a", holds=False), word("duty/b")]
        words = [word("duty/strict", holds=holds), word("duty/loose", holds=holds)]
        finding = judged(read_as(asked("a"), asked("b")), *facts, *words)
        assert finding.verdict is Verdict.UNDETERMINED
        assert "interpretation" in finding.needs[-1].what.en

    def test_a_reading_that_is_denied_leaves_the_other(self) -> None:
        facts = [word("duty/a", holds=False), word("duty/b")]
        finding = judged(read_as(asked("a"), asked("b")), *facts, word("duty/strict", holds=False))
        assert finding.verdict is Verdict.MET
        assert [piece.key for piece in finding.evidence] == ["duty/strict", "duty/b"]

    def test_of_three_readings_both_that_are_denied_are_the_ground(self) -> None:
        readings = [
            Reading(id=key, label=Label(zh=key, en=key), condition=asked(question))
            for key, question in (("one", "a"), ("two", "a"), ("three", "b"))
        ]
        words = [word("duty/one", holds=False), word("duty/two", holds=False), word("duty/b")]
        finding = judged(duty(readings=readings), *words)
        assert finding.verdict is Verdict.MET
        assert {piece.key for piece in finding.evidence} == {"duty/one", "duty/two", "duty/b"}

    def test_a_settled_reading_brings_its_figures(self) -> None:
        teams = IndicatorCompares(
            indicator="learning-teams",
            operator=Operator.AT_LEAST,
            threshold=Quantity.exactly(1, Unit.TEAMS),
        )
        lists: dict[str, Any] = {"complete": [Collection.TEAMS]}
        known = register(word("duty/loose"), **lists)
        finding = assess(known, law(provision(read_as(asked("a"), teams))), on=ON)["duty"]
        assert finding.verdict is Verdict.NOT_MET
        assert finding.observed == Quantity.exactly(0, Unit.TEAMS)
        assert finding.required == finding.shortfall == Quantity.exactly(1, Unit.TEAMS)

    def test_readings_that_disagree_bring_no_figures(self) -> None:
        teams = IndicatorCompares(
            indicator="learning-teams",
            operator=Operator.AT_LEAST,
            threshold=Quantity.exactly(1, Unit.TEAMS),
        )
        lists: dict[str, Any] = {"complete": [Collection.TEAMS]}
        law_of_two = law(provision(read_as(teams, asked("a"))))
        finding = assess(register(**lists), law_of_two, on=ON)["duty"]
        assert finding.verdict is Verdict.UNDETERMINED
        assert (finding.observed, finding.required, finding.shortfall) == (None, None, None)

    def test_the_rulings_of_both_readings_are_kept(self) -> None:
        finding = judged(read_as(asked("a"), asked("b")), word("duty/b"))
        assert finding.ruling is not None
        assert [part.truth for part in finding.ruling.parts] == [Truth.UNKNOWN, Truth.TRUE]


class TestWhoseDutyItIs:
    @pytest.mark.parametrize(
        ("levels", "verdict"),
        [
            ([], Verdict.MET),
            ([Level.COUNTY], Verdict.MET),
            ([Level.CITY, Level.COUNTY], Verdict.MET),
            ([Level.CITY], Verdict.NOT_APPLICABLE),
        ],
    )
    def test_a_bearer_on_another_level_is_not_judged(
        self, levels: list[Level], verdict: Verdict
    ) -> None:
        bearer = Bearer(name=Label(zh="市政府", en="the city"), levels=levels)
        assert judged(duty(Attested(), bearer=bearer), word("duty")).verdict is verdict

    def test_it_says_who_bears_it(self) -> None:
        bearer = Bearer(name=Label(zh="市政府", en="the city"), levels=[Level.CITY])
        finding = judged(duty(Attested(), bearer=bearer))
        assert finding.because.en == (
            "the duty is borne by the city; 龙泉驿区 is a district or county"
        )
        assert finding.because.zh == "义务主体为市政府，龙泉驿区属区（市）县级"
        assert (finding.needs, finding.ruling) == ((), None)

    @pytest.mark.parametrize(
        ("jurisdiction", "verdict"),
        [
            (None, Verdict.MET),
            (HOME, Verdict.MET),
            (CITY, Verdict.MET),
            ("510000", Verdict.MET),
            ("330200", Verdict.NOT_APPLICABLE),
            ("510107", Verdict.NOT_APPLICABLE),
        ],
    )
    def test_the_law_of_another_place_is_not_judged(
        self, jurisdiction: str | None, verdict: Verdict
    ) -> None:
        text = law(provision(duty(Attested())), jurisdiction=jurisdiction)
        (finding,) = assess(register(word("duty")), text, on=ON).findings
        assert finding.verdict is verdict

    def test_it_says_where_the_law_applies(self) -> None:
        text = law(provision(duty(Attested())), jurisdiction="330200")
        (finding,) = assess(register(), text, on=ON).findings
        assert finding.because.en.startswith("this is law in 330200, and 龙泉驿区 (510112) is not")
        assert finding.because.zh.startswith("本法规施行于330200，龙泉驿区（510112）")


class TestWhenItIsLaw:
    @pytest.mark.parametrize(
        ("instrument", "article", "on", "in_force"),
        [
            ({}, {}, IN_FORCE, True),
            ({}, {}, date(2017, 1, 31), False),
            ({"until": ON}, {}, ON, True),
            ({"until": date(2019, 4, 25)}, {}, ON, False),
            ({}, {"since": ON}, ON, True),
            ({}, {"since": date(2019, 4, 27)}, ON, False),
            ({}, {"until": ON}, ON, True),
            ({}, {"until": date(2019, 4, 25)}, ON, False),
            ({"until": date(2018, 1, 1)}, {"until": ON}, ON, True),
            ({}, {"since": date(2016, 1, 1)}, date(2016, 1, 1), True),
        ],
    )
    def test_a_provision_has_its_own_time_or_that_of_the_instrument(
        self, instrument: dict[str, date], article: dict[str, date], on: date, *, in_force: bool
    ) -> None:
        text = law(provision(duty(Attested()), **article), **instrument)
        finding = assess(register(), text, on=on)["duty"]
        assert (finding.verdict is not Verdict.NOT_IN_FORCE) is in_force

    def test_it_says_on_which_day_it_is_not_in_force(self) -> None:
        finding = judged(duty(Attested()), on=date(2016, 1, 1))
        assert finding.because.en == "the provision is not in force on 2016-01-01"
        assert finding.because.zh == "该规定在2016-01-01未施行"
        assert (finding.needs, finding.evidence, finding.ruling) == ((), (), None)

    def test_time_is_asked_before_place(self) -> None:
        text = law(provision(duty(Attested())), jurisdiction="330200")
        assert assess(register(), text, on=date(2016, 1, 1))["duty"].verdict is (
            Verdict.NOT_IN_FORCE
        )

    def test_a_year_is_the_last_full_one_unless_another_is_given(self) -> None:
        text = law(provision(duty(Attested())))
        assert assess(register(), text, on=ON).period == Period.year(2018)
        given = Period.year(2015)
        assert assess(register(), text, on=ON, period=given).period == given


class TestWhatAFailureMeans:
    @pytest.mark.parametrize(
        ("modality", "binds"),
        [
            (Modality.SHALL, True),
            (Modality.SHALL_NOT, True),
            (Modality.MAY, False),
            (Modality.ENCOURAGED, False),
            (Modality.NOT_KNOWN, False),
        ],
    )
    def test_only_a_duty_that_binds_can_be_breached(
        self, modality: Modality, *, binds: bool
    ) -> None:
        finding = judged(duty(Attested(), modality=modality), word("duty", holds=False))
        assert finding.verdict is Verdict.NOT_MET
        assert modality.binds is binds
        assert finding.is_breach is binds

    @pytest.mark.parametrize("words", [[], [word("duty")]])
    def test_what_is_open_or_met_is_no_breach(self, words: Sequence[Attestation]) -> None:
        assert not judged(duty(Attested()), *words).is_breach

    def test_each_verdict_has_its_term(self) -> None:
        assert [(one.value, one.label_zh, one.label_en) for one in Verdict] == [
            ("met", "符合", "met"),
            ("not-met", "不符合", "not met"),
            ("undetermined", "无法判定", "undetermined"),
            ("not-applicable", "不适用", "not applicable"),
            ("not-in-force", "未生效", "not in force"),
        ]

    def test_the_status_of_a_duty_is_that_of_its_own_source_where_it_has_one(self) -> None:
        assert judged(duty(Attested())).text_status is TextStatus.ENACTED
        assert judged(duty(Attested(), source="draft")).text_status is TextStatus.DRAFT

    def test_a_finding_says_where_what_and_how(self) -> None:
        finding = judged(duty(Attested()), word("duty"))
        assert str(finding) == "art. 1 duty: met"
        assert finding.citation.instrument == WORDS


class TestTheAssessment:
    def assessed(self) -> Assessment:
        text = law(
            provision(duty(Attested(), id="met"), duty(Attested(), id="broken")),
            provision(
                duty(Attested(), id="open"),
                duty(asked("open"), id="also-open"),
                duty(Attested(), id="optional", modality=Modality.MAY),
            ),
            provision(duty(Attested(), id="over"), until=date(2018, 1, 1)),
        )
        words = [word("met"), word("broken", holds=False), word("optional", holds=False)]
        return assess(register(*words), text, on=ON)

    def test_findings_stand_in_the_order_of_the_text(self) -> None:
        ids = [finding.obligation.id for finding in self.assessed().findings]
        assert ids == ["met", "broken", "open", "also-open", "optional", "over"]

    def test_each_verdict_is_counted_by_itself(self) -> None:
        counts = {verdict: self.assessed().count(verdict) for verdict in Verdict}
        assert counts == {
            Verdict.MET: 1,
            Verdict.NOT_MET: 2,
            Verdict.UNDETERMINED: 2,
            Verdict.NOT_APPLICABLE: 0,
            Verdict.NOT_IN_FORCE: 1,
        }

    def test_breaches_are_the_binding_duties_that_are_not_met(self) -> None:
        assert [finding.obligation.id for finding in self.assessed().breaches] == ["broken"]

    @pytest.mark.parametrize("modality", Modality)
    @pytest.mark.parametrize("holds", [True, False])
    def test_only_what_is_allowed_or_encouraged_and_done_is_practised(
        self, modality: Modality, *, holds: bool
    ) -> None:
        text = law(provision(duty(Attested(), id="met", modality=modality)))
        came = assess(register(word("met", holds=holds)), text, on=ON)
        is_free = modality in {Modality.MAY, Modality.ENCOURAGED}
        assert came["met"].is_practised is (holds and is_free)
        assert came.practised == (came.findings if holds and is_free else ())

    def test_a_finding_is_reached_by_its_duty(self) -> None:
        assert self.assessed()["open"].obligation.id == "open"
        with pytest.raises(KeyError, match="nothing"):
            self.assessed()["nothing"]

    def test_the_request_list_has_every_need_once(self) -> None:
        same = {"duty": Label(zh="同", en="the same")}
        text = law(
            provision(duty(PLAN, id="a", **same), duty(PLAN, id="b", **same)),
            provision(duty(Attested(), id="c")),
        )
        needs = assess(register(), text, on=ON).needs
        assert [need.collection for need in needs] == [
            Collection.DOCUMENTS,
            Collection.ATTESTATIONS,
        ]

    def test_no_duties_no_findings(self) -> None:
        empty = assess(register(), law(), on=ON)
        assert (empty.findings, empty.breaches, empty.needs) == ((), (), ())

    def test_with_a_period_given_even_a_day_of_the_first_year_is_judged(self) -> None:
        day = date(1, 5, 1)
        assert assess(register(), law(), on=day, period=Period.day(day)).on == day
