"""Objects in the cells of a row: as cells of their own, or told where they have a text."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Any

from framing.corpus.readers.by_name import fields_of
from framing.corpus.readers.cells import cell_text, printed_objects
from framing.corpus.readers.column_names import KEYS, SUMMARIES, key

_MOST_KEYS, _MOST_OF_A_ROW = 30, 3  # of objects in the sample: more are values, such as ids
_DEPTH = 3  # of objects in objects that are seen as columns


def with_objects(cells: Mapping[str, Any], given: Collection[str]) -> Mapping[str, Any]:
    """Return cells with the objects that a program printed into some, if they have a text.

    Columns that the user names, ``given``, stay as they are.

    >>> with_objects({"id": "7", "raw": "{'title': 'Rain', 'text': 'Rain fell.'}"}, ())
    {'id': '7', 'raw': {'title': 'Rain', 'text': 'Rain fell.'}}
    """
    printed = {name: printed_objects(cell) for name, cell in cells.items() if name not in given}
    found = {name: value for name, value in printed.items() if _texts_in(value)}
    return {**cells, **found} if found else cells


def texts_inside(cells: Mapping[str, Any]) -> dict[str, int]:
    """Return in which cells there are objects with a text, or lists of such, and how many.

    >>> texts_inside({"text": "It rained.", "comments": [{"text": "So it did."}], "tags": ["a"]})
    {'comments': 1}
    """
    texts = {
        name: _texts_in(cell)
        for name, cell in cells.items()
        if isinstance(cell, list)
        or (isinstance(cell, dict) and key(name.rpartition(".")[2]) not in KEYS | SUMMARIES)
    }
    return {name: n for name, n in texts.items() if n}


def articles_in(cell: Any) -> int:
    """Return the number of objects with a title and a text in a cell that is a list."""
    items = (item for item in cell if _has_text(item)) if isinstance(cell, list) else ()
    return sum("title" in fields_of(tuple(map(str, item))) for item in items)


def _texts_in(cell: Any) -> int:
    """Return the number of objects with a text in a cell that is a list of objects, or is one."""
    return sum(map(_has_text, cell if isinstance(cell, list) else [cell]))


def _has_text(item: Any) -> bool:
    """Return whether an object has a text of more than a word; a tag may be one of a word."""
    if not isinstance(item, dict):
        return False
    name = fields_of(tuple(map(str, item))).get("text", "")
    return " " in cell_text(item.get(name))


def keyed_by_values(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the cells of objects whose keys are values, other ones in every row."""
    keys: dict[str, list[set[str]]] = {}
    for cells in rows:
        for name, value in cells.items():
            if isinstance(value, dict):
                keys.setdefault(name, []).append(set(value))
    most = {name: max(_MOST_KEYS, _MOST_OF_A_ROW * max(map(len, k))) for name, k in keys.items()}
    return frozenset(n for n, of_it in keys.items() if len(set().union(*of_it)) > most[n])


def flattened(cells: Mapping[str, Any], whole: Container[str] = ()) -> Mapping[str, Any]:
    """Return the cells with those of objects inside, named with a dot; ``whole`` stay one cell."""
    if not any(isinstance(value, dict) for value in cells.values()):
        return cells
    flat = {
        name: _in_one(cell) if name in whole and isinstance(cell, dict) else _value(cell)
        for name, cell in cells.items()
    }
    inner = [(name, value, _DEPTH) for name, value in flat.items()]
    for name, value, depth in inner:
        if isinstance(value, dict) and depth:
            parts = {f"{name}.{key}": _value(part) for key, part in value.items()}
            flat |= parts
            inner += [(key, part, depth - 1) for key, part in parts.items()]
    return flat


def _in_one(cell: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in cell.items()
    )


def _value(cell: Any) -> Any:
    """Return what MongoDB writes as ``{"$date": {"$numberLong": "1517407200"}}``."""
    while isinstance(cell, dict) and len(cell) == 1 and next(iter(cell)).startswith("$"):
        cell = next(iter(cell.values()))
    return cell
