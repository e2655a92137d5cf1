"""Exports of press archives that are text, whatever file holds it: told and split by their lines.

A page of such an export (HTML) has elements that say nothing; it is read line by line, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from framing.corpus.readers import Found, factiva_text, lexisnexis, nexis, none_lost, proquest
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.markup import without_markup

_TABLES = (".csv", ".tsv", ".tab")  # their cells may hold the texts of an export
# Each export has one of these in it, which is quickly seen.
_TELLING = ("ocument", "okument", "OCUMENT", "OKUMENT", "ProQuest")
# What stands once in each article, in a plain count.
MARK = re.compile(r"\d of \d+ DOCUMENTS?\b|\bEnd of Document\b|\bDocument [A-Z0-9]\w{15,}")
_TAG = re.compile(r"<[^<>]*>")


def recognises(file: File) -> bool:
    """Return whether the first bytes are those of an export, with or without markup."""
    start = file.start
    other = start.startswith("{") or file.name.endswith(_TABLES)
    if other or not _may_be_export(start):
        return False
    start = _TAG.sub("\n", start) if start.startswith("<") else start
    return articles_in(_lines(start), start, "", "") is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each item; in a page every element that begins a line is a paragraph."""
    text, encoding = file.text(EXPORT_BYTES)
    if file.start.startswith("<"):
        plain = without_markup(text)
        found = articles_in(plain.split("\n\n"), plain, file.source, encoding)
        # Where a title has markup in it, the lines of the page are those of the export.
        found = found or articles_in(_lines(text), plain, file.source, encoding)
        yield from none_lost(found or (), len(MARK.findall(text)), file.source)
    else:
        yield from articles_in(_lines(text), text, file.source, encoding) or ()


def _may_be_export(text: str) -> bool:
    return any(part in text for part in _TELLING)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def articles_in(
    lines: Sequence[str], text: str, source: str, encoding: str
) -> Iterator[Found] | None:
    """Return the articles of an export; None if these lines, and this text, are of none."""
    if not _may_be_export(text):
        return None
    text = re.sub(r"\r\n?", "\n", text)
    if nexis.is_export(lines):
        return nexis.articles(lines, source, encoding)
    if lexisnexis.is_export(text):
        return lexisnexis.articles(text, source, encoding)
    if factiva_text.is_export(lines):
        return factiva_text.articles(lines, source, encoding)
    return proquest.articles(text, source, encoding) if proquest.is_export(text) else None
