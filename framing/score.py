"""Paragraphs in, scores out: tone, cues and indices of every paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing import cache
from framing.cues import Reading, read
from framing.lexicon import Lexicon, built_in
from framing.parallel import is_dask, spread_out
from framing.pieces import chunks
from framing.sentences import Sentences
from framing.tone import TONE_COLUMNS, score_texts
from framing.veil import veil
from framing.voice import WORD_COLUMNS, Layout, layout

# What is scored: furniture, captions and related headlines are in the table of paragraphs only.
SCORED_ROLES = ("headline", "standfirst", "body")
_FILLED = {"outlet": "unknown", "date": pd.NaT, "event": "", "role": "body"}
_COMPOUND = list(TONE_COLUMNS).index("compound")


def score(
    paragraphs: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    normalise: bool = True,
    workers: int = 1,
) -> pd.DataFrame:
    """Score the tone and count the cues of every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame, or a Dask DataFrame
        Needs ``text``; every other column is carried along, and those of the table of paragraphs
        that are missing are filled. Rows whose ``role`` is not headline, standfirst or body are
        left out. A Dask DataFrame gives one that is not computed yet; keep the paragraphs of an
        article in one partition (sort by ``article`` before it is made).
    lexicon : Lexicon, optional
        The built-in English one by default.
    normalise : bool, default True
        Fold curly apostrophes, hyphens and invisible characters before VADER reads the text; see
        ``tone``. Cues are found in the folded text in any case.
    workers : int, default 1
        Processes that share the work, this one among them; the numbers are the same. Each takes
        about a second to start. Dask has workers of its own.

    Returns
    -------
    DataFrame
        The columns of ``paragraphs``; ``words_outlet``, ``words_reported``, ``words_quoted`` and
        ``words_unknown``, the words by voice (labels and scare quotes are the outlet's), and
        ``quote_unbalanced`` where a quotation mark has lost its other; ``sentences``; ``neg``,
        ``neu``, ``pos``, ``compound`` of the whole text; ``tone``, the mean of ``compound`` over
        its sentences; ``tone_masked``, the same with the lexicon's cue words left out of VADER;
        ``negated``, the number of cues that would count but for a negation; an integer column a
        category and an index: the number of cues that count.

    Examples
    --------
    >>> scores = score(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> scores[["words", "hedge", "alarm"]].values.tolist()
    [[5, 1, 1]]
    >>> scores[["compound", "tone", "tone_masked"]].values.tolist()
    [[-0.7717, -0.7717, -0.5423]]
    """
    if is_dask(paragraphs):
        return _over_partitions(paragraphs, lexicon=lexicon, normalise=normalise)
    if lexicon is None and normalise and (kept := cache.scores(paragraphs)) is not None:
        return kept
    table = complete(paragraphs)
    scored = table["role"].isin(SCORED_ROLES)
    table = table if scored.all() else table[scored].reset_index(drop=True)
    measure = partial(_measure, lexicon=lexicon, fold=normalise)
    where = layout(table)
    empty = measure(([], where.part(0, 0)))
    columns = {name: np.empty(len(table), like.dtype) for name, like in empty.items()}
    done = 0
    for numbers in spread_out(measure, _chunks(table["text"], where), workers=workers):
        size = len(numbers["words"])
        for name, values in numbers.items():
            columns[name][done : done + size] = values
        done += size
    if "words" in table:
        del columns["words"]
    table = table.drop(columns=table.columns.intersection(list(columns)))
    return pd.concat([table, pd.DataFrame(columns, copy=False)], axis=1)


def _over_partitions(paragraphs: Any, **options: Any) -> Any:
    """Score the partitions of a Dask DataFrame, wherever its scheduler has them computed."""
    if "paragraph" not in paragraphs:
        named = {} if "article" in paragraphs else {"article": ""}
        ones = paragraphs.assign(**named, paragraph=1)
        paragraphs = ones.assign(paragraph=ones["paragraph"].cumsum() - 1)
    empty = score(paragraphs._meta, **options)
    return paragraphs.map_partitions(score, meta=empty, **options).clear_divisions()


def complete(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Fill the columns of the table of paragraphs that are missing."""
    if "text" not in paragraphs:
        came = ", ".join(map(str, paragraphs.columns))
        raise ValueError(f"paragraphs need a column 'text'; this table has: {came}")
    table = paragraphs.reset_index(drop=True).copy()
    if "article" not in table:
        table = table.assign(article="")
    if "paragraph" not in table:
        table = table.assign(paragraph=range(len(table)))
    missing = {name: value for name, value in _FILLED.items() if name not in table}
    return table.assign(**missing)


def _chunks(texts: pd.Series[str], where: Layout) -> Iterator[tuple[list[str], Layout]]:
    done = 0
    for chunk in chunks(texts):
        yield chunk, where.part(done, done + len(chunk))
        done += len(chunk)


def _measure(
    chunk: tuple[list[str], Layout], *, lexicon: Lexicon | None, fold: bool
) -> dict[str, NDArray[np.generic]]:
    """Take every number of the texts of a chunk."""
    texts, where = chunk
    lexicon = lexicon or built_in()
    reading = read(texts, lexicon, where)
    tones = _tones(reading.sentences, veil(texts, reading.tokens, reading.hits), fold=fold)
    whole = dict(zip(TONE_COLUMNS, score_texts(texts, fold=fold).T, strict=True))
    words = np.sum([reading.words[name] for name in WORD_COLUMNS], axis=0)
    columns = {"words": words} | reading.words
    return (
        columns
        | {"sentences": tones["sentences"]}
        | whole
        | tones
        | _counts(reading, lexicon, len(texts))
    )


def _tones(split: Sentences, veiled: list[str], *, fold: bool) -> dict[str, NDArray[np.generic]]:
    """Take the means of VADER over the sentences, as they are and with the cues written over."""
    places = zip(split.rows.tolist(), split.starts.tolist(), split.texts, strict=True)
    over = [veiled[row][start : start + len(sentence)] for row, start, sentence in places]
    compound = score_texts(split.texts, fold=fold)[:, _COMPOUND]
    masked = compound.copy()
    changed = [place for place, (a, b) in enumerate(zip(split.texts, over, strict=True)) if a != b]
    masked[changed] = score_texts([over[place] for place in changed], fold=fold)[:, _COMPOUND]
    mean, mean_masked = (
        np.bincount(split.rows, values, len(split.size)) / np.maximum(split.size, 1)
        for values in (compound, masked)
    )
    return {"sentences": split.size, "tone": mean, "tone_masked": mean_masked}


def _counts(reading: Reading, lexicon: Lexicon, n: int) -> dict[str, NDArray[np.int64]]:
    """Count the cues of every category and index in each text, and those that are negated."""
    tokens, hits, marks = reading.tokens, reading.hits, reading.marks
    entries = lexicon.entries
    belongs = {name: entries["category"] == name for name in lexicon.categories}
    belongs |= {name: index.holds(entries) for name, index in lexicon.indices.items()}
    rows = tokens.rows[hits.first]
    counted = marks["counted"] & ~marks["negated"]
    negated = marks["counted"] & marks["negated"]
    return {"negated": np.bincount(rows[negated], minlength=n)} | {
        name: np.bincount(rows[which.to_numpy(bool)[hits.entry] & counted], minlength=n)
        for name, which in belongs.items()
    }
