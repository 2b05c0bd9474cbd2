"""Completing an instrument: an overlay adds and replaces provisions of another's text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, field, frozen

from commed.checks import Checked, Name, array
from commed.errors import InvalidDocument, Problem
from commed.law.instrument import Gap, Instrument, Provision
from commed.references import SourceId
from commed.sources import Source

__all__ = ["Overlay", "completed"]


@frozen(kw_only=True)
class Overlay(Checked):
    """What a holder of the text adds to an instrument (补充文本).

    A provision replaces those of its place and time: one of a whole article all of that
    article, one of a paragraph that paragraph; what was law at another time stays. Sources add
    to the instrument's, or replace those of their key.
    Of its gaps what the provisions fill is taken away; `gaps`, where they are given, stand in
    their place.
    """

    completes: Name
    sources: tuple[Source, ...] = field(default=(), converter=array)
    provisions: tuple[Provision, ...] = field(default=(), converter=array)
    gaps: tuple[Gap, ...] | None = None
    since: date | None = None
    since_source: SourceId | None = None
    until: date | None = None


def completed(instrument: Instrument, overlay: Overlay) -> Instrument:
    """Return the instrument with what an overlay tells.

    Raises `InvalidDocument`, whose paths lead to the overlay; those that lead to the instrument
    that it completes begin with its id.
    """
    new_keys = {source.id for source in overlay.sources}
    sources = [source for source in instrument.sources if source.id not in new_keys]
    kept = [
        provision
        for provision in instrument.provisions
        if not any(_replaces(new, provision) for new in overlay.provisions)
    ]
    gaps = overlay.gaps
    if gaps is None:
        filled = {provision.article for provision in overlay.provisions}
        gaps = tuple(left for gap in instrument.gaps for left in _left_of(gap, filled))
    all_sources = (*sources, *overlay.sources)
    provisions = tuple(sorted((*kept, *overlay.provisions), key=_place))
    try:
        return evolve(
            instrument,
            sources=all_sources,
            provisions=provisions,
            gaps=gaps,
            since=overlay.since or instrument.since,
            since_source=overlay.since_source or instrument.since_source,
            until=overlay.until or instrument.until,
        )
    except InvalidDocument as invalid:
        lists = {"sources": all_sources, "provisions": provisions}
        told = _in_its_own_file(lists, instrument, overlay)
        raise InvalidDocument("overlay", map(told, invalid.problems)) from None


def _in_its_own_file(
    lists: Mapping[str, Sequence[object]], instrument: Instrument, overlay: Overlay
) -> Callable[[Problem], Problem]:
    """Return what tells a problem by the places of the overlay, and of what it completes."""
    places = {
        id(entry): f"{file}{name}[{index}]"
        for file, document in (("", overlay), (f"{instrument.id}.", instrument))
        for name in lists
        for index, entry in enumerate(getattr(document, name))
    }

    def moved(text: str) -> str:
        return _ENTRY.sub(lambda found: places[id(lists[found[1]][int(found[2])])], text)

    def told(problem: Problem) -> Problem:
        zh = problem.message_zh
        return Problem(moved(problem.path), moved(problem.message), zh and moved(zh))

    return told


_ENTRY = re.compile(r"\b(sources|provisions)\[(\d+)\]", re.ASCII)  # 与 is no part of a key


def _replaces(new: Provision, old: Provision) -> bool:
    """Whether the one stands at the place of the other, or at one that holds it, in its time."""
    if new.article != old.article or not _meet(new, old):
        return False
    if new.paragraph is None:
        return new.item is None or new.item == old.item
    return new.paragraph == old.paragraph and new.item in {None, old.item}


def _meet(one: Provision, other: Provision) -> bool:
    """Whether some day is within the time of both."""
    lasts_one, lasts_other = one.until or date.max, other.until or date.max
    return (one.since or date.min) <= lasts_other and (other.since or date.min) <= lasts_one


def _place(provision: Provision) -> tuple[int, int, int]:
    return provision.article, provision.paragraph or 0, provision.item or 0


def _left_of(gap: Gap, filled: Iterable[int]) -> Iterator[Gap]:
    """Yield what is left of a gap where some articles are filled."""
    start = gap.from_article
    for article in sorted(filled):
        if article < start or (gap.to_article is not None and article > gap.to_article):
            continue
        if article > start:
            yield evolve(gap, from_article=start, to_article=article - 1)
        start = article + 1
    if gap.to_article is None or start <= gap.to_article:
        yield evolve(gap, from_article=start)
