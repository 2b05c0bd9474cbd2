"""A question as filters on a table: which attendances surely, and which possibly, bear on it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import narwhals as nw
from attrs import frozen

from commed.frames.tables import NONE, Table, never, one
from commed.indicators.measurement import Question, UnsupportedQuestion
from commed.periods import Period
from commed.references import Collection
from commed.register import Register
from commed.truth import Truth

__all__ = ["Site", "Term", "bearing", "needed", "part_at", "place_of", "whole"]

Site = tuple[str, str]
"""The division and the body of an event as a table writes them."""

_DAY = timedelta(days=1)


@frozen
class Term:
    """What a question asks of an attendance: which possibly fit, None for all, and which surely.

    They are the same expression where there is no doubt.
    """

    possibly: nw.Expr | None
    surely: nw.Expr | None


def needed(table: Table, tells: str) -> None:
    """Raise `UnsupportedQuestion` where a table lacks a column that a question is about."""
    if tells not in table.has:
        raise UnsupportedQuestion(
            f"the table has no column that tells the {tells} of an event: add one, null where an "
            f"event has none, and name it as Columns({tells}=...)"
        )


def bearing(table: Table, question: Question) -> Term:
    """Return which attendances of the period possibly, and which surely, bear on a question."""
    terms = [term for term in _terms(table, question) if term is not None]
    possibly = [term.possibly for term in terms if term.possibly is not None]
    surely = [
        term.surely
        for term in terms
        if term.surely is not None and term.surely is not term.possibly
    ]
    return Term(
        nw.all_horizontal(*possibly, ignore_nulls=False) if possibly else None,
        nw.all_horizontal(*surely, ignore_nulls=False) if surely else None,
    )


def _terms(table: Table, question: Question) -> Iterator[Term | None]:
    yield _placed(table, question)
    if question.organisations:
        yield _told(table, "workstation", one("workstation", question.organisations))
    if question.team is not None:
        needed(table, "team")
        team = one("team", [question.team])
        yield Term(team, team)
    if question.mode is not None:
        yield _told(table, "mode", one("mode", [question.mode.value]))
    if question.theme is not None:
        yield _told(table, "themes", one("themes", table.texts_with("themes", question.theme)))


def _told(table: Table, tells: str, fits: nw.Expr) -> Term:
    """Return the term of a column that may leave it open whether an attendance fits."""
    if tells not in table.has:
        return Term(None, never())
    if tells not in table.blank:
        return Term(fits, fits)
    return Term(fits | (nw.col(tells) == NONE), fits)


def _placed(table: Table, question: Question) -> Term | None:
    register = question.register
    truths = {
        site: register.lies_within(place_of(site, register), question.division)
        for site in table.sites
    }
    surely = {site for site, truth in truths.items() if truth is Truth.TRUE}
    possibly = {site for site, truth in truths.items() if truth is not Truth.FALSE}
    if len(surely) == len(truths):
        return None
    among = _at(table, possibly)
    return Term(among, among if surely == possibly else _at(table, surely))


def place_of(site: Site, register: Register) -> str:
    """Return the division that an event counts in: its own, or that of the body that held it."""
    division, body = site
    return division or register.body(body).division


def _at(table: Table, sites: set[Site]) -> nw.Expr:
    """Return whether an attendance is at one of these sites, all of the same places."""
    divisions = {division for division, _ in sites if division}
    bodies = {body for division, body in sites if not division}
    if "division" not in table.has:
        return one("workstation", bodies)
    if not bodies:
        return one("division", divisions)
    by_body = (nw.col("division") == NONE) & one("workstation", bodies)
    return one("division", divisions) | by_body


def part_at(table: Table, parts: Mapping[Site, int]) -> nw.Expr:
    """Return the part that each attendance lies in by its site, -1 where in none of them."""
    named = [name for name in ("division", "workstation") if name in table.has]
    columns = [nw.col(name) for name in named]
    key = columns[0] if len(columns) == 1 else nw.concat_str(*columns, separator="\n")
    keys = ["\n".join(site) if len(columns) > 1 else "".join(site) for site in parts]
    return key.replace_strict(keys, [*parts.values()], default=-1, return_dtype=nw.Int64)


# --- whether rosters are whole ------------------------------------------------------------


def whole(table: Table, question: Question, surely: nw.Expr | None) -> nw.Expr | None:
    """Return which attendances stand on rosters that are claimed to be whole, None for all.

    Of an event that may lie outside, what counts is what is claimed of the division asked for.
    """
    register, division = question.register, question.division
    if register.is_complete(Collection.ATTENDANCES, division, question.period):
        return None
    spans = list(_spans(register))
    by_days: dict[tuple[Period, ...], set[Site]] = {}
    for site in table.sites:
        place = place_of(site, register)
        by_days.setdefault(_claimed(register, place, spans), set()).add(site)
    inside = _any(_at(table, sites) & _in(table, days) for days, sites in by_days.items() if days)
    if surely is None:
        return inside
    outside = _in(table, _claimed(register, division, spans))
    return (surely & inside) | (~surely & outside)


def _any(conditions: Iterator[nw.Expr]) -> nw.Expr:
    listed = list(conditions)
    return nw.any_horizontal(*listed, ignore_nulls=False) if listed else never()


def _in(table: Table, days: tuple[Period, ...]) -> nw.Expr:
    day = nw.col("date")
    return _any(
        nw.all_horizontal(
            ~never(),
            *([day >= table.moment(span.first)] if span.first > date.min else []),
            *([day <= table.moment(span.last)] if span.last < date.max else []),
            ignore_nulls=False,
        )
        for span in days
    )


def _claimed(register: Register, place: str, spans: list[Period]) -> tuple[Period, ...]:
    return tuple(
        span
        for span in spans
        if register.is_complete(Collection.ATTENDANCES, place, Period.day(span.first))
    )


def _spans(register: Register) -> Iterator[Period]:
    """Yield spans of days, of which all days of one see the same claims and divisions."""
    starts = {date.min}
    periods = [claim.period for claim in register.complete if claim.period is not None]
    stood = [(division.since, division.until) for division in register.divisions]
    for first, last in [*((period.first, period.last) for period in periods), *stood]:
        if first is not None:
            starts.add(first)
        if last is not None and last < date.max:
            starts.add(last + _DAY)
    listed = sorted(starts)
    lasts = [start - _DAY for start in listed[1:]]
    for first, last in zip(listed, [*lasts, date.max], strict=True):
        yield Period(first, last)
