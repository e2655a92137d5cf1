"""HTML pages: one article per page, extracted by trafilatura (extra ``html``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.blocks.signals import on_one_line
from framing.corpus.readers import METADATA, Found, each, failed
from framing.corpus.readers.file_names import article_name, from_path, host_of
from framing.corpus.readers.files import File
from framing.corpus.readers.markup import without_markup
from framing.corpus.readers.no_article import why_no_article
from framing.corpus.readers.page_dates import OPTIONS, day_of
from framing.corpus.readers.page_furniture import MARKED, cards, mark_furniture, text_of
from framing.corpus.readers.page_gaps import HEADINGS, LISTS, with_gaps_filled
from framing.corpus.readers.page_without_article import size_of, stop_words, whole_article
from framing.corpus.readers.rows import MARKUP
from framing.corpus.readers.several import AS_ONE, of_database
from framing.text.encoding import decode

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|meta|title)\b", re.IGNORECASE)
_DATABASE = re.compile(rb"ebsco|newsbank|gale\||proquest document id", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*(?:[\"']\s*)?([\w:.-]+)", re.IGNORECASE)
# Between pages that stand one below the other in a file.
_NEXT_PAGE = re.compile(rb"(?<=</html>)\s*(?=<(?:!doctype\s+html|html[\s>]))", re.IGNORECASE)
# Elements of trafilatura and of pages.
_HEADINGS = HEADINGS | {"head"}
_ITEMS = {"item", "li", "dd"}
_BLOCKS = (
    _HEADINGS | _ITEMS | LISTS
    | {"p", "list", "dt", "quote", "blockquote", "table", "row", "tr", "div"}
)  # fmt: skip
_CELLS = {"cell", "td", "th"}
_BREAKS = {"lb", "br"}
_NO_TEXT = "//head|//script|//style|//noscript"
# The address of the page in the reader view of Firefox.
_READER_VIEW = re.compile(r"<a class=\"domain reader-domain\" href=\"([^\"<>]{1,500})\"")
# The address of the page that the Internet Archive has kept.
_ARCHIVED = re.compile(r"__wm\.wombat\(\s*\"(https?://[^\"<>]{1,500})\"")
# The author and the publisher in JSON-LD, of whatever kind of article.
_IS = r"\s{0,20}:\s{0,20}"
_DECLARED = re.compile(
    rf"\"(author|publisher)\"{_IS}(?:\[\s{{0,20}})?\{{[^{{}}]{{0,300}}?\"name\"{_IS}"
    r"\"([^\"\\]{2,80})\""
)
_DOMAIN = re.compile(r"\S+\.[^\W\d_]{2,}")
# Each takes a kilobyte and the time of a page of two words; trafilatura counts what is left again
# for each of the headings at the end.
_MOST = {
    "elements": (30_000, re.compile(r"<[a-zA-Z]")),
    "headings": (10_000, re.compile(r"<h[1-6]\b", re.IGNORECASE)),
}
# A tag with thousands of attributes, such as one of JSON in the wrong quotation marks: each of them
# is compared with all others.
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]*+)([^<>]{10000,})")
_MOST_ATTRIBUTES = 5_000
_TOO_DEEP = "boolean(/" + "/*" * 250 + ")"  # the parser leaves out what is in 256 elements
# A time zone that is none costs trafilatura the page.
_NO_OFFSET = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)[+-](?:1[5-9]|[2-9]\d):?\d\d")
_LINE_END = "\v"
_POSTS = "//article[not(ancestor::article)][.//h1 or .//h2 or .//h3]"
_POST = 500  # characters in the paragraphs of an article; a teaser has fewer
_PARTS = re.compile(r"\s[-–—|:·»]\s")  # of the title of a page
_WORD = re.compile(r"\w+")


def recognises(file: File) -> bool:
    """Whether the file begins like a page or has the name of one."""
    begins = file.start.startswith("<") and _PAGE.search(file.start[:4000]) is not None
    return begins or file.name.endswith((".html", ".htm", ".xhtml"))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the article of a page; an export that no reader can split is none."""
    raw = file.read()
    reason = of_database(without_markup(decode(raw)[0])) if _DATABASE.search(raw) else ""
    if reason:
        yield failed(file.source, reason)
    elif len(parts := _NEXT_PAGE.split(raw)) > 1:
        known = from_path(file)
        read_part = lambda part, where: page_article(part, where, **known)  # noqa: E731
        yield from each(parts, read_part, file.source, decode(raw)[1])
    else:
        yield page_article(raw, file.source, article_name(file), **from_path(file))


def in_cell(found: Found) -> Found:
    """Return the article of a whole page in a cell, with what its row says; others as they are."""
    if found.layout != MARKUP:
        return found
    page = page_article(found.text.encode(), found.source, found.article, url=found.url)
    if page.outcome != "scored":  # or without trafilatura
        return found._replace(text=without_markup(found.text), layout="")
    own = {name: value for name in METADATA if (value := getattr(found, name))}
    if page.outlet and any(c.field == "outlet" and c.how.startswith("host") for c in found.mapped):
        del own["outlet"]
    first, _, below = page.text.partition("\n\n")
    text = below if first.lstrip("# ") == page.title else page.text  # a title is read once
    whole: dict[str, Any] = {"mapped": found.mapped, "extra": found.extra, "text": text, **own}
    return page._replace(**whole)


def page_article(
    raw: bytes, source: str, name: str = "", *, url: str = "", declared: str = "", **known: str
) -> Found:
    """Return the article of a page; metadata in the page take precedence over ``known``."""
    charset = _CHARSET.search(raw[:4096])
    html, encoding = decode(raw, declared=charset[1].decode() if charset else declared)
    try:
        found = _article(html, url)
    except ImportError:
        reason = "HTML pages need trafilatura: pip install 'news-framing[html]'"
        return failed(source, reason, encoding)
    except Exception as error:  # the page may be a cell of a table
        return failed(source, error, encoding)
    given: dict[str, Any] = {f: value for f, value in known.items() if not getattr(found, f)}
    return found._replace(source=source, article=name, encoding=encoding, **given)


def _article(html: str, url: str) -> Found:
    for what, (most, pattern) in _MOST.items():
        if len(pattern.findall(html)) > most:
            raise ValueError(f"a page of over {most:,} {what}: not read")
    html = _NO_OFFSET.sub(r"\1", _LONG_TAG.sub(_with_few_attributes, html))
    shown = _READER_VIEW.search(html) or _ARCHIVED.search(html)
    url = url or (shown[1] if shown else "")
    tree = _tree(html)
    page = None if tree is None else _extracted(tree, url)
    if page is None:
        raise ValueError("trafilatura finds no article on this page")
    url = page.url or url
    day = day_of(html, tree, page.date or "", title=page.title or "", url=url)
    title = _title(page.title or "", page.sitename or "", tree)
    posts = sum(size_of(*map(text_of, post.iter("p"))) > _POST for post in tree.xpath(_POSTS))
    byline = page.author or _declared("author", tree)
    listed = (card for card in cards(tree) if any(map(_leads_elsewhere, card.iter("a"))))
    teasers = {text_of(part) for card in listed for part in card.iter("*")}
    blocks = _blocks(page.body, tree)
    if blocks and blocks[0].startswith("# "):
        top = blocks.pop(0)[2:]
        title = title if top == page.sitename else top
    if reason := why_no_article(blocks, "" if page.date else title, teasers):
        raise ValueError(reason)
    found = Found(
        "", "\n\n".join(blocks), title=title, outlet=_outlet(page, url), date=day, byline=byline,
        url=url, language=page.language or "", layout="page",
    )  # fmt: skip
    return found.noted(f"{posts} articles on one page, {AS_ONE}" if posts > 1 else "")


def _with_few_attributes(tag: re.Match[str]) -> str:
    """Return a tag without its attributes if they are very many."""
    several = max(len(tag[2].split()), tag[2].count("="))
    return f"<{tag[1]} " if several > _MOST_ATTRIBUTES else tag[0]


def _outlet(page: Any, url: str) -> str:
    """Return the name of the site, or its host; that of an archive is no outlet."""
    name = page.sitename or ""
    is_archive = "." in name and not host_of(f"https://{name}")
    return host_of(url) if is_archive or not name else name


def _tree(html: str) -> Any:
    """Return the elements of a page, None if it has none, with marks on its furniture."""
    from trafilatura import load_html

    tree = load_html(html)
    if tree is not None:
        if tree.xpath(_TOO_DEEP):
            raise ValueError("elements inside 250 others, which are not read: save it as text")
        mark_furniture(tree)
    return tree


def _title(title: str, site: str, tree: Any) -> str:
    """Return the headline of a page: its only ``h1`` if that has much in common with its title.

    A title is often made for search engines and networks. Where the one that was found is the name
    of the site, another part of the title of the page may be a heading.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<title>Daily Gull - Ferry talks fail</title><h1>Ferry talks fail</h1>")
    >>> _title("Ferry talks fail: all you need to know", "Daily Gull", page)
    'Ferry talks fail'
    >>> _title("Daily Gull", "", page)
    'Ferry talks fail'
    """
    tops = list(filter(None, map(text_of, tree.iter("h1"))))
    if len(tops) == 1 and tops[0] != site and _are_alike(tops[0], title):
        return tops[0]
    headings = {text_of(h) for h in tree.iter("h1", "h2", "h3")} - {site}
    parts = [part.strip() for part in _PARTS.split(text_of(tree.find(".//title")))]
    if title in headings or title not in parts:
        return title
    return next((part for part in parts if part in headings), title)


def _are_alike(heading: str, title: str) -> bool:
    """Return whether a heading and a title share three words and half of the shorter one."""
    a, b = (set(_WORD.findall(text.lower())) for text in (heading, title))
    return len(a & b) >= max(3, min(len(a), len(b)) / 2)


def _declared(what: str, tree: Any) -> str:
    """Return the first author or publisher in the JSON-LD of a page, empty if there is none."""
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    found = (m for text in scripts for m in _DECLARED.finditer(text) if m[1] == what)
    return next((m[2].strip() for m in found), "")


def _extracted(tree: Any, url: str) -> Any:
    """Run trafilatura; dates are taken where the page declares one, and never guessed.

    Nor are names of sites: it takes any part of the title with a point, such as "U.S. backs talks".
    """
    from trafilatura import bare_extraction, external
    from trafilatura.metadata import examine_meta, extract_sitename

    # Its own is a tuple, which takes 6 ms a page to be looked up.
    external.JT_STOPLIST = stop_words()  # type: ignore[assignment]
    page: Any = bare_extraction(
        tree, url=url or None, include_comments=False, include_tables=True, with_metadata=True,
        date_extraction_params=OPTIONS, prune_xpath=MARKED,
    )  # fmt: skip
    site = page and page.sitename
    if site and site == extract_sitename(tree) and not _DOMAIN.fullmatch(site):
        page.sitename = examine_meta(tree).sitename or _declared("publisher", tree)
    return page


def _blocks(body: Any, tree: Any) -> list[str]:
    """Return the blocks of an article; one that is nothing but a link gets the mark ``→ ``."""
    # Links inside the page, of its table of contents, have the texts of its headings; so have the
    # places they go to, which are named.
    links = {text_of(a) for a in tree.iter("a") if _leads_elsewhere(a)}
    for element in tree.xpath(f"{MARKED}|{_NO_TEXT}"):
        element.drop_tree()
    whole = with_gaps_filled(_marked_blocks(body), tree, _marked_blocks)
    blocks = whole_article(whole, tree)
    return [f"→ {block}" if block in links else block for block in blocks]


def _leads_elsewhere(link: Any) -> bool:
    """Return whether a link leads to another page; one saved without its address does."""
    is_place = link.get("name") or link.get("id")
    return not link.get("href", "#" if is_place else "").startswith("#")


def _marked_blocks(body: Any) -> list[str]:
    """Return paragraphs, list items, quotations and headings in the order of the page.

    Headings get the mark ``## `` and list items ``• ``; a row of a table is a block. Lines of a
    paragraph stay lines.
    """
    from lxml import etree

    blocks: list[list[str]] = [[]]
    for step, element in etree.iterwalk(body, events=("start", "end")):
        listing = element.tag == "code" and element.getparent() is body
        if listing or element.tag in _BLOCKS:
            first = step == "start" and element.get("rend") == "h1" and len(blocks) == 2
            heading = "# " if first else "## "
            mark = heading if element.tag in _HEADINGS else "• " if element.tag in _ITEMS else ""
            blocks.append([mark] if mark and step == "start" else [])
        if step == "start" and element.tag in _BREAKS:
            blocks[-1].append(_LINE_END)
        if step == "start" and element.tag in _CELLS and any(blocks[-1]):
            blocks[-1].append(" | ")
        blocks[-1].append((element.text if step == "start" else element.tail) or "")
    texts = ("\n".join(map(on_one_line, "".join(b).split(_LINE_END))).strip() for b in blocks)
    return [text for text in texts if text.strip("#•| ")]
