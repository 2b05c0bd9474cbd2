"""What community education rests on: how many people live there."""

from datetime import date
from typing import Annotated

from attrs import field, frozen

from commed.labels import LabelledEnum
from commed.places import division_id
from commed.quantities import Counts, Quantity, Statable, Unit
from commed.records.base import Record
from commed.references import DivisionId
from commed.wording import persons

__all__ = ["Population", "PopulationBase"]


class PopulationBase(LabelledEnum):
    """Who is counted (人口口径)."""

    RESIDENT = "resident", "常住人口", "residents"
    REGISTERED = "registered", "户籍人口", "registered by household"


@frozen(kw_only=True)
class Population(Record):
    """The population of a division on a day (人口), in persons.

    Rates per resident use the `PopulationBase.RESIDENT` figures alone.
    """

    division: DivisionId = field(converter=division_id)
    on: date
    persons: Annotated[Quantity, Counts(Unit.PERSONS), Statable()] = field(converter=persons)
    base: PopulationBase = PopulationBase.RESIDENT

    @property
    def key(self) -> str:
        """What tells it from every other: division, day and base."""
        return f"{self.division}/{self.on}/{self.base.value}"

    @property
    def name(self) -> str:
        """What a result calls it."""
        return f"{self.base.label_zh} {self.on}"
