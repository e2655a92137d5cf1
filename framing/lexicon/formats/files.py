"""From a path to the entries of a dictionary: its format, and its errors with their place."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pandas as pd

from framing.lexicon.formats import (
    DictionaryError,
    Entry,
    liwc,
    outline,
    refuse,
    table,
    yaml,
    yoshikoder,
)
from framing.lexicon.own_text import misread
from framing.lexicon.patterns import slots
from framing.text.encoding import decode, printable
from framing.text.words import composed
from framing.utils.files import SHEETS
from framing.utils.table_files import read_texts

LARGEST = 20_000_000  # bytes; the largest dictionary in use is below a tenth of it
MOST_CATEGORIES = 3000  # each is a column of the scores; dictionaries in use have a few hundred
_READERS = {
    "liwc": liwc.read,
    "liwc22": table.read_liwc22,
    "lexicoder": outline.read_lexicoder,
    "wordstat": outline.read_wordstat,
    "yaml": yaml.read,
}
_SUFFIXES = {
    ".dic": "liwc", ".dicx": "liwc22", ".lc3": "lexicoder", ".cat": "wordstat",
    ".ykd": "yoshikoder", ".lcd": "yoshikoder", ".yml": "yaml", ".yaml": "yaml",
    ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
# The beginning of a file decides before its name; the first match counts.
_SIGNS = {
    "yoshikoder": r"<(?:\?xml|dictionary|!)",
    "liwc": r"%[\t ]*[\r\n]",
    "liwc22": r'"?DicTerm"?[,;\t]',
    "lexicoder": r"\+\S[^,;\t\r\n]*[\r\n]",
    "csv": rf"(?i:(?:[\"\w][\"\w ]*)?\b(?:word|entry|term)\"?[\t,;])|{table.LONG.pattern}",
}
_LIST = ("", ".txt")  # endings of names of lists of words
_OWN = ("csv", "list")  # written for this package; others were published for programs with marks


def recognise(path: Path, text: str) -> str:
    """Return the format of a dictionary, by the beginning of its text or else by its name."""
    if table.SCORED.match(text):
        raise DictionaryError(1, table.NO_CATEGORY)
    for kind, sign in _SIGNS.items():
        if re.match(rf"\s*{sign}", text):
            return kind
    kind = _SUFFIXES.get(path.suffix.lower(), "")
    if not kind and path.suffix.lower() in _LIST and outline.is_list(text):
        return "list"
    if not kind:
        raise ValueError(
            f"{printable(path)}: unknown dictionary format. LIWC, LIWC-22, Lexicoder and "
            "Yoshikoder are recognised by their content, others by their name: "
            f"{', '.join(sorted(_SUFFIXES))}. "
            "Any other list can be a CSV with the columns entry and category"
        )
    return kind


def read_entries(path: Path, *, depth: int | None = None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Read a dictionary of any format; of nested categories, ``depth`` levels are kept.

    Returns ``category`` (the names of nested ones joined by "."), ``entry``, ``tag``, ``rule`` and
    ``weight``, each entry once per category; and all categories that do not only contain others.
    """
    if depth is not None and depth < 1:
        raise ValueError(f"depth must be at least 1, got {depth}")
    notes: list[str] = []
    faults: list[DictionaryError] = []
    try:
        kind, items = _read(path, notes, faults)
        _refuse_twice(items)
        items = _meant(items, notes, faults, strict=kind in _OWN)
        refuse(faults)
    except DictionaryError as fault:
        raise ValueError(printable(f"{path}, line {fault.line}: {fault}")) from None
    if notes:
        more = f"; and {len(notes) - 5} more" if len(notes) > 5 else ""
        left_out = f"{path}: left out: {'; '.join(notes[:5])}{more}"
        warnings.warn(printable(left_out), stacklevel=3)
    entries, categories = _table(items, depth)
    if entries.empty:
        raise ValueError(
            f"{printable(path)}: no entries: every count would be 0; is the file complete?"
        )
    if len(categories) > MOST_CATEGORIES:
        raise ValueError(
            f"{printable(path)}: a dictionary must have at most {MOST_CATEGORIES:,} categories, "
            f"got {len(categories):,}; depth=1 joins nested ones"
        )
    _warn_of_case(path, categories)
    return entries, categories


def _read(path: Path, notes: list[str], faults: list[DictionaryError]) -> tuple[str, list[Entry]]:
    """Return the format of a dictionary and what is in it; rows of a table may have ``faults``."""
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(
            f"{printable(path)}: a dictionary must have at most {LARGEST:,} bytes, got {size:,}"
        )
    if path.suffix.lower() in SHEETS:
        return "csv", table.read_csv(read_texts(path).to_csv(index=False), notes, faults)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")  # with characters that no article has, maybe
    except UnicodeDecodeError:
        text = decode(raw)[0]
    kind = recognise(path, text)
    if kind == "list":
        return kind, outline.read_list(text, path.stem, notes)
    if kind == "csv":
        return kind, table.read_csv(text, notes, faults)
    # XML declares its own encoding.
    read = yoshikoder.read(raw, notes) if kind == "yoshikoder" else _READERS[kind](text, notes)
    return kind, read


def _refuse_twice(items: list[Entry]) -> None:
    """Raise an error if a category occurs twice: some programs would keep only the last."""
    begun: dict[tuple[str, ...], int] = {}
    for item in items:
        if not item.entry and item.category in begun:
            name, line = ".".join(item.category), begun[item.category]
            raise DictionaryError(item.line, f"duplicate category {name!r} (see line {line})")
        if not item.entry:
            begun[item.category] = item.line


def _meant(
    items: list[Entry], notes: list[str], faults: list[DictionaryError], *, strict: bool
) -> list[Entry]:
    """Return items without the entries that would count something else, such as ``:D``.

    They are noted, or, if ``strict``, among the faults; those that no word can match are noted.
    """
    known: dict[str, int] = {}  # entries, and how many words they have
    for item in items:
        try:
            known[item.entry] = len(slots(item.entry))
        except ValueError as error:
            faults.append(DictionaryError(item.line, str(error)))
    wrong = misread(entry for entry in known if entry)
    listed = [item for item in items if item.entry in wrong]
    refused = [item for item in listed if strict and known[item.entry]]
    faults += [DictionaryError(item.line, wrong[item.entry]) for item in refused]
    notes += [f"line {item.line}: {wrong[item.entry]}" for item in listed]
    return [item._replace(entry="") if item.entry in wrong else item for item in items]


def _warn_of_case(path: Path, categories: tuple[str, ...]) -> None:
    """Warn of categories whose names differ in upper and lower case only."""
    alike: dict[str, str] = {}
    for name in categories:
        first = alike.setdefault(composed(name).casefold(), name)
        if first != name:
            warnings.warn(
                f"{printable(path)}: {first!r} and {name!r} differ only in upper and lower case, "
                "and are two categories; spell them alike if they are one",
                stacklevel=4,
            )


def _table(items: list[Entry], depth: int | None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    parents = {item.category[:n] for item in items for n in range(1, len(item.category))}
    named = [(".".join(item.category[:depth]), item) for item in items]
    rows: dict[tuple[str, str], tuple[str, str, str, str, float]] = {}
    for name, item in named:
        key = name, " ".join(item.entry.lower().split())
        if item.entry:
            rows.setdefault(key, (name, item.entry, item.tag, item.rule, item.weight))
    columns = ["category", "entry", "tag", "rule", "weight"]
    categories = [name for name, item in named if item.entry or item.category not in parents]
    return pd.DataFrame(list(rows.values()), columns=columns), tuple(dict.fromkeys(categories))
