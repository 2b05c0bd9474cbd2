"""Replay: the same register, law and day give the same bytes, in every process."""

import os
import subprocess
import sys

PROGRAM = """
import hashlib, json
from datetime import date
import commed
from commed.codec.results import dump_assessment
cases = [("longquanyi-2019", law) for law in commed.instruments()]
for register, law in [*cases, ("made-up-district", "cn-moe-2010-demonstration")]:
    judged = commed.assess(commed.example(register), commed.instrument(law), on=date(2019, 4, 26))
    text = json.dumps(dump_assessment(judged), ensure_ascii=False)
    print(register, law, hashlib.sha256(text.encode()).hexdigest())
"""


def test_processes_with_other_hashes_write_the_same_bytes() -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 - our own text
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("0", "4242")
    ]
    one, two = (process.communicate()[0] for process in processes)
    assert one == two
    assert one.count(b"\n") == 6
