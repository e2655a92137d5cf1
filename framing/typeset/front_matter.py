"""The front matter of a notebook, as Quarto and Jupyter Book read it: title, authors, date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

_FRONT = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_KNOWN = {"title", "author", "format", "execute", "jupytext", "kernelspec", "bibliography"}
_MOVING = {"today", "now", "last-modified"}  # dates that would change the report every day


def split_front_matter(source: str) -> tuple[str, str]:
    r"""Return the title and the line below it as Markdown, and the text without the front matter.

    >>> print(*split_front_matter("---\ntitle: Tone\nauthor: [A, B]\ndate: 2031-03-04\n---\nText"))
    # Tone
    <BLANKLINE>
    *A, B · 2031-03-04*
     Text
    >>> split_front_matter("---\nNote: this is text\n---")[1]
    '---\nNote: this is text\n---'
    """
    found = _FRONT.match(source)
    about = (read_yaml(found[1]) if found else None) or {}
    if not found or not _KNOWN & about.keys():
        return "", source
    title = " ".join(str(about.get("title") or "").split())
    named = about.get("author") or about.get("authors") or []
    authors = ", ".join(map(_name, named if isinstance(named, list) else [named]))
    date = str(about.get("date") or "")
    parts = [str(about.get("subtitle") or ""), authors, "" if date in _MOVING else date]
    below = " · ".join(" ".join(part.split()) for part in parts if part.strip())
    shown = f"# {title}\n\n*{below}*" if below else f"# {title}"
    return shown if title else "", source[found.end() :]


def read_yaml(text: str) -> dict[Any, Any] | None:
    """Return the names and values that YAML holds, if any; None if it is broken."""
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else {}


def _name(author: object) -> str:
    """Return the name of an author, who may have an affiliation as well."""
    name = author.get("name", "") if isinstance(author, Mapping) else author
    return " ".join(map(str, name.values())) if isinstance(name, Mapping) else str(name)
