"""Tables in HTML, as databases export them, often under the name of an Excel file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from framing.corpus.readers import Found
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import nothing_hidden, without_markup
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

_ROW = re.compile(r"<tr\b[^<>]*>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
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
    cells = [[cell.decode_contents() for cell in row.find_all(["th", "td"])] for row in rows]
    names = [without_markup(name).strip() for name in cells[0]]
    found = (
        Row(f"{file.source}, row {n}", dict(zip(names, row, strict=False)), encoding)
        for n, row in enumerate(cells[1:], start=1)
    )
    yield from articles(found, columns)
