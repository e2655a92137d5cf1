"""Texts with their cues written over: VADER without the words of a lexicon."""

from __future__ import annotations

import itertools
import string

import numpy as np

from framing.text.arrays import Ints
from framing.text.chunks import spread
from framing.text.words import FOLD

# One character for one, so that offsets remain valid and capitals remain capitals.
_LETTERS = {
    code: "9" if c.isdigit() else "X" if c.isupper() else "x"
    for code, c in [*((ord(c), c) for c in string.ascii_letters + string.digits), *FOLD.items()]
    if c.isalnum()
}
_OVER = np.arange(0x10000, dtype=np.uint32)
_OVER[list(_LETTERS)] = [ord(c) for c in _LETTERS.values()]
# Words of VADER that stand for good and bad ones; short, so that offsets remain valid.
_WORDS = {1: "yes", -1: "sad"}


def write_over(
    texts: list[str], rows: Ints, starts: Ints, ends: Ints, signs: Ints | None = None
) -> list[str]:
    """Write over stretches of texts (row, start, end), which are then no words that VADER knows.

    A small letter becomes x, a capital X, a digit 9; nothing that VADER knows is made of these. A
    stretch whose sign is not 0 becomes a word of VADER of that sign, and full stops.

    >>> rows, starts, ends = np.array([0, 0]), np.array([0, 9]), np.array([3, 18])
    >>> write_over(["WAR? No, so-called “plans”."], rows, starts, ends)
    ['XXX? No, xx-xxxxxx “plans”.']
    """
    begins = np.cumsum([0, *map(len, texts)])
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    inside = spread(begins[rows] + starts, ends - starts)
    inside = inside[codes[inside] < len(_OVER)]
    codes[inside] = _OVER[codes[inside]]
    for sign, word in _WORDS.items() if signs is not None else ():
        worded = (signs == sign) & (ends - starts >= len(word))
        first, end = (begins[rows] + starts)[worded], (begins[rows] + ends)[worded]
        loud = np.where(codes[first + 1] == ord("X"), ord("a") - ord("A"), 0).astype(np.uint32)
        codes[spread(first, end - first)] = ord(".")
        for k, letter in enumerate(word):
            codes[first + k] = ord(letter) - loud
    changed = codes.tobytes().decode("utf-32-le", "surrogatepass")
    return [changed[begin:end] for begin, end in itertools.pairwise(begins.tolist())]
