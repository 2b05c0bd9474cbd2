"""Write `reference/indicators.md` from the catalogue: ``python docs/catalogue_page.py``.

Each indicator is shown at work on the bundled register `made-up-district`, in an example that the
tests execute like every other; a test holds the page equal to what this writes.
"""

from collections.abc import Iterator
from pathlib import Path

import commed
from commed.indicators import Definition, Measurement, families
from commed.labels import Label

PAGE = Path(__file__).parent / "reference" / "indicators.md"

_HEAD = """\
# Indicators

<!-- Written by docs/catalogue_page.py from the catalogue; edit the definitions instead. -->

Every figure that `measure` knows, by family. The examples measure the year 2024 of a register
that is bundled and made up, `made-up-district`: no figure, place or body in it is real.

```python
from commed import Period, example, measure

district, year = example("made-up-district"), Period.year(2024)
```

A *flow* adds up over the period, a *stock* is taken on its last day. What an indicator *splits by*
can be given as `by`, which gives a mapping, or in `where`, which narrows the question:

```python
for month, found in measure("person-times", district, period=year, by="quarter").items():
    print(month, found.value)
print(measure("distinct-learners", district, period=year, where={"group": "elderly"}).value)
```

```text
2024-Q1 10
2024-Q2 9
2024-Q3 4
2024-Q4 4
4
```

| indicator | 指标 | unit | of the made-up district |
| --- | --- | --- | --- |
"""

_NARROWED = {
    "funds-budgeted-share": {"use": "教学活动"},
    "funds-paid-share": {"level": "county"},
}
"""What an indicator has to be narrowed to before it means something."""

_WORKED = {
    "person-times": "Eight events with 4, 3, 3, 4, 3, 2, 4 and 4 persons: 27 attendances.",
    "distinct-learners": "The 27 attendances are those of ten different learners.",
    "participation-rate": "Ten learners of 1,000 residents. It is not 27 of 1,000.",
    "person-times-per-resident": "27 attendances of 1,000 residents: another unit, no share.",
    "repeat-rate": "Nine of the ten came twice or more; one came once.",
    "digital-share": "Four of 27 attendances were online; the two of an event that was held both "
    "ways may have been.",
    "learning-minutes": "90 minutes for 4, 3 and 3 persons, 60 for 4, 120 for 3 and 2, 45 for 4, "
    "150 for 4. The last event went past midnight: it counts whole on the day it began.",
    "learning-minutes-per-learner": "2,520 minutes, shared by ten learners.",
    "learning-minutes-per-resident": "2,520 minutes, shared by 1,000 residents.",
    "learning-hours": "2,520 minutes are 42 hours.",
    "learning-hours-per-learner": "42 hours, shared by ten learners.",
    "learning-hours-per-resident": "42 hours, shared by 1,000 residents.",
    "workstation-coverage": "Three of the four communities have a workstation.",
    "population-coverage": "900 of 1,000 residents live in those three.",
    "three-level-coverage": "The district has a college, one of its two subdistricts a school, "
    "three of its four communities a workstation: five of seven divisions.",
    "institutions": "The college and the school; workstations are counted apart.",
    "workstations": "The third of them has stood since July.",
    "demonstration-share": "One of three is a demonstration station.",
    "opening-hours": "40, 20, and 30小时以上, which is 30 to all 168 hours of a week: at least 90 "
    "and at most 228, over three stations.",
    "active-months": "Two stations stood for twelve months, one for six: 30 station-months, of "
    "which eight saw an event.",
    "active-weeks": "52 weeks of 2024 lie whole in it, 26 of them in the third station's time: 130 "
    "station-weeks, seven of them with an event. The event of 31 December lies in a week that the "
    "year cuts in two.",
    "longest-gap": "One station held nothing after 20 April: 255 days to the end of the year.",
    "planned-sessions": "Four second Fridays of the month.",
    "plan-completion": "Three of the four were held, one of them a week late.",
    "team-plan-completion": "The one plan is a team's.",
    "cancellation-rate": "The session of April was called off.",
    "learning-teams": "Three teams stand at the end of the year.",
    "teams-per-10000-residents": "Three teams for 1,000 residents are thirty for 10,000.",
    "active-teams": "Events name two of the teams; all events are recorded, so the third did not "
    "meet.",
    "active-team-share": "Two of three.",
    "funds-budgeted": "2,500 yuan. The 1,500 for teaching and the 1,000 for venues are included in "
    "them, and counted once.",
    "funds-budgeted-per-resident": "2,500 yuan for 1,000 residents.",
    "funds-budgeted-share": "1,500 of 2,500 yuan are for teaching (教学活动).",
    "funds-paid": "One payment on record, and the list is whole.",
    "funds-paid-per-resident": "2,250 yuan for 1,000 residents.",
    "funds-paid-share": "All of it came from the district's own budget.",
    "funds-execution-rate": "2,250 of 2,500 yuan were paid.",
    "staff": "Two full-time, five part-time, and 20余 volunteers, which are 20 to 29.",
    "staff-per-10000-residents": "27 to 36 for 1,000 residents.",
    "training-days": "Ten days of the full-time, eleven of the part-time staff.",
    "training-days-per-staff": "21 days, over 27 to 36 persons.",
    "awareness": "61 of 80 said yes. Of all residents, that tells between 66 and 84 percent, at 95 "
    "percent confidence.",
    "approval": "A share is stated, 80%以上, and no sample: nothing is inferred from it.",
    "satisfaction": "Two surveys, 84 and 86 of a hundred each, are pooled: 170 of 200.",
    "survey-response-rate": "One of the surveys does not tell how many were asked.",
    "participation-gini": "Ten learners of 600 residents in the east, four of 400 in the west: one "
    "in 60, and one in 100.",
    "participation-theil": "The same two rates; the index is irrational, and enclosed.",
    "participation-variation": "The same two rates.",
    "participation-best-to-worst": "One in 60, by one in 100.",
}


def page() -> str:
    """Return the text of the page."""
    return "".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD
    for family in families().values():
        for indicator in family:
            value = _measured(indicator).quantity or "no value"
            link = f"[{indicator.label.en}](#{indicator.id})"
            yield f"| {link} | {indicator.label.zh} | {indicator.unit.label_en} | {value} |\n"
    for family, definitions in families().items():
        yield f"\n## {family.en} {family.zh}\n"
        for indicator in definitions:
            yield from _entry(indicator)


def _entry(indicator: Definition) -> Iterator[str]:
    where = _NARROWED.get(indicator.id)
    narrowing = f", where={where}".replace("'", '"') if where else ""
    yield f"\n({indicator.id})=\n### `{indicator.id}`\n\n"
    yield f"**{indicator.label.en}** ({indicator.label.zh}), a {indicator.timing.value} in "
    yield f"{indicator.unit.label_en}.\n\n"
    yield _told("formula", indicator.formula)
    if indicator.base is not None:
        yield _told("base", indicator.base)
    yield _told("needs", indicator.requires)
    yield _told("when records are partial", indicator.when_partial)
    yield _told("source", indicator.source)
    yield f"- *splits by*: {', '.join(indicator.dimensions) or 'nothing'}\n"
    yield f"\n{_WORKED[indicator.id]}\n\n"
    yield f'```python\nprint(measure("{indicator.id}", district, period=year{narrowing}))\n```\n\n'
    yield f"```text\n{_measured(indicator)}\n```\n"


def _measured(indicator: Definition) -> Measurement:
    return commed.measure(
        indicator.id,
        commed.example("made-up-district"),
        period=commed.Period.year(2024),
        where=_NARROWED.get(indicator.id),
    )


def _told(name: str, label: Label) -> str:
    return f"- *{name}*: {label.en} ({label.zh})\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
