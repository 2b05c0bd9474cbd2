"""Errors: every problem at once, each at its path, in the order a reader would look."""

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commed.errors import CommedError, InvalidDocument, InvalidValue, Problem

fields = st.sampled_from(["events", "place", "learner"])
steps = fields | st.integers(0, 12)
paths = st.lists(steps).map(lambda parents: Problem("", "wrong").under(*parents).path)


@pytest.mark.parametrize(
    ("parents", "path", "seen"),
    [
        ((), "date", "date"),
        (("events",), "date", "events.date"),
        (("events", 3), "date", "events[3].date"),
        (("events", 3, "attendances", 0), "learner", "events[3].attendances[0].learner"),
        (("rows",), "[2].name", "rows[2].name"),
        ((1,), "[2]", "[1][2]"),
        (("events", 3), "", "events[3]"),
        ((3,), "", "[3]"),
    ],
)
def test_a_path_reads_like_python(parents: tuple[str | int, ...], path: str, seen: str) -> None:
    assert Problem(path, "wrong").under(*parents) == Problem(seen, "wrong")


@given(outer=st.lists(steps), inner=st.lists(steps), path=paths)
def test_going_out_twice_is_going_out_further(
    outer: list[str | int], inner: list[str | int], path: str
) -> None:
    problem = Problem(path, "wrong")
    assert problem.under(*inner).under(*outer) == problem.under(*outer, *inner)


def test_a_problem_says_where_it_is_unless_it_is_of_the_whole() -> None:
    assert str(Problem("date", "expected a date")) == "date: expected a date"
    assert str(Problem("", "expected a table")) == "expected a table"


def test_every_problem_stands_in_the_message() -> None:
    one = InvalidValue("Site", [Problem("name", "expected a text")])
    two = InvalidValue("Site", [Problem("seats", "expected a number"), Problem("", "is closed")])
    assert str(one) == "Site: 1 problem\n  name: expected a text"
    assert str(two) == "Site: 2 problems\n  is closed\n  seats: expected a number"


@given(st.permutations(["", "events[2].date", "events[2].place", "events[10].date", "name"]))
def test_problems_stand_in_reading_order(shuffled: list[str]) -> None:
    error = InvalidValue("Register", [Problem(path, "wrong") for path in shuffled])
    in_order = ["", "events[2].date", "events[2].place", "events[10].date", "name"]
    assert [problem.path for problem in error.problems] == in_order


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000))))
def test_entries_are_ordered_by_number(cells: list[tuple[int, int]]) -> None:
    error = InvalidValue("table", [Problem(f"[{row}][{cell}]", "wrong") for row, cell in cells])
    in_order = [f"[{row}][{cell}]" for row, cell in sorted(cells)]
    assert [problem.path for problem in error.problems] == in_order


@given(st.lists(st.text()))
@example(["²", "2"])
@example(["9" * 5000, "10"])
def test_any_key_of_a_document_can_be_a_path(keys: list[str]) -> None:
    error = InvalidDocument("Register", [Problem(key, "unknown key") for key in keys])
    assert sorted(problem.path for problem in error.problems) == sorted(keys)


@pytest.mark.parametrize("kind", [InvalidValue, InvalidDocument])
def test_an_error_survives_pickling(kind: type[InvalidValue]) -> None:
    error = kind(
        "Site", [Problem("seats", "expected a number"), Problem("name", "expected a text")]
    )
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - these bytes are our own
    assert type(copy) is kind
    assert (copy.subject, copy.problems, str(copy)) == (error.subject, error.problems, str(error))


def test_an_invalid_document_can_be_caught_as_what_it_is() -> None:
    assert issubclass(InvalidDocument, InvalidValue)
    assert issubclass(InvalidValue, CommedError)
    assert issubclass(InvalidValue, ValueError)
