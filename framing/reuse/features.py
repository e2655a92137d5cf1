"""Features for comparing texts: words, n-grams of words and characters, names, numbers."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from framing.text.arrays import Bools, Ints
from framing.text.chunks import chunks, cut, some_of
from framing.text.tokens import tokenise

RUN = 5  # words in a shingle, as in the studies of news reuse
_GRAM = 4  # characters
_GRAMS = 2**20  # columns that pieces of words are hashed to

# Words that say little of what a text is about; the rest are its content words.
FUNCTION_WORDS = frozenset(
    Path(__file__).with_name("function_words.txt").read_text("utf-8").split()
)


class Profiles(NamedTuple):
    """Features of texts; row i of every matrix is text i.

    ``words`` are sequences of word hashes, ``content`` the same without function words;
    ``shingles`` and ``names`` are 1 where a text has the feature, the rows of ``grams`` have
    length 1.
    """

    words: list[list[int]]
    content: list[list[int]]
    shingles: sparse.csr_array
    names: sparse.csr_array
    grams: sparse.csr_array


_WORD_COLUMNS = ("hashes", "content", "capitals", "names", "numbers")


class WordTable(NamedTuple):
    """The words of all texts in order; those of text i are ``bounds[i] : bounds[i + 1]``."""

    hashes: NDArray[np.uint64]
    content: Bools
    capitals: Bools
    names: Bools
    numbers: Bools
    bounds: Ints
    vocabulary: dict[int, str]
    spelling: dict[int, str]  # names and numbers, as they are written where they first stand

    @property
    def rows(self) -> Ints:
        """Return the text of every word."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def take(self, rows: Ints) -> WordTable:
        """Return the words of some texts."""
        return self._of(*some_of(np.arange(len(self.hashes)), self.bounds, rows))

    def only(self, kept: Bools) -> WordTable:
        """Return some of the words, as if there were no others."""
        return self._of(np.flatnonzero(kept), np.append(0, np.cumsum(kept))[self.bounds])

    def sequences(self) -> list[list[int]]:
        """Return the word hashes of every text, in its order."""
        listed = self.hashes.tolist()
        return [listed[a:b] for a, b in itertools.pairwise(self.bounds)]

    def _of(self, place: Ints, bounds: Ints) -> WordTable:
        columns = {name: getattr(self, name)[place] for name in _WORD_COLUMNS}
        return self._replace(**columns, bounds=bounds)


def read_words(texts: pd.Series[str] | list[str]) -> WordTable:
    """Split texts into hashed words, and mark content words, names and numbers."""
    parts = [_read_chunk(chunk) for chunk in chunks(texts)] or [_read_chunk([""])]
    vocabulary, spelling = (
        {code: word for part in reversed(parts) for code, word in getattr(part, name).items()}
        for name in ("vocabulary", "spelling")
    )
    columns = {name: np.concatenate([getattr(p, name) for p in parts]) for name in _WORD_COLUMNS}
    sizes = np.concatenate([np.diff(part.bounds) for part in parts])[: len(texts)]
    bounds = np.append(0, np.cumsum(sizes))
    return WordTable(**columns, bounds=bounds, vocabulary=vocabulary, spelling=spelling)


def _read_chunk(texts: list[str]) -> WordTable:
    tokens = tokenise(cut(texts))
    spelled = tokens.vocabulary
    codes = pd.util.hash_array(np.array(spelled, object), categorize=False)
    not_function = np.array([w not in FUNCTION_WORDS and len(w) > 1 for w in spelled], bool)
    digit = pc.match_substring_regex(pa.array(spelled, pa.string()), r"\p{Nd}").to_numpy(False)
    content, numbers = (not_function | digit)[tokens.keys], digit[tokens.keys]
    # The first word of a sentence is capitalised in any case.
    names = (not_function[tokens.keys] & tokens.capital & tokens.joined) | numbers
    bounds = np.searchsorted(tokens.rows, np.arange(len(texts) + 1))
    vocabulary = dict(zip(codes.tolist(), spelled, strict=True))
    # behind a word without a capital, if it ever is: not in a headline
    behind = np.append(False, tokens.capital)[:-1]
    order = np.lexsort((behind[names], tokens.keys[names]))
    kinds, first = np.unique(tokens.keys[names][order], return_index=True)
    first = np.flatnonzero(names)[order[first]]
    spans = zip(*(part.tolist() for part in tokens.spans(first, first)), strict=True)
    written = [texts[row][start:end] for row, start, end in spans]
    spelling = dict(zip(codes[kinds].tolist(), written, strict=True))
    return WordTable(
        codes[tokens.keys], content, tokens.capital, names, numbers, bounds, vocabulary, spelling
    )


def run_hashes(words: WordTable, length: int = RUN) -> tuple[NDArray[np.uint64], Ints]:
    """Return the hashes of all runs of ``length`` words, and the text of each."""
    n = max(len(words.hashes) - length + 1, 0)
    mixed = np.zeros(n, np.uint64)
    for place in range(length):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words.hashes[place : place + n]
    first, last = words.rows[:n], words.rows[length - 1 :]
    return mixed[first == last], first[first == last]


def profiles(words: WordTable) -> Profiles:
    """Return the features that `framing.reuse.similarity.measure_pairs` compares."""
    return Profiles(
        words=words.sequences(),
        content=words.only(words.content).sequences(),
        shingles=runs(words),
        names=runs(words.only(words.names), 1),
        grams=_gram_rows(words),
    )


def runs(words: WordTable, length: int = RUN) -> sparse.csr_array:
    """Return texts × runs of ``length`` words, 1 where a text has the run."""
    n = len(words.bounds) - 1
    column, rows = numbered(*run_hashes(words, length), n)
    shape = (n, int(column.max(initial=0)) + 1)
    return sparse.csr_array((np.ones(len(rows), np.float32), (rows, column)), shape)


def numbered(features: NDArray[np.uint64], rows: Ints, n: int) -> tuple[Ints, Ints]:
    """Number the features: return the number and the row of each, once per row, sorted.

    One sort groups equal features with their rows in order. With 65,000 rows, 48 bits of a hash
    remain, so that collisions are negligible.
    """
    bits = np.uint64(n.bit_length())
    keys = np.sort(features << bits | rows.astype(np.uint64))  # np.unique is slower
    keys = keys[begins(keys)]
    kinds = keys >> bits
    return np.cumsum(begins(kinds)) - 1, (keys - (kinds << bits)).astype(np.int64)


def begins(ordered: NDArray[Any]) -> Bools:
    """Return where each of the values of a sorted array stands first."""
    return np.append(True, ordered[1:] > ordered[:-1])[: len(ordered)]


def _gram_rows(words: WordTable) -> sparse.csr_array:
    """Return texts × character four-grams, square roots of counts scaled to length 1."""
    column, kinds = pd.factorize(words.hashes[words.content])
    spelled = [f" {words.vocabulary[code]} " for code in kinds.tolist()]
    grams = [[w[i : i + _GRAM] for i in range(max(len(w) - _GRAM + 1, 1))] for w in spelled]
    flat = np.array(list(itertools.chain(*grams)), object)
    place = pd.util.hash_array(flat, categorize=False) % _GRAMS
    owner = np.repeat(np.arange(len(grams)), list(map(len, grams)))
    spell = sparse.csr_array(
        (np.ones(len(owner), np.float32), (owner, place.astype(np.int64))), (len(kinds), _GRAMS)
    )
    ones, shape = np.ones(len(column), np.float32), (len(words.bounds) - 1, len(kinds))
    table = sparse.csr_array((ones, (words.rows[words.content], column)), shape) @ spell
    table.data = np.sqrt(table.data)
    return of_unit_length(table)


def of_unit_length(table: sparse.csr_array) -> sparse.csr_array:
    """Return the rows of a table scaled to length 1; one without a value stays 0."""
    length = np.sqrt(table.multiply(table).sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-12)) @ table)
