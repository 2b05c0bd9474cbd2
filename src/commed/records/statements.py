"""What somebody said, issued, certified or awarded."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import Name, Text, array
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.periods import Period, not_before
from commed.places import division_id
from commed.quantities import Quantity, Statable
from commed.records.base import Record
from commed.references import Collection, DivisionId, Identifies, OrganisationId
from commed.wording import parse_quantity

__all__ = [
    "Attestation",
    "Document",
    "DocumentKind",
    "Honour",
    "ReportedFigure",
    "Topic",
]


def _quantity(value: Quantity | str) -> Quantity:
    return parse_quantity(value) if isinstance(value, str) else value


@frozen(kw_only=True)
class ReportedFigure(Record):
    """A figure that somebody stated (报告数据), as opposed to one computed from records.

    `about` says in words what it counts; `indicator` is the id of the indicator it states,
    where it is one. It speaks of `organisations` where these are given, else of the whole
    `division`. `period` is what it covers; `yearly` marks a figure stated as that of every
    year (每年), which is read as that of the last full calendar year before `stated_on`.
    With neither, its period is unknown.
    """

    id: Annotated[Name, Identifies(Collection.REPORTED_FIGURES)]
    about: Text
    quantity: Annotated[Quantity, Statable()] = field(converter=_quantity)
    division: DivisionId = field(converter=division_id)
    stated_on: date
    indicator: Name | None = None
    organisations: tuple[OrganisationId, ...] = field(default=(), converter=array)
    stated_by: OrganisationId | None = None
    period: Period | None = None
    yearly: bool = False

    def _contradictions(self) -> Iterable[Problem]:
        if self.yearly and self.period is not None:
            yield Problem(
                "yearly",
                "expected either 'yearly' or a 'period', found both",
                "'yearly'与'period'应只填其一，实为两者皆有",
            )

    @property
    def covered(self) -> Period | None:
        """The period it is read to cover, None where that is unknown."""
        return Period.last_full_year(self.stated_on) if self.yearly else self.period


class DocumentKind(LabelledEnum):
    """What sort of paper it is (文件类别)."""

    DEVELOPMENT_PLAN = (
        "development-plan",
        "国民经济和社会发展规划",
        "economic and social development plan",
    )
    SPECIAL_PLAN = "special-plan", "专项规划", "development plan of one field"
    WORK_PLAN = "work-plan", "工作计划", "work plan"
    RESOURCE_LIST = "resource-list", "资源及服务清单", "list of resources and services"
    REPORT = "report", "报告", "report"
    EVALUATION = "evaluation", "评估结果", "results of an evaluation"
    STATISTICS = "statistics", "统计资料", "statistics"
    NOTICE = "notice", "通知", "notice"


class Topic(LabelledEnum):
    """What a paper may treat (文件内容)."""

    COMMUNITY_EDUCATION = "community-education", "社区教育", "community education"
    LIFELONG_EDUCATION = "lifelong-education", "终身教育", "lifelong education"


@frozen(kw_only=True)
class Document(Record):
    """A paper issued by a body (文件).

    `topics` are what it is known to treat; `topics_complete` says that it treats nothing
    else. `period` is the time it is made for, None where it has no end. `published` says
    whether the public can read it (公布), None where that is not recorded.
    """

    id: Annotated[Name, Identifies(Collection.DOCUMENTS)]
    title: Text
    kind: DocumentKind
    division: DivisionId = field(converter=division_id)
    issued_on: date
    issued_by: OrganisationId | None = None
    period: Period | None = None
    topics: tuple[Topic, ...] = field(default=(), converter=array)
    topics_complete: bool = False
    published: bool | None = None


@frozen(kw_only=True)
class Attestation(Record):
    """Somebody's word on a duty that no record can decide (证明、认定).

    `duty` is the duty's id in the instrument `instrument`; `holds` is the word itself.
    `until` is the last day it is good for; the latest one that is good on a day counts.
    """

    id: Annotated[Name, Identifies(Collection.ATTESTATIONS)]
    instrument: Name
    duty: Name
    division: DivisionId = field(converter=division_id)
    holds: bool
    on: date
    by: OrganisationId | None = None
    until: date | None = None
    statement: Text | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if self.until is not None and self.until < self.on:
            yield not_before("until", self.on, self.until)


@frozen(kw_only=True)
class Honour(Record):
    """A title or commendation (荣誉称号、表彰) and who bears it."""

    id: Annotated[Name, Identifies(Collection.HONOURS)]
    title: Text
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    organisation: OrganisationId | None = None
    awarded_on: date | None = None
    awarded_by: OrganisationId | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if self.division is None and self.organisation is None:
            yield Problem(
                "",
                "expected a 'division' or an 'organisation', found neither: say whose",
                "应填'division'或'organisation'，实为两者皆无：请写明是谁的",
            )
