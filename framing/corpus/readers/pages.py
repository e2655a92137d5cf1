"""HTML pages: one article per page, extracted by trafilatura (extra ``html``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.dates import YEARS
from framing.corpus.readers import Found
from framing.corpus.readers.file_names import article_name, from_path
from framing.corpus.readers.files import File
from framing.text.encoding import decode

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|meta|title)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_BLOCKS = {"p", "head", "item", "list", "quote", "table", "row", "lb", "code", "div"}


# The same whatever the day on which it is read.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "max_date": f"{YEARS.stop - 1}-12-31",
}


def recognises(file: File) -> bool:
    """Whether the file begins like a page or has the name of one."""
    begins = file.start.startswith("<") and _PAGE.search(file.start[:4000]) is not None
    return begins or file.name.endswith((".html", ".htm", ".xhtml"))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the article of a page."""
    yield page_article(file.read(), file.source, article_name(file), **from_path(file))


def page_article(
    raw: bytes, source: str, name: str = "", *, url: str = "", declared: str = "", **known: str
) -> Found:
    """Return the article of a page; metadata in the page take precedence over ``known``."""
    charset = _CHARSET.search(raw[:4096])
    html, encoding = decode(raw, declared=charset[1].decode() if charset else declared)
    try:
        page = _extracted(html, url)
    except ImportError:
        reason = "HTML pages need trafilatura: pip install 'news-framing[html]'"
        return Found(source, outcome="failed", reason=reason, encoding=encoding)
    if page is None:
        reason = "trafilatura finds no article on this page"
        return Found(source, outcome="failed", reason=reason, encoding=encoding)
    blocks = _marked_blocks(page.body)
    title = blocks.pop(0)[2:] if blocks and blocks[0].startswith("# ") else page.title or ""
    said = {
        "outlet": page.sitename or page.hostname, "date": page.date, "byline": page.author,
        "url": page.url or url, "language": page.language,
    }  # fmt: skip
    return Found(
        source, "\n\n".join(blocks), name, title=title, encoding=encoding, layout="page",
        **(known | {key: value for key, value in said.items() if value}),
    )  # fmt: skip


def _extracted(html: str, url: str) -> Any:
    """Run trafilatura; dates are taken where the page declares one, and never guessed."""
    from trafilatura import bare_extraction

    return bare_extraction(
        html, url=url or None, include_comments=False, include_tables=True, with_metadata=True,
        date_extraction_params=_DATES,
    )  # fmt: skip


def _marked_blocks(body: Any) -> list[str]:
    """Return paragraphs, list items, quotations and headings in the order of the page.

    Headings get the mark ``## `` and list items ``• ``: without it both look like titles of other
    stories, although trafilatura has removed lists of links. A row of a table is a block.
    """
    from lxml import etree

    blocks: list[list[str]] = [[]]
    for step, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            first = step == "start" and element.get("rend") == "h1" and len(blocks) == 2
            marks = {"head": "# " if first else "## ", "item": "• "}
            blocks.append([marks[element.tag]] if element.tag in marks and step == "start" else [])
        if element.tag == "cell" and step == "start" and any(blocks[-1]):
            blocks[-1].append(" | ")
        blocks[-1].append((element.text if step == "start" else element.tail) or "")
    texts = (" ".join("".join(parts).split()) for parts in blocks)
    return [text for text in texts if text.strip("#•| ")]
