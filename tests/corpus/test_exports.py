"""Layouts of press exports that a head told by words near a date gets wrong."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
from collections.abc import Iterable
from email import policy
from email.message import EmailMessage
from itertools import chain, combinations

import pytest

import framing as fr
from framing.corpus.readers import factiva, factiva_text, file_of
from framing.corpus.readers import warc as web_archive
from framing.corpus.readers.files import File
from framing.corpus.readers.markup import nothing_hidden
from tests.conftest import read_file, read_in
from tests.corpus.test_readers import FIRST, TALKS, TANKER, docx, warc, zipped

SECOND = "The harbour commission warned that ships may have to wait for days outside the strait."


def heads(corpus: fr.Corpus) -> list[tuple[str, str, str]]:
    days = corpus.articles["date"].dt.strftime("%Y-%m-%d").fillna("")
    rows = zip(corpus.articles["title"], corpus.articles["outlet"], days, strict=True)
    return sorted(rows)


def body(corpus: fr.Corpus) -> list[str]:
    return corpus.paragraphs.loc[corpus.paragraphs["role"] == "body", "text"].tolist()


def nexis(*above: str, labels=("Section: News; Pg. 1", "Length: 62 words")) -> list[str]:
    return [*above, *labels, "Body", FIRST, SECOND, "Load-Date: May 9, 2031", "End of Document"]


RIGHTS = "Copyright 2031 The Standard Review Company"


@pytest.mark.parametrize(
    ("above", "day"),
    [
        (["March 12, 2031 Wednesday, Late Edition - Final", RIGHTS], "2031-03-12"),
        (["March 12, 2031 Wednesday, The Standard Review on the Web", RIGHTS], "2031-03-12"),
        (["Wednesday, March 12, 2031", RIGHTS, "All Rights Reserved"], "2031-03-12"),
        (["March 12, 2031 Wednesday", "Late Edition - Final", RIGHTS], "2031-03-12"),
        (["March 12, 2031 Wednesday", "Correction Appended", RIGHTS], "2031-03-12"),
        (["March 2031", RIGHTS], ""),
        (["Winter 2031", RIGHTS], ""),
        ([RIGHTS], ""),
        (["March 12, 2031 Wednesday"], "2031-03-12"),
        (["3. März 2031 Montag 9:20 AM GMT+1", RIGHTS], "2031-03-03"),
    ],
)  # fmt: skip
def test_the_head_of_a_nexis_item_ends_at_its_copyright_or_labels(tmp_path, above, day):
    """Whatever follows the date, and whatever the labelled lines say."""
    labels = ("Length: 62 words", "Dateline: PORT ANSEL, January 1 2030", "Byline: Ada Holm")
    lines = [*nexis(TANKER, "The Standard Review", *above, labels=labels), *nexis(
        TALKS, "Meridian Wire", "March 13, 2031 Thursday", RIGHTS)]  # fmt: skip
    corpus = read_in(tmp_path, "a.docx", docx(lines))
    assert heads(corpus) == [
        (TANKER, "The Standard Review", day), (TALKS, "Meridian Wire", "2031-03-13"),
    ]  # fmt: skip
    assert set(corpus.articles["byline"]) == {"Ada Holm", ""}
    assert sorted(body(corpus)) == sorted([FIRST, SECOND] * 2)


BLOGS = [  # the lines of an outlet, and outlet and topic
    (["Newstex Blogs", "Harbour Notes"], ("Harbour Notes", "News")),
    (["The Standard Review Blogs", "(The Slipway)"], ("The Standard Review Blogs", "News")),
]


@pytest.mark.parametrize("cover", [["Documents (2)", "1. March 1, 2031", f"2. {TALKS}"], []])
@pytest.mark.parametrize(("lines", "found"), BLOGS)
def test_an_outlet_of_two_lines_takes_no_titles_place_in_nexis(tmp_path, cover, lines, found):
    """Neither does what a transcript says below its date; also where a title is a date."""
    day, show = "March 12, 2031 Wednesday", "SHOW: HARBOUR WATCH 8:00 PM EST"
    items = [*nexis("March 1, 2031", *lines, day, RIGHTS), "",
             *nexis(TALKS, "Meridian TV", day, show, RIGHTS)]  # fmt: skip
    corpus = read_in(tmp_path, "a.docx", docx([*cover, *items]))
    assert heads(corpus) == sorted([
        ("March 1, 2031", found[0], "2031-03-12"), (TALKS, "Meridian TV", "2031-03-12")
    ])  # fmt: skip
    assert set(corpus.articles["topic"]) == {"News"}
    assert body(corpus) == [FIRST, SECOND] * 2


def test_the_cover_list_of_nexis_says_where_the_outlet_begins(tmp_path):
    """In layouts that nobody knows; the part of an outlet is a topic where there is none."""
    labels = ("Length: 62 words",)
    items = [*nexis(TANKER, "Meridian Group", "Coast Edition West", "March 12, 2031", RIGHTS),
             *nexis(TALKS, "Gull Blogs", "(The Slipway)", "March 12, 2031", labels=labels)]  # fmt: skip
    cover = ["User Name: A", "Documents (2)", f"1. {TANKER}", f"2. {TALKS}", "News", ""]
    corpus = read_in(tmp_path, "a.docx", docx([*cover, *items]))
    assert heads(corpus) == sorted([
        (TANKER, "Meridian Group Coast Edition West", "2031-03-12"),
        (TALKS, "Gull Blogs", "2031-03-12"),
    ])  # fmt: skip
    assert sorted(corpus.articles["topic"]) == ["News", "The Slipway"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(("lines", "found"), BLOGS)
def test_an_outlet_of_two_lines_is_one_in_lexisnexis(tmp_path, lines, found, between):
    space = " " * 30
    above = between.join(f"{space}{line}" for line in lines)
    text = (
        f"\n{space}1 of 1 DOCUMENTS\n\n\n{above}\n{space}March 12, 2031 Wednesday\n\n{TANKER}\n\n"
        f"SECTION: News; Pg. 1\n\nLENGTH: 62 words\n\n{FIRST}\n\n{SECOND}\n\n"
        f"LOAD-DATE: March 13, 2031\n\n{space}Copyright 2031 The Standard Review\n"
    )
    corpus = read_in(tmp_path, "a.txt", text)
    assert heads(corpus) == [(TANKER, found[0], "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]


def test_an_export_of_nexis_as_text_is_split(tmp_path):
    items = [nexis(title, "Meridian Wire", "March 12, 2031 Wednesday", RIGHTS)
             for title in (TANKER, TALKS)]  # fmt: skip
    corpus = read_in(tmp_path, "a.txt", "\n".join([*items[0], "", *items[1], *items[0][:-1]]))
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-12"),
                             (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
    assert body(corpus) == [FIRST, SECOND] * 2
    assert corpus.audit["reason"].str.contains("without 'End of Document'").sum() == 1


@pytest.mark.parametrize("title", [TALKS, "Length: 9 words of a minister"])
def test_an_item_of_nexis_without_its_last_line_costs_none_beside_it(tmp_path, title):
    """Its Load-Date ends it, too; where this is not sure, the items fail as one."""
    days = [f"March {n}, 2031" for n in (10, 11, 12)]
    items = [nexis(TANKER, "Meridian Wire", day, RIGHTS) for day in days]
    items[2][0] = title
    corpus = read_in(tmp_path, "a.txt", "\n".join([*items[0], *items[1][:-1], *items[2]]))
    read = [(TANKER, "Meridian Wire", f"2031-03-{n}") for n in (10, 11)]
    if title == TALKS:
        assert heads(corpus) == sorted([*read, (TALKS, "Meridian Wire", "2031-03-12")])
        assert body(corpus) == [FIRST, SECOND] * 3
    else:
        assert heads(corpus) == read[:1]
        assert corpus.audit["reason"].str.contains("what separates two of them is missing").any()


MARKS = ("Length:", "Body", "Load-Date:")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lost, other) for n in range(4) for lost in combinations(MARKS, n)
        for m in range(4) for other in combinations(MARKS, m)
    ],
)  # fmt: skip
def test_no_item_of_nexis_without_its_marks_is_lost_unseen(tmp_path, first, second):
    """The first one lacks its last line, and both lack marks: each is read, or a row tells it."""
    items = [nexis(TANKER, "Meridian Wire", f"March {n}, 2031", RIGHTS) for n in range(1, 5)]
    for n, (item, lost) in enumerate(zip(items, [(), first, second, ()], strict=True)):
        item[:] = [f"{line} Number {n}." if line == FIRST else line for line in item]
        items[n] = [line for line in item if not line.startswith(lost)]
    items[1].remove("End of Document")
    corpus = read_in(tmp_path, "a.txt", "\n".join(chain(*items)))
    read = {n for n in range(4) if corpus.paragraphs["text"].str.endswith(f"Number {n}.").any()}
    assert {0, 3} <= read
    assert len(corpus.articles) == len(read)
    told = corpus.audit["reason"].str.contains("what separates two of them is missing").any()
    assert (read == {*range(4)}) != told
    assert not told or first or second  # whole ones are read


@pytest.mark.parametrize("mark", ["<script>x</script>", "<p>", "<b>New</b> "])
def test_markup_in_a_title_makes_no_page_of_an_export_of_nexis_as_text(tmp_path, mark):
    items = [nexis(f"{mark}{title}", "Meridian Wire", "March 12, 2031 Wednesday", RIGHTS)
             for title in (TANKER, TALKS)]  # fmt: skip
    corpus = read_in(tmp_path, "a.txt", "\n".join([*items[0], "", *items[1]]))
    assert [day for _, _, day in heads(corpus)] == ["2031-03-12"] * 2
    assert body(corpus) == [FIRST, SECOND] * 2
    assert (corpus.audit["outcome"] == "failed").sum() == 0


def wrapped(text: str, width: int = 62) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_wrapped_lines_of_word_are_joined_and_other_paragraphs_stay(tmp_path):
    """A paragraph of Word for every line: they are put together; short paragraphs are not."""
    story = [f"{FIRST} {SECOND} {text}" for text in (FIRST, SECOND, TALKS + ".")]
    lines = [line for paragraph in story for line in wrapped(paragraph)]
    head = [TANKER, "The Standard Review", "March 12, 2031", RIGHTS, "Length: 9 words", "Body"]
    assert body(read_in(tmp_path, "a.docx", docx([*head, *lines, "End of Document"]))) == story
    (tmp_path / "a.docx").write_bytes(docx([*head, FIRST, "“No,” she said.", "End of Document"]))
    assert body(fr.read_corpus(tmp_path)) == [FIRST, "“No,” she said."]


def test_space_above_a_line_of_word_begins_a_paragraph(tmp_path):
    """Where a last line is as full as the others, the space is all that tells."""
    lines = wrapped(f"{FIRST} {SECOND} {FIRST} {SECOND}")
    half = len(lines) // 2

    def paragraph(n: int, line: str) -> str:
        space = '<w:pPr><w:spacing w:before="200"/></w:pPr>' if n in (0, half) else ""
        return f'<w:p>{space}<w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>'

    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{''.join(paragraph(n, line) for n, line in enumerate(lines))}</w:body>"
        "</w:document>"
    )
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}
    (tmp_path / "a.docx").write_bytes(zipped(parts))
    assert body(fr.read_corpus(tmp_path)) == [" ".join(lines[:half]), " ".join(lines[half:])]


@pytest.mark.parametrize(
    ("below", "day"),
    [
        ("March 12, 2031 Wednesday, \n{}Late Edition - Final", "2031-03-12"),
        ("March 12, 2031 Wednesday\n\n{}Late Edition - Final", "2031-03-12"),
        ("March 12, 2031 Wednesday\n\n{}Correction Appended", "2031-03-12"),
        ("March 12, 2031 Wednesday Correction Appended\n{}Late Edition - Final", "2031-03-12"),
        ("March 2031", ""),
        ("Winter 2031", ""),
    ],
)
def test_lines_below_the_date_of_a_lexisnexis_item_are_no_title(tmp_path, below, day):
    """Editions stand in the middle of the line; a title begins it."""
    space = " " * 30
    text = (
        f"\n\n{space}1 of 1 DOCUMENTS\n\n\n{space}The Standard Review\n\n{space}"
        f"{below.format(space)}\n\n{TANKER}\n\nBYLINE: By ADA HOLM\n\nSECTION: News; Pg. 1\n\n"
        f"LENGTH: 62 words\n\n{FIRST}\n\n{SECOND}\n\nLOAD-DATE: March 13, 2031\n\n"
        f"LANGUAGE: ENGLISH\n\n{space}Copyright 2031 The Standard Review\n"
    )
    corpus = read_in(tmp_path, "a.txt", text)
    assert heads(corpus) == [(TANKER, "The Standard Review", day)]
    assert body(corpus) == [FIRST, SECOND]


def factiva_div(title: str, number: str) -> str:
    return (
        f'<div class="article" id="article-{number}"><div class="article enArticle"><div id="hd">'
        f'<span class="enHeadline">{title}</span></div><div class="author">By Ada Holm</div>'
        "<div>62 words</div><div>12 March 2031</div><div>09:20</div><div>Meridian Wire</div>"
        f'<div>MERID</div><div>English</div><p class="articleParagraph">{FIRST}</p>'
        f'<p class="articleParagraph">{SECOND}</p><p>Document {number}</p></div></div>'
    )


@pytest.mark.parametrize("begin", ["<html>", "html>", "kept by: me <html>"])
def test_a_factiva_article_inside_another_counts_once(tmp_path, begin):
    """Also where something stands before the first tag of a file called .html."""
    pages = [factiva_div(TANKER, "MERID00020310312e3"), factiva_div(TALKS, "MERID00020310312e4")]
    corpus = read_in(tmp_path, "a.html", f"{begin}<title>Factiva</title>{''.join(pages)}</html>")
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-12"),
                             (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
    assert set(corpus.articles["article"]) == {"MERID00020310312e3", "MERID00020310312e4"}


IN_ORDER = (
    "{title}\nBy Ada Holm\n62 words\n12 March 2031\n09:20\nMeridian Wire\nMERID\nA1\nEnglish\n"
    "(c) 2031, Meridian Wire\n{first}\n\n{second}\nDocument {number}\n\n"
)
CODED = (
    "HD\t{title}\nBY\tBy Ada Holm\nWC\t62 words\nPD\t12 March 2031\nET\t09:20\nSN\tMeridian Wire\n"
    "SC\tMERID\nLA\tEnglish\nCY\t(c) 2031, Meridian Wire\nLP\t\n{first}\nTD\n{second}\n"
    "RE\tstrait: The Strait\nAN\tDocument {number}\n\n"
)


def test_a_headline_that_is_a_day_is_not_the_day_of_publication(tmp_path):
    said = IN_ORDER.replace("By Ada Holm\n", "")
    number = "MERID00020310312e3"
    text = said.format(title="11 September 2001", first=FIRST, second=SECOND, number=number)
    (tmp_path / "a.txt").write_text(text)
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == [("11 September 2001", "Meridian Wire", "2031-03-12")]


@pytest.mark.parametrize("layout", [IN_ORDER, CODED])
@pytest.mark.parametrize("kind", ["txt", "rtf", "table.rtf"])
def test_documents_of_a_factiva_export_as_text_are_told_apart(tmp_path, layout, kind):
    """As text, RTF, and RTF with a table; a document without its number is a row."""
    both = [layout.format(title=t, first=FIRST, second=SECOND, number=f"MERID00020310312e{n}")
            for n, t in enumerate((TANKER, TALKS))]  # fmt: skip
    text = "Factiva\n\n" + "".join(both) + both[0].rpartition("Document")[0]
    if kind == "table.rtf" and layout == CODED:
        row = re.compile(r"^([A-Z]{2})\t(.*?)\n(?=[A-Z]{2}\t|\Z|\n\n)", re.MULTILINE | re.DOTALL)
        text = row.sub(r"\\trowd\\pard\\intbl{\\b \1}\\cell \2\\cell\\row\n", text)
    if kind.endswith("rtf"):
        text = "{\\rtf1\\ansi " + text.replace("\n", "\\par\n").replace("\t", "\\tab ") + "}"
    corpus = read_in(tmp_path, f"a.{kind}", text)
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-12"),
                             (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
    assert body(corpus) == [FIRST, SECOND] * 2
    assert set(corpus.articles["byline"]) == {"By Ada Holm"}
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert len(failed) == 1 and "without its number" in failed["reason"].iloc[0]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["Talks", "62 words", "12 March 2031", "Gull", "(c) 2031", FIRST], True),
        (["62 words", "12 March 2031", "Gull", "(c) 2031", FIRST], False),
        (["Talks", "62 words", "12 March 2031", "(c) 2031", FIRST], False),
        (["Talks", "62 words", "12 March 2031", "Gull", FIRST], False),
        (["Talks", "62 words", "(c) 2031", "12 March 2031", "Gull", FIRST], False),
    ],
)
def test_a_factiva_document_has_title_words_date_publication_and_rights_in_this_order(lines, read):
    said, text = factiva_text._in_order(lines)
    assert (text == FIRST and said["SN"] == "Gull") if read else (said, text) == ({}, "")


def test_every_document_at_the_end_of_a_damaged_factiva_export_is_a_row(tmp_path):
    """Two without numbers; and an RTF that closes before its last document."""
    first, *more = (IN_ORDER.format(title=t, first=FIRST, second=SECOND, number=f"MERID0002031031{n}e")
                    for n, t in enumerate((TANKER, TALKS, "Ferry may stop"), start=1))  # fmt: skip
    text = first + "".join(item.rpartition("Document")[0] for item in more)
    (tmp_path / "a.txt").write_text(text)
    cut = f"{first}{more[0].rpartition('Document')[0]}}} {more[1]}"
    audit = read_in(tmp_path, "b.rtf", "{\\rtf1\\ansi " + cut.replace("\n", "\\par\n") + "}").audit
    inputs = audit[audit["block"].isna()]
    assert inputs["source"].str[:5].value_counts().to_dict() == {"a.txt": 3, "b.rtf": 3}
    assert (inputs["outcome"] == "failed").sum() == 4


def test_a_proquest_item_without_its_id_is_read_and_one_without_labels_is_a_row(tmp_path):
    line = "_" * 60
    item = (
        f"\n\nDocument {{}} of 3\n\n{TALKS}\n\nFull text: {FIRST}\n\n{SECOND}\n\nTitle: {TALKS}\n\n"
        "Publication title: Meridian Wire, Late Edition (East); Dovek\n\n"
        "Publication date: Mar 12, 2031\n\n"
    )
    parts = ["", "\n\nReport Information from ProQuest\n\nMarch 14 2031\n\n", item.format(1),
             item.format(2) + "ProQuest document ID: 7\n\n", "\n\nDocument 3 of 3\n\nGone\n\n",
             "\n\nBibliography\n\nCopyright 2031 Somebody\n\n"]  # fmt: skip
    corpus = read_in(tmp_path, "a.txt", line.join(parts))
    assert heads(corpus) == [(TALKS, "Meridian Wire; Dovek", "2031-03-12")] * 2
    inputs = corpus.audit[corpus.audit["block"].isna()]
    assert sorted(inputs["outcome"]) == ["failed", "scored", "scored"]
    assert inputs.loc[inputs["outcome"] == "failed", "reason"].str.strip().ne("").all()


@pytest.mark.parametrize("last", ["", "ProQuest document ID: 8\n\n"])
def test_the_title_of_a_proquest_item_without_that_label_stands_above_the_labels(tmp_path, last):
    item = (
        f"\n\nDocument {{}} of 2\n\n{{}}\n\n{{}}Full text: {FIRST}\n\n{SECOND}\n\n"
        f"Publication title: Meridian Wire\n\nPublication date: Mar 12, 2031\n\n{last}"
    )
    items = [item.format(1, TALKS, "Author: Holm, Ada\n\n"), item.format(2, "", "")]
    text = ("_" * 60).join(["", *items, "\n\nProQuest document ID: 7\n\n"])
    assert sorted(title for title, _, _ in heads(read_in(tmp_path, "a.txt", text))) == ["", TALKS]


@pytest.mark.parametrize(
    "wrap", ["{}", "<article>{}</article>", "<article><div>{}</div></article>"]
)
@pytest.mark.parametrize(
    "around", ["{}", "<article>{}</article>", "<article><p>2 hits</p>{}</article>"]
)
def test_an_article_of_europresse_in_several_elements_counts_once(tmp_path, wrap, around):
    item = (
        '<article><header><span class="DocPublicationName">{}</span><span class="DocHeader">World, '
        'Wednesday, March 12, 2031</span><p class="titreArticleVisu rdp__articletitle">{}</p>'
        f'</header><article><div class="docOcurrContainer"><p>{FIRST}</p><p>{SECOND}</p></div>'
        "</article></article>"
    )
    found = [("Meridian Wire", TALKS), ("The Standard Review", TANKER)]
    page = around.format("".join(wrap.format(item.format(*of_it)) for of_it in found))
    corpus = read_in(tmp_path, "a.html", f"<html><body>{page}</body></html>")
    assert [(outlet, title) for title, outlet, _ in heads(corpus)] == sorted(
        found, key=lambda of_it: of_it[1]
    )
    assert body(corpus) == [FIRST, SECOND] * 2
    assert len(corpus.audit[corpus.audit["block"].isna()]) == 2


def test_an_article_of_europresse_without_a_byline_has_not_that_of_the_next_one(tmp_path):
    item = (
        '<article><span class="DocPublicationName">{}</span><span class="DocHeader">World, '
        'Wednesday, March 12, 2031</span><p class="titreArticle">{}</p>{}'
        '<div class="docOcurrContainer"><p>{}</p></div></article>'
    )
    signed = item.format("Meridian Wire", TALKS, '<p class="docAuthors">Ada Holm</p>', SECOND)
    page = f"<article>{item.format('Gull', TANKER, '', FIRST)}{signed}</article>"
    articles = read_in(tmp_path, "a.html", f"<html><body>{page}</body></html>").articles
    bylines = dict(zip(articles["outlet"], articles["byline"], strict=True))
    assert bylines == {"Gull": "", "Meridian Wire": "Ada Holm"}


@pytest.mark.parametrize("wrap", ["<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
                                  "<div><div>{}</div></div>", "{}"])  # fmt: skip
def test_old_pages_of_europresse_are_split_or_refused_by_name(tmp_path, wrap):
    """Whatever element stands around an article; with none at all, the layout is named."""
    item = (
        '<span class="DocPublicationName">{}, no. 7</span><br><span class="DocHeader">World, '
        'Wednesday, March 12, 2031, p. 6</span><br><span class="TitreArticleVisu">{}</span><br>'
        f"<p>{FIRST}</p><p>{SECOND}</p><p>© 2031 The publisher. All rights reserved.</p>"
    )
    pages = [
        wrap.format(item.format(outlet, title))
        for outlet, title in (("The Standard Review", TANKER), ("Meridian Wire", TALKS))
    ]
    (tmp_path / "a.html").write_text(f"<html><body>{''.join(pages)}</body></html>")
    corpus = read_in(tmp_path, "b.txt", f"{TANKER}\n\n{FIRST}")
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")
    if wrap == "{}":
        reasons = inputs.loc[inputs["outcome"] == "failed", "reason"]
        assert len(reasons) == 2 and reasons.str.contains("a layout of Europresse").all()
    else:
        assert heads(corpus)[0] == (TANKER, "The Standard Review", "2031-03-12")
        assert len(corpus.articles) == 3 and len(body(corpus)) == 5


def test_a_corpus_in_xml_is_read_and_other_xml_refused_by_its_root(tmp_path):
    articles = "".join(
        f'<article id="{n}" published-at="2031-03-1{n}" title="{title}"><p>{FIRST}</p>'
        f"<p>{SECOND} <a href='/x'>More</a></p></article>"
        for n, title in enumerate((TANKER, TALKS))
    )
    (tmp_path / "a.xml").write_text(f'<?xml version="1.0"?>\n<articles>{articles}</articles>')
    (tmp_path / "b.xml").write_text('<?xml version="1.0"?><rss version="2.0"><channel/></rss>')
    (tmp_path / "c.xml").write_text('<?xml version="1.0"?><NewsML><head/></NewsML>')
    corpus = read_in(tmp_path, "d.xml", f'<?xml version="1.0"?>\n<articles>{articles[:-30]}')
    assert heads(corpus)[0] == (TANKER, "unknown", "2031-03-10")
    assert len(corpus.articles) == 3 and len(body(corpus)) == 6
    failed = corpus.audit[corpus.audit["outcome"] == "failed"].set_index("source")["reason"]
    assert set(failed.index) == {"c.xml", "d.xml, document 2"}
    assert "<newsml>" in failed["c.xml"]


def record(
    kind: str,
    payload: bytes,
    number: int,
    *,
    http: bool = True,
    wrong: int = 0,
    kind_of: str = "text/html",
) -> bytes:
    """A record of a web archive, not compressed, whose length may be wrong."""
    if http:
        payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://x.example/{number}\r\n"
        "WARC-Date: 2031-03-20T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-"
        f"{number:012}>\r\nContent-Type: {'application/http' if http else kind_of}\r\n"
        f"Content-Length: {len(payload) + wrong}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def page(number: int) -> bytes:
    story = "".join(f"<p>{FIRST} This was day {number} of {n}.</p>" for n in range(4))
    return f"<html><body><article><h1>{TALKS}</h1>{story}</article></body></html>".encode()


def test_records_of_every_type_are_read_or_counted(tmp_path):
    kinds = ("warcinfo", "request", "response", "resource", "revisit", "metadata", "conversion")
    data = b"".join(
        record(kind, page(n), n, http=kind not in ("resource", "conversion", "warcinfo"))
        for n, kind in enumerate(kinds)
    )
    corpus = read_file(tmp_path / "a.warc", data)
    assert len(corpus.articles) == 3
    told = corpus.audit.loc[corpus.audit["outcome"] == "skipped", "reason"]
    assert told.tolist() == [
        "about the crawl, no pages: 1 metadata, 1 request, 1 revisit, 1 warcinfo"
    ]


def test_a_record_without_a_type_has_a_row(tmp_path):
    records = [record(kind, page(n), n) for n, kind in enumerate(("response", "request") * 2)]
    data = b"".join(records).replace(b"WARC-Type: response", b"X-Type: response", 1)
    audit = read_file(tmp_path / "a.warc", data).audit
    inputs = audit[audit["block"].isna()].set_index("source")
    assert inputs.loc["a.warc, record 1", "reason"] == "no WARC-Type in its head: not read"
    assert inputs.loc["a.warc, record 3", "outcome"] == "scored"
    assert inputs.loc["a.warc, other records", "reason"].endswith("2 request")


@pytest.mark.parametrize(
    ("old", "new", "scored"),
    [
        (b"WARC/1.", b"WARC/9.", 3), (b"WARC-Target-URI", b"X", 3), (b"Content-Length", b"X", 4),
        (b"WARC/1.", b"garbage\r\nWARC/1.", 4), (b"\r\n\r\nWARC", b"WARC", 4),
        (b"WARC/1.0\r\n", b"", 3), (b"WARC-Type", b"\r\n\r\nWARC-Type", 3),
    ],
)  # fmt: skip
def test_a_damaged_record_costs_none_after_it(tmp_path, old, new, scored):
    first, *rest = (record("response", page(n), n) for n in range(4))
    corpus = read_file(tmp_path / "a.warc", first + b"".join(rest).replace(old, new, 1))
    assert len(corpus.articles) == scored
    told = corpus.audit.query("block.isna()")["reason"].ne("").sum()
    assert told == (new != b"WARC")


@pytest.mark.parametrize("begin", [b"<WARC", b"WA<RC", b"garbage\r\n\r\nWARC"])
def test_an_archive_whose_first_bytes_are_damaged_is_no_page(tmp_path, begin):
    data = b"".join(record("response", page(n), n) for n in range(3)).replace(b"WARC", begin, 1)
    corpus = read_file(tmp_path / "a.warc", data)
    assert len(corpus.articles) == 3 - (begin == b"WA<RC")
    assert corpus.audit["outcome"].eq("failed").sum() == 1


@pytest.mark.parametrize("number", [b"", b"WARC-Segment-Number: 2\r\n"])
def test_a_segment_of_a_record_is_no_article(tmp_path, number):
    """The first of two has the beginning of a page, the second the rest of it."""
    first, second, third = (record("response", page(n), n) for n in range(3))
    first = first.replace(b"WARC-Type", b"WARC-Segment-Number: 1\r\nWARC-Type", 1)
    second = second.replace(b"WARC-Type: response", number + b"WARC-Type: continuation", 1)
    inputs = read_file(tmp_path / "a.warc", first + second + third).audit.query("block.isna()")
    told = inputs.set_index("source")["outcome"].to_dict()
    assert told == {"a.warc, record 1": "failed", "a.warc, record 2": "failed",
                    "a.warc, record 3": "scored"}  # fmt: skip


def test_a_page_that_a_crawler_cut_off_is_told(tmp_path):
    whole = record("response", page(1), 1)
    cut = whole.replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type", 1)
    told = read_file(tmp_path / "a.warc", whole + cut).audit.query("outcome == 'scored'")
    assert told["reason"].str.contains("stored (length)", regex=False).sum() == 1


@pytest.mark.parametrize("wrong", [-40, -300, 60, 100, 10**9])
def test_a_wrong_length_of_a_record_is_told(tmp_path, wrong):
    """Of three records the second has a wrong length; the first is read, and nothing vanishes."""
    records = [record("response", page(n), n, wrong=wrong if n == 2 else 0) for n in (1, 2, 3)]
    corpus = read_file(tmp_path / "a.warc", b"".join(records))
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")
    assert inputs.loc["a.warc, record 1", "outcome"] == "scored"
    assert "length is wrong" in inputs.loc["a.warc, record 2", "reason"]
    assert wrong > 100 or len(inputs) == 3


def test_a_page_with_a_wrong_length_in_an_archive_is_read(tmp_path):
    records = [record("response", page(n), n, wrong=-40 if n == 2 else 0) for n in (1, 2, 3)]
    corpus = read_file(tmp_path / "a.warc", b"".join(records))
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")
    assert inputs.loc["a.warc, record 2", "outcome"] == "scored"


@pytest.mark.parametrize("after", range(-9, 30))
def test_a_record_is_whole_where_a_part_of_the_file_ends(monkeypatch, after):
    """The file is read in parts; the head of the second record is about their border."""
    records = [record("response", page(n), n) for n in (1, 2, 3)]
    monkeypatch.setattr(web_archive, "_AT_ONCE", len(records[0]) + len("WARC/1.") + after)
    assert list(web_archive._records(io.BytesIO(b"".join(records)), [])) == records


def test_the_end_of_an_archive_that_is_cut_off_is_told(tmp_path):
    inputs = read_file(tmp_path / "a.warc", (record("response", page(1), 1) * 2)[:-100]).audit
    assert inputs["reason"].str.contains("bytes are missing").sum() == 1


def lexis_page(text: str) -> str:
    """Old LexisNexis HTML: every line of a text in elements that say nothing of what it is."""
    lines = (f'<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c2">{run.strip()}</SPAN></P></DIV>\n<BR>'
             for run in text.split("\n\n") if run.strip())  # fmt: skip
    return f"<!DOCTYPE HTML><HTML><HEAD><TITLE>LexisNexis</TITLE></HEAD><BODY>{''.join(lines)}"


ITEM = (
    "{n} of 2 DOCUMENTS\n\nMeridian Wire\n\nMarch 1{n}, 2031 Wednesday\n\n{title}\n\nBYLINE: Ada Holm"
    "\n\nLENGTH: 62 words\n\n{first}\n\n{second}\n\nLOAD-DATE: March 12, 2031\n\nCopyright 2031\n\n"
)


def two_items(item: str = ITEM) -> str:
    return "".join(
        item.format(n=n, title=title, first=FIRST, second=SECOND)
        for n, title in enumerate((TANKER, TALKS), start=1)
    )


def test_old_pages_of_lexisnexis_are_split(tmp_path):
    corpus = read_in(tmp_path, "a.html", lexis_page(two_items()))
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-11"),
                             (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
    assert body(corpus) == [FIRST, SECOND] * 2


@pytest.mark.parametrize("mark", ["1 of 2 DOCUMENTS", "2 of 2 DOCUMENTS"])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_item_of_lexisnexis_without_its_mark_is_read(tmp_path, name, mark):
    """A date in a text begins none; where the lengths are missing too, both are read, or a row."""
    dated = two_items(ITEM.replace("{second}", "March 3, 2031\n\n{second}"))
    for items in (two_items(), dated):
        text = items.replace(mark, "")
        corpus = read_in(tmp_path, name, lexis_page(text) if name == "a.html" else text)
        assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-11"),
                                 (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
        assert set(corpus.paragraphs["text"]) >= {FIRST, SECOND}
    (tmp_path / name).unlink()
    (tmp_path / "b.txt").write_text(two_items())
    (tmp_path / "a.txt").write_text(two_items().replace(mark, "").replace("LENGTH: 62 words", ""))
    inputs = fr.read_corpus(tmp_path).audit.query("block.isna()")
    told = inputs["reason"].str.contains("what separates two of them is missing")
    assert (inputs["outcome"] == "scored").sum() + 2 * told.sum() == 4


def test_a_page_as_word_saves_an_export_of_nexis_is_split(tmp_path):
    lines = nexis(TANKER, "The Standard Review", "March 12, 2031", RIGHTS) * 2
    (tmp_path / "a.htm").write_text(f"<html><body>{''.join(f'<p>{x}</p>' for x in lines)}")
    assert body(fr.read_corpus(tmp_path)) == [FIRST, SECOND] * 2


@pytest.mark.parametrize("label", ["HEADLINE", "TITLE"])
def test_labels_of_headline_and_body_in_a_lexisnexis_item_are_no_text(tmp_path, label):
    """The layout of British papers; a note of a correction is no part of the article."""
    item = (
        "{n} of 2 DOCUMENTS\n\nMeridian Wire\n\nMarch 1{n}, 2031\n\nSECTION: NEWS\n\nLENGTH: 9 words\n\n"
        "HEADLINE: {title}\n\nBYLINE: Ada Holm\n\nBODY:\n{first}\n\n{second}\n\n"
        "CORRECTION:\n\nThe name was wrong.\n\nLOAD-DATE: March 12, 2031\n\n"
    )
    item = item.replace("HEADLINE", label)
    corpus = read_in(tmp_path, "a.txt", two_items(item))
    assert [head[0] for head in heads(corpus)] == [TANKER, TALKS]
    assert body(corpus) == [FIRST, SECOND] * 2


def test_the_list_of_documents_beside_single_ones_is_no_article(tmp_path):
    (tmp_path / "a.docx").write_bytes(
        docx(nexis(TANKER, "Meridian Wire", "March 12, 2031", RIGHTS))
    )
    listed = [
        "User Name: Reader",
        "Date and Time: Friday",
        "Job Number: 7",
        "Documents (1)",
        f"1. {TANKER}",
    ]
    corpus = read_in(tmp_path, "a_doclist.docx", docx(listed))
    assert len(corpus.articles) == 1
    assert corpus.audit["reason"].str.contains("the list of the documents").sum() == 1


def test_a_line_of_a_proquest_text_that_begins_like_a_label_is_text(tmp_path):
    """Of two lines that begin with "Title:" the one below the text is the title."""
    line = "_" * 60
    own = "Title: the word that he would not say."
    place = "Location: the old mill by the river, where nobody had lived for years."
    item = (
        f"\n\nFull text: {FIRST}\n\n{own}\n\n{place}\n\n{SECOND}\n\nTitle: {TALKS}\n\nPublication title: "
        "Meridian Wire\n\nPublication date: Mar 12, 2031\n\nProQuest document ID: 7\n\n"
    )
    corpus = read_in(tmp_path, "a.txt", f"{line}{item}{line}\n\nCopyright 2031\n\n")
    assert heads(corpus) == [(TALKS, "Meridian Wire", "2031-03-12")]
    assert body(corpus) == [FIRST, own, place, SECOND]


def test_marks_of_articles_that_damaged_markup_hides_are_a_row(tmp_path):
    """A closing brace too many ends RTF: the rest is counted."""
    lines = nexis(TANKER, "The Standard Review", "March 12, 2031", RIGHTS)
    item = "".join(f"{{\\pard {line}\\par}}\n" for line in lines)
    (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi\n" + item + "}}}" + item + "}")
    inputs = fr.read_corpus(tmp_path).audit.query("block.isna()").set_index("source")["outcome"]
    assert inputs["a.rtf, the rest"] == "failed"
    assert (inputs == "scored").sum() == 1


@pytest.mark.parametrize("tag", ["<script>", "<script>" * 2000, "<style>", "<!--", "<noscript>"])
def test_what_is_not_closed_hides_no_article_below_it(tmp_path, tag):
    """Also where it breaks the mark by which the articles of the file are counted."""
    pages = [factiva_div(TANKER, "MERID00020310312e3"), factiva_div(TALKS, "MERID00020310312e4")]
    first = pages[0].replace("Document MERID", f"Docu{tag}ment MERID")
    (tmp_path / "a.html").write_text(f"<html><title>Factiva</title>{first}{pages[1]}</html>")
    assert sorted(fr.read_corpus(tmp_path).articles["title"]) == sorted([TANKER, TALKS])


@pytest.mark.parametrize(
    "closed",
    [
        "<noscript><style>p { top: 1 }</style></noscript>",
        "<script>document.write('<script src=a.js><\\/script>')</script>",
        '<script>x = "<script>"</script>',
        "<template><script>a()</script></template>",
        "<STYLE>p { top: 1 }</style></script>",
    ],
)
def test_what_is_closed_is_no_text(closed):
    assert nothing_hidden(f"<p>Rain.</p>{closed}<p>Fog.") == f"<p>Rain.</p>{closed}<p>Fog."


def test_a_damaged_article_of_xml_costs_no_other(tmp_path):
    """A tag that is not closed, an entity that is unknown, a control character."""
    good = f"<article title='A'><p>{FIRST}</p></article>"
    bad = [
        "<article><p>&unknown;</p></article>",
        f"<article><p>{FIRST}</article>",
        f"<article>{FIRST}",
    ]
    text = (
        f"<articles xmlns:x='urn:x'>{good}{good.join(bad)}{good.replace('strait', 'x' + chr(27))}"
    )
    (tmp_path / "a.xml").write_text(f"<?xml version='1.0'?>{text}</articles>")
    inputs = fr.read_corpus(tmp_path).audit.query("block.isna()")["outcome"]
    assert inputs.value_counts().to_dict() == {"scored": 4, "failed": 3}


def test_a_record_whose_head_is_cut_off_has_a_row_and_nothing_is_printed(tmp_path, capfd):
    records = [record("response", page(n), n, wrong=-7 if n == 1 else 0) for n in (1, 2, 3)]
    (tmp_path / "a.warc").write_bytes(b"".join(records[:2]) + records[2][:150])
    inputs = fr.read_corpus(tmp_path / "a.warc").audit.query("block.isna()").set_index("source")
    assert inputs.loc["a.warc, record 3", "reason"] == "its head is cut off"
    assert "length is wrong" in inputs.loc["a.warc, record 1", "reason"]
    assert capfd.readouterr() == ("", "")


def test_thousands_of_articles_of_factiva_in_each_other_take_time_like_their_number(tmp_path):
    def seconds(n: int) -> float:
        (tmp_path / "a.html").write_text(
            "<html><title>Factiva</title>"
            + f'<div class="article"><p class="articleParagraph">{FIRST}</p>' * n
        )
        begun = time.process_time()
        list(factiva.read(File("a.html", tmp_path / "a.html"), {}))
        return time.process_time() - begun

    seconds(10)
    assert seconds(1600) < 3 * seconds(800) + 0.5


@pytest.mark.parametrize("character", ["\x00", "\x1b"])
def test_a_character_that_xml_does_not_allow_costs_no_article(tmp_path, character):
    lines = nexis(TANKER, f"The Standard{character} Review", "March 12, 2031", RIGHTS) * 2
    assert body(read_in(tmp_path, "a.docx", docx(lines))) == [FIRST, SECOND] * 2


def test_what_follows_a_brace_too_many_in_rtf_has_a_row(tmp_path):
    """Readers of RTF stop where the first brace is closed; braces with a backslash are text."""
    whole = r"{\rtf1 {\b Talks fail}\par It rained on \{both\} sides of the strait on Monday.\par }"
    broken = whole.replace("on Monday", "} on Monday, and on Tuesday as well")
    for name, text in (("whole", whole), ("broken", broken)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.rtf").write_text(text)
        audit = fr.read_corpus(tmp_path / name).audit
        rows = audit[audit["block"].isna()]
        assert rows["outcome"].tolist() == ["scored", "failed"][: 1 + (name == "broken")]
    assert "by a closing brace too many: 40 characters follow" in rows["reason"].iloc[1]


def test_a_label_that_stands_above_another_one_in_a_lexisnexis_item_ends_no_text(tmp_path):
    """The language above the length: what follows the length is the text."""
    item = (
        "{n} of 2 DOCUMENTS\n\nMeridian Wire\n\nMarch 1{n}, 2031\n\n{title}\n\nLANGUAGE: ENGLISH\n\n"
        "LENGTH: 9 words\n\n{first}\n\n{second}\n\nLOAD-DATE: March 12, 2031\n\n"
    )
    corpus = read_in(tmp_path, "a.txt", two_items(item))
    assert [head[0] for head in heads(corpus)] == [TANKER, TALKS]
    assert body(corpus) == [FIRST, SECOND] * 2


def test_the_page_of_proquest_is_read_like_its_text(tmp_path):
    items = [
        f"<p>Document {n} of 2</p><p><b>Full text: </b></p><p>{text}</p>"
        f"<p><b>Title: </b>{title}</p><p><b>Publication title: </b>Gull</p>"
        f"<p><b>Publication date: </b>May {n}, 2031</p><p><b>ProQuest document ID: </b>{n}</p><hr>"
        for n, (title, text) in enumerate(((TALKS, FIRST), (TANKER, SECOND)), start=1)
    ]
    corpus = read_file(tmp_path / "a.html", f"<html><body>{''.join(items)}</body></html>")
    assert heads(corpus) == sorted([(TALKS, "Gull", "2031-05-01"), (TANKER, "Gull", "2031-05-02")])
    assert sorted(body(corpus)) == sorted([FIRST, SECOND])


def test_the_title_of_europresse_stands_between_other_lines(tmp_path):
    (tmp_path / "a.html").write_text(
        "<html><article><span class='DocPublicationName'>Gull</span>"
        "<span class='DocHeader'>News, May 8, 2031</span><div class='titreArticle'>"
        f"<p class='rdp__surtitle'>World</p><p class='x titreArticleVisu'>{TALKS}</p>"
        "<p class='rdp__subtitle'>What we know</p></div><div class='docOcurrContainer'>"
        f"<p>{FIRST}</p><p>Illustration(s) :</p><p>A ship. Photo Gull</p></div></article></html>"
    )
    corpus = fr.read_corpus(tmp_path / "a.html")
    assert heads(corpus) == [(TALKS, "Gull", "2031-05-08")]
    assert body(corpus) == [FIRST]


def test_articles_in_xml_whose_first_tag_is_damaged_are_read(tmp_path):
    item = f"<article><title>{TALKS}</title><outlet>Gull</outlet><text>{FIRST}</text></article>"
    assert body(read_in(tmp_path, "a.xml", f"articles>{item}</articles>")) == [FIRST]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["World", "Talks on the strait go on, ministers", "say in Tarn"],
         "Talks on the strait go on, ministers say in Tarn"),
        (["Talks on the strait go on today", "By Ada Holm"], "Talks on the strait go on today"),
        (["Talks fail", "Aurel Magnus Strand"], "Talks fail"),
        (["A headline", "that goes on"], "A headline that goes on"),
    ],
)  # fmt: skip
def test_the_headline_of_factiva_stands_below_a_section(tmp_path, above, title):
    lines = [*above, "62 words", "8 May 2031", "The Gull", "GULL", "English", "(c) 2031 Gull"]
    text = "\n".join([*lines, "", FIRST, "", "Document GULL000020310508ex58000ab"])
    assert read_file(tmp_path / "a.txt", text).articles["title"].tolist() == [title]


def test_a_table_in_a_cell_of_a_factiva_field_is_no_field(tmp_path):
    """In the layout with codes; what a field says may itself be laid out in a table."""
    rows = [
        ("HD", TANKER), ("PD", "12 March 2031"), ("SN", "<table><tr><td>Meridian Wire</td></tr></table>"),
        ("AN", "Document MERID00020310312e3"),
    ]  # fmt: skip
    fields = "".join(f"<tr><td>{code}</td><td>{value}</td></tr>" for code, value in rows)
    text = "".join(f'<p class="articleParagraph">{x}</p>' for x in (FIRST, SECOND))
    page = f'<title>Factiva</title><div class="article" id="article-MERID00020310312e3"><table>{fields}</table>{text}</div>'
    corpus = read_in(tmp_path, "a.html", f"<html>{page}</html>")
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]


def test_a_label_in_the_text_of_lexisnexis_takes_nothing_away(tmp_path):
    item = ["1 of 1 DOCUMENTS", "The Gull", "May 8, 2031", "LENGTH: 62 words", f"HEADLINE: {TALKS}",
            "BODY:", FIRST, "LENGTH: she measured it twice, she said.", SECOND,
            "LOAD-DATE: May 9, 2031"]  # fmt: skip
    corpus = read_file(tmp_path / "a.txt", "\n\n".join(item))
    assert heads(corpus) == [(TALKS, "The Gull", "2031-05-08")]
    assert body(corpus) == [FIRST, "LENGTH: she measured it twice, she said.", SECOND]


def test_a_damaged_record_of_a_web_archive_hides_no_other():
    """A line end at any place of the first: the others are read, or a row says that they are not."""
    page = f"<html><body><h1>{TALKS}</h1><p>{FIRST}</p></body></html>".encode()
    records = gzip.decompress(warc(*[(f"https://x.example/{n}", "text/html", page) for n in "abc"]))
    for place in range(0, records.index(b"WARC/1", 5), 19):
        data = records[:place] + b"\r\n" + records[place:]
        found = list(web_archive.read(File("a.warc", data=data), {}))
        scored = {f.source for f in found if f.outcome == "scored"}
        lost = any(f.outcome == "failed" for f in found)
        assert len(scored & {"a.warc, record 2", "a.warc, record 3"}) == 2 or lost, place


def test_a_damaged_member_of_a_packed_web_archive_costs_none_before_it(tmp_path):
    pages = [f"<html><body><h1>{TALKS} {n}</h1><p>{FIRST}</p></body></html>" for n in "ab"]
    one, two = (warc((f"https://x.example/{len(p)}", "text/html", p.encode())) for p in pages)
    audit = read_file(tmp_path / "a.warc.gz", one + two[:60] + bytes(30) + two[90:]).audit
    inputs = audit[audit["block"].isna()]
    assert (inputs["outcome"] == "scored").sum() == 1
    assert inputs.loc[inputs["outcome"] == "failed", "source"].tolist() == ["a.warc.gz, end"]


def test_a_page_whose_damage_hides_that_it_is_one_failed():
    """Its record ends in the head that says of what type it is; a whole picture is no page."""
    picture = record("response", page(1), 1).replace(b"text/html", b"image/png")
    whole, cut = b"".join([picture, record("response", page(2), 2)]), []
    for end in (b"Content-T", b"Content-Type: text/h"):
        at = whole.rindex(b"Content-Type: text/html") + len(end)
        cut.append(list(web_archive.read(File("a.warc", data=whole[:at]), {})))
    assert [[f.outcome for f in found] for found in cut] == [["skipped", "failed"]] * 2
    assert all("bytes are missing" in found[1].reason for found in cut)
    longer = record("response", page(1), 1, wrong=-40).replace(b"text/html", b"text/h\x07ml")
    (found,) = web_archive.read(File("a.warc", data=longer), {})
    assert found.outcome == "failed" and "up to the next record" in found.reason


def test_a_record_whose_head_is_zeros_is_told_behind_the_one_before_it(tmp_path):
    """Where the zeros begin in the blank lines above it, the length before them seems wrong."""
    first, second, third = (record("response", page(n), n) for n in (1, 2, 3))
    data = bytearray(first + second + third)
    data[len(first) - 3 : len(first) + 60] = bytes(63)
    audit = read_file(tmp_path / "a.warc", bytes(data)).audit
    inputs = audit[audit["block"].isna()].set_index("source")["outcome"].to_dict()
    assert inputs.pop("a.warc, record 1, behind it") == "failed"
    assert set(inputs.values()) == {"scored"} and len(inputs) == 2


@pytest.mark.parametrize("root", ["articles", "Articles", "docs"])
@pytest.mark.parametrize("tag", ["article", "item", "doc", "record", "entry"])
def test_elements_are_articles_whatever_their_root_is_called(tmp_path, root, tag):
    stories = "".join(
        f"<{tag}><title>{title}</title><body>{text}</body></{tag}>"
        for title, text in (("Talks", TALKS), ("Tanker", TANKER))
    )
    corpus = read_file(tmp_path / "a.xml", f"<{root}>{stories}</{root}>")
    assert sorted(corpus.articles["title"]) == ["Talks", "Tanker"]


def test_articles_inside_one_another_are_read_up_to_a_limit(tmp_path):
    story = f'<article title="{TALKS}"><p>{FIRST}</p></article>'
    corpus = read_file(tmp_path / "a.xml", f"<articles>{story}{'<article>' * 1500}</articles>")
    assert len(corpus.articles) == 1
    assert corpus.audit["reason"].str.contains("over 1,000 articles in a row").sum() == 1


def test_zero_bytes_in_the_head_of_a_collection_cost_no_article(tmp_path):
    story = f'<article title="{TALKS}" source="Gull"><p>{FIRST}</p></article>'
    text = (
        f'<?xml version="1.0"?>\n\0\0\0<articles>{story}{story.replace(TALKS, TANKER)}</articles>'
    )
    assert [title for title, *_ in heads(read_file(tmp_path / "a.xml", text))] == sorted(
        [TALKS, TANKER]
    )


GALE = (f"Title: {TALKS}\nSource: The Gull. (May 8, 2031): p3.\nFull Text: \n{FIRST}\n\n{SECOND}\n"
        "Gale Document Number: GALE|A017\n\n")  # fmt: skip
NEWSBANK = (f"The Gull\n{TALKS}\nMay 8, 2031\nPage: 3\n{FIRST}\n\n{SECOND}\n\nRecord Number: 17\n"
            "Copyright, 2031, The Gull\n\n")  # fmt: skip
DETAILS = (
    "Subject: Talks\n\nPublication title: The Gull\n\nPublication date: May 8, 2031\n\n"
    "ProQuest document ID: 17\n\nCopyright © 2031 ProQuest LLC. All rights reserved.\n\n"
)
PROQUEST = f"Document 1 of 2\n\n{TALKS}\n\nFULL TEXT\n\n{FIRST}\n\n{SECOND}\n\nDETAILS\n\n{DETAILS}"
CLIP = f"{TALKS}\nThe Gull, 2031-05-08\n\n{FIRST}\n\n{SECOND}\n\n"
LABELS = f"Source: The Gull\nDate: 2031-05-08\nTitle: {TALKS}\n\n{FIRST}\n\n{SECOND}\n\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GALE, "an article in a layout of Gale "),
        (GALE * 2, "2 articles in a layout of Gale "),
        (NEWSBANK * 2, "2 articles in a layout of NewsBank "),
        (PROQUEST.partition("\n\n")[2] * 2, "2 articles in a layout of ProQuest "),
        (f"Document 1 of 1\n{PROQUEST[15:] * 2}", "2 × 'FULL TEXT' in one article"),
        (f"{CLIP}==========\n\n{CLIP}", "2 articles in one text, separated by lines"),
        (f"Two clips\n\n{LABELS * 2}", "several articles in one text (2 × 'Source:')"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_several_articles_in_one_text_are_never_one(tmp_path, text, reason, name):
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_bytes(docx(text.split("\n")) if name == "a.docx" else text.encode())
    (tmp_path / "in" / "b.txt").write_text(CLIP)
    corpus = fr.read_corpus(tmp_path / "in")
    assert len(corpus.articles) == 1
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert [file_of(source) for source in failed["source"]] == [name]
    assert failed["reason"].iloc[0].startswith(reason)


@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_headings_in_an_export_of_proquest_part_the_text_from_its_details(tmp_path, name):
    cover = f"ProQuest Documents\n\n1. {TALKS}\n\n2. {TANKER}\n\n"
    text = cover + PROQUEST + PROQUEST.replace(TALKS, TANKER).replace("1 of 2", "2 of 2")
    data = docx(text.split("\n")) if name == "a.docx" else text.encode()
    corpus = read_file(tmp_path / name, data)
    assert heads(corpus) == [(title, "The Gull", "2031-05-08") for title in sorted([TALKS, TANKER])]
    assert body(corpus) == [FIRST, SECOND] * 2


def test_a_rule_or_a_label_in_an_article_does_not_make_it_several(tmp_path):
    """Neither a rule above a note with a date nor two lines that begin with "Date:"."""
    noted = (
        f"{CLIP}==========\n\nFirst printed on May 9, 2031.\n\nDate: unknown.\n\nDate: unknown.\n"
    )
    assert body(read_file(tmp_path / "a.txt", noted))[:2] == [FIRST, SECOND]


def test_a_measure_in_a_nexis_text_and_a_number_of_a_transcript_are_no_labels(tmp_path):
    above = [
        TANKER,
        "Meridian Wire",
        "March 12, 2031 Wednesday",
        "Transcript # 031201MW.V17",
        RIGHTS,
    ]
    lines = nexis(*above)
    lines.insert(
        -2, measure := "Length: 40 metres, and nobody to light it, the engineer read aloud."
    )
    corpus = read_file(tmp_path / "a.docx", docx(lines))
    assert heads(corpus) == [(TANKER, "Meridian Wire", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND, measure]


@pytest.mark.parametrize(
    "xml",
    [
        "<n:body.content><bodyText><p>{}</p><p>{}</p></bodyText></n:body.content>",
        "<nitf:body.content><p>{}</p><p>{}</p></nitf:body.content>",
    ],
)
def test_of_an_xml_document_in_a_cell_only_the_body_is_text(tmp_path, xml):
    document = f"<entry><title>{TALKS}</title><id>17</id>{xml.format(FIRST, SECOND)}</entry>"
    rows = [{"Title": TALKS, "Source": {"Name": "Gull"}, "Document": {"Content": document}}]
    corpus = read_file(tmp_path / "a.json", json.dumps({"value": rows}))
    assert heads(corpus) == [(TALKS, "Gull", "")]
    assert body(corpus) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "head",
    [
        "Quelle: Gull\nDatum: 08.05.2031\nTitel: {}\nAutor: Ada Holm\n\n",
        "Périodique: 7\nJournal: Gull\nDate: 2031-05-08\nTitre: {}\nAuteur: Ada Holm\n\n",
        "SOURCE: Gull\nDATE: 8 May 2031\nTITLE: {}\nBYLINE: Ada Holm\nWORDS: 70\nTEXT:\n",
        "Fuente: Gull\nFecha: 8 May 2031\nTítulo: {}\nAutor: Ada Holm\nTexto:\n\n",
    ],
)
def test_header_lines_in_other_languages_or_above_a_label_of_the_text(tmp_path, head):
    corpus = read_file(tmp_path / "a.txt", head.format(TALKS) + f"{FIRST}\n\n{SECOND}\n")
    assert heads(corpus) == [(TALKS, "Gull", "2031-05-08")]
    assert set(corpus.articles["byline"]) == {"Ada Holm"}
    assert body(corpus) == [FIRST, SECOND]


def test_an_item_of_lexisnexis_that_ends_with_its_date_has_no_text(tmp_path):
    """It is told, and the next one is read."""
    item = "{n} of 2 DOCUMENTS\n\nMeridian Wire\n\nMarch 1{n}, 2031 Wednesday\n\n"
    text = f"{item.format(n=1)}{item.format(n=2)}{TALKS}\n\nLENGTH: 9 words\n\n{FIRST}\n"
    corpus = read_in(tmp_path, "a.txt", text)
    assert heads(corpus) == [("", "Meridian Wire", "2031-03-11"),
                             (TALKS, "Meridian Wire", "2031-03-12")]  # fmt: skip
    assert corpus.articles["body_status"].tolist() == ["missing", "full"]


@pytest.mark.parametrize(
    "footer",
    [
        "Page 1 of 2 © 2031 Factiva, Inc. All rights reserved.", "Page 3 of 12", "Seite 2 von 9",
        "© 2031 Dow Jones. All rights reserved.", "Page 4",
    ],
)  # fmt: skip
def test_the_foot_of_a_printed_page_is_no_text(tmp_path, footer):
    """Between two items, above a title and in a paragraph; in every export of text."""
    lines = nexis(TANKER, "The Standard Review", "March 12, 2031 Wednesday", RIGHTS)
    lines[-3:-3] = [footer]
    (tmp_path / "a.docx").write_bytes(docx([*lines, footer, *lines]))
    item = f"\n\nThe Gull\n\nMarch 12, 2031 Monday\n\n{TALKS}\n\nLENGTH: 9 words\n\n{FIRST}\n\n"
    text = "".join(f"{n} of 2 DOCUMENTS{item}{footer}\n\n{SECOND}\n\n" for n in (1, 2))
    (tmp_path / "b.txt").write_text(text)
    number = "GULL000020310312e{}00001x"
    head = f"{TALKS}\n9 words\n12 March 2031\nThe Gull\nEnglish\n(c) 2031 The Gull\n\n"
    items = [f"{head}{FIRST}\n\nDocument {number.format(n)}\n\n{footer}\n\n" for n in (1, 2)]
    corpus = read_in(tmp_path, "c.txt", "Factiva\n\n" + "".join(items))
    assert sorted(corpus.articles["title"]) == sorted([TANKER] * 2 + [TALKS] * 4)
    assert set(corpus.paragraphs["text"]) == {TANKER, TALKS, FIRST, SECOND}


EDITIONS = ["First Edition", "Late Edition - Final", "Scotland Edition", "1 - National Edition",
            "Edition 2; Scotland", "Edition 1; Eire and Ulster", "National Edition; Main"]  # fmt: skip


@pytest.mark.parametrize("edition", [*EDITIONS, "Correction Appended", "Abend-Ausgabe"])
def test_an_edition_below_the_date_of_an_old_page_is_no_title(tmp_path, edition):
    page = "<HTML><BODY>" + "".join(
        f"<DIV><P>{n} of 2 DOCUMENTS</P></DIV><DIV><P>Daily Gull</P></DIV>"
        f"<DIV><P><SPAN>March {n}, 2031</SPAN><SPAN> Friday&nbsp;<BR>{edition}</SPAN></P></DIV>"
        f"<DIV><P>{title}</P></DIV><DIV><P>LENGTH: 62 words</P></DIV><DIV><P>{FIRST}</P></DIV>"
        for n, title in ((1, TALKS), (2, TANKER))
    )
    assert heads(read_in(tmp_path, "a.html", f"{page}</BODY></HTML>")) == sorted(
        [(TALKS, "Daily Gull", "2031-03-01"), (TANKER, "Daily Gull", "2031-03-02")]
    )


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_rights_above_the_outlet_of_a_lexisnexis_item_take_nothing_with_them(tmp_path, between):
    item = (
        f"\n\n   Copyright 2031 The Gazette Ltd.\n       All Rights Reserved{between}"
        f"     The Gazette\n\n     March 12, 2031 Monday\n\n{TALKS}\n\nLENGTH: 62 words\n\n{FIRST}\n\n"
        "Copyright 2031 The Gazette Ltd.\nAll Rights Reserved\n\n"
    )
    corpus = read_in(tmp_path, "a.txt", f"1 of 1 DOCUMENTS{item}")
    assert heads(corpus) == [(TALKS, "The Gazette", "2031-03-12")]
    assert body(corpus) == [FIRST]


PAGE = """<doc sitename="The Gull" title="{}" author="Ada Holm" date="2031-05-08" {}>
  <main><head rend="h1">{}</head><p>{}</p>
  <list><item>One <hi rend="b">ship</hi> of the harbour<lb/>was held there.</item></list>
  <quote><p>{}</p></quote></main>
  <comments><p>What a story this is, I never heard anything like it.</p></comments></doc>
"""


def test_pages_that_trafilatura_wrote_as_xml(tmp_path):
    """One or several in a file; what is written in a page is kept, but for the comments."""
    one = PAGE.format(TALKS, 'url="https://gull.example/a"', TALKS, FIRST, SECOND)
    two = PAGE.format(TANKER, 'source="https://gull.example/b"', TANKER, FIRST, SECOND)
    (tmp_path / "a.xml").write_text(f'<?xml version="1.0"?>{one}{two}{two[:300]}')
    corpus = read_in(tmp_path, "b.xml", '<doc id="7"><field name="text">Rain.</field></doc>')
    assert heads(corpus) == sorted((t, "The Gull", "2031-05-08") for t in (TALKS, TANKER))
    assert set(corpus.articles["url"]) == {f"https://gull.example/{x}" for x in "ab"}
    item = "• One ship of the harbour was held there."
    assert body(corpus) == [FIRST, item, SECOND] * 2
    failed = corpus.audit[corpus.audit["outcome"] == "failed"].set_index("source")["reason"]
    assert set(failed.index) == {"a.xml, document 3", "b.xml"}


LISTS = [
    "1. Talks fail\n2. Will rain fall?\n3. Boats wait\n",
    "\ufeff1) Talks fail\r\n\r\n2) Rain falls\r\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_the_list_of_titles_beside_an_export_is_no_article(tmp_path, text):
    (tmp_path / "gull_doclist.txt").write_text(text)
    (tmp_path / "2031-03-12_Gull.txt").write_text(f"{TALKS}\n\n{FIRST}\n\n1. It is over.\n\n2. No.")
    corpus = fr.read_corpus(tmp_path)
    assert corpus.articles["title"].tolist() == [TALKS]
    assert (
        corpus.audit["reason"][corpus.audit["outcome"] == "skipped"].iloc[-1].startswith("the list")
    )


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.sql", "INSERT INTO a VALUES (1, 'x');", "a dump of a database"),
        ("robots.txt", "User-agent: *\nDisallow: /search\n", "rules for robots"),
        ("dump.txt", "-- MySQL dump 10.13\nCREATE TABLE a (id int);", "a dump of a database"),
        ("a.txt", "{0}•  Citation (apa Style)\n\nHolm.\n\n{0}•  Citation (apa Style)\n\nHolm.",
         "2 articles in a layout of NewsBank"),
        ("a.html", "<html><title>EBSCOhost</title><body>{0}<p>Copyright of Gull is the property of Gull "
         "Media and its content may not be copied or emailed to multiple sites.</p></body></html>",
         "an article in a layout of EBSCOhost"),
    ],
)  # fmt: skip
def test_what_no_reader_can_split_is_refused_by_name(tmp_path, name, text, reason):
    with pytest.raises(ValueError, match=reason):
        read_in(tmp_path, name, text.format(f"{TALKS}\n\n{FIRST} {SECOND}\n\n"))


def test_where_nothing_is_english_the_message_says_how_to_read_it(tmp_path):
    text = (
        "Die Gespräche sind am Montag gescheitert, und niemand in der Stadt war davon überrascht."
    )
    (tmp_path / "a.csv").write_text(
        f'outlet,date,title,text\nBote,2031-03-12,Ende,"{text} {text}"\n'
    )
    with pytest.raises(ValueError, match=r"--language de or languages=\['de'\] reads"):
        fr.read_corpus(tmp_path / "a.csv")


def mails(numbers: Iterable[int], end: str = "\n", *, ids: bool = True) -> list[bytes]:
    """E-mails as they are sent, every second one in two parts."""
    made = []
    for n in numbers:
        mail = EmailMessage(policy=policy.default.clone(linesep=end))
        mail["Received"] = (
            "from a.gull.example by b.gull.example with a long line; Wed, 12 Mar 2031"
        )
        mail["From"] = f"Gull {n} <a@gull.example>"
        mail["Subject"] = f"Talks {n} may resume"
        if ids:
            mail["Message-Id" if n % 3 else "Message-ID"] = f"<{n}@gull.example>"
        else:
            mail["Date"] = f"Wed, {n + 1} Mar 2031 06:00:00 +0000"
        mail.set_content(f"From: here {n}\nNote: a day.\n\n{FIRST}\n\nX-rays: none.\nNote: {n}")
        if n % 2:
            mail.add_alternative(f"<p>{FIRST}</p><p>{SECOND} {n}</p>", subtype="html")
        made.append(bytes(mail))
    return made


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("between", ["", "\n", "From a@gull.example Wed Mar 12 10:00:00 2031\n"])
@pytest.mark.parametrize(("ids", "name"), [(True, "a.eml"), (False, "a.eml"), (False, "a.txt")])
def test_e_mails_one_behind_the_other_are_read_as_each_is_alone(tmp_path, end, between, ids, name):
    made = mails(range(4), end, ids=ids)
    alone = [read_in(tmp_path, f"{n}.eml", mail) for n, mail in enumerate(made)][-1]
    (tmp_path / "all").mkdir()
    together = read_in(tmp_path / "all", name, between.replace("\n", end).encode().join(made))
    assert heads(together) == heads(alone) and len(together.articles) == 4
    assert together.audit["block"].isna().sum() == 4  # and nothing is left between them
    assert sorted(body(together)) == sorted(body(alone))


@pytest.mark.parametrize(
    "above",
    ["---------- Forwarded message ---------", "-----Original Message-----", "She wrote:\n"],
)
def test_an_e_mail_that_a_text_quotes_is_a_part_of_it(tmp_path, above):
    first, second = mails([2, 4], ids=False)
    corpus = read_in(tmp_path, "a.eml", first + f"\n{above}\n".encode() + second)
    assert corpus.articles["title"].tolist() == ["Talks 2 may resume"]


def test_a_draft_without_a_day_is_no_e_mail_above_the_one_that_it_quotes(tmp_path):
    (quoted,) = mails([2], ids=False)
    draft = f"From: b@gull.example\nSubject: Talks 1 fail\n\n{FIRST}\n\n".encode()
    assert read_in(tmp_path, "a.eml", draft + quoted).articles["title"].tolist() == ["Talks 1 fail"]


def test_the_head_of_an_e_mail_in_another_is_told_where_it_is_not_clear(tmp_path):
    first, second = mails([2, 4])
    inside = first + second.replace(b"\n\n", b"\nbut this is a text\n", 1)
    audit = read_in(tmp_path, "a.eml", mails([6])[0]).audit
    assert audit["outcome"].ne("failed").all()
    reasons = read_in(tmp_path, "b.eml", inside).audit.query("outcome == 'failed'")["reason"]
    assert reasons.tolist() == [
        "2 × 'Message-ID:' in one article: what separates two of them is missing"
    ]


def test_an_e_mail_is_an_article_of_its_sender(tmp_path):
    mail = EmailMessage()
    mail["From"] = "Daily Gull <news@gull.example>"
    mail["Subject"] = "Fwd: Talks may resume – says minister"
    mail["Date"] = "Wed, 12 Mar 2031 06:00:00 +0000"
    mail.set_content("Read it on the web.")
    mail.add_alternative(f"<p>{FIRST}</p><p>{SECOND} “Ja.”</p>", subtype="html", charset="cp1252")
    corpus = read_in(tmp_path, "a.eml", mail.as_bytes())
    assert heads(corpus) == [("Talks may resume – says minister", "Daily Gull", "2031-03-12")]
    assert body(corpus) == [FIRST, f"{SECOND} “Ja.”"]


def test_a_feed_with_whole_texts_is_read_and_one_with_summaries_is_not(tmp_path):
    item = (
        f"<item><title>{TALKS}</title><link>https://gull.example/1</link><pubDate>Wed, 12 Mar 2031 "
        "06:00:00 +0000</pubDate><description>Short.</description>{}</item>"
    )
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>The post {TALKS} appeared first on Gull.</p>"
    whole = f"<content:encoded><![CDATA[{text}]]></content:encoded>"
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    feed = f'<?xml version="1.0"?><rss version="2.0" {names}><channel><title>Gull</title>{item}</channel></rss>'
    (tmp_path / "a.xml").write_text(feed.format(whole))
    corpus = read_in(tmp_path, "b.xml", feed.format(""))
    assert heads(corpus) == [(TALKS, "Gull", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]
    assert corpus.audit.set_index("source")["reason"]["b.xml"].startswith("a feed")


@pytest.mark.parametrize(
    "place", ["<|article>", "<arti|cle>", "</|article>", "</arti|cle>", "<te|xt>"]
)
def test_a_nul_in_a_tag_runs_no_two_articles_of_xml_together(tmp_path, place):
    """The second one began without being seen: both were one row, which failed."""
    story = f"<article><title>{TALKS}</title><text>{FIRST}</text></article>"
    second = story.replace(TALKS, TANKER).replace(place.replace("|", ""), place.replace("|", "\0"))
    for stories in (story + second, second + story):
        corpus = read_file(tmp_path / "a.xml", f"<articles>{stories}</articles>")
        assert set(corpus.articles["title"]) == {TALKS, TANKER}
        assert set(corpus.audit["outcome"][corpus.audit["block"].isna()]) == {"scored"}


@pytest.mark.parametrize("lost", range(3))
def test_a_document_of_factiva_without_its_number_is_not_a_part_of_the_next(tmp_path, lost):
    items = [
        f"HD\n{title}\n\nWC\n60 words\n\nPD\n1{n} March 2031\n\nSN\nDaily Gull\n\nLA\nEnglish\n\n"
        f"LP\n{FIRST}\n\nTD\n{SECOND}\n\nAN\nDocument GULL000020310312e{n}00001x\n\n"
        for n, title in enumerate((TALKS, TANKER, "Rain"))
    ]
    items[lost] = items[lost].partition("AN\n")[0]
    (tmp_path / "a.txt").write_text("".join(items))
    corpus = fr.read_corpus(tmp_path)
    read = len(items) - (lost == 2)  # the last one may be cut off
    assert set(corpus.articles["title"]) == {TALKS, TANKER, "Rain"} - (
        {"Rain"} if lost == 2 else set()
    )
    assert (corpus.audit["outcome"] == "failed").sum() == (lost == 2)
    assert (corpus.paragraphs["text"] == SECOND).sum() == read


def test_the_first_paragraph_of_a_factiva_document_without_its_code_is_read(tmp_path):
    text = (
        f"HD\n{TALKS}\n\nWC\n60 words\n\nPD\n11 March 2031\n\nSN\nDaily Gull\n\nCY\nCopyright 2031\n\n"
        f"{FIRST}\n\nTD\n{SECOND}\n\nAN\nDocument GULL000020310312e100001x\n"
    )
    assert body(read_in(tmp_path, "a.txt", text)) == [FIRST, SECOND]
