"""Feeds with whole texts (RSS, Atom), and the export of WordPress, which is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from framing.corpus.readers import Found, each, none_lost, skipped
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.markup import without_markup, without_shortcodes
from framing.corpus.readers.xml_files import NAMES, allowed, root_of

_DECLARED = re.compile(r"<rss\b[^<>]*\bxmlns:wp=")
_TEXT_IN = {"rss": "<content:encoded", "rdf:rdf": "<content:encoded", "feed": "<content"}
_ITEM = re.compile(r"(?=<(?:item|entry)\b)")
_END = re.compile(r"(?<=</item>)|(?<=</entry>)")
_SITE = re.compile(r"<(title|language)\b[^<>]*>(?:<!\[CDATA\[)?([^<\]]*)")
# What else there is: pages, drafts, pictures, comments.
_POST = {"post_type": {"post"}, "status": {"publish", "LIVE"}, "kind": {"post"}}
_DATES = ("post_date", "pubDate", "published", "date", "updated")  # the likeliest first
# What WordPress puts below each text of a feed.
_FIRST_ON = re.compile(
    r"\n(?:The (?:post|article)|Der Beitrag|L'article|La entrada|L'articolo) [^\n]{1,400} "
    r"(?:appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur|"
    r"aparece primero en|proviene da) [^\n]{1,200}\Z"
)

_SUMMARY = 600  # characters; a longer description of an item is its text
_MARKS = ("<content", "</content")  # of the text of an item


def recognises(file: File) -> bool:
    """Return whether the file is an export of WordPress, or a feed with whole texts."""
    mark, start = _TEXT_IN.get(root_of(file), ""), file.start
    described = (part.partition("</description")[0] for part in start.split("<description>")[1:])
    has_texts = mark in start or max(map(len, described), default=0) > _SUMMARY
    has_texts = has_texts or not _END.search(start)  # the first item may be longer
    return bool(_DECLARED.search(start) or (mark and _ITEM.search(start) and has_texts))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield every published post; pages, drafts and pictures are skipped."""
    xml, encoding = file.text(EXPORT_BYTES)
    head, *begun = _ITEM.split(allowed(xml))
    begun = [head, *begun] if _END.search(head) else begun  # the first one is damaged
    items = (item for part in begun for item in _END.split(part)[:-1] or [part])
    site = {name: without_markup(value).strip() for name, value in reversed(_SITE.findall(head))}
    names = "".join(NAMES.findall(head))
    step = partial(_from_source, names=names, site=site)
    found = each(items, step, file.source, encoding, kind="item")
    yield from none_lost(found, max(map(xml.count, _MARKS)), file.source)


def _from_source(source: str, where: str, *, names: str, site: Mapping[str, str]) -> Found:
    """Return the article of an item, parsed for itself, so that a damaged one costs no other."""
    item = fromstring(f"<rss{names}>{source}</rss>")[0]
    said = _values(item)
    other = [said[name] for name, posts in _POST.items() if said.get(name) not in (None, *posts)]
    topics = [c.text or "" for c in item.iter("category") if c.get("domain") == "category"]
    known: dict[str, Any] = {
        "article": said.get("guid") or said.get("id", ""), "outlet": site.get("title", ""),
        "language": site.get("language", ""), "title": without_markup(said.get("title", "")),
        "date": next(filter(None, map(said.get, _DATES)), ""), "url": said.get("link", ""),
        "byline": said.get("creator") or said.get("author", ""), "topic": "; ".join(topics),
    }  # fmt: skip
    if other:
        return Found(
            where, outcome="skipped", reason=f"no published post, but {other[0]!r}", **known
        )
    described = without_markup(said.get("description", ""))
    text = without_markup(without_shortcodes(said.get("encoded") or said.get("content", "")))
    text = text or (described if len(described) > _SUMMARY else "")
    if not (text or known["title"]):
        return skipped(where, "no text")
    return Found(where, _FIRST_ON.sub("", text.rstrip()).rstrip(), **known)


def _values(item: Element) -> dict[str, str]:
    """Return the first value of every element by its name without a namespace.

    That of markup is its source, of an author the name, of an address that of the article itself.
    """
    values: dict[str, str] = {}
    for element in item:
        if "/mrss" in element.tag or element.get("rel", "alternate") != "alternate":
            continue  # of a picture; of the feed, or of comments
        for inner in element.iter():
            inner.tag = inner.tag.rpartition("}")[2]
        markup = "".join(tostring(inner, "unicode") for inner in element)
        value = element.findtext("name") or element.get("href") or (element.text or "") + markup
        values.setdefault(element.tag, value.strip())
        if kind := element.get("term", "").partition("kind#")[2]:  # of Blogger
            values["kind"] = kind
    return values
