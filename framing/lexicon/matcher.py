"""Where the entries of a lexicon occur in a chunk of words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.patterns import Fillers, slots
from framing.text.arrays import Bools, Ints
from framing.text.chunks import spread
from framing.text.tokens import Tokens, Vocabulary

# Of a text, at most; overlaps count, each of which takes some 200 bytes until one is chosen.
_MATCHES, _PER_WORD = 500_000, 10


class _TooManyError(ValueError):
    """A chunk has more matches than memory should hold at a time."""


class Hits(NamedTuple):
    """Occurrences of entries in a chunk: first and last word, and row of the entry."""

    first: Ints
    last: Ints
    entry: Ints

    def only(self, which: Ints | Bools) -> Hits:
        """Return some of the hits."""
        return Hits(self.first[which], self.last[which], self.entry[which])


class _Lists(NamedTuple):
    """Lists of numbers in one array: list i is ``items[bounds[i] : bounds[i + 1]]``."""

    bounds: Ints
    items: Ints

    @classmethod
    def of(cls, owner: Ints, items: Ints, number: int) -> _Lists:
        order = np.argsort(owner, kind="stable")
        sizes = np.bincount(owner, minlength=number)
        return cls(np.append(0, np.cumsum(sizes)), items[order])

    def expand(self, which: Ints) -> tuple[Ints, Ints]:
        """Return the items of the lists in ``which``, each with its index into ``which``."""
        sizes = self.bounds[which + 1] - self.bounds[which]
        items = self.items[spread(self.bounds[which], sizes)]
        return np.repeat(np.arange(len(which)), sizes), items


class Matcher:
    """The entries of a lexicon as a tree: a branch is a slot, and entries end at its nodes."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = [slots(entry) for entry in lexicon.entries["entry"]]
        different = list(dict.fromkeys(itertools.chain(*phrases)))
        number = {slot: place for place, slot in enumerate(different)}
        self.slots, self.fillers = len(different), Fillers(different)
        nodes: dict[tuple[int, int], int] = {}
        ends = []
        for phrase in phrases:
            node = 0
            for slot in phrase:
                node = nodes.setdefault((node, number[slot]), len(nodes) + 1)
            ends.append(node)
        branches = [node * len(different) + slot for node, slot in nodes]
        self.branches = np.array([*sorted(branches), np.iinfo(np.int64).max])
        self.targets = np.argsort([*branches, np.iinfo(np.int64).max]) + 1
        parents, children = np.array(list(nodes), np.int64).reshape(len(nodes), 2).T
        self.signs = _signs(parents, children, len(nodes) + 1)
        self.entries = _Lists.of(np.array(ends, np.int64), np.arange(len(ends)), len(nodes) + 1)
        self.family, self.rank = _families(lexicon)
        self.drops_nested = lexicon.nested_scope == "dictionary"
        self.name = lexicon.name

    def find(self, tokens: Tokens) -> Hits:
        """Find the entries in a chunk; within a family each word is counted once.

        The longest entry wins, then the category that the family names first. What lies within
        a longer entry of another family is dropped too where the lexicon says so. A text with more
        than 500,000 matches, and more than ten for each of its words, is an error.
        """
        parts = list(self._parts(tokens, 0, len(tokens.keys)))
        return Hits(*map(np.concatenate, zip(*parts, strict=True)))

    def _parts(self, tokens: Tokens, begin: int, end: int) -> Iterator[Hits]:
        """Yield the hits of some words: at once, or of some texts after the others."""
        part = tokens._replace(keys=tokens.keys[begin:end], joined=tokens.joined[begin:end])
        try:
            hits = self._fits(part)
        except _TooManyError as error:
            rows = tokens.rows[begin:end]
            ends = np.flatnonzero(np.diff(rows)) + 1  # of texts
            if not len(ends):
                words = " ".join(tokens.vocabulary[key] for key in part.keys[:6])
                raise ValueError(f"{error} in a text of {len(rows):,} words, {words!r} …") from None
            middle = begin + int(ends[len(ends) // 2])
            yield from self._parts(tokens, begin, middle)
            yield from self._parts(tokens, middle, end)
            return
        hits = hits.only(self._settle(hits, len(part.keys)))
        hits = hits.only(~_nested(hits)) if self.drops_nested else hits
        yield Hits(hits.first + begin, hits.last + begin, hits.entry)

    def _fits(self, tokens: Tokens) -> Hits:
        """Return all matches of entries, overlaps included, longer by one word in each step.

        The same words follow each other many times: their branches are looked up once.
        """
        most, found = max(_MATCHES, _PER_WORD * len(tokens.keys)), list[Hits]()

        def check(more: int, begun: int = 0) -> None:
            if max(sum(len(hits.first) for hits in found) + more, begun) > most:
                raise _TooManyError(f"more than {most:,} matches of entries of {self.name}")

        fill = self._fill(tokens.vocabulary)
        key, slot = fill.expand(np.arange(len(tokens.vocabulary)))
        signs = _signs(key, slot, len(tokens.vocabulary))
        key, node = self._grow(key, slot, np.zeros_like(slot))
        which, entry = self.entries.expand(node)
        words = _Lists.of(key[which], entry, len(signs))
        number = np.diff(words.bounds)[tokens.keys]
        check(number.sum())
        which, entry = words.expand(tokens.keys[number > 0])  # few words are entries
        first = np.flatnonzero(number)[which]
        found.append(Hits(first, first, entry))
        first, node = self._opening(tokens, key, node, signs)
        joined = np.append(tokens.joined, False)
        while len(first):
            length = len(found)
            left = joined[first + length]
            first, node = first[left], node[left]
            word = tokens.keys[first + length]
            left = np.flatnonzero(self.signs[node] & signs[word])
            number, pairs = pd.factorize(node[left] * len(signs) + word[left])
            which, slot = fill.expand(pairs % len(signs))
            grown = self._grow(which, slot, pairs[which] // len(signs))
            which, node = _Lists.of(*grown, len(pairs)).expand(number)
            first = first[left[which]]
            check(np.diff(self.entries.bounds)[node].sum(), int(np.count_nonzero(self.signs[node])))
            which, entry = self.entries.expand(node)
            found.append(Hits(first[which], first[which] + length, entry))
        return Hits(*map(np.concatenate, zip(*found, strict=True)))

    def _opening(
        self, tokens: Tokens, key: Ints, node: Ints, signs: NDArray[np.uint64]
    ) -> tuple[Ints, Ints]:
        """Return the words that may begin a phrase, judged by the word that follows, and nodes.

        ``key`` and ``node`` are the words of the vocabulary with a node below the root.
        """
        goes_on = self.signs[node] != 0
        key, node = key[goes_on], node[goes_on]
        onward = np.zeros(len(signs), np.uint64)
        np.bitwise_or.at(onward, key, self.signs[node])
        place = np.flatnonzero((onward != 0)[tokens.keys[:-1]] & tokens.joined[1:])
        after = signs[tokens.keys[place + 1]]
        place = place[onward[tokens.keys[place]] & after != 0]
        which, node = _Lists.of(key, node, len(signs)).expand(tokens.keys[place])
        return place[which], node

    def _fill(self, vocabulary: Vocabulary) -> _Lists:
        """Return the slots that each word of a vocabulary can fill."""
        words, places = self.fillers.find(vocabulary)
        pairs = np.unique(self.slots * np.array(words, np.int64) + np.array(places, np.int64))
        return _Lists.of(pairs // self.slots, pairs % self.slots, len(vocabulary))

    def _grow(self, which: Ints, slot: Ints, node: Ints) -> tuple[Ints, Ints]:
        """Follow the branches of the tree for some slots; drop nodes without one."""
        branch = node * self.slots + slot
        place = np.searchsorted(self.branches, branch)
        found = self.branches[place] == branch
        return which[found], self.targets[place[found]]

    def _settle(self, hits: Hits, words: int) -> Ints:
        """Choose among hits of a family that share some of the words; keep all others."""
        family, rank = self.family[hits.entry], self.rank[hits.entry]
        length = hits.last - hits.first + 1
        begin = family * words + hits.first
        end = begin + length
        order = np.argsort(begin)
        reached = np.append(0, np.maximum.accumulate(end[order]))[:-1]
        group = np.cumsum(begin[order] >= reached)
        size = np.bincount(group)[group]

        shared = np.flatnonzero(size > 1)
        rest, group, size = order[shared], group[shared], size[shared]
        best = np.lexsort((hits.entry[rest], hits.first[rest], rank[rest], -length[rest]))
        pairs = best[size[best] == 2]  # of two that share words, the better one counts
        winners = pairs[np.unique(group[pairs], return_index=True)[1]]
        alone = np.append(np.delete(order, shared), rest[winners])
        rest = rest[best[size[best] > 2]]
        kept: list[int] = []
        taken: set[int] = set()
        for hit, a, b in zip(rest.tolist(), begin[rest].tolist(), end[rest].tolist(), strict=True):
            if taken.isdisjoint(range(a, b)):
                taken.update(range(a, b))
                kept.append(hit)
        chosen = np.append(alone, np.array(kept, np.int64))
        return chosen[np.argsort(hits.first[chosen] * len(self.family) + hits.entry[chosen])]


def _nested(hits: Hits) -> Bools:
    """Return which hits are within a longer one; hits are in the order of the text."""
    order = np.lexsort((-hits.last, hits.first))
    first, last = hits.first[order], hits.last[order]
    new = np.append(True, (np.diff(first) != 0) | (np.diff(last) != 0))[: len(last)]
    span = np.cumsum(new) - 1  # hits of the same words do not lie within each other
    reached = np.append(-1, np.maximum.accumulate(last[new]))
    nested = np.zeros(len(last), bool)
    nested[order] = last <= reached[span]
    return nested


@lru_cache(maxsize=8)
def matcher(lexicon: Lexicon) -> Matcher:
    """Return the matcher of a lexicon, made once."""
    return Matcher(lexicon)


def _signs(owner: Ints, slots: Ints, number: int) -> NDArray[np.uint64]:
    """Return a bit set for each owner of slots; without a bit in common, nor is there a slot."""
    found = np.zeros(number, np.uint64)
    np.bitwise_or.at(found, owner, np.uint64(1) << (slots % 64).astype(np.uint64))
    return found


def _families(lexicon: Lexicon) -> tuple[Ints, Ints]:
    """Return family and rank of every entry; a category without a family is its own."""
    place = {
        category: (family, rank)
        for family, members in lexicon.families.items()
        for rank, category in enumerate(members)
    }
    found = [place.get(category, (category, 0)) for category in lexicon.entries["category"]]
    family = pd.factorize(np.array([name for name, _ in found], object))[0].astype(np.int64)
    return family, np.array([rank for _, rank in found], np.int64)
