"""Records: what contradicts itself is refused, every fault with its path; the rest stands still."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.labels import LabelledEnum
from commed.periods import Period
from commed.places import DivisionCode
from commed.quantities import Interval, Quantity, Unit
from commed.records.base import Record
from commed.records.inspections import Inspection, Recommendation
from commed.records.learning import Attendance, Headcount, LearningEvent, LearningTeam, Mode
from commed.records.organisations import (
    INSTITUTIONS,
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import Population, PopulationBase
from commed.records.statements import (
    Attestation,
    Document,
    DocumentKind,
    Honour,
    ReportedFigure,
    Topic,
)
from commed.truth import Truth
from commed.wording import UnreadableQuantity

Make = Callable[..., Any]

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)
NOWHERE = "expected a 'workstation' or a 'division', found neither: say where"

SAMPLES: dict[type, dict[str, Any]] = {
    LearningTeam: {"id": "team", "workstation": "station", "themes": ["健康"], "since": FIRST},
    LearningEvent: {
        "id": "event",
        "date": DAY,
        "division": PLACE,
        "mode": Mode.ON_SITE,
        "attendances": ["a", "b"],
        "headcount": "40余人",
    },
    Attendance: {"learner": "a"},
    Headcount: {"persons": 5},
    Organisation: {
        "id": "body",
        "name": "区教育局",
        "kind": OrganisationKind.MEMBER_UNIT,
        "division": PLACE,
    },
    Workstation: {"id": "station", "name": "工作站", "division": PLACE, "venues": ["教室"]},
    JointConference: {"id": "conference", "name": "联席会", "division": PLACE, "members": ["body"]},
    Population: {"division": PLACE, "on": LAST, "persons": "约90万人"},
    ReportedFigure: {
        "id": "figure",
        "about": "参与市民",
        "quantity": "近10万人次",
        "division": PLACE,
        "stated_on": DAY,
        "organisations": ["station"],
        "period": Period.year(2017),
    },
    Document: {
        "id": "plan",
        "title": "工作计划",
        "kind": DocumentKind.WORK_PLAN,
        "division": PLACE,
        "issued_on": FIRST,
        "topics": [Topic.COMMUNITY_EDUCATION],
    },
    Attestation: {
        "id": "word",
        "instrument": "cn-chengdu-2017",
        "duty": "art-3",
        "division": PLACE,
        "holds": True,
        "on": DAY,
    },
    Honour: {"id": "title", "title": "示范区", "division": PLACE},
    Recommendation: {"text": "提高认识"},
    Inspection: {
        "id": "inspection",
        "on": DAY,
        "instrument": "cn-chengdu-2017",
        "division": PLACE,
        "inspector": "congress",
        "inspected": "government",
        "sites": ["station"],
        "recommendations": [Recommendation(text="提高认识")],
    },
}
TYPES = sorted(SAMPLES, key=lambda made: made.__name__)


def record(made: type, **changes: Any) -> Any:
    """Build the sample of this type with some of its fields changed."""
    return made(**SAMPLES[made] | changes)


def faults(made: type, **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValue) as caught:
        record(made, **changes)
    assert caught.value.subject == made.__name__
    return [(problem.path, problem.message) for problem in caught.value.problems]


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and everything it is made of."""
    yield value
    inner = value if isinstance(value, tuple) else ()
    if attrs.has(type(value)):
        inner = tuple(getattr(value, part.name) for part in attrs.fields(type(value)))
    for part in inner:
        yield from parts(part)


@pytest.mark.parametrize("made", TYPES)
def test_a_record_is_made_of_values_that_never_change(made: type) -> None:
    atoms = (str, int, Fraction, date, LabelledEnum, type(None))
    for part in parts(record(made)):
        assert isinstance(part, (tuple, *atoms)) or attrs.has(type(part))
        assert not hasattr(part, "__dict__") or isinstance(part, atoms)


@pytest.mark.parametrize("made", TYPES)
def test_no_field_of_a_record_can_be_set_anew(made: type) -> None:
    one = record(made)
    for field in attrs.fields(made):
        with pytest.raises(FrozenInstanceError):
            setattr(one, field.name, getattr(one, field.name))
    with pytest.raises((FrozenInstanceError, AttributeError)):
        one.remark = "later"


@pytest.mark.parametrize("made", TYPES)
def test_records_with_the_same_content_are_one_value(made: type) -> None:
    assert {record(made), record(made)} == {record(made)}


@pytest.mark.parametrize("made", [made for made in TYPES if issubclass(made, Record)])
def test_every_record_takes_a_source_and_a_note(made: type) -> None:
    noted = record(made, source="report-2019", note="见第三段")
    assert (noted.source, noted.note) == ("report-2019", "见第三段")
    assert (record(made).source, record(made).note) == (None, None)
    assert [path for path, _ in faults(made, source="", note=" x")] == ["note", "source"]


@pytest.mark.parametrize("made", [made for made in TYPES if "division" in SAMPLES[made]])
def test_a_division_is_given_by_its_key_or_its_code(made: type) -> None:
    assert record(made, division=DivisionCode(PLACE)) == record(made, division=PLACE)
    assert [path for path, _ in faults(made, division=510112)] == ["division"]


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (made, name)
        for made in TYPES
        for name, annotation in attrs.fields_dict(made).items()
        if str(annotation.type).startswith("tuple")
    ],
)
def test_a_list_becomes_a_tuple_and_a_text_is_no_list(made: type, field: str) -> None:
    assert getattr(record(made, **{field: []}), field) == ()
    listed = list(getattr(record(made), field))
    assert getattr(record(made, **{field: listed}), field) == tuple(listed)
    ((path, message),) = faults(made, **{field: "abc"})
    assert path == field
    assert message.startswith("expected a list, each entry")
    assert message.endswith("found 'abc'")


def test_every_fault_of_a_record_is_told_at_once() -> None:
    wrong = {"id": "", "date": "2018", "minutes": 0, "themes": ["", "健康", 5], "mode": "online"}
    assert faults(LearningEvent, **wrong) == [
        ("date", "expected a date, found '2018'"),
        ("id", "expected a text without blanks at its ends or control characters, found ''"),
        ("minutes", "expected a number of at least 1, found 0"),
        ("mode", "expected one of 'on-site', 'online', 'mixed', found 'online'"),
        ("themes[0]", "expected a text without blanks at its ends or control characters, found ''"),
        ("themes[2]", "expected a text, found 5"),
    ]


@pytest.mark.parametrize("made", [LearningTeam, LearningEvent])
def test_a_team_or_an_event_says_where(made: type) -> None:
    assert faults(made, division=None, workstation=None) == [("", NOWHERE)]
    for somewhere in ({"division": PLACE}, {"workstation": "station"}):
        nowhere = {"division": None, "workstation": None}
        assert record(made, **nowhere | somewhere) == record(made, **nowhere | somewhere)


def test_a_team_does_not_end_before_it_begins() -> None:
    told = ("until", "expected a day not before 2018-06-15, found 2018-01-01")
    assert faults(LearningTeam, since=DAY, until=FIRST) == [told]
    assert faults(LearningTeam, since=DAY, until=FIRST, workstation=None) == [("", NOWHERE), told]
    assert record(LearningTeam, since=DAY, until=DAY).until == DAY
    assert record(LearningTeam, since=None, until=FIRST).until == FIRST


@pytest.mark.parametrize(
    ("since", "until", "on", "standing"),
    [
        (None, None, FIRST, Truth.TRUE),
        (DAY, None, FIRST, Truth.FALSE),
        (DAY, None, DAY, Truth.TRUE),
        (DAY, None, LAST, Truth.TRUE),
        (None, DAY, FIRST, Truth.TRUE),
        (None, DAY, DAY, Truth.TRUE),
        (None, DAY, LAST, Truth.FALSE),
        (FIRST, DAY, LAST, Truth.FALSE),
        (DAY, LAST, FIRST, Truth.FALSE),
        (FIRST, LAST, DAY, Truth.TRUE),
        (FIRST, DAY, None, Truth.TRUE),
    ],
)
def test_a_team_stands_from_its_first_day_to_its_last(
    since: date | None, until: date | None, on: date | None, standing: Truth
) -> None:
    assert record(LearningTeam, since=since, until=until).standing(on) is standing


def test_the_theme_of_a_team_without_themes_is_unknown() -> None:
    assert record(LearningTeam, themes=["健康"]).on_theme("健康") is Truth.TRUE
    assert record(LearningTeam, themes=["健康"]).on_theme("书法") is Truth.FALSE
    assert record(LearningTeam, themes=[]).on_theme("健康") is Truth.UNKNOWN


def test_an_attendance_may_be_given_by_its_learner_alone() -> None:
    mixed = record(LearningEvent, attendances=["a", Attendance("b")])
    assert mixed.attendances == (Attendance("a"), Attendance("b"))
    ((path, message),) = faults(LearningEvent, attendances=["a", 5])
    assert (path, message[-7:]) == ("attendances[1]", "found 5")


def test_a_learner_is_named_once_at_one_event() -> None:
    told = "expected each learner once at one event, found"
    assert faults(LearningEvent, attendances=["a", "a"]) == [
        ("attendances[0].learner", f"{told} 'a' 2 times"),
        ("attendances[1].learner", f"{told} 'a' 2 times"),
    ]
    assert faults(LearningEvent, attendances=list("abacab"), headcount=None) == [
        ("attendances[0].learner", f"{told} 'a' 3 times"),
        ("attendances[1].learner", f"{told} 'b' 2 times"),
        ("attendances[2].learner", f"{told} 'a' 3 times"),
        ("attendances[4].learner", f"{told} 'a' 3 times"),
        ("attendances[5].learner", f"{told} 'b' 2 times"),
    ]


@pytest.mark.parametrize(
    ("headcount", "roster", "shown"),
    [
        (0, "a", "0"),
        (2, "abc", "2"),
        ("不足3人", "abc", "[0, 3)"),
        ("1至2人", "abc", "[1, 2]"),
        (Quantity(Interval(1, Fraction(5, 2)), Unit.PERSONS), "abc", "[1, 5/2]"),
    ],
)
def test_a_roster_is_never_longer_than_the_headcount(
    headcount: Any, roster: str, shown: str
) -> None:
    expected = f"expected at least the {len(roster)} persons of the roster, found {shown}"
    assert faults(LearningEvent, headcount=headcount, attendances=list(roster)) == [
        ("headcount", expected)
    ]


@pytest.mark.parametrize(
    ("headcount", "roster"),
    [(0, ""), (3, "abc"), (4, "abc"), ("不超过3人", "abc"), ("不足3人", "ab"), ("1人以上", "abc")],
)
def test_a_roster_may_be_as_long_as_the_headcount_or_shorter(headcount: Any, roster: str) -> None:
    event = record(LearningEvent, headcount=headcount, attendances=list(roster))
    assert "".join(attendance.learner for attendance in event.attendances) == roster


def test_an_event_tells_all_its_contradictions_together() -> None:
    paths = [path for path, _ in faults(LearningEvent, division=None, attendances="aab")]
    assert paths == ["attendances"]
    wrong = {"division": None, "attendances": list("aab"), "headcount": 1}
    assert [path for path, _ in faults(LearningEvent, **wrong)] == [
        "",
        "attendances[0].learner",
        "attendances[1].learner",
        "headcount",
    ]


@pytest.mark.parametrize(
    ("given_as", "low", "high"),
    [
        (5, Interval.exactly(5), None),
        ("40余人", Interval(40, 50, high_closed=False), "40余人"),
        ("三十人", Interval.exactly(30), "三十人"),
        ("12", Interval.exactly(12), "12"),
        (Quantity.exactly(7, Unit.PERSONS), Interval.exactly(7), None),
    ],
)
def test_a_number_of_persons_is_given_as_such_as_a_number_or_in_words(
    given_as: Any, low: Interval, high: str | None
) -> None:
    persons = Headcount(given_as).persons
    assert (persons.interval, persons.unit, persons.wording) == (low, Unit.PERSONS, high)
    assert record(LearningEvent, headcount=given_as, attendances=[]).headcount == Headcount(persons)
    assert record(Population, persons=given_as).persons == persons
    assert record(LearningEvent, headcount=Headcount(given_as), attendances=[]) == record(
        LearningEvent, headcount=given_as, attendances=[]
    )


@pytest.mark.parametrize(("made", "field"), [(Headcount, "persons"), (Population, "persons")])
@pytest.mark.parametrize(
    "wrong",
    [
        -1,
        Quantity.exactly(5, Unit.PERSON_TIMES),
        Quantity(Interval(-1, 5), Unit.PERSONS),
        Quantity(Interval(None, 5), Unit.PERSONS),
        Quantity.exactly(Fraction(1, 2), Unit.PERSONS),
    ],
)
def test_persons_are_counted_whole_and_in_persons(made: type, field: str, wrong: Any) -> None:
    ((path, message),) = faults(made, **{field: wrong})
    assert path == field
    assert message.startswith("expected a count in persons (人), not below zero, found ")


@pytest.mark.parametrize("wrong", [None, "许多人", "5人次", 2.5, True])
@pytest.mark.parametrize("made", [Headcount, Population])
def test_what_is_no_number_of_persons_is_refused(made: type, wrong: Any) -> None:
    with pytest.raises((InvalidValue, UnreadableQuantity)):
        record(made, persons=wrong)


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


def test_what_is_listed_of_a_record_is_partial_unless_it_says_otherwise() -> None:
    assert record(JointConference).members_complete is False
    assert record(Document).topics_complete is False
    assert record(Workstation).demonstration is None


def test_the_institutions_are_the_four_that_teach() -> None:
    assert {kind.label_zh for kind in INSTITUTIONS} == {
        "社区大学",
        "社区教育学院",
        "社区教育中心",
        "社区教育学校",
    }


BODIES = [Organisation, Workstation, JointConference]


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


days = st.none() | st.dates(date(2018, 1, 1), date(2018, 1, 6))


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


def test_a_population_is_known_by_division_day_and_base() -> None:
    assert record(Population).key == "510112/2018-12-31/resident"
    registered = record(Population, base=PopulationBase.REGISTERED)
    assert registered.key == "510112/2018-12-31/registered"


def test_a_stated_figure_keeps_its_words() -> None:
    figure = record(ReportedFigure)
    assert figure.quantity.wording == "近10万人次"
    assert figure.quantity == Quantity(
        Interval(90_000, 100_000, high_closed=False), Unit.PERSON_TIMES
    )
    assert record(ReportedFigure, quantity=figure.quantity) == figure
    ((path, message),) = faults(ReportedFigure, quantity=100_000)
    assert (path, message) == ("quantity", "expected a Quantity, found 100000")
    with pytest.raises(UnreadableQuantity, match="cannot read '很多'"):
        record(ReportedFigure, quantity="很多")


def test_a_figure_covers_its_period_or_the_last_full_year_or_nobody_knows() -> None:
    assert record(ReportedFigure).covered == Period.year(2017)
    yearly = record(ReportedFigure, period=None, yearly=True, stated_on=date(2019, 1, 1))
    assert yearly.covered == Period.year(2018)
    assert record(ReportedFigure, period=None).covered is None


def test_a_figure_is_of_every_year_or_of_a_period() -> None:
    assert faults(ReportedFigure, yearly=True) == [
        ("yearly", "expected either 'yearly' or a 'period', found both")
    ]


def test_an_attestation_holds_no_shorter_than_a_day() -> None:
    assert faults(Attestation, until=FIRST) == [
        ("until", "expected a day not before 2018-06-15, found 2018-01-01")
    ]
    assert record(Attestation, until=DAY).until == DAY


def test_an_honour_says_whose_it_is() -> None:
    assert faults(Honour, division=None) == [
        ("", "expected a 'division' or an 'organisation', found neither: say whose")
    ]
    assert record(Honour, division=None, organisation="station").organisation == "station"


def test_an_inspection_takes_one_person_at_least() -> None:
    assert faults(Inspection, inspectors=0) == [
        ("inspectors", "expected a number of at least 1, found 0")
    ]
    assert record(Inspection, inspectors=1).inspectors == 1


def test_what_was_recommended_is_told_in_words() -> None:
    assert faults(Inspection, recommendations=["提高认识"]) == [
        ("recommendations[0]", "expected a Recommendation, found '提高认识'")
    ]
    assert faults(Recommendation, text="") == [
        ("text", "expected a text without blanks at its ends or control characters, found ''")
    ]


@pytest.mark.parametrize(
    ("made", "field"),
    [(LearningTeam, "themes"), (LearningEvent, "attendances"), (Inspection, "sites")],
)
@pytest.mark.parametrize("wrong", [None, 5])
def test_what_is_no_list_is_refused_at_its_path(made: type, field: str, wrong: Any) -> None:
    ((path, message),) = faults(made, **{field: wrong})
    assert path == field
    assert message.startswith("expected a list, each entry")
