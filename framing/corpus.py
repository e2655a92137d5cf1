"""Files in; articles, paragraphs and an account of every input out."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.blocks import Block, Page, body_status, classify
from framing.dates import find_date, parse_date
from framing.readers import METADATA, Found
from framing.readers.rows import check_columns
from framing.reading import UNKNOWN_OUTLET, Item, read_items
from framing.repeats import repeated_blocks, short_marks
from framing.score import SCORED_ROLES

ARTICLE_COLUMNS = [
    "article", "outlet", "date", "title", "event", "topic", "url", "byline", "language",
    "body_status", "source",
]  # fmt: skip
PARAGRAPH_COLUMNS = [
    "article", "outlet", "date", "event", "paragraph", "role", "text", "words",
]  # fmt: skip
AUDIT_COLUMNS = [
    "source", "article", "block", "outcome", "reason", "blocks", "kept", "encoding",
]  # fmt: skip


class Corpus(NamedTuple):
    """Three tables: ``articles``, ``paragraphs`` and ``audit``."""

    articles: pd.DataFrame
    paragraphs: pd.DataFrame
    audit: pd.DataFrame

    def only(self, *, outlets: Sequence[str] = (), articles: Sequence[str] = ()) -> Corpus:
        """Keep some outlets, or some articles; all of them where none is named.

        Parameters
        ----------
        outlets, articles : sequence of str
            Names as they stand in ``articles``.

        Returns
        -------
        Corpus
            The audit keeps every input; those left out are ``skipped``, "not chosen".

        Raises
        ------
        ValueError
            If there is no such outlet or article; the message names the nearest ones.
        """
        kept = self.articles
        for column, names in (("outlet", outlets), ("article", articles)):
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


def read_corpus(path: str | Path, *, columns: Mapping[str, str] | None = None) -> Corpus:
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
        table beside it with a column ``file``; there need be none of them.
    columns : mapping of str to str, optional
        Which column of a table, or which key of a JSON object, holds which field:
        ``{"outlet": "media_name", "text": "body"}``. Fields are text, article, outlet, date,
        title, event, topic, url, byline, language. Those not named are found by the names in
        use, and what was guessed is told in a warning.

    Returns
    -------
    Corpus
        ``articles``: a row an article: ``article`` (id), ``outlet``, ``date`` (NaT if unknown),
        ``title``, ``event``, ``topic``, ``url``, ``byline``, ``language``, ``body_status``
        (full, truncated, missing), ``source``.

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
        If there is no article in it, or ``columns`` names a field that there is not.

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
    items = read_items(path, check_columns(columns or {}))
    if not any(item.found.outcome == "scored" for item in items):
        raise ValueError(f"{path}: no article could be read: {_why(items)}")
    if guesses := sorted({item.found.guess for item in items} - {""}):
        told = "columns={'outlet': 'name of the column', ...} sets them"
        warnings.warn(f"{path.name}: guessed {'; '.join(guesses)}; {told}", stacklevel=2)
    blocks = _classified(items)
    found = [item.found for item in items]
    return Corpus(_articles(found, blocks), _paragraphs(found, blocks), _audit(found, blocks))


def _why(items: Sequence[Item]) -> str:
    reasons = pd.Series([item.found.reason for item in items], dtype=str).value_counts()
    return "; ".join(f"{n} × {reason}" for reason, n in reasons.head(3).items()) or "no files"


def _classified(items: Sequence[Item]) -> list[list[Block]]:
    """The blocks of every article with their roles."""
    outlets: dict[str, list[NDArray[np.uint64]]] = {}
    for item in items:
        outlets.setdefault(item.found.outlet, []).append(short_marks(item.blocks))
    repeated = {
        outlet: repeated_blocks(marks)
        for outlet, marks in outlets.items()
        if outlet not in ("", UNKNOWN_OUTLET)
    }
    return list(
        classify(
            [
                Page(
                    item.blocks,
                    item.found.title if item.found.outcome == "scored" else "",
                    item.found.outlet,
                    repeated.get(item.found.outlet, frozenset()),
                )
                for item in items
            ]
        )
    )


def _articles(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows = [
        {name: getattr(f, name) for name in ("article", *METADATA, "source")}
        | {"title": next((b.text for b in bs if b.role == "headline"), f.title)}
        | {"date": parse_date(f.date), "body_status": body_status(bs)}
        for f, bs in zip(found, blocks, strict=True)
        if f.outcome == "scored"
    ]
    return _dated(pd.DataFrame(rows, columns=ARTICLE_COLUMNS))


def _paragraphs(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows = [
        (f.article, f.outlet, day, f.event, place, b.role, b.text, b.words)
        for f, bs in zip(found, blocks, strict=True)
        for day in [parse_date(f.date)]
        for place, b in enumerate(bs)
    ]
    return _dated(pd.DataFrame(rows, columns=PARAGRAPH_COLUMNS))


def _audit(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for f, bs in zip(found, blocks, strict=True):
        about = {"source": f.source, "article": f.article, "encoding": f.encoding}
        kept = sum(b.role in SCORED_ROLES for b in bs)
        reason = "; ".join(filter(None, [f.reason, *_remarks(f, bs)]))
        rows.append(
            about | {"outcome": f.outcome, "reason": reason, "blocks": len(bs), "kept": kept}
        )
        rows.extend(
            about | {"block": n, "outcome": "skipped", "reason": f"{b.role}: {b.reason}"}
            for n, b in enumerate(bs)
            if b.role not in SCORED_ROLES
        )
    table = pd.DataFrame(rows, columns=AUDIT_COLUMNS)
    numbers = {name: table[name].astype("Int64") for name in ("block", "blocks", "kept")}
    return table.assign(**numbers)


def _remarks(f: Found, blocks: list[Block]) -> Iterator[str]:
    """What should be known of an article that was read."""
    if f.outcome == "scored":
        yield "" if not f.date else find_date(f.date).reason
        status = body_status(blocks)
        yield "" if status == "full" else f"body {status}: only the headline may be analysed"


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(date=pd.to_datetime(table["date"]))
