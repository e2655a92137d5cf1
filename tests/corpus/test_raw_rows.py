"""What several cells of a row, its neighbours or its folder say together, as programs write it."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

import framing as fr
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
