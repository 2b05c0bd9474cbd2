"""Files of tables: what is in a template, what is no workbook, how much is read, what is needed."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

import commed
from commed.codec import read_json, register_from
from commed.errors import InvalidDocument, MissingExtra, Words
from commed.loading import load_register
from commed.places import Division
from commed.register import Register
from commed.tables import layout, write_tables, write_template
from commed.tables.headings import HEADINGS, SHEETS
from commed.tables.kinds import Unfit
from commed.tables.layout import sheets
from commed.tables.workbook import opened

HOME = "510112"
EXAMPLE = Path(commed.__file__).parent / "data/tables/example.json"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


def refusal(path: Path) -> InvalidDocument:
    with pytest.raises(InvalidDocument) as caught:
        load_register(path)
    return caught.value


NO_WORKBOOK = "expected a workbook (.xlsx), found a file that is none, or is broken"


class TestTheLayout:
    def test_every_heading_and_sheet_has_a_name_in_chinese_and_none_is_idle(self) -> None:
        headings = {each.heading.en for sheet in sheets() for each in sheet.columns}
        assert headings == {*HEADINGS, "format"}
        assert {sheet.name.en for sheet in sheets()} >= set(SHEETS)

    def test_no_sheet_has_two_headings_alike(self) -> None:
        for sheet in sheets():
            for names in (
                [each.heading.zh for each in sheet.columns],
                [each.heading.en for each in sheet.columns],
            ):
                assert len(set(names)) == len(names)

    def test_no_two_sheets_and_no_two_labels_of_a_list_are_alike(self) -> None:
        names = [sheet.name.zh for sheet in sheets()]
        assert len(set(names)) == len(names)
        for choice in (each.choice for sheet in sheets() for each in sheet.columns):
            assert choice is None or len(set(choice.options)) == len(choice.options)

    def test_what_no_cell_could_tell_is_a_defect(self) -> None:
        with pytest.raises(TypeError, match="an empty list"):
            layout._kind(tuple[str, ...] | None)
        (attendances,) = (sheet for sheet in sheets() if sheet.name.en == "attendances")
        with pytest.raises(TypeError, match="no row can name a record of attendances"):
            list(layout._owner(attendances))

    def test_the_example_is_a_register_with_a_row_for_each_sheet(self, template: Path) -> None:
        assert register_from(read_json(EXAMPLE.read_text(encoding="utf-8"))).events
        book: Any = load_workbook(template)
        for sheet in sheets():
            row = [cell.value for cell in book[sheet.name.zh][3]]
            assert row[0] == "# 例"
            assert all(
                value
                for value, column in zip(row[1:], sheet.columns, strict=True)
                if column.is_required
            )


class TestTheTemplate:
    def test_it_explains_itself_and_hides_its_lists(self, template: Path) -> None:
        book: Any = load_workbook(template)
        names = [sheet.name.zh for sheet in sheets()]
        assert book.sheetnames == ["#说明 guide", *names, "#选项 lists"]
        assert book.active.title == "登记册"
        assert book["#选项 lists"].sheet_state == "hidden"
        assert "填表说明" in str(book["#说明 guide"]["A1"].value)

    def test_its_headings_stay_and_are_explained(self, template: Path) -> None:
        sheet = load_workbook(template)["学习活动"]
        assert sheet.freeze_panes == "B4"
        assert sheet["C1"].value == "日期"
        assert sheet["C1"].comment.text == "必填；日期，如2018-12-31"
        assert sheet["C2"].value == "date (required; a date, as 2018-12-31)"
        assert sheet["D2"].value == (
            "workstation (an id of organisations, workstations, joint_conferences)"
        )
        assert sheet.column_dimensions["B"].number_format == "@"
        assert sheet.column_dimensions["C"].number_format == "yyyy-mm-dd"

    @pytest.mark.parametrize(
        ("sheet", "area", "formula"),
        [
            ("学习活动", "I4:I1048576", "'#选项 lists'!"),
            ("参与名册", "B4:B1048576", "OFFSET('学习活动'!$B$4,0,0,MAX(1,COUNTA("),
            ("学习活动", "D4:D1048576", "OFFSET('#选项 lists'!"),
            ("社区教育工作站", "K4:K1048576", '"是,否"'),
        ],
    )
    def test_what_can_be_chosen_is_offered(
        self, template: Path, sheet: str, area: str, formula: str
    ) -> None:
        offered = load_workbook(template)[sheet].data_validations.dataValidation
        (found,) = [each.formula1 for each in offered if str(each.sqref) == area]
        assert found.startswith(formula)

    def test_the_labels_of_an_enumeration_are_in_its_list(self, template: Path) -> None:
        book: Any = load_workbook(template)
        (formula,) = [
            each.formula1
            for each in book["学习活动"].data_validations.dataValidation
            if str(each.sqref) == "I4:I1048576"
        ]
        area = formula.partition("!")[2].replace("$", "")
        cells = [row[0].value for row in book["#选项 lists"][area]]
        assert cells == ["线下", "线上", "线上线下结合"]

    def test_a_folder_of_csv_has_the_same_rows(self, tmp_path: Path) -> None:
        write_template(tmp_path / "year")
        text = (tmp_path / "year/attendances.csv").read_text(encoding="utf-8-sig")
        assert text.splitlines()[0] == "#,活动,学习者代号,所属人群"
        problems = refusal(tmp_path / "year").problems
        assert [problem.path for problem in problems] == ["register.csv!C4 (辖区 jurisdiction)"]


def cells(path: Path, value: Any, **format_: str) -> object:
    """Write one cell, and return what is read from it."""
    book: Any = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = format_.get("as_", book.active["A1"].number_format)
    book.save(path)
    with opened(path) as grids:
        ((_, row),) = next(grids).rows
        return row[0]


class TestCellsOfAWorkbook:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("text", "text"),
            (7, 7),
            (7.5, 7.5),
            (True, True),
            (date(2018, 3, 1), date(2018, 3, 1)),
            (datetime(2018, 3, 1), date(2018, 3, 1)),  # noqa: DTZ001 - as a cell holds it
            (datetime(2018, 3, 1, 9), datetime(2018, 3, 1, 9)),  # noqa: DTZ001
        ],
    )
    def test_a_value_is_what_it_is(self, tmp_path: Path, value: object, found: object) -> None:
        read = cells(tmp_path / "x.xlsx", value)
        assert read == found
        assert type(read) is type(found)

    @pytest.mark.parametrize(
        ("value", "what"),
        [
            ("=1+1", Words("a formula", "公式")),
            ("#N/A", Words("the error #N/A", "错误值#N/A")),
            (time(9, 30), Words("a time", "时间")),
            (timedelta(hours=30), Words("a time", "时间")),
        ],
    )
    def test_what_is_no_value_is_kept_to_be_refused(
        self, tmp_path: Path, value: object, what: Words
    ) -> None:
        read = cells(tmp_path / "x.xlsx", value)
        assert isinstance(read, Unfit)
        assert read.what == what

    def test_a_date_beyond_all_days_is_an_error(self, tmp_path: Path) -> None:
        read = cells(tmp_path / "x.xlsx", 10**9, as_="yyyy-mm-dd")
        assert isinstance(read, Unfit)

    def test_what_the_file_says_of_its_size_is_not_believed(self, tmp_path: Path) -> None:
        cells(tmp_path / "x.xlsx", "there")
        altered(tmp_path / "x.xlsx", lambda part: part.replace(b'ref="A1"', b'ref="B2:B2"'))
        with opened(tmp_path / "x.xlsx") as grids:
            assert list(next(grids).rows) == [(1, ["there"])]

    def test_hidden_rows_are_read_and_merged_cells_told(self, tmp_path: Path) -> None:
        book: Any = Workbook()
        book.active.append(["a"])
        book.active.row_dimensions[1].hidden = True
        book.active.merge_cells("A1:A2")
        book.save(tmp_path / "x.xlsx")
        with opened(tmp_path / "x.xlsx") as grids:
            grid = next(grids)
            assert grid.merged == ["A1:A2"]
            assert next(iter(grid.rows)) == (1, ["a"])


SHEET = "xl/worksheets/sheet1.xml"


def altered(
    path: Path, change: Callable[[bytes], bytes], method: int = zipfile.ZIP_DEFLATED
) -> None:
    """Change the first sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = change(parts[SHEET])
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + b"a" * 99
    + b'">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 99) for letter in range(98, 106)
    )
    + b"]><worksheet>&i;</worksheet>"
)


class TestFilesThatAreNone:
    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04", b"{}", b"\xff" * 100], ids=["empty", "cut", "json", "noise"]
    )
    def test_what_is_no_workbook_is_told(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "x.xlsx"
        path.write_bytes(content)
        assert str(refusal(path)) == f"register: 1 problem\n  x.xlsx: {NO_WORKBOOK}"

    def test_an_archive_of_something_else_is_told(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
            archive.writestr("readme.txt", "x")
        assert NO_WORKBOOK in str(refusal(tmp_path / "x.xlsx"))

    @pytest.mark.parametrize(
        "change",
        [
            lambda part: part[: len(part) // 2],
            lambda part: part.replace(b'r="1"', b'r="x"'),
            lambda part: part.replace(b"<v>7</v>", b"<v>x</v>"),
            lambda part: b"\xff\xfe" + part,
            lambda part: part.replace(b"</row>", b'</row><row r="1"></row>'),
            lambda _: BOMB,
        ],
        ids=["cut", "row", "number", "utf-16", "rows-out-of-order", "entities"],
    )
    def test_a_broken_sheet_is_told(self, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
        book: Any = Workbook()
        book.active.title = "events"
        book.active.append([7])
        book.save(tmp_path / "x.xlsx")
        altered(tmp_path / "x.xlsx", change)
        assert NO_WORKBOOK in str(refusal(tmp_path / "x.xlsx"))

    def test_a_sheet_that_fails_its_checksum_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "x.xlsx"
        cells(path, "x" * 300_000)
        altered(path, lambda part: part, zipfile.ZIP_STORED)
        path.write_bytes(path.read_bytes().replace(b"</sheetData>", b"</sheetDatA>"))
        assert NO_WORKBOOK in str(refusal(path))

    def test_an_encrypted_or_old_workbook_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "x.xlsx"
        path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504)
        assert "take the password off" in str(refusal(path))
        assert "请取消密码" in refusal(path).told("zh")

    @pytest.mark.parametrize("ending", [".xls", ".XLS", ".ods", ".et", ".xlsm", ".xlsb"])
    def test_another_spreadsheet_is_told_how_to_be_saved(self, tmp_path: Path, ending: str) -> None:
        assert "save it as .xlsx" in str(refusal(tmp_path / f"x{ending}"))

    def test_one_file_of_csv_is_no_register(self, tmp_path: Path) -> None:
        assert "name the folder" in str(refusal(tmp_path / "events.csv"))

    def test_a_workbook_that_is_not_there_is_an_error_of_the_system(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            load_register(tmp_path / "x.xlsx")

    @pytest.mark.parametrize("form", ["workbook", "folder"])
    def test_more_than_is_reasonable_is_not_read(
        self, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / ("x.xlsx" if form == "workbook" else "x")
        write_template(path)
        monkeypatch.setattr(f"commed.tables.{form}.MOST_BYTES", 2_000)
        assert "expected at most 268435456 bytes, found more" in str(refusal(path))

    def test_a_row_far_down_is_not_waited_for(self, tmp_path: Path) -> None:
        cells(tmp_path / "x.xlsx", "near")
        far = b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData>'
        altered(tmp_path / "x.xlsx", lambda part: part.replace(b"</sheetData>", far))
        with opened(tmp_path / "x.xlsx") as grids, pytest.raises(InvalidDocument, match="1048576"):
            list(next(grids).bounded())


class TestFilesOfCsv:
    def folder(self, tmp_path: Path, content: bytes) -> Path:
        (tmp_path / "year").mkdir()
        (tmp_path / "year/events.csv").write_bytes(content)
        (tmp_path / "year/notes.txt").write_bytes(b"not read")
        return tmp_path / "year"

    def test_another_encoding_is_told(self, tmp_path: Path) -> None:
        path = self.folder(tmp_path, "编号".encode("gbk"))
        assert "events.csv: expected text in UTF-8: save the file as CSV UTF-8" in str(
            refusal(path)
        )

    def test_what_is_no_csv_is_told_with_its_line(self, tmp_path: Path) -> None:
        path = self.folder(tmp_path, b'id,date\n"x"y,2018-03-01\n')
        assert "events.csv:2: expected CSV: " in str(refusal(path))
        assert "events.csv:2：不合CSV格式：" in refusal(path).told("zh")

    def test_it_is_read_with_or_without_the_mark_of_utf_8(self, tmp_path: Path) -> None:
        for number, encoding in enumerate(["utf-8", "utf-8-sig"]):
            folder = tmp_path / str(number)
            folder.mkdir()
            head = "格式版本,辖区\ncommed.register/1,510112\n"
            (folder / "登记册.csv").write_text(head, encoding=encoding)
            (folder / "divisions.CSV").write_text("id,name\n510112,x\n", encoding=encoding)
            assert load_register(folder).jurisdiction == HOME

    def test_lines_may_stand_beside_tables(self, tmp_path: Path) -> None:
        register = Register(jurisdiction=HOME, divisions=[Division(id=HOME, name="x")])
        write_tables(register, tmp_path / "year")
        lines = tmp_path / "events.jsonl"
        lines.write_text('{"id": "e", "date": "2018-03-01", "division": "510112"}\n')
        assert load_register(tmp_path / "year", events=lines).events[0].id == "e"
        lines.write_text('{"id": "e", "date": "2018-03-01", "division": "x"}\n')
        with pytest.raises(InvalidDocument, match=r"events\.jsonl:1\.division"):
            load_register(tmp_path / "year", events=lines)


class TestTheExtra:
    @pytest.mark.parametrize("use", [load_register, write_template])
    def test_without_it_the_error_says_what_to_install(
        self, tmp_path: Path, use: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(MissingExtra, match=r"needs the extra 'excel'.*commed\[excel\]"):
            use(tmp_path / "x.xlsx")

    def test_reading_a_folder_of_csv_loads_no_openpyxl(self, tmp_path: Path) -> None:
        program = (
            "import sys, commed\n"
            "from commed.tables import layout, write_tables\n"
            f"write_tables(commed.example('longquanyi-2019'), {str(tmp_path / 'x')!r})\n"
            f"commed.load_register({str(tmp_path / 'x')!r})\n"
            "print('openpyxl' in sys.modules)"
        )
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program],
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        assert done.stdout.strip() == "False"


def test_what_excel_adds_and_no_cell_holds_is_no_matter(tmp_path: Path, template: Path) -> None:
    """An extension that openpyxl warns of is passed over without a word."""
    book: Any = load_workbook(template)
    book["登记册"]["C4"] = HOME
    book["行政区划"]["B4"], book["行政区划"]["C4"] = HOME, "x"
    book["登记册"].add_data_validation(DataValidation("list", formula1='"x"'))
    book.save(tmp_path / "x.xlsx")
    extension = b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>'
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert SHEET in archive.namelist()
    altered(tmp_path / "x.xlsx", lambda part: part.replace(b"</worksheet>", extension))
    assert load_register(tmp_path / "x.xlsx").jurisdiction == HOME
