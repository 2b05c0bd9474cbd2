"""Problems show nobody: what looks personal is in no message, wherever it stood in a document."""

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from attrs import frozen

from commed.checks import Checked
from commed.codec import read_json, read_toml, register_from
from commed.errors import CommedError, InvalidValue, Problem
from commed.records.learning import LearningEvent
from commed.references import Collection, Identifies, Link, RefersTo, broken_links

PERSONAL = ("13800138000", "11010519491231002X", "li.si@example.com")
Place = tuple[str | int, ...]
HOME = "510112"
REGISTER: dict[str, Any] = {
    "format": "commed.register/1",
    "jurisdiction": HOME,
    "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
    "divisions": [{"id": HOME, "name": "区"}],
    "organisations": [{"id": "centre", "name": "中心", "kind": "centre", "division": HOME}],
    "workstations": [{"id": "station", "name": "站", "division": HOME, "themes": ["书"]}],
    "events": [
        {
            "id": "event",
            "date": "2018-05-01",
            "division": HOME,
            "workstation": "station",
            "minutes": 90,
            "mode": "online",
            "attendances": [{"learner": "甲", "groups": ["elderly"]}, {"learner": "乙"}],
            "headcount": {"persons": "近10人"},
            "source": "text",
        }
    ],
    "plans": [
        {
            "id": "plan",
            "division": HOME,
            "sessions": {"first": "2018-01-05", "rule": "FREQ=WEEKLY;COUNT=9"},
        }
    ],
    "fundings": [
        {
            "id": "money",
            "division": HOME,
            "period": {"first": "2018-01-01", "last": "2018-12-31"},
            "amount": {"interval": {"low": "1/2", "high": 9}, "unit": "yuan"},
            "stage": "budgeted",
        }
    ],
    "reported_figures": [
        {
            "id": "figure",
            "about": "人次",
            "quantity": "70余万人次",
            "indicator": "person-times",
            "division": HOME,
            "stated_on": "2019-01-01",
            "yearly": True,
        }
    ],
    "complete": [{"collection": "divisions", "level": "township"}],
}


def places(node: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    yield place, node
    if isinstance(node, dict | list):
        steps = node.items() if isinstance(node, dict) else enumerate(node)
        for step, value in steps:
            yield from places(value, (*place, step))


def replaced(node: Any, place: Place, value: object) -> Any:
    if not place:
        return value
    result = copy.copy(node)
    result[place[0]] = replaced(node[place[0]], place[1:], value)
    return result


def planted(personal: str) -> Iterator[Any]:
    """Yield the document with the number at each of its places, as whatever may stand there."""
    near = f"{personal[:-1]}{'1' if personal[-1] != '1' else '2'}"
    for place, node in places(REGISTER):
        for value in (
            personal,
            f"张三 {personal}，男",
            f"x{'长' * 30}{personal}{'长' * 30}",
            [personal],
            [[personal], {"a": (personal, 7)}],
            {personal: 1},
            {"a": {personal: [1, personal]}},
            *([int(personal), -int(personal)] if personal.isdigit() else []),
        ):
            yield replaced(REGISTER, place, value)
        if isinstance(node, dict):
            yield replaced(REGISTER, place, node | {personal: 1})
            yield replaced(REGISTER, place, node | {f"tel. {personal}": {}, near: 1, "x": personal})
            for key in node:
                renamed = {(personal if each == key else each): node[each] for each in node}
                yield replaced(REGISTER, place, renamed)
        elif isinstance(node, list):
            yield replaced(REGISTER, place, [*node, personal, personal])


def refusal(make: Callable[[], object]) -> CommedError | None:
    try:
        make()
    except CommedError as error:
        return error
    return None


def rendered(error: CommedError) -> str:
    """Return all that can be seen of an error."""
    parts = [str(error), repr(error), error.told("en"), error.told("zh")]
    parts.append(pickle.dumps(error).decode("utf-8", errors="ignore"))
    if isinstance(error, InvalidValue):
        parts += [error.told(language, len(error.problems)) for language in ("en", "zh")]
        parts += map(repr, error.problems)
    return "\n".join(parts)


@pytest.mark.exhaustive
@pytest.mark.parametrize("personal", PERSONAL)
def test_no_problem_of_a_document_shows_what_looks_personal(personal: str) -> None:
    refused = 0
    assert refusal(lambda: register_from(REGISTER)) is None
    for spoilt in planted(personal):
        error = refusal(lambda spoilt=spoilt: register_from(spoilt))  # type: ignore[misc]
        refused += error is not None
        assert error is None or personal not in rendered(error)
    assert refused > 500


@pytest.mark.parametrize("personal", PERSONAL)
def test_a_reference_and_the_keys_that_come_close_are_shown_without_it(personal: str) -> None:
    """A dangling reference, a key borne twice, a key that another was mistaken for."""
    event = REGISTER["events"][0]
    dangling = REGISTER | {"events": [event | {"workstation": personal, "source": f"{personal} 1"}]}
    twice = REGISTER | {"events": [event | {"id": personal}, event | {"id": personal}]}
    close = REGISTER | {
        "events": [event | {"workstation": f"tel {personal}"}],
        "workstations": [{"id": personal, "name": "站", "division": HOME}],
    }
    for spoilt in (dangling, twice, close):
        error = refusal(lambda spoilt=spoilt: register_from(spoilt))  # type: ignore[misc]
        assert error is not None
        assert "***" in rendered(error)
        assert personal not in rendered(error)


@pytest.mark.parametrize("personal", PERSONAL)
def test_links_are_told_without_what_looks_personal(personal: str) -> None:
    bears, names = Identifies(Collection.TEAMS), RefersTo(Collection.TEAMS)
    found = [
        Link("a", bears, personal),
        Link("b", bears, personal),
        Link("c", names, f"{personal} x"),
        Link("d", names, personal.replace("1", "2", 1)),
    ]
    told = [each.in_language(language) for each in broken_links(found) for language in ("en", "zh")]
    assert len(told) >= 4
    assert not any(personal in each for each in told)


@pytest.mark.parametrize("personal", PERSONAL)
@pytest.mark.parametrize(
    "roster",
    [
        lambda personal: [personal, "a"],
        lambda personal: ["a", personal, personal],
        lambda personal: [[personal]],
        lambda personal: {personal: 1},
        lambda personal: personal,
        lambda personal: [f" {personal}"],
    ],
)
def test_a_roster_of_plain_texts_is_refused_without_showing_one(
    roster: Callable[[str], Any], personal: str
) -> None:
    error = refusal(
        lambda: LearningEvent(
            id="event", date=date(2018, 5, 1), division=HOME, attendances=roster(personal)
        )
    )
    assert isinstance(error, InvalidValue)
    assert personal not in rendered(error)
    assert "attendances" in error.problems[0].path


@pytest.mark.parametrize("personal", PERSONAL)
@pytest.mark.parametrize(
    "text",
    [
        '{{"a": {{"{0}": 1, "{0}": 2}}}}',
        '{{"{0}": {{"b": 1, "b": 2}}}}',
        '{{"a": "{0}"',
        "{0}",
        '{{"a": {0}}}',
    ],
)
def test_a_text_that_is_no_json_is_refused_without_showing_it(text: str, personal: str) -> None:
    error = refusal(lambda: register_from(read_json(text.format(personal))))
    assert error is not None
    assert personal not in rendered(error)


@pytest.mark.parametrize("personal", PERSONAL)
@pytest.mark.parametrize(
    "text",
    [
        '"{0}" = 1\n"{0}" = 2',
        '["{0}"]\n["{0}"]',
        '[a."{0}"]\nb = 1\n[a."{0}"]\nb = 2',
        '[["{0}"]]\n["{0}"]',
        'a = {{"{0}" = 1, "{0}" = 2}}',
        'a = "{0}',
        "a = {0}a",
        '"{0}"',
    ],
)
def test_a_text_that_is_no_toml_is_refused_without_showing_it(text: str, personal: str) -> None:
    error = refusal(lambda: read_toml(text.format(personal)))
    assert error is not None
    assert personal not in rendered(error)


def test_what_points_at_nobody_is_shown_as_it_is() -> None:
    error = refusal(lambda: register_from(REGISTER | {"evens": 1, "jurisdiction": "x"}))
    assert error is not None
    head, unknown, dangling = error.told().splitlines()
    assert head == "register: 2 problems"
    assert dangling.startswith("  jurisdiction: ")
    assert "found 'x': add that record" in dangling
    assert unknown == "  evens: unknown key; did you mean 'events'?"


def test_a_message_of_ones_own_shows_nobody_either() -> None:
    @frozen
    class Call(Checked):
        number: int

        def _contradictions(self) -> Iterable[Problem]:
            yield Problem("number", f"expected no call to {self.number}")

    error = refusal(lambda: Call(13800138000))
    assert error is not None
    assert error.told() == "Call: 1 problem\n  number: expected no call to ***"
    assert error.told("zh") == "Call：1个问题\n  number：expected no call to ***"
