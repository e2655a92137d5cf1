"""A corpus with its scores and cues: taken from a study folder where they fit, else computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing.corpus.corpus import Corpus, read_corpus
from framing.corpus.study_folder import settings, write_tables
from framing.lexicon.lexicon import Lexicon, built_in
from framing.lexicon.recipe import Recipe
from framing.scoring.cues import find_cues
from framing.scoring.large_files import note
from framing.scoring.score import score
from framing.utils.files import unfinished


class Study(NamedTuple):
    """A `Corpus`, and the tables that `score` and `find_cues` give for it."""

    corpus: Corpus
    scores: pd.DataFrame
    cues: pd.DataFrame


def open_study(
    corpus: str | Path | pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    recipes: str | Recipe | Sequence[str | Recipe] = (),
    reading: Mapping[str, Any] | None = None,
    outlets: Sequence[str] = (),
    articles: Sequence[str] = (),
    events: Sequence[str] = (),
) -> Study:
    """Read a corpus, score it and find its cues.

    Parameters
    ----------
    corpus : str, Path or DataFrame
        Whatever `read_corpus` reads. The scores and cues of a study folder are taken where they
        were made of its paragraphs with the same lexicon and version; the tables are the same.
    lexicon : Lexicon, optional
        The built-in English one by default.
    recipes : sequence of str or Recipe, optional
        As in `score`, which is done again for them.
    reading : mapping, optional
        Options of `read_corpus`: ``{"columns": {"title": "headline_text"}}``.
    outlets, articles, events : sequence of str
        As in `Corpus.only`; all of them by default.

    Returns
    -------
    Study
        ``corpus``, ``scores`` and ``cues``.

    Raises
    ------
    FileNotFoundError, ValueError
        As `read_corpus` and `Corpus.only` do.

    Examples
    --------
    >>> corpus, scores, cues = open_study("corpora/strait", outlets=["Daily Clarion"])
    >>> corpus.articles["outlet"].unique().tolist()
    ['Daily Clarion']
    """
    lexicon = lexicon or built_in()
    chosen = read_corpus(corpus, **(reading or {})).only(
        outlets=outlets, articles=articles, events=events
    )
    scores, cues = (
        None if isinstance(corpus, pd.DataFrame) else _saved(Path(corpus), name, chosen, lexicon)
        for name in ("scores", "cues")
    )
    if scores is None or recipes:
        scores = score(chosen.paragraphs, lexicon=lexicon, recipes=recipes)
    if cues is None:
        cues = find_cues(scores, lexicon=lexicon)
    return Study(chosen, scores, cues)


def write_study(
    corpus: str | Path,
    folder: str | Path,
    *,
    lexicon: Lexicon | None = None,
    reading: Mapping[str, Any] | None = None,
) -> None:
    """Read a corpus, score it and find its cues, and write all of it as a study folder.

    Parameters
    ----------
    corpus : str or Path
        Whatever `read_corpus` reads.
    folder : str or Path
        Made if it does not exist. `open_study` opens it.
    lexicon, reading
        As in `open_study`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    study = open_study(corpus, lexicon=lexicon, reading=reading)
    write_tables(folder, study.corpus._asdict(), settings(Path(corpus), **(reading or {})))
    made_of = note(folder / "paragraphs.parquet", lexicon or built_in())
    for name in ("scores", "cues"):
        table = pa.Table.from_pandas(getattr(study, name), preserve_index=False)
        table = table.replace_schema_metadata({**table.schema.metadata, **made_of})
        with unfinished(folder / f"{name}.parquet") as path:
            pq.write_table(table, path)


def _saved(folder: Path, name: str, chosen: Corpus, lexicon: Lexicon) -> pd.DataFrame | None:
    """Return the rows of a saved table for some articles; None if they would be others now."""
    file = folder / f"{name}.parquet"
    if not file.is_file():
        return None
    made_of = note(folder / "paragraphs.parquet", lexicon)
    if not made_of.items() <= (pq.read_schema(file).metadata or {}).items():
        return None
    table = pd.read_parquet(file)
    return table[table["article"].isin(set(chosen.articles["article"]))].reset_index(drop=True)
