"""Checks: whoever builds a value wrong is told every fault, each at its path."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any

import pytest
from attrs import field, frozen
from hypothesis import example, given
from hypothesis import strategies as st

from commed.checks import (
    AtLeast,
    Checked,
    Impersonal,
    Name,
    NotEmpty,
    Text,
    array,
    check_of,
    described,
    field_types,
    found,
    unwrapped,
)
from commed.errors import InvalidValue, Problem
from commed.labels import Label
from commed.personal import is_personal


class Shade(Enum):
    LIGHT = "light"
    DARK = "dark"


@frozen
class Door(Checked):
    width: int


@frozen(kw_only=True)
class Site(Checked):
    """A field of every kind, and one that the constructor does not take."""

    id: Name = "s1"
    seats: Annotated[int, "any other mark", AtLeast(1)] = 20
    open: bool = True
    since: date = date(2017, 2, 1)
    share: Fraction = Fraction(1, 2)
    shade: Shade = Shade.LIGHT
    door: Door = Door(90)
    size: int | Shade = Shade.DARK
    note: Text | None = None
    floor: Annotated[int, AtLeast(0)] | None = None
    themes: Annotated[tuple[Text, ...], NotEmpty()] = field(default=("history",), converter=array)
    doors: tuple[Door, ...] = field(default=(), converter=array)
    rows: tuple[tuple[int, ...], ...] = ()
    height: int = field(init=False, default=3)

    def _contradictions(self) -> Iterable[Problem]:
        if not self.open and self.seats > 100:
            yield Problem("open", "expected a large site to be open")


def faults(**fields: Any) -> list[str]:
    with pytest.raises(InvalidValue) as caught:
        Site(**fields)
    assert caught.value.subject == "Site"
    return [str(problem) for problem in caught.value.problems]


WRITTEN = "a text without blanks at its ends or control characters"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("id", 5, "id: expected a text, found 5"),
        ("id", None, "id: expected a text, found None"),
        ("id", "", f"id: expected {WRITTEN}, found ''"),
        ("id", " s1", f"id: expected {WRITTEN}, found ' s1'"),
        ("id", "s1\u3000", rf"id: expected {WRITTEN}, found 's1\u3000'"),
        ("id", "s\x001", rf"id: expected {WRITTEN}, found 's\x001'"),
        ("id", "s\n1", rf"id: expected {WRITTEN}, found 's\n1'"),
        ("id", "s\ud8001", rf"id: expected {WRITTEN}, found 's\ud8001'"),
        ("seats", "5", "seats: expected a whole number, found '5'"),
        ("seats", 5.0, "seats: expected a whole number, found 5.0"),
        ("seats", True, "seats: expected a whole number, found True"),
        ("seats", 0, "seats: expected a number of at least 1, found 0"),
        ("open", 1, "open: expected true or false, found 1"),
        ("since", "2017-02-01", "since: expected a date, found '2017-02-01'"),
        (
            "since",
            datetime(2017, 2, 1),  # noqa: DTZ001
            "since: expected a date, found datetime.datetime(2017, 2, 1, 0, 0)",
        ),
        ("share", 0.5, "share: expected an exact number, found 0.5"),
        ("shade", "light", "shade: expected one of 'light', 'dark', found 'light'"),
        ("door", 90, "door: expected a Door, found 90"),
        ("size", "wide", "size: expected a whole number or one of 'light', 'dark', found 'wide'"),
        ("note", 5, "note: expected a text, found 5"),
        ("note", "", f"note: expected {WRITTEN}, found ''"),
        ("floor", "1", "floor: expected a whole number, found '1'"),
        ("floor", -1, "floor: expected a number of at least 0, found -1"),
        ("themes", (), "themes: expected at least one entry, found ()"),
        ("themes", "history", "themes: expected a list, each entry a text, found 'history'"),
        ("themes", b"history", "themes: expected a list, each entry a text, found b'history'"),
        ("themes", {"a": 1}, "themes: expected a list, each entry a text, found {'a': 1}"),
        ("themes", ["a", 5], "themes[1]: expected a text, found 5"),
        ("themes", ["", "a"], f"themes[0]: expected {WRITTEN}, found ''"),
        ("doors", [Door(9), 9], "doors[1]: expected a Door, found 9"),
        (
            "rows",
            [],
            "rows: expected a list, each entry a list, each entry a whole number, found []",
        ),
        ("rows", ((1,), (2, "3")), "rows[1][1]: expected a whole number, found '3'"),
    ],
)
def test_a_fault_says_where_it_is_what_was_expected_and_what_was_found(
    name: str, value: Any, fault: str
) -> None:
    assert faults(**{name: value}) == [fault]


MOBILE = "what looks like a mobile number: '***'"


@frozen
class Sign(Checked):
    words: Label
    below: tuple[Label, ...] = field(default=(), converter=array)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"words": "x"}, ["words: expected a Label, found 'x'"]),
        ({"words": Label(zh=7, en="x")}, ["words.zh: expected a text, found 7"]),  # type: ignore[arg-type]
        (
            {
                "words": Label(zh="一", en="a\x00"),
                "below": [Label(zh="一", en="one"), Label(zh="13800138000", en=" ")],
            },
            [
                f"below[1].en: expected {WRITTEN}, found ' '",
                f"below[1].zh: expected {Impersonal.expected}, found {MOBILE}",
                rf"words.en: expected {WRITTEN}, found 'a\x00'",
            ],
        ),
    ],
)
def test_the_texts_of_a_label_are_held_by_the_record_that_bears_it(
    fields: dict[str, Any], told: list[str]
) -> None:
    with pytest.raises(InvalidValue) as caught:
        Sign(**fields)
    assert [str(problem) for problem in caught.value.problems] == told


def test_a_label_that_is_borne_by_nothing_is_not_held() -> None:
    assert Label(zh="13800138000元", en="13800138000 yuan").zh  # a reason may speak of such a sum


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2028"])
def test_a_text_holds_nothing_that_cannot_be_seen(sign: str) -> None:
    (fault,) = faults(id=f"s{sign}1")
    assert fault.startswith(f"id: expected {WRITTEN}")


@pytest.mark.parametrize("text", ["龙泉驿", "龙泉 驿", "龙泉\u3000驿", "क\u200dष", "😀"])
def test_a_text_may_be_in_any_script(text: str) -> None:
    assert Site(id=text).id == text


@pytest.mark.parametrize("value", [5, None])
def test_what_is_no_list_at_all_is_refused_like_any_other_fault(value: Any) -> None:
    assert faults(themes=value) == [f"themes: expected a list, each entry a text, found {value}"]


def test_all_faults_are_told_at_once() -> None:
    told = faults(id="", seats=0, themes=["", 5], doors=(1, Door(9), 2))
    paths = [fault.partition(":")[0] for fault in told]
    assert paths == ["doors[0]", "doors[2]", "id", "seats", "themes[0]", "themes[1]"]


def test_fields_are_held_against_each_other_once_each_is_right() -> None:
    assert faults(open=False, seats=101) == ["open: expected a large site to be open"]
    assert faults(open=False, seats=101, id=5) == ["id: expected a text, found 5"]


def test_what_is_right_is_kept_as_it_is() -> None:
    lists: dict[str, Any] = {"themes": iter(["history", "crafts"]), "doors": [Door(90)]}
    site = Site(**lists, floor=0, size=3, note="new")
    assert (site.themes, site.doors) == (("history", "crafts"), (Door(90),))
    assert (site.floor, site.size, site.note, site.height) == (0, 3, "new", 3)


def test_a_kind_of_site_is_checked_like_a_site() -> None:
    @frozen(kw_only=True)
    class Hall(Site):
        stage: bool

    stage: Any = "yes"
    with pytest.raises(InvalidValue) as caught:
        Hall(id="", stage=stage)
    assert caught.value.subject == "Hall"
    assert [problem.path for problem in caught.value.problems] == ["id", "stage"]


@pytest.mark.parametrize("value", [3, "x", None])
def test_a_field_may_be_one_of_two_kinds_or_nothing(value: object) -> None:
    assert list(check_of(int | str | None)(value, "size")) == []


def test_a_field_of_two_kinds_or_nothing_is_no_third() -> None:
    (problem,) = check_of(int | str | None)(0.5, "size")
    assert problem == Problem("size", "expected a whole number or a text, found 0.5")


def test_only_what_the_constructor_takes_is_a_field() -> None:
    assert "height" not in field_types(Site)
    assert field_types(Door) == {"width": int}


@pytest.mark.parametrize(
    ("annotation", "plain"),
    [
        (int, int),
        (Text, str),
        (Text | None, str),
        (Annotated[Text | None, "mark"], str),
        (tuple[Text, ...], tuple[Text, ...]),
        (int | str, int | str),
    ],
)
def test_an_annotation_can_be_read_without_its_constraints(annotation: Any, plain: Any) -> None:
    assert unwrapped(annotation) == plain


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Annotated[int, AtLeast(1)] | None, "a whole number"),
        (tuple[Shade, ...], "a list, each entry one of 'light', 'dark'"),
        (int | Door | None, "a whole number or a Door"),
    ],
)
def test_what_is_expected_is_said_in_words(annotation: Any, words: str) -> None:
    assert described(annotation).en == words


@given((st.integers() | st.text() | st.lists(st.text())).filter(lambda v: not is_personal(str(v))))
@example("a  b")
@example("a" * 38)
@example("a" * 39)
def test_a_value_is_shown_short_enough_to_read(value: object) -> None:
    shown = found(value)
    assert len(shown) <= 40
    assert shown == repr(value) or (len(repr(value)) > 40 and repr(value).startswith(shown[:39]))


def test_a_value_is_shown_on_one_line() -> None:
    class Table:
        def __repr__(self) -> str:
            return "a b\n1 2"

    assert "\n" not in found(Table())
