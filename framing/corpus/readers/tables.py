"""Tables: one article a row, in CSV, TSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

import pyarrow.parquet as pq

from framing.corpus.readers import Found, rows
from framing.corpus.readers.files import File
from framing.schema import own_table
from framing.text.encoding import decode

_NAMES = (".csv", ".tsv", ".tab")
_DELIMITERS = "\t,;|"
_FIELD_BYTES = 2**31 - 1  # a longer cell is told as an article over the limit, not as a broken row


def recognises(file: File) -> bool:
    """Whether the file is Parquet, by its first bytes, or a table of text."""
    return file.head.startswith(b"PAR1") or file.name.endswith(_NAMES) or _looks_like(file)


def _looks_like(file: File) -> bool:
    """Whether the first line of a text file names columns, a text or a title among them."""
    first = file.start.split("\n", 1)[0].strip()
    names = [name.strip(' "') for name in first.split(_delimiter(first))]
    found = rows.guess_columns(names)
    return len(found) > 2 and len(names) < 3 * len(found) and bool({"text", "title"} & set(found))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article a row."""
    with file.open() as stream:
        if file.head.startswith(b"PAR1"):
            yield from _from_parquet(stream, file.source, columns)
        else:
            yield from _from_csv(lines(stream, file.head), file.source, columns)


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
        return "\ufffd", "unknown"  # no row, whatever the format: it fails alone


def _from_parquet(stream: BinaryIO, source: str, columns: Mapping[str, str]) -> Iterator[Found]:
    number = 0
    parquet = pq.ParquetFile(stream)
    if kind := own_table(parquet.schema_arrow.names):
        yield _not_articles(source, kind)
        return
    for batch in parquet.iter_batches(batch_size=1000):
        mapped = rows.map_columns(batch.schema.names, columns)
        for row in batch.to_pylist():
            number += 1
            yield rows.article(row, mapped, f"{source}, row {number}", "parquet")


def _not_articles(source: str, kind: str) -> Found:
    reason = f"a table of {kind} that framing wrote, not of articles: open its folder"
    return Found(source, outcome="skipped", reason=reason)


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _from_csv(
    decoded: Iterator[tuple[str, str]], source: str, columns: Mapping[str, str]
) -> Iterator[Found]:
    """Rows of a CSV; a row with too many or too few cells fails with its line number."""
    first, encoding = next(decoded, ("", ""))
    first = first.removeprefix("\ufeff")
    if first.lower().startswith("sep="):  # a word to Excel
        first, encoding = next(decoded, ("", ""))
    delimiter = _delimiter(first)
    records = _records(chain([(first, encoding)], decoded), delimiter)
    _, names, _, _ = next(records, (1, [], "", ""))
    names = [name.strip() for name in names or []]
    if kind := own_table(names):
        yield _not_articles(source, kind)
        return
    mapped = rows.map_columns(names, columns)
    for line, cells, encoding, error in records:
        where = f"{source}, line {line}"
        if cells is None:
            yield Found(where, outcome="failed", reason=error, encoding=encoding)
        elif len(cells) < len(names) or any(cells[len(names) :]):
            reason = f"{len(cells)} cells where the first line has {len(names)} names"
            yield Found(where, outcome="failed", reason=reason, encoding=encoding)
        else:
            row = dict(reversed(list(zip(names, cells, strict=False))))
            yield rows.article(row, mapped, where, encoding)


def _records(
    decoded: Iterable[tuple[str, str]], delimiter: str
) -> Iterator[tuple[int, list[str] | None, str, str]]:
    """Line number, cells, encoding and error of every record.

    After a quotation mark that is not closed as it should be, only the line it stands in is
    given up, and reading goes on with the next one.
    """
    csv.field_size_limit(_FIELD_BYTES)
    source = iter(decoded)
    taken: list[tuple[str, str]] = []

    def feed() -> Iterator[str]:
        nonlocal source
        for line in source:
            taken.append(line)
            yield line[0]

    number = 1
    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells: list[str] | None = next(reader)
            error = ""
        except StopIteration:
            return
        except csv.Error as problem:
            cells, error = None, str(problem)
            source = chain(taken[1:], source)
            del taken[1:]
            reader = csv.reader(feed(), delimiter=delimiter, strict=True)
        if cells != []:
            encodings = sorted({encoding for _, encoding in taken})
            yield number, cells, ", ".join(encodings), error
        number += len(taken)
        taken.clear()
