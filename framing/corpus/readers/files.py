"""Files as readers see them: on disk, inside a zip archive, compressed with gzip, or all three.

Nothing is ever written: a name inside an archive is a label, not a path. Every uncompressed byte
is counted.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from framing.corpus.readers import Found
from framing.text.encoding import decode

ARTICLE_BYTES = 20_000_000  # of a file that is one article
EXPORT_BYTES = 500_000_000  # of a file that holds many and has to be read whole
MEMBER_BYTES = 1_000_000_000  # of a file inside an archive
MEMBERS = 200_000  # in an archive
RATIO = 200  # news text shrinks to a third or a tenth, a zip bomb to a thousandth
_NESTED = 2  # depth of archives inside archives
_SOUGHT = (b"PK\x03\x04", b"PAR1")  # zip and Parquet are not read from front to back
_GRACE = 20_000_000  # uncompressed bytes allowed whatever the ratio
_START = 65_536
_HIDDEN = re.compile(r"(^|/)(\.|__MACOSX/|~\$)|(^|/)(Thumbs\.db|desktop\.ini)$")


class TooLargeError(ValueError):
    """More bytes than a limit allows."""


class _Counted(io.RawIOBase):
    """A stream that raises an error after a number of bytes."""

    def __init__(self, stream: BinaryIO, most: int, why: str) -> None:
        self._stream, self._left, self._why = stream, most, why

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(self._why)
        buffer[: len(data)] = data
        return len(data)


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
    """

    source: str
    path: Path | None = None
    data: bytes = b""
    alone: bool = False

    @property
    def name(self) -> str:
        """Its last name, without ``.gz``, in lower case."""
        return self.source.rsplit("/", 1)[-1].lower().removesuffix(".gz")

    @property
    def size(self) -> int:
        """About how many bytes come out of it."""
        size = self.path.stat().st_size if self.path else len(self.data)
        return 8 * size if self.source.endswith(".gz") else size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give its bytes, decompressed and counted."""
        with self.path.open("rb") if self.path else io.BytesIO(self.data) as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            size = raw.seek(0, io.SEEK_END)
            raw.seek(0)
            if not packed:
                yield raw
                return
            most = max(_GRACE, RATIO * size)
            why = f"gzip: more than {RATIO} times its {size:,} bytes come out: not read"
            with gzip.GzipFile(fileobj=raw) as unpacked:
                counted = io.BufferedReader(_Counted(unpacked, most, why))  # type: ignore[arg-type]
                sought = counted.peek(4).startswith(_SOUGHT)
                yield io.BytesIO(counted.read()) if sought else counted

    @cached_property
    def head(self) -> bytes:
        """Its first 64 kB."""
        with self.open() as stream:
            return stream.read(_START)

    @cached_property
    def start(self) -> str:
        """Its first 64 kB as text, good enough to tell its format."""
        encoding = "utf-16" if self.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
        return self.head.decode(encoding, "replace").removeprefix("ï»¿").lstrip()

    def read(self, most: int = ARTICLE_BYTES) -> bytes:
        """Read it whole.

        Raises
        ------
        TooLargeError
            If there is more.
        """
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise TooLargeError(f"over the limit of {most // 1_000_000} MB: not read")
        return data

    def text(self, most: int = ARTICLE_BYTES) -> tuple[str, str]:
        """Its text and its encoding."""
        return decode(self.read(most))


def walk(path: Path) -> Iterator[File | Found]:
    """Yield every file in a folder and its archives (and archives inside those).

    What cannot be opened, or exceeds a limit, is a failed `Found`.
    """
    if not path.is_dir():
        yield from _opened(File(path.name, path, alone=True), depth=0)
        return
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        source = file.relative_to(path).as_posix()
        if not _HIDDEN.search(source):
            yield from _opened(File(source, file), depth=0)


def _opened(file: File, depth: int) -> Iterator[File | Found]:
    """Yield the file, or its members if it is an archive."""
    try:
        if not file.head.startswith(b"PK\x03\x04"):
            yield file
            return
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            if "[Content_Types].xml" in archive.namelist():  # an Office document
                yield file
            elif depth == _NESTED:
                raise TooLargeError("an archive in an archive in an archive: not read")
            else:
                yield from _members(file, archive, depth)
    except Exception as error:  # a broken archive fails alone, whatever it raises
        yield Found(file.source, outcome="failed", reason=f"cannot be opened: {error}")


def _members(file: File, archive: zipfile.ZipFile, depth: int) -> Iterator[File | Found]:
    infos = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not _HIDDEN.search(_label(info.filename))
    ]
    if len(infos) > MEMBERS:
        raise TooLargeError(f"{len(infos):,} files in it; {MEMBERS:,} are allowed")
    size = file.path.stat().st_size if file.path else len(file.data)
    left = max(_GRACE, RATIO * size)
    for info in sorted(infos, key=lambda i: i.filename):
        source = f"{file.source}/{_label(info.filename)}"
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


def _label(name: str) -> str:
    """Return a name inside an archive without ``..`` and the like."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    return "/".join(parts)
