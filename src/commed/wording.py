"""Figures as Chinese official prose writes them: 近10万人次, 40余支, 不少于二百所."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from commed.checks import Checked, found
from commed.errors import CommedError, Problem, Words
from commed.quantities import Interval, Quantity, Unit
from commed.quantities.intervals import ExactNumber

__all__ = [
    "STANDARD_CONVENTION",
    "UnreadableQuantity",
    "WordingConvention",
    "hours",
    "parse_quantity",
    "persons",
    "ratio",
    "yuan",
]


class UnreadableQuantity(CommedError, ValueError):
    """Words that do not state a figure in a way this library can read without guessing."""


@frozen(kw_only=True)
class WordingConvention(Checked):
    """How wide the inexact words are taken (约数的宽度): this library's convention, no law's.

    `near`: 近 N is from this share of N up to, not including, N. `about`: 约 N is N give or
    take this share of it. `odd`: N 余 is from N up to, not including, N plus this many units
    of the place of its last digit that is not zero.
    """

    near: Fraction = Fraction(9, 10)
    about: Fraction = Fraction(1, 10)
    odd: Fraction = Fraction(1)

    def _contradictions(self) -> Iterable[Problem]:
        if not 0 < self.near < 1:
            yield Problem(
                "near",
                f"expected a share between 0 and 1, found {self.near}",
                f"应为0与1之间的比例，实为{self.near}",
            )
        if not 0 <= self.about < 1:
            yield Problem(
                "about",
                f"expected a share from 0 to under 1, found {self.about}",
                f"应为不小于0且小于1的比例，实为{self.about}",
            )
        if self.odd <= 0:
            yield Problem(
                "odd", f"expected more than 0, found {self.odd}", f"应大于0，实为{self.odd}"
            )


STANDARD_CONVENTION = WordingConvention()
"""近 is 0.9 N up to N; 约 is N give or take a tenth; 40余 is 40 up to 50."""

_MEASURE_WORDS = {
    "人次": Unit.PERSON_TIMES,
    "人": Unit.PERSONS,
    "名": Unit.PERSONS,
    "位": Unit.PERSONS,
    "支": Unit.TEAMS,
    "个": Unit.ITEMS,
    "所": Unit.INSTITUTIONS,
    "门": Unit.COURSES,
    "场": Unit.SESSIONS,
    "元": Unit.YUAN,
    "平方米": Unit.SQUARE_METRES,
    "m2": Unit.SQUARE_METRES,
    "m²": Unit.SQUARE_METRES,
    "分钟": Unit.MINUTES,
    "小时": Unit.HOURS,
    "天": Unit.DAYS,
    "%": Unit.RATIO,
}
_SCALES = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_Bound = Callable[[Fraction, WordingConvention], Interval]


def _near(value: Fraction, convention: WordingConvention) -> Interval:
    return Interval(convention.near * value, value, high_closed=False)


def _about(value: Fraction, convention: WordingConvention) -> Interval:
    margin = convention.about * value
    return Interval(value - margin, value + margin)


def _above(value: Fraction, _: WordingConvention) -> Interval:
    return Interval(value, None, low_closed=False)


def _below(value: Fraction, _: WordingConvention) -> Interval:
    return Interval(0, value, high_closed=False)


def _from(value: Fraction, _: WordingConvention) -> Interval:
    return Interval(value, None)


def _up_to(value: Fraction, _: WordingConvention) -> Interval:
    return Interval(0, value)


_BARE = frozenset("百千万亿")
_SCALE_SIGNS = _BARE | {"佰", "仟"}

_BOUNDS: Mapping[str, _Bound] = {
    "近": _near,
    "接近": _near,
    "将近": _near,
    "约": _about,
    "大约": _about,
    "左右": _about,
    "超过": _above,
    "逾": _above,
    "超": _above,
    "突破": _above,
    "不足": _below,
    "不到": _below,
    "不满": _below,
    "未满": _below,
    "不少于": _from,
    "不低于": _from,
    "至少": _from,
    "以上": _from,
    "不超过": _up_to,
    "至多": _up_to,
    "以下": _up_to,
    "以内": _up_to,
}
_AFTER = ("左右", "以上", "以下", "以内")

_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)}
_TRADITIONAL = str.maketrans(
    "萬億兩餘個門場約將過於滿內圓圆貳參陸鐘時",
    "万亿两余个门场约将过于满内元元贰叁陆钟时",
)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿]+"


def _figure(name: str) -> str:
    return (
        rf"(?P<{name}percent>百分之)?"
        rf"(?:(?P<{name}digits>{_DIGITS})|(?P<{name}numeral>{_NUMERAL}))"
        rf"(?P<{name}odd>[余多])?"
        rf"(?P<{name}scale>{_any_of(filter(None, _SCALES))})?(?P<{name}late>[余多])?"
        rf"(?P<{name}unit>{_any_of(_MEASURE_WORDS)})?"
    )


_PATTERN = re.compile(
    rf"(?P<before>{_any_of(_BOUNDS.keys() - _AFTER)})?"
    rf"{_figure('one_')}"
    rf"(?:(?P<dash>——|[-~—–至到]){_figure('two_')})?"
    rf"(?P<after>{_any_of(_AFTER)})?"
)
_BLANK = re.compile(r"(?<![0-9.,\s])\s+|\s+(?![0-9.,\s])")  # none between two digits
_LONGEST = 60


def parse_quantity(
    text: str, *, unit: Unit | None = None, convention: WordingConvention = STANDARD_CONVENTION
) -> Quantity:
    """Read a figure as official prose writes it, and keep its inexactness.

    ``parse_quantity("70余万人次")`` is [700000, 800000) person-times. Without a measure
    word the unit is `unit`, or else `Unit.NUMBER`; a measure word that contradicts `unit`
    is an error. 以上, 以下 and 以内 include the number, 超过 and 不满 do not (Civil Code
    art. 1259).

    Raises `UnreadableQuantity`, which quotes the words, for whatever it cannot read.
    """
    if not isinstance(text, str):
        raise _unreadable(text, Words("expected a text", "应为文本"))
    if len(text) > _LONGEST:
        most = Words(
            f"expected a text of at most {_LONGEST} signs", f"应为不超过{_LONGEST}字的文本"
        )
        raise _unreadable(text, most)
    plain = text.translate(_FULL_WIDTH).translate(_TRADITIONAL).replace("㎡", "m²")
    match = _PATTERN.fullmatch(_BLANK.sub("", plain))
    if match is None:
        raise _unreadable(text, _A_FIGURE)
    parts = match.groupdict()
    try:
        interval = _range(parts) if parts["dash"] else _single(parts, convention)
        return Quantity(interval, _unit(parts, unit), wording=" ".join(text.split()))
    except _Unclear as unclear:
        raise _unreadable(text, unclear.why) from None


_A_FIGURE = Words(
    "expected a figure such as 40余支, 近10万人次 or 30至40人",
    "应为形如40余支、近10万人次或30至40人的数量",
)


def persons(value: Quantity | int | str) -> Quantity:
    """Return a number of persons, given as such, as a whole number, or in words."""
    return _counted(value, Unit.PERSONS)


def yuan(value: Quantity | int | Decimal | str) -> Quantity:
    """Return an amount of money, given as such, as a number of yuan, or in words."""
    return _counted(value, Unit.YUAN)


def hours(value: Quantity | int | Decimal | str) -> Quantity:
    """Return a number of hours, given as such, as a number, or in words."""
    return _counted(value, Unit.HOURS)


def ratio(value: Quantity | Decimal | Fraction | str) -> Quantity:
    """Return a share, given as such, as a number where 1 is all, or in words (80%以上)."""
    return _counted(value, Unit.RATIO)


def _counted(value: Quantity | ExactNumber | str, unit: Unit) -> Quantity:
    if isinstance(value, str):
        return parse_quantity(value, unit=unit)
    return value if isinstance(value, Quantity) else Quantity.exactly(value, unit)


class _Unclear(Exception):
    """Why words that have the shape of a figure still cannot be read."""

    def __init__(self, en: str, zh: str) -> None:
        self.why = Words(en, zh)


_Parts = Mapping[str, str | None]


def _unreadable(text: object, reason: Words) -> UnreadableQuantity:
    return UnreadableQuantity(
        Words(
            f"cannot read {found(text)} as a figure: {reason}",
            f"无法将{found(text, 'zh')}读作数量：{reason.zh}",
        )
    )


def _single(parts: _Parts, convention: WordingConvention) -> Interval:
    value, place = _value(parts, "one_")
    odd = parts["one_odd"] or parts["one_late"]
    words = [word for word in (parts["before"], odd, parts["after"]) if word]
    if len(words) > 1 or (parts["one_odd"] and parts["one_late"]):
        several = "、".join(words)
        raise _Unclear(
            f"only one of {several} can say how exact it is", f"{several}中只能用一个表示约略"
        )
    if not words:
        return Interval.exactly(value)
    if value == 0:
        raise _Unclear("zero can only be stated exactly", "零只能是确数")
    if odd:
        return Interval(value, value + convention.odd * place, high_closed=False)
    return _BOUNDS[words[0]](value, convention)


def _range(parts: _Parts) -> Interval:
    extras = ("before", "after", "one_odd", "one_late", "two_odd", "two_late")
    if any(parts[extra] for extra in extras):
        raise _Unclear("the ends of a range must be plain figures", "范围的两端必须是确数")
    if _is_scaled(parts, "two_") and not _is_scaled(parts, "one_"):
        raise _Unclear(
            "write the scale at both ends, as in 3万至5万", "请在两端都写数位，如3万至5万"
        )
    (low, _), (high, _) = _value(parts, "one_"), _value(parts, "two_")
    if low > high:
        raise _Unclear("the smaller figure comes first in a range", "范围应先写较小的数")
    return Interval(low, high)


def _is_scaled(parts: _Parts, which: str) -> bool:
    return bool(parts[f"{which}scale"] or set(parts[f"{which}numeral"] or "") & _SCALE_SIGNS)


def _value(parts: _Parts, which: str) -> tuple[Fraction, Fraction]:
    """Return the figure, and the place of its last digit that is not zero."""
    digits, numeral = parts[f"{which}digits"], parts[f"{which}numeral"]
    if numeral is not None and numeral[0] in _BARE and not _leans_on_a_word(parts):
        raise _Unclear(f"{numeral} alone is a scale, not a figure", f"{numeral}只是数位，不是数")
    figure = str(_numeral(numeral)) if numeral is not None else (digits or "").replace(",", "")
    scale = Fraction(_SCALES[parts[f"{which}scale"] or ""])
    if _is_percentage(parts):
        scale /= 100
    return Fraction(figure) * scale, _last_place(figure) * scale


def _leans_on_a_word(parts: _Parts) -> bool:
    """Whether a word tells that a bare scale means one of it: 近百, 百余, 百人以上, 百分之百."""
    return any(parts[word] for word in ("before", "after", "one_odd", "one_percent"))


def _last_place(figure: str) -> Fraction:
    """Return the place of the last digit that is not zero: 10 in 40, a tenth in 4.50."""
    whole, _, decimals = figure.partition(".")
    if decimals := decimals.rstrip("0"):
        return Fraction(1, 10 ** len(decimals))
    return Fraction(10 ** (len(whole) - len(whole.rstrip("0"))))


_TWO = re.compile("两(?=[百千万亿])|^两$")


def _numeral(numeral: str) -> int:
    from cn2an import an2cn, cn2an  # noqa: PLC0415 - slower to import than all of commed

    standard = _TWO.sub("二", numeral).replace("〇", "零").replace("廿", "二十")
    if standard[0] in _BARE:
        standard = f"一{standard}"
    standard = standard.removeprefix("一") if standard.startswith("一十") else standard
    try:
        value = int(cn2an(standard, "strict"))
        # cn2an drops parts that it does not expect: written back, the numeral must be the same.
        written_back = {an2cn(value, "low").replace("零", ""), an2cn(value, "up").replace("零", "")}
        if standard.replace("零", "") in written_back:
            return value
    except ValueError:
        pass
    raise _Unclear(f"{numeral} is no standard Chinese numeral", f"{numeral}不是规范的中文数字")


def _is_percentage(parts: _Parts) -> bool:
    sign = "%" in {parts["one_unit"], parts["two_unit"]}
    words = bool(parts["one_percent"] or parts["two_percent"])
    if sign and words:
        raise _Unclear("it says 'percent' twice", "百分比写了两次")
    return sign or words


def _unit(parts: _Parts, expected: Unit | None) -> Unit:
    stated = {
        Unit.RATIO if name.endswith("percent") else _MEASURE_WORDS[word]
        for name, word in parts.items()
        if word and name.endswith(("unit", "percent"))
    }
    units = stated | ({expected} if expected else set())
    if len(units) > 1:
        both = sorted(units, key=lambda unit: unit.label_en)
        raise _Unclear(
            f"its unit cannot be both {' and '.join(unit.label_en for unit in both)}",
            f"单位不能既是{'又是'.join(f'“{unit.label_zh}”' for unit in both)}",
        )
    return units.pop() if units else Unit.NUMBER
