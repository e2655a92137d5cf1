"""Files in; articles, paragraphs and an account of every input out."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.corpus.blocks.roles import REMOVED
from framing.corpus.collect import Item, identified, read_items
from framing.corpus.outlets import with_versions
from framing.corpus.readers.rows import check_columns
from framing.corpus.study_folder import check_settings, is_study, read_tables
from framing.corpus.tables import Tables, tables, tasks
from framing.utils.parallel import spread_over
from framing.utils.progress import telling


class Corpus(NamedTuple):
    """Three tables: ``articles``, ``paragraphs`` and ``audit``."""

    articles: pd.DataFrame
    paragraphs: pd.DataFrame
    audit: pd.DataFrame

    def only(
        self,
        *,
        outlets: Sequence[str] = (),
        articles: Sequence[str] = (),
        events: Sequence[str] = (),
    ) -> Corpus:
        """Keep some outlets, articles or events; all of them where none is named.

        Parameters
        ----------
        outlets, articles, events : sequence of str
            Names as they stand in ``articles``.

        Returns
        -------
        Corpus
            The audit keeps every input; those left out are ``skipped``, "not chosen".

        Raises
        ------
        ValueError
            If there is none of that name; the message names the nearest ones.
        """
        kept = self.articles
        for column, names in (("outlet", outlets), ("article", articles), ("event", events)):
            kept = kept[_chosen(kept[column], names)]
        chosen = set(kept["article"])
        audit = self.audit.copy()
        left = ~audit["article"].isin(chosen) & (audit["outcome"] == "scored")
        audit.loc[left, ["outcome", "reason"]] = ["skipped", "not chosen"]
        paragraphs = self.paragraphs[self.paragraphs["article"].isin(chosen)]
        return Corpus(kept.reset_index(drop=True), paragraphs.reset_index(drop=True), audit)

    def __repr__(self) -> str:
        inputs = self.audit[self.audit["block"].isna()]["outcome"].value_counts()
        outcomes = ", ".join(f"{n} {outcome}" for outcome, n in inputs.items())
        return (
            f"Corpus of {len(self.articles)} articles from {self.articles['outlet'].nunique()} "
            f"outlets, {len(self.paragraphs)} paragraphs (inputs: {outcomes})"
        )


def _chosen(column: pd.Series[str], names: Sequence[str]) -> pd.Series[bool]:
    """Rows whose value is one of the names; every name has to be there."""
    there = sorted(column.unique())
    for name in names:
        if name not in there:
            near = get_close_matches(name, there, n=3, cutoff=0.3) or there[:3]
            raise ValueError(
                f"no {column.name} {name!r}; the nearest: {', '.join(map(repr, near))}"
            )
    return column.isin(names or there)


def read_corpus(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    outlets: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    languages: Sequence[str] = ("en",),
    workers: int = 1,
    progress: bool = False,
) -> Corpus:
    """Read articles from a folder or a file of any format there is a reader for.

    Parameters
    ----------
    path : str or Path
        A folder, with everything in it and below, or one file: text, DOCX, RTF, HTML, WARC, CSV,
        TSV, JSON, JSON lines, Parquet, or an export of Nexis Uni, LexisNexis, Factiva, ProQuest,
        Europresse, Media Cloud, GDELT or NewsAPI; also in zip archives and gzip. What a file is
        shows in its first bytes, then in its name. For files of one article, outlet and date come
        from the path (``{date}_{outlet}_{slug}.txt``, ``{outlet}/{date}-{slug}.txt``), then from
        what the file says (a block of ``Name: value`` lines at the top of a text), then from a
        table beside it with a column ``file``; there need be none of them. A study folder, as
        ``framing read`` writes it, and the folder of tables beside a report open as the articles
        that were read, in the way they were read.
    columns : mapping of str to str, optional
        Which column of a table, or which key of a JSON object, holds which field:
        ``{"outlet": "media_name", "text": "body"}``. Fields are text, article, outlet, date,
        title, event, topic, url, byline, language. Those not named are found by the names in
        use, and what was guessed is told in a warning.

    outlets : mapping of str to str, optional
        What an outlet is called, by the name in a source: ``{"FOX": "Fox News"}``. Nothing else
        is ever merged; `lookalikes` tells which names look like one outlet.
    keep : sequence of str
        Roles of blocks that are scored though they are not the story: caption, related,
        furniture, fragment. Such blocks become body.
    languages : sequence of str
        Codes of the languages whose articles are read; ``()`` is all of them. What an article is
        written in shows in its function words.
    workers : int
        Processes that read and classify; the tables are the same whatever their number. More than
        one need ``if __name__ == "__main__":`` in a script.
    progress : bool
        Whether to tell on standard error how far reading is.

    Returns
    -------
    Corpus
        ``articles``: a row an article: ``article`` (id), ``outlet``, ``date`` (NaT if unknown),
        ``title``, ``event``, ``topic``, ``url``, ``byline``, ``language`` (a code, empty if not
        known), ``agency`` (the news agencies it credits in its byline, dateline or last lines,
        joined by "; "; see `framing.corpus.agencies`), ``body_status`` (full, truncated, missing),
        ``source``, ``version_of`` (the id of the earliest article with the same URL, empty where
        this is it).

        ``paragraphs``: a row a block: ``article``, ``outlet``, ``date``, ``event``,
        ``paragraph`` (0-based place on the page), ``role`` (headline, standfirst, body, caption,
        related, furniture, fragment), ``text``, ``words``. A body that the source cut off is of
        fragments: its headline may be analysed, it may not.

        ``audit``: a row an input, where ``block`` is missing, with its number of ``blocks`` and
        of those ``kept`` for scoring; and a row a block that was not kept. ``outcome`` is scored,
        skipped or failed, ``reason`` says why, or what was repaired.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``path``.
    ValueError
        If there is no article in it, or ``columns`` or ``keep`` names what there is not, or if it
        is a study that is incomplete, damaged, or was read with other options.

    Warns
    -----
    UserWarning
        Which column or name was taken for what, where nobody had said.

    Examples
    --------
    >>> read_corpus("corpora/strait").articles["outlet"].nunique()
    6
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file or folder")
    _check_roles(keep)
    if is_study(path):
        options = {"columns": columns or {}, "outlets": outlets or {}}
        check_settings(path, **options, keep=keep, languages=languages)
        return Corpus(*read_tables(path))
    with spread_over(workers) as spread:
        found = read_items(path, check_columns(columns or {}), languages, spread)
        batches = telling(found, "Inputs read", len) if progress else found
        items = identified(chain.from_iterable(batches), outlets or {})
        _check_read(items, path)
        made = spread(tables, tasks(items, keep))
        parts = list(telling(made, "Articles classified", _articles_in) if progress else made)
    whole = zip(*parts, strict=True)
    articles, paragraphs, audit = (pd.concat(part, ignore_index=True) for part in whole)
    return Corpus(with_versions(articles), paragraphs, audit)


def _check_read(items: Sequence[Item], path: Path) -> None:
    """Refuse a path with no article in it, and tell what was guessed."""
    if not any(item.found.outcome == "scored" for item in items):
        raise ValueError(f"{path}: no article could be read: {_why(items)}")
    if guesses := sorted({item.found.guess for item in items} - {""}):
        sets = "columns={'outlet': 'name of the column', ...} sets them"
        warnings.warn(f"{path.name}: guessed {'; '.join(guesses)}; {sets}", stacklevel=3)


def _articles_in(part: Tables) -> int:
    return len(part.articles)


def _check_roles(keep: Sequence[str]) -> None:
    if wrong := sorted(set(keep) - set(REMOVED)):
        raise ValueError(f"keep: {wrong[0]!r} is no role left out: {', '.join(REMOVED)}")


def _why(items: Sequence[Item]) -> str:
    reasons = pd.Series([item.found.reason for item in items], dtype=str).value_counts()
    return "; ".join(f"{n} × {reason}" for reason, n in reasons.head(3).items()) or "no files"
