"""Sources and citations: where a statement comes from, in both languages."""

from typing import Any

import pytest

from commed.errors import InvalidValue
from commed.labels import Label
from commed.sources import Citation, Source, TextStatus

REGULATION = Label(zh="成都市社区教育促进条例", en="Chengdu Community Education Regulation")


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ({}, "第6条", "art. 6"),
        ({"paragraph": 2}, "第6条第2款", "art. 6 para. 2"),
        ({"item": 3}, "第6条第3项", "art. 6 item 3"),
        ({"paragraph": 2, "item": 3}, "第6条第2款第3项", "art. 6 para. 2 item 3"),
    ],
)
def test_a_citation_is_as_exact_as_its_place(place: dict[str, int], zh: str, en: str) -> None:
    citation = Citation(instrument=REGULATION, article=6, **place)
    assert citation.place == Label(zh=zh, en=en)
    assert citation.label == Label(
        zh=f"《成都市社区教育促进条例》{zh}", en=f"Chengdu Community Education Regulation, {en}"
    )
    assert str(citation) == citation.label.en


@pytest.mark.parametrize("part", ["article", "paragraph", "item"])
def test_articles_paragraphs_and_items_are_counted_from_one(part: str) -> None:
    numbers: dict[str, Any] = {"article": 6, part: 0}
    with pytest.raises(InvalidValue, match=f"{part}: expected a number of at least 1, found 0"):
        Citation(instrument=REGULATION, **numbers)


def test_the_status_of_a_text_is_listed_best_first() -> None:
    assert [status.value for status in TextStatus] == ["enacted", "quoted", "draft", "summary"]


def test_a_source_says_what_it_is_and_how_well_it_knows() -> None:
    source = Source(id="s1", title="2018年工作总结", status=TextStatus.QUOTED)
    assert (source.address, source.published_on, source.note) == (None, None, None)


def test_every_fault_of_a_source_is_told_at_once() -> None:
    fields: dict[str, Any] = {"id": "", "title": 5, "status": "enacted", "address": " "}
    with pytest.raises(InvalidValue) as caught:
        Source(**fields)
    assert [problem.path for problem in caught.value.problems] == [
        "address",
        "id",
        "status",
        "title",
    ]
