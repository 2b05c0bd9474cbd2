"""Reports as one page of HTML that needs nothing else: no script, no network (extra `report`)."""

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from commed.compliance import Finding
from commed.errors import MissingExtra, Words
from commed.evidence import by_supplier
from commed.indicators import Measurement, definition
from commed.report.contents import (
    MONTH_FIGURE,
    PLACE_FIGURES,
    Contents,
    Subject,
    contents,
    not_judged,
    title,
)
from commed.report.page import SIGNS, Page
from commed.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_html"]


def render_html(subject: Subject, *, language: str = "en") -> str:
    """Return a report as a page of HTML (网页报告), in Chinese (``zh``) or English (``en``).

    The page holds all that it shows and runs no script. Raises `MissingExtra` without Jinja2.
    """
    told, page = contents(subject), Page(language)
    duties = _duties(told)
    columns = list(zip(*told.places.values(), strict=True))
    return (
        _environment()
        .get_template("page.html")
        .render(
            contents=told,
            page=page,
            duties=duties,
            breaches=[
                (key, duty) for findings in duties for key, duty in findings if duty.is_breach
            ],
            requests=by_supplier(told.needs),
            not_judged=not_judged,
            title=title,
            month_figure=definition(MONTH_FIGURE),
            place_figures=[definition(each) for each in PLACE_FIGURES],
            tops=[page.top(column) for column in columns],
            ranked=[sorted(column, key=_low) for column in columns],
            signs=SIGNS,
            version=__version__,
        )
    )


def _duties(told: Contents) -> list[list[tuple[str, Finding]]]:
    """Return the findings of each assessment, each with the anchor that links lead to."""
    return [
        [(f"duty-{number}-{at}", finding) for at, finding in enumerate(each.findings, start=1)]
        for number, each in enumerate(told.assessments, start=1)
    ]


def _low(measurement: Measurement | None) -> tuple[bool, Fraction]:
    """Order by the lower end; what nobody knows comes first."""
    value = None if measurement is None else measurement.value
    return value is not None, (None if value is None else value.low) or Fraction(0)


@cache
def _environment() -> "Environment":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtra("report", Words("a report in HTML", "网页报告")) from None
    return Environment(
        loader=PackageLoader("commed.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
