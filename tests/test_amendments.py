"""Amended law: what stood on a day is judged by what was law on that day, and nothing is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed import Course, Register, Verdict, assess, follow_up
from commed.codec import dump_instrument
from commed.codec.digests import digest
from commed.errors import InvalidDocument, InvalidValue
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    Amendment,
    Attested,
    Condition,
    EveryDivisionHas,
    IndicatorCompares,
    Operator,
    OrganisationExists,
    Requirement,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.law.overlay import Overlay, completed
from commed.loading import load_instrument
from commed.places import Division, Level
from commed.quantities import Interval, Quantity, Unit
from commed.records.learning import LearningTeam
from commed.records.organisations import OrganisationKind
from commed.references import Collection
from commed.sources import Source, TextStatus

HOME, WORDS = "330212", Label(zh="义务", en="a duty")
BEGINS, FIRST, SECOND = date(2015, 3, 1), date(2018, 1, 1), date(2020, 7, 1)
DAY = timedelta(days=1)
SOURCES = [
    Source(id="text", title="文本", status=TextStatus.ENACTED),
    Source(id="decision", title="修改决定", status=TextStatus.ENACTED),
]


def teams(number: int) -> Quantity:
    return Quantity.exactly(number, Unit.TEAMS)


def amendment(since: date, number: int, source: str | None = None) -> Amendment:
    return Amendment(since=since, threshold=teams(number), source=source)


def compares(*amended: Amendment, threshold: int = 2) -> IndicatorCompares:
    return IndicatorCompares(
        indicator="learning-teams",
        operator=Operator.AT_LEAST,
        threshold=teams(threshold),
        amended=amended,
    )


def duty(key: str = "duty", condition: Condition | None = None, **fields: Any) -> Obligation:
    given: dict[str, Any] = {"condition": condition, "bearer": Bearer(name=WORDS)}
    return Obligation(id=key, duty=WORDS, modality=Modality.SHALL, **given | fields)


def provision(*duties: Obligation, **fields: Any) -> Provision:
    given: dict[str, Any] = {"article": 1, "summary": WORDS, "source": "text"}
    return Provision(obligations=duties, **given | fields)


def law(*provisions: Provision, **fields: Any) -> Instrument:
    given: dict[str, Any] = {"id": "law", "title": WORDS, "since": BEGINS, "sources": SOURCES}
    return Instrument(provisions=provisions, **given | fields)


def with_teams(number: int) -> Register:
    return Register(
        jurisdiction=HOME,
        divisions=[Division(id=HOME, name="鄞州区")],
        teams=[LearningTeam(id=f"t{n}", division=HOME) for n in range(number)],
        complete=[Collection.TEAMS],
    )


def problems(caught: pytest.ExceptionInfo[Any]) -> dict[str, str]:
    return {problem.path: problem.message for problem in caught.value.problems}


class TestThresholds:
    condition = compares(amendment(FIRST, 3), amendment(SECOND, 1))

    @pytest.mark.parametrize(
        ("day", "number"),
        [
            (date.min, 2),
            (FIRST - DAY, 2),
            (FIRST, 3),
            (SECOND - DAY, 3),
            (SECOND, 1),
            (date.max, 1),
        ],
    )
    def test_the_one_that_stands_on_a_day_began_last(self, day: date, number: int) -> None:
        assert self.condition.threshold_on(day) == teams(number)

    @pytest.mark.parametrize(
        ("operator", "zh", "en"),
        [
            (Operator.AT_LEAST, "{}支以上", "at least {}"),
            (Operator.MORE_THAN, "超过{}支", "more than {}"),
            (Operator.AT_MOST, "{}支以下", "at most {}"),
            (Operator.LESS_THAN, "不满{}支", "less than {}"),
        ],
    )
    def test_what_is_required_on_a_day_is_told_in_both_languages(
        self, operator: Operator, zh: str, en: str
    ) -> None:
        condition = evolve(self.condition, operator=operator)
        for day, since, number in ((FIRST - DAY, date.min, 2), (FIRST, FIRST, 3)):
            words = Label(zh=zh.format(number), en=en.format(number))
            assert condition.required_on(day) == Requirement(since, teams(number), words)

    @pytest.mark.parametrize(
        ("day", "number", "verdict"),
        [
            (FIRST - DAY, 2, Verdict.MET),
            (FIRST - DAY, 1, Verdict.NOT_MET),
            (FIRST, 2, Verdict.NOT_MET),
            (FIRST, 3, Verdict.MET),
            (SECOND - DAY, 2, Verdict.NOT_MET),
            (SECOND, 1, Verdict.MET),
            (SECOND, 0, Verdict.NOT_MET),
        ],
    )
    def test_the_threshold_of_the_day_is_judged_by_and_told(
        self, day: date, number: int, verdict: Verdict
    ) -> None:
        one = law(provision(duty(condition=self.condition)))
        finding = assess(with_teams(number), one, on=day)["duty"]
        required = self.condition.threshold_on(day)
        assert finding.verdict is verdict
        assert finding.required == required
        assert f"required at least {required.interval}" in finding.because.en
        assert f"要求{required.interval}" in finding.because.zh
        short = required - teams(number) if verdict is Verdict.NOT_MET else None
        assert finding.shortfall == short

    @given(
        st.lists(st.tuples(st.dates(), st.integers(0, 9)), max_size=4, unique_by=lambda x: x[0]),
        st.dates(),
    )
    def test_it_is_found_by_asking_each_in_turn(
        self, found: list[tuple[date, int]], day: date
    ) -> None:
        found.sort()
        expected = ([2] + [number for since, number in found if since <= day])[-1]
        condition = compares(*(amendment(since, number) for since, number in found))
        assert condition.threshold_on(day) == teams(expected)

    def test_every_one_is_told_by_where_it_is_written(self) -> None:
        assert dict(self.condition.thresholds) == {
            "threshold": teams(2),
            "amended[0].threshold": teams(3),
            "amended[1].threshold": teams(1),
        }


class TestThresholdsThatAreRefused:
    @pytest.mark.parametrize("second", [FIRST, FIRST - DAY])
    def test_out_of_order(self, second: date) -> None:
        with pytest.raises(InvalidValue) as caught:
            compares(amendment(FIRST, 3), amendment(second, 4))
        assert problems(caught) == {
            "amended[1].since": (f"expected a day after {FIRST}, found {second}: put them in order")
        }

    def test_in_another_unit_or_not_exact_each_at_its_place(self) -> None:
        money = Amendment(since=FIRST, threshold=Quantity.exactly(3, Unit.YUAN))
        rough = Amendment(since=SECOND, threshold=Quantity(Interval(3, 4), Unit.TEAMS))
        with pytest.raises(InvalidValue) as caught:
            compares(money, rough)
        told = problems(caught)
        assert set(told) == {"amended[0].threshold", "amended[1].threshold"}
        assert told["amended[0].threshold"].startswith("expected teams, as before, found")
        assert told["amended[1].threshold"].startswith("expected an exact figure, found")

    def test_from_a_source_that_is_not_listed(self) -> None:
        unknown = compares(amendment(FIRST, 3, "decision"), amendment(SECOND, 4, "nowhere"))
        readings = [
            Reading(id="one", label=WORDS, condition=Attested()),
            Reading(id="two", label=WORDS, condition=AllOf(conditions=[unknown])),
        ]
        with pytest.raises(InvalidDocument) as caught:
            law(provision(duty("a", unknown), duty("b", readings=readings)))
        told = problems(caught)
        assert set(told) == {
            "provisions[0].obligations[0].condition.amended[1].source",
            "provisions[0].obligations[1].readings[1].condition.conditions[0].amended[1].source",
        }
        assert all("'nowhere': add that source or mend the key" in each for each in told.values())

    def test_in_a_document_in_a_unit_that_is_not_the_indicators(self) -> None:
        document = dump_instrument(law(provision(duty(condition=compares(amendment(FIRST, 3))))))
        condition = document["provisions"][0]["obligations"][0]["condition"]
        condition["threshold"] = condition["amended"][0]["threshold"] = "3人"
        with pytest.raises(InvalidDocument) as caught:
            load_instrument(document)
        path = "provisions[0].obligations[0].condition"
        assert set(problems(caught)) == {f"{path}.threshold", f"{path}.amended[0].threshold"}


def test_an_amended_threshold_is_written_and_read_again() -> None:
    one = law(provision(duty(condition=compares(amendment(FIRST, 3, "decision")))))
    document = dump_instrument(one)
    (written,) = document["provisions"][0]["obligations"][0]["condition"]["amended"]
    assert (written["since"], written["source"]) == ("2018-01-01", "decision")
    assert load_instrument(document) == one
    assert digest(one) != digest(law(provision(duty(condition=compares()))))


# --- duties ----------------------------------------------------------------------------

OLD = provision(duty("old", Attested()), until=FIRST - DAY)
NEW = provision(duty("new", Attested(), amends="old"), since=FIRST, until=SECOND - DAY)
NEWEST = provision(duty("newest", Attested(), amends="new"), since=SECOND)
AMENDED = law(OLD, NEW, NEWEST)


class TestDuties:
    @pytest.mark.parametrize("key", ["old", "new", "newest"])
    def test_a_duty_knows_those_in_whose_place_it_came(self, key: str) -> None:
        line = [OLD, NEW, NEWEST]
        keys = ["old", "new", "newest"]
        expected = [(each, each.obligations[0]) for each in line[: keys.index(key) + 1]]
        assert list(AMENDED.history(key)) == expected

    def test_one_that_is_not_there_has_no_history(self) -> None:
        with pytest.raises(KeyError, match="nowhere"):
            AMENDED.history("nowhere")

    @pytest.mark.parametrize(
        ("day", "key"),
        [
            (BEGINS - DAY, None),
            (BEGINS, "old"),
            (FIRST - DAY, "old"),
            (FIRST, "new"),
            (SECOND - DAY, "new"),
            (SECOND, "newest"),
        ],
    )
    def test_on_each_day_one_of_them_is_law(self, day: date, key: str | None) -> None:
        verdicts = {
            finding.obligation.id: finding.verdict
            for finding in assess(with_teams(0), AMENDED, on=day).findings
        }
        assert verdicts == {
            each: Verdict.UNDETERMINED if each == key else Verdict.NOT_IN_FORCE
            for each in ("old", "new", "newest")
        }

    def test_an_amended_duty_that_ran_out_is_followed_to_its_end(self) -> None:
        told = (assess(with_teams(0), law(OLD, NEW), on=on) for on in (FIRST, SECOND))
        steps = {step.obligation: step for step in follow_up(*told).steps}
        assert steps["new"].before is not None
        assert steps["new"].before.verdict is Verdict.UNDETERMINED
        assert steps["new"].after is not None
        assert steps["new"].after.verdict is Verdict.NOT_IN_FORCE

    @pytest.mark.parametrize(
        ("before", "after", "keys"),
        [
            (BEGINS, FIRST, ("old", "new")),
            (BEGINS, SECOND, ("old", "newest")),
            (FIRST, SECOND, ("new", "newest")),
            (SECOND, SECOND, ("newest", "newest")),
        ],
    )
    def test_between_two_days_the_one_is_held_against_the_one_in_whose_place_it_came(
        self, before: date, after: date, keys: tuple[str, str]
    ) -> None:
        told = (assess(with_teams(0), AMENDED, on=on) for on in (before, after))
        (step,) = follow_up(*told).steps
        assert step.before is not None
        assert step.after is not None
        assert (step.before.obligation.id, step.after.obligation.id) == keys
        assert (step.obligation, step.course) == (keys[1], Course.OPEN)

    def test_each_of_two_that_came_in_the_place_of_one_is_followed(self) -> None:
        second = duty("second", Attested(), amends="old")
        split = law(OLD, evolve(NEW, obligations=[*NEW.obligations, second]))
        told = [assess(with_teams(0), split, on=on) for on in (BEGINS, FIRST)]
        after = [step.after for step in follow_up(*told).steps]
        assert {each.obligation.id for each in after if each is not None} >= {"new", "second"}

    def test_it_is_written_and_read_again(self) -> None:
        assert load_instrument(dump_instrument(AMENDED)) == AMENDED

    @pytest.mark.parametrize("until", [None, FIRST, SECOND])
    def test_one_that_is_still_law_when_the_later_begins_is_refused(
        self, until: date | None
    ) -> None:
        with pytest.raises(InvalidDocument) as caught:
            law(evolve(OLD, until=until), NEW)
        time = "without end" if until is None else f"until {until}"
        assert problems(caught) == {
            "provisions[1].obligations[0].amends": (
                f"expected a duty that ends before {FIRST}, found 'old', in force {time}: "
                "say 'until' when in its provision"
            )
        }

    @pytest.mark.parametrize("key", ["nowhere", "text"])
    def test_one_that_amends_what_is_not_there_is_refused(self, key: str) -> None:
        with pytest.raises(InvalidDocument) as caught:
            law(OLD, provision(duty("new", Attested(), amends=key), since=FIRST))
        assert list(problems(caught)) == ["provisions[1].obligations[0].amends"]

    def test_one_that_amends_itself_is_refused(self) -> None:
        with pytest.raises(InvalidDocument):
            law(provision(duty("old", Attested(), amends="old")))

    def test_even_where_it_was_never_law(self) -> None:
        with pytest.raises(InvalidDocument):
            law(provision(duty("old", Attested(), amends="old"), since=SECOND), until=FIRST)

    def test_a_provision_that_ends_before_its_instrument_begins_is_refused(self) -> None:
        with pytest.raises(InvalidDocument) as caught:
            law(provision(duty(condition=Attested()), until=BEGINS - DAY))
        assert problems(caught) == {
            "provisions[0].until": (
                f"expected days within the instrument's time, found {BEGINS} to {BEGINS - DAY}"
            )
        }
        last = provision(duty(condition=Attested()), until=BEGINS)
        assert law(last).in_force(last, BEGINS)


class TestOverlays:
    old = provision(duty("old", Attested()), until=FIRST - DAY)

    @staticmethod
    def over(one: Instrument, *provisions: Provision) -> Instrument:
        return completed(one, Overlay(completes="law", provisions=provisions))

    def test_the_old_text_stays_beside_the_one_of_another_time(self) -> None:
        came = self.over(law(self.old), NEW)
        assert [each.until for each in came.provisions] == [FIRST - DAY, SECOND - DAY]
        assert [key.id for _, key in came.history("new")] == ["old", "new"]
        for day, key in ((FIRST - DAY, "old"), (FIRST, "new")):
            finding = assess(with_teams(0), came, on=day)[key]
            assert finding.verdict is Verdict.UNDETERMINED

    @pytest.mark.parametrize(
        ("since", "until", "stays"),
        [
            (FIRST, None, True),
            (FIRST - DAY, None, False),
            (None, None, False),
            (None, BEGINS, False),
            (BEGINS, FIRST - DAY, False),
        ],
    )
    def test_what_shares_a_day_with_it_is_replaced(
        self, since: date | None, until: date | None, *, stays: bool
    ) -> None:
        other = provision(duty("other", Attested()), since=since, until=until)
        came = self.over(law(self.old), other)
        assert {key.id for _, key in came.obligations} == {"other"} | ({"old"} if stays else set())

    def test_one_that_was_law_before_the_old_text_began_stays_beside_it(self) -> None:
        late = provision(duty("late", Attested()), since=SECOND)
        came = self.over(law(late), provision(duty("early", Attested()), until=SECOND - DAY))
        assert {key.id for _, key in came.obligations} == {"early", "late"}


# --- levels out of reach ---------------------------------------------------------------

STATION = [OrganisationKind.WORKSTATION]


def every(level: Level) -> Condition:
    return EveryDivisionHas(level=level, kinds=STATION)


def some(level: Level) -> Condition:
    return OrganisationExists(level=level, kinds=STATION)


class TestLevels:
    @pytest.mark.parametrize("asked", [every, some])
    @pytest.mark.parametrize("level", Level)
    @pytest.mark.parametrize("bearer", Level)
    def test_one_above_the_bearers_can_never_hold(
        self, asked: Any, level: Level, bearer: Level
    ) -> None:
        who = Bearer(name=WORDS, levels=[bearer])
        condition = AllOf(conditions=[Attested(), asked(level)])
        if not level.is_above(bearer):
            assert duty(condition=condition, bearer=who).condition == condition
            return
        with pytest.raises(InvalidValue) as caught:
            duty(condition=condition, bearer=who)
        assert problems(caught) == {
            "condition": (
                f"expected a level not above the bearer's, found {level.value!r}: no division of "
                "it lies in the bearer's, so this can never hold"
            )
        }

    def test_one_that_lies_in_some_bearers_is_let_be(self) -> None:
        who = Bearer(name=WORDS, levels=[Level.COMMUNITY, Level.COUNTY])
        assert duty(condition=every(Level.TOWNSHIP), bearer=who).bearer == who
        with pytest.raises(InvalidValue):
            duty(condition=every(Level.CITY), bearer=who)

    def test_a_bearer_of_any_level_may_be_asked_of_any(self) -> None:
        for level in Level:
            assert duty(condition=every(level)).condition == every(level)
            home = OrganisationExists(kinds=STATION, anywhere=True)
            who = Bearer(name=WORDS, levels=[level])
            assert duty(condition=home, bearer=who).condition == home

    def test_it_is_told_for_each_reading(self) -> None:
        readings = [
            Reading(id="every", label=WORDS, condition=every(Level.CITY)),
            Reading(id="one", label=WORDS, condition=every(Level.TOWNSHIP)),
            Reading(id="some", label=WORDS, condition=some(Level.PROVINCE)),
        ]
        with pytest.raises(InvalidValue) as caught:
            duty(readings=readings, bearer=Bearer(name=WORDS, levels=[Level.COUNTY]))
        assert list(problems(caught)) == ["readings[0].condition", "readings[2].condition"]


@pytest.mark.parametrize("key", commed.instruments())
def test_every_packaged_duty_has_itself_as_the_last_of_its_history(key: str) -> None:
    one = commed.instrument(key)
    for pair in one.obligations:
        assert one.history(pair[1].id)[-1] == pair
