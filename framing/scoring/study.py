"""A corpus with its scores and cues: taken from a study folder where they fit, else computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api.types import is_numeric_dtype

from framing.arguments import spelled, there_are
from framing.corpus.corpus import Corpus
from framing.corpus.read import read_corpus
from framing.corpus.study_folder import settings, write_tables
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in, chosen_lexicon
from framing.lexicon.recipe import Recipe
from framing.schema import listed
from framing.scoring.cues import find_cues
from framing.scoring.large_files import note
from framing.scoring.score import chosen_recipes, score, score_with_cues
from framing.utils.files import unfinished


class Study(NamedTuple):
    """A `Corpus`, and the tables that `score` and `find_cues` return for it."""

    corpus: Corpus
    scores: pd.DataFrame
    cues: pd.DataFrame


def open_study(
    corpus: str | Path | pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    language: str = "en",
    recipes: str | Recipe | Sequence[str | Recipe] = (),
    reading: Mapping[str, Any] | None = None,
    outlets: Sequence[str] = (),
    articles: Sequence[str] = (),
    events: Sequence[str] = (),
    where: Sequence[str] = (),
    by: str | Sequence[str] = "",
) -> Study:
    """Read a corpus, score it and find its cues.

    Parameters
    ----------
    corpus : str, Path or DataFrame
        Anything that `read_corpus` reads. The scores and cues of a study folder are reused if they
        were made from its paragraphs with the same lexicon and version.
    lexicon : Lexicon, optional
        The built-in English one by default.
    language : str, default "en"
        Code of the language whose articles are read; ``"any"`` for all.
    recipes : sequence of str or Recipe, optional
        As in `score`; the paragraphs are then scored again.
    reading : mapping, optional
        Other options of `read_corpus`: ``{"columns": {"title": "headline_text"}}``.
    outlets, articles, events, where : sequence of str
        As in `Corpus.only`; all of them by default.
    by : str or sequence of str, optional
        The column of articles to compare by, such as ``"outlet"`` or ``"leaning"``; ``"year"`` and
        ``"month"`` are those of the date. The scores get this column and ``topic``. Articles
        without a value in it are skipped: the audit lists them. Of several columns, the scores get
        all, and articles need a value in the first only.

    Returns
    -------
    Study
        ``corpus``, ``scores`` and ``cues``.

    Raises
    ------
    FileNotFoundError, ValueError
        As `read_corpus` and `Corpus.only` do; and if no article has a value in the column ``by``.

    Examples
    --------
    >>> corpus, scores, cues = open_study("corpora/strait", outlets=["Daily Clarion"])
    >>> corpus.articles["outlet"].unique().tolist()
    ['Daily Clarion']
    """
    lexicon, asked = chosen_lexicon(lexicon), chosen_recipes(recipes)
    known = [*signature(read_corpus).parameters][1:]
    if wrong := [name for name in reading or {} if name not in known]:
        raise ValueError(f"reading has no option {wrong[0]!r}: {there_are(wrong[0], known)}")
    whole = read_corpus(corpus, **({"languages": language} | dict(reading or {})))
    chosen = whole.only(outlets=outlets, articles=articles, events=events, where=where)
    columns = listed(by) if by else []
    chosen = having(chosen, columns) if columns else chosen
    scores, cues = (
        None if isinstance(corpus, pd.DataFrame) else _saved(Path(corpus), name, chosen, lexicon)
        for name in ("scores", "cues")
    )
    anew = scores is None or asked
    if anew and cues is None:
        scores, cues = score_with_cues(chosen.paragraphs, lexicon, asked)
    elif anew:
        scores = score(chosen.paragraphs, lexicon=lexicon, recipes=asked)
    elif cues is None:
        cues = find_cues(scores, lexicon=lexicon)
    if columns:
        scores = _with_columns(scores, chosen.articles, columns)
    return Study(chosen, scores, cues)


def having(corpus: Corpus, columns: list[str]) -> Corpus:
    """Return the corpus of the articles that have a value in a column, and count the others."""
    articles, dates = corpus.articles, corpus.articles["date"].dt
    made = {"year": dates.strftime("%Y"), "month": dates.strftime("%Y-%m")}
    for name in columns:
        if name not in articles and name in made:
            articles = articles.assign(**{name: made[name]})
        if name not in articles:
            raise ValueError(
                f"articles have no column {name!r} to compare by; the columns are: "
                f"{spelled([*articles.columns, *made])}"
            )
    by = columns[0]
    filled = articles[by].notna() & articles[by].astype(str).ne("")
    if not filled.any():
        raise ValueError(f"no article has a value in the column {by!r}")
    kept = corpus._replace(articles=articles).only(articles=list(articles["article"][filled]))
    without = kept.audit["article"].isin(articles["article"][~filled])
    reasons = kept.audit["reason"].mask(without & kept.audit["block"].isna(), f"no {by} is known")
    return kept._replace(audit=kept.audit.assign(reason=reasons))


def _with_columns(scores: pd.DataFrame, articles: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Add to the scores what comparisons need to know of their articles, numbers as texts."""
    texts = {n: articles[n].convert_dtypes().astype(str) for n in columns}  # 2 is no count
    texts = {name: text.mask(articles[name].isna(), "") for name, text in texts.items()}
    about = articles.assign(**texts).set_index("article")
    names = dict.fromkeys(["topic", *columns])
    new = [name for name in names if name not in scores or is_numeric_dtype(scores[name])]
    return scores.assign(**{name: scores["article"].map(about[name]) for name in new})


def write_study(
    corpus: str | Path, folder: str | Path, *, reading: Mapping[str, Any] | None = None
) -> None:
    """Write what `open_study` returns for a corpus as a study folder, which it opens again.

    Without scores and cues where not all articles are in English: they are those of a dictionary.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    whole = read_corpus(corpus, **(reading or {}))
    write_tables(folder, whole._asdict(), settings(Path(corpus), **(reading or {})))
    if "language" in whole.paragraphs:
        return
    made_of = note(folder / "paragraphs.parquet", built_in())
    scored = score_with_cues(whole.paragraphs, built_in())
    for name, found in zip(("scores", "cues"), scored, strict=True):
        table = pa.Table.from_pandas(found, preserve_index=False)
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
    table = table[table["article"].isin(set(chosen.articles["article"]))].reset_index(drop=True)
    if "version_of" not in chosen.paragraphs or name == "cues":
        return table.drop(columns="version_of", errors="ignore")
    versions = chosen.articles.set_index("article")["version_of"]  # of those that are chosen
    return table.assign(version_of=table["article"].map(versions).array)
