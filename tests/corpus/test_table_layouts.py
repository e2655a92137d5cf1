"""Tables as programs write them: without names, in parts, in objects, in HTML, Feather and Stata."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.feather import write_feather

import framing as fr
from tests.corpus.test_exports import FIRST, SECOND, body, heads
from tests.corpus.test_readers import TALKS, TANKER

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
    (tmp_path / "a.csv").write_text(f"{quote}\n" + ROWS.to_csv(index=False))
    with pytest.raises(ValueError, match="line 1, with the names of the columns"):
        fr.read_corpus(tmp_path / "a.csv")


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
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(item)}\n" * 2)
    corpus = fr.read_corpus(tmp_path / "a.jsonl")
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


def test_utf16_with_a_byte_too_many_costs_one_row(tmp_path):
    rows = pd.DataFrame({"title": TALKS, "text": [f"{FIRST} {n}" for n in range(9)]})
    raw = rows.to_csv(index=False, lineterminator="\n").encode("utf-16")
    (tmp_path / "a.csv").write_bytes(raw[:700] + b"x" + raw[700:])
    assert len(fr.read_corpus(tmp_path / "a.csv").articles) >= 8
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


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [("a.jpg", b"\xff\xd8\xff\xe0", "picture"), ("a.eml", b"From: x", "e-mail"),
     ("a.mhtml", b"From: x", "saved page"), ("a.doc", b"\xd0\xcf\x11\xe0", "old Word"),
     ("a.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "document type"),
     ("a.xml", b"<?xml version='1.0'?><rss xmlns:wp='x'>", "WordPress")],
)  # fmt: skip
def test_what_is_not_read_is_told_with_what_to_do(tmp_path, name, start, reason):
    (tmp_path / name).write_bytes(start)
    with pytest.raises(ValueError, match=reason):
        fr.read_corpus(tmp_path / name)
