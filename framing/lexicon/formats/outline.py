"""Dictionaries in lines: Lexicoder (``.lc3``), WordStat (``.cat``), and lists of words."""

from __future__ import annotations

import re

from framing.lexicon.formats import DictionaryError, Entry, number, split_lines

_MOST_WORDS = 4  # of an entry in a list; a line of a text has more, or marks
_NO_ENTRY = re.compile(r"[\t,;:<>{}=\x00-\x1f\ufffd]|[.!]$")
_LETTER = re.compile(r"\w[^\w\s*?]+")  # "a+" would match each "a"
_WEIGHTED = re.compile(r"(.*\S)\s*\((-?\d+(?:[.,]\d+)?)\)")


def read_lexicoder(text: str, notes: list[str]) -> list[Entry]:
    r"""Read lines of ``+CATEGORY`` with their entries below.

    >>> read_lexicoder("+FEAR\nAFRAID\n", [])[-1][:3]
    (2, ('FEAR',), 'AFRAID')
    """
    items: list[Entry] = []
    category: tuple[str, ...] = ()
    for at, line in enumerate(split_lines(text), start=1):
        content = line.strip()
        if content.startswith("+"):
            category = (content[1:].strip(),)
            if category == ("",):
                raise DictionaryError(at, "a category without a name")
            items.append(Entry(at, category))
        elif content and not category:
            raise DictionaryError(
                at, f"{content!r} comes before the first category (a line such as +FEAR)"
            )
        elif content:
            items.append(Entry(at, category, content))
    return items


def read_wordstat(text: str, notes: list[str]) -> list[Entry]:
    r"""Read categories nested by tabs; a line that ends in ``(1)`` is an entry with its weight.

    Proximity rules (lines that start with ``@``) are not supported and are left out with a note.

    >>> read_wordstat("ALARM\n\tFEAR\n\t\tafraid_of (2)\n", [])[-1][:4]
    (3, ('ALARM', 'FEAR'), 'afraid_of', 2.0)
    """
    items: list[Entry] = []
    above: list[tuple[int, str]] = []
    for at, line in enumerate(split_lines(text), start=1):
        content = line.strip()
        depth = line[: len(line) - len(line.lstrip())].count("\t")
        weighted = _WEIGHTED.fullmatch(content)
        if content.startswith("@"):
            notes.append(f"line {at}: the rule {content!r}")
        elif weighted:
            category = tuple(name for level, name in above if level < depth)
            if not category:
                raise DictionaryError(at, f"{weighted[1]!r} has no category above it")
            items.append(Entry(at, category, weighted[1], number(weighted[2], at)))
        elif content:
            above = [*(a for a in above if a[0] < depth), (depth, content)]
            items.append(Entry(at, tuple(name for _, name in above)))
    return items


def is_list(text: str) -> bool:
    """Return whether each line is a word or a short phrase, or a remark after ; or #."""
    entries = [line for _, line in _listed(text)]
    short = (len(line.split()) <= _MOST_WORDS and not _NO_ENTRY.search(line) for line in entries)
    return bool(entries) and all(short)


def read_list(text: str, category: str, notes: list[str]) -> list[Entry]:
    r"""Read an entry per line, all of one category; those of one letter and marks are left out.

    >>> read_list("; Words of fear\n\nafraid\na+\n", "fear", [])
    [Entry(line=3, category=('fear',), entry='afraid', weight=1.0, tag='', rule='')]
    """
    lines = _listed(text)
    cut = [(at, line) for at, line in lines if _LETTER.fullmatch(line)]
    notes += [f"line {at}: {line!r}, a letter and marks" for at, line in cut]
    return [Entry(at, (category,), line) for at, line in lines if (at, line) not in cut]


def _listed(text: str) -> list[tuple[int, str]]:
    lines = ((at, line.strip()) for at, line in enumerate(split_lines(text), start=1))
    return [(at, line) for at, line in lines if line and line[0] not in ";#"]
