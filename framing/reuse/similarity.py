"""How much two texts share: runs of words, pieces of words, order, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.features import Profiles, Words, profiles, read_words, runs

if TYPE_CHECKING:
    from scipy import sparse

_FUNCTION = 0.5  # weight of a function word; a content word has 1
_CONFLICT = 0.15  # what is taken off where each text has only numbers that the other lacks
_PAIRS = 2_000  # pairs measured at a time
_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


def likeness(a: Sequence[str] | pd.Series[str], b: Sequence[str] | pd.Series[str]) -> pd.DataFrame:
    """Say of pairs of texts whether one may be a paraphrase of the other, or reuse its words.

    For texts of one language in any number: nothing is learned from them, so that a pair has the
    same numbers whatever else is compared.

    Parameters
    ----------
    a, b : sequence of str, or Series
        The texts of the pairs; text ``i`` of ``a`` goes with text ``i`` of ``b``.

    Returns
    -------
    DataFrame
        A row a pair, with the index of ``a`` if that is a Series; from 0, nothing, to 1:

        - ``paraphrase``, for sentences: do both say the same? The mean of ``words``, ``grams`` and
          (with a quarter of their weight each) ``joined`` and ``frame``, less up to 15 % for
          ``conflict``;
        - ``reuse``, for longer texts: how much of the shorter one is from the other? The mean of
          the shares of its runs of two words and of three words that the other has, and of a third
          share: half runs of two content words, half the longest common subsequence;
        - ``words``: twice the words in common over the words of both (Dice), a function word
          counting half; ``joined``: the same of runs of two words; ``grams``: cosine of pieces of
          content words, four characters long; ``frame``: longest common subsequence over the
          geometric mean of the lengths; ``conflict``: numbers that each has and the other lacks.

    Raises
    ------
    ValueError
        If there are not as many texts in ``b`` as in ``a``.

    Examples
    --------
    >>> pairs = likeness(
    ...     ["Two sailors were hurt in the fog.", "Two sailors were hurt in the fog."],
    ...     ["In the fog, two sailors were hurt.", "Fishermen sail on Tuesday."],
    ... )
    >>> pairs[["paraphrase", "reuse"]].round(2).values.tolist()
    [[0.94, 0.68], [0.05, 0.0]]
    """
    if len(a) != len(b):
        raise ValueError(f"texts come in pairs: a has {len(a)} of them, and b has {len(b)}")
    n = len(a)
    texts = read_words([*a, *b])
    one, other = np.arange(n), np.arange(n, 2 * n)
    measured = measure(profiles(texts), one, other)
    kinds = ((texts.content, 1.0), (~texts.content, _FUNCTION))
    words = _dice([(runs(texts.only(kept), 1), weight) for kept, weight in kinds], one, other)
    joined = _dice([(runs(texts, 2), 1.0)], one, other)
    conflict = _conflict(texts, one, other)
    # Clauses change places in a paraphrase: order, near and far, says less than words do.
    order = (joined + measured["frame"]) / 2
    alike = 0.4 * words + 0.4 * measured["grams"] + 0.2 * order
    table = pd.DataFrame(
        {
            "paraphrase": alike * (1 - _CONFLICT * conflict),
            "reuse": _reuse(texts, one, other),
            "words": words,
            "joined": joined,
            "grams": measured["grams"],
            "frame": measured["frame"],
            "conflict": conflict,
        }
    )
    return table.set_index(a.index) if isinstance(a, pd.Series) else table


def _reuse(texts: Words, a: _Ints, b: _Ints) -> _Floats:
    """Runs for words that were kept; content words and order where function words were not."""
    two, three = (contained(runs(texts, length), a, b) for length in (2, 3))
    content = contained(runs(texts.only(texts.content), 2), a, b)
    common, size_a, size_b = _common(texts.sequences(), a, b)
    order = common / np.maximum(np.minimum(size_a, size_b), 1)
    return (two + three + (content + order) / 2) / 3


def _dice(tables: list[tuple[sparse.csr_array, float]], a: _Ints, b: _Ints) -> _Floats:
    """Twice what is in common over what both have, the features of each table by its weight."""
    common, both = np.zeros(len(a)), np.zeros(len(a))
    for there, weight in tables:
        sizes = np.asarray(there.sum(axis=1)).ravel()
        common += weight * _products(there, a, b)
        both += weight * (sizes[a] + sizes[b])
    return 2 * common / np.where(both > 0, both, 1)


def _conflict(texts: Words, a: _Ints, b: _Ints) -> _Floats:
    """Of the numbers of the text that has more, those that stand against others."""
    there = runs(texts.only(texts.numbers), 1)
    sizes, common = np.asarray(there.sum(axis=1)).ravel(), _products(there, a, b)
    return (np.minimum(sizes[a], sizes[b]) - common) / np.maximum(np.maximum(sizes[a], sizes[b]), 1)


def measure(texts: Profiles, a: _Ints, b: _Ints) -> pd.DataFrame:
    """Measure what texts ``a[i]`` and ``b[i]`` share, for every i.

    Returns
    -------
    DataFrame
        A row a pair; each column is 0 (nothing) to 1 (all). ``shingles``: runs of five words that
        the shorter text has from the longer one; ``grams``: cosine of the pieces of content
        words, four characters long; ``order``: longest common subsequence of content words, of
        the shorter text; ``frame``: that of all words, over the geometric mean of the lengths;
        ``names``: names and numbers, of the text that has fewer.

    Examples
    --------
    >>> from framing.reuse.features import profiles, read_words
    >>> both = ["Talks could fail, officials fear.", "Talks may fail, officials fear."]
    >>> texts = profiles(read_words(both))
    >>> zero, one = np.array([0]), np.array([1])
    >>> measure(texts, zero, one).round(2).iloc[0].to_dict()
    {'shingles': 0.0, 'grams': 1.0, 'order': 1.0, 'frame': 0.8, 'names': 0.0}
    """
    content, size_a, size_b = _common(texts.content, a, b)
    words, long_a, long_b = _common(texts.words, a, b)
    return pd.DataFrame(
        {
            "shingles": contained(texts.shingles, a, b),
            "grams": _products(texts.grams, a, b).clip(0, 1),
            "order": content / np.maximum(np.minimum(size_a, size_b), 1),
            "frame": words / np.maximum(np.sqrt(long_a * long_b), 1),
            "names": contained(texts.names, a, b),
        }
    )


def common_length(a: list[int], b: list[int]) -> int:
    """Length of the longest common subsequence, all of ``a`` at once in the bits of a number.

    Hyyrö (2004), "Bit-parallel LCS-length computation revisited".

    Examples
    --------
    >>> common_length([1, 2, 3, 4], [2, 9, 4])
    2
    """
    places: dict[int, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    free = every = (1 << len(a)) - 1
    for word in b:
        met = free & places.get(word, 0)
        if met:
            free = (free + met | free - met) & every
    return len(a) - free.bit_count()


def _common(sequences: list[list[int]], a: _Ints, b: _Ints) -> tuple[_Floats, _Floats, _Floats]:
    """Length of the longest common subsequence of pairs, and the lengths of both."""
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    found = [common_length(sequences[i], sequences[j]) for i, j in pairs]
    sizes = np.array([len(words) for words in sequences], np.float64)
    return np.array(found, np.float64), sizes[a], sizes[b]


def contained(table: sparse.csr_array, a: _Ints, b: _Ints) -> _Floats:
    """Share of its features that the row with fewer has from the other, for every pair of rows."""
    sizes = np.asarray(table.sum(axis=1)).ravel()
    return _products(table, a, b) / np.maximum(np.minimum(sizes[a], sizes[b]), 1)


def _products(table: sparse.csr_array, a: _Ints, b: _Ints) -> _Floats:
    """Inner products of rows, pair by pair."""
    parts = [
        np.asarray((table[a[i : i + _PAIRS]] * table[b[i : i + _PAIRS]]).sum(axis=1)).ravel()
        for i in range(0, len(a), _PAIRS)
    ]
    return np.concatenate([np.zeros(0), *parts])
