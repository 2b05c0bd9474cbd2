"""Whatever a register holds goes through tables unchanged, in a workbook and in CSV files."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example as for_example
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from commed.codec import dump_register, register_from
from commed.loading import example, examples, load_register
from commed.places import Division
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.resources import Staffing, StaffRole
from commed.records.statements import ReportedFigure
from commed.register import Register
from commed.sources import Source, TextStatus
from commed.tables import TooLarge, write_tables
from commed.tables.gathering import gathered
from commed.tables.grids import Grid
from commed.tables.laying import rows
from commed.tables.layout import Sheet, sheets
from commed.testing import registers

HOME, ON = "510112", date(2018, 3, 2)
FORMS = pytest.mark.parametrize("ending", [".xlsx", ""], ids=["workbook", "folder"])
NUMBERS = count()
FORMULAS = ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "'quoted", "''", "#N/A"]
ODD = ["_x0041_", "_x005F_", "_x000D_", "x005F_", "\uffff", "a\ufffe_xFFFF_", "否", "无", "#"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def a_register(**lists: Any) -> Register:
    return Register(jurisdiction=HOME, divisions=[Division(id=HOME, name="龙泉驿区")], **lists)


def through_tables(register: Register, place: Path, ending: str) -> Register:
    path = place / f"register-{next(NUMBERS)}{ending}"
    write_tables(register, path)
    return load_register(path)


def grid(sheet: Sheet, document: dict[str, Any]) -> Grid:
    def numbered() -> Iterator[tuple[int, Sequence[Any]]]:
        head = [column.heading.en for column in sheet.columns]
        yield from enumerate([head, *rows(sheet, document)], start=1)

    return Grid(sheet.name.en, sheet.name.en, numbered())


@settings(max_examples=20)
@given(register=registers())
def test_what_is_laid_out_is_gathered(register: Register) -> None:
    document = dump_register(register)
    read = gathered([grid(sheet, document) for sheet in sheets()], register_from)
    assert read == register
    assert dump_register(read) == document


@FORMS
@settings(max_examples=3)
@given(register=registers())
def test_a_register_is_read_as_it_was_written(place: Path, ending: str, register: Register) -> None:
    read = through_tables(register, place, ending)
    assert read == register
    assert dump_register(read) == dump_register(register)


@FORMS
@pytest.mark.parametrize("name", examples())
def test_the_examples_are_read_as_they_were_written(place: Path, ending: str, name: str) -> None:
    assert through_tables(example(name), place, ending) == example(name)


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Z"], exclude_characters="@"), min_size=1
)


@FORMS
@settings(max_examples=2)
@given(texts=st.lists(TEXTS, min_size=1, max_size=200))
@for_example(texts=[*FORMULAS, *ODD])
def test_every_text_stays_as_it_is(place: Path, ending: str, texts: list[str]) -> None:
    teams = [
        LearningTeam(id=f"t{number}", name=text, division=HOME, themes=[text, *texts[:3]])
        for number, text in enumerate(texts)
    ]
    register = a_register(teams=teams)
    assert through_tables(register, place, ending) == register


COUNTS: Sequence[int | str] = (
    0,
    300,
    "300",
    "40余人",
    10**15 - 1,
    10**15,
    10**39,
    "1000000000000000",
)


@FORMS
def test_a_count_stays_a_number_or_words(place: Path, ending: str) -> None:
    told: dict[str, Any] = {"on": ON, "role": StaffRole.VOLUNTEER, "division": HOME}
    staffings = [Staffing(id=f"s{n}", persons=each, **told) for n, each in enumerate(COUNTS)]
    register = a_register(staffings=staffings)
    read = through_tables(register, place, ending)
    assert dump_register(read) == dump_register(register)


@FORMS
def test_a_figure_that_no_words_tell_stays_as_it_is(place: Path, ending: str) -> None:
    figures = [
        Quantity(Interval(Fraction(1, 3), None, low_closed=False), Unit.RATIO),
        Quantity(Interval(2, 3), Unit.TEAMS, "=两三支"),
        Quantity.exactly(-5, Unit.NUMBER),
    ]
    register = a_register(
        reported_figures=[
            ReportedFigure(id=f"f{n}", about="x", quantity=each, division=HOME, stated_on=ON)
            for n, each in enumerate(figures)
        ]
    )
    read = through_tables(register, place, ending)
    assert dump_register(read) == dump_register(register)


DAYS = ("0001-01-01", "1900-02-28", "1900-03-01", "9999-12-31")


@FORMS
def test_days_and_numbers_of_any_size_stay(place: Path, ending: str) -> None:
    events = [
        LearningEvent(id=day, date=date.fromisoformat(day), division=HOME, minutes=minutes)
        for day, minutes in zip(DAYS, [1, 10**15 - 1, 10**15, 10**39], strict=True)
    ]
    assert through_tables(a_register(events=events), place, ending).events == tuple(events)


def test_no_text_is_a_formula_in_a_workbook(place: Path) -> None:
    sources = [Source(id=x, title=x, status=TextStatus.DRAFT) for x in FORMULAS]
    write_tables(a_register(sources=sources), place / "formulas.xlsx")
    sheet = load_workbook(place / "formulas.xlsx")["资料来源"]
    cells = [sheet.cell(row, 3) for row in range(3, 3 + len(FORMULAS))]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False] * 3


def test_no_text_is_a_formula_in_a_file_of_csv(place: Path) -> None:
    sources = [Source(id=x, title=x, status=TextStatus.DRAFT) for x in FORMULAS]
    write_tables(a_register(sources=sources), place / "formulas")
    with (place / "formulas/sources.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row[1] for row in csv.reader(file)][2:]
    assert found == [x if x == "#N/A" else f"'{x}" for x in FORMULAS]


@FORMS
def test_a_text_too_long_for_a_cell_is_refused(place: Path, ending: str) -> None:
    team = LearningTeam(id="t", name="长" * 32_767, division=HOME)
    assert through_tables(a_register(teams=[team]), place, ending).teams == (team,)
    longer = evolve(team, name="长" * 32_765 + "_x0041_")
    with pytest.raises(TooLarge) as caught:
        write_tables(a_register(teams=[longer]), place / f"long{ending}")
    assert "at most 32767 signs" in caught.value.told()
    assert "32767个字符" in caught.value.told("zh")
    assert not (place / f"long{ending}").exists()


def test_more_rows_than_a_sheet_has_are_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commed.tables.writing.MOST_ROWS", 4)
    teams = [LearningTeam(id=f"t{n}", division=HOME) for n in range(3)]
    write_tables(a_register(teams=teams[:2]), place / "rows")
    with pytest.raises(TooLarge) as caught:
        write_tables(a_register(teams=teams), place / "rows")
    assert caught.value.told() == "teams: expected at most 2 rows, found 3"
    assert caught.value.told("zh") == "学习型团队：应至多2行，实为3行"
