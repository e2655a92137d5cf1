"""How much two texts share: runs of words, pieces of words, order, names and numbers."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.pieces import chunks, cut
from framing.tokens import tokenise

if TYPE_CHECKING:
    from scipy import sparse

_RUN = 5  # words in a shingle, as in the studies of news reuse
_GRAM = 4  # characters
_GRAMS = 2**20  # columns that pieces of words are hashed to
_PAIRS = 2_000  # pairs measured at a time
_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]

# Words that say little of what a text is about; the rest are its content words.
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        a about above after again against ago all almost along already also although always am among
        an and another any are around as at away back be because been before being below between
        both but by came can come could did do does doing don't done down during each either else
        even ever every few first for from further get gets getting go goes going got had has have
        having he he's her here hers herself him himself his how however i i'm if in into is isn't
        it it's its itself just last later least less like made make makes many may me might mine
        more most much must my myself near neither never next no none nor not now of off often on
        once one only onto or other others our ours ourselves out over own per put rather said same
        say says saying she should since so some such take than that that's the their theirs them
        themselves then there there's these they they're this those though through to too toward
        towards under until up upon us very via was we we're went were what when where whether which
        while who whom whose why will with within without would yet you your yours 's 're told
        according
        """,
    )
)


class Profiles(NamedTuple):
    """What texts are compared by; row i of every matrix is text i.

    ``words`` are sequences of word numbers, ``content`` the same without function words;
    ``shingles`` and ``names`` say what is there (0 or 1), the rows of ``grams`` have length 1.
    """

    words: list[list[int]]
    content: list[list[int]]
    shingles: sparse.csr_array
    names: sparse.csr_array
    grams: sparse.csr_array

    def __len__(self) -> int:
        return len(self.words)


class Words(NamedTuple):
    """The words of all texts one after the other; text i has ``bounds[i] : bounds[i + 1]``."""

    hashes: NDArray[np.uint64]
    content: NDArray[np.bool_]
    names: NDArray[np.bool_]
    bounds: _Ints
    vocabulary: dict[int, str]

    @property
    def rows(self) -> _Ints:
        """Which text every word stands in."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


def read_words(texts: pd.Series[str] | list[str]) -> Words:
    """Number the words of texts by a hash of their letters, and say which are names."""
    parts = [_read(chunk) for chunk in chunks(texts)]
    if not parts:
        parts = [_read([""])]
    vocabulary = {code: word for part in parts for code, word in part.vocabulary.items()}
    hashes, content, names = (np.concatenate([part[i] for part in parts]) for i in range(3))
    sizes = np.concatenate([np.diff(part.bounds) for part in parts])[: len(texts)]
    return Words(hashes, content, names, np.append(0, np.cumsum(sizes)), vocabulary)


def _read(texts: list[str]) -> Words:
    tokens = tokenise(cut(texts))
    spelled = tokens.vocabulary
    codes = pd.util.hash_array(np.array([*spelled, ""], object), categorize=False)
    tells = np.array([w not in FUNCTION_WORDS and len(w) > 1 for w in spelled], bool)
    digit = np.array([any(c.isdecimal() for c in w) for w in spelled], bool)
    capital = _capitals(texts)[_offsets(texts)[tokens.rows] + tokens.starts]
    content = (tells | digit)[tokens.keys]
    # The first word of a sentence has a capital whatever it is.
    names = (tells[tokens.keys] & capital & tokens.joined) | digit[tokens.keys]
    bounds = np.searchsorted(tokens.rows, np.arange(len(texts) + 1))
    return Words(
        codes[tokens.keys], content, names, bounds, dict(zip(codes.tolist(), spelled, strict=False))
    )


def _offsets(texts: list[str]) -> _Ints:
    return np.cumsum([0, *map(len, texts)])[:-1]


def _capitals(texts: list[str]) -> NDArray[np.bool_]:
    """Say of every code point whether it is a capital letter."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    there = np.zeros(0x110000, bool)
    there[codes] = True
    kinds = np.flatnonzero(there)
    there[kinds] = [chr(code).isupper() for code in kinds.tolist()]
    return there[codes]


def shingle_hashes(words: Words) -> tuple[NDArray[np.uint64], _Ints]:
    """Hash every run of words inside a text; return the hashes and the text of each."""
    n = max(len(words.hashes) - _RUN + 1, 0)
    mixed = np.zeros(n, np.uint64)
    for place in range(_RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words.hashes[place : place + n]
    mixed ^= mixed >> np.uint64(29)
    rows = words.rows
    inside = rows[:n] == rows[_RUN - 1 :] if n else np.zeros(0, bool)
    return mixed[inside], rows[:n][inside]


def profiles(texts: pd.Series[str] | list[str]) -> Profiles:
    """Take from texts all that `measure` compares."""
    words, n = read_words(texts), len(texts)
    rows = words.rows
    numbers = pd.factorize(words.hashes)[0]
    listed = numbers.tolist()
    content = numbers[words.content].tolist()
    ends = np.append(0, np.cumsum(words.content))[words.bounds]
    return Profiles(
        words=[listed[a:b] for a, b in itertools.pairwise(words.bounds)],
        content=[content[a:b] for a, b in itertools.pairwise(ends)],
        shingles=_present(*shingle_hashes(words), n),
        names=_present(words.hashes[words.names], rows[words.names], n),
        grams=_gram_rows(words, n),
    )


def _present(features: NDArray[np.uint64], rows: _Ints, n: int) -> sparse.csr_array:
    """Return texts × features, 1 where a text has the feature."""
    from scipy import sparse  # slow to import

    column, kinds = pd.factorize(features)
    shape = (n, max(len(kinds), 1))
    table = sparse.csr_array((np.ones(len(rows), np.float32), (rows, column)), shape)
    table.sum_duplicates()
    table.data[:] = 1
    return table


def _gram_rows(words: Words, n: int) -> sparse.csr_array:
    """Return texts × pieces of words, damped by the square root and brought to length 1."""
    from scipy import sparse  # slow to import

    column, kinds = pd.factorize(words.hashes[words.content])
    spelled = [f" {words.vocabulary[code]} " for code in kinds.tolist()]
    grams = [[w[i : i + _GRAM] for i in range(max(len(w) - _GRAM + 1, 1))] for w in spelled]
    flat = np.array([g for gs in grams for g in gs] + [""], object)
    place = pd.util.hash_array(flat, categorize=False)[:-1] % _GRAMS
    owner = np.repeat(np.arange(len(grams)), [len(g) for g in grams])
    spell = sparse.csr_array(
        (np.ones(len(owner), np.float32), (owner, place.astype(np.int64))), (len(kinds), _GRAMS)
    )
    ones = np.ones(len(column), np.float32)
    table = sparse.csr_array((ones, (words.rows[words.content], column)), (n, len(kinds))) @ spell
    table.data = np.sqrt(table.data)
    length = np.sqrt(np.asarray((table * table).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-12)) @ table)


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
    >>> texts = profiles(["Talks could fail, officials fear.", "Talks may fail, officials fear."])
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
