"""RTF: an export of Nexis Uni, or a document of one article or of several on their own pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from striprtf.striprtf import rtf_to_text

from framing.corpus.readers import Found, failed, none_lost
from framing.corpus.readers.docx import from_lines
from framing.corpus.readers.exports import MARK
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.in_documents import Line

_BRACE = re.compile(r"\\[\\{}]|[{}]")
# A row of a table that has the name of a field and its value, as striprtf writes it.
_ROW = re.compile(r"^([A-Z]{2,3})\|(.*?)\|$", re.MULTILINE | re.DOTALL)
_PAGE = re.compile(r"\\page(?:bb)?(?![a-z\d-])")
_UNICODE = re.compile(r"\\u(-?\d+)")
_to_text: Callable[..., str] = rtf_to_text


def recognises(file: File) -> bool:
    """Whether the file begins as RTF does."""
    return file.head.startswith(b"{\\rtf")


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of an export, or the one of a document."""
    marked = file.read(EXPORT_BYTES).decode("latin-1")
    sound = _UNICODE.sub(_in_range, _PAGE.sub(r"\\'0c", marked))
    text = _to_text(sound, errors="replace")
    text = _ROW.sub(r"\1 \2", text).replace("\xa0", " ").replace("\f", "\n\f")
    lines = [line.strip() for line in text.split("\n")]
    found = from_lines(file, lines, "rtf", list(_on_pages(text)))
    if rest := _after_its_end(marked):
        yield from found
        reason = f"the RTF ends early, by a closing brace too many: {len(rest):,} characters follow"
        yield failed(f"{file.source}, the rest", reason)
    else:
        yield from none_lost(found, len(MARK.findall(marked)), file.source)


def _in_range(code: re.Match[str]) -> str:
    """Return the code of a character, or that of the replacement character if there is none."""
    known = len(code[1]) < 9 and -0x10000 <= int(code[1]) <= 0x10FFFF
    return code[0] if known else r"\u65533"


def _on_pages(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty, each with whether a page begins with it."""
    page = False
    for line in text.split("\n"):
        page = page or line.startswith("\f")
        if bare := line.strip():
            yield Line(bare, page=page)
            page = False


def _after_its_end(marked: str) -> str:
    """Return what stands behind the brace that closes the first one; nothing, in a whole file."""
    depth = 0
    for brace in _BRACE.finditer(marked):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace[0] == "}":
            return marked[brace.end() :].strip(" \t\r\n\0")
    return ""
