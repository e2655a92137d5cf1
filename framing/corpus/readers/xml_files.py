"""XML: corpora of ``article`` elements; other XML is refused with the name of its root."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from framing.corpus.readers import Found, each
from framing.corpus.readers.files import File

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(
    r"(?:<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}>|\s)*<([A-Za-z][\w:.-]{0,60})",
    re.DOTALL | re.IGNORECASE,
)
_ROOTS = {"articles", "nitf", "newsml", "newsitem", "urlset", "tei"}
_AT_ONCE = 65_536  # bytes
_FIELDS = {
    "title": "title", "published-at": "date", "date": "date", "url": "url", "author": "byline",
    "source": "outlet", "outlet": "outlet", "language": "language",
}  # fmt: skip


def recognises(file: File) -> bool:
    """Whether the file is XML and not a page."""
    root = _root(file)
    declared = file.start.startswith("<?xml") or file.name.endswith(".xml")
    return root in _ROOTS or (declared and root not in ("", "html", "head", "body"))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each ``article`` element, with its attributes as metadata."""
    root = _root(file)
    if root != "articles":
        reason = f"XML with the root <{root}>: no reader; export as HTML, text or CSV"
        yield Found(file.source, outcome="failed", reason=reason)
    else:
        yield from each(_elements(file), _from_element, file.source)


def _root(file: File) -> str:
    found = _ROOT.match(file.start)
    return found[1].lower() if found else ""


def _elements(file: File) -> Iterator[Element]:
    from xml.etree.ElementTree import XMLPullParser

    if "<!DOCTYPE" in file.start or "<!ENTITY" in file.start:
        raise ValueError("the XML declares a document type: not read")
    parser: Any = XMLPullParser(["end"])
    with file.open() as stream:
        while data := stream.read(_AT_ONCE):
            parser.feed(data)
            yield from _ended(parser)
    try:
        parser.close()
    finally:  # what ended before an error is read
        yield from _ended(parser)


def _ended(parser: Any) -> Iterator[Element]:
    for _, element in parser.read_events():
        if element.tag == "article":
            yield element
            element.clear()


def _from_element(element: Element, where: str) -> Found:
    paragraphs = [" ".join("".join(p.itertext()).split()) for p in element.iter("p")]
    text = "\n\n".join(filter(None, paragraphs)) or "".join(element.itertext()).strip()
    known: dict[str, Any] = {
        _FIELDS[name]: value for name, value in element.items() if name in _FIELDS
    }
    if not text:
        return Found(where, outcome="skipped", reason="no text")
    return Found(where, text, element.get("id", ""), **known)
