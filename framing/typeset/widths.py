"""How a table is made to fit: smaller type, then a turned page, then in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from framing.typeset.text import width

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # points, from comfortable down to the floor
_SPLIT_SIZE = 7.5
_GAP = 1.1  # em between two columns
_LINE = 16.0  # em: longer cells wrap if the table is too wide otherwise


class Need(NamedTuple):
    """Width of a column in em: without wrapping, and the least that looks well.

    ``text`` says that the column holds text that wraps, and takes what room there is.
    """

    line: float
    least: float
    text: bool


class Fit(NamedTuple):
    """A turned page or not, the size of type in points, and the columns of each part."""

    flipped: bool
    size: float
    room: float
    parts: list[list[int]]


def need(heads: Sequence[str], values: Sequence[str], *, numbers: bool) -> Need:
    """Return what a column needs: heads wrap between words, values do unless they are numbers.

    >>> need(["p adjusted"], ["0.25"], numbers=True) == need(["adjusted p"], [], numbers=True)
    True
    >>> need([], ["a b " * 40], numbers=False).least
    16.0
    """
    word = max((width(word) for head in heads for word in head.split()), default=0.0)
    value = max(map(width, values), default=0.0)
    least = max(word, value if numbers else min(value, _LINE), 1.0)
    return Need(max([least, value, *map(width, heads)]), least, value > least)


def fit(needs: Sequence[Need], *, row_heads: int, portrait: float, landscape: float) -> Fit:
    """Choose the largest type with which the table fits, on an upright page if it can be.

    ``portrait`` and ``landscape`` are the widths of the text in points (``landscape`` is 0 where
    the page cannot turn). What fits neither is cut into parts that repeat the first ``row_heads``
    columns.
    """
    everything = [list(range(len(needs)))]
    whole = sum(column.line + _GAP for column in needs)
    least = [column.least + _GAP for column in needs]
    if _SIZES[0] * whole <= portrait:
        return Fit(False, _SIZES[0], portrait, everything)
    for flipped, room in ((False, portrait), (True, landscape)):
        for size in _SIZES:
            if size * sum(least) <= room:
                return Fit(flipped, size, room, everything)
    parts = list(_split(least, row_heads, portrait / _SPLIT_SIZE))
    return Fit(False, _SPLIT_SIZE, portrait, parts)


def tracks(needs: Sequence[Need], columns: list[int], fitted: Fit) -> list[str]:
    """Return the Typst widths of some columns: those that wrap share what the others leave."""
    whole = fitted.size * sum(needs[x].line + _GAP for x in columns)
    return ["auto" if whole <= fitted.room else _track(needs[x]) for x in columns]


def _track(column: Need) -> str:
    if column.text:
        return f"{column.least:.3g}fr"
    return "auto" if column.line == column.least else f"{column.least + _GAP:.3g}em"


def _split(least: list[float], row_heads: int, room: float) -> Iterator[list[int]]:
    heads = list(range(row_heads))
    part = list(heads)
    for x in range(row_heads, len(least)):
        if len(part) > row_heads and sum(least[i] for i in part) + least[x] > room:
            yield part
            part = list(heads)
        part.append(x)
    yield part
