"""DOCX: an export of Nexis Uni, or a document of one article or of several."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO
from xml.parsers import expat

from framing.corpus.readers import Found, nexis, skipped
from framing.corpus.readers.compressed import GRACE, TooLargeError, allowed
from framing.corpus.readers.exports import articles_in
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.heads import joined
from framing.corpus.readers.in_documents import LEVELS, Line, rows_in, with_gaps
from framing.corpus.readers.rows import articles
from framing.corpus.readers.text import of_document
from framing.text.numbers import many

_PART, _STYLES = "word/document.xml", "word/styles.xml"
# Word gives every style an English name, whatever its id in the language of the user.
_STYLE = re.compile(
    r'<w:style\b[^<>]{0,200}\bw:styleId="([^"<>]{1,100})"[^<>]{0,200}>\s*'
    r'<w:name w:val="(heading 1|title)"',
    re.IGNORECASE,
)
_DEFAULT = {"Heading1": "heading 1", "Title": "title"}
_AT_ONCE = 65_536  # bytes
_REFERENCE = re.compile(rb"&#(?:(\d{1,9})|x([0-9a-fA-F]{1,9}));")
_LONGEST = 13  # bytes of a reference
_CHARACTER = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # of XML
_NO_CHARACTER = "\ufdd0"  # stands for a reference to what XML does not allow; no text has it
_NO_XML = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])  # allowed in no XML
_PARTS_OF_TABLES = ("w:tr", "w:tc")
_WRITTEN = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_FORMER = ("w:del", "w:moveFrom", "w:rPrChange")  # what tracked changes took away
_OFF = ("0", "false", "off")


def recognises(file: File) -> bool:
    """Whether the file is a zip archive with a text document in it."""
    if not file.head.startswith(b"PK\x03\x04"):
        return False
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        return _PART in archive.namelist()


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of an export, or those of a document."""
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        info = archive.getinfo(_PART)
        if info.file_size > min(EXPORT_BYTES, allowed(info.compress_size)):
            raise TooLargeError(f"{info.file_size:,} bytes of XML in it: not read")
        with archive.open(info) as part:
            lines, left = paragraphs(part, file.damage, _styles(archive))
    rows = rows_in(lines, file.source, file.damage)
    found = articles(rows, columns) if rows else from_lines(file, with_gaps(lines), "docx", lines)
    yield from (f.noted(left) for f in found)


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return which styles are those of titles and of headings of the first level, by their ids."""
    try:
        with archive.open(_STYLES) as part:
            source = part.read(GRACE).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):  # the text may be whole
        return _DEFAULT
    return _DEFAULT | {style: name.lower() for style, name in _STYLE.findall(source)}


def from_lines(
    file: File, lines: Sequence[str], encoding: str, styled: Sequence[Line] = ()
) -> Iterator[Found]:
    """Return the articles of a document of a word processor, from its lines.

    ``styled`` are its lines with their styles, where they are known.
    """
    if nexis.is_list(lines):
        reason = "the list of the documents of an export, not an article"
        return iter([skipped(file.source, reason, encoding)])
    found = articles_in(lines, "\n\n".join(filter(None, lines)), file.source, encoding)
    return found or of_document(file, joined(lines), encoding, styled)


def paragraphs(
    part: IO[bytes], damage: list[str], styles: Mapping[str, str]
) -> tuple[list[Line], str]:
    """Return the paragraphs of a WordprocessingML part that are not empty, and what is not read.

    Where it breaks off, those before are returned, and the reason is put into ``damage``; in a row
    of a table, an empty one says in which.

    Raises
    ------
    ValueError
        If the XML declares a document type, which no word processor writes but an entity bomb
        needs.
    """
    seen = _Paragraphs(styles)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = seen.text, seen.refuse
    rest = b""
    try:
        while data := part.read(_AT_ONCE):
            data = rest + data.translate(None, _NO_XML)
            begun = data.rfind(b"&", -_LONGEST)  # a reference may end in the next bytes
            data, rest = (data, b"") if begun < 0 else (data[:begun], data[begun:])
            parser.Parse(_REFERENCE.sub(_allowed, data))
        parser.Parse(_REFERENCE.sub(_allowed, rest), True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        if len(seen.found) == 1:
            raise
        damage[:] = [f"the document is damaged and was read up to the damage: {error}"]
        seen.end("w:p")
    texts = ["".join(parts).replace("\xa0", " ").strip() for parts in seen.found]
    left = f"embedded and not read: {many(seen.embedded, 'file')}" if seen.embedded else ""
    lines = list(_lines(zip(texts, seen.marks, strict=True)))
    return lines + ([Line("", cell=seen.place())] if seen.place() else []), left


def _allowed(reference: re.Match[bytes]) -> bytes:
    """Return a reference to a character, or what stands for it if XML does not allow it."""
    number = int(reference[1] or b"0") or int(reference[2] or b"0", 16)
    known = number < 0x110000 and _CHARACTER.match(chr(number))
    return reference[0] if known else _NO_CHARACTER.encode()


class _Paragraphs:
    """The texts of paragraphs in pieces, each with its marks.

    These are the space above, the style, whether a page begins, and the cell of a table.
    """

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.found: list[list[str]] = [[]]
        self.marks: list[dict[str, str]] = [{}]
        self.embedded = 0  # whole files, such as pages, that stand for a part of the text
        self._styles = styles
        self._inside, self._hidden, self._former = False, False, 0
        self._tables = 0  # that have begun
        self._places: list[list[int]] = []  # numbers of table, row and cell, in tables in cells

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value, marks = attributes.get("w:val", ""), self.marks[-1]
        if name == "w:spacing":
            marks["space"] = attributes.get("w:before", marks.get("space", ""))
        elif name == "w:pStyle":
            marks["style"] = self._styles.get(value, "")
        elif name == "w:pageBreakBefore" and value not in _OFF:
            marks["page"] = "before"
        elif name == "w:br" and attributes.get("w:type") == "page":
            marks["page"] = "after" if "".join(self.found[-1]).strip() else "before"
        elif name in ("w:r", "w:vanish") and not self._former:
            self._hidden = name == "w:vanish" and value not in _OFF
        elif name == "w:tbl":
            self._tables += 1
            self._places.append([self._tables, 0, 0])
        elif name in _PARTS_OF_TABLES and self._places:
            table, row, cell = self._places[-1]
            self._places[-1] = [table, row + 1, 0] if name == "w:tr" else [table, row, cell + 1]
        self.embedded += name == "w:altChunk"
        self._former += name in _FORMER
        shown = not (self._former or self._hidden)
        self._inside = name == "w:t" and shown
        self.found[-1].append(_WRITTEN.get(name, "") if shown else "")

    def end(self, name: str) -> None:
        self._inside = False
        self._former -= name in _FORMER
        if name == "w:tbl":
            self._places.pop()
        elif name == "w:tr" and self._places:
            self._places[-1][2] = 0
        elif name == "w:p":
            self.marks[-1]["cell"] = self.place()
            self.found.append([])
            self.marks.append({})

    def place(self) -> str:
        """Return in which cell of which row and table it is, as `Line` has it."""
        inside = [place for place in self._places[:LEVELS] if place[2]]
        return "/".join(" ".join(map(str, place)) for place in inside)

    def text(self, data: str) -> None:
        if self._inside:
            self.found[-1].append(data.replace(_NO_CHARACTER, "\1"))

    def refuse(self, *declared: object) -> None:
        raise ValueError("the XML declares a document type: not read")


def _lines(both: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[Line]:
    """Yield the lines that are not empty; the next one begins the page that an empty one does."""
    page = False
    for text, marks in both:
        broken = marks.get("page", "")
        page = page or broken == "before"
        if text:
            space = marks.get("space", "")
            above = int(space) if space.isdecimal() else 0
            yield Line(text, above, marks.get("style", ""), page, marks.get("cell", ""))
            page = broken == "after"
