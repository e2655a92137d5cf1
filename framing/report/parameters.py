"""The parameters of a notebook: which it declares, and values of the right type for them."""

from __future__ import annotations

import ast
import contextlib
import csv
import json
import math
from collections.abc import Mapping
from difflib import get_close_matches
from os import PathLike
from typing import Any, NamedTuple

_KINDS = {int: "a whole number", float: "a number", bool: "yes or no", str: "text", list: "a list"}
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Parameter(NamedTuple):
    """A parameter as the notebook's ``parameters`` cell declares it."""

    name: str
    default: Any
    comment: str


def declared(notebook: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return the parameters that the cell tagged ``parameters`` declares; its code is not run.

    A parameter is a line ``name = literal  # what it is``.

    Examples
    --------
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
            behind = line.encode()[node.end_col_offset :].decode()
            comment = behind.partition("#")[2].strip()
            found[target.id] = Parameter(target.id, _literal(node.value), comment)
    return found


def _literal(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node else None
    except ValueError:  # computed: its type is unknown, and its code is not for us to run
        return None


def checked(parameters: Mapping[str, Any], known: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the values, those that came as text as the type of the parameter's default.

    Raises
    ------
    ValueError
        If the notebook declares no such parameter, or the value does not fit; the message names
        the nearest one, or the type.

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
                f"the notebook has no parameter {name!r}{meant} "
                f"It declares: {', '.join(known) or 'none'}"
            )
    return {name: _typed(known[name], value) for name, value in parameters.items()}


def _typed(parameter: Parameter, value: Any) -> Any:
    """Bring a value to the type of the default; a default of None takes anything."""
    if parameter.default is None:
        return value
    try:
        return _converted(parameter.default, value)
    except (ValueError, TypeError, KeyError, csv.Error):
        kind = _KINDS.get(type(parameter.default), type(parameter.default).__name__)
        raise ValueError(
            f"parameter {parameter.name!r} is {kind}, such as {parameter.default!r}; "
            f"came: {value!r}"
        ) from None


def _converted(default: Any, value: Any) -> Any:
    kind = type(default)
    if isinstance(value, PathLike):
        value = str(value)
    if kind is list and isinstance(value, str):
        value = _listed(value)
    if kind is list and isinstance(value, list | tuple):
        return [_converted(default[0] if default else "", item) for item in value]
    if kind is bool and isinstance(value, str):
        return _WORDS[value.strip().lower()]
    if kind in (int, float) and isinstance(value, str):
        value = kind(value)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise TypeError
    return value


def _listed(text: str) -> list[Any]:
    """Take a list as JSON has it, or as a line of CSV, so that quotes can hold a comma."""
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        if isinstance(found, list):
            return found
    parts = next(csv.reader([text], skipinitialspace=True, strict=True))
    return [part.strip() for part in parts if part.strip()]
