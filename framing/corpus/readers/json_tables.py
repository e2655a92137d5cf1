"""Tables in a value of JSON: lists of rows or of columns, as pandas, R and others write them."""

from __future__ import annotations

from itertools import chain
from typing import Any

from framing.corpus.blocks.signals import has_final_mark
from framing.corpus.readers.by_name import are_names_again, fields_of, numbered, told_apart
from framing.corpus.readers.column_names import KEYS, key
from framing.corpus.readers.json_values import BROKEN
from framing.corpus.readers.profiles import LONG

NO_NAMES = (
    "a table of lists whose columns have no names; write a list of their names before the first, "
    "or objects with to_json(orient='records')"
)
_DEPTH = 20  # of objects in which a table is looked for
_OF_ONE = {"date", "url", "article", "title", "text"}  # fields that no two articles share


def rows_of(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a table that ``DataFrame.to_json`` wrote; none if it is something else.

    >>> rows_of({"text": {"0": "Rain.", "1": "Hail."}, "outlet": {"0": "A", "1": "B"}})
    [{'text': 'Rain.', 'outlet': 'A'}, {'text': 'Hail.', 'outlet': 'B'}]
    """
    names, data = whole.get("columns"), whole.get("data")
    if isinstance(names, list) and isinstance(data, list):  # orient="split"
        return under_names(names, data)
    if rows := _from_names(whole) or _from_lists(whole):
        return rows
    if not whole or not all(isinstance(value, dict) and value for value in whole.values()):
        return []
    first = next(iter(whole.values()))
    alike = all(BROKEN in column or first.keys() & column.keys() for column in whole.values())
    named = {"text", "title"} & set(fields_of(tuple(whole)))
    if named and alike and not fields_of(tuple(first)):  # orient="columns"
        keys = dict.fromkeys(key for column in whole.values() for key in column)
        return [
            {name: cells.get(key, cells.get(BROKEN)) for name, cells in whole.items()}
            for key in keys
        ]
    return []


def _from_names(whole: dict[str, Any]) -> list[Any]:
    """Return the rows of a table of lists that has the names of its columns beside it.

    >>> _from_names({"fields": ["outlet", "text"], "rows": [["Gull", "Rain fell."]]})
    [{'outlet': 'Gull', 'text': 'Rain fell.'}]
    """
    parts = (part for part in whole.values() if isinstance(part, list))
    named = [part for part in parts if are_names_again(part, ())]
    if len(named) != 1 or {"text", "title"} & set(fields_of(tuple(whole))):
        return []
    rows = max(whole.values(), key=_longest)
    return under_names(named[0], rows) if _is_table(rows, len(named[0])) else []


def under_names(names: list[Any], rows: list[Any]) -> list[Any]:
    """Return the rows of a table whose names stand beside it, or above."""
    most = max((len(row) for row in rows if isinstance(row, list)), default=0)
    named = told_apart([*map(str, names), *numbered(most)[len(names) :]])
    return [dict(zip(named, r, strict=False)) if isinstance(r, list) else r for r in rows]


def _from_lists(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of columns that are lists of one length: ``to_dict("list")``, R's jsonlite.

    What stands beside them is the same in all rows, unless it tells of one article.

    >>> _from_lists({"titles": ["Rain", "Hail"], "text": ["It rained.", "Hail fell."], "src": "A"})
    [{'src': 'A', 'title': 'Rain', 'text': 'It rained.'},
     {'src': 'A', 'title': 'Hail', 'text': 'Hail fell.'}]
    """
    names = told_apart(_of_one(n) if isinstance(v, list) else n for n, v in whole.items())
    cells = dict(zip(names, whole.values(), strict=True))
    lists = {name: cell for name, cell in cells.items() if isinstance(cell, list)}
    beside = {name: cell for name, cell in cells.items() if name not in lists}
    if len(sizes := set(map(len, lists.values()))) != 1 or not _are_columns(lists, whole):
        return []
    if beside and (sizes == {1} or _OF_ONE & set(fields_of(tuple(beside)))):
        return []
    if any(isinstance(cell, dict) for cell in chain(beside.values(), *lists.values())):
        return []
    rows = zip(*lists.values(), strict=True)
    return [beside | dict(zip(lists, row, strict=True)) for row in rows]


def _are_columns(lists: dict[str, list[Any]], whole: dict[str, Any]) -> bool:
    """Return whether lists are of texts, not of paragraphs.

    There are titles beside them, or outlets or days; or all are long under a plural name.
    """
    fields = fields_of(tuple(lists))
    text = fields.get("text") or fields.get("article")
    given = fields_of(tuple(name for name in lists if name in whole))
    beside = "title" in fields or "outlet" in given or "date" in given
    long = (isinstance(cell, str) and cell.count(" ") >= LONG for cell in lists.get(text or "", []))
    return text is not None and (beside or (text not in whole and all(long)))


def _of_one(names: str) -> str:
    """Return the name of one value of a list, if it is the usual name of a column.

    >>> _of_one("titles"), _of_one("stories"), _of_one("tags"), _of_one("paragraphs")
    ('title', 'story', 'tags', 'paragraphs')
    """
    one = f"{names[:-3]}y" if names.endswith("ies") else names.removesuffix("s")
    return one if key(one) in KEYS and key(names) not in KEYS else names


def is_nameless(whole: Any, depth: int = _DEPTH) -> bool:
    """Return whether a value is a table without names, or an object whose texts are in one."""
    if not isinstance(whole, dict):
        return _is_table(whole, 1)
    if not depth or not whole or {"text", "title"} & set(fields_of(tuple(whole))):
        return False
    longest = max(whole.values(), key=_longest)
    return is_nameless(longest, depth - 1) if isinstance(longest, dict) else _is_table(longest)


def _longest(value: Any, depth: int = _DEPTH) -> int:
    """Return the length of the longest text in a value."""
    if not isinstance(value, (dict, list)) or not depth:
        return len(value) if isinstance(value, str) else 0
    parts = value.values() if isinstance(value, dict) else value
    return max((_longest(part, depth - 1) for part in parts), default=0)


def _is_table(value: Any, fewest: int = 2) -> bool:
    """Return whether a value is lists of plain values with a text in each, as rows of a table are.

    If their lengths differ, they may be the sentences of paragraphs.
    """
    rows = value if isinstance(value, list) and all(isinstance(row, list) for row in value) else []
    sizes = set(map(len, rows))
    plain = not any(isinstance(cell, (list, dict, Exception)) for row in rows for cell in row)
    texts = [row for row in rows if any(isinstance(cell, str) for cell in row)]
    are_rows = texts if _are_cells(rows) else len(sizes) == 1 and len(texts) == len(rows)
    return plain and bool(are_rows) and max(sizes) >= fewest


def _are_cells(rows: list[list[Any]]) -> bool:
    """Return whether few of the first values, or few of the second ones, end like a sentence."""
    columns = ([str(row[n]).strip() for row in rows if len(row) > n] for n in (0, 1))
    return any(2 * sum(map(has_final_mark, column)) < len(column) for column in columns)
