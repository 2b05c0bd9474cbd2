"""How properties are tried, how scripts that write pages are found, how examples are served."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

DOCS = Path(__file__).parent.parent / "docs"

# without a clock, and the same way each time in CI; COMMED_EXAMPLES says how often, of properties
# that name no number of their own
settings.register_profile(
    "commed",
    max_examples=int(os.environ.get("COMMED_EXAMPLES", "100")),
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


@pytest.fixture(scope="module")
def surroundings() -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Make the environment of a process that finds commed where the tests find it."""
    path = os.pathsep.join(filter(None, sys.path))
    return lambda more: {**os.environ, "PYTHONPATH": path, **more}


@pytest.fixture(scope="module")
def serve(
    surroundings: Callable[[Mapping[str, str]], dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., str]]:
    """Start an example of the docs as a server of its own; its address comes back."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(example: str, *arguments: str, environment: Mapping[str, str]) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = tmp_path_factory.mktemp("served") / "log"
        with log.open("wb") as out:
            server = subprocess.Popen(  # noqa: S603 - the command is the test's own
                [sys.executable, *(each.format(port=port) for each in arguments)],
                cwd=DOCS / "examples" / example,
                env=surroundings(environment),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        servers.append(server)
        for _ in range(600):
            if server.poll() is not None:
                break
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return f"http://127.0.0.1:{port}"
            time.sleep(0.1)
        raise AssertionError(f"{example} does not answer:\n{log.read_text(encoding='utf-8')}")

    yield start
    for server in servers:
        server.terminate()
        server.wait()
