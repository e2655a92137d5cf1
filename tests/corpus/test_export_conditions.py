"""Conditions of exports, mails and pages: for each a case that nothing else decides."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pytest
from lxml.html import fromstring

import framing as fr
from framing.corpus.readers import (
    Found,
    cut_zip,
    emails,
    factiva_text,
    file_names,
    json_values,
    lexisnexis,
    news_xml,
    nexis,
    page_dates,
    page_furniture,
    proquest,
    raw_rows,
    rows,
)
from framing.corpus.readers.compressed import TooLargeError
from framing.corpus.readers.csv_records import records
from framing.corpus.readers.files import File
from framing.corpus.readers.in_documents import Line
from framing.corpus.readers.text import labelled_parts, of_document
from framing.corpus.readers.xml_files import _how_many
from framing.corpus.scored_part import scored_part
from framing.corpus.whole_tables import _order
from tests.conftest import read_file
from tests.corpus.test_bounds import words
from tests.corpus.test_exports import FIRST, SECOND, body, heads


@pytest.mark.parametrize(
    ("dates", "given", "order", "said"),
    [
        (["13/3/2031"], "", "dmy", ""),
        (["3/13/2031"], "", "mdy", ""),
        (["3/4/2031"], "", "", "day or month first? 1 are missing"),
        (["13/3/2031", "3/4/2031"], "", "dmy", "day first, as in '13/3/2031' (a.csv, row 0)"),
        (["13/3/2031", "3/13/2031"], "", "both", ""),
        (["13/3/2031", "3/13/2031", "3/4/2031"], "", "both", "order of day and month differs, "),
        (["13/3/2031"], "dmy", "dmy", ""),
        (["3/4/2031"], "dmy", "dmy", "day first, as given"),
        (["13/3/2031", "3/4/2031"], "mdy", "mdy", "month first, as given; 1 with the day first"),
        ([], "", "", ""),
    ],
)
def test_the_order_of_day_and_month_in_a_table(dates, given, order, said):
    found = [Found(f"a.csv, row {n}", "", date=date) for n, date in enumerate(dates)]
    decided, reason = _order(found, given)
    assert decided == order
    assert reason.startswith(said) and bool(reason) == bool(said)


MAIL = "From: {sender}\nDate: Wed, 12 Mar 2031 09:10:00 +0000\nSubject: Talks fail\n\n{text}\n"


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [("Gull <news@gull.example>", "Gull"), ("news@gull.example", "gull.example")],
)
def test_the_outlet_of_a_mail_is_the_name_of_its_sender_or_the_host(tmp_path, sender, outlet):
    corpus = read_file(tmp_path / "a.eml", MAIL.format(sender=sender, text=FIRST))
    assert heads(corpus) == [("Talks fail", outlet, "2031-03-12")]


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("Content-Type: image/png\nContent-Disposition: attachment; filename=a.png", ""),
        ("Content-Type: text/csv\nContent-Disposition: attachment; filename=a.csv", "'a.csv'"),
        ("Content-Type: text/csv\nContent-Disposition: attachment", "'text/csv'"),
        ("Content-Type: message/rfc822", "'message/rfc822'"),
    ],
)
def test_what_is_attached_to_a_mail_without_a_text_is_told(tmp_path, part, left):
    head = MAIL.partition("\n\n")[0].format(sender="a@b.example")
    mail = f'{head}\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n{part}\n\nRain\n--x--\n'
    (found,) = emails.read(File("a.eml", data=mail.encode()), {})
    assert found.outcome == "skipped" and found.reason.startswith("no text")
    assert found.reason.endswith(f"attached and not read: {left}" if left else "no text")


@pytest.mark.parametrize("name", ["a.mbox", "a.txt"])
def test_a_mailbox_is_told_by_its_first_line_or_its_name(tmp_path, name):
    mail = "From a@gull.example Wed Mar 12 09:10:00 2031\n" + MAIL.format(sender="a@b.c", text="{}")
    text = "".join(mail.format(text) for text in (f"{FIRST}\n", f"{SECOND}\n"))
    assert sorted(body(read_file(tmp_path / name, text))) == sorted([FIRST, SECOND])


def test_a_wrong_mark_in_a_csv_costs_its_line_and_no_record_of_several_lines_below_it():
    lines = [(line, "utf-8") for line in ('a,"Rain" fell\n', 'b,"Hail\n', 'fell"\n', "c,Sun\n")]
    assert [(record.line, record.cells) for record in records(iter(lines), ",")] == [
        (1, None), (2, ["b", "Hail\nfell"]), (4, ["c", "Sun"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (["Talks fail"], "Talks fail"),
        (["News from abroad", "Talks on the ferry fail in the end"],
         "Talks on the ferry fail in the end"),  # a section of three words
        (["News from all ports", "Talks on the ferry fail in the end"], "News from all ports"),
        (["News", "Talks fail now"], "News"),  # three words below it
        (["News", "Talks fail now again"], "Talks fail now again"),
        (["The news from Meridian", "Talks on a ferry fail"], "The news from Meridian"),
        (["All our news", "Talks-on-the-ferry is on now a"], "All our news"),  # no room
        (["All our news", "Talks-on-the-ferry is on now at"], "Talks-on-the-ferry is on now at"),
        (["Talks on the ferry fail", "in the end", "By Ada Holm"],
         "Talks on the ferry fail in the end"),
    ],
)  # fmt: skip
def test_the_headline_of_factiva_as_text_is_in_one_line_and_without_a_section(above, headline):
    assert factiva_text._headline(above) == headline


def test_the_first_paragraph_of_factiva_may_stand_below_the_only_other_field():
    lines = ["HD Talks fail", "", FIRST, "TD", SECOND, "WC 62 words", "PD 12 March 2031"]
    said, text = factiva_text._coded(lines)
    assert said["HD"] == "Talks fail" and text.split("\n\n") == [FIRST, SECOND]


DATED = ["The Gull", "March 12, 2031 Wednesday", "Talks fail", "LENGTH: 62 words", FIRST]


@pytest.mark.parametrize(
    ("runs", "parts"),
    [
        (DATED, 1),
        (DATED * 2, 2),
        ([*DATED[:1], *DATED[2:], *DATED], 1),  # the first one has no date
        ([*DATED, *DATED[2:]], 1),  # nor has the second
        ([FIRST, *DATED, *DATED], 2),
    ],
)
def test_articles_of_lexisnexis_are_parted_if_each_has_a_date_and_a_length(runs, parts):
    text = "\n\n".join(runs)
    found = lexisnexis._parted(text)
    assert len(found) == parts
    assert parts > 1 or found == [text]


NITF = (
    "<nitf><head><title>{0}</title></head><body><body.head><hedline><hl1>{0}</hl1></hedline>"
    "</body.head><body.content><p>{1}</p></body.content></body></nitf>"
)
TWO = NITF.format("Talks fail", FIRST) + "\n" + NITF.format("Talks go on", SECOND)


@pytest.mark.parametrize(
    ("old", "titles", "outcomes"),
    [
        ("", ["Talks fail", "Talks go on"], ["scored", "scored"]),
        ("</nitf>\n", ["Talks fail", "Talks go on"], None),  # the end of the first one
        ("\n<nitf>", ["Talks fail"], None),  # the beginning of the second
    ],
)
def test_two_articles_of_nitf_of_which_a_mark_is_lost_are_read_or_told(
    tmp_path, old, titles, outcomes
):
    corpus = read_file(
        tmp_path / "a.xml", TWO.replace(old, old[:1].strip() + "~", 1) if old else TWO
    )
    audit = corpus.audit[corpus.audit["block"].isna()]
    assert set(corpus.articles["title"]) <= set(titles)
    assert len(corpus.articles) == 2 or not set(audit["outcome"]) <= {"scored"}
    assert outcomes is None or audit["outcome"].tolist() == outcomes


@pytest.mark.parametrize(("before", "is_one"), [(1_999, True), (2_000, False)])
def test_below_two_thousand_characters_an_article_of_nitf_is_one_that_another_file_shows(
    before, is_one
):
    data = "<feed>".ljust(before) + NITF.format("Talks fail", FIRST)
    assert news_xml.recognises(File("a.xml", data=data.encode())) is is_one


def test_an_article_of_nitf_without_an_id_has_the_name_of_its_file(tmp_path):
    bare = NITF.format("Talks fail", FIRST)
    own = bare.replace("<head>", "<head><docdata><doc-id id-string='g7'/></docdata>")
    for xml, name in ((bare, "a"), (own, "g7")):
        assert read_file(tmp_path / "a.xml", xml).articles["article"].tolist() == [name]


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("<meta name='modified' content='", True),
        ("<meta name='published' content='", False),
        ("<meta name='modified' content='x'><meta name='published' content='", False),
        ("<span>modified, published ", False),
        ("<span>published, modified ", True),
        ("<span>", False),
    ],
)
def test_the_last_word_before_a_day_says_what_it_is_of(said, other):
    html = f"{said}2031-03-12'>"
    assert page_dates._is_other(html, re.search(r"\d{4}-\d\d-\d\d", html)) is other


@pytest.mark.parametrize(
    ("tag", "date"), [("time", "2031-04-03"), ("span", "3/4/2031")]
)  # fmt: skip
def test_an_element_of_time_says_its_day_exactly(tag, date):
    page = fromstring(f"<div><{tag} datetime='2031-04-03'>3/4/2031</{tag}></div>")
    assert list(page_dates._dates(page.xpath("//text()"))) == [("", date)]


def test_what_holds_two_headings_is_no_card():
    heading = "<h3><a href='/b'>Ferry talks fail</a></h3>"
    for n, cards in ((1, 3), (2, 0)):
        page = fromstring(f"<main>{f'<div>{heading * n}<p>Rain.</p></div>' * 3}</main>")
        assert len(page_furniture.cards(page)) == cards


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ({"year": "2031", "month": "3", "day": "12"}, "2031-3-12"),
        ({"year": "2031.0", "month": "March", "day": "12"}, "12 March 2031"),
        ({"year": "2031", "month": "", "day": "12"}, ""),
        ({"year": "", "month": "3", "day": "12"}, ""),
    ],
)
def test_a_date_of_three_cells_has_a_year_and_a_month(cells, date):
    row = raw_rows._with_date(raw_rows.Row("a, row 1", {**cells, "text": FIRST}, ""))
    assert row.cells["year, month, day"] == date


def test_a_date_that_is_an_object_may_have_more_than_a_day():
    assert rows._date_of({"year": 2031, "month": 3, "day": 12, "hour": 7}) == "2031-3-12"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("outlet=Gull/a.csv", {"outlet": "Gull"}),
        ("=Gull/a.csv", {}),
        ("outlet=__HIVE_DEFAULT_PARTITION__/a.csv", {}),
        ("a=b=c/a.csv", {}),
    ],
)
def test_a_folder_of_a_partition_has_a_name_and_a_value(source, said):
    assert file_names.partition(source) == said


def test_marks_of_paragraphs_that_stand_again_tell_of_no_second_article():
    assert _how_many("<item><id>1<p>a<p>b<p>c<id>2") == "2 × '<id' in it: maybe several articles"
    assert _how_many("<item><id>1<p>a<p>b<p>c") == ""


def test_a_title_by_its_style_may_end_like_a_sentence():
    below = [Line(f"The talks went on in {words(60)} until Monday.")]
    lines = [
        line for t in ("It is over.", "Is it over?") for line in (Line(t, style="title"), *below)
    ]
    text = "\n\n".join(line.text for line in lines)
    titles = [found.title for found in of_document(File("a.docx"), text, "", lines)]
    assert titles == ["It is over.", "Is it over?"]


def test_a_part_of_the_articles_is_counted():
    corpus = fr.read_corpus(
        pd.DataFrame({"title": ["A", "B", "C"], "outlet": "Gull", "text": [FIRST, SECOND, "Rain."]})
    )
    ids = corpus.articles.set_index("title")["article"]
    for left, whole in (("A", 3), ("C", 3)):
        scores = fr.score(corpus.paragraphs[corpus.paragraphs["article"] != ids[left]])
        note = scored_part(corpus, scores).note
        assert note == f"These are 2 of the {whole} articles of the corpus."


def test_a_member_of_a_zip_archive_that_is_cut_off_may_have_an_extra_field():
    """As every archive of Info-ZIP has one, with times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b.txt"):
            info = zipfile.ZipInfo(name)
            info.extra = b"UT\x05\x00\x03\x00\x00\x00\x00"
            archive.writestr(info, FIRST, zipfile.ZIP_DEFLATED)
    data, n = cut_zip.completed(out.getvalue()[:-40])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert (n, archive.namelist()) == (2, ["a.txt", "b.txt"])
        assert archive.read("b.txt").decode() == FIRST


def test_an_outlet_of_a_row_comes_before_that_of_the_page_in_its_cell():
    page = (
        "<html><head><title>Talks fail</title><meta property='og:site_name' content='The Post'>"
        f"</head><body><article><h1>Talks fail</h1><p>{FIRST}</p><p>{SECOND}</p></article></body>"
    )
    url = "https://gull.example/1"
    for row, outlet in (({"outlet": "Gull", "url": url}, "Gull"), ({"url": url}, "The Post")):
        table = pd.DataFrame([{**row, "text": page, "title": "Talks fail"}])
        assert fr.read_corpus(table).articles["outlet"].tolist() == [outlet]


def test_names_that_an_object_gives_again_count_on_from_those_that_are_there():
    found = json_values._object([("z", {"a": 1}), ("z#2", 7), ("z", {"a": 2}), ("z", {"a": 3})])
    assert found == {"z": {"a": 1}, "z#2": 7, "z#3": {"a": 2}, "z#4": {"a": 3}}


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 March 2031", ["12 March 2031"]),
        ("Updated: 12 March 2031", []),
        ("Published: 12 March 2031", ["12 March 2031"]),
        (f"{'x' * 24} 12 March 2031", ["12 March 2031"]),
        (f"{'x' * 25} 12 March 2031", []),
        (f"12 March 2031 {'x' * 136}", ["12 March 2031"]),
        (f"12 March 2031 {'x' * 137}", []),
        ("Rain fell.", []),
    ],
)
def test_a_short_line_with_a_date_beside_a_headline_is_of_no_change(line, date):
    page = fromstring(f"<div><p>{line}</p></div>")
    assert [found for _, found in page_dates._dates(page.xpath("//text()"))] == date


@pytest.mark.parametrize(("others", "parted"), [(0, True), (1, True), (2, False)])
def test_a_text_is_parted_if_most_of_its_parts_have_a_header(others, parted):
    labelled = [f"Title: {name}\nDate: 2030\n\nRain." for name in "AB"]
    parts = [labelled[0], *["It dried."] * others, labelled[1]]
    assert labelled_parts("\n========\n".join(parts)) == (parts if parted else [])


def test_a_file_is_read_whole_or_not_at_all():
    file = File("a.txt", data=b"x" * 10)
    assert file.read(10) == file.data
    with pytest.raises(TooLargeError):
        file.read(9)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_mails_that_nothing_separates_are_read_one_by_one(tmp_path, n):
    mail = "Message-ID: <{0}@gull.example>\n" + MAIL.format(sender="a@gull.example", text="{1}")
    texts = [f"{FIRST} That was mail {k}." for k in range(n)]
    text = "\n".join(mail.format(k, text) for k, text in enumerate(texts))
    corpus = read_file(tmp_path / "a.eml", text)
    assert sorted(body(corpus)) == texts
    assert (corpus.articles["article"].tolist() == ["a"]) is (n == 1)


def test_a_mail_that_forwards_another_one_whole_is_one(tmp_path):
    inner = f"Message-ID: <2@gull.example>\n{MAIL.format(sender='b@gull.example', text=SECOND)}"
    text = (
        "Message-ID: <1@gull.example>\nFrom: a@gull.example\nSubject: Talks fail\n"
        "Date: Wed, 12 Mar 2031 09:10:00 +0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
        f"--x\nContent-Type: text/plain\n\n{FIRST}\n\n--x\nContent-Type: message/rfc822\n\n"
        f"{inner}\n--x--\n"
    )
    assert len(read_file(tmp_path / "a.eml", text).articles) == 1


@pytest.mark.parametrize(
    ("lines", "is_list"),
    [
        (["Documents (2)", "User Name: Ada"], True),
        (["Documents (2)", "1. Talks fail"], False),
        (["Documents (2)", "Documents (3)"], False),
        (["Job Number: 7", "User Name: Ada", "Body", "It rained."], False),
    ],
)
def test_the_list_of_an_export_of_nexis_has_two_of_its_lines(lines, is_list):
    assert nexis.is_list(lines) is is_list


@pytest.mark.parametrize(
    ("labels", "is_item"),
    [
        (["Title", "Full text", "Publication title"], True),
        (["Title", "Full text"], False),
        (["Title", "Title", "Title"], False),
        (["Author", "Publisher", "Language"], False),
    ],
)
def test_an_item_of_proquest_has_three_labels_and_one_that_tells(labels, is_item):
    assert proquest._is_item("".join(f"{label}: Rain\n" for label in labels)) is is_item
