"""Balance (均衡): how evenly a figure per head is spread over the parts of a division."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from attrs import frozen

from commed.evidence import Evidence, Need
from commed.indicators import inequality
from commed.indicators.dimensions import PLACES, TIMES, parts
from commed.indicators.grounds import complete_list, per_resident, population_of
from commed.indicators.inequality import Bounds, Weighted
from commed.indicators.measurement import (
    Answer,
    Coverage,
    Definition,
    Question,
    Timing,
    UnsupportedQuestion,
)
from commed.indicators.participation import PARTICIPATION_RATE
from commed.labels import Label
from commed.places import Level
from commed.quantities import Interval, Quantity, Unit, UnitMismatch
from commed.references import Collection
from commed.register import Register
from commed.truth import Truth

__all__ = ["DEFINITIONS", "Balance", "balanced"]

_UNKNOWN = Bounds(None, attained=False)
_DIVISIBLE = {
    Unit.PERSON_TIMES,
    Unit.PERSONS,
    Unit.YUAN,
    Unit.MINUTES,
    Unit.HOURS,
}


@frozen(kw_only=True)
class Balance:
    """A figure per head in each part of a division, and how evenly it is spread (均衡程度).

    `values` holds the figure of each part, None where it has no value; a count or an amount is
    divided by the residents. `residents` are the weights. Every index is `Bounds`: its interval
    is None where the index is not defined, where the parts are not all recorded, or where a
    value or an exact population is missing, which `needs` names.
    """

    indicator: Definition
    register: Register
    division: str
    values: Mapping[str, Interval | None]
    residents: Mapping[str, Interval | None]
    is_whole: bool
    evidence: tuple[Evidence, ...]
    needs: tuple[Need, ...]

    @cached_property
    def _weighted(self) -> dict[str, Weighted] | None:
        """The parts as weighted values; None where something is missing."""
        weighted = {}
        for key, value in self.values.items():
            residents = self.residents[key]
            if value is None or residents is None or not residents.is_exact:
                return None
            weighted[key] = Weighted(value, residents.low or Fraction(1))
        return weighted if self.is_whole and weighted else None

    def _index(self, of: Callable[[list[Weighted]], Bounds]) -> Bounds:
        return _UNKNOWN if self._weighted is None else of(list(self._weighted.values()))

    @cached_property
    def gini(self) -> Bounds:
        """The Gini coefficient (基尼系数), weighted by residents."""
        return self._index(inequality.gini)

    @cached_property
    def theil(self) -> Bounds:
        """The Theil index (泰尔指数), weighted by residents."""
        return self._index(inequality.theil)

    @cached_property
    def theil_within_and_between(self) -> tuple[Bounds, Bounds]:
        """The parts of the Theil index within and between the next higher divisions.

        (组内、组间泰尔指数) Those are the divisions that the parts lie in, below the one measured.
        """
        if self._weighted is None:
            return _UNKNOWN, _UNKNOWN
        groups: dict[str, list[Weighted]] = {}
        for key, weighted in self._weighted.items():
            groups.setdefault(self._group(key), []).append(weighted)
        return inequality.theil_decomposed(list(groups.values()))

    def _group(self, part: str) -> str:
        above = self.register.lineage(part)[1:2]
        return above[0] if above and above[0] != self.division else part

    @cached_property
    def variation(self) -> Bounds:
        """The coefficient of variation (变异系数), weighted by residents."""
        return self._index(inequality.variation)

    @cached_property
    def best_to_worst(self) -> Bounds:
        """The highest value by the lowest (最高最低比)."""
        return self._index(inequality.best_to_worst)

    def share_below(self, floor: Quantity) -> Bounds:
        """Return the share of the parts whose value is below a floor (低于底线的占比)."""
        least = self._exactly(floor)
        return self._index(lambda weighted: inequality.share_below(weighted, least))

    def residents_below(self, floor: Quantity) -> Bounds:
        """Return the share of the residents who live in such parts (低于底线的人口占比)."""
        least = self._exactly(floor)
        return self._index(lambda weighted: inequality.weight_below(weighted, least))

    @property
    def unit(self) -> Unit:
        """The unit of the values."""
        return _per_head(self.indicator) or self.indicator.unit

    def _exactly(self, floor: Quantity) -> Fraction:
        if floor.unit is not self.unit:
            raise UnitMismatch(
                f"the values are in {self.unit.label_en}, the floor in {floor.unit.label_en}"
            )
        if not floor.interval.is_exact or floor.interval.low is None:
            raise UnsupportedQuestion(f"expected an exact floor, found {floor}")
        return floor.interval.low

    def __str__(self) -> str:
        head = f"{self.indicator.label.en} ({self.indicator.id}), {self.division}"
        lines = [f"{head}: over {len(self.values)} parts"]
        for name, bounds in (
            ("Gini", self.gini),
            ("Theil", self.theil),
            ("coefficient of variation", self.variation),
            ("best to worst", self.best_to_worst),
        ):
            lines.append(f"  {name}: {bounds.interval or 'no value'}")
        lines += [f"  needs {need}" for need in self.needs]
        return "\n".join(lines)


def balanced(asked: Definition, question: Question, across: Level | None = None) -> Balance:
    """Return how evenly an indicator is spread over the divisions of a level.

    By default these are the divisions of the next lower level that any is recorded of.
    """
    dimension = "division" if across is None else across.value
    if dimension not in PLACES:
        raise UnsupportedQuestion(
            f"expected a level below the division, one of {', '.join(PLACES[1:])}, "
            f"found {dimension}"
        )
    cut = parts(dimension, question)
    per_head = _per_head(asked)
    values, residents = dict[str, Interval | None](), dict[str, Interval | None]()
    evidence, needs = list[Evidence](), list[Need]()
    for key, part in cut.items():
        counted = asked.compute(part)
        answer = counted if per_head is None else per_resident(counted, part)
        people, of_people, people_needed = population_of(part)
        values[key] = answer.value
        residents[key] = None if people is None else people.interval
        evidence += (*answer.evidence, *of_people)
        needs += (*answer.needs, *people_needed)
    is_whole = _are_all_recorded(cut, question)
    if not is_whole:
        needs.append(complete_list(Collection.DIVISIONS, question))
    return Balance(
        indicator=asked,
        register=question.register,
        division=question.division,
        values=MappingProxyType(values),
        residents=MappingProxyType(residents),
        is_whole=is_whole,
        evidence=tuple(dict.fromkeys(evidence)),
        needs=tuple(dict.fromkeys(needs)),
    )


def _per_head(asked: Definition) -> Unit | None:
    """Return the unit of a figure divided by the residents; None if it is not to be divided."""
    if asked.unit in _DIVISIBLE:
        return asked.unit / Unit.PERSONS
    if asked.base is None:
        raise UnsupportedQuestion(
            f"balance is of a figure per head, and {asked.id} is in {asked.unit.label_en}: "
            "ask for a rate, or for an indicator per resident"
        )
    return None


def _are_all_recorded(parts: Iterable[str], question: Question) -> bool:
    """Whether these are all divisions of their level that stood in the period."""
    register = question.register
    levels = {register.division(key).level for key in parts}
    place, period = question.division, question.period
    return bool(levels) and all(
        register.is_complete(Collection.DIVISIONS, place, period, level)
        and Truth.UNKNOWN not in register.divisions_within(place, level, period).values()
        for level in levels
    )


def _of_rates(question: Question) -> Balance:
    return balanced(PARTICIPATION_RATE, question)


def _of_participation(index: Callable[[Balance], Bounds]) -> Callable[[Question], Answer]:
    def compute(question: Question) -> Answer:
        balance = question.lately(_of_rates)
        bounds = index(balance)
        is_exact = bounds.interval is not None and bounds.interval.is_exact
        return Answer(
            value=bounds.interval,
            coverage=(Coverage(Collection.DIVISIONS, len(balance.values), balance.is_whole),),
            evidence=balance.evidence,
            needs=() if is_exact else balance.needs,
        )

    return compute


_REQUIRES = Label(
    zh="下一级区划的完整清单，及各区划的学习活动、名册和常住人口的确切数",
    en="the complete list of divisions of the next lower level, with the events, rosters and exact "
    "residents of each",
)
_WHEN_PARTIAL = Label(
    zh="各区划参与率不确切时给出上下界；区划清单不全或人口不确切则无值；区间较多时上界可靠但未必可达",
    en="bounded where the rates are; no value where the list of divisions is partial or a "
    "population not exact; over many intervals the upper bound holds, and need not be reached",
)
_SOURCE = Label(
    zh="龙泉驿区执法检查报道（2019）要求均衡优质，未给口径；公式为本库所定",
    en="the 2019 report asks for balanced development, without a definition; the formula is this "
    "library's",
)


def _definition(
    name: str, label: Label, formula: Label, index: Callable[[Balance], Bounds]
) -> Definition:
    return Definition(
        id=f"participation-{name}",
        label=Label(zh=f"参与率{label.zh}", en=f"{label.en} of participation rates"),
        formula=formula,
        unit=Unit.NUMBER,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=_REQUIRES,
        when_partial=_WHEN_PARTIAL,
        compute=_of_participation(index),
        dimensions=(*TIMES, "county", "township", "group", "theme", "mode"),
    )


DEFINITIONS = (
    _definition(
        "gini",
        Label(zh="基尼系数", en="Gini coefficient"),
        Label(
            zh="下一级各区划参与率的基尼系数，以常住人口加权：两两之差的加权平均，除以均值的两倍",
            en="Gini coefficient of the participation rates of the parts, weighted by residents: "
            "mean difference between two residents' rates, divided by twice the mean rate",
        ),
        lambda balance: balance.gini,
    ),
    _definition(
        "theil",
        Label(zh="泰尔指数", en="Theil index"),
        Label(
            zh="下一级各区划参与率的泰尔指数，以常住人口加权；以自然对数计，保留12位小数并向外取整",
            en="Theil index of the participation rates of the parts, weighted by residents; in "
            "natural logarithms, 12 decimal places, rounded outwards",
        ),
        lambda balance: balance.theil,
    ),
    _definition(
        "variation",
        Label(zh="变异系数", en="coefficient of variation"),
        Label(
            zh="下一级各区划参与率的标准差除以均值，以常住人口加权；保留12位小数并向外取整",
            en="standard deviation of the participation rates of the parts divided by their mean, "
            "weighted by residents; 12 decimal places, rounded outwards",
        ),
        lambda balance: balance.variation,
    ),
    _definition(
        "best-to-worst",
        Label(zh="最高最低比", en="best to worst"),
        Label(
            zh="下一级各区划参与率的最高者除以最低者",
            en="highest participation rate of a part divided by the lowest",
        ),
        lambda balance: balance.best_to_worst,
    ),
)
"""The indicators of balance."""
