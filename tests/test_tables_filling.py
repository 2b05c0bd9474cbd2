"""A clerk fills the template: every mistake is told at its cell, and what is right is read."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from commed.errors import InvalidDocument
from commed.loading import load_register
from commed.periods import Period
from commed.places import Division
from commed.records.learning import Attendance, LearnerGroup, LearningEvent, Mode
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Funding, FundingStage
from commed.references import Collection
from commed.register import Completeness, Register
from commed.tables import write_template

HOME, ON = "510112", date(2018, 3, 2)

RIGHT: Mapping[str, Any] = {
    "登记册!C4": HOME,
    "行政区划!B4": HOME,
    "行政区划!C4": "龙泉驿区",
    "行政区划!B5": "510112001",
    "行政区划!C5": "某街道",
    "机构!B4": "centre",
    "机构!C4": "社区教育中心",
    "机构!D4": "社区教育中心",
    "机构!E4": HOME,
    "社区教育工作站!B4": "plum",
    "社区教育工作站!C4": "梅里工作站",
    "社区教育工作站!D4": HOME,
    "社区教育工作站!E4": datetime(2016, 5, 1),  # noqa: DTZ001 - as a cell holds a date
    "社区教育工作站!J4": 37.5,
    "社区教育工作站!K4": "是",
    "社区教育工作站!L4": "书法\n健康",
    "学习活动!B4": "ink-1",
    "学习活动!C4": "2018-03-02",
    "学习活动!D4": "plum",
    "学习活动!H4": 90.0,
    "学习活动!I4": "线下",
    "学习活动!L4": "４０余人",
    "学习活动!B5": "ink-2",
    "学习活动!C5": datetime(2018, 3, 9),  # noqa: DTZ001 - as a cell holds a date
    "学习活动!E5": HOME,
    "学习活动!L5": "12",
    "参与名册!B4": "ink-1",
    "参与名册!C4": "L-1",
    "参与名册!D4": "妇女\n60岁及以上老年人",
    "参与名册!B5": "ink-1",
    "参与名册!C5": "L-2",
    "参与名册!D5": "无",
    "经费!B4": "budget",
    "经费!C4": HOME,
    "经费!D4": "2018-01-01",
    "经费!E4": "2018-12-31",
    "经费!F4": "近300万元",
    "经费!G4": "预算安排",
    "完整清单!B4": "学习活动",
    "完整清单!D4": "2018-01-01",
    "完整清单!E4": "2018-12-31",
}

MISTAKES: Mapping[str, Any] = {
    "行政区划!B5": 510112001,
    "机构!J1": "备 注",
    "社区教育工作站!D4": "510121",
    "社区教育工作站!E4": "2016/5/1",
    "学习活动!C4": datetime(2018, 3, 2, 9, 30),  # noqa: DTZ001 - as a cell holds a date
    "学习活动!H4": 90.5,
    "学习活动!L4": "很多人",
    "学习活动!B5": "ink-1",
    "学习活动!L5": "=SUM(L3:L4)",
    "参与名册!C4": 13800138000,
    "经费!G4": None,
    "完整清单!E4": "2017-12-31",
}

TOLD = """\
register: 12 problems
  参与名册!C4 (学习者代号 learner): expected a text, found what looks like a mobile number: \
***: format the cell as text, then type it again
  学习活动!B5 (编号 id): expected a key of its own, found 'ink-1', as at 学习活动!B4 (编号 id)
  学习活动!C4 (日期 date): expected a date, or a text as 2018-12-31, found the time 2018-03-02 \
09:30:00
  学习活动!H4 (时长（分钟） minutes): expected a whole number, found the number 90.5
  学习活动!L4 (人数 headcount.persons): cannot read '很多人' as a figure: expected a figure \
such as 40余支, 近10万人次 or 30至40人
  学习活动!L5 (人数 headcount.persons): expected a figure such as 近10万人次, found a formula: \
paste its value in its place
  完整清单!E4 (截止日期 period.last): expected a day not before 2018-01-01, found 2017-12-31
  机构!J1: unknown heading '备 注'; did you mean '备注'?
  社区教育工作站!D4 (区划 division): expected the key of a record under 'divisions', found \
'510121': add that record or mend the key; did you mean '510112'?
  社区教育工作站!E4 (设立日期 since): expected a date written as 2018-12-31, found '2016/5/1'
  经费!G4 (经费阶段 stage): is missing: expected one of 预算安排、实际支出
  行政区划!B5 (编号 id): expected a text, found the number 510112001: format the cell as text, \
then type it again"""

TOLD_IN_CHINESE = """\
register：12个问题
  参与名册!C4 (学习者代号 learner)：应为文本，实为疑似手机号码：***：请将单元格格式设为文本，再\
重新输入
  学习活动!B5 (编号 id)：应为不重复的键，实为'ink-1'，与学习活动!B4 (编号 id)相同
  学习活动!C4 (日期 date)：应为日期，或形如2018-12-31的文本，实为时间2018-03-02 09:30:00
  学习活动!H4 (时长（分钟） minutes)：应为整数，实为数字90.5
  学习活动!L4 (人数 headcount.persons)：无法将'很多人'读作数量：应为形如40余支、近10万人次或30至\
40人的数量
  学习活动!L5 (人数 headcount.persons)：应为形如近10万人次的数量，实为公式：请以“选择性粘贴—数值\
”代替
  完整清单!E4 (截止日期 period.last)：应为不早于2018-01-01的日期，实为2017-12-31
  机构!J1：未知的表头'备 注'；是否应为'备注'？
  社区教育工作站!D4 (区划 division)：应为'divisions'中某条记录的键，实为'510121'：请补录该记录，\
或更正此键；是否应为'510112'？
  社区教育工作站!E4 (设立日期 since)：应为写作2018-12-31的日期，实为'2016/5/1'
  经费!G4 (经费阶段 stage)：缺少此项：应为预算安排、实际支出之一
  行政区划!B5 (编号 id)：应为文本，实为数字510112001：请将单元格格式设为文本，再重新输入"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


Fill = Callable[[Mapping[str, Any]], Path]


@pytest.fixture
def filled(template: Path, tmp_path: Path) -> Fill:
    """Fill the template as a clerk would: cell by cell."""

    def fill(cells: Mapping[str, Any]) -> Path:
        book = load_workbook(template)
        for place, value in cells.items():
            sheet, _, cell = place.partition("!")
            book[sheet][cell] = value
        book.save(tmp_path / "year.xlsx")
        return tmp_path / "year.xlsx"

    return fill


def test_what_is_filled_in_rightly_is_read(filled: Fill) -> None:
    year = Period.year(2018)
    women_and_elderly = [LearnerGroup.WOMEN, LearnerGroup.ELDERLY]
    named = [Attendance("L-1", women_and_elderly), Attendance("L-2", [])]
    assert load_register(filled(RIGHT)) == Register(
        jurisdiction=HOME,
        divisions=[Division(id=HOME, name="龙泉驿区"), Division(id="510112001", name="某街道")],
        organisations=[
            Organisation(
                id="centre", name="社区教育中心", kind=OrganisationKind.CENTRE, division=HOME
            )
        ],
        workstations=[
            Workstation(
                id="plum",
                name="梅里工作站",
                division=HOME,
                since=date(2016, 5, 1),
                weekly_hours=Decimal("37.5"),
                demonstration=True,
                themes=["书法", "健康"],
            )
        ],
        events=[
            LearningEvent(
                id="ink-1",
                date=ON,
                workstation="plum",
                minutes=90,
                mode=Mode.ON_SITE,
                headcount="40余人",
                attendances=named,
            ),
            LearningEvent(id="ink-2", date=date(2018, 3, 9), division=HOME, headcount=12),
        ],
        fundings=[
            Funding(
                id="budget",
                division=HOME,
                period=year,
                amount="近300万元",
                stage=FundingStage.BUDGETED,
            )
        ],
        complete=[Completeness(collection=Collection.EVENTS, period=year)],
    )


def test_twelve_mistakes_are_twelve_problems_each_at_its_cell(filled: Fill) -> None:
    with pytest.raises(InvalidDocument) as caught:
        load_register(filled({**RIGHT, **MISTAKES}))
    assert len(caught.value.problems) == len(MISTAKES) == 12
    places = {problem.path.partition(" ")[0] for problem in caught.value.problems}
    assert places == set(MISTAKES)
    assert caught.value.told() == TOLD
    assert caught.value.told("zh") == TOLD_IN_CHINESE


def test_an_empty_template_lacks_the_jurisdiction_alone(template: Path) -> None:
    with pytest.raises(InvalidDocument) as caught:
        load_register(template)
    assert [str(problem) for problem in caught.value.problems] == [
        "登记册!C4 (辖区 jurisdiction): is missing: expected an id of divisions"
    ]
