"""Write `reference/ledgers.md` from the packaged instruments: ``python docs/ledger_page.py``.

A test holds the page equal to what this writes.
"""

from collections.abc import Iterator
from pathlib import Path

import commed
from commed.law.instrument import Computability

PAGE = Path(__file__).parent / "reference" / "ledgers.md"

_HEAD = """\
# What of each text is judged

<!-- Written by docs/ledger_page.py from the packaged instruments; edit those instead. -->

Every article of a text that is fully known has an entry here: *computed* where records decide
it, *attested* where somebody answerable has to say so, *not modelled* with the reason why. What
is not known of a text is told too. All summaries are this library's own words.
"""


def page() -> str:
    """Return the text of the page."""
    return "".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD
    for key in commed.instruments():
        instrument = commed.instrument(key)
        ledger = instrument.ledger()
        counts = ", ".join(
            f"{sum(entry.computability is kind for entry in ledger)} {kind.label_en}"
            for kind in Computability
            if any(entry.computability is kind for entry in ledger)
        )
        yield f"\n## {instrument.title.en}\n\n"
        yield f"{instrument.title.zh}, `{key}`, in force from {instrument.since}: {counts}.\n\n"
        yield "| place | | text | what it is about | |\n| --- | --- | --- | --- | --- |\n"
        for entry in ledger:
            status = entry.status.label_en if entry.status else ""
            yield (
                f"| {entry.place.en} | {entry.computability.label_en} | {status} "
                f"| {_cell(entry.summary.en)} | {_cell(entry.summary.zh)} |\n"
            )


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
