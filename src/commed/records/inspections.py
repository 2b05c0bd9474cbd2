"""What an inspection was, as its report tells it."""

from datetime import date
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, Checked, Name, Text, array
from commed.places import division_id
from commed.records.base import Record
from commed.references import Collection, DivisionId, Identifies, OrganisationId

__all__ = ["Inspection", "Recommendation"]


@frozen(kw_only=True)
class Recommendation(Checked):
    """What the inspectors asked for (整改建议), in the words of the record.

    `duties` are the ids of the duties in the instrument that it asks to see met, where it is
    known to speak of any.
    """

    text: Text
    duties: tuple[Name, ...] = field(default=(), converter=array)


@frozen(kw_only=True)
class Inspection(Record):
    """A law-enforcement inspection (执法检查): a congress looks how a law is carried out.

    `inspectors` is how many persons took part; `sites` were visited, `attended_by` names the
    units that came, `reports` the reports that were heard and deliberated.
    """

    id: Annotated[Name, Identifies(Collection.INSPECTIONS)]
    on: date
    instrument: Name
    division: DivisionId = field(converter=division_id)
    inspector: OrganisationId
    inspected: OrganisationId
    inspectors: Annotated[int, AtLeast(1)] | None = None
    sites: tuple[OrganisationId, ...] = field(default=(), converter=array)
    attended_by: tuple[OrganisationId, ...] = field(default=(), converter=array)
    reports: tuple[Text, ...] = field(default=(), converter=array)
    recommendations: tuple[Recommendation, ...] = field(default=(), converter=array)
    direction: tuple[Text, ...] = field(default=(), converter=array)

    @property
    def name(self) -> str:
        """What a result calls it."""
        return f"执法检查 {self.on}"
