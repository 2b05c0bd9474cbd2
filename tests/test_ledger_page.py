"""The page of ledgers in the docs is what the packaged instruments say."""

from collections.abc import Callable
from types import ModuleType

import pytest

import commed


@pytest.fixture
def writer(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("ledger_page")


def test_the_page_is_what_the_instruments_say(writer: ModuleType) -> None:
    assert writer.PAGE.read_text(encoding="utf-8") == writer.page(), (
        "run: python docs/ledger_page.py"
    )


def test_every_entry_of_every_ledger_has_its_row(writer: ModuleType) -> None:
    rows = [line for line in writer.page().splitlines() if line.startswith("| art")]
    ledgers = [commed.instrument(key).ledger() for key in commed.instruments()]
    assert len(rows) == sum(map(len, ledgers))
