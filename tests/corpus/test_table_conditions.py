"""Conditions of tables, JSON and XML: for each a case that nothing else decides."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.blocks.roles import Page, classify
from framing.corpus.readers import by_name, file_names, in_json, json_files, xml_elements
from framing.corpus.readers.api_answers import answer_without_articles
from framing.corpus.readers.files import File
from framing.corpus.readers.tables import recognises
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
        (f"2018-01-31 {words(9)}.txt", ""),
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


@pytest.mark.parametrize(("above", "again"), [(11, True), (12, False)])
def test_a_title_stands_again_below_a_dozen_lines_of_a_menu_at_most(above, again):
    menu = [f"Section {words(n % 3 + 1, 'Rain')} {n}" for n in range(above)]
    blocks = ["Ferry talks fail", *menu, "Ferry talks fail", FIRST, SECOND]
    found = next(classify([Page(blocks, title="Ferry talks fail", marked=True)]))
    assert all(block.reason == "above the title" for block in found[1 : above + 1]) is again


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
