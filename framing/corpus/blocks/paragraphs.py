"""Where a paragraph begins and ends: one rule for every source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_LINE_ENDS = "\r\v\f\x85\u2028"
_FINAL = re.compile(r"[.!?…:;,][\"'”’»)\]*]*$")
_WIDEST = 130  # no programme wraps at more characters than that
_SLACK = 3  # a wrapping programme may leave so many characters free


def split_blocks(text: str) -> list[str]:
    r"""Split a text into blocks, its paragraphs.

    1. ``\n``, ``\r\n``, ``\r``, VT, FF, U+0085 and U+2028 all end a line, and only these;
       U+2029 ends a paragraph.
    2. Where the source wraps its lines at a fixed width (nearly every line is so full that the
       first word of the next would not have fitted), full lines are joined, and a line that is
       not full, a blank or an indented line ends a paragraph.
    3. Elsewhere blank lines end paragraphs, and so does the end of a line in a text without
       blank lines, or in a block in which a line ends with a final mark. (Lines without one, as
       those of a caption, stay one block.)

    Examples
    --------
    >>> split_blocks("One.\r\n\r\nTwo.\r\nThree.")
    ['One.', 'Two.', 'Three.']
    """
    text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    width = _wrap_width(lines)
    if width:
        return list(_unwrapped(lines, width))
    runs = list(_runs(lines))
    if len(runs) > 1:
        return [block for run in runs for block in _separate(run)]
    return [line for run in runs for line in run]


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that no blank line parts."""
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(line.lstrip())
        elif run:
            yield run
            run = []


def _separate(run: list[str]) -> list[str]:
    """The paragraphs of a run of lines: each line one, unless none of them ends a sentence."""
    if len(run) == 1 or any(_FINAL.search(line) for line in run):
        return run
    return ["\n".join(run)]


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which a source wraps its lines, 0 if it does not."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(pairs) < 3 or not 30 <= width <= _WIDEST:
        return 0
    full = [a for a, b in pairs if _is_full(a, b, width)]
    broken = sum(not _FINAL.search(line) for line in full)
    return width if len(full) >= 0.6 * len(pairs) and broken >= 0.5 * len(full) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted into this one."""
    first = len(following.split(maxsplit=1)[0])
    return len(line) + 1 + first > width - _SLACK


def _unwrapped(lines: Sequence[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if line.strip():
            paragraph.append(line.strip())
        ends = not following.strip() or _indented(following, line)
        if paragraph and (ends or not _is_full(line, following, width)):
            yield " ".join(paragraph)
            paragraph = []


def _indented(line: str, before: str) -> bool:
    return line[:1].isspace() and not before[:1].isspace()
