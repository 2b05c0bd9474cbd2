"""The face: every promised name is there, declared, documented, and loaded only when used."""

import ast
import functools
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

import commed

PROMISED = [
    "Assessment",
    "Attendance",
    "Attestation",
    "Completeness",
    "Division",
    "DivisionCode",
    "Document",
    "Evidence",
    "Finding",
    "Headcount",
    "Honour",
    "Inspection",
    "Instrument",
    "Interval",
    "InvalidDocument",
    "CommedError",
    "JointConference",
    "LearningEvent",
    "LearningTeam",
    "Measurement",
    "Need",
    "Organisation",
    "Period",
    "Population",
    "Quantity",
    "Register",
    "ReportedFigure",
    "Unit",
    "Verdict",
    "Workstation",
    "assess",
    "dump_register",
    "example",
    "instrument",
    "instruments",
    "load_instrument",
    "load_register",
    "measure",
    "parse_quantity",
]
FACE: Any = commed
FOLDER = Path(commed.__file__).parent
DECLARED = FOLDER / "__init__.pyi"
SLOW = ("attrs", "attr", "cattrs", "cn2an", "hypothesis", "wcwidth")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages([str(FOLDER)], "commed."):
        if found.name != "commed.__main__":
            yield importlib.import_module(found.name)


MODULES = [commed, *modules()]
PUBLIC = [
    pytest.param(module, name, id=f"{module.__name__}.{name}")
    for module in MODULES[1:]
    for name in getattr(module, "__all__", ())
]


def in_python(program: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    return done.stdout.strip()


class TestNames:
    @pytest.mark.parametrize("name", PROMISED)
    def test_what_the_first_hour_needs_is_there(self, name: str) -> None:
        assert name in FACE.__all__
        assert getattr(commed, name).__name__

    @pytest.mark.parametrize("name", FACE.__all__)
    def test_each_name_is_that_of_its_home(self, name: str) -> None:
        value = getattr(commed, name)
        home = FACE._HOMES.get(name)
        assert home is None or value is getattr(importlib.import_module(f"commed.{home}"), name)

    def test_no_name_stands_twice(self) -> None:
        assert len(FACE.__all__) == len(set(FACE.__all__))

    def test_each_name_is_public_at_home(self) -> None:
        for name, home in FACE._HOMES.items():
            assert name in importlib.import_module(f"commed.{home}").__all__

    def test_everything_can_be_imported_at_once(self) -> None:
        names: dict[str, Any] = {}
        exec("from commed import *", names)  # noqa: S102 - that is what is asked
        assert set(FACE.__all__) <= set(names)

    def test_every_name_is_listed(self) -> None:
        listed = dir(commed)
        assert set(FACE.__all__) <= set(listed)
        assert listed == sorted(listed)

    @pytest.mark.parametrize("room", ["indicators", "codec", "wording", "references"])
    def test_a_room_is_reached_through_the_face(self, room: str) -> None:
        assert getattr(commed, room) is importlib.import_module(f"commed.{room}")

    def test_a_room_that_is_loaded_but_not_bound_is_found_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = FACE.codec
        monkeypatch.delattr(commed, "codec")
        assert FACE.codec is room

    @pytest.mark.parametrize("name", ["nothing", "register_", "law.instrument", "_ROOM"])
    def test_what_is_not_there_is_an_attribute_error(self, name: str) -> None:
        with pytest.raises(AttributeError, match=f"module 'commed' has no attribute '{name}'"):
            getattr(commed, name)

    def test_a_room_is_reached_before_it_was_imported(self) -> None:
        assert FACE.__getattr__("indicators") is commed.indicators

    def test_the_catalogue_is_reached_as_promised(self) -> None:
        assert "participation-rate" in commed.indicators.catalogue()


class TestTheDeclaration:
    def declared(self) -> dict[str, str]:
        """Return where the declaration takes each name from."""
        tree = ast.parse(DECLARED.read_text(encoding="utf-8"))
        return {
            alias.asname or alias.name: (node.module or "").removeprefix("commed").lstrip(".")
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def test_it_declares_what_there_is_and_takes_it_from_its_home(self) -> None:
        rooms = {room: "" for room in FACE._ROOMS if "." not in room}
        assert self.declared() == {**FACE._HOMES, **rooms, "__version__": "version"}

    def test_it_holds_nothing_but_imports_that_are_given_on(self) -> None:
        tree = ast.parse(DECLARED.read_text(encoding="utf-8"))
        for node in tree.body:
            assert isinstance(node, ast.ImportFrom)
            assert all(alias.asname == alias.name for alias in node.names)

    def test_the_package_says_that_it_is_typed(self) -> None:
        assert (FOLDER / "py.typed").is_file()


class TestWhatIsLoaded:
    def test_importing_it_loads_no_library_it_rests_on(self) -> None:
        asked = f"import sys, commed; print([name for name in {SLOW} if name in sys.modules])"
        assert in_python(asked) == "[]"

    def test_judging_the_case_loads_no_library_for_tests_and_no_numerals(self) -> None:
        program = (
            "import sys, commed; commed.example('longquanyi-2019'); "
            "print([name for name in ('hypothesis', 'cn2an') if name in sys.modules])"
        )
        assert in_python(program) == "[]"

    def test_a_name_once_used_is_kept(self) -> None:
        program = "import commed; commed.Period; print('Period' in vars(commed))"
        assert in_python(program) == "True"


EXPLAINED = (FunctionType, property, functools.cached_property)


def undocumented(value: object) -> Iterator[str]:
    """Yield the public parts of a class or function that nobody explains, itself included."""
    if not (inspect.getdoc(value) if isinstance(value, type) else getattr(value, "__doc__", None)):
        yield "itself"
    if isinstance(value, type):
        if not vars(value).get("__doc__"):
            yield "itself"
        for name, part in vars(value).items():
            inner = part.__func__ if isinstance(part, classmethod | staticmethod) else part
            if name.startswith("_") or not isinstance(inner, EXPLAINED):
                continue
            if not inner.__doc__:
                yield name


class TestDocumentation:
    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
    def test_every_module_says_what_it_is(self, module: ModuleType) -> None:
        assert module.__doc__

    @pytest.mark.parametrize(("module", "name"), PUBLIC)
    def test_every_public_name_says_what_it_is(self, module: ModuleType, name: str) -> None:
        value = getattr(module, name)
        if isinstance(value, type) or callable(value):
            assert list(undocumented(value)) == []
        else:
            assert name in explained_values(module)

    def test_every_module_but_the_entry_says_what_is_public(self) -> None:
        silent = [
            module.__name__
            for module in MODULES
            if not hasattr(module, "__all__") and any(own_names(module))
        ]
        assert silent == []


def own_names(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__:
            yield name


def explained_values(module: ModuleType) -> set[str]:
    """Return the values of a module that a text right below them explains."""
    body = ast.parse(inspect.getsource(module)).body
    explained = set()
    for node, below in pairwise(body):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        explained |= {each.id for each in targets if is_text and isinstance(each, ast.Name)}
    return explained
