"""XML: ``article`` elements, pages by trafilatura; other XML is refused with its root's name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from framing.corpus.readers import Found, each
from framing.corpus.readers.compressed import TooLargeError
from framing.corpus.readers.files import ARTICLE_BYTES, EXPORT_BYTES, File

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(
    r"(?:<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}>|\s)*+<([A-Za-z][\w:.-]{0,60})",
    re.DOTALL | re.IGNORECASE,
)
_ROOTS = {"articles", "nitf", "newsml", "newsitem", "urlset", "tei"}
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?!html)", re.IGNORECASE)
_AT_ONCE = 1_000_000  # characters
_OPEN = 1_000  # articles without an end, one after the other
_ENCODING = re.compile(r"<\?xml[^>]*\bencoding=[\"']([\w.-]+)", re.IGNORECASE)
_BEGIN = re.compile(r"(?=<article[\s/>])")
NAMES = re.compile(r"\sxmlns:[\w.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # characters allowed in no XML
_FIELDS = {
    "title": "title", "published-at": "date", "date": "date", "url": "url", "author": "byline",
    "source": "outlet", "outlet": "outlet", "language": "language",
}  # fmt: skip
# A page that trafilatura wrote: <doc title="…"><main><head>…</head><p>…</p></main></doc>.
_PAGE = re.compile(r"(?=<doc(?=[\s>]))")
_PAGE_FIELDS = {
    "title": "title", "date": "date", "author": "byline", "sitename": "outlet", "url": "url",
    "language": "language",
}  # fmt: skip
_MARKS = {"head": "## ", "item": "• "}  # as in `pages`
_BLOCKS = {"p", "quote", "list", "cell", "row", "table", "div", "code", *_MARKS}


def recognises(file: File) -> bool:
    """Whether the file is XML and not a page."""
    root = root_of(file)
    if file.start.startswith("<?xml") and _DOCTYPE.search(file.start[:2000]):
        return True
    declared = file.start.startswith("<?xml") or file.name.endswith(".xml")
    damaged = not root and _BEGIN.search(file.start) is not None
    return root in _ROOTS or (declared and (damaged or root not in ("", "html", "head", "body")))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each ``article`` element, with its attributes as metadata."""
    root = root_of(file)
    if _DOCTYPE.search(file.start) or "<!ENTITY" in file.start:
        raise ValueError("the XML declares a document type, which is not read: export it as CSV")
    if root == "doc" and "<main" in file.start:
        page, encoding = file.text(EXPORT_BYTES)
        yield from each(_PAGE.split(page)[1:], _from_page, file.source, encoding)
    elif root and root != "articles":
        reason = f"XML with the root <{root}>: no reader; export as HTML, text or CSV"
        yield Found(file.source, outcome="failed", reason=reason)
    else:
        yield from each(_not_nested(_articles(file)), _from_source, file.source)


def root_of(file: File) -> str:
    """Return the name of the root element, in lower case, or an empty string."""
    found = _ROOT.match(file.start)
    return found[1].lower() if found else ""


def _articles(file: File) -> Iterator[str]:
    """Yield the source of each article, inside a root that declares the same names.

    Each is parsed for itself, so that a damaged one costs no other.
    """
    declared = _ENCODING.match(file.start)
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}
    encoding = marked.get(file.head[:2], declared[1] if declared else "utf-8")
    with file.open() as stream:
        text = codecs.getreader(encoding)(stream, "replace")
        head, *begun = _BEGIN.split(text.read(_AT_ONCE))
        names = "".join(NAMES.findall(head))
        if "</article>" in head:  # the beginning of the first one is damaged
            yield head
        while data := text.read(_AT_ONCE):
            *whole, last = _BEGIN.split("".join([*begun[-1:], data]))
            for article in [*begun[:-1], *whole]:
                yield from _alone(article, names)
            begun = [last]
            if len(last) > ARTICLE_BYTES:
                raise TooLargeError(f"over the limit of {ARTICLE_BYTES // 1_000_000} MB: not read")
        for article in begun:
            yield from _alone(article, names)


def _not_nested(articles: Iterator[str]) -> Iterator[str]:
    """Yield articles until very many in a row have no end: each would be a row of the audit."""
    open_ones = 0
    for article in articles:
        open_ones = 0 if article.endswith("</articles>") else open_ones + 1
        if open_ones > _OPEN:
            raise ValueError(f"over {_OPEN:,} articles in a row have no end: the rest is not read")
        yield article


def _alone(article: str, names: str) -> Iterator[str]:
    """Yield what ends with each end tag; without any, the whole, which is then no XML."""
    for part in article.split("</article>")[:-1]:
        yield f"<articles{names}>{part}</article></articles>"
    if "</article>" not in article:
        yield article


def _from_source(source: str, where: str) -> Found:
    from xml.etree.ElementTree import fromstring

    element = fromstring(source.translate(NOT_XML)).find("article")
    if element is None:
        raise ValueError("no element <article>")
    return _from_element(element, where)


def _from_element(element: Element, where: str) -> Found:
    paragraphs = [" ".join("".join(p.itertext()).split()) for p in element.iter("p")]
    text = "\n\n".join(filter(None, paragraphs)) or "".join(element.itertext()).strip()
    known: dict[str, Any] = {
        _FIELDS[name]: value for name, value in element.items() if name in _FIELDS
    }
    if not text:
        return Found(where, outcome="skipped", reason="no text")
    return Found(where, text, element.get("id", ""), **known)


def _from_page(source: str, where: str) -> Found:
    from xml.etree.ElementTree import fromstring

    page = fromstring(source.translate(NOT_XML))
    main = page.find("main")
    blocks = [] if main is None else [" ".join(b.split()) for b in _flow(main).split("\0")]
    text = "\n\n".join(b for b in blocks if b not in ("", *map(str.strip, _MARKS.values())))
    if not text:
        return Found(where, outcome="skipped", reason="no text")
    address = page.get("source", "")  # of older versions, where it is one
    known: dict[str, Any] = {"outlet": page.get("hostname", "")}
    known |= {"url" if "://" in address else "outlet": address} if address else {}
    known |= {_PAGE_FIELDS[name]: value for name, value in page.items() if name in _PAGE_FIELDS}
    return Found(where, text, layout="page", **known)


def _flow(element: Element) -> str:
    """Return all text of an element, with a NUL, which no XML holds, around each block."""
    inside = [element.text or "", *(_flow(child) + (child.tail or "") for child in element)]
    if element.tag == "lb":
        return "\n"
    text = "".join(inside)
    mark = _MARKS.get(element.tag, "")
    return f"\0{mark}{text}\0" if element.tag in _BLOCKS else text
