"""Staff (人员): who works for community education, and how they are trained.

A record of a division counts everybody of that role in it, so the records of what lies in it
add nothing. Of each body or division the record dated last in the calendar year counts.
"""

from collections.abc import Callable

from attrs import frozen

from commed.indicators.dimensions import PLACES
from commed.indicators.grounds import complete_list, counted, per_resident, quotient
from commed.indicators.measurement import Answer, Coverage, Definition, Question, Timing
from commed.labels import Label
from commed.quantities import Interval, Unit
from commed.records.resources import Staffing, StaffRole
from commed.references import Collection
from commed.register import evidence_of
from commed.truth import Truth

__all__ = ["DEFINITIONS"]

_NOBODY = Interval.exactly(0)
_SOMEBODY = Interval(1, None)
_ANY = Interval(0, None)

Amount = Callable[[Staffing], Interval]


def _persons(record: Staffing) -> Interval:
    return record.persons.interval.whole()


def _training_days(record: Staffing) -> Interval:
    return _ANY if record.training_days is None else Interval.exactly(record.training_days)


def _records(question: Question, role: StaffRole) -> dict[Staffing, Truth]:
    """Return the records of a role that count, surely or possibly.

    One of the very division says all. One of what lies around it says how many there are at most.
    """
    register = question.register
    latest = _latest(question, role)
    own = latest.get((None, question.division))
    if own is not None and not question.organisations:
        return {own: Truth.TRUE}
    if any(body in question.organisations for body, _ in latest):
        latest = {key: record for key, record in latest.items() if key[0] is not None}
    counted_whole = {
        place
        for body, place in latest
        if body is None
        and not question.organisations
        and register.lies_within(place, question.division) is Truth.TRUE
    }
    return {
        record: truth
        for (body, place), record in latest.items()
        if (truth := register.lies_within(place, question.division) & question.asks_of(body))
        is not Truth.FALSE
        and counted_whole.isdisjoint(register.lineage(place)[body is None :])
    }


def _latest(question: Question, role: StaffRole) -> dict[tuple[str | None, str], Staffing]:
    """Return of each body, and of each division, the record dated last in the year."""
    register, year = question.register, question.year
    return {
        (record.organisation, register.place_of(record)): record
        for record in sorted(register.staffings, key=lambda record: record.on)
        if record.role is role and (year is None or record.on in year)
    }


@frozen
class _Sum:
    """A sum over records, and whether they are all there."""

    total: Interval
    records: tuple[Staffing, ...]
    is_whole: bool

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(
            self.total + other.total,
            self.records + other.records,
            self.is_whole and other.is_whole,
        )


def _sum(amount: Amount, question: Question) -> _Sum:
    roles = StaffRole if question.role is None else (question.role,)
    parts = (_of_role(role, amount, question) for role in roles)
    return sum(parts, _Sum(_NOBODY, (), is_whole=True))


def _of_role(role: StaffRole, amount: Amount, question: Question) -> _Sum:
    records = _records(question, role)
    around = question.register.lineage(question.division)[1:]
    total, most = _NOBODY, list[Interval]()
    for record, truth in records.items():
        each = amount(record)
        if record.organisation is None and record.division in around:
            most.append(Interval(0, each.high))
        else:
            total += each if truth is Truth.TRUE else Interval.hull([_NOBODY, each])
    is_whole = question.register.is_complete(
        Collection.STAFFINGS, question.division, question.year
    ) or any(
        record.organisation is None and record.division == question.division for record in records
    )
    if most or not is_whole:
        total = Interval(total.low, None)
    for limit in most:
        total = total.intersection(limit) or total
    return _Sum(total, tuple(records), is_whole)


def _total(amount: Amount, unit: Unit, question: Question) -> Answer:
    found = _sum(amount, question)
    details = _DETAILS if found.is_whole else None
    return counted(
        found.total,
        unit,
        coverage=(Coverage(Collection.STAFFINGS, len(found.records), found.is_whole),),
        needs=[complete_list(Collection.STAFFINGS, _of_its_year(question), of=details)],
        evidence=tuple(map(evidence_of, found.records)),
    )


def _of_its_year(question: Question) -> Question:
    """Return the same question of the whole year, in which the last record counts."""
    return question._replace(period=question.year)


def _staff(question: Question) -> Answer:
    return _total(_persons, Unit.PERSONS, question)


def _staff_per_resident(question: Question) -> Answer:
    return per_resident(_staff(question), question, times=10_000)


def _days(question: Question) -> Answer:
    return _total(_training_days, Unit.DAYS, question)


def _days_per_staff(question: Question) -> Answer:
    days = _days(question)
    return quotient(days, _staff(question), _SOMEBODY, coverage=days.coverage)


_DETAILS = Label(
    zh="人员记录（确切人数、培训天数、所在机构或区划）",
    en="staffings, with the exact persons, their training days, and whose they are",
)
_REQUIRES = Label(
    zh="人员记录的完整清单，或本区划的汇总记录",
    en="the complete list of staffings, or one of the whole division",
)
_LOWER_BOUND = Label(
    zh="清单不全且无本区划汇总记录时只给下界",
    en="a lower bound where the list is partial and no record is of the whole division",
)
_SOURCE = Label(zh="本库定义", en="this library's definition")
_STAFF = Label(zh="人员数", en="staff")
_DIMENSIONS = ("year", *PLACES, "organiser", "role")

DEFINITIONS = (
    Definition(
        id="staff",
        label=_STAFF,
        formula=Label(
            zh="期末所在年度最近一次记录的专职、兼职人员和志愿者人数之和；区划汇总记录已含其下各机构",
            en="full-time, part-time and voluntary workers, as last recorded in the calendar year "
            "that the period ends in; the record of a division includes what lies in it",
        ),
        unit=Unit.PERSONS,
        timing=Timing.STOCK,
        source=_SOURCE,
        requires=_REQUIRES,
        when_partial=_LOWER_BOUND,
        compute=_staff,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="staff-per-10000-residents",
        label=Label(zh="每万人人员数", en="staff per 10,000 residents"),
        formula=Label(
            zh="人员数 ÷ 常住人口 × 10000", en="staff / resident population times 10,000"
        ),
        unit=Unit.PERSONS_PER_TEN_THOUSAND,
        timing=Timing.STOCK,
        source=_SOURCE,
        requires=Label(zh=f"{_REQUIRES.zh}；常住人口", en=f"{_REQUIRES.en}; the residents"),
        when_partial=Label(
            zh="分子给出上下界；无人口数则无值",
            en="the numerator is bounded; without a population there is no value",
        ),
        compute=_staff_per_resident,
        base=Label(zh="常住人口", en="resident population"),
        dimensions=("year", *PLACES, "role"),
    ),
    Definition(
        id="training-days",
        label=Label(zh="人员培训天数", en="training days of staff"),
        formula=Label(
            zh="期末所在年度内人员接受培训的天数之和",
            en="sum of the days of training that staff had in the calendar year that the period "
            "ends in",
        ),
        unit=Unit.DAYS,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=Label(zh=f"{_REQUIRES.zh}及培训天数", en=f"{_REQUIRES.en}, with training days"),
        when_partial=Label(
            zh="有记录未注明培训天数时只给下界",
            en="a lower bound where a record does not tell the days",
        ),
        compute=_days,
        dimensions=_DIMENSIONS,
    ),
    Definition(
        id="training-days-per-staff",
        label=Label(zh="人均培训天数", en="training days per member of staff"),
        formula=Label(zh="人员培训天数 ÷ 人员数", en="training days of staff / staff"),
        unit=Unit.DAYS_PER_PERSON,
        timing=Timing.FLOW,
        source=_SOURCE,
        requires=Label(zh=f"{_REQUIRES.zh}及培训天数", en=f"{_REQUIRES.en}, with training days"),
        when_partial=Label(
            zh="分子、分母各给出上下界", en="both numerator and denominator are bounded"
        ),
        compute=_days_per_staff,
        base=_STAFF,
        dimensions=_DIMENSIONS,
    ),
)
"""The indicators of staff."""
