"""Compressed files: which are recognised, and their bytes, counted."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from copy import copy
from itertools import count
from typing import Any, BinaryIO

import pyarrow as pa

RATIO = 200  # news text shrinks to a third or a tenth, a bomb to a thousandth
GRACE = 20_000_000  # uncompressed bytes allowed whatever the ratio
ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_PIECE = 65_536
_CHUNK = 8192  # packed bytes at once; at the end of a member those behind it are copied
WARC, OBJECT = b"WARC/", b'{"'  # what a record of a web archive and one of JSON begin with
GOES_ON = "; reading goes on behind it"
_MEMBER = b"\x1f\x8b\x08"  # what a member of a gzip file begins with
_TOO_FAR = 100_000  # bytes that may be read beyond a damaged member until that shows
_TABLE = re.compile(r"(?i)\.(csv|tsv|tab)$")  # lines of anything
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, OSError)


class TooLargeError(ValueError):
    """More bytes than a limit allows."""


def allowed(size: int) -> int:
    """Return how many bytes may come out of so many."""
    return max(GRACE, RATIO * size)


def _zstd(raw: BinaryIO) -> Any:
    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


def places(stream: BinaryIO, mark: bytes, begin: int, at_once: int) -> Iterator[int]:
    """Yield where a mark stands, from a place on."""
    for at in count(begin, at_once):
        stream.seek(at)
        data = stream.read(at_once + len(mark) - 1)
        yield from (at + found.start() for found in re.finditer(re.escape(mark), data))
        if not data:
            return


class _Gzip:
    """The bytes in the members of a gzip file, which stand one behind the other.

    Of a damaged one those up to the damage; nothing if members may begin with anything, as in CSV,
    where nothing shows that bytes are others.
    """

    begins: tuple[bytes, ...] = WARC, OBJECT  # behind a damaged member that is the first

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._held = raw, b""
        self._member: Any = None
        self._begin = 0
        self.given = 0  # bytes of this member so far

    def read(self, size: int) -> bytes:
        """Return the next bytes of a member, at most so many; none at the end of the last one."""
        while held := self._held or self._raw.read(_CHUNK):
            if self._member is None and not (held := held.lstrip(b"\0")):
                self._held = b""
                continue
            if self._member is None:
                self._begin, self.given = self._raw.tell() - len(held), 0
                if not all(self.begins):
                    self._check()
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                data: bytes = self._member.decompress(held, size)
            except zlib.error as error:
                raise gzip.BadGzipFile(f"{error}, from byte {self._begin:,} on") from None
            self._held = self._member.unconsumed_tail or self._member.unused_data
            self.given += len(data)
            if self._member.eof:
                self._member = None
            if data:
                return data
        if self._member:
            raise EOFError(f"it is cut off in what begins at byte {self._begin:,}")
        return b""

    def _check(self) -> None:
        """Raise an error if the member is damaged; one that is only cut off may be read."""
        back, given = self._raw.tell(), 0
        self._raw.seek(self._begin)
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while not member.eof and (held := member.unconsumed_tail or self._raw.read(_CHUNK)):
                given += len(member.decompress(held, _PIECE))
                if given > allowed(self._raw.tell()):  # which is told when it is read
                    break
            else:
                if not member.eof and self._has_end(given):
                    raise zlib.error("its end is not where it should be")
        except zlib.error as error:
            raise gzip.BadGzipFile(
                f"{error}, from byte {self._begin:,} on; nothing of it is read: it may be altered"
            ) from None
        self._raw.seek(back)

    def _has_end(self, given: int) -> bool:
        """Return whether a member that goes on to the end of the file has its end, or others."""
        self._raw.seek(-4, io.SEEK_END)
        size = int.from_bytes(self._raw.read(), "little")  # of the last member, unpacked
        return not size or given <= 2 * size <= 4 * given or self.go_on(self.begins)

    def go_on(self, begins: tuple[bytes, ...]) -> bool:
        """Go to the next member whose bytes begin so, if there is one behind this.

        If they may begin with anything, more of them must be sound.
        """
        behind = max(self._begin + 1, self._raw.tell() - _TOO_FAR)
        size = len(WARC) if all(begins) else _PIECE
        for at in places(self._raw, _MEMBER, behind, _CHUNK):
            self._raw.seek(at)
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                first = member.decompress(self._raw.read(_CHUNK), size)
            except zlib.error:
                continue
            if first.startswith(begins):
                self._raw.seek(at)
                self._member, self._held = None, b""
                return True
        return False


# What each kind begins with, its name, and how it is opened.
_KINDS: dict[bytes, tuple[str, Callable[[BinaryIO], Any]]] = {
    _MEMBER[:2]: ("gzip", _Gzip),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": ("zstd", _zstd),
}


class _Counted(io.RawIOBase):
    """The bytes of a compressed file: an error after too many, and an end where it breaks off."""

    def __init__(self, kind: str, stream: Any, size: int, damage: list[str]) -> None:
        self._kind, self._stream, self._size, self._damage = kind, stream, size, damage
        self._left = allowed(size)
        self._begun, self._broken = False, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._broken:
            return 0
        read, data = getattr(self._stream, "read1", self._stream.read), None
        while data is None:
            try:
                data = read(min(len(buffer), _PIECE))
            except _DAMAGE as error:
                why = f"the {self._kind} file is damaged and was read up to the damage: {error}"
                self._damage[:] = self._damage or [why]
                if self._begun:
                    self._broken = True
                    return 0
                if not self.go_on(*getattr(self._stream, "begins", ()))[0]:
                    raise
        self._begun = self._begun or bool(data)
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(
                f"{self._kind}: more than {RATIO} times its {self._size:,} bytes uncompressed: "
                "not read"
            )
        buffer[: len(data)] = data
        return len(data)

    def go_on(self, *begins: bytes) -> tuple[bool, int]:
        """See `behind_damage`."""
        if isinstance(self._stream, _Gzip):
            given = self._stream.given
            self._broken = not self._stream.go_on(begins)
            return not self._broken, given
        return False, allowed(self._size) - self._left


def bare(name: str) -> str:
    """Return the name of a file without the ending of its compression.

    >>> bare("a/rows.csv.xz"), bare("a.tgz"), bare("a.txt")
    ('a/rows.csv', 'a.tar', 'a.txt')
    """
    begin, dot, ending = name.rpartition(".")
    if ending.lower() in ("tgz", "txz", "tbz2"):
        return f"{begin}.tar"
    return begin if f"{dot}{ending}".lower() in ENDINGS else name


def uncompressed(raw: BinaryIO, name: str, damage: list[str]) -> io.BufferedReader | None:
    """Return a stream of the bytes in a compressed file; None if it is not compressed.

    One that its name calls so may have lost its first bytes.

    Where it breaks off, what stands before it is read, and the reason is put into ``damage``.
    """
    head = raw.read(6)
    size = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    begins = next((begins for begins in _KINDS if head.startswith(begins)), b"")
    any_bytes = (b"",) if _TABLE.search(bare(name)) else _Gzip.begins
    if not begins and name.endswith(".gz") and _Gzip(raw).go_on(any_bytes):
        begins = _MEMBER[:2]
    raw.seek(0)
    if not begins:
        return None
    kind, opened = _KINDS[begins]
    stream = opened(raw)
    if isinstance(stream, _Gzip):
        stream.begins = any_bytes
    return io.BufferedReader(_Counted(kind, stream, size, damage))


def behind_damage(stream: BinaryIO, begins: bytes) -> tuple[bool, int]:
    """Go to the next member of a gzip file that begins so, behind one that is damaged.

    Return whether there is one, and how many of the last bytes that were read are of it.
    """
    raw = getattr(stream, "raw", None)
    return raw.go_on(begins) if isinstance(raw, _Counted) else (False, 0)


def from_bzip2(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack no more than a member said: `zipfile` does 4 kB at once, which may be gigabytes."""
    packed = copy(info)
    packed.compress_type, packed.file_size = zipfile.ZIP_STORED, info.compress_size
    del packed.CRC  # of the bytes unpacked
    with archive.open(packed) as stream:
        data = bz2.BZ2Decompressor().decompress(stream.read(), info.file_size)
    if zlib.crc32(data) != info.CRC:
        raise zipfile.BadZipFile(f"Bad CRC-32 for file {info.filename!r}")
    return data
