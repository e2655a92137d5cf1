"""Factiva, the HTML export: one ``div`` per article, fields in rows with two-letter codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from framing.corpus.dates import is_date
from framing.corpus.readers import Found
from framing.corpus.readers.files import EXPORT_BYTES, File

if TYPE_CHECKING:
    from bs4 import Tag

_PARAGRAPH = "articleParagraph"
_CODE = re.compile(r"^[A-Z]{2,3}$")
_ID = re.compile(r"^Document\s+(\w{10,})$")
_FIELDS = {
    "HD": "title", "SN": "outlet", "PD": "date", "BY": "byline", "SE": "topic", "LA": "language",
}  # fmt: skip


def recognises(file: File) -> bool:
    """Whether the title or the markup of the page is Factiva's."""
    telling = r"<title>\s*Factiva|class=[\"']article \w{2}Article|articleParagraph"
    return file.start.startswith("<") and re.search(telling, file.start) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each ``div``; lead paragraph (LP) and text (TD) are the body."""
    from bs4 import BeautifulSoup

    html, encoding = file.text(EXPORT_BYTES)
    page = BeautifulSoup(html, "html.parser")
    marked = [d for d in page.find_all("div", class_="article") if d.find(class_=_PARAGRAPH)]
    for number, div in enumerate(marked, start=1):
        where = f"{file.source}, document {number}"
        said = _fields_by_code(div) or _fields_by_order(div)
        paragraphs = [_text_of(p) for p in div.find_all("p", class_=_PARAGRAPH)]
        found = [m for p in paragraphs if (m := _ID.match(p))]
        name = said.pop("AN", "") or (found[0][1] if found else "")
        body = "\n\n".join(p for p in paragraphs if not _ID.match(p))
        known: dict[str, Any] = {
            _FIELDS[code]: value for code, value in said.items() if code in _FIELDS
        }
        yield Found(
            where, body, name.removeprefix("Document "), encoding=encoding,
            status="" if body else "missing", **known,
        )  # fmt: skip


def _fields_by_code(div: Tag) -> dict[str, str]:
    """Return the fields by code, in the layout with codes."""
    said: dict[str, str] = {}
    for row in div.find_all("tr"):
        cells = row.find_all("td", recursive=False)
        code = _text_of(cells[0]) if len(cells) == 2 else ""
        if _CODE.match(code):
            said.setdefault(code, _text_of(cells[1]))
    return said


def _fields_by_order(div: Tag) -> dict[str, str]:
    """Return the fields by code, in the layout without codes: from their order and form."""
    headline = div.find(class_=re.compile(r"^[a-z]{2}Headline$")) or div.find(id="hd")
    lines = [_text_of(inner) for inner in div.find_all("div") if not inner.find("div")]
    said = {"HD": _text_of(headline)} if headline else {}
    at = next((n for n, line in enumerate(lines) if is_date(line)), None)
    if at is None:
        return said
    said["PD"] = lines[at]
    after = [line for line in lines[at + 1 :] if not re.match(r"^\d{1,2}:\d{2}\b", line)]
    said["SN"] = after[0] if after else ""
    author = div.find(class_="author")
    return said | ({"BY": _text_of(author)} if author else {})


def _text_of(element: Tag) -> str:
    return " ".join(element.get_text(" " if element.find("br") else "").split())
