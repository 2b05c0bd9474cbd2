"""The catalogue's page in the docs is what the catalogue says, and leaves no indicator out."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from commed.indicators import catalogue

DOCS = Path(__file__).parent.parent / "docs"


def writer() -> ModuleType:
    """Load the script that writes the page."""
    spec = importlib.util.spec_from_file_location("catalogue_page", DOCS / "catalogue_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_catalogue_says() -> None:
    module = writer()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), (
        "run: python docs/catalogue_page.py"
    )


def test_every_indicator_has_an_example_that_is_worked_in_words() -> None:
    module = writer()
    text = module.page()
    assert set(module._WORKED) == set(catalogue())
    for key in catalogue():
        example = rf'^print\(measure\("{key}", district, period=year(, where=.*)?\)\)$'
        assert len(re.findall(example, text, re.MULTILINE)) == 1
