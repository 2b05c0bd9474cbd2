"""Schemas: made from the types, complete, published as they are made."""

import importlib.util
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import attrs
import pytest
from attrs import field, frozen
from jsonschema import Draft202012Validator

from commed.checks import AtLeast, AtMost, Checked, Name, NotEmpty, Text, Written, array
from commed.codec import instrument_from
from commed.codec.schemas import keywords, schema, schema_names
from commed.codec.schemas.keywords import READ, WORDS
from commed.codec.schemas.readable import ReadShapes
from commed.compliance import Case, Ruling, add_condition
from commed.errors import CommedError, InvalidDocument, InvalidValue
from commed.indicators import catalogue
from commed.indicators.dimensions import DIMENSIONS
from commed.labels import Label
from commed.law import conditions
from commed.law.conditions import NODES, Condition
from commed.places import Level
from commed.quantities import Counts, Measures, Quantity, Statable, Unit
from commed.truth import Truth
from commed.wording import parse_quantity

DOCS = Path(__file__).parent.parent / "docs"


def writer() -> ModuleType:
    """Load the script that writes the files."""
    spec = importlib.util.spec_from_file_location("schema_files", DOCS / "schema_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def matches(definition: Any, value: Any) -> bool:
    return Draft202012Validator(definition).is_valid(value)


def made(annotation: Any) -> dict[str, Any]:
    """Return a whole schema of an annotation, as the codec reads it."""
    shapes = ReadShapes(READ)
    shape = shapes.of(annotation)
    return {**shape, "$defs": shapes.definitions}


# --- the documents ---


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_one(name: str) -> None:
    whole = schema(name)
    Draft202012Validator.check_schema(whole)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"urn:commed:{name}:1"
    assert whole["properties"]["format"] == {"const": f"commed.{name}/1"}
    assert whole["required"][0] == "format"
    assert json.loads(json.dumps(whole)) == whole


def test_the_register_is_meant_by_default() -> None:
    assert schema() == schema("register")


def test_another_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InvalidValue) as caught:
        schema("registry")
    (problem,) = caught.value.problems
    assert problem.path == "name"
    assert problem.message == (
        "expected one of register, instrument, overlay, assessment, inspection, measurement, "
        "found 'registry'"
    )
    assert isinstance(caught.value, CommedError)


def objects(node: Any) -> list[dict[str, Any]]:
    """Return every schema of an object inside a schema."""
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    below = [found for part in parts for found in objects(part)]
    own = [node] if isinstance(node, dict) and node.get("type") == "object" else []
    return own + below


@pytest.mark.parametrize("name", schema_names())
def test_no_object_takes_an_unknown_key(name: str) -> None:
    of_no_kind = [each for each in objects(schema(name)) if "anyOf" not in each]
    assert len(of_no_kind) > 5
    assert all(each["additionalProperties"] is False for each in of_no_kind)


@pytest.mark.parametrize("name", schema_names())
def test_every_reference_leads_to_a_definition_and_none_is_idle(name: str) -> None:
    whole = schema(name)
    text = json.dumps(whole)
    for key in whole["$defs"]:
        assert f'"#/$defs/{key}"' in text, key
    assert text.count('"$ref"') == sum(text.count(f'"#/$defs/{key}"') for key in whole["$defs"])


def test_importing_commed_does_not_import_the_schema() -> None:
    program = "import commed, sys; sys.exit('commed.codec' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own text
    assert done.returncode == 0


# --- the published files ---


def test_the_published_files_are_what_the_types_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, node in dict(NODES).items():  # other tests add nodes of their own
        if not node.__module__.startswith("commed.law."):
            monkeypatch.delitem(conditions._NODES, name)
    texts = writer().texts()
    assert {file.name for file in texts} == {f"{name}.json" for name in schema_names()}
    for file, text in texts.items():
        assert file.read_text(encoding="utf-8") == text, "run: python docs/schema_files.py"


# --- what is told ---


def test_a_class_is_described_by_the_first_paragraph_of_its_docstring() -> None:
    team = schema("register")["$defs"]["LearningTeam"]
    assert team["description"] == "A learning team (学习型团队) and the themes (主题) it works on."


def test_an_enumeration_is_described_in_both_languages() -> None:
    level = schema("register")["$defs"]["Level"]
    assert level["enum"] == [member.value for member in Level]
    assert level["description"].splitlines()[-1] == (
        "- community: 村（社区）级, village or neighbourhood"
    )


def test_what_may_be_left_out_has_its_default() -> None:
    grows = schema("instrument")["$defs"]["IndicatorGrows"]
    assert grows["required"] == ["test", "indicator"]
    assert grows["properties"]["strictly"] == {"type": "boolean", "default": True}
    assert grows["properties"]["years"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "default": 1,
    }
    population = schema("register")["$defs"]["Population"]
    assert population["properties"]["base"]["default"] == "resident"


def test_a_default_that_a_document_cannot_say_is_not_told() -> None:
    level = schema("register")["$defs"]["Division"]["properties"]["level"]
    assert level == {"$ref": "#/$defs/Level"}


def test_what_the_type_fixes_is_no_key() -> None:
    assert "kind" not in schema("register")["$defs"]["Workstation"]["properties"]


def test_a_reference_says_where_it_leads() -> None:
    event = schema("register")["$defs"]["LearningEvent"]["properties"]
    assert event["team"]["anyOf"][0]["description"] == "The key of a record under 'teams'."
    assert event["id"]["description"] == "A key of its own among the learning events."


def test_every_indicator_and_every_dimension_is_named() -> None:
    for name in ("instrument", "register"):
        assert schema(name)["$defs"]["Indicator"]["enum"] == list(catalogue())
    assert schema("instrument")["$defs"]["Dimension"]["enum"] == list(DIMENSIONS)
    used = {dimension for each in catalogue().values() for dimension in each.dimensions}
    assert used <= set(DIMENSIONS)


# --- texts, numbers, words ---


@pytest.mark.exhaustive
@pytest.mark.parametrize("shape", ["{}", "a{}", "{}a", "a{}b"])
def test_a_text_is_allowed_just_where_the_codec_reads_it(shape: str) -> None:
    text = Draft202012Validator(READ["Text"])
    for point in [*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0x20000]:
        value = shape.format(chr(point))
        if unicodedata.category(chr(point)) == "Cn":  # later Unicode may say what it is
            assert text.is_valid(value) or not Written().allows(value)
        else:
            assert text.is_valid(value) is Written().allows(value), hex(point)


def test_an_empty_text_is_no_text() -> None:
    assert not matches(READ["Text"], "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("shape", ["{}", "近{}", "{}余", "百分之{}", "{}人", "1{}", " {} ", "{}万"])
def test_words_that_the_codec_reads_are_allowed(shape: str) -> None:
    words = Draft202012Validator(WORDS)
    read = 0
    for point in range(0x10000):
        value = shape.format(chr(point))
        try:
            parse_quantity(value)
        except (CommedError, UnicodeEncodeError):
            continue
        read += 1
        assert words.is_valid(value), value
    assert read > 10


@pytest.mark.parametrize("words", ["多", "-1", "1/2", "", "9" * 61])
def test_words_without_a_figure_are_refused(words: str) -> None:
    assert not matches(WORDS, words)


# --- marks ---


@frozen
class Even:
    """The number is even."""

    expected = "an even number"

    def allows(self, value: int, /) -> bool:
        """Whether it is even."""
        return value % 2 == 0


def test_a_constraint_without_keywords_is_refused_aloud() -> None:
    with pytest.raises(
        TypeError, match=r"no keywords are registered for Even; .*keywords.register"
    ):
        keywords(Even())
    with pytest.raises(TypeError, match="Even"):
        made(Annotated[int, Even()])


PERSONS = Annotated[Quantity, Counts(Unit.PERSONS), Statable()]
HOURS = Annotated[Quantity, Measures(Unit.HOURS)]
FROM_ONE_TO_TWO = {"interval": {"low": 1, "high": "2"}}


@pytest.mark.parametrize(
    ("annotation", "allowed", "refused"),
    [
        (Annotated[int, AtLeast(2)], [2, 10**30], [1, True, "2", 2.5, None]),
        (Annotated[int, AtMost(2), AtLeast(0)], [0, 2], [3, -1]),
        (Annotated[tuple[Text, ...], NotEmpty()], [["a"], ["a", "a"]], [[], [""], "a", None]),
        (Name, ["a b", "甲", "\u200d"], ["", " a", "a\u3000", "a\tb", "\ufeffa", 1]),
        (bool, [True, False], [0, 1, "true", None]),
        (date, ["2018-12-31"], ["2018-12-32", "2018-00-01", "18-12-31", "2018-12-31T00:00:00"]),
        (Fraction, [1, -0.5, "1/3", "-1.50"], ["", "1/0", "1/-3", ".5", "0x1", "1" * 41, None]),
        (Level | None, ["city", None], ["City", "", 1]),
        (PERSONS, [0, "近10人", FROM_ONE_TO_TWO | {"unit": "persons"}], [-1, 0.5, "多", None]),
        (PERSONS, [], [FROM_ONE_TO_TWO, FROM_ONE_TO_TWO | {"unit": "hours"}]),
        (
            PERSONS,
            [],
            [{"interval": {"low": low, "high": 3}, "unit": "persons"} for low in (None, -1)],
        ),
        (HOURS, [0, 0.5, "40余小时", FROM_ONE_TO_TWO | {"unit": "hours"}], [-0.5, True, "-1"]),
        (Quantity, ["三成", FROM_ONE_TO_TWO | {"unit": "yuan"}], [3, 0.5, {}]),
    ],
)
def test_a_value_is_held_to_its_type_and_its_marks(
    annotation: Any, allowed: list[Any], refused: list[Any]
) -> None:
    whole = made(annotation)
    assert [value for value in allowed if not matches(whole, value)] == []
    assert [value for value in refused if matches(whole, value)] == []


def test_a_mark_that_asks_nothing_adds_nothing() -> None:
    assert keywords("any note") == {}
    assert keywords(Statable()) == {}


def marks(annotation: Any) -> set[type]:
    """Return the types of the marks in an annotation."""
    found = {type(mark) for mark in getattr(annotation, "__metadata__", ())}
    parts = (getattr(annotation, "__origin__", None), *getattr(annotation, "__args__", ()))
    return found.union(*(marks(part) for part in parts if part is not annotation and part))


def test_every_mark_of_every_class_has_keywords_of_its_own() -> None:
    classes = [Checked]
    for cls in classes:
        classes += cls.__subclasses__()
    used: set[type] = set()
    for cls in classes:
        if attrs.has(cls) and cls.__module__.startswith("commed."):
            used |= set[type]().union(*(marks(each.type) for each in attrs.fields(cls)))
    assert len(used) >= 9
    default = keywords.dispatch(object)
    assert [mark.__name__ for mark in used if keywords.dispatch(mark) is default] == []


# --- conditions ---


class Mood(Enum):
    """How it feels, in numbers."""

    GOOD = 1


class Colour(Enum):
    RED = "red"


class Elsewhere:
    @frozen(kw_only=True)
    class Text:
        hue: Colour


@frozen(kw_only=True)
class Own(Condition):
    test = "own/节点"
    people: Annotated[int, AtLeast(3)]
    inner: Condition | None = None
    hue: Colour = Colour.RED
    sign: Elsewhere.Text | None = None
    mood: Mood | None = None
    figure: Annotated[Quantity, Statable()] | None = None
    plain: Quantity | None = None
    words: tuple[Text, ...] = field(factory=tuple, converter=array)


def nothing_is_known(_node: Own, _case: Case) -> Ruling:
    return Ruling(truth=Truth.UNKNOWN, because=Label(zh="不明", en="not known"))


@pytest.fixture
def own_node() -> Iterator[None]:
    """Add a node for one test alone."""
    add_condition(Own, nothing_is_known)
    yield
    del conditions._NODES[Own.test]


def with_condition(condition: Any) -> dict[str, Any]:
    label = {"zh": "一", "en": "one"}
    duty = {"id": "d", "duty": label, "bearer": {"name": label}, "modality": "shall"}
    provision = {"article": 1, "summary": label, "source": "s"}
    return {
        "format": "commed.instrument/1",
        "id": "own",
        "title": label,
        "since": "2020-01-01",
        "sources": [{"id": "s", "title": "文本", "status": "enacted"}],
        "provisions": [provision | {"obligations": [duty | {"condition": condition}]}],
    }


OWN = {"test": "own/节点", "people": 3}
EXISTS = {"test": "organisation-exists", "kinds": ["college"]}


@pytest.mark.usefixtures("own_node")
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"inner": EXISTS},
        {"inner": OWN},
        {"hue": "red"},
        {"sign": {"hue": "red"}},
        {"mood": 1},
        {"figure": "近10人", "plain": {"interval": {"low": 1, "high": "3/2"}, "unit": "hours"}},
        {"words": ["a"]},
        {"words": []},
    ],
)
def test_a_node_of_ones_own_is_in_the_schema_once_it_is_added(changes: dict[str, Any]) -> None:
    law = with_condition(OWN | changes)
    assert instrument_from(law).id == "own"
    assert matches(schema("instrument"), law)


@pytest.mark.usefixtures("own_node")
@pytest.mark.parametrize(
    "changes",
    [
        {"people": 2},
        {"people": True},
        {"test": "own"},
        {"inner": {"test": "own/节点"}},
        {"hue": "blue"},
        {"sign": {"hue": "red", "test": "own"}},
        {"figure": 3},
        {"words": [""]},
        {"kinds": ["college"]},
    ],
)
def test_a_node_of_ones_own_is_held_to_its_types(changes: dict[str, Any]) -> None:
    law = with_condition(OWN | changes)
    assert not matches(schema("instrument"), law)
    with pytest.raises(InvalidDocument):
        instrument_from(law)


@pytest.mark.usefixtures("own_node")
def test_two_classes_of_one_name_are_two_definitions() -> None:
    definitions = schema("instrument")["$defs"]
    (other,) = [key for key in definitions if key.startswith("Text-")]
    assert definitions[other]["required"] == ["hue"]
    assert definitions["Text"] == READ["Text"]


def test_without_a_docstring_there_is_no_description() -> None:
    assert made(Colour)["$defs"]["Colour"] == {"enum": ["red"]}
    assert "description" not in made(Elsewhere.Text)["$defs"]["Text-3"]


def test_where_a_value_may_be_of_several_types_each_is_allowed() -> None:
    either = made(Name | int)
    assert [matches(either, value) for value in ("a", 1, "", 1.5, None)] == [1, 1, 0, 0, 0]


def test_a_node_that_was_not_added_is_not_in_the_schema() -> None:
    assert not matches(schema("instrument"), with_condition(OWN))
    assert matches(schema("instrument"), with_condition(EXISTS))
