"""Dictionaries as outlines: Lexicoder (``.lc3``) and WordStat (``.cat``)."""

from __future__ import annotations

import re

from framing.lexicon.formats import DictionaryError, Item, number, split_lines

_WEIGHTED = re.compile(r"(.*\S)\s*\((-?\d+(?:[.,]\d+)?)\)")


def read_lexicoder(text: str, notes: list[str]) -> list[Item]:
    r"""Read ``+CATEGORY`` lines, each with its entries below it.

    Examples
    --------
    >>> read_lexicoder("+FEAR\nAFRAID\n", [])[-1][:3]
    (2, ('FEAR',), 'AFRAID')
    """
    items: list[Item] = []
    category: tuple[str, ...] = ()
    for at, line in enumerate(split_lines(text), start=1):
        said = line.strip()
        if said.startswith("+"):
            category = (said[1:].strip(),)
            items.append(Item(at, category))
        elif said and not category:
            raise DictionaryError(
                at, f"{said!r} stands before the first category (a line like +FEAR)"
            )
        elif said:
            items.append(Item(at, category, said))
    return items


def read_wordstat(text: str, notes: list[str]) -> list[Item]:
    r"""Read categories nested by tabs; a line that ends in ``(1)`` is an entry with its weight.

    Phrases are often joined by underscores there. A rule of proximity (a line that starts with
    ``@``) has no counterpart here and is left out with a note.

    Examples
    --------
    >>> read_wordstat("ALARM\n\tFEAR\n\t\tafraid_of (2)\n", [])[-1][:4]
    (3, ('ALARM', 'FEAR'), 'afraid_of', 2.0)
    """
    items: list[Item] = []
    above: list[tuple[int, str]] = []
    for at, line in enumerate(split_lines(text), start=1):
        said = line.strip()
        depth = line[: len(line) - len(line.lstrip())].count("\t")
        weighted = _WEIGHTED.fullmatch(said)
        if said.startswith("@"):
            notes.append(f"line {at}: the rule {said!r}")
        elif weighted:
            category = tuple(name for level, name in above if level < depth)
            if not category:
                raise DictionaryError(at, f"{weighted[1]!r} stands below no category")
            items.append(Item(at, category, weighted[1], number(weighted[2], at)))
        elif said:
            above = [*(a for a in above if a[0] < depth), (depth, said)]
            items.append(Item(at, tuple(name for _, name in above)))
    return items
