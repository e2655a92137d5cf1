"""Alignment of two versions of a story: which paragraph corresponds to which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from framing.arguments import check_number
from framing.checks import check_columns, complete
from framing.reuse.paragraph_scores import METHODS, Method, Scores, group_sizes
from framing.schema import SCORED_ROLES
from framing.text.arrays import Floats, Ints

ALIGNED_COLUMNS = [
    "article_a", "paragraphs_a", "article_b", "paragraphs_b", "kind", "score", "margin",
    "text_a", "text_b",
]  # fmt: skip


class _Match(NamedTuple):
    """``size_a`` paragraphs of one version from ``a``, matched with ``size_b`` from ``b``."""

    a: int
    size_a: int
    b: int
    size_b: int
    kind: str


def align(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    method: Literal["order", "words"] = "order",
    threshold: float | None = None,
) -> pd.DataFrame:
    """Pair the paragraphs of two versions of a text.

    Pairs in the order of both texts are found by dynamic programming; several paragraphs may be
    paired with one. The paragraphs that remain are then paired out of order.

    Parameters
    ----------
    a, b : DataFrame
        Paragraphs of one article each, with ``text``; headline, standfirst and body are used.
    method : {"order", "words"}, default "order"
        The score of a pair. "order": the length of the longest common subsequence of all words
        over the geometric mean of the lengths; a rewriter who replaces content words leaves
        function words and order, and what is unrelated is left alone. "words": the cosine of
        content words, weighted by their rarity in the two texts, for versions known to be of one
        story with all sentences rewritten; up to three paragraphs are then paired with one.
    threshold : float, optional
        Smallest score of a pair, .01 to 1; by default .45 for "order" and .15 for "words".

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
        If a table has no ``text``, no row, or paragraphs of more than one article, ``method`` is
        unknown, or ``threshold`` is not from .01 to 1.

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
    if method not in METHODS:
        raise ValueError(f'method must be "order" or "words", got {method!r}')
    used = METHODS[method] if threshold is None else METHODS[method]._replace(threshold=threshold)
    check_number("threshold", used.threshold, least=0.01, most=1)
    a, b = _one_article(a, "a"), _one_article(b, "b")
    scores = used.score(a["text"].tolist(), b["text"].tolist())
    pairs = _ordered_pairs(scores, used)
    pairs += _moved(scores[1, 1], pairs, used.threshold)
    rows = [_aligned_row(a, b, scores, pair) for pair in [*pairs, *_alone(len(a), len(b), pairs)]]
    table = pd.DataFrame([row for _, row in sorted(rows)], columns=ALIGNED_COLUMNS)
    return table.astype({"score": "float64", "margin": "float64"})


def check_aligned(table: pd.DataFrame) -> None:
    """Raise an error unless a table has the columns of an alignment."""
    kind = "aligned paragraphs, as framing.align returns them"
    check_columns(table, ALIGNED_COLUMNS, kind=kind)


def _one_article(paragraphs: pd.DataFrame, name: str) -> pd.DataFrame:
    table = complete(paragraphs)
    articles = table["article"].unique()
    if table.empty:
        raise ValueError(
            f"{name} has no paragraph: is the article there? Ids are in the column 'article' of "
            "corpus.articles"
        )
    if len(articles) > 1:
        raise ValueError(
            f"{name} must be the paragraphs of one article, got {len(articles)}: {articles[0]!r}, "
            f"{articles[1]!r} …; select one with {name}[{name}['article'] == …], or use "
            "align_versions"
        )
    kept = table[table["role"].isin(SCORED_ROLES)]
    return kept.sort_values("paragraph", kind="stable", ignore_index=True)


def _ordered_pairs(scores: Scores, method: Method) -> list[_Match]:
    """Return the pairs in the order of both texts with the largest sum of scores."""
    n, m = scores[1, 1].shape
    moves = group_sizes(method.most)
    best = np.zeros((n + 1, m + 1))
    step = np.zeros((n + 1, m + 1), np.int64)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            ways = [best[i - 1, j], best[i, j - 1]]
            for p, q in moves:
                if p > i or q > j or scores[p, q][i - p, j - q] < method.threshold:
                    ways.append(-1.0)
                    continue
                gain = scores[p, q][i - p, j - q] - method.threshold
                gain -= method.joining * (p + q - 2)
                ways.append(best[i - p, j - q] + gain + 1e-9)
            step[i, j] = int(np.argmax(ways))
            best[i, j] = ways[step[i, j]]
    return list(_trace(step, moves))


def _trace(step: Ints, moves: list[tuple[int, int]]) -> Iterator[_Match]:
    i, j = step.shape[0] - 1, step.shape[1] - 1
    while i > 0 and j > 0:
        if step[i, j] < 2:
            i, j = (i - 1, j) if step[i, j] == 0 else (i, j - 1)
            continue
        p, q = moves[step[i, j] - 2]
        i, j = i - p, j - q
        yield _Match(i, p, j, q, kind_of(p, q))


def kind_of(size_a: int, size_b: int) -> str:
    """Return what a row of so many paragraphs of each version is called.

    >>> [kind_of(*sizes) for sizes in ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))]
    ['pair', 'split', 'merged', 'left out', 'added']
    """
    if not size_a or not size_b:
        return "left out" if size_a else "added"
    return "split" if size_a < size_b else "merged" if size_a > size_b else "pair"


def _moved(scores: Floats, pairs: list[_Match], threshold: float) -> list[_Match]:
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
    a: pd.DataFrame, b: pd.DataFrame, scores: Scores, pair: _Match
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


def _runner_up(scores: Floats, pair: _Match) -> float:
    """Return the best score of a paragraph of the pair with one outside it."""
    rows, columns = np.arange(scores.shape[0]), np.arange(scores.shape[1])
    in_a = (rows >= pair.a) & (rows < pair.a + pair.size_a)
    in_b = (columns >= pair.b) & (columns < pair.b + pair.size_b)
    return float(scores[in_a[:, None] != in_b[None, :]].max(initial=0.0))
