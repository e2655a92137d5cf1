"""The cells of a workbook before it is read: how many there are, which hold an error, are hidden.

One that is far, or repeated, makes many. One with an error is read as empty by the library.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Callable

from framing.corpus.readers.cells import NO_VALUE
from framing.corpus.readers.compressed import TooLargeError

CELLS = 20_000_000  # of a sheet, empty ones between the first and the last counted
IN_ALL = 3 * CELLS  # of all sheets together
COPIES = 10_000  # of rows with text; no table has more
_NOT_READ = "not read; delete cells far from the table, or save it as CSV"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\b[^<>]{0,999}?\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{1,9})[A-Za-z]*(\d{1,9})"
)
# A cell without a name stands in the row that says its number, behind the cell before it.
_NAMELESS = re.compile(rb"<(?:\w{1,20}:)?c\b(?![^<>]{0,999}?\br\s{0,9}=)")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b[^<>]{0,999}?\br\s{0,9}=\s{0,9}[\"'](\d{1,9})")
_HIDDEN = re.compile(
    rb"<(?:\w{1,20}:)?row\b(?=[^<>]{0,999}?\bhidden=[\"'](?:1|true)\b)"
    rb"[^<>]{0,999}?\br\s{0,9}=\s{0,9}[\"'](\d{1,9})"
)
_ROW_BEGINS = b"<table:table-row"
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,99})"')
_SPACES = re.compile(rb'<text:s text:c="0{0,99}([1-9]\d{4,99})"')  # 10,000 and more
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,99})"')
_BOOK, _RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET, _RELATION = re.compile(r"<sheet\b[^<>]*>"), re.compile(r"<Relationship\b[^<>]*>")
_ATTRIBUTE = re.compile(r'(?<![\w:])([\w:]{1,40})="([^"<>]*)"')
_FORMULA = rb"(?:<f\b[^<>]{0,9999}>(?:[^<]{0,9999}</f>)?)?"
_ERROR = re.compile(rb'<c\b([^<>]{0,200}\bt="e"[^<>]{0,200})>' + _FORMULA + rb"<v>(#[^<]{1,20})")
# A text that is not the number of one in the list of texts, which the library reads as the first.
_NO_TEXT = re.compile(
    rb'<c\b([^<>]{0,200}\bt="s"[^<>]{0,200})>' + _FORMULA + rb"<v>(?!\d{1,9}</v>|</v>)"
)
# A formula of which no value is stored; an empty text is one.
_NO_VALUE = re.compile(
    rb"<c\b(?![^<>]{0,200}\bt=.str)([^<>]{0,200})><f\b[^<>]{0,9999}>(?:[^<]{0,9999}</f>)?"
    rb"(?:<v ?/>|<v></v>)?</c>"
)


def errors_in(part: bytes) -> dict[tuple[int, int], str]:
    """Return the errors in the part that is a sheet, by row and column from 0 on."""
    found = _ERROR.findall(part) + [(about, b"#VALUE!") for about in _NO_TEXT.findall(part)]
    found += [(about, NO_VALUE.encode()) for about in _NO_VALUE.findall(part)]
    cells = ((_CELL.match(b"<c" + about), error) for about, error in found)
    return {
        (int(cell[2]) - 1, _number(cell[1]) - 1): error.decode() for cell, error in cells if cell
    }


def hidden_rows(part: bytes) -> set[int]:
    """Return the numbers, from 0 on, of the hidden rows in the part that is a sheet."""
    return {int(number) - 1 for number in _HIDDEN.findall(part)}


def sheet_parts(data: bytes) -> Callable[[str], bytes]:
    """Return what reads the part of an Excel workbook that is a sheet; empty in other workbooks."""
    if not data.startswith(b"PK"):
        return lambda _: b""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = set(archive.namelist())
    if not {_BOOK, _RELS} <= names:
        return lambda _: b""
    relations = _tags(_RELATION, archive.read(_RELS))
    parts = {r.get("Id"): posixpath.join("/xl", r.get("Target", "")) for r in relations}
    sheets = _tags(_SHEET, archive.read(_BOOK))
    part_of = {s.get("name"): parts.get(s.get("r:id"), "").lstrip("/") for s in sheets}
    return lambda name: archive.read(part_of[name]) if part_of.get(name) in names else b""


def _tags(kind: re.Pattern[str], content: bytes) -> list[dict[str, str]]:
    """Return the attributes of all elements of a kind."""
    tags = kind.findall(content.decode(errors="replace"))
    return [{n: html.unescape(value) for n, value in _ATTRIBUTE.findall(tag)} for tag in tags]


def check_cells(archive: zipfile.ZipFile) -> None:
    """Raise an error if the sheets of a workbook span too many cells to be held in memory."""
    in_all = 0
    for name in archive.namelist():
        if SHEET.fullmatch(name):
            rows, columns = _span(archive.read(name))
            _check(rows * columns, f"its last cell is in row {rows:,} and column {columns:,}")
            in_all += rows * columns
            if in_all > IN_ALL:
                raise TooLargeError(f"sheets of over {IN_ALL:,} cells together: {_NOT_READ}")
        elif name == "content.xml":
            _check(_repeated(archive.read(name)), "cells that are repeated counted")


def _check(cells: int, why: str) -> None:
    if cells > CELLS:
        raise TooLargeError(f"a sheet of {cells:,} cells, {why}: {_NOT_READ}")


def _span(sheet: bytes) -> tuple[int, int]:
    """Return the last row and the last column with a cell."""
    columns, rows = set(), 0
    for column, row in _CELL.findall(sheet):
        columns.add(column)
        rows = max(rows, int(row))
    if _NAMELESS.search(sheet):
        rows = max([rows, *map(int, _ROW.findall(sheet))])
    return rows, max(map(_number, columns), default=0)


def _number(column: bytes) -> int:
    """Return the number of a column.

    >>> _number(b"A"), _number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in column.upper():
        number = 26 * number + letter - 64
    return number


def _repeated(content: bytes) -> int:
    """Return the number of cells in rows with text.

    >>> cells = b'<table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell/>'
    >>> _repeated(b'<table:table-row t:number-rows-repeated="3">' + cells + b'</table:table-row>')
    6
    """
    if spaces := _SPACES.search(content):
        raise TooLargeError(f"a cell with {int(spaces[1]):,} spaces: not read; delete them")
    return sum(
        times * (row.count(b"<table:table-cell") + sum(map(int, _COLUMNS.findall(row))))
        for times, row in map(_times, content.split(_ROW_BEGINS)[1:])
    )


def without_copies(content: bytes) -> tuple[bytes, int]:
    """Return the rows of an open document once where they are repeated too often.

    Also returned is how many copies are left out.
    """
    first, *rows = content.split(_ROW_BEGINS)
    copies = left = 0
    for number, row in enumerate(rows):
        more = max(_times(row)[0] - 1, 0)
        if copies + more < COPIES:
            copies += more
        else:
            rows[number] = _ROWS.sub(b'number-rows-repeated="1"', row, count=1)
            left += more
    return _ROW_BEGINS.join([first, *rows]), left


def _times(begun: bytes) -> tuple[int, bytes]:
    """Return how many times a row is there, 0 if it has no text, and its cells."""
    about, _, row = begun.partition(b"</table:table-row>")[0].partition(b">")
    found = _ROWS.search(about)
    return (int(found[1]) if found else 1) * (b"<text:" in row), row
