"""Mutate what mutmut leaves alone: tables, defaults of fields, and what runs at import.

``python tests/mutation/tables.py [PART OF A PATH]`` changes one thing at a time in a copy of the
package, by the operators of mutmut, and runs the tests of that room on it in a new process. The
labels of enumerations and ``__all__`` are left out. Survivors are printed.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from shutil import copytree
from tempfile import TemporaryDirectory

import libcst as cst
from mutmut.configuration import config
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace

ROOT = Path(__file__).parents[2]
WORKERS = 2
AT_IMPORT = {"_any_of", "_figure"}
QUANTITIES = ["quantity_units", "enclosures", "interval_laws", "wording"]
TESTS = {
    "src/commed/truth.py": ["truth_laws"],
    "src/commed/wording.py": ["wording"],
    "src/commed/quantities": QUANTITIES,
    "src/commed/codec": [
        *("codec_problems", "codec_reading", "codec_figures", "codec_results", "versions"),
        *("lines", "swift", "codec_instruments", "codec_round_trip", "new_records_codec"),
    ],
    "src/commed/compliance": [
        *("judging_told", "judging", "judging_findings", "judging_combined", "judging_figures"),
        *("judging_years", "judging_organisations", "judging_own", "judging_edges", "windows"),
        *("follow_up", "roll_up", "possibility", "amendments", "judging_laws"),
    ],
}


def _is_table(module: cst.Module, mutation: Mutation) -> bool:
    function = mutation.contained_by_top_level_function
    if isinstance(function, cst.FunctionDef):
        return function.name.value in AT_IMPORT
    if isinstance(function, cst.CSTNode):
        code = module.code_for_node(function).strip()
        return not code.split(" = ")[0].isupper()  # a member of an enumeration
    return True


def _mutants(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what is changed, and the whole text of the module so changed."""
    module, mutations, _, _ = create_mutations(str(path), (ROOT / path).read_text())
    exported = {
        id(node)
        for each in module.body
        if module.code_for_node(each).strip().startswith("__all__")
        for node in _below(each)
    }
    for mutation in mutations:
        if id(mutation.original_node) in exported or not _is_table(module, mutation):
            continue
        changed = deep_replace(module, mutation.original_node, mutation.mutated_node)
        before, after = (
            " ".join(module.code_for_node(node).split())[:90]
            for node in (mutation.original_node, mutation.mutated_node)
        )
        yield f"{path}: {before}  ->  {after}", cst.ensure_type(changed, cst.Module).code


def _below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _below(child)


def _survives(copies: SimpleQueue[Path], path: Path, code: str) -> bool:
    tests = next(names for start, names in TESTS.items() if str(path).startswith(start))
    copy = copies.get()
    target = copy / path.relative_to("src")
    kept = target.read_text()
    target.write_text(code)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        ended = subprocess.run(  # noqa: S603 - the tests of this project
            [*command, *(f"tests/test_{name}.py" for name in tests)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(copy), "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(kept)
        copies.put(copy)
    return ended.returncode == 0


def main(part: str = "") -> None:
    """Try each mutant, and print those that live and how many were killed in each module."""
    os.chdir(ROOT)
    paths = [
        each.relative_to(ROOT)
        for each in sorted((ROOT / "src").rglob("*.py"))
        if config().should_mutate(each.relative_to(ROOT)) and part in str(each)
    ]
    found: Counter[tuple[str, bool]] = Counter()
    with TemporaryDirectory() as directory, ThreadPoolExecutor(WORKERS) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(WORKERS):
            copies.put(Path(copytree(ROOT / "src", Path(directory) / str(number))))
        tried = [
            (path, what, pool.submit(_survives, copies, path, code))
            for path in paths
            for what, code in _mutants(path)
        ]
        for path, what, future in tried:
            survives = future.result()
            found[str(path), survives] += 1
            if survives:
                sys.stdout.write(f"{what}\n")
    for name in sorted({name for name, _ in found}):
        killed, lived = found[name, False], found[name, True]
        sys.stdout.write(f"{name}: {killed} of {killed + lived} killed\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
