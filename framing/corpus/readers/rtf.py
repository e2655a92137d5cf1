"""RTF: an export of Nexis Uni, or a document of one article or of several on their own pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from striprtf.striprtf import rtf_to_text, sectionchars, specialchars

from framing.corpus.readers import Found, failed, none_lost
from framing.corpus.readers.docx import from_lines
from framing.corpus.readers.exports import MARK
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.in_documents import Line, rows_in
from framing.corpus.readers.rows import articles

# A control word with its number, a code, a symbol, a brace, or text.
_TOKEN = re.compile(r"\\([a-z]+)(-?\d{1,10})? ?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+|\\", re.DOTALL)
_HIDING = ("v", "deleted")
_WRITTEN = {"u", *specialchars} - {*sectionchars, "row", "cell", "nestcell"}
# Where a row of a table, a cell and a row end, or begin; striprtf writes bars and line breaks.
_TABLE = re.compile(r"\\(trowd|cell|row)(?![a-z])")
_MARKS = {"trowd": r"\'1d", "cell": r"\'1f", "row": r"\'1e"}
_PLAIN = {ord("\x1d"): None, ord("\x1f"): "|", ord("\x1e"): "\n"}
# A row of a table that has the name of a field and its value.
_ROW = re.compile(r"^([A-Z]{2,3})\|(.*?)\|$", re.MULTILINE | re.DOTALL)
_PAGE = re.compile(r"\\page(?:bb)?(?![a-z\d-])")
_UNICODE = re.compile(r"\\u(-?\d+)")
# In the table of fonts, striprtf gives one without a character set that of the next one.
_FONTS = re.compile(r"\{\\fonttbl(?:[^{}]|\{[^{}]*\})*\}")
_WITHOUT_SET = re.compile(r"\\f\d{1,5}(?:[^{};\\]|\\(?!f\d|fcharset))*;")
_to_text: Callable[..., str] = rtf_to_text


def recognises(file: File) -> bool:
    """Whether the file begins as RTF does."""
    return file.head.startswith(b"{\\rtf")


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of an export, or the one of a document."""
    marked, rest = _shown(file.read(EXPORT_BYTES).decode("latin-1"))
    if rest is None:
        file.damage[:] = file.damage or ["the RTF ends without its last closing brace"]
    sound = _UNICODE.sub(_in_range, _PAGE.sub(r"\\'0c", marked))
    sound = _FONTS.sub(lambda fonts: _WITHOUT_SET.sub("", fonts[0]), sound, count=1)
    sound = _TABLE.sub(lambda mark: _MARKS[mark[1]], sound)
    text = _to_text(sound, errors="replace")
    rows = rows_in(list(_in_cells(text)), file.source, file.damage) if "\x1e" in text else []
    text = text.translate(_PLAIN)
    text = _ROW.sub(r"\1 \2", text).replace("\xa0", " ").replace("\f", "\n\f")
    lines = [line.strip() for line in text.split("\n")]
    on_pages = list(_on_pages(text))
    found = articles(rows, columns) if rows else from_lines(file, lines, "rtf", on_pages)
    if rest:
        yield from found
        reason = f"the RTF ends early, by a closing brace too many: {len(rest):,} characters follow"
        yield failed(f"{file.source}, the rest", reason)
    else:
        yield from none_lost(found, len(MARK.findall(marked)), file.source)


def _in_range(code: re.Match[str]) -> str:
    """Return the code of a character, or that of the replacement character if there is none."""
    known = -0x10000 <= float(code[1]) <= 0x10FFFF
    return code[0] if known else r"\u65533"


def _on_pages(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty, each with whether a page begins with it."""
    page = False
    for line in text.split("\n"):
        page = page or line.startswith("\f")
        if bare := line.strip():
            yield Line(bare, page=page)
            page = False


def _in_cells(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty; those in tables with numbers of table, row and cell."""
    table, row = 1, 0
    for part in text.split("\x1e"):
        above, _, cells = part.partition("\x1d")
        table, row = (table + 1, 1) if above.strip() else (table, row + 1)
        cells_of = {
            f"{table} {row} {n}": cell for n, cell in enumerate(cells.split("\x1f"), start=1)
        }
        for cell, lines in ({"": above} | cells_of).items():
            bare = (line.strip(" \t\f\xa0\x1d") for line in lines.split("\n"))
            yield from (Line(line, cell=cell) for line in bare if line)


def _shown(marked: str) -> tuple[str, str | None]:
    """Return what is no binary data and not hidden or deleted, and what follows the last brace.

    The last one is that which closes the first one: in a whole file, nothing follows. It is missing
    (None) where a file is cut off.
    """
    shown: list[str] = []
    hidden: frozenset[str] = frozenset()
    above, at = [], 0
    while token := _TOKEN.match(marked, at):
        (whole, word, number), at = token.group(0, 1, 2), token.end()
        if whole == "{":
            above.append(hidden)
        elif whole == "}":
            hidden = above.pop()
        elif word in _HIDING:
            hidden = hidden - {word} if number == "0" else hidden | {word}
        elif word == "plain":
            hidden = frozenset()
        elif word == "bin" and marked.startswith("}", at + abs(int(number or 0))):
            at += abs(int(number or 0))
            continue
        is_mark = whole in ("{", "}", "\\*") or (word and word not in _WRITTEN)
        if is_mark or not hidden:
            shown.append(whole)
        if not above:
            break
    return "".join(shown), None if above else marked[at:].strip(" \t\r\n\0")
