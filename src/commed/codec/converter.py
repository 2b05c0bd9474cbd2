"""The converter between values and plain data: strict hooks, no coercion."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from commed.checks import check_of, described, mismatch, one_of, unwrapped
from commed.codec.reading import is_reasonable
from commed.compliance.possibility import idle_parts
from commed.errors import CommedError, InvalidValue, Problem, Words
from commed.indicators import Definition, UnknownIndicator, definition
from commed.indicators.dimensions import FIXED
from commed.law.conditions import (
    NODES,
    Condition,
    IndicatorCompares,
    IndicatorGrows,
    Narrowing,
)
from commed.law.instrument import Obligation, Reading
from commed.quantities import Counts, Measures, Quantity, Unit
from commed.records.base import Record
from commed.records.statements import ReportedFigure
from commed.wording import UnreadableQuantity, parse_quantity

__all__ = ["AN_OBJECT", "CONVERTER", "Misfit", "shown_fraction"]

_Structure = Callable[[Any, Any], Any]
_Unstructure = Callable[[Any], Any]


class Misfit(CommedError, ValueError):
    """Plain data that is not what stands at its place."""

    def __init__(self, expected: Words, value: object) -> None:
        problem = mismatch("", expected, value)
        super().__init__(Words(problem.message, problem.in_language("zh")))


def _refuse(problems: Iterable[Problem]) -> None:
    if told := list(problems):
        raise InvalidValue("value", told)


CONVERTER = Converter(forbid_extra_keys=True, omit_if_default=True)
"""The one converter of registers and instruments."""


# --- plain values ----------------------------------------------------------------------


def _exactly(kind: type) -> _Structure:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise Misfit(described(kind), value)
        return value

    return structure


_BEYOND = 10**40


def _whole(value: Any, _: Any) -> int:
    if type(value) is not int or abs(value) >= _BEYOND:
        raise Misfit(described(int), value)
    return value


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_A_DATE = Words("a date written as 2018-12-31", "写作2018-12-31的日期")


def _date(value: Any, _: Any) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise Misfit(_A_DATE, value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Misfit(_A_DATE, value) from None


_FRACTION = re.compile(r"-?[0-9]{1,40}(?:/[0-9]{1,40}|\.[0-9]{1,40})?")


def _fraction(value: Any, _: Any) -> Fraction:
    if type(value) is Fraction or (type(value) is int and abs(value) < _BEYOND):
        return Fraction(value)
    if type(value) is Decimal and is_reasonable(value):
        return Fraction(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            pass
    raise Misfit(_A_NUMBER, value)


_A_NUMBER = Words(
    "a whole number, or a text such as '0.5' or '1/3'", "整数，或形如'0.5'、'1/3'的文本"
)


def shown_fraction(value: Fraction) -> int | str:
    """Return a number as documents write it: whole, or as a text such as '1/3'."""
    return value.numerator if value.denominator == 1 else str(value)


def _member(value: Any, cls: type[Enum]) -> Enum:
    try:
        return cls(value)
    except ValueError:
        raise Misfit(described(cls), value) from None


# --- lists, objects, constraints -------------------------------------------------------

_A_LIST = Words("a list", "列表")
AN_OBJECT = Words("an object", "对象")
"""What a class is read from (对象)."""


def _list(annotation: Any) -> _Structure:
    @cache
    def entries() -> _Structure:  # made when there is an entry: most lists of a document are empty
        return homogenous_tuple_structure_factory(annotation, CONVERTER)

    def structure(value: Any, kind: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise Misfit(_A_LIST, value)
        return entries()(value, kind) if value else ()

    return structure


def _object(cls: type) -> _Structure:
    fields: _Structure = make_dict_structure_fn(cls, CONVERTER)

    def structure(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Misfit(AN_OBJECT, value)
        return fields(value, kind)

    return structure


def _source_and_note_last(cls: type) -> _Unstructure:
    fields: _Unstructure = make_dict_unstructure_fn(cls, CONVERTER, _cattrs_omit_if_default=True)

    def unstructure(value: Any) -> dict[str, Any]:
        result: dict[str, Any] = fields(value)
        for last in ("source", "note"):
            if last in result:
                result[last] = result.pop(last)
        return result

    return unstructure


def _constrained(annotation: Any) -> _Structure:
    plain = get_args(annotation)[0]
    inner = CONVERTER.get_structure_hook(plain)
    check = check_of(annotation)

    def structure(value: Any, _: Any) -> Any:
        result = inner(value, plain)
        _refuse(check(result, ""))
        return result

    return structure


# --- quantities ------------------------------------------------------------------------


def _unit(annotation: Any) -> Counts | Measures | None:
    """Return the mark that fixes the unit of a field, if one does."""
    marks = (mark for mark in get_args(annotation) if isinstance(mark, Counts | Measures))
    return next(marks, None)


def _quantity(annotation: Any) -> _Structure:
    """Read a figure in words, as an object, and, where the unit is fixed, as a number."""
    fixed = _unit(annotation)
    numbers: tuple[type, ...] = (int, Decimal) if isinstance(fixed, Measures) else (int,)
    as_object = _object(Quantity)
    check = check_of(annotation)

    def structure(value: Any, _: Any) -> Any:
        if isinstance(value, str):
            quantity = parse_quantity(value, unit=fixed.unit if fixed else None)
        elif fixed is not None and type(value) in numbers and _is_reasonable(value):
            quantity = Quantity.exactly(value, fixed.unit)
        elif isinstance(value, Mapping):
            quantity = as_object(value, Quantity)
        else:
            raise Misfit(_A_COUNT if fixed else _A_FIGURE, value)
        _refuse(check(quantity, ""))
        return quantity

    return structure


def _is_reasonable(number: int | Decimal) -> bool:
    return abs(number) < _BEYOND if isinstance(number, int) else is_reasonable(number)


_A_FIGURE = Words(
    "a figure in words such as '近10万人次', or an object", "形如'近10万人次'的文字数量，或对象"
)
_A_COUNT = Words(f"a number, {_A_FIGURE}", f"数字、{_A_FIGURE.zh}")


def _shown_quantity(annotation: Any) -> _Unstructure:
    fixed = _unit(annotation)
    as_object = make_dict_unstructure_fn(Quantity, CONVERTER, _cattrs_omit_if_default=True)

    def unstructure(value: Quantity) -> Any:
        wording = value.wording
        if wording is not None and _reads_as(wording, value, fixed):
            return wording
        low = value.interval.low
        is_whole = low is not None and value.interval.is_exact and low.denominator == 1
        if wording is None and fixed and is_whole and low is not None:
            return int(low)
        return as_object(value)

    return unstructure


def _reads_as(wording: str, value: Quantity, fixed: Counts | Measures | None) -> bool:
    try:
        return parse_quantity(wording, unit=fixed.unit if fixed else None) == value
    except UnreadableQuantity:
        return False


# --- what only the whole library knows -------------------------------------------------


_A_CONDITION = Words("an object with a 'test'", "含有'test'的对象")


def _condition(value: Any, _: Any) -> Any:
    if not isinstance(value, Mapping):
        raise Misfit(_A_CONDITION, value)
    test = value.get("test")
    node = NODES.get(test) if isinstance(test, str) else None
    if node is None:
        raise InvalidValue("condition", [mismatch("test", one_of(NODES), test)])
    fields = {key: part for key, part in value.items() if key != "test"}
    return CONVERTER.structure(fields, node)


def _shown_condition(value: Condition) -> dict[str, Any]:
    return {"test": value.test, **CONVERTER.unstructure(value)}


def _known_indicator(cls: type) -> _Structure:
    """Refuse an indicator that does not exist, or a threshold in another unit than its own."""
    as_object = _object(cls)

    def structure(value: Any, kind: Any) -> Any:
        result = as_object(value, kind)
        if result.indicator is not None:
            _refuse(_misstated(result.indicator, result))
        return result

    return structure


def _misstated(
    indicator: str, stating: ReportedFigure | IndicatorCompares | IndicatorGrows
) -> Iterator[Problem]:
    try:
        asked = definition(indicator)
    except UnknownIndicator as unknown:
        yield Problem("indicator", unknown.told(), unknown.told("zh"))
        return
    yield from _wrong_unit(stating, asked.unit)
    if not isinstance(stating, ReportedFigure):
        yield from _unknown_narrowings(stating.where, asked)


def _unknown_narrowings(where: Sequence[Narrowing], asked: Definition) -> Iterator[Problem]:
    """Yield the dimensions that the indicator does not have, and the keys that theirs does not."""
    for index, each in enumerate(where):
        known = tuple(member.value for member in FIXED.get(each.dimension, ()))
        if each.dimension not in asked.dimensions:
            path, allowed, wrong = "dimension", asked.dimensions, each.dimension
        elif known and each.key not in known:
            path, allowed, wrong = "key", known, each.key
        else:
            continue
        yield mismatch(f"where[{index}].{path}", one_of(allowed), wrong)


def _wrong_unit(
    stating: ReportedFigure | IndicatorCompares | IndicatorGrows, unit: Unit
) -> Iterator[Problem]:
    for path, stated in _figures(stating).items():
        if stated.unit is not unit:
            yield Problem(
                path,
                f"expected {unit.label_en} ({unit.label_zh}), the unit of {stating.indicator}, "
                f"found {stated.unit.label_en}",
                f"应以“{unit.label_zh}”（{stating.indicator}的单位）计，"
                f"实为“{stated.unit.label_zh}”",
            )


def _figures(
    stating: ReportedFigure | IndicatorCompares | IndicatorGrows,
) -> Mapping[str, Quantity]:
    match stating:
        case ReportedFigure():
            return {"quantity": stating.quantity}
        case IndicatorCompares():
            return stating.thresholds
        case _:
            return {}


def _judging(cls: type) -> _Structure:
    """Refuse a condition that nothing recorded could make true, or make false."""
    as_object = _object(cls)

    def structure(value: Any, kind: Any) -> Any:
        result = as_object(value, kind)
        if result.condition is not None:
            _refuse(problem.under("condition") for problem in idle_parts(result.condition))
        return result

    return structure


def _is_quantity(annotation: Any) -> bool:
    return unwrapped(annotation) is Quantity and NoneType not in get_args(annotation)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda annotation: isinstance(annotation, type) and issubclass(annotation, kind)


def _has_origin(origin: Any) -> Callable[[Any], bool]:
    return lambda annotation: get_origin(annotation) is origin


def _is_object(annotation: Any) -> bool:
    return isinstance(annotation, type) and attrs.has(annotation)


# The later a hook is registered, the earlier it is asked.
for _kind in (str, bool):
    CONVERTER.register_structure_hook(_kind, _exactly(_kind))
CONVERTER.register_structure_hook(int, _whole)
CONVERTER.register_structure_hook(date, _date)
CONVERTER.register_unstructure_hook(date, date.isoformat)
CONVERTER.register_structure_hook(Fraction, _fraction)
CONVERTER.register_unstructure_hook(Fraction, shown_fraction)
CONVERTER.register_structure_hook_func(_is(Enum), _member)
CONVERTER.register_structure_hook_factory(_has_origin(tuple), _list)
CONVERTER.register_structure_hook_factory(_is_object, _object)
CONVERTER.register_unstructure_hook_factory(_is(Record), _source_and_note_last)
CONVERTER.register_structure_hook_factory(_has_origin(Annotated), _constrained)
CONVERTER.register_structure_hook_factory(_is_quantity, _quantity)
CONVERTER.register_unstructure_hook_factory(_is_quantity, _shown_quantity)
CONVERTER.register_structure_hook_func(lambda a: a is Condition, _condition)
CONVERTER.register_unstructure_hook_func(lambda a: a is Condition, _shown_condition)
for _stating in (ReportedFigure, IndicatorCompares, IndicatorGrows):
    CONVERTER.register_structure_hook_factory(_is(_stating), _known_indicator)
for _demanding in (Reading, Obligation):  # a duty reads its readings
    CONVERTER.register_structure_hook(_demanding, _judging(_demanding))
