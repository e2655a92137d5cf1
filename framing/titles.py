"""Titles of articles, with and without the name of the site."""

from __future__ import annotations

import re

from framing.signals import is_titled, key
from framing.tokens import count_words

HEADLINE_WORDS = 30
HEADING = re.compile(r"#{1,6} (?=\S)")  # as in Markdown, and as the reader of pages marks them
# Site names after the last separator of a title: short, and without a final mark.
_SUFFIX = re.compile(r"\s+[|–—-]\s+([^|–—]{2,40})$")


def clean_title(title: str, outlet: str = "") -> str:
    """Take the name of the site or the section off the end of a title.

    Examples
    --------
    >>> clean_title("Talks fail | World news")
    'Talks fail'
    >>> clean_title("Talks fail - The Standard", outlet="The Standard")
    'Talks fail'
    >>> clean_title("Strait crisis – what we know so far")
    'Strait crisis – what we know so far'
    """
    title = " ".join(title.split())
    found = _SUFFIX.search(title)
    if found is None:
        return title
    suffix = found.group(1)
    named = outlet != "" and key(suffix) in key(outlet) + " " + key("the " + outlet)
    if named or "|" in found.group() or re.search(r"\bnews\b", suffix, re.IGNORECASE):
        return clean_title(title[: found.start()], outlet)
    return title


def same_title(block: str, title: str, outlet: str) -> bool:
    """Whether a block is the title that the source knows."""
    block = HEADING.sub("", block, count=1)
    return key(clean_title(block, outlet)) == key(clean_title(title, outlet))


def looks_like_headline(line: str) -> bool:
    """Whether the first line of a text without a known title is one."""
    line = re.sub(r"^#{1,6} |[?!]$", "", line)
    return is_titled(line) and 2 <= count_words(line) <= HEADLINE_WORDS
