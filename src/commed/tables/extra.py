"""Whether the library for workbooks is there: it is an extra, and loaded only when used."""

from importlib.util import find_spec

from commed.errors import MissingExtra, Words

__all__ = ["need_openpyxl"]


def need_openpyxl() -> None:
    """Raise `MissingExtra` where openpyxl is not installed."""
    if find_spec("openpyxl") is None:
        raise MissingExtra("excel", Words("a workbook (.xlsx)", "工作簿（.xlsx）"))
