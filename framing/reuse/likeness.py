"""Similarity of pairs of texts: paraphrase of sentences, reuse of longer texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from framing.arguments import as_value
from framing.reuse.features import WordTable, profiles, read_words, runs
from framing.reuse.similarity import common_lengths, contained, measure_pairs, of_shorter, products
from framing.text.arrays import Floats, Ints

_FUNCTION = 0.5  # weight of a function word; a content word has 1
_CONFLICT = 0.15  # what is taken off where each text has only numbers that the other lacks


def likeness(a: Sequence[str] | pd.Series[str], b: Sequence[str] | pd.Series[str]) -> pd.DataFrame:
    """Measure paraphrase and text reuse for pairs of texts.

    For any number of texts in one language. Nothing is learned from the texts, so that a pair has
    the same values whatever else is compared.

    Parameters
    ----------
    a, b : sequence of str, or Series
        The texts of the pairs; text ``i`` of ``a`` is compared with text ``i`` of ``b``.

    Returns
    -------
    DataFrame
        One row per pair, with the index of ``a`` if that is a Series. All values are from 0 to 1:

        - ``paraphrase``, for sentences: whether both have the same meaning. Twice the mean of
          ``words``, ``joined``, ``grams`` and ``frame``, minus ``contained`` (a sentence that is
          part of a longer one is no paraphrase of it), minus up to 15 % for ``conflict``;
        - ``reuse``, for longer texts: the share of the three-word n-grams of the shorter text
          that the longer one has;
        - ``words``: the words in common over the words of both (Dice), function words with half
          the weight; ``joined``: the same for two-word n-grams; ``grams``: cosine of character
          four-grams of content words; ``frame``: longest common subsequence over the geometric
          mean of the lengths; ``contained``: how much of the shorter text the longer one has, the
          mean of two-word n-grams, three-word n-grams, and the mean of n-grams of content words
          and the longest common subsequence; ``conflict``: share of the numbers in each text that
          contradict the other.

    Raises
    ------
    ValueError
        If ``a`` and ``b`` differ in length, or have the same index in another order.

    Examples
    --------
    >>> pairs = likeness(
    ...     ["Two sailors were hurt in the fog.", "Two sailors were hurt in the fog."],
    ...     ["In the fog, two sailors were hurt.", "Fishermen sail on Tuesday."],
    ... )
    >>> pairs[["paraphrase", "reuse"]].round(2).values.tolist()
    [[1.0, 0.6], [0.07, 0.0]]
    """
    for texts in (a, b):
        if isinstance(texts, str | pd.DataFrame):
            got = f"{as_value(texts)}; write [text], or table['text']"
            raise TypeError(f"expected two lists of texts, got {got}")
    if len(a) != len(b):
        raise ValueError(f"a and b must have the same length, got {len(a)} and {len(b)} texts")
    names = [list(map(str, texts.index)) for texts in (a, b) if isinstance(texts, pd.Series)]
    if len(names) == 2 and names[0] != names[1] and sorted(names[0]) == sorted(names[1]):
        raise ValueError(
            "a and b have the same index in another order, and texts are compared in order: pass "
            "b.loc[a.index], or lists"
        )
    texts = read_words([*a, *b])
    one, other = np.arange(2 * len(a)).reshape(2, -1)
    measured = measure_pairs(profiles(texts), one, other)
    kinds = ((texts.content, 1.0), (~texts.content, _FUNCTION))
    words = _dice([(runs(texts.only(kept), 1), weight) for kept, weight in kinds], one, other)
    joined = _dice([(runs(texts, 2), 1.0)], one, other)
    conflict = _conflict(texts, one, other)
    contained_part = _contained_part(texts, one, other)
    alike = (words + joined + measured["grams"] + measured["frame"]) / 2 - contained_part
    table = pd.DataFrame(
        {
            "paraphrase": alike.clip(0, 1) * (1 - _CONFLICT * conflict),
            "reuse": contained(runs(texts, 3), one, other),
            "words": words,
            "joined": joined,
            "grams": measured["grams"],
            "frame": measured["frame"],
            "contained": contained_part,
            "conflict": conflict,
        }
    )
    return table.set_index(a.index) if isinstance(a, pd.Series) else table


def _contained_part(texts: WordTable, a: Ints, b: Ints) -> Floats:
    """Return how much of the shorter text is in the other: n-grams, content words and order."""
    two, three = (contained(runs(texts, length), a, b) for length in (2, 3))
    content = contained(runs(texts.only(texts.content), 2), a, b)
    order = of_shorter(*common_lengths(texts.sequences(), a, b))
    return (two + three + (content + order) / 2) / 3


def _dice(tables: list[tuple[sparse.csr_array, float]], a: Ints, b: Ints) -> Floats:
    """Return twice the common features over those of both texts, weighted by table."""
    common, both = np.zeros(len(a)), np.zeros(len(a))
    for table, weight in tables:
        sizes = table.sum(axis=1)
        common += weight * products(table, a, b)
        both += weight * (sizes[a] + sizes[b])
    return 2 * common / np.maximum(both, 1)  # below 1 there is one word, and none in common


def _conflict(texts: WordTable, a: Ints, b: Ints) -> Floats:
    """Return the share of numbers that contradict one of the other text."""
    numbers = runs(texts.only(texts.numbers), 1)
    sizes, common = numbers.sum(axis=1), products(numbers, a, b)
    return (np.minimum(sizes[a], sizes[b]) - common) / np.maximum(np.maximum(sizes[a], sizes[b]), 1)
