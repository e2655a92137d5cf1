"""Factiva, the HTML export: one ``div`` per article, fields in rows with two-letter codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from framing.corpus.readers import METADATA, Found, each, none_lost
from framing.corpus.readers.column_names import export_of
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.heads import is_date_line
from framing.corpus.readers.markup import nothing_hidden

if TYPE_CHECKING:
    from bs4 import Tag

_PARAGRAPH = "articleParagraph"
_CODE = re.compile(r"^[A-Z]{2,3}$")
ID = re.compile(r"^(?:Document|Dokument|Documento)\s+([A-Z0-9]\w{9,})$")
_NUMBERS = re.compile(r">\s*(?:Document|Dokument|Documento)\s+[A-Z0-9]\w{9,}\s*<")
_COLUMNS = export_of(["HD", "LP", "TD"]).columns  # of the same codes in a table
FIELDS = {code: field for field, code in _COLUMNS.items() if field in METADATA}


def recognises(file: File) -> bool:
    """Whether the title or the markup of the page is Factiva's."""
    telling = r"<title>\s*Factiva|class=[\"']article \w{2}Article|articleParagraph"
    return file.start.startswith("<") and re.search(telling, file.start) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each ``div``; lead paragraph (LP) and text (TD) are the body."""
    from bs4 import BeautifulSoup

    html, encoding = file.text(EXPORT_BYTES)
    page = BeautifulSoup(nothing_hidden(html), "html.parser")
    found = each(_innermost(page), _from_div, file.source, encoding)
    yield from none_lost(found, len(_NUMBERS.findall(html)), file.source)


def _innermost(page: Tag) -> list[Tag]:
    """Return the articles with paragraphs that hold no other; no element is passed twice."""
    nearest: dict[int, Tag | None] = {}  # the article around an element
    outer: set[int] = set()
    for paragraph in page.find_all(class_=_PARAGRAPH):
        path = list(takewhile(lambda element: id(element) not in nearest, paragraph.parents))
        above = path[-1].parent if path else paragraph.parent
        around = nearest.get(id(above))
        for element in reversed(path):
            if "article" in (element.get("class") or ()):
                outer.add(id(around))
                around = element
            nearest[id(element)] = around
        nearest[id(paragraph)] = around
    found = {id(article): article for article in nearest.values() if article}
    return [article for key, article in found.items() if key not in outer]


def _from_div(div: Tag, where: str) -> Found:
    said = _fields_by_code(div) or _fields_by_order(div)
    paragraphs = [text for p in div.find_all("p", class_=_PARAGRAPH) if (text := text_of(p))]
    found = [m for p in div.find_all("p") if (m := ID.match(text_of(p)))]
    name = said.pop("AN", "") or (found[0][1] if found else "")
    body = "\n\n".join(p for p in paragraphs if not ID.match(p))
    known: dict[str, Any] = {FIELDS[code]: value for code, value in said.items() if code in FIELDS}
    return Found(where, body, name.removeprefix("Document "), **known)


def _fields_by_code(div: Tag) -> dict[str, str]:
    """Return the fields by code, in the layout with codes."""
    said: dict[str, str] = {}
    for row in div.find_all("tr"):
        cells = row.find_all("td", recursive=False)
        code = text_of(cells[0]) if len(cells) == 2 else ""
        if _CODE.match(code):
            said.setdefault(code, text_of(cells[1]))
    return said


def _fields_by_order(div: Tag) -> dict[str, str]:
    """Return the fields by code, in the layout without codes: from their order and form."""
    headline = div.find(class_=re.compile(r"^[a-z]{2}Headline$")) or div.find(id="hd")
    lines = [text_of(inner) for inner in div.find_all("div") if not inner.find("div")]
    said = {"HD": text_of(headline)} if headline else {}
    at = next((n for n, line in enumerate(lines) if is_date_line(line)), None)
    if at is None:
        return said
    said["PD"] = lines[at]
    after = [line for line in lines[at + 1 :] if not re.match(r"^\d{1,2}:\d{2}\b", line)]
    said["SN"] = after[0] if after else ""
    author = div.find(class_="author")
    return said | ({"BY": text_of(author)} if author else {})


def text_of(element: Tag | None) -> str:
    """Return the text of an element on one line; a line break is a space."""
    if element is None:
        return ""
    return " ".join(element.get_text(" " if element.find("br") else "").split())
