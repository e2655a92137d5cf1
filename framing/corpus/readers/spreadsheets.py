"""Workbooks of Excel and LibreOffice: one article per row, in every sheet with articles."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from typing import Any

from framing.arguments import spelled
from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.by_name import (
    NAMES_AGAIN,
    are_names,
    are_names_again,
    by_name,
    numbered,
    told_apart,
)
from framing.corpus.readers.file_names import may_be_outlet, with_path
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles, own_table_in
from framing.corpus.readers.sheet_sizes import errors_in, hidden_rows, sheet_parts
from framing.corpus.readers.workbook_parts import completed, is_cut, without_damage, without_formats
from framing.utils.parallel import panics_as_errors

_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PARTS = (b"xl/workbook", b"application/vnd.oasis.opendocument.spreadsheet")
_OLD = b"\xd0\xcf\x11\xe0"  # Excel up to 2003, and Word
_WORD, _LOCKED = (name.encode("utf-16-le") for name in ("WordDocument", "EncryptedPackage"))
# As programs name sheets, and people those of rounds and coders.
_UNNAMED = re.compile(
    r"(?:sheet|tabelle|blatt|feuil(?:le)?|hoja|foglio|blad|list|ark|table|part|teil|coder|round|"
    r"sample|set|wave|group|batch|week|page|seite|copy|kopie|train|test|main|all|final|q)"
    r"(?:[\W_]*\w{0,3})?[\W_]*$",
    re.IGNORECASE,
)
_EXPLAINS = (
    "a sheet that lists columns of another one, or without a long text that names at most one "
    "field of an article: it may explain the table in the other sheet; if it has articles, read it "
    "alone (FILE#SHEET)"
)
_FEWEST_FIELDS, _FEWEST_WORDS = 3, 60  # named by a table that is explained; in its longest text
_DAMAGED = "the sheet is damaged from here on: open the workbook in Excel and save it"
_HEADER_ROWS = 20  # among which the names of the columns are looked for
HIDDEN = "hidden in a workbook"  # reason of an article in a hidden sheet or row
_Range = tuple[tuple[int, int], tuple[int, int]]  # row and column of the first and last cell


def recognises(file: File) -> bool:
    """Return whether the file is a workbook, by its first bytes or its name."""
    if file.head.startswith(b"PK"):
        return file.name.endswith(_NAMES) or any(part in file.head for part in _PARTS)
    return file.head.startswith(_OLD) and not file.name.endswith((".doc", ".dot"))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row of the sheets with articles, or of the sheet that was named."""
    from python_calamine import SheetVisibleEnum as Shown

    data = file.read(EXPORT_BYTES)
    if reason := _no_workbook(data):
        yield skipped(file.source, reason)
        return
    data, left = completed(data)
    book = _Book(data)
    names = book.workbook.sheet_names
    if file.sheet and file.sheet not in names:
        raise ValueError(f"no sheet {file.sheet!r}; its sheets are: {spelled(names)}")
    unseen = [s.name for s in book.workbook.sheets_metadata if s.visible != Shown.Visible]
    wanted = [file.sheet] if file.sheet else names
    sources = {n: file.source if len(names) == 1 else f"{file.source}#{n}" for n in wanted}
    sheets = {n: _sheet(book, n, s) for n, s in sources.items()}
    of_articles = {n: rows for n, rows in sheets.items() if not isinstance(rows, Found)}
    by_outlet = "outlet" not in columns and _are_outlets(of_articles)
    richest = max(of_articles.values(), key=_most_named, default=[])
    is_rich = _most_named(richest) >= _FEWEST_FIELDS
    explained = set(_names(richest, _header(richest) or 0)) if is_rich else set()
    for name, source in sources.items():
        rows = sheets[name]
        if isinstance(rows, Found):
            yield rows
        elif (header := _header(rows)) is None and not columns:
            yield skipped(source, _why_not(rows))
        elif explained and _explains(rows, explained):
            yield skipped(source, _EXPLAINS)
        else:
            known = {"outlet": name} if by_outlet and header is not None else {}
            hidden = range(len(rows)) if name in unseen else hidden_rows(book.part(name))
            found = None
            for found in articles(_rows(rows, header or 0, source, hidden), columns):
                yield with_path(found, known, "names of sheets")
            if found is None and len(sources) > 1:
                yield skipped(source, "a sheet with no row below its column names")
    yield from [skipped(f"{file.source}, the rest", left)] if left else []


class _Book:
    """A workbook, and what reads the parts of its file that are sheets."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.workbook = _workbook(data)
        self.part = sheet_parts(data)

    @cached_property
    def sound(self) -> _Book:
        """The workbook with errors for its damaged cells, if it has any."""
        whole = without_damage(self._data)
        return self if whole == self._data else _Book(whole)

    @cached_property
    def plain(self) -> _Book:
        """The workbook with numbers for dates, if it is one of Excel from 2007 on."""
        return _Book(without_formats(self._data)) if self._data.startswith(b"PK") else self


def _sheet(book: _Book, name: str, source: str) -> list[list[Any]] | Found:
    """Return the rows of a sheet with the errors in them, or why they are not read."""
    try:
        cut = is_cut(book.part(name))
        sheet, book = _opened(book.sound if cut else book, name)
        wrong = errors_in(book.part(name))
        rows = _cells(sheet, wrong)
        if any(map(_lost, rows)) and book.plain is not book:
            plain = _cells(book.plain.workbook.get_sheet_by_name(name), wrong)
            rows = [p if _lost(row) else row for row, p in zip(rows, plain, strict=True)]
        rows = _unmerged(rows, sheet.merged_cell_ranges or []) + [[ValueError(_DAMAGED)]] * cut
    except Exception as error:  # a damaged sheet costs no other
        return failed(source, error).noted(_DAMAGED)
    if ours := own_table_in(source, _names(rows, 0)):
        return ours
    return rows


def _opened(book: _Book, name: str) -> tuple[Any, _Book]:
    """Return a sheet and its workbook, in which damaged cells are errors if it is not read else."""
    try:
        with panics_as_errors():
            return book.workbook.get_sheet_by_name(name), book
    except Exception:
        if book.sound is book:
            raise
    return _opened(book.sound, name)


def _cells(sheet: Any, wrong: Mapping[tuple[int, int], str]) -> list[list[Any]]:
    """Return the rows of a sheet, with the errors that are read as empty.

    A million are empty and have no cells, where one is far below the table. A row with a date
    beyond the calendar has the exception alone.
    """
    errors: dict[int, dict[int, str]] = {}
    for (row, column), error in wrong.items():
        errors.setdefault(row, {})[column] = error
    left, rows, one_by_one = [""] * (sheet.start or (0, 0))[1], [], sheet.iter_rows()
    for number in range(sheet.end[0] + 1 if sheet.end else 0):
        try:
            with panics_as_errors():
                cells = [*left, *next(one_by_one)]
        except Exception as error:
            rows.append([error])
            continue
        if of_row := errors.get(number):
            cells = [of_row.get(n, cell) for n, cell in enumerate(cells)]
        rows.append([] if cells.count("") == len(cells) else cells)
    return rows


def _lost(row: list[Any]) -> bool:
    return bool(row) and isinstance(row[0], Exception)


def _are_outlets(sheets: Mapping[str, list[list[Any]]]) -> bool:
    """Return whether sheets are named after outlets: with the same columns, none of an outlet."""
    headers = {name: _header(rows) for name, rows in sheets.items()}
    columns = {n: sorted(_names(sheets[n], at)) for n, at in headers.items() if at is not None}
    alike = len(columns) > 1 and len({tuple(names) for names in columns.values()}) == 1
    if not alike or not all(may_be_outlet(n) and not _UNNAMED.match(n) for n in columns):
        return False
    return not {"outlet", "url"} & set(by_name(next(iter(columns.values()))))


def _no_workbook(data: bytes) -> str:
    if data.startswith(_OLD) and _WORD in data:
        return "an old Word document: save it as .docx"
    if data.startswith(_OLD) and _LOCKED in data:
        return "locked with a password: open it and save it without one"
    return ""


def _workbook(data: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        raise ValueError(
            f"not read as a workbook ({error}): open it in Excel and save it as .xlsx"
        ) from error


def _unmerged(rows: list[list[Any]], ranges: Iterable[_Range]) -> list[list[Any]]:
    """Return the rows with the value of merged cells in each of them, if a row has its own text.

    A row without any, such as that of a second coder, would be the same article again.
    """
    values: dict[int, dict[int, Any]] = {}
    for (first, column), (last, _) in ranges:
        value = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        for number in range(first + 1, min(last + 1, len(rows))):
            values.setdefault(number, {})[column] = value
    for number, merged in values.items():
        own = max((len(str(cell)) for cell in rows[number]), default=0)
        if own > max(len(str(value)) for value in merged.values()):
            rows[number] = [merged.get(n, cell) for n, cell in enumerate(rows[number])]
    return rows


def _header(rows: list[list[Any]]) -> int | None:
    """Return the number of the row with the names of columns, below those of groups of columns."""
    named = _named(rows)
    if len(_down(rows)) > max([2, *named.values()]):
        return None
    if named:
        best = max(named, key=lambda number: named[number])
        upper = next((number for number in named if named[number] > 1), best)
        between = (row for n, row in enumerate(rows[upper:best], upper) if n not in named)
        return upper if any(sum(cell != "" for cell in row) > 1 for row in between) else best
    first = next((n for n, row in enumerate(rows) if sum(cell != "" for cell in row) > 1), None)
    if first is None:
        return None
    texts = (not are_names([str(cell) for cell in row]) for row in rows[first:50])
    return first if any(texts) else None


def _named(rows: list[list[Any]]) -> dict[int, int]:
    """Return how many fields the cells of a row name, for rows that may be names of columns."""
    named: dict[int, int] = {}
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        names = [str(cell) for cell in row if cell != ""]
        fields = set(by_name(names)) if are_names(names) else set()
        if {"text", "title"} & fields or {"outlet", "date"} <= fields:
            named[number] = len(fields)
    return named


def _explains(rows: list[list[Any]], columns: set[str]) -> bool:
    """Return whether a sheet beside one of articles lists its columns, or is not of articles.

    It has then neither their columns nor their texts; one with ids may have the texts.
    """
    down = ({str(c).strip() for c in column} - {""} for column in zip_longest(*rows, fillvalue=""))
    if any(len(listed := cells & columns) > 1 and 2 * len(listed) >= len(cells) for cells in down):
        return _most_named(rows) < _FEWEST_FIELDS
    words = (len(str(cell).split()) for row in rows for cell in row)
    has_ids = "article" in by_name(_names(rows, 0))
    return not has_ids and _most_named(rows) < 2 and max(words, default=0) < _FEWEST_WORDS


def _most_named(rows: list[list[Any]]) -> int:
    return max(_named(rows).values(), default=0)


def _down(rows: list[list[Any]]) -> dict[str, str]:
    """Return the fields that the cells of the first column name, as in a list of variables."""
    return by_name([str(row[0]) for row in rows[:_HEADER_ROWS] if row])


def _why_not(rows: list[list[Any]]) -> str:
    if not any(cell != "" for row in rows for cell in row):
        return "an empty sheet"
    if len(_down(rows)) > 2:
        return "a list of variables, or a table on its side (an article in each column)"
    return "a sheet without a column of text or titles"


def _names(rows: list[list[Any]], header: int) -> list[str]:
    return [str(cell).strip() for cell in rows[header]] if rows else []


def _rows(
    rows: list[list[Any]], header: int, source: str, hidden: Collection[int] = ()
) -> Iterator[Row | Found]:
    names = _names(rows, header)
    if not are_names(names):
        header, names = header - 1, numbered(len(names))
    names = told_apart(names)
    for number, row in enumerate(rows[header + 1 :], start=1):
        where = f"{source}, row {number}"
        if are_names_again(row, names):
            names = told_apart(str(cell).strip() for cell in row)
            yield skipped(where, NAMES_AGAIN)
            continue
        cells = {n: cell for n, cell in zip(names, row, strict=False) if n}
        note = HIDDEN if header + number in hidden else ""
        yield failed(where, row[0]) if _lost(row) else Row(where, cells, "spreadsheet", note=note)
