"""Europresse, the HTML export: an ``article`` element each, in older files a table cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from framing.corpus.dates import find_date
from framing.corpus.readers import Found, each, failed, none_lost
from framing.corpus.readers.factiva import text_of
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.markup import nothing_hidden

if TYPE_CHECKING:
    from bs4 import Tag

_TITLE = re.compile(r"^titreArticle", re.IGNORECASE)
_ONLY_TITLE = re.compile(r"^(?:titreArticleVisu|rdp__articletitle)$", re.IGNORECASE)
_HEAD = re.compile(rf"^DocPublicationName$|{_ONLY_TITLE.pattern}", re.IGNORECASE)
_TITLES = re.compile(r"<[^<>]*\bclass=[^<>]*titreArticleVisu", re.IGNORECASE)
_NUMBER = re.compile(r"\bnews[·.]\d{6,8}[·.][\w·.-]+")
_PICTURES = re.compile(r"^Illustration(?:s|\(s\))? ?:")  # what follows are captions
_RIGHTS = re.compile(r"^©\s*\d{4}")
_CUTS = {"p", "br", "div", "li", "h1", "h2", "h3", "blockquote", "tr", "td"}
_ISSUE = re.compile(r"\bn[o°]\.?\s*[\d-].*$")


def recognises(file: File) -> bool:
    """Whether the page has the class names of a Europresse export."""
    telling = r"DocPublicationName|docOcurrContainer|titreArticleVisu"
    return file.start.startswith("<") and re.search(telling, file.start, re.I) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of the page."""
    from bs4 import BeautifulSoup

    html, encoding = file.text(EXPORT_BYTES)
    page = BeautifulSoup(nothing_hidden(html), "html.parser")
    items = _each_once(page.find_all("article"))
    items = items or [_box(t) for t in page.find_all(class_=_TITLE)]
    found = each(items, _from_element, file.source, encoding)
    yield from none_lost(found, len(_TITLES.findall(html)), file.source)


def _each_once(elements: Sequence[Tag]) -> list[Tag]:
    """Return one element of those around the same article: the largest that holds no other."""
    around: dict[int, list[Tag]] = {}
    for element in elements:
        head = element.find(class_=_HEAD)
        if head or not element.find_parent("article"):
            around.setdefault(id(head or element), []).append(element)
    return [next(filter(partial(_is_one, around), same), same[-1]) for same in around.values()]


def _is_one(heads: Container[int], element: Tag) -> bool:
    """Return whether an element holds no second one of the first lines of articles."""
    return sum(id(head) in heads for head in element.find_all(class_=_HEAD)) < 2


def _box(title: Tag) -> Tag:
    """Return the largest element around a title that holds no other title."""
    box = title
    for parent in title.parents:
        if len(parent.find_all(class_=_TITLE, limit=2)) > 1:
            break
        box = parent
    return box


def _from_element(item: Tag, where: str) -> Found:
    title = text_of(item.find(class_=_ONLY_TITLE) or item.find(class_=_TITLE))
    outlet = item.find(class_="DocPublicationName")
    body = "\n\n".join(_body_texts(item))
    if not outlet and not (title and body):
        return failed(where, "a layout of Europresse without an element around each article")
    header = ", ".join(text_of(span) for span in item.find_all(class_="DocHeader"))
    date = find_date(header)
    topic = header[: date.start].split(",")[0].strip() if date.start else ""
    named = _NUMBER.search(text_of(item))
    return Found(
        where, body, named[0] if named else "", title=title,
        outlet=_ISSUE.sub("", text_of(outlet)).rstrip(", "), date=header[date.start :], topic=topic,
        byline=text_of(item.find(class_="docAuthors")),
    )  # fmt: skip


def _body_texts(item: Tag) -> list[str]:
    """Return the paragraphs of the text element; in older files, those from title to copyright."""
    box = item.find(class_="docOcurrContainer") or item.find(class_="DocText")
    if box:
        return list(takewhile(lambda text: not _PICTURES.match(text), _flow(box)))
    title = item.find(class_=_TITLE)
    texts = _flow(item, after=title) if title else []
    rights = [n for n, text in enumerate(texts) if _RIGHTS.match(text)]
    return texts[: rights[-1]] if rights else texts


def _flow(box: Tag, after: Tag | None = None) -> list[str]:
    """Return the texts of an element, split where a block or a line begins."""
    from bs4 import Tag

    blocks: list[list[str]] = [[]]
    last = next(reversed(after.find_all(string=True)), None) if after else None
    begun = last is None
    for node in box.descendants:
        if isinstance(node, Tag):
            blocks.extend([[]] if node.name in _CUTS else [])
        elif begun:
            blocks[-1].append(str(node))
        else:
            begun = node is last
    texts = (" ".join("".join(parts).split()) for parts in blocks)
    return [text for text in texts if text]
