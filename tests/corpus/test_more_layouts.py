"""Files that say the outlet once, stand in several tables, or are written by other programs."""

from __future__ import annotations

import html
import json
import re
import shutil
from email.message import EmailMessage

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

import framing as fr
from framing.corpus.blocks.roles import Page, body_status, classify
from framing.corpus.blocks.shapes import says_itself_twice
from framing.corpus.choosing import article_id
from framing.corpus.readers import several
from framing.corpus.readers.text import is_list_of_titles
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND, body, heads
from tests.corpus.test_readers import TALKS, TANKER, warc, zipped
from tests.corpus.test_table_layouts import HEADS, ROWS, inputs

TEXTS = [FIRST, FIRST, SECOND]


def docx_of(inside: str) -> bytes:
    """A document of Word with this XML in its body."""
    document = f'<w:document xmlns:w="x"><w:body>{inside}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def word_table(rows: list[list[str]]) -> str:
    cell = "<w:tc>{}</w:tc>"
    cells = [
        "".join(cell.format("".join(map(paragraph, c.split("\n\n")))) for c in r) for r in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


def test_articles_in_a_table_of_word(tmp_path):
    """An article in each row, or in a table of its own; a table inside an article is none."""
    rows = [list(ROWS), *ROWS.astype(str).to_numpy().tolist()]
    corpus = read_in(tmp_path, "a.docx", docx_of(paragraph("My corpus") + word_table(rows)))
    assert (heads(corpus), sorted(body(corpus))) == (HEADS, sorted(TEXTS))
    assert inputs(corpus)["reason"].str.contains("text beside a table").sum() == 1
    down = [
        word_table([[f"{name}:", cell] for name, cell in zip(ROWS, row, strict=True)])
        for row in rows[1:]
    ]
    assert heads(read_in(tmp_path, "a.docx", docx_of("".join(down)))) == HEADS
    prose = paragraph(TALKS) + paragraph(FIRST)
    table = word_table([["Port", "Ships"], ["Ansel", "12"]])
    (tmp_path / "a.docx").write_bytes(docx_of(prose + table + paragraph(SECOND)))
    assert body(fr.read_corpus(tmp_path)) == [FIRST, SECOND]


@pytest.mark.parametrize("depth", range(1, 4))
def test_articles_in_a_table_in_a_cell_of_word(tmp_path, depth):
    """A table around it that is none of articles, and what stands there, cost none."""
    table = word_table([list(ROWS), *ROWS.astype(str).to_numpy().tolist()])
    for _ in range(depth):
        table = f"<w:tbl><w:tr><w:tc>{table}{paragraph('')}</w:tc></w:tr></w:tbl>"
    assert heads(read_in(tmp_path, "a.docx", docx_of(table))) == HEADS
    with_note = table.replace("<w:tc>", f"<w:tc>{paragraph('My corpus')}", 1)
    corpus = read_in(tmp_path, "a.docx", docx_of(with_note))
    assert (heads(corpus), sorted(body(corpus))) == (HEADS, sorted(TEXTS))
    assert inputs(corpus)["reason"].tolist().count("text beside a table of articles") == 1


@pytest.mark.parametrize("end", ["", "\\trowd\\cellx3000"])
def test_articles_in_a_table_of_rtf(tmp_path, end):
    """A bar in a text is no border of a cell; other tables and texts are told, or part of one."""
    written = ROWS.astype(str).replace("\n\n", r"\\par ", regex=True)
    rows = [list(ROWS), *written.to_numpy().tolist()]

    def table(rows: list[list[str]]) -> str:
        cells = ("".join(f"\\pard\\intbl {cell}\\cell\n" for cell in row) for row in rows)
        return "".join(f"\\trowd\\cellx3000\n{row}{end}\\row\n" for row in cells)

    corpus = read_in(tmp_path, "a.rtf", f"{{\\rtf1\\ansi\n{table(rows)}\\pard\\par}}")
    assert (heads(corpus), sorted(body(corpus))) == (HEADS, sorted(TEXTS))
    assert len(inputs(corpus)) == len(ROWS)
    bars = [[cell.replace(" ", " | ", 1) if FIRST in cell else cell for cell in r] for r in rows]
    more = f"\\pard My corpus\\par\n{table(bars)}\\pard Seats\\par\n{table([['A', '7']])}"
    corpus = read_in(tmp_path, "a.rtf", f"{{\\rtf1\\ansi\n{more}}}")
    assert (heads(corpus), "".join(body(corpus)).count("|")) == (HEADS, len(ROWS))
    assert inputs(corpus)["reason"].tolist().count("text beside a table of articles") == 1
    story = f"\\pard {FIRST}\\par {table([['Port', 'Ships'], ['Ansel', '12']])}\\pard {SECOND}\\par"
    assert len(read_in(tmp_path, "a.rtf", f"{{\\rtf1\\ansi\n{story}}}").articles) == 1


def test_a_saved_page_behind_another_is_told(tmp_path):
    page = f"<html><body><article><h1>{TALKS}</h1><p>{FIRST}</p></article></body></html>"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
    saved = f"{head}Content-Type: text/html\n\n{page}\n--x--\n"
    for times in (1, 2):
        corpus = read_in(tmp_path, "a.mhtml", saved * times)
        assert inputs(corpus)["outcome"].tolist() == ["scored", "failed"][:times]


def test_no_cell_or_table_beside_articles_in_word_is_lost(tmp_path):
    rows = [[*map(str, row), "remark"] for row in ROWS.to_numpy().tolist()]
    other = word_table([["Notes on it"], [FIRST]])
    data = docx_of(word_table([list(ROWS), *rows]) + other)
    corpus = read_in(tmp_path, "a.docx", data)
    assert corpus.articles[f"column {ROWS.shape[1] + 1}"].tolist() == ["remark"] * len(ROWS)
    assert inputs(corpus)["reason"].tolist().count("text beside a table of articles") == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_texts_and_the_rest_in_two_tables_are_joined_by_their_ids(tmp_path, kind):
    """As LexisNexisTools writes them; a row without a text of its own is a headline."""
    about = pd.DataFrame({
        "ID": [1, 2, 3], "Source_File": ["a.TXT", "a.TXT", "b.DOCX"],
        "Newspaper": [*ROWS["newspaper"], "Gull"], "Date": [*ROWS["published"], "2031-03-14"],
        "Headline": [*ROWS["headline"], "Ships wait"],
    })  # fmt: skip
    texts = pd.DataFrame({"ID": [2, 1], "Article": ROWS["body"][::-1]})
    if kind == "csv":
        about.to_csv(tmp_path / "meta.csv", index=False)
        texts.to_csv(tmp_path / "articles.csv", index=False)
    else:
        with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
            about.to_excel(book, sheet_name="meta", index=False)
            texts.to_excel(book, sheet_name="articles", index=False)
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == sorted([("Ships wait", "Gull", "2031-03-14"), *HEADS])
    assert sorted(body(corpus)) == sorted(TEXTS)
    assert corpus.articles["body_status"].tolist().count("missing") == 1


@pytest.mark.parametrize("names", [("Daily Gull", "Meridian Wire"), ("Coder A", "Coder B")])
def test_sheets_are_named_after_outlets(tmp_path, names):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        for number, name in enumerate(names):
            part = ROWS.drop(columns="newspaper")[number : number + 1]
            part.to_excel(book, sheet_name=name, index=False)
    corpus = fr.read_corpus(tmp_path)
    guessed = names[0] != "Coder A"
    assert set(corpus.articles["outlet"]) == (set(names) if guessed else {"unknown"})
    assert corpus.columns["how"].eq("names of sheets").any() == guessed


def test_an_outlet_that_is_named_once_is_that_of_all_articles(tmp_path):
    items = ROWS.drop(columns="newspaper").to_dict("records")
    (tmp_path / "a.json").write_text(json.dumps({"source": "Gull", "articles": items}))
    assert set(fr.read_corpus(tmp_path).articles["outlet"]) == {"Gull"}
    items[0]["outlet"] = "Meridian Wire"
    (tmp_path / "a.json").write_text(json.dumps({"source": "newsapi", "articles": items[1:]}))
    assert set(fr.read_corpus(tmp_path).articles["outlet"]) == {"unknown"}


def test_a_table_of_arrow_as_a_stream(tmp_path):
    table = pa.Table.from_pandas(ROWS, preserve_index=False)
    with pa.ipc.new_stream(tmp_path / "data-00000.arrow", table.schema) as stream:
        stream.write_table(table)
    corpus = fr.read_corpus(tmp_path)
    assert (heads(corpus), sorted(body(corpus))) == (HEADS, sorted(TEXTS))


def test_csv_as_other_programs_write_it(tmp_path):
    r"""Row names of R without a name, line ends of MySQL, columns in groups, escaped HTML."""
    ROWS.to_csv(tmp_path / "r.csv", sep=";")
    assert not fr.read_corpus(tmp_path / "r.csv").paragraphs["role"].eq("fragment").any()
    text = ROWS.assign(note="\\N").to_csv(index=False).replace("\n\n", "\\\n\\\n")
    assert sorted(body(read_file(tmp_path / "m.csv", text))) == sorted(TEXTS)
    groups = ROWS.set_axis(pd.MultiIndex.from_tuples([("article", name) for name in ROWS]), axis=1)
    groups.to_csv(tmp_path / "g.csv", index=False)
    assert heads(fr.read_corpus(tmp_path / "g.csv")) == HEADS
    pages = [f"<p class='x'>{text.replace(chr(10) * 2, '</p><p>')}</p>" for text in ROWS["body"]]
    ROWS.assign(body=list(map(html.escape, pages))).to_csv(tmp_path / "h.csv", index=False)
    assert sorted(body(fr.read_corpus(tmp_path / "h.csv"))) == sorted(TEXTS)


def test_excerpts_of_meltwater_are_no_texts(tmp_path):
    rows = ROWS.rename(columns={"body": "Opening Text"}).assign(**{"Hit Sentence": FIRST})
    rows.to_csv(tmp_path / "a.csv", sep="\t", index=False, encoding="utf-16")
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == HEADS
    assert set(corpus.articles["body_status"]) == {"missing"}


def test_a_mailbox_has_an_article_in_each_message(tmp_path):
    head = "From a@gull.example Wed Mar 12 06:00:00 2031\nFrom: Daily Gull <a@gull.example>\n"
    day = "Date: Wed, 12 Mar 2031 06:00:00 +0000\n"
    said = "From the harbour it was told that ships may sail."
    mails = [
        f"{head}Subject: {s}\n{day}\n{t}\n\nUnsubscribe here\n\n"
        for s, t in [(TALKS, FIRST), (TANKER, f"{SECOND}\n\n>{said}")]
    ]
    corpus = read_in(tmp_path, "a.mbox", "".join(mails))
    assert heads(corpus) == sorted((t, "Daily Gull", "2031-03-12") for t in (TALKS, TANKER))
    assert sorted(body(corpus)) == sorted([FIRST, SECOND, said])


PROSE = FIRST


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (["THE VALLEY TRIBUNE\nMonday, May 8, 2031", "Talks may resume"], "Talks may resume"),
        (["The Daily Gull, 3 May 2031, page 4", "Ferry Talks Falter"], "Ferry Talks Falter"),
        (["FERRY STOPS AFTER HULL CRACK IS FOUND", "BY ADA HOLM"], "FERRY STOPS AFTER HULL CRACK IS FOUND"),
        (["Page A4", "STORM HITS COAST", "By Ada Holm"], "STORM HITS COAST"),
        (["Harbour Times", "May 4, 2031", "PORT ANSEL"], ""),
        (["THE VALLEY TRIBUNE\nMonday, May 8, 2031"], ""),
        (["Ada Holm", "Daily Gull"], ""),
    ],
)  # fmt: skip
def test_a_headline_stands_below_the_name_of_a_newspaper(above, headline):
    found = next(classify([Page([*above, PROSE])]))
    assert "".join(block.text for block in found if block.role == "headline") == headline
    assert [block.text for block in found if block.role == "body"] == [PROSE]


def test_a_text_above_a_paywall_is_cut_off_and_a_long_one_is_not():
    wall = [
        "Continue reading with a subscription",
        "Subscribe to continue reading. Cancel anytime.",
    ]
    assert body_status(next(classify([Page([TALKS, FIRST, *wall], TALKS)]))) == "truncated"
    assert body_status(next(classify([Page([TALKS, *wall, FIRST], TALKS)]))) == "full"
    long = [f"{SECOND} {n} more." for n in range(12)]
    assert body_status(next(classify([Page([TALKS, *long, *wall], TALKS)]))) == "full"


@pytest.mark.parametrize(
    "line",
    ["CORRECTION (June 22, 2031): Because of an editing error, this story gave the wrong day.",
     "Unsubscribe here", "You are receiving this because you signed up.", "https://gull.example/1"],
)  # fmt: skip
def test_what_stands_below_a_story_is_no_part_of_it(line):
    assert [b.role for b in next(classify([Page([FIRST, line])]))] == ["body", "furniture"]


def test_a_page_of_an_archive_or_a_reader_view_is_of_the_outlet_that_it_shows(tmp_path):
    link = "https://web.archive.org/web/20310801120000/https://gull.example/1"
    prose = f"<h1>{TALKS}</h1><p>{FIRST}</p><p>{SECOND}</p>"
    (tmp_path / "a.html").write_text(
        f'<html><head><link rel="canonical" href="{link}"></head><body>{prose}</body></html>'
    )
    view = '<a class="domain reader-domain" href="https://gull.example/1">gull.example</a>'
    (tmp_path / "b.html").write_text(f"<html><body>{view}{prose}</body></html>")
    assert fr.read_corpus(tmp_path).articles["outlet"].tolist() == ["gull.example"] * 2


NITF = (
    "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE nitf SYSTEM 'http://www.nitf.org/nitf-3-3.dtd'>"
    "<nitf><head><title>Short</title><docdata><doc-id id-string='7'/></docdata>"
    "<pubdata name='Daily Gull' date.publication='20310312T000000'/></head><body><body.head>"
    "<hedline><hl1>{title}</hl1></hedline><abstract><p>A summary.</p></abstract></body.head>"
    "<body.content><block class='lead_paragraph'><p>{first}</p></block>"
    "<block class='full_text'><p>{first}</p><p>{second}</p></block></body.content></body></nitf>"
)
TEI = (
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>{title}</title>"
    "</titleStmt><publicationStmt><publisher>Daily Gull</publisher></publicationStmt><sourceDesc>"
    "<bibl><date when='2031-03-12'>in March</date></bibl></sourceDesc></fileDesc></teiHeader><text>"
    "<body><div type='entry'><p>{first}</p><note>By hand.</note><p>{second}</p></div>"
    "<div type='comments'><p>I do not think so at all.</p></div></body></text></TEI>"
)


@pytest.mark.parametrize("layout", [NITF, TEI])
def test_an_article_in_the_xml_of_an_archive(tmp_path, layout):
    """One lead is read, not two; a document type is never followed, and entities are refused."""
    xml = layout.format(title=TALKS, first=FIRST, second=SECOND)
    corpus = read_in(tmp_path, "a.xml", xml)
    assert heads(corpus) == [(TALKS, "Daily Gull", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]
    head = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>"
    with pytest.raises(ValueError, match="document type"):
        read_in(tmp_path, "a.xml", head + xml[max(xml.find("<nitf"), xml.find("<TEI")) :])


@pytest.mark.parametrize("layout", [NITF, TEI])
@pytest.mark.parametrize("around", ["{}", "<?xml version='1.0'?>\n<export>{}</export>"])
def test_several_articles_of_an_archive_in_one_file(tmp_path, layout, around):
    """A damaged one costs no other; two that have become one are told."""
    whole = [layout.format(title=f"{TALKS} {n}", first=FIRST, second=SECOND) for n in range(4)]
    if "export" in around:
        whole = [xml.partition(".dtd'>")[2] or xml for xml in whole]
    corpus = read_in(tmp_path, "a.xml", around.format("".join(whole)))
    assert heads(corpus) == [(f"{TALKS} {n}", "Daily Gull", "2031-03-12") for n in range(4)]
    assert body(corpus) == [FIRST, SECOND] * 4
    whole[1] = whole[1].replace("</title>", "")
    whole[3] = whole[3].replace("<nitf>", "<nitf").replace("<TEI xmlns", "<TE xmlns")
    corpus = read_in(tmp_path, "a.xml", around.format("".join(whole)))
    assert sorted(corpus.articles["title"])[0] == f"{TALKS} 0" and len(corpus.articles) == 2
    failed = corpus.audit[corpus.audit["outcome"] == "failed"].set_index("source")["reason"]
    assert list(failed.index) == ["a.xml, document 2", "a.xml, the rest"]
    assert "marks of 4 articles, of which 3 were read" in failed["a.xml, the rest"]


def test_a_corpus_of_tei_has_the_days_of_its_articles(tmp_path):
    both = [TEI.format(title=f"{TALKS} {n}", first=FIRST, second=SECOND) for n in range(2)]
    head = "<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>"
    head += "All</title></titleStmt></fileDesc></teiHeader>"
    corpus = read_in(tmp_path, "a.xml", f"{head}{''.join(both)}</teiCorpus>")
    assert heads(corpus) == [(f"{TALKS} {n}", "Daily Gull", "2031-03-12") for n in range(2)]


def test_an_article_in_the_xml_of_an_archive_may_lack_its_title_or_its_text(tmp_path):
    (tmp_path / "a.xml").write_text(TEI.format(title=TALKS, first="", second=""))
    (tmp_path / "b.xml").write_text(TEI.format(title="", first=FIRST, second=SECOND))
    corpus = read_in(tmp_path, "c.xml", TEI.format(title="", first="", second=""))
    outcomes = corpus.audit[corpus.audit["block"].isna()].set_index("source")["outcome"]
    assert outcomes.to_dict() == {"a.xml": "scored", "b.xml": "scored", "c.xml": "skipped"}
    assert "no text" in " ".join(corpus.audit.query("source == 'c.xml'")["reason"])


@pytest.mark.parametrize("root", ["<export>", "lexport>", "<export", "<!-- export>"])
def test_a_damaged_root_of_xml_costs_no_article(tmp_path, root):
    """It was read as one text, without a word."""
    item = "<item><id>{n}</id><title>{title}</title><body>{text}</body></item>"
    both = [item.format(n=n, title=TALKS, text=text) for n, text in enumerate([FIRST, SECOND])]
    xml = "<?xml version='1.0' encoding='utf-8'?>\n" + root + "".join(both) + "</export>"
    assert body(read_in(tmp_path, "a.xml", xml)) == [FIRST, SECOND]


@pytest.mark.parametrize("begin", ["<é?xml {}?>", "é?xml {}?>", "<\x01?xml {}?>", "<?xml {}?~>"])
def test_a_damaged_declaration_of_xml_runs_no_articles_together(tmp_path, begin):
    """They were read as one text, without a word."""
    item = "<item><id>{}</id><title>Rain</title><body><para>{}</para></body></item>"
    items = "".join(item.format(n, text) for n, text in enumerate([FIRST, SECOND]))
    declared = begin.format("version='1.0'")
    corpus = read_in(tmp_path, "a.xml", f"{declared}<news>{items}</news>")
    assert body(corpus) == [FIRST, SECOND] and len(corpus.articles) == 2


def test_two_items_of_xml_whose_marks_between_are_lost_are_told(tmp_path):
    item = "<item><id>{}</id><title>Rain</title><body><para>{}</para></body></item>"
    items = "".join(item.format(n, text) for n, text in enumerate([FIRST, SECOND, FIRST]))
    xml = f"<?xml version='1.0'?><news>{items}</news>".replace("</item><item>", "</itemitem>", 1)
    corpus = read_in(tmp_path, "a.xml", xml)
    failed = corpus.audit.query("outcome == 'failed'")["reason"].item()
    assert body(corpus) == [FIRST] and "2 × '<id' in it: maybe several articles" in failed


FIELDS = "<outlet>Daily Gull</outlet><date>2031-03-12</date><title>{title}</title>"
IN_XML = {
    "named": "<news><item><id>7</id>" + FIELDS + "<body>{first}\n\n{second}</body></item></news>",
    "alone": "<item id='7'>" + FIELDS + "<body><p>{first}</p><p>{second}</p></body></item>",
    "article": "<articles><article id='7'>" + FIELDS + "<text>{first}<br/><br/>{second}</text>"
    "</article></articles>",
    "inside": "<x:out xmlns:x='urn:x'><made>2032</made><x:art><meta>" + FIELDS + "</meta>"
    "<content><para>{first}</para><para>{second}</para></content></x:art></x:out>",
    "solr": "<response><lst name='head'><int name='status'>0</int></lst><result><doc>"
    "<str name='outlet'>Daily Gull</str><date name='date'>2031-03-12T00:00:00Z</date>"
    "<str name='title'>{title}</str><str name='content'>{first}\n\n{second}</str></doc></result>"
    "</response>",
    "studio": "<RECORD><GOID>7</GOID><Obj><TitleAtt><Title>{title}</Title></TitleAtt>"
    "<NumericDate>2031-03-12</NumericDate><AlphaDate>Mar 12, 2031</AlphaDate></Obj><DFS>"
    "<PubFrosting><PublisherName>Gull Media</PublisherName><Title>Daily Gull</Title></PubFrosting>"
    "</DFS><TextInfo><Text HTMLContent='true'>&lt;p&gt;{first}&lt;/p&gt;&lt;p&gt;{second}&lt;/p&gt;"
    "</Text></TextInfo></RECORD>",
    "historical": "<Record><RecordID>7</RecordID><RecordTitle>{title}</RecordTitle><Publication>"
    "<Title>Daily Gull</Title></Publication><Publisher>Gull Media</Publisher><AlphaPubDate>"
    "Mar 12, 2031</AlphaPubDate><NumericPubDate>20310312</NumericPubDate><FullText>{first}\n\n"
    "{second}</FullText></Record>",
}  # fmt: skip


@pytest.mark.parametrize("layout", IN_XML)
def test_elements_of_xml_are_articles_by_the_names_inside_them(tmp_path, layout):
    """In a file of each or in one; a damaged one costs no other."""
    xml = "<?xml version='1.0'?>" + IN_XML[layout].format(title=TALKS, first=FIRST, second=SECOND)
    corpus = read_in(tmp_path, "a.xml", xml)
    assert heads(corpus) == [(TALKS, "Daily Gull", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]
    if layout == "named":
        items = xml[xml.index("<item") : xml.index("</news>")]
        bad, other = items.replace("</date>", ""), items.replace(TALKS, TANKER)
        corpus = read_in(tmp_path, "a.xml", xml.replace(items, items + bad + other))
        assert [title for title, *_ in heads(corpus)] == sorted([TALKS, TANKER])
        assert inputs(corpus)["outcome"].tolist().count("failed") == 1


def test_xml_below_a_comment_of_several_lines_is_read_by_its_elements(tmp_path):
    xml = IN_XML["named"].format(title=TALKS, first=FIRST, second=SECOND)
    corpus = read_in(tmp_path, "a.xml", f"<!-- Exported\non Monday -->\n{xml}")
    assert heads(corpus) == [(TALKS, "Daily Gull", "2031-03-12")]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_article_of_xml_that_is_nested_too_deep_costs_no_other(tmp_path, place):
    texts = [f"It rained in Dovek on day {n}, and it may rain again." for n in range(3)]
    texts[place] = "<b>" * 900 + "x" + "</b>" * 900
    docs = "".join(f"<doc><title>Rain</title><body>{text}</body></doc>" for text in texts)
    (tmp_path / "a.xml").write_text(f"<r>{docs}</r>")
    inputs = fr.read_corpus(tmp_path).audit.query("block.isna()")
    assert sorted(inputs["outcome"]) == ["failed", "scored", "scored"]


def test_no_article_of_xml_is_lost_where_the_first_section_has_one_only(tmp_path):
    """The section is not taken for the article, since the next one has two."""
    one = "<item><title>{}</title><date>2031-03-12</date><text>{}</text></item>"
    first, *rest = (one.format(f"{TALKS} {n}", FIRST) for n in (1, 2, 3))
    sections = f"<section>{first}</section><section>{''.join(rest)}</section>"
    corpus = read_in(tmp_path, "a.xml", f"<?xml version='1.0'?><news>{sections}</news>")
    assert [title for title, *_ in heads(corpus)] == [f"{TALKS} {n}" for n in (1, 2, 3)]


def test_xml_without_articles_is_refused_by_its_root(tmp_path):
    with pytest.raises(ValueError, match="with the root <kml>"):
        read_in(tmp_path, "a.xml", f"<kml><Document><name>{TALKS}</name></Document></kml>")
    with pytest.raises(ValueError, match=r"save it as \.xlsx"):
        read_in(tmp_path, "a.xml", "<?xml version='1.0'?><Workbook><Worksheet/></Workbook>")


@pytest.mark.parametrize("tag", ["p", "u", "s"])
def test_text_outside_of_paragraphs_is_read_as_well(tmp_path, tag):
    """Corpora of speech have utterances; a program may forget the mark of a paragraph."""
    xml = TEI.format(title=TALKS, first=FIRST, second=SECOND)
    bare = xml.replace(f"<p>{FIRST}</p>", f"<{tag}>{FIRST}</{tag}>")
    (tmp_path / "a.xml").write_text(bare.replace(f"<p>{SECOND}</p>", SECOND))
    assert body(fr.read_corpus(tmp_path)) == [FIRST, SECOND]


def test_labelled_articles_between_lines_are_read_one_by_one(tmp_path):
    one = "TITLE: {}\nSOURCE: Daily Gull\nDATE: 2031-03-12\nTEXT:\n{}\n"
    rule = "\n" + 40 * "=" + "\n"
    text = one.format(TALKS, FIRST) + rule + one.format(TANKER, SECOND)
    corpus = read_in(tmp_path, "a.txt", text)
    assert heads(corpus) == sorted((t, "Daily Gull", "2031-03-12") for t in (TALKS, TANKER))
    assert sorted(body(corpus)) == sorted([FIRST, SECOND])
    found = inputs(read_in(tmp_path, "a.txt", text + rule + f"NOTE: {TALKS}\n\n{FIRST}"))
    assert sorted(found["outcome"]) == ["failed", "scored", "scored"]
    found = inputs(read_in(tmp_path, "a.txt", text.replace(TANKER, TANKER.replace(" ", "\n", 1))))
    assert sorted(found["outcome"]) == ["failed", "scored"]
    assert "no header lines" in found.set_index("outcome")["reason"]["failed"]
    with pytest.raises(ValueError, match="articles in one text"):
        read_in(tmp_path, "a.txt", text.replace("TITLE", "NOTE").replace("DATE", "DAY"))


def test_columns_as_lists_in_json_are_rows(tmp_path):
    """As jsonlite and ``to_dict("list")`` write them; with keys that are addresses, too."""
    corpus = read_in(tmp_path, "a.json", json.dumps(ROWS.astype(str).to_dict("list")))
    assert (heads(corpus), sorted(body(corpus))) == (HEADS, sorted(TEXTS))
    one = {"title": TALKS, "paragraphs": [FIRST, SECOND], "authors": ["Ida Tern", "A. Auk"]}
    assert body(read_in(tmp_path, "a.json", json.dumps(one))) == [FIRST, SECOND]
    keyed = {"https://gull.example/1": {"title": TALKS, "text": FIRST, "date": "2031-03-12"}}
    (tmp_path / "a.json").write_text(json.dumps(keyed))
    assert heads(fr.read_corpus(tmp_path)) == [(TALKS, "gull.example", "2031-03-12")]


def of(**columns: object) -> fr.Corpus:
    """Two articles in a table with these columns beside their texts."""
    return fr.read_corpus(pd.DataFrame({"text": [FIRST, SECOND], **columns}))


@pytest.mark.parametrize("column", ["outletTitle", "channel_name", "Station", "container-title"])
def test_columns_of_outlets_by_their_words(column):
    assert sorted(of(**{column: ["Daily Gull", "Herald"]}).articles["outlet"]) == [
        "Daily Gull", "Herald",
    ]  # fmt: skip


def test_addresses_without_a_scheme_name_the_outlet():
    corpus = of(news_url=["www.gull.example/1", "www.gull.example/2"])
    assert set(corpus.articles["outlet"]) == {"gull.example"}


def test_the_day_on_which_a_person_made_a_row_is_no_date():
    """As programs for qualitative analysis write it."""
    days = {"Created by": ["IT", "IT"], "Created": ["2032-02-02", "2032-02-03"]}
    assert of(**days).articles["date"].isna().all()
    assert of(Created=days["Created"]).articles["date"].notna().all()


def test_references_of_zotero_are_headlines(tmp_path):
    """Its files are elsewhere, its abstracts no texts, and its dates nested lists."""
    csv = pd.DataFrame({
        "Key": ["A", "B"], "Title": [TALKS, TANKER], "Publication Title": ["Gull", "Herald"],
        "Abstract Note": [FIRST, SECOND], "Date": ["2031-03-12", "2031-03-13"],
        "File Attachments": [r"C:\Zotero\storage\A\page.html", "/home/x/storage/B/page.html"],
    })  # fmt: skip
    csv.to_csv(tmp_path / "a.csv", index=False)
    csl = [
        {
            "type": "article-newspaper", "title": title, "container-title": outlet,
            "abstract": text, "issued": {"date-parts": [["2031", 3, day]]}, "source": "x.example",
        }
        for title, outlet, text, day in ((TALKS, "Gull", FIRST, 12), (TANKER, "Herald", SECOND, 13))
    ]  # fmt: skip
    (tmp_path / "b.json").write_text(json.dumps(csl))
    for name in ("a.csv", "b.json"):
        with pytest.warns(UserWarning, match="may be it"):
            corpus = fr.read_corpus(tmp_path / name)
        want = [(TALKS, "Gull", "2031-03-12"), (TANKER, "Herald", "2031-03-13")]
        assert heads(corpus) == sorted(want)
        assert not body(corpus)


def test_a_sheet_that_lists_the_columns_of_another_one_has_no_articles(tmp_path):
    book = pd.DataFrame({
        "ID": ["V1", "V2", "V3"], "Variable": ["newspaper", "headline", "frame"],
        "Description": ["Name of the newspaper", "Headline", "See the manual"],
        "Values": ["text", "text", "1 = risk"],
    })  # fmt: skip
    with pd.ExcelWriter(tmp_path / "a.xlsx") as out:
        ROWS.assign(ID=[1, 2], frame=[1, 2]).to_excel(out, sheet_name="News", index=False)
        book.to_excel(out, sheet_name="Codebook", index=False)
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == HEADS
    assert inputs(corpus)["reason"].str.contains("lists columns of another").sum() == 1


def test_a_title_under_another_name_is_asked_for():
    titles = [f"{TALKS} again today", f"{TANKER} again today"]
    with pytest.warns(UserWarning, match="no title \\('label' may be it"):
        of(label=titles, outlet=["Gull", "Gull"])
    assert set(of(post=titles).articles["title"]) == set(titles)


def test_what_stands_in_a_frame_is_no_text():
    framed = f"<p>{FIRST}</p><p>{SECOND}<iframe src='x'>Video player</iframe></p>"
    assert body(fr.read_corpus(pd.DataFrame({"text": [framed]}))) == [FIRST, SECOND]


def test_front_matter_in_toml(tmp_path):
    head = f'+++\ntitle = "{TALKS}"\nsource = "Gull"\ndate = 2031-03-12T08:00:00Z\n+++\n'
    (tmp_path / "a.md").write_text(f'{head}{FIRST}\n\n{{{{< figure src="a.jpg" >}}}}\n\n{SECOND}')
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == [(TALKS, "Gull", "2031-03-12")]
    assert body(corpus) == [FIRST, SECOND]


@pytest.mark.parametrize("depth", [5, 90])
def test_front_matter_that_refers_to_itself_without_end_is_none(tmp_path, depth):
    """Each of 90 lists holds the one before it twice: the last is longer than any memory."""
    lists = "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, depth + 1))
    (tmp_path / "a.md").write_text(f"---\ntitle: {TALKS}\nk0: &k0 [x]\n{lists}---\n\n{FIRST}")
    assert (heads(fr.read_corpus(tmp_path))[0][0] == TALKS) == (depth == 5)


@pytest.mark.parametrize("rule", ["***", "=====", "~~~~~~", "--------"])
def test_every_part_between_lines_has_a_row(tmp_path, rule):
    """Blank ones had none; one of labels only was a headline."""
    head = "Title: {}\nOutlet: Gull\nDate: 2031-03-12\n"
    parts = [f"{head.format('A')}\n{FIRST}", "", head.format("B"), " ", head.format("C") + SECOND]
    corpus = read_in(tmp_path, "a.txt", f"\n{rule}\n".join(["", *parts, ""]))
    rows = inputs(corpus).sort_values("source")
    assert rows["source"].tolist() == [f"a.txt, document {n}" for n in range(1, 6)]
    assert rows["outcome"].tolist()[:4] == ["scored", "skipped", "skipped", "skipped"]
    blank = "nothing between two lines that part articles"
    assert rows["reason"].tolist()[1:4] == [blank, "no text", blank]


def test_a_short_line_inside_a_labelled_article_parts_nothing(tmp_path):
    one = "Title: {}\nDate: 2031-03-12\n\n{}\n***\n{}\n\n"
    text = one.format("A", FIRST, SECOND) + one.format("B", SECOND, FIRST)
    corpus = read_in(tmp_path, "a.txt", text)
    assert sorted(corpus.articles["title"]) == ["A", "B"]
    assert sorted(body(corpus)) == sorted([FIRST, SECOND] * 2)


def test_labelled_articles_one_below_the_other(tmp_path):
    one = "Title: {}\nSource: Daily Gull\nDate: 2031-03-12\nText: {}\n"
    (tmp_path / "a.txt").write_text(
        "\n\n".join([one.format(TALKS, FIRST), one.format(TANKER, SECOND)])
    )
    corpus = fr.read_corpus(tmp_path)
    assert heads(corpus) == sorted((t, "Daily Gull", "2031-03-12") for t in (TALKS, TANKER))
    assert sorted(body(corpus)) == sorted([FIRST, SECOND])


@pytest.mark.parametrize("code", ["-99999999999", "1114112", "-65537", "9" * 5000])
def test_a_code_of_no_character_in_rtf_costs_this_character_only(tmp_path, code):
    text = FIRST.replace("the", rf"th\u{code}?", 1)
    corpus = read_in(tmp_path, "a.rtf", rf"{{\rtf1\ansi Caf\u233?\par {text}\par \u-1?}}")
    assert FIRST.replace("the", "th\ufffd", 1) in corpus.paragraphs["text"].tolist()


@pytest.mark.parametrize(
    "between",
    [
        r"{\v no}",
        r"{\v\f0 n\'f6 \{\emdash\u233?}",
        r"\v no\v0 ",
        r"\v no\plain ",
        r"{\deleted\revauthdel1 no {again }}",
        r"{\pict\bin4 }}}}}",
        r"{\pict\bin6 {{\v x}",
        r"\viewkind4 ",
        r"\v0 ",
    ],
)
def test_hidden_and_deleted_text_and_binary_data_of_rtf_are_not_read(tmp_path, between):
    text = rf"{{\rtf1\ansi {TALKS}\par {FIRST}\par Rain was long {between}awaited on Monday.\par }}"
    corpus = read_in(tmp_path, "a.rtf", text)
    assert body(corpus) == [FIRST, "Rain was long awaited on Monday."]
    assert inputs(corpus)["outcome"].tolist() == ["scored"]


@pytest.mark.parametrize(
    "fonts", [r"{\f0\fnil T;}{\f1\fcharset128 M;}", r"\f0 T;\f1\fcharset128 M;"]
)
def test_a_font_of_rtf_without_a_character_set_has_not_that_of_the_next(tmp_path, fonts):
    said = r"{\f0 Caf\'e9s} of {\f1 \'93\'fa\'96\'7b} may close on Monday;"
    text = rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{fonts}}} {TALKS}\par {FIRST}\par {said} so they said.\par}}"
    corpus = read_in(tmp_path, "a.rtf", text)
    assert body(corpus) == [FIRST, "Cafés of 日本 may close on Monday; so they said."]


def test_articles_of_rtf_each_on_its_page(tmp_path):
    page = r"\b {}\b0\par March 1{}, 2031\par\par {}\par\par {}\par "
    pages = [page.format(t, n, FIRST, SECOND) for n, t in enumerate((TALKS, TANKER))]
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi " + r"\page ".join(pages) + "}")
    assert sorted(day for *_, day in heads(fr.read_corpus(tmp_path))) == [
        "2031-03-10",
        "2031-03-11",
    ]
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi " + f"{TALKS}\\par {FIRST}\\page {SECOND}}}")
    assert body(fr.read_corpus(tmp_path)) == [FIRST, SECOND]


def test_archives_in_sgml_and_what_a_browser_loaded(tmp_path):
    doc = "<DOC id='{}' type='story' >\n<HEADLINE>\n{}\n</HEADLINE>\n<TEXT>\n<P>\n{}\n</P>\n</TEXT>\n</DOC>\n"
    text = f"{FIRST} So AT&T said, and R & D."
    corpus = read_in(tmp_path, "a.sgml", "".join(doc.format(n, TALKS, text) for n in (7, 8)))
    assert (sorted(corpus.articles["article"]), body(corpus)) == (["7", "8"], [text, text])
    (tmp_path / "a.sgml").rename(tmp_path / "b.har").write_text('{"log": {"version": "1.2"}}')
    with pytest.raises(ValueError, match="HAR"):
        fr.read_corpus(tmp_path)


@pytest.mark.parametrize("title", ["", "Of the table"])
def test_a_whole_page_in_a_cell_is_read_as_a_page(tmp_path, title):
    """With what the page declares, where the row does not say it."""
    pytest.importorskip("trafilatura")
    page = (
        f"<!DOCTYPE html><html><head><title>{TALKS} - Gull</title><meta property='og:site_name' "
        "content='Daily Gull'/><meta property='article:published_time' content='2031-03-12'/>"
        f"</head><body><nav><a href='/s'>Sport</a></nav><article><h1>{TALKS}</h1><p>{FIRST}</p>"
        f"<p>{SECOND}</p></article><footer>Imprint</footer></body></html>"
    )
    rows = pd.DataFrame({"url": ["https://gull.example/1"], "html": [page], "frame": ["risk"]})
    rows = rows.assign(title=title) if title else rows
    rows.to_csv(tmp_path / "a.csv", index=False)
    for source in (rows, tmp_path / "a.csv"):
        corpus = fr.read_corpus(source)
        assert heads(corpus) == [(title or TALKS, "Daily Gull", "2031-03-12")]
        assert body(corpus) == [FIRST, SECOND]
        assert corpus.articles["frame"].tolist() == ["risk"]


A, B, C = ({"text": text} for text in ("It rained.", "It was dry.", "Hail fell."))


@pytest.mark.parametrize(
    ("whole", "ids"),
    [({"articles": {"a1": A, "a2": B}, "more": [C], "meta": {"count": 3}}, {"a1", "a2"}),
     ({"articles": {"a1": A}, "more": [B, C]}, {"a1"}),
     ({"more": [A], "data": {"articles": {"a1": B, "a2": C, "count": 2}}}, {"a1", "a2"}),
     ({"articles": {"a1": A, "a2": B, "a3": C}}, {"a1", "a2", "a3"}),
     ({"a1": A, "a2": B, "more": [C], "count": 3}, {"a1", "a2"}),
     ({"a1": A | {"comments": [A, B]}, "a2": B, "a3": C, "count": 3}, {"a1", "a2", "a3"}),
     ({"morning": {"a1": A, "a2": B}, "evening": {"x": [C]}}, {"a1", "a2"})],
)  # fmt: skip
def test_articles_under_their_ids_are_read_beside_lists(tmp_path, whole, ids):
    """They were not read, and no row said so; alone, all but the first."""
    corpus = read_in(tmp_path, "a.json", json.dumps(whole))
    assert sorted(corpus.paragraphs["text"]) == ["Hail fell.", "It rained.", "It was dry."]
    assert ids <= set(corpus.articles["article"])
    assert (inputs(corpus)["outcome"] == "scored").sum() == 3


@pytest.mark.parametrize(
    "whole",
    [{"data": {"article": {"headline": {"text": "Rain"}, "body": {"text": FIRST}}}},
     {"data": {"article": {"title": "Rain", "text": FIRST}}}],
)  # fmt: skip
def test_parts_of_one_article_are_not_articles(tmp_path, whole):
    corpus = read_in(tmp_path, "a.json", json.dumps(whole))
    assert inputs(corpus)["source"].tolist() == ["a.json"]
    assert body(corpus) == [FIRST]


@pytest.mark.parametrize(
    "whole",
    [{"headline": {"text": "Rain"}, "body": {"text": FIRST}, "comments": [A, B]},
     {"text": FIRST, "comments": [A, B], "tags": ["rain"], "images": [{"url": "a.png"}]},
     {"lead": {"text": FIRST}, "comments": [A], "more": [B]},
     [{"text": FIRST, "comments": [A, B]}],
     [{"id": "x", "text": FIRST, "more": [A]}, {"id": "y", "title": "Hail", "more": [B]}],
     {"title": "Rain", "body": [{"type": "p", "text": FIRST}], "comments": [A, B]}],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_texts_beside_an_article_are_told_for_they_may_be_articles(tmp_path, whole, name):
    """Comments look the same; a list beside the first article was left out without a row."""
    items = whole if isinstance(whole, list) and name == "a.jsonl" else [whole]
    corpus = read_in(tmp_path, name, "\n".join(map(json.dumps, items)))
    rows = inputs(corpus).set_index("outcome")
    assert body(corpus) == [FIRST] and rows.index.tolist().count("skipped") == 1
    assert rows.loc["skipped", "source"] == f"{name}, beside the articles"
    assert rows.loc["skipped", "reason"].startswith("2 texts beside that of an article, in")


def test_a_text_in_a_list_of_objects_is_not_beside_itself(tmp_path):
    whole = {"title": "Rain", "paragraphs": [A, {"text": FIRST}]}
    assert inputs(read_in(tmp_path, "a.json", json.dumps(whole)))["outcome"].tolist() == ["scored"]


SAID = "The talks may fail, the envoy said. Nobody in the town expects much of them. " * 2


@pytest.mark.parametrize(
    ("keys", "urls", "ids"),
    [
        (("https://x.example/1", "https://x.example/2"), 2, set()),
        (("https://x.example/1", "b7"), 0, {"https://x.example/1", "b7"}),
        (("1", "2"), 0, set()),
    ],
)
def test_keys_of_articles_are_addresses_if_all_are_and_ids_if_they_say_more_than_a_place(
    tmp_path, keys, urls, ids
):
    path = tmp_path / "keyed.json"
    items = ({"title": f"Day {n}", "text": f"{n}. {SAID}"} for n in range(2))
    path.write_text(json.dumps(dict(zip(keys, items, strict=True))), "utf-8")
    articles = fr.read_corpus(path).articles
    assert articles["url"].ne("").sum() == urls
    assert not ids or set(articles["article"]) == ids


def test_lists_are_named_by_outlets_only_if_every_value_is_such_a_list(tmp_path):
    path = tmp_path / "outlets.json"
    found = []
    lists = [{"title": "A", "text": SAID}], [{"title": "B", "text": "Again. " + SAID}]
    for names, more in (
        ("Gull Post", {}),
        ("Gull Post", {"Post": "2031-01-01"}),
        ("train test", {}),
    ):
        path.write_text(json.dumps(dict(zip(names.split(), lists, strict=True)) | more))
        found.append(sorted(fr.read_corpus(path).articles["outlet"]))
    assert found == [["Gull", "Post"], ["unknown"], ["unknown"] * 2]


@pytest.mark.parametrize("others", [["A"], ["A", "C"]])
def test_a_part_with_one_label_beside_labelled_articles_is_failed_and_not_guessed(tmp_path, others):
    labels = ["Title: B", *(f"Title: {title}\nOutlet: Gull" for title in others)]
    parts = [f"{above}\n\n{n}. {SAID}" for n, above in enumerate(labels)]
    path = tmp_path / "labelled.txt"
    path.write_text("\n\n----------\n\n".join(parts), "utf-8")
    corpus = fr.read_corpus(path)
    assert sorted(corpus.articles["title"]) == others
    failed = corpus.audit[corpus.audit["outcome"] == "failed"]
    assert failed["reason"].str.contains("no header lines with title, outlet or date").sum() == 1


def test_the_address_of_a_page_in_an_archive_is_that_of_its_record(tmp_path):
    page = f"<html><title>Talks</title><body><article><h1>Talks</h1><p>{SAID * 3}</p></article>"
    (tmp_path / "crawl.warc").write_bytes(
        warc(("https://gull.example/talks", "text/html", page.encode()))
    )
    corpus = fr.read_corpus(tmp_path / "crawl.warc")
    assert corpus.articles["url"].tolist() == ["https://gull.example/talks"]


def test_two_words_do_not_say_themselves_twice():
    words = ["bora bora", "bora", "bora bora waits", "by the sea, by the sea", "at sea at sea"]
    assert [says_itself_twice(text) for text in words] == [False, False, False, True, True]


def test_an_article_that_is_not_found_is_looked_for_by_the_words_of_its_title():
    titles = ["Talks fail at dawn", "Talks resume", "Harbour reopens"]
    rows = {"id": ["a1", "b2", "c3"], "outlet": "A", "title": titles}
    corpus = fr.read_corpus(pd.DataFrame(rows).assign(text=[f"{n}. {SAID}" for n in range(3)]))
    with pytest.raises(ValueError, match="'a1'") as told:
        article_id(corpus.articles, "what became of the talks")
    assert "'b2'" in str(told.value) and "'c3'" not in str(told.value)


def test_a_workbook_is_known_by_its_bytes_and_a_merged_cell_is_not_another_article(tmp_path):
    """The notes of a second coder stand beside an article whose cells are merged over both rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ("id", "title", "text", "coder"), ("a1", "Talks fail", SAID, "Ann: one hedge"),
        ("", "", "", "Bob: none at all"), ("b2", "Talks go on", "Again. " + SAID, "Ann"),
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for column in "ABC":
        sheet.merge_cells(f"{column}2:{column}3")
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").rename(tmp_path / "book.dat")
    corpus = fr.read_corpus(tmp_path / "book.dat")
    assert corpus.articles["article"].tolist() == ["a1", "b2"]
    assert (corpus.audit["outcome"] == "skipped").sum() == 1


def test_an_export_of_nexis_without_a_body_line_has_its_text_below_the_last_label(tmp_path):
    labels = "Section: NEWS; Pg. 3\nLength: 39 words\nByline: Ann Lee"
    top = "The Gull\n\nJanuary {} Thursday\n\nCopyright 2031 The Gull\nAll Rights Reserved"
    parts = [
        f"Day {n}\n\n{top.format(f'{n}, 2031')}\n\n{labels}\n\n{body}{n}. {SAID}\n\nEnd of Document"
        for n, body in ((2, ""), (3, "Body\n\n"))
    ]
    (tmp_path / "nexis.txt").write_text("\n\n".join(parts), "utf-8")
    corpus = fr.read_corpus(tmp_path / "nexis.txt")
    assert corpus.articles["title"].tolist() == ["Day 2", "Day 3"]
    texts = corpus.paragraphs.groupby("article", sort=False)["text"].agg(list)
    assert [len(found) for found in texts] == [2, 2]
    assert not corpus.paragraphs["text"].str.contains("Section|Length|Byline").any()


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("1. Talks fail\n2. Rain falls", True),
        ("1) Talks fail\n\n2) Rain falls", True),
        ("1. Talks fail\nRain falls", False),
        ("1. Talks fail\n3. Rain falls", False),
        ("1. Talks fail\n2. Rain fell.", False),
        ("", False),
    ],
)
def test_a_list_of_titles_numbers_every_one_of_them(text, listed):
    assert is_list_of_titles(text) is listed


def test_the_longest_of_a_few_texts_is_looked_at_for_its_language():
    german = "Die Gespräche könnten scheitern, sagte der Gesandte am Montag im Hafen. " * 8
    for texts in ([SAID, SAID[:100], german], [german, SAID]):
        with pytest.raises(ValueError, match=f"1 of {len(texts)} paragraphs are in de"):
            fr.score(pd.DataFrame({"text": texts}))


def _in_xml(tag: str, *numbers: int) -> str:
    return "".join(
        f"<{tag}><title>Day {n}</title><date>2031-01-0{n}</date><body>{n}. {SAID}</body></{tag}>"
        for n in numbers
    )


@pytest.mark.parametrize(
    "inside",
    [
        f"<news>{_in_xml('item', 1)}</news><blog>{_in_xml('post', 2, 3)}</blog>",
        f"<news>{_in_xml('item', 1, 2)}</news><blog>{_in_xml('post', 3)}</blog>",
        f"<news>{_in_xml('item', 1)}</news><blog>{_in_xml('item', 2, 3)}</blog>",
        _in_xml("item", 1) + _in_xml("post", 2) + _in_xml("note", 3),
        _in_xml("item", 1) + "<title>Gull</title>" + _in_xml("post", 2, 3),
    ],
)
def test_every_list_of_articles_in_xml_is_read(tmp_path, inside):
    (tmp_path / "lists.xml").write_text(f"<?xml version='1.0'?><root>{inside}</root>", "utf-8")
    articles = fr.read_corpus(tmp_path / "lists.xml").articles
    assert sorted(articles["title"]) == ["Day 1", "Day 2", "Day 3"]


def test_sections_of_articles_in_xml_are_parts_of_these(tmp_path):
    """A section has a title and a text as an article has, but stands in one."""
    item = _in_xml("item", 1).replace("</item>", f"{_in_xml('section', 2)}</item>")
    for inside in (item + _in_xml("item", 3), f"<front>{item}{_in_xml('item', 3)}</front>"):
        path = tmp_path / "sections.xml"
        path.write_text(f"<?xml version='1.0'?><root>{inside}</root>", "utf-8")
        assert len(fr.read_corpus(path).articles) == 2


def test_a_day_in_a_mail_that_no_calendar_has_costs_no_message(tmp_path):
    text = f"From: Gull <n@gull.example>\nSubject: Talks\nDate: Thu, 01 Jan 99999999999 00:00:00 +0000\n\n{SAID}\n"
    (tmp_path / "mail.eml").write_text(text, "utf-8")
    corpus = fr.read_corpus(tmp_path / "mail.eml")
    assert corpus.articles["date"].isna().tolist() == [True]
    assert corpus.audit["reason"].str.contains("no day in a known layout").any()


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('{"z": {"text": "A"}, "y": {"text": "B"}, "z": {"text": "C"}}', ["A", "B", "C"]),
        ('{"z": {"text": "A"}, "z": {"text": "B"}, "z#2": {"text": "C"}}', ["A", "B", "C"]),
        ('{"articles": [{"text": "A"}], "articles": [{"text": "B"}, {"text": "C"}]}', ["A", "B", "C"]),
        ('[{"text": "A", "text": "B", "text": "A"}, {"text": "C", "text": "C"}]', ["A", "B", "C"]),
    ],
)  # fmt: skip
def test_a_name_given_twice_in_json_hides_nothing(tmp_path, source, texts):
    for text in texts:
        source = source.replace(f'"{text}"', f'"{text} day. {SAID}"')
    (tmp_path / "twice.json").write_text(source, "utf-8")
    found = fr.read_corpus(tmp_path / "twice.json").paragraphs
    assert {text[0] for text in found["text"]} == set(texts)


def test_a_text_given_twice_in_an_object_of_json_is_told(tmp_path):
    """Not where both are the same, nor where objects, or lists of articles, are given."""
    lines = (
        f'{{"title": "Talks", "text": "{FIRST}", "text": "{text}"}}' for text in (SECOND, FIRST)
    )
    (tmp_path / "twice.jsonl").write_text("\n".join(lines), "utf-8")
    audit = fr.read_corpus(tmp_path / "twice.jsonl").audit.sort_values("source")
    told = "a name given again, all its values are read: 'text'"
    assert audit[audit["block"].isna()]["reason"].tolist() == [told, ""]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_empty_folder_in_an_archive_has_a_row(tmp_path, kind):
    folder = tmp_path / "in"
    (folder / "none" / "deeper").mkdir(parents=True)
    (folder / "some").mkdir()
    (folder / "some" / "a.txt").write_text(SAID, "utf-8")
    shutil.make_archive(str(tmp_path / "packed"), kind, folder)
    audit = fr.read_corpus(tmp_path / f"packed.{kind}").audit
    rows = audit[audit["reason"] == "an empty folder"]["source"].tolist()
    assert [name.rstrip("/").rpartition("/")[2] for name in rows] == ["deeper"]


def test_a_question_of_a_survey_may_name_a_column(tmp_path):
    asked = "How far do you agree that the paper was fair to the people whom it wrote about? " * 4
    rows = "".join(f"Day {n},{n},{n}. {SAID.replace(',', '')}\n" for n in range(3))
    for above, articles in ((f"title,{asked},text\n", 3), (f"Day 9,4,{asked}\n", 4)):
        (tmp_path / "survey.csv").write_text(above + rows, "utf-8")
        assert len(fr.read_corpus(tmp_path / "survey.csv").articles) == articles


@pytest.mark.parametrize(
    ("name", "between"),
    [("a.txt", "\n\n\n\n"), ("a.txt", "\n\n-----\n\n"), ("a.md", "\n\n---\n\n"), ("a.docx", "")],
)
def test_articles_below_each_other_in_one_text_are_told(tmp_path, name, between):
    """They are read as one: how many there may be is a note of the audit and of the summary."""
    parts = [[TALKS, "The Gull, 2 March 2031", FIRST], [TANKER, "3 March 2031", SECOND, FIRST]]
    texts = ["\n\n".join(part) for part in parts]
    whole = between.join(texts).encode()
    if name == "a.docx":
        whole = docx_of("".join(paragraph(line) for part in parts for line in part))
    note = "2 titles with a date below them, read as one article"
    assert note in inputs(read_in(tmp_path, name, whole))["reason"].item()
    for one in (texts[1], f"{TALKS}\n\n{FIRST}\n\n2 March 2031\n\n{SECOND}\n\n3 March 2031"):
        assert several.maybe_several(one) == ""


@pytest.mark.parametrize(
    ("name", "indent", "between"), [("a.json", None, ""), ("a.json", 1, "\n"), ("a.jsonl", 1, "\n")]
)
def test_an_indented_object_below_others_is_read_whatever_the_name(tmp_path, name, indent, between):
    above = between.join(json.dumps(one, indent=indent) for one in (A, B))
    assert len(read_in(tmp_path, name, f"{above}\n{json.dumps(C, indent=1)}").articles) == 3


def test_what_is_attached_to_an_e_mail_is_named(tmp_path):
    """Of a digest of e-mails nothing was said but that it has no text."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Two articles", "Gull <a@gull.example>"
    mail.set_content(FIRST)
    mail.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="b.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    reason = inputs(read_in(tmp_path, "a.eml", mail.as_bytes()))["reason"].item()
    assert reason == "attached and not read: 'b.txt'"
    around = EmailMessage()
    around.add_attachment(mail)
    (tmp_path / "b.eml").write_bytes(around.as_bytes())
    rows = inputs(fr.read_corpus(tmp_path)).set_index("source")
    assert rows.loc["b.eml", "reason"] == (
        "no text; attached and not read: 'message/rfc822', 'b.txt'"
    )


def test_a_row_of_one_cell_in_a_table_of_articles_is_told(tmp_path):
    """Of a heading or a total it was an article; of a text that goes on, too, without a word."""
    rows = [["title", "outlet", "date", "text"], ["March", "", "", ""],
            [TALKS, "Gull", "2031-03-02", FIRST], ["", "", "", SECOND], ["Rain", "Gull", "", ""],
            ["© Press Base", None, "", ""]]  # fmt: skip
    corpus = fr.read_corpus(pd.DataFrame(rows[1:], columns=rows[0]))
    found = inputs(corpus).set_index("source")
    told = [found.loc[f"table, row {n}", "outcome"] for n in range(1, 6)]
    assert told == ["skipped", "scored", "scored", "scored", "skipped"]
    assert found.loc["table, row 1", "reason"].endswith("a title: a heading, a note or a total")
    assert found.loc["table, row 3", "reason"].startswith("nothing in its row but a text")
    bare = pd.DataFrame({"title": ["Rain", TALKS], "text": ["", FIRST]})
    assert len(fr.read_corpus(bare).articles) == 2


@pytest.mark.parametrize("end", ["/>", "></doc>"])
def test_articles_of_xml_may_be_attributes_only(tmp_path, end):
    """Elements that close themselves were not read; a value may have an angle bracket in it."""
    doc = '<doc title="{} {}" outlet="Daily Gull" date="2031-03-12" text="{} 2 > 1, and 1/2."'
    docs = [doc.format(TALKS, n, FIRST) + end for n in range(3)]
    corpus = read_in(tmp_path, "a.xml", f"<?xml version='1.0'?><docs>{''.join(docs)}</docs>")
    assert heads(corpus) == [(f"{TALKS} {n}", "Daily Gull", "2031-03-12") for n in range(3)]


def test_text_that_was_moved_away_in_a_document_stands_where_it_was_moved_to(tmp_path):
    moved = "<w:r><w:t>Hail fell in the town on Monday, and boats waited.</w:t></w:r>"
    marked = "<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr></w:p>"
    inside = f"<w:p>{{}}<w:moveFrom>{moved}</w:moveFrom></w:p>{{}}<w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    (tmp_path / "a.docx").write_bytes(docx_of(inside.format(marked, paragraph(FIRST))))
    assert body(fr.read_corpus(tmp_path)) == [FIRST, re.sub("<.*?>", "", moved)]


def test_a_page_embedded_in_a_document_of_word_is_told(tmp_path):
    """Converters put the HTML of an article into the document as a whole."""
    page = "<w:altChunk r:id='r9'/>"
    corpus = read_in(tmp_path, "a.docx", docx_of(paragraph(FIRST) + page))
    assert inputs(corpus)["reason"].tolist() == ["embedded and not read: 1 file"]
    with pytest.raises(ValueError, match="no text; embedded and not read: 2 files"):
        read_in(tmp_path, "a.docx", docx_of(page * 2))


@pytest.mark.parametrize(
    ("inside", "between"),
    [
        ("<w:r><w:noBreakHyphen/></w:r>", "-"),
        ("<w:r><w:softHyphen/></w:r>", ""),
        *((f"<w:r><w:{name}/></w:r>", " ") for name in ("tab", "ptab")),
        ("<w:del><w:r><w:delText>no</w:delText><w:noBreakHyphen/></w:r></w:del>", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t><w:tab/></w:r>", ""),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>so</w:t></w:r>", "so"),
        # It was hidden, and is not any more.
        (
            "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
            "<w:t>so</w:t></w:r>",
            "so",
        ),
    ],
)
def test_what_stands_between_the_texts_of_a_document_of_word(tmp_path, inside, between):
    """Marks that are elements are read; hidden and deleted text is not."""
    inside = f"<w:r><w:t>Rain was long</w:t></w:r>{inside}<w:r><w:t>awaited on Monday.</w:t></w:r>"
    corpus = read_in(tmp_path, "a.docx", docx_of(f"{paragraph(FIRST)}<w:p>{inside}</w:p>"))
    words = " ".join(body(corpus)).split()
    assert words == f"{FIRST} Rain was long{between}awaited on Monday.".split()


LONG = [
    f"{text} That is what the envoy said in town {n} on Monday." for n, text in enumerate(TEXTS)
]


def test_a_text_in_another_column_is_read_where_the_first_is_empty_and_told_elsewhere(tmp_path):
    """It was carried as a column, or the row was skipped as one without a text."""
    table = pd.DataFrame({"text": [LONG[0], "", LONG[2]], "content": ["", LONG[1], "Kept. " * 20]})
    corpus = read_in(tmp_path, "a.csv", table.assign(outlet="Gull").to_csv(index=False))
    assert sorted(body(corpus)) == sorted(LONG)
    rows = inputs(corpus).set_index("outcome")
    reason = "1 text beside that of an article, in 'content': not read as articles"
    assert rows.loc["skipped", "reason"] == reason
    same = table.assign(content=[f"Rain. {text}" for text in LONG]).iloc[[0, 2]]
    for columns, known in ((same, {}), (table, {"text": "text"})):
        corpus = fr.read_corpus(columns, columns=known)
        assert not inputs(corpus)["reason"].str.contains("beside").any()


def test_two_tables_side_by_side_in_a_sheet_are_told(tmp_path):
    names = ["title", "text"]
    rows = [
        [f"{TALKS} {n}", LONG[n], None, f"{TANKER} {n}", f"Boat {n} waited. " * 9] for n in range(3)
    ]
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame([[*names, None, *names], *rows]).to_excel(book, header=False, index=False)
    told = inputs(fr.read_corpus(tmp_path))["reason"]
    assert told.str.startswith("3 texts beside that of an article, in 'text_2'").sum() == 1


def test_empty_rows_above_a_stray_cell_are_one_row_of_the_audit(tmp_path):
    book = openpyxl.Workbook()
    for row in (["title", "text"], [TALKS, FIRST], [], [], [TANKER, SECOND], []):
        book.active.append(row or [None])
    book.active["A100000"] = "x"
    book.save(tmp_path / "a.xlsx")
    found = inputs(fr.read_corpus(tmp_path)).set_index("source")
    assert found.loc["a.xlsx, row 2, and 99,995 more rows", "reason"] == "an empty row"
    assert found["outcome"].tolist().count("scored") == 3


class Odd(str):
    def strip(self, *args):
        raise RuntimeError("no")


def test_a_text_of_a_kind_of_its_own_costs_no_table():
    table = pd.DataFrame({"text": [FIRST, Odd(SECOND)], "outlet": "Gull"}, dtype=object)
    assert sorted(body(fr.read_corpus(table))) == sorted([FIRST, SECOND])


def test_a_mail_whose_lines_flow_has_its_paragraphs(tmp_path):
    mail = (
        "From: Gull <n@gull.example>\r\nSubject: Talks\r\nDate: Mon, 03 Mar 2031 09:00:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        "The talks \r\nmay fail, \r\nministers said.\r\n\r\nNobody was \r\nsurprised by it.\r\n"
    )
    corpus = read_file(tmp_path / "a.eml", mail)
    texts = corpus.paragraphs["text"].tolist()
    assert texts[-2:] == ["The talks may fail, ministers said.", "Nobody was surprised by it."]
