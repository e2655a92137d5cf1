"""Conditions of tables, JSON and XML: for each a case that nothing else decides."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.blocks.roles import Page, classify
from framing.corpus.readers import (
    Found,
    by_name,
    cells,
    file_names,
    in_json,
    json_files,
    profiles,
    raw_rows,
    sidecar,
    xml_elements,
)
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.files import File
from framing.corpus.readers.no_article import why_no_article
from framing.corpus.readers.tables import recognises
from framing.corpus.readers.text import split_header
from framing.corpus.readers.xml_files import fromstring
from framing.corpus.summary import read_to
from tests.corpus.test_bounds import words
from tests.corpus.test_exports import FIRST, SECOND, body

LONG = f"{words(70)}."


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["title", "Talks fail"], True),
        (["text", "title", LONG], True),
        (["text", LONG], False),
        (["title", "date", LONG], False),
        (["id", "x" * 200], True),
        (["id", "x" * 201], False),
        (["id", words(15)], True),
        (["id", words(16)], False),
    ],
)
def test_a_first_row_with_a_long_cell_names_columns_if_it_names_a_text_and_more(cells, names):
    assert by_name.are_names(cells) is names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("2018-01-31 Daily Gull.txt", "Daily Gull"),
        ("a/20180131_Daily Gull.txt", "Daily Gull"),
        ("Ada 2018-01-31 Daily Gull.txt", ""),
        ("Daily Gull.txt", ""),
        (f"2018-01-31 {words(5)}.txt", words(5)),
        (f"2018-01-31 {words(6)}.txt", ""),
    ],
)
def test_what_follows_the_date_in_the_name_of_a_file_may_be_its_outlet(source, name):
    assert file_names.repeated_name(source) == name


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"a1": {"title": "Talks fail"}, "a2": {"title": "Talks go on"}}, ["a1", "a2"]),
        ({"a1": {"title": "Talks fail"}}, [None]),
        ({"a1": {"title": "Talks fail"}, "a2": "Rain."}, [None]),
        ([{"a1": {"title": "Talks fail"}, "a2": {"title": "Talks go on"}}], [None]),
    ],
)
def test_objects_with_a_title_each_are_articles_if_they_are_several(value, ids):
    assert [item.get("id") for item in in_json.items_of(value, False)] == ids


def test_the_first_and_the_last_error_in_an_object_are_told():
    for errors, said in (("", None), ("a", "a"), ("aa", "a"), ("ab", "a; b"), ("abc", "a; c")):
        told = json_files._joined([ValueError(text) for text in errors])
        assert (told and str(told)) == said


@pytest.mark.parametrize(
    ("first", "known"),
    [
        ("title,text,date", True),
        ("title,text", False),
        ("title,text,rain", False),
        ("title,text,date,a,b,c,d,e", True),
        ("title,text,date,a,b,c,d,e,f", False),
        ("outlet,date,url", False),
    ],
)
def test_a_file_of_any_name_is_a_table_if_a_third_of_its_first_line_names_fields(first, known):
    assert recognises(File("a", data=f"{first}\nTalks fail,Rain,1".encode())) is known


@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        ("<a><t>x</t><m src='y'/></a>", {"t": "x", "m.src": "y", "m": ""}),
        ("<a><t>x</t><m src='y'><n>z</n></m></a>", {"t": "x", "m": {"src": "y", "n": "z"}}),
        ("<a><s name='t'>x</s><s name='d'>y</s></a>", {"t": "x", "d": "y"}),
        ("<a><s name='t'>x</s><s>y</s></a>", {"s": ["x", "y"], "s.name": "t"}),
    ],
)
def test_attributes_of_elements_are_cells_unless_they_name_them_all(xml, cells):
    assert xml_elements.cells_of(fromstring(xml)) == cells


@pytest.mark.parametrize(("depth", "said"), [(4, "an answer without an article"), (5, "")])
def test_an_answer_without_articles_is_looked_into_so_deep(depth, said):
    """Six values around the innermost one: the object, its list, and lists in it."""
    value: object = 7
    for _ in range(depth):
        value = [value]
    assert answer_without_articles({"status": "ok", "articles": [value]}) == said
    value = 7
    for _ in range(depth):
        value = {"status": value}
    assert answer_without_articles({"status": "ok", "articles": [value]}) == said


@pytest.mark.parametrize(("above", "again"), [(0, True), (11, True), (12, False)])
def test_a_title_stands_again_below_a_dozen_lines_of_a_menu_at_most(above, again):
    menu = [f"Section {words(n % 3 + 1, 'Rain')} {n}" for n in range(above)]
    blocks = ["Ferry talks fail", *menu, "Ferry talks fail", FIRST, SECOND]
    found = next(classify([Page(blocks, title="Ferry talks fail", marked=True)]))
    assert all(block.reason == "above the title" for block in found[1 : above + 2]) is again


@pytest.mark.parametrize("other", ["title", "outlet", "date"])
def test_a_table_of_more_than_ids_and_texts_holds_no_texts_of_another_one(tmp_path, other):
    ids = [1, 2]
    pd.DataFrame({"id": ids, "headline": ["Talks fail", "Talks go on"]}).to_csv(
        tmp_path / "meta.csv", index=False
    )
    texts = pd.DataFrame({"id": ids, "text": [FIRST, SECOND]})
    texts.to_csv(tmp_path / "texts.csv", index=False)
    assert set(fr.read_corpus(tmp_path).articles["title"]) == {"Talks fail", "Talks go on"}
    cells = {"title": ["Rain", "Hail"], "outlet": ["Gull", "Post"], "date": ["2031-03-12"] * 2}
    texts.assign(**{other: cells[other]}).to_csv(tmp_path / "texts.csv", index=False)
    corpus = fr.read_corpus(tmp_path)
    assert sorted(body(corpus)) == sorted([FIRST, SECOND])
    assert not {"Talks fail", "Talks go on"} & set(
        corpus.articles.loc[corpus.articles["body_status"] != "missing", "title"]
    )


def test_a_study_may_be_made_in_a_folder_of_a_folder_that_is_not_there(tmp_path, capsys):
    source = tmp_path / "a.csv"
    source.write_text(f'title,text\nTalks fail,"{FIRST}"\n')
    read_to(source, tmp_path / "b" / "c", workers=1, progress=False)
    assert len(fr.read_corpus(tmp_path / "b" / "c").articles) == 1
    assert capsys.readouterr().err == ""


def test_each_input_without_an_article_is_told_if_there_are_several(tmp_path):
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(ValueError, match="no article could be read") as told:
        fr.read_corpus(tmp_path)
    assert "a.txt" not in str(told.value).replace(str(tmp_path), "")
    (tmp_path / "b.txt").write_text("")
    with pytest.raises(ValueError, match="no article could be read") as told:
        fr.read_corpus(tmp_path)
    for name in ("a.txt", "b.txt"):
        assert f"  {name}: skipped: an empty file" in str(told.value)


@pytest.mark.parametrize(
    ("source", "said", "title"),
    [
        ("2018-01-31 - Gull - Talks fail - again.txt", {"outlet": "Gull", "date": "2018-01-31"}, "Talks fail - again"),
        ("Gull/2018-01-31_Post_talks.txt", {"outlet": "Post", "date": "2018-01-31"}, ""),
        ("Gull/2018-01-31_talks.txt", {"outlet": "Gull", "date": "2018-01-31"}, ""),
        ("Gull/Post 2018-01-31.txt", {"outlet": "Gull", "date": "2018-01-31"}, ""),
        ("Gull/2018/01/31/talks.txt", {"outlet": "Gull", "date": "2018-01-31"}, ""),
        ("outlet=Gull/2018-01-31.txt", {"outlet": "Gull", "date": "2018-01-31"}, ""),
        ("outlet=Gull/Post/a.txt", {"outlet": "Gull"}, ""),
        ("Post/id=7/a.txt", {"outlet": "Post"}, ""),
        ("Gull 2018-01-31 - Talks fail.txt", {"outlet": "Gull", "date": "2018-01-31"}, "Talks fail"),
        ("Gull 2018-01-31 Talks fail.txt", {"outlet": "Gull", "date": "2018-01-31"}, ""),
        ("articles/a.txt", {}, ""),
    ],
)  # fmt: skip
def test_what_the_path_of_a_file_says(source, said, title):
    assert file_names.from_path(File(source)) == said
    assert file_names.title_of(File(source)) == title


@pytest.mark.parametrize(("urls", "files", "prose"), [(2, 1, False), (1, 1, True), (3, 0, False)])
def test_names_of_files_and_addresses_are_no_prose_together(urls, files, prose):
    cells = ["https://gull.example/1"] * urls + ["a.txt"] * files
    cells += ["It rained."] * (5 - len(cells))
    assert bool(profiles._profile(cells).prose) is prose
    assert profiles._profile(cells).urls == urls / 5


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Outlet: Gull\nDate: 2031", {"outlet": "Gull", "date": "2031"}),
        ("Outlet: Gull\nRain", {}),
        ("Rain: a lot\nHail: none", {}),
        ("Author: Ada Holm", {"byline": "Ada Holm"}),
        ("Newspaper: Gull", {}),
        ("Outlet: Gull\nRain: a lot", {"outlet": "Gull"}),
        ("Outlet: \nDate: 2031", {"date": "2031"}),
    ],
)
def test_lines_above_a_text_are_a_header_if_each_names_a_value(head, said):
    text = f"{head}\n\nTalks fail"
    assert split_header(text) == (said, "Talks fail" if said else text)
    assert split_header(head) == ({}, head)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("Rain.\\nHail.\\nSun.", "Talks"), True),
        (("Rain.\\nHail.", "Talks"), False),  # once only
        (("Rain.\\nHail.\\nSun.", "Rain.\nHail."), False),  # a column with breaks
        (("Rain.\\nHail.\\nSun.", "['Rain.\nHail.']"), True),  # a printed list has its own
        (("['Rain.\\nHail.\\nSun.']", "Talks"), False),
    ],
)
def test_breaks_are_written_as_two_letters_where_a_column_has_no_other(cells, read):
    rows = [raw_rows.Row(f"a, row {n}", {"text": cell}, "") for n, cell in enumerate(cells)]
    found = [row.cells["text"] for row in raw_rows._with_breaks(iter(rows))]
    assert (found[0] != cells[0]) is read
    assert found[1] == cells[1]


def test_a_cell_alone_in_its_row_is_no_article_in_a_table_with_outlets(tmp_path):
    rows = [
        ["Talks fail", FIRST, "Gull"],
        ["Ports", "", ""],
        ["", SECOND, ""],
        ["Rain", "", "Gull"],
    ]
    for names, outcomes in (
        (["title", "text", "outlet"], ["scored", "skipped", "scored", "scored"]),
        (["title", "text", "other"], ["scored"] * 4),
    ):
        audit = fr.read_corpus(pd.DataFrame(rows, columns=names)).audit.query("block.isna()")
        audit = audit.sort_values("source")
        assert audit["outcome"].tolist() == outcomes
        told = audit["reason"].str.startswith("nothing in its row but a")
        assert told.tolist() == [False, names[2] == "outlet", names[2] == "outlet", False]


@pytest.mark.parametrize(
    ("words_of_one", "why"), [(80, True), (81, False)]
)  # fmt: skip
def test_a_notice_has_eighty_words_and_a_label_twelve_at_most(words_of_one, why):
    notice = f"we use cookies {words(words_of_one - 3)}"
    assert bool(why_no_article([notice])) is why
    label = words(words_of_one - 68)
    assert bool(why_no_article(["We use cookies.", label])) is why


def test_a_page_of_titles_shows_no_article_if_all_of_them_are_teasers():
    lines = ["The ferry talks failed on Monday.", "Ships wait in the port for days."]
    assert "lists articles" in why_no_article(lines, teasers=[*lines, "Hail fell."])
    assert "lists articles" in why_no_article(lines, teasers=lines)
    assert "lists articles" in why_no_article([*lines, "More"], teasers=lines)
    assert why_no_article(lines, teasers=lines[:1]) == ""
    assert why_no_article(["More"], teasers=lines) == ""


@pytest.mark.parametrize(
    ("value", "short", "long"),
    [
        ("['A', 'B']", "A; B", "A\n\nB"),
        ("{'name': 'Gull'}", "Gull", "{'name': 'Gull'}"),
        ("[A, B]", "[A, B]", "[A, B]"),
        (["A", "B"], "A; B", "A\n\nB"),
        ("A\n\nB", "A\n\nB", "A\n\nB"),
        ({"id": 7, "name": "Gull"}, "Gull", "Gull"),
        ({"id": 7}, "7", "7"),
        ({"en": "Rain."}, "Rain.", "Rain."),
        ({"en": "Rain.", "fr": "Pluie."}, "", ""),
        (7.0, "7", "7"),
        (7.5, "7.5", "7.5"),
        (None, "", ""),
        (b"Rain.", "Rain.", "Rain."),
        ("A_x000D_\nB_x0009_C", "A\nB\tC", "A\nB\tC"),
    ],
)
def test_what_a_cell_says_as_metadata_and_as_a_text(value, short, long):
    assert cells.short_text(value) == short
    assert cells.long_text(value) == long


@pytest.mark.parametrize(
    ("cell", "missing", "surely", "no_answer", "error"),
    [
        ("", True, True, False, False),
        ("NaN", True, True, False, False),
        ("NA", True, False, False, False),
        ("k. A.", False, False, True, False),
        ("#REF!", True, True, False, True),
        ("Rain", False, False, False, False),
        ("Nan" + " " * 30, True, True, False, False),
    ],
)
def test_cells_that_say_nothing(cell, missing, surely, no_answer, error):
    assert cells.is_missing(cell) is missing
    assert cells.is_missing(cell, surely=True) is surely
    assert cells.is_no_answer(cell) is no_answer
    assert cells.is_error(cell) is error
    assert not cells.is_error(7)


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["Text", "Text (part 2)", "Text (part 3)"], ["Text", "Text (part 2)", "Text (part 3)"]),
        (["Text", "Text (part 1)", "Text (part 2)"], ["Text (part 1)", "Text (part 2)"]),
        (["text", "text2", "text3"], []),
        (["text1", "text2", "text3"], ["text1", "text2", "text3"]),
        (["para_2"], []),
        (["rain_1", "rain_2", "rain_3"], []),
    ],
)
def test_numbered_columns_are_the_parts_of_a_text(names, parts):
    assert raw_rows._parts(names) == parts


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["a1", "a2"], True),
        (["a1"], False),
        (["a1", "a2", "x", "y"], True),
        (["a1", "a2", "x", "y", "z"], False),
        (["a1", "a1", "a2"], False),
        (["texts/a1.txt", "A2"], True),
        (["x", "y"], False),
    ],
)
def test_a_column_names_files_if_half_of_its_cells_do_and_each_another_one(cells, named):
    files = {f"a{n}": f"a{n}.txt" for n in range(4)}
    rows = [Found("t.csv", "", extra=(("rain", "x"), ("file", cell))) for cell in cells]
    assert sidecar._names_of_files(rows, files) == (cells if named else [])
    rows = [Found("t.csv", "", article=cell) for cell in cells]
    assert sidecar._names_of_files(rows, files) == (cells if named else [])


@pytest.mark.parametrize(
    ("column", "cell", "read"),
    [
        ("title", "k. A.", ""),
        ("title", "NaN", ""),
        ("title", "Talks fail", "Talks fail"),
        ("outlet", "k. A.", "unknown"),
        ("outlet", "Gull", "Gull"),
        ("byline", "Ada <b>Holm</b>", "Ada Holm"),
        ("url", "#REF!", ""),
        ("url", "https://gull.example/1", "https://gull.example/1"),
    ],
)
def test_cells_of_a_row_that_say_nothing_are_empty(column, cell, read):
    row = {"title": "Rain falls", "outlet": "Post", "byline": "Ivo", "url": "https://a.example/1"}
    table = pd.DataFrame([{**row, "text": FIRST, column: cell}, {**row, "text": SECOND}])
    articles = fr.read_corpus(table).articles
    assert read in articles[column].tolist()
    assert cell == read or cell not in articles[column].tolist()


@pytest.mark.parametrize("text", ["k. A.", "NaN", ""])
def test_a_text_that_says_nothing_is_none(text):
    table = pd.DataFrame({"title": ["Talks fail", "Rain falls"], "text": [text, FIRST]})
    articles = fr.read_corpus(table).articles.set_index("title")
    assert articles["body_status"].to_dict() == {"Talks fail": "missing", "Rain falls": "full"}
