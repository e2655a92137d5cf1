"""What tags and comments ask for a cell: as Jupyter, Jupyter Book, nbconvert and Quarto read them.

Comments stand at the top of a cell: ``#| output: false``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from framing.typeset.front_matter import read_yaml

_REMOVED = {"parameters", "injected-parameters", "hide", "remove-cell", "remove-output"}
FOLDED = {"hide-cell", "hide-output"}  # outputs that are closed at first where a page can open them
_TOP = re.compile(r"(?:%%[^\n]*\n)?((?:# ?\|[^\n]*(?:\n|$))+)")
_SIGN = re.compile(r"^# ?\|", re.MULTILINE)


def is_run(cell: Mapping[str, Any]) -> bool:
    """Return whether a cell is to be run: it is not, if tagged so, or with ``#| eval: false``."""
    kept = cell_options(cell).get("eval") is not False and "skip-execution" not in tags_of(cell)
    return kept or cell["cell_type"] != "code"


def may_fail(cell: Mapping[str, Any]) -> bool:
    """Return whether a cell may raise an error, which is then shown."""
    return cell_options(cell).get("error") is True or "raises-exception" in tags_of(cell)


def is_shown(cell: Mapping[str, Any]) -> bool:
    """Return whether a report shows a text, or what code has shown."""
    asked = cell_options(cell)
    return not (_REMOVED & tags_of(cell) or False in (asked.get("include"), asked.get("output")))


def captions(cell: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the captions of figures and tables that options of a code cell give, in order."""
    options = cell_options(cell)
    found = {"Figure": options.get("fig-cap"), "Table": options.get("tbl-cap")}
    lists = {kind: value if isinstance(value, list) else [value] for kind, value in found.items()}
    return {kind: [" ".join(str(t).split()) for t in lists[kind] if t] for kind in lists}


def cell_options(cell: Mapping[str, Any]) -> dict[str, Any]:
    r"""Return the options of a code cell, also below a line such as ``%%time``.

    >>> source = "%%time\n#| eval: false\n#| tags: [hide]\nprint(1)"
    >>> cell_options({"cell_type": "code", "source": source})
    {'eval': False, 'tags': ['hide']}
    """
    found = _TOP.match("".join(cell["source"])) if cell["cell_type"] == "code" else None
    if not found:
        return {}
    text = _SIGN.sub("", found.group(1))
    options = read_yaml(text)
    if options is None:  # a caption with a colon, for example: the other lines still count
        return {k: v for line in text.splitlines() for k, v in (read_yaml(line) or {}).items()}
    return options


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """Return the tags of a cell, in its metadata and its comments; with - where they have _."""
    named = cell_options(cell).get("tags") or []
    named = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    tags = (*cell.get("metadata", {}).get("tags", []), *map(str, named))
    return {tag.replace("_", "-") for tag in tags}
