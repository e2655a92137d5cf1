"""Tables on disk: every number of a report can be recomputed from what is saved beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing.schema import check_columns, listed
from framing.utils.table_files import check_formats, write_table

ALWAYS = ("csv", "parquet")


def save_tables(
    folder: str | Path, *, formats: str | Sequence[str] = ALWAYS, **tables: pd.DataFrame
) -> list[Path]:
    r"""Save tables as files for other programs.

    Parameters
    ----------
    folder : str or Path
        Made if it does not exist. Nothing is saved if it is empty (``""``).
    formats : str or sequence of {"csv", "parquet", "xlsx", "dta", "sav"}
        CSV has every cell quoted, in UTF-8, with ``\n`` line ends, and is exact: to open texts of
        others in Excel, save ``xlsx``, where a text that begins with ``=`` is a text. ``dta`` is
        for Stata, long texts included; ``sav`` for SPSS (extra ``spss``).
    **tables : DataFrame
        The name of each is that of its files. An index with a name, or of texts, as ``groupby``
        leaves it, is saved as the first columns.

    Returns
    -------
    list of Path
        The files, one per table and format.

    Raises
    ------
    ValueError
        If a format is unknown, a name is no name of a file, a table has columns of several levels,
        or more rows than a sheet of Excel.

    Examples
    --------
    >>> save_tables("", levels=pd.DataFrame())
    []
    """
    formats = listed(formats)
    check_formats(formats)
    if not str(folder):
        return []
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        if Path(name).name != name:
            raise ValueError(f"a table must have the name of a file in the folder, got {name!r}")
        table = _with_index(table, name)
        for suffix in formats:
            written.append(folder / f"{name}.{suffix}")
            write_table(table, written[-1])
    return written


def _with_index(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table with its index as columns, if that is more than numbers of rows."""
    check_columns(table, [], kind=f"rows and columns for {name!r}")
    if table.columns.nlevels > 1:
        raise ValueError(
            f"table {name!r} has columns of {table.columns.nlevels} levels: give it one, such as "
            "table.set_axis(['_'.join(names) for names in table.columns], axis=1)"
        )
    index = table.index
    numbers = index.nlevels == 1 and pd.api.types.is_integer_dtype(index.dtype)
    return table if (numbers and index.name is None) or not len(table) else table.reset_index()


def add_formats(folder: Path, formats: Sequence[str]) -> None:
    """Save the tables in a folder in further formats."""
    for path in sorted(folder.rglob("*.parquet")):
        for suffix in formats:
            if not (other := path.with_suffix(f".{suffix}")).exists():
                write_table(pd.read_parquet(path), other)
