"""Overlays: who holds a text completes a packaged instrument without touching code."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import commed
from commed import InvalidDocument
from commed.labels import Label
from commed.law.conditions import Attested
from commed.law.instrument import Bearer, Gap, Instrument, Modality, Obligation, Provision
from commed.law.overlay import Overlay, completed
from commed.loading import load_instrument
from commed.sources import Source, TextStatus

TEXT = Label(zh="条文", en="text")
TOML = """
format = "commed.overlay/1"
completes = "cn-chengdu-2017"

[[sources]]
id = "official"
title = "公报所载文本"
status = "enacted"

[[provisions]]
article = 7
source = "official"
summary = { zh = "虚构的第七条", en = "a made-up art. 7" }

[[provisions.obligations]]
id = "art-7-made-up"
duty = { zh = "虚构的义务", en = "a made-up duty" }
modality = "shall"
bearer = { name = { zh = "某部门", en = "some department" } }
condition = { test = "attested" }
"""


def provision(article: int, paragraph: int | None = None, item: int | None = None) -> Provision:
    return Provision(
        article=article,
        paragraph=paragraph,
        item=item,
        summary=TEXT,
        source="s",
        not_modelled=TEXT,
    )


def law(*provisions: Provision, gaps: tuple[Gap, ...] = ()) -> Instrument:
    source: Any = commed.Source(id="s", title="t", status=commed.TextStatus.DRAFT)
    return Instrument(
        id="law",
        title=TEXT,
        since=commed.Period.year(2017).first,
        sources=[source],
        provisions=provisions,
        gaps=gaps,
    )


def overlay(*provisions: Provision, **fields: Any) -> Overlay:
    return Overlay(completes="law", provisions=provisions, **fields)


def places(instrument: Instrument) -> list[tuple[int, int | None, int | None]]:
    return [(each.article, each.paragraph, each.item) for each in instrument.provisions]


def test_a_file_completes_a_packaged_instrument(tmp_path: Path) -> None:
    file = tmp_path / "chengdu.toml"
    file.write_text(TOML, encoding="utf-8")
    instrument = load_instrument(file)
    assert instrument.id == "cn-chengdu-2017"
    assert [duty.id for _, duty in instrument.obligations][-1] == "art-7-made-up"
    assert instrument.ledger()[-1].place.en == "art. 8 and on"
    assert commed.instrument("cn-chengdu-2017").ledger()[-1].place.en == "art. 7 and on"


def test_an_overlay_of_nothing_changes_nothing() -> None:
    known = law(provision(1), gaps=(Gap(from_article=2, reason=TEXT),))
    assert completed(known, overlay()) == known


def test_a_provision_replaces_all_of_its_place_and_nothing_else() -> None:
    known = law(provision(1), provision(2, 1), provision(2, 2, 1), provision(2, 2, 2))
    assert places(completed(known, overlay(provision(2)))) == [(1, None, None), (2, None, None)]
    assert places(completed(known, overlay(provision(2, 2)))) == [
        (1, None, None),
        (2, 1, None),
        (2, 2, None),
    ]
    assert places(completed(known, overlay(provision(2, 2, 2)))) == places(known)
    assert places(completed(known, overlay(provision(1, item=3))))[:2] == [
        (1, None, None),
        (1, None, 3),
    ]


@given(
    first=st.integers(1, 9),
    length=st.none() | st.integers(0, 9),
    filled=st.sets(st.integers(1, 20)),
)
def test_of_a_gap_is_left_what_is_not_filled(
    first: int, length: int | None, filled: set[int]
) -> None:
    last = None if length is None else first + length
    known = law(gaps=(Gap(from_article=first, to_article=last, reason=TEXT),))
    left = completed(known, overlay(*map(provision, sorted(filled)))).gaps
    horizon = 40
    missing = [
        article
        for gap in left
        for article in range(gap.from_article, (gap.to_article or horizon) + 1)
    ]
    assert missing == [
        article for article in range(first, (last or horizon) + 1) if article not in filled
    ]


def test_gaps_that_are_given_stand_in_the_place_of_the_others() -> None:
    known = law(provision(1), gaps=(Gap(from_article=2, reason=TEXT),))
    assert completed(known, overlay(provision(2), gaps=())).gaps == ()


def test_its_sources_and_its_time_come_first() -> None:
    better: Any = commed.Source(id="s", title="better", status=commed.TextStatus.ENACTED)
    day = commed.Period.year(2018).first
    known = completed(law(provision(1)), overlay(sources=[better], since=day, since_source="s"))
    assert known.sources == (better,)
    assert (known.since, known.since_source) == (day, "s")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"completes": "cn-nowhere"}, "completes"),
        ({"completes": 7}, "completes"),
        ({"provision": []}, "provision"),
        ({"provisions": [{"article": 1}]}, "provisions[0].source"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(changes: dict[str, Any], path: str) -> None:
    document = {"format": "commed.overlay/1", "completes": "cn-chengdu-2017"} | changes
    with pytest.raises(InvalidDocument) as caught:
        load_instrument(document)
    assert path in {problem.path for problem in caught.value.problems}


def test_a_source_that_nothing_tells_is_refused_in_the_completed_instrument() -> None:
    plain: dict[str, Any] = {"article": 7, "summary": {"zh": "条", "en": "art."}}
    plain |= {"source": "nowhere", "not_modelled": {"zh": "无", "en": "none"}}
    document = {
        "format": "commed.overlay/1",
        "completes": "cn-chengdu-2017",
        "provisions": [plain],
    }
    with pytest.raises(InvalidDocument, match="nowhere") as caught:
        load_instrument(document)
    assert [problem.path for problem in caught.value.problems] == ["provisions[0].source"]


def test_a_duty_that_is_there_already_is_refused() -> None:
    document = {
        "format": "commed.overlay/1",
        "completes": "cn-chengdu-2017",
        "provisions": [
            {
                "article": 8,
                "source": "overview",
                "summary": {"zh": "条", "en": "art."},
                "obligations": [
                    {
                        "id": "art-6-1-leadership",
                        "duty": {"zh": "务", "en": "duty"},
                        "modality": "shall",
                        "bearer": {"name": {"zh": "某", "en": "some"}},
                        "condition": {"test": "attested"},
                    }
                ],
            }
        ],
    }
    with pytest.raises(InvalidDocument) as caught:
        load_instrument(document)
    (problem,) = caught.value.problems
    before = "cn-chengdu-2017.provisions[5].obligations[0].id"
    assert problem.path == "provisions[0].obligations[0].id"
    assert problem.message.endswith(f"found 'art-6-1-leadership', as at {before}")
    assert problem.in_language("zh").endswith(f"与{before}相同")


def test_what_it_breaks_in_the_text_that_it_completes_is_told_there() -> None:
    duty = Obligation(
        id="old",
        duty=TEXT,
        bearer=Bearer(name=TEXT),
        modality=Modality.SHALL,
        condition=Attested(),
    )
    law = Instrument(
        id="law",
        title=TEXT,
        since=date(2015, 1, 1),
        sources=[Source(id="text", title="文本", status=TextStatus.ENACTED)],
        provisions=[
            Provision(
                article=5, summary=TEXT, source="text", obligations=[duty], until=date(2019, 1, 1)
            ),
            Provision(
                article=6,
                summary=TEXT,
                source="text",
                since=date(2020, 1, 1),
                obligations=[evolve(duty, id="new", amends="old")],
            ),
        ],
    )
    silent = Provision(article=4, summary=TEXT, source="text", not_modelled=TEXT)
    other = evolve(silent, article=5, source="nowhere")
    with pytest.raises(InvalidDocument) as caught:
        completed(law, Overlay(completes="law", provisions=[other, silent]))
    assert [problem.path for problem in caught.value.problems] == [
        "law.provisions[1].obligations[0].amends",
        "provisions[0].source",
    ]
