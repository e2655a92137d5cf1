"""Readers: one module a source format; each says what it recognises and yields articles.

A reader is a module with two functions: ``recognises(path)``, true if the file is of its format,
and ``read(path)``, which yields a `Found` for everything in the file. It raises nothing: what
cannot be read is a `Found` with an ``outcome`` and a ``reason``.
"""

from __future__ import annotations

from dataclasses import dataclass

from charset_normalizer import from_bytes

# The columns of the table of articles that a source may tell.
METADATA = ("outlet", "date", "title", "event", "topic", "url", "byline", "language")


@dataclass(frozen=True)
class Found:
    """One thing found in a source: an article, or what could not be read and why."""

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


def decode(raw: bytes) -> tuple[str, str]:
    """Text of a file and the name of its encoding.

    A byte order mark decides; then UTF-8 if it fits; then cp1252, what is left of the older
    web, if it fits; then what charset-normalizer finds likeliest.

    Raises
    ------
    ValueError
        If no encoding fits.

    Examples
    --------
    >>> decode("café".encode("cp1252"))
    ('café', 'cp1252')
    """
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [name for mark, name in marks.items() if raw.startswith(mark)]
    if not marked and b"\x00" in raw[:200]:
        marked = ["utf-16-be" if raw[:1] == b"\x00" else "utf-16-le"]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    best = from_bytes(raw).best()
    if best is None:
        raise ValueError("no known encoding fits: is this a text file?")
    return str(best), best.encoding
