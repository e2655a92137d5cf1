"""JSON: objects in lines, in arrays, or one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.csv_rows import lines
from framing.corpus.readers.file_names import from_path, with_path
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.in_json import items_of, of_page
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

_LINES = (".jsonl", ".ndjson", ".jl")
_FIRST_LINES = 20
_SPACE = re.compile(r"[\s,]*")
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_NOTHING = re.compile(r"\[\s*\]")
# Names of files with the settings of a program, which may have a text in them.
_SETTINGS = re.compile(
    r"(?:\w+[._-])?(?:config|settings|options|params|parameters)\.json|(?:ts|js)config\.json"
    r"|(?:package|package-lock|composer|manifest|datapackage)\.json"
)
_TOO_DEEP = ValueError("objects in objects, too deep to be read")


def recognises(file: File) -> bool:
    """Return whether the file begins as JSON does, or has its extension."""
    return file.name.endswith((".json", *_LINES)) or bool(re.match(r"(\[\s*)?\{\s*\"", file.start))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per object."""
    is_opened = file.start.partition("\n")[0].strip() in ("{", "[")  # indented, whatever its name
    in_lines = (file.name.endswith(_LINES) and not is_opened) or _is_in_lines(file.start)
    known = from_path(file)
    for found in articles(_from_lines(file) if in_lines else _from_text(file), columns):
        if found.source != file.source:
            yield found
        elif _SETTINGS.fullmatch(file.name) and not (found.title or found.date):
            yield skipped(file.source, "settings of a program, by its name")
        else:
            yield with_path(found, known, "names of files or folders")


def _is_in_lines(start: str) -> bool:
    """Return whether the first lines of a file are objects, and there is more than one."""
    lines = [line.strip() for line in start.split("\n", _FIRST_LINES + 1)[:_FIRST_LINES]]
    filled = [line for line in lines if line]
    return len(filled) > 1 and all(line[0] == "{" and line[-1] == "}" for line in filled[:-1])


def _from_lines(file: File) -> Iterator[Row | Found]:
    with file.open() as stream:
        for number, (line, encoding) in enumerate(lines(stream, file.head), start=1):
            where = f"{file.source}, line {number}"
            if not line.strip("\ufeff \t\r\n"):
                continue
            count = 0
            try:
                for value, _ in _values(line.removeprefix("\ufeff")):
                    for item in _in(value):
                        count += 1
                        yield _row(_item(where, count), item, encoding)
            except Exception as error:  # whatever it is, the lines below it are read
                where = _item(where, count + 1)
                yield failed(where, f"not JSON, nor is what follows in its line: {error}", encoding)


def _from_text(file: File) -> Iterator[Row | Found]:
    """Yield the objects of all arrays and objects in a file, up to the first error."""
    text, encoding = file.text(EXPORT_BYTES)
    number = 0
    try:
        for value, in_array in _values(text.removeprefix("\ufeff")):
            is_whole = isinstance(value, dict) and not in_array
            for item in _in(value, is_whole):
                number += 1
                is_file = number == 1 and item is value and not in_array
                where = file.source if is_file else f"{file.source}, item {number}"
                yield _row(where, item, encoding)
    except (ValueError, RecursionError) as error:
        where = f"{file.source}, item {number + 1}"
        yield failed(where, f"not JSON, nor is what follows: {error}", encoding)


def _values(text: str) -> Iterator[tuple[Any, bool]]:
    """Yield the values of a text one after the other; true: it is an item of an array.

    An array without items is a value itself.
    """
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    at, in_array = _space(text, 0), False
    while at < len(text) or in_array:
        mark = text[at : at + 1]
        if mark == "[" and not in_array and (empty := _NOTHING.match(text, at)):
            yield [], False
            at = _space(text, empty.end())
        elif (mark == "[" and not in_array) or (mark == "]" and in_array):
            in_array, at = not in_array, _space(text, at + 1)
        else:
            try:
                value, end = decoder.raw_decode(text, at)
            except RecursionError:
                value, end = _TOO_DEEP, _end_of(text, at)
            yield value, in_array
            at = _space(text, end)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which nothing is lost that stands under a name given twice.

    Objects get names of their own, other values are one list.

    Examples
    --------
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
            whole[name] = [value for of_it in lists for value in of_it]
    return whole


def _end_of(text: str, at: int) -> int:
    """Return where the value that begins at a bracket ends."""
    depth = 0
    for found in _BRACKET.finditer(text, at):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return len(text)


def _space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _in(value: Any, is_whole: bool = False) -> list[Any]:
    """Return the articles in a value; in the place of one that cannot be looked into, the error."""
    try:
        return items_of(value) if is_whole else of_page(value)
    except Exception as error:
        return [error]


def _row(where: str, item: Any, encoding: str) -> Row | Found:
    if isinstance(item, Exception):
        return failed(where, item, encoding)
    if not isinstance(item, dict):
        return Row(where, {"value": item}, encoding)
    if reason := answer_without_articles(item):
        return failed(where, reason, encoding)
    return Row(where, item, encoding)


def _item(where: str, number: int) -> str:
    return where if number == 1 else f"{where}, item {number}"
