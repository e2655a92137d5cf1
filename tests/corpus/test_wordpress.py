"""Exports of WordPress."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from tests.conftest import read_in
from tests.corpus.test_exports import FIRST, SECOND, body
from tests.corpus.test_readers import TALKS, TANKER
from tests.corpus.test_table_layouts import inputs

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="2031-03-20 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Gull &amp; Post</title><link>https://gull.example</link>
<language>en-GB</language>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login></wp:author>
"""
GUTENBERG = f"<!-- wp:paragraph --><p>{FIRST}</p><!-- /wp:paragraph --><p>{SECOND}</p>"
PLAIN = f"""[caption id="7" width="300"]<img src="a.jpg" /> A tanker at sea[/caption]
{FIRST}

[gallery ids="1,2"]

{SECOND}"""


def item(title: str, content: str, kind: str = "post", status: str = "publish", n: int = 1) -> str:
    return f"""<item><title><![CDATA[{title}]]></title><link>https://gull.example/{n}</link>
<pubDate>Wed, 12 Mar 2031 23:30:00 +0000</pubDate><dc:creator><![CDATA[Ada Holm]]></dc:creator>
<guid isPermaLink="false">https://gull.example/?p={n}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_date><![CDATA[2031-03-13 00:30:00]]></wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>
<category domain="post_tag" nicename="x"><![CDATA[ships]]></category>
<category domain="category" nicename="y"><![CDATA[Harbour]]></category></item>
"""


def test_the_published_posts_are_articles(tmp_path):
    """With the day of the site; pages, drafts and pictures have a row with the reason."""
    posts = [
        item(TALKS, GUTENBERG),
        item(TANKER, PLAIN, n=2),
        item("About us", GUTENBERG, "page", n=3),
        item("Not yet", GUTENBERG, status="draft", n=4),
        item("a.jpg", "", "attachment", "inherit", n=5),
    ]
    corpus = read_in(tmp_path, "site.xml", f"{HEAD}{''.join(posts)}</channel></rss>")
    assert body(corpus) == [FIRST, SECOND] * 2
    first = corpus.articles.set_index("title").loc[TALKS]
    assert first[["outlet", "topic", "byline", "url"]].tolist() == [
        "The Gull & Post", "Harbour", "Ada Holm", "https://gull.example/1",
    ]  # fmt: skip
    assert f"{first['date']:%Y-%m-%d}" == "2031-03-13"
    reasons = inputs(corpus)["reason"]
    assert sorted(reasons[reasons != ""]) == [
        "no published post, but 'attachment'",
        "no published post, but 'draft'",
        "no published post, but 'page'",
    ]


@pytest.mark.parametrize("damage", ["</dc:creator>", "<item>", "]]></content:encoded>", "</item>"])
def test_a_damaged_post_costs_no_other(tmp_path, damage):
    good, bad = item(TALKS, GUTENBERG), item(TANKER, PLAIN, n=2).replace(damage, "", 1)
    text = f"{HEAD}{good}{bad}{good.replace('p=1', 'p=3')}</channel></rss>"
    corpus = read_in(tmp_path, "site.xml", text)
    assert len(inputs(corpus)) == 3
    assert (corpus.articles["title"] == TALKS).sum() == 2


@pytest.mark.parametrize("mark", ["<content:encoded>", "</content:encoded>"])
def test_two_posts_between_which_marks_are_lost_are_one_input_and_the_rest(tmp_path, mark):
    """As many articles are told as there are beginnings of texts, or ends if these are more."""
    one, two = item(TALKS, GUTENBERG), item(TANKER, PLAIN, n=2)
    damaged = one.replace("</item>", "") + two.replace("<item>", "").replace(mark, "")
    corpus = read_in(tmp_path, "a.xml", f"{HEAD}{damaged}{item(TALKS, PLAIN, n=3)}</channel></rss>")
    rest = inputs(corpus).set_index("source").loc["a.xml, the rest"]
    assert (
        rest["outcome"] == "failed"
        and "marks of 3 articles, of which 2 were read" in rest["reason"]
    )


def test_a_first_post_without_its_beginning_has_a_row(tmp_path):
    posts = item(TALKS, GUTENBERG).replace("<item>", "", 1) + item(TANKER, PLAIN, n=2)
    (tmp_path / "site.xml").write_text(f"{HEAD}{posts}</channel></rss>")
    assert sorted(inputs(fr.read_corpus(tmp_path))["outcome"]) == ["failed", "scored"]


@pytest.mark.parametrize(("column", "text"), [("post_content", PLAIN), ("content", GUTENBERG)])
def test_posts_in_a_table_are_read_like_those_of_an_export(column, text):
    """Brackets in a table of something else are kept."""
    text = f'{text}\n\n[video src="a.mp4"]'
    posts = pd.DataFrame({"blog_name": ["Gull"], "post_title": [TALKS], column: [text]})
    corpus = fr.read_corpus(posts)
    assert body(corpus) == [FIRST, SECOND]
    assert corpus.articles["outlet"].tolist() == ["Gull"]
    plain = pd.DataFrame({"title": [TALKS], "text": [f"{FIRST}\n\n[video plays] {SECOND}"]})
    assert body(fr.read_corpus(plain)) == [FIRST, f"[video plays] {SECOND}"]


def test_a_caption_that_is_not_closed_hides_no_text(tmp_path):
    post = item(TALKS, f"[caption id='1'] A ship\n\n{FIRST}\n\n{PLAIN}\n\n[embed Fog")
    (tmp_path / "site.xml").write_text(f"{HEAD}{post}</channel></rss>")
    assert {FIRST, SECOND} < set(body(fr.read_corpus(tmp_path)))
