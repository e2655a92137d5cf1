"""From a path to the entries of a dictionary: which format it is, and where it is at fault."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pandas as pd

from framing.lexicon.formats import DictionaryError, Item, liwc, outline, table, yaml, yoshikoder
from framing.lexicon.patterns import slots
from framing.text.encoding import decode

LARGEST = 20_000_000  # bytes; the largest dictionary in use is below a tenth of it
_READERS = {
    "liwc": liwc.read,
    "liwc22": table.read_liwc22,
    "lexicoder": outline.read_lexicoder,
    "wordstat": outline.read_wordstat,
    "yaml": yaml.read,
    "csv": table.read_csv,
}
_SUFFIXES = {
    ".dic": "liwc", ".dicx": "liwc22", ".lc3": "lexicoder", ".cat": "wordstat",
    ".ykd": "yoshikoder", ".lcd": "yoshikoder", ".yml": "yaml", ".yaml": "yaml",
    ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
# What the start of a file shows, whatever it is called. The first that fits is taken.
_SIGNS = {
    "yoshikoder": r"<(?:\?xml|dictionary|!)",
    "liwc": r"%[\t ]*[\r\n]",
    "liwc22": r'"?DicTerm"?[,;\t]',
    "lexicoder": r"\+\S[^,;\t\r\n]*[\r\n]",
}


def recognise(path: Path, text: str) -> str:
    """Name the format of a dictionary: by how its text starts, or else by the file's name."""
    for kind, sign in _SIGNS.items():
        if re.match(rf"\s*{sign}", text):
            return kind
    kind = _SUFFIXES.get(path.suffix.lower(), "")
    if not kind:
        raise ValueError(
            f"{path}: not known as a dictionary. LIWC, LIWC-22, Lexicoder and Yoshikoder are known "
            f"by their content, others by their name: {', '.join(sorted(_SUFFIXES))}"
        )
    return kind


def read_entries(path: Path, *, depth: int | None = None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Read a dictionary of any format.

    Parameters
    ----------
    path : Path
        The file; its encoding is found as that of articles is.
    depth : int, optional
        How many levels of nested categories are kept apart; all by default.

    Returns
    -------
    entries : DataFrame
        ``category`` (the names of nested ones joined by "."), ``entry``, ``tag``, ``rule``,
        ``weight``; each entry once a category.
    categories : tuple of str
        All that have entries, or could have some: one that only holds others is none.

    Raises
    ------
    ValueError
        If the file is larger than 20 MB, of no known format, or at fault; the message names
        file and line. What had to be left out is told in one `UserWarning`.
    """
    if depth is not None and depth < 1:
        raise ValueError(f"depth={depth}: at least one level of categories must be kept")
    notes: list[str] = []
    try:
        items = _read(path, notes)
        _refuse_twice(items)
        _check(items, notes)
    except DictionaryError as fault:
        raise ValueError(f"{path}, line {fault.line}: {fault}") from None
    if notes:
        more = f"; and {len(notes) - 5} more" if len(notes) > 5 else ""
        warnings.warn(f"{path}: left out: {'; '.join(notes[:5])}{more}", stacklevel=3)
    return _table(items, depth)


def _read(path: Path, notes: list[str]) -> list[Item]:
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path}: {size:,} bytes; a dictionary has at most {LARGEST:,}")
    raw = path.read_bytes()
    text = _text(raw)
    kind = recognise(path, text)
    # XML says itself how it is encoded.
    return yoshikoder.read(raw, notes) if kind == "yoshikoder" else _READERS[kind](text, notes)


def _text(raw: bytes) -> str:
    """Text of a dictionary: an entry may hold what would make an article suspect."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(raw)[0]


def _refuse_twice(items: list[Item]) -> None:
    """A category begins in one place only: of two, some readers would keep the last alone."""
    begun: dict[tuple[str, ...], int] = {}
    for item in items:
        if not item.entry and item.category in begun:
            name, line = ".".join(item.category), begun[item.category]
            raise DictionaryError(
                item.line, f"the category {name!r} stands here twice (see line {line})"
            )
        if not item.entry:
            begun[item.category] = item.line


def _check(items: list[Item], notes: list[str]) -> None:
    """Note the entries that no word can match, such as ``:)``."""
    for item in items:
        try:
            if item.entry and not slots(item.entry):
                notes.append(f"line {item.line}: {item.entry!r} has no letter to be found by")
        except ValueError as error:
            raise DictionaryError(item.line, str(error)) from None


def _table(items: list[Item], depth: int | None) -> tuple[pd.DataFrame, tuple[str, ...]]:
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
