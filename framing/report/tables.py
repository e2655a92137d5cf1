"""Tables on disk: every number of a report can be recomputed from what is saved beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing.utils.table_files import check_formats, write_table

ALWAYS = ("csv", "parquet")


def save_tables(
    folder: str | Path, *, formats: Sequence[str] = ALWAYS, **tables: pd.DataFrame
) -> list[Path]:
    r"""Save tables as files for other programs.

    Parameters
    ----------
    folder : str or Path
        Made if it does not exist. Nothing is saved if it is empty (``""``).
    formats : sequence of {"csv", "parquet", "xlsx", "dta", "sav"}
        CSV has every cell quoted, in UTF-8, with ``\n`` line ends, and is exact: to open texts of
        others in Excel, save ``xlsx``, where a text that begins with ``=`` is a text. ``dta`` is
        for Stata, long texts included; ``sav`` for SPSS (extra ``spss``).
    **tables : DataFrame
        The name of each is that of its files.

    Returns
    -------
    list of Path
        The files, one per table and format.

    Raises
    ------
    ValueError
        If a format is unknown, or a table has more rows than a sheet of Excel.

    Examples
    --------
    >>> save_tables("", levels=pd.DataFrame())
    []
    """
    check_formats(formats)
    if not str(folder):
        return []
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        for suffix in formats:
            written.append(folder / f"{name}.{suffix}")
            write_table(table, written[-1])
    return written


def add_formats(folder: Path, formats: Sequence[str]) -> None:
    """Save the tables in a folder in further formats."""
    for path in sorted(folder.rglob("*.parquet")):
        for suffix in formats:
            if not (other := path.with_suffix(f".{suffix}")).exists():
                write_table(pd.read_parquet(path), other)
