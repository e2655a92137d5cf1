"""Lexicons as tables: categories, entries, tags, and how categories combine into indices."""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.tokens import words

COLUMNS = ["category", "entry", "tag", "rule"]
_BUILT_IN = Path(__file__).parent / "lexicons" / "english.csv"
_BRACKET = re.compile(r"\[([^\]]*)\]")
_NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand|million|billion|trillion|dozen|half"
)
_NUM = (
    rf"[0-9][0-9.,]*[a-z]*|(?:{_NUMBER_WORD})(?:-(?:{_NUMBER_WORD}|third|thirds|quarters|fifths))*"
)
_BE = r"is|are|was|were|be|been|being|'s|'re"


@dataclass(frozen=True)
class Index:
    """A sum of categories, without the hits that carry one of the tags in ``without``."""

    categories: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Entries to be found in texts, with the categories they belong to.

    Parameters
    ----------
    entries : DataFrame
        Columns ``category``, ``entry``, ``tag``, ``rule`` (all str; the last two may be empty).
    name, version, licence, source : str
        What the lexicon is and where it comes from.
    families : mapping of str to tuple of str
        Within a family a word is counted once; the category named first wins a tie.
        A category that stands in no family is one of its own.
    indices : mapping of str to Index
        Sums of categories that stand in the scores beside the categories themselves.
    """

    entries: pd.DataFrame
    name: str = "unnamed"
    version: str = ""
    licence: str = ""
    source: str = ""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indices: Mapping[str, Index] = field(default_factory=dict)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories, in the order in which the entries name them first."""
        return tuple(self.entries["category"].unique())

    @cached_property
    def hash(self) -> str:
        """SHA-256 over entries, families and indices: two lexicons that count alike share it."""
        rows = self.entries.sort_values(COLUMNS)[COLUMNS].to_csv(index=False, lineterminator="\n")
        combined = f"{rows}{sorted(self.families.items())}{sorted(self.indices.items())}"
        return hashlib.sha256(combined.encode()).hexdigest()

    def __repr__(self) -> str:
        sizes = self.entries["category"].value_counts(sort=False)
        listed = ", ".join(f"{category} {n}" for category, n in sizes.items())
        return f"Lexicon {self.name} {self.version} ({len(self.entries)} entries: {listed})"

    def _repr_html_(self) -> str:
        table = self.entries.groupby("category", sort=False)["entry"].agg(["size", _examples])
        table.columns = pd.Index(["entries", "for example"])
        return table.to_html(escape=True)


def _examples(entries: pd.Series[str]) -> str:
    return ", ".join(entries.iloc[:5])


class Slot(NamedTuple):
    """A place for one word in an entry.

    ``pattern`` is matched against the whole key of a word; ``globs`` are the forms of the words
    that it can match, with ``*`` for what is open, so that few words need to be tried.
    """

    pattern: str
    globs: tuple[str, ...]


def slots(entry: str) -> list[Slot]:
    """Turn an entry into one slot a word.

    ``*`` is zero or more letters, ``[a|b]`` alternatives, ``{NUM}`` a number,
    ``{BE}`` a form of *be*.

    Examples
    --------
    >>> slots("sa[y|id] {NUM}")[0]
    Slot(pattern='say|said', globs=('say', 'said'))
    """
    return [_slot(part) for part in _split(entry)]


def _split(entry: str) -> list[str]:
    """Split at spaces; a word without notation is cut as the tokens of a text are."""
    parts: list[str] = []
    for part in entry.lower().split():
        plain = not re.search(r"[\[{*]", part)
        parts.extend([w.key for w in words(part)] if plain and not part.startswith("'") else [part])
    return parts


def _slot(part: str) -> Slot:
    if part == "{num}":
        return Slot(_NUM, tuple(f"{start}*" for start in (*"0123456789", *_NUMBER_WORD.split("|"))))
    if part == "{be}":
        return Slot(_BE, tuple(_BE.split("|")))
    pieces = _BRACKET.split(part)
    choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
    globs = ["".join(chosen) for chosen in itertools.product(*choices)]
    forms = tuple("*n't" if glob == "n't" else glob for glob in globs)
    return Slot("|".join(map(_glob, globs)), forms)


def _glob(word: str) -> str:
    """A glob as a regular expression; ``n't`` stands for every word that ends so."""
    if word == "n't":
        return r"[^\W\d_]+n't"
    return re.escape(word).replace(r"\*", r"[^\W\d_]*")


@cache
def built_in() -> Lexicon:
    """Return the English lexicon that comes with the package."""
    return load_lexicon(_BUILT_IN)


def load_lexicon(path: str | Path) -> Lexicon:
    """Read a lexicon from a CSV file, with an optional TOML file of the same name beside it.

    Parameters
    ----------
    path : str or Path
        CSV with a column ``entry``, and optionally ``category``, ``tag``, ``rule``.

    Returns
    -------
    Lexicon

    Raises
    ------
    ValueError
        If there is no column ``entry``, or an entry is empty or stands twice in a category;
        the message names file and line.

    Examples
    --------
    >>> built_in().categories[:3]
    ('epi_modal', 'prob', 'evid')
    """
    path = Path(path)
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if "entry" not in table:
        came = ", ".join(map(str, table.columns))
        raise ValueError(f"{path}: a lexicon needs a column 'entry'; this file has: {came}")
    table = table.reindex(columns=COLUMNS, fill_value="")
    table["category"] = table["category"].where(table["category"] != "", "cue")
    wrong = table["entry"].str.strip().eq("") | table.duplicated(["category", "entry"])
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        what = table["entry"].iloc[row].strip() or "an empty entry"
        raise ValueError(
            f"{path}, line {row + 2}: {what!r} is empty or stands twice in its category"
        )
    about = path.with_suffix(".toml")
    described = tomllib.loads(about.read_text("utf-8")) if about.exists() else {}
    return Lexicon(
        table,
        name=described.get("name", path.stem),
        version=described.get("version", ""),
        licence=described.get("licence", ""),
        source=described.get("source", ""),
        families={k: tuple(v) for k, v in described.get("families", {}).items()},
        indices={
            k: Index(tuple(v["categories"]), tuple(v.get("without", ())))
            for k, v in described.get("indices", {}).items()
        },
    )
