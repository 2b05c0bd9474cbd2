"""Judging many registers (批量评估): in their order, in several processes if asked."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, TypeVar, overload

from commed.compliance.assessment import Assessment, assess
from commed.law.instrument import Instrument
from commed.periods import Period
from commed.register import Register

__all__ = ["assess_many"]

_Source = TypeVar("_Source")
_Result = TypeVar("_Result")
_AHEAD = 4
"""How many registers each process may be ahead of the one that is asked for."""


@overload
def assess_many(
    sources: Iterable[Register],
    instrument: Instrument,
    *,
    on: date,
    period: Period | None = None,
    processes: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[Assessment]: ...
@overload
def assess_many(
    sources: Iterable[_Source],
    instrument: Instrument,
    *,
    on: date,
    period: Period | None = None,
    load: Callable[[_Source], Register],
    processes: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[Assessment]: ...
@overload
def assess_many(
    sources: Iterable[_Source],
    instrument: Instrument,
    *,
    on: date,
    period: Period | None = None,
    load: Callable[[_Source], Register] | None = None,
    then: Callable[[Assessment], _Result],
    processes: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[_Result]: ...
def assess_many(
    sources: Iterable[Any],
    instrument: Instrument,
    *,
    on: date,
    period: Period | None = None,
    load: Callable[[Any], Register] | None = None,
    then: Callable[[Assessment], Any] | None = None,
    processes: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[Any]:
    """Judge registers one after the other, and yield what comes of each, in their order.

    A source is a register, or what `load` makes one of, as `load_register` does of a path; `then`
    takes what is wanted of an assessment, as `dump_assessment` does. Nothing is kept of what was
    yielded, and few sources are taken ahead: so there may be any number.

    With `processes` several are judged at a time. Loading and taking what is wanted happen there
    too, so `load` and `then` must be functions that can be pickled; without `then` each register
    travels back with its assessment. `progress` is called with how many are done.

    What a source raises is raised in its turn. Raises `ValueError` for less than one process.
    """
    if processes is not None and processes < 1:
        raise ValueError(f"expected at least 1 process, found {processes}")
    work = partial(_judged, instrument=instrument, on=on, period=period, load=load, then=then)
    if processes is None:
        return _told(map(work, sources), progress)
    return _told(_in_order(work, sources, processes), progress)


def _judged(
    source: Any,
    *,
    instrument: Instrument,
    on: date,
    period: Period | None,
    load: Callable[[Any], Register] | None,
    then: Callable[[Assessment], Any] | None,
) -> Any:
    register = source if load is None else load(source)
    assessment = assess(register, instrument, on=on, period=period)
    return assessment if then is None else then(assessment)


def _in_order(
    work: Callable[[_Source], _Result], sources: Iterable[_Source], processes: int
) -> Iterator[_Result]:
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415 - slow, seldom needed

    waiting = deque[Future[_Result]]()
    with ProcessPoolExecutor(processes) as pool:
        try:
            for source in sources:
                waiting.append(pool.submit(work, source))
                if len(waiting) > processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _told(
    results: Iterator[_Result], progress: Callable[[int], object] | None
) -> Iterator[_Result]:
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done)
        yield result
