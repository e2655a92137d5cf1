"""Similarity measures of pairs of texts: shared n-grams, word order, names and numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq
from scipy import sparse

from framing.reuse.features import Profiles
from framing.text.arrays import Floats, Ints

_PAIRS = 2_000  # pairs measured at a time


def measure_pairs(texts: Profiles, a: Ints, b: Ints) -> pd.DataFrame:
    """Measure the similarity of texts ``a[i]`` and ``b[i]``, for every i, a row each, from 0 to 1.

    ``shingles``: share of the five-word n-grams of the shorter text that the longer one has;
    ``grams``: cosine of character four-grams of content words; ``order``: longest common
    subsequence of content words, over the length of the shorter text; ``frame``: the same of all
    words, over the geometric mean of the lengths; ``names``: share of the names and numbers of the
    text that has fewer.

    >>> from framing.reuse.features import profiles, read_words
    >>> both = ["Talks could fail, officials fear.", "Talks may fail, officials fear."]
    >>> texts = profiles(read_words(both))
    >>> zero, one = np.array([0]), np.array([1])
    >>> measure_pairs(texts, zero, one).round(2).iloc[0].to_dict()
    {'shingles': 0.0, 'grams': 1.0, 'order': 1.0, 'frame': 0.8, 'names': 0.0}
    """
    content, size_a, size_b = common_lengths(texts.content, a, b)
    words, long_a, long_b = common_lengths(texts.words, a, b)
    return pd.DataFrame(
        {
            "shingles": contained(texts.shingles, a, b),
            "grams": products(texts.grams, a, b).clip(0, 1),
            "order": of_shorter(content, size_a, size_b),
            "frame": words / np.maximum(np.sqrt(long_a * long_b), 1),
            "names": contained(texts.names, a, b),
        }
    )


def common_lengths(sequences: list[list[int]], a: Ints, b: Ints) -> tuple[Floats, Floats, Floats]:
    """Return the lengths of the longest common subsequences of pairs, and of both texts."""
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    found = [LCSseq.similarity(sequences[i], sequences[j]) for i, j in pairs]
    sizes = np.array([len(words) for words in sequences], np.float64)
    return np.array(found, np.float64), sizes[a], sizes[b]


def contained(table: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    """Return the shared features over those of the row with fewer, for every pair of rows."""
    sizes = table.sum(axis=1)
    return of_shorter(products(table, a, b), sizes[a], sizes[b])


def of_shorter(common: Floats, size_a: Floats, size_b: Floats) -> Floats:
    """Return what two texts have in common, over the size of the shorter one."""
    return common / np.maximum(np.minimum(size_a, size_b), 1)


def products(table: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    """Return the inner products of pairs of rows."""
    parts = [
        (table[a[i : i + _PAIRS]] * table[b[i : i + _PAIRS]]).sum(axis=1)
        for i in range(0, len(a), _PAIRS)
    ]
    return np.concatenate([np.zeros(0), *parts])
