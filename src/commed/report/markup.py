"""HTML made by hand, for where no template is at hand: whatever is not markup is escaped."""

import re
import unicodedata
from collections.abc import Iterable
from html import escape

__all__ = ["Markup", "element", "listed", "table", "visible"]


class Markup(str):
    """Text that is HTML already (标记); `element` alone makes it."""

    __slots__ = ()


_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: object) -> str:
    """Return a text on one line, a � in place of signs that cannot be seen or turn the writing."""
    return "".join(
        "�" if unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS else sign
        for sign in re.sub(r"[\r\n\t]+", " ", str(text))
    )


def element(tag: str, *children: object, **attributes: str) -> Markup:
    """Return an element; children that are no `Markup` become text, None becomes nothing."""
    inner = "".join(
        child if isinstance(child, Markup) else escape(visible(child))
        for child in children
        if child is not None
    )
    given = "".join(
        f' {name}="{escape(visible(value))}"' for name, value in attributes.items() if value
    )
    return Markup(f"<{tag}{given}>{inner}</{tag}>")


def table(caption: object, heads: Iterable[object], rows: Iterable[Iterable[object]]) -> Markup:
    """Return a table; the first cell of each row is its heading."""
    top = element("tr", *(_cell("th", head, scope="col") for head in heads))
    lines = [
        element("tr", _cell("th", first, scope="row"), *(_cell("td", each) for each in rest))
        for first, *rest in rows
    ]
    return element(
        "table",
        element("caption", caption, style="text-align:left;caption-side:top"),
        element("thead", top),
        element("tbody", *lines),
    )


_CELL = "text-align:left;vertical-align:top;min-width:7em;overflow-wrap:anywhere"


def _cell(tag: str, inner: object, scope: str = "") -> Markup:
    return element(tag, inner, scope=scope, style=_CELL)


def listed(summary: object, entries: Iterable[object]) -> Markup | None:
    """Return a list that is folded under its summary, or None where there is nothing to list."""
    lines = [element("li", each) for each in entries]
    if not lines:
        return None
    return element("details", element("summary", summary), element("ul", *lines))
