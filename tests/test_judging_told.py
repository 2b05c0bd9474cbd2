"""What a ruling tells: its words in full, what it asks for and where, and what it keeps."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from attrs import evolve, frozen

from commed.compliance import Case, Finding, Ruling, Verdict, add_condition, assess, judge
from commed.compliance.following import follow_up
from commed.compliance.rollup import roll_up
from commed.errors import CommedError
from commed.evidence import CIVIL_AFFAIRS, EDUCATION, FINANCE
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    DocumentIssued,
    EventInWindow,
    EveryDivisionHas,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
    Not,
    Operator,
    OrganisationExists,
    When,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Quantity, Unit
from commed.records.learning import Headcount, LearningEvent, LearningTeam
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Funding, FundingStage
from commed.records.statements import Attestation, Document, DocumentKind
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth
from commed.windows import LastWeek

HOME, TOWN, LANE, ON, YEAR = "510112", "town", "lane", date(2019, 4, 26), Period.year(2018)
WORDS = Label(zh="义务", en="a duty")
BEARER = Bearer(name=Label(zh="区政府", en="the district"))
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
PLACES = (
    Division(id=HOME, name="龙泉驿区"),
    Division(id=TOWN, name="某街道", level=Level.TOWNSHIP, within=HOME),
    Division(id=LANE, name="某社区", level=Level.COMMUNITY, within=TOWN),
)


def asked(question: str) -> Attested:
    return Attested(question=question)


A, B, C = asked("a"), asked("b"), asked("c")
DUTY = Obligation(id="duty", duty=WORDS, bearer=BEARER, modality=Modality.SHALL, condition=A)


def law(duty: Obligation = DUTY) -> Instrument:
    return Instrument(
        id="law",
        title=WORDS,
        since=date(2015, 3, 1),
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[Provision(article=1, summary=WORDS, source="text", obligations=[duty])],
    )


def word(about: str, *, holds: bool) -> Attestation:
    day = date(2019, 1, 1)
    return Attestation(
        id=about, instrument="law", duty=f"duty/{about}", division=HOME, holds=holds, on=day
    )


def register(**lists: Any) -> Register:
    given: dict[str, Any] = {"divisions": PLACES}
    return Register(jurisdiction=HOME, **given | lists)


def said(**words: bool) -> Register:
    return register(attestations=[word(about, holds=holds) for about, holds in words.items()])


def ruling(
    condition: Condition,
    known: Register,
    *,
    place: str = HOME,
    on: date = ON,
    period: Period = YEAR,
    duty: Obligation = DUTY,
) -> Ruling:
    case = Case(
        register=known, instrument=law(duty), obligation=duty, place=place, on=on, period=period
    )
    return judge(condition, case)


def reasons(*labels: Label) -> Label:
    return Label(zh="；".join(each.zh for each in labels), en="; ".join(each.en for each in labels))


# --- conditions made of conditions -----------------------------------------------------

OPEN_AND_HELD = When(condition=A, then=B)  # holds whether or not it applies: B does
NEVER = Not(condition=OPEN_AND_HELD)


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (AllOf(conditions=[OPEN_AND_HELD, C]), T),
        (AnyOf(conditions=[OPEN_AND_HELD, Not(condition=C)]), T),
        (AllOf(conditions=[NEVER, C]), F),
        (NEVER, F),
        (AtLeastOf(count=1, conditions=[OPEN_AND_HELD, asked("d")]), T),
    ],
)
def test_what_is_decided_asks_for_nothing_though_a_part_of_it_is_open(
    condition: Condition, truth: Truth
) -> None:
    known = said(b=True, c=True)
    assert ruling(OPEN_AND_HELD, known).needs
    came = ruling(condition, known)
    assert (came.truth, came.needs) == (truth, ())


class TestAtLeastOf:
    condition = AtLeastOf(count=2, conditions=[A, B, C])

    @pytest.mark.parametrize("words", [{"a": True, "b": True}, {"a": False, "b": False}])
    def test_where_it_is_decided_every_part_is_told(self, words: dict[str, bool]) -> None:
        known = said(**words)
        came = ruling(self.condition, known)
        told = reasons(*(ruling(part, known).because for part in (A, B, C)))
        assert came.because.zh.endswith(f"要求至少2项：{told.zh}")
        assert came.because.en.endswith(f"at least 2 required: {told.en}")

    def test_where_it_is_open_the_open_parts_are_told(self) -> None:
        known = said(a=True)
        came = ruling(self.condition, known)
        told = reasons(*(ruling(part, known).because for part in (B, C)))
        assert came.because.zh.endswith(f"要求至少2项：{told.zh}")
        assert came.because.en.endswith(f"at least 2 required: {told.en}")

    def test_it_rests_on_all_its_parts(self) -> None:
        known = said(a=True, b=False)
        came = ruling(self.condition, known)
        assert came.parts == tuple(ruling(part, known) for part in (A, B, C))
        assert [piece.key for piece in came.evidence] == ["a", "b"]


@pytest.mark.parametrize("words", [{"a": True}, {"a": False}, {}])
def test_a_duty_on_a_condition_rests_on_both_its_parts(words: dict[str, bool]) -> None:
    known = said(**words)
    came = ruling(When(condition=A, then=B), known)
    assert came.parts == (ruling(A, known), ruling(B, known))


# --- readings --------------------------------------------------------------------------


def test_which_reading_counts_is_asked_of_the_lawmaker_for_the_place_that_is_judged() -> None:
    readings = [
        Reading(id=key, label=Label(zh=key, en=key), condition=condition)
        for key, condition in (("strict", A), ("loose", B))
    ]
    duty = evolve(DUTY, condition=None, readings=readings)
    finding = assess(said(a=True, b=False), law(duty), on=ON)["duty"]
    (need,) = finding.needs
    assert need.what == Label(
        zh="以何种理解为准的解释（认定其一：duty/strict、duty/loose）",
        en="an interpretation that says which reading counts "
        "(attest one of: duty/strict, duty/loose)",
    )
    assert (need.collection, need.division) == (Collection.ATTESTATIONS, HOME)


# --- where the records are asked for ---------------------------------------------------


def test_a_jurisdiction_adrift_is_asked_about_in_the_words_of_the_need() -> None:
    home = Division(id="home", name="某区", level=Level.COUNTY)
    known = Register(jurisdiction="home", divisions=[home])
    finding = assess(known, evolve(law(), jurisdiction="510100"), on=ON)["duty"]
    (need,) = finding.needs
    assert finding.because == need.what
    assert (need.division, need.supplier) == ("home", CIVIL_AFFAIRS)


@pytest.mark.parametrize("place", [HOME, TOWN, LANE])
@pytest.mark.parametrize(
    "condition",
    [
        A,
        DocumentIssued(kind=DocumentKind.WORK_PLAN),
        OrganisationExists(kinds=[OrganisationKind.CENTRE]),
        EveryDivisionHas(kinds=[OrganisationKind.CENTRE], level=Level.COMMUNITY),
        EventInWindow(month=10, week=LastWeek.LAST_WHOLE),
        IndicatorGrows(indicator="funds-paid"),
        IndicatorGrows(indicator="funds-paid", where=[Narrowing(dimension="use", key="书")]),
    ],
)
def test_every_record_is_asked_for_where_the_duty_is_judged(
    condition: Condition, place: str
) -> None:
    came = ruling(condition, register(), place=place)
    assert came.truth is U
    assert came.needs
    assert {need.division for need in came.needs} == {place}


def test_an_event_is_asked_for_in_the_words_of_the_window() -> None:
    week, window = LastWeek.LAST_WHOLE, LastWeek.LAST_WHOLE.days(2018, 10)
    for theme, zh, en in ((None, "", ""), ("终身学习", "终身学习", " on 终身学习")):
        (need,) = ruling(EventInWindow(month=10, week=week, theme=theme), register()).needs
        assert need.what == Label(
            zh=f"{window}（{week.label_zh}）的{zh}活动",
            en=f"event{en} from {window} ({week.label_en})",
        )
        assert (need.collection, need.supplier) == (Collection.EVENTS, EDUCATION)


# --- figures ---------------------------------------------------------------------------


def compares(indicator: str, number: int, unit: Unit, **fields: Any) -> IndicatorCompares:
    threshold = Quantity.exactly(number, unit)
    operator = Operator.AT_LEAST
    return IndicatorCompares(indicator=indicator, operator=operator, threshold=threshold, **fields)


def narrowed(**where: str) -> list[Narrowing]:
    return [Narrowing(dimension=dimension, key=key) for dimension, key in where.items()]


@pytest.mark.parametrize(
    ("since", "until", "truth"),
    [(date(2019, 2, 1), None, T), (date(2018, 1, 1), date(2019, 1, 31), F)],
)
def test_what_stands_is_counted_on_the_day_and_not_in_the_year_before(
    since: date, until: date | None, truth: Truth
) -> None:
    team = LearningTeam(id="t", division=HOME, since=since, until=until)
    known = register(teams=[team], complete=[Collection.TEAMS])
    assert ruling(compares("learning-teams", 1, Unit.TEAMS), known).truth is truth


def test_growth_of_what_stands_is_from_the_last_day_of_one_year_to_that_of_the_next() -> None:
    teams = [
        LearningTeam(id="old", division=HOME, since=date(2010, 1, 1)),
        LearningTeam(id="came", division=HOME, since=date(2018, 12, 31)),
        LearningTeam(id="went", division=HOME, since=date(2018, 2, 1), until=date(2018, 12, 30)),
    ]
    known = register(teams=teams, complete=[Collection.TEAMS])
    came = ruling(IndicatorGrows(indicator="learning-teams", strictly=True), known)
    assert came.truth is T
    assert came.observed == Quantity.exactly(2, Unit.TEAMS)
    assert came.required == Quantity.exactly(1, Unit.TEAMS)


def test_growth_of_what_stands_asks_for_a_whole_list_on_those_days_alone() -> None:
    days = [Period.day(date(year, 12, 31)) for year in (2017, 2018)]
    claims = [Completeness(collection=Collection.TEAMS, period=day) for day in days]
    grew = IndicatorGrows(indicator="learning-teams", strictly=False)
    assert ruling(grew, register(complete=claims)).truth is T
    assert ruling(grew, register(complete=claims[:1])).truth is U
    assert {need.period for need in ruling(grew, register()).needs} == set(days)


def attended(day: date, count: int) -> dict[str, Any]:
    counted = Headcount(persons=count)
    event = LearningEvent(id="e", date=day, division=HOME, headcount=counted)
    return {"events": [event], "complete": [Collection.EVENTS]}


def test_the_figure_of_the_whole_never_stands_in_for_a_part_that_nobody_recorded() -> None:
    known = register(**attended(date(2018, 5, 1), 100))
    plain = compares("person-times", 1, Unit.PERSON_TIMES)
    assert ruling(plain, known).truth is T
    part = ruling(evolve(plain, where=narrowed(month="2017-05")), known)
    assert (part.truth, part.observed) == (U, None)
    assert part.needs


def funding(**fields: Any) -> Funding:
    given: dict[str, Any] = {
        "id": "f",
        "division": HOME,
        "period": YEAR,
        "amount": 100,
        "stage": FundingStage.PAID,
    }
    return Funding(**given | fields)


@pytest.mark.parametrize("place", [HOME, TOWN])
def test_a_part_is_asked_for_by_its_keys_at_its_place_and_time(place: str) -> None:
    condition = compares("funds-paid", 1, Unit.YUAN, where=narrowed(use="书", level="county"))
    first, *others = ruling(condition, register(), place=place).needs
    assert first.what == Label(
        zh="注明“书、county”的经费记录", en="fundings that are told apart by use 书, level county"
    )
    assert (first.collection, first.supplier) == (Collection.FUNDINGS, FINANCE)
    for need in (first, *others):
        assert (need.division, need.period) == (place, YEAR)


def test_a_part_is_asked_for_from_the_list_that_tells_the_parts_apart() -> None:
    rate = compares("participation-rate", 1, Unit.RATIO, where=narrowed(theme="书"))
    first, *others = ruling(rate, register()).needs
    assert first.collection is Collection.EVENTS
    assert Collection.POPULATIONS in {need.collection for need in others}


def test_growth_that_is_decided_has_no_shortfall_and_asks_for_nothing() -> None:
    earlier = funding(id="g", period=Period.year(2017), amount="约100元")
    known = register(fundings=[funding(amount=200), earlier], complete=[Collection.FUNDINGS])
    came = ruling(IndicatorGrows(indicator="funds-paid"), known)
    assert (came.truth, came.needs, came.shortfall) == (T, (), None)
    assert [(step.needs, step.shortfall) for step in came.parts] == [((), None)]


def test_a_figure_that_is_high_enough_asks_for_nothing_though_the_list_is_partial() -> None:
    known = register(fundings=[funding(amount="不少于200元")])
    assert ruling(compares("funds-paid", 300, Unit.YUAN), known).needs
    came = ruling(compares("funds-paid", 200, Unit.YUAN), known)
    assert (came.truth, came.needs) == (T, ())


def test_before_the_first_year_it_says_so_and_asks_for_the_year_itself() -> None:
    first = Period.year(1)
    came = ruling(IndicatorGrows(indicator="funds-paid"), register(), period=first)
    assert came.because == Label(zh="没有更早的年份", en="no year comes before")
    assert came.truth is U
    assert {need.period for need in came.needs} == {first}


def test_the_second_year_is_held_against_the_first() -> None:
    second = Period.year(2)
    came = ruling(IndicatorGrows(indicator="funds-paid", years=9), register(), period=second)
    assert len(came.parts) == 1
    assert "in 2, " in came.because.en


# --- organisations and papers ----------------------------------------------------------

STATION, CENTRE = OrganisationKind.WORKSTATION, OrganisationKind.CENTRE
EVERY_TOWN = EveryDivisionHas(kinds=[STATION], level=Level.TOWNSHIP)


def station(key: str, division: str, **fields: Any) -> Workstation:
    return Workstation(id=key, name=key, division=division, **fields)


def test_of_several_bodies_in_one_division_the_surest_counts() -> None:
    bodies = [
        station("sure", LANE, since=date(2018, 1, 1)),
        station("unsure", LANE, seen=date(2019, 5, 1)),
    ]
    every = EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY)
    for order in (bodies, bodies[::-1]):
        known = register(workstations=order, complete=[Collection.DIVISIONS])
        assert ruling(every, known).truth is T


def test_a_body_that_serves_none_hides_no_later_one() -> None:
    gone = station("gone", LANE, since=date(2010, 1, 1), until=date(2018, 1, 1))
    far = Organisation(id="far", name="外", kind=CENTRE, division=HOME)
    every = EveryDivisionHas(kinds=[STATION, CENTRE], level=Level.COMMUNITY)
    known = register(
        organisations=[far],
        workstations=[gone, station("stands", LANE)],
        complete=[Collection.DIVISIONS],
    )
    came = ruling(every, known)
    assert came.truth is T
    assert [piece.key for piece in came.evidence] == ["stands"]


def test_a_station_recorded_too_coarsely_takes_nothing_from_one_that_is_sure() -> None:
    known = register(
        workstations=[station("sure", LANE), station("coarse", TOWN)],
        complete=[Collection.DIVISIONS],
    )
    every = EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY)
    assert ruling(every, known).truth is T


def test_whether_the_list_of_divisions_is_whole_is_a_matter_of_the_day() -> None:
    claim = Completeness(collection=Collection.DIVISIONS, period=Period.day(ON))
    known = register(workstations=[station("s", LANE)], complete=[claim])
    every = EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY)
    assert ruling(every, known).truth is T
    assert ruling(every, known, on=date(2019, 4, 27)).truth is U


def test_a_tally_of_a_whole_list_is_told_in_full() -> None:
    known = register(workstations=[station("s", LANE)], complete=[Collection.DIVISIONS])
    came = ruling(EveryDivisionHas(kinds=[STATION], level=Level.COMMUNITY), known)
    assert came.because == Label(
        zh="记录中村（社区）级区划1个：确知设有社区教育工作站的1个，确知没有的0个",
        en="of the 1 communities (villages and neighbourhoods) on record, 1 are known to have a "
        "community-education workstation, 0 are known to have none",
    )


def test_a_paper_in_force_is_missed_on_a_list_that_is_whole_on_the_day() -> None:
    plan = DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN)
    day = Completeness(collection=Collection.DOCUMENTS, period=Period.day(ON))
    year = Completeness(collection=Collection.DOCUMENTS, period=YEAR)
    assert ruling(plan, register(complete=[day])).truth is F
    assert ruling(plan, register(complete=[year])).truth is U
    yearly = evolve(plan, yearly=True)
    assert ruling(yearly, register(complete=[day])).truth is U
    assert ruling(yearly, register(complete=[year])).truth is F


def test_a_paper_of_the_place_counts_and_of_no_other() -> None:
    plan = DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN)
    paper = Document(
        id="p",
        title="规划",
        kind=DocumentKind.DEVELOPMENT_PLAN,
        division=TOWN,
        issued_on=date(2018, 1, 1),
    )
    known = register(documents=[paper])
    assert [ruling(plan, known, place=place).truth for place in (TOWN, HOME)] == [T, U]


# --- conditions of one's own -----------------------------------------------------------


@frozen(kw_only=True)
class Meaningless(Condition):
    test = "tests-told-meaningless"


def test_a_condition_that_was_added_is_judged_as_it_is_meant_to() -> None:
    @frozen(kw_only=True)
    class Held(Condition):
        test = f"tests-told-held-{uuid4()}"

    add_condition(Held, lambda _, case: Ruling(truth=T, because=Label(zh=case.place, en="held")))
    assert ruling(Held(), register()) == Ruling(truth=T, because=Label(zh=HOME, en="held"))


def test_a_condition_without_a_meaning_says_what_to_do() -> None:
    with pytest.raises(NotImplementedError) as caught:
        ruling(Meaningless(), register())
    assert str(caught.value) == (
        "no meaning is registered for Meaningless; decorate a function with @judge.register"
    )


# --- assessments together --------------------------------------------------------------


def test_a_follow_up_keeps_both_assessments_and_finds_a_duty_by_its_id() -> None:
    before, after = (
        assess(known, law(), on=day)
        for known, day in ((said(), ON), (said(a=True), date(2020, 4, 26)))
    )
    followed = follow_up(before, after)
    assert (followed.before, followed.after) == (before, after)
    assert followed.on("duty") == followed.steps
    assert followed.on("another") == ()


def test_a_duty_of_its_own_is_found_though_nothing_came_before_it() -> None:
    before = assess(said(), law(), on=ON)
    after = assess(said(), law(evolve(DUTY, id="new")), on=date(2020, 4, 26))
    followed = follow_up(before, after)
    assert [step.obligation for step in followed.on("new")] == ["new"]
    assert [step.after for step in followed.on("duty")] == [None]


def test_a_roll_up_knows_its_level() -> None:
    rolled = roll_up(register(), law(), level=Level.TOWNSHIP, on=ON)
    assert rolled.level is Level.TOWNSHIP
    assert list(rolled.assessments) == [TOWN]


def test_a_finding_is_told_by_its_place_in_the_law_and_its_verdict() -> None:
    finding: Finding = assess(said(a=True), law(), on=ON)["duty"]
    assert str(finding) == f"{finding.citation.place.en} duty: {Verdict.MET.label_en}"


def test_a_threshold_in_another_unit_is_refused_with_both() -> None:
    wrong = compares("learning-teams", 1, Unit.PERSONS)
    with pytest.raises(CommedError, match=r"^learning-teams is measured in teams, its threshold"):
        ruling(wrong, register())
