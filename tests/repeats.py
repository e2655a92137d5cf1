"""What may take long: strings that repeat what a regular expression repeats, read from itself."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op
from re import _parser as parser
from typing import Any

import framing

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_OF_CATEGORY = {"SPACE": " ", "DIGIT": "1", "WORD": "a"}
_CALLED = re.compile(r"\b(_?[A-Z]\w*)\.(search|match|fullmatch|finditer|findall|sub|split)\b")


def patterns(*rooms: str) -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yield the compiled patterns of some rooms with the methods that are called on them."""
    sources = Path(framing.__path__[0]).rglob("*.py")
    everywhere = [call for source in sources for call in _CALLED.findall(source.read_text("utf-8"))]
    for found in pkgutil.walk_packages(framing.__path__, "framing."):
        if not found.name.startswith(tuple(f"framing.{room}" for room in rooms)):
            continue
        module = importlib.import_module(found.name)
        here = _CALLED.findall(Path(str(module.__file__)).read_text("utf-8"))
        for name, value in vars(module).items():
            called = here if name.startswith("_") else everywhere
            methods = {how for called_name, how in called if called_name == name}
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", _of_text(value), methods or {"search"}


def _of_text(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """Return a pattern of bytes as one of text, whose time is the same."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags | re.ASCII)


def units(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return what to repeat, and what to put before it: letters, parts and whole matches."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    letters = {" ", "a", "A", "1", *_letters(tree)}
    found = {("", unit) for unit in (*letters, *(_sample(tree, turn) for turn in range(4)))}
    return sorted((before, unit) for before, unit in found | set(_repeated(tree)) if unit)


def _repeated(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for part in tree:
        if part[0] in _REPEATS:
            yield "", before  # begins again and again, and does not end
            yield from ((before, _sample(part[1][2], turn)) for turn in range(4))
        for inner in _inside(part):
            yield from _repeated(inner, before)
        before += _sample([part])


def _letters(tree: Any) -> Iterator[str]:
    for part in tree:
        if part[0] in (op.LITERAL, op.NOT_LITERAL):
            yield chr(part[1])
        elif part[0] is op.IN:
            yield from _members(part[1])
        for inner in _inside(part):
            yield from _letters(inner)


def _sample(tree: Any, turn: int = 0) -> str:
    """Return something that the pattern, or nearly, matches; other turns take other choices."""
    text = ""
    for part in tree:
        kind, value = part
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.IN and value[0][0] is not op.NEGATE:
            members = _members(value)
            text += members[turn % len(members)]
        elif kind in (op.IN, op.ANY, op.NOT_LITERAL):
            taken = _members(value) if kind is op.IN else [""]
            text += next(letter for letter in "xX1 ~" if letter not in taken)
        elif kind not in (op.ASSERT, op.ASSERT_NOT):
            inner = _inside(part)
            text += _sample(inner[turn % len(inner)], turn) if inner else ""
    return text


def _members(items: Any) -> list[str]:
    """Return a character of each part of a class."""
    found = []
    for kind, value in items:
        if kind is op.CATEGORY:
            letter = next(c for name, c in _OF_CATEGORY.items() if name in str(value))
            found.append("x" if "NOT" in str(value) else letter)
        elif kind in (op.LITERAL, op.RANGE):
            found.append(chr(value if kind is op.LITERAL else value[0]))
    return found


def _inside(part: Any) -> list[Any]:
    """Return the patterns within a part of a pattern."""
    kind, value = part
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is op.ATOMIC_GROUP else []
