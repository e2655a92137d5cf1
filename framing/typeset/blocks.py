"""What a page is made of, before it is numbered and put in order."""

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

    def add_asset(self, content: bytes, suffix: str) -> str:
        """Keep a file for the compiler and return its name."""
        name = f"figure-{len(self.assets) + 1}.{suffix}"
        self.assets[name] = content
        return name


class Block(NamedTuple):
    """A block of the page.

    ``kind`` is heading, figure, table or text. ``code`` is a Typst expression; of a figure and a
    table the arguments of the function that shows it, since a caption may still come.
    """

    kind: str
    code: str
    plain: str = ""
    level: int = 0
    caption: str = "none"

    def typst(self) -> str:
        """Return the Typst expression that shows the block."""
        if self.kind == "figure":
            return f"picture(caption: {self.caption}, alt: {quote(self.plain)}, {self.code})"
        if self.kind == "table":
            return f"sheet(caption: {self.caption}, {self.code})"
        if self.kind == "heading":
            return f"heading(level: {self.level}, {self.code})"
        return self.code


def join(parts: list[str]) -> str:
    """Return Typst code whose value is the parts one after the other."""
    return "{[];" + ";".join(parts) + "}"
