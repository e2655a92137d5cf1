"""What a page shows beside its article, known by the names that its elements bear."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import Any

from framing.corpus.blocks.signals import on_one_line

# An id may be made of the words of a heading: "the-child-tax-credit".
_NAMES = ("class", "data-component", "data-testid", "data-test-id")
_BLOCKS = (
    "div", "p", "section", "aside", "figure", "figcaption", "ul", "ol", "li", "form", "table",
    "header", "footer", "nav", "article", "blockquote",
)  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")  # "NewsletterSignup", "photo_credit"
_SHARE = "bar|buttons?|counts?|icons?|links?|this|tools?|widget|(?:this-)?(?:articles?|story|post)"
# Captions, credits, sign-ups, buttons, notes on authors: no part of the story, if they are short.
_ASIDE = re.compile(
    r"(?<![a-z])(?:newsletters?|sign-?up|mc4wp|mailchimp|subscribe"
    r"|(?:fig|img|wp)?-?captions?|(?:photo|image|img|picture|media)-(?:by|credits?|source)"
    rf"|share-(?:{_SHARE})|(?:social|post|article)-(?:share|sharing)"
    r"|sharedaddy|addtoany|addthis|author-(?:about|bio|box|card|info|note)|about-(?:the-)?author"
    r")(?![a-z])|(?<![a-z-])(?:photo(?:grapher)?|credit)(?![a-z-])"
)
# Links to other articles: what bears such a name may also hold the rest of a long one.
_LINKS = re.compile(
    r"(?<![a-z])(?:(?:jp-?)?related-?(?:posts?|articles?|stories|content|links?|news)?"
    r"|read-?(?:more|also|next)|also-?(?:read|like)|recommend(?:ed|ations?)|recirc(?:ulation)?"
    r"|more-(?:from|on|stories)|most-(?:popular|read|viewed)|outbrain|taboola|bookmark-card"
    r"|links?-(?:block|card|preview))(?![a-z])"
)
# The bars that the Internet Archive, pywb and Google's cache put above a page that they keep.
_ARCHIVE = (
    "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='wm-ipp-print' or @id='donato'"
    " or @id='_wb_frame_top_banner' or contains(@id, 'google-cache-hdr')]"
)
_TEASERS = (
    "//article[not(.//h1) and not(ancestor::article)]"
    "[.//*[self::h2 or self::h3 or self::h4][.//a[@href] or parent::a[@href]]]"
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_IN_A_ROW = 3  # links to other articles, each with its heading
_MARK = "data-beside-the-story"
MARKED = f"//*[@{_MARK}]"
_LONGEST = 400  # characters of an aside
_MOST = 0.25  # of the text in paragraphs, in one element beside the story
_SENTENCE = re.compile(r"[.!?][\"'”’)]?(?:\s|$)")


def mark_furniture(tree: Any) -> None:
    """Mark the elements of a page that are no part of its article, as far as their names show it.

    They are short elements with the names of captions, sign-ups, buttons or notes on authors, and
    those named after links to other articles that are mostly links or have no sentence. Whatever
    its name, an element is no furniture if it holds the headline, the body of the article or a
    quarter of the text in paragraphs. What is marked may still name the author or the day. The bars
    of an archive are removed, and so are elements ``article`` whose headings are links, beside the
    one with the title of the page.

    >>> from lxml.html import fromstring
    >>> story = "<p>Rain fell on the harbour for the third day.</p>"
    >>> page = fromstring(f"<div><p class='photo-credit'>Ivo Strand</p>{story}</div>")
    >>> mark_furniture(page)
    >>> [element.text for element in page.xpath(MARKED)]
    ['Ivo Strand']
    """
    teasers = tree.xpath(_TEASERS) if len(tree.xpath("//article[.//h1]")) == 1 else []
    for element in (*tree.xpath(_ARCHIVE), *teasers):
        if element.getparent() is not None:
            element.drop_tree()
    named = [(element, how) for element in tree.iter(*_BLOCKS) if (how := _named(element))]
    beside = cards(tree)
    if named or beside:
        paragraphs = (p for p in tree.iter("p", "div") if not len(p) or p.tag == "p")
        most = _MOST * sum(len(text_of(p)) for p in paragraphs)
        for element, how in named:
            if _is_beside(element, how, most):
                element.set(_MARK, how)
        if sum(len(text_of(card)) for card in beside) <= most:
            for card in beside:
                card.set(_MARK, "links")


def cards(tree: Any) -> list[Any]:
    """Return elements with a heading that is a link and little more, three or more in a row."""
    headings = (h for h in tree.iter(*_HEADINGS) if is_mostly_links(h) or [*h.iterancestors("a")])
    found = dict.fromkeys(card for h in headings if (card := _around(h)) is not h)
    beside = Counter(card.getparent() for card in found)
    return [card for card in found if beside[card.getparent()] >= _IN_A_ROW]


def _around(heading: Any) -> Any:
    """Return the largest element around a heading that has no other one, and is short."""
    card = heading
    while (above := card.getparent()) is not None and _is_short(above):
        if sum(1 for _ in above.iter("h1", *_HEADINGS)) > 1:
            break
        card = above
    return card


def _is_short(element: Any) -> bool:
    size = accumulate(len(text.strip()) for text in element.itertext())
    return all(n <= _LONGEST for n in size)


def _named(element: Any) -> str:
    """Return which kind of furniture an element is named after, empty if none."""
    names = " ".join(filter(None, map(element.get, _NAMES)))
    if not names:
        return ""
    names = _HUMP.sub("-", names).lower()
    return "aside" if _ASIDE.search(names) else "links" if _LINKS.search(names) else ""


def _is_beside(element: Any, how: str, most: float) -> bool:
    text = text_of(element)
    if len(text) > most or element.xpath(".//h1|.//*[@itemprop='articleBody']|self::h1"):
        return False
    if how == "aside":
        return len(text) <= _LONGEST
    return is_mostly_links(element) or not _SENTENCE.search(text)


def is_mostly_links(element: Any) -> bool:
    """Return whether more than half of the text of an element is in links."""
    return 2 * sum(len(text_of(a)) for a in element.iter("a")) > len(text_of(element))


def text_of(element: Any) -> str:
    """Return the text of an element on one line, empty if there is no element."""
    return "" if element is None else on_one_line("".join(element.itertext()))
