"""Reports for people to read."""

from commed.report.text import render_measurement, render_text

__all__ = ["render_measurement", "render_text"]
