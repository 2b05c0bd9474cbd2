"""Duties about events: one is held in a window that the law names."""

from commed.compliance.rulings import Case, Ruling, existence, judge
from commed.evidence import EDUCATION, Need
from commed.indicators.elsewhere import elsewhere
from commed.labels import Label
from commed.law.conditions import EventInWindow
from commed.references import Collection
from commed.truth import Truth


@judge.register
def _(condition: EventInWindow, case: Case) -> Ruling:
    register = case.register
    window = condition.week.days(case.period.last.year, condition.month)
    found = {
        event: truth
        for event in (*register.events, *elsewhere(register).events(window))
        if event.date in window
        and event.date <= case.on
        and (
            truth := register.lies_within(register.place_of(event), case.place)
            & (Truth.TRUE if condition.theme is None else event.on_theme(condition.theme))
        )
        is not Truth.FALSE
    }
    about = "" if condition.theme is None else condition.theme
    what = Label(
        zh=f"{window}（{condition.week.label_zh}）的{about}活动",
        en=f"event{' on ' if about else ''}{about} from {window} ({condition.week.label_en})",
    )
    need = Need(
        what=what,
        collection=Collection.EVENTS,
        division=case.place,
        period=window,
        supplier=EDUCATION,
    )
    whole_list = register.is_complete(Collection.EVENTS, case.place, window)
    is_over = window.last <= case.on
    return existence(found, what, (need,), whole_list=whole_list, is_over=is_over)
