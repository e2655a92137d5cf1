"""Exports of WordPress, and feeds."""

from __future__ import annotations

import html

import pandas as pd
import pytest

import framing as fr
from tests.conftest import read_in
from tests.corpus.test_exports import FIRST, SECOND, body, heads
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


TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="x.xsl"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:thr="http://purl.org/syndication/thread/1.0">
<title type="text">The Gull &amp;amp; Post</title><updated>2031-05-01T00:00:00Z</updated>
{}</feed>"""
CONTENTS = {
    "html": f'<content type="html">{html.escape(TEXT)}</content>',
    "cdata": f'<content type="html"><![CDATA[{TEXT}]]></content>',
    "xhtml": '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
    f"{TEXT}<script>x = 1</script></div></content>",
    "prefix": '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">'
    f"{TEXT.replace('<p', '<h:p').replace('</p', '</h:p')}</h:div></content>",
    "text": f"<content>{FIRST}\n\n{SECOND}</content>",
}


def entry(content: str, n: int = 1, more: str = "") -> str:
    return f"""<entry><media:title>A tanker at sea</media:title><title type="html">{TALKS}</title>
<link rel="replies" href="https://gull.example/{n}/comments"/><link href="https://gull.example/{n}"/>
<id>tag:gull.example,2031:{n}</id><updated>2031-04-01T00:00:00Z</updated>
<published>2031-03-12T06:00:00Z</published><author><name>Ada Holm</name><email>a@b.c</email></author>
<media:content url="a.jpg"/><summary>In short.</summary>{content}{more}</entry>"""


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_feed_of_atom_with_whole_texts_is_read(tmp_path, kind):
    entries = entry(CONTENTS[kind]) + entry(CONTENTS[kind], 2)
    corpus = read_in(tmp_path, "a.atom", ATOM.format(entries))
    assert heads(corpus) == [(TALKS, "The Gull & Post", "2031-03-12")] * 2
    assert body(corpus) == [FIRST, SECOND] * 2
    assert corpus.articles[["article", "url", "byline"]].values.tolist() == [
        [f"tag:gull.example,2031:{n}", f"https://gull.example/{n}", "Ada Holm"] for n in (1, 2)
    ]


def test_pages_and_comments_of_a_blog_are_no_articles(tmp_path):
    """In an export of Blogger, which is a feed."""
    kind = '<category scheme="x" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    kinds = ["post", "comment", "template", "page"]
    entries = [entry(CONTENTS["html"], n, kind.format(of_it)) for n, of_it in enumerate(kinds)]
    corpus = read_in(tmp_path, "a.xml", ATOM.format("".join(entries)))
    assert inputs(corpus)["outcome"].value_counts().to_dict() == {"scored": 1, "skipped": 3}


def test_a_feed_of_atom_with_summaries_is_told_and_a_damaged_entry_costs_no_other(tmp_path):
    (tmp_path / "a.xml").write_text(ATOM.format(entry("")))
    whole = entry(CONTENTS["html"])
    damaged = read_in(tmp_path, "b.xml", ATOM.format(whole + whole.replace("<id>", "") + whole))
    assert inputs(damaged).set_index("source").loc["a.xml", "reason"].startswith("a feed")
    assert len(damaged.articles) == 2
    assert inputs(damaged).set_index("source").loc["b.xml, item 2", "outcome"] == "failed"


def test_a_feed_of_rss_1_with_whole_texts_is_read(tmp_path):
    names = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    feed = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="{names}" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="x"><title>Gull</title><items><rdf:Seq/></items></channel><item rdf:about="1">
<title>{TALKS}</title><link>https://gull.example/1</link><dc:date>2031-03-12</dc:date>
<content:encoded><![CDATA[{TEXT}]]></content:encoded></item></rdf:RDF>"""
    corpus = read_in(tmp_path, "a.rdf", feed)
    assert (heads(corpus), body(corpus)) == ([(TALKS, "Gull", "2031-03-12")], [FIRST, SECOND])


@pytest.mark.parametrize("form", ["{}", "<![CDATA[<p>{}</p>]]>"])
def test_a_feed_with_whole_texts_in_its_descriptions_is_read(tmp_path, form):
    """A short one is a summary: only the headline is scored."""
    whole = "The talks on the ferry in Dovek failed again, ministers said. " * 12
    items = "".join(
        f"<item><title>Talks {n}</title><pubDate>Mon, 03 Mar 2031 09:00:00 GMT</pubDate>"
        f"<description>{form.format(text)}</description></item>"
        for n, text in enumerate((whole, whole[:200]))
    )
    path = tmp_path / "a.rss"
    path.write_text(
        f"<?xml version='1.0'?><rss><channel><title>Gull</title>{items}</channel></rss>"
    )
    articles = fr.read_corpus(path).articles.set_index("title")
    assert articles["body_status"].to_dict() == {"Talks 0": "full", "Talks 1": "missing"}
    assert set(articles["outlet"]) == {"Gull"}


def test_an_item_with_neither_title_nor_text_is_no_article(tmp_path):
    empty = "<item><link>https://gull.example/2</link></item>"
    audit = read_in(tmp_path, "a.xml", f"{HEAD}{item(TALKS, PLAIN)}{empty}</channel></rss>").audit
    audit = audit[audit["block"].isna()].set_index("source")
    assert audit["outcome"].to_dict() == {"a.xml, item 1": "scored", "a.xml, item 2": "skipped"}
    assert audit.loc["a.xml, item 2", "reason"] == "no text"
