"""Events and attendances in JSON Lines give the register that one document gives, problems too."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from commed.codec import Lines, dump_register, register_from, register_with_lines
from commed.codec import lines as codec_lines
from commed.errors import InvalidDocument
from commed.loading import load_register
from commed.register import Register
from commed.testing import registers

PLACE = {"id": "510112", "name": "区", "level": "county"}
SEAT = {"event": "a", "learner": "x"}
REST: dict[str, Any] = {
    "format": "commed.register/1",
    "jurisdiction": "510112",
    "divisions": [PLACE],
}


def event(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "date": "2018-01-01", "division": "510112"} | more


def lines(name: str, *entries: object) -> Lines:
    texts = [each if isinstance(each, str) else json.dumps(each) for each in entries]
    return Lines(name, lambda: iter([f"{text}\n" for text in texts]))


def told(document: dict[str, Any], *beside: Lines) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as invalid:
        register_with_lines(document, *beside)
    return {problem.path: problem.message for problem in invalid.value.problems}


@settings(deadline=None, max_examples=50)
@given(registers())
def test_what_stands_beside_is_as_what_stands_inside(register: Register) -> None:
    rest = json.loads(json.dumps(dump_register(register)))
    events = rest.pop("events", [])
    attendances = [
        {"event": each["id"], **seat} for each in events for seat in each.pop("attendances", [])
    ]
    beside = lines("events", *events), lines("attendances", *attendances)
    assert register_with_lines(rest, *beside) == register
    assert register_with_lines(rest | {"events": events}, lines("none"), beside[1]) == register


def test_rosters_grow_at_their_end_and_blank_lines_are_none() -> None:
    own = event("a", attendances=[{"learner": "x"}])
    seats = [
        {"event": "a", "learner": "y", "groups": ["elderly"]},
        "",
        {"event": "b", "learner": "x"},
    ]
    found = register_with_lines(
        REST | {"events": [own]}, lines("events", event("b")), lines("seats", *seats)
    )
    assert [[seat.learner for seat in each.attendances] for each in found.events] == [
        ["x", "y"],
        ["x"],
    ]


def test_what_is_plainly_right_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def again() -> None:
        pytest.fail("it was read again, with care")

    monkeypatch.setattr(codec_lines, "_Care", again)
    own = event("a", attendances=[{"learner": "x"}])
    seats = lines("s", SEAT | {"learner": "y"}, SEAT | {"event": "b"})
    found = register_with_lines(
        REST | {"events": [own]}, lines("e", event("b"), event("c", minutes=90)), seats
    )
    whole = [
        event("a", attendances=[{"learner": "x"}, {"learner": "y"}]),
        event("b", attendances=[{"learner": "x"}]),
        event("c", minutes=90),
    ]
    assert found == register_from(REST | {"events": whole})


@pytest.mark.parametrize("end", ["", "\r", " \t"])
def test_a_line_may_end_in_what_json_takes_for_blank(end: str) -> None:
    assert register_with_lines(REST, lines("e", json.dumps(event("a")) + end)).events


@pytest.mark.parametrize("end", ["\u3000", "\x0b", "\u2028", "\ufeff", "x", "X"])
def test_what_stands_after_the_object_of_a_line_is_told_with_its_column(end: str) -> None:
    line = json.dumps(event("a"))
    problems = told(REST, lines("e", event("b"), line + end))
    assert problems == {"e:2": f"line 1 column {len(line) + 1}: Extra data"}


def test_what_breaks_off_at_the_end_of_a_line_is_told_on_that_line() -> None:
    assert told(REST, lines("e", "[[[")) == {"e:1": "line 1 column 4: Expecting value"}


def test_every_problem_is_told_at_its_line() -> None:
    events = lines(
        "e.jsonl",
        event("b", minutes=0),
        "{",
        "7",
        "",
        event("c", attendances=[{"learner": " x"}]),
        '{"id": "d", "id": "d"}',
        event("a"),
    )
    seats = lines(
        "s.jsonl",
        {"event": "c", "learner": 7},
        {"event": "nowhere", "learner": "x"},
        {"learner": "x"},
        {"event": "a", "learner": "x", "surprise": 1},
        [],
        {"event": "a", "learner": "y"},
    )
    problems = told(REST | {"events": [event("a", mode="by-post")], "surprise": 1}, events, seats)
    assert set(problems) == {
        "surprise",
        "events[0].mode",
        "e.jsonl:1.minutes",
        "e.jsonl:2",
        "e.jsonl:3",
        "e.jsonl:5.attendances[0].learner",
        "e.jsonl:6",
        "e.jsonl:6.date",
        "e.jsonl:7.id",
        "s.jsonl:1.learner",
        "s.jsonl:2.event",
        "s.jsonl:3.event",
        "s.jsonl:4.surprise",
        "s.jsonl:5",
    }


def test_a_learner_twice_at_one_event_is_told_at_both_places() -> None:
    own = event("a", attendances=[{"learner": "x"}])
    problems = told(
        REST | {"events": [own]}, lines("e"), lines("s", {"event": "a", "learner": "x"})
    )
    assert set(problems) == {"events[0].attendances[0].learner", "s:1.learner"}


@pytest.mark.parametrize("events", [None, 7, {"a": 1}, [None], [{"attendances": 7, "id": "a"}]])
def test_a_document_whose_own_events_are_wrong_is_told_so(events: object) -> None:
    problems = told(
        REST | {"events": events}, lines("e"), lines("s", {"event": "a", "learner": "x"})
    )
    assert any(path.startswith("events") for path in problems)


def test_an_attendance_of_no_event_alone_is_told() -> None:
    assert told(REST, lines("e"), lines("s", SEAT)) == {
        "s:1.event": "expected the key of an event that is listed, found 'a'"
    }


@pytest.mark.parametrize("key", [7, None, ["a"], {"a": "a"}])
def test_an_event_is_named_by_a_text(key: object) -> None:
    problems = told(REST, lines("e", event("a")), lines("s", SEAT | {"event": key}))
    assert problems == {"s:1.event": f"expected the key of an event that is listed, found {key!r}"}


@pytest.mark.parametrize("key", [7, None, ["a"], {"a": "a"}])
def test_what_names_no_event_is_told_beside_other_faults(key: object) -> None:
    problems = told(REST, lines("e", event("a")), lines("s", "7", SEAT | {"event": key}))
    assert set(problems) == {"s:1", "s:2.event"}


def test_what_is_wrong_with_the_lines_is_told_of_the_register_in_both_languages() -> None:
    with pytest.raises(InvalidDocument) as invalid:
        register_with_lines(REST, lines("e", "7"), lines("s", SEAT))
    assert invalid.value.told() == (
        "register: 2 problems\n"
        "  e:1: expected an object, found 7\n"
        "  s:1.event: expected the key of an event that is listed, found 'a'"
    )
    assert invalid.value.told("zh") == (
        "register：2个问题\n  e:1：应为对象，实为7\n  s:1.event：应为已列出的活动的标识，实为'a'"
    )


def test_what_is_wrong_with_document_and_lines_is_told_of_the_register() -> None:
    with pytest.raises(InvalidDocument, match=r"^register: 2 problems\n  e:1: .*\n  surprise: "):
        register_with_lines(REST | {"surprise": 1}, lines("e", "7"))


def test_a_wrong_seat_of_an_event_that_no_line_names_is_told_where_it_stands() -> None:
    wrong = {"attendances": [{"learner": 7}, {"learner": "x"}, {"learner": 8}]}
    events = lines("e", event("b", **wrong), event("c"))
    seats = lines("s", {"event": "c", "learner": "x"})
    assert set(told(REST | {"events": [event("a", **wrong)]}, events, seats)) == {
        "events[0].attendances[0].learner",
        "events[0].attendances[2].learner",
        "e:1.attendances[0].learner",
        "e:1.attendances[2].learner",
    }


def test_attendances_after_one_at_an_event_whose_own_are_no_list_are_told() -> None:
    seats = lines("s", SEAT, SEAT | {"event": "nowhere"}, {"event": "b", "learner": 7})
    problems = told(REST, lines("e", event("a", attendances=7), event("b")), seats)
    assert set(problems) == {"e:1.attendances", "s:2.event", "s:3.learner"}


@pytest.mark.parametrize("learner", [7, None, " x", ["x"]])
def test_a_wrong_attendance_alone_is_told(learner: object) -> None:
    seat = {"event": "a", "learner": learner}
    assert set(told(REST, lines("e", event("a")), lines("s", seat))) == {"s:1.learner"}


def test_what_is_odd_but_right_is_read_as_well() -> None:
    seat = {"learner": "x", "groups": None}
    found = register_with_lines(REST, lines("e", event("a", attendances=[seat])))
    assert [each.learner for each in found.events[0].attendances] == ["x"]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return file

    return write


def test_files_are_read_as_they_stand(written: Callable[[str, str], Path]) -> None:
    rest = written("rest.json", json.dumps(REST))
    events = written("e.jsonl", json.dumps(event("a")) + "\n" + json.dumps(event("b")))
    seats = written("s.jsonl", '{"event": "b", "learner": "x"}\n')
    whole = REST | {"events": [event("a"), event("b", attendances=[{"learner": "x"}])]}
    assert load_register(rest, events=events, attendances=seats) == register_from(whole)
    assert load_register(REST, events=events) == register_from(
        REST | {"events": [event("a"), event("b")]}
    )


def test_a_file_that_is_no_utf8_is_told(written: Callable[[str, str], Path]) -> None:
    with pytest.raises(InvalidDocument, match="expected text in UTF-8; byte 0 is not"):
        load_register(REST, events=written("e.jsonl", "\udcff\n"))
