"""The words that VADER finds in pieces of text; every different piece is read once.

Numbers in comments are those of ``docs/vader.md``.
"""

from __future__ import annotations

import string
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from framing.scoring.vader import MAYBE_GLUED, NOT, OTHER, OWN, translated, translation, word_ids
from framing.text.arrays import Bools, Ints
from framing.text.chunks import cut, spread

WHITE = "\t\n\v\f\r\x1c\x1d\x1e\x1f "


class Words(NamedTuple):
    """The words of each kind of piece: ``size`` of them, from ``first`` on in the last fields.

    The word of a kind that has one is where the kind itself is.
    """

    first: Ints
    size: Ints
    ids: NDArray[np.int16]
    upper: Bools
    bangs: Ints
    asks: Ints


def read_pieces(kinds: pa.LargeStringArray, *, fold: bool) -> Words:
    """Read the different pieces of a chunk, each of them once."""
    pieces, first, size = _translated(kinds, fold=fold)
    bare = pc.ascii_trim(pieces, WHITE + string.punctuation)
    short = pc.ascii_trim(pieces, WHITE)
    words = pc.if_else(pc.greater(pc.utf8_length(bare), 2), bare, short)  # 6
    lower = pc.ascii_lower(words)  # 7
    ids = pc.index_in(lower, _known()).fill_null(OTHER - OWN).to_numpy() + OWN
    quoted = np.unique(_places(pieces, "'"))
    quoted = quoted[ids[quoted] == OTHER]
    ids[quoted[_bools(pc.match_substring(lower.take(quoted), "n't"))]] = NOT
    upper = _bools(pc.ascii_is_upper(words))
    wide = np.flatnonzero(~_bools(pc.string_is_ascii(words)))
    upper[wide] = [word.isupper() for word in words.take(wide).to_pylist()]  # 8
    bangs, asks = (np.bincount(_places(pieces, mark), minlength=len(pieces)) for mark in "!?")
    word, alone = np.arange(len(pieces)), np.flatnonzero(size == 1)
    word[alone], first[alone] = first[alone], alone
    return Words(first, size, ids.astype(np.int16)[word], upper[word], bangs[word], asks[word])


def differ(words: Words, some: Ints, others: Ints) -> Bools:
    """Return which of some kinds of pieces are, for VADER, not what others are."""
    same = (words.size[some] == 1) & (words.size[others] == 1)
    for attribute in words[2:]:
        same &= attribute[some] == attribute[others]
    return ~same


def in_words(words: Words, ids: Ints, begins: Ints) -> tuple[Ints, Ints]:
    """Return the words of texts given as pieces, as places in ``words``, and where texts begin."""
    number = words.size[ids]
    return spread(words.first[ids], number), np.append(0, np.cumsum(number))[begins]


def _translated(
    kinds: pa.LargeStringArray, *, fold: bool
) -> tuple[pa.LargeStringArray, Ints, Ints]:
    """Apply the character replacements of VADER: rules 1 to 3, 5 and 7.

    A kind with one of them is cut again, into pieces that are added at the end. Returns the
    pieces; the first one of each kind, and how many it has.
    """
    table = translation(fold=fold)
    candidates = ~_bools(pc.string_is_ascii(kinds))
    for code in table:
        if code < 128:
            candidates[_places(kinds, chr(code))] = True
    if fold:
        glued = _bools(pc.match_substring_regex(kinds, MAYBE_GLUED))
        candidates |= glued
    texts = kinds.filter(candidates).to_pylist()
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    ends = np.cumsum([len(text) for text in texts])
    found = np.flatnonzero(_replaced(fold=fold)[codes])
    changes = np.zeros(len(texts), bool)
    changes[np.searchsorted(ends, found, side="right")] = True
    if fold:
        changes |= glued[candidates]
    odd = np.flatnonzero(changes)
    first, size = np.arange(len(kinds)), np.ones(len(kinds), np.int64)
    if not len(odd):
        return kinds, first, size
    spare = cut([translated(texts[place], fold=fold) for place in odd])
    changed = np.flatnonzero(candidates)[odd]
    first[changed], size[changed] = len(kinds) + spare.rows[:-1], np.diff(spare.rows)
    return pa.concat_arrays([kinds, spare.kinds.take(pa.array(spare.ids))]), first, size


@cache
def _replaced(*, fold: bool) -> Bools:
    """Return, for every code point, whether VADER replaces it."""
    marked = np.zeros(0x110000, bool)
    marked[list(translation(fold=fold))] = True
    return marked


@cache
def _known() -> pa.LargeStringArray:
    return pa.array(word_ids(), pa.large_string())


def _places(column: pa.LargeStringArray, mark: str) -> Ints:
    """Return in which strings an ASCII character occurs, once for each time."""
    data = np.frombuffer(column.buffers()[2], np.uint8)
    offsets = np.frombuffer(column.buffers()[1], np.int64)
    return np.searchsorted(offsets, np.flatnonzero(data == ord(mark)), side="right") - 1


def _bools(column: pa.BooleanArray) -> Bools:
    return column.to_numpy(zero_copy_only=False)
