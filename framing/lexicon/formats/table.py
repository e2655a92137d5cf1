"""Dictionaries as tables: a column of categories (CSV), or one column per category (LIWC-22)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from framing.arguments import spelled
from framing.lexicon.formats import DictionaryError, Entry, number
from framing.utils.table_files import unguarded

_FLAG = re.compile(r"0|1|-?(?:19|20)\d\d")
_MARKS = frozenset({"1", "x", "✓", "✔", "+", "yes", "y", "true", "t"})
_NO_MARKS = frozenset({"", "0", "-", "no", "n", "false", "f"})
# Word, category and whether it has it, without a header.
LONG = re.compile(r"\s*\S[^\t\r\n]*\t[^\t\r\n]+\t[01]\r?\n")
_SENSE = re.compile(r"(?<=\w)#\d+\Z")  # ABUSE#1: the General Inquirer numbers the senses of a word
# Word and score without a header, as in AFINN and in VADER's list.
SCORED = re.compile(r"\s*[^\s,;][^\t\r\n]*\t[-+]?\d+(?:\.\d+)?[\t\r\n]")
_SCORE = re.compile(r"-\d+(?:\.\d+)?|\d*\.\d+")
NO_CATEGORY = (
    "words with scores: scores are not categories; write a CSV with the columns entry and category "
    "(such as positive and negative), or only entry for one category of all words"
)
_SYNONYMS = {
    "entry": ("entry", "term", "word", "phrase", "pattern"),
    "category": ("category", "key", "sentiment", "emotion"),
    "weight": ("weight", "score", "flag", "association"),
    "tag": ("tag",),
    "rule": ("rule",),
}


def read_csv(text: str, notes: list[str], faults: list[DictionaryError]) -> list[Entry]:
    r"""Read the column of entries, and the optional ones: category, weight, tag and rule.

    Without a column of categories, columns of flags are categories, as in the master table of
    Loughran and McDonald; the columns that are neither are named in ``notes``. Rows that cannot be
    read are among the ``faults``; an entry that a category has twice is one, with a note.

    >>> read_csv("category,entry\nfear,afraid\n", [], [])
    [Entry(line=2, category=('fear',), entry='afraid', weight=1.0, tag='', rule='')]
    """
    if LONG.match(text):
        text = f"entry\tcategory\tflag\n{text.lstrip()}"
    rows = _rows(text)
    header = next((cells for _, cells in rows), [])
    place = _places(header)
    listed = list(_with_entry(rows, len(header), place["entry"], faults))
    flags = {} if "category" in place else _flags(header, listed, set(place.values()))
    used = {*place.values(), *flags}
    unused = [name for i, name in enumerate(header) if i not in used and name.strip()]
    notes += [f"columns not used: {spelled(unused)}"] if unused else []
    if flags:
        return _without_senses(_flagged(place["entry"], flags, listed), notes)
    if "category" not in place and any(_SCORE.fullmatch(c.strip()) for _, cs in listed for c in cs):
        raise DictionaryError(1, NO_CATEGORY)
    return _each_once(list(_items(listed, place, faults)), notes, faults)


def _items(
    rows: list[tuple[int, list[str]]], place: dict[str, int], faults: list[DictionaryError]
) -> Iterator[Entry]:
    for line, cells in rows:
        try:
            yield _item(line, {field: cells[i].strip() for field, i in place.items()})
        except DictionaryError as fault:
            faults.append(fault)


def _with_entry(
    rows: Iterator[tuple[int, list[str]]], size: int, entry: int, faults: list[DictionaryError]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have all their cells, and an entry; the others are faults."""
    for line, cells in rows:
        if len(cells) != size:
            reason = f"expected {size} cells as in the first line, got {len(cells)}"
            faults.append(DictionaryError(line, reason))
        elif not cells[entry].strip():
            faults.append(DictionaryError(line, "an empty entry"))
        else:
            yield line, cells


def _each_once(read: list[Entry], notes: list[str], faults: list[DictionaryError]) -> list[Entry]:
    """Return every entry of a category once, with a note; if it differs, that is a fault."""
    items: dict[tuple[tuple[str, ...], str], Entry] = {}
    if {item.weight for item in read} == {0, 1}:  # whether the word belongs to the category
        items = {(item.category, ""): Entry(1, item.category) for item in read}
        read = [item for item in read if item.weight]
    for item in read:
        first = items.setdefault((item.category, " ".join(item.entry.lower().split())), item)
        if first._replace(line=item.line, entry=item.entry) != item:
            where = f"{item.entry!r} is in line {first.line} with another weight, tag or rule"
            faults.append(DictionaryError(item.line, where))
        elif first is not item:
            notes.append(f"line {item.line}: {item.entry!r} is in line {first.line} too")
    return list(items.values())


def _places(header: list[str]) -> dict[str, int]:
    """Return the column of every field; that of the entries is required."""
    names = [name.strip().lower() for name in header]
    place = {
        field: names.index(next(s for s in synonyms if s in names))
        for field, synonyms in _SYNONYMS.items()
        if any(s in names for s in synonyms)
    }
    of_words = [i for i, name in enumerate(names) if name.endswith((" word", " term"))]
    if "entry" not in place and of_words:  # "English Word", before those of other languages
        place["entry"] = of_words[0]
    if "entry" not in place:
        raise DictionaryError(1, f"a lexicon must have a column 'entry', got: {spelled(header)}")
    return place


def _flags(header: list[str], rows: list[tuple[int, list[str]]], used: set[int]) -> dict[int, str]:
    """Return the columns that flag the entries of a category, as in Loughran-McDonald's table.

    A flag is 0, or 1, or a year: that since which a word belongs to the category (a negative one:
    since which it does not); or a mark such as x, or the name of the column. A column without a 0
    or an empty cell holds something else.
    """
    flags = {}
    for place, name in enumerate(header):
        cells = {cells[place].strip().lower() for _, cells in rows}
        years = "0" in cells and all(map(_FLAG.fullmatch, cells))
        yes, no = {*_MARKS, name.strip().lower()}, _NO_MARKS
        marks = cells & yes and cells & no and not cells - yes - no
        if name.strip() and place not in used and (years or marks):
            flags[place] = name.strip()
    return flags


def _flagged(entry: int, flags: dict[int, str], rows: list[tuple[int, list[str]]]) -> list[Entry]:
    items = [Entry(1, (name,)) for name in flags.values()]
    for line, cells in rows:
        items += [
            Entry(line, (name,), cells[entry].strip())
            for place, name in flags.items()
            if (cell := cells[place].strip().lower()) not in _NO_MARKS and cell[0] != "-"
        ]
    return items


def _without_senses(items: list[Entry], notes: list[str]) -> list[Entry]:
    """Return entries without the numbers of senses, which no text has."""
    if senses := dict.fromkeys(item.entry for item in items if _SENSE.search(item.entry)):
        count = f"{len(senses):,} entries, such as {next(iter(senses))!r}"
        notes.append(f"numbers of senses ({count}): a word counts as in all its senses")
    return [item._replace(entry=_SENSE.sub("", item.entry)) for item in items]


def _item(line: int, fields: dict[str, str]) -> Entry:
    weight = number(fields.get("weight") or "1", line)
    tag, rule = fields.get("tag", ""), fields.get("rule", "")
    return Entry(line, (fields.get("category") or "cue",), fields["entry"], weight, tag, rule)


def read_liwc22(text: str, notes: list[str]) -> list[Entry]:
    r"""Read a column of terms and one per category, with ``X`` or a weight for its terms.

    >>> read_liwc22("DicTerm,Fear,Joy\nafraid*,X,\nglad,,0.5\n", [])[-1][:4]
    (3, ('Joy',), 'glad', 0.5)
    """
    rows = _rows(text)
    header = next((cells for _, cells in rows), [])
    names = [name.strip() for name in header[1:]]
    items = [Entry(1, (name,)) for name in names if name]
    for line, cells in rows:
        if len(cells) > len(header):
            raise DictionaryError(
                line, f"expected {len(header)} cells as in the first line, got {len(cells)}"
            )
        for name, cell in zip(names, map(str.strip, cells[1:]), strict=False):
            weight = 1.0 if cell.upper() == "X" else number(cell or "0", line)
            if weight and not name:
                raise DictionaryError(line, f"{cells[0]!r} has a weight in a column without a name")
            if weight:
                items.append(Entry(line, (name,), cells[0].strip(), weight))
    return items


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their first line; the delimiter is the most frequent of the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True
    )
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DictionaryError(line, f"not CSV: {error}") from None
        if any(map(str.strip, cells)):
            yield line, list(map(unguarded, cells))
