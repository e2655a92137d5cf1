"""Tables whose columns have other names than ours, and what becomes of every column."""

from __future__ import annotations

import io
import json
import warnings
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.checks import is_copy
from framing.corpus.columns import mapping_lines
from framing.corpus.readers.cells import cell_text, is_missing, short_text
from framing.corpus.readers.columns import Mapper
from framing.corpus.readers.markup import without_markup
from framing.corpus.readers.profiles import profile
from framing.corpus.summary import account
from framing.lexicon.loading import built_in
from framing.schema import ARTICLE_COLUMNS, CATEGORIES, MAPPING_COLUMNS, RESERVED
from tests.conftest import ROOT, read_in
from tests.corpus.test_exports import body

FERRY = (
    "The harbour board said on Monday that the winter ferry may stop, and that nobody on the outer "
    "islands should count on a boat before the end of the month, because the crew is still ill."
)
BRIDGE = (
    "Engineers warned in the town hall that the old bridge could close for a year, while the mayor "
    "told reporters that she did not expect any delay and that the money for the work was there."
)


def read(tmp_path, name: str, content: str | bytes, **options) -> fr.Corpus:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        return fr.read_corpus(path, **options)


def table(*rows: dict[str, object]) -> str:
    return pd.DataFrame(rows).to_csv(index=False)


NAMES = {
    "article is the text": {"article": FERRY, "publication": "Sun", "pub date": "2031-03-12"},
    "content_original": {"content_original": FERRY, "site-name": "Sun", "publishedAt": "2031-03-12"},
    "capitals and dots": {"Full.Text": FERRY, "Newspaper": "Sun", "Date": "2031-03-12"},
    "no name known": {"tekst_x": FERRY, "newsOutlet": "Sun", "Dag": "2031-03-12"},
    "a label called content": {
        "content": "news", "artikel": FERRY, "medium": "Sun", "date_published": "2031-03-12",
    },
    "an address called source": {
        "source": "https://x.example/1", "sitename": "Sun", "maintext": FERRY,
        "timestamp": "2031-03-12",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_known_by_name_and_by_what_they_hold(tmp_path, name):
    corpus = read(tmp_path, "rows.csv", table(NAMES[name] | {"headline_text": "Ferry may stop"}))
    row = corpus.articles.iloc[0]
    assert (row["outlet"], row["title"], row["body_status"]) == ("Sun", "Ferry may stop", "full")
    assert row["date"] == pd.Timestamp("2031-03-12")
    assert body(corpus) == [FERRY]


FORMS = {
    "English": ["Which newspaper is it from?", "Date of publication", "Paste the headline here",
                "Please paste the full article text here", "Is it about ferries?"],
    "of": ["Name of newspaper", "Date of the article", "Headline of the article as printed",
           "Full text of the article", "What type of article is it?"],
    "German": ["Aus welcher Zeitung stammt der Artikel?", "Erscheinungsdatum", "Titel hier einfügen",
               "Bitte den Artikeltext hier einfügen", "Ist die Quelle genannt?"],
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_the_questions_of_a_form_are_columns(tmp_path, name):
    values = ["Sun", "2031-03-12", "Ferry may stop", FERRY, "yes"]
    row = dict(zip(FORMS[name], values, strict=True))
    corpus = read(tmp_path, "rows.csv", table({"Timestamp": "6/2/2031 10:04:51"} | row))
    article = corpus.articles.iloc[0]
    assert (article["outlet"], article["title"]) == ("Sun", "Ferry may stop")
    assert article["date"] == pd.Timestamp("2031-03-12")
    assert article[FORMS[name][-1]] == "yes"
    assert body(corpus) == [FERRY]


@pytest.mark.parametrize("stamp", ["Timestamp", "Zeitstempel"])
def test_the_time_of_an_answer_is_no_date_of_an_article(tmp_path, stamp):
    day = "2031-06-02 10:04:51"
    form = {stamp: day, "Which newspaper is it from?": "Sun", "text": FERRY}
    corpus = read(tmp_path, "form.csv", table(form))
    assert corpus.articles["date"].isna().all()
    assert "day of collection" in corpus.columns.set_index("column").loc[stamp, "how"]
    scraped = {stamp: day, "outlet": "Sun", "text": FERRY, "number of words": "60"}
    (tmp_path / "form.csv").unlink()
    assert read(tmp_path, "rows.csv", table(scraped)).articles["date"].notna().all()


def test_two_long_columns_without_a_known_name_are_a_question(tmp_path):
    """The text is never left out in silence; the question is settled by columns=."""
    rows = table({"title": "Ferry", "artikel": FERRY, "kommentar": BRIDGE})
    with pytest.raises(ValueError, match=r"which column is the text\? 'artikel', 'kommentar'"):
        read(tmp_path, "rows.csv", rows)
    corpus = read(tmp_path, "rows.csv", rows, columns={"text": "kommentar"})
    assert body(corpus) == [BRIDGE]
    assert corpus.articles["artikel"].tolist() == [FERRY]


def test_a_summary_does_not_take_the_place_of_the_text(tmp_path):
    """Headlines with summaries stay headlines, and the warning asks; alone it is the text."""
    path = tmp_path / "rows.csv"
    path.write_text(table({"title": "Ferry", "description": FERRY}))
    with pytest.warns(UserWarning, match=r"no text \('description' may be it: columns="):
        corpus = fr.read_corpus(path)
    assert corpus.articles["body_status"].tolist() == ["missing"]
    assert body(read(tmp_path, "rows.csv", table({"id": "x", "description": FERRY}))) == [FERRY]
    options = {"columns": {"text": "description"}}
    assert body(read(tmp_path, "rows.csv", table({"title": "A", "description": FERRY}), **options))


def test_texts_in_a_script_without_spaces_are_texts(tmp_path):
    rows = table({"标题": "渡轮", "正文": "部长周一表示，渡轮谈判可能失败，罢工的风险很高。" * 6})
    corpus = read(tmp_path, "rows.csv", rows, languages=())
    assert corpus.columns.set_index("column")["field"]["正文"] == "text"


def test_a_given_column_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"no column 'headlin' for title; the nearest: 'headline'"):
        read(tmp_path, "rows.csv", table({"headline": "Ferry", "text": FERRY}),
             columns={"title": "headlin"})  # fmt: skip


OBJECTS = {
    "source as an object": {"source": {"id": None, "name": "Sun"}, "text": FERRY},
    "source as a printed dict": {"source": "{'id': None, 'name': 'Sun'}", "text": FERRY},
    "a database's dates and ids": {
        "_id": {"$oid": "64b"}, "date": {"$date": "2031-03-12T00:00:00Z"}, "site": "Sun",
        "body": FERRY,
    },
    "an object inside": {"meta": {"outlet": "Sun", "date": "2031-03-12"}, "data": {"body": FERRY}},
    "fields of an interface": {
        "webTitle": "Ferry", "publication": "Sun", "fields": {"bodyText": FERRY, "wordcount": "34"},
    },
    "hits of a search engine": {
        "_id": "x", "_source": {"publisher": "Sun", "published_at": "2031-03-12", "body": FERRY},
    },
    "sentences as objects": {
        "outlet": "Sun", "body": [{"n": 0, "sentence": FERRY}, {"n": 1, "sentence": BRIDGE}],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("shape", ["lines", "array", "one"])
def test_objects_in_objects_are_read(tmp_path, name, shape):
    item = OBJECTS[name]
    text = {"lines": json.dumps(item) + "\n", "array": json.dumps([item]), "one": json.dumps(item)}
    corpus = read(tmp_path, "a.jsonl" if shape == "lines" else "a.json", text[shape])
    assert corpus.articles["outlet"].tolist() == ["Sun"]
    assert body(corpus)[0] == FERRY
    if "date" in json.dumps(item):
        assert corpus.articles["date"].tolist() == [pd.Timestamp("2031-03-12")]


@pytest.mark.parametrize("orient", ["columns", "index", "records", "split", "table"])
def test_every_orientation_of_pandas_is_read(tmp_path, orient):
    rows = pd.DataFrame({"title": ["A", "B"], "text": [FERRY, BRIDGE], "outlet": ["X", "Y"]})
    corpus = read(tmp_path, "a.json", rows.to_json(orient=orient))
    assert sorted(zip(corpus.articles["outlet"], corpus.articles["title"], strict=True)) == [
        ("X", "A"), ("Y", "B"),
    ]  # fmt: skip
    assert sorted(body(corpus)) == sorted([FERRY, BRIDGE])


def test_a_table_and_its_csv_give_the_same(tmp_path):
    """Only `source` differs; the row is in it."""
    rows = pd.DataFrame({
        "id": ["a", "b"], "outlet": ["X", None], "date": pd.to_datetime(["2031-03-12", None]),
        "text": [FERRY, BRIDGE], "leaning": ["left", "right"], "n": [1, 2],
    })  # fmt: skip
    before = rows.copy(deep=True)
    from_table = fr.read_corpus(rows)
    from_csv = read(tmp_path, "rows.csv", rows.to_csv(index=False))
    pd.testing.assert_frame_equal(rows, before)
    for name in ("articles", "paragraphs"):
        a, b = getattr(from_table, name), getattr(from_csv, name)
        pd.testing.assert_frame_equal(
            a.drop(columns="source", errors="ignore"), b.drop(columns="source", errors="ignore")
        )
    assert from_table.articles["source"].tolist() == ["table, row 1", "table, row 2"]
    assert from_csv.articles["source"].tolist() == ["rows.csv, row 1", "rows.csv, row 2"]


def test_other_columns_stay_and_can_be_compared(tmp_path):
    """From a CSV alone to `compare(by="leaning")`; names with a meaning here get an ending."""
    rows = [
        {
            "id": f"a{n}", "outlet": "X", "text": f"{FERRY} {n}", "leaning": "left" if n % 2 else
            "right", "tone": "calm", "reach": n * 10, "code": "007", "notes": BRIDGE,
        }
        for n in range(24)
    ]  # fmt: skip
    corpus = read(tmp_path, "rows.csv", table(*rows), columns={"text": "text"})
    articles = corpus.articles.set_index("article")
    assert list(corpus.articles)[len(ARTICLE_COLUMNS) :] == [
        "leaning", "tone_given", "reach", "code", "notes",
    ]  # fmt: skip
    assert articles.loc["a3", ["leaning", "tone_given", "reach", "code"]].tolist() == [
        "left", "calm", 30, "007",
    ]  # fmt: skip
    assert articles["reach"].dtype == "int64"
    assert "notes" not in corpus.paragraphs
    scores = fr.score(corpus.paragraphs)
    merged = scores["article"].map(articles["leaning"])
    assert scores["leaning"].tolist() == merged.tolist()
    assert fr.compare(scores, by="leaning")["articles_a"].eq(12).all()


def test_topics_reach_the_scores_so_that_comparisons_keep_them_constant():
    """The same as in a study, without a step between: one topic may hedge more than another."""
    rows = [
        {"id": f"a{n}", "outlet": "XY"[n % 2], "section": ["sea", "land"][n % 3 == 0],
         "text": f"{FERRY} {n}"}
        for n in range(24)
    ]  # fmt: skip
    corpus = fr.read_corpus(pd.DataFrame(rows))
    paragraphs = corpus.paragraphs
    own = corpus.articles.set_index("article")["topic"]
    assert paragraphs["topic"].tolist() == own[paragraphs["article"]].tolist()
    assert fr.compare(fr.score(paragraphs))["method"].str.contains("topic").all()
    without = fr.read_corpus(pd.DataFrame(rows).drop(columns="section")).paragraphs
    assert "topic" not in without


def test_names_that_a_carried_column_cannot_have_are_all_of_ours():
    """Whatever `score` adds with the built-in lexicon is reserved."""
    scores = fr.score(pd.DataFrame({"text": ["Talks may fail."]}))
    assert set(scores) <= RESERVED
    assert {*built_in().categories} <= set(CATEGORIES)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["z", "z", "z#2"], ["z", "z#2", "z#3"]),
        (["a", "a", "a", "a#2", "a#3"], ["a", "a#2", "a#3", "a#4", "a#5"]),
        (["a", "b"], ["a", "b"]),
    ],
)
def test_ids_are_unique_and_the_given_ones_are_kept(tmp_path, names, ids):
    rows = [{"id": name, "text": f"{FERRY} {n}"} for n, name in enumerate(names)]
    corpus = read(tmp_path, "rows.csv", table(*rows))
    assert sorted(corpus.articles["article"]) == sorted(ids)
    changed = len(set(names)) < len(names)
    assert ("article_given" in corpus.articles) == changed
    if changed:
        given = dict(zip(corpus.articles["article"], corpus.articles["article_given"], strict=True))
        assert sorted(given.values()) == sorted(names)
        assert all(ours == name or ours.startswith(f"{name}#") for ours, name in given.items())
        assert corpus.audit["reason"].str.contains("is given to").sum() == max(
            names.count(name) for name in names
        )


@given(
    st.lists(st.sampled_from(["z", "z#2", "z#3", "#2", "", "a"]), min_size=1, max_size=8), st.data()
)
@settings(max_examples=15)
def test_whatever_ids_are_given_they_are_unique_in_every_table(names, data):
    """And whatever texts: articles that are given twice stay, and it is said of them."""
    texts = [f"{FERRY} {data.draw(st.integers(0, 2))}" for _ in names]
    corpus = fr.read_corpus(pd.DataFrame({"id": names, "text": texts}))
    ids = corpus.articles["article"]
    assert ids.is_unique and len(ids) == len(names) and (ids != "").all()
    assert not corpus.paragraphs.duplicated(["article", "paragraph"]).any()
    inputs = corpus.audit[corpus.audit["block"].isna()]
    assert sorted(inputs["article"]) == sorted(ids)
    told = inputs["reason"].str.contains("the same article as").sum()
    assert told == len(names) - len(set(texts))
    again = fr.read_corpus(pd.DataFrame({"id": names[::-1], "text": texts[::-1]}))
    assert sorted(again.articles["article"]) == sorted(ids)


MISSING = ["nan", "NaN", "None", "NULL", "N/A", "<NA>"]


@pytest.mark.parametrize("mark", MISSING)
def test_marks_of_missing_values_are_no_names_where_the_table_shows_it(tmp_path, mark):
    """A date that is "nan" shows that an outlet called so is missing, too."""
    rows = table(
        {"outlet": mark, "date": "2031-03-12", "title": "A", "text": FERRY, "leaning": "left"},
        {"outlet": "Sun", "date": mark, "title": mark, "text": BRIDGE, "leaning": mark},
    )
    corpus = read(tmp_path, "rows.csv", rows)
    assert sorted(corpus.articles["outlet"]) == ["Sun", "unknown"]
    assert corpus.articles["title"].tolist().count("") == 1
    assert sorted(corpus.articles["leaning"]) == ["", "left"]
    assert repr(mark) + " missing" in " ".join(corpus.columns["how"])
    lost = corpus.articles.set_index("outlet").loc["unknown", "article"]
    told = corpus.audit[corpus.audit["block"].isna()].set_index("article")["reason"]
    noted = told.index[told.str.contains(f"its outlet {mark!r} is read as missing", regex=False)]
    assert noted.tolist() == [lost]


def test_an_outlet_that_is_called_so_stays_and_it_is_said(tmp_path):
    rows = [{"outlet": name, "text": f"{FERRY} {n}"} for n, name in enumerate(["NA", "Sun", "NA"])]
    corpus = read(tmp_path, "rows.csv", table(*rows))
    assert sorted(corpus.articles["outlet"]) == ["NA", "NA", "Sun"]
    assert "'NA' kept as a name" in " ".join(corpus.columns["how"])
    told = read(tmp_path, "rows.csv", table(*rows, {"outlet": "NA", "text": BRIDGE, "title": "NA"}),
                outlets={"NA": "NA"})  # fmt: skip
    assert sorted(told.articles["outlet"]) == ["NA", "NA", "NA", "Sun"]


@pytest.mark.parametrize("mark", ["nan", "NaN", "NaT", "<NA>", "None", "-"])
def test_an_id_that_says_there_is_none_is_none(tmp_path, mark):
    """The articles get other ids, which later steps do not take for empty cells, and it is said."""
    rows = [{"id": i, "text": f"{FERRY} {n}"} for n, i in enumerate([mark, mark, "b"])]
    corpus = read(tmp_path, "rows.csv", table(*rows))
    ids = corpus.articles["article"]
    assert "b" in set(ids) and ids.is_unique and not ids.str.startswith(mark).any()
    scores = fr.score(corpus.paragraphs)
    assert fr.levels(scores)["articles"].eq(3).all()
    assert is_copy(scores.assign(copy_of=scores["article"])).all()
    assert f"{mark!r} missing" in corpus.columns.set_index("field").loc["article", "how"]


def test_the_host_of_the_address_is_the_outlet_where_no_column_is(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(table({"url": "https://www.sun.example/1", "text": FERRY}))
    with pytest.warns(UserWarning, match="outlet from the host of 'url'"):
        corpus = fr.read_corpus(path)
    assert corpus.articles["outlet"].tolist() == ["sun.example"]


def test_html_in_cells_is_text_with_its_paragraphs(tmp_path):
    markup = f"<div><p>{FERRY}</p>\n<p>{BRIDGE}<br/></p><style>p {{}}</style></div>"
    corpus = read(tmp_path, "rows.csv", table({"title": "A &amp; B&#8217;s", "text": markup}))
    assert body(corpus) == [FERRY, BRIDGE]
    assert corpus.articles["title"].tolist() == ["A & B’s"]


def test_what_became_of_every_column_is_listed(tmp_path):
    rows = table({"Headline": "A", "Text": FERRY, "site": "Sun", "leaning": "left", "words": 3})
    corpus = read(tmp_path, "rows.csv", rows, columns={"outlet": "site"})
    listed = corpus.columns.set_index("column")[["field", "how"]].apply(tuple, axis=1).to_dict()
    assert listed == {
        "Text": ("text", "name"), "Headline": ("title", "similar name"), "site": ("outlet", "given"),
        "leaning": ("leaning", "carried"), "words": ("words_given", "carried"),
    }  # fmt: skip
    assert list(mapping_lines(corpus.columns)) == [
        "rows.csv: text from 'Text', title from 'Headline' (similar name), outlet from 'site' "
        "(given); carried along: leaning, words as words_given"
    ]


@pytest.mark.parametrize(
    ("files", "named"),
    [(1, "a.csv"), (2, "a.csv and 1 more file"), (1201, "a.csv and 1,200 more files")],
)
def test_files_with_the_same_columns_have_one_line(files, named):
    kind = pd.DataFrame([("a.csv", files, "text", "text", "name", 9)], columns=MAPPING_COLUMNS)
    assert list(mapping_lines(kind)) == [f"{named}: text from 'text'"]


def test_empty_rows_are_counted_in_one_input(tmp_path):
    rows = table({"outlet": "Sun", "text": FERRY}) + ",\n" * 50
    corpus = read(tmp_path, "rows.csv", rows)
    assert corpus.audit["source"].tolist()[-1] == "rows.csv, row 2, and 49 more rows"
    assert corpus.audit["reason"].tolist()[-1] == "an empty row"


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8, unique=True))
def test_any_names_of_columns_are_mapped_without_a_clash(names):
    """No column is lost: each is a field, or carried under a name of its own."""
    mapped = Mapper({}, {}).of(tuple(names))
    assert set(mapped.columns.values()) | set(mapped.carried) >= {n for n in names if n.strip()}
    assert len(set(mapped.carried.values())) == len(mapped.carried)
    assert not set(mapped.carried.values()) & RESERVED


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner:
       st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)))  # fmt: skip
def test_any_value_is_a_text(value):
    assert isinstance(cell_text(value), str)
    assert isinstance(short_text(value), str)
    assert isinstance(is_missing(cell_text(value)), bool)
    profile([{"x": value}])


@given(st.text(alphabet="<>p/ab&;#x!-\n ", max_size=60))
def test_any_markup_gives_a_text_without_tags(markup):
    text = without_markup(markup)
    assert "<p>" not in text or "<p>" not in markup.replace("&lt;", "<")
    assert without_markup("plain words only") == "plain words only"
    torn = "<p>Rain.</p><div>Hail <b>fell</b> long<script>x = 1<p>It dried.</p>"
    assert without_markup(torn) == "Rain.\n\nHail fell long x = 1\n\nIt dried."


def test_deep_and_long_values_are_bounded():
    deep: object = "x"
    for _ in range(5000):
        deep = [deep]
    assert cell_text(deep) == ""
    assert len(without_markup("<p>" + "<" * 200_000)) <= 200_003


def workbook(sheets: dict[str, pd.DataFrame], engine: str = "xlsxwriter") -> bytes:
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine=engine) as writer:
        for name, rows in sheets.items():
            rows.to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


ROWS = pd.DataFrame({
    "ID": [7, 8], "Outlet": ["Sun", "Moon"], "Date": pd.to_datetime(["2031-03-12", "2031-03-13"]),
    "Headline": ["Ferry", "Bridge"], "Text": [FERRY, BRIDGE], "Pages": [1.0, 2.5],
})  # fmt: skip


@pytest.mark.parametrize(("suffix", "engine"), [("xlsx", "xlsxwriter"), ("ods", "odf")])
def test_workbooks_are_read(tmp_path, suffix, engine):
    corpus = read(tmp_path, f"a.{suffix}", workbook({"Data": ROWS}, engine))
    articles = corpus.articles.set_index("article")
    assert articles["outlet"].to_dict() == {"7": "Sun", "8": "Moon"}
    assert articles.loc["8", "date"] == pd.Timestamp("2031-03-13")
    assert articles.loc["8", "Pages"] == 2.5
    assert articles.loc["7", "source"] == f"a.{suffix}, row 1"
    assert sorted(body(corpus)) == sorted([FERRY, BRIDGE])


def test_sheets_are_chosen_by_what_they_hold_or_by_name(tmp_path):
    notes = pd.DataFrame({"Codebook": ["1 = left"], "x": ["2 = right"]})
    data = workbook({"Notes": notes, "2030": ROWS, "2031": ROWS.assign(ID=[9, 10]),
                     "Empty": pd.DataFrame()})  # fmt: skip
    corpus = read(tmp_path, "a.xlsx", data)
    assert sorted(corpus.articles["article"]) == ["10", "7", "8", "9"]
    skipped = corpus.audit[corpus.audit["outcome"] == "skipped"].set_index("source")["reason"]
    assert skipped.to_dict() == {
        "a.xlsx#Notes": "a sheet without a column of text or titles", "a.xlsx#Empty":
        "an empty sheet",
    }  # fmt: skip
    assert len(fr.read_corpus(f"{tmp_path / 'a.xlsx'}#2031", columns={"title": "Headline"})[0]) == 2
    with pytest.raises(ValueError, match="no sheet '2032'; its sheets are: Notes, 2030"):
        fr.read_corpus(f"{tmp_path / 'a.xlsx'}#2032")


def test_the_day_of_collection_is_no_date_and_is_named(tmp_path):
    row = {"outlet": "A", "text": FERRY, "Date collected": "2031-03-12"}
    corpus = read(tmp_path, "a.csv", table(row))
    assert corpus.articles["date"].isna().all()
    assert "Date collected (the day of collection" in next(mapping_lines(corpus.columns))
    with pytest.warns(UserWarning, match=r"no date \('Date collected' has dates"):
        fr.read_corpus(tmp_path / "a.csv")
    dated = read(tmp_path, "b.csv", table(row | {"posted": "2031-03-10"})).articles["date"]
    assert dated.dt.day.tolist() == [10]


@pytest.mark.parametrize(
    ("first", "second", "outlets"),
    [
        ({"source": "Nexis Uni"}, {"newspaper": ["Gull", "Post"]}, ["Gull", "Post"]),
        ({"media": "Print"}, {"publication": ["Gull", "Gull"]}, ["Gull", "Gull"]),
        ({"outlet": "Gull"}, {"publisher": ["Gull Ltd", "Post Ltd"]}, ["Gull", "Gull"]),
        ({"source": "Gull"}, {"domain": ["gull.example", "post.example"]}, None),
        ({"source": "Gull"}, {"site": ["News", "Sports"]}, ["Gull", "Gull"]),
    ],
)
def test_a_database_is_no_outlet(tmp_path, first, second, outlets):
    """A vague column with one value gives way to one that names outlets, no other."""
    [(name, values)] = second.items()
    rows = [first | {name: v, "text": t} for v, t in zip(values, (FERRY, BRIDGE), strict=True)]
    found = read(tmp_path, "a.csv", table(*rows)).articles["outlet"]
    assert sorted(found) == (outlets or values)


def test_the_text_of_factiva_in_two_columns_is_one(tmp_path):
    rows = {"HD": "Ferry", "SN": "Gull", "PD": "31jan2031", "LP": FERRY, "TD": BRIDGE}
    corpus = read(tmp_path, "a.csv", table(rows))
    assert body(corpus) == [FERRY, BRIDGE]
    assert corpus.articles["date"].tolist() == [pd.Timestamp("2031-01-31")]


def test_a_text_beside_its_html_is_read_once(tmp_path):
    """Under any names, in a list of objects that begin with their id."""
    blocks = [{"id": n, "html": f"<p>{t}</p>", "plain": t} for n, t in enumerate((FERRY, BRIDGE))]
    corpus = read(tmp_path, "a.json", json.dumps([{"title": "Ferry", "body": blocks}]))
    assert body(corpus) == [FERRY, BRIDGE]


def test_a_fragment_of_html_in_a_text_file_and_tables_in_markdown(tmp_path):
    corpus = read(tmp_path, "a.txt", f"<h1>Ferry may stop</h1>\n<p class='fear'>{FERRY}</p>")
    assert corpus.paragraphs["text"].tolist() == ["Ferry may stop", FERRY]
    text = f"# Ferry may stop\n\n{FERRY}[^1]\n\n| Year | Boats |\n| :-- | --: |\n| 2031 | 3 |\n"
    found = read(tmp_path, "b.md", text).paragraphs["text"].tolist()
    assert found == ["Ferry may stop", FERRY, "Year | Boats 2031 | 3"]
    headed = f"Title: Ferry\nSource: https://www.gull.example/1\n\n{FERRY}"
    article = read(tmp_path, "c.txt", headed).articles.iloc[0]
    assert (article["outlet"], article["url"]) == ("gull.example", "https://www.gull.example/1")


@pytest.mark.parametrize(
    "start", ["TY  - NEWS\nTI  - A", "@article{a,\n", "PMID- 1\n", "%0 News\n"]
)
def test_references_are_no_articles(tmp_path, start):
    with pytest.raises(ValueError, match="references, which hold abstracts at most"):
        read(tmp_path, "a.txt", start)


def test_the_names_of_columns_may_stand_again_in_another_order(tmp_path):
    """As where tables were joined on the command line."""
    tables = [
        pd.DataFrame({"outlet": ["A"], "text": [FERRY]}),
        pd.DataFrame({"text": [BRIDGE], "outlet": ["B"]}),
        pd.DataFrame({"text": [FERRY * 2], "outlet": ["C"]}),
    ]
    corpus = read(tmp_path, "a.csv", "".join(one.to_csv(index=False) for one in tables))
    assert set(corpus.articles["outlet"]) == {"A", "B", "C"}
    skipped = corpus.audit[corpus.audit["outcome"] == "skipped"]
    assert skipped["reason"].tolist() == ["names of columns again"] * 2


@pytest.mark.parametrize("notes", ["# downloaded today\n", "Export of news\n\n", "#\n# a, b\n#\n",
                                   '"Gull, harbour or ""strike"""\n"Found","1, of 2"\n'])  # fmt: skip
def test_notes_above_the_names_of_columns_are_left_out(tmp_path, notes):
    corpus = read(
        tmp_path, "a.csv", notes + table({"outlet": "A", "title": "Ferry", "text": FERRY})
    )
    assert corpus.articles[["outlet", "title"]].to_numpy().tolist() == [["A", "Ferry"]]
    assert body(corpus) == [FERRY]


def test_rows_without_text_describe_the_files_that_their_ids_name(tmp_path):
    for number, text in ((7, FERRY), (8, BRIDGE)):
        (tmp_path / f"{number:03}.txt").write_text(text)
    rows = [{"id": n, "outlet": o, "title": f"Ferry {n}"} for n, o in ((7, "A"), (8, "B"))]
    corpus = read_in(tmp_path, "a.csv", table(*rows))
    found = corpus.articles.set_index("article")[["outlet", "title"]]
    assert found.T.to_dict("list") == {"007": ["A", "Ferry 7"], "008": ["B", "Ferry 8"]}
    alone = [{"id": n, "outlet": "A", "title": f"Ferry {n}"} for n in (7, 18, 19, 20)]
    (tmp_path / "a.csv").write_text(table(*alone))  # other articles, of which one number fits
    assert len(fr.read_corpus(tmp_path).articles) == 6


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{FERRY} The boat… Continue reading →", "truncated"),
        (f"{FERRY} The boat ... (more)", "truncated"),
        (f"{FERRY} The bo... [2041 chars]", "truncated"),
        (f"{FERRY} He said so... and left, they say.", "full"),
        ("Full text is not available.", "missing"),
        ("https://gull.example/ferry", "missing"),
        ("The text of the treaty is not available to members, the mayor said.", "full"),
    ],
)
def test_what_stands_for_a_text_is_no_text(tmp_path, text, status):
    row = {"outlet": "A", "title": "Ferry may stop", "text": text}
    assert read(tmp_path, "a.csv", table(row)).articles["body_status"].tolist() == [status]


def test_what_is_escaped_twice_is_read(tmp_path):
    row = {"outlet": "A", "text": f"It isn&amp;#39;t safe &amp; sound. {FERRY}"}
    assert body(read(tmp_path, "a.csv", table(row))) == [f"It isn't safe & sound. {FERRY}"]


def test_the_address_of_a_database_is_no_outlet(tmp_path):
    inner = "https://web.archive.org/web/2031/https://www.gull.example/1"
    urls = ["https://advance.lexis.com/x", "https://www-gull-example.ezproxy.uni.example/1", inner]
    rows = [{"url": url, "text": f"{n} {FERRY}"} for n, url in enumerate(urls)]
    found = read(tmp_path, "a.csv", table(*rows)).articles["outlet"]
    assert sorted(found) == ["gull.example", "unknown", "unknown"]


def test_parts_of_a_saved_page_and_json_in_folders_of_outlets(tmp_path):
    (tmp_path / "Gull" / "Ferry_files").mkdir(parents=True)
    (tmp_path / "Gull" / "Ferry_files" / "ad.html").write_text(f"<html><p>{BRIDGE}</p></html>")
    (tmp_path / "Gull" / "Ferry.htm").write_text(f"<html><body><p>{FERRY}</p></body></html>")
    (tmp_path / "Gull" / "1.json").write_text(json.dumps({"title": "Bridge", "text": BRIDGE}))
    corpus = fr.read_corpus(tmp_path)
    assert corpus.articles["outlet"].tolist() == ["Gull"] * 2
    audit = corpus.audit.set_index("source")["reason"]
    assert audit["Gull/Ferry_files/ad.html"].startswith("part of a saved page")


def test_languages_are_codes_or_names(tmp_path):
    row = {"outlet": "A", "text": FERRY}
    assert len(read(tmp_path, "a.csv", table(row), languages=("English",)).articles) == 1
    with pytest.raises(ValueError, match="must be codes such as 'en' or 'de', got 'e n'"):
        read(tmp_path, "a.csv", table(row), languages=("e n",))


def test_a_workbook_of_old_excel_is_read():
    """A file of the format before 2007, of invented articles."""
    corpus = fr.read_corpus(ROOT / "tests" / "fixtures" / "workbooks" / "news.xls")
    articles = corpus.articles.sort_values("Nr")
    assert articles["outlet"].tolist() == ["Daily Clarion", "Global Wire"]
    assert articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2031-03-12", "2031-03-13"]
    assert articles[["title", "Leaning"]].to_numpy().tolist() == [
        ["Ferry may stop", "left"], ["Bridge could close", "right"],
    ]  # fmt: skip
    assert sorted(body(corpus)) == sorted([FERRY, BRIDGE])
    assert corpus.audit["reason"].str.contains("an empty sheet").any()


def test_an_object_keyed_by_values_is_one_column(tmp_path):
    """The numbers of its keys would make columns without end; an object of few keys is not."""
    rows = [
        {"text": f"{FERRY} {n}", "topics": {f"Q{n * 9 + k}": 0.5 for k in range(9)}, "at": {"x": n}}
        for n in range(20)
    ]
    articles = read(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows))).articles
    assert [name for name in articles if name not in ARTICLE_COLUMNS] == ["topics", "at.x"]
    assert articles.loc[articles["at.x"] == 0, "topics"].item().startswith("Q0: 0.5; Q1: 0.5; ")


def test_the_record_of_a_report_is_no_article(tmp_path):
    with pytest.raises(ValueError, match="the record of a report, written by framing"):
        read(tmp_path, "a.json", '{\n "framing": "0.1.0",\n "text": "Rain"}')


def test_a_column_that_may_be_the_title_is_named_where_there_is_none(tmp_path):
    corpus = read(tmp_path, "a.csv", table({"text": FERRY, "Title given by us": "Ferry"}))
    assert "--map title='Title given by us' takes them" in account(corpus)


def test_a_damaged_feather_file_is_named(tmp_path):
    with pytest.raises(ValueError, match="a damaged Feather file"):
        read(tmp_path, "a.feather", b"ARROW1" + bytes(9))


def test_a_damaged_cell_of_a_parquet_file_costs_no_other(tmp_path):
    texts = pd.DataFrame({"outlet": "Sun", "text": [f"{FERRY} Story {n:02}." for n in range(30)]})
    table, out = pa.Table.from_pandas(texts), io.BytesIO()
    options = {"row_group_size": 10, "compression": "NONE", "use_dictionary": False}
    pq.write_table(table, out, **options)
    corpus = read(tmp_path, "a.parquet", out.getvalue().replace(b"Story 12", b"Story\xff12"))
    assert set(body(corpus)) == {text for text in texts["text"] if "12" not in text}
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert failed["source"].tolist() == ["a.parquet, row 13"]


def test_a_damaged_row_group_of_a_parquet_file_costs_no_other(tmp_path):
    texts = pd.DataFrame({"outlet": "Sun", "text": [f"{FERRY} Story {n:02}." for n in range(30)]})
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(texts), out, row_group_size=10, compression="gzip")
    chunk = pq.ParquetFile(out).metadata.row_group(1).column(1)
    data = bytearray(out.getvalue())
    end = chunk.dictionary_page_offset + chunk.total_compressed_size
    data[end - 200 : end] = bytes(200)
    corpus = read(tmp_path, "a.parquet", bytes(data))
    assert len(corpus.articles) == 20
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert failed["source"].tolist() == ["a.parquet, row 11, and 9 more rows"]


def test_a_damaged_sheet_costs_no_other(tmp_path):
    row = pd.DataFrame({"outlet": ["Sun"], "text": [FERRY]})
    book, out = (
        workbook({"a": row, "b": row, "c": row.assign(text=f"{FERRY} Again.")}),
        io.BytesIO(),
    )
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 300 if name.endswith("sheet2.xml") else None])
    corpus = read(tmp_path, "a.xlsx", out.getvalue())
    assert len(corpus.articles) == 2
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert failed["source"].tolist() == ["a.xlsx#b"]
