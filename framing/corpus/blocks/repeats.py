"""Repetition: near-duplicates inside an article, the same block in several of one outlet."""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pandas.util import hash_array

from framing.corpus.blocks.signals import key
from framing.text.arrays import Ints

ALIKE = 0.8  # similarity of two short lines that say the same
REPEATED = 3  # articles of one outlet that carry the same sentence
_OWN = REPEATED * 50  # percent: so much evidence are three articles of which half is their own
_ASIDE = 4  # a quarter of a long passage may be new: another caption, a sentence that was changed
# Characters: of a brief, whatever stands beside it; of a short block, furniture in a reprint too.
_BRIEF, _SHORT = 150, 240
_HEADLINE = 90  # letters; where a first block of so many is all that is new, the rest is a reprint
# What belongs to a number: a zero stands for each of its digits.
_NUMBER = (
    "0|january|february|march|april|may|june|july|august|september|october|november|december|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|am|pm|st|nd|rd|th|thousand|million|billion"
)
# To small letters, zeros and full stops; other ASCII characters go, but for those between blocks.
_LETTERS = bytes.maketrans(
    string.ascii_uppercase.encode() + b"123456789!?",
    string.ascii_lowercase.encode() + b"000000000..",
)
_OTHERS = bytes(n for n in range(128) if not chr(n).isalnum() and n not in b"\0\n .!?")
_PULLED_FROM = 200_000  # characters of a page
_MARKS = "\"'.!?… "
# Where `prints` ends a sentence: it does not see other punctuation of ASCII.
_END = re.compile(r"[.!?][\"#$%&'()*+,/:;<=>@\[\\\]^_`{|}~-]*+ |\n")
_LEFT = 150  # letters that an article keeps
_MIX = np.uint64(0x9E3779B97F4A7C15)


def nearest_twins(texts: Sequence[str], places: Iterable[int]) -> dict[int, int]:
    """Map some of the texts, by place, to the first other text that is nearly the same.

    >>> nearest_twins(["Ships wait in the strait", "Talks", "More ships wait in the strait"], [2])
    {2: 0}
    """
    places = list(places)
    grams = [_grams(text) for text in texts] if places else []
    pairs = ((n, m) for n in places for m in reversed(range(len(grams))) if n != m)
    return {n: m for n, m in pairs if _cosine(grams[n], grams[m]) >= ALIKE}


def pulled_out(texts: Sequence[str], places: Iterable[int], prose: Sequence[str]) -> frozenset[int]:
    """Return which of the texts, by place, are part of a longer one in the prose.

    >>> texts = ["talks", "ships wait.", "“ships wait”, she said.", "talks"]
    >>> sorted(pulled_out(texts, [0, 1], texts))
    [1]
    """
    same = Counter(text.strip(_MARKS) for text in prose)
    text = "\n".join(prose)[:_PULLED_FROM]
    bare = ((n, texts[n].strip(_MARKS)) for n in places)
    return frozenset(n for n, words in bare if text.count(words) > same[words])


class _Grams(NamedTuple):
    """Counts of the character 4-grams of a text, and the norm of that vector."""

    counts: Counter[str]
    norm: float


def _grams(text: str) -> _Grams:
    text = key(text)
    counts = Counter([text[i : i + 4] for i in range(len(text) - 3)])
    return _Grams(counts, math.sqrt(sum([n * n for n in counts.values()])))


def _cosine(x: _Grams, y: _Grams) -> float:
    shared = x.counts.keys() & y.counts.keys()
    return sum([x.counts[g] * y.counts[g] for g in shared]) / (x.norm * y.norm) if shared else 0.0


class Prints(NamedTuple):
    """The pairs of sentences of an article: fingerprints, sizes, the number of each one's block.

    A block of one sentence is a pair, too. Without letters it has no fingerprint (0) and no size.
    """

    marks: NDArray[np.uint64]
    sizes: NDArray[np.int32]
    blocks: NDArray[np.int32]


def prints(articles: Sequence[bytes]) -> list[Prints]:
    r"""Return the fingerprints of all pairs of sentences that follow each other in a block.

    They are the same if their letters are the same: numbers, punctuation and case may differ, and
    in a sentence with a number the months and days of dates. The blocks of an article are in UTF-8,
    with a zero byte between them.

    >>> marks = prints([b"Updated: 3 May 2031\0Updated 12 June, 2031\0Updated at once"])[0].marks
    >>> bool(marks[0] == marks[1]), bool(marks[1] == marks[2])
    (True, False)
    """
    cut = [_in_sentences(article) for article in articles]
    in_blocks = [sentences for blocks in cut for sentences in blocks]
    marks, sizes = _marked([sentence for of_block in in_blocks for sentence in of_block])
    block = np.repeat(np.arange(len(in_blocks)), [*map(len, in_blocks)])
    first, last = np.diff(block, prepend=-1) > 0, np.diff(block, append=-1) != 0
    pair = np.flatnonzero(~first)
    sizes[pair] += np.where(first[pair - 1], sizes[pair - 1], 0)
    marks[pair] += marks[pair - 1] * _MIX
    kept = ~first | last
    article = np.repeat(np.arange(len(cut)), [*map(len, cut)])
    place = np.arange(len(article)) - np.searchsorted(article, article)
    ends = np.searchsorted(article[block[kept]], np.arange(1, len(cut))).tolist()
    marks, sizes, place = marks[kept], sizes[kept], place[block[kept]].astype(np.int32)
    bounds = pairwise([0, *ends, len(marks)])
    return [Prints(marks[a:b], sizes[a:b], place[a:b]) for a, b in bounds]


def _marked(sentences: list[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return a number for each sentence that stands for its letters, and how many these are."""
    dated = [n for n, sentence in enumerate(sentences) if b"0" in sentence]
    for n, sentence in zip(dated, _without_numbers(sentences[n] for n in dated), strict=False):
        sentences[n] = sentence
    letters = (
        s.isascii() or any(map(str.isalpha, s.decode("utf-8", "replace"))) for s in sentences
    )
    sentences = [s if has else b"" for s, has in zip(sentences, letters, strict=True)]
    sizes = np.array([*map(len, sentences)], np.int32)
    hashed = hash_array(np.array([*sentences, b""], object), categorize=False)[:-1]
    return np.where(sizes > 0, hashed, np.uint64(0)), sizes


def _in_sentences(article: bytes) -> list[list[bytes]]:
    """Return the letters of each sentence of each block, with a zero for each digit."""
    text = article.translate(_LETTERS, _OTHERS).replace(b". ", b"\n\n")
    blocks = text.translate(None, b". ").split(b"\0") if article else []
    return [[s for s in block.split(b"\n") if s] or [b""] for block in blocks]


def _without_numbers(sentences: Iterable[bytes]) -> list[bytes]:
    """Return sentences without digits and what belongs to them; some may be empty then."""
    text = pa.scalar(b"\n".join(sentences), pa.binary())
    return pc.replace_substring_regex(text, _NUMBER, "").as_py().split(b"\n")


def recurring(articles: Sequence[Prints]) -> frozenset[int]:
    """Return the fingerprints of the pairs of sentences that recur in the articles of one outlet.

    They stand in three articles or more, which have texts of their own beside them, half of three
    articles in all: reprints and versions of one story have little else than what they share. What
    is found is no part of an article any more, and a second look finds what stands beside it.
    """
    marks, sizes, blocks, article = _together(articles)
    names, which = np.unique(marks, return_inverse=True)
    carrier, carried = np.divmod(np.unique(article * len(names) + which), max(1, len(names)))
    several = np.bincount(carried, minlength=len(names))
    found = np.zeros(len(names), bool)
    for _ in range(2):
        left = sizes * ~found[which]
        own = _own_percent((several == 1)[which], left, blocks, article, len(articles))
        evidence = np.bincount(carried, own[carrier], len(names))
        found = (several >= REPEATED) & (evidence >= _OWN) & (names != 0)
    return frozenset(names[found].tolist())


def _together(articles: Sequence[Prints]) -> tuple[NDArray[Any], ...]:
    """Return the pairs of all articles: marks, sizes, blocks counted on, and their articles."""
    article = np.repeat(np.arange(len(articles)), [len(a.marks) for a in articles])
    none = Prints(np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.int32))
    marks, sizes, places = (np.concatenate(part) for part in zip(none, *articles, strict=True))
    starts = (np.diff(places, prepend=-1) != 0) | (np.diff(article, prepend=-1) != 0)
    return marks, sizes, np.cumsum(starts) - 1, article


def _own_percent(
    own: NDArray[Any], sizes: NDArray[Any], blocks: NDArray[Any], article: NDArray[Any], n: int
) -> Ints:
    """Return what percentage of each article is its own, of its text or of its blocks."""
    counted = np.bincount(blocks, sizes)
    begins = np.flatnonzero(np.diff(blocks, prepend=-1))
    of_block = article[begins]
    mostly = 2 * np.bincount(blocks, sizes * own) > counted
    title = (np.diff(of_block, prepend=-1) > 0) & (counted <= _HEADLINE)
    alone = title & (np.bincount(of_block, mostly & ~title, n) == 0)[of_block]
    own, mostly = own & ~alone[blocks], mostly & ~alone
    parts = ((article, sizes * own, sizes), (of_block, mostly, counted > 0))
    text, in_blocks = (
        100 * np.bincount(of, part, n) // np.maximum(1, np.bincount(of, whole, n))
        for of, part, whole in parts
    )
    return np.maximum(text, in_blocks).astype(np.int64)


def recurs(article: Prints, found: frozenset[int]) -> list[bool]:
    """Return which blocks of an article recur in its outlet, by `recurring`.

    Of a long passage a quarter may be new. Where nearly nothing else is left, the
    article is a reprint: only short blocks count then.
    """
    marks, sizes, blocks = article
    new = np.array([mark not in found for mark in marks.tolist()], bool) & (sizes > 0)
    size, size_new, count, count_new = (
        np.bincount(blocks, part) for part in (sizes, sizes * new, sizes > 0, new)
    )
    marked = (size > 0) & (_ASIDE * size_new <= size) & (_ASIDE * count_new <= count)
    if size @ ~marked < _BRIEF and 2 * marked.sum() > len(size):
        marked &= size <= _SHORT
    return marked.tolist()


def without_glue(
    blocks: Sequence[str], prints: Prints, marked: Sequence[bool], found: frozenset[int]
) -> tuple[list[str], list[bool]]:
    """Return blocks, and which of them recur, with recurring sentences in blocks of their own.

    Only the ends of a block that is most of its article are looked at: in a text with paragraphs,
    what recurs has its own. Two sentences or more that follow each other, by `recurring`, are cut.
    """
    at = max(range(len(blocks)), key=lambda n: len(blocks[n]), default=0)
    if not blocks or 2 * len(blocks[at]) < sum(map(len, blocks)) or marked[at]:
        return list(blocks), list(marked)
    here = prints.blocks == at
    known = np.array([mark in found for mark in prints.marks[here].tolist()], bool)
    head, tail = _run(known), _run(known[::-1])
    parts = _sentences(blocks[at])
    whole = len(parts) == len(known) + 1 and prints.sizes[here] @ ~known >= _LEFT
    if not whole or not (head or tail):
        return list(blocks), list(marked)
    cut = [parts[:head], parts[head : len(parts) - tail], parts[len(parts) - tail :]]
    texts = ["".join(part).strip() for part in cut]
    new = [(text, place != 1) for place, text in enumerate(texts) if text]
    both = [*zip(blocks[:at], marked[:at], strict=True), *new]
    both += zip(blocks[at + 1 :], marked[at + 1 :], strict=True)
    return [text for text, _ in both], [recurs for _, recurs in both]


def _run(known: Iterable[bool]) -> int:
    """Return how many sentences are in the pairs that are known from the first one on."""
    pairs = len(list(takewhile(bool, known)))
    return pairs + 1 if pairs else 0


def _sentences(text: str) -> list[str]:
    """Return the sentences of a block, each with the space that follows it.

    >>> _sentences("Rain fell. It dried! ... (See p. 3.) Follow us.")
    ['Rain fell. ', 'It dried! ... ', '(See p. ', '3.) ', 'Follow us.']
    """
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    parts = [text[a:b] for a, b in pairwise(ends)]
    whole: list[str] = []
    for part in parts:  # what has no letter is no sentence
        if whole and not any(map(_counts, part)):
            whole[-1] += part
        elif part:
            whole.append(part)
    return whole


def _counts(character: str) -> bool:
    return character.isalnum() or not character.isascii()
