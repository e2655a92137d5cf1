"""Conditions of pages: for each a case that nothing else decides."""

from __future__ import annotations

import pytest
from lxml import etree
from lxml.html import fromstring

from framing.corpus.readers import page_dates, pages
from tests.conftest import read_file
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
