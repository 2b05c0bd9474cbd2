"""Indicators: each is whole in the catalogue, and a measurement says what it rests on and lacks."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from commed.errors import CommedError
from commed.indicators import (
    Coverage,
    Definition,
    Measurement,
    Timing,
    UnknownIndicator,
    UnsupportedQuestion,
    catalogue,
    definition,
    measure,
)
from commed.labels import Label
from commed.periods import Period
from commed.places import Division, DivisionCode
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.organisations import Workstation
from commed.records.resources import Population, PopulationBase
from commed.references import Collection
from commed.register import Register

HERE, PART, YARD, COURT = "510112", "510112001", "510112001001", "510112001002"
YEAR, DAY = Period.year(2018), date(2018, 6, 15)
IDS = sorted(catalogue())
WHOLE = list(Collection)


def register(**lists: Any) -> Register:
    """Build a register of a district in which three persons, one named, met once."""
    known: dict[str, Any] = {
        "jurisdiction": HERE,
        "divisions": [Division(id=key, name=key) for key in (HERE, PART, YARD)],
        "workstations": [Workstation(id="station", name="工作站", division=YARD)],
        "teams": [LearningTeam(id="team", division=HERE, themes=["健康"])],
        "events": [LearningEvent(id="met", date=DAY, division=YARD, headcount=3)],
        "populations": [residents(1000, date(2018, 12, 31))],
        "complete": WHOLE,
    }
    return Register(**known | lists)


def residents(persons: Any, on: date, **changes: Any) -> Population:
    told: dict[str, Any] = {"division": HERE, "on": on, "persons": persons}
    return Population(**told | changes)


def rate(*populations: Population, **asked: Any) -> Measurement:
    known = register(populations=populations)
    return measure("participation-rate", known, **{"period": YEAR} | asked)


def test_the_catalogue_lists_every_indicator_by_its_id() -> None:
    assert {
        "distinct-learners",
        "learning-teams",
        "participation-rate",
        "person-times",
        "person-times-per-resident",
        "workstation-coverage",
    } <= set(IDS)
    for key, found in catalogue().items():
        assert found.id == key
        assert definition(key) is found
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", key)
    with pytest.raises(TypeError):
        catalogue()["own"] = definition(IDS[0])  # type: ignore[index]


@pytest.mark.parametrize("indicator", IDS)
def test_a_definition_says_all_of_itself_in_both_languages(indicator: str) -> None:
    found = definition(indicator)
    for field in attrs.fields(Definition):
        said = getattr(found, field.name)
        if isinstance(said, Label):
            assert said.zh == said.zh.strip() != ""
            assert said.en == said.en.strip() != ""
            assert re.search(r"[\u4e00-\u9fff]", said.zh)
    assert (found.base is not None) is ("/" in found.formula.en)


@pytest.mark.parametrize(
    ("indicator", "timing"),
    [
        ("person-times", Timing.FLOW),
        ("distinct-learners", Timing.FLOW),
        ("participation-rate", Timing.FLOW),
        ("person-times-per-resident", Timing.FLOW),
        ("learning-teams", Timing.STOCK),
        ("workstation-coverage", Timing.STOCK),
    ],
)
def test_an_indicator_adds_up_over_time_or_stands_on_a_day(indicator: str, timing: Timing) -> None:
    assert definition(indicator).timing is timing


@pytest.mark.parametrize(
    ("indicator", "unit", "value"),
    [
        ("person-times", Unit.PERSON_TIMES, 3),
        ("distinct-learners", Unit.PERSONS, 3),
        ("participation-rate", Unit.RATIO, Fraction(3, 1000)),
        ("person-times-per-resident", Unit.PERSON_TIMES_PER_PERSON, Fraction(3, 1000)),
        ("workstation-coverage", Unit.RATIO, 1),
        ("learning-teams", Unit.TEAMS, 1),
    ],
)
def test_a_measurement_is_in_the_unit_of_its_definition(
    indicator: str, unit: Unit, value: Fraction | int
) -> None:
    found = measure(indicator, register(), period=YEAR)
    assert found.indicator is definition(indicator)
    assert (found.unit, found.indicator.unit) == (unit, unit)
    assert (found.value, found.needs) == (Interval.exactly(value), ())
    assert found.quantity == Quantity(Interval.exactly(value), unit)
    if found.numerator is not None and found.denominator is not None:
        assert (found.numerator / found.denominator).unit is unit


def test_a_participation_rate_is_never_in_the_unit_of_person_times_per_resident() -> None:
    share, times = definition("participation-rate"), definition("person-times-per-resident")
    assert share.unit is not times.unit
    assert "人次" not in share.formula.zh


@pytest.mark.parametrize(
    ("asked", "close"),
    [
        ("participation", "participation-rate"),
        ("person-time", "person-times"),
        ("teams", "learning-teams"),
    ],
)
def test_an_unknown_indicator_is_told_those_that_come_close(asked: str, close: str) -> None:
    for ask in (definition, lambda key: measure(key, register())):
        with pytest.raises(UnknownIndicator) as caught:
            ask(asked)
        message = str(caught.value)
        assert message.startswith(f"no indicator is called {asked!r}; is it one of ")
        assert close in message.removeprefix(f"no indicator is called {asked!r}")
        assert isinstance(caught.value, CommedError | LookupError)


def test_an_indicator_like_no_other_is_told_all_there_are() -> None:
    with pytest.raises(UnknownIndicator) as caught:
        definition("xyzzy")
    assert all(key in str(caught.value) for key in IDS)


def test_a_division_that_is_not_recorded_is_not_measured() -> None:
    with pytest.raises(UnsupportedQuestion) as caught:
        measure("person-times", register(), division="510113")
    assert str(caught.value) == "division '510113' is not recorded: add it under 'divisions'"


def test_a_division_is_asked_for_by_its_key_or_its_code_or_is_the_jurisdiction() -> None:
    asked: list[Any] = [None, HERE, DivisionCode(HERE)]
    found = {measure("person-times", register(), division=one).division for one in asked}
    assert found == {HERE}


def test_an_indicator_splits_only_by_what_it_has() -> None:
    with pytest.raises(UnsupportedQuestion) as caught:
        measure("planned-sessions", register(), by="theme")
    assert str(caught.value) == (
        "planned-sessions cannot be split by 'theme'; it splits by: month, quarter, year, "
        "division, county, township, community, organiser, team"
    )
    other: Any = "colour"
    with pytest.raises(UnsupportedQuestion, match="it splits by: month"):
        measure("learning-teams", register(), by=other)


def test_an_indicator_by_theme_is_a_measurement_for_each_theme_on_record() -> None:
    themes: list[Any] = [["健康", "书法"], ["健康"], []]
    teams = [
        LearningTeam(id=f"t{index}", division=HERE, themes=listed)
        for index, listed in enumerate(themes)
    ]
    split = measure("learning-teams", register(teams=teams), period=YEAR, by="theme")
    assert {theme: found.value for theme, found in split.items()} == {
        "书法": Interval(1, 2),
        "健康": Interval(2, 3),
    }
    assert list(split) == sorted(split)
    assert measure("learning-teams", register(teams=[]), by="theme") == {}


def test_a_rate_is_per_resident_of_the_year_its_period_ends_in() -> None:
    told = [
        residents(1000, date(2017, 12, 31)),
        residents(2000, date(2018, 1, 1)),
        residents(3000, date(2018, 12, 31)),
        residents(4000, date(2019, 1, 1)),
    ]
    ends = {2017: 1000, 2018: 3000, 2019: 4000}
    for year, persons in ends.items():
        found = rate(*told, period=Period.year(year))
        assert found.denominator == Quantity.exactly(persons, Unit.PERSONS)
        assert f"{HERE}/" in found.evidence[-1].key
    across = rate(*told, period=Period(date(2017, 7, 1), date(2018, 6, 30)))
    assert across.value == Interval.exactly(Fraction(3, 3000))
    assert rate(*told[::-1], period=None).value == Interval.exactly(Fraction(3, 4000))


@pytest.mark.parametrize(
    "other",
    [
        residents(1000, date(2017, 12, 31)),
        residents(1000, date(2019, 1, 1)),
        residents(1000, DAY, base=PopulationBase.REGISTERED),
        residents(1000, DAY, division=PART),
        residents(0, DAY),
    ],
)
def test_without_a_population_a_rate_has_no_value_and_the_need_names_the_figure(
    other: Population,
) -> None:
    for populations in ([other], []):
        found = rate(*populations)
        assert (found.value, found.quantity, found.denominator) == (None, None, None)
        assert found.numerator == Quantity.exactly(3, Unit.PERSONS)
        (need,) = found.needs
        assert (need.collection, need.division, need.period) == (Collection.POPULATIONS, HERE, YEAR)
        assert "常住人口" in need.what.zh
        assert "resident population" in need.what.en
        assert "统计部门" in need.label.zh


def test_a_rate_without_a_period_asks_for_a_population_of_any_time() -> None:
    (need,) = rate(period=None).needs
    assert (need.collection, need.period) == (Collection.POPULATIONS, None)


def test_an_inexact_population_makes_a_wider_rate() -> None:
    found = rate(residents("不足1000人", DAY))
    assert found.denominator == Quantity(Interval(1, 999), Unit.PERSONS)
    assert found.value == Interval(Fraction(3, 999), 3)
    assert Collection.POPULATIONS in {need.collection for need in found.needs}


def test_a_rate_of_nobody_is_exact_however_many_live_there() -> None:
    some = [residents("2至4人", DAY)]
    found = measure("participation-rate", register(events=[], populations=some), period=YEAR)
    assert (found.value, found.needs) == (Interval.exactly(0), ())


def test_the_population_is_no_cap_as_participants_may_come_from_elsewhere() -> None:
    assert rate(residents(2, DAY)).value == Interval.exactly(Fraction(3, 2))


def test_a_rate_without_participation_on_record_has_no_value_and_asks_for_both() -> None:
    found = measure("participation-rate", register(events=[], populations=[], complete=[]))
    assert (found.value, found.numerator) == (None, None)
    assert {need.collection for need in found.needs} == {Collection.EVENTS, Collection.POPULATIONS}


@pytest.mark.parametrize("indicator", IDS)
def test_an_empty_register_has_no_value_and_asks_for_what_the_indicator_requires(
    indicator: str,
) -> None:
    bare = Register(jurisdiction=HERE, divisions=[Division(id=HERE, name="龙泉驿区")])
    found = measure(indicator, bare, period=YEAR)
    assert (found.value, found.evidence) == (None, ())
    assert found.needs
    assert all(need.division == HERE for need in found.needs)


def held(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "met", "date": DAY, "division": HERE}
    return {"events": [LearningEvent(**told | changes)]}


def stations(*made: Workstation) -> dict[str, Any]:
    return {"workstations": made}


INEXACT: list[tuple[str, dict[str, Any], Collection]] = [
    ("person-times", held(headcount="40余人"), Collection.ATTENDANCES),
    ("person-times", held(headcount=3) | {"complete": []}, Collection.EVENTS),
    (
        "distinct-learners",
        {"events": [*held(headcount=5)["events"], *held(id="again", headcount=5)["events"]]},
        Collection.ATTENDANCES,
    ),
    (
        "participation-rate",
        {"populations": [residents("约90万人", DAY)]},
        Collection.POPULATIONS,
    ),
    (
        "workstation-coverage",
        stations(Workstation(id="w", name="w", division=YARD, seen=date(2019, 1, 1))),
        Collection.WORKSTATIONS,
    ),
    ("workstation-coverage", {"complete": [Collection.WORKSTATIONS]}, Collection.DIVISIONS),
    ("learning-teams", {"complete": []}, Collection.TEAMS),
]


@pytest.mark.parametrize(("indicator", "lists", "asked_for"), INEXACT)
def test_what_is_not_exact_says_what_would_make_it_so(
    indicator: str, lists: dict[str, Any], asked_for: Collection
) -> None:
    found = measure(indicator, register(**lists), period=YEAR)
    assert found.value is not None
    assert not found.value.is_exact
    assert asked_for in {need.collection for need in found.needs}


COVERAGE_NEEDS: list[tuple[str, dict[str, Any], list[Collection]]] = [
    ("all is known", {}, []),
    (
        "communities may be missing",
        {"complete": [Collection.WORKSTATIONS]},
        [Collection.DIVISIONS],
    ),
    (
        "a station may not stand",
        stations(Workstation(id="w", name="w", division=YARD, seen=date(2019, 1, 1))),
        [Collection.WORKSTATIONS],
    ),
    (
        "a station may serve either of two",
        stations(Workstation(id="w", name="w", division=PART))
        | {"divisions": [Division(id=key, name=key) for key in (HERE, PART, YARD, COURT)]},
        [],
    ),
    (
        "two stations may serve the same",
        stations(
            Workstation(id="v", name="v", division=YARD),
            Workstation(id="w", name="w", division=PART),
        )
        | {"divisions": [Division(id=key, name=key) for key in (HERE, PART, YARD, COURT)]},
        [Collection.WORKSTATIONS],
    ),
    (
        "stations may be missing",
        stations() | {"complete": [Collection.DIVISIONS]},
        [Collection.WORKSTATIONS],
    ),
    (
        "both lists may have gaps",
        {"complete": []},
        [Collection.DIVISIONS, Collection.WORKSTATIONS],
    ),
    (
        "there is no community",
        stations() | {"divisions": [Division(id=HERE, name=HERE)]},
        [Collection.DIVISIONS],
    ),
]


@pytest.mark.parametrize(
    ("lists", "asked_for"),
    [case[1:] for case in COVERAGE_NEEDS],
    ids=[case[0] for case in COVERAGE_NEEDS],
)
def test_the_coverage_asks_for_just_what_is_open(
    lists: dict[str, Any], asked_for: list[Collection]
) -> None:
    without: dict[str, Any] = {"events": [], "teams": []}
    found = measure("workstation-coverage", register(**without | lists), period=YEAR)
    assert [need.collection for need in found.needs] == asked_for


def test_lists_of_places_are_asked_of_civil_affairs_and_others_of_education() -> None:
    bare = measure("workstation-coverage", register(complete=[]), period=YEAR)
    assert {need.collection: need.supplier.zh for need in bare.needs} == {
        Collection.DIVISIONS: "民政部门",
        Collection.WORKSTATIONS: "教育行政部门",
    }


def test_the_needs_count_the_events_of_unclear_place_and_of_unclear_size() -> None:
    events = [
        LearningEvent(id="district", date=DAY, division=HERE, headcount=3),
        LearningEvent(id="again", date=DAY, division=HERE, headcount=3),
        LearningEvent(id="unsized", date=DAY, division=PART),
    ]
    known = register(events=events, complete=[Collection.EVENTS])
    found = measure("person-times", known, period=YEAR, division=PART)
    told = {need.collection: need.what for need in found.needs}
    for collection, count in ((Collection.EVENTS, "2"), (Collection.ATTENDANCES, "1")):
        assert f"{count}场活动" in told[collection].zh
        assert f"{count} event" in told[collection].en
    assert {need.division for need in found.needs} == {PART}
    assert found.coverage == (Coverage(Collection.EVENTS, 3, complete=False),)


def test_a_measurement_says_how_many_records_it_rests_on_and_whether_they_are_all() -> None:
    whole = measure("workstation-coverage", register(), period=YEAR)
    assert whole.coverage == (
        Coverage(Collection.DIVISIONS, 1, complete=True),
        Coverage(Collection.WORKSTATIONS, 1, complete=True),
    )
    assert [evidence.name for evidence in whole.evidence] == ["工作站"]
    some = measure("learning-teams", register(complete=[]), period=YEAR)
    assert some.coverage == (Coverage(Collection.TEAMS, 1, complete=False),)


def test_a_measurement_reads_as_a_sentence_with_its_fraction_and_its_needs() -> None:
    assert str(measure("person-times", register())) == (
        "person-times (person-times), 510112: 3 person-times"
    )
    assert str(rate(residents(1000, DAY))).splitlines() == [
        "participation rate (participation-rate), 510112, 2018: 0.003 (ratio)",
        "  = 3 persons / 1000 persons (resident population)",
    ]
    missing = rate()
    assert str(missing).splitlines() == [
        "participation rate (participation-rate), 510112, 2018: no value",
        f"  needs {missing.needs[0]}",
    ]


def test_a_measurement_is_a_value() -> None:
    one, same = measure("person-times", register()), measure("person-times", register())
    assert (one, hash(one)) == (same, hash(same))


def test_what_is_no_period_is_refused_with_a_word_of_help() -> None:
    year: Any = 2018
    with pytest.raises(UnsupportedQuestion, match=r"Period\.year\(2018\), found 2018"):
        measure("person-times", register(), period=year)


def test_what_is_no_id_is_no_indicator() -> None:
    number: Any = 5
    with pytest.raises(UnknownIndicator, match="no indicator is called 5"):
        measure(number, register())


def test_what_to_narrow_to_is_a_mapping() -> None:
    pairs: Any = [("mode", "online")]
    with pytest.raises(UnsupportedQuestion, match=r"expected a mapping such as"):
        measure("person-times", register(), where=pairs)


def test_by_team_only_those_that_may_be_of_the_division_are_told() -> None:
    teams = [LearningTeam(id="here", division=YARD), LearningTeam(id="there", division=COURT)]
    places = [Division(id=key, name=key) for key in (HERE, PART, YARD, COURT)]
    known = register(teams=teams, divisions=places)
    split = measure("planned-sessions", known, division=YARD, period=YEAR, by="team")
    assert list(split) == ["here"]
