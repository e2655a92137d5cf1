"""The words of a chunk of texts, found in arrays: those that `words` finds in each of them."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from framing.text.arrays import Bools, Ints
from framing.text.chunks import Pieces, column_of, cut, spread
from framing.text.words import FOLD, composed

_FOLDED = np.arange(0x10000, dtype=np.uint32)
_FOLDED[list(FOLD)] = [ord(c) for c in FOLD.values()]
_SOFT = 0xAD
# Without a space around it, none of these separates words of a phrase.
_LINKS = [ord(c) for c in "./"]
_AND, _DOT = ord("&"), ord(".")
# What ends a clause between two words. EDGE: one text ends and another begins.
COMMA, STOP, QUESTION, MARK, EDGE = (1 << bit for bit in range(5))
_LETTER, _DIGIT, _JOINT, _POINT, _WHITE, _MONEY, _UPPER = (32 << bit for bit in range(7))
_CLAUSE_ENDS = {",": COMMA, ".": STOP, "!": STOP, "?": QUESTION}
_CLAUSE_ENDS |= dict.fromkeys(";:()[]{}—–―…/|•·*-", MARK)


class Vocabulary(list[str]):
    """Different words in alphabetical order, and the place of each."""

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of every word."""
        return {word: place for place, word in enumerate(self)}

    def beginning(self, stem: str) -> Sequence[int]:
        """Return the places of the words that begin with ``stem``."""
        begin = bisect.bisect_left(self, stem)
        if begin == len(self) or not self[begin].startswith(stem):
            return ()
        return range(begin, bisect.bisect_left(self, stem + "\U0010ffff", lo=begin))

    @cached_property
    def whole(self) -> Bools:
        """Whether each word is one of its own, and no clitic such as ’s."""
        return np.array([not word.startswith("'") for word in self], bool)

    @cached_property
    def _column(self) -> pa.LargeStringArray:
        return column_of(self)

    @cached_property
    def matching(self) -> dict[str, list[int]]:
        """The places of the words that match patterns, by those that were asked for before."""
        return {}

    def ending(self, tail: str) -> Sequence[int]:
        """Return the places of the words that end in ``tail``."""
        ends = pc.ends_with(self._column, tail).to_numpy(zero_copy_only=False)
        return np.flatnonzero(ends).tolist()


class Tokens(NamedTuple):
    """The words of a chunk of texts, one after the other.

    ``vocabulary[keys[i]]`` is what a lexicon entry is compared with, in alphabetical order.
    Word i is in the text of row ``rows[i]``, has ``sizes[i]`` code points and begins at
    ``places[i]``, counted through all texts, of which each begins at its ``origin``.
    ``joined[i]`` says that a phrase can go on from the word before: it stands in the same text,
    with nothing between but white space, ``&``, a currency sign, the point of an abbreviation
    (*U.S. troops*) or one of ``.``, ``/`` without a space. ``gaps[i]`` are the marks that
    stand before word i, as bits (``COMMA``, ``STOP`` …), and 0 if they do not end a clause; it is
    one longer than the words. ``capital``: words that begin with a capital letter.
    """

    vocabulary: Vocabulary
    keys: Ints
    rows: Ints
    places: Ints
    sizes: Ints
    origin: Ints
    joined: Bools
    gaps: NDArray[np.uint8]
    capital: Bools

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the row of some stretches of words, and where they start and end in the text."""
        rows = self.rows[first]
        origin = self.origin[rows]
        return rows, self.places[first] - origin, self.places[last] + self.sizes[last] - origin


def count_each(texts: list[str]) -> Ints:
    """Count the words of many texts in one pass, as ``count_words`` counts those of one."""
    if not texts:
        return np.zeros(0, np.int64)
    pieces = cut(texts)
    kinds = _words_in(pieces.kinds)
    words = np.append(0, np.cumsum(kinds.vocabulary.whole[kinds.keys]))
    of_kind = words[kinds.first + kinds.counts] - words[kinds.first]
    return np.diff(np.append(0, np.cumsum(of_kind[pieces.ids]))[pieces.rows])


def tokenise(pieces: Pieces) -> Tokens:
    """Find the words of a chunk of texts, as ``words`` finds those of one."""
    kinds = _words_in(pieces.kinds)
    count = kinds.counts[pieces.ids]
    after = np.cumsum(count)
    bounds = np.append(0, after)[pieces.rows]
    piece = np.repeat(np.arange(len(count)), count)
    word = (kinds.first[pieces.ids] + count - after)[piece] + np.arange(len(piece))
    rows = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    places = pieces.places[piece] + kinds.starts[word]
    # A phrase does not continue after a piece that ends in more than a word and white space.
    joined = np.append(kinds.joined[word], False)
    joined[after[np.flatnonzero(kinds.closed[pieces.ids])]] = False
    joined[bounds] = False
    gaps = np.append(kinds.gaps[word], np.uint8(0))
    gaps[bounds] = EDGE
    marked = np.flatnonzero(kinds.tails[pieces.ids])
    # Marks after the last word of a piece are before the next word, which may be of the next text;
    # those before the first word of their text are before none.
    first = np.append(0, after)[marked] == after[marked]  # of pieces without a word
    text = np.searchsorted(pieces.rows, marked[first], side="right") - 1
    first[first] = after[marked[first]] == bounds[text]
    marked = marked[~first]
    np.bitwise_or.at(gaps, after[marked], kinds.tails[pieces.ids[marked]])
    return Tokens(
        kinds.vocabulary, kinds.keys[word], rows, places, kinds.sizes[word], pieces.origin,
        joined[:-1], gaps, kinds.capital[word],
    )  # fmt: skip


class _Words(NamedTuple):
    """The words in each kind of piece: ``counts`` of them from ``first`` on in the last fields.

    Places in them are code points. ``closed``: after the last word of the piece there is more than
    white space, or the point of an abbreviation; ``joined``: before this
    word, back to the one before or to the start of the piece, nothing that keeps a phrase from
    going on. ``gaps`` are the marks before a word, ``tails`` those after the last of a piece.
    """

    vocabulary: Vocabulary
    first: Ints
    counts: Ints
    closed: Bools
    keys: Ints
    starts: Ints
    sizes: Ints
    joined: Bools
    gaps: NDArray[np.uint8]
    tails: NDArray[np.uint8]
    capital: Bools


def _words_in(kinds: pa.LargeStringArray) -> _Words:
    bounds = np.append(0, np.cumsum(pc.utf8_length(kinds).to_numpy()))
    codes = _folded(kinds)
    bits = _classes(codes)
    inside, starts, ends = _spans(codes, bits)
    first = np.searchsorted(starts, bounds)
    count = np.diff(first)
    piece = np.repeat(np.arange(len(count)), count)

    # ``since`` is where the word before ends, or where the piece begins if there is none.
    since = bounds[piece]
    since[1:] = np.maximum(since[1:], ends[:-1])
    last = np.maximum(bounds[:-1], np.append(0, ends)[first[1:]])
    outside = np.where(inside, 0, bits)
    other = np.append(0, np.cumsum(~inside & (bits & _WHITE == 0) & (codes != _AND)))
    extra, rest = other[starts] - other[since], other[bounds[1:]] - other[last]
    # The full stop of an abbreviation, as in U.S. troops: it follows a single letter.
    initial = np.append(False, _letters(codes, starts, ends) == 1)
    extra -= initial[:-1] & (since > bounds[piece]) & (codes[since] == _DOT)
    rest -= initial[first[1:]] & (last > bounds[:-1]) & (codes[last] == _DOT)
    link = (since > bounds[piece]) & (starts - since == 1) & np.isin(codes[starts - 1], _LINKS)
    vocabulary, keys = _keys(codes, inside, starts)
    return _Words(
        vocabulary=vocabulary,
        first=first[:-1],
        counts=count,
        closed=rest != 0,
        keys=keys,
        starts=starts - bounds[piece],
        sizes=ends - starts,
        joined=(extra == 0) | (extra == 1) & (link | (bits[starts - 1] & _MONEY > 0)),
        gaps=_marks(outside, since, starts),
        tails=_marks(outside, last, bounds[1:]),
        capital=bits[starts] & _UPPER > 0,
    )


def _folded(kinds: pa.LargeStringArray) -> NDArray[np.uint32]:
    """Return the code points of all texts, folded as `normalise` folds them."""
    text = kinds.buffers()[2].to_pybytes().decode()
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return np.where(codes < 0x10000, _FOLDED[np.minimum(codes, 0xFFFF)], codes)


def _letters(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> Ints:
    """Return the number of characters of each word without accents and what prints nothing."""
    own = (codes != _SOFT) & ((codes < 0x300) | (codes > 0x36F))
    before = np.append(0, np.cumsum(own))
    return before[ends] - before[starts]


def _marks(bits: NDArray[np.uint16], begins: Ints, ends: Ints) -> NDArray[np.uint8]:
    """Return the marks in each stretch of characters, as bits."""
    found = np.zeros(len(begins), np.uint8)
    for mark in (COMMA, STOP, QUESTION, MARK):
        count = np.append(0, np.cumsum(bits & mark > 0))
        found |= np.where(count[ends] > count[begins], mark, 0).astype(np.uint8)
    return found


def _classes(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Return the classes of every code point, such as letter or digit, as bits."""
    occurs = np.zeros(0x110000, bool)
    occurs[codes] = True
    table = np.zeros(0x110000, np.uint16)
    for code in np.flatnonzero(occurs).tolist():
        c = chr(code)
        letter = c.isalnum() or "\u0300" <= c <= "\u036f" or c == "\u00ad"
        table[code] = (
            letter * _LETTER
            | c.isdecimal() * _DIGIT
            | (c in "'-") * _JOINT
            | (c in ".,") * _POINT
            | c.isspace() * _WHITE
            | (c in "$£€¥") * _MONEY
            | (c.isupper() or c.istitle()) * _UPPER
            | _CLAUSE_ENDS.get(c, 0)
        )
    return table[codes]


def _spans(codes: NDArray[np.uint32], bits: NDArray[np.uint16]) -> tuple[Bools, Ints, Ints]:
    """Return which characters are inside words, and where words start and end.

    The words are those of ``_WORD`` and ``_CLITIC``.
    """
    letter, digit = bits & _LETTER > 0, bits & _DIGIT > 0
    inside = letter.copy()
    inside[1:-1] |= (bits[1:-1] & _JOINT > 0) & letter[:-2] & letter[2:]
    inside[1:-1] |= (bits[1:-1] & _POINT > 0) & digit[:-2] & digit[2:]
    begin, end = inside.copy(), inside.copy()
    begin[1:] &= ~inside[:-1]
    end[:-1] &= ~inside[1:]

    quote = np.flatnonzero((codes == ord("'")) & inside)
    one, two = codes[quote + 1], codes[quote + 2]
    s = np.isin(one, [ord(c) for c in "sSſ"]) & end[quote + 1]
    re = np.isin(one, [ord(c) for c in "rR"]) & np.isin(two, [ord(c) for c in "eE"])
    cut = quote[s | re & end[quote + 2]]
    begin[cut], end[cut - 1] = True, True

    starts, ends = np.flatnonzero(begin), np.flatnonzero(end) + 1
    printed = np.append(0, np.cumsum(inside & (codes != _SOFT)))
    empty = printed[starts] == printed[ends]
    inside[spread(starts[empty], (ends - starts)[empty])] = False
    return inside, starts[~empty], ends[~empty]


def _keys(codes: NDArray[np.uint32], inside: Bools, starts: Ints) -> tuple[Vocabulary, Ints]:
    """Return the different words, in lower case without invisible characters, and their numbers."""
    kept = inside & (codes != _SOFT)
    place = np.append(0, np.cumsum(kept))
    codes = codes[kept]
    codes = codes + 32 * ((codes >= ord("A")) & (codes <= ord("Z")))
    width = 1 + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF)
    offsets = np.append(0, np.cumsum(width))[np.append(place[starts], len(codes))]
    data = codes.astype("<u4").tobytes().decode("utf-32-le").encode()
    words = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(offsets), pa.py_buffer(data)
    ).dictionary_encode()
    vocabulary, keys = _lower(words.dictionary)
    order = pc.array_sort_indices(vocabulary)
    rank = np.empty(len(order), np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    return Vocabulary(vocabulary.take(order).to_pylist()), rank[keys][words.indices.to_numpy()]


def _lower(words: pa.LargeStringArray) -> tuple[pa.LargeStringArray, NDArray[np.int32]]:
    """Convert words with non-ASCII letters to composed lower case; two may become the same."""
    wide = pc.invert(pc.string_is_ascii(words))
    lower = column_of([composed(w.lower()) for w in words.filter(wide).to_pylist()])
    lowered = pc.replace_with_mask(words, wide, lower).dictionary_encode()
    return lowered.dictionary, lowered.indices.to_numpy()
