"""Three-valued truth after Kleene: what is not known is neither true nor false."""

from collections.abc import Iterable

from commed.errors import CommedError
from commed.labels import LabelledEnum

__all__ = ["Truth", "UndeterminedTruth", "all_of", "any_of", "at_least"]


class UndeterminedTruth(CommedError, TypeError):
    """An unknown truth was used as if it were a bool."""


class Truth(LabelledEnum):
    """A Kleene truth value (三值逻辑). Combine with ``&``, ``|`` and ``~``.

    ``bool()`` of `UNKNOWN` raises `UndeterminedTruth`: an ``if`` must not decide what
    the records leave open. Ask ``truth is Truth.TRUE`` instead.
    """

    FALSE = "false", "否", "false"
    UNKNOWN = "unknown", "未知", "unknown"
    TRUE = "true", "是", "true"

    @classmethod
    def of(cls, known: bool | None) -> "Truth":  # noqa: FBT001 - the bool is the datum
        """Return the truth of a bool, or `UNKNOWN` for None."""
        if known is None:
            return cls.UNKNOWN
        return cls.TRUE if known else cls.FALSE

    def __bool__(self) -> bool:
        if self is Truth.UNKNOWN:
            raise UndeterminedTruth(
                "this truth is unknown, so it has no bool; ask `is Truth.TRUE`, "
                "`is Truth.FALSE` or `is Truth.UNKNOWN`"
            )
        return self is Truth.TRUE

    def __and__(self, other: "Truth") -> "Truth":
        if not isinstance(other, Truth):
            return NotImplemented
        return self if self is Truth.FALSE or other is Truth.TRUE else other

    def __or__(self, other: "Truth") -> "Truth":
        if not isinstance(other, Truth):
            return NotImplemented
        return self if self is Truth.TRUE or other is Truth.FALSE else other

    def __invert__(self) -> "Truth":
        return _NEGATION[self]


_RANK = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
_NEGATION = {
    Truth.FALSE: Truth.TRUE,
    Truth.UNKNOWN: Truth.UNKNOWN,
    Truth.TRUE: Truth.FALSE,
}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return whether every one holds; true of none at all."""
    return min(truths, key=_RANK.__getitem__, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return whether some one holds; false of none at all."""
    return max(truths, key=_RANK.__getitem__, default=Truth.FALSE)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Return whether at least `count` of them hold."""
    known = list(truths)
    surely = known.count(Truth.TRUE)
    if surely >= count:
        return Truth.TRUE
    return Truth.FALSE if surely + known.count(Truth.UNKNOWN) < count else Truth.UNKNOWN
