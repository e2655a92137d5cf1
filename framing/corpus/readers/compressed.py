"""Compressed files: which are recognised, and their bytes, counted."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

import pyarrow as pa

RATIO = 200  # news text shrinks to a third or a tenth, a bomb to a thousandth
GRACE = 20_000_000  # uncompressed bytes allowed whatever the ratio
ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_PIECE = 65_536
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, OSError)


class TooLargeError(ValueError):
    """More bytes than a limit allows."""


def allowed(size: int) -> int:
    """Return how many bytes may come out of so many."""
    return max(GRACE, RATIO * size)


def _zstd(raw: BinaryIO) -> Any:
    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


# What each kind begins with, its name, and how it is opened.
_KINDS: dict[bytes, tuple[str, Callable[[BinaryIO], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda raw: gzip.GzipFile(fileobj=raw)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": ("zstd", _zstd),
}


class _Counted(io.RawIOBase):
    """The bytes of a compressed file: an error after too many, and an end where it breaks off."""

    def __init__(self, kind: str, stream: Any, size: int, damage: list[str]) -> None:
        self._kind, self._stream, self._size, self._damage = kind, stream, size, damage
        self._left = allowed(size)
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = getattr(self._stream, "read1", self._stream.read)
        try:
            data = read(min(len(buffer), _PIECE))
        except _DAMAGE as error:
            if not self._begun:
                raise
            why = f"the {self._kind} file is damaged and was read up to the damage: {error}"
            self._damage[:] = [why]
            return 0
        self._begun = self._begun or bool(data)
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(
                f"{self._kind}: more than {RATIO} times its {self._size:,} bytes uncompressed: "
                "not read"
            )
        buffer[: len(data)] = data
        return len(data)


def bare(name: str) -> str:
    """Return the name of a file without the ending of its compression.

    >>> bare("a/rows.csv.xz"), bare("a.tgz"), bare("a.txt")
    ('a/rows.csv', 'a.tar', 'a.txt')
    """
    begin, dot, ending = name.rpartition(".")
    if ending.lower() in ("tgz", "txz", "tbz2"):
        return f"{begin}.tar"
    return begin if f"{dot}{ending}".lower() in ENDINGS else name


def uncompressed(raw: BinaryIO, damage: list[str]) -> io.BufferedReader | None:
    """Return a stream of the bytes in a compressed file; None if it is not compressed.

    Where it breaks off, what stands before it is read, and the reason is put into ``damage``.
    """
    head = raw.read(6)
    size = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    for begins, (kind, opened) in _KINDS.items():
        if head.startswith(begins):
            return io.BufferedReader(_Counted(kind, opened(raw), size, damage))
    return None
