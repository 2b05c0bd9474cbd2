"""Write `schema/*.json` from the types: ``python docs/schema_files.py``.

A test holds each file equal to what this writes.
"""

import json
from pathlib import Path

from commed.codec.schemas import schema, schema_names

FOLDER = Path(__file__).parent / "schema"


def texts() -> dict[Path, str]:
    """Return the text of each file."""
    return {
        FOLDER / f"{name}.json": json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
        for name in schema_names()
    }


if __name__ == "__main__":
    for file, text in texts().items():
        file.write_text(text, encoding="utf-8")
