"""The strategy of any type of commed."""

from typing import Any

from hypothesis import strategies as st

from commed.testing import (
    _basics,
    _documents,
    _figures,
    _instruments,
    _records,
    _registers,
    _results,
)
from commed.testing._pens import drawn, is_drawable

__all__ = ["strategy_of"]

HOMES = (_basics, _documents, _figures, _instruments, _records, _registers, _results)
"""The modules whose drawers are known once they are loaded."""


def strategy_of(cls: type) -> st.SearchStrategy[Any]:
    """Return the strategy that `st.from_type` uses for a type of commed, or one of your own.

    Of a class that derives from the library's records, or from `Condition`, each field is drawn
    from its annotation. `NotImplemented` leaves a class to Hypothesis.
    """
    return drawn(cls, {}) if is_drawable(cls) else NotImplemented
