"""Loading a million attendances, checked, held against other readers of the same file.

msgspec decodes a frozen Struct with the same patterns; cattrs with orjson and pydantic build frozen
classes. Each runs in a process of its own, in an order that is shuffled, the collector off for all.
``python -m pip install msgspec orjson pydantic``, then
``python -m pytest tests/benchmarks/test_loading_time.py -q -s``.
"""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median

import pytest

HERE = Path(__file__).parent
ATTENDANCES, ROUNDS = 1_000_000, 5
PEERS = ("msgspec", "orjson", "pydantic")


def run(name: str, file: Path) -> dict[str, float]:
    command = [sys.executable, str(HERE / "loading_contestants.py"), name, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    told: dict[str, float] = json.loads(done.stdout)
    return told


@pytest.mark.skipif(
    any(not __import__("importlib.util").util.find_spec(peer) for peer in PEERS),
    reason="a peer is not installed",
)
def test_a_million_attendances_are_loaded_as_fast_as_promised(tmp_path: Path) -> None:
    sys.path.insert(0, str(HERE))
    contestants = __import__("loading_contestants")
    file = tmp_path / "register.json"
    contestants.write(file, ATTENDANCES)
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in contestants.CONTESTANTS}
    for number in range(ROUNDS):
        names = list(runs)
        Random(number).shuffle(names)  # noqa: S311 - the order must not tell
        for name in names:
            runs[name].append(run(name, file))
    seconds = {name: median(each["seconds"] for each in own) for name, own in runs.items()}
    mib = {name: median(each["mib"] for each in own) for name, own in runs.items()}
    for name in runs:
        print(f"{name:9} {seconds[name]:5.2f} s  {mib[name]:5.0f} MiB")  # noqa: T201
    assert seconds["commed"] <= 1.5 * seconds["msgspec"]
    assert seconds["commed"] <= seconds["cattrs"] / 2
    assert seconds["commed"] <= seconds["pydantic"] / 1.3
    assert mib["commed"] <= 1.2 * mib["msgspec"]
