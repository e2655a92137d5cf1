"""Quotations in a text, and stretches where unpaired marks leave it open."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from framing.text.arrays import Bools, Ints
from framing.text.chunks import Pieces, spread

_DOUBLES, _SINGLES = '"＂“”„‟«»', "'‘’"
_STRAIGHT, _OPENING, _GUILLEMETS = '"＂', "“„‟", "«»"
# An apostrophe is no mark: before a clitic or a year, and between letters.
_IN_SINGLES = re.compile(
    r"['‘](?<![^\s(\[:—–-].)(?!(?:s|t|d|m|n|re|ll|ve|em|til|cause|tis|twas)\b|\d0s)(?=\w)"
    r"(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}+['’](?!\w)"
)
_OPENS = frozenset("\"＂“„‟«'‘")
_BEFORE_OPENING = "([—–-"  # or white space, or nothing


def opens_with_a_quote(text: str) -> bool:
    """Return whether a text begins with a quotation mark."""
    return text.lstrip()[:1] in _OPENS


def quotes_of(
    texts: Sequence[str], pieces: Pieces, goes_on: Sequence[bool]
) -> tuple[Ints, Ints, Bools]:
    """Find the quotations in the texts of a chunk, what may be one, and texts with a lost mark.

    Straight marks open before a word and close after one, and where that does not tell they take
    turns. Single marks count outside double ones and around two words or more. ``goes_on``:
    whether the next paragraph opens with a quotation mark; an open quotation then continues there,
    by convention. Marks are paired in arrays; a text in which one remains is read mark by mark.

    Returns stretches between two marks, and beside an unpaired one, a row each: text, start and end
    in code points, without the marks; and whether a mark of each text has no partner.

    >>> from framing.text.chunks import cut
    >>> texts = ["“We may go,” he said.", 'He said "yes and left']
    >>> [found.tolist() for found in quotes_of(texts, cut(texts), [False, False])]
    [[[0, 1, 11]], [[1, 9, 21]], [False, True]]
    """
    marks, singles = _find(pieces)
    pairs, n = _fair(marks), len(texts)
    fair = np.column_stack([marks.rows[pairs], marks.at[pairs] + 1, marks.at[pairs + 1]])
    odd = 2 * np.bincount(fair[:, 0], minlength=n) < np.bincount(marks.rows, minlength=n)
    columns = [column[odd[marks.rows]].tolist() for column in (*marks, _before_closing(marks))]
    quoted: list[tuple[int, int, int]] = []
    unknown: list[tuple[int, int, int]] = []
    for row, here in itertools.groupby(zip(*columns, strict=True), key=itemgetter(0)):
        found = _paired_in_turn(texts[row], list(here), goes_on=goes_on[row])
        quoted += [(row, *span) for span in found[0]]
        unknown += [(row, *span) for span in found[1]]
    doubles = np.concatenate([fair[~odd[fair[:, 0]]], _as_rows(quoted)])
    lost = _as_rows(unknown)
    inside = _in_singles(texts, singles, np.concatenate([doubles, lost]))
    unbalanced = np.bincount(lost[:, 0], minlength=n) > 0
    return np.concatenate([doubles, inside]), lost, unbalanced


class _Marks(NamedTuple):
    """Marks of texts: of which text, where in it, and whether a word is beside it.

    ``opens``: before a word, and not after one. ``closes``: after a word or its point, and not
    before a word.
    """

    rows: Ints
    at: Ints
    mark: NDArray[np.str_]
    opens: Bools
    closes: Bools

    def only(self, which: Bools) -> _Marks:
        """Return some of the marks."""
        rows, at, mark, opens, closes = self
        return _Marks(rows[which], at[which], mark[which], opens[which], closes[which])


def _find(pieces: Pieces) -> tuple[_Marks, _Marks]:
    """Find the double marks, and the single ones that may open a quotation of several words."""
    kinds, follows = _in_kinds(pieces.kinds)
    number = np.bincount(kinds.rows, minlength=len(pieces.kinds))
    marked = np.flatnonzero((number > 0)[pieces.ids])
    ids = pieces.ids[marked]
    which = spread((np.cumsum(number) - number)[ids], number[ids])
    piece = np.repeat(marked, number[ids])
    place = pieces.places[piece] + kinds.at[which]
    rows = np.searchsorted(pieces.rows, piece, side="right") - 1
    # Nothing comes after the last character of a text: its line feed is not of the text.
    last = (place == pieces.places[piece + 1] - 2) & (piece == pieces.rows[rows + 1] - 1)
    opens = kinds.opens[which] | last & follows[which]
    at, closes = place - pieces.origin[rows], kinds.closes[which]
    found = _Marks(rows, at, kinds.mark[which], opens, closes)
    double = np.isin(kinds.mark, [*_DOUBLES])[which]
    return found.only(double), found.only(~double)


def _in_kinds(kinds: pa.LargeStringArray) -> tuple[_Marks, Bools]:
    """Find the marks of different pieces, and whether each follows what can be before a quotation.

    White space is before each piece, and after it: within the piece, which ends in some. Of the
    single marks of a piece, those that enclose a word of it and apostrophes are left out.
    """
    text = kinds.buffers()[2].to_pybytes().decode()
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    begins = np.append(0, np.cumsum(pc.utf8_length(kinds).to_numpy()))
    places = np.flatnonzero(np.isin(codes, [ord(mark) for mark in _DOUBLES + _SINGLES]))
    rows = np.searchsorted(begins, places, side="right") - 1
    before = np.where(places == begins[rows], ord(" "), codes[places - 1])
    after, mark = codes[places + 1], codes[places].view("U1")
    follows = _are(before, lambda c: c.isspace() or c in _BEFORE_OPENING)
    opens = follows & ~_are(after, str.isspace)
    closes = ~_are(before, str.isspace) & ~_are(after, str.isalnum)
    kept = np.isin(mark, [*_DOUBLES])
    follows |= ~kept & (before == ord(":"))
    single = np.flatnonzero(
        ~kept & ~(_are(before, _in_word) & _are(after, _in_word) & (mark != "‘"))
    )
    last = single[np.diff(rows[single], append=-1) != 0]
    kept[last] = follows[last] & (mark[last] != "’")
    found = _Marks(rows, places - begins[rows], mark, opens, closes)
    return found.only(kept), follows[kept]


def _in_word(c: str) -> bool:
    return c.isalnum() or c == "_"


def _are(codes: NDArray[np.uint32], holds: Callable[[str], bool]) -> Bools:
    """Return a predicate of characters for an array of codes, computed once per character."""
    table = np.zeros(int(codes.max(initial=0)) + 1, bool)
    table[codes] = True
    kinds = np.flatnonzero(table)
    table[kinds] = [holds(chr(code)) for code in kinds.tolist()]
    return table[codes]


def _fair(marks: _Marks) -> Ints:
    """Find the marks that open where the next one closes; of two pairs with one mark, the first."""
    straight = np.isin(marks.mark, [*_STRAIGHT])
    fits = straight[:-1] & straight[1:] & marks.opens[:-1] & marks.closes[1:]
    fits |= (marks.mark[:-1] == "“") & (marks.mark[1:] == "”")
    pairs = np.flatnonzero(fits & (marks.rows[:-1] == marks.rows[1:]))
    run = np.maximum.accumulate(np.where(np.diff(pairs, prepend=-2) > 1, pairs, 0))
    return pairs[(pairs - run) % 2 == 0]


def _as_rows(found: list[tuple[int, int, int]]) -> Ints:
    return np.array(found, np.int64).reshape(-1, 3)


def _in_singles(texts: Sequence[str], singles: _Marks, taken: Ints) -> Ints:
    """Find quotations of two words or more in single marks, outside the stretches ``taken``."""
    spans = sorted(map(tuple, taken[np.isin(taken[:, 0], singles.rows)].tolist()))
    found = []
    for row, at in zip(singles.rows.tolist(), singles.at.tolist(), strict=True):
        match = _IN_SINGLES.match(texts[row], at)
        if match and " " in match[0]:
            begin, end = at + 1, match.end() - 1
            before = bisect.bisect_left(spans, (row, end)) - 1
            free = before < 0 or spans[before] < (row,) or spans[before][2] <= begin
            found += [(row, begin, end)] if free else []
    return _as_rows(found)


def _paired_in_turn(
    text: str, marks: list[tuple[int, int, str, bool, bool, bool]], *, goes_on: bool
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pair the marks in one pass; return quoted and unknown stretches."""
    quoted, unknown = [], []
    begin, opener, done = -1, "", 0
    for _, at, mark, opens, closes, closed_later in marks:
        if begin < 0:
            if mark != "”" and (mark not in _STRAIGHT or opens or not closes):
                begin, opener = at + 1, mark
            elif mark == "”" or not text[at - 1].isdigit():  # 6" are inches
                unknown.append((done, at))
                done = at + 1
        elif _ends(mark, opener, opens, closes, closed_later):
            quoted.append((begin, at))
            begin, done = -1, at + 1
        elif _begins_anew(mark, opener, opens):
            unknown.append((begin, at))
            begin, opener = at + 1, mark
    if begin >= 0:
        (quoted if goes_on else unknown).append((begin, len(text)))
    straight = [at for _, at, mark, *_ in marks if mark in _STRAIGHT]
    rest = (straight[-1] + 1, len(text)) if len(straight) % 2 else None
    if unknown and rest and rest not in unknown:
        unknown.append(rest)
    return quoted, unknown


def _before_closing(marks: _Marks) -> Bools:
    """Return of which marks the next curly one in the text is a closing one."""
    curly = np.flatnonzero((marks.mark == "“") | (marks.mark == "”"))
    following = np.searchsorted(curly, np.arange(len(marks.at)), side="right")
    found, known = np.append(curly, 0)[following], following < len(curly)
    return known & (marks.mark[found] == "”") & (marks.rows[found] == marks.rows)


def _ends(mark: str, opener: str, opens: bool, closes: bool, closed_later: bool) -> bool:
    """Return whether a mark ends the quotation that ``opener`` began."""
    if opener in _GUILLEMETS or mark in _GUILLEMETS:
        return opener in _GUILLEMETS and mark in _GUILLEMETS and mark != opener
    if mark == "”" or (opener == "„" and mark == "“"):
        return True
    if mark not in _STRAIGHT or (opens and not closes):
        return False
    # A straight mark ends what a curly one began only if no curly one does.
    return opener in _STRAIGHT or (closes and not closed_later)


def _begins_anew(mark: str, opener: str, opens: bool) -> bool:
    """Return whether a mark opens a quotation although one is open, which is then unpaired."""
    if mark in _GUILLEMETS or opener in _GUILLEMETS:
        return mark == opener
    return mark in _OPENING or (opener in _STRAIGHT and opens)
