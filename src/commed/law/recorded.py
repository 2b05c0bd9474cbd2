"""Conditions that ask for records: bodies, papers, events, honours, inspections, words."""

from collections.abc import Iterable
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, AtMost, Name, NotEmpty, Text, array
from commed.errors import Problem
from commed.law.base import Condition
from commed.places import Level
from commed.records.organisations import OrganisationKind
from commed.records.statements import DocumentKind, Topic
from commed.references import repeated_keys
from commed.windows import LastWeek, Span

__all__ = [
    "Attested",
    "ConferenceMembers",
    "ConferenceOffice",
    "DocumentIssued",
    "EventInWindow",
    "EveryDivisionHas",
    "HonourAwarded",
    "InspectionHeld",
    "OrganisationExists",
]

Kinds = Annotated[tuple[OrganisationKind, ...], NotEmpty()]


@frozen(kw_only=True)
class OrganisationExists(Condition):
    """An organisation of one of these kinds stands on the day (设有某类机构).

    It belongs to the jurisdiction itself; with a `level`, to a division of that level inside
    the jurisdiction; with `anywhere`, to any division inside it.
    """

    test = "organisation-exists"
    kinds: Kinds = field(converter=array)
    level: Level | None = None
    anywhere: bool = False

    def _contradictions(self) -> Iterable[Problem]:
        if self.anywhere and self.level is not None:
            yield Problem(
                "anywhere",
                "expected either a 'level' or 'anywhere', found both",
                "'level'与'anywhere'应只填其一，实为两者皆有",
            )


@frozen(kw_only=True)
class EveryDivisionHas(Condition):
    """Every division of `level` has an organisation of one of these kinds (逐级全覆盖)."""

    test = "every-division-has"
    level: Level
    kinds: Kinds = field(converter=array)


@frozen(kw_only=True)
class ConferenceMembers(Condition):
    """Each of these units is a member of the joint conference (联席会成员单位).

    A unit is told by its name on record, which is the one given or ends with it: 成都市教育局 is
    市教育局.
    """

    test = "conference-members"
    names: Annotated[tuple[Text, ...], NotEmpty()] = field(converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        return repeated_keys((f"names[{index}]", name) for index, name in enumerate(self.names))


@frozen(kw_only=True)
class ConferenceOffice(Condition):
    """The office of the joint conference is in the unit of this name (联席会办公室所在单位)."""

    test = "conference-office"
    name: Text


@frozen(kw_only=True)
class HonourAwarded(Condition):
    """An honour is borne by the jurisdiction or a body in it (获得荣誉、受到表彰).

    With a `title`, that one; `yearly`, one of the judged year. With `own`, one that a body of the
    jurisdiction itself awarded (本级表彰).
    """

    test = "honour-awarded"
    title: Text | None = None
    own: bool = False
    yearly: bool = False


@frozen(kw_only=True)
class InspectionHeld(Condition):
    """It was inspected how a law is carried out (开展执法检查): `yearly`, in the judged year.

    The law is the one that asks for it, or the one of this id.
    """

    test = "inspection-held"
    instrument: Name | None = None
    yearly: bool = False


@frozen(kw_only=True)
class DocumentIssued(Condition):
    """A document of this kind is in force on the day (已印发文件), and treats `topic`.

    One that is due `yearly` is made for the judged year or, where it names no time, was issued
    in it. One that must be `published` is open to the public (公布). `within` is how long there
    is to issue it: after the end of the judged year, else after the duty became law.
    """

    test = "document-issued"
    kind: DocumentKind
    topic: Topic | None = None
    yearly: bool = False
    published: bool = False
    within: Span | None = None


@frozen(kw_only=True)
class EventInWindow(Condition):
    """An event is held in the last week of a month of the judged year (在法定期间举办活动).

    With a `theme`, one on that theme. `week` says what 'the last week' is read as.
    """

    test = "event-in-window"
    month: Annotated[int, AtLeast(1), AtMost(12)]
    week: LastWeek
    theme: Text | None = None


@frozen(kw_only=True)
class Attested(Condition):
    """Somebody answerable says so (须经认定): no record can decide it.

    An attestation names the instrument and the duty; where one duty asks several questions,
    `question` tells them apart: the attestation then names ``duty/question``.
    """

    test = "attested"
    question: Name | None = None
