"""Split a text into paragraphs, by one rule for every source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from framing.corpus.blocks.hyphens import on_one_line
from framing.corpus.blocks.signals import has_final_mark

_LINE_ENDS = "\r\v\f\x85\u2028"
_WIDEST = 130  # no program wraps at more characters
_SLACK = 3  # characters that a wrapping program may leave free


def split_blocks(text: str) -> list[str]:
    r"""Split a text into its paragraphs.

    1. ``\n``, ``\r\n``, ``\r``, VT, FF, U+0085 and U+2028 all end a line, and only these;
       U+2029 ends a paragraph.
    2. Where the source wraps its lines at a fixed width (the first word of nearly every line would
       not have fitted into the line before), full lines are joined; a line that is not full, a
       blank line or an indented line ends a paragraph.
    3. Elsewhere blank lines end paragraphs. So do line ends in a text without blank lines, or in a
       block in which a line ends with a final mark. (Lines without one, such as those of a
       caption, stay one block.)

    >>> split_blocks("One.\r\n\r\nTwo.\r\nThree.")
    ['One.', 'Two.', 'Three.']
    """
    text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    width = wrap_width(lines)
    if width:
        return list(_unwrapped(lines, width))
    runs = [[line.lstrip() for line in run] for filled, run in groupby(lines, bool) if filled]
    return [block for run in runs for block in (_separate(run) if len(runs) > 1 else run)]


def _separate(run: list[str]) -> list[str]:
    """Return each line of a run as a paragraph, unless none of them ends a sentence."""
    if len(run) == 1 or any(has_final_mark(line) for line in run):
        return run
    return ["\n".join(run)]


def wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which lines are wrapped, 0 if they are not."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(pairs) < 3 or not 30 <= width <= _WIDEST:
        return 0
    full = [a for a, b in pairs if _is_full(a, b, width)]
    broken = sum(not has_final_mark(line) for line in full)
    return width if len(full) >= 0.6 * len(pairs) and broken >= 0.5 * len(full) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted into this one."""
    first = len(following.split()[0])
    return len(line) + 1 + first > width - _SLACK


def _unwrapped(lines: Sequence[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if line.strip():
            paragraph.append(line.strip())
        indented = following[:1].isspace() and not line[:1].isspace()
        ends = indented or not following.strip()
        if paragraph and (ends or not _is_full(line, following, width)):
            yield on_one_line(paragraph)
            paragraph = []
