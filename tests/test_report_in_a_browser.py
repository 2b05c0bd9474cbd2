"""The report as a browser shows it: nothing fetched, nothing wrong, and open to everybody.

axe-core looks for what keeps people out. Needs Chromium and the extra `browser`.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests.districts import district

from commed.codec import register_from
from commed.compliance import assess
from commed.inspection import inspect
from commed.loading import example, instrument
from commed.report import render_html
from commed.report.contents import Subject

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 390, 1280
SHOTS = os.environ.get("COMMED_SCREENSHOTS")
"""A folder to keep pictures in, for people to look at."""


def pages() -> dict[str, str]:
    chengdu = instrument("cn-chengdu-2017")
    case = inspect(example("longquanyi-2019"), chengdu, instrument("cn-ningbo-2015"))
    large = assess(register_from(district(120)), chengdu, on=date(2019, 4, 26))
    subjects: dict[str, Subject] = {"longquanyi": case, "large": large}
    return {
        f"{name}-{language}": render_html(subject, language=language)
        for name, subject in subjects.items()
        for language in ("zh", "en")
    }


SEEN = [
    *product(("longquanyi-zh", "longquanyi-en"), (PHONE, DESK), ("light", "dark")),
    ("large-zh", PHONE, "light"),
    ("large-en", DESK, "dark"),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, page in pages().items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.mark.parametrize(("name", "width", "scheme"), SEEN)
def test_a_report_is_whole_quiet_and_open_to_everybody(
    browser: "Browser", written: Path, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    address = (written / f"{name}.html").as_uri()
    page.goto(address)
    assert asked == [address]
    assert said == []
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    _check_headings(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
    for fold in page.locator("details").all():
        fold.evaluate("each => each.open = true")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _check_headings(page: "Page") -> None:
    """See that there is one heading of the first level, and none left out on the way down."""
    tags = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => each.tagName)")
    levels = [int(tag[1]) for tag in tags]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_report_prints(browser: "Browser", written: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto((written / "longquanyi-zh.html").as_uri())
    printed = page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert printed.startswith(b"%PDF")
