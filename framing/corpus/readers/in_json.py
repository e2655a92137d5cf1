"""The articles in a value of JSON: in its lists, under their ids, or as pandas writes a table."""

from __future__ import annotations

import re
from typing import Any

from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.by_name import are_names_again, fields_of
from framing.corpus.readers.column_names import NO_OUTLETS, key
from framing.corpus.readers.json_tables import NO_NAMES, is_nameless, rows_of, under_names
from framing.corpus.readers.json_values import BROKEN, errors_in
from framing.corpus.readers.profiles import LONG

# Names of lists of articles, and of other parts of a file.
_LISTS = frozenset({
    "articles", "items", "results", "data", "docs", "documents", "hits", "news", "posts", "stories",
    "records", "entries",
})  # fmt: skip
_SPLITS = _LISTS | {
    "train", "test", "dev", "validation", "valid", "rows", "content", "meta",
}  # fmt: skip
_OF_FILE = re.compile(r"https?://\S+|.{1,200}\.(?:txt|md|html?|docx?|rtf|pdf|xml)", re.IGNORECASE)
_DEPTH = 20  # of lists and objects inside objects
_LONG, _FEWEST = 200, 3  # characters of a text; fields of an article, such as title, date and URL


def items_of(value: Any, in_list: bool = True) -> list[Any]:
    """Return the articles in a value, wherever they lie in it; itself if it is one or has none.

    What stands in a list, or in a line, may be an article whose text has a name of its own.

    >>> hail = {"title": "Hail", "date": "2031-03-12", "url": "https://gull.example/1"}
    >>> items_of({"page": 2, "results": [hail]}) == [hail], len(items_of({"text": "", "tags": []}))
    (True, 1)
    >>> items_of({"Gull": {"a1": {"text": "Rain."}}, "Sun": {"b1": {"text": "Hail."}}}, False)
    [{'id': 'a1', 'text': 'Rain.'}, {'id': 'b1', 'text': 'Hail.'}]
    """
    if isinstance(value, dict) and not any(isinstance(v, (dict, list)) for v in value.values()):
        return [value] if in_list else _under_files(value)  # a row, as most values are
    found = _inside(value, in_list, _DEPTH) or [value]
    return [ValueError(NO_NAMES)] if found[0] is value and is_nameless(value) else found


def _under_files(value: dict[str, Any]) -> list[Any]:
    """Return the texts under names of files or addresses as articles; else the object itself.

    >>> _under_files({"a.txt": "Rain fell on the town. " * 5, "b.txt": "Hail."})[1]
    {'id': 'b.txt', 'text': 'Hail.'}
    """
    texts = [text for name, text in value.items() if _OF_FILE.fullmatch(name)]
    plain = len(texts) == len(value) > 1 and all(isinstance(text, str) for text in texts)
    if not plain or not any(text.count(" ") >= LONG for text in texts):
        return [value]
    return [*_with_ids({name: {"text": text} for name, text in value.items()}).values()]


def _inside(value: Any, in_list: bool, depth: int) -> list[Any]:
    """Return the articles in a value, itself if it is one; all objects of lists may be some."""
    if isinstance(value, list):
        if value and isinstance(value[0], list) and are_names_again(value[0], ()):
            return under_names(value[0], value[1:])
        items = value if _are_objects(value) else []
        return [article for item in items for article in _inside(item, True, depth) or [item]]
    if not isinstance(value, dict) or not depth:
        return []
    if rows := rows_of(value):
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

    >>> _with_outlet([{"text": "Rain."}], "Gull")
    [{'outlet': 'Gull', 'text': 'Rain.'}]
    """
    first = next((tuple(item) for item in items if isinstance(item, dict)), ())
    if not outlet or NO_OUTLETS.fullmatch(outlet.lower()) or "outlet" in fields_of(first):
        return items
    return [{field: outlet} | item if isinstance(item, dict) else item for item in items]


def _are_outlets(lists: dict[str, Any]) -> bool:
    """Return whether lists of texts are named by their outlets.

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
