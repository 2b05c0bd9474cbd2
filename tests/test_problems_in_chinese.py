"""Problems in Chinese: whatever is told in English is told in Chinese, of the same values."""

import ast
import copy
import json
import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed.checks import AtLeast, Checked
from commed.cli import main
from commed.codec import (
    dump_instrument,
    dump_register,
    instrument_from,
    overlay_from,
    read_json,
    read_toml,
    register_from,
)
from commed.errors import CommedError, InvalidDocument, InvalidValue, Problem, Words
from commed.indicators import measure
from commed.indicators.inequality import Weighted
from commed.inspection import inspect
from commed.loading import example, instrument, load_instrument, load_register
from commed.periods import Period
from commed.privacy import pseudonymise, suppressed
from commed.quantities import Interval
from commed.records.learning import LearningEvent
from commed.records.organisations import Organisation, OrganisationKind
from commed.recurrences import Recurrence
from commed.register import Register
from commed.wording import UnreadableQuantity, WordingConvention, parse_quantity

Captured = pytest.CaptureFixture[str]
Read = Callable[[Any], object]
Place = tuple[str | int, ...]

HOME, DAY = "510112", date(2018, 5, 1)
WORDS = {"zh": "词", "en": "words"}
REGISTER: dict[str, Any] = {
    "format": "commed.register/1",
    "jurisdiction": HOME,
    "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
    "divisions": [
        {"id": HOME, "name": "区"},
        {"id": "town", "name": "镇", "level": "township", "within": HOME},
    ],
    "organisations": [
        {"id": "centre", "name": "中心", "kind": "centre", "division": HOME, "since": "2018-01-01"}
    ],
    "workstations": [
        {
            "id": "station",
            "name": "站",
            "division": "town",
            "weekly_hours": "40小时",
            "themes": ["书"],
        }
    ],
    "joint_conferences": [
        {"id": "conference", "name": "联席会", "division": HOME, "members": ["centre"]}
    ],
    "teams": [{"id": "team", "division": HOME, "themes": ["书"], "workstation": "station"}],
    "plans": [
        {
            "id": "plan",
            "division": HOME,
            "sessions": {"first": "2018-01-05", "rule": "FREQ=WEEKLY;COUNT=9"},
            "cancelled": ["2018-01-12"],
        }
    ],
    "events": [
        {
            "id": "event",
            "date": "2018-05-01",
            "division": "town",
            "minutes": 90,
            "mode": "online",
            "attendances": [{"learner": "甲", "groups": ["elderly"]}, {"learner": "乙"}],
            "headcount": {"persons": "近10人"},
            "plan": "plan",
            "planned_for": "2018-01-05",
        },
        {
            "id": "other",
            "date": "2018-05-01",
            "workstation": "station",
            "headcount": {"persons": 9, "groups": [{"group": "elderly", "persons": 3}]},
        },
    ],
    "populations": [
        {
            "division": HOME,
            "on": "2018-12-31",
            "persons": {"interval": {"low": "1/2", "high": 9}, "unit": "persons"},
        }
    ],
    "fundings": [
        {
            "id": "money",
            "division": HOME,
            "period": {"first": "2018-01-01", "last": "2018-12-31"},
            "amount": "3万元",
            "stage": "budgeted",
        }
    ],
    "staffings": [
        {
            "id": "staff",
            "on": "2018-12-31",
            "role": "full-time",
            "persons": 3,
            "organisation": "centre",
        }
    ],
    "surveys": [
        {
            "id": "survey",
            "division": HOME,
            "on": "2018-12-31",
            "question": "awareness",
            "positive": 3,
            "answered": 9,
            "asked": 12,
        }
    ],
    "reported_figures": [
        {
            "id": "figure",
            "about": "人次",
            "quantity": "70余万人次",
            "indicator": "person-times",
            "division": HOME,
            "stated_on": "2019-01-01",
            "yearly": True,
        }
    ],
    "documents": [
        {
            "id": "paper",
            "title": "规划",
            "kind": "development-plan",
            "division": HOME,
            "issued_on": "2016-01-01",
            "topics": ["community-education"],
        }
    ],
    "attestations": [
        {
            "id": "word",
            "instrument": "law",
            "duty": "duty",
            "division": HOME,
            "holds": True,
            "on": "2018-01-01",
            "until": "2019-01-01",
        }
    ],
    "honours": [{"id": "title", "title": "奖", "division": HOME}],
    "inspections": [],
    "complete": [{"collection": "divisions", "level": "township"}],
}
READERS: dict[str, tuple[Read, dict[str, Any]]] = {
    "register": (register_from, REGISTER),
    "case": (register_from, dump_register(example("longquanyi-2019"))),
    "instrument": (instrument_from, dump_instrument(instrument("cn-chengdu-2017"))),
    "notice": (instrument_from, dump_instrument(instrument("cn-chengdu-2017-43"))),
}
ODD: tuple[object, ...] = (
    None,
    7,
    -1,
    10**50,
    True,
    "",
    "x y",
    "２",
    "2018-02-30",
    "1000-01-01",
    "近3支左右",
    "99人次",
    "elderly",
    "station",
    "all-of",
    [],
    ["x", "x"],
    [[]],
    {},
    {"en": "x", "nmae": 1},
)


def walked(node: Any, place: Place = ()) -> Iterator[Place]:
    """Yield each place of a document; of a long list the first entries are enough."""
    yield place
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walked(value, (*place, key))
    elif isinstance(node, list):
        for index, value in enumerate(node[:2]):
            yield from walked(value, (*place, index))


def changed(document: Any, place: Place, value: object) -> Any:
    if not place:
        return value
    result = copy.copy(document)
    result[place[0]] = changed(document[place[0]], place[1:], value)
    return result


def at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


def faulty(document: dict[str, Any]) -> Iterator[Any]:
    """Yield the document with one fault, or none, at each of its places."""
    for place in walked(document):
        for value in ODD:
            yield changed(document, place, value)
        node = at(document, place)
        if isinstance(node, dict):
            yield changed(document, place, node | {"nmae": "x", "zzz": 1})
            for key in node:
                yield changed(document, place, {each: node[each] for each in node if each != key})
        elif isinstance(node, list) and node:
            yield changed(document, place, [*node, node[0]])


def refusal(make: Callable[[], object]) -> CommedError | None:
    try:
        make()
    except CommedError as error:
        return error
    return None


CHINESE = re.compile("[\u4e00-\u9fff]")


def quotes(text: str) -> Counter[str]:
    """Return what stands in quotes, but for the one word of ours that does."""
    return Counter(re.findall("(?<![a-z])'[^']*'", text)) - Counter(["'percent'"])


def figures(text: str) -> set[str]:
    return set(re.findall("[0-9]+", text))


def assert_says_the_same(en: str, zh: str) -> None:
    assert zh != en
    assert CHINESE.search(zh), zh
    assert quotes(zh) == quotes(en), (en, zh)
    assert figures(en) <= figures(zh), (en, zh)


def assert_told_twice(problem: Problem) -> None:
    assert problem.message_zh is not None, problem
    assert_says_the_same(problem.message, problem.message_zh)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", READERS)
def test_every_problem_of_a_document_is_told_in_chinese(name: str) -> None:
    read, document = READERS[name]
    assert refusal(lambda: read(document)) is None
    seen: dict[str, Problem] = {}
    for spoilt in islice(faulty(document), 0, None, 4):  # every fourth: there are thousands
        error = refusal(lambda spoilt=spoilt: read(spoilt))  # type: ignore[misc]
        assert error is None or isinstance(error, InvalidDocument)
        for problem in error.problems if error is not None else ():
            seen.setdefault(problem.message, problem)
    assert len(seen) > 50
    for problem in seen.values():
        assert_told_twice(problem)


# --- faults that hang on several fields, and those made by hand ---


def register_with(**lists: Any) -> Callable[[], object]:
    return lambda: register_from(REGISTER | lists)


def recurring(rule: str, first: str = "2018-01-05") -> Callable[[], object]:
    return lambda: Recurrence(date.fromisoformat(first), rule)


def law_with(**fields: Any) -> Callable[[], object]:
    law = {
        "format": "commed.instrument/1",
        "id": "law",
        "title": WORDS,
        "since": "2017-02-01",
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
    }
    return lambda: instrument_from(law | fields)


def duty(identity: str = "duty", **fields: Any) -> dict[str, Any]:
    own = {"condition": {"test": "attested"}} if "readings" not in fields else {}
    bearer = {"name": WORDS, "levels": ["county"]}
    return {"id": identity, "duty": WORDS, "bearer": bearer, "modality": "shall", **own, **fields}


def provision(*duties: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"article": 1, "summary": WORDS, "source": "text", "obligations": duties, **fields}


def law_on(condition: dict[str, Any]) -> Callable[[], object]:
    return law_with(provisions=[provision(duty(condition=condition))])


def compares(**fields: Any) -> dict[str, Any]:
    asked = {"indicator": "learning-teams", "operator": "at-least", "threshold": "3支"}
    return {"test": "indicator-compares", **asked, **fields}


def times(indicator: str = "person-times", **question: Any) -> Any:
    return measure(indicator, example("longquanyi-2019"), **question)


BODY = {"id": "body", "name": "中心", "kind": "centre", "division": HOME}
EVENT = {"id": "one", "date": "2018-05-01", "division": HOME}
SURVEY = {"id": "one", "division": HOME, "on": "2018-05-01", "question": "awareness"}
FUND = REGISTER["fundings"][0]
VISIT = {
    "id": "visit",
    "on": "2018-05-01",
    "instrument": "cn-chengdu-2017",
    "division": HOME,
    "inspector": "centre",
    "inspected": "centre",
}
READING = {"id": "r", "label": WORDS, "condition": {"test": "attested", "question": "r"}}

FAULTS: dict[str, Callable[[], object]] = {
    "level": register_with(complete=[{"collection": "events", "level": "county"}]),
    "circle": register_with(fundings=[FUND | {"included_in": "money"}]),
    "misplaced": register_with(
        divisions=[
            {"id": HOME, "name": "区"},
            {"id": "town", "name": "镇", "level": "township", "within": "city"},
            {"id": "city", "name": "市", "level": "city", "within": "town"},
        ]
    ),
    "code": register_with(divisions=[{"id": "51011", "name": "区", "level": "county"}]),
    "wrong level": register_with(divisions=[{"id": HOME, "name": "区", "level": "city"}]),
    "own type": register_with(organisations=[BODY | {"kind": "workstation"}]),
    "own type too": register_with(organisations=[BODY | {"kind": "joint-conference"}]),
    "seen": register_with(organisations=[BODY | {"seen": "2018-01-02", "until": "2018-01-01"}]),
    "since": register_with(organisations=[BODY | {"since": "2018-01-02", "until": "2018-01-01"}]),
    "week": register_with(
        workstations=[{"id": "x", "name": "站", "division": HOME, "weekly_hours": "200小时"}]
    ),
    "roster": register_with(
        events=[
            EVENT
            | {"attendances": [{"learner": "a"}, {"learner": "b"}], "headcount": {"persons": 1}},
            EVENT
            | {
                "id": "two",
                "attendances": [{"learner": "a"}, {"learner": "a"}],
                "headcount": {"persons": 9, "groups": [{"group": "women", "persons": 1}]},
            },
        ]
    ),
    "yearly": register_with(
        reported_figures=[
            {
                "id": "f",
                "about": "a",
                "quantity": "3支",
                "division": HOME,
                "stated_on": "2018-01-01",
                "yearly": True,
                "period": {"first": "2018-01-01", "last": "2018-12-31"},
            }
        ]
    ),
    "share": register_with(surveys=[SURVEY | {"share": "150%"}]),
    "no share": register_with(surveys=[SURVEY]),
    "answers": register_with(surveys=[SURVEY | {"positive": 9, "answered": 3}]),
    "own list": lambda: Register(
        jurisdiction=HOME,
        organisations=[example("longquanyi-2019").workstations[0]],
    ),
    "kind": lambda: Organisation(id="a", name=7, kind=OrganisationKind.CENTRE, division=HOME),  # type: ignore[arg-type]
    "too large": lambda: LearningEvent(id="a", date=DAY, minutes="x", division=-(10**5000)),  # type: ignore[arg-type]
    "interval": lambda: Interval(0.5, None),  # type: ignore[arg-type]
    "infinite": lambda: Interval(Decimal("inf"), None),
    "convention": lambda: WordingConvention(near=Fraction(1), about=Fraction(-1), odd=Fraction(0)),
    "weighted": lambda: Weighted(Interval(-1, 1), Fraction(0)),
    "law over before it began": law_with(until="2016-01-01"),
    "provision over before the law began": law_with(
        provisions=[provision(duty(), until="2016-01-01")]
    ),
    "provision after the law": law_with(
        until="2018-01-01", provisions=[provision(duty(), since="2019-01-01")]
    ),
    "gap": law_with(gaps=[{"from_article": 7, "to_article": 3, "reason": WORDS}]),
    "one reading": law_with(provisions=[provision(duty(readings=[READING]))]),
    "neither": law_with(provisions=[provision(duty(readings=[]))]),
    "level and anywhere": law_on(
        {"test": "organisation-exists", "kinds": ["centre"], "level": "county", "anywhere": True}
    ),
    "out of reach": law_on({"test": "every-division-has", "level": "city", "kinds": ["centre"]}),
    "inexact": law_on(compares(threshold="近3支")),
    "units": law_on(
        compares(
            amended=[
                {"since": "2019-01-01", "threshold": "3人"},
                {"since": "2018-01-01", "threshold": "3支"},
            ]
        )
    ),
    "source": law_on(
        compares(amended=[{"since": "2019-01-01", "threshold": "4支", "source": "x"}])
    ),
    "dimension": law_on(compares(where=[{"dimension": "colour", "key": "red"}])),
    "key": law_on(
        compares(
            indicator="distinct-learners",
            threshold="3人",
            where=[{"dimension": "group", "key": "red"}],
        )
    ),
    "narrowed twice": law_on(
        compares(where=[{"dimension": "theme", "key": "红"}, {"dimension": "theme", "key": "书"}])
    ),
    "span": law_on(
        {
            "test": "indicator-grows",
            "indicator": "person-times",
            "where": [{"dimension": "year", "key": "2018"}],
        }
    ),
    "count": law_on({"test": "at-least-of", "count": 3, "conditions": [{"test": "attested"}]}),
    "years": law_on({"test": "indicator-grows", "indicator": "person-times", "years": 101}),
    "always": law_on(compares(threshold="0支")),
    "never": law_on(compares(threshold="0支", operator="less-than")),
    "both": law_on(
        {
            "test": "all-of",
            "conditions": [
                {"test": "attested"},
                {"test": "not", "condition": {"test": "attested"}},
            ],
        }
    ),
    "either": law_on(
        {
            "test": "any-of",
            "conditions": [
                {"test": "attested"},
                {"test": "not", "condition": {"test": "attested"}},
            ],
        }
    ),
    "amends what goes on": law_with(
        provisions=[provision(duty()), provision(duty("new", amends="duty"), since="2019-01-01")]
    ),
    "amends what ends later": law_with(
        provisions=[
            provision(duty(), until="2019-01-01"),
            provision(duty("new", amends="duty"), since="2019-01-01"),
        ]
    ),
    "version": lambda: register_from({"format": "commed.register/9"}),
    "overlay": lambda: load_instrument(
        {"format": "commed.overlay/1", "completes": "x", "provisions": []}
    ),
    "overlay's keys": lambda: overlay_from({"format": "commed.overlay/1"}),
    "json": lambda: read_json("{,"),
    "deep json": lambda: read_json("[" * 100_000),
    "json twice": lambda: read_json('{"a": [{"b": 1, "b": 2}]}'),
    "toml": lambda: read_toml("a = "),
    "deep toml": lambda: read_toml("a = " + "[" * 100_000),
    "long toml": lambda: read_toml("a = " + "9" * 5000),
    "secret": lambda: pseudonymise(b"short", ""),
    "no secret": lambda: pseudonymise("short", 7),  # type: ignore[arg-type]
    "composed": lambda: pseudonymise(bytes(32), "１"),
    "spaced": lambda: pseudonymise(bytes(32), "138 0013 8000"),
    "split": lambda: suppressed(7, 7, inside=7, fewer_than=1),  # type: ignore[arg-type]
    "split inside": lambda: suppressed({}, times(), inside={"a": 7}),  # type: ignore[dict-item]
    "no counts": lambda: suppressed(
        {"a": times("workstations")}, times("learning-teams"), inside={"x": {}}
    ),
    "freely": recurring("weekly"),
    "unknown part": recurring("FREQ=WEEKLY;BYHOUR=3"),
    "no frequency": recurring("BYDAY=FR"),
    "twice": recurring("FREQ=WEEKLY;COUNT=3;COUNT=3"),
    "FREQ": recurring("FREQ=HOURLY;UNTIL=2018;BYDAY=X;BYMONTH=13;BYWEEKNO=99;WKST=X;COUNT=0"),
    "beside": recurring("FREQ=WEEKLY;BYMONTHDAY=3"),
    "numbered": recurring("FREQ=MONTHLY;BYDAY=9FR"),
    "not numbered": recurring("FREQ=WEEKLY;BYDAY=1FR"),
    "nothing to pick from": recurring("FREQ=WEEKLY;BYSETPOS=1"),
    "ended twice": recurring("FREQ=WEEKLY;COUNT=3;UNTIL=20190101"),
    "ended early": recurring("FREQ=WEEKLY;UNTIL=20170101"),
    "no day": recurring("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "another day": recurring("FREQ=WEEKLY;BYDAY=MO"),
    "too many": recurring("FREQ=YEARLY;COUNT=200"),
    "too long": lambda: Recurrence(date(1000, 1, 1), "FREQ=YEARLY").days(
        Period(date(1000, 1, 1), date(1900, 1, 1))
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_in_chinese(fault: str) -> None:
    error = refusal(FAULTS[fault])
    assert isinstance(error, InvalidValue)
    for problem in error.problems:
        assert_told_twice(problem)


@pytest.mark.parametrize(
    "text",
    [
        "许多人",
        7,
        "3" * 61,
        "近3支左右",
        "近零人",
        "近3至5人",
        "3至5万人",
        "5至3人",
        "百人",
        "三八三人",
        "百分之3%",
    ],
)
def test_what_cannot_be_read_as_a_figure_is_told_in_chinese(text: Any) -> None:
    error = refusal(lambda: parse_quantity(text))
    assert isinstance(error, UnreadableQuantity)
    assert_says_the_same(error.told(), error.told("zh"))


def inspected(**lists: Any) -> Callable[[], object]:
    return lambda: inspect(register_from(REGISTER | lists), instrument("cn-chengdu-2017"))


RECOMMENDED = VISIT | {"recommendations": [{"text": "整改", "duties": ["x"]}]}


@pytest.mark.parametrize(
    "make",
    [
        inspected(),
        inspected(inspections=[VISIT, VISIT | {"id": "again"}]),
        inspected(inspections=[VISIT | {"instrument": "law"}]),
        inspected(inspections=[RECOMMENDED]),
        lambda: measure("person", example("longquanyi-2019")),
        lambda: measure("person-times", example("longquanyi-2019"), division="x"),
        lambda: instrument("cn"),
    ],
)
def test_what_is_asked_in_vain_is_told_in_chinese(make: Callable[[], object]) -> None:
    error = refusal(make)
    assert error is not None
    assert_says_the_same(error.told(), error.told("zh"))


def test_a_file_that_is_no_text_is_refused_in_chinese(tmp_path: Path) -> None:
    file = tmp_path / "latin.json"
    file.write_bytes(b"\xff")
    error = refusal(lambda: load_register(file))
    assert isinstance(error, InvalidDocument)
    assert_told_twice(error.problems[0])


SOURCES = sorted(Path(commed.__file__).parent.rglob("*.py"))


def test_no_problem_is_written_without_its_chinese() -> None:
    """A fault that no test provokes has a Chinese message too."""
    calls = [
        (file.name, call.lineno, len(call.args))
        for file in SOURCES
        if "testing" not in file.parts
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "Problem"
    ]
    assert len(calls) > 50
    assert [call for call in calls if call[2] != 3] == []


# --- what is told of a problem ---


def test_a_check_of_ones_own_is_told_in_english() -> None:
    @frozen
    class Even:
        expected = "an even number"

        def allows(self, value: int, /) -> bool:
            return value % 2 == 0

    @frozen
    class Pairs(Checked):
        number: Annotated[int, Even(), AtLeast(4)]

    error = refusal(lambda: Pairs(3))
    assert isinstance(error, InvalidValue)
    assert error.told("zh").splitlines() == [
        "Pairs：2个问题",
        "  number：expected an even number, found 3",
        "  number：应为不小于4的数，实为3",
    ]


def test_a_problem_is_told_in_either_language_wherever_it_is_seen_from() -> None:
    problem = Problem("date", "expected a date", "应为日期").under("events", 3)
    assert str(problem) == problem.in_language("en") == "events[3].date: expected a date"
    assert problem.in_language("zh") == "events[3].date：应为日期"
    assert Problem("", "is odd", "有误").in_language("zh") == "有误"
    assert Problem("a", "is odd").in_language("zh") == "a：is odd"
    with pytest.raises(KeyError):
        problem.in_language("fr")


def test_the_chinese_message_does_not_tell_problems_apart() -> None:
    assert Problem("a", "is odd", "有误") == Problem("a", "is odd")
    assert hash(Problem("a", "is odd", "有误")) == hash(Problem("a", "is odd"))


def test_an_error_in_both_languages_survives_pickling() -> None:
    for make in (lambda: parse_quantity("许多人"), lambda: Interval(3, 1)):
        error = refusal(make)
        assert error is not None
        copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - these bytes are our own
        assert (copied.told(), copied.told("zh")) == (error.told(), error.told("zh"))


def test_an_error_that_has_no_chinese_is_told_in_english() -> None:
    assert CommedError("cannot").told("zh") == "cannot"
    assert CommedError(Words("cannot", "不能")).told("zh") == "不能"
    assert str(CommedError(Words("cannot", "不能"))) == "cannot"


@given(count=st.integers(0, 8), at_most=st.integers(0, 8), language=st.sampled_from(["en", "zh"]))
def test_at_most_so_many_problems_are_told_and_the_rest_counted(
    count: int, at_most: int, language: str
) -> None:
    error = InvalidValue("Site", [Problem(f"a[{n}]", "is odd", "有误") for n in range(count)])
    head, *lines = error.told(language, at_most).splitlines()
    assert f"{count}" in head
    shown = [each.in_language(language) for each in error.problems[:at_most]]
    rest = {"en": f"  and {count - at_most} more", "zh": f"  另有{count - at_most}项"}[language]
    assert lines == [f"  {each}" for each in shown] + ([rest] if count > at_most else [])


def test_a_message_holds_a_hundred_problems_and_the_error_all_of_them() -> None:
    events = [EVENT | {"id": f"e{n}", "minutes": 0} for n in range(250)]
    error = refusal(register_with(events=events))
    assert isinstance(error, InvalidDocument)
    assert len(error.problems) == 250
    assert str(error) == error.told() == error.told("en", 100)
    assert str(error).splitlines()[0] == "register: 250 problems"
    assert str(error).splitlines()[99:] == [
        "  events[98].minutes: expected a number of at least 1, found 0",
        "  events[99].minutes: expected a number of at least 1, found 0",
        "  and 150 more",
    ]
    assert error.told("zh", 1).splitlines() == [
        "register：250个问题",
        "  events[0].minutes：应为不小于1的数，实为0",
        "  另有249项",
    ]


# --- the command line ---


def broken(folder: Path) -> str:
    file = folder / "broken.json"
    file.write_text(json.dumps(REGISTER | {"teams": 1}), encoding="utf-8")
    return str(file)


ASKING = (["validate"], ["inspect", "--on", "2019-04-26"], ["measure", "person-times"])


@pytest.mark.parametrize("command", ASKING)
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "register: 1 problem\n  teams: expected a list, found 1\n"),
        (["--lang", "en"], "register: 1 problem\n  teams: expected a list, found 1\n"),
        (["--lang", "zh"], "register：1个问题\n  teams：应为列表，实为1\n"),
    ],
)
def test_the_command_line_tells_problems_in_the_language_asked_for(
    command: list[str], options: list[str], told: str, tmp_path: Path, capsys: Captured
) -> None:
    assert main([*command, broken(tmp_path), *options]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(told)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["measure", "nothing"], "commed: 没有名为'nothing'的指标"),
        (["inspect", "--instrument", "x"], "commed: 随附内容中没有'x'"),
        (["measure", "person-times", "--where", "a=b", "--where", "a=c"], "commed: 每个维度只能"),
    ],
)
def test_what_cannot_be_done_is_told_in_the_language_asked_for(
    command: list[str], told: str, capsys: Captured
) -> None:
    assert main([*command, "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith(told)


def test_a_day_that_is_not_recorded_is_asked_for_in_chinese(
    tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "sound.json"
    file.write_text(json.dumps(REGISTER), encoding="utf-8")
    assert main(["inspect", str(file), "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith("commed: 请用--on DATE写明判定的日期")
