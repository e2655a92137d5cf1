"""DOCX: an export of Nexis Uni, or one article in a document."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO
from xml.parsers import expat

from framing.corpus.readers import Found, factiva_text, nexis, proquest
from framing.corpus.readers.compressed import RATIO, TooLargeError
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.heads import joined
from framing.corpus.readers.text import text_article

_PART = "word/document.xml"
_AT_ONCE = 65_536  # bytes
_NO_XML = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])  # allowed in no XML
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
            lines = paragraphs(part, file.damage)
    yield from from_lines(file, lines, "docx")


def from_lines(file: File, lines: Sequence[str], encoding: str) -> Iterator[Found]:
    """Yield the articles of a document of a word processor, from its lines."""
    if nexis.is_export(lines):
        yield from nexis.articles(lines, file.source)
    elif nexis.is_list(lines):
        reason = "the list of the documents of an export, not an article"
        yield Found(file.source, outcome="skipped", reason=reason)
    elif factiva_text.is_export(lines):
        yield from factiva_text.articles(lines, file.source, encoding)
    elif proquest.is_export(text := "\n\n".join(filter(None, lines))):
        yield from proquest.articles(text, file.source, encoding)
    else:
        yield text_article(file, joined(lines), encoding)


def paragraphs(part: IO[bytes], damage: list[str]) -> list[str]:
    """Return the paragraphs of a WordprocessingML part, an empty one before more space than usual.

    Where it breaks off, those before are returned, and the reason is put into ``damage``.

    Raises
    ------
    ValueError
        If the XML declares a document type, which no word processor writes but an entity bomb
        needs.
    """
    found: list[list[str]] = [[]]
    spaces = [""]
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "w:spacing":
            spaces[-1] = attributes.get("w:before", spaces[-1])
        inside = name == "w:t"
        found[-1].append(_BETWEEN.get(name, ""))

    def end(name: str) -> None:
        nonlocal inside
        inside = False
        if name == "w:p":
            found.append([])
            spaces.append("")

    def text(data: str) -> None:
        if inside:
            found[-1].append(data)

    def refuse(*declared: object) -> None:
        raise ValueError("the XML declares a document type: not read")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    try:
        while data := part.read(_AT_ONCE):
            parser.Parse(data.translate(None, _NO_XML))
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        if len(found) == 1:
            raise
        damage[:] = [f"the document is damaged and was read up to the damage: {error}"]
    lines = ["".join(parts).replace("\xa0", " ").strip() for parts in found]
    return _with_gaps([(line, space) for line, space in zip(lines, spaces, strict=True) if line])


def _with_gaps(lines: Sequence[tuple[str, str]]) -> list[str]:
    """Put an empty line above lines with more space before them than is usual.

    Some exports make a paragraph of every wrapped line; the space shows where a new one begins.
    """
    before = [int(space) if space.isdecimal() else 0 for _, space in lines]
    usual = max(set(before), key=lambda n: (before.count(n), n), default=0)
    both = zip((line for line, _ in lines), before, strict=True)
    return [part for line, n in both for part in ([line] if n <= usual else ["", line])]
