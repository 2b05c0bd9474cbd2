"""How the properties are tried, and how the scripts that write pages are found."""

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

DOCS = Path(__file__).parent.parent / "docs"

# without a clock, and the same way each time in CI
settings.register_profile(
    "commed",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("commed")


@pytest.fixture
def script() -> Callable[[str], ModuleType]:
    """Load a script of the docs by its name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
