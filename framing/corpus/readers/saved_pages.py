"""Exports of LexisNexis, Nexis Uni and Factiva as HTML whose elements say nothing: line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from framing.corpus.readers import Found, factiva_text, lexisnexis, nexis, none_lost
from framing.corpus.readers.cells import without_markup
from framing.corpus.readers.docx import from_lines
from framing.corpus.readers.files import EXPORT_BYTES, File

_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"\d of \d+ DOCUMENTS?\b|\bEnd of Document\b|\bDocument [A-Z0-9]\w{15,}")


def recognises(file: File) -> bool:
    """Return whether the lines of a page are those of an export."""
    if not file.start.startswith("<") or not _MARK.search(file.start):
        return False
    lines = [line.strip() for line in _TAG.sub("\n", file.start).splitlines()]
    return lexisnexis.is_export("\n".join(lines)) or _is_export(lines)


def _is_export(lines: Sequence[str]) -> bool:
    return nexis.is_export(lines) or factiva_text.is_export(lines)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each item; every element that begins a line is a paragraph."""
    page, encoding = file.text(EXPORT_BYTES)
    text = without_markup(page)
    if lexisnexis.is_export(text):
        found = lexisnexis.articles(text, encoding, file.source)
    else:
        paragraphs, lines = text.split("\n\n"), [line.strip() for line in page.splitlines()]
        plain = _is_export(lines) and not _is_export(paragraphs)  # with markup in a title
        found = from_lines(file, lines if plain else paragraphs, encoding)
    yield from none_lost(found, len(_MARK.findall(page)), file.source)
