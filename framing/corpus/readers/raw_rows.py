"""Rows as a file has them, and what only several cells, or the folder, say about one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from framing.corpus.readers import Found, failed, file_of
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import cell_text, is_printed_list
from framing.corpus.readers.column_names import DAYS, key
from framing.corpus.readers.file_names import partition

T = TypeVar("T")
_SAMPLE = 200  # rows whose cells are looked at before the first is read
# A line break as databases write it, and where two letters are surely one.
_BREAK = re.compile(r"\\r\\n|\\n|\\r")
_SURELY_BREAK = re.compile(r"[.!?…\"”’)](?:\\r)?\\n|\\n(?:\\r)?\\n")


class Row(NamedTuple):
    """A row: where it is, its cells by column, its encoding, and the labels of its columns."""

    where: str
    cells: Mapping[str, Any]
    encoding: str = ""
    labels: Mapping[str, str] = MappingProxyType({})


def completed(rows: Iterator[Row | Found]) -> Iterator[Row | Found]:
    """Return the rows with the values in the names of folders, whole dates and line breaks."""
    return _with_breaks(row_by_row(lambda row: _with_date(_with_partition(row)), rows))


def kept(rows: Iterable[Row | Found]) -> Iterator[Row | Found]:
    """Yield the rows; where reading them breaks off, those above are kept, and the rest fails."""
    last = None
    try:
        for last in rows:
            yield last
    except Exception as error:
        if last is None:
            raise
        source = file_of(last.where if isinstance(last, Row) else last.source)
        yield failed(f"{source}, the rest", error)


def row_by_row(step: Callable[[Row], Row], rows: Iterable[Row | Found]) -> Iterator[Row | Found]:
    """Yield what a step makes of each row, and what was found in the place of one."""
    return (tried(step, row) if isinstance(row, Row) else row for row in rows)


def tried(step: Callable[[Row], T], row: Row) -> T | Found:
    """Return what a step makes of a row; whatever it raises, the rows beside it are read."""
    try:
        return step(row)
    except Exception as error:
        return failed(row.where, error)


def sampled(rows: Iterator[Row | Found]) -> tuple[list[Mapping[str, Any]], Iterator[Row | Found]]:
    """Return the cells of the first rows, and all rows."""
    first = list(islice(rows, _SAMPLE))
    return [row.cells for row in first if isinstance(row, Row)], chain(first, rows)


def labels_of(rows: Iterator[Row | Found]) -> tuple[Mapping[str, str], Iterator[Row | Found]]:
    """Return the labels of the columns, as Stata and SPSS have them, and all rows."""
    first = list(islice(rows, 1))
    return next((row.labels for row in first if isinstance(row, Row)), {}), chain(first, rows)


def _with_partition(row: Row) -> Row:
    return row._replace(cells={**said, **row.cells}) if (said := partition(row.where)) else row


def _with_date(row: Row) -> Row:
    """Return a row with a date of three cells, if it has no column of dates."""
    if not (parts := _of_a_date(tuple(row.cells))):
        return row
    year, month, day = (cell_text(row.cells[n]).strip().removesuffix(".0") for n in parts)
    whole = f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"
    return row._replace(cells={**row.cells, ", ".join(parts): whole if year and month else ""})


@lru_cache(maxsize=1000)
def _of_a_date(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of year, month and day, if no other column has the date.

    Examples
    --------
    >>> _of_a_date(("Monat", "Tag", "text", "Jahr")), _of_a_date(("year", "month", "day", "date"))
    (('Jahr', 'Monat', 'Tag'), ())
    """
    by_key = {key(name): name for name in reversed(names)}
    of_one = (tuple(by_key[k] for k in keys) for keys in DAYS if by_key.keys() >= {*keys})
    parts = next(of_one, ())
    others = [name for name in names if name not in parts]
    return () if "date" in by_name(others) else parts


def _with_breaks(rows: Iterator[Row | Found]) -> Iterator[Row | Found]:
    r"""Return the rows with line breaks where a column has "\n" again and again, but no break."""
    sample, rows = sampled(rows)
    texts = ((n, cell) for row in sample for n, cell in row.items() if isinstance(cell, str))
    cells = [(n, cell) for n, cell in texts if not is_printed_list(cell)]
    written = Counter(n for n, cell in cells for _ in _SURELY_BREAK.finditer(cell))
    broken = {n for n, cell in cells if "\n" in cell.strip()}
    names = {n for n, times in written.items() if times > 1} - broken
    return row_by_row(partial(_broken, names=names), rows) if names else rows


def _broken(row: Row, names: Iterable[str]) -> Row:
    texts = {n: cell for n in names if isinstance(cell := row.cells.get(n), str)}
    plain = {n: t for n, t in texts.items() if "\n" not in t.strip() and not is_printed_list(t)}
    return row._replace(cells={**row.cells, **{n: _BREAK.sub("\n", t) for n, t in plain.items()}})
