"""Places: a code tells the rank of a division and what it lies in."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.places import Division, DivisionCode, Level, division_id

parts = st.tuples(
    *(st.sampled_from(["00", "01", "12", "51"]) for _ in range(3)),
    *(st.sampled_from(["000", "001", "120"]) for _ in range(2)),
)
digits = st.tuples(parts, st.sampled_from([3, 4, 5])).map(
    lambda drawn: "".join(drawn[0][: drawn[1]])
)


def is_code(text: str) -> bool:
    try:
        DivisionCode(text)
    except InvalidValue:
        return False
    return True


def ancestry(code: DivisionCode) -> Iterator[DivisionCode]:
    step: DivisionCode | None = code
    while step is not None:
        yield step
        step = step.parent


def faults(**fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        Division(**fields)
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("510000", Level.PROVINCE, None),
        ("510100", Level.CITY, "510000"),
        ("510112", Level.COUNTY, "510100"),
        ("510112001", Level.TOWNSHIP, "510112"),
        ("510112001003", Level.COMMUNITY, "510112001"),
        ("441900003", Level.TOWNSHIP, "441900"),
        ("810000", Level.PROVINCE, None),
    ],
)
def test_a_code_tells_its_level_and_its_parent(code: str, level: Level, parent: str | None) -> None:
    division = DivisionCode(code)
    assert division.level is level
    assert division.parent == (parent and DivisionCode(parent))
    assert str(division) == code


@given(digits.filter(is_code).map(DivisionCode))
def test_every_code_descends_from_a_province(code: DivisionCode) -> None:
    lineage = list(ancestry(code))
    assert lineage[-1].level is Level.PROVINCE
    assert all(outer.level.is_above(inner.level) for inner, outer in pairwise(lineage))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "51011",
        "5101120",
        "51011200100",
        "5101120010030",
        "000000",
        "010112",
        "910112",
        "510012",
        "510112000",
        "510112001000",
        "510112000000",
        "51011a",
        " 510112",
        "-51011",
        "５１０１１２",
    ],
)
def test_what_is_no_code_is_refused_and_shown(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        DivisionCode(text)
    (problem,) = caught.value.problems
    assert problem.message.startswith("expected a division code: 6 digits (GB/T 2260)")
    assert problem.message.endswith(f"found {text!r}")


@pytest.mark.parametrize("text", ["510012001", "510112000001", "510012001001"])
def test_a_code_below_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected a division code"):
        DivisionCode(text)


def test_a_code_is_a_text() -> None:
    number: Any = 510112
    with pytest.raises(InvalidValue, match="digits: expected a text, found 510112"):
        DivisionCode(number)


def test_codes_are_ordered_from_the_outside_in() -> None:
    codes = [DivisionCode(text) for text in ("510112001", "510112", "510113", "510100")]
    assert [str(code) for code in sorted(codes)] == ["510100", "510112", "510112001", "510113"]


def test_each_level_is_above_those_that_follow() -> None:
    ranks = list(Level)
    assert [level.below for level in ranks] == [*ranks[1:], None]
    for height, upper in enumerate(ranks):
        assert [upper.is_above(lower) for lower in ranks] == [
            height < depth for depth in range(len(ranks))
        ]


def test_a_division_is_named_by_its_key_or_its_code() -> None:
    assert division_id("510112") == division_id(DivisionCode("510112")) == "510112"


def test_a_division_takes_its_level_from_its_code() -> None:
    division = Division(id=DivisionCode("510112"), name="龙泉驿区")
    assert division == Division(id="510112", name="龙泉驿区", level=Level.COUNTY)
    assert (division.id, division.code) == ("510112", DivisionCode("510112"))


def test_a_division_without_a_code_says_its_level_and_where_it_lies() -> None:
    within = DivisionCode("510112")
    division = Division(id="dongshan", name="东山社区", level=Level.COMMUNITY, within=within)
    assert (division.level, division.within, division.code) == (Level.COMMUNITY, "510112", None)
    ((path, message),) = faults(id="dongshan", name="东山社区")
    assert path == "level"
    assert message.startswith("expected one of 'province', 'city', 'county'")


def test_a_level_that_contradicts_the_code_is_refused() -> None:
    assert faults(id="510112", name="龙泉驿区", level=Level.CITY) == [
        ("level", "expected 'county', as the code says, found 'city'")
    ]


@pytest.mark.parametrize("key", ["5101", "510112000", "５１０１１２", "²"])
def test_a_key_of_digits_alone_is_held_to_be_a_code(key: str) -> None:
    ((path, message),) = faults(id=key, name="龙泉驿区", level=Level.COUNTY)
    assert path == "id"
    assert message.startswith("expected a division code")
    assert message.endswith(f"found {key!r}")


def test_every_fault_of_a_division_is_told_at_once() -> None:
    assert [path for path, _ in faults(id=510112, name="", within=5)] == [
        "id",
        "level",
        "name",
        "within",
    ]


@pytest.mark.parametrize("within", ["", " 510112"])
def test_what_a_division_lies_within_is_a_key(within: str) -> None:
    ((path, _),) = faults(id="510112", name="龙泉驿区", within=within)
    assert path == "within"
