"""CSV and the like, of which nearly nothing is certain: quotation marks, names, ends of lines."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from typing import BinaryIO

from framing.corpus.readers import Found, failed, skipped
from framing.corpus.readers.by_name import (
    NAMES_AGAIN,
    are_names,
    are_names_again,
    by_name,
    numbered,
    told_apart,
)
from framing.corpus.readers.compressed import GOES_ON, TooLargeError, behind_damage
from framing.corpus.readers.csv_records import DAMAGED, Line, Record, as_written, records
from framing.corpus.readers.files import EXPORT_BYTES
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import own_table_in
from framing.text.encoding import decode, is_wide
from framing.utils.table_files import unguarded

_DELIMITERS = "\t,;|"
_PREAMBLE = 20  # lines among which the names of columns are looked for
_QUOTED_CELLS = 2  # of a note in quotation marks: "Search" and what it was
ROW_NAMES = "row_names"
_SAMPLED_RECORDS = 50  # whose cells are counted
_SAMPLED_LINES = 1000  # among which quotation marks are looked at
_QUOTED = re.compile(r'"[^"]*"')
_GUARDED = "without the apostrophe that keeps a spreadsheet from running a cell"
_PIECE = 65_536  # bytes

_NO_TEXT: Line = "\ufffd", "unknown"  # not a row in any format: it fails alone
LONGEST_LINE = 100_000_000  # bytes; of a longer one nothing is held
TOO_LONG: Line = "\ufffd", "none"


def delimiter_of(first: str) -> str:
    """Return the mark that stands most often in the line with the names of columns."""
    return max(_DELIMITERS, key=first.count)


def lines(stream: BinaryIO, head: bytes) -> Iterator[Line]:
    """Lines of a stream with their encodings, each decoded for itself.

    One line in another encoding, or of NUL only, as a crash leaves it, does not spoil the rest.
    UTF-16, and line ends of an old Macintosh, are read whole.
    """
    first = _decoded(head.partition(b"\n")[0])[1]
    if (is_wide(head) and first != "utf-8") or (b"\r" in head and b"\n" not in head):
        data = stream.read(EXPORT_BYTES + 1)
        if len(data) > EXPORT_BYTES:
            raise TooLargeError(f"over the limit of {EXPORT_BYTES // 1_000_000} MB: not read")
        text, encoding = decode(data)
        yield from ((line, encoding) for line in io.StringIO(text, newline=""))
        return
    encoding = ""
    for line in iter(partial(stream.readline, LONGEST_LINE + 1), b""):
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
            yield TOO_LONG
            continue
        if encoding in ("utf-16", "utf-16-le"):  # whose line break is of two bytes
            line = line.removeprefix(b"\x00")
        text, encoding = _decoded(line)
        yield text, encoding


def _decoded(line: bytes) -> Line:
    if b"\x00" in line and (is_wide(line) or not line.strip(b"\x00 \t\r\n")):
        return _guessed(line)
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guessed(line)


def _guessed(line: bytes) -> Line:
    try:
        text, encoding = decode(line)
    except ValueError:
        return _NO_TEXT
    return (text, encoding) if text.strip("\x00 \t\r\n") else _NO_TEXT


def lines_behind(stream: BinaryIO, head: bytes, damage: list[str]) -> Iterator[Line]:
    """Yield lines, and why others are missing; reading goes on in another member of a gzip file.

    Of a line that breaks off nothing is yielded.
    """
    more = True
    while more:
        if damage:
            yield damage.pop() + GOES_ON, DAMAGED
        last: Line = "", ""
        for line in lines(stream, head):
            if last[0]:
                yield last
            last = line
        if last[0] and (not damage or last[0].endswith(("\n", "\r"))):
            yield last
        more = bool(damage) and behind_damage(stream, b"")[0]
    if damage:
        yield damage.pop(), DAMAGED


def csv_rows(decoded: Iterator[Line], source: str) -> Iterator[Row | Found]:
    """Yield the rows of a CSV; a row with too many or too few cells fails."""
    first = [(line.removeprefix("\ufeff"), e) for line, e in _sampled(decoded)]
    at = _line_of_names(["" if e == DAMAGED else line for line, e in first[:_PREAMBLE]])
    for number, (why, encoding) in enumerate(first[:at], start=1):
        if encoding == DAMAGED:
            yield failed(f"{source}, line {number}", why)
    delimiter = delimiter_of(first[at][0] if first else "")
    below = map(as_written(first[at:], delimiter), chain(first[at:], decoded))
    found = records(below, delimiter, at + 1)
    header = next(found, Record(1, [], "", ""))
    if header.cells is None:
        yield failed(source, f"line 1, with the names of the columns: {header.error}")
        return
    guards = not _QUOTED.sub("", first[at][0]).strip(f"{delimiter}\r\n")  # as `write_csv` has them
    names = [(unguarded(name) if guards else name).strip() for name in header.cells]
    if not are_names(names):
        found = chain([header], found)
        names = numbered(len(names))
    if ours := own_table_in(source, names):
        yield ours
        return
    sample = list(islice(found, _SAMPLED_RECORDS))
    if _have_row_names(sample, len(names)):
        names = [ROW_NAMES, *names]
    names = order = told_apart(names)
    for number, record in enumerate(chain(sample, found), start=1):
        where, cells = f"{source}, row {number}", record.cells
        error = _error(record, len(names))
        if cells is not None and are_names_again(cells, names):
            order = told_apart(name.strip() for name in cells)
            names = names if sorted(order) == sorted(names) else order
            yield skipped(where, NAMES_AGAIN)
        elif error or cells is None:
            yield failed(where, f"line {record.line}: {error}", record.encoding)
        else:
            bare = list(map(unguarded, cells)) if guards else cells
            row = dict(zip(order, bare, strict=False))
            told = "; ".join(filter(None, [record.note, _GUARDED if bare != cells else ""]))
            yield Row(where, {name: row[name] for name in names}, record.encoding, note=told)


def _sampled(decoded: Iterator[Line]) -> Iterator[Line]:
    """Yield the first lines, fewer if they are very long."""
    size = 0
    for line in islice(decoded, _SAMPLED_LINES):
        yield line
        if (size := size + len(line[0])) > LONGEST_LINE:
            return


def _error(record: Record, names: int) -> str:
    """Return why a record is no row of a table of so many names, empty if it is one."""
    cells = record.cells
    if TOO_LONG[1] in record.encoding.split(", "):
        return line_too_long()
    if ("".join(cells or ()), record.encoding) == _NO_TEXT:
        return "NUL only, or in no known encoding"
    if cells is not None and (len(cells) < names or any(cells[names:])):
        return f"{len(cells)} cells where the first line has {names} names"
    return record.error


def line_too_long() -> str:
    """Return why `TOO_LONG` stands in the place of a line."""
    return f"a line of over {LONGEST_LINE // 1_000_000} MB: not read"


def _line_of_names(lines: list[str]) -> int:
    """Return the number of the line with the names of columns, below notes of fewer cells.

    >>> [_line_of_names([line, "title,text"]) for line in ("Export,", "# Rain, hail", "Rain,Hail")]
    [1, 1, 0]
    """
    if lines and lines[0].strip('" \t\r\n').lower().startswith("sep="):  # written for Excel
        return 1 if len(lines) > 1 else 0
    for number, line in enumerate(lines):
        mark = delimiter_of(line)
        fields = by_name([name.strip(' "\r\n') for name in line.split(mark)])
        above = (_is_note(one, line, mark) for one in lines[:number])
        if {"text", "title"} & set(fields) and len(fields) > 1 and all(above):
            return number
    return 0


def _filled(line: str, mark: str) -> list[str]:
    """Return the cells of a line that are not empty."""
    line = _QUOTED.sub(lambda quoted: quoted[0].replace(mark, " "), line)
    return [text for cell in line.split(mark) if (text := cell.strip(' "\r\n'))]


def _is_note(line: str, names: str, mark: str) -> bool:
    """Return whether a line above the column names is a note: of fewer cells, two if in quotes."""
    cells = _filled(line, mark)
    groups = len(set(cells)) <= len(cells) / 2  # of columns, each named over all of its columns
    fewer = len(cells) < len(_filled(names, mark)) or groups
    bare = _QUOTED.sub('""', line).split(mark)
    whole = all(cell.strip() == '""' * (cell.count('"') // 2) for cell in bare if '"' in cell)
    whole = whole and ('"' not in line or len(cells) <= _QUOTED_CELLS)
    return line.startswith("#") or mark not in line or (fewer and whole)


def _have_row_names(records: list[Record], names: int) -> bool:
    """Return whether the rows begin with a name, for which R writes no name of a column."""
    cells = [record.cells for record in records if record.cells]
    longer = len(cells) > 1 and all(len(of_it) == names + 1 for of_it in cells)
    return longer and len({of_it[0] for of_it in cells}) == len(cells) and any(c[-1] for c in cells)
