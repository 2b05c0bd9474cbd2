"""The five verdicts."""

from collections.abc import Callable

from commed.labels import LabelledEnum
from commed.truth import Truth

__all__ = ["Verdict", "tally"]


class Verdict(LabelledEnum):
    """How a duty stands (判定结果)."""

    MET = "met", "符合", "met"
    NOT_MET = "not-met", "不符合", "not met"
    UNDETERMINED = "undetermined", "无法判定", "undetermined"
    NOT_APPLICABLE = "not-applicable", "不适用", "not applicable"
    NOT_IN_FORCE = "not-in-force", "未生效", "not in force"

    @classmethod
    def of(cls, truth: Truth) -> "Verdict":
        """Return the verdict on a duty whose condition comes to this."""
        return _OF_TRUTH[truth]


_OF_TRUTH = {
    Truth.TRUE: Verdict.MET,
    Truth.FALSE: Verdict.NOT_MET,
    Truth.UNKNOWN: Verdict.UNDETERMINED,
}


def tally(count: Callable[[Verdict], int]) -> str:
    """Return how often each verdict was given, in English on one line."""
    given = ((each, count(each)) for each in Verdict)
    return ", ".join(f"{number} {each.label_en}" for each, number in given if number) or "no duty"
