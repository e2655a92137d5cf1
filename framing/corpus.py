"""Files in; articles, paragraphs and an account of every input out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from framing.blocks import Block, classify, repeated_blocks, split_blocks
from framing.readers import METADATA, Found, tables, text
from framing.score import SCORED_ROLES
from framing.tokens import count_words

READERS = (text, tables)
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
UNKNOWN_OUTLET = "unknown"
_YEARS = range(1690, 2050)  # the first newspapers; later years are slips of a keyboard


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


def read_corpus(path: str | Path) -> Corpus:
    """Read articles from a folder, a text file or a table.

    Parameters
    ----------
    path : str or Path
        A folder (every ``.txt``, ``.md``, ``.csv``, ``.tsv``, ``.jsonl`` and ``.parquet`` file
        in it and below), or one such file. For text files, outlet and date come from the path
        (``{date}_{outlet}_{slug}.txt``, ``{outlet}/{date}-{slug}.txt``) and from a block of
        ``Name: value`` lines at the top, which wins; there need be neither.

    Returns
    -------
    Corpus
        ``articles``: a row an article: ``article`` (id), ``outlet``, ``date`` (NaT if unknown),
        ``title``, ``event``, ``topic``, ``url``, ``byline``, ``language``, ``body_status``
        (full, truncated, missing), ``source``.

        ``paragraphs``: a row a block: ``article``, ``outlet``, ``date``, ``event``,
        ``paragraph`` (0-based place on the page), ``role`` (headline, standfirst, body, caption,
        related, furniture, fragment), ``text``, ``words``.

        ``audit``: a row an input, where ``block`` is missing, with its number of ``blocks`` and
        of those ``kept`` for scoring; and a row a block that was not kept. ``outcome`` is scored,
        skipped or failed, ``reason`` says why.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``path``.
    ValueError
        If there is no article in it.

    Examples
    --------
    >>> read_corpus("corpora/strait").articles["outlet"].nunique()
    6
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file or folder")
    found = _identified(_find(path))
    blocks = _classified(found)
    if not any(f.outcome == "scored" for f in found):
        raise ValueError(f"{path}: no article could be read: {_why(found)}")
    return Corpus(_articles(found, blocks), _paragraphs(found, blocks), _audit(found, blocks))


def _find(path: Path) -> Iterator[Found]:
    """Everything in a file, or in the files of a folder."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    root = path if path.is_dir() else None
    for file in files:
        reader = next((r for r in READERS if r.recognises(file)), None)
        if reader is not None:
            yield from reader.read(file, root=root)
        else:
            source = file.relative_to(path).as_posix() if root else file.name
            known = ", ".join(s for r in READERS for s in r.SUFFIXES)
            yield Found(source, outcome="skipped", reason=f"not one of {known}")


def _why(found: list[Found]) -> str:
    reasons = pd.Series([f.reason for f in found], dtype=str).value_counts()
    return "; ".join(f"{n} × {reason}" for reason, n in reasons.head(3).items()) or "no files"


def _identified(found: Iterable[Found]) -> list[Found]:
    """Give every article an id of its own, and all an order that is not that of the rows.

    The second article of a name gets ``#2``.
    """
    seen: dict[str, int] = {}
    out = []
    for f in sorted(found, key=lambda f: (f.article or _digest(f), _digest(f), f.source)):
        if f.outcome == "scored":
            name = f.article or _digest(f)
            seen[name] = seen.get(name, 0) + 1
            name = name if seen[name] == 1 else f"{name}#{seen[name]}"
            f = replace(f, article=name, outlet=f.outlet.strip() or UNKNOWN_OUTLET)
        out.append(f)
    return out


def _digest(f: Found) -> str:
    """An id from what the article is, not from where it stands."""
    what = "\x1f".join([f.outlet, f.date, f.title, f.url, f.text])
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()[:12]


def _classified(found: list[Found]) -> list[list[Block]]:
    """The blocks of every article with their roles."""
    split = [split_blocks(f.text) if f.outcome == "scored" else [] for f in found]
    outlets: dict[str, list[int]] = {}
    for place, f in enumerate(found):
        outlets.setdefault(f.outlet, []).append(place)
    repeated = {
        outlet: repeated_blocks(split[place] for place in places)
        for outlet, places in outlets.items()
        if outlet not in ("", UNKNOWN_OUTLET)
    }
    return [
        classify(blocks, title=f.title, outlet=f.outlet, repeated=repeated.get(f.outlet, ()))
        for f, blocks in zip(found, split, strict=True)
    ]


def _articles(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows = [
        {name: getattr(f, name) for name in ("article", *METADATA, "source")}
        | {"title": next((b.text for b in bs if b.role == "headline"), f.title)}
        | {"date": parse_date(f.date), "body_status": _body_status(bs)}
        for f, bs in zip(found, blocks, strict=True)
        if f.outcome == "scored"
    ]
    return _dated(pd.DataFrame(rows, columns=ARTICLE_COLUMNS))


def _body_status(blocks: list[Block]) -> str:
    """Whether the whole body is there, a part that breaks off, or none."""
    body = [block.text for block in blocks if block.role == "body"]
    if not body:
        return "missing"
    return "truncated" if re.search(r"(\.\.\.|…|\[\+\d+ chars\])$", body[-1]) else "full"


def _paragraphs(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows = [
        (f.article, f.outlet, parse_date(f.date), f.event, place, b.role, b.text)
        for f, bs in zip(found, blocks, strict=True)
        for place, b in enumerate(bs)
    ]
    table = pd.DataFrame(rows, columns=PARAGRAPH_COLUMNS[:-1])
    return _dated(table.assign(words=[count_words(text) for text in table["text"]]))


def _audit(found: list[Found], blocks: list[list[Block]]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for f, bs in zip(found, blocks, strict=True):
        about = {"source": f.source, "article": f.article, "encoding": f.encoding}
        kept = sum(b.role in SCORED_ROLES for b in bs)
        reason = f.reason
        if f.outcome == "scored" and f.date and pd.isna(parse_date(f.date)):
            reason = f"date {f.date!r} is not one: left empty"
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


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(date=pd.to_datetime(table["date"]))


def parse_date(date: str) -> pd.Timestamp:
    """Read a date, NaT if it is none; a time zone is dropped, the day on the clock stays.

    Examples
    --------
    >>> parse_date("2021-08-15T21:15:00-07:00")
    Timestamp('2021-08-15 21:15:00')
    >>> parse_date("0001-01-01"), parse_date("12/1/")
    (NaT, NaT)
    """
    try:
        found = pd.Timestamp(date.strip()) if re.search(r"\d{4}", date) else pd.NaT
    except (ValueError, OverflowError):
        return pd.NaT
    if pd.isna(found) or found.year not in _YEARS:
        return pd.NaT
    return found.tz_localize(None)
