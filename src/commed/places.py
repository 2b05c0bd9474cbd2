"""Administrative divisions: their codes, levels and containment."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from commed.checks import Checked, Name, Text, mismatch
from commed.errors import InvalidValue, Problem, Words
from commed.labels import LabelledEnum
from commed.periods import Period, ends_before_it_begins, stood_in
from commed.references import Collection, DivisionId, Identifies

__all__ = ["Division", "DivisionCode", "Level", "division_code", "division_id"]


class Level(LabelledEnum):
    """The rank of an administrative division (行政层级), highest first."""

    PROVINCE = "province", "省级", "province"
    CITY = "city", "市级", "city"
    COUNTY = "county", "区（市）县级", "district or county"
    TOWNSHIP = "township", "乡镇（街道）级", "township or subdistrict"
    COMMUNITY = "community", "村（社区）级", "village or neighbourhood"

    @property
    def below(self) -> "Level | None":
        """The next lower rank; None below a community."""
        following = _RANKS[self] + 1
        return _BY_RANK[following] if following < len(_BY_RANK) else None

    def is_above(self, other: "Level") -> bool:
        """Whether this rank is higher than the other."""
        return _RANKS[self] < _RANKS[other]


_BY_RANK = tuple(Level)
_RANKS = {level: rank for rank, level in enumerate(Level)}


@frozen(order=True)
class DivisionCode(Checked):
    """The official code of a division (行政区划代码).

    Six digits after GB/T 2260 down to the county; the statistical code below it has nine
    digits for a township or subdistrict and twelve for a village or neighbourhood. The
    padded twelve-digit form of a higher division is refused: one division, one code.
    """

    digits: str

    def _contradictions(self) -> Iterable[Problem]:
        if not _CODE.fullmatch(self.digits):
            yield _not_a_code("", self.digits)

    @property
    def level(self) -> Level:
        """The rank that the code belongs to."""
        if len(self.digits) == _COMMUNITY:
            return Level.COMMUNITY
        if len(self.digits) == _TOWNSHIP:
            return Level.TOWNSHIP
        if self.digits.endswith("0000"):
            return Level.PROVINCE
        return Level.CITY if self.digits.endswith("00") else Level.COUNTY

    @property
    def parent(self) -> "DivisionCode | None":
        """The code of the division that contains this one; None for a province."""
        digits = self.digits
        match self.level:
            case Level.PROVINCE:
                return None
            case Level.CITY:
                return division_code(f"{digits[:2]}0000")
            case Level.COUNTY:
                return division_code(f"{digits[:4]}00")
            case _:
                return division_code(digits[:-3])

    def __str__(self) -> str:
        return self.digits


@lru_cache(maxsize=4096)
def division_code(digits: str) -> DivisionCode:
    """Return the code of these digits (行政区划代码), made once; raises `InvalidValue`."""
    return DivisionCode(digits)


_TOWNSHIP, _COMMUNITY = 9, 12
# A province; or a city and what lies in it: a county, then a township, then a community.
_CODE = re.compile(r"[1-8][0-9](?:0000|(?!00)[0-9]{4}(?:(?!000)[0-9]{3}){0,2})")
_A_CODE = Words(
    "a division code: 6 digits (GB/T 2260), or 9 or 12 (statistical code) that do not end in 000",
    "行政区划代码：6位数字（GB/T 2260），或不以000结尾的9位、12位数字（统计用区划代码）",
)


def _not_a_code(path: str, digits: str) -> Problem:
    return mismatch(path, _A_CODE, digits)


def division_id(value: str | DivisionCode) -> str:
    """Return the key of a division given by its key or its code."""
    return value.digits if isinstance(value, DivisionCode) else value


@frozen(kw_only=True)
class Division(Checked):
    """An administrative area (行政区划).

    `id` is the official code wherever that is known: a key of digits alone is held to be
    one, and gives the `level`. A division whose code is not known takes any other key, says
    its `level` and, where that is known, which division it lies `within`. `since` and `until`
    are its first and last day, where it was set up, merged or abolished.
    """

    id: Annotated[Name, Identifies(Collection.DIVISIONS)] = field(converter=division_id)
    name: Text
    level: Level = None  # type: ignore[assignment]  # the code's own, or the check asks for it
    within: DivisionId | None = field(default=None, converter=optional(division_id))
    since: date | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Take the level from the code, then check."""
        if self.level is None and (code := self._readable_code()):
            object.__setattr__(self, "level", code.level)
        super().__attrs_post_init__()

    def _contradictions(self) -> Iterable[Problem]:
        code = self._readable_code()
        if code is None:
            if self.id.isdigit():
                yield _not_a_code("id", self.id)
        elif code.level is not self.level:
            expected, given = code.level.value, self.level.value
            yield Problem(
                "level",
                f"expected {expected!r}, as the code says, found {given!r}",
                f"应为代码所表明的{expected!r}，实为{given!r}",
            )
        yield from ends_before_it_begins(self.since, self.until)

    def stood_in(self, period: Period | None) -> bool:
        """Whether it stood on some day of a period; ``None`` asks whether it ever did."""
        return stood_in(period, self.since, self.until)

    def _readable_code(self) -> DivisionCode | None:
        try:
            return division_code(self.id)
        except (InvalidValue, TypeError):  # no code, or nothing that could be looked up
            return None

    @property
    def code(self) -> DivisionCode | None:
        """The official code, where it is known."""
        return self._readable_code()
