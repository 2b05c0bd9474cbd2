"""Registers from and to spreadsheets (电子表格): workbooks (extra `excel`), folders of CSV files.

`write_template` writes a workbook for a clerk to fill, `write_tables` one that holds a register;
`commed.load_register` reads both.
"""

from commed.tables.reading import are_tables, register_in_tables
from commed.tables.writing import TooLarge, write_tables, write_template

__all__ = ["TooLarge", "are_tables", "register_in_tables", "write_tables", "write_template"]
