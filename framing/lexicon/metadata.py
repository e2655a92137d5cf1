"""Metadata of a lexicon, the TOML file of the same name: indices, marks and rules.

`framing.scoring.rules` applies the rules whose syntax is checked here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.lexicon.patterns import slots

FIELDS = ("name", "version", "language", "licence", "source", "nested_scope")
MARKS = ("negated", "attenuated")
Clause = Mapping[str, Any]
Rules = Mapping[str, Mapping[str, Sequence[Clause]]]
NEAR = re.compile(r"(not_)?(prev|next|match)([1-9]?)")
_FLAGS = ("capital", "start", "end")
TESTS = ("asks", "states", "follows_comma", "has_capital")


@dataclass(frozen=True)
class Index:
    """A sum of categories, without the hits that carry one of the tags in ``without``."""

    categories: tuple[str, ...]
    without: tuple[str, ...] = ()

    def holds(self, table: pd.DataFrame) -> pd.Series[bool]:
        """Return which rows of a table with ``category`` and ``tag`` belong to the index."""
        return table["category"].isin(self.categories) & ~table["tag"].isin(self.without)


def read_about(path: Path) -> dict[str, Any]:
    """Read the metadata of a lexicon from TOML; return defaults if there is no such file."""
    table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    words = table.get("words", {})
    rules, marks = table.get("rules", {}), {m: table[m] for m in MARKS if m in table}
    clauses = [(name, kind, rule[kind]) for name, rule in rules.items() for kind in rule]
    clauses += [(name, "when", mark["when"]) for name, mark in marks.items()]
    checked: dict[str, dict[str, Any]] = {name: {} for name in (*rules, *marks)}
    for name, kind, listed in clauses:
        try:
            if kind not in ("drop", "keep", "when"):
                raise ValueError(f"a rule must have 'drop' or 'keep', got {kind!r}")
            checked[name][kind] = read_clauses(listed, words)
        except ValueError as error:
            raise ValueError(f"{path}: {name}: {error}") from None
    return {key: table[key] for key in FIELDS if key in table} | {
        "families": {k: tuple(v) for k, v in table.get("families", {}).items()},
        "indices": {
            k: Index(tuple(v["categories"]), tuple(v.get("without", ())))
            for k, v in table.get("indices", {}).items()
        },
        "declared": tuple(table.get("categories", ())),
        "rules": {name: checked[name] for name in rules},
        "marks": {m: {"categories": marks[m]["categories"], **checked[m]} for m in marks},
    }


def read_clauses(clauses: Sequence[Clause], words: Mapping[str, Sequence[str]]) -> list[Clause]:
    """Check clauses, and replace a name such as ``@months`` by its list of words."""
    return [{k: _value(k, v, words) for k, v in clause.items()} for clause in clauses]


def _value(key: str, value: Any, words: Mapping[str, Sequence[str]]) -> Any:
    if key in _FLAGS and isinstance(value, bool):
        return value
    if key == "test" and value in TESTS:
        return value
    if not NEAR.fullmatch(key) or not isinstance(value, list):
        allowed = f"(not_)prev, next, match with a list; {', '.join(_FLAGS)} with true or false"
        raise ValueError(
            f"{key} = {value!r}: a condition must be {allowed}; or test, one of {', '.join(TESTS)}"
        )
    unknown = [word for word in value if word[0] == "@" and word[1:] not in words]
    if unknown:
        raise ValueError(
            f"{key}: unknown list of words {unknown[0]!r}; must be one of: {', '.join(words)}"
        )
    named = [w for word in value for w in (words[word[1:]] if word[0] == "@" else [word])]
    for phrase in named:
        slots(phrase)  # raises an error for an invalid phrase
    return named


def write_about(fields: Mapping[str, Any], path: Path) -> None:
    """Write the metadata of a lexicon as TOML, for `read_about`."""
    tables = {"": {key: fields[key] for key in FIELDS} | {"categories": fields["categories"]}}
    tables["families"] = fields["families"]
    tables |= {f"indices.{to_toml(name)}": vars(i) for name, i in fields["indices"].items()}
    tables |= {f"rules.{to_toml(name)}": rule for name, rule in fields["rules"].items()}
    lines = []
    for name, table in (tables | fields["marks"]).items():
        lines += ["", f"[{name}]"] if name else []
        lines += [f"{to_toml(key)} = {to_toml(value)}" for key, value in table.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def to_toml(value: object) -> str:
    """Return a value as TOML; strings and lists are as in JSON except for one character.

    Examples
    --------
    >>> to_toml(("fear", {"next": ["not"], "start": True}))
    '["fear", {"next" = ["not"], "start" = true}]'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{to_toml(k)} = {to_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
