"""What community education rests on: the people who live there, money, staff."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import AtLeast, Name, Text
from commed.errors import Problem
from commed.labels import LabelledEnum
from commed.periods import Period
from commed.places import Level, division_id
from commed.quantities import Counts, Measures, Quantity, Statable, Unit
from commed.records.base import Record
from commed.records.learning import LearnerGroup
from commed.references import Collection, DivisionId, FundingId, Identifies, OrganisationId
from commed.wording import persons, yuan

__all__ = [
    "Funding",
    "FundingStage",
    "Population",
    "PopulationBase",
    "StaffRole",
    "Staffing",
]


class PopulationBase(LabelledEnum):
    """Who is counted (人口口径)."""

    RESIDENT = "resident", "常住人口", "residents"
    REGISTERED = "registered", "户籍人口", "registered by household"


@frozen(kw_only=True)
class Population(Record):
    """The population of a division on a day (人口), in persons.

    Rates per resident use the `PopulationBase.RESIDENT` figures alone. With a `group`, these
    are the members of that group.
    """

    division: DivisionId = field(converter=division_id)
    on: date
    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)
    base: PopulationBase = PopulationBase.RESIDENT
    group: LearnerGroup | None = None

    @property
    def key(self) -> str:
        """What tells it from every other: division, day, base and group."""
        group = f"/{self.group.value}" if self.group else ""
        return f"{self.division}/{self.on}/{self.base.value}{group}"

    @property
    def name(self) -> str:
        """What a result calls it."""
        group = f"（{self.group.label_zh}）" if self.group else ""
        return f"{self.base.label_zh}{group} {self.on}"


class FundingStage(LabelledEnum):
    """How far the money has come (经费阶段)."""

    BUDGETED = "budgeted", "预算安排", "budgeted"
    PAID = "paid", "实际支出", "paid"


@frozen(kw_only=True)
class Funding(Record):
    """Money for community education in a period (经费), in yuan.

    `origin` is the level whose budget it comes from, `use` what it is for. An amount that is
    already part of another record, a transfer inside a district's budget or the part for one
    use, names that record in `included_in`, so that it is not counted twice.
    """

    id: Annotated[Name, Identifies(Collection.FUNDINGS)]
    division: DivisionId = field(converter=division_id)
    period: Period
    amount: Annotated[Quantity, Measures(Unit.YUAN), Statable()] = field(converter=yuan)
    stage: FundingStage
    origin: Level | None = None
    use: Text | None = None
    included_in: FundingId | None = None

    @property
    def name(self) -> str:
        """What a result calls it."""
        return f"{self.use or self.stage.label_zh} {self.period}"


class StaffRole(LabelledEnum):
    """In what capacity somebody works (人员类别)."""

    FULL_TIME = "full-time", "专职", "full-time"
    PART_TIME = "part-time", "兼职", "part-time"
    VOLUNTEER = "volunteer", "志愿者", "volunteer"


@frozen(kw_only=True)
class Staffing(Record):
    """How many persons of one role work for community education on a day (人员配备).

    Give the `organisation` they work for, or the `division`. `training_days` is how many days
    of training they had altogether in the calendar year of that day. A record of a division
    counts everybody in it, also those that a record of an organisation in it counts.
    """

    id: Annotated[Name, Identifies(Collection.STAFFINGS)]
    on: date
    role: StaffRole
    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)
    organisation: OrganisationId | None = None
    division: DivisionId | None = field(default=None, converter=optional(division_id))
    training_days: Annotated[int, AtLeast(0)] | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if self.organisation is None and self.division is None:
            yield Problem(
                "",
                "expected an 'organisation' or a 'division', found neither: say whose",
                "应填'organisation'或'division'，实为两者皆无：请写明是谁的",
            )

    @property
    def name(self) -> str:
        """What a result calls it."""
        return f"{self.role.label_zh} {self.on}"
