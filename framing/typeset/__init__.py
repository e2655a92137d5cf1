"""An executed notebook as a PDF (`framing.typeset.pdf`) or a web page (`framing.typeset.web`).

What can be checked beforehand stands here, since this module takes no time to import.
"""

from __future__ import annotations

from pathlib import Path

from framing.text.encoding import printable

# Width and height in points, and the margins that the template sets.
PAPERS = {"a4": (595.28, 841.89), "us-letter": (612.0, 792.0)}
NOT_SHOWN = "[{} that a report cannot show]"
_FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}


class TypesettingError(RuntimeError):
    """The compiler could not make a PDF of the notebook."""


class PlainPDF(UserWarning):
    """The PDF was made, but without the tags for screen readers (PDF/UA-1)."""


class NotShown(UserWarning):
    """The notebook shows something that a PDF cannot; a line stands in its place."""


class MissingGlyphs(UserWarning):
    """Characters for which no font has a glyph; the PDF shows their code points instead."""


def check_options(*, paper: str, fonts: Path | None) -> None:
    """Raise an error for an unknown paper, or a folder without fonts."""
    if paper not in PAPERS:
        raise ValueError(f"paper must be one of {', '.join(PAPERS)}, got {paper!r}")
    font_files(fonts)


def font_files(fonts: Path | None) -> list[Path]:
    """Return the font files of a folder, in a fixed order; it is an error if there are none."""
    if fonts is None:
        return []
    if not fonts.is_dir():
        raise FileNotFoundError(f"fonts must be a folder of font files, got {printable(fonts)}")
    files = sorted(p for p in fonts.rglob("*") if p.suffix.lower() in _FONT_FILES)
    if not files:
        raise FileNotFoundError(
            f"no font file ({', '.join(sorted(_FONT_FILES))}) in {printable(fonts)}"
        )
    return files
