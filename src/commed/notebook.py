"""Values that show themselves in IPython and Jupyter (笔记本).

IPython is told of the types by name, so the values know nothing of it and nothing is loaded
before one is shown.
"""

from functools import partial
from typing import Protocol

__all__ = ["install", "uninstall"]

_SHOWN = {
    "commed.compliance.assessment": ("Assessment", "Finding"),
    "commed.compliance.following": ("FollowUp",),
    "commed.compliance.rollup": ("RollUp",),
    "commed.indicators.measurement": ("Measurement",),
    "commed.inspection": ("InspectionReport",),
    "commed.law.instrument": ("Instrument",),
    "commed.register": ("Register",),
}


class _Formatter(Protocol):
    """What is asked of IPython's formatter of HTML."""

    def for_type_by_name(self, module: str, name: str, func: object, /) -> object:
        """Show the values of a type by a function."""

    def pop(self, name: str, default: object, /) -> object:
        """Forget how the values of a type are shown."""


class _Display(Protocol):
    formatters: dict[str, _Formatter]


class _Shell(Protocol):
    """What is asked of an IPython shell."""

    display_formatter: _Display


def install(shell: _Shell, *, language: str = "en") -> None:
    """Let a shell show the values of commed as HTML, in Chinese (``zh``) or English (``en``).

    `shell` is what `IPython.get_ipython` returns. Another language takes the place of the first.
    """
    uninstall(shell)
    html = shell.display_formatter.formatters["text/html"]
    for module, names in _SHOWN.items():
        for name in names:
            html.for_type_by_name(module, name, partial(_show, language=language))


def uninstall(shell: _Shell) -> None:
    """Let a shell show the values of commed as plain text again."""
    html = shell.display_formatter.formatters["text/html"]
    for module, names in _SHOWN.items():
        for name in names:
            html.pop(f"{module}.{name}", None)


def _show(value: object, *, language: str) -> str:
    from commed.report.notebook import render_notebook  # noqa: PLC0415 - slow, seldom needed

    return render_notebook(value, language=language)
