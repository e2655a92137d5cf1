"""Tables on disk: every number of a report can be recomputed from what is saved beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd


def save_tables(folder: str | Path, **tables: pd.DataFrame) -> list[Path]:
    r"""Save tables as CSV and Parquet.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there. Nothing is saved if it is empty (``""``).
    **tables : DataFrame
        The name of each is that of its files.

    Returns
    -------
    list of Path
        The files, two a table. Every cell of the CSV is quoted, in UTF-8, with ``\n`` line ends.

    Examples
    --------
    >>> save_tables("", levels=pd.DataFrame())
    []
    """
    if not str(folder):
        return []
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, table in tables.items():
        paths = folder / f"{name}.csv", folder / f"{name}.parquet"
        table.to_csv(
            paths[0], index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", encoding="utf-8"
        )
        table.to_parquet(paths[1], index=False)
        written += paths
    return written
