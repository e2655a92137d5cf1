"""XML of news archives and corpora: NITF and TEI, an article in each file, or several.

Where their fields stand is in ``news_xml.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from framing.corpus.blocks.signals import on_one_line
from framing.corpus.readers import Found, each, none_lost, skipped
from framing.corpus.readers.file_names import article_name
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.xml_files import allowed, root_of
from framing.utils.files import data_beside

_BEGIN = re.compile(r"(?=<(?:nitf|tei)[\s>])", re.IGNORECASE)
_END = re.compile(r"</(?:nitf|tei)\s*>", re.IGNORECASE)
_NAMESPACE = re.compile(r"(?<=[<\s/])xmlns(?::\w+)?\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_HEAD = 2_000  # characters before the first article, such as what stands around several
_PARAGRAPHS = frozenset({"p", "ab", "head", "item", "l", "u", "s"})
_NO_TEXT = frozenset({"media", "table", "figure", "note", "teiHeader"})
_LAYOUTS = data_beside(__file__)
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?$")


def recognises(file: File) -> bool:
    """Return whether a file begins with an article; one that declares entities is not read."""
    head, *begun = _BEGIN.split(file.start)
    is_xml = file.start.startswith("<") or file.name.endswith(".xml")
    is_first = len(head) < _HEAD or "<!DOCTYPE nitf" in head or root_of(file) == "teicorpus"
    return bool(begun) and is_xml and is_first and "<!ENTITY" not in file.start


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield every article, each parsed for itself, so that a damaged one costs no other."""
    xml, encoding = file.text(EXPORT_BYTES)
    _, *begun = _BEGIN.split(xml)
    ends = len(_END.findall(xml))
    if len(begun) == 1 and ends < 2:
        yield _from_source(begun[0], file.source, article_name(file))._replace(encoding=encoding)
        return
    found = each(begun, partial(_from_source, name=""), file.source, encoding)
    yield from none_lost(found, ends, file.source)


def _from_source(source: str, where: str, name: str) -> Found:
    """Return an article; what stands behind its end belongs to the file around it."""
    whole = source[: end.end()] if (end := _END.search(source)) else source
    root = fromstring(_NAMESPACE.sub("", allowed(whole)))
    layout = _LAYOUTS[root.tag.lower()]
    said: dict[str, Any] = {field: _value(root, paths) for field, paths in layout["fields"].items()}
    said["date"] = _DAY.sub(r"\1-\2-\3", said["date"])
    bodies = (found for path in layout["body"] if (found := root.findall(path)))
    blocks = (block for body in next(bodies, []) for block in _blocks(body, layout["marks"]))
    text = "\n\n".join(filter(None, blocks))
    if not text and not said["title"]:
        return skipped(where, "no text")
    said["article"] = said.get("article") or name
    return Found(where, text, layout="page" if layout["marks"] else "", **said)


def _value(root: Element, paths: Sequence[str]) -> str:
    """Return the first text or attribute that is there, on one line."""
    for path in paths:
        where, _, name = path.partition("/@")
        found = root.findall(where)
        values = (e.get(name, "") if name else "".join(e.itertext()) for e in found)
        if text := next(filter(None, map(on_one_line, values)), ""):
            return text
    return ""


def _blocks(element: Element, marks: Mapping[str, str]) -> Iterator[str]:
    """Yield the paragraphs of an element, and the text between them."""
    if element.tag in _PARAGRAPHS:
        text = on_one_line("".join(element.itertext()))
        yield f"{marks.get(element.tag, '')}{text}" if text else ""
    elif element.tag not in _NO_TEXT:
        yield on_one_line(element.text or "")
        for child in element:
            yield from _blocks(child, marks)
            yield on_one_line(child.tail or "")
