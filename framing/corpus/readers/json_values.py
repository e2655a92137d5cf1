"""The values of a JSON text, one after the other, also where it is broken or breaks off.

What cannot be read is an error in its place, so an article is lost only if one stands inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from framing.text.numbers import many

BROKEN = "\0"  # the name of an error that stands in an object in the place of a name
_DEEPEST = 100  # of objects in objects, where a text is broken or too deep for the decoder
_SPACE = re.compile(r"[\s,]*")
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BRACKET = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_A_VALUE = re.compile(r"\[\s*[\[\]]")
# A part of a list or an object: commas, a name, and what begins a value or ends the whole.
_PART = re.compile(
    rf'([\s,]*+)(?:({_STRING})\s*+:\s*+)?+({_STRING}|[^\s\[\]{{}}:,"]++|.|\Z)', re.DOTALL
)
# An object that neither follows a name nor begins a list.
_ALONE = r'(?<!":)(?<!": )(?<!\[)(?<!\[ )(?=\{)'
_FIRST = r'\{\s*+"([^"\\]*+)"\s*+:'
# Brackets that end, or such an object; and the first name of the next one, which may have a name.
_NEXT = re.compile(
    rf"([\]}}][\s,\]}}]*+|{_ALONE})(?:({_STRING}\s*+:\s*+)?+([\[\s]*+){_FIRST})?+", re.DOTALL
)
_OBJECT = re.compile(_FIRST)
_CLOSING = {"{": "}", "[": "]"}
_NO_VALUE = ("", ",", ":", '"', "]", "}")


class Several(list[Any]):
    """The values of a name that an object gives several times."""


def values_of(text: str) -> Iterator[tuple[Any, bool, list[Exception]]]:
    """Yield the values of a text, whether each is an item of an array, and the errors in it.

    An array without items, or of arrays, is a value itself.

    >>> [(value, in_array) for value, in_array, _ in values_of('[{"a": 1}, 2] "b" []')]
    [({'a': 1}, True), (2, True), ('b', False), ([], False)]
    """
    at, in_array, first = _space(text, 0), False, ""
    errors: list[Exception] = []
    is_broken = False
    while at < len(text):
        mark = text[at]
        is_value = mark != "[" or _A_VALUE.match(text, at)
        if (mark == "[" and not in_array and not is_value) or (mark == "]" and in_array):
            in_array, at = not in_array, _space(text, at + 1)
        else:
            value, end, errors = _value(text, at, first, is_broken)
            if isinstance(value, dict) and not (errors and first):
                first = next(iter(value), first)
            is_broken = is_broken or bool(errors)  # the decoder counts lines up to each error
            yield value, in_array, errors
            at = _space(text, end)
    if in_array and not errors:
        broken = _wrong(text, at, "")
        yield broken, True, [broken]


def _value(text: str, at: int, first: str, is_broken: bool) -> tuple[Any, int, list[Exception]]:
    """Return the value that begins at a place, its end, and the errors in it.

    The value before began with a name; the text may be known to be broken.
    """
    try:
        if not is_broken:
            return *_DECODER.raw_decode(text, at), []
    except (ValueError, RecursionError):
        pass
    value, end = _with_errors(text, at, first)
    return value, end, list(errors_in(value))


def errors_in(value: Any) -> Iterator[Exception]:
    """Yield the errors in the places of what could not be read."""
    if isinstance(value, Exception):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from errors_in(part)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which nothing is lost that stands under a name given twice.

    Objects get names of their own, other values are one list.

    >>> _object([("z", {"text": "Rain."}), ("z", {"text": "Hail."})])
    {'z': {'text': 'Rain.'}, 'z#2': {'text': 'Hail.'}}
    >>> _object([("text", "Rain."), ("text", "Hail."), ("id", 1), ("id", 1)])
    {'text': ['Rain.', 'Hail.'], 'id': 1}
    """
    if len(whole := dict(pairs)) == len(pairs):
        return whole
    given: dict[str, list[Any]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    for name, values in given.items():
        if all(value == values[0] for value in values):
            continue
        if all(isinstance(value, dict) for value in values):
            whole[name] = values[0]
            numbers = (n for n in count(2) if f"{name}#{n}" not in given)
            whole |= {f"{name}#{n}": value for n, value in zip(numbers, values[1:], strict=False)}
        else:
            lists = (value if isinstance(value, list) else [value] for value in values)
            whole[name] = Several(value for of_it in lists for value in of_it)
    return whole


def _number(digits: str) -> int | str:
    """Return a whole number; one that Python does not convert stays as it is written."""
    try:
        return int(digits)
    except ValueError:
        return digits


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_number, strict=False)


@dataclass
class _Open:
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

    def closed(self) -> Any:
        return _object(self.parts) if self.bracket == "{" else [value for _, value in self.parts]

    def takes(self, space: str, name: str | None, mark: str) -> bool:
        """Return whether a value with such a name, or none, may come next."""
        named = (name is not None) == (self.bracket == "{")
        parted = not self.parts or "," in space or mark == "{"
        return named and parted and mark not in _NO_VALUE

    def goes_on(self, text: str, at: int) -> bool:
        """Return whether the last list in an object, ended too early, goes on with an object."""
        before = self.parts[-1][1] if self.bracket == "{" and self.parts else None
        last = before[-1] if isinstance(before, list) and before else None
        found = _OBJECT.match(text, at)
        return isinstance(last, dict) and found is not None and next(iter(last), None) == found[1]


def _with_errors(text: str, at: int, first: str = "") -> tuple[Any, int]:
    """Return the value that begins at a place, with errors in it, and its end.

    After an error, reading goes on where the next object begins like one beside it did.

    >>> value, _ = _with_errors('[{"id": 1}, {"id": "a "b" c"}, {"id": 3}, {"i', 0)
    >>> [len(list(errors_in(item))) for item in value]
    [0, 1, 0, 1]
    """
    whole = _Open("[", "", before=first)
    opened, all_end = [whole], True
    while len(opened) > 1 or not whole.parts:
        inside, found = opened[-1], _PART.match(text, at)
        space, quoted, mark = found.groups()  # type: ignore[union-attr]
        start, at = found.span(3)  # type: ignore[union-attr]
        name = None if quoted is None else str(_scalar(quoted, start))
        if name is not None and not inside.parts and len(opened) > 1:
            inside.bracket = "{"  # also where it begins as a list
            opened[-2].begins(name)
        if mark == _CLOSING[inside.bracket] and name is None and len(opened) > 1:
            _close(opened)
        elif mark == "{" and name is None and inside.goes_on(text, start):
            opened.append(_Open("[", inside.parts[-1][0]))
            at = start
        elif not inside.takes(space, name, mark):
            at = _go_on(text, start, name, mark, opened)
        elif mark not in _CLOSING:
            inside.parts.append((name or "", _scalar(mark, start)))
        elif len(opened) <= _DEEPEST:
            opened.append(_Open(mark, name or ""))
        elif all_end and (end := _end_of(text, start)):
            at = end
            inside.parts.append((name or "", ValueError("objects in objects, too deep to be read")))
        else:
            all_end = False  # nor does what begins after it: nobody looks again
            at = _go_on(text, start, name, mark, opened)
    if isinstance(whole.parts[0][1], Exception):
        at = _go_on(text, start, None, mark, [whole])
    return whole.parts[-1][1], at


def _scalar(token: str, at: int) -> Any:
    """Return the value of a text, a number or a word; or an error in its place."""
    try:
        return _DECODER.decode(token)
    except ValueError as error:
        return ValueError(f"not JSON at character {at + 1:,}: {getattr(error, 'msg', error)}")


def _close(opened: list[_Open]) -> None:
    inner = opened.pop()
    opened[-1].parts.append((inner.name, inner.closed()))


def _go_on(text: str, at: int, name: str | None, mark: str, opened: list[_Open]) -> int:
    """Put an error into what is open, and return where reading goes on.

    Behind a text that has no end, that may be in it: it ended where the next one begins.
    """
    inside = text.rfind('"', 0, at - 1) + 1 if text[at - 1 : at] == '"' else at
    next_one = _next_like(text, inside, opened, at)
    if next_one and next_one[0] < at:
        at, mark = inside, '"'
    broken = _wrong(text, at, mark, next_one[0] if next_one else None)
    is_object = opened[-1].bracket == "{"
    opened[-1].parts.append((name or BROKEN if is_object else "", broken))
    end, depth = next_one or (len(text), 0)
    while len(opened) > depth + 1:
        _close(opened)
    return end


def _next_like(text: str, at: int, opened: list[_Open], broken: int) -> tuple[int, int] | None:
    """Return where reading goes on, at the next object that begins like one beside it did.

    That is one with the same first name, in a list or under a name as the other; and the place of
    that list, or object around, among those that are open. No text has such a beginning in it: a
    quotation mark in a text has a backslash before it.

    Without such an object, and if nothing was read before, it is the next one without a name, as
    long as no list begins before it that it may be in.
    """
    like = {
        (around.bracket, first): n
        for n, around in enumerate(opened)
        for first in (around.before, around.first)
        if first
    }
    in_list = max(n for n, around in enumerate(opened) if around.bracket == "[")
    known = opened[in_list].first or opened[in_list].before
    if_any = None if known else in_list  # for any object, if none is known there
    alone = 0
    for found in _NEXT.finditer(text, at):
        ends, name, lists, first = found.groups(default="")
        around = "{" if name and "[" not in lists else "["
        # As many brackets end after the object as lists begin before the next one.
        end = next(iter([i for i, m in enumerate(ends) if m in "]}"][-1 - lists.count("[") :]), -1)
        depth = like.get((around, first), if_any if first and not name else None)
        here = found.start() + end + 1
        if here == broken and depth == len(opened) - 1:  # where it cannot be read
            continue
        if depth is not None and ends[end : end + 1] in ("", "}"):
            return here, depth
        if not (alone or name or lists) and first:
            alone = here
    unknown = in_list == 0 and not opened[0].before
    return (alone, 0) if alone and unknown and "[" not in text[at:alone] else None


def _wrong(text: str, at: int, mark: str, end: int | None = None) -> ValueError:
    """Return an error that says where a text is broken, and how much of it is not read."""
    what = {"": "it breaks off", '"': "a text without an end"}.get(mark, f"{mark[:20]!r}")
    left = (len(text) if end is None else end) - at
    begin = "not JSON, nor is what follows" if left or end is None else "not JSON"
    begin += f" up to character {end:,}" if left and end else ""
    lost = f"; {many(left, 'character')} not read" if left else ""
    return ValueError(f"{begin}: {what} at character {at + 1:,}{lost}")


def _end_of(text: str, at: int) -> int:
    """Return where the value that begins at a bracket ends; 0 if it does not."""
    depth = 0
    for found in _BRACKET.finditer(text, at):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end() if found.group() == _CLOSING[text[at]] else 0
    return 0


def _space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]
