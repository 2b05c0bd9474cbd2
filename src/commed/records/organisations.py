"""The bodies that carry community education, and when they stood."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import Name, Text, array
from commed.errors import Problem, Words
from commed.labels import LabelledEnum
from commed.periods import not_before
from commed.places import division_id
from commed.quantities import Interval, Measures, Quantity, Statable, Unit
from commed.records.base import Record
from commed.references import Collection, DivisionId, Identifies, OrganisationId
from commed.truth import Truth
from commed.wording import hours

__all__ = [
    "INSTITUTIONS",
    "WEEK",
    "JointConference",
    "Organisation",
    "OrganisationKind",
    "Workstation",
]


class OrganisationKind(LabelledEnum):
    """What sort of body it is (机构类别)."""

    UNIVERSITY = "university", "社区大学", "community university"
    COLLEGE = "college", "社区教育学院", "community-education college"
    CENTRE = "centre", "社区教育中心", "community-education centre"
    SCHOOL = "school", "社区教育学校", "community-education school"
    WORKSTATION = "workstation", "社区教育工作站", "community-education workstation"
    JOINT_CONFERENCE = "joint-conference", "联席会", "joint conference"
    MEMBER_UNIT = "member-unit", "成员单位", "member unit of a joint conference"
    GOVERNMENT = "government", "人民政府", "people's government"
    CONGRESS = "congress", "人民代表大会", "people's congress"
    SOCIAL_ORGANISATION = "social-organisation", "社会组织", "social organisation"


INSTITUTIONS = frozenset(
    {
        OrganisationKind.UNIVERSITY,
        OrganisationKind.COLLEGE,
        OrganisationKind.CENTRE,
        OrganisationKind.SCHOOL,
    }
)
"""The kinds that are community-education institutions (社区教育机构)."""


@frozen(kw_only=True)
class Organisation(Record):
    """A body (机构), and the division it belongs to or serves.

    `since` is its first day, `until` its last. Where the first day is not known, `seen` is
    a day on which it was seen to stand. Without any of these it is recorded as standing,
    on every day.
    """

    id: Annotated[Name, Identifies(Collection.ORGANISATIONS)]
    name: Text
    kind: OrganisationKind
    division: DivisionId = field(converter=division_id)
    since: date | None = None
    until: date | None = None
    seen: date | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if self._has_own_type():
            home = {
                OrganisationKind.WORKSTATION: Words(
                    "a Workstation, under 'workstations'", "'workstations'中的Workstation"
                ),
                OrganisationKind.JOINT_CONFERENCE: Words(
                    "a JointConference, under 'joint_conferences'",
                    "'joint_conferences'中的JointConference",
                ),
            }[self.kind]
            yield Problem(
                "kind",
                f"this kind has a type of its own: record it as {home}",
                f"此类机构有专门的类型：请登记为{home.zh}",
            )
        for name in ("seen", "until"):
            day = getattr(self, name)
            if day is not None and self.since is not None and day < self.since:
                yield not_before(name, self.since, day)
        if self.seen is not None and self.until is not None and self.seen > self.until:
            yield Problem(
                "seen",
                f"expected a day not after {self.until}, found {self.seen}",
                f"应为不晚于{self.until}的日期，实为{self.seen}",
            )

    def _has_own_type(self) -> bool:
        own = {OrganisationKind.WORKSTATION, OrganisationKind.JOINT_CONFERENCE}
        return type(self) is Organisation and self.kind in own

    def standing(self, on: date | None) -> Truth:
        """Return whether it stood on that day; ``None`` asks whether it ever did.

        It is held to stand from the day it was `seen` until a recorded end; before that
        day nothing is known unless `since` is.
        """
        if on is None:
            return Truth.TRUE
        if (self.since is not None and on < self.since) or (
            self.until is not None and on > self.until
        ):
            return Truth.FALSE
        known_from = self.since or self.seen
        return Truth.of(True if known_from is None or known_from <= on else None)


@frozen(kw_only=True)
class Workstation(Organisation):
    """A community-education workstation (社区教育工作站) in a village or neighbourhood.

    `division` is what it serves, as finely as that is known. `demonstration` tells whether
    it is a demonstration station (示范工作站), None where that is not known. `opening_hours`
    are its hours in words, `weekly_hours` how many of them a week has.
    """

    kind: OrganisationKind = field(default=OrganisationKind.WORKSTATION, init=False)
    venues: tuple[Text, ...] = field(default=(), converter=array)
    opening_hours: Text | None = None
    weekly_hours: Annotated[Quantity, Measures(Unit.HOURS), Statable()] | None = field(
        default=None, converter=optional(hours)
    )
    demonstration: bool | None = None
    themes: tuple[Text, ...] = field(default=(), converter=array)

    def _contradictions(self) -> Iterable[Problem]:
        yield from super()._contradictions()
        if self.weekly_hours is not None and (self.weekly_hours.interval > WEEK) is Truth.TRUE:
            yield Problem(
                "weekly_hours",
                f"expected at most the {WEEK} hours of a week, found {self.weekly_hours}",
                f"应不多于一周的{WEEK}小时，实为{self.weekly_hours.in_language('zh')}",
            )


WEEK = Interval.exactly(7 * 24)
"""The hours of a week."""


@frozen(kw_only=True)
class JointConference(Organisation):
    """A joint conference (联席会): departments that coordinate community education together.

    `members` are the units known to belong to it; `members_complete` says that they are all.
    """

    kind: OrganisationKind = field(default=OrganisationKind.JOINT_CONFERENCE, init=False)
    members: tuple[OrganisationId, ...] = field(default=(), converter=array)
    members_complete: bool = False
    office_at: OrganisationId | None = field(default=None)
