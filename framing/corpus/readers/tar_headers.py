"""Tar archives of which a header is damaged: reading goes on at the next one."""

from __future__ import annotations

import tarfile
from tarfile import (  # type: ignore[attr-defined]
    EmptyHeaderError,
    EOFHeaderError,
    InvalidHeaderError,
)
from typing import Self

from framing.corpus.readers.files import File

_MARK, _AT = b"ustar", 257  # in each header
_BEFORE_FILES = b"LKxgX"  # kinds of headers with a long name, or more about a file
_LONGEST = 1_000_000  # bytes of such


class _Header(tarfile.TarInfo):
    """Of a file in a tar archive; blocks that should be one and are not are damage."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        too_long = header.type in _BEFORE_FILES and header.size > _LONGEST
        if too_long or not buf.startswith(_MARK, _AT):
            raise InvalidHeaderError("no header")
        return header

    @classmethod
    def fromtarfile(cls, archive: Tar) -> Self:  # type: ignore[override]
        try:
            return super().fromtarfile(archive)
        except (EmptyHeaderError, EOFHeaderError):
            raise
        except tarfile.HeaderError as error:
            archive.damage = archive.damage or f"the archive is damaged: {error}"
            raise InvalidHeaderError from error  # on which the next block is tried


class Tar(tarfile.TarFile):
    """A tar archive; zeros and damage do not end it."""

    tarinfo = _Header
    ignore_zeros = True
    damage = ""  # behind the last file


def is_tar(file: File) -> bool:
    """Return whether it is a tar archive; of one by its name the first header may be damaged."""
    last = len(file.head) if file.name.endswith(".tar") else tarfile.BLOCKSIZE
    return any(file.head.startswith(_MARK, at) for at in range(_AT, last, tarfile.BLOCKSIZE))
