"""Whether rows of a table are articles or parts of them: each limit on both of its sides."""

from __future__ import annotations

import io
import itertools
import re
import zipfile

import pandas as pd
import pytest

import framing as fr
from framing.corpus.readers import parts, sheet_sizes
from framing.corpus.readers.files import TooLargeError
from framing.corpus.readers.no_article import LABEL_WORDS, NOTICE_WORDS, SHOWN_WORDS, why_no_article
from framing.corpus.readers.parts import Parts, parts_of
from framing.corpus.readers.sheet_sizes import check_cells

FIELDS = {"title": "head"}


def table(*sizes: int, first: int = 1, alike: int = 0, shared: int = 2) -> list[dict[str, str]]:
    """Articles of so many parts; in ``alike`` ones the second has words of the first."""
    number = itertools.count()
    rows = []
    for article, size in enumerate(sizes):
        last: list[str] = []
        for part in range(size):
            own = [f"w{next(number)}", f"w{next(number)}"]
            words = last[:shared] + own if part == 1 and article < alike else own
            last = own
            row = {"key": f"k{article}", "n": str(first + part), "head": f"Title {article}"}
            rows.append(row | {"body": " ".join(words)})
    return rows


@pytest.mark.parametrize(
    ("sizes", "first", "found"),
    [
        ((3, 2), 1, True),
        ((3, 2), 0, True),
        ((3, 2), 2, False),
        ((2, 2), 1, True),
        ((2, 1), 1, False),  # three rows
        ((3, 1, 1, 1), 1, True),  # 1.5 rows an article
        ((2, 1, 1, 1), 1, False),
    ],
)
def test_rows_that_count_anew_under_each_key_are_parts(sizes, first, found):
    rows = table(*sizes, first=first)
    assert (parts_of(rows, FIELDS) == Parts("key", "n")) == found


@pytest.mark.parametrize(
    ("sizes", "doubt"), [((3, 1, 1, 1), "head"), ((2, 1, 1, 1), ""), ((2, 1, 1), "")]
)
def test_a_table_in_which_a_title_or_two_come_twice_asks_no_question(sizes, doubt):
    """Nothing names or counts parts: only 1.5 rows under each title make it doubtful."""
    rows = [{"head": row["head"], "body": row["body"]} for row in table(*sizes)]
    assert parts_of(rows, FIELDS) == Parts(doubt=doubt)


@pytest.mark.parametrize(("alike", "found"), [(0, True), (1, True), (2, False)])
def test_a_fifth_of_the_parts_may_be_like_the_one_before(alike, found):
    """Two of the four words are those of the part before: versions of a text, not parts."""
    assert (parts_of(table(2, 2, 2, 2, 2, alike=alike), FIELDS) == Parts("key", "n")) == found
    assert parts_of(table(2, 2, 2, 2, 2, alike=alike, shared=1), FIELDS) == Parts("key", "n")


def test_so_many_columns_that_count_are_looked_at(monkeypatch):
    """Each is looked at beside all others: thousands of them took minutes."""
    looked = []
    monkeypatch.setattr(parts, "_are_parts", lambda runs, same, part: bool(looked.append(part)))
    parts_of([{f"n{k}": str(n) for k in range(100)} for n in range(1, 6)], {})
    assert looked == [f"n{k}" for k in range(parts._TRIED)]


def test_parts_need_a_column_that_names_the_article():
    rows = table(3, 2)
    no_key = [{**row, "key": "k"} for row in rows]
    assert parts_of(no_key, FIELDS) == Parts(doubt="head")
    assert parts_of(table(5), FIELDS).whole == ""  # one article: nothing begins anew
    untitled = [{**row, "head": ""} for row in rows]
    assert parts_of(untitled, FIELDS) == Parts(doubt="key")
    partly = [{**row, "head": ""} if row["key"] == "k1" else row for row in rows]
    assert parts_of(partly, FIELDS) == Parts(doubt="key")
    gap = [{**row, "n": "5"} if row["n"] == "3" else row for row in rows]
    assert parts_of(gap, FIELDS) == Parts(doubt="head")
    other = [{**row, "head": f"Title {n}"} for n, row in enumerate(rows)]
    assert parts_of(other, FIELDS) == Parts()
    same = [{**row, "body": "w"} for row in rows]
    assert parts_of(same, FIELDS) == Parts(doubt="head")


def test_numbers_of_parts_may_be_decimal_and_have_six_digits():
    rows = [{**row, "n": row["n"] + ".0"} for row in table(3, 2)]
    assert parts_of(rows, FIELDS) == Parts("key", "n")


def notice(words: int) -> str:
    return "We use cookies" + " on it" * ((words - 3) // 2) + " too" * ((words - 3) % 2) + "."


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        ([notice(NOTICE_WORDS)], False),
        ([notice(NOTICE_WORDS + 1)], True),
        ([notice(75)] * 4, False),
        ([notice(75)] * 4 + ["Menu"], True),
        ([notice(9), "word " * LABEL_WORDS], False),
        ([notice(9), "word " * (LABEL_WORDS + 1)], True),
        ([notice(9), "Your choices are kept for a year."], False),
        ([notice(9), "Talks failed."], True),
        ([notice(9), "Talks"], False),
        (["Talks"], True),
        (["We use cookies, “he said”."], True),
    ],
)
def test_a_page_of_notices_and_labels_has_no_article(blocks, shown):
    assert SHOWN_WORDS == 4 * 75
    assert (why_no_article(blocks) == "") == shown


def workbook(**files: str) -> zipfile.ZipFile:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return zipfile.ZipFile(whole)


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        ('<c r="A1"/><c r="B7"/><c r="A3"/>', 14),
        ('<c r="AB2" s="1"/><c r="Z3"/>', 28 * 3),
        ('<c r="AAA1"/>', 703),
        ("", 0),
    ],
)
def test_a_sheet_is_as_large_as_its_last_row_times_its_last_column(monkeypatch, cells, size):
    book = workbook(xl__worksheets__sheet1_xml=f"<sheetData>{cells}</sheetData>")
    monkeypatch.setattr(sheet_sizes, "CELLS", size)
    check_cells(book)
    monkeypatch.setattr(sheet_sizes, "CELLS", size - 1)
    with pytest.raises(TooLargeError, match=rf"a sheet of {size:,} cells"):
        check_cells(book)


def test_cells_of_an_open_document_count_as_often_as_they_are_repeated(monkeypatch):
    """Two rows of one cell and of three; rows without text do not count."""
    text, empty = "<table:table-cell><text:p>x</text:p></table:table-cell>", "<table:table-cell/>"
    row = "<table:table-row{}>{}</table:table-row>"
    content = (
        row.format("", text)
        + row.format(' table:number-rows-repeated="5"', text + empty * 2)
        + row.format(' table:number-rows-repeated="999999"', empty)
        + row.format("", text + '<table:table-cell table:number-columns-repeated="7"/>')
    )
    monkeypatch.setattr(sheet_sizes, "CELLS", 24)
    with pytest.raises(TooLargeError, match="a sheet of 25 cells"):
        check_cells(workbook(content_xml=content))
    monkeypatch.setattr(sheet_sizes, "CELLS", 25)
    check_cells(workbook(content_xml=content))


@pytest.mark.parametrize("ids", [True, False])
@pytest.mark.parametrize("missing", [{"_rels/.rels"}, {"xl/_rels/workbook.xml.rels"}, {"both"}])
def test_a_workbook_without_the_parts_that_name_its_sheets_is_read(tmp_path, missing, ids):
    """As some exports write it: a sheet is the one of its number, with or without its mark."""
    both = {"_rels/.rels", "xl/_rels/workbook.xml.rels"}
    missing = both if missing == {"both"} else missing
    whole, damaged = io.BytesIO(), tmp_path / "a.xlsx"
    with pd.ExcelWriter(whole, engine="openpyxl") as book:
        for name, title in (("one", "Talks may fail"), ("two", "Ferry talks falter")):
            rows = {"title": [title], "text": [f"{title} on Monday, ministers in Dovek said."]}
            pd.DataFrame(rows).to_excel(book, sheet_name=name, index=False)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in set(old.namelist()) - missing:
            part = old.read(name)
            if name == "xl/workbook.xml" and not ids:
                part = re.sub(rb' (?:xmlns:)?r:id="rId\d+"', b"", part)
            new.writestr(name, part)
    for name, title in (("one", "Talks may fail"), ("two", "Ferry talks falter")):
        assert fr.read_corpus(f"{damaged}#{name}").articles["title"].tolist() == [title]


@pytest.mark.parametrize(
    ("cell", "damaged", "told"),
    [
        (b't="s"><v>7<', b't="s"><v>99<', True), (b't="s"><v>7<', b't="zz"><v>7<', True),
        (b't="s"><v>7<', b't="b"><v>7<', True), (b'r="B3"', b'r="B"', False),
        (b'r="B3"', b'r="99999999999"', False), (b"<v>2.5<", b"<v>2.x5<", False),
        (b'r="B3"><v>2.5<', b'r="B3" t="n"><v>2.x5<', True),
        *((b't="s"><v>7<', b't="s"><v>%s<' % n, True) for n in (b"x", b"-1", b" 7", b"7" * 30)),
    ],
)  # fmt: skip
def test_a_damaged_cell_costs_no_other(tmp_path, cell, damaged, told):
    titles = ["Talks may fail", "Ferry talks falter", "Rain"]
    rows = pd.DataFrame({"title": titles, "score": [1.5, 2.5, 3.5]})
    whole, path = io.BytesIO(), tmp_path / "a.xlsx"
    text = "Ministers in Dovek said so."
    rows.assign(day=titles[::-1], text=text).to_excel(whole, index=False, engine="xlsxwriter")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            assert name != "xl/worksheets/sheet1.xml" or cell in part
            new.writestr(name, part.replace(cell, damaged, 1) if "sheet1" in name else part)
    corpus = fr.read_corpus(path)
    inputs = corpus.audit.query("block.isna()")
    assert inputs["outcome"].eq("scored").sum() == 3
    assert inputs["reason"].str.contains("#VALUE!").sum() == told
    assert {"Talks may fail", "Rain"} < set(corpus.articles["title"])


def test_a_sheet_of_names_only_has_a_row(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        rows = pd.DataFrame({"title": ["Rain"], "text": ["Rain fell in Dovek."]})
        rows.to_excel(book, sheet_name="one", index=False)
        rows[:0].to_excel(book, sheet_name="two", index=False)
    audit = fr.read_corpus(tmp_path / "a.xlsx").audit.set_index("source")
    assert audit.loc["a.xlsx#two", "reason"] == "a sheet with no row below its column names"


def test_a_cell_with_ten_thousand_spaces_is_not_read():
    """The library writes each, and two thousand million do not fit."""
    cell = '<table:table-cell><text:p>It <text:s text:c="{}"/>rained.</text:p></table:table-cell>'
    check_cells(workbook(content_xml=cell.format("0009999")))
    with pytest.raises(TooLargeError, match="a cell with 10,000 spaces: not read"):
        check_cells(workbook(content_xml=cell.format("0010000")))


def test_articles_have_the_names_of_twenty_elements_at_most(tmp_path):
    (tmp_path / "b.txt").write_text("It rained.")
    for n in (20, 21):
        items = "".join(f"<k{i}><title>T</title><text>It rained.</text></k{i}>" for i in range(n))
        (tmp_path / "a.xml").write_text(f'<?xml version="1.0"?><all>{items}</all>')
        reasons = set(fr.read_corpus(tmp_path).audit["reason"])
        assert ("articles under over 20 names of elements: not read" in reasons) == (n > 20)
