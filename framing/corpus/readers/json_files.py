"""JSON: objects in lines, in arrays, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.compressed import GOES_ON, OBJECT, behind_damage
from framing.corpus.readers.csv_rows import TOO_LONG, line_too_long, lines
from framing.corpus.readers.file_names import from_path, with_path
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.in_json import items_of
from framing.corpus.readers.json_values import errors_in, values_of
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

_LINES = (".jsonl", ".ndjson", ".jl")
_FIRST_LINES = 20
# Names of files with the settings of a program, which may have a text in them.
_SETTINGS = re.compile(
    r"(?:\w+[._-])?(?:config|settings|options|params|parameters)\.json|(?:ts|js)config\.json"
    r"|(?:package|package-lock|composer|manifest|datapackage)\.json"
)


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
    """Yield the objects in each line; behind what is damaged, reading goes on in another member."""
    numbers = count(1)
    file.damage.clear()  # told again where it is met
    with file.open() as stream:
        more = True
        while more:
            if file.damage:
                yield failed(f"{file.source}, line {next(numbers)}", file.damage.pop() + GOES_ON)
            for line, encoding in lines(stream, file.head):
                where = f"{file.source}, line {next(numbers)}"
                if (line, encoding) == TOO_LONG:
                    reason = f"{line_too_long()}; if it is one list of articles, name it .json"
                    yield failed(where, reason, encoding)
                    continue
                values = values_of(line.removeprefix("\ufeff"))
                items = (item for value, _, errors in values for item in _articles(value, errors))
                for n, item in enumerate(items, start=1):
                    yield _row(where if n == 1 else f"{where}, item {n}", item, encoding)
            more, unsound = behind_damage(stream, OBJECT) if file.damage else (False, 1)
        if not unsound:  # the last line stands before the damage
            yield failed(f"{file.source}, end", file.damage.pop())


def _from_text(file: File) -> Iterator[Row | Found]:
    """Yield the objects of all arrays and objects in a file."""
    text, encoding = file.text(EXPORT_BYTES)
    number = 0
    for value, in_array, errors in values_of(text.removeprefix("\ufeff")):
        is_whole = isinstance(value, dict) and not in_array
        for item in _articles(value, errors, is_whole):
            number += 1
            is_file = number == 1 and item is value and not in_array
            where = file.source if is_file else f"{file.source}, item {number}"
            yield _row(where, item, encoding)


def _articles(value: Any, errors: list[Exception], is_whole: bool = False) -> list[Any]:
    """Return the articles in a value; in the place of one with an error in it, the error.

    Errors beside the articles follow. What cannot be looked into is one itself.
    """
    try:
        items = items_of(value, not is_whole)
    except Exception as error:
        return [error]
    if not errors:
        return items
    inside = [list(errors_in(item)) for item in items]
    seen = {id(error) for of_it in inside for error in of_it}
    beside = [error for error in errors if id(error) not in seen]
    return [_joined(of_it) or item for item, of_it in zip(items, inside, strict=True)] + beside


def _joined(errors: list[Exception]) -> Exception | None:
    """Return one error for the first and the last, which says how much is not read."""
    said = dict.fromkeys(map(str, [*errors[:1], *errors[-1:]]))
    return ValueError("; ".join(said)) if said else None


def _row(where: str, item: Any, encoding: str) -> Row | Found:
    if isinstance(item, Exception):
        return failed(where, item, encoding)
    if not isinstance(item, dict):
        return Row(where, {"value": item}, encoding)
    if reason := answer_without_articles(item):
        return failed(where, reason, encoding)
    return Row(where, item, encoding)
