"""Words of a text with their offsets: the definition on which cues and word counts are based."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHES = "’‘ʼ＇`´"
_QUOTES = "“”„‟＂"
_HYPHENS = "‐‑−"
# Invisible: they remain in the text, so that offsets are valid, and are left out of words.
IGNORABLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# One character for one, so that an offset in the folded text is an offset in the text itself.
FOLD: dict[int, str] = {
    **{ord(c): "'" for c in _APOSTROPHES},
    **{ord(c): '"' for c in _QUOTES},
    **{ord(c): "-" for c in _HYPHENS},
    **{ord(c): "\u00ad" for c in IGNORABLE},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF10, 0xFF5B)},
}

_FOLDABLE = re.compile(f"[{re.escape(''.join(map(chr, FOLD)))}]")
_LETTERS = r"(?:[^\W_]+|[\u0300-\u036f\u00ad]+)+"
_WORD = re.compile(rf"{_LETTERS}(?:(?:['-]|(?<=\d)[.,](?=\d)){_LETTERS})*")
_CLITIC = re.compile(r"(?<=.)'(?:s|re)$", re.IGNORECASE)


class Word(NamedTuple):
    """A word: its offsets in the text, and the form that is compared with lexicon entries."""

    start: int
    end: int
    key: str


def normalise(text: str) -> str:
    """Fold apostrophes, quotation marks, hyphens and full-width letters, one character for one.

    Characters that print nothing (soft hyphen, zero-width space …) all become U+00AD.

    >>> print(normalise("isn’t “good”"))
    isn't "good"
    """
    if not text.isascii():
        for mark in "’‘“”":  # the most frequent ones; str.replace is fastest
            text = text.replace(mark, FOLD[ord(mark)])
    if text.isascii() and "`" not in text:
        return text
    return _FOLDABLE.sub(lambda found: FOLD[ord(found[0])], text)


def composed(text: str) -> str:
    r"""Return a text with a letter and its accent as one character: macOS and PDFs part them.

    >>> len("u\u0308ber"), len(composed("u\u0308ber"))
    (5, 4)
    """
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[Word]:
    """Split a text into words, which may contain apostrophes and hyphens; ’s and ’re are words.

    >>> [w.key for w in words("NATO’s de-escalation, 100,000 troops")]
    ['nato', "'s", 'de-escalation', '100,000', 'troops']
    """
    folded = normalise(text)
    found = []
    for match in _WORD.finditer(folded):
        start, end = match.span()
        clitic = _CLITIC.search(match.group())
        cut = start + clitic.start() if clitic else end
        for a, b in ((start, cut), (cut, end)):
            if key := composed(folded[a:b].lower().replace("\u00ad", "")):
                found.append(Word(a, b, key))
    return found


def count_words(text: str) -> int:
    """Count the words of a text; a clitic such as ’s is not a word of its own."""
    return sum(bool(word.strip("\u00ad")) for word in _WORD.findall(normalise(text)))
