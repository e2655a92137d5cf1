"""Two versions of a paragraph word by word: what became of every cue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from framing.reuse.features import FUNCTION_WORDS
from framing.text.words import Word, words


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
    keys = [word.key for word in one], [word.key for word in other]
    return [
        WordBlock(kind == "equal", one[i:j], other[k:m])
        for kind, i, j, k, m in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    ]


def cue_changes(
    a: list[Cue], b: list[Cue], blocks: list[WordBlock]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Match every cue with at most one of the other text, the closest match first."""
    open_a, open_b = list(a), list(b)
    where_a = {cue: _where(cue, [block.a for block in blocks]) for cue in a}
    where_b = {cue: _where(cue, [block.b for block in blocks]) for cue in b}

    def near(x: Cue, y: Cue) -> bool:
        return not where_a[x].isdisjoint(where_b[y])

    rules: list[tuple[str, Callable[[Cue, Cue], bool]]] = [
        ("kept", lambda x, y: near(x, y) and _means(x) == _means(y)),
        ("kept", lambda x, y: _means(x) == _means(y)),
        ("replaced in category", lambda x, y: near(x, y) and x.category == y.category),
        ("replaced in category", lambda x, y: x.category == y.category),
        ("replaced by another", near),
    ]
    found = []
    for change, fits in rules:
        for cue in list(open_a):
            if other := next((candidate for candidate in open_b if fits(cue, candidate)), None):
                open_a.remove(cue)
                open_b.remove(other)
                row = (cue.category, change, cue.match, other.category, other.match)
                found.append((cue.start, row))
    found += [(cue.start, (cue.category, "dropped", cue.match, "", "")) for cue in open_a]
    yield from (row for _, row in sorted(found))
    yield from ((cue.category, "added", "", cue.category, cue.match) for cue in open_b)


def _means(cue: Cue) -> tuple[str, str]:
    return cue.category, cue.match.lower()


def _where(cue: Cue, sides: list[list[Word]]) -> set[int]:
    """Return the blocks that a cue overlaps."""
    return {
        place
        for place, side in enumerate(sides)
        if any(word.start < cue.end and cue.start < word.end for word in side)
    }


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
    a, b = (
        Counter(
            word.key
            for word in words(text)
            if word.key not in FUNCTION_WORDS
            and not any(word.start < cue.end and cue.start < word.end for cue in side)
        )
        for text, side in zip(texts, cues, strict=True)
    )
    return a.total(), b.total(), (a & b).total()
