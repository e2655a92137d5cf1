"""Dictionary files: one module per format, which turns the text of a file into a list of items.

A reader raises `DictionaryError` for invalid input, and appends what it leaves out to ``notes``.
What the formats mean (globs, nested categories, upper and lower case) follows quanteda.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

_TOLD = 10  # faults


class Entry(NamedTuple):
    """An entry of a category or, if ``entry`` is empty, the beginning of a category."""

    line: int
    category: tuple[str, ...]
    entry: str = ""
    weight: float = 1.0
    tag: str = ""
    rule: str = ""


class DictionaryError(ValueError):
    """An error in a dictionary file, with its line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def refuse(faults: list[DictionaryError]) -> None:
    """Raise one error for all faults of a file; its message has the first ten and their number."""
    if not faults:
        return
    first, *others = sorted(faults, key=lambda fault: fault.line)
    told = [f"line {fault.line}: {fault}" for fault in others[: _TOLD - 1]]
    more = [f"{len(faults)} faults in all"] * (len(faults) > 1)
    raise DictionaryError(first.line, "; ".join([str(first), *told, *more]))


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a text, which end in ``\r\n``, ``\n`` or a bare ``\r`` only.

    >>> split_lines("a\rb\r\nc\x0bd")
    ['a', 'b', 'c\x0bd']
    """
    return re.split(r"\r\n|\r|\n", text)


def number(cell: str, line: int) -> float:
    """Return a weight as a number; raise an error if it is not finite."""
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DictionaryError(line, f"the weight {cell!r} is not a number")
    return value
