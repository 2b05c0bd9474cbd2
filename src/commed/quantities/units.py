"""Units, and which of them fit each other."""

from commed.errors import CommedError
from commed.labels import LabelledEnum

__all__ = ["Unit", "UnitMismatch"]


class UnitMismatch(CommedError, TypeError):
    """Two quantities whose units do not fit were added, compared or divided."""


class Unit(LabelledEnum):
    """What a figure counts (计量单位). The Chinese label is the measure word.

    `RATIO` is a part of a whole, where 1 is 100 percent; `NUMBER` is a bare figure that
    came without a measure word.
    """

    PERSON_TIMES = "person-times", "人次", "person-times"
    PERSONS = "persons", "人", "persons"
    TEAMS = "teams", "支", "teams"
    ITEMS = "items", "个", "items"
    INSTITUTIONS = "institutions", "所", "institutions"
    COURSES = "courses", "门", "courses"
    SESSIONS = "sessions", "场", "sessions"
    YUAN = "yuan", "元", "yuan"
    SQUARE_METRES = "square-metres", "平方米", "square metres"
    MINUTES = "minutes", "分钟", "minutes"
    HOURS = "hours", "小时", "hours"
    DAYS = "days", "天", "days"
    WEEKS = "weeks", "周", "weeks"
    MONTHS = "months", "个月", "months"
    RATIO = "ratio", "比率", "(ratio)"
    NUMBER = "number", "（无单位）", "(no unit)"
    PERSON_TIMES_PER_PERSON = "person-times-per-person", "人次/人", "person-times per person"
    YUAN_PER_PERSON = "yuan-per-person", "元/人", "yuan per person"
    MINUTES_PER_PERSON = "minutes-per-person", "分钟/人", "minutes per person"
    HOURS_PER_PERSON = "hours-per-person", "小时/人", "hours per person"
    DAYS_PER_PERSON = "days-per-person", "天/人", "days per person"
    HOURS_A_WEEK = "hours-a-week", "小时/周", "hours a week"
    TEAMS_PER_TEN_THOUSAND = "teams-per-10000", "支/万人", "teams per 10,000 persons"
    PERSONS_PER_TEN_THOUSAND = "persons-per-10000", "人/万人", "persons per 10,000 persons"

    @property
    def is_count(self) -> bool:
        """Whether it counts things, so that only whole numbers of it exist."""
        return self in _COUNTS

    @property
    def is_plain(self) -> bool:
        """Whether it is a pure number, which scales any quantity without changing its unit."""
        return self in {Unit.RATIO, Unit.NUMBER}

    def __truediv__(self, other: "Unit") -> "Unit":
        if self is other:
            return Unit.RATIO
        if other.is_plain:
            return self
        for (dividend, divisor), quotient in _QUOTIENTS.items():
            if self is dividend and other in {divisor, quotient}:
                return quotient if other is divisor else divisor
        raise UnitMismatch(f"{self.label_en} cannot be divided by {other.label_en}")

    def __mul__(self, other: "Unit") -> "Unit":
        if self.is_plain and other.is_plain:
            return Unit.RATIO if Unit.RATIO in {self, other} else Unit.NUMBER
        if other.is_plain:
            return self
        if self.is_plain:
            return other
        for (dividend, divisor), quotient in _QUOTIENTS.items():
            if {self, other} == {quotient, divisor}:
                return dividend
        raise UnitMismatch(f"{self.label_en} cannot be multiplied by {other.label_en}")


_COUNTS = frozenset(
    {
        Unit.PERSON_TIMES,
        Unit.PERSONS,
        Unit.TEAMS,
        Unit.ITEMS,
        Unit.INSTITUTIONS,
        Unit.COURSES,
        Unit.SESSIONS,
    }
)
_QUOTIENTS = {
    (Unit.PERSON_TIMES, Unit.PERSONS): Unit.PERSON_TIMES_PER_PERSON,
    (Unit.YUAN, Unit.PERSONS): Unit.YUAN_PER_PERSON,
    (Unit.MINUTES, Unit.PERSONS): Unit.MINUTES_PER_PERSON,
    (Unit.HOURS, Unit.PERSONS): Unit.HOURS_PER_PERSON,
    (Unit.DAYS, Unit.PERSONS): Unit.DAYS_PER_PERSON,
}
