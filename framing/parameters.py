"""The parameters of a notebook: which it declares, and values of the right type for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple


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
    lines = source.split("\n")
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            comment = re.search(r"#\s*(.*)$", lines[(node.end_lineno or 1) - 1])
            said = comment.group(1).strip() if comment else ""
            found[name] = Parameter(name, ast.literal_eval(node.value), said)
    return found


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
            near = get_close_matches(name, known, n=1, cutoff=0.0)
            meant = f": did you mean {near[0]!r}?" if near else "."
            raise ValueError(
                f"the notebook has no parameter {name!r}{meant} "
                f"It declares: {', '.join(known) or 'none'}"
            )
    return {name: _typed(known[name], value) for name, value in parameters.items()}


def _typed(parameter: Parameter, value: Any) -> Any:
    """Bring a value to the type of the default."""
    name, default, _ = parameter
    kind = type(default)
    if isinstance(value, str) and kind is list:
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, str) and kind is bool:
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if value.lower() in words:
            return words[value.lower()]
    elif isinstance(value, str) and kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            pass
    elif default is None or isinstance(value, kind) or (kind is float and type(value) is int):
        return value
    raise ValueError(
        f"parameter {name!r} is a {kind.__name__}, such as {default!r}; came: {value!r}"
    )
