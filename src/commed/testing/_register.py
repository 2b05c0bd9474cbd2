"""The entry point `hypothesis`: teaches `st.from_type` the types of commed, at no cost.

Hypothesis calls `install` when it is imported. No type of commed is imported for it: a module's
types are registered when that module is loaded, and what draws them when one is first drawn.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

__all__ = ["install"]

_ROOMS = "commed."


def install() -> None:
    """Register the types that are loaded already, and see to those that will be."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith(_ROOMS):
            _register(module)
    if not any(isinstance(finder, _Watch) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watch())


class _Watch(MetaPathFinder):
    """Finds the modules of commed as they are found anyway, and registers their types."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(_ROOMS):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def run_and_register(module: ModuleType) -> None:
                run(module)
                _register(module)

            spec.loader.exec_module = run_and_register  # type: ignore[method-assign]
        return spec


def _register(module: ModuleType) -> None:
    for name, value in tuple(vars(module).items()):
        is_own = isinstance(value, type) and value.__module__ == module.__name__
        if is_own and not name.startswith("_") and hasattr(value, "__attrs_attrs__"):
            st.register_type_strategy(value, _resolved)


def _resolved(cls: type) -> st.SearchStrategy[Any]:
    strategy: st.SearchStrategy[Any] = import_module("commed.testing").strategy_of(cls)
    return strategy
