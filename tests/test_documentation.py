"""Every example in the documentation runs, and prints what it says it prints."""

import io
import re
import shlex
import shutil
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser

from commed.cli import main
from commed.law import conditions

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
IN_CHINESE = sorted((DOCS / "zh").rglob("*.md"))
ON_SPARK = {DOCS / "how-to/spark.md", DOCS / "zh/how-to/spark.md"}
EXECUTED = {"python", "text", "console"}
ELSEWHERE = {"sh", "toml", "http", "json"}  # for shells and editors; test_embedding_fastapi sends


def run(example: Example) -> None:
    """Run a block of Python, and keep what it prints for the block that follows."""
    unshown = example.namespace.pop("printed", "")
    assert not unshown, f"printed above, and not shown:\n{unshown}"
    printed = io.StringIO()
    code = compile(example.parsed, f"{example.path}:{example.line}", "exec", dont_inherit=True)
    with redirect_stdout(printed):
        exec(code, example.namespace)  # noqa: S102 - running the examples is the point
    example.namespace["printed"] = printed.getvalue()


def compare(example: Example) -> str | None:
    """Compare what the block before printed; a line of three dots ends what is shown."""
    return difference(str(example.parsed), example.namespace.pop("printed"))


def command(example: Example) -> str | None:
    """Run a command line of commed, and compare what it prints."""
    prompt, _, shown = str(example.parsed).partition("\n")
    _, _, module, *arguments = shlex.split(prompt.removeprefix("$ "))
    assert module == "commed"
    printed = io.StringIO()
    with redirect_stdout(printed):
        main(arguments)
    return difference(shown, printed.getvalue())


def difference(shown: str, printed: str) -> str | None:
    beginning, dots, _ = shown.partition("...\n")
    same = printed.startswith(beginning) if dots else printed == shown
    return None if same else f"shown:\n{shown}\nprinted:\n{printed}"


# a page shows how a law is tried, and need not find the smallest register that breaks it
settings.register_profile(
    "pages", settings.get_profile("commed"), max_examples=20, phases=[Phase.generate]
)
PARSERS = Sybil(
    parsers=[
        CodeBlockParser("python", run),
        CodeBlockParser("text", compare),
        CodeBlockParser("console", command),
    ]
)


def paged(page: Path) -> Any:
    """Return a page as a case; those on Spark, which takes long to start, run on one worker."""
    marks = [pytest.mark.xdist_group("spark")] if page in ON_SPARK else []
    return pytest.param(page, id=str(page.relative_to(ROOT)), marks=marks)


@pytest.mark.parametrize("page", [paged(page) for page in PAGES])
def test_every_example_prints_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)  # a page may write files
    if page in ON_SPARK:
        pytest.importorskip("pyspark")
        if shutil.which("java") is None:
            pytest.skip("Spark needs Java, and there is no 'java' on the path")
    document: Any = PARSERS.parse(page)
    settings.load_profile("pages")
    request.addfinalizer(lambda: settings.load_profile("commed"))
    with warnings.catch_warnings(action="ignore" if page in ON_SPARK else "error"):
        for example in document.examples():
            example.evaluate()


@pytest.fixture(autouse=True)
def nodes() -> Iterator[None]:
    """Take away the condition nodes that a page adds, for another may add them again."""
    before = set(conditions.NODES)
    yield
    for name in set(conditions.NODES) - before:
        del conditions._NODES[name]


def test_the_examples_are_found() -> None:
    assert sum(len(list(PARSERS.parse(page).examples())) for page in PAGES) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_block_of_code_goes_without_being_tried(page: Path) -> None:
    assert {fence for fence in fences(page) if not fence.startswith("{")} <= EXECUTED | ELSEWHERE


@pytest.mark.parametrize("page", IN_CHINESE, ids=lambda page: page.stem)
def test_a_page_in_chinese_shows_what_its_original_shows(page: Path) -> None:
    original = DOCS / page.relative_to(DOCS / "zh")
    if page.stem != "index":
        assert fences(page) == fences(original)
        assert len(headings(page)) == len(headings(original))


def fences(page: Path) -> list[str]:
    return re.findall(r"^```(\S+)", page.read_text(encoding="utf-8"), re.MULTILINE)


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ ", page.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_readme_gives_two_commands() -> None:
    blocks = (ROOT / "README.md").read_text(encoding="utf-8").split("```sh\n")[1:]
    commands = [block.split("```")[0].strip().splitlines() for block in blocks]
    assert [len(lines) for lines in commands] == [1, 1]
