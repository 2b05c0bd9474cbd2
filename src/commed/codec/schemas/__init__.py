"""JSON Schema (draft 2020-12) of every document, made from the types and what marks them."""

from commed.codec.schemas.documents import schema, schema_names
from commed.codec.schemas.keywords import keywords

__all__ = ["keywords", "schema", "schema_names"]
