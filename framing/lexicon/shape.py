"""The shape of a TOML file: its sections and keys, and what each may hold, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from framing.arguments import as_value, there_are

# A table of keys (those that end in "?" may be missing, "*" is any), a list, or a type.
Shape = Mapping[str, Any] | list[Any] | type
_CALLED = {
    str: "a text in quotation marks", int: "a whole number", bool: "true or false",
    dict: "a table of conditions in { }",
}  # fmt: skip


def check_shape(value: object, shape: Shape, where: str = "") -> None:
    """Raise an error if a value of a TOML file has not its shape; ``where`` is its dotted name.

    >>> check_shape({"indices": {"x": {"categories": ["a"]}}},
    ...             {"name?": str, "indices": {"*": {"categories": [str]}}})
    >>> check_shape({"indices": {"x": "a"}}, {"indices": {"*": [str]}})
    Traceback (most recent call last):
    ValueError: indices.x must be a list in [ ], got 'a' (str)
    """
    if isinstance(shape, Mapping):
        _check_table(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise ValueError(f"{where} must be a list in [ ], got {as_value(value)}")
        [kind] = shape
        for item in value:
            check_shape(item, kind, f"each of {where}")
    elif not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        raise ValueError(f"{where} must be {_CALLED[shape]}, got {as_value(value)}")


def _check_table(value: object, shape: Mapping[str, Any], where: str) -> None:
    kinds = {key.removesuffix("?"): kind for key, kind in shape.items()}
    begin = f"{where}: " if where else ""
    if not isinstance(value, dict):
        raise ValueError(f"{where} must be a section [{where}], got {as_value(value)}")
    for key, held in value.items():
        if key not in kinds and "*" not in kinds:
            raise ValueError(f"{begin}unknown key {key!r}: {there_are(key, kinds)}")
        check_shape(held, kinds[key if key in kinds else "*"], f"{where}.{key}".lstrip("."))
    if missing := [key for key in kinds if key in shape and key != "*" and key not in value]:
        raise ValueError(f"{begin}no {missing[0]!r}, which it must have")
