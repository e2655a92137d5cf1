"""Conditions of documents: for each a case that nothing else decides."""

from __future__ import annotations

import io

import pytest

from framing.corpus.readers import docx
from framing.corpus.readers.in_documents import Line
from framing.corpus.readers.several import several_in
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
