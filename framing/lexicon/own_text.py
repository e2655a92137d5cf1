"""Entries read as texts: an entry that does not match its own text would count something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from framing.lexicon.patterns import shown, slots, texts_of_entry
from framing.text.chunks import cut
from framing.text.tokens import Tokens, tokenise
from framing.text.words import normalise

# Around words these are no part of what an entry says: 'tis, goin', Mr., etc.
_BEFORE, _AFTER = "' ", "'. "
_MONEY = re.compile("[$£€¥]")
_ALTERNATIVES = re.compile(r"\[[^\W\d_]+(?:\|[^\W\d_]+)*\]")


def misread(entries: Iterable[str]) -> dict[str, str]:
    """Return why entries do not mean what they say; those that match their own text are left out.

    Marks are no part of words, and a phrase does not go on after most of them.

    >>> list(misread(["fear*", "U.S. troops", "and/or", "C++", "fear;worry", ":)"]))
    ['C++', 'fear;worry', ':)']
    """
    return dict(_misread(tuple(entry for entry in dict.fromkeys(entries) if not _plain(entry))))


@lru_cache  # a file is checked when it is read, its lexicon when it is made
def _misread(listed: tuple[str, ...]) -> dict[str, str]:
    texts = [(entry, text) for entry in listed for text in texts_of_entry(entry)]
    tokens = tokenise(cut([text for _, text in texts]))
    bounds = np.searchsorted(tokens.rows, np.arange(len(texts) + 1))
    reasons: dict[str, str] = {}
    for row, (entry, text) in enumerate(texts):
        if reason := _reason(entry, text, tokens, int(bounds[row]), int(bounds[row + 1])):
            reasons.setdefault(entry, f"{entry!r} {reason}")
    return reasons


def _plain(entry: str) -> bool:
    """Return whether it has only letters, digits, spaces, stars, alternatives: a fast test."""
    letters = _ALTERNATIVES.sub("a", entry) if "[" in entry else entry
    return letters.replace("*", "a").replace(" ", "a").isalnum()


def _reason(entry: str, text: str, tokens: Tokens, first: int, end: int) -> str:
    """Return why an entry does not match a text; its words are those from ``first`` to ``end``."""
    if first == end:
        return "has no letter or digit"
    if end - first != len(slots(entry)):
        return f"can never match {shown(text)!r}: each alternative in [ ] must be one word"
    _, begins, ends = tokens.spans(np.arange(first, end), np.arange(first, end))
    edges = [0, *np.stack([begins, ends], axis=1).ravel().tolist(), len(text)]
    folded = normalise(text)
    before, *between, after = (folded[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    goes_on = tokens.joined[first + 1 : end].tolist()
    lost = [gap for gap, on in zip(between, goes_on, strict=True) if not on or _MONEY.search(gap)]
    marks = "".join([before.strip(_BEFORE), *lost, after.strip(_AFTER)]).split()
    words = " ".join(text[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True))
    if not marks:
        return ""
    return (
        f"would count {shown(words)!r}, since {' '.join(marks)!r} is no part of a word: write "
        f"{shown(words)!r} if you mean that, or several entries, or leave it out"
    )
