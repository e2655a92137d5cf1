"""Where a limit of a reader lies: what is at it, and what is one beyond."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct

import pandas as pd
import pytest

import framing as fr
from framing.corpus.readers import (
    Found,
    cells,
    compressed,
    csv_rows,
    cut_zip,
    docx,
    emails,
    exports,
    factiva_text,
    file_names,
    html_tables,
    lexisnexis,
    markdown,
    skipped,
    warc,
    xml_files,
)
from framing.corpus.readers import nexis as nexis_reader
from framing.corpus.readers.columns import Mapper
from framing.corpus.readers.csv_rows import ROW_NAMES
from framing.corpus.readers.files import ARTICLE_BYTES, File
from framing.corpus.readers.heads import is_date_line
from framing.corpus.readers.in_documents import Line, rows_in
from framing.corpus.readers.profiles import Profile
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles
from tests.conftest import read_file
from tests.corpus.test_bounds import words
from tests.corpus.test_exports import FIRST, SECOND, body, heads, nexis, record
from tests.corpus.test_readers import zipped


def rows(lines):
    """The rows of a CSV as the reader finds them."""
    return list(csv_rows.csv_rows(iter([(line, "utf-8") for line in lines]), "a.csv"))


@pytest.mark.parametrize(("around", "found"), [(0, 1), (3, 1), (4, 0)])
def test_a_table_of_articles_stands_in_the_cells_of_three_others_at_most(around, found):
    texts = ["Title", "Text", "Talks fail", "They failed."]
    places = [f"1 {1 + n // 2} {1 + n % 2}" for n in range(4)]
    lines = [
        Line(text, cell="/".join(["1 1 1"] * around + [at]))
        for text, at in zip(texts, places, strict=True)
    ]
    assert len(rows_in(lines, "a.docx", [])) == found


def test_of_a_zip_archive_that_is_cut_off_as_many_members_are_listed_as_it_can_count():
    member = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    for members, whole in ((65_535, 65_535), (65_536, 65_535)):
        assert cut_zip.completed(member * members)[1] == whole


@pytest.mark.parametrize(("flags", "whole"), [(0, 2), (1, 2), (8, 0)])
def test_only_a_flag_of_a_zip_archive_says_that_sizes_stand_below_a_member(flags, whole):
    """An encrypted one, of which the flag is beside it, costs none behind it."""
    member = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    assert cut_zip.completed(member * 2)[1] == whole


def test_a_title_of_europresse_beside_its_text_is_of_the_whole_fragment(tmp_path):
    """A page may have been saved without the elements around it."""
    page = f"<p class='titreArticleVisu'>Talks fail</p><p>{FIRST}</p><p>{SECOND}</p>"
    corpus = read_file(tmp_path / "a.html", page)
    assert (heads(corpus)[0][0], body(corpus)) == ("Talks fail", [FIRST, SECOND])


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("January 11, 2018 " + "x" * 103, True),  # 120 characters
        ("January 11, 2018 " + "x" * 104, False),
        (f"January 11, 2018 {words(12)}", True),
        (f"January 11, 2018 {words(13)}", False),
        ("Thursday, January 11, 2018", True),
        ("Port Ansel, January 11, 2018", False),
        ("11/1/2018 Final", True),
        ("On 11/1/2018", False),
    ],
)
def test_a_line_is_that_of_the_date_by_what_stands_around_it(line, is_one):
    assert is_date_line(line) is is_one


BEGUN = {"begins": frozenset("abc"), "prose": 1}


@pytest.mark.parametrize(
    ("profiles", "text"),
    [
        ({"text": 20, "zz": 30}, "zz"),
        # The text of an export, and two that ask which of them is the text, stay as they are.
        ({"publishedAt": 1, "source.name": 1, "source": 0, "content": 20, "zz": 30}, "content"),
        ({"xx": 20, "yy": 20, "excerpt": 20, "summary": 70}, None),
        ({"title": 5, "excerpt": 20, "summary": 70}, "summary"),
        ({"filename": 1, "text": 20, "zz": 30}, "zz"),
    ],
)
def test_a_text_goes_on_in_another_column_where_it_is_known_which_it_is(profiles, text):
    cut = {"text", "content", "excerpt"}
    held = {
        name: Profile(10, n, cut=float(name in cut), **(BEGUN if n > 1 else {}))
        for name, n in profiles.items()
    }
    assert Mapper({}, held).of(tuple(held)).columns.get("text") == text


@pytest.mark.parametrize(("longer", "named"), [(1, False), (2, True), (49, False), (50, True)])
def test_names_of_rows_that_no_column_is_named_for_show_in_fifty_rows(longer, named):
    """R writes them; a single row with a cell too many is a damaged one."""
    lines = [f"{n},Talks fail,Rain.\n" for n in range(longer)]
    lines += ["Talks fail,Rain.\n"] * (longer > 2)
    first, *_ = rows(["title,text\n", *lines])
    cells_of_it = {ROW_NAMES: "0", "title": "Talks fail", "text": "Rain."}
    assert (getattr(first, "cells", None) == cells_of_it) is named


@pytest.mark.parametrize(
    ("first", "last", "named"), [("01", "xx", True), ("00", "xx", False), ("01", ["", ""], False),
                                 ("01", ["x", ""], True)]
)  # fmt: skip
def test_names_of_rows_differ_and_their_last_cells_are_not_all_empty(first, last, named):
    lines = [f"{name},Talks fail,{cell}\n" for name, cell in zip(first, last, strict=True)]
    found = rows(["title,text\n", *lines])
    assert all(ROW_NAMES in getattr(row, "cells", {}) for row in found) is named


@pytest.mark.parametrize(("above", "read"), [(998, True), (999, False)])
def test_how_quotation_marks_are_written_shows_in_the_first_thousand_lines(above, read):
    lines = ["title,text\n", *["Rain,It fell.\n"] * above, 'Hail,"It \\"fell\\", he said."\n']
    last = rows(lines)[-1]
    assert (getattr(last, "cells", {}).get("text") == 'It "fell", he said.') is read


def test_a_wide_table_over_the_limit_is_refused(monkeypatch):
    data = "title,text\nTalks fail,Rain.\n".encode("utf-16")
    for most, fails in ((len(data), False), (len(data) - 1, True)):
        monkeypatch.setattr(csv_rows, "EXPORT_BYTES", most)
        with File("a.csv", data=data).open() as stream:
            if fails:
                with pytest.raises(csv_rows.TooLargeError, match="over the limit"):
                    list(csv_rows.lines(stream, data))
            else:
                assert len(list(csv_rows.lines(stream, data))) == 2


@pytest.mark.parametrize(("size", "read"), [(999_999, True), (1_000_000, False)])
def test_an_object_that_was_printed_has_less_than_a_million_characters(size, read):
    printed = f"{{'text': '{'x' * (size - 12)}'}}"
    assert len(printed) == size and (cells.printed_objects(printed) is not None) is read


@pytest.mark.parametrize(("size", "held"), [(9, True), (10, True), (11, False), (70, False)])
def test_of_a_line_over_the_limit_nothing_is_held_and_the_next_is_read(monkeypatch, size, held):
    monkeypatch.setattr(csv_rows, "LONGEST_LINE", 10)
    line, below = "x" * size + "\n", "next\n"
    first, *others = csv_rows.lines(io.BytesIO(f"{line}{below}".encode()), b"")
    assert first == ((line, "utf-8") if held else csv_rows.TOO_LONG)
    assert others == [(below, "utf-8")]
    alone = next(csv_rows.lines(io.BytesIO(line.strip().encode()), b""))
    assert (alone != csv_rows.TOO_LONG) is held


@pytest.mark.parametrize(("size", "read"), [(2000, 2000), (2001, 2000)])
def test_of_the_subject_of_an_e_mail_two_thousand_characters_are_read(size, read):
    mail = f"From: a@b.example\nSubject: {'x' * size}\n\nIt rained.\n"
    (found,) = emails.read(File("a.eml", data=mail.encode()), {})
    assert len(found.title) == read


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.eml", "Subject: Talks fail\n\nRain.", True),
        ("a.eml", "Talks fail\n\0", False),  # not a text
        ("a.mbox", "\nTalks fail", True),
        ("a.txt", "From a@b.example Wed Mar 12 09:10:00 2031\n", True),
        ("a.txt", "From a@b.example\n", False),
        ("a.txt", "From: a\nDate: 12 Mar 2031 09:10\nSubject: b\n\nRain fell.", True),
        ("a.txt", "From: a\nDate: 12 March 2031\nSubject: b\n\nRain fell.", False),
        ("a.txt", "From: a\nDate: 12 Mar 2031 09:10\n\nSubject: b", False),
        ("a.txt", "From: a\nDate: 12 Mar 2031 09:10\nRain fell.\nSubject: b\n", False),
    ],
)
def test_an_e_mail_is_told_by_its_name_or_by_every_line_of_its_head(name, head, is_one):
    assert bool(emails.recognises(File(name, data=head.encode()))) is is_one


@pytest.mark.parametrize(
    ("long", "short", "more", "table"), [(11, 9, 0, True), (10, 10, 0, False), (10, 10, 1, False)]
)
def test_the_first_twenty_rows_of_a_table_in_a_page_show_whether_its_texts_are_long(
    long, short, more, table
):
    cells = [f"{'word ' * 14}end."] * long + ["Rain."] * short + [f"{'word ' * 14}end."] * more
    below = "".join(f"<tr><td>Talks fail</td><td>{cell}</td></tr>" for cell in cells)
    page = f"<table><tr><td>title</td><td>text</td></tr>{below}</table>"
    assert html_tables.recognises(File("a.html", data=page.encode())) is table


def test_a_note_about_a_folder_is_none_where_it_is_read_alone(tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"readme.txt": FIRST.encode(), "b.txt": SECOND.encode()}))
    (tmp_path / "readme.txt").write_text(FIRST)
    assert body(fr.read_corpus(archive)) == [SECOND]
    assert body(fr.read_corpus(tmp_path / "readme.txt")) == [FIRST]


def test_behind_damage_is_the_next_member_of_a_gzip_file_and_nothing_elsewhere():
    """What is returned beside it is how much of what was read is of the damaged one."""
    first, second = b"WARC/1.0 " + bytes(range(256)) * 900, b"WARC/1.0 of another day"
    packed = bytearray(gzip.compress(first, 0))
    packed[-8:] = b"\xff" * 8  # the sum and the size
    stream = compressed.uncompressed(io.BytesIO(packed + gzip.compress(second)), "a.gz", [])
    read = stream.read()
    assert read and first.startswith(read)
    assert compressed.behind_damage(stream, b"WARC/") == (True, len(read))
    assert stream.read() == second
    for pack in (bz2.compress, lzma.compress):
        stream = compressed.uncompressed(io.BytesIO(pack(first)), "a", [])
        assert stream.read() == first
        assert compressed.behind_damage(stream, b"WARC/") == (False, len(first))
    assert compressed.behind_damage(io.BytesIO(first), b"WARC/") == (False, 0)


@pytest.mark.parametrize("most", [0, -1])
def test_a_document_of_word_has_as_much_xml_as_is_allowed(monkeypatch, most):
    document = f"<w:document xmlns:w='x'><w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p></w:document>"
    file = File("a.docx", data=zipped({"word/document.xml": document.encode()}))
    monkeypatch.setattr(docx, "EXPORT_BYTES", len(document) + most)
    if most:
        with pytest.raises(docx.TooLargeError, match="bytes of XML in it: not read"):
            list(docx.read(file, {}))
    else:
        assert [found.text for found in docx.read(file, {})] == [FIRST]


@pytest.mark.parametrize("version", [114, 118])
def test_a_packed_file_of_stata_is_read(tmp_path, version):
    out = io.BytesIO()
    table = pd.DataFrame({"title": ["Talks fail"], "text": [FIRST[:200]]})
    table.to_stata(out, version=version)
    (tmp_path / "a.dta.gz").write_bytes(gzip.compress(out.getvalue()))
    assert fr.read_corpus(tmp_path).articles["title"].tolist() == ["Talks fail"]


@pytest.mark.parametrize(
    ("name", "above", "is_one"),
    [("a.txt", "", True), ("a.csv", "", False), ("a.txt", "{\n", False), ("a", "Rain\n", True)],
)
def test_cells_and_values_that_hold_an_export_are_none(name, above, is_one):
    lines = nexis("Talks fail", "Daily Gull", "March 12, 2031", "Copyright 2031 Daily Gull")
    file = File(name, data=f"{above}{chr(10).join(lines)}".encode())
    assert exports.recognises(file) is is_one
    assert not exports.recognises(File(name, data=f"Talks fail\n\n{FIRST}".encode()))


@pytest.mark.parametrize(
    ("name", "line", "mails", "sources"),
    [
        ("a.eml", "", 1, ["a.eml"]),
        ("a.mbox", "", 1, ["a.mbox, message 1"]),
        ("a.txt", "From a@b.example Wed Mar 12 09:10:00 2031\n", 1, ["a.txt, message 1"]),
        ("a.txt", "From a@b.example Wed Mar 12 09:10:00 2031\n", 2,
         ["a.txt, message 1", "a.txt, message 2"]),
    ],
)  # fmt: skip
def test_a_mailbox_has_messages_and_an_e_mail_is_one(name, line, mails, sources):
    data = f"{line}From: a@b.example\nSubject: Talks fail\n\nRain fell.\n\n" * mails
    found = list(emails.read(File(name, data=data.encode()), {}))
    assert [(mail.source, mail.title, mail.text.strip()) for mail in found] == [
        (source, "Talks fail", "Rain fell.") for source in sources
    ]


def test_what_a_path_says_is_of_an_article_that_says_no_more():
    article = Found("Gull/a.txt", "Rain fell.", date="2031")
    known = {"outlet": "Gull", "date": "2018"}
    named = file_names.with_path(article, known, "name of the folder")
    assert (named.outlet, named.date) == ("Gull", "2031")
    assert [(c.field, c.how) for c in named.mapped] == [("outlet", "name of the folder")]
    dated = file_names.with_path(article._replace(date=""), {"date": "2018"}, "name of the folder")
    assert (dated.outlet, dated.date, dated.mapped) == ("", "2018", ())
    for other in (
        skipped("Gull/a.txt", "no text"), article._replace(about="b.txt"), named,
    ):  # fmt: skip
        assert file_names.with_path(other, known, "name of the folder") == other


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        (["62 words", "Document GULL000020310312e3"], True),
        (["62 words", "AN Document GULL000020310312e3"], True),
        (["62 words", "Document of the day"], False),
        (["Talks fail", "Document GULL000020310312e3"], False),
    ],
)
def test_an_export_of_factiva_as_text_counts_words_and_ends_in_a_number(lines, is_one):
    assert factiva_text.is_export(lines) is is_one


def test_a_cell_behind_the_last_column_of_a_page_spans_no_row_below():
    names = "<tr><td>Title</td><td>Text</td></tr>"
    above = "<tr><td colspan=2>Talks fail</td><td rowspan=2>Rain.</td></tr>"
    page = f"<table>{names}{above}<tr><td>Hail</td><td>It fell.</td></tr></table>"
    first, second = html_tables.read(File("a.html", data=page.encode()), {})
    assert (first.outcome, first.reason) == ("failed", "3 cells where the first row has 2 names")
    assert (second.outcome, second.title, second.text) == ("scored", "Hail", "It fell.")


@pytest.mark.parametrize(("aliases", "read"), [(10, True), (11, False)])
def test_front_matter_repeats_itself_ten_times_at_most(aliases, read):
    """A star that stands for nothing counts for none."""
    text = f"---\ntitle: Talks\nk: &k x\nl: [{', '.join(['*k'] * aliases)}]\nm: '***'\n---\nRain."
    assert markdown.front_matter(text) == (({"title": "Talks"}, "Rain.") if read else ({}, text))


@pytest.mark.parametrize(("lines", "read"), [(2, True), (3, False)])
def test_the_date_of_lexisnexis_stands_among_the_first_four_runs_of_lines(lines, read):
    above = "\n\n".join(["The Gull", *"BCD"[:lines], "March 12, 2031 Wednesday", "Talks fail"])
    text = f"1 of 1 DOCUMENTS\n\n{above}\n\nLENGTH: 62 words\n\n{FIRST}\n"
    (found,) = lexisnexis.articles(text, "a.txt", "")
    assert (found.outcome, found.text) == (("scored", FIRST) if read else ("failed", ""))


@pytest.mark.parametrize(("above", "told"), [(5, True), (6, False)])
def test_what_stands_again_in_a_damaged_article_is_one_of_its_first_six_marks(above, told):
    marks = "".join(f"<{mark}>" for mark in ["x", *"cdefg"[: above - 1]])
    (found,) = xml_files._rows([f"{marks}<name><name>"], "a.xml")
    assert ("2 × '<name' in it" in found.reason) is told


@pytest.mark.parametrize(("fields", "explained"), [(3, True), (2, False)])
def test_a_sheet_explains_another_one_that_names_three_fields(tmp_path, fields, explained):
    rows = {"title": ["Talks fail"], "text": [FIRST], "date": ["2031-03-12"]}
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame(rows).iloc[:, :fields].to_excel(book, sheet_name="one", index=False)
        codes = pd.DataFrame({"title": ["Codes"], "what it is": ["1 is yes"]})
        codes.to_excel(book, sheet_name="two", index=False)
    audit = fr.read_corpus(tmp_path / "a.xlsx").audit.set_index("source")
    assert ("a.xlsx#two" in audit.index) is explained


@pytest.mark.parametrize(("beyond", "outcome"), [(0, "scored"), (1, "failed")])
def test_a_text_of_a_web_archive_has_as_many_bytes_as_an_article(beyond, outcome):
    pytest.importorskip("warcio")
    text = b"Rain fell. " * (ARTICLE_BYTES // 11 + 1)
    text = text[: ARTICLE_BYTES + beyond]
    data = record("conversion", text, 1, http=False, kind_of="text/plain")
    (found,) = warc.read(File("a.warc", data=data), {})
    assert (found.outcome, len(found.text)) == (outcome, 0 if beyond else ARTICLE_BYTES)


@pytest.mark.parametrize(("size", "read"), [(199, False), (200, True)])
def test_a_text_that_is_only_an_address_is_none_under_two_hundred_characters(size, read):
    text = "https://x.example/".ljust(size, "a")
    (found,) = articles(
        [Row("a.csv, row 1", {"title": "Talks fail", "text": text})], {"text": "text"}
    )
    assert found.text == (text if read else "")


@pytest.mark.parametrize(("remarks", "date"), [(2, "March 12, 2031"), (3, "")])
def test_two_remarks_may_stand_below_the_date_of_an_article_of_nexis(remarks, date):
    head = ["Talks fail", "The Gull", "March 12, 2031", *["Late edition"] * remarks]
    assert nexis_reader._above_labels(head)[2] == date
