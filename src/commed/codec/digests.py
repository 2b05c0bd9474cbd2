"""Digests: what tells one register, or one instrument, from every other."""

import hashlib
import json

from commed.codec.documents import dump_instrument, dump_register
from commed.law.instrument import Instrument
from commed.register import Register

__all__ = ["digest"]


def digest(value: Register | Instrument) -> str:
    """Return what tells this value from every other (摘要): SHA-256 of its canonical JSON.

    Raises `NotWritable` for a register whose rosters lie in a table.
    """
    plain = dump_register(value) if isinstance(value, Register) else dump_instrument(value)
    del plain["format"]
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
