"""The packaged instruments: each article has its entry, and each file says what it rests on."""

import re
from collections import Counter
from datetime import date
from itertools import chain

import pytest

import commed
from commed import Instrument, Modality, TextStatus, Verdict
from commed.codec import dump_instrument
from commed.law.conditions import Attested, leaves
from commed.law.instrument import Computability
from commed.loading import load_instrument

IDS = [
    "cn-chengdu-2017",
    "cn-chengdu-2017-43",
    "cn-moe-2010-demonstration",
    "cn-ningbo-2015",
    "cn-shanghai-2011",
]
WHOLE = {"cn-ningbo-2015": 33, "cn-shanghai-2011": 35}
"""The texts that were read from the first article to the last."""


def test_they_are_these() -> None:
    assert list(commed.instruments()) == IDS


@pytest.mark.parametrize("key", IDS)
def test_written_and_read_an_instrument_is_the_same(key: str) -> None:
    instrument = commed.instrument(key)
    assert instrument.id == key
    assert load_instrument(dump_instrument(instrument)) == instrument


@pytest.mark.parametrize(("key", "articles"), WHOLE.items())
def test_each_article_of_a_whole_text_has_an_entry_in_its_order(key: str, articles: int) -> None:
    instrument = commed.instrument(key)
    numbers = [provision.article for provision in instrument.provisions]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, articles + 1))
    assert not instrument.gaps
    assert all(entry.status is TextStatus.ENACTED for entry in instrument.ledger())


@pytest.mark.parametrize("key", sorted(set(IDS) - set(WHOLE)))
def test_a_text_that_was_not_read_to_its_end_says_so(key: str) -> None:
    ledger = commed.instrument(key).ledger()
    assert ledger[-1].computability is Computability.NOT_KNOWN
    assert ledger[-1].place.en.endswith("and on")


@pytest.mark.parametrize("key", IDS)
def test_no_place_is_cited_twice(key: str) -> None:
    instrument = commed.instrument(key)
    places = Counter(instrument.citation(each).place.en for each in instrument.provisions)
    assert max(places.values()) == 1


@pytest.mark.parametrize("key", IDS)
def test_a_duty_is_named_for_its_place(key: str) -> None:
    for provision, obligation in commed.instrument(key).obligations:
        numbers = [provision.article, provision.paragraph, provision.item]
        place = "-".join(str(number) for number in numbers if number is not None)
        assert re.match(rf"(art|point)-{place}-[a-z]", obligation.id), obligation.id


@pytest.mark.parametrize("key", IDS)
def test_something_is_computed_and_what_is_not_is_said(key: str) -> None:
    kinds = {entry.computability for entry in commed.instrument(key).ledger()}
    assert Computability.COMPUTED in kinds
    assert kinds != {Computability.COMPUTED}


def nodes(instrument: Instrument) -> list[object]:
    conditions = chain.from_iterable(duty.conditions for _, duty in instrument.obligations)
    return list(chain.from_iterable(map(leaves, conditions)))


def test_what_is_only_summarised_binds_nobody() -> None:
    standard = commed.instrument("cn-moe-2010-demonstration")
    assert {duty.modality for _, duty in standard.obligations} == {Modality.NOT_KNOWN}
    assert standard.jurisdiction is None


@pytest.mark.parametrize("key", IDS)
def test_on_an_empty_register_nothing_is_met_or_breached(key: str) -> None:
    instrument = commed.instrument(key)
    home = instrument.jurisdiction or "510100"
    register = commed.Register(jurisdiction=home, divisions=[commed.Division(id=home, name="某地")])
    assessment = commed.assess(register, instrument, on=date(2019, 4, 26))
    assert assessment.count(Verdict.MET) == assessment.count(Verdict.NOT_MET) == 0
    for finding in assessment.findings:
        assert bool(finding.needs) is (finding.verdict is Verdict.UNDETERMINED)


@pytest.mark.parametrize("key", IDS)
def test_most_of_a_statute_asks_for_somebodys_word(key: str) -> None:
    asked = nodes(commed.instrument(key))
    assert any(isinstance(node, Attested) for node in asked)
