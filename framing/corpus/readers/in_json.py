"""The articles in a value of JSON: in its lists, under their ids, or as pandas writes a table."""

from __future__ import annotations

from typing import Any

from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.by_name import are_names_again, fields_of, numbered, told_apart
from framing.corpus.readers.column_names import NO_OUTLETS, key
from framing.corpus.readers.json_values import BROKEN, errors_in

# Names of lists of articles, and of other parts of a file.
_LISTS = frozenset({
    "articles", "items", "results", "data", "docs", "documents", "hits", "news", "posts", "stories",
    "records", "entries",
})  # fmt: skip
_SPLITS = _LISTS | {
    "train", "test", "dev", "validation", "valid", "rows", "content", "meta",
}  # fmt: skip
_DEPTH = 20  # of lists and objects inside objects
_NO_NAMES = (
    "a table of lists whose columns have no names; write a list of their names before the first, "
    "or objects with to_json(orient='records')"
)
_LONG, _FEWEST = 200, 3  # characters of a text; fields of an article, such as title, date and URL


def items_of(value: Any, in_list: bool = True) -> list[Any]:
    """Return the articles in a value, wherever they lie in it; itself if it is one or has none.

    What stands in a list, or in a line, may be an article whose text has a name of its own.

    Examples
    --------
    >>> hail = {"title": "Hail", "date": "2031-03-12", "url": "https://gull.example/1"}
    >>> items_of({"page": 2, "results": [hail]}) == [hail], len(items_of({"text": "", "tags": []}))
    (True, 1)
    >>> items_of({"Gull": {"a1": {"text": "Rain."}}, "Sun": {"b1": {"text": "Hail."}}}, False)
    [{'id': 'a1', 'text': 'Rain.'}, {'id': 'b1', 'text': 'Hail.'}]
    """
    if isinstance(value, dict) and not any(isinstance(v, (dict, list)) for v in value.values()):
        return [value]  # a row, as most values are
    found = _inside(value, in_list, _DEPTH) or [value]
    return [ValueError(_NO_NAMES)] if found[0] is value and _is_nameless(value) else found


def _is_nameless(whole: Any, depth: int = _DEPTH) -> bool:
    """Return whether a value is a table without names, or an object whose texts are in one."""
    if not isinstance(whole, dict):
        return _is_table(whole, 1)
    if not depth or not whole or {"text", "title"} & set(fields_of(tuple(whole))):
        return False
    longest = max(whole.values(), key=_longest)
    is_object = isinstance(longest, dict)
    return _is_nameless(longest, depth - 1) if is_object else _is_table(longest)


def _longest(value: Any, depth: int = _DEPTH) -> int:
    """Return the length of the longest text in a value."""
    if not isinstance(value, (dict, list)) or not depth:
        return len(value) if isinstance(value, str) else 0
    parts = value.values() if isinstance(value, dict) else value
    return max((_longest(part, depth - 1) for part in parts), default=0)


def _is_table(value: Any, fewest: int = 2) -> bool:
    """Return whether a value is lists of plain values, all of one length, with a text in each."""
    rows = value if isinstance(value, list) else []
    alike = all(isinstance(row, list) for row in rows) and len(set(map(len, rows))) == 1
    return alike and all(
        len(row) >= fewest
        and any(isinstance(cell, str) for cell in row)
        and not any(isinstance(cell, (list, dict, Exception)) for cell in row)
        for row in rows
    )


def _inside(value: Any, in_list: bool, depth: int) -> list[Any]:
    """Return the articles in a value, itself if it is one; all objects of lists may be some."""
    if isinstance(value, list):
        if len(value) > 1 and isinstance(value[0], list) and are_names_again(value[0], ()):
            return _under_names(value[0], value[1:])
        items = value if _are_objects(value) else []
        return [article for item in items for article in _inside(item, True, depth) or [item]]
    if not isinstance(value, dict) or not depth:
        return []
    if rows := _from_pandas(value):
        return rows
    fields = fields_of(tuple(value))
    is_one = "text" in fields or (in_list and ("title" in fields or _has_long(value)))
    if is_one or answer_without_articles(value):
        return [value]
    inside = {name: _inside(part, False, depth - 1) for name, part in value.items()}
    found = {name: articles for name, articles in inside.items() if articles}
    own = {name: value[name] for name, articles in found.items() if articles[0] is value[name]}
    found |= {name: [article] for name, article in _with_ids(own).items()}
    if not found:
        titled = len(value) > 1 and all(map(_is_titled, value.values())) and not in_list
        return [*_with_ids(value).values()] if titled else [value] if any(errors_in(value)) else []
    if _is_around(value, own, found, in_list):
        return [value]
    texts = {name: part for name, part in value.items() if isinstance(part, str)}
    field = fields_of(tuple(texts)).get("outlet", "")
    named = depth == _DEPTH and not in_list and _are_outlets(value)
    return [
        item
        for name, articles in found.items()
        for item in _with_outlet(
            articles, name if named else texts.get(field, ""), field or "outlet"
        )
    ]


def _is_around(
    value: dict[str, Any], own: dict[str, Any], found: dict[str, list[Any]], in_list: bool
) -> bool:
    """Return whether an object without a text is one article, and ``own`` objects parts of it.

    It is if nothing else in it can be an article, or if that may be comments on it: objects
    without a title, or a text, in lists.
    """
    is_broken, is_titled = any(errors_in(value)), _is_titled(value)
    if len(own) == len(found) == 1:
        return "://" not in next(iter(own)) and (in_list or is_titled or not is_broken)
    texts = ["text" in fields_of(tuple(item)) for item in own.values()]
    beside = all(isinstance(value[name], list) for name in found if name not in own)
    may_be_one = in_list or (is_titled and (own or is_broken)) or (texts == [True] and beside)
    if not may_be_one:
        return False
    items = [fields_of(_names(i)) for of_it in found.values() for i in of_it if isinstance(i, dict)]
    if own:
        return sum("title" in fields and "text" in fields for fields in items) < 2
    is_named = not _LISTS.isdisjoint(map(key, _names(value)))
    return not any(
        ("title" in fields and ("text" in fields or len(fields) >= _FEWEST))
        or ("text" in fields and is_named)
        for fields in items
    )


def _is_titled(value: Any) -> bool:
    return isinstance(value, dict) and "title" in fields_of(tuple(value))


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    """Return the names in an object and in the objects in it."""
    inner = (value for value in item.values() if isinstance(value, dict))
    return (*item, *(name for value in inner for name in value))


def _has_long(whole: Any, depth: int = _DEPTH) -> bool:
    """Return whether an object has a text in it, in a list of texts or in none."""
    if isinstance(whole, (dict, list)) and depth:
        plain = [item for item in whole if not isinstance(item, dict)]
        parts = whole.values() if isinstance(whole, dict) else plain
        return any(_has_long(part, depth - 1) for part in parts)
    return isinstance(whole, str) and len(whole) > _LONG


def _are_objects(value: Any) -> bool:
    """Return whether a value is a list of objects, or of lists of them, some of them unread."""
    if not isinstance(value, list):
        return False
    broken = any(isinstance(item, Exception) for item in value)
    first = next((item for item in value if isinstance(item, (dict, list)) or not broken), None)
    return isinstance(first, dict) or _are_objects(first)


def _with_ids(objects: dict[str, Any]) -> dict[str, Any]:
    """Return articles with their names as ids, or as addresses, unless they are numbers only.

    Examples
    --------
    >>> _with_ids({"Gull": {"a1": {"text": "Rain."}}, "b7": {"text": "Hail."}})
    {'Gull': {'id': 'a1', 'text': 'Rain.'}, 'b7': {'id': 'b7', 'text': 'Hail.'}}
    """
    bare = {name: _innermost(name, article) for name, article in objects.items()}
    inner = {name for name, _ in bare.values()}
    ids = [of_it if len(inner) == len(bare) else name for name, (of_it, _) in bare.items()]
    first = next(iter(bare.values()))[1] if bare else {}
    named = not all(map(str.isdigit, ids)) and "article" not in fields_of(tuple(first))
    field = "url" if all("://" in of_it for of_it in ids) else "id"
    return {
        name: ({field: of_it} if named else {}) | article
        for of_it, (name, (_, article)) in zip(ids, bare.items(), strict=True)
    }


def _innermost(name: str, item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return an object that is the only one in an object, or in several, and its name."""
    while len(item) == 1 and isinstance(only := next(iter(item.values())), dict):
        name, item = next(iter(item)), only
    return name, item


def _with_outlet(items: list[Any], outlet: str, field: str = "outlet") -> list[Any]:
    """Return the articles of a list with the outlet that is named once, unless they name theirs.

    Examples
    --------
    >>> _with_outlet([{"text": "Rain."}], "Gull")
    [{'outlet': 'Gull', 'text': 'Rain.'}]
    """
    first = next((tuple(item) for item in items if isinstance(item, dict)), ())
    if not outlet or NO_OUTLETS.fullmatch(outlet.lower()) or "outlet" in fields_of(first):
        return items
    return [{field: outlet} | item if isinstance(item, dict) else item for item in items]


def _are_outlets(lists: dict[str, Any]) -> bool:
    """Return whether lists of texts are named by their outlets.

    Examples
    --------
    >>> _are_outlets({"Gull": [{"text": "Rain."}], "Daily Post": [{"text": "Hail."}]})
    True
    """
    names = [name for name in lists if name != BROKEN]
    if any(
        not n[:1].isalpha() or n.lower() in _SPLITS or not _are_objects(lists[n]) for n in names
    ):
        return False
    first = lists[names[0]][0] if names else ()
    return len(lists) > 1 and "text" in fields_of(tuple(first) if isinstance(first, dict) else ())


def _from_pandas(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a table that ``DataFrame.to_json`` wrote; none if it is something else.

    Examples
    --------
    >>> _from_pandas({"text": {"0": "Rain.", "1": "Hail."}, "outlet": {"0": "A", "1": "B"}})
    [{'text': 'Rain.', 'outlet': 'A'}, {'text': 'Hail.', 'outlet': 'B'}]
    """
    names, data = whole.get("columns"), whole.get("data")
    if isinstance(names, list) and isinstance(data, list):  # orient="split"
        return _under_names(names, data)
    if rows := _from_names(whole) or _from_lists(whole):
        return rows
    if not whole or not all(isinstance(value, dict) and value for value in whole.values()):
        return []
    inner = fields_of(tuple(next(iter(whole.values()))))
    if {"text", "title"} & set(fields_of(tuple(whole))) and not inner:  # orient="columns"
        keys = dict.fromkeys(key for column in whole.values() for key in column)
        return [
            {name: cells.get(key, cells.get(BROKEN)) for name, cells in whole.items()}
            for key in keys
        ]
    return []


def _from_names(whole: dict[str, Any]) -> list[Any]:
    """Return the rows of a table of lists that has the names of its columns beside it.

    Examples
    --------
    >>> _from_names({"fields": ["outlet", "text"], "rows": [["Gull", "Rain fell."]]})
    [{'outlet': 'Gull', 'text': 'Rain fell.'}]
    """
    parts = (part for part in whole.values() if isinstance(part, list))
    named = [part for part in parts if are_names_again(part, ())]
    if len(named) != 1 or {"text", "title"} & set(fields_of(tuple(whole))):
        return []
    rows = max(whole.values(), key=_longest)
    return _under_names(named[0], rows) if _is_table(rows, len(named[0])) else []


def _under_names(names: list[Any], rows: list[Any]) -> list[Any]:
    """Return the rows of a table whose names stand beside it, or above."""
    most = max((len(row) for row in rows if isinstance(row, list)), default=0)
    named = told_apart([*map(str, names), *numbered(most)[len(names) :]])
    return [dict(zip(named, r, strict=False)) if isinstance(r, list) else r for r in rows]


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
