"""Duties whose words admit more than one reading: each is judged, none is picked silently."""

from attrs import evolve

from commed.compliance.papers import word_on
from commed.compliance.rulings import Case, Ruling, joined, judge, united
from commed.evidence import Need
from commed.labels import Label
from commed.law.instrument import Reading
from commed.references import Collection
from commed.truth import Truth

__all__ = ["read_every_way"]


def read_every_way(case: Case) -> Ruling:
    """Judge a duty on every reading that may count.

    Where the readings disagree nothing is decided, and each says its own. An attestation on
    ``duty/reading`` says that a reading counts, or that it does not.
    """
    readings, words = _that_count(case)
    rulings = [judge(reading.condition, case) for reading in readings]
    agreed = len({ruling.verdict for ruling in rulings}) == 1
    told = [_told(reading, ruling) for reading, ruling in zip(readings, rulings, strict=True)]
    needs = united(ruling.needs for ruling in rulings)
    joint = Ruling(
        truth=rulings[0].truth if agreed else Truth.UNKNOWN,
        because=joined([*(word.because for word in words), *told]),
        evidence=united(ruling.evidence for ruling in (*words, *rulings)),
        needs=needs if agreed else (*needs, _which_counts(case)),
        parts=tuple(rulings),
        applies=rulings[0].applies if agreed else Truth.TRUE,
    )
    if len(rulings) > 1:
        return joint
    figures = rulings[0]
    return evolve(
        joint,
        observed=figures.observed,
        required=figures.required,
        shortfall=figures.shortfall,
    )


def _that_count(case: Case) -> tuple[list[Reading], list[Ruling]]:
    """Return the readings that no attestation rules out, and the words that did so."""
    readings = list(case.obligation.readings)
    words = [word_on(_key(reading, case), case) for reading in readings]
    affirmed = [word for word in words if word.truth is Truth.TRUE]
    denied = [word for word in words if word.truth is Truth.FALSE]
    if affirmed:
        return [r for r, word in zip(readings, words, strict=True) if word in affirmed], affirmed
    if denied and len(denied) < len(readings):
        left = [r for r, word in zip(readings, words, strict=True) if word not in denied]
        return left, denied
    return readings, []


def _key(reading: Reading, case: Case) -> str:
    return f"{case.obligation.id}/{reading.id}"


def _told(reading: Reading, ruling: Ruling) -> Label:
    verdict = ruling.verdict
    return Label(
        zh=f"按“{reading.label.zh}”理解，{verdict.label_zh}：{ruling.because.zh}",
        en=f"read as '{reading.label.en}', {verdict.label_en}: {ruling.because.en}",
    )


def _which_counts(case: Case) -> Need:
    keys = [_key(reading, case) for reading in case.obligation.readings]
    return Need(
        what=Label(
            zh=f"以何种理解为准的解释（认定其一：{'、'.join(keys)}）",
            en=f"an interpretation that says which reading counts (attest one of: "
            f"{', '.join(keys)})",
        ),
        collection=Collection.ATTESTATIONS,
        division=case.place,
        supplier=Label(zh="制定机关", en="the body that made the law"),
    )
