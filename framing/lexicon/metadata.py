"""Metadata of a lexicon, the TOML file of the same name: indices, marks and rules.

`framing.scoring.rules` applies the rules whose syntax is checked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.arguments import spelled, there_are
from framing.lexicon.own_text import misread
from framing.lexicon.shape import check_shape
from framing.text.encoding import printable
from framing.utils.files import read_toml

FIELDS = ("name", "version", "language", "licence", "source", "nested_scope")
MARKS = ("negated", "attenuated")
Clause = Mapping[str, Any]
Rules = Mapping[str, Mapping[str, Sequence[Clause]]]
NEAR = re.compile(r"(not_)?(prev|next|match)([1-9]?)")
_FLAGS = ("capital", "start", "end")
TESTS = ("asks", "states", "follows_comma", "has_capital")

RULES = {"words?": {"*": [str]}, "rules?": {"*": {"drop?": [dict], "keep?": [dict]}}}
_SHAPE = {
    **{f"{field}?": str for field in FIELDS},
    "categories?": [str],
    "families?": {"*": [str]},
    "indices?": {"*": {"categories": [str], "without?": [str]}},
    **RULES,
    **{f"{mark}?": {"categories": [str], "when": [dict]} for mark in MARKS},
}


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
    table = read_toml(path) if path.exists() else {}
    try:
        check_shape(table, _SHAPE)
        words, marks = table.get("words", {}), {m: table[m] for m in MARKS if m in table}
        return {key: table[key] for key in FIELDS if key in table} | {
            "families": {k: tuple(v) for k, v in table.get("families", {}).items()},
            "indices": {
                k: Index(tuple(v["categories"]), tuple(v.get("without", ())))
                for k, v in table.get("indices", {}).items()
            },
            "declared": tuple(table.get("categories", ())),
            "rules": read_rules(table),
            "marks": {
                name: {**mark, "when": _named(name, mark["when"], words)}
                for name, mark in marks.items()
            },
        }
    except ValueError as error:
        raise ValueError(printable(f"{path}: {error}")) from None


def read_rules(table: Mapping[str, Any]) -> dict[str, dict[str, list[Clause]]]:
    """Return the rules of a TOML file that has its shape."""
    words = table.get("words", {})
    return {
        name: {kind: _named(f"rules.{name}", clauses, words) for kind, clauses in rule.items()}
        for name, rule in table.get("rules", {}).items()
    }


def check_names(about: Mapping[str, Any], known: Sequence[str], tags: Sequence[str]) -> None:
    """Raise an error if metadata name a category or a tag that there is not."""
    named = [(f"families.{k}", "category", names, known) for k, names in about["families"].items()]
    for name, index in about["indices"].items():
        named.append((f"indices.{name}", "category", index.categories, known))
        named.append((f"indices.{name}: without", "tag", index.without, tags))
    named += [(k, "category", mark["categories"], known) for k, mark in about["marks"].items()]
    for where, kind, names, allowed in named:
        for name in names:
            if name not in allowed:
                raise ValueError(f"{where}: no {kind} {name!r}: {there_are(name, allowed)}")


def _named(where: str, clauses: list[Clause], words: Mapping[str, Sequence[str]]) -> list[Clause]:
    """Return clauses that were checked; an error says where they stand."""
    try:
        return [{k: _value(k, v, words) for k, v in clause.items()} for clause in clauses]
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _value(key: str, value: Any, words: Mapping[str, Sequence[str]]) -> Any:
    """Return what a condition asks for; a name such as ``@months`` is replaced by its words."""
    if key in _FLAGS and isinstance(value, bool):
        return value
    if key == "test" and value in TESTS:
        return value
    if not NEAR.fullmatch(key) or not isinstance(value, list):
        allowed = f"(not_)prev, next, match with a list; {', '.join(_FLAGS)} with true or false"
        raise ValueError(
            f"{key} = {value!r}: a condition must be {allowed}; or test, one of {', '.join(TESTS)}"
        )
    if wrong := [word for word in value if not isinstance(word, str) or not word]:
        raise ValueError(f"{key}: a word must be a text in quotation marks, got {wrong[0]!r}")
    if unknown := [word for word in value if word[0] == "@" and word[1:] not in words]:
        raise ValueError(
            f"{key}: unknown list of words {unknown[0]!r}; must be one of: {spelled(words)}"
        )
    named = [w for word in value for w in (words[word[1:]] if word[0] == "@" else [word])]
    for reason in misread(named).values():
        raise ValueError(f"{key}: {reason}")
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

    >>> to_toml(("fear", {"next": ["not"], "start": True}))
    '["fear", {"next" = ["not"], "start" = true}]'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{to_toml(k)} = {to_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
