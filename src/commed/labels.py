"""Bilingual wording: what every type, verdict and reason says in Chinese and in English."""

from enum import Enum
from typing import TYPE_CHECKING, Self

from attrs import frozen

from commed.checks import Text

__all__ = ["Label", "LabelledEnum", "counted"]


@frozen
class Label:
    """The same words in Chinese (`zh`) and in English (`en`)."""

    zh: Text
    en: Text

    def in_language(self, language: str) -> str:
        """Return the Chinese words for ``zh``, the English ones for ``en``."""
        return {"zh": self.zh, "en": self.en}[language]

    def __str__(self) -> str:
        return self.en


class LabelledEnum(Enum):
    """An enumeration whose members carry their standard terms, Chinese and English.

    A member is written ``NAME = "value", "中文", "English"``; the value is what stands
    in documents.
    """

    _value_: str
    label_zh: str
    label_en: str

    def __new__(cls, value: str, label_zh: str = "", label_en: str = "") -> Self:
        """Make a member of its value and its two terms; to look one up, the value is enough."""
        member = object.__new__(cls)
        member._value_ = value
        member.label_zh = label_zh
        member.label_en = label_en
        return member

    if not TYPE_CHECKING:
        __hash__ = object.__hash__  # members are single, and `Enum` hashes their names in Python

    @property
    def label(self) -> Label:
        """Both terms as one value."""
        return Label(zh=self.label_zh, en=self.label_en)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


def counted(number: int, things: str) -> str:
    """Return how many things there are, in English: 1 need, 2 needs."""
    return f"{number} {things.removesuffix('s') if number == 1 else things}"
