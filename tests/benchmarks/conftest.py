"""The benchmarks in short: ``python -m pytest tests/benchmarks -q -s --short``, under a minute.

The sizes are a tenth or half of those that are promised for, so what is promised is shown and not
demanded. Contestants take turns in a shuffled order, which pytest-benchmark cannot do: it times one
after the other, and a machine that slows down between them tells a false ratio.
"""

import pytest

SHORT = {
    "test_frames_time": {"LARGEST": 2_000_000, "DOUBLINGS": [250_000, 500_000, 1_000_000]},
    "test_import_time": {"ROUNDS": 5},
    "test_judging_time": {"ROUNDS": 50},
    "test_loading_time": {"ATTENDANCES": 400_000, "ROUNDS": 3},
    "test_many_registers": {"HOW_MANY": 1_000},
    "test_threshold_time": {"ROUNDS": 5},
    "test_participation_time": {"SIZES": [10_000, 300_000], "LARGEST": 600_000},
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--short", action="store_true", help="smaller sizes: under a minute in all")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--short"):
        return
    items[:] = [item for item in items if item.path.stem in SHORT]
    for item in items:
        module = item.getparent(pytest.Module)
        assert module is not None
        vars(module.obj).update(SHORT[item.path.stem])
        item.add_marker(
            pytest.mark.xfail(raises=AssertionError, reason="promised of full sizes", strict=False)
        )
