"""What the fuzzers under ``tests/fuzz`` start from and once found, replayed."""

import importlib.util
from collections import UserDict
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pytest

from commed.codec import instrument_from, overlay_from, read_json, register_from
from commed.errors import CommedError, InvalidDocument, InvalidValue
from commed.law.conditions import AllOf, AtLeastOf, Attested, Condition, Not, When
from commed.loading import load_instrument, load_register
from commed.places import Division

FUZZ = Path(__file__).parent / "fuzz"
CORPUS = sorted((FUZZ / "corpus").iterdir())
FEWEST, LARGEST = 20, 300_000


def _border() -> ModuleType:
    spec = importlib.util.spec_from_file_location("border", FUZZ / "border.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BORDER = _border()


def test_the_corpus_is_there_and_small() -> None:
    assert len(CORPUS) >= FEWEST
    assert sum(file.stat().st_size for file in CORPUS) < LARGEST
    assert {file.name.partition("-")[0] for file in CORPUS} == set(BORDER.TARGETS)


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_each_is_read_or_refused_as_its_name_says(file: Path) -> None:
    target = BORDER.TARGETS[file.name.partition("-")[0]]
    text = file.read_bytes().decode("utf-8", "surrogatepass")
    is_read = BORDER.checked(target.read, target.refuses_by, text)
    assert is_read is not file.stem.endswith("-refused")


# --- callers that bring something else than a document -----------------------------------

REGISTER: dict[str, Any] = {
    "format": "commed.register/1",
    "jurisdiction": "510112",
    "divisions": [{"id": "510112", "name": "区"}],
}


class Letters(str):
    """A text of one's own type."""

    __slots__ = ()


def told(read: Callable[[Any], object], given: object) -> InvalidDocument:
    with pytest.raises(InvalidDocument) as caught:
        read(given)
    assert type(caught.value) is InvalidDocument
    return caught.value


HOSTILE = [None, True, 5, 0.5, b"{}", {1}, "", Letters("x"), range(2), object(), 1j, (1,)]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("key", ["jurisdiction", "format", "divisions", "complete", "events"])
def test_what_no_document_holds_is_told_in_its_place(key: str, value: object) -> None:
    found = {
        problem.path.partition("[")[0]
        for problem in told(load_register, REGISTER | {key: value}).problems
    }
    assert key in found
    assert found <= {key, "jurisdiction"}  # the jurisdiction is one of the divisions


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_what_is_no_object_is_told(value: object) -> None:
    for read in (register_from, instrument_from, overlay_from):
        assert [problem.path for problem in told(read, value).problems] == [""]


@pytest.mark.parametrize("key", [0, None, True, 1.5, b"id", (1, 2), Letters("events")], ids=repr)
def test_a_key_that_is_no_text_is_told(key: object) -> None:
    given: dict[Any, Any] = {**REGISTER, key: [1]}
    (problem,) = told(load_register, given).problems
    assert problem.path.startswith(str(key))


def test_any_mapping_will_do_and_a_list_may_be_a_tuple() -> None:
    plain = register_from(REGISTER)
    mapped = MappingProxyType(REGISTER | {"divisions": (UserDict(REGISTER["divisions"][0]),)})
    assert load_register(mapped) == plain
    assert load_register({Letters(key): value for key, value in REGISTER.items()}) == plain


def test_a_document_that_holds_itself_is_told() -> None:
    endless: dict[str, Any] = {"test": "not"}
    endless["condition"] = endless
    text = (FUZZ / "corpus" / "json-sixty-nots.json").read_text(encoding="utf-8")
    law = read_json(text)
    law["provisions"][0]["obligations"][0]["condition"] = endless
    assert [problem.path for problem in told(load_instrument, law).problems] == [""]


def test_what_a_mapping_itself_raises_is_not_hidden() -> None:
    class Broken(dict[str, Any]):
        def get(self, *_: object) -> Any:
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        load_register(Broken(REGISTER))


@pytest.mark.parametrize(
    "text", ['{"13800138000": 1}', '{"13800138000": 1, "13800138000": 2}'], ids=["once", "twice"]
)
def test_a_problem_shows_no_mobile_number(text: str) -> None:
    error = told(lambda given: register_from(read_json(given)), text)
    assert "13800138000" not in str(error)


# --- what probing found ------------------------------------------------------------------


@pytest.mark.parametrize("key", [[], {}, {1}], ids=repr)
def test_a_division_whose_key_cannot_be_hashed_is_refused(key: Any) -> None:
    with pytest.raises(InvalidValue):
        Division(id=key, name="区")


def test_a_key_that_cannot_be_written_is_told() -> None:
    given: dict[Any, Any] = {**REGISTER, 10**5000: 1}
    raised: type[Exception] | None = None
    try:
        load_register(given)
    except Exception as error:  # noqa: BLE001 - its traceback cannot be written either
        raised = type(error)
    del given
    assert raised is InvalidDocument


@pytest.mark.parametrize("key", ["a\nb", "\x1b[2J", "\x00", "\u202e", "\ud800"], ids=ascii)
def test_a_problem_shows_nothing_that_cannot_be_seen(key: str) -> None:
    shown = str(told(load_register, REGISTER | {key: 1}))
    assert shown.replace("\n", "", 1).isprintable()


def test_an_empty_key_is_told_in_its_place() -> None:
    (problem,) = told(load_register, REGISTER | {"": 1}).problems
    assert problem.path


@pytest.mark.parametrize(
    "grown",
    [
        lambda condition: Not(condition=condition),
        lambda condition: AllOf(conditions=[condition, condition]),
        lambda condition: AtLeastOf(count=1, conditions=[condition, condition]),
        lambda condition: When(condition=condition, then=condition),
    ],
    ids=["deep", "doubled", "counted", "when"],
)
def test_conditions_built_by_hand_beyond_measure_are_refused(
    grown: Callable[[Condition], Condition],
) -> None:
    def grow() -> None:
        condition: Condition = Attested()
        for _ in range(200):
            condition = grown(condition)

    with pytest.raises(InvalidValue, match="nested too deeply, or too large"):
        grow()


@pytest.mark.parametrize("path", ["\x00", "\ud800"], ids=ascii)
def test_a_path_that_none_can_have_cannot_be_opened(path: str) -> None:
    with pytest.raises((OSError, CommedError)):
        load_register(path)
