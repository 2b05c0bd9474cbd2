"""Run mutmut on commed: ``python tests/mutation/run.py run``, and then ``results`` or ``show``.

mutmut leaves decorated functions alone. Most of what commed judges stands in such functions, so
two of its steps are widened here: a function below ``@property`` or ``@judge.register`` is
mutated, and a handler called ``_`` is known by the condition it handles.

Two modules of the codec make readers, once: whichever test comes first calls them, and all the
others use what they made. So a mutant there is tried in modules imported anew, by every test that
reaches its module.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import libcst as cst
import pytest
from mutmut import __main__ as mutmut
from mutmut.mutation import file_mutation
from mutmut.runners.harness import PytestRunner
from mutmut.state import state

_TRANSPARENT = {"classmethod", "staticmethod"}
_MAKERS = ("commed.codec.converter.", "commed.codec.reading.")
_AT_IMPORT = {"_any_of", "_figure"}  # tables.py sees to these
_skips = file_mutation.MutationVisitor._skip_node_and_children
_arranged = file_mutation.function_trampoline_arrangement
_executed = PytestRunner.execute_pytest
_collected = mutmut.collect_or_load_stats


def _is_wrapped(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.FunctionDef) or not node.decorators:
        return False
    names = {getattr(each.decorator, "value", None) for each in node.decorators}
    return not names <= _TRANSPARENT


def _skip(visitor: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
    if isinstance(node, cst.FunctionDef) and node.name.value in _AT_IMPORT:
        return True
    return _skips(visitor, node.with_changes(decorators=()) if _is_wrapped(node) else node)


def _name(function: cst.FunctionDef) -> cst.Name:
    first = function.params.params[0].annotation if function.params.params else None
    if function.name.value != "_" or first is None:
        return function.name
    return cst.Name(f"_{cst.ensure_type(first.annotation, cst.Name).value}")


def _arrange(
    function: cst.FunctionDef, mutants: Iterable[file_mutation.Mutation], class_name: str | None
) -> tuple[Any, Sequence[Any], Any, Sequence[str]]:
    """Put the switch between the mutants below the decorators, and leave the mutants bare."""
    if not _is_wrapped(function):
        return _arranged(function, mutants, class_name)
    bare = function.with_changes(decorators=(), name=_name(function))
    before, (switch, *copies), after, names = _arranged(bare, mutants, class_name)
    decorated = cst.ensure_type(switch, cst.FunctionDef)
    switch = decorated.with_changes(
        name=function.name, decorators=[*function.decorators, *decorated.decorators]
    )
    return before, [switch, *copies], after, names


class _Quickly:
    """Properties without a data base, without chance, and without shrinking what they find."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415 - once mutants are found

        settings.register_profile(
            "mutants",
            database=None,
            deadline=None,
            derandomize=True,
            max_examples=50,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("mutants")


def _collect(runner: Any, **options: Any) -> None:
    """Give each function of a module that makes readers the tests of all of them."""
    _collected(runner, **options)
    tests = state().tests_by_mangled_function_name
    for maker in _MAKERS:
        names = [name for name in tests if name.startswith(maker)]
        tests.update(dict.fromkeys(names, set().union(*(tests[name] for name in names))))


def _forget() -> None:
    """Let the package and its tests be imported anew."""
    for name in list(sys.modules):
        if name.split(".")[0] in {"commed", "tests"}:
            del sys.modules[name]


def _execute(runner: PytestRunner, params: list[str], **options: Any) -> int:
    """Run the quickest tests first; of one whose name pytest escapes the function is run."""
    if os.environ.get("MUTANT_UNDER_TEST", "").startswith(_MAKERS):
        _forget()
    lasted = state().duration_by_test
    params = sorted(params, key=lambda each: ("::" in each, lasted.get(each, 0)))
    tests = [each.partition("[")[0] if "\\" in each else each for each in params if "::" in each]
    others = [each for each in params if "::" not in each]
    plugins = [*options.pop("plugins", ()), _Quickly()]
    return _executed(runner, [*others, *dict.fromkeys(tests)], plugins=plugins, **options)


if __name__ == "__main__":
    setattr(file_mutation.MutationVisitor, _skips.__name__, _skip)
    setattr(file_mutation, _arranged.__name__, _arrange)
    setattr(mutmut, _collected.__name__, _collect)
    setattr(PytestRunner, _executed.__name__, _execute)
    mutmut.cli()
