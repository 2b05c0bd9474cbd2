"""The catalogue's page in the docs is what the catalogue says, and leaves no indicator out."""

import re
from collections.abc import Callable
from types import ModuleType

import pytest

from commed.indicators import catalogue


@pytest.fixture
def writer(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("catalogue_page")


def test_the_page_is_what_the_catalogue_says(writer: ModuleType) -> None:
    assert writer.PAGE.read_text(encoding="utf-8") == writer.page(), (
        "run: python docs/catalogue_page.py"
    )


def test_every_indicator_has_an_example_that_is_worked_in_words(writer: ModuleType) -> None:
    text = writer.page()
    assert set(writer._WORKED) == set(catalogue())
    for key in catalogue():
        example = rf'^print\(measure\("{key}", district, period=year(, where=.*)?\)\)$'
        assert len(re.findall(example, text, re.MULTILINE)) == 1
