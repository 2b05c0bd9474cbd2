"""Many registers are judged as each alone, in their order, however many processes do it."""

import os
import pickle
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from commed import (
    Assessment,
    Division,
    InvalidDocument,
    Level,
    Period,
    Register,
    assess,
    dump_assessment,
    dump_register,
    example,
    instrument,
    load_register,
)
from commed.compliance.many import assess_many

ON = date(2019, 4, 26)
LAW = instrument("cn-chengdu-2017")
HOW_MANY = 12


def register(number: int) -> Register:
    name = f"区{number}"
    return Register(
        jurisdiction="510112", divisions=[Division(id="510112", name=name, level=Level.COUNTY)]
    )


def registers() -> list[Register]:
    return [register(number) for number in range(HOW_MANY)]


def name_of(assessment: Assessment) -> str:
    return assessment.register.divisions[0].name


@pytest.mark.parametrize("processes", [None, 1, 2])
def test_each_is_judged_as_if_alone_and_in_its_turn(processes: int | None) -> None:
    alone = [dump_assessment(assess(each, LAW, on=ON)) for each in registers()]
    many = assess_many(registers(), LAW, on=ON, then=dump_assessment, processes=processes)
    assert list(many) == alone


@pytest.mark.parametrize("processes", [None, 1])
def test_each_is_judged_on_the_period_that_is_given(processes: int | None) -> None:
    year = Period.year(2017)
    many = assess_many(registers(), LAW, on=ON, period=year, processes=processes)
    assert {each.period for each in many} == {year}


def process(assessment: Assessment) -> int:
    assert assessment.on == ON
    return os.getpid()


@pytest.mark.parametrize("processes", [None, 1, 2])
def test_no_more_processes_work_than_are_given(processes: int | None) -> None:
    worked = set(assess_many(registers(), LAW, on=ON, then=process, processes=processes))
    assert len(worked) <= (processes or 1)
    assert (os.getpid() in worked) is (processes is None)


@pytest.mark.parametrize("processes", [None, 2])
def test_without_more_the_assessments_themselves_come(processes: int | None) -> None:
    came = list(assess_many(registers(), LAW, on=ON, processes=processes))
    assert came == [assess(each, LAW, on=ON) for each in registers()]


@pytest.mark.parametrize("processes", [None, 2])
def test_sources_without_an_end_are_taken_as_they_are_needed(processes: int | None) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Register]:
        for number in count():
            taken.append(number)
            yield register(number)

    many = assess_many(endless(), LAW, on=ON, then=name_of, processes=processes)
    assert list(islice(many, 3)) == ["区0", "区1", "区2"]
    assert len(taken) == 3 + 4 * (processes or 0)
    many.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("processes", [None, 2])
def test_progress_counts_what_is_done(processes: int | None) -> None:
    seen: list[int] = []
    many = assess_many(registers(), LAW, on=ON, processes=processes, progress=seen.append)
    assert len(list(many)) == HOW_MANY
    assert seen == list(range(1, HOW_MANY + 1))


@pytest.mark.parametrize("processes", [None, 2])
def test_a_source_that_cannot_be_read_is_told_in_its_turn(
    processes: int | None, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("good.json", "bad.json")]
    files[0].write_text('{"format": "commed.register/1", "jurisdiction": "1"}', encoding="utf-8")
    files[1].write_text("{", encoding="utf-8")
    sources: list[Any] = [dump_register(example("longquanyi-2019")), *files]
    many = assess_many(
        sources,
        LAW,
        on=ON,
        load=load_register,
        then=name_of,
        processes=processes,
    )
    assert next(many) == "龙泉驿区"
    with pytest.raises(InvalidDocument) as told:
        list(many)
    assert told.value.problems[0].path == "jurisdiction"


@pytest.mark.parametrize("processes", [0, -1])
def test_less_than_one_process_is_refused_at_once(processes: int) -> None:
    with pytest.raises(ValueError, match=f"at least 1 process, found {processes}"):
        assess_many(registers(), LAW, on=ON, processes=processes)


def test_registers_and_assessments_survive_a_journey() -> None:
    judged = assess(example("longquanyi-2019"), LAW, on=ON)
    assert pickle.loads(pickle.dumps(judged)) == judged  # noqa: S301 - our own
