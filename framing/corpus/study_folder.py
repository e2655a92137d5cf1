"""A study folder: a corpus on disk that opens as exactly what was read.

It holds ``articles``, ``paragraphs``, ``audit`` and ``columns`` as Parquet, the audit also as CSV
for a spreadsheet, and ``study.json``: how the corpus was read, and the SHA-256 of each table. The
folder of tables beside a report holds the first three tables without ``study.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from framing.schema import own_table
from framing.text.encoding import printable
from framing.utils.files import UNFINISHED, all_or_none, locked, remove, sha256, split_sheet
from framing.utils.table_files import write_table

TABLES = ("articles", "paragraphs", "audit")
_COLUMNS = "columns"  # the fourth table of a corpus, which the tables beside a report lack
_SETTINGS = "study.json"
# Unless chosen.
_READING = {"languages": ["en"], "columns": {}, "outlets": {}, "keep": [], "dates": ""}


def write_tables(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
    formats: Sequence[str] = (),
) -> None:
    """Write the tables of a corpus, also in other formats, and how it was read (``settings``).

    The folder is made if it does not exist; files of the same names are replaced, all or none.

    Raises
    ------
    OSError
        If the folder cannot be written to, or another process is writing to it.
    """
    with locked(folder / ".lock"):
        for left in folder.glob(f"{UNFINISHED}*"):  # by a run that was killed
            remove(left)
        with all_or_none([folder / name for name in files_of_study(formats)]) as (about, *files):
            for file in files:
                write_table(tables[file.stem], file)
            hashes = {file.stem: sha256(file) for file in files if file.suffix == ".parquet"}
            text = json.dumps({"study": settings, "tables": hashes}, indent=1, ensure_ascii=False)
            about.write_text(text + "\n", "utf-8", errors="backslashreplace")


def files_of_study(formats: Sequence[str] = ()) -> list[str]:
    """Return the names of the files of a study, whose tables are also written in other formats.

    In the order in which they are replaced: if that stops, the tables are not those of the settings
    until all of them are, and then everything is.
    """
    others = [f"{name}.{kind}" for kind in formats for name in (*TABLES, _COLUMNS)]
    hashed = [f"{name}.parquet" for name in (*TABLES, _COLUMNS)]
    return [*dict.fromkeys([_SETTINGS, "audit.csv", *sorted({*others} - {*hashed}), *hashed])]


def check_free(folder: Path, formats: Sequence[str] = ()) -> None:
    """Raise an error that names files of another kind, if writing a study would replace them."""
    in_place = [name for name in files_of_study(formats) if (folder / name).exists()]
    ours = (folder / _SETTINGS).is_file() or any(
        _kind(folder / f"{name}.parquet") == name for name in TABLES
    )
    if in_place and not ours:
        raise ValueError(
            f"{printable(folder)} is no study, but has {', '.join(in_place)}, which would be "
            "replaced: choose another folder"
        )


def is_study(path: Path) -> bool:
    """Return whether a path is a study folder, or the tables beside a report.

    Raises
    ------
    ValueError
        If it holds tables that this package wrote, but not all that a corpus needs, or if they
        are not those that ``study.json`` names.
    """
    kinds = {file.stem for file in path.glob("*.parquet") if _kind(file) == file.stem}
    if not kinds and not (path / _SETTINGS).is_file():
        return False
    hashes = _json(path).get("tables", {})
    if missing := [name for name in dict.fromkeys([*TABLES, *hashes]) if name not in kinds]:
        raise ValueError(
            f"{printable(path)}: an incomplete study: it holds "
            f"{', '.join(sorted(kinds)) or _SETTINGS}, but "
            f"not the table of {', '.join(missing)}. Read the source again "
            f"(framing read SOURCE -o {printable(path.name)}), or name the source itself"
        )
    for name, expected in hashes.items():
        if sha256(path / f"{name}.parquet") != expected:
            raise ValueError(
                f"{path / name}.parquet is not the table that {_SETTINGS} names: it was changed, "
                f"or writing it was interrupted. Read the source again "
                f"(framing read SOURCE -o {printable(path.name)})"
            )
    return True


def read_tables(folder: Path) -> list[pd.DataFrame]:
    """Return the tables of a study folder, in the order of those of a corpus."""
    there = [name for name in (*TABLES, _COLUMNS) if (folder / f"{name}.parquet").is_file()]
    return [pd.read_parquet(folder / f"{name}.parquet") for name in there]


def settings(source: Path, **options: Any) -> dict[str, Any]:
    """Return how a corpus is read, and from what, for `write_tables`."""
    chosen = {name: value for name, value in options.items() if name in _READING}
    digest = sha256(split_sheet(source)[0])
    return {"source": {"path": str(source), "sha256": digest}} | _READING | _plain(chosen)


def check_settings(folder: Path, **options: Any) -> None:
    """Raise an error if an option is set that differs from how a study was read."""
    known = _plain({n: v for n, v in _json(folder).get("study", {}).items() if n in _READING})
    for name, value in _plain(options).items():
        if value not in (_READING[name], known.get(name)):
            raise ValueError(
                f"{printable(folder)} is a study; it was read with {name}={known.get(name)!r}, "
                f"got {value!r}. To change it, read the source again"
            )


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as they come back from JSON, languages by their codes."""
    from framing.corpus.language import code_of  # slow to import

    plain = {
        name: dict(value)
        if isinstance(value, Mapping)
        else (value if isinstance(value, str) else list(value or ()))
        for name, value in options.items()
    }
    named = plain.get("languages", [])
    return plain | ({"languages": [code_of(name) for name in named]} if named else {})


def _kind(file: Path) -> str:
    """Return which of our tables a Parquet file is; empty if it is none, or is damaged."""
    try:
        kind = own_table(pq.read_schema(file).names)
    except (OSError, ValueError):
        return ""
    return "" if kind == "results" else kind


def _json(folder: Path) -> dict[str, Any]:
    path = folder / _SETTINGS
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not {"study", "tables"} <= set(found):
        raise ValueError(f"{printable(path)} is damaged. Read the source again")
    return found
