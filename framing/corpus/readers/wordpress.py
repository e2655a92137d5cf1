"""WordPress: the posts of a site in its own export, and feeds that have whole texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from framing.corpus.readers import Found, each, none_lost
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.markup import without_markup, without_shortcodes
from framing.corpus.readers.xml_files import NAMES, NOT_XML

_DECLARED = re.compile(r"<rss\b[^<>]*\bxmlns:wp=")
_WHOLE = re.compile(r"<rss\b[^<>]*\bxmlns:content=")
_ITEM = re.compile(r"(?=<item\b)")
_SITE = re.compile(r"<(title|language)>(?:<!\[CDATA\[)?([^<\]]*)")
_POST = {"post_type": "post", "status": "publish"}  # what else there is: pages, drafts, pictures
# What WordPress puts below each text of a feed.
_FIRST_ON = re.compile(
    r"\n(?:The (?:post|article)|Der Beitrag|L'article|La entrada|L'articolo) [^\n]{1,400} "
    r"(?:appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur|"
    r"aparece primero en|proviene da) [^\n]{1,200}\Z"
)


_MARKS = ("<content:encoded", "</content:encoded>")  # of an item


def recognises(file: File) -> bool:
    """Return whether the file is an export of WordPress, or a feed (RSS) with whole texts."""
    has_texts = "<content:encoded" in file.start and _WHOLE.search(file.start)
    return bool(_DECLARED.search(file.start) or has_texts)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield every published post; pages, drafts and pictures are skipped."""
    xml, encoding = file.text(EXPORT_BYTES)
    head, *begun = _ITEM.split(xml.translate(NOT_XML))
    begun = [head, *begun] if "</item>" in head else begun  # the first one is damaged
    items = (item for part in begun for item in part.split("</item>")[:-1] or [part])
    site = {name: without_markup(value).strip() for name, value in reversed(_SITE.findall(head))}
    names = "".join(NAMES.findall(head))
    step = partial(_from_source, names=names, site=site)
    found = each(items, step, file.source, encoding, kind="item")
    yield from none_lost(found, max(map(xml.count, _MARKS)), file.source)


def _from_source(source: str, where: str, *, names: str, site: Mapping[str, str]) -> Found:
    """Return the article of an item, parsed for itself, so that a damaged one costs no other."""
    item = fromstring(f"<rss{names}>{source}</item></rss>")[0]
    said = _values(item)
    other = [said[name] for name, value in _POST.items() if said.get(name, value) != value]
    topics = [c.text or "" for c in item.iter("category") if c.get("domain") == "category"]
    known: dict[str, Any] = {
        "article": said.get("guid", ""), "outlet": site.get("title", ""),
        "language": site.get("language", ""), "title": said.get("title", ""),
        "date": said.get("post_date") or said.get("pubDate", ""), "url": said.get("link", ""),
        "byline": said.get("creator", ""), "topic": "; ".join(topics),
    }  # fmt: skip
    if other:
        return Found(
            where, outcome="skipped", reason=f"no published post, but {other[0]!r}", **known
        )
    text = without_markup(without_shortcodes(said.get("encoded", "")))
    return Found(where, _FIRST_ON.sub("", text.rstrip()).rstrip(), **known)


def _values(item: Element) -> dict[str, str]:
    """Return the first value of every element by its name without a namespace."""
    values: dict[str, str] = {}
    for element in item:
        values.setdefault(element.tag.rpartition("}")[2], (element.text or "").strip())
    return values
