"""The schema of a type; each class that is met on the way is defined once."""

from collections.abc import Callable, Hashable, Mapping
from enum import Enum
from inspect import cleandoc
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import quote

import attrs

from commed.codec.schemas.keywords import PLAIN, Schema
from commed.labels import Label, LabelledEnum

__all__ = ["Shapes", "closed", "documented", "one_of", "told"]


class Shapes:
    """The schemas of what a result writes: every field stands there, as its type says."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self.definitions: dict[str, Schema] = dict(definitions)
        self._names: dict[Hashable, str] = {}

    def of(self, annotation: Any) -> Schema:
        """Return the schema of a value of this annotation."""
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.marked(parts[0], parts[1:])
        if origin in {Union, UnionType}:
            return {"anyOf": [self.of(part) for part in parts]}
        if origin is tuple:
            return self._list(parts)
        if annotation in PLAIN:
            return dict(PLAIN[annotation])
        return self.define(annotation.__name__, lambda: self._class(annotation), annotation)

    def marked(self, plain: Any, _marks: tuple[object, ...]) -> Schema:
        """Return the schema of a value that is marked: nobody holds a result to its marks."""
        return self.of(plain)

    def of_object(self, cls: type) -> Schema:
        """Return the schema of an object that stands for a value of this class."""
        return told(cls) | closed(self.fields(cls))

    def fields(self, cls: type, *names: str) -> dict[str, Schema]:
        """Return the schemas of a class's fields by name: of these, or of all."""
        own = attrs.fields_dict(cls)
        return {name: self.of(own[name].type) for name in names or own}

    def define(self, name: str, make: Callable[[], Schema], key: Hashable = "") -> Schema:
        """Return a reference to a definition, which is made where it is not there yet."""
        key = name if key == "" else key
        if key not in self._names:
            own = name if name not in self.definitions else f"{name}-{len(self.definitions)}"
            self._names[key] = own
            self.definitions[own] = {}  # it may refer to itself
            self.definitions[own] = make()
        return {"$ref": f"#/$defs/{quote(self._names[key])}"}

    def _list(self, parts: tuple[Any, ...]) -> Schema:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        entries = [self.of(part) for part in parts]
        return {"type": "array", "prefixItems": entries, "minItems": len(entries), "items": False}

    def _class(self, cls: type) -> Schema:
        if issubclass(cls, Enum):
            return one_of(told(cls), {member.value: _terms(member) for member in cls})
        return self.of_object(cls)


def told(cls: type) -> Schema:
    """Return the first paragraph of a docstring as a description."""
    text = cleandoc(cls.__doc__ or "").partition("\n\n")[0]
    return {"description": " ".join(text.split())} if text else {}


def closed(properties: Mapping[str, Schema], required: list[str] | None = None) -> Schema:
    """Return the schema of an object with these keys and no other; None requires them all."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def documented(name: str, body: Schema) -> Schema:
    """Return the schema of an object that says at its head which document it is."""
    head = {"format": {"const": f"commed.{name}/1"}}
    return body | {
        "properties": head | body["properties"],
        "required": ["format", *body["required"]],
    }


def one_of(words: Schema, terms: Mapping[Any, Label | None]) -> Schema:
    """Return the schema of one of these values, which are described by their terms."""
    lines = [f"- {value}: {term.zh}, {term.en}" for value, term in terms.items() if term]
    text = "\n".join([words.get("description", ""), "", *lines]).strip()
    return ({"description": text} if text else {}) | {"enum": list(terms)}


def _terms(member: Enum) -> Label | None:
    return member.label if isinstance(member, LabelledEnum) else None
