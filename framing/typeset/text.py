"""Text as Typst strings: quoted, never markup, and no character without a glyph."""

from __future__ import annotations

import functools
import itertools
import re
import shutil
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import matplotlib
from fontTools.ttLib import TTCollection, TTFont

from framing.text.numbers import many
from framing.typeset import MissingGlyphs, font_files

# Single files: matplotlib's folder also holds a last-resort font that hides missing glyphs.
_DEJAVU = [
    Path(matplotlib.get_data_path(), "fonts", "ttf", name)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")
]
# Libertinus Serif is narrower than DejaVu Sans, whose widths are the ones at hand.
_NARROWER = 0.84
_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u1680\u2028\u2029]+")
_LONG_WORD = re.compile(r"[^\s-]{36,}")
_LONGEST_PIECE = 24


class Typesetter:
    """Writes text as Typst strings and counts the characters that no font has.

    A character has a glyph if DejaVu Sans or a font of ``fonts`` has it: the compiler falls back
    on these from whatever font a piece of text is set in.
    """

    def __init__(self, fonts: Path | None = None) -> None:
        self.fonts = fonts
        self.missing: Counter[str] = Counter()
        self._glyphs = _dejavu_widths().keys() | _characters(fonts)

    def content(self, text: str) -> str:
        """Return Typst code that shows the text; what has no glyph is shown as its code point."""
        words = _SPACE.sub(" ", text)
        inner = _printable(words.strip(" "))
        if not inner:
            return "[ ]" if words else "[]"
        before = ["[ ]"] if words[0] == " " else []
        after = ["[ ]"] if words[-1] == " " else []
        return ";".join([*before, *self._pieces(_breakable(inner)), *after])

    def plain(self, text: str) -> str:
        """Return one Typst string; line ends and spaces are kept (for raw blocks)."""
        return quote(self.visible(_breakable(_printable(text))))

    def visible(self, text: str) -> str:
        """Return the text with code points for what has no glyph (for text inside SVG)."""
        return "".join(c if self._shown(c) else f"[{code_point(c)}]" for c in _printable(text))

    def _pieces(self, text: str) -> Iterator[str]:
        for shown, run in itertools.groupby(text, self._shown):
            if shown:
                yield quote("".join(run))
            else:
                yield from (f"missing({quote(code_point(character))})" for character in run)

    def _shown(self, character: str) -> bool:
        if character in self._glyphs or character in "\n\t":
            return True
        self.missing[character] += 1
        return False

    def warn(self) -> None:
        """Warn of the characters without a glyph: code point, name and count of each."""
        if not self.missing:
            return
        named = sorted(self.missing.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(
            f"{code_point(c)} {unicodedata.name(c, 'unnamed')} ({n})" for c, n in named[:8]
        )
        more = f", and {len(named) - 8} more" if len(named) > 8 else ""
        warnings.warn(
            f"no glyph for {many(self.missing.total(), 'character')}, shown by code point: "
            f"{listed}{more}. Give a folder that holds a font with them: fonts=, or --fonts.",
            MissingGlyphs,
            stacklevel=2,
        )


def quote(text: str) -> str:
    r"""Return the text as a Typst string literal.

    >>> print(quote('say "hi" \\ #read'))
    "say \"hi\" \\ #read"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def code_point(character: str) -> str:
    """Return the code point as it is usually written.

    >>> code_point("ß")
    'U+00DF'
    """
    return f"U+{ord(character):04X}"


def width(text: str) -> float:
    """Return the estimated width of the text in the body font, in em."""
    widths = _dejavu_widths()
    return _NARROWER * sum(widths.get(character, 1.0) for character in text)


def copy_fonts(target: Path, fonts: Path | None) -> None:
    """Put DejaVu Sans and the user's fonts into one folder for the compiler."""
    target.mkdir()
    for number, path in enumerate([*_DEJAVU, *font_files(fonts)]):
        shutil.copyfile(path, target / f"{number:03}{path.suffix.lower()}")


def _printable(text: str) -> str:
    """Drop what is invisible by nature: controls, joiners, direction marks, variation selectors."""
    return "".join(c for c in text if " " <= c <= "~" or c in "\n\t" or _visible(c))


@functools.cache
def _visible(character: str) -> bool:
    if character in "\u00ad\u200b":
        return True
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and not selector


def _breakable(text: str) -> str:
    """Let very long words break, so that an address does not run over the margin."""
    return _LONG_WORD.sub(
        lambda found: "\u200b".join(re.findall(f".{{1,{_LONGEST_PIECE}}}", found.group())), text
    )


@functools.cache
def _dejavu_widths() -> dict[str, float]:
    with TTFont(_DEJAVU[0]) as font:
        per_em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(c): advances[name][0] / per_em for c, name in font.getBestCmap().items()}


def _characters(fonts: Path | None) -> set[str]:
    """The characters that the fonts of a folder have."""
    found: set[str] = set()
    for path in font_files(fonts):
        collection = path.suffix.lower() in {".ttc", ".otc"}
        with TTCollection(path) if collection else TTFont(path) as opened:
            for font in opened.fonts if collection else [opened]:
                found.update(map(chr, font.getBestCmap()))
    return found
