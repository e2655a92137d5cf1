"""What the comments at the top of a cell ask for, as Quarto reads them: ``#| output: false``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

_TOP = re.compile(r"(?:%%[^\n]*\n)?((?:# ?\|[^\n]*(?:\n|$))+)")
_SIGN = re.compile(r"^# ?\|", re.MULTILINE)


def cell_options(cell: Mapping[str, Any]) -> dict[str, Any]:
    r"""Return the options of a code cell, also below a line such as ``%%time``.

    Examples
    --------
    >>> source = "%%time\n#| eval: false\n#| tags: [hide]\nprint(1)"
    >>> cell_options({"cell_type": "code", "source": source})
    {'eval': False, 'tags': ['hide']}
    """
    found = _TOP.match("".join(cell["source"])) if cell["cell_type"] == "code" else None
    if not found:
        return {}
    text = _SIGN.sub("", found.group(1))
    try:
        options = yaml.safe_load(text)
    except yaml.YAMLError:  # a caption with a colon, for example: the other lines still count
        return {name: value for line in text.splitlines() for name, value in _of_line(line).items()}
    return options if isinstance(options, dict) else {}


def _of_line(line: str) -> dict[str, Any]:
    try:
        option = yaml.safe_load(line)
    except yaml.YAMLError:
        return {}
    return option if isinstance(option, dict) else {}


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """Return the tags of a cell: those of its metadata and those of its comments."""
    named = cell_options(cell).get("tags") or []
    named = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return {*cell.get("metadata", {}).get("tags", []), *map(str, named)}
