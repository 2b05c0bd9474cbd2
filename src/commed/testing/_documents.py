"""Strategies for documents: sound ones, and ones with a known number of faults."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from hypothesis import reject
from hypothesis import strategies as st

from commed.codec import dump_instrument, dump_register
from commed.law.instrument import Instrument
from commed.register import Register
from commed.testing._faults import Fault, FaultKind, Site, sites, unknown_key
from commed.testing._pens import among
from commed.testing._registers import REGISTERS

__all__ = ["FaultyDocument", "documents", "faulty_documents", "nearly_valid_documents", "plain"]


@frozen
class FaultyDocument:
    """A document and all that is wrong in it (有错误的文件)."""

    document: dict[str, Any]
    faults: frozenset[Fault]

    @property
    def paths(self) -> frozenset[str]:
        """Where its faults must be told: at these paths, and at no others."""
        return frozenset(fault.path for fault in self.faults)


def plain(node: Any) -> Any:
    """Return a copy in dicts and lists, as a reader of JSON gives it."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items()}
    return [plain(part) for part in node] if isinstance(node, list | tuple) else node


def documents(
    of: st.SearchStrategy[Any] = REGISTERS,
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw documents (文件格式的登记册) of registers, or of what is drawn from `of`."""
    return of.map(_document)


def _document(value: Register | Instrument) -> dict[str, Any]:
    dumped = dump_register(value) if isinstance(value, Register) else dump_instrument(value)
    document: dict[str, Any] = plain(dumped)
    return document


def nearly_valid_documents(
    of: st.SearchStrategy[Any] = REGISTERS,
    *,
    kinds: Sequence[FaultKind] = tuple(FaultKind),
) -> st.SearchStrategy[FaultyDocument]:
    """Draw documents with exactly one fault, of one of these kinds."""
    return faulty_documents(of, faults=1, kinds=kinds)


def faulty_documents(
    of: st.SearchStrategy[Any] = REGISTERS,
    *,
    faults: int | st.SearchStrategy[int],
    kinds: Sequence[FaultKind] = tuple(FaultKind),
) -> st.SearchStrategy[FaultyDocument]:
    """Draw documents with so many faults of these kinds, each independent of the others.

    A reader who tells everything tells as many problems, at exactly their paths. `of` draws the
    value that is written and then spoiled, by default a register.
    """
    counts = faults if isinstance(faults, st.SearchStrategy) else st.just(faults)
    return _faulty(of, counts, tuple(kinds))


@st.composite
def _faulty(
    draw: st.DrawFn,
    values: st.SearchStrategy[Register | Instrument],
    counts: st.SearchStrategy[int],
    kinds: tuple[FaultKind, ...],
) -> FaultyDocument:
    value, count = draw(values), draw(counts)
    document = _document(value)
    open_sites: dict[FaultKind, list[Site]] = {kind: [] for kind in kinds}
    for site in sites(type(value), document):
        if site.kind in open_sites:
            open_sites[site.kind].append(site)
    chosen: list[Site] = []
    while len(chosen) < count:
        left = tuple(kind for kind, places in open_sites.items() if places)
        site = _taken(draw, open_sites[draw(among(left))]) if left else _spare(kinds, len(chosen))
        if not any(site.clashes(other) for other in chosen):
            chosen.append(site)
    spoiled = plain(document)
    for site in chosen:
        site.spoil(spoiled)
    return FaultyDocument(spoiled, frozenset(site.fault for site in chosen))


def _taken(draw: st.DrawFn, places: list[Site]) -> Site:
    return places.pop(draw(st.integers(0, len(places) - 1)))


def _spare(kinds: tuple[FaultKind, ...], number: int) -> Site:
    """Return a site of a document that has no other left: one more key that nobody knows."""
    if FaultKind.UNKNOWN_KEY not in kinds:
        reject()
    return unknown_key((f"surprise-{number}",))
