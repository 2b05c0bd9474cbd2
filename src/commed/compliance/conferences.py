"""Duties about the joint conference: who its members are, and where its office is."""

from collections.abc import Callable

from attrs import evolve

from commed.compliance.rulings import Case, Ruling, existence, judge, united
from commed.evidence import EDUCATION, Need
from commed.labels import Label
from commed.law.conditions import ConferenceMembers, ConferenceOffice
from commed.periods import Period
from commed.quantities import Quantity, Unit
from commed.records.organisations import JointConference, Organisation
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth


@judge.register
def _(condition: ConferenceMembers, case: Case) -> Ruling:
    names = condition.names
    asked = Label(
        zh=f"联席会成员的完整名单（所列{len(names)}个单位按所列名称登记：{'、'.join(names)}）",
        en=f"the complete list of the joint conference's members (these {len(names)} units by the "
        f"names given: {', '.join(names)})",
    )
    return _best(asked, case, lambda conference: _members(names, conference, case))


def _members(names: tuple[str, ...], conference: JointConference, case: Case) -> Ruling:
    members = [case.register.body(key) for key in conference.members]
    found = {name: [body for body in members if _is_called(body, name)] for name in names}
    missing = [name for name, bodies in found.items() if not bodies]
    there, wanted = len(names) - len(missing), len(names)
    zh = f"所列{wanted}个单位中有{there}个是{conference.name}的成员"
    en = f"of the {wanted} units named, {there} are members of {conference.name}"
    if missing:
        zh, en = f"{zh}，未见{'、'.join(missing)}", f"{en}; not among them: {', '.join(missing)}"
    if missing and not conference.members_complete:
        zh, en = f"{zh}（成员名单不全）", f"{en} (its list of members is partial)"
    truth = Truth.of(None if missing and not conference.members_complete else not missing)
    return Ruling(
        truth=truth,
        because=Label(zh=zh, en=en),
        evidence=tuple(map(evidence_of, united(found.values()))),
        observed=Quantity.exactly(there, Unit.ITEMS),
        required=Quantity.exactly(wanted, Unit.ITEMS),
        shortfall=Quantity.exactly(len(missing), Unit.ITEMS),
    )


@judge.register
def _(condition: ConferenceOffice, case: Case) -> Ruling:
    asked = Label(
        zh=f"联席会办公室设在何单位（要求为{condition.name}）",
        en=f"the unit that has the office of the joint conference (required: {condition.name})",
    )
    return _best(asked, case, lambda conference: _office(condition.name, conference, case))


def _office(name: str, conference: JointConference, case: Case) -> Ruling:
    if conference.office_at is None:
        because = Label(
            zh=f"未登记{conference.name}的办公室设在何处",
            en=f"it is not recorded where the office of {conference.name} is",
        )
        return Ruling(truth=Truth.UNKNOWN, because=because)
    body = case.register.body(conference.office_at)
    return Ruling(
        truth=Truth.of(_is_called(body, name)),
        because=Label(
            zh=f"{conference.name}的办公室设在{body.name}，要求设在{name}",
            en=f"the office of {conference.name} is in {body.name}, required in {name}",
        ),
        evidence=(evidence_of(body),),
    )


def _is_called(body: Organisation, name: str) -> bool:
    """Whether a body bears this name, be it after that of its place: 成都市教育局 is 市教育局."""
    return body.name.endswith(name)


def _best(asked: Label, case: Case, shown_by: Callable[[JointConference], Ruling]) -> Ruling:
    """Return what that conference shows which comes nearest to what is asked.

    Another that is not on record might yet come nearer, where the list of them is partial.
    """
    need = Need(
        what=asked,
        collection=Collection.JOINT_CONFERENCES,
        division=case.place,
        supplier=EDUCATION,
    )
    day = Period.day(case.on)
    whole_list = case.register.is_complete(Collection.JOINT_CONFERENCES, case.place, day)
    shown = [
        _by_one_that_stands(each, shown_by(each), standing, whole_list=whole_list)
        for each in case.register.joint_conferences
        if each.division == case.place and (standing := each.standing(case.on)) is not Truth.FALSE
    ]
    if not shown:
        what = Label(zh="本级联席会", en="joint conference of this jurisdiction")
        return existence({}, what, (need,), whole_list=whole_list, is_over=True)
    best = max(shown, key=_nearness)
    is_open = best.truth is Truth.UNKNOWN
    return evolve(
        best,
        needs=(need,) if is_open else (),
        observed=None if is_open else best.observed,
        shortfall=best.shortfall if best.truth is Truth.FALSE else None,
    )


def _by_one_that_stands(
    conference: JointConference, shown: Ruling, standing: Truth, *, whole_list: bool
) -> Ruling:
    """Return what a conference shows, as far as it surely stands and may be the only one."""
    truth, because = shown.truth & standing, shown.because
    if standing is Truth.UNKNOWN:
        because = Label(
            zh=f"{because.zh}；未能确定其当日存在",
            en=f"{because.en}; not certain to stand that day",
        )
    if truth is Truth.FALSE and not whole_list:
        truth = Truth.UNKNOWN
        because = Label(
            zh=f"{because.zh}；联席会清单不全",
            en=f"{because.en}; the list of joint conferences is partial",
        )
    evidence = (evidence_of(conference), *shown.evidence)
    return evolve(shown, truth=truth, because=because, evidence=evidence)


def _nearness(shown: Ruling) -> tuple[int, int]:
    order = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
    return order.index(shown.truth), len(shown.evidence)
