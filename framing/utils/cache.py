"""A corpus read and scored once for all reports of a batch, and kept for the next.

What is kept lies in the user's cache folder (``~/.cache/framing`` on Linux, or where the variable
``FRAMING_CACHE`` says), in a folder named after the contents of the corpus, the lexicon and the
versions. It holds the texts. All of it can be deleted at any time, and what no batch has used for
a month is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    import pandas as pd

_VARIABLE = "FRAMING_CORPORA"  # what reports are told: folders here, by the path of the corpus
_CORPUS = ("articles", "paragraphs", "audit")
_MONTH = 30 * 24 * 3600
_DECIDING = {"scores": ["article", "paragraph", "role", "text"]}  # what cues depend on


def folder() -> Path:
    """Return the folder of all that is kept."""
    return Path(os.environ.get("FRAMING_CACHE") or platformdirs.user_cache_path("framing"))


def keep(key: Sequence[str], make: Callable[[], Mapping[str, pd.DataFrame]]) -> Path:
    """Return the folder of what has this key; it is made if it is not there.

    Two that make it at once both can: it gets its name when it is whole, and the first one stays.
    """
    there = folder() / hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
    if not there.is_dir():
        folder().mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder()))
        try:
            for name, table in make().items():
                table.to_parquet(made / f"{name}.parquet", index=False)
                untyped = [column for column in table if table[column].dtype == object]
                (made / f"{name}.json").write_text(json.dumps(untyped), "utf-8")
            with contextlib.suppress(OSError):  # another was first
                made.rename(there)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    os.utime(there)
    return there


def forget_old() -> None:
    """Delete what nobody has used for a month."""
    for entry in folder().glob("*/"):
        with contextlib.suppress(OSError):
            if time.time() - entry.stat().st_mtime > _MONTH:
                shutil.rmtree(entry, ignore_errors=True)


def announce(corpora: Mapping[str, str]) -> None:
    """Let this process, and those that it starts, read these corpora from here."""
    os.environ[_VARIABLE] = json.dumps(dict(corpora))


def corpus(path: Path) -> list[pd.DataFrame] | None:
    """Return the tables of a corpus that was announced; None if it was not, or is gone."""
    entry = _announced().get(str(path.resolve()))
    with contextlib.suppress(OSError):
        return [_read(entry, name).copy() for name in _CORPUS] if entry else None
    return None


def scores(paragraphs: pd.DataFrame) -> pd.DataFrame | None:
    """Return the scores of paragraphs, if they are whole articles of a corpus announced here."""
    return _rows_for(paragraphs, "paragraphs", "scores")


def cues(scored: pd.DataFrame) -> pd.DataFrame | None:
    """Return the cues of paragraphs, if they are all that is scored of articles announced here."""
    return _rows_for(scored, "scores", "cues")


def _announced() -> dict[str, str]:
    return json.loads(os.environ.get(_VARIABLE, "{}"))


@cache
def _read(entry: str, name: str) -> pd.DataFrame:
    import pandas as pd

    untyped = json.loads((Path(entry) / f"{name}.json").read_text("utf-8"))
    table = pd.read_parquet(Path(entry) / f"{name}.parquet")
    return table.astype(dict.fromkeys(untyped, object))  # Parquet has text only


def _rows_for(table: pd.DataFrame, like: str, wanted: str) -> pd.DataFrame | None:
    """Return the rows of the articles in a table, where it is what was kept, cell by cell."""
    for entry in _announced().values() if "article" in table else ():
        with contextlib.suppress(OSError):
            known, found = _read(entry, like), _read(entry, wanted)
            articles = set(table["article"])
            same = known[known["article"].isin(articles)].reset_index(drop=True)
            if _equal(same, table, _DECIDING.get(like)):
                return found[found["article"].isin(articles)].reset_index(drop=True)
    return None


def _equal(known: pd.DataFrame, table: pd.DataFrame, deciding: Sequence[str] | None) -> bool:
    """Whether two tables have the same columns and cells, or the same in those that decide."""
    if not set(deciding or known) <= set(table) or not (deciding or list(known) == list(table)):
        return False
    columns = list(deciding or known)
    return known[columns].equals(table[columns].reset_index(drop=True))
