"""Cues: where the entries of a lexicon stand in the paragraphs."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
import sentencex

from framing.lexicon import Lexicon, built_in
from framing.patterns import slots
from framing.tokens import Word, normalise, words

CUE_COLUMNS = [
    "article", "paragraph", "sentence", "start", "end", "match",
    "category", "tag", "entry", "voice", "negated", "counted",
]  # fmt: skip
# Between two words of a phrase there is white space, nothing (before ’s), or a currency sign.
_GAP = re.compile(r"\s*[$£€¥]?")


class _Hit(NamedTuple):
    first: int
    length: int
    row: int


class _Matcher:
    """The entries of a lexicon, ready to be looked up by the words of a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.phrases = [slots(entry) for entry in lexicon.entries["entry"]]
        self.by_first: dict[str, list[int]] = defaultdict(list)
        for row, phrase in enumerate(self.phrases):
            if phrase:
                self.by_first[phrase[0]].append(row)
        self.patterns = {s: re.compile(s) for phrase in self.phrases for s in phrase}
        self.seen: dict[str, frozenset[str]] = {}
        self.family, self.rank = _families(lexicon)

    def kinds(self, key: str) -> frozenset[str]:
        """The slots that a word fills; each different word is tried once."""
        if key not in self.seen:
            self.seen[key] = frozenset(s for s, p in self.patterns.items() if p.fullmatch(key))
        return self.seen[key]

    def hits(self, text: str, found: list[Word]) -> Iterator[_Hit]:
        """Every place where an entry fits, overlaps included."""
        kinds = [self.kinds(word.key) for word in found]
        joined = [bool(_GAP.fullmatch(text, a.end, b.start)) for a, b in itertools.pairwise(found)]
        for first, here in enumerate(kinds):
            for slot in here:
                for row in self.by_first.get(slot, ()):
                    phrase = self.phrases[row]
                    rest = range(1, len(phrase))
                    if first + len(phrase) <= len(found) and all(
                        phrase[k] in kinds[first + k] and joined[first + k - 1] for k in rest
                    ):
                        yield _Hit(first, len(phrase), row)

    def resolve(self, hits: Iterator[_Hit]) -> list[_Hit]:
        """Within a family each word is counted once: the longest hit wins, then the rank."""
        order = sorted(hits, key=lambda h: (-h.length, self.rank[h.row], h.first, h.row))
        taken: dict[str, set[int]] = defaultdict(set)
        kept = []
        for hit in order:
            places = range(hit.first, hit.first + hit.length)
            family = taken[self.family[hit.row]]
            if family.isdisjoint(places):
                family.update(places)
                kept.append(hit)
        return sorted(kept, key=lambda h: (h.first, h.row))


def _families(lexicon: Lexicon) -> tuple[list[str], list[int]]:
    """Family and rank of every entry; a category in no family is one of its own."""
    place = {
        category: (family, rank)
        for family, members in lexicon.families.items()
        for rank, category in enumerate(members)
    }
    found = [place.get(category, (category, 0)) for category in lexicon.entries["category"]]
    return [family for family, _ in found], [rank for _, rank in found]


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin, in code points.

    Examples
    --------
    >>> sentence_starts("Talks fail. Sen. Rand, R-Ky., objects.")
    [0, 12]
    """
    starts, at = [], 0
    for sentence in sentencex.segment("en", text):
        place = text.find(sentence.strip(), at)
        if sentence.strip() and place >= 0:
            starts.append(place)
            at = place + len(sentence.strip())
    return starts or [0]


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
    matcher = _Matcher(lexicon)
    entries = list(lexicon.entries[["category", "tag", "entry"]].itertuples(index=False, name=None))
    rows = []
    for article, number, text in identified(paragraphs):
        found = words(text)
        hits = matcher.resolve(matcher.hits(normalise(text), found))
        starts = sentence_starts(text) if hits else []
        for hit in hits:
            start, end = found[hit.first].start, found[hit.first + hit.length - 1].end
            sentence = sum(s <= start for s in starts) - 1
            rows.append(
                (
                    article,
                    number,
                    max(sentence, 0),
                    start,
                    end,
                    text[start:end],
                    *entries[hit.row],
                    "unknown",
                    False,
                    True,
                )
            )
    return pd.DataFrame(rows, columns=CUE_COLUMNS)


def identified(paragraphs: pd.DataFrame) -> Iterator[tuple[str, int, str]]:
    """Article, place and text of every paragraph; the row's place where it has no name."""
    n = len(paragraphs)
    articles = paragraphs["article"] if "article" in paragraphs else [""] * n
    numbers = paragraphs["paragraph"] if "paragraph" in paragraphs else range(n)
    yield from zip(articles, numbers, paragraphs["text"], strict=True)
