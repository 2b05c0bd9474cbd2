"""Fault injection: each fault that is put into a document is told, at its path, and no other."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from commed import testing
from commed.codec import instrument_from, register_from
from commed.errors import InvalidDocument
from commed.places import Division
from commed.records.resources import Population
from commed.register import Register
from commed.testing import FaultKind, FaultyDocument

thorough = settings(deadline=None, max_examples=80)
laws = settings(deadline=None, max_examples=20)
DANGLING = FaultKind.DANGLING_REFERENCE
from_one_to_twenty = st.integers(1, 20)
SMALL = testing.registers(divisions=1, events=0, others=0)


def told(read: Any, document: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        read(document)
    return sorted(problem.path for problem in caught.value.problems)


@thorough
@given(testing.nearly_valid_documents())
def test_one_fault_in_a_register_is_told_once_at_its_path(spoiled: FaultyDocument) -> None:
    (fault,) = spoiled.faults
    assert told(register_from, spoiled.document) == [fault.path]


@thorough
@given(testing.nearly_valid_documents(testing.instruments()))
def test_one_fault_in_an_instrument_is_told_once_at_its_path(spoiled: FaultyDocument) -> None:
    (fault,) = spoiled.faults
    assert told(instrument_from, spoiled.document) == [fault.path]


@thorough
@given(testing.faulty_documents(faults=from_one_to_twenty))
def test_all_faults_in_a_register_are_told_at_their_paths(spoiled: FaultyDocument) -> None:
    assert told(register_from, spoiled.document) == sorted(spoiled.paths)


@thorough
@given(testing.faulty_documents(testing.instruments(), faults=from_one_to_twenty))
def test_all_faults_in_an_instrument_are_told_at_their_paths(spoiled: FaultyDocument) -> None:
    assert told(instrument_from, spoiled.document) == sorted(spoiled.paths)


@pytest.mark.parametrize("count", [1, 7, 20])
def test_there_are_as_many_faults_as_asked(count: int) -> None:
    @laws
    @given(testing.faulty_documents(faults=count))
    def law(spoiled: FaultyDocument) -> None:
        assert len(spoiled.faults) == len(spoiled.paths) == count

    law()


def test_faults_of_every_kind_are_drawn() -> None:
    drawn: Counter[FaultKind] = Counter()

    @settings(deadline=None, max_examples=60, derandomize=True, database=None)
    @given(testing.faulty_documents(faults=20))
    def gather(spoiled: FaultyDocument) -> None:
        drawn.update(fault.kind for fault in spoiled.faults)

    gather()
    assert min(drawn[kind] for kind in FaultKind) >= 10


@pytest.mark.parametrize("kind", [FaultKind.DUPLICATE_KEY, DANGLING])
def test_only_the_kinds_that_are_asked_for_are_drawn(kind: FaultKind) -> None:
    @laws
    @given(testing.nearly_valid_documents(kinds=[kind]))
    def law(spoiled: FaultyDocument) -> None:
        assert {fault.kind for fault in spoiled.faults} == {kind}

    law()


@settings(deadline=None, max_examples=5)
@given(testing.faulty_documents(SMALL, faults=60))
def test_a_small_document_has_room_for_many_faults(spoiled: FaultyDocument) -> None:
    assert told(register_from, spoiled.document) == sorted(spoiled.paths)


TWO_OF_A_DAY = Register(
    jurisdiction="510112",
    divisions=[Division(id="510112", name="龙泉驿区"), Division(id="510113", name="青白江区")],
    populations=[
        Population(division=division, on=date(2018, 12, 31), persons=9)
        for division in ("510112", "510113")
    ],
)
BOTH_ADRIFT = ["jurisdiction", "populations[0].division", "populations[1].division"]


@settings(deadline=None, max_examples=5)
@given(testing.faulty_documents(st.just(TWO_OF_A_DAY), faults=3, kinds=[DANGLING]))
def test_references_that_lead_nowhere_do_not_lead_to_the_same(spoiled: FaultyDocument) -> None:
    assert sorted(spoiled.paths) == BOTH_ADRIFT
    assert told(register_from, spoiled.document) == BOTH_ADRIFT


def test_where_a_kind_has_no_place_nothing_is_drawn() -> None:
    @settings(deadline=None, max_examples=5, database=None, suppress_health_check=list(HealthCheck))
    @given(testing.faulty_documents(SMALL, faults=1, kinds=[FaultKind.UNREADABLE_FIGURE]))
    def law(_: FaultyDocument) -> None: ...

    with pytest.raises(Unsatisfiable):
        law()


# --- what the reader does not tell beside another fault ---------------------------------

HOME: dict[str, Any] = {"id": "510112", "name": "区"}
RESIDENTS: dict[str, Any] = {"division": "510112", "on": "2018-12-31", "persons": 9}
MONEY: dict[str, Any] = {
    "division": "510112",
    "period": {"first": "2018-01-01", "last": "2018-12-31"},
    "amount": 9,
    "stage": "paid",
}
BETWEEN_RECORDS: dict[str, dict[str, Any]] = {
    "populations[1]": {"divisions": [HOME], "populations": [RESIDENTS, RESIDENTS]},
    "divisions[1].within": {
        "divisions": [HOME, {"id": "x", "name": "市", "level": "city", "within": "510112"}]
    },
    "fundings[0].included_in": {
        "divisions": [HOME],
        "fundings": [{"id": "f", "included_in": "f", **MONEY}],
    },
}


def test_a_record_that_stands_twice_is_told_beside_what_it_refers_to_in_vain() -> None:
    twice = {"divisions": [HOME], "populations": [RESIDENTS | {"division": "510113"}] * 2}
    assert told(register_from, register_of(twice)) == [
        "populations[0].division",
        "populations[1]",
        "populations[1].division",
    ]


def register_of(lists: dict[str, Any]) -> dict[str, Any]:
    return {"format": "commed.register/1", "jurisdiction": "510112", **lists}


@pytest.mark.parametrize("path", BETWEEN_RECORDS)
def test_records_that_contradict_each_other_are_told(path: str) -> None:
    assert told(register_from, register_of(BETWEEN_RECORDS[path])) == [path]


@pytest.mark.parametrize("path", BETWEEN_RECORDS)
def test_records_that_contradict_each_other_are_told_beside_another_fault(path: str) -> None:
    document = register_of(BETWEEN_RECORDS[path] | {"surprise": 1})
    assert told(register_from, document) == sorted([path, "surprise"])


def with_an_amendment_from_nowhere(**more: Any) -> dict[str, Any]:
    words = {"zh": "义务", "en": "a duty"}
    condition = {
        "test": "indicator-compares",
        "indicator": "learning-teams",
        "operator": "at-least",
        "threshold": "3支",
        "amended": [{"since": "2019-01-01", "threshold": "4支", "source": "nobody"}],
    }
    duty = {"id": "d", "duty": words, "bearer": {"name": words}, "modality": "shall"}
    provision = {"article": 1, "summary": words, "source": "s"}
    return {
        "format": "commed.instrument/1",
        "id": "x",
        "title": words,
        "since": "2018-01-01",
        "sources": [{"id": "s", "title": "文本", "status": "draft"}],
        "provisions": [{**provision, "obligations": [{**duty, "condition": condition}]}],
        **more,
    }


AMENDED = "provisions[0].obligations[0].condition.amended[0].source"


def test_the_unknown_source_of_an_amendment_is_told() -> None:
    assert told(instrument_from, with_an_amendment_from_nowhere()) == [AMENDED]


def test_the_unknown_source_of_an_amendment_is_told_beside_another_fault() -> None:
    assert told(instrument_from, with_an_amendment_from_nowhere(surprise=1)) == [
        AMENDED,
        "surprise",
    ]
