"""The words of a chunk as rules and voices see them: clauses, sentences and nearby words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from framing.lexicon.patterns import Fillers, Slot, slots
from framing.text.arrays import Bools, Ints
from framing.text.chunks import spread
from framing.text.sentences import Sentences
from framing.text.tokens import EDGE, Tokens

_LONG = 4  # letters of a word that has a capital in a title
_TITLED = 0.8  # share of long words with a capital in a text that is one


class Scene:
    """The words of a chunk with their clauses and sentences."""

    def __init__(self, tokens: Tokens, sentences: Sentences) -> None:
        self.tokens, self.sentences = tokens, sentences
        # Words with the same number have no mark between them, quotation marks apart.
        self.clause: Ints = np.cumsum(tokens.gaps[:-1] > 0)
        # Words of a sentence have the same number, from 1 on; ``begins`` are the first ones, and
        # the end.
        begins = tokens.gaps & EDGE != 0
        begins[self.word_at(sentences.rows, sentences.starts)] = True
        self.sentence: Ints = np.cumsum(begins[:-1])
        self.begins: Ints = np.flatnonzero(begins)
        # By places from 1 on; 0 and the last place are before and after all words.
        self._keys = np.concatenate([[-1], tokens.keys, [-1]])
        self._clauses = np.concatenate([[0], self.clause, [0]])
        self._tables: dict[Fillers, Bools] = {}

    def stands_out(self, place: Ints) -> Bools:
        """Return whether each of some words has a capital, unless nearly all of its text do."""
        t = self.tokens
        found = t.capital[place]
        rows, text = np.unique(t.rows[place[found]], return_inverse=True)
        begins, ends = (np.searchsorted(t.rows, rows, side=side) for side in ("left", "right"))
        words, of = spread(begins, ends - begins), np.repeat(np.arange(len(rows)), ends - begins)
        long = t.sizes[words] >= _LONG
        titled = np.bincount(of, long & t.capital[words], len(rows))
        share = titled / np.maximum(np.bincount(of, long, len(rows)), 1)
        found[found] = (share < _TITLED)[text]
        return found

    def word_at(self, rows: Ints, places: Ints) -> Ints:
        """Return the first word that begins at each of some places of texts, or after it."""
        return np.searchsorted(self.tokens.places, self.tokens.origin[rows] + places)

    def opens(self, place: Ints) -> Bools:
        """Return whether a sentence begins with each of some words."""
        return (place == 0) | (self.sentence[place] != self.sentence[place - 1])

    def bounds(self, place: Ints) -> tuple[Ints, Ints]:
        """Return the first word of the sentence of each place, and the word after its last."""
        number = self.sentence[place]
        return self.begins[number - 1], self.begins[number]

    def before(self, place: Ints, phrases: Phrases, reach: int = 1) -> Bools:
        """Return whether a phrase ends among the ``reach`` words before, in the same clause."""
        return self._near(phrases, place, np.arange(-reach, 0), backwards=True)

    def after(self, place: Ints, phrases: Phrases, reach: int = 1) -> Bools:
        """Return whether a phrase begins among the ``reach`` words after, in the same clause."""
        return self._near(phrases, place, np.arange(1, reach + 1))

    def at(self, place: Ints, phrases: Phrases) -> Bools:
        """Return whether a phrase begins with each of some words."""
        return self._near(phrases, place, np.arange(1))

    def listed(self, lists: Mapping[str, Phrases]) -> dict[str, Ints]:
        """Return the places of the words that are in each of some lists, phrases left out."""
        tables = {name: self._table(phrases.any_word) for name, phrases in lists.items()}
        places = np.flatnonzero(np.any([*tables.values()], axis=0)[self.tokens.keys])
        keys = self.tokens.keys[places]
        return {name: places[table[keys]] for name, table in tables.items()}

    def _near(
        self, phrases: Phrases, place: Ints, steps: Ints, *, backwards: bool = False
    ) -> Bools:
        edge = phrases.last_word if backwards else phrases.first_word
        keys = self._keys.take(place[:, None] + (steps + 1), mode="clip")
        # Found in one row and divided: rows and columns would take ten times as long.
        row, step = np.divmod(np.flatnonzero(self._table(edge).take(keys)), len(steps))
        word = place[row] + steps[step]
        inside = self.clause[word] == self.clause[place[row]]
        row, word = row[inside], word[inside]
        if phrases.longer:
            row = row[self._whole(phrases, word, backwards=backwards)]
        found = np.zeros(len(place), bool)
        found[row] = True
        return found

    def _whole(self, phrases: Phrases, place: Ints, *, backwards: bool) -> Bools:
        """Return whether a word or a phrase ends, or begins, at each place, within its clause."""
        found = self._table(phrases.any_word)[self.tokens.keys[place]]
        clause = self.clause[place]
        for phrase in phrases.longer if len(place) else ():
            begin = place - (len(phrase) - 1 if backwards else 0)
            fits = [
                self._table(wanted)[self._word(begin + k, clause)]
                for k, wanted in enumerate(phrase)
            ]
            found |= np.all(fits, axis=0)
        return found

    def _word(self, place: Ints, clause: Ints) -> Ints:
        """Return the word of the vocabulary at each place, or -1 where it is in another clause."""
        inside = self._clauses.take(place + 1, mode="clip") == clause
        return np.where(inside, self._keys.take(place + 1, mode="clip"), -1)

    def _table(self, wanted: Fillers) -> Bools:
        """Return whether each word of the vocabulary matches; the last value is for no word."""
        if wanted not in self._tables:
            table = np.zeros(len(self.tokens.vocabulary) + 1, bool)
            table[wanted.find(self.tokens.vocabulary)[0]] = True
            self._tables[wanted] = table
        return self._tables[wanted]


class Phrases:
    """Words and phrases, written as entries of a lexicon are."""

    def __init__(self, entries: Sequence[str]) -> None:
        found = [slots(entry) for entry in entries]
        self.any_word = _one_word(*(phrase[0] for phrase in found if len(phrase) == 1))
        self.longer = [[_one_word(slot) for slot in phrase] for phrase in found if len(phrase) > 1]
        self.first_word = _one_word(*(phrase[0] for phrase in found))
        self.last_word = _one_word(*(phrase[-1] for phrase in found))


@lru_cache(maxsize=5000)
def _one_word(*slots: Slot) -> Fillers:
    """Return the words of a place of a phrase, the same for all phrases that share it."""
    return Fillers(slots)


@lru_cache(maxsize=2000)
def phrases(*entries: str) -> Phrases:
    """Return the phrases of some entries, parsed once."""
    return Phrases(entries)
