"""Answers of the interfaces of news services that hold no article: an error, or an empty list.

The names that such an answer is made of are data, in ``api_answers.toml``.
"""

from __future__ import annotations

from typing import Any

from framing.corpus.readers.column_names import key
from framing.utils.files import data_beside

_NAMES = {kind: frozenset(names) for kind, names in data_beside(__file__).items()}
_ERROR, _LISTS, _TELLING = _NAMES["error"], _NAMES["lists"], _NAMES["telling"]
_KNOWN = _ERROR | _LISTS | _NAMES["around"]
_LONGEST = 1000  # characters of a message
_DEPTH = 6  # of objects in objects


def answer_without_articles(whole: dict[str, Any]) -> str:
    """Return what an answer without articles says; empty if the object may be something else.

    >>> answer_without_articles({"status": "error", "code": "limit", "message": "Too many calls"})
    "an answer that is an error: 'limit; Too many calls'"
    >>> answer_without_articles({"status": "ok", "totalResults": 0, "articles": []})
    'an answer without an article'
    >>> answer_without_articles({"title": "Rain", "message": "It rained."})
    ''
    """
    names = {key(name) for name in whole} | {key(name) for name in _inside(whole)}
    told = names & _TELLING or names <= _ERROR
    if not (told and names & (_ERROR | _LISTS) and _is_around(whole, _DEPTH)):
        return ""
    said = [text for text in _messages(whole) if text]
    if said:
        return f"an answer that is an error: {'; '.join(dict.fromkeys(said))[:200]!r}"
    return "an answer without an article"


def _inside(whole: dict[str, Any]) -> list[str]:
    """Return the names in an object that is the only one of an object."""
    only = next(iter(whole.values())) if len(whole) == 1 else None
    return list(only) if isinstance(only, dict) else []


def _is_around(value: Any, depth: int) -> bool:
    """Return whether a value and what is in it are of such an answer."""
    if isinstance(value, (dict, list)) and depth == 0:
        return False
    if isinstance(value, dict):
        inside = value.items()
        return all(key(name) in _KNOWN and _is_around(part, depth - 1) for name, part in inside)
    if isinstance(value, list):
        return all(_is_around(part, depth - 1) for part in value)
    return not isinstance(value, str) or len(value) <= _LONGEST


def _messages(value: Any, named: bool = False) -> list[str]:
    if isinstance(value, dict):
        parts = ((key(name) in _ERROR, part) for name, part in value.items())
        return [text for is_error, part in parts for text in _messages(part, named or is_error)]
    if isinstance(value, list):
        return [text for part in value for text in _messages(part, named)]
    return [str(value)] if named and value else []
