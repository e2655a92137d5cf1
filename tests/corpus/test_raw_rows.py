"""What several cells of a row, its neighbours or its folder say together, as programs write it."""

from __future__ import annotations

import io
import json
import quopri
from email.charset import Charset
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

import openpyxl
import pandas as pd
import pytest

import framing as fr
from framing.corpus.readers import compressed
from framing.corpus.readers.files import TooLargeError
from framing.corpus.readers.stata_spss import spss
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND, body, heads
from tests.corpus.test_readers import TALKS, TANKER

TEXTS = [f"{FIRST}\n\n{SECOND}", FIRST]


def table(**columns) -> pd.DataFrame:
    return pd.DataFrame({**columns, "title": [TALKS, TANKER], "text": TEXTS})


def sheet(path, rows, *merged) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["year", "month", "day"], [2031, 3, 12]),
        (["Jahr", "Monat", "Tag"], ["2031", "März", "12"]),
        (["pub_year", "pub_month", "pub_day"], ["2031", "03", "12"]),
        (["ANNÉE", "MOIS", "JOUR"], [2031.0, 3.0, 12.0]),
    ],
)
def test_year_month_and_day_are_one_date(tmp_path, names, first):
    cells = dict(zip(names, first, strict=True))
    rows = table(**{name: [cell, cell] for name, cell in reversed(cells.items())})
    rows.to_csv(tmp_path / "a.csv", index=False)
    articles = fr.read_corpus(tmp_path / "a.csv").articles
    assert articles["date"].astype(str).tolist() == ["2031-03-12"] * 2
    assert set(names) <= {*articles}  # and stay what they are
    rows.assign(date="2030-01-31").to_csv(tmp_path / "a.csv", index=False)
    articles = fr.read_corpus(tmp_path / "a.csv").articles
    assert articles["date"].astype(str).tolist() == ["2030-01-31"] * 2


@pytest.mark.parametrize("name", ["outlet", "newspaper", "Média"])
def test_values_in_the_names_of_folders_are_columns(tmp_path, name):
    table(date=["2031-03-12", "2031-03-13"], medium_id=[1, 2]).rename(
        columns={"medium_id": name}
    ).to_parquet(tmp_path / "out", partition_cols=[name])
    folder = tmp_path / "out" / f"{name}=Daily%20Gull"
    folder.mkdir()
    (folder / "2031-03-14_1.txt").write_text(f"{FIRST} It rained.")
    corpus = fr.read_corpus(tmp_path / "out")
    assert set(corpus.articles["outlet"]) == {"1", "2", "Daily Gull"}
    assert len(corpus.articles) == 3


def test_merged_cells_hold_for_each_row_with_a_text_of_its_own(tmp_path):
    rows = [["Zeitung", "Titel", "Text"], ["Gull", TALKS, TEXTS[0]], [None, TANKER, TEXTS[1]]]
    sheet(tmp_path / "a.xlsx", rows, "A2:A3")
    assert fr.read_corpus(tmp_path / "a.xlsx").articles["outlet"].tolist() == ["Gull"] * 2


def test_the_second_coder_of_a_merged_article_is_no_second_article(tmp_path):
    rows = [["coder", "outlet", "title", "text"], ["a", "Gull", TALKS, FIRST], ["b"]]
    sheet(tmp_path / "a.xlsx", rows, "B2:B3", "C2:C3", "D2:D3")
    corpus = fr.read_corpus(tmp_path / "a.xlsx")
    assert len(corpus.articles) == 1
    assert "no text" in set(corpus.audit["reason"])


@pytest.mark.parametrize(
    "groups",
    [["Metadata", None, None, "Content"], ["Source", None, "Article", None], [None, "Text"]],
)
def test_names_of_groups_above_those_of_columns_are_left_out(tmp_path, groups):
    names = ["outlet", "date", "title", "text"]
    cells = [["Meridian Wire", "2031-03-12", TALKS, FIRST], ["Gull", "2031-03-13", TANKER, SECOND]]
    sheet(tmp_path / "a.xlsx", [groups, names, *cells])
    frame = pd.DataFrame([groups + [None] * (4 - len(groups)), names, *cells])
    frame.to_csv(tmp_path / "a.csv", index=False, header=False)
    for name in ("a.xlsx", "a.csv"):
        corpus = fr.read_corpus(tmp_path / name)
        assert heads(corpus) == [
            (TANKER, "Gull", "2031-03-13"), (TALKS, "Meridian Wire", "2031-03-12"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (["hed", "pub", "body_clean", "dek"], ["title", "outlet", "text", None]),
        (["Média", "Titre", "Texte intégral"], ["outlet", "title", "text"]),
        (["post_title", "post_date", "post_content"], ["title", "date", "text"]),
        (["storyHeadline", "story_source", "clean text"], ["title", "outlet", "text"]),
        (["targetTitle", "targetParagraphs"], ["title", "text"]),
        (["item_link", "item_author", "raw_text"], ["url", "byline", "text"]),
        (["q_title", "q_text", "q_lang"], ["title", "text", None]),
    ],
)
def test_words_around_the_name_of_a_field_do_not_matter(names, fields):
    wanted = dict(zip(names, fields, strict=True))
    filled = {"date": "2031-03-12", "url": "https://gull.example/1", "text": FIRST}
    row = {name: filled.get(field, "a few words") for name, field in wanted.items()}
    mapped = fr.read_corpus(pd.DataFrame([row, row])).columns
    mapped = mapped.drop_duplicates("column").set_index("column")["field"]
    assert {n: f for n, f in mapped.items() if wanted[n]} == {n: f for n, f in wanted.items() if f}


@pytest.mark.parametrize("name", ["text", "full_text", "scraped", "Volltext"])
@pytest.mark.parametrize("export", ["Media Cloud", "GDELT", "NewsAPI"])
def test_a_text_merged_into_an_export_is_the_text(name, export):
    """That of NewsAPI itself is the first 200 characters of an article."""
    cells = {
        "Media Cloud": {
            "id": "7", "indexed_date": "2031-03-13", "language": "en", "media_name": "gull.example",
            "media_url": "gull.example", "publish_date": "2031-03-12", "title": TALKS,
            "url": "https://gull.example/1",
        },
        "GDELT": {
            "url": "https://gull.example/1", "title": TALKS, "seendate": "20310312T101500Z",
            "domain": "gull.example", "language": "English", "sourcecountry": "Ireland",
        },
        "NewsAPI": {
            "source": {"id": None, "name": "gull.example"}, "title": TALKS, "description": FIRST,
            "publishedAt": "2031-03-12", "content": FIRST[:90] + "… [+900 chars]",
        },
    }[export]  # fmt: skip
    corpus = fr.read_corpus(pd.DataFrame([cells | {name: f"{FIRST}\n\n{SECOND * 20}"}]))
    assert body(corpus)[0] == FIRST
    assert corpus.articles["outlet"].item() == "gull.example"
    assert corpus.articles["date"].isna().item() == (export == "GDELT")


def test_cells_of_html_that_span_rows_stand_in_each_and_none_is_lost(tmp_path):
    rows = [
        f'<tr><td rowspan="2">Gull</td><td>{TALKS}</td><td>2031-03-12</td><td>{FIRST}</td></tr>',
        f"<tr><td>{TANKER}</td><td>2031-03-13</td><td>{SECOND}</td></tr>",
        f"<tr><td>Herald</td><td>A sum</td><td>2031-03-14</td><td>{FIRST}</td><td>more</td></tr>",
        f"<tr><td>Herald</td><td>One</td><td>2031-03-15</td><td>{FIRST}</td><td> </td></tr>",
    ]
    head = "<tr><th>outlet</th><th>title</th><th>date</th><th>text</th></tr>"
    corpus = read_in(tmp_path, "a.xls", f"<table>{head}{''.join(rows)}</table>")
    assert heads(corpus) == [
        (TANKER, "Gull", "2031-03-13"), ("One", "Herald", "2031-03-15"),
        (TALKS, "Gull", "2031-03-12"),
    ]  # fmt: skip
    lost = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert lost["reason"].tolist() == ["5 cells where the first row has 4 names"]


@pytest.mark.parametrize("ending", ["a.xls", "a.html"])
@pytest.mark.parametrize(
    ("row", "cell"), [("</tr>", "</td>"), ("", ""), ("</TR>", ""), ("", "</td>")]
)
@pytest.mark.parametrize(
    "above", ["", "<tr><td colspan=4><b>Export of 12 March</b>", "<tr><td>&nbsp;<tr><td>A<td>"]
)
def test_rows_of_html_without_end_tags_are_articles(tmp_path, row, cell, above, ending):
    story = f"<p>{FIRST}<!-- <td> --><p>{SECOND}<table><tr><td>Crew<td>19</table>"
    texts = [story, FIRST]
    rows = [
        ("Gull", TALKS, "2031-03-12", texts[0]),
        ("Herald & Co", TANKER, "2031-03-13", texts[1]),
    ]
    cells = ["".join(f"<td class='x'>{one}{cell}" for one in of_it) + row for of_it in rows]
    head = "<tr><th>outlet<th>title<th>date<th>text"
    html = (
        f"<html><body><table border=1>{above}{head}<tr>{'<tr>'.join(cells)}</table></body></html>"
    )
    corpus = read_in(tmp_path, ending, html)
    assert heads(corpus) == [
        (TANKER, "Herald & Co", "2031-03-13"), (TALKS, "Gull", "2031-03-12"),
    ]  # fmt: skip
    assert sorted(corpus.paragraphs.loc[corpus.paragraphs["role"] != "headline", "text"]) == sorted(
        [FIRST, SECOND, "Crew 19", FIRST]
    )
    assert sorted(corpus.articles["source"]) == [f"{ending}, row 1", f"{ending}, row 2"]


def test_html_in_which_a_table_of_a_cell_does_not_end_fails_with_the_reason(tmp_path):
    cells = f"<td>Gull<td>{TALKS}<td>2031-03-12<td>{FIRST}<table><tr><td>Crew"
    head = "<tr><th>outlet<th>title<th>date<th>text"
    with pytest.raises(ValueError, match="a table inside a cell does not end"):
        read_in(tmp_path, "a.xls", f"<table>{head}<tr>{cells}<tr>{cells}</table>")


@pytest.mark.parametrize("quotes", ["", '"It is over," she said. ', 'A 5" pipe. '])
@pytest.mark.parametrize("names", [True, False])
def test_tables_that_r_writes_without_quotes_are_read(tmp_path, quotes, names):
    """``write.table(x, quote = FALSE, sep = "\\t")`` has names of rows, but none for them."""
    rows = table(outlet=["Gull", "Herald"]).assign(text=[quotes + FIRST, quotes + SECOND])
    lines = ["\t".join(row) for row in rows.itertuples(index=False)]
    lines = [f"{n}\t{line}" if names else line for n, line in enumerate(lines, start=1)]
    corpus = read_file(tmp_path / "r.txt", "\n".join(["\t".join(rows), *lines]) + "\n")
    assert sorted(corpus.articles["outlet"]) == ["Gull", "Herald"]
    assert sorted(body(corpus)) == sorted([quotes + FIRST, quotes + SECOND])
    assert ("row_names" in corpus.articles) == names


def test_a_separator_at_the_end_of_every_row_names_no_rows(tmp_path):
    lines = ["title,text", f'"A","{FIRST}",', f'"B","{SECOND}",']
    (tmp_path / "a.csv").write_text("\n".join(lines))
    assert fr.read_corpus(tmp_path).articles["title"].tolist() == ["A", "B"]


@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_spss_files_are_read_with_the_labels_of_their_values(tmp_path, suffix):
    pyreadstat = pytest.importorskip("pyreadstat")
    rows = table(outlet=[1.0, 2.0], date=["2031-03-12", "2031-03-13"])
    pyreadstat.write_sav(
        rows, tmp_path / f"a.{suffix}", compress=suffix == "zsav",
        variable_value_labels={"outlet": {1.0: "Daily Gull", 2.0: "Herald"}},
    )  # fmt: skip
    corpus = fr.read_corpus(tmp_path / f"a.{suffix}")
    assert heads(corpus) == [(TANKER, "Herald", "2031-03-13"), (TALKS, "Daily Gull", "2031-03-12")]


def test_an_spss_file_whose_rows_are_beyond_the_limit_is_not_read_into_memory(
    monkeypatch, tmp_path
):
    """300 rows of a number of 8 bytes and a text of 248: its head says so."""
    pyreadstat = pytest.importorskip("pyreadstat")
    rows = pd.DataFrame({"n": [1.0] * 300, "text": ["x" * 248] * 300})
    pyreadstat.write_sav(rows, tmp_path / "a.zsav", compress=True)
    stream = io.BytesIO((tmp_path / "a.zsav").read_bytes())
    monkeypatch.setattr(compressed, "RATIO", 1)
    for grace in (76_800, 76_799):
        monkeypatch.setattr(compressed, "GRACE", grace)
        stream.seek(0)
        if grace == 76_800:
            assert sum(batch.num_rows for batch in spss(stream)) == 300
        else:
            with pytest.raises(TooLargeError, match="76,800 bytes uncompressed"):
                next(spss(stream))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_in_one_file_is_read(tmp_path, encoding):
    pytest.importorskip("trafilatura")
    page = f"<!DOCTYPE html><html><body><article><h1>{TALKS}</h1><p>{FIRST}</p><p>{SECOND}</p>"
    part = MIMENonMultipart("text", "html", charset="utf-8")
    part.set_payload(page, charset=Charset("utf-8"))
    whole = MIMEMultipart("related", _subparts=[part])
    if encoding == "quoted-printable":
        part.replace_header("Content-Transfer-Encoding", encoding)
        part._payload = quopri.encodestring(page.encode()).decode()
    corpus = read_in(tmp_path, "a.mhtml", b"From: <Saved by Blink>\r\n" + whole.as_bytes())
    assert FIRST in body(corpus)


def test_a_name_that_no_table_can_hold_costs_no_row(tmp_path):
    """Half of a surrogate pair becomes U+FFFD; two such columns stay two."""
    halves = {"title": TALKS, "text": FIRST, "\ud800": "x"}
    halves |= {"\ufffd": "y", "more": {"\udc00": "z"}}
    whole = {"title": TANKER, "text": SECOND}
    rows = "".join(f"{json.dumps(row)}\n" for row in (whole, halves))
    lines = f'{",".join(list(halves)[:4])}\n"{TALKS}","{FIRST}",x,y\n{TANKER},{SECOND},,\n'
    sources = {
        "a.jsonl": rows.encode(),
        "a.json": f"[{','.join(rows.splitlines())}]".encode(),
        "a.csv": lines.encode("utf-16", "surrogatepass"),
    }
    for name, source in sources.items():
        (tmp_path / name).write_bytes(source)
        corpus = fr.read_corpus(tmp_path / name)
        assert [title for title, _, _ in heads(corpus)] == sorted([TALKS, TANKER]), name
        articles = corpus.articles.set_index("title")
        assert articles.loc[TALKS, ["\ufffd", "\ufffd_2"]].tolist() == ["x", "y"], name
        assert name == "a.csv" or articles.loc[TALKS, "more.\ufffd"] == "z"
