"""Tables: one article per row, in CSV, TSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO, NamedTuple

import pyarrow.parquet as pq

from framing.corpus.readers import Found
from framing.corpus.readers.columns import by_name
from framing.corpus.readers.files import File
from framing.corpus.readers.rows import Row, articles
from framing.schema import own_table
from framing.text.encoding import decode

_NAMES = (".csv", ".tsv", ".tab")
_DELIMITERS = "\t,;|"
_FIELD_BYTES = 2**31 - 1  # a longer cell is an article over the limit, not a broken row
_LONGEST_RECORD = 1000  # lines; with wrong quotation marks a record may go on to the end


def recognises(file: File) -> bool:
    """Return whether the file is Parquet, by its first bytes, or a table of text."""
    return file.head.startswith(b"PAR1") or file.name.endswith(_NAMES) or _looks_like(file)


def _looks_like(file: File) -> bool:
    """Return whether the first line of a text file names columns, with a text or a title."""
    first = file.start.split("\n", 1)[0].strip()
    names = [name.strip(' "') for name in first.split(_delimiter(first))]
    found = by_name(names)
    return len(found) > 2 and len(names) < 3 * len(found) and bool({"text", "title"} & set(found))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row."""
    with file.open() as stream:
        rows: Iterator[Row | Found]
        if file.head.startswith(b"PAR1"):
            rows = _from_parquet(stream, file.source)
        else:
            rows = _from_csv(lines(stream, file.head), file.source)
        yield from articles(rows, columns)


def lines(stream: BinaryIO, head: bytes) -> Iterator[tuple[str, str]]:
    """Lines of a stream with their encodings, each decoded for itself.

    One line in another encoding does not spoil the rest. UTF-16, and line ends of an old
    Macintosh, are read whole.
    """
    if b"\x00" in head or (b"\r" in head and b"\n" not in head):
        text, encoding = decode(stream.read())
        yield from ((line, encoding) for line in io.StringIO(text, newline=""))
        return
    for line in stream:
        try:
            yield line.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            yield _decoded(line)


def _decoded(line: bytes) -> tuple[str, str]:
    try:
        return decode(line)
    except ValueError:
        return "\ufffd", "unknown"  # not a row in any format: it fails alone


def _from_parquet(stream: BinaryIO, source: str) -> Iterator[Row | Found]:
    number = 0
    parquet = pq.ParquetFile(stream)
    if kind := own_table(parquet.schema_arrow.names):
        yield _not_articles(source, kind)
        return
    for batch in parquet.iter_batches(batch_size=1000):
        for cells in batch.to_pylist():
            number += 1
            yield Row(f"{source}, row {number}", cells, "parquet")


def _not_articles(source: str, kind: str) -> Found:
    reason = f"a table of {kind} that framing wrote, not of articles: open its folder"
    return Found(source, outcome="skipped", reason=reason)


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _from_csv(decoded: Iterator[tuple[str, str]], source: str) -> Iterator[Row | Found]:
    """Yield the rows of a CSV; a row with too many or too few cells fails."""
    first, encoding = next(decoded, ("", ""))
    first = first.removeprefix("\ufeff")
    if first.strip('" \t\r\n').lower().startswith("sep="):  # written for Excel
        first, encoding = next(decoded, ("", ""))
    delimiter = _delimiter(first)
    records = _records(chain([(first, encoding)], decoded), delimiter)
    names = [name.strip() for name in next(records, _Record(1, [], "", "")).cells or []]
    if kind := own_table(names):
        yield _not_articles(source, kind)
        return
    for number, (line, cells, encoding, error) in enumerate(records, start=1):
        where = f"{source}, row {number}"
        if cells is not None and (len(cells) < len(names) or any(cells[len(names) :])):
            error = f"{len(cells)} cells where the first line has {len(names)} names"
        if error or cells is None:
            yield Found(where, outcome="failed", reason=f"line {line}: {error}", encoding=encoding)
        else:
            row = dict(reversed(list(zip(names, cells, strict=False))))
            yield Row(where, {name: row[name] for name in names}, encoding)


class _Record(NamedTuple):
    line: int
    cells: list[str] | None
    encoding: str
    error: str


def _records(decoded: Iterator[tuple[str, str]], delimiter: str) -> Iterator[_Record]:
    """Yield the records of a CSV, each with the number of its first line.

    Where quotation marks are wrong, only the first line of the record is given up and reading goes
    on with the next one. Lines that were read in vain in a very long record are then read one by
    one, so that no line is read more than three times.
    """
    csv.field_size_limit(_FIELD_BYTES)
    again: deque[tuple[str, str]] = deque()
    taken: list[tuple[str, str]] = []
    alone = 0  # lines of the queue that are records of their own

    def feed() -> Iterator[str]:
        while not (alone and taken):
            line = again.popleft() if again else next(decoded, None)
            if line is None:
                return
            taken.append(line)
            yield line[0]

    number = 1
    while True:
        error = ""
        try:
            cells = next(csv.reader(feed(), delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error as problem:
            cells, error = None, str(problem)
            again.extendleft(reversed(taken[1:]))
            alone = max(alone, len(taken) if len(taken) > _LONGEST_RECORD else 0)
            del taken[1:]
        alone = max(0, alone - len(taken))
        if cells != []:
            encodings = sorted({encoding for _, encoding in taken})
            yield _Record(number, cells, ", ".join(encodings), error)
        number += len(taken)
        taken.clear()
