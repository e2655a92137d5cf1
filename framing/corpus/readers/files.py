"""Files as readers see them: on disk, inside zip or tar archives, compressed, or all of these.

Nothing is ever written: a name inside an archive is a label, not a path. Every uncompressed byte
is counted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from framing.corpus.readers.compressed import ENDINGS, TooLargeError, bare, uncompressed
from framing.text.encoding import decode

ARTICLE_BYTES = 20_000_000  # of a file that is one article
EXPORT_BYTES = 500_000_000  # of a file that holds many and has to be read whole
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of Excel and Word up to 2003
# Stata up to 12 begins with the version and the order of bytes.
OLD_STATA = tuple(
    bytes((n, order, 1, 0)) for n in (108, 110, 111, 113, 114, 115) for order in (1, 2)
)
# What is not read from front to back, as zip, Parquet, Feather and SPSS, begins so.
_SOUGHT = (
    b"PK\x03\x04", b"PAR1", b"ARROW1", b"<stata_dta>", b"$FL2", b"$FL3", OLE, *OLD_STATA,
)  # fmt: skip
_START = 65_536


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
    damage: list[str] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """The last part of the path, without ``.gz`` and the like, in lower case."""
        return bare(self.source.rpartition("/")[2].lower())

    @property
    def size(self) -> int:
        """Approximate size in bytes, uncompressed."""
        size = self.path.stat().st_size if self.path else len(self.data)
        return 8 * size if self.source.endswith(ENDINGS) else size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading, decompressed and with a limit."""
        with self.path.open("rb") if self.path else io.BytesIO(self.data) as raw:
            inside = uncompressed(raw, self.source, self.damage)
            if inside is None:
                yield raw
            else:
                sought = inside.peek().startswith(_SOUGHT)
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
        encoding = "utf-16" if self.head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
        start = self.head.decode(encoding, "replace").removeprefix("ï»¿").lstrip()
        is_page = self.name.lower().endswith((".html", ".htm"))
        return start[max(0, start.find("<")) :] if is_page else start

    def read(self, most: int = ARTICLE_BYTES) -> bytes:
        """Return all bytes; more than ``most`` are an error."""
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise TooLargeError(f"over the limit of {most // 1_000_000} MB: not read")
        return data

    def text(self, most: int = ARTICLE_BYTES) -> tuple[str, str]:
        """Return its text and its encoding."""
        return decode(self.read(most))
