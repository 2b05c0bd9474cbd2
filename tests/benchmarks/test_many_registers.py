"""3,000 registers against one threshold duty, held against OpenFisca-core in the same run.

OpenFisca computes a threshold for 3,000 persons built from dicts, without reasons; commed judges
one duty on 3,000 registers, with reason, evidence and needs. Install openfisca-core, then run with
 ``python -m pytest tests/benchmarks/test_many_registers.py -q -s``.
"""

import gc
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from operator import truediv
from random import Random
from statistics import median
from time import process_time
from typing import Any

import pytest

import commed
from commed.law.conditions import IndicatorCompares, Operator
from commed.law.instrument import Bearer, Instrument, Modality, Obligation, Provision

pytest.importorskip("openfisca_core", reason="OpenFisca-core is not installed")

HOW_MANY, ROUNDS, ENOUGH = 3_000, 9, 200_000
WORDS = commed.Label(zh="经费", en="funds")
YEAR = commed.Period.year(2018)


def funds(number: int) -> int:
    return 150_000 + number * 37 % 100_000


# --- commed ----------------------------------------------------------------------------


def a_law() -> Instrument:
    duty = Obligation(
        id="enough",
        duty=WORDS,
        bearer=Bearer(name=WORDS),
        modality=Modality.SHALL,
        condition=IndicatorCompares(
            indicator="funds-budgeted",
            operator=Operator.AT_LEAST,
            threshold=commed.Quantity.exactly(ENOUGH, commed.Unit.YUAN),
        ),
    )
    return Instrument(
        id="law",
        title=WORDS,
        since=date(2017, 1, 1),
        sources=[commed.Source(id="text", title="law", status=commed.TextStatus.ENACTED)],
        provisions=[Provision(article=1, summary=WORDS, source="text", obligations=[duty])],
    )


def a_document(number: int) -> dict[str, Any]:
    year = {"first": "2018-01-01", "last": "2018-12-31"}
    return {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "name": "区", "level": "county"}],
        "fundings": [
            {
                "id": "budget",
                "division": "510112",
                "period": year,
                "amount": funds(number),
                "stage": "budgeted",
            }
        ],
        "complete": [{"collection": "fundings"}],
    }


def judged(registers: list[commed.Register], law: Instrument) -> list[bool]:
    return [finding(register, law).verdict is commed.Verdict.MET for register in registers]


def finding(register: commed.Register, law: Instrument) -> commed.Finding:
    return commed.assess(register, law, on=date(2019, 4, 26)).findings[0]


# --- OpenFisca -------------------------------------------------------------------------


def a_system() -> Any:
    entities = import_module("openfisca_core.entities")
    system = import_module("openfisca_core.taxbenefitsystems").TaxBenefitSystem
    variable = import_module("openfisca_core.variables").Variable
    person = entities.build_entity(key="person", plural="persons", label="", is_person=True)

    def formula(person: Any, period: Any) -> Any:
        return person("budget", period) >= ENOUGH

    year = import_module("openfisca_core.periods").DateUnit.YEAR
    fields = {"entity": person, "definition_period": year}
    built = system([person])
    built.add_variables(
        type("budget", (variable,), {"value_type": float, **fields}),
        type("enough", (variable,), {"value_type": bool, "formula": formula, **fields}),
    )
    return built


def computed(system: Any, persons: dict[str, Any]) -> list[bool]:
    builder = import_module("openfisca_core.simulations").SimulationBuilder()
    simulation = builder.build_from_dict(system, {"persons": persons})
    return [bool(each) for each in simulation.calculate("enough", "2018")]


# --- the two ---------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that the processor worked: other programs have no part in it."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


@pytest.mark.parametrize(("number", "lacks"), [(2_000, None), (0, 50_000)])
def test_each_is_judged_with_its_reason_and_its_evidence(number: int, lacks: int | None) -> None:
    one = finding(commed.load_register(a_document(number)), a_law())
    assert one.because.en == f"funds budgeted: {funds(number)} found, required at least {ENOUGH}"
    assert one.because.zh == f"社区教育经费（预算安排）{funds(number)}，要求{ENOUGH}元以上"
    assert [(each.key, each.name) for each in one.evidence] == [("budget", "预算安排 2018")]
    assert one.observed == commed.Quantity.exactly(funds(number), commed.Unit.YUAN)
    assert one.shortfall == (lacks and commed.Quantity.exactly(lacks, commed.Unit.YUAN))


def test_three_thousand_registers_are_judged_in_half_the_time_of_openfisca() -> None:
    law, system = a_law(), a_system()
    documents = [a_document(number) for number in range(HOW_MANY)]
    persons = {str(number): {"budget": {"2018": funds(number)}} for number in range(HOW_MANY)}
    registers = [commed.load_register(document) for document in documents]
    assert judged(registers, law) == computed(system, persons)
    runs: dict[str, list[float]] = {"commed": [], "openfisca": [], "reading": []}
    for number in range(ROUNDS):
        fresh = [commed.load_register(document) for document in documents]
        works: list[tuple[str, Callable[[], object]]] = [
            ("openfisca", partial(computed, system, persons)),
            ("commed", partial(judged, fresh, law)),
            ("reading", partial(list, map(commed.load_register, documents))),
        ]
        Random(number).shuffle(works)  # noqa: S311 - the order must not tell
        for name, work in works:
            runs[name].append(seconds(work))
    times = {name: median(each) for name, each in runs.items()}
    ratio = median(map(truediv, runs["commed"], runs["openfisca"]))  # each within its own round
    print({name: f"{time * 1e3:.0f} ms" for name, time in times.items()}, f"{ratio:.2f}")  # noqa: T201
    assert ratio <= 0.5
