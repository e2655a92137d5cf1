"""Paragraphs in, scores out: tone, cues and indices of every paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon.lexicon import Lexicon, built_in
from framing.schema import SCORED_ROLES, complete
from framing.scoring.cues import Reading, read
from framing.scoring.masking import veil
from framing.scoring.tone import TONE_COLUMNS, english_tone, score_texts
from framing.scoring.voices import WORD_COLUMNS, Layout, layout
from framing.text.chunks import chunks, spread
from framing.utils import cache
from framing.utils.parallel import is_dask, spread_out

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
        its sentences; ``tone_masked``, the same with the lexicon's cue words left out of VADER
        (all of these missing where a column ``language`` says that a text is not English);
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
    columns = {} if len(table) else measure(([], where))
    done = 0
    for numbers in spread_out(measure, _chunks(table["text"], where), workers=workers):
        size = len(numbers["words"])
        for name, values in numbers.items():
            column = columns.setdefault(name, np.empty(len(table), values.dtype))
            column[done : done + size] = values
        done += size
    if "words" in table:
        del columns["words"]
    table = table.drop(columns=table.columns.intersection(list(columns)))
    return english_tone(pd.concat([table, pd.DataFrame(columns, copy=False)], axis=1))


def _over_partitions(paragraphs: Any, **options: Any) -> Any:
    """Score the partitions of a Dask DataFrame, wherever its scheduler has them computed."""
    if "paragraph" not in paragraphs:
        named = {} if "article" in paragraphs else {"article": ""}
        ones = paragraphs.assign(**named, paragraph=1)
        paragraphs = ones.assign(paragraph=ones["paragraph"].cumsum() - 1)
    empty = score(paragraphs._meta, **options)
    return paragraphs.map_partitions(score, meta=empty, **options).clear_divisions()


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
    tones = _tones(texts, reading, fold=fold)
    scores = score_texts(texts, fold=fold, pieces=reading.pieces)
    whole = dict(zip(TONE_COLUMNS, scores.T, strict=True))
    words = np.sum([reading.words[name] for name in WORD_COLUMNS], axis=0)
    columns = {"words": words} | reading.words
    return (
        columns
        | {"sentences": tones["sentences"]}
        | whole
        | tones
        | _counts(reading, lexicon, len(texts))
    )


def _tones(texts: list[str], reading: Reading, *, fold: bool) -> dict[str, NDArray[np.generic]]:
    """Take the means of VADER over the sentences, as they are and with the cues written over."""
    split, changed = reading.sentences, _with_cues(reading)
    veiled = veil(texts, reading.tokens, reading.hits)
    places = zip(split.rows[changed].tolist(), split.starts[changed].tolist(), strict=True)
    sizes = [len(split.texts[place]) for place in changed.tolist()]
    over = [veiled[row][start : start + n] for (row, start), n in zip(places, sizes, strict=True)]
    compound = score_texts(split.texts, fold=fold)[:, _COMPOUND]
    masked = compound.copy()
    masked[changed] = score_texts(over, fold=fold)[:, _COMPOUND]
    mean, mean_masked = (
        np.bincount(split.rows, values, len(split.size)) / np.maximum(split.size, 1)
        for values in (compound, masked)
    )
    return {"sentences": split.size, "tone": mean, "tone_masked": mean_masked}


def _with_cues(reading: Reading) -> NDArray[np.int64]:
    """Say which sentences a cue stands in, if only a part of it."""
    tokens, hits = reading.tokens, reading.hits
    first, last = (
        reading.sentences.holding(tokens.rows[word], tokens.starts[word])
        for word in (hits.first, hits.first + hits.length - 1)
    )
    return np.unique(spread(first, last - first + 1))


def _counts(reading: Reading, lexicon: Lexicon, n: int) -> dict[str, NDArray[np.int64]]:
    """Count the cues of every category and index in each text, and those that are negated."""
    tokens, hits, marks = reading.tokens, reading.hits, reading.marks
    rows = tokens.rows[hits.first]
    counted = marks["counted"] & ~marks["negated"]
    negated = marks["counted"] & marks["negated"]
    return {"negated": np.bincount(rows[negated], minlength=n)} | {
        name: np.bincount(rows[which[hits.entry] & counted], minlength=n)
        for name, which in _belongs(lexicon).items()
    }


@lru_cache(maxsize=8)
def _belongs(lexicon: Lexicon) -> dict[str, NDArray[np.bool_]]:
    """Say which entries belong to each category and index."""
    entries = lexicon.entries
    belongs = {name: entries["category"] == name for name in lexicon.categories}
    belongs |= {name: index.holds(entries) for name, index in lexicon.indices.items()}
    return {name: which.to_numpy(bool) for name, which in belongs.items()}
