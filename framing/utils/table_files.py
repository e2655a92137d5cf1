"""Tables as files of each format, the same bytes for the same table; and small ones read again."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype as is_date_dtype
from pandas.api.types import is_numeric_dtype

from framing.text.encoding import decode, printable
from framing.text.numbers import many
from framing.utils.files import SHEETS, naming
from framing.utils.parallel import panics_as_errors

_LONG_AGO = datetime.datetime(2000, 1, 1)  # instead of the time at which a file is written
_EXCEL_ROWS, _EXCEL_CELL = 1_048_575, 32_767
_STATA_TEXT, _SPSS_TEXT = 2_045, 32_767  # bytes; longer texts are of the kind strL in Stata
# What a spreadsheet would run instead of showing it, or shows with an apostrophe of our own.
_FORMULA = re.compile(r"'*+(?:[\t\r]|\s*+[=+\-@＝＋－＠])")
_INFINITE = [float("inf"), float("-inf")]
_STATA_WORDS = frozenset(Path(__file__).with_name("stata_words.txt").read_text("utf-8").split())
_SPSS_DATE = slice(92, 109)  # of the header: day and time of writing


def check_formats(formats: Sequence[str], *, what: str = "formats") -> None:
    """Raise an error if a format is unknown, or its library is not installed."""
    for name in formats:
        if name not in FORMATS:
            raise ValueError(f"{what} must be among {', '.join(FORMATS)}, got {name!r}")
        if name == "sav":
            _pyreadstat()


def read_texts(path: str | Path) -> pd.DataFrame:
    """Read a small table that people filled: every cell is a text, empty if it is.

    CSV may have its cells apart by commas, semicolons or tabs, be in any encoding that
    spreadsheets write, and have the apostrophes of `guarded`; of a workbook, the first sheet is
    read.
    """
    path = Path(path)
    if path.suffix.lower() in SHEETS:
        table = read_sheets(path, 0)
    else:
        text = decode(path.read_bytes())[0].removeprefix("\ufeff")
        separator = max(",;\t", key=text.partition("\n")[0].count)
        try:
            table = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
        except pd.errors.EmptyDataError:
            table = pd.DataFrame()
        except pd.errors.ParserError as error:
            raise ValueError(printable(f"{path}: {error}")) from None
    table = table.fillna("").map(unguarded)
    return table.rename(columns=lambda name: unguarded(str(name)).strip())


def read_sheets(path: Path, sheet: int | None) -> Any:
    """Return a sheet of a workbook that people filled, as texts; all by their names if None."""
    try:
        with panics_as_errors():
            return pd.read_excel(
                path, sheet_name=sheet, dtype=str, engine="calamine", keep_default_na=False
            )
    except (ValueError, OverflowError) as error:  # a number in a column of dates that is none
        raise ValueError(f"{printable(path)}: {error}: save it as CSV") from error


def guarded(cell: Any) -> Any:
    """Return a text that a spreadsheet shows, and does not run as a formula.

    >>> guarded("=1+1"), guarded("plain"), guarded(-1)
    ("'=1+1", 'plain', -1)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(text: str) -> str:
    """Return a text without the apostrophe of `guarded`.

    >>> unguarded("'=1+1"), unguarded(guarded("'-1")), unguarded("'plain'")
    ('=1+1', "'-1", "'plain'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table to a file; the extension is the format.

    Parquet and Stata hold exactly the table, and CSV with the apostrophes of `guarded`. A cell of
    Excel or SPSS holds 32,767 characters or bytes: longer texts are cut there, with a warning.
    """
    with naming(path):
        FORMATS[path.suffix[1:]](table, path)


@contextmanager
def of_workbook() -> Iterator[dict[str, Any]]:
    """Give the options of xlsxwriter with which a workbook leaves nothing behind if it fails.

    What stopped it, such as a full disk, is raised as the error of the system.
    """
    from xlsxwriter.exceptions import FileCreateError  # slow to import

    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        try:
            yield {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        except FileCreateError as error:
            raise error.args[0] from None


def write_csv(table: pd.DataFrame, path: Path, **how: Any) -> None:
    """Write a table as CSV, every cell in quotation marks; no spreadsheet runs any of them."""
    columns = (c if is_numeric_dtype(c) else c.map(guarded) for _, c in table.items())
    table = pd.concat([table[[]], *columns], axis=1).rename(columns=guarded)
    how = {"encoding": "utf-8"} | how
    table.to_csv(path, index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", **how)


def _xlsx(table: pd.DataFrame, path: Path) -> None:
    """Write a workbook in which every text is a text, also one that begins with "="."""
    if len(table) > _EXCEL_ROWS:
        raise ValueError(
            f"{printable(path.name)}: {len(table):,} rows; a sheet of Excel has {_EXCEL_ROWS:,}: "
            "save it as CSV, Parquet or Stata"
        )
    texts = _texts(table, path.name)
    table = table.assign(**{n: _cut(c, _EXCEL_CELL, path, len) for n, c in texts.items()})
    with of_workbook() as how:
        options = {"options": {**how, "strings_to_numbers": False}}
        with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs=options) as writer:
            writer.book.set_properties({"created": _LONG_AGO})
            table.to_excel(writer, index=False, sheet_name=path.stem[:31], freeze_panes=(1, 0))


def _stata(table: pd.DataFrame, path: Path) -> None:
    texts = _texts(table, path.name)
    names = _names(table, 32)
    long = [names[n] for n, c in texts.items() if c.map(_bytes).max() > _STATA_TEXT]
    labels = {names[name]: str(name)[:80] for name in table}
    plain = _plain(table.assign(**texts), path).rename(columns=names)
    dates = {n: "tc" for n in plain if is_date_dtype(plain[n])}
    plain.to_stata(
        path, write_index=False, version=118, time_stamp=_LONG_AGO, convert_strl=long,
        convert_dates=dates, variable_labels=labels,
    )  # fmt: skip


def _spss(table: pd.DataFrame, path: Path) -> None:
    texts = _texts(table, path.name)
    cut = {n: _cut(c, _SPSS_TEXT, path, _bytes) for n, c in texts.items()}
    plain = _plain(table.assign(**cut), path).rename(columns=_names(table, 64))
    labels = [str(name) for name in table]
    pyreadstat = _pyreadstat()
    try:
        pyreadstat.write_sav(plain, str(path), column_labels=labels)
    except pyreadstat.ReadstatError as error:
        raise OSError(printable(f"{path.name}: {error}")) from None
    data = bytearray(path.read_bytes())
    data[_SPSS_DATE] = b"01 Jan 0000:00:00"
    path.write_bytes(data)


FORMATS: Mapping[str, Callable[[pd.DataFrame, Path], None]] = {
    "csv": write_csv, "parquet": lambda table, path: table.to_parquet(path, index=False),
    "xlsx": _xlsx, "dta": _stata, "sav": _spss,
}  # fmt: skip


def _texts(table: pd.DataFrame, name: str) -> dict[str, pd.Series[str]]:
    """Return the columns of texts, and of anything that is no number and no date, as texts."""
    if not table.columns.is_unique:
        raise ValueError(f"{name}: two columns have the same name")
    other = [n for n in table if not is_numeric_dtype(table[n]) and not _is_date(table[n])]
    return {n: table[n].map(lambda cell: "" if _is_missing(cell) else str(cell)) for n in other}


def _is_date(column: pd.Series[Any]) -> bool:
    """Return whether a column has dates that all formats know: without a time zone."""
    return is_date_dtype(column) and column.dt.tz is None


def _plain(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return the table with numbers as Stata and SPSS have them: infinity is missing."""
    numbers = {n: table[n] for n in table if is_numeric_dtype(table[n])}
    for name, column in numbers.items():
        if infinite := int(column.isin(_INFINITE).sum()):
            warnings.warn(
                f"{printable(path.name)}: column {name!r} is infinite in "
                f"{many(infinite, 'row')}: missing in this format; CSV, Parquet and Excel hold it",
                stacklevel=4,
            )
    plain = {
        n: c.astype("int8") if c.dtype == bool else c.astype("float64").replace(_INFINITE, np.nan)
        for n, c in numbers.items()
        if c.dtype == bool or c.hasnans or not isinstance(c.dtype, np.dtype) or c.dtype.kind == "f"
    }
    return table.assign(**plain)


def _is_missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell != cell


def _names(table: pd.DataFrame, most: int) -> dict[str, str]:
    """Return names that statistics programs accept: letters, digits and _, each of its own."""
    names: dict[str, str] = {}
    for name in table:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", str(name))[:most]
        plain = plain if re.match(r"[A-Za-z]", plain) else f"v{plain}"[:most]
        plain = f"{plain}_" if plain.lower() in _STATA_WORDS else plain
        stem, n = plain, 1
        while plain.lower() in {used.lower() for used in names.values()}:
            n += 1
            plain = f"{stem[: most - 1 - len(str(n))]}_{n}"
        names[name] = plain
    return names


def _cut(
    column: pd.Series[str], most: int, path: Path, size: Callable[[str], int]
) -> pd.Series[str]:
    long = column.map(size) > most
    if not long.any():
        return column
    warnings.warn(
        f"{printable(path.name)}: {many(long.sum(), 'text')} of column {column.name!r} longer "
        f"than the {most:,} {'bytes' if size is _bytes else 'characters'} that a cell holds, cut "
        "there; CSV, Parquet and Stata hold all of it",
        stacklevel=4,
    )
    in_bytes = size is _bytes
    return column.where(~long, column[long].map(
        lambda text: text.encode()[:most].decode(errors="ignore") if in_bytes else text[:most]
    ))  # fmt: skip


def _bytes(text: str) -> int:
    return len(text.encode())


def _pyreadstat() -> Any:
    try:
        import pyreadstat
    except ImportError:
        raise ImportError("SPSS files need pyreadstat: pip install 'news-framing[spss]'") from None
    return pyreadstat
