"""Wording: figures are read as official prose writes them, and never guessed."""

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commed.checks import found
from commed.errors import CommedError, InvalidValue
from commed.quantities import Interval, Quantity, Unit
from commed.wording import (
    STANDARD_CONVENTION,
    UnreadableQuantity,
    WordingConvention,
    hours,
    parse_quantity,
    persons,
    ratio,
    yuan,
)

WAN, YI = 10**4, 10**8

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
TRADITIONAL = str.maketrans(
    "万亿两余个门场约将过于满内元贰叁陆钟时", "萬億兩餘個門場約將過於滿內圓貳參陸鐘時"
)

BEFORE = ["近", "约", "大约", "超过", "逾", "不足", "未满", "不少于", "不超过", "百分之"]
FIGURES = ["0", "1", "40", "1,234", "2.50", "零", "一", "两", "十", "廿", "贰", "陆拾", "二百"]
SCALES = ["百", "千", "万", "亿", "百万"]
MEASURES = ["人次", "人", "支", "个", "门", "场", "元", "m2", "分钟", "小时", "%"]
AFTER = ["左右", "以上", "以下", "以内", "至1万人", "-500%"]
ODD = ["余", "多"]
STRAY = [" ", "\n", "\u3000", "〇", "点", "负", "半", "年", "到", "~", ",", "."]
ORDER = [BEFORE, FIGURES, ODD, SCALES, MEASURES, AFTER]

numbers = st.integers(0, 10**12)
sections = st.just(0) | st.integers(0, 9999)
likely = st.tuples(*(st.sampled_from(["", *words]) for words in ORDER)).map("".join)
unlikely = st.lists(st.sampled_from(sum(ORDER, STRAY)), max_size=7).map("".join)
prose = likely | unlikely
unhurried = settings(deadline=None)  # the first numeral loads the library that reads them


def half_open(low: int | Decimal | Fraction, high: int | Decimal | Fraction) -> Interval:
    return Interval(low, high, high_closed=False)


def above(low: int) -> Interval:
    return Interval(low, None, low_closed=False)


def reading(text: str, unit: Unit | None = None) -> Quantity | None:
    try:
        return parse_quantity(text, unit=unit)
    except UnreadableQuantity:
        return None


def spelled(number: int) -> str:
    """Write a number below a trillion in standard Chinese numerals."""
    places = ["", "十", "百", "千", "万", "十", "百", "千", "亿", "十", "百", "千"]
    digits = ["零一二三四五六七八九"[int(digit)] for digit in str(number)]
    text = "".join(map("".join, zip(digits, reversed(places[: len(digits)]), strict=True)))
    text = re.sub("零+", "零", re.sub("零[十百千]", "零", text)).replace("亿零万", "亿零")
    text = re.sub("零+", "零", re.sub("零([万亿])", r"\1", text))
    return re.sub("^一十", "十", text.rstrip("零")) or "零"


@pytest.mark.parametrize(
    ("text", "interval", "unit"),
    [
        ("11人", Interval.exactly(11), Unit.PERSONS),
        ("40余支", half_open(40, 50), Unit.TEAMS),
        ("70余万人次", half_open(70 * WAN, 80 * WAN), Unit.PERSON_TIMES),
        ("70万余人次", half_open(70 * WAN, 80 * WAN), Unit.PERSON_TIMES),
        ("2300余", half_open(2300, 2400), Unit.NUMBER),
        ("15余", half_open(15, 16), Unit.NUMBER),
        ("300多", half_open(300, 400), Unit.NUMBER),
        ("2.5余万", half_open(25000, 26000), Unit.NUMBER),
        ("1.50余", half_open(Decimal("1.5"), Decimal("1.6")), Unit.NUMBER),
        ("2.25余", half_open(Decimal("2.25"), Decimal("2.26")), Unit.NUMBER),
        ("近10万", half_open(9 * WAN, 10 * WAN), Unit.NUMBER),
        ("接近10万", half_open(9 * WAN, 10 * WAN), Unit.NUMBER),
        ("将近10万", half_open(9 * WAN, 10 * WAN), Unit.NUMBER),
        ("约200所", Interval(180, 220), Unit.INSTITUTIONS),
        ("大约200所", Interval(180, 220), Unit.INSTITUTIONS),
        ("200所左右", Interval(180, 220), Unit.INSTITUTIONS),
        ("超过100门", above(100), Unit.COURSES),
        ("逾100门", above(100), Unit.COURSES),
        ("超100门", above(100), Unit.COURSES),
        ("突破100门", above(100), Unit.COURSES),
        ("不足50场", half_open(0, 50), Unit.SESSIONS),
        ("不到50场", half_open(0, 50), Unit.SESSIONS),
        ("不满50场", half_open(0, 50), Unit.SESSIONS),
        ("未满50场", half_open(0, 50), Unit.SESSIONS),
        ("100平方米以上", Interval(100, None), Unit.SQUARE_METRES),
        ("不少于100平方米", Interval(100, None), Unit.SQUARE_METRES),
        ("不低于100平方米", Interval(100, None), Unit.SQUARE_METRES),
        ("至少100平方米", Interval(100, None), Unit.SQUARE_METRES),
        ("30分钟以下", Interval(0, 30), Unit.MINUTES),
        ("30分钟以内", Interval(0, 30), Unit.MINUTES),
        ("不超过30分钟", Interval(0, 30), Unit.MINUTES),
        ("至多30分钟", Interval(0, 30), Unit.MINUTES),
        ("30至40人", Interval(30, 40), Unit.PERSONS),
        ("30-40人", Interval(30, 40), Unit.PERSONS),
        ("30~40人", Interval(30, 40), Unit.PERSONS),
        ("30到40人", Interval(30, 40), Unit.PERSONS),
        ("30—40人", Interval(30, 40), Unit.PERSONS),
        ("30–40人", Interval(30, 40), Unit.PERSONS),
    ],
)
def test_each_wording_is_as_wide_as_it_says(text: str, interval: Interval, unit: Unit) -> None:
    quantity = parse_quantity(text)
    assert quantity == Quantity(interval, unit)
    assert quantity.wording == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("007", 7),
        ("1.5", Decimal("1.5")),
        ("1.5万", 15000),
        ("0.5亿", YI // 2),
        ("1,234", 1234),
        ("1,234,567.5", Decimal("1234567.5")),
        ("1，234", 1234),
        ("３００", 300),
        ("3百", 300),
        ("3千", 3000),
        ("5百万", 500 * WAN),
        ("2千万", 2000 * WAN),
        ("3百亿", 300 * YI),
        ("3千亿", 3000 * YI),
        ("1万亿", WAN * YI),
        ("零", 0),
        ("〇", 0),
        ("十", 10),
        ("两千零五", 2005),
        ("一百二十三", 123),
        ("二十万", 20 * WAN),
        ("十二万三千", 123000),
        ("廿五", 25),
        ("壹佰贰拾", 120),
        ("叁仟肆佰", 3400),
    ],
)
def test_a_plain_figure_is_exact(text: str, value: int | Decimal) -> None:
    assert parse_quantity(text) == Quantity.exactly(value, Unit.NUMBER)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("十余", half_open(10, 20)),
        ("二百余", half_open(200, 300)),
        ("一百多万", half_open(100 * WAN, 200 * WAN)),
        ("二十万余", half_open(20 * WAN, 30 * WAN)),
        ("近百", half_open(90, 100)),
        ("近千万", half_open(900 * WAN, 1000 * WAN)),
        ("超万", above(WAN)),
        ("不少于二百", Interval(200, None)),
        ("二十万至三十万", Interval(20 * WAN, 30 * WAN)),
        ("3万至5万", Interval(3 * WAN, 5 * WAN)),
        ("5至5", Interval.exactly(5)),
        ("3至5", Interval(3, 5)),
    ],
)
def test_numerals_and_scales_are_as_inexact_as_digits(text: str, interval: Interval) -> None:
    assert parse_quantity(text) == Quantity(interval, Unit.NUMBER)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("百余", half_open(100, 200)),
        ("千余", half_open(1000, 2000)),
        ("万余", half_open(WAN, 2 * WAN)),
        ("百万余", half_open(100 * WAN, 200 * WAN)),
    ],
)
def test_a_round_number_and_more_is_read_as_prose_says_it(text: str, interval: Interval) -> None:
    assert parse_quantity(text) == Quantity(interval, Unit.NUMBER)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("90%", Interval.exactly(Decimal("0.9"))),
        ("90.5%", Interval.exactly(Decimal("0.905"))),
        ("９０％", Interval.exactly(Decimal("0.9"))),
        ("百分之90", Interval.exactly(Decimal("0.9"))),
        ("百分之九十", Interval.exactly(Decimal("0.9"))),
        ("百分之百", Interval.exactly(1)),
        ("百分之一百", Interval.exactly(1)),
        ("10余%", half_open(Decimal("0.1"), Decimal("0.2"))),
        ("近百分之五十", half_open(Decimal("0.45"), Decimal("0.5"))),
        ("90%以上", Interval(Decimal("0.9"), None)),
        ("不低于90%", Interval(Decimal("0.9"), None)),
        ("20%至30%", Interval(Decimal("0.2"), Decimal("0.3"))),
        ("20至30%", Interval(Decimal("0.2"), Decimal("0.3"))),
        ("百分之二十至百分之三十", Interval(Decimal("0.2"), Decimal("0.3"))),
        ("二十至百分之三十", Interval(Decimal("0.2"), Decimal("0.3"))),
        ("百分之二十至三十", Interval(Decimal("0.2"), Decimal("0.3"))),
    ],
)
def test_a_percentage_is_a_ratio(text: str, interval: Interval) -> None:
    assert parse_quantity(text) == Quantity(interval, Unit.RATIO)
    assert parse_quantity(text, unit=Unit.RATIO) == Quantity(interval, Unit.RATIO)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5人次", Unit.PERSON_TIMES),
        ("5人", Unit.PERSONS),
        ("5名", Unit.PERSONS),
        ("5位", Unit.PERSONS),
        ("5支", Unit.TEAMS),
        ("5个", Unit.ITEMS),
        ("两个", Unit.ITEMS),
        ("5所", Unit.INSTITUTIONS),
        ("5门", Unit.COURSES),
        ("5场", Unit.SESSIONS),
        ("5元", Unit.YUAN),
        ("5平方米", Unit.SQUARE_METRES),
        ("5m²", Unit.SQUARE_METRES),
        ("5㎡", Unit.SQUARE_METRES),
        ("5分钟", Unit.MINUTES),
        ("5小时", Unit.HOURS),
        ("5", Unit.NUMBER),
        ("5人至6人", Unit.PERSONS),
        ("5至6人", Unit.PERSONS),
        ("5人至6", Unit.PERSONS),
    ],
)
def test_the_measure_word_is_the_unit(text: str, unit: Unit) -> None:
    assert parse_quantity(text).unit is unit
    if unit is not Unit.NUMBER:
        assert parse_quantity(text, unit=unit).unit is unit


def test_without_a_measure_word_the_unit_is_the_one_that_was_asked_for() -> None:
    assert parse_quantity("近10万", unit=Unit.PERSON_TIMES).unit is Unit.PERSON_TIMES


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("5支", Unit.PERSONS, "its unit cannot be both persons and teams"),
        ("5%", Unit.PERSONS, "its unit cannot be both (ratio) and persons"),
        ("百分之五", Unit.PERSONS, "its unit cannot be both (ratio) and persons"),
        ("5人次", Unit.PERSONS, "its unit cannot be both person-times and persons"),
        ("5人次至6人", None, "its unit cannot be both person-times and persons"),
        ("5人至6%", None, "its unit cannot be both (ratio) and persons"),
    ],
)
def test_a_figure_has_one_unit(text: str, unit: Unit | None, reason: str) -> None:
    with pytest.raises(UnreadableQuantity, match=re.escape(f"{text!r} as a figure: {reason}")):
        parse_quantity(text, unit=unit)


@pytest.mark.parametrize(
    "text", ["近 10 万 人次", " 近10万人次\n", "近\u300010万\t人次", "近１０萬人次"]
)
def test_blanks_around_words_mean_nothing_but_are_kept(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity == Quantity(half_open(9 * WAN, 10 * WAN), Unit.PERSON_TIMES)
    assert quantity.wording == " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["1 000", "1  000", "1, 000", "1 ,000", "1,  000", "1 . 5", "1\n2"]
)
def test_digits_apart_are_not_one_figure(text: str) -> None:
    assert reading(text) is None


@pytest.mark.parametrize(
    "text", ["1,23", "1,2345", "1234,567", "1,000,00", ",123", "123,", "1,,000", "1,000.", "0,123"]
)
def test_ill_placed_separators_are_not_repaired(text: str) -> None:
    assert reading(text) is None


@pytest.mark.parametrize("text", ["500①人", "5²人", "3³", "500⑴人"])
def test_a_note_mark_is_no_digit(text: str) -> None:
    assert reading(text) is None


SHAPELESS = [
    *("", " ", "人", "余", "左右", "几十", "数百人", "若干", "半", "½", "-5", "+5", "1e5", "1."),
    *(".5", "1.2.3", "以上100", "100近", "2019年", "50头", "三分之一", "千分之五", "1／3"),
    *("12万3千", "1亿亿", "3至5至7", "3至", "至5", "∞", "nan", "五点五", "负五", "2个半"),
]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((text, "expected a figure such as 40余支") for text in SHAPELESS),
        ("百", "百 alone is a scale, not a figure"),
        ("万人", "万 alone is a scale, not a figure"),
        ("二三十", "二三十 is no standard Chinese numeral"),
        ("三五十人", "三五十 is no standard Chinese numeral"),
        ("一百二", "一百二 is no standard Chinese numeral"),
        ("二〇一九", "二〇一九 is no standard Chinese numeral"),
        ("十两", "十两 is no standard Chinese numeral"),
        ("约100左右", "only one of 约、左右 can say how exact it is"),
        ("近40余", "only one of 近、余 can say how exact it is"),
        ("40余以上", "only one of 余、以上 can say how exact it is"),
        ("超过100以上", "only one of 超过、以上 can say how exact it is"),
        ("40余万余", "can say how exact it is"),
        ("0余", "zero can only be stated exactly"),
        ("约零", "zero can only be stated exactly"),
        ("5至3", "the smaller figure comes first in a range"),
        ("3至5万", "write the scale at both ends, as in 3万至5万"),
        ("二至三十万", "write the scale at both ends"),
        ("约3至5", "the ends of a range must be plain figures"),
        ("3至5以上", "the ends of a range must be plain figures"),
        ("3余至5", "the ends of a range must be plain figures"),
        ("3至5余", "the ends of a range must be plain figures"),
        ("3万余至5万", "the ends of a range must be plain figures"),
        ("3万至5万余", "the ends of a range must be plain figures"),
        ("百分之5%", "it says 'percent' twice"),
        ("百分之五至6%", "it says 'percent' twice"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        parse_quantity(text)
    assert str(caught.value).startswith(f"cannot read {text!r} as a figure: ")
    assert reason in str(caught.value)
    assert isinstance(caught.value, CommedError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (5, "expected a text", "应为文本"),
        (None, "expected a text", "应为文本"),
        (
            "半",
            "expected a figure such as 40余支, 近10万人次 or 30至40人",
            "应为形如40余支、近10万人次或30至40人的数量",
        ),
        (
            "a@b.cn",
            "expected a figure such as 40余支, 近10万人次 or 30至40人",
            "应为形如40余支、近10万人次或30至40人的数量",
        ),
        ("1" * 61, "expected a text of at most 60 signs", "应为不超过60字的文本"),
        ("0余", "zero can only be stated exactly", "零只能是确数"),
        ("约3至5", "the ends of a range must be plain figures", "范围的两端必须是确数"),
        (
            "3至5万",
            "write the scale at both ends, as in 3万至5万",
            "请在两端都写数位，如3万至5万",
        ),
        ("5至3", "the smaller figure comes first in a range", "范围应先写较小的数"),
        ("百分之5%", "it says 'percent' twice", "百分比写了两次"),
        ("百", "百 alone is a scale, not a figure", "百只是数位，不是数"),
        ("二三十", "二三十 is no standard Chinese numeral", "二三十不是规范的中文数字"),
        (
            "约100左右",
            "only one of 约、左右 can say how exact it is",
            "约、左右中只能用一个表示约略",
        ),
        ("5人至6支", "its unit cannot be both persons and teams", "单位不能既是“人”又是“支”"),
    ],
)
def test_a_refusal_is_told_in_full(text: Any, en: str, zh: str) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        parse_quantity(text)
    assert str(caught.value) == f"cannot read {found(text)} as a figure: {en}"
    assert caught.value.told("zh") == f"无法将{found(text, 'zh')}读作数量：{zh}"


def test_of_a_text_that_is_too_long_the_beginning_is_quoted() -> None:
    with pytest.raises(UnreadableQuantity, match=r"^cannot read '1{20}.*60 signs$"):
        parse_quantity("1" * 61)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一十五", 15),
        ("一十一", 11),
        ("一十", 10),
        ("一十万", 10 * WAN),
        ("壹拾伍", 15),
        ("壹佰零伍", 105),
        ("壹万零叁拾", WAN + 30),
        ("零", 0),
        ("一", 1),
    ],
)
def test_a_numeral_with_a_spelt_out_one_or_zero_is_read(text: str, value: int) -> None:
    assert parse_quantity(text) == Quantity.exactly(value, Unit.NUMBER)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("100m2", Unit.SQUARE_METRES), ("100m²", Unit.SQUARE_METRES), ("100天", Unit.DAYS)],
)
def test_an_area_and_a_time_are_read(text: str, unit: Unit) -> None:
    assert parse_quantity(text) == Quantity.exactly(100, unit)


@pytest.mark.parametrize("text", ["贰至叁佰", "贰至叁仟", "二至三百", "二至三千", "2至3亿"])
def test_a_scale_at_one_end_alone_is_refused(text: str) -> None:
    with pytest.raises(UnreadableQuantity, match="write the scale at both ends"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["零零", "零一", "一零"])
def test_a_numeral_with_a_stray_zero_is_not_read(text: str) -> None:
    with pytest.raises(UnreadableQuantity, match="is no standard Chinese numeral"):
        parse_quantity(text)


@pytest.mark.parametrize("text", [5, None, b"5", "1" * 61])
def test_what_is_no_short_text_is_not_read(text: Any) -> None:
    with pytest.raises(UnreadableQuantity, match=r"^cannot read .* as a figure: expected a text"):
        parse_quantity(text)


def test_a_figure_may_be_sixty_signs_long() -> None:
    assert parse_quantity("1" * 60) == Quantity.exactly(int("1" * 60), Unit.NUMBER)


def test_the_length_of_a_figure_does_not_blur_it() -> None:
    long = 10**40 + 1
    assert parse_quantity(f"{long}余").interval == half_open(long, long + 1)


def test_a_reading_does_not_depend_on_the_decimal_context() -> None:
    with localcontext(prec=2):
        assert parse_quantity("2345余").interval == half_open(2345, 2346)


@pytest.mark.parametrize("text", ["一亿十万", "十亿十一万"])
def test_no_part_of_a_numeral_is_lost(text: str) -> None:
    right = {"一亿十万": YI + 10 * WAN, "十亿十一万": 10 * YI + 11 * WAN}
    assert reading(text) in (None, Quantity.exactly(right[text], Unit.NUMBER))


def test_another_convention_takes_other_widths() -> None:
    narrow = WordingConvention(near=Fraction(4, 5), about=Fraction(1, 20), odd=Fraction(1, 2))
    assert parse_quantity("近100", convention=narrow).interval == half_open(80, 100)
    assert parse_quantity("约100", convention=narrow).interval == Interval(95, 105)
    assert parse_quantity("40余", convention=narrow).interval == half_open(40, 45)
    assert parse_quantity("超过100", convention=narrow).interval == above(100)


@pytest.mark.parametrize(
    ("share", "width"),
    [("near", 0.9), ("near", Fraction(2)), ("about", Fraction(1)), ("odd", Fraction(0))],
)
def test_a_convention_that_fits_no_figure_is_refused_before_it_is_used(
    share: str, width: Any
) -> None:
    with pytest.raises(InvalidValue, match=share):
        WordingConvention(**{share: width})


@pytest.mark.parametrize(
    ("share", "width", "en", "zh"),
    [
        ("near", 0, "expected a share between 0 and 1", "应为0与1之间的比例"),
        ("near", 1, "expected a share between 0 and 1", "应为0与1之间的比例"),
        ("near", -1, "expected a share between 0 and 1", "应为0与1之间的比例"),
        ("about", 1, "expected a share from 0 to under 1", "应为不小于0且小于1的比例"),
        ("about", -1, "expected a share from 0 to under 1", "应为不小于0且小于1的比例"),
        ("odd", 0, "expected more than 0", "应大于0"),
    ],
)
def test_a_width_out_of_bounds_is_told(share: str, width: int, en: str, zh: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        WordingConvention(**{share: Fraction(width)})
    (problem,) = caught.value.problems
    assert problem.path == share
    assert problem.in_language("en") == f"{share}: {en}, found {width}"
    assert problem.in_language("zh") == f"{share}：{zh}，实为{width}"


def test_about_may_be_taken_as_exactly() -> None:
    exactly = WordingConvention(about=Fraction(0))
    assert parse_quantity("约100人", convention=exactly).interval == Interval.exactly(100)


def test_the_standard_convention_is_the_default() -> None:
    assert WordingConvention() == STANDARD_CONVENTION
    for text in ("近100", "约100", "40余"):
        assert parse_quantity(text) == parse_quantity(text, convention=STANDARD_CONVENTION)


def test_persons_are_given_as_a_figure_a_number_or_words() -> None:
    fifty = Quantity.exactly(50, Unit.PERSONS)
    assert persons(fifty) is fifty
    assert persons(50) == persons("50") == persons("50人") == persons("五十人") == fifty
    with pytest.raises(UnreadableQuantity, match="cannot be both person-times and persons"):
        persons("50人次")


@pytest.mark.parametrize(
    ("read", "unit", "words", "number"),
    [
        (persons, Unit.PERSONS, "50人", 50),
        (yuan, Unit.YUAN, "2.5元", Decimal("2.5")),
        (hours, Unit.HOURS, "40小时", 40),
        (hours, Unit.HOURS, "1.5", Decimal("1.5")),
        (ratio, Unit.RATIO, "80%", Decimal("0.8")),
        (ratio, Unit.RATIO, "百分之八十", Fraction(4, 5)),
    ],
)
def test_a_field_takes_a_figure_a_number_or_words_in_its_unit(
    read: Any, unit: Unit, words: str, number: int | Decimal | Fraction
) -> None:
    figure = Quantity.exactly(number, unit)
    assert read(figure) is figure
    assert read(number) == read(words) == figure
    with pytest.raises(UnreadableQuantity, match="its unit cannot be both"):
        read("50人次")


@pytest.mark.parametrize("sign", ["圓", "圆"])
def test_money_is_read_in_every_script(sign: str) -> None:
    assert parse_quantity(f"300{sign}") == Quantity.exactly(300, Unit.YUAN)


@given(numbers)
def test_a_whole_number_is_read_as_it_was_written(number: int) -> None:
    exact = Quantity.exactly(number, Unit.NUMBER)
    assert parse_quantity(str(number)) == exact
    assert parse_quantity(f"{number:,}") == exact
    assert parse_quantity(f"{number}万") == Quantity.exactly(number * WAN, Unit.NUMBER)


@given(st.decimals(0, 10**6, places=3))
def test_a_decimal_is_read_as_it_was_written(number: Decimal) -> None:
    assert parse_quantity(f"{number}") == Quantity.exactly(number, Unit.NUMBER)
    assert parse_quantity(f"{number:,}%") == Quantity.exactly(Fraction(number) / 100, Unit.RATIO)


@unhurried
@given(sections, sections, sections)
def test_a_numeral_is_read_as_the_number_it_spells(yi: int, wan: int, rest: int) -> None:
    number = yi * YI + wan * WAN + rest
    assert parse_quantity(spelled(number)) == Quantity.exactly(number, Unit.NUMBER)


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(["余", "多"]))
def test_and_more_never_reaches_the_next_place(start: int, zeros: int, odd: str) -> None:
    number, place = start * 10**zeros, 10**zeros
    while number % (place * 10) == 0:
        place *= 10
    interval = parse_quantity(f"{number}{odd}").interval
    assert number in interval
    assert number + place not in interval
    assert number + place - Fraction(1, 1000) in interval


@given(numbers, numbers)
def test_a_range_holds_both_its_ends(one: int, other: int) -> None:
    low, high = sorted([one, other])
    assert parse_quantity(f"{low}至{high}").interval == Interval(low, high)


@unhurried
@given(st.text() | prose, st.none() | st.sampled_from(Unit))
def test_any_text_is_read_or_refused_and_nothing_else(text: str, unit: Unit | None) -> None:
    quantity = reading(text, unit)
    if quantity is not None:
        assert quantity.wording == " ".join(text.split())
        assert quantity.interval.low is not None
        assert quantity.interval.low >= 0


@unhurried
@given(prose)
def test_full_width_signs_read_like_others(text: str) -> None:
    assert reading(text.translate(FULL_WIDTH)) == reading(text)


@unhurried
@given(prose)
def test_traditional_characters_read_like_simplified_ones(text: str) -> None:
    assert reading(text.translate(TRADITIONAL)) == reading(text)
