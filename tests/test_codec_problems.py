"""Invalid documents: every fault is told at its place, and nothing is repaired in silence."""

import copy
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from cattrs.errors import AttributeValidationNote

import commed.codec.converter
import commed.codec.documents
from commed.checks import one_of
from commed.codec import instrument_from, register_from
from commed.codec.problems import problems_of
from commed.errors import InvalidDocument, InvalidValue, Problem
from commed.indicators import definition
from commed.law.conditions import NODES
from commed.places import Level

HOME = "510112"
FUNDING = {"division": "510112", "period": {"first": "2018-01-01", "last": "2018-12-31"}}
FUNDING |= {"amount": "1元", "stage": "budgeted"}
WORDS = {"zh": "词", "en": "words"}


def document(**lists: Any) -> dict[str, Any]:
    divisions = [{"id": HOME, "name": "龙泉驿区"}]
    return {
        "format": "commed.register/1",
        "jurisdiction": HOME,
        "divisions": divisions,
        **copy.deepcopy(lists),
    }


def law(**fields: Any) -> dict[str, Any]:
    return {
        "format": "commed.instrument/1",
        "id": "law",
        "title": WORDS,
        "since": "2017-02-01",
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
        **copy.deepcopy(fields),
    }


def told(read: Callable[[object], object], given: object) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as caught:
        read(given)
    problems = caught.value.problems
    by_path = {problem.path: problem.message for problem in problems}
    assert len(by_path) == len(problems), "two problems at one path"
    return by_path


def problems_at(given: object, path: str) -> list[Problem]:
    with pytest.raises(InvalidDocument) as caught:
        register_from(given)
    return [problem for problem in caught.value.problems if path in problem.path]


def faults(**lists: Any) -> dict[str, str]:
    return told(register_from, document(**lists))


BODY = {"id": "body", "name": "中心", "kind": "centre", "division": HOME}
EVENT = {"id": "event", "date": "2018-05-01", "division": HOME}
FIGURE = {
    "id": "figure",
    "about": "人次",
    "quantity": "3人次",
    "division": HOME,
    "stated_on": "2018-05-01",
}


GROWS = {"test": "indicator-grows", "indicator": "funds-paid"}
LEVEL = {"dimension": "level", "key": "county"}
FUNDED = definition("funds-paid").dimensions
LEVELS = [each.value for each in Level]


def interval(low: object) -> dict[str, Any]:
    return {"interval": {"low": low, "high": 10**9}, "unit": "items"}


def without(record: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def test_every_fault_of_one_document_is_told_at_its_place() -> None:
    problems = faults(
        organisations=[
            BODY,
            without(BODY, "name"),
            BODY | {"id": "other", "kind": "centra"},
            BODY | {"id": 7},
        ],
        workstations=[
            {"id": "station", "name": "站", "division": HOME, "opening_huors": "9-17"},
            {"id": "away", "name": "站", "division": "51011"},
        ],
        teams=[{"id": "team", "division": HOME, "themes": "history"}],
        events=[
            EVENT | {"date": "2018-02-30", "workstation": "nowhere"},
            EVENT | {"id": "two", "minutes": 0, "attendances": [{"learner": "a"}, {"learner": 5}]},
            EVENT | {"id": "three", "headcount": "12人"},
            EVENT | {"id": "four", "headcount": {"persons": "许多人"}},
            EVENT | {"id": "five", "headcount": {"persons": "3人次"}},
            EVENT | {"id": "six", "mode": None, "title": None},
        ],
        reported_figures=[
            FIGURE | {"quantity": "3支", "indicator": "person-times"},
            FIGURE | {"id": "two", "indicator": "person-time"},
            FIGURE | {"id": "three", "yearly": "yes"},
        ],
        honours={"id": "title"},
        inspections=["visit"],
        complete=[{"collection": "event"}],
        documants=[],
    )
    expected = {
        "organisations[1].name": "is missing: expected a text",
        "organisations[1].id": "expected a key of its own, found 'body', as at organisations[0].id",
        "organisations[2].kind": "expected one of 'university', 'college', ",
        "organisations[3].id": "expected a text, found 7",
        "workstations[0].opening_huors": "unknown key; did you mean 'opening_hours'?",
        "workstations[1].division": "did you mean '510112'?",
        "teams[0].themes": "expected a list, found 'history'",
        "events[0].date": "expected a date written as 2018-12-31, found '2018-02-30'",
        "events[0].workstation": "expected the key of a record under 'organisations'",
        "events[1].minutes": "expected a number of at least 1, found 0",
        "events[1].attendances[1].learner": "expected a text, found 5",
        "events[2].headcount": "expected an object, found '12人'",
        "events[3].headcount.persons": "cannot read '许多人' as a figure",
        "events[4].headcount.persons": "person-times",
        "reported_figures[0].quantity": "expected person-times (人次), the unit of person-times",
        "reported_figures[1].indicator": "no indicator is called 'person-time'; is it one of",
        "reported_figures[2].yearly": "expected true or false, found 'yes'",
        "honours": "expected a list, found {",
        "inspections[0]": "expected an object, found 'visit'",
        "complete[0].collection": "expected one of 'sources', ",
        "documants": "unknown key; did you mean 'documents'?",
    }
    assert set(problems) == set(expected)
    for path, words in expected.items():
        assert words in problems[path], path


def test_every_fault_of_one_instrument_is_told_at_its_place() -> None:
    duty = {
        "id": "duty",
        "duty": WORDS,
        "bearer": {"name": WORDS},
        "modality": "shall",
        "condition": {"test": "attested"},
    }
    article = {"article": 1, "summary": WORDS, "source": "text"}
    compares = {"test": "indicator-compares", "operator": "at-least"}
    conditions = [
        {"test": "indicator-compares", "indicator": "learning-teams", "operator": "at-least"},
        compares | {"indicator": "learning-team", "threshold": "1支"},
        compares | {"indicator": "learning-teams", "threshold": "1人"},
        compares | {"indicator": "learning-teams", "threshold": 1},
        {"test": "attestad"},
        {"question": "plan"},
        {"test": "all-of", "conditions": []},
        {"test": "any-of", "conditions": [{"test": "not", "condition": "attested"}]},
        {"test": "organisation-exists", "kinds": ["centre"], "level": "city", "anywhere": True},
        {"test": "organisation-exists", "kinds": []},
        {"test": "document-issued", "kind": "plan"},
        {"test": "every-division-has", "level": "communities", "kinds": ["workstation"]},
        {"test": ["attested"]},
    ]
    provisions = [
        article | {"obligations": [duty | {"condition": one, "id": f"duty-{index}"}]}
        for index, one in enumerate(conditions)
    ]
    problems = told(
        instrument_from,
        law(
            until="2017-2-1",
            title={"zh": "词"},
            provisions=[
                *provisions,
                article | {"article": 0, "not_modelled": WORDS, "source": "x"},
            ],
            gaps=[{"from_article": 7, "to_article": 3, "reason": WORDS}],
        ),
    )

    def at(index: int, rest: str) -> str:
        return f"provisions[{index}].obligations[0].condition{rest}"

    expected = {
        "until": "expected a date written as 2018-12-31, found '2017-2-1'",
        "title.en": "is missing: expected a text",
        at(0, ".threshold"): "is missing: expected a ",
        at(1, ".indicator"): "no indicator is called 'learning-team'; is it one of",
        at(2, ".threshold"): "expected teams (支), the unit of learning-teams, found persons",
        at(
            3, ".threshold"
        ): "expected a figure in words such as '近10万人次', or an object, found 1",
        at(4, ".test"): ", any-of, at-least-of, not, when",
        at(5, ".test"): "found None",
        at(6, ".conditions"): "expected at least one entry, found ()",
        at(7, ".conditions[0].condition"): "expected an object with a 'test', found 'attested'",
        at(8, ".anywhere"): "expected either a 'level' or 'anywhere', found both",
        at(9, ".kinds"): "expected at least one entry",
        at(10, ".kind"): "expected one of 'development-plan', ",
        at(11, ".level"): "expected one of 'province', ",
        at(12, ".test"): "found ['attested']",
        "provisions[13].article": "expected a number of at least 1, found 0",
        "provisions[13].source": "expected the key of a record under 'sources', found 'x'",
        "gaps[0].to_article": "expected an article not before 7, found 3",
    }
    assert set(problems) == set(expected)
    for path, words in expected.items():
        assert words in problems[path], path


def said(read: Callable[[object], object], given: object) -> tuple[str, str]:
    """Return the only problem, in English and in Chinese, each with its path."""
    with pytest.raises(InvalidDocument) as caught:
        read(given)
    (problem,) = caught.value.problems
    return problem.in_language("en"), problem.in_language("zh")


CONDITION = "provisions[0].obligations[0].condition"


def law_with(condition: object) -> dict[str, Any]:
    duty = {"id": "duty", "duty": WORDS, "bearer": {"name": WORDS}, "modality": "shall"}
    article = {"article": 1, "summary": WORDS, "source": "text"}
    return law(provisions=[article | {"obligations": [duty | {"condition": condition}]}])


class TestWhatIsExpectedAndWhatIsFound:
    @pytest.mark.parametrize(
        ("lists", "path", "english", "chinese"),
        [
            (
                {"organisations": [BODY | {"name": 7}]},
                "organisations[0].name",
                "expected a text, found 7",
                "应为文本，实为7",
            ),
            (
                {"events": [EVENT | {"minutes": "7"}]},
                "events[0].minutes",
                "expected a whole number, found '7'",
                "应为整数，实为'7'",
            ),
            (
                {"events": [EVENT | {"mode": "by-post"}]},
                "events[0].mode",
                "expected one of 'on-site', 'online', 'mixed', found 'by-post'",
                "应为'on-site'、'online'、'mixed'之一，实为'by-post'",
            ),
            (
                {"events": [EVENT | {"headcount": {"persons": [1]}}]},
                "events[0].headcount.persons",
                (
                    "expected a number, a figure in words such as '近10万人次', or an object, "
                    "found [1]"
                ),
                "应为数字、形如'近10万人次'的文字数量，或对象，实为[1]",
            ),
            (
                {"reported_figures": [FIGURE | {"quantity": 3}]},
                "reported_figures[0].quantity",
                "expected a figure in words such as '近10万人次', or an object, found 3",
                "应为形如'近10万人次'的文字数量，或对象，实为3",
            ),
            (
                {"reported_figures": [FIGURE | {"quantity": interval("1e5")}]},
                "reported_figures[0].quantity.interval.low",
                "expected a whole number, or a text such as '0.5' or '1/3', found '1e5'",
                "应为整数，或形如'0.5'、'1/3'的文本，实为'1e5'",
            ),
            (
                {"teams": "readers"},
                "teams",
                "expected a list, found 'readers'",
                "应为列表，实为'readers'",
            ),
            (
                {"inspections": ["visit"]},
                "inspections[0]",
                "expected an object, found 'visit'",
                "应为对象，实为'visit'",
            ),
        ],
    )
    def test_of_a_register_is_said_in_both_languages(
        self, lists: dict[str, Any], path: str, english: str, chinese: str
    ) -> None:
        came = said(register_from, document(**lists))
        assert came == (f"{path}: {english}", f"{path}：{chinese}")

    @pytest.mark.parametrize(
        ("condition", "path", "english", "chinese"),
        [
            (
                "attested",
                "",
                "expected an object with a 'test', found 'attested'",
                "应为含有'test'的对象，实为'attested'",
            ),
            (
                GROWS | {"where": [LEVEL, {"dimension": "colour", "key": "red"}]},
                ".where[1].dimension",
                f"expected {one_of(FUNDED)}, found 'colour'",
                f"应为{one_of(FUNDED).zh}，实为'colour'",
            ),
            (
                GROWS | {"where": [{"dimension": "use", "key": "书"}, LEVEL | {"key": "contry"}]},
                ".where[1].key",
                f"expected {one_of(LEVELS)}, found 'contry'",
                f"应为{one_of(LEVELS).zh}，实为'contry'",
            ),
        ],
    )
    def test_of_a_condition_is_said_in_both_languages(
        self, condition: object, path: str, english: str, chinese: str
    ) -> None:
        where = f"{CONDITION}{path}"
        found = said(instrument_from, law_with(condition))
        assert found == (f"{where}: {english}", f"{where}：{chinese}")

    def test_a_node_that_is_not_known_is_told_those_that_are(self) -> None:
        known, where = one_of(NODES), f"{CONDITION}.test"
        assert said(instrument_from, law_with({"test": "attestad"})) == (
            f"{where}: expected {known}, found 'attestad'",
            f"{where}：应为{known.zh}，实为'attestad'",
        )

    @pytest.mark.parametrize(
        ("end", "is_read"), [(10**40 - 1, True), (10**40, False), (-(10**40), False)]
    )
    def test_an_end_of_forty_digits_is_the_longest(self, end: int, *, is_read: bool) -> None:
        quantity = {"interval": {"low": end, "high": None}, "unit": "items"}
        given = document(reported_figures=[FIGURE | {"quantity": quantity}])
        if is_read:
            assert register_from(given).reported_figures[0].quantity.interval.low == end
        else:
            with pytest.raises(InvalidDocument):
                register_from(given)


class TestReferences:
    def test_a_dangling_reference_is_told_beside_a_broken_sibling(self) -> None:
        problems = faults(
            organisations=[BODY | {"kind": "nothing"}],
            honours=[
                {"id": "a", "title": "奖", "organisation": "body"},
                {"id": "b", "title": "奖", "organisation": "bodi"},
            ],
        )
        assert set(problems) == {"organisations[0].kind", "honours[1].organisation"}
        assert "did you mean 'body'?" in problems["honours[1].organisation"]

    def test_a_key_that_two_types_of_organisation_bear_is_told_at_the_second(self) -> None:
        station = {"id": "body", "name": "站", "division": HOME}
        assert set(faults(organisations=[BODY], workstations=[station])) == {"workstations[0].id"}

    def test_a_dangling_reference_in_a_sound_document_is_told(self) -> None:
        assert set(faults(organisations=[BODY | {"source": "report"}])) == {
            "organisations[0].source"
        }
        assert set(told(instrument_from, law(since_source="x"))) == {"since_source"}

    def test_the_jurisdiction_must_be_recorded(self) -> None:
        given = document() | {"jurisdiction": "510113"}
        assert "did you mean '510112'?" in told(register_from, given)["jurisdiction"]


class TestBesideAnotherFault:
    """What is wrong between records that are right by themselves is told as well."""

    def test_the_sources_of_amended_thresholds_are_looked_for(self) -> None:
        def duty(key: str, source: str) -> dict[str, Any]:
            condition = {
                "test": "indicator-compares",
                "indicator": "learning-teams",
                "operator": "at-least",
                "threshold": "3支",
                "amended": [{"since": "2018-01-01", "threshold": "4支", "source": source}],
            }
            said = {"id": key, "duty": WORDS, "bearer": {"name": WORDS}, "modality": "shall"}
            return said | {"condition": condition}

        article = {"article": 1, "summary": WORDS, "source": "text"}
        given = law(
            until="soon",
            provisions=[
                article | {"obligations": [duty("a", "text")]},
                article | {"article": 2, "obligations": [{}, duty("b", "text"), duty("c", "txt")]},
            ],
        )
        found = {path for path in told(instrument_from, given) if path.endswith("source")}
        assert found == {"provisions[1].obligations[2].condition.amended[0].source"}

    def test_divisions_fundings_and_populations_are_held_against_each_other(self) -> None:
        given = document(
            teams="broken",
            divisions=[
                {"id": HOME, "name": "区", "level": "county"},
                {"id": "wrong", "name": 7},
                {"id": "a", "name": "甲", "level": "city", "within": HOME},
            ],
            fundings=[
                {"id": "f", "amount": "1元"},
                FUNDING | {"id": "g", "included_in": "h"},
                FUNDING | {"id": "h", "included_in": "g"},
            ],
            populations=[
                {"division": HOME},
                {"division": HOME, "on": "2018-01-01", "persons": 1},
                {"division": HOME, "on": "2018-01-01", "persons": 2},
            ],
        )
        found = {path.partition(".")[0] for path in told(register_from, given)}
        assert found >= {"teams", "divisions[1]", "divisions[2]", "fundings[0]"}
        assert found >= {"fundings[1]", "fundings[2]", "populations[0]", "populations[2]"}

    def test_what_is_told_of_a_place_is_told_once(self) -> None:
        bodies = [BODY | {"division": 7}, BODY | {"id": "b", "division": "away"}]
        assert set(faults(organisations=bodies)) == {
            "organisations[0].division",
            "organisations[1].division",
        }


class TestNothingIsCoerced:
    @pytest.mark.parametrize("given", ["7", Decimal("2.0"), 2.0, True, [2], {"two": 2}])
    def test_a_whole_number_is_written_as_one(self, given: object) -> None:
        problems = faults(events=[EVENT | {"minutes": given}])
        assert set(problems) == {"events[0].minutes"}
        assert problems["events[0].minutes"].startswith("expected a whole number, found ")

    @pytest.mark.parametrize("given", [7, Decimal("2.0"), 2.5, True, None, ["x"]])
    def test_a_text_is_written_as_one(self, given: object) -> None:
        assert set(faults(organisations=[BODY | {"name": given}])) == {"organisations[0].name"}

    @pytest.mark.parametrize("given", [0, 1, "true", "", None])
    def test_true_and_false_are_written_as_such(self, given: object) -> None:
        problems = faults(reported_figures=[FIGURE | {"yearly": given}])
        assert set(problems) == {"reported_figures[0].yearly"}

    @pytest.mark.parametrize(
        "given", ["2018-5-1", "20180501", "2018-W18-2", "2018-05-01T00:00:00", 20180501, None, ""]
    )
    def test_a_date_is_written_in_one_way(self, given: object) -> None:
        assert set(faults(events=[EVENT | {"date": given}])) == {"events[0].date"}

    @pytest.mark.parametrize("given", [None, "x", {}, 0])
    def test_a_list_is_written_as_one(self, given: object) -> None:
        assert set(faults(teams=given)) == {"teams"}

    @pytest.mark.parametrize(
        "given",
        [2.0, True, "1/0", "1e5", "１", " 1", "1 / 2", "--1", "1" * 41, [1], Decimal("nan")],
    )
    def test_an_exact_number_is_whole_or_a_fraction_in_digits(self, given: object) -> None:
        problems = faults(reported_figures=[FIGURE | {"quantity": interval(given)}])
        assert set(problems) == {"reported_figures[0].quantity.interval.low"}

    @pytest.mark.parametrize("given", [3, 3.0, Decimal(3), None, True, ["3个"]])
    def test_a_figure_of_no_fixed_unit_says_its_unit(self, given: object) -> None:
        problems = faults(reported_figures=[FIGURE | {"quantity": given}])
        assert set(problems) == {"reported_figures[0].quantity"}

    @pytest.mark.parametrize("given", ["3人次", -1, "-1", Decimal(3), True, None, "零点五人"])
    def test_a_count_is_a_whole_number_or_a_figure_in_its_unit(self, given: object) -> None:
        problems = faults(events=[EVENT | {"headcount": {"persons": given}}])
        assert set(problems) == {"events[0].headcount.persons"}

    def test_null_stands_only_where_something_may_be_unknown(self) -> None:
        unknown = EVENT | {"title": None, "headcount": None, "mode": None}
        assert register_from(document(events=[unknown])) == register_from(document(events=[EVENT]))
        assert set(faults(events=None)) == {"events"}


class TestTheWholeDocument:
    @pytest.mark.parametrize("given", [None, [], "510112", 7, True, Decimal("1.5")])
    @pytest.mark.parametrize("read", [register_from, instrument_from])
    def test_it_is_an_object(self, read: Callable[[object], object], given: object) -> None:
        problems = told(read, given)
        assert set(problems) == {""}
        assert problems[""].startswith("expected an object, found ")

    @pytest.mark.parametrize("given", ["commed.instrument/1", "", None, 1, ["commed.register/1"]])
    def test_another_format_is_told_alone(self, given: object) -> None:
        problems = told(register_from, document(teams="broken") | {"format": given})
        assert set(problems) == {"format"}
        assert problems["format"] == f"expected 'commed.register/1', found {given!r}"

    def test_a_missing_format_is_told_beside_all_else(self) -> None:
        given = document(teams="broken")
        del given["format"]
        assert set(told(register_from, given)) == {"format", "teams"}

    def test_a_missing_format_alone_is_a_fault(self) -> None:
        given = document()
        del given["format"]
        assert set(told(register_from, given)) == {"format"}

    def test_an_empty_document_lacks_what_it_must_have(self) -> None:
        assert set(told(register_from, {})) == {"format", "jurisdiction"}
        assert set(told(instrument_from, {})) == {"format", "id", "title", "since", "sources"}

    def test_an_unknown_key_like_no_other_brings_the_list_of_those_known(self) -> None:
        problems = faults(zzz=1)
        assert problems["zzz"].startswith("unknown key; known are jurisdiction, sources, ")

    def test_an_unknown_key_is_told_with_what_it_may_mean_in_both_languages(self) -> None:
        (near,) = problems_at(document(evnets=[]), "evnets")
        assert near.message == "unknown key; did you mean 'events'?"
        assert near.message_zh == "未知的键；是否应为'events'？"
        (far,) = problems_at(document(divisions=[{"id": HOME, "name": "区", "zzz": 1}]), "zzz")
        assert far.path == "divisions[0].zzz"
        assert far.message == ("unknown key; known are id, name, level, within, since, until")
        assert far.message_zh == ("未知的键；可用的键有id、name、level、within、since、until")

    def test_unknown_keys_of_one_object_are_all_told(self) -> None:
        assert set(told(register_from, document() | {7: "x", "zzz": 1})) == {"7", "zzz"}

    def test_what_is_missing_is_told_in_both_languages(self) -> None:
        (problem,) = problems_at(document(divisions=[{"id": HOME}]), "divisions[0].name")
        assert problem.message == "is missing: expected a text"
        assert problem.message_zh == "缺少此项：应为文本"

    def test_what_cannot_be_read_is_told_in_both_languages(self) -> None:
        given = document(events=[EVENT | {"headcount": {"persons": "许多人"}}])
        (problem,) = problems_at(given, "events[0].headcount.persons")
        assert problem.message.startswith("cannot read '许多人' as a figure")
        assert problem.message_zh is not None
        assert "许多人" in problem.message_zh
        assert "cannot" not in problem.message_zh

    def test_a_misfit_is_told_in_both_languages(self) -> None:
        given = document(events=[EVENT | {"date": "2018-5-1"}])
        (problem,) = problems_at(given, "events[0].date")
        assert problem.message_zh == "应为写作2018-12-31的日期，实为'2018-5-1'"

    def test_a_wrong_unit_is_told_in_both_languages(self) -> None:
        given = document(reported_figures=[FIGURE | {"indicator": "learning-teams"}])
        (problem,) = problems_at(given, "reported_figures[0].quantity")
        assert problem.message == (
            "expected teams (支), the unit of learning-teams, found person-times"
        )
        assert problem.message_zh == "应以“支”（learning-teams的单位）计，实为“人次”"

    def test_an_unknown_indicator_is_told_in_both_languages(self) -> None:
        given = document(reported_figures=[FIGURE | {"indicator": "learning-team"}])
        (problem,) = problems_at(given, "reported_figures[0].indicator")
        assert problem.message.startswith("no indicator is called 'learning-team'")
        assert problem.message_zh is not None
        assert problem.message_zh != problem.message

    def test_keys_that_are_no_texts_are_told(self) -> None:
        assert set(told(register_from, document() | {7: "x"})) == {"7"}

    def test_the_message_counts_and_lists_all_problems(self) -> None:
        with pytest.raises(InvalidDocument) as caught:
            register_from(document(teams="x", events="y"))
        lines = str(caught.value).splitlines()
        assert lines[0] == "register: 2 problems"
        assert [line.split(":")[0] for line in lines[1:]] == ["  events", "  teams"]

    def test_contradictions_between_fields_are_told_at_the_record(self) -> None:
        problems = faults(
            events=[without(EVENT, "division")],
            reported_figures=[FIGURE | {"yearly": True, "period": {"first": "2018-01-02"}}],
            organisations=[BODY | {"since": "2018-01-01", "until": "2017-01-01"}],
        )
        assert set(problems) == {
            "events[0]",
            "reported_figures[0].period.last",
            "organisations[0].until",
        }

    def test_divisions_in_a_circle_are_told(self) -> None:
        given = document()
        given["divisions"] += [
            {"id": "a", "name": "甲", "level": "township", "within": "b"},
            {"id": "b", "name": "乙", "level": "township", "within": "a"},
        ]
        assert any(path.startswith("divisions[1]") for path in told(register_from, given))


class TestFaultsOfTheLibrary:
    def test_are_not_told_as_faults_of_the_document(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(indicator: str) -> object:
            raise ZeroDivisionError(indicator)

        monkeypatch.setattr(commed.codec.converter, "definition", broken)
        with pytest.raises(ZeroDivisionError):
            register_from(document(reported_figures=[FIGURE | {"indicator": "person-times"}]))

    @pytest.mark.parametrize(
        "error", [RuntimeError("x"), KeyError("x"), ValueError("x"), AttributeError("x")]
    )
    def test_an_error_that_no_document_causes_is_raised_again(self, error: Exception) -> None:
        with pytest.raises(type(error)) as caught:
            list(problems_of(error))
        assert caught.value is error

    def test_a_key_error_counts_as_a_missing_key_only_where_that_key_was_asked(self) -> None:
        missing, other = KeyError("name"), KeyError("else")
        for error in (missing, other):
            error.add_note(AttributeValidationNote("in class x", "name", str))
        assert list(problems_of(missing, "name")) == [
            Problem("name", "is missing: expected a text")
        ]
        with pytest.raises(KeyError):
            list(problems_of(other, "name"))

    def test_a_stack_that_runs_out_is_told_as_nesting(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Exhausted:
            def structure(self, *_: object) -> object:
                raise RecursionError

        monkeypatch.setattr(commed.codec.documents, "CONVERTER", Exhausted())
        assert told(register_from, document()) == {"": "nested too deeply to be read"}

    def test_problems_are_told_from_where_they_stand(self) -> None:
        inner = InvalidValue("x", [Problem("low", "too low"), Problem("", "odd")])
        assert list(problems_of(inner, "figures", 3)) == [
            Problem("figures[3]", "odd"),
            Problem("figures[3].low", "too low"),
        ]
