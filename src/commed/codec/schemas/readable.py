"""The schemas of what the codec reads: the types, their marks, and what only its hooks know."""

from collections.abc import Mapping
from functools import partial
from types import NoneType
from typing import Any, get_args

import attrs

from commed.codec.converter import CONVERTER
from commed.codec.schemas.keywords import WORDS, Schema, keywords
from commed.codec.schemas.shapes import Shapes, closed, one_of, told
from commed.indicators import catalogue
from commed.indicators.dimensions import DIMENSIONS
from commed.law.conditions import NODES, Condition, IndicatorCompares, IndicatorGrows
from commed.quantities import Counts, Measures, Quantity
from commed.records.statements import ReportedFigure

__all__ = ["ReadShapes"]


class ReadShapes(Shapes):
    """The schemas of what the codec reads: what has a default may be left out."""

    def of(self, annotation: Any) -> Schema:
        """Return the schema of a value of this annotation."""
        if annotation is Condition:
            return self.define("Condition", self._condition)
        if annotation is Quantity:
            return self.define("Figure", self._figure)
        return super().of(annotation)

    def marked(self, plain: Any, marks: tuple[object, ...]) -> Schema:
        """Return the schema of a value that is held to its marks."""
        units = [mark for mark in marks if isinstance(mark, Counts | Measures)]
        shape = self._in_unit(units[0]) if units else self.of(plain)
        for mark in marks:
            shape |= {} if mark in units else keywords(mark)
        return shape

    def of_object(self, cls: type) -> Schema:
        """Return the schema of an object that is read as a value of this class."""
        fields = [field for field in attrs.fields(cls) if field.init]
        shapes = {field.name: self.of(field.type) | _default(field) for field in fields}
        if issubclass(cls, ReportedFigure | IndicatorCompares | IndicatorGrows):
            self._know_the_indicators(shapes)
        required = [field.name for field in fields if field.default is attrs.NOTHING]
        return told(cls) | closed(shapes, required)

    # --- figures ---

    def _figure(self) -> Schema:
        as_object = self.define("Quantity", partial(self.of_object, Quantity))
        words = "A figure: in words, or an interval with its unit."
        return {"description": words, "anyOf": [WORDS, as_object]}

    def _in_unit(self, mark: Counts | Measures) -> Schema:
        """Return the schema of a figure whose unit is fixed: it may be a number as well."""
        number = {"type": "number" if isinstance(mark, Measures) else "integer"}
        either = {"anyOf": [number, self.of(Quantity)]}
        name = f"{type(mark).__name__}-{mark.unit.value}"
        return self.define(name, lambda: either | keywords(mark))

    # --- conditions ---

    def _condition(self) -> Schema:
        nodes = [
            self.define(node.__name__, partial(self._node, node), (Condition, node))
            for node in NODES.values()
        ]
        test = {"enum": list(NODES)}
        return told(Condition) | {
            "type": "object",
            "properties": {"test": test},
            "required": ["test"],
            "anyOf": nodes,
        }

    def _node(self, node: type[Condition]) -> Schema:
        shape = self.of_object(node)
        shape["properties"] = {"test": {"const": node.test}} | shape["properties"]
        shape["required"] = ["test", *shape["required"]]
        return shape

    # --- indicators ---

    def _know_the_indicators(self, shapes: dict[str, Schema]) -> None:
        """Name the indicators, and the dimensions that may narrow them."""
        indicator = self._catalogued("Indicator", "An indicator (指标).", catalogue())
        own = shapes["indicator"]
        own |= {"anyOf": [indicator, {"type": "null"}]} if "anyOf" in own else indicator
        if "where" in shapes:
            dimension = self._catalogued("Dimension", "A dimension (维度).", DIMENSIONS)
            shapes["where"]["items"] |= {"properties": {"dimension": dimension}}

    def _catalogued(self, name: str, words: str, entries: Mapping[str, Any]) -> Schema:
        labels = {key: entry.label for key, entry in entries.items()}
        return self.define(name, lambda: one_of({"description": words}, labels))


def _default(field: "attrs.Attribute[Any]") -> Schema:
    """Return what a field holds where a document says nothing, if a document could say it."""
    value: Any = field.default
    if value is attrs.NOTHING or isinstance(value, attrs.Factory):  # type: ignore[arg-type]
        return {}
    if value is None and NoneType not in get_args(field.type):
        return {}
    return {"default": CONVERTER.unstructure(value, field.type)}
