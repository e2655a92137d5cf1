"""Paragraphs in, scores out: tone, cues and indices of every paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd
import sentencex
from numpy.typing import NDArray

from framing.cues import annotate
from framing.lexicon import Lexicon, built_in
from framing.tokens import count_words
from framing.tone import tone

# What is scored: furniture, captions and related headlines are in the table of paragraphs only.
SCORED_ROLES = ("headline", "standfirst", "body")
_FILLED = {"outlet": "unknown", "date": pd.NaT, "event": "", "role": "body"}


def score(paragraphs: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Score the tone and count the cues of every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame
        Needs ``text``; every other column is carried along, and those of the table of paragraphs
        that are missing are filled. Rows whose ``role`` is not headline, standfirst or body are
        left out.
    lexicon : Lexicon, optional
        The built-in English one by default.

    Returns
    -------
    DataFrame
        The columns of ``paragraphs``; ``words_outlet``, ``words_reported``, ``words_quoted`` and
        ``words_unknown``, the words by voice (labels and scare quotes are the outlet's), and
        ``quote_unbalanced`` where a quotation mark has lost its other; ``negated``, the number of
        cues that count but for a negation; ``sentences``; ``neg``, ``neu``, ``pos``, ``compound``
        of the whole text; ``tone``, the mean of ``compound`` over its sentences; an integer column
        a category and an index: the number of cues that count.

    Examples
    --------
    >>> scores = score(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> scores[["words", "hedge", "alarm"]].values.tolist()
    [[5, 1, 1]]
    """
    lexicon = lexicon or built_in()
    table = complete(paragraphs)
    table = table[table["role"].isin(SCORED_ROLES)].reset_index(drop=True)
    cues, words = annotate(table, lexicon)
    counts = _counts(cues, lexicon, len(table))
    negated = _per_row(cues[cues["counted"] & cues["negated"]], len(table))
    words = words.assign(negated=negated)
    return pd.concat([table, words, _tones(table["text"]), counts], axis=1)


def complete(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Fill the columns of the table of paragraphs that are missing."""
    if "text" not in paragraphs:
        came = ", ".join(map(str, paragraphs.columns))
        raise ValueError(f"paragraphs need a column 'text'; this table has: {came}")
    table = paragraphs.reset_index(drop=True).copy()
    n = len(table)
    if "article" not in table:
        table = table.assign(article="")
    if "paragraph" not in table:
        table = table.assign(paragraph=range(n))
    missing = {name: value for name, value in _FILLED.items() if name not in table}
    for name, value in missing.items():
        table[name] = value
    if "words" not in table:
        table["words"] = [count_words(text) for text in table["text"]]
    return table


def _tones(texts: pd.Series[str]) -> pd.DataFrame:
    """VADER of the whole text, and the mean over its sentences."""
    split = [list(sentencex.segment("en", text)) for text in texts]
    owner = [row for row, sentences in enumerate(split) for _ in sentences]
    compounds = tone([s for sentences in split for s in sentences], normalise=True)["compound"]
    mean = compounds.groupby(owner).mean().reindex(range(len(split)), fill_value=0.0)
    whole = tone(texts, normalise=True)
    return whole.assign(sentences=[len(s) for s in split], tone=mean)[
        ["sentences", *whole.columns, "tone"]
    ]


def _counts(cues: pd.DataFrame, lexicon: Lexicon, n: int) -> pd.DataFrame:
    """How many cues of every category and index count in each of ``n`` rows."""
    cues = cues[cues["counted"] & ~cues["negated"]]
    belongs = {category: cues["category"] == category for category in lexicon.categories}
    for name, index in lexicon.indices.items():
        untagged = ~cues["tag"].isin(index.without)
        belongs[name] = cues["category"].isin(index.categories) & untagged
    return pd.DataFrame({name: _per_row(cues[mine], n) for name, mine in belongs.items()})


def _per_row(cues: pd.DataFrame, n: int) -> NDArray[np.int64]:
    return np.bincount(cues["row"], minlength=n)
