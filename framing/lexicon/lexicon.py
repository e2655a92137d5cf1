"""Lexicons as tables: categories, entries, tags, and indices that combine categories."""

from __future__ import annotations

import difflib
import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from framing.arguments import as_value, spelled
from framing.checks import check_columns
from framing.lexicon.metadata import Index, Rules, check_names, write_about
from framing.lexicon.own_text import misread
from framing.schema import COLUMN_NAMES, listed
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.utils.files import all_or_none
from framing.utils.table_files import write_csv

COLUMNS = ["category", "entry", "tag", "rule"]
_FILLED = {"category": "cue", "tag": "", "rule": "", "weight": 1.0}
NestedScope = Literal["key", "dictionary"]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Entries to find in texts, and the categories they belong to.

    Parameters
    ----------
    entries : DataFrame
        Columns ``category``, ``entry``, ``tag``, ``rule`` (all str) and ``weight`` (float); only
        ``entry`` is required. Weights are kept for your own analyses: scores count hits. An entry
        that would not match its own text, such as ``C++``, is an error.
    name, version, licence, source : str
        Description of the lexicon and its origin.
    language : str
        Code of the language that it is for, such as ``"en"``; texts that a column ``language``
        says to be in another one are an error. Not checked if empty.
    families : mapping of str to tuple of str
        Within a family a word is counted once; the category named first wins a tie.
        A category without a family is its own family.
    indices : mapping of str to Index
        Sums of categories; each is a column of the scores, as the categories are.
    declared : tuple of str
        Categories in their order, including those without an entry, whose count is 0.
    nested_scope : {"key", "dictionary"}
        Whether a match inside a longer one is dropped within its family alone, or also where the
        longer one belongs to another ("key" and "dictionary" as in quanteda).
    rules : mapping of str to mapping
        Rules by name, as `framing.scoring.rules` describes them; entries name them in ``rule``.
    marks : mapping of str to mapping
        ``negated`` and ``attenuated``: each with ``categories`` and the clauses ``when``.
    """

    entries: pd.DataFrame
    name: str = "unnamed"
    version: str = ""
    language: str = ""
    licence: str = ""
    source: str = ""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indices: Mapping[str, Index] = field(default_factory=dict)
    declared: tuple[str, ...] = ()
    nested_scope: NestedScope = "key"
    rules: Rules = field(default_factory=dict)
    marks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_columns(self.entries, ["entry"], kind="entries, with the columns category and entry")
        missing = {k: v for k, v in _FILLED.items() if k not in self.entries}
        filled = self.entries.assign(**missing)[[*COLUMNS, "weight"]].reset_index(drop=True)
        object.__setattr__(self, "entries", filled)
        for name in ("entry", "category"):
            bad = [not isinstance(value, str) or not value.strip() for value in filled[name]]
            if any(bad):
                value = filled[name].iloc[bad.index(True)]
                raise ValueError(
                    f"row {bad.index(True)} of the entries: {name} must be a text, got "
                    f"{as_value(value)} ({sum(bad)} in all)"
                )
        for entry, reason in misread(filled["entry"]).items():
            row = filled["entry"].tolist().index(entry)
            raise ValueError(f"row {row} of the entries: {reason}")
        if self.nested_scope not in get_args(NestedScope):
            raise ValueError(
                f"nested_scope must be 'key' or 'dictionary', got {as_value(self.nested_scope)}"
            )
        tags = [tag for index in self.indices.values() for tag in index.without]  # may be absent
        check_names({**vars(self), "marks": {}}, self.categories, tags)
        if taken := [name for name in (*self.categories, *self.indices) if name in COLUMN_NAMES]:
            raise ValueError(
                f"a category must not have the name of a column of a table, got {taken[0]!r}; "
                f"rename it in {self.name}. The names of columns are: {', '.join(COLUMN_NAMES)}"
            )
        if len(unknown := filled[~filled["rule"].isin(["", *self.rules])]):
            entry, rule = unknown.iloc[0][["entry", "rule"]]
            known = spelled(self.rules) or "no rules in this lexicon"
            raise ValueError(f"unknown rule {rule!r} of entry {entry!r}; must be one of: {known}")

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories: the declared ones, then others in the order of the entries."""
        return tuple(dict.fromkeys([*self.declared, *self.entries["category"]]))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that affects counts; lexicons that count alike have the same."""
        rows = self.entries.sort_values(COLUMNS)[COLUMNS]
        listed = rows.to_csv(index=False, lineterminator="\n")
        combined = f"{listed}{sorted(self.families.items())}{sorted(self.indices.items())}"
        if self.nested_scope != "key":
            combined += self.nested_scope
        used = {name: rule for name, rule in self.rules.items() if name in set(rows["rule"])}
        if used or self.marks:
            combined += json.dumps([used, self.marks], sort_keys=True)
        return hashlib.sha256(combined.encode()).hexdigest()

    def members(self, measures: Iterable[str]) -> list[str]:
        """Return the categories that measures (categories or indices) consist of.

        Examples
        --------
        >>> import framing as fr
        >>> fr.load_lexicon().members(["alarm", "cond"])
        ['cond', 'fear', 'warn', 'risk']
        """
        wanted = set(measures)
        if unknown := wanted - {*self.categories, *self.indices}:
            known = spelled([*self.indices, *self.categories])
            raise ValueError(
                f"unknown category or index {sorted(unknown)[0]!r}; must be one of: {known}"
            )
        for name, index in self.indices.items():
            wanted |= set(index.categories) if name in wanted else set()
        return [category for category in self.categories if category in wanted]

    def only(self, *measures: str | Sequence[str]) -> Lexicon:
        """Return the lexicon with only these categories, or the categories of these indices.

        Indices that lack one of their categories are dropped.

        Examples
        --------
        >>> import framing as fr
        >>> fr.load_lexicon().only("alarm").categories
        ('fear', 'warn', 'risk')
        """
        kept = self.members(name for given in measures for name in listed(given))
        families = {n: tuple(c for c in of if c in kept) for n, of in self.families.items()}
        return replace(
            self,
            entries=self.entries[self.entries["category"].isin(kept)],
            version=_changed(self.version),
            families={name: members for name, members in families.items() if members},
            indices={n: i for n, i in self.indices.items() if set(i.categories) <= set(kept)},
            declared=tuple(kept),
            marks={
                name: {**mark, "categories": [c for c in mark["categories"] if c in kept]}
                for name, mark in self.marks.items()
            },
        )

    def without(self, *measures: str | Sequence[str]) -> Lexicon:
        """Return the lexicon without these categories, or the categories of these indices.

        Examples
        --------
        >>> import framing as fr
        >>> "boost" in fr.load_lexicon().without("boost").categories
        False
        """
        dropped = self.members(name for given in measures for name in listed(given))
        return self.only(*(c for c in self.categories if c not in dropped))

    def with_entries(
        self, category: str, entries: Iterable[str], *, tag: str = "", rule: str = ""
    ) -> Lexicon:
        """Return the lexicon with more entries in a category, which may be new.

        Raises
        ------
        ValueError
            If ``category`` is an index, or ``entries`` is a str.

        Warns
        -----
        UserWarning
            If the category is new and spelled much like an existing one, or has an entry already.

        Examples
        --------
        >>> import framing as fr
        >>> fr.load_lexicon().with_entries("fear", ["scared stiff", "goosebump*"], tag="strong")
        Lexicon framing-english ...
        """
        if isinstance(entries, str):
            raise ValueError(f"entries must be a list, as in [{entries!r}], got a str")
        if category in self.indices and category not in self.categories:
            raise ValueError(
                f"{category!r} is an index, a sum of categories: name one of "
                f"{spelled(self.indices[category].categories)}"
            )
        near = difflib.get_close_matches(category, self.categories, cutoff=0.7)
        if category not in self.categories and near:
            warnings.warn(
                f"{category!r} is a new category, which no index counts; did you mean {near[0]!r}?",
                stacklevel=2,
            )
        more = pd.DataFrame({"entry": list(entries)}).assign(category=category, tag=tag, rule=rule)
        here = self.entries["entry"][self.entries["category"] == category].str.lower()
        if there := [entry for entry in more["entry"] if str(entry).lower() in set(here)]:
            warnings.warn(
                f"{category!r} has the entry {there[0]!r} already, which stays as it is "
                f"({len(there)} of {len(more)} entries)",
                stacklevel=2,
            )
        return self + Lexicon(more, declared=(category,), rules=self.rules)

    def __add__(self, other: Lexicon) -> Lexicon:
        """Return the union of two lexicons; the first one wins if both have an entry."""
        entries = pd.concat([self.entries, other.entries])
        alike = entries.assign(entry=entries["entry"].str.lower())
        return replace(
            self,
            entries=entries[~alike.duplicated(["category", "entry"]).to_numpy()],
            version=_changed(self.version),
            families={**other.families, **self.families},
            indices={**other.indices, **self.indices},
            rules={**other.rules, **self.rules},
            marks={**other.marks, **self.marks},
            declared=tuple(dict.fromkeys([*self.categories, *other.categories])),
        )

    def save(self, path: str | Path) -> Path:
        """Save the entries as CSV, and the metadata as TOML of the same name.

        Parameters
        ----------
        path : str or Path
            Ends in ``.csv``; `load_lexicon` reads it again.

        Returns
        -------
        Path
            That of the CSV.
        """
        path = Path(path)
        if path.suffix.lower() != ".csv":
            raise ValueError(
                f"{printable(path)}: the name must end in .csv (a .toml is saved with it)"
            )
        tags = set(self.entries["tag"])  # of those that were taken out, none is left to leave out
        indices = {
            name: replace(index, without=tuple(tag for tag in index.without if tag in tags))
            for name, index in self.indices.items()
        }
        about = {**vars(self), "categories": self.categories, "indices": indices}
        with all_or_none([path.with_suffix(".toml"), path]) as (toml, entries):
            write_about(about, toml)
            write_csv(self.entries, entries)
        return path

    def __repr__(self) -> str:
        sizes = self._sizes()
        listed = ", ".join(f"{category} {n}" for category, n in sizes[:20].items())
        rest = many(len(sizes) - 20, "more category", "more categories")
        more = f", and {rest}" if len(sizes) > 20 else ""
        about = " ".join(part for part in (self.name, self.version) if part)
        return printable(f"Lexicon {about} ({len(self.entries)} entries: {listed}{more})")

    def _repr_html_(self) -> str:
        entries = self.entries.groupby("category")["entry"]
        examples = entries.agg(lambda own: ", ".join(own.iloc[:5]))
        table = pd.DataFrame({"entries": self._sizes(), "for example": examples})
        table = table.reindex(self.categories).fillna({"for example": ""})
        about = [self.name, self.version, self.licence, f"SHA-256 {self.hash[:12]}"]
        described = escape(", ".join(part for part in about if part))
        return f"<p><b>Lexicon</b> {described}</p>{table.to_html(escape=True)}"

    def _sizes(self) -> pd.Series[int]:
        return self.entries["category"].value_counts().reindex(self.categories, fill_value=0)


def _changed(version: str) -> str:
    return version if version.endswith("changed") else f"{version} changed".strip()
