"""The parameters that a notebook declares, and values of the right type for them."""

from __future__ import annotations

import ast
import contextlib
import csv
import json
import math
import warnings
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from os import PathLike
from typing import Any, NamedTuple

from framing.text.encoding import printable

_KINDS = {int: "a whole number", float: "a number", bool: "yes or no", str: "text", list: "a list"}
_NEARLY = 0.85  # likeness of a name that is meant for another one
_FILLED = ("corpus", "by", "language", "freq")  # may not be empty
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Parameter(NamedTuple):
    """A parameter, as the cell tagged ``parameters`` declares it."""

    name: str
    default: Any
    comment: str


def declared(notebook: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return the parameters that the cell tagged ``parameters`` declares, without running it.

    A parameter is a line ``name = literal  # comment``.

    >>> cell = {"metadata": {"tags": ["parameters"]}, "source": "seed = 1  # of the draws"}
    >>> declared({"cells": [cell]})["seed"]
    Parameter(name='seed', default=1, comment='of the draws')
    """
    cells = [c for c in notebook["cells"] if "parameters" in c.get("metadata", {}).get("tags", [])]
    source = "\n".join("".join(cell["source"]) for cell in cells[:1])
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ValueError(
            "the parameters cell must be lines such as seed = 1; "
            f"line {error.lineno} is not Python: {(error.text or '').strip()}"
        ) from None
    found = {}
    for node in body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign):
            line = source.split("\n")[(node.end_lineno or 1) - 1]
            comment = line.encode()[node.end_col_offset :].decode().partition("#")[2].strip()
            found[target.id] = Parameter(target.id, _literal(node.value), comment)
    return found


def _literal(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node else None
    except ValueError:  # computed: its type is unknown, and its code is not run
        return None


def checked(parameters: Mapping[str, Any], known: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the values, text converted to the type of the parameter's default.

    Raises
    ------
    ValueError
        If the notebook declares no such parameter, or a value has the wrong type; the message
        names the nearest parameter, or the type.

    Examples
    --------
    >>> checked({"seed": "7"}, {"seed": Parameter("seed", 1, "")})
    {'seed': 7}
    """
    for name in parameters:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f": did you mean {near[0]!r}?" if near else "."
            raise ValueError(
                f"the notebook has no parameter {name!r}{meant} It declares: "
                f"{printable(', '.join(known)) or 'none'}"
            )
    typed = {name: _typed(known[name], value) for name, value in parameters.items()}
    _check_groups(typed)
    return typed


def check_given(given: Mapping[str, Any], known: Mapping[str, Parameter]) -> None:
    """Raise an error unless parameters that somebody wrote into a notebook can be used as they are.

    Names that are no parameters may be variables of the notebook's own, as when it is run again: of
    those that nearly are one, a warning asks. An empty corpus would be the folder in which the
    notebook runs.

    >>> check_given({"seed": "1"}, {"seed": Parameter("seed", 1, "")})
    Traceback (most recent call last):
    ValueError: parameter 'seed' must be a whole number, such as 1; got '1'
    """
    for name in (name for name in given if name not in known):
        if near := get_close_matches(name, known, n=1, cutoff=_NEARLY):
            warnings.warn(
                f"{name!r} is no parameter, and is not used: if it should be one, did you mean "
                f"{near[0]!r}?",
                stacklevel=4,
            )
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if _typed(parameter, value) != _plain(value) or (name in _FILLED and value == ""):
            raise ValueError(_expected(parameter, value))
    _check_groups(given)


def _check_groups(given: Mapping[str, Any]) -> None:
    """Raise an error if outlets are put into the groups that are compared instead of outlets."""
    groups = given.get("groups")
    if groups and groups == given.get("by"):
        raise ValueError(
            f"parameters by and groups are both {groups!r}: give by to compare its values, or "
            "groups to compare outlets and the groups that they are in"
        )


def _plain(value: Any) -> Any:
    """Return a value with paths as text, also in a list."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, PathLike) else value


def _typed(parameter: Parameter, value: Any) -> Any:
    """Return a value with the type of the default; a default of None accepts anything."""
    if parameter.default is None:
        return value
    try:
        return _converted(parameter.default, value)
    except (ValueError, TypeError, KeyError, csv.Error):
        raise ValueError(_expected(parameter, value)) from None


def _expected(parameter: Parameter, value: object) -> str:
    kind = _KINDS.get(type(parameter.default), type(parameter.default).__name__)
    return (
        f"parameter {parameter.name!r} must be {kind}, such as {parameter.default!r}; got {value!r}"
    )


def _converted(default: Any, value: Any) -> Any:
    kind = type(default)
    if isinstance(value, PathLike):
        value = str(value)
    if kind is str and isinstance(value, date):
        value = value.isoformat()
    if kind is list and isinstance(value, str):
        value = items_of(value)
    if kind is list and isinstance(value, list | tuple):
        named = (str(item) if type(item) is int else item for item in value)  # events 7 and 8
        return [_converted(default[0] if default else "", item) for item in named]
    if kind is bool and isinstance(value, str):
        return _WORDS[value.strip().lower()]
    if kind in (int, float) and isinstance(value, str):
        value = kind(value)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise TypeError
    return value


def items_of(text: str) -> list[Any]:
    """Return the items of a JSON list, or of a line of CSV, where quotes may hold a comma."""
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, list):
            return found
    parts = next(csv.reader([text], skipinitialspace=True, strict=True))
    return [part.strip() for part in parts if part.strip()]
