"""Whatever a register holds goes through a workbook and through CSV files unchanged."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

from commed.codec import dump_register
from commed.loading import example, examples, load_register
from commed.register import Register
from commed.tables import write_tables
from commed.testing import registers

FORMS = pytest.mark.parametrize("ending", [".xlsx", ""], ids=["workbook", "folder"])
NUMBERS = count()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def through_tables(register: Register, place: Path, ending: str) -> Register:
    path = place / f"register-{next(NUMBERS)}{ending}"
    write_tables(register, path)
    return load_register(path)


@FORMS
@settings(max_examples=25)
@given(register=registers())
def test_a_register_is_read_as_it_was_written(place: Path, ending: str, register: Register) -> None:
    read = through_tables(register, place, ending)
    assert read == register
    assert dump_register(read) == dump_register(register)


@FORMS
@pytest.mark.parametrize("name", examples())
def test_the_examples_are_read_as_they_were_written(place: Path, ending: str, name: str) -> None:
    assert through_tables(example(name), place, ending) == example(name)
