"""A register with a table of attendances beside it, and questions to both."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, overload

from attrs import fields, frozen

from commed import indicators
from commed.errors import Problem
from commed.frames.checking import checked
from commed.frames.columns import Columns
from commed.frames.kept import Kept
from commed.frames.tables import Table
from commed.indicators import Measurement
from commed.indicators.catalogue import Where
from commed.indicators.elsewhere import Elsewhere, elsewhere
from commed.periods import Period
from commed.places import DivisionCode
from commed.register import Register

__all__ = ["Attached", "attached", "measure"]


@frozen(kw_only=True, repr=False)
class Attached(Register):
    """A register whose rosters are kept in a table (名册存于数据表的登记册).

    Build it with `attached`. Functions take it as they take any register. Events of its own may
    tell headcounts, but have no rosters, for nobody could tell who is in both.
    """

    table: Table

    def _contradictions(self) -> Iterable[Problem]:
        yield from super()._contradictions()
        for index, event in enumerate(self.events):
            if event.attendances:
                yield Problem(
                    f"events[{index}].attendances",
                    "expected no roster beside a table: put its attendances into the table",
                    "已有数据表时此处不应再有名册：请将其写入数据表",
                )

    @cached_property
    def kept(self) -> Kept:
        """What the table tells of this register."""
        return Kept(self, self.table)


@elsewhere.register
def _(register: Attached) -> Elsewhere:
    return register.kept


def attached(register: Register, table: Any, *, columns: Columns | None = None) -> Attached:
    """Return the register with the rosters that a table keeps (挂接参与明细表).

    The table is checked on its engine and stays there; it is asked again with each question, so
    it must not change meanwhile. Raises `InvalidDocument` with every problem, its path the name
    of a column.
    """
    known = {field.name: getattr(register, field.name) for field in fields(Register)}
    return Attached(**known, table=checked(table, register, columns or Columns()))


@overload
def measure(
    indicator: str,
    table: Any,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: None = None,
    columns: Columns | None = None,
) -> Measurement: ...
@overload
def measure(
    indicator: str,
    table: Any,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: str,
    columns: Columns | None = None,
) -> Mapping[str, Measurement]: ...
def measure(
    indicator: str,
    table: Any,
    register: Register,
    *,
    period: Period | None = None,
    division: str | DivisionCode | None = None,
    where: Where | None = None,
    by: str | None = None,
    columns: Columns | None = None,
) -> Measurement | Mapping[str, Measurement]:
    """Measure one indicator on a table of attendances, with a register for all the rest.

    It is `commed.measure` on what `attached` returns, and raises as both do; to ask more than
    one question, attach the table once, so that it is checked once.
    """
    whole = attached(register, table, columns=columns)
    if by is None:
        return indicators.measure(indicator, whole, period=period, division=division, where=where)
    return indicators.measure(
        indicator, whole, period=period, division=division, where=where, by=by
    )
