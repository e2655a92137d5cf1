"""Tables: one article per row, in CSV, TSV, Parquet, Feather, Arrow, Stata or SPSS."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from framing.corpus.readers import Found, failed
from framing.corpus.readers.by_name import by_name, told_apart
from framing.corpus.readers.cells import arrow_value, plain_value
from framing.corpus.readers.compressed import RATIO, TooLargeError, allowed
from framing.corpus.readers.csv_rows import csv_rows, delimiter_of, lines_behind
from framing.corpus.readers.files import File
from framing.corpus.readers.raw_rows import Row, check_width
from framing.corpus.readers.rows import articles, own_table_in
from framing.corpus.readers.stata_spss import LABELS, ROWS, Lost, spss, stata

_NAMES = (".csv", ".tsv", ".tab", ".dta")
_ROW_BYTES = 100  # that a row takes at least, whatever is in it


def recognises(file: File) -> bool:
    """Return whether the file is a table, by its first bytes, its name or its first line."""
    return file.head.startswith(tuple(_BINARY)) or file.name.endswith(_NAMES) or _looks_like(file)


def _looks_like(file: File) -> bool:
    """Return whether the first line of a text file names columns, with a text or a title."""
    first = file.start.partition("\n")[0].strip()
    names = [name.strip(' "') for name in first.split(delimiter_of(first))]
    found = by_name(names) if len(names) > 2 else {}
    return len(found) > 2 and len(names) < 3 * len(found) and bool({"text", "title"} & set(found))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row."""
    file.damage.clear()  # told again where it is met
    with file.open() as stream:
        kind = next((k for begins, k in _BINARY.items() if file.head.startswith(begins)), None)
        kind = stata if file.name.endswith(".dta") else kind
        if kind:
            rows = _from_batches(kind(stream), file, kind.__name__.strip("_"))
        else:
            rows = csv_rows(lines_behind(stream, file.head, file.damage), file.source)
        yield from articles(rows, columns)


def of_frame(table: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row of a DataFrame, as from a CSV of it."""
    names = list(map(str, table.columns))
    if ours := own_table_in("table", names):
        yield ours
        return
    names = told_apart(names)
    cells = zip(*(_values(table.iloc[:, n]) for n in range(len(names))), strict=True)
    rows = (
        Row(f"table, row {number}", dict(zip(names, row, strict=True)))
        for number, row in enumerate(cells, start=1)
    )
    yield from articles(rows, columns)


def _values(column: pd.Series[Any]) -> list[Any]:
    try:
        values = column.tolist()
    except Exception:  # one of Arrow's that Python does not have
        return [arrow_value(value) for value in pa.Array.from_pandas(column)]
    return list(map(plain_value, values)) if column.dtype == object else values


def _from_batches(
    batches: Iterator[pa.RecordBatch | Lost], file: File, kind: str
) -> Iterator[Row | Found]:
    """Yield the rows of a binary format; texts are counted before they are unpacked."""
    number, left = 0, allowed(file.size)
    for batch in batches:
        if isinstance(batch, Lost):
            where = f"{file.source}, row {number + 1}, and {batch.rows - 1:,} more rows"
            number += batch.rows
            yield failed(where.removesuffix(", and 0 more rows"), batch.error)
            continue
        if ours := own_table_in(file.source, batch.schema.names):
            yield ours
            return
        labels = json.loads((batch.schema.metadata or {}).get(LABELS, b"{}"))
        batch = batch.rename_columns(told_apart(batch.schema.names))
        left -= _ROW_BYTES * batch.num_rows + sum(map(_unpacked, batch.columns))
        if left < 0:
            raise TooLargeError(
                f"more than {RATIO} times its {file.size:,} bytes unpacked: not read"
            )
        for cells in _cells(batch):
            number += 1
            where = f"{file.source}, row {number}"
            lost = isinstance(cells, Exception)
            yield failed(where, cells) if lost else Row(where, cells, kind, labels)


def _cells(batch: pa.RecordBatch) -> Iterator[Any]:
    """Yield the cells of each row, or the exception if a text is damaged."""
    try:
        yield from batch.to_pylist()
    except Exception:
        for row in range(batch.num_rows):
            try:
                cells = {name: arrow_value(batch[name][row]) for name in batch.schema.names}
            except UnicodeDecodeError as error:
                yield error
            else:
                yield cells


def _unpacked(column: pa.Array) -> int:
    """Return the bytes of a column without its dictionary, in which equal texts are held once."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    sizes = pc.binary_length(column.dictionary.cast(pa.large_string())).take(column.indices)
    return pc.sum(sizes, min_count=0).as_py()


def _parquet(stream: BinaryIO) -> Iterator[pa.RecordBatch | Lost]:
    """Yield the rows of each row group; a damaged one costs no other."""
    schema = pq.read_schema(stream)
    check_width(len(schema.names))
    texts = [field.name for field in schema if field.type in (pa.string(), pa.large_string())]
    parquet = pq.ParquetFile(stream, read_dictionary=texts)
    for group in range(parquet.num_row_groups):
        left = parquet.metadata.row_group(group).num_rows
        try:
            for batch in parquet.iter_batches(batch_size=ROWS, row_groups=[group]):
                left -= batch.num_rows
                yield batch
        except (OSError, pa.ArrowException) as error:
            yield Lost(left, error)


def _feather(stream: BinaryIO) -> Iterator[pa.RecordBatch | Lost]:
    try:
        reader = pa.ipc.open_file(stream)
    except pa.ArrowInvalid as error:
        raise ValueError(f"a damaged Feather file: {error}") from None
    for number in range(reader.num_record_batches):
        yield from _sound(reader.get_batch(number), ROWS)


def _arrow(stream: BinaryIO) -> Iterator[pa.RecordBatch | Lost]:
    """Yield the rows of each stream in a file."""
    streams = io.BufferedReader(stream)  # type: ignore[type-var]
    while streams.peek(1):
        for batch in pa.ipc.open_stream(streams):
            yield from _sound(batch, ROWS)


def _sound(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch | Lost]:
    """Yield a batch in parts; of a damaged part the rows, of which those that are sound are read.

    To read a text whose length is wrong would end the process.
    """
    for begin in range(0, batch.num_rows, most):
        part = batch.slice(begin, most)
        try:
            part.validate(full=True)
        except pa.ArrowInvalid as error:
            yield from [Lost(1, error)] if most == 1 else _sound(part, 1)
        else:
            yield part


# What a binary format begins with.
_BINARY: dict[bytes, Callable[[BinaryIO], Iterator[pa.RecordBatch | Lost]]] = {
    b"PAR1": _parquet, b"ARROW1": _feather, b"\xff\xff\xff\xff": _arrow,
    b"<stata_dta>": stata, b"$FL2": spss, b"$FL3": spss,
}  # fmt: skip
