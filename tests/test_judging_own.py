"""Conditions of one's own: they are read, judged, reported and written as the others are."""

from datetime import date
from pathlib import Path

import pytest
from attrs import frozen

from commed.checks import Text
from commed.codec import dump_instrument
from commed.compliance import Assessment, Case, Ruling, Verdict, add_condition, assess
from commed.errors import InvalidDocument
from commed.labels import Label
from commed.law.conditions import NODES, Attested, Condition, When
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision
from commed.loading import load_instrument
from commed.places import Division
from commed.records.statements import Honour
from commed.register import Register
from commed.report import render_text
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, ON = "330212", date(2019, 4, 26)
WORDS = Label(zh="义务", en="a duty")


def asked(question: str) -> Attested:
    return Attested(question=question)


def register(*honours: Honour) -> Register:
    return Register(
        jurisdiction=HOME, divisions=[Division(id=HOME, name="鄞州区")], honours=honours
    )


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


OWN = "tests-own-bears-honour"


@frozen(kw_only=True)
class BearsHonour(Condition):
    test = OWN
    title: Text


def bears_honour(condition: BearsHonour, case: Case) -> Ruling:
    borne = any(honour.title == condition.title for honour in case.register.honours)
    told = Label(zh=f"荣誉“{condition.title}”", en=f"the honour {condition.title}")
    return Ruling(truth=Truth.of(borne), because=told)


add_condition(BearsHonour, bears_honour)
TOML = f"""
format = "commed.instrument/1"
id = "law"
title = {{ zh = "自订", en = "One's own" }}
since = 2015-03-01
sources = [{{ id = "text", title = "文本", status = "enacted" }}]
[[provisions]]
article = 1
source = "text"
summary = {{ zh = "义务", en = "a duty" }}
[[provisions.obligations]]
id = "duty"
duty = {{ zh = "义务", en = "a duty" }}
modality = "shall"
bearer = {{ name = {{ zh = "区政府", en = "the district" }} }}
condition = {{ test = "all-of", conditions = [{{ test = "{OWN}", title = "示范区" }}] }}
"""


class TestOnesOwn:
    @staticmethod
    def assessment(title: str, instrument: Instrument) -> Assessment:
        honour = Honour(id="h", title=title, division=HOME)
        return assess(register(honour), instrument, on=ON)

    @pytest.mark.parametrize(
        ("title", "verdict"), [("示范区", Verdict.MET), ("文明城区", Verdict.NOT_MET)]
    )
    def test_it_works_in_a_file_in_judging_and_in_a_report(
        self, title: str, verdict: Verdict, tmp_path: Path
    ) -> None:
        file = tmp_path / "law.toml"
        file.write_text(TOML, encoding="utf-8")
        came = self.assessment(title, load_instrument(file))
        assert came["duty"].verdict is verdict
        assert "荣誉“示范区”" in render_text(came, language="zh")
        assert "because: the honour 示范区" in render_text(came, language="en")

    def test_it_goes_out_and_comes_in_again(self) -> None:
        one = law(When(condition=BearsHonour(title="示范区"), then=asked("a")))
        assert load_instrument(dump_instrument(one)) == one
        assert self.assessment("无关", one)["duty"].verdict is Verdict.NOT_APPLICABLE

    def test_its_fields_are_checked_as_all_others_are(self) -> None:
        document = dump_instrument(law(BearsHonour(title="示范区")))
        document["provisions"][0]["obligations"][0]["condition"] = {"test": OWN, "title": " "}
        with pytest.raises(InvalidDocument) as caught:
            load_instrument(document)
        paths = [problem.path for problem in caught.value.problems]
        assert paths == ["provisions[0].obligations[0].condition.title"]

    @pytest.mark.parametrize("taken", ["all-of", OWN])
    def test_a_name_that_is_taken_is_refused_and_stays_what_it_was(self, taken: str) -> None:
        @frozen(kw_only=True)
        class Another(Condition):
            test = taken

        before = NODES[taken]
        with pytest.raises(ValueError, match=f"another node is called '{taken}'"):
            add_condition(Another, lambda _, __: Ruling(truth=Truth.TRUE, because=WORDS))
        assert NODES[taken] is before

    def test_one_without_a_name_of_its_own_is_refused(self) -> None:
        @frozen(kw_only=True)
        class Nameless(Condition):
            title: Text

        @frozen(kw_only=True)
        class Heir(BearsHonour):
            place: Text

        before = dict(NODES)
        for node in (Nameless, Heir):
            with pytest.raises(ValueError, match=f"{node.__name__} needs a name: .* test = 'mine'"):
                add_condition(node, lambda _, __: Ruling(truth=Truth.TRUE, because=WORDS))
        assert dict(NODES) == before
