"""Districts made up for tests, as large as is asked for."""

from datetime import date, timedelta
from typing import Any

__all__ = ["district"]


def district(communities: int) -> Any:
    """A district of many communities: some keep rosters, some only say how many came."""
    places = [
        {"id": f"c{i}", "name": f"第{i}社区", "level": "community", "within": "510112"}
        for i in range(communities)
    ]
    stations = [
        {"id": f"w{i}", "name": f"第{i}站", "division": f"c{i}"}
        for i in range(communities)
        if i % 7
    ]
    events = [
        {
            "id": f"e{i}",
            "date": f"{date(2018, 1, 1) + timedelta(days=i * 11 % 365)}",
            "division": f"c{i % communities}",
            "minutes": 60,
            "attendances": [{"learner": f"p{(i * 7 + seat) % 5000}"} for seat in range(i % 9)],
            **({"headcount": {"persons": "20余人"}} if i % 3 == 0 else {}),
        }
        for i in range(communities * 4)
    ]
    return {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "name": "龙泉驿区"}, *places],
        "workstations": stations,
        "events": events,
        "populations": [
            {"division": f"c{i}", "on": "2018-12-31", "persons": 900 + i % 500}
            for i in range(communities)
        ],
        "complete": [
            {"collection": each} for each in ("divisions", "workstations", "events", "attendances")
        ],
    }
