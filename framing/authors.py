"""The note on its author that an article ends with."""

from __future__ import annotations

import re

NOTE_WORDS = 40
_NAME = r"[^\W\d_a-z][\w'’-]+"
_BYLINE = re.compile(rf"[Bb]y ((?:{_NAME} ){{1,4}}?{_NAME})(?:,| and\b| in\b|$)")
_IS = r"(?:is|teaches|writes|covers|reports|works|has|holds|lives|leads|edits|hosts|served)"


def author_of(text: str) -> str:
    """Give the surname of the first author that a byline names, empty if it is none.

    Examples
    --------
    >>> author_of("By Professor Aurel Strand"), author_of("By the sea they met")
    ('Strand', '')
    """
    found = _BYLINE.match(text)
    return found[1].split()[-1] if found else ""


def is_note_on(author: str, text: str) -> bool:
    """Whether a text begins as one that tells who its author is.

    Examples
    --------
    >>> is_note_on("Strand", "Professor Strand teaches the history of diplomacy.")
    True
    >>> is_note_on("Strand", "Professor Holm teaches law."), is_note_on("Strand", "Strand said no.")
    (False, False)
    """
    named = rf"(?:{_NAME}\.? ){{0,4}}{re.escape(author)},? {_IS}\b"
    return bool(author) and re.match(named, text) is not None
