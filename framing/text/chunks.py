"""Texts cut at white space, a chunk at a time: the pass that tone and cues are based on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from framing.arguments import as_value
from framing.text.arrays import Ints

_CHUNK_ROWS = 20_000
_CHUNK_SIZE = 4_000_000  # code points
_BLOCK = 500  # rows taken from the column at a time
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pieces(NamedTuple):
    """Texts cut at ASCII white space; pieces that are the same share a number.

    ``kinds`` are the different pieces, each with the white space that follows it, and ``ids`` the
    kind at every place; those of text ``i`` are ``ids[rows[i] : rows[i + 1]]``. ``places`` are
    where the pieces begin, and where the last one ends, in code points counted through all of
    them; by that count, text ``i`` begins at ``origin[i]``.
    """

    kinds: pa.LargeStringArray
    ids: Ints
    rows: Ints
    places: Ints
    origin: Ints


def chunks(texts: Sequence[str] | pd.Series[str]) -> Iterator[list[str]]:
    """Yield the texts in lists that are small enough to be processed at once."""
    listed = isinstance(texts, Sequence | pd.Series | np.ndarray)
    if not listed or isinstance(texts, str | bytes) or hasattr(texts, "paragraphs"):
        hint = "; write [text]" if isinstance(texts, str) else ""
        if isinstance(texts, pd.DataFrame):
            hint = "; pass its column table['text']"
        elif hasattr(texts, "paragraphs"):
            hint = "; pass corpus.paragraphs['text']"
        raise TypeError(f"expected a list or Series of texts, got {as_value(texts)}{hint}")
    chunk: list[str] = []
    size = 0
    for begin in range(0, len(texts), _BLOCK):
        part = texts[begin : begin + _BLOCK]
        for row, text in enumerate(part.tolist() if isinstance(part, pd.Series) else part, begin):
            if not isinstance(text, str):
                raise TypeError(
                    f"row {row}: a text must be a str, got {as_value(text)}; "
                    "drop such rows or fill them with ''"
                )
            if len(chunk) == _CHUNK_ROWS or (size and size + len(text) > _CHUNK_SIZE):
                yield chunk
                chunk, size = [], 0
            chunk.append(text)
            size += len(text)
    if chunk:
        yield chunk


def cut(texts: list[str]) -> Pieces:
    """Cut the texts of a chunk at ASCII white space, and number the different pieces."""
    # Each text has a line feed after it.
    none, line = pa.scalar("", pa.large_string()), pa.scalar("\n", pa.large_string())
    _, ends, joined = pc.binary_join_element_wise(column_of(texts), none, line).buffers()
    offsets = np.frombuffer(ends, np.int64)
    data = np.frombuffer(joined, np.uint8, offsets[-1])
    white = (data == 32) | (data - np.uint8(9) < 5) | (data - np.uint8(28) < 4)
    begins = ~white
    begins[1:] &= white[:-1]
    starts = np.flatnonzero(begins)
    rows = np.searchsorted(starts, offsets)
    bounds = np.append(starts, len(data))
    pieces = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(bounds), joined
    ).dictionary_encode()
    kinds, ids = pieces.dictionary, pieces.indices.to_numpy().astype(np.int64)
    places = np.append(0, np.cumsum(pc.utf8_length(kinds).to_numpy()[ids]))
    origin: Ints = places[rows[:-1]] - bounds[rows[:-1]] + offsets[:-1]
    return Pieces(kinds, ids, rows, places, origin)


def cut_further(pieces: Pieces, piece: Ints, at: Ints) -> Pieces:
    """Cut pieces again, each after a number of code points; a piece may be cut several times.

    ``piece`` and ``at`` are in ascending order. Rows and origins are not changed.
    """
    which, begin, number = np.unique(piece, return_index=True, return_counts=True)
    cuts = iter(at.tolist())
    parts = []
    for text, n in zip(pieces.kinds.take(pieces.ids[which]).to_pylist(), number, strict=True):
        bounds = [0, *itertools.islice(cuts, int(n)), len(text)]
        parts += [text[a:b] for a, b in itertools.pairwise(bounds)]
    added = piece + 1 + np.arange(len(piece))
    old = np.ones(len(pieces.places) + len(piece), bool)
    old[added] = False
    ids, places = np.empty(len(old) - 1, np.int64), np.empty(len(old), np.int64)
    ids[old[:-1]], places[old] = pieces.ids, pieces.places
    ids[np.sort(np.append(which + begin, added))] = len(pieces.kinds) + np.arange(len(parts))
    places[added] = pieces.places[piece] + at
    kinds = pa.concat_arrays([pieces.kinds, column_of(parts)])
    return pieces._replace(kinds=kinds, ids=ids, places=places)


def column_of(texts: list[str]) -> pa.LargeStringArray:
    """Return texts as a column; surrogates are replaced as in `whole_code_points`."""
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([whole_code_points(text) for text in texts], pa.large_string())


def whole_code_points(text: str) -> str:
    """Replace each half of a surrogate pair, which UTF-8 cannot encode, by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def some_of(items: Ints, begins: Ints, which: Ints) -> tuple[Ints, Ints]:
    """Return some of several lists, and where each begins.

    List i is ``items[begins[i] : begins[i + 1]]``, in what is given and in what is returned.

    >>> some_of(np.array([5, 6, 7, 8]), np.array([0, 1, 3, 4]), np.array([1, 2]))
    (array([6, 7, 8]), array([0, 2, 3]))
    """
    size = begins[which + 1] - begins[which]
    return items[spread(begins[which], size)], np.append(0, np.cumsum(size))


def spread(first: Ints, count: Ints) -> Ints:
    """Return the indices of ``count[i]`` items from ``first[i]`` on, for every i in turn.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(count.sum())
