"""What small files may cost: as much as what is in them, or a limit with a reason."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import framing as fr
from framing.corpus.readers import csv_rows, html_tables, sheet_sizes, spreadsheets, tables, walk
from framing.corpus.readers.by_name import MOST_NAMES
from framing.corpus.readers.compressed import TooLargeError
from framing.corpus.readers.files import File
from framing.corpus.readers.sheet_sizes import check_cells
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND
from tests.corpus.test_parts import workbook
from tests.corpus.test_readers import TALKS, zipped


def _workbook_of(sheets: int) -> bytes:
    whole = io.BytesIO()
    with pd.ExcelWriter(whole, engine="openpyxl") as book:
        for n in range(sheets):
            rows = pd.DataFrame({"title": [f"{TALKS} {n}"], "text": [FIRST]})
            rows.to_excel(book, sheet_name=f"s{n}", index=False)
    return whole.getvalue()


@pytest.mark.parametrize("sheets", [2, 9])
def test_the_list_of_the_parts_of_a_workbook_is_read_once(tmp_path, monkeypatch, sheets):
    """Not for every sheet: there may be as many parts."""
    opened = []

    def counted(data):
        opened.append(data)
        return zipfile.ZipFile(data)

    data = _workbook_of(sheets)
    monkeypatch.setattr(sheet_sizes, "zipfile", SimpleNamespace(ZipFile=counted))
    corpus = read_file(tmp_path / "a.xlsx", data)
    assert (len(corpus.articles), len(opened)) == (sheets, 1)


def test_the_cells_of_all_sheets_are_counted_together(monkeypatch):
    sheet = '<sheetData><c r="B6"/></sheetData>'
    book = workbook(xl__worksheets__sheet1_xml=sheet, xl__worksheets__sheet2_xml=sheet)
    monkeypatch.setattr(sheet_sizes, "IN_ALL", 24)
    check_cells(book)
    monkeypatch.setattr(sheet_sizes, "IN_ALL", 23)
    with pytest.raises(TooLargeError, match="sheets of over 23 cells together: not read"):
        check_cells(book)


def _as_table(kind: str, row: dict[str, str]) -> tuple[str, bytes]:
    table = pd.DataFrame([row])
    if kind == "xml":
        fields = "".join(f"<{name}>{cell}</{name}>" for name, cell in row.items())
        return "a.xml", f"<articles><article>{fields}</article></articles>".encode()
    if kind == "attributes":
        given = " ".join(f'{name}="{cell}"' for name, cell in row.items() if name != "text")
        inside = f"<article {given}><text>{row['text']}</text></article>"
        return "a.xml", f"<articles>{inside}</articles>".encode()
    if kind == "html":
        return "a.html", table.to_html(index=False).encode()
    if kind == "parquet":
        return "a.parquet", table.to_parquet()
    return f"a.{kind}", table.to_csv(index=False).encode() if kind == "csv" else _line(row)


def _line(row: dict[str, str]) -> bytes:
    return f"[{json.dumps(row)}]".encode()


@pytest.mark.parametrize("kind", ["csv", "json", "xml", "attributes", "html", "parquet"])
def test_a_row_has_so_many_columns_at_most(tmp_path, monkeypatch, kind):
    row = {"title": TALKS, "outlet": "Gull", "text": FIRST, **{f"c{n}": "x" for n in range(7)}}
    monkeypatch.setattr("framing.corpus.readers.raw_rows.MOST_NAMES", 10)
    assert len(read_in(tmp_path, *_as_table(kind, row)).articles) == 1
    monkeypatch.setattr("framing.corpus.readers.raw_rows.MOST_NAMES", 9)
    with pytest.raises(ValueError, match="10 columns or names; more than 9 are not read"):
        read_in(tmp_path, *_as_table(kind, row))


def test_names_of_objects_inside_are_columns_too(tmp_path):
    """Of two lines the one with very many fails alone."""
    inside = {"meta": {f"n{n}": "x" for n in range(MOST_NAMES)}}
    rows = [{"title": TALKS, "text": FIRST}, {"title": "Fog", "text": SECOND, **inside}]
    data = "".join(json.dumps(row) + "\n" for row in rows)
    corpus = read_in(tmp_path, "a.jsonl", data)
    assert corpus.articles["title"].tolist() == [TALKS]
    assert corpus.audit.set_index("source")["outcome"]["a.jsonl, line 2"] == "failed"


def _overlapping(files: int) -> bytes:
    """Return an archive whose list has the same bytes several times."""
    whole = zipped({"a.txt": FIRST.encode()})
    begin, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    listed = whole[begin:end]
    about = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, files, files, files * len(listed), begin, 0
    )  # fmt: skip
    return whole[:begin] + listed * files + about


def test_bytes_that_are_several_files_of_an_archive_are_read_once():
    found = list(walk.opened(File("a.zip", data=_overlapping(3)), 0))
    assert [type(thing) for thing in found].count(File) == 1
    reasons = [thing.reason for thing in found if not isinstance(thing, File)]
    assert len(reasons) == 2
    assert all("its bytes are those of another file, too" in reason for reason in reasons)


def test_rows_of_parquet_count_whatever_is_in_them(tmp_path, monkeypatch):
    """Four thousand equal rows pack to almost nothing."""
    rows = pd.DataFrame({"title": [TALKS] * 4_000, "text": [""] * 4_000})
    path = tmp_path / "a.parquet"
    rows.to_parquet(path)
    size = 4_000 * (len(TALKS) + tables._ROW_BYTES)
    for room, fails in ((size, 0), (size - 1, 1)):
        monkeypatch.setattr(tables, "allowed", lambda _, room=room: room)
        audit = fr.read_corpus(path).audit
        assert audit["reason"].str.contains("unpacked: not read").sum() == fails


def test_cells_that_span_columns_or_rows_beyond_those_of_the_table_are_not_made():
    rows = html_tables._in_rows(
        "<tr><th>a<th colspan=2>b<tr><td colspan=1000>c<td rowspan=1000>d<td>e<tr><td>f<td>g"
    )
    assert list(html_tables._in_columns(rows)) == [
        ["a", "b", ""], ["c", "", "", "", "d", "e"], ["f", "g"]
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_line_that_is_too_long_to_be_held_fails_alone(tmp_path, monkeypatch, name):
    monkeypatch.setattr(csv_rows, "LONGEST_LINE", 1_000)
    monkeypatch.setattr(csv_rows, "_PIECE", 7)
    texts = [FIRST, f"{FIRST} {'x' * 1_000}", SECOND]
    if name == "a.csv":
        data = "outlet,text\n" + "".join(f'Gull,"{text}"\n' for text in texts)
    else:
        data = "".join(json.dumps({"outlet": "Gull", "text": text}) + "\n" for text in texts)
    corpus = read_in(tmp_path, f"{name}.gz", gzip.compress(data.encode()))
    assert len(corpus.articles) == 2
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert failed["reason"].str.contains("a line of over 0 MB: not read").tolist() == [True]


def test_rows_above_a_cell_that_is_far_from_the_table_are_not_held():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["S9000"] = "x"
    book.save(out)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_name("Sheet")
    rows = spreadsheets._cells(sheet, {(7, 1): "#N/A"})
    assert len(rows) == 9000 and sum(map(len, rows)) == 2 * 19
    assert rows[7] == ["", "#N/A", *[""] * 17] and rows[-1] == [*[""] * 18, "x"]


def test_a_list_on_a_long_line_of_json_fails_with_what_to_do(tmp_path, monkeypatch):
    """Under the other name it is read whole, up to the limit of a file."""
    monkeypatch.setattr(csv_rows, "LONGEST_LINE", 1_000)
    listed = json.dumps([{"outlet": "Gull", "text": f"{FIRST} {n}"} for n in range(20)])
    (tmp_path / "b.txt").write_text(SECOND)
    corpus = read_in(tmp_path, "a.jsonl", listed)
    (reason,) = corpus.audit["reason"][corpus.audit["outcome"] == "failed"]
    assert reason == "a line of over 0 MB: not read; if it is one list of articles, name it .json"
    (tmp_path / "a.jsonl").rename(tmp_path / "a.json")
    assert len(fr.read_corpus(tmp_path).articles) == 21


def test_a_line_that_is_not_held_inside_a_cell_fails_its_article(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_rows, "LONGEST_LINE", 1_000)
    data = f'outlet,text\nGull,"{FIRST}\n{"x " * 1_000}\n{SECOND}"\nGull,"{SECOND}"\n'
    corpus = read_in(tmp_path, "a.csv", data)
    assert len(corpus.articles) == 1
    assert corpus.audit["reason"].str.contains("a line of over 0 MB: not read").sum() == 1


def test_as_many_of_the_first_lines_are_looked_at_as_a_line_may_be_long(monkeypatch):
    monkeypatch.setattr(csv_rows, "LONGEST_LINE", 10)
    assert len(list(csv_rows._sampled(iter([("x" * 5, "utf-8")] * 9)))) == 3


def test_lines_of_utf_16_are_held_together_up_to_a_limit(tmp_path, monkeypatch):
    data = f'outlet,text\nGull,"{FIRST}"\n'.encode("utf-16")
    for most, read in ((len(data), 1), (len(data) - 1, 0)):
        monkeypatch.setattr(csv_rows, "EXPORT_BYTES", most)
        (tmp_path / "b.txt").write_text(SECOND)
        corpus = read_in(tmp_path, "a.csv", data)
        assert len(corpus.articles) == read + 1
        assert corpus.audit["reason"].str.contains("over the limit of").sum() == 1 - read
