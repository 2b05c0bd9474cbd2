"""How the documentation is built."""

from typing import Any

from sphinx.application import Sphinx

from commed import __version__

project = "commed"
author = "The commed developers"
copyright = "2026, The commed developers"  # noqa: A001 - Sphinx wants this name
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "show-inheritance": False}
autodoc_class_signature = "separated"
default_role = "code"

html_theme = "furo"
html_title = f"commed {__version__}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_theme_options = {
    "light_css_variables": {
        "font-stack": "system-ui, sans-serif, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC'",
    },
}


def setup(app: Sphinx) -> None:
    """Say of the pages in Chinese that they are in Chinese."""
    app.connect("html-page-context", _in_chinese)


def _in_chinese(_: Sphinx, page: str, __: str, context: dict[str, Any], ___: object) -> None:
    if page.startswith("zh/"):
        context["language"] = "zh-CN"
