"""Conditions that judge nothing: each is held against every answer that could be given."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.codec import dump_instrument
from commed.compliance import possibility
from commed.compliance.possibility import idle_parts
from commed.errors import InvalidDocument
from commed.indicators import catalogue, definition
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    Amendment,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    IndicatorCompares,
    Narrowing,
    Not,
    Operator,
    When,
    leaves,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.loading import instrument, instruments, load_instrument
from commed.quantities import Quantity
from commed.sources import Source, TextStatus

WORDS = Label(zh="义务", en="a duty")
FUNDS, SHARE, TEAMS = "funds-budgeted", "satisfaction", "learning-teams"
FIRST, LATER = date(2018, 1, 1), date(2020, 1, 1)
laws = settings(max_examples=300)


def asked(question: str) -> Attested:
    return Attested(question=question)


A, B = asked("a"), asked("b")


def figure(number: int | Fraction, indicator: str) -> Quantity:
    return Quantity.exactly(number, definition(indicator).unit)


def compares(
    indicator: str,
    operator: Operator,
    number: int | Fraction,
    *amended: tuple[date, int | Fraction],
    where: tuple[Narrowing, ...] = (),
) -> IndicatorCompares:
    return IndicatorCompares(
        indicator=indicator,
        operator=operator,
        threshold=figure(number, indicator),
        amended=[Amendment(since=day, threshold=figure(new, indicator)) for day, new in amended],
        where=where,
    )


def at_least(number: int | Fraction, indicator: str = SHARE, **more: Any) -> IndicatorCompares:
    return compares(indicator, Operator.AT_LEAST, number, **more)


def less_than(number: int | Fraction, indicator: str = SHARE, **more: Any) -> IndicatorCompares:
    return compares(indicator, Operator.LESS_THAN, number, **more)


def all_of(*parts: Condition) -> AllOf:
    return AllOf(conditions=parts)


def any_of(*parts: Condition) -> AnyOf:
    return AnyOf(conditions=parts)


def at_least_of(count: int, *parts: Condition) -> AtLeastOf:
    return AtLeastOf(count=count, conditions=parts)


def negated(part: Condition) -> Not:
    return Not(condition=part)


def paths(condition: Condition) -> list[str]:
    return [problem.path for problem in idle_parts(condition)]


# --- examples --------------------------------------------------------------------------

HALF, MOST = Fraction(1, 2), Fraction(4, 5)
NEVER_FALSE = "can never be false: whatever is recorded it holds"
NEVER_TRUE = "can never be true: whatever is recorded it fails"


@pytest.mark.parametrize(
    ("low", "high"), [(HALF, Fraction(3, 5)), (Fraction(9, 10), Fraction(19, 20)), (0, HALF)]
)
def test_a_figure_may_lie_between_two_thresholds(low: int | Fraction, high: int | Fraction) -> None:
    between = all_of(compares(SHARE, Operator.MORE_THAN, low), less_than(high))
    assert paths(between) == []


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        (
            at_least(0),
            (
                "can never be false: whatever is recorded it holds, for satisfaction lies within "
                "[0, 1]: mend the operator or the threshold"
            ),
            (
                "永远不可能不成立：无论记录了什么，它都成立，因为satisfaction总在[0, 1]之内："
                "请更正比较方式或阈值"
            ),
        ),
        (
            all_of(A, negated(A)),
            (
                "can never be true: whatever is recorded it fails, for what its parts ask hangs "
                "together: mend them"
            ),
            "永远不可能成立：无论记录了什么，它都不成立，因为其各部分彼此牵制：请更正",
        ),
    ],
)
def test_what_is_idle_is_told_in_full(condition: Condition, en: str, zh: str) -> None:
    (problem,) = idle_parts(condition)
    assert (problem.in_language("en"), problem.in_language("zh")) == (en, zh)


class TestOneFigure:
    @pytest.mark.parametrize(
        ("indicator", "operator", "number", "told"),
        [
            (FUNDS, Operator.AT_LEAST, 0, NEVER_FALSE),
            (FUNDS, Operator.LESS_THAN, 0, NEVER_TRUE),
            (FUNDS, Operator.AT_MOST, -1, NEVER_TRUE),
            (FUNDS, Operator.MORE_THAN, -1, NEVER_FALSE),
            (SHARE, Operator.MORE_THAN, 1, NEVER_TRUE),
            (SHARE, Operator.AT_LEAST, Fraction(101, 100), NEVER_TRUE),
            (SHARE, Operator.AT_MOST, 1, NEVER_FALSE),
            (SHARE, Operator.LESS_THAN, 2, NEVER_FALSE),
        ],
    )
    def test_outside_of_what_it_can_be_it_judges_nothing(
        self, indicator: str, operator: Operator, number: int | Fraction, told: str
    ) -> None:
        (problem,) = idle_parts(compares(indicator, operator, number))
        assert problem.path == ""
        within = definition(indicator).within
        assert problem.message == (
            f"{told}, for {indicator} lies within {within}: mend the operator or the threshold"
        )

    @pytest.mark.parametrize(
        ("indicator", "operator", "number"),
        [
            (FUNDS, Operator.MORE_THAN, 0),
            (FUNDS, Operator.AT_MOST, 0),
            (FUNDS, Operator.AT_LEAST, 10**12),
            (SHARE, Operator.AT_LEAST, 1),
            (SHARE, Operator.LESS_THAN, 1),
            (SHARE, Operator.MORE_THAN, 0),
            (SHARE, Operator.AT_MOST, 0),
        ],
    )
    def test_on_the_edge_of_what_it_can_be_it_judges(
        self, indicator: str, operator: Operator, number: int
    ) -> None:
        assert paths(compares(indicator, operator, number)) == []

    def test_a_threshold_that_was_sharpened_or_mended_judges_on_some_day(self) -> None:
        nothing = at_least(0)
        assert paths(nothing) == [""]
        assert paths(compares(SHARE, Operator.AT_LEAST, 0, (FIRST, HALF))) == []
        assert paths(compares(SHARE, Operator.AT_LEAST, HALF, (FIRST, 0))) == []
        assert paths(compares(SHARE, Operator.AT_LEAST, 0, (FIRST, 0))) == [""]
        assert paths(compares(SHARE, Operator.AT_LEAST, 0, (FIRST, 2))) == []


class TestHangingTogether:
    @pytest.mark.parametrize(
        "idle",
        [
            all_of(A, negated(A)),
            any_of(A, negated(A)),
            all_of(at_least(MOST), less_than(HALF)),
            any_of(at_least(HALF), less_than(MOST)),
            any_of(at_least(HALF), less_than(HALF)),
            When(condition=A, then=A),
            When(condition=at_least(MOST), then=at_least(HALF)),
            negated(When(condition=A, then=any_of(A, B))),
            at_least_of(2, A, negated(A), all_of(A, at_least(MOST), less_than(MOST))),
            at_least_of(1, A, negated(A), B),
            all_of(A, B, any_of(negated(A), negated(B))),
        ],
    )
    def test_parts_that_bind_each_other_may_judge_nothing(self, idle: Condition) -> None:
        assert paths(idle)

    @pytest.mark.parametrize(
        "judging",
        [
            all_of(A, A),
            any_of(at_least(MOST), less_than(HALF)),
            all_of(at_least(HALF), less_than(MOST)),
            any_of(compares(SHARE, Operator.MORE_THAN, HALF), less_than(HALF)),
            all_of(at_least(MOST), less_than(2, TEAMS)),
            all_of(A, asked("a-too"), negated(B)),
            When(condition=at_least(HALF), then=at_least(MOST)),
            at_least_of(2, A, B, negated(A)),
            all_of(
                at_least(MOST, where=(Narrowing(dimension="group", key="youth"),)),
                less_than(HALF, where=(Narrowing(dimension="group", key="elderly"),)),
            ),
        ],
    )
    def test_and_others_judge(self, judging: Condition) -> None:
        assert paths(judging) == []

    def test_one_point_between_two_thresholds_is_enough(self) -> None:
        between = all_of(at_least(HALF), compares(SHARE, Operator.AT_MOST, HALF))
        assert paths(between) == []
        assert paths(all_of(at_least(HALF), less_than(HALF))) == [""]

    def test_the_innermost_part_is_told_and_what_holds_it_is_not(self) -> None:
        never = all_of(A, negated(A))
        deep = any_of(B, When(condition=B, then=negated(at_least_of(1, never, B))))
        (problem,) = idle_parts(deep)
        assert problem.path == "conditions[1].then.condition.conditions[0]"
        assert problem.message == (
            f"{NEVER_TRUE}, for what its parts ask hangs together: mend them"
        )

    def test_every_one_of_them_is_told(self) -> None:
        nothing = at_least(0)
        both = all_of(nothing, When(condition=any_of(A, negated(A)), then=nothing))
        assert paths(both) == ["conditions[0]", "conditions[1].condition", "conditions[1].then"]

    def test_thresholds_that_differ_by_day_are_held_together_day_by_day(self) -> None:
        upper = compares(SHARE, Operator.AT_LEAST, MOST, (LATER, HALF))
        assert paths(all_of(upper, less_than(MOST))) == []
        assert paths(all_of(upper, less_than(HALF))) == [""]
        lower = compares(SHARE, Operator.LESS_THAN, HALF, (LATER, Fraction(1, 4)))
        assert paths(all_of(upper, lower)) == [""]
        until_then = compares(SHARE, Operator.LESS_THAN, HALF, (FIRST, MOST), (LATER, HALF))
        assert paths(all_of(upper, until_then)) == [""]

    def test_two_figures_that_can_never_be_reached_on_one_day_are_told(self) -> None:
        early = compares(FUNDS, Operator.LESS_THAN, 1, (FIRST, 0))
        late = compares(SHARE, Operator.AT_LEAST, 2, (FIRST, 1))
        assert paths(early) == paths(late) == []
        assert paths(all_of(early, late)) == [""]

    def test_on_no_one_day_is_not_made_up_from_two(self) -> None:
        """The one is lax until the other begins to be: never both at once."""
        one = compares(SHARE, Operator.AT_LEAST, HALF, (LATER, MOST))
        other = compares(SHARE, Operator.LESS_THAN, HALF, (LATER, MOST))
        assert paths(all_of(one, other)) == [""]
        assert paths(any_of(one, other)) == [""]


class TestSearch:
    @staticmethod
    def pigeons(number: int) -> Condition:
        """Ask that each of them has a hole of its own, and there is one hole too few."""
        holes = range(number - 1)
        housed = [any_of(*(asked(f"{n}-in-{hole}") for hole in holes)) for n in range(number)]
        crowded = [
            negated(all_of(asked(f"{one}-in-{hole}"), asked(f"{other}-in-{hole}")))
            for hole in holes
            for one, other in combinations(range(number), 2)
        ]
        return all_of(*housed, *crowded)

    def test_what_hangs_together_over_many_parts_is_found_out(self) -> None:
        for number in (2, 3, 4):
            assert paths(self.pigeons(number)) == [""]

    def test_what_takes_too_long_to_find_out_has_the_benefit_of_the_doubt(self) -> None:
        assert paths(self.pigeons(6)) == []

    def test_a_shorter_search_gives_it_sooner_and_never_to_what_it_has_settled(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        never = all_of(A, negated(A))
        assert paths(never) == [""]
        monkeypatch.setattr(possibility, "_LONGEST_SEARCH", 1)
        assert paths(never) == []
        assert paths(A) == []


def test_every_indicator_has_a_least_value_from_which_its_figures_are_tried() -> None:
    assert None not in {each.within.low for each in catalogue().values()}


# --- every answer, tried ---------------------------------------------------------------


def grid(indicator: str, condition: Condition) -> list[Fraction]:
    """Return values that an indicator can have: at, between and beyond every threshold."""
    within = definition(indicator).within
    marks = {Fraction(-3), Fraction(0), Fraction(1), Fraction(9)}
    for leaf in leaves(condition):
        if isinstance(leaf, IndicatorCompares):
            marks |= {low for each in leaf.thresholds.values() if (low := each.interval.low)}
    points = sorted(marks)
    middles = [(low + high) / 2 for low, high in pairwise(points)]
    low, high = within.low, within.high
    return [
        value
        for value in [*points, *middles]
        if (low is None or low <= value) and (high is None or value <= high)
    ]


TESTS: Mapping[Operator, Callable[[Fraction, Fraction], bool]] = {
    Operator.AT_LEAST: lambda value, threshold: value >= threshold,
    Operator.MORE_THAN: lambda value, threshold: value > threshold,
    Operator.AT_MOST: lambda value, threshold: value <= threshold,
    Operator.LESS_THAN: lambda value, threshold: value < threshold,
}
World = tuple[date, Mapping[str, Fraction], Mapping[str | None, bool]]


def worlds(condition: Condition) -> Iterator[World]:
    """Yield every way in which all that it asks could be answered, on each kind of day."""
    figures = [each for each in leaves(condition) if isinstance(each, IndicatorCompares)]
    indicators = sorted({each.indicator for each in figures})
    questions = {each.question for each in leaves(condition) if isinstance(each, Attested)}
    days = {date(2000, 1, 1)} | {each.since for leaf in figures for each in leaf.amended}
    for day in days:
        for values in product(*[grid(indicator, condition) for indicator in indicators]):
            for answers in product([True, False], repeat=len(questions)):
                yield (
                    day,
                    dict(zip(indicators, values, strict=True)),
                    dict(zip(questions, answers, strict=True)),
                )


def holds(condition: Condition, world: World) -> bool:
    """Return what a condition says of a world in which everything is known."""
    match condition:
        case AllOf(conditions=parts):
            return all(holds(part, world) for part in parts)
        case AnyOf(conditions=parts):
            return any(holds(part, world) for part in parts)
        case AtLeastOf(conditions=parts, count=count):
            return sum(holds(part, world) for part in parts) >= count
        case Not(condition=part):
            return not holds(part, world)
        case When(condition=part, then=other):
            return holds(other, world) if holds(part, world) else True
    return answer(condition, world)


def answer(leaf: Condition, world: World) -> bool:
    day, values, answers = world
    if isinstance(leaf, IndicatorCompares):
        threshold = leaf.threshold
        for each in leaf.amended:
            threshold = each.threshold if each.since <= day else threshold
        exact = threshold.interval.low
        assert exact is not None
        return TESTS[leaf.operator](values[leaf.indicator], exact)
    assert isinstance(leaf, Attested)
    return answers[leaf.question]


def below(condition: Condition) -> list[Condition]:
    match condition:
        case AllOf(conditions=parts) | AnyOf(conditions=parts) | AtLeastOf(conditions=parts):
            return list(parts)
        case Not(condition=part):
            return [part]
        case When(condition=part, then=other):
            return [part, other]
    return []


def subtrees(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in below(condition):
        yield from subtrees(part)


def judges(condition: Condition) -> bool:
    return len({holds(condition, world) for world in worlds(condition)}) == 2


numbers = st.sampled_from([Fraction(0), HALF, Fraction(1), Fraction(2)])


@st.composite
def comparisons(draw: st.DrawFn) -> IndicatorCompares:
    days = draw(st.sampled_from([(), (FIRST,), (LATER,), (FIRST, LATER)]))
    return compares(
        draw(st.sampled_from([SHARE, SHARE, FUNDS])),
        draw(st.sampled_from(Operator)),
        draw(numbers),
        *((day, draw(numbers)) for day in days),
    )


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    lists = st.lists(parts, min_size=1, max_size=3)
    counted = lists.flatmap(
        lambda found: st.integers(1, len(found)).map(lambda count: at_least_of(count, *found))
    )
    return st.one_of(
        lists.map(lambda found: all_of(*found)),
        lists.map(lambda found: any_of(*found)),
        counted,
        parts.map(negated),
        st.builds(When, condition=parts, then=parts),
    )


atoms: st.SearchStrategy[Condition] = st.sampled_from([A, B]) | comparisons()


def amends_one_indicator_at_most(tree: Condition) -> bool:
    """Leave out what `TestHangingTogether` holds to be a defect: take this away once it is none."""
    amended = {
        leaf.indicator
        for leaf in leaves(tree)
        if isinstance(leaf, IndicatorCompares) and leaf.amended
    }
    return len(amended) <= 1


trees = st.recursive(atoms, combined, max_leaves=5).filter(amends_one_indicator_at_most)


@laws
@given(trees)
def test_none_is_idle_where_every_part_can_turn_out_either_way(tree: Condition) -> None:
    assert (not paths(tree)) is all(map(judges, subtrees(tree)))


@laws
@given(trees)
def test_the_parts_told_are_the_innermost_that_can_turn_out_but_one_way(tree: Condition) -> None:
    idle = [
        part
        for part in subtrees(tree)
        if not judges(part) and all(map(judges, list(subtrees(part))[1:]))
    ]
    problems = list(idle_parts(tree))
    assert len(problems) == len(idle)
    for problem, part in zip(problems, idle, strict=True):
        assert at(tree, problem.path) == part
        always = holds(part, next(worlds(part)))
        assert problem.message.startswith(NEVER_FALSE if always else NEVER_TRUE)


def at(tree: Condition, path: str) -> Condition:
    """Return the part of a condition that a path leads to."""
    for step in filter(None, path.split(".")):
        name, _, index = step.partition("[")
        found = getattr(tree, name)
        tree = found[int(index.rstrip("]"))] if index else found
    return tree


@given(trees)
def test_what_is_idle_is_so_turned_around(tree: Condition) -> None:
    inside = [f"condition.{path}" if path else "condition" for path in paths(tree)]
    assert paths(negated(tree)) == inside


# --- in documents ----------------------------------------------------------------------


def law(condition: Condition | None = None, *readings: Condition) -> Instrument:
    duty = Obligation(
        id="duty",
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=Modality.SHALL,
        condition=condition,
        readings=[
            Reading(id=f"r{n}", label=WORDS, condition=each) for n, each in enumerate(readings)
        ],
    )
    return Instrument(
        id="law",
        title=WORDS,
        since=date(2015, 3, 1),
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[Provision(article=1, summary=WORDS, source="text", obligations=[duty])],
    )


def refused(one: Instrument) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        load_instrument(dump_instrument(one))
    return [problem.path for problem in caught.value.problems]


class TestDocuments:
    def test_one_that_judges_nothing_is_refused_where_it_stands(self) -> None:
        idle = any_of(A, all_of(B, at_least(0)))
        duty = "provisions[0].obligations[0]"
        assert refused(law(idle)) == [f"{duty}.condition.conditions[1].conditions[1]"]

    def test_in_a_reading_too(self) -> None:
        idle = any_of(A, all_of(B, at_least(0)))
        reading = "provisions[0].obligations[0].readings[1]"
        assert refused(law(None, A, negated(idle))) == [
            f"{reading}.condition.condition.conditions[1].conditions[1]"
        ]

    def test_one_that_judges_is_read(self) -> None:
        for one in (law(at_least(HALF)), law(None, A, at_least(HALF))):
            assert load_instrument(dump_instrument(one)) == one

    @pytest.mark.parametrize("key", instruments())
    def test_none_that_is_packaged_is_idle(self, key: str) -> None:
        for _, duty in instrument(key).obligations:
            for condition in duty.conditions:
                assert paths(condition) == []
