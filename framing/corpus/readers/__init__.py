"""Readers: one module a source format; each says what it recognises and yields what it finds.

A reader is a module with two functions. ``recognises(file)`` is true if a `File` is of its
format, from what its first bytes are (``file.start``) and, where those do not tell, from its
name. ``read(file, columns)`` yields a `Found` for everything in it; ``columns`` says which column
of a table holds which field, and only tables heed it. What cannot be read is a `Found` with an
``outcome`` and a ``reason``; what a reader raises all the same ends as one.
"""

from __future__ import annotations

from typing import NamedTuple

# The columns of the table of articles that a source may tell.
METADATA = ("outlet", "date", "title", "event", "topic", "url", "byline", "language")


class Found(NamedTuple):
    """One thing found in a source: an article, or what could not be read and why.

    ``about`` names the file that a row of a sidecar table tells of; ``guess`` says what the
    reader took from a name that nobody had told it; ``status`` is that of the body (truncated,
    missing) where the source says so; ``layout`` is ``"page"`` where the source marks its
    paragraphs, as a web page does.
    """

    source: str
    text: str = ""
    article: str = ""
    outlet: str = ""
    date: str = ""
    title: str = ""
    event: str = ""
    topic: str = ""
    url: str = ""
    byline: str = ""
    language: str = ""
    encoding: str = ""
    outcome: str = "scored"
    reason: str = ""
    status: str = ""
    about: str = ""
    guess: str = ""
    layout: str = ""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.text)
