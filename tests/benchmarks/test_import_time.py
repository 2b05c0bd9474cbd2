"""What importing commed costs against importing attrs, and a first verdict against OpenFisca.

A new process judges the bundled case; another, with OpenFisca-core, computes its first formula.
Install openfisca-core, then run with
``python -m pytest tests/benchmarks/test_import_time.py -q -s``.
"""

import random
import subprocess
import sys
from importlib.util import find_spec
from statistics import median
from time import perf_counter

import pytest

ROUNDS = 15
FIRST_FORMULA = """
from openfisca_core import entities, periods
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

person = entities.build_entity(key="person", plural="persons", label="", is_person=True)

class budget(Variable):
    value_type, entity, definition_period = float, person, periods.DateUnit.YEAR

class enough(Variable):
    value_type, entity, definition_period = bool, person, periods.DateUnit.YEAR

    def formula(person, period):
        return person("budget", period) >= 200_000

system = TaxBenefitSystem([person])
system.add_variables(budget, enough)
persons = {"one": {"budget": {"2018": 150_000}}}
simulation = SimulationBuilder().build_from_dict(system, {"persons": persons})
simulation.calculate("enough", "2018")
"""
PROGRAMS = {
    "nothing": "pass",
    "attrs": "import attrs",
    "commed": "import commed",
    "every public name": "import commed; [getattr(commed, name) for name in commed.__all__]",
    "the bundled case judged": (
        "import commed, datetime; commed.assess(commed.example('longquanyi-2019'), "
        "commed.instrument('cn-chengdu-2017'), on=datetime.date(2019, 4, 26))"
    ),
    "OpenFisca's first formula": FIRST_FORMULA,
}
if find_spec("openfisca_core") is None:
    del PROGRAMS["OpenFisca's first formula"]


def seconds(program: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own text
    return perf_counter() - start


@pytest.fixture(scope="module")
def net() -> dict[str, float]:
    """Median seconds of each program, the bare interpreter's taken off; order shuffled."""
    runs: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS):
        for name in random.sample(list(PROGRAMS), len(PROGRAMS)):
            runs[name].append(seconds(PROGRAMS[name]))
    bare = median(runs["nothing"])
    return {name: median(times) - bare for name, times in runs.items() if name != "nothing"}


def test_importing_commed_costs_at_most_1_6_times_importing_attrs(net: dict[str, float]) -> None:
    for name, time in net.items():
        print(f"{name:>26}: {time * 1000:6.1f} ms, {time / net['attrs']:.2f} times attrs")  # noqa: T201
    assert net["commed"] <= 1.6 * net["attrs"]


def test_the_first_verdict_is_no_later_than_openfisca_has_its_first_formula(
    net: dict[str, float],
) -> None:
    if "OpenFisca's first formula" not in net:
        pytest.skip("OpenFisca-core is not installed")
    assert net["the bundled case judged"] <= net["OpenFisca's first formula"]
