"""Tables of Stata and SPSS, with the labels of their columns and of values."""

from __future__ import annotations

import datetime
import io
import json
import re
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO, NamedTuple

import pandas as pd
import pyarrow as pa

from framing.corpus.readers.cells import no_value
from framing.corpus.readers.compressed import TooLargeError, allowed

LABELS = b"framing.labels"  # of the columns, as JSON, in the metadata of a schema
ROWS = 64  # of a binary format at a time
_SPSS_BEGINS = datetime.datetime(1582, 10, 14)
_CUT_OFF = "the file is cut off or damaged: save or download it again"


class Lost(NamedTuple):
    """Rows that cannot be read, and why."""

    rows: int
    error: Exception


def stata(stream: BinaryIO, encoding: str = "") -> Iterator[pa.RecordBatch | Lost]:
    """Yield the rows of a Stata file; its long texts are in one list that is read at once."""
    with pd.read_stata(stream, iterator=True) as reader:
        labels = {LABELS: json.dumps(reader.variable_labels())}
        about = vars(reader)  # the library tells nobody else
        about["_encoding"] = encoding or about["_encoding"]
        if (any(about["_lbllist"]) or "Q" in about["_typlist"]) and not _is_whole(stream, about):
            raise ValueError(_CUT_OFF)
        size = ROWS
        while size:
            done = about["_lines_read"]
            try:
                chunk = reader.read(size)
            except StopIteration:
                return
            except UnicodeDecodeError:
                stream.seek(0)
                yield from stata(stream, "latin-1")
                return
            except ValueError as error:
                if lost := about["_lines_read"] - done:
                    yield Lost(lost, error)
                else:  # it is cut off: fewer rows may be there
                    size //= 2
                continue
            except (KeyError, struct.error):
                raise ValueError(_CUT_OFF) from None
            chunk = _mended(chunk, "utf-8") if encoding else chunk
            batch = pa.RecordBatch.from_pandas(chunk, preserve_index=False)
            yield batch.replace_schema_metadata(labels)
        yield Lost(about["_nobs"] - about["_lines_read"], ValueError(_CUT_OFF))


def _is_whole(stream: BinaryIO, about: Mapping[str, Any]) -> bool:
    """Return whether the long texts and labels of values are there, which stand behind the rows."""
    if labels := about.get("_seek_value_labels"):
        stream.seek(labels)
        return b"</stata_dta>" in stream.read()
    # In older files a column may have the name of labels that are nowhere.
    stream.seek(about["_data_location"] + about["_nobs"] * about["_dtype"].itemsize - 1)
    return bool(stream.read(1))


def _mended(table: pd.DataFrame, encoding: str) -> pd.DataFrame:
    """Return a table that was read as Latin-1 with U+FFFD for bytes that are no characters."""

    def mended(cell: Any) -> Any:
        return cell.encode("latin-1").decode(encoding, "replace") if isinstance(cell, str) else cell

    return table.map(mended)


def spss(stream: BinaryIO) -> Iterator[pa.RecordBatch | Lost]:
    """Yield the rows of an SPSS file, with the labels of values that have one."""
    try:
        from pyreadstat import ReadstatError, read_sav
    except ImportError:
        raise ValueError(
            "an SPSS file: pip install 'news-framing[spss]', or save it as CSV or Excel"
        ) from None
    data = io.BytesIO(stream.read())
    try:
        _, about = read_sav(data, metadataonly=True)
        rows = about.number_rows or 0
        size = rows * sum(about.variable_storage_width.values())
        if size > allowed(data.getbuffer().nbytes):
            raise TooLargeError(f"{size:,} bytes uncompressed: not read")
        table = _of_spss(partial(read_sav, data), about, ReadstatError)
    except ReadstatError as error:
        raise ValueError(f"{_CUT_OFF} ({error})") from None
    labels = {LABELS: json.dumps(about.column_names_to_labels)}
    whole = pa.RecordBatch.from_pandas(table, preserve_index=False)
    whole = whole.replace_schema_metadata(labels)
    yield from (whole.slice(n, ROWS) for n in range(0, whole.num_rows, ROWS))
    if rows > whole.num_rows:
        yield Lost(rows - whole.num_rows, ValueError(_CUT_OFF))


def _of_spss(read: Callable[..., Any], about: Any, damaged: type[Exception]) -> pd.DataFrame:
    """Return the rows that can be read, with dates as text if one is beyond the calendar."""
    how, table = dict[str, Any](apply_value_formats=True), None
    while table is None:
        try:
            table, _ = read(**how)
        except OverflowError:  # one date beyond the calendar
            how["disable_datetime_conversion"] = True
        except damaged as error:
            if "encoding" in str(error) and "encoding" not in how:
                how["encoding"] = "latin1"
            elif "row_limit" in how or not (most := _sound(read, how, about.number_rows or 0)):
                raise
            else:
                how["row_limit"] = most
    if "encoding" in how:
        table = _mended(table, about.file_encoding or "utf-8").set_axis(about.column_names, axis=1)
    if "disable_datetime_conversion" in how:
        kinds = about.original_variable_types.items()
        dates = [name for name, kind in kinds if re.search("DATE|YMDHMS", str(kind))]
        table = table.assign(**{name: table[name].map(_since_1582) for name in dates})
    return table


def _sound(read: Callable[..., Any], how: Mapping[str, Any], rows: int) -> int:
    """Return how many of the rows stand before the first that cannot be read."""

    def fails(n: int) -> bool:
        try:
            read(**{**how, "disable_datetime_conversion": True, "row_limit": n})
        except Exception:
            return True
        return False

    return bisect_left(range(1, rows + 1), True, key=fails)


def _since_1582(seconds: Any) -> Any:
    """Return a date of SPSS as text, or what it is if it is none."""
    try:
        return str(_SPSS_BEGINS + datetime.timedelta(seconds=seconds)).removesuffix(" 00:00:00")
    except OverflowError as error:
        return no_value("date", error)
    except (TypeError, ValueError):  # a label of a value, or missing
        return None if seconds != seconds else seconds
