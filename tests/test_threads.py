"""Values and functions are safe to share between threads: all of them come to the same.

The threads begin together on a register that remembers nothing yet, and are switched as often as
the interpreter allows.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from commed import (
    Level,
    Period,
    Register,
    assess,
    dump_assessment,
    dump_register,
    example,
    instrument,
    load_register,
    measure_all,
    parse_quantity,
    roll_up,
)
from commed.codec.schemas import schema

THREADS, ROUNDS = 8, 5
YEAR = Period.year(2024)


def judged(register: Register) -> object:
    return dump_assessment(assess(register, instrument("cn-shanghai-2011"), on=date(2025, 6, 1)))


def rolled_up(register: Register) -> object:
    law = instrument("cn-moe-2010-demonstration")
    return roll_up(register, law, level=Level.TOWNSHIP, on=date(2025, 6, 1)).findings


def measured(register: Register) -> object:
    return dict(measure_all(register, period=YEAR))


def written(register: Register) -> object:
    return load_register(dump_register(register))


def read(_: Register) -> object:
    return [parse_quantity(words) for words in ("近10万人次", "40余支", "一千二百人")]


def described(_: Register) -> object:
    return schema("register")


@pytest.fixture(autouse=True)
def _switched_often() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("work", [judged, rolled_up, measured, written, read, described])
def test_threads_that_share_a_register_come_to_the_same(work: Callable[[Register], Any]) -> None:
    document = dump_register(example("made-up-district"))
    alone = work(load_register(document))
    for _ in range(ROUNDS):
        shared, together = load_register(document), Barrier(THREADS)

        def at_once(register: Register = shared, barrier: Barrier = together) -> object:
            barrier.wait()
            return work(register)

        with ThreadPoolExecutor(THREADS) as pool:
            came = [future.result() for future in [pool.submit(at_once) for _ in range(THREADS)]]
        assert came == [alone] * THREADS
