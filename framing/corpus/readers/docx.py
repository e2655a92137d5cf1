"""DOCX: an export of Nexis Uni, or one article in a document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.parsers import expat

from framing.corpus.readers import Found, nexis
from framing.corpus.readers.files import EXPORT_BYTES, RATIO, File, TooLargeError
from framing.corpus.readers.text import text_article

_PART = "word/document.xml"
_BETWEEN = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n"}


def recognises(file: File) -> bool:
    """Whether the file is a zip archive with a text document in it."""
    if not file.head.startswith(b"PK\x03\x04"):
        return False
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        return _PART in archive.namelist()


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of an export, or the one of a document."""
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        info = archive.getinfo(_PART)
        if info.file_size > min(EXPORT_BYTES, 20_000_000 + RATIO * info.compress_size):
            raise TooLargeError(f"{info.file_size:,} bytes of XML in it: not read")
        with archive.open(info) as part:
            lines = paragraphs(part)
    if nexis.is_export(lines):
        yield from nexis.articles(lines, file.source)
    else:
        yield text_article(file, "\n\n".join(lines), "docx")


def paragraphs(part: IO[bytes]) -> list[str]:
    """Return the texts of the paragraphs of a WordprocessingML part.

    Raises
    ------
    ValueError
        If the XML declares a document type, which no word processor writes but an entity bomb
        needs.
    """
    found: list[list[str]] = [[]]
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = name == "w:t"
        found[-1].append(_BETWEEN.get(name, ""))

    def end(name: str) -> None:
        nonlocal inside
        inside = False
        if name == "w:p":
            found.append([])

    def text(data: str) -> None:
        if inside:
            found[-1].append(data)

    def refuse(*declared: object) -> None:
        raise ValueError("the XML declares a document type: not read")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    parser.ParseFile(part)
    lines = ("".join(parts).replace("\xa0", " ").strip() for parts in found)
    return [line for line in lines if line]
