"""Documents of registers, as Django's validation and forms know them."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

import commed
from commed.codec import register_in


def language() -> str:
    """Return Django's language of the moment, as commed calls it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def refusal(invalid: commed.InvalidDocument) -> ValidationError:
    """Return what Django shows for a document: every problem, each with its path."""
    return ValidationError([problem.in_language(language()) for problem in invalid.problems])


def validate_register(document: dict[str, Any]) -> None:
    """Let a document pass only if commed reads it as a register."""
    try:
        commed.load_register(document)
    except commed.InvalidDocument as invalid:
        raise refusal(invalid) from None


class DocumentField(forms.Field):
    """A text of JSON that commed reads itself, so that no repeated key gets lost."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return commed.dump_register(register_in(value))
        except commed.InvalidDocument as invalid:
            raise refusal(invalid) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False, indent=2)
        return value
