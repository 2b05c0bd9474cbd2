"""What the rosters of a table tell of questions: sums and counts, made on its engine.

The parts of a split are counted together, by a column that tells the part of each attendance:
an engine may take a second to answer anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from math import inf
from typing import Any

import narwhals as nw
from attrs import frozen

from commed.frames.asking import Site, bearing, part_at, whole
from commed.frames.tables import UNTOLD, Table, counted_if, one, rows_of
from commed.indicators.bounds import Attended
from commed.indicators.elsewhere import Lot, Members, Rosters
from commed.indicators.measurement import Question
from commed.records.learning import LearnerGroup, Mode

__all__ = ["Asked", "asked", "asked_together", "attended_of", "members_of", "rosters_of"]

_PART = "part"
_KEYS = (_PART, "inside", "whole", "mode", "is_timed")


@frozen
class Asked:
    """The attendances that possibly bear on a question, or on some: which columns they have.

    All rosters are `whole`, or the column of that name tells which are.
    """

    table: Table
    rows: nw.LazyFrame[Any]
    has: frozenset[str]
    is_whole: bool

    @property
    def by(self) -> list[str]:
        """What tells the questions apart, if there is more than one."""
        return [_PART] if _PART in self.has else []


def asked(table: Table, question: Question) -> Asked:
    """Return the attendances that possibly bear on a question."""
    term = bearing(table, question)
    rows = table.during(question.period)
    if term.possibly is not None:
        rows = rows.filter(term.possibly)
    flags = {} if term.surely is None else {"inside": counted_if(term.surely)}
    return _with(table, rows, flags, whole(table, question, term.surely))


def asked_together(table: Table, questions: Sequence[Question], parts: Mapping[Site, int]) -> Asked:
    """Return the attendances of questions that differ in the sites alone that they ask of.

    `parts` are the places of the questions in their list by the sites that surely lie in them.
    """
    part = part_at(table, parts)
    rows = table.during(questions[0].period).with_columns(part.alias(_PART))
    told = [whole(table, question, None) for question in questions]
    is_whole = next((each for each in told if each is not None), None)
    return _with(table, rows.filter(nw.col(_PART) >= 0), {_PART: nw.col(_PART)}, is_whole)


def _with(
    table: Table, rows: nw.LazyFrame[Any], flags: Mapping[str, nw.Expr], is_whole: nw.Expr | None
) -> Asked:
    more = {}
    if is_whole is not None:
        more["whole"] = counted_if(is_whole)
    if "minutes" in table.blank:
        more["is_timed"] = counted_if(nw.col("minutes") > 0)
    flags = {**flags, **more}
    kept = [each for each in ("event", "learner", "mode", "minutes", "groups") if each in table.has]
    return Asked(
        table,
        rows.with_columns(**flags).select(*kept, *flags) if flags else rows.select(*kept),
        frozenset((*kept, *flags)),
        is_whole is None,
    )


def rosters_of(asked: Asked) -> Mapping[int, Rosters]:
    """Return what the rosters tell of each question that any bears on, by its place in the list."""
    rows, keys = asked.rows, [key for key in _KEYS if key in asked.has]
    # not by distinct events in each lot: narwhals counts those of Dask once in each partition
    sums = {"named": nw.len()}
    if "minutes" in asked.has:
        sums["minutes"] = nw.col("minutes").sum()
    events = rows.group_by("event", *keys).agg(**sums)
    totals = {"events": nw.len(), **{name: nw.col(name).sum() for name in sums}}
    lots_of = events.group_by(keys).agg(**totals) if keys else events.select(**totals)
    lots = defaultdict[int, list[Lot]](list)
    for row in rows_of(lots_of):
        if row["named"]:
            lots[_part(row)].append(_lot(row, is_whole=asked.is_whole))
    if not lots:
        return {}
    visits = {"possibly": nw.len()}
    if "inside" in asked.has:
        visits["surely"] = nw.col("inside").sum()
    learners = rows.group_by("learner", *asked.by).agg(**visits)
    counts = {name: counted_if(nw.col(name) > 0) for name in visits}
    counts |= {f"{name}_twice": counted_if(nw.col(name) > 1) for name in visits}
    return {
        _part(row): Rosters(
            lots=tuple(lots[_part(row)]),
            surely=int(row.get("surely", row["possibly"])),
            again=int(row.get("surely_twice", row["possibly_twice"])),
            possibly=int(row["possibly"]),
            possibly_again=int(row["possibly_twice"]),
        )
        for row in _summed(learners.with_columns(**counts), asked.by, counts)
    }


def members_of(asked: Asked) -> Mapping[int, Mapping[LearnerGroup, Members]]:
    """Return how many of each group the rosters name, for each question that any bears on."""
    table, rows = asked.table, asked.rows
    unknown = [UNTOLD] if "groups" in table.blank else []
    if "groups" not in asked.has:
        rows, unknown = rows.with_columns(groups=nw.lit(UNTOLD)), [UNTOLD]
    inside = ["inside"] if "inside" in asked.has else []
    told = rows.group_by("learner", "groups", *inside, *asked.by).agg(times=nw.len())
    surely = nw.col("inside") if inside else nw.lit(1)
    flags = {}
    for group in LearnerGroup:
        texts = table.texts_with("groups", group.value)
        flags[f"surely_{group.name}"] = counted_if(one("groups", texts)) * surely
        flags[f"possibly_{group.name}"] = counted_if(one("groups", [*texts, *unknown]))
    times = {f"times_{name}": flag * nw.col("times") for name, flag in flags.items()}
    learners = (
        told.with_columns(**flags, **times)
        .group_by("learner", *asked.by)
        .agg(*(nw.col(name).max() for name in flags), *(nw.col(name).sum() for name in times))
    )
    return {
        _part(row): {
            group: Members(
                _span(row, "surely_{0}", "possibly_{0}", group),
                _span(row, "times_surely_{0}", "times_possibly_{0}", group),
            )
            for group in LearnerGroup
        }
        for row in _summed(learners, asked.by, (*flags, *times))
    }


def _span(row: Mapping[str, Any], least: str, most: str, group: LearnerGroup) -> tuple[int, int]:
    return int(row[least.format(group.name)] or 0), int(row[most.format(group.name)] or 0)


def _summed(
    frame: nw.LazyFrame[Any], by: list[str], names: Iterable[str]
) -> Iterator[Mapping[str, Any]]:
    sums = [nw.col(name).sum() for name in names]
    return rows_of(frame.group_by(by).agg(*sums) if by else frame.select(*sums))


def _part(row: Mapping[str, Any]) -> int:
    return int(row.get(_PART, 0))


def _lot(row: Mapping[str, Any], *, is_whole: bool) -> Lot:
    minutes = int(row.get("minutes") or 0)
    return Lot(
        events=int(row["events"]),
        named=int(row["named"]),
        minutes=minutes or None,
        mode=Mode(row["mode"]) if row.get("mode") else None,
        is_inside=bool(row.get("inside", True)),
        is_whole=bool(row.get("whole", is_whole)),
    )


def attended_of(asked: Asked) -> Iterator[Attended]:
    """Yield every event of one question, all being surely inside: those alike count together."""
    told = [name for name in ("minutes", "whole") if name in asked.has]
    times = asked.rows.group_by("learner").agg(times=nw.len())
    rows = asked.rows.select("event", "learner", *told).join(times, on="learner")
    once = rows.with_columns(once=counted_if(nw.col("times") == 1))
    events = once.group_by("event", *told).agg(named=nw.len(), once=nw.col("once").sum())
    alike = events.group_by("named", "once", *told).agg(events=nw.len())
    for row in rows_of(alike):
        named = int(row["named"])
        attended = Attended(
            least=named,
            most=named if row.get("whole", asked.is_whole) else inf,
            named=named,
            once=int(row["once"]),
            minutes=int(row.get("minutes") or 0) or None,
        )
        yield from repeat(attended, int(row["events"]))
