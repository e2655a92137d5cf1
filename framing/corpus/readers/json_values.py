"""The values of a JSON text, one after the other, also where it is broken or breaks off.

What cannot be read is an error in its place, so an article is lost only if one stands inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from framing.corpus.readers.json_goes_on import (
    CLOSING,
    STRING,
    Open,
    Source,
    end_of,
    list_goes_on,
    next_one,
)
from framing.text.numbers import many

BROKEN = "\0"  # the name of an error that stands in an object in the place of a name
_DEEPEST = 100  # of objects in objects, where a text is broken or too deep for the decoder
_SPACE = re.compile(r"[\s,]*")
_A_VALUE = re.compile(r"\[\s*[\[\]]")
# A part of a list or an object: commas, a name, and what begins a value or ends the whole.
_PART = re.compile(
    rf'([\s,]*+)(?:({STRING})\s*+:\s*+)?+({STRING}|[^\s\[\]{{}}:,"]++|.|\Z)', re.DOTALL
)


class Several(list[Any]):
    """The values of a name that an object gives several times."""


def values_of(text: str) -> Iterator[tuple[Any, bool, list[Exception]]]:
    """Yield the values of a text, whether each is an item of an array, and the errors in it.

    An array without items, or of arrays, is a value itself.

    >>> [(value, in_array) for value, in_array, _ in values_of('[{"a": 1}, 2] "b" []')]
    [({'a': 1}, True), (2, True), ('b', False), ([], False)]
    """
    source, at, first = Source(text), _space(text, 0), ""
    errors: list[Exception] = []
    is_broken = False
    while at < len(text):
        mark = text[at]
        is_value = mark != "[" or _A_VALUE.match(text, at)
        is_begin = mark == "[" and not source.in_array and not is_value
        if is_begin or (mark == "]" and source.in_array):
            source.in_array, at = is_begin, _space(text, at + 1)
        else:
            value, end, errors = _value(source, at, first, is_broken)
            if isinstance(value, dict) and not (errors and first):
                first = next(iter(value), first)
            is_broken = is_broken or bool(errors)  # the decoder counts lines up to each error
            yield value, source.in_array, errors
            at = _space(text, end)
    if source.in_array and not errors:
        broken = _wrong(text, at, "")
        yield broken, True, [broken]


def _value(
    source: Source, at: int, first: str, is_broken: bool
) -> tuple[Any, int, list[Exception]]:
    """Return the value that begins at a place, its end, and the errors in it.

    The value before began with a name; the text may be known to be broken.
    """
    try:
        if not is_broken:
            return *_DECODER.raw_decode(source.text, at), []
    except (ValueError, RecursionError):
        pass
    value, end = _with_errors(source, at, first)
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


def _with_errors(source: Source, at: int, first: str = "") -> tuple[Any, int]:
    """Return the value that begins at a place, with errors in it, and its end.

    After an error, reading goes on where the next object begins like one beside it did.

    >>> source = Source('[{"id": 1}, {"id": "a "b" c"}, {"id": 3}, {"i')
    >>> [len(list(errors_in(item))) for item in _with_errors(source, 0)[0]]
    [0, 1, 0, 1]
    """
    whole = Open("[", "", before=first)
    opened = [whole]
    while len(opened) > 1 or not whole.parts:
        inside, found = opened[-1], _PART.match(source.text, at)
        space, quoted, mark = found.groups()  # type: ignore[union-attr]
        start, at = found.span(3)  # type: ignore[union-attr]
        name = None if quoted is None else str(_scalar(quoted, start))
        if name is not None and not inside.parts and len(opened) > 1:
            inside.bracket = "{"  # also where it begins as a list
            opened[-2].begins(name)
        if mark == CLOSING[inside.bracket] and name is None and len(opened) > 1:
            _close(opened)
        elif mark == "{" and name is None and list_goes_on(source, start, opened):
            opened.append(Open("[", inside.parts[-1][0]))
            at = start
        elif not inside.takes(space, name, mark):
            at = _go_on(source, start, name, mark, opened)
        elif mark not in CLOSING:
            inside.parts.append((name or "", _scalar(mark, start)))
        elif len(opened) <= _DEEPEST:
            opened.append(Open(mark, name or ""))
        elif end := end_of(source, start):
            at = end
            inside.parts.append((name or "", ValueError("objects in objects, too deep to be read")))
        else:
            at = _go_on(source, start, name, mark, opened)
    if isinstance(whole.parts[0][1], Exception):
        at = _go_on(source, start, None, mark, [whole])
    return whole.parts[-1][1], at


def _scalar(token: str, at: int) -> Any:
    """Return the value of a text, a number or a word; or an error in its place."""
    try:
        return _DECODER.decode(token)
    except ValueError as error:
        return ValueError(f"not JSON at character {at + 1:,}: {getattr(error, 'msg', error)}")


def _close(opened: list[Open]) -> None:
    inner = opened.pop()
    values = [value for _, value in inner.parts]
    whole = _object(inner.parts) if inner.bracket == "{" else values
    is_lost = whole is values and values and isinstance(values[-1], Exception)
    if is_lost and not any(isinstance(value, (dict, list)) for value in values):
        whole = values[-1]  # of the list nothing is left that may be an article
    opened[-1].parts.append((inner.name, whole))


def _go_on(source: Source, at: int, name: str | None, mark: str, opened: list[Open]) -> int:
    """Put an error into what is open, and return where reading goes on.

    Behind a text that has no end, that may be in it: it ended where the next one begins.
    """
    text = source.text
    inside = text.rfind('"', 0, at - 1) + 1 if text[at - 1 : at] == '"' else at
    found = next_one(source, inside, opened, at)
    if found and found[0] < at:
        at, mark = inside, '"'
    broken = _wrong(text, at, mark, found[0] if found else None)
    is_object = opened[-1].bracket == "{"
    opened[-1].parts.append((name or BROKEN if is_object else "", broken))
    end, depth = found or (len(text), 0)
    while len(opened) > depth + 1:
        _close(opened)
    return end


def _wrong(text: str, at: int, mark: str, end: int | None = None) -> ValueError:
    """Return an error that says where a text is broken, and how much of it is not read."""
    what = {"": "it breaks off", '"': "a text without an end"}.get(mark, f"{mark[:20]!r}")
    left = (len(text) if end is None else end) - at
    begin = "not JSON, nor is what follows" if left or end is None else "not JSON"
    begin += f" up to character {end:,}" if left and end else ""
    lost = f"; {many(left, 'character')} not read" if left else ""
    return ValueError(f"{begin}: {what} at character {at + 1:,}{lost}")


def _space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]
