"""Similarity of paragraphs of two versions, alone and joined with those that follow."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from framing.reuse.features import profiles, read_words
from framing.text.arrays import Floats

# Scores of n paragraphs from i of one version against m paragraphs from j of the other, by (n, m).
Scores = dict[tuple[int, int], Floats]


class Method(NamedTuple):
    """A score of paragraphs, with the smallest one of a pair and how many may be joined."""

    score: Callable[[list[str], list[str]], Scores]
    threshold: float
    joining: float  # what a joined paragraph must add to the score
    most: int  # paragraphs against one


def group_sizes(most: int) -> list[tuple[int, int]]:
    """Return how many paragraphs can be paired: one with one, one with several, several with one.

    >>> group_sizes(2)
    [(1, 1), (1, 2), (2, 1)]
    """
    return [(1, 1), *(pair for k in range(2, most + 1) for pair in ((1, k), (k, 1)))]


def order_scores(a: list[str], b: list[str]) -> Scores:
    """Return the longest common subsequence of all words over the geometric mean of lengths."""
    words = profiles(read_words(a + b)).words
    runs = {
        (side, size): [
            list(itertools.chain(*texts[i : i + size])) for i in range(len(texts) - size + 1)
        ]
        for side, texts in enumerate((words[: len(a)], words[len(a) :]))
        for size in (1, 2)
    }
    return {(n, m): _frame(runs[0, n], runs[1, m]) for n, m in group_sizes(2)}


def _frame(a: list[list[int]], b: list[list[int]]) -> Floats:
    common = [[LCSseq.similarity(x, y) for y in b] for x in a]
    table = np.array(common, np.float64).reshape(len(a), len(b))
    sizes = (np.array([len(x) for x in texts], np.float64) for texts in (a, b))
    return table / np.maximum(np.sqrt(np.multiply.outer(*sizes)), 1)


def word_scores(a: list[str], b: list[str]) -> Scores:
    """Return the cosine of content words, weighted by their rarity in the two versions."""
    words = read_words(a + b)
    content = words.only(words.content)
    column, kinds = pd.factorize(content.hashes)
    counts = np.zeros((len(a) + len(b), len(kinds)))
    np.add.at(counts, (content.rows, column), 1)
    rarity = np.log((len(counts) + 1) / (counts > 0).sum(axis=0))
    weighted = np.sqrt(counts) * rarity
    return {
        (n, m): _cosine(_joined_rows(weighted[: len(a)], n), _joined_rows(weighted[len(a) :], m))
        for n, m in group_sizes(3)
    }


def _joined_rows(table: Floats, size: int) -> Floats:
    """Return the sums of ``size`` rows from each row on."""
    total = np.vstack([np.zeros((1, table.shape[1])), np.cumsum(table, axis=0)])
    return total[size:] - total[: max(len(total) - size, 0)]


def _cosine(a: Floats, b: Floats) -> Floats:
    length = np.multiply.outer(*(np.linalg.norm(side, axis=1) for side in (a, b)))
    return a @ b.T / np.maximum(length, 1e-12)


METHODS = {
    # In 160 real events, under 3 % of the paragraphs reach .45 with a paragraph of another
    # outlet's report; 97 % of those with nine in ten content words replaced are above it.
    "order": Method(order_scores, threshold=0.45, joining=0.02, most=2),
    # For versions of one story: 99 % of the links are right and 70 % are found in 8 rewrites
    # by a language model whose paragraphs were matched by hand.
    "words": Method(word_scores, threshold=0.15, joining=0.0, most=3),
}
