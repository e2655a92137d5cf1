"""Cues: where the entries of a lexicon stand in the paragraphs."""

from __future__ import annotations

import bisect
import itertools
import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon import Lexicon, built_in
from framing.patterns import slots
from framing.pieces import chunks, cut, spread
from framing.sentences import sentences
from framing.tokens import Tokens, tokenise

CUE_COLUMNS = [
    "article", "paragraph", "sentence", "start", "end", "match",
    "category", "tag", "entry", "voice", "negated", "counted",
]  # fmt: skip
_Ints = NDArray[np.int64]


class Hits(NamedTuple):
    """Where entries stand in a chunk: first token, number of tokens, row of the entry."""

    first: _Ints
    length: _Ints
    entry: _Ints


class _Lists(NamedTuple):
    """Lists of numbers in one array: list i is ``items[bounds[i] : bounds[i + 1]]``."""

    bounds: _Ints
    items: _Ints

    @classmethod
    def of(cls, owner: _Ints, items: _Ints, number: int) -> _Lists:
        order = np.argsort(owner, kind="stable")
        return cls(np.searchsorted(owner[order], np.arange(number + 1)), items[order])

    def expand(self, which: _Ints) -> tuple[_Ints, _Ints]:
        """For every item of the lists in ``which``: the place in ``which``, and the item."""
        sizes = self.bounds[which + 1] - self.bounds[which]
        items = self.items[spread(self.bounds[which], sizes)]
        return np.repeat(np.arange(len(which)), sizes), items


class Matcher:
    """The entries of a lexicon as a tree: a branch is a slot, and entries end at its nodes."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = [slots(entry) for entry in lexicon.entries["entry"]]
        different = list(dict.fromkeys(itertools.chain(*phrases)))
        number = {slot: place for place, slot in enumerate(different)}
        self.slots = [(re.compile(slot.pattern), slot.globs) for slot in different]
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
        self.entries = _Lists.of(np.array(ends, np.int64), np.arange(len(ends)), len(nodes) + 1)
        self.family, self.rank = _families(lexicon)
        self.drops_nested = lexicon.nested_scope == "dictionary"

    def find(self, tokens: Tokens) -> Hits:
        """Find the entries in a chunk; within a family each word is counted once.

        The longest entry wins, then the category that the family names first. What lies within
        a longer entry of another family is dropped too where the lexicon says so.
        """
        hits = self._fits(tokens)
        hits = _chosen(hits, self._settle(hits))
        return _chosen(hits, ~_nested(hits)) if self.drops_nested else hits

    def _fits(self, tokens: Tokens) -> Hits:
        """Every place where an entry fits, overlaps included: all words, a step at a time."""
        fill = _fill(self.slots, tokens.vocabulary)
        key, slot = fill.expand(np.arange(len(tokens.vocabulary)))
        key, node = self._grow(key, slot, np.zeros_like(slot))
        first, node = _Lists.of(key, node, len(tokens.vocabulary)).expand(tokens.keys)
        none = np.zeros(0, np.int64)
        found, length = [Hits(none, none, none)], 1
        while len(first):
            which, entry = self.entries.expand(node)
            found.append(Hits(first[which], np.full(len(which), length), entry))
            inside = np.append(tokens.joined, False)[first + length]
            first, node = first[inside], node[inside]
            which, slot = fill.expand(tokens.keys[first + length])
            which, node = self._grow(which, slot, node[which])
            first = first[which]
            length += 1
        return Hits(*map(np.concatenate, zip(*found, strict=True)))

    def _grow(self, which: _Ints, slot: _Ints, node: _Ints) -> tuple[_Ints, _Ints]:
        """Follow the branches that the slots lead along; drop what has none."""
        branch = node * len(self.slots) + slot
        place = np.searchsorted(self.branches, branch)
        there = self.branches[place] == branch
        return which[there], self.targets[place[there]]

    def _settle(self, hits: Hits) -> _Ints:
        """Choose among hits of a family that share words; the others are all kept."""
        family, rank = self.family[hits.entry], self.rank[hits.entry]
        far = int((hits.first + hits.length).max(initial=0)) + 1
        begin = family * far + hits.first
        end = begin + hits.length
        order = np.argsort(begin, kind="stable")
        reached = np.append(0, np.maximum.accumulate(end[order]))[:-1]
        group = np.cumsum(begin[order] >= reached)
        alone = np.bincount(group)[group] == 1
        kept = order[alone].tolist()

        rest = order[~alone]
        rest = rest[
            np.lexsort((hits.entry[rest], hits.first[rest], rank[rest], -hits.length[rest]))
        ]
        taken: set[int] = set()
        for hit, a, b in zip(rest.tolist(), begin[rest].tolist(), end[rest].tolist(), strict=True):
            if taken.isdisjoint(range(a, b)):
                taken.update(range(a, b))
                kept.append(hit)
        chosen = np.array(kept, np.int64)
        return chosen[np.lexsort((hits.entry[chosen], hits.first[chosen]))]


def _chosen(hits: Hits, which: _Ints | NDArray[np.bool_]) -> Hits:
    return Hits(*(column[which] for column in hits))


def _nested(hits: Hits) -> NDArray[np.bool_]:
    """Say which hits lie within a longer one; they come in the order of the text."""
    end = hits.first + hits.length
    order = np.lexsort((-end, hits.first))
    first, end = hits.first[order], end[order]
    new = np.append(True, (np.diff(first) != 0) | (np.diff(end) != 0))[: len(end)]
    span = np.cumsum(new) - 1  # hits of the same words do not lie within each other
    reached = np.append(-1, np.maximum.accumulate(end[new]))
    nested = np.zeros(len(end), bool)
    nested[order] = end <= reached[span]
    return nested


def _fill(slots: list[tuple[re.Pattern[str], tuple[str, ...]]], vocabulary: list[str]) -> _Lists:
    """Say which slots each word of a sorted vocabulary can fill."""
    pairs: set[tuple[int, int]] = set()
    for slot, (pattern, globs) in enumerate(slots):
        for glob in globs:
            stem, tail = glob.split("*")[0], glob.split("*")[-1]
            begin = bisect.bisect_left(vocabulary, stem)
            if stem == glob:
                keys = [begin] if vocabulary[begin : begin + 1] == [glob] else []
            else:
                end = bisect.bisect_left(vocabulary, stem + "\U0010ffff", lo=begin)
                words = enumerate(vocabulary[begin:end], begin)
                keys = [key for key, w in words if w.endswith(tail) and pattern.fullmatch(w)]
            pairs.update((key, slot) for key in keys)
    key, filled = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return _Lists.of(key, filled, len(vocabulary))


def _families(lexicon: Lexicon) -> tuple[_Ints, _Ints]:
    """Family and rank of every entry; a category in no family is one of its own."""
    place = {
        category: (family, rank)
        for family, members in lexicon.families.items()
        for rank, category in enumerate(members)
    }
    found = [place.get(category, (category, 0)) for category in lexicon.entries["category"]]
    family = pd.factorize(np.array([name for name, _ in found], object))[0].astype(np.int64)
    return family, np.array([rank for _, rank in found], np.int64)


def find_cues(paragraphs: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Find every cue of a lexicon in every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame
        Needs ``text``; ``article`` and ``paragraph`` are carried along, or filled with the
        place of the row.
    lexicon : Lexicon, optional
        The built-in English one by default.

    Returns
    -------
    DataFrame
        A row a match: ``article``, ``paragraph``, ``sentence`` (0-based), ``start`` and ``end``
        (code points in ``text``), ``match``, ``category``, ``tag``, ``entry``, ``voice``,
        ``negated``, ``counted``.

    Examples
    --------
    >>> cues = find_cues(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> cues[["match", "category", "start", "end"]].values.tolist()
    [['could', 'epi_modal', 6, 11], ['fear', 'fear', 28, 32]]
    """
    lexicon = lexicon or built_in()
    matcher = Matcher(lexicon)
    parts, done = [_table([], tokenise(cut([])), matcher, 0)], 0
    for texts in chunks(paragraphs["text"]):
        parts.append(_table(texts, tokenise(cut(texts)), matcher, done))
        done += len(texts)
    table = pd.concat(parts, ignore_index=True)
    named = identified(paragraphs).iloc[table["row"]].reset_index(drop=True)
    entries = lexicon.entries.iloc[table["row_of_entry"]].reset_index(drop=True)
    judged = {"voice": "unknown", "negated": False, "counted": True}
    return pd.concat([named, table, entries], axis=1).assign(**judged)[CUE_COLUMNS]


def identified(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Article and place of every paragraph; the row's place where it has no name."""
    n = len(paragraphs)
    return pd.DataFrame(
        {
            "article": paragraphs.get("article", pd.Series([""] * n, dtype=str)).array,
            "paragraph": paragraphs.get("paragraph", pd.Series(range(n), dtype="int64")).array,
        }
    )


def _table(texts: list[str], tokens: Tokens, matcher: Matcher, before: int) -> pd.DataFrame:
    """Tell where the cues of a chunk stand; ``before`` is the number of texts before it."""
    hits = matcher.find(tokens)
    rows, starts = tokens.rows[hits.first], tokens.starts[hits.first]
    ends = tokens.ends[hits.first + hits.length - 1]
    places = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return pd.DataFrame(
        {
            "row": rows + before,
            "sentence": _sentences(texts, rows, starts),
            "start": starts,
            "end": ends,
            "match": pd.Series([texts[row][a:b] for row, a, b in places], dtype=str),
            "row_of_entry": hits.entry,
        }
    )


def _sentences(texts: list[str], rows: _Ints, starts: _Ints) -> _Ints:
    """Say in which sentence of its text each place is."""
    different = np.unique(rows)
    begins = [[start for start, _ in sentences(texts[row])] for row in different.tolist()]
    sizes = np.array([len(b) for b in begins], np.int64)
    far = max(map(len, texts), default=0) + 1
    flat = np.repeat(different, sizes) * far + np.array(list(itertools.chain(*begins)), np.int64)
    first = (np.cumsum(sizes) - sizes)[np.searchsorted(different, rows)]
    return np.searchsorted(flat, rows * far + starts, side="right") - 1 - first
