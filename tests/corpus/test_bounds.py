"""Where a limit of reading lies: what is at it, and what is one beyond."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

import framing as fr
from framing.corpus.blocks import shapes
from framing.corpus.blocks.hyphens import OPEN, with_whole_words
from framing.corpus.blocks.openings import is_date, is_masthead
from framing.corpus.blocks.roles import Page, classify
from framing.corpus.blocks.signals import Measured, measure
from framing.corpus.blocks.titles import clean_title, looks_like_headline
from framing.corpus.readers import (
    api_answers,
    factiva_text,
    html_tables,
    in_documents,
    in_json,
    several,
)
from framing.corpus.readers.csv_records import records
from framing.corpus.readers.in_cells import keyed_by_values
from framing.corpus.readers.in_documents import Line
from framing.corpus.readers.in_json import items_of
from framing.corpus.readers.nexis import _above_labels
from framing.corpus.readers.parts import _joined
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import _has
from framing.corpus.readers.several import between_rules
from tests.conftest import read_file
from tests.corpus.test_exports import FIRST, SECOND


@pytest.mark.parametrize(("letters", "joined"), [(60, True), (61, False)])
def test_a_word_that_is_broken_is_known_by_sixty_letters(letters, joined):
    word = "a" * letters
    whole, note = with_whole_words([f"{word}{OPEN}ly", f"{word}ly"])[0]
    assert whole == (f"{word}ly" if joined else f"{word}-ly")
    assert ("joined" in note) is joined


def test_a_headline_has_four_hundred_characters_at_most():
    for length, headline in ((400, True), (401, False)):
        line = f"Talks fail {'x' * (length - 11)}"
        assert (len(line), looks_like_headline(line)) == (length, headline)


PULLED = "We are close to a deal tonight"


@pytest.mark.parametrize(
    ("pulled", "where", "reason"),
    [
        (PULLED, 1, "stands in a paragraph"),
        (f"{PULLED}.", 0, ""),  # it is above all prose
        ("Close to | a deal tonight.", 1, ""),  # a row of a table
        ("• We are close to a deal.", 1, ""),
        ("Close to a deal.", 1, ""),  # four words
        ("Close to a deal tonight.", 1, "stands in a paragraph"),
        (f"{'very ' * 39}close.", 1, "stands in a paragraph"),
        (f"{'very ' * 40}close.", 1, ""),
    ],
)
def test_a_quotation_is_pulled_out_of_prose_and_a_row_of_a_table_is_not(pulled, where, reason):
    prose = f"The envoy said on Monday: {pulled} And nobody in the harbour believed a word of it."
    blocks = [FIRST, prose, SECOND]
    blocks.insert(where, pulled)
    assert next(classify([Page(blocks, marked=True)]))[where].reason == reason


CODED = {
    "HD": "Talks fail", "WC": "62 words", "PD": "12 March 2031", "SN": "The Gull", "LP": FIRST,
    "TD": SECOND,
}  # fmt: skip


@pytest.mark.parametrize("left_out", ["WC", "WC TD", "SN TD"])
def test_four_codes_of_factiva_are_its_layout_with_codes(left_out):
    lines = [f"{code} {value}" for code, value in CODED.items() if code not in left_out]
    found = factiva_text._from_lines([*lines, "Document GULL000020310312e3"], "here")
    assert (found.title, found.date) == ("Talks fail", "12 March 2031")
    assert found.text.startswith(FIRST)


@pytest.mark.parametrize(
    ("item", "read"),
    [
        ({"title": "Hail", "date": "2031-03-12", "url": "https://gull.example/1"}, True),
        ({"title": "Hail", "text": "It hailed."}, True),
        ({"title": "Hail", "date": "2031-03-12"}, False),
        ({"author": "Ann Lee", "date": "2031-03-12", "url": "https://gull.example/1"}, False),
        ({"text": "It hailed."}, False),
    ],
)
def test_an_item_of_an_answer_is_an_article_by_its_title_and_two_fields_or_its_text(item, read):
    page = {"page": 2, "parts": [item]}
    assert items_of(page) == ([item] if read else [page])
    named = {"page": 2, "results": [item]}
    assert items_of(named) == ([item] if read or "text" in item else [named])


@pytest.mark.parametrize(
    ("rows", "keys", "values"),
    [(1, 30, False), (31, 1, True), (30, 1, False), (3, 11, False), (4, 11, True), (2, 31, False)],
)
def test_keys_of_objects_that_differ_in_every_row_are_values(rows, keys, values):
    """From 31 keys on, and more than three times as many as one row has."""
    sample = [{"tags": {f"{row}-{n}": 1 for n in range(keys)}, "id": row} for row in range(rows)]
    assert keyed_by_values(sample) == ({"tags"} if values else set())


def test_many_rows_of_one_article_have_in_common_what_is_the_same_in_all():
    rows = [Row("a, row 1", {"id": "a1", "text": "Rain.", "n": 1}, "utf-8")]
    rows += [Row(f"a, row {n}", {"id": "a1", "text": "Hail.", "n": 2}) for n in (2, 3)]
    whole = _joined(rows)
    assert whole.cells == {"id": "a1", "text": ["Rain.", "Hail.", "Hail."], "n": [1, 2, 2]}
    assert (whole.where, whole.encoding) == ("a, row 1, and 2 more rows", "utf-8")


LEAD = "".join(chr(0x4E00 + n) for n in range(120))


@pytest.mark.parametrize(
    ("text", "has"),
    [
        (LEAD[:40], True),
        (LEAD[:39], False),
        (LEAD[-40:], True),
        (LEAD[-39:], False),
        (LEAD[20:100], False),
        (f"Before. {LEAD[:20]}, {LEAD[20:40]} and after", True),
    ],
)
def test_a_lead_is_in_a_text_by_forty_letters_of_its_beginning_or_end(text, has):
    assert _has(text, LEAD) is has


@pytest.mark.parametrize(("above", "read"), [(19, True), (20, False)])
def test_the_names_of_columns_stand_in_the_first_twenty_rows_of_a_sheet(tmp_path, above, read):
    book = openpyxl.Workbook()
    for _ in range(above):
        book.active.append(["A note of the archive", "on what is below"])
    for row in (["headline", "body"], ["Talks fail", FIRST], ["Talks go on", SECOND]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    if read:
        with pytest.warns(UserWarning, match="title from 'headline'"):
            corpus = fr.read_corpus(tmp_path)
        assert set(corpus.articles["title"]) == {"Talks fail", "Talks go on"}
    else:
        with pytest.raises(ValueError, match="column"):
            fr.read_corpus(tmp_path)


@pytest.mark.parametrize(("fields", "reason"), [(3, "a list of variables"), (2, "")])
def test_a_sheet_whose_first_column_names_three_fields_lists_variables(tmp_path, fields, reason):
    book = openpyxl.Workbook()
    listed = [["title", FIRST], ["text", SECOND], ["date", "of the paper"]][:fields]
    for row in (["name", "what it is"], *listed):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    if reason:
        with pytest.raises(ValueError, match=reason):
            fr.read_corpus(tmp_path)
    else:
        with pytest.warns(UserWarning, match="guessed text"):
            assert len(fr.read_corpus(tmp_path).paragraphs) == fields


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("<p>Rain fell.</p>\n<p>It dried.</p>", True),
        ("<p>Rain fell.</p>\nIt dried.", False),
    ],
)
def test_a_text_with_two_closing_tags_is_a_part_of_a_page(tmp_path, text, bare):
    corpus = read_file(tmp_path / "a.txt", text)
    assert (not corpus.paragraphs["text"].str.contains("<").any()) is bare


@pytest.mark.parametrize(("lines", "whole"), [(1000, True), (1001, False)])
def test_a_record_of_a_thousand_lines_with_wrong_marks_is_read_again_as_records(lines, whole):
    """In a longer one, every line is a record of its own from there on."""
    rows = ['b,"Hail\n', *["c,Sun\n"] * (lines - 2), 'd,"Rain fell\n', 'and dried"\n']
    found = list(records(iter([(row, "utf-8") for row in rows]), ","))
    assert (["d", "Rain fell\nand dried"] in [record.cells for record in found]) is whole


def test_a_warning_points_to_the_line_that_asked():
    german = (
        "Die Gespräche sind am Montag gescheitert, und niemand war erstaunt, denn die Minister "
        "hatten schon am Sonntag vor dem Streit gewarnt."
    )
    texts = pd.DataFrame({"text": [*[FIRST, SECOND] * 4, german]})
    with pytest.warns(UserWarning, match="Not English") as told:
        fr.score(texts)
    assert {one.filename for one in told} == {__file__}


@pytest.mark.parametrize(
    ("above", "title", "outlet"),
    [
        (["Rain", "Gull"], "Rain", "Gull"),  # the last line is never the title
        (["Rain", "Gull", "Post"], "Gull", "Post"),  # the last of several
        (["Rain", "The Gull", "Harbour News"], "Rain", "The Gull Harbour News"),
        (["Hail", "Talks", "(City Desk)"], "Hail", "Talks"),  # not listed
        (["Hail", "Newstex Blogs", "Harbour Notes"], "Hail", "Harbour Notes"),
        (["Hail", "Gull", "(City Desk)"], "Gull", "(City Desk)"),  # listed, right above the last
        (["Rain"], "", ""),
    ],
)
def test_a_title_of_the_list_of_an_export_stands_above_the_outlet(above, title, outlet):
    found = _above_labels([*above, "Copyright 2031 The Gull"], {"Rain", "Gull"})
    assert found[:2] == (title, outlet)


def words(n: int, end: str = "") -> str:
    """So many words in small letters."""
    return " ".join(["port"] * n) + end


def line(text: str) -> Measured:
    return measure([text])[0]


@pytest.mark.parametrize(
    ("most", "makes"),
    [
        (18, lambda n: " ".join(["Talks"] * n)),
        (11, lambda n: f"Talks {words(n - 1)}"),
        (7, lambda n: f"Will {words(n - 1, '?')}"),
    ],
    ids=["in capitals", "a sentence", "a question"],
)
def test_how_many_words_a_headline_in_the_first_line_has(most, makes):
    assert looks_like_headline(makes(most))
    assert not looks_like_headline(makes(most + 1))
    assert looks_like_headline("Talks fail") and not looks_like_headline("Talks")


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Port City | Rain falls on ships", "Port City | Rain falls on ships"),
        ("Port City News | Rain falls on ships", "Port City News"),
        ("Port City | Rain on ships", "Port City"),
    ],
)
def test_two_words_before_a_bar_are_a_section_if_four_stand_after_it(title, cleaned):
    assert clean_title(title) == cleaned


@pytest.mark.parametrize(
    ("says", "at", "beyond"),
    [
        (shapes.is_caption_line, f"Ferry {words(27)}", f"Ferry {words(28)}"),
        (shapes.is_caption_line, "Ferry port", "Ferry"),
        (lambda t: shapes.is_like_a_title(line(t)), f"Talks {words(15)}", f"Talks {words(16)}"),
        (lambda t: shapes.is_like_a_title(line(t)), f"Talks {words(4)}", f"Talks {words(3)}"),
        (is_masthead, "12 March 2031" + " " * 107, "12 March 2031" + " " * 108),
        (is_date, "12 March 2031" + " " * 137, "12 March 2031" + " " * 138),
        (in_json._has_long, "x" * 201, "x" * 200),
        (lambda t: api_answers._is_around(t, 1), "x" * 1000, "x" * 1001),
        (between_rules, "Rain.\n========\nHail.", "Rain.\n=======\nHail."),
        (
            several._begins_an_article,
            f"Talks\nby\nus\n2 March 2031\n{words(15)}",
            f"Talks\nby\nus\nall\n2 March 2031\n{words(20)}",
        ),
        (
            several._begins_an_article,
            f"2 March 2031 {words(12)}\n{words(20)}",
            f"2 March 2031 {words(13)}\n{words(20)}",
        ),
        (
            several._begins_an_article,
            f"2 March 2031\n{words(20)}",
            f"2 March 2031\n{words(19)}",
        ),
    ],
)
def test_what_is_at_a_limit_and_what_is_beyond(says, at, beyond):
    assert says(at)
    assert not says(beyond)


@pytest.mark.parametrize(
    ("below", "signed"),
    [
        (["2 March 2031", words(20, ".")], True),
        (["2 March 2031", words(19, ".")], False),
        (["Page 3", "Port City", "2 March 2031", words(20, ".")], True),
        (["Page 3", "Port City", "Late", "2 March 2031", words(20, ".")], False),
        ([f"2 March 2031 {words(12)}", words(20, ".")], True),
        ([f"2 March 2031 {words(13)}", words(20, ".")], False),
        (["By Ada Holm", words(20, ".")], True),
    ],
)
def test_an_article_of_a_document_is_signed_near_its_top(below, signed):
    assert in_documents._is_signed([Line(text) for text in ["Talks fail", *below]]) is signed


@pytest.mark.parametrize(("above", "found"), [(5, True), (6, False)])
def test_five_titles_may_stand_above_the_names_of_a_table_in_a_page(above, found):
    names = "<tr><th>Title</th><th>Date</th><th>Text</th></tr>"
    markup = f"<table>{'<tr><td>My corpus</td></tr>' * above}{names}</table>"
    assert (html_tables._names_at(markup) is not None) is found
    cell = "x" * (200 if found else 201)
    markup = f"<table><tr><td>{cell}</td></tr>{names}</table>"
    assert (html_tables._names_at(markup) is not None) is found


def test_a_cell_spans_a_thousand_rows_at_most():
    for written, rows in ((0, 1), (1000, 1000), (1001, 1000)):
        assert html_tables._in_rows(f"<tr><td rowspan={written}>a")[0][0].rows == rows
