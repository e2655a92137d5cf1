"""Rows as a file has them, and what only several cells or rows, or the folder, say about one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from framing.corpus.blocks.signals import has_final_mark
from framing.corpus.readers import Found, failed, file_of, skipped
from framing.corpus.readers.by_name import MOST_NAMES, by_name, encodable
from framing.corpus.readers.cells import (
    cell_text,
    is_missing,
    is_printed_list,
    long_text,
)
from framing.corpus.readers.column_names import DAYS, key
from framing.corpus.readers.file_names import partition
from framing.corpus.readers.in_cells import flattened, keyed_by_values, with_objects
from framing.corpus.readers.profiles import profile

T = TypeVar("T")
EMPTY = "an empty row"
_SAMPLE = 200  # rows whose cells are looked at before the first is read
# A line break as databases write it, and where two letters are surely one.
_BREAK = re.compile(r"\\r\\n|\\n|\\r")
_SURELY_BREAK = re.compile(r"[.!?…\"”’)](?:\\r)?\\n|\\n(?:\\r)?\\n")
# "para_1", "Text (part 2)", "Text (continued)".
_NUMBERED = re.compile(
    r"(\S.{0,60}?)(?:[ _.(-]{0,2}(part|teil|partie|parte))?[ _.-]{0,2}(\d{1,4})\)?"
    r"|(\S.{0,60}?)[ _.(-]{1,2}(?:continued|cont(?:in|d|'d)?\.?|rest)\)?",
    re.IGNORECASE,
)
# Two of the first kind are parts of a text; of the second, two may be two versions.
_PARTS = frozenset({
    "para", "paragraph", "par", "p", "sentence", "sent", "absatz", "satz", "paragraphe", "phrase",
    "parrafo", "paragrafo", "alinea", "alineas", "bodyparagraph", "textparagraph",
})  # fmt: skip
_TEXTS = frozenset({
    "textblock", "text", "body", "content", "txt", "fulltext", "story", "part",
})  # fmt: skip
_FULL = 30_000  # characters; a cell of Excel holds 32,767, and people cut a text before that
_WORDS = 6  # in the median cell of the first of them


class Row(NamedTuple):
    """A row: where it is, its cells by column, its encoding, the labels of its columns, a note."""

    where: str
    cells: Mapping[str, Any]
    encoding: str = ""
    labels: Mapping[str, str] = MappingProxyType({})
    note: str = ""

    def of(self, cells: Mapping[str, Any]) -> Row:
        """Return it with other cells."""
        return self if cells is self.cells else self._replace(cells=cells)


def completed(rows: Iterable[Row | Found], given: Collection[str]) -> Iterator[Row | Found]:
    """Return the rows with all that several cells, or the folder, say about one.

    Objects inside are cells of their own; the values in the names of folders are cells, too; dates
    and texts in several columns are whole, and line breaks are some. Columns that the user names,
    ``given``, stay as they are.
    """
    read = row_by_row(lambda row: row.of(with_objects(row.cells, given)), kept(rows))
    sample, rows = sampled(read)
    one_cell = keyed_by_values(sample)

    def flat(row: Row) -> Row:
        cells = flattened(row.cells, one_cell)
        check_width(len(cells))
        dated = _with_date(row.of(cells))
        return dated.of(encodable(dated.cells))

    return _with_whole_texts(_with_breaks(row_by_row(flat, rows)), given)


def filled(rows: Iterable[Row | Found]) -> Iterator[Row | Found]:
    """Yield the rows with something in a cell, and one input for all others, maybe a million."""
    first, n = "", 0
    for row in rows:
        if isinstance(row, Found) or any(map(_is_filled, row.cells.values())):
            yield row
        else:
            first, n = first or row.where, n + 1
    if n:
        yield skipped(from_row(first, n), EMPTY)


def _is_filled(cell: Any) -> bool:
    return bool(cell) if isinstance(cell, (str, dict, list)) else cell_text(cell) != ""


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


def check_width(columns: int) -> None:
    """Raise an error if a row has more columns than any table of articles."""
    if columns > MOST_NAMES:
        raise ValueError(f"{columns:,} columns or names; more than {MOST_NAMES:,} are not read")


def _with_date(row: Row) -> Row:
    """Return a row with a date of three cells, if it has no column of dates.

    What the names of folders say are cells, too.
    """
    row = row._replace(cells={**said, **row.cells}) if (said := partition(row.where)) else row
    if not (parts := _of_a_date(tuple(row.cells))):
        return row
    year, month, day = (cell_text(row.cells[n]).strip().removesuffix(".0") for n in parts)
    whole = f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"
    return row._replace(cells={**row.cells, ", ".join(parts): whole if year and month else ""})


@lru_cache(maxsize=1000)
def _of_a_date(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of year, month and day, if no other column has the date.

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
    return row_by_row(lambda row: _broken(row, names), rows) if names else rows


def _broken(row: Row, names: Iterable[str]) -> Row:
    texts = {n: cell for n in names if isinstance(cell := row.cells.get(n), str)}
    plain = {n: t for n, t in texts.items() if "\n" not in t.strip() and not is_printed_list(t)}
    return row._replace(cells={**row.cells, **{n: _BREAK.sub("\n", t) for n, t in plain.items()}})


def _with_whole_texts(rows: Iterator[Row | Found], given: Collection[str]) -> Iterator[Row | Found]:
    """Return the rows with one cell for the numbered columns of a text, if no other has it."""
    sample, rows = sampled(rows)
    names = list(dict.fromkeys(name for cells in sample for name in cells))
    parts = _parts(names, sample)
    if not parts or set(given) & set(parts) or _have_a_text(sample, parts):
        return rows
    name = f"{parts[0]} … {parts[-1]}"
    return row_by_row(lambda row: row._replace(cells=_in_one_text(row.cells, parts, name)), rows)


def _parts(names: Sequence[str], sample: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """Return the columns of the parts of a text, in their order.

    Two of another name are such if the second is filled only where a cell of the first is full.

    >>> _parts(["id", "para_10", "para_2"]), _parts(["text1", "text2"])
    (['para_2', 'para_10'], [])
    >>> _parts(["Text (part 2)", "Text (part 1)"]), _parts(["Text (continued)", "Text"])
    (['Text (part 1)', 'Text (part 2)'], ['Text', 'Text (continued)'])
    """
    kinds: dict[tuple[str, bool], list[tuple[float, str]]] = {}
    for name in names:
        if found := _NUMBERED.fullmatch(name.strip()):
            kind, are_parts = key(found[1] or found[4]), bool(found[2] or found[4])
            number = float(found[3] or math.inf)
            kinds.setdefault((kind, are_parts or kind in _PARTS), []).append((number, name))
    for (kind, are_parts), parts in kinds.items():
        if are_parts and min(parts)[0] > 1:  # "Text" is the part before it
            parts += [(0, name) for name in names if key(name) == kind]
        columns = [name for _, name in sorted(parts)] if kind in _PARTS | _TEXTS else []
        if columns[2:] or (columns[1:] and (are_parts or _goes_on(sample, *columns))):
            return columns
    return []


def _goes_on(sample: Sequence[Mapping[str, Any]], first: str, second: str) -> bool:
    sizes = [len(cell_text(c.get(first))) for c in sample if cell_text(c.get(second)).strip()]
    return min(sizes, default=0) >= _FULL


def _have_a_text(sample: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> bool:
    """Return whether another column is the text, or the first of the parts is none."""
    profiles = profile(sample)
    first = profiles.get(parts[0])
    others = by_name([name for name in profiles if name not in parts], profiles)
    text = profiles.get(others.get("text", ""))
    return first is None or first.words < _WORDS or not first.prose or bool(text and text.is_long)


def _in_one_text(cells: Mapping[str, Any], parts: Sequence[str], name: str) -> dict[str, Any]:
    """Return the cells with one for all parts; a full cell may end in the middle of a word."""
    texts = (text for part in parts if not is_missing(text := long_text(cells.get(part))))
    ends = (t if len(t) >= _FULL and not has_final_mark(t) else f"{t}\n\n" for t in texts)
    return {**{n: c for n, c in cells.items() if n not in parts}, name: "".join(ends).strip()}


def from_row(where: str, n: int) -> str:
    """Return where rows are of which the first one is here."""
    return where if n == 1 else f"{where}, and {n - 1:,} more rows"
