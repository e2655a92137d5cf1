"""The syntax of rules and the checks on it; `framing.scoring.rules` applies them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from framing.lexicon.patterns import slots

Clause = Mapping[str, Any]
Rules = Mapping[str, Mapping[str, Sequence[Clause]]]
NEAR = re.compile(r"(not_)?(prev|next|match)([1-9]?)")
_FLAGS = ("capital", "start", "end")
TESTS = ("asks", "states", "follows_comma")


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
