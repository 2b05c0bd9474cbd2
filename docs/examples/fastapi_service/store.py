"""Keeps the JSON text of each register in a row of SQLite."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from commed import Register, dump_register
from commed.codec import register_in

_TABLE = "create table if not exists registers (name text primary key, document text not null)"
_PUT = "insert into registers values (?, ?) on conflict do update set document = excluded.document"
_GET = "select document from registers where name = ?"


class NotKept(LookupError):
    """No register is kept under this name."""


class Store:
    """The registers in one file; each call has a connection of its own, so threads may share it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with closing(self._connected()) as database:
            database.execute("pragma journal_mode = wal")
            database.execute(_TABLE)

    def put(self, name: str, register: Register) -> None:
        document = json.dumps(dump_register(register))
        with closing(self._connected()) as database, database:
            database.execute(_PUT, (name, document))

    def get(self, name: str) -> Register:
        with closing(self._connected()) as database:
            row = database.execute(_GET, (name,)).fetchone()
        if row is None:
            raise NotKept(name)
        return register_in(row[0])

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=30)
