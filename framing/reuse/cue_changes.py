"""Two versions of a paragraph word by word: what became of every cue."""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from framing.reuse.features import FUNCTION_WORDS
from framing.text.words import Word, words

MOST_WAYS = 500_000  # to pair equal words of two paragraphs, as some 6,500 words of each have


class Cue(NamedTuple):
    """A cue that counts, with its place in the text."""

    start: int
    end: int
    category: str
    match: str


class WordBlock(NamedTuple):
    """Words of two versions that correspond; ``same`` if they are the same words."""

    same: bool
    a: list[Word]
    b: list[Word]


def word_blocks(a: str, b: str) -> list[WordBlock]:
    """Return the words of two texts in blocks that are the same or differ."""
    one, other = words(a), words(b)
    return [
        WordBlock(kind == "equal", one[i:j], other[k:m])
        for kind, i, j, k, m in _opcodes([w.key for w in one], [w.key for w in other])
    ]


def _opcodes(a: list[str], b: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return the steps from one text to the other; common ends only if words repeat too often."""
    in_a, in_b = Counter(a), Counter(b)
    if sum(n * in_b[key] for key, n in in_a.items()) <= MOST_WAYS:
        return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    warnings.warn(
        f"paragraphs of {len(a):,} and {len(b):,} words are too long, or repeat words too often, "
        "to compare word by word: what lies between their common beginning and end is one edit",
        stacklevel=4,
    )
    begin = _alike(a, b)
    end = _alike(a[begin:][::-1], b[begin:][::-1])
    n, m = len(a) - end, len(b) - end
    steps = [("equal", 0, begin, 0, begin), ("replace", begin, n, begin, m)]
    steps.append(("equal", n, len(a), m, len(b)))
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _alike(a: list[str], b: list[str]) -> int:
    """Return how many words are the same at the beginning."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))


def _means(cue: Cue) -> tuple[str, str]:
    return cue.category, cue.match.lower()


# What two cues have in common if one became the other; the closest match first.
_RULES: list[tuple[str, Callable[[Cue, Collection[int]], Collection[Hashable]]]] = [
    ("kept", lambda cue, blocks: [(block, _means(cue)) for block in blocks]),
    ("kept", lambda cue, blocks: [_means(cue)]),
    ("replaced in category", lambda cue, blocks: [(block, cue.category) for block in blocks]),
    ("replaced in category", lambda cue, blocks: [cue.category]),
    ("replaced by another", lambda cue, blocks: blocks),
]


def cue_changes(
    a: list[Cue], b: list[Cue], blocks: list[WordBlock]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Match every cue with at most one of the other text, the closest match first."""
    where_a = _where(a, [block.a for block in blocks])
    where_b = _where(b, [block.b for block in blocks])
    open_a, open_b = dict.fromkeys(range(len(a))), dict.fromkeys(range(len(b)))
    found = []
    for change, keys in _RULES:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place in open_b:
            for key in keys(b[place], where_b[place]):
                waiting[key].append(place)
        for place, cue in [(place, a[place]) for place in open_a]:
            queues = [waiting[key] for key in keys(cue, where_a[place])]
            for queue in queues:
                while queue and queue[0] not in open_b:
                    queue.popleft()
            if fitting := [queue[0] for queue in queues if queue]:
                other = b[min(fitting)]
                del open_a[place], open_b[min(fitting)]
                row = (cue.category, change, cue.match, other.category, other.match)
                found.append((cue.start, row))
    left = [a[place] for place in open_a]
    found += [(cue.start, (cue.category, "dropped", cue.match, "", "")) for cue in left]
    yield from (row for _, row in sorted(found))
    new = [b[place] for place in open_b]
    yield from ((cue.category, "added", "", cue.category, cue.match) for cue in new)


def _where(cues: list[Cue], sides: list[list[Word]]) -> list[set[int]]:
    """Return the blocks that each cue overlaps."""
    of_word = [place for place, side in enumerate(sides) for _ in side]
    held = _words_in(cues, [word for side in sides for word in side])
    return [{of_word[n] for n in numbers} for numbers in held]


def _words_in(cues: list[Cue], found: list[Word]) -> Iterator[range]:
    """Yield the numbers of the words that each cue overlaps."""
    starts, ends = [word.start for word in found], [word.end for word in found]
    for cue in cues:
        yield range(bisect_right(ends, cue.start), bisect_left(starts, cue.end))


def word_edits(texts: tuple[str, str], blocks: list[WordBlock]) -> Iterator[tuple[str, str]]:
    """Yield the text before and after, for every block that differs."""
    for block in blocks:
        if not block.same:
            sides = zip(texts, (block.a, block.b), strict=True)
            a, b = (text[side[0].start : side[-1].end] if side else "" for text, side in sides)
            yield a, b


def share_reworded(blocks: list[WordBlock]) -> float:
    """Return the share of the first text's words that the second does not have in their place."""
    total = sum(len(block.a) for block in blocks)
    return sum(len(block.a) for block in blocks if not block.same) / max(total, 1)


def count_neutral(texts: tuple[str, str], cues: list[list[Cue]]) -> tuple[int, int, int]:
    """Count content words outside cues: in each version, and in both.

    A word that stands twice counts twice, as a cue would that can be lost twice.
    """
    a, b = (Counter(_neutral(words(text), side)) for text, side in zip(texts, cues, strict=True))
    return a.total(), b.total(), (a & b).total()


def _neutral(found: list[Word], cues: list[Cue]) -> Iterator[str]:
    held = {number for numbers in _words_in(cues, found) for number in numbers}
    for number, word in enumerate(found):
        if number not in held and word.key not in FUNCTION_WORDS:
            yield word.key
