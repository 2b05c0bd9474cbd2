"""The collections of a register, and how one record names another.

Which field identifies and which field refers is written into the annotation, so that
one walk finds every link, in values and in raw documents alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import count
from typing import Annotated, Any, get_args, get_origin

import attrs
from attrs import frozen

from commed.checks import Name, field_types, quoted, unwrapped
from commed.errors import Problem
from commed.labels import LabelledEnum

__all__ = [
    "Collection",
    "DivisionId",
    "FundingId",
    "Identifies",
    "Link",
    "OrganisationId",
    "PlanId",
    "RefersTo",
    "SourceId",
    "TeamId",
    "are_sound",
    "broken_links",
    "links",
    "repeated_keys",
]


class Collection(LabelledEnum):
    """A list that a register keeps (登记册中的各类清单); the value is its key in documents."""

    SOURCES = "sources", "资料来源", "sources"
    DIVISIONS = "divisions", "行政区划", "divisions"
    ORGANISATIONS = "organisations", "机构", "organisations"
    WORKSTATIONS = "workstations", "社区教育工作站", "workstations"
    JOINT_CONFERENCES = "joint_conferences", "联席会", "joint conferences"
    TEAMS = "teams", "学习型团队", "learning teams"
    PLANS = "plans", "活动计划", "activity plans"
    EVENTS = "events", "学习活动", "learning events"
    ATTENDANCES = "attendances", "参与名册", "attendances"
    POPULATIONS = "populations", "人口", "populations"
    FUNDINGS = "fundings", "经费", "fundings"
    STAFFINGS = "staffings", "人员", "staffings"
    SURVEYS = "surveys", "问卷调查", "surveys"
    REPORTED_FIGURES = "reported_figures", "报告数据", "reported figures"
    DOCUMENTS = "documents", "文件", "documents"
    ATTESTATIONS = "attestations", "证明", "attestations"
    HONOURS = "honours", "荣誉称号", "honours"
    INSPECTIONS = "inspections", "执法检查", "inspections"


@frozen
class Identifies:
    """The field is the key of a record in this namespace."""

    namespace: LabelledEnum


@frozen
class RefersTo:
    """The field holds the key of a record in this namespace."""

    namespace: LabelledEnum


SourceId = Annotated[Name, RefersTo(Collection.SOURCES)]
DivisionId = Annotated[Name, RefersTo(Collection.DIVISIONS)]
OrganisationId = Annotated[Name, RefersTo(Collection.ORGANISATIONS)]
"""The key of an organisation of any type: a workstation and a joint conference are such."""
FundingId = Annotated[Name, RefersTo(Collection.FUNDINGS)]
TeamId = Annotated[Name, RefersTo(Collection.TEAMS)]
PlanId = Annotated[Name, RefersTo(Collection.PLANS)]


@frozen
class Link:
    """A key that was met on the walk: where, what it does there, and the key itself."""

    path: str
    mark: Identifies | RefersTo
    key: str


def are_sound(cls: type, node: object) -> bool:
    """Whether every key below a value is its own, and every reference leads to one: fast."""
    keys = defaultdict[LabelledEnum, list[str]](list)
    referred = defaultdict[LabelledEnum, set[str]](set)
    _gather(cls, node, keys, referred)
    return all(len(set(own)) == len(own) for own in keys.values()) and all(
        wanted.issubset(keys[namespace]) for namespace, wanted in referred.items()
    )


def _gather(
    cls: type,
    node: object,
    keys: Mapping[LabelledEnum, list[str]],
    referred: Mapping[LabelledEnum, set[str]],
) -> None:
    for name, mark, is_list, inner in _steps(cls):
        value = getattr(node, name)
        if value is None:
            continue
        values = value if is_list else (value,)
        if mark is None:
            for each in values:
                _gather(inner, each, keys, referred)
        elif isinstance(mark, Identifies):
            keys[mark.namespace].extend(values)
        else:
            referred[mark.namespace].update(values)


@cache
def _steps(cls: type) -> tuple[tuple[str, Identifies | RefersTo | None, bool, type], ...]:
    """Return the fields that lead to a link: the mark, or the class below; whether it is a list."""
    steps = []
    for name, annotation in _linked_fields(cls):
        is_list = _mark(annotation) is None and get_origin(unwrapped(annotation)) is tuple
        entry = get_args(unwrapped(annotation))[0] if is_list else annotation
        steps.append((name, _mark(entry), is_list, unwrapped(entry)))
    return tuple(steps)


Read = Callable[[Any, str], Any]


def links(cls: type, node: object, read: Read = getattr, path: str = "") -> Iterator[Link]:
    """Yield every link below a node of this class.

    `read` takes a node and a field name; it returns None for what is not there, so that
    a raw document is walked like a value.
    """
    for name, annotation in _linked_fields(cls):
        yield from _below(annotation, read(node, name), read, f"{path}.{name}" if path else name)


_MOST_HINTS = 100
"""How many broken references are held against every key for one that may be meant."""


def broken_links(found: Iterable[Link]) -> Iterator[Problem]:
    """Yield a problem for each key that is used twice, or that nothing bears."""
    references: list[Link] = []
    bearers: defaultdict[LabelledEnum, list[tuple[str, str]]] = defaultdict(list)
    for link in found:
        if isinstance(link.mark, RefersTo):
            references.append(link)
        else:
            bearers[link.mark.namespace].append((link.path, link.key))
    for paths_and_keys in bearers.values():
        yield from repeated_keys(paths_and_keys)
    keys = {namespace: {key for _, key in pairs} for namespace, pairs in bearers.items()}
    hints = count()
    for link in references:
        known = keys.get(link.mark.namespace, set())
        if link.key not in known:
            is_hinted = next(hints) < _MOST_HINTS
            close = get_close_matches(link.key, known, n=1) if is_hinted else []
            key, meant = quoted(link.key), quoted(close[0]) if close else ""
            kind = link.mark.namespace.value
            yield Problem(
                link.path,
                f"expected the key of a record under {kind!r}, found {key}: add that record or "
                f"mend the key{f'; did you mean {meant}?' if meant else ''}",
                f"应为{kind!r}中某条记录的键，实为{key}：请补录该记录，或更正此键"
                f"{f'；是否应为{meant}？' if meant else ''}",
            )


def repeated_keys(paths_and_keys: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each key that an earlier path bears already."""
    first: dict[str, str] = {}
    for path, key in paths_and_keys:
        earlier = first.setdefault(key, path)
        if earlier != path:
            yield Problem(
                path,
                f"expected a key of its own, found {quoted(key)}, as at {earlier}",
                f"应为不重复的键，实为{quoted(key)}，与{earlier}相同",
            )


def _below(annotation: Any, node: Any, read: Read, path: str) -> Iterator[Link]:
    mark = _mark(annotation)
    plain = unwrapped(annotation)
    if mark is not None:
        if isinstance(node, str):
            yield Link(path, mark, node)
    elif get_origin(plain) is tuple:
        entries = node if isinstance(node, tuple | list) else ()
        for index, entry in enumerate(entries):
            yield from _below(get_args(plain)[0], entry, read, f"{path}[{index}]")
    elif node is not None:
        yield from links(plain, node, read, path)


@cache
def _linked_fields(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, annotation)
        for name, annotation in field_types(cls).items()
        if _leads_to_a_link(annotation)
    )


def _leads_to_a_link(annotation: Any) -> bool:
    if _mark(annotation) is not None:
        return True
    plain = unwrapped(annotation)
    if get_origin(plain) is tuple:
        return _leads_to_a_link(get_args(plain)[0])
    return attrs.has(plain) and bool(_linked_fields(plain))


def _mark(annotation: Any) -> Identifies | RefersTo | None:
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        for mark in marks:
            if isinstance(mark, Identifies | RefersTo):
                return mark
        return _mark(inner)
    members = [member for member in get_args(annotation) if member is not type(None)]
    return _mark(members[0]) if len(members) == 1 and get_origin(annotation) is not tuple else None
