"""Texts whose paragraphs stand in columns of their own: para_1, para_2, para_3."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from framing.corpus.readers import Found
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import is_missing, long_text
from framing.corpus.readers.column_names import key
from framing.corpus.readers.profiles import profile
from framing.corpus.readers.raw_rows import Row, row_by_row, sampled

_NUMBERED = re.compile(r"(\S.{0,60}?)[ _.-]{0,2}(\d{1,4})")
# Two of the first kind are parts of a text; of the second, two may be two versions.
_PARTS = frozenset({
    "para", "paragraph", "par", "p", "sentence", "sent", "absatz", "satz", "paragraphe", "phrase",
    "parrafo", "paragrafo", "alinea", "alineas", "bodyparagraph", "textparagraph",
})  # fmt: skip
_TEXTS = frozenset({
    "bodypart", "contentpart", "textblock", "text", "body", "content", "txt", "fulltext", "story",
    "part", "textpart",
})  # fmt: skip
_FEWEST_PARTS, _FEWEST_TEXTS = 2, 3
_WORDS = 6  # in the median cell of the first of them


def joined_columns(rows: Iterator[Row | Found], given: Collection[str]) -> Iterator[Row | Found]:
    """Return the rows with one cell for the numbered columns of a text, if no other has it.

    Columns that the user names, ``given``, stay as they are.
    """
    sample, rows = sampled(rows)
    names = list(dict.fromkeys(name for cells in sample for name in cells))
    parts = _parts(names)
    if not parts or set(given) & set(parts) or _have_a_text(sample, parts):
        return rows
    name = f"{parts[0]} … {parts[-1]}"
    return row_by_row(lambda row: row._replace(cells=_joined(row.cells, parts, name)), rows)


def _parts(names: Sequence[str]) -> list[str]:
    """Return the columns of the parts of a text, in their order.

    Examples
    --------
    >>> _parts(["id", "para_10", "para_2"]), _parts(["text1", "text2"])
    (['para_2', 'para_10'], [])
    """
    kinds: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if (found := _NUMBERED.fullmatch(name.strip())) and key(found[1]) in _PARTS | _TEXTS:
            kinds.setdefault(key(found[1]), []).append((int(found[2]), name))
    fewest = {k: _FEWEST_PARTS if k in _PARTS else _FEWEST_TEXTS for k in kinds}
    of_it = next((sorted(parts) for k, parts in kinds.items() if len(parts) >= fewest[k]), [])
    return [name for _, name in of_it]


def _have_a_text(sample: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> bool:
    """Return whether another column is the text, or the first of the parts is none."""
    profiles = profile(sample)
    first = profiles.get(parts[0])
    others = by_name([name for name in profiles if name not in parts], profiles)
    text = profiles.get(others.get("text", ""))
    return first is None or first.words < _WORDS or not first.prose or bool(text and text.is_long)


def _joined(cells: Mapping[str, Any], parts: Sequence[str], name: str) -> dict[str, Any]:
    texts = (long_text(cells.get(part)).strip() for part in parts)
    text = "\n\n".join(text for text in texts if not is_missing(text))
    return {**{n: cell for n, cell in cells.items() if n not in parts}, name: text}
