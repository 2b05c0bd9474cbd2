"""The same indicators over a table of attendances, on whatever engine keeps it (extra `frames`).

`attached` puts a table beside a register, for `commed.measure`, `commed.assess` and all the rest;
`measure` asks one question of both. The table stays where it is, in polars, pandas, PyArrow,
DuckDB, Spark, Dask or Ibis: only sums and counts are fetched.
"""

from commed.frames.attaching import Attached, attached, measure
from commed.frames.columns import Columns

__all__ = ["Attached", "Columns", "attached", "measure"]
