"""The tables that coders filled in: files of a folder, pages of a workbook; and what is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from framing.arguments import spelled
from framing.text.encoding import printable
from framing.utils.files import SHEETS
from framing.utils.table_files import read_sheets, read_texts
from framing.validation.forms import SHOWN

_SHEETS = (".csv", ".tsv", *SHEETS)
_NEEDED = ["passage", "text"]  # the other columns that coders see are not read
_CODEBOOK = "codebook"
_NO_SHEETS = (".json", ".md", ".pdf")  # keys, and what people read


def sheets_in(path: Path, unread: list[str]) -> list[Path]:
    """Return the filled sheets in a folder; a file is one itself.

    The names of files that cannot be read are added to ``unread``.
    """
    if not path.exists():
        raise FileNotFoundError(f"{printable(path)}: there is no such file or folder")
    if not path.is_dir():
        return [path]
    files = [
        file
        for file in sorted(path.iterdir())
        if file.name[0] not in ".~" and file.stem.lower() != _CODEBOOK
    ]
    found = [file for file in files if file.suffix.lower() in _SHEETS]
    if not found:
        raise ValueError(
            f"{printable(path)}: no filled sheet in this folder ({', '.join(_SHEETS)})"
        )
    others = (file for file in files if file.suffix.lower() not in (*_SHEETS, *_NO_SHEETS))
    unread += [file.name for file in others]
    return found


def pages_of(
    path: Path, measures: Sequence[str], ids: Collection[str], unread: list[str]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of passages in a file; a page of a workbook is a coder.

    The codebook and empty pages are passed over, pages without passages are added to ``unread``; a
    page with passages that cannot be read is an error.
    """
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        table = read_texts(path).map(str.strip)
        _check_names(path.name, table, measures)
        yield "", table
        return
    some = False
    for name, page in read_sheets(path, None).items():
        table = (
            page.fillna("")
            .map(lambda cell: str(cell).strip())
            .rename(columns=lambda name: str(name).strip())
        )
        names = {name.lower() for name in table}  # which may be lost, and the ids are there
        if names & {*SHOWN, *measures} or table.isin(list(ids)).any(axis=None):
            some = True
            _check_names(f"{printable(path.name)}, {name}", table, measures)
            yield str(name), table
        elif str(name).strip().lower() != _CODEBOOK and len(page.columns):
            unread.append(f"page {str(name)!r} of {printable(path.name)}")
    if not some:
        raise ValueError(f"{printable(path)}: no page with the columns {', '.join(_NEEDED)}")


def _check_names(where: str, table: pd.DataFrame, measures: Sequence[str]) -> None:
    """Raise an error if a column has no name, or another one: its codes would be left out."""
    if missing := [name for name in (*_NEEDED, *measures) if name not in table]:
        got = spelled(name for name in table if not name.startswith("Unnamed: "))
        raise ValueError(
            f"{where}: no column {missing[0]!r}, got {got}; the first row must be the names of the "
            f"columns, as in the sheet that was handed out: {spelled([*SHOWN, *measures])}. "
            "Leave a measure's column empty where nothing was coded"
        )
