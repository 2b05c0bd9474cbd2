"""Signs that a file cannot hold as they are, and texts that a program would take for formulas.

A workbook writes a sign that XML has no place for as ``_xFFFF_``, and a text that looks like such
an escape with its underscore escaped; Excel does the same. In a CSV file a text that a spreadsheet
would run as a formula has an apostrophe before it, and so has one that begins with an apostrophe.
"""

import re

__all__ = ["escaped", "is_formula", "quoted_for_csv", "unescaped", "unquoted_from_csv"]

_FORMULA = re.compile(r"[=+\-@\t\r]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\ufffe\uffff]")
_ESCAPE = re.compile(r"_x(005F|FFFE|FFFF|00[01][0-9A-F])_", re.IGNORECASE)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula (公式注入)."""
    return _FORMULA.match(text) is not None


def escaped(text: str) -> str:
    """Return the text as a workbook holds it."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Return the text that a workbook holds; what no writer escapes is left as it is."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def quoted_for_csv(text: str) -> str:
    """Return the text as a CSV file holds it."""
    return f"'{text}" if is_formula(text) or text.startswith("'") else text


def unquoted_from_csv(text: str) -> str:
    """Return the text that a CSV file holds."""
    return text.removeprefix("'")
