"""Chinese or English, whichever a request would rather read."""

from typing import Literal


def preferred(accept_language: str) -> Literal["zh", "en"]:
    """Return the better liked of the two; Chinese where a header names neither."""
    likings = dict.fromkeys(("zh", "en"), 0.0)
    for choice in accept_language.lower().split(","):
        tag, _, quality = choice.partition(";q=")
        language = tag.strip().split("-")[0]
        if language in likings:
            likings[language] = max(likings[language], _number(quality or "1"))
    return "en" if likings["en"] > likings["zh"] else "zh"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
