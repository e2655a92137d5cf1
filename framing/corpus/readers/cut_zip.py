"""Zip archives that were cut off: the list of their members, which stood at the end, made anew."""

from __future__ import annotations

import struct
import zlib

from framing.corpus.readers.compressed import allowed

_HEAD = struct.Struct("<4s5H3I2H")  # above each member
_SIZES = struct.Struct("<3I")  # below it, where they were not known before
_ENTRY = struct.Struct("<4s6H3IH12xI")  # in the list
_END = struct.Struct("<4s4x2H2I2x")  # below the list
_SIZES_BELOW = 8  # the flag of it
_PIECE = 65_536
_MOST = 65_535  # members that the end can count


def completed(data: bytes) -> tuple[bytes, int]:
    r"""Return an archive of the members that are whole, and how many they are.

    >>> completed(b"PK\x03\x04 and no more")[1]
    0
    """
    end, entries = 0, list[bytes]()
    while (member := _member(data, end)) and len(entries) < _MOST:
        entry, end = member
        entries.append(entry)
    listed, n = b"".join(entries), len(entries)
    return data[:end] + listed + _END.pack(b"PK\5\6", n, n, len(listed), end), n


def _member(data: bytes, at: int) -> tuple[bytes, int] | None:
    """Return the entry of the member that begins here, and where it ends; None if it is cut off."""
    if not data.startswith(b"PK\3\4", at) or len(data) < at + _HEAD.size:
        return None
    _, version, flags, *kind, crc, packed, size, length, extra = _HEAD.unpack_from(data, at)
    begin = at + _HEAD.size + length + extra
    end = begin + packed
    if flags & _SIZES_BELOW:
        below = _end_of_stream(data, begin)
        below += 4 * data.startswith(b"PK\7\x08", below)
        end = below + _SIZES.size
        if end > len(data):
            return None
        crc, packed, size = _SIZES.unpack_from(data, below)
    numbers = version, version, flags, *kind, crc, packed, size, length, at
    name = data[at + _HEAD.size : at + _HEAD.size + length]
    return (_ENTRY.pack(b"PK\1\2", *numbers) + name, end) if end <= len(data) else None


def _end_of_stream(data: bytes, begin: int) -> int:
    """Return where deflated bytes end; the end of all where they are cut off, or damaged."""
    inflate, left = zlib.decompressobj(-zlib.MAX_WBITS), allowed(len(data))
    for at in range(begin, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        try:
            left -= len(inflate.decompress(piece))
        except zlib.error:
            break
        if inflate.eof:
            return at + len(piece) - len(inflate.unused_data)
        if left < 0:
            break
    return len(data)
