"""The border: documents in and out, strictly, with every problem and its path.

`read_json` and `read_toml` turn text into plain data; `register_from` and
`instrument_from` turn plain data into values; the `dump_` functions go the other way. `schema`
tells other programs what the documents are.
"""

from commed.codec.documents import (
    dump_instrument,
    dump_register,
    instrument_from,
    is_overlay,
    overlay_from,
    register_from,
    register_in,
)
from commed.codec.lines import Lines, register_with_lines
from commed.codec.reading import read_json, read_toml

__all__ = [
    "Lines",
    "dump_instrument",
    "dump_register",
    "instrument_from",
    "is_overlay",
    "overlay_from",
    "read_json",
    "read_toml",
    "register_from",
    "register_in",
    "register_with_lines",
]
