"""LIWC dictionaries of 2007 and 2015 (``.dic``): a numbered legend, then words and numbers."""

from __future__ import annotations

import itertools
import re

from framing.lexicon.formats import DictionaryError, Entry, split_lines

_LEGEND = re.compile(r"([\t ]*)(\d+)\s+(\S.*)")
# "<of>131/125": 131 before "of", else 125; "(02 134)125/464": 125 after a word of 02 or 134.
_CONDITIONAL = re.compile(r"(?:\([^()]*\)|<\w+>)\s*\d+(?:/\d+)?|(?<!\d)\d+/\d+")


def read(text: str, notes: list[str]) -> list[Entry]:
    r"""Read a legend between two lines of ``%`` and the words below it.

    A number that applies only next to certain words (``<of>131/125``) is left out with a note.

    >>> read("%\n1\tFear\n%\nafraid\t1\n", [])[-1]
    Entry(line=4, category=('Fear',), entry='afraid', weight=1.0, tag='', rule='')
    """
    lines = split_lines(text)
    marks = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        where = marks[0] + 1 if marks else 1
        raise DictionaryError(where, "the list of categories must be between two lines of %")
    first, last = marks[:2]
    legend, items = _legend(lines, first + 1, last)
    for i in range(last + 1, len(lines)):
        if lines[i].strip() and lines[i].strip() != "%":
            items += _word(lines[i].strip(), i + 1, legend, notes)
    return items


def _legend(
    lines: list[str], first: int, last: int
) -> tuple[dict[int, tuple[str, ...]], list[Entry]]:
    """Return the category of every number; tabs before a number nest it in the category above."""
    legend: dict[int, tuple[str, ...]] = {}
    items: list[Entry] = []
    above: list[tuple[int, str]] = []
    for i in range(first, last):
        if not lines[i].strip():
            continue
        match = _LEGEND.fullmatch(lines[i].rstrip())
        if not match:
            raise DictionaryError(i + 1, f"expected a number and a name, got {lines[i].strip()!r}")
        depth, code = match[1].count("\t"), int(match[2])
        if code in legend:
            raise DictionaryError(i + 1, f"duplicate number {code}")
        above = [*(a for a in above if a[0] < depth), (depth, match[3].strip())]
        legend[code] = tuple(name for _, name in above)
        items.append(Entry(i + 1, legend[code]))
    return legend, items


def _word(
    line: str, number: int, legend: dict[int, tuple[str, ...]], notes: list[str]
) -> list[Entry]:
    entry, tab, codes_text = line.partition("\t")
    if not tab:  # the numbers are after the entry
        codes = list(itertools.takewhile(str.isdecimal, reversed(line.split()[1:])))
        entry, codes_text = line.rsplit(None, len(codes))[0], " ".join(reversed(codes))
    plain = _CONDITIONAL.sub(" ", codes_text).split()
    if strange := [code for code in plain if not code.isdecimal()]:
        raise DictionaryError(number, f"expected the number of a category, got {strange[0]!r}")
    numbers = [int(code) for code in plain]
    if unknown := [code for code in numbers if code not in legend]:
        notes.append(f"line {number}: no category has the number {unknown[0]}")
    elif _CONDITIONAL.search(codes_text):
        notes.append(f"line {number}: {entry!r} has a category that depends on nearby words")
    elif not numbers:
        notes.append(f"line {number}: {entry!r} has no category")
    return [Entry(number, legend[code], entry.strip()) for code in numbers if code in legend]
