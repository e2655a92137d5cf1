"""The articles in a value of JSON: in its lists, under their ids, or as pandas writes a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.by_name import fields_of
from framing.corpus.readers.column_names import NO_OUTLETS, key
from framing.corpus.readers.json_values import BROKEN

# Names of lists of articles, and of other parts of a file.
_LISTS = frozenset({
    "articles", "items", "results", "data", "docs", "documents", "hits", "news", "posts", "stories",
    "records", "entries",
})  # fmt: skip
_SPLITS = _LISTS | {
    "train", "test", "dev", "validation", "valid", "rows", "content", "meta",
}  # fmt: skip
_DEPTH = 20  # of lists and objects inside objects
_LONG, _FEWEST = 200, 3  # characters of a text; fields of an article, such as title, date and URL


def items_of(whole: dict[str, Any], broken: bool = False) -> list[Any]:
    """Return the objects in an object: those of its lists, of a table of pandas, or itself.

    A ``broken`` one may be an article whose text is lost; its comments are no articles.
    """
    if rows := _from_pandas(whole):
        return rows
    if under_ids := _under_ids(whole, 2):
        beside = {name: value for name, value in whole.items() if not isinstance(value, dict)}
        return under_ids + _listed(beside, _DEPTH)
    if _is_article(whole) or answer_without_articles(whole):
        return [whole]
    listed = _by_outlet(whole) or _listed(whole, _DEPTH)
    may_be_one = broken and "title" in fields_of(tuple(whole))
    return [whole] if may_be_one and not _are_articles(listed, whole) else listed or [whole]


def of_page(value: Any, depth: int = _DEPTH) -> list[Any]:
    """Return the articles in an answer of an interface, which is one of several pages.

    Another value is returned as it is: one with a title or a text of its own.

    Examples
    --------
    >>> hail = {"title": "Hail", "date": "2031-03-12", "url": "https://gull.example/1"}
    >>> of_page({"page": 2, "results": [hail]}) == [hail], len(of_page({"text": "", "tags": []}))
    (True, 1)
    """
    if _are_objects(value):
        return [article for item in value for article in of_page(item, depth)]
    listed = _listed(value, depth)
    if not listed or {"text", "title"} & set(fields_of(tuple(value))) or _has_long(value):
        return [value]
    return listed if _are_articles(listed, value) else [value]


def _are_articles(listed: list[Any], whole: dict[str, Any]) -> bool:
    """Return whether objects are articles: by what they hold, and how the list is called."""
    inner = [name for part in whole.values() if isinstance(part, dict) for name in part]
    named = not _LISTS.isdisjoint(map(key, (*whole, *inner)))
    items = [item for item in listed if isinstance(item, dict)]
    return any(_describes_article(item) or (named and _is_article(item)) for item in items)


def _has_long(whole: Any, depth: int = _DEPTH) -> bool:
    """Return whether an object has a text in it, in a list of texts or in none."""
    if isinstance(whole, (dict, list)) and depth:
        plain = [item for item in whole if not isinstance(item, dict)]
        parts = whole.values() if isinstance(whole, dict) else plain
        return any(_has_long(part, depth - 1) for part in parts)
    return isinstance(whole, str) and len(whole) > _LONG


def _describes_article(item: dict[str, Any]) -> bool:
    fields = fields_of(tuple(item))
    return "title" in fields and (len(fields) >= _FEWEST or _is_article(item))


def _by_outlet(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the articles of lists that are named by their outlets; none if it is something else.

    Examples
    --------
    >>> _by_outlet({"Gull": [{"text": "Rain."}], "Daily Post": [{"text": "Hail."}]})
    [{'outlet': 'Gull', 'text': 'Rain.'}, {'outlet': 'Daily Post', 'text': 'Hail.'}]
    """
    lists = {name: of_it for name, of_it in whole.items() if name != BROKEN}
    articles = [item for of_it in lists.values() if isinstance(of_it, list) for item in of_it]
    named = len(whole) > 1 and all(isinstance(of_it, list) and of_it for of_it in lists.values())
    if not named or not all(isinstance(item, (dict, Exception)) for item in articles):
        return []
    fields = fields_of(tuple(articles[0]) if isinstance(articles[0], dict) else ())
    generic = any(name.lower() in _SPLITS or not name[:1].isalpha() for name in lists)
    if generic or "outlet" in fields or "text" not in fields:
        return []
    return [
        {"outlet": name} | item if isinstance(item, dict) else item
        for name, of_it in lists.items()
        for item in of_it
    ]


def _is_article(item: dict[str, Any]) -> bool:
    inner = [name for value in item.values() if isinstance(value, dict) for name in value]
    return "text" in fields_of((*item, *inner))


def _listed(whole: Any, depth: int) -> list[Any]:
    """Return the objects in all lists at and below an object, and articles under their ids."""
    if not isinstance(whole, dict) or depth == 0:
        return []
    found: list[Any] = []
    fewest = 1 if any(map(_are_objects, whole.values())) else 2
    for value in whole.values():
        if _are_objects(value):
            found += _with_outlet(of_page(value, depth - 1), whole)
        else:
            found += _under_ids(value, fewest) or _listed(value, depth - 1)
    return found


def _are_objects(value: Any) -> bool:
    """Return whether a value is a list of objects, or of lists of them, some of them unread."""
    if not isinstance(value, list):
        return False
    broken = any(isinstance(item, Exception) for item in value)
    first = next((item for item in value if isinstance(item, (dict, list)) or not broken), None)
    return isinstance(first, dict) or _are_objects(first)


def _under_ids(value: Any, fewest: int) -> list[dict[str, Any]]:
    """Return the articles in an object of articles that are named by their ids.

    Examples
    --------
    >>> _under_ids({"a1": {"text": "Rain."}, "a2": {"text": "Hail."}}, 2)
    [{'id': 'a1', 'text': 'Rain.'}, {'id': 'a2', 'text': 'Hail.'}]
    >>> _under_ids({"headline": {"text": "Rain"}, "body": {"text": "It rained."}}, 2)
    []
    """
    if not value or not isinstance(value, dict) or fields_of(tuple(value)):
        return []
    items = {name: item for name, item in value.items() if isinstance(item, dict)}
    texts = all(BROKEN in item or "text" in fields_of(tuple(item)) for item in items.values())
    is_broken = any(isinstance(item, Exception) for item in value.values())
    return _from_pandas(items) if texts and len(items) + is_broken >= fewest else []


def _with_outlet(items: list[Any], whole: Mapping[str, Any]) -> list[Any]:
    """Return the articles of a list with the outlet that is named once, beside the list.

    Examples
    --------
    >>> _with_outlet([{"text": "Rain."}], {"outlet": "Gull", "page": 1, "articles": []})
    [{'outlet': 'Gull', 'text': 'Rain.'}]
    """
    texts = {name: value for name, value in whole.items() if isinstance(value, str)}
    name = fields_of(tuple(texts)).get("outlet", "")
    if (
        not name
        or NO_OUTLETS.fullmatch(texts[name].lower())
        or "outlet" in fields_of(next((tuple(i) for i in items if isinstance(i, dict)), ()))
    ):
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
        return [_of_split(names, row) if isinstance(row, list) else row for row in data]
    if rows := _from_lists(whole):
        return rows
    if not whole or not all(isinstance(value, dict) and value for value in whole.values()):
        return []
    first = next(iter(whole.values()))
    if {"text", "title"} & set(fields_of(tuple(first))):  # orient="index"
        named = not all(key.isdigit() for key in whole) and "article" not in fields_of(tuple(first))
        own = "url" if all("://" in key for key in whole) else "id"
        return [({own: key} if named else {}) | value for key, value in whole.items()]
    if {"text", "title"} & set(fields_of(tuple(whole))):  # orient="columns"
        keys = dict.fromkeys(key for column in whole.values() for key in column)
        return [
            {name: cells.get(key, cells.get(BROKEN)) for name, cells in whole.items()}
            for key in keys
        ]
    return []


def _of_split(names: list[Any], row: list[Any]) -> dict[str, Any]:
    """Return a row of a table whose names stand beside it; one that breaks off has an error."""
    whole = dict(zip(map(str, names), row, strict=False))
    return whole | {BROKEN: row[-1]} if row and isinstance(row[-1], Exception) else whole


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
    if not plain or not {"text", "title"} <= set(fields_of(tuple(whole))):
        return []
    return [dict(zip(whole, cells, strict=True)) for cells in zip(*lists, strict=True)]
