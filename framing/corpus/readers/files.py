"""Files as readers see them: on disk, inside zip or tar archives, compressed, or all of these.

Nothing is ever written: a name inside an archive is a label, not a path. Every uncompressed byte
is counted.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

from framing.corpus.readers import Found
from framing.corpus.readers.compressed import (
    ENDINGS,
    GRACE,
    RATIO,
    TooLargeError,
    bare,
    uncompressed,
)
from framing.text.encoding import decode

ARTICLE_BYTES = 20_000_000  # of a file that is one article
EXPORT_BYTES = 500_000_000  # of a file that holds many and has to be read whole
MEMBER_BYTES = 1_000_000_000  # of a file inside an archive
MEMBERS = 200_000  # in an archive
_NESTED = 2  # depth of archives inside archives
# Zip, Parquet, Feather and Stata are not read from front to back.
_SOUGHT = (b"PK\x03\x04", b"PAR1", b"ARROW1", b"<stata_dta>")
_START = 65_536
_ENDS = ("EOFHeaderError", "EmptyHeaderError")  # of a tar archive
_TAR = slice(257, 262)  # where a tar archive is marked
_WARC = re.compile(r"archive/.*\.warc(\.gz)?$")  # the pages in a web archive collection (WACZ)
_IWORK = frozenset({"Index/Document.iwa", "Index.zip", "index.apxl", "index.xml"})
# The folder that a browser makes beside a page.
_PARTS_OF_PAGE = re.compile(r"(.+?)(?:_files|[-_ ]Dateien|_fichiers|_archivos|_file|_bestanden)")
_ANY = re.compile("")
_HIDDEN = re.compile(r"(^|/)(\.|__MACOSX/|~\$)|(^|/)(Thumbs\.db|desktop\.ini)$")


@dataclass(frozen=True)
class File:
    """A file to be read.

    Parameters
    ----------
    source : str
        Path below the folder that is read, with ``/``; ``archive.zip/name`` inside an archive.
    path : Path, optional
        Path on disk; without it, ``data`` is the content.
    alone : bool
        Whether the user named this very file: its folders then carry no metadata.
    sheet : str
        The only sheet of a workbook that is read; all with articles are read without it.
    damage : list of str
        Why reading ended early, if it did.
    """

    source: str
    path: Path | None = None
    data: bytes = b""
    alone: bool = False
    sheet: str = ""
    damage: list[str] = field(default_factory=list, compare=False)

    @cached_property
    def name(self) -> str:
        """The last part of the path, without ``.gz`` and the like, in lower case."""
        return bare(self.source.rsplit("/", 1)[-1].lower())

    @property
    def size(self) -> int:
        """Approximate size in bytes, uncompressed."""
        size = self.path.stat().st_size if self.path else len(self.data)
        return 8 * size if self.source.endswith(ENDINGS) else size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading, decompressed and with a limit."""
        with self.path.open("rb") if self.path else io.BytesIO(self.data) as raw:
            inside = uncompressed(raw, self.damage)
            if inside is None:
                yield raw
            else:
                sought = inside.peek(16).startswith(_SOUGHT)
                yield io.BytesIO(inside.read()) if sought else inside

    @cached_property
    def head(self) -> bytes:
        """The first 64 kB."""
        with self.open() as stream:
            return stream.read(_START)

    @cached_property
    def start(self) -> str:
        """The first 64 kB as text, decoded well enough to recognise a format.

        A page begins with its first tag, whatever stands before it.
        """
        encoding = "utf-16" if self.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
        start = self.head.decode(encoding, "replace").removeprefix("ï»¿").lstrip()
        is_page = self.name.lower().endswith((".html", ".htm"))
        return start[max(0, start.find("<")) :] if is_page else start

    def read(self, most: int = ARTICLE_BYTES) -> bytes:
        """Return all bytes.

        Raises
        ------
        TooLargeError
            If there are more than ``most``.
        """
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise TooLargeError(f"over the limit of {most // 1_000_000} MB: not read")
        return data

    def text(self, most: int = ARTICLE_BYTES) -> tuple[str, str]:
        """Return its text and its encoding."""
        return decode(self.read(most))


def walk(path: Path, sheet: str = "") -> Iterator[File | Found]:
    """Yield every file in a folder and its archives (and archives inside those).

    Whatever else is there is a `Found` that says why it is not read: hidden files, links to
    folders, and what cannot be opened or exceeds a limit.
    """
    if not path.is_dir():
        yield from _opened(File(path.name, path, alone=True, sheet=sheet), depth=0)
        return
    yield from _below(path, "")


def _below(folder: Path, above: str) -> Iterator[File | Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(above.rstrip("/"), outcome="failed", reason=f"cannot be opened: {error}")
        return
    if not entries and above:
        yield Found(above.rstrip("/"), outcome="skipped", reason="an empty folder")
    for entry in entries:
        source, path = f"{above}{entry.name}", folder / entry.name
        if why := _not_read(entry, source):
            yield Found(source, outcome="skipped", reason=why)
        elif entry.is_dir():
            yield from _below(path, f"{source}/")
        else:
            yield from _opened(File(source, path), depth=0)


def _not_read(entry: os.DirEntry[str], source: str) -> str:
    if _HIDDEN.search(source):
        return "a hidden folder" if entry.is_dir() else "a hidden file"
    try:
        parts = _PARTS_OF_PAGE.fullmatch(entry.path) if entry.is_dir() else None
        if parts and any(Path(parts[1] + end).is_file() for end in (".html", ".htm", ".xhtml")):
            return "parts of a saved page, which stands beside this folder"
        if entry.is_symlink() and entry.is_dir():
            return "a link to a folder: not followed; name the folder itself"
        if entry.is_symlink() and not entry.is_file():
            return "a link to nothing"
        return "" if entry.is_dir() or entry.is_file() else "neither a file nor a folder"
    except OSError as error:  # a link to itself
        return f"cannot be opened: {error}"


def _opened(file: File, depth: int) -> Iterator[File | Found]:
    """Yield the file, or its members if it is an archive."""
    try:
        if page := _of_saved_page(file):
            yield page
            return
        if file.head[_TAR].startswith(b"ustar"):
            yield from _in_tar(file, depth)
            return
        if not file.head.startswith(b"PK\x03\x04"):
            yield file
            return
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names or "mimetype" in names or _IWORK & {*names}:
                yield file  # a document of Office or iWork, or a book
            elif depth == _NESTED:
                raise TooLargeError("an archive in an archive in an archive: not read")
            else:
                web_archive = "datapackage.json" in names and any(map(_WARC.match, names))
                yield from _members(file, archive, depth, _WARC if web_archive else _ANY)
    except Exception as error:  # a broken archive fails alone, whatever it raises
        yield Found(file.source, outcome="failed", reason=f"cannot be opened: {error}")


def _members(
    file: File, archive: zipfile.ZipFile, depth: int, wanted: re.Pattern[str]
) -> Iterator[File | Found]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MEMBERS:
        raise TooLargeError(f"{len(infos):,} files in it; {MEMBERS:,} are allowed")
    size = file.path.stat().st_size if file.path else len(file.data)
    left = max(GRACE, RATIO * size)
    if not infos:
        yield Found(file.source, outcome="skipped", reason="an archive with no file in it")
    for info in sorted(infos, key=lambda i: i.filename):
        source = f"{file.source}/{_label(info.filename)}"
        if _HIDDEN.search(_label(info.filename)) or not wanted.match(info.filename):
            hidden = _HIDDEN.search(_label(info.filename))
            reason = "a hidden file" if hidden else "part of a web archive, but no pages"
            yield Found(source, outcome="skipped", reason=reason)
            continue
        try:
            with archive.open(info) as stream:
                data = stream.read(min(left, MEMBER_BYTES) + 1)
            left -= len(data)
            if left < 0 or len(data) > MEMBER_BYTES:
                raise TooLargeError(f"more than {RATIO} times the archive's bytes come out of it")
        except Exception as error:  # a broken, encrypted or too large member fails alone
            yield Found(source, outcome="failed", reason=f"in the archive: {error}")
            continue
        yield from _opened(File(source, data=data), depth + 1)


def _of_saved_page(file: File) -> File | None:
    """Return the page in a file that a browser saved with its pictures (MHTML)."""
    if not file.name.endswith((".mhtml", ".mht")):
        return None
    message = message_from_bytes(file.read(EXPORT_BYTES))
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next((data for part in pages if (data := part.get_payload(decode=True))), None)
    return replace(file, path=None, data=page) if isinstance(page, bytes) else None


class _Member(tarfile.TarInfo):
    """Of a tar archive, in which a damaged header is an error, not the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error).__name__ in _ENDS:
                raise
            raise ValueError(f"the archive is damaged, the rest is not read: {error}") from error


def _in_tar(file: File, depth: int) -> Iterator[File | Found]:
    """Yield the members of a tar archive, one after the other; folders have no row."""
    if depth == _NESTED:
        raise TooLargeError("an archive in an archive in an archive: not read")
    count = 0
    with file.open() as stream, tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
        for count, info in enumerate(archive, start=1):
            if count > MEMBERS:
                raise TooLargeError(f"over {MEMBERS:,} files in it: the rest is not read")
            source = f"{file.source}/{_label(info.name)}"
            if _HIDDEN.search(_label(info.name)):
                yield Found(source, outcome="skipped", reason="a hidden file")
            elif info.issparse() or not (info.isfile() or info.isdir()):
                yield Found(source, outcome="skipped", reason="neither a file nor a folder")
            elif info.size > MEMBER_BYTES:
                reason = f"in the archive: {info.size:,} bytes: not read"
                yield Found(source, outcome="failed", reason=reason)
            elif member := archive.extractfile(info) if info.isfile() else None:
                yield from _opened(File(source, data=member.read()), depth + 1)
    if not count:
        yield Found(file.source, outcome="skipped", reason="an archive with no file in it")
    if file.damage:
        yield Found(f"{file.source}, end", outcome="failed", reason=file.damage[0])


def _label(name: str) -> str:
    """Return a name inside an archive without ``..`` and the like."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    return "/".join(parts)
