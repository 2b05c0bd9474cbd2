"""Bytes to every reader, led by coverage.

Run from the root, with atheris installed (``pip install -e '.[fuzz]'``)::

    python -m tests.fuzz.fuzz_documents -max_total_time=600 -timeout=5

The first byte names the reader, the rest is its text. Options are those of libFuzzer. What is
found is left as ``crash-...`` or ``timeout-...``: write it down in ``corpus`` without that byte.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

atheris: Any = import_module("atheris")

with atheris.instrument_imports(include=["commed", "cn2an", "tomllib"]):
    from tests.fuzz.border import TARGETS, checked

    from commed.codec.schemas import schema, schema_names
    from commed.loading import _EXAMPLES, _INSTRUMENTS, instrument

NAMES = tuple(TARGETS)
CORPUS = Path(__file__).parent / "corpus"
MOST_BYTES = 4096
MORE = {"万", "亿", "余", "近", "人次", "百分之", "FREQ=YEARLY", "BYDAY=2FR", "COUNT=9999"}


def one_input(data: bytes) -> None:
    """Give one input to the reader that its first byte names."""
    if not data:
        return
    target = TARGETS[NAMES[data[0] % len(NAMES)]]
    checked(target.read, target.refuses_by, as_text(data[1:]))


def as_text(data: bytes) -> str:
    """Return the text in UTF-8, lone surrogates included; other bytes stand for themselves."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def words(node: Any) -> Iterator[str]:
    """Yield every name and constant of a schema."""
    if isinstance(node, dict):
        for key, part in node.items():
            if key in {"properties", "$defs"}:
                yield from part
            if key not in {"title", "description", "$comment"}:
                yield from words(part)
    elif isinstance(node, list):
        for part in node:
            yield from words(part)
    elif isinstance(node, str) and len(node) < 40:
        yield node


def dictionary() -> str:
    """Return the words of the documents as libFuzzer reads them."""
    found = {word for name in schema_names() for word in words(schema(name))}
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(found | MORE))
    return "\n".join(f'"{word}"' for word in escaped)


def seeds() -> Iterator[bytes]:
    """Yield what is in the corpus and, where they are short enough, the packaged documents."""
    for file in sorted(CORPUS.iterdir()):
        yield bytes([NAMES.index(file.name.partition("-")[0])]) + file.read_bytes()
    for name, folder in (("register", _EXAMPLES), ("instrument", _INSTRUMENTS)):
        for packaged in folder.iterdir():
            yield bytes([NAMES.index(name)]) + packaged.read_bytes()[:MOST_BYTES]


def main() -> None:
    """Hand over to libFuzzer."""
    for key in ("cn-chengdu-2017", "cn-chengdu-2017-43"):
        instrument(key)
    with TemporaryDirectory() as folder:
        found, listed = Path(folder) / "found", Path(folder) / "words"
        found.mkdir()
        for number, seed in enumerate(seeds()):
            (found / str(number)).write_bytes(seed)
        listed.write_text(dictionary(), encoding="utf-8")
        options = [f"-dict={listed}", f"-max_len={MOST_BYTES}", *sys.argv[1:], str(found)]
        atheris.Setup([sys.argv[0], *options], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
