"""JSON: objects in lines, arrays, lists inside an object, or as pandas writes a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.column_names import NO_OUTLETS
from framing.corpus.readers.csv_rows import lines
from framing.corpus.readers.file_names import from_path, with_path
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

_LINES = (".jsonl", ".ndjson", ".jl")
_FIRST_LINES = 20
_SPACE = re.compile(r"[\s,]*")
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_NOTHING = re.compile(r"\[\s*\]")
_SPLITS = frozenset({
    "train", "test", "dev", "validation", "valid", "articles", "items", "results", "data", "docs",
    "documents", "news", "posts", "stories", "records", "entries", "rows", "content", "meta",
})  # fmt: skip
# Names of files with the settings of a program, which may have a text in them.
_SETTINGS = re.compile(
    r"(?:\w+[._-])?(?:config|settings|options|params|parameters)\.json|(?:ts|js)config\.json"
    r"|(?:package|package-lock|composer|manifest|datapackage)\.json"
)
_TOO_DEEP = ValueError("objects in objects, too deep to be read")
_DEPTH = 4  # of lists inside objects
_LONG, _FEWEST = 200, 3  # characters of a text; fields of an article, such as title, date and URL


def recognises(file: File) -> bool:
    """Return whether the file begins as JSON does, or has its extension."""
    return file.name.endswith((".json", *_LINES)) or bool(re.match(r"(\[\s*)?\{\s*\"", file.start))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per object."""
    in_lines = file.name.endswith(_LINES) or _is_in_lines(file.start)
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
    decoder = json.JSONDecoder()
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
        return _items(value) if is_whole else _of_page(value)
    except Exception as error:
        return [error]


def _items(whole: dict[str, Any]) -> list[Any]:
    """Return the objects in an object: those of its lists, of a table of pandas, or itself."""
    if rows := _from_pandas(whole):
        return rows
    if under_ids := _under_ids(whole, 2):
        beside = {name: value for name, value in whole.items() if not isinstance(value, dict)}
        return under_ids + _listed(beside, _DEPTH)
    if _is_article(whole) or answer_without_articles(whole):
        return [whole]
    return _by_outlet(whole) or _listed(whole, _DEPTH) or [whole]


def _of_page(value: Any) -> list[Any]:
    """Return the articles in an answer of an interface, which is one of several pages.

    Another value is returned as it is: one with a title or a text of its own.

    Examples
    --------
    >>> hail = {"title": "Hail", "date": "2031-03-12", "url": "https://gull.example/1"}
    >>> _of_page({"page": 2, "results": [hail]}) == [hail], len(_of_page({"text": "", "tags": []}))
    (True, 1)
    """
    listed = _listed(value, _DEPTH)
    if not listed or {"text", "title"} & set(by_name(list(value))) or _has_long(value):
        return [value]
    of_articles = any(isinstance(item, dict) and _describes_article(item) for item in listed)
    return listed if of_articles else [value]


def _has_long(whole: Any) -> bool:
    """Return whether an object has a text in it, in a list of texts or in none."""
    if isinstance(whole, dict):
        return any(map(_has_long, whole.values()))
    if isinstance(whole, list):
        return any(_has_long(item) for item in whole if not isinstance(item, dict))
    return isinstance(whole, str) and len(whole) > _LONG


def _describes_article(item: dict[str, Any]) -> bool:
    fields = by_name(list(item))
    return "title" in fields and (len(fields) >= _FEWEST or _is_article(item))


def _by_outlet(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the articles of lists that are named by their outlets; none if it is something else.

    Examples
    --------
    >>> _by_outlet({"Gull": [{"text": "Rain."}], "Daily Post": [{"text": "Hail."}]})
    [{'outlet': 'Gull', 'text': 'Rain.'}, {'outlet': 'Daily Post', 'text': 'Hail.'}]
    """
    articles = [item for of_it in whole.values() if isinstance(of_it, list) for item in of_it]
    named = len(whole) > 1 and all(isinstance(of_it, list) and of_it for of_it in whole.values())
    if not named or not all(isinstance(item, dict) for item in articles):
        return []
    fields = by_name(list(articles[0]))
    generic = any(key.lower() in _SPLITS or not key[:1].isalpha() for key in whole)
    if generic or "outlet" in fields or "text" not in fields:
        return []
    return [{"outlet": key} | item for key, of_it in whole.items() for item in of_it]


def _is_article(item: dict[str, Any]) -> bool:
    inner = [name for value in item.values() if isinstance(value, dict) for name in value]
    return "text" in by_name([*item, *inner])


def _listed(whole: Any, depth: int) -> list[Any]:
    """Return the objects in all lists at and below an object, and articles under their ids."""
    if not isinstance(whole, dict) or depth == 0:
        return []
    found: list[Any] = []
    lists = [v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    fewest = 1 if lists else 2
    for value in whole.values():
        if any(value is objects for objects in lists):
            found += _with_outlet(value, whole)
        else:
            found += _under_ids(value, fewest) or _listed(value, depth - 1)
    return found


def _under_ids(value: Any, fewest: int) -> list[dict[str, Any]]:
    """Return the articles in an object of articles that are named by their ids.

    Examples
    --------
    >>> _under_ids({"a1": {"text": "Rain."}, "a2": {"text": "Hail."}}, 2)
    [{'id': 'a1', 'text': 'Rain.'}, {'id': 'a2', 'text': 'Hail.'}]
    >>> _under_ids({"headline": {"text": "Rain"}, "body": {"text": "It rained."}}, 2)
    []
    """
    if not isinstance(value, dict) or by_name(list(value)):
        return []
    items = {name: item for name, item in value.items() if isinstance(item, dict)}
    texts = all("text" in by_name(list(item)) for item in items.values())
    return _from_pandas(items) if texts and len(items) >= fewest else []


def _with_outlet(items: list[Any], whole: Mapping[str, Any]) -> list[Any]:
    """Return the articles of a list with the outlet that is named once, beside the list.

    Examples
    --------
    >>> _with_outlet([{"text": "Rain."}], {"outlet": "Gull", "page": 1, "articles": []})
    [{'outlet': 'Gull', 'text': 'Rain.'}]
    """
    texts = {name: value for name, value in whole.items() if isinstance(value, str)}
    name = by_name(list(texts)).get("outlet", "")
    if not name or NO_OUTLETS.fullmatch(texts[name].lower()) or "outlet" in by_name(list(items[0])):
        return items
    return [{name: texts[name]} | item if isinstance(item, dict) else item for item in items]


def _from_pandas(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a table that ``DataFrame.to_json`` wrote; none if it is something else.

    Examples
    --------
    >>> _from_pandas({"text": {"0": "Rain.", "1": "Hail."}, "outlet": {"0": "A", "1": "B"}})
    [{'text': 'Rain.', 'outlet': 'A'}, {'text': 'Hail.', 'outlet': 'B'}]
    """
    names, data = whole.get("columns"), whole.get("data")
    if isinstance(names, list) and isinstance(data, list):  # orient="split"
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    if rows := _from_lists(whole):
        return rows
    if not whole or not all(isinstance(value, dict) and value for value in whole.values()):
        return []
    first = next(iter(whole.values()))
    if {"text", "title"} & set(by_name(list(first))):  # orient="index"
        named = not all(key.isdigit() for key in whole) and "article" not in by_name(list(first))
        own = "url" if all("://" in key for key in whole) else "id"
        return [({own: key} if named else {}) | value for key, value in whole.items()]
    if {"text", "title"} & set(by_name(list(whole))):  # orient="columns"
        keys = dict.fromkeys(key for column in whole.values() for key in column)
        return [{name: cells.get(key) for name, cells in whole.items()} for key in keys]
    return []


def _from_lists(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of columns that are lists of one length: ``to_dict("list")``, R's jsonlite.

    Examples
    --------
    >>> _from_lists({"title": ["Rain", "Hail"], "text": ["It rained.", "It hailed."]})
    [{'title': 'Rain', 'text': 'It rained.'}, {'title': 'Hail', 'text': 'It hailed.'}]
    """
    lists = [value for value in whole.values() if isinstance(value, list)]
    alike = len(lists) > 1 and len(lists) == len(whole) and len(set(map(len, lists))) == 1
    plain = alike and not any(isinstance(cell, dict) for column in lists for cell in column)
    if not plain or not {"text", "title"} <= set(by_name(list(whole))):
        return []
    return [dict(zip(whole, cells, strict=True)) for cells in zip(*lists, strict=True)]


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
