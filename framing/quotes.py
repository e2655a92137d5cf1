"""Quotation marks of a text: what stands in them, and what cannot be told."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_DOUBLE, _SINGLE = 1, 2

_DOUBLES, _SINGLES = '"＂“”„‟«»', "'‘"
_STRAIGHT, _OPENING, _GUILLEMETS = '"＂', "“„‟", "«»"
# An apostrophe is no mark: before a clitic or a year, and between letters.
_IN_SINGLES = re.compile(
    r"['‘](?<![^\s(\[:—–-].)(?!(?:s|t|d|m|n|re|ll|ve|em|til|cause|tis|twas)\b|\d0s)(?=\w)"
    r"(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}+['’](?!\w)"
)
_OPENS = frozenset("\"＂“„‟«'‘")
_BEFORE_OPENING = "([—–-"  # or white space, or nothing


class Quotes(NamedTuple):
    """Stretches of a text as (start, end), in code points, without the marks themselves.

    ``quoted``: between two marks. ``unknown``: beside a mark that has no other. ``balanced``:
    every mark has its other.
    """

    quoted: list[tuple[int, int]]
    unknown: list[tuple[int, int]]
    balanced: bool


def opens_with_a_quote(text: str) -> bool:
    """Say whether a text begins with a quotation mark."""
    return text.lstrip()[:1] in _OPENS


def quotes(text: str, *, goes_on: bool = False) -> Quotes:
    """Find what a text quotes.

    Straight marks open before a word and close after one, and where that does not tell they take
    turns. Single marks count outside double ones and around two words or more.

    Parameters
    ----------
    text : str
        A paragraph.
    goes_on : bool, default False
        The next paragraph opens with a quotation mark: a quotation that is left open goes on
        there, as convention has it. Otherwise its mark has lost its other.

    Examples
    --------
    >>> quotes("“We may go,” he said.")
    Quotes(quoted=[(1, 11)], unknown=[], balanced=True)
    >>> quotes('He said "yes and left', goes_on=False).balanced
    False
    """
    for _, found in quotes_of([text], [goes_on]):
        return found
    return Quotes([], [], balanced=True)


def quotes_of(texts: Sequence[str], goes_on: Sequence[bool]) -> Iterator[tuple[int, Quotes]]:
    """Find what the texts of a chunk quote, those that have marks: the place of each, and `quotes`.

    All marks are found at once, in an array of the code points.
    """
    joined = "\n" + "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kind = _kinds()[np.minimum(codes, 0xFFFF)]
    doubles, singles = np.flatnonzero(kind == _DOUBLE), np.flatnonzero(kind == _SINGLE)
    singles = singles[_may_open()[np.minimum(codes[singles - 1], 0xFFFF)]]
    starts = np.cumsum([1, *(len(text) + 1 for text in texts)])
    rows, row_of_single = (np.searchsorted(starts, at, "right") - 1 for at in (doubles, singles))
    marks: dict[int, list[int]] = {}
    for row, at in zip(rows.tolist(), (doubles - starts[rows]).tolist(), strict=True):
        marks.setdefault(row, []).append(at)
    with_singles = set(row_of_single.tolist())
    for row in sorted(marks.keys() | with_singles):
        here = [(at, texts[row][at]) for at in marks.get(row, ())]
        yield row, _quotes(texts[row], here, row in with_singles, goes_on=bool(goes_on[row]))


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(0x10000, np.uint8)
    kinds[[ord(mark) for mark in _DOUBLES]] = _DOUBLE
    kinds[[ord(mark) for mark in _SINGLES]] = _SINGLE
    return kinds


@cache
def _may_open() -> NDArray[np.bool_]:
    """Characters before which a single mark may open."""
    before = [chr(code).isspace() or chr(code) in _BEFORE_OPENING + ":" for code in range(0x10000)]
    return np.array(before)


def _quotes(text: str, marks: list[tuple[int, str]], singles: bool, *, goes_on: bool) -> Quotes:
    """Pair the double marks of a text, then the single ones."""
    quoted = _fair(text, marks)
    unknown: list[tuple[int, int]] = []
    if 2 * len(quoted) < len(marks):  # not as it should be: mark by mark
        quoted, unknown = _pairs(text, marks, goes_on)
    balanced = not unknown
    straight = [at for at, mark in marks if mark in _STRAIGHT]
    rest = (straight[-1] + 1, len(text)) if len(straight) % 2 else None
    if not balanced and rest and rest not in unknown:
        unknown.append(rest)
    if singles:
        quoted += _singles(text, sorted(quoted + unknown))
    return Quotes(sorted(quoted), unknown, balanced)


def _fair(text: str, marks: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Find the marks next to each other of which one opens and the other closes."""
    found, done = [], -1
    for (at, mark), (end, other) in itertools.pairwise(marks):
        straight = mark in _STRAIGHT and other in _STRAIGHT
        fair = _opens(text, at) and _closes(text, end) if straight else mark + other == "“”"
        if fair and at > done:
            found.append((at + 1, end))
            done = end
    return found


def _singles(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find what stands in single marks, two words at least, and not in what is taken."""
    found = []
    for match in _IN_SINGLES.finditer(text):
        begin, end = match.start() + 1, match.end() - 1
        before = bisect.bisect_left(taken, (end, 0)) - 1
        free = before < 0 or taken[before][1] <= begin
        found += [(begin, end)] if free and " " in text[begin:end] else []
    return found


def _pairs(
    text: str, marks: list[tuple[int, str]], goes_on: bool
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pair the marks in one pass: what is quoted, and what is unknown."""
    quoted, unknown = [], []
    begin, opener, done = -1, "", 0
    for (at, mark), curly in zip(marks, _next_curly(marks), strict=True):
        opens, closes = _opens(text, at), _closes(text, at)
        if begin < 0:
            if mark != "”" and (mark not in _STRAIGHT or opens or not closes):
                begin, opener = at + 1, mark
            elif mark == "”" or not text[at - 1].isdigit():  # 6" are inches
                unknown.append((done, at))
                done = at + 1
        elif _ends(mark, opener, opens, closes, curly):
            quoted.append((begin, at))
            begin, done = -1, at + 1
        elif _begins_anew(mark, opener, opens):
            unknown.append((begin, at))
            begin, opener = at + 1, mark
    if begin >= 0:
        (quoted if goes_on else unknown).append((begin, len(text)))
    return quoted, unknown


def _next_curly(marks: list[tuple[int, str]]) -> list[str]:
    """For each mark, the next curly one after it."""
    found, last = [], ""
    for _, mark in reversed(marks):
        found.append(last)
        last = mark if mark in "“”" else last
    return found[::-1]


def _ends(mark: str, opener: str, opens: bool, closes: bool, curly: str) -> bool:
    """Say whether a mark ends the quotation that ``opener`` began."""
    if opener in _GUILLEMETS or mark in _GUILLEMETS:
        return opener in _GUILLEMETS and mark in _GUILLEMETS and mark != opener
    if mark == "”" or (opener == "„" and mark == "“"):
        return True
    if mark not in _STRAIGHT or (opens and not closes):
        return False
    # A straight mark ends what a curly one began only if no curly one does.
    return opener in _STRAIGHT or (closes and curly != "”")


def _begins_anew(mark: str, opener: str, opens: bool) -> bool:
    """Say whether a mark opens although a quotation is open, which has lost its end then."""
    if mark in _GUILLEMETS or opener in _GUILLEMETS:
        return mark == opener
    return mark in _OPENING or (opener in _STRAIGHT and opens)


def _opens(text: str, at: int) -> bool:
    """Before a word, and not after one."""
    before = text[at - 1 : at]
    return not text[at + 1 : at + 2].isspace() and (not before.strip() or before in _BEFORE_OPENING)


def _closes(text: str, at: int) -> bool:
    """After a word or its point, and not before a word."""
    return bool(text[at - 1 : at].strip()) and not text[at + 1 : at + 2].isalnum()
