"""Reports for people to read: as text, as Markdown, and as a page of HTML (extra `report`)."""

from commed.report.html import render_html
from commed.report.markdown import render_markdown
from commed.report.text import render_measurement, render_text

__all__ = ["render_html", "render_markdown", "render_measurement", "render_text"]
