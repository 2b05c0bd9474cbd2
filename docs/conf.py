"""How the documentation is built."""

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
