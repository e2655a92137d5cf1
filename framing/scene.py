"""The words of a chunk as rules and voices see them: clauses, sentences, and what stands near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.patterns import Slot, fillers, slots
from framing.sentences import Sentences
from framing.tokens import Tokens

_Ints = NDArray[np.int64]
_Bools = NDArray[np.bool_]
_LONG = 4  # letters of a word that has a capital in a title
_TITLED = 0.8  # share of long words with a capital in a text that is one


class Scene:
    """A chunk of words with what lies between them."""

    def __init__(self, tokens: Tokens, sentences: Sentences) -> None:
        self.tokens = tokens
        # Words with the same number have no mark between them, quotation marks apart.
        self.clause = np.cumsum(tokens.gaps[:-1] > 0)
        self.sentence = sentences.through(tokens.rows, tokens.starts)
        self._fillers = cache(lambda slot: fillers(slot, tokens.vocabulary))
        self._found: dict[Words, _Bools] = {}

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

    def bounds(self, place: _Ints) -> tuple[_Ints, _Ints]:
        """First word of the sentence of each place, and the word after its last."""
        begins = np.flatnonzero(np.diff(self.sentence, prepend=0, append=-1))
        number = self.sentence[place]
        return begins[number - 1], begins[number]

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
        """Say of all words whether they are a phrase of one word."""
        return self._among(phrases.any_word)[self.tokens.keys]

    def _near(self, phrases: Phrases, place: _Ints, steps: Iterable[tuple[int, bool]]) -> _Bools:
        found = np.zeros(len(place), bool)
        for step, backwards in steps:
            found |= self._take(phrases.any_word, place + step, place)
            edge = phrases.last_word if backwards else phrases.first_word
            left = np.flatnonzero(self._take(edge, place + step, place))
            anchor = place[left]
            for phrase in phrases.longer if len(left) else ():
                begin = anchor + step - (len(phrase) - 1 if backwards else 0)
                fits = [self._take(word, begin + k, anchor) for k, word in enumerate(phrase)]
                found[left] |= np.all(fits, axis=0)
        return found

    def _take(self, wanted: Words, place: _Ints, anchor: _Ints) -> _Bools:
        """Match the words at places, if they are in the clause of the anchors."""
        if not (wanted.slots and len(place)):
            return np.zeros(len(place), bool)
        inside = np.clip(place, 0, len(self.clause) - 1)
        there = (inside == place) & (self.clause[inside] == self.clause[anchor])
        return there & self._among(wanted)[self.tokens.keys[inside]]

    def _among(self, wanted: Words) -> _Bools:
        """Say of the vocabulary what is wanted; every word of a phrase is looked up once."""
        if wanted not in self._found:
            found = np.zeros(len(self.tokens.vocabulary), bool)
            found[[key for slot in wanted.slots for key in self._fillers(slot)]] = True
            self._found[wanted] = found
        return self._found[wanted]


class Words:
    """What one word of a phrase can be: one that fills one of the slots."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = slots


class Phrases:
    """Words and phrases in the notation of entries."""

    def __init__(self, entries: Sequence[str]) -> None:
        found = [slots(entry) for entry in entries]
        longer = [phrase for phrase in found if len(phrase) > 1]
        self.any_word = Words([phrase[0] for phrase in found if len(phrase) == 1])
        self.longer = [[Words([slot]) for slot in phrase] for phrase in longer]
        self.first_word = Words([phrase[0] for phrase in longer])
        self.last_word = Words([phrase[-1] for phrase in longer])


@lru_cache(maxsize=2000)
def phrases(*entries: str) -> Phrases:
    """Read phrases, each list of them once."""
    return Phrases(entries)
