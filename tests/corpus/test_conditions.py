"""Conditions of the readers: for each a case that nothing else decides."""

from __future__ import annotations

import io
import tarfile
from xml.parsers.expat import ExpatError

import numpy as np
import openpyxl
import pandas as pd
import pytest
from lxml.html import fromstring

import framing as fr
from framing.corpus import language
from framing.corpus.columns import BREAKS_OFF, text_lines
from framing.corpus.readers import (
    by_name,
    cells,
    csv_rows,
    docx,
    emails,
    europresse,
    factiva,
    factiva_text,
    in_documents,
    in_json,
    json_files,
    page_without_article,
    pages,
    parts,
    profiles,
    raw_rows,
    rtf,
    sheet_sizes,
    sidecar,
    spreadsheets,
    tables,
    xml_files,
)
from framing.corpus.readers.compressed import TooLargeError
from framing.corpus.readers.file_names import may_be_outlet, title_of
from framing.corpus.readers.files import File
from framing.corpus.readers.in_documents import Line
from framing.corpus.readers.markup import without_markup
from framing.corpus.readers.page_furniture import MARKED, mark_furniture
from framing.corpus.readers.several import maybe_several
from framing.corpus.readers.wordpress import recognises
from tests.conftest import read_file
from tests.corpus.test_bounds import words
from tests.corpus.test_exports import FIRST, SECOND, body
from tests.corpus.test_readers import warc, zipped


@pytest.mark.parametrize(
    ("texts", "cut", "told"), [(9, 5, True), (10, 5, False), (5, 5, True), (4, 4, False)]
)
def test_texts_break_off_if_most_and_five_of_them_end_in_an_ellipsis(texts, cut, told):
    ids = [str(n) for n in range(texts)]
    articles = pd.DataFrame({"article": ids, "source": ids, "version_of": ""})
    audit = articles.assign(reason=[BREAKS_OFF] * cut + [""] * (texts - cut))
    assert any("end in an ellipsis" in line for line in text_lines(articles, audit)) is told


ARTICLE = ["Talks fail", "2 March 2031", words(20, ".")]


@pytest.mark.parametrize(
    ("below", "several"),
    [
        (ARTICLE, True),
        (["Talks fail.", *ARTICLE[1:]], False),
        (["T" * 149, *ARTICLE[1:]], True),
        (["T" * 150, *ARTICLE[1:]], False),
        (["1 March 2031", *ARTICLE[1:]], False),
        ([ARTICLE[0], f"2 March 2031 {words(7)}", ARTICLE[2]], True),
        ([ARTICLE[0], f"2 March 2031 {words(8)}", ARTICLE[2]], False),
        ([ARTICLE[0], "2 March 2031.", ARTICLE[2]], False),
        ([*ARTICLE[:2], words(19, ".")], False),
        ([*ARTICLE[:2], words(10, "."), words(10, ".")], True),
    ],
)
def test_a_title_with_a_date_and_text_below_it_may_be_an_article(below, several):
    assert bool(maybe_several("\n".join([*ARTICLE, *below]))) is several


def test_a_date_in_the_first_line_has_no_title_above_it():
    assert not maybe_several("\n".join([*ARTICLE[1:], *ARTICLE, "Ship"]))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<template><noscript>a</noscript>b</template><p>Rain.</p>", "Rain."),
        ("<p>Rain.</p></noscript><p>Hail.</p><noscript>a</noscript>", "Rain.\n\nHail."),
        ("<p>Rain.</p><iframe>a</iframe>Hail.<iframe>b</iframe>", "Rain.\n\nHail."),
    ],
)
def test_what_a_browser_does_not_show_is_no_text_and_what_is_below_it_is(markup, text):
    assert without_markup(markup) == text


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        (r"{\rtf1 {a\bin}b}", r"{\rtf1 {a}b}"),
        (r"{\rtf1 {a\bin3 xyz}b}", r"{\rtf1 {a}b}"),
        (r"{\rtf1 {a\bin3 }b}", r"{\rtf1 {a\bin3 }b}"),  # no three bytes: it is no binary data
        (r"{\rtf1 a\v b\v0 c}", r"{\rtf1 a\v \v0 c}"),
        (r"{\rtf1 a\v b\plain c}", r"{\rtf1 a\v \plain c}"),
    ],
)
def test_binary_and_hidden_parts_of_rtf_are_not_shown(marked, shown):
    assert rtf._shown(marked) == (shown, "")


@pytest.mark.parametrize(
    ("seconds", "date"),
    [(0, "1582-10-14"), (86_461, "1582-10-15 00:01:01"), (np.nan, None), ("never", "never")],
)
def test_dates_of_spss_are_seconds_since_1582(seconds, date):
    assert tables._since_1582(seconds) == date


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (["sep=;"], 0),
        (["sep=;", "title;text"], 1),
        (['"sep=;"', "title;text", "Rain;It rained."], 1),
        (["title,text", "sep=;"], 0),
        (["Export", "text"], 0),  # one field
        (["Export", "title,text"], 1),
        (["Rain,Hail,Sun", "title,text"], 0),
        (["Rain,,", "title,text,date"], 1),
    ],
)
def test_where_the_names_of_columns_stand_in_a_csv(lines, at):
    assert csv_rows._line_of_names(lines) == at


@pytest.mark.parametrize(("above", "read"), [(19, True), (20, False)])
def test_the_names_of_columns_stand_in_the_first_twenty_lines_of_a_csv(tmp_path, above, read):
    notes = "A note of the archive\n" * above
    table = f'{notes}headline,body\nTalks fail,"{FIRST}"\nTalks go on,"{SECOND}"\n'
    if read:
        corpus = read_file(tmp_path / "a.csv", table)
        assert set(corpus.articles["title"]) == {"Talks fail", "Talks go on"}
    else:
        with pytest.raises(ValueError, match="no article could be read"):
            read_file(tmp_path / "a.csv", table)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (r"Rain.\nHail.", "Rain.\nHail."),
        ("Rain.\\nHail.\n", "Rain.\nHail.\n"),
        ("Rain.\\n\nHail.", "Rain.\\n\nHail."),  # with breaks of its own
        (r"['Rain.\nHail.']", r"['Rain.\nHail.']"),  # a list that is printed
    ],
)
def test_breaks_that_are_written_as_two_letters(cell, read):
    assert raw_rows._broken(raw_rows.Row("a", {"text": cell}, ""), ["text"]).cells["text"] == read


@pytest.mark.parametrize(
    ("table", "folder"), [("a/b.xlsx#Sheet", "a/b.xlsx"), ("a/b.csv", "a"), ("b.csv", "")]
)
def test_what_tables_are_beside(table, folder):
    assert sidecar._folder(table) == folder


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2018-01-31 - Gull - Talks fail", "Talks fail"),
        ("2018-01-31 - Gull - Talks", ""),
        ("Gull 2018-01-31 - Talks fail", "Talks fail"),
        ("Gull 2018-01-31 Talks fail", ""),
    ],
)
def test_a_title_in_the_name_of_a_file_is_set_apart_and_has_two_words(name, title):
    assert title_of(File(f"{name}.txt")) == title


def test_a_long_value_of_an_object_is_its_text():
    for n, text in ((101, "a" * 101), (100, "7")):
        assert cells.cell_text({"id": 7, "other": "a" * n}) == text


def test_a_printed_list_has_less_than_a_million_characters():
    for n, printed in ((999_999, True), (1_000_000, False)):
        assert cells.is_printed_list(f"['{'a' * (n - 4)}']") is printed


SHORT, STORY = "Rain fell on the port. ", "<p>It <b>rained</b> on the port of Ansel.</p>"


@pytest.mark.parametrize("story", [STORY, STORY.replace("p>", "div>").replace("<b>", "")])
def test_a_note_is_beside_a_story_of_four_times_its_length(story):
    """Whether it stands in paragraphs or in elements with nothing but text."""
    note = f"<p class='photo-credit'>{'x' * 68}</p>"
    story = story.replace("</b>", "") if "<b>" not in story else story
    for n, beside in ((6, False), (7, True)):
        page = fromstring(f"<div><section>{story * n}</section>{note}</div>")
        mark_furniture(page)
        assert bool(page.xpath(MARKED)) is beside


@pytest.mark.parametrize(("size", "beside"), [(400, True), (401, False)])
def test_an_aside_has_four_hundred_characters_at_most(size, beside):
    page = fromstring(f"<div><p class='caption'>{'x' * size}</p><p>{SHORT * 99}</p></div>")
    mark_furniture(page)
    assert bool(page.xpath(MARKED)) is beside


@pytest.mark.parametrize(("size", "cards"), [(360, 3), (420, 0)])
def test_three_short_links_in_a_row_are_beside_a_story(size, cards):
    card = f"<div><h3><a href='/b'>Ferry talks fail</a></h3><p>{'x' * size}</p></div>"
    page = fromstring(f"<main><div>{card * 3}</div><div><p>{SHORT * 300}</p></div></main>")
    mark_furniture(page)
    assert len(page.xpath(MARKED)) == cards


PARAGRAPH = "<w:p>{}<w:r><w:t>{}</w:t></w:r></w:p>"
BREAK = "<w:r><w:br w:type='page'/></w:r>"


def lines_of(*paragraphs: str) -> list[Line]:
    document = f"<w:document xmlns:w='x'><w:body>{''.join(paragraphs)}</w:body></w:document>"
    return docx.paragraphs(io.BytesIO(document.encode()), [], {})[0]


def test_a_page_of_word_begins_behind_a_break_wherever_it_stands():
    rain, hail = PARAGRAPH.format("", "Rain."), PARAGRAPH.format("", "Hail.")
    behind = rain.replace("</w:p>", f"{BREAK}</w:p>")
    before = PARAGRAPH.format(BREAK, "Hail.")
    alone = f"<w:p>{BREAK}</w:p>"
    style = "<w:pPr><w:pageBreakBefore{}/></w:pPr>"
    styled = PARAGRAPH.format(style.format(""), "Hail.")
    not_styled = PARAGRAPH.format(style.format(" w:val='0'"), "Hail.")
    for document, begin in (
        ([rain, rain, hail], [False, False, False]),
        ([rain, behind, hail, rain], [False, False, True, False]),
        ([rain, rain, before, rain], [False, False, True, False]),
        ([rain, alone, "<w:p/>", hail, rain], [False, True, False]),
        ([rain, styled, not_styled], [False, True, False]),
    ):
        assert [line.page for line in lines_of(*document)] == begin


def test_cells_of_word_are_counted_within_rows_and_rows_within_tables():
    cell = f"<w:tc>{PARAGRAPH.format('', 'Rain.')}</w:tc>"
    table = f"<w:tbl><w:tr>{cell * 2}</w:tr><w:tr>{cell}</w:tr></w:tbl>"
    places = [line.cell for line in lines_of(table, PARAGRAPH.format("", "Rain."), table)]
    assert places == ["1 1 1", "1 1 2", "1 2 1", "", "2 1 1", "2 1 2", "2 2 1"]


@pytest.mark.parametrize(
    ("damaged", "read"),
    [("<w:p><w:r><w:t>Rain", None), (PARAGRAPH.format("", "Rain.") + "<w:p><", ["Rain."])],
)
def test_a_document_of_word_is_read_up_to_its_damage_if_a_paragraph_stands_above_it(damaged, read):
    damage: list[str] = []
    part = io.BytesIO(f"<w:document xmlns:w='x'><w:body>{damaged}".encode())
    if read is None:
        with pytest.raises(ExpatError, match="no element"):
            docx.paragraphs(part, damage, {})
    else:
        assert [line.text for line in docx.paragraphs(part, damage, {})[0]] == read and damage


@pytest.mark.parametrize(
    ("names", "enough"),
    [(["Title", "Text"], True), (["Text", ""], False), (["Title", "Date"], False)],
)
def test_a_table_of_articles_names_a_text_and_another_field(names, enough):
    assert in_documents._name_fields(names) is enough


def test_the_thresholds_of_justext_are_those_of_trafilatura(monkeypatch):
    from trafilatura import external

    given = []
    monkeypatch.setattr(external, "classify_paragraphs", lambda *all_of_it: given.append(all_of_it))
    external.try_justext(fromstring("<p>Rain.</p>"), None, "en")
    assert given[0][2:7] == page_without_article._JUSTEXT


def test_an_outlet_that_no_article_has_is_told_where_it_is_given(tmp_path):
    rows = pd.DataFrame({"title": ["Talks fail"], "outlet": ["Gull"], "text": [FIRST]})
    with pytest.warns(UserWarning, match="no article is from an outlet called 'Post'") as told:
        fr.read_corpus(rows, outlets={"Post": "The Post"})
    assert {one.filename for one in told} == {__file__}


def test_rows_of_text_in_an_open_document_have_ten_thousand_copies_at_most():
    row = (
        b'<table:table-row table:number-rows-repeated="%d"><table:table-cell><text:p>x</text:p>'
        b"</table:table-cell></table:table-row>"
    )
    for times, read, left in (
        ([10_000], [10_000], 0),
        ([10_001, 3], [1, 3], 10_000),
        ([7_000, 1, 4_000, 2], [7_000, 1, 1, 2], 3_999),
    ):
        content = sheet_sizes.without_copies(b"".join(row % n for n in times))
        assert content == (b"".join(row % n for n in read), left)
    empty = (row % 99_999).replace(b"<text:p>x</text:p>", b"")
    assert sheet_sizes.without_copies(empty) == (empty, 0)


@pytest.mark.parametrize(
    ("sheet", "span"),
    [
        (b'<row r="9"></row><row r="2"><c r="B2"/></row>', (2, 2)),
        (b'<row r="9"><c/></row><row r="2"><c r="B2"/></row>', (9, 2)),  # a cell without a name
        (b'<row r="9"><c/></row><row r="2"><c r="AA12"/><c r="C3"/></row>', (12, 27)),
        (b"", (0, 0)),
    ],
)
def test_the_last_cell_of_a_sheet(sheet, span):
    assert sheet_sizes._span(sheet) == span


def test_merged_cells_beyond_the_rows_that_were_read_are_none():
    for ranges in ([((5, 0), (6, 0))], [((0, 3), (1, 3))]):
        assert spreadsheets._unmerged([["a"], ["a longer text"]], ranges) == [
            ["a"], ["a longer text"],
        ]  # fmt: skip


@pytest.mark.parametrize(("size", "feed"), [(601, True), (600, False)])
def test_descriptions_of_a_feed_are_texts_from_six_hundred_characters_on(size, feed):
    item = f"<item><title>a</title><description>{'x' * size}</description></item>"
    start = f"<rss><channel><title>Gull</title>{item}</channel></rss>"
    assert recognises(File("a.xml", data=start.encode())) is feed


@pytest.mark.parametrize("headline", ["class='enHeadline'", "id='hd'"])
def test_the_headline_of_factiva_has_a_class_or_an_id(tmp_path, headline):
    pytest.importorskip("bs4")
    page = (
        f"<title>Factiva</title><div class='article enArticle'><div {headline}>Talks fail</div>"
        "<div>Ada Holm</div><div>62 words</div><div>12 March 2031</div><div>09:10</div>"
        f"<div>The Gull</div><p class='articleParagraph'>{FIRST}</p></div>"
    )
    (found,) = factiva.read(File("a.html", data=page.encode()), {})
    assert (found.title, found.date, found.outlet) == ("Talks fail", "12 March 2031", "The Gull")


def test_a_workbook_that_shrinks_well_is_read_where_it_is_small(tmp_path):
    book = openpyxl.Workbook()
    for row in (["title", "text"], *[["Talks fail", FIRST]] * 3000):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert len(fr.read_corpus(tmp_path / "a.xlsx").articles) == 3000


def test_a_message_has_at_most_so_many_parts(monkeypatch):
    monkeypatch.setattr(emails, "_MOST_PARTS", 2)
    head = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="x"\n\n'
    part = b"--x\nContent-Type: text/plain\n\nIt rained.\n"
    assert emails._from_bytes(head + b"\n" + part * 2, "a").outcome == "scored"
    with pytest.raises(ValueError, match="a message of over 2 parts: not read"):
        emails._from_bytes(head + b"\n" + part * 3, "a")


NAMES = "title,text,date,outlet,id,frame"


@pytest.mark.parametrize(
    ("above", "names", "note"),
    [
        ("A,A,B,B,C,C", NAMES, True),  # groups of columns
        ("A,A,B,B,C,D", NAMES, False),
        ('"Search","ferry and strait"', "title,text,date", True),
        ('"Search","ferry","strait"', "title,text,date,id", False),
        ("Search,ferry,strait", "title,text,date,id", True),
        ("Search,ferry,strait", "title,text,date", False),
        ('"Export",', "title,text", True),
        ('say "no",', "title,text,date", False),  # a mark inside a cell
        ("# Rain,hail,sun", "title,text", True),
        ("Rain", "title,text", True),
    ],
)
def test_a_line_above_the_names_of_columns_is_a_note_if_it_has_fewer_cells(above, names, note):
    assert csv_rows._is_note(above, names, ",") is note


PROSE = "The talks on the ferry failed again on Monday."


@pytest.mark.parametrize(
    ("cells", "has"),
    [
        ({}, False),
        ({"para_1": ""}, True),
        ({"para_1": "Rain fell."}, True),
        ({"para_1": "Rain fell on the port of Ansel"}, True),
        ({"para_1": "Rain fell on the port."}, True),  # a headline may end so
        ({"para_1": "Rain fell on the old port."}, False),
        ({"text": f"{PROSE} " * 3}, True),
        ({"text": "Rain fell."}, False),
    ],
)
def test_the_first_of_the_parts_is_a_text_and_no_other_column_is(cells, has):
    sample = [{"para_1": PROSE, "para_2": PROSE, **cells}]
    assert raw_rows._have_a_text(sample, ["para_1", "para_2"]) is has


@pytest.mark.parametrize(
    ("first", "between"),
    [
        ("x" * 29_999 + "o", ""),
        ("x" * 29_998 + "o", "\n\n"),
        ("x" * 31_999 + ".", "\n\n"),
        ("xo", "\n\n"),
        ("x.", "\n\n"),
    ],
)
def test_only_a_full_cell_without_a_final_mark_goes_on_in_the_next_one(first, between):
    row = {"text1": first, "text2": "ver.", "id": 7}
    found = raw_rows._in_one_text(row, ["text1", "text2"], "text")
    assert found == {"id": 7, "text": f"{first}{between}ver."}


@pytest.mark.parametrize(
    ("lists", "outlets"),
    [
        ({"Gull": [{"text": "Rain."}], "Post": [{"text": "Hail."}]}, True),
        ({"Gull": [{"text": "Rain."}]}, False),
        ({"Gull": [{"name": "Rain."}], "Post": [{"name": "Hail."}]}, False),
        ({"Gull": [{"text": "Rain."}], "items": [{"text": "Hail."}]}, False),
        ({"Gull": [{"text": "Rain."}], "7": [{"text": "Hail."}]}, False),
        ({"Gull": [{"text": "Rain."}], "Post": "Hail."}, False),
    ],
)
def test_lists_are_named_by_outlets_if_there_are_several_with_texts(lists, outlets):
    assert in_json._are_outlets(lists) is outlets


def test_a_title_of_a_signed_article_does_not_end_like_a_sentence():
    below = [Line("2 March 2031"), Line(words(20, "."))]
    assert in_documents._is_signed([Line("Talks fail"), *below])
    assert not in_documents._is_signed([Line("Talks fail."), *below])


def test_values_that_are_missing_stay_so():
    for value in (None, pd.NA):
        assert cells.plain_value(value) is value


def test_files_in_a_tar_archive_are_no_inputs_twice_and_what_zeros_hide_is_told(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, text in (
            ("a.txt", FIRST),
            ("b.txt", f"{SECOND} {FIRST} " * 9),
            ("c.txt", SECOND),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    data = out.getvalue()
    audit = read_file(tmp_path / "a.tar", data).audit.query("block.isna()")
    assert sorted(audit["source"]) == [f"a.tar/{name}.txt" for name in "abc"]
    at = data.index(b"b.txt")
    gone = data[:at] + bytes(512) + data[at + 512 :]
    audit = read_file(tmp_path / "a.tar", gone).audit.query("block.isna()")
    assert not set(audit["outcome"]) <= {"scored"}


def test_two_articles_of_factiva_without_a_number_between_them_are_told():
    one = ["Talks fail", "62 words", "12 March 2031", "The Gull", "(c) 2031 The Gull", FIRST]
    assert factiva_text._from_lines(one, "here").text == FIRST
    with pytest.raises(ValueError, match="62 words"):
        factiva_text._from_lines([*one, *one], "here")


@pytest.mark.parametrize(
    ("start", "in_lines"),
    [
        ('{"a": 1}\n{"a": 2}', True),
        ('{"a": 1}', False),
        ('{"a": 1}\n\n{"a": 2', True),  # the last one may go on
        ('{"a": 1\n{"a": 2}', False),
        ('[{"a": 1},\n{"a": 2}]', False),
    ],
)
def test_a_file_has_an_object_in_each_line_if_several_lines_are_whole(start, in_lines):
    assert json_files._is_in_lines(start) is in_lines


@pytest.mark.parametrize(
    ("folder", "may_be"),
    [
        ("Daily Gull", True),
        ("2018 January", False),
        ("January", False),
        ("2018", False),
        ("January Post", True),
        ("2018 Gull", True),
        ("articles", False),
    ],
)
def test_a_folder_of_a_date_is_no_outlet(folder, may_be):
    assert may_be_outlet(folder) is may_be


def test_the_only_block_of_a_text_is_looked_at_as_far_as_four_pieces():
    text = "".join(chr(0x4E00 + n) for n in range(900))
    for n in range(1, 6):
        pieces = language._sample([text] * n, 60).split(" ")
        assert [len(piece) for piece in pieces] == {1: [240], 2: [120] * 2, 3: [80] * 3}.get(
            n, [60] * 4
        )


def test_the_name_of_a_site_above_a_page_is_no_title(tmp_path):
    """Whatever the two have in common."""
    site, title = "The Daily Harbour Gull", "Ferry talks of The Daily Harbour Gull fail"
    page = fromstring(
        f"<html><head><title>{title}</title></head><body><h1>{site}</h1><h2>{title}</h2></body></html>"
    )
    assert pages._title(title, site, page) == title
    html = (
        f"<html><head><title>{title}</title><meta property='og:title' content='{title}'>"
        f"<meta property='og:site_name' content='{site}'></head><body><h1>{site}</h1>"
        f"<article><h2>{title}</h2><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    )
    assert read_file(tmp_path / "a.html", html).articles["title"].tolist() == [title]


def test_an_error_in_a_row_with_a_date_beyond_the_calendar_costs_no_other_row(monkeypatch):
    """The row is the error alone, so the cell with the error is none of it."""

    rows = [["title", "text"], ValueError("no such date"), ["Talks fail", FIRST]]

    def row(number: int) -> list[str]:
        if isinstance(rows[number], ValueError):
            raise rows[number]
        return rows[number]

    class Sheet:
        merged_cell_ranges, start, end = (), (0, 0), (2, 1)
        iter_rows = staticmethod(lambda: map(row, range(3)))

    class Book:
        plain = property(lambda self: self)
        part = staticmethod(str.encode)

    monkeypatch.setattr(spreadsheets, "_opened", lambda *_: (Sheet, Book()))
    monkeypatch.setattr(
        spreadsheets, "errors_in", lambda *_: {(1, 1): "#N/A", (2, 0): "#REF!", (3, 0): "#N/A"}
    )
    assert spreadsheets._sheet(Book(), "a", "a.xlsx") == [rows[0], [rows[1]], ["#REF!", FIRST]]


def test_a_file_of_spss_is_as_large_as_its_rows_times_its_columns(tmp_path, monkeypatch):
    rows = pd.DataFrame({"title": ["Talks fail"] * 3, "text": [FIRST] * 3})
    pytest.importorskip("pyreadstat").write_sav(rows, tmp_path / "a.sav")
    data, most = (tmp_path / "a.sav").read_bytes(), 0
    monkeypatch.setattr(tables, "allowed", lambda size: most)
    with pytest.raises(TooLargeError) as told:
        list(tables._spss(io.BytesIO(data)))
    most = int(str(told.value).split()[0].replace(",", ""))
    assert 3 * (10 + len(FIRST)) <= most < 3 * (10 + len(FIRST) + 16)
    assert sum(batch.num_rows for batch in tables._spss(io.BytesIO(data))) == 3


NAMED, FULL = ["title", "text", "", ""], ["title", "text", "outlet", "date"]
CELLS = ["Talks fail", FIRST, "Gull", "2031-03-12"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([NAMED, CELLS], 0),
        ([["Article", "", "Source", ""], FULL, CELLS], 1),
        ([NAMED, ["A note", "", "", ""], FULL, CELLS], 2),
        ([NAMED, CELLS, FULL, CELLS], 0),  # of another list
        ([["A note", "", "", ""], ["x", "y", "", ""], ["1", f"{FIRST} {SECOND}"]], 1),
        ([["x", "y", "", ""], ["1", "2", "", ""]], None),
        ([["title", "", "", ""], ["text", "", "", ""], ["outlet", "", "", ""]], None),
    ],
)
def test_the_names_of_columns_of_a_sheet_stand_below_those_of_groups(rows, header):
    assert spreadsheets._header(rows) == header


@pytest.mark.parametrize("part", ["para_1", "para_2"])
def test_a_part_of_a_text_that_is_given_is_the_text(part):
    row = {"title": "Talks fail", "para_1": FIRST, "para_2": SECOND}
    corpus = fr.read_corpus(pd.DataFrame([row]), columns={"text": part})
    assert body(corpus) == [row[part]]


@pytest.mark.parametrize("ids", [["a7", "a8"], ["", ""]])
def test_parts_of_a_file_have_their_own_ids_and_none_of_the_file(tmp_path, ids):
    parts = (
        f"Title: Talks fail\nOutlet: Gull\n{f'ID: {i}' if i else 'Page: 1'}\n\n{text}\n"
        for i, text in zip(ids, (FIRST, SECOND), strict=True)
    )
    found = read_file(tmp_path / "a.txt", "\n========\n".join(parts)).articles["article"].tolist()
    assert len(found) == 2 and "a" not in found
    assert (found == ids) is all(ids)


@pytest.mark.parametrize(
    ("names", "read"),
    [
        (["datapackage.json", "archive/data.warc.gz"], False),
        (["datapackage.json"], True),
        (["archive/data.warc.gz"], True),
    ],
)
def test_tables_beside_the_pages_of_a_web_archive_are_no_articles(tmp_path, names, read):
    pytest.importorskip("warcio")
    members = {"pages.csv": f'title,text\nTalks fail,"{FIRST}"\n'.encode()}
    members |= {name: b"{}" if name.endswith("json") else warc() for name in names}
    (tmp_path / "b.txt").write_text(f"Talks go on\n\n{SECOND}")
    (tmp_path / "a.zip").write_bytes(zipped(members))
    corpus = fr.read_corpus(tmp_path)
    assert ("Talks fail" in set(corpus.articles["title"])) is read
    told = corpus.audit["reason"].str.contains("part of a web archive")
    assert set(corpus.audit.loc[told, "source"]) == (
        set() if read else {f"a.zip/{name}" for name in ("pages.csv", "datapackage.json")}
    )


@pytest.mark.parametrize(("addresses", "prose"), [(2, 0.5), (3, 0)])
def test_addresses_are_no_prose_if_they_are_most_cells_of_a_column(addresses, prose):
    cells = ["https://gull.example/a"] * addresses + ["Rain fell"] * (4 - addresses)
    assert (profiles._profile(cells).prose > 0) is bool(prose)


def test_a_long_text_is_found_in_twenty_lists_in_lists():
    for depth, found in ((20, True), (21, False)):
        value: object = "x" * 201
        for _ in range(depth):
            value = [value]
        assert in_json._has_long(value) is found


@pytest.mark.parametrize(
    ("name", "start", "is_xml"),
    [
        ("a.xml", "<?xml version='1.0'?>lexport><item>", True),
        ("a.xml", "<?xml version='1.0'?>lhtml><head><title>", False),
        ("a.xml", "<?xml version='1.0'?><html><head>", False),
        ("a.xml", "<?xml version='1.0'?><export><item>", True),
        ("a.xml", "lexport><item>", False),
        ("a.dat", "<articles>", True),
        ("a.dat", "<body>", False),
        ("a.dat", "<a>", False),
        # The first bytes may be damaged; a page that declares a type of its own is told.
        ("a.dat", "#" * 5 + "?xml version='1.0'?><a", True),
        ("a.dat", "#" * 6 + "?xml version='1.0'?><a", False),
        ("a.dat", "<?xml?>" + " " * 1983 + "<!DOCTYPE a><html>", True),
        ("a.dat", "<?xml?>" + " " * 1984 + "<!DOCTYPE a><html>", False),
    ],
)
def test_a_page_with_a_declaration_is_no_export_in_xml(name, start, is_xml):
    assert xml_files.recognises(File(name, data=start.encode())) is is_xml


@pytest.mark.parametrize(("n", "known"), [(4, True), (3, False)])
def test_four_rows_tell_whether_rows_are_parts(n, known):
    texts = ["Rain fell.", "Ships wait.", "Talks went on.", "Nobody came there."]
    rows = [
        {"doc": f"a{i // 2}", "n": 1 + i % 2, "sentence": text} for i, text in enumerate(texts[:n])
    ]
    found = parts.parts_of(rows, {"text": "sentence"})
    assert (found.whole, found.part) == (("doc", "n") if known else ("", ""))


def test_rows_of_one_text_again_and_again_are_no_parts():
    rows = [{"doc": f"a{i // 2}", "n": 1 + i % 2, "sentence": "Rain fell."} for i in range(6)]
    assert parts.parts_of(rows, {"text": "sentence"}) == parts.Parts()


@pytest.mark.parametrize(
    ("names", "outlets"),
    [
        (["media_outlet_name"], {"mediaoutlet": "media_outlet_name"}),
        (["outlet_name", "source title"], {"outlet": "outlet_name", "source": "source title"}),
        (["outlet_code", "article_title", "name"], {}),
    ],
)
def test_a_name_of_an_outlet_is_named_without_that_word(names, outlets):
    assert by_name._outlets(names) == outlets


TABLE = [["title", "text"], ["Talks fail", FIRST]]
OTHER = [["headline", "body"], ["Talks fail", FIRST]]
OF_OUTLET = [["title", "text", "outlet"], ["Talks fail", FIRST, "Gull"]]


@pytest.mark.parametrize(
    ("sheets", "outlets"),
    [
        ({"Gull": TABLE, "Post": TABLE}, True),
        ({"Gull": TABLE}, False),
        ({"Gull": TABLE, "Post": OTHER}, False),
        ({"Gull": TABLE, "Sheet2": TABLE}, False),
        ({"Gull": TABLE, "2031": TABLE}, False),
        ({"Gull": OF_OUTLET, "Post": OF_OUTLET}, False),
        ({"Gull": TABLE, "Post": [[""]]}, False),
        ({"Gull": TABLE, "Post": TABLE, "Notes": [[""]]}, True),
    ],
)
def test_sheets_are_named_by_outlets_if_several_have_the_same_columns(sheets, outlets):
    assert spreadsheets._are_outlets(sheets) is outlets


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ("<div class='titreArticleVisu'>Talks fail</div>", "scored"),
        ("<div class='DocPublicationName'>Gull</div>", "scored"),
        ("<p>Rain fell.</p>", "failed"),
        ("<div class='docOcurrContainer'><p>Rain fell.</p></div>", "failed"),
    ],
)
def test_an_article_of_europresse_may_lack_its_text_where_its_outlet_stands(inside, outcome):
    bs4 = pytest.importorskip("bs4")
    outlet = "<span class='DocPublicationName'>Gull</span>" if outcome == "scored" else ""
    article = bs4.BeautifulSoup(f"<article>{outlet}{inside}</article>", "html.parser").article
    assert europresse._from_element(article, "here").outcome == outcome


@pytest.mark.parametrize(
    "around",
    [lambda v: [v], lambda v: {"name": v}, lambda v: {"x": v, "y": 7}, lambda v: {"id": v}],
)
def test_a_text_is_found_with_twenty_values_around_it(around):
    value: object = FIRST * 2
    for depth in range(21):
        assert cells.cell_text(value) == FIRST * 2, depth
        value = around(value)
    assert cells.cell_text(value) == ""
