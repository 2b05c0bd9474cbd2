"""Duties about papers and words: a document is issued; somebody answerable attests."""

from datetime import date

from commed.compliance.rulings import Case, Ruling, existence, judge
from commed.evidence import GOVERNMENT, Need
from commed.labels import Label
from commed.law.conditions import Attested, DocumentIssued
from commed.periods import Period
from commed.records.statements import Attestation, Document
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["word_on"]


@judge.register
def _(condition: DocumentIssued, case: Case) -> Ruling:
    when = case.period if condition.yearly else Period.day(case.on)
    due = _due(condition, case)
    what = _wanted(condition, when, due)
    found = {
        document: truth
        for document in case.register.documents
        if document.kind is condition.kind
        and document.division == case.place
        and document.issued_on <= min(due or case.on, case.on)
        and (_is_for(document, when) if condition.yearly else _is_valid(document, case.on))
        and (truth := _treats(document, condition) & _is_open(document, condition))
        is not Truth.FALSE
    }
    need = Need(
        what=what, collection=Collection.DOCUMENTS, division=case.place, supplier=GOVERNMENT
    )
    whole_list = case.register.is_complete(Collection.DOCUMENTS, case.place, when)
    is_over = (due or when.last) <= case.on
    return existence(found, what, (need,), whole_list=whole_list, is_over=is_over)


def _due(condition: DocumentIssued, case: Case) -> date | None:
    """Return the last day on which such a document may come, None where the law names no time."""
    if condition.within is None:
        return None
    begins = case.period.last if condition.yearly else case.instrument.law_since(case.obligation.id)
    return condition.within.after(begins).last


def _wanted(condition: DocumentIssued, when: Period, due: date | None) -> Label:
    paper = _paper(condition)
    zh, en = f"{when}有效的{paper.zh}", f"{paper.en}, in force on {when}"
    if condition.yearly:
        zh, en = f"{when}的{paper.zh}", f"{paper.en}, for {when}"
    if due is not None:
        zh, en = f"{zh}（{due}以前印发）", f"{en}, issued by {due}"
    return Label(zh=zh, en=en)


def _paper(condition: DocumentIssued) -> Label:
    kind, topic = condition.kind, condition.topic
    zh, en = ("公布的", "published ") if condition.published else ("", "")
    if topic is None:
        return Label(zh=f"{zh}{kind.label_zh}", en=f"{en}{kind.label_en}")
    return Label(
        zh=f"{zh}纳入{topic.label_zh}内容的{kind.label_zh}",
        en=f"{en}{kind.label_en} that treats {topic.label_en}",
    )


def _treats(document: Document, condition: DocumentIssued) -> Truth:
    if condition.topic is None or condition.topic in document.topics:
        return Truth.TRUE
    return Truth.of(False if document.topics_complete else None)


def _is_open(document: Document, condition: DocumentIssued) -> Truth:
    return Truth.of(document.published) if condition.published else Truth.TRUE


def _is_valid(document: Document, on: date) -> bool:
    return document.period is None or on in document.period


def _is_for(document: Document, year: Period) -> bool:
    """Whether a document is made for a year; one that names no time, in the year of its issue."""
    if document.period is not None:
        return year.within(document.period)
    return document.issued_on in year


@judge.register
def _(condition: Attested, case: Case) -> Ruling:
    duty = case.obligation.id
    return word_on(duty if condition.question is None else f"{duty}/{condition.question}", case)


def word_on(duty: str, case: Case) -> Ruling:
    """Return what the latest attestation good on the day says of a duty."""
    good = [
        attestation
        for attestation in case.register.attestations
        if attestation.instrument == case.instrument.id
        and attestation.duty == duty
        and attestation.division == case.place
        and attestation.on <= case.on
        and (attestation.until is None or case.on <= attestation.until)
    ]
    latest = max((attestation.on for attestation in good), default=None)
    words = [attestation for attestation in good if attestation.on == latest]
    verdicts = {word.holds for word in words}
    if len(verdicts) == 1:
        return _as_attested(words, holds=verdicts.pop())
    if words:
        because = Label(
            zh=f"{latest}的认定相互矛盾", en=f"the attestations of {latest} contradict each other"
        )
    else:
        because = Label(zh="尚无认定", en="nobody answerable has attested it")
    return Ruling(
        truth=Truth.UNKNOWN,
        because=because,
        evidence=tuple(evidence_of(word) for word in words),
        needs=(
            Need(
                what=Label(
                    zh=f"对“{duty}”（{case.obligation.duty.zh}）的认定",
                    en=f"an attestation on '{duty}' ({case.obligation.duty.en})",
                ),
                collection=Collection.ATTESTATIONS,
                division=case.place,
                supplier=case.obligation.bearer.name,
            ),
        ),
    )


def _as_attested(words: list[Attestation], *, holds: bool) -> Ruling:
    keys = "、".join(word.id for word in words)
    return Ruling(
        truth=Truth.of(holds),
        because=Label(
            zh=f"{words[0].on}的认定（{keys}）{'确认' if holds else '否认'}",
            en=f"the attestation of {words[0].on} ({keys}) {'affirms' if holds else 'denies'} it",
        ),
        evidence=tuple(evidence_of(word) for word in words),
    )
