"""What people said when they were asked."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import AtLeast, Name
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.places import division_id
from commed.quantities import Interval, Measures, Quantity, Statable, Unit
from commed.records.base import Record
from commed.references import Collection, DivisionId, Identifies, OrganisationId
from commed.truth import Truth
from commed.wording import ratio

__all__ = ["Survey", "SurveyQuestion"]


class SurveyQuestion(LabelledEnum):
    """What was asked (调查项目)."""

    AWARENESS = "awareness", "知晓度", "awareness"
    APPROVAL = "approval", "认同度", "approval"
    SATISFACTION = "satisfaction", "满意度", "satisfaction"


@frozen(kw_only=True)
class Survey(Record):
    """The result of one question of a survey (问卷调查).

    Of `asked` persons `answered` did, and `positive` of these said yes. Where only a share was
    stated, it stands in `share`, and its sample size in `answered` if that is known.
    """

    id: Annotated[Name, Identifies(Collection.SURVEYS)]
    division: DivisionId = field(converter=division_id)
    on: date
    question: SurveyQuestion
    positive: Annotated[int, AtLeast(0)] | None = None
    answered: Annotated[int, AtLeast(1)] | None = None
    asked: Annotated[int, AtLeast(1)] | None = None
    share: Annotated[Quantity, Measures(Unit.RATIO), Statable()] | None = field(
        default=None, converter=optional(ratio)
    )
    by: OrganisationId | None = None

    @property
    def name(self) -> str:
        """What a result calls it."""
        return f"{self.question.label_zh} {self.on}"

    def _contradictions(self) -> Iterable[Problem]:
        if (self.positive is None) == (self.share is None):
            yield Problem(
                "positive",
                "expected either 'positive' or a 'share', one of them",
                "应填'positive'或'share'，二者择一",
            )
        if self.positive is not None and self.answered is None:
            yield Problem(
                "answered",
                "expected how many answered, beside 'positive'",
                "填写'positive'时应同时填写作答人数",
            )
        yield from self._in_order("positive", "answered")
        yield from self._in_order("answered", "asked")
        if self.share is not None and (self.share.interval > _ALL) is Truth.TRUE:
            yield Problem(
                "share",
                f"expected a share of at most 1, found {self.share.interval}",
                f"应为不大于1的比例，实为{self.share.interval}",
            )

    def _in_order(self, fewer: str, more: str) -> Iterable[Problem]:
        low, high = getattr(self, fewer), getattr(self, more)
        if low is not None and high is not None and low > high:
            yield Problem(
                fewer,
                f"expected at most the {high} of {more!r}, found {low}",
                f"应不大于{more!r}的{high}，实为{low}",
            )


_ALL = Interval.exactly(1)
