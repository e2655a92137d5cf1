"""The parts of a workbook of Excel, mended where a library would not read them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from itertools import count

from framing.corpus.readers.compressed import GRACE, TooLargeError
from framing.corpus.readers.files import EXPORT_BYTES
from framing.corpus.readers.sheet_sizes import SHEET, check_cells, without_copies

_RATIO = 50  # the cells of a workbook shrink to a tenth
_RELS, _SHEET_RELS = "_rels/.rels", "xl/_rels/workbook.xml.rels"
_CONTENT = "content.xml"  # of an open document
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# A cell with its value, and maybe the formula of it.
_VALUE = re.compile(
    rb"<c\b([^<>]{0,200})>(?:<f\b[^<>]{0,9999}>(?:[^<]{0,9999}</f>)?)?<v>([^<]{0,99})"
)
_KIND, _PLACE = re.compile(rb'\bt="([^"]*)"'), re.compile(rb'\br="(?![A-Z]{1,3}\d{1,7}")[^"]*"')
_END = re.compile(rb"</(?:\w{1,20}:)?\w{0,20}sheet\s{0,9}>")
_ROW_ENDS = re.compile(rb"</(\w{1,20}:)?row>")
# What the value of a cell of each kind may be; a text has a number in a list of texts.
_KINDS = {
    kind: re.compile(value)
    for kind, value in {
        b"n": rb"[-+]?[\d.]+(?:[eE][-+]?\d+)?|", b"b": rb"[01]|true|false", b"s": rb"\d+",
        b"str": rb".*", b"inlineStr": rb".*", b"d": rb".*", b"e": rb".*",
    }.items()
}  # fmt: skip


def completed(data: bytes) -> tuple[bytes, str]:
    """Return a workbook that is not too large, and what is left out of it.

    Parts that say where sheets are may be missing.
    """
    if not data.startswith(b"PK"):
        return data, ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
        most = min(EXPORT_BYTES, max(GRACE, _RATIO * len(data)))
        if size > most:
            raise TooLargeError(
                f"{size:,} bytes uncompressed, {most:,} are allowed: not read; save it as CSV"
            )
        names = set(archive.namelist())
        if _CONTENT in names and (copies := without_copies(archive.read(_CONTENT)))[1]:
            others = {name: archive.read(name) for name in names - {_CONTENT}}
            left = f"{copies[1]:,} copies of rows of text: the rows are read once, delete copies"
            return completed(_zipped({**others, _CONTENT: copies[0]}))[0], left
        check_cells(archive)
        if "xl/workbook.xml" not in names or {_RELS, _SHEET_RELS} <= names:
            return data, ""
        parts = {name: archive.read(name) for name in names}
    sheets = sorted(name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    ids = count(1)
    mark = f' xmlns:r="{_OFFICE}" r:id="rId%d"'.encode()
    parts["xl/workbook.xml"] = re.sub(
        rb"<sheet (?![^>]*\bid=)", lambda _: b"<sheet" + mark % next(ids) + b" ",
        parts["xl/workbook.xml"],
    )  # fmt: skip
    parts[_RELS] = _relations("officeDocument", ["xl/workbook.xml"])
    parts[_SHEET_RELS] = _relations("worksheet", [name.removeprefix("xl/") for name in sheets])
    return _zipped(parts), ""


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name, part in parts.items():
            whole.writestr(name, part)
    return out.getvalue()


def _relations(kind: str, names: Iterable[str]) -> bytes:
    lines = (
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
        for n, name in enumerate(names, start=1)
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f"{head}{''.join(lines)}</Relationships>".encode()


def without_damage(data: bytes) -> bytes:
    """Return a workbook of Excel with errors for the cells whose kind or value is none.

    A sheet that is cut off ends behind its last whole row.
    """
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = len(re.findall(rb"<si\b", parts.get("xl/sharedStrings.xml", b"")))

    def sound(cell: re.Match[bytes]) -> bytes:
        about, value = _PLACE.sub(b"", cell[1]), cell[2].strip()
        kind = found[1] if (found := _KIND.search(about)) else b"n"
        is_one = kind in _KINDS and _KINDS[kind].fullmatch(value)
        if is_one and (kind != b"s" or int(value) < texts):
            return cell[0].replace(cell[1], about)
        return b'<c%s t="e"><v>#VALUE!' % _KIND.sub(b"", about)

    sheets = {n: _VALUE.sub(sound, _closed(p)) for n, p in parts.items() if SHEET.fullmatch(n)}
    return data if sheets.items() <= parts.items() else _zipped({**parts, **sheets})


def is_cut(sheet: bytes) -> bool:
    """Return whether the part that is a sheet is cut off."""
    return b"sheetData" in sheet and not _END.search(sheet, len(sheet) - 999)


def _closed(sheet: bytes) -> bytes:
    ends = list(_ROW_ENDS.finditer(sheet)) if is_cut(sheet) else []
    if not ends:
        return sheet
    prefix = ends[-1][1] or b""
    return sheet[: ends[-1].end()] + b"</%ssheetData></%sworksheet>" % (prefix, prefix)


def without_formats(data: bytes) -> bytes:
    """Return a workbook of Excel in which dates are numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name != "xl/styles.xml"]
        return _zipped({name: archive.read(name) for name in names})
