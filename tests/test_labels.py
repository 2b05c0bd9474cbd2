"""Labels: every term in Chinese and in English, and no two terms alike."""

from typing import Any

import pytest

from commed.labels import Label, LabelledEnum
from commed.places import Level
from commed.quantities import Unit
from commed.references import Collection
from commed.sources import TextStatus
from commed.truth import Truth

VOCABULARIES = [Collection, Level, TextStatus, Truth, Unit]


class Tide(LabelledEnum):
    EBB = "ebb", "退潮", "ebb tide"
    FLOOD = "flood", "涨潮", "flood tide"


def test_a_label_speaks_both_languages() -> None:
    label = Label(zh="社区教育", en="community education")
    assert (label.in_language("zh"), label.in_language("en")) == ("社区教育", "community education")
    assert str(label) == "community education"


def test_a_member_carries_its_value_and_both_terms() -> None:
    tides: Any = Tide
    assert tides("ebb") is Tide.EBB
    assert Tide.EBB.value == "ebb"
    assert Tide.EBB.label == Label(zh="退潮", en="ebb tide")
    assert (Tide.EBB.label_zh, Tide.EBB.label_en) == ("退潮", "ebb tide")


def test_a_member_is_shown_by_its_name() -> None:
    assert repr(Tide.FLOOD) == "Tide.FLOOD"


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
@pytest.mark.parametrize("term", ["value", "label_zh", "label_en"])
def test_each_term_tells_the_members_apart(vocabulary: type[LabelledEnum], term: str) -> None:
    terms = [getattr(member, term) for member in vocabulary]
    assert all(terms)
    assert len(set(terms)) == len(terms)
