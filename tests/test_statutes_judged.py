"""The packaged texts decide as they say: each figure, date and body of them, on small registers."""

import calendar
from datetime import date, timedelta
from typing import Any

import pytest

import commed
from commed import (
    Attestation,
    Collection,
    Division,
    Document,
    DocumentKind,
    Finding,
    Funding,
    FundingStage,
    Honour,
    JointConference,
    LearningEvent,
    Level,
    Organisation,
    OrganisationKind,
    Period,
    Population,
    Register,
    Survey,
    SurveyQuestion,
    Topic,
    Verdict,
)

CITY, COUNTY = "330200", "330212"
ON, YEAR = date(2019, 4, 26), Period.year(2018)
MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED
WHOLE = [
    Collection.DOCUMENTS,
    Collection.EVENTS,
    Collection.FUNDINGS,
    Collection.HONOURS,
    Collection.JOINT_CONFERENCES,
    Collection.ORGANISATIONS,
]


def register(home: str = COUNTY, **lists: Any) -> Register:
    """Return a register of which each list is whole."""
    return Register(
        jurisdiction=home, divisions=[Division(id=home, name="某地")], complete=WHOLE, **lists
    )


def finding(law: str, duty: str, known: Register, on: date = ON) -> Finding:
    return commed.assess(known, commed.instrument(law), on=on)[duty]


def word(law: str, duty: str, *, holds: bool = True, home: str = COUNTY) -> Attestation:
    return Attestation(
        id=duty, instrument=law, duty=duty, division=home, holds=holds, on=date(2019, 1, 1)
    )


# --- Ningbo ----------------------------------------------------------------------------

NINGBO = "cn-ningbo-2015"
WEEK = "终身学习活动周"


class TestTheActivityWeek:
    """Art. 29: the last week of October, on each of three readings."""

    @staticmethod
    def windows(year: int) -> list[set[date]]:
        """Return the days of the last week on each reading, off a wall calendar."""
        weeks = calendar.Calendar().monthdatescalendar(year, 10)
        whole = next(week for week in reversed(weeks) if all(day.month == 10 for day in week))
        seven = [date(year, 10, day) for day in range(25, 32)]
        return [set(whole), set(weeks[-1]), set(seven)]

    @pytest.mark.parametrize("year", range(2015, 2027))
    def test_an_event_of_each_day_is_judged_as_the_calendar_says(self, year: int) -> None:
        windows = self.windows(year)
        for number in range(25):
            day = date(year, 10, 15) + timedelta(number)
            event = LearningEvent(id="e", date=day, division=COUNTY, themes=[WEEK])
            came = finding(
                NINGBO, "art-29-1-activity-week", register(events=[event]), date(year + 1, 4, 1)
            )
            inside = {day in window for window in windows}
            expected = OPEN if len(inside) > 1 else (MET if True in inside else NOT_MET)
            assert came.verdict is expected, day

    def test_everyday_classes_do_not_count(self) -> None:
        event = LearningEvent(id="e", date=date(2018, 10, 28), division=COUNTY, themes=["书法"])
        came = finding(NINGBO, "art-29-1-activity-week", register(events=[event]))
        assert (came.verdict, came.is_breach) == (NOT_MET, True)


def money(year: int, amount: int | str, level: Level, stage: str, **fields: Any) -> Funding:
    given = {"id": f"{year}-{stage}-{fields.get('use')}", "division": fields.pop("home", COUNTY)}
    return Funding(
        **given,
        period=Period.year(year),
        amount=amount,
        origin=level,
        stage=FundingStage(stage),
        **fields,
    )


class TestFunds:
    """Art. 20: funds stand in the budget, and grow step by step."""

    @pytest.mark.parametrize(
        ("before", "after", "verdict"),
        [
            (100, 101, MET),
            (100, 100, OPEN),
            (100, 99, NOT_MET),
            ("约100元", "约130元", MET),
            ("约100元", "约105元", OPEN),
            ("约100元", "约70元", NOT_MET),
            ("100余元", 100, OPEN),
            ("100余元", 99, NOT_MET),
        ],
    )
    @pytest.mark.parametrize("level", ["county", "city"])
    @pytest.mark.parametrize("law", [NINGBO, "cn-shanghai-2011"])
    def test_they_rise_stand_still_or_fall(
        self, law: str, level: str, before: int | str, after: int | str, verdict: Verdict
    ) -> None:
        shanghai = law == "cn-shanghai-2011"
        home = (
            {"county": "310115", "city": "310000"} if shanghai else {"county": COUNTY, "city": CITY}
        )
        origin = {"county": Level.COUNTY, "city": Level.PROVINCE if shanghai else Level.CITY}
        own: dict[str, Any] = {"home": home[level], "level": origin[level], "stage": "budgeted"}
        fundings = [money(2017, before, **own), money(2018, after, **own)]
        duty = f"art-8-1-{level}-growth" if shanghai else f"art-20-2-{level}-growth"
        assert finding(law, duty, register(home[level], fundings=fundings)).verdict is verdict

    @pytest.mark.parametrize(("amount", "verdict"), [(0, NOT_MET), (1, MET)])
    def test_the_budget_of_the_level_counts_and_no_other(
        self, amount: int, verdict: Verdict
    ) -> None:
        own = money(2018, amount, Level.COUNTY, "budgeted")
        others = money(2018, 99, Level.CITY, "budgeted", use="转移")
        came = finding(NINGBO, "art-20-2-county-budget", register(fundings=[own, others]))
        assert came.verdict is verdict

    @pytest.mark.parametrize(
        ("staff", "verdict"),
        [(59, NOT_MET), (60, NOT_MET), (61, MET), ("约61元", OPEN), ("近59元", NOT_MET)],
    )
    @pytest.mark.parametrize(
        "asked",
        [
            (NINGBO, "art-21-2-front-line", COUNTY, "一线职工教育"),
            ("cn-shanghai-2011", "art-9-1-front-line-share", "310115", "一线职工培训"),
        ],
    )
    def test_more_than_sixty_percent_is_for_front_line_staff(
        self, asked: tuple[str, str, str, str], staff: int | str, verdict: Verdict
    ) -> None:
        law, duty, home, use = asked
        fundings = [
            money(2018, staff, Level.COUNTY, "paid", use=use, home=home),
            money(2018, 40, Level.COUNTY, "paid", use="其他", home=home),
        ]
        known = register(home, fundings=fundings)
        assert finding(law, duty, known).verdict is OPEN  # which reading counts is not said
        chosen = word(law, f"{duty}/funds-on-record", home=home)
        came = finding(law, duty, register(home, fundings=fundings, attestations=[chosen]))
        assert came.verdict is verdict
        assert came.is_breach is (verdict is NOT_MET)


def paper(kind: DocumentKind, **fields: Any) -> Document:
    given: dict[str, Any] = {"id": "d", "title": "文件", "division": COUNTY, "kind": kind}
    given |= {"issued_on": date(2018, 3, 1), "topics": [Topic.LIFELONG_EDUCATION]}
    return Document(**given | fields)


class TestPapers:
    @pytest.mark.parametrize(
        ("duty", "kind", "other"),
        [
            ("art-5-development-plan", DocumentKind.DEVELOPMENT_PLAN, DocumentKind.SPECIAL_PLAN),
            ("art-10-development-plan", DocumentKind.SPECIAL_PLAN, DocumentKind.WORK_PLAN),
            ("art-10-yearly-plan", DocumentKind.WORK_PLAN, DocumentKind.SPECIAL_PLAN),
        ],
    )
    def test_the_plan_of_its_own_kind_counts(
        self, duty: str, kind: DocumentKind, other: DocumentKind
    ) -> None:
        assert finding(NINGBO, duty, register(documents=[paper(kind)])).verdict is MET
        assert finding(NINGBO, duty, register(documents=[paper(other)])).verdict is NOT_MET
        elsewhere = paper(kind, topics=[Topic.COMMUNITY_EDUCATION], topics_complete=True)
        assert finding(NINGBO, duty, register(documents=[elsewhere])).verdict is NOT_MET

    @pytest.mark.parametrize(
        ("published", "in_time", "verdict"),
        [
            (True, True, MET),
            (True, None, OPEN),
            (True, False, NOT_MET),
            (False, True, NOT_MET),
            (None, True, OPEN),
        ],
    )
    def test_results_of_an_evaluation_are_published_in_good_time(
        self, verdict: Verdict, *, published: bool | None, in_time: bool | None
    ) -> None:
        duty = "art-30-publication"
        words = []
        if in_time is not None:
            words = [word(NINGBO, f"{duty}/in-good-time", holds=in_time)]
        papers = [paper(DocumentKind.EVALUATION, published=published)]
        known = register(documents=papers, attestations=words)
        assert finding(NINGBO, duty, known).verdict is verdict

    def test_without_an_evaluation_there_is_nothing_to_publish(self) -> None:
        for law, duty, home in (
            (NINGBO, "art-30-publication", COUNTY),
            ("cn-shanghai-2011", "art-31-2-publication", "310115"),
        ):
            came = finding(law, duty, register(home))
            assert came.verdict is Verdict.NOT_APPLICABLE

    @pytest.mark.parametrize(
        ("issued", "published", "verdict"),
        [
            (date(2018, 3, 1), True, OPEN),  # that the interval is a regular one is not attested
            (date(2018, 3, 1), False, NOT_MET),
            (date(2016, 3, 1), True, OPEN),
        ],
    )
    def test_statistics_are_published_regularly(
        self, issued: date, verdict: Verdict, *, published: bool
    ) -> None:
        papers = [paper(DocumentKind.STATISTICS, issued_on=issued, published=published)]
        duty = "art-31-publication"
        assert finding(NINGBO, duty, register(documents=papers)).verdict is verdict
        said = [word(NINGBO, f"{duty}/regularly")]
        came = finding(NINGBO, duty, register(documents=papers, attestations=said))
        expected = {2018: MET, 2016: OPEN}[issued.year] if published else NOT_MET
        assert came.verdict is expected


def test_a_commendation_by_the_place_itself_is_proof_and_its_absence_is_none() -> None:
    office = Organisation(id="gov", name="政府", kind=OrganisationKind.GOVERNMENT, division=COUNTY)
    honour = Honour(id="h", title="先进", division=COUNTY, awarded_by="gov", awarded_on=YEAR.last)
    there = register(organisations=[office], honours=[honour])
    assert finding(NINGBO, "art-29-2-commendation", there).verdict is MET
    came = finding(NINGBO, "art-29-2-commendation", register())
    assert (came.verdict, [need.collection for need in came.needs]) == (
        OPEN,
        [Collection.ATTESTATIONS],
    )


@pytest.mark.parametrize(
    ("law", "duty", "home"),
    [
        (NINGBO, "art-4-committee", CITY),
        (NINGBO, "art-4-committee", COUNTY),
        ("cn-shanghai-2011", "art-4-1-committee", "310000"),
        ("cn-shanghai-2011", "art-4-2-coordinating-body", "310115"),
        ("cn-chengdu-2017", "art-6-2-joint-conference", "510112"),
        ("cn-chengdu-2017-43", "art-1-joint-conference", "510100"),
    ],
)
def test_a_coordinating_body_of_the_level_stands(law: str, duty: str, home: str) -> None:
    meeting = JointConference(id="m", name="联席会", division=home)
    assert finding(law, duty, register(home, joint_conferences=[meeting])).verdict is MET
    came = finding(law, duty, register(home))
    assert (came.verdict, came.is_breach) == (NOT_MET, True)


# --- the demonstration standard ----------------------------------------------------------

STANDARD = "cn-moe-2010-demonstration"


@pytest.mark.parametrize(
    ("budget", "verdict"), [(199, NOT_MET), (200, MET), (201, MET), ("近200元", NOT_MET)]
)
def test_two_yuan_are_budgeted_for_each_resident(budget: int | str, verdict: Verdict) -> None:
    known = register(
        fundings=[money(2018, budget, Level.COUNTY, "budgeted", use="社区教育专项培训经费")],
        populations=[Population(division=COUNTY, on=YEAR.last, persons=100)],
    )
    came = finding(STANDARD, "point-2-funds-set-up", known)
    assert (came.verdict, came.is_breach) == (verdict, False)


@pytest.mark.parametrize(
    ("duty", "question", "least"),
    [
        ("point-3-awareness", SurveyQuestion.AWARENESS, 80),
        ("point-3-approval", SurveyQuestion.APPROVAL, 80),
        ("point-4-satisfaction", SurveyQuestion.SATISFACTION, 70),
    ],
)
def test_of_a_survey_so_many_say_yes(duty: str, question: SurveyQuestion, least: int) -> None:
    for more, verdict in ((-10, NOT_MET), (0, OPEN), (10, MET)):
        survey = Survey(
            id="s",
            division=COUNTY,
            on=date(2018, 6, 1),
            question=question,
            positive=(least + more) * 100,
            answered=10_000,
        )
        assert finding(STANDARD, duty, register(surveys=[survey])).verdict is verdict
