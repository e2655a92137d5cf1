"""Tables: one article per row, in CSV, TSV, Parquet, Feather, Arrow, Stata or SPSS."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from framing.corpus.readers import Found, failed
from framing.corpus.readers.by_name import are_names, by_name, numbered, told_apart
from framing.corpus.readers.compressed import RATIO, TooLargeError
from framing.corpus.readers.files import File
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles, not_articles
from framing.schema import own_table
from framing.text.encoding import decode

_NAMES = (".csv", ".tsv", ".tab", ".dta")
_DELIMITERS = "\t,;|"
_PREAMBLE = 20  # lines among which the names of columns are looked for
NAMES_AGAIN = "the column names again"
ROW_NAMES = "row_names"
_SAMPLED_RECORDS = 50  # whose cells are counted
_SAMPLED_LINES = 1000  # among which quotation marks are looked at
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')  # by R, MySQL and Spark
_ESCAPED_END = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\r?\n\Z)")  # of a line, by MySQL
_LABELS = b"framing.labels"  # of the columns, as JSON, in the metadata of a schema
_ROWS = 64  # of a binary format at a time
_GRACE = 20_000_000  # bytes unpacked, whatever the size of the file
_FIELD_BYTES = 2**31 - 1  # a longer cell is an article over the limit, not a broken row
_LONGEST_RECORD = 1000  # lines; with wrong quotation marks a record may go on to the end


_Line = tuple[str, str]  # with its encoding


def recognises(file: File) -> bool:
    """Return whether the file is a table, by its first bytes, its name or its first line."""
    return file.head.startswith(tuple(_BINARY)) or file.name.endswith(_NAMES) or _looks_like(file)


def _looks_like(file: File) -> bool:
    """Return whether the first line of a text file names columns, with a text or a title."""
    first = file.start.split("\n", 1)[0].strip()
    names = [name.strip(' "') for name in first.split(_delimiter(first))]
    found = by_name(names)
    return len(found) > 2 and len(names) < 3 * len(found) and bool({"text", "title"} & set(found))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row."""
    with file.open() as stream:
        kind = next((k for begins, k in _BINARY.items() if file.head.startswith(begins)), None)
        kind = _stata if file.name.endswith(".dta") else kind
        if kind:
            rows = _from_batches(kind(stream), file, kind.__name__.strip("_"))
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


class _Lost(NamedTuple):
    """Rows that cannot be read, and why."""

    rows: int
    error: Exception


def _from_batches(
    batches: Iterator[pa.RecordBatch | _Lost], file: File, kind: str
) -> Iterator[Row | Found]:
    """Yield the rows of a binary format; texts are counted before they are unpacked."""
    number, left = 0, max(_GRACE, RATIO * file.size)
    for batch in batches:
        if isinstance(batch, _Lost):
            where = f"{file.source}, row {number + 1}, and {batch.rows - 1:,} more rows"
            number += batch.rows
            yield failed(where.removesuffix(", and 0 more rows"), batch.error)
            continue
        if kind := own_table(batch.schema.names):
            yield not_articles(file.source, kind)
            return
        labels = json.loads((batch.schema.metadata or {}).get(_LABELS, b"{}"))
        batch = batch.rename_columns(told_apart(batch.schema.names))
        left -= sum(map(_unpacked, batch.columns))
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
    except UnicodeDecodeError:
        for row in range(batch.num_rows):
            try:
                yield batch.slice(row, 1).to_pylist()[0]
            except UnicodeDecodeError as error:
                yield error


def _unpacked(column: pa.Array) -> int:
    """Return the bytes of a column without its dictionary, in which equal texts are held once."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    sizes = pc.binary_length(column.dictionary.cast(pa.large_string())).take(column.indices)
    return pc.sum(sizes).as_py() or 0


def _parquet(stream: BinaryIO) -> Iterator[pa.RecordBatch | _Lost]:
    """Yield the rows of each row group; a damaged one costs no other."""
    schema = pq.read_schema(stream)
    texts = [field.name for field in schema if field.type in (pa.string(), pa.large_string())]
    parquet = pq.ParquetFile(stream, read_dictionary=texts)
    for group in range(parquet.num_row_groups):
        left = parquet.metadata.row_group(group).num_rows
        try:
            for batch in parquet.iter_batches(batch_size=_ROWS, row_groups=[group]):
                left -= batch.num_rows
                yield batch
        except (OSError, pa.ArrowException) as error:
            yield _Lost(left, error)


def _feather(stream: BinaryIO) -> Iterator[pa.RecordBatch | _Lost]:
    try:
        reader = pa.ipc.open_file(stream)
    except pa.ArrowInvalid as error:
        raise ValueError(f"a damaged Feather file: {error}") from None
    for number in range(reader.num_record_batches):
        yield from _sound(reader.get_batch(number), _ROWS)


def _arrow(stream: BinaryIO) -> Iterator[pa.RecordBatch | _Lost]:
    for batch in pa.ipc.open_stream(stream):
        yield from _sound(batch, _ROWS)


def _sound(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch | _Lost]:
    """Yield a batch in parts; of a damaged part the rows, of which those that are sound are read.

    To read a text whose length is wrong would end the process.
    """
    for begin in range(0, batch.num_rows, most):
        part = batch.slice(begin, most)
        try:
            part.validate(full=True)
        except pa.ArrowInvalid as error:
            yield from [_Lost(1, error)] if most == 1 else _sound(part, 1)
        else:
            yield part


def _stata(stream: BinaryIO) -> Iterator[pa.RecordBatch]:
    with pd.read_stata(stream, chunksize=_ROWS) as chunks:
        labels = {_LABELS: json.dumps(chunks.variable_labels())}
        for chunk in chunks:
            batch = pa.RecordBatch.from_pandas(chunk, preserve_index=False)
            yield batch.replace_schema_metadata(labels)


def _spss(stream: BinaryIO) -> Iterator[pa.RecordBatch]:
    """Yield the rows of an SPSS file, with the labels of values that have one."""
    try:
        from pyreadstat import read_sav
    except ImportError:
        raise ValueError(
            "an SPSS file: pip install 'news-framing[spss]', or save it as CSV or Excel"
        ) from None
    data = io.BytesIO(stream.read())
    _, about = read_sav(data, metadataonly=True)
    size = (about.number_rows or 0) * sum(about.variable_storage_width.values())
    if size > max(_GRACE, RATIO * data.getbuffer().nbytes):
        raise TooLargeError(f"{size:,} bytes uncompressed: not read")
    data.seek(0)
    table, _ = read_sav(data, apply_value_formats=True)
    labels = {_LABELS: json.dumps(about.column_names_to_labels)}
    whole = pa.RecordBatch.from_pandas(table, preserve_index=False)
    whole = whole.replace_schema_metadata(labels)
    yield from (whole.slice(n, _ROWS) for n in range(0, whole.num_rows, _ROWS))


# What a binary format begins with.
_BINARY: dict[bytes, Callable[[BinaryIO], Iterator[pa.RecordBatch | _Lost]]] = {
    b"PAR1": _parquet, b"ARROW1": _feather, b"\xff\xff\xff\xff": _arrow,
    b"<stata_dta>": _stata, b"$FL2": _spss, b"$FL3": _spss,
}  # fmt: skip


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=first.count)


def _from_csv(decoded: Iterator[tuple[str, str]], source: str) -> Iterator[Row | Found]:
    """Yield the rows of a CSV; a row with too many or too few cells fails."""
    first = [(line.removeprefix("\ufeff"), e) for line, e in islice(decoded, _SAMPLED_LINES)]
    at = _line_of_names([line for line, _ in first[:_PREAMBLE]])
    delimiter = _delimiter(first[at][0] if first else "")
    below = map(_as_written(first[at:], delimiter), chain(first[at:], decoded))
    records = _records(below, delimiter, at + 1)
    header = next(records, _Record(1, [], "", ""))
    if header.cells is None:
        reason = f"line 1, with the names of the columns: {header.error}"
        yield Found(source, outcome="failed", reason=reason)
        return
    names = [name.strip() for name in header.cells]
    if not are_names(names):
        records = chain([header], records)
        names = numbered(len(names))
    if kind := own_table(names):
        yield not_articles(source, kind)
        return
    sample = list(islice(records, _SAMPLED_RECORDS))
    records = chain(sample, records)
    if _have_row_names(sample, len(names)):
        names = [ROW_NAMES, *names]
    again, order = sorted(names), told_apart(names)
    names = order
    for number, (line, cells, encoding, error) in enumerate(records, start=1):
        where = f"{source}, row {number}"
        if cells is not None and (len(cells) < len(names) or any(cells[len(names) :])):
            error = f"{len(cells)} cells where the first line has {len(names)} names"
        if cells is not None and len(cells) > 1 and sorted(map(str.strip, cells)) == again:
            order = told_apart(name.strip() for name in cells)
            yield Found(where, outcome="skipped", reason=NAMES_AGAIN)
        elif error or cells is None:
            yield Found(where, outcome="failed", reason=f"line {line}: {error}", encoding=encoding)
        else:
            row = dict(zip(order, cells, strict=False))
            yield Row(where, {name: row[name] for name in names}, encoding)


def _line_of_names(lines: list[str]) -> int:
    """Return the number of the line with the names of columns, below notes of fewer cells.

    Examples
    --------
    >>> _line_of_names(["Export,", "title,text"]), _line_of_names(["Rain,Hail", "title,text"])
    (1, 0)
    """
    if lines and lines[0].strip('" \t\r\n').lower().startswith("sep="):  # written for Excel
        return 1 if len(lines) > 1 else 0
    for number, line in enumerate(lines):
        mark = _delimiter(line)
        fields = by_name([name.strip(' "\r\n') for name in line.split(mark)])
        above = (_is_note(one, line, mark) for one in lines[:number])
        if {"text", "title"} & set(fields) and len(fields) > 1 and all(above):
            return number
    return 0


def _filled(line: str, mark: str) -> list[str]:
    """Return the cells of a line that are not empty."""
    return [text for cell in line.split(mark) if (text := cell.strip(' "\r\n'))]


def _is_note(line: str, names: str, mark: str) -> bool:
    """Return whether a line above the column names is a note: of fewer cells, without quotes."""
    cells = _filled(line, mark)
    groups = len(set(cells)) <= len(cells) / 2  # of columns, each named over all of its columns
    fewer = len(cells) < len(_filled(names, mark)) or groups
    return line.startswith("#") or mark not in line or (fewer and '"' not in line)


def _have_row_names(records: list[_Record], names: int) -> bool:
    """Return whether the rows begin with a name, for which R writes no name of a column."""
    cells = [record.cells for record in records if record.cells]
    longer = len(cells) > 1 and all(len(of_it) == names + 1 for of_it in cells)
    return longer and len({of_it[0] for of_it in cells}) == len(cells) and any(c[-1] for c in cells)


def _as_written(lines: list[_Line], delimiter: str) -> Callable[[_Line], _Line]:
    r"""Return how lines are changed so that most rows are whole.

    Quotation marks in cells may be written \", or, between tabs, as if they meant nothing.
    """
    ways: list[Callable[[_Line], _Line]] = []
    ways += [_doubled] * any(_ESCAPED_END.search(line) for line, _ in lines)
    ways += [_as_it_is]
    ways += [_doubled] * any(_ESCAPED.search(line) for line, _ in lines)
    ways += [_unquoted] * (delimiter == "\t" and any('"' in line for line, _ in lines))
    if len(ways) == 1:
        return _as_it_is
    widths = {
        way: Counter(len(r.cells) for r in _records(map(way, lines), delimiter) if r.cells)
        for way in ways
    }
    names = lines[0][0].count(delimiter) + 1
    return max(ways, key=lambda way: max(widths[way][names], widths[way][names + 1]))


def _as_it_is(line: _Line) -> _Line:
    return line


def _unquoted(line: _Line) -> _Line:
    """Return a line with every cell in quotation marks, and doubled ones inside."""
    body = line[0].rstrip("\r\n")
    cells = body.replace('"', '""').replace("\t", '"\t"')
    return f'"{cells}"{line[0][len(body) :]}' if body else line[0], line[1]


def _doubled(line: tuple[str, str]) -> tuple[str, str]:
    r"""Return a line with quotation marks written "" that are written \", and a plain end."""
    return _ESCAPED_END.sub(r"\1", _ESCAPED.sub(r'\1""', line[0])), line[1]


class _Record(NamedTuple):
    line: int
    cells: list[str] | None
    encoding: str
    error: str


def _records(
    decoded: Iterator[tuple[str, str]], delimiter: str, number: int = 1
) -> Iterator[_Record]:
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
