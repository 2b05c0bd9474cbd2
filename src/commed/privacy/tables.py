"""One table of counts, and which of its cells to withhold so that none can be derived."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from commed.indicators import Measurement
from commed.quantities import Quantity, Unit

__all__ = ["Cell", "Count", "Rule", "cell_of", "from_parts", "from_whole", "withheld"]

_PERSONAL = (Unit.PERSONS, Unit.PERSON_TIMES)


@frozen
class Count:
    """A number of persons or person-times, from `low` to `high`; None is no bound."""

    low: int
    high: int | None

    def within(self, low: int, high: int | None) -> "Count":
        """Return the count narrowed to these bounds; as it is, where they contradict it."""
        ends = [end for end in (self.high, high) if end is not None]
        narrower = Count(max(self.low, low), min(ends, default=None))
        empty = narrower.high is not None and narrower.low > narrower.high
        return self if empty else narrower


@frozen
class Cell:
    """The counts that one measurement shows, by what they are; `is_silent` if it shows nothing."""

    counts: Mapping[str, Count]
    is_silent: bool = False


@frozen(kw_only=True)
class Rule:
    """Which counts are small, whether a zero is one, and whether the parts overlap."""

    fewer_than: int
    show_zero: bool
    overlapping: bool

    @property
    def least(self) -> int:
        """What everybody knows a withheld count to reach."""
        return 1 if self.show_zero else 0

    def is_small(self, cell: Cell) -> bool:
        """Whether a count in the cell is or may be small; one that is not seen may be."""
        if not cell.counts:
            return not cell.is_silent
        return any(
            count.low < self.fewer_than and not (self.show_zero and count.high == 0)
            for count in cell.counts.values()
        )

    def seen(self, cell: Cell) -> Cell:
        """Return what everybody sees of a cell: of a small one, that it is not zero."""
        if not self.is_small(cell):
            return cell
        return Cell({name: Count(min(self.least, c.low), None) for name, c in cell.counts.items()})


def cell_of(measured: Measurement) -> Cell:
    """Return the counts of persons that a measurement shows."""
    shown = {
        "value": measured.quantity,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
    }
    counts = {
        name: _count(quantity)
        for name, quantity in shown.items()
        if quantity is not None and quantity.unit in _PERSONAL
    }
    return Cell(counts, is_silent=measured.value is None)


def _count(quantity: Quantity) -> Count:
    whole = quantity.interval.whole()
    return Count(int(whole.low or 0), None if whole.high is None else int(whole.high))


_UNKNOWN = Count(0, None)


def from_parts(whole: Cell, parts: Mapping[str, Cell]) -> Cell:
    """Return the whole as narrowly as its parts tell it, if they add up to it."""
    counts = {}
    for name, count in whole.counts.items():
        every = [part.counts.get(name, _UNKNOWN) for part in parts.values()]
        highs = [part.high for part in every if part.high is not None]
        high = sum(highs) if len(highs) == len(every) else None
        counts[name] = count.within(sum(part.low for part in every), high)
    return Cell(counts, whole.is_silent)


def from_whole(whole: Cell, parts: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return each part as narrowly as the whole and the other parts tell it."""
    narrowed = {key: dict(part.counts) for key, part in parts.items()}
    for name, count in whole.counts.items():
        every = [part.counts.get(name, _UNKNOWN) for part in parts.values()]
        low = sum(part.low for part in every)
        high = sum(part.high or 0 for part in every)
        unbounded = sum(part.high is None for part in every)
        for key, part in parts.items():
            if name in part.counts:
                own = part.counts[name]
                others_bounded = unbounded == (own.high is None)
                least = max(0, count.low - high + (own.high or 0)) if others_bounded else 0
                most = None if count.high is None else count.high - low + own.low
                narrowed[key][name] = own.within(least, most)
    return {key: Cell(narrowed[key], part.is_silent) for key, part in parts.items()}


def withheld(
    whole: Cell, parts: Mapping[str, Cell], first: Iterable[str], rule: Rule
) -> frozenset[str] | None:
    """Return the keys to withhold, those that must be among them, or None if no choice is safe.

    The fewest cells are added that make the table safe, and of these the smallest.
    """
    tables = [
        _Table(count, {key: cell.counts.get(name, _UNKNOWN) for key, cell in parts.items()})
        for name, count in whole.counts.items()
    ]
    chosen: set[str] = set()

    def choose(key: str) -> None:
        chosen.add(key)
        for table in tables:
            table.withhold(key)

    for key in first:
        choose(key)
    candidates = {
        key
        for key, cell in parts.items()
        if key not in chosen and all(count.low for count in cell.counts.values())
    }

    def size(key: str) -> tuple[int, ...]:
        return tuple(table.counts[key].low for table in tables)

    while chosen and not all(table.is_safe(rule) for table in tables):
        if not candidates:
            return None
        enough = [key for key in candidates if all(t.is_safe(rule, key) for t in tables)]
        key = (
            min(enough, key=lambda key: (size(key), key))
            if enough
            else max(candidates, key=lambda key: (size(key), key))
        )
        candidates.discard(key)
        choose(key)
    return frozenset(chosen)


class _Table:
    """The counts of one kind: what is withheld, and what the shown ones add up to."""

    def __init__(self, whole: Count, counts: Mapping[str, Count]) -> None:
        self.whole = whole
        self.counts = counts
        self.hidden = 0
        self.low = sum(count.low for count in counts.values())
        self.high = sum(count.high or 0 for count in counts.values())
        self.unbounded = sum(count.high is None for count in counts.values())

    def withhold(self, key: str) -> None:
        count = self.counts[key]
        self.hidden += 1
        self.low -= count.low
        self.high -= count.high or 0
        self.unbounded -= count.high is None

    def is_safe(self, rule: Rule, also: str | None = None) -> bool:
        """Whether each withheld count could be anything from the least to `fewer_than`.

        Who attacks knows the whole and the shown parts, that nothing withheld is below the
        least, and that the parts add up to the whole; or, where they overlap, that together
        they reach it and none passes it. Shown parts that pass the whole tell that they do.
        """
        hidden, low, high, unbounded = self.hidden, self.low, self.high, self.unbounded
        if also is not None:
            count = self.counts[also]
            hidden, low, high = hidden + 1, low - count.low, high - (count.high or 0)
            unbounded -= count.high is None
        stays_low = hidden > 1 or unbounded > 0 or self.whole.low - high <= rule.least
        if self.whole.high is None:
            return stays_low
        if rule.overlapping or low > self.whole.high:
            return stays_low and self.whole.high >= rule.fewer_than
        others = (hidden - 1) * rule.least
        return stays_low and self.whole.high - low - others >= rule.fewer_than
