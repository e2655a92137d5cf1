"""Every file in a folder and in its archives; what is not read has a row that says why."""

from __future__ import annotations

import os
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from framing.corpus.readers import Found, cut_zip, failed, skipped
from framing.corpus.readers.compressed import GOES_ON, RATIO, TooLargeError, allowed, from_bzip2
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.one_behind_another import parts_of
from framing.corpus.readers.tar_headers import Tar, is_tar
from framing.text.numbers import many

MEMBER_BYTES = 1_000_000_000  # of a file inside an archive
MEMBERS = 200_000  # in an archive
_AT_ONCE = 4096  # bytes of a packed file: a lie about its size is worth no more
_NO_FILE = "neither a file nor a folder"
_NESTED = 2  # depth of archives inside archives
_WARC = re.compile(r"archive/.*\.warc(\.gz)?$")  # the pages in a web archive collection (WACZ)
# In a document of Office or iWork, or a book.
_DOCUMENT = {
    "[Content_Types].xml", "mimetype",
    "Index/Document.iwa", "Index.zip", "index.apxl", "index.xml",
}  # fmt: skip
# The folder that a browser makes beside a page.
_PARTS_OF_PAGE = re.compile(r"(.+?)(?:_files|[-_ ]Dateien|_fichiers|_archivos|_file|_bestanden)")
_REPORTS, _RECORD = (".docx", ".html"), b'{\n "framing": "'  # beside what the record begins with
_IS_HIDDEN = "a hidden file"
_HIDDEN = re.compile(r"(^|/)(\.|__MACOSX/|~\$)|(^|/)(Thumbs\.db|desktop\.ini)$")


def walk(path: Path, sheet: str = "") -> Iterator[File | Found]:
    """Yield every file in a folder and its archives (and archives inside those).

    Whatever else is there is a `Found` that says why it is not read: hidden files, links to
    folders, and what cannot be opened or exceeds a limit.
    """
    if not (path.is_dir() or path.is_file()):
        yield failed(path.name, _NO_FILE)
        return
    if path.is_file():
        yield from opened(File(path.name, path, alone=True, sheet=sheet), depth=0)
        return
    yield from _below(path)


def _below(folder: Path) -> Iterator[File | Found]:
    """Yield what is in a folder; what is below one that is not read has the reason of that one."""
    todo: list[tuple[Path | os.DirEntry[str], str, str]] = [(folder, "", "")]
    while todo:  # no recursion: folders may be nested deeply
        entry, source, why = todo.pop()
        if isinstance(entry, Path) or entry.is_dir(follow_symlinks=False):
            try:
                inside = sorted(os.scandir(entry), key=lambda e: e.name, reverse=True)
            except OSError as error:
                yield skipped(source, why) if why else failed(source, f"cannot be opened: {error}")
                continue
            if not inside and source:
                yield skipped(source, "an empty folder")
            named = [(e, f"{source}/{e.name}".removeprefix("/")) for e in inside]
            todo += [(e, name, why or _not_read(e, name)) for e, name in named]
        elif why:
            yield skipped(source, why)
        else:
            yield from opened(File(source, Path(entry)), depth=0)


def _not_read(entry: os.DirEntry[str], source: str) -> str:
    if _HIDDEN.search(source):
        return _IS_HIDDEN
    try:
        parts = _PARTS_OF_PAGE.fullmatch(entry.path) if entry.is_dir() else None
        if parts and any(Path(parts[1] + end).is_file() for end in (".html", ".htm", ".xhtml")):
            return "part of a saved page, which stands beside its folder"
        if entry.is_symlink() and entry.is_dir():
            return "a link to a folder: not followed; name the folder itself"
        if entry.is_symlink() and not entry.is_file():
            what = f"what is {_NO_FILE}" if Path(entry).exists() else "nothing"
            return f"a link to {what}"
        if (
            entry.name.endswith(_REPORTS)
            and (record := Path(entry.path).with_suffix(".json")).is_file()
        ):
            with record.open("rb") as stream:
                return "a report, written by framing" * (stream.read(15) == _RECORD)
        return "" if entry.is_dir() or entry.is_file() else _NO_FILE
    except OSError as error:  # a link to itself
        return f"cannot be opened: {error}"


def opened(file: File, depth: int) -> Iterator[File | Found]:
    """Yield the file, or its members if it is an archive."""
    try:
        if file.name.endswith((".mhtml", ".mht")):
            yield from _of_saved_page(file)
        elif parts := parts_of(file):
            with file.open() as stream:
                yield from _read(file, _in_parts(stream, parts, file.name), depth - 1)
        elif is_tar(file):
            with file.open() as stream, Tar.open(fileobj=stream, mode="r|") as tar:
                yield from _read(file, _in_tar(tar), depth)
        elif _is_zip(file):
            file = _with_list(file)
            with file.open() as stream, zipfile.ZipFile(stream) as archive:
                names = set(archive.namelist())
                if names & _DOCUMENT:
                    yield replace(file, damage=[])  # what stands whole in it is no part of a text
                    yield from (failed(f"{file.source}, end", why) for why in file.damage)
                else:
                    yield from _read(file, _in_zip(archive, names), depth)
        else:
            yield file
    except Exception as error:  # a broken archive fails alone, whatever it raises
        yield failed(file.source, f"cannot be opened: {error}")


class _Member(NamedTuple):
    """A file in an archive: its name, its size, what reads it, and why it is not read."""

    name: str
    size: int = 0
    read: Callable[[], bytes] = bytes
    why_not: str = ""


def _read(file: File, members: Iterable[_Member], depth: int) -> Iterator[File | Found]:
    """Yield the members of an archive; where it breaks off, those before, and a row says so."""
    if depth == _NESTED:
        raise TooLargeError("an archive in an archive in an archive: not read")
    read, empty = 0, True
    try:
        for member in members:
            empty = False
            label = _label(member.name)
            source = f"{file.source}/{label}"
            if why := member.why_not or _IS_HIDDEN * bool(_HIDDEN.search(label)):
                yield skipped(source, why)
                continue
            try:
                if member.size > MEMBER_BYTES:
                    raise TooLargeError(f"over the limit of {MEMBER_BYTES // 1_000_000:,} MB")
                data = member.read()
            except Exception as error:  # a broken, encrypted or too large member fails alone
                yield failed(source, f"in the archive: {error}")
                continue
            read += 1
            yield from opened(File(source, data=data, sheet=file.sheet), depth + 1)
    except Exception as error:
        if empty:
            raise
        file.damage[:] = file.damage or [str(error)]
    if empty:
        yield skipped(file.source, "an archive with no file in it")
    if file.damage:
        why = f"{many(read, 'file')} read up to here; the rest is not: {file.damage[0]}"
        yield failed(f"{file.source}, end", why)


def _in_parts(stream: BinaryIO, parts: Iterable[tuple[int, int]], name: str) -> Iterator[_Member]:
    """Yield files that stand one behind the other, in folders with the names of no outlets."""

    def read(begin: int, size: int) -> bytes:
        stream.seek(begin)
        return stream.read(size)

    for number, (begin, end) in enumerate(parts, start=1):
        _check_number(number)
        yield _Member(f"({number})/{name}", end - begin, partial(read, begin, end - begin))


def _check_number(files: int) -> None:
    if files > MEMBERS:
        raise TooLargeError(f"over {MEMBERS:,} files in it")


def _is_zip(file: File) -> bool:
    """Return whether a file is a zip archive; other bytes may stand before one of that name."""
    if file.head.startswith(b"PK\x03\x04") or not file.name.endswith(".zip"):
        return file.head.startswith(b"PK\x03\x04")
    with file.open() as stream:
        return zipfile.is_zipfile(stream)


def _with_list(file: File) -> File:
    """Return a zip archive with the list of its members, made anew if it was cut off."""
    with file.open() as stream:
        if zipfile.is_zipfile(stream):
            return file
    data, count = cut_zip.completed(file.read(EXPORT_BYTES))
    why = "the archive was cut off, its list of members is missing: copy or download it again"
    if not count:
        raise ValueError(why)
    return replace(file, path=None, data=data, damage=[why])


def _empty_folders(names: Iterable[str]) -> list[str]:
    """Return the folders with nothing in them; names of folders end with a slash.

    >>> _empty_folders(["a/", "a/b.txt", "c/", "c-d/", "c-d/e/"])
    ['c-d/e/', 'c/']
    """
    below = pairwise([*sorted(names), ""])
    return [name for name, after in below if name.endswith("/") and not after.startswith(name)]


def _in_zip(archive: zipfile.ZipFile, names: Collection[str]) -> Iterator[_Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    for folder in _empty_folders(archive.namelist()):
        yield _Member(folder, why_not="an empty folder")
    _check_number(len(infos))
    ordered = sorted(infos, key=lambda i: i.header_offset)
    twice = {id(i) for i, after in pairwise(ordered) if _end(i) > after.header_offset}
    left = allowed(archive.start_dir)  # for what is out of proportion

    def read(info: zipfile.ZipInfo) -> bytes:
        nonlocal left
        if id(info) in twice:
            raise ValueError("its bytes are those of another file, too: the archive is damaged")
        beyond = info.file_size - RATIO * min(info.compress_size, archive.start_dir)
        if beyond > left:
            raise TooLargeError(f"more than {RATIO} times its bytes come out of it")
        left -= max(0, beyond)
        if info.compress_type == zipfile.ZIP_BZIP2:
            return from_bzip2(archive, info)
        with archive.open(info) as stream:  # which gives no more than it said
            return b"".join(iter(partial(stream.read, _AT_ONCE), b""))

    web_archive = "datapackage.json" in names and any(map(_WARC.match, names))
    for info in sorted(infos, key=lambda i: i.filename):
        other = web_archive and not _WARC.match(info.filename)
        why = "part of a web archive, but no pages" if other else ""
        why = "a link: not followed" if stat.S_ISLNK(info.external_attr >> 16) else why
        yield _Member(info.filename, info.file_size, partial(read, info), why)


def _end(info: zipfile.ZipInfo) -> int:
    """Return the first byte that may be of the next file: a header of 30 bytes is before each."""
    return info.header_offset + 30 + info.compress_size


def _in_tar(archive: Tar) -> Iterator[_Member]:
    """Yield what is in a tar archive, one after the other, and then the folders without a file."""
    names: list[str] = []

    def read(info: tarfile.TarInfo) -> bytes:
        member = archive.extractfile(info)
        return member.read() if member else b""

    def damaged(why: str) -> bytes:
        raise ValueError(f"{why}: a file may have been here{GOES_ON}")

    end = 0
    for count, info in enumerate(archive, start=1):
        _check_number(count)
        if archive.damage:
            hidden = partial(damaged, archive.damage)
            yield _Member(f"bytes {end:,} to {info.offset:,}", read=hidden)
            archive.damage = ""
        elif info.offset > end:
            yield _Member(
                f"zeros before {info.name}", why_not="a file may have been here, or the end"
            )
        end = info.offset_data + -(-info.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
        names.append(f"{info.name}/" if info.isdir() else info.name)
        if not info.isdir():
            whole = info.isfile() and not info.issparse()
            link = f"a link to {info.linkname!r}: not followed" if info.linkname else ""
            why = link or _NO_FILE * (not whole)
            yield _Member(info.name, info.size, partial(read, info), why)
    for folder in _empty_folders(names):
        yield _Member(folder, why_not="an empty folder")
    if archive.damage:
        raise ValueError(archive.damage)


def _of_saved_page(file: File) -> Iterator[File | Found]:
    """Yield the page in a file that a browser saved with its pictures (MHTML), or the file."""
    message = message_from_bytes(file.read(EXPORT_BYTES))
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next((data for part in pages if (data := part.get_payload(decode=True))), None)
    yield replace(file, path=None, data=page) if isinstance(page, bytes) else file
    if rest := (message.epilogue or "").strip():
        yield failed(f"{file.source}, behind it", f"{many(len(rest), 'character')}: not read")


def _label(name: str) -> str:
    """Return a name inside an archive without ``..`` and the like."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    return "/".join(parts)
