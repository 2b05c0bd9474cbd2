"""Reports for people to read: as text, as Markdown, and as a page of HTML (extra `report`)."""

from commed.report.html import render_html
from commed.report.markdown import render_markdown
from commed.report.text import render_measurement, render_split, render_text
from commed.report.together import render_follow_up, render_roll_up

__all__ = [
    "render_follow_up",
    "render_html",
    "render_markdown",
    "render_measurement",
    "render_roll_up",
    "render_split",
    "render_text",
]
