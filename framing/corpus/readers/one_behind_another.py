"""Whole files of a binary format, one behind the other in a file, as ``cat a b`` makes them.

What reads such a format would read one of them only, or one with the list of the other.
"""

from __future__ import annotations

import io
import re
import struct
from typing import BinaryIO

from framing.corpus.readers.compressed import places
from framing.corpus.readers.files import OLD_STATA, OLE, File

# What a file of each format begins with, and a mark where one ends and another begins.
_ENDS = {
    b"PK\3\4": b"PK\5\6", b"PAR1": b"PAR1PAR1", b"ARROW1": b"ARROW1ARROW1",
    b"<stata_dta>": b"</value_labels></stata_dta><stata_dta>",
    b"$FL2": b"$FL2@(#) SPSS DATA FILE", b"$FL3": b"$FL3@(#) SPSS DATA FILE",
    OLE: OLE, **{begins: begins for begins in OLD_STATA},
}  # fmt: skip
_LENGTH = struct.Struct("<I")  # of the list of columns at the end of Parquet and Arrow
_ZIP_END = struct.Struct("<12x2IH")  # size and place of the list of members, length of a comment
_STATA_DAY, _DAY = 91, re.compile(rb"[ \d]\d \w{3} \d{4} \d\d:\d\d\0")  # in the head of old Stata
_IN_HEAD = 109  # lists of sectors whose places the head of OLE tells
_AT_ONCE = 1_000_000  # bytes


def parts_of(file: File) -> list[tuple[int, int]]:
    """Return where each of several files in a file begins and ends; none if it is one."""
    begins = next((b for b in _ENDS if file.head.startswith(b)), b"")
    if not begins:
        return []
    with file.open() as stream:
        size = stream.seek(0, io.SEEK_END)
        if _end(stream, begins, 0, size - _ZIP_END.size) == size:
            return []
        parts, begin = list[tuple[int, int]](), 0
        for at in places(stream, _ENDS[begins], 0, _AT_ONCE):
            if end := _end(stream, begins, begin, at):
                parts.append((begin, end))
                stream.seek(end)
                behind = stream.read(_AT_ONCE)
                begin = end + len(behind) - len(behind.lstrip(b"\0\t\n\r "))
        if begin < size:  # also what is no file of this format
            parts.append((begin, size))
    return parts if len(parts) > 1 else []


def _end(stream: BinaryIO, begins: bytes, begin: int, at: int) -> int:
    """Return where the file that began ends, if the mark here is that of its end; else 0.

    The end says how long a list is that stands in the file; a mark in a text does not.
    """
    if begins == b"PK\3\4":
        stream.seek(max(0, at))
        last = stream.read(_ZIP_END.size)
        size, place, comment = _ZIP_END.unpack(last.ljust(_ZIP_END.size))
        is_end = last.startswith(_ENDS[begins]) and place + size == at - begin
        return at + _ZIP_END.size + comment if is_end else 0
    if begins == OLE:
        return at if at > begin and _ends_ole(stream, begin, at) else 0
    if begins in OLD_STATA:
        stream.seek(at + _STATA_DAY)
        return at if at > begin and _DAY.match(stream.read(18)) else 0
    stream.seek(max(0, at - _LENGTH.size))
    (size,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    is_end = begins not in (b"PAR1", b"ARROW1") or size < at - begin
    return at + _ENDS[begins].rindex(begins) if is_end else 0


def _ends_ole(stream: BinaryIO, begin: int, at: int) -> bool:
    """Return whether the last sector of the OLE file that began stands before this place.

    Its lists have a number for each sector; those in the head, and in further sectors, tell where
    the lists are.
    """

    def number(place: int) -> int:
        stream.seek(begin + place)
        return int(_LENGTH.unpack(stream.read(_LENGTH.size).ljust(_LENGTH.size))[0])

    size = 4096 if number(30) & 0xFFFF == 12 else 512
    sector, within = divmod(at - begin - size, size)
    which, place = divmod(sector, size // 4)
    lists = number(44)
    if within or sector < 0 or which < lists - 1:
        return False
    further, row = divmod(which - _IN_HEAD, size // 4 - 1)
    where = 76 + 4 * which
    if which >= _IN_HEAD:
        last = number(68)
        for _ in range(further):
            last = number((last + 2) * size - 4)
        where = (last + 1) * size + 4 * row
    stream.seek(begin + (number(where) + 1) * size + 4 * place)
    free = stream.read(size - 4 * place)
    return which >= lists or free == b"\xff" * len(free)
