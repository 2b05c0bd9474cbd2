"""Organisations: of which kind they are, and on which days they stood."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.records.organisations import (
    INSTITUTIONS,
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.truth import Truth

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)

SAMPLES: dict[type, dict[str, Any]] = {
    Organisation: {
        "id": "body",
        "name": "区教育局",
        "kind": OrganisationKind.MEMBER_UNIT,
        "division": PLACE,
    },
    Workstation: {"id": "station", "name": "工作站", "division": PLACE, "venues": ["教室"]},
    JointConference: {"id": "conference", "name": "联席会", "division": PLACE, "members": ["body"]},
}
BODIES = [Organisation, Workstation, JointConference]
days = st.none() | st.dates(date(2018, 1, 1), date(2018, 1, 6))


def record(made: type, **changes: Any) -> Any:
    """Build the sample of this type with some of its fields changed."""
    return made(**SAMPLES[made] | changes)


def faults(made: type, **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        record(made, **changes)
    assert caught.value.subject == made.__name__
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "home"),
    [
        (OrganisationKind.WORKSTATION, "a Workstation, under 'workstations'"),
        (OrganisationKind.JOINT_CONFERENCE, "a JointConference, under 'joint_conferences'"),
    ],
)
def test_a_kind_with_a_type_of_its_own_is_recorded_as_that(
    kind: OrganisationKind, home: str
) -> None:
    assert faults(Organisation, kind=kind) == [
        ("kind", f"this kind has a type of its own: record it as {home}")
    ]


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in OrganisationKind
        if kind not in {OrganisationKind.WORKSTATION, OrganisationKind.JOINT_CONFERENCE}
    ],
)
def test_every_other_kind_is_an_organisation(kind: OrganisationKind) -> None:
    assert record(Organisation, kind=kind).kind is kind


def test_a_workstation_and_a_joint_conference_know_their_kind() -> None:
    assert record(Workstation).kind is OrganisationKind.WORKSTATION
    assert record(JointConference).kind is OrganisationKind.JOINT_CONFERENCE
    for made in (Workstation, JointConference):
        with pytest.raises(TypeError):
            record(made, kind=OrganisationKind.SCHOOL)


def test_the_institutions_are_the_four_that_teach() -> None:
    assert {kind.label_zh for kind in INSTITUTIONS} == {
        "社区大学",
        "社区教育学院",
        "社区教育中心",
        "社区教育学校",
    }


@pytest.mark.parametrize("made", BODIES)
@pytest.mark.parametrize(
    ("days", "told"),
    [
        (
            {"since": DAY, "until": FIRST},
            [("until", "expected a day not before 2018-06-15, found 2018-01-01")],
        ),
        (
            {"since": DAY, "seen": FIRST},
            [("seen", "expected a day not before 2018-06-15, found 2018-01-01")],
        ),
        (
            {"seen": DAY, "until": FIRST},
            [("seen", "expected a day not after 2018-01-01, found 2018-06-15")],
        ),
        (
            {"since": LAST, "seen": DAY, "until": FIRST},
            [
                ("seen", "expected a day not before 2018-12-31, found 2018-06-15"),
                ("seen", "expected a day not after 2018-01-01, found 2018-06-15"),
                ("until", "expected a day not before 2018-12-31, found 2018-01-01"),
            ],
        ),
    ],
)
def test_the_days_of_an_organisation_come_in_order(
    made: type, days: dict[str, date], told: list[tuple[str, str]]
) -> None:
    assert faults(made, **days) == told


@pytest.mark.parametrize("made", BODIES)
@pytest.mark.parametrize(
    ("since", "seen", "until", "standing"),
    [
        (None, None, None, (Truth.TRUE, Truth.TRUE, Truth.TRUE)),
        (DAY, None, None, (Truth.FALSE, Truth.TRUE, Truth.TRUE)),
        (None, DAY, None, (Truth.UNKNOWN, Truth.TRUE, Truth.TRUE)),
        (None, None, DAY, (Truth.TRUE, Truth.TRUE, Truth.FALSE)),
        (DAY, LAST, None, (Truth.FALSE, Truth.TRUE, Truth.TRUE)),
        (None, DAY, DAY, (Truth.UNKNOWN, Truth.TRUE, Truth.FALSE)),
        (None, FIRST, DAY, (Truth.TRUE, Truth.TRUE, Truth.FALSE)),
        (DAY, DAY, DAY, (Truth.FALSE, Truth.TRUE, Truth.FALSE)),
        (None, LAST, None, (Truth.UNKNOWN, Truth.UNKNOWN, Truth.TRUE)),
    ],
)
def test_an_organisation_stands_as_far_as_its_days_tell(
    made: type,
    since: date | None,
    seen: date | None,
    until: date | None,
    standing: tuple[Truth, Truth, Truth],
) -> None:
    body = record(made, since=since, seen=seen, until=until)
    assert tuple(body.standing(on) for on in (FIRST, DAY, LAST)) == standing
    assert body.standing(None) is Truth.TRUE


@given(since=days, seen=days, until=days)
def test_the_days_of_an_organisation_are_in_order_and_it_stands_on_them(
    since: date | None, seen: date | None, until: date | None
) -> None:
    known = [day for day in (since, seen, until) if day is not None]
    if known != sorted(known):
        with pytest.raises(InvalidValue):
            record(Organisation, since=since, seen=seen, until=until)
        return
    body = record(Organisation, since=since, seen=seen, until=until)
    for day in (since, seen):
        if day is not None:
            assert body.standing(day) is Truth.TRUE
