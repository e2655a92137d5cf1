"""Who carries whose words: pairs of articles that share text, and the clusters they make."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.candidate_pairs import candidate_pairs
from framing.reuse.direction import direction
from framing.reuse.features import WordTable, profiles, read_words, runs
from framing.reuse.similarity import contained, measure_pairs
from framing.schema import SCORED_ROLES, complete

PAIR_COLUMNS = [
    "article_a", "article_b", "outlet_a", "outlet_b", "date_a", "date_b", "label",
    "shingles", "grams", "order", "frame", "names", "direction", "evidence",
]  # fmt: skip
CLUSTER_COLUMNS = ["cluster", "article", "outlet", "date"]
COPIES = ("verbatim", "light rewrite", "heavy rewrite")

# Least value for a label; a pair has the first label of which one row holds. The independent
# pairs are reports of one event by different outlets, 160 events.
THRESHOLDS = pd.DataFrame(
    [
        ("verbatim", "shingles", 0.80, "of five-word runs; convention"),
        ("light rewrite", "shingles", 0.39, "largest of 459 independent pairs"),
        ("heavy rewrite", "order", 0.49, "99th percentile of 459 independent pairs"),
        ("heavy rewrite", "frame", 0.48, "99th percentile of 459 independent pairs"),
        ("same event", "names", 0.45, "90th percentile of pairs of different events"),
    ],
    columns=["label", "measure", "at_least", "source"],
)
_NAMED, _SHARED = 0.4, 0.05  # share of names, or of runs, under which the order is not looked at
_Ints = NDArray[np.int64]


class Copies(NamedTuple):
    """Three tables: ``pairs``, ``clusters``, and the ``thresholds`` that the labels stand on."""

    pairs: pd.DataFrame
    clusters: pd.DataFrame
    thresholds: pd.DataFrame

    def __repr__(self) -> str:
        counts = self.pairs["label"].value_counts()
        found = ", ".join(f"{counts[label]} {label}" for label in counts.index)
        return (
            f"Copies: {found or 'no pairs'}; {self.clusters['article'].nunique()} articles "
            f"in {self.clusters['cluster'].nunique()} clusters"
        )


def find_copies(
    paragraphs: pd.DataFrame,
    *,
    days: int = 7,
    min_words: int = 40,
    thresholds: pd.DataFrame = THRESHOLDS,
) -> Copies:
    """Find articles that carry the words of others, whole, reworded or in part.

    Pairs worth measuring share runs of five words, or several rare words within some days; no
    other pair is looked at. Headlines are left out: every outlet writes its own.

    Parameters
    ----------
    paragraphs : DataFrame
        ``article``, ``text``; ``outlet``, ``date`` and ``role`` where they are known.
    days : int, default 7
        Farthest apart that articles are paired for their rare words; runs know no limit.
    min_words : int, default 40
        Shorter articles are left out: chance decides what they share.
    thresholds : DataFrame, default THRESHOLDS
        ``label``, ``measure``, ``at_least``, ``source``, the strongest label first.

    Returns
    -------
    Copies
        ``pairs``: a row a pair that was measured, the earlier article first, with its label
        (verbatim, light rewrite, heavy rewrite, same event, unrelated), five measures from 0 to 1
        (see `framing.likeness.measure`), ``direction`` and the ``evidence`` for it. ``clusters``:
        a row an article that is in a verbatim, light or heavy pair, and the cluster it is in,
        named by its earliest article. ``thresholds``: as they were used.

    Examples
    --------
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> import framing as fr
    >>> fr.find_copies(table).pairs[["article_a", "article_b", "label", "direction"]]
      article_a article_b     label          direction
    0         x         y  verbatim  direction unknown
    """
    articles = _articles_by_date(paragraphs)
    words = read_words(articles["text"])
    long = np.diff(words.bounds) >= min_words
    a, b = candidate_pairs(words, long, articles["date"], days=days)
    a, b, measured = _measure_candidates(words, a, b)
    pairs = _described(articles, a, b, measured, thresholds)
    return Copies(pairs, _clusters(articles, pairs), thresholds.copy())


def mark_copies(
    table: pd.DataFrame, copies: Copies, *, once: Literal["outlet", "cluster"] = "outlet"
) -> pd.DataFrame:
    """Say of every article of which other one it is a copy: `compare` leaves such articles out.

    Parameters
    ----------
    table : DataFrame
        With ``article`` and ``outlet``: scores, paragraphs or articles.
    copies : Copies
        As `find_copies` gives them.
    once : {"outlet", "cluster"}
        A cluster of copies counts once in every outlet that carries it, which is what readers
        see; or once altogether, which is what was written.

    Returns
    -------
    DataFrame
        The table with ``copy_of``: the article that stays, or an empty text. What stays is the
        article that is nobody's copy by credit or date, and of several the earliest. A ``copy_of``
        that is already there stays as it is.

    Examples
    --------
    >>> import framing as fr
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> fr.mark_copies(table, fr.find_copies(table), once="cluster")["copy_of"].tolist()
    ['', 'x']
    """
    if once not in ("outlet", "cluster"):
        raise ValueError(f'once must be "outlet" or "cluster", and {once!r} came')
    taken = {arrow.partition(" → ")[2] for arrow in copies.pairs["direction"]}
    clusters = copies.clusters.assign(taken=copies.clusters["article"].isin(taken))
    clusters = clusters.sort_values("taken", kind="stable")
    groups = ["cluster", "outlet"] if once == "outlet" else ["cluster"]
    first = clusters.groupby(groups, dropna=False)["article"].transform("first")
    of = first[first != clusters["article"]]
    names = dict(zip(clusters.loc[of.index, "article"], of, strict=True))
    marks = [names.get(article, "") for article in table["article"]]
    found = pd.Series(marks, table.index, dtype=str)
    known = table["copy_of"].fillna("") if "copy_of" in table else found
    return table.assign(copy_of=found.mask(known != "", known))


def _articles_by_date(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Texts by article, in the order of their dates; those without one come last."""
    table = complete(paragraphs)
    kept = table[table["role"].isin(SCORED_ROLES) & table["role"].ne("headline")]
    kept = kept.sort_values(["article", "paragraph"], kind="stable")
    articles = kept.groupby("article", as_index=False, sort=True).agg(
        outlet=("outlet", "first"), date=("date", "first"), text=("text", "\n\n".join)
    )
    articles["date"] = pd.to_datetime(articles["date"])
    return articles.sort_values(["date", "article"], kind="stable", ignore_index=True)


def _measure_candidates(words: WordTable, a: _Ints, b: _Ints) -> tuple[_Ints, _Ints, pd.DataFrame]:
    """Measure the pairs that share names or runs enough to be more than unrelated."""
    some, one, other = _texts_in_pairs(words, a, b)
    kept = contained(runs(some.only(some.names), 1), one, other) >= _NAMED
    kept |= contained(runs(some), one, other) >= _SHARED
    a, b = a[kept], b[kept]
    some, one, other = _texts_in_pairs(words, a, b)
    return a, b, measure_pairs(profiles(some), one, other)


def _texts_in_pairs(words: WordTable, a: _Ints, b: _Ints) -> tuple[WordTable, _Ints, _Ints]:
    """The words of the texts that stand in pairs, and where in them those of each pair are."""
    there, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    return words.take(there), place[: len(a)], place[len(a) :]


def _described(
    articles: pd.DataFrame, a: _Ints, b: _Ints, measured: pd.DataFrame, thresholds: pd.DataFrame
) -> pd.DataFrame:
    sides = {
        f"{name}_{side}": articles[name].iloc[rows].array
        for name in ("article", "outlet", "date")
        for side, rows in (("a", a), ("b", b))
    }
    pairs = pd.concat([pd.DataFrame(sides), measured], axis=1)
    pairs["label"] = _labels(measured, thresholds)
    copied = pairs["label"].isin(COPIES).to_numpy()
    pairs[["direction", "evidence"]] = ""
    told = direction(articles, a[copied], b[copied])
    pairs.loc[copied, ["direction", "evidence"]] = told.to_numpy()
    rank = pairs["label"].map({label: i for i, label in enumerate([*COPIES, "same event"])})
    return pairs.assign(rank=rank.fillna(9)).sort_values(
        ["rank", "article_a", "article_b"], ignore_index=True
    )[PAIR_COLUMNS]


def _labels(measured: pd.DataFrame, thresholds: pd.DataFrame) -> NDArray[np.object_]:
    labels = np.full(len(measured), "unrelated", object)
    for row in thresholds.iloc[::-1].itertuples(index=False):
        labels[measured[row.measure] >= row.at_least] = row.label
    return labels


def _clusters(articles: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Articles that copies lead from one to another, named by the earliest."""
    from scipy import sparse  # slow to import

    copied = pairs[pairs["label"].isin(COPIES)]
    place = pd.Series(articles.index, index=articles["article"])
    a, b = (place[copied[name]].to_numpy(np.int64) for name in ("article_a", "article_b"))
    n = len(articles)
    graph = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    which = sparse.csgraph.connected_components(graph, directed=False)[1] if n else np.zeros(0)
    first = articles["article"].groupby(which).transform("first")
    inside = np.isin(np.arange(n), np.concatenate([a, b]))
    table = articles.assign(cluster=first)[inside]
    order = table.groupby("cluster").ngroup() if len(table) else pd.Series(dtype=int)
    table = table.assign(order=order).sort_values("order", kind="stable", ignore_index=True)
    return table[CLUSTER_COLUMNS]
