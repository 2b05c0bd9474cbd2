"""What a result rests on, and what is missing for a better one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from commed.labels import Label
from commed.periods import Period
from commed.references import Collection

__all__ = [
    "ASKER",
    "CIVIL_AFFAIRS",
    "EDUCATION",
    "FINANCE",
    "GOVERNMENT",
    "ORGANISERS",
    "STATISTICS",
    "Evidence",
    "Need",
    "by_supplier",
]

ASKER = Label(zh="提问者", en="whoever asks")
"""Who says what is to be measured."""
CIVIL_AFFAIRS = Label(zh="民政部门", en="the civil-affairs department")
"""Who keeps the list of divisions."""
EDUCATION = Label(zh="教育行政部门", en="the education department")
"""Who keeps the lists of institutions, stations, teams and events."""
GOVERNMENT = Label(zh="本级人民政府", en="the government")
"""Who issues plans."""
ORGANISERS = Label(zh="活动举办单位", en="the organisers")
"""Who keeps rosters and headcounts."""
FINANCE = Label(zh="财政部门", en="the finance department")
"""Who keeps the budgets and the payments."""
STATISTICS = Label(zh="统计部门", en="the statistics department")
"""Who publishes the population."""


@frozen
class Evidence:
    """A record that a result rests on (依据): its collection, its key, what it is called."""

    collection: Collection
    key: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.collection.value}: {self.key})"


@frozen(kw_only=True)
class Need:
    """A record that would settle what is open (待补材料).

    `what` describes it, `collection` is where it belongs in the register, `division` and
    `period` say which one, and `supplier` who can be asked for it.
    """

    what: Label
    collection: Collection
    division: str
    supplier: Label
    period: Period | None = None

    @property
    def label(self) -> Label:
        """The request in one line."""
        zh, en = f"{self.what.zh}（{self.division}", f"{self.what.en} ({self.division}"
        if self.period is not None:
            zh, en = f"{zh}，{self.period}", f"{en}, {self.period}"
        return Label(zh=f"{zh}）：可询{self.supplier.zh}", en=f"{en}); ask {self.supplier.en}")

    def __str__(self) -> str:
        return self.label.en


def by_supplier(needs: Iterable[Need]) -> Mapping[Label, tuple[Need, ...]]:
    """Return needs, each once, by who can supply the records (按提供单位分列的补证清单)."""
    groups = defaultdict[Label, dict[Need, None]](dict)
    for need in needs:
        groups[need.supplier][need] = None
    return MappingProxyType({supplier: tuple(group) for supplier, group in groups.items()})
