"""Tables in HTML, as databases export them, often under the name of an Excel file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from framing.corpus.readers import Found
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import nothing_hidden, without_markup
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

_ROW = re.compile(r"<tr\b[^<>]*>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
_LONGEST_SPAN = 1000  # as in browsers
_CELL = re.compile(r"<t[hd]\b[^<>]*>(.*?)</t[hd]>", re.IGNORECASE | re.DOTALL)


def recognises(file: File) -> bool:
    """Return whether the first row of a table in a page names a text or a title, and an outlet."""
    row = _ROW.search(file.start) if file.start.startswith("<") else None
    names = [without_markup(cell).strip() for cell in _CELL.findall(row[1])] if row else []
    found = set(by_name(names))
    return bool({"text", "title"} & found) and bool({"outlet", "date"} & found)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row."""
    from bs4 import BeautifulSoup

    html, encoding = file.text(EXPORT_BYTES)
    rows = BeautifulSoup(nothing_hidden(html), "html.parser").find_all("tr")
    yield from articles(_rows(rows, file.source, encoding), columns)


def _rows(rows: Iterable[Any], source: str, encoding: str) -> Iterator[Row | Found]:
    """Yield the rows below that of the names; one with more cells than names fails."""
    first, *below = _in_columns(rows)
    names = [without_markup(name).strip() for name in first]
    for number, cells in enumerate(below, start=1):
        where = f"{source}, row {number}"
        if any(without_markup(cell).strip() for cell in cells[len(names) :]):
            reason = f"{len(cells)} cells where the first row has {len(names)} names"
            yield Found(where, outcome="failed", reason=reason, encoding=encoding)
        else:
            yield Row(where, dict(zip(names, cells, strict=False)), encoding)


def _in_columns(rows: Iterable[Any]) -> Iterator[list[str]]:
    """Yield the cells of each row; one that spans several rows stands in each of them."""
    below: dict[int, tuple[int, str]] = {}  # by column: in how many more rows a cell stands
    for row in rows:
        own = deque(row.find_all(["th", "td"]))
        cells: list[str] = []
        while own or len(cells) in below:
            at = len(cells)
            if at in below:
                more, text = below.pop(at)
                cells.append(text)
            else:
                cell = own.popleft()
                more, text = _span(cell, "rowspan") - 1, cell.decode_contents()
                cells += [text, *[""] * (_span(cell, "colspan") - 1)]
            if more:
                below[at] = more - 1, text
        yield cells


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return max(1, min(int(text), _LONGEST_SPAN)) if re.fullmatch(r"[0-9]{1,9}", text) else 1
