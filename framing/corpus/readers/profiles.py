"""What the columns of a table hold, from a sample of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

import pandas as pd

from framing.corpus.dates import read_date
from framing.corpus.readers.cells import cell_text, is_missing

LONG = 15  # words that the median cell of a column of texts has at least
SHORT = 60  # words that the median cell of any other field than the text has at most
_CHARACTERS = 6  # for a word, where a script has no spaces
_SENTENCE_END = re.compile(r"[.!?…。！？]")
_FILE = re.compile(
    r"(?!\w+://|[A-Za-z]:[\\/]|/)[^\n]{1,200}\.(?:txt|text|md|html?|docx?|rtf|pdf|xml|json)(?:\.gz)?",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W_]+")
_BEGIN, _LETTERS, _END = 120, 40, 30  # characters, letters among them, characters at the end
_CUT = re.compile(r"(?:…|\.\.\.|[^\W_]|,|[-–—]|\[\+\d+ char\w*\])[\])]?\s*$")
_SAMPLED_CHARACTERS = 20_000


class Profile(NamedTuple):
    """What a sample of the cells of a column holds; shares are of the cells with a value.

    ``same`` is the value of the cells if it is the same in all of them; ``begins`` are the first
    letters of long ones, and ``cut`` is the share of these that break off.
    """

    filled: int = 0
    words: float = 0
    dates: float = 0
    urls: float = 0
    prose: float = 0
    same: str = ""
    files: float = 0
    begins: frozenset[str] = frozenset()
    cut: float = 0

    @property
    def is_long(self) -> bool:
        """Whether its cells are texts: many words, with the end of a sentence."""
        return self.words >= LONG and self.prose >= 0.5

    def goes_on_in(self, other: Profile) -> bool:
        """Whether most cells break off, and those of another column begin alike and are longer."""
        alike = len(self.begins & other.begins) > len(self.begins) / 2
        return self.cut > 0.5 and other.cut <= 0.5 and alike and other.words > self.words


def profile(rows: Iterable[Mapping[str, Any]]) -> dict[str, Profile]:
    """Return what every column holds, from a sample of the rows.

    >>> profile([{"text": "Rain fell. " * 30, "when": "2018-01-31"}])["when"].dates
    1.0
    """
    cells: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            text = cell_text(value)[:_SAMPLED_CHARACTERS]
            if not is_missing(text):
                cells.setdefault(name, []).append(text)
    return {name: _profile(texts) for name, texts in cells.items()}


def _profile(texts: Sequence[str]) -> Profile:
    n = len(texts)
    words = median(max(text.count(" ") + 1, len(text) // _CHARACTERS) for text in texts)
    prose = sum(bool(_SENTENCE_END.search(text)) for text in texts) / n
    begins, cut = frozenset[str](), 0.0
    if words >= LONG:
        begins = frozenset(_NO_LETTER.sub("", text[:_BEGIN])[:_LETTERS] for text in texts)
        cut = sum(_CUT.search(text[-_END:]) is not None for text in texts) / n
    if words > SHORT:
        return Profile(n, words, prose=prose, begins=begins, cut=cut)
    urls = sum(
        bool(re.match(r"(https?:)?//\S+$|www\.[^\s/]+/\S*$", text.strip())) for text in texts
    )
    short = [t for t in texts[:50] if len(t) < 60 and not t.startswith("/")]  # a path may have one
    dates = sum(not pd.isna(read_date(t, "dmy").value) for t in short)
    same = texts[0].strip() if len(set(texts)) == 1 else ""
    files = sum(bool(_FILE.fullmatch(text.strip())) for text in texts)
    prose = 0 if urls + files > n / 2 else prose
    return Profile(n, words, dates / min(n, 50), urls / n, prose, same, files / n, begins, cut)
