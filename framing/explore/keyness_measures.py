"""Measures of keyness (log-odds, log ratio, log-likelihood) and of dispersion."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.special import rel_entr

from framing.text.arrays import Floats, Ints


class Uses(NamedTuple):
    """Uses of every unit in a target and a reference corpus, and the words of each."""

    y_a: Ints
    y_b: Ints
    n_a: int
    n_b: int


def log_odds(pair: Uses, *, prior: float) -> tuple[Floats, Floats]:
    """Log-odds ratio with an informative Dirichlet prior, and its standard error.

    The prior has the weight of ``prior`` words, distributed as in both corpora together (Monroe,
    Colaresi & Quinn 2008).

    >>> ratio, error = log_odds(Uses(np.array([30]), np.array([10]), 1000, 1000), prior=0)
    >>> ratio.round(4).tolist(), (error**2).round(4).tolist()
    ([1.119], [0.1333])
    """
    y_a, y_b, n_a, n_b = pair
    alpha = prior * (y_a + y_b) / (n_a + n_b)
    odds_a, odds_b = ((y + alpha) / (n + prior - y - alpha) for y, n in ((y_a, n_a), (y_b, n_b)))
    return np.log(odds_a) - np.log(odds_b), np.sqrt(1 / (y_a + alpha) + 1 / (y_b + alpha))


def binary_log_ratio(pair: Uses) -> Floats:
    """Binary logarithm of the ratio of rates; no use counts as half a use (Hardie 2014).

    >>> binary_log_ratio(Uses(np.array([40, 0]), np.array([10, 4]), 1000, 1000)).tolist()
    [2.0, -3.0]
    """
    rates = (np.maximum(y, 0.5) / n for y, n in ((pair.y_a, pair.n_a), (pair.y_b, pair.n_b)))
    return np.subtract(*map(np.log2, rates))


def g2(pair: Uses) -> Floats:
    """Log-likelihood ratio of the 2 × 2 table of uses and all other words (Dunning 1993).

    >>> g2(Uses(np.array([30, 5]), np.array([10, 5]), 1000, 1000)).round(2).tolist()
    [10.67, 0.0]
    """
    y_a, y_b, n_a, n_b = pair
    rate = (y_a + y_b) / (n_a + n_b)
    uses = rel_entr(y_a, n_a * rate) + rel_entr(y_b, n_b * rate)
    others = rel_entr(n_a - y_a, n_a * (1 - rate)) + rel_entr(n_b - y_b, n_b * (1 - rate))
    return np.maximum(2 * (uses + others), 0)


def dispersion(uses: sparse.csr_array, words: Ints) -> Floats:
    """Deviation of proportions (Gries 2008) of every unit: ½ Σ |share of uses − share of words|.

    From 0 (uses in proportion to the length of each article) to nearly 1 (all in one short
    article); NaN if the unit is not used. ``uses`` is articles × units.

    >>> from scipy import sparse
    >>> uses = sparse.csr_array([[4, 0, 1], [0, 0, 3]])
    >>> dispersion(uses, np.array([100, 300])).tolist()
    [0.75, nan, 0.0]
    """
    size = np.repeat(words / words.sum(), np.diff(uses.indptr))
    total = uses.sum(axis=0)
    apart = np.abs(uses.data / total[uses.indices] - size)
    # In articles without a use, the share of words is the whole difference.
    moved, covered = (np.bincount(uses.indices, x, uses.shape[1]) for x in (apart, size))
    return np.where(total > 0, np.maximum(moved + 1 - covered, 0) / 2, np.nan)
