# ruff: noqa: PLC0415 - no contestant imports what the others need
"""Read one file of events and attendances in one way, in a process of its own.

``python loading_contestants.py NAME FILE`` prints seconds, and the MiB that the process had at most
beyond what it had before. The garbage collector is on for everybody, as it is in a service.
"""

import gc
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Annotated, Any

# What commed asks of every text, as far as one pattern can: no blanks at the ends, no control
# characters, nothing that looks like a mobile number, an identity number or an e-mail address.
PERSONAL = r"@|1[3-9][0-9]{9}|[0-9]{6}(?:19|20)[0-9]{9}[0-9Xx]"
TEXT = rf"^(?!.*(?:{PERSONAL}))[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$"


def of_commed() -> Callable[[Path], Any]:
    import commed

    with NamedTemporaryFile(suffix=".json") as small:  # the readers are made beforehand, as theirs
        write(Path(small.name), 50)
        commed.load_register(small.name)
    return commed.load_register


def of_struct() -> Callable[[Path], Any]:
    import msgspec

    text = Annotated[str, msgspec.Meta(pattern=TEXT)]

    class Attendance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        learner: text

    class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        id: text
        date: date
        division: text
        minutes: Annotated[int, msgspec.Meta(ge=1)] | None = None
        attendances: tuple[Attendance, ...] = ()

    class Document(msgspec.Struct, frozen=True):
        events: tuple[Event, ...]

    decoder = msgspec.json.Decoder(Document)
    return lambda file: decoder.decode(file.read_bytes())


def of_cattrs() -> Callable[[Path], Any]:
    import orjson
    from attrs import frozen
    from cattrs import Converter

    @frozen
    class Attendance:
        learner: str

    @frozen
    class Event:
        id: str
        date: date
        division: str
        minutes: int | None = None
        attendances: tuple[Attendance, ...] = ()

    @frozen
    class Document:
        events: tuple[Event, ...]

    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))

    def read(file: Path) -> Document:
        plain = orjson.loads(file.read_bytes())
        return converter.structure({"events": plain["events"]}, Document)

    return read


def of_pydantic() -> Callable[[Path], Any]:
    from pydantic import ConfigDict, Field, TypeAdapter
    from pydantic.dataclasses import dataclass

    strict = ConfigDict(strict=True, extra="forbid", regex_engine="python-re")
    text = Annotated[str, Field(pattern=TEXT)]

    @dataclass(frozen=True, slots=True, config=strict)
    class Attendance:
        learner: text

    @dataclass(frozen=True, slots=True, config=strict)
    class Event:
        id: text
        date: date
        division: text
        minutes: Annotated[int, Field(ge=1)] | None = None
        attendances: tuple[Attendance, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Document:
        events: tuple[Event, ...]

    adapter = TypeAdapter(Document)
    return lambda file: adapter.validate_json(file.read_bytes())


CONTESTANTS = {
    "commed": of_commed,
    "msgspec": of_struct,
    "cattrs": of_cattrs,
    "pydantic": of_pydantic,
}


def write(file: Path, attendances: int, *, learners: int = 50_000, at_one: int = 25) -> None:
    """Write a register of so many attendances."""
    events = [
        {
            "id": f"e{number}",
            "date": f"2018-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "division": "510112",
            "minutes": 90,
            "attendances": [
                {"learner": f"learner-{(number * 7 + seat * 13) % learners}"}
                for seat in range(at_one)
            ],
        }
        for number in range(attendances // at_one)
    ]
    document = {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "name": "区", "level": "county"}],
        "events": events,
    }
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def memory() -> float:
    """Return the MiB that this process had at most (what its parent had does not count)."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def main(name: str, file: str) -> None:
    read = CONTESTANTS[name]()
    gc.collect()
    before, start = memory(), perf_counter()
    kept = read(Path(file))
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "mib": memory() - before, "kept": bool(kept)}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
