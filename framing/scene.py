"""The words of a chunk as rules and voices see them: clauses, sentences, and what stands near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.patterns import Slot, fillers, slots
from framing.sentences import Begins
from framing.tokens import Tokens

_Ints = NDArray[np.int64]
_Bools = NDArray[np.bool_]
_LONG = 4  # letters of a word that has a capital in a title
_TITLED = 0.8  # share of long words with a capital in a text that is one


class Scene:
    """A chunk of words with what lies between them."""

    def __init__(self, tokens: Tokens, begins: Begins) -> None:
        self.tokens = tokens
        # Words with the same number have no mark between them, quotation marks apart.
        self.clause = np.cumsum(tokens.gaps[:-1] > 0)
        self.sentence = begins.through(tokens.rows, tokens.starts)
        self._masks: dict[Slot, _Bools] = {}

    @cached_property
    def stands_out(self) -> _Bools:
        """Words with a capital, but not where nearly all words have one, as in a title."""
        t = self.tokens
        long = t.ends - t.starts >= _LONG
        n = int(t.rows.max(initial=-1)) + 1
        share = np.bincount(t.rows, long & t.capital, n) / np.maximum(
            np.bincount(t.rows, long, n), 1
        )
        return t.capital & (share < _TITLED)[t.rows]

    def opens(self, place: _Ints) -> _Bools:
        """Say of words whether a sentence begins with them."""
        return (place == 0) | (self.sentence[place] != self.sentence[place - 1])

    def before(self, place: _Ints, phrases: Phrases, reach: int = 1) -> _Bools:
        """Say whether a phrase ends among the ``reach`` words before, in the same clause."""
        return self._near(phrases, place, [(-step, True) for step in range(1, reach + 1)])

    def after(self, place: _Ints, phrases: Phrases, reach: int = 1) -> _Bools:
        """Say whether a phrase begins among the ``reach`` words after, in the same clause."""
        return self._near(phrases, place, [(step, False) for step in range(1, reach + 1)])

    def at(self, place: _Ints, phrases: Phrases) -> _Bools:
        """Say whether a phrase begins with these words."""
        return self._near(phrases, place, [(0, False)])

    def words(self, phrases: Phrases) -> _Bools:
        """Say of every key whether it is a phrase of one word."""
        found = np.zeros(len(self.tokens.vocabulary), bool)
        for (slot,) in phrases.single:
            found |= self._mask(slot)
        return found

    def _near(self, phrases: Phrases, place: _Ints, steps: Iterable[tuple[int, bool]]) -> _Bools:
        single = self.words(phrases)
        found = np.zeros(len(place), bool)
        for step, backwards in steps:
            found |= self._take(single, place + step, place)
            for phrase in phrases.longer:
                begin = place + step - (len(phrase) - 1 if backwards else 0)
                fits = np.ones(len(place), bool)
                for further, slot in enumerate(phrase):
                    fits &= self._take(self._mask(slot), begin + further, place)
                found |= fits
        return found

    def _take(self, mask: _Bools, place: _Ints, anchor: _Ints) -> _Bools:
        """Look up words at places of the anchors' clauses."""
        there = (place >= 0) & (place < len(self.clause))
        place = np.where(there, place, anchor)
        same = there & (self.clause[place] == self.clause[anchor])
        return same & mask[self.tokens.keys[place]]

    def _mask(self, slot: Slot) -> _Bools:
        if slot not in self._masks:
            mask = np.zeros(len(self.tokens.vocabulary), bool)
            mask[fillers(slot, self.tokens.vocabulary)] = True
            self._masks[slot] = mask
        return self._masks[slot]


class Phrases:
    """Words and phrases in the notation of entries."""

    def __init__(self, entries: Sequence[str]) -> None:
        found = [tuple(slots(entry)) for entry in entries]
        self.single = [phrase for phrase in found if len(phrase) == 1]
        self.longer = [phrase for phrase in found if len(phrase) > 1]


@lru_cache(maxsize=2000)
def phrases(*entries: str) -> Phrases:
    """Read phrases, each list of them once."""
    return Phrases(entries)
