"""The page of ledgers in the docs is what the packaged instruments say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import commed

DOCS = Path(__file__).parent.parent / "docs"


def writer() -> ModuleType:
    """Load the script that writes the page."""
    spec = importlib.util.spec_from_file_location("ledger_page", DOCS / "ledger_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_instruments_say() -> None:
    module = writer()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), (
        "run: python docs/ledger_page.py"
    )


def test_every_entry_of_every_ledger_has_its_row() -> None:
    rows = [line for line in writer().page().splitlines() if line.startswith("| art")]
    ledgers = [commed.instrument(key).ledger() for key in commed.instruments()]
    assert len(rows) == sum(map(len, ledgers))
