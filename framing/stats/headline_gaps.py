"""Headlines and leads against windows of as many words of the text below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from framing.arguments import check_known, check_number
from framing.checks import CUES, MARKS, SCORES, check_columns, without_copies
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import (
    CATEGORIES,
    CUE_COLUMNS,
    PARAGRAPH_COLUMNS,
    PLACE,
    PRIMARY,
    RECIPE,
    SCORE_COLUMNS,
    listed,
)
from framing.scoring.cue_checks import check_cues
from framing.scoring.cues import of_measure
from framing.stats.checks import check_groups
from framing.stats.positions import zones
from framing.text.arrays import Ints
from framing.text.chunks import chunks, cut
from framing.text.tokens import tokenise

GAPS = [
    "article", "outlet", "event", "zone", "measure", "words", "words_below", "present",
    "expected", "gap", "own_voice",
]  # fmt: skip
_ABOUT = ["article", "outlet", "event"]
LEAST = 150  # words; windows of a shorter text are all nearly the same one


def headline_gaps(
    scores: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    measures: str | Sequence[str] = PRIMARY,
    min_words: int = LEAST,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """Return whether headline and lead of every article have a cue, and how often its text would.

    A headline of ten words has no density worth a comparison: one cue is 10 per 100 words. What is
    compared is whether there is any cue, in the headline and in a window of as many words of the
    same article's text. All windows are counted, not drawn: ``expected`` is exact.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``, with ``text``. Copies (``copy_of``, see ``mark_copies``)
        and later versions of a page (``version_of``) are left out.
    cues : DataFrame
        As returned by ``framing.find_cues(scores)``.
    measures : str or sequence of str, default hedge, alarm and boost
        Categories or indices of the lexicon.
    min_words : int, default 150
        Articles with fewer words below are left out.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.

    Returns
    -------
    DataFrame
        One row per article, zone and measure: ``zone``: ``headline``, against standfirst and body,
        or ``lead`` (standfirst and first paragraph), against the rest of the body; ``words`` of the
        zone and ``words_below``; ``present``: whether there is such a cue, not negated;
        ``expected``: the share (0 to 1) of windows of ``words`` words below that hold one whole;
        ``gap``: ``present`` − ``expected``; ``own_voice``: whether a cue is the outlet's own: not
        quoted, not reported, not said to be somebody's (*Officials warn*). Columns of your own that
        are the same in all paragraphs of an article, such as the leaning of its outlet, follow.

    Examples
    --------
    >>> import framing as fr
    >>> rows = {"role": ["headline", "body"], "text": ["War may end", "It may. " + "No. " * 8]}
    >>> scores = fr.score(pd.DataFrame(rows).assign(article="a", paragraph=[0, 1]))
    >>> gaps = headline_gaps(scores, fr.find_cues(scores), measures="hedge", min_words=10)
    >>> gaps[["zone", "words", "present", "expected"]].values.tolist()
    [['headline', 3, True, 0.25]]
    """
    lexicon = chosen_lexicon(lexicon)
    check_columns(scores, [*_ABOUT, "paragraph", "role", "words", "text"], kind=SCORES)
    check_columns(cues, CUE_COLUMNS[:-1], kind=CUES)
    check_groups(scores, "outlet")
    check_cues(cues, scores, lexicon)
    chosen = list(dict.fromkeys(listed(measures)))
    if not chosen:
        raise ValueError("measures must name at least one category or index, got none")
    check_known(chosen, [*lexicon.indices, *lexicon.categories])
    check_number("min_words", min_words, least=0)
    check_columns(scores, chosen, kind=SCORES)
    placed = zones(without_copies(scores))
    placed = placed.assign(row=np.arange(len(placed)))
    found = _in_words(placed, cues[cues["counted"] & ~cues["negated"]])
    tables = [
        _against(top, below, found[of_measure(found, name, lexicon)], min_words).assign(
            zone=zone, measure=name
        )
        for zone, top, below in _zones_against(placed)
        for name in chosen
    ]
    gaps = pd.concat(tables, ignore_index=True)[GAPS]
    about = _about_articles(scores, [*lexicon.indices, *lexicon.categories])
    return gaps.join(about, on="article")


def _about_articles(scores: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Return the columns that a user added and that are the same in all rows of an article."""
    ours = {*PARAGRAPH_COLUMNS, *SCORE_COLUMNS, *CATEGORIES, "tone_news", *MARKS}
    added = [
        name
        for name in scores
        if name not in {*ours, *GAPS, *measures} and not str(name).startswith(RECIPE)
    ]
    values = scores[added].astype(str).groupby(scores["article"]).nunique(dropna=False)
    about = scores[["article", *added]].drop_duplicates("article").set_index("article")
    return about[[name for name in added if values[name].max() <= 1]]


def _zones_against(placed: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Yield a zone, its paragraphs, and the paragraphs it is held against."""
    body = placed[~placed["zone"].isin(["headline", ""])]
    yield "headline", placed[placed["zone"] == "headline"], body
    lead = body["zone"] == "lead"
    yield "lead", body[lead], body[~lead]


def _in_words(placed: pd.DataFrame, cues: pd.DataFrame) -> pd.DataFrame:
    """Return which words of its paragraph a cue is: ``first`` and ``last``, from 0.

    Words are those of the column ``words``: a clitic is none of its own.
    """
    found = cues.merge(placed[[*PLACE, "row"]], on=PLACE, how="inner")
    reach = int(placed["text"].str.len().max()) + 1 if len(placed) else 1
    begins = np.concatenate([*_begins(placed["text"], reach), np.zeros(0, np.int64)])
    before = np.searchsorted(begins, np.arange(len(placed)) * reach)
    row = found["row"].to_numpy()
    places = [
        np.searchsorted(begins, row * reach + at, side="right") - 1 - before[row]
        for at in (found["start"].to_numpy(), found["end"].to_numpy() - 1)
    ]
    return found.assign(first=np.maximum(places[0], 0), last=np.maximum(places[1], 0))


def _begins(texts: pd.Series[str], reach: int) -> Iterator[Ints]:
    """Where the words begin: the number of the text times ``reach``, and the place in it."""
    done = 0
    for chunk in chunks(texts):
        tokens = tokenise(cut(chunk))
        whole = np.flatnonzero(tokens.vocabulary.whole[tokens.keys])
        rows, starts, _ = tokens.spans(whole, whole)
        yield (done + rows) * reach + starts
        done += len(chunk)


def _against(
    top: pd.DataFrame, below: pd.DataFrame, cues: pd.DataFrame, min_words: int
) -> pd.DataFrame:
    """Presence at the top of every article, and the share of windows below that have a cue."""
    about = {"outlet": "first", "event": "first", "words": "sum"}
    table = top.sort_values("paragraph", kind="stable").groupby("article").agg(about)
    under = below.groupby("article")["words"].sum().rename("words_below")
    table = table.join(under, how="inner")
    long = (table["words_below"] >= np.maximum(min_words, table["words"])) & table["words"].gt(0)
    table = table[long]
    top_cues = cues[cues["row"].isin(top["row"])]
    own = top_cues.loc[top_cues["voice"] == "outlet", "article"]
    present = table.index.isin(top_cues["article"])
    expected = _expected(below, cues, table)
    return table.assign(
        present=present, expected=expected, gap=present - expected, own_voice=table.index.isin(own)
    ).reset_index()


def _expected(below: pd.DataFrame, cues: pd.DataFrame, table: pd.DataFrame) -> pd.Series[float]:
    """Share of the windows of ``words`` among ``words_below`` that hold a cue whole."""
    below = below.sort_values(PLACE, kind="stable")
    before = below.groupby("article")["words"].cumsum() - below["words"]
    before.index = pd.Index(below["row"])
    cues = cues[cues["row"].isin(before.index) & cues["article"].isin(table.index)]
    at = before.loc[cues["row"]].to_numpy()
    width = table["words"].loc[cues["article"]].to_numpy()
    windows = table["words_below"] - table["words"] + 1
    starts = cues[["article"]].assign(
        low=np.maximum(at + cues["last"].to_numpy() - width + 1, 0),
        high=np.minimum(at + cues["first"], windows.loc[cues["article"]].to_numpy() - 1),
    )
    return (_union(starts).reindex(table.index, fill_value=0) / windows).astype(float)


def _union(reaches: pd.DataFrame) -> pd.Series[int]:
    """How many starts of windows lie in any of the stretches ``low`` to ``high``, by article."""
    rows = reaches.sort_values(["article", "low", "high"], kind="stable")
    end = rows.groupby("article")["high"].cummax().groupby(rows["article"]).shift(fill_value=-1)
    fresh = (rows["high"] - np.maximum(rows["low"], end + 1) + 1).clip(lower=0)
    return fresh.groupby(rows["article"]).sum()
