"""The fast way in reads what the careful one reads, and tells of the rest what it tells."""

import gc
import json
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import documents, dump_register, reading, register_from, register_in
from commed.codec.reading import read_json, without_collecting
from commed.codec.swift import Odd, SwiftReader
from commed.codec.versions import REGISTER
from commed.errors import InvalidDocument, Problem
from commed.loading import example, examples
from commed.records.learning import Attendance, LearnerGroup
from commed.register import Register
from commed.testing import FaultyDocument, faulty_documents, registers

laws = settings(deadline=None, max_examples=40)


def came(read: Callable[[Any], object], given: object) -> object:
    """Return what a reader makes of something: a value, or every problem."""
    try:
        return read(given)
    except InvalidDocument as invalid:
        return invalid.problems


def careful(document: object) -> Register:
    return documents._value_from(Register, REGISTER, document)


def careful_with_text(text: str) -> Register:
    return documents._with_care(text)


def swift(document: object) -> Register:
    return documents._swiftly(document, SwiftReader())


def swift_with_text(text: str) -> Register:
    reader = SwiftReader()
    return documents._swiftly(reader.document(text), reader)


# --- registers -------------------------------------------------------------------------


@laws
@given(registers())
def test_a_register_is_read_fast_and_the_same(register: Register) -> None:
    text = json.dumps(dump_register(register))
    document = json.loads(text)
    assert swift(document) == swift_with_text(text) == careful(document) == register


@pytest.mark.parametrize("name", examples())
def test_an_example_is_read_fast_and_the_same(name: str) -> None:
    text = json.dumps(dump_register(example(name)))
    assert swift(json.loads(text)) == swift_with_text(text) == careful_with_text(text)


def test_what_is_plainly_right_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> None:
        pytest.fail("it was read again, with care")

    known: dict[str, Any] = {"headcount": {"persons": 3}, "themes": ["t"]}
    attendances = [{"learner": "a"}, {"learner": "b", "groups": ["elderly"]}]
    document = with_event(minutes=90, mode="online", attendances=attendances)
    document["events"][0] |= known
    register = careful(document)
    monkeypatch.setattr(documents, "_value_from", again)
    assert register_from(document) == register_in(json.dumps(document)) == register


def test_a_line_is_read_fast_and_the_same() -> None:
    one, other = careful(with_event(minutes=90, attendances=[{"learner": "a"}])).events
    plain = with_event(minutes=90, attendances=[{"learner": "a"}])["events"]
    reader = SwiftReader()
    assert [reader.event_line(json.dumps(each)) for each in plain] == [one, other]
    assert reader.attendance_line('{"event": "ok", "learner": "a"}') == ("ok", Attendance("a"))
    grouped = reader.attendance_line('{"event": "b", "learner": "a", "groups": ["elderly"]}')
    assert grouped == ("b", Attendance("a", groups=[LearnerGroup.ELDERLY]))


TWICE = [
    '{"id": "a", "id": "b", "date": "2018-01-01", "division": "510112"}',
    '{"event": "a", "event": "b", "learner": "x"}',
    '{"event": "a", "learner": "x", "groups": [], "groups": ["elderly"]}',
]


@pytest.mark.parametrize("line", ["", "{", "7", "[]", "{}", "[" * 99_999, *TWICE])
def test_a_line_that_is_not_plainly_right_is_odd(line: str) -> None:
    reader = SwiftReader()
    with pytest.raises(Odd):
        reader.event_line(line)
    with pytest.raises(Odd):
        reader.attendance_line(line)


@laws
@given(faulty_documents(registers(), faults=3))
def test_of_a_wrong_register_the_same_is_told_to_the_letter(wrong: FaultyDocument) -> None:
    told = came(register_from, wrong.document)
    assert told == came(careful, wrong.document)
    assert isinstance(told, tuple)
    text = json.dumps(wrong.document)
    assert came(register_in, text) == came(careful_with_text, text)


ODD_EVENTS: list[Any] = [
    {"date": "2018-02-30"},
    {"date": 20180101},
    {"date": None},
    {"minutes": 0},
    {"minutes": True},
    {"minutes": 10**41},
    {"minutes": "90"},
    {"mode": "by-post"},
    {"mode": ["online"]},
    {"headcount": 5},
    {"headcount": {"persons": 1}, "attendances": [{"learner": "a"}, {"learner": "b"}]},
    {"attendances": None},
    {"attendances": ["a"]},
    {"attendances": {"learner": "a"}},
    {"attendances": [{"learner": "a"}, {"learner": "a"}]},
    {"attendances": [{"learner": 7}]},
    {"attendances": [{"learner": True}]},
    {"attendances": [{"learner": ["a"]}]},
    {"attendances": [{"learner": " a"}]},
    {"attendances": [{"name": "a"}]},
    {"attendances": [{}]},
    {"attendances": [[]]},
    {"attendances": [{"learner": "a", "note": "b"}]},
    {"attendances": [{"learner": "a", "groups": "elderly"}]},
    {"attendances": [{"learner": "a", "groups": {"elderly": 1}}]},
    {"attendances": [{"learner": "a", "groups": ["old"]}]},
    {"attendances": [{"learner": "a", "groups": [["elderly"]]}]},
    {"attendances": [{"learner": "a", "groups": ["elderly", "elderly"]}]},
    {"attendances": [{"learner": "a", "groups": [], "note": "b"}]},
    {"themes": "themes"},
    {"themes": {"a": 1}},
    {"themes": [1]},
    {"themes": None},
    {"division": "nowhere"},
    {"division": 510112},
    {"id": "ok"},
    {"id": None},
    {"surprise": 1},
    {7: 1},
]


def with_event(**more: Any) -> dict[str, Any]:
    place = {"id": "510112", "name": "区", "level": "county"}
    good = {"id": "ok", "date": "2018-01-01", "division": "510112"}
    other = {"id": "other", "date": "2018-01-02", "division": "510112"} | more
    return {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [place],
        "events": [good, other],
    }


@pytest.mark.parametrize("odd", ODD_EVENTS, ids=str)
def test_what_is_odd_about_an_event_is_told_by_the_careful_way(odd: dict[Any, Any]) -> None:
    document = with_event()
    document["events"][1] |= odd
    told = came(register_from, document)
    assert isinstance(told, tuple)
    assert told == came(careful, document)
    assert all(isinstance(problem, Problem) for problem in told)
    text = json.dumps(document)
    assert came(register_in, text) == came(careful_with_text, text)


GOOD_EVENTS: list[dict[str, Any]] = [
    {},
    {"minutes": 90, "mode": "online", "themes": ["a", "b"], "title": "t", "note": "n"},
    {"minutes": None, "mode": None, "headcount": None, "team": None},
    {"attendances": []},
    {"attendances": [{"learner": "a"}, {"learner": "b", "groups": None}]},
    {"attendances": [{"learner": "a", "groups": []}, {"learner": "b", "groups": ["elderly"]}]},
    {"headcount": {"persons": "40余人"}, "attendances": [{"learner": "a"}]},
]


@pytest.mark.parametrize("good", GOOD_EVENTS, ids=str)
def test_a_good_event_is_read_the_same(good: dict[str, Any]) -> None:
    document = with_event(**good)
    assert register_from(document) == careful(document) == register_in(json.dumps(document))


@pytest.mark.parametrize(
    "wrong", ["", "{", "[]", "7", '{"format": "commed.register/1"}', "[" * 99_999]
)
def test_of_a_text_that_holds_no_register_the_same_is_told(wrong: str) -> None:
    assert came(register_in, wrong) == came(careful_with_text, wrong)


@pytest.mark.parametrize(
    "change",
    [
        ('"id": "ok"', '"id": "ok", "id": "ok"'),
        ('"learner": "a"', '"learner": "a", "learner": "a"'),
        ('"name": "\\u533a"', '"learner": "a"'),
        ('"divisions": [{', '"divisions": [{"learner": "a"}, {'),
        ('[{"learner": "a"}]', '{"learner": "a"}'),
        ('{"learner": "a"}', '"a"'),
    ],
    ids=str,
)
def test_of_a_text_that_is_odd_the_same_is_told(change: tuple[str, str]) -> None:
    text = json.dumps(with_event(attendances=[{"learner": "a"}]))
    assert change[0] in text
    odd = text.replace(*change)
    told = came(register_in, odd)
    assert isinstance(told, tuple)
    assert told == came(careful_with_text, odd)


@pytest.mark.parametrize("events", [None, {}, "events", [None], [[]], [7], [{"id": 1}]], ids=str)
def test_what_are_no_events_is_left_to_the_converter(events: object) -> None:
    with pytest.raises(Odd):
        SwiftReader().events(events)


def test_a_learner_who_comes_often_is_one_attendance() -> None:
    rosters = [[{"learner": "a"}], [{"learner": "a"}], [{"learner": "a", "groups": ["elderly"]}]]
    plain = [
        {"id": str(number), "date": "2018-01-01", "division": "x", "attendances": roster}
        for number, roster in enumerate(rosters)
    ]
    once, again, grouped = (event.attendances[0] for event in SwiftReader().events(plain))
    assert once is again
    assert once == Attendance("a")
    assert grouped != once


def test_a_document_without_a_format_is_left_to_the_careful_way() -> None:
    document = with_event()
    del document["format"]
    assert came(register_from, document) == came(careful, document)


# --- JSON ------------------------------------------------------------------------------

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
trees = st.recursive(
    scalars,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts),
    max_leaves=12,
)
layouts: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 2]),
        "separators": st.sampled_from([None, (",", ":"), (" , ", " : "), (",\n", "\t:")]),
        "ensure_ascii": st.booleans(),
    }
)


@laws
@given(trees, layouts)
def test_a_text_is_read_fast_and_the_same(tree: Any, layout: dict[str, Any]) -> None:
    text = json.dumps(tree, **layout)
    assert (read_json(text), []) == reading._read_with_care(text) == (tree, [])


repeating = st.recursive(
    scalars.map(json.dumps),
    lambda parts: (
        st.lists(parts, max_size=3).map(lambda each: f"[{','.join(each)}]")
        | st.lists(
            st.tuples(
                st.sampled_from(["a", "b", 'c":', "\\", "", " ", '":"']),
                st.sampled_from([":", " :", "\n: "]),
                parts,
            ),
            max_size=3,
        ).map(lambda each: "{" + ",".join(json.dumps(k) + c + v for k, c, v in each) + "}")
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=300)
@given(repeating)
def test_a_key_that_stands_twice_is_never_missed(text: str) -> None:
    document, repeated = reading._read_with_care(text)
    in_order = InvalidDocument("JSON", repeated).problems
    assert came(read_json, text) == (in_order or document)
    assert document == json.loads(text)


def test_a_key_that_stands_twice_hides_no_other_problem() -> None:
    event = '{"id": "e", "date": "2018", "date": "2018-01-01", "minutes": 5, "minutes": 0}'
    text = f"""{{"format": "commed.register/1", "format": "x", "jurisdiction": "510112",
        "divisions": [{{"id": "510112", "name": "区"}}], "events": [{event}]}}"""
    with pytest.raises(InvalidDocument) as of_another_kind:
        register_in(text)
    in_event = [
        "events[0]: the key 'date' stands twice in one object: keep one",
        "events[0]: the key 'minutes' stands twice in one object: keep one",
    ]
    assert [str(problem) for problem in of_another_kind.value.problems] == [
        "the key 'format' stands twice in one object: keep one",
        *in_event,
        "format: expected 'commed.register/1', found 'x'",
    ]
    with pytest.raises(InvalidDocument) as of_a_register:
        register_in(text.replace(', "format": "x"', ""))
    assert [str(problem) for problem in of_a_register.value.problems] == [
        *in_event,
        "events[0].minutes: expected a number of at least 1, found 0",
    ]


def test_a_key_that_stands_twice_is_refused_where_nothing_else_is_wrong() -> None:
    text = json.dumps(dump_register(example("longquanyi-2019")))
    with pytest.raises(InvalidDocument) as caught:
        register_in(text.replace("{", '{"format": "commed.register/1", ', 1))
    assert str(caught.value) == (
        "register: 1 problem\n  the key 'format' stands twice in one object: keep one"
    )


@laws
@given(st.text(alphabet='{}[]":,\\ 01e-.abntrufls', max_size=20))
def test_of_what_is_no_json_the_same_is_told(text: str) -> None:
    def with_care(text: str) -> object:
        document, repeated = reading._read_with_care(text)
        return InvalidDocument("JSON", repeated).problems or document

    assert repr(came(read_json, text)) == repr(came(with_care, text))


# --- the collector ---------------------------------------------------------------------


@pytest.fixture
def collector() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("given", ['{"a": 1}', "{", '{"a": 1, "a": 1}'])
def test_the_collector_is_left_as_it_was(given: str, *, is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()
    came(read_json, given)
    came(register_from, with_event())
    came(register_from, with_event(id=None))
    assert gc.isenabled() is is_on


@pytest.mark.usefixtures("collector")
def test_it_is_paused_while_something_is_read() -> None:
    gc.enable()
    seen: list[bool] = []
    with without_collecting():
        seen.append(gc.isenabled())
        thread = Thread(target=lambda: came(read_json, "[]"))
        thread.start()
        thread.join()
        seen.append(gc.isenabled())
    assert (seen, gc.isenabled()) == ([False, False], True)
