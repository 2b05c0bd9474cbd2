"""Duties about organisations: one exists; every division of a level has one."""

from collections.abc import Iterable, Mapping, Sequence

from commed.compliance.rulings import Case, Ruling, existence, judge, united
from commed.evidence import CIVIL_AFFAIRS, EDUCATION, Need
from commed.labels import Label
from commed.law.conditions import EveryDivisionHas, OrganisationExists
from commed.periods import Period
from commed.places import Level
from commed.quantities import Quantity, Unit
from commed.records.organisations import (
    INSTITUTIONS,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth, all_of


def _collections(kinds: Iterable[OrganisationKind]) -> tuple[Collection, ...]:
    own = {
        OrganisationKind.WORKSTATION: Collection.WORKSTATIONS,
        OrganisationKind.JOINT_CONFERENCE: Collection.JOINT_CONFERENCES,
    }
    return united([[own.get(kind, Collection.ORGANISATIONS)] for kind in kinds])


def _named(kinds: Sequence[OrganisationKind]) -> Label:
    if len(kinds) > 1 and INSTITUTIONS.issuperset(kinds):
        return Label(zh="社区教育机构", en="community-education institution")
    return Label(
        zh="或".join(kind.label_zh for kind in kinds),
        en=" or ".join(kind.label_en for kind in kinds),
    )


def _listed_in_full(kinds: Iterable[OrganisationKind], place: str, case: Case) -> bool:
    return all(
        case.register.is_complete(collection, place, Period.day(case.on))
        for collection in _collections(kinds)
    )


@judge.register
def _(condition: OrganisationExists, case: Case) -> Ruling:
    kinds, where = _named(condition.kinds), _where(condition)
    what = Label(zh=f"{where.zh}{kinds.zh}", en=f"{kinds.en} {where.en}")
    found = {
        body: truth
        for body in case.register.bodies
        if body.kind in condition.kinds
        and (truth := body.standing(case.on) & _belongs(body, condition, case)) is not Truth.FALSE
    }
    record = Label(
        zh=f"{what.zh}的设立记录（名称、设立日期）",
        en=f"the record of a {what.en} (name, date set up)",
    )
    needs = _needs_of(record, condition, case)
    whole_list = _listed_in_full(condition.kinds, case.place, case)
    return existence(found, what, needs, whole_list=whole_list, is_over=True)


def _belongs(body: Organisation, condition: OrganisationExists, case: Case) -> Truth:
    inside = case.register.lies_within(body.division, case.place)
    if condition.anywhere:
        return inside
    own, home = case.register.division(body.division).level, case.register.division(case.place)
    asked = condition.level or home.level
    if own is asked:
        return inside & _settled(body, case)
    return inside & Truth.of(None if own.is_above(asked) and _is_coarse(body, case) else False)


def _is_coarse(body: Organisation, case: Case) -> bool:
    """Whether a body may belong further down than where it is recorded.

    Where a workstation serves is recorded as finely as it is known; other bodies belong there.
    """
    level = case.register.division(body.division).level
    return isinstance(body, Workstation) and level is not Level.COMMUNITY


def _settled(body: Organisation, case: Case) -> Truth:
    return Truth.UNKNOWN if _is_coarse(body, case) else Truth.TRUE


def _where(condition: OrganisationExists) -> Label:
    if condition.level is not None:
        return Label(
            zh=f"辖区内{condition.level.label_zh}",
            en=f"on the level '{condition.level.label_en}'",
        )
    if condition.anywhere:
        return Label(zh="辖区内", en="anywhere in this jurisdiction")
    return Label(zh="本级", en="of this jurisdiction")


@judge.register
def _(condition: EveryDivisionHas, case: Case) -> Ruling:
    register, level = case.register, condition.level
    day = Period.day(case.on)
    inside = register.divisions_within(case.place, level, day)
    served, bodies = _served(condition, inside, case)
    is_whole = (
        register.is_complete(Collection.DIVISIONS, case.place, day, level)
        and Truth.UNKNOWN not in inside.values()
    )
    truth = all_of(served.values()) & Truth.of(True if is_whole and served else None)
    with_one = list(served.values()).count(Truth.TRUE)
    lacking = list(served.values()).count(Truth.FALSE)
    needs = []
    if not is_whole:
        needs.append(_division_list(level, case))
    if any(has is Truth.UNKNOWN for has in served.values()) or not served:
        needs += _body_lists(condition, case)
    return Ruling(
        truth=truth,
        because=_tally(condition, len(served), with_one, lacking, is_whole=is_whole),
        evidence=tuple(evidence_of(body) for body in bodies),
        needs=tuple(needs) if truth is Truth.UNKNOWN else (),
        observed=Quantity.exactly(with_one, Unit.ITEMS) if truth is not Truth.UNKNOWN else None,
        required=Quantity.exactly(len(served), Unit.ITEMS) if is_whole else None,
        shortfall=Quantity.exactly(lacking, Unit.ITEMS) if truth is Truth.FALSE else None,
    )


def _tally(
    condition: EveryDivisionHas, known: int, with_one: int, lacking: int, *, is_whole: bool
) -> Label:
    what, level, plural = _named(condition.kinds), condition.level, _PLURALS[condition.level]
    if not known:
        return Label(zh=f"记录中没有{level.label_zh}区划", en=f"no {plural} are on record")
    zh, en = ("", "") if is_whole else ("（清单不全）", " (a partial list)")
    return Label(
        zh=f"记录中{level.label_zh}区划{known}个{zh}：确知设有{what.zh}的{with_one}个，"
        f"确知没有的{lacking}个",
        en=f"of the {known} {plural} on record{en}, {with_one} are known to have a {what.en}, "
        f"{lacking} are known to have none",
    )


def _served(
    condition: EveryDivisionHas, inside: Mapping[str, Truth], case: Case
) -> tuple[dict[str, Truth], list[Organisation]]:
    """Return whether each division of the level has such a body, and the bodies that count."""
    served = {
        key: Truth.of(False if _listed_in_full(condition.kinds, key, case) else None)
        for key, truth in inside.items()
        if truth is Truth.TRUE
    }
    counted = []
    for body in case.register.bodies:
        standing = body.standing(case.on)
        if body.kind not in condition.kinds or standing is Truth.FALSE:
            continue
        if body.division in served:
            served[body.division] |= standing & _settled(body, case)
        elif not isinstance(body, Workstation) or not _may_serve(body, served, case):
            continue
        counted.append(body)
    return served, counted


def _may_serve(station: Workstation, served: dict[str, Truth], case: Case) -> bool:
    """Leave open every division that a coarsely recorded workstation may serve."""
    possible = [
        key for key in served if case.register.lies_within(station.division, key) is Truth.UNKNOWN
    ]
    for key in possible:
        served[key] |= Truth.UNKNOWN
    return bool(possible)


def _division_list(level: Level, case: Case) -> Need:
    return Need(
        what=Label(
            zh=f"{level.label_zh}区划的完整清单", en=f"the complete list of {_PLURALS[level]}"
        ),
        collection=Collection.DIVISIONS,
        division=case.place,
        supplier=CIVIL_AFFAIRS,
    )


_PLURALS = {
    Level.PROVINCE: "provinces",
    Level.CITY: "cities",
    Level.COUNTY: "districts and counties",
    Level.TOWNSHIP: "townships and subdistricts",
    Level.COMMUNITY: "communities (villages and neighbourhoods)",
}


def _body_lists(condition: EveryDivisionHas, case: Case) -> tuple[Need, ...]:
    what = _named(condition.kinds)
    lists = Label(
        zh=f"{what.zh}的完整清单及其所服务的区划",
        en=f"the complete list of bodies ({what.en}), with the division each one serves",
    )
    return _needs_of(lists, condition, case)


def _needs_of(
    what: Label, condition: OrganisationExists | EveryDivisionHas, case: Case
) -> tuple[Need, ...]:
    """Return the need of it from each list that such bodies stand on."""
    return tuple(
        Need(what=what, collection=collection, division=case.place, supplier=EDUCATION)
        for collection in _collections(condition.kinds)
    )
