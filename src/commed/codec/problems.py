"""What went wrong while reading a document, as problems with their paths."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from commed.checks import described, field_types, found
from commed.codec.converter import Misfit
from commed.errors import InvalidValue, Problem, Words
from commed.personal import hidden
from commed.wording import UnreadableQuantity

__all__ = ["problems_of"]


def problems_of(error: BaseException, *steps: str | int) -> Iterator[Problem]:
    """Yield every problem below an error of the converter.

    An error that no reading of a document can cause is a defect of the library: it is raised
    again as it is, never told as if the document were at fault.
    """
    match error:
        case ClassValidationError() | IterableValidationError():
            for part in error.exceptions:
                yield from problems_of(part, *steps, *_step(part))
        case ForbiddenExtraKeysError():
            for key in sorted(error.extra_fields, key=found):
                yield _unknown_key(key, error.cl).under(*steps)
        case InvalidValue():
            for problem in error.problems:
                yield problem.under(*steps)
        case Misfit() | UnreadableQuantity():
            yield Problem("", error.told(), error.told("zh")).under(*steps)
        case KeyError() if (missing := _missing_type(error)) is not None:
            expected = described(missing)
            yield Problem(
                "", f"is missing: expected {expected}", f"缺少此项：应为{expected.zh}"
            ).under(*steps)
        case _:
            raise error


def _note(error: BaseException) -> AttributeValidationNote | IterableValidationNote | None:
    notes = getattr(error, "__notes__", ())
    kinds = (AttributeValidationNote, IterableValidationNote)
    return next((note for note in notes if isinstance(note, kinds)), None)


def _step(error: BaseException) -> tuple[str | int, ...]:
    note = _note(error)
    if note is None:
        return ()
    return (note.name,) if isinstance(note, AttributeValidationNote) else (note.index,)


def _missing_type(error: KeyError) -> Any:
    """Return the type of the key that an object lacks, None for any other error."""
    note = _note(error)
    is_missing = isinstance(note, AttributeValidationNote) and error.args == (note.name,)
    return note.type if is_missing and note is not None else None


def _unknown_key(key: object, cls: type) -> Problem:
    known, shown = list(field_types(cls)), found(key)
    hint = Words(f"known are {', '.join(known)}", f"可用的键有{'、'.join(known)}")
    if isinstance(key, str) and (close := get_close_matches(key, known)):
        hint = Words(f"did you mean {close[0]!r}?", f"是否应为{close[0]!r}？")
    path = hidden(key) if isinstance(key, str) and key and key.isprintable() else shown
    return Problem(path, f"unknown key; {hint}", f"未知的键；{hint.zh}")
