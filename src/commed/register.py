"""The register: all that is recorded about one jurisdiction, and how complete it is."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import Checked, array
from commed.errors import InvalidDocument, InvalidValue, Problem
from commed.evidence import Evidence
from commed.labels import counted
from commed.periods import Period, covers
from commed.places import Division, Level, division_code, division_id
from commed.records.base import Record
from commed.records.inspections import Inspection
from commed.records.learning import ActivityPlan, LearnerGroup, LearningEvent, LearningTeam
from commed.records.organisations import JointConference, Organisation, Workstation
from commed.records.resources import Funding, Population, PopulationBase, Staffing
from commed.records.statements import Attestation, Document, Honour, ReportedFigure
from commed.records.surveys import Survey
from commed.references import (
    Collection,
    DivisionId,
    are_sound,
    broken_links,
    links,
    repeated_keys,
)
from commed.sources import Source
from commed.truth import Truth

__all__ = ["Completeness", "Register", "entangled", "evidence_of"]


@frozen(kw_only=True)
class Completeness(Checked):
    """A claim that a list is whole (清单完整性声明): what is not on it does not exist.

    It speaks of one `collection`, for one `division` (the whole jurisdiction if None) and
    one `period` (all time if None). A claim on the divisions may speak of one `level` alone.
    A claim on the attendances says that a roster without a headcount beside it is whole. A claim
    on the events of a division includes those that its own bodies and teams held elsewhere.
    """

    collection: Collection
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    period: Period | None = None
    level: Level | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if self.level is not None and self.collection is not Collection.DIVISIONS:
            yield Problem(
                "level",
                "expected a level only in a claim on the divisions",
                "只有关于行政区划的声明才应填写层级",
            )


def _claims(items: Iterable[Completeness | Collection]) -> tuple[Completeness, ...]:
    listed = array(items)
    if not isinstance(listed, tuple):
        return listed
    return tuple(
        Completeness(collection=item) if isinstance(item, Collection) else item for item in listed
    )


Placed = ActivityPlan | LearningEvent | LearningTeam | Organisation | Staffing
"""A record that counts in some one division."""


Groups = tuple[LearnerGroup, ...] | None
"""All the groups of a learner; None where they are not known."""


@frozen
class Memberships:
    """The groups that each learner belonged to at first, and who did not keep to them."""

    first: Mapping[str, Groups]
    changed: frozenset[str]


@frozen(kw_only=True)
class Register(Checked):
    """All that is recorded about one jurisdiction (登记册): what functions take.

    Every list is open: absence from it proves nothing, unless a claim in `complete` says
    that it is whole. Keys are unique and every reference must lead to a record; all that is
    broken is told in one `InvalidDocument`.
    """

    jurisdiction: DivisionId = field(converter=division_id)
    sources: tuple[Source, ...] = field(default=(), converter=array)
    divisions: tuple[Division, ...] = field(default=(), converter=array)
    organisations: tuple[Organisation, ...] = field(default=(), converter=array)
    workstations: tuple[Workstation, ...] = field(default=(), converter=array)
    joint_conferences: tuple[JointConference, ...] = field(default=(), converter=array)
    teams: tuple[LearningTeam, ...] = field(default=(), converter=array)
    plans: tuple[ActivityPlan, ...] = field(default=(), converter=array)
    events: tuple[LearningEvent, ...] = field(default=(), converter=array)
    populations: tuple[Population, ...] = field(default=(), converter=array)
    fundings: tuple[Funding, ...] = field(default=(), converter=array)
    staffings: tuple[Staffing, ...] = field(default=(), converter=array)
    surveys: tuple[Survey, ...] = field(default=(), converter=array)
    reported_figures: tuple[ReportedFigure, ...] = field(default=(), converter=array)
    documents: tuple[Document, ...] = field(default=(), converter=array)
    attestations: tuple[Attestation, ...] = field(default=(), converter=array)
    honours: tuple[Honour, ...] = field(default=(), converter=array)
    inspections: tuple[Inspection, ...] = field(default=(), converter=array)
    complete: tuple[Completeness, ...] = field(default=(), converter=_claims)

    def __attrs_post_init__(self) -> None:
        """Check every field, then every reference between the records."""
        try:
            super().__attrs_post_init__()
        except InvalidValue as invalid:
            raise InvalidDocument("Register", invalid.problems) from None

    def _contradictions(self) -> Iterable[Problem]:
        if not are_sound(Register, self):
            yield from broken_links(links(Register, self))
        for index, organisation in enumerate(self.organisations):
            if type(organisation) is not Organisation:
                kind = type(organisation).__name__
                yield Problem(
                    f"organisations[{index}]",
                    f"a {kind} has a list of its own: put it there",
                    f"{kind}有专门的清单：请登记在那里",
                )
        yield from entangled(
            enumerate(self.divisions), enumerate(self.fundings), enumerate(self.populations)
        )

    @cached_property
    def _divisions(self) -> dict[str, Division]:
        return {division.id: division for division in self.divisions}

    @cached_property
    def bodies(self) -> tuple[Organisation, ...]:
        """Every organisation of any type."""
        return (*self.organisations, *self.workstations, *self.joint_conferences)

    @cached_property
    def _bodies(self) -> dict[str, Organisation]:
        return {body.id: body for body in self.bodies}

    def __repr__(self) -> str:
        lists = {each: getattr(self, each.value, ()) for each in Collection}
        told = [counted(len(held), each.label_en) for each, held in lists.items() if held]
        listed = ", ".join(told) or "nothing listed"
        return f"<{type(self).__name__} {self.jurisdiction}: {listed}>"

    def division(self, key: str) -> Division:
        """Return the division of this key; `KeyError` where none is recorded."""
        return self._divisions[key]

    def body(self, key: str) -> Organisation:
        """Return the organisation, of any type, of this key; `KeyError` where there is none."""
        return self._bodies[key]

    @cached_property
    def _lineages(self) -> dict[str, tuple[str, ...]]:
        return {key: tuple(self._ascend(key)) for key in self._divisions}

    def lineage(self, key: str) -> tuple[str, ...]:
        """Return the division and all that are known to contain it, from the inside out."""
        return self._lineages[key]

    def _ascend(self, key: str) -> Iterator[str]:
        yield key
        division = self._divisions.get(key)
        if division is not None and division.within is not None:
            yield from self._ascend(division.within)
            return
        code = division.code if division is not None else None
        while code is not None and (code := code.parent) is not None:
            yield code.digits

    @cached_property
    def _above(self) -> dict[str, dict[Level, str]]:
        """What each division lies in, itself included, by level."""
        return {
            key: {self._level(above): above for above in lineage}
            for key, lineage in self._lineages.items()
        }

    def _level(self, key: str) -> Level:
        known = self._divisions.get(key)
        return known.level if known is not None else division_code(key).level

    def lies_within(self, inner: str, outer: str) -> Truth:
        """Return whether all that is recorded at `inner` lies in `outer`.

        It is unknown where `inner` is the coarser of the two, or where the records leave out
        what lies between them.
        """
        if inner == outer:
            return Truth.TRUE
        inner_level, outer_level = self._divisions[inner].level, self._divisions[outer].level
        if inner_level.is_above(outer_level):
            return self.lies_within(outer, inner) & Truth.UNKNOWN
        above_inner, above_outer = self._above[inner], self._above[outer]
        if outer_level in above_inner:
            return Truth.of(above_inner[outer_level] == outer)
        agree = all(above_outer.get(level, key) == key for level, key in above_inner.items())
        return Truth.of(None if agree else False)

    def around(self, outer: str) -> Mapping[str, Truth]:
        """Return the divisions of which something surely or possibly lies in `outer`.

        It says the same as `lies_within` of each, without asking all of them.
        """
        if outer not in self._around:
            level = self._divisions[outer].level
            truths = dict.fromkeys(self._below[outer], Truth.TRUE)
            truths |= {key: self.lies_within(key, outer) for key in self._loose[level]}
            self._around[outer] = {
                key: truth for key, truth in truths.items() if truth is not Truth.FALSE
            }
        return self._around[outer]

    @cached_property
    def _around(self) -> dict[str, Mapping[str, Truth]]:
        return {}

    @cached_property
    def _below(self) -> Mapping[str, Sequence[str]]:
        """The divisions that surely lie in each, itself included."""
        below: defaultdict[str, list[str]] = defaultdict(list)
        for key, lineage in self._lineages.items():
            for above in lineage:
                below[above].append(key)
        return below

    @cached_property
    def _loose(self) -> Mapping[Level, Sequence[str]]:
        """The divisions of which it is not told in what of a level they lie."""
        return {
            level: [key for key, above in self._above.items() if level not in above]
            for level in Level
        }

    def divisions_within(
        self, outer: str, level: Level, period: Period | None
    ) -> Mapping[str, Truth]:
        """Return the divisions of a level that surely or possibly lie in `outer`.

        They stood on some day of the period; one of None asks for all that ever stood.
        """
        return {
            division.id: inside
            for division in self.divisions
            if division.level is level
            and division.stood_in(period)
            and (inside := self.lies_within(division.id, outer)) is not Truth.FALSE
        }

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What indicators have counted on this register, kept for the next one that needs it."""
        return {}

    @cached_property
    def events_at(self) -> Mapping[str, Mapping[str | None, Sequence[LearningEvent]]]:
        """The events by the division they count in and the body that held them, by date."""
        sites: dict[str, defaultdict[str | None, list[LearningEvent]]] = {}
        for event in sorted(self.events, key=_date_of):
            here = sites.setdefault(self.place_of(event), defaultdict(list))
            here[event.workstation].append(event)
        return sites

    @cached_property
    def populations_of(
        self,
    ) -> Mapping[tuple[str, PopulationBase, LearnerGroup | None], Sequence[Population]]:
        """The populations by division, base and group."""
        found: defaultdict[Any, list[Population]] = defaultdict(list)
        for population in self.populations:
            found[population.division, population.base, population.group].append(population)
        return found

    @cached_property
    def memberships(self) -> Memberships:
        """The groups that the learners belonged to, over all events."""
        first, changed = dict[str, Groups](), set[str]()
        for event in self.events:
            groups = tuple(map(_groups_of, event.attendances))
            known = tuple(map(first.setdefault, event.learners, groups))
            if known != groups:
                changed.update(compress(event.learners, map(ne, known, groups)))
        return Memberships(first, frozenset(changed))

    def is_adrift(self, key: str) -> bool:
        """Whether it is not recorded where in the country a division lies."""
        outermost = self._divisions.get(self._lineages[key][-1])
        return outermost is not None and outermost.code is None

    def place_of(self, record: Placed) -> str:
        """Return the key of the division a record counts in."""
        if isinstance(record, Organisation):
            return record.division
        if record.division is not None:
            return record.division
        body = record.organisation if isinstance(record, Staffing) else record.workstation
        return self._bodies[body or ""].division

    def is_complete(
        self,
        collection: Collection,
        division: str,
        period: Period | None = None,
        level: Level | None = None,
    ) -> bool:
        """Return whether claims say that a list is whole, there and then.

        Claims add up over time; and over the parts of a division whose list is whole, for what
        lies in places (what belongs to a level, as a joint conference or a township's own team
        does, is not in its parts). A `period` of None asks for all time. A division is the
        whole list of its own level.
        """
        if collection is Collection.DIVISIONS and self._divisions[division].level is level:
            return True
        spans = []
        for claim in self.complete:
            if (
                claim.collection is collection
                and (claim.level is None or claim.level is level)
                and self._speaks_of(claim, division)
            ):
                if claim.period is None:
                    return True
                spans.append(claim.period)
        if period is not None and covers(spans, period):
            return True
        return collection in _IN_PLACES and self._parts_complete(
            collection, division, period, level
        )

    def _speaks_of(self, claim: Completeness, division: str) -> bool:
        whole = claim.division or self.jurisdiction
        return whole == division or whole in self._lineages[division]

    def _parts_complete(
        self, collection: Collection, division: str, period: Period | None, level: Level | None
    ) -> bool:
        below = self._divisions[division].level.below
        if below is None or below is level:
            return False
        parts = self.divisions_within(division, below, period)
        return (
            bool(parts)
            and self.is_complete(Collection.DIVISIONS, division, period, below)
            and all(self.is_complete(collection, part, period, level) for part in parts)
        )


_date_of, _groups_of = attrgetter("date"), attrgetter("groups")
_IN_PLACES = {
    Collection.DIVISIONS,
    Collection.WORKSTATIONS,
    Collection.EVENTS,
    Collection.ATTENDANCES,
}

_FACES: Mapping[type, tuple[Collection, str, str]] = {
    Workstation: (Collection.WORKSTATIONS, "id", "name"),
    JointConference: (Collection.JOINT_CONFERENCES, "id", "name"),
    Organisation: (Collection.ORGANISATIONS, "id", "name"),
    Division: (Collection.DIVISIONS, "id", "name"),
    LearningTeam: (Collection.TEAMS, "id", "name"),
    ActivityPlan: (Collection.PLANS, "id", "title"),
    LearningEvent: (Collection.EVENTS, "id", "title"),
    Population: (Collection.POPULATIONS, "key", "name"),
    Funding: (Collection.FUNDINGS, "id", "name"),
    Staffing: (Collection.STAFFINGS, "id", "name"),
    Survey: (Collection.SURVEYS, "id", "name"),
    ReportedFigure: (Collection.REPORTED_FIGURES, "id", "about"),
    Document: (Collection.DOCUMENTS, "id", "title"),
    Attestation: (Collection.ATTESTATIONS, "id", "statement"),
    Honour: (Collection.HONOURS, "id", "title"),
    Inspection: (Collection.INSPECTIONS, "id", "name"),
}


def evidence_of(record: Record | Division) -> Evidence:
    """Return how a result names a record that it rests on (依据)."""
    collection, key, name = _FACES.get(type(record)) or _face(type(record))
    own = getattr(record, key)
    return Evidence(collection, own, getattr(record, name) or own)


def _face(kind: type) -> tuple[Collection, str, str]:
    """Return what names the records of a type that derives from one of the library's."""
    for base in kind.__mro__:
        if base in _FACES:
            return _FACES[base]
    raise TypeError(f"{kind.__name__} cannot be evidence")


def entangled(
    divisions: Iterable[tuple[int, Division]],
    fundings: Iterable[tuple[int, Funding]],
    populations: Iterable[tuple[int, Population]],
) -> Iterator[Problem]:
    """Yield what is wrong between records, each of which comes with its place in its list."""
    yield from _misplaced(list(divisions))
    yield from _circling(list(fundings))
    yield from repeated_keys((f"populations[{index}]", each.key) for index, each in populations)


def _circling(fundings: Sequence[tuple[int, Funding]]) -> Iterator[Problem]:
    """Yield the fundings that are, over some steps, part of themselves."""
    whole_of = {funding.id: funding.included_in for _, funding in fundings}
    circle, walked = set[str | None](), set[str | None]()
    for start in whole_of:
        path = dict[str | None, None]()
        step: str | None = start
        while step is not None and step not in walked and step not in path:
            path[step] = None
            step = whole_of.get(step)
        if step in path:
            circle.update(list(path)[list(path).index(step) :])
        walked.update(path)
    for index, funding in fundings:
        if funding.id in circle:
            yield Problem(
                f"fundings[{index}].included_in",
                f"{funding.id!r} is part of itself: break the circle",
                f"{funding.id!r}包含了自身：请消除循环",
            )


def _misplaced(divisions: Sequence[tuple[int, Division]]) -> Iterator[Problem]:
    """Yield the divisions that lie within one that is no higher; so none runs in a circle."""
    levels = {division.id: division.level for _, division in divisions}
    for index, division in divisions:
        above = levels.get(division.within or "")
        if above is not None and not above.is_above(division.level):
            yield Problem(
                f"divisions[{index}].within",
                f"expected a division higher than a {division.level.label_en}, "
                f"found {division.within!r}, a {above.label_en}",
                f"应为高于{division.level.label_zh}的区划，实为{division.within!r}（{above.label_zh}）",
            )
