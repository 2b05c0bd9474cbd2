"""An instrument: its provisions, the duties they lay down, and what of it is not known."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated

from attrs import field, frozen

from commed.checks import AtLeast, Checked, Name, NotEmpty, array
from commed.errors import InvalidDocument, InvalidValue, Problem, Words
from commed.labels import Label, LabelledEnum, counted
from commed.law.conditions import (
    Attested,
    Condition,
    EveryDivisionHas,
    OrganisationExists,
    leaves,
    unknown_sources,
)
from commed.law.ledger import Computability, LedgerEntry
from commed.periods import ends_before_it_begins
from commed.places import Level
from commed.references import (
    Identifies,
    RefersTo,
    SourceId,
    broken_links,
    links,
    repeated_keys,
)
from commed.sources import Citation, Source, TextStatus

__all__ = [
    "Bearer",
    "Computability",
    "Gap",
    "Instrument",
    "LedgerEntry",
    "Modality",
    "Obligation",
    "Provision",
    "Reading",
]


class Modality(LabelledEnum):
    """How strongly a provision binds (规范强度). Only the first two can be breached.

    `NOT_KNOWN` is for a provision whose binding words have not been read.
    """

    SHALL = "shall", "应当", "shall"
    SHALL_NOT = "shall-not", "不得", "shall not"
    MAY = "may", "可以", "may"
    ENCOURAGED = "encouraged", "鼓励", "encouraged"
    NOT_KNOWN = "not-known", "用语不明", "binding words not known"

    @property
    def binds(self) -> bool:
        """Whether not doing it is a breach."""
        return self in {Modality.SHALL, Modality.SHALL_NOT}

    @property
    def leaves_free(self) -> bool:
        """Whether it may as well be left undone: it is no duty, and counts as practised if done."""
        return self in {Modality.MAY, Modality.ENCOURAGED}


@frozen(kw_only=True)
class Bearer(Checked):
    """Who carries a duty (义务主体), and on which levels; no level means every one."""

    name: Label
    levels: tuple[Level, ...] = field(default=(), converter=array)


@frozen(kw_only=True)
class Reading(Checked):
    """One way to read the words (一种理解), and what must hold on that reading."""

    id: Name
    label: Label
    condition: Condition


class LawKey(LabelledEnum):
    """The keys of an instrument that must be its only one of that name."""

    DUTIES = "duties", "义务", "duties"


@frozen(kw_only=True)
class Obligation(Checked):
    """One duty (义务). Where its words admit two readings, both stand in `readings`.

    `source` is where its text is known from, where that differs from its provision's. Where a
    law was amended, `amends` names the duty in whose place this one came.
    """

    id: Annotated[Name, Identifies(LawKey.DUTIES)]
    duty: Label
    bearer: Bearer
    modality: Modality
    condition: Condition | None = None
    readings: tuple[Reading, ...] = field(default=(), converter=array)
    amends: Annotated[Name, RefersTo(LawKey.DUTIES)] | None = None
    source: SourceId | None = None
    note: Label | None = None

    def _contradictions(self) -> Iterable[Problem]:
        if (self.condition is None) == (not self.readings):
            yield Problem(
                "condition",
                "expected either a 'condition' or 'readings', one of them",
                "应填'condition'或'readings'，二者择一",
            )
        if len(self.readings) == 1:
            yield Problem(
                "readings",
                "expected two readings or more; one is a 'condition'",
                "应有两种以上理解；只有一种时请写为'condition'",
            )
        yield from repeated_keys(
            (f"readings[{index}].id", reading.id) for index, reading in enumerate(self.readings)
        )
        questions = {
            node.question
            for condition in self.conditions
            for node in leaves(condition)
            if isinstance(node, Attested)
        }
        for index, reading in enumerate(self.readings):
            if reading.id in questions:
                yield Problem(
                    f"readings[{index}].id",
                    f"a question is called {reading.id!r} too: call one of them otherwise",
                    f"另有问题也名为{reading.id!r}：请将其中之一改名",
                )
        yield from self._out_of_reach()

    def _out_of_reach(self) -> Iterator[Problem]:
        """Yield the levels asked of that lie above everybody who bears the duty."""
        levels = self.bearer.levels
        for path, condition in self.conditions_by_path.items():
            for leaf in leaves(condition):
                if not isinstance(leaf, EveryDivisionHas | OrganisationExists):
                    continue
                if leaf.level is not None and levels and all(map(leaf.level.is_above, levels)):
                    yield Problem(
                        path,
                        f"expected a level not above the bearer's, found {leaf.level.value!r}: no "
                        "division of it lies in the bearer's, so this can never hold",
                        f"应为不高于义务主体的层级，实为{leaf.level.value!r}：义务主体的辖区内"
                        "没有这一层级的区划，因此永远不可能成立",
                    )

    def unknown_sources(self, known: Container[object]) -> Iterator[Problem]:
        """Yield the sources of amended thresholds that are not among these keys."""
        for path, condition in self.conditions_by_path.items():
            for problem in unknown_sources(condition, known):
                yield problem.under(path)

    @property
    def conditions_by_path(self) -> Mapping[str, Condition]:
        """What must hold, on each reading, by where it is written."""
        if self.condition is not None:
            return {"condition": self.condition}
        return {
            f"readings[{index}].condition": reading.condition
            for index, reading in enumerate(self.readings)
        }

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What must hold, on each reading."""
        return tuple(self.conditions_by_path.values())


@frozen(kw_only=True)
class Provision(Checked):
    """An article, paragraph or item (条、款、项), told in the library's own words.

    `since` and `until` bound its time where that differs from the instrument's: a law that was
    amended keeps both texts, each with its time. A provision that lays down nothing to judge
    says why in `not_modelled`.
    """

    article: Annotated[int, AtLeast(1)]
    paragraph: Annotated[int, AtLeast(1)] | None = None
    item: Annotated[int, AtLeast(1)] | None = None
    summary: Label
    source: SourceId
    since: date | None = None
    until: date | None = None
    obligations: tuple[Obligation, ...] = field(default=(), converter=array)
    not_modelled: Label | None = None

    def _contradictions(self) -> Iterable[Problem]:
        yield from ends_before_it_begins(self.since, self.until)
        if bool(self.obligations) == (self.not_modelled is not None):
            yield Problem(
                "not_modelled",
                "expected 'obligations', or the reason why there is none, one of them",
                "应填'obligations'，或写明为何没有义务，二者择一",
            )


@frozen(kw_only=True)
class Gap(Checked):
    """Articles whose text is not known (文本缺口); `to_article` of None is the last one."""

    from_article: Annotated[int, AtLeast(1)]
    to_article: Annotated[int, AtLeast(1)] | None = None
    reason: Label

    def _contradictions(self) -> Iterable[Problem]:
        if self.to_article is not None and self.to_article < self.from_article:
            yield Problem(
                "to_article",
                f"expected an article not before {self.from_article}, found {self.to_article}",
                f"应为不早于第{self.from_article}条的条文，实为第{self.to_article}条",
            )


@frozen(kw_only=True)
class Instrument(Checked):
    """A regulation, notice or standard (法规、文件、标准).

    `jurisdiction` is the code of the division it is law in, None for the whole country. It
    is in force from `since` to `until`, both included; `since_source` says how the first
    day is known.
    """

    id: Name
    title: Label
    jurisdiction: Name | None = None
    since: date
    since_source: SourceId | None = None
    until: date | None = None
    sources: Annotated[tuple[Source, ...], NotEmpty()] = field(converter=array)
    provisions: tuple[Provision, ...] = field(default=(), converter=array)
    gaps: tuple[Gap, ...] = field(default=(), converter=array)

    def __attrs_post_init__(self) -> None:
        """Check every field, then every reference and key."""
        try:
            super().__attrs_post_init__()
        except InvalidValue as invalid:
            raise InvalidDocument("Instrument", invalid.problems) from None

    def __repr__(self) -> str:
        duties = sum(len(provision.obligations) for provision in self.provisions)
        listed = counted(len(self.provisions), "provisions"), counted(duties, "obligations")
        return f"<Instrument {self.id}: {', '.join(listed)}>"

    def _contradictions(self) -> Iterable[Problem]:
        yield from ends_before_it_begins(self.since, self.until)
        yield from broken_links(links(Instrument, self))
        known = {source.id for source in self.sources}
        for place, _, obligation in self._duties():
            for problem in obligation.unknown_sources(known):
                yield problem.under(place)
        yield from self._clashing()

    def _clashing(self) -> Iterator[Problem]:
        """Yield the amended duties whose own time is not over when the later one begins."""
        for at, provision in enumerate(self.provisions):
            since, until = self._time_of(provision)
            if until is not None and until < since:
                own = "since" if provision.until is None else "until"
                yield Problem(
                    f"provisions[{at}].{own}",
                    f"expected days within the instrument's time, found {since} to {until}",
                    f"应在本文件的施行期间之内，实为{since}至{until}",
                )
        times = {each.id: self._time_of(provision) for _, provision, each in self._duties()}
        for place, provision, obligation in self._duties():
            if obligation.amends not in times:
                continue
            since, (_, until) = self._time_of(provision)[0], times[obligation.amends]
            if until is None or until >= since:
                amended = obligation.amends
                time = Words("without end", "没有失效日期")
                if until is not None:
                    time = Words(f"until {until}", f"施行至{until}")
                yield Problem(
                    f"{place}.amends",
                    f"expected a duty that ends before {since}, found {amended!r}, in force "
                    f"{time}: say 'until' when in its provision",
                    f"应为在{since}以前失效的义务，实为{amended!r}，{time.zh}："
                    "请在其条文的'until'中写明失效日期",
                )

    def _duties(self) -> Iterator[tuple[str, Provision, Obligation]]:
        """Yield every duty with its path and its provision."""
        for at, provision in enumerate(self.provisions):
            for index, obligation in enumerate(provision.obligations):
                yield f"provisions[{at}].obligations[{index}]", provision, obligation

    @property
    def obligations(self) -> Iterator[tuple[Provision, Obligation]]:
        """Every duty with the provision that lays it down, in the order of the text."""
        return ((provision, obligation) for provision, obligation, *_ in self.cited)

    @cached_property
    def cited(self) -> tuple[tuple[Provision, Obligation, Citation, TextStatus], ...]:
        """Every duty with its provision, how that is cited, and how well its text is known."""
        return tuple(
            (
                provision,
                obligation,
                self.citation(provision),
                self.source(obligation.source or provision.source).status,
            )
            for provision in self.provisions
            for obligation in provision.obligations
        )

    def source(self, key: str) -> Source:
        """Return the source of this key; `KeyError` where there is none."""
        return self._sources[key]

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    def citation(self, provision: Provision) -> Citation:
        """Return how the provision is cited."""
        return Citation(
            instrument=self.title,
            article=provision.article,
            paragraph=provision.paragraph,
            item=provision.item,
        )

    def in_force(self, provision: Provision, on: date) -> bool:
        """Return whether the provision is law on that day."""
        since, until = self._time_of(provision)
        return since <= on and (until is None or on <= until)

    def _time_of(self, provision: Provision) -> tuple[date, date | None]:
        return provision.since or self.since, provision.until or self.until

    def history(self, obligation: str) -> tuple[tuple[Provision, Obligation], ...]:
        """Return a duty and those in whose place it came, the oldest first (沿革).

        `KeyError` where there is none of this id.
        """
        line = [self._by_id[obligation]]
        while (earlier := line[-1][1].amends) is not None:
            line.append(self._by_id[earlier])
        return tuple(reversed(line))

    def law_since(self, obligation: str) -> date:
        """Return the first day on which a duty is law; `KeyError` where there is none of it."""
        return self._time_of(self._by_id[obligation][0])[0]

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Provision, Obligation]]:
        return {each.id: (provision, each) for provision, each in self.obligations}

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Return what of the text is computed, attested, not modelled and not known."""
        known = [
            LedgerEntry(
                place=self.citation(provision).place,
                summary=provision.not_modelled or provision.summary,
                computability=_computability(provision),
                status=self.source(provision.source).status,
            )
            for provision in self.provisions
        ]
        unknown = [
            LedgerEntry(
                place=_span(gap),
                summary=gap.reason,
                computability=Computability.NOT_KNOWN,
                status=None,
            )
            for gap in self.gaps
        ]
        return (*known, *unknown)


def _span(gap: Gap) -> Label:
    if gap.to_article is None:
        return Label(zh=f"第{gap.from_article}条以后", en=f"art. {gap.from_article} and on")
    return Label(
        zh=f"第{gap.from_article}至{gap.to_article}条",
        en=f"arts. {gap.from_article} to {gap.to_article}",
    )


def _computability(provision: Provision) -> Computability:
    nodes = [
        node
        for obligation in provision.obligations
        for condition in obligation.conditions
        for node in leaves(condition)
    ]
    if not nodes:
        return Computability.NOT_MODELLED
    only_attested = all(isinstance(node, Attested) for node in nodes)
    return Computability.ATTESTED if only_attested else Computability.COMPUTED
