"""Judging duties about figures: an indicator compares to a threshold."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from commed.compliance import Case, Ruling, judge
from commed.errors import CommedError, InvalidValue
from commed.evidence import Evidence, Need
from commed.labels import Label
from commed.law.conditions import (
    Attested,
    Condition,
    IndicatorCompares,
    Narrowing,
    Operator,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.records.learning import LearningEvent, LearningTeam, Mode
from commed.records.organisations import (
    Workstation,
)
from commed.records.resources import Population
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import Register
from commed.sources import Source, TextStatus
from commed.truth import Truth
from commed.wording import parse_quantity

HOME, ON = "510112", date(2019, 4, 26)
EARLIER, LATER = date(2018, 12, 31), date(2019, 5, 1)
WORDS = Label(zh="义务", en="a duty")
DUTY = Obligation(
    id="duty",
    duty=WORDS,
    bearer=Bearer(name=Label(zh="区政府", en="the district")),
    modality=Modality.SHALL,
    condition=Attested(),
)
SOURCES = [Source(id="text", title="文本", status=TextStatus.ENACTED)]
LAW = Instrument(id="law", title=WORDS, since=date(2017, 2, 1), sources=SOURCES)


def register(*divisions: Division, **lists: Any) -> Register:
    home = Division(id=HOME, name="龙泉驿区")
    lists["divisions"] = [home, *divisions]
    return Register(jurisdiction=HOME, **lists)


def ruling(condition: Condition, known: Register) -> Ruling:
    year = Period.year(2018)
    case = Case(
        register=known,
        instrument=LAW,
        obligation=DUTY,
        place=known.jurisdiction,
        on=ON,
        period=year,
    )
    return judge(condition, case)


def truth(condition: Condition, known: Register) -> Truth:
    return ruling(condition, known).truth


def keys(evidence: Iterable[Evidence]) -> list[str]:
    return [piece.key for piece in evidence]


def wanted(needs: Iterable[Need]) -> list[Collection]:
    return [need.collection for need in needs]


def station(division: str, **fields: Any) -> Workstation:
    given: dict[str, Any] = {"id": f"station-{division}", "name": "站", "division": division}
    return Workstation(**given | fields)


def community(key: str, within: str | None = HOME) -> Division:
    return Division(id=key, name=key, level=Level.COMMUNITY, within=within)


BOTH = {"complete": [Collection.DIVISIONS, Collection.WORKSTATIONS]}


def compares(
    operator: Operator, threshold: str, indicator: str = "learning-teams"
) -> IndicatorCompares:
    return IndicatorCompares(
        indicator=indicator, operator=operator, threshold=parse_quantity(threshold)
    )


def teams(count: int) -> Register:
    listed = [LearningTeam(id=f"t{index}", division=HOME) for index in range(count)]
    return register(teams=listed, complete=[Collection.TEAMS])


def reported(words: str) -> Register:
    figure = ReportedFigure(
        id="figure",
        about="人次",
        quantity=words,
        indicator="person-times",
        division=HOME,
        stated_on=ON,
        yearly=True,
    )
    return register(reported_figures=[figure])


class TestIndicatorCompares:
    @pytest.mark.parametrize(
        ("operator", "found", "expected"),
        [
            (Operator.AT_LEAST, (1, 2, 3), (Truth.FALSE, Truth.TRUE, Truth.TRUE)),
            (Operator.MORE_THAN, (1, 2, 3), (Truth.FALSE, Truth.FALSE, Truth.TRUE)),
            (Operator.AT_MOST, (1, 2, 3), (Truth.TRUE, Truth.TRUE, Truth.FALSE)),
            (Operator.LESS_THAN, (1, 2, 3), (Truth.TRUE, Truth.FALSE, Truth.FALSE)),
        ],
    )
    def test_each_operator_below_at_and_above_the_threshold(
        self, operator: Operator, found: tuple[int, ...], expected: tuple[Truth, ...]
    ) -> None:
        condition = compares(operator, "2支")
        assert tuple(truth(condition, teams(count)) for count in found) == expected

    def test_met_it_keeps_what_was_observed_and_required(self) -> None:
        came = ruling(compares(Operator.AT_LEAST, "1支"), teams(2))
        assert came.observed == Quantity.exactly(2, Unit.TEAMS)
        assert came.required == Quantity.exactly(1, Unit.TEAMS)
        assert came.shortfall is None
        assert came.because.en == "learning teams: 2 found, required at least 1"
        assert came.because.zh == "学习型团队数2，要求1支以上"

    def test_narrowed_it_is_measured_at_the_place_that_is_judged(self) -> None:
        held = [
            LearningEvent(
                id=key, date=date(2018, 6, 1), division=key, mode=Mode.ONLINE, headcount=count
            )
            for key, count in (("c1", 7), ("c2", 50))
        ]
        known = register(
            community("c1"),
            community("c2"),
            events=held,
            complete=[Collection.EVENTS, Collection.ATTENDANCES],
        )
        condition = evolve(
            compares(Operator.AT_LEAST, "8人次", "person-times"),
            where=[Narrowing(dimension="mode", key="online")],
        )
        for place, found in (("c1", 7), ("c2", 50), (HOME, 57)):
            came = judge(condition, Case(known, LAW, DUTY, place, ON, Period.year(2018)))
            assert came.observed == Quantity.exactly(found, Unit.PERSON_TIMES)

    def test_unmet_it_says_how_much_is_short(self) -> None:
        came = ruling(compares(Operator.AT_LEAST, "5支"), teams(2))
        assert came.shortfall == Quantity.exactly(3, Unit.TEAMS)
        assert came.needs == ()

    def test_unmet_from_above_it_says_how_much_is_too_much(self) -> None:
        came = ruling(compares(Operator.LESS_THAN, "2支"), teams(5))
        assert came.shortfall == Quantity.exactly(3, Unit.TEAMS)
        assert came.because.zh == "学习型团队数5，要求不满2支"

    @pytest.mark.parametrize(
        ("operator", "threshold", "expected"),
        [
            (Operator.AT_LEAST, "70万人次", Truth.TRUE),
            (Operator.MORE_THAN, "70万人次", Truth.UNKNOWN),
            (Operator.AT_LEAST, "75万人次", Truth.UNKNOWN),
            (Operator.LESS_THAN, "80万人次", Truth.TRUE),
            (Operator.AT_LEAST, "80万人次", Truth.FALSE),
            (Operator.AT_MOST, "799999人次", Truth.TRUE),
        ],
    )
    def test_on_the_edge_of_an_interval_its_ends_decide(
        self, operator: Operator, threshold: str, expected: Truth
    ) -> None:
        condition = compares(operator, threshold, "person-times")
        assert truth(condition, reported("70余万人次")) is expected

    def test_a_threshold_inside_the_interval_is_unknown_and_names_the_need(self) -> None:
        came = ruling(
            compares(Operator.AT_LEAST, "75万人次", "person-times"), reported("70余万人次")
        )
        assert came.truth is Truth.UNKNOWN
        assert came.observed == Quantity(Interval(700_000, 799_999), Unit.PERSON_TIMES)
        assert keys(came.evidence) == ["figure"]
        assert wanted(came.needs) == [Collection.EVENTS]
        assert came.shortfall is None

    def test_what_is_settled_asks_for_nothing_though_the_figure_is_not_exact(self) -> None:
        came = ruling(
            compares(Operator.AT_LEAST, "70万人次", "person-times"), reported("70余万人次")
        )
        assert came.truth is Truth.TRUE
        assert came.needs == ()

    def test_the_shortfall_of_an_interval_is_an_interval(self) -> None:
        came = ruling(
            compares(Operator.AT_LEAST, "90万人次", "person-times"), reported("70余万人次")
        )
        assert came.shortfall == Quantity(Interval(100_001, 200_000), Unit.PERSON_TIMES)

    def test_without_a_value_it_is_unknown_and_names_the_need(self) -> None:
        came = ruling(compares(Operator.AT_LEAST, "50%", "participation-rate"), register())
        assert came.truth is Truth.UNKNOWN
        assert came.observed is None
        assert came.required == Quantity(Interval.exactly(1) / Interval.exactly(2), Unit.RATIO)
        assert Collection.POPULATIONS in wanted(came.needs)
        assert came.because.en.startswith("participation rate: cannot be measured, required ")
        assert came.because.zh.startswith("参与率无从测算，要求")

    def test_a_figure_of_a_year_is_judged_on_the_year_one_of_a_day_on_the_day(self) -> None:
        known = register(
            events=[LearningEvent(id="e", date=ON, division=HOME, headcount=9)],
            teams=[LearningTeam(id="t", division=HOME, since=LATER)],
            complete=[Collection.EVENTS, Collection.TEAMS],
        )
        assert truth(compares(Operator.AT_LEAST, "1人次", "person-times"), known) is Truth.FALSE
        assert truth(compares(Operator.AT_LEAST, "1支"), known) is Truth.FALSE

    @pytest.mark.parametrize(
        ("condition", "lists"),
        [
            (
                compares(Operator.AT_LEAST, "15人", "distinct-learners"),
                {
                    "events": [
                        LearningEvent(
                            id=f"e{day}", date=date(2018, 1, day), division=HOME, headcount=10
                        )
                        for day in (1, 2)
                    ],
                    "complete": [Collection.EVENTS],
                },
            ),
            (
                compares(Operator.AT_LEAST, "95人次", "person-times"),
                {
                    "events": [
                        LearningEvent(
                            id="e", date=date(2018, 1, 1), division=HOME, headcount="近100人"
                        )
                    ],
                    "complete": [Collection.EVENTS],
                },
            ),
            (
                compares(Operator.AT_LEAST, "1%", "participation-rate"),
                {
                    "events": [
                        LearningEvent(
                            id="e", date=date(2018, 1, 1), division=HOME, attendances=["x"]
                        )
                    ],
                    "populations": [Population(division=HOME, on=EARLIER, persons="约100人")],
                    "complete": [Collection.EVENTS, Collection.ATTENDANCES],
                },
            ),
            (compares(Operator.AT_LEAST, "1%", "workstation-coverage"), BOTH),
        ],
        ids=["learners-not-named", "headcount-not-exact", "population-not-exact", "no-community"],
    )
    def test_whatever_is_unknown_names_what_would_settle_it(
        self, condition: IndicatorCompares, lists: dict[str, Any]
    ) -> None:
        came = ruling(condition, register(**lists))
        assert came.truth is Truth.UNKNOWN
        assert came.needs

    def test_a_station_not_certain_to_stand_is_asked_after(self) -> None:
        known = register(community("a"), workstations=[station("a", seen=LATER)], **BOTH)
        came = ruling(compares(Operator.AT_LEAST, "100%", "workstation-coverage"), known)
        assert came.truth is Truth.UNKNOWN
        assert came.needs

    def test_a_threshold_that_is_itself_inexact_is_refused(self) -> None:
        with pytest.raises(InvalidValue) as caught:
            compares(Operator.AT_LEAST, "近10支")
        assert [problem.path for problem in caught.value.problems] == ["threshold"]

    def test_a_threshold_in_another_unit_than_its_indicator_is_refused(self) -> None:
        with pytest.raises(UnitMismatch, match="learning-teams is measured in teams"):
            ruling(compares(Operator.AT_LEAST, "1人"), register())

    def test_a_threshold_in_another_unit_than_its_indicator_is_never_compared(self) -> None:
        with pytest.raises(UnitMismatch, match="person-times is measured in person-times"):
            ruling(compares(Operator.AT_LEAST, "1人", "person-times"), reported("70余万人次"))

    def test_a_figure_in_another_unit_than_its_indicator_is_never_taken_for_it(self) -> None:
        with pytest.raises(CommedError):
            ruling(compares(Operator.AT_LEAST, "1人次", "person-times"), reported("70余万元"))
