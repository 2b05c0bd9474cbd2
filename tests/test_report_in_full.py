"""Reports in full: every word of a small one, in both languages."""

from datetime import date
from typing import Any

import pytest

from commed.compliance import assess
from commed.indicators import measure
from commed.labels import Label
from commed.law.conditions import Condition, DocumentIssued, OrganisationExists
from commed.law.instrument import Bearer, Gap, Instrument, Modality, Obligation, Provision
from commed.periods import Period
from commed.places import Division
from commed.records.organisations import JointConference, OrganisationKind
from commed.records.resources import Population
from commed.records.statements import DocumentKind
from commed.references import Collection
from commed.register import Register
from commed.report import render_measurement, render_text
from commed.sources import Source, TextStatus

HOME, ON = "510112", date(2019, 4, 26)
DISTRICT = Bearer(name=Label(zh="区政府", en="the district"))


def exists(kind: OrganisationKind) -> OrganisationExists:
    return OrganisationExists(kinds=[kind])


def duty(key: str, zh: str, en: str, condition: Condition, **fields: Any) -> Obligation:
    given = {"modality": Modality.SHALL} | fields
    words = Label(zh=zh, en=en)
    return Obligation(id=key, duty=words, bearer=DISTRICT, condition=condition, **given)


def law() -> Instrument:
    conference = exists(OrganisationKind.JOINT_CONFERENCE)
    centre = exists(OrganisationKind.CENTRE)
    plan = DocumentIssued(kind=DocumentKind.WORK_PLAN)
    note = Label(zh="按年", en="every year")
    duties = [
        duty("conference", "设联席会", "set up a joint conference", conference),
        duty("centre", "设中心", "set up a centre", centre),
        duty("plan", "定计划", "make a plan", plan, modality=Modality.MAY, note=note),
    ]
    words, nothing = Label(zh="机构", en="bodies"), Label(zh="不设义务", en="no duty")
    text: dict[str, Any] = {
        "sources": [Source(id="text", title="文本", status=TextStatus.ENACTED)],
        "provisions": [
            Provision(article=1, summary=words, source="text", not_modelled=nothing),
            Provision(article=2, summary=words, source="text", obligations=duties),
        ],
        "gaps": [Gap(from_article=3, reason=Label(zh="未读到", en="not read"))],
    }
    title = Label(zh="试行条例", en="Trial Regulation")
    return Instrument(id="law", title=title, since=date(2017, 2, 1), **text)


def register() -> Register:
    lists: dict[str, Any] = {
        "divisions": [Division(id=HOME, name="龙泉驿区")],
        "joint_conferences": [JointConference(id="jc", name="联席会", division=HOME)],
        "populations": [Population(division=HOME, on=date(2018, 12, 31), persons=300)],
        "complete": [Collection.ORGANISATIONS],
    }
    return Register(jurisdiction=HOME, **lists)


HEAD = {
    "en": """\
Trial Regulation
龙泉驿区 (510112) on 2019-04-26; yearly
duties judged on 2018

    1  met
    1  not met
    1  undetermined
    1  breaches (a 'shall' or 'shall
  not' that is not met)

  allowed or encouraged: 0 practised, 0
  not, 1 undetermined

The duties
----------

art. 2  MET  [enacted text read]
  shall: set up a joint conference
  because: joint conference of this
           jurisdiction, on record: 联席
           会
  rests on: 联席会 (joint_conferences:
            jc)

art. 2  NOT MET, a breach  [enacted text
read]
  shall: set up a centre
  because: not on the complete list:
           community-education centre of
           this jurisdiction

art. 2  UNDETERMINED  [enacted text
read]
  may: make a plan
  because: not on record, but the list
           is partial: work plan, in
           force on 2019-04-26
  note: every year

The figures
-----------
""",
    "zh": """\
《试行条例》
龙泉驿区（510112），2019-04-26；年度义务
按2018判定

    1  符合
    1  不符合
    1  无法判定
    1  违反（应当、不得而不符合）

  可以做、鼓励做的事项：已做0项，未做0
  项，无法判定1项

各项义务
--------

第2条  符合  [已读正式文本]
  应当：设联席会
  理由：本级联席会记录在案：联席会
  依据：联席会 (joint_conferences: jc)

第2条  不符合，违反  [已读正式文本]
  应当：设中心
  理由：完整清单中没有本级社区教育中心

第2条  无法判定  [已读正式文本]
  可以：定计划
  理由：记录中没有2019-04-26有效的工作计
        划，但清单不全
  说明：按年

指标
----
""",
}
TAIL = {
    "en": """
What to ask for
---------------
 1. work plan, in force on 2019-04-26
    (510112); ask the government

What was not judged
-------------------
art. 1: no duty
art. 3 and on: not read
""",
    "zh": """
补证清单
--------
 1. 2019-04-26有效的工作计划（510112）：
    可询本级人民政府

未予判定的条文
--------------
第1条：不设义务
第3条以后：未读到
""",
}
MEASURED = {
    "en": """\
participation rate (2018): no value
  formula: distinct learners / resident population
  rests on: 常住人口 2018-12-31 (populations: 510112/2018-12-31/resident)
  needs: the complete list of learning events (510112, 2018); ask the education
         department
""",
    "zh": """\
参与率 (2018)：无值
  公式：参与人数 ÷ 常住人口
  依据：常住人口 2018-12-31 (populations: 510112/2018-12-31/resident)
  尚缺：学习活动的完整清单（510112，2018）：可询教育行政部门
""",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_assessment_is_told_in_these_words(language: str) -> None:
    text = render_text(assess(register(), law(), on=ON), language=language, width=40)
    lines, head, tail = (part.splitlines() for part in (text, HEAD[language], TAIL[language]))
    assert lines[: len(head)] == head
    assert lines[-len(tail) :] == tail


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_measurement_is_told_in_these_words(language: str) -> None:
    rate = measure("participation-rate", register(), period=Period.year(2018))
    text = render_measurement(rate, language=language, width=80)
    assert text == MEASURED[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_duty_judged_and_nothing_open_asks_for_nothing(language: str) -> None:
    closed = Instrument(
        id="law",
        title=Label(zh="空", en="empty"),
        since=date(2017, 2, 1),
        sources=law().sources,
    )
    text = render_text(assess(register(), closed, on=ON), language=language)
    assert TAIL[language].splitlines()[1] not in text
