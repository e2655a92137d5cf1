"""What was read, in lines of text: outcomes of all inputs, and what to check."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.columns import mapping_lines, missing_lines
from framing.corpus.corpus import Corpus, inputs_of, outcomes_of
from framing.corpus.outlets import lookalikes
from framing.corpus.read import read_corpus
from framing.corpus.readers.several import AS_ONE
from framing.corpus.study_folder import check_free, is_study, settings, write_tables
from framing.corpus.whole_tables import GIVEN_ID
from framing.schema import ARTICLE_COLUMNS
from framing.text.chunks import chunks
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.text.words import FOLD
from framing.utils.files import split_sheet
from framing.utils.table_files import check_formats

_MOST = 8  # lines of a kind
_DETAIL = r"(?<=\w): "  # what follows differs from input to input; not in columns={'text': …}
_KINDS = {
    "'": "apostrophes", '"': "quotation marks", "-": "hyphens",
    "\u00ad": "characters that print nothing",
}  # fmt: skip
_UNFOLDED = bytes(code for code in range(128) if code not in FOLD)


def read_to(
    path: str | Path, out: str | Path, *, formats: Sequence[str] = (), **options: Any
) -> str:
    """Read a corpus, write it as a study folder and return a summary of it (`account`).

    ``out`` is made if it does not exist, and ``read_corpus(out)`` opens it (see `study_folder`).
    Tables already there are replaced only when everything has been read. ``formats`` (csv, xlsx,
    dta, sav) are those in which the tables are written besides; ``options`` are passed to
    `read_corpus`. All cores are used unless ``workers`` is given.

    Raises
    ------
    OSError
        If the folder cannot be written to; checked before anything is read.
    FileNotFoundError, ValueError
        As `read_corpus` does; also if ``path`` is a study folder already, or ``out`` itself, and
        if ``out`` is the folder of a source or has files of these names that are not of a study.
    """
    check_formats(formats)
    path, out = Path(path), Path(out)
    if path.resolve() == out.resolve():
        raise ValueError(
            f"{printable(out)} is the source itself; choose another folder for the study"
        )
    if split_sheet(path)[0].is_file() and path.resolve().parent == out.resolve():
        raise ValueError(
            f"{printable(out)} is the folder of the source: it would be opened as the study from "
            "then on, whatever files are added; choose another folder"
        )
    check_free(out, formats)
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK):
        raise PermissionError(f"{printable(out)}: cannot be written to")
    if path.exists() and is_study(path):
        raise ValueError(
            f"{printable(path)} is a study already; open it with read_corpus or --corpus"
        )
    corpus = read_corpus(path, **{"workers": os.cpu_count() or 1, "progress": True} | options)
    write_tables(out, corpus._asdict(), settings(path, **options), formats)
    return account(corpus)


def account(corpus: Corpus) -> str:
    """Summarise a corpus: outcomes of inputs, roles of blocks, and names and dates to check.

    >>> print(account(read_corpus("corpora/strait")))
    75 inputs: 74 read, 1 skipped
      skipped: 1 × a note about the folder, not an article
    ...
    """
    read = [*_inputs(corpus.audit), *_blocks(corpus), *_columns(corpus.columns)]
    return "\n".join([*read, *_articles(corpus)])


def reading(study: Path) -> str:
    """Return what was read as what, of a study folder or the tables of a report, and what lacks."""
    tables = ("articles", "audit", "columns")
    articles, audit, columns = (pd.read_parquet(study / f"{name}.parquet") for name in tables)
    lacking = (f"  {line}" for line in missing_lines(articles, audit))
    return "\n".join([*_inputs(audit), *_columns(columns), *lacking])


def _ids(corpus: Corpus) -> Iterator[str]:
    """What to know of the ids: some are given to several articles, or a column could be the id."""
    articles = corpus.articles
    if GIVEN_ID in articles:
        shared = int((articles[GIVEN_ID].ne("") & articles[GIVEN_ID].duplicated(keep=False)).sum())
        yield f"{shared:,} share their id with others: is a row a part of an article?"
    elif len(articles) > 1 and "article" not in set(corpus.columns["field"]):
        carried = [name for name in articles if name not in ARTICLE_COLUMNS]
        texts = {name: articles[name].astype(str) for name in carried}
        own = [n for n, t in texts.items() if t.is_unique and t.str.fullmatch(r"[\w-]{1,40}").all()]
        if own:
            yield f"{own[0]!r} differs in every article: --map article={own[0]} makes it the id"


def _inputs(audit: pd.DataFrame) -> Iterator[str]:
    inputs = inputs_of(audit)
    counts = outcomes_of(inputs)
    listed = (
        f"{n:,} {'read' if outcome == 'scored' else outcome}" for outcome, n in counts.items()
    )
    yield f"{many(counts.sum(), 'input')}: {', '.join(listed)}"
    if used := int(audit["block"].isna().sum()) - len(inputs):
        yield f"  {many(used, 'row')} of metadata read with the files that they describe"
    for outcome in ("failed", "skipped"):
        of_it = inputs[inputs["outcome"] == outcome]
        reasons = of_it["reason"].str.split(_DETAIL, n=1, regex=True).str[0]
        counts = reasons.value_counts()
        for reason, n in counts.head(_MOST).items():
            alike = of_it[reasons == reason]
            whole = alike["reason"].iloc[0] if len({*alike["reason"]}) == 1 else f"{reason}: …"
            first = f" (first: {alike['source'].iloc[0]})" if n > 1 else ""
            yield f"  {outcome}: {n:,} × {whole}{first}"
        if len(counts) > _MOST:
            yield f"  {outcome}: {counts.iloc[_MOST:].sum():,} for other reasons (see the audit)"


def _blocks(corpus: Corpus) -> Iterator[str]:
    blocks, words = len(corpus.paragraphs), corpus.paragraphs["words"].sum()
    roles = corpus.paragraphs["role"].value_counts()
    listed = ", ".join(f"{n:,} {role}" for role, n in roles.items())
    yield f"{many(blocks, 'block')}, {many(words, 'word')}: {listed}"
    counts = folded(corpus.paragraphs["text"])
    if any(counts.values()):
        listed = ", ".join(f"{what} {n:,}" for what, n in counts.items() if n)
        yield f"  folded when words are matched (texts are unchanged): {listed}"


def folded(texts: pd.Series[str]) -> dict[str, int]:
    r"""Count the characters that are folded when words are matched (`text.words.normalise`).

    >>> folded(pd.Series(["It’s on", "a “co\u00adop”"]))
    {'apostrophes': 1, 'quotation marks': 2, 'hyphens': 0, 'characters that print nothing': 1,
    'full-width characters': 0}
    """
    kinds = dict.fromkeys([*_KINDS.values(), "full-width characters"], 0)
    seen = Counter[str]()
    for chunk in chunks(texts):
        foldable = "".join(chunk).encode("utf-8", "surrogatepass").translate(None, _UNFOLDED)
        seen.update(foldable.decode("utf-8", "surrogatepass"))
    for code, form in FOLD.items():
        kinds[_KINDS.get(form, "full-width characters")] += seen[chr(code)]
    return kinds


def _columns(columns: pd.DataFrame) -> Iterator[str]:
    lines = list(mapping_lines(columns))
    yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  {many(len(lines) - _MOST, 'more kind')} of files (see the table of columns)"


def _maybe_several(audit: pd.DataFrame) -> Iterator[str]:
    """Documents with headings that may be the titles of several articles."""
    found = audit[(audit["outcome"] == "scored") & audit["reason"].str.contains(AS_ONE)]
    if len(found):
        first = found.iloc[0]
        yield f"  {len(found):,} may be several (such as {first['source']}): {first['reason']}"


def _articles(corpus: Corpus) -> Iterator[str]:
    articles = corpus.articles
    outlets = articles["outlet"].nunique()
    yield f"{many(len(articles), 'article')} from {many(outlets, 'outlet')}"
    yield from (f"  {line}" for line in _ids(corpus))
    yield from _maybe_several(corpus.audit)
    status = articles["body_status"].value_counts().drop("full", errors="ignore")
    yield from (f"  {n:,} with a {name} body: headline only" for name, n in status.items())
    yield from (f"  {line}" for line in missing_lines(corpus.articles, corpus.audit))
    if versions := int((articles["version_of"] != "").sum()):
        yield f"  {many(versions, 'later version')} of a page (version_of): left out of comparisons"
    alike = lookalikes(articles)
    for row in alike.head(_MOST).itertuples():
        yield f"  {row.outlet!r} ({row.articles:,}) looks like {row.like!r} ({row.articles_like:,})"
    if len(alike):
        named = dict(alike.head(_MOST)[["outlet", "like"]].to_numpy().tolist())
        yield f"  outlets={named!r} merges them"
