"""Similarity of pairs of texts: paraphrase of sentences, reuse of longer texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.reuse.features import WordTable, profiles, read_words, runs
from framing.reuse.similarity import common_lengths, contained, measure_pairs, products

if TYPE_CHECKING:
    from scipy import sparse

_FUNCTION = 0.5  # weight of a function word; a content word has 1
_CONFLICT = 0.15  # what is taken off where each text has only numbers that the other lacks
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
    measured = measure_pairs(profiles(texts), one, other)
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


def _reuse(texts: WordTable, a: _Ints, b: _Ints) -> _Floats:
    """Runs for words that were kept; content words and order where function words were not."""
    two, three = (contained(runs(texts, length), a, b) for length in (2, 3))
    content = contained(runs(texts.only(texts.content), 2), a, b)
    common, size_a, size_b = common_lengths(texts.sequences(), a, b)
    order = common / np.maximum(np.minimum(size_a, size_b), 1)
    return (two + three + (content + order) / 2) / 3


def _dice(tables: list[tuple[sparse.csr_array, float]], a: _Ints, b: _Ints) -> _Floats:
    """Twice what is in common over what both have, the features of each table by its weight."""
    common, both = np.zeros(len(a)), np.zeros(len(a))
    for there, weight in tables:
        sizes = np.asarray(there.sum(axis=1)).ravel()
        common += weight * products(there, a, b)
        both += weight * (sizes[a] + sizes[b])
    return 2 * common / np.where(both > 0, both, 1)


def _conflict(texts: WordTable, a: _Ints, b: _Ints) -> _Floats:
    """Of the numbers of the text that has more, those that stand against others."""
    there = runs(texts.only(texts.numbers), 1)
    sizes, common = np.asarray(there.sum(axis=1)).ravel(), products(there, a, b)
    return (np.minimum(sizes[a], sizes[b]) - common) / np.maximum(np.maximum(sizes[a], sizes[b]), 1)
