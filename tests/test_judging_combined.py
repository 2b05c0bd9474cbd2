"""Conditions made of conditions, held against brute force over all that is unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import dump_instrument
from commed.compliance import Finding, Verdict, assess
from commed.errors import InvalidDocument, InvalidValue
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    Not,
    When,
    leaves,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.loading import load_instrument
from commed.places import Division
from commed.records.statements import Attestation
from commed.register import Register
from commed.sources import Source, TextStatus

HOME, ON = "330212", date(2019, 4, 26)
WORDS = Label(zh="义务", en="a duty")
QUESTIONS = ("a", "b", "c", "d")
Known = bool | None
VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNDETERMINED}
every_known = tuple[Known, ...]((True, False, None))
laws = settings(max_examples=300)


def asked(question: str) -> Attested:
    return Attested(question=question)


PARTS = [asked(question) for question in QUESTIONS]


def register(words: Mapping[str, Known], **lists: Any) -> Register:
    said = [
        Attestation(id=key, instrument="law", duty=f"duty/{key}", division=HOME, holds=holds, on=ON)
        for key, holds in words.items()
        if holds is not None
    ]
    home = Division(id=HOME, name="鄞州区")
    return Register(jurisdiction=HOME, divisions=[home], attestations=said, **lists)


def law(condition: Condition, modality: Modality = Modality.SHALL) -> Instrument:
    duty = Obligation(
        id="duty",
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=modality,
        condition=condition,
    )
    return Instrument(
        id="law",
        title=WORDS,
        since=date(2015, 3, 1),
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[Provision(article=1, summary=WORDS, source="text", obligations=[duty])],
    )


def finding(condition: Condition, words: Mapping[str, Known]) -> Finding:
    return assess(register(words), law(condition), on=ON)["duty"]


def judged_as(conditions: Sequence[Condition], words: Mapping[str, Known]) -> Finding:
    """Return the finding on a duty that is read in each of these ways."""
    one = law(conditions[0])
    readings = [
        Reading(id=f"r{n}", label=Label(zh=f"r{n}", en=f"r{n}"), condition=condition)
        for n, condition in enumerate(conditions)
    ]
    duty = evolve(one.provisions[0].obligations[0], condition=None, readings=readings)
    provision = evolve(one.provisions[0], obligations=[duty])
    return assess(register(words), evolve(one, provisions=[provision]), on=ON)["duty"]


def ways(known: Iterable[Known]) -> Iterable[tuple[bool, ...]]:
    """Return every way in which what is unknown could turn out."""
    return product(*[(True, False) if each is None else (each,) for each in known])


def brute(holds: Callable[..., bool], known: Iterable[Known]) -> Known:
    """Return what every way it could turn out comes to, None where they differ."""
    found = {holds(*way) for way in ways(known)}
    return found.pop() if len(found) == 1 else None


class TestAtLeastOf:
    @pytest.mark.parametrize("size", [1, 2, 3, 4])
    def test_its_truth_table_is_that_of_every_way_it_could_turn_out(self, size: int) -> None:
        for count in range(1, size + 1):
            condition = AtLeastOf(count=count, conditions=PARTS[:size])
            for known in product(every_known, repeat=size):
                words = dict(zip(QUESTIONS, known, strict=False))
                expected = brute(lambda *way, n=count: sum(way) >= n, known)
                came = finding(condition, words)
                assert came.verdict is VERDICTS[expected], (count, known)
                assert len(came.needs) == (known.count(None) if expected is None else 0)

    def test_one_of_them_is_any_of_them_and_as_many_as_there_are_is_all(self) -> None:
        for known in product(every_known, repeat=3):
            words = dict(zip(QUESTIONS, known, strict=False))
            for count, same in ((1, AnyOf), (3, AllOf)):
                left = finding(AtLeastOf(count=count, conditions=PARTS[:3]), words)
                assert left.verdict is finding(same(conditions=PARTS[:3]), words).verdict

    def test_it_says_how_many_hold_and_how_many_are_required(self) -> None:
        came = finding(AtLeastOf(count=2, conditions=PARTS[:3]), {"a": True, "b": False})
        assert came.because.zh.startswith("3项中满足1项，要求至少2项：")
        assert came.because.en.startswith("1 of 3 hold, at least 2 required: ")

    @pytest.mark.parametrize("count", [0, 3, -1])
    def test_a_count_that_the_list_cannot_reach_or_must_is_refused(self, count: int) -> None:
        with pytest.raises(InvalidValue) as caught:
            AtLeastOf(count=count, conditions=PARTS[:2])
        assert [problem.path for problem in caught.value.problems] == ["count"]

    def test_in_a_document_too(self) -> None:
        document = dump_instrument(law(AtLeastOf(count=2, conditions=PARTS[:2])))
        assert load_instrument(document) == law(AtLeastOf(count=2, conditions=PARTS[:2]))
        document["provisions"][0]["obligations"][0]["condition"]["count"] = 3
        with pytest.raises(InvalidDocument) as caught:
            load_instrument(document)
        paths = [problem.path for problem in caught.value.problems]
        assert paths == ["provisions[0].obligations[0].condition.count"]


class TestWhen:
    condition = When(condition=asked("a"), then=asked("b"))

    @pytest.mark.parametrize("applies", every_known)
    @pytest.mark.parametrize("holds", every_known)
    @pytest.mark.parametrize("modality", [Modality.SHALL, Modality.MAY])
    def test_at_the_root_it_says_whether_the_duty_applies(
        self, applies: Known, holds: Known, modality: Modality
    ) -> None:
        known = register({"a": applies, "b": holds})
        came = assess(known, law(self.condition, modality), on=ON)["duty"]
        verdict = {
            None: Verdict.UNDETERMINED,  # what may not apply is not met, whatever holds
            False: Verdict.NOT_APPLICABLE,
            True: VERDICTS[holds],
        }[applies]
        assert came.verdict is verdict
        assert came.is_breach is (verdict is Verdict.NOT_MET and modality.binds)
        assert bool(came.needs) is (verdict is Verdict.UNDETERMINED)
        if applies is True:
            assert came.verdict is finding(asked("b"), {"b": holds}).verdict

    @pytest.mark.parametrize("applies", every_known)
    @pytest.mark.parametrize("holds", every_known)
    def test_inside_another_it_holds_where_it_does_not_apply(
        self, applies: Known, holds: Known
    ) -> None:
        words = {"a": applies, "b": holds}
        expected = brute(lambda when, then: not when or then, (applies, holds))
        assert finding(AllOf(conditions=[self.condition]), words).verdict is VERDICTS[expected]
        opposite = None if expected is None else not expected
        assert finding(Not(condition=self.condition), words).verdict is VERDICTS[opposite]

    @pytest.mark.parametrize("applies", every_known)
    @pytest.mark.parametrize("holds", every_known)
    def test_at_the_root_of_every_reading_it_says_so_too(
        self, applies: Known, holds: Known
    ) -> None:
        words = {"a": applies, "b": holds}
        both = judged_as([self.condition, self.condition], words)
        alone = finding(self.condition, words)
        assert (both.verdict, both.evidence, both.needs) == (
            alone.verdict,
            alone.evidence,
            alone.needs,
        )
        assert f"read as 'r0', {alone.verdict.label_en}: " in both.because.en

    @pytest.mark.parametrize(
        ("words", "verdict", "asked_for"),
        [
            ({"a": False, "c": False}, Verdict.NOT_APPLICABLE, []),
            ({"a": False, "c": True, "b": True}, Verdict.UNDETERMINED, ["reading"]),
            ({"a": False, "c": True, "b": False}, Verdict.UNDETERMINED, ["reading"]),
            ({"a": False, "c": True}, Verdict.UNDETERMINED, ["duty/b", "reading"]),
            ({"a": False}, Verdict.UNDETERMINED, ["duty/c", "duty/b", "reading"]),
            ({"a": False, "b": True}, Verdict.UNDETERMINED, ["duty/c", "reading"]),
            ({"b": True}, Verdict.UNDETERMINED, ["duty/a", "duty/c"]),
            ({"a": True, "c": True, "b": True}, Verdict.MET, []),
            ({"a": True, "c": True, "b": False}, Verdict.NOT_MET, []),
            ({"a": True, "c": True}, Verdict.UNDETERMINED, ["duty/b"]),
        ],
    )
    def test_readings_that_disagree_about_application_decide_nothing(
        self, words: dict[str, bool], verdict: Verdict, asked_for: list[str]
    ) -> None:
        other = When(condition=asked("c"), then=asked("b"))
        came = judged_as([self.condition, other], words)
        assert came.verdict is verdict
        assert came.is_breach is (verdict is Verdict.NOT_MET)
        told = [need.what.en for need in came.needs]
        assert len(told) == len(asked_for)
        for line, key in zip(told, asked_for, strict=True):
            assert ("which reading counts" in line) if key == "reading" else (f"'{key}'" in line)

    def test_a_reading_that_always_applies_disagrees_with_one_that_does_not(self) -> None:
        for holds in (True, False):
            came = judged_as([self.condition, asked("b")], {"a": False, "b": holds})
            assert came.verdict is Verdict.UNDETERMINED
            assert "read as 'r0', not applicable: " in came.because.en
            assert "按“r0”理解，不适用：" in came.because.zh

    @pytest.mark.parametrize(
        ("counts", "verdict"), [("r0", Verdict.NOT_APPLICABLE), ("r1", Verdict.NOT_MET)]
    )
    def test_the_reading_that_counts_says_whether_it_applies(
        self, counts: str, verdict: Verdict
    ) -> None:
        words = {"a": False, "b": False, counts: True}
        came = judged_as([self.condition, asked("b")], words)
        assert (came.verdict, came.needs) == (verdict, ())

    def test_what_is_open_asks_for_the_open_part_alone(self) -> None:
        for words, question in (({"a": True}, "duty/b"), ({"b": False}, "duty/a")):
            (need,) = finding(self.condition, words).needs
            assert f"'{question}'" in need.what.en

    def test_where_it_does_not_apply_it_says_why(self) -> None:
        came = finding(self.condition, {"a": False, "b": False})
        assert [piece.key for piece in came.evidence] == ["a"]
        assert came.because == finding(asked("a"), {"a": False}).because


# --- whatever becomes known ------------------------------------------------------------


def inner(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(parts, min_size=1, max_size=3)

    def counted(conditions: list[Condition]) -> st.SearchStrategy[Condition]:
        counts = st.integers(1, len(conditions))
        return counts.map(lambda count: AtLeastOf(count=count, conditions=conditions))

    return st.one_of(
        some.map(lambda conditions: AllOf(conditions=conditions)),
        some.map(lambda conditions: AnyOf(conditions=conditions)),
        some.flatmap(counted),
        parts.map(lambda part: Not(condition=part)),
        st.builds(When, condition=parts, then=parts),
    )


trees = st.recursive(st.sampled_from(PARTS), inner, max_leaves=6)
words = st.fixed_dictionaries({question: st.booleans() for question in QUESTIONS})


@laws
@given(trees, words, st.sets(st.sampled_from(QUESTIONS)))
def test_what_becomes_known_never_turns_met_to_not_met_or_back(
    condition: Condition, whole: dict[str, bool], forgotten: set[str]
) -> None:
    known = {key: None if key in forgotten else holds for key, holds in whole.items()}
    before, after = finding(condition, known).verdict, finding(condition, whole).verdict
    assert after is not Verdict.UNDETERMINED
    if before is Verdict.MET and isinstance(condition, When):
        assert after in {Verdict.MET, Verdict.NOT_APPLICABLE}
    elif before is not Verdict.UNDETERMINED:
        assert after is before


@laws
@given(trees, words, st.sets(st.sampled_from(QUESTIONS)))
def test_what_is_open_names_a_need_and_only_that(
    condition: Condition, whole: dict[str, bool], forgotten: set[str]
) -> None:
    known = {key: None if key in forgotten else holds for key, holds in whole.items()}
    came = finding(condition, known)
    assert bool(came.needs) is (came.verdict is Verdict.UNDETERMINED)
    of_it = {part.question for part in leaves(condition) if isinstance(part, Attested)}
    for need in came.needs:
        assert any(f"'duty/{key}'" in need.what.en for key in forgotten & of_it)
