"""Judging is sound: whatever becomes known, a verdict once reached stands.

A small world is drawn and told in full; then some of it is forgotten. What is judged on less
may be open, but it never contradicts what is judged on all.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.compliance import Assessment, Case, Ruling, Verdict, assess, judge
from commed.labels import Label
from commed.law.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Attested,
    Condition,
    DocumentIssued,
    EveryDivisionHas,
    IndicatorCompares,
    Not,
    Operator,
    OrganisationExists,
    When,
)
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision, Reading
from commed.periods import Period
from commed.places import Division, Level
from commed.quantities import Quantity, Unit
from commed.records.learning import LearningEvent, LearningTeam
from commed.records.organisations import Organisation, OrganisationKind, Workstation
from commed.records.resources import Population
from commed.records.statements import Attestation, Document, DocumentKind, Topic
from commed.references import Collection
from commed.register import Completeness, Register
from commed.sources import Source, TextStatus
from commed.truth import Truth

HOME, ON, YEAR = "510112", date(2019, 4, 26), Period.year(2018)
BEFORE, AFTER = date(2018, 6, 1), date(2020, 6, 1)
ABOVE: Mapping[str, str | None] = {
    HOME: None,
    "t1": HOME,
    "t2": HOME,
    "a": "t1",
    "b": "t1",
    "c": "t2",
}
LEVELS = {1: Level.TOWNSHIP, 2: Level.COMMUNITY}
WORDS = Label(zh="义务", en="a duty")
QUESTIONS = ("q1", "q2")
LISTS = {
    "organisations": Collection.ORGANISATIONS,
    "workstations": Collection.WORKSTATIONS,
    "teams": Collection.TEAMS,
    "events": Collection.EVENTS,
    "documents": Collection.DOCUMENTS,
}
thorough = settings(deadline=None, max_examples=200)
laws = settings(deadline=None, max_examples=50)


# --- conditions ------------------------------------------------------------------------


def every(level: Level, *kinds: OrganisationKind) -> EveryDivisionHas:
    return EveryDivisionHas(level=level, kinds=kinds)


def exists(*kinds: OrganisationKind, **where: Any) -> OrganisationExists:
    return OrganisationExists(kinds=kinds, **where)


def all_of(conditions: Iterable[Condition]) -> AllOf:
    return AllOf(conditions=conditions)


def any_of(conditions: Iterable[Condition]) -> AnyOf:
    return AnyOf(conditions=conditions)


def comparisons(indicator: str, unit: Unit, *, per: int = 1) -> list[Condition]:
    share = Quantity.exactly(per, Unit.NUMBER)
    return [
        IndicatorCompares(
            indicator=indicator, operator=operator, threshold=Quantity.exactly(number, unit) / share
        )
        for operator in Operator
        for number in (1, 2, 3)
    ]


SCHOOL, CENTRE, STATION = (
    OrganisationKind.SCHOOL,
    OrganisationKind.CENTRE,
    OrganisationKind.WORKSTATION,
)
QUESTIONED: list[Condition] = [
    exists(CENTRE),
    exists(CENTRE, SCHOOL, anywhere=True),
    exists(SCHOOL, level=Level.TOWNSHIP),
    exists(STATION, anywhere=True),
    exists(STATION, level=Level.COMMUNITY),
    every(Level.TOWNSHIP, SCHOOL, CENTRE),
    every(Level.COMMUNITY, STATION),
    every(Level.COMMUNITY, STATION, SCHOOL),
    DocumentIssued(kind=DocumentKind.DEVELOPMENT_PLAN, topic=Topic.COMMUNITY_EDUCATION),
    DocumentIssued(kind=DocumentKind.WORK_PLAN),
    *(Attested(question=question) for question in QUESTIONS),
]
MEASURED: list[Condition] = [
    *comparisons("learning-teams", Unit.TEAMS),
    *comparisons("person-times", Unit.PERSON_TIMES),
    *comparisons("distinct-learners", Unit.PERSONS),
    *comparisons("workstation-coverage", Unit.RATIO, per=3),
    *comparisons("participation-rate", Unit.RATIO, per=3),
    *comparisons("person-times-per-resident", Unit.PERSON_TIMES_PER_PERSON),
]
leaves = st.sampled_from([*QUESTIONED * (len(MEASURED) // len(QUESTIONED)), *MEASURED])
conditions = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(all_of),
        st.lists(parts, min_size=1, max_size=3).map(any_of),
        parts.map(lambda part: Not(condition=part)),
    ),
    max_leaves=4,
)


def at_least(count: int, parts: list[Condition]) -> AtLeastOf:
    return AtLeastOf(count=count, conditions=parts)


some = st.lists(conditions, min_size=1, max_size=3)
trees = st.recursive(
    conditions,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).flatmap(
            lambda found: st.integers(1, len(found)).map(lambda count: at_least(count, found))
        ),
        st.builds(When, condition=parts, then=parts),
        st.lists(parts, min_size=1, max_size=2).map(all_of),
        parts.map(lambda part: Not(condition=part)),
    ),
    max_leaves=3,
)
"""Every way to put conditions together."""


# --- a world, and what is known of it --------------------------------------------------


@frozen(kw_only=True)
class World:
    """All there is, and less of it: both are registers of the same place and time."""

    whole: Register
    known: Register


def register(**lists: Any) -> Register:
    return Register(jurisdiction=HOME, **lists)


def chain(place: str | None) -> Iterator[str]:
    while place is not None:
        yield place
        place = ABOVE[place]


def division(key: str, within: str | None) -> Division:
    if key == HOME:
        return Division(id=HOME, name="龙泉驿区")
    return Division(id=key, name=key, level=LEVELS[len(list(chain(key))) - 1], within=within)


@st.composite
def records(draw: st.DrawFn, places: list[str]) -> dict[str, list[Any]]:
    """Draw what there is, everything in the division it belongs to or took place in."""
    towns = [key for key in places if key in {"t1", "t2"}]
    leaves = [key for key in places if all(ABOVE[other] != key for other in places)]
    communities = [key for key in leaves if key not in {HOME, *towns}]

    def some(places: list[str], most: int) -> list[str]:
        return draw(st.lists(st.sampled_from(places), max_size=most)) if places else []

    return {
        "organisations": [
            Organisation(
                id=f"o{n}", name="校", kind=draw(st.sampled_from([SCHOOL, CENTRE])), division=place
            )
            for n, place in enumerate(some([HOME, *towns], 2))
        ],
        "workstations": [
            draw(stations(f"w{n}", place)) for n, place in enumerate(some(communities, 3))
        ],
        "teams": [
            LearningTeam(id=f"t{n}", division=place) for n, place in enumerate(some(leaves, 2))
        ],
        "events": [draw(events(f"e{n}", place)) for n, place in enumerate(some(leaves, 2))],
        "documents": [draw(papers(f"d{n}")) for n in range(draw(st.integers(0, 1)))],
        "attestations": [
            Attestation(
                id=key,
                instrument="law",
                duty=f"duty/{key}",
                division=HOME,
                holds=draw(st.booleans()),
                on=BEFORE,
            )
            for key in (*QUESTIONS, draw(st.sampled_from(["strict", "loose"])))
        ],
        "populations": [
            Population(division=HOME, on=date(2018, 12, 31), persons=draw(st.integers(1, 9)))
        ],
    }


def stations(key: str, place: str) -> st.SearchStrategy[Workstation]:
    def station(fields: dict[str, Any]) -> Workstation:
        return Workstation(id=key, name="站", division=place, **fields)

    times = [{}, {"since": BEFORE}, {"until": BEFORE}, {"since": AFTER}, {"seen": AFTER}]
    return st.sampled_from(times).map(station)


@st.composite
def events(draw: st.DrawFn, key: str, place: str) -> LearningEvent:
    roster: Any = draw(st.sampled_from(["", "x", "y", "xy", "xyz"]).map(list))
    count = draw(st.sampled_from([None, len(roster)]))
    return LearningEvent(id=key, date=BEFORE, division=place, attendances=roster, headcount=count)


@st.composite
def papers(draw: st.DrawFn, key: str) -> Document:
    topics = draw(st.lists(st.sampled_from(Topic), unique=True))
    return Document(
        id=key,
        title="文件",
        kind=draw(st.sampled_from([DocumentKind.DEVELOPMENT_PLAN, DocumentKind.WORK_PLAN])),
        division=HOME,
        issued_on=BEFORE,
        topics=topics,
        topics_complete=True,
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world and forget some of it, never claiming a list whole that is not."""
    drawn = draw(st.sets(st.sampled_from([key for key in ABOVE if key != HOME])))
    places = [key for key in ABOVE if any(key in chain(other) for other in {HOME, *drawn})]
    there = draw(records(places))
    everything = [*LISTS.values(), Collection.DIVISIONS, Collection.ATTENDANCES]
    whole = register(
        divisions=[division(key, ABOVE[key]) for key in places], complete=everything, **there
    )
    known_places = [key for key in places if key == HOME or draw(st.booleans())]
    kept = {
        name: [forgetful for one in listed for forgetful in draw(remembered(one, known_places))]
        for name, listed in there.items()
    }
    adrift = draw(st.sets(st.sampled_from(known_places)))
    divisions = [
        division(key, None if key in adrift else nearest(ABOVE[key], known_places))
        for key in known_places
    ]
    claims = [
        claim
        for collection, right in true_claims(places, known_places, there, kept).items()
        for claim in made(right, draw(st.sampled_from(MANNERS)), collection)
    ]
    return World(whole=whole, known=register(divisions=divisions, complete=claims, **kept))


def nearest(place: str | None, known: list[str]) -> str | None:
    return next((above for above in chain(place) if above in known), None)


@st.composite
def remembered(draw: st.DrawFn, one: Any, known: list[str]) -> list[Any]:
    """Draw what is left of a record: nothing, all of it, or less than all."""
    if draw(st.integers(0, 3)) == 0:
        return []
    if isinstance(one, Workstation | LearningTeam | LearningEvent):
        above = [place for place in chain(one.division) if place in known]
        one = evolve(one, division=draw(st.sampled_from(above)))
    if getattr(one, "division", HOME) not in known:
        return []
    if isinstance(one, LearningEvent):
        return [draw(half_remembered(one))]
    if isinstance(one, Workstation) and one.since == BEFORE and draw(st.booleans()):
        return [evolve(one, since=None, seen=AFTER)]
    if isinstance(one, Document) and draw(st.booleans()):
        topics = [topic for topic in one.topics if draw(st.booleans())]
        return [evolve(one, topics=topics, topics_complete=False)]
    return [one]


@st.composite
def half_remembered(draw: st.DrawFn, event: LearningEvent) -> LearningEvent:
    roster: Any = [named for named in event.attendances if draw(st.booleans())]
    headcount = event.headcount if draw(st.booleans()) else None
    return evolve(event, attendances=roster, headcount=headcount)


def true_claims(
    places: list[str],
    known: list[str],
    there: Mapping[str, list[Any]],
    kept: Mapping[str, list[Any]],
) -> dict[Collection, list[tuple[str, Level | None]]]:
    """Return all that the forgetful register can claim to be whole, and be right."""
    right: dict[Collection, list[tuple[str, Level | None]]] = {}
    for name, collection in LISTS.items():
        ids = {one.id for one in kept[name]}
        lost = {one.division for one in there[name] if one.id not in ids}
        right[collection] = [
            (place, None) for place in known if not any(place in chain(gone) for gone in lost)
        ]
    right[Collection.DIVISIONS] = [
        (place, level)
        for place in known
        for level in (None, *LEVELS.values())
        if not any(
            place in chain(gone) and level in {None, division(gone, None).level}
            for gone in places
            if gone not in known
        )
    ]
    named = {one.id: len(one.attendances) for one in there["events"]}
    if all(named[one.id] == len(one.attendances) for one in kept["events"]):
        right[Collection.ATTENDANCES] = [(HOME, None)]
    return right


MANNERS = ("not at all", "of the whole", "of the parts", "of every place")


def made(
    right: list[tuple[str, Level | None]], manner: str, collection: Collection
) -> Iterator[Completeness]:
    """Yield claims that are right, made in this manner."""
    for place, level in right:
        own = "of the whole" if place == HOME else "of the parts"
        if manner in {own, "of every place"}:
            yield Completeness(collection=collection, division=place, level=level)


# --- judging ---------------------------------------------------------------------------


def law(*duties: Obligation) -> Instrument:
    text: dict[str, Any] = {
        "sources": [Source(id="text", title="文本", status=TextStatus.ENACTED)],
        "provisions": [{"article": 1, "summary": WORDS, "source": "text", "obligations": duties}],
    }
    text["provisions"] = [Provision(**fields) for fields in text["provisions"]]
    return Instrument(id="law", title=WORDS, since=date(2017, 2, 1), **text)


def duty(**fields: Any) -> Obligation:
    bearer = Bearer(name=WORDS)
    return Obligation(id="duty", duty=WORDS, bearer=bearer, modality=Modality.SHALL, **fields)


def ruling(condition: Condition, known: Register) -> Ruling:
    one = duty(condition=condition)
    return judge(
        condition,
        Case(
            register=known,
            instrument=law(one),
            obligation=one,
            place=known.jurisdiction,
            on=ON,
            period=YEAR,
        ),
    )


def every_ruling(one: Ruling) -> Iterator[Ruling]:
    yield one
    for part in one.parts:
        yield from every_ruling(part)


def verdict(one: Obligation, known: Register) -> Verdict:
    assessment: Assessment = assess(known, law(one), on=ON)
    return assessment["duty"].verdict


@thorough
@given(leaves, worlds())
def test_what_becomes_known_never_overturns_a_ruling(condition: Condition, world: World) -> None:
    before, after = ruling(condition, world.known).truth, ruling(condition, world.whole).truth
    assert before in {after, Truth.UNKNOWN}


@laws
@given(trees, worlds())
def test_what_becomes_known_never_overturns_a_verdict_on_any_tree(
    tree: Condition, world: World
) -> None:
    one = duty(condition=tree)
    before, after = verdict(one, world.known), verdict(one, world.whole)
    assert before in {after, Verdict.UNDETERMINED}
    for known in (world.known, world.whole):
        came = assess(known, law(one), on=ON)["duty"]
        assert bool(came.needs) is (came.verdict is Verdict.UNDETERMINED)


@laws
@given(trees, trees, worlds())
def test_what_becomes_known_never_overturns_a_verdict_on_two_readings(
    strict: Condition, loose: Condition, world: World
) -> None:
    readings = [
        Reading(id="strict", label=WORDS, condition=strict),
        Reading(id="loose", label=WORDS, condition=loose),
    ]
    two_ways = duty(readings=readings)
    before, after = verdict(two_ways, world.known), verdict(two_ways, world.whole)
    assert before in {after, Verdict.UNDETERMINED}


@laws
@given(conditions, worlds())
def test_what_is_open_names_a_need_and_what_is_settled_names_none(
    condition: Condition, world: World
) -> None:
    for known in (world.known, world.whole):
        for one in every_ruling(ruling(condition, known)):
            assert bool(one.needs) is (one.truth is Truth.UNKNOWN)


@laws
@given(conditions, worlds())
def test_every_ruling_says_why_in_both_languages(condition: Condition, world: World) -> None:
    for one in every_ruling(ruling(condition, world.known)):
        assert one.because.zh
        assert one.because.en
        assert any("一" <= sign <= "鿿" for sign in one.because.zh)


@laws
@given(conditions, worlds())
def test_only_an_unmet_figure_has_a_shortfall(condition: Condition, world: World) -> None:
    for one in every_ruling(ruling(condition, world.known)):
        assert one.shortfall is None or one.truth is Truth.FALSE
        for figure in (one.observed, one.shortfall):
            assert figure is None or figure.interval.low is None or figure.interval.low >= 0


@laws
@given(st.lists(conditions, min_size=1, max_size=3), worlds())
def test_not_all_is_some_not_and_not_any_is_all_not(parts: list[Condition], world: World) -> None:
    negated = [Not(condition=part) for part in parts]
    for one, other in (
        (Not(condition=all_of(parts)), any_of(negated)),
        (Not(condition=any_of(parts)), all_of(negated)),
    ):
        left, right = ruling(one, world.known), ruling(other, world.known)
        assert left.truth is right.truth
        assert (left.evidence, left.needs) == (right.evidence, right.needs)


@laws
@given(some, st.data(), worlds())
def test_not_at_least_so_many_is_at_least_the_rest_not(
    parts: list[Condition], data: st.DataObject, world: World
) -> None:
    count = data.draw(st.integers(1, len(parts)))
    negated: list[Condition] = [Not(condition=part) for part in parts]
    left = ruling(Not(condition=at_least(count, parts)), world.known)
    right = ruling(at_least(len(parts) - count + 1, negated), world.known)
    assert left.truth is right.truth
    assert (left.evidence, left.needs) == (right.evidence, right.needs)
    for number, combined in ((1, any_of(parts)), (len(parts), all_of(parts))):
        assert (
            ruling(at_least(number, parts), world.known).truth
            is ruling(combined, world.known).truth
        )


@laws
@given(conditions, conditions, worlds())
def test_a_duty_on_a_condition_holds_as_not_the_one_or_the_other(
    applies: Condition, then: Condition, world: World
) -> None:
    asked = ruling(When(condition=applies, then=then), world.known)
    either = ruling(any_of([Not(condition=applies), then]), world.known)
    assert asked.truth is either.truth
    assert asked.applies is ruling(applies, world.known).truth


@laws
@given(conditions, worlds())
def test_twice_not_is_as_it_was(condition: Condition, world: World) -> None:
    once = ruling(condition, world.known)
    twice = ruling(Not(condition=Not(condition=condition)), world.known)
    assert (twice.truth, twice.evidence, twice.needs) == (once.truth, once.evidence, once.needs)


@laws
@given(st.permutations([0, 1, 2]), st.tuples(conditions, conditions, conditions), worlds())
def test_the_order_of_the_parts_decides_nothing(
    order: list[int], parts: tuple[Condition, Condition, Condition], world: World
) -> None:
    shuffled = [parts[index] for index in order]
    for combine in (all_of, any_of):
        left, right = ruling(combine(parts), world.known), ruling(combine(shuffled), world.known)
        assert left.truth is right.truth
        assert set(left.needs) == set(right.needs)
        assert set(left.evidence) == set(right.evidence)


@laws
@given(conditions, worlds())
def test_one_part_alone_is_all_of_them_and_any_of_them(condition: Condition, world: World) -> None:
    alone = ruling(condition, world.known)
    for combine in (all_of, any_of):
        one = ruling(combine([condition]), world.known)
        assert (one.truth, one.evidence, one.needs) == (alone.truth, alone.evidence, alone.needs)
