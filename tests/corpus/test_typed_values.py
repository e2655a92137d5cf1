"""A value of a typed column that Python does not have costs that value, and no row or file."""

from __future__ import annotations

import decimal
import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

import framing as fr
from tests.conftest import read_in

TALKS = "The talks in the capital failed on Monday, and may go on in a week, officials said."
TANKER = "A tanker left the port at dawn, with grain for the islands and nine people on board."

TEXTS = [f"{what} in the town on Monday." for what in ("It rained", "A war may come", "Few died")]
DAYS = pd.Series(pd.to_datetime(["2020-01-01", "2021-01-01", "2022-01-01"]))
Write = Callable[[Path, str], None]


def typed(kind: pa.DataType, bad: int, good: int = 0) -> pa.Array:
    """Three values of a type, of which the second is none that Python has."""
    whole = pa.int32() if kind == pa.date32() else pa.int64()
    return pa.array([good, bad, good], whole).cast(kind)


def arrow(write: Callable[[pa.Table, Path], None], values: pa.Array) -> Write:
    return lambda path, name: write(
        pa.table({"id": list("abc"), "text": TEXTS, name: values}), path
    )


def stream(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_stream(path, table.schema) as out:
        out.write_table(table)


def excel(number: float, style: str) -> Write:
    def write(path: Path, name: str) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["id", "text", name])
        for row in zip("abc", TEXTS, [43831, number, 44562], strict=True):
            sheet.append(row)
            sheet.cell(sheet.max_row, 3).number_format = style
        book.save(path)

    return write


def stata(path: Path, name: str) -> None:
    table = pd.DataFrame({"id": list("abc"), "text": TEXTS, name: DAYS})
    table.to_stata(path, write_index=False, convert_dates={name: "td"})
    day, later = (struct.pack("<d", days) for days in (22281.0, 1e12))
    assert path.read_bytes().count(day) == 1
    path.write_bytes(path.read_bytes().replace(day, later))


def spss(kind: str, path: Path, name: str) -> None:
    seconds = (DAYS - pd.Timestamp("1582-10-14")).dt.total_seconds().tolist()
    table = pd.DataFrame({"id": list("abc"), "text": TEXTS, name: [seconds[0], 1e17, seconds[2]]})
    pyreadstat = pytest.importorskip("pyreadstat")
    pyreadstat.write_sav(table, str(path), variable_format={name: kind})


DAY = 18262  # 1 January 2020
TABLES: dict[str, tuple[str, Write, list[str]]] = {
    "Parquet, microseconds": (
        "a.parquet",
        arrow(pa.parquet.write_table, typed(pa.timestamp("us"), 2**62, DAY * 86_400_000_000)),
        ["2020-01-01", "", "2020-01-01"],
    ),
    "Parquet, days": (
        "a.parquet", arrow(pa.parquet.write_table, typed(pa.date32(), 2**30, DAY)),
        ["2020-01-01", "", "2020-01-01"],
    ),
    "Parquet, a zone that is none": (
        "a.parquet", arrow(pa.parquet.write_table, typed(pa.timestamp("us", tz="No/Where"), 0)),
        ["", "", ""],
    ),
    "Parquet, times of day": (
        "a.parquet", arrow(pa.parquet.write_table, typed(pa.time64("us"), 2**62)), ["", "", ""],
    ),
    "Feather, durations": (
        "a.feather", arrow(pa.feather.write_feather, typed(pa.duration("s"), 2**62)), ["", "", ""],
    ),
    "Feather, with a zone": (
        "a.feather",
        arrow(pa.feather.write_feather, typed(pa.timestamp("s", tz="UTC"), 2**60, DAY * 86_400)),
        ["2020-01-01", "", "2020-01-01"],
    ),
    "Arrow, in lists": (
        "a.arrow", arrow(stream, pa.array([[n] for n in (0, 2**62, 0)]).cast(
            pa.list_(pa.timestamp("us")))), ["1970-01-01", "", "1970-01-01"],
    ),
    "Stata": ("a.dta", stata, ["2020-01-01", "", "2022-01-01"]),
    "SPSS, day": ("a.sav", partial(spss, "DATE11"), ["2020-01-01", "", "2022-01-01"]),
    "SPSS, time": ("a.sav", partial(spss, "DATETIME20"), ["2020-01-01", "", "2022-01-01"]),
    "Excel, at which its reader panics": (
        "a.xlsx", excel(-1e15, "yyyy-mm-dd"), ["2020-01-01", "", "2022-01-01"],
    ),
    "Excel, a length of time": ("a.xlsx", excel(1e300, "[h]:mm:ss"), ["", "", ""]),
}  # fmt: skip


def in_rows(corpus: fr.Corpus) -> pd.DataFrame:
    """Articles with the reasons of their rows in the audit, in the order of the source."""
    told = corpus.audit[corpus.audit["block"].isna()].set_index("article")["reason"]
    return corpus.articles.set_index("article").loc[list("abc")].assign(reason=told)


@pytest.mark.parametrize("table", TABLES)
def test_a_date_beyond_the_calendar_costs_that_date(tmp_path, table):
    """All texts and the other dates are read; the audit tells the one that is not."""
    name, write, days = TABLES[table]
    write(tmp_path / name, "date")
    found = in_rows(fr.read_corpus(tmp_path / name))
    assert found["date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == days
    assert found["reason"].str.contains("in a known layout").tolist() == [not day for day in days]


@pytest.mark.parametrize("table", TABLES)
def test_a_date_that_is_not_used_costs_nothing(tmp_path, table):
    name, write, _ = TABLES[table]
    write(tmp_path / name, "scraped")
    corpus = fr.read_corpus(tmp_path / name)
    assert sorted(corpus.paragraphs["text"]) == sorted(TEXTS)
    assert set(corpus.audit.loc[corpus.audit["block"].isna(), "outcome"]) == {"scored"}


@pytest.mark.parametrize(
    "value",
    [decimal.Decimal("sNaN"), 10**5000, np.datetime64(2**58, "s"), float("inf")],
    ids=["signalling NaN", "5,000 digits", "a far date", "infinite"],
)
def test_a_value_of_a_data_frame_that_is_no_text_costs_nothing(value):
    table = pd.DataFrame({"id": list("abc"), "text": TEXTS, "n": [1, value, 2]}, dtype=object)
    assert sorted(fr.read_corpus(table).paragraphs["text"]) == sorted(TEXTS)


def test_a_date_of_arrow_in_a_data_frame_costs_that_date():
    values = typed(pa.timestamp("us"), 2**62, DAY * 86_400_000_000)
    days = pd.Series(pd.array(values, dtype=pd.ArrowDtype(values.type)))
    found = in_rows(fr.read_corpus(pd.DataFrame({"id": list("abc"), "text": TEXTS, "date": days})))
    assert found["date"].isna().tolist() == [False, True, False]
    assert found["reason"].str.contains("in a known layout").tolist() == [False, True, False]


def workbook_with(*changes: tuple[str, str]) -> bytes:
    """A workbook of one text in A2, of which these strings are replaced by others."""
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([TEXTS[0]])
    out, data = io.BytesIO(), io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(out, "w") as changed, zipfile.ZipFile(data) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            for old, new in changes:
                part = part.replace(old.encode(), new.encode())
            changed.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["ZZZZZZZ99999999999999", "Z" * 60 + "1", "A" + 60 * "9", "zzzzzzz9", "2", ""]
)
def test_a_cell_of_an_impossible_name_costs_its_workbook_only(tmp_path, name):
    (tmp_path / "good.txt").write_text(TEXTS[1])
    audit = read_in(tmp_path, "a.xlsx", workbook_with(('r="A2"', f'r="{name}"'))).audit
    inputs: dict[str, Any] = audit[audit["block"].isna()].set_index("source")["outcome"].to_dict()
    assert inputs.pop("good.txt") == "scored"
    assert inputs == {"a.xlsx": "failed"} or set(inputs.values()) <= {"scored", "skipped"}


@pytest.mark.parametrize("row", ["99999999", "4294967295", "9" * 20])
def test_a_cell_without_a_name_in_a_far_row_is_counted(tmp_path, row):
    """Memory for all rows above it was taken without a limit, which could end the process."""
    data = workbook_with((' r="A2"', ""), ('<row r="2"', f'<row r="{row}"'))
    with pytest.raises(ValueError, match=r"a sheet of [\d,]+ cells"):
        read_in(tmp_path, "a.xlsx", data)


def test_a_row_of_an_old_workbook_that_cannot_be_read_fails_alone(monkeypatch):
    """In a format in which numbers cannot be had without their styles."""
    from framing.corpus.readers import spreadsheets

    class Sheet:
        start, end = (0, 1), (2, 1)

        def iter_rows(self) -> Any:
            return map(np.array([["text"], [1 / 3], ["x"]], object).__getitem__, [0, 9, 2])

    rows = spreadsheets._cells(Sheet(), {})
    assert [rows[0], rows[2]] == [["", "text"], ["", "x"]]
    found = list(spreadsheets._rows(rows, 0, "a.xls"))
    assert [type(f).__name__ for f in found] == ["Found", "Row"]
    assert found[0][0] == "a.xls, row 1"


def test_lists_in_a_data_frame_are_those_of_the_file_it_came_from(tmp_path):
    table = pa.table({
        "title": [["Rain", "in town"], ["Snow"], []],
        "authors": [["A B", "C D"], [], None],
        "text": [TALKS, TANKER, f"{TALKS} {TANKER}"],
    })  # fmt: skip
    pa.parquet.write_table(table, tmp_path / "a.parquet")
    known = fr.read_corpus(tmp_path / "a.parquet").articles[["title", "byline"]].values.tolist()
    assert sorted(known) == [["", ""], ["Rain; in town", "A B; C D"], ["Snow", ""]]
    for frame in (pd.read_parquet(tmp_path / "a.parquet"), table):
        found = fr.read_corpus(frame).articles[["title", "byline"]].values.tolist()
        assert sorted(found) == sorted(known)


class Odd:
    """An object of somebody else's that cannot be compared, or printed."""

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    __hash__ = None

    def __str__(self):
        raise RuntimeError("no text")

    __repr__ = __str__


@pytest.mark.parametrize("value", [np.array(["a", "b"], dtype=object), Odd()], ids=type)
@pytest.mark.parametrize("column", ["title", "extra"])
def test_a_foreign_object_in_a_cell_costs_no_row(value, column):
    table = pd.DataFrame({"title": ["Rain", "Snow", "Hail"], "extra": "x"}, dtype=object)
    table["text"] = [TALKS, TANKER, f"{TALKS} {TANKER}"]
    table[column] = pd.Series([value, "Snow", "Hail"], dtype=object)
    assert len(fr.read_corpus(table).articles) == 3
