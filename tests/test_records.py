"""Records: every fault is told with its path, and what is right stands still for ever."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from commed.errors import InvalidValue
from commed.labels import LabelledEnum
from commed.periods import Period
from commed.places import DivisionCode
from commed.records.base import Record
from commed.records.inspections import Inspection, Recommendation
from commed.records.learning import (
    ActivityPlan,
    Attendance,
    GroupCount,
    Headcount,
    LearnerGroup,
    LearningEvent,
    LearningTeam,
    Mode,
)
from commed.records.organisations import (
    JointConference,
    Organisation,
    OrganisationKind,
    Workstation,
)
from commed.records.resources import Funding, FundingStage, Population, Staffing, StaffRole
from commed.records.statements import (
    Attestation,
    Document,
    DocumentKind,
    Honour,
    ReportedFigure,
    Topic,
)
from commed.records.surveys import Survey, SurveyQuestion
from commed.recurrences import Recurrence

PLACE = "510112"
FIRST, DAY, LAST = date(2018, 1, 1), date(2018, 6, 15), date(2018, 12, 31)

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
    Attendance: {"learner": "a", "groups": [LearnerGroup.WOMEN]},
    GroupCount: {"group": LearnerGroup.WOMEN, "persons": 3},
    Headcount: {"persons": 5, "groups": [GroupCount(LearnerGroup.WOMEN, 3)]},
    ActivityPlan: {
        "id": "plan",
        "division": PLACE,
        "sessions": Recurrence(DAY),
        "cancelled": [DAY],
    },
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
    Funding: {
        "id": "grant",
        "division": PLACE,
        "period": Period.year(2018),
        "amount": "300万元",
        "stage": FundingStage.BUDGETED,
    },
    Staffing: {
        "id": "staff",
        "on": LAST,
        "role": StaffRole.FULL_TIME,
        "persons": "10余人",
        "division": PLACE,
    },
    Survey: {
        "id": "survey",
        "division": PLACE,
        "on": DAY,
        "question": SurveyQuestion.SATISFACTION,
        "positive": 3,
        "answered": 4,
        "asked": 5,
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


def test_what_is_listed_of_a_record_is_partial_unless_it_says_otherwise() -> None:
    assert record(JointConference).members_complete is False
    assert record(Document).topics_complete is False
    assert record(Workstation).demonstration is None


@pytest.mark.parametrize(
    ("made", "field"),
    [(LearningTeam, "themes"), (LearningEvent, "attendances"), (Inspection, "sites")],
)
@pytest.mark.parametrize("wrong", [None, 5])
def test_what_is_no_list_is_refused_at_its_path(made: type, field: str, wrong: Any) -> None:
    ((path, message),) = faults(made, **{field: wrong})
    assert path == field
    assert message.startswith("expected a list, each entry")
