"""Tables as programs write them: without names, in parts, in objects, in HTML, Feather and Stata."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import struct
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from pyarrow.feather import write_feather

import framing as fr
from framing.corpus import whole_tables
from framing.corpus.columns import mapping_lines, missing_lines
from framing.corpus.readers.by_name import are_names_again, by_name
from framing.corpus.readers.cells import cell_text
from framing.corpus.readers.sheet_sizes import errors_in
from framing.corpus.summary import account
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND, body, heads
from tests.corpus.test_readers import TALKS, TANKER, docx, zipped

ROWS = pd.DataFrame({
    "newspaper": ["Meridian Wire", "Daily Gull"], "headline": [TALKS, TANKER],
    "published": ["2031-03-12", "2031-03-13"], "body": [f"{FIRST}\n\n{SECOND}", FIRST],
    "leaning": ["left", "right"],
})  # fmt: skip
HEADS = [(TANKER, "Daily Gull", "2031-03-13"), (TALKS, "Meridian Wire", "2031-03-12")]


def inputs(corpus: fr.Corpus) -> pd.DataFrame:
    return corpus.audit[corpus.audit["block"].isna()]


@pytest.mark.parametrize(
    "name", ["a.feather", "a.arrow", "a.dta", "page.xls", "page.html", "a.xls"]
)
def test_a_table_is_read_from_any_file(tmp_path, name):
    """Feather, Stata, and what is called Excel but is HTML or text."""
    path = tmp_path / name
    write = {
        "a.feather": ROWS.to_feather,
        "a.arrow": ROWS.astype({"newspaper": "category"}).to_feather,
        "a.dta": lambda path: ROWS.to_stata(path, write_index=False, version=118),
        "a.xls": lambda path: ROWS.to_csv(path, sep="\t", index=False),
    }.get(name, lambda path: ROWS.to_html(path, index=False))
    write(path)
    corpus = fr.read_corpus(path)
    assert heads(corpus) == HEADS
    assert set(body(corpus)) >= {FIRST}
    assert set(corpus.articles["leaning"]) == {"left", "right"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_without_names_of_columns_the_first_row_is_an_article(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    write = ROWS.to_csv if suffix == "csv" else ROWS.to_excel
    write(path, index=False, header=False)
    with pytest.warns(UserWarning, match="text from 'column 4'"):
        assert len(fr.read_corpus(path).articles) == 2
    given = {"outlet": "column 1", "title": "column 2"}
    assert heads(fr.read_corpus(path, columns=given)) == HEADS


@pytest.mark.parametrize("quote", ['a,"b', '"a"b,c'])
def test_names_of_columns_with_wrong_quotes_are_told(tmp_path, quote):
    with pytest.raises(ValueError, match="line 1, with the names of the columns"):
        read_file(tmp_path / "a.csv", f"{quote}\n" + ROWS.to_csv(index=False))


def test_rows_that_are_paragraphs_are_joined_to_articles(tmp_path):
    """As LexisNexisTools and others write them; the audit names the rows."""
    rows = [{"Art_ID": n, "Par_ID": p, "Newspaper": "Daily Gull", "Headline": title, "Paragraph": text}
            for n, title in enumerate((TALKS, TANKER), start=1)
            for p, text in enumerate((FIRST, SECOND, f"{FIRST} {title}."), start=1)]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    assert sorted(corpus.articles["article"]) == ["1", "2"]
    assert sorted(body(corpus)) == sorted(row["Paragraph"] for row in rows)
    assert sorted(inputs(corpus)["source"]) == [
        "a.csv, row 1, and 2 more rows", "a.csv, row 4, and 2 more rows",
    ]  # fmt: skip
    mapped = corpus.columns.set_index("column")["how"]
    assert mapped["Par_ID"] == "not used: the rows of each article are joined"


def part_rows(**changed: object) -> list[dict[str, object]]:
    """Three paragraphs each of two articles, with columns of unusual names."""
    return [{"story": 10 + n, "para_nr": p, "paper": "Daily Gull", "day": f"2031-03-1{n}",
             "head": title, "para": f"{text} That was {n}."} | changed
            for n, title in enumerate((TALKS, TANKER))
            for p, text in enumerate((FIRST, SECOND, "Nobody knows how long the wait is to be, or why."))]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_rows_that_count_within_an_article_are_joined_whatever_their_columns_are_called(
    tmp_path, suffix
):
    rows = pd.DataFrame(part_rows())
    text = (
        rows.to_csv(index=False) if suffix == "csv" else rows.to_json(orient="records", lines=True)
    )
    (tmp_path / f"a.{suffix}").write_text(text)
    with pytest.warns(UserWarning, match="article from 'story'"):
        corpus = fr.read_corpus(tmp_path / f"a.{suffix}")
    assert sorted(corpus.articles["article"]) == ["10", "11"]
    assert sorted(body(corpus)) == sorted(rows["para"])
    assert corpus.columns.set_index("column")["how"]["para_nr"].startswith("not used")


@pytest.mark.parametrize("changed", [{"para_nr": None}, {"story": 1}])
def test_rows_that_may_be_paragraphs_are_a_question(tmp_path, changed):
    pd.DataFrame(part_rows(**changed)).to_csv(tmp_path / "a.csv", index=False)
    with pytest.warns(UserWarning, match="where 'head' repeats they may be its paragraphs"):
        assert len(fr.read_corpus(tmp_path / "a.csv").articles) == 6


@pytest.mark.parametrize(
    "changed",
    [
        {"head": [f"{TALKS} {n}" for n in range(6)]},  # six titles of an outlet, numbered
        {"head": [f"{TALKS} {n}" for n in range(6)], "para_nr": range(6), "story": 1},
        {"para": [f"{FIRST} {n}" for n in range(6)]},  # versions of a text
        {"head": "", "para_nr": range(6), "story": 1},  # an outlet, and a number of each row
    ],
)
def test_rows_that_are_articles_are_not_joined_nor_asked_about(tmp_path, changed):
    pd.DataFrame(part_rows()).assign(**changed).to_csv(tmp_path / "a.csv", index=False)
    with pytest.warns(UserWarning) as told:
        assert len(fr.read_corpus(tmp_path / "a.csv").articles) == 6
    assert not any("paragraphs" in str(warning.message) for warning in told)


@pytest.mark.parametrize(
    "item",
    [
        {"content": {"title": TALKS, "body": [FIRST, SECOND]}, "source": {"id": 1, "name": "Gull"}},
        {"_source": {"title": TALKS, "text": f"{FIRST}\n\n{SECOND}", "outlet": "Gull"}},
        {"headline": {"text": TALKS, "kicker": "World"}, "body": {"text": f"{FIRST}\n\n{SECOND}"},
         "outlet": "Gull"},
        {"title": TALKS, "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [FIRST]},
                                  {"headline": ["So"], "paragraphs": [SECOND]}]}, "site": "Gull"},
        {"title": TALKS, "blocks": [{"type": "p", "data": {"text": FIRST}},
                                    {"type": "p", "data": {"text": SECOND}}], "site": "Gull"},
        {"title": TALKS, "text": f"{FIRST}\n\n{SECOND}", "site": "Gull", "n": {"$numberInt": "7"}},
    ],
)  # fmt: skip
def test_a_text_inside_objects_and_lists_is_found_and_not_carried_twice(tmp_path, item):
    corpus = read_file(tmp_path / "a.jsonl", f"{json.dumps(item)}\n" * 2)
    assert heads(corpus) == [(TALKS, "Gull", "")] * 2
    assert body(corpus) == [FIRST, SECOND] * 2
    carried = corpus.articles.drop(columns=["title"]).astype(str)
    assert not carried.apply(lambda column: column.str.contains("Armed men")).any().any()
    assert not [name for name in corpus.articles if "$" in name]


def test_values_one_after_another_in_a_line_of_json_are_all_read(tmp_path):
    items = [json.dumps({"title": TALKS, "text": f"{FIRST} {n}"}) for n in range(4)]
    (tmp_path / "a.jsonl").write_text(
        f"{items[0]}{items[1]}\n[{items[2]}, {items[3]}]\n{items[0]} x\n"
    )
    found = inputs(fr.read_corpus(tmp_path / "a.jsonl"))
    assert found["outcome"].value_counts().to_dict() == {"scored": 5, "failed": 1}
    assert found["source"].is_unique


@pytest.mark.parametrize("empty", ["[]", "[ ]", "{}", "null", '""', "[[]]"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_line_of_json_with_nothing_in_it_has_a_row(tmp_path, name, empty):
    item = json.dumps({"title": TALKS, "text": FIRST})
    found = inputs(read_file(tmp_path / name, f"{item}\n{item}\n{empty}\n{item}\n"))
    assert found["outcome"].tolist().count("scored") == 3
    assert found.loc[found["outcome"] == "skipped", "reason"].tolist() == ["an empty row"]


def test_utf16_with_a_byte_too_many_costs_one_row(tmp_path):
    rows = pd.DataFrame({"title": TALKS, "text": [f"{FIRST} {n}" for n in range(9)]})
    raw = rows.to_csv(index=False, lineterminator="\n").encode("utf-16")
    assert len(read_file(tmp_path / "a.csv", raw[:700] + b"x" + raw[700:]).articles) >= 8
    (tmp_path / "b.csv").write_bytes(
        "title,text\nA\ud83d,It rained.\n".encode("utf-16", "surrogatepass")
    )
    assert "surrogate" in inputs(fr.read_corpus(tmp_path / "b.csv"))["reason"].iloc[0]


@pytest.mark.parametrize("write", [pq.write_table, write_feather])
def test_texts_that_are_held_once_are_counted_as_often_as_they_stand(tmp_path, write):
    """40 kB that unpack to 300 MB are not read to the end."""
    texts = pa.array([f"{FIRST} " * 12_000] * 300)
    if write is not pq.write_table:
        texts = texts.dictionary_encode()
    write(pa.table({"title": [TALKS] * 300, "text": texts}), tmp_path / "a.bin")
    with pytest.raises(ValueError, match=r"unpacked: not read|over the limit"):
        fr.read_corpus(tmp_path / "a.bin")


def test_a_csv_is_read_on_windows_where_a_limit_has_32_bits(tmp_path, monkeypatch):
    monkeypatch.setattr(csv, "field_size_limit", struct.Struct("<l").pack)
    assert heads(read_file(tmp_path / "a.csv", ROWS.to_csv(index=False))) == HEADS


@pytest.mark.parametrize("write", [pq.write_table, write_feather])
def test_a_column_of_texts_without_a_value_costs_no_article(tmp_path, write):
    empty = pa.array([None, None], pa.string())
    if write is not pq.write_table:
        empty = empty.dictionary_encode()
    table = pa.table({"title": [TALKS, "Ships wait"], "text": [FIRST, SECOND], "note": empty})
    write(table, tmp_path / "a.bin")
    assert len(fr.read_corpus(tmp_path / "a.bin").articles) == 2


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [("a.jpg", b"\xff\xd8\xff\xe0", "picture"), ("a.msg", b"From: x", "e-mail"),
     ("a.mhtml", b"From: x", "saved page"), ("a.doc", b"\xd0\xcf\x11\xe0", "old Word"),
     ("a.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "document type"),
     ("a.gdoc", b'{"url":"https://a.example"}', "Google document"),
     ("a.webarchive", b"bplist00", "Safari"), ("a.txt", b"[InternetShortcut]", "link to a page"),
     ("a.pptx", zipped({"[Content_Types].xml": b"x"}), "slides"), ("a.heic", b"\0\0\0\x18", "picture"),
     ("a.pages", zipped({"Index.zip": b"x"}), "Apple Pages"), ("a", b"\0\1\0\0Standard ACE DB", "Access"),
     ("a.xlsb", zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}), "save it as .xlsx"),
     ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
     ("a.numbers", zipped({"Index/Document.iwa": b"x"}), "Apple Numbers"),
     ("a.sas7bdat", b"\0" * 12 + b"\xc2\xea\x81\x60", "SAS"), ("a", b"HEADER RECORD*******LIB", "SAS"),
     ("a.xml", b"<?xml version='1.0'?><rss version='2.0'><channel><title>x", "a feed"),
     ("a.xml", b'<?xml version="1.0"?><rss><channel/></rss>', "save the pages that it links to"),
     ("a.pdf", b"%PDF-1.7", "PDF: its text has no reliable paragraphs; export"),
     ("a.html.br", b"\x8b\x02", "brotli -d"), ("a.rds", gzip.compress(b"X", mtime=0), r"write\.csv"),
     ("b.csv", b"", "an empty file")],
)  # fmt: skip
def test_what_is_not_read_is_told_with_what_to_do(tmp_path, name, start, reason):
    with pytest.raises(ValueError, match=reason):
        read_file(tmp_path / name, start)


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in ("a.doc", "a.pdf", "a.odt") for kind in ("rtf", "html", "docx")]
    + [("a.doc", "text")],
)
def test_the_first_bytes_decide_where_the_name_is_wrong(tmp_path, name, kind):
    """Databases write RTF, pages and text under the names of other formats."""
    paragraphs = [TANKER, FIRST, SECOND]
    page = "".join(f"<p>{p}</p>" for p in paragraphs)
    data = {
        "rtf": b"{\\rtf1\\ansi " + "\\par\n\\par\n".join(paragraphs).encode() + b"}",
        "html": f"<html><body><article>{page}</article></body></html>".encode(),
        "docx": docx(paragraphs),
        "text": "\n\n".join(paragraphs).encode(),
    }[kind]
    assert {FIRST, SECOND} <= set(body(read_file(tmp_path / name, data)))


def test_settings_of_a_program_are_no_article(tmp_path):
    """By the name of the file, unless it is an article with a title."""
    settings = {"query": "ferry", "text": "We chose these terms, which may be wrong, together."}
    for name in ("config.json", "study-settings.json", "package.json", "ferry.json"):
        (tmp_path / name).write_text(json.dumps(settings))
    (tmp_path / "options.json").write_text(json.dumps({"title": TALKS, "text": FIRST}))
    corpus = read_in(tmp_path, "params.json", json.dumps([{"text": FIRST}] * 2))
    outcomes = corpus.audit.drop_duplicates("source").set_index("source")["outcome"]
    assert outcomes[outcomes == "skipped"].index.tolist() == [
        "config.json", "package.json", "study-settings.json",
    ]  # fmt: skip
    assert {"ferry.json", "options.json"} <= {*corpus.articles["source"]}


def pages_of_answers() -> list[dict]:
    """Return two pages of an answer and an empty one; the first names its subjects, too."""
    found = [
        {"webTitle": title, "webUrl": f"https://gull.example/{n}", "fields": {"body": text},
         "webPublicationDate": f"2031-03-1{n}"}
        for n, (title, text) in enumerate([(TALKS, FIRST), (TANKER, SECOND)], start=2)
    ]  # fmt: skip
    first = {"response": {"status": "ok", "results": found[:1]}, "subjects": [{"name": "ferries"}]}
    second, empty = ({"response": {"status": "ok", "results": of}} for of in (found[1:], []))
    return [first, second, empty]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_pages_of_answers_are_read_like_one(tmp_path, name):
    pages = pages_of_answers()
    lines = "\n".join(map(json.dumps, pages))
    corpus = read_in(tmp_path, name, json.dumps(pages) if name == "a.json" else lines)
    assert heads(corpus) == [(TANKER, "gull.example", "2031-03-13"),
                             (TALKS, "gull.example", "2031-03-12")]  # fmt: skip
    assert body(corpus) == [FIRST, SECOND]
    assert len(inputs(corpus)) == 4


def test_articles_named_inside_an_article_are_no_inputs(tmp_path):
    inside = pages_of_answers()[0]["response"]["results"]
    written = [{"titel": TALKS, "inhalt": " ".join([FIRST] * 5), "related": inside}] * 2
    unnamed = [{"kopf": item["titel"], **item} for item in written]
    for item in unnamed:
        del item["titel"]
    for items in (written, unnamed):
        corpus = read_in(tmp_path, "a.json", json.dumps(items), columns={"text": "inhalt"})
        assert len(inputs(corpus)) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [("Variable", "Text", "Bedeutung"),
         ("V1", "Text", f"Name der Zeitung, wie er auf der Titelseite steht: {SECOND}")],
        [("What", "How"), ("Doubt", f"Ask the other coder, and then the supervisor. {SECOND}")],
        [("V3", "Datum"), ("V4", f"Tenor des Artikels, zum Beispiel: {SECOND}")],
    ],
)  # fmt: skip
def test_a_sheet_that_explains_the_table_has_no_articles(tmp_path, rows):
    found = inputs(fr.read_corpus(beside_a_table(rows, tmp_path)))
    assert found["outcome"].value_counts().to_dict() == {"skipped": 1, "scored": 2}
    assert found["reason"].str.contains("may explain").sum() == 1


def test_a_sheet_with_long_texts_explains_nothing(tmp_path):
    rows = [("2031-03-12", " ".join([FIRST] * 5)), ("2031-03-13", " ".join([SECOND] * 5))]
    assert len(fr.read_corpus(beside_a_table(rows, tmp_path)).articles) == 4


def beside_a_table(rows: list[tuple[str, ...]], folder: Path) -> Path:
    with pd.ExcelWriter(folder / "a.xlsx") as book:
        pd.DataFrame(rows).to_excel(book, sheet_name="A", header=False, index=False)
        ROWS.to_excel(book, sheet_name="B", index=False)
    return folder / "a.xlsx"


def test_a_column_in_english_is_named_where_the_text_is_not(tmp_path):
    german = "Die Gespräche sind am Montag gescheitert, und niemand war darüber erstaunt."
    table = pd.DataFrame({"title": ["Eins"], "content": [german], "content_en": [FIRST]})
    table.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(ValueError, match=r"'de'.*; 'content_en' may be in English: columns"):
        fr.read_corpus(tmp_path / "a.csv")
    given = fr.read_corpus(tmp_path / "a.csv", columns={"text": "content_en"})
    assert body(given) == [FIRST]


def test_a_table_of_two_thousand_columns_is_carried_along(tmp_path):
    """As a document-feature matrix has them; looking each up among all took over a minute."""
    rows = pd.DataFrame({"title": [TALKS, TANKER], "text": [FIRST, SECOND]})
    numbers = pd.DataFrame({f"feature{k}": [k, 1] for k in range(2000)})
    pd.concat([rows, numbers], axis=1).to_csv(tmp_path / "a.csv", index=False)
    articles = fr.read_corpus(tmp_path / "a.csv").articles
    assert articles[numbers.columns].sum().tolist() == [k + 1 for k in range(2000)]


def test_columns_that_few_articles_have_are_left_out_where_there_are_very_many(
    tmp_path, monkeypatch
):
    """Whatever the order of the rows; each row that had one says so, and the table of columns."""
    monkeypatch.setattr(whole_tables, "MOST_CARRIED", 2)
    rows = [{"text": f"{FIRST} {k}", "a": k, "b": 1, f"c{k}": 1} for k in range(3)]
    rows += [{"text": SECOND, "b": 1, "a": 9}]
    tables = []
    for ordered in (rows, rows[::-1]):
        corpus = read_in(tmp_path, "a.jsonl", "\n".join(map(json.dumps, ordered)))
        reasons = inputs(corpus)["reason"]
        assert reasons.str.contains("1 cell not used: over the limit of .* columns").sum() == 3
        left = corpus.columns[corpus.columns["how"] == whole_tables.NOT_CARRIED]
        assert set(left["column"]) == {"c0", "c1", "c2"} and set(left["field"]) == {""}
        tables.append(corpus.articles.drop(columns="source"))
    assert tables[0]["a"].tolist() == tables[1]["a"].tolist() and "c0" not in tables[0]


def test_a_key_of_its_own_in_every_object_makes_no_table_of_rows_times_rows(tmp_path):
    rows = [{"text": f"{FIRST} {k}", "a": k, f"c{k}": 1} for k in range(450)]
    corpus = read_in(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert sorted(corpus.articles["a"].astype(int)) == list(range(450))
    left = corpus.columns[corpus.columns["how"] == whole_tables.NOT_CARRIED]
    assert len(left) == 450 + 1 - whole_tables.MOST_RARE
    assert corpus.articles.columns.str.fullmatch(r"c\d+").sum() == whole_tables.MOST_RARE - 1


def in_html(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def in_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def in_workbook(rows: list[list[str]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "made"), [("a.csv", in_csv), ("a.xlsx", in_workbook), ("a.html", in_html)]
)
@pytest.mark.parametrize(
    "second",
    [["body", "headline", "newspaper", "published"], ["Headline", "Text", "Source", "Date"],
     ["Coder", "Headline", "Text", "Outlet"], ["Headline", "Text", "Outlet", ""],
     ["Headline", "Text", "Outlet", "Date", "Section"]],
)  # fmt: skip
def test_a_second_list_below_the_first_has_columns_of_its_own(tmp_path, name, made, second):
    """It was read under the names of the first: titles as texts, texts as titles."""
    cells = {"text": SECOND, "title": "Hail", "outlet": "Post", "date": "2031-03-14"}
    row = [cells.get(next(iter(by_name([column])), ""), "") for column in second]
    rows = [["title", "outlet", "text", "date"], [TALKS, "Gull", FIRST, "2031-03-12"]]
    corpus = read_in(tmp_path, name, made([*rows, [""] * 4, second, row]))
    found = corpus.articles.set_index("outlet")["title"].to_dict()
    assert found == {"Gull": TALKS, "Post": "Hail"}
    assert set(body(corpus)) == {FIRST, SECOND}
    assert inputs(corpus)["reason"].tolist().count("names of columns again") == 1


@pytest.mark.parametrize(
    "row",
    [["Text", "Daily Gull", FIRST], ["Story", "", ""], ["The Text", "The Source", ""],
     ["Headline", "3", "1"], ["News", "Gull", "Text"], ["", "Source", "Date"]],
)  # fmt: skip
def test_a_row_with_a_word_or_two_that_name_columns_is_an_article(row):
    assert not are_names_again(row, ["title", "outlet", "text"])


def test_the_first_of_two_lists_is_read_where_the_second_has_more_columns(tmp_path):
    rows = [["headline", "newspaper"], [TALKS, "Gull"], [TANKER, "Gull"],
            ["title", "outlet", "text", "date"], ["Hail", "Post", SECOND, "2031-03-14"]]  # fmt: skip
    corpus = read_in(tmp_path, "a.xlsx", in_workbook(rows))
    assert sorted(corpus.articles["title"]) == sorted([TALKS, TANKER, "Hail"])


def workbook(cells: str) -> bytes:
    return of_sheet(f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode())


def of_sheet(sheet: bytes) -> bytes:
    book = '<workbook><sheets><sheet name="S" sheetId="1"/></sheets></workbook>'
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": book.encode(),
                   "xl/worksheets/sheet1.xml": sheet})  # fmt: skip


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_cell_far_from_the_table_is_told_and_costs_no_other_file(tmp_path):
    first = f"<row r='1'>{text_cell('A1', 'title')}{text_cell('B1', 'text')}</row>"
    second = f"<row r='2'>{text_cell('A2', TALKS)}{text_cell('B2', FIRST)}</row>"
    far = f"<row r='1048576'>{text_cell('XFD1048576', 'x')}</row>"
    (tmp_path / "good.xlsx").write_bytes(workbook(first + second))
    (tmp_path / "far.xlsx").write_bytes(workbook(first + second + far))
    cell = '<table:table-cell table:number-columns-repeated="9999"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="9999">{cell}</table:table-row>'
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    (tmp_path / "far.ods").write_bytes(zipped({"mimetype": mimetype, "content.xml": rows.encode()}))
    found = inputs(fr.read_corpus(tmp_path)).set_index("source")
    assert found.loc["good.xlsx, row 1", "outcome"] == "scored"
    assert "column 16,384" in found.loc["far.xlsx", "reason"]
    assert "repeated" in found.loc["far.ods", "reason"]


def test_the_sheet_of_an_open_document_is_read_without_thousands_of_copies_of_a_row(tmp_path):
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)

    def row(title: str, text: str, times: int = 1) -> str:
        cells = (
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in (title, text)
        )
        begin = f'<table:table-row table:number-rows-repeated="{times}">'
        return f"{begin}{''.join(cells)}</table:table-row>"

    rows = [row("title", "text"), row(TALKS, FIRST), row("Rain", SECOND, 1_048_570)]
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {
        "mimetype": mimetype,
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<a/>",
    }
    (tmp_path / "a.ods").write_bytes(zipped(parts))
    found = inputs(fr.read_corpus(tmp_path)).set_index("source")
    assert list(found.loc[["a.ods, row 1", "a.ods, row 2"], "outcome"]) == ["scored"] * 2
    assert len(found) == 3
    assert found.loc["a.ods, the rest", "reason"].startswith("1,048,569 copies")


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_sheet_that_is_cut_off_is_read_up_to_its_last_whole_row(tmp_path, prefix):
    rows = [("title", "text"), (TALKS, FIRST), (TANKER, SECOND), ("Rain", f"{SECOND} {FIRST}")]
    cells = (
        f"<row r='{n}'>{text_cell(f'A{n}', title)}{text_cell(f'B{n}', text)}</row>"
        for n, (title, text) in enumerate(rows, start=1)
    )
    sheet = f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>"
    sheet = re.sub("<(/?)", rf"<\1{prefix}", sheet)
    for end in range(sheet.index(TANKER), sheet.index(f"</{prefix}sheetData"), 11):
        (tmp_path / "a.xlsx").write_bytes(of_sheet(sheet[:end].encode()))
        found = inputs(fr.read_corpus(tmp_path)).set_index("source")
        read = sheet[:end].count(f"</{prefix}row>") - 1  # without the names of the columns
        assert list(found[found.outcome == "scored"].index.sort_values()) == [
            f"a.xlsx, row {n}" for n in range(1, read + 1)
        ]
        told = found.drop(found.index[found.outcome == "scored"])
        assert list(told.outcome) == ["failed"] and "open the workbook" in told.reason.iloc[0]


@pytest.mark.parametrize(("begin", "end"), [('{"a":', "}"), ('{"a":[', "]}")])
def test_an_object_too_deep_costs_no_other(tmp_path, begin, end):
    deep = begin * 5000 + "1" + end * 5000
    items = [json.dumps({"title": TALKS, "text": f"{FIRST} {n}"}) for n in range(2)]
    found = inputs(read_file(tmp_path / "a.json", f"[{items[0]}, {deep}, {items[1]}]"))
    assert found["outcome"].value_counts().to_dict() == {"scored": 2, "failed": 1}


def test_a_text_below_unknown_keys_is_found(tmp_path):
    item = {
        "title": TALKS,
        "body": {"elements": [{"kind": 1, "rich": {"de": "", "en": f"{FIRST} {SECOND}"}}]},
    }
    assert body(read_file(tmp_path / "a.json", json.dumps([item]))) == [f"{FIRST} {SECOND}"]


def test_quotation_marks_escaped_by_backslashes(tmp_path):
    """As R, MySQL and Spark write them; a row of a plain table may hold a backslash at its end."""
    said = f'"{FIRST}" She wrote "so be it", twice.'
    rows = ROWS.assign(body=[f"{said}\n\n{SECOND}", said])
    path = tmp_path / "a.csv"
    rows.to_csv(path, index=False, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False)
    corpus = fr.read_corpus(path)
    assert heads(corpus) == HEADS
    assert sorted(body(corpus)) == sorted([said, said, SECOND])
    rows.assign(leaning=["C:\\", 'so \\"']).to_csv(path, index=False, quoting=csv.QUOTE_ALL)
    corpus = fr.read_corpus(path)
    assert sorted(body(corpus)) == sorted([said, said, SECOND])
    assert set(corpus.articles["leaning"]) == {"C:\\", 'so \\"'}


def test_line_breaks_written_as_two_letters(tmp_path):
    """Only where they recur, and where the column has no real line break."""
    path = tmp_path / "a.tsv"
    written = [rf"{FIRST}\n\n{SECOND}\n\nNobody fears it.", rf"{FIRST}\r\n\r\n{SECOND}"]
    ROWS.assign(body=written, leaning=r"C:\news").to_csv(path, index=False, sep="\t")
    corpus = fr.read_corpus(path)
    assert sorted(body(corpus)) == sorted([FIRST, SECOND, "Nobody fears it.", FIRST, SECOND])
    assert set(corpus.articles["leaning"]) == {r"C:\news"}
    kept = rf"{FIRST} She typed a.\n and b.\n here."
    ROWS.assign(body=[kept, f"{FIRST}\n\n{SECOND}"]).to_csv(path, index=False, sep="\t")
    assert kept in body(fr.read_corpus(path))


PARTS = [f"{FIRST}\n", 'The mayor\'s "no" stands.', SECOND]
NUMPY = "\n ".join(map(repr, PARTS))


@pytest.mark.parametrize("printed", [str(PARTS), json.dumps(PARTS), f"[{NUMPY}]"])
def test_a_printed_list_of_paragraphs_is_read_as_one(tmp_path, printed):
    """As Python, JSON or NumPy print it; what only looks like one is text."""
    path = tmp_path / "a.csv"
    like_one = f"['{FIRST}' she said']"
    ROWS.assign(body=[printed, like_one]).to_csv(path, index=False)
    texts = [part.strip() for part in PARTS]
    assert sorted(body(fr.read_corpus(path))) == sorted([*texts, like_one])


def test_links_of_a_sheet_are_their_texts(tmp_path):
    path = tmp_path / "a.csv"
    links = [
        f'=HYPERLINK("https://x.example/1"{mark}"{title}")'
        for mark, title in zip(",;", ROWS["headline"], strict=True)
    ]
    ROWS.assign(headline=links).to_csv(path, index=False)
    assert heads(fr.read_corpus(path)) == HEADS
    assert cell_text('=HYPERLINK("http://a", "so ""be"" it")') == 'so "be" it'
    assert cell_text('=HYPERLINK("x")') == '=HYPERLINK("x")'
    assert cell_text('=HYPERLINK("https://x.example/1")') == "https://x.example/1"


@pytest.mark.parametrize("body_text", [SECOND, f"{FIRST}\n\n{SECOND}"])
def test_the_snippet_of_dow_jones_is_the_first_part_of_the_text(tmp_path, body_text):
    path = tmp_path / "a.jsonl"
    row = {
        "an": "G1", "title": TALKS, "snippet": FIRST, "body": body_text,
        "source_name": "Meridian Wire", "publisher_name": "Holdings",
        "publication_date": 1930953600000, "ingestion_datetime": 1940000000000,
    }  # fmt: skip
    path.write_text(json.dumps(row))
    corpus = fr.read_corpus(path)
    assert heads(corpus) == [(TALKS, "Meridian Wire", "2031-03-11")]
    assert body(corpus) == [FIRST, SECOND]


def test_days_since_an_unknown_year_are_told(tmp_path):
    """Stata's 21215 is in 2018; for Excel the number would be a day in 1958."""
    ROWS.assign(published=[21215, 43131]).to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    assert heads(corpus) == [(TANKER, "Daily Gull", "2018-01-31"), (TALKS, "Meridian Wire", "")]
    told = "1 without a date: 1 × days since 1900 (Excel), 1960 (Stata) or 1970 (R)?"
    assert told in str(list(missing_lines(corpus.articles, corpus.audit)))


@pytest.mark.parametrize(
    ("lead", "texts"),
    [
        (FIRST, [SECOND]),  # the article goes on in the body
        (FIRST, [FIRST, SECOND]),
        (f"{FIRST[:-9]} …", [FIRST, SECOND]),  # cut by the program that made the table
        (f"PORT ANSEL (Wire) - {FIRST}", [FIRST, SECOND]),
    ],
)
def test_a_lead_in_a_column_of_its_own_is_read_once(tmp_path, lead, texts):
    """Before a text that does not have it; the column stays, and it is listed what became of it."""
    table = ROWS.assign(body="\n\n".join(texts), lead=lead)
    table.to_csv(tmp_path / "a.csv", index=False)
    with pytest.warns(UserWarning, match="text from 'lead'"):
        corpus = fr.read_corpus(tmp_path / "a.csv")
    assert body(corpus) == [FIRST, SECOND] * 2
    assert set(corpus.articles["lead"]) == {lead}


def test_a_lead_without_a_text_is_no_text(tmp_path):
    """The article has a headline only; a column that the user names is the text, and no other."""
    table = ROWS.assign(body=[SECOND, ""], lead=FIRST, summary=f"In short: {FIRST}")
    table.to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    assert body(corpus) == [FIRST, SECOND]
    assert sorted(corpus.articles["body_status"]) == ["full", "missing"]
    assert body(fr.read_corpus(tmp_path / "a.csv", columns={"text": "body"})) == [SECOND]


@pytest.mark.parametrize(
    "date",
    [
        {"iso": "2031-03-12T10:00:00Z"},
        {"timezone_type": 3, "timezone": "UTC", "date": "2031-03-12 10:00:00.000000"},
        {"_seconds": 1931076000, "_nanoseconds": 0},
        {"modified": "2031-03-14", "created": "2031-03-12"},
        {"year": 2031, "month": 3, "day": 12},
        {"utc": "2031-03-12 10:00", "zone": {"name": "Port Ansel"}},
        {"$date": {"$numberLong": "1931076000000"}},
    ],
)
def test_a_date_may_be_an_object(tmp_path, date):
    rows = [{"published": date, "headline": TALKS, "body": FIRST, "site": "Gull"}] * 2
    corpus = read_file(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert heads(corpus) == [(TALKS, "Gull", "2031-03-12")] * 2


def test_an_object_without_a_date_is_told(tmp_path):
    rows = [{"published": {"when": "soon", "zone": "UTC"}, "headline": TALKS, "body": FIRST}] * 2
    reasons = inputs(read_file(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))["reason"]
    assert reasons.str.contains("'soon; UTC'").all()


ANSWERS = [
    {"status": "error", "code": "rateLimited", "message": "Too many requests. Wait an hour."},
    {"status": "ok", "totalResults": 0, "articles": []},
    {"fault": {"faultstring": "Invalid key", "detail": {"errorcode": "oauth.v2.InvalidApiKey"}}},
    {"response": {"status": "ok", "total": 0, "startIndex": 0, "results": []}},
    {"message": "Not Found", "documentation_url": "https://docs.example/rest"},
    {"errors": [{"status": "403", "detail": "This subscription does not allow full texts."}]},
    {"detail": "Authentication credentials were not provided."},
    {"took": 2, "timed_out": False, "hits": {"total": {"value": 0}, "hits": []}},
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_without_articles_is_none(tmp_path, answer):
    """In a file of its own, and in a line beside articles."""
    story = {"title": TALKS, "content": FIRST, "publishedAt": "2031-03-12"}
    (tmp_path / "a.json").write_text(json.dumps(answer))
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, [story, answer, story])))
    corpus = read_in(tmp_path, "c.json", json.dumps({"status": "ok", "articles": [story]}))
    assert corpus.articles["title"].tolist() == [TALKS] * 3
    told = inputs(corpus).set_index("source")["reason"]
    assert told[["a.json", "b.jsonl, line 2"]].str.startswith("an answer ").all()


@pytest.mark.parametrize("more", [{"title": TALKS}, {"id": 7, "type": "status"}, {"note": "x"}])
def test_a_message_may_be_a_text(tmp_path, more):
    assert body(read_file(tmp_path / "a.json", json.dumps({"message": FIRST} | more))) == [FIRST]


def test_the_name_of_a_table_is_the_outlet_if_asked(tmp_path):
    """It is named as a way out where several tables have no column of outlets."""
    for outlet in ("daily_gull", "herald"):
        ROWS.drop(columns="newspaper").to_csv(tmp_path / f"{outlet}.csv", index=False)
    corpus = fr.read_corpus(tmp_path)
    hint = next(missing_lines(corpus.articles, corpus.audit))
    assert hint.startswith("4 without an outlet") and 'outlet=(path)"' in hint
    named = fr.read_corpus(tmp_path, columns={"outlet": "(path)"})
    assert sorted(set(named.articles["outlet"])) == ["daily_gull", "herald"]
    assert "outlet from the name of the table" in "".join(mapping_lines(named.columns))


@pytest.mark.parametrize(
    "text",
    [
        '<doc id="1">\n<p>\n<s>\nRain\tNN\train\nfell\tVBD\tfall\n.\t.\t.\n</s>\n',
        "# sent_id = 1\n# text = Rain fell.\n1\tRain\train\n2\tfell\tfall\n3\t.\t.\n",
    ],
)
def test_a_word_a_line_is_refused_by_name(tmp_path, text):
    with pytest.raises(ValueError, match="a word in each line"):
        read_file(tmp_path / "a.vert", text)


@pytest.mark.parametrize("suffix", ["parquet", "feather", "frame"])
def test_bytes_in_a_table_are_texts(tmp_path, suffix):
    """Also such as are no UTF-8; the printed form of bytes is no text."""
    texts = [FIRST.encode(), f"{SECOND} \u201cIt is caf\xe9.\u201d".encode("cp1252")]
    table = ROWS.assign(body=texts, newspaper=[b"Meridian Wire", b"Daily Gull"])
    write = {"parquet": table.to_parquet, "feather": table.to_feather}.get(suffix)
    if write:
        write(tmp_path / f"a.{suffix}")
    corpus = fr.read_corpus(tmp_path / f"a.{suffix}" if write else table)
    assert set(body(corpus)) == {FIRST, f"{SECOND} \u201cIt is caf\xe9.\u201d"}
    assert heads(corpus) == HEADS


@pytest.mark.parametrize("code", ["_x000D_", "_x000D_\n", "_x000d__x000a_", "_x000A__x000A_"])
def test_control_characters_that_excel_escapes_are_line_ends(tmp_path, code):
    ROWS.assign(body=f"{FIRST}{code}{SECOND}").to_csv(tmp_path / "a.csv", index=False)
    assert body(fr.read_corpus(tmp_path / "a.csv")) == [FIRST, SECOND] * 2


def test_a_file_without_a_text_describes_the_text_of_its_name(tmp_path):
    """A JSON of metadata beside each text; one without a text of its name stays an article."""
    for n, title in enumerate((TALKS, TANKER)):
        (tmp_path / f"{n}.txt").write_text(FIRST if n else SECOND)
        said = {"outlet": "Gull", "date": "2031-03-12", "title": title, "desk": "news"}
        (tmp_path / f"{n}.json").write_text(json.dumps(said))
    corpus = read_in(tmp_path, "9.json", json.dumps({"outlet": "Sun", "title": "Rain fell"}))
    assert {(TANKER, "Gull", "2031-03-12"), (TALKS, "Gull", "2031-03-12")} < {*heads(corpus)}
    assert len(corpus.articles) == 3
    assert sorted(corpus.articles["desk"]) == ["", "news", "news"]


def test_plain_text_under_another_name_says_what_to_do(tmp_path):
    (tmp_path / "a.story").write_text(f"{FIRST}\n\n{SECOND} Caf\xe9.", "utf-8")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)))
    with pytest.raises(ValueError, match=r"call it \.txt"):
        fr.read_corpus(tmp_path / "a.story")
    with pytest.raises(ValueError, match="of no known format"):
        fr.read_corpus(tmp_path / "b.bin")


@pytest.mark.parametrize(("size", "told"), [(32_767, True), (65_535, True), (32_766, False)])
def test_a_text_as_long_as_a_cell_can_be_is_told(tmp_path, size, told):
    long = (f"{FIRST}\n\n" * 999)[:size]
    ROWS.assign(body=[long, FIRST]).to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    assert inputs(corpus)["reason"].str.contains("maybe cut off").sum() == told
    assert (corpus.articles["body_status"] == "truncated").sum() == told
    assert len(body(corpus)) == 1 or not told


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_notes_of_an_export_above_the_column_names_are_left_out(tmp_path, mark):
    """Also where they have two cells."""
    notes = f"Export{mark}12.01.2031\nQuery{mark}ferry AND strike\n\n"
    assert heads(read_file(tmp_path / "a.csv", notes + ROWS.to_csv(index=False, sep=mark))) == HEADS


def of_rows(**columns) -> pd.DataFrame:
    return pd.DataFrame({**columns, "title": [TALKS, TANKER], "text": [FIRST, SECOND]})


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["para_1", "para_2", "para_3"], True),
        (["Absatz 1", "Absatz 2", "Absatz 3"], True),
        (["text1", "text2", "text3"], True),
        (["paragraph.10", "paragraph.9", "paragraph.11"], False),
    ],
)
def test_a_text_whose_paragraphs_have_columns_is_read_in_order(names, first):
    cells = [FIRST, SECOND, "Ships wait."] if first else [SECOND, FIRST, "Ships wait."]
    rows = pd.DataFrame([[TALKS, *cells], [TANKER, FIRST, None, None]], columns=["title", *names])
    rows = rows if first else rows[:1]
    with pytest.warns(UserWarning, match="text from"):
        corpus = fr.read_corpus(rows)
    longer = corpus.paragraphs[
        corpus.paragraphs["article"] == corpus.articles.set_index("title")["article"][TALKS]
    ]
    assert longer["text"].tolist() == [TALKS, FIRST, SECOND, "Ships wait."]
    assert set(names).isdisjoint(corpus.articles)


@pytest.mark.parametrize(
    "names",
    [["Text (part 1)", "Text (part 2)"], ["Text", "Text (continued)"], ["body", "body cont."],
     ["text_part_1", "text_part_2"], ["Text", "Text (part 2)"]],
)  # fmt: skip
@pytest.mark.parametrize("of_all", [True, False])
def test_the_rest_of_a_text_in_a_second_column_is_read(tmp_path, names, of_all):
    """Of every article, or of some only."""
    rows = [[TALKS, FIRST, SECOND], [TANKER, SECOND, "Ships wait." if of_all else ""]]
    pd.DataFrame(rows, columns=["title", *names]).to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    texts = corpus.paragraphs.loc[corpus.paragraphs["role"] != "headline", "text"]
    assert sorted(texts) == sorted([FIRST, SECOND, SECOND] + ["Ships wait."] * of_all)
    assert not set(names) & set(corpus.articles)


@pytest.mark.parametrize(("size", "joined"), [(32_000, True), (2_000, False)])
def test_what_goes_on_behind_a_full_cell_is_one_text_without_a_break(size, joined):
    """A word that the end of the cell cuts is whole again; shorter texts may be two versions."""
    text = f"{FIRST} " * (40_000 // len(FIRST)) + "It ended."
    rows = [{"title": TALKS, "text1": text[:size], "text2": text[size:]},
            {"title": TANKER, "text1": SECOND, "text2": ""}]  # fmt: skip
    if not joined:
        with pytest.raises(ValueError, match=r"call parts of one text text_part_1"):
            fr.read_corpus(pd.DataFrame(rows))
        return
    assert sorted(body(fr.read_corpus(pd.DataFrame(rows)))) == sorted([text, SECOND])


@pytest.mark.parametrize(
    "names", [["text1", "text2"], ["version 1", "version 2"], ["para_1", "text"]]
)
def test_two_texts_of_an_article_are_not_joined(names):
    rows = pd.DataFrame(
        [[TALKS, f"{FIRST} {FIRST}", f"{SECOND} {SECOND}"]], columns=["title", *names]
    )
    given = {} if "text" in names else {"text": names[1]}
    assert body(fr.read_corpus(rows, columns=given)) == [f"{SECOND} {SECOND}"]


@pytest.mark.parametrize("first", [None, "Rain fell."])
def test_numbered_columns_that_are_empty_or_of_few_words_are_no_text(first):
    rows = pd.DataFrame(
        [[TALKS, first, FIRST, SECOND]], columns=["title", "para_1", "para_2", "text"]
    )
    corpus = fr.read_corpus(rows)
    assert (body(corpus), corpus.articles["para_2"].item()) == ([SECOND], FIRST)


def test_columns_with_the_number_of_a_codebook_and_a_sheet_of_variables(tmp_path):
    names = ["V1_date", "V2_outlet", "V3_title", "V4_text", "V5_frame"]
    rows = [
        ["12.03.2031", "Gull", TALKS, FIRST, "1"],
        ["13.03.2031", "Herald", TANKER, SECOND, "2"],
    ]
    about = [["Variable", "Label"], *[[n, f"What {n[3:]} is"] for n in names]]
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame(about).to_excel(book, sheet_name="Codebook", index=False, header=False)
        pd.DataFrame(rows, columns=names).to_excel(book, sheet_name="Articles", index=False)
    corpus = fr.read_corpus(tmp_path / "a.xlsx")
    assert heads(corpus) == [(TANKER, "Herald", "2031-03-13"), (TALKS, "Gull", "2031-03-12")]
    assert corpus.articles["V5_frame"].tolist() == [1, 2] or set(corpus.articles["V5_frame"]) == {
        1,
        2,
    }
    left = inputs(corpus).set_index("source")["reason"]["a.xlsx#Codebook"]
    assert left == "a list of variables, or a table on its side (an article in each column)"


def test_hidden_sheets_and_rows_are_read_and_told(tmp_path):
    """In the audit of each, and in a line with their number; the first rows are no article."""
    book = openpyxl.Workbook()
    shown, old = book.active, book.create_sheet("old")
    shown.append(["Sample of the spring"])
    for sheet in (shown, old):
        sheet.append(["outlet", "title", "text"])
    for n, row in enumerate([[TALKS, FIRST], [TANKER, SECOND], ["Ferries", f"{FIRST} {SECOND}"]]):
        (old if n == 2 else shown).append(["Gull", *row])
    shown.row_dimensions[4].hidden = True
    old.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    line = "2 hidden in a workbook (such as a.xlsx#"
    with pytest.warns(UserWarning, match=re.escape(line)):
        corpus = fr.read_corpus(tmp_path / "a.xlsx")
    told = inputs(corpus).set_index("source")["reason"]
    assert set(told[told == "hidden in a workbook"].index) == {
        "a.xlsx#Sheet, row 2", "a.xlsx#old, row 1"
    }  # fmt: skip
    assert told["a.xlsx#Sheet, row 1"] == ""


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.html", "a.parquet", "frame"])
def test_of_two_columns_of_one_name_both_are_kept(tmp_path, name):
    rows = of_rows(outlet=["Gull", "Herald"])
    rows = pd.concat([rows, pd.DataFrame({"f": [1, 2], "g": [3, 4]}, dtype=str)], axis=1)
    rows.columns = [*rows.columns[:-2], "frame", "frame"]
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(
            pa.Table.from_arrays([pa.array(rows.iloc[:, n]) for n in range(5)], [*rows]), path
        )
    elif name != "frame":
        write = {"a.csv": rows.to_csv, "a.xlsx": rows.to_excel, "a.html": rows.to_html}[name]
        write(path, index=False)
    articles = fr.read_corpus(rows if name == "frame" else path).articles.set_index("title")
    assert articles.loc[[TALKS, TANKER], ["frame", "frame_2"]].astype(str).to_numpy().tolist() == [
        ["1", "3"], ["2", "4"],
    ]  # fmt: skip


def test_a_field_inside_a_column_is_the_column_where_nothing_is_inside():
    """As an answer that names some makers by a text, and others by an object."""
    rows = pd.DataFrame({"title": [TALKS, TANKER], "text": [FIRST, SECOND]})
    rows["made"] = [{"by": "Gull", "on": 5}, "Herald"]
    corpus = fr.read_corpus(rows, columns={"outlet": "made.by"})
    assert sorted(corpus.articles["outlet"]) == ["Gull", "Herald"]


def test_a_damaged_line_of_a_json_file_is_one_row_and_those_below_it_are_read(tmp_path):
    """Also where the name of the file does not say that it has an object a line."""
    lines = ROWS.to_json(orient="records", lines=True).splitlines()
    damaged = "\n".join([lines[0], '{"headline": "Rain" falls}', "", lines[1]])
    corpus = read_in(tmp_path, "a.json", damaged)
    failed = inputs(corpus).query("outcome == 'failed'")
    assert failed["source"].tolist() == ["a.json, line 2"]
    assert len(corpus.articles) == 2


@pytest.mark.parametrize("name", ["a.dta", "a.sav"])
def test_labels_of_variables_tell_what_their_names_do_not(tmp_path, name):
    rows = ROWS.rename(
        columns={"headline": "q2", "newspaper": "q1", "published": "q3", "body": "q4"}
    )
    labels = {
        "q1": "Name of the newspaper", "q2": "Headline of the article", "q3": "Date of publication",
        "q4": "Full text of the article", "leaning": "Leaning",
    }  # fmt: skip
    if name == "a.dta":
        rows.to_stata(tmp_path / name, write_index=False, variable_labels=labels, version=118)
    else:
        pytest.importorskip("pyreadstat").write_sav(rows, tmp_path / name, column_labels=labels)
    corpus = fr.read_corpus(tmp_path / name)
    assert heads(corpus) == HEADS
    assert "label" in set(corpus.columns["how"])


@pytest.mark.parametrize(("cell", "titled"), [("Rain falls", False), ("Rain falls again", True)])
def test_a_title_under_another_name_has_three_words(cell, titled):
    rows = pd.DataFrame({"link": [cell, f"{cell}?"], "text": [FIRST, SECOND]})
    assert fr.read_corpus(rows).articles["title"].isin([cell]).any() == titled


def test_rows_and_cells_of_a_page_may_have_no_end(tmp_path):
    table = ROWS.to_html(index=False).partition("</tbody>")[0]
    corpus = read_in(tmp_path, "a.html", re.sub("</(td|tr)>", "", table))
    assert heads(corpus) == HEADS
    assert set(corpus.articles["leaning"]) == {"left", "right"}


def test_rows_in_a_comment_of_a_page_are_none_and_those_below_it_are_read(tmp_path):
    table = ROWS.to_html(index=False)
    (tmp_path / "a.html").write_text(table.replace("</tr>", "</tr><!-- <tr><td>Old</td> -->"))
    assert heads(fr.read_corpus(tmp_path)) == HEADS


@pytest.mark.parametrize("name", ["Link", "article", "Hit"])
def test_titles_under_the_name_of_a_link_or_an_article(name):
    rows = pd.DataFrame({name: [TALKS, TANKER], "outlet": "Gull", "text": [FIRST, SECOND]})
    assert set(fr.read_corpus(rows).articles["title"]) == {TALKS, TANKER}


@pytest.mark.parametrize(
    "cells", [["a1", "a2"], ["https://gull.example/1", "https://gull.example/2"]]
)
def test_ids_and_addresses_are_no_titles(cells):
    rows = pd.DataFrame(
        {"article": cells, "link": cells, "outlet": "Gull", "text": [FIRST, SECOND]}
    )
    assert set(fr.read_corpus(rows).articles["title"]) == {""}


def test_the_full_text_comes_before_its_beginning():
    rows = of_rows(outlet="Gull").rename(columns={"text": "full_content"})
    rows["content"] = [f"{FIRST[:40]}… [+500 chars]", f"{SECOND[:40]}… [+500 chars]"]
    assert sorted(body(fr.read_corpus(rows))) == sorted([FIRST, SECOND])


def test_hosts_are_outlets_and_remarks_keep_their_lines():
    remarks = ["first line\nsecond  line ", "one"]
    rows = of_rows(domain=["www.gull.example", "herald.example"], remark=remarks)
    articles = fr.read_corpus(rows).articles.set_index("title")
    assert articles.loc[TALKS, ["outlet", "remark"]].tolist() == [
        "www.gull.example", "first line\nsecond line",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["…", " ... [+500 chars]", "", " […]"])
def test_a_text_that_breaks_off_is_taken_from_the_column_in_which_it_goes_on(end):
    whole = [f"{FIRST} {SECOND} It is over.", f"{SECOND} {FIRST} It is over."]
    rows = of_rows(outlet="Gull").assign(text=[f"{t[:140]}{end}" for t in whole], scrape=whole)
    assert sorted(body(fr.read_corpus(rows))) == sorted(whole)


def test_a_whole_text_stays_the_text_beside_a_longer_one():
    texts = [f"{FIRST} {SECOND}", f"{SECOND} {FIRST}"]
    rows = of_rows(outlet="Gull").assign(
        text=texts, raw_page=[f"{t} Log in. Share." for t in texts]
    )
    assert sorted(body(fr.read_corpus(rows))) == sorted(texts)


@pytest.mark.parametrize("end", ["…", "", "."])
def test_without_a_text_an_excerpt_goes_on_in_the_summary(end):
    """Where the excerpt is whole, or the summary short, it is not the text."""
    whole = [" ".join([FIRST, SECOND] * 3), " ".join([SECOND, FIRST] * 3)]
    for full, read in ((whole, end != "."), ([t[:200] + "." for t in whole], False)):
        rows = of_rows(outlet="Gull").drop(columns="text")
        rows = rows.assign(excerpt=[f"{t[:95].rpartition(' ')[0]}{end}" for t in whole])
        corpus = fr.read_corpus(rows.assign(summary=full))
        assert sorted(body(corpus)) == (sorted(whole) if read else [])


def test_a_summary_does_not_take_the_place_of_a_text_that_breaks_off():
    whole = [f"{FIRST} {SECOND} It is over.", f"{SECOND} {FIRST} It is over."]
    rows = of_rows(outlet="Gull").assign(text=[f"{t[:140]}…" for t in whole], description=whole)
    assert (fr.read_corpus(rows).articles["body_status"] == "truncated").all()


@pytest.mark.parametrize(
    "mark", ["k.A.", "k. A.", "-99", "-999", "-8", "keine Angabe", "o.A.", "s.d.", "n. d.",
             "sin datos", "non renseigné", "ikke oplyst"],
)  # fmt: skip
def test_what_people_write_where_nothing_is_known_is_no_value(tmp_path, mark):
    """As outlet, title and day; in a text, a section or a column of one's own it stays."""
    text = f"{FIRST} She was {mark} then, {mark} and no more."
    of_it = pd.DataFrame({"section": [mark, "N.D."], "score": [mark, "3"]})
    rows = ROWS.drop(columns="leaning").join(of_it)
    rows.loc[0, ["newspaper", "headline", "published", "body"]] = [mark, mark, mark, text]
    rows.to_csv(tmp_path / "a.csv", index=False)
    corpus = fr.read_corpus(tmp_path / "a.csv")
    assert heads(corpus) == [("", "unknown", ""), HEADS[0]]
    assert text in body(corpus)
    assert set(corpus.articles["topic"]) == {mark, "N.D."}
    assert mark in set(corpus.articles["score"].map(lambda cell: f"{cell}"))
    assert f"{mark!r} missing" in " ".join(mapping_lines(corpus.columns))
    told = list(missing_lines(corpus.articles, corpus.audit))
    assert [line[:17] for line in told] == [
        "1 without an outl",
        "1 without a date:",
        "1 without a title",
    ]


@pytest.mark.parametrize("mark", ["n/a", "N.A.", "-", ".", "#N/A", "nan", "-99"])
def test_an_outlet_of_such_a_mark_needs_no_other_mark_to_be_none(mark):
    corpus = fr.read_corpus(ROWS.assign(newspaper=[mark, "NA"]))
    assert sorted(corpus.articles["outlet"]) == ["NA", "unknown"]


def test_an_article_that_its_source_has_withdrawn_is_skipped(tmp_path):
    """NewsAPI says so in every field, with a day that is none."""
    gone = {"source": {"id": None, "name": "[Removed]"}, "title": "[Removed]",
            "content": "[Removed]", "publishedAt": "1970-01-01T00:00:00Z"}  # fmt: skip
    kept = {"source": {"id": None, "name": "Daily Gull"}, "title": TALKS, "content": "[Removed]",
            "publishedAt": "2031-03-12T00:00:00Z"}  # fmt: skip
    corpus = read_file(tmp_path / "a.json", json.dumps({"status": "ok", "articles": [gone, kept]}))
    assert heads(corpus) == [(TALKS, "Daily Gull", "2031-03-12")]
    skipped = corpus.audit[corpus.audit["outcome"] == "skipped"]
    assert skipped["reason"].tolist() == ["withdrawn by its source: '[Removed]'"]


@pytest.mark.parametrize("names", [
    ("Avis", "Dato", "Overskrift", "Tekst"), ("Medie", "Udgivelsesdato", "Overskrift", "Indhold"),
    ("Kilde", "Publiseringsdato", "Tittel", "Brødtekst"), ("Tidning", "Datum", "Titel", "Innehåll"),
    ("Krant", "Publicatiedatum", "Kop", "Inhoud"), ("Zeitung", "Erscheinungstag", "Titel", "Inhalt"),
    ("Nom du journal", "Date parution", "Titre", "Contenu"),
    ("Journal", "Date de parution", "Titre de l'article", "Texte intégral"),
    ("Medio", "Fecha de publicación", "Titular", "Cuerpo de la noticia"),
    ("Diario", "Fecha publicación", "Titular", "Contenido"),
    ("Quotidiano", "Data pubblicazione", "Titolo", "Contenuto"),
    ("Jornal", "Data de publicação", "Manchete", "Conteúdo"),
])  # fmt: skip
def test_columns_are_named_in_the_languages_of_western_europe(names):
    """By their names alone: no cell is looked at."""
    assert by_name(names) == dict(zip(("outlet", "date", "title", "text"), names, strict=True))


@pytest.mark.parametrize("printed", [json.dumps, str])
@pytest.mark.parametrize("name", ["raw", "article", "text"])
def test_an_article_printed_into_a_cell_is_read_as_what_it_is(tmp_path, printed, name):
    """Its syntax was read as text; several in a cell are none, and told."""
    items = [
        {"headline": t, "text": f"{FIRST} It's day {t} now.", "source": {"name": "Gull"}}
        for t in "ABC"
    ]
    rows = pd.DataFrame({"id": ["7", "8", "9"], name: map(printed, items)})
    corpus = read_in(tmp_path, "a.csv", rows.to_csv(index=False))
    assert heads(corpus) == [(title, "Gull", "") for title in "ABC"]
    assert sorted(body(corpus)) == [item["text"] for item in items]
    rows[name] = [printed(items[:2])] * 3
    with pytest.raises(ValueError, match="3 × 2 articles in one cell"):
        read_in(tmp_path, "a.csv", rows.to_csv(index=False))
    rows[name] = [items[:2]] * 3
    with pytest.raises(ValueError, match="3 × 2 articles in one cell"):
        fr.read_corpus(rows)
    rows[name] = [printed(items[0])] * 3
    own = fr.read_corpus(rows, columns={"text": name}).paragraphs["text"]
    assert own.str.startswith("{").all()


def test_a_list_of_sentences_is_one_text(tmp_path):
    """As a parser leaves them, with their tokens; lists of paragraphs stay paragraphs."""
    sentences = [
        {"id": n, "text": text, "tokens": text.split()} for n, text in enumerate((FIRST, SECOND))
    ]
    items = [
        {"title": TALKS, "sentences": sentences},
        {"title": TANKER, "sentences": [FIRST, SECOND]},
    ]
    assert body(read_file(tmp_path / "a.json", json.dumps(items))) == [f"{FIRST} {SECOND}"] * 2
    items = [{"title": TALKS, "paragraphs": sentences}]
    assert body(read_file(tmp_path / "a.json", json.dumps(items))) == [FIRST, SECOND]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_of_names_only_is_refused_with_what_to_do(tmp_path, name):
    write = ROWS[:0].to_csv if name == "a.csv" else ROWS[:0].to_excel
    write(tmp_path / name, index=False)
    with pytest.raises(ValueError, match="no row below its column names: save it with its rows"):
        fr.read_corpus(tmp_path / name)


def test_a_reason_that_all_share_is_told_whole(tmp_path):
    """Others are counted by what stands above their details."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.csv").write_text("outlet,n\nGull,3\nGull,4\n")
    told = account(read_in(tmp_path, "d.csv", ROWS.to_csv(index=False)))
    assert "skipped: 2 × PDF: its text has no reliable paragraphs; export" in told
    assert "name it with columns={'text': …} or --map text=…; columns are: outlet, n" in told


def test_a_formula_without_a_stored_value_is_told(tmp_path):
    """As openpyxl and pandas write it; Excel stores the value beside the formula."""
    book = openpyxl.Workbook()
    book.active.append(["outlet", "title", "text"])
    for n in range(4):
        book.active.append(
            ["Sun", f"Rain {n}", f"Rain fell on the town on day {n}, and it may go on."]
        )
    book.active["A3"], book.active["C4"] = '=CONCAT("S","un")', '=A1&"x"'
    book.save(tmp_path / "a.xlsx")
    audit = fr.read_corpus(tmp_path / "a.xlsx").audit.set_index("source")["reason"]
    for row, name in ((2, "outlet"), (3, "text")):
        assert (
            f"#NO STORED VALUE (save the workbook in Excel) in '{name}'"
            in audit[f"a.xlsx, row {row}"]
        )
    assert (audit == "").sum() == 2


@pytest.mark.parametrize(
    ("cell", "is_none"),
    [
        (b'<c r="A1"><f>B1</f></c>', True),
        (b'<c r="A1"><f>B1</f><v/></c>', True),
        (b'<c r="A1"><f t="shared" si="0"/><v></v></c>', True),
        (b'<c r="A1" t="str"><f>B1</f><v></v></c>', False),
        (b'<c r="A1"><f>B1</f><v>7</v></c>', False),
        (b'<c r="A1"/><c r="B1"><v>7</v></c>', False),
    ],
)
def test_which_formulas_have_no_value(cell, is_none):
    assert list(errors_in(b"<row>" + cell + b"</row>")) == [(0, 0)] * is_none


ERRORS = {("outlet", 1): "#N/A", ("title", 2): "#REF!", ("id", 0): "#VALUE!", ("id", 1): "#VALUE!"}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_errors_of_a_spreadsheet_are_read_as_empty_and_told(tmp_path, suffix):
    """In each sheet, and in a CSV of it; the library gives nothing where a formula failed."""
    columns = ["id", "title", "outlet", "date", "text"]
    rows = [[f"i{n}", f"{TALKS} {n}", "Gull", f"2031-03-1{n}", f"{FIRST} {n}"] for n in range(3)]
    for (name, row), error in ERRORS.items():
        rows[row][columns.index(name)] = error
    if suffix == "csv":
        pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "a.csv", index=False)
    else:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            book.add_worksheet("Notes & more").write(0, 0, "nothing")
            sheet = book.add_worksheet("Week < 2")
            for number, row in enumerate([columns, *rows]):
                for place, cell in enumerate(row):
                    write = sheet.write_formula if cell[0] == "#" else sheet.write_string
                    write(number, place, *(("=1/0", None, cell) if cell[0] == "#" else (cell,)))
    corpus = fr.read_corpus(tmp_path / f"a.{suffix}")
    assert len(corpus.articles) == 3
    assert corpus.articles["outlet"].tolist().count("unknown") == 1
    assert not corpus.articles["article"].str.contains("VALUE").any()
    told = inputs(corpus).set_index("source")["reason"].sort_index()[lambda reason: reason != ""]
    start = "a.csv" if suffix == "csv" else "a.xlsx#Week < 2"
    empty = "an error of the spreadsheet, read as empty: "
    reasons = {k: v.partition("; body")[0] for k, v in told.items() if k.startswith(start)}
    assert reasons == {
        f"{start}, row 1": f"{empty}#VALUE! in 'id'",
        f"{start}, row 2": f"{empty}#VALUE! in 'id', #N/A in 'outlet'",
        f"{start}, row 3": f"{empty}#REF! in 'title'",
    }
