"""The pieces that a page is made of, before they are numbered and put in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from framing.typeset.text import Typesetter, quote


@dataclass(frozen=True)
class Context:
    """What every part of the converter shares: how text is written, which files go along."""

    text: Typesetter
    text_width: float  # of a portrait page, in points
    text_height: float  # which is the width of a page turned to landscape
    assets: dict[str, bytes] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)  # what no PDF can show

    def add_asset(self, content: bytes, suffix: str) -> str:
        """Keep a file for the compiler and return its name."""
        name = f"figure-{len(self.assets) + 1}.{suffix}"
        self.assets[name] = content
        return name


class Piece(NamedTuple):
    """A piece of the page.

    ``kind`` is heading, figure, table, caption, emphasis or text. ``code`` is a Typst expression;
    for a figure or a table, the arguments of the function that shows it, since its caption may
    follow.
    """

    kind: str
    code: str
    plain: str = ""
    level: int = 0
    caption: str = "none"

    def typst(self) -> str:
        """Return the Typst expression that shows the piece."""
        if self.kind == "figure":
            return f"picture(caption: {self.caption}, alt: {quote(self.plain)}, {self.code})"
        if self.kind == "table":
            return f"sheet(caption: {self.caption}, {self.code})"
        if self.kind == "heading":
            return f"heading(level: {self.level}, {self.code})"
        return self.code


def sequence(parts: list[str]) -> str:
    """Return Typst code that shows the parts one after the other."""
    return "{[];" + ";".join(parts) + "}"
