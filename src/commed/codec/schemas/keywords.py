"""What plain types and marks ask of a value, in the keywords of JSON Schema.

A keyword speaks of values of its own type alone: ``minimum`` says nothing of a text. So what
several marks ask can stand side by side. Patterns keep to what every dialect of regular
expressions reads.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import singledispatch
from types import NoneType
from typing import Any

from commed.checks import AtLeast, AtMost, Impersonal, NotEmpty, Written
from commed.quantities import Counts, Measures, Statable
from commed.references import Identifies, RefersTo

__all__ = ["PLAIN", "READ", "RESULT", "WORDS", "Schema", "keywords"]

Schema = dict[str, Any]

PLAIN: Mapping[Any, Schema] = {
    NoneType: {"type": "null"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    date: {"$ref": "#/$defs/Date"},
    Fraction: {"$ref": "#/$defs/Number"},
}
"""What a value of a plain type is."""

_BLANK = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    r"\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_END = f"[^{_BLANK}{_INVISIBLE}]"

_DATE: Schema = {
    "description": "A date written as 2018-12-31.",
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}

READ: Mapping[str, Schema] = {
    "Text": {
        "description": f"{Written.expected.en[0].upper()}{Written.expected.en[1:]}.",
        "type": "string",
        "pattern": f"^{_END}([^{_INVISIBLE}]*{_END})?$",
        "not": {"pattern": r"\n"},  # in Python the end of a pattern allows it
    },
    "Date": _DATE,
    "Number": {
        "description": "An exact number: whole, with a point, or a text such as '0.5' or '1/3'.",
        "type": ["number", "string"],
        "pattern": r"^-?[0-9]{1,40}(/0{0,39}[1-9][0-9]{0,39}|\.[0-9]{1,40})?$",
    },
}
"""What the documents are made of that the codec reads."""

RESULT: Mapping[str, Schema] = {
    "Date": _DATE,
    "Number": {
        "description": "An exact number: whole, or a text such as '1/3'.",
        "type": ["integer", "string"],
        "pattern": "^-?[0-9]+/[0-9]+$",
    },
}
"""What the results are made of."""

WORDS: Schema = {
    "description": "A figure in words, such as '近10万人次'.",
    "type": "string",
    "maxLength": 60,
    "pattern": (
        "^[^-/]*[0-9０-９零〇一二两兩三四五六七八九十百千万萬亿億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿]"
        "[^/]*$"
    ),
}
"""What `commed.wording` reads, as far as a pattern tells."""


@singledispatch
def keywords(mark: object) -> Schema:
    """Return what a mark in an annotation asks of a value.

    Raises `TypeError` for a constraint of which this is not known: decorate a function that
    tells it with ``@keywords.register``.
    """
    if hasattr(mark, "allows"):
        raise TypeError(
            f"no keywords are registered for {type(mark).__name__}; decorate a function with "
            "@keywords.register"
        )
    return {}


@keywords.register
def _(mark: AtLeast) -> Schema:
    return {"minimum": mark.minimum}


@keywords.register
def _(mark: AtMost) -> Schema:
    return {"maximum": mark.maximum}


@keywords.register
def _(_mark: NotEmpty) -> Schema:
    return {"minItems": 1}


@keywords.register
def _(_mark: Written) -> Schema:
    return {"$ref": "#/$defs/Text"}


@keywords.register
def _(_mark: Impersonal) -> Schema:
    return {}  # no pattern tells a person's number from another: the codec does


@keywords.register
def _(_mark: Statable) -> Schema:
    return {}  # the pattern of a number holds it to 40 digits


@keywords.register
def _(mark: Counts | Measures) -> Schema:
    low = {"type": ["number", "string"], "minimum": 0}
    return {
        "description": f"{mark.expected.en[0].upper()}{mark.expected.en[1:]}.",
        "minimum": 0,
        "properties": {
            "unit": {"const": mark.unit.value},
            "interval": {"properties": {"low": low}},
        },
    }


@keywords.register
def _(mark: Identifies) -> Schema:
    return {"description": f"A key of its own among the {mark.namespace.label_en}."}


@keywords.register
def _(mark: RefersTo) -> Schema:
    return {"description": f"The key of a record under '{mark.namespace.value}'."}
