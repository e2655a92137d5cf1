"""Candidate pairs: articles that share n-grams, rare words, or several facts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.facts import Facts, fact_pairs
from framing.reuse.features import WordTable, numbered, run_hashes
from framing.text.arrays import Bools, Floats, Ints

_REACH = 20  # articles after it, by date, that an article is paired with for a shared feature
_RARE = 20  # largest number of articles with a rare word
# Smallest number of runs or rare words that a candidate pair shares, and share of the shorter text.
_RUNS, _WORDS, _FACT_PAIRS = (3, 0.01), (5, 0.1), (6, 0.0)
_PARTS = 8  # in which features are processed, to save memory
_UNIT = 2**20  # weights are integers: their sums do not depend on the order
_BEST = 5  # pairs of an article that are kept for rare words


class _Meetings(NamedTuple):
    """Pairs of articles, and the number of features they share."""

    a: Ints
    b: Ints
    shared: Floats


def candidate_pairs(
    words: WordTable, facts: Facts, long: Bools, dates: pd.Series[pd.Timestamp], *, days: int
) -> tuple[Ints, Ints]:
    """Return pairs of articles that share runs of words, or the most rare words or facts."""
    n = len(long)
    shared = _meetings(*run_hashes(words), long, most=n, least=_RUNS)
    content = words.hashes[words.content], words.rows[words.content]
    rare = _meetings(*content, long, most=_RARE, least=_WORDS)
    in_facts = _meetings(*fact_pairs(facts), long, most=_RARE, least=_FACT_PAIRS)
    day = dates.to_numpy("datetime64[D]")
    best = [_best_of_each(_within(met, day, days), n) for met in (rare, in_facts)]
    return np.divmod(np.unique(np.concatenate([shared.a * n + shared.b, *best])), n)


def _within(met: _Meetings, day: NDArray[np.datetime64], days: int) -> _Meetings:
    """Return the pairs at most so many days apart; an unknown date is near every date."""
    apart = np.abs(day[met.a] - day[met.b]) / np.timedelta64(1, "D")
    near = ~(apart > days)
    return _Meetings(met.a[near], met.b[near], met.shared[near])


def _meetings(
    features: NDArray[np.uint64], rows: Ints, long: Bools, *, most: int, least: tuple[int, float]
) -> _Meetings:
    """Return pairs of long rows with features in common; frequent features have less weight.

    A feature pairs each row with the next ``_REACH`` rows that have it, so that the time for
    features of every page is proportional to the number of pages.
    """
    n, counted = len(long), long[rows]
    size = np.zeros(n, np.int64)
    pairs, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for part in range(_PARTS):
        here = counted & (features % np.uint64(_PARTS) == part)
        number, texts = numbered(features[here], rows[here], n)
        spread = np.bincount(number)[number]
        kept = spread <= most
        size += np.bincount(texts[kept], minlength=n)
        kept &= spread > 1
        number, texts, spread = number[kept], texts[kept], spread[kept]
        for step in range(1, _REACH + 1):
            met = number[step:] == number[:-step]
            pairs.append(texts[:-step][met] * n + texts[step:][met])
            weights.append(np.minimum(_UNIT, _UNIT * _REACH // spread[step:][met]))
    found, which = np.unique(np.concatenate(pairs), return_inverse=True)
    shared = np.bincount(which, np.concatenate(weights)) / _UNIT
    a, b = np.divmod(found, n)
    enough = shared >= np.maximum(least[0], least[1] * np.minimum(size[a], size[b]))
    return _Meetings(a[enough], b[enough], shared[enough])


def _best_of_each(met: _Meetings, n: int) -> Ints:
    """Return the keys of pairs that are among the best of one of their articles."""
    one, other = np.concatenate([met.a, met.b]), np.concatenate([met.b, met.a])
    order = np.lexsort([other, -np.tile(met.shared, 2), one])
    one, other = one[order], other[order]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    kept = place < _BEST
    return np.minimum(one, other)[kept] * n + np.maximum(one, other)[kept]
