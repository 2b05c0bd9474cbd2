"""The five verdicts."""

from commed.labels import LabelledEnum
from commed.truth import Truth

__all__ = ["Verdict"]


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
        return {Truth.TRUE: cls.MET, Truth.FALSE: cls.NOT_MET, Truth.UNKNOWN: cls.UNDETERMINED}[
            truth
        ]
