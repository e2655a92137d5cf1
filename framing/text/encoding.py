"""Decode bytes, and clean text of what a table cannot hold; every change is counted."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple

from framing.text.numbers import many

_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# An apostrophe inside a word, or a quotation mark before one, as an old Macintosh wrote them.
_MAC = re.compile(rb"[A-Za-z]\xd5[a-z]|(?:^|\s)\xd2[A-Za-z]")
_HIGH = bytes(range(0x80, 0x100))
# In UTF-8: characters that print nothing and end no line, U+007F among them; and those of ASCII.
_CONTROL = bytes([*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F])
_ASCII = bytes(range(0x80))
_NEITHER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")  # few of them in a text, many in a binary
# Of a terminal, of the order of characters, and what ends a line beside "\n"; halves of characters.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]"
)
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")  # without U+0085, which ends a line
# A byte sequence of UTF-8 read as something else is two characters beyond ASCII at least. The
# quotation marks and dashes that do stand beside each other are not where one begins.
_USUAL = "“”‘’—–…•"
_SUSPECT = re.compile(rf"[^\x00-\x7f{_USUAL}][^\x00-\x7f]|[ÃÂâ][ \xa0]")
_BEYOND, _FEW = re.compile(r"[^\x00-\x7f]"), 4  # times as many
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINES = re.compile(r"([\n\x85])")
_LONE = re.compile(r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


class Cleaned(NamedTuple):
    """A text and what was done to it."""

    text: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, *, declared: str = "") -> tuple[str, str]:
    """Decode bytes and return the text and the name of the encoding.

    A byte order mark decides; then many zero bytes, none beside another (UTF-16); then UTF-8 if it
    fits, maybe with a few characters of cp1252; then the declared encoding; then, for text that is
    mostly ASCII, cp1252 or, judged by its apostrophes, Mac Roman; then the likeliest by
    charset-normalizer. If none fits, or the result is not text, it is a ValueError.

    >>> decode("café".encode("cp1252"))
    ('café', 'cp1252')
    """
    for encoding in _encodings_to_try(raw, declared):
        try:
            text = _decoded(raw, encoding)
        except (UnicodeDecodeError, LookupError):
            if encoding == "utf-8" and (text := _with_cp1252(raw)):
                return _checked(text), "utf-8 and cp1252"
            continue
        return _checked(text), encoding
    from charset_normalizer import from_bytes  # slow to import

    if raw.startswith(tuple(_MARKS)) or (best := from_bytes(raw).best()) is None:
        raise ValueError("no known encoding fits: is this a text file?")
    return _checked(str(best)), best.encoding


def _with_cp1252(raw: bytes) -> str:
    """Return UTF-8 in which a few characters are of cp1252; empty if they are not few."""
    text = raw.decode("utf-8", "surrogateescape")
    others = len(_SURROGATES.findall(text))
    if _FEW * others > len(_BEYOND.findall(text)) - others:
        return ""
    return _SURROGATES.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _decoded(raw: bytes, encoding: str) -> str:
    """Return bytes as text; UTF-16 may hold halves of characters, and a byte too many or too few.

    In the latter case every line is decoded for itself, and the one that lost a byte around it.
    """
    if not encoding.startswith("utf-16"):
        return raw.decode(encoding)
    if len(raw) % 2 == 0:
        return raw.decode(encoding, "surrogatepass")
    big = encoding.endswith("be") or raw.startswith(b"\xfe\xff")
    order = "utf-16-be" if big else "utf-16-le"
    lines = raw.removeprefix("\ufeff".encode(order)).split("\n".encode(order))
    whole = (
        _around_gap(line, order, big=big) if len(line) % 2 else line.decode(order, "surrogatepass")
        for line in lines
    )
    return "\n".join(whole)


def _around_gap(line: bytes, order: str, *, big: bool) -> str:
    """Return a line of UTF-16 that lost a byte, with U+FFFD in its place.

    Letters of ASCII have a zero in one half of their two bytes before the gap, in the other behind.
    """
    letters = [
        [part[n + (not big)] == 0 != part[n + big] for n in range(0, len(line) - 1, 2)]
        for part in (line, line[1:])
    ]
    before, behind = ([0, *accumulate(of_part)] for of_part in letters)
    sums = [one + behind[-1] - other for one, other in zip(before, behind, strict=True)]
    place = 2 * max(range(len(sums)), key=lambda n: (sums[n], n))
    halves = (half.decode(order, "surrogatepass") for half in (line[:place], line[place + 1 :]))
    return "\ufffd".join(filter(None, halves))  # a byte too many at the end is no gap


def _encodings_to_try(raw: bytes, declared: str) -> list[str]:
    """Return the encodings to try, the most certain first."""
    if marked := next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None):
        return [marked]
    if unmarked := _unmarked(raw):
        return [unmarked]
    first = [declared.strip().lower()] if declared.strip() else []
    if first in (["iso-8859-1"], ["latin-1"], ["us-ascii"], ["ascii"]):
        first = ["cp1252"]  # as every browser reads them
    high = len(raw) - len(raw.translate(None, _HIGH))
    western = high <= 0.15 * len(raw) + 3
    older = [] if not western else ["mac-roman"] if _MAC.search(raw) else ["cp1252"]
    return ["utf-8", *first, *older]


def _unmarked(raw: bytes) -> str:
    """Return which UTF-16 has no mark; zeros beside each other are none, but of a file cut off."""
    head = raw[:400]
    zeros = head.count(0)
    if len(head) < 4 or zeros < 0.3 * len(head) or head.count(b"\x00\x00") > 0.1 * zeros:
        return ""
    return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"


def is_wide(raw: bytes) -> bool:
    """Return whether bytes are UTF-16 or UTF-32, in which a line does not end at a byte."""
    marked = any(raw.startswith(mark) for mark, name in _MARKS.items() if name != "utf-8-sig")
    return marked or bool(_unmarked(raw))


def _checked(text: str) -> str:
    strange = len(_NEITHER.findall(text))
    if strange > 3 and strange > 0.02 * len(text):
        raise ValueError(f"{strange} of {len(text)} characters are control characters: not a text")
    return text


def printable(text: object) -> str:
    r"""Return a text for a terminal: what controls one becomes U+FFFD, except "\n".

    >>> printable("a\x1b]0;x\x07")
    'a�]0;x�'
    """
    return _CONTROLS.sub("\ufffd", str(text))


def clean(text: str) -> Cleaned:
    r"""Remove from a text what no table can hold, and repair what was decoded wrongly.

    NUL and control characters are removed; halves of surrogate pairs become U+FFFD; lines of
    mojibake (``Itâ€™s``) and stray C1 characters are repaired by ftfy; accents that are characters
    of their own, as in names of files on a Mac, are joined with their letters. Everything else is
    kept: quotation marks, hyphens and invisible characters are folded later, one for one.

    >>> clean("Itâ€™s late\x00.")
    Cleaned(text='It’s late.', notes=('1 NUL taken out', 'mojibake repaired in 1 line'))
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text)
    notes: list[str] = []
    raw = text.encode("utf-8", "surrogatepass")  # bytes are counted much faster than characters
    for characters, what in ((b"\x00", "NUL"), (_CONTROL, "control character")):
        left = raw.translate(None, characters)
        if n := len(raw) - len(left):
            raw, text = left, left.decode("utf-8", "surrogatepass")
            notes.append(f"{many(n, what, 'NUL' if what == 'NUL' else '')} taken out")
    if beyond := "".join(set(raw.translate(None, _ASCII).decode("utf-8", "surrogatepass"))):
        spoilt = _C1.search(beyond) or (beyond.strip(_USUAL) and _SUSPECT.search(text))
        if _SURROGATES.search(beyond):
            text = beyond = _without_surrogates(text, notes)
        if spoilt:
            text = beyond = _without_mojibake(text, notes)
        if any(map(unicodedata.combining, beyond)):
            apart, text = len(text), unicodedata.normalize("NFC", text)
            if apart > len(text):
                notes.append(f"{many(apart - len(text), 'accent')} joined with a letter (NFC)")
        if lost := text.count("\ufffd"):
            notes.append(f"{many(lost, 'character')} had been lost before (U+FFFD)")
    return Cleaned(text, tuple(notes))


def _without_surrogates(text: str, notes: list[str]) -> str:
    from ftfy.fixes import fix_surrogates

    if lone := len(_LONE.findall(text)):
        notes.append(f"{many(lone, 'lone surrogate')} replaced")
    return fix_surrogates(text)


def _without_mojibake(text: str, notes: list[str]) -> str:
    """Repair the lines with mojibake, and only those."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad
    from ftfy.fixes import fix_c1_controls

    if _C1.search(text):
        notes.append(f"{many(len(_C1.findall(text)), 'C1 character')} read as cp1252")
        text = fix_c1_controls(text)
    lines = _LINES.split(text)
    bad = [len(line) > 1 and is_bad(line) for line in lines]
    mended = [fix_encoding(line) if b else line for line, b in zip(lines, bad, strict=True)]
    if changed := sum(a != b for a, b in zip(lines, mended, strict=True)):
        notes.append(f"mojibake repaired in {many(changed, 'line')}")
    return "".join(mended)
