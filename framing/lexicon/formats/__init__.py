"""Dictionary files: one module a format, each turns a file's text into a list of items.

A reader raises `DictionaryError` for what cannot be understood, and appends what it leaves out to
``notes``.
What the formats mean (globs, nested categories, upper and lower case) follows quanteda.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple


class Item(NamedTuple):
    """An entry of a category, or, if ``entry`` is empty, the place where a category begins."""

    line: int
    category: tuple[str, ...]
    entry: str = ""
    weight: float = 1.0
    tag: str = ""
    rule: str = ""


class DictionaryError(ValueError):
    """What is wrong in a dictionary file, and in which line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def split_lines(text: str) -> list[str]:
    r"""Lines of a text: ``\r\n``, ``\n`` and a bare ``\r`` end one, nothing else does.

    Examples
    --------
    >>> split_lines("a\rb\r\nc\x0bd")
    ['a', 'b', 'c\x0bd']
    """
    return re.split(r"\r\n|\r|\n", text)


def number(cell: str, line: int) -> float:
    """A weight; what is not a finite number is a fault."""
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DictionaryError(line, f"the weight {cell!r} is not a number")
    return value
