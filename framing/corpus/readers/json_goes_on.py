"""Where the reading of a JSON text goes on behind what is broken in it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
CLOSING = {"{": "}", "[": "]"}
_NO_VALUE = ("", ",", ":", '"', "]", "}")
# A bracket, with the name before it; what stands between two texts, read as one; or a text.
_BRACKET = re.compile(
    rf'({STRING}\s*+:\s*+)?+([\[\]{{}}])|("[\s,:\[\]{{}}]++"(?!\s*+[,:\]}}]))|{STRING}', re.DOTALL
)
# An object that neither follows a name nor begins a list.
_ALONE = r'(?<!":)(?<!": )(?<!\[)(?<!\[ )(?=\{)'
_FIRST = r'\{\s*+"([^"\\]*+)"\s*+:'
# Such an object, or any behind a comma, with its name and the lists it begins. No text has such a
# beginning in it: a quotation mark in a text has a backslash before it.
_BEHIND = re.compile(
    rf"(?:(?<=,)\s*+|{_ALONE})((?:{STRING}\s*+:\s*+)?+[\[\s]*+{_FIRST})", re.DOTALL
)
# Brackets that end, or such an object; and the first name of the next one, which may have a name.
_NEXT = re.compile(
    rf"([\]}}][\s,\]}}]*+|{_ALONE})(?:({STRING}\s*+:\s*+)?+([\[\s]*+){_FIRST})?+", re.DOTALL
)
_OBJECT = re.compile(_FIRST)
_AGAIN = 10  # times its length may a text be looked through for where reading goes on


@dataclass
class Open:
    """An object or list that has begun, its name, and the first names of objects in it.

    ``first`` is that of the last object, ``before`` another one that objects before it had.
    """

    bracket: str
    name: str
    before: str = ""
    first: str = ""
    parts: list[tuple[str, Any]] = field(default_factory=list)

    def begins(self, name: str) -> None:
        """Note with which name another object in it begins."""
        if name != self.first:
            self.before, self.first = self.first or self.before, name

    def takes(self, space: str, name: str | None, mark: str) -> bool:
        """Return whether a value with such a name, or none, may come next."""
        named = (name is not None) == (self.bracket == "{")
        parted = not self.parts or "," in space or mark in CLOSING
        return named and parted and mark not in _NO_VALUE


class _Brackets:
    """Where objects and lists begin, with their names, and how many brackets are around each.

    They are counted back from the end of a part of a text, which has some around it. What stands
    before a bracket that is closed by another one, or a text without its end, cannot be counted.
    """

    def __init__(self, text: str, start: int, end: int, around: int) -> None:
        self.text, self._starts, self._depths = text, array("q"), array("q")
        self._first = 0  # of those that can be counted
        inside: list[str] = []
        ended, member = 0, ""  # brackets around that end, and which one ends what is read there
        for found in _BRACKET.finditer(text, start, end):
            name, mark, is_between = found.groups()
            closing = ("}" if name else "]") if mark in CLOSING else mark  # of what is around it
            if is_between or (closing and (inside[-1] if inside else member) not in ("", closing)):
                self._first = len(self._starts)
            if mark in CLOSING:
                member = member if inside else closing
                self._starts.append(found.start())
                self._depths.append(len(inside) - ended)
                inside.append(CLOSING[mark])
            elif mark and inside:
                inside.pop()
            elif mark:
                ended, member = ended + 1, ""
        self._end = around + ended - len(inside)

    def around(self, start: int) -> int | None:
        """Return how many brackets are around one; -1 if that is unsure, None if it is unknown."""
        n = bisect_left(self._starts, start)
        if self._starts[n : n + 1] != array("q", [start]):
            return None
        return max(self._depths[n] + self._end, -1) if n >= self._first else -1

    def behind(self, start: int) -> Iterator[tuple[int, int, str]]:
        """Yield where each begins from a place on, how many are around it, and the innermost."""
        for n in range(max(bisect_left(self._starts, start), self._first), len(self._starts)):
            at = self._starts[n]
            yield at, self._depths[n] + self._end, "{" if self.text[at] == '"' else "["


class Source:
    """A JSON text, whether an array around its values is open, and the brackets in it.

    ``left`` is how many characters may still be looked through again, so that time is linear.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.in_array = False
        self.left = _AGAIN * len(text)
        self.brackets = _Brackets("", 0, 0, 0)
        self._behind = -1

    def around(self, start: int) -> int:
        """Return how many brackets are around one, counted from the end; -1 if it is unsure."""
        if self.brackets.around(start) is None and self.left > 0:
            self.left -= len(self.text) - start
            self.brackets = _Brackets(self.text, start, len(self.text), -self.in_array)
        known = self.brackets.around(start)
        return -1 if known is None else known

    def behind(self, at: int) -> int:
        """Return where the next object begins that stands behind something."""
        if self._behind < at:
            found = _BEHIND.search(self.text, at)
            self._behind = found.start(1) if found else len(self.text)
        return self._behind


def list_goes_on(source: Source, at: int, opened: list[Open]) -> bool:
    """Return whether the last list in an object, ended too early, goes on with an object."""
    inside = opened[-1]
    last = inside.parts[-1][1] if inside.bracket == "{" and inside.parts else None
    if not isinstance(last, list):
        return False
    if (around := source.around(at)) >= 0:
        return around == len(opened)
    found = _OBJECT.match(source.text, at)
    before = last[-1] if last else None
    return isinstance(before, dict) and found is not None and next(iter(before), None) == found[1]


def next_one(source: Source, at: int, opened: list[Open], broken: int) -> tuple[int, int] | None:
    """Return where reading goes on, and in which list, or object, of those that are open.

    That is the next object or list that stands in one of them, as the brackets between it and the
    end of the text say. If those are broken, too, it is the next object that begins like one
    beside it did; or what stands before that, as the brackets between them say.
    """
    begin, end, counted = source.behind(at), len(source.text), None
    is_sure = begin < end and source.around(begin) >= 0
    if begin < end and source.left > 0:
        counted = _in_open(source.brackets, begin, opened, broken)
        source.left -= 0 if counted else end - begin
    if counted and is_sure:
        return counted
    like = _next_like(source, at, counted[0] if counted else end, opened, broken) or counted
    if like is None or like[0] <= begin or source.left <= 0:
        return like
    source.left -= like[0] - begin
    return _in_open(_Brackets(source.text, begin, *like), begin, opened, broken) or like


def _in_open(
    brackets: _Brackets, at: int, opened: list[Open], broken: int
) -> tuple[int, int] | None:
    """Return the first object or list that stands in what is open, and the place of that."""
    innermost = len(opened) - 1
    for start, around, bracket in brackets.behind(at):
        if 0 <= around <= innermost and opened[around].bracket == bracket:
            mark = _BRACKET.match(brackets.text, start).end() - 1  # type: ignore[union-attr]
            if mark != broken or around < innermost:  # not where it cannot be read
                return start, around
    return None


def _next_like(
    source: Source, at: int, end: int, opened: list[Open], broken: int
) -> tuple[int, int] | None:
    """Return the next object with the first name of one that is known, in a list or under a name.

    One which stands elsewhere, as the brackets behind it say, is passed over.
    """
    like = {
        (around.bracket, first): n
        for n, around in enumerate(opened)
        for first in (around.before, around.first)
        if first
    }
    for found in _NEXT.finditer(source.text, at, end):
        ends, name, lists, first = found.groups(default="")
        around = "{" if name and "[" not in lists else "["
        # As many brackets end after the object as lists begin before the next one.
        last = next(iter([i for i, m in enumerate(ends) if m in "]}"][-1 - lists.count("[") :]), -1)
        depth = like.get((around, first))
        if depth is None or ends[last : last + 1] not in ("", "}"):
            continue
        here = found.start() + last + 1
        is_same = here == broken and depth == len(opened) - 1  # where it cannot be read
        start = found.start(2) if around == "{" else source.text.rindex("{", 0, found.start(4))
        if not is_same and source.brackets.around(start) in (None, -1, depth):
            return here, depth
    return None


def end_of(source: Source, at: int) -> int:
    """Return where the value that begins at a bracket ends; 0 if it does not."""
    inside: list[str] = []
    stop = len(source.text) if source.left > 0 else at
    for found in _BRACKET.finditer(source.text, at, stop):
        if found[2] in CLOSING:
            inside.append(CLOSING[found[2]])
        elif found[2] and inside.pop() != found[2]:
            break
        if not inside:
            return found.end()
    source.left -= stop - at
    return 0
