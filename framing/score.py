"""Paragraphs in, scores out: tone, cues and indices of every paragraph."""

from __future__ import annotations

import pandas as pd
import sentencex

from framing.cues import find_cues
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
        The columns of ``paragraphs``; ``sentences``; ``neg``, ``neu``, ``pos``, ``compound`` of
        the whole text; ``tone``, the mean of ``compound`` over its sentences; an integer column a
        category and an index: the number of cues that count.

    Examples
    --------
    >>> scores = score(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> scores[["words", "hedge", "alarm"]].values.tolist()
    [[5, 1, 1]]
    """
    lexicon = lexicon or built_in()
    table = complete(paragraphs)
    table = table[table["role"].isin(SCORED_ROLES)].reset_index(drop=True)
    return pd.concat([table, _tones(table["text"]), _counts(table, lexicon)], axis=1)


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


def _counts(table: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """How many cues of every category and index count in each row."""
    keyed = table[["text"]].assign(article="", paragraph=range(len(table)))
    cues = find_cues(keyed, lexicon=lexicon)
    cues = cues[cues["counted"] & ~cues["negated"]]
    columns = {
        category: cues["paragraph"][cues["category"] == category] for category in lexicon.categories
    }
    for name, index in lexicon.indices.items():
        belongs = cues["category"].isin(index.categories) & ~cues["tag"].isin(index.without)
        columns[name] = cues["paragraph"][belongs]
    counted = {
        name: rows.value_counts().reindex(range(len(table)), fill_value=0)
        for name, rows in columns.items()
    }
    return pd.DataFrame(counted, index=table.index).astype("int64")
