"""Loading: files of one's own and what is packaged, and what is said when there is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commed.codec import dump_instrument, dump_register
from commed.errors import CommedError, InvalidDocument
from commed.loading import (
    UnknownName,
    example,
    examples,
    instrument,
    instruments,
    load_instrument,
    load_register,
)

CASE, LAW = "longquanyi-2019", "cn-chengdu-2017"
INSTRUMENT = """
format = "commed.instrument/1"
id = "own"
title = { zh = "自订", en = "own" }
since = 2017-02-01
sources = [{ id = "text", title = "文本", status = "enacted" }]
"""


def test_what_is_packaged_is_listed_and_all_of_it_can_be_read() -> None:
    assert LAW in instruments()
    assert CASE in examples()
    assert [instrument(name).id for name in instruments()] == list(instruments())
    assert all(example(name).divisions for name in examples())


@pytest.mark.parametrize(
    ("read", "known"), [(instrument, LAW), (example, CASE)], ids=["instrument", "example"]
)
@pytest.mark.parametrize("name", ["", "nothing", "../instruments/cn-chengdu-2017", f"{LAW}.toml"])
def test_what_is_not_packaged_is_refused_with_what_is(
    read: Callable[[str], object], known: str, name: str
) -> None:
    with pytest.raises(UnknownName, match=known) as caught:
        read(name)
    assert isinstance(caught.value, CommedError | LookupError)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_register_is_read_from_a_file(
    as_path: Callable[[Path], str | Path], tmp_path: Path
) -> None:
    file = tmp_path / "register.json"
    file.write_text(json.dumps(dump_register(example(CASE))), encoding="utf-8")
    assert load_register(as_path(file)) == example(CASE)


@pytest.mark.parametrize("as_path", [str, Path])
def test_an_instrument_is_read_from_a_file(
    as_path: Callable[[Path], str | Path], tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(INSTRUMENT, encoding="utf-8")
    assert load_instrument(as_path(file)).title.zh == "自订"


def test_data_read_elsewhere_is_taken_as_it_is() -> None:
    assert load_register(dump_register(example(CASE))) == example(CASE)
    assert load_instrument(dump_instrument(instrument(LAW))) == instrument(LAW)


@pytest.mark.parametrize("read", [load_register, load_instrument])
def test_a_file_that_is_not_there_is_an_error_of_the_system(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing")


@pytest.mark.parametrize("read", [load_register, load_instrument])
def test_a_file_in_another_encoding_is_told_with_the_byte(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    file = tmp_path / "gbk.json"
    file.write_bytes("ab龙泉".encode("gbk"))
    with pytest.raises(InvalidDocument) as caught:
        read(file)
    assert str(caught.value) == "gbk.json: 1 problem\n  expected text in UTF-8; byte 2 is not"


def test_a_file_with_faults_tells_them_at_their_places(tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_text('{"format": "commed.register/1", "teams": [{"id": 1}]}', encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        load_register(file)
    assert [problem.path for problem in caught.value.problems] == ["jurisdiction", "teams[0].id"]
