"""A table of attendances as its engine keeps it, under names and types that are always the same."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

import narwhals as nw
from attrs import frozen

from commed.frames.columns import Columns
from commed.periods import Period

__all__ = ["NONE", "UNTOLD", "Table", "counted_if", "never", "one", "rows_of"]

NONE = ""
"""What stands in a text where nothing is recorded: no key is empty."""
UNTOLD = "?"
"""What stands in the groups where they are not known: an empty text says that there are none."""

Row = Mapping[str, Any]


@frozen(kw_only=True, eq=False)
class Table:
    """The attendances, a column for each that the table has, and what is known of them.

    No text is null: `NONE` stands there, `UNTOLD` in the groups, and 0 where the minutes are not
    known; `blank` names the columns where that is so. `sites` are the divisions and bodies of the
    events as they are written, `themes` and `groups` the texts that there are.
    """

    rows: nw.LazyFrame[Any]
    columns: Columns
    has: frozenset[str]
    blank: frozenset[str]
    keeps_moments: bool
    sites: tuple[tuple[str, str], ...] = ()
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def during(self, period: Period | None) -> nw.LazyFrame[Any]:
        """Return the attendances of a period."""
        if period is None:
            return self.rows
        first, last = (self.moment(day) for day in (period.first, period.last))
        return self.rows.filter(nw.col("date") >= first, nw.col("date") <= last)

    def moment(self, day: date) -> date:
        """Return a day as the table writes it."""
        return datetime.combine(day, time()) if self.keeps_moments else day

    def distinct(self, period: Period | None, *wanted: str) -> Iterator[Row]:
        """Yield what stands together in these columns, each once, those that are not there None."""
        here = [name for name in wanted if name in self.has]
        if here:
            for row in rows_of(self.during(period).select(*here).unique()):
                yield {**dict.fromkeys(wanted), **row}

    def texts_with(self, column: str, entry: str) -> list[str]:
        """Return the texts of themes or groups that have this entry."""
        texts = self.themes if column == "themes" else self.groups
        return [text for text in texts if entry in self.columns.parted(text)]


def rows_of(frame: nw.LazyFrame[Any]) -> Iterator[Row]:
    """Fetch a few rows from the engine."""
    for row in frame.collect().iter_rows(named=True):
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    """Return a date for a moment; what else an engine returns is kept."""
    return value.date() if isinstance(value, datetime) else value


def never(column: str = "event") -> nw.Expr:
    """Return what holds of no row, of any column without nulls."""
    return nw.col(column) != nw.col(column)


def one(column: str, wanted: Iterable[Any]) -> nw.Expr:
    """Return whether a column has one of these values."""
    listed = sorted(wanted)
    return nw.col(column).is_in(listed) if listed else never(column)


def counted_if(condition: nw.Expr) -> nw.Expr:
    """Return 1 where a condition holds, 0 where not; to be summed on any engine."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))
