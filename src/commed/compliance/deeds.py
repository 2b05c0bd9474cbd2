"""Duties about deeds on record: an honour is awarded; how a law is carried out is inspected."""

from commed.compliance.rulings import Case, Ruling, existence, judge
from commed.evidence import GOVERNMENT, Need
from commed.labels import Label
from commed.law.conditions import HonourAwarded, InspectionHeld
from commed.periods import Period
from commed.records.statements import Honour
from commed.references import Collection
from commed.truth import Truth

_INSPECTORS = Label(zh="检查机关", en="the body that inspects")


@judge.register
def _(condition: HonourAwarded, case: Case) -> Ruling:
    when = _when(case, yearly=condition.yearly)
    found = {
        honour: truth
        for honour in case.register.honours
        if condition.title in {None, honour.title}
        and (
            truth := _is_borne_here(honour, case)
            & _is_awarded(honour, case, yearly=condition.yearly)
            & (_is_own(honour, case) if condition.own else Truth.TRUE)
        )
        is not Truth.FALSE
    }
    what = _honour(condition, when)
    whole_list = case.register.is_complete(Collection.HONOURS, case.place, when)
    needs = (_need(what, Collection.HONOURS, GOVERNMENT, case, yearly=condition.yearly),)
    is_over = when.last <= case.on
    return existence(found, what, needs, whole_list=whole_list, is_over=is_over)


def _honour(condition: HonourAwarded, when: Period) -> Label:
    zh, en = "荣誉、表彰", "honour"
    if condition.title is not None:
        zh, en = f"荣誉“{condition.title}”", f"honour '{condition.title}'"
    if condition.own:
        zh, en = f"本级授予的{zh}", f"{en} awarded by a body of this jurisdiction"
    if condition.yearly:
        zh, en = f"{when}授予的{zh}", f"{en}, of {when}"
    return Label(zh=zh, en=en)


def _is_borne_here(honour: Honour, case: Case) -> Truth:
    """Whether the jurisdiction bears it, or a body that surely or possibly lies in it."""
    place = honour.division
    if place is None:
        place = case.register.body(honour.organisation or "").division
    return case.register.lies_within(place, case.place)


def _is_awarded(honour: Honour, case: Case, *, yearly: bool) -> Truth:
    """Whether it was awarded in time; one of no known day is held to be borne on every day."""
    if honour.awarded_on is None:
        return Truth.UNKNOWN if yearly else Truth.TRUE
    in_time = not yearly or honour.awarded_on in case.period
    return Truth.of(in_time and honour.awarded_on <= case.on)


def _is_own(honour: Honour, case: Case) -> Truth:
    if honour.awarded_by is None:
        return Truth.UNKNOWN
    return Truth.of(case.register.body(honour.awarded_by).division == case.place)


@judge.register
def _(condition: InspectionHeld, case: Case) -> Ruling:
    law, when = condition.instrument or case.instrument.id, _when(case, yearly=condition.yearly)
    found = {
        inspection: Truth.TRUE
        for inspection in case.register.inspections
        if inspection.instrument == law
        and inspection.division == case.place
        and inspection.on <= case.on
        and (not condition.yearly or inspection.on in case.period)
    }
    zh, en = f"对{law}实施情况的执法检查", f"inspection of how {law} is carried out"
    if condition.yearly:
        zh, en = f"{when}{zh}", f"{en}, in {when}"
    what = Label(zh=zh, en=en)
    whole_list = case.register.is_complete(Collection.INSPECTIONS, case.place, when)
    needs = (_need(what, Collection.INSPECTIONS, _INSPECTORS, case, yearly=condition.yearly),)
    is_over = when.last <= case.on
    return existence(found, what, needs, whole_list=whole_list, is_over=is_over)


def _when(case: Case, *, yearly: bool) -> Period:
    return case.period if yearly else Period.day(case.on)


def _need(
    what: Label, collection: Collection, supplier: Label, case: Case, *, yearly: bool
) -> Need:
    return Need(
        what=what,
        collection=collection,
        division=case.place,
        period=case.period if yearly else None,
        supplier=supplier,
    )
