"""Conditions of documents: for each a case that nothing else decides."""

from __future__ import annotations

import io

import pytest

from framing.corpus.readers import Found, docx
from framing.corpus.readers.in_documents import Line, articles_in, rows_in, with_gaps
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.several import several_in
from framing.corpus.readers.text import is_list_of_titles, labelled_parts
from tests.corpus.test_bounds import words

RUN = "<w:r><w:t>{}</w:t></w:r>"


def paragraphs(*xml: str) -> tuple[list[Line], str]:
    document = f"<w:document xmlns:w='x'><w:body>{''.join(xml)}</w:body></w:document>"
    return docx.paragraphs(io.BytesIO(document.encode()), [], {"T": "title"})


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r>", "A\tB"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>", "A-B"),
        ("<w:r><w:t>A</w:t><w:br/><w:t>B</w:t></w:r>", "A\nB"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>A</w:t><w:tab/></w:r>" + RUN.format("B"), "B"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>A</w:t></w:r>" + RUN.format("B"), "AB"),
        (f"<w:del>{RUN.format('A')}<w:r><w:tab/></w:r></w:del>{RUN.format('B')}", "B"),
        (f"<w:moveFrom>{RUN.format('A')}</w:moveFrom>{RUN.format('B')}", "B"),
        (f"<w:del><w:del/>{RUN.format('A')}</w:del>{RUN.format('B')}", "B"),
        ("<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>A</w:t></w:r>", "A"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>A</w:t> B </w:r>", "A"),
        (RUN.format("\xa0A\xa0B "), "A B"),
        (RUN.format("A\tB\nC"), "A\tB\nC"),
        (RUN.format("A\0B\bC\vD\fE\x0eF\x1fG"), "ABCDEFG"),  # allowed in no XML
    ],
)  # fmt: skip
def test_what_word_shows_of_a_paragraph(inside, text):
    lines, left = paragraphs(f"<w:p>{inside}</w:p>")
    assert ([line.text for line in lines], left) == ([text], "")


@pytest.mark.parametrize(
    ("about", "above", "style"),
    [
        ("", 0, ""),
        ("<w:spacing w:before='240'/>", 240, ""),
        ("<w:spacing w:before='240'/><w:spacing w:after='1'/>", 240, ""),
        ("<w:spacing w:before='auto'/>", 0, ""),
        ("<w:pStyle w:val='T'/>", 0, "title"),
        ("<w:pStyle w:val='U'/>", 0, ""),
    ],
)
def test_what_is_said_of_a_paragraph_is_of_no_other(about, above, style):
    other = f"<w:p>{RUN.format('B')}</w:p>"
    lines, _ = paragraphs(f"<w:p><w:pPr>{about}</w:pPr>{RUN.format('A')}</w:p>", other)
    assert [(x.text, x.space, x.style) for x in lines] == [("A", above, style), ("B", 0, "")]


@pytest.mark.parametrize(("files", "said"), [(0, ""), (1, "1 file"), (2, "2 files")])
def test_files_in_a_document_of_word_are_told(files, said):
    _, left = paragraphs("<w:altChunk/>" * files)
    assert left == (f"embedded and not read: {said}" if said else "")


def test_a_document_of_word_that_declares_a_type_is_not_read():
    with pytest.raises(ValueError, match="declares a document type"):
        docx.paragraphs(io.BytesIO(b"<!DOCTYPE a><a/>"), [], {})


STORY = f"Talks fail\n2 March 2031\n{words(20, '.')}"
RULE = "\n========\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Source: A\nDate: 1\nSource: B\nDate: 2", "several articles in one text (2 × 'Source:')"),
        ("Source: A\nDate: 1\nSource: B\nDate: 2\nDate: 3", "several articles in one text (3 × 'Date:')"),
        ("Source: A\nDate: 1\nSource: B", ""),
        ("Source: A\nSource: B", ""),
        (f"{STORY}{RULE}{STORY}", "2 articles in one text, separated by lines"),
        (f"{STORY}{RULE}{STORY}{RULE}{STORY}", "3 articles in one text, separated by lines"),
        (f"{STORY}{RULE}It rained.", ""),
        (f"{STORY}{RULE}{STORY.replace('2 March 2031', 'On Monday')}", ""),
        (f"{STORY}{RULE}{STORY.replace('fail', 'fail' + ' a' * 13)}", "2 articles"),
        (f"{STORY}{RULE}2 March 2031 {words(12)}\n{words(20, '.')}", "2 articles"),
        (f"{STORY}{RULE}2 March 2031 {words(13)}\n{words(20, '.')}", ""),
        (f"{STORY}{RULE}A\nB\nC\n2 March 2031\n{words(20, '.')}", "2 articles"),
        (f"{STORY}{RULE}A\nB\nC\nD\n2 March 2031\n{words(20, '.')}", ""),
        (f"{STORY}{RULE}A\n2 March 2031\n{words(17, '.')}", "2 articles"),
        (f"{STORY}{RULE}A\n2 March 2031\n{words(16, '.')}", ""),
        (STORY.replace("\n", RULE), ""),
        (f"{STORY}\n{STORY}", ""),
        ("ProQuest document ID: 17", "an article in a layout of ProQuest"),
        ("ProQuest document ID: 17\nProQuest document ID: 18", "2 articles in a layout of ProQuest"),
    ],
)  # fmt: skip
def test_several_articles_in_one_text_are_told(text, said):
    found = several_in(text)
    assert found.startswith(said) and bool(found) == bool(said)


@pytest.mark.parametrize(
    ("lines", "are"),
    [
        (["1. Talks fail", "2. Rain falls"], True),
        (["1) Talks fail", "2) Rain falls"], True),
        (["1. Talks fail", "3. Rain falls"], False),
        (["2. Talks fail"], False),
        (["1. Talks failed."], False),
        (["1. Talks fail", "Rain falls"], False),
        ([f"1. {words(39)}"], True),
        ([f"1. {words(40)}"], False),
        ([], False),
    ],
)
def test_a_list_of_titles_counts_them(lines, are):
    assert is_list_of_titles("\n\n".join(lines)) is are


HEAD = "Title: {}\nDate: 2030\n\nRain."


@pytest.mark.parametrize(
    ("parts", "between", "found"),
    [
        ([HEAD.format("A"), HEAD.format("B")], "\n========\n", 2),
        ([HEAD.format("A"), HEAD.format("B")], "\n***\n", 2),
        ([HEAD.format("A"), "It dried."], "\n***\n", 0),
        ([HEAD.format("A"), HEAD.format("B")], "\n\n", 2),
        ([HEAD.format("A")], "", 0),
        ([HEAD.format("A"), "Title: B\n\nRain."], "\n========\n", 2),  # a damaged block
        ([HEAD.format("A"), "Title: B\n\nRain."], "\n\n", 0),
        ([HEAD.format("A"), "", HEAD.format("B")], "\n========\n", 3),
        (["", HEAD.format("A"), HEAD.format("B"), ""], "\n========\n", 2),
        (["Note", HEAD.format("A"), HEAD.format("B")], "\n========\n", 3),
        (["Note", "Note", HEAD.format("A"), HEAD.format("B")], "\n========\n", 0),
        ([HEAD.format("A"), "ProQuest document ID: 1", HEAD.format("B")], "\n\n", 0),
    ],
)
def test_parts_of_a_text_have_header_blocks(parts, between, found):
    assert len(labelled_parts(between.join(parts))) == found


PROSE = Line(f"{words(60)}.")
SHORT = Line(f"{words(20)}.")


@pytest.mark.parametrize(
    ("lines", "articles", "remark"),
    [
        ([Line("A", style="title"), PROSE] * 2, 2, False),
        ([Line("A", style="title"), PROSE], 0, False),
        ([PROSE, *[Line("A", style="title"), PROSE] * 2], 0, False),
        ([Line("A", style="title"), PROSE, Line("B", style="title"), Line("Rain.")], 0, False),
        ([Line("A"), Line("2 March 2031"), SHORT, Line("B", page=True), Line("3 March 2031"), SHORT], 2, False),
        ([Line("A"), Line("2 March 2031"), SHORT, Line("B", page=True), SHORT], 0, False),
        ([Line("A", style="heading 1"), Line("2 March 2031"), SHORT] * 2, 2, False),
        ([Line("A", style="heading 1"), Line("By Ada Holm"), SHORT] * 2, 2, False),
        ([Line("A", style="heading 1"), SHORT] * 2, 0, True),
        ([Line("A", style="heading 1"), PROSE], 0, False),
        ([Line("A", style="heading 1"), PROSE, Line("B", style="heading 1", page=True), PROSE], 2, False),
        ([Line("A", style="heading 1"), PROSE, Line("B", style="heading 1"), PROSE], 0, True),
        ([PROSE, *[Line("A", style="heading 1"), PROSE] * 2], 0, False),
        ([PROSE, *[Line("A", style="heading 1"), Line("2 March 2031"), SHORT] * 2], 0, True),
    ],
)  # fmt: skip
def test_a_document_has_several_articles(lines, articles, remark):
    found, said = articles_in(lines)
    assert (len(found), bool(said)) == (articles, remark)
    assert not found or [x for part in found for x in part] == lines


def test_a_line_with_more_space_above_it_than_is_usual_begins_a_paragraph():
    lines = [Line("A"), Line("B"), Line("C", 1), Line("D")]
    assert with_gaps(lines) == ["A", "B", "", "C", "D"]
    assert with_gaps(lines[2:]) == ["C", "D"]  # of two that are as frequent the larger
    assert with_gaps([]) == []


TWO_BY_TWO = ["Title", "Text", "Talks fail", "They failed."]


@pytest.mark.parametrize(
    ("texts", "columns", "cells"),
    [
        (TWO_BY_TWO, 2, [{"Title": "Talks fail", "Text": "They failed."}]),
        (["Title", "Talks fail", "Text:", "They failed."], 2, [{"Title": "Talks fail", "Text": "They failed."}]),
        (["Title", "Date", "Talks fail", "2031"], 2, []),
        (["Title", "Text"], 2, []),
        ([*TWO_BY_TWO, "Hail", "It fell."], 2,
         [{"Title": "Talks fail", "Text": "They failed."}, {"Title": "Hail", "Text": "It fell."}]),
    ],
)  # fmt: skip
def test_tables_of_a_document_name_fields_in_a_row_or_a_column(texts, columns, cells):
    lines = [
        Line(text, cell=f"1 {1 + n // columns} {1 + n % columns}") for n, text in enumerate(texts)
    ]
    assert [row.cells for row in rows_in(lines, "a.docx", [])] == cells
    beside = rows_in([*lines, Line("Rain.")], "a.docx", [])
    assert len(beside) == (len(cells) + 1 if cells else 0)
    assert not cells or beside[-1].reason == "text beside a table of articles"


def test_a_cut_document_costs_the_row_of_its_table_in_which_it_ends():
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc><w:p>{RUN.format(c)}</w:p></w:tc>' for c in cells)}</w:tr>"

    rows = [row("Title", "Text"), *(row(f"Talks {n}", f"They failed {n}.") for n in range(3))]
    whole = f"<w:document xmlns:w='x'><w:body><w:tbl>{''.join(rows)}</w:tbl><w:p/>"
    for end in range(whole.index("Talks 1"), len(whole) + 1):
        damage: list[str] = []
        lines, _ = docx.paragraphs(io.BytesIO(whole[:end].encode()), damage, {})
        found = rows_in(lines, "a.docx", damage)
        ended = whole[:end].count("</w:tr>") - 1  # without the names of the columns
        texts = [f.cells["Text"] for f in found if isinstance(f, Row)]
        assert texts == [f"They failed {n}." for n in range(ended)], whole[:end]
        broken = [f for f in found if isinstance(f, Found)]
        assert len(broken) + len(damage) == 1, whole[:end]  # told once, in its row or at the end
        assert all(f.source == f"a.docx, row {ended + 1}" for f in broken)


@pytest.mark.parametrize(
    ("reference", "stands"),
    [("&#x1;", "\1"), ("&#00031;", "\1"), ("&#xD83D;", "\1"), ("&#x110000;", "\1"),
     ("&#x9;", "\t"), ("&#8217;", "’"), ("&#x1F600;", "😀"), ("&amp;", "&")],
)  # fmt: skip
def test_a_reference_to_no_character_of_xml_costs_itself(reference, stands, monkeypatch):
    for at_once in range(1, 40):
        monkeypatch.setattr(docx, "_AT_ONCE", at_once)
        lines, _ = paragraphs(f"<w:p w:a='{reference}'>{RUN.format(f'A{reference}B&lt;')}</w:p>")
        assert [line.text for line in lines] == [f"A{stands}B<"], at_once
