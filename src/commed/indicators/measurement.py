"""What an indicator is, what it is asked, and what it answers."""

from collections.abc import Callable

from attrs import field, frozen

from commed.evidence import Evidence, Need
from commed.labels import Label, LabelledEnum
from commed.periods import Period
from commed.quantities import Interval, Quantity, Unit
from commed.references import Collection
from commed.register import Register
from commed.truth import Truth

__all__ = ["Answer", "Coverage", "Definition", "Measurement", "Question", "Timing"]


class Timing(LabelledEnum):
    """Whether a figure adds up over a period or stands on a day (时期指标与时点指标)."""

    FLOW = "flow", "时期指标", "adds up over the period"
    STOCK = "stock", "时点指标", "stands on the last day of the period"


@frozen(kw_only=True)
class Question:
    """One indicator asked of one register: where, when, of which theme, of whom.

    A `period` of None asks for all that is recorded. `organisations` narrows the question to
    what these bodies did; none asks for everybody. `on_records_alone` leaves out what somebody
    stated.
    """

    register: Register
    division: str
    period: Period | None = None
    theme: str | None = None
    organisations: tuple[str, ...] = ()
    on_records_alone: bool = False

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


@frozen(kw_only=True)
class Answer:
    """What an indicator computes: a value with its grounds, or what it would need."""

    value: Interval | None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    coverage: tuple[Coverage, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    needs: tuple[Need, ...] = ()


@frozen(kw_only=True)
class Definition:
    """An indicator that nobody can mistake (指标定义)."""

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


@frozen(kw_only=True)
class Measurement:
    """The result of an indicator (测算结果).

    `value` is an interval in `unit`, or None where nothing can be said. `coverage` and
    `evidence` tell what it was computed from; `needs` names what would make it exact.
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

    @property
    def unit(self) -> Unit:
        """The unit of the value."""
        return self.indicator.unit

    @property
    def quantity(self) -> Quantity | None:
        """Value and unit together."""
        return None if self.value is None else Quantity(self.value, self.unit)

    def __str__(self) -> str:
        when = "" if self.period is None else f", {self.period}"
        asked = f"{self.indicator.label.en} ({self.indicator.id}), {self.division}{when}"
        lines = [f"{asked}: {self.quantity or 'no value'}"]
        if self.numerator is not None and self.denominator is not None:
            lines.append(f"  = {self.numerator} / {self.denominator}")
        lines += [f"  needs {need}" for need in self.needs]
        return "\n".join(lines)
