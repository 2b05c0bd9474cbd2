"""Strategies for whole registers, whose keys are unique and whose references lead somewhere."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from commed.checks import field_types
from commed.labels import LabelledEnum
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Quantity, Unit
from commed.records.inspections import Inspection
from commed.records.learning import ActivityPlan, LearningEvent, LearningTeam
from commed.records.organisations import JointConference, Organisation, Workstation
from commed.records.resources import Funding, Population, PopulationBase, Staffing
from commed.records.statements import Attestation, Document, Honour, ReportedFigure
from commed.records.surveys import Survey
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source
from commed.testing._basics import division_codes
from commed.testing._pens import TEXTS, Pen, among, drawn_by

__all__ = ["REGISTERS", "TWO_YEARS", "registers"]

TWO_YEARS = Period(date(2017, 1, 1), date(2018, 12, 31))
"""When most of what is recorded happens, unless another period is asked for."""

_COUNTIES = st.sampled_from(["510112", "640105", "310104"]) | division_codes(
    level=Level.COUNTY
).map(str)
_SEEDS = st.sampled_from(["", "甲 ", "x/"]) | TEXTS
_PERSONS = field_types(Population)["persons"]
_MANY = 5000
_BODIES = (Collection.ORGANISATIONS, Collection.WORKSTATIONS, Collection.JOINT_CONFERENCES)
_NUMBERED: Mapping[Collection, type] = {
    Collection.ORGANISATIONS: Organisation,
    Collection.WORKSTATIONS: Workstation,
    Collection.JOINT_CONFERENCES: JointConference,
    Collection.TEAMS: LearningTeam,
    Collection.PLANS: ActivityPlan,
    Collection.EVENTS: LearningEvent,
    Collection.STAFFINGS: Staffing,
    Collection.SURVEYS: Survey,
    Collection.REPORTED_FIGURES: ReportedFigure,
    Collection.DOCUMENTS: Document,
    Collection.ATTESTATIONS: Attestation,
    Collection.HONOURS: Honour,
    Collection.INSPECTIONS: Inspection,
}


def registers(
    *,
    divisions: int = 6,
    events: int = 6,
    others: int = 2,
    learners: int = 6,
    complete: bool | None = None,
    during: Period = TWO_YEARS,
) -> st.SearchStrategy[Register]:
    """Draw registers (登记册) of a district: all that is recorded hangs together.

    They hold at most so many `divisions` and `events`, and of every other list at most so many
    `others`; so many `learners` take part. With `complete` every list is claimed to be whole,
    with False none is; by default some may be. What is recorded happened `during` a period,
    but for what must stand before or after it.
    """
    sizes = dict.fromkeys(Collection, others) | {Collection.EVENTS: events}
    people = [f"learner-{number}" for number in range(1, learners + 1)]
    return _registers(
        divisions=divisions, sizes=sizes, people=people, complete=complete, during=during
    )


@st.composite
def _registers(
    draw: st.DrawFn,
    *,
    divisions: int,
    sizes: Mapping[Collection, int],
    people: Sequence[str],
    complete: bool | None,
    during: Period,
) -> Register:
    plain = Pen(draw=draw, days=_days(during), learners=among(tuple(people)) if people else TEXTS)
    seed = plain.draw(_SEEDS)
    keys = {
        collection: [
            f"{seed}{collection.value}-{number}"
            for number in range(1, plain.number(0, sizes[collection]) + 1)
        ]
        for collection in (Collection.SOURCES, Collection.FUNDINGS, *_NUMBERED)
    }
    bodies = [key for collection in _BODIES for key in keys[collection]]
    if not bodies:
        keys[Collection.INSPECTIONS] = []
    named: dict[LabelledEnum, Sequence[str]] = dict(keys.items())
    named[Collection.ORGANISATIONS] = bodies
    places = _divisions(evolve(plain, keys=named), divisions, seed)
    named[Collection.DIVISIONS] = [place.id for place in places]
    pen = evolve(plain, keys=named)
    lists: dict[str, Any] = {
        collection.value: [pen.built(cls, id=key) for key in keys[collection]]
        for collection, cls in _NUMBERED.items()
    }
    return Register(
        jurisdiction=places[0].id,
        sources=[pen.built(Source, id=key) for key in keys[Collection.SOURCES]],
        divisions=places,
        fundings=list(_fundings(pen, keys[Collection.FUNDINGS])),
        populations=_populations(pen, places, during, sizes[Collection.POPULATIONS]),
        complete=_claims(pen, complete),
        **lists,
    )


def _days(during: Period) -> st.SearchStrategy[date]:
    return st.dates(during.first, during.last) | st.sampled_from([during.first, during.last])


def _divisions(pen: Pen, most: int, seed: str) -> list[Division]:
    """Draw a district, and divisions that each lie in an earlier one, by code or by word."""
    home = pen.draw(_COUNTIES)
    places = [pen.built(Division, id=home, since=None, until=None, within=None)]
    for number in range(1, pen.number(1, most)):
        above = pen.one_of(range(len(places)))
        parent = places[above]
        level = parent.level.below
        if level is None:
            parent, level = places[0], Level.TOWNSHIP
        if parent.code is not None and pen.yes():
            told = {"id": f"{parent.id}{number:03}", "within": None}
        else:
            told = {"id": f"{seed}division-{number}", "within": parent.id, "level": level}
        places.append(pen.built(Division, since=None, until=None, **told))
    return places


def _populations(pen: Pen, places: list[Division], during: Period, most: int) -> list[Population]:
    """Draw the residents of some divisions, exactly where of all; and other figures beside them."""
    everywhere = pen.yes()
    residents = [
        pen.built(
            Population,
            division=place.id,
            on=during.last,
            base=PopulationBase.RESIDENT,
            group=None,
            persons=Quantity.exactly(pen.number(1, _MANY), Unit.PERSONS)
            if everywhere
            else pen.of(_PERSONS),
        )
        for place in places
        if most and (everywhere or pen.yes())
    ]
    others = [pen.built(Population) for _ in range(pen.number(0, most))]
    return list({each.key: each for each in (*others, *residents)}.values())


def _fundings(pen: Pen, keys: Sequence[str]) -> Any:
    """Draw money, each sum part of an earlier one at most."""
    for number, key in enumerate(keys):
        earlier = evolve(pen, keys={**pen.keys, Collection.FUNDINGS: keys[:number]})
        yield earlier.built(Funding, id=key)


def _claims(pen: Pen, complete: bool | None) -> list[Completeness]:  # noqa: FBT001 - passed on
    if complete is False or (complete is None and pen.yes()):
        return []
    if complete or pen.yes():
        return [Completeness(collection=collection) for collection in Collection]
    return [pen.built(Completeness) for _ in range(pen.number(0, 4))]


REGISTERS = registers()
"""Registers of the sizes that are drawn where none are asked for."""


@drawn_by(Register)
def _register(pen: Pen) -> Register:
    return pen.draw(REGISTERS)
