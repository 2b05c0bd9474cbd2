"""What every record has in common."""

from attrs import field, frozen

from commed.checks import Checked, Text
from commed.references import SourceId

__all__ = ["Record"]


@frozen(kw_only=True)
class Record(Checked):
    """A recorded fact (记录): where it was read, and a note for who reads it later."""

    source: SourceId | None = field(default=None)
    note: Text | None = field(default=None)
