from __future__ import annotations

import json
import random
import textwrap

import pandas as pd
import pytest

import framing as fr
from framing.schema import ARTICLE_COLUMNS, AUDIT_COLUMNS, PARAGRAPH_COLUMNS
from tests.conftest import read_file, read_in
from tests.corpus.test_table_layouts import inputs

STORY = "Talks fail\n\nThe talks failed on Monday, officials said.\n\nNobody was surprised by it."


def test_the_tables_have_their_columns(strait):
    assert list(strait.articles) == ARTICLE_COLUMNS
    assert list(strait.paragraphs) == PARAGRAPH_COLUMNS
    assert list(strait.audit) == AUDIT_COLUMNS


def test_strait_counts_add_up(strait):
    """Every file ends in the audit once, and its blocks are those of the tables."""
    files = inputs(strait)
    assert files["outcome"].value_counts().to_dict() == {
        "scored": len(strait.articles),
        "skipped": 1,
    }
    assert files["blocks"].sum() == len(strait.paragraphs)
    removed = strait.audit["block"].notna().sum()
    assert files["blocks"].sum() - files["kept"].sum() == removed
    assert strait.articles["outlet"].nunique() == 6
    assert strait.articles["event"].nunique() == 12
    assert strait.articles["date"].notna().all()


def test_strait_says_how_many_rows_it_has(strait):
    """The counts in the corpus' README are those of the corpus."""
    from tests.conftest import STRAIT

    text = (STRAIT / "README.md").read_text("utf-8")
    counts = strait.articles["outlet"].value_counts()
    blocks = strait.paragraphs["outlet"].value_counts()
    body = strait.paragraphs[strait.paragraphs["role"] == "body"]["outlet"].value_counts()
    for outlet in counts.index:
        assert f"| {outlet} | {counts[outlet]} | {blocks[outlet]} | {body[outlet]} |" in text


def test_encodings_of_strait_are_found(strait):
    """cp1252, UTF-8 and UTF-8 with a mark are told apart, and none leaves a replacement mark."""
    assert {"cp1252", "utf-8", "utf-8-sig"} <= set(inputs(strait)["encoding"])
    assert not strait.paragraphs["text"].str.contains("\ufffd|\x92|â€").any()


def test_a_folder_of_text_tells_outlet_and_date(tmp_path):
    """Path patterns, a header block, and nothing at all."""
    (tmp_path / "The Herald").mkdir()
    (tmp_path / "The Herald" / "2022-01-14-talks.txt").write_text(STORY)
    (tmp_path / "2022-01-15_Daily Sun_talks.txt").write_text(STORY)
    (tmp_path / "bare.txt").write_text(STORY)
    (tmp_path / "headed.txt").write_text("Outlet: NA\nDate: 2022-01-16\nEvent: 007\n\n" + STORY)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with pytest.warns(UserWarning, match="outlet from the names of files or folders"):
        corpus = fr.read_corpus(tmp_path)
    by = corpus.articles.set_index("article")
    assert by.loc["The Herald/2022-01-14-talks", "outlet"] == "The Herald"
    assert by.loc["2022-01-15_Daily Sun_talks", "date"] == pd.Timestamp("2022-01-15")
    assert by.loc["2022-01-15_Daily Sun_talks", "outlet"] == "Daily Sun"
    assert by.loc["bare", "outlet"] == "unknown"
    assert pd.isna(by.loc["bare", "date"])
    assert (by.loc["headed", "outlet"], by.loc["headed", "event"]) == ("NA", "007")
    assert (by["title"] == "Talks fail").all()
    assert len(inputs(corpus)) == 5
    assert inputs(corpus)["outcome"].value_counts().to_dict() == {"scored": 4, "skipped": 1}


def rows() -> list[dict[str, str]]:
    return [
        {
            "id": f"{n:03}",
            "outlet": name,
            "date": "2022-01-14",
            "title": f"Story {n}",
            "text": STORY,
        }
        for n, name in enumerate(["NA", "null", "None", "Fox", "Null", "1e5"])
    ]


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_tables_give_what_they_hold(tmp_path, kind):
    """The same rows come out of every kind of table, as strings; NA is an outlet."""
    path = tmp_path / f"articles.{kind}"
    table = pd.DataFrame(rows())
    if kind == "parquet":
        table.to_parquet(path)
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps(row) for row in rows()))
    else:
        table.to_csv(path, index=False, sep="\t" if kind == "tsv" else ",")
    articles = fr.read_corpus(path).articles
    assert articles["outlet"].tolist() == [row["outlet"] for row in rows()]
    assert articles["article"].tolist() == [row["id"] for row in rows()]


def test_order_of_rows_does_not_matter(tmp_path):
    """Shuffled rows, some without id or twice the same, give the same articles and paragraphs."""
    table = rows() + rows()[:2] + [{"outlet": "Sun", "text": f"{STORY} {n}"} for n in range(5)]
    seen = []
    for seed in range(3):
        random.Random(seed).shuffle(table)
        path = tmp_path / f"{seed}.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in table))
        corpus = fr.read_corpus(path)
        seen.append((corpus.articles.drop(columns="source"), corpus.paragraphs))
    for articles, paragraphs in seen[1:]:
        pd.testing.assert_frame_equal(articles, seen[0][0])
        pd.testing.assert_frame_equal(paragraphs, seen[0][1])


def test_a_bad_row_fails_alone(tmp_path):
    """A row with a comma too many, one without text and one of no JSON are told, with their line."""
    (tmp_path / "a.csv").write_text('outlet,text\nSun,"Rain, again."\nSun,Rain, again.\nSun,\n')
    (tmp_path / "b.jsonl").write_text('{"outlet": "Sun", "text": "Rain fell."}\n{"outlet":\n[1]\n')
    audit = inputs(fr.read_corpus(tmp_path)).set_index("source")
    assert audit["outcome"].to_dict() == {
        "a.csv, row 1": "scored",
        "a.csv, row 2": "failed",
        "a.csv, row 3": "skipped",
        "b.jsonl, line 1": "scored",
        "b.jsonl, line 2": "failed",
        "b.jsonl, line 3": "failed",
    }
    assert "3 cells" in audit.loc["a.csv, row 2", "reason"]


def test_nothing_to_read_is_an_error_that_says_why(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere: no such file"):
        fr.read_corpus(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="no column of text"):
        read_in(tmp_path, "x.csv", "a,b\n1,2\n")


def test_a_broken_date_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("Outlet: Sun\nDate: 0001-02-03\n\n" + STORY)
    assert "0001-02-03" in inputs(fr.read_corpus(tmp_path))["reason"].iloc[0]


SCRAPED = [
    "Strait: Lorne braces for a blockade as envoys fear talks collapse | World news",
    "The danger of a blockade in the strait is real.",
    "So said Ada Holm, the head of the harbour commission, who is bracing for a closure.",
    "Karesh’s growing fleet “makes ready” amid fears of attack",
    "Envoys fear Dovek may use talks as an excuse to close the strait",
    "Nobody seems to believe that the rare talks this week will end the crisis at once.",
    "Lornish sailors stand on the quay near the customs house, Port Ansel\n"
    "Lornish sailors are hired out for likely closure",
    "A source said any closure would be short – with Karesh seeking gains before a deal.",
    "Please use Chrome browser for a more accessible video player",
    "Will Karesh close the strait?",
    "Lorne and its friends have said that they will not send ships in the event of a closure.",
    "Related Articles",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "16 + twenty =",
]
ROLES = [
    "headline",
    "body",
    "body",
    "related",
    "related",
    "body",
    "caption",
    "body",
    "furniture",
    "furniture",
    "body",
    "furniture",
    "furniture",
    "furniture",
    "furniture",
]


def forms() -> dict[str, bytes]:
    """One scraped article in every form in which it may come; a page marks links and figures."""
    blank, tight = "\n\n".join(SCRAPED), "\n".join(SCRAPED)
    marks = {
        "related": "<p><a href='/x'>{}</a></p>",
        "caption": "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
    }
    blocks = zip(ROLES[1:], SCRAPED[1:], strict=True)
    page = "".join(marks.get(role, "<p>{}</p>").format(block) for role, block in blocks)
    return {
        "blank.txt": blank.encode(),
        "crlf.txt": blank.replace("\n", "\r\n").encode(),
        "cr.txt": blank.replace("\n", "\r").encode(),
        "utf16.txt": blank.encode("utf-16"),
        "cp1252.txt": blank.encode("cp1252"),
        "tight.txt": tight.encode(),
        "tight_crlf.txt": tight.replace("\n", "\r\n").encode("utf-16-le"),
        "wrapped.txt": "\n\n".join(textwrap.fill(block, 72) for block in SCRAPED).encode(),
        "twice.txt": f"{blank}\n\n{blank}".encode(),
        "page.html": f"<html><body><h1>{SCRAPED[0]}</h1>{page}</body></html>".encode(),
    }


@pytest.mark.parametrize("name", forms())
def test_a_scraped_article_has_the_same_roles_in_every_form(tmp_path, name):
    """Every line of it has the role it has elsewhere; of a second copy nothing is kept."""
    corpus = read_file(tmp_path / name, forms()[name])
    roles = dict(zip((" ".join(block.split()) for block in SCRAPED), ROLES, strict=True))
    roles |= dict.fromkeys(SCRAPED[6].split("\n"), "caption")
    roles[SCRAPED[0].removesuffix(" | World news")] = "headline"
    found = corpus.paragraphs[: len(corpus.paragraphs) // (2 if name == "twice.txt" else 1)]
    assert [roles[text] for text in found["text"]] == found["role"].tolist()
    kept = corpus.paragraphs[corpus.paragraphs["role"].isin(["headline", "body"])]
    assert len(kept) == 6


NAMES = {
    "standard-review/2031-04-22-leak": "standard-review/2031-04-22-leak",
    " who turned the LIGHT off? ": "deckhand-notes/2031-03-23-blackout",
}


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_its_id_and_its_title(strait, name):
    assert strait.one(name).articles["article"].tolist() == [NAMES[name]]


UNCLEAR = {
    "": r"^74 articles: choose one by its id or title, such as .*\('daily-clarion/2031-03-04-pilots'\)",
    "leak": r"the nearest: Secret plot to CHOKE .* \('daily-clarion/2031-04-22-leak'\)",
    "who turned": r"the nearest: Who turned the light off\? \('deckhand-notes/2031-03-23-blackout'\)$",
    "who turned the light off? (": r"the nearest: Who turned the light off\? \(",
    "(xyzzy": r"no article has the id or title '\(xyzzy'; there are: ",
    "goes quiet an island in": r"the nearest: An island goes quiet",  # with four of the words
    "xyzzy": r"no article has the id or title 'xyzzy'; there are: ",
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_name_that_means_no_single_article_lists_some_with_titles(strait, name):
    with pytest.raises(ValueError, match=UNCLEAR[name]):
        strait.one(name)


def test_one_article_needs_no_name_and_a_title_of_two_is_not_enough(strait):
    one = strait.only(articles=["deckhand-notes/2031-03-23-blackout"])
    assert one.one().articles.equals(one.articles)
    same = strait._replace(articles=strait.articles.assign(title="Fog"))
    with pytest.raises(ValueError, match=r"^74 articles have the title 'fog': choose one"):
        same.one("fog")


def test_the_paragraphs_of_chosen_articles_have_the_same_columns(strait):
    chosen = strait.only(articles=["deckhand-notes/2031-03-23-blackout"]).paragraphs
    assert list(chosen) == list(strait.paragraphs)


def test_articles_that_are_not_chosen_are_rows_of_the_audit(tmp_path):
    """What was skipped or failed when it was read keeps its reason."""
    for name in ("Gull", "Sun"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(STORY)
    (tmp_path / "Sun" / "b.txt").write_text("")
    corpus = fr.read_corpus(tmp_path)
    found = inputs(corpus.only(outlets="Gull"))
    before = inputs(corpus)
    assert before["outcome"].value_counts().to_dict() == {"scored": 2, "skipped": 1}
    assert found["outcome"].value_counts().to_dict() == {"scored": 1, "skipped": 2}
    left = found["reason"] == "not chosen"
    assert found.loc[left, "source"].tolist() == ["Sun/a.txt"]
    pd.testing.assert_frame_equal(found[~left], before[~left])


def test_articles_are_chosen_by_the_values_of_any_column():
    """Of one column any of the values, of two columns both; a number is found as it reads."""
    rows = [("Gull", "health", 1), ("Gull", "trade", 2), ("Sun", "trade", 1), ("Sun", "sport", 2)]
    table = pd.DataFrame(rows, columns=["outlet", "topic", "wave"]).assign(text=STORY)
    corpus = fr.read_corpus(table.assign(article=[*"abcd"]), languages=[])
    for where, left in (
        ("topic=trade", "bc"), (["topic=trade", "topic=health"], "abc"),
        (["topic=trade", "wave=1"], "c"), ([], "abcd"),
    ):  # fmt: skip
        assert [*corpus.only(where=where).articles["article"]] == [*left]
    assert [*corpus.only(outlets="Sun", where="topic = trade").articles["article"]] == ["c"]
    for wrong, said in (
        ("topic", "got 'topic'"),
        ("mood=1", "COLUMN=VALUE"),
        ("wave=3", "no wave"),
    ):
        with pytest.raises(ValueError, match=said):
            corpus.only(where=wrong)


def test_a_name_of_an_outlet_that_is_not_there_is_told(tmp_path):
    table = pd.DataFrame({"outlet": ["FOX", "Sun"], "text": ["It may rain in the harbour."] * 2})
    with pytest.warns(UserWarning, match="no article is from an outlet called 'FXO'"):
        fr.read_corpus(table, outlets={"FXO": "Fox News"})
    found = fr.read_corpus(table, outlets={"FOX": "Fox News"}, languages="any", keep="caption")
    assert sorted(found.articles["outlet"]) == ["Fox News", "Sun"]


@pytest.mark.parametrize("given", [["a.txt", "b.txt"], b"a.txt", None])
def test_what_is_read_is_one_folder_file_or_table(given):
    with pytest.raises(TypeError, match="path must be one folder, file or table, got "):
        fr.read_corpus(given)


@pytest.mark.parametrize("title", ["Untitled", "No title", "[Removed]", "(untitled post)"])
def test_what_programs_write_in_the_place_of_a_title_is_none(title):
    rows = {"title": [title, "Removed ferry returns"], "outlet": "A", "text": "It rained all day."}
    corpus = fr.read_corpus(pd.DataFrame(rows))
    assert corpus.articles["title"].tolist() == ["", "Removed ferry returns"]
    assert corpus.paragraphs["role"].tolist() == ["furniture", "body", "headline", "body"]


@pytest.mark.parametrize("mark", ["list()", "<NULL>", "-", ".", "[]", "{}", "integer(0)", "#N/D"])
def test_what_programs_write_for_nothing_is_missing_in_every_field(mark):
    rows = {"outlet": [mark, "Gull"], "title": [mark, "Talks"], "date": [mark, "2031-03-12"]}
    found = fr.read_corpus(pd.DataFrame(rows | {"text": ["It rained.", "It dried."]})).articles
    assert sorted(found["outlet"]) == ["Gull", "unknown"]
    assert sorted(found["title"]) == ["", "Talks"]
    assert found["date"].isna().sum() == 1
