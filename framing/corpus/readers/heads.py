"""What the text exports of press archives share: date lines, and lines joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from framing.corpus.blocks.paragraphs import wrap_width
from framing.corpus.dates import find_date

_WEEKDAY = re.compile(r"(?:[^\W\d_]{2,13}\.?,?\s*)?")
_NUMBERS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
# A date with a day or a month that there is not: "February 31, 2018", "Smarch 3, 2018".
_UNREAL = re.compile(
    r"(?:[^\W\d_]{2,13}\.?,?\s)?(?:[^\W\d_]{3,12}\.?\s\d{1,3}|\d{1,3}\.?\s[^\W\d_]{3,12}\.?),?"
    r"\s\d{4,5}(?:,?\s[^\W\d_]{2,13})?"
)
# A date without a day: "January 2018", "Spring/Summer 2018".
_PERIOD = re.compile(r"[^\W\d_]{3,}(?:\s?[-–/&]\s?[^\W\d_]{3,})?,?\s+\d{4}(?:\W.*)?")
# At the foot of a printed page, which may be anywhere in an article.
_FOOTER = re.compile(
    r"^[ \t]*(?:(?:page|seite|página|pagina|sida|side) \d+"
    r"(?: ?(?:of|von|de|sur|di|van|av|af|/) ?\d+)?(?:[ \t]*©.*)?"
    r"|(?:copyright )?© ?\d{4}(?:[-–]\d{4})?,? (?:factiva|dow jones|lexisnexis|proquest|relx)\b"
    r".{0,80})[ \t]*(?:\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
EDITION = re.compile(
    r"(?:[\w'’./-]+ ){0,4}[\w-]{0,20}(?:edition|ausgabe|édition|edición|editie|edizione)"
    r"(?:[ ,–-]+(?:final|national|late|[\w-]{1,12})){0,2}(?:;[^.;:?!]{1,40}){0,2}\W*",
    re.IGNORECASE,
)
_LONGEST, _EDITION_WORDS = 120, 12
# An outlet in two lines: "Newstex Blogs" and the blog, or a newspaper's blogs and "(The Lede)".
_DISTRIBUTOR = re.compile(r"Newstex\b.*")
_PART = re.compile(r"\((.+)\)")


def is_date_line(line: str) -> bool:
    """Return whether a line begins with a date; a weekday, a time, an edition may follow.

    >>> is_date_line("January 11, 2018 Thursday, Late Edition - Final")
    True
    >>> is_date_line("31 February 2018"), is_date_line("In the winter of 2018")
    (True, False)
    >>> is_date_line("Dateline: PORT ANSEL, January 11 2018")
    False
    """
    line = line.strip()
    date = find_date(line)
    if len(line) > _LONGEST:
        return False
    if pd.isna(date.value):
        return _NUMBERS.match(line) is not None or _UNREAL.fullmatch(line) is not None
    edition = len(line[date.end :].split()) <= _EDITION_WORDS
    return edition and _WEEKDAY.fullmatch(line[: date.start]) is not None


def is_dated(line: str) -> bool:
    """Return whether a line is a date line, or may be a date without a day.

    >>> is_dated("Winter 2018"), is_dated("The Times 2018 on the Web")
    (True, False)
    """
    return is_date_line(line) or _PERIOD.fullmatch(line.strip()) is not None


def in_two_lines(lines: Sequence[str]) -> bool:
    """Return whether the last two lines name one outlet."""
    return len(lines) > 1 and bool(_DISTRIBUTOR.match(lines[-2]) or _PART.fullmatch(lines[-1]))


def publication(lines: Sequence[str]) -> tuple[str, str]:
    """Return the outlet that some lines name, and the part of it that stands in parentheses.

    >>> publication(["Newstex Blogs", "Harbour Notes"])
    ('Harbour Notes', '')
    >>> publication(["The Gazette Blogs", "(City Desk)"])
    ('The Gazette Blogs', 'City Desk')
    """
    part = _PART.fullmatch(lines[-1]) if len(lines) > 1 else None
    named = [line for line in lines[: -1 if part else None] if not _DISTRIBUTOR.match(line)]
    return " ".join(named or lines), part[1] if part else ""


def without_footers(text: str) -> str:
    r"""Return a text without lines such as "Page 1 of 2" that stand at the foot of a page.

    >>> without_footers("Rain fell.\nPage 1 of 2 © 2018 Factiva, Inc.\nIt dried.")
    'Rain fell.\nIt dried.'
    """
    return _FOOTER.sub("", text)


def check_single(count: int, mark: str) -> None:
    """Raise an error if an item has the mark of an article more than once.

    What stands between two articles is then missing, and one would be read as a part of the other.
    """
    if count > 1:
        raise ValueError(
            f"{count} × {mark!r} in one article: what separates two of them is missing"
        )


def joined(lines: Sequence[str]) -> str:
    """Return the text of some lines, each a paragraph unless they are wrapped at a fixed width.

    Empty lines end a paragraph of wrapped lines; elsewhere they change nothing.
    """
    filled = [line for line in lines if line]
    return "\n".join(lines) if wrap_width(filled) else "\n\n".join(filled)
