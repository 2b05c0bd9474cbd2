"""Balance: how evenly a figure per head is spread over the parts, and not a word where one lacks.

The indices are held against PySAL, where every part has as many residents as the others, and
against numpy, where each resident is one. What is not known exactly gives bounds that hold
whatever it is.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini  # type: ignore[import-untyped]
from inequality.theil import Theil, TheilD  # type: ignore[import-untyped]

import commed
from commed.indicators import UnsupportedQuestion, measure
from commed.indicators.balance import Balance
from commed.indicators.comparing import balance
from commed.indicators.inequality import Bounds
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.records.learning import LearningEvent
from commed.records.resources import Funding, FundingStage, Population
from commed.references import Collection
from commed.register import Completeness, Register

YEAR, DAY = Period.year(2024), date(2024, 12, 31)
EAST, WEST = ("plum", "bamboo"), ("orchid", "pine", "willow")
WITHIN = dict.fromkeys(EAST, "east") | dict.fromkeys(WEST, "west")
PARTS = tuple(WITHIN)
NEAR = 1e-9  # as far as the oracles in floats are trusted
RATE, TIMES = "participation-rate", "person-times"
WHOLE = [Collection.DIVISIONS, Collection.EVENTS, Collection.ATTENDANCES, Collection.FUNDINGS]
INDICES = ("gini", "theil", "variation", "best_to_worst")

Came = Mapping[str, int | tuple[int, int]]


def places(*more: Division, **changes: dict[str, Any]) -> list[Division]:
    """Return a district, its two townships and their communities."""
    above = {"east": "district", "west": "district"} | WITHIN
    levels = {"east": Level.TOWNSHIP, "west": Level.TOWNSHIP}
    lower = []
    for key, outer in above.items():
        level = levels.get(key, Level.COMMUNITY)
        told: dict[str, Any] = {"id": key, "name": key, "level": level, "within": outer}
        lower.append(Division(**told | changes.get(key, {})))
    return [Division(id="district", name="district", level=Level.COUNTY), *lower, *more]


def inhabited(persons: Mapping[str, Any]) -> list[Population]:
    return [Population(division=key, on=DAY, persons=number) for key, number in persons.items()]


def register(came: Came, persons: Mapping[str, Any], **lists: Any) -> Register:
    """Return a register of one event in each place, by how many came, and of its residents."""
    events = [
        LearningEvent(
            id=f"event-{key}",
            date=date(2024, 6, 1),
            division=key,
            headcount=Quantity(
                Interval(*((number, number) if isinstance(number, int) else number)), Unit.PERSONS
            ),
        )
        for key, number in came.items()
    ]
    known: dict[str, Any] = {
        "divisions": places(),
        "events": events,
        "populations": inhabited(persons),
        "complete": WHOLE,
    }
    return Register(**{"jurisdiction": "district"} | known | lists)


def spread(known: Register, indicator: str = RATE, **question: Any) -> Balance:
    asked: dict[str, Any] = {"period": YEAR, "across": Level.COMMUNITY}
    return balance(indicator, known, **asked | question)


def ends(bounds: Bounds) -> tuple[Fraction, Fraction]:
    assert bounds.interval is not None
    assert bounds.interval.low is not None
    assert bounds.interval.high is not None
    return bounds.interval.low, bounds.interval.high


def number(bounds: Bounds) -> float:
    low, high = ends(bounds)
    assert high - low <= Fraction(2, 10**12)
    assert bounds.attained
    return float(low)


def close(expected: float) -> Any:
    return pytest.approx(expected, rel=0, abs=NEAR)


def indices(found: Balance) -> list[Bounds]:
    return [getattr(found, name) for name in INDICES]


def equally(persons: Any) -> dict[str, Any]:
    return dict.fromkeys(PARTS, persons)


def counts(least: int, most: int) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({key: st.integers(least, most) for key in PARTS})


# --- against PySAL and numpy -----------------------------------------------------------


@pytest.mark.parametrize("indicator", [RATE, TIMES, "person-times-per-resident"])
@given(came=counts(1, 60))
def test_pysal_finds_the_same_where_all_have_as_many_residents(
    indicator: str, came: dict[str, int]
) -> None:
    found = spread(register(came, equally(40)), indicator)
    rates = np.array([came[key] / 40 for key in PARTS])
    assert [found.values[key] for key in PARTS] == [
        Interval.exactly(Fraction(came[key], 40)) for key in PARTS
    ]
    assert number(found.gini) == close(float(Gini(rates).g))
    assert number(found.theil) == close(float(Theil(rates).T))
    decomposed = TheilD(rates, np.array([WITHIN[key] for key in PARTS]))
    within, between = found.theil_within_and_between
    assert number(between) == close(float(np.ravel(decomposed.bg)[0]))
    assert number(within) == close(float(np.ravel(decomposed.wg)[0]))


@given(counts(0, 9), counts(1, 9))
def test_numpy_finds_the_same_where_each_resident_is_one(
    came: dict[str, int], persons: dict[str, int]
) -> None:
    found = spread(register(came, persons))
    heads = np.repeat([came[key] / persons[key] for key in PARTS], [persons[key] for key in PARTS])
    if not heads.any():
        assert [bounds.interval for bounds in indices(found)] == [None] * 4
        return
    apart = np.abs(heads[:, None] - heads[None, :]).mean()
    assert number(found.gini) == close(apart / heads.mean() / 2)
    assert number(found.variation) == close(heads.std() / heads.mean())
    shares = heads / heads.mean()
    assert number(found.theil) == close(float(np.mean([s * log(s) if s else 0 for s in shares])))
    if heads.min():
        best = max(Fraction(came[key], persons[key]) for key in PARTS)
        worst = min(Fraction(came[key], persons[key]) for key in PARTS)
        assert found.best_to_worst.interval == Interval.exactly(best / worst)
    else:
        assert found.best_to_worst.interval is None


@given(counts(0, 9), counts(1, 9))
def test_within_and_between_add_up_to_the_whole(
    came: dict[str, int], persons: dict[str, int]
) -> None:
    found = spread(register(came, persons))
    within, between = (each.interval for each in found.theil_within_and_between)
    if found.theil.interval is None:
        assert within is between is None
        return
    assert within is not None
    assert between is not None
    assert (within + between).intersection(found.theil.interval) is not None


def test_money_is_divided_by_the_residents_of_each_township() -> None:
    fundings = [
        Funding(id=key, division=key, period=YEAR, amount=amount, stage=FundingStage.PAID)
        for key, amount in (("east", 300), ("plum", 100), ("west", 200))
    ]
    known = register({}, {"east": 100, "west": 200}, fundings=fundings)
    found = spread(known, "funds-paid", across=None)
    assert found.unit is Unit.YUAN_PER_PERSON
    assert dict(found.values) == {"east": Interval.exactly(4), "west": Interval.exactly(1)}
    assert dict(found.residents) == {"east": Interval.exactly(100), "west": Interval.exactly(200)}
    assert found.best_to_worst.interval == Interval.exactly(4)
    assert found.gini.interval == Interval.exactly(Fraction(1, 3))
    assert number(found.variation) == close(2**0.5 / 2)
    assert spread(known, "funds-paid", across=Level.TOWNSHIP).values == found.values
    already = spread(known, "funds-paid-per-resident", across=Level.TOWNSHIP)
    assert (already.values, already.unit) == (found.values, found.unit)


# --- what is not known exactly ---------------------------------------------------------


@settings(max_examples=50)
@given(st.data(), counts(0, 9), counts(0, 3), counts(1, 9))
def test_the_bounds_hold_however_the_headcounts_turn_out(
    data: st.DataObject, least: dict[str, int], more: dict[str, int], persons: dict[str, int]
) -> None:
    told = {key: (least[key], least[key] + more[key]) for key in PARTS}
    found = spread(register(told, persons))
    floor = Quantity.exactly(Fraction(1, 2), Unit.RATIO)
    for _ in range(3):
        came = {key: data.draw(st.integers(*told[key])) for key in PARTS}
        exact = spread(register(came, persons))
        pairs = list(zip(indices(found), indices(exact), strict=True))
        pairs += zip(found.theil_within_and_between, exact.theil_within_and_between, strict=True)
        for of in (Balance.share_below, Balance.residents_below):
            pairs.append((of(found, floor), of(exact, floor)))
        for bounds, true in pairs:
            if true.interval is not None:
                assert bounds.interval is not None
                assert true.interval.intersection(bounds.interval) is not None


@settings(max_examples=10)
@given(st.data(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_bounds_hold_whoever_the_unnamed_of_a_partial_roster_are(
    data: st.DataObject, unnamed: list[int]
) -> None:
    def events(*, told: bool) -> list[LearningEvent]:
        made = []
        for place, more in zip(PARTS, unnamed, strict=True):
            for turn, known in enumerate((("a", "b"), ("b", "c"))):
                others = [f"x{n}" for n in range(3)] + [key for key in "abc" if key not in known]
                came = data.draw(st.permutations(others))[:more] if told else []
                event = LearningEvent(
                    id=f"{place}-{turn}",
                    date=date(2024, 6, 1),
                    division=place,
                    attendances=[*known, *came],
                    headcount=2 + more,
                )
                made.append(event)
        return made

    found = spread(register({}, equally(10), events=events(told=False)))
    for _ in range(3):
        exact = spread(register({}, equally(10), events=events(told=True)))
        for bounds, true in zip(indices(found), indices(exact), strict=True):
            assert bounds.interval is not None
            assert true.interval is not None
            assert true.interval.intersection(bounds.interval) is not None


@pytest.mark.parametrize(
    ("lists", "needed"),
    [
        ({"populations": inhabited(equally(10) | {"pine": "约10人"})}, Collection.POPULATIONS),
        ({"populations": inhabited(equally(10) | {"pine": 0})}, Collection.POPULATIONS),
        ({"populations": inhabited(dict.fromkeys(PARTS[1:], 10))}, Collection.POPULATIONS),
        ({"complete": WHOLE[1:]}, Collection.DIVISIONS),
        (
            {"complete": [*WHOLE[1:], Completeness(collection=WHOLE[0], division="east")]},
            Collection.DIVISIONS,
        ),
        ({"events": (), "complete": WHOLE[:1]}, Collection.EVENTS),
    ],
    ids=["inexact", "nobody", "missing", "partial-list", "list-of-a-part", "no-value"],
)
def test_where_a_part_lacks_there_is_no_index_and_a_need(
    lists: dict[str, Any], needed: Collection
) -> None:
    found = spread(register(dict.fromkeys(PARTS, 5), equally(10), **lists))
    floor = Quantity.exactly(1, Unit.RATIO)
    below = [found.share_below(floor), found.residents_below(floor)]
    for bounds in (*indices(found), *found.theil_within_and_between, *below):
        assert (bounds.interval, bounds.attained) == (None, False)
    assert needed in {need.collection for need in found.needs}
    assert "Gini: no value" in str(found)


def test_a_division_without_parts_has_no_balance() -> None:
    found = spread(register({}, equally(10)), division="pine", across=None)
    assert dict(found.values) == {}
    assert found.gini.interval is None
    assert {need.collection for need in found.needs} == {Collection.DIVISIONS}


def test_where_it_is_not_known_what_a_part_lies_in_there_is_no_index() -> None:
    lost = Division(id="lost", name="lost", level=Level.COMMUNITY)
    known = register(dict.fromkeys(PARTS, 5), equally(10), divisions=places(lost))
    found = spread(known)
    assert found.gini.interval is None
    assert Collection.DIVISIONS in {need.collection for need in found.needs}


# --- below a floor ---------------------------------------------------------------------


def test_the_parts_and_the_residents_below_a_floor_are_counted() -> None:
    came: Came = {"plum": 1, "bamboo": 2, "orchid": 3, "pine": 4, "willow": (1, 3)}
    persons = dict(zip(PARTS, (10, 20, 10, 10, 50), strict=True))
    found = spread(register(came, persons))
    floor = Quantity.exactly(Fraction(1, 10), Unit.RATIO)
    assert found.share_below(floor).interval == Interval.exactly(Fraction(1, 5))
    assert found.residents_below(floor).interval == Interval.exactly(Fraction(1, 2))
    higher = Quantity.exactly(Fraction(11, 100), Unit.RATIO)
    assert found.share_below(higher).interval == Interval.exactly(Fraction(3, 5))
    lower = Quantity.exactly(Fraction(5, 100), Unit.RATIO)
    assert found.share_below(lower).interval == Interval(0, Fraction(1, 5))
    assert found.residents_below(lower).interval == Interval(0, Fraction(1, 2))


def test_a_floor_in_another_unit_or_not_exact_is_refused() -> None:
    found = spread(register(dict.fromkeys(PARTS, 5), equally(10)), TIMES)
    for of in (found.share_below, found.residents_below):
        with pytest.raises(UnitMismatch, match=r"person-times per person.*person-times"):
            of(Quantity.exactly(1, Unit.PERSON_TIMES))
        with pytest.raises(UnsupportedQuestion, match="exact floor"):
            of(Quantity(Interval(1, 2), Unit.PERSON_TIMES_PER_PERSON))
        assert of(Quantity.exactly(1, Unit.PERSON_TIMES_PER_PERSON)).interval == Interval.exactly(1)


# --- which parts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "stood"),
    [
        ({"until": date(2023, 12, 31)}, False),
        ({"since": date(2025, 1, 1)}, False),
        ({"until": date(2024, 1, 1)}, True),
        ({"since": date(2024, 12, 31)}, True),
        ({"since": date(2024, 3, 1), "until": date(2024, 4, 1)}, True),
    ],
)
def test_the_parts_are_those_that_stood_at_some_time_of_the_period(
    changes: dict[str, Any], *, stood: bool
) -> None:
    known = register(dict.fromkeys(PARTS, 5), equally(10), divisions=places(pine=changes))
    found = spread(known)
    assert set(found.values) == set(PARTS) - (set() if stood else {"pine"})
    assert found.gini.interval == Interval.exactly(0)
    assert "pine" in spread(known, period=None).values


@pytest.mark.parametrize(
    "indicator",
    ["learning-teams", "active-teams", "workstations", "institutions", "planned-sessions"],
)
def test_what_counts_things_is_no_figure_per_head(indicator: str) -> None:
    with pytest.raises(UnsupportedQuestion, match=f"{indicator} is in .* per resident"):
        spread(register({}, equally(10)), indicator)


@pytest.mark.parametrize("across", [Level.PROVINCE, Level.CITY])
def test_parts_of_a_level_that_nothing_is_split_by_are_refused(across: Level) -> None:
    with pytest.raises(UnsupportedQuestion):
        spread(register({}, equally(10)), across=across)


@pytest.mark.parametrize("name", INDICES)
def test_the_catalogue_measures_what_balance_tells(name: str) -> None:
    known = commed.example("made-up-district")
    indicator = f"participation-{name.replace('_', '-')}"
    found = balance(RATE, known, period=YEAR)
    assert set(found.values) == {"east", "west"}
    measured = measure(indicator, known, period=YEAR)
    assert measured.value == getattr(found, name).interval
    assert measured.evidence == found.evidence
    assert measured.unit is Unit.NUMBER
    split = measure(indicator, known, period=YEAR, by="township")
    for key, part in split.items():
        own = balance(RATE, known, period=YEAR, division=key)
        assert part.value == getattr(own, name).interval
    partial = register(dict.fromkeys(PARTS, 5), equally(10), complete=WHOLE[1:])
    without = measure(indicator, partial, period=YEAR)
    assert without.value is None
    assert without.needs == spread(partial, across=None).needs
    even = measure(indicator, register(dict.fromkeys(PARTS, 5), equally(10)), division="west")
    assert even.value == Interval.exactly(int(name == "best_to_worst"))
    assert even.needs == ()


def test_a_balance_reads_well() -> None:
    came = dict(zip(PARTS, (1, 2, 3, 4, 5), strict=True))
    found = spread(register(came, equally(10)))
    assert str(found).splitlines() == [
        "participation rate (participation-rate), district: over 5 parts",
        "  Gini: 4/15",
        f"  Theil: {found.theil.interval}",
        "  coefficient of variation: [0.471404520791, 0.471404520792]",
        "  best to worst: 5",
    ]
