"""Tables in HTML, as databases export them, often under the name of an Excel file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.by_name import NAMES_AGAIN, are_names_again, by_name, told_apart
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.markup import nothing_hidden, without_markup
from framing.corpus.readers.profiles import Profile, profile
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles

# A row may end with the next one: HTML can leave out the end tags of rows and cells.
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=</?(?:tr|table)\b|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^<>]*>(.*?)(?=</?t[hd]\b|\Z)", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"<!--|-->|<(/?)(table|tr|t[hd])\b([^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*+=\s*+[\"']?\s*+(\d{1,9})\b", re.IGNORECASE)
_LONGEST_SPAN = 1000  # as in browsers
_SAMPLE = 20  # rows
_TITLE_ROWS, _TITLE = 5, 200  # rows above the names, of one cell of so many characters


class _Cell(NamedTuple):
    markup: str
    rows: int
    columns: int


def recognises(file: File) -> bool:
    """Return whether the first row of a table in a page, or one below titles, names its columns.

    These are a text or a title, and an outlet or a date; a text and a title are enough if little
    stands above them, and running texts below.
    """
    return file.start.startswith("<") and _names_at(file.start) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row."""
    html, encoding = file.text(EXPORT_BYTES)
    markup = nothing_hidden(html)
    rows = _in_rows(markup[_names_at(markup) or 0 :])
    yield from articles(_rows(rows, file.source, encoding), columns)


def _names_at(markup: str) -> int | None:
    """Return where the row with the names of columns begins."""
    for number, row in enumerate(_ROW.finditer(markup)):
        cells = [without_markup(cell).strip() for cell in _CELL.findall(row[1])]
        found = set(by_name(cells))
        if {"text", "title"} & found and {"outlet", "date"} & found:
            return row.start()
        if {"text", "title"} <= found and _are_articles(markup, row, cells):
            return row.start()
        filled = [cell for cell in cells if cell]
        if number == _TITLE_ROWS or len(filled) > 1 or len("".join(filled)) > _TITLE:
            return None
    return None


def _are_articles(markup: str, names: re.Match[str], columns: list[str]) -> bool:
    """Return whether the rows below the names, of which there are several, have long texts."""
    below = [_CELL.findall(row[1]) for row in islice(_ROW.finditer(markup, names.end()), _SAMPLE)]
    rows = [dict(zip(columns, map(without_markup, cells), strict=False)) for cells in below]
    text = profile(rows).get(by_name(columns)["text"], Profile())
    above = without_markup(markup[: names.start()]).strip()
    return text.filled > 1 and text.is_long and len(above) <= _TITLE


def _rows(rows: Sequence[list[_Cell]], source: str, encoding: str) -> Iterator[Row | Found]:
    """Yield the rows below that of the names; one with more cells than names fails."""
    first, *below = _in_columns(rows)
    names = told_apart(without_markup(name).strip() for name in first)
    for number, cells in enumerate(below, start=1):
        where = f"{source}, row {number}"
        if are_names_again(plain := [without_markup(cell).strip() for cell in cells], names):
            names = told_apart(plain)
            yield skipped(where, NAMES_AGAIN, encoding)
        elif any(plain[len(names) :]):
            reason = f"{len(cells)} cells where the first row has {len(names)} names"
            yield failed(where, reason, encoding)
        else:
            yield Row(where, dict(zip(names, cells, strict=False)), encoding)


def _in_rows(markup: str) -> list[list[_Cell]]:
    """Return the cells of each row; a table inside a cell is part of its text."""
    rows: list[list[_Cell]] = []
    begun, inside = None, 0  # the tag of a cell, and how many tables are open in it
    in_comment = False
    for tag in _PART.finditer(markup):
        name, ends = (tag[2] or "").lower(), bool(tag[1])
        in_comment = tag[0] == "<!--" or (in_comment and tag[0] != "-->")
        if in_comment or not name:
            continue
        if begun and (inside or (name == "table" and not ends)):
            inside += 0 if name != "table" else -1 if ends else 1
            continue
        if begun:
            rows[-1].append(_cell(begun, markup[begun.end() : tag.start()]))
            begun = None
        if not ends and name in ("tr", "td", "th"):
            rows += [[]] if name == "tr" or not rows else []
            begun = tag if name != "tr" else None
    if inside:
        raise ValueError("a table inside a cell does not end: which rows are articles is unknown")
    if begun:
        rows[-1].append(_cell(begun, markup[begun.end() :]))
    return rows


def _cell(tag: re.Match[str], markup: str) -> _Cell:
    spans = {name.lower(): int(n) for name, n in _SPAN.findall(tag[3])}
    rows, columns = (max(1, min(spans.get(n, 1), _LONGEST_SPAN)) for n in ("row", "col"))
    return _Cell(markup, rows, columns)


def _in_columns(rows: Sequence[list[_Cell]]) -> Iterator[list[str]]:
    """Yield the cells of each row; one that spans several rows stands in each of them.

    Behind as many columns as a row has cells, or the first row columns, nothing spans any.
    """
    below: dict[int, tuple[int, str]] = {}  # by column: in how many more rows a cell stands
    most = max([*map(len, rows), sum(cell.columns for cell in (rows or [[]])[0])])
    for row in rows:
        own = deque(row)
        cells: list[str] = []
        while own or len(cells) in below:
            at = len(cells)
            if at in below:
                more, text = below.pop(at)
                cells.append(text)
            else:
                cell = own.popleft()
                more, text = cell.rows - 1, cell.markup
                cells += [text, *[""] * min(cell.columns - 1, most - at)]
            if more and at < most:
                below[at] = more - 1, text
        yield cells
