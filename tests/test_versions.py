"""Documents of every version load for ever, each brought up to today's; those to come are refused.

Under tests/frozen stands what each version has written; nothing there is ever changed.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from commed.codec import (
    documents,
    dump_instrument,
    dump_register,
    instrument_from,
    overlay_from,
    read_json,
    read_toml,
    register_from,
)
from commed.codec.versions import INSTRUMENT, OVERLAY, REGISTER, Format
from commed.errors import InvalidDocument
from commed.loading import example, load_instrument
from commed.register import Register

FROZEN = Path(__file__).parent / "frozen"
READERS: dict[str, Callable[[object], object]] = {
    "register": register_from,
    "instrument": instrument_from,
    "overlay": overlay_from,
}
NO_VERSIONS = ["0", "01", "1 ", "99999", "1.0", ""]
FORMATS = {form.name: form for form in (REGISTER, INSTRUMENT, OVERLAY)}


def frozen(kind: str) -> list[Path]:
    return sorted(FROZEN.glob(f"{kind}-*/*"))


def plain(file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    return read_toml(text) if file.suffix == ".toml" else read_json(text)


@pytest.mark.parametrize("kind", READERS)
def test_something_of_every_version_is_kept(kind: str) -> None:
    versions = range(1, len(FORMATS[kind].steps) + 2)
    assert {file.parent.name for file in frozen(kind)} == {f"{kind}-{each}" for each in versions}


@pytest.mark.parametrize("file", frozen("register"), ids=lambda file: file.name)
def test_a_frozen_register_loads_and_is_written_as_it_would_be_today(file: Path) -> None:
    register = register_from(plain(file))
    assert register_from(dump_register(register)) == register


@pytest.mark.parametrize("file", frozen("instrument"), ids=lambda file: file.name)
def test_a_frozen_instrument_loads_and_is_written_as_it_would_be_today(file: Path) -> None:
    instrument = instrument_from(plain(file))
    assert instrument_from(dump_instrument(instrument)) == instrument


@pytest.mark.parametrize("file", frozen("overlay"), ids=lambda file: file.name)
def test_a_frozen_overlay_completes_its_instrument(file: Path) -> None:
    overlay = overlay_from(plain(file))
    instrument = load_instrument(plain(file))
    assert set(overlay.provisions) <= set(instrument.provisions)


def test_the_frozen_registers_of_this_version_fill_every_list() -> None:
    filled: set[str] = set()
    for file in frozen("register"):
        filled |= plain(file).keys()
    assert filled == {"format", *(each.name for each in fields(Register))}


# --- what is to come -------------------------------------------------------------------


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    """Stand for a step to a version that calls the teams otherwise."""
    rest = dict(body)
    return {"groups": rest.pop("teams")} | rest


def back(body: dict[str, Any]) -> dict[str, Any]:
    rest = dict(body)
    return {"teams": rest.pop("groups")} | rest


@pytest.fixture
def third(monkeypatch: pytest.MonkeyPatch) -> Format:
    form = evolve(REGISTER, steps=(renamed, back))
    monkeypatch.setattr(documents, "REGISTER", form)
    return form


def document(version: int) -> dict[str, Any]:
    body = dump_register(example("made-up-district"))
    return (renamed(body) if version == 2 else body) | {"format": f"commed.register/{version}"}


@pytest.mark.usefixtures("third")
@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_older_document_is_brought_up_step_by_step(version: int) -> None:
    assert document(version).keys() >= {"groups" if version == 2 else "teams"}
    assert register_from(document(version)) == example("made-up-district")


@pytest.mark.usefixtures("third")
def test_it_is_written_in_the_newest_version() -> None:
    assert dump_register(example("made-up-district"))["format"] == "commed.register/3"


@pytest.mark.usefixtures("third")
def test_a_document_of_a_version_to_come_is_refused_by_name() -> None:
    with pytest.raises(InvalidDocument) as told:
        register_from(document(4))
    (problem,) = told.value.problems
    assert problem.path == "format"
    assert problem.message == (
        "expected 'commed.register/3', found 'commed.register/4': a newer commed wrote it, so "
        "upgrade commed to read it"
    )
    assert told.value.told("zh") == (
        "register：1个问题\n  format：应为'commed.register/3'，实为'commed.register/4'："
        "该文件由更新版本的commed写成，请升级commed后读取"
    )


def test_what_is_no_object_or_says_no_version_is_told_what_was_expected() -> None:
    with pytest.raises(InvalidDocument) as told:
        register_from([1])
    assert told.value.told() == "register: 1 problem\n  expected an object, found [1]"
    with pytest.raises(InvalidDocument) as told:
        register_from({key: part for key, part in document(1).items() if key != "format"})
    assert told.value.told() == (
        "register: 1 problem\n  format: is missing: expected 'commed.register/1'"
    )
    assert told.value.told("zh") == (
        "register：1个问题\n  format：缺少此项：应为'commed.register/1'"
    )


@pytest.mark.parametrize(
    "said",
    ["commed.register/0", "commed.register/01", "commed.register/1 ", "commed.register/99999"],
)
def test_what_is_no_version_is_not_taken_for_one(said: str) -> None:
    with pytest.raises(InvalidDocument) as told:
        register_from(document(1) | {"format": said})
    (problem,) = told.value.problems
    assert problem.message == f"expected 'commed.register/1', found {said!r}"


def test_the_steps_leave_the_document_alone(third: Format) -> None:
    before = document(1)
    kept = json.dumps(before)
    body, problems = third.body(before)
    assert problems == []
    assert json.dumps(before) == kept
    assert register_from({"format": str(third), **body}) == example("made-up-district")
    assert isinstance(register_from(before), Register)
