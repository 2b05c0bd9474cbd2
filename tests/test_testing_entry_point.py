"""Hypothesis learns the types of commed by itself, and nobody pays for it who does not use it."""

import subprocess
import sys
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import frozen
from hypothesis import strategies as st

import commed
from commed.testing import _register

HEAVY = ("attr", "cattrs", "dateutil", "commed.errors", "commed.testing._pens", "statsmodels")


def in_python(program: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_importing_hypothesis_loads_nothing_of_commed_but_the_hook() -> None:
    program = (
        "import sys, hypothesis; print('commed.testing._register' in sys.modules, "
        f"[name for name in {HEAVY} if name in sys.modules])"
    )
    assert in_python(program) == "True []"


def test_importing_commed_loads_no_hypothesis() -> None:
    program = "import sys, commed, commed.register; print('hypothesis' in sys.modules)"
    assert in_python(program) == "False"


@pytest.mark.parametrize(
    "order", ["import hypothesis, commed", "import commed; commed.LearningEvent; import hypothesis"]
)
def test_a_type_is_known_whichever_was_imported_first(order: str) -> None:
    program = (
        f"{order}; from hypothesis import find, strategies as st; "
        "print(type(find(st.from_type(commed.LearningEvent), lambda _: True)).__name__)"
    )
    assert in_python(program) == "LearningEvent"


def watches() -> list[Any]:
    return [finder for finder in sys.meta_path if isinstance(finder, _register._Watch)]


def test_installing_it_twice_watches_once() -> None:
    _register.install()
    _register.install()
    assert len(watches()) == 1


def test_it_finds_what_is_found_anyway() -> None:
    watch = _register._Watch()
    assert watch.find_spec("json", None) is None
    assert watch.find_spec("commed.nothing", commed.__path__) is None


def test_the_types_of_a_module_are_registered_once_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known: list[type] = []
    monkeypatch.setattr(st, "register_type_strategy", lambda cls, _: known.append(cls))
    (tmp_path / "somewhere.py").write_text(
        "from attrs import frozen\n@frozen\nclass Site:\n    seats: int\n", encoding="utf-8"
    )
    spec = _register._Watch().find_spec("commed.somewhere", [str(tmp_path)])
    assert spec is not None
    assert spec.loader is not None
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert known == [module.Site]


@frozen
class Own:
    """A type of this module."""

    part: int


def test_only_public_types_of_the_module_itself_are_registered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: list[type] = []
    monkeypatch.setattr(st, "register_type_strategy", lambda cls, _: known.append(cls))
    module = ModuleType(__name__)
    vars(module).update(Own=Own, _Hidden=Own, Foreign=commed.Period, number=1)
    _register._register(module)
    assert known == [Own]
