"""The packaged statutes hold every article, paragraph and item of their full texts.

The texts are not in this repository. What stands in `statutes.json` is how each is built: for
each paragraph of each article the words that bind (应当, 不得, 可以, 鼓励), and its items. Who has
the texts can hold them against it: name their folder, of files such as `cn-ningbo-2015.md`, in
the environment variable COMMED_STATUTES.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import commed
from commed import Instrument, Modality, Obligation, Provision

BUILT: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "statutes.json").read_text(encoding="utf-8")
)
"""By text and article: each paragraph as the words that stand in it, one 'item' for each item."""

WORDS = {
    "应当": Modality.SHALL,
    "不得": Modality.SHALL_NOT,
    "可以": Modality.MAY,
    "可依法": Modality.MAY,
    "鼓励": Modality.ENCOURAGED,
}
NO_DUTY = {("cn-shanghai-2011", 3)}
"""Articles that say 应当 of principles, which name no act."""

PARAGRAPHS = [
    pytest.param(key, int(article), number, words.split(), id=f"{key}-{article}-{number}")
    for key, articles in BUILT.items()
    for article, paragraphs in articles.items()
    for number, words in enumerate(paragraphs, start=1)
]


def provisions_at(key: str, article: int, paragraph: int) -> list[Provision]:
    """Return what is encoded of a paragraph; that of an article of one is cited without it."""
    one_alone = len(BUILT[key][str(article)]) == 1
    return [
        each
        for each in commed.instrument(key).provisions
        if each.article == article and each.paragraph in {paragraph, None if one_alone else 0}
    ]


def duties_at(key: str, article: int, paragraph: int) -> list[Obligation]:
    return [duty for each in provisions_at(key, article, paragraph) for duty in each.obligations]


@pytest.mark.parametrize("key", BUILT)
def test_no_place_is_encoded_that_the_text_does_not_have(key: str) -> None:
    instrument: Instrument = commed.instrument(key)
    found = {(each.article, each.paragraph or 1) for each in instrument.provisions}
    built = {
        (int(article), number)
        for article, paragraphs in BUILT[key].items()
        for number, _ in enumerate(paragraphs, start=1)
    }
    assert found == built


@pytest.mark.parametrize(("key", "article", "paragraph", "words"), PARAGRAPHS)
def test_each_paragraph_has_one_entry_or_one_for_each_item(
    key: str, article: int, paragraph: int, words: list[str]
) -> None:
    items = [each.item for each in provisions_at(key, article, paragraph)]
    assert items == [*range(1, words.count("item") + 1)] or (
        items == [None] and "item" not in words
    )


@pytest.mark.parametrize(("key", "article", "paragraph", "words"), PARAGRAPHS)
def test_each_duty_binds_as_the_words_of_its_paragraph_do(
    key: str, article: int, paragraph: int, words: list[str]
) -> None:
    duties = duties_at(key, article, paragraph)
    bound = Counter(duty.modality.value for duty in duties)
    assert bound["shall-not"] == words.count("shall-not")
    for modality in ("may", "encouraged"):
        assert bool(bound[modality]) is (modality in words)
    if "shall" in words and (key, article) not in NO_DUTY:
        assert bound["shall"]
    if (
        "shall" not in words
    ):  # a duty that is stated as a fact: the file must say that it is read so
        for duty in duties:
            told = duty.note and duty.note.zh
            assert duty.modality is not Modality.SHALL or (told and "本库" in told), duty.id


# --- how the data came about ---


def built_of(text: str) -> dict[str, list[str]]:
    """Return how a text is built: its articles, and the binding words of each paragraph."""
    articles: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if begins := re.match(r"第([一二三四五六七八九十]+)条\s*(.*)", line):
            articles[str(_number(begins[1]))] = [" ".join(_binding(begins[2]))]
        elif articles and re.match(r"（[一二三四五六七八九十]+）", line):
            paragraphs = articles[list(articles)[-1]]
            paragraphs[-1] = f"{paragraphs[-1]} item".strip()
        elif articles:
            articles[list(articles)[-1]].append(" ".join(_binding(line)))
    return articles


def _binding(paragraph: str) -> Iterator[str]:
    """Yield the binding words; 'measures that encourage' (鼓励措施) encourage nobody."""
    for word in re.findall("|".join(WORDS) + "(?!措施)", paragraph):
        yield WORDS[word].value


def _number(numeral: str) -> int:
    tens, found, ones = numeral.rpartition("十")
    digits = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
    return (digits.get(tens, 1) * 10 if found else 0) + digits.get(ones, 0)


def test_a_text_is_read_by_its_articles_paragraphs_and_items() -> None:
    text = """# 某条例
    第一条 为了学习。

    第九条 市应当组织，采取扶持和鼓励措施。区可以委托。
    鼓励社会参与，机构不得：
    （一）收费；
    （二）停办。
    第三十二条 本条例施行。"""
    assert built_of(text) == {
        "1": [""],
        "9": ["shall may", "encouraged shall-not item item"],
        "32": [""],
    }


if "COMMED_STATUTES" in os.environ:
    TEXTS = Path(os.environ["COMMED_STATUTES"])

    @pytest.mark.parametrize("key", BUILT)
    def test_the_data_are_those_of_the_full_texts(key: str) -> None:
        text = (TEXTS / f"{key}.md").read_text(encoding="utf-8")
        assert built_of(text) == BUILT[key]
