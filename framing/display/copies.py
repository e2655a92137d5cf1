"""Sentences on copies: how many articles share their words, and how they are counted."""

from __future__ import annotations

import pandas as pd

from framing.checks import is_copy
from framing.display.tables import plain
from framing.reuse.copies import Copies
from framing.text.numbers import joined, many

_NOTABLE = 0.1  # of the articles of an outlet
_NAMED = 3  # outlets; of more, the number


def of_copies(copies: Copies) -> str:
    """Return how many articles share their words, and how they are counted."""
    clusters = copies.clusters.groupby("cluster")["outlet"].agg(["size", "nunique"])
    if clusters.empty:
        return "No article carries the words of another."
    across = int((clusters["nunique"] > 1).sum())
    where = f", {across:,} of them of several outlets"
    if len(clusters) == 1:
        where = " of several outlets" if across else " of one outlet"
    return (
        f"{clusters['size'].sum():,} articles share their words, in "
        f"{many(len(clusters), 'cluster')}{where}. A cluster counts once in every outlet that "
        "carries it; below, also each article by itself (not later versions of a page), and each "
        "cluster once altogether."
    )


def of_shared(copies: Copies, scores: pd.DataFrame) -> str:
    """Return of which outlets many articles share their words with another; nothing of few."""
    named = shared_articles(copies, scores)
    see = "are copies, or were copied, across outlets: see *What copies change*. "
    return f"{plain(named)} {see}" if named else ""


def shared_articles(copies: Copies, scores: pd.DataFrame) -> str:
    """Name the outlets of which a tenth and more share their words with another, or their number.

    >>> rows = {"cluster": "1", "article": ["1", "2"], "outlet": ["A", "B"], "date": pd.NaT}
    >>> copies = Copies(pd.DataFrame(), pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame())
    >>> shared_articles(copies, pd.DataFrame({"article": list("123"), "outlet": ["A", "B", "B"]}))
    '1 of 1 article of A and 1 of 2 of B'
    """
    of = scores[~is_copy(scores)].drop_duplicates("article").set_index("article")["outlet"]
    rows = copies.clusters[copies.clusters["article"].isin(of.index)]
    across = rows[rows.groupby("cluster")["outlet"].transform("nunique") > 1]
    sizes = of.value_counts()
    number = across["outlet"].value_counts()
    share = (number / sizes).dropna().sort_index().sort_values(ascending=False, kind="stable")
    many_of = share[share >= _NOTABLE].index
    said = [
        f"{number[name]} of {many(sizes[name], 'article') if name == many_of[0] else sizes[name]}"
        f" of {name}"
        for name in many_of
    ]
    if len(said) > _NAMED:
        return f"A tenth and more of the articles of {len(said)} of {len(sizes)} outlets"
    return joined(said) if said else ""
