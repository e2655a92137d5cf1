"""Tables in which a row is a part of an article: a paragraph or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise
from typing import Any, NamedTuple

from framing.corpus.readers import Found
from framing.corpus.readers.cells import cell_text
from framing.corpus.readers.column_names import key
from framing.corpus.readers.raw_rows import Row, from_row

# The usual names of the columns that name an article, and that count its parts.
_WHOLES = ("artid", "articleid", "docid", "documentid", "article", "doc", "id")
_PART = re.compile(
    r"(?:par|para|paragraph|sent|sentence|absatz|satz|phrase|párrafo|parrafo|alinéa|alinea)"
    r"(?:id|idx|index|no|nr|num|number|pos|position|order|n)"
)
# A column of such a name has a part of an article in each row.
_OF_PARTS = re.compile(r"paragraph|sentence|absatz|satz|phrase|párrafo|parrafo|alin[eé]a")
_OF_ARTICLE = ("title", "outlet", "date", "url")  # the same in all parts
_NO_IDS = ("title", "outlet", "date", "event", "topic", "byline", "language")
_FEWEST = 4  # rows; fewer say nothing
_ROWS = 1.5  # an article has at least, on average
_ALIKE = 0.5  # share of words in common: two versions of a text, not two parts of it
_MOST_ALIKE = 0.2  # of the parts are so like the one before
_TRIED = 20  # columns that count; each is looked at beside all the others
_WORD = re.compile(r"\w+")

Cells = Mapping[str, Any]


class Parts(NamedTuple):
    """The columns that name an article and count its parts; or the one that leaves it open."""

    whole: str = ""
    part: str = ""
    doubt: str = ""


def parts_of(rows: Sequence[Cells], fields: Mapping[str, str]) -> Parts:
    """Return whether rows are parts of articles: by names of columns, then by what they hold.

    ``rows`` are the first of a table, and ``fields`` the columns of the fields, such as
    ``{"title": "headline"}``. By content, rows are parts if a column counts 1, 2, 3, … and begins
    anew where another one, whose values are unique, changes, and title, outlet, date and URL change
    only there, if there are titles or the name of a column tells of paragraphs or sentences. Rows
    under one title without such columns are a doubt.

    >>> parts_of([{"Art_ID": "1", "Par_ID": "1", "Paragraph": "Rain."}], {})
    Parts(whole='Art_ID', part='Par_ID', doubt='')
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    by_key = {key(name): name for name in reversed(names)}
    whole = next((by_key[k] for k in _WHOLES if k in by_key), "")
    part = next((name for k, name in reversed(by_key.items()) if _PART.fullmatch(k)), "")
    if whole and part:
        return Parts(whole, part)
    return _by_content(rows, names, fields) if len(rows) >= _FEWEST else Parts()


def _by_content(rows: Sequence[Cells], names: Sequence[str], fields: Mapping[str, str]) -> Parts:
    same = [fields[field] for field in _OF_ARTICLE if field in fields]
    ids = [name for name in names if name not in {fields.get(field) for field in _NO_IDS}]
    named = any(_OF_PARTS.search(key(name)) for name in names)
    sure = named or _is_filled(rows, fields.get("title", ""))
    doubt = ""
    counted = ((name, runs) for name in names if (runs := _counted(rows, name)))
    for part, runs in islice(counted, _TRIED):
        if not _are_parts(runs, [name for name in same if name != part], part):
            continue
        firsts = [run[0] for run in runs]
        whole = next(
            (n for n in ids if n != part and _is_constant(runs, n) and _unique(firsts, n)), ""
        )
        if whole and len(runs) > 1 and sure:
            return Parts(whole, part)
        doubt = doubt or whole
    if _is_filled(rows, fields.get("title", "")) and _are_parts(_runs(rows, same), same, ""):
        doubt = fields["title"]
    return Parts(doubt=doubt)


def _counted(rows: Sequence[Cells], name: str) -> list[list[Cells]]:
    """Return the rows in runs in which a column counts on from its first value; none if not."""
    runs: list[list[Cells]] = []
    begin = last = _number(rows[0].get(name))
    for row in rows:
        number = _number(row.get(name))
        if number is None or begin not in (0, 1):
            return []
        if number == begin:
            runs.append([])
        elif last is None or number != last + 1:
            return []
        runs[-1].append(row)
        last = number
        if _ROWS * len(runs) > len(rows):
            return []
    return runs


def _number(cell: Any) -> int | None:
    digits = str(cell).removesuffix(".0")
    return int(digits) if digits.isdecimal() and len(digits) < 7 else None


def _runs(rows: Sequence[Cells], names: Sequence[str]) -> list[list[Cells]]:
    """Return the rows in runs in which some columns do not change."""
    return [list(run) for _, run in groupby(rows, lambda row: [row.get(name) for name in names])]


def _are_parts(runs: Sequence[Sequence[Cells]], same: Sequence[str], part: str) -> bool:
    """Return whether runs may be articles: long enough, of one title, and of different texts."""
    n = sum(map(len, runs))
    if not runs or n < _ROWS * len(runs) or not all(_is_constant(runs, name) for name in same):
        return False
    longest = max(runs, key=len)
    changing = [name for name in longest[0] if name != part and not _is_constant([longest], name)]
    if not changing:
        return False
    text = max(changing, key=lambda name: sum(len(cell_text(row.get(name))) for row in longest))
    words = [[set(_WORD.findall(cell_text(row.get(text)).lower())) for row in run] for run in runs]
    pairs = [pair for run in words for pair in pairwise(run)]
    alike = [len(a & b) >= _ALIKE * max(len(a | b), 1) for a, b in pairs]
    return sum(alike) <= _MOST_ALIKE * len(alike)


def _is_constant(runs: Sequence[Sequence[Cells]], name: str) -> bool:
    return all(row.get(name) == run[0].get(name) for run in runs for row in run)


def _unique(rows: Sequence[Cells], name: str) -> bool:
    values = [cell_text(row.get(name)) for row in rows]
    return len(set(values)) == len(values) and all(values)


def _is_filled(rows: Sequence[Cells], name: str) -> bool:
    return name != "" and all(cell_text(row.get(name)).strip() for row in rows)


def in_wholes(rows: Iterable[Row | Found], name: str) -> Iterator[Row | Found]:
    """Yield the rows; consecutive ones together that have the same value in a column."""
    held: list[Row] = []
    for row in rows:
        if isinstance(row, Found):
            yield row
            continue
        if held and not (name in row.cells and held[0].cells.get(name) == row.cells[name]):
            yield _joined(held)
            held = []
        held.append(row)
    if held:
        yield _joined(held)


def _joined(rows: Sequence[Row]) -> Row:
    """Return one row of many: what differs becomes a list."""
    first = rows[0]
    one: dict[str, Any] = {}
    for name, cell in first.cells.items():
        others = [row.cells.get(name) for row in rows[1:]]
        one[name] = [cell, *others] if any(other != cell for other in others) else cell
    return first._replace(where=from_row(first.where, len(rows)), cells=one)
