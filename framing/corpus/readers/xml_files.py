"""XML: elements that are articles, by the names inside them; pages by trafilatura."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from framing.corpus.readers import Found, each, failed, skipped
from framing.corpus.readers.by_name import by_name, fields_of
from framing.corpus.readers.compressed import TooLargeError
from framing.corpus.readers.files import ARTICLE_BYTES, EXPORT_BYTES, File
from framing.corpus.readers.in_cells import flattened
from framing.corpus.readers.raw_rows import Row
from framing.corpus.readers.rows import articles
from framing.corpus.readers.xml_elements import BLOCKS, MARKS, cells_of, flow, local

_ROOT = re.compile(
    r"(?:<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}>|\s)*+<([A-Za-z][\w:.-]{0,60})",
    re.DOTALL | re.IGNORECASE,
)
_NAMES = (".xml", ".atom", ".rss", ".sgml", ".sgm")
_IN_PAGES = re.compile(r"<(?:html|head|script)[\s/>]", re.IGNORECASE)
_ROOTS = {"articles", "nitf", "newsml", "newsitem", "urlset", "tei"}
_ARTICLE = re.compile(r"<article[\s/>]")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?!html)", re.IGNORECASE)
_AT_ONCE = 1_000_000  # characters
_OPEN = 1_000  # articles without an end, one after the other
_BARE = re.compile(r"&(?=[\s&<]|\w+\s)")  # an ampersand that is none of XML, as in SGML
_TAG = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_MARK = re.compile(r"<[A-Za-z][\w:.-]*|\s[\w:.-]+=(?=[\"'])")
_ATTRIBUTES = r"""(?:[^<>"'/]|/(?!>)|"[^"<]*"|'[^'<]*')*+"""
_KINDS = 20  # names of elements that are articles
_LOOKED_AT = 50  # names of elements, and elements of a name, before a text is found in one
_ENCODING = re.compile(r"<\?xml[^>]*\bencoding=[\"']([\w.-]+)", re.IGNORECASE)
NAMES = re.compile(r"\sxmlns:[\w.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")  # characters allowed in no XML
_IN_TAG = re.compile(r"<[^<>]*>")
# A page that trafilatura wrote: <doc title="…"><main><head>…</head><p>…</p></main></doc>.
_PAGE = re.compile(r"(?=<doc(?=[\s>]))")
_PAGE_FIELDS = {
    "title": "title", "date": "date", "author": "byline", "sitename": "outlet", "url": "url",
    "language": "language",
}  # fmt: skip
_REFUSED = {"workbook": "an Excel file of 2003 (XML): open it in Excel and save it as .xlsx"}


def recognises(file: File) -> bool:
    """Whether the file is XML and not a page."""
    root, is_xml = root_of(file), "?xml" in file.start[:9]  # also with a damaged first mark
    if is_xml and _DOCTYPE.search(file.start[:2000]):
        return True
    declared = is_xml or file.name.endswith(_NAMES)
    if not root:  # it is damaged
        is_xml = is_xml and not _IN_PAGES.search(file.start)
        return declared and (is_xml or _is_list(root, file))
    return root in _ROOTS or (declared and root not in ("html", "head", "body"))


def _is_list(root: str, file: File) -> bool:
    """Return whether the file is a list of articles, maybe with a damaged root."""
    return root in ("", "articles") and bool(_ARTICLE.search(file.start))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each element that has a text and other fields in it."""
    root = root_of(file)
    if _DOCTYPE.search(file.start) or "<!ENTITY" in file.start:
        raise ValueError("the XML declares a document type, which is not read: export it as CSV")
    if root == "doc" and "<main" in file.start:
        page, encoding = file.text(EXPORT_BYTES)
        yield from each(_PAGE.split(page)[1:], _from_page, file.source, encoding)
    elif tags := ["article"] if _is_list(root, file) else _tags_of_articles(file, _AT_ONCE):
        yield from articles(_rows(_not_nested(_sources(file, tags)), file.source), columns)
    else:
        of_it = f"with the root <{root}>" if root else "without a root"
        known = f"XML {of_it}: no article in it whose elements are named; export as "
        yield failed(file.source, _REFUSED.get(root, f"{known}HTML, text or CSV"))


def allowed(xml: str) -> str:
    r"""Return XML without characters that it must not have; between tags they stand as DEL.

    That is a character which is counted where texts are cleaned.

    >>> allowed("<a\0>Rain\0 fell.</a>")
    '<a>Rain\x7f fell.</a>'
    """
    if not _NOT_XML.search(xml):
        return xml
    return _NOT_XML.sub("\x7f", _IN_TAG.sub(lambda tag: _NOT_XML.sub("", tag[0]), xml))


def root_of(file: File) -> str:
    """Return the name of the root element, in lower case, or an empty string."""
    found = _ROOT.match(file.start)
    return found[1].lower() if found else ""


def _tags_of_articles(file: File, most: int) -> list[str]:
    """Return the names of elements that have a text and another field, one of each list of them.

    Damage in the first one, or in what is around it, hides no other. If none is in the first
    ``most`` characters, as many are looked at as an article may have.
    """
    with file.open() as stream:
        text = allowed(codecs.getreader(_encoding(file))(stream, "replace").read(most))
    names = "".join(dict.fromkeys(NAMES.findall(text, 0, len(file.start))))
    rest, held, tried = text, dict[str, set[str]](), set[str]()
    while tag := _tag_of_articles(rest, names, tried):
        if len(held) == _KINDS:
            raise ValueError(f"articles under over {_KINDS} names of elements: not read")
        elements = _taken_out(text, tag)[0]
        held[tag] = {tag, *_TAG.findall(elements)}
        if any(tag in held[other] or other in held[tag] for other in held if other != tag):
            return [other for other in held if other != tag]  # a part of articles, or around them
        rest = _taken_out(rest, tag)[1]
        if tag in _TAG.findall(rest):  # damaged ones are left
            break
    more = not held and most != ARTICLE_BYTES
    return _tags_of_articles(file, ARTICLE_BYTES) if more else list(held)


def _taken_out(text: str, tag: str) -> tuple[str, str]:
    """Return the elements of a name, and what is left without them."""
    begin, end = _marks([tag])
    first, *begun = begin.split(text)
    ends = [found.end() if (found := end.search(piece)) else 0 for piece in begun]
    both = list(zip(begun, ends, strict=True))
    return "".join(p[:at] for p, at in both), first + "".join(p[at:] for p, at in both)


def _tag_of_articles(text: str, names: str, tried: set[str]) -> str:
    """Return the name of the first element that has a text and another field; empty if none has.

    Names that were ``tried`` in vain are not looked at again.
    """
    for tag in islice((t for t in dict.fromkeys(_TAG.findall(text)) if t not in tried), _LOOKED_AT):
        begin, end = _marks([tag])
        for source in islice(_filled(text, begin, end), _LOOKED_AT):
            found = _parsed(source, names)
            if found is not None and _is_article(found):
                return local(_innermost(found).tag)
        tried.add(tag)
    return ""


def _filled(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[str]:
    """Yield the elements of a name that are not empty, up to one without an end."""
    for begun in begin.finditer(text):
        if not (ended := end.search(text, begun.start())):
            return
        source = text[begun.start() : ended.end()]
        if source[source.find(">") + 1 : source.rfind("<")].strip():
            yield source


def _parsed(source: str, names: str) -> Element | None:
    try:
        return _article(f"<articles{names}>{source}</articles>")
    except (ParseError, ValueError):
        return None


def _is_article(element: Element) -> bool:
    try:
        fields = fields_of(tuple(flattened(cells_of(element))))
    except RecursionError:  # one that is nested too deep tells nothing of the others
        return False
    return "text" in fields and bool({"title", "outlet", "date"} & set(fields))


def _innermost(element: Element) -> Element:
    """Return the first article in an element that has nothing else, or only holds articles."""
    while inside := list(filter(_is_article, element)):
        others = {local(child.tag) for child in set(element).difference(inside)}
        if "text" in by_name(sorted(others)):
            return element
        element = inside[0]
    return element


def _sources(file: File, tags: Sequence[str]) -> Iterator[str]:
    """Yield the source of each article, inside a root that declares the same names.

    Each is parsed for itself, so that a damaged one costs no other.
    """
    begin, end = _marks(tags)
    with file.open() as stream:
        text = codecs.getreader(_encoding(file))(stream, "replace")
        head, *begun = begin.split(allowed(text.read(_AT_ONCE)))
        names = "".join(dict.fromkeys(NAMES.findall(head)))
        if end.search(head):  # the beginning of the first one is damaged
            yield head
        while data := text.read(_AT_ONCE):
            for article in begun[:-1]:
                yield from _alone(article, names, end)
            last = "".join(begun[-1:])
            if len(last) > ARTICLE_BYTES:
                raise TooLargeError(f"over the limit of {ARTICLE_BYTES // 1_000_000} MB: not read")
            _, *begun = begin.split(last + allowed(data))
        for article in begun:
            yield from _alone(article, names, end)


def _marks(tags: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the beginnings and the ends of elements of names, with any prefix."""
    name = rf"(?:[\w.-]+:)?(?:{'|'.join(map(re.escape, tags))})"
    alone = rf"<{name}(?=[\s/]){_ATTRIBUTES}/>"
    return re.compile(rf"(?=<{name}[\s/>])"), re.compile(rf"</{name}\s*>|{alone}")


def _encoding(file: File) -> str:
    declared = _ENCODING.match(file.start)
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}
    return marked.get(file.head[:2], declared[1] if declared else "utf-8")


def _not_nested(sources: Iterator[str]) -> Iterator[str]:
    """Yield articles until very many in a row have no end: each would be a row of the audit."""
    open_ones = 0
    for source in sources:
        open_ones = 0 if source.endswith("</articles>") else open_ones + 1
        if open_ones > _OPEN:
            raise ValueError(f"over {_OPEN:,} articles in a row have no end: the rest is not read")
        yield source


def _alone(source: str, names: str, end: re.Pattern[str]) -> Iterator[str]:
    """Yield what ends with each end tag; without any, the whole, which is then no XML."""
    at = 0
    for tag in end.finditer(source):
        yield f"<articles{names}>{source[at : tag.end()]}</articles>"
        at = tag.end()
    if not at:
        yield source


def _rows(sources: Iterable[str], file: str) -> Iterator[Row | Found]:
    for number, source in enumerate(sources, start=1):
        where = f"{file}, document {number}"
        try:
            yield Row(where, cells_of(_article(source)))
        except Exception as error:  # whatever it is, the articles beside it are read
            yield failed(where, error).noted(_how_many(source))


def _how_many(source: str) -> str:
    """Return what stands several times in a damaged article, of what it begins with."""
    marks = [mark for mark in _MARK.findall(source) if mark[1:] not in BLOCKS]
    mark = max(marks[:6], key=marks.count, default="")
    n = marks.count(mark)
    return f"{n} × {mark.strip()!r} in it: maybe several articles" if n > 1 else ""


def _article(source: str) -> Element:
    """Return the one element in a root."""
    (article,) = fromstring(_BARE.sub("&amp;", source))
    return article


def _from_page(source: str, where: str) -> Found:
    page = fromstring(allowed(source))
    main = page.find("main")
    blocks = [] if main is None else [" ".join(b.split()) for b in flow(main, MARKS).split("\0")]
    text = "\n\n".join(b for b in blocks if b not in ("", *map(str.strip, MARKS.values())))
    if not text:
        return skipped(where, "no text")
    address = page.get("source", "")  # of older versions, where it is one
    known: dict[str, Any] = {"outlet": page.get("hostname", "")}
    known |= {"url" if "://" in address else "outlet": address} if address else {}
    known |= {_PAGE_FIELDS[name]: value for name, value in page.items() if name in _PAGE_FIELDS}
    return Found(where, text, layout="page", **known)
