"""Lines of text: none is too wide, nothing is lost, and no mark stands where none may."""

import re

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.compliance import Verdict
from commed.report.lines import Lines, wrapped
from commed.report.page import Page

SIGNS = "ab-1 ，。（）「」龙泉驿区、 "
CLOSING = "，。）」、"


def lines(width: int = 30, *, colour: bool = False) -> Lines:
    return Lines(Page("en"), width, colour=colour)


@given(st.text(SIGNS, max_size=60), st.integers(8, 40), st.integers(0, 4))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int, indent: int) -> None:
    found = wrapped(text, width, rest=" " * indent)
    assert all(wcwidth.width(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


WORDS = ["ab", "龙", "泉，", "驿。", "c、", " 区", " de）", "“区”"]


@given(st.lists(st.sampled_from(WORDS)).map("".join))
def test_no_line_begins_with_a_mark_that_closes_what_stands_before(text: str) -> None:
    assert not [line for line in wrapped(text, 9) if line[0] in f"{CLOSING}”"]


@settings(max_examples=50)
@given(st.text(max_size=40), st.integers(2, 20))
def test_any_text_ends(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two three", ["one two", "three"]),
        ("  one", ["  one"]),
        ("one  two", ["one  two"]),
        ("one-two-three", ["one-two-", "three"]),
        ("甲乙丙丁戊", ["甲乙丙丁", "戊"]),
        ("甲乙丙丁，戊", ["甲乙丙", "丁，戊"]),
        ("甲乙丙（丁）", ["甲乙丙", "（丁）"]),
        ("甲乙word丙", ["甲乙word", "丙"]),
        ("甲乙words丙", ["甲乙", "words丙"]),
        ("one\ntwo", ["one two"]),
        ("e\u0301" * 9, ["e\u0301" * 8, "e\u0301"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_line_breaks_where_a_writer_would_break_it(text: str, shown: list[str]) -> None:
    assert wrapped(text, 8) == shown


def test_what_goes_on_is_indented() -> None:
    assert wrapped("one two", 5, "- ", "  ") == ["- one", "  two"]


class TestColumns:
    def test_the_second_cells_stand_below_each_other(self) -> None:
        written = lines()
        written.columns([("a", "one"), ("甲乙", "two three four five six seven")], 2)
        assert written.text == ("  a     one\n  甲乙  two three four five\n        six seven\n")

    def test_a_first_cell_that_is_too_wide_has_the_second_below(self) -> None:
        written = lines(20)
        written.columns([("a", "one"), ("much-too-wide-for-it", "two")])
        assert written.text == "a  one\nmuch-too-wide-for-it\n   two\n"

    def test_there_may_be_none(self) -> None:
        written = lines()
        written.columns([])
        assert written.text == ""


class TestColour:
    def test_it_takes_no_room(self) -> None:
        plain, coloured = lines(20), lines(20, colour=True)
        for written in (plain, coloured):
            told = written.verdict(Verdict.NOT_MET, "not met, a breach")
            written.write(f"art. 6  {told}  [text]")
            written.heading("A heading that goes on below")
        assert re.sub(r"\x1b\[[0-9;]+m", "", coloured.text) == plain.text
        assert "\x1b[1;31mnot met" in coloured.text
        assert "\x1b" not in plain.text

    @pytest.mark.parametrize("verdict", Verdict)
    def test_each_verdict_has_one(self, verdict: Verdict) -> None:
        assert re.fullmatch(r"\x1b\[[0-9;]+mx\x1b\[0m", lines(colour=True).verdict(verdict, "x"))
