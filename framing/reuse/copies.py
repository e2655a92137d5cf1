"""Who carries whose words: pairs of articles that share text, and the clusters they make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.direction import direction
from framing.reuse.features import Words, numbered, profiles, read_words, run_hashes, runs
from framing.reuse.similarity import contained, measure
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
_REACH = 20  # articles that share a run of words are paired with so many that follow by date
_RARE = 20  # articles that a rare word stands in at most
# Runs or rare words that a pair worth measuring shares: so many, and so much of the shorter text.
_RUNS, _WORDS = (3, 0.01), (5, 0.1)
_NAMED, _SHARED = 0.4, 0.05  # share of names, or of runs, under which the order is not looked at
_PARTS = 8  # of the features, one after the other in memory
_UNIT = 2**20  # weights are whole numbers: their sums do not hang on the order
_BEST = 5  # pairs an article is measured in for its rare words
_Ints = NDArray[np.int64]


class _Meetings(NamedTuple):
    """Pairs of articles, and how many features they share."""

    a: _Ints
    b: _Ints
    shared: NDArray[np.float64]


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
    articles = _articles(paragraphs)
    words = read_words(articles["text"])
    long = np.diff(words.bounds) >= min_words
    a, b = _candidates(words, long, articles["date"], days=days)
    a, b, measured = _measure(words, a, b)
    pairs = _described(articles, a, b, measured, thresholds)
    return Copies(pairs, _clusters(articles, pairs), thresholds.copy())


def _articles(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Texts by article, in the order of their dates; those without one come last."""
    table = complete(paragraphs)
    kept = table[table["role"].isin(SCORED_ROLES) & table["role"].ne("headline")]
    kept = kept.sort_values(["article", "paragraph"], kind="stable")
    articles = kept.groupby("article", as_index=False, sort=True).agg(
        outlet=("outlet", "first"), date=("date", "first"), text=("text", "\n\n".join)
    )
    articles["date"] = pd.to_datetime(articles["date"])
    return articles.sort_values(["date", "article"], kind="stable", ignore_index=True)


def _candidates(
    words: Words, long: NDArray[np.bool_], dates: pd.Series[pd.Timestamp], *, days: int
) -> tuple[_Ints, _Ints]:
    """Pairs of articles that share runs of words, or their best ones by rare words."""
    n = len(long)
    features, rows = run_hashes(words)
    kept = long[rows]
    shared = _meetings(features[kept], rows[kept], n, most=n, least=_RUNS)
    kept = words.content & long[words.rows]
    rare = _meetings(words.hashes[kept], words.rows[kept], n, most=_RARE, least=_WORDS)
    day = dates.to_numpy("datetime64[D]")
    apart = np.abs(day[rare.a] - day[rare.b]) / np.timedelta64(1, "D")
    near = ~(apart > days)  # an unknown date is near to all
    best = _best(_Meetings(*(column[near] for column in rare)), n)
    keys = np.unique(np.concatenate([shared.a * n + shared.b, best]))
    return keys // max(n, 1), keys % max(n, 1)


def _meetings(
    features: NDArray[np.uint64],
    rows: _Ints,
    n: int,
    *,
    most: int,
    least: tuple[int, float],
) -> _Meetings:
    """Pairs of rows with features in common, common features counting less.

    A feature pairs each row with the next ``_REACH`` rows that have it: no more than that, so
    that what stands on every page costs time in proportion to the pages.
    """
    size = np.zeros(n, np.int64)
    pairs, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for part in range(_PARTS):
        here = features % np.uint64(_PARTS) == part
        number, there = numbered(features[here], rows[here], n)
        spread = np.bincount(number)[number] if len(number) else number
        kept = spread <= most
        size += np.bincount(there[kept], minlength=n)
        kept &= spread > 1
        number, there, spread = number[kept], there[kept], spread[kept]
        for step in range(1, _REACH + 1):
            met = number[step:] == number[:-step]
            pairs.append(there[:-step][met] * n + there[step:][met])
            weights.append(np.minimum(_UNIT, _UNIT * _REACH // spread[step:][met]))
    found, shared = _summed(np.concatenate(pairs), np.concatenate(weights))
    a, b = found // max(n, 1), found % max(n, 1)
    enough = shared >= np.maximum(least[0], least[1] * np.minimum(size[a], size[b]))
    return _Meetings(a[enough], b[enough], shared[enough])


def _summed(keys: _Ints, weights: _Ints) -> tuple[_Ints, NDArray[np.float64]]:
    """The different keys in order, and the sum of the weights of each."""
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.append(True, keys[1:] > keys[:-1])[: len(keys)])
    totals = np.add.reduceat(weights[order], first) if len(first) else weights
    return keys[first], totals / _UNIT


def _best(met: _Meetings, n: int) -> _Ints:
    """Keys of the pairs that are among the best of one of their articles."""
    one, other = np.concatenate([met.a, met.b]), np.concatenate([met.b, met.a])
    order = np.lexsort([other, -np.tile(met.shared, 2), one])
    one, other = one[order], other[order]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    kept = place < _BEST
    return np.minimum(one, other)[kept] * n + np.maximum(one, other)[kept]


def _measure(words: Words, a: _Ints, b: _Ints) -> tuple[_Ints, _Ints, pd.DataFrame]:
    """Measure the pairs that share names or runs enough to be more than unrelated."""
    some, one, other = _part(words, a, b)
    kept = contained(runs(some.only(some.names), 1), one, other) >= _NAMED
    kept |= contained(runs(some), one, other) >= _SHARED
    a, b = a[kept], b[kept]
    some, one, other = _part(words, a, b)
    return a, b, measure(profiles(some), one, other)


def _part(words: Words, a: _Ints, b: _Ints) -> tuple[Words, _Ints, _Ints]:
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
