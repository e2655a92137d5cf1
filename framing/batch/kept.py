"""The corpora of batches, each read and scored once and kept for the next batch.

Each is a study folder, named after the contents of the corpus and the versions. They can be deleted
at any time; those that no batch has used for a month are.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from framing.report import record
from framing.utils.files import sha256, split_sheet

if TYPE_CHECKING:
    import pandas as pd

_MONTH = 30 * 24 * 3600


class Studies:
    """The corpora of a batch as study folders, each hashed, read and scored once."""

    def __init__(self, cache: str | Path | None) -> None:
        self._cache = Path(cache).absolute() if cache else platformdirs.user_cache_path("framing")
        self.hash_of = functools.cache(sha256)
        self._articles_in = functools.cache(_articles_in)  # a list of reports asks for each report
        forget_old(self._cache)

    def folder(self, corpus: Path, reading: Mapping[str, Any]) -> Path:
        """Return the study folder of a corpus, which is made if it does not exist.

        ``reading`` are options of `read_corpus`. Two batches may make it at once: it gets its name
        when it is complete, and the first one stays.
        """
        digest = self.hash_of(split_sheet(corpus)[0])
        key = [corpus.name, digest, json.dumps(record.versions())]
        key += [json.dumps(reading)] if reading else []
        kept = self._cache / "studies" / hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
        if not kept.is_dir():
            from framing.scoring.study import write_study  # slow to import

            kept.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=kept.parent))
            try:
                write_study(corpus, made, reading=reading)
                with contextlib.suppress(OSError):  # another was first
                    made.rename(kept)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        os.utime(kept)
        return kept

    def articles(self, corpus: Path, reading: Mapping[str, Any]) -> pd.DataFrame:
        """Return the articles of a corpus."""
        return self._articles_in(self.folder(corpus, reading))


def _articles_in(folder: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_parquet(folder / "articles.parquet")


def forget_old(cache: Path) -> None:
    """Delete the studies that no batch has used for a month."""
    for kept in (cache / "studies").glob("*/"):
        with contextlib.suppress(OSError):
            if time.time() - kept.stat().st_mtime > _MONTH:
                shutil.rmtree(kept, ignore_errors=True)
