"""How long a workbook and a folder of CSV files take, beside JSON, for 100,000 attendances.

Run with ``python -m pytest tests/benchmarks/test_tables_time.py -q -s``.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from commed import dump_register, load_register, write_tables
from commed.codec import register_from
from commed.register import Register

EVENTS, SEATS, MOST_SECONDS = 10_000, 10, {".xlsx": 120.0, "": 30.0}


@pytest.fixture(scope="module")
def register() -> Register:
    first = date(2018, 1, 1)
    events = [
        {
            "id": f"e{number}",
            "date": f"{first + timedelta(days=number % 365)}",
            "division": "510112",
            "title": f"第{number}次活动",
            "minutes": 60,
            "mode": "on-site",
            "themes": ["书法", "健康"],
            "attendances": [
                {"learner": f"p{(number * 7 + seat) % 5000}", "groups": ["elderly", "women"]}
                for seat in range(SEATS)
            ],
        }
        for number in range(EVENTS)
    ]
    whole = {"format": "commed.register/1", "jurisdiction": "510112", "events": events}
    return register_from({**whole, "divisions": [{"id": "510112", "name": "龙泉驿区"}]})


@pytest.mark.parametrize("ending", [".xlsx", ""], ids=["workbook", "folder"])
def test_a_hundred_thousand_attendances(register: Register, ending: str, tmp_path: Path) -> None:
    path, plain = tmp_path / f"year{ending}", tmp_path / "year.json"
    plain.write_text(json.dumps(dump_register(register)), encoding="utf-8")
    begun = perf_counter()
    write_tables(register, path)
    written = perf_counter()
    assert load_register(path) == register
    read = perf_counter()
    load_register(plain)
    spent = written - begun, read - written, perf_counter() - read
    print("{}: written {:.1f} s, read {:.1f} s; JSON read {:.1f} s".format(path.name, *spent))  # noqa: T201
    assert spent[0] + spent[1] < MOST_SECONDS[ending]
