"""The computability ledger: what the library can do with each provision of an instrument."""

from attrs import frozen

from commed.labels import Label, LabelledEnum
from commed.sources import TextStatus

__all__ = ["Computability", "LedgerEntry"]


class Computability(LabelledEnum):
    """What the library can do with a provision (可计算性)."""

    COMPUTED = "computed", "由记录判定", "decided from records"
    ATTESTED = "attested", "须经认定", "needs somebody's word"
    NOT_MODELLED = "not-modelled", "未建模", "not modelled"
    NOT_KNOWN = "not-known", "文本未知", "text not known"


@frozen(kw_only=True)
class LedgerEntry:
    """One line of the computability ledger (可计算性台账)."""

    place: Label
    summary: Label
    computability: Computability
    status: TextStatus | None
