"""Funds: every amount is counted once, and what is not told leaves an interval that is sharp.

What may be is tried out: the money that nobody told the use or the level of goes wholly to the
one asked for, or wholly elsewhere, record by record.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed.evidence import ASKER, FINANCE
from commed.indicators import Measurement, UnsupportedQuestion, measure
from commed.indicators.comparing import change
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.resources import Funding, FundingStage, Population
from commed.records.statements import ReportedFigure
from commed.references import Collection
from commed.register import Register

HERE, EAST, WEST, ELSEWHERE, CITY = "510112", "510112001", "510112002", "510113", "510100"
YEAR, LAST_YEAR, NEXT_YEAR = Period.year(2024), Period.year(2023), Period.year(2025)
TWO_YEARS, SCHOOL_YEAR = (
    Period(date(2023, 1, 1), date(2024, 12, 31)),
    Period(date(2023, 9, 1), date(2024, 8, 31)),
)
ALL, PART = "funds-budgeted", "funds-budgeted-share"
WHOLE = [Collection.FUNDINGS]


def fund(key: str, amount: int | str, **changes: Any) -> Funding:
    told: dict[str, Any] = {"division": HERE, "period": YEAR, "stage": FundingStage.BUDGETED}
    return Funding(**told | {"id": key, "amount": amount} | changes)


def register(*fundings: Funding, **lists: Any) -> Register:
    places = [Division(id=key, name=key) for key in (CITY, HERE, EAST, WEST, ELSEWHERE)]
    known: dict[str, Any] = {"divisions": places, "fundings": fundings, "complete": WHOLE}
    return Register(**{"jurisdiction": HERE} | known | lists)


def asked(indicator: str, *fundings: Funding, **question: Any) -> Measurement:
    return measure(indicator, register(*fundings), **{"period": YEAR} | question)


def value(indicator: str, *fundings: Funding, **question: Any) -> Interval | None:
    return asked(indicator, *fundings, **question).value


def amount(funding: Funding) -> Fraction:
    assert funding.amount.interval.low is not None
    return funding.amount.interval.low


def exactly(number: int | Fraction) -> Interval:
    return Interval.exactly(number)


# --- an amount is counted once ---------------------------------------------------------


def test_parts_of_an_amount_that_counts_add_nothing() -> None:
    parts = [fund("a", 60, included_in="all"), fund("b", 30, included_in="all")]
    deeper = fund("c", 20, included_in="a")
    found = asked(ALL, fund("all", 100), *parts, deeper)
    assert found.value == exactly(100)
    assert found.needs == ()
    assert {evidence.key for evidence in found.evidence} == {"all", "a", "b", "c"}


@pytest.mark.parametrize(
    "outside",
    [
        {"division": ELSEWHERE},
        {"period": LAST_YEAR},
        {"stage": FundingStage.PAID},
    ],
    ids=["place", "period", "stage"],
)
def test_a_part_counts_where_its_whole_lies_outside(outside: dict[str, Any]) -> None:
    whole = fund("whole", 1000, **outside)
    part = fund("part", 30, included_in="whole")
    inside = fund("inside", 10, included_in="part")
    assert value(ALL, whole, part, inside, fund("own", 5)) == exactly(35)


def test_the_stages_are_apart() -> None:
    both = [fund("plan", 100), fund("spent", 75, stage=FundingStage.PAID)]
    assert value("funds-budgeted", *both) == exactly(100)
    assert value("funds-paid", *both) == exactly(75)
    rate = asked("funds-execution-rate", *both)
    assert rate.value == exactly(Fraction(3, 4))
    assert rate.numerator == Quantity.exactly(75, Unit.YUAN)
    assert rate.denominator == Quantity.exactly(100, Unit.YUAN)


@st.composite
def forests(draw: st.DrawFn) -> list[Funding]:
    """Draw trees of amounts; each tree lies in one township, and no part exceeds its whole."""
    fundings: list[Funding] = []
    left: dict[str, int] = {}
    for index in range(draw(st.integers(0, 6))):
        above = draw(st.sampled_from([None, *fundings]))
        most = 20 if above is None else left[above.id]
        amount = draw(st.integers(0, most))
        place = draw(st.sampled_from([EAST, WEST])) if above is None else above.division
        key = None if above is None else above.id
        fundings.append(
            fund(
                f"f{index}",
                amount,
                division=place,
                included_in=key,
                use=draw(st.sampled_from([None, "a", "b"])),
                origin=draw(st.sampled_from([None, Level.CITY, Level.COUNTY])),
            )
        )
        left[f"f{index}"] = amount
        if key is not None:
            left[key] -= amount
    return fundings


@given(forests())
def test_the_townships_add_up_to_the_district(fundings: list[Funding]) -> None:
    whole = value(ALL, *fundings)
    parts = measure(ALL, register(*fundings), period=YEAR, by="township")
    assert list(parts) == [EAST, WEST]
    values = [part.value for part in parts.values() if part.value is not None]
    assert len(values) == 2
    assert whole == sum(values, exactly(0))
    roots = [funding.amount.interval for funding in fundings if funding.included_in is None]
    assert whole == sum(roots, exactly(0))


@pytest.mark.parametrize(
    "length",
    [10, 5000],
)
def test_a_chain_of_parts_may_be_long(length: int) -> None:
    chain = [fund("0", 9000)]
    chain += [fund(f"{step}", 9000, included_in=f"{step - 1}") for step in range(1, length)]
    assert value(ALL, *chain) == exactly(9000)


# --- by use and by level ---------------------------------------------------------------


def ways(
    fundings: Sequence[Funding], told: dict[str, object], wanted: object
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the part and the whole in every way to give what is left of each untold record.

    A record for the wanted use is so with all its parts; of levels, each has what is left of it.
    """
    inside: dict[str | None, list[Funding]] = {}
    for funding in fundings:
        inside.setdefault(funding.included_in, []).append(funding)
    untold = [funding.id for funding in fundings if told[funding.id] is None]
    known = {key: given == wanted for key, given in told.items()}
    for world in product((False, True), repeat=len(untold)):
        is_wanted = known | dict(zip(untold, world, strict=True))

        def part(funding: Funding, is_wanted: dict[str, bool] = is_wanted) -> Fraction:
            if isinstance(wanted, str) and told[funding.id] == wanted:
                return amount(funding)
            parts = inside.get(funding.id, [])
            left = amount(funding) - sum(map(amount, parts))
            return sum((part(each) for each in parts), left * is_wanted[funding.id])

        roots = inside.get(None, [])
        yield sum(map(part, roots), Fraction(0)), sum(map(amount, roots), Fraction(0))


@given(forests(), st.sampled_from(["use", "level"]))
def test_the_part_for_a_use_or_from_a_level_is_sharp(fundings: list[Funding], by: str) -> None:
    told: dict[str, object] = {
        funding.id: funding.use if by == "use" else funding.origin for funding in fundings
    }
    known = register(*fundings)
    shares = measure(PART, known, period=YEAR, by=by)
    for key, found in measure(ALL, known, period=YEAR, by=by).items():
        worlds = list(ways(fundings, told, key if by == "use" else Level(key)))
        assert found.value == Interval(min(worlds)[0], max(worlds)[0])
        of = [part / total for part, total in worlds if total]
        assert shares[key].value == (Interval(min(of), max(of)) if of else None)
        assert of or shares[key].needs


def test_what_is_left_of_an_amount_may_be_for_any_use() -> None:
    whole, part = fund("all", 100), fund("a", 30, use="a", included_in="all")
    share = asked(PART, whole, part, where={"use": "a"})
    assert share.value == Interval(Fraction(3, 10), 1)
    assert Collection.FUNDINGS in {need.collection for need in share.needs}
    other = fund("b", 70, use="b", included_in="all")
    exact = asked(PART, whole, part, other, where={"use": "a"})
    assert (exact.value, exact.needs) == (exactly(Fraction(3, 10)), ())


def test_a_use_and_a_level_may_be_asked_together() -> None:
    known = [
        fund("a", 10, use="a", origin=Level.CITY),
        fund("b", 20, use="a", origin=Level.COUNTY),
        fund("c", 30, use="b", origin=Level.CITY),
        fund("d", 40, use="a"),
        fund("e", 50, use="b"),
    ]
    where = {"use": "a", "level": Level.CITY}
    assert value(ALL, *known, where=where) == Interval(10, 50)
    assert value(PART, *known, where=where) == Interval(Fraction(10, 150), Fraction(50, 150))


def test_a_share_of_nothing_in_particular_is_not_defined() -> None:
    found = asked(PART, fund("all", 100, use="a"))
    assert found.value is None
    assert [need.supplier for need in found.needs] == [ASKER]


def test_a_use_that_is_not_recorded_is_refused_and_the_known_ones_are_told() -> None:
    with pytest.raises(UnsupportedQuestion, match="is it one of teaching"):
        asked(ALL, fund("all", 100, use="teaching"), where={"use": "teachers"})


# --- time and place --------------------------------------------------------------------


@pytest.mark.parametrize("period", [TWO_YEARS, SCHOOL_YEAR], ids=["two-years", "school-year"])
def test_an_amount_for_a_longer_span_may_count_or_not(period: Period) -> None:
    found = asked(ALL, fund("own", 10), fund("long", 100, period=period))
    assert found.value == Interval(10, 110)
    assert [need.supplier for need in found.needs] == [FINANCE]
    assert value(ALL, fund("long", 100, period=period), period=TWO_YEARS) == exactly(100)
    assert value(ALL, fund("long", 100, period=period), period=None) == exactly(100)


@given(forests(), st.data())
def test_whatever_an_amount_for_a_longer_span_turns_out_to_be_lies_inside(
    fundings: list[Funding], data: st.DataObject
) -> None:
    spans: dict[str | None, Period] = {None: TWO_YEARS}
    known, truth = [], dict[str | None, Fraction]()
    for funding in fundings:
        around = spans[funding.included_in]
        choices = [TWO_YEARS, YEAR, LAST_YEAR] if around == TWO_YEARS else [around]
        spans[funding.id] = data.draw(st.sampled_from(choices))
        known.append(evolve(funding, period=spans[funding.id]))
    for funding in known:
        parts = sum(amount(each) for each in known if each.included_in == funding.id)
        in_time = {YEAR: 1, LAST_YEAR: 0}.get(funding.period)
        share = data.draw(st.sampled_from([0, 1])) if in_time is None else in_time
        truth[funding.id] = share * (amount(funding) - parts)
    found = value(ALL, *known)
    assert found is not None
    assert sum(truth.values()) in found


def test_an_amount_of_the_district_may_be_the_township_s() -> None:
    known = [fund("district", 100), fund("east", 30, division=EAST)]
    split = measure(ALL, register(*known), period=YEAR, by="division")
    assert split[EAST].value == Interval(30, 130)
    assert split[WEST].value == Interval(0, 100)
    assert value(ALL, *known) == exactly(130)


def test_what_lies_in_a_township_is_counted_there_at_least_when_its_whole_lies_higher() -> None:
    whole = fund("district", 100)
    parts = [fund(key, 30, division=key, included_in="district") for key in (EAST, WEST)]
    split = measure(ALL, register(whole, *parts), period=YEAR, by="township")
    assert {key: part.value for key, part in split.items()} == {
        EAST: Interval(30, 70),
        WEST: Interval(30, 70),
    }


def test_what_lies_in_the_year_is_counted_there_at_least_when_its_whole_is_longer() -> None:
    whole = fund("long", 100, period=TWO_YEARS)
    part = fund("part", 60, included_in="long")
    assert value(ALL, whole, part) == Interval(60, 100)


@pytest.mark.parametrize("by", ["use", "level"])
def test_an_amount_known_to_be_for_something_else_is_none_of_it_whenever_it_falls(by: str) -> None:
    wanted: dict[str, Any] = {"use": "a", "origin": Level.CITY}
    other: dict[str, Any] = {"use": "b", "origin": Level.COUNTY}
    known = [fund("a", 10, **wanted), fund("b", 100, period=TWO_YEARS, **other)]
    where = {"use": {"use": "a"}, "level": {"level": "city"}}[by]
    assert value(ALL, *known, where=where) == exactly(10)
    assert value(PART, *known, where=where) == Interval(Fraction(1, 11), 1)


def test_the_whole_that_a_share_is_of_holds_each_amount_once() -> None:
    share = asked(PART, fund("a", 10, use="a"), fund("untold", 100), where={"use": "a"})
    assert share.value == Interval(Fraction(1, 11), 1)
    assert share.numerator == Quantity(Interval(10, 110), Unit.YUAN)
    assert share.denominator == Quantity.exactly(110, Unit.YUAN)


def test_the_years_add_up() -> None:
    known = register(fund("a", 100), fund("b", 50, period=LAST_YEAR), fund("c", 1, period=YEAR))
    split = measure(ALL, known, period=TWO_YEARS, by="year")
    assert {key: part.value for key, part in split.items()} == {
        "2023": exactly(50),
        "2024": exactly(101),
    }
    assert measure(ALL, known, period=TWO_YEARS).value == exactly(151)


def test_growth_is_from_one_year_to_the_next() -> None:
    known = commed.example("made-up-district")
    grown = change(ALL, known, earlier=LAST_YEAR, later=YEAR)
    assert grown.later.value == exactly(2500)
    assert grown.earlier.value == Interval(2000, None)  # only the list of 2024 is whole
    whole = register(fund("a", 2000, period=LAST_YEAR), fund("b", 2500))
    grown = change(ALL, whole, earlier=LAST_YEAR, later=YEAR)
    assert grown.absolute == Quantity.exactly(500, Unit.YUAN)
    assert grown.relative == grown.compound_rate == exactly(Fraction(1, 4))


# --- inexact amounts, partial lists, stated figures ------------------------------------


def test_inexact_amounts_add_up_to_an_interval() -> None:
    known = [fund("about", "约100万元"), fund("least", "50万元以上", use="a")]
    assert value(ALL, *known) == Interval(1_400_000, None)
    assert value(ALL, known[0]) == Interval(900_000, 1_100_000)
    assert value(PART, *known, where={"use": "a"}) == Interval(Fraction(5, 16), 1)


def test_a_partial_list_gives_a_lower_bound_and_no_share() -> None:
    partial = register(fund("a", 100, use="a"), complete=())
    found = measure(ALL, partial, period=YEAR)
    assert found.value == Interval(100, None)
    assert [need.supplier for need in found.needs] == [FINANCE]
    assert [(each.records, each.complete) for each in found.coverage] == [(1, False)]
    share = measure(PART, partial, period=YEAR, where={"use": "a"})
    assert share.value is None
    assert share.needs
    assert measure(ALL, register(complete=()), period=YEAR).value is None
    assert measure(ALL, register(), period=YEAR).value == exactly(0)


def stated(words: str, **changes: Any) -> ReportedFigure:
    told: dict[str, Any] = {"about": "经费", "indicator": ALL, "division": HERE, "period": YEAR}
    fixed = {"id": "f", "quantity": words, "stated_on": date(2025, 1, 1)}
    return ReportedFigure(**told | fixed | changes)


def test_a_stated_figure_narrows_a_partial_list() -> None:
    lists: dict[str, Any] = {"complete": (), "reported_figures": [stated("120余万元")]}
    known = register(fund("a", 1_000_000, use="a"), **lists)
    found = measure(ALL, known, period=YEAR)
    assert found.value == Interval(1_200_000, 1_300_000, high_closed=False)
    assert {evidence.key for evidence in found.evidence} == {"a", "f"}
    assert measure("funds-paid", known, period=YEAR).value is None
    narrowed = measure(ALL, known, period=YEAR, where={"use": "a"})
    assert narrowed.value == Interval(1_000_000, None)
    whole = register(fund("a", 1_000_000), reported_figures=lists["reported_figures"])
    assert measure(ALL, whole, period=YEAR).value == exactly(1_000_000)


# --- rates -----------------------------------------------------------------------------


@pytest.mark.parametrize("stage", FundingStage)
def test_a_figure_per_resident_is_divided_by_the_residents(stage: FundingStage) -> None:
    people = [Population(division=HERE, on=date(2024, 12, 31), persons=400)]
    money = fund("a", 100, stage=stage)
    indicator = f"funds-{stage.value}-per-resident"
    found = measure(indicator, register(money, populations=people), period=YEAR)
    assert found.quantity == Quantity.exactly(Fraction(1, 4), Unit.YUAN_PER_PERSON)
    without = measure(indicator, register(money), period=YEAR)
    assert without.value is None
    assert {need.collection for need in without.needs} == {Collection.POPULATIONS}


def test_no_rate_is_taken_of_a_budget_of_zero() -> None:
    paid = fund("paid", 10, stage=FundingStage.PAID)
    for budget in ((), (fund("zero", 0),)):
        found = asked("funds-execution-rate", *budget, paid)
        assert found.value is None
        assert found.needs


def test_a_budget_that_may_be_zero_leaves_the_rate_without_end() -> None:
    paid = fund("paid", 10, stage=FundingStage.PAID)
    assert value("funds-execution-rate", fund("plan", 20, period=TWO_YEARS), paid) == Interval(
        Fraction(1, 2), None
    )


def test_the_made_up_district_paid_nine_tenths_and_taught_for_three_fifths() -> None:
    known = commed.example("made-up-district")
    assert measure("funds-execution-rate", known, period=YEAR).value == exactly(Fraction(9, 10))
    shares = measure(PART, known, period=YEAR, by="use")
    assert {key: share.value for key, share in shares.items()} == {
        "教学活动": exactly(Fraction(3, 5)),
        "场地": exactly(Fraction(2, 5)),
    }
    per_head = measure("funds-budgeted-per-resident", known, period=YEAR)
    assert per_head.value == exactly(Fraction(5, 2))
