"""The articles of a document of a word processor: by its styles and pages, or in its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from framing.corpus.blocks.signals import has_final_mark
from framing.corpus.blocks.titles import author_of
from framing.corpus.dates import find_date
from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.by_name import are_names, by_name, told_apart
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.several import AS_ONE
from framing.text.words import count_words

_PROSE_WORDS, _SIGNED_WORDS = 60, 20  # below a title: without date and byline, and with one
_HEAD_LINES, _HEAD_WORDS = 3, 15
LEVELS = 4  # how deep tables may stand in cells of tables and still be read as tables
_Table = Sequence[Mapping[int, str]]  # rows, each with the texts of its cells by their numbers


class Line(NamedTuple):
    """A paragraph; the space above it; its style: title, heading 1, or empty.

    ``page`` is whether a page begins with it, ``cell`` the numbers of table, row and cell, and of
    those of a table in that cell behind a slash.
    """

    text: str
    space: int = 0
    style: str = ""
    page: bool = False
    cell: str = ""


def articles_in(lines: Sequence[Line]) -> tuple[list[Sequence[Line]], str]:
    """Return the lines of each article of a document that surely has several, and a remark.

    Paragraphs of the style Title begin an article. Headings of the first level do if each has a
    date or a byline below it or begins a page, since they are the subheadings of many an article;
    so do pages that all have a title with a date or a byline. Nothing may stand above the first
    one. Where it is not sure, there are no parts, and the remark says why there may be some.

    >>> articles_in([Line("Talks Fail", style="heading 1"), Line("They failed.")])
    ([], '')
    """
    titles = _parts(lines, [line.style == "title" for line in lines])
    if len(titles) > 1 and all(map(_has_prose, titles)):
        return titles, ""
    pages = _parts(lines, [line.page or n == 0 for n, line in enumerate(lines)])
    if len(pages) > 1 and all(map(_is_signed, pages)):
        return pages, ""
    above = next((n for n, line in enumerate(lines) if line.style == "heading 1"), 0)
    headed = _parts(lines[above:], [line.style == "heading 1" for line in lines[above:]])
    signed = all(map(_is_signed, headed))
    new_pages = all(part[0].page for part in headed[1:]) and all(map(_has_prose, headed))
    if len(headed) > 1 and above == 0 and (signed or new_pages):
        return headed, ""
    return [], _remark(titles) or (_remark(headed) if signed or above == 0 else "")


def date_below(part: Sequence[Line]) -> str:
    """Return the date in the lines below the title, or an empty string."""
    dates = ((line, find_date(line)) for line in _head(part))
    return next((line[d.start : d.end] for line, d in dates if not pd.isna(d.value)), "")


def with_gaps(lines: Sequence[Line]) -> list[str]:
    """Put an empty line above lines with more space before them than is usual.

    Some exports make a paragraph of every wrapped line; the space shows where a new one begins.
    """
    before = [line.space for line in lines]
    usual = max(set(before), key=lambda n: (before.count(n), n), default=0)
    return [p for x in lines for p in ([x.text] if x.space <= usual else ["", x.text])]


def _parts(lines: Sequence[Line], begins: Sequence[bool]) -> list[Sequence[Line]]:
    """Return the lines from each beginning to the next; none if the first line is none."""
    places = [n for n, is_first in enumerate(begins) if is_first]
    ends = [*places[1:], len(lines)]
    return [lines[a:b] for a, b in zip(places, ends, strict=True)] if places[:1] == [0] else []


def _has_prose(part: Sequence[Line], words: int = _PROSE_WORDS) -> bool:
    return sum(count_words(x.text) for x in part[1:] if has_final_mark(x.text)) >= words


def _is_signed(part: Sequence[Line]) -> bool:
    """Return whether a date or a byline stands near the top, and text below it."""
    signed = date_below(part) or any(map(author_of, _head(part)))
    return bool(signed) and not has_final_mark(part[0].text) and _has_prose(part, _SIGNED_WORDS)


def _head(part: Sequence[Line]) -> list[str]:
    head = [x.text for x in part[1 : 1 + _HEAD_LINES] if not has_final_mark(x.text)]
    return [text for text in head if count_words(text) <= _HEAD_WORDS]


def _remark(parts: Sequence[Sequence[Line]]) -> str:
    if sum(map(partial(_has_prose, words=_SIGNED_WORDS), parts)) < 2:
        return ""
    return (
        f"{len(parts)} headings of the first level, {AS_ONE}: if there are several, "
        "put a date or a byline below each title, or make a file of each"
    )


def rows_in(lines: Sequence[Line], source: str, damage: list[str]) -> list[Row | Found]:
    """Return the articles in the tables of a document; none if its tables are of something else.

    The first row names the columns, or the first column names the fields of one article. A table
    in a cell is a part of its text, unless no table around it is one of articles. The row in which
    the document breaks off, told by an empty line at its end, fails, and takes the ``damage``.

    >>> cells = ["Title", "Text", "Date", "Talks fail", "They failed.", "2031-01-02"]
    >>> lines = [Line(text, cell=f"1 {1 + n // 3} {1 + n % 3}") for n, text in enumerate(cells)]
    >>> rows_in(lines, "a.docx", [])[0].cells
    {'Title': 'Talks fail', 'Text': 'They failed.', 'Date': '2031-01-02'}
    """
    for level in range(LEVELS):
        tables = {number: list(_in_table(t)) for number, t in _tables(lines, level).items()}
        if rows := [cells for table in tables.values() for cells in table]:
            numbered = enumerate(rows, start=1)
            found: list[Row | Found] = [Row(f"{source}, row {n}", r, "docx") for n, r in numbered]
            if not lines[-1].text and tables.get(_place(lines[-1], level)[0]):
                found[-1] = failed(f"{source}, row {len(rows)}", damage.pop())
            if not all(tables.get(_place(line, level)[0]) for line in lines):
                found.append(skipped(f"{source}, the rest", "text beside a table of articles"))
            return found
    return []


def _place(line: Line, level: int) -> list[str]:
    """Return the numbers of table, row and cell in which a line stands, none outside of tables."""
    return "".join(line.cell.split("/")[level : level + 1]).split() or [""]


def _tables(lines: Sequence[Line], level: int) -> dict[str, _Table]:
    tables: dict[str, dict[str, dict[int, str]]] = {}
    for line in lines:
        table, *place = _place(line, level)
        if place:
            cells = tables.setdefault(table, {}).setdefault(place[0], {})
            cell = int(place[1])
            cells[cell] = "\n\n".join(filter(None, (cells.get(cell), line.text)))
    return {number: list(rows.values()) for number, rows in tables.items()}


def _in_table(table: _Table) -> Iterator[dict[str, str]]:
    head, *below = table
    if below and _name_fields(list(head.values())):
        names = {n: f"column {n}" for row in below for n in row}
        names |= dict(zip(head, told_apart(head.values()), strict=True))
        yield from ({name: row.get(n, "") for n, name in names.items()} for row in below)
    elif _name_fields(list(labels := [row.get(1, "").rstrip(" :") for row in table])):
        values = ("\n\n".join(cell for n, cell in row.items() if n > 1) for row in table)
        yield dict(zip(told_apart(labels), values, strict=True))


def _name_fields(cells: Sequence[str]) -> bool:
    """Return whether cells name a text or a title, and another field."""
    fields = set(by_name(cells)) if are_names(cells) else set()
    return len(fields) > 1 and "text" in fields
