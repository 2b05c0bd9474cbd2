"""A register of a million attendances is loaded, judged, measured and written within 400 MiB.

Run with ``python -m pytest tests/benchmarks/test_large_register.py -q -s``.
"""

import json
import subprocess
import sys
from pathlib import Path

ATTENDANCES, MOST_MIB = 1_000_000, 400
PROGRAM = """
import json, sys
from datetime import date
from time import perf_counter
import commed

def mib():
    return int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024

told, start = {"begun": [0, mib()]}, perf_counter()

def done(step):
    told[step] = [round(perf_counter() - start, 2), round(mib())]

register = commed.load_register(sys.argv[1])
done("loaded")
commed.assess(register, commed.instrument("cn-shanghai-2011"), on=date(2019, 4, 26))
done("judged")
commed.measure_all(register, period=commed.Period.year(2018))
done("every indicator measured")
plain = commed.dump_register(register)
done("dumped")
assert sum(len(event["attendances"]) for event in plain["events"]) == int(sys.argv[2])
print(json.dumps(told))
"""


def test_a_million_attendances_fit(tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    file = tmp_path / "register.json"
    __import__("loading_contestants").write(file, ATTENDANCES)
    command = [sys.executable, "-c", PROGRAM, str(file), str(ATTENDANCES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    told = json.loads(done.stdout)
    for step, (seconds, mib) in told.items():
        print(f"{step:25} {seconds:6.2f} s  {mib:5.0f} MiB")  # noqa: T201
    assert max(mib for _, mib in told.values()) <= MOST_MIB
