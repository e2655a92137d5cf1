"""Quotation marks of a text: what stands in them, and what cannot be told."""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

_DOUBLE = re.compile('["＂“”„‟«»]')
_STRAIGHT, _OPENING, _GUILLEMETS = '"＂', "“„‟", "«»"
# An apostrophe is no mark: before a clitic or a year, and between letters.
_SINGLE = re.compile(
    r"(?<![^\s(\[:—–-])['‘](?!(?:s|t|d|m|n|re|ll|ve|em|til|cause|tis|twas)\b|\d0s)(?=\w)"
    r"(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}+['’](?!\w)"
)
_OPENERS = "\"＂“„‟«'‘"


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
    return text.lstrip()[:1] in tuple(_OPENERS)


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
    marks = [(m.start(), m.group()) for m in _DOUBLE.finditer(text)]
    quoted, unknown = _pairs(text, marks, goes_on) if marks else ([], [])
    balanced = not unknown
    straight = [at for at, mark in marks if mark in _STRAIGHT]
    if not balanced and len(straight) % 2:
        unknown.append((straight[-1] + 1, len(text)))
    if "'" in text or "‘" in text:
        quoted += _singles(text, sorted(quoted + unknown))
    return Quotes(sorted(quoted), unknown, balanced)


def _singles(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find what stands in single marks, two words at least, and not in what is taken."""
    found = []
    for match in _SINGLE.finditer(text):
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
    return not text[at + 1 : at + 2].isspace() and (not before.strip() or before in "([—–-")


def _closes(text: str, at: int) -> bool:
    """After a word or its point, and not before a word."""
    return bool(text[at - 1 : at].strip()) and not text[at + 1 : at + 2].isalnum()
