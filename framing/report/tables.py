"""Tables on disk: every number of a report can be recomputed from what is saved beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing.arguments import as_value
from framing.schema import listed
from framing.utils.files import all_or_none, naming
from framing.utils.table_files import check_formats, write_table

ALWAYS = ("csv", "parquet")


def save_tables(
    folder: str | Path, *, formats: str | Sequence[str] = ALWAYS, **tables: pd.DataFrame
) -> list[Path]:
    r"""Save tables as files for other programs, all of them or none.

    Parameters
    ----------
    folder : str or Path
        Made if it does not exist. Nothing is saved if it is empty (``""``).
    formats : str or sequence of {"csv", "parquet", "xlsx", "dta", "sav"}
        CSV has every cell quoted, in UTF-8, with ``\n`` line ends; before a text that a
        spreadsheet would run (it begins with ``=``, ``+``, ``-`` or ``@``, also full-width or
        behind blanks) stands an apostrophe. The other formats have no need of it. ``xlsx`` cuts a
        text of more than 32,767 characters, with a warning. ``dta`` is for Stata, long texts
        included; ``sav`` for SPSS (extra ``spss``).
    **tables : DataFrame
        The name of each is that of its files. An index other than the numbers of rows, such as
        outlets after ``groupby``, is saved as columns.

    Returns
    -------
    list of Path
        The files, one per table and format.

    Raises
    ------
    TypeError
        If something is no table.
    ValueError
        If a format is unknown, a name is not that of a file, or a table cannot be written in a
        format, such as one with more rows than a sheet of Excel; the message names the table.

    Examples
    --------
    >>> save_tables("", levels=pd.DataFrame())
    []
    """
    formats = list(dict.fromkeys(listed(formats)))
    check_formats(formats)
    for name, table in tables.items():
        if not isinstance(table, pd.DataFrame):
            raise TypeError(f"{name} must be a DataFrame, got {as_value(table)}")
        if not re.fullmatch(r"[\w -]+", name):
            raise ValueError(f"the name of a table must be letters, digits, - and _, got {name!r}")
    if not str(folder):
        return []
    if not isinstance(folder, str | Path):
        raise TypeError(f"expected a folder first, got {as_value(folder)}; tables have a name=")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{name}.{suffix}" for name in tables for suffix in formats]
    if written:
        with all_or_none(written) as files:
            for file in files:
                try:
                    with naming(folder / file.name):
                        write_table(_with_index(tables[file.stem]), file)
                except Exception as error:
                    raise ValueError(f"{file.name} cannot be written: {error}") from error
    return written


def _with_index(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with what its index names as columns; numbers of rows are not kept."""
    index = table.index
    if pd.api.types.is_integer_dtype(index) and index.name is None:
        return table
    return table.reset_index(drop=set(index.names) <= set(table))


def add_formats(folder: Path, formats: Sequence[str]) -> None:
    """Save the tables in a folder in further formats."""
    for path in sorted(folder.rglob("*.parquet")):
        for suffix in formats:
            if not (other := path.with_suffix(f".{suffix}")).exists():
                write_table(pd.read_parquet(path), other)
