"""Conditions of pages: for each a case that nothing else decides."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from lxml.html import fromstring

from framing.corpus.readers import page_dates, pages
from framing.corpus.readers.files import File
from framing.corpus.readers.markup import nothing_hidden
from framing.corpus.readers.page_furniture import MARKED, cards, is_mostly_links, mark_furniture
from framing.corpus.readers.page_gaps import with_gaps_filled
from framing.corpus.readers.page_without_article import whole_article
from tests.conftest import read_file, read_in
from tests.corpus.test_exports import FIRST, SECOND


@pytest.mark.parametrize(
    ("title", "site", "body", "headline"),
    [
        ("Ferry talks fail again", "Gull", "<h1>Ferry talks fail</h1>", "Ferry talks fail"),
        ("Ferry talks fail again", "Ferry talks fail", "<h1>Ferry talks fail</h1>", "Ferry talks fail again"),
        ("Ferry talks fail again", "Gull", "<h1>Ferry talks</h1>", "Ferry talks fail again"),
        ("Talks on the new ferry fail again", "Gull", "<h1>The ferry talks fail on a Monday</h1>",
         "The ferry talks fail on a Monday"),  # four of seven words
        ("Talks on new ships fail again now", "Gull", "<h1>The ferry talks fail on a Monday</h1>",
         "Talks on new ships fail again now"),  # three of seven
        ("Ferry talks fail again", "Gull", "<h1>Ferry talks fail</h1><h1>More</h1>", "Ferry talks fail again"),
        ("Gull", "", "<h1>A</h1><h2>Ferry talks fail</h2>", "Ferry talks fail"),
        ("Ferry talks fail", "", "<h1>A</h1><h2>Gull</h2>", "Gull"),
        ("Ferry talks", "", "<h1>A</h1><h2>Gull</h2>", "Ferry talks"),  # no part of it
        ("Gull", "", "<h1>A</h1><h2>B</h2>", "Gull"),
    ],
)  # fmt: skip
def test_the_headline_of_a_page_has_much_in_common_with_its_title(title, site, body, headline):
    page = fromstring(f"<html><title>Gull - Ferry talks fail</title><body>{body}</body></html>")
    assert pages._title(title, site, page) == headline


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>A</p><p>B</p>", ["A", "B"]),
        ("<p>A <b>c</b> d</p><p>B</p>", ["A c d", "B"]),
        ("<p>B</p><head rend='h1'>A</head>", ["B", "## A"]),
        ("<head rend='h2'>A</head><p>B</p>", ["## A", "B"]),
        ("<list><item>A</item><item>B</item></list>", ["• A", "• B"]),
        ("<p>A<lb/>B</p>", ["A\nB"]),
        ("<table><row><cell>A</cell><cell>B</cell></row></table>", ["A | B"]),
        ("<code>A</code><p>x <code>B</code></p>", ["A", "x B"]),
        ("<head rend='h2'> </head><p>B</p>", ["B"]),
    ],
)
def test_the_blocks_of_a_page_have_marks(body, blocks):
    assert pages._marked_blocks(etree.fromstring(f"<body>{body}</body>")) == blocks


def test_several_articles_on_a_page_are_told(tmp_path):
    pytest.importorskip("trafilatura")
    post = "<article><h2>Talks {}</h2><p>{}</p></article>"
    long = f"{FIRST} {SECOND} " * 9
    for n, said in ((1, False), (2, True)):
        posts = "".join(post.format(k, f"{k} {long}") for k in range(n))
        html = f"<html><head><title>Gull</title></head><body>{posts}</body></html>"
        corpus = read_file(tmp_path / f"{n}.html", html)
        assert corpus.audit["reason"].str.contains("articles on one page").any() == said


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Monday, 12 March 2031", "<h1>Talks fail</h1>", FIRST], ""),  # of today
        (["10 March 2031", "12 March 2031", "<h1>Talks fail</h1>", FIRST], "12 March 2031"),
        (["12 March 2031", "<h1>Talks fail</h1>", "14 March 2031", FIRST], "14 March 2031"),
        (["Rain on 12 March 2031", "<h1>Talks fail</h1>", FIRST], ""),
        (["12 March 2031", "A", "B", "<h1>Talks fail</h1>", FIRST], "12 March 2031"),
        (["12 March 2031", "A", "B", "C", "<h1>Talks fail</h1>", FIRST], ""),
        (["<h1>Talks fail</h1>", *"ABCDEFG", "14 March 2031"], "14 March 2031"),
        (["<h1>Talks fail</h1>", *"ABCDEFGH", "14 March 2031"], ""),
        (["<h1>Gull</h1>", "10 March 2031", *"ABC", "<h1>Talks fail</h1>", "14 March 2031"], "14 March 2031"),
        (["12 March 2031", FIRST], ""),
    ],
)  # fmt: skip
def test_the_day_beside_the_headline_is_that_of_publication(lines, day):
    page = fromstring(f"<div>{''.join(f'<div>{line}</div>' for line in lines)}</div>")
    assert page_dates._shown(page, "Talks fail") == day


@pytest.mark.parametrize(("around", "told"), [(246, False), (247, True)])
def test_a_page_is_read_up_to_a_depth_of_249_elements(around, told):
    pytest.importorskip("trafilatura")
    page = f"<html><body>{'<div>' * around}<p>{FIRST}</p></body></html>".encode()
    assert ("inside 250 others" in pages.page_article(page, "a.html").reason) == told


@pytest.mark.parametrize(
    ("html", "mostly"),
    [
        ("<p>Rain <a href='/'>hail</a></p>", False),
        ("<p>Rain<a href='/'>hail</a></p>", False),  # half of it
        ("<p>Rai<a href='/'>hail</a></p>", True),
        ("<p></p>", False),
    ],
)
def test_more_than_half_of_an_element_of_links_is_in_them(html, mostly):
    assert is_mostly_links(fromstring(html)) == mostly


@pytest.mark.parametrize(
    ("number", "letters", "marked"),
    [(3, 48, 3), (3, 47, 0), (4, 64, 4), (2, 99, 0)],
)
def test_three_cards_in_a_row_are_furniture_with_a_quarter_of_the_text_at_most(
    number, letters, marked
):
    card = "<section><h3><a href='/'>Hail</a></h3></section>"
    page = fromstring(f"<div><p>{'a' * letters}</p><div>{card * number}</div></div>")
    mark_furniture(page)
    assert len(page.xpath(MARKED)) == marked


@pytest.mark.parametrize(
    ("text", "counts"),
    [("<p><b>{}</b></p>", True), ("<div>{}</div>", True), ("<div><b>{}</b></div>", False)],
)
def test_the_text_of_a_page_is_in_paragraphs_and_in_what_holds_nothing_else(text, counts):
    card = "<section><h3><a href='/'>Hail</a></h3></section>"
    page = fromstring(f"<main>{text.format('a' * 48)}<nav>{card * 3}</nav></main>")
    mark_furniture(page)
    assert (page.xpath(MARKED) != []) == counts


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("caption", "a" * 400, True), ("caption", "a" * 401, False),
        ("related", "a" * 401, True), ("related", "It rained.", False),
        ("related", "<a href='/'>It rained.</a>", True), ("rain", "a", False),
    ],
)  # fmt: skip
def test_a_short_element_is_furniture_by_its_name(name, text, marked):
    page = fromstring(f"<div><p>{'a' * 9999}</p><p class='{name}'>{text}</p></div>")
    mark_furniture(page)
    assert (page.xpath(MARKED) != []) == marked


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<!--Rain.", "Rain."),
        ("<!-- a --><!--Rain.", "<!-- a -->Rain."),
        ("<a href=x", "&lt;a href=x"),
        ("<p>Rain.<script><p>Hail.<SCRIPT>a()</script>", "<p>Rain. <p>Hail.<SCRIPT>a()</script>"),
        ("<style>a</style><script>Rain.", "<style>a</style> Rain."),
        ("<b>Rain.</b><a href=x", "<b>Rain.</b>&lt;a href=x"),
    ],
)
def test_a_comment_or_a_tag_that_is_not_closed_hides_nothing(markup, shown):
    assert nothing_hidden(markup) == shown


SAME = "abcdefghij" * 4


@pytest.mark.parametrize(
    ("html", "blocks", "filled"),
    [
        ("<h2>A</h2><div><div><p>b</p><p>c</p></div><p>d</p></div>", "bcd", ["A", "b", "c", "d"]),
        ("<p>b</p><ul><li>A</li></ul>", "b", ["b", "A"]),
        ("<p>b</p><ul><li>A</li></ul><ul><li>C</li></ul>", "b", ["b", "A"]),
        ("<p>b</p><p>x</p><ul><li>A</li></ul>", "b", ["b"]),
        ("<blockquote>b</blockquote><ul><li>A</li></ul>", "b", ["b"]),
        ("<h3>b</h3><ul><li>A</li></ul>", "b", ["b", "A"]),
        ("<p>A</p><p>b</p>", "b", ["b"]),
        ("<h2>A</h2><p>x</p><h2>C</h2><p>b</p>", "b", ["C", "b"]),
        (f"<p>b</p><p>{SAME}</p><p>c</p>", ["b", f"x{SAME}y", "c"], ["b", SAME, f"x{SAME}y", "c"]),
        (f"<p>b</p><p>{SAME}k</p><p>c</p>", ["b", f"x{SAME}y", "c"], ["b", f"x{SAME}y", "c"]),
    ],
)  # fmt: skip
def test_what_fills_the_gaps_of_an_article(html, blocks, filled):
    page = fromstring(f"<div>{html}</div>")
    assert with_gaps_filled(list(blocks), page, lambda e: [e.text_content()]) == filled


@pytest.mark.parametrize(
    ("below", "links", "share", "whole"),
    [
        (SECOND, 0, 0, False),
        (SECOND, 0, 1, True),  # less than half of the text in paragraphs
        ("", 9, 0, False),
        ("", 9, 1, True),  # less than half of what jusText finds
    ],
)
def test_a_page_is_read_by_justext_where_less_than_half_was_found(below, links, share, whole):
    pytest.importorskip("justext")
    text = f"{FIRST} {SECOND} " * 2
    text = text[: len(text) // 2 * 2 - 2] + "s."
    menu = "<a href='/'>Ships wait in the harbour</a> " * links
    page = fromstring(f"<main><p>{text}</p><p>{menu}</p><div>{below}</div></main>")
    blocks = ["x" * (len(text) // 2 - share)]
    expected = [text, below] if below else [text]
    assert whole_article(blocks, page) == (expected if whole else blocks)


@pytest.mark.parametrize(("between", "other"), [(92, True), (93, False)])
def test_what_a_day_is_of_is_said_in_a_hundred_characters(between, other):
    html = f"modified{' ' * between}2031-03-12"
    assert page_dates._is_other(html, re.search(r"2031-03-12", html)) is other


@pytest.mark.parametrize(("others", "order"), [(19, "mdy"), (20, "")])
def test_twenty_dates_of_a_page_are_compared_with_those_in_words(others, order):
    dates = [*(f"01/02/{2001 + n}" for n in range(others)), "03/04/2031", "March 4, 2031"]
    html = "".join(f"<p>{date}</p>" for date in dates)
    assert page_dates._order("05/06/2031", html, fromstring(f"<div>{html}</div>")) == order


@pytest.mark.parametrize(
    ("inside", "marked"),
    [
        ("a" * 10, True),  # a quarter of the text
        ("a" * 11, False),
        ("<h1>Rain</h1>", False),
        ("<p itemprop='articleBody'></p>", False),
        ("<p itemprop='image'></p>", True),
    ],
)
def test_what_holds_the_headline_or_much_of_the_text_is_no_furniture(inside, marked):
    page = fromstring(f"<div><p>{'a' * 40}</p><aside class='caption'>{inside}</aside></div>")
    mark_furniture(page)
    assert (page.xpath(MARKED) != []) == marked


@pytest.mark.parametrize(("letters", "found"), [(396, 3), (397, 0)])
def test_a_card_has_four_hundred_characters_at_most(letters, found):
    card = f"<section><h3><a href='/'>Hail</a></h3><i>{'a' * letters}</i></section>"
    assert len(cards(fromstring(f"<main>{card * 3}</main>"))) == found


@pytest.mark.parametrize(
    ("above", "whole"),
    [
        ("", True),
        ("<h1>Talks fail</h1>", True),
        ("<h1>Talks fail</h1><h1>Rain</h1>", False),
        ("<article></article>", False),
    ],
)
def test_a_page_with_two_headlines_or_an_element_of_its_article_is_not_read_by_justext(
    above, whole
):
    pytest.importorskip("justext")
    page = fromstring(f"<main>{above}<p>{FIRST} {SECOND}</p></main>")
    assert (f"{FIRST} {SECOND}" in whole_article(["x"], page)) == whole


@pytest.mark.parametrize(("size", "several"), [(500, False), (501, True)])
def test_two_articles_of_over_500_characters_on_a_page_are_told(tmp_path, size, several):
    """Of a story and a teaser nothing is said."""
    posts = (
        f"<article><h2>Talks {n} fail</h2><p>{(FIRST * 9)[:length]}</p></article>"
        for n, length in enumerate((900, size))
    )
    page = f"<html><body>{''.join(posts)}</body></html>"
    corpus = read_in(tmp_path, "a.html", page)
    assert corpus.audit["reason"].str.contains("2 articles on one page").any() == several


@pytest.mark.parametrize(("around", "read"), [(246, True), (247, False)])
def test_a_page_of_elements_inside_250_others_fails(tmp_path, around, read):
    """The parser leaves out what is deeper: html, body and the paragraph are three more."""
    deep = f"<html><body>{'<div>' * around}<p>{FIRST} {SECOND}</p>{'</div>' * around}</body></html>"
    (found,) = pages.read(File("a.html", data=deep.encode()), {})
    assert (found.outcome != "failed") == read
