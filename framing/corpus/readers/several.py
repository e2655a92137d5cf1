"""Texts that hold several articles, or an article among labels that no reader can split."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pandas as pd

from framing.corpus.blocks.signals import has_final_mark
from framing.corpus.dates import find_date
from framing.text.words import count_words

# A line that stands in every article of an export of a database.
_DATABASES = {
    "Gale": re.compile(r"^(?:Gale )?Document Number: ?GALE\b", re.MULTILINE),
    "NewsBank": re.compile(
        r"^Record(?: Number)?: ?\S+\s+Copyright(?:,| \(c\)| ©),? \d{4}\b"
        r"|^\W{0,3}Citation \(\w[\w ]{0,20} Style\)$",
        re.MULTILINE,
    ),
    "ProQuest": re.compile(r"^ProQuest document ID:", re.MULTILINE),
    "EBSCOhost": re.compile(
        r"content may not be copied or e-?mailed to multiple sites"
        r"|\bPersistent link to this record\b"
    ),
}
# Labels that say where and when an article was printed; a list of books has none twice.
_LABEL = re.compile(
    r"^(source|publication|newspaper|outlet|publication title|publication date|date|section|page|"
    r"document type|record number|full text|words|length|quelle|zeitung|datum|ressort|seite|"
    r"journal|rubrique|fuente|fecha|sección|fonte|data|bron)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_RULE = re.compile(r"^[ \t]*([=_*#~-])\1{7,}[ \t]*$", re.MULTILINE)
_HEAD_LINES, _HEAD_WORDS, _BODY_WORDS = 4, 15, 20
_HEAD_CHARACTERS, _DATE_WORDS = 150, 10  # of a title or the line with its date; of the latter
AS_ONE = "read as one article"
_ADVICE = "make a table of them (title, outlet, date, text), or a file of each"


def several_in(text: str) -> str:
    """Return why a text is not one article to be scored, or an empty string.

    >>> several_in("ProQuest document ID: 17")[:40]
    'an article in a layout of ProQuest that '
    """
    if reason := of_database(text):
        return reason
    counts = Counter(label.strip().lower() for label in _LABEL.findall(text))
    (label, count), (_, fewer) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    if fewer > 1:
        return f"several articles in one text ({count} × '{label.capitalize()}:'): {_ADVICE}"
    parts = between_rules(text)
    if (count := sum(map(_begins_an_article, parts))) > 1:
        return f"{count} articles in one text, separated by lines: {_ADVICE}"
    return ""


def maybe_several(text: str) -> str:
    r"""Return a note on a text that may be several articles: each with a title, a date below it.

    >>> one = "Talks Fail\n2 March 2031\n\n" + "The talks on the ferry failed again. " * 5
    >>> maybe_several(one), maybe_several(f"{one}\n\n{one}")[:40]
    ('', '2 titles with a date below them, read as')
    """
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    short = [len(line) < _HEAD_CHARACTERS and not has_final_mark(line) for line in lines]
    dated = [
        n
        for n, line in enumerate(lines)
        if n and short[n] and short[n - 1] and not pd.isna(find_date(line).value)
        and count_words(line) <= _DATE_WORDS and pd.isna(find_date(lines[n - 1]).value)
    ]  # fmt: skip
    texts = (lines[a + 1 : b] for a, b in pairwise([*dated, len(lines)]))
    count = sum(count_words(" ".join(of_it)) >= _BODY_WORDS for of_it in texts)
    several = f"{count} titles with a date below them, {AS_ONE}: if there are several, {_ADVICE}"
    return several if count > 1 else ""


def between_rules(text: str) -> list[str]:
    """Return the parts of a text between lines of nothing but equals signs and the like."""
    return _RULE.split(text)[::2] if _RULE.search(text) else []


def of_database(text: str) -> str:
    """Return why a text is the export of a database that no reader can split, or nothing."""
    for name, mark in _DATABASES.items():
        if count := len(mark.findall(text)):
            articles = "an article" if count == 1 else f"{count:,} articles"
            return f"{articles} in a layout of {name} that no reader can split: {_ADVICE}"
    return ""


def _begins_an_article(part: str) -> bool:
    """Return whether one of the first lines has a date, as below a headline, and text follows."""
    lines = [line for line in part.splitlines() if line.strip()]
    head = [line for line in lines[:_HEAD_LINES] if count_words(line) <= _HEAD_WORDS]
    dated = any(not pd.isna(find_date(line).value) for line in head)
    return dated and count_words(" ".join(lines[1:])) >= _BODY_WORDS
