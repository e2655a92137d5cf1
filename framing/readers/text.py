"""Plain text: one article a file, with what its path and a header block say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from framing.readers import METADATA, Found, decode

SUFFIXES = (".txt", ".md", ".text")
_DATE = r"(?P<date>\d{4}-?\d{2}-?\d{2})"
# What a file is called: the folder is the outlet, or the name holds it between date and slug.
_NAMED = re.compile(rf"^{_DATE}_(?P<outlet>[^_]+)(?:_.*)?$")
_DATED = re.compile(rf"^{_DATE}(?:[-_].*)?$")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z _-]{1,24}):[ \t]*(.*)$")
_FIELDS = {name: name for name in METADATA} | {
    "source": "outlet", "publication": "outlet", "author": "byline", "headline": "title",
    "published": "date", "section": "topic", "id": "article", "article": "article",
}  # fmt: skip


def recognises(path: Path) -> bool:
    """Whether the file is plain text, by its name."""
    return path.suffix.lower() in SUFFIXES


def read(path: Path, *, root: Path | None = None) -> Iterator[Found]:
    """Yield the one article of a file; below ``root`` its path says outlet and date."""
    source = path.relative_to(root).as_posix() if root else path.name
    if root and re.match(r"(readme|licen[cs]e)\b", path.name, re.IGNORECASE):
        yield Found(source, outcome="skipped", reason="a note about the folder, not an article")
        return
    try:
        text, encoding = decode(path.read_bytes())
    except (OSError, ValueError) as error:
        yield Found(source, outcome="failed", reason=str(error))
        return
    header, body = split_header(text)
    said = {**_from_path(source), **header}
    if not body.strip():
        yield Found(source, outcome="skipped", reason="no text", encoding=encoding)
        return
    article = said.pop("article", source.rsplit(".", 1)[0])
    yield Found(source, body, article, encoding=encoding, **said)


def _from_path(source: str) -> dict[str, str]:
    """Outlet and date from ``{date}_{outlet}_{slug}.txt`` or ``{outlet}/{date}-{slug}.txt``."""
    *folders, name = source.rsplit(".", 1)[0].split("/")
    named, dated = _NAMED.match(name), _DATED.match(name)
    said = {"outlet": folders[-1]} if folders else {}
    found = named or dated
    return {**said, **found.groupdict()} if found else said


def split_header(text: str) -> tuple[dict[str, str], str]:
    r"""Take a block of ``Name: value`` lines off the top, if every line of it is one.

    Examples
    --------
    >>> split_header("Outlet: The Herald\nEvent: e1\n\nTalks fail")
    ({'outlet': 'The Herald', 'event': 'e1'}, 'Talks fail')
    """
    first, gap, rest = text.replace("\r\n", "\n").lstrip("\ufeff\n").partition("\n\n")
    found = [_HEADER.match(line) for line in first.split("\n")]
    if not gap or not all(found):
        return {}, text
    pairs = [(m.group(1).strip().lower(), m.group(2).strip()) for m in found if m]
    said = {_FIELDS[name]: value for name, value in pairs if name in _FIELDS and value}
    return (said, rest) if any(name in _FIELDS for name, _ in pairs) else ({}, text)
