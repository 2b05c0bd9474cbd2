"""What no table may hold is told where it stands, whatever a clerk does."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from commed.codec import register_from
from commed.errors import InvalidDocument, Problem, Words
from commed.quantities import Quantity, Unit
from commed.records.resources import StaffRole
from commed.register import Register
from commed.tables.gathering import gathered
from commed.tables.grids import MOST_COLUMNS, MOST_ROWS, Grid
from commed.tables.kinds import Unfit

HOME = "510112"
Rows = Sequence[Sequence[Any]]
REGISTER: Mapping[str, Rows] = {
    "登记册": [["format", "jurisdiction"], ["commed.register/1", HOME]],
    "divisions": [["id", "name"], [HOME, "龙泉驿区"]],
}


def read(sheets: Mapping[str, Rows], **merged: Sequence[str]) -> Register:
    grids = [
        Grid(name, name, enumerate(rows, start=1), merged.get(name, ()))
        for name, rows in sheets.items()
    ]
    return gathered(grids, register_from)


def told(sheets: Mapping[str, Rows], language: str = "en", **merged: Sequence[str]) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        read({**REGISTER, **sheets}, **merged)
    return [problem.in_language(language) for problem in caught.value.problems]


STAFF = ["id", "on", "role", "persons", "division", "training_days"]
GOOD = ["s", "2018-12-31", "专职", "3", HOME, "5"]
FORMULA = Unfit(Words("a formula", "公式"), Words("paste its value", "请粘贴数值"))


def staff(**cells: Any) -> Mapping[str, Rows]:
    row = dict(zip(STAFF, GOOD, strict=True)) | cells
    return {"staffings": [STAFF, [row[name] for name in STAFF]]}


class TestCells:
    @pytest.mark.parametrize(
        ("cells", "path", "found"),
        [
            ({"on": date(2018, 12, 31)}, "on", date(2018, 12, 31)),
            ({"role": "full-time"}, "role", StaffRole.FULL_TIME),
            ({"persons": 3}, "persons", Quantity.exactly(3, Unit.PERSONS)),
            ({"persons": 3.0}, "persons", Quantity.exactly(3, Unit.PERSONS)),
            ({"persons": "３人"}, "persons", Quantity.exactly(3, Unit.PERSONS)),
            ({"training_days": 5.0}, "training_days", 5),
            ({"training_days": None}, "training_days", None),
            ({"training_days": "\u3000 "}, "training_days", None),
        ],
    )
    def test_what_is_meant_is_read(self, cells: Any, path: str, found: object) -> None:
        assert getattr(read({**REGISTER, **staff(**cells)}).staffings[0], path) == found

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            (
                {"id": 7.0},
                (
                    "A2 (编号 id): expected a text, found the number 7.0: format the cell as text, "
                    "then type it again"
                ),
            ),
            (
                {"id": date(2018, 3, 1)},
                (
                    "A2 (编号 id): expected a text, found the date 2018-03-01: format the cell as "
                    "text, then type it again"
                ),
            ),
            ({"id": FORMULA}, "A2 (编号 id): expected a text, found a formula: paste its value"),
            (
                {"on": 43465},
                "B2 (日期 on): expected a date, or a text as 2018-12-31, found the number 43465",
            ),
            (
                {"on": datetime(2018, 3, 1, 8)},  # noqa: DTZ001 - as a cell holds it
                (
                    "B2 (日期 on): expected a date, or a text as 2018-12-31, found the time "
                    "2018-03-01 08:00:00"
                ),
            ),
            (
                {"on": "2018年3月1日"},
                "B2 (日期 on): expected a date written as 2018-12-31, found '2018年3月1日'",
            ),
            (
                {"on": "2018-02-30"},
                "B2 (日期 on): expected a date written as 2018-12-31, found '2018-02-30'",
            ),
            (
                {"role": True},
                (
                    "C2 (人员类别 role): expected one of 专职、兼职、志愿者, found the logical "
                    "value TRUE"
                ),
            ),
            (
                {"persons": True},
                (
                    "D2 (人数 persons): expected a figure such as 近10万人次, found the logical "
                    "value TRUE"
                ),
            ),
            (
                {"persons": 1e15},
                (
                    "D2 (人数 persons): expected a number of at most 15 digits, found the number "
                    "1000000000000000.0: a spreadsheet keeps no more digits, so write it as text"
                ),
            ),
            (
                {"persons": float("nan")},
                (
                    "D2 (人数 persons): expected a number of at most 15 digits, found the number "
                    "nan: a spreadsheet keeps no more digits, so write it as text"
                ),
            ),
            (
                {"persons": 2.5},
                (
                    "D2 (人数 persons): expected a number, a figure in words such as '近10万人次', "
                    "or an object, found 2.5"
                ),
            ),
            (
                {"persons": '{"interval": }'},
                "D2 (人数 persons): line 1 column 14: Expecting value",
            ),
            (
                {"persons": '{"interval": {"low": "x", "high": 1}, "unit": "persons"}'},
                (
                    "D2 (人数 persons.interval.low): expected a whole number, or a text such as "
                    "'0.5' "
                    "or '1/3', found 'x'"
                ),
            ),
            (
                {"training_days": "５"},
                "F2 (培训天数 training_days): expected a whole number, found '５'",
            ),
            (
                {"training_days": "05"},
                "F2 (培训天数 training_days): expected a whole number, found '05'",
            ),
            (
                {"training_days": 2.5},
                "F2 (培训天数 training_days): expected a whole number, found the number 2.5",
            ),
            (
                {"training_days": -1},
                "F2 (培训天数 training_days): expected a number of at least 0, found -1",
            ),
            (
                {"training_days": "9" * 41},
                (
                    "F2 (培训天数 training_days): expected a whole number, found "
                    "'99999999999999999999999999999999999999…"
                ),
            ),
            (
                {"division": None},
                "A2:F2: expected an 'organisation' or a 'division', found neither: say whose",
            ),
        ],
    )
    def test_what_is_not_is_told(self, cells: Any, problem: str) -> None:
        assert told(staff(**cells)) == [f"staffings!{problem}"]

    @pytest.mark.parametrize(
        ("cell", "found"), [("是", True), ("否", False), (True, True), ("FALSE", False)]
    )
    def test_yes_and_no_are_read(self, cell: object, *, found: bool) -> None:
        head = ["id", "name", "division", "demonstration"]
        read_ = read({**REGISTER, "workstations": [head, ["w", "x", HOME, cell]]})
        assert read_.workstations[0].demonstration is found

    @pytest.mark.parametrize("cell", [1, "yes", "true", "有"])
    def test_what_is_neither_yes_nor_no_is_told(self, cell: object) -> None:
        head = ["id", "name", "division", "demonstration"]
        (problem,) = told({"workstations": [head, ["w", "x", HOME, cell]]}, "zh")
        assert problem.startswith("workstations!D2 (示范站 demonstration)：应为是或否，实为")

    def test_a_list_is_read_line_by_line(self) -> None:
        head = ["id", "division", "themes"]
        read_ = read({**REGISTER, "teams": [head, ["t", HOME, "书法、绘画\r\n健康"]]})
        assert read_.teams[0].themes == ("书法、绘画", "健康")

    def test_each_wrong_line_of_a_list_is_told(self) -> None:
        head = ["id", "division", "themes"]
        assert told({"teams": [head, ["t", HOME, "书法\n\n 健康"]]}) == [
            (
                "teams!C2 (主题 themes[1]): expected a text without blanks at its ends or control "
                "characters, found ''"
            ),
            (
                "teams!C2 (主题 themes[2]): expected a text without blanks at its ends or control "
                "characters, found ' 健康'"
            ),
        ]

    def test_a_list_of_days_may_be_one_date(self) -> None:
        head = ["id", "division", "sessions.first", "sessions.also"]
        rows: Rows = [head, ["p", HOME, date(2018, 3, 1), date(2018, 3, 2)]]
        assert read({**REGISTER, "plans": rows}).plans[0].sessions.also == (date(2018, 3, 2),)

    @pytest.mark.parametrize("cell", [37.5, "37.5"])
    def test_a_measure_may_have_a_point(self, cell: object) -> None:
        head = ["id", "name", "division", "weekly_hours"]
        read_ = read({**REGISTER, "workstations": [head, ["w", "x", HOME, cell]]})
        hours = Quantity.exactly(Decimal("37.5"), Unit.HOURS)
        assert read_.workstations[0].weekly_hours == hours

    def test_a_figure_without_a_unit_is_no_number(self) -> None:
        head = ["id", "about", "quantity", "division", "stated_on"]
        (problem,) = told({"reported_figures": [head, ["f", "x", 300, HOME, "2018-12-31"]]})
        assert problem == (
            "reported_figures!C2 (数据 quantity): expected a figure such as 近10万人次, found the "
            "number 300"
        )


EVENTS: Rows = [["id", "date", "division"], ["e", "2018-03-01", HOME]]


class TestSheets:
    def test_an_unknown_sheet_is_told_with_the_nearest(self) -> None:
        assert told({"学习活动2018": EVENTS}) == [
            "学习活动2018: unknown sheet '学习活动2018'; did you mean '学习活动'?"
        ]
        (problem,) = told({"Sheet1": []})
        assert problem.startswith("Sheet1: unknown sheet 'Sheet1'; known are 登记册、资料来源、")

    def test_a_sheet_that_is_there_twice_is_told(self) -> None:
        assert told({"events": EVENTS, "学习活动": EVENTS}) == [
            "学习活动: this sheet is there twice: keep one"
        ]

    def test_a_sheet_that_is_marked_is_not_read(self) -> None:
        assert read({**REGISTER, "#草稿": [["anything"]]}).events == ()

    def test_the_register_needs_its_own_sheet(self) -> None:
        with pytest.raises(InvalidDocument) as caught:
            read({"divisions": REGISTER["divisions"]})
        assert [str(problem) for problem in caught.value.problems] == [
            "登记册: this sheet is missing: it says what the tables are, and for which jurisdiction"
        ]

    def test_the_register_has_one_row(self) -> None:
        head, row = REGISTER["登记册"]
        assert told({"登记册": [head]}) == [
            "登记册: expected one row, with the format and the jurisdiction, found none"
        ]
        assert told({"登记册": [head, row, row]}) == [
            "登记册!A3:B3: expected one row in this sheet, found another"
        ]

    def test_the_register_without_headings_lacks_them(self) -> None:
        assert told({"登记册": []}) == [
            "登记册!1:1 (格式版本 format): this heading is missing: add the column",
            "登记册!1:1 (辖区 jurisdiction): this heading is missing: add the column",
        ]

    def test_another_format_is_told_at_its_cell(self) -> None:
        head, _ = REGISTER["登记册"]
        (problem,) = told({"登记册": [head, ["commed.register/9", HOME]]})
        assert problem.startswith("登记册!A2 (格式版本 format): expected 'commed.register/1'")

    def test_a_jurisdiction_that_is_not_listed_is_told_at_its_cell(self) -> None:
        head, _ = REGISTER["登记册"]
        (problem,) = told({"登记册": [head, ["commed.register/1", "640105"]]})
        assert problem.startswith("登记册!B2 (辖区 jurisdiction): expected the key of a record")

    def test_a_list_that_is_claimed_whole_has_a_sheet(self) -> None:
        claims = {"complete": [["collection"], ["学习活动"], ["机构"]]}
        assert told({**claims, "organisations": [["id", "name", "kind", "division"]]}) == [
            (
                "complete!A2 (清单 collection): the list is claimed to be whole, but there is "
                "no sheet "
                "学习活动 (events): add it"
            )
        ]

    def test_merged_cells_are_told(self) -> None:
        assert told({"events": EVENTS}, events=["B2:B3"]) == [
            "events!B2:B3: expected single cells, found merged ones: unmerge them and fill each"
        ]

    @pytest.mark.parametrize(
        "rows",
        [
            [(MOST_ROWS + 1, ["x"])],
            [(1, ["id"] * (MOST_COLUMNS + 1))],
        ],
    )
    def test_a_sheet_beyond_measure_is_refused(self, rows: Any) -> None:
        with pytest.raises(InvalidDocument, match="at most 1048576 rows and 256 columns"):
            gathered([Grid("events", "events.csv", rows)], register_from)

    def test_a_key_that_is_a_number_is_told_where_it_stands_and_nowhere_else(self) -> None:
        sheets: dict[str, Rows] = {
            "divisions": [["id", "name"], [510112.0, "龙泉驿区"]],
            "events": [["id", "date", "division"], [7, "2018-03-01", HOME]],
            "attendances": [["event", "learner"], ["7", "a"]],
        }
        places = [problem.partition(" ")[0] for problem in told(sheets)]
        assert places == ["divisions!A2", "events!A2"]


class TestHeadings:
    def test_a_heading_may_be_chinese_or_as_in_documents(self) -> None:
        rows = [[None, "编号", "date", "区划"], [None, "e", "2018-03-01", HOME]]
        assert read({**REGISTER, "events": rows}).events[0].id == "e"

    def test_an_unknown_heading_is_told_with_the_nearest(self) -> None:
        head, row = EVENTS
        assert told({"events": [[*head, "mintues"], [*row, 90]]}) == [
            "events!D1: unknown heading 'mintues'; did you mean 'minutes'?"
        ]
        (problem,) = told({"events": [[*head, 2018], [*row, 90]]}, "zh")
        assert problem.startswith("events!D1：未知的表头数字2018；可用的有编号、日期、")

    def test_a_heading_that_stands_twice_is_told(self) -> None:
        head, row = EVENTS
        assert told({"events": [[*head, "编号"], [*row, "f"]]}) == [
            "events!D1: this heading stands twice: keep one column"
        ]

    def test_a_missing_heading_is_told_once(self) -> None:
        assert told({"events": [["id", "division"], ["e", HOME], ["f", HOME]]}) == [
            "events!1:1 (日期 date): this heading is missing: add the column"
        ]

    def test_what_stands_under_no_heading_is_told_once_a_column(self) -> None:
        head, row = EVENTS
        rows = [head, row, [None, None, None, None, "5"], ["f", "2018-03-01", HOME, None, "6"]]
        assert told({"events": rows}) == [
            (
                "events!E3: expected nothing where there is no heading above: give the column a "
                "heading, or empty it"
            )
        ]

    def test_a_column_that_is_not_required_may_be_left_out(self) -> None:
        assert read({**REGISTER, "events": EVENTS}).events[0].minutes is None

    def test_what_is_wrong_with_a_column_that_was_left_out_is_told_of_the_row(self) -> None:
        head = ["id", "division", "on", "question"]
        assert told({"surveys": [head, ["s", HOME, "2018-03-01", "知晓度"]]}) == [
            (
                "surveys!A2:D2 (肯定人数 positive): expected either 'positive' or a 'share', one "
                "of them"
            )
        ]

    def test_an_empty_sheet_holds_nothing_but_lacks_its_headings(self) -> None:
        assert len(told({"events": [[], [None, "  "]]})) == 2


class TestRows:
    def test_rows_that_are_marked_or_empty_are_not_read(self) -> None:
        head, row = EVENTS
        rows = [[], ["#", *head], ["# 草稿", "x"], [None, *row], [" ", None, ""], ["#", *row]]
        assert [event.id for event in read({**REGISTER, "events": rows}).events] == ["e"]

    def test_what_is_written_over_the_example_is_not_passed_over(self) -> None:
        head = ["#", "编号", "名称", "层级"]
        told_, other = "区（市）县级", ["# 例", "district", "某区", None, None]
        same = ["# 例", "district", "某区", told_, None]
        marked = ["# 例", "district", "龙泉驿区", told_]
        rows: Rows = [head, same, other, [None, HOME, "龙泉驿区"]]
        assert read({**REGISTER, "divisions": rows}).divisions[0].id == HOME
        assert told({"divisions": [head, marked, [None, HOME, "龙泉驿区"]]}) == [
            (
                "divisions!A2:D2: this row is marked as the example, so it is not read, but holds "
                "something else: empty the cell with # 例 to have it read, or delete the row"
            )
        ]

    def test_a_mark_is_no_other_sign(self) -> None:
        head, row = EVENTS
        assert told({"events": [["#", *head], ["x", *row]]}) == [
            "events!A2 (#): expected nothing, or # for a row that is not to be read"
        ]

    def test_an_id_may_begin_with_the_mark(self) -> None:
        rows = [["id", "date", "division"], ["#1", "2018-03-01", HOME]]
        assert read({**REGISTER, "events": rows}).events[0].id == "#1"


class TestListsInRecords:
    def test_what_no_record_bears_is_told(self) -> None:
        rows: Rows = [["event", "learner"], ["e", "a"], ["f", "b"], [None, "c"]]
        assert told({"events": EVENTS, "attendances": rows}) == [
            (
                "attendances!A3 (活动 event): expected the key of a row of 学习活动 (events), "
                "found 'f'"
            ),
            "attendances!A4 (活动 event): is missing: expected an id of events",
        ]

    def test_without_their_heading_it_is_told_once(self) -> None:
        rows = [["learner"], ["a"], ["b"]]
        assert told({"events": EVENTS, "attendances": rows}) == [
            "attendances!1:1 (活动 event): this heading is missing: add the column"
        ]

    def test_a_repeated_learner_is_told_at_each_cell(self) -> None:
        rows: Rows = [["event", "learner"], ["e", "a"], ["e", "b"], ["e", "a"]]
        assert told({"events": EVENTS, "attendances": rows}) == [
            f"attendances!B{row} (学习者代号 learner): expected each learner once at one event, "
            "found 'a' 2 times"
            for row in (2, 4)
        ]

    def test_a_group_needs_its_headcount(self) -> None:
        rows: Rows = [["event", "group", "persons"], ["e", "妇女", 3]]
        (problem,) = told({"events": EVENTS, "headcount.groups": rows})
        assert problem == ("events!A2:C2 (人数 headcount.persons): is missing: expected a Quantity")

    def test_a_group_above_the_headcount_is_told_at_its_row(self) -> None:
        head, row = EVENTS
        events = [[*head, "人数"], [*row, 2]]
        rows: Rows = [["event", "group", "persons"], ["e", "妇女", 3]]
        (problem,) = told({"events": events, "分人群人数": rows})
        assert problem.startswith("分人群人数!C2 (人数 persons): expected at most the 2 persons")

    def test_groups_beside_a_roster_are_told_at_the_first_of_them(self) -> None:
        head, row = EVENTS
        sheets: dict[str, Rows] = {
            "events": [[*head, "人数"], [*row, 2]],
            "分人群人数": [["event", "group", "persons"], ["e", "妇女", 1]],
            "attendances": [["event", "learner"], ["e", "a"]],
        }
        (problem,) = told(sheets)
        assert problem.startswith("分人群人数!A2:C2: expected no numbers of groups beside a roster")

    def test_a_headcount_below_the_roster_is_told_at_its_cell(self) -> None:
        head, row = EVENTS
        roster: Rows = [["event", "learner"], ["e", "a"], ["e", "b"]]
        (problem,) = told({"events": [[*head, "人数"], [*row, 1]], "attendances": roster})
        assert problem.startswith(
            "events!D2 (人数 headcount): expected at least the 2 persons of the roster"
        )

    def test_the_known_groups_of_a_learner_may_be_none(self) -> None:
        rows: Rows = [["event", "learner", "groups"], ["e", "a", "无"], ["e", "b", None]]
        read_ = read({**REGISTER, "events": EVENTS, "attendances": rows})
        assert [each.groups for each in read_.events[0].attendances] == [(), None]


class TestPrivacy:
    @pytest.mark.parametrize("cell", ["13800138000", 13800138000, 13800138000.0])
    def test_no_problem_shows_a_number_of_a_person(self, cell: object) -> None:
        rows: Rows = [["event", "learner"], ["e", cell]]
        (problem,) = told({"events": EVENTS, "attendances": rows})
        assert "13800138000" not in problem

    def test_no_heading_or_sheet_shows_one(self) -> None:
        head, row = EVENTS
        problems = told({"events": [[*head, "13800138000"], row], "13800138000": []})
        assert len(problems) == 2
        assert not any("13800138000" in problem for problem in problems)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("events.jsonl:2", "events.jsonl:2"),
        ("", ""),
        ("divisions[0].name", "divisions!B2 (名称 name)"),
        ("divisions[0]", "divisions!A2:B2"),
        ("events[0].attendances[0].learner", "events!A2:C2"),
    ],
)
def test_a_problem_of_a_document_is_told_where_it_stands(path: str, place: str) -> None:
    def refusing(_: Mapping[str, Any]) -> Register:
        raise InvalidDocument("register", [Problem(path, "wrong")])

    sheets = {**REGISTER, "events": EVENTS, "attendances": [["event", "learner"]]}
    grids = [Grid(name, name, enumerate(rows, 1)) for name, rows in sheets.items()]
    with pytest.raises(InvalidDocument) as caught:
        gathered(grids, refusing)
    assert caught.value.problems == (Problem(place, "wrong"),)
