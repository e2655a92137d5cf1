"""Passages that recur in an outlet and stand at an end of a text without paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

import numpy as np

from framing.corpus.blocks.repeats import Prints

# Where `repeats.prints` ends a sentence: it does not see other punctuation of ASCII.
_END = re.compile(r"[.!?][\"#$%&'()*+,/:;<=>@\[\\\]^_`{|}~-]*+ |\n")
_OWN = 150  # letters that an article keeps


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
    whole = len(parts) == len(known) + 1 and prints.sizes[here] @ ~known >= _OWN
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

    Examples
    --------
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
