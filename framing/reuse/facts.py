"""Facts that survive a rewrite: the names and numbers of two articles, and their order."""

from __future__ import annotations

from math import fsum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from framing.reuse.features import WordTable
from framing.text.arrays import Ints

MIN_WORDS, MIN_SHARED = 100, 7  # words of the shorter text, and shared facts, for a value above 0
_PRIOR = 20  # articles added to the corpus, so that weights in a small one are nearly equal
_RAREST_WEIGHT = 4.0  # that of a name in 2 % of the articles: rarer ones count no more
_SHOWN = 12  # facts listed for a pair
_RAREST = 20  # facts of a text that are paired with each other


class Facts(NamedTuple):
    """The names and numbers of all texts, and the weight of each by its rarity."""

    words: WordTable
    weights: dict[int, float]


def find_facts(words: WordTable) -> Facts:
    """Return the names and numbers of texts.

    A word is a name where it has a capital, if inside sentences it mostly has one: words that
    open a sentence, in headline style or in CAPITALS are none.
    """
    code, kinds = pd.factorize(words.hashes)
    inside, lower = (
        np.bincount(code[kept], minlength=len(kinds)) for kept in (words.names, ~words.capitals)
    )
    is_name = (inside > 0) & (inside >= lower)
    kept = words.numbers | (words.capitals & is_name[code])
    facts = words.only(kept)
    pairs = pd.DataFrame({"row": facts.rows, "fact": code[kept]}).drop_duplicates()
    articles = np.bincount(pairs["fact"], minlength=len(kinds))
    used = np.flatnonzero(articles)
    weights = np.log((len(words.bounds) - 1 + _PRIOR) / articles[used]).clip(max=_RAREST_WEIGHT)
    return Facts(facts, dict(zip(kinds[used].tolist(), weights.tolist(), strict=True)))


def fact_pairs(facts: Facts) -> tuple[NDArray[np.uint64], Ints]:
    """Hash every two of the rarest facts of a text; return the hashes and the text of each.

    Facts of one text only are left out, since they pair it with no other.
    """
    table = pd.DataFrame({"row": facts.words.rows, "fact": facts.words.hashes}).drop_duplicates()
    table = table[table["fact"].duplicated(keep=False)]
    table = table.assign(weight=-table["fact"].map(facts.weights))
    table = table.sort_values(["row", "weight", "fact"])
    rarest = table[table.groupby("row").cumcount() < _RAREST].sort_values(["row", "fact"])
    rows, codes = rarest["row"].to_numpy(), rarest["fact"].to_numpy()
    hashes, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for step in range(1, min(_RAREST, len(rows))):
        same = rows[step:] == rows[:-step]
        mixed = codes[:-step] * np.uint64(0x9E3779B97F4A7C15) + codes[step:]
        hashes.append(mixed[same])
        owners.append(rows[step:][same])
    return np.concatenate(hashes), np.concatenate(owners)


def shared_facts(facts: Facts, sizes: Ints, a: Ints, b: Ints) -> pd.DataFrame:
    """Measure the facts that texts ``a[i]`` and ``b[i]`` share, for every i.

    A rewriter who replaces every sentence still reports the same people, places and figures,
    mostly in the same order, and adds none.

    ``sizes`` are the numbers of words of all texts. ``facts``, 0 to 1: the cosine of the names and
    numbers of both texts, weighted by their rarity in the corpus, times (1 + order) / 2, where
    order is the share of the common ones in the same order (longest common subsequence); 0 if fewer
    than 7 are shared or a text has fewer than 100 words. ``shared_facts``: the rarest of them, as
    ordered in text ``a``, and as they are written inside sentences.

    >>> from framing.reuse.features import read_words
    >>> crew = "At dawn 9 of the Kestrel left Hask for Dovek and Gullen and Orrick and Veld. "
    >>> words = read_words([crew + "It rained. " * 50, "It snowed. " * 50 + crew])
    >>> sizes = np.diff(words.bounds)
    >>> shared_facts(find_facts(words), sizes, np.array([0]), np.array([1])).values.tolist()
    [[1.0, '9, Kestrel, Hask, Dovek, Gullen, Orrick, Veld']]
    """
    texts, weights = facts.words.sequences(), facts.weights
    length = {row: _total(set(texts[row]), weights) for row in np.union1d(a, b).tolist()}
    rows = []
    for i, j in zip(a.tolist(), b.tolist(), strict=True):
        both = set(texts[i]) & set(texts[j])
        one, other = ([fact for fact in texts[row] if fact in both] for row in (i, j))
        value = 0.0
        if len(both) >= MIN_SHARED and min(sizes[i], sizes[j]) >= MIN_WORDS:
            cosine = _total(both, weights) / (length[i] * length[j]) ** 0.5
            order = LCSseq.similarity(one, other) / min(len(one), len(other))
            value = cosine * (1 + order) / 2
        rarest = sorted(both, key=lambda fact: (-weights[fact], fact))[:_SHOWN]
        listed = dict.fromkeys(fact for fact in one if fact in rarest)
        rows.append((value, ", ".join(facts.words.spelling[fact] for fact in listed)))
    return pd.DataFrame(rows, columns=["facts", "shared_facts"]).astype({"shared_facts": str})


def _total(facts: set[int], weights: dict[int, float]) -> float:
    return fsum(weights[fact] for fact in facts)
