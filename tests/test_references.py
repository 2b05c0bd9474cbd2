"""References: every key is borne once, and every mention of it leads to its bearer."""

from typing import Annotated, Any

import pytest
from attrs import field, frozen

from commed.checks import Checked, Name, Text, array
from commed.errors import Problem
from commed.references import (
    Collection,
    Identifies,
    Link,
    OrganisationId,
    RefersTo,
    SourceId,
    broken_links,
    links,
    repeated_keys,
)

BEARS = Identifies(Collection.ORGANISATIONS)
NAMES = RefersTo(Collection.ORGANISATIONS)
FILES = Identifies(Collection.SOURCES)
CITES = RefersTo(Collection.SOURCES)


@frozen(kw_only=True)
class Room(Checked):
    seats: int = 10
    keeper: OrganisationId | None = None


@frozen(kw_only=True)
class Paint(Checked):
    colour: Text = "white"


@frozen(kw_only=True)
class House(Checked):
    """A link in a field, in a list, in an optional list, in a part and in a list of parts."""

    id: Annotated[Name, Identifies(Collection.ORGANISATIONS)]
    title: Text = "house"
    source: Annotated[SourceId, "read on site"] | None = None
    partners: tuple[OrganisationId, ...] = field(default=(), converter=array)
    rivals: tuple[OrganisationId, ...] | None = None
    hall: Room | None = None
    rooms: tuple[Room, ...] = field(default=(), converter=array)
    paint: Paint = Paint()
    coats: tuple[Paint, ...] = ()
    size: int | str = 1


LISTS: dict[str, Any] = {"partners": ["h2", "h3"], "rooms": [Room(), Room(keeper="h5")]}
HOUSE = House(id="h1", source="s1", rivals=("h4",), hall=Room(keeper="h1"), **LISTS)
LINKS = [
    Link("id", BEARS, "h1"),
    Link("source", CITES, "s1"),
    Link("partners[0]", NAMES, "h2"),
    Link("partners[1]", NAMES, "h3"),
    Link("rivals[0]", NAMES, "h4"),
    Link("hall.keeper", NAMES, "h1"),
    Link("rooms[1].keeper", NAMES, "h5"),
]


def entry(node: Any, name: str) -> Any:
    """Read a raw document, in which anything may stand anywhere."""
    return node.get(name) if isinstance(node, dict) else None


def test_every_link_of_a_value_is_found_with_its_path() -> None:
    assert list(links(House, HOUSE)) == LINKS


def test_a_raw_document_is_walked_like_a_value() -> None:
    raw = {
        "id": "h1",
        "source": "s1",
        "partners": ["h2", "h3"],
        "rivals": ["h4"],
        "hall": {"keeper": "h1"},
        "rooms": [{}, {"keeper": "h5", "unknown": 1}],
        "paint": {"colour": "h6"},
        "coats": [{"colour": "h7"}],
    }
    assert list(links(House, raw, entry)) == LINKS


def test_a_walk_begins_where_it_is_told() -> None:
    (link, *_) = links(House, HOUSE, path="houses[3]")
    assert link == Link("houses[3].id", BEARS, "h1")


def test_a_raw_document_may_hold_anything() -> None:
    raw = {"id": 5, "partners": "h2", "rivals": None, "hall": 7, "rooms": [None, 3, {"keeper": []}]}
    assert list(links(House, raw, entry)) == []


def mentions(*links: Link) -> list[Problem]:
    """Return what is broken about these links beside a library and a report."""
    bearers = [Link("houses[0].id", BEARS, "library"), Link("sources[0].id", FILES, "report")]
    return list(broken_links([*links, *bearers]))


def test_a_mention_leads_to_its_bearer_wherever_that_stands() -> None:
    assert mentions(Link("keeper", NAMES, "library"), Link("source", CITES, "report")) == []


def test_a_dangling_mention_is_told_with_what_to_do() -> None:
    assert mentions(Link("keeper", NAMES, "x")) == [
        Problem(
            "keeper",
            "expected the key of a record under 'organisations', found 'x': "
            "add that record or mend the key",
        )
    ]


def test_a_slip_of_the_pen_is_told_what_may_have_been_meant() -> None:
    (problem,) = mentions(Link("keeper", NAMES, "libary"))
    assert problem.message.endswith("mend the key; did you mean 'library'?")


def test_a_key_leads_only_to_its_own_kind() -> None:
    (problem,) = mentions(Link("keeper", NAMES, "report"))
    assert problem.path == "keeper"
    assert problem.message.startswith("expected the key of a record under 'organisations'")


def test_where_nothing_of_the_kind_is_recorded_every_mention_dangles() -> None:
    dangling = list(broken_links([Link("a", NAMES, "x"), Link("b", CITES, "y")]))
    assert [problem.path for problem in dangling] == ["a", "b"]


def test_a_key_that_is_borne_twice_is_told_at_each_later_place() -> None:
    bearers = [Link(f"houses[{index}].id", BEARS, key) for index, key in enumerate("aabab")]
    own = "expected a key of its own, found"
    assert list(broken_links(bearers)) == [
        Problem("houses[1].id", f"{own} 'a', as at houses[0].id"),
        Problem("houses[3].id", f"{own} 'a', as at houses[0].id"),
        Problem("houses[4].id", f"{own} 'b', as at houses[2].id"),
    ]


def test_unlike_records_may_bear_the_same_key() -> None:
    assert list(broken_links([Link("a", BEARS, "x"), Link("b", FILES, "x")])) == []


@pytest.mark.parametrize(("keys", "repeated"), [("", []), ("abc", []), ("aba", ["[2]"])])
def test_a_repeated_key_is_told_where_it_comes_again(keys: str, repeated: list[str]) -> None:
    found = repeated_keys((f"[{index}]", key) for index, key in enumerate(keys))
    assert [problem.path for problem in found] == repeated
