"""What a table of attendances tells of a question: sums and counts, made on its engine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import repeat
from math import inf
from typing import Any

import narwhals as nw
from attrs import frozen

from commed.frames.asking import bearing, needed, place_of, whole
from commed.frames.tables import NONE, UNTOLD, Table, counted_if, one, rows_of
from commed.indicators.bounds import Attended
from commed.indicators.elsewhere import Lot, Members, Rosters
from commed.indicators.measurement import Question
from commed.periods import Period
from commed.records.learning import LearnerGroup, LearningEvent, Mode
from commed.register import Register

__all__ = ["Kept"]


@frozen(eq=False)
class Kept:
    """The events of a register whose rosters a table keeps (数据表中的名册)."""

    register: Register
    table: Table

    @property
    def sites(self) -> Iterator[tuple[str, str | None]]:
        """Each division that an event counts in, with the body that held it."""
        for site in self.table.sites:
            yield place_of(site, self.register), site[1] or None

    @property
    def themes(self) -> Iterator[str]:
        """Every theme of an event."""
        for text in self.table.themes:
            yield from self.table.columns.parted(text)

    def days(self, period: Period) -> Mapping[str | None, Iterable[date]]:
        """Return the days of the period on which each body held an event."""
        days: defaultdict[str | None, list[date]] = defaultdict(list)
        for row in self.table.distinct(period, "workstation", "date"):
            days[row["workstation"] or None].append(row["date"])
        return days

    def teams(self, period: Period | None) -> Iterator[str]:
        """Return the teams that met in the period."""
        if self.register.teams:
            needed(self.table, "team")
            yield from (row["team"] for row in self.table.distinct(period, "team") if row["team"])

    def sessions(self, period: Period) -> Iterator[tuple[str, date]]:
        """Return each plan, and day of it, that an event of the period carried out."""
        if self.register.plans:
            needed(self.table, "plan")
            for row in self.table.distinct(period, "plan", "date"):
                if row["plan"]:
                    yield row["plan"], row["date"]

    def events(self, period: Period) -> Iterator[LearningEvent]:
        """Return the events of a short period, without rosters, in the order of their keys."""
        told = ("event", "date", "division", "workstation", "themes")
        rows = self.table.distinct(period, *told)
        for row in sorted(rows, key=lambda row: str(row["event"])):
            yield LearningEvent(
                id=str(row["event"]),
                date=row["date"],
                division=row["division"] or None,
                workstation=row["workstation"] or None,
                themes=self.table.columns.parted(row["themes"] or NONE),
            )

    def rosters(self, question: Question) -> Rosters:
        """Return what the rosters tell of a question."""
        asked = self._asked(question)
        rows, keys = asked.rows, [key for key in _KEYS if key in asked.has]
        # not by distinct events in each lot: narwhals counts those of Dask once in each partition
        sums = {"named": nw.len()}
        if "minutes" in asked.has:
            sums["minutes"] = nw.col("minutes").sum()
        events = rows.group_by("event", *keys).agg(**sums)
        totals = {"events": nw.len(), **{name: nw.col(name).sum() for name in sums}}
        lots_of = events.group_by(keys).agg(**totals) if keys else events.select(**totals)
        lots = tuple(_lot(row, is_whole=asked.is_whole) for row in rows_of(lots_of) if row["named"])
        if not lots:
            return Rosters()
        visits = {"possibly": nw.len()}
        if "inside" in asked.has:
            visits["surely"] = nw.col("inside").sum()
        learners = rows.group_by("learner").agg(**visits)
        (found,) = rows_of(
            learners.select(
                **{name: counted_if(nw.col(name) > 0).sum() for name in visits},
                **{f"{name}_twice": counted_if(nw.col(name) > 1).sum() for name in visits},
            )
        )
        count = {name: int(number) for name, number in found.items()}
        return Rosters(
            lots=lots,
            surely=count.get("surely", count["possibly"]),
            again=count.get("surely_twice", count["possibly_twice"]),
            possibly=count["possibly"],
            possibly_again=count["possibly_twice"],
            attended=lambda: _attended(asked),
        )

    def members(self, question: Question) -> Mapping[LearnerGroup, Members]:
        """Return how many of each group the rosters name."""
        asked, table = self._asked(question, "groups"), self.table
        unknown = [UNTOLD] if "groups" in table.blank else []
        rows = asked.rows
        if "groups" not in asked.has:
            rows, unknown = rows.with_columns(groups=nw.lit(UNTOLD)), [UNTOLD]
        keys = [key for key in ("learner", "groups", "inside") if key in {*asked.has, "groups"}]
        told = rows.group_by(keys).agg(times=nw.len())
        inside = nw.col("inside") if "inside" in asked.has else nw.lit(1)
        flags = {}
        for group in LearnerGroup:
            texts = table.texts_with("groups", group.value)
            flags[f"surely_{group.name}"] = counted_if(one("groups", texts)) * inside
            flags[f"possibly_{group.name}"] = counted_if(one("groups", [*texts, *unknown]))
        times = {f"times_{name}": flag * nw.col("times") for name, flag in flags.items()}
        learners = told.with_columns(**flags, **times).group_by("learner")
        counted = learners.agg(
            *(nw.col(name).max() for name in flags), *(nw.col(name).sum() for name in times)
        )
        (found,) = rows_of(counted.select(nw.col(name).sum() for name in (*flags, *times)))
        count = {name: int(number or 0) for name, number in found.items()}
        return {
            group: Members(
                (count[f"surely_{group.name}"], count[f"possibly_{group.name}"]),
                (count[f"times_surely_{group.name}"], count[f"times_possibly_{group.name}"]),
            )
            for group in LearnerGroup
        }

    def _asked(self, question: Question, *more: str) -> "_Asked":
        """Return the attendances that possibly bear on a question, and what is to be summed."""
        table = self.table
        term = bearing(table, question)
        rows = table.during(question.period)
        if term.possibly is not None:
            rows = rows.filter(term.possibly)
        is_whole = whole(table, question, term.surely)
        flags = {}
        if term.surely is not None:
            flags["inside"] = counted_if(term.surely)
        if not isinstance(is_whole, bool):
            flags["whole"] = counted_if(is_whole)
        if "minutes" in table.blank:
            flags["is_timed"] = counted_if(nw.col("minutes") > 0)
        kept = [
            name for name in ("event", "learner", "mode", "minutes", *more) if name in table.has
        ]
        return _Asked(
            rows.with_columns(**flags).select(*kept, *flags) if flags else rows.select(*kept),
            frozenset((*kept, *flags)),
            is_whole is True,
        )


@frozen
class _Asked:
    """The attendances that possibly bear on a question: its columns, and if all are `whole`."""

    rows: nw.LazyFrame[Any]
    has: frozenset[str]
    is_whole: bool


_KEYS = ("inside", "whole", "mode", "is_timed")


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


def _attended(asked: _Asked) -> Iterator[Attended]:
    """Yield every event, all of them being surely inside: events alike are counted together."""
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
