"""Plain text: one article per file, with metadata from its path and a header block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.blocks.titles import looks_like_headline
from framing.corpus.readers import METADATA, Column, Found, factiva_text, lexisnexis
from framing.corpus.readers.cells import without_markup
from framing.corpus.readers.file_names import article_name, from_path, title_of
from framing.corpus.readers.files import File
from framing.corpus.readers.markdown import front_matter, without_marks
from framing.corpus.readers.rows import host_of

_START = 60_000  # characters; in fewer, an export is recognised before it comes here
_MARKDOWN = (".md", ".markdown")
_NAMES = (".txt", ".text", *_MARKDOWN)
_NOTE = re.compile(r"(readme|licen[cs]e)\b")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z _-]{1,24}):[ \t]*(.*)$")
_FRAGMENT = re.compile(r"\s*<(?:h[1-6]|p|div|section|article|blockquote|ul|ol|span)\b", re.I)
_FIELDS = {name: name for name in METADATA} | {
    "source": "outlet", "publication": "outlet", "author": "byline", "headline": "title",
    "published": "date", "section": "topic", "id": "article", "article": "article",
}  # fmt: skip


def recognises(file: File) -> bool:
    """Whether the name is that of a plain text file."""
    return file.name.endswith(_NAMES)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the article of a file."""
    if not file.alone and _NOTE.match(file.name):
        yield Found(
            file.source, outcome="skipped", reason="a note about the folder, not an article"
        )
        return
    text, encoding = file.text()
    lines = [line.strip() for line in text.splitlines()] if len(text) > _START else []
    if factiva_text.is_export(lines):  # whose first document is long
        yield from factiva_text.articles(lines, file.source, encoding)
    elif lines and lexisnexis.is_export(text):
        yield from lexisnexis.articles(text, encoding, file.source)
    else:
        yield text_article(file, text, encoding)


def text_article(file: File, text: str, encoding: str) -> Found:
    """Return the article of a file, with metadata from its header block and its path."""
    header, body = front_matter(text)
    if not header:
        header, body = split_header(text)
    if file.name.endswith(_MARKDOWN):
        body = without_marks(body)
    elif _FRAGMENT.match(body) and body.count("</") > 1:
        body = without_markup(body)
    if host := host_of(header.get("outlet", "")):
        header = {"url": header["outlet"]} | header | {"outlet": host}
    path = from_path(file)
    if "title" not in header and (title := title_of(file)) and not _has_headline(body):
        path["title"] = title
    said: dict[str, Any] = {**path, **header}
    if not body.strip():
        return Found(file.source, outcome="skipped", reason="no text", encoding=encoding)
    name = said.pop("article", article_name(file))
    guessed = "outlet" in path and "outlet" not in header
    mapped = (Column("(path)", "outlet", "names of files or folders"),) if guessed else ()
    return Found(file.source, body, name, encoding=encoding, mapped=mapped, **said)


def _has_headline(text: str) -> bool:
    first, following = [*filter(str.strip, text.split("\n")), "", ""][:2]
    return looks_like_headline(first.strip(), following=following.strip())


def split_header(text: str) -> tuple[dict[str, str], str]:
    r"""Split a block of ``Name: value`` lines off the top, if every line of it is one.

    Examples
    --------
    >>> split_header("Outlet: The Herald\nEvent: e1\n\nTalks fail")
    ({'outlet': 'The Herald', 'event': 'e1'}, 'Talks fail')
    """
    first, gap, rest = re.sub(r"\r\n?", "\n", text).lstrip("\ufeff\n").partition("\n\n")
    found = [_HEADER.match(line) for line in first.split("\n")]
    if not gap or not all(found):
        return {}, text
    pairs = [(m.group(1).strip().lower(), m.group(2).strip()) for m in found if m]
    said = {_FIELDS[name]: value for name, value in pairs if name in _FIELDS and value}
    return (said, rest) if any(name in _FIELDS for name, _ in pairs) else ({}, text)
