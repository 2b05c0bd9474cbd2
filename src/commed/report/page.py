"""What a page asks of a report: words in its language, figures, and bars on a scale."""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from commed.codec.digests import digest
from commed.codec.documents import NotWritable
from commed.compliance import Finding, Verdict
from commed.indicators import Measurement
from commed.labels import Label
from commed.law.instrument import Instrument
from commed.quantities import Interval, Quantity, Unit
from commed.records.inspections import Inspection
from commed.register import Register
from commed.report.charts import Bar, bar, scale
from commed.report.figures import figure

__all__ = ["SIGNS", "Page"]

SIGNS = {
    Verdict.MET: "✓",
    Verdict.NOT_MET: "✕",
    Verdict.UNDETERMINED: "?",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.NOT_IN_FORCE: "○",
}
"""What stands before each verdict, for those who do not see colours."""

_INSPECTOR = Label(zh="检查单位", en="Inspected by")
_INSPECTED = Label(zh="受检单位", en="Inspected")
_HOW_MANY = Label(zh="检查人数", en="Inspectors")
_VISITED = Label(zh="视察的站点", en="Sites visited")
_CAME = Label(zh="到会单位", en="Attended by")
_HEARD = Label(zh="听取的报告", en="Reports heard")
_DIRECTION = Label(zh="工作方向", en="Direction given")


@frozen
class Page:
    """How a report is worded and drawn on a page in one language."""

    language: str

    def choose(self, zh: str, en: str) -> str:
        """Return the words of the page's language."""
        return zh if self.language == "zh" else en

    def say(self, label: Label) -> str:
        """Return a label in the page's language."""
        return label.in_language(self.language)

    @property
    def colon(self) -> str:
        """Return what stands between a name and what it is."""
        return self.choose("：", ": ")

    @property
    def comma(self) -> str:
        """Return what stands between the things of a list."""
        return self.choose("、", ", ")

    @property
    def rounding(self) -> str:
        """Return how the figures are rounded."""
        return self.choose(
            "数字一般保留两位小数，小于一的保留四位，四舍五入；≈表示四舍五入改变了数值。"
            "判定用的是未经四舍五入的数。",
            "Figures are rounded half-up to two decimal places, to four below one; ≈ says that "
            "rounding changed the number. What was judged was not rounded.",
        )

    def practised(self, left_free: Callable[[Verdict], int]) -> str:
        """Return how much of what is allowed or encouraged is done; nothing where none applies."""
        done, undone, unknown = map(left_free, (Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED))
        if not done + undone + unknown:
            return ""
        return self.choose(
            f"可以做、鼓励做的事项：已做{done}项，未做{undone}项，无法判定{unknown}项",
            f"allowed or encouraged: {done} practised, {undone} not, {unknown} undetermined",
        )

    def shown(self, quantity: Quantity) -> str:
        """Return a quantity in words, rounded."""
        return figure(quantity, self.language)

    def measured(self, measurement: Measurement | None) -> str:
        """Return the value of a measurement in words."""
        quantity = None if measurement is None else measurement.quantity
        return self.choose("不明", "not known") if quantity is None else self.shown(quantity)

    def figures_of(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """Yield what was observed, required and is missing, where a duty is about a figure."""
        figures = {
            self.choose("所见", "observed"): finding.observed,
            self.choose("所求", "required"): finding.required,
            self.choose("差额", "shortfall"): finding.shortfall,
        }
        yield from ((name, self.shown(each)) for name, each in figures.items() if each)

    def top(self, measurements: Iterable[Measurement | None]) -> Quantity | None:
        """Return where one scale for all of these ends, if any has a value.

        A share is held against the whole.
        """
        known = [each.quantity for each in measurements if each is not None and each.quantity]
        if not known:
            return None
        unit = known[0].unit
        whole = [Interval.exactly(1)] if unit is Unit.RATIO else []
        return Quantity.exactly(scale([*whole, *(each.interval for each in known)]), unit)

    def bar(self, measurement: Measurement | None, top: Quantity) -> Bar | None:
        """Return a measurement as it is drawn on a scale, if it has a value."""
        end = top.interval.high
        if measurement is None or measurement.value is None or end is None:
            return None
        return bar(measurement.value, end)

    def course(
        self, held: Inspection, register: Register
    ) -> Iterator[tuple[Label, tuple[str, ...]]]:
        """Yield what is told of how an inspection went."""
        named = register.body
        bodies = {
            _INSPECTOR: (held.inspector,),
            _INSPECTED: (held.inspected,),
            _VISITED: held.sites,
            _CAME: held.attended_by,
        }
        facts = {label: tuple(named(key).name for key in keys) for label, keys in bodies.items()}
        if held.inspectors is not None:
            facts[_HOW_MANY] = (str(held.inspectors),)
        facts |= {_HEARD: held.reports, _DIRECTION: held.direction}
        yield from ((label, texts) for label, texts in facts.items() if texts)

    def digest(self, value: Register | Instrument) -> str:
        """Return the digest of a value, or why it has none."""
        try:
            return digest(value)
        except NotWritable as unwritable:
            return unwritable.told(self.language)
