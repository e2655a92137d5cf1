"""Alignment of two versions of a story: which paragraph corresponds to which."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.features import profiles, read_words
from framing.reuse.similarity import common_length
from framing.schema import SCORED_ROLES, complete

ALIGNED_COLUMNS = [
    "article_a", "paragraphs_a", "article_b", "paragraphs_b", "kind", "score", "margin",
    "text_a", "text_b",
]  # fmt: skip

# In 160 real events, under 3 % of the paragraphs reach it with a paragraph of another outlet's
# independent report; 97 % of those with nine in ten content words replaced are above it.
THRESHOLD = 0.45
_JOIN = 0.02  # what joining two paragraphs must gain over pairing one
_STEPS = ((1, 1), (1, 2), (2, 1))
_KINDS = {(1, 1): "pair", (1, 2): "split", (2, 1): "merged"}
_Floats = NDArray[np.float64]


class _Match(NamedTuple):
    """``size_a`` paragraphs of one version from ``a``, matched with ``size_b`` from ``b``."""

    a: int
    size_a: int
    b: int
    size_b: int
    kind: str


def align(a: pd.DataFrame, b: pd.DataFrame, *, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Pair the paragraphs of two versions of a text.

    Pairs in the order of both texts are found by dynamic programming; two paragraphs may be
    paired with one. The paragraphs that remain are then paired out of order. The score of a pair
    is the length of the longest common subsequence of all words, including function words, over
    the geometric mean of the lengths: a rewriter who replaces content words leaves the rest.

    Parameters
    ----------
    a, b : DataFrame
        Paragraphs of one article each, with ``text``; headline, standfirst and body are used.
    threshold : float, default 0.45
        Smallest score of a pair, 0 to 1.

    Returns
    -------
    DataFrame
        One row per pair, in the order of ``a``; added paragraphs are placed as in ``b``.
        Columns: ``article_a``, ``paragraphs_a``, ``article_b``, ``paragraphs_b`` (tuples of
        paragraph numbers, empty if there are none), ``kind`` (pair, split, merged, moved, left
        out, added), ``score`` (0 to 1), ``margin`` (score minus the best score of another pair
        with one of these paragraphs), ``text_a``, ``text_b``.

    Raises
    ------
    ValueError
        If a table has no ``text``, or paragraphs of more than one article, or ``threshold`` is
        not above 0 and at most 1.

    Examples
    --------
    >>> import framing as fr
    >>> source = pd.DataFrame({"text": ["The talks could fail, officials fear.", "It rained."]})
    >>> copy = pd.DataFrame({"text": ["Talks fail."]})
    >>> fr.align(source, copy)[["paragraphs_a", "paragraphs_b", "kind", "score"]].round(2)
      paragraphs_a paragraphs_b      kind  score
    0         (0,)         (0,)      pair   0.58
    1         (1,)           ()  left out    NaN
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, got {threshold!r}")
    a, b = _one_article(a, "a"), _one_article(b, "b")
    scores = _frame_scores(a["text"].tolist(), b["text"].tolist())
    pairs = _ordered_pairs(scores, threshold)
    pairs += _moved(scores[1, 1], pairs, threshold)
    rows = [_aligned_row(a, b, scores, pair) for pair in [*pairs, *_alone(len(a), len(b), pairs)]]
    table = pd.DataFrame([row for _, row in sorted(rows)], columns=ALIGNED_COLUMNS)
    return table.astype({"score": "float64", "margin": "float64"})


def _one_article(paragraphs: pd.DataFrame, name: str) -> pd.DataFrame:
    table = complete(paragraphs)
    articles = table["article"].unique()
    if len(articles) > 1:
        raise ValueError(
            f"{name} must be the paragraphs of one article, got {len(articles)}: {articles[0]!r}, "
            f"{articles[1]!r} …; select one with {name}[{name}['article'] == …], or use "
            "align_versions"
        )
    return table[table["role"].isin(SCORED_ROLES)].reset_index(drop=True)


def _frame_scores(a: list[str], b: list[str]) -> dict[tuple[int, int], _Floats]:
    """Score n paragraphs from i of one text against m paragraphs from j, by (n, m)."""
    words = profiles(read_words(a + b)).words
    runs = {
        (side, size): [
            list(itertools.chain(*texts[i : i + size])) for i in range(len(texts) - size + 1)
        ]
        for side, texts in enumerate((words[: len(a)], words[len(a) :]))
        for size in (1, 2)
    }
    return {(n, m): _frame(runs[0, n], runs[1, m]) for n, m in _STEPS}


def _frame(a: list[list[int]], b: list[list[int]]) -> _Floats:
    """Longest common subsequence over the geometric mean of the lengths, for all pairs."""
    common = [[common_length(x, y) for y in b] for x in a]
    table = np.array(common, np.float64).reshape(len(a), len(b))
    sizes = (np.array([len(x) for x in texts], np.float64) for texts in (a, b))
    return table / np.maximum(np.sqrt(np.multiply.outer(*sizes)), 1)


def _ordered_pairs(scores: dict[tuple[int, int], _Floats], threshold: float) -> list[_Match]:
    """Return the pairs in the order of both texts with the largest sum of scores."""
    n, m = scores[1, 1].shape
    best = np.zeros((n + 1, m + 1))
    step = np.zeros((n + 1, m + 1), np.int64)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            ways = [best[i - 1, j], best[i, j - 1]]
            for p, q in _STEPS:
                if p > i or q > j or scores[p, q][i - p, j - q] < threshold:
                    ways.append(-1.0)
                    continue
                gain = scores[p, q][i - p, j - q] - threshold - _JOIN * (p + q - 2)
                ways.append(best[i - p, j - q] + gain + 1e-9)
            step[i, j] = int(np.argmax(ways))
            best[i, j] = ways[step[i, j]]
    return list(_trace(step))


def _trace(step: NDArray[np.int64]) -> Iterator[_Match]:
    i, j = step.shape[0] - 1, step.shape[1] - 1
    while i > 0 and j > 0:
        if step[i, j] < 2:
            i, j = (i - 1, j) if step[i, j] == 0 else (i, j - 1)
            continue
        p, q = _STEPS[step[i, j] - 2]
        i, j = i - p, j - q
        yield _Match(i, p, j, q, _KINDS[p, q])


def _moved(scores: _Floats, pairs: list[_Match], threshold: float) -> list[_Match]:
    """Pair the remaining paragraphs out of order, the most similar first."""
    open_ = scores.copy()
    for pair in pairs:
        open_[pair.a : pair.a + pair.size_a] = 0
        open_[:, pair.b : pair.b + pair.size_b] = 0
    found = []
    while open_.size and open_.max() >= threshold:
        i, j = np.unravel_index(np.argmax(open_), open_.shape)
        found.append(_Match(int(i), 1, int(j), 1, "moved"))
        open_[i], open_[:, j] = 0, 0
    return found


def _alone(n: int, m: int, pairs: list[_Match]) -> Iterator[_Match]:
    """Yield paragraphs of one version only; an added one follows the pair before it."""
    used_a = {pair.a + k for pair in pairs for k in range(pair.size_a)}
    after = {pair.b + k: pair.a + pair.size_a for pair in pairs for k in range(pair.size_b)}
    yield from (_Match(i, 1, 0, 0, "left out") for i in range(n) if i not in used_a)
    place = 0
    for j in range(m):
        if j in after:
            place = after[j]
        else:
            yield _Match(place, 0, j, 1, "added")


def _aligned_row(
    a: pd.DataFrame, b: pd.DataFrame, scores: dict[tuple[int, int], _Floats], pair: _Match
) -> tuple[tuple[float, int], list[object]]:
    """Return the sort key of a pair and its row."""
    side_a, side_b = a[pair.a : pair.a + pair.size_a], b[pair.b : pair.b + pair.size_b]
    score = margin = np.nan
    if pair.size_a and pair.size_b:
        score = scores[pair.size_a, pair.size_b][pair.a, pair.b]
        margin = score - _runner_up(scores[1, 1], pair)
    names = [table["article"].iloc[0] if len(table) else "" for table in (a, b)]
    # An added paragraph sorts before the paragraph of ``a`` that it precedes.
    place = (pair.a - 0.5 * (pair.size_a == 0), pair.b)
    places = [tuple(side["paragraph"].tolist()) for side in (side_a, side_b)]
    texts = ["\n\n".join(side["text"]) for side in (side_a, side_b)]
    return place, [names[0], places[0], names[1], places[1], pair.kind, score, margin, *texts]


def _runner_up(scores: _Floats, pair: _Match) -> float:
    """Return the best score of a paragraph of the pair with one outside it."""
    rows, columns = np.arange(scores.shape[0]), np.arange(scores.shape[1])
    in_a = (rows >= pair.a) & (rows < pair.a + pair.size_a)
    in_b = (columns >= pair.b) & (columns < pair.b + pair.size_b)
    others = scores[in_a[:, None] != in_b[None, :]]
    return float(others.max(initial=0.0))
