"""What an indicator is, what it is asked, and what it answers."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple, TypeVar

from attrs import field, frozen

from commed.errors import CommedError
from commed.evidence import Evidence, Need
from commed.labels import Label, LabelledEnum, counted
from commed.periods import Period
from commed.places import Level
from commed.quantities import Interval, Quantity, Unit, reckoned
from commed.records.learning import LearnerGroup, Mode
from commed.records.organisations import OrganisationKind
from commed.records.resources import StaffRole
from commed.references import Collection
from commed.register import Register
from commed.truth import Truth

__all__ = [
    "SHARE",
    "Answer",
    "Coverage",
    "Definition",
    "Measurement",
    "Question",
    "Timing",
    "UnsupportedQuestion",
]

_T = TypeVar("_T")


class UnsupportedQuestion(CommedError, ValueError):
    """The indicator is not defined for what was asked of it."""


class Timing(LabelledEnum):
    """Whether a figure adds up over a period or stands on a day (时期指标与时点指标)."""

    FLOW = "flow", "时期指标", "adds up over the period"
    STOCK = "stock", "时点指标", "stands on the last day of the period"


class Question(NamedTuple):
    """One indicator asked of one register: where, when, and of what alone.

    A `period` of None asks for all that is recorded. `organisations` narrows the question to
    what these bodies did; none asks for everybody. The other fields narrow it to one theme,
    mode, and so on. `on_records_alone` leaves out what somebody stated.
    """

    register: Register
    division: str
    period: Period | None = None
    organisations: tuple[str, ...] = ()
    theme: str | None = None
    mode: Mode | None = None
    group: LearnerGroup | None = None
    team: str | None = None
    kind: OrganisationKind | None = None
    level: Level | None = None
    use: str | None = None
    role: StaffRole | None = None
    on_records_alone: bool = False

    @property
    def day(self) -> Period | None:
        """The last day of the period, on which a stock is taken."""
        return None if self.period is None else Period.day(self.period.last)

    @property
    def last(self) -> date | None:
        """The date of that day."""
        return None if self.period is None else self.period.last

    @property
    def year(self) -> Period | None:
        """The calendar year that the period ends in."""
        return None if self.period is None else Period.year(self.period.last.year)

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for a part only of what lies in the division."""
        return any(narrower is not None for narrower in self._narrowed_to)

    @property
    def _narrowed_to(self) -> tuple[object, ...]:
        return (
            self.organisations or None,
            self.theme,
            self.mode,
            self.group,
            self.team,
            self.kind,
            self.level,
            self.use,
            self.role,
        )

    def once(self, count: "Callable[[Question], _T]") -> _T:
        """Return what `count` counts for this question, counted once for every indicator.

        The register keeps it: so `count` must return little, and depend on these fields alone.
        """
        memo = self.register.memo
        key = (count, self.asked)
        if key not in memo:
            memo[key] = count(self)
        counted: _T = memo[key]
        return counted

    def lately(self, count: "Callable[[Question], _T]") -> _T:
        """Return what `count` counts for this question, kept until it counts for another.

        It may return much, for the indicators of a question are asked for one after another.
        """
        memo = self.register.memo
        last = memo.get(count)
        if last is None or last[0] != self.asked:
            memo[count] = last = (self.asked, count(self))
        counted: _T = last[1]
        return counted

    @property
    def asked(self) -> Hashable:
        """What it asks, of whatever register."""
        return (self.division, self.period, self.on_records_alone, *self._narrowed_to)

    def asks_of(self, body: str | None) -> Truth:
        """Return whether what a body did is asked for; unknown where no body is recorded."""
        if not self.organisations:
            return Truth.TRUE
        return Truth.of(None if body is None else body in self.organisations)


@frozen
class Coverage:
    """How many records of a list a figure rests on, and whether that list is whole."""

    collection: Collection
    records: int
    complete: bool


class Answer(NamedTuple):
    """What an indicator computes: a value with its grounds, or what it would need."""

    value: Interval | None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    coverage: tuple[Coverage, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    needs: tuple[Need, ...] = ()


_ANY = Interval(0, None)
SHARE = Interval(0, 1)
"""The values that a part of a whole can have."""


@frozen(kw_only=True)
class Definition:
    """An indicator that nobody can mistake (指标定义).

    `formula` tells it in words, `requires` what must be recorded, and `when_partial` what
    incomplete records make of it; `base` is what a rate is measured against. `within` are the
    values it can have, and `dimensions` what it may be split by.
    """

    id: str
    label: Label
    formula: Label
    unit: Unit
    timing: Timing
    source: Label
    requires: Label
    when_partial: Label
    compute: Callable[[Question], Answer] = field(repr=False, eq=False)
    base: Label | None = None
    dimensions: tuple[str, ...] = ()
    within: Interval = _ANY


@frozen(kw_only=True, slots=False)
class Measurement:
    """The result of an indicator (测算结果).

    `value` is an interval in `unit`, or None where nothing can be said. `coverage` and
    `evidence` tell what it was computed from; `needs` names what would make it exact. `where`
    tells what it was narrowed to, as pairs of dimension and key.
    """

    indicator: Definition
    division: str
    period: Period | None
    value: Interval | None
    numerator: Quantity | None
    denominator: Quantity | None
    coverage: tuple[Coverage, ...]
    evidence: tuple[Evidence, ...]
    needs: tuple[Need, ...]
    where: tuple[tuple[str, str], ...] = ()

    @property
    def base(self) -> Label | None:
        """The population or list that a rate is measured against."""
        return self.indicator.base

    @property
    def unit(self) -> Unit:
        """The unit of the value."""
        return self.indicator.unit

    @property
    def quantity(self) -> Quantity | None:
        """Value and unit together."""
        return None if self.value is None else reckoned(self.value, self.indicator.unit)

    @property
    def _asked(self) -> str:
        when = "" if self.period is None else f", {self.period}"
        narrowed = "".join(f", {dimension} {key}" for dimension, key in self.where)
        return f"{self.division}{when}{narrowed}"

    def __repr__(self) -> str:
        told = f"{self.indicator.id}, {self._asked}: {self.quantity or 'no value'}"
        return f"<Measurement {told}; {counted(len(self.needs), 'needs')}>"

    def __str__(self) -> str:
        asked = f"{self.indicator.label.en} ({self.indicator.id}), {self._asked}"
        lines = [f"{asked}: {self.quantity or 'no value'}"]
        if self.numerator is not None and self.denominator is not None:
            base = "" if self.base is None else f" ({self.base.en})"
            lines.append(f"  = {self.numerator} / {self.denominator}{base}")
        lines += [f"  needs {need}" for need in self.needs]
        return "\n".join(lines)
