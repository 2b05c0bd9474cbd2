"""Every dimension of every indicator: each answers, and the parts of what adds up are the whole.

An indicator answers along each of its dimensions, whatever the register holds: with a value, or
with what it would need for one, and in words that nobody has to decipher. Where all is known, what
adds up is the sum of its parts.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed.indicators import Measurement, UnsupportedQuestion, catalogue, measure
from commed.indicators.dimensions import DIMENSIONS
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Interval
from commed.records.learning import (
    ActivityPlan,
    GroupCount,
    Headcount,
    LearnerGroup,
    LearningEvent,
    LearningTeam,
    Mode,
)
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Funding, FundingStage, Staffing, StaffRole
from commed.recurrences import Recurrence
from commed.references import Collection
from commed.register import Completeness, Register

laws = settings(deadline=None, max_examples=40)
MADE_UP = commed.example("made-up-district")
YEAR = Period.year(2024)
EMPTY = Register(
    jurisdiction="district",
    divisions=[Division(id="district", name="某区", level=Level.COUNTY)],
)

# --- the whole catalogue ---------------------------------------------------------------

REPRS = ("<", "object at", "Interval(", "Fraction(", "Label(", "None", "frozenset", "{", "\\")


def check_answer(found: Measurement) -> None:
    assert found.value is not None or found.needs
    assert (found.value is None) == ("no value" in str(found))
    assert not [sign for sign in REPRS if sign in str(found)]
    assert str(found).startswith(f"{found.indicator.label.en} ({found.indicator.id}), ")


def test_the_dimensions_of_every_indicator_are_real_and_named_once() -> None:
    for each in catalogue().values():
        assert each.dimensions
        assert {*each.dimensions} <= {*DIMENSIONS}
        assert len({*each.dimensions}) == len(each.dimensions)
    named = {dimension for each in catalogue().values() for dimension in each.dimensions}
    assert named == {*DIMENSIONS}
    assert all(name == dimension.name for name, dimension in DIMENSIONS.items())


@pytest.mark.parametrize("register", [MADE_UP, EMPTY], ids=["made-up", "empty"])
@pytest.mark.parametrize("indicator", catalogue())
def test_every_indicator_answers_along_every_dimension(indicator: str, register: Register) -> None:
    check_answer(measure(indicator, register))
    check_answer(measure(indicator, register, period=YEAR))
    for dimension in catalogue()[indicator].dimensions:
        parts = measure(indicator, register, period=YEAR, by=dimension)
        for key, part in parts.items():
            check_answer(part)
            assert part.where == ((dimension, key),)
            assert part == measure(indicator, register, period=YEAR, where={dimension: key})


# --- parts and wholes ------------------------------------------------------------------
LANES = {"plum": "east", "bamboo": "east", "pine": "west"}
ADDITIVE: Mapping[str, tuple[str, ...]] = {
    "person-times": ("month", "quarter", "year", "division", "community", "organiser", "mode"),
    "learning-minutes": ("month", "quarter", "year", "township", "organiser", "mode"),
    "learning-hours": ("month", "division"),
    "workstations": ("division", "community"),
    "institutions": ("township", "kind", "level"),
    "learning-teams": ("division", "community", "organiser", "theme"),
    "funds-paid": ("year", "division", "community", "use", "level"),
    "staff": ("division", "community", "organiser", "role"),
    "training-days": ("township", "role"),
}


def whole_register(**lists: Any) -> Register:
    own: dict[str, Any] = {"divisions": EMPTY.divisions}
    whole: Any = [Completeness(collection=collection) for collection in Collection]
    return Register(jurisdiction="district", complete=whole, **own | lists)


@st.composite
def known(draw: st.DrawFn) -> Register:
    """Draw a register of the year 2024 in which nothing is left open."""
    lanes, few = st.sampled_from(sorted(LANES)), st.integers(0, 5)
    lists: dict[str, list[Any]] = {
        "divisions": [
            *EMPTY.divisions,
            *(
                Division(id=key, name=key, level=Level.TOWNSHIP, within="district")
                for key in ("east", "west")
            ),
            *(
                Division(id=lane, name=lane, level=Level.COMMUNITY, within=within)
                for lane, within in LANES.items()
            ),
        ],
        "workstations": [Workstation(id=f"at-{lane}", name=lane, division=lane) for lane in LANES],
        "organisations": [
            Organisation(id=f"o{n}", name="校", kind=kind, division="east")
            for n, kind in enumerate(
                draw(st.lists(st.sampled_from(["college", "school"]).map(OrganisationKind)))
            )
        ],
    }
    for n in range(draw(few)):
        lane, on = draw(lanes), date(2024, 1, 1) + timedelta(draw(st.integers(0, 365)))
        lists.setdefault("events", []).append(
            LearningEvent(
                id=f"e{n}",
                date=on,
                workstation=f"at-{lane}",
                minutes=draw(st.integers(1, 90)),
                mode=draw(st.sampled_from(Mode)),
                headcount=draw(few),
            )
        )
        lists.setdefault("teams", []).append(
            LearningTeam(id=f"t{n}", workstation=f"at-{draw(lanes)}", themes=["书法"])
        )
        lists.setdefault("fundings", []).append(
            Funding(
                id=f"f{n}",
                division=draw(lanes),
                period=Period.month(2024, draw(st.integers(1, 12))),
                amount=draw(st.integers(0, 99)),
                stage=FundingStage.PAID,
                origin=draw(st.sampled_from(Level)),
                use=draw(st.sampled_from(["场地", "教学"])),
            )
        )
    for lane, role in draw(st.sets(st.tuples(lanes, st.sampled_from(StaffRole)))):
        lists.setdefault("staffings", []).append(
            Staffing(
                id=f"{lane}-{role.value}",
                on=date(2024, 12, 31),
                role=role,
                persons=draw(few),
                organisation=f"at-{lane}",
                training_days=draw(few),
            )
        )
    return whole_register(**lists)


@laws
@given(known())
def test_where_all_is_known_the_parts_of_what_adds_up_are_the_whole(register: Register) -> None:
    for indicator, dimensions in ADDITIVE.items():
        whole = measure(indicator, register, period=YEAR).value
        assert whole is not None
        for dimension in dimensions:
            parts = measure(indicator, register, period=YEAR, by=dimension).values()
            values = [part.value for part in parts if part.value is not None]
            assert len(values) == len(parts)
            assert sum(values, Interval.exactly(0)) == whole, (indicator, dimension)


def test_at_least_as_many_came_as_came_of_any_group() -> None:
    headcount = Headcount("3人以上", [GroupCount(LearnerGroup.ELDERLY, 10)])
    held = LearningEvent(id="e", date=date(2024, 1, 1), division="district", headcount=headcount)
    register = whole_register(events=[held])
    for indicator in ("person-times", "distinct-learners"):
        assert measure(indicator, register).value == Interval(10, None)
        of_group = measure(indicator, register, where={"group": "elderly"})
        assert of_group.value == Interval.exactly(10)


def test_a_plan_over_more_than_a_century_is_answered_or_refused_as_a_question() -> None:
    plan = ActivityPlan(
        id="p", division="district", sessions=Recurrence(date(1900, 1, 5), "FREQ=WEEKLY")
    )
    asked = Period(date(1900, 1, 1), date(2024, 12, 31))
    with suppress(UnsupportedQuestion):
        measure("planned-sessions", whole_register(plans=[plan]), period=asked)


def test_what_there_is_nothing_to_divide_by_is_sought_where_it_belongs() -> None:
    found = measure("funds-execution-rate", whole_register(), period=YEAR)
    assert found.value is None
    assert {need.collection for need in found.needs} == {Collection.FUNDINGS}
